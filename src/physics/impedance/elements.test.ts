import { describe, expect, test } from 'vitest';
import { differenceOf } from '../derivative.test-tool.ts';
import { angularFrequencies, IMPEDANCE_ELEMENTS } from './elements.ts';

/** Parameters 0.1, 0.2, 0.3, 0.4 in order, as the tests of impedance.py take them; [frequency in Hz, Re, Im]. */
const ASSERTED: readonly (readonly [symbol: string, frequency_Hz: number, re: number, im: number])[] = [
  ['R', 1, 0.1, 0],
  ['C', 0.001, 0, -1591.5494],
  ['L', 1000, 0, 628.3185],
  ['W', 0.001, 1.26156626, -1.26156626],
  ['Wo', 0.001, 0.0333333, -79.5774743],
  ['Ws', 1, 0.0832752, -0.0333838],
  ['CPE', 0.001, 26.2162368, -8.5181717],
  ['G', 1, 0.0710776, -0.0342747],
  ['Gs', 1, 0.1391819, -0.1624847],
  ['TLMQ', 1, 2.6000937, -1.3078995],
  ['K', 1, 0.0387727, -0.0487232],
  ['Zarc', 1, 0.0481888, -0.011989],
  ['T', 1, 0.0156037, -0.114062],
  ['La', 1, 0.8666471, 0.2815907],
];

const element = (symbol: string) => IMPEDANCE_ELEMENTS.find((one) => one.symbol === symbol)!;

function impedance(symbol: string, parameters: readonly number[], frequency_Hz: number): [re: number, im: number] {
  const z = new Float64Array(2);
  element(symbol).law(Float64Array.from(parameters), 0, angularFrequencies([frequency_Hz]), z, null);
  return [z[0]!, z[1]!];
}

describe('elements', () => {
  test.each(ASSERTED)('%s at %f Hz has the value that impedance.py asserts', (symbol, frequency_Hz, re, im) => {
    const parameters = [0.1, 0.2, 0.3, 0.4].slice(0, element(symbol).parameters.length);
    const [gotRe, gotIm] = impedance(symbol, parameters, frequency_Hz);
    const size = Math.hypot(re, im);
    expect(Math.abs(gotRe - re) / size).toBeLessThan(2e-6);
    expect(Math.abs(gotIm - im) / size).toBeLessThan(2e-6);
  });

  // Values that reach both sides of the switch to power series, and saturation.
  const frequencies = [1e-6, 1e-3, 0.05, 1, 40, 1e3, 1e5];
  test.each(IMPEDANCE_ELEMENTS.map(({ symbol }) => symbol))('derivatives of %s are those of its values', (symbol) => {
    const { parameters, law } = element(symbol);
    const n = frequencies.length;
    const omega = angularFrequencies(frequencies);
    const p = Float64Array.from([0.7, 0.31, 0.83, 0.62].slice(0, parameters.length));
    const z = new Float64Array(2 * n);
    const dz = new Float64Array(2 * n * parameters.length);
    law(p, 0, omega, z, dz);
    const at = (place: number, value: number): Float64Array => {
      const out = new Float64Array(2 * n);
      const moved = p.slice();
      moved[place] = value;
      law(moved, 0, omega, out, null);
      return out;
    };
    for (let place = 0; place < parameters.length; place++) {
      for (let k = 0; k < n; k++) {
        const exact = [dz[2 * n * place + k]!, dz[2 * n * place + n + k]!];
        const size = Math.hypot(...exact, 1e-3 * Math.hypot(z[k]!, z[n + k]!));
        for (const [part, value] of exact.entries()) {
          const difference = differenceOf((x) => at(place, x)[part * n + k]!, p[place]!, 4e-3 * p[place]!);
          expect(Math.abs(value - difference) / size).toBeLessThan(1e-9);
        }
      }
    }
  });

  test('an element fills its own blocks and reads its own parameters', () => {
    const omega = angularFrequencies([1, 10]);
    const z = new Float64Array(4);
    const dz = new Float64Array(16).fill(Number.NaN);
    element('K').law(Float64Array.of(9, 9, 5, 0.1), 2, omega, z, dz);
    expect(Array.from(dz.slice(0, 8)).every(Number.isNaN)).toBe(true);
    expect(Array.from(dz.slice(8)).every(Number.isFinite)).toBe(true);
    const [re, im] = impedance('K', [5, 0.1], 1);
    expect([z[0], z[2]]).toEqual([re, im]);
  });
});

describe('limits', () => {
  test('Warburg elements of finite space start as the infinite one and end as resistance, or resistance and capacitor', () => {
    const [Z0, tau] = [3, 20];
    const fast = impedance('W', [Z0 / Math.sqrt(2 * tau)], 1e4);
    for (const symbol of ['Wo', 'Ws']) {
      const [re, im] = impedance(symbol, [Z0, tau], 1e4);
      expect(re / fast[0]).toBeCloseTo(1, 12);
      expect(im / fast[1]).toBeCloseTo(1, 12);
    }
    expect(impedance('Ws', [Z0, tau], 1e-9)[0]).toBeCloseTo(Z0, 9);
    const slow = impedance('Wo', [Z0, tau], 1e-6);
    expect(slow[0]).toBeCloseTo(Z0 / 3, 6);
    expect(slow[1] * 2 * Math.PI * 1e-6 * tau).toBeCloseTo(-Z0, 6);
  });

  test('a reactive pore without a reaction is the blocking pore, and at rest a fin: √(Rion·Rct)·coth√(Rion/Rct)', () => {
    const [re, im] = impedance('TLM', [30, 1e18, 2e-4, 0.9], 5);
    const [blockedRe, blockedIm] = impedance('TLMQ', [30, 2e-4, 0.9], 5);
    expect(re).toBeCloseTo(blockedRe, 10);
    expect(im).toBeCloseTo(blockedIm, 10);
    expect(impedance('TLM', [30, 7, 2e-4, 1], 1e-9)[0]).toBeCloseTo(Math.sqrt(210) / Math.tanh(Math.sqrt(30 / 7)), 9);
  });

  test('a depressed arc with exponent 1 is a relaxation', () => {
    for (const f of [0.01, 1, 300]) {
      const [re, im] = impedance('Zarc', [4, 0.03, 1], f);
      const [wantRe, wantIm] = impedance('K', [4, 0.03], f);
      expect(re).toBeCloseTo(wantRe, 12);
      expect(im).toBeCloseTo(wantIm, 12);
    }
  });

  test('the switch from series to closed form leaves no step', () => {
    for (const [symbol, parameters] of [
      ['Wo', [1, 1]],
      ['Ws', [1, 1]],
      ['T', [1, 1, 1e-9, 1]],
    ] as const) {
      const edge = 0.01 / (2 * Math.PI);
      const below = impedance(symbol, parameters, edge * (1 - 1e-13));
      const above = impedance(symbol, parameters, edge * (1 + 1e-13));
      const size = Math.hypot(...below);
      expect(Math.abs(above[0] - below[0]) / size).toBeLessThan(1e-12);
      expect(Math.abs(above[1] - below[1]) / size).toBeLessThan(1e-12);
    }
  });

  test('extreme frequencies give finite numbers', () => {
    for (const { symbol, parameters } of IMPEDANCE_ELEMENTS) {
      for (const f of [1e-8, 1e9]) {
        const values = parameters.map(({ kind }, place) =>
          kind === 'exponent' ? 0.5 : 10 ** (place % 2 === 0 ? -3 : 3),
        );
        const z = impedance(symbol, values, f);
        expect(z.every(Number.isFinite), `${symbol} at ${f} Hz`).toBe(true);
      }
    }
  });
});
