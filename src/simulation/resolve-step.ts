// A protocol step made concrete for one cell: areal and SI, with the sides of its stops decided and the cell's limits added.

import {
  type Cell,
  DEFAULT_STEP_DURATION_s,
  type Drive,
  type Protocol,
  type Step,
  type Until,
} from '../cells/index.ts';
import { InputError } from '../units/index.ts';
import type { ResolvedStep, StopCondition } from './contract.ts';

/** Charge of 1C per area in one hour, as a current density. @throws InputError where the cell has no nominal capacity. */
function currentOf1C(cell: Cell): number {
  if (cell.nominalCapacity_C === null) {
    throw new InputError([
      {
        where: 'protocol',
        found: 'a C-rate',
        wanted: 'a current or current density, because this cell has no nominal capacity',
        hint: 'write "1 mA/cm2", or give the cell a nominalCapacity',
      },
    ]);
  }
  return cell.nominalCapacity_C / 3600 / cell.area_m2;
}

function controlOf(drive: Drive, cell: Cell): ResolvedStep['control'] {
  const area = cell.area_m2;
  switch (drive.kind) {
    case 'rest':
      return { kind: 'current', j_A_per_m2: 0 };
    case 'current':
      return { kind: 'current', j_A_per_m2: drive.current_A / area };
    case 'current-density':
      return { kind: 'current', j_A_per_m2: drive.j_A_per_m2 };
    case 'c-rate':
      return { kind: 'current', j_A_per_m2: drive.rate_per_h * currentOf1C(cell) };
    case 'voltage':
      return { kind: 'voltage', voltage_V: drive.voltage_V };
    case 'power':
      return { kind: 'power', power_W_per_m2: drive.power_W / area };
    case 'resistance':
      return { kind: 'resistance', resistance_ohm_m2: drive.resistance_ohm * area, sign: drive.sign };
    case 'profile':
      return {
        kind: 'profile',
        of: drive.of,
        time_s: Float64Array.from(drive.time_s),
        value: Float64Array.from(drive.value_SI, (value) => (drive.of === 'voltage' ? value : value / area)),
      };
  }
}

/** Which way a step drives the voltage: +1 up (oxidising), −1 down, 0 not said. */
function directionOf(control: ResolvedStep['control']): number {
  switch (control.kind) {
    case 'current':
      return Math.sign(control.j_A_per_m2);
    case 'power':
      return Math.sign(control.power_W_per_m2);
    case 'resistance':
      return control.sign;
    case 'voltage':
    case 'profile':
      return 0;
  }
}

function stopOf(until: Until, cell: Cell, direction: number, lastVoltage_V: number): StopCondition {
  switch (until.kind) {
    case 'voltage': {
      const upwards = direction !== 0 ? direction > 0 : lastVoltage_V < until.voltage_V;
      return { of: 'voltage', value: until.voltage_V, side: until.side ?? (upwards ? 'above' : 'below'), limit: false };
    }
    case 'current':
      return {
        of: 'current',
        value: Math.abs(until.current_A) / cell.area_m2,
        side: until.side ?? 'below',
        limit: false,
      };
    case 'current-density':
      return { of: 'current', value: Math.abs(until.j_A_per_m2), side: until.side ?? 'below', limit: false };
    case 'c-rate':
      return {
        of: 'current',
        value: Math.abs(until.rate_per_h) * currentOf1C(cell),
        side: until.side ?? 'below',
        limit: false,
      };
    case 'charge':
      return { of: 'charge', value: Math.abs(until.charge_C) / cell.area_m2, side: 'above', limit: false };
    case 'areal-charge':
      return { of: 'charge', value: Math.abs(until.charge_C_per_m2), side: 'above', limit: false };
  }
}

/** The cell's safety limits, where the step's own stops do not come first. A held voltage cannot run away. */
function limitsOf(
  cell: Cell,
  control: ResolvedStep['control'],
  stops: readonly StopCondition[],
): readonly StopCondition[] {
  if (control.kind === 'voltage') return [];
  const own = (side: 'above' | 'below'): boolean =>
    stops.some(
      (stop) =>
        stop.of === 'voltage' &&
        stop.side === side &&
        (side === 'above' ? stop.value <= cell.voltage_V_max : stop.value >= cell.voltage_V_min),
    );
  const limits: StopCondition[] = [];
  if (!own('above')) limits.push({ of: 'voltage', value: cell.voltage_V_max, side: 'above', limit: true });
  if (!own('below')) limits.push({ of: 'voltage', value: cell.voltage_V_min, side: 'below', limit: true });
  return limits;
}

/**
 * Make a step concrete. `lastVoltage_V` decides the side of a voltage stop where the drive does not (rest, hold, profile).
 *
 * @throws InputError for a C-rate on a cell without a nominal capacity.
 */
export function resolveStep(step: Step, cell: Cell, protocol: Protocol, lastVoltage_V: number): ResolvedStep {
  const control = controlOf(step.drive, cell);
  const direction = directionOf(control);
  const stops = step.until.map((until) => stopOf(until, cell, direction, lastVoltage_V));
  const resting = control.kind === 'current' && control.j_A_per_m2 === 0;
  const profileEnd = control.kind === 'profile' ? control.time_s[control.time_s.length - 1]! : Number.POSITIVE_INFINITY;
  return {
    control,
    duration_s: Math.min(step.duration_s ?? DEFAULT_STEP_DURATION_s, profileEnd),
    // At rest a bare collector floats far from zero, and no cycler stops a rest on its limits.
    stops: resting ? stops : [...stops, ...limitsOf(cell, control, stops)],
    period_s: step.period_s ?? protocol.period_s ?? Number.POSITIVE_INFINITY,
    ambient_K: step.temperature_K ?? cell.temperature_K,
  };
}
