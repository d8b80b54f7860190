import { describe, expect, test } from 'vitest';
import { thickness_m_from_areal_charge } from '../units/index.ts';
import { CHEMICALS } from './chemicals.ts';
import { parseElectrolyte } from './electrolyte-text.ts';
import { atomsOf, type InterphaseMaker, interphaseMakerOf, MAKER_PRIORS } from './interphase-makers.ts';
import platingLawFile from './plating-law.json' with { type: 'json' };
import platingLawJsonSchema from './plating-law.schema.json' with { type: 'json' };
import {
  LAW_PRIORS,
  logEfficiencyOf,
  makerShares,
  PLATING_LAW,
  platingDescriptors,
  platingOf,
  platingValues,
  REFERENCE_CAPACITY_C_PER_M2,
  REFERENCE_GALVANIC_CHARGE_C_PER_M2,
  referenceCrackedFraction,
  withoutAdditives,
} from './plating-law.ts';
import { dataFileSchemas, platingLawFileSchema } from './schemas.ts';

const of = (text: string) => platingOf(parseElectrolyte(text));
const parameters = Float64Array.from(PLATING_LAW.constants, ({ value }) => value);

const ELECTROLYTES = [
  '1 M LiPF6 in EC/DEC (1:1 v/v)',
  '1 M LiPF6 in EC/DEC (1:1 v/v) + 10 wt% FEC',
  '1 M LiTFSI in DOL/DME (1:1 v/v)',
  '1 M LiTFSI in DOL/DME (1:1 v/v) + 2 wt% LiNO3',
  '4 M LiFSI in DME',
  'LiFSI-1.2DME-3TTE',
  'LiFSI-1.2DME-3BTFEC',
  '1 M LiFSI in FDMB',
  '0.02 M Li2S5 + 0.15 M LiNO3 + 1 M LiTFSI in DOL/DME (1:1 v/v)',
] as const;

test('the stored constants hold to their schema, and are the law’s', () => {
  expect(platingLawFileSchema.safeParse(platingLawFile).error?.issues).toBeUndefined();
  expect(platingLawJsonSchema).toEqual(dataFileSchemas()['plating-law']);
  expect(PLATING_LAW.constants.map(({ id, prior, priorSd }) => ({ id, prior, priorSd }))).toEqual(LAW_PRIORS);
});

test('the covariance is symmetric, positive, and has the constants’ variances on its diagonal', () => {
  const { constants, covariance } = PLATING_LAW;
  for (const [i, { sd, priorSd }] of constants.entries()) {
    expect(Math.sqrt(covariance[i]![i]!) / sd).toBeCloseTo(1, 3);
    // Data can only narrow what a prior says.
    expect(sd).toBeLessThanOrEqual(priorSd * 1.001);
    for (const j of constants.keys()) expect(covariance[i]![j]).toBe(covariance[j]![i]);
  }
});

