// Energy per mass and volume: what the cell is made of on the left; its numbers, its bill of materials, what moves it and what would
// reach a target on the right.

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { TaskInput, TaskOutput } from '../../../worker/index.ts';
import { type ExportContext, ExportMenu } from '../../charts/export-menu.tsx';
import { useConstant } from '../../engine/use-constant.ts';
import { useSettled } from '../../engine/use-settled.ts';
import { useTask } from '../../engine/use-task.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import { saveText } from '../../parts/save.ts';
import { sourcedColumns } from '../../parts/sourced-columns.ts';
import { SourcedText } from '../../parts/sourced-text.tsx';
import { TaskStatus } from '../../parts/status.tsx';
import type { ToolProps } from './efficiency-tool.tsx';
import { EnergyInputs } from './energy-inputs.tsx';
import { ENERGY_DOCUMENT, Materials, Moments, Tornado, Wh_per_kg, Wh_per_L } from './energy-parts.tsx';
import { Seek } from './energy-seek.tsx';
import { KeyNumbers } from './key-numbers.tsx';

type Answer = TaskOutput<'designEnergy'>;
type Bands = TaskOutput<'designEnergyBands'>;
type Choices = TaskOutput<'designChoices'>;

/** The bands are drawn once nothing has changed for so long. */
const SETTLED_ms = 300;

export function EnergyTool({ slice, patch }: ToolProps): JSX.Element {
  const choices = useConstant('designChoices', {});
  const question = { case: slice.energyCase, text: slice.energy, about: slice.about };
  const asked = useTask('designEnergy', question, 'live');
  const settled = useSettled(question, SETTLED_ms);
  const bands = useTask('designEnergyBands', asked.issues.length === 0 ? settled : null, 'bands');
  const shownBands = bands.isCurrent ? bands.output : null;
  const { output } = asked;
  const key = JSON.stringify([slice.energyCase, slice.energy, slice.about, slice.seek, slice.target]);
  // Nothing on the right is another while the left is only being read.
  const results = useMemo(
    () =>
      output === null || choices === null ? null : (
        <Results answer={output} bands={shownBands} slice={slice} patch={patch} choices={choices} question={question} />
      ),
    [output, shownBands, choices, key],
  );
  if (choices === null) return <p class="running">Opening the energy desk…</p>;
  return (
    <>
      <EnergyInputs
        slice={slice}
        patch={patch}
        choices={choices}
        values_SI={asked.output?.cell.inputs}
        issues={asked.issues}
      />
      <div class="cards">
        <TaskStatus asked={asked} what="The energy" />
        {results}
      </div>
    </>
  );
}

interface ResultsProps extends ToolProps {
  readonly answer: Answer;
  readonly bands: Bands | null;
  readonly choices: Choices;
  readonly question: TaskInput<'designEnergy'>;
}

function Results({ answer, bands, slice, patch, choices, question }: ResultsProps): JSX.Element {
  const { energy, command } = answer;
  const words = useAnswerItems();
  const more = [
    ...words({ of: 'energy', answer }, { name: 'cell-energy', command }),
    {
      label: 'Inputs as JSON',
      run: () => saveText(inputsJson(slice, choices), 'cell.energy.json', 'application/json'),
    },
  ];
  const exported = (name: string): ExportContext => ({ name: `cell-energy-${name}`, command, more });
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
    equation: `${equation}; ${ENERGY_DOCUMENT}`,
  });
  const numbers = [
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
  ];
  return (
    <>
      <div class="card">
        <div class="design-head">
          <h2>The cell</h2>
          <ExportMenu
            title="the cell"
            figure={null}
            table={() => sourcedColumns(numbers)}
            context={exported('numbers')}
          />
        </div>
        <KeyNumbers numbers={numbers} />
        <Moments energy={energy} exported={exported('volumes')} />
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
              <dd>
                {text === null ? (
                  'not stated'
                ) : (
                  <SourcedText
                    text={text}
                    basis={{
                      label: name,
                      tag: 'typed or computed',
                      source: 'the inputs on the left, and the bill of materials that follows from them',
                      equation: ENERGY_DOCUMENT,
                    }}
                  />
                )}
              </dd>
            </div>
          ))}
        </dl>
      </div>
      <div class="card">
        <Materials energy={energy} exported={exported('bill-of-materials')} />
      </div>
      <div class="cards two">
        <div class="card">
          <Tornado
            answer={answer}
            bands={bands}
            choices={choices}
            about={slice.about}
            exported={exported('tornado')}
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

const inputsJson = (slice: ToolProps['slice'], { start, cases }: Choices): string =>
  `${JSON.stringify({ ...start, ...cases.find(({ id }) => id === slice.energyCase)?.text, ...slice.energy }, null, 2)}\n`;
