// Does molten lithium wet it, how fast does a host fill, and what does the composite hold: fields and answers.

import type { JSX } from 'preact';
import type { Banded } from '../../../design/index.ts';
import { wettedDropFigure } from '../../../figures/index.ts';
import { mAh_per_cm2_from_C_per_m2, um_from_m } from '../../../units/index.ts';
import type { TaskOutput } from '../../../worker/index.ts';
import { Chart } from '../../charts/chart.tsx';
import { ExportMenu } from '../../charts/export-menu.tsx';
import { numberText } from '../../charts/number-text.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import { BandedValue, bandedSourced, NumbersTable, sourcedProperty } from '../../parts/banded-value.tsx';
import { type Choice, SelectField } from '../../parts/choice.tsx';
import { doiIn } from '../../parts/doi-in.ts';
import { NameField, OptionalQuantityField } from '../../parts/optional-field.tsx';
import { NumberField, QuantityField } from '../../parts/quantity-field.tsx';
import { saveJson } from '../../parts/save.ts';
import { type Sourced, SourcedValue } from '../../parts/sourced.tsx';
import { SourcedText } from '../../parts/sourced-text.tsx';
import { Drop } from './drop.tsx';
import type { LithiophilicitySlice } from './state.ts';
import { wettingTable } from './tables.ts';

type WettingOutput = TaskOutput<'wetting'>;
type Answer = WettingOutput['answer'];

interface FieldsProps {
  readonly slice: LithiophilicitySlice;
  readonly choices: TaskOutput<'wettingChoices'> | null;
  patch(part: Partial<LithiophilicitySlice>, tag?: string): void;
}

const ATMOSPHERES = ['argon', 'vacuum', 'dry air', 'nitrogen'];

export function WettingFields({ slice, choices, patch }: FieldsProps): JSX.Element {
  const set =
    (name: keyof LithiophilicitySlice) =>
    (text: string): void =>
      patch({ [name]: text }, `wetting ${name}`);
  const listed = (list: readonly Choice<string>[], value: string): readonly Choice<string>[] =>
    list.some((choice) => choice.value === value) ? list : [{ value, label: value, group: 'Typed' }, ...list];
  const isMore = slice.solidFraction !== '' || slice.coatingThickness !== '' || slice.time !== '';
  return (
    <>
      <div class="card">
        <SelectField
          label="Surface"
          value={slice.substrate}
          choices={listed(choices?.substrates ?? [], slice.substrate)}
          onChange={(substrate) => patch({ substrate })}
        />
        <NameField
          label="or typed"
          value={slice.substrate}
          placeholder="oxidised copper"
          hint='such as "oxidised copper", "LLZO with Li2CO3", "Ni foam"'
          onChange={(substrate) => patch({ substrate })}
        />
        <SelectField
          label="Coating on it"
          value={slice.coating}
          choices={[
            { value: '', label: 'none' },
            ...(slice.coating === '' ? (choices?.coatings ?? []) : listed(choices?.coatings ?? [], slice.coating)),
          ]}
          onChange={(coating) => patch({ coating })}
        />
        <QuantityField
          label="Temperature of the melt"
          value={slice.temperature}
          dimension="temperature"
          unit="°C"
          range_SI={[454.15, 873.15]}
          onChange={set('temperature')}
        />
        <NumberField
          label="Roughness, real over projected area"
          value={slice.roughness}
          min={1}
          max={10}
          step={0.05}
          onChange={(roughness) => patch({ roughness }, 'wetting roughness')}
        />
        <SelectField
          label="Atmosphere"
          value={slice.atmosphere}
          choices={listed(
            ATMOSPHERES.map((value) => ({ value, label: value })),
            slice.atmosphere,
          )}
          onChange={(atmosphere) => patch({ atmosphere })}
        />
      </div>
      <div class="card">
        <h2>As a host</h2>
        <QuantityField
          label="Diameter of the pores"
          value={slice.pore}
          dimension="length"
          unit="µm"
          range_SI={[1e-7, 1e-3]}
          isLogarithmic
          onChange={set('pore')}
        />
        <QuantityField
          label="Thickness of the host"
          value={slice.depth}
          dimension="length"
          unit="µm"
          range_SI={[5e-6, 2e-3]}
          isLogarithmic
          onChange={set('depth')}
        />
        <QuantityField
          label="Porosity"
          value={slice.porosity}
          dimension="fraction"
          unit="%"
          range_SI={[0.05, 0.98]}
          onChange={set('porosity')}
        />
        <QuantityField
          label="Covered by the coating"
          value={slice.coverage}
          dimension="fraction"
          unit="%"
          range_SI={[0.02, 1]}
          onChange={set('coverage')}
        />
        <details open={isMore}>
          <summary>Time in the melt, thickness of the coating, tops of the texture</summary>
          <OptionalQuantityField
            label="Taken off the melt after"
            value={slice.time}
            dimension="time"
            placeholder="as long as it takes"
            onChange={set('time')}
          />
          <OptionalQuantityField
            label="Thickness of the coating"
            value={slice.coatingThickness}
            dimension="length"
            placeholder="as of the library"
            onChange={set('coatingThickness')}
          />
          <OptionalQuantityField
            label="Share of the area at the tops of the texture"
            value={slice.solidFraction}
            dimension="fraction"
            placeholder="lithium fills the texture"
            hint="with it lithium may rest on the tops over trapped gas"
            onChange={set('solidFraction')}
          />
        </details>
      </div>
    </>
  );
}

