import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeEllipticE } from './elliptic.ts';

describe('the complete elliptic integral of the second kind', () => {
  // 16 digits of Abramowitz and Stegun, table 17.1, extended by Γ-function identities at m = ½.
  test.each([
    [0, Math.PI / 2],
    [0.5, 1.3506438810476755],
    [1, 1],
  ])('E(%f) = %f', (m, value) => {
    expect(Math.abs(completeEllipticE(m) / value - 1)).toBeLessThan(4e-16);
  });

  test('agrees with the midpoint sum of its integrand, which converges geometrically', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.95, noNaN: true }), (m) => {
        const points = 200;
        let sum = 0;
        for (let k = 0; k < points; k++) sum += Math.sqrt(1 - m * Math.sin(((k + 0.5) * Math.PI) / (2 * points)) ** 2);
        const integral = (sum * Math.PI) / (2 * points);
        expect(Math.abs(completeEllipticE(m) / integral - 1)).toBeLessThan(1e-14);
      }),
    );
  });

  test('near m = 1 it follows 1 + ½·m₁·(ln(4/√m₁) − ½)', () => {
    for (const m1 of [1e-6, 1e-9, 1e-12]) {
      const expansion = 1 + 0.5 * m1 * (Math.log(4 / Math.sqrt(m1)) - 0.5);
      expect(Math.abs(completeEllipticE(1 - m1) - expansion)).toBeLessThan(10 * m1 * m1 * 20 + 1e-15);
    }
  });
});
