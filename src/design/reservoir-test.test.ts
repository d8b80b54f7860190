import { describe, expect, test } from 'vitest';
import { latinHypercube, randomStream } from '../numerics/index.ts';
import type { InputError } from '../units/index.ts';
import { type ReservoirQuestion, reservoirAnswer, reservoirDesigns, USUAL_RESERVOIR } from './reservoir-test.ts';

const MAH_PER_CM2 = 36000;
const usual: ReservoirQuestion = {
  ...USUAL_RESERVOIR,
  stripped_C_per_m2: 4.85 * MAH_PER_CM2,
  mismatch: 0,
  cells: 1,
  strippedElsewhere_C_per_m2: null,
};

describe('a reservoir test', () => {
  test('of 4.85 left of 5 mAh/cm2 after ten cycles is 99.0 ± 0.13 %, or 98.5 % by its loss', () => {
    const answer = reservoirAnswer(usual);
    expect(answer.efficiency).toBeCloseTo(0.99, 12);
    expect(answer.lossBased).toBeCloseTo(0.985, 12);
    expect((100 * answer.error).toFixed(2)).toBe('0.13');
    // 99.5 and 99.6 % of one cell each are the same result.
    expect(answer.toldApart).toBeGreaterThan(0.001);
    expect(answer.cyclesLeft).toBeCloseTo(5 / 0.015, 6);
  });

  test('its slopes are those of finite differences', () => {
    const at = (part: Partial<ReservoirQuestion>): number => reservoirAnswer({ ...usual, ...part }).efficiency;
    const step = 36;
    const { slopeStripped_m2_per_C, slopeReservoir_m2_per_C } = reservoirAnswer(usual);
    const differences = [
      (at({ stripped_C_per_m2: usual.stripped_C_per_m2 + step }) - at({})) / step,
      (at({ reservoir_C_per_m2: usual.reservoir_C_per_m2 + step }) -
        at({ reservoir_C_per_m2: usual.reservoir_C_per_m2 - step })) /
        (2 * step),
    ];
    expect(slopeStripped_m2_per_C / differences[0]!).toBeCloseTo(1, 9);
    expect(slopeReservoir_m2_per_C / differences[1]!).toBeCloseTo(1, 6);
  });

  test('its error is the spread of tests with that spread in the strip and the instrument', () => {
    const question = { ...usual, mismatch: 5e-4 };
    // Uniform draws of standard deviation 1.
    const draws = latinHypercube(20000, 2, randomStream(3)).map((point) =>
      [...point].map((p) => Math.sqrt(12) * (p - 0.5)),
    );
    const efficiencies = draws.map(([a, b]) => {
      const stripped_C_per_m2 = question.stripped_C_per_m2 + a! * question.strippedError_C_per_m2;
      return reservoirAnswer({ ...question, stripped_C_per_m2 }).efficiency * (1 + b! * question.mismatch);
    });
    const mean = efficiencies.reduce((sum, one) => sum + one, 0) / efficiencies.length;
    const spread = Math.sqrt(efficiencies.reduce((sum, one) => sum + (one - mean) ** 2, 0) / efficiencies.length);
    expect(reservoirAnswer(question).error / spread).toBeCloseTo(1, 2);
  });

  test('more cells tell more, until the instrument they share does not', () => {
    const one = reservoirAnswer({ ...usual, cells: 1 });
    expect(reservoirAnswer({ ...usual, cells: 4 }).meanError / one.meanError).toBeCloseTo(0.5, 12);
    expect(one.cellsForHundredth).toBe(Math.ceil((0.02 / 15 / 1e-4) ** 2));
    expect(reservoirAnswer({ ...usual, mismatch: 2e-4 }).cellsForHundredth).toBe(Number.POSITIVE_INFINITY);
  });

  test('another cut-off is compared with the error', () => {
    const near = reservoirAnswer({ ...usual, strippedElsewhere_C_per_m2: 4.86 * MAH_PER_CM2 });
    const far = reservoirAnswer({ ...usual, strippedElsewhere_C_per_m2: 4.95 * MAH_PER_CM2 });
    expect(near.remarks).toEqual([]);
    expect(far.elsewhere!.difference).toBeCloseTo(0.1 / 15, 12);
    expect(far.remarks).toEqual([expect.stringMatching(/state the cut-off/)]);
  });

  test('more out than in is no efficiency', () => {
    const { efficiency, remarks, cyclesLeft } = reservoirAnswer({ ...usual, stripped_C_per_m2: 5.2 * MAH_PER_CM2 });
    expect(efficiency).toBeGreaterThan(1);
    expect(remarks[0]).toMatch(/a short/);
    expect(cyclesLeft).toBe(Number.POSITIVE_INFINITY);
  });

  test('longer tests have smaller errors while their reservoir lasts', () => {
    const designs = reservoirDesigns({ ...usual, stripped_C_per_m2: 3 * MAH_PER_CM2 });
    const ofFull = designs.filter(({ reservoir_C_per_m2 }) => reservoir_C_per_m2 === usual.reservoir_C_per_m2);
    expect(ofFull.map(({ error }) => error)).toEqual([...ofFull.map(({ error }) => error)].sort((a, b) => b - a));
    // A fifth of each cycle is lost: 25 cycles use up the reservoir.
    expect(ofFull.map(({ shortCycles, isEnough }) => [shortCycles, isEnough])).toEqual([
      [5, true],
      [10, true],
      [20, true],
      [50, false],
      [100, false],
    ]);
  });

  test('all faults at once', () => {
    try {
      reservoirAnswer({ ...usual, shortCycles: 2.5, cells: 0, cycled_C_per_m2: -1, mismatch: 3 });
      expect.unreachable();
    } catch (error) {
      expect((error as InputError).issues.map(({ where }) => where)).toEqual([
        'shortCycles',
        'cells',
        'cycled_C_per_m2',
        'mismatch',
      ]);
    }
  });
});
