import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { axisAround, axisWithin, cycleAxis } from './axis.ts';
import { efficiencyFigure, type FigureCycle, runFigure, voltageFigure } from './cycling-figures.ts';
import { decimate } from './decimate.ts';
import { drawSvg } from './echarts.ts';
import type { Figure, Panel } from './figure.ts';
import { renderSvg } from './render.ts';

/** Plating at −30 mV, stripping at 30 mV with a rise to 1 V, an hour each. */
function plateStrip(cycles: number, rows = 50) {
  const time_s: number[] = [];
  const voltage_V: number[] = [];
  for (let half = 0; half < 2 * cycles; half++) {
    for (let k = 0; k <= rows; k++) {
      time_s.push(3600 * (half + k / rows));
      voltage_V.push(half % 2 === 0 ? -0.03 : 0.03 + (k === rows ? 0.97 : 0));
    }
  }
  return { time_s: Float64Array.from(time_s), voltage_V: Float64Array.from(voltage_V) };
}

const cyclesOf = (efficiencies: readonly (number | null)[], resistance?: number): readonly FigureCycle[] =>
  efficiencies.map((coulombic_efficiency, k) => ({
    cycle: k + 1,
    coulombic_efficiency,
    ...(resistance === undefined ? {} : { interfacial_resistance_ohm_cm2: resistance + k }),
  }));

const panelOf = (efficiencies: readonly (number | null)[]): Panel =>
  efficiencyFigure('', cyclesOf(efficiencies)).panels[0]!;

describe('axes', () => {
  test.each([
    [0, 10, 6, ['0', '2', '4', '6', '8', '10']],
    [-0.05, 1, 6, ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
    [-0.002, 0.003, 6, ['−0.002', '−0.001', '0.000', '0.001', '0.002', '0.003']],
    [99.2, 100, 6, ['99.2', '99.4', '99.6', '99.8', '100.0']],
    [0, 5e7, 6, ['0', '1e7', '2e7', '3e7', '4e7', '5e7']],
    [9.5e6, 1.1e7, 4, ['9.5e6', '1.00e7', '1.05e7', '1.10e7']],
    [-2e-5, 2e-5, 4, ['−2e−5', '−1e−5', '0', '1e−5', '2e−5']],
    [1e6, 1e6 + 0.004, 4, ['1000000.000', '1000000.001', '1000000.002', '1000000.003', '1000000.004']],
  ])('round ticks from %d to %d', (min, max, count, labels) => {
    expect(axisWithin('', min, max, { count }).labels).toEqual(labels);
  });

  test('property: an axis holds its data, its ticks increase within it, their labels differ', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
        const { min, max, ticks, labels } = axisAround('', values, { span_min: 1e-3 });
        expect(Math.min(...values)).toBeGreaterThanOrEqual(min);
        expect(Math.max(...values)).toBeLessThanOrEqual(max);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(10);
        ticks.forEach((tick, k) => {
          expect(tick).toBeGreaterThanOrEqual(min);
          expect(tick).toBeLessThanOrEqual(max);
          if (k > 0) expect(tick).toBeGreaterThan(ticks[k - 1]!);
        });
        expect(new Set(labels).size).toBe(labels.length);
      }),
    );
  });

  test('cycles have whole ticks and room at both ends', () => {
    expect(cycleAxis([1])).toMatchObject({ min: 0.5, max: 1.5, labels: ['1'] });
    expect(cycleAxis([1, 2, 3]).labels).toEqual(['1', '2', '3']);
    const { min, ticks, max } = cycleAxis([1, 1000]);
    expect(min).toBeLessThan(1);
    expect(max).toBeGreaterThan(1000);
    expect(ticks).toEqual([200, 400, 600, 800, 1000]);
  });
});

