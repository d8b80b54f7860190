import { describe, expect, test } from 'vitest';
import { compositionDescriptors, electrolyteClass, electrolyteFamily } from './composition-descriptors.ts';
import { parseElectrolyte } from './electrolyte-text.ts';

const of = (text: string) => compositionDescriptors(parseElectrolyte(text));

describe('descriptors', () => {
  test('a diluted solution of known mole ratio', () => {
    const found = of('LiFSI-1.2DME-3TTE');
    expect(found.solventPerLithium).toBeCloseTo(1.2, 12);
    expect(found.diluentPerLithium).toBeCloseTo(3, 12);
    expect(found.donorSitesPerLithium).toBeCloseTo(2.4, 12);
    expect(found.coordinationDemand).toBeCloseTo(4 / 2.4, 12);
    expect(found.freeSolventFraction).toBe(0);
    expect(found.anionShellFraction).toBeCloseTo(0.4, 12);
    // C4H10O2 × 1.2 and C5H4F8O × 3; the anion is F2NO4S2.
    expect(found.solventAtoms).toEqual({
      C: expect.closeTo(19.8, 12),
      H: expect.closeTo(24, 12),
      O: expect.closeTo(5.4, 12),
      F: expect.closeTo(24, 12),
    });
    expect(found.anionAtoms).toEqual({
      F: expect.closeTo(2, 12),
      N: expect.closeTo(1, 12),
      O: expect.closeTo(4, 12),
      S: expect.closeTo(2, 12),
    });
    expect(found.solventFluorination).toBeCloseTo(0.5, 12);
    expect(found.solventOxygenPerCarbon).toBeCloseTo(5.4 / 19.8, 12);
    expect(found.lithium_mol_per_kg).toBeCloseTo(1 / (1.2 * 0.09012 + 3 * 0.23207), 3);
    expect(found.donorShares).toEqual({ ether: 1 });
    const volumes = [(1.2 * 0.09012) / 863, (3 * 0.23207) / 1533] as const;
    expect(found.diluentVolumeFraction).toBeCloseTo(volumes[1] / (volumes[0] + volumes[1]), 4);
  });

  test('salts with two lithium, nitrates and film formers are counted as such', () => {
    const found = of('1 M LiTFSI in DOL/DME (1:1 v/v) + 0.2 M LiNO3 + 0.1 M Li2S6');
    expect(found.lithium_mol_per_m3).toBeCloseTo(1400, 9);
    expect(found.nitrate_mol_per_m3).toBeCloseTo(200, 9);
    expect(found.polysulfide_mol_per_m3).toBeCloseTo(100, 9);
    expect(of('LiPF6/EC/FEC (1:6:3 mol)').filmFormerFraction).toBeCloseTo(1 / 3, 12);
    expect(of('LiPF6/EC/FEC (1:6:3 mol)').freeSolventFraction).toBeCloseTo(1 - 4 / 9, 12);
  });

  test('more salt frees less solvent; more diluent changes neither', () => {
    const salts = [0.5, 1, 2, 3].map((c) => of(`${c} M LiFSI in DMC`).freeSolventFraction);
    expect([...salts].sort((a, b) => b - a)).toEqual(salts);
    for (const diluent of [1, 9]) {
      expect(of(`LiFSI/DMC/TTE (1:5:${diluent} mol)`).freeSolventFraction).toBeCloseTo(0.2, 12);
    }
  });

  test('without lithium what is counted for each is infinite', () => {
    expect(of('1 M KPF6 in DME').donorSitesPerLithium).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('classes', () => {
  test.each([
    ['1 M LiPF6 in EC/DEC (1:1 v/v)', 'carbonate'],
    ['1 M LiPF6 in EC/DEC (1:1 v/v) + 2 wt% VC', 'carbonate-additive'],
    ['1 M LiPF6 in FEC', 'carbonate-additive'],
    ['1 M LiPF6 in EC/DEC (1:1 v/v), saturated LiNO3', 'carbonate-additive'],
    ['1 M LiTFSI in DOL/DME (1:1 v/v)', 'ether'],
    ['1 M LiFSI in FDMB', 'ether'],
    ['1 M LiTFSI in DOL/DME (1:1 v/v) + 1 wt% LiNO3', 'ether-nitrate'],
    ['4 M LiFSI in DME', 'concentrated'],
    ['10 M LiFSI in DMC', 'concentrated'],
    ['LiFSI SL (1:3 molar)', 'concentrated'],
    ['LiFSI-1.2DME-3TTE', 'localised'],
    ['1 M LiPF6 FEC-FEMC-D2 (2:6:2 wt)', 'carbonate-additive'],
    ['0.1M LiDFP 0.4M LiFSI EC-DMC (3:7 v/v)', 'carbonate-additive'],
    ['1 M LiFSI in DEG-FTriEG', 'ether'],
    ['0.5 M LiTFSI in Pyr14TFSI', 'ionic-liquid'],
    ['1.2 M LiFSI in TEP/BTFE (1:3 mol)', 'localised'],
    ['1 M LiTFSI in Pyr13TFSI/DOL/DME (1:1:1 v/v)', 'ionic-liquid'],
    ['1 M LiPF6 in AN', 'other'],
  ] as const)('%s: %s', (text, expected) => {
    expect(electrolyteClass(parseElectrolyte(text))).toBe(expected);
  });

  test.each([
    ['1 M LiPF6 in AN', 'ether'],
    ['1 M LiPF6 MTFP-FEC (9:1 vol)', 'carbonate-additive'],
    ['1 M LiPF6 in EA', 'carbonate'],
    ['4 M LiFSI in DME', 'concentrated'],
  ] as const)('%s has most in common with: %s', (text, expected) => {
    expect(electrolyteFamily(parseElectrolyte(text))).toBe(expected);
  });
});
