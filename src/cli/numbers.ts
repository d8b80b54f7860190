// Numbers as a person reads them: as many digits as they mean, and one place for the decimal point in a column.

/** What stands where a number is undefined. */
export const MISSING = '-';

/** A plain decimal with `digits` significant digits, or powers of ten outside 1e-3 … 1e5. */
export function significant(value: number | null, digits = 3): string {
  if (value === null || !Number.isFinite(value)) return MISSING;
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude < 1e-3 || magnitude >= 1e5) return value.toExponential(digits - 1).replace(/\.?0*e\+?/, 'e');
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(magnitude)));
  return Number(value.toPrecision(digits))
    .toFixed(Math.min(decimals, 12))
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

/** One column, all with the same number of decimals: `digits` significant ones for the largest, at most `decimals_max`. */
export function column(values: readonly (number | null)[], digits = 4, decimals_max = 4): string[] {
  const largest = Math.max(
    0,
    ...values.map((value) => (value === null || !Number.isFinite(value) ? 0 : Math.abs(value))),
  );
  const decimals =
    largest === 0 ? 0 : Math.min(decimals_max, Math.max(0, digits - 1 - Math.floor(Math.log10(largest))));
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) return MISSING;
    const text = value.toFixed(decimals);
    return Number(text) === 0 ? text.replace('-', '') : text;
  });
}

/** Efficiencies (fractions) in percent, with enough decimals that 99.996 % does not read as 100 %. */
export function percentColumn(fractions: readonly (number | null)[]): string[] {
  const gaps = fractions
    .map((f) => (f === null || !Number.isFinite(f) ? 0 : Math.abs(100 - 100 * f)))
    .filter((gap) => gap > 1e-7);
  const smallest = gaps.length === 0 ? 1 : Math.min(...gaps);
  const decimals = Math.min(5, Math.max(2, 1 - Math.floor(Math.log10(smallest))));
  return fractions.map((f) => (f === null || !Number.isFinite(f) ? MISSING : (100 * f).toFixed(decimals)));
}

/** A duration in the unit that suits it: `12.3 s`, `45 min`, `401 h`, `41.7 d`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return MISSING;
  if (seconds < 600) return `${significant(seconds)} s`;
  if (seconds < 2 * 3600) return `${significant(seconds / 60)} min`;
  if (seconds < 1000 * 3600) return `${significant(seconds / 3600, 4)} h`;
  return `${significant(seconds / 86400, 4)} d`;
}
