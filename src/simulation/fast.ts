// The fast transport model: a cell through one protocol step with closed forms, for a thousand cycles in a moment.
//
// Everything slow (lithium, layers, salt, temperature) and every diffusion lag is advanced exactly or in closed form over
// a sub-step in which the current is constant or linear; `fast-cell.ts` holds that arithmetic. Here are the branches: how
// long a sub-step is, which current meets a held voltage, power or load, where a stop lies inside a sub-step, and which
// rows are worth storing. A sub-step is always tried from its start state, so a shorter one can be tried again at no loss.

import { power, square } from '../numerics/index.ts';
import type { CellParameters } from './compile.ts';
import {
  type CellState,
  emptyRow,
  LITHIUM_mol_per_m2_SPARSE,
  type ResolvedStep,
  type RowSink,
  type StepEnd,
  TEMPERATURE_K_MAX,
  TEMPERATURE_K_MIN,
  type TransportModel,
  type Work,
} from './contract.ts';
import { createFastCell } from './fast-cell.ts';

/** Stops are located to this, s. */
const STOP_TOLERANCE_s = 1e-9;
const LOCATE_ITERATIONS_MAX = 80;
/** A stop whose margin jumps by more than this (V, or relative) is probably singular: look first just before its end. */
const SINGULAR_MARGIN = 0.2;
const SINGULAR_PROBES = 3;
/** A safety limit gives way by this much, so that holding exactly at it is allowed, V. */
const LIMIT_SLACK_V = 1e-8;
/** Charges equal to the wanted one within this relative rounding have arrived. */
const CHARGE_ROUNDING = 1e-13;

/** Sub-steps of one protocol step at most: so many, and some for each stored row and each knot of a profile. */
const SUBSTEPS_MAX = 20_000;
const SUBSTEPS_PER_ROW_MAX = 20;
/** Attempts at one sub-step before the step fails. */
const ATTEMPTS_MAX = 60;
/** Sub-steps per expected length of a step. */
const PARTS_METAL = 6;
const PARTS_CATHODE = 20;
/** The same where only the ends of a step are wanted. */
const PARTS_ENDS_METAL = 1;
const PARTS_ENDS_CATHODE = 6;
const FIRST_ENDS_SHARE = 1e-2;
/** Charge is where it should be within this share. */
const ARRIVED_SHARE = 1e-11;
/**
 * Points of a mean over a sub-step, and the share of it that each stands for: Gauss-Legendre in s of t = s³(10 − 15s + 6s²), which
 * crowds them at both ends, where diffusion settles, nuclei form and the last lithium goes.
 */
const MEAN_POINTS = crowdedPoints();
/** In sub-steps shorter than these shares of the step the voltage is nearly a line. */
const TWO_POINTS_SHARE = 0.3;
const ONE_POINT_SHARE = 0.03;
const TWO_POINTS = [0.5 - Math.sqrt(1 / 12), 0.5 + Math.sqrt(1 / 12)].map((at) => ({ at, share: 0.5 }));
const MIDPOINT = [{ at: 0.5, share: 1 }];
/** First sub-step as a share of the slowest diffusion time in the electrolyte. */
const FIRST_SHARE = 0.2;
/** Growth of a sub-step at most. */
const GROWTH_MAX = 20;
/** Change of voltage aimed at in a sub-step under constant current, and the most accepted while rows are free, V. */
const CHANGE_AIM_V = 0.02;
const CHANGE_MAX_V = 0.06;
/** A sub-step is not refined below this share of the step's expected length. */
const REFINE_SHARE_MIN = 1 / 400;
/** Rows placed before a steep end, each at this share of what is left. */
const KNEE_ROWS = 3;
const KNEE_SHARE = 0.9;
/** Change of temperature in one sub-step at most, K. */
const WARMING_MAX_K = 0.5;

