// The cell's energy in pieces: at three moments, by component, and by what moves it.

import type { JSX } from 'preact';
import { energyTornadoFigure, materialsFigure, shownOverSI, tornadoRange } from '../../../figures/index.ts';
import type { TaskOutput } from '../../../worker/index.ts';
import { type ExportContext, ExportLine, ExportMenu } from '../../charts/export-menu.tsx';
import { SelectField } from '../../parts/choice.tsx';
import { type Sourced, SourcedValue } from '../../parts/sourced.tsx';
import { SourcedCell, SourcedTable } from '../../parts/sourced-table.tsx';
import { materialsTable, momentsTable, tornadoTable } from './tables.ts';

type Answer = TaskOutput<'designEnergy'>;
type Bands = TaskOutput<'designEnergyBands'>;
type Choices = TaskOutput<'designChoices'>;

export const ENERGY_DOCUMENT = 'docs/design.md, "Energy of a cell"';

export const Wh_per_kg = (energy_J_per_kg: number): number => energy_J_per_kg / 3600;
export const Wh_per_L = (energy_J_per_m3: number): number => energy_J_per_m3 / 3.6e6;

export function Moments({
  energy,
  exported,
}: {
  readonly energy: Answer['energy'];
  readonly exported: ExportContext;
}): JSX.Element {
  const sourcedAt = (place: string): Sourced | null => {
    const [row, column] = place.split(' ').map(Number);
    const one = energy.volumes[row!];
    if (one === undefined) return null;
    const { moment, thickness_m, volume_m3, energyDensity_J_per_m3 } = one;
    if (column === 0)
      return computed(`Thickness, ${moment}`, 1e3 * thickness_m, 'mm', 'layers, one negative more, two pouch foils');
    if (column === 1)
      return computed(`Volume, ${moment}`, 1e6 * volume_m3, 'mL', 'V = (w + c)·(h + c + tab)·T + what else takes room');
    return computed(`Energy per volume, ${moment}`, Wh_per_L(energyDensity_J_per_m3), 'Wh/L', 'E/V');
  };
  return (
    <div class="scroll">
      <ExportLine title="the three moments" figure={null} table={() => momentsTable(energy)} context={exported} />
      <SourcedTable sourcedAt={sourcedAt}>
        <caption>
          Thickness and energy per volume at three moments; it swells by{' '}
          <SourcedValue
            of={computed('Swelling', 100 * energy.swelling, '%', 'T(end of life)/T(as built) − 1')}
            significant={2}
          />{' '}
          in all
        </caption>
        <thead>
          <tr>
            <th scope="col" class="text">
              Moment
            </th>
            <th scope="col">mm</th>
            <th scope="col">mL</th>
            <th scope="col">Wh/L</th>
          </tr>
        </thead>
        <tbody>
          {energy.volumes.map(({ moment, thickness_m, volume_m3, energyDensity_J_per_m3 }, row) => (
            <tr key={moment}>
              <th scope="row">{moment}</th>
              <td>
                <SourcedCell at={`${row} 0`}>{(1e3 * thickness_m).toFixed(2)}</SourcedCell>
              </td>
              <td>
                <SourcedCell at={`${row} 1`}>{Number((1e6 * volume_m3).toPrecision(4))}</SourcedCell>
              </td>
              <td>
                <SourcedCell at={`${row} 2`}>{Wh_per_L(energyDensity_J_per_m3).toFixed(1)}</SourcedCell>
              </td>
            </tr>
          ))}
        </tbody>
      </SourcedTable>
    </div>
  );
}

const computed = (label: string, value: number, unit: string, equation: string): Sourced => ({
  label,
  value,
  unit,
  tag: 'computed',
  source: 'thickness, density, area and number as typed',
  equation: `${equation}; ${ENERGY_DOCUMENT}`,
});

/** Colour of a component; the rim has none of its own. */
const swatch = (name: string): string => `swatch ${name.replaceAll(' ', '-')}`;

