// Why a cell gives what it gives: a short run by the fast model, the lithium that it loses by cause, and the values that its
// efficiency, its resistance and its life hang on most. For a tabulated system, what was reported stands beside.

import { builtInCell, type Cell, type Protocol } from '../cells/index.ts';
import {
  createReproducer,
  type OneAtATime,
  OUTCOMES,
  type OutcomeName,
  oneAtATime,
  type ReproducedSystem,
  type ReproduceTask,
  reproducedSystem,
  SENSITIVITY_CYCLES_DEFAULT,
  type SensitiveValue,
  tabulatedSystem,
  tabulatedSystemIds,
} from '../design/index.ts';
import { type PlatingReason, platingOf, tryElectrolyte } from '../materials/index.ts';
import { formatIssue, InputError } from '../units/index.ts';
import { significant } from './numbers.ts';
import { labelled, wrap } from './text-table.ts';

const COLUMNS = 100;
const LABEL_COLUMNS = 16;
/** A full cycle of a cathode takes the fast model many steps. */
const CYCLES_WITH_CATHODE = 3;

/** Reasons of composition that are shown. */
const REASONS_MAX = 4;
/** A cause of less than this share of the loss is not worth a place. */
const SHARE_MIN = 1e-3;

const NAMES: Readonly<Record<OutcomeName, string>> = {
  coulombic_efficiency: 'Efficiency',
  interfacial_resistance_ohm_cm2: 'Resistance',
  life_cycles: 'Life',
};

/** What the run of a cell says of its reasons. */
export interface Why {
  readonly cycles: number;
  readonly coulombic_efficiency: number | null;
  readonly interfacial_resistance_ohm_cm2: number | null;
  readonly life_cycles: number | null;
  /** Mean of the cycles, by cause. */
  readonly losses_mAh_per_cm2: Readonly<Record<string, number>>;
  readonly strongest: OneAtATime['strongest'];
  /** What in the composition raises or lowers −log10(1 − CE), largest first; empty where the cell does not plate by that law. */
  readonly electrolyte: readonly PlatingReason[];
  /** Reported beside computed, of a tabulated system; null for any other cell. */
  readonly tabulated: ReproducedSystem | null;
}

/** Runs the cell; null for one without a protocol, a sentence for one that cannot follow it or assumes what is impossible. */
export function whyOf(cell: Cell): Why | string | null {
  try {
    return cell.protocol === null ? null : reasonsOf(cell, cell.protocol);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.issues.map(formatIssue).join('; ');
  }
}

function reasonsOf(cell: Cell, protocol: Protocol): Why {
  const cycles = cell.kind === 'Li|Cu' || cell.kind === 'Li|Li' ? SENSITIVITY_CYCLES_DEFAULT : CYCLES_WITH_CATHODE;
  const { nominal, result, strongest } = oneAtATime(cell, protocol, { cycles });
  const losses: Record<string, number> = {};
  for (const { losses_mAh_per_cm2 } of result.cycles) {
    for (const [cause, lost] of Object.entries(losses_mAh_per_cm2)) {
      losses[cause] = (losses[cause] ?? 0) + lost / result.cycles.length;
    }
  }
  return {
    cycles: result.cycles.length,
    ...nominal,
    losses_mAh_per_cm2: losses,
    strongest,
    electrolyte: compositionReasons(cell),
    tabulated: tabulated(cell),
  };
}

/** Reasons of the law of composition, where the cell has its plating from it. */
function compositionReasons({ electrolyte, assumptions }: Cell): readonly PlatingReason[] {
  if (!assumptions.some(({ path }) => path.endsWith('.plating.depositSize'))) return [];
  const composition = tryElectrolyte(electrolyte.name);
  return composition instanceof InputError ? [] : platingOf(composition).reasons.slice(0, REASONS_MAX);
}

