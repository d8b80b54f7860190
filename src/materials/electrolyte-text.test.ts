import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import type { Composition } from './composition.ts';
import { parseElectrolyte, readElectrolyte, tryElectrolyte } from './electrolyte-text.ts';

function issuesOf(text: string): readonly string[] {
  const found = tryElectrolyte(text);
  return found instanceof InputError
    ? found.issues.map(({ where, found: got, hint }) => `${where}|${got}|${hint}`)
    : [];
}

function expectSame(a: Composition, b: Composition, text: string): void {
  expect(
    b.components.map(({ chemical, role, saturated }) => [chemical.id, role, saturated]),
    text,
  ).toEqual(a.components.map(({ chemical, role, saturated }) => [chemical.id, role, saturated]));
  a.components.forEach((component, i) => {
    const other = b.components[i]!;
    expect(Math.abs(component.moleFraction - other.moleFraction), text).toBeLessThan(1e-9);
    expect(Math.abs(component.molality_mol_per_kg / other.molality_mol_per_kg - 1), text).toBeLessThan(1e-9);
    expect(Math.abs(component.concentration_mol_per_m3 / other.concentration_mol_per_m3 - 1), text).toBeLessThan(1e-9);
  });
}

function expectSound(composition: Composition): void {
  const { components, confidence, reasons, density_kg_per_m3 } = composition;
  const sum = (of: (component: Composition['components'][number]) => number): number =>
    components.reduce((total, component) => total + of(component), 0);
  expect(sum(({ moleFraction }) => moleFraction)).toBeCloseTo(1, 12);
  expect(sum(({ massFraction }) => massFraction)).toBeCloseTo(1, 12);
  // Volumes add up: the components fill one m3.
  expect(
    sum(
      ({ chemical, concentration_mol_per_m3: c }) => (c * chemical.molarMass_kg_per_mol) / chemical.density_kg_per_m3,
    ),
  ).toBeCloseTo(1, 9);
  expect(
    sum(({ chemical, concentration_mol_per_m3: c }) => c * chemical.molarMass_kg_per_mol) / density_kg_per_m3,
  ).toBeCloseTo(1, 9);
  for (const component of components) expect(component.moleFraction).toBeGreaterThan(0);
  expect(confidence > 0 && confidence <= 1).toBe(true);
  expect(reasons.length === 0).toBe(confidence === 1);
}

