// simulate(cell, protocol) → record. The runner takes a cell through its protocol step by step with a transport model,
// decides when the run is over, and keeps the books.

import { type Cell, countCycles, flattenProtocol, type Protocol, type Step } from '../cells/index.ts';
import { createRecordBuilder } from '../records/index.ts';
import {
  celsius_from_kelvin,
  LITHIUM_MOLAR_VOLUME_m3_per_mol,
  mA_per_cm2_from_A_per_m2,
  mAh_per_cm2_from_C_per_m2,
} from '../units/index.ts';
import { createAgeing } from './ageing.ts';
import { type CellParameters, compileCell } from './compile.ts';
import { createContactBook } from './contact.ts';
import {
  type CellState,
  type CycleSummary,
  emptyRow,
  type ResolvedStep,
  type Row,
  type SimulateOptions,
  type SimulationResult,
  type StepEnd,
  type Stop,
  type StopCondition,
  TEMPERATURE_K_MAX,
  TEMPERATURE_K_MIN,
  type TransportModel,
  type Work,
} from './contract.ts';
import { createCycleJumper, cyclesBetween } from './cycle-jump.ts';
import { type CycleTally, createCycleTally } from './cycle-summary.ts';
import { endOfLife } from './end-of-life.ts';
import { createFastModel } from './fast.ts';
import { createFullModel } from './full.ts';
import { createInterfaceProbe, type InterfaceProbe } from './interface-probe.ts';
import { createAudit, initialState } from './inventory.ts';
import { withCycles } from './protocol-cycles.ts';
import { remarksOn, sourcesOf } from './remarks.ts';
import { resolveStep } from './resolve-step.ts';

/** Rows kept when the caller does not say: about 100 MB of columns. */
export const ROWS_MAX_DEFAULT = 1_000_000;

/** Names of the record's extra columns, in the order of `extraOf`. */
const EXTRA_NAMES = [
  'counter_lithium_thickness_m',
  'working_lithium_thickness_m',
  'cathode_stoichiometry',
  'open_circuit_V',
  'ohmic_V',
  'interphase_V',
  'counter_kinetics_V',
  'working_kinetics_V',
  'concentration_V',
] as const;

const PROGRAM = 'limetal';

/**
 * Run a protocol on a cell. Never throws for mathematics that fails: `stop` says what happened and the record holds what was
 * computed.
 *
 * @throws InputError when the protocol asks for what the cell cannot give a meaning to (a C-rate without a capacity).
 */
export function simulate(cell: Cell, protocol: Protocol, options: SimulateOptions = {}): SimulationResult {
  return prepareCell(cell, options).run(protocol, options);
}

/** A cell with its laws compiled and its models built, for many runs one after the other. */
export interface PreparedCell {
  /** As `simulate`; every run starts from the cell as it was built. Not to be entered again from within a run. */
  run(protocol: Protocol, options?: Omit<SimulateOptions, 'relativeTolerance'>): SimulationResult;
}

/** Compile a cell once. The accuracy of the full model is settled here. */
export function prepareCell(cell: Cell, accuracy: Pick<SimulateOptions, 'relativeTolerance'> = {}): PreparedCell {
  const parameters = compileCell(cell);
  const probe = createInterfaceProbe(parameters);
  const models = new Map<'fast' | 'full', TransportModel>();
  const modelNamed = (name: 'fast' | 'full'): TransportModel => {
    const existing = models.get(name);
    if (existing !== undefined) return existing;
    const made = name === 'fast' ? createFastModel(parameters) : createFullModel(parameters, accuracy);
    models.set(name, made);
    return made;
  };
  return { run: (protocol, options = {}) => runProtocol({ parameters, probe, modelNamed }, protocol, options) };
}

/** What a run needs of its cell. */
interface Bench {
  readonly parameters: CellParameters;
  readonly probe: InterfaceProbe;
  readonly modelNamed: (name: 'fast' | 'full') => TransportModel;
}

