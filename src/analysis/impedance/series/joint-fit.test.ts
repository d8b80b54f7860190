import { describe, expect, test } from 'vitest';
import { choleskyInPlace, choleskySolve, randomStream } from '../../../numerics/index.ts';
import { InputError } from '../../../units/index.ts';
import { fitSeries } from '../fit.ts';
import { frequencies_Hz, spectrumOf } from '../spectrum.test-tool.ts';
import { fitSeriesTogether } from './joint-fit.ts';
import { solveChain } from './smooth-chain.ts';

const CIRCUIT = 'R0-p(R1,CPE1)-p(R2,CPE2)';
const FREQUENCIES = frequencies_Hz(1e5, 0.1, 31);
const SPECTRA = 20;

type Truth = (s: number) => readonly number[];
const drifting: Truth = (s) => [20, 100 * Math.exp(0.03 * s), 2e-6, 0.85, 60 * Math.exp(-0.04 * s), 3e-4, 0.8];
const bending: Truth = (s) => [20, 60 + 60 * (1 - Math.exp(-s / 4)), 2e-6, 0.85, 60 + 20 * Math.sin(s / 3), 3e-4, 0.8];
const still: Truth = () => [20, 100, 2e-6, 0.85, 60, 3e-4, 0.8];

const seriesOf = (truth: Truth, noise: number, seed = 1, spectra = SPECTRA) =>
  Array.from({ length: spectra }, (_, s) =>
    spectrumOf(CIRCUIT, truth(s), FREQUENCIES, { noise, seed: 100 * seed + s }),
  );

/** Root mean square of the errors of both resistances over the logarithm, and the share of 95 % intervals that hold the truth. */
function against(truth: Truth, fits: ReturnType<typeof fitSeries>): { readonly error: number; readonly held: number } {
  let [squares, held, count] = [0, 0, 0];
  for (const [s, { parameters }] of fits.entries()) {
    for (const k of [1, 4]) {
      const wanted = truth(s)[k]!;
      const { value, interval95 } = parameters[k]!;
      squares += Math.log(value / wanted) ** 2;
      if (interval95 !== null && wanted >= interval95[0] && wanted <= interval95[1]) held++;
      count++;
    }
  }
  return { error: Math.sqrt(squares / count), held: held / count };
}

describe('spectra of a test fitted together', () => {
  test.each([
    ['still', still, 3],
    ['drifting', drifting, 3],
    ['bending', bending, 1.3],
  ] as const)('%s: closer to the truth than one by one, and its intervals hold', (_, truth, gain) => {
    let [together, apart, held] = [0, 0, 0];
    const seeds = [1, 2, 3];
    for (const seed of seeds) {
      const spectra = seriesOf(truth, 0.01, seed);
      const joint = fitSeriesTogether(CIRCUIT, spectra);
      expect(joint.converged).toBe(true);
      expect(joint.criterion).toBe('generalised cross-validation');
      const found = against(truth, joint.fits);
      together += found.error / seeds.length;
      held += found.held / seeds.length;
      apart += against(truth, fitSeries(CIRCUIT, spectra)).error / seeds.length;
    }
    expect(apart / together).toBeGreaterThan(gain);
    expect(held).toBeGreaterThan(0.85);
  });

  test('exact spectra come back exactly, whatever they do', () => {
    const { fits } = fitSeriesTogether(CIRCUIT, seriesOf(bending, 0, 1, 8));
    expect(against(bending, fits).error).toBeLessThan(1e-4);
  });

  test('the stiffness is the one of the least score, and follows the data', () => {
    const of = (truth: Truth) => fitSeriesTogether(CIRCUIT, seriesOf(truth, 0.01));
    const [calm, lively] = [of(still), of(bending)];
    expect(calm.smoothness).toBeGreaterThan(10 * lively.smoothness);
    expect(calm.effectiveParameters).toBeLessThan(lively.effectiveParameters);
    for (const { scores, smoothness } of [calm, lively]) {
      const least = scores.reduce((a, b) => (b.score < a.score ? b : a));
      expect(smoothness).toBe(least.smoothness);
      for (const [k, one] of scores.entries()) {
        // A stiffer chain has fewer effective parameters.
        if (k > 0) expect(one.effectiveParameters).toBeLessThan(scores[k - 1]!.effectiveParameters + 1e-6);
      }
    }
    expect(calm.remarks.join(' ')).toContain('stiffest chain');
  });

  test('a break lets the parameters jump there, and only there', () => {
    const broken: Truth = (s) => [20, s < 10 ? 100 : 25, 2e-6, 0.85, s < 10 ? 60 : 8, 3e-4, 0.8];
    const spectra = seriesOf(broken, 0.01, 5);
    const { fits, smoothness } = fitSeriesTogether(CIRCUIT, spectra, { breaks: [10] });
    expect(smoothness).toBeGreaterThan(1e4);
    expect(against(broken, fits).error).toBeLessThan(0.5 * against(broken, fitSeries(CIRCUIT, spectra)).error);
  });

  test('an arc is followed though its time constant passes that of another', () => {
    // The second arc grows slower until it is the slower of the two; each keeps its resistance.
    const crossing: Truth = (s) => [5, 100, 1e-5, 0.95, 40, 4e-6 * 1.6 ** s, 0.95];
    const { fits } = fitSeriesTogether(CIRCUIT, seriesOf(crossing, 0.002, 2, 18));
    const R1 = fits.map(({ parameters }) => parameters[1]!.value);
    const R2 = fits.map(({ parameters }) => parameters[4]!.value);
    const [first, second] = R1[0]! > R2[0]! ? [R1, R2] : [R2, R1];
    for (const s of [0, 1, 2, 14, 15, 16, 17]) {
      expect(first[s]! / 100, `R1 of ${s}`).toBeCloseTo(1, 1);
      expect(second[s]! / 40, `R2 of ${s}`).toBeCloseTo(1, 1);
    }
  });

  test('uneven times: a change may take place in the long gap', () => {
    const time_s = Float64Array.from({ length: 12 }, (_, s) => (s < 6 ? s : s + 1000));
    const jump: Truth = (s) => [20, s < 6 ? 100 : 180, 2e-6, 0.85, 60, 3e-4, 0.8];
    const { fits } = fitSeriesTogether(CIRCUIT, seriesOf(jump, 0.005, 3, 12), { time_s });
    expect(against(jump, fits).error).toBeLessThan(0.03);
  });

  test('fixed parameters stay, and what cannot be is refused with every fault', () => {
    const { fits } = fitSeriesTogether(CIRCUIT, seriesOf(still, 0.01, 1, 4), { fixed: { R0: 20 } });
    for (const { parameters } of fits) expect(parameters[0]).toMatchObject({ value: 20, state: 'fixed' });
    const spectra = seriesOf(still, 0.01, 1, 3);
    expect(() => fitSeriesTogether(CIRCUIT, spectra, { time_s: [0, 2, 1], smoothness: -1 })).toThrow(InputError);
    expect(() => fitSeriesTogether(CIRCUIT, spectra, { time_s: [0, 2, 1], smoothness: -1 })).toThrow(
      /time_s\[2\][\s\S]*smoothness/,
    );
    expect(() => fitSeriesTogether(CIRCUIT, spectra.slice(0, 1))).toThrow(/two or more/);
  });
});