/** Held voltage, power or load: tolerance of the current against its linear prediction, relative. */
const CURRENT_TOLERANCE = 0.005;
/** Share of the largest current of the step, and current, below which only absolute changes count. */
const CURRENT_FLOOR = 0.01;
const CURRENT_A_per_m2_FLOOR = 1e-3;
/** Sub-steps with a flat current at the start of a hold, and after a current that swings to and fro. */
const FLAT_FIRST = 1;
const FLAT_AFTER_SWING = 4;
/** Lithium melts (CRC Handbook); beyond it no law here holds. */
const HOLD_PARTS = 12;
const HOLD_FIRST_SHARE = 0.01;
/** A row is stored in a hold whenever the current has changed by this share. */
const HOLD_ROW_CHANGE = 0.2;
/** No sub-step of a hold is refined below this, s; where even the shortest has no answer, the step fails. */
const HOLD_STEP_s_min = 1e-6;
const SOLVE_ITERATIONS_MAX = 100;
/** First search for a current when nothing is known of the cell's resistance, and its growth. */
const FIRST_REACH_A_per_m2 = 0.1;
const REACH_GROWTH = 30;
/** Currents among which a stop is looked for on the way to what no current meets. */
const SEARCHED_A_per_m2_MAX = 1e6;
const HOLD_TOLERANCE_V = 1e-12;
const POWER_TOLERANCE = 1e-12;

type Drive = 'current' | 'voltage' | 'power' | 'load';

/** What can end a step, in the order in which simultaneous ends are preferred. Negative codes are physics. */
const COUNTER_LITHIUM = -1;
const WORKING_LITHIUM = -2;
const COUNTER_SALT = -3;
const WORKING_SALT = -4;
const CATHODE_EMPTY = -5;
const CATHODE_FULL = -6;

