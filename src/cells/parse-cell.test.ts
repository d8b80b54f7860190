import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { InputError, type Issue } from '../units/index.ts';
import { arbitraryCellFile } from './arbitrary-cell-file.test-tool.ts';
import { builtInCells, builtInFile } from './built-in.ts';
import type { PorousCathode } from './cell.ts';
import { cellJsonSchema } from './cell-file.ts';
import { parseCell } from './parse-cell.ts';

const LI_CU = {
  limetal: 1,
  name: 'Li|Cu with nitrate',
  temperature: '25 °C',
  area: '1.27 cm2',
  working: { kind: 'foil', material: 'Cu' },
  counter: { kind: 'lithium', thickness: '250 µm' },
  electrolyte: '1 M LiTFSI in DOL/DME (1:1 v/v) + 1 wt% LiNO3',
  amount: '40 µL',
  separator: { thickness: '25 µm', porosity: 0.39 },
  interphase: [{ material: 'Li3N', thickness: '200 nm' }],
  host: null,
  protocol: ['Plate at 1 mA/cm2 for 1 mAh/cm2', 'Strip at 1 mA/cm2 until 1 V', 'repeat 200'],
};
const LI_NMC = {
  ...LI_CU,
  working: { kind: 'cathode', material: 'NMC811', capacity: '3 mAh/cm2' },
  protocol: ['Rest for 1 h'],
};

function issuesOf(input: unknown, where?: string): readonly Issue[] {
  try {
    parseCell(input, where === undefined ? {} : { where });
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).issues;
  }
  return [];
}

