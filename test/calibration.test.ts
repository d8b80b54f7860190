// The composition law, refitted from the open tables, and what it foretells of rows that it has not seen.

import { describe, expect, test } from 'vitest';
import {
  agreement,
  baselineScores,
  type CalibrationRow,
  calibratedLaw,
  calibrationRow,
  efficiencyScores,
  elementalDescriptors,
  fitPlatingLaw,
  fitReview,
  groupedFolds,
  heldBack,
  LAW_PREDICTOR,
  leaveGroupsOut,
  leaveReferencesOut,
  leaveRowsOut,
  RIVALS,
  reviewLogEfficiencies,
  reviewRows,
} from '../src/design/index.ts';
import { literatureRows } from '../src/literature/index.ts';
import { logEfficiencyOf, PLATING_LAW, parseElectrolyte } from '../src/materials/index.ts';
import kim2023 from '../validation/calibration/kim2023.json' with { type: 'json' };

const rows = kim2023.rows.map(({ id, electrolyte, ce_percent }) =>
  calibrationRow(id, parseElectrolyte(electrolyte), ce_percent),
);
const published = rows.map(({ logEfficiency }) => logEfficiency);
const review = reviewRows(
  literatureRows().filter(({ table }) => table === 'A1'),
  parseElectrolyte,
);
const fit = fitPlatingLaw(rows);

/** All numbers of a value, in order. */
function numbers(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbers) : [];
}

test('the stored constants are what the open tables give when they are fitted again', () => {
  const law = calibratedLaw(rows, review);
  expect(law.source).toBe(PLATING_LAW.source);
  const again = numbers(law);
  const stored = numbers(PLATING_LAW);
  expect(again.length).toBe(stored.length);
  // Four digits are stored; another processor may round the last of them otherwise.
  for (const [k, value] of again.entries()) {
    expect(Math.abs(value - stored[k]!)).toBeLessThanOrEqual(2e-3 * Math.abs(value) + 1e-8);
  }
});

describe('the fit', () => {
  test('of data that the law itself made gives their efficiencies again', () => {
    const made = rows.map(
      (row): CalibrationRow => ({ ...row, logEfficiency: logEfficiencyOf(row.descriptors, fit.parameters) }),
    );
    const { parameters } = fitPlatingLaw(made);
    // The priors pull a little.
    for (const { descriptors, logEfficiency } of made) {
      expect(Math.abs(logEfficiencyOf(descriptors, parameters) - logEfficiency)).toBeLessThan(0.08);
    }
  });

  test('no constant hangs on one row: without it none moves by more than its standard deviation', () => {
    for (let dropped = 0; dropped < rows.length; dropped += 7) {
      const { parameters } = fitPlatingLaw(rows.filter((_, i) => i !== dropped));
      for (const [k, { sd, id }] of PLATING_LAW.constants.entries()) {
        expect(Math.abs(parameters[k]! - fit.parameters[k]!), `${id} without ${rows[dropped]!.id}`).toBeLessThan(sd);
      }
    }
  });

  test('a row that counts nothing changes nothing', () => {
    const odd: CalibrationRow = { ...rows[0]!, logEfficiency: 9 };
    const weighted = fitPlatingLaw([...rows, odd], [...rows.map(() => 1), 0]);
    for (const [k, value] of fit.parameters.entries()) expect(weighted.parameters[k]).toBeCloseTo(value, 6);
  });
});