/** What people write, and the one way to write it. */
const NAMES: readonly (readonly [text: string, canonical: string])[] = [
  // Molarity and a ratio by volume, mass and mole, in the habits of many hands.
  ['1 M LiPF6 in EC/DEC (1:1 v/v)', '1 M LiPF6 in EC/DEC (1:1 v/v)'],
  ['1M LiPF6 EC-DEC (1:1 vol)', '1 M LiPF6 in EC/DEC (1:1 v/v)'],
  ['1MLiPF6 EC:DEC (1:1 by volume)', '1 M LiPF6 in EC/DEC (1:1 v/v)'],
  ['in 1.0 M LiPF₆ EC∶DEC (1∶1, v/v)', '1 M LiPF6 in EC/DEC (1:1 v/v)'],
  ['LiPF6 1.0 mol/L EC:DEC 1:1 vol.', '1 M LiPF6 in EC/DEC (1:1 v/v)'],
  ['LiPF6 (1 M) in EC/DEC = 1:1 Vol%', '1 M LiPF6 in EC/DEC (1:1 v/v)'],
  ['1 mol L⁻¹ LiPF6 in EC–DEC (v/v = 1:1)', '1 M LiPF6 in EC/DEC (1:1 v/v)'],
  ['1 molar LiPF6, EC and DEC, 50/50 vol%', '1 M LiPF6 in EC/DEC (50:50 v/v)'],
  ['EC/DEC (1:1 v/v) containing 1 M LiPF6', '1 M LiPF6 in EC/DEC (1:1 v/v)'],
  ['1 M LiPF6 in a 3:7 mixture of EC and EMC by weight', '1 M LiPF6 in EC/EMC (3:7 w/w)'],
  ['1 M LiPF6 in EC (30 wt%)/EMC (70 wt%)', '1 M LiPF6 in EC/EMC (30:70 w/w)'],
  ['1 M LiPF6 in 30% EC 70% EMC by volume', '1 M LiPF6 in EC/EMC (30:70 v/v)'],
  ['LiClO4/PC 1M', '1 M LiClO4 in PC'],
  ['1.2 mol dm-3 LiPF6 in EC-EMC (3:7 m/m)', '1.2 M LiPF6 in EC/EMC (3:7 w/w)'],
  ['1 M LiPF6 FEC-EMC-DMC (34.6:57.2:8.2 wt)', '1 M LiPF6 in FEC/EMC/DMC (34.6:57.2:8.2 w/w)'],
  ['1.2M LiFSI TEP-BTFE (1:3 mol)', '1.2 M LiFSI in TEP/BTFE (1:3 mol)'],
  ['1M LiFSI DME-TFEO (1.2:3 n/n)', '1 M LiFSI in DME/TFEO (1.2:3 mol)'],
  ['LP57', '1 M LiPF6 in EC/EMC (3:7 w/w)'],
  // One solvent, by any of its names.
  ['1 M LiTFSI in TEGDME', '1 M LiTFSI in tetraglyme'],
  ['1 M LiTFSI in G4', '1 M LiTFSI in tetraglyme'],
  ['1 M LiTFSI in tetraethylene glycol dimethyl ether', '1 M LiTFSI in tetraglyme'],
  ['1 M LiTFSI in 1,2-dimethoxyethane', '1 M LiTFSI in DME'],
  ['1 M LiFSI in sulfolane', '1 M LiFSI in SL'],
  ['1.5 M LiAsF6-PC', '1.5 M LiAsF6 in PC'],
  ['1 M LiFSI 2-MeTHF', '1 M LiFSI in MeTHF'],
  ['1 M lithium bis(fluorosulfonyl)imide (LiFSI) in dimethoxyethane (DME)', '1 M LiFSI in DME'],
  ['1 M LiPF6/acetonitrile', '1 M LiPF6 in AN'],
  ['50 mM LiNO3 + 1 M LiTFSI in diglyme', '1 M LiTFSI in diglyme + 0.05 M LiNO3'],
  // Molality and mole ratios.
  ['4 mol/kg LiFSI in DME', '4 mol/kg LiFSI in DME'],
  ['4 molal LiFSI in DME', '4 mol/kg LiFSI in DME'],
  ['LiFSI-1.2DME-3TTE', 'LiFSI/DME/TTE (1:1.2:3 mol)'],
  ['1 LiFSI - 3 TMS- 3 TTE', 'LiFSI/SL/TTE (1:3:3 mol)'],
  ['LiFSI–(1.2)DME–(3)TTE', 'LiFSI/DME/TTE (1:1.2:3 mol)'],
  ['3 mol LiFSI : 4 mol DME', 'LiFSI/DME (3:4 mol)'],
  ['LiFSI SL (1:2.5 molar)', 'LiFSI/SL (1:2.5 mol)'],
  ['LiFSI-TEP 1:1.5 molar', 'LiFSI/TEP (1:1.5 mol)'],
  ['LiFSI-AN-VC (0.52:1:0.09 molar)', 'LiFSI/AN/VC (0.52:1:0.09 mol)'],
  ['LiFSI:DME:TTE = 1:1.2:3 by mol', 'LiFSI/DME/TTE (1:1.2:3 mol)'],
  ['2.2M LiFSI TEP (= 1:2 MR)', 'LiFSI/TEP (1:2 mol)'],
  // Several salts.
  ['0.6M LiTFSI 0.4M LiBOB EC-EMC (7:3 wt)', '0.6 M LiTFSI + 0.4 M LiBOB in EC/EMC (7:3 w/w)'],
  ['0.5 M LiFSI+0.5 M LiPO2F2/DME', '0.5 M LiFSI + 0.5 M LiDFP in DME'],
  ['0.6 M LiTFSI, 0.4 M LiBOB and 0.05 M LiPF6 in DME', '0.6 M LiTFSI + 0.4 M LiBOB in DME + 0.05 M LiPF6'],
  ['1M LiFSI+0.3 M LiNO3-FEC/GBL (1:2 v/v)', '1 M LiFSI in FEC/GBL (1:2 v/v) + 0.3 M LiNO3'],
  ['2M LiFSI 1M LiTFSI DOL-DME (1:1 vol)', '2 M LiFSI + 1 M LiTFSI in DOL/DME (1:1 v/v)'],
  // Additives: by mass, by volume, by molarity, saturated.
  ['1 M LiPF6-EC/DEC (1:1 vol.) + 5 vol% FEC', '1 M LiPF6 in EC/DEC (1:1 v/v) + 5 vol% FEC'],
  ['1M LiPF6 in DMC:EC:EMC 1:1:1 (vol.) + 2 wt% VC', '1 M LiPF6 in DMC/EC/EMC (1:1:1 v/v) + 2 wt% VC'],
  ['1 M LiPF6 EC-EMC (3:7 wt) 2% wt VC', '1 M LiPF6 in EC/EMC (3:7 w/w) + 2 wt% VC'],
  ['1 M LiPF6 in PC, FEC (10% v/v), 1 wt% VC', '1 M LiPF6 in PC + 10 vol% FEC + 1 wt% VC'],
  ['LP30 with 10 weight% FEC', '1 M LiPF6 in EC/DMC (1:1 w/w) + 10 wt% FEC'],
  [
    '1 M LiTFSI DOL/DME (1:1 v/v) w/ 5 wt % LiNO3 and 0.18 M Li2S8',
    '1 M LiTFSI in DOL/DME (1:1 v/v) + 5 wt% LiNO3 + 0.18 M Li2S8',
  ],
  [
    '1 M LiPF6 FEC-EC-DEC (2:9:9 vol) 0.05 M RbNO3 0.05M 18-crown-6',
    '1 M LiPF6 in FEC/EC/DEC (2:9:9 v/v) + 0.05 M RbNO3 + 0.05 M 18-crown-6',
  ],
  ['1 M LiPF6 FEC-DMC (1:1 v) 0.25wt% 12-Crown-4', '1 M LiPF6 in FEC/DMC (1:1 v/v) + 0.25 wt% 12-crown-4'],
  ['1 M LiPF6 in EC/EMC (3/7 v/v) with 0.05 M CsPF6', '1 M LiPF6 in EC/EMC (3:7 v/v) + 0.05 M CsPF6'],
  ['1 M LiPF6 in PC + 50 ppm H2O', '1 M LiPF6 in PC + 0.005 wt% water'],
  ['0.5M LiTFSI 0.5M THF CH3F', '0.5 M LiTFSI in FM + 0.5 M THF'],
  ['1 M LiPF6 in PC with saturated LiNO3', '1 M LiPF6 in PC + saturated LiNO3'],
  ['1 M LiPF6 in PC saturated with LiNO3', '1 M LiPF6 in PC + saturated LiNO3'],
  ['1 M LiPF6 in PC, LiNO3 saturated', '1 M LiPF6 in PC + saturated LiNO3'],
  // Ionic liquids.
  ['0.5 mol/kg LiFSI in [Pyr13][FSI]', '0.5 mol/kg LiFSI in Pyr13FSI'],
  ['1 M LiTFSI in Py13TFSI/DOL/DME (2:1:1 by volume)', '1 M LiTFSI in Pyr13TFSI/DOL/DME (2:1:1 v/v)'],
  ['1 M LiTFSI in EMI-TFSI', '1 M LiTFSI in EMIMTFSI'],
  // Guesses.
  ['1 M LiPF6 in EC/DEC (1:1)', '1 M LiPF6 in EC/DEC (1:1 v/v)'],
  ['1 M LiPF6 in EC/DEC', '1 M LiPF6 in EC/DEC (1:1 v/v)'],
  ['1 M LiTFSI in DOL/DME + LiNO3', '1 M LiTFSI in DOL/DME (1:1 v/v) + 2 wt% LiNO3'],
  ['1 M LiPF6 in EC/DEC + LiNO3', '1 M LiPF6 in EC/DEC (1:1 v/v) + saturated LiNO3'],
  ['1 M LiPF6 in EC/DEC with FEC', '1 M LiPF6 in EC/DEC (1:1 v/v) + 5 wt% FEC'],
  ['LiTFSI in DME', '1 M LiTFSI in DME'],
  ['0,5 M LiTFSI in DME', '0.5 M LiTFSI in DME'],
  ['2 m LiTFSI in DME', '2 mol/kg LiTFSI in DME'],
  ['LiFSI DME-TTE (1:1.2:3)', 'LiFSI/DME/TTE (1:1.2:3 mol)'],
  ['1 M LiTFSI/LiFSI (3:1) in DME', '0.75 M LiTFSI + 0.25 M LiFSI in DME'],
  ['1 M LiFSI 1,4-Dioxolane', '1 M LiFSI in dioxane'],
  ['1 M LiPF6 in FEC/FEMC/HFE (2:6:2 by weight)', '1 M LiPF6 in FEC/FEMC/D2 (2:6:2 w/w)'],
  ['10 M LiFSI DMC', '10 M(solvent) LiFSI in DMC'],
  ['5M LiTFSI 1-4 (EA-DCM vol)', '5 M(undiluted) LiTFSI in EA/DCM (1:4 v/v)'],
  ['1.8 M LiFSI/DME (1 : 1) with HFME at 50% concentration', 'LiFSI/DME (1:1 w/w) + 50 vol% HFME'],
  [
    '1 M LiPF6 EC-DMC (1:1 v), 0.5 M LiNO3 TEGDME, 70%',
    '[1 M LiPF6 in EC/DMC (1:1 v/v)] + 70 vol% [0.5 M LiNO3 in tetraglyme]',
  ],
];

