// A cell under its protocol, as the page shows it: what it did cycle by cycle, how it ended, and figures. While a hand moves, a draft is
// enough: cycles that hardly differ are passed over, and only ends of steps are kept. The run that stays is the one that the shell and
// the library make.

import { type Cell, countCycles, type Protocol, parseProtocol } from '../../cells/index.ts';
import { type BandsResult, runBands } from '../../design/index.ts';
import {
  cellEfficiencyFigure,
  cellVoltageFigure,
  type Figure,
  inventoryFigure,
  lossFigure,
  type NamedRecord,
  overpotentialFigure,
  resistanceFigure,
} from '../../figures/index.ts';
import { type CyclingRecord, sliceRecord } from '../../records/index.ts';
import { type CycleSummary, type EndOfLife, type SimulationResult, simulate } from '../../simulation/index.ts';
import { InputError, type Issue } from '../../units/index.ts';
import type { Live } from '../messages.ts';
import { cellCommand } from './cell-command.ts';
import { type CellInput, cellOf, readCell } from './cell-input.ts';
import { type CellSheet, sheetOf } from './cell-sheet.ts';
import type { ReportedOfCell } from './reported.ts';

export interface CellRunInput {
  readonly cell: CellInput;
  /** Lines of text instead of the cell's own protocol. */
  readonly protocol: string | null;
  readonly model: 'fast' | 'full';
  readonly cycles: number | null;
  /** A second cell, under the protocol that was typed or else its own. */
  readonly beside: CellInput | null;
}

/** Cycles whose voltage is drawn in full. */
const PROFILE_CYCLES = 3;
/** Cycles of a draft whose mean overpotentials are computed. */
const MEANS_MAX = 40;

export interface RunAnswer {
  readonly name: string;
  readonly kind: Cell['kind'];
  readonly model: SimulationResult['model'];
  readonly stop: SimulationResult['stop'];
  readonly cycles: readonly CycleSummary[];
  readonly endOfLife: EndOfLife;
  readonly conservation: SimulationResult['conservation'];
  readonly work: SimulationResult['work'];
  readonly warnings: readonly string[];
}

export interface CellRunOutput {
  readonly cell: RunAnswer;
  readonly beside: RunAnswer | null;
  /** What the literature reports of this cell, as printed; empty for a cell that is in no table. */
  readonly reported: ReportedOfCell['values'];
  /** Efficiency of lithium among it, a fraction. */
  readonly reportedEfficiency: number | null;
  /** The first cycles of each cell, whose voltage is drawn. */
  readonly profiles: readonly NamedRecord[];
  readonly figures: {
    readonly voltage: Figure;
    readonly efficiency: Figure;
    readonly resistance: Figure;
    readonly lossWorking: Figure;
    readonly lossCounter: Figure;
    readonly overpotential: Figure;
    readonly inventory: Figure;
  };
}

/** The sheet of a cell and a draft of its run, which is null where its protocol is at fault. Throws InputError for the cell itself. */
export interface CellDraft {
  readonly sheet: CellSheet;
  readonly run: CellRunOutput | null;
  /** What makes the exact run in a shell; a changed cell is its file there. */
  readonly command: string;
  readonly issues: readonly Issue[];
}

export async function cellDraft(input: CellRunInput, live: Live): Promise<CellDraft> {
  const read = readCell(input.cell);
  const sheet = sheetOf(read);
  const command = cellCommand(input, sheet.id);
  try {
    return { sheet, run: await runOf(read.cell, input, true, live), command, issues: [] };
  } catch (error) {
    if (error instanceof InputError) return { sheet, run: null, command, issues: error.issues };
    throw error;
  }
}

export function cellRun(input: CellRunInput, live: Live): Promise<CellRunOutput> {
  return runOf(cellOf(input.cell), input, false, live);
}

