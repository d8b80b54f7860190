// Energy per mass and volume: what the cell is made of on the left; its numbers, its bill of materials, what moves it and what would
// reach a target on the right.

import type { JSX } from 'preact';
import type { TaskInput, TaskOutput } from '../../../worker/index.ts';
import { useConstant } from '../../engine/use-constant.ts';
import { useSettled } from '../../engine/use-settled.ts';
import { type Asked, useTask } from '../../engine/use-task.ts';
import { type Choice, SelectField } from '../../parts/choice.tsx';
import { Menu } from '../../parts/menu.tsx';
import { saveText } from '../../parts/save.ts';
import { SourcedValue } from '../../parts/sourced.tsx';
import { TaskStatus } from '../../parts/status.tsx';
import { AmountField, withText } from './amount-field.tsx';
import type { ToolProps } from './efficiency-tool.tsx';
import { KeyNumbers } from './key-numbers.tsx';

type Answer = TaskOutput<'designEnergy'>;
type Bands = TaskOutput<'designEnergyBands'>;
type Choices = TaskOutput<'designChoices'>;

/** The bands are drawn once nothing has changed for so long. */
const SETTLED_ms = 300;
/** On a narrower screen the answer should not be pages below the first input. */
const NARROW_px = 900;
const DOCUMENT = 'docs/design.md, "Energy of a cell"';

const Wh_per_kg = (energy_J_per_kg: number): number => energy_J_per_kg / 3600;
const Wh_per_L = (energy_J_per_m3: number): number => energy_J_per_m3 / 3.6e6;

export function EnergyTool({ slice, patch }: ToolProps): JSX.Element {
  const choices = useConstant('designChoices', {});
  const question = { case: slice.energyCase, text: slice.energy, about: slice.about };
  const asked = useTask('designEnergy', question, 'live');
  const settled = useSettled(question, SETTLED_ms);
  const bands = useTask('designEnergyBands', asked.issues.length === 0 ? settled : null, 'bands');
  if (choices === null) return <p class="running">Opening the energy desk…</p>;
  return (
    <>
      <Inputs slice={slice} patch={patch} choices={choices} asked={asked} />
      <div class="cards">
        <TaskStatus asked={asked} what="The energy" />
        {asked.output === null ? null : (
          <Results
            answer={asked.output}
            bands={bands.isCurrent ? bands.output : null}
            slice={slice}
            patch={patch}
            choices={choices}
            question={question}
          />
        )}
      </div>
    </>
  );
}

interface InputsProps extends ToolProps {
  readonly choices: Choices;
  readonly asked: Asked<Answer>;
}

