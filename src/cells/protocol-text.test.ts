import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import type { CycleGroup, Drive, Protocol, ProtocolItem, ProtocolStop, Step, Until } from './protocol.ts';
import { formatProtocol, PROTOCOL_TEXT_LENGTH_MAX, type ProtocolContext, parseProtocol } from './protocol-text.ts';
import { countCycles, countSteps, flattenProtocol } from './protocol-walk.ts';

const step = (drive: Drive, rest: Partial<Step> = {}): Step => ({ kind: 'step', drive, until: [], ...rest });
const volts = (voltage_V: number): Until => ({ kind: 'voltage', voltage_V });

/** Sentence, and the step it must give. Currents of discharge and plating are negative. */
const SENTENCES: readonly (readonly [string, Step])[] = [
  ['Discharge at 1C for 0.5 hours', step({ kind: 'c-rate', rate_per_h: -1 }, { duration_s: 1800 })],
  ['Discharge at C/20 for 0.5 hours', step({ kind: 'c-rate', rate_per_h: -1 / 20 }, { duration_s: 1800 })],
  ['Charge at 0.5 C for 45 minutes', step({ kind: 'c-rate', rate_per_h: 0.5 }, { duration_s: 2700 })],
  ['Discharge at 1 A for 0.5 hours', step({ kind: 'current', current_A: -1 }, { duration_s: 1800 })],
  ['Charge at 200 mA for 45 minutes', step({ kind: 'current', current_A: 0.2 }, { duration_s: 2700 })],
  ['Discharge at 1W for 0.5 hours', step({ kind: 'power', power_W: -1 }, { duration_s: 1800 })],
  ['Charge at 200mW for 45 minutes', step({ kind: 'power', power_W: 0.2 }, { duration_s: 2700 })],
  ['Rest for 10 minutes', step({ kind: 'rest' }, { duration_s: 600 })],
  ['Hold at 1V for 20 seconds', step({ kind: 'voltage', voltage_V: 1 }, { duration_s: 20 })],
  ['Charge at 1 C until 4.1V', step({ kind: 'c-rate', rate_per_h: 1 }, { until: [volts(4.1)] })],
  [
    'Hold at 4.1 V until 50mA',
    step({ kind: 'voltage', voltage_V: 4.1 }, { until: [{ kind: 'current', current_A: 0.05 }] }),
  ],
  [
    'Hold at 3V until C/50',
    step({ kind: 'voltage', voltage_V: 3 }, { until: [{ kind: 'c-rate', rate_per_h: 1 / 50 }] }),
  ],
  [
    'Discharge at C/3 for 2 hours or until 2.5 V',
    step({ kind: 'c-rate', rate_per_h: -1 / 3 }, { duration_s: 7200, until: [volts(2.5)] }),
  ],
  ['Discharge at 4 Ohm for 10 m', step({ kind: 'resistance', resistance_ohm: 4, sign: -1 }, { duration_s: 600 })],
  ['Charge at 4 Ω until 4.2 V', step({ kind: 'resistance', resistance_ohm: 4, sign: 1 }, { until: [volts(4.2)] })],
  [
    'Charge at 1 A until < 4.1V',
    step({ kind: 'current', current_A: 1 }, { until: [{ kind: 'voltage', voltage_V: 4.1, side: 'below' }] }),
  ],
  ['Rest for 10 minutes (5 minute period)', step({ kind: 'rest' }, { duration_s: 600, period_s: 300 })],
  [
    'Charge at 200 mA for 45 minutes at 10.2oC (1 minute period)',
    step({ kind: 'current', current_A: 0.2 }, { duration_s: 2700, period_s: 60, temperature_K: 283.35 }),
  ],
  ['rest for 1 h (45 °C)', step({ kind: 'rest' }, { duration_s: 3600, temperature_K: 318.15 })],
  ['Rest at 25 °C for 1 h 30 min', step({ kind: 'rest' }, { duration_s: 5400, temperature_K: 298.15 })],
  [
    'Plate at 1 mA/cm2 for 1 mAh/cm2',
    step({ kind: 'current-density', j_A_per_m2: -10 }, { until: [{ kind: 'areal-charge', charge_C_per_m2: 36000 }] }),
  ],
  [
    'strip at 1 mA cm⁻² for 1 mAh cm⁻² or until 1 V.',
    step(
      { kind: 'current-density', j_A_per_m2: 10 },
      { until: [{ kind: 'areal-charge', charge_C_per_m2: 36000 }, volts(1)] },
    ),
  ],
  ['PLATE AT 0.5 mA/cm2, FOR 2 h', step({ kind: 'current-density', j_A_per_m2: -5 }, { duration_s: 7200 })],
  [
    'Discharge at 1 mA until 2.5 V or 5 mAh',
    step({ kind: 'current', current_A: -0.001 }, { until: [volts(2.5), { kind: 'charge', charge_C: 18 }] }),
  ],
  ['Hold at -0.1 V', step({ kind: 'voltage', voltage_V: -0.1 })],
  ['Rest for 1 h (tag "a; (b) \\"c\\"")', step({ kind: 'rest' }, { duration_s: 3600, tags: ['a; (b) "c"'] })],
  [
    'Run current 0 s 1 mA, 10 s -2 mA for 1 h',
    step({ kind: 'profile', of: 'current', time_s: [0, 10], value_SI: [0.001, -0.002] }, { duration_s: 3600 }),
  ],
];

