// The scores of a whole reproduction, and what they say in sentences: whether the physics beats what the group of the electrolyte
// alone would have foretold, and whether the strategies help it.

import { power } from '../numerics/index.ts';
import type { ReproducedQuantity, ReproducedSystem } from './reproduce.ts';
import {
  BASELINES,
  type BaselineName,
  baselineScores,
  type Contrast,
  type ContrastRow,
  coverageOf,
  type EfficiencyRow,
  type EfficiencyScores,
  efficiencyScores,
  gainOver,
  type MagnitudeRow,
  type MagnitudeScores,
  magnitudeScores,
  pairedContrasts,
  type Score,
  type SignedPair,
  type SignScores,
  signScores,
} from './scores.ts';

export interface TableEfficiencyScores {
  /** Rows with a reported and a computed efficiency of lithium. */
  readonly rows: number;
  readonly not_computed: number;
  readonly model: EfficiencyScores | null;
  /** Share of bands, meant to hold 80 %, that hold the reported value. */
  readonly coverage: number | null;
  /** The same rows computed without coating, host and seeding substrate. */
  readonly strategies_frozen: EfficiencyScores | null;
  /** Each row foretold by the others, by the mean of all or of its group. */
  readonly baselines: Readonly<Record<BaselineName, EfficiencyScores | null>>;
  /** Error of the baseline by electrolyte group less that of the model, LCE; below 0 the baseline is better. */
  readonly gain_over_electrolyte_group: Score | null;
  readonly beats_electrolyte_group: boolean | null;
  readonly contrasts: readonly Contrast[];
  readonly signs: SignScores;
}

export interface LifeScores {
  /** Stopped tests that a computed cell was set to. */
  readonly tests: number;
  /** Of these the computed cell came to the end of. */
  readonly reached: number;
}

export interface ReproduceScores {
  /** Table A1, for which the baselines are published. */
  readonly coulombic_efficiency: TableEfficiencyScores;
  /** All rows of B1 and B2 that state an efficiency of lithium. */
  readonly coulombic_efficiency_b: Pick<TableEfficiencyScores, 'rows' | 'not_computed' | 'model' | 'coverage'>;
  readonly interfacial_resistance: MagnitudeScores & { readonly not_computed: number };
  /** Whether resistance rises or falls in a test: after against before. */
  readonly interfacial_resistance_change: SignScores;
  /** Faces of solid electrolytes, untreated and treated: each beside the geometric mean of the other rows. */
  readonly solid_resistance_without: MagnitudeScores & { readonly not_computed: number };
  readonly solid_resistance_with: MagnitudeScores & { readonly not_computed: number };
  /** Resistance without over with the interlayer, of rows that print both. */
  readonly interlayer_ratio: MagnitudeScores;
  readonly polarisation: MagnitudeScores & { readonly not_computed: number };
  readonly life: LifeScores;
  /** What the scores say, for people. */
  readonly statements: readonly string[];
}

interface Found {
  readonly system: ReproducedSystem;
  readonly quantity: ReproducedQuantity;
}

const foundOf = (systems: readonly ReproducedSystem[], scoredAs: ReproducedQuantity['scored_as']): Found[] =>
  systems.flatMap((system) =>
    system.quantities.filter((quantity) => quantity.scored_as === scoredAs).map((quantity) => ({ system, quantity })),
  );

/** Rows of one printed reference of one table are one paper's. */
const referenceOf = ({ table, reference }: ReproducedSystem): string => `${table} ${reference}`;

function efficiencyRow({ system, quantity }: Found, computed: number, band: EfficiencyRow['band']): ContrastRow {
  return {
    id: system.id,
    reference: referenceOf(system),
    electrolyteGroup: system.electrolyte_group ?? '',
    strategyGroup: system.group,
    electrolyte: system.electrolyte ?? system.id,
    protocol: system.cycling ?? system.id,
    reported: quantity.reported / 100,
    computed,
    band,
  };
}

const computedRows = (found: readonly Found[]): ContrastRow[] =>
  found.flatMap((one) => {
    const { computed, band } = one.quantity;
    return computed === null
      ? []
      : [efficiencyRow(one, computed / 100, band === null ? null : [band[0] / 100, band[1] / 100])];
  });