describe('a cell file', () => {
  test('as sketched in the design becomes a cell in SI', () => {
    const cell = parseCell(LI_CU);
    expect(cell).toMatchObject({
      id: 'li-cu-with-nitrate',
      kind: 'Li|Cu',
      temperature_K: 298.15,
      area_m2: 1.27e-4,
      electrolyteVolume_m3: 4e-8,
      separator: { thickness_m: 25e-6, porosity: 0.39, bruggeman: 2.5 },
      electrolyte: {
        law: 'constant',
        concentration_mol_per_m3: 1000,
        conductivity_S_per_m: 1.1,
        transferenceNumber: 0.4,
      },
    });
    expect(cell.counter.interphase).toEqual((cell.working as typeof cell.counter).interphase);
    expect(cell.counter.interphase[0]).toMatchObject({ name: 'Li3N', thickness_m: 2e-7, growth: { kind: 'none' } });
    expect(cell.protocol!.items[0]).toMatchObject({ kind: 'repeat', times: 200 });
  });

  test('takes SI numbers where it takes text', () => {
    const numbers = {
      ...LI_CU,
      temperature: 298.15,
      area: 1.27e-4,
      counter: { kind: 'lithium', thickness: 250e-6 },
      amount: 4e-8,
    };
    expect(parseCell(numbers)).toEqual(parseCell(LI_CU));
  });

  test('lists what it was not given, with tag and source', () => {
    const { assumptions } = parseCell(LI_CU);
    const exchange = assumptions.find(({ path }) => path === 'counter.kinetics.exchangeCurrent');
    expect(exchange).toMatchObject({ value: 100, unit: 'A/m2', tag: 'memory', range: [10, 400] });
    expect(assumptions.map(({ path }) => path)).not.toContain('temperature');
    expect(parseCell({ ...LI_CU, temperature: undefined }).assumptions.map(({ path }) => path)).toContain(
      'temperature',
    );
  });

  test('with foil of Li as working electrode is symmetric', () => {
    expect(parseCell({ ...LI_CU, working: { kind: 'foil', material: 'Li', thickness: '50 µm' } })).toMatchObject({
      kind: 'Li|Li',
      working: { kind: 'lithium', lithiumThickness_m: 5e-5 },
    });
  });

  test('gives each electrode its own film, kinetics and area where it says so', () => {
    const counter = {
      kind: 'lithium',
      thickness: '250 µm',
      areaRatio: 3,
      interphase: [],
      kinetics: { law: 'marcus-hush-chidsey', reorganisationEnergy: '0.3 eV', exchangeCurrent: '5 mA/cm2' },
    };
    const cell = parseCell({ ...LI_CU, counter });
    expect(cell.counter).toMatchObject({
      areaRatio: 3,
      interphase: [],
      kinetics: {
        law: { kind: 'marcus-hush-chidsey', reorganisationEnergy_eV: 0.3 },
        exchangeCurrent_A_per_m2: 50,
        referenceConcentration_mol_per_m3: 1000,
      },
    });
    expect((cell.working as typeof cell.counter).interphase).toHaveLength(1);
  });

  test('takes a native film under a coating, and a resistivity for a conductivity', () => {
    const interphase = [
      { material: 'native', thickness: '10 nm' },
      { name: 'coating', thickness: '100 nm', resistivity: '1 Ω m' },
    ];
    const [native, coating] = parseCell({ ...LI_CU, interphase }).counter.interphase;
    expect(native).toMatchObject({ name: 'native', thickness_m: 1e-8, growth: { kind: 'transport-limited' } });
    expect(coating).toMatchObject({ name: 'coating', conductivity_S_per_m: 1 });
  });

  test('tells its cathode by areal capacity or by thickness', () => {
    const cell = parseCell(LI_NMC);
    expect(cell.nominalCapacity_C).toBeCloseTo(3 * 36000 * 1.27e-4, 9);
    const again = parseCell({
      ...LI_NMC,
      working: { kind: 'cathode', material: 'NMC811', thickness: (cell.working as PorousCathode).thickness_m },
    });
    expect(again.nominalCapacity_C).toBeCloseTo(cell.nominalCapacity_C!, 9);
  });

  test('counts its electrolyte per capacity', () => {
    const capacity_Ah = 3e-3 * 1.27;
    expect(parseCell({ ...LI_NMC, amount: '3 mL/Ah' }).electrolyteVolume_m3 * 1e6).toBeCloseTo(3 * capacity_Ah, 9);
    const weighed = parseCell({ ...LI_NMC, amount: '3 g/Ah' });
    // By the density of the solution, which its name gives: 1 M LiTFSI in ethers.
    const density = weighed.assumptions.find(({ path }) => path === 'electrolyte.density')!;
    expect(density).toMatchObject({ unit: 'kg/m3', tag: 'computed' });
    expect(density.value).toBeGreaterThan(1050);
    expect(density.value).toBeLessThan(1200);
    expect(weighed.electrolyteVolume_m3).toBeCloseTo((3e-3 * capacity_Ah) / density.value, 15);
    const nameless = { law: 'valoen2005', concentration: '1 M' };
    const assumed = parseCell({ ...LI_NMC, electrolyte: nameless, amount: '3 g/Ah' });
    expect(assumed.electrolyteVolume_m3 * 1e6).toBeCloseTo((3 * capacity_Ah) / 1.2, 9);
  });

  test('takes an electrolyte by properties, by formula and by name with a property replaced', () => {
    const constant = {
      law: 'constant',
      concentration: '1 M',
      conductivity: '8 mS/cm',
      diffusivity: '3e-10 m2/s',
      transferenceNumber: 0.3,
    };
    expect(parseCell({ ...LI_CU, electrolyte: constant }).electrolyte).toEqual({
      name: 'constant',
      law: 'constant',
      concentration_mol_per_m3: 1000,
      conductivity_S_per_m: 0.8,
      diffusivity_m2_per_s: 3e-10,
      transferenceNumber: 0.3,
      thermodynamicFactor: 1,
    });
    const formula = { ...constant, law: 'functions', conductivity: '1.3e-10*x**3 - 7.9e-5*x**1.5 + 3.3e-3*x' };
    expect(parseCell({ ...LI_CU, electrolyte: formula }).electrolyte.conductivityLaw).toMatchObject({
      kind: 'formula',
    });
    const replaced = { name: '1 M LiPF6 in EC/EMC (3:7 w/w)', transferenceNumber: 0.4 };
    expect(parseCell({ ...LI_CU, electrolyte: replaced }).electrolyte).toEqual({
      name: replaced.name,
      law: 'landesfeind2019-ec-emc',
      concentration_mol_per_m3: 1000,
      transferenceNumber: 0.4,
    });
  });

  test('says when another electrolyte stands for the one named', () => {
    const { assumptions, electrolyte } = parseCell({ ...LI_CU, electrolyte: '1.2 M LiPF6 in EC/EMC (1:1 v/v)' });
    expect(electrolyte.concentration_mol_per_m3).toBe(1200);
    expect(assumptions.find(({ path }) => path === 'counter.kinetics.exchangeCurrent')!.source).toContain(
      'stands for it',
    );
  });

  test('takes a cathode of its author with every property', () => {
    const own = {
      kind: 'cathode',
      material: 'LMO',
      thickness: '60 µm',
      porosity: 0.3,
      activeFraction: 0.6,
      bruggemanElectrolyte: 1.5,
      bruggemanSolid: 1.5,
      conductivity: '1 S/m',
      particleRadius: '4 µm',
      maximumConcentration: 23000,
      initialStoichiometry: 0.9,
      diffusivity: '1e-14 m2/s',
      openCircuitPotential: { x: [0, 0.5, 1], y: [4.3, 4.1, 3.5] },
      kinetics: { rate: 1e-6 },
    };
    const cell = parseCell({ ...LI_CU, working: own, protocol: 'Rest for 1 h' });
    expect((cell.working as PorousCathode).openCircuitPotential).toEqual({
      kind: 'table',
      x: [0, 0.5, 1],
      y: [4.3, 4.1, 3.5],
    });
    expect(cell.nominalCapacity_C).toBeNull();
    const { kinetics: _, particleRadius: __, ...less } = own;
    expect(issuesOf({ ...LI_CU, working: less, protocol: 'Rest for 1 h' }).map(({ where }) => where)).toEqual([
      'working.particleRadius',
      'working.kinetics.rate',
    ]);
  });
});

