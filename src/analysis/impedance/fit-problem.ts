// What every fit of a circuit shares: coordinates in which amounts are logarithms, weights, and what a fit knows of its parameters.

import { studentQuantile, symmetricEigen } from '../../numerics/index.ts';
import type { ImpedanceSpectrum } from '../../records/index.ts';
import { InputError, type Issue, nearestHint } from '../../units/index.ts';
import { type ArcOfFit, arcsOf } from './arcs.ts';
import type { Circuit } from './circuit.ts';
import { compileCircuit } from './evaluate.ts';

/** What a residual is divided by: 1 Ω, |Z|, each part by its own size, or given standard deviations. */
export type ImpedanceWeighting = 'unit' | 'modulus' | 'proportional' | 'sigma';

export interface FitCircuitOptions {
  /** 'modulus' unless told. */
  readonly weighting?: ImpedanceWeighting;
  /** Standard deviation of each part of each point, for weighting 'sigma'. */
  readonly sigma_ohm?: ArrayLike<number>;
  /** Values to start from by name of parameter. Where all are given, no other start is tried. */
  readonly start?: Readonly<Record<string, number>>;
  readonly fixed?: Readonly<Record<string, number>>;
  /** Lowest and highest value by name. Without them amounts are positive and exponents between 0 and 1. */
  readonly bounds?: Readonly<Record<string, readonly [low: number, high: number]>>;
  /** Random starts beside the guess, 16 unless told. */
  readonly randomStarts?: number;
  readonly seed?: number;
}

/** A long fit, watched and stopped. What is done by then is kept. */
export interface FitLive {
  readonly stop?: { readonly aborted: boolean };
  /** Share of the work that is done. */
  onProgress?(fraction: number): void;
}

export interface FittedParameter {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** Of the linearised problem; null where fixed, on a bound, or where no finite one exists. */
  readonly standardError: number | null;
  /**
   * 95 %, by Student's distribution, symmetric over the logarithm for amounts, within the bounds. Of a resistance that is not determined
   * it may be one-sided: from 0, or without an end (Infinity). Null where there is none.
   */
  readonly interval95: readonly [low: number, high: number] | null;
  readonly state: 'determined' | 'not determined' | 'at bound' | 'fixed';
  /** A sentence where the state is not 'determined'. */
  readonly why: string | null;
}

export interface CircuitFit {
  readonly circuit: string;
  readonly weighting: ImpedanceWeighting;
  readonly parameters: readonly FittedParameter[];
  /** Correlation of the free parameters, by name and row by row. */
  readonly correlation: { readonly names: readonly string[]; readonly values: Float64Array };
  /** Σ of squared weighted residuals, and that over the degrees of freedom. */
  readonly chiSquared: number;
  readonly reducedChiSquared: number;
  readonly degreesOfFreedom: number;
  /** Root mean square of |Z − fit|, ohm, and of |Z − fit|/|Z|. */
  readonly rms_ohm: number;
  readonly rmsRelative: number;
  readonly real_ohm: Float64Array;
  readonly imaginary_ohm: Float64Array;
  /** Arcs of the outermost series by time constant, shortest first. */
  readonly arcs: readonly ArcOfFit[];
  readonly converged: boolean;
  readonly starts: number;
  readonly remarks: readonly string[];
}

/** Amounts stay between these, so that a parameter without influence does not run away. */
const AMOUNT_MIN = 1e-20;
const AMOUNT_MAX = 1e20;
/** Longest step: a factor of 1000 for an amount. */
export const STEP_MAX = Math.log(1000);
/** A part is weighed by its own size from this share of |Z| on, so that a zero crossing has no infinite weight. */
const PROPORTIONAL_MIN = 0.01;
/** An interval of one decade from end to end, or over half the range of an exponent, determines nothing. */
const DECADES_MAX = 1;
const EXPONENT_RANGE_MAX = 0.5;
/** A direction that changes the fit by less than this share of what its parameters do one by one is open. */
const OPEN_DIRECTION = 1e-11;
/** Share of an open direction from which a parameter is part of it. */
const PART_OF_DIRECTION = 0.05;
const CORRELATION_HIGH = 0.98;
/** Half a logarithmic interval beyond which it has no ends worth printing: a factor of 20 either way. */
const OPEN_HALF = 3;
/** A value that only just exceeds its bound is at it. */
const AT_EDGE = 1e-9;
/** A lower limit below this share of the largest |Z| says nothing. */
const NEGLIGIBLE = 0.01;

