// Random cells and protocols for the robustness test: everything that a cell file and a protocol may say, from what is usual
// on a bench to the bounds of the schema, with meshes from two nodes to sixty.

import fc from 'fast-check';
import { arbitraryCellFile } from '../src/cells/arbitrary-cell-file.test-tool.ts';
import { type Cell, type Drive, type Protocol, type ProtocolItem, parseCell, type Step } from '../src/cells/index.ts';
import type { SimulateOptions } from '../src/simulation/index.ts';

export interface RandomCase {
  readonly cell: Cell;
  readonly protocol: Protocol;
  readonly options: SimulateOptions;
}

/** Evenly, and now and then exactly at a bound. Unbiased: the library's own bias would make most numbers 0, 1 or the least. */
function between(min: number, max: number): fc.Arbitrary<number> {
  return fc.oneof(
    {
      weight: 30,
      arbitrary: fc.noBias(fc.integer({ min: 0, max: 2 ** 30 })).map((k) => min + (max - min) * (k / 2 ** 30)),
    },
    { weight: 1, arbitrary: fc.constantFrom(min, max) },
  );
}

/** Evenly in its logarithm. */
function logarithmic(min: number, max: number): fc.Arbitrary<number> {
  return between(Math.log10(min), Math.log10(max)).map((power) => Math.min(max, Math.max(min, 10 ** power)));
}

/** Usually as a bench has it, now and then anywhere in the schema's bounds. */
function mostly(usual: fc.Arbitrary<number>, extreme: fc.Arbitrary<number>): fc.Arbitrary<number> {
  return fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: extreme });
}

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const layer = fc.record({
  name: fc.constant('layer'),
  thickness: logarithmic(1e-11, 1e-6),
  conductivity: mostly(logarithmic(1e-6, 1e-2), logarithmic(1e-12, 1e3)),
  lithiumConcentration: mostly(between(2e4, 1.35e5), logarithmic(1, 3e5)),
  saltFraction: between(0, 1),
  growth: fc.oneof(
    fc.constant({ kind: 'none' }),
    fc.record({
      kind: fc.constant('reaction-limited'),
      rate: logarithmic(1e-18, 1e-10),
      alpha: between(0, 1),
      potential: between(0, 1.5),
    }),
    fc.record({ kind: fc.constant('transport-limited'), k: logarithmic(1e-12, 1e-8) }),
    fc.record({ kind: fc.constant('tunnelling'), rate: logarithmic(1e-12, 1e-3), decay: logarithmic(1e8, 1e10) }),
    fc.record({
      kind: fc.constant('unified'),
      exchangeCurrent: logarithmic(1e-9, 1e-2),
      alpha: between(0, 1),
      diffusivity: logarithmic(1e-22, 1e-16),
      concentration: logarithmic(1, 5000),
      tunnellingThickness: between(0, 5e-9),
    }),
    fc.record({
      kind: fc.constant('electron-migration'),
      conductivity: logarithmic(1e-15, 1e-10),
      potential: between(0, 1.5),
    }),
  ),
});

/** Replacements in the electrodes of a file; each applies where the electrode is of that kind. */
const electrodeChanges = fc.record({
  lithium: optional(mostly(logarithmic(1e-7, 5e-4), logarithmic(1e-8, 5e-3))),
  areaRatio: optional(mostly(logarithmic(1, 30), logarithmic(0.1, 1000))),
  exchangeCurrent: optional(mostly(logarithmic(0.1, 1000), logarithmic(1e-4, 1e5))),
  interphase: optional(fc.array(layer, { maxLength: 3 })),
  initialStoichiometry: optional(mostly(between(0.05, 0.95), fc.constantFrom(0.0005, 0.9995))),
  particleRadius: optional(mostly(logarithmic(1e-7, 1e-5), logarithmic(1e-9, 1e-4))),
  conductivity: optional(mostly(logarithmic(0.1, 100), logarithmic(1e-6, 1e7))),
  thickness: optional(mostly(logarithmic(2e-5, 2e-4), logarithmic(1e-6, 2e-3))),
});

type ElectrodeChanges = typeof electrodeChanges extends fc.Arbitrary<infer T> ? T : never;
type Plain = Record<string, unknown>;

function changed(electrode: Plain, changes: ElectrodeChanges): Plain {
  const take = (keys: Record<string, unknown>): Plain =>
    Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined));
  if (electrode.kind === 'cathode') {
    const { initialStoichiometry, particleRadius, conductivity, thickness } = changes;
    const { capacity, ...rest } = electrode;
    const sized = thickness === undefined ? electrode : rest;
    return { ...sized, ...take({ initialStoichiometry, particleRadius, conductivity, thickness }) };
  }
  const { lithium, areaRatio, exchangeCurrent, interphase } = changes;
  const kinetics = exchangeCurrent === undefined ? undefined : { ...(electrode.kinetics as Plain), exchangeCurrent };
  const thickness = electrode.kind === 'lithium' ? lithium : undefined;
  return { ...electrode, ...take({ thickness, areaRatio, kinetics, interphase }) };
}