function runProtocol(
  { parameters, probe, modelNamed }: Bench,
  protocol: Protocol,
  options: SimulateOptions,
): SimulationResult {
  const { cell } = parameters;
  const wanted = options.model ?? 'full';
  const fullCycles = new Set(options.fullCycles ?? []);
  const modelFor = (cycle: number): TransportModel => modelNamed(fullCycles.has(cycle) ? 'full' : wanted);
  const program = options.cycles === undefined ? protocol : withCycles(protocol, options.cycles);
  const cyclesTotal = Math.min(countCycles(program), options.cycles ?? Number.POSITIVE_INFINITY);
  const state = initialState(cell, LITHIUM_MOLAR_VOLUME_m3_per_mol);
  const audit = createAudit(cell, state);
  const ageing = createAgeing(parameters);
  const contact = createContactBook(cell);
  const work: Work = { steps: 0, rejected: 0, residuals: 0, jacobians: 0, factorisations: 0, solves: 0 };
  const builder = createRecordBuilder(EXTRA_NAMES, options.rows_max ?? ROWS_MAX_DEFAULT);
  const extra = new Float64Array(EXTRA_NAMES.length);
  const cycles: CycleSummary[] = [];
  const warnings = new Set<string>();
  const idleSteps = new Set<number>();
  const aborted = (): boolean => options.stop?.aborted === true;

  let tally: CycleTally | null = null;
  let cycle = 0;
  let stepInCycle = 0;
  let throughput = 0;
  let lastVoltage_V = 0;
  let usedModel: 'fast' | 'full' = wanted;
  let firstCapacity = Number.NaN;
  let stop: Stop | null = null;

  const endsOnly = options.detail === 'ends';
  // Where only the ends of steps are kept: the last row seen, and whether it is in the record.
  const held = { ...emptyRow(), time_s: Number.NaN };
  let rowsOfStep = 0;
  const meansIn = endsOnly && options.meansIn !== undefined ? new Set(options.meansIn) : null;
  let meansWanted = true;

  const sink = (row: Readonly<Row>): void => {
    tally!.row(row);
    lastVoltage_V = row.voltage_V;
    rowsOfStep++;
    if (!endsOnly || rowsOfStep === 1) keep(row);
    else Object.assign(held, row);
  };

  const keep = (row: Readonly<Row>): void => {
    extra[0] = row.counterLithium_m;
    extra[1] = row.workingLithium_m;
    extra[2] = row.cathodeStoichiometry;
    extra[3] = row.openCircuit_V;
    extra[4] = row.ohmic_V;
    extra[5] = row.interphase_V;
    extra[6] = row.counterKinetics_V;
    extra[7] = row.workingKinetics_V;
    extra[8] = row.concentration_V;
    builder.push(
      row.time_s,
      row.j_A_per_m2 * cell.area_m2,
      row.voltage_V,
      row.temperature_K,
      cycle,
      stepInCycle,
      extra,
    );
  };

  // Most steps are met once in every cycle and mean the same each time.
  const lasting = { withMeans: new Map<Step, ResolvedStep>(), without: new Map<Step, ResolvedStep>() };
  const resolvedOf = (step: Step): ResolvedStep => {
    const lastingHere = meansWanted ? lasting.withMeans : lasting.without;
    const known = lastingHere.get(step);
    if (known !== undefined) return known;
    const plain = resolveStep(step, cell, protocol, lastVoltage_V);
    const detail = meansWanted ? 'ends' : 'ends-without-means';
    const resolved = withRunLimits(endsOnly ? { ...plain, detail } : plain, protocol, state);
    if (plain.control.kind === 'current' && protocol.stop === undefined) lastingHere.set(step, resolved);
    return resolved;
  };

  const jumper =
    options.jump === true && contact === null && repeatsOneCycle(program) && fullCycles.size === 0
      ? createCycleJumper(state)
      : null;
  // The last cycle that is not computed but jumped over.
  let jumpedTo = 0;

  /** The next cycle that no jump may pass: one whose means are wanted, or the last. */
  const nextComputed = (after: number): number =>
    Math.min(cyclesTotal, ...[...(meansIn ?? [])].filter((wantedCycle) => wantedCycle > after));

  const closeCycle = (): Stop | null => {
    if (tally === null) return null;
    const finished = tally.finish(state, usedModel);
    const summary = contact === null ? finished : { ...finished, solid: contact.closeCycle(cycle, state, probe) };
    const before = cycles.at(-1);
    if (before !== undefined && before.cycle < cycle - 1) {
      // A cycle that was cut short is like none before it.
      cycles.push(...cyclesBetween(before, stop === null ? summary : { ...before, cycle, start_s: summary.start_s }));
    }
    cycles.push(summary);
    const capacity = tally.discharged_C_per_m2 * cell.area_m2;
    const passed = tally.throughput_C_per_m2;
    if (Number.isNaN(firstCapacity) && capacity > 0) firstCapacity = capacity;
    tally = null;
    const capacityEnd = capacityStop(protocol, capacity, firstCapacity, state.time_s);
    // The last cycle of all is computed, so that what it says is no guess.
    if (jumper !== null && stop === null && capacityEnd === null) {
      const jumped = jumper.after(nextComputed(cycle) - cycle - 1);
      jumpedTo = cycle + jumped;
      throughput += jumped * passed;
    }
    return capacityEnd;
  };

  for (const item of flattenProtocol(program)) {
    if (item.cycle <= jumpedTo && item.cycle !== cycle) continue;
    if (item.cycle !== cycle) {
      stop = closeCycle();
      if (stop === null && item.cycle <= jumpedTo) continue;
      if (stop !== null || item.cycle > cyclesTotal) break;
      cycle = item.cycle;
      meansWanted = meansIn === null || meansIn.has(cycle);
      tally = createCycleTally(cell, cycle, state, meansWanted);
      options.onProgress?.((cycle - 1) / cyclesTotal, cycle);
    }
    stepInCycle = item.stepInCycle;
    usedModel = fullCycles.has(cycle) ? 'full' : wanted;
    const resolved = resolvedOf(item.step);
    const charge0 = state.charge_C_per_m2;
    const start_s = state.time_s;
    tally!.beginStep();
    ageing?.beforeStep(state, resolved, lastVoltage_V);
    contact?.beforeStep(state, resolved);
    const end = modelFor(cycle).runStep(state, resolved, sink, work, aborted);
    if (endsOnly && rowsOfStep > 1) keep(held);
    rowsOfStep = 0;
    ageing?.afterStep(state);
    contact?.afterStep(state, probe);
    const passed = state.charge_C_per_m2 - charge0;
    throughput += Math.abs(passed);
    tally!.endStep(passed, probe.resistance_ohm_m2(state));
    audit.check(state, throughput);
    if (end.kind === 'stop' && passed === 0 && state.time_s === start_s && !idleSteps.has(stepInCycle)) {
      // A cell that is worn out does this in every cycle; said once, it is said.
      idleSteps.add(stepInCycle);
      warnings.add(
        `Step ${stepInCycle} of cycle ${cycle} ended as soon as it began: its end (${describeStop(end.stop)}) was already met. It may have done so in later cycles too.`,
      );
    }
    // How many steps a cycle has is not known ahead: each brings the bar closer to the cycle's end.
    options.onProgress?.((cycle - 1 / (stepInCycle + 1)) / cyclesTotal, cycle);
    stop = stopAfter(end, resolved, protocol, state, cycle, stepInCycle, warnings);
    if (stop !== null) break;
  }
  const capacityEnd = closeCycle();
  stop ??= capacityEnd;
  stop ??= {
    kind: 'completed',
    message: `The protocol was completed: ${cycles.length} of ${cyclesTotal} cycles.`,
    time_s: state.time_s,
  };
  options.onProgress?.(1, cycle);

  const used = new Set(cycles.map((summary) => summary.model));
  const model = used.size > 1 ? 'mixed' : usedModel;
  for (const remark of [...(contact?.remarks() ?? []), ...remarksOn(cell, program, stop)]) warnings.add(remark);
  return {
    cell,
    protocol: program,
    model,
    stop,
    record: builder.finish({
      area_m2: cell.area_m2,
      provenance: { kind: 'simulated', origin: cell.id, program: PROGRAM, notes: [`model: ${model}`] },
    }),
    cycles,
    end_of_life: endOfLife(cell, cycles, stop),
    conservation: audit.worst(),
    work,
    warnings: [...warnings],
    sources: sourcesOf(parameters),
    state,
  };
}

