// The full transport model: the one-dimensional equations of `full-system.ts` taken through protocol steps by the BDF
// integrator, with every end of a step located on its dense output.

import { bracketedRoot, DaeIntegrator } from '../numerics/index.ts';
import { F } from '../units/index.ts';
import type { CellParameters } from './compile.ts';
import type {
  CellState,
  ResolvedStep,
  Row,
  RowSink,
  StepEnd,
  StopCondition,
  TransportModel,
  Work,
} from './contract.ts';
import { createFullSystem, type FullSystem, type VoltageParts } from './full-system.ts';
import { THICKNESS_m_PER_mol_per_m2 } from './metal-side.ts';

export interface FullOptions {
  /** Wanted accuracy; 2e-4 (the default) gives the voltage to about 0.1 mV, 1e-8 to about a microvolt. */
  readonly relativeTolerance?: number;
}

export const FULL_RELATIVE_TOLERANCE = 2e-4;

const EVENT_s_TOLERANCE = 1e-9;
/** Accepted steps in one protocol step; a bound, not a budget. */
const STEPS_MAX = 500_000;
/** Fresh starts after a stall in one protocol step, at most. */
const RESTARTS_MAX = 50;
/** A step's rows between two of the integrator's steps, at most. */
const ROWS_PER_STEP_MAX = 100_000;
/** Salt at a metal's surface below this ends a step: the limiting current is reached. */
const DEPLETED_mol_per_m3 = 1;
/**
 * A step ends when the particles of every node are this close to empty or full at their surface. One node alone does not
 * end it: its exchange current vanishes and the others take over, until the voltage says that it is enough.
 */
const STOICHIOMETRY_MARGIN = 1e-6;
/** Rows within the last solver step before a located end get as close to it as this share of the step. */
const KNEE_SHARE_MIN = 1e-4;
const LITHIUM_mol_per_m2_NONE = 1e-12;
/** A side with less than this, a ten-thousandth of an atomic layer, that no potential strips is called empty. */
const LITHIUM_mol_per_m2_LAST = 1e-9;
/** Currents by which a start is approached, and the accuracy with which its own is then found. */
const APPROACH_A_per_m2_MIN = 1e-4;
const APPROACH_A_per_m2_MAX = 1e6;
const APPROACH_FACTOR = 4;
const APPROACH_TOLERANCE = 1e-9;

/** What can end a step between two accepted steps: positive once it has happened. */
interface Watch {
  readonly end: StepEnd;
  /** At the solution y of time t. */
  gap(y: Float64Array, t: number): number;
  previous: number;
}

