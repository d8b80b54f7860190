// A reproduction as a person reads it: a table for each table of the literature, and the scores.

import type {
  EfficiencyScores,
  ReproducedQuantity,
  ReproducedSystem,
  ReproduceScores,
  Score,
} from '../design/index.ts';
import { MISSING, significant } from './numbers.ts';
import { labelled, table, width, wrap } from './text-table.ts';

const COLUMNS = 100;
const METHOD_COLUMNS = 18;

/** What rounds to nothing is not listed among losses. */
const LOSS_MIN_mAh_per_cm2 = 1e-6;

const SHORT_NAMES: Readonly<Record<ReproducedQuantity['quantity'], string>> = {
  coulombic_efficiency: 'CE',
  interfacial_resistance_before: 'R before',
  interfacial_resistance_after: 'R after',
  interfacial_resistance_without_interlayer: 'R without',
  interfacial_resistance_with_interlayer: 'R with',
  polarisation_initial: '|V| initial',
  polarisation: '|V|',
  capacity_retention: 'capacity kept',
  critical_current: 'i crit.',
  life: 'life',
};

const BOUND_SIGNS = { value: '', 'at-least': '≥ ', 'at-most': '≤ ' } as const;

/** Resistances span six decades: from here on they are told in powers of ten. */
const LARGE = 1e5;

/** As many digits as the reported number is worth comparing with. */
function number({ quantity }: ReproducedQuantity, value: number | null): string {
  if (value === null) return MISSING;
  if (quantity === 'coulombic_efficiency') return value.toFixed(2);
  return value >= LARGE ? value.toExponential(0) : significant(value, 3);
}

function verdict({ computed, inside, scored_as }: ReproducedQuantity): string {
  if (computed === null && inside === null) return 'not computed';
  if (inside === null) return MISSING;
  if (scored_as === 'life') return inside ? 'reached' : 'died before';
  return inside ? 'inside' : 'outside';
}

const cut = (text: string, columns: number): string =>
  width(text) <= columns
    ? text
    : `${Array.from(text)
        .slice(0, columns - 1)
        .join('')
        .trimEnd()}…`;

function systemRows({ id, reference, group, method, electrolyte, quantities }: ReproducedSystem): string[][] {
  return quantities.map((quantity, k) => {
    const { reported, unit, bound, computed, band } = quantity;
    return [
      ...(k === 0 ? [id, reference, cut(method ?? electrolyte ?? group, METHOD_COLUMNS)] : ['', '', '']),
      SHORT_NAMES[quantity.quantity],
      unit,
      `${BOUND_SIGNS[bound]}${reported}`,
      number(quantity, computed),
      band === null ? '' : `${number(quantity, band[0])} … ${number(quantity, band[1])}`,
      verdict(quantity),
    ];
  });
}

/** Systems of one table, a heading wherever the group changes. */
function tableText(name: string, title: string, systems: readonly ReproducedSystem[]): string {
  const head = ['id', 'ref.', 'what', 'quantity', 'unit', 'reported', 'computed', '10 … 90 %', 'verdict'];
  const rows = systems.map(systemRows);
  const lines = table([head, ...rows.flat()], 'lllllrrll').split('\n');
  const out = [wrap(`Table ${name}: ${title}`, COLUMNS, '  '), '', lines[0]!];
  let at = 1;
  let group: string | null = null;
  for (const [k, system] of systems.entries()) {
    if (system.group !== group) out.push(`- ${system.group}`);
    group = system.group;
    out.push(...lines.slice(at, at + rows[k]!.length));
    at += rows[k]!.length;
  }
  return out.join('\n');
}

function withInterval(score: Score | null | undefined, digits: number): string {
  if (score === null || score === undefined) return MISSING;
  const { value, interval95 } = score;
  if (interval95 === null) return value.toFixed(digits);
  return `${value.toFixed(digits)} (${interval95[0].toFixed(digits)} … ${interval95[1].toFixed(digits)})`;
}

const efficiencyLine = (name: string, scores: EfficiencyScores | null): string[] => [
  name,
  withInterval(scores?.rmse_lce, 3),
  withInterval(scores?.mae_percentage_points, 2),
  withInterval(scores?.spearman, 2),
];