describe('faults', () => {
  test('all of a file come at once, each with its path, value, want and hint', () => {
    const issues = issuesOf(
      {
        ...LI_CU,
        temperature: 25,
        area: '1.27 cm',
        counter: { kind: 'lithium', thicknes: '250 µm', thickness: '-20 µm' },
        separator: { thickness: '25 µm', porosity: 39 },
        electrolyte: '1 M LiTFSI in DOL/DMG',
        interphase: [{ material: 'Li3M' }],
        voltageLimits: ['3 V', '1 V'],
        host: { porosty: 0.8 },
        protocol: ['Plate at 1 mA/cm2 for 1 mAh/cm2', 'Strip at 1 mA until'],
        seperator: 1,
      },
      'cell',
    );
    const told = Object.fromEntries(
      issues.map((issue) => [issue.where, `${issue.found} | ${issue.wanted} | ${issue.hint ?? ''}`]),
    );
    expect(told['cell.temperature']).toContain('"25 °C"');
    expect(told['cell.area']).toMatch(/"1.27 cm".*an area/u);
    expect(told['cell.counter.thickness']).toContain('did you mean "20 µm"?');
    expect(told['cell.counter.thicknes']).toContain('did you mean thickness?');
    expect(told['cell.separator.porosity']).toContain('did you mean 0.39?');
    expect(told['cell.electrolyte']).toContain('1 M LiTFSI in DOL/DME');
    expect(told['cell.interphase[0].material']).toContain('Li3N');
    expect(told['cell.voltageLimits']).toContain('did you mean [1, 3]?');
    expect(told['cell.host.porosty']).toContain('did you mean porosity?');
    expect(told['cell.seperator']).toContain('did you mean separator?');
    expect(Object.keys(told).some((where) => where.startsWith('cell.protocol'))).toBe(true);
  });

  test.each([
    [
      'a plain number in the wrong unit',
      { ...LI_CU, counter: { kind: 'lithium', thickness: 250 } },
      'counter.thickness',
      '"250 µm"',
    ],
    [
      'a slip of three powers',
      { ...LI_CU, counter: { kind: 'lithium', thickness: '250 mm' } },
      'counter.thickness',
      '250 µm',
    ],
    [
      'an unknown cathode',
      { ...LI_NMC, working: { kind: 'cathode', material: 'NMC812' } },
      'working.material',
      'NMC811',
    ],
    ['an unknown collector', { ...LI_CU, working: { kind: 'foil', material: 'Cuu' } }, 'working.material', 'Cu'],
    ['an unknown layer', { ...LI_CU, interphase: [{ material: 'Li3M' }] }, 'interphase[0].material', 'Li3N'],
    [
      'a film that grows by a current and binds no lithium',
      {
        ...LI_CU,
        interphase: [
          {
            name: 'film',
            thickness: '5 nm',
            conductivity: 1e-5,
            lithiumConcentration: 0,
            growth: { kind: 'electron-migration', conductivity: 1e-13, potential: 0.4 },
          },
        ],
      },
      'interphase[0].lithiumConcentration',
      'Li2CO3',
    ],
    ['an unknown separator', { ...LI_CU, separator: 'celgrad' }, 'separator', 'Celgard'],
    ['an unknown kind', { ...LI_CU, working: { kind: 'lithum', thickness: 1e-5 } }, 'working.kind', 'lithium'],
    ['no kind at all', { ...LI_CU, working: {} }, 'working.kind', ''],
    ['a counter cathode', { ...LI_CU, counter: { kind: 'cathode', material: 'LFP' } }, 'counter.kind', 'swap'],
    ['copper against copper', { ...LI_CU, counter: { kind: 'foil', material: 'Cu' } }, 'counter', 'lithium'],
    [
      'copper as the counter of lithium',
      { ...LI_CU, working: { kind: 'lithium', thickness: 1e-4 }, counter: { kind: 'foil', material: 'Cu' } },
      'counter.kind',
      'swap',
    ],
    ['two cathodes', { ...LI_NMC, counter: { kind: 'cathode', material: 'LFP' } }, 'counter.kind', 'one cathode'],
    ['a missing name', { ...LI_CU, name: undefined }, 'name', ''],
    ['another version', { ...LI_CU, limetal: 2 }, 'limetal', ''],
    ['no version', { ...LI_CU, limetal: undefined }, 'limetal', '"limetal": 1'],
    ['lithium without thickness', { ...LI_CU, counter: { kind: 'lithium' } }, 'counter.thickness', ''],
    ['foil of Li without thickness', { ...LI_CU, working: { kind: 'foil', material: 'Li' } }, 'working.thickness', ''],
    ['too little electrolyte', { ...LI_CU, amount: '0.1 µL' }, 'amount', '"pores"'],
    ['electrolyte per capacity without one', { ...LI_CU, amount: '3 g/Ah' }, 'amount', 'no nominal capacity'],
    ['an amount of the wrong dimension', { ...LI_CU, amount: '3 mA' }, 'amount', ''],
    ['an area of zero', { ...LI_CU, area: 0 }, 'area', ''],
    [
      'overfull volume',
      { ...LI_NMC, working: { kind: 'cathode', material: 'LFP', porosity: 0.7 } },
      'working.activeFraction',
      '',
    ],
    [
      'thickness and capacity',
      { ...LI_NMC, working: { kind: 'cathode', material: 'LFP', thickness: '50 µm', capacity: '2 mAh/cm2' } },
      'working.capacity',
      '',
    ],
    [
      'a law without its numbers',
      { ...LI_CU, electrolyte: { law: 'constant', concentration: '1 M', conductivity: 1 } },
      'electrolyte.diffusivity',
      '',
    ],
    [
      'a formula beside a law',
      { ...LI_CU, electrolyte: { law: 'nyman2008', concentration: '1 M', conductivity: '1e-3 * x' } },
      'electrolyte.conductivity',
      'functions',
    ],
    [
      'a formula without value where the cell starts',
      {
        ...LI_CU,
        electrolyte: {
          law: 'functions',
          concentration: '1 M',
          conductivity: '1 - x',
          diffusivity: 1e-10,
          transferenceNumber: 0.3,
        },
      },
      'electrolyte.conductivity',
      'mol/m3',
    ],
    [
      'a table that turns back',
      {
        ...LI_NMC,
        working: { kind: 'cathode', material: 'LFP', openCircuitPotential: { x: [0, 0.5, 0.5], y: [3, 3, 3] } },
      },
      'working.openCircuitPotential',
      '',
    ],
    ['a C-rate where 1C means nothing', { ...LI_CU, protocol: ['Discharge at C/3 for 1 h'] }, 'protocol', ''],
    ['a protocol that is a number', { ...LI_CU, protocol: 7 }, 'protocol', 'such as'],
    ['a list for a cell', [LI_CU], '', ''],
    ['nothing', undefined, '', ''],
    [
      'reorganisation without its law',
      {
        ...LI_CU,
        counter: {
          kind: 'lithium',
          thickness: 1e-4,
          kinetics: { law: 'butler-volmer', reorganisationEnergy: '0.3 eV' },
        },
      },
      'counter.kinetics.reorganisationEnergy',
      '',
    ],
  ])('%s', (_, input, where, hint) => {
    const issues = issuesOf(input);
    const issue = issues.find((one) => one.where.startsWith(where));
    expect(issue, JSON.stringify(issues)).toBeDefined();
    expect(issue!.hint ?? '').toContain(hint);
  });

  test('one fault does not make another of what is right', () => {
    expect(
      issuesOf({ ...LI_NMC, area: 'big', protocol: ['Discharge at C/3 until 3 V'] }).map(({ where }) => where),
    ).toEqual(['area']);
  });

  test('a fault of a film that both electrodes share is told once', () => {
    const symmetric = {
      ...LI_CU,
      working: { kind: 'lithium', thickness: '50 µm' },
      interphase: [{ material: 'Li3M' }, {}],
    };
    expect(issuesOf(symmetric).map(({ where }) => where)).toEqual([
      'interphase[0].material',
      'interphase[1].thickness',
      'interphase[1].conductivity',
    ]);
  });

  test('a file that is right has none', () => {
    expect(issuesOf(LI_CU)).toEqual([]);
    expect(issuesOf(LI_NMC)).toEqual([]);
  });
});

