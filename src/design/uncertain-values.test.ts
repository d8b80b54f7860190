import { describe, expect, test } from 'vitest';
import {
  type Assumption,
  builtInCell,
  builtInCells,
  builtInFile,
  type Cell,
  cellToFile,
  type MetalElectrode,
  type PorousCathode,
  parseCell,
} from '../cells/index.ts';
import { InputError } from '../units/index.ts';
import { uncertainValues } from './uncertain-values.ts';

const cell = builtInCell('li-cu-ether-nitrate');
const working = (of: Cell): MetalElectrode => of.working as MetalElectrode;

/** The cell with one value other than it was. */
function varied(of: Cell, parameter: string, value: number): Cell {
  const { varied: values, cellWith } = uncertainValues(of);
  const at = values.findIndex((one) => one.parameter === parameter);
  if (at < 0) throw new Error(`${parameter} is not among ${values.map((one) => one.parameter).join(', ')}`);
  return cellWith(values.map((one, k) => (k === at ? value : one.value)));
}

/** A cell in which just these values are uncertain. */
function assuming(
  of: Cell,
  ...assumptions: readonly (Partial<Assumption> & Pick<Assumption, 'path' | 'value'>)[]
): Cell {
  const rest = { unit: '1', tag: 'assumed', source: 'this test' } as const;
  return { ...of, assumptions: assumptions.map((one) => ({ ...rest, ...one })) };
}

describe('every assumption of every built-in cell', () => {
  test.each(builtInCells().map(({ id }) => id))('%s: is varied or said to be fixed, once', (id) => {
    const own = builtInCell(id);
    const { varied: values, fixed } = uncertainValues(own);
    const paths = [...values.flatMap((one) => one.paths), ...fixed.map(({ path }) => path)];
    expect(paths.sort()).toEqual(own.assumptions.map(({ path }) => path).sort());
    // Whatever has a range has a place in the cell.
    expect(fixed.filter(({ reason }) => reason !== 'no range is stated')).toEqual([]);
    for (const { path } of fixed) expect(own.assumptions.find((one) => one.path === path)!.range).toBeUndefined();
  });

  test.each(builtInCells().map(({ id }) => id))('%s: its own values give the cell itself, others another', (id) => {
    const own = builtInCell(id);
    const { varied: values, cellWith } = uncertainValues(own);
    expect(cellWith(values.map(({ value }) => value))).toEqual(own);
    for (const [at, { parameter, range, value }] of values.entries()) {
      const end = range[0] === value ? range[1] : range[0];
      const changed = cellWith(values.map((one, k) => (k === at ? end : one.value)));
      expect(changed, parameter).not.toEqual(own);
      expect(parseCell(cellToFile(changed)), parameter).toEqual(changed);
    }
  });
});

