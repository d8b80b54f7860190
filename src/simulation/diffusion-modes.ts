// Linear diffusion as a short list of first-order lags. A concentration profile driven by one flux s(t) is a sum of
// eigenmodes, each of which decays at its own rate; the first modes are kept one by one, the many fast ones after them
// are gathered in bands, and what is left beyond the last band follows the flux at once. Each lag is then advanced
// exactly over any time step in which the flux is constant or linear, so the step's length costs no accuracy.
//
// A lag z obeys dz/dt = r·(s − D·z); its steady value is s/D. An output k (a concentration at a place, less the mean) is
//   Δc_k = Σ_n w[n,k]·z_n + remainder[k]·s/D ,   Σ_n w[n,k] + remainder[k] = gain[k] , the steady closed form.

import { cos, expm1, power, sin, square } from '../numerics/index.ts';

/** A diffusion problem reduced to lags. Rates per unit of diffusivity, 1/m2. */
export interface DiffusionModes {
  readonly size: number;
  readonly outputs: number;
  /** Decay rate of each lag per unit diffusivity, 1/m2. */
  readonly rate_per_m2: Float64Array;
  /** Weight of lag n in output k at [n·outputs + k], m. */
  readonly weight_m: Float64Array;
  /** Steady response of each output to s/D, m. */
  readonly gain_m: Float64Array;
  /** Share of the gain that follows the flux at once, m. */
  readonly remainder_m: Float64Array;
  /**
   * Kernel of each lag that stands for a single eigenmode, against place (m): z_n = ∫ kernel_n(x)·Δc(x)·dV, with dV the pore
   * volume per area (a sphere: r²·dr). So a profile known at nodes becomes lags.
   */
  readonly kernel: readonly ((place_m: number) => number)[];
}

/** Modes kept one by one before bands begin. */
const EXACT_MODES = 8;
/** Eigenmodes computed; beyond the last the response counts as immediate. */
const EIGENMODES = 160;
/** Each band holds about this many times as many modes as end at its lower edge. */
const BAND_RATIO = 0.6;
const BISECTIONS = 80;

interface Eigenmode {
  readonly rate_per_m2: number;
  readonly weight_m: readonly number[];
  readonly kernel?: (place_m: number) => number;
}

function gathered(modes: readonly Eigenmode[], gain_m: readonly number[]): DiffusionModes {
  const outputs = gain_m.length;
  const lags: Eigenmode[] = [];
  let first = 0;
  while (first < modes.length) {
    const count = first < EXACT_MODES ? 1 : Math.max(1, Math.round(first * BAND_RATIO));
    const band = modes.slice(first, first + count);
    const share = band.map((mode) => mode.weight_m.reduce((sum, w) => sum + Math.abs(w), 0));
    const total = share.reduce((sum, w) => sum + w, 0);
    const rate_per_m2 = band.reduce((sum, mode, i) => sum + mode.rate_per_m2 * share[i]!, 0) / total;
    const weight_m = gain_m.map((_, k) => band.reduce((sum, mode) => sum + mode.weight_m[k]!, 0));
    if (total > 0) lags.push({ rate_per_m2, weight_m });
    first += count;
  }
  const weights = new Float64Array(lags.length * outputs);
  const remainder = Float64Array.from(gain_m);
  lags.forEach((lag, n) => {
    lag.weight_m.forEach((w, k) => {
      weights[n * outputs + k] = w;
      remainder[k] = remainder[k]! - w;
    });
  });
  return {
    size: lags.length,
    outputs,
    rate_per_m2: Float64Array.from(lags, (lag) => lag.rate_per_m2),
    weight_m: weights,
    gain_m: Float64Array.from(gain_m),
    remainder_m: remainder,
    kernel: modes.slice(0, EXACT_MODES).map((mode) => mode.kernel!),
  };
}

/** A porous layer: ε ∂c/∂t = ∂x(D·B ∂x c). */
export interface Layer {
  readonly thickness_m: number;
  readonly porosity: number;
  /** B = ε^b, effective over bulk diffusivity. */
  readonly transport: number;
}