describe('whatever the input', () => {
  const onlyInputErrors = (input: unknown) => {
    try {
      parseCell(input);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      expect(error.issues.length).toBeGreaterThan(0);
    }
  };

  test('random data give a cell or an InputError', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSparseArray: true,
          withNullPrototype: true,
        }),
        onlyInputErrors,
      ),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.jsonValue(), onlyInputErrors), { numRuns: 500 });
  });

  /** All paths inside a value. */
  const paths = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
    typeof value === 'object' && value !== null
      ? [path, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]))]
      : [path];

  const mutated = (value: unknown, path: readonly string[], by: unknown): unknown => {
    const [key, ...rest] = path;
    if (key === undefined) return by;
    const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...(value as object) };
    (copy as Record<string, unknown>)[key] = mutated((value as Record<string, unknown>)[key], rest, by);
    return copy;
  };

  test('valid files with a part replaced give a cell or an InputError', () => {
    const part = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(undefined, -1, 0, 1e300, -0, '', 'x', '1 M', '-5 mA/cm2', [], {}, null, { kind: 'lithium' }),
    );
    const files = ['xu2019-half-cell', 'li-cu-ether-nitrate', 'cu-nmc811'].map(builtInFile);
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...files), arbitraryCellFile), fc.nat(), part, (file, pick, by) => {
        const all = paths(file);
        onlyInputErrors(mutated(file, all[pick % all.length]!, by));
      }),
      { numRuns: 1500 },
    );
  });

  test('keys that reach behind an object are refused and reach nothing', () => {
    const file = JSON.parse(
      `{ "__proto__": { "polluted": 1 }, "counter": { "constructor": { "prototype": { "polluted": 1 } } } }`,
    );
    const issues = issuesOf({
      ...LI_CU,
      ...file,
      counter: file.counter,
      own: JSON.parse('{"__proto__":{"polluted":1}}'),
    });
    expect(issues.map(({ where }) => where)).toContain('own.__proto__');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('cycles, depth, size and hostile objects end as faults, soon', () => {
    const cycle: Record<string, unknown> = { ...LI_CU };
    cycle.notes = cycle;
    expect(issuesOf(cycle)[0]!.found).toContain('nesting');
    const wide = { ...LI_CU, sources: Array.from({ length: 300_000 }, () => 'x') };
    expect(issuesOf(wide).some(({ found }) => found.includes('values'))).toBe(true);
    const hostile = new Proxy(LI_CU, {
      get: () => {
        throw new Error('no');
      },
    });
    expect(issuesOf(hostile)[0]!.found).toContain('cannot be read');
    expect(issuesOf({ ...LI_CU, name: 'x'.repeat(1e6) })[0]!.found).toContain('characters');
  });
});