describe('efficiency axis', () => {
  test.each([
    ['close to 100: the axis ends there and starts near the data', [0.992, 0.996, 0.998], 99, 100],
    ['far below: neither 0 nor 100 is drawn in', [0.8, 0.805], 79, 81],
    ['above 100 is shown, not cut', [0.99, 1.013], 98, 102],
    ['all equal: a window of about one percent', [0.995, 0.995], 98.8, 100],
    ['a single one', [0.9], 89, 91],
  ])('%s', (_name, efficiencies, low, high) => {
    const { left } = panelOf(efficiencies);
    const percent = efficiencies.map((value) => 100 * value);
    expect(left.min).toBeGreaterThanOrEqual(low);
    expect(left.min).toBeLessThanOrEqual(Math.min(...percent));
    expect(left.max).toBeLessThanOrEqual(high);
    expect(left.max).toBeGreaterThanOrEqual(Math.max(...percent));
  });

  test('property: every efficiency from 0 to 200 % lies on its axis, and the axis stops there or just above unless the data go beyond', () => {
    const efficiency = fc.double({ min: 0, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(efficiency, { minLength: 1, maxLength: 30 }), (efficiencies) => {
        const { left } = panelOf(efficiencies);
        const percent = efficiencies.map((value) => 100 * value);
        expect(left.min).toBeLessThanOrEqual(Math.min(...percent));
        expect(left.max).toBeGreaterThanOrEqual(Math.max(...percent));
        expect(left.min).toBeGreaterThanOrEqual(0);
        if (Math.max(...percent) <= 100) expect(left.max).toBeLessThanOrEqual(100 + 0.1 * (left.max - left.min));
      }),
    );
  });

  test('data at 100 % stand clear of the frame, with the line at 100 and no tick above it', () => {
    for (const efficiencies of [[0.999999, 0.999998], [1], [0.9, 1], [0.99, 0.9999]]) {
      const { left, series } = panelOf(efficiencies);
      expect(left.max).toBeGreaterThan(100 + 0.04 * (left.max - left.min));
      expect(left.ticks.at(-1)).toBe(100);
      expect(series[0]!.mark).toBe('guide');
    }
    expect(panelOf([0.99, 0.999]).left.max).toBe(100);
  });

  test('100 % is marked where the data lie on both sides of it', () => {
    expect(panelOf([0.99, 1.01]).series.map(({ mark }) => mark)).toEqual(['guide', 'circles']);
    expect(panelOf([0.99, 0.995]).series.map(({ mark }) => mark)).toEqual(['circles']);
  });

  test('cycles without an efficiency are left out; resistance takes the right axis, or the left when alone', () => {
    const both = efficiencyFigure('', cyclesOf([0.9, null, 0.95], 20)).panels[0]!;
    expect([...both.series[0]!.x]).toEqual([1, 3]);
    expect([...both.series[1]!.y]).toEqual([20, 21, 22]);
    expect(both.right!.name).toBe('Interfacial resistance / Ω cm²');
    const alone = efficiencyFigure('', cyclesOf([null, null], 20)).panels[0]!;
    expect([alone.left.name, alone.right]).toEqual(['Interfacial resistance / Ω cm²', null]);
    expect(alone.series.map(({ side }) => side)).toEqual(['left']);
  });
});

