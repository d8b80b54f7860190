import { describe, expect, test } from 'vitest';
import { F, InputError } from '../../units/index.ts';
import { derivativeGap, differenceOf } from '../derivative.test-tool.ts';
import {
  type InsertionKinetics,
  insertionExchangeCurrentInto,
  regularisedInsertionExchangeCurrentInto,
} from './exchange-current.ts';
import { guardedOpenCircuit, namedScalarFunction, openCircuitPotentials } from './open-circuit.ts';
import { constantScalar, type ScalarFunction, scalarFunction, tableScalar } from './scalar-function.ts';

function at(fn: ScalarFunction, x: number): readonly [number, number] {
  const y = new Float64Array(1);
  const slope = new Float64Array(1);
  fn.evaluateInto(1, Float64Array.of(x), y, slope);
  return [y[0]!, slope[0]!];
}

/** The published formulas as text: the built-in functions and the formula parser check one another. */
const formulas: Readonly<Record<string, string>> = {
  'lfp-afshar2017': '3.4077-0.020269*x+0.5*exp(-150*x)-0.9*exp(-30*(1-x))',
  'nmc532-mohtat2020': '4.3452-1.6518*x+1.6225*x^2-2.0843*x^3+3.5146*x^4-2.2166*x^5-0.5623e-4*exp(109.451*x-100.006)',
  'nmc811-chen2020':
    '-0.8090*x+4.4875-0.0428*tanh(18.5138*(x-0.5542))-17.7326*tanh(15.7890*(x-0.3117))+17.5842*tanh(15.9308*(x-0.3120))',
  'lco-marquis2019':
    '2.16216+0.07645*tanh(30.834-54.4806*(1.062*x))+2.1581*tanh(52.294-50.294*(1.062*x))' +
    '-0.14169*tanh(11.0923-19.8543*(1.062*x))+0.2051*tanh(1.4684-5.4888*(1.062*x))' +
    '+0.2531*tanh((-(1.062*x)+0.56478)/0.1316)-0.02167*tanh((1.062*x-0.525)/0.006)',
};

describe.each(openCircuitPotentials.map((fn) => [fn.name, fn] as const))('%s', (name, fn) => {
  test('names its source and is found by its name', () => {
    expect(fn.source.length).toBeGreaterThan(10);
    expect(namedScalarFunction(name)).toBe(fn);
  });

  test('is its published formula, value and slope', () => {
    const formula = scalarFunction({ kind: 'formula', formula: formulas[name]! });
    for (let x = 0.005; x < 1; x += 0.045) {
      const [value, slope] = at(fn, x);
      const [expected, expectedSlope] = at(formula, x);
      expect(derivativeGap(value, expected)).toBeLessThan(1e-13);
      expect(derivativeGap(slope, expectedSlope, 1e-3)).toBeLessThan(1e-11);
    }
  });

  test('has the exact slope', () => {
    for (const x of [0.004, 0.1, 0.31, 0.4943, 0.55, 0.8, 0.93, 0.99]) {
      const difference = differenceOf((v) => at(fn, v)[0], x, 3e-4);
      expect(derivativeGap(at(fn, x)[1], difference, 1e-3)).toBeLessThan(1e-7);
    }
  });

  test('falls as lithium enters', () => {
    for (let x = 0.32; x < 0.99; x += 0.01) expect(at(fn, x + 0.01)[0]).toBeLessThan(at(fn, x)[0]);
  });
});

describe('known potentials', () => {
  test.each([
    ['lfp-afshar2017', 0.5, 3.3976],
    ['nmc532-mohtat2020', 0.5, 3.83],
    ['nmc811-chen2020', 0.27, 4.27],
    ['lco-marquis2019', 0.6, 4.03],
  ])('%s at x = %f is near %f V', (name, x, potential) => {
    expect(at(namedScalarFunction(name)!, x)[0]).toBeCloseTo(potential, 1);
  });

  test('there is no function of an unknown name', () => {
    expect(namedScalarFunction('lfp')).toBeUndefined();
    expect(() => scalarFunction({ kind: 'named', name: 'lfp' })).toThrow(InputError);
  });
});

describe('guarded open circuit', () => {
  const nmc = namedScalarFunction('nmc532-mohtat2020')!;

  test('inside it is the function itself, with or without the guard', () => {
    for (const guardTerms of [false, true]) {
      for (const x of [0.0101, 0.3, 0.9899]) expect(at(guardedOpenCircuit(nmc, { guardTerms }), x)).toEqual(at(nmc, x));
    }
  });

  test('at the bounds it keeps the value of the margin, with slope 0', () => {
    const guarded = guardedOpenCircuit(nmc);
    expect(at(guarded, 0)).toEqual([at(nmc, 1e-10)[0], -0]);
    expect(at(guarded, 1)).toEqual([at(nmc, 1 - 1e-10)[0], -0]);
  });

  test.each([-0.3, -1e-4, 1.0001, 7])('a wall stands outside, at x = %f, with its exact slope', (x) => {
    const guarded = guardedOpenCircuit(nmc);
    const [margin, distance] = x > 1 ? [1 - 1e-10, x - 1] : [1e-10, x];
    const height = 1e5 * distance * distance;
    expect(derivativeGap(at(guarded, x)[0] - at(nmc, margin)[0], x > 1 ? -height : height)).toBeLessThan(1e-9);
    const difference = differenceOf((v) => at(guarded, v)[0], x, 1e-2 * Math.abs(distance));
    expect(derivativeGap(at(guarded, x)[1], difference)).toBeLessThan(1e-9);
  });

  test('the guard lifts U where x goes empty and drops it where x goes full, without overflow', () => {
    const guarded = guardedOpenCircuit(nmc, { guardTerms: true });
    // ln(1 + e^z) at z = B·C = −5.3209: 205.0568621937484·ln(1 + e^−5.32085) = 1.0003 V.
    expect(at(guarded, 1e-10)[0] - at(nmc, 1e-10)[0]).toBeCloseTo(1, 2);
    expect(at(guarded, 1 - 1e-10)[0] - at(nmc, 1 - 1e-10)[0]).toBeCloseTo(-1, 2);
    // Far outside the guard is linear with slope A·B.
    expect(at(guarded, -0.5)[1] / (-205.0568621937484 * 6910.192179565431)).toBeCloseTo(1, 12);
    for (const x of [-100, 100]) expect(at(guarded, x).every(Number.isFinite)).toBe(true);
  });

  test.each([-0.02, -5e-4, 2e-4, 2e-3, 0.9991, 1.0003, 1.2])('the slope of the guard is exact at x = %f', (x) => {
    const guarded = guardedOpenCircuit(nmc, { guardTerms: true });
    const difference = differenceOf((v) => at(guarded, v)[0], x, 5e-6);
    expect(derivativeGap(at(guarded, x)[1], difference)).toBeLessThan(1e-6);
  });
});