export interface Scale {
  /** Over the logarithm where true. */
  readonly logarithmic: boolean;
  readonly low: number;
  readonly high: number;
}

export function checkedScales(circuit: Circuit, options: FitCircuitOptions): readonly Scale[] {
  const { bounds = {}, fixed = {}, start = {} } = options;
  const issues: Issue[] = [];
  const names = circuit.parameters.map(({ name }) => name);
  for (const [place, record] of Object.entries({ bounds, fixed, start })) {
    for (const name of Object.keys(record)) {
      if (names.includes(name)) continue;
      const hint = nearestHint(name, names);
      const issue = { where: `${place}.${name}`, found: 'no such parameter', wanted: names.join(', ') };
      issues.push(hint === undefined ? issue : { ...issue, hint });
    }
  }
  const scales = circuit.parameters.map(({ name, kind }): Scale => {
    const given = bounds[name];
    const [low, high] = given ?? (kind === 'exponent' ? [0, 1] : [0, Number.POSITIVE_INFINITY]);
    if (!(low < high)) issues.push({ where: `bounds.${name}`, found: `${low} to ${high}`, wanted: 'the lower first' });
    for (const [place, value] of [
      ['start', start[name]],
      ['fixed', fixed[name]],
    ] as const) {
      if (value !== undefined && !(place === 'fixed' ? Number.isFinite(value) : value >= low && value <= high))
        issues.push({ where: `${place}.${name}`, found: String(value), wanted: `a number from ${low} to ${high}` });
    }
    if (kind === 'exponent' || low < 0) return { logarithmic: false, low, high };
    return { logarithmic: true, low: Math.max(low, AMOUNT_MIN), high: Math.min(high, AMOUNT_MAX) };
  });
  if (issues.length > 0) throw new InputError(issues);
  return scales;
}

/** Divisors of the residuals: n real parts, n imaginary parts. */
export function sigmaOf(
  { frequency_Hz, real_ohm, imaginary_ohm }: ImpedanceSpectrum,
  weighting: ImpedanceWeighting,
  sigma_ohm: ArrayLike<number> | undefined,
): Float64Array {
  const n = frequency_Hz.length;
  if (weighting === 'sigma') {
    const values = Array.from(sigma_ohm ?? []);
    if (values.length !== n || !values.every((value) => value > 0)) {
      const found = `${values.filter((value) => value > 0).length} positive numbers`;
      throw new InputError([{ where: 'sigma_ohm', found, wanted: `${n}, one for each point` }]);
    }
  }
  const size = (k: number): number => Math.hypot(real_ohm[k]!, imaginary_ohm[k]!);
  return Float64Array.from({ length: 2 * n }, (_, i) => {
    const k = i % n;
    switch (weighting) {
      case 'unit':
        return 1;
      case 'modulus':
        return size(k);
      case 'proportional':
        return Math.max(Math.abs(i < n ? real_ohm[k]! : imaginary_ohm[k]!), PROPORTIONAL_MIN * size(k));
      case 'sigma':
        return sigma_ohm![k]!;
    }
  });
}

