import { describe, expect, test } from 'vitest';
import {
  acos,
  asin,
  asinh,
  atan,
  atan2,
  cbrt,
  cos,
  cosh,
  exp,
  expm1,
  hypot,
  log,
  log1p,
  log10,
  power,
  sin,
  sinh,
  square,
  tan,
  tanh,
} from './elementary.ts';
import { randomStream } from './sampling.ts';

/** Units in the last place between two numbers. */
function unitsBetween(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const unit = 2 ** (Math.max(-1022, Math.floor(Math.log2(Math.max(Math.abs(a), Math.abs(b))))) - 52);
  return Math.abs(a - b) / unit;
}

const FUNCTIONS = { exp, expm1, log, log1p, log10, sinh, cosh, tanh, asinh, cbrt, sin, cos, atan, acos, asin };

/** Name, range, units allowed. Those of `Math` are themselves wrong by up to one. */
const RANGES: readonly (readonly [keyof typeof FUNCTIONS, number, number, number])[] = [
  ['exp', -745, 709.7, 1],
  ['expm1', -45, 45, 2],
  ['log', 1e-300, 1e3, 2],
  ['log1p', -0.999, 10, 3],
  ['log10', 1e-12, 1e4, 3],
  ['sinh', -700, 700, 4],
  ['cosh', -700, 700, 4],
  ['tanh', -25, 25, 4],
  ['asinh', -1e3, 1e3, 3],
  ['cbrt', -1e3, 1e3, 2],
  ['sin', -1e3, 1e3, 2],
  ['cos', -1e3, 1e3, 2],
  ['atan', -50, 50, 2],
  ['acos', -1, 1, 4],
  ['asin', -1, 1, 4],
];

describe('beside the functions of this engine', () => {
  test.each(RANGES)('%s from %d to %d is right to %d units in the last place', (name, low, high, allowed) => {
    const random = randomStream(7);
    let worst = 0;
    let where = 0;
    for (let k = 0; k < 20_000; k++) {
      // Also arguments near zero, of both signs.
      const narrow = k % 3 === 0 ? 1e-3 : k % 3 === 1 ? 1e-7 : 1;
      const x = (low + (high - low) * random()) * narrow;
      if (x < low && low > 0) continue;
      const error = unitsBetween(FUNCTIONS[name](x), Math[name](x));
      if (error > worst) [worst, where] = [error, x];
    }
    expect(worst, `at ${where}`).toBeLessThanOrEqual(allowed);
  });

  test('a power carries the error of its exponent', () => {
    const random = randomStream(8);
    for (let k = 0; k < 20_000; k++) {
      const [x, y] = [10 ** (12 * random() - 6), 8 * random() - 4];
      expect(Math.abs(power(x, y) / x ** y - 1)).toBeLessThanOrEqual((2 + 1.5 * Math.abs(y * Math.log(x))) * 2 ** -52);
    }
  });

  test('the angle of a point, in all quarters', () => {
    const random = randomStream(9);
    for (let k = 0; k < 20_000; k++) {
      const [x, y] = [2 * random() - 1, 2 * random() - 1];
      expect(unitsBetween(atan2(y, x), Math.atan2(y, x))).toBeLessThanOrEqual(2);
    }
  });
});

