// The full transport model: the one-dimensional equations of `full-system.ts` taken through protocol steps by the BDF
// integrator, with every end of a step located on its dense output.

import { bracketedRoot, DaeIntegrator, type Initialisation } from '../numerics/index.ts';
import { F, mA_per_cm2_from_A_per_m2 } from '../units/index.ts';
import type { CellParameters } from './compile.ts';
import {
  type CellState,
  DEPLETED_mol_per_m3,
  emptyRow,
  LITHIUM_mol_per_m2_SPARSE,
  type ResolvedStep,
  type RowSink,
  type StepEnd,
  type StopCondition,
  TEMPERATURE_K_MAX,
  TEMPERATURE_K_MIN,
  type TransportModel,
  type Work,
} from './contract.ts';
import { type CurrentFound, findCurrent } from './full-start.ts';
import { createFullSystem, type FullSystem, type VoltageParts } from './full-system.ts';
import { THICKNESS_m_PER_mol_per_m2 } from './metal-side.ts';

export interface FullOptions {
  /** Wanted accuracy; 2e-4 (the default) gives the voltage to about 0.1 mV, 1e-8 to about a microvolt. */
  readonly relativeTolerance?: number;
}

export const FULL_RELATIVE_TOLERANCE = 2e-4;

const EVENT_s_TOLERANCE = 1e-9;
/** Accepted steps in one protocol step; a bound, not a budget. */
const STEPS_MAX = 100_000;
/** The integrator's steps are no shorter: what needs shorter ones is singular. */
const SOLVER_STEP_s_MIN = 1e-13;
/** Fresh starts after a stall in one protocol step, at most. */
const RESTARTS_MAX = 50;
/** A step's rows between two of the integrator's steps, at most. */
const ROWS_PER_STEP_MAX = 100_000;
/**
 * A step ends when the particles of every node are this close to empty or full at their surface. One node alone does not
 * end it: its exchange current vanishes and the others take over, until the voltage says that it is enough.
 */