/** Stops of the whole run that a step can meet: a voltage, or the end of its time. */
function withRunLimits(step: ResolvedStep, protocol: Protocol, state: CellState): ResolvedStep {
  if (protocol.stop === undefined) return step;
  let { duration_s } = step;
  const stops = [...step.stops];
  for (const limit of protocol.stop) {
    if (limit.kind === 'time') duration_s = Math.min(duration_s, Math.max(0, limit.time_s - state.time_s));
    if (limit.kind === 'voltage') stops.push({ of: 'voltage', value: limit.voltage_V, side: limit.side, limit: true });
  }
  return { ...step, duration_s, stops };
}

function capacityStop(protocol: Protocol, capacity_C: number, first_C: number, time_s: number): Stop | null {
  for (const limit of protocol.stop ?? []) {
    if (limit.kind === 'capacity' && capacity_C < limit.capacity_C) {
      return { kind: 'protocol-stop', message: `The capacity fell below ${limit.capacity_C / 3.6} mAh.`, time_s };
    }
    if (limit.kind === 'capacity-fraction' && capacity_C < limit.fraction * first_C) {
      return {
        kind: 'protocol-stop',
        message: `The capacity fell below ${100 * limit.fraction} % of the first cycle's.`,
        time_s,
      };
    }
  }
  return null;
}