describe('tables', () => {
  const table = tableScalar([0, 1, 3], [5, 6, 2]);

  test('are joined by straight lines, and the last ones go on', () => {
    const x = Float64Array.of(-1, 0, 0.25, 1.5, 3, 4, 0.5);
    const y = new Float64Array(x.length);
    const slope = new Float64Array(x.length);
    table.evaluateInto(x.length, x, y, slope);
    expect([...y]).toEqual([4, 5, 5.25, 5, 2, 0, 5.5]);
    expect([...slope]).toEqual([1, 1, 1, -2, -2, -2, 1]);
  });

  test('pass not-a-number on', () => {
    expect(at(table, Number.NaN)[0]).toBeNaN();
  });

  test.each([
    [[0, 1], [2], /as many of one as of the other/],
    [[0], [2], /at least 2 points/],
    [[0, Number.NaN], [2, 3], /finite numbers/],
    [[0, 2, 2], [1, 2, 3], /strictly increasing/],
  ])('refuse %j, %j', (x, y, why) => {
    expect(() => tableScalar(x, y)).toThrow(why);
  });
});

test('a constant has slope 0, and a bad formula says where', () => {
  expect(at(constantScalar(1e-14), 0.3)).toEqual([1e-14, 0]);
  expect(() => scalarFunction({ kind: 'formula', formula: '1+*x' })).toThrow(/character 3/);
});

describe('exchange current of insertion', () => {
  const xu2019: InsertionKinetics = {
    rate_A_m2_5_per_mol1_5: 5.76e-11 * F,
    maximumConcentration_mol_per_m3: 48230,
    referenceConcentration_mol_per_m3: 1000,
  };
  const forms = [
    ['plain', insertionExchangeCurrentInto, 2.497235],
    ['regularised', regularisedInsertionExchangeCurrentInto, 2.497166],
  ] as const;

  function evaluate(
    form: (typeof forms)[number][1],
    ce: number,
    cs: number,
    factor = 1,
  ): readonly [number, number, number] {
    const [j0, byE, byS] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];
    form(1, Float64Array.of(ce), Float64Array.of(cs), xu2019, factor, j0, byE, byS);
    return [j0[0]!, byE[0]!, byS[0]!];
  }

  test.each(forms)('%s: the reference half-cell starts at its known value', (_name, form, expected) => {
    // c_e 1000, c_s 4631 of 48230 mol/m3, Faraday's constant as PyBaMM has it.
    expect(evaluate(form, 1000, 4631)[0]).toBeCloseTo(expected, 6);
  });

  test.each(forms)('%s: slopes are exact', (_name, form) => {
    for (const ce of [5, 700, 1800]) {
      for (const cs of [30, 4631, 24000, 48100]) {
        const [, byE, byS] = evaluate(form, ce, cs, 1.7);
        const near = Math.min(cs, 48230 - cs);
        expect(
          derivativeGap(
            byE,
            differenceOf((v) => evaluate(form, v, cs, 1.7)[0], ce, ce * 1e-2),
          ),
        ).toBeLessThan(1e-8);
        expect(
          derivativeGap(
            byS,
            differenceOf((v) => evaluate(form, ce, v, 1.7)[0], cs, near * 1e-2),
            1e-7,
          ),
        ).toBeLessThan(1e-8);
      }
    }
  });

  test('plain: positive and finite whatever is asked', () => {
    for (const ce of [-1e3, 0, 1e4]) {
      for (const cs of [-1e5, 0, 48230, 1e6]) {
        const [j0, byE, byS] = evaluate(insertionExchangeCurrentInto, ce, cs);
        expect(j0).toBeGreaterThan(0);
        expect([byE, byS].every(Number.isFinite)).toBe(true);
      }
    }
  });

  test('regularised: passes 0 with a finite slope and changes sign', () => {
    const [zero, , slope] = evaluate(regularisedInsertionExchangeCurrentInto, 1000, 0);
    expect(zero).toBe(0);
    expect(slope).toBeGreaterThan(0);
    expect(evaluate(regularisedInsertionExchangeCurrentInto, 1000, -10)[0]).toBeLessThan(0);
    expect(evaluate(regularisedInsertionExchangeCurrentInto, 1000, 48240)[0]).toBeLessThan(0);
  });
});