describe('voltage', () => {
  test.each([
    [600, 'Time / s', 600],
    [601, 'Time / min', 601 / 60],
    [7200, 'Time / min', 120],
    [7201, 'Time / h', 7201 / 3600],
  ])('a test of %d s has the axis %s', (end_s, name, max) => {
    const { x, series } = voltageFigure('', { time_s: Float64Array.of(0, end_s), voltage_V: Float64Array.of(0, 1) })
      .panels[0]!;
    expect(x).toMatchObject({ name, min: 0 });
    expect(x.max / max).toBeCloseTo(1.01, 6);
    expect(series[0]!.x[1]).toBe(max);
  });

  test('property: thinning keeps the ends and the extremes, the order, and stays below its limit', () => {
    const points = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: -1, max: 1 })), {
      maxLength: 400,
    });
    fc.assert(
      fc.property(points, fc.integer({ min: 4, max: 100 }), (list, points_max) => {
        const sorted = [...list].sort(([a], [b]) => a - b);
        const x = Float64Array.from(sorted, ([time]) => time);
        const y = Float64Array.from(sorted, ([, value]) => value);
        const finite = y.filter(Number.isFinite);
        const curve = decimate(x, y, points_max);
        expect(curve.x.length).toBeLessThanOrEqual(points_max);
        expect([...curve.x]).toEqual([...curve.x].sort((a, b) => a - b));
        expect(Math.max(...curve.y)).toBe(Math.max(...finite));
        expect(Math.min(...curve.y)).toBe(Math.min(...finite));
        expect([curve.y[0], curve.y.at(-1)]).toEqual([finite[0], finite.at(-1)]);
      }),
    );
  });

  test('a single sample that no pixel would hit is kept', () => {
    const rows = 100_000;
    const time_s = Float64Array.from({ length: rows }, (_, k) => k);
    const voltage_V = new Float64Array(rows);
    voltage_V[54_321] = 4.2;
    const { series } = voltageFigure('', { time_s, voltage_V }).panels[0]!;
    expect(series[0]!.x.length).toBeLessThanOrEqual(4000);
    expect(series[0]!.x[series[0]!.y.indexOf(4.2)]).toBe(54_321 / 3600);
  });
});

describe('SVG', () => {
  const run = () =>
    runFigure({ title: 'Li|Cu <1> & more', record: plateStrip(3), cycles: cyclesOf([0.93, 0.98, 0.985], 20) });

  test('has every name, the title, a legend, and no number that is none', async () => {
    const svg = await renderSvg(run());
    for (const text of [
      'Time / h',
      'Cell voltage / V',
      'Cycle',
      'Interfacial resistance / Ω cm²',
      '>Coulombic efficiency / %<',
      '>Coulombic efficiency<',
      '>Interfacial resistance<',
      '<title>Li|Cu &lt;1&gt; &amp; more</title>',
    ]) {
      expect(svg).toContain(text);
    }
    expect(svg).toMatch(/^<svg [^>]*width="720" height="760"/);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(svg).not.toContain('<script');
    expect(svg.match(/<text/g)!.length).toBe(svg.match(/<\/text>/g)!.length);
  });

  test('the same figure is the same bytes, whatever was drawn between', async () => {
    const first = await renderSvg(run());
    await renderSvg(voltageFigure('another', plateStrip(1)));
    expect(await renderSvg(run())).toBe(first);
  });

  test('two figures share no name of a clipping path', async () => {
    const ids = (svg: string) => [...svg.matchAll(/id="([^"]+)"/g)].map(([, id]) => id);
    const [first, second] = [
      ids(await renderSvg(run())),
      ids(await renderSvg(voltageFigure('another', plateStrip(1)))),
    ];
    expect(first.length).toBeGreaterThan(0);
    expect(second.length).toBeGreaterThan(0);
    expect(first.filter((id) => second.includes(id))).toEqual([]);
  });

  test('all text stands inside the picture', async () => {
    const rows = plateStrip(2);
    const wide = runFigure({
      title: 'x'.repeat(300),
      record: { ...rows, voltage_V: rows.voltage_V.map((value) => 1e5 + 1e-4 * value) },
      cycles: cyclesOf([0.93, 0.98], 123456),
    });
    const svg = await renderSvg(wide);
    const placed = [...svg.matchAll(/<text [^>]*text-anchor="(\w+)"[^>]*font-size:(\d+)px[^>]*>([^<]*)</g)];
    expect(placed.length).toBeGreaterThan(10);
    for (const [tag, anchor, size, text] of placed) {
      const [, x] = /transform="translate\(([-\d.]+)/.exec(tag) ?? [];
      if (x === undefined) continue;
      const width_px = 0.6 * Number(size) * text!.length;
      const start = Number(x) - (anchor === 'end' ? width_px : anchor === 'middle' ? width_px / 2 : 0);
      expect({ text, isInside: start > -2 && start + width_px < 722 }).toEqual({ text, isInside: true });
    }
  });

  test('a single cycle and a single row are visible marks', async () => {
    const svg = await renderSvg(
      runFigure({
        title: 'one',
        record: { time_s: Float64Array.of(5), voltage_V: Float64Array.of(3.7) },
        cycles: cyclesOf([0.99]),
      }),
    );
    expect(svg.match(/fill="#0072B2"/g)).toHaveLength(2);
  });

  test('nothing to show is said in the figure', async () => {
    const none = { time_s: new Float64Array(0), voltage_V: new Float64Array(0) };
    expect(await renderSvg(runFigure({ title: 'none', record: none, cycles: [] }))).toMatch(
      /No rows to show.*No finished cycle/s,
    );
    const undefinedOnly = efficiencyFigure('Li|Li', cyclesOf([null, null]));
    expect(await renderSvg(undefinedOnly)).toContain('not defined for these cycles');
    const broken = { time_s: Float64Array.of(0, 1), voltage_V: Float64Array.of(Number.NaN, Number.NaN) };
    expect(await renderSvg(voltageFigure('NaN', broken))).toContain('No rows to show');
  });
});

