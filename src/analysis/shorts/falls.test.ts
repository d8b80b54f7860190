import { describe, expect, test } from 'vitest';
import { findFalls } from './falls.ts';
import { normalStream } from './generated.test-tool.ts';

const wobble = (seed: number, share: number, readings = 45): number[] => {
  const normal = normalStream(seed);
  return Array.from({ length: readings }, () => 50 * Math.exp(share * normal()));
};
const lasting = (values: readonly number[], fall: number) =>
  findFalls(values, { fall }).filter((one) => one.lasting === true && one.abrupt);

describe('falls', () => {
  test('a step down is found where it is, with the median before it', () => {
    const values = [50, 52, 48, 51, 49, 50, 12, 11, 13, 12, 10];
    const [fall, ...others] = findFalls(values, { fall: 0.5 });
    expect(others).toEqual([]);
    expect(fall).toMatchObject({ index: 6, after: 12, abrupt: true, lasting: true, healedAt: null });
    expect(fall!.before).toBeCloseTo(50, 0);
    expect(fall!.share).toBeCloseTo(0.76, 2);
  });

  test('nothing is judged before three readings, and 63 to 36 is no fall by half', () => {
    expect(findFalls([63, 10, 11, 10, 11, 10], { fall: 0.5 })).toEqual([]);
    expect(findFalls([63, 62, 64, 36, 37, 36, 38], { fall: 0.5 })).toEqual([]);
  });

  test('one low reading falls but does not last; at the very end nobody knows', () => {
    const single = findFalls([50, 51, 49, 50, 12, 50, 51, 49, 50], { fall: 0.5 });
    expect(single).toMatchObject([{ index: 4, lasting: false, healedAt: 5 }]);
    expect(findFalls([50, 51, 49, 50, 12], { fall: 0.5 })).toMatchObject([{ index: 4, lasting: null }]);
  });

  test('a fall heals when three readings in a row are back, not one', () => {
    const low = [12, 11, 13, 12];
    const relapse = [50, 51, 49, 50, ...low, 50, 12, 11, 13, 12];
    expect(findFalls(relapse, { fall: 0.5 })).toMatchObject([{ index: 4, lasting: true, healedAt: null }]);
    const atEnd = [50, 51, 49, 50, ...low, 50, 51];
    expect(findFalls(atEnd, { fall: 0.5 })).toMatchObject([{ index: 4, lasting: true, healedAt: 8 }]);
    expect(findFalls(atEnd.slice(0, -1), { fall: 0.5 })).toMatchObject([{ index: 4, healedAt: null }]);
    const healed = [50, 51, 49, 50, ...low, 50, 51, 49, 50, 52, ...low, 12];
    expect(findFalls(healed, { fall: 0.5 })).toMatchObject([
      { index: 4, lasting: true, healedAt: 8 },
      { index: 13, lasting: true, healedAt: null },
    ]);
  });

  test('a healthy decline is none, however steep its exponential', () => {
    for (const rate of [0.05, 0.1, 0.2, 0.3, 0.5]) {
      for (let seed = 1; seed <= 40; seed++) {
        const normal = normalStream(seed);
        const values = Array.from(
          { length: 45 },
          (_, k) => (500 * Math.exp(-rate * k) + 10) * Math.exp(0.05 * normal()),
        );
        expect(lasting(values, 0.5), `rate ${rate}, seed ${seed}`).toEqual([]);
      }
    }
  });

  test('a fall to 30 % is found at its reading wherever it is; scatter alone is not one', () => {
    let [found, wrong] = [0, 0];
    for (let seed = 1; seed <= 200; seed++) {
      const values = wobble(seed, 0.1);
      wrong += lasting(values, 0.5).length;
      const at = 4 + (seed % 37);
      const fallen = values.map((value, k) => (k >= at ? 0.3 * value : value));
      if (lasting(fallen, 0.5)[0]?.index === at) found++;
    }
    expect(wrong).toBe(0);
    expect(found).toBeGreaterThanOrEqual(196);
    // The scatter of the TEGDME cell's arcs, 0.2 over the logarithm: still rare.
    let alarms = 0;
    for (let seed = 1; seed <= 500; seed++) if (lasting(wobble(seed, 0.2), 0.5).length > 0) alarms++;
    expect(alarms).toBeLessThanOrEqual(2);
  });

  test('a fall within the error of its reading is none', () => {
    const values = [2, 2.1, 1.9, 2, 0.6, 0.5, 0.6, 0.5];
    expect(findFalls(values, { fall: 0.5 })).toHaveLength(1);
    expect(findFalls(values, { fall: 0.5, errors: values.map(() => 0.4) })).toEqual([]);
  });

  test('readings at other conditions are brought to those of the reading', () => {
    // Ten times the current at ten times the voltage, then the voltage of before: a fall by nine tenths.
    const values = [10, 10, 10, 100, 100, 10, 10, 10, 10];
    const load = [1, 1, 1, 10, 10, 10, 10, 10, 10];
    const factor = (k: number) => (j: number) => load[k]! / load[j]!;
    const falls = findFalls(values, { fall: 0.5 }, (k) => factor(k));
    expect(falls).toMatchObject([{ index: 5, after: 10, lasting: true }]);
    expect(falls[0]!.before).toBeCloseTo(100, 9);
    expect(findFalls(values.slice(0, 5), { fall: 0.5 }, (k) => factor(k))).toEqual([]);
  });
});