/**
 * Salt between two metal electrodes: s = (1−t+)·j/F enters at x = L and leaves at x = 0 (mol/(m2 s)).
 * Outputs: 0 at x = 0, 1 at x = L. Steady: Δc = (s/D)·(x − L/2)/B.
 */
export function separatorModes({ thickness_m: L, porosity, transport }: Layer): DiffusionModes {
  const gain = L / (2 * transport);
  const modes: Eigenmode[] = [];
  // Equal and opposite fluxes drive only the odd cosines.
  for (let n = 1; modes.length < EIGENMODES; n += 2) {
    const k = (n * Math.PI) / L;
    const w = (4 * L) / (transport * n * n * Math.PI * Math.PI);
    modes.push({
      rate_per_m2: (k * k * transport) / porosity,
      weight_m: [-w, w],
      kernel: (x) => (-2 * cos(k * x)) / (porosity * L * w),
    });
  }
  return gathered(modes, [-gain, gain]);
}

/** Three-point Gauss rule on [0, 1]. */
export const GAUSS_POINTS: readonly number[] = [0.5 - Math.sqrt(0.15), 0.5, 0.5 + Math.sqrt(0.15)];
export const GAUSS_WEIGHTS: readonly number[] = [5 / 18, 8 / 18, 5 / 18];

/**
 * Salt between a metal at x = 0 and a porous electrode behind the separator: s = (1−t+)·j/F leaves at x = 0 and enters
 * evenly through the electrode; nothing passes its collector at x = L.
 * Outputs: 0 at x = 0, 1 the mean over the separator, 2-4 at the three Gauss points of the electrode, 5 at x = L,
 * 6 at the interface.
 */
export function separatorAndElectrodeModes(separator: Layer, electrode: Layer): DiffusionModes {
  const { thickness_m: L1, porosity: e1, transport: B1 } = separator;
  const { thickness_m: L2, porosity: e2, transport: B2 } = electrode;
  const k1 = Math.sqrt(e1 / B1);
  const k2 = Math.sqrt(e2 / B2);
  const span = k1 * L1 + k2 * L2;
  // Continuity of c and of the flux at the interface, without the poles of the tangents; one root near each multiple of π.
  const mismatch = (mu: number) =>
    B1 * k1 * sin(mu * k1 * L1) * cos(mu * k2 * L2) + B2 * k2 * cos(mu * k1 * L1) * sin(mu * k2 * L2);
  const modes: Eigenmode[] = [];
  for (let n = 1; n <= EIGENMODES; n++) {
    let low = ((n - 0.5) * Math.PI) / span;
    let high = ((n + 0.5) * Math.PI) / span;
    const below = Math.sign(mismatch(low));
    for (let i = 0; i < BISECTIONS; i++) {
      const middle = 0.5 * (low + high);
      if (Math.sign(mismatch(middle)) === below) low = middle;
      else high = middle;
    }
    const mu = 0.5 * (low + high);
    const [a, b] = [mu * k1, mu * k2];
    const [cos1, cos2] = [cos(a * L1), cos(b * L2)];
    const [sin1, sin2] = [sin(a * L1), sin(b * L2)];
    // Amplitude in the electrode relative to the separator, from whichever condition divides by the larger number.
    const amplitude = Math.abs(cos2) > Math.abs(sin2) ? cos1 / cos2 : (-B1 * k1 * sin1) / (B2 * k2 * sin2);
    const norm =
      e1 * (L1 / 2 + sin(2 * a * L1) / (4 * a)) + e2 * amplitude * amplitude * (L2 / 2 + sin(2 * b * L2) / (4 * b));
    const meanInElectrode = (amplitude * sin2) / (b * L2);
    const drive = (meanInElectrode - 1) / (norm * mu * mu);
    modes.push({
      rate_per_m2: mu * mu,
      weight_m: [
        drive,
        (drive * sin1) / (a * L1),
        ...GAUSS_POINTS.map((u) => drive * amplitude * cos(b * L2 * (1 - u))),
        drive * amplitude,
        drive * cos1,
      ],
      kernel: (x) => (x < L1 ? cos(a * x) : amplitude * cos(b * (L1 + L2 - x))) / (norm * drive),
    });
  }
  // Steady: c rises by x/B1 through the separator and by (L2/B2)(u − u²/2) through the electrode.
  const atInterface = L1 / B1;
  const inElectrode = (u: number) => atInterface + (L2 / B2) * (u - (u * u) / 2);
  const mean = ((e1 * L1 * atInterface) / 2 + e2 * L2 * (atInterface + L2 / (3 * B2))) / (e1 * L1 + e2 * L2);
  const gain = [
    -mean,
    atInterface / 2 - mean,
    ...GAUSS_POINTS.map((u) => inElectrode(u) - mean),
    inElectrode(1) - mean,
    atInterface - mean,
  ];
  return gathered(modes, gain);
}