/** The fit over coordinates: logarithms of amounts, exponents as they are. */
export function problemOf(
  circuit: Circuit,
  spectrum: ImpedanceSpectrum,
  sigma: Float64Array,
  scales: readonly Scale[],
  free: readonly number[],
  fixed: Readonly<Record<string, number>>,
) {
  const { frequency_Hz, real_ohm, imaginary_ohm } = spectrum;
  const m = 2 * frequency_Hz.length;
  const { impedanceInto } = compileCircuit(circuit, frequency_Hz);
  const values = Float64Array.from(circuit.parameters, ({ name }) => fixed[name] ?? 0);
  const data = new Float64Array(m);
  data.set(real_ohm);
  data.set(imaginary_ohm, m / 2);
  const z = new Float64Array(m);
  const slopes = new Float64Array(m * circuit.parameters.length);
  const valuesInto = (u: Float64Array, out: Float64Array): void => {
    out.set(values);
    for (let k = 0; k < free.length; k++) out[free[k]!] = scales[free[k]!]!.logarithmic ? Math.exp(u[k]!) : u[k]!;
  };
  const coordinate = (i: number, value: number): number => {
    const { logarithmic, low, high } = scales[i]!;
    const inside = Math.min(high, Math.max(low, value));
    return logarithmic ? Math.log(inside) : inside;
  };
  const evaluateInto = (u: Float64Array, r: Float64Array, jacobian: Float64Array | null): void => {
    valuesInto(u, values);
    impedanceInto(values, z, jacobian ? slopes : null);
    for (let i = 0; i < m; i++) r[i] = (z[i]! - data[i]!) / sigma[i]!;
    if (!jacobian) return;
    for (let k = 0; k < free.length; k++) {
      const factor = scales[free[k]!]!.logarithmic ? values[free[k]!]! : 1;
      for (let i = 0; i < m; i++) jacobian[k * m + i] = (slopes[free[k]! * m + i]! * factor) / sigma[i]!;
    }
  };
  const edge = (end: 'low' | 'high') => free.map((i) => coordinate(i, scales[i]![end]));
  return { problem: { residuals: m, lower: edge('low'), upper: edge('high'), evaluateInto }, valuesInto, coordinate };
}

/** A minimum found, to be told. */
export interface Minimum {
  readonly circuit: Circuit;
  readonly spectrum: ImpedanceSpectrum;
  readonly weighting: ImpedanceWeighting;
  readonly scales: readonly Scale[];
  /** Places of the parameters that were fitted. */
  readonly free: readonly number[];
  readonly values: Float64Array;
  /** Over the free coordinates: the inverse of their covariance, in units of the variance. */
  readonly normal: Float64Array;
  readonly atBound: readonly boolean[];
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
  /** Of one weighted residual. */
  readonly variance: number;
  readonly converged: boolean;
  readonly starts: number;
}

export function circuitFitOf(minimum: Minimum): CircuitFit {
  const { circuit, spectrum, weighting, scales, free, values, chiSquared, degreesOfFreedom } = minimum;
  const errors = errorsOf(minimum.normal, minimum.atBound, minimum.variance);
  const t = studentQuantile(0.975, Math.max(1, degreesOfFreedom));
  const names = free.map((i) => circuit.parameters[i]!.name);
  const n = spectrum.frequency_Hz.length;
  const largest_ohm = sigmaOf(spectrum, 'modulus', undefined).reduce((most, size) => Math.max(most, size), 0);
  const parameters = circuit.parameters.map(({ name, unit }, i): FittedParameter => {
    const value = values[i]!;
    const k = free.indexOf(i);
    const why = `${name} was given.`;
    return k < 0
      ? { name, unit, value, standardError: null, interval95: null, state: 'fixed', why }
      : describeParameter(name, unit, value, scales[i]!, errors, k, t, names, minimum.atBound[k]!, largest_ohm);
  });
  const z = new Float64Array(2 * n);
  compileCircuit(circuit, spectrum.frequency_Hz).impedanceInto(values, z, null);
  const [squares, shares] = misfit(spectrum, z);
  return {
    circuit: circuit.text,
    weighting,
    parameters,
    correlation: { names, values: errors.correlation },
    chiSquared,
    reducedChiSquared: degreesOfFreedom > 0 ? chiSquared / degreesOfFreedom : Number.NaN,
    degreesOfFreedom,
    rms_ohm: Math.sqrt(squares / n),
    rmsRelative: Math.sqrt(shares / n),
    real_ohm: z.slice(0, n),
    imaginary_ohm: z.slice(n),
    arcs: arcsOf(circuit, values, spectrum).map((arc) => withoutOpen(arc, parameters)),
    converged: minimum.converged,
    starts: minimum.starts,
    remarks: remarksOn(minimum.converged, parameters, names, errors.correlation),
  };
}