test('the chain with slopes solves and inverts as the full matrix does', () => {
  const random = randomStream(7);
  const [n, blocks] = [3, 6];
  const size = n * blocks;
  const weight = Float64Array.of(2, 0.5, 7);
  const slopes = [{ first: 0, last: 3, span: 3.5, weight }];
  const gaps = [1, 2, 0.5, Number.POSITIVE_INFINITY, 1];
  const coupling = gaps.map((gap) => weight.map((value) => value / gap));
  const full = new Float64Array(size * size);
  const diagonal = Array.from({ length: blocks }, (_, s) => {
    const root = Float64Array.from({ length: n * n }, () => random() - 0.3);
    const block = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) for (let l = 0; l < n; l++) block[i * n + k]! += root[i * n + l]! * root[k * n + l]!;
      block[i * n + i]! += 0.1 + (coupling[s]?.[i] ?? 0) + (s > 0 ? coupling[s - 1]![i]! : 0);
    }
    return block;
  });
  for (let s = 0; s < blocks; s++) {
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) full[(s * n + i) * size + s * n + k] = diagonal[s]![i * n + k]!;
      if (s === blocks - 1) continue;
      full[(s * n + i) * size + (s + 1) * n + i] = -coupling[s]![i]!;
      full[((s + 1) * n + i) * size + s * n + i] = -coupling[s]![i]!;
    }
  }
  for (const { first, last, span } of slopes) {
    for (let k = 0; k < n; k++) {
      const ends = [first * n + k, last * n + k] as const;
      for (const a of ends) for (const b of ends) full[a * size + b]! -= ((a === b ? 1 : -1) * weight[k]!) / span;
    }
  }
  const right = Float64Array.from({ length: size }, () => random() - 0.5);
  const held = Array.from({ length: size }, () => false);
  const solved = solveChain({ n, diagonal, coupling, slopes, held }, right, true)!;
  expect(choleskyInPlace(full, size)).toBe(true);
  const wanted = choleskySolve(full, size, right);
  for (let k = 0; k < size; k++) expect(solved.x[k]).toBeCloseTo(wanted[k]!, 9);
  for (let k = 0; k < size; k++) {
    const column = choleskySolve(
      full,
      size,
      Float64Array.from({ length: size }, (_, i) => (i === k ? 1 : 0)),
    );
    const s = Math.floor(k / n);
    for (let i = 0; i < n; i++) expect(solved.inverse[s]![i * n + (k % n)]).toBeCloseTo(column[s * n + i]!, 9);
  }
});