/**
 * A sphere that loses s mol/(m2 s) through its surface. Output 0: the surface less the mean. Steady: −(s/D)·R/5
 * (Crank, The Mathematics of Diffusion, §6.3; the modes are the roots of tan λ = λ).
 */
export function sphereModes(radius_m: number): DiffusionModes {
  const modes: Eigenmode[] = [];
  for (let n = 1; n <= EIGENMODES; n++) {
    let low = n * Math.PI;
    let high = (n + 0.5) * Math.PI;
    const mismatch = (x: number) => sin(x) - x * cos(x);
    const below = Math.sign(mismatch(low));
    for (let i = 0; i < BISECTIONS; i++) {
      const middle = 0.5 * (low + high);
      if (Math.sign(mismatch(middle)) === below) low = middle;
      else high = middle;
    }
    const lambda = 0.5 * (low + high);
    const w = (-2 * radius_m) / (lambda * lambda);
    modes.push({
      rate_per_m2: square(lambda / radius_m),
      weight_m: [w],
      // The mode is sin(λr/R)/((r/R)·sin λ), 1 at the surface; its square over r²dr is R³/2.
      kernel: (r) => {
        const u = (lambda * r) / radius_m;
        return (2 * lambda * sin(u)) / (u * sin(lambda)) / (power(radius_m, 3) * w);
      },
    });
  }
  return gathered(modes, [-radius_m / 5]);
}

/** Below this rate·time the series of the linear part is used; the closed form would lose digits to cancellation. */
const SMALL_DECAY = 1e-3;

/**
 * Advance the lags at [from, from + size) of `base` into `out` over `dt_s` with diffusivity D (m2/s) while the flux
 * goes linearly from `s0` to `s1`. Exact.
 */
export function advanceModesInto(
  modes: DiffusionModes,
  D: number,
  dt_s: number,
  s0: number,
  s1: number,
  base: Float64Array,
  from: number,
  out: Float64Array,
): void {
  const rate = modes.rate_per_m2;
  const steady = s0 / D;
  const change = (s1 - s0) / D;
  for (let n = 0; n < modes.size; n++) {
    const k = rate[n]! * D * dt_s;
    const decayed = -expm1(-k);
    const z = base[from + n]!;
    const ramp = change === 0 ? 0 : change * (k > SMALL_DECAY ? 1 - decayed / k : k * (0.5 - k / 6));
    out[from + n] = z + (steady - z) * decayed + ramp;
  }
}

/** Δc of output `k` from the lags at `from` of `state`, with the flux s (mol/(m2 s)) now flowing. */
export function modesOutput(
  modes: DiffusionModes,
  k: number,
  D: number,
  s: number,
  state: Float64Array,
  from: number,
): number {
  let sum = (modes.remainder_m[k]! * s) / D;
  for (let n = 0, w = k; n < modes.size; n++, w += modes.outputs) sum += modes.weight_m[w]! * state[from + n]!;
  return sum;
}
