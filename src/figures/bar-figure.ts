// Named things beside each other, as plain data: what a sum is made of, what a whole is shared among, what moves a number most. Bars lie
// along one axis of numbers; the page and the drawing for paper place them by the same limits.

import { COLOURS } from './figure.ts';

/** One bar, from where it begins to where it ends, in the numbers of the figure. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly colour: string;
  /** What it stands for where a row has several; empty where the row says it. */
  readonly name: string;
}

export interface BarRow {
  readonly label: string;
  /** Small print beside the label; empty without. */
  readonly note: string;
  readonly bars: readonly Bar[];
  /** The number that is printed beside the row; null where its bars say all. */
  readonly value: number | null;
  /** Ends of what the value is uncertain by, counted as the value is; null where it is certain. */
  readonly band: readonly [number, number] | null;
  /** A sum among its parts. */
  readonly isWhole: boolean;
}

export interface BarFigure {
  readonly kind: 'bars';
  readonly title: string;
  /** Name of the axis, "Resistance / Ω cm²". */
  readonly axis: string;
  /** What the rows are, as a table has it above them. */
  readonly heading: string;
  readonly rows: readonly BarRow[];
  /** An upright line with its words, from which bars are counted; null for one at zero. */
  readonly reference: { readonly at: number; readonly text: string } | null;
}

/** One part of a sum, in the unit of the figure; negative for what is gained back. */
export interface BarPart {
  readonly label: string;
  readonly value: number;
  readonly band?: readonly [number, number] | null;
}

const row = (label: string, value: number | null, bars: readonly Bar[]): BarRow => ({
  label,
  note: '',
  bars,
  value,
  band: null,
  isWhole: false,
});

/** What a sum is made of: each part from where the one before it ended, and under them the whole, which is their sum where it is not given. */
export function waterfallFigure(
  title: string,
  axis: string,
  parts: readonly BarPart[],
  total: BarPart = { label: 'total', value: parts.reduce((sum, { value }) => sum + value, 0) },
): BarFigure {
  let from = 0;
  const rows = parts.map(({ label, value, band = null }): BarRow => {
    const colour = value < 0 ? COLOURS.green : COLOURS.blue;
    const bar = { from, to: from + value, colour, name: '' };
    from += value;
    return { ...row(label, value, [bar]), band };
  });
  const bar = { from: 0, to: total.value, colour: COLOURS.grey, name: '' };
  const whole = { ...row(total.label, total.value, [bar]), band: total.band ?? null, isWhole: true };
  return { kind: 'bars', title, axis, heading: 'Part', rows: [...rows, whole], reference: null };
}

/** Parts below this share of the sum of sizes stand together, under this name. */
const SHARE_SHOWN = 0.005;
const OTHERS = 'all others';

/** A sum by cause, such as `dead_working`, the largest first, each bar from zero; `words` says what a cause is called. */
export function causeFigure(
  title: string,
  axis: string,
  parts: Readonly<Record<string, number>>,
  words: (cause: string) => string = (cause) => cause.replaceAll('_', ' '),
): BarFigure {
  const all = Object.entries(parts)
    .filter(([, value]) => value !== 0)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  const size = all.reduce((sum, [, value]) => sum + Math.abs(value), 0);
  const shown = all.filter(([, value]) => Math.abs(value) >= SHARE_SHOWN * size);
  const rest = all.slice(shown.length).reduce((sum, [, value]) => sum + value, 0);
  const rows = rest === 0 ? shown : [...shown, [OTHERS, rest] as const];
  return {
    kind: 'bars',
    title,
    axis,
    heading: 'Cause',
    rows: rows.map(([cause, value]) =>
      row(cause === OTHERS ? cause : words(cause), value, [
        { from: 0, to: value, colour: value < 0 ? COLOURS.green : COLOURS.blue, name: '' },
      ]),
    ),
    reference: null,
  };
}

/** One input of a tornado, with what comes out at either end of its range. */
export interface TornadoInput {
  readonly label: string;
  readonly note: string;
  readonly atLow: number;
  readonly atHigh: number;
}

/** What moves a number: bars from the present value to what either end of an input's range gives. */
export function tornadoFigure(
  title: string,
  axis: string,
  nominal: number,
  nominalText: string,
  inputs: readonly TornadoInput[],
): BarFigure {
  return {
    kind: 'bars',
    title,
    axis,
    heading: 'Input',
    rows: inputs.map(({ label, note, atLow, atHigh }) => ({
      ...row(label, null, [
        { from: nominal, to: atLow, colour: COLOURS.blue, name: 'input low' },
        { from: nominal, to: atHigh, colour: COLOURS.vermilion, name: 'input high' },
      ]),
      note,
    })),
    reference: { at: nominal, text: nominalText },
  };
}

/** One part of several wholes: its share of each, 0 to 1. */
export interface SharedPart {
  readonly name: string;
  readonly colour: string;
  readonly shares: readonly number[];
}

/** What wholes are shared among, percent: one row a whole, the parts end to end. */
export function shareFigure(title: string, wholes: readonly string[], parts: readonly SharedPart[]): BarFigure {
  return {
    kind: 'bars',
    title,
    axis: 'Share / %',
    heading: 'Of',
    rows: wholes.map((label, k) => {
      let from = 0;
      const bars = parts.flatMap(({ name, colour, shares }): Bar[] => {
        const width = 100 * Math.max(0, shares[k] ?? 0);
        if (width === 0) return [];
        from += width;
        return [{ from: from - width, to: from, colour, name }];
      });
      return row(label, null, bars);
    }),
    reference: null,
  };
}

/** A band that ends further out than this many times the bars is cut there: the bars are what is compared. */
const BAND_ROOM = 1.8;

/** Least and greatest number that the bars need, and bands as far as there is room for them; never a span of nothing. */
export function barLimits({ rows, reference }: BarFigure): readonly [min: number, max: number] {
  const origin = reference?.at ?? 0;
  const ends = rows.flatMap(({ bars }) => bars.flatMap(({ from, to }) => [from, to])).filter(Number.isFinite);
  const least = Math.min(origin, ...ends);
  const most = Math.max(origin, ...ends);
  const bandEnds = rows.flatMap((one) => bandPlace(one) ?? []).filter(Number.isFinite);
  const min = Math.min(least, Math.max(Math.min(least, ...bandEnds), origin + BAND_ROOM * (least - origin)));
  const max = Math.max(most, Math.min(Math.max(most, ...bandEnds), origin + BAND_ROOM * (most - origin)));
  return max > min ? [min, max] : [origin, origin + 1];
}

/** Where the band of a row lies: its value begins where its bar does. */
export function bandPlace({ bars, band }: BarRow): readonly [number, number] | null {
  const from = bars[0]?.from ?? 0;
  return band === null ? null : [from + band[0], from + band[1]];
}

/** What the bars of several rows stand for, each once, in their order. */
export function barKey({ rows }: BarFigure): readonly { readonly name: string; readonly colour: string }[] {
  const key = new Map<string, string>();
  for (const { bars } of rows) for (const { name, colour } of bars) if (name !== '') key.set(name, colour);
  return [...key].map(([name, colour]) => ({ name, colour }));
}