export function createFullModel(parameters: CellParameters, options: FullOptions = {}): TransportModel {
  const system = createFullSystem(parameters);
  const tolerances = system.tolerances(options.relativeTolerance ?? FULL_RELATIVE_TOLERANCE);
  const integrator = new DaeIntegrator(system, {
    relativeTolerance: tolerances.relative,
    absoluteTolerance: tolerances.absolute,
    measured: tolerances.measured,
  });
  const y = new Float64Array(system.size);
  const probe = new Float64Array(system.size);
  const parts: VoltageParts = {
    voltage: 0,
    openCircuit: 0,
    ohmic: 0,
    interphase: 0,
    counterKinetics: 0,
    workingKinetics: 0,
    concentration: 0,
  };
  const row: Row = {
    time_s: 0,
    j_A_per_m2: 0,
    voltage_V: 0,
    temperature_K: 0,
    counterLithium_m: 0,
    workingLithium_m: 0,
    cathodeStoichiometry: 0,
    openCircuit_V: 0,
    ohmic_V: 0,
    interphase_V: 0,
    counterKinetics_V: 0,
    workingKinetics_V: 0,
    concentration_V: 0,
  };
  const knownVoltage = { t: Number.NaN, V: Number.NaN };
  /**
   * The state as this model last left it, and the integrator's time there, to continue a step without a restart where
   * nothing changed.
   */
  let last: { readonly profiles: CellState['profiles']; readonly t: number; readonly control: string } | null = null;
  /** Time of the test at which the integrator's own clock stood at 0: after years a short step must not drown in rounding. */
  let origin_s = 0;

  return {
    name: 'full',
    runStep: (state, step, sink, work, aborted) => takeStep({ state, step, sink, work, aborted }),
  };

  function takeStep({ state, step, sink, work, aborted }: Run): StepEnd {
    const before = { ...integrator.work };
    knownVoltage.t = Number.NaN;
    const control = controlKey(step);
    const segments = segmentsOf(step);
    // A step of no length leaves nothing to continue from: the integrator has not moved yet.
    const continued =
      integrator.hUsed > 0 &&
      last !== null &&
      last.control === control &&
      last.profiles === state.profiles &&
      segments.length === 1;
    if (!continued) origin_s = state.time_s;
    const t0 = continued ? last!.t : 0;
    const tEnd = t0 + step.duration_s;
    const charge0 = state.charge_C_per_m2;
    const stoichiometry0 = state.cathodeStoichiometry;
    const context = { charge0, stoichiometry0, sink };

    let end: StepEnd | null = null;
    let segment = 0;
    setDrive(step, segments, segment, t0);
    if (continued) {
      integrator.interpolateInto(t0, y);
    } else {
      // What the integrator held ends here, also when this step cannot start.
      last = null;
      anchor(system, state);
      pack(state);
      const started = start(step, t0, tEnd);
      if (started !== null) {
        countWork(work, before);
        emit(y, t0, context);
        return started;
      }
      y.set(integrator.y);
    }

    const watches = watchesOf(step, charge0);
    end = endAtStart(watches, y, t0);
    if (end === null || end.kind !== 'failed') emit(y, t0, context);
    let t = t0;
    let nextRow = t0 + step.period_s;
    let restarts = 0;
    let restartedAt = Number.NEGATIVE_INFINITY;
    for (let count = 0; end === null; count++) {
      if (count >= STEPS_MAX) {
        end = {
          kind: 'failed',
          message: `Stopped at ${at_s(t)}: ${STEPS_MAX} solver steps were not enough for one protocol step.`,
        };
        break;
      }
      if (aborted()) {
        end = { kind: 'aborted' };
        break;
      }
      const segmentEnd = segment + 1 < segments.length ? Math.min(tEnd, t0 + segments[segment + 1]!) : tEnd;
      if (t >= segmentEnd) {
        if (segmentEnd >= tEnd) {
          end = { kind: 'duration' };
          break;
        }
        segment++;
        setDrive(step, segments, segment, t0);
        knownVoltage.t = Number.NaN;
        const started = start(step, t, tEnd, integrator.hUsed > 0 ? Math.min(integrator.hUsed, tEnd - t) : undefined);
        if (started !== null) {
          end = started;
          break;
        }
        continue;
      }
      const tLeft = t;
      let tRight: number;
      if (integrator.t > t && integrator.hUsed > 0) {
        // The integrator is already past this point, from a step that an event cut short under the same control.
        tRight = Math.min(integrator.t, segmentEnd);
      } else {
        knownVoltage.t = Number.NaN;
        const outcome = integrator.advance(segmentEnd);
        if (outcome.kind !== 'stepped') {
          // A history gone bad can stall a step that a fresh start takes with ease: once per place, bounded per step.
          if (t > restartedAt && restarts < RESTARTS_MAX && integrator.initialise(t, y, tEnd).kind === 'consistent') {
            restartedAt = t;
            restarts++;
            y.set(integrator.y);
            continue;
          }
          end = stalled(outcome.t_s, outcome.h_s, outcome.because, y);
          break;
        }
        tRight = integrator.t;
      }
      let at = tRight === integrator.t ? integrator.y : interpolated(tRight);
      const crossing = firstCrossing(watches, tLeft, tRight, at);
      if (crossing !== null) {
        tRight = crossing.t;
        at = interpolated(tRight);
        end = crossing.end;
        // Located up to 1e-9 s late: back to where the last lithium was still there and the voltage had an answer.
        for (let back = EVENT_s_TOLERANCE; tRight > tLeft && isPast(end, at, tRight); back *= 2) {
          tRight = Math.max(tLeft, crossing.t - back);
          at = interpolated(tRight);
        }
      }
      if (crossing !== null && step.period_s === Number.POSITIVE_INFINITY) {
        // The voltage of a stripping runs away within the last moment: rows towards the end show how.
        for (let share = 0.5; share > KNEE_SHARE_MIN; share *= 0.25) {
          const inner = tRight - share * (tRight - tLeft);
          integrator.interpolateInto(inner, y);
          emit(y, inner, context);
        }
        at = interpolated(tRight);
      }
      for (let rows = 0; nextRow < tRight - EVENT_s_TOLERANCE && rows < ROWS_PER_STEP_MAX; rows++) {
        integrator.interpolateInto(nextRow, y);
        emit(y, nextRow, context);
        nextRow += step.period_s;
      }
      y.set(at);
      t = tRight;
      const atEnd = end !== null || t >= tEnd;
      if (atEnd || step.period_s === Number.POSITIVE_INFINITY || Math.abs(nextRow - t) <= EVENT_s_TOLERANCE) {
        emit(y, t, context);
        if (Math.abs(nextRow - t) <= EVENT_s_TOLERANCE) nextRow += step.period_s;
      }
    }
    // An interrupted step ends between its rows.
    if ((end.kind === 'aborted' || end.kind === 'failed') && row.time_s !== origin_s + t) emit(y, t, context);
    unpack(state, t, context);
    last = segments.length === 1 && end.kind !== 'failed' ? { profiles: state.profiles, t, control } : null;
    countWork(work, before);
    return end;
  }

  /** The voltage at a solution; evaluated once per time, since stops and rows ask for the same. */
  function voltageOf(at: Float64Array, t: number): number {
    if (t !== knownVoltage.t) {
      knownVoltage.V = system.voltageAt(at);
      knownVoltage.t = t;
    }
    return knownVoltage.V;
  }

  /** A time of the integrator as the test's, for a message. */
  function at_s(t: number): string {
    return `t = ${Number((origin_s + t).toPrecision(9))} s`;
  }

  function interpolated(t: number): Float64Array {
    integrator.interpolateInto(t, probe);
    return probe;
  }

  function isPast(end: StepEnd, at: Float64Array, t: number): boolean {
    return (end.kind === 'lithium-exhausted' && system.lithium(at, end.side) < 0) || Number.isNaN(voltageOf(at, t));
  }

  /** Solve for the algebraic unknowns at the start of a step, from the guess in y; null when that worked. */
  function start(step: ResolvedStep, t: number, tEnd: number, h?: number): StepEnd | null {
    const outcome = integrator.initialise(t, y, tEnd, h);
    if (outcome.kind === 'consistent') return null;
    probe.set(y);
    const { drive } = system;
    const { kind, value, slope } = drive;
    const target = value + slope * (t - drive.time_s);
    drive.kind = 'current';
    drive.slope = 0;
    const met = approach(kind, target, step.stops, t, tEnd);
    drive.kind = kind;
    drive.value = value;
    drive.slope = slope;
    if (met === null && integrator.initialise(t, y, tEnd, h).kind === 'consistent') return null;
    y.set(probe);
    return met ?? { kind: 'failed', message: inconsistent(at_s(t), outcome.because) };
  }

  /**
   * Where Newton's iteration finds no way from the guess: go there by constant currents, each solved from the one before,
   * until the control is met. Null with the solution in y when it is; else why the step cannot be.
   */
  function approach(
    kind: FullSystem['drive']['kind'],
    target: number,
    stops: readonly StopCondition[],
    t: number,
    tEnd: number,
  ): StepEnd | null {
    let voltage = Number.NaN;
    /** What the control lacks at current j; y follows. NaN where there is no solution. */
    const gapAt = (j: number): number => {
      system.drive.value = j;
      y[system.currentIndex] = j;
      if (integrator.initialise(t, y, tEnd).kind !== 'consistent') return Number.NaN;
      y.set(integrator.y);
      voltage = system.voltageAt(y);
      switch (kind) {
        case 'current':
          return j - target;
        case 'voltage':
          return voltage - target;
        case 'power':
          return j * voltage - target;
        case 'resistance':
          return voltage - target * j;
      }
    };
    const rest = gapAt(0);
    if (rest === 0) return null;
    // More current means more voltage; a load resistor (target < 0) drains a positive voltage by a negative current.
    const sign = kind === 'voltage' ? -rest : kind === 'resistance' ? rest * target : target;
    const direction = sign > 0 ? 1 : -1;
    const side = direction > 0 ? 'above' : 'below';
    const limits = stops.filter((stop) => stop.of === 'voltage' && stop.side === side);
    let passed: StopCondition | undefined;
    let [before, gapBefore] = [0, rest];
    for (let size = APPROACH_A_per_m2_MIN; size < APPROACH_A_per_m2_MAX; size *= APPROACH_FACTOR) {
      const j = direction * (kind === 'current' ? Math.min(size, Math.abs(target)) : size);
      const gap = gapAt(j);
      if (gap === 0) return null;
      if (Number.isNaN(gap)) break;
      if (gap > 0 !== rest > 0) {
        gapAt(bracketedRoot(gapAt, before, gapBefore, j, gap, APPROACH_TOLERANCE * size));
        return null;
      }
      [before, gapBefore] = [j, gap];
      passed ??= limits.find(({ value }) => direction * (voltage - value) >= 0);
    }
    // A smaller current than the one asked for already took the voltage past a stop: the step ends as it begins.
    if (passed !== undefined) return { kind: 'stop', stop: passed };
    const stripped = direction < 0 ? 'counter' : 'working';
    if (system.lithium(y, stripped) < LITHIUM_mol_per_m2_LAST) return { kind: 'lithium-exhausted', side: stripped };
    return { kind: 'failed', message: inconsistent(at_s(t), 'newton') };
  }

  function stalled(t: number, h: number, because: string, at: Float64Array): StepEnd {
    for (const side of ['counter', 'working'] as const) {
      if (side === 'working' && system.working === null) continue;
      // A metal's surface that has nearly lost its salt, or its lithium, is the end that the small steps announce.
      if (system.surfaceConcentration(at, side) < 5 * DEPLETED_mol_per_m3) return { kind: 'salt-depleted', side };
    }
    return {
      kind: 'failed',
      message:
        `Stopped at ${at_s(t)}: the step fell to ${h.toPrecision(3)} s (${because}). The equations are probably singular here; ` +
        'the last good state is kept.',
    };
  }

  function setDrive(step: ResolvedStep, segments: readonly number[], segment: number, t0: number): void {
    const { drive } = system;
    const { control } = step;
    drive.ambient_K = step.ambient_K;
    drive.slope = 0;
    switch (control.kind) {
      case 'current':
        drive.kind = 'current';
        drive.value = control.j_A_per_m2;
        return;
      case 'voltage':
        drive.kind = 'voltage';
        drive.value = control.voltage_V;
        return;
      case 'power':
        drive.kind = 'power';
        drive.value = control.power_W_per_m2;
        return;
      case 'resistance':
        drive.kind = 'resistance';
        drive.value = control.sign * control.resistance_ohm_m2;
        return;
      case 'profile': {
        drive.kind = control.of;
        const from = segments[segment]!;
        const to = segment + 1 < control.time_s.length ? control.time_s[segment + 1]! : from;
        const value = control.value[segment]!;
        drive.value = value;
        drive.time_s = t0 + from;
        drive.slope = to > from ? (control.value[segment + 1]! - value) / (to - from) : 0;
      }
    }
  }

  /** The unknowns that go with a state: its profiles where it has them, else everything relaxed. */
  function pack(state: CellState): void {
    const { cell } = parameters;
    const { separatorNodes: ns, cathodeNodes: np, particleNodes: nr, particleStart } = system;
    const profiles = state.profiles;
    const nx = ns + np;
    const porous = system.poreVolume.reduce((sum, v) => sum + v, 0);
    const even = state.poreSalt_mol_per_m2 / porous;
    const cMax = cell.working.kind === 'cathode' ? cell.working.maximumConcentration_mol_per_m3 : 0;
    for (let k = 0; k < nx; k++) {
      const at = k < ns ? k : ns + 2 * (k - ns);
      y[at] = profiles === null ? even : profiles.concentration_mol_per_m3[k]!;
    }
    for (let m = 0; m < np * nr; m++) {
      y[particleStart + m] = profiles === null ? state.cathodeStoichiometry * cMax : profiles.particle_mol_per_m3[m]!;
    }
    y[system.chargeIndex] = state.charge_C_per_m2;
    if (system.temperatureIndex >= 0) y[system.temperatureIndex] = state.temperature_K;
    state.counter.layerThickness_m.forEach((value, l) => {
      y[system.counterLayerIndex + l] = value;
    });
    state.working?.layerThickness_m.forEach((value, l) => {
      y[system.workingLayerIndex + l] = value;
    });
    // First guesses: the current of the drive, or what would flow through the cell's resistance, and ψ at open circuit.
    const { drive } = system;
    let j = drive.kind === 'current' ? drive.value : 0;
    const rest = np > 0 ? system.openCircuit(state.cathodeStoichiometry) : 0;
    if (drive.kind === 'power' && np > 0) j = drive.value / Math.max(rest, 0.1);
    if (drive.kind === 'resistance') j = rest / drive.value;
    y[system.currentIndex] = j;
    for (let k = 0; k < np; k++) {
      const last = particleStart + (k + 1) * nr - 1;
      const surface = (1.5 * y[last]! - 0.5 * y[last - 1]!) / cMax;
      y[ns + 2 * k + 1] = system.openCircuit(surface);
    }
  }

  /** Write the solution back into the state, moving equal and opposite amounts between its stores. */
  function unpack(state: CellState, t: number, context: RowContext): void {
    const { cell } = parameters;
    const { separatorNodes: ns, cathodeNodes: np, particleNodes: nr, particleStart } = system;
    let fromSalt = 0;
    let saltBack = 0;
    const sides = [
      ['counter', state.counter, system.counter, system.counterLayerIndex] as const,
      ['working', state.working, system.working, system.workingLayerIndex] as const,
    ];
    for (const [name, side, model, start] of sides) {
      if (side === null || model === null) continue;
      const bound = (l: number): number =>
        model.electrode.interphase[l]!.lithiumConcentration_mol_per_m3 * model.electrode.areaRatio;
      let fromMetal = 0;
      for (let l = 0; l < model.layers; l++) {
        const { saltFraction } = model.electrode.interphase[l]!;
        fromMetal += (1 - saltFraction) * bound(l) * (y[start + l]! - side.layerThickness_m[l]!);
      }
      // A film that grew on the last of the metal may have taken more than there was, by the solver's error: that goes back.
      const metal = system.lithium(y, name);
      const kept = metal < 0 && fromMetal > 0 ? Math.max(0, 1 + metal / fromMetal) : 1;
      side.lithium_mol_per_m2 = metal + (1 - kept) * fromMetal;
      for (let l = 0; l < model.layers; l++) {
        const { saltFraction } = model.electrode.interphase[l]!;
        const grown = y[start + l]! - side.layerThickness_m[l]!;
        const taken = grown * bound(l);
        side.interphaseLithiumFromMetal_mol_per_m2 += (1 - saltFraction) * kept * taken;
        side.interphaseLithiumFromSalt_mol_per_m2 += saltFraction * kept * taken;
        fromSalt += saltFraction * taken;
        saltBack += saltFraction * (1 - kept) * taken;
        side.layerThickness_m[l]! += kept * grown;
      }
    }
    state.time_s = origin_s + t;
    state.temperature_K = system.temperatureIndex >= 0 ? y[system.temperatureIndex]! : system.drive.ambient_K;
    state.charge_C_per_m2 = y[system.chargeIndex]!;
    let salt = 0;
    const concentration = new Float64Array(ns + np);
    for (let k = 0; k < ns + np; k++) {
      concentration[k] = y[k < ns ? k : ns + 2 * (k - ns)]!;
      salt += concentration[k]! * system.poreVolume[k]!;
    }
    state.reserveSalt_mol_per_m2 -= system.reserveShare * fromSalt - saltBack;
    state.poreSalt_mol_per_m2 = salt;
    const particle = y.slice(particleStart, particleStart + np * nr);
    if (cell.working.kind === 'cathode') {
      let lithium = 0;
      for (let m = 0; m < np * nr; m++) lithium += system.shellShare[m % nr]! * particle[m]!;
      state.cathodeStoichiometry = lithium / (np * cell.working.maximumConcentration_mol_per_m3);
    }
    state.lags = null;
    state.profiles = { concentration_mol_per_m3: concentration, particle_mol_per_m3: particle };
    context.charge0 = state.charge_C_per_m2;
  }

  function watchesOf(step: ResolvedStep, charge0: number): Watch[] {
    const watches: Watch[] = step.stops.map((stop) => ({
      end: { kind: 'stop', stop },
      gap: (at, t) => stopGap(stop, at, t, charge0),
      previous: Number.NaN,
    }));
    watches.push({
      end: { kind: 'lithium-exhausted', side: 'counter' },
      gap: (at) => (at[system.currentIndex]! < 0 ? LITHIUM_mol_per_m2_NONE - system.lithium(at, 'counter') : -1),
      previous: Number.NaN,
    });
    watches.push({
      end: { kind: 'salt-depleted', side: 'counter' },
      gap: (at) => DEPLETED_mol_per_m3 - system.surfaceConcentration(at, 'counter'),
      previous: Number.NaN,
    });
    watches.push({
      end: { kind: 'salt-depleted', side: 'working' },
      gap: (at) => DEPLETED_mol_per_m3 - system.surfaceConcentration(at, 'working'),
      previous: Number.NaN,
    });
    if (system.working !== null) {
      watches.push({
        end: { kind: 'lithium-exhausted', side: 'working' },
        gap: (at) => (at[system.currentIndex]! > 0 ? LITHIUM_mol_per_m2_NONE - system.lithium(at, 'working') : -1),
        previous: Number.NaN,
      });
    } else {
      watches.push({
        end: { kind: 'cathode-limit', stoichiometry: 1 },
        gap: (at) =>
          at[system.currentIndex]! < 0 ? system.surfaceStoichiometry(at, 'lowest') - (1 - STOICHIOMETRY_MARGIN) : -1,
        previous: Number.NaN,
      });
      watches.push({
        end: { kind: 'cathode-limit', stoichiometry: 0 },
        gap: (at) =>
          at[system.currentIndex]! > 0 ? STOICHIOMETRY_MARGIN - system.surfaceStoichiometry(at, 'highest') : -1,
        previous: Number.NaN,
      });
    }
    return watches;
  }

  function stopGap(stop: StopCondition, at: Float64Array, t: number, charge0: number): number {
    let value: number;
    switch (stop.of) {
      case 'voltage':
        value = voltageOf(at, t);
        break;
      case 'current':
        value = Math.abs(at[system.currentIndex]!);
        break;
      case 'charge':
        value = Math.abs(at[system.chargeIndex]! - charge0);
        break;
    }
    return stop.side === 'above' ? value - stop.value : stop.value - value;
  }

  function endAtStart(watches: readonly Watch[], at: Float64Array, t: number): StepEnd | null {
    let found: StepEnd | null = null;
    for (const watch of watches) {
      watch.previous = watch.gap(at, t);
      if (found === null && watch.previous >= 0) found = watch.end;
    }
    return found;
  }

  /** The earliest watched crossing in (left, right], with `at` the solution at the right end; remembers the gaps there. */
  function firstCrossing(
    watches: readonly Watch[],
    left: number,
    right: number,
    at: Float64Array,
  ): { readonly t: number; readonly end: StepEnd } | null {
    let best: { t: number; end: StepEnd } | null = null;
    for (const watch of watches) {
      const gap = watch.gap(at, right);
      if (gap >= 0 || Number.isNaN(gap)) {
        const gapAt = (t: number): number => {
          integrator.interpolateInto(t, y);
          const value = watch.gap(y, t);
          return Number.isNaN(value) ? 1 : value;
        };
        const previous = Number.isNaN(watch.previous) ? -1 : Math.min(watch.previous, -Number.MIN_VALUE);
        const t = bracketedRoot(
          gapAt,
          left,
          previous,
          right,
          Number.isNaN(gap) ? 1 : Math.max(gap, Number.MIN_VALUE),
          EVENT_s_TOLERANCE,
        );
        if (best === null || t < best.t) best = { t, end: watch.end };
      }
      watch.previous = gap;
    }
    return best;
  }

  function emit(at: Float64Array, t: number, context: RowContext): void {
    if (!Number.isFinite(voltageOf(at, t))) return;
    system.partsInto(at, parts);
    const { cell } = parameters;
    const passed = at[system.chargeIndex]! - context.charge0;
    row.time_s = origin_s + t;
    row.j_A_per_m2 = at[system.currentIndex]!;
    row.voltage_V = parts.voltage;
    row.temperature_K = system.temperatureIndex >= 0 ? at[system.temperatureIndex]! : system.drive.ambient_K;
    row.counterLithium_m = Math.max(0, system.lithium(at, 'counter')) * THICKNESS_m_PER_mol_per_m2;
    row.workingLithium_m =
      system.working === null ? Number.NaN : Math.max(0, system.lithium(at, 'working')) * THICKNESS_m_PER_mol_per_m2;
    row.cathodeStoichiometry =
      cell.working.kind === 'cathode'
        ? context.stoichiometry0 - passed / (F * system.solidVolume * cell.working.maximumConcentration_mol_per_m3)
        : Number.NaN;
    row.openCircuit_V = parts.openCircuit;
    row.ohmic_V = parts.ohmic;
    row.interphase_V = parts.interphase;
    row.counterKinetics_V = parts.counterKinetics;
    row.workingKinetics_V = parts.workingKinetics;
    row.concentration_V = parts.concentration;
    context.sink(row);
  }

  function countWork(work: Work, before: DaeIntegrator['work']): void {
    work.steps += integrator.work.steps - before.steps;
    work.rejected += integrator.work.rejected - before.rejected;
    work.residuals += integrator.work.residuals - before.residuals;
    work.jacobians += integrator.work.jacobians - before.jacobians;
    work.factorisations += integrator.work.factorisations - before.factorisations;
    work.solves += integrator.work.solves - before.solves;
  }
}

