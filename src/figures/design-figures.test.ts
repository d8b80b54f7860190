import { describe, expect, test } from 'vitest';
import { efficienciesForLife, lifeOverElectrolyte, USUAL_SPENDING } from '../design/index.ts';
import { efficiencyOfNines, lifeOverElectrolyteFigure, ninesOf, requiredEfficiencyFigure } from './design-figures.ts';
import { renderSvg } from './render.ts';

const lines = [100, 300].map((cycles) => {
  const excess = [0, 1, 2, 200];
  return { cycles, excess, efficiency: efficienciesForLife(excess, [cycles], 0.8).map((one) => one.efficiency) };
});

describe('required efficiency', () => {
  test('nines and efficiency are inverses, 99 % is 2', () => {
    expect(ninesOf(0.99)).toBeCloseTo(2, 12);
    expect(efficiencyOfNines(ninesOf(0.9973))).toBeCloseTo(0.9973, 12);
  });

  test('a line ends where lithium outlasts it, and the cell is a dot', async () => {
    const figure = requiredEfficiencyFigure(lines, 'foil', 0.8, { nToP: 2, efficiency: 0.995 });
    const [panel] = figure.panels;
    const [hundred, threeHundred] = panel!.series;
    expect(hundred!.y[3]).toBeNaN();
    expect(efficiencyOfNines(threeHundred!.y[2]!)).toBeCloseTo(0.99259, 5);
    expect(panel!.notes).toMatchObject([{ x: 2, y: expect.closeTo(ninesOf(0.995), 12), dot: true }]);
    expect(panel!.left.labels).toHaveLength(panel!.left.ticks.length);
    for (const [k, tick] of panel!.left.ticks.entries())
      expect(100 * efficiencyOfNines(tick)).toBeCloseTo(Number.parseFloat(panel!.left.labels[k]!), 1);
    expect(await renderSvg(figure)).toContain('300 cycles');
  });

  test('N that counts all lithium begins at 1', () => {
    const { x, series } = requiredEfficiencyFigure(lines, 'all', 0.8, null).panels[0]!;
    expect([x.min, series[0]!.x[0]]).toEqual([1, 1]);
  });
});

describe('life over electrolyte', () => {
  const supplies = { excess: 13, electrolyte: { ...USUAL_SPENDING, electrolyte_kg_per_C: 3e-3 / 3600 } };

  test('is the lesser of two lives, over g/Ah', async () => {
    const points = lifeOverElectrolyte(supplies, 0.8, 0.8, [0.3e-3 / 3600, 60e-3 / 3600]);
    const figure = lifeOverElectrolyteFigure(points, { electrolyte_kg_per_C: 3e-3 / 3600, cycles: 12 });
    const [cell, lithium, electrolyte] = figure.panels[0]!.series;
    for (const k of [0, 30, 60]) expect(cell!.y[k]).toBeCloseTo(Math.min(lithium!.y[k]!, electrolyte!.y[k]!), 9);
    expect(cell!.x[0]).toBeCloseTo(0.3, 9);
    expect(figure.panels[0]!.notes![0]!.x).toBeCloseTo(3, 9);
    expect(await renderSvg(figure)).toContain('your cell');
  });

  test('where nothing is lost it says so', () => {
    const points = lifeOverElectrolyte(supplies, 1, 0.8, [1e-7, 1e-5]);
    const { message } = lifeOverElectrolyteFigure(points, null).panels[0]!;
    expect(message).toMatch(/no end/);
  });
});