export function Materials({
  energy,
  exported,
}: {
  readonly energy: Answer['energy'];
  readonly exported: ExportContext;
}): JSX.Element {
  const parts = energy.components.filter(({ mass_kg, stack_m }) => mass_kg > 0 || stack_m > 0);
  const rim = 1 - energy.components.reduce((sum, { volumeShare }) => sum + volumeShare, 0);
  const sourcedAt = (place: string): Sourced | null => {
    const [name, what] = place.split('/');
    if (name === 'rim')
      return computed('Volume of rim and tabs', 100 * rim, '%', 'what the layers leave of w + c by h + c + tab');
    const part = parts.find((one) => one.name === name);
    if (part === undefined) return null;
    if (what === 'mass') return computed(`Mass of ${name}`, 1e3 * part.mass_kg, 'g', 'thickness·density·area·number');
    if (what === 'massShare')
      return computed(`${name}, share of the mass`, 100 * part.massShare, '%', 'its mass over that of the cell');
    if (what === 'layer')
      return computed(`One layer of ${name}`, 1e6 * (part.layer_m ?? 0), 'µm', 'as typed, or from it');
    return computed(
      `${name}, share of the volume`,
      100 * part.volumeShare,
      '%',
      'its layers over the volume of the cell',
    );
  };
  const figure = materialsFigure(energy);
  return (
    <>
      <div class="heading">
        <h2>Bill of materials</h2>
        <ExportMenu
          title="the bill of materials"
          figure={figure}
          table={() => materialsTable(energy)}
          context={exported}
        />
      </div>
      {figure.rows.map(({ label, bars }) => (
        <div class="stacked" key={label}>
          <span>{label}</span>
          <div aria-hidden="true">
            {bars.map(({ name, from, to }) => (
              <i
                key={name}
                class={swatch(name)}
                style={{ width: `${to - from}%` }}
                title={`${name}, ${Math.round(to - from)} %`}
              />
            ))}
          </div>
        </div>
      ))}
      <div class="scroll">
        <SourcedTable class="materials" sourcedAt={sourcedAt}>
          <thead>
            <tr>
              <th scope="col" class="text">
                Component
              </th>
              <th scope="col">g</th>
              <th scope="col">% of mass</th>
              <th scope="col">layer / µm</th>
              <th scope="col">% of volume</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ name, mass_kg, massShare, layer_m, volumeShare }) => (
              <tr key={name}>
                <th scope="row">
                  <i class={swatch(name)} aria-hidden="true" /> {name}
                </th>
                <td>
                  <SourcedCell at={`${name}/mass`}>{(1e3 * mass_kg).toFixed(1)}</SourcedCell>
                </td>
                <td>
                  <SourcedCell at={`${name}/massShare`}>{(100 * massShare).toFixed(1)}</SourcedCell>
                </td>
                <td>
                  {layer_m === null || layer_m === 0 ? null : (
                    <SourcedCell at={`${name}/layer`}>{Number((1e6 * layer_m).toPrecision(3))}</SourcedCell>
                  )}
                </td>
                <td>
                  {volumeShare === 0 ? null : (
                    <SourcedCell at={`${name}/volumeShare`}>{(100 * volumeShare).toFixed(1)}</SourcedCell>
                  )}
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">
                <i class={swatch('rim')} aria-hidden="true" /> rim and tabs
              </th>
              <td />
              <td />
              <td />
              <td>
                <SourcedCell at="rim/volumeShare">{(100 * rim).toFixed(1)}</SourcedCell>
              </td>
            </tr>
          </tbody>
        </SourcedTable>
      </div>
      <p class="hint">
        Electrolyte lies in the pores of the others;{' '}
        <SourcedValue
          of={computed('Volume of the electrolyte', 1e6 * energy.electrolyteVolume_m3, 'mL', 'E/C·Q over its density')}
        />{' '}
        of it.
      </p>
    </>
  );
}