describe('names', () => {
  test.each(NAMES)('%s', (text, canonical) => {
    const composition = parseElectrolyte(text);
    expect(composition.canonical).toBe(canonical);
    expect(composition.text).toBe(text);
    expectSound(composition);
  });

  test.each(NAMES)('the canonical form of %s reads back as itself', (text, canonical) => {
    const again = parseElectrolyte(canonical);
    expect(again.canonical).toBe(canonical);
    expectSame(parseElectrolyte(text), again, text);
  });

  const shared = new URL('../../../shared/physics/electrolyte-names.txt', import.meta.url);
  test.skipIf(!existsSync(shared))(
    'all names of the acceptance list are read and read back (skipped without it)',
    () => {
      const names = readFileSync(shared, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '');
      expect(names).toHaveLength(148);
      for (const name of names) {
        const composition = parseElectrolyte(name);
        expectSound(composition);
        expectSame(composition, parseElectrolyte(composition.canonical), name);
      }
    },
  );
});

describe('amounts by hand', () => {
  // Molar masses in kg/mol and densities in kg/L, typed here anew.
  const M = { LiFSI: 0.18706, LiTFSI: 0.28707, LiPF6: 0.1519, LiNO3: 0.06894, EC: 0.08806, DMC: 0.09008, DME: 0.09012 };
  const more = { TTE: 0.23207, SL: 0.12017, AN: 0.04105, VC: 0.08605, TEP: 0.18215, BTFE: 0.18206 };
  /** Litres that a mole of salt fills. */
  const v = { LiFSI: 0.18706 / 2.2, LiTFSI: 0.28707 / 2.05, LiPF6: 0.1519 / 3.2, LiBOB: 0.19379 / 2.04 };
  const ecEmcByMass = 10 / (7 / 1.321 + 3 / 1.007);
  const tepBtfe = (more.TEP + 3 * more.BTFE) / (more.TEP / 1.068 + (3 * more.BTFE) / 1.404);
  const baseOfNitrate = M.LiTFSI + (1 - v.LiTFSI) * 0.863;

  test.each([
    ['4 mol/kg LiFSI in DME', 'LiFSI', 4],
    ['1 LiFSI - 3 TMS', 'LiFSI', 1 / (3 * more.SL)],
    ['LiFSI-1.2DME-3TTE', 'LiFSI', 1 / (1.2 * M.DME + 3 * more.TTE)],
    ['LiFSI SL (1:2.5 molar)', 'LiFSI', 1 / (2.5 * more.SL)],
    ['LiFSI-AN-VC (0.52:1:0.09 molar)', 'LiFSI', 0.52 / (more.AN + 0.09 * more.VC)],
    ['1 M LiPF6 in PC', 'LiPF6', 1 / ((1 - v.LiPF6) * 1.2)],
    ['1 M LiTFSI in DME', 'LiTFSI', 1 / ((1 - v.LiTFSI) * 0.863)],
    ['2 M LiFSI in FEC', 'LiFSI', 2 / ((1 - 2 * v.LiFSI) * 1.454)],
    ['1 M LiPF6 in EC/DMC (1:1 v/v)', 'LiPF6', 1 / ((1 - v.LiPF6) * 0.5 * (1.321 + 1.063))],
    ['1 M LiPF6 in EC/DMC (1:1 w/w)', 'LiPF6', 1 / (((1 - v.LiPF6) * 2) / (1 / 1.321 + 1 / 1.063))],
    ['1 M LiPF6 in EC/DMC (1:1 v/v)', 'EC', 1.321 / M.EC / (1.321 + 1.063)],
    ['1.2M LiFSI TEP-BTFE (1:3 mol)', 'LiFSI', 1.2 / ((1 - 1.2 * v.LiFSI) * tepBtfe)],
    ['10 M LiFSI DMC', 'LiFSI', 10 / 1.063],
    ['0.6M LiTFSI 0.4M LiBOB EC-EMC (7:3 wt)', 'LiTFSI', 0.6 / ((1 - 0.6 * v.LiTFSI - 0.4 * v.LiBOB) * ecEmcByMass)],
    ['1 M LiTFSI in DME + 5 wt% LiNO3', 'LiNO3', (baseOfNitrate * 0.05) / 0.95 / M.LiNO3 / ((1 - v.LiTFSI) * 0.863)],
    ['1 M LiPF6 in PC + 10 vol% FEC', 'LiPF6', 0.9 / (0.9 * (1 - v.LiPF6) * 1.2 + 0.1 * 1.454)],
    [
      '1 M LiPF6 in PC, 1 M LiTFSI in DME, 25%',
      'LiTFSI',
      0.25 / (0.75 * (1 - v.LiPF6) * 1.2 + 0.25 * (1 - v.LiTFSI) * 0.863),
    ],
  ])('molality in %s: %s', (text, id, expected) => {
    const component = parseElectrolyte(text).components.find(({ chemical }) => chemical.id === id)!;
    expect(component.molality_mol_per_kg / expected).toBeCloseTo(1, 3);
  });

  test('a mole percentage counts all moles', () => {
    const { components } = parseElectrolyte('LiFSI/DME (1:2 mol) + 10 mol% VC');
    expect(components.map(({ moleFraction }) => moleFraction)).toEqual([
      expect.closeTo(0.3, 12),
      expect.closeTo(0.6, 12),
      expect.closeTo(0.1, 12),
    ]);
  });

  test('a percentage is a share of the finished electrolyte', () => {
    const { components } = parseElectrolyte('1 M LiPF6 in EC/DMC (1:1 w/w) + 10 wt% FEC + 2 vol% VC');
    const [fec, vc] = components.slice(-2);
    expect(fec!.massFraction).toBeCloseTo(0.1, 12);
    expect((vc!.concentration_mol_per_m3 * 0.08605) / 1355).toBeCloseTo(0.02, 5);
  });

  test('densities come near those of solutions on the market', () => {
    expect(parseElectrolyte('LP57').density_kg_per_m3 / 1190).toBeCloseTo(1, 1);
    expect(parseElectrolyte('LP30').density_kg_per_m3 / 1290).toBeCloseTo(1, 1);
  });
});

