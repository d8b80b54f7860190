import { describe, expect, test } from 'vitest';
import { literatureRows, quantitiesOf } from '../literature/index.ts';
import { electrolyteGroupOf } from './comparison.ts';
import {
  BASELINES,
  baselineRows,
  baselineScores,
  type ContrastRow,
  coverageOf,
  type EfficiencyRow,
  efficiencyOfLce,
  efficiencyScores,
  gainOver,
  lceOf,
  magnitudeScores,
  pairedContrasts,
  signScores,
} from './scores.ts';

const row = (over: Partial<EfficiencyRow>): EfficiencyRow => ({
  id: 'a',
  reference: '1',
  electrolyteGroup: 'ether',
  strategyGroup: 'host',
  reported: 0.9,
  computed: 0.9,
  band: null,
  ...over,
});

/** Losses of 10, 1 and 0.1 %, foretold ten times too large, right, and right. */
const rows = [
  row({ reference: '1', reported: 0.9, computed: 0 }),
  row({ reference: '2', reported: 0.99, computed: 0.99 }),
  row({ reference: '3', reported: 0.999, computed: 0.999, electrolyteGroup: 'carbonate' }),
];

describe('LCE', () => {
  test('halving the loss adds log10 2, wherever it is halved', () => {
    expect(lceOf(0.98) - lceOf(0.96)).toBeCloseTo(Math.log10(2), 12);
    expect(lceOf(0.995) - lceOf(0.99)).toBeCloseTo(Math.log10(2), 12);
    expect(lceOf(-1)).toBeCloseTo(-Math.log10(2), 12);
  });
  test('is finite for a perfect cell, and turns back', () => {
    expect(lceOf(1)).toBeCloseTo(5, 12);
    for (const efficiency of [-0.5, 0, 0.9, 0.996])
      expect(efficiencyOfLce(lceOf(efficiency))).toBeCloseTo(efficiency, 12);
  });
});

describe('scores of efficiencies', () => {
  const scores = efficiencyScores(rows)!;
  test('are those of the definitions', () => {
    expect(scores.rmse_lce.value).toBeCloseTo(Math.sqrt(1 / 3), 12);
    expect(scores.mae_percentage_points.value).toBeCloseTo(30, 12);
    expect(scores.spearman!.value).toBeCloseTo(1, 12);
  });
  test('lie in their intervals, which the seed decides', () => {
    const [low, high] = scores.rmse_lce.interval95!;
    expect(low).toBeLessThanOrEqual(scores.rmse_lce.value);
    expect(high).toBeGreaterThanOrEqual(scores.rmse_lce.value);
    expect(efficiencyScores(rows, 1)).toEqual(scores);
  });
  test('rows of one reference are drawn together', () => {
    // One reference alone can only be drawn as it is: no spread, although its rows differ.
    const one = rows.map((each) => ({ ...each, reference: 'same' }));
    const { value, interval95 } = efficiencyScores(one)!.rmse_lce;
    expect(interval95).toEqual([value, value]);
  });
  test('without rows there are none', () => {
    expect(efficiencyScores([])).toBeNull();
    expect(baselineScores(rows.slice(0, 1), 'mean')).toBeNull();
    expect(gainOver([], 'mean')).toBeNull();
  });
});

describe('baselines', () => {
  test('a row never foretells itself', () => {
    const [first] = baselineRows(rows, 'mean');
    expect(lceOf(first!.computed)).toBeCloseTo(2.5, 12);
    // Its only companion of the group is the second row.
    expect(baselineRows(rows, 'electrolyte_group')[0]!.computed).toBeCloseTo(0.99, 12);
    // The third has none, and takes all the others.
    expect(lceOf(baselineRows(rows, 'electrolyte_group')[2]!.computed)).toBeCloseTo(1.5, 12);
  });
  test('the order of the mean is never quoted: each row pushes its own forecast away', () => {
    expect(baselineScores(rows, 'mean')!.spearman).toBeNull();
  });
  test('the gain of a perfect computation is the error of the baseline', () => {
    const perfect = rows.map((each) => ({ ...each, computed: each.reported }));
    for (const name of BASELINES) {
      expect(gainOver(perfect, name)!.value).toBeCloseTo(baselineScores(rows, name)!.rmse_lce.value, 12);
    }
    const same = baselineRows(rows, 'mean');
    expect(gainOver(same, 'mean')).toEqual({ value: 0, interval95: [0, 0] });
  });
});

