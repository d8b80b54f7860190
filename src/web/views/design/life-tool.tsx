// What dies first, lithium or electrolyte, and the seven coin cells from which one learns to tell.

import type { JSX } from 'preact';
import { mAh_per_cm2_from_C_per_m2, um_from_m } from '../../../units/index.ts';
import { Chart } from '../../charts/chart.tsx';
import { type ExportContext, ExportLine } from '../../charts/export-menu.tsx';
import { numberText } from '../../charts/number-text.ts';
import { useTask } from '../../engine/use-task.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import type { Sourced } from '../../parts/sourced.tsx';
import { SourcedCell, SourcedTable } from '../../parts/sourced-table.tsx';
import { SourcedText } from '../../parts/sourced-text.tsx';
import { TaskStatus } from '../../parts/status.tsx';
import type { ToolProps } from './efficiency-tool.tsx';
import { efficiencyText, type KeyNumber, SavedNumbers } from './key-numbers.tsx';
import { LifeFields } from './life-fields.tsx';
import { coinCellTable } from './tables.ts';

type Output = NonNullable<ReturnType<typeof useTask<'designLife'>>['output']>;

const LITHIUM = 'cycles = x/(1 − CE) + ln R/ln CE';
const ELECTROLYTE = 'cycles = (E/C)·u·F·nₑ/(M·y·(1 − CE))';
const TYPED = 'lithium, electrolyte, efficiency and retention as typed';
const WHERE = 'docs/models.md, "Life in closed form"';

export function LifeTool({ slice, patch }: ToolProps): JSX.Element {
  const { life } = slice;
  const asked = useTask('designLife', life, 'live');
  const { output } = asked;
  const words = useAnswerItems();
  const exported = (name: string): ExportContext => {
    const { nToP, counts, retention, command } = output!;
    const answer = { nToP, counts, retention, hasElectrolyte: true };
    return { name, command, more: words({ of: 'life', answer }, { name: 'life', command }) };
  };
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
              <p class="verdict">
                <SourcedText
                  text={VERDICTS[output.life.first](cyclesText(output.life.cycles))}
                  basis={{
                    label: 'Life',
                    tag: 'computed',
                    source: TYPED,
                    equation: `the lesser of ${LITHIUM} and ${ELECTROLYTE}; ${WHERE}`,
                  }}
                />
              </p>
              <SavedNumbers title="the life" numbers={numbersOf(output)} context={exported('life')} />
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
                exported={exported('what-dies-first')}
              />
            </div>
            <div class="card">
              <ExportLine
                title="the coin cells"
                figure={null}
                table={() => coinCellTable(output.coinCells)}
                context={exported('coin-cells')}
              />
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
  const one = (label: string, value: number, unit: string, equation: string, shown?: string): KeyNumber => ({
    label,
    value,
    unit,
    ...(shown === undefined ? {} : { shown }),
    digits: 4,
    tag: 'computed',
    source: TYPED,
    equation: `${equation}; ${WHERE}`,
  });
  return [
    one('Cycles by lithium', life.lithiumCycles!, '', LITHIUM, numberText(Math.floor(life.lithiumCycles!), 7)),
    one(
      'Cycles by electrolyte',
      life.electrolyteCycles!,
      '',
      ELECTROLYTE,
      numberText(Math.floor(life.electrolyteCycles!), 7),
    ),
    one(
      `Efficiency for ${cycles} cycles`,
      100 * forCycles.efficiency,
      '%',
      `${LITHIUM} and ${ELECTROLYTE}`,
      `${efficiencyText(forCycles.efficiency)} %`,
    ),
    one('N/P for them', needed.nToP, '', LITHIUM),
    one('E/C for them', 3.6e6 * needed.electrolyte_kg_per_C, 'g/Ah', ELECTROLYTE),
  ];
}

const IMPLIED: Readonly<Record<Output['coinCells'][number]['implied']['kind'], string>> = {
  implied: '',
  'proves nothing': 'proves nothing',
  'not lithium': 'not lithium',
};

type CoinCell = Output['coinCells'][number];

const COIN_DOI = '10.1016/j.joule.2019.02.004';

