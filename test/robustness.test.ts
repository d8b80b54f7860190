// Whatever cell and protocol: the run ends and says why, in numbers that are numbers, with nothing lost on the way.
//
// LIMETAL_RUNS sets how many cases are run (`npm run test:robustness` runs 2,000), LIMETAL_SEED which, LIMETAL_CASE one of
// them alone.

import { describe, expect, test } from 'vitest';
import { parseProtocol } from '../src/cells/index.ts';
import { type SimulationResult, simulate } from '../src/simulation/index.ts';
import { InputError } from '../src/units/index.ts';
import { type RandomCase, randomCases } from './random-cases.ts';

const SEED = Number(process.env.LIMETAL_SEED ?? 20_260_728);
const RUNS = Number(process.env.LIMETAL_RUNS ?? 300);
const ONE = process.env.LIMETAL_CASE === undefined ? null : Number(process.env.LIMETAL_CASE);
/** A case that takes longer has hung. */
const WALL_MS_MAX = 10_000;
const CONSERVATION_MAX = 1e-9;
/** A millionth of a millionth of an atomic layer. */
const LITHIUM_mol_per_m2_ROUNDING = 1e-12;

/** Ends without a physical reason, of all; a defect each. */
const FAILED_SHARE_MAX = 0.002;

const STOP_KINDS = [
  'completed',
  'protocol-stop',
  'voltage-limit',
  'lithium-exhausted',
  'salt-depleted',
  'cathode-limit',
  'temperature-limit',
  'demand-unmet',
  'failed',
];

interface Outcome {
  readonly index: number;
  readonly kind: string;
  readonly message: string;
  readonly wall_ms: number;
  readonly steps: number;
  readonly faults: readonly string[];
}

function runCase(index: number, { cell, protocol, options }: RandomCase): Outcome {
  const start = performance.now();
  const stop = {
    get aborted() {
      return performance.now() - start > WALL_MS_MAX;
    },
  };
  try {
    parseProtocol(protocol, 'protocol', { cellKind: cell.kind, nominalCapacity_C: cell.nominalCapacity_C });
    const result = simulate(cell, protocol, { ...options, stop });
    const wall_ms = performance.now() - start;
    const faults = faultsOf(result);
    return { index, kind: result.stop.kind, message: result.stop.message, wall_ms, steps: result.work.steps, faults };
  } catch (error) {
    const wall_ms = performance.now() - start;
    if (error instanceof InputError) {
      const expected = cell.nominalCapacity_C === null && error.issues.every(({ found }) => /C-rate/.test(found));
      const faults = expected ? [] : [`bad input: ${error.message}`];
      return { index, kind: 'bad-input', message: error.message, wall_ms, steps: 0, faults };
    }
    const faults = [`threw ${(error as Error).stack}`];
    return { index, kind: 'threw', message: String(error), wall_ms, steps: 0, faults };
  }
}

/** All that is wrong with a result; empty for a good one. */
function faultsOf(result: SimulationResult): string[] {
  const faults: string[] = [];
  const { record, cell, stop, conservation } = result;
  if (!STOP_KINDS.includes(stop.kind)) faults.push(`ended with ${stop.kind}: ${stop.message}`);
  if (stop.message.length < 10 || !Number.isFinite(stop.time_s))
    faults.push(`stop says "${stop.message}" at ${stop.time_s} s`);
  for (const [name, value] of Object.entries(conservation)) {
    if (!(value <= CONSERVATION_MAX)) faults.push(`conservation of ${name}: ${value}`);
  }
  const hasCathode = cell.working.kind === 'cathode';
  const absent = hasCathode ? 'working_lithium_thickness_m' : 'cathode_stoichiometry';
  const columns = Object.entries({
    time_s: record.time_s,
    current_A: record.current_A,
    voltage_V: record.voltage_V,
    temperature_K: record.temperature_K,
    ...record.extra,
  });
  for (const [name, column] of columns) {
    if (column.length !== record.time_s.length) faults.push(`${name} has ${column.length} rows`);
    const at = column.findIndex((value) => (name === absent ? !Number.isNaN(value) : !Number.isFinite(value)));
    if (at >= 0) faults.push(`${name}[${at}] is ${column[at]}`);
  }
  for (let k = 1; k < record.time_s.length; k++) {
    if (!(record.time_s[k]! >= record.time_s[k - 1]!)) {
      faults.push(`time runs from ${record.time_s[k - 1]} back to ${record.time_s[k]}`);
      break;
    }
  }
  const last = record.time_s[record.time_s.length - 1];
  if (last !== undefined && Math.abs(last - result.state.time_s) > 1e-6 * (1 + last)) {
    faults.push(`the last row is of ${last} s, the state of ${result.state.time_s} s`);
  }
  for (const side of [result.state.counter, result.state.working]) {
    if (side !== null && !(side.lithium_mol_per_m2 >= -LITHIUM_mol_per_m2_ROUNDING))
      faults.push(`lithium ${side.lithium_mol_per_m2} mol/m2`);
  }
  const { cathodeStoichiometry: x } = result.state;
  // A wall in the open-circuit potential stands at 0 and 1; against volts it yields by this much.
  if (hasCathode && !(x > -6e-3 && x < 1 + 6e-3)) faults.push(`stoichiometry ${x}`);
  const parts = [
    'open_circuit_V',
    'ohmic_V',
    'interphase_V',
    'counter_kinetics_V',
    'working_kinetics_V',
    'concentration_V',
  ];
  for (let k = 0; k < record.time_s.length; k++) {
    const sum = parts.reduce((total, name) => total + record.extra[name]![k]!, 0);
    const size = parts.reduce((total, name) => total + Math.abs(record.extra[name]![k]!), 1);
    if (Math.abs(sum - record.voltage_V[k]!) > 1e-9 * size) {
      faults.push(`the parts of the voltage at row ${k} add to ${sum}, not ${record.voltage_V[k]}`);
      break;
    }
  }
  faults.push(...cycleFaults(result, hasCathode));
  return faults;
}