describe('ageing', () => {
  const aged = (extra: object) => parseCell({ ...builtInFile('li-cu-ether-nitrate'), ...extra });

  test('values of a coating, a host and an additive are found in the cell by the names of the file', () => {
    const own = aged({
      working: {
        kind: 'foil',
        material: 'Cu',
        coating: { layers: [{ name: 'mine', thickness: '50 nm', conductivity: 1e-4 }] },
        host: { name: 'felt', thickness: '100 µm', porosity: 0.8, areaRatio: 10 },
      },
      electrolyte: {
        name: '1 M LiTFSI in DOL/DME (1:1 v/v) + 1 wt% LiNO3',
        additives: [{ name: 'LiNO3', concentration: '0.15 M', reserve: 0 }],
      },
    });
    const { fixed, varied: values } = uncertainValues(own);
    expect(fixed.filter(({ reason }) => reason !== 'no range is stated')).toEqual([]);
    expect(values.map(({ parameter }) => parameter)).toEqual(
      expect.arrayContaining(['working.coating.layers[0].toughness', 'working.host.shellFailure']),
    );
    const tough = varied(own, 'working.coating.layers[0].toughness', 1e6).ageing!.working!.coating!.layers[0]!;
    expect(tough.fractureToughness_Pa_sqrt_m).toBe(1e6);
    expect(varied(own, 'electrolyte.additives[0].electrons', 4).ageing!.additives[0]!.electrons).toBe(4);
    expect(varied(own, 'working.host.contactShare', 0.5).ageing!.working!.host!.contactShare).toBe(0.5);
  });

  test('without additives there is one way of plating, with them two', () => {
    const sides = (of: Cell) => [of.ageing!.counter, of.ageing!.working!];
    const plain = parseCell(builtInFile('li-cu-carbonate'));
    for (const side of sides(varied(plain, 'plating.depositSize', 3e-6))) {
      expect(side.plating.depositSize_m).toBe(3e-6);
      expect(side.platingWithoutAdditives.depositSize_m).toBe(3e-6);
    }
    const additives = [{ name: 'LiNO3', concentration: '0.15 M' }];
    const electrolyte = { name: '1 M LiTFSI in DOL/DME (1:1 v/v) + 1 wt% LiNO3', additives };
    for (const side of sides(varied(aged({ electrolyte }), 'plating.depositSize', 9e-6))) {
      expect(side.plating.depositSize_m).toBe(9e-6);
      expect(side.platingWithoutAdditives.depositSize_m).not.toBe(9e-6);
    }
  });
});

describe('what belongs together moves together', () => {
  test('the interphase that both sides share', () => {
    const changed = varied(cell, 'interphase[0].conductivity', 7e-6);
    expect(changed.counter.interphase[0]!.conductivity_S_per_m).toBe(7e-6);
    expect(working(changed).interphase[0]!.conductivity_S_per_m).toBe(7e-6);
    expect(working(varied(cell, 'interphase[0].growth.k', 2e-11)).interphase[0]!.growth).toEqual({
      kind: 'transport-limited',
      k_m_per_sqrt_s: 2e-11,
    });
  });

  test('an interphase of its own keeps its values', () => {
    const file = { ...builtInFile('li-cu-ether-nitrate') } as Record<string, unknown>;
    file.working = { kind: 'foil', material: 'Cu', interphase: [{ material: 'native', thickness: '40 nm' }] };
    const own = parseCell(file);
    const changed = varied(own, 'interphase[0].thickness', 9e-9);
    expect(changed.counter.interphase[0]!.thickness_m).toBe(9e-9);
    expect(working(changed).interphase[0]!.thickness_m).toBe(4e-8);
    // The conductivity of both is one property of one electrolyte, told by two paths.
    const { varied: values } = uncertainValues(own);
    expect(values.map(({ parameter }) => parameter)).toContain('working.interphase[0].conductivity');
  });

  test('one electrolyte on two surfaces', () => {
    const { varied: values } = uncertainValues(cell);
    const exchange = values.find(({ parameter }) => parameter === 'kinetics.exchangeCurrent')!;
    expect(exchange).toMatchObject({
      value: 100,
      unit: 'A/m2',
      range: [10, 400],
      scale: 'logarithmic',
      tag: 'memory',
      paths: ['working.kinetics.exchangeCurrent', 'counter.kinetics.exchangeCurrent'],
    });
    const changed = varied(cell, 'kinetics.exchangeCurrent', 30);
    expect([changed.counter, working(changed)].map(({ kinetics }) => kinetics.exchangeCurrent_A_per_m2)).toEqual([
      30, 30,
    ]);
  });

  test('surfaces with different values are two', () => {
    const path = 'kinetics.exchangeCurrent';
    const own: Cell = {
      ...assuming(
        cell,
        { path: `counter.${path}`, value: 100, range: [50, 200] },
        { path: `working.${path}`, value: 80, range: [50, 200] },
      ),
      working: { ...working(cell), kinetics: { ...working(cell).kinetics, exchangeCurrent_A_per_m2: 80 } },
    };
    expect(uncertainValues(own).varied.map(({ parameter }) => parameter)).toEqual([
      `counter.${path}`,
      `working.${path}`,
    ]);
    const changed = varied(own, `working.${path}`, 60);
    expect(changed.counter.kinetics.exchangeCurrent_A_per_m2).toBe(100);
    expect(working(changed).kinetics.exchangeCurrent_A_per_m2).toBe(60);
  });

  test('the transfer coefficients of one reaction sum to 1', () => {
    const { varied: values } = uncertainValues(cell);
    expect(values.find(({ parameter }) => parameter === 'kinetics.alphaAnodic')!.paths).toHaveLength(4);
    for (const { kinetics } of [varied(cell, 'kinetics.alphaAnodic', 0.375)].flatMap((one) => [
      one.counter,
      working(one),
    ])) {
      expect(kinetics.law).toEqual({ kind: 'butler-volmer', alphaAnodic: 0.375, alphaCathodic: 0.625 });
    }
  });
});

