import { describe, expect, test } from 'vitest';
import { parseElectrolyte, platingOf } from '../materials/index.ts';
import { InputError, type Issue } from '../units/index.ts';
import { builtInCell, builtInFile } from './built-in.ts';
import type { Cell } from './cell.ts';
import { parseCell } from './parse-cell.ts';

const PLAIN = {
  limetal: 1,
  name: 'Li|Cu',
  area: '1.27 cm2',
  working: { kind: 'foil', material: 'Cu' },
  counter: { kind: 'lithium', thickness: '250 µm' },
  electrolyte: '1 M LiPF6 in EC/DEC (1:1 w/w)',
};
const FELT = { name: 'felt', thickness: '100 µm', porosity: 0.8, areaRatio: 20 };

function issuesOf(input: unknown): readonly Issue[] {
  try {
    parseCell(input);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).issues;
  }
  return [];
}

const onCopper = (extra: object): object => ({ ...PLAIN, working: { ...PLAIN.working, ...extra } });
const workingOf = (file: object) => parseCell(file).ageing!.working!;
const assumedOf = ({ assumptions }: Cell, path: string) => assumptions.find((one) => one.path === path);

describe('ageing is on unless a file says none', () => {
  test('plating comes from the electrolyte, with tag and range', () => {
    const cell = parseCell(PLAIN);
    const law = platingOf(parseElectrolyte(PLAIN.electrolyte));
    expect(cell.ageing!.counter.plating).toMatchObject({
      interphaseCharge_C_per_m2: law.interphaseCharge.value,
      depositSize_m: law.depositSize.value,
    });
    expect(assumedOf(cell, 'working.plating.unstrippableSkin')).toMatchObject({
      value: law.unstrippableSkin.value,
      tag: 'fitted',
      range: law.unstrippableSkin.range,
    });
    expect(cell.ageing!.counter.platingWithoutAdditives).toEqual(cell.ageing!.counter.plating);
  });

  test('bare copper corrodes what lies on it, lithium foil does not', () => {
    const { working, counter } = parseCell(PLAIN).ageing!;
    expect(working!.galvanic).toMatchObject({ areaRatio: 1 });
    expect(counter.galvanic).toBeNull();
    expect(workingOf(onCopper({ galvanic: null })).galvanic).toBeNull();
  });

  test('a cathode has no lithium to age', () => {
    expect(builtInCell('li-nmc811').ageing).toMatchObject({ working: null, counter: { coating: null } });
  });

  test('none gives what the published models have, and refuses strategies that would go unheard', () => {
    expect(parseCell({ ...PLAIN, ageing: 'none' }).ageing).toBeNull();
    const { assumptions } = parseCell({ ...PLAIN, ageing: 'none' });
    expect(assumptions.filter(({ path }) => /plating|substrate|ageing|pressure/u.test(path))).toEqual([]);
    const issues = issuesOf({ ...onCopper({ coating: 'LiF', host: null }), ageing: 'none' });
    expect(issues.map(({ where }) => where)).toEqual(['working.coating']);
    expect(builtInCell('xu2019-half-cell').ageing).toBeNull();
  });
});