/** The rows with the efficiency of the plain cell, its own where nothing makes it special. */
const plainRows = (found: readonly Found[]): ContrastRow[] =>
  found.flatMap((one) => {
    const { computed } = one.quantity;
    if (computed === null) return [];
    return [efficiencyRow(one, one.system.plain_coulombic_efficiency ?? computed / 100, null)];
  });

function magnitudes(found: readonly Found[], seed: number): MagnitudeScores & { readonly not_computed: number } {
  const exact = found.filter(({ quantity }) => quantity.bound === 'value');
  const rows = exact.flatMap(({ system, quantity: { reported, computed, band } }): MagnitudeRow[] =>
    computed === null || computed <= 0
      ? []
      : [{ id: system.id, reference: referenceOf(system), reported, computed, band }],
  );
  return { ...magnitudeScores(rows, seed), not_computed: exact.length - rows.length };
}

/** A change of resistance counts where both columns are of one unit and differ. */
function resistanceChanges(systems: readonly ReproducedSystem[]): SignedPair[] {
  return systems.flatMap(({ id, quantities }): SignedPair[] => {
    const before = quantities.find(({ quantity }) => quantity === 'interfacial_resistance_before');
    const after = quantities.find(({ quantity }) => quantity === 'interfacial_resistance_after');
    if (before?.computed == null || after?.computed == null || before.reported === after.reported) return [];
    const sign = Math.sign(after.reported - before.reported);
    return [{ first: id, second: id, same_sign: Math.sign(after.computed - before.computed) === sign }];
  });
}

function interlayerRatios(systems: readonly ReproducedSystem[]): MagnitudeRow[] {
  return systems.flatMap((system): MagnitudeRow[] => {
    const { ratio = null, reported_ratio = null } = system.interlayer ?? {};
    if (ratio === null || reported_ratio === null) return [];
    return [{ id: system.id, reference: referenceOf(system), reported: reported_ratio, computed: ratio, band: null }];
  });
}

/** Scores of all systems, or of those that were asked for. The same seed draws the same intervals. */
export function reproduceScores(systems: readonly ReproducedSystem[], seed = 1): ReproduceScores {
  const efficiencies = foundOf(systems, 'efficiency').filter(({ quantity }) => quantity.bound === 'value');
  const ofA1 = efficiencies.filter(({ system }) => system.table === 'A1');
  const ofB = efficiencies.filter(({ system }) => system.table !== 'A1');
  const rows = computedRows(ofA1);
  const rowsB = computedRows(ofB);
  const contrasts = pairedContrasts(rows);
  const gain = gainOver(rows, 'electrolyte_group', seed);
  const baselines = Object.fromEntries(
    BASELINES.map((name) => [name, baselineScores(rows, name, seed)]),
  ) as TableEfficiencyScores['baselines'];
  const efficiency: TableEfficiencyScores = {
    rows: rows.length,
    not_computed: ofA1.length - rows.length,
    model: efficiencyScores(rows, seed),
    coverage: coverageOf(rows),
    strategies_frozen: efficiencyScores(plainRows(ofA1), seed),
    baselines,
    gain_over_electrolyte_group: gain,
    beats_electrolyte_group: gain === null ? null : gain.value > 0,
    contrasts,
    signs: signScores(contrasts, seed),
  };
  const lives = foundOf(systems, 'life');
  const solids = foundOf(systems, 'solid-resistance');
  const named = (name: ReproducedQuantity['quantity']): Found[] =>
    solids.filter(({ quantity }) => quantity.quantity === name);
  const scores: Omit<ReproduceScores, 'statements'> = {
    coulombic_efficiency: efficiency,
    coulombic_efficiency_b: {
      rows: rowsB.length,
      not_computed: ofB.length - rowsB.length,
      model: efficiencyScores(rowsB, seed),
      coverage: coverageOf(rowsB),
    },
    interfacial_resistance: magnitudes(foundOf(systems, 'resistance'), seed),
    interfacial_resistance_change: signScores(resistanceChanges(systems), seed),
    solid_resistance_without: magnitudes(named('interfacial_resistance_without_interlayer'), seed),
    solid_resistance_with: magnitudes(named('interfacial_resistance_with_interlayer'), seed),
    interlayer_ratio: magnitudeScores(interlayerRatios(systems), seed),
    polarisation: magnitudes(foundOf(systems, 'polarisation'), seed),
    life: { tests: lives.length, reached: lives.filter(({ quantity }) => quantity.inside === true).length },
  };
  const statements = [
    ...statementsOn(efficiency),
    ...interlayerStatements(scores),
    ...magnitudeStatement('resistances', scores.interfacial_resistance),
    ...magnitudeStatement('polarisations', scores.polarisation),
  ];
  return { ...scores, statements };
}