const nodes = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 3, max: 20 }) },
  { weight: 1, arbitrary: fc.constant(2) },
  { weight: 1, arbitrary: fc.constant(60) },
);

const cellChanges = fc.record({
  working: electrodeChanges,
  counter: electrodeChanges,
  separator: optional(
    fc.record({
      thickness: mostly(logarithmic(1e-5, 1e-3), logarithmic(1e-6, 5e-3)),
      porosity: mostly(between(0.2, 0.9), fc.constantFrom(0.05, 0.99)),
      bruggeman: mostly(between(1, 2.5), between(0, 5)),
    }),
  ),
  electrolyte: optional(
    fc.record({
      name: fc.constant('mine'),
      law: fc.constant('constant'),
      concentration: mostly(between(100, 4000), logarithmic(10, 15_000)),
      conductivity: logarithmic(1e-3, 5),
      diffusivity: logarithmic(1e-13, 1e-8),
      transferenceNumber: mostly(between(0.1, 0.9), between(-0.9, 0.999)),
      thermodynamicFactor: mostly(between(0.8, 5), logarithmic(0.05, 50)),
    }),
  ),
  temperature: optional(mostly(between(253, 333), fc.constantFrom(233.15, 373.15))),
  voltageLimits: optional(fc.constantFrom([-10, 10], [-0.5, 0.5], [2, 4.5], [0, 5])),
  contactResistance: optional(logarithmic(1e-7, 1e-2)),
  thermal: optional(
    fc.record({ heatCapacity: logarithmic(1, 1e4), heatTransfer: fc.oneof(fc.constant(0), logarithmic(0.1, 1e4)) }),
  ),
  mesh: fc.record({ separator: nodes, cathode: nodes, particle: nodes }),
});

const cell: fc.Arbitrary<Cell> = fc
  .tuple(arbitraryCellFile, cellChanges)
  .map(([file, { working, counter, mesh, ...rest }]) => {
    const replaced = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const parsed = parseCell({
      ...file,
      ...replaced,
      // Electrolyte for the pores as they now are.
      amount: 'pores',
      working: changed(file.working as Plain, working),
      counter: changed(file.counter as Plain, counter),
    });
    // A file asks for three nodes at least; the library takes two.
    return {
      ...parsed,
      mesh: { separatorNodes: mesh.separator, cathodeNodes: mesh.cathode, particleNodes: mesh.particle },
    };
  });