describe('roles', () => {
  const roles = (text: string): string =>
    parseElectrolyte(text)
      .components.map(({ chemical, role, saturated }) => `${role} ${chemical.id}${saturated ? '!' : ''}`)
      .join(', ');

  test.each([
    ['LiFSI-1.2DME-3TTE', 'salt LiFSI, solvent DME, diluent TTE'],
    ['0.3 M LiFSI in TTE', 'salt LiFSI, solvent TTE'],
    ['1 M LiPF6 in EC/DEC (1:1 v/v) + 5 vol% FEC', 'salt LiPF6, solvent EC, solvent DEC, additive FEC'],
    ['1 M LiPF6 in EC/DEC (1:1 v/v) + 30 vol% FEC', 'salt LiPF6, solvent EC, solvent DEC, solvent FEC'],
    ['1 M LiTFSI + 0.15 M LiNO3 in DME', 'salt LiTFSI, solvent DME, additive LiNO3'],
    ['0.4M LiTFSI 0.6M LiNO3 DME', 'salt LiTFSI, salt LiNO3, solvent DME'],
    ['1 M LiPF6 + 0.5 M CsPF6 in PC', 'salt LiPF6, solvent PC, additive CsPF6'],
    ['1 M LiPF6 in PC, saturated LiNO3', 'salt LiPF6, solvent PC, additive LiNO3!'],
    ['1 M LiPF6 in EC/DEC (1:1 v/v) + 5 wt% LiNO3', 'salt LiPF6, solvent EC, solvent DEC, additive LiNO3!'],
    ['1 M LiTFSI in DME + 5 wt% LiNO3', 'salt LiTFSI, solvent DME, additive LiNO3'],
  ])('%s', (text, expected) => {
    expect(roles(text)).toBe(expected);
  });

  test('of a saturated nitrate, carbonates dissolve less than 0.01 M', () => {
    const amount = (text: string): number => parseElectrolyte(text).components.at(-1)!.concentration_mol_per_m3;
    expect(amount('1 M LiPF6 in EC/DEC (1:1 v/v) with saturated LiNO3')).toBeCloseTo(8, 9);
    expect(amount('1 M LiTFSI in DME with saturated LiNO3')).toBeGreaterThan(100);
  });
});