describe('what a file says of ageing is taken, the rest is supplied', () => {
  test('a coating by name, with one property of its own', () => {
    const cell = parseCell(onCopper({ coating: { material: 'Li3N', thickness: '40 nm', pinholes: 0.001 } }));
    const coating = cell.ageing!.working!.coating!;
    expect(coating).toMatchObject({ pinholeFraction: 0.001, layers: [{ name: 'Li3N', thickness_m: 4e-8 }] });
    expect(assumedOf(cell, 'working.coating.layers[0].thickness')).toBeUndefined();
    expect(assumedOf(cell, 'working.coating.layers[0].conductivity')).toMatchObject({ unit: 'S/m' });
    expect(cell.ageing!.counter.coating).toBeNull();
  });

  test('a coating of layers, from the metal outwards', () => {
    const { layers } = workingOf(
      onCopper({ coating: ['Li3N', { name: 'skin', thickness: '1 µm', conductivity: '1 mS/cm' }] }),
    ).coating!;
    expect(layers.map(({ name }) => name)).toEqual(['Li3N', 'skin']);
  });

  test('a host at the top of a file is that of the side under test', () => {
    const at = workingOf(onCopper({ host: FELT })).host;
    expect(workingOf({ ...PLAIN, host: FELT }).host).toEqual(at);
    const full = { ...builtInFile('li-nmc811'), host: FELT };
    expect(parseCell(full).ageing!.counter.host).toEqual(at);
    expect(issuesOf({ ...onCopper({ host: FELT }), host: FELT })[0]).toMatchObject({ where: 'host' });
  });

  test('a host of bare metal corrodes over all its surface', () => {
    expect(workingOf(onCopper({ host: { ...FELT, galvanic: true } })).galvanic!.areaRatio).toBe(20);
    expect(workingOf(onCopper({ host: FELT })).galvanic!.areaRatio).toBe(1);
  });

  test('the pore of a host follows from its surface where it is not told', () => {
    // 4·0.8·100 µm/20
    expect(workingOf(onCopper({ host: FELT })).host!.poreSize_m).toBeCloseTo(16e-6, 12);
  });

  test('what lithium nucleates on is the collector, unless another name or number stands there', () => {
    expect(workingOf(PLAIN).substrate.nucleationOverpotential_V).toBe(0.04);
    expect(workingOf(onCopper({ substrate: 'Ni' })).substrate.nucleationOverpotential_V).toBe(0.03);
    const seeded = workingOf(onCopper({ substrate: { nucleationOverpotential: '2 mV' } })).substrate;
    expect(seeded).toMatchObject({ nucleationOverpotential_V: 0.002, referenceOverpotential_V: 0.04 });
  });

  test("additives of an electrolyte of one's own, and what is left without them", () => {
    const electrolyte = {
      name: '1 M LiTFSI in DOL/DME (1:1 v/v) + 1 wt% LiNO3',
      additives: [{ name: 'LiNO3', concentration: '0.15 M', electrons: 8 }],
    };
    const { additives, working } = parseCell({ ...PLAIN, electrolyte }).ageing!;
    expect(additives).toMatchObject([{ name: 'LiNO3', concentration_mol_per_m3: 150, electrons: 8 }]);
    expect(working!.platingWithoutAdditives.unstrippableSkin_m).toBeGreaterThan(working!.plating.unstrippableSkin_m);
  });

  test('numbers of the whole cell', () => {
    const { ageing } = parseCell({ ...PLAIN, pressure: '0.35 MPa', ageing: { deadLayer: { porosity: 0.5 } } });
    expect(ageing).toMatchObject({ pressure_Pa: 350000, deadLayer: { porosity: 0.5, bruggeman: 2.5 } });
  });
});

describe('faults of ageing', () => {
  test.each([
    ['an unknown coating', onCopper({ coating: 'Li3M' }), 'working.coating', 'Li3N'],
    ['an unknown layer', onCopper({ coating: [{ material: 'Li3M' }] }), 'working.coating.layers[0].material', 'Li3N'],
    ['a coating of nothing', onCopper({ coating: { pinholes: 0.1 } }), 'working.coating.thickness', ''],
    [
      'layers beside a property of one layer',
      onCopper({ coating: { layers: ['Li3N'], thickness: '1 µm' } }),
      'working.coating.thickness',
      '',
    ],
    ['a host without its surface', onCopper({ host: { ...FELT, areaRatio: undefined } }), 'working.host.areaRatio', ''],
    ['the same at the top', { ...PLAIN, host: { ...FELT, areaRatio: undefined } }, 'host.areaRatio', ''],
    ['an unknown substrate', onCopper({ substrate: 'Cuu' }), 'working.substrate', 'Cu'],
    [
      'pinholes in percent',
      onCopper({ coating: { material: 'LiF', pinholes: 2 } }),
      'working.coating.pinholes',
      '0.02',
    ],
    ['a modulus in GPa', onCopper({ coating: { material: 'LiF', modulus: 65 } }), 'working.coating.modulus', '65'],
    [
      'an additive of no amount',
      { ...PLAIN, electrolyte: { name: PLAIN.electrolyte, additives: [{ name: 'FEC' }] } },
      'electrolyte.additives[0].concentration',
      '',
    ],
    ['another word for none', { ...PLAIN, ageing: 'off' }, 'ageing', ''],
    [
      'a coating on a cathode',
      { ...PLAIN, working: { kind: 'cathode', material: 'LFP', coating: 'LiF' } },
      'working',
      '',
    ],
  ])('%s', (_, input, where, hint) => {
    const issues = issuesOf(input);
    const issue = issues.find((one) => one.where.startsWith(where));
    expect(issue, JSON.stringify(issues)).toBeDefined();
    expect(issue!.hint ?? '').toContain(hint);
  });
});