test.each(SENTENCES)('%s', (sentence, wanted) => {
  expect(parseProtocol([sentence])).toEqual({ items: [wanted] });
});

const [plate, strip, rest] = [
  'Plate at 1 mA/cm2 for 1 mAh/cm2',
  'Strip at 1 mA/cm2 until 1 V',
  'Rest for 1 h',
] as const;

/** Protocol, its cycles, its steps, and its canonical text. */
const PROTOCOLS: readonly (readonly [
  string,
  Parameters<typeof parseProtocol>[0],
  number,
  number,
  (string | string[])[],
])[] = [
  ['plate, strip, repeat', [plate, strip, 'repeat 200'], 200, 400, [plate, strip, 'repeat 200']],
  ['the same in one text', `${plate}; ${strip}; repeat 200 times`, 200, 400, [plate, strip, 'repeat 200']],
  [
    'the same in lines with remarks',
    `# cycling\n${plate}\n${strip}  # to 1 V\n\n* 200`,
    200,
    400,
    [plate, strip, 'repeat 200'],
  ],
  ['the same in brackets', `(${plate}; ${strip}) * 200`, 200, 400, [plate, strip, 'repeat 200']],
  ['the same after a colon', `repeat 200: ${plate}; ${strip}`, 200, 400, [plate, strip, 'repeat 200']],
  ['the same as data', [{ repeat: 200, steps: [plate, strip] }], 200, 400, [plate, strip, 'repeat 200']],
  ['a list without repeats is one cycle', [plate, strip, rest], 1, 3, [plate, strip, rest]],
  ['a tuple is one cycle', [[plate, strip], [rest]], 2, 3, [[plate, strip], [rest]]],
  [
    'a formation step is a cycle of its own',
    [plate, `(${plate}; ${strip}) * 3`],
    4,
    7,
    [plate, `(${plate}; ${strip}) * 3`],
  ],
  [
    'a second repeat begins after the first',
    [plate, strip, 'repeat 3', rest, 'repeat 2'],
    5,
    8,
    [plate, strip, 'repeat 3', rest, 'repeat 2'],
  ],
  [
    'inner repeats do not count',
    `((${plate}; ${strip}) * 5; ${rest}) * 2`,
    2,
    22,
    [`((${plate}; ${strip}) * 5; ${rest}) * 2`],
  ],
  [
    'tuples inside a repeat do',
    [{ repeat: 3, steps: [[plate, strip], rest] }],
    6,
    9,
    [[plate, strip], rest, 'repeat 3'],
  ],
  [
    'a Python list of PyBaMM',
    `[\n  ("Charge at 1C until 4.2 V",  # cc\n   "Hold at 4.2 V until C/50"),\n  ('Rest for 1 hour',),\n] * 2 + [("Rest for 1 hour",)]`,
    5,
    7,
    [['Charge at 1C until 4.2 V', 'Hold at 4.2 V until C/50'], [rest], 'repeat 2', [rest]],
  ],
  ['one step repeated', `${rest} * 3`, 3, 3, [rest, 'repeat 3']],
  [
    'friendly objects',
    [{ plate: '1 mA/cm2', for: '1 mAh/cm2' }, { strip: '1 mA/cm2', until: '1 V' }, { rest: '60 min' }],
    1,
    3,
    [plate, strip, rest],
  ],
];

