// Differential-algebraic equations F(t, y, y′) = 0 of index 1, by backward differentiation of order 1 to 5.
//
// Variable step and order in the fixed-leading-coefficient form of Brenan, Campbell and Petzold (1996, chapter 5), which
// LLNL's IDA also follows: the history is kept as scaled divided differences, so a change of step costs no interpolation,
// and the polynomial through them is the dense output on which events are located. A linear invariant of the equations
// (an inventory, say) is kept to rounding, whatever the state of the iteration matrix, because predictor and corrector are
// both linear in the history.
//
// Mathematics that fails is a value: `advance` says what happened and the last accepted state stays in `t` and `y`.

import { power } from './elementary.ts';

/** The equations. Functions write their last array argument and allocate nothing. */
export interface DaeSystem {
  readonly size: number;
  /** 1 where y′ of the component appears (differential), 0 where it does not (algebraic). */
  readonly differential: Uint8Array;
  /** F(t, y, y′); false when y lies outside the domain of the equations, which makes the integrator try a smaller step. */
  residualInto(t: number, y: Float64Array, yPrime: Float64Array, out: Float64Array): boolean;
  /**
   * Build and factorise ∂F/∂y + c·∂F/∂y′ at the point given; false when singular. Always called right after `residualInto`
   * at the same point, so what that computed may be used again.
   */
  factorise(t: number, y: Float64Array, yPrime: Float64Array, c: number): boolean;
  /** Overwrite b with the solution of the factorised system. */
  solveInPlace(b: Float64Array): void;
}

export interface DaeOptions {
  /** Local error per step relative to |y|, for all components or for each. Default 1e-4. */
  readonly relativeTolerance?: number | Float64Array;
  /** Local error per step, one value per component in its unit. */
  readonly absoluteTolerance: Float64Array;
  /**
   * The components whose error is measured, in the error test and in Newton's convergence; the others must follow from
   * them. Default: all.
   */
  readonly measured?: Int32Array;
  /** Highest order, 1 to 5. Default 5. */
  readonly order_max?: number;
  /** Order that is not left again once reached (to measure one order by itself). Default 1. */
  readonly order_min?: number;
  /** Steps shorter than this end the integration. Default: what rounding of t leaves, and never below 1e-22 s. */
  readonly step_s_min?: number;
  readonly step_s_max?: number;
}

export interface DaeWork {
  steps: number;
  /** Steps repeated because the error was too large or Newton's iteration did not converge. */
  rejected: number;
  residuals: number;
  jacobians: number;
  factorisations: number;
  solves: number;
}

export type Advance =
  | { readonly kind: 'stepped' }
  | {
      readonly kind: 'step-too-small';
      readonly t_s: number;
      readonly h_s: number;
      readonly because: 'error' | 'newton' | 'singular' | 'domain';
    };

export type Initialisation =
  | { readonly kind: 'consistent'; readonly iterations: number }
  | { readonly kind: 'inconsistent'; readonly because: 'newton' | 'singular' | 'domain'; readonly residual: number };

const ORDER_LIMIT = 5;
/** A step grows only when the error allows this factor or more, by that factor times the caution, twofold at most. */
const INCREASE_MIN = 1.5;
const CAUTION = 0.9;
/** At order 1 any ratio of steps is stable: a start that was too careful leaps, by this factor at most. */
const LEAP_MIN = 4;
const LEAP_MAX = 20;
const NEWTON_ITERATIONS_MAX = 4;
/** Newton's error is held to this share of the local error tolerance. */
const NEWTON_TOLERANCE = 0.33;
const NEWTON_RATE_MAX = 0.9;
/** Convergence rate assumed after a new factorisation, so that the first iteration alone never counts as converged. */
const RATE_UNKNOWN = 20;
const LEADING_RATIO_MIN = 0.6;
const ATTEMPTS_MAX = 30;
/** A step may grow by this factor to end exactly where asked. */
const STRETCH = 1.01;
const STEP_s_LIMIT = 1e-22;
/** Length of the step for which a start is made consistent, as a share of the span, or of 1 s where that is shorter. */
const INITIALISE_SHARE = 1e-14;
const INITIALISE_ITERATIONS_MAX = 60;
const INITIALISE_HALVINGS_MAX = 12;
/** At tight tolerances rounding keeps the last correction from shrinking; below this share of the tolerance it may stand. */
const ROUNDING_SIZE_MAX = 1e-3;
/** Error tests failed in a row after which the order falls to 1. */
const ERROR_FAILURES_BEFORE_RESTART = 3;