describe('where a path of the file leads', () => {
  const cathodeCell = builtInCell('li-nmc811');
  const cathode = (of: Cell): PorousCathode => of.working as PorousCathode;
  const warm: Cell = { ...cell, thermal: { heatCapacity_J_per_m2_K: 600, heatTransfer_W_per_m2_K: 10 } };
  const marcus = parseCell({
    ...builtInFile(cell.id),
    counter: { kind: 'lithium', thickness: '50 µm', kinetics: { law: 'marcus-hush-chidsey' } },
  });
  const reorganisation = marcus.counter.kinetics.law as { readonly reorganisationEnergy_eV: number };

  test.each<[string, Cell, number, readonly [number, number], (changed: Cell) => number]>([
    ['temperature', cell, cell.temperature_K, [290, 310], (c) => c.temperature_K],
    ['contactResistance', cell, 0, [0, 1e-3], (c) => c.contactResistance_ohm_m2],
    ['counter.thickness', cell, cell.counter.lithiumThickness_m, [1e-5, 3e-4], (c) => c.counter.lithiumThickness_m],
    ['separator.thickness', cell, cell.separator.thickness_m, [1e-5, 3e-5], (c) => c.separator.thickness_m],
    ['amount', cell, cell.electrolyteVolume_m3, [2e-8, 9e-8], (c) => c.electrolyteVolume_m3],
    ['voltageLimits[1]', cell, cell.voltage_V_max, [1.5, 4], (c) => c.voltage_V_max],
    ['thermal.heatTransfer', warm, 10, [5, 30], (c) => c.thermal!.heatTransfer_W_per_m2_K],
    ['electrolyte.conductivity', cell, 1.1, [0.9, 1.4], (c) => c.electrolyte.conductivity_S_per_m!],
    ['working.thickness', cathodeCell, cathode(cathodeCell).thickness_m, [4e-5, 9e-5], (c) => cathode(c).thickness_m],
    [
      'working.diffusivity',
      cathodeCell,
      4e-15,
      [1e-15, 2e-14],
      (c) => (cathode(c).diffusivity as { value: number }).value,
    ],
    ['working.kinetics.rate', cathodeCell, 3.42e-6, [1e-6, 9e-6], (c) => cathode(c).kinetics.rate_A_m2_5_per_mol1_5],
    ['nominalCapacity', cathodeCell, cathodeCell.nominalCapacity_C!, [10, 20], (c) => c.nominalCapacity_C!],
    [
      'counter.kinetics.reorganisationEnergy',
      marcus,
      reorganisation.reorganisationEnergy_eV,
      [0.2, 0.6],
      (c) => (c.counter.kinetics.law as typeof reorganisation).reorganisationEnergy_eV,
    ],
  ])('%s', (path, of, value, range, read) => {
    const own = assuming(of, { path, value, range });
    expect(read(own)).toBeCloseTo(value, 14);
    const between = range[0] + 0.75 * (range[1] - range[0]);
    expect(read(varied(own, path, between))).toBe(between);
  });

  test('a density moves the volume that the amount in grams came to', () => {
    const own = assuming(cell, { path: 'electrolyte.density', value: 1200, unit: 'kg/m3', range: [1000, 1600] });
    const { electrolyteVolume_m3 } = varied(own, 'electrolyte.density', 1500);
    expect(electrolyteVolume_m3).toBeCloseTo((cell.electrolyteVolume_m3 * 1200) / 1500, 20);
  });

  test('pores stay full: with just their volume, and with too little left for larger ones', () => {
    const pores_m3 = (of: Cell): number => of.area_m2 * of.separator.thickness_m * of.separator.porosity;
    const path = 'separator.thickness';
    const value = cell.separator.thickness_m;
    const own = assuming(cell, { path, value, range: [0.5 * value, 3 * value] });
    for (const volume_m3 of [pores_m3(cell), 1.5 * pores_m3(cell)]) {
      const thicker = varied({ ...own, electrolyteVolume_m3: volume_m3 }, path, 2 * value);
      expect(thicker.electrolyteVolume_m3).toBeCloseTo(2 * pores_m3(cell), 20);
    }
    const lean = { ...own, electrolyteVolume_m3: pores_m3(cell) };
    expect(varied(lean, path, 0.5 * value).electrolyteVolume_m3).toBeCloseTo(0.5 * pores_m3(cell), 20);
    expect(varied({ ...own, electrolyteVolume_m3: 4e-8 }, path, 2 * value).electrolyteVolume_m3).toBe(4e-8);
  });
});

