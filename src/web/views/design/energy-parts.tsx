// The cell's energy in pieces: at three moments, by component, and by what moves it.

import type { JSX } from 'preact';
import type { TaskOutput } from '../../../worker/index.ts';
import { SelectField } from '../../parts/choice.tsx';
import { SourcedValue } from '../../parts/sourced.tsx';

type Answer = TaskOutput<'designEnergy'>;
type Bands = TaskOutput<'designEnergyBands'>;
type Choices = TaskOutput<'designChoices'>;

export const ENERGY_DOCUMENT = 'docs/design.md, "Energy of a cell"';

export const Wh_per_kg = (energy_J_per_kg: number): number => energy_J_per_kg / 3600;
export const Wh_per_L = (energy_J_per_m3: number): number => energy_J_per_m3 / 3.6e6;

export function Moments({ energy }: { readonly energy: Answer['energy'] }): JSX.Element {
  return (
    <div class="scroll">
      <table>
        <caption>
          Thickness and energy per volume at three moments; it swells by {Math.round(100 * energy.swelling)} % in all
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
          {energy.volumes.map(({ moment, thickness_m, volume_m3, energyDensity_J_per_m3 }) => (
            <tr key={moment}>
              <th scope="row">{moment}</th>
              <td>{(1e3 * thickness_m).toFixed(2)}</td>
              <td>{Number((1e6 * volume_m3).toPrecision(4))}</td>
              <td>{Wh_per_L(energyDensity_J_per_m3).toFixed(1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Colour of a component; the rim has none of its own. */
const swatch = (name: string): string => `swatch ${name.replaceAll(' ', '-')}`;

export function Materials({ energy }: { readonly energy: Answer['energy'] }): JSX.Element {
  const parts = energy.components.filter(({ mass_kg, stack_m }) => mass_kg > 0 || stack_m > 0);
  const rim = 1 - energy.components.reduce((sum, { volumeShare }) => sum + volumeShare, 0);
  const bar = (label: string, shares: readonly (readonly [name: string, share: number])[]): JSX.Element => (
    <div class="stacked">
      <span>{label}</span>
      <div aria-hidden="true">
        {shares.map(([name, share]) => (
          <i
            key={name}
            class={swatch(name)}
            style={{ width: `${100 * Math.max(0, share)}%` }}
            title={`${name}, ${Math.round(100 * share)} %`}
          />
        ))}
      </div>
    </div>
  );
  return (
    <>
      <h2>Bill of materials</h2>
      {bar(
        'mass',
        parts.map(({ name, massShare }) => [name, massShare]),
      )}
      {bar('volume', [...parts.map(({ name, volumeShare }): [string, number] => [name, volumeShare]), ['rim', rim]])}
      <div class="scroll">
        <table class="materials">
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
                  <SourcedValue
                    of={{
                      label: `Mass of ${name}`,
                      value: (1e3 * mass_kg).toFixed(1),
                      unit: 'g',
                      tag: 'computed',
                      source: 'thickness, density, area and number as typed',
                      equation: ENERGY_DOCUMENT,
                    }}
                  >
                    {(1e3 * mass_kg).toFixed(1)}
                  </SourcedValue>
                </td>
                <td>{(100 * massShare).toFixed(1)}</td>
                <td>{layer_m === null || layer_m === 0 ? '' : Number((1e6 * layer_m).toPrecision(3))}</td>
                <td>{volumeShare === 0 ? '' : (100 * volumeShare).toFixed(1)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">
                <i class={swatch('rim')} aria-hidden="true" /> rim and tabs
              </th>
              <td />
              <td />
              <td />
              <td>{(100 * rim).toFixed(1)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      <p class="hint">
        Electrolyte lies in the pores of the others; {Number((1e6 * energy.electrolyteVolume_m3).toPrecision(3))} mL of
        it.
      </p>
    </>
  );
}

const BARS_SHOWN = 10;

export function Tornado({
  answer,
  bands,
  choices,
  about,
  onAbout,
}: {
  readonly answer: Answer;
  readonly bands: Bands | null;
  readonly choices: Choices;
  readonly about: string;
  onAbout(about: string): void;
}): JSX.Element {
  const { outputs } = choices;
  const { unit, label } = outputs[answer.about];
  const factor = FACTORS[unit]!;
  const nominal = answer.energy[answer.about];
  const bars = answer.tornado.slice(0, BARS_SHOWN);
  const reach = Math.max(
    ...bars.flatMap(({ atLow, atHigh }) => [Math.abs(atLow - nominal), Math.abs(atHigh - nominal)]),
    1e-300,
  );
  const at = (value: number): number => 50 + (50 * (value - nominal)) / reach;
  const inputOf = (key: string) => choices.inputs.find((input) => input.key === key)!;
  const correlation = (key: string): string => {
    const value = bands?.rankCorrelations.find((one) => one.key === key)?.value;
    return value === undefined || value === null ? '' : value.toFixed(2).replace('-', '−');
  };
  return (
    <>
      <h2>What moves it most</h2>
      <SelectField
        label="Of"
        value={about}
        choices={Object.entries(outputs).map(([value, one]) => ({ value, label: one.label }))}
        onChange={onAbout}
      />
      <div class="scroll tall">
        <table class="tornado">
          <caption>
            {label} / {unit}, one input low and high in its range; the present value,{' '}
            {Number((factor * nominal).toPrecision(4))}, in the middle
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
            {bars.map(({ key, label: name, range_SI, tag, atLow, atHigh }) => {
              const input = inputOf(key);
              const ends = range_SI.map((end) => shownIn(end, input.unit)).join(' to ');
              return (
                <tr key={key}>
                  <th scope="row" title={`${`${ends} ${input.unit}`.trim()}, ${tag}`}>
                    {name}
                    <small class="hint">
                      {`${ends} ${input.unit}`.trim()}, {tag}
                    </small>
                  </th>
                  <td class="bars" aria-hidden="true">
                    <div class="track">
                      <i class="bar low" style={spanOf(at(atLow), 50)} />
                      <i class="bar high" style={spanOf(at(atHigh), 50)} />
                    </div>
                  </td>
                  <td>{Number((factor * atLow).toPrecision(4))}</td>
                  <td>{Number((factor * atHigh).toPrecision(4))}</td>
                  <td>{correlation(key)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="hint">
        <i class="swatch low" aria-hidden="true" /> input low, <i class="swatch high" aria-hidden="true" /> input high
      </p>
    </>
  );
}

/** Shown over SI, by unit. */
const FACTORS: Readonly<Record<string, number>> = {
  'Wh/kg': 1 / 3600,
  'Wh/L': 1 / 3.6e6,
  Wh: 1 / 3600,
  Ah: 1 / 3600,
  g: 1e3,
  mm: 1e3,
};

const INPUT_FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  V: 1,
  'mAh/cm2': 1 / 36000,
  'mAh/g': 1 / 3600,
  'g/cm3': 1e-3,
  µm: 1e6,
  cm: 100,
  mm: 1e3,
  'g/Ah': 3.6e6,
  g: 1e3,
  mL: 1e6,
};

const shownIn = (value_SI: number, unit: string): string =>
  String(Number((value_SI * (INPUT_FACTORS[unit] ?? 1)).toPrecision(3)));

const spanOf = (a: number, b: number): { readonly left: string; readonly width: string } => ({
  left: `${Math.max(0, Math.min(a, b))}%`,
  width: `${Math.abs(a - b)}%`,
});