/** What the table of coin cells has in its columns: what is tabulated, and what follows from it. */
const COIN_COLUMNS: readonly {
  readonly head: string;
  readonly label: string;
  readonly unit: string;
  of(cell: CoinCell): number | null;
  shown(cell: CoinCell): string;
  readonly equation?: string;
}[] = [
  {
    head: 'mAh cm⁻²',
    label: 'Areal capacity',
    unit: 'mAh/cm²',
    of: ({ capacity_C_per_m2 }) => mAh_per_cm2_from_C_per_m2(capacity_C_per_m2),
    shown: ({ capacity_C_per_m2 }) => numberText(mAh_per_cm2_from_C_per_m2(capacity_C_per_m2), 3),
  },
  {
    head: 'Li / µm',
    label: 'Thickness of lithium',
    unit: 'µm',
    of: ({ lithium_m }) => um_from_m(lithium_m),
    shown: ({ lithium_m }) => numberText(um_from_m(lithium_m), 3),
  },
  { head: 'N/P', label: 'N/P', unit: '', of: ({ nToP }) => nToP, shown: ({ nToP }) => numberText(nToP) },
  {
    head: 'g Ah⁻¹',
    label: 'Electrolyte over capacity',
    unit: 'g/Ah',
    of: ({ electrolyte_kg_per_C }) => 3.6e6 * electrolyte_kg_per_C,
    shown: ({ electrolyte_kg_per_C }) => numberText(3.6e6 * electrolyte_kg_per_C, 3),
  },
  {
    head: 'Cycles',
    label: 'Cycles',
    unit: '',
    of: ({ cycles }) => cycles,
    shown: ({ wasStopped, cycles }) => `${wasStopped ? '> ' : ''}${cycles}`,
  },
  {
    head: 'CE implied by lithium / %',
    label: 'Efficiency that the life implies',
    unit: '%',
    of: ({ implied }) => (implied.efficiency === null ? null : 100 * implied.efficiency),
    shown: ({ implied, wasStopped }) =>
      implied.efficiency === null
        ? IMPLIED[implied.kind]
        : `${wasStopped ? '≥ ' : ''}${Math.round(100 * implied.efficiency)} ${IMPLIED[implied.kind]}`.trim(),
    equation: `${LITHIUM}; ${WHERE}`,
  },
  {
    head: 'First gone at 80 %',
    label: 'Cycles at an efficiency of 80 %',
    unit: '',
    of: ({ atEighty }) => atEighty.cycles,
    shown: ({ atEighty }) => `${atEighty.first}, ${Math.floor(atEighty.cycles)}`,
    equation: `the lesser of ${LITHIUM} and ${ELECTROLYTE}; ${WHERE}`,
  },
];

function CoinCells({ output }: { readonly output: Output }): JSX.Element {
  const sourcedAt = (place: string): Sourced | null => {
    const [row, column] = place.split(' ').map(Number);
    const [cell, one] = [output.coinCells[row!], COIN_COLUMNS[column!]];
    const value = cell === undefined ? null : (one?.of(cell) ?? null);
    if (cell === undefined || one === undefined || value === null) return null;
    const { label, unit, equation } = one;
    return {
      label: `${label}: ${cell.name}`,
      value,
      unit,
      tag: equation === undefined ? 'reported' : 'computed',
      source: equation === undefined ? output.coinSource : `the other columns of this row, from ${output.coinSource}`,
      doi: COIN_DOI,
      ...(equation === undefined ? {} : { equation }),
    };
  };
  return (
    <>
      <h2>Seven coin cells that taught it</h2>
      <p>
        <SourcedText
          text="Three flooded cells agree on an efficiency of 79 to 80 %. At that, the lean cell with 250 µm of lithium had lithium for 66 cycles; it lasted 12, as its electrolyte does."
          basis={{
            label: 'What the seven cells say',
            tag: 'computed',
            source: output.coinSource,
            doi: COIN_DOI,
            equation: `${LITHIUM}; docs/design.md, "What dies first"`,
          }}
        />
      </p>
      <div class="scroll tall">
        <SourcedTable sourcedAt={sourcedAt}>
          <caption>{output.coinSource}; to four fifths of capacity. The last columns are computed here.</caption>
          <thead>
            <tr>
              <th scope="col" class="text">
                Cell
              </th>
              {COIN_COLUMNS.map(({ head }) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {output.coinCells.map((cell, row) => (
              <tr key={cell.name}>
                <th scope="row">{cell.name}</th>
                {COIN_COLUMNS.map(({ head, of, shown }, column) => (
                  <td key={head}>
                    {of(cell) === null ? shown(cell) : <SourcedCell at={`${row} ${column}`}>{shown(cell)}</SourcedCell>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </SourcedTable>
      </div>
    </>
  );
}
