// A reservoir test from what was read off, with its error and what the error hangs on.

import type { JSX } from 'preact';
import { mAh_per_cm2_from_C_per_m2 } from '../../../units/index.ts';
import { type ExportContext, ExportLine } from '../../charts/export-menu.tsx';
import { numberText } from '../../charts/number-text.ts';
import { useTask } from '../../engine/use-task.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import type { Sourced } from '../../parts/sourced.tsx';
import { SourcedCell, SourcedTable } from '../../parts/sourced-table.tsx';
import { SourcedText } from '../../parts/sourced-text.tsx';
import { TaskStatus } from '../../parts/status.tsx';
import { AmountField, withText } from './amount-field.tsx';
import type { ToolProps } from './efficiency-tool.tsx';
import { SavedNumbers } from './key-numbers.tsx';
import { reservoirTable } from './tables.ts';

const FIELDS = [
  {
    name: 'stripped',
    label: 'Stripped at the end, Qs',
    dimension: 'areal charge',
    unit: 'mAh/cm2',
    range_SI: [0, 6 * 36000],
  },
  {
    name: 'reservoir',
    label: 'Plated first, QT',
    dimension: 'areal charge',
    unit: 'mAh/cm2',
    range_SI: [3600, 10 * 36000],
  },
  {
    name: 'cycled',
    label: 'Plated in each short cycle, Qc',
    dimension: 'areal charge',
    unit: 'mAh/cm2',
    range_SI: [3600, 5 * 36000],
  },
  { name: 'cycles', label: 'Short cycles, n', dimension: 'ratio', unit: '', range_SI: [5, 100], isWhole: true },
  {
    name: 'error',
    label: 'Standard error of Qs',
    dimension: 'areal charge',
    unit: 'mAh/cm2',
    range_SI: [0, 3600],
    hint: 'where the cut-off falls, and what it leaves behind',
  },
  {
    name: 'mismatch',
    label: 'Mismatch of the instrument',
    dimension: 'ratio',
    unit: '%',
    hint: 'between plated and stripped charge; a common gain cancels',
  },
  { name: 'cells', label: 'Cells measured alike', dimension: 'ratio', unit: '', range_SI: [1, 20], isWhole: true },
  {
    name: 'elsewhere',
    label: 'Qs at another cut-off',
    dimension: 'areal charge',
    unit: 'mAh/cm2',
    hint: 'where you have it, to see what the cut-off does',
  },
] as const;

const EQUATION = 'CE = (n·Qc + Qs)/(n·Qc + QT), σ² = (σ(Qs)/(n·Qc + QT))² + (δ·CE)²';
const LOSS_BASED = 'CE = 1 − (QT − Qs)/(n·Qc)';
const TOLD_APART = '1.96·√2·σ of the mean';
const SOURCE = 'Aurbach 1989 (10.1149/1.2096425), Adams 2018; charges as typed';

export function ReservoirTool({ slice, patch }: ToolProps): JSX.Element {
  const { reservoir } = slice;
  const asked = useTask('designReservoir', reservoir, 'live');
  const { output } = asked;
  const words = useAnswerItems();
  const exported = (name: string): ExportContext => {
    const { question, answer, command } = output!;
    return { name, command, more: words({ of: 'reservoir', question, answer }, { name: 'reservoir-test', command }) };
  };
  const keyNumber = (label: string, value: number, digits: number, doi?: string, equation = EQUATION) => ({
    label,
    value: 100 * value,
    unit: '%',
    digits,
    tag: 'computed',
    source: SOURCE,
    ...(doi === undefined ? {} : { doi }),
    equation,
  });
  return (
    <>
      <section class="card design-inputs" aria-label="The test">
        {FIELDS.map((field) => (
          <AmountField
            key={field.name}
            {...field}
            value={reservoir[field.name] ?? ''}
            issues={asked.issues}
            onChange={(text) => patch({ reservoir: withText(reservoir, field.name, text) }, `reservoir ${field.name}`)}
          />
        ))}
      </section>
      <div class="cards">
        <TaskStatus asked={asked} what="The efficiency" />
        {output === null ? null : (
          <>
            <div class="card">
              <p class="verdict">
                <SourcedText
                  text={resultText(output.answer)}
                  numbers={verdictNumbers(output.answer)}
                  basis={{
                    label: 'Cells that would do',
                    tag: 'computed',
                    source: SOURCE,
                    equation:
                      'σ² of the mean = σ(strip)²/cells + (δ·CE)²: cells on one instrument share the second part',
                  }}
                />
              </p>
              <SavedNumbers
                title="the efficiency"
                context={exported('reservoir-test')}
                numbers={[
                  keyNumber('Efficiency', output.answer.efficiency, 5, '10.1002/aenm.201702097'),
                  keyNumber('Standard error, one cell', output.answer.error, 2),
                  keyNumber('of it the last strip', output.answer.errorOfStrip, 2),
                  keyNumber('of it the instrument', output.answer.errorOfMismatch, 2),
                  keyNumber('Differences told apart', output.answer.toldApart, 2, undefined, TOLD_APART),
                  keyNumber(
                    'Loss among the short cycles only',
                    output.answer.lossBased,
                    5,
                    '10.1149/1.2096425',
                    LOSS_BASED,
                  ),
                  ...(output.answer.elsewhere === null
                    ? []
                    : [keyNumber('At the other cut-off', output.answer.elsewhere.efficiency, 5)]),
                ]}
              />
              {output.answer.remarks.map((remark) => (
                <p key={remark} class="warning">
                  {remark}
                </p>
              ))}
              <p class="hint">
                In a shell: <code>{output.command}</code>
              </p>
            </div>
            <div class="card">
              <ExportLine
                title="other tests"
                figure={null}
                table={() => reservoirTable(output.designs)}
                context={exported('reservoir-tests')}
              />
              <Designs designs={output.designs} question={output.question} />
            </div>
          </>
        )}
      </div>
    </>
  );
}

