import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exp } from '../numerics/index.ts';
import { F, InputError, R } from '../units/index.ts';
import { isBpx, LITHIUM_KEYS, readBpx, readCellOrBpx } from './bpx.ts';
import { builtInFile } from './built-in.ts';
import type { PorousCathode } from './cell.ts';
import { formatCellFile } from './format-cell.ts';
import { parseCell } from './parse-cell.ts';

type Json = Record<string, unknown>;

const PARTICLE = {
  'Minimum stoichiometry': 0.3,
  'Maximum stoichiometry': 0.9,
  'Maximum concentration [mol.m-3]': 50000,
  'Particle radius [m]': 4e-6,
  'Surface area per unit volume [m-1]': 450000,
  'Diffusivity [m2.s-1]': '2e-15 * (1 + x)',
  'Diffusivity activation energy [J.mol-1]': 20000,
  'OCP [V]': '4.6 - 1.2 * x',
  'Entropic change coefficient [V.K-1]': -1e-4,
  'Reaction rate constant [mol.m-2.s-1]': 2e-6,
  'Reaction rate constant activation energy [J.mol-1]': 30000,
};
const ELECTRODE = {
  'Thickness [m]': 6e-5,
  Porosity: 0.3,
  'Transport efficiency': 0.3 ** 1.5,
  'Conductivity [S.m-1]': 0.5,
};
const CELL = {
  'Electrode area [m2]': 0.01,
  'Number of electrode pairs connected in parallel to make a cell': 3,
  'Lower voltage cut-off [V]': 2.8,
  'Upper voltage cut-off [V]': 4.2,
  'Nominal cell capacity [A.h]': 1.5,
  'Reference temperature [K]': 298.15,
};
const ELECTROLYTE = {
  'Cation transference number': 0.26,
  'Conductivity [S.m-1]': '1.3e-10 * x**3 - 7.9e-5 * x**1.5 + 3.3e-3 * x',
  'Conductivity activation energy [J.mol-1]': 17000,
  'Diffusivity [m2.s-1]': { x: [100, 1000, 2000], y: [4e-10, 3e-10, 1e-10] },
};
const SEPARATOR = { 'Thickness [m]': 2e-5, Porosity: 0.5, 'Transport efficiency': 0.25 };

/** A small 1.1 file with a positive electrode of our own making. */
function bpx1(): Json {
  return {
    Header: { BPX: '1.1.0', Title: 'a test electrode', Model: 'DFN' },
    Parameterisation: {
      Cell: { ...CELL },
      Electrolyte: { ...ELECTROLYTE },
      'Negative electrode': { 'Thickness [m]': 8e-5 },
      'Positive electrode': { ...ELECTRODE, ...PARTICLE },
      Separator: { ...SEPARATOR },
    },
    State: {
      'Initial conditions': {
        'Initial state-of-charge': 0.5,
        'Initial temperature [K]': 303.15,
        'Initial electrolyte concentration [mol.m-3]': 1200,
      },
      'Thermal environment': { 'Ambient temperature [K]': 303.15 },
    },
    Validation: { run: { 'Time [s]': [0, 10], 'Current [A]': [-1, -1], 'Voltage [V]': [4, 3.9] } },
  };
}

/** The same cell as a 0.4 file: temperatures in the cell, concentration in the electrolyte, no state. */
function bpx0(): Json {
  const file = bpx1() as { Header: Json; Parameterisation: { Cell: Json; Electrolyte: Json }; State?: unknown };
  file.Header.BPX = 0.4;
  file.Parameterisation.Cell['Initial temperature [K]'] = 303.15;
  file.Parameterisation.Cell['Ambient temperature [K]'] = 303.15;
  file.Parameterisation.Cell['Thermal conductivity [W.m-1.K-1]'] = 1;
  file.Parameterisation.Electrolyte['Initial concentration [mol.m-3]'] = 1200;
  delete file.State;
  return file as unknown as Json;
}

/** The file with one value changed; undefined takes it away. */
function changed(file: Json, path: readonly string[], value: unknown): Json {
  const [key, ...rest] = path;
  const inner = rest.length === 0 ? value : changed((file[key!] ?? {}) as Json, rest, value);
  const { [key!]: _, ...others } = file;
  return inner === undefined ? others : { ...others, [key!]: inner };
}

const POSITIVE = ['Parameterisation', 'Positive electrode'];

