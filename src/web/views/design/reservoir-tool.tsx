// A reservoir test from what was read off, with its error and what the error hangs on.

import type { JSX } from 'preact';
import { mAh_per_cm2_from_C_per_m2 } from '../../../units/index.ts';
import { useTask } from '../../engine/use-task.ts';
import { TaskStatus } from '../../parts/status.tsx';
import { AmountField, withText } from './amount-field.tsx';
import type { ToolProps } from './efficiency-tool.tsx';
import { KeyNumbers } from './key-numbers.tsx';

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
const SOURCE = 'Aurbach 1989 (10.1149/1.2096425), Adams 2018; charges as typed';

export function ReservoirTool({ slice, patch }: ToolProps): JSX.Element {
  const { reservoir } = slice;
  const asked = useTask('designReservoir', reservoir, 'live');
  const { output } = asked;
  const number = (label: string, value: number, tag = 'computed', digits = 4) => ({
    label,
    value: 100 * value,
    unit: '%',
    digits,
    tag,
    source: SOURCE,
    doi: '10.1002/aenm.201702097',
    equation: EQUATION,
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
              <p class="verdict">{resultText(output.answer)}</p>
              <KeyNumbers
                numbers={[
                  number('Efficiency', output.answer.efficiency, 'computed', 5),
                  number('Standard error, one cell', output.answer.error, 'computed', 2),
                  number('of it the last strip', output.answer.errorOfStrip, 'computed', 2),
                  number('of it the instrument', output.answer.errorOfMismatch, 'computed', 2),
                  number('Differences told apart', output.answer.toldApart, 'computed', 2),
                  number('Loss among the short cycles only', output.answer.lossBased, 'computed', 5),
                  ...(output.answer.elsewhere === null
                    ? []
                    : [number('At the other cut-off', output.answer.elsewhere.efficiency, 'computed', 5)]),
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
              <Designs designs={output.designs} />
            </div>
          </>
        )}
      </div>
    </>
  );
}

type Output = NonNullable<ReturnType<typeof useTask<'designReservoir'>>['output']>;

function resultText({ efficiency, meanError, cellsForHundredth, cyclesLeft }: Output['answer']): string {
  const decimals = meanError > 0 ? Math.min(5, Math.max(1, 1 - Math.floor(Math.log10(100 * meanError)))) : 4;
  const cells = Number.isFinite(cellsForHundredth)
    ? `${cellsForHundredth} cells would give ± 0.01 %.`
    : 'No number of cells gives ± 0.01 %: the instrument they share differs by more.';
  const lasts = Number.isFinite(cyclesLeft) ? ` The reservoir lasts ${Math.floor(cyclesLeft)} such cycles.` : '';
  return `${(100 * efficiency).toFixed(decimals)} ± ${(100 * meanError).toFixed(decimals)} %. ${cells}${lasts}`;
}

function Designs({ designs }: { readonly designs: Output['designs'] }): JSX.Element {
  const cycles = [...new Set(designs.map(({ shortCycles }) => shortCycles))];
  const reservoirs = [...new Set(designs.map(({ reservoir_C_per_m2 }) => reservoir_C_per_m2))];
  return (
    <div class="scroll">
      <table>
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
                const one = designs.find(
                  (design) => design.shortCycles === count && design.reservoir_C_per_m2 === reservoir,
                )!;
                return <td key={count}>{one.isEnough ? Number((100 * one.error).toPrecision(2)) : '–'}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