describe('what makes interphase', () => {
  test.each<readonly [string, InterphaseMaker | null]>([
    ['EC', 'cyclic-carbonate'],
    ['DMC', 'linear-carbonate'],
    ['VC', 'film-former'],
    ['FEC', 'fluoroethylene-carbonate'],
    ['FEMC', 'fluorinated-carbonyl'],
    ['BTFEC', 'reducible-diluent'],
    ['DME', 'glyme'],
    ['tetraglyme', 'glyme'],
    ['12-crown-4', 'glyme'],
    ['DOL', 'cyclic-ether'],
    ['THF', 'cyclic-ether'],
    ['MeTHF', 'weak-ether'],
    ['DEE', 'weak-ether'],
    ['FDMB', 'fluorinated-weak'],
    ['TEP', 'phosphate'],
    ['SL', 'sulfur-oxygen'],
    ['AN', 'reactive-nitrogen'],
    ['TTE', null],
    ['FB', null],
    ['LiFSI', 'fluorosulfonylimide'],
    ['LiTFSI', 'sulfonylimide'],
    ['LiPF6', 'hexafluorophosphate'],
    ['LiBF4', 'perhalogenate'],
    ['LiTFPFB', 'perhalogenate'],
    ['LiDFP', 'difluorophosphate'],
    ['LiDFOB', 'oxalatoborate'],
    ['LiBOB', 'oxalatoborate'],
    ['LiNO3', 'nitrate'],
    ['RbNO3', 'nitrate'],
    ['Li2S8', 'polysulfide'],
    ['Pyr14TFSI', 'sulfonylimide'],
    ['Pyr13FSI', 'fluorosulfonylimide'],
  ])('%s: %s', (id, maker) => {
    const chemical = CHEMICALS.find((one) => one.id === id);
    expect(chemical, id).toBeDefined();
    expect(interphaseMakerOf(chemical!)).toBe(maker);
  });

  test('atoms of a formula, also of elements of two letters', () => {
    expect(atomsOf('C2F6LiNO4S2')).toEqual({ C: 2, F: 6, Li: 1, N: 1, O: 4, S: 2 });
    expect(atomsOf('ClLiO4')).toEqual({ Cl: 1, Li: 1, O: 4 });
  });
});

describe('the law', () => {
  test.each(ELECTROLYTES)('%s: shares add up to 1, and reasons to the efficiency', (text) => {
    const descriptors = platingDescriptors(parseElectrolyte(text));
    expect(makerShares(descriptors, parameters).reduce((total, share) => total + share, 0)).toBeCloseTo(1, 12);
    const { reasons, logEfficiency } = of(text);
    const told = reasons.reduce((total, { efficiencyGain }) => total + efficiencyGain, 0);
    // Classes that make less than 3 % of the interphase are not told.
    expect(Math.abs(told - (logEfficiency - PLATING_LAW.meanLogEfficiency))).toBeLessThan(0.06);
  });

  test.each(ELECTROLYTES)('%s: the gradient is that of finite differences, at second order', (text) => {
    const descriptors = platingDescriptors(parseElectrolyte(text));
    const gradient = new Float64Array(parameters.length);
    logEfficiencyOf(descriptors, parameters, gradient);
    for (const k of parameters.keys()) {
      const moved = (step: number): number => {
        const p = parameters.slice();
        p[k]! += step;
        return logEfficiencyOf(descriptors, p);
      };
      const h = 1e-4;
      expect(gradient[k]).toBeCloseTo((moved(h) - moved(-h)) / (2 * h), 7);
    }
  });

  test('a class alone has its own efficiency', () => {
    const alone = {
      amounts: MAKER_PRIORS.map(({ maker }) => (maker === 'glyme' ? 3 : 0)),
      inertDiluent: 0,
      bindingSolvent: 3,
      solventOxygen: Math.exp(-1.97) - 0.01,
      solventFluorine: 0.055,
    };
    const glyme = MAKER_PRIORS.findIndex(({ maker }) => maker === 'glyme');
    expect(logEfficiencyOf(alone, parameters)).toBeCloseTo(parameters[glyme]!, 12);
  });

  test('more LiFSI leaves less free solvent and more of the interphase to its anions', () => {
    const series = [9, 6, 4, 2, 1.2].map((ratio) => of(`LiFSI/DME (1:${ratio} mol)`).logEfficiency);
    for (let k = 1; k < series.length; k++) expect(series[k]).toBeGreaterThan(series[k - 1]!);
  });

  test('nitrate helps ethers, and a diluent that lithium reduces is worse than an inert one', () => {
    const bare = of('1 M LiTFSI in DOL/DME (1:1 v/v)').logEfficiency;
    const some = of('1 M LiTFSI in DOL/DME (1:1 v/v) + 1 wt% LiNO3').logEfficiency;
    expect(some).toBeGreaterThan(bare);
    expect(of('1 M LiTFSI in DOL/DME (1:1 v/v) + 3 wt% LiNO3').logEfficiency).toBeGreaterThan(some);
    expect(of('LiFSI-1.2DME-3BTFE').logEfficiency).toBeGreaterThan(of('LiFSI-1.2DME-3BTFEC').logEfficiency);
  });

  test('doubt is larger where the calibration says little', () => {
    expect(of('1 M LiTFSI in AN').lawSd).toBeGreaterThan(2 * of('4 M LiFSI in DME').lawSd);
    expect(of('1 M LiTFSI in AN').warnings.join()).toContain('nitriles');
    expect(of('4 M LiFSI in DME').warnings).toEqual([]);
  });

  test('concentration counts once: a molar amount that leaves no solvent is read as per litre of solvent or held', () => {
    expect(platingDescriptors(parseElectrolyte('10 M LiFSI in EC/DMC (1:1 v/v)')).bindingSolvent).toBeGreaterThan(0.89);
  });
});