function Inputs({ slice, patch, choices, asked }: InputsProps): JSX.Element {
  const { inputs, start, cases } = choices;
  const base: Readonly<Record<string, string>> = { ...start, ...cases.find(({ id }) => id === slice.energyCase)?.text };
  const text = { ...base, ...slice.energy };
  const set = (name: string, value: string): void =>
    patch({ energy: withText(slice.energy, name, value) }, `energy ${name}`);
  const changed = Object.keys(slice.energy).length;
  const negative = text.negative ?? 'lithium';
  const groups = [...new Set(inputs.map(({ group }) => group))].filter(
    (group) => group !== 'Host of the lithium side' || negative === 'host',
  );
  const isShown = (name: string): boolean =>
    (name !== 'lithium' || negative === 'lithium') &&
    ((name !== 'depositPorosity' && name !== 'lithiumDensity') || negative !== 'host');
  const choice = (name: string, label: string, options: readonly (readonly [string, string])[]): JSX.Element => (
    <SelectField
      label={label}
      value={text[name] ?? ''}
      choices={options.map(([value, shown]) => ({ value, label: shown }))}
      onChange={(value) => set(name, value)}
    />
  );
  return (
    <section class="card design-inputs" aria-label="What the cell is made of">
      <SelectField
        label="Begin with"
        value={slice.energyCase}
        choices={cases.map(({ id, title }): Choice<string> => ({ value: id, label: title }))}
        onChange={(id) => patch({ energyCase: id, energy: {} })}
      />
      {changed === 0 ? null : (
        <button type="button" onClick={() => patch({ energy: {} })}>
          Undo {changed} change{changed === 1 ? '' : 's'}
        </button>
      )}
      {choice('negative', 'Lithium side', [
        ['lithium', 'lithium'],
        ['anode-free', 'anode-free'],
        ['host', 'host, such as graphite'],
      ])}
      {choice('cathodeLithium', 'Lithium comes', [
        ['in the cathode', 'in the cathode (NMC, LFP)'],
        ['in the foil', 'in the foil (sulfur, FePO4)'],
      ])}
      {choice('volumeAt', 'Volume is taken', [
        ['as built', 'as built'],
        ['charged', 'charged'],
        ['end of life', 'at the end of life'],
      ])}
      {groups.map((group, k) => (
        <details key={group} open={k < 2 && innerWidth > NARROW_px}>
          <summary>{group}</summary>
          {inputs
            .filter((input) => input.group === group && isShown(input.name))
            .map((input) => (
              <AmountField
                key={input.name}
                label={input.label}
                name={input.name}
                value={text[input.name] ?? ''}
                dimension={input.dimension}
                unit={input.unit}
                range_SI={input.range_SI}
                isLogarithmic={input.isLogarithmic === true}
                isWhole={input.isWhole === true}
                at_SI={asked.output?.cell.inputs[input.key]}
                issues={asked.issues}
                onChange={(value) => set(input.name, value)}
              />
            ))}
          {group === 'Use' ? (
            <>
              <AmountField
                label="Rate, stated"
                name="rate"
                value={text.rate ?? ''}
                dimension="rate"
                unit="C-rate"
                issues={asked.issues}
                hint="such as C/3; the mean potential must belong to it"
                onChange={(value) => set('rate', value)}
              />
              <AmountField
                label="Temperature, stated"
                name="temperature"
                value={text.temperature ?? ''}
                dimension="temperature"
                unit="°C"
                issues={asked.issues}
                onChange={(value) => set('temperature', value)}
              />
              <AmountField
                label="Pressure, stated"
                name="pressure"
                value={text.pressure ?? ''}
                dimension="pressure"
                unit="kPa"
                issues={asked.issues}
                onChange={(value) => set('pressure', value)}
              />
            </>
          ) : null}
        </details>
      ))}
      <p class="hint">
        Type amounts with their unit, and “20 ± 1 µm” where you know how far; else a usual range stands.
      </p>
    </section>
  );
}

interface ResultsProps extends ToolProps {
  readonly answer: Answer;
  readonly bands: Bands | null;
  readonly choices: Choices;
  readonly question: TaskInput<'designEnergy'>;
}