describe('exact values and ends', () => {
  const SPECIAL = [
    0,
    -0,
    1,
    -1,
    0.5,
    2,
    1e-320,
    -1e-320,
    1e308,
    -1e308,
    Number.MIN_VALUE,
    Number.MAX_VALUE,
    Infinity,
    -Infinity,
    Number.NaN,
  ];

  test.each(RANGES.map(([name]) => name))(
    '%s at zeros, infinities, the smallest, the largest and no number',
    (name) => {
      for (const x of SPECIAL) {
        const [own, theirs] = [FUNCTIONS[name](x), Math[name](x)];
        // A sine of 1e308 is the sine of a rounding.
        if (Math.abs(x) > 1e300 && Number.isFinite(x) && (name === 'sin' || name === 'cos')) {
          expect(Math.abs(own)).toBeLessThanOrEqual(1);
        } else if (Number.isFinite(theirs) && theirs !== 0) {
          expect(unitsBetween(own, theirs), `${name}(${x}) = ${own}`).toBeLessThanOrEqual(3);
        } else {
          expect(own, `${name}(${x})`).toBe(theirs);
        }
      }
    },
  );

  test('the angle of a point on an axis, with both zeros', () => {
    for (const y of [0, -0, 1, -1]) {
      for (const x of [0, -0, 1, -1])
        expect(unitsBetween(atan2(y, x), Math.atan2(y, x)), `${y}, ${x}`).toBeLessThanOrEqual(1);
    }
    expect(Object.is(atan2(-0, 1), -0)).toBe(true);
    expect(atan2(Number.NaN, 1)).toBeNaN();
  });

  test('powers of ten have whole logarithms, and whole powers are products', () => {
    for (let k = -22; k <= 22; k++) expect(log10(Number(`1e${k}`))).toBe(k);
    for (let k = 0; k <= 22; k++) expect(power(10, k)).toBe(Number(`1e${k}`));
    expect(power(3, 5)).toBe(243);
    expect(power(-2, 3)).toBe(-8);
    expect(power(2, -3)).toBe(0.125);
    expect(power(0, 0)).toBe(1);
    expect(power(0, 0.3)).toBe(0);
    expect(power(0, -0.3)).toBe(Infinity);
    expect(power(-1, 0.3)).toBeNaN();
    expect(power(1.7, 0.5)).toBe(Math.sqrt(1.7));
    expect(power(-1.1, 65)).toBeCloseTo((-1.1) ** 65, 9);
    expect(square(-3)).toBe(9);
  });

  test('what must undo each other does', () => {
    for (const x of [1e-9, 0.3, 1, 4.7, 88]) {
      expect(log(exp(x)) / x).toBeCloseTo(1, 12 + Math.min(0, Math.floor(Math.log10(x))));
      expect(log1p(expm1(x)) / x).toBeCloseTo(1, 14);
      expect(cbrt(x * x * x)).toBeCloseTo(x, 12);
      expect(square(sin(x)) + square(cos(x))).toBeCloseTo(1, 15);
      expect(tan(x) / Math.tan(x)).toBeCloseTo(1, 13);
    }
    for (const x of [-1, -0.4, 0, 0.9, 1]) expect(acos(x) + asin(x)).toBeCloseTo(Math.PI / 2, 15);
  });

  test('a hypotenuse neither overflows nor vanishes', () => {
    expect(hypot(3e200, 4e200)).toBeCloseTo(5e200, -190);
    expect(hypot(3e-200, -4e-200) / 5e-200).toBeCloseTo(1, 15);
    expect(hypot(0, -0)).toBe(0);
    expect(hypot(-Infinity, 1)).toBe(Infinity);
    expect(hypot(Number.NaN, 1)).toBeNaN();
  });
});

test('the bits are these, whatever the engine', () => {
  // A sum of 53-bit words would round; the words of each value are mixed instead.
  const words = new Uint32Array(2);
  const value = new Float64Array(words.buffer);
  const mixed = RANGES.map(([name, low, high]) => {
    const random = randomStream(11);
    let mix = 0;
    for (let k = 0; k < 4096; k++) {
      value[0] = FUNCTIONS[name](low + (high - low) * random());
      mix = Math.imul(mix ^ words[0]!, 0x9e3779b1) ^ words[1]!;
    }
    return `${name} ${(mix >>> 0).toString(16)}`;
  });
  expect(mixed).toMatchInlineSnapshot(`
    [
      "exp aa11608e",
      "expm1 ad0c5e68",
      "log 83d1d118",
      "log1p 8e13d331",
      "log10 740d23d0",
      "sinh 6e79028a",
      "cosh f4121eaa",
      "tanh e712c653",
      "asinh 9e19083d",
      "cbrt 95643e2f",
      "sin c18eea15",
      "cos 25564d2c",
      "atan 14cb9611",
      "acos c29e8212",
      "asin abdd253a",
    ]
  `);
});