describe('q, d and ξ', () => {
  const h_m = thickness_m_from_areal_charge(REFERENCE_CAPACITY_C_PER_M2);

  /** E6 at the reference conditions. */
  const lossOf = (q: number, d_m: number, xi_m: number): number =>
    (q * (1 + referenceCrackedFraction(d_m) + (4 * h_m) / d_m) + REFERENCE_GALVANIC_CHARGE_C_PER_M2) /
      REFERENCE_CAPACITY_C_PER_M2 +
    (4 * xi_m) / d_m;

  test.each(ELECTROLYTES)('%s: E6 gives the efficiency back', (text) => {
    const { interphaseCharge: q, depositSize: d, unstrippableSkin: xi, logEfficiency } = of(text);
    expect(-Math.log10(lossOf(q.value, d.value, xi.value))).toBeCloseTo(logEfficiency, 2);
  });

  test('every efficiency within the limits is met by sizes within theirs', () => {
    for (const { maker } of MAKER_PRIORS) {
      const shares = Float64Array.from(MAKER_PRIORS, (one) => (one.maker === maker ? 1 : 0));
      for (let log = 0.4; log <= 2.5; log += 0.05) {
        const { q, d, xi } = platingValues(log, shares);
        expect(-Math.log10(lossOf(q, d, xi)), `${maker} ${log}`).toBeCloseTo(log, 1);
        expect(q).toBeGreaterThan(5);
        expect(d).toBeGreaterThanOrEqual(2e-7);
        expect(d).toBeLessThanOrEqual(3e-5);
        expect(xi).toBeGreaterThanOrEqual(1e-9);
        expect(xi).toBeLessThanOrEqual(2.001e-7);
      }
    }
  });

  test('Li⁰ outweighs Li⁺ in a poor electrolyte and falls below it in the best', () => {
    const ratio = (text: string): number => {
      const { interphaseCharge: q, depositSize: d, unstrippableSkin: xi } = of(text);
      const dead = (4 * xi.value) / d.value;
      return dead / (lossOf(q.value, d.value, xi.value) - dead);
    };
    expect(ratio('1 M LiPF6 in EC/DEC (1:1 v/v)')).toBeGreaterThan(2);
    expect(ratio('LiFSI-1.2DME-3TTE')).toBeLessThan(1);
  });
});

test('without its additives an electrolyte is what the rest of it is', () => {
  const rest = withoutAdditives(parseElectrolyte('1 M LiTFSI in DOL/DME (1:1 v/v) + 2 wt% LiNO3'));
  expect(rest.components.map(({ chemical }) => chemical.id).sort()).toEqual(['DME', 'DOL', 'LiTFSI']);
  expect(rest.components.reduce((total, { moleFraction }) => total + moleFraction, 0)).toBeCloseTo(1, 12);
  expect(platingOf(rest).logEfficiency).toBeCloseTo(of('1 M LiTFSI in DOL/DME (1:1 v/v)').logEfficiency, 2);
});