const STOICHIOMETRY_MARGIN = 1e-6;
/** Rows within the last solver step before a located end get as close to it as this share of the step. */
const KNEE_SHARE_MIN = 1e-4;
const LITHIUM_mol_per_m2_NONE = 1e-12;
/** Salt below this anywhere explains why the equations cannot be followed further. */
const SCARCE_mol_per_m3 = 5;
/** A current within this share of one that no potential carries explains a stall. */
const SATURATION_SHARE = 0.05;
/** First share of itself by which a current beyond the limiting one is taken back. */
const OVERSTEPPED_SHARE_MIN = 1e-9;
/** A stall announces what would happen within this time at the rates of the moment, s. */
const IMMINENT_s = 1e-3;

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
    step_s_min: SOLVER_STEP_s_MIN,
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
  const row = emptyRow();
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
    }
    const watches = watchesOf(step, charge0);
    if (!continued) {
      const started = start(t0, tEnd, watches);
      if (started !== null) {
        rest(t0);
        emit(y, t0, context);
        unpack(state, t0, context);
        countWork(work, before);
        return started;
      }
    }
    end = endAtStart(watches, y, t0);
    emit(y, t0, context);
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
        end = start(t, tEnd, watches, integrator.hUsed > 0 ? Math.min(integrator.hUsed, tEnd - t) : undefined);
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
          if (t > restartedAt && restarts < RESTARTS_MAX) {
            restartedAt = t;
            restarts++;
            end = start(t, tEnd, watches);
          } else {
            end = reasonOfStall(watches, t) ?? { kind: 'failed', message: stalled(t, outcome.h_s, outcome.because) };
          }
          continue;
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
    // A step that was interrupted, or could not go on, ends between its rows.
    if (row.time_s !== origin_s + t) {
      knownVoltage.t = Number.NaN;
      // Newton's last correction may have overstepped a limiting current: back to where the voltage has an answer.
      for (let share = OVERSTEPPED_SHARE_MIN; Number.isNaN(voltageOf(y, t)) && share < 1; share *= 4) {
        y[system.currentIndex]! *= 1 - share;
        knownVoltage.t = Number.NaN;
      }
      emit(y, t, context);
    }
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

  /** Start the integrator from y, which it leaves consistent; null when that worked, else why no step can begin. */
  function start(t: number, tEnd: number, watches: readonly Watch[], h?: number): StepEnd | null {
    knownVoltage.t = Number.NaN;
    const { drive } = system;
    const before = Float64Array.from(y);
    if (drive.kind === 'current') {
      const gone = exhausted(Math.sign(driven(t)), LITHIUM_mol_per_m2_NONE);
      if (gone !== null) return gone;
      y[system.currentIndex] = driven(t);
    }
    // Between metals the voltage has no more unknowns than the current, and at rest it may be 0: no slope to start from.
    const direct = drive.kind === 'current' || system.working === null;
    let outcome: Initialisation = { kind: 'inconsistent', because: 'newton', residual: Number.NaN };
    if (direct && system.solvePotentials(y)) outcome = integrator.initialise(t, y, tEnd, h);
    if (outcome.kind === 'inconsistent' && drive.kind !== 'current') {
      const found = findCurrent(system, t, y);
      if (found.kind === 'none') {
        y.set(before);
        return unmet(t, found, watches);
      }
      outcome = integrator.initialise(t, y, tEnd, h);
    }
    if (outcome.kind === 'consistent') {
      y.set(integrator.y);
      return null;
    }
    // Rates may be beyond all numbers where the voltage is: then that is the end.
    const end = endAtStart(watches, y, t) ?? unbearable(t);
    y.set(before);
    return end ?? { kind: 'failed', message: inconsistent(at_s(t), outcome.because) };
  }

  /** What the cycler holds at time t. */
  function driven(t: number): number {
    const { value, slope, time_s } = system.drive;
    return slope === 0 ? value : value + slope * (t - time_s);
  }

  /** A metal that a current of this sign strips and that has no more than `least` left, mol/m2. */
  function exhausted(sign: number, least: number): StepEnd | null {
    const side = sign < 0 ? 'counter' : 'working';
    if (sign === 0 || (side === 'working' && system.working === null)) return null;
    return system.lithium(y, side) <= least ? { kind: 'lithium-exhausted', side } : null;
  }

  /** A current in y that the kinetics of an electrode cannot carry at any potential; null where they can. */
  function unbearable(t: number): StepEnd | null {
    knownVoltage.t = Number.NaN;
    if (!Number.isNaN(voltageOf(y, t))) return null;
    const j = y[system.currentIndex]!;
    const gone = exhausted(Math.sign(j), LITHIUM_mol_per_m2_SPARSE);
    if (gone !== null) return gone;
    return saturated(j);
  }

  function saturated(j: number): StepEnd {
    const asked = `${short(mA_per_cm2_from_A_per_m2(Math.abs(j)))} mA/cm2`;
    const message = `no potential carries ${asked} or more: the kinetics of an electrode saturate`;
    return { kind: 'demand-unmet', message };
  }

  /** y with no current, for the row of a step that cannot begin. */
  function rest(t: number): void {
    knownVoltage.t = Number.NaN;
    y[system.currentIndex] = 0;
    system.solvePotentials(y);
    voltageOf(y, t);
  }

  /**
   * Why no current meets the step: a stop lies on the way there, nothing is left to strip that way, or the cell does not reach
   * so far.
   */
  function unmet(t: number, found: Extract<CurrentFound, { kind: 'none' }>, watches: readonly Watch[]): StepEnd {
    const { least, most, direction, voltage } = found;
    const wanted = driven(t);
    for (const { end } of watches) {
      if (end.kind !== 'stop' || end.stop.of !== 'voltage' || system.drive.kind === 'voltage') continue;
      if ((end.stop.side === 'above') === direction > 0 && direction * (voltage - end.stop.value) >= 0) return end;
    }
    const gone = exhausted(direction, LITHIUM_mol_per_m2_SPARSE);
    if (gone !== null) return gone;
    const reach = wanted < least ? `at least ${short(least)}` : `at most ${short(most)}`;
    const messages = {
      current: '',
      voltage: `no current holds ${short(wanted)} V: whatever flows, this cell is at ${reach} V`,
      power:
        wanted < 0
          ? `no current gives ${short(-wanted)} W/m2: this cell can give ${short(Math.max(0, -least))} W/m2 at most`
          : `no current takes ${short(wanted)} W/m2: this cell can take ${short(Math.max(0, most))} W/m2 at most`,
      resistance: `no current meets a load of ${short(Math.abs(wanted))} Ohm m2 in this direction`,
    };
    return { kind: 'demand-unmet', message: messages[system.drive.kind] };
  }

  /** The physical reason why steps have become too small to take, or null where none is seen. */
  function reasonOfStall(watches: readonly Watch[], t: number): StepEnd | null {
    const near = imminent(watches, t) ?? exhausted(Math.sign(y[system.currentIndex]!), LITHIUM_mol_per_m2_SPARSE);
    if (near !== null) return near;
    const { separatorNodes: ns, cathodeNodes: np } = system;
    for (let k = 0; k < ns + np; k++) {
      const c = y[k < ns ? k : ns + 2 * (k - ns)]!;
      if (c < SCARCE_mol_per_m3) return { kind: 'salt-depleted', side: 2 * k < ns ? 'counter' : 'working' };
    }
    // What a profile asks for next may be out of reach.
    probe.set(y);
    const found = system.drive.slope === 0 ? null : findCurrent(system, t + IMMINENT_s, probe);
    if (found?.kind === 'none') return unmet(t + IMMINENT_s, found, watches);
    // Kinetics that saturate let the voltage run away before the current gets there.
    probe.set(y);
    probe[system.currentIndex]! *= 1 + SATURATION_SHARE;
    return Number.isNaN(system.voltageAt(probe)) ? saturated(y[system.currentIndex]!) : null;
  }

  /** What would happen in a moment at the rates of the last step. */
  function imminent(watches: readonly Watch[], t: number): StepEnd | null {
    const back = 0.01 * integrator.hUsed;
    if (!(back > 0)) return null;
    let found: StepEnd | null = null;
    let soonest = IMMINENT_s;
    for (const watch of watches) {
      knownVoltage.t = Number.NaN;
      const gap = watch.gap(y, t);
      const speed = (gap - watch.gap(interpolated(t - back), t - back)) / back;
      if (gap < 0 && speed > 0 && -gap / speed < soonest) {
        soonest = -gap / speed;
        found = watch.end;
      }
    }
    knownVoltage.t = Number.NaN;
    return found;
  }

  function stalled(t: number, h: number, because: string): string {
    return (
      `Stopped at ${at_s(t)}: the step fell to ${h.toPrecision(3)} s (${because}). The equations are probably singular here; ` +
      'the last good state is kept.'
    );
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
        break;
      case 'voltage':
        drive.kind = 'voltage';
        drive.value = control.voltage_V;
        break;
      case 'power':
        drive.kind = 'power';
        drive.value = control.power_W_per_m2;
        break;
      case 'resistance':
        drive.kind = 'resistance';
        drive.value = control.sign * control.resistance_ohm_m2;
        break;
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
    // Between metals j·V = 0 has a double root, at which no slope is left to follow.
    if (drive.kind === 'power' && drive.value === 0 && drive.slope === 0) drive.kind = 'current';
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
    // A first guess of the current: that of the drive, or what goes with the open-circuit voltage.
    const { drive } = system;
    let j = drive.kind === 'current' ? drive.value : 0;
    const rest = np > 0 ? system.openCircuit(state.cathodeStoichiometry) : 0;
    if (drive.kind === 'power' && np > 0) j = drive.value / Math.max(rest, 0.1);
    if (drive.kind === 'resistance') j = rest / drive.value;
    y[system.currentIndex] = j;
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
        model.electrode.interphase[l]!.lithiumConcentration_mol_per_m3 * model.growthArea;
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
      // Particle by particle, so that the sum rounds as little as one of them does.
      for (let k = 0; k < np; k++) {
        let mean = 0;
        for (let m = 0; m < nr; m++) mean += system.shellShare[m]! * particle[k * nr + m]!;
        lithium += mean;
      }
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
    watches.push({
      end: { kind: 'temperature-limit' },
      gap: temperatureGap,
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

  function temperatureGap(at: Float64Array): number {
    const T = system.temperatureIndex >= 0 ? at[system.temperatureIndex]! : system.drive.ambient_K;
    return Math.max(T - TEMPERATURE_K_MAX, TEMPERATURE_K_MIN - T);
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

/** A number as a message shows it. */
function short(x: number): string {
  return String(Number(x.toPrecision(4)));
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
  system.wear(state);
  anchors.counterLayers_m.set(state.counter.layerThickness_m);
  if (state.working !== null) anchors.workingLayers_m.set(state.working.layerThickness_m);
}
