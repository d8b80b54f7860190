// What is done to a cell, as plain data. Text is one way to write it (`parseProtocol`), this is the other.
//
// Sign: a current is positive when the working electrode is oxidised (docs/conventions.md). "Charge" and "strip"
// are therefore positive, "discharge" and "plate" negative, in the data and in every result.

/** What the cycler holds during a step. All values SI; currents and powers signed, positive oxidises the working electrode. */
export type Drive =
  | { readonly kind: 'rest' }
  | { readonly kind: 'current'; readonly current_A: number }
  | { readonly kind: 'current-density'; readonly j_A_per_m2: number }
  /** Multiples of the nominal capacity per hour: C/3 is 1/3. Signed. */
  | { readonly kind: 'c-rate'; readonly rate_per_h: number }
  | { readonly kind: 'voltage'; readonly voltage_V: number }
  /** Power into the cell, W: positive charges (oxidises the working electrode), negative discharges. */
  | { readonly kind: 'power'; readonly power_W: number }
  /** A load resistor, Ohm: the cell discharges through it (`sign` −1) or is charged through it (`sign` +1). */
  | { readonly kind: 'resistance'; readonly resistance_ohm: number; readonly sign: -1 | 1 }
  /** A drive cycle: current, power or voltage at given times, linear between them. Times start at 0 and increase. */
  | {
      readonly kind: 'profile';
      readonly of: 'current' | 'power' | 'voltage';
      readonly time_s: readonly number[];
      readonly value_SI: readonly number[];
    };

/** What ends a step early. Several may stand; the first to be met ends it. */
export type Until =
  /** The cell voltage crosses this value in either direction (side given, or taken from the drive's sign when the step starts). */
  | { readonly kind: 'voltage'; readonly voltage_V: number; readonly side?: 'above' | 'below' }
  /** The magnitude of the current falls to this value (or, `side` 'above', rises to it). */
  | { readonly kind: 'current'; readonly current_A: number; readonly side?: 'above' | 'below' }
  | { readonly kind: 'current-density'; readonly j_A_per_m2: number; readonly side?: 'above' | 'below' }
  | { readonly kind: 'c-rate'; readonly rate_per_h: number; readonly side?: 'above' | 'below' }
  /** Charge passed in this step, magnitude. */
  | { readonly kind: 'charge'; readonly charge_C: number }
  | { readonly kind: 'areal-charge'; readonly charge_C_per_m2: number };

export interface Step {
  readonly kind: 'step';
  readonly drive: Drive;
  /** Longest time of the step; without it (and without `until`) the default of `DEFAULT_STEP_DURATION_s` holds. */
  readonly duration_s?: number;
  readonly until: readonly Until[];
  /** Spacing of stored rows; rows at the start and the end of a step are always stored. */
  readonly period_s?: number;
  /** Temperature of the surroundings during the step. */
  readonly temperature_K?: number;
  /** Labels that pass through to the record. */
  readonly tags?: readonly string[];
}

/** Items repeated as one. Each pass of a repeat at the outermost level counts as one cycle (docs/conventions.md). */
export interface Repeat {
  readonly kind: 'repeat';
  readonly times: number;
  readonly items: readonly ProtocolItem[];
}

/** Steps that make one cycle (a tuple in PyBaMM's grammar). */
export interface CycleGroup {
  readonly kind: 'cycle';
  readonly items: readonly Step[];
}

export type ProtocolItem = Step | CycleGroup | Repeat;

export interface Protocol {
  readonly items: readonly ProtocolItem[];
  /** Spacing of stored rows where a step does not say. */
  readonly period_s?: number;
  /** Conditions that end the whole run: lower or upper voltage, capacity below a share of the first cycle's. */
  readonly stop?: readonly ProtocolStop[];
}

export type ProtocolStop =
  | { readonly kind: 'voltage'; readonly voltage_V: number; readonly side: 'above' | 'below' }
  | { readonly kind: 'capacity-fraction'; readonly fraction: number }
  | { readonly kind: 'capacity'; readonly capacity_C: number }
  | { readonly kind: 'time'; readonly time_s: number };

/** Longest time of a step that names none: 24 h (PyBaMM's default period of a step without a duration). */
export const DEFAULT_STEP_DURATION_s = 24 * 3600;