/** Error that the project aims at for the resistance of a treated face. */
const RESISTANCE_TARGET_log10 = 0.5;

function interlayerStatements({
  solid_resistance_with: treated,
  interlayer_ratio: ratio,
}: Omit<ReproduceScores, 'statements'>): string[] {
  const statements: string[] = [];
  const against = (what: string, { rmse_log10, baseline_rmse_log10, rows }: MagnitudeScores): void => {
    if (rmse_log10 === null || baseline_rmse_log10 === null) return;
    const [own, mean] = [rmse_log10.value, baseline_rmse_log10];
    const verdict = own < mean ? 'better than' : 'no better than';
    statements.push(
      `${what} is computed to ${own.toFixed(2)} in log10 (${rows} rows), ${verdict} the geometric mean of the other rows (${mean.toFixed(2)}).`,
    );
  };
  against(`The resistance of a face with its interlayer (aim: ${RESISTANCE_TARGET_log10})`, treated);
  against('What an interlayer gains, resistance without over with it,', ratio);
  if (statements.length > 0) {
    statements.push(
      'What is left at a reacted interlayer is one prior for all alloys, chosen in the knowledge of such reports: that treated faces agree in the mean is no evidence.',
    );
  }
  return statements;
}

const lce = ({ value, interval95 }: Score): string =>
  interval95 === null
    ? value.toFixed(3)
    : `${value.toFixed(3)} (${interval95[0].toFixed(3)} to ${interval95[1].toFixed(3)})`;

/** Whether computed values beat the geometric mean of the other rows, a sentence; none without a baseline. */
function magnitudeStatement(what: string, { rmse_log10, baseline_rmse_log10 }: MagnitudeScores): string[] {
  if (rmse_log10 === null || baseline_rmse_log10 === null) return [];
  const own = rmse_log10.value;
  const factors = `${power(10, own).toFixed(1)} against ${power(10, baseline_rmse_log10).toFixed(1)}`;
  return [
    own < baseline_rmse_log10
      ? `Computed ${what} beat the geometric mean of the other rows: a typical factor of ${factors}.`
      : `Computed ${what} do not beat the geometric mean of the other rows: a typical factor of ${factors}. Films, areas and electrolytes of these rows are not printed.`,
  ];
}

function statementsOn(efficiency: TableEfficiencyScores): string[] {
  const { model, strategies_frozen, baselines, gain_over_electrolyte_group: gain, coverage } = efficiency;
  if (model === null || gain === null || baselines.electrolyte_group === null) return [];
  const statements: string[] = [];
  const [own, group] = [model.rmse_lce.value.toFixed(3), baselines.electrolyte_group.rmse_lce.value.toFixed(3)];
  const isSure = gain.interval95 !== null && (gain.interval95[0] > 0 || gain.interval95[1] < 0);
  const certainty = isSure ? '' : ' The interval of the difference holds 0: these rows cannot tell the two apart.';
  statements.push(
    gain.value > 0
      ? `The physics (RMSE ${own} LCE) beats the mean of the other rows of the same electrolyte group (${group}) by ${lce(gain)}.${certainty}`
      : `The physics (RMSE ${own} LCE) does not beat the mean of the other rows of the same electrolyte group (${group}): difference ${lce(gain)}.${certainty}`,
  );
  if (strategies_frozen !== null) {
    const frozen = strategies_frozen.rmse_lce.value;
    const words =
      model.rmse_lce.value < frozen
        ? 'the strategies help'
        : 'the computed effects of coatings and hosts do not help; of these rows the electrolyte alone tells as much';
    statements.push(`Without coatings, hosts and seeding substrates the error is ${frozen.toFixed(3)} LCE: ${words}.`);
  }
  if (coverage !== null) {
    statements.push(`Of the bands, meant to hold 80 %, ${Math.round(100 * coverage)} % hold the reported efficiency.`);
  }
  return statements;
}