const sign = fc.constantFrom<-1 | 1>(-1, 1);
const signed = (size: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.tuple(sign, size).map(([s, value]) => s * value);
/** 1e-6 to 100 mA/cm2, mostly what cells bear. */
const currentDensity = signed(mostly(logarithmic(0.5, 50), logarithmic(1e-5, 1000)));
const voltage = fc.oneof(between(-0.5, 0.5), between(2, 4.5), between(-10, 10), fc.constant(0));

function driveOf({ area_m2, nominalCapacity_C }: Cell): fc.Arbitrary<Drive> {
  const power = signed(mostly(logarithmic(0.1, 100), logarithmic(1e-5, 1e4))).map((areal) => areal * area_m2);
  const rate = signed(mostly(logarithmic(0.1, 3), logarithmic(1e-4, 300)));
  const profileValue = {
    current: currentDensity.map((j) => j * area_m2),
    power,
    voltage,
  };
  const profile = fc.constantFrom('current', 'power', 'voltage').chain((of) =>
    fc
      .array(fc.tuple(logarithmic(1e-3, 1000), profileValue[of as keyof typeof profileValue]), {
        minLength: 1,
        maxLength: 8,
      })
      .map((points) => {
        const time_s = [0];
        for (const [wait] of points.slice(1)) time_s.push(time_s[time_s.length - 1]! + wait);
        const values = points.map(([, value]) => value);
        if (values.length === 1) return { time_s: [0, 100], values: [values[0]!, values[0]!] };
        return { time_s, values };
      })
      .map(({ time_s, values }): Drive => ({ kind: 'profile', of: of as 'current', time_s, value_SI: values })),
  );
  const drives: fc.WeightedArbitrary<Drive>[] = [
    { weight: 8, arbitrary: currentDensity.map((j_A_per_m2): Drive => ({ kind: 'current-density', j_A_per_m2 })) },
    { weight: 2, arbitrary: currentDensity.map((j): Drive => ({ kind: 'current', current_A: j * area_m2 })) },
    { weight: 3, arbitrary: fc.constant<Drive>({ kind: 'rest' }) },
    { weight: 3, arbitrary: voltage.map((voltage_V): Drive => ({ kind: 'voltage', voltage_V })) },
    { weight: 2, arbitrary: power.map((power_W): Drive => ({ kind: 'power', power_W })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(logarithmic(1e-4, 1e2), sign)
        .map(([areal, s]): Drive => ({ kind: 'resistance', resistance_ohm: areal / area_m2, sign: s })),
    },
    { weight: 2, arbitrary: profile },
  ];
  // A C-rate on a cell without a capacity is bad input, and the only bad input here.
  if (nominalCapacity_C !== null)
    drives.push({ weight: 3, arbitrary: rate.map((rate_per_h): Drive => ({ kind: 'c-rate', rate_per_h })) });
  return fc.oneof(...drives);
}

function stepOf(of: Cell): fc.Arbitrary<Step> {
  const ends = fc.record({
    duration_s: mostly(logarithmic(10, 2e4), logarithmic(1e-6, 1e7)),
    voltage: optional(voltage),
    side: optional(fc.constantFrom<'above' | 'below'>('above', 'below')),
    charge: optional(mostly(logarithmic(10, 1e4), logarithmic(1e-3, 1e6))),
    current: optional(logarithmic(1e-4, 10)),
    period_s: optional(logarithmic(1, 1e4)),
    temperature_K: fc.oneof(
      { weight: 9, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: between(253, 333) },
    ),
    open: fc.nat(9),
  });
  return fc.tuple(driveOf(of), ends).map(([drive, end]): Step => {
    const until: Step['until'][number][] = [];
    const side = end.side === undefined ? {} : { side: end.side };
    const held = drive.kind === 'voltage';
    const constant = drive.kind === 'current' || drive.kind === 'current-density' || drive.kind === 'c-rate';
    if (end.voltage !== undefined && !held) until.push({ kind: 'voltage', voltage_V: end.voltage, ...side });
    if (end.charge !== undefined && drive.kind !== 'rest')
      until.push({ kind: 'areal-charge', charge_C_per_m2: end.charge });
    if (end.current !== undefined && drive.kind !== 'rest' && !constant) {
      until.push({ kind: 'current-density', j_A_per_m2: end.current, ...side });
    }
    // Without a duration a step lasts a day at most, and must say what ends it.
    const unsaid = end.open === 0 && (until.length > 0 || held || drive.kind === 'profile');
    return {
      kind: 'step',
      drive,
      ...(unsaid ? {} : { duration_s: end.duration_s }),
      until,
      ...(end.period_s === undefined ? {} : { period_s: Math.max(end.period_s, end.duration_s / 5000) }),
      ...(end.temperature_K === undefined ? {} : { temperature_K: end.temperature_K }),
    };
  });
}

/** What cells are made for: charge and discharge at one current, with rests. */
const usualCycles: fc.Arbitrary<ProtocolItem> = fc
  .tuple(
    mostly(logarithmic(0.5, 50), logarithmic(1e-5, 1000)),
    logarithmic(60, 2e4),
    sign,
    fc.integer({ min: 1, max: 5 }),
    fc.boolean(),
  )
  .map(([j, duration_s, first, times, rests]): ProtocolItem => {
    const pass = (s: number): Step => ({
      kind: 'step',
      drive: { kind: 'current-density', j_A_per_m2: s * j },
      duration_s,
      until: s > 0 ? [{ kind: 'voltage', voltage_V: 1, side: 'above' }] : [],
    });
    const rest: Step = { kind: 'step', drive: { kind: 'rest' }, duration_s: 600, until: [] };
    const items = rests ? [pass(first), rest, pass(-first)] : [pass(first), pass(-first)];
    return { kind: 'repeat', times, items };
  });

function protocolOf(of: Cell): fc.Arbitrary<Protocol> {
  const step = stepOf(of);
  const item: fc.Arbitrary<ProtocolItem> = fc.oneof(
    { weight: 4, arbitrary: step },
    {
      weight: 1,
      arbitrary: fc
        .array(step, { minLength: 1, maxLength: 3 })
        .map((items): ProtocolItem => ({ kind: 'cycle', items })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.integer({ min: 1, max: 3 }), fc.array(step, { minLength: 1, maxLength: 3 }))
        .map(([times, items]): ProtocolItem => ({ kind: 'repeat', times, items })),
    },
    { weight: 2, arbitrary: usualCycles },
  );
  const stop = optional(
    fc.oneof(
      fc.constantFrom<NonNullable<Protocol['stop']>[number]>(
        { kind: 'capacity-fraction', fraction: 0.8 },
        { kind: 'capacity', capacity_C: 0.1 },
        { kind: 'voltage', voltage_V: 2.8, side: 'below' },
      ),
      logarithmic(10, 1e6).map((time_s) => ({ kind: 'time' as const, time_s })),
    ),
  );
  return fc
    .tuple(fc.array(item, { minLength: 1, maxLength: 5 }), stop)
    .map(([items, end]): Protocol => ({ items, ...(end === undefined ? {} : { stop: [end] }) }));
}

const options: fc.Arbitrary<SimulateOptions> = fc.constantFrom<SimulateOptions>(
  { model: 'full' },
  { model: 'full' },
  { model: 'full', rows_max: 200 },
  { model: 'fast' },
  { model: 'fast', fullCycles: [1, 3] },
  { model: 'fast', fullCycles: [2] },
  { model: 'full', cycles: 2 },
  { model: 'full', relativeTolerance: 1e-6 },
);

export const randomCase: fc.Arbitrary<RandomCase> = cell.chain((one) =>
  fc.record({ cell: fc.constant(one), protocol: protocolOf(one), options }),
);

/** The same cases for the same seed, from the first. */
export function randomCases(count: number, seed: number): RandomCase[] {
  return fc.sample(randomCase, { numRuns: count, seed });
}