describe('guesses', () => {
  test.each([
    ['1 M LiPF6 in EC/DEC (1:1)', 0.8, 'without a basis is read as volumes'],
    ['1 M LiPF6 in EC/DEC', 0.7, 'without a ratio is read as equal volumes'],
    ['1 M LiPF6 in PC + 5% FEC', 0.85, '5 % FEC without a basis is read as percent by mass'],
    ['LiPF6 in PC', 0.5, 'LiPF6 without an amount is read as 1 M'],
    ['10 M LiFSI DMC', 0.7, 'read per litre of solvent'],
    ['1 M LiFSI 1,4-Dioxolane', 0.7, 'does not exist'],
    ['1 M LiFSI in DEG-FTriEG', 0.7, 'is inferred from its name'],
    ['LiFSI DME-TTE (1:1.2:3)', 0.8, 'counts the salt and is read by mole'],
    ['1.5 M LiFSI/TEP (1:2 mol)', 0.8, 'the ratio gives 2.35 M where 1.5 M is stated'],
  ])('%s costs confidence and is said', (text, confidence, reason) => {
    const composition = parseElectrolyte(text);
    expect(composition.confidence).toBeCloseTo(confidence, 12);
    expect(composition.reasons.join('; ')).toContain(reason);
  });

  test('a dilute solution is per litre of solution, and the same molarity by either habit is not the same', () => {
    const solution = parseElectrolyte('2 M LiFSI in DMC');
    expect(solution.components[0]!.concentration_mol_per_m3).toBeCloseTo(2000, 9);
    const solvent = parseElectrolyte('2 M(solvent) LiFSI in DMC');
    expect(solvent.components[0]!.concentration_mol_per_m3).toBeCloseTo(2000 / (1 + (2 * 0.18706) / 2.2), 1);
    expect(solvent.confidence).toBe(1);
  });

  test('what the text states of the concentration is kept beside what it means', () => {
    expect(readElectrolyte('10 M LiFSI DMC').stated_mol_per_m3).toBe(10000);
    expect(readElectrolyte('0.6M LiTFSI 0.4M LiBOB 0.1 M LiNO3 DME').stated_mol_per_m3).toBe(1000);
    expect(readElectrolyte('LiFSI-1.2DME-3TTE').stated_mol_per_m3).toBeNull();
  });
});