type Output = NonNullable<ReturnType<typeof useTask<'designReservoir'>>['output']>;

/** What the verdict says, in full. */
const verdictNumbers = ({ efficiency, meanError, cyclesLeft }: Output['answer']): readonly Sourced[] => [
  { label: 'Efficiency', value: 100 * efficiency, unit: '%', tag: 'computed', source: SOURCE, equation: EQUATION },
  {
    label: 'Standard error of the mean',
    value: 100 * meanError,
    unit: '%',
    tag: 'computed',
    source: SOURCE,
    equation: `${EQUATION}; the first part over the number of cells`,
  },
  {
    label: 'Cycles that the reservoir lasts',
    value: Math.floor(cyclesLeft),
    unit: '',
    tag: 'computed',
    source: SOURCE,
    equation: 'QT/((1 − CE)·Qc), CE that of the short cycles alone',
  },
];

function resultText({ efficiency, meanError, cellsForHundredth, cyclesLeft }: Output['answer']): string {
  const decimals = meanError > 0 ? Math.min(5, Math.max(1, 1 - Math.floor(Math.log10(100 * meanError)))) : 4;
  const cells = Number.isFinite(cellsForHundredth)
    ? `${cellsForHundredth} cells would give ± 0.01 %.`
    : 'No number of cells gives ± 0.01 %: the instrument they share differs by more.';
  const lasts = Number.isFinite(cyclesLeft) ? ` The reservoir lasts ${Math.floor(cyclesLeft)} such cycles.` : '';
  return `${(100 * efficiency).toFixed(decimals)} ± ${(100 * meanError).toFixed(decimals)} %. ${cells}${lasts}`;
}

function Designs({
  designs,
  question,
}: {
  readonly designs: Output['designs'];
  readonly question: Output['question'];
}): JSX.Element {
  const sourcedAt = (place: string): Sourced | null => {
    const one = designs[Number(place)];
    if (one === undefined) return null;
    const reservoir = numberText(mAh_per_cm2_from_C_per_m2(one.reservoir_C_per_m2));
    return {
      label: `Standard error, ${one.shortCycles} cycles on ${reservoir} mAh/cm²`,
      value: 100 * one.error,
      unit: '%',
      tag: 'computed',
      source: `the test as typed, read to ${numberText(mAh_per_cm2_from_C_per_m2(question.strippedError_C_per_m2))} mAh/cm², with another number of cycles and another reservoir`,
      equation: EQUATION,
    };
  };
  const cycles = [...new Set(designs.map(({ shortCycles }) => shortCycles))];
  const reservoirs = [...new Set(designs.map(({ reservoir_C_per_m2 }) => reservoir_C_per_m2))];
  return (
    <div class="scroll">
      <SourcedTable sourcedAt={sourcedAt}>
        <caption>
          Standard error of one cell in other tests, read as well, %; – where the reservoir is used up before
        </caption>
        <thead>
          <tr>
            <th scope="col" class="text">
              Reservoir / mAh cm⁻²
            </th>
            {cycles.map((count) => (
              <th key={count} scope="col">
                {count} cycles
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {reservoirs.map((reservoir) => (
            <tr key={reservoir}>
              <th scope="row">{Number(mAh_per_cm2_from_C_per_m2(reservoir).toPrecision(3))}</th>
              {cycles.map((count) => {
                const at = designs.findIndex(
                  (design) => design.shortCycles === count && design.reservoir_C_per_m2 === reservoir,
                );
                const { isEnough, error } = designs[at]!;
                return (
                  <td key={count}>
                    {isEnough ? <SourcedCell at={String(at)}>{(100 * error).toPrecision(2)}</SourcedCell> : '–'}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </SourcedTable>
    </div>
  );
}