const DOCUMENT = 'docs/wetting.md';
const degrees = (angle_rad: number): number => (angle_rad * 180) / Math.PI;
const percent = (share: number): number => 100 * share;
const same = (value: number): number => value;

/** A duration in the unit that suits it. */
function timeText(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'never';
  if (seconds < 1e-3) return `${numberText(seconds * 1e6, 2)} µs`;
  if (seconds < 1) return `${numberText(seconds * 1e3, 2)} ms`;
  if (seconds < 600) return `${numberText(seconds, 2)} s`;
  if (seconds < 7200) return `${numberText(seconds / 60, 2)} min`;
  return `${numberText(seconds / 3600, 2)} h`;
}

const REGIMES: Readonly<Record<Answer['regime'], string>> = {
  fills: 'Wenzel, cos θ* = r·cos θ',
  'rests on the tops': 'Cassie and Baxter, cos θ* = f·(cos θ + 1) − 1',
  'creeps in': 'a film that creeps ahead, cos θ* = 1 − f·(1 − cos θ)',
};

const LOOKS = { wets: 'good', 'does not wet': 'bad', undecided: 'open' } as const;

export function WettingAnswers({
  output,
  isStale,
}: {
  readonly output: WettingOutput;
  readonly isStale: boolean;
}): JSX.Element {
  const { answer, command, againstTemperature, filling } = output;
  const { surface, conditions, angle_rad, apparentAngle_rad, affinity } = answer;
  const words = useAnswerItems();
  const more = [
    ...words({ of: 'wetting', answer }, { name: 'limetal-wetting', command }),
    { label: 'The whole answer as JSON', run: () => saveJson(answer, 'limetal-wetting.json') },
  ];
  const isRough = conditions.roughness > 1 || conditions.solidFraction !== null;
  const of = (
    banded: Banded,
    shown: (value: number) => number,
    label: string,
    unit: string,
    equation: string,
  ): Sourced => bandedSourced(banded, shown, { label, unit, equation: `${equation}; ${DOCUMENT}`, source: command });
  const known: readonly Sourced[] = [
    ...answer.numbers.map(({ name, property }) => sourcedProperty(name, property)),
    ...(answer.gate === null ? [] : [gateSourced(answer.gate)]),
  ];
  const drop = wettedDropFigure(answer);
  return (
    <>
      <div class={isStale ? 'card is-old' : 'card'}>
        <div class="heading">
          <h2>{drop.title}</h2>
          <ExportMenu
            title="the drop"
            figure={drop}
            table={() => wettingTable(answer)}
            context={{ name: 'limetal-drop', command, more }}
          />
        </div>
        <p class={`verdict is-${LOOKS[answer.verdict]}`}>
          <strong>{answer.verdict}</strong>:{' '}
          <SourcedValue
            of={{
              label: 'Draws that wet',
              value: percent(answer.wettingShare),
              unit: '%',
              tag: 'computed',
              source: command,
              equation: `share of the draws whose apparent angle is below 90°; ${DOCUMENT}`,
            }}
            significant={2}
          />{' '}
          of the draws lie below 90°.
        </p>
        <Drop figure={drop} />
        <dl class="figures">
          <div>
            <dt>Contact angle{isRough ? ' on the smooth surface' : ''}</dt>
            <dd>
              <BandedValue
                of={of(
                  angle_rad,
                  degrees,
                  'Contact angle of molten lithium',
                  '°',
                  `that of the surface or of what it reacts to, carried on by temperature; ${surface.state.angle.printed} is stated for ${surface.state.angle.pretreatment} (${surface.state.angle.tag}, ${surface.state.angle.source})`,
                )}
              />
            </dd>
          </div>
          {isRough ? (
            <div>
              <dt>Apparent angle on the rough one</dt>
              <dd>
                <BandedValue
                  of={of(apparentAngle_rad, degrees, 'Apparent contact angle', '°', REGIMES[answer.regime])}
                />
              </dd>
            </div>
          ) : null}
          <div>
            <dt>Work of adhesion</dt>
            <dd>
              <BandedValue
                of={of(
                  answer.adhesion_J_per_m2,
                  same,
                  'Work of adhesion',
                  'J/m²',
                  'Young and Dupré, W = γ·(1 + cos θ)',
                )}
              />
            </dd>
          </div>
          {answer.gate === null ? null : (
            <div>
              <dt>Gibbs energy of its reaction</dt>
              <dd>
                <SourcedValue of={gateSourced(answer.gate)} />
              </dd>
            </div>
          )}
        </dl>
        <ul class="plain">
          {answer.reasons.map((reason) => (
            <li key={reason}>
              <SourcedText
                text={reason}
                numbers={known}
                basis={{ label: 'A reason', tag: 'computed', source: command, equation: DOCUMENT }}
              />
            </li>
          ))}
        </ul>
      </div>
      <Host answer={answer} command={command} />
      <div class="cards two">
        {againstTemperature === null ? null : (
          <div class="card">
            <Chart
              figure={againstTemperature}
              height_px={260}
              isStale={isStale}
              exported={{ name: 'limetal-angle-against-temperature', command, more }}
            />
          </div>
        )}
        {filling === null ? null : (
          <div class="card">
            <Chart
              figure={filling}
              height_px={260}
              isStale={isStale}
              exported={{ name: 'limetal-filling', command, more }}
            />
          </div>
        )}
      </div>
      <div class="card">
        <h2>Remarks</h2>
        {affinity === null ? null : (
          <p>
            Not the same: the affinity of {affinity.of} for lithium that is plated on it, a nucleation overpotential of{' '}
            <SourcedValue of={sourcedProperty(`Nucleation overpotential on ${affinity.of}`, affinity.property)} />.
          </p>
        )}
        <ul class="plain">
          {answer.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
        <NumbersTable numbers={answer.numbers} exported={{ name: 'limetal-wetting-numbers', command, more }} />
        <p class="hint">
          In a shell: <code>{command}</code>
        </p>
      </div>
    </>
  );
}

function gateSourced(gate: NonNullable<Answer['gate']>): Sourced {
  const doi = doiIn(gate.source);
  return {
    label: `ΔrG of ${gate.equation}`,
    value: gate.gibbsEnergy_J_per_mol / 1000,
    unit: 'kJ/mol',
    tag: gate.tag,
    source: gate.source,
    ...(doi === undefined ? {} : { doi }),
    equation: `Σ ν·G, per formula unit of the surface; ${DOCUMENT}`,
    note: 'Below zero is necessary, not sufficient, for wetting.',
  };
}

function Host({ answer, command }: { readonly answer: Answer; readonly command: string }): JSX.Element | null {
  const { infusion, composite, conditions } = answer;
  if (infusion === null || composite === null) return null;
  const of = (
    banded: Banded,
    shown: (value: number) => number,
    label: string,
    unit: string,
    equation: string,
  ): Sourced => bandedSourced(banded, shown, { label, unit, equation: `${equation}; ${DOCUMENT}`, source: command });
  const isDrawn = infusion.entryPressure_Pa.value <= 0;
  const time = of(
    infusion.time_s,
    same,
    'Time to fill',
    's',
    'L² = γ·r·cos θ·(t − t_i)/(2·η) (Washburn), t_i until the skin gives way and the surface has turned',
  );
  const [fast, slow] = infusion.time_s.band80;
  const state =
    conditions.time_s !== null
      ? `after ${timeText(conditions.time_s)}`
      : composite.filled.value === 1
        ? 'full'
        : 'once it is pressed full';
  return (
    <div class="card">
      <h2>
        Pores of {numberText(um_from_m(conditions.pore_m!), 3)} µm, {numberText(um_from_m(conditions.depth_m!), 3)} µm
        deep
      </h2>
      <dl class="figures">
        <div>
          <dt>{isDrawn ? 'Suction that draws lithium in' : 'Pressure that it takes'}</dt>
          <dd>
            <BandedValue
              of={of(
                infusion.entryPressure_Pa,
                (pressure) => (isDrawn ? -pressure : pressure) / 1e6,
                isDrawn ? 'Suction of the pores' : 'Pressure to press lithium in',
                'MPa',
                `${isDrawn ? '' : '−'}2·γ·cos θ/r (Young and Laplace)`,
              )}
            />
          </dd>
        </div>
        <div>
          <dt>Time to fill{isDrawn ? '' : ' without pressure'}</dt>
          <dd>
            <SourcedValue
              of={{ ...time, shown: timeText(infusion.time_s.value) }}
              bandText={infusion.time_s.value === fast && fast === slow ? '' : `${timeText(fast)} to ${timeText(slow)}`}
            />
          </dd>
        </div>
        <div>
          <dt>Flow alone</dt>
          <dd>
            <SourcedValue
              of={{
                ...of(infusion.capillary_s, same, 'Time that the flow takes', 's', 'L² = γ·r·cos θ·t/(2·η)'),
                shown: timeText(infusion.capillary_s.value),
              }}
            />
          </dd>
        </div>
        <div>
          <dt>Filled by itself</dt>
          <dd>
            <BandedValue
              of={of(
                composite.filled,
                percent,
                'Share that is filled without pressure',
                '%',
                '√((t − t_i)/t_flow), at most 1',
              )}
            />
          </dd>
        </div>
        <div>
          <dt>Capacity, {state}</dt>
          <dd>
            <BandedValue
              of={of(
                composite.capacity_C_per_m2,
                mAh_per_cm2_from_C_per_m2,
                'Areal capacity of the composite',
                'mAh/cm²',
                'F·(ε·ρ·d·filled − what the coating binds)/M_Li',
              )}
            />
          </dd>
        </div>
        <div>
          <dt>Specific capacity, {state}</dt>
          <dd>
            <BandedValue
              of={of(
                composite.specificCapacity_C_per_kg,
                (charge) => charge / 3600,
                'Specific capacity of the composite',
                'mAh/g',
                'areal capacity over the mass of host and lithium',
              )}
            />
          </dd>
        </div>
        <div>
          <dt>Bound by the coating</dt>
          <dd>
            <SourcedValue
              of={{
                label: 'Share of the lithium that the coating binds',
                value: percent(composite.boundShare),
                unit: '%',
                tag: 'computed',
                source: command,
                equation: `the coating on the walls of the pores (4·ε·d/pore per area), turned to its product; ${DOCUMENT}`,
              }}
            />
          </dd>
        </div>
      </dl>
    </div>
  );
}