describe('faults', () => {
  test('every unknown name at once, with its place and the nearest known ones', () => {
    expect(issuesOf('1 M LiPF7 in EC/DEK + 3% FECC')).toEqual([
      expect.stringMatching(/^electrolyte, character 5\|"LiPF7"\|did you mean LiPF6/u),
      expect.stringMatching(/^electrolyte, character 17\|"DEK"\|did you mean DEC/u),
      expect.stringMatching(/^electrolyte, character 26\|"FECC"\|did you mean FEC/u),
    ]);
  });

  test.each([
    ['', 'nothing'],
    ['   ', 'nothing'],
    ['EC/DEC (1:1 v/v)', 'no salt'],
    ['1 M LiPF6', 'no solvent'],
    ['1 M', 'an amount at the end'],
    ['1 M LiPF6 in EC/DEC (1:1:1 v/v)', 'a ratio of 3 numbers'],
    ['1 M LiPF6 in EC/DEC/DMC (1:1 v/v)', 'a ratio of 2 numbers'],
    ['1 M LiPF6 in EC/DEC (1:0 v/v)', '1:0'],
    ['0 M LiPF6 in PC', 'an amount of 0'],
    ['1 M LiPF6 in PC + 100% FEC', '100 %'],
    ['1 M LiPF6 in PC + 60% FEC + 50% VC', 'room for a solvent'],
    ['50 M LiFSI in DMC', '50 M'],
    ['1 M 2 M LiPF6 in PC', 'two amounts in a row'],
    ['LiPF6 in PC 5', 'a unit beside it'],
    ['[1 M LiPF6 in PC', 'square brackets'],
    ['x'.repeat(401), '401 characters'],
  ])('%s', (text, words) => {
    const found = tryElectrolyte(text);
    expect(found).toBeInstanceOf(InputError);
    expect((found as InputError).message).toContain(words);
  });

  test('what is no text is bad input too', () => {
    for (const value of [undefined, null, 5, {}]) expect(() => parseElectrolyte(value as never)).toThrow(InputError);
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...'LiPF6 LiFSI LiNO3 EC DMC DME TTE Pyr13TFSI 12-crown-4 1,4-dioxane HFE M mol/kg wt% vol% % v/v mol in with and + - / : ( ) [ ] saturated 1 0.5 10 1:1 3:7:1 , . = ~ 1e9 0 foo ₆ ⁻¹ m by'.split(
      ' ',
    ),
  );
  const soup = fc.array(fc.tuple(pieces, fc.constantFrom('', ' ')), { maxLength: 40 }).map((parts) =>
    parts
      .map(([piece, space]) => piece + space)
      .join('')
      .slice(0, 400),
  );

  test.each([
    ['words of electrolytes in any order', soup, 4000],
    ['any characters', fc.string({ unit: 'binary', maxLength: 500 }), 2000],
  ] as const)('%s give a sound composition or an InputError', (_name, texts, numRuns) => {
    fc.assert(
      fc.property(texts, (text) => {
        const found = tryElectrolyte(text);
        if (found instanceof InputError) {
          expect(found.issues.length).toBeGreaterThan(0);
          return;
        }
        expectSound(found);
        expectSame(found, parseElectrolyte(found.canonical), text);
      }),
      { numRuns },
    );
  });

  test.each(['(', '1:', '1 ', 'EC/', 'LiPF6 ', '1% ', 'bis(', '1,2,', 'dimethoxy ', '[1 M ', 'ﷺ', 'a-', '. . '])(
    'a text of "%s" is answered in good time',
    (piece) => {
      const start_ms = performance.now();
      tryElectrolyte(piece.repeat(400).slice(0, 400));
      expect(performance.now() - start_ms).toBeLessThan(500);
    },
  );
});

describe('random electrolytes', () => {
  const SALTS = ['LiPF6', 'LiFSI', 'LiTFSI', 'LiBOB', 'LiDFOB', 'LiClO4', 'LiBETI'];
  const SOLVENTS = ['EC', 'DMC', 'FEC', 'DME', 'DOL', 'SL', 'TTE', '1,3-dioxane', 'Pyr14FSI', 'TEP', 'AN'];
  const ADDED = ['VC', 'LiNO3', '12-crown-4', 'TMS-FNFSI', 'CsPF6', 'PS'];
  const amount = fc.integer({ min: 1, max: 1200 }).map((n) => n / 1000);
  const parts = fc.integer({ min: 1, max: 999 }).map((n) => n / 100);
  const pick = (names: readonly string[], minLength: number, maxLength: number) =>
    fc.uniqueArray(fc.constantFrom(...names), { minLength, maxLength });
  const electrolyte = fc
    .record({
      salts: pick(SALTS, 1, 2),
      solvents: pick(SOLVENTS, 1, 4),
      added: pick(ADDED, 0, 3),
      numbers: fc.array(parts, { minLength: 6, maxLength: 6 }),
      amounts: fc.array(amount, { minLength: 5, maxLength: 5 }),
      basis: fc.constantFrom('v/v', 'w/w', 'mol'),
      units: fc.array(fc.constantFrom('wt%', 'vol%', 'mol%', 'M', 'mol/kg'), { minLength: 3, maxLength: 3 }),
      unit: fc.constantFrom('M', 'mol/kg', 'M(solvent)'),
      countsSalt: fc.boolean(),
    })
    .map(({ salts, solvents, added, numbers, amounts, basis, units, unit, countsSalt }) => {
      const names = countsSalt ? [...salts, ...solvents] : solvents;
      const ratio = names.map((_, i) => numbers[i]!).join(':');
      const mixture =
        names.length === 1
          ? names[0]!
          : `${names.join('/')} (${ratio} ${countsSalt && basis === 'v/v' ? 'mol' : basis})`;
      const dissolved = salts.map((salt, i) => `${amounts[i]} ${unit} ${salt}`).join(' + ');
      const more = added.map((name, i) => ` + ${amounts[2 + i]} ${units[i]} ${name}`).join('');
      return `${countsSalt ? '' : `${dissolved} in `}${mixture}${more}`;
    });

  test('read, and read back from the canonical form to 1e-9, with nothing left to guess', () => {
    fc.assert(
      fc.property(electrolyte, (text) => {
        const found = parseElectrolyte(text);
        expectSound(found);
        const again = parseElectrolyte(found.canonical);
        expect(again.canonical).toBe(found.canonical);
        expectSame(found, again, text);
      }),
      { numRuns: 1000 },
    );
  });

  test('more salt is a higher molality', () => {
    fc.assert(
      fc.property(amount, fc.constantFrom(...SALTS), fc.constantFrom('EC', 'DME', 'SL'), (c, salt, solvent) => {
        const molality = (value: number): number =>
          parseElectrolyte(`${value} M ${salt} in ${solvent}`).components[0]!.molality_mol_per_kg;
        expect(molality(c + 0.1)).toBeGreaterThan(molality(c));
      }),
      { numRuns: 200 },
    );
  });
});