describe('table A1, leave one out', () => {
  const a1 = literatureRows()
    .filter(({ table }) => table === 'A1')
    .map((one) => {
      const [efficiency] = quantitiesOf(one, 'coulombic-efficiency');
      const reported = efficiency!.value / 100;
      const electrolyteGroup = electrolyteGroupOf(one)!;
      return row({
        id: one.id,
        reference: one.reference.printed,
        electrolyteGroup,
        strategyGroup: one.group,
        reported,
      });
    });

  // Published with these rows: RMSE in LCE 0.328, 0.194 and 0.309; MAE 1.39 and 0.77 points; ρ 0.71 of the electrolyte groups.
  test.each([
    ['mean', 0.328, 1.39],
    ['electrolyte_group', 0.194, 0.77],
    ['strategy_group', 0.309, 1.39],
  ] as const)('%s: %f LCE, %f points', (name, lce, points) => {
    expect(a1).toHaveLength(27);
    const scores = baselineScores(a1, name)!;
    expect(Math.abs(scores.rmse_lce.value - lce)).toBeLessThan(0.001);
    expect(scores.mae_percentage_points.value).toBeCloseTo(points, 2);
    if (name === 'electrolyte_group') expect(scores.spearman!.value).toBeCloseTo(0.71, 2);
  });

  test('the means of the groups are the published ones', () => {
    const meanOf = (group: string): number => {
      const own = a1.filter(({ electrolyteGroup }) => electrolyteGroup === group);
      return (100 * own.reduce((sum, { reported }) => sum + reported, 0)) / own.length;
    };
    const groups = ['concentrated', 'ether-nitrate', 'carbonate-additive', 'carbonate', 'ether'];
    expect(groups.map((group) => Number(meanOf(group).toFixed(1)))).toEqual([99.1, 98.5, 97.6, 96.2, 92.5]);
  });

  test('the paired contrasts of the table are among those found', () => {
    const pairs = pairedContrasts(a1.map((one) => ({ ...one, electrolyte: one.id, protocol: one.id }))).map(
      ({ first, second, reported_percentage_points }) => [first, second, reported_percentage_points],
    );
    expect(pairs).toEqual([
      ['a1-36', 'a1-36b', expect.closeTo(1.1, 9)],
      ['a1-45', 'a1-45b', expect.closeTo(3, 9)],
    ]);
  });
});

test('coverage counts bands that hold the reported value, ends included', () => {
  const bands: EfficiencyRow['band'][] = [[0.8, 0.9], [0.91, 0.95], [0.9, 0.9], null];
  expect(coverageOf(bands.map((band) => row({ band })))).toBeCloseTo(2 / 3, 12);
  expect(coverageOf([row({})])).toBeNull();
});

describe('magnitudes', () => {
  const pair = (reported: number, computed: number) => ({
    id: '',
    reference: String(reported),
    reported,
    computed,
    band: null,
  });
  test('are compared by their ratio', () => {
    const scores = magnitudeScores([pair(10, 100), pair(20, 11), pair(50, 50)]);
    expect(scores.rmse_log10!.value).toBeCloseTo(Math.sqrt((1 + Math.log10(11 / 20) ** 2) / 3), 12);
    expect(scores.within_factor_2).toBeCloseTo(2 / 3, 12);
  });
  test('the baseline is the geometric mean of the others', () => {
    expect(magnitudeScores([pair(1, 1), pair(100, 1)]).baseline_rmse_log10).toBeCloseTo(2, 12);
    expect(magnitudeScores([pair(1, 1)]).baseline_rmse_log10).toBeNull();
    expect(magnitudeScores([])).toMatchObject({ rows: 0, rmse_log10: null, within_factor_2: null });
  });
});

describe('contrasts', () => {
  const one = (over: Partial<ContrastRow>): ContrastRow => ({ ...row({}), electrolyte: 'x', protocol: 'p', ...over });
  test.each<[string, Partial<ContrastRow>, Partial<ContrastRow>, string | null]>([
    [
      'one host in two electrolytes',
      { reference: '45' },
      { reference: '45', electrolyte: 'y', protocol: 'q' },
      'electrolyte',
    ],
    ['two strategies in one electrolyte', {}, { reference: '2', strategyGroup: 'interphase' }, 'strategy'],
    ['one kind of strategy under two protocols', {}, { reference: '2', protocol: 'q' }, 'protocol'],
    ['two things differ', {}, { reference: '2', protocol: 'q', strategyGroup: 'interphase' }, null],
    ['everything differs', {}, { reference: '2', electrolyte: 'y' }, null],
  ])('%s', (_name, first, second, differ) => {
    const found = pairedContrasts([one(first), one({ reported: 0.95, computed: 0.92, ...second })]);
    expect(found.map((contrast) => contrast.differ)).toEqual(differ === null ? [] : [differ]);
    if (differ !== null) {
      expect(found[0]!.reported_percentage_points).toBeCloseTo(5, 12);
      expect(found[0]!.computed_percentage_points).toBeCloseTo(2, 12);
      expect(found[0]!.same_sign).toBe(true);
    }
  });
  test('equal reports are no contrast; an unmoved computation is a miss', () => {
    expect(pairedContrasts([one({}), one({ reference: '2' })])).toEqual([]);
    const missed = pairedContrasts([one({}), one({ reference: '2', reported: 0.95 })]);
    expect(signScores(missed)).toMatchObject({ pairs: 1, correct: 0, accuracy: { value: 0 } });
    expect(signScores([])).toEqual({ pairs: 0, correct: 0, accuracy: null });
  });
});