/** A capacitance that hangs on a value which the data leave open is none. */
function withoutOpen(arc: ArcOfFit, parameters: readonly FittedParameter[]): ArcOfFit {
  const inside = arc.part.split(/[^A-Za-z0-9_]+/);
  const isOpen = parameters.some(
    ({ name, state }) =>
      state === 'not determined' && (inside.includes(name) || inside.includes(name.replace(/_\d+$/, ''))),
  );
  return isOpen ? { ...arc, capacitance_F: null, brugCapacitance_F: null } : arc;
}

interface Errors {
  /** Standard error of each coordinate; infinite where a direction is open, NaN on a bound. */
  readonly error: Float64Array;
  readonly correlation: Float64Array;
  /** For each coordinate the others of its open direction, itself included; empty where there is none. */
  readonly openWith: readonly (readonly number[])[];
}

/** From JᵀJ, scaled to a unit diagonal so that units do not count. */
function errorsOf(normal: Float64Array, atBound: readonly boolean[], variance: number): Errors {
  const n = atBound.length;
  const felt = (i: number): boolean => normal[i * n + i]! > 0;
  const inside = atBound.flatMap((is, i) => (is ? [] : [i]));
  const size = inside.length;
  const scale = inside.map((i) => (felt(i) ? 1 / Math.sqrt(normal[i * n + i]!) : 1));
  const scaled = Float64Array.from({ length: size * size }, (_, at) => {
    const [a, b] = [Math.floor(at / size), at % size];
    return normal[inside[a]! * n + inside[b]!]! * scale[a]! * scale[b]!;
  });
  const { values, vectors } = symmetricEigen(scaled, size);
  const covariance = new Float64Array(size * size);
  const openWith: number[][] = Array.from({ length: n }, () => []);
  for (let e = 0; e < size; e++) {
    const vector = vectors.subarray(e * size, (e + 1) * size);
    if (values[e]! < OPEN_DIRECTION) {
      const members = inside.filter((_, a) => Math.abs(vector[a]!) > PART_OF_DIRECTION);
      for (const i of members) openWith[i] = members;
      continue;
    }
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) covariance[a * size + b]! += (vector[a]! * vector[b]!) / values[e]!;
    }
  }
  const error = new Float64Array(n).fill(Number.NaN);
  const correlation = new Float64Array(n * n).fill(Number.NaN);
  for (const [a, i] of inside.entries()) {
    error[i] =
      openWith[i]!.length > 0 ? Number.POSITIVE_INFINITY : scale[a]! * Math.sqrt(variance * covariance[a * size + a]!);
    for (const [b, k] of inside.entries()) {
      correlation[i * n + k] =
        covariance[a * size + b]! / Math.sqrt(covariance[a * size + a]! * covariance[b * size + b]!);
    }
  }
  return { error, correlation, openWith };
}

