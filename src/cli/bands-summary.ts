// The bands of a run as a person reads them: a table of quantiles, what they follow, and what they do not say.

import type { Band, BandsResult, CycleBand, Sensitivity } from '../design/index.ts';
import { column, percentColumn } from './numbers.ts';
import { labelled, table } from './text-table.ts';

/** Cycles shown at either end of a long table. */
const CYCLES_AT_EACH_END = 3;
/** Parameters named for each quantity. */
const NAMED_MAX = 4;

type QuantityName = keyof Sensitivity['rank_correlation'];

interface Column {
  readonly heading: string;
  readonly unit: string;
  readonly of: QuantityName;
  /** The three quantiles of every cycle, one cycle after another, as text. */
  readonly write: (values: readonly (number | null)[]) => string[];
}

const columnsFor = (withCathode: boolean): readonly Column[] => [
  { heading: withCathode ? 'eff.' : 'CE', unit: '%', of: 'coulombic_efficiency', write: percentColumn },
  { heading: 'η', unit: 'mV', of: 'overpotential_mV', write: (values) => column(values, 3, 2) },
  { heading: 'R', unit: 'Ω cm²', of: 'interfacial_resistance_ohm_cm2', write: (values) => column(values, 3, 2) },
];

const quantiles = (band: Band | null): (number | null)[] =>
  band === null ? [null, null, null] : [band.low, band.median, band.high];

function bandTable(cycles: readonly CycleBand[], columns: readonly Column[]): string {
  const long = cycles.length > 2 * CYCLES_AT_EACH_END + 1;
  const shown = long ? [...cycles.slice(0, CYCLES_AT_EACH_END), ...cycles.slice(-CYCLES_AT_EACH_END)] : cycles;
  const written = columns.map(({ of, write }) => write(shown.flatMap((cycle) => quantiles(cycle[of]))));
  const rows = shown.map(({ cycle, runs }, row) => [
    String(cycle),
    String(runs),
    ...written.flatMap((texts) => texts.slice(3 * row, 3 * row + 3)),
  ]);
  if (long) rows.splice(CYCLES_AT_EACH_END, 0, ['…']);
  const head = [
    ['cycle', 'runs', ...columns.flatMap(({ heading }) => [`${heading} 10 %`, '50 %', '90 %'])],
    ['', '', ...columns.flatMap(({ unit }) => [unit, '', ''])],
  ];
  return table([...head, ...rows], '');
}

/** What a quantity follows more than chance would have it, strongest first. */
function followed({ sensitivities, chance_correlation }: BandsResult, of: QuantityName): string {
  const strong = sensitivities
    .map(({ parameter, rank_correlation }) => ({ parameter, rho: rank_correlation[of] ?? 0 }))
    .filter(({ rho }) => Math.abs(rho) > chance_correlation)
    .sort((a, b) => Math.abs(b.rho) - Math.abs(a.rho))
    .slice(0, NAMED_MAX);
  return strong.map(({ parameter, rho }) => `${parameter} ${rho.toFixed(2)}`).join(', ');
}

/** The block of lines in a summary of so many columns. */
export function bandLines(bands: BandsResult, withCathode: boolean, columns_max: number): string[] {
  const line = (label: string, text: string): string => labelled(label, text, columns_max);
  const columns = columnsFor(withCathode);
  const lines: string[] = [];
  if (bands.cycles.length > 0) lines.push('', bandTable(bands.cycles, columns), '');
  for (const [k, remark] of bands.remarks.entries()) lines.push(line(k === 0 ? 'Bands' : '', remark));
  if (bands.sensitivity_cycle === null) return lines;
  const chance = bands.chance_correlation.toFixed(2);
  const basis = `rank correlations in cycle ${bands.sensitivity_cycle}; those within ±${chance} may be chance and are left out`;
  lines.push(line('They follow', basis));
  for (const { heading, of } of columns)
    lines.push(line('', `${heading}: ${followed(bands, of) || 'none of the values'}`));
  return lines;
}