/** The limits of every axis: finite, in order, around all that is drawn against them; ticks and labels one to one. */
function expectSound({ panels }: Figure): void {
  for (const { x, left, right, series } of panels) {
    for (const axis of right === null ? [x, left] : [x, left, right]) {
      expect(Number.isFinite(axis.min) && Number.isFinite(axis.max)).toBe(true);
      expect(axis.max).toBeGreaterThan(axis.min);
      expect(axis.labels.length).toBe(axis.ticks.length);
      axis.ticks.forEach((tick, k) => {
        expect(tick).toBeGreaterThanOrEqual(axis.min);
        expect(tick).toBeLessThanOrEqual(axis.max);
        if (k > 0) expect(tick).toBeGreaterThan(axis.ticks[k - 1]!);
      });
      expect(new Set(axis.labels).size).toBe(axis.labels.length);
    }
    for (const one of series) {
      const y = one.side === 'left' ? left : right!;
      for (const [values, axis] of [
        [one.x, x],
        [one.y, y],
      ] as const) {
        expect(Math.min(...values)).toBeGreaterThanOrEqual(axis.min);
        expect(Math.max(...values)).toBeLessThanOrEqual(axis.max);
      }
    }
  }
}

describe('whatever the numbers, there is a figure', () => {
  // Round limits such as 34 · 0.1 = 3.4000000000000004 fell beside the library's own round ticks, which it does not forgive.
  test('a full cell from 3.5 V to 4.2 V', async () => {
    const voltage_V = Float64Array.of(3.7958, 4.200000084350956, 3.4999999999999787, 3.67);
    const figure = runFigure({
      title: 'Li|NMC532',
      record: { time_s: Float64Array.of(0, 23886.7, 47498.8, 71025.23513910739), voltage_V },
      cycles: cyclesOf([0.9765365576487083, 0.9944697720161406, 0.9944052944494086], 219.0547584946535),
    });
    expectSound(figure);
    expect(figure.panels[0]!.left).toMatchObject({ min: 3.45, max: 4.25 });
    expect(await renderSvg(figure)).toContain('</svg>');
  });

  test('a drawing that fails leaves nothing behind that keeps the process', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const formatter = (): string => {
      throw new Error('no label');
    };
    const axis = { type: 'value', min: 0, max: 1 };
    const option = { grid: [{}], xAxis: [axis], yAxis: [{ ...axis, axisLabel: { formatter } }], series: [] };
    expect(() => drawSvg(option, 100, 100)).toThrow('no label');
    // The timer that was set before the failure fires once more.
    await vi.waitFor(() => expect(timers()).toBeLessThanOrEqual(before));
  });

  test('property: an axis may end anywhere', async () => {
    const limit = fc.oneof(
      fc.integer({ min: -60, max: 60 }).map((k) => k * 0.1),
      fc.double({ min: -1e4, max: 1e4, noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(limit, limit, limit, limit, async (a, b, c, d) => {
        fc.pre(Math.abs(a - b) > 1e-4 && Math.abs(c - d) > 1e-4);
        const [x, left] = [
          axisWithin('x', Math.min(a, b), Math.max(a, b)),
          axisWithin('y', Math.min(c, d), Math.max(c, d)),
        ];
        const panel: Panel = { x, left, right: null, series: [], message: null };
        const svg = await renderSvg({ title: '', panels: [panel], width_px: 400, height_px: 300 });
        for (const label of [...x.labels, ...left.labels]) expect(svg).toContain(`>${label}<`);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    [[1e308, -1e308]],
    [[1.7976931348623157e308]],
    [[Number.POSITIVE_INFINITY, 1]],
    [[5e-324, 0]],
    [[1e16, 1e16 + 2]],
    [[-1e99, 1e99]],
    [[0, 1e-300]],
  ])('numbers no cell gives: %j', async (values) => {
    const column = Float64Array.from(values);
    for (const record of [
      { time_s: Float64Array.from(values, (_, k) => k), voltage_V: column },
      { time_s: column, voltage_V: Float64Array.from(values, () => 1) },
    ]) {
      const figure = runFigure({ title: '', record, cycles: cyclesOf(values, values[0]) });
      expectSound(figure);
      expect(await renderSvg(figure)).not.toMatch(/NaN|Infinity/);
    }
  });

  const noise = fc.double({ min: -1, max: 1, noNaN: true });
  const spread = fc.constantFrom(0, 1e-16, 1e-12, 1e-9, 1e-6, 1e-4, 0.01, 0.3);
  const around = (centres: fc.Arbitrary<number>, lengths: fc.ArrayConstraints) =>
    fc
      .tuple(centres, spread, fc.array(noise, lengths))
      .map(([centre, width, values]) => values.map((value) => centre + width * value));

  const centre = fc.oneof(
    fc.constantFrom(0, 0.5, 0.999999, 1, 1 + 1e-15, 1.02, 12),
    fc.double({ min: 0, max: 1.5, noNaN: true }),
  );
  const efficiencies = fc
    .tuple(around(centre, { minLength: 1, maxLength: 25 }), fc.infiniteStream(fc.integer({ min: 0, max: 9 })))
    .map(([values, dice]) =>
      values.map((value) => {
        const roll = dice.next().value;
        return roll === 0 ? null : roll === 1 ? Number.NaN : value;
      }),
    );
  const voltages = around(
    fc.oneof(fc.constantFrom(0, 3.5, 4.2, -0.03, 1e5), fc.double({ min: -5, max: 5, noNaN: true })),
    { maxLength: 30 },
  );
  const duration_s = fc.oneof(
    fc.constantFrom(0, 1e-9, 1, 600, 3600, 1e9),
    fc.double({ min: 1e-3, max: 1e8, noNaN: true }),
  );
  const start_s = fc.constantFrom(0, 0, 1, 1e6, 1.7e9);
  const resistance = fc.option(fc.constantFrom(0, 1e-9, 12.5, 1e9), { nil: undefined });

  const figure = fc
    .record({ efficiencies, voltages, duration_s, start_s, resistance })
    .map(({ efficiencies, voltages, duration_s, start_s, resistance }) =>
      runFigure({
        title: 'any',
        record: {
          time_s: Float64Array.from(voltages, (_, k) => start_s + (duration_s * k) / Math.max(1, voltages.length - 1)),
          voltage_V: Float64Array.from(voltages),
        },
        cycles: cyclesOf(efficiencies, resistance),
      }),
    );

  test('property: axes are finite, in order and hold their data', () => {
    fc.assert(fc.property(figure, expectSound), { numRuns: 1000 });
  });

  test('property: it is drawn', async () => {
    await fc.assert(
      fc.asyncProperty(figure, async (any) => {
        const svg = await renderSvg(any);
        expect(svg).toMatch(/<\/svg>\s*$/);
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { numRuns: 300 },
    );
  });
});
