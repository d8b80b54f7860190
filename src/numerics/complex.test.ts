import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Complex,
  complex,
  complexPower,
  difference,
  product,
  quotient,
  reciprocal,
  scaled,
  squareRoot,
  sum,
  ZERO,
} from './complex.ts';

const part = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const number = fc.record({ re: part, im: part });
const size = ({ re, im }: Complex): number => Math.hypot(re, im);
const gap = (a: Complex, b: Complex): number => size(difference(a, b));

describe('complex numbers', () => {
  test('a product divided by a factor is the other', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        fc.pre(size(b) > 1e-3);
        expect(gap(quotient(product(a, b), b), a)).toBeLessThanOrEqual(1e-14 * size(a) + 1e-300);
        expect(gap(product(reciprocal(b), b), complex(1))).toBeLessThan(1e-14);
      }),
      { seed: 1 },
    );
  });

  test('a root squared is what it is the root of, and lies on the right', () => {
    fc.assert(
      fc.property(number, (a) => {
        const root = squareRoot(a);
        expect(root.re).toBeGreaterThanOrEqual(0);
        expect(gap(product(root, root), a)).toBeLessThanOrEqual(1e-14 * size(a) + 1e-300);
        expect(gap(complexPower(a, 2), product(a, a))).toBeLessThanOrEqual(1e-12 * size(a) ** 2 + 1e-300);
      }),
      { seed: 1 },
    );
    expect(squareRoot(complex(-4))).toEqual({ re: 0, im: 2 });
    expect(squareRoot(ZERO)).toEqual(ZERO);
  });

  test('a quotient of large numbers does not overflow', () => {
    expect(quotient(complex(1e200, 1e200), complex(1e200, 1e200))).toEqual({ re: 1, im: 0 });
    expect(size(quotient(complex(1), complex(0, 1e300)))).toBeCloseTo(1e-300, 305);
  });

  test('sums and multiples', () => {
    expect(sum(complex(1, 2), complex(3, -5), scaled(2, complex(0.5, 1)))).toEqual({ re: 5, im: -1 });
    expect(sum()).toEqual(ZERO);
  });
});