describe('whole protocols', () => {
  test.each(PROTOCOLS)('%s', (_, input, cycles, steps, text) => {
    const protocol = parseProtocol(input);
    expect(formatProtocol(protocol)).toEqual(text);
    expect(countCycles(protocol)).toBe(cycles);
    const walked = [...flattenProtocol(protocol)];
    expect(walked.length).toBe(steps);
    expect(countSteps(protocol)).toBe(steps);
    expect(walked.at(-1)!.cycle).toBe(cycles);
  });

  test('settings of the whole protocol, in text and in data', () => {
    const wanted: Protocol = {
      items: [
        step({ kind: 'rest' }, { duration_s: 3600, temperature_K: 318.15 }),
        step({ kind: 'rest' }, { duration_s: 60, temperature_K: 300 }),
      ],
      period_s: 60,
      stop: [
        { kind: 'capacity-fraction', fraction: 0.8 },
        { kind: 'voltage', voltage_V: 2.5, side: 'below' },
        { kind: 'time', time_s: 360000 },
        { kind: 'capacity', capacity_C: 14400 },
      ],
    };
    const lines =
      'record every 1 min\ntemperature 45 °C\nstop at 80% capacity\nstop below 2.5 V\nstop after 100 h\nstop at 4 A.h capacity';
    expect(parseProtocol(`${lines}\n${rest}\nRest for 1 min at 300 K`)).toEqual(wanted);
    const stop = ['80% capacity', '2.5 V', '100 hours', '4 Ah capacity'];
    expect(
      parseProtocol({
        steps: [rest, 'Rest for 1 min at 300 K'],
        period: '1 minute',
        temperature: '45oC',
        termination: stop,
      }),
    ).toEqual(wanted);
    expect(parseProtocol(formatProtocol(wanted))).toEqual(wanted);
    expect(parseProtocol(wanted)).toEqual(wanted);
  });

  test.each(['Rest for 1 h at -40 °C', 'Rest for 1 h (100 °C)', 'Rest for 1 h at 233.15 K'])(
    'the coldest and the hottest that a cell may be: %s',
    (text) => {
      expect(() => parseProtocol(text)).not.toThrow();
    },
  );

  test('steps are numbered from 1 within cycles from 1', () => {
    const walked = [...flattenProtocol(parseProtocol([rest, `(${plate}; ${strip}) * 2`]))];
    expect(walked.map(({ cycle, stepInCycle }) => [cycle, stepInCycle])).toEqual([
      [1, 1],
      [2, 1],
      [2, 2],
      [3, 1],
      [3, 2],
    ]);
  });

  test('a million repeats are walked without being laid out', () => {
    const steps = flattenProtocol(parseProtocol([plate, strip, 'repeat 1000000']));
    for (let k = 0; k < 5; k++) steps.next();
    expect(steps.next().value).toMatchObject({ cycle: 3, stepInCycle: 2 });
  });
});

const TEMPERATURE_WANTED = 'a temperature from -40 °C to 100 °C';
const TEMPERATURE_HINT = '(a plain number is in SI; did you mean "25 °C"?)';