export function Tornado({
  answer,
  bands,
  choices,
  about,
  exported,
  onAbout,
}: {
  readonly answer: Answer;
  readonly bands: Bands | null;
  readonly choices: Choices;
  readonly about: string;
  readonly exported: ExportContext;
  onAbout(about: string): void;
}): JSX.Element {
  const { outputs } = choices;
  const { unit, label } = outputs[answer.about];
  const factor = shownOverSI(unit);
  const nominal = answer.energy[answer.about];
  const figure = energyTornadoFigure(answer, nominal, outputs[answer.about]);
  const bars = answer.tornado.slice(0, figure.rows.length);
  const reach = Math.max(...figure.rows.flatMap((row) => row.bars.map(({ from, to }) => Math.abs(to - from))), 1e-300);
  const at = (value: number): number => 50 + (50 * (value - factor * nominal)) / reach;
  const correlation = (key: string): number | null =>
    bands?.rankCorrelations.find((one) => one.key === key)?.value ?? null;
  const sourcedAt = (place: string): Sourced | null => {
    const [row, what] = place.split(' ');
    const bar = bars[Number(row)];
    if (bar === undefined) return null;
    const range = `${bar.label}: ${tornadoRange(bar)}`;
    const rho = correlation(bar.key);
    if (what === 'rho')
      return rho === null
        ? null
        : {
            ...computed(
              `${label} and ${bar.label.toLowerCase()}`,
              rho,
              '',
              'Spearman’s rank correlation, all inputs at once',
            ),
            source: `4000 draws over the ranges; ${range}`,
          };
    const value = factor * (what === 'low' ? bar.atLow : bar.atHigh);
    return {
      ...computed(`${label}, ${bar.label.toLowerCase()} ${what}`, value, unit, 'the cell with this input alone moved'),
      source: range,
    };
  };
  return (
    <>
      <div class="heading">
        <h2>What moves it most</h2>
        <ExportMenu
          title="what moves it most"
          figure={figure}
          table={() => tornadoTable(answer, bands, choices, factor)}
          context={exported}
        />
      </div>
      <SelectField
        label="Of"
        value={about}
        choices={Object.entries(outputs).map(([value, one]) => ({ value, label: one.label }))}
        onChange={onAbout}
      />
      <div class="scroll tall">
        <SourcedTable class="tornado" sourcedAt={sourcedAt}>
          <caption>
            {label} / {unit}, one input low and high in its range; the present value,{' '}
            <SourcedValue of={computed(`Present ${label.toLowerCase()}`, factor * nominal, unit, 'as typed')}>
              {Number((factor * nominal).toPrecision(4))}
            </SourcedValue>
            , in the middle
          </caption>
          <thead>
            <tr>
              <th scope="col" class="text">
                Input
              </th>
              <th scope="col" class="bars">
                <span class="unseen">Bar</span>
              </th>
              <th scope="col">low</th>
              <th scope="col">high</th>
              <th scope="col" title="Rank correlation when everything moves at once">
                ρ
              </th>
            </tr>
          </thead>
          <tbody>
            {figure.rows.map(({ label: name, note, bars: [low, high] }, k) => {
              const { key } = bars[k]!;
              return (
                <tr key={key}>
                  <th scope="row" title={note}>
                    {name}
                    <small class="hint">{note}</small>
                  </th>
                  <td class="bars" aria-hidden="true">
                    <div class="track">
                      <i class="bar low" style={spanOf(at(low!.to), 50)} />
                      <i class="bar high" style={spanOf(at(high!.to), 50)} />
                    </div>
                  </td>
                  <td>
                    <SourcedCell at={`${k} low`}>{Number(low!.to.toPrecision(4))}</SourcedCell>
                  </td>
                  <td>
                    <SourcedCell at={`${k} high`}>{Number(high!.to.toPrecision(4))}</SourcedCell>
                  </td>
                  <td>
                    {correlation(key) === null ? null : (
                      <SourcedCell at={`${k} rho`}>{correlation(key)!.toFixed(2).replace('-', '−')}</SourcedCell>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </SourcedTable>
      </div>
      <p class="hint">
        <i class="swatch low" aria-hidden="true" /> input low, <i class="swatch high" aria-hidden="true" /> input high
      </p>
    </>
  );
}

const spanOf = (a: number, b: number): { readonly left: string; readonly width: string } => ({
  left: `${Math.max(0, Math.min(a, b))}%`,
  width: `${Math.abs(a - b)}%`,
});
