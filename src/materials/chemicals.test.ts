import { describe, expect, test } from 'vitest';
import chemicalFile from './chemicals.json' with { type: 'json' };
import chemicalJsonSchema from './chemicals.schema.json' with { type: 'json' };
import { ATOMIC_MASSES, CHEMICALS, chemicalAt, chemicalNamed, chemicalNames, meaningBeside } from './chemicals.ts';
import { atomsOf } from './interphase-makers.ts';
import { chemicalFileSchema, dataFileSchemas } from './schemas.ts';

/** Valences of the atoms that carry unwritten hydrogen. */
const VALENCES: Readonly<Record<string, readonly number[]>> = {
  B: [3],
  C: [4],
  N: [3, 5],
  O: [2],
  P: [3, 5],
  S: [2, 4, 6],
  F: [1],
  Cl: [1, 3, 5, 7],
  Br: [1],
  I: [1],
};

/** Atoms of a SMILES text without aromatic letters: bracket atoms as they stand, the others filled up with hydrogen. */
function atomsOfSmiles(smiles: string): Record<string, number> {
  const atoms: { element: string; bonds: number; isBracket: boolean }[] = [];
  const counts: Record<string, number> = {};
  const branches: number[] = [];
  const rings = new Map<string, { atom: number; order: number }>();
  let previous = -1;
  let order = 1;
  for (const [part] of smiles.matchAll(/\[[^\]]+\]|Cl|Br|[BCNOPSFI]|\d|[()=#.]/gu)) {
    if (part === '(') branches.push(previous);
    else if (part === ')') previous = branches.pop()!;
    else if (part === '=') order = 2;
    else if (part === '#') order = 3;
    else if (part === '.') previous = -1;
    else if (/^\d/u.test(part)) {
      const open = rings.get(part);
      if (open === undefined) rings.set(part, { atom: previous, order });
      else {
        const bond = Math.max(order, open.order);
        atoms[open.atom]!.bonds += bond;
        atoms[previous]!.bonds += bond;
        rings.delete(part);
      }
      order = 1;
    } else {
      const element = part.startsWith('[') ? /^\[([A-Z][a-z]?)/u.exec(part)![1]! : part;
      atoms.push({ element, bonds: 0, isBracket: part.startsWith('[') });
      counts[element] = (counts[element] ?? 0) + 1;
      if (previous >= 0) {
        atoms[previous]!.bonds += order;
        atoms.at(-1)!.bonds += order;
      }
      previous = atoms.length - 1;
      order = 1;
    }
  }
  expect([...rings.keys(), ...branches], smiles).toEqual([]);
  for (const { element, bonds, isBracket } of atoms) {
    if (isBracket) continue;
    const valence = VALENCES[element]!.find((one) => one >= bonds);
    expect(valence, `${element} with ${bonds} bonds in ${smiles}`).toBeDefined();
    if (valence! > bonds) counts.H = (counts.H ?? 0) + valence! - bonds;
  }
  return counts;
}

const SPELLINGS = CHEMICALS.flatMap((chemical) =>
  [chemical.id, chemical.name, ...chemical.aliases].map((name) => [name, chemical.id] as const),
);

describe('chemicals', () => {
  test('the file holds to its schema, and the JSON Schema is up to date', () => {
    expect(chemicalFileSchema.safeParse(chemicalFile).error?.issues).toBeUndefined();
    expect(chemicalJsonSchema).toEqual(dataFileSchemas().chemicals);
  });

  test('molar masses follow from the formulas', () => {
    for (const { id, formula, molarMass_kg_per_mol } of CHEMICALS) {
      const mass = Object.entries(atomsOf(formula)).reduce((sum, [element, n]) => sum + n * ATOMIC_MASSES[element]!, 0);
      expect(molarMass_kg_per_mol, id).toBeCloseTo(mass / 1000, 6);
    }
    expect(chemicalNamed('EC')!.molarMass_kg_per_mol).toBeCloseTo(0.08806, 5);
    expect(chemicalNamed('LiTFSI')!.molarMass_kg_per_mol).toBeCloseTo(0.28709, 4);
  });

  test('the SMILES of each has the atoms of its formula, and so have its ions', () => {
    for (const { id, formula, smiles, ions } of CHEMICALS) {
      expect(atomsOfSmiles(smiles), id).toEqual(atomsOf(formula));
      if (ions === undefined) continue;
      const atoms: Record<string, number> = {};
      for (const [ion, count] of [
        [ions.cation, ions.cationCount],
        [ions.anion, ions.anionCount],
      ] as const) {
        for (const [element, n] of Object.entries(atomsOf(ion))) atoms[element] = (atoms[element] ?? 0) + n * count;
      }
      expect(atoms, id).toEqual(atomsOf(formula));
    }
  });

  test('salts and ionic liquids have ions, and only they; salts have no donor sites', () => {
    for (const { id, kind, family, ions, donorSites } of CHEMICALS) {
      expect(ions !== undefined, id).toBe(kind === 'salt' || family === 'ionic-liquid');
      if (kind === 'salt') expect(donorSites, id).toBe(0);
      expect(family === 'lithium-salt', id).toBe(kind === 'salt' && ions?.cation === 'Li');
    }
  });

  test('densities are those of liquids; a density from memory or by estimate says so', () => {
    for (const { id, kind, density_kg_per_m3, densityTag, densitySource } of CHEMICALS) {
      const [low, high] = kind === 'salt' ? [1600, 6000] : [550, 1900];
      expect(density_kg_per_m3 >= low && density_kg_per_m3 <= high, `${id} ${density_kg_per_m3}`).toBe(true);
      if (densityTag === 'memory') expect(densitySource, id).toContain('memory');
    }
  });

  test('every spelling leads to its chemical', () => {
    for (const [name, id] of SPELLINGS) expect(chemicalNamed(name)?.id, name).toBe(id);
  });

  test('no spelling belongs to two', () => {
    const owners = new Map<string, string>();
    for (const [name, id] of SPELLINGS) {
      expect(owners.get(name.toLowerCase()) ?? id, name).toBe(id);
      owners.set(name.toLowerCase(), id);
    }
    expect(chemicalNames()).toHaveLength(SPELLINGS.length);
  });

  test.each([
    ['lipf6', 'LiPF6'],
    ['12 Crown 4', '12-crown-4'],
    ['1,2 Dimethoxy-ethane', 'DME'],
    ['[EMIM][TFSI]', 'EMIMTFSI'],
    ['γ-butyrolactone', 'GBL'],
    ['LiPF₆', 'LiPF6'],
    ['ec', 'EC'],
  ])('%s is found however it is spelt', (name, id) => {
    expect(chemicalNamed(name)?.id).toBe(id);
  });

  test('the longest name wins, and no name begins or ends inside a word', () => {
    expect(chemicalAt('TMS-FNFSI', 0)?.chemical.id).toBe('TMS-FNFSI');
    expect(chemicalAt('TMS-DME', 0)?.chemical.id).toBe('SL');
    expect(chemicalAt('FEC', 1)).toBeUndefined();
    expect(chemicalAt('ECX', 0)).toBeUndefined();
    expect(chemicalAt('MLiPF6', 1)).toBeUndefined();
    expect(chemicalAt('MLiPF6', 1, true)?.chemical.id).toBe('LiPF6');
    expect(chemicalNamed('an')).toBeUndefined();
    expect(chemicalNamed('water vapour')).toBeUndefined();
  });

  test('a doubtful spelling says what it may be, and depends on its company', () => {
    expect(chemicalAt('HFE', 0)).toMatchObject({ chemical: { id: 'TTE' }, doubt: expect.stringContaining('TTE') });
    expect(meaningBeside('HFE', new Set(['FEC', 'FEMC']))?.chemical.id).toBe('D2');
    expect(meaningBeside('HFE', new Set(['DME']))).toBeUndefined();
  });
});