/** Input, and the whole message. */
const FAULTS: readonly (readonly [unknown, string, ProtocolContext?])[] = [
  [
    'Plat at 1 mA/cm2 for 1 h',
    'protocol: got "Plat", want a step that begins with Plate, Strip, Charge, Discharge, Rest, Hold or Run (did you mean Plate?)',
  ],
  [
    [rest, rest, 'Plate at 1 mA/cm for 1 mAh/cm'],
    'protocol[2]: got "1 mA/cm", want a current, a current density, a C-rate, a power or a load such as "1 mA", "1 mA/cm2", "C/3", "5 mW" or "4 Ohm" (did you mean "1 mA/cm2"?)\nprotocol[2]: got "1 mAh/cm", want a time or a charge such as "2 h" or "1 mAh/cm2" (did you mean "1 mAh/cm2"?)',
  ],
  [
    `${rest}\n${rest}\nRest 10 minutes`,
    'protocol:3: got "10 minutes", want "for" after "Rest" (did you mean "Rest for 10 minutes"?)',
  ],
  ['Charge 1C until 4 V', 'protocol: got "1C", want "at" after "Charge" (did you mean "Charge at 1C"?)'],
  ['Rest', 'protocol: got a rest without an end, want a duration (such as "Rest for 10 minutes")'],
  [
    'Rest until 50 mA',
    'protocol: got a rest until 50 mA, want a rest that ends by time or voltage (no current flows at rest; say "Rest for …")',
  ],
  ['Rest for -1 h', 'protocol: got "-1 h", want a duration above zero'],
  ['Charge at 0 A for 1 h', 'protocol: got "0 A", want a value above zero (for no current say "Rest for …")'],
  [
    'Charge at −1 A for 1 h',
    'protocol: got "−1 A", want a value above zero (the verb gives the direction; did you mean "Discharge at 1 A"?)',
  ],
  [
    'Hold at 4 V until 0 A',
    'protocol: got "0 A", want a value above zero (a current only nears zero and never gets there)',
  ],
  [
    'Plate at 1 mA/cm2',
    'protocol: got a step that names no end, want "for" or "until" (such as "for 1 mAh/cm2", "for 2 h" or "until 1 V")',
  ],
  ['Plate at 1 mA/cm2 for 1 V', 'protocol: got "1 V", want a time or a charge after "for" (did you mean "until 1 V"?)'],
  [
    'Charge at 1 A for 1 h and until 3 V',
    'protocol: got "and", want "or" between two ends of a step (the first condition met ends a step, so say "or")',
  ],
  [
    'Charge at 1 A until 0.5 A',
    'protocol: got a constant current until 500 mA, want a current that ends by time, voltage or charge (the current is held and does not move; hold a voltage to let it fall)',
  ],
  [
    'Hold at 4 V until 3 V',
    'protocol: got a hold until 3 V, want a hold that ends by time, current or charge (the voltage is held and does not move)',
  ],
  [
    'Charge at 1C until 4.1 V at 25 C',
    'protocol: got "25 C", want one value after "Charge at" (for a temperature write "25 °C")',
  ],
  [
    'Run US06 (A)',
    'protocol: got "Run US06 (A)", want a drive cycle with its values, such as "Run current 0 s 1 mA, 10 s 2 mA" (drive cycles by name are not stored here; give times and values, in text or as a "profile" in data form)',
  ],
  [
    'Run current 1 s 1 mA, 1 s 2 mA',
    'protocol: got a drive cycle that starts at 1 s, want a start at 0 s\nprotocol: got 1 s after 1 s, want times that increase',
  ],
  [[rest, 'repeat 0'], 'protocol[1]: got repeat 0, want a whole number of repeats from 1 to 10000000'],
  [[rest, 'repeat many'], 'protocol[1]: got "repeat many", want "repeat" and a whole number such as "repeat 200"'],
  [['repeat 3'], 'protocol[0]: got repeat 3 of nothing, want steps to repeat (put the steps before "repeat")'],
  [
    `((${rest}) * 10000) * 10000`,
    'protocol: got 100000000 passes of nested repeats, want at most 10000000 passes and 100000000 steps',
  ],
  [`(${rest}`, 'protocol: got "(Rest for 1 h", want a bracket that is closed'],
  [[[rest, [rest]]], 'protocol[0][1]: got a list, want a step inside a cycle (repeat the whole cycle instead)'],
  [
    [[rest, 'repeat 3']],
    'protocol[0]: got a repeat or a cycle inside a cycle, want steps only (repeat the whole cycle instead)',
  ],
  [[], 'protocol: got no steps, want at least one step (such as "Plate at 1 mA/cm2 for 1 mAh/cm2")'],
  ['', 'protocol: got "", want a step such as "Plate at 1 mA/cm2 for 1 mAh/cm2"'],
  [
    [null, 1],
    'protocol[0]: got null, want a step: text, a nested list, or an object\nprotocol[1]: got 1, want a step: text, a nested list, or an object',
  ],
  [
    'Charge at C/3 until 4.2 V',
    'protocol: got a C-rate, want a current or current density (this cell has no nominal capacity that a C-rate could refer to)',
    { nominalCapacity_C: null },
  ],
  [
    plate,
    'protocol: got "Plate", want "Charge" or "Discharge" in a cell whose working electrode is a cathode ("Charge" plates on the counter electrode)',
    { cellKind: 'Li|cathode' },
  ],
  [
    [{ kind: 'step', drive: { kind: 'curent', current_A: 1 } }],
    'protocol[0].drive.kind: got "curent", want one of rest, current, current-density, c-rate, voltage, power, resistance, profile (did you mean current?)',
  ],
  [
    [{ kind: 'step', drive: { kind: 'current', current_A: '1 V' }, duration_s: 5 }],
    'protocol[0].drive.current_A: got "1 V" (a voltage), want a current such as "2 mA"',
  ],
  [
    [{ kind: 'step', drive: { kind: 'rest' }, duration_s: 0 }],
    'protocol[0].duration_s: got 0, want a value above zero',
  ],
  [
    [{ kind: 'step', drive: { kind: 'rest' }, duration: 5 }],
    'protocol[0].duration: got the key "duration", want one of kind, drive, duration_s, until, period_s, temperature_K, tags (did you mean duration_s?)',
  ],
  [
    [{ kind: 'repeat', times: 1.5, items: [rest] }],
    'protocol[0].times: got 1.5, want a whole number of repeats from 1 to 10000000',
  ],
  ['Rest for 1 h at -60 °C', `protocol: got "-60 °C", want ${TEMPERATURE_WANTED}`],
  ['Rest for 1 h (150 °C)', `protocol: got "150 °C", want ${TEMPERATURE_WANTED}`],
  [`${rest}\ntemperature 25 K`, `protocol:2: got "25 K", want ${TEMPERATURE_WANTED}`],
  [{ items: [rest], temperature: '400 K' }, `protocol.temperature: got "400 K", want ${TEMPERATURE_WANTED}`],
  [[{ rest: '1 h', temperature: '150 °C' }], `protocol[0]: got "150 °C", want ${TEMPERATURE_WANTED}`],
  [
    [{ kind: 'step', drive: { kind: 'rest' }, duration_s: 5, temperature_K: 25 }],
    `protocol[0].temperature_K: got 25, want ${TEMPERATURE_WANTED} ${TEMPERATURE_HINT}`,
  ],
  [
    { items: [rest], temperature_K: 25 },
    `protocol.temperature_K: got 25, want ${TEMPERATURE_WANTED} ${TEMPERATURE_HINT}`,
  ],
  [[{ plate: '1 mA/cm2', strip: '1 mA/cm2' }], 'protocol[0]: got plate and strip, want one step in an object'],
];