function cycleFaults({ cycles, state }: SimulationResult, hasCathode: boolean): string[] {
  const faults: string[] = [];
  let end_s = 0;
  for (const cycle of cycles) {
    const number = (name: string, value: number | null, nullable = false): void => {
      if (value === null ? !nullable : !Number.isFinite(value))
        faults.push(`cycle ${cycle.cycle}: ${name} is ${value}`);
    };
    const {
      interphase_thickness_nm: thickness,
      losses_mAh_per_cm2,
      overpotential_mV,
      model,
      interfacial_resistance_ohm_cm2,
      ageing,
      solid: _solid,
      ...rest
    } = cycle;
    const nullable = [
      'coulombic_efficiency',
      'mean_voltage_plating_V',
      'mean_voltage_stripping_V',
      'polarisation_mV',
      'nucleation_overpotential_mV',
    ];
    for (const [name, value] of Object.entries(rest)) {
      number(name, value, nullable.includes(name) || (name === 'working_lithium_um' && hasCathode));
    }
    for (const [name, value] of Object.entries(losses_mAh_per_cm2)) number(name, value);
    for (const [name, value] of Object.entries(overpotential_mV)) number(name, value);
    for (const [name, value] of Object.entries(ageing ?? {})) {
      if (typeof value === 'number') number(name, value);
      else {
        for (const [part, one] of Object.entries(value as Record<string, number | null>))
          number(`${name} of ${part}`, one, hasCathode);
      }
    }
    number('interphase of counter', thickness.counter);
    number('interphase of working', thickness.working, hasCathode);
    // NaN says that a collector was bare; every other cell has a resistance.
    if (!(interfacial_resistance_ohm_cm2 > 0) && !Number.isNaN(interfacial_resistance_ohm_cm2)) {
      faults.push(`cycle ${cycle.cycle}: interfacial resistance ${interfacial_resistance_ohm_cm2} (${model})`);
    }
    if (cycle.start_s !== end_s)
      faults.push(`cycle ${cycle.cycle} starts at ${cycle.start_s}, the last ended at ${end_s}`);
    end_s = cycle.end_s;
  }
  if (cycles.length > 0 && end_s !== state.time_s)
    faults.push(`the last cycle ends at ${end_s}, the state at ${state.time_s}`);
  return faults;
}

/** Messages with their numbers left out, counted. */
function counted(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) {
    const key = text.replace(/-?\d[\d.]*(?:e[-+]?\d+)?/gu, '#');
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe('any valid cell and protocol', () => {
  const cases = randomCases(ONE === null ? RUNS : ONE + 1, SEED);
  const outcomes: Outcome[] = [];

  test(`${RUNS} random runs end with a reason, in finite numbers, losing nothing`, {
    timeout: RUNS * WALL_MS_MAX,
  }, () => {
    cases.forEach((one, index) => {
      if (ONE === null || ONE === index) outcomes.push(runCase(index, one));
    });
    if (RUNS > 500 || ONE !== null) {
      const slowest = [...outcomes].sort((a, b) => b.wall_ms - a.wall_ms).slice(0, 10);
      console.log('ended as', counted(outcomes.map(({ kind }) => kind)));
      console.log(
        'slowest',
        slowest.map(
          ({ index, wall_ms, steps, kind }) => `case ${index}: ${wall_ms.toFixed(0)} ms, ${steps} steps, ${kind}`,
        ),
      );
      const failed = outcomes.filter(({ kind }) => kind === 'failed');
      console.log(
        'failed',
        counted(failed.map(({ message }) => message)),
        failed.map(({ index }) => index),
      );
    }
    const faulty = outcomes.filter(({ faults }) => faults.length > 0);
    expect(faulty.map(({ index, faults }) => `case ${index}: ${faults.join('; ')}`)).toEqual([]);
    const failed = outcomes.filter(({ kind }) => kind === 'failed');
    expect(
      failed.length,
      failed.map(({ index, message }) => `case ${index}: ${message}`).join('\n'),
    ).toBeLessThanOrEqual(Math.ceil(FAILED_SHARE_MAX * outcomes.length));
    // The cases must reach far enough to end in every way that there is.
    if (ONE === null && RUNS >= 300) {
      const kinds = new Set(outcomes.map(({ kind }) => kind));
      expect(STOP_KINDS.filter((kind) => kind !== 'failed' && !kinds.has(kind))).toEqual([]);
    }
  });
});