function Results({ answer, bands, slice, patch, choices, question }: ResultsProps): JSX.Element {
  const { energy } = answer;
  const band = (key: keyof Bands['outputs'], shown: (value: number) => number) =>
    bands === null ? null : ([shown(bands.outputs[key].band80[0]), shown(bands.outputs[key].band80[1])] as const);
  const computed = (
    label: string,
    value: number,
    unit: string,
    equation: string,
    ends: readonly [number, number] | null = null,
    digits = 4,
  ) => ({
    label,
    value,
    unit,
    digits,
    band: ends,
    tag: 'computed',
    source: 'the bill of materials as typed; the band is the middle 80 % of 4000 draws over its ranges',
    equation: `${equation}; ${DOCUMENT}`,
  });
  return (
    <>
      <div class="card">
        <div class="design-head">
          <h2>The cell</h2>
          <Menu
            label="Export"
            title="Export the cell"
            items={[
              {
                label: 'Bill of materials as CSV',
                run: () => saveText(materialsCsv(energy), 'bill-of-materials.csv', 'text/csv'),
              },
              {
                label: 'Inputs as JSON',
                run: () => saveText(inputsJson(slice, choices), 'cell.energy.json', 'application/json'),
              },
              { label: 'Copy the shell command', run: () => void navigator.clipboard.writeText(answer.command) },
            ]}
          />
        </div>
        <KeyNumbers
          numbers={[
            computed(
              'Energy per mass',
              Wh_per_kg(energy.specificEnergy_J_per_kg),
              'Wh/kg',
              'E/m',
              band('specificEnergy_J_per_kg', Wh_per_kg),
              5,
            ),
            computed(
              'Energy per volume',
              Wh_per_L(energy.energyDensity_J_per_m3),
              'Wh/L',
              `E/V, ${answer.cell.inputs.volumeAt}`,
              band('energyDensity_J_per_m3', Wh_per_L),
              5,
            ),
            computed(
              'Energy',
              energy.energy_J / 3600,
              'Wh',
              'E = Q·(V₊ − V₋)',
              band('energy_J', (value) => value / 3600),
            ),
            computed(
              'Capacity',
              energy.capacity_C / 3600,
              'Ah',
              'Q = 2·N·A·q·f',
              band('capacity_C', (value) => value / 3600),
            ),
            computed(
              'Mass',
              1e3 * energy.mass_kg,
              'g',
              'sum of the bill of materials',
              band('mass_kg', (value) => 1e3 * value),
            ),
            computed(
              'Thickness',
              1e3 * energy.thickness_m,
              'mm',
              'layers, one negative more, two pouch foils',
              band('thickness_m', (value) => 1e3 * value),
            ),
            computed('N/P', energy.nToP, '', 'lithium when built over the cathode'),
            computed('E/C', energy.electrolyte_kg_per_C * 3.6e6, 'g/Ah', 'electrolyte over capacity'),
          ]}
        />
        <Moments energy={energy} />
        {answer.remarks.map((remark) => (
          <p key={remark} class="hint">
            {remark}
          </p>
        ))}
      </div>
      <div class="card">
        <h2>Without these, no two energies compare</h2>
        <dl class="design-facts">
          {answer.facts.map(({ name, text }) => (
            <div key={name} class={text === null ? 'is-open' : ''}>
              <dt>{name}</dt>
              <dd>{text ?? 'not stated'}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div class="card">
        <Materials energy={energy} />
      </div>
      <div class="cards two">
        <div class="card">
          <Tornado
            answer={answer}
            bands={bands}
            choices={choices}
            about={slice.about}
            onAbout={(about) => patch({ about })}
          />
        </div>
        <div class="card">
          <Seek slice={slice} patch={patch} choices={choices} question={question} />
        </div>
      </div>
    </>
  );
}

function Moments({ energy }: { readonly energy: Answer['energy'] }): JSX.Element {
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

function Materials({ energy }: { readonly energy: Answer['energy'] }): JSX.Element {
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
                      equation: DOCUMENT,
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

function Tornado({
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

function Seek({
  slice,
  patch,
  choices,
  question,
}: ToolProps & { readonly choices: Choices; readonly question: TaskInput<'designEnergy'> }): JSX.Element {
  const asked = useTask('designSeek', { ...question, seek: slice.seek, target: slice.target }, 'beside');
  const { output } = asked;
  return (
    <>
      <h2>What would it take?</h2>
      <SelectField
        label="Look for"
        value={slice.seek}
        choices={choices.inputs.map(({ name, label, group }) => ({ value: name, label, group }))}
        onChange={(seek) => patch({ seek })}
      />
      <AmountField
        label="to reach"
        name="target"
        value={slice.target}
        dimension="specific energy"
        unit="Wh/kg"
        issues={asked.issues}
        range_SI={[150 * 3600, 600 * 3600]}
        hint="an energy per mass or volume, an energy, a capacity, a mass or a thickness"
        onChange={(target) => patch({ target }, 'target')}
      />
      {output === null || asked.issues.length > 0 ? null : (
        <div aria-live="polite">
          {output.sought.kind === 'found' ? (
            <>
              <p class="verdict">
                {output.label}: {output.text} gives {output.reached}.
              </p>
              {output.others.length === 0 ? null : <p class="hint">Also at {output.others.join(', ')}.</p>}
              <button
                type="button"
                class="primary"
                onClick={() => patch({ energy: withText(slice.energy, slice.seek, output.text) })}
              >
                Take it
              </button>
            </>
          ) : (
            <p class="warning">
              {output.target} is not reached. {output.sought.why} The nearest is {output.reached} at {output.text}.
            </p>
          )}
        </div>
      )}
    </>
  );
}

const inputsJson = (slice: ToolProps['slice'], { start, cases }: Choices): string =>
  `${JSON.stringify({ ...start, ...cases.find(({ id }) => id === slice.energyCase)?.text, ...slice.energy }, null, 2)}\n`;

const materialsCsv = ({ components }: Answer['energy']): string =>
  [
    'component,mass_g,mass_share,layer_um,volume_share',
    ...components.map(({ name, mass_kg, massShare, layer_m, volumeShare }) =>
      [name, 1e3 * mass_kg, massShare, layer_m === null ? '' : 1e6 * layer_m, volumeShare].join(','),
    ),
    '',
  ].join('\r\n');