/** The fast model of one cell. It keeps no state between steps but scratch memory: everything lives in `CellState`. */
export function createFastModel(p: CellParameters): TransportModel {
  const cell = createFastCell(p);
  const row = emptyRow();

  // The running step. Currents j, A/m2; t since the start of the step, s; V the cell voltage at the end of the attempt.
  let step: ResolvedStep;
  let work: Work;
  let drive: Drive = 'current';
  let steadyTarget = 0;
  let profileTime: Float64Array | null = null;
  let profileValue: Float64Array | null = null;
  let knot = 0;
  let t = 0;
  let jStart = 0;
  let jEnd = 0;
  let vStart = 0;
  let V = 0;
  let heatStart = 0;
  let slope = 0;
  /**
   * Sub-steps still to be taken with the end's current throughout (implicit Euler) and not with a ramp (the trapezoidal rule).
   * The ramp is second order but swings where the current answers at once, as with the last lithium on a collector.
   */
  let lastStored_s = Number.NaN;
  let flat = 0;
  let events: readonly number[] = [];
  const eventsOfStops = new WeakMap<ResolvedStep['stops'], readonly number[]>();

  function readControl(): void {
    const { control } = step;
    profileTime = null;
    profileValue = null;
    knot = 0;
    switch (control.kind) {
      case 'current':
        drive = 'current';
        steadyTarget = control.j_A_per_m2;
        return;
      case 'voltage':
        drive = 'voltage';
        steadyTarget = control.voltage_V;
        return;
      case 'power':
        drive = 'power';
        steadyTarget = control.power_W_per_m2;
        return;
      case 'resistance':
        drive = 'load';
        steadyTarget = control.sign * control.resistance_ohm_m2;
        return;
      case 'profile':
        drive = control.of;
        profileTime = control.time_s;
        profileValue = control.value;
    }
  }

  /** The profile is linear between its knots and stays at its last value. */
  function targetAt(time: number): number {
    if (profileTime === null || profileValue === null) return steadyTarget;
    const last = profileTime.length - 1;
    while (knot > 0 && profileTime[knot]! > time) knot--;
    while (knot < last && profileTime[knot + 1]! <= time) knot++;
    if (knot >= last) return profileValue[last]!;
    const t0 = profileTime[knot]!;
    const t1 = profileTime[knot + 1]!;
    return profileValue[knot]! + ((profileValue[knot + 1]! - profileValue[knot]!) * (time - t0)) / (t1 - t0);
  }

  /** Time to the next knot after `time`, so that no sub-step crosses one. */
  function toNextKnot(time: number): number {
    if (profileTime === null) return Infinity;
    targetAt(time);
    return knot < profileTime.length - 1 ? profileTime[knot + 1]! - time : Infinity;
  }

  /** Try a sub-step that ends with current j: fills the cell's trial state and V. */
  function take(dt: number, j: number): void {
    work.residuals++;
    jEnd = j;
    cell.advance(dt, flat > 0 ? j : jStart, j, heatStart);
    V = cell.voltage(j);
    if (cell.warms && dt > 0) {
      cell.warm(dt, 0.5 * (heatStart + cell.heat(V, j)));
      V = cell.voltage(j);
    }
  }

  /** How far the attempt's end is from what is held, V or W/m2; rises with the current on the branch of interest. */
  function mismatch(goal: number): number {
    if (drive === 'voltage') return V - goal;
    if (drive === 'power') return jEnd * V - goal;
    return goal < 0 ? V - goal * jEnd : goal * jEnd - V;
  }

  function residual(dt: number, j: number, goal: number): number {
    take(dt, j);
    return mismatch(goal);
  }

  /** Try a sub-step under whatever is held. False when no current meets it or the voltage is not a number. */
  function attempt(dt: number, guess: number): boolean {
    if (drive === 'current') {
      take(dt, targetAt(t + dt));
      // An infinite voltage is an answer: the kinetics cannot carry the current, and a voltage stop ends the step.
      return !Number.isNaN(V) && (Number.isFinite(V) || stopsBeyond(V));
    }
    return solveCurrent(dt, guess, targetAt(t + dt));
  }

  /** Whether some voltage stop lies on the way to `infinite`. */
  function stopsBeyond(infinite: number): boolean {
    for (const stop of step.stops)
      if (stop.of === 'voltage' && stop.side === (infinite > 0 ? 'above' : 'below')) return true;
    return false;
  }

  /** Find the current that meets `goal` at the end of a sub-step: secant steps outward until bracketed, then inside. */
  function solveCurrent(dt: number, guess: number, goal: number): boolean {
    const tolerance = drive === 'power' ? POWER_TOLERANCE * Math.max(1, Math.abs(goal)) : HOLD_TOLERANCE_V;
    const lowest = drive === 'power' && goal >= 0 ? 0 : -Infinity;
    const highest = drive === 'power' && goal <= 0 ? 0 : Infinity;
    let a = Math.min(Math.max(guess, lowest), highest);
    let fa = residual(dt, a, goal);
    if (Number.isNaN(fa)) return false;
    if (Math.abs(fa) <= tolerance) return true;
    let reach = slope > 0 && Number.isFinite(fa) ? 1.05 * Math.abs(fa / slope) : FIRST_REACH_A_per_m2;
    const direction = fa < 0 ? 1 : -1;
    let b = a;
    let fb = fa;
    let bracketed = false;
    for (let i = 0; i < SOLVE_ITERATIONS_MAX && !bracketed; i++) {
      b = Math.min(Math.max(a + direction * reach, lowest), highest);
      if (b === a) return false;
      fb = residual(dt, b, goal);
      if (Number.isNaN(fb)) return false;
      if (Math.abs(fb) <= tolerance) return true;
      bracketed = fb > 0 !== fa > 0;
      if (bracketed) break;
      // Beyond the largest power that the cell can give, more current gives less.
      if (drive === 'power' && Math.abs(fb) >= Math.abs(fa)) return false;
      const secant = Math.abs((fb * (b - a)) / (fb - fa));
      reach = Number.isFinite(secant) ? Math.min(Math.max(1.2 * secant, reach), REACH_GROWTH * reach) : 2 * reach;
      a = b;
      fa = fb;
    }
    if (!bracketed) return false;
    const chord = (fb - fa) / (b - a);
    slope = Number.isFinite(chord) ? chord : 0;
    // Illinois: an end that stays twice in a row counts half, so that the secant must cross; bisection bounds the worst case.
    let ga = fa;
    let gb = fb;
    let side = 0;
    for (let i = 0; i < SOLVE_ITERATIONS_MAX; i++) {
      if (Math.abs(b - a) <= 4 * Number.EPSILON * Math.max(Math.abs(a), Math.abs(b))) break;
      let x = b - (gb * (b - a)) / (gb - ga);
      if (i % 6 === 5 || !(Math.min(a, b) < x && x < Math.max(a, b))) x = 0.5 * (a + b);
      const fx = residual(dt, x, goal);
      if (Number.isNaN(fx)) return false;
      if (Math.abs(fx) <= tolerance) return true;
      if (fx > 0 === fb > 0) {
        b = x;
        fb = gb = fx;
        if (side === 1) ga *= 0.5;
        side = 1;
      } else {
        a = x;
        fa = ga = fx;
        if (side === -1) gb *= 0.5;
        side = -1;
      }
    }
    // The bracket has shrunk to rounding: the voltage is steeper here than numbers can resolve, and the current is known.
    take(dt, Math.abs(fa) < Math.abs(fb) ? a : b);
    return Number.isFinite(V);
  }

  /** Not negative once the event has come about, at the attempt just made. */
  function margin(event: number): number {
    // A voltage beyond all bounds meets a voltage stop; nothing else is known of such an attempt.
    if (!Number.isFinite(V) && (event < 0 || step.stops[event]!.of !== 'voltage')) return -Infinity;
    switch (event) {
      case COUNTER_LITHIUM:
        return jEnd < 0 || jStart < 0 ? -cell.left.counter : -Infinity;
      case WORKING_LITHIUM:
        return jEnd > 0 || jStart > 0 ? -cell.left.working : -Infinity;
      case COUNTER_SALT:
        return drive === 'voltage' ? -Infinity : cell.salt.floor - cell.salt.counter;
      case WORKING_SALT:
        return drive === 'voltage' ? -Infinity : cell.salt.floor - cell.salt.working;
      case CATHODE_EMPTY:
        return -cell.left.surface;
      case CATHODE_FULL:
        return cell.left.surface - 1;
      default: {
        const stop = step.stops[event]!;
        const sign = stop.side === 'above' ? 1 : -1;
        if (stop.of === 'voltage') return sign * (V - stop.value) - (stop.limit ? LIMIT_SLACK_V : 0);
        if (stop.of === 'current') return sign * (Math.abs(jEnd) - stop.value);
        return sign * (Math.abs(cell.charge()) - stop.value * (1 - sign * CHARGE_ROUNDING));
      }
    }
  }

  /** The lesser of the metals that the current draws on, at the attempt just made; below 0 when overdrawn, mol/m2. */
  function scarcest(): number {
    const counter = jEnd < 0 ? cell.left.counter : Infinity;
    return Math.min(counter, jEnd > 0 && !cell.hasCathode ? cell.left.working : Infinity);
  }

  /** The first moment of a sub-step of length `dt`, overdrawn at its end, at which a metal is used up. */
  function drained(dt: number): number {
    let low = 0;
    let high = dt;
    let fHigh = scarcest();
    cell.advance(0, jStart, jStart, heatStart);
    let fLow = scarcest();
    if (!(fLow > 0)) return dt;
    let side = 0;
    for (let i = 0; i < LOCATE_ITERATIONS_MAX && high - low > 0.5 * STOP_TOLERANCE_s; i++) {
      const guard = Math.min(0.25 * STOP_TOLERANCE_s, 0.25 * (high - low));
      const secant = i % 6 === 5 ? 0.5 * (low + high) : low + (fLow * (high - low)) / (fLow - fHigh);
      const x = Math.min(Math.max(secant, low + guard), high - guard);
      if (!(low < x && x < high)) break;
      cell.advance(x, jStart, targetAt(t + x), heatStart);
      const f = scarcest();
      if (f > 0) {
        low = x;
        fLow = f;
        if (side === -1) fHigh *= 0.5;
        side = -1;
      } else {
        high = x;
        fHigh = f;
        if (side === 1) fLow *= 0.5;
        side = 1;
      }
    }
    return high;
  }

  /**
   * The time of `event` within a sub-step of length `dt` whose end lies beyond it. Leaves the attempt at that time, on
   * the side where the event's margin is the smaller.
   */
  function locate(event: number, dt: number, guess: number): number {
    let low = 0;
    let high = dt;
    let gHigh = margin(event);
    if (drive === 'current' && event >= 0 && step.stops[event]!.of === 'voltage' && scarcest() < 0) {
      // A voltage that runs away as the last lithium goes is met just before that moment, which is found without it.
      high = drained(dt);
      take(high, targetAt(t + high));
      gHigh = margin(event);
      if (gHigh < 0) {
        high = dt;
        take(high, targetAt(t + high));
        gHigh = margin(event);
      }
    }
    // Where there is no voltage the event counts as passed, so that the answer stays on sound ground.
    const at = (x: number): number => {
      if (!attempt(x, jStart + ((guess - jStart) * x) / dt)) return Number.NaN;
      return Number.isFinite(V) ? margin(event) : Infinity;
    };
    let gLow = at(0);
    if (!(gLow < 0)) return 0;
    const singular = gHigh > SINGULAR_MARGIN;
    let wLow = gLow;
    let wHigh = gHigh;
    let side = 0;
    for (let i = 0; i < LOCATE_ITERATIONS_MAX && high - low > STOP_TOLERANCE_s; i++) {
      let x = low - (wLow * (high - low)) / (wHigh - wLow);
      if (i < SINGULAR_PROBES && singular) x = high - 0.9 * STOP_TOLERANCE_s;
      else if (i % 6 === 5 || !Number.isFinite(x) || wHigh === Infinity) x = 0.5 * (low + high);
      // Half a tolerance from the ends, so that a secant that is right already also closes the bracket.
      const guard = Math.min(0.5 * STOP_TOLERANCE_s, 0.25 * (high - low));
      x = Math.min(Math.max(x, low + guard), high - guard);
      if (!(low < x && x < high)) break;
      const g = at(x);
      if (g < 0) {
        low = x;
        gLow = wLow = g;
        if (side === -1) wHigh *= 0.5;
        side = -1;
      } else {
        high = x;
        gHigh = wHigh = Number.isNaN(g) ? Infinity : g;
        if (side === 1) wLow *= 0.5;
        side = 1;
      }
    }
    let found = Math.abs(gLow) < Math.abs(gHigh) || event < 0 ? low : high;
    let g = at(found);
    // A held current is known to a tolerance, and a little of the lithium drawn with it: step back until none is owed.
    for (let back = STOP_TOLERANCE_s; event < 0 && !(g < 0) && found > 0; back *= 4) {
      found = Math.max(0, low - back);
      g = at(found);
    }
    return found;
  }

  function endOf(event: number): StepEnd {
    switch (event) {
      case COUNTER_LITHIUM:
        return { kind: 'lithium-exhausted', side: 'counter' };
      case WORKING_LITHIUM:
        return { kind: 'lithium-exhausted', side: 'working' };
      case COUNTER_SALT:
        return { kind: 'salt-depleted', side: 'counter' };
      case WORKING_SALT:
        return { kind: 'salt-depleted', side: 'working' };
      case CATHODE_EMPTY:
        return { kind: 'cathode-limit', stoichiometry: 0 };
      case CATHODE_FULL:
        return { kind: 'cathode-limit', stoichiometry: 1 };
      default:
        return { kind: 'stop', stop: step.stops[event]! };
    }
  }

  /** The protocol's own stops first, then the cell's limits, then physics. */
  function eventsOf(stops: ResolvedStep['stops']): readonly number[] {
    const own = stops.flatMap((stop, i) => (stop.limit ? [] : [i]));
    const limits = stops.flatMap((stop, i) => (stop.limit ? [i] : []));
    const physics = [COUNTER_LITHIUM, COUNTER_SALT, WORKING_SALT];
    if (cell.hasCathode) physics.push(CATHODE_EMPTY, CATHODE_FULL);
    else physics.push(WORKING_LITHIUM);
    return [...own, ...limits, ...physics];
  }

  /** Time until a charge stop or the end of lithium at a constant current, s. */
  function toKnownEnd(): number {
    if (drive !== 'current' || profileTime !== null || jEnd === 0) return Infinity;
    // A little beyond, so that the end is overstepped and located and not approached for ever.
    let end = cell.exhaustion_s(jEnd) + STOP_TOLERANCE_s;
    for (const stop of step.stops) {
      if (stop.of === 'charge' && stop.side === 'above') {
        end = Math.min(end, Math.max(0, stop.value - Math.abs(cell.charge())) / Math.abs(jEnd));
      }
    }
    return end;
  }

  function store(sink: RowSink, time_s: number, voltage_V: number): void {
    row.time_s = time_s;
    row.j_A_per_m2 = jEnd;
    row.voltage_V = voltage_V;
    cell.describeInto(row);
    // Where a stop lies on a voltage too steep for the clock, the row holds the stop's value and the surface takes the rest.
    if (voltage_V !== V) {
      const others = row.openCircuit_V + row.ohmic_V + row.interphase_V + row.counterKinetics_V + row.concentration_V;
      row.workingKinetics_V = voltage_V - others;
    }
    row.weight_s = atEndsOnly() ? 0 : Number.NaN;
    lastStored_s = time_s;
    sink(row);
  }

  /** Whether the running step is one of constant current of which only the ends are wanted. */
  function atEndsOnly(): boolean {
    return (
      step.detail !== undefined &&
      step.detail !== 'rows' &&
      drive === 'current' &&
      profileTime === null &&
      step.period_s === Infinity
    );
  }

  /** Whether the attempt ends at the very charge that stops the step: nothing is left to locate. */
  function arrivedAtCharge(event: number): boolean {
    const stop = event >= 0 ? step.stops[event]! : null;
    return stop?.of === 'charge' && Math.abs(margin(event)) < ARRIVED_SHARE * stop.value;
  }

  /** Points for the mean over a sub-step of this share of the step; a cathode, and the first lithium on bare metal, bend the voltage. */
  function pointsFor(part: number): typeof MEAN_POINTS {
    if (part >= TWO_POINTS_SHARE || cell.hasCathode || cell.bare(jEnd)) return MEAN_POINTS;
    return part < ONE_POINT_SHARE ? MIDPOINT : TWO_POINTS;
  }

  /** Rows for the means of a sub-step that is about to be accepted; leaves the attempt at its end again. */
  function pointsBetween(sink: RowSink, start_s: number, h: number, expected_s: number): boolean {
    cell.wantGrowth(false);
    for (const { at, share } of pointsFor(h / expected_s)) {
      if (!attempt(at * h, jEnd) || !Number.isFinite(V)) continue;
      row.time_s = start_s + t + at * h;
      row.j_A_per_m2 = jEnd;
      row.voltage_V = V;
      cell.describeInto(row);
      row.weight_s = share * h;
      sink(row);
    }
    cell.wantGrowth(true);
    return attempt(h, jEnd);
  }

  function outsideTemperatures(): boolean {
    const T = cell.temperature_K();
    return !(T >= TEMPERATURE_K_MIN && T <= TEMPERATURE_K_MAX);
  }

  /**
   * Why no current meets `goal`: a voltage stop lies on the way there, the metal that it would strip is gone, or the cell does
   * not reach so far.
   */
  function unmet(goal: number): StepEnd {
    take(0, 0);
    const signs = { voltage: goal - V, load: goal * V, power: goal, current: goal };
    const direction = signs[drive] < 0 ? -1 : 1;
    const left = direction < 0 ? cell.left.counter : cell.hasCathode ? Infinity : cell.left.working;
    if (left < LITHIUM_mol_per_m2_SPARSE) {
      return { kind: 'lithium-exhausted', side: direction < 0 ? 'counter' : 'working' };
    }
    for (let size = FIRST_REACH_A_per_m2; drive !== 'voltage' && size < SEARCHED_A_per_m2_MAX; size *= 2) {
      take(0, direction * (drive === 'current' ? Math.min(size, Math.abs(goal)) : size));
      for (const stop of step.stops) {
        const reached = (stop.side === 'above') === direction > 0 && direction * (V - stop.value) >= 0;
        if (stop.of === 'voltage' && reached) return { kind: 'stop', stop };
      }
    }
    return { kind: 'demand-unmet', message: sentence(drive, goal) };
  }

  function runStep(
    state: CellState,
    resolved: ResolvedStep,
    sink: RowSink,
    counts: Work,
    aborted: () => boolean,
  ): StepEnd {
    step = resolved;
    work = counts;
    readControl();
    const known = eventsOfStops.get(step.stops);
    events = known ?? eventsOf(step.stops);
    if (known === undefined) eventsOfStops.set(step.stops, events);
    cell.load(state, step.ambient_K);
    const start_s = state.time_s;
    const duration_s = step.duration_s;
    const finish = (end: StepEnd): StepEnd => {
      cell.store(state, start_s + t);
      return end;
    };
    /** A step ends on a row: that of the last moment at which something met what is held. */
    const keepLast = (): void => {
      if (lastStored_s === start_s + t) return;
      take(0, jStart);
      if (Number.isFinite(V)) store(sink, start_s + t, V);
    };
    const failed = (what: string): StepEnd => {
      keepLast();
      return finish({
        kind: 'failed',
        message: `Stopped ${t.toPrecision(9)} s into the step (t = ${(start_s + t).toPrecision(9)} s): ${what} The state at that moment is kept.`,
      });
    };

    /** Nothing meets what is held. */
    const beyond = (goal: number): StepEnd => {
      const end = unmet(goal);
      keepLast();
      return finish(end);
    };

    t = 0;
    jStart = 0;
    heatStart = 0;
    slope = 0;
    lastStored_s = Number.NaN;
    flat = drive === 'current' ? 0 : FLAT_FIRST;
    if (!attempt(0, 0)) return beyond(targetAt(0));
    cell.accept();
    jStart = jEnd;
    vStart = V;
    heatStart = cell.heat(V, jEnd);
    for (const event of events) {
      if (margin(event) < 0) continue;
      store(
        sink,
        start_s,
        event >= 0 && step.stops[event]!.of === 'voltage' ? boundedBy(step.stops[event]!.value, V) : V,
      );
      return finish(endOf(event));
    }
    store(sink, start_s, V);
    if (outsideTemperatures()) return finish({ kind: 'temperature-limit' });

    const held = drive !== 'current';
    const endsOnly = atEndsOnly();
    const everyRow = step.period_s === Infinity && !endsOnly;
    const expected = Math.min(duration_s, toKnownEnd());
    const parts = cell.hasCathode
      ? endsOnly
        ? PARTS_ENDS_CATHODE
        : PARTS_CATHODE
      : endsOnly
        ? PARTS_ENDS_METAL
        : PARTS_METAL;
    const longest = expected / (held ? HOLD_PARTS : parts);
    const slowest = cell.slowestDiffusion_s();
    let dt = Math.min(longest, (held ? HOLD_FIRST_SHARE : FIRST_SHARE) * slowest);
    // A film grows only where there is lithium to grow on: the first of it on bare metal is a sub-step of its own.
    if (endsOnly) dt = cell.bare(jStart) ? Math.max(dt, FIRST_ENDS_SHARE * expected) : longest;
    let nextRow = step.period_s;
    let rate = 0;
    let lastMove = 0;
    let jLargest = Math.abs(jStart);
    let jRow = jStart;
    let vRow = V;
    let tRow = 0;
    let knee = KNEE_ROWS;
    let knownEnd = -1;

    const marks = (everyRow ? 0 : duration_s / step.period_s) + (profileTime?.length ?? 0);
    const substepsMost = SUBSTEPS_MAX + SUBSTEPS_PER_ROW_MAX * marks;
    for (let substep = 0; substep < substepsMost; substep++) {
      if (t >= duration_s) return finish({ kind: 'duration' });
      if (aborted()) return finish({ kind: 'aborted' });

      const remaining = duration_s - t;
      const knotIn = toNextKnot(t);
      const bendIn = held ? Infinity : cell.bend_s(jEnd);
      const cap = Math.min(remaining, nextRow - t, knotIn, toKnownEnd(), bendIn);
      let h = Math.min(dt, longest);
      if (knee < KNEE_ROWS && knownEnd > t) {
        h = Math.min(cap, KNEE_SHARE * (knownEnd - t));
        knee++;
      } else if (h >= cap) h = cap;
      else if (h > 0.5 * cap) h = 0.5 * cap;

      let accepted = false;
      let guess = jStart;
      let error = 0;
      for (let tries = 0; tries < ATTEMPTS_MAX && !accepted; tries++) {
        guess = jStart + rate * h;
        if (!attempt(h, guess)) {
          if (h <= HOLD_STEP_s_min) return beyond(targetAt(t + h));
          h *= 0.25;
        } else if (Math.abs(cell.warming()) > WARMING_MAX_K && h > expected * 1e-6) h *= 0.5;
        else if (held) {
          error = Math.abs(jEnd - guess) / (CURRENT_TOLERANCE * scaleOf(jLargest));
          if (error > 1 && h > HOLD_STEP_s_min) h *= Math.max(0.2, 0.9 / Math.sqrt(error));
          else accepted = true;
        } else {
          const change = Math.abs(V - vStart);
          const refine = everyRow && change > CHANGE_MAX_V && h > expected * REFINE_SHARE_MIN && !happened();
          if (refine) h *= Math.max(0.2, CHANGE_AIM_V / change);
          else accepted = true;
        }
        if (!accepted) work.rejected++;
      }
      if (!accepted) return beyond(targetAt(t + h));

      let ending: number | null = null;
      for (const event of events) {
        if (margin(event) < 0) continue;
        if (!(endsOnly && arrivedAtCharge(event))) h = locate(event, h, jEnd);
        ending = event;
      }
      let shown = V;
      if (ending !== null && ending >= 0 && step.stops[ending]!.of === 'voltage')
        shown = boundedBy(step.stops[ending]!.value, V);
      // A steep end found for the first time is approached in a few rows before it is met.
      if (ending !== null && everyRow && !held && knownEnd < 0 && Math.abs(shown - vStart) > CHANGE_MAX_V) {
        knownEnd = t + h;
        h *= KNEE_SHARE;
        knee = 1;
        if (!attempt(h, jEnd)) return beyond(targetAt(t + h));
        ending = null;
        shown = V;
      }

      if (step.detail === 'ends' && endsOnly && h > 0 && jEnd !== 0) {
        if (!pointsBetween(sink, start_s, h, expected)) return beyond(targetAt(t + h));
      }
      const change = Math.abs(V - vStart);
      const onGrid = h === nextRow - t;
      const arrived = h === remaining;
      const warmed = Math.abs(cell.warming());
      cell.accept();
      work.steps++;
      const swing =
        held && (jEnd - jStart) * lastMove < 0 && Math.abs(jEnd - jStart) > CURRENT_TOLERANCE * scaleOf(jLargest);
      flat = swing ? FLAT_AFTER_SWING : Math.max(0, flat - 1);
      lastMove = jEnd - jStart;
      rate = h === knotIn || h === 0 ? 0 : (jEnd - jStart) / h;
      t = arrived ? duration_s : onGrid ? nextRow : t + h;
      if (onGrid) nextRow += step.period_s;
      jStart = jEnd;
      vStart = V;
      heatStart = cell.heat(V, jEnd);
      jLargest = Math.max(jLargest, Math.abs(jEnd));

      const done = ending !== null || t >= duration_s;
      const moved =
        !held ||
        Math.abs(jEnd - jRow) > HOLD_ROW_CHANGE * Math.max(Math.abs(jRow), scaleOf(jLargest)) ||
        Math.abs(V - vRow) > CHANGE_AIM_V ||
        t - tRow > longest;
      if (done || onGrid || (everyRow && moved)) {
        store(sink, start_s + t, shown);
        jRow = jEnd;
        vRow = V;
        tRow = t;
      }
      if (ending !== null) return finish(endOf(ending));
      if (outsideTemperatures()) {
        if (lastStored_s !== start_s + t) store(sink, start_s + t, V);
        return finish({ kind: 'temperature-limit' });
      }

      // A jump that even the shortest sub-step cannot resolve is stepped over.
      if (held && error > 1) dt = 2 * h;
      else if (held) dt = h * Math.min(4, Math.max(0.3, 0.9 / Math.sqrt(Math.max(error, 1e-4))));
      else if (endsOnly) dt = longest;
      else dt = Math.max(h, dt) * Math.min(GROWTH_MAX, Math.max(1, CHANGE_AIM_V / Math.max(change, 1e-6)));
      if (warmed > 0) dt = Math.min(dt, (0.8 * WARMING_MAX_K * h) / warmed);
    }
    return failed(`${substepsMost} sub-steps were not enough: the current or the temperature does not come to rest.`);
  }

  /** The current that changes are measured against. */
  function scaleOf(jLargest: number): number {
    return Math.max(Math.abs(jEnd), CURRENT_FLOOR * jLargest, CURRENT_A_per_m2_FLOOR);
  }

  /** Whether any event has come about in the attempt just made. */
  function happened(): boolean {
    for (const event of events) if (margin(event) >= 0) return true;
    return false;
  }

  return { name: 'fast', runStep };
}

