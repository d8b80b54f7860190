// What a spectrum of an electrode shows without a model: where its arcs begin and end on the real axis, how wide they are, and where
// the imaginary part is largest.

import type { ImpedanceSpectrum } from '../../../records/index.ts';

/** How the ohmic resistance was read. */
export type OhmicReading =
  /** The imaginary part changes its sign between two points. */
  | 'crossing'
  /** The left end of a circle through the points of highest frequency. */
  | 'extrapolated'
  /** Neither: the real part at the highest frequency, an upper bound. */
  | 'highest frequency';

export interface SpectrumFeatures {
  /** R_s: where the arcs begin on the real axis, ohm. */
  readonly ohmic_ohm: number;
  readonly ohmicReading: OhmicReading;
  /** Real parts at the two ends of the frequencies that were compared, and their distance, the width of the arcs, ohm. */
  readonly highFrequency_ohm: number;
  readonly lowFrequency_ohm: number;
  readonly arcWidth_ohm: number;
  /** Largest −Im, ohm, and where. With `atEdge` it is at an end of the frequencies and the top lies beyond. */
  readonly apex_ohm: number;
  readonly apex_Hz: number;
  readonly apexAtEdge: boolean;
  readonly frequency_Hz_min: number;
  readonly frequency_Hz_max: number;
}

/** Fewest points a circle is laid through. */
const CIRCLE_POINTS_MIN = 4;

/** Frequencies that every spectrum of a series reaches: [lowest, highest]. Null where they have none in common. */
export function commonFrequencies_Hz(spectra: readonly ImpedanceSpectrum[]): readonly [number, number] | null {
  const low = Math.max(...spectra.map(({ frequency_Hz }) => Math.min(...frequency_Hz)));
  const high = Math.min(...spectra.map(({ frequency_Hz }) => Math.max(...frequency_Hz)));
  return low < high ? [low, high] : null;
}

/** Features within `window_Hz`, or over all frequencies. Null for a spectrum of fewer than two points there. */
export function spectrumFeatures(
  { frequency_Hz, real_ohm, imaginary_ohm }: ImpedanceSpectrum,
  window_Hz: readonly [low: number, high: number] = [0, Number.POSITIVE_INFINITY],
): SpectrumFeatures | null {
  // Instruments repeat their frequencies to a few parts in a million only.
  const inside = (f: number): boolean => f >= window_Hz[0] * (1 - 1e-3) && f <= window_Hz[1] * (1 + 1e-3);
  const order = Array.from(frequency_Hz.keys())
    .filter((k) => inside(frequency_Hz[k]!) && Number.isFinite(real_ohm[k]!) && Number.isFinite(imaginary_ohm[k]!))
    .sort((a, b) => frequency_Hz[b]! - frequency_Hz[a]!);
  if (order.length < 2) return null;
  const f = order.map((k) => frequency_Hz[k]!);
  const re = order.map((k) => real_ohm[k]!);
  const minusIm = order.map((k) => -imaginary_ohm[k]!);
  const last = order.length - 1;
  const top = minusIm.reduce((best, value, k) => (value > minusIm[best]! ? k : best), 0);
  const apexAtEdge = top === 0 || top === last;
  const [apex_Hz, apex_ohm] = apexAtEdge ? [f[top]!, minusIm[top]!] : parabolaTop(f, minusIm, top);
  const [ohmic_ohm, ohmicReading] = ohmicOf(re, minusIm, top);
  return {
    ohmic_ohm,
    ohmicReading,
    highFrequency_ohm: re[0]!,
    lowFrequency_ohm: re[last]!,
    arcWidth_ohm: re[last]! - re[0]!,
    apex_ohm,
    apex_Hz,
    apexAtEdge,
    frequency_Hz_min: f[last]!,
    frequency_Hz_max: f[0]!,
  };
}

/** Top of the parabola through three neighbours over the logarithm of the frequency. */
function parabolaTop(f: readonly number[], y: readonly number[], k: number): [f_Hz: number, y: number] {
  const [x0, x1, x2] = [Math.log(f[k - 1]!), Math.log(f[k]!), Math.log(f[k + 1]!)];
  const [y0, y1, y2] = [y[k - 1]!, y[k]!, y[k + 1]!];
  const left = (y1 - y0) / (x1 - x0);
  const right = (y2 - y1) / (x2 - x1);
  const bend = (right - left) / (x2 - x0);
  if (!(bend < 0)) return [f[k]!, y1];
  const slope = left + bend * (x1 - x0);
  const shift = -slope / (2 * bend);
  return [Math.exp(x1 + shift), y1 + slope * shift + bend * shift * shift];
}

function ohmicOf(re: readonly number[], minusIm: readonly number[], top: number): [number, OhmicReading] {
  if (minusIm[0]! <= 0) {
    const first = minusIm.findIndex((value) => value > 0);
    if (first > 0) {
      const share = -minusIm[first - 1]! / (minusIm[first]! - minusIm[first - 1]!);
      return [re[first - 1]! + share * (re[first]! - re[first - 1]!), 'crossing'];
    }
    return [re[0]!, 'highest frequency'];
  }
  // Only a branch that rises from the axis says where it left it; from the far side of an arc any start may be drawn.
  const end = top + 1;
  if (end >= CIRCLE_POINTS_MIN) {
    const left = leftEndOfCircle(re.slice(0, end), minusIm.slice(0, end));
    if (left !== null && left <= re[0]! && left >= 0) return [left, 'extrapolated'];
  }
  return [re[0]!, 'highest frequency'];
}

/** Left crossing with y = 0 of the circle x² + y² = a·x + b·y + c that is nearest in least squares; null where it has none. */
function leftEndOfCircle(x: readonly number[], y: readonly number[]): number | null {
  const n = x.length;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / n;
  const [mx, my] = [mean(x), mean(y)];
  const u = x.map((value) => value - mx);
  const v = y.map((value) => value - my);
  const sum = (term: (k: number) => number): number => u.reduce((total, _, k) => total + term(k), 0);
  const [uu, uv, vv] = [sum((k) => u[k]! ** 2), sum((k) => u[k]! * v[k]!), sum((k) => v[k]! ** 2)];
  const square = (k: number): number => u[k]! ** 2 + v[k]! ** 2;
  const [uw, vw] = [sum((k) => u[k]! * square(k)) / 2, sum((k) => v[k]! * square(k)) / 2];
  const determinant = uu * vv - uv * uv;
  if (!(determinant > 1e-12 * uu * vv)) return null;
  const [uc, vc] = [(uw * vv - vw * uv) / determinant, (vw * uu - uw * uv) / determinant];
  const radius2 = uc * uc + vc * vc + (uu + vv) / n;
  const height = vc + my;
  const half2 = radius2 - height * height;
  return half2 > 0 ? uc + mx - Math.sqrt(half2) : null;
}