function describeStop({ of, value, side }: StopCondition): string {
  switch (of) {
    case 'voltage':
      return `voltage ${side} ${value} V`;
    case 'current':
      return `current ${side} ${Number(mA_per_cm2_from_A_per_m2(value).toPrecision(4))} mA/cm2`;
    case 'charge':
      return `charge of ${Number(mAh_per_cm2_from_C_per_m2(value).toPrecision(4))} mAh/cm2`;
  }
}

/** The stop of the run that an end of a step means; null when the protocol goes on. */
function stopAfter(
  end: StepEnd,
  step: ResolvedStep,
  protocol: Protocol,
  state: CellState,
  cycle: number,
  stepInCycle: number,
  warnings: Set<string>,
): Stop | null {
  const time_s = state.time_s;
  const place = `in cycle ${cycle}, step ${stepInCycle}`;
  const timeUp = protocol.stop?.find((limit) => limit.kind === 'time' && time_s >= limit.time_s - 1e-9);
  switch (end.kind) {
    case 'duration':
      if (timeUp !== undefined)
        return { kind: 'protocol-stop', message: `The time of the protocol was up ${place}.`, time_s };
      return null;
    case 'stop': {
      if (!end.stop.limit) return null;
      const [word, value] = [end.stop.side === 'above' ? 'rose' : 'fell', end.stop.value];
      const own = protocol.stop?.some((limit) => limit.kind === 'voltage' && limit.voltage_V === value) === true;
      return {
        kind: own ? 'protocol-stop' : 'voltage-limit',
        message: `The voltage ${word} to the ${own ? "protocol's" : "cell's"} limit of ${value} V ${place}.`,
        time_s,
      };
    }
    case 'lithium-exhausted':
    case 'salt-depleted':
    case 'cathode-limit': {
      const what = {
        'lithium-exhausted': `the lithium of the ${end.kind === 'lithium-exhausted' ? end.side : ''} electrode was gone`,
        'salt-depleted': `the salt at the ${end.kind === 'salt-depleted' ? end.side : ''} electrode was used up (limiting current)`,
        'cathode-limit': 'the surface of the cathode particles was full or empty',
      }[end.kind];
      // The voltage then runs away within a moment: a step that ends on a voltage has ended.
      if (step.stops.some((stop) => stop.of === 'voltage' && !stop.limit)) {
        if (end.kind === 'salt-depleted') warnings.add(`A step ended because ${what}, first ${place}.`);
        return null;
      }
      // A held voltage cannot run away: without lithium to move no current flows any more, and the hold has done its work.
      if (step.control.kind === 'voltage' && end.kind === 'lithium-exhausted') {
        warnings.add(`A held voltage ended early because ${what}, first ${place}.`);
        return null;
      }
      return { kind: end.kind, message: `Ended ${place}: ${what}.`, time_s };
    }
    case 'temperature-limit': {
      const reached = `${celsius_from_kelvin(state.temperature_K).toFixed(1)} °C`;
      const limit = (kelvin: number): string => `${celsius_from_kelvin(kelvin).toFixed(1)} °C`;
      const why =
        state.temperature_K > 0.5 * (TEMPERATURE_K_MIN + TEMPERATURE_K_MAX)
          ? `lithium melts at ${limit(TEMPERATURE_K_MAX)}`
          : `no electrolyte is liquid below ${limit(TEMPERATURE_K_MIN)}`;
      const message = `Ended ${place}: the cell reached ${reached}; ${why}.`;
      return { kind: 'temperature-limit', message, time_s };
    }
    case 'demand-unmet':
      return { kind: 'demand-unmet', message: `Ended ${place}: ${end.message}.`, time_s };
    case 'failed':
      return { kind: 'failed', message: `${end.message} This was ${place}.`, time_s };
    case 'aborted':
      return { kind: 'aborted', message: `Stopped on request ${place}; what was computed is kept.`, time_s };
  }
}

/** Whether every cycle does the same. */
function repeatsOneCycle({ items, stop }: Protocol): boolean {
  const [only] = items;
  if (items.length !== 1 || only?.kind !== 'repeat' || stop !== undefined) return false;
  return countCycles({ items: [{ ...only, times: 1 }] }) === 1;
}