describe('random valid files', () => {
  test('are cells with every number finite and within bounds', () => {
    const numbers = (value: unknown): readonly number[] =>
      typeof value === 'number'
        ? [value]
        : typeof value === 'object' && value !== null
          ? Object.values(value).flatMap(numbers)
          : [];
    fc.assert(
      fc.property(arbitraryCellFile, (file) => {
        const cell = parseCell(file);
        expect(numbers(cell).every(Number.isFinite)).toBe(true);
        const pores =
          cell.area_m2 *
          (cell.separator.thickness_m * cell.separator.porosity +
            (cell.working.kind === 'cathode' ? cell.working.thickness_m * cell.working.porosity : 0));
        expect(cell.electrolyteVolume_m3).toBeGreaterThanOrEqual(pores);
        expect(cell.id).toMatch(/^[a-z0-9][a-z0-9-]{0,79}$/u);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the published JSON Schema', () => {
  const schema = cellJsonSchema() as {
    readonly $schema: string;
    readonly required: readonly string[];
    readonly properties: object;
  };

  test('is draft 2020-12, describes every key and says what is required', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect([...schema.required].sort()).toEqual(['area', 'counter', 'electrolyte', 'limetal', 'name', 'working']);
    for (const [key, node] of Object.entries(schema.properties)) {
      expect((node as { description?: string }).description, key).toMatch(/\w{3}/u);
    }
  });

  test('accepts the built-in files and random valid ones, and refuses what is no cell', () => {
    const published = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
    for (const { id } of builtInCells()) expect(published.safeParse(builtInFile(id)).success, id).toBe(true);
    fc.assert(
      fc.property(arbitraryCellFile, (file) => {
        expect(published.safeParse(JSON.parse(JSON.stringify(file))).success).toBe(true);
      }),
      { numRuns: 100 },
    );
    for (const wrong of [
      { ...LI_CU, area: true },
      { ...LI_CU, seperator: {} },
      { ...LI_CU, working: { kind: 'foil' } },
      {},
    ]) {
      expect(published.safeParse(wrong).success).toBe(false);
    }
  });

  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});
