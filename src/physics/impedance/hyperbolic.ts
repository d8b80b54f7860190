// Three functions behind diffusion in a finite space and along a pore. Each is even in √s, so it has no branch, and its power
// series in s serves where the closed form would lose digits. s is never negative real: √s = x + jy with x > 0.

import { cos, cosh, hypot, sin, sinh } from '../../numerics/index.ts';

/** Below this |s| the series serve; above it the closed forms of the slopes lose less than three digits. */
const SERIES_BELOW = 0.01;
/** Real part of √s above which tanh and coth are 1 to the last digit. */
const SATURATED_ABOVE = 20;

/** Real part of √s above which 1/sinh is less than 1e-149 and its square would overflow. */
const VANISHING_ABOVE = 345;

/** tanh√s/√s = Σ c_k·s^k (Bernoulli numbers). */
const TANH = [1, -1 / 3, 2 / 15, -17 / 315, 62 / 2835, -1382 / 155925, 21844 / 6081075, -929569 / 638512875];
/** coth√s/√s − 1/s = Σ c_k·s^k. */
const COTH = [1 / 3, -1 / 45, 2 / 945, -1 / 4725, 2 / 93555, -1382 / 638512875, 4 / 18243225];
/** 1/(√s·sinh√s) − 1/s = Σ c_k·s^k. */
const CSCH = [-1 / 6, 7 / 360, -31 / 15120, 127 / 604800, -73 / 3421440, 1414477 / 653837184000];

/** Polynomial and slope at s: [Re f, Im f, Re f′, Im f′], by Horner. */
function seriesInto(coefficients: readonly number[], sRe: number, sIm: number, out: Float64Array): void {
  let [re, im, slopeRe, slopeIm] = [0, 0, 0, 0];
  for (let k = coefficients.length - 1; k >= 0; k--) {
    const nextSlopeRe = slopeRe * sRe - slopeIm * sIm + re;
    slopeIm = slopeRe * sIm + slopeIm * sRe + im;
    slopeRe = nextSlopeRe;
    const nextRe = re * sRe - im * sIm + coefficients[k]!;
    im = re * sIm + im * sRe;
    re = nextRe;
  }
  out[0] = re;
  out[1] = im;
  out[2] = slopeRe;
  out[3] = slopeIm;
}

/** Adds 1/s and its slope −1/s². */
function addPole(sRe: number, sIm: number, out: Float64Array): void {
  const square = sRe * sRe + sIm * sIm;
  const re = sRe / square;
  const im = -sIm / square;
  out[0]! += re;
  out[1]! += im;
  out[2]! -= re * re - im * im;
  out[3]! -= 2 * re * im;
}

/** f(s) = tanh√s/√s and f′(s) = [(1 − tanh²√s) − f]/(2s), as [Re f, Im f, Re f′, Im f′]. */
export function tanhOverRootInto(sRe: number, sIm: number, out: Float64Array): void {
  const size = hypot(sRe, sIm);
  if (size < SERIES_BELOW) seriesInto(TANH, sRe, sIm, out);
  else farFromZeroInto(false, size, sRe, sIm, out);
}

/** f(s) = coth√s/√s and f′(s) = [(1 − coth²√s) − f]/(2s), as [Re f, Im f, Re f′, Im f′]. */
export function cothOverRootInto(sRe: number, sIm: number, out: Float64Array): void {
  const size = hypot(sRe, sIm);
  if (size < SERIES_BELOW) {
    seriesInto(COTH, sRe, sIm, out);
    addPole(sRe, sIm, out);
  } else farFromZeroInto(true, size, sRe, sIm, out);
}

/** Either function of an s of that size, with t = tanh√s or coth√s: t/√s and [(1 − t²) − t/√s]/(2s). */
function farFromZeroInto(isCoth: boolean, size: number, sRe: number, sIm: number, out: Float64Array): void {
  const x = Math.sqrt((size + sRe) / 2);
  const y = sIm / (2 * x);
  let tRe = 1;
  let tIm = 0;
  if (x < SATURATED_ABOVE) {
    // tanh(x + jy) = (sinh x cosh x + j sin y cos y)/(sinh²x + cos²y), coth = (sinh x cosh x − j sin y cos y)/(sinh²x + sin²y).
    const sinhX = sinh(x);
    const sinY = sin(y);
    const cosY = cos(y);
    const denominator = sinhX * sinhX + (isCoth ? sinY * sinY : cosY * cosY);
    tRe = (sinhX * cosh(x)) / denominator;
    tIm = ((isCoth ? -1 : 1) * sinY * cosY) / denominator;
  }
  const fRe = (tRe * x + tIm * y) / size;
  const fIm = (tIm * x - tRe * y) / size;
  const numeratorRe = 1 - (tRe * tRe - tIm * tIm) - fRe;
  const numeratorIm = -2 * tRe * tIm - fIm;
  const half = 1 / (2 * size * size);
  out[0] = fRe;
  out[1] = fIm;
  out[2] = (numeratorRe * sRe + numeratorIm * sIm) * half;
  out[3] = (numeratorIm * sRe - numeratorRe * sIm) * half;
}

/** f(s) = 1/(√s·sinh√s) and f′(s) = −f·(1 + √s·coth√s)/(2s), as [Re f, Im f, Re f′, Im f′]; 0 where sinh is beyond 1e150. */
export function cschOverRootInto(sRe: number, sIm: number, out: Float64Array): void {
  const size = hypot(sRe, sIm);
  if (size < SERIES_BELOW) {
    seriesInto(CSCH, sRe, sIm, out);
    addPole(sRe, sIm, out);
    return;
  }
  const x = Math.sqrt((size + sRe) / 2);
  const y = sIm / (2 * x);
  if (x > VANISHING_ABOVE) {
    out.fill(0, 0, 4);
    return;
  }
  // √s·sinh√s = (x + jy)(sinh x cos y + j cosh x sin y).
  const shRe = sinh(x) * cos(y);
  const shIm = cosh(x) * sin(y);
  const dRe = x * shRe - y * shIm;
  const dIm = x * shIm + y * shRe;
  const square = dRe * dRe + dIm * dIm;
  const fRe = dRe / square;
  const fIm = -dIm / square;
  cothOverRootInto(sRe, sIm, out);
  // √s·coth√s = s·(coth√s/√s).
  const gRe = 1 + out[0]! * sRe - out[1]! * sIm;
  const gIm = out[0]! * sIm + out[1]! * sRe;
  const half = -1 / (2 * size * size);
  const nRe = fRe * gRe - fIm * gIm;
  const nIm = fRe * gIm + fIm * gRe;
  out[0] = fRe;
  out[1] = fIm;
  out[2] = (nRe * sRe + nIm * sIm) * half;
  out[3] = (nIm * sRe - nRe * sIm) * half;
}
