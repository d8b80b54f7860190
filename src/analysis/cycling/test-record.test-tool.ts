// Records of steps at constant current, with a voltage as a function of the share of the step that has passed.

import type { CyclingRecord } from '../../records/index.ts';

export interface TestStep {
  readonly cycle: number;
  /** Signed; 0 rests. */
  readonly current_A: number;
  readonly duration_s: number;
  /** Voltage over the share of the step, 0 to 1. */
  readonly voltage_V?: (share: number) => number;
  /** Rows after the first; the first stands at the start of the step. */
  readonly rows?: number;
}

export interface TestRecordOptions {
  /** A row at the start of each step, as computed records have; cyclers mostly start with the first interval. */
  readonly startRows?: boolean;
  /** All steps numbered 1, as by a cycler that stores no steps. */
  readonly steps?: boolean;
  readonly extra?: CyclingRecord['extra'];
  readonly area_m2?: number | null;
}

export function recordOfSteps(
  steps: readonly TestStep[],
  { startRows = true, steps: numbered = true, extra = {}, area_m2 = 1e-4 }: TestRecordOptions = {},
): CyclingRecord {
  const rows: { time: number; current: number; voltage: number; cycle: number; step: number }[] = [];
  let start_s = 0;
  steps.forEach(
    ({ cycle, current_A, duration_s, voltage_V = () => 0.05 * Math.sign(current_A), rows: count = 1 }, index) => {
      const step = numbered ? index - steps.findIndex((other) => other.cycle === cycle) + 1 : 1;
      for (let k = startRows || index === 0 ? 0 : 1; k <= count; k++) {
        const share = k / count;
        rows.push({ time: start_s + share * duration_s, current: current_A, voltage: voltage_V(share), cycle, step });
      }
      start_s += duration_s;
    },
  );
  return {
    time_s: Float64Array.from(rows, ({ time }) => time),
    current_A: Float64Array.from(rows, ({ current }) => current),
    voltage_V: Float64Array.from(rows, ({ voltage }) => voltage),
    temperature_K: new Float64Array(rows.length).fill(298.15),
    cycle: Int32Array.from(rows, ({ cycle }) => cycle),
    step: Int32Array.from(rows, ({ step }) => step),
    extra,
    area_m2,
    provenance: { kind: 'measured', origin: 'test', program: 'test', notes: [] },
  };
}

/** Voltage of a stripping that ends at its cutoff. */
export const toCutoff =
  (cutoff_V = 1) =>
  (share: number): number =>
    share > 0.98 ? cutoff_V * (share - 0.98) * 50 + 0.05 * (1 - share) * 50 : 0.05;

/** mAh at 1 mA. */
export const plate = (cycle: number, charge_mAh: number, more: Partial<TestStep> = {}): TestStep => ({
  cycle,
  current_A: -1e-3,
  duration_s: 3600 * charge_mAh,
  rows: 4,
  ...more,
});

export const strip = (cycle: number, charge_mAh: number, more: Partial<TestStep> = {}): TestStep => ({
  cycle,
  current_A: 1e-3,
  duration_s: 3600 * charge_mAh,
  rows: 100,
  voltage_V: toCutoff(),
  ...more,
});

/** A stripping that its charge ends: the voltage does not rise. */
export const stripPart = (cycle: number, charge_mAh: number): TestStep =>
  strip(cycle, charge_mAh, { voltage_V: () => 0.05, rows: 4 });

export const rest = (cycle: number, duration_s = 600): TestStep => ({ cycle, current_A: 0, duration_s });