function describeParameter(
  name: string,
  unit: string,
  value: number,
  { logarithmic, low, high }: Scale,
  { error, openWith }: Errors,
  k: number,
  t: number,
  names: readonly string[],
  atBound: boolean,
  largest_ohm: number,
): FittedParameter {
  if (atBound) {
    const isLow = value <= low * (1 + AT_EDGE);
    // Nobody asked for the ends of all amounts: a value that ran there is none.
    if (logarithmic && (isLow ? low <= AMOUNT_MIN : high >= AMOUNT_MAX)) {
      const why = `${name} is not determined by this data: the fit takes it ${isLow ? 'to 0' : 'beyond all bounds'}.`;
      return { name, unit, value, standardError: null, interval95: null, state: 'not determined', why };
    }
    const why = `${name} rests on its ${isLow ? 'lower' : 'upper'} bound, ${isLow ? low : high}: the data press against it.`;
    return { name, unit, value, standardError: null, interval95: null, state: 'at bound', why };
  }
  const spread = error[k]!;
  if (!Number.isFinite(spread)) {
    const others = openWith[k]!.filter((i) => i !== k).map((i) => names[i]!);
    const why = Number.isNaN(spread)
      ? `${name} has no error: there are no more data than parameters.`
      : others.length === 0
        ? `${name} is not determined by this data: the fit does not feel it.`
        : `${name} is not determined by this data: only a combination with ${others.join(', ')} is.`;
    return { name, unit, value, standardError: null, interval95: null, state: 'not determined', why };
  }
  const half = t * spread;
  if (logarithmic && half > OPEN_HALF) return openAmount(name, unit, value, value * spread, half, largest_ohm);
  const interval95 = logarithmic
    ? ([value * Math.exp(-half), Math.min(high, value * Math.exp(half))] as const)
    : ([Math.max(low, value - half), Math.min(high, value + half)] as const);
  const standardError = logarithmic ? value * spread : spread;
  const decades = (2 * half) / Math.LN10;
  const isWide = logarithmic ? decades > DECADES_MAX : 2 * half > EXPONENT_RANGE_MAX * Math.min(1, high - low);
  const width = logarithmic ? `${decades.toPrecision(2)} decades` : `a range of ${(2 * half).toPrecision(2)}`;
  const why = isWide ? `${name} is not determined by this data: its 95 % interval spans ${width}.` : null;
  return { name, unit, value, standardError, interval95, state: isWide ? 'not determined' : 'determined', why };
}

/**
 * An amount whose interval has no ends over the logarithm. Of a resistance the data may still tell one: what it adds to Z is linear in R
 * where R is small, and what it lets pass is linear in 1/R where R is large.
 */
function openAmount(
  name: string,
  unit: string,
  value: number,
  standardError: number,
  half: number,
  largest_ohm: number,
): FittedParameter {
  const shared = { name, unit, value, standardError, state: 'not determined' } as const;
  const head = `${name} is not determined by this data: `;
  const [below, above] = [value * (1 + half), value / (1 + half)];
  const number = (limit: number): string => String(Number(limit.toPrecision(2)));
  if (unit === 'ohm' && value < largest_ohm && below < largest_ohm)
    return { ...shared, interval95: [0, below], why: `${head}all from 0 to ${number(below)} ohm fit alike.` };
  if (unit === 'ohm' && value > largest_ohm && above > NEGLIGIBLE * largest_ohm) {
    const why = `${head}all above ${number(above)} ohm fit alike.`;
    return { ...shared, interval95: [above, Number.POSITIVE_INFINITY], why };
  }
  return { ...shared, interval95: null, why: `${head}its 95 % interval spans more than two decades.` };
}

/** Σ|Z − fit|² and Σ|Z − fit|²/|Z|². */
function misfit({ real_ohm, imaginary_ohm }: ImpedanceSpectrum, z: Float64Array): [squares: number, shares: number] {
  const n = real_ohm.length;
  let [squares, shares] = [0, 0];
  for (let k = 0; k < n; k++) {
    const square = (z[k]! - real_ohm[k]!) ** 2 + (z[n + k]! - imaginary_ohm[k]!) ** 2;
    squares += square;
    shares += square / (real_ohm[k]! ** 2 + imaginary_ohm[k]! ** 2);
  }
  return [squares, shares];
}

function remarksOn(
  converged: boolean,
  parameters: readonly FittedParameter[],
  names: readonly string[],
  correlation: Float64Array,
): string[] {
  const remarks = parameters.flatMap(({ state, why }) => (state === 'fixed' || why === null ? [] : [why]));
  if (!converged) remarks.unshift('The fit did not converge: its values are the best so far.');
  for (let a = 0; a < names.length; a++) {
    for (let b = 0; b < a; b++) {
      const value = correlation[a * names.length + b]!;
      if (Math.abs(value) > CORRELATION_HIGH) {
        remarks.push(`${names[b]} and ${names[a]} can hardly be told apart: their correlation is ${value.toFixed(3)}.`);
      }
    }
  }
  return remarks;
}