test.each(FAULTS.map(([input, message, context]) => ({ input, message, context })))(
  '$input',
  ({ input, message, context }) => {
    let found: unknown;
    try {
      parseProtocol(input as string, 'protocol', context);
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(InputError);
    expect((found as InputError).message).toBe(message);
  },
);

test('areal steps of a cathode cell are printed as charge and discharge', () => {
  const protocol = parseProtocol(['Charge at 1 mA/cm2 until 4.2 V', 'Discharge at 1 mA/cm2 until 3 V']);
  expect(formatProtocol(protocol, 'Li|cathode')).toEqual([
    'Charge at 1 mA/cm2 until 4.2 V',
    'Discharge at 1 mA/cm2 until 3 V',
  ]);
  expect(formatProtocol(protocol, 'Li|Cu')).toEqual(['Strip at 1 mA/cm2 until 4.2 V', 'Plate at 1 mA/cm2 until 3 V']);
});

// Any valid protocol at all. Numbers are any doubles of a plausible size, not only round ones.
const size = fc.oneof(
  fc.double({ min: 1e-9, max: 1e6, noNaN: true }),
  fc.integer({ min: 1, max: 1000 }).map((n) => n / 100),
);
const signed = fc.tuple(size, fc.boolean()).map(([value, negative]) => (negative ? -value : value));
const side = fc.constantFrom({}, { side: 'above' as const }, { side: 'below' as const });
const voltageEnd = fc
  .tuple(signed, side)
  .map(([voltage_V, sided]): Until => ({ kind: 'voltage', voltage_V, ...sided }));
const currentEnd: fc.Arbitrary<Until> = fc
  .tuple(size, side, fc.integer({ min: 0, max: 2 }))
  .map(([value, sided, kind]) =>
    kind === 0
      ? { kind: 'current', current_A: value, ...sided }
      : kind === 1
        ? { kind: 'current-density', j_A_per_m2: value, ...sided }
        : { kind: 'c-rate', rate_per_h: value, ...sided },
  );
const chargeEnd: fc.Arbitrary<Until> = fc
  .tuple(size, fc.boolean())
  .map(([value, areal]) =>
    areal ? { kind: 'areal-charge', charge_C_per_m2: value } : { kind: 'charge', charge_C: value },
  );
const profile = fc
  .tuple(
    fc.constantFrom('current', 'power', 'voltage'),
    fc.uniqueArray(size, { minLength: 1, maxLength: 5 }),
    fc.array(signed, { minLength: 6, maxLength: 6 }),
  )
  .map(
    ([of, times, values]): Drive => ({
      kind: 'profile',
      of: of as 'current',
      time_s: [0, ...times.sort((a, b) => a - b)],
      value_SI: values.slice(0, times.length + 1),
    }),
  );
const driveAndEnds: fc.Arbitrary<readonly [Drive, fc.Arbitrary<Until>, boolean]> = fc.oneof(
  fc.constant([{ kind: 'rest' }, voltageEnd, true] as const),
  signed.map((current_A) => [{ kind: 'current', current_A }, fc.oneof(voltageEnd, chargeEnd), true] as const),
  signed.map((j_A_per_m2) => [{ kind: 'current-density', j_A_per_m2 }, fc.oneof(voltageEnd, chargeEnd), true] as const),
  signed.map((rate_per_h) => [{ kind: 'c-rate', rate_per_h }, fc.oneof(voltageEnd, chargeEnd), true] as const),
  signed.map((voltage_V) => [{ kind: 'voltage', voltage_V }, fc.oneof(currentEnd, chargeEnd), false] as const),
  signed.map((power_W) => [{ kind: 'power', power_W }, fc.oneof(voltageEnd, currentEnd, chargeEnd), true] as const),
  fc
    .tuple(size, fc.constantFrom<-1 | 1>(-1, 1))
    .map(
      ([resistance_ohm, sign]) =>
        [{ kind: 'resistance', resistance_ohm, sign }, fc.oneof(voltageEnd, currentEnd, chargeEnd), true] as const,
    ),
  profile.map((drive) => [drive, fc.oneof(voltageEnd, chargeEnd), false] as const),
);
const anyStep: fc.Arbitrary<Step> = driveAndEnds.chain(([drive, end, needsEnd]) =>
  fc
    .record(
      {
        duration_s: size,
        until: fc.array(end, { maxLength: 3 }),
        period_s: size,
        temperature_K: fc.double({ min: 233.15, max: 373.15, noNaN: true }),
        tags: fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: ['until'] },
    )
    .filter(({ duration_s, until }) => !needsEnd || duration_s !== undefined || until.length > 0)
    .map((rest) => ({ kind: 'step', drive, ...rest })),
);
const cycleGroup: fc.Arbitrary<CycleGroup> = fc
  .array(anyStep, { minLength: 1, maxLength: 3 })
  .map((items) => ({ kind: 'cycle', items }));
const { item: anyItem } = fc.letrec<{ item: ProtocolItem; repeat: ProtocolItem }>((tie) => ({
  item: fc.oneof({ maxDepth: 3 }, anyStep, cycleGroup, tie('repeat')),
  repeat: fc.record({
    kind: fc.constant('repeat' as const),
    times: fc.integer({ min: 1, max: 9 }),
    items: fc.array(tie('item'), { minLength: 1, maxLength: 3 }),
  }),
}));
const anyStop: fc.Arbitrary<ProtocolStop> = fc.oneof(
  fc
    .tuple(signed, fc.constantFrom('above' as const, 'below' as const))
    .map(([voltage_V, which]) => ({ kind: 'voltage' as const, voltage_V, side: which })),
  fc.double({ min: 0.01, max: 1, noNaN: true }).map((fraction) => ({ kind: 'capacity-fraction' as const, fraction })),
  size.map((capacity_C) => ({ kind: 'capacity' as const, capacity_C })),
  size.map((time_s) => ({ kind: 'time' as const, time_s })),
);
const anyProtocol: fc.Arbitrary<Protocol> = fc.record(
  {
    items: fc.array(anyItem, { minLength: 1, maxLength: 5 }),
    period_s: size,
    stop: fc.array(anyStop, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['items'] },
);

describe('properties', () => {
  test('every protocol prints to a text that reads back to the same data, to the last bit', () => {
    fc.assert(
      fc.property(anyProtocol, (protocol) => {
        const text = formatProtocol(protocol);
        expect(parseProtocol(text)).toEqual(protocol);
        // The same in one text, where tuples are brackets, and as data that went through JSON.
        const oneText = text.map((line) => (typeof line === 'string' ? line : `(${line.join('; ')})`)).join('\n');
        expect(parseProtocol(oneText)).toEqual(protocol);
        expect(parseProtocol(JSON.parse(JSON.stringify(protocol)))).toEqual(protocol);
      }),
      { numRuns: 300 },
    );
  });

  test('the walk agrees with the counts, and cycles have no gaps', () => {
    fc.assert(
      fc.property(anyProtocol, (protocol) => {
        fc.pre(countSteps(protocol) < 5000);
        let [cycle, stepInCycle, steps] = [0, 0, 0];
        for (const at of flattenProtocol(protocol)) {
          steps++;
          if (at.cycle === cycle) expect(at.stepInCycle).toBe(stepInCycle + 1);
          else expect([at.cycle, at.stepInCycle]).toEqual([cycle + 1, 1]);
          ({ cycle, stepInCycle } = at);
        }
        expect([cycle, steps]).toEqual([countCycles(protocol), countSteps(protocol)]);
      }),
      { numRuns: 200 },
    );
  });

  test('nothing that comes through the door gives anything but a protocol or an InputError', () => {
    const word = fc.constantFrom(
      'Plate',
      'Strip',
      'Rest',
      'Hold',
      'Run current',
      'at',
      'for',
      'until',
      'or',
      'repeat',
      '200',
      '1 mA/cm2',
      '1 h',
      '1 V',
      '0 s',
      ';',
      '\n',
      '(',
      ')',
      '*',
      '"',
      '#',
      '[',
      ']',
      ',',
      '(1 min period)',
      'stop',
      'C/3',
      '°C',
    );
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(word, { maxLength: 14 }).map((words) => words.join(' ')),
    );
    const anything = fc.oneof(
      odd,
      fc.array(fc.oneof(odd, fc.array(odd, { maxLength: 3 }), fc.jsonValue())),
      fc.jsonValue(),
      fc.anything(),
    );
    fc.assert(
      fc.property(anything, (input) => {
        try {
          expect(parseProtocol(input as string).items.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as InputError).issues.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['spaces', ' '],
    ['commas', ','],
    ['brackets', '('],
    ['quotes', '"'],
    ['remarks', ' #'],
    ['line ends', '\n'],
    ['repeats', 'repeat 2: '],
    ['digits', '1'],
    ['minus signs', '-'],
  ])(
    'a long text of %s is refused in good time',
    (_, piece) => {
      for (const before of ['', 'Rest for ', 'Run current 0 s ', 'repeat ', 'Rest for 1 h (']) {
        const text = `${before}${piece.repeat(Math.floor((PROTOCOL_TEXT_LENGTH_MAX - 50) / piece.length))}x`;
        expect(() => parseProtocol(text)).toThrow(InputError);
      }
    },
    10_000,
  );
});
