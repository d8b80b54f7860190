import { describe, expect, test } from 'vitest';
import { lceOf } from '../design/index.ts';
import { type ComparedPoint, comparedFigure, type ReportedPoint, reportedFigure } from './literature-figures.ts';
import { renderSvg } from './render.ts';

const point = (over: Partial<ReportedPoint> = {}): ReportedPoint => ({
  category: 'host',
  x: 1,
  efficiency_percent: 98,
  isExact: true,
  isOwn: false,
  ...over,
});

const options = { xName: 'Current density / mA cm⁻²', categories: ['interphase', 'host'] } as const;

describe('reported efficiencies', () => {
  const points = [point(), point({ category: 'interphase' }), point({ x: 5, isExact: false }), point({ isOwn: true })];
  const { figure, points: places } = reportedFigure(points, { ...options, scale: 'percent' });
  const { series } = figure.panels[0]!;

  test('every point is drawn once, where it was printed', () => {
    const drawn = series.flatMap(({ x, y }, s) => places[s]!.map((k, row) => [k, x[row], y[row]]));
    expect(drawn.sort((a, b) => a[0]! - b[0]!)).toEqual(
      points.map(({ x, efficiency_percent }, k) => [k, x, efficiency_percent]),
    );
  });

  test('equal points stand side by side, and keep their place on the axes', () => {
    const shifts = series.flatMap(({ offset_px }, s) => places[s]!.map((k, row) => [k, offset_px![row]]));
    expect(Object.fromEntries(shifts)).toEqual({ 0: 0, 1: 9, 2: 0, 3: -9 });
  });

  test('bounds are hollow, own rows are squares, and a category keeps its colour without the others', () => {
    expect(series.map(({ name, fill, mark }) => [name, fill, mark])).toEqual([
      ['interphase', 'filled', 'circles'],
      ['host', 'filled', 'circles'],
      ['host, bound or about', 'hollow', 'circles'],
      ['host, own row', 'filled', 'squares'],
    ]);
    const alone = reportedFigure([point()], { ...options, scale: 'percent' }).figure.panels[0]!.series[0]!;
    expect(alone.colour).toBe(series[1]!.colour);
    expect(alone.colour).not.toBe(series[0]!.colour);
  });

  test('on the scale of losses the right axis says the efficiency', () => {
    const { left, right, series: own } = reportedFigure(points, { ...options, scale: 'lce' }).figure.panels[0]!;
    expect(own[0]!.y[0]).toBe(lceOf(0.98));
    expect(right!.ticks[right!.labels.indexOf('98')]).toBe(lceOf(0.98));
    expect([right!.min, right!.max]).toEqual([left.min, left.max]);
  });

  test('a figure without points says so', () => {
    const { figure: empty } = reportedFigure([], { ...options, scale: 'lce' });
    expect(empty.panels[0]!.message).toMatch(/No row/);
  });

  test('steps to the side reach the drawing', async () => {
    const svg = await renderSvg(figure);
    const flat = await renderSvg({
      ...figure,
      panels: [{ ...figure.panels[0]!, series: series.map(({ offset_px: _, ...rest }) => rest) }],
    });
    expect(svg).not.toBe(flat);
  });
});

describe('computed against reported', () => {
  const compared = (over: Partial<ComparedPoint> = {}): ComparedPoint => ({
    category: 'host',
    reported: 50,
    computed: 100,
    band: [40, 200],
    isExact: true,
    ...over,
  });

  test('efficiencies lie by the logarithm of their losses, with their bands', () => {
    const { figure, points } = comparedFigure(
      [compared({ reported: 98, computed: 99, band: [97, 99.5] })],
      'efficiency',
      ['host'],
    );
    const at = points.findIndex((own) => own.length > 0);
    const { x, y, low, high } = figure.panels[0]!.series[at]!;
    expect([x[0], y[0], low![0], high![0]]).toEqual([lceOf(0.98), lceOf(0.99), lceOf(0.97), lceOf(0.995)]);
  });

  test('of magnitudes what is not positive is left out, and a band that ends at nothing is cut', () => {
    const given = [compared(), compared({ computed: 0 }), compared({ band: [0, 300] })];
    const { figure, points } = comparedFigure(given, 'resistance', ['host']);
    expect(points.flat()).toEqual([0, 2]);
    expect(figure.panels[0]!.series.at(-1)!.low![1]).toBeGreaterThan(0);
    expect(figure.panels[0]!.x.scale).toBe('log');
  });

  test('a diagonal and lines of a factor of two go from edge to edge', () => {
    const { series, x } = comparedFigure([compared()], 'polarisation', ['host']).figure.panels[0]!;
    const guides = series.filter(({ mark }) => mark === 'guide');
    expect(guides.map(({ x: from, y: to }) => to[0]! / from[0]!)).toEqual([1, 2, 0.5]);
    for (const { x: from, y: to } of guides) {
      expect(Math.max(from[1]!, to[1]!)).toBeCloseTo(x.max, 9);
      expect(Math.min(from[0]!, to[0]!)).toBeCloseTo(x.min, 9);
    }
  });

  test('nothing computed is said and still a figure', () => {
    expect(comparedFigure([], 'resistance', []).figure.panels[0]!.message).toMatch(/Nothing/);
    expect(comparedFigure([], 'efficiency', []).figure.panels[0]!.message).toMatch(/Nothing/);
  });
});