describe('what is not varied', () => {
  test.each<[string, Partial<Assumption> & Pick<Assumption, 'path' | 'value'>, RegExp]>([
    ['no range', { path: 'contactResistance', value: 0 }, /no range is stated/],
    ['no width', { path: 'contactResistance', value: 0, range: [0, 0] }, /no width/],
    ['turned round', { path: 'contactResistance', value: 0, range: [1, 0] }, /no width/],
    ['no such value', { path: 'counter.colour', value: 3, range: [1, 5] }, /holds no such number/],
    ['no such layer', { path: 'interphase[7].thickness', value: 3, range: [1, 5] }, /holds no such number/],
    ['not a number', { path: 'counter.interphase', value: 3, range: [1, 5] }, /holds no such number/],
    ['changed since', { path: 'temperature', value: 298.15, range: [290, 310] }, /the cell has 333 there by now/],
  ])('%s', (_name, assumption, why) => {
    const { varied: values, fixed } = uncertainValues({ ...assuming(cell, assumption), temperature_K: 333 });
    expect(values).toEqual([]);
    expect(fixed).toHaveLength(1);
    expect(fixed[0]!.reason).toMatch(why);
  });
});

test('more than a decade is drawn by its logarithm, less and what touches zero by itself', () => {
  const scaleOf = (low: number, high: number): string =>
    uncertainValues(
      assuming(cell, { path: 'separator.thickness', value: cell.separator.thickness_m, range: [low, high] }),
    ).varied[0]!.scale;
  expect(scaleOf(1e-6, 1.01e-5)).toBe('logarithmic');
  expect(scaleOf(1e-6, 1e-5)).toBe('linear');
  const touching = assuming(cell, { path: 'contactResistance', value: 0, range: [0, 1e-3] });
  expect(uncertainValues(touching).varied[0]!.scale).toBe('linear');
});

test('a range that no cell file may hold is bad input, every end of it told', () => {
  const own = assuming(
    cell,
    { path: 'separator.porosity', value: cell.separator.porosity, range: [0.3, 1.2] },
    { path: 'temperature', value: cell.temperature_K, range: [-5, 9000] },
  );
  const error = (() => {
    try {
      return uncertainValues(own);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).issues.map(({ where, found }) => [where, found])).toEqual([
    ['assumptions, range of separator.porosity', '1.2'],
    ['assumptions, range of temperature', '-5'],
    ['assumptions, range of temperature', '9000'],
  ]);
});