function scoreText(scores: ReproduceScores): string {
  const { coulombic_efficiency: ce, coulombic_efficiency_b: ceB } = scores;
  const lines = ['Scores, with intervals that hold 95 % of bootstrap draws of whole references', ''];
  const efficiencies = [
    [`Table A1, ${ce.rows} rows`, ce.model],
    ['  without strategies', ce.strategies_frozen],
    ['  mean of the others', ce.baselines.mean],
    ['  electrolyte group', ce.baselines.electrolyte_group],
    ['  strategy group', ce.baselines.strategy_group],
    [`Tables B1, B2, ${ceB.rows} rows`, ceB.model],
  ] as const;
  const shown = efficiencies.filter(([, own]) => own !== null);
  if (shown.length > 0) {
    const head = ['Coulombic efficiency', 'RMSE, LCE', 'MAE, points', 'Spearman ρ'];
    lines.push(table([head, ...shown.map(([name, own]) => efficiencyLine(name, own))], 'llll'), '');
  }
  const line = (label: string, text: string): number => lines.push(labelled(label, text, COLUMNS, 18));
  if (ce.coverage !== null) line('Bands', `${percent(ce.coverage)} of those of table A1 hold the reported efficiency`);
  if (ce.signs.pairs > 0) {
    const pairs = ce.contrasts.map(
      ({ first, second, reported_percentage_points: reported, computed_percentage_points: computed, same_sign }) =>
        `${first} → ${second} ${signed(reported)} (computed ${signed(computed)}${same_sign ? '' : ', wrong'})`,
    );
    line('Paired contrasts', `${ce.signs.correct} of ${ce.signs.pairs} signs are right; points: ${pairs.join('; ')}`);
  }
  for (const [label, { rows, rmse_log10, within_factor_2, coverage, baseline_rmse_log10, not_computed }] of [
    ['Resistance', scores.interfacial_resistance],
    ['Polarisation', scores.polarisation],
    ['Solid, untreated', scores.solid_resistance_without],
    ['Solid, treated', scores.solid_resistance_with],
    ['Untreated/treated', { ...scores.interlayer_ratio, not_computed: 0 }],
  ] as const) {
    if (rmse_log10 === null) continue;
    const baseline = baseline_rmse_log10 === null ? '' : `, the mean of the others ${baseline_rmse_log10.toFixed(2)}`;
    const held = coverage === null ? '' : `; ${percent(coverage)} of the bands hold the reported value`;
    const missing = not_computed === 0 ? '' : `; ${not_computed} not computed`;
    line(
      label,
      `${rows} values: RMSE of log10 ${withInterval(rmse_log10, 2)}${baseline}; within a factor of 2: ${percent(within_factor_2!)}${held}${missing}`,
    );
  }
  const change = scores.interfacial_resistance_change;
  if (change.pairs > 0)
    line(
      'Change',
      `whether the resistance rises or falls in the test is right in ${change.correct} of ${change.pairs} rows`,
    );
  if (scores.life.tests > 0) {
    line('Life', `${scores.life.reached} of ${scores.life.tests} computed cells live as long as the reported test ran`);
  }
  if (scores.statements.length > 0) lines.push('');
  for (const statement of scores.statements) lines.push(wrap(statement, COLUMNS, '  '));
  return lines.join('\n');
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const signed = (points: number): string => `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(2)}`;

const short = (value: number): string => (value >= LARGE ? value.toExponential(0) : significant(value, 2));

/** One face of each solid electrolyte with lithium, untreated and treated. */
function interlayerText(systems: readonly ReproducedSystem[]): string[] {
  const rows = systems.flatMap(({ id, method, group, interlayer }) => {
    if (interlayer === null) return [];
    const { without_ohm_cm2, without_band, with_ohm_cm2, with_band, ratio, reported_ratio } = interlayer;
    const band = (of: readonly [number, number] | null): string =>
      of === null ? '' : `${short(of[0])} … ${short(of[1])}`;
    const value = (of: number | null): string => (of === null ? MISSING : short(of));
    const name = cut(method ?? group, 16);
    return [
      [
        id,
        name,
        value(without_ohm_cm2),
        band(without_band),
        value(with_ohm_cm2),
        band(with_band),
        value(ratio),
        value(reported_ratio),
      ],
    ];
  });
  if (rows.length === 0) return [];
  const head = ['id', 'what', 'without', '10 … 90 %', 'with', '10 … 90 %', 'ratio', 'reported'];
  const title = 'One face of the solid electrolyte with lithium, without and with its interlayer, Ω cm2';
  return [`${wrap(title, COLUMNS, '  ')}\n\n${table([head, ...rows], 'llrlrlrr')}`];
}

/** Notes of every quantity: what it means, and what is assumed. */
function noteText(system: ReproducedSystem): string {
  const lines = [wrap(`${system.id} ${system.reference}: ${system.method ?? system.group}`, COLUMNS, '  ')];
  if (system.electrolyte !== null) lines.push(labelled('  Electrolyte', system.electrolyte, COLUMNS, 16));
  for (const { quantity, printed, note } of system.quantities) {
    lines.push(labelled(`  ${SHORT_NAMES[quantity]}`, `"${printed}". ${note}`, COLUMNS, 16));
  }
  if (system.losses_mAh_per_cm2 !== null) {
    const losses = Object.entries(system.losses_mAh_per_cm2)
      .filter(([, lost]) => lost > LOSS_MIN_mAh_per_cm2)
      .sort((a, b) => b[1] - a[1])
      .map(([cause, lost]) => `${cause.replaceAll('_', ' ')} ${significant(1000 * lost)}`);
    const told = losses.length === 0 ? 'nothing' : `${losses.join(', ')} µAh/cm2 in a cycle`;
    lines.push(labelled('  Lost', told, COLUMNS, 16));
  }
  for (const remark of system.remarks) lines.push(labelled('  Remark', remark, COLUMNS, 16));
  return lines.join('\n');
}

export interface ReproduceTextOptions {
  /** Show what every number means. */
  readonly notes: boolean;
  /** Titles of the tables by their names. */
  readonly titles: Readonly<Record<string, string>>;
  /** How it was made, a sentence. */
  readonly basis: string;
}

export function reproduceText(
  systems: readonly ReproducedSystem[],
  scores: ReproduceScores,
  { notes, titles, basis }: ReproduceTextOptions,
): string {
  const names = [...new Set(systems.map((system) => system.table))];
  const parts = names.map((name) =>
    tableText(
      name,
      titles[name] ?? '',
      systems.filter((system) => system.table === name),
    ),
  );
  parts.push(...interlayerText(systems));
  if (notes) parts.push(...systems.map(noteText));
  parts.push(scoreText(scores), wrap(basis, COLUMNS, '  '));
  return `${parts.join('\n\n')}\n`;
}
