import { describe, expect, test } from 'vitest';
import { SOLID_INTERFACES } from '../materials/index.ts';
import { InputError, type Issue } from '../units/index.ts';
import type { Cell } from './cell.ts';
import { cellToFile } from './format-cell.ts';
import { parseCell } from './parse-cell.ts';

const lithium = { kind: 'lithium', thickness: '250 µm' };
const base = {
  limetal: 1,
  name: 'solid',
  area: '1 cm2',
  working: lithium,
  counter: lithium,
  electrolyte: 'LLZTO' as unknown,
};
const read = (more: object = {}): Cell => parseCell({ ...base, ...more });
function issuesOf(more: object): readonly Issue[] {
  try {
    read(more);
  } catch (error) {
    if (error instanceof InputError) return error.issues;
    throw error;
  }
  return [];
}
const contactOf = (more: object = {}): number => read(more).solid!.counter.contact.fraction;

describe('a cell file with a solid electrolyte', () => {
  test.each(SOLID_INTERFACES.electrolytes.map(({ id }) => id))(
    '%s is known by its name and reads back as itself',
    (id) => {
      const cell = read({ electrolyte: id, working: { ...lithium, interlayer: ['LiF', 'Al'] } });
      expect(cell.solid!.material).toBe(id);
      expect(cell).toMatchObject({
        ageing: null,
        separator: { porosity: 1, bruggeman: 1 },
        electrolyte: { law: 'constant' },
      });
      expect(parseCell(cellToFile(cell))).toEqual(cell);
    },
  );

  test('salts move in polymers and gels only', () => {
    expect(read().electrolyte.transferenceNumber).toBe(1);
    expect(read({ electrolyte: 'PEO' }).electrolyte.transferenceNumber).toBeLessThan(0.5);
  });

  test('contact comes from the angle of the surface, from an interlayer, or from the file', () => {
    expect(contactOf()).toBe(0.01);
    expect(contactOf({ electrolyte: 'heat-treated LLZO' })).toBeCloseTo(0.397, 3);
    expect(contactOf({ counter: { ...lithium, contact: { surface: 'rubbed LLZO' } } })).toBeGreaterThan(0.9);
    expect(contactOf({ counter: { ...lithium, interlayer: 'Al' } })).toBe(0.95);
    expect(contactOf({ counter: { ...lithium, interlayer: 'Al', contact: { fraction: 0.6 } } })).toBe(0.6);
    const listed = read().assumptions.find(({ path }) => path === 'counter.contact.fraction')!;
    expect(listed).toMatchObject({ tag: 'computed', unit: '1', source: expect.stringContaining('146°') });
    expect(listed.range![0]).toBeLessThan(0.01);
    expect(listed.range![1]).toBeGreaterThan(0.01);
  });

  test('pressed contacts grow with the root of the pressure up to the whole', () => {
    const at = (pressure: string): number => contactOf({ electrolyte: 'Li6PS5Cl', pressure });
    expect(at('2 MPa') / at('1 MPa')).toBeCloseTo(Math.SQRT2, 9);
    expect(at('50 MPa')).toBe(1);
  });

  test('grain boundaries lie in series with the grains', () => {
    const { electrolyte } = read({ electrolyte: { solid: 'LLZO', conductivity: '1 mS/cm', grainBoundary: 0.25 } });
    expect(electrolyte.conductivity_S_per_m).toBeCloseTo(0.08, 12);
  });

  test('interlayers of one’s own need a thickness and a conductivity', () => {
    const own = { name: 'mine', thickness: '10 nm', conductivity: '1 mS/cm' };
    expect(read({ counter: { ...lithium, interlayer: own } }).solid!.counter.interlayer[0]).toMatchObject({
      name: 'mine',
      thickness_m: 1e-8,
      conductivity_S_per_m: 0.1,
      remainingResistance_ohm_m2: 0,
    });
    expect(issuesOf({ counter: { ...lithium, interlayer: { name: 'mine' } } }).map(({ where }) => where)).toEqual([
      'counter.interlayer[0].thickness',
      'counter.interlayer[0].conductivity',
    ]);
  });
});

describe('what does not go together', () => {
  test('all keys of a liquid are refused at once, each with what to write instead', () => {
    const issues = issuesOf({
      separator: 'celgard-2325',
      amount: '40 µL',
      counter: { ...lithium, coating: 'Li3N' },
      working: { ...lithium, host: 'rGO' },
      ageing: { unevenness: 0.2 },
    });
    expect(issues.map(({ where }) => where).sort()).toEqual([
      'ageing',
      'amount',
      'counter.coating',
      'separator',
      'working.host',
    ]);
    for (const { wanted, hint } of issues) {
      expect(wanted).toBe('no such key');
      expect(hint).toBeDefined();
    }
  });

  test('a solid that nobody knows is told beside the other faults of its section, and not taken for a liquid', () => {
    const issues = issuesOf({
      electrolyte: { solid: 'LLZZ', thickness: '-1 mm' },
      counter: { ...lithium, interlayer: 'Al' },
    });
    expect(issues.map(({ where }) => where).sort()).toEqual(['electrolyte.solid', 'electrolyte.thickness']);
  });

  test.each([
    ['LLZTO', 'carbon', /^a surface of it, such as "heat-treated LLZTO"$/],
    ['Li6PS5Cl', 'heat-treated LLZO', /^"fraction": no surface of it is known$/],
  ])('%s has no surface of %s', (electrolyte, surface, wanted) => {
    const issues = issuesOf({ electrolyte, counter: { ...lithium, contact: { surface } } });
    expect(issues.map(({ where }) => where)).toEqual(['counter.contact.surface']);
    expect(issues[0]!.wanted).toMatch(wanted);
  });

  test('keys of a solid are refused in a liquid', () => {
    const liquid = {
      electrolyte: '1 M LiPF6 in EC/DEC (1:1)',
      counter: { ...lithium, interlayer: 'Al', contact: { fraction: 0.5 } },
    };
    expect(issuesOf(liquid).map(({ where }) => where)).toEqual(['counter.contact', 'counter.interlayer']);
    expect(issuesOf({ electrolyte: { name: '1 M LiPF6 in EC/DEC (1:1)', thickness: '1 mm' } })[0]).toMatchObject({
      where: 'electrolyte.thickness',
    });
  });

  test.each([
    [{ electrolyte: { solid: 'LLZP' } }, 'electrolyte.solid'],
    [{ counter: { ...lithium, interlayer: 'Li-Sm' } }, 'counter.interlayer'],
    [{ counter: { ...lithium, contact: { fraction: 1.5 } } }, 'counter.contact.fraction'],
    [{ counter: { ...lithium, contact: { fraction: 0 } } }, 'counter.contact.fraction'],
    [{ counter: { ...lithium, contact: { surface: 'cheese' } } }, 'counter.contact.surface'],
    [{ counter: { ...lithium, contact: { surface: 'LLZO', fraction: 0.5 } } }, 'counter.contact.surface'],
    [{ electrolyte: { solid: 'LLZO', conductivity: '0.1*x' } }, 'electrolyte.conductivity'],
    [{ electrolyte: { solid: 'LLZO', fracture: { toughness: -1 } } }, 'electrolyte.fracture.toughness'],
    [{ electrolyte: { solid: 'LLZO', thickness: '1 m' } }, 'electrolyte.thickness'],
    [{ pressure: '-1 MPa' }, 'pressure'],
  ])('%j is one fault at its place', (more, where) => {
    const issues = issuesOf(more);
    expect(issues.map((issue) => issue.where)).toEqual([where]);
    expect(issues[0]!.wanted.length).toBeGreaterThan(3);
  });
});
