// What dies first, lithium or electrolyte, and the seven coin cells from which one learns to tell.

import type { JSX } from 'preact';
import { formatQuantity } from '../../../units/index.ts';
import { Chart } from '../../charts/chart.tsx';
import { useTask } from '../../engine/use-task.ts';
import { TaskStatus } from '../../parts/status.tsx';
import type { ToolProps } from './efficiency-tool.tsx';
import { efficiencyText, KeyNumbers } from './key-numbers.tsx';
import { LifeFields } from './life-fields.tsx';

type Output = NonNullable<ReturnType<typeof useTask<'designLife'>>['output']>;

const LITHIUM = 'cycles = x/(1 − CE) + ln R/ln CE';
const ELECTROLYTE = 'cycles = (E/C)·u·F·nₑ/(M·y·(1 − CE))';
const WHERE = 'docs/models.md, "Life in closed form"';

export function LifeTool({ slice, patch }: ToolProps): JSX.Element {
  const { life } = slice;
  const asked = useTask('designLife', life, 'live');
  const { output } = asked;
  return (
    <>
      <section class="card design-inputs" aria-label="The cell">
        <LifeFields
          life={life}
          issues={asked.issues}
          hasElectrolyte
          onChange={(next, tag) => patch({ life: next }, tag)}
        />
      </section>
      <div class="cards">
        <TaskStatus asked={asked} what="The life" />
        {output === null ? null : (
          <>
            <div class="card">
              <p class="verdict">{VERDICTS[output.life.first](cyclesText(output.life.cycles))}</p>
              <KeyNumbers numbers={numbersOf(output)} />
              <p class="hint">
                At constant efficiency, in closed form. The cell view follows deposit, films, additives and drying cycle
                by cycle.
              </p>
            </div>
            <div class="card">
              <Chart
                figure={output.figure}
                isStale={!asked.isCurrent}
                height_px={300}
                exported={{ name: 'what-dies-first', command: output.command }}
              />
            </div>
            <div class="card">
              <CoinCells output={output} />
            </div>
          </>
        )}
      </div>
    </>
  );
}

const VERDICTS: Readonly<Record<Output['life']['first'], (cycles: string) => string>> = {
  lithium: (cycles) => `Lithium goes first, after ${cycles}.`,
  electrolyte: (cycles) => `Electrolyte goes first, after ${cycles}.`,
  both: (cycles) => `Both go at about the same time, after ${cycles}.`,
  neither: () => 'Neither ends: nothing is lost.',
};

const cyclesText = (cycles: number): string => (cycles < 1 ? 'less than one cycle' : `${Math.floor(cycles)} cycles`);

function numbersOf({ life, forCycles, needed, cycles }: Output) {
  const one = (label: string, value: number | string, unit: string, equation: string) => ({
    label,
    value,
    unit,
    digits: 4,
    tag: 'computed',
    source: 'lithium, electrolyte, efficiency and retention as typed',
    equation: `${equation}; ${WHERE}`,
  });
  return [
    one('Cycles by lithium', Math.floor(life.lithiumCycles!), '', LITHIUM),
    one('Cycles by electrolyte', Math.floor(life.electrolyteCycles!), '', ELECTROLYTE),
    one(`Efficiency for ${cycles} cycles`, efficiencyText(forCycles.efficiency), '%', `${LITHIUM} and ${ELECTROLYTE}`),
    one('N/P for them', needed.nToP, '', LITHIUM),
    one('E/C for them', 3.6e6 * needed.electrolyte_kg_per_C, 'g/Ah', ELECTROLYTE),
  ];
}

const IMPLIED: Readonly<Record<Output['coinCells'][number]['implied']['kind'], string>> = {
  implied: '',
  'proves nothing': 'proves nothing',
  'not lithium': 'not lithium',
};

function CoinCells({ output }: { readonly output: Output }): JSX.Element {
  return (
    <>
      <h2>Seven coin cells that taught it</h2>
      <p>
        Three flooded cells agree on an efficiency of 79 to 80 %. At that, the lean cell with 250 µm of lithium had
        lithium for 66 cycles; it lasted 12, as its electrolyte does.
      </p>
      <div class="scroll tall">
        <table>
          <caption>{output.coinSource}; 80 % retention. The last columns are computed here.</caption>
          <thead>
            <tr>
              <th scope="col" class="text">
                Cell
              </th>
              <th scope="col">mAh cm⁻²</th>
              <th scope="col">Li / µm</th>
              <th scope="col">N/P</th>
              <th scope="col">g Ah⁻¹</th>
              <th scope="col">Cycles</th>
              <th scope="col">CE implied by lithium / %</th>
              <th scope="col">First gone at 80 %</th>
            </tr>
          </thead>
          <tbody>
            {output.coinCells.map((cell) => (
              <tr key={cell.name}>
                <th scope="row">{cell.name}</th>
                <td>{formatQuantity(cell.capacity_C_per_m2, 'mAh/cm2', 3, 'areal charge').replace(/ .*/, '')}</td>
                <td>{formatQuantity(cell.lithium_m, 'µm', 3, 'length').replace(/ .*/, '')}</td>
                <td>{cell.nToP}</td>
                <td>{Number((3.6e6 * cell.electrolyte_kg_per_C).toPrecision(3))}</td>
                <td>
                  {cell.wasStopped ? '> ' : ''}
                  {cell.cycles}
                </td>
                <td>
                  {cell.implied.efficiency === null
                    ? IMPLIED[cell.implied.kind]
                    : `${cell.wasStopped ? '≥ ' : ''}${Math.round(100 * cell.implied.efficiency)} ${IMPLIED[cell.implied.kind]}`}
                </td>
                <td>
                  {cell.atEighty.first}, {Math.floor(cell.atEighty.cycles)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
