import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatViolation, importsOf } from './room-rules.ts';
import { filesUnder } from './source-files.ts';
import { exportedNames, nameFault, unitlessNames, unitOf } from './unit-names.ts';

const EXCEPTIONS = new Map([
  ['src/simulation/contract.ts: charge', 'a drift of charge relative to the charge passed'],
  ['src/cells/ageing.ts: weibullModulus', 'the exponent of a distribution, a pure number'],
  ['src/physics/interphase/fracture.ts: weibullModulus', 'the exponent of a distribution, a pure number'],
]);

const resolve = (from: string, specifier: string): string => posix.join(posix.dirname(from), specifier);

describe('an exported field with a dimension ends in its unit', () => {
  // Public is what a room's index.ts passes on. Mathematics has no units, so `numerics` has none in its names either.
  const doors = filesUnder('src', '/index.ts').filter(({ path }) => path !== 'src/numerics/index.ts');
  const behind = new Set(doors.flatMap(({ path, text }) => importsOf(text).map((one) => resolve(path, one.specifier))));
  const files = filesUnder('src', '.ts').filter(({ path }) => behind.has(path));

  test('fields are found at all', () => {
    const names = files.flatMap((file) => exportedNames(file)).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(100);
    expect(names).toEqual(expect.arrayContaining(['electrolyteVolume_m3', 'voltage_V', 'rate_A_m2_5_per_mol1_5', 'F']));
  });

  test('every exception is still needed', () => {
    const flagged = unitlessNames(files).map(({ file, message }) => `${file}: ${message.split(':')[0]}`);
    expect([...EXCEPTIONS.keys()].filter((key) => !flagged.includes(key))).toEqual([]);
  });

  test('no field hides its unit', () => {
    expect(unitlessNames(files, EXCEPTIONS).map(formatViolation)).toEqual([]);
  });
});

describe('the checker', () => {
  test.each([
    ['current_A', 'A'],
    ['j_A_per_m2', 'A_per_m2'],
    ['capacity_mAh_per_cm2', 'mAh_per_cm2'],
    ['voltage_V_max', 'V'],
    ['mean_voltage_plating_V', 'V'],
    ['k_m_per_sqrt_s', 'm_per_sqrt_s'],
    ['rate_A_m2_5_per_mol1_5', 'A_m_per_mol'],
    ['heatCapacity_J_per_m2_K', 'J_per_m2_K'],
    ['rows_max', null],
    ['coulombic_efficiency', null],
    ['A', null],
  ])('%s has the unit %s', (name, unit) => {
    expect(unitOf(name)).toBe(unit);
  });

  test.each([
    ['thickness', /a thickness has a dimension/],
    ['layerThickness', /a thickness has a dimension/],
    ['separator_thickness', /a thickness has a dimension/],
    ['voltage_min', /a voltage has a dimension/],
    ['temperature_max', /a temperature has a dimension/],
    ['exchangeCurrent', /a current has a dimension/],
    ['thickness_inch', /a thickness has a dimension/],
    ['flow_Gal', /Gal is not in the list/],
    ['rate_furlong_per_fortnight', /per is not in the list/],
  ])('%s is a fault', (name, why) => {
    expect(nameFault(name)).toMatch(why);
  });

  test.each([
    'areaRatio',
    'growthByCurrent',
    'currentIndex',
    'porosity',
    'timeColumn',
    'rows_max',
    'coulombic_efficiency',
    'DEFAULT_STEPS',
  ])('%s needs no unit', (name) => {
    expect(nameFault(name)).toBeNull();
  });

  test('reads interfaces, unions, inline types and constants, and nothing else', () => {
    const text = [
      '/** thickness: number; */',
      'export interface Layer {',
      '  readonly thickness: number; // m',
      '  readonly name: string;',
      '  readonly ends: { readonly voltage: number };',
      '  voltageAt(time: string): void;',
      '}',
      "export type Drive = | { readonly kind: 'a'; readonly current: number }",
      "  | { readonly kind: 'b'; readonly power?: Float64Array };",
      'interface Private { readonly area: number }',
      'export const DURATION = 3;',
      'export const DURATION_s = 3;',
    ].join('\n');
    expect(unitlessNames([{ path: 'a.ts', text }]).map(formatViolation)).toEqual([
      'a.ts:3: thickness: a thickness has a dimension, so the name ends in its unit',
      'a.ts:5: voltage: a voltage has a dimension, so the name ends in its unit',
      'a.ts:8: current: a current has a dimension, so the name ends in its unit',
      'a.ts:9: power: a power has a dimension, so the name ends in its unit',
      'a.ts:11: DURATION: a duration has a dimension, so the name ends in its unit',
    ]);
  });
});