/** The row of a built-in cell that is a tabulated system, computed with the cell's own values. */
function tabulated(cell: Cell): ReproducedSystem | null {
  if (!tabulatedSystemIds().includes(cell.id)) return null;
  // A changed copy of a built-in cell may keep its id; what was reported belongs to the built-in one.
  if (JSON.stringify(builtInCell(cell.id)) !== JSON.stringify(cell)) return null;
  const plan = tabulatedSystem(cell.id);
  const task: ReproduceTask = { kind: 'nominal', system: cell.id };
  const answer = createReproducer(tabulatedSystem)(task, { aborted: false });
  return reproducedSystem(plan, [task], [{ kind: 'answer', answer }]);
}

const line = (label: string, text: string): string => labelled(label, text, COLUMNS, LABEL_COLUMNS);

function outcomeText(name: OutcomeName, value: number | null): string {
  if (value === null) return '-';
  switch (name) {
    case 'coulombic_efficiency':
      return `${(100 * value).toFixed(2)} %`;
    case 'interfacial_resistance_ohm_cm2':
      return `${significant(value)} Ω cm²`;
    case 'life_cycles':
      return `${significant(Math.round(value))} cycles`;
  }
}

function strongestText(
  name: OutcomeName,
  { parameter, value, unit, tag, low, high, atLow, atHigh }: SensitiveValue,
): string {
  const dimension = unit === '1' ? '' : ` ${unit}`;
  const range = `${significant(low)} … ${significant(high)}${dimension}`;
  return `${parameter} = ${significant(value)}${dimension} (${tag}): ${outcomeText(name, atLow[name])} … ${outcomeText(name, atHigh[name])} for ${range}`;
}

/** Losses by cause, largest first, with their shares. */
function lossText(losses: Readonly<Record<string, number>>): string {
  const total = Object.values(losses).reduce((sum, lost) => sum + lost, 0);
  const causes = Object.entries(losses)
    .filter(([, lost]) => lost > SHARE_MIN * total)
    .sort((a, b) => b[1] - a[1]);
  if (causes.length === 0) return 'nothing';
  const each = causes.map(
    ([cause, lost]) =>
      `${cause.replaceAll('_', ' ')} ${significant(1000 * lost)} (${significant((100 * lost) / total, 2)} %)`,
  );
  return `${each.join(', ')}; µAh/cm² in a cycle`;
}

/** The section of `show`; ends in a line end. */
export function whyText(why: Why | string): string {
  if (typeof why === 'string') return `\n${wrap(`Why: it does not run. ${why}`, COLUMNS, '  ')}\n`;
  const { cycles, losses_mAh_per_cm2, strongest, tabulated: row } = why;
  const lines = ['', `Why: ${cycles} cycles by the fast model`];
  for (const name of OUTCOMES) {
    if (why[name] === null && strongest[name].length === 0) continue;
    const projected =
      name === 'life_cycles' ? ', when lithium, solvent or salt would be gone at the pace of these cycles' : '';
    lines.push(line(`  ${NAMES[name]}`, `${outcomeText(name, why[name])}${projected}`));
    for (const one of strongest[name]) lines.push(line('    hangs on', strongestText(name, one)));
  }
  lines.push(line('  Lost', lossText(losses_mAh_per_cm2)));
  for (const [k, { text, efficiencyGain }] of why.electrolyte.entries()) {
    const sign = efficiencyGain < 0 ? '−' : '+';
    lines.push(line(k === 0 ? '  Electrolyte' : '', `${sign}${Math.abs(efficiencyGain).toFixed(2)} ${text}`));
  }
  if (row !== null) {
    lines.push('', `Reported in table ${row.table} ${row.reference}, and computed by the row's own test`);
    for (const { quantity, printed, computed, unit, note } of row.quantities) {
      const value = computed === null ? 'not computed' : `computed ${significant(computed, 4)} ${unit}`;
      const name = quantity.replaceAll('_', ' ');
      lines.push(wrap(`${name}: "${printed}"; ${value}. ${note}`, COLUMNS, '    ', '  '));
    }
    for (const remark of row.remarks) lines.push(wrap(remark, COLUMNS, '    ', '  '));
  }
  return `${lines.join('\n')}\n`;
}