interface Run {
  readonly state: CellState;
  readonly step: ResolvedStep;
  readonly sink: RowSink;
  readonly work: Work;
  readonly aborted: () => boolean;
}

interface RowContext {
  charge0: number;
  readonly stoichiometry0: number;
  readonly sink: RowSink;
}

function inconsistent(place: string, because: 'newton' | 'singular' | 'domain'): string {
  const reason = {
    newton: 'no current or potential satisfies the step (is the demand beyond what the cell can deliver?)',
    singular: 'the equations are singular',
    domain: 'a value lies outside the domain of the equations',
  }[because];
  return `Could not start the step at ${place}: ${reason}.`;
}

/** Start times of the linear pieces of a step, s from its start. */
function segmentsOf(step: ResolvedStep): readonly number[] {
  if (step.control.kind !== 'profile') return [0];
  const times = Array.from(step.control.time_s);
  return times.length === 0 ? [0] : times;
}

/** Steps with equal keys hold the same thing, so one may continue the other. */
function controlKey(step: ResolvedStep): string {
  return step.control.kind === 'profile' ? '' : JSON.stringify([step.control, step.ambient_K]);
}

/** Tie the system's amounts to a state. */
function anchor(system: FullSystem, state: CellState): void {
  const { anchors } = system;
  anchors.counterLithium_mol_per_m2 = state.counter.lithium_mol_per_m2;
  anchors.workingLithium_mol_per_m2 = state.working?.lithium_mol_per_m2 ?? 0;
  anchors.charge_C_per_m2 = state.charge_C_per_m2;
  anchors.stoichiometry = state.cathodeStoichiometry;
  anchors.counterLayers_m.set(state.counter.layerThickness_m);
  if (state.working !== null) anchors.workingLayers_m.set(state.working.layerThickness_m);
}