describe('a BPX 1.1 file', () => {
  const { cell, mapped, notMapped, version, validation, warnings } = readBpx(bpx1());
  const cathode = cell.working as PorousCathode;

  test('becomes its positive electrode against lithium', () => {
    expect(version).toBe('1.1.0');
    expect(cell).toMatchObject({
      kind: 'Li|cathode',
      area_m2: 0.03,
      temperature_K: 303.15,
      nominalCapacity_C: 5400,
      voltage_V_min: 2.8,
      counter: { kind: 'lithium', lithiumThickness_m: 250e-6 },
      electrolyte: {
        law: 'functions',
        concentration_mol_per_m3: 1200,
        transferenceNumber: 0.26,
        thermodynamicFactor: 1,
        conductivityActivationEnergy_J_per_mol: 17000,
      },
      thermal: null,
    });
    expect(cell.electrolyte.conductivityLaw).toEqual({ kind: 'formula', formula: ELECTROLYTE['Conductivity [S.m-1]'] });
    expect(cell.electrolyte.diffusivityLaw).toMatchObject({ kind: 'table', x: [100, 1000, 2000] });
    expect(cathode).toMatchObject({
      thickness_m: 6e-5,
      porosity: 0.3,
      bruggemanSolid: 0,
      conductivity_S_per_m: 0.5,
      diffusivity: { kind: 'formula', formula: '2e-15 * (1 + x)' },
      openCircuitPotential: { kind: 'formula', formula: '4.6 - 1.2 * x' },
      entropicCoefficient: { kind: 'constant', value: -1e-4 },
    });
  });

  test('keeps the active area, the transport in the pores and the state of charge', () => {
    expect((3 * cathode.activeFraction) / cathode.particleRadius_m).toBeCloseTo(450000, 6);
    expect(cathode.bruggemanElectrolyte).toBeCloseTo(1.5, 12);
    expect(cell.separator.porosity ** cell.separator.bruggeman).toBeCloseTo(0.25, 12);
    expect(cathode.initialStoichiometry).toBeCloseTo(0.6, 12);
  });

  test('has the exchange current of the standard at every state', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 3000, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (c_e, x) => {
          const standard = F * 2e-6 * Math.sqrt((c_e / 1200) * x * (1 - x));
          const { rate_A_m2_5_per_mol1_5: k } = cathode.kinetics;
          const ours = k * Math.sqrt(c_e * x * 50000 * (1 - x) * 50000);
          expect(ours / standard).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  test('says what was mapped, what was not and why', () => {
    expect(mapped).toContainEqual({
      path: 'Parameterisation["Positive electrode"]["Reaction rate constant [mol.m-2.s-1]"]',
      to: 'working.kinetics.rate',
    });
    expect(notMapped).toContainEqual({
      path: 'Parameterisation["Negative electrode"]',
      reason: 'lithium metal takes its place',
    });
    expect(warnings.join(' ')).toContain('250 µm');
    for (const { reason } of notMapped) expect(reason.length).toBeGreaterThan(10);
  });

  test('keeps its validation runs, current negative on discharge', () => {
    expect(validation).toEqual([
      { name: 'run', time_s: [0, 10], current_A: [-1, -1], voltage_V: [4, 3.9], temperature_K: null },
    ]);
  });

  test('writes a cell file that reads back as the same cell', () => {
    expect(parseCell(JSON.parse(formatCellFile(cell)))).toEqual(cell);
  });
});

describe('a BPX 0.4 file', () => {
  const { cell, version, notMapped, warnings } = readBpx(bpx0());

  test('is the same cell, fully charged', () => {
    expect(version).toBe('0.4');
    const modern = readBpx(changed(bpx1(), ['State', 'Initial conditions', 'Initial state-of-charge'], 1)).cell;
    expect({ ...cell, sources: [] }).toEqual({ ...modern, sources: [] });
    expect(warnings.join(' ')).toContain('fully charged');
    expect(notMapped.map(({ path }) => path)).toContain('Parameterisation.Cell["Thermal conductivity [W.m-1.K-1]"]');
  });

  test('before 0.3 has its rate halved, for the factor 2 was missing', () => {
    const old = readBpx(changed(bpx0(), ['Header', 'BPX'], '0.2.0'));
    const rate = (one: typeof cell) => (one.working as PorousCathode).kinetics.rate_A_m2_5_per_mol1_5;
    expect(rate(old.cell) / rate(cell)).toBeCloseTo(0.5, 12);
    expect(old.warnings.join(' ')).toContain('halved');
    expect(rate(readBpx(changed(bpx0(), ['Header', 'BPX'], 0.3)).cell)).toBe(rate(cell));
  });
});

describe('a potential that runs away where the cell never goes', () => {
  const steep = changed(bpx1(), [...POSITIVE, 'OCP [V]'], '3.4 + 1e14 * exp(-400 * x)');

  test('is taken, and refused where the cell would start on it', () => {
    expect((readBpx(steep).cell.working as PorousCathode).openCircuitPotential.kind).toBe('formula');
    const full = changed(
      changed(steep, [...POSITIVE, 'Minimum stoichiometry'], 0.01),
      ['State', 'Initial conditions', 'Initial state-of-charge'],
      1,
    );
    expect(() => readBpx(full)).toThrow(/"OCP \[V\]".*at x = 0\.01/u);
  });
});

describe('temperatures', () => {
  test('what is stated at another reference temperature is moved to 298.15 K', () => {
    const file = changed(bpx1(), ['Parameterisation', 'Cell', 'Reference temperature [K]'], 308.15);
    const [moved, still] = [readBpx(file).cell, readBpx(bpx1()).cell].map((cell) => cell.working as PorousCathode);
    const factor = (energy: number) => exp((-energy / R) * (1 / 298.15 - 1 / 308.15));
    expect(moved!.kinetics.rate_A_m2_5_per_mol1_5 / still!.kinetics.rate_A_m2_5_per_mol1_5).toBeCloseTo(
      factor(30000),
      12,
    );
    expect(moved!.diffusivity).toEqual({ kind: 'formula', formula: `${factor(20000)}*(2e-15 * (1 + x))` });
    // 10 K cooler with −0.1 mV/K: 1 mV higher.
    expect(moved!.openCircuitPotential).toMatchObject({ formula: expect.stringMatching(/^0\.001 \+ /u) });
  });

  test('a heat balance is made where everything for it is there', () => {
    let file = bpx1();
    for (const [key, value] of Object.entries({
      'Density [kg.m-3]': 2000,
      'Specific heat capacity [J.K-1.kg-1]': 1000,
      'Volume [m3]': 1e-5,
      'External surface area [m2]': 0.02,
    })) {
      file = changed(file, ['Parameterisation', 'Cell', key], value);
    }
    expect(readBpx(file).notMapped.map(({ path }) => path)).toContain('Parameterisation.Cell["Volume [m3]"]');
    file = changed(file, ['State', 'Thermal environment', 'Heat transfer coefficient [W.m-2.K-1]'], 15);
    const { thermal } = readBpx(file).cell;
    expect(thermal!.heatCapacity_J_per_m2_K).toBeCloseTo((2000 * 1000 * 1e-5) / 0.03, 9);
    expect(thermal!.heatTransfer_W_per_m2_K).toBeCloseTo((15 * 0.02) / 0.03, 9);
  });
});

describe('what a lithium cell cannot hold', () => {
  test('of a blend only the largest material is taken, and the others are listed', () => {
    const minor = { ...PARTICLE, 'Surface area per unit volume [m-1]': 1000 };
    const blended = changed(bpx1(), POSITIVE, { ...ELECTRODE, Particle: { minor, Major: PARTICLE } });
    const { cell, notMapped, warnings } = readBpx(blended);
    expect((cell.working as PorousCathode).activeFraction).toBeCloseTo((450000 * 4e-6) / 3, 12);
    expect(notMapped).toContainEqual({
      path: 'Parameterisation["Positive electrode"].Particle.minor',
      reason: expect.stringContaining('one active material'),
    });
    expect(warnings.join(' ')).toContain('only Major');
  });

  test('hysteresis, degradation, foreign keys and a malformed validation run are listed', () => {
    let file = changed(bpx1(), [...POSITIVE, 'OCP (lithiation) [V]'], '4.5 - x');
    file = changed(file, ['State', 'Degradation'], { LLI: 0.1 });
    file = changed(file, ['State', 'Initial conditions', 'Initial hysteresis state: Positive electrode'], 1);
    file = changed(file, ['Parameterisation', 'Separator', 'Colour'], 3);
    file = changed(file, ['Parameterisation', 'User-defined'], { 'Somebody else [m]': 1 });
    file = changed(file, ['Validation', 'run', 'Voltage [V]'], [1]);
    const { notMapped, validation, warnings } = readBpx(file);
    const paths = notMapped.map(({ path }) => path).join('\n');
    for (const part of ['OCP (lithiation) [V]', 'State.Degradation', 'hysteresis state', 'Colour', 'Somebody else'])
      expect(paths).toContain(part);
    expect(validation).toEqual([]);
    expect(warnings.join(' ')).toContain('"run" is left out');
  });

  test('a single-particle file gets electrolyte, separator and pores from the program', () => {
    let file = changed(bpx1(), ['Header', 'Model'], 'SPM');
    file = changed(file, ['Parameterisation', 'Electrolyte'], undefined);
    file = changed(file, ['Parameterisation', 'Separator'], undefined);
    file = changed(file, POSITIVE, { 'Thickness [m]': 6e-5, ...PARTICLE });
    const { cell, warnings } = readBpx(file);
    expect(cell.electrolyte.law).toBe('landesfeind2019-ec-emc');
    expect(warnings.join(' ')).toContain('single-particle');
  });
});

describe('lithium of the user-defined section', () => {
  test('is read under the names that the program publishes', () => {
    const user = Object.fromEntries(Object.keys(LITHIUM_KEYS).map((key, k) => [key, [5e-5, 2, 30, 1e-8, 1e-5][k]]));
    const { cell, notMapped } = readBpx(
      changed(bpx1(), ['Parameterisation', 'User-defined'], { description: 'ours', ...user }),
    );
    expect(cell.counter).toMatchObject({
      lithiumThickness_m: 5e-5,
      areaRatio: 2,
      kinetics: { exchangeCurrent_A_per_m2: 30 },
      interphase: [{ name: 'native', thickness_m: 1e-8, conductivity_S_per_m: 1e-5 }],
    });
    expect(notMapped.filter(({ path }) => path.includes('User-defined'))).toEqual([]);
  });
});

describe('faults of a BPX file', () => {
  const issuesOf = (input: unknown) => {
    try {
      readBpx(input);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      return (error as InputError).issues;
    }
    return [];
  };

  test('come all at once, at their places in the file', () => {
    let file = changed(bpx1(), [...POSITIVE, 'Thickness [m]'], '6e-5');
    file = changed(file, [...POSITIVE, 'OCP [V]'], '4.6 - 1.2 * y');
    file = changed(file, [...POSITIVE, 'Particle radius [m]'], undefined);
    file = changed(file, [...POSITIVE, 'Particle radus [m]'], 4e-6);
    file = changed(file, ['Parameterisation', 'Cell', 'Lower voltage cut-off [V]'], 5);
    file = changed(file, ['Parameterisation', 'Separator'], undefined);
    file = changed(file, ['Header', 'BPX'], '2.0.0');
    const issues = issuesOf(file);
    const told = Object.fromEntries(issues.map(({ where, hint }) => [where, hint ?? '']));
    const at = (key: string) => `Parameterisation["Positive electrode"]["${key}"]`;
    expect(told[at('Thickness [m]')]).toBe('write 6e-5 without quotes');
    expect(told[at('OCP [V]')]).toMatch(/character 13/u);
    expect(told[at('Particle radius [m]')]).toContain('did you mean Particle radus [m]?');
    expect(told['Parameterisation.Cell["Lower voltage cut-off [V]"]']).toBeDefined();
    expect(told['Parameterisation.Separator']).toBeDefined();
    expect(told['Header.BPX']).toBeDefined();
  });

  test('found only in the cell are told at the parameter they come from', () => {
    const [issue] = issuesOf(changed(bpx1(), [...POSITIVE, 'Thickness [m]'], 60));
    expect(issue!.where).toBe('Parameterisation["Positive electrode"]["Thickness [m]"]');
    const [overfull] = issuesOf(changed(bpx1(), [...POSITIVE, 'Porosity'], 0.9));
    expect(overfull!.where).toContain('Positive electrode');
  });

  test('are all that random and mutated files give', () => {
    const read = (input: unknown) => {
      try {
        readCellOrBpx(input);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        expect(error.issues.length).toBeGreaterThan(0);
      }
    };
    const part = fc.oneof(fc.jsonValue(), fc.constantFrom(undefined, -1, 0, 1e300, '', 'x', '1/x', [], {}, null));
    const leaves = Object.keys({ ...ELECTRODE, ...PARTICLE });
    const path = fc.oneof(
      fc.constantFrom(...leaves.map((key) => [...POSITIVE, key])),
      fc.constantFrom(...Object.keys(ELECTROLYTE).map((key) => ['Parameterisation', 'Electrolyte', key])),
      fc.constantFrom(...Object.keys(CELL).map((key) => ['Parameterisation', 'Cell', key])),
      fc.constantFrom(
        ['Header'],
        ['Header', 'BPX'],
        ['Parameterisation'],
        ['State'],
        ['State', 'Initial conditions'],
        ['Validation'],
        ['Validation', 'run'],
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(bpx1, bpx0), path, part, (make, at, by) => read(changed(make(), at, by))),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), (json) => read({ Header: { BPX: '1.0' }, Parameterisation: json })),
      { numRuns: 200 },
    );
    read(null);
    read([]);
  });
});

describe('telling BPX files and cell files apart', () => {
  test('goes by the header', () => {
    expect(isBpx(bpx1())).toBe(true);
    expect(isBpx(builtInFile('li-lfp'))).toBe(false);
    expect(readCellOrBpx(bpx0())).toMatchObject({ kind: 'bpx', version: '0.4' });
    expect(readCellOrBpx(builtInFile('li-lfp'))).toMatchObject({ kind: 'cell', cell: { id: 'li-lfp' } });
  });
});
