import { describe, expect, test } from 'vitest';
import { CATHODES } from '../materials/index.ts';
import { evaluateExpression, parseExpression } from '../numerics/index.ts';
import { LAW_SPECS, readScalarLaw, type ScalarLawInput, scalarLawNames } from './scalar-law.ts';

describe('a scalar law', () => {
  test.each<[ScalarLawInput, unknown]>([
    [1e-14, { kind: 'constant', value: 1e-14 }],
    ['1e-14 m2/s', { kind: 'constant', value: 1e-14 }],
    ['1e-10 cm2/s', { kind: 'constant', value: 1e-14 }],
    ['2 * 3e-14', { kind: 'constant', value: 6e-14 }],
    ['1e-14 * exp(-x)', { kind: 'formula', formula: '1e-14 * exp(-x)' }],
    [
      { x: [0, 1], y: [1e-14, 2e-14] },
      { kind: 'table', x: [0, 1], y: [1e-14, 2e-14] },
    ],
  ])('%j', (input, law) => {
    expect(readScalarLaw(input, LAW_SPECS.particleDiffusivity)).toEqual({ ok: true, law });
  });

  test.each<[string, ScalarLawInput, RegExp]>([
    ['a formula that is none', '1e-14 * expp(x)', /expp/u],
    ['a negative constant', -1e-14, /1e-24 to/u],
    ['a formula that turns negative', '1e-14 * (0.5 - x)', /at x = 0\.5/u],
    ['a formula without value', '1e-14 / (x - 0.5) * 0 + log(-x)', /NaN/u],
    ['a table with a wild value', { x: [0, 1], y: [1e-14, 5] }, /5 at x = 1/u],
    ['a quantity of another dimension', '3 V', /a diffusivity/u],
    ['x that stays', { x: [0, 0], y: [1, 1] }, /increases/u],
    ['an unknown law', { law: 'nmc811-chen2021' }, /nmc811-chen2020/u],
  ])('refuses %s', (_, input, told) => {
    const read = readScalarLaw(input, LAW_SPECS.particleDiffusivity);
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).toMatch(told);
  });
});

describe('the formulas of the materials', () => {
  test('parse, stay between the bounds of a potential, and fall with lithium content', () => {
    for (const { id, openCircuitPotential } of CATHODES) {
      expect(readScalarLaw(openCircuitPotential.formula, LAW_SPECS.openCircuitPotential), id).toMatchObject({
        ok: true,
      });
      const parsed = parseExpression(openCircuitPotential.formula);
      if (!parsed.ok) throw new Error(parsed.message);
      const at = (x: number) => evaluateExpression(parsed.expression, x);
      expect(at(0.3), id).toBeGreaterThan(at(0.9));
      expect(readScalarLaw({ law: openCircuitPotential.law }, LAW_SPECS.openCircuitPotential).ok).toBe(true);
    }
  });

  test('give the potentials that their windows state', () => {
    const potential = (id: string, x: number) => {
      const parsed = parseExpression(CATHODES.find((one) => one.id === id)!.openCircuitPotential.formula);
      return parsed.ok ? evaluateExpression(parsed.expression, x) : Number.NaN;
    };
    expect(potential('NMC532', 4631 / 48230)).toBeCloseTo(4.2, 4);
    expect(potential('NMC811', 0.9)).toBeCloseTo(3.5682, 3);
    expect(potential('LCO', 0.45)).toBeCloseTo(4.25, 1);
    expect(potential('LFP', 0.97)).toBeCloseTo(3.0221, 3);
  });

  test('the entropy of LCO is the derivative of its potential over the maximum concentration', () => {
    const lco = CATHODES.find(({ id }) => id === 'LCO')!;
    const [U, dUdT] = [lco.openCircuitPotential, lco.entropicCoefficient].map((law) => {
      const parsed = parseExpression((law as { formula: string }).formula);
      if (!parsed.ok) throw new Error(parsed.message);
      return (x: number) => evaluateExpression(parsed.expression, x);
    });
    const x = 0.7;
    const slope = (U!(x + 1e-5) - U!(x - 1e-5)) / 2e-5;
    expect((dUdT!(x) * 51217.9257309275 * 1.062) / slope).toBeCloseTo(1, 2);
    expect(scalarLawNames()).toContain('lco-marquis2019');
  });
});