describe('rows held back', () => {
  test('no group is on both sides, and every row is held back once', () => {
    for (const folds of [leaveGroupsOut(rows), groupedFolds(rows, 10)]) {
      expect([...folds].flatMap((held) => [...held]).sort((a, b) => a - b)).toEqual([...rows.keys()]);
      for (const held of folds) {
        const groups = new Set([...held].map((i) => rows[i]!.group));
        expect(rows.some(({ group }, i) => groups.has(group) && !held.has(i))).toBe(false);
      }
    }
  });

  test('the law foretells them better than any rival, by more than a fifth', () => {
    const folds = leaveGroupsOut(rows);
    const law = agreement(heldBack(rows, folds, LAW_PREDICTOR).value, published);
    const rivals = RIVALS.map((rival) => agreement(heldBack(rows, folds, rival).value, published).rmse);
    expect(law.rmse).toBeLessThan(0.8 * Math.min(...rivals));
    expect(law.rankCorrelation).toBeGreaterThan(0.8);
  });

  test('the interval of 80 % holds about 80 % of them', () => {
    const { value, sd } = heldBack(rows, leaveGroupsOut(rows), LAW_PREDICTOR);
    const inside = published.filter(
      (log, i) => Math.abs(value[i]! - log) <= 1.2816 * Math.hypot(sd[i]!, PLATING_LAW.scatter),
    );
    expect(inside.length / rows.length).toBeGreaterThan(0.72);
    expect(inside.length / rows.length).toBeLessThan(0.88);
  });

  test('a mean left one out ranks them backwards, as it must', () => {
    expect(agreement(heldBack(rows, leaveRowsOut(rows), RIVALS[0]!).value, published).rankCorrelation).toBeLessThan(
      -0.99,
    );
  });
});

test('elemental descriptors of 1 M LiPF6 in EC by hand', () => {
  // 1 LiPF6 (8 atoms) to n EC (10 atoms, 3 O, 3 C, 4 H).
  const composition = parseElectrolyte('LiPF6/EC (1:10 mol)');
  const atoms = 8 + 10 * 10;
  const [F, O, C, sF, sO, sC, aF, aO, aC, FC, OC, FO, inorganic] = elementalDescriptors(composition);
  expect(F).toBeCloseTo(6 / atoms, 9);
  expect(O).toBeCloseTo(30 / atoms, 9);
  expect(C).toBeCloseTo(30 / atoms, 9);
  expect([sF, aO, aC]).toEqual([0, 0, 0]);
  expect(sO).toBeCloseTo(30 / atoms, 9);
  expect(sC).toBeCloseTo(30 / atoms, 9);
  expect(aF).toBeCloseTo(6 / atoms, 9);
  expect(FC).toBeCloseTo(0.2, 9);
  expect(OC).toBeCloseTo(1, 9);
  expect(FO).toBeCloseTo(0.2, 9);
  expect(inorganic).toBeCloseTo(8 / 100, 9);
});

describe('table A1', () => {
  const logEfficiencies = reviewLogEfficiencies(review, fit);
  const closed = leaveReferencesOut(review, logEfficiencies, fit.parameters, { strategies: true });

  test('the baselines of the literature come out: mean 0.328, electrolyte 0.194, strategy 0.309', () => {
    expect(closed.length).toBe(27);
    expect(baselineScores(closed, 'mean')!.rmse_lce.value).toBeCloseTo(0.328, 3);
    expect(baselineScores(closed, 'electrolyte_group')!.rmse_lce.value).toBeCloseTo(0.194, 3);
    expect(baselineScores(closed, 'strategy_group')!.rmse_lce.value).toBeCloseTo(0.309, 3);
  });

  test('the law with strategies beats the mean; without them it does not', () => {
    const frozen = leaveReferencesOut(review, logEfficiencies, fit.parameters, { strategies: false });
    const mean = baselineScores(closed, 'mean')!.rmse_lce.value;
    expect(efficiencyScores(closed)!.rmse_lce.value).toBeLessThan(mean);
    expect(efficiencyScores(frozen)!.rmse_lce.value).toBeGreaterThan(mean);
  });

  test('more current costs efficiency', () => {
    const { parameters, sd } = fitReview(review, logEfficiencies, fit.parameters);
    expect(parameters[0]).toBeGreaterThan(sd[0]);
    expect(parameters[0]).toBeLessThan(1.5);
  });
});