const STEPPED: Advance = { kind: 'stepped' };

/** Holds the history of one integration. Create once per system and `initialise` for every new start. */
export class DaeIntegrator {
  /** Time of the last accepted step. */
  t = 0;
  /** Solution at `t`; overwritten by each step. */
  readonly y: Float64Array;
  readonly yPrime: Float64Array;
  /** Step to be tried next and step last taken. */
  h = 0;
  hUsed = 0;
  order = 1;
  orderUsed = 0;
  readonly work: DaeWork = { steps: 0, rejected: 0, residuals: 0, jacobians: 0, factorisations: 0, solves: 0 };

  private readonly system: DaeSystem;
  private readonly relativeTolerance: Float64Array;
  private readonly absoluteTolerance: Float64Array;
  private readonly measured: Int32Array;
  /** Components whose weight follows their size. */
  private readonly relative: Int32Array;
  private readonly orderMax: number;
  private readonly orderMin: number;
  private readonly stepMin: number | undefined;
  private readonly stepMax: number;

  /** Scaled divided differences, highest used order + 1 of them. */
  private readonly phi: Float64Array[];
  private readonly psi = new Float64Array(ORDER_LIMIT + 1);
  private readonly alpha = new Float64Array(ORDER_LIMIT + 1);
  private readonly beta = new Float64Array(ORDER_LIMIT + 1);
  private readonly sigma = new Float64Array(ORDER_LIMIT + 1);
  private readonly gamma = new Float64Array(ORDER_LIMIT + 1);
  private readonly yPredicted: Float64Array;
  private readonly yPrimePredicted: Float64Array;
  private readonly correction: Float64Array;
  private readonly delta: Float64Array;
  private readonly weight: Float64Array;

  private stepsAtThisStep = 0;
  private starting = true;
  private leading = 0;
  private leadingFactorised = 0;
  private rate = RATE_UNKNOWN;
  private haveFactors = false;
  private newtonBecause: 'newton' | 'singular' | 'domain' = 'newton';

  constructor(system: DaeSystem, options: DaeOptions) {
    const n = system.size;
    this.system = system;
    const relative = options.relativeTolerance ?? 1e-4;
    this.relativeTolerance = typeof relative === 'number' ? new Float64Array(n).fill(relative) : relative;
    this.absoluteTolerance = options.absoluteTolerance;
    this.measured = options.measured ?? Int32Array.from({ length: n }, (_, i) => i);
    this.relative = Int32Array.from(this.measured.filter((i) => this.relativeTolerance[i]! > 0));
    this.orderMax = Math.min(ORDER_LIMIT, Math.max(1, options.order_max ?? ORDER_LIMIT));
    this.orderMin = Math.min(this.orderMax, options.order_min ?? 1);
    this.stepMin = options.step_s_min;
    this.stepMax = options.step_s_max ?? Number.POSITIVE_INFINITY;
    this.phi = Array.from({ length: ORDER_LIMIT + 1 }, () => new Float64Array(n));
    this.y = new Float64Array(n);
    this.yPrime = new Float64Array(n);
    this.yPredicted = new Float64Array(n);
    this.yPrimePredicted = new Float64Array(n);
    this.correction = new Float64Array(n);
    this.delta = new Float64Array(n);
    this.weight = new Float64Array(n);
    this.weight.set(this.absoluteTolerance.map((tolerance) => 1 / tolerance));
  }

  /**
   * Start at `t` from `y`: its differential components are kept, its algebraic ones are a first guess. Solves for the
   * algebraic components and for y′ of the differential ones by damped Newton iteration.
   * `h` is the first step to try; without it the size of y′ decides.
   */
  initialise(t: number, y: Float64Array, tEnd: number, h?: number): Initialisation {
    this.t = t;
    this.y.set(y);
    this.yPrime.fill(0);
    const outcome = this.makeConsistent(tEnd);
    if (outcome.kind === 'consistent') this.begin(tEnd, h);
    return outcome;
  }

  /** Start from values and rates that are known to be consistent. */
  start(t: number, y: Float64Array, yPrime: Float64Array, tEnd: number, h?: number): void {
    this.t = t;
    this.y.set(y);
    this.yPrime.set(yPrime);
    this.begin(tEnd, h);
  }