async function runOf(cell: Cell, input: CellRunInput, isDraft: boolean, live: Live): Promise<CellRunOutput> {
  const main = ran(cell, input, isDraft, live);
  const beside = input.beside === null ? null : ran(cellOf(input.beside), input, isDraft, live);
  const shown = [main, ...(beside === null ? [] : [beside])];
  const cells = shown.map(({ answer }) => answer);
  const { cycles } = main.answer;
  const profiles = shown.map(({ answer, profile: { time_s, voltage_V } }) => ({
    name: answer.name,
    record: { time_s, voltage_V },
  }));
  const reported = await reportedOfCell(input.cell);
  return {
    cell: main.answer,
    beside: beside?.answer ?? null,
    reported: reported.values,
    reportedEfficiency: reported.efficiency,
    profiles,
    figures: {
      voltage: cellVoltageFigure(profiles),
      efficiency: cellEfficiencyFigure(cells, reported.efficiency),
      resistance: resistanceFigure(cells),
      lossWorking: lossFigure(cycles, 'working'),
      lossCounter: lossFigure(cycles, 'counter'),
      overpotential: overpotentialFigure(cycles),
      inventory: inventoryFigure(cycles),
    },
  };
}

/** Ids of rows of the reviews' tables. */
const TABULATED = /^[ab]\d-\d+$/;

async function reportedOfCell({ file, base }: CellInput): Promise<ReportedOfCell> {
  if (file !== null || !TABULATED.test(base)) return { values: [], efficiency: null };
  return (await import('./reported.ts')).reportedOf(base);
}

/** The protocol that is typed, or the cell's own. Throws InputError where there is neither. */
export function protocolOf(cell: Cell, text: string | null): Protocol {
  const protocol = text === null ? cell.protocol : text.trim() === '' ? null : parseProtocol(text, 'protocol', cell);
  if (protocol !== null) return protocol;
  throw new InputError([
    { where: 'protocol', found: 'none', wanted: 'steps', hint: 'such as "Plate at 1 mA/cm2 for 1 mAh/cm2"' },
  ]);
}

interface Ran {
  readonly answer: RunAnswer;
  readonly profile: CyclingRecord;
}

function ran(cell: Cell, { protocol: text, model, cycles: asked }: CellRunInput, isDraft: boolean, live: Live): Ran {
  const protocol = protocolOf(cell, text);
  const cycles = asked === null ? {} : { cycles: asked };
  if (!isDraft) {
    const result = simulate(cell, protocol, { model, ...cycles, ...live });
    return { answer: answerOf(result), profile: firstCycles(result.record) };
  }
  const count = asked ?? countCycles(protocol);
  const result = simulate(cell, protocol, {
    model: 'fast',
    ...cycles,
    detail: 'ends',
    jump: true,
    meansIn: spread(count),
    ...live,
  });
  const { record } = simulate(cell, protocol, { model: 'fast', cycles: Math.min(count, PROFILE_CYCLES) });
  return { answer: answerOf(result), profile: firstCycles(record) };
}

/** At most `MEANS_MAX` cycles, the first and the last among them. */
function spread(count: number): readonly number[] {
  const steps = Math.min(count, MEANS_MAX);
  return [
    ...new Set(Array.from({ length: steps }, (_, k) => 1 + Math.round((k * (count - 1)) / Math.max(1, steps - 1)))),
  ];
}

function firstCycles(record: CyclingRecord): CyclingRecord {
  const end = record.cycle.findIndex((cycle) => cycle > PROFILE_CYCLES);
  return end < 0 ? record : sliceRecord(record, 0, end);
}

function answerOf({
  cell,
  model,
  stop,
  cycles,
  end_of_life,
  conservation,
  work,
  warnings,
}: SimulationResult): RunAnswer {
  return {
    name: cell.name,
    kind: cell.kind,
    model,
    stop,
    cycles,
    endOfLife: end_of_life,
    conservation,
    work,
    warnings,
  };
}

export interface CellBandsInput {
  readonly cell: CellInput;
  readonly protocol: string | null;
  readonly cycles: number | null;
  readonly samples: number;
}

/** How far the cycles may lie from those that are shown, over the ranges of what is uncertain. */
export function cellBands({ cell: input, protocol, cycles, samples }: CellBandsInput, live: Live): BandsResult {
  const cell = cellOf(input);
  const steps = protocolOf(cell, protocol);
  return runBands(cell, steps, {
    samples,
    ...(cycles === null ? {} : { cycles }),
    ...(live.stop === undefined ? {} : { stop: live.stop }),
    onProgress: (fraction) => live.onProgress?.(fraction, 0),
  });
}