function crowdedPoints(): readonly { readonly at: number; readonly share: number }[] {
  // Gauss-Legendre with five points on −1 … 1 (Abramowitz & Stegun 25.4).
  const nodes = [-0.906179845938664, -0.538469310105683, 0, 0.538469310105683, 0.906179845938664];
  const weights = [0.236926885056189, 0.478628670499366, 0.568888888888889, 0.478628670499366, 0.236926885056189];
  return nodes.map((node, k) => {
    const s = 0.5 * (1 + node);
    return { at: power(s, 3) * (10 - 15 * s + 6 * s * s), share: 15 * s * s * square(1 - s) * weights[k]! };
  });
}

/** The stop's value where the voltage has overrun it noticeably; the voltage itself where it was met. */
function boundedBy(stop_V: number, V: number): number {
  return Math.abs(V - stop_V) > 1e-6 ? stop_V : V;
}

function sentence(drive: Drive, goal: number): string {
  const size = `${Number(Math.abs(goal).toPrecision(4))}`;
  switch (drive) {
    case 'current':
      return `no potential carries ${size} A/m2: the kinetics of an electrode saturate below it`;
    case 'voltage':
      return `no current holds ${Number(goal.toPrecision(4))} V: the cell does not reach so far`;
    case 'power':
      return `no current ${goal < 0 ? 'gives' : 'takes'} ${size} W/m2: it is more than the cell can ${goal < 0 ? 'give' : 'take'}`;
    case 'load':
      return `no current meets a load of ${size} Ohm m2 in this direction`;
  }
}