  private begin(tEnd: number, h: number | undefined): void {
    this.weigh(this.y);
    const span = Math.max(tEnd - this.t, Number.MIN_VALUE);
    let first = h ?? 1e-3 * span;
    if (h === undefined) {
      const speed = this.norm(this.yPrime);
      if (speed * first > 0.5) first = 0.5 / speed;
    }
    this.h = Math.min(first, span, this.stepMax);
    this.phi[0]!.set(this.y);
    for (let i = 0; i < this.y.length; i++) this.phi[1]![i] = this.h * this.yPrime[i]!;
    for (let j = 2; j <= ORDER_LIMIT; j++) this.phi[j]!.fill(0);
    this.psi.fill(0);
    this.psi[0] = this.h;
    this.order = 1;
    this.orderUsed = 0;
    this.hUsed = 0;
    this.stepsAtThisStep = 0;
    this.starting = true;
    this.rate = RATE_UNKNOWN;
    this.haveFactors = false;
    this.leadingFactorised = 0;
  }

  /** One accepted step, not beyond `tEnd`; several attempts where the error or Newton's iteration asks for them. */
  advance(tEnd: number): Advance {
    const { work, phi } = this;
    this.weigh(phi[0]!);
    const tStart = this.t;
    let errorFailures = 0;
    let because: 'error' | 'newton' | 'singular' | 'domain' = 'error';
    const smallest = this.stepMin ?? Math.max(4 * Number.EPSILON * Math.abs(tStart), STEP_s_LIMIT);
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      // Stretched a little rather than leaving a sliver for a last step of rounding size.
      if (this.t + STRETCH * this.h > tEnd) this.h = tEnd - this.t;
      if (!(this.h > smallest)) {
        // A last sliver before the end is not a failure: the end is simply here.
        if (attempt === 1 && tEnd - tStart <= smallest) {
          this.t = tEnd;
          return STEPPED;
        }
        break;
      }
      this.setCoefficients();
      const converged = this.iterate();
      if (!converged) {
        because = this.newtonBecause;
        work.rejected++;
        this.restoreHistory(tStart);
        this.h *= 0.25;
        if (this.orderUsed === 0) this.rescaleFirst(0.25);
        continue;
      }
      const verdict = this.testError();
      if (verdict.accepted) {
        this.complete(verdict);
        return STEPPED;
      }
      because = 'error';
      work.rejected++;
      errorFailures++;
      this.restoreHistory(tStart);
      const factor = this.shrinkAfterError(errorFailures, verdict);
      this.h *= factor;
      if (this.orderUsed === 0) this.rescaleFirst(factor);
    }
    this.y.set(phi[0]!);
    return { kind: 'step-too-small', t_s: this.t, h_s: this.h, because };
  }

  /** Solution at a time within the last accepted step, from the polynomial of the order used. */
  interpolateInto(t: number, out: Float64Array): void {
    const { phi, psi } = this;
    const order = Math.max(this.orderUsed, 1);
    const distance = t - this.t;
    let c = 1;
    let gamma = psi[0]! > 0 ? distance / psi[0]! : 0;
    out.set(phi[0]!);
    for (let j = 1; j <= order; j++) {
      c *= gamma;
      const phiJ = phi[j]!;
      for (let i = 0; i < out.length; i++) out[i]! += c * phiJ[i]!;
      gamma = (distance + psi[j - 1]!) / psi[j]!;
    }
  }

  /** Value at time t of one component; cheap, for locating events that depend on few components. */
  interpolateComponent(t: number, component: number): number {
    const { phi, psi } = this;
    const order = Math.max(this.orderUsed, 1);
    const distance = t - this.t;
    let c = 1;
    let gamma = psi[0]! > 0 ? distance / psi[0]! : 0;
    let sum = phi[0]![component]!;
    for (let j = 1; j <= order; j++) {
      c *= gamma;
      sum += c * phi[j]![component]!;
      gamma = (distance + psi[j - 1]!) / psi[j]!;
    }
    return sum;
  }

  private weigh(y: Float64Array): void {
    const { weight, absoluteTolerance, relativeTolerance, relative } = this;
    for (let m = 0; m < relative.length; m++) {
      const i = relative[m]!;
      weight[i] = 1 / (relativeTolerance[i]! * Math.abs(y[i]!) + absoluteTolerance[i]!);
    }
  }

  /** Scaled root mean square of the measured components of v. */
  private norm(v: Float64Array): number {
    const { measured, weight } = this;
    let sum = 0;
    for (let m = 0; m < measured.length; m++) {
      const i = measured[m]!;
      const scaled = v[i]! * weight[i]!;
      sum += scaled * scaled;
    }
    return Math.sqrt(sum / measured.length);
  }

  /** The same of a + b. */
  private normOfSum(a: Float64Array, b: Float64Array): number {
    const { measured, weight } = this;
    let sum = 0;
    for (let m = 0; m < measured.length; m++) {
      const i = measured[m]!;
      const scaled = (a[i]! + b[i]!) * weight[i]!;
      sum += scaled * scaled;
    }
    return Math.sqrt(sum / measured.length);
  }

  private makeConsistent(tEnd: number): Initialisation {
    const { system, work, y, yPrime, delta, correction, yPredicted, yPrimePredicted } = this;
    const n = y.length;
    // With a large leading coefficient the differential components hardly move and the algebraic ones solve exactly: the
    // span may be years, the fastest rate per second.
    const c = 1 / (INITIALISE_SHARE * Math.min(Math.max(tEnd - this.t, 1e-6), 1));
    this.weigh(y);
    work.residuals++;
    if (!system.residualInto(this.t, y, yPrime, delta))
      return { kind: 'inconsistent', because: 'domain', residual: Number.NaN };
    let size = Number.NaN;
    for (let iteration = 1; iteration <= INITIALISE_ITERATIONS_MAX; iteration++) {
      work.jacobians++;
      work.factorisations++;
      if (!system.factorise(this.t, y, yPrime, c)) return { kind: 'inconsistent', because: 'singular', residual: size };
      correction.set(delta);
      work.solves++;
      system.solveInPlace(correction);
      size = this.norm(correction);
      if (!Number.isFinite(size)) return { kind: 'inconsistent', because: 'singular', residual: size };
      // Damped by the natural monotonicity test: the simplified correction at the trial point must shrink.
      let step = 1;
      let accepted = false;
      yPredicted.set(y);
      yPrimePredicted.set(yPrime);
      for (let halving = 0; halving <= INITIALISE_HALVINGS_MAX; halving++) {
        for (let i = 0; i < n; i++) {
          if (system.differential[i] === 1) yPrime[i] = yPrimePredicted[i]! - step * c * correction[i]!;
          else y[i] = yPredicted[i]! - step * correction[i]!;
        }
        work.residuals++;
        if (system.residualInto(this.t, y, yPrime, delta)) {
          this.yTrial.set(delta);
          work.solves++;
          system.solveInPlace(this.yTrial);
          const next = this.norm(this.yTrial);
          if (next <= (1 - step / 4) * size || next < 1e-6) {
            accepted = true;
            size = step === 1 ? next : size;
            this.weigh(y);
            break;
          }
        }
        step /= 2;
      }
      if (!accepted) {
        if (!(size < ROUNDING_SIZE_MAX)) return { kind: 'inconsistent', because: 'newton', residual: size };
        y.set(yPredicted);
        yPrime.set(yPrimePredicted);
        return { kind: 'consistent', iterations: iteration };
      }
      if (step === 1 && size < 1e-6) {
        for (let i = 0; i < n; i++) {
          if (system.differential[i] === 1) yPrime[i]! -= c * this.yTrial[i]!;
          else {
            y[i]! -= this.yTrial[i]!;
            yPrime[i] = 0;
          }
        }
        return { kind: 'consistent', iterations: iteration };
      }
    }
    return { kind: 'inconsistent', because: 'newton', residual: size };
  }

  private get yTrial(): Float64Array {
    return this.phi[ORDER_LIMIT]!;
  }

  private setCoefficients(): void {
    const { psi, alpha, beta, sigma, gamma, phi } = this;
    const k = this.order;
    const h = this.h;
    if (h !== this.hUsed || k !== this.orderUsed) this.stepsAtThisStep = 0;
    this.stepsAtThisStep = Math.min(this.stepsAtThisStep + 1, this.orderUsed + 2);
    const ns = this.stepsAtThisStep;
    if (k + 1 >= ns) {
      beta[0] = 1;
      alpha[0] = 1;
      gamma[0] = 0;
      sigma[0] = 1;
      let sum = h;
      for (let i = 1; i <= k; i++) {
        const previous = psi[i - 1]!;
        psi[i - 1] = sum;
        beta[i] = (beta[i - 1]! * sum) / previous;
        sum = previous + h;
        alpha[i] = h / sum;
        sigma[i] = i * sigma[i - 1]! * alpha[i]!;
        gamma[i] = gamma[i - 1]! + alpha[i - 1]! / h;
      }
      psi[k] = sum;
    }
    let alphaSum = 0;
    for (let i = 1; i <= k; i++) alphaSum += 1 / i;
    this.leading = alphaSum / h;
    for (let i = ns; i <= k; i++) {
      const b = beta[i]!;
      const phiI = phi[i]!;
      for (let m = 0; m < phiI.length; m++) phiI[m]! *= b;
    }
    this.t += h;
  }

  /** Coefficient of the local error at the order in use. */
  private errorCoefficient(): number {
    let fixed = 0;
    let variable = 0;
    for (let i = 0; i < this.order; i++) {
      fixed += 1 / (i + 1);
      variable += this.alpha[i]!;
    }
    const last = this.alpha[this.order]!;
    return Math.max(Math.abs(last + variable - fixed), last);
  }

  private restoreHistory(tStart: number): void {
    const { psi, beta, phi } = this;
    this.t = tStart;
    for (let i = 1; i <= this.order; i++) psi[i - 1] = psi[i]! - this.h;
    for (let i = this.stepsAtThisStep; i <= this.order; i++) {
      const b = 1 / beta[i]!;
      const phiI = phi[i]!;
      for (let m = 0; m < phiI.length; m++) phiI[m]! *= b;
    }
  }

  /** Before the first accepted step the first difference is h·y′ and follows h. */
  private rescaleFirst(factor: number): void {
    this.psi[0] = this.h;
    const first = this.phi[1]!;
    for (let i = 0; i < first.length; i++) first[i]! *= factor;
  }

  /** The polynomial of the history at the new time into y, and its derivative into y′. Orders are written out: this is hot. */
  private predict(): void {
    const { phi, gamma, y, yPrime } = this;
    const n = y.length;
    const phi0 = phi[0]!;
    const phi1 = phi[1]!;
    const phi2 = phi[2]!;
    const phi3 = phi[3]!;
    const phi4 = phi[4]!;
    const phi5 = phi[5]!;
    const g1 = gamma[1]!;
    const g2 = gamma[2]!;
    const g3 = gamma[3]!;
    const g4 = gamma[4]!;
    const g5 = gamma[5]!;
    switch (this.order) {
      case 1:
        for (let i = 0; i < n; i++) {
          const p1 = phi1[i]!;
          y[i] = phi0[i]! + p1;
          yPrime[i] = g1 * p1;
        }
        return;
      case 2:
        for (let i = 0; i < n; i++) {
          const p1 = phi1[i]!;
          const p2 = phi2[i]!;
          y[i] = phi0[i]! + p1 + p2;
          yPrime[i] = g1 * p1 + g2 * p2;
        }
        return;
      case 3:
        for (let i = 0; i < n; i++) {
          const p1 = phi1[i]!;
          const p2 = phi2[i]!;
          const p3 = phi3[i]!;
          y[i] = phi0[i]! + p1 + p2 + p3;
          yPrime[i] = g1 * p1 + g2 * p2 + g3 * p3;
        }
        return;
      case 4:
        for (let i = 0; i < n; i++) {
          const p1 = phi1[i]!;
          const p2 = phi2[i]!;
          const p3 = phi3[i]!;
          const p4 = phi4[i]!;
          y[i] = phi0[i]! + p1 + p2 + p3 + p4;
          yPrime[i] = g1 * p1 + g2 * p2 + g3 * p3 + g4 * p4;
        }
        return;
      default:
        for (let i = 0; i < n; i++) {
          const p1 = phi1[i]!;
          const p2 = phi2[i]!;
          const p3 = phi3[i]!;
          const p4 = phi4[i]!;
          const p5 = phi5[i]!;
          y[i] = phi0[i]! + p1 + p2 + p3 + p4 + p5;
          yPrime[i] = g1 * p1 + g2 * p2 + g3 * p3 + g4 * p4 + g5 * p5;
        }
    }
  }

  /** Modified Newton iteration; factorises again when the leading coefficient has moved far or the old factors fail. */
  private iterate(): boolean {
    const ratio = this.leadingFactorised === 0 ? 0 : this.leading / this.leadingFactorised;
    const fresh = !this.haveFactors || ratio < LEADING_RATIO_MIN || ratio > 1 / LEADING_RATIO_MIN;
    if (this.tryNewton(fresh)) return true;
    return !fresh && this.newtonBecause !== 'domain' ? this.tryNewton(true) : false;
  }

  private tryNewton(factorise: boolean): boolean {
    const { system, work, y, yPrime, correction, delta } = this;
    const n = y.length;
    const c = this.leading;
    this.predict();
    work.residuals++;
    if (!system.residualInto(this.t, y, yPrime, delta)) {
      this.newtonBecause = 'domain';
      return false;
    }
    if (factorise) {
      work.jacobians++;
      work.factorisations++;
      this.rate = RATE_UNKNOWN;
      this.leadingFactorised = c;
      this.haveFactors = system.factorise(this.t, y, yPrime, c);
      if (!this.haveFactors) {
        this.newtonBecause = 'singular';
        return false;
      }
    }
    const scale = c === this.leadingFactorised ? 1 : 2 / (1 + c / this.leadingFactorised);
    let first = 0;
    for (let iteration = 0; iteration < NEWTON_ITERATIONS_MAX; iteration++) {
      if (iteration > 0) {
        work.residuals++;
        if (!system.residualInto(this.t, y, yPrime, delta)) {
          this.newtonBecause = 'domain';
          return false;
        }
      }
      work.solves++;
      system.solveInPlace(delta);
      if (iteration === 0) {
        for (let i = 0; i < n; i++) {
          const e = -scale * delta[i]!;
          correction[i] = e;
          y[i]! += e;
          yPrime[i]! += c * e;
        }
      } else {
        for (let i = 0; i < n; i++) {
          const d = scale * delta[i]!;
          correction[i]! -= d;
          y[i]! -= d;
          yPrime[i]! -= c * d;
        }
      }
      const size = scale * this.norm(delta);
      if (!(size < 1e30)) {
        this.newtonBecause = 'newton';
        return false;
      }
      if (iteration === 0) {
        first = size;
        if (size <= 1e-4 * NEWTON_TOLERANCE) return true;
      } else {
        const rate = power(size / first, 1 / iteration);
        if (rate > NEWTON_RATE_MAX) {
          this.newtonBecause = 'newton';
          return false;
        }
        this.rate = rate / (1 - rate);
      }
      if (this.rate * size <= NEWTON_TOLERANCE) return true;
    }
    this.newtonBecause = 'newton';
    return false;
  }

  private testError(): ErrorVerdict {
    const { phi, sigma, correction, delta, measured } = this;
    const k = this.order;
    const size = this.norm(correction);
    const coefficient = this.errorCoefficient();
    const verdict = this.verdict;
    verdict.errorAtOrder = sigma[k]! * size;
    verdict.orderNext = k;
    verdict.errorBelow = 0;
    const here = (k + 1) * verdict.errorAtOrder;
    // At the lowest order allowed the errors of lower orders are not asked for.
    if (k > this.orderMin) {
      verdict.errorBelow = sigma[k - 1]! * this.normOfSum(phi[k]!, correction);
      const below = k * verdict.errorBelow;
      if (k > 2) {
        const phiK = phi[k]!;
        for (let m = 0; m < measured.length; m++) {
          const i = measured[m]!;
          delta[i] = phiK[i]! + correction[i]!;
        }
        const twoBelow = (k - 1) * sigma[k - 2]! * this.normOfSum(phi[k - 1]!, delta);
        if (Math.max(below, twoBelow) <= here) verdict.orderNext = k - 1;
      } else if (below <= 0.5 * here) verdict.orderNext = k - 1;
    }
    verdict.accepted = coefficient * size <= 1;
    return verdict;
  }

  private readonly verdict: ErrorVerdict = { accepted: false, errorAtOrder: 0, errorBelow: 0, orderNext: 1 };

  private shrinkAfterError(failures: number, verdict: ErrorVerdict): number {
    if (failures >= ERROR_FAILURES_BEFORE_RESTART) {
      this.order = 1;
      return 0.25;
    }
    const error = verdict.orderNext === this.order ? verdict.errorAtOrder : verdict.errorBelow;
    this.order = verdict.orderNext;
    if (failures > 1) return 0.25;
    const wanted = 0.9 * power(2 * error + 1e-4, -1 / (this.order + 1));
    return Math.max(0.25, Math.min(0.9, wanted));
  }

  /** Accept the step: choose order and step of the next one and renew the history. */
  private complete(verdict: ErrorVerdict): void {
    const { phi, correction, delta, measured, work } = this;
    const k = this.order;
    work.steps++;
    const orderChange = k - this.orderUsed;
    const firstStep = this.orderUsed === 0;
    this.orderUsed = k;
    this.hUsed = this.h;
    if (verdict.orderNext === k - 1 || k === this.orderMax) this.starting = false;
    if (this.starting) {
      const wanted = power(2 * verdict.errorAtOrder + 1e-4, -1 / (k + 1));
      if (k === 1 && this.orderMin === 1 && wanted > LEAP_MIN && this.h < this.stepMax)
        this.h = Math.min(LEAP_MAX, CAUTION * wanted) * this.h;
      else if (!firstStep) {
        this.order = k + 1;
        this.h *= 2;
      }
      this.h = Math.min(this.h, this.stepMax);
    } else {
      let error = verdict.errorAtOrder;
      let order = k;
      if (verdict.orderNext === k - 1) order = k - 1;
      else if (k < this.orderMax && k + 1 < this.stepsAtThisStep && orderChange !== 1) {
        const above = phi[k + 1]!;
        for (let m = 0; m < measured.length; m++)
          delta[measured[m]!] = correction[measured[m]!]! - above[measured[m]!]!;
        const errorAbove = this.norm(delta) / (k + 2);
        const here = (k + 1) * verdict.errorAtOrder;
        const higher = (k + 2) * errorAbove;
        if (k === 1) {
          if (higher < 0.5 * here) order = 2;
        } else if (k > this.orderMin && k * verdict.errorBelow <= Math.min(here, higher)) order = k - 1;
        else if (higher < here) order = k + 1;
        if (order === k + 1) error = errorAbove;
      }
      if (order === k - 1) error = verdict.errorBelow;
      this.order = order;
      const wanted = power(2 * error + 1e-4, -1 / (order + 1));
      // Small increases are not worth a new factorisation; large ones are held back, since a rejected step costs two.
      if (wanted >= INCREASE_MIN) this.h = Math.min(Math.min(2, CAUTION * wanted) * this.h, this.stepMax);
      else if (wanted <= 1) this.h *= Math.max(0.5, Math.min(0.9, wanted));
    }
    this.renewHistory(k);
  }

  /** phi[j] becomes the sum of phi[j…k] and the correction; the correction itself is kept one above, for a rise of the order. */
  private renewHistory(k: number): void {
    const { phi, correction } = this;
    const n = correction.length;
    if (k < ORDER_LIMIT) phi[k + 1]!.set(correction);
    const phi0 = phi[0]!;
    const phi1 = phi[1]!;
    const phi2 = phi[2]!;
    const phi3 = phi[3]!;
    switch (k) {
      case 1:
        for (let i = 0; i < n; i++) {
          const s1 = phi1[i]! + correction[i]!;
          phi1[i] = s1;
          phi0[i]! += s1;
        }
        return;
      case 2:
        for (let i = 0; i < n; i++) {
          const s2 = phi2[i]! + correction[i]!;
          const s1 = phi1[i]! + s2;
          phi2[i] = s2;
          phi1[i] = s1;
          phi0[i]! += s1;
        }
        return;
      case 3:
        for (let i = 0; i < n; i++) {
          const s3 = phi3[i]! + correction[i]!;
          const s2 = phi2[i]! + s3;
          const s1 = phi1[i]! + s2;
          phi3[i] = s3;
          phi2[i] = s2;
          phi1[i] = s1;
          phi0[i]! += s1;
        }
        return;
      default:
        for (let j = k; j >= 0; j--) {
          const phiJ = phi[j]!;
          const carry = j === k ? correction : phi[j + 1]!;
          for (let i = 0; i < n; i++) phiJ[i]! += carry[i]!;
        }
    }
  }
}

interface ErrorVerdict {
  accepted: boolean;
  /** Estimated error at the order in use and one below. */
  errorAtOrder: number;
  errorBelow: number;
  orderNext: number;
}
