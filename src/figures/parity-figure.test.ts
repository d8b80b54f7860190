import { describe, expect, test } from 'vitest';
import { lceOf, type ReproducedQuantity, type ReproducedSystem } from '../design/index.ts';
import { parityFigure } from './parity-figure.ts';
import { renderSvg } from './render.ts';

function system(over: Partial<ReproducedQuantity>, electrolyte_group: string | null = 'ether'): ReproducedSystem {
  const quantity: ReproducedQuantity = {
    quantity: 'coulombic_efficiency',
    reported: 98,
    unit: '%',
    computed: 96,
    band: [90, 99],
    inside: true,
    note: '',
    printed: '98',
    bound: 'value',
    scored_as: 'efficiency',
    samples: 10,
    ...over,
  };
  return {
    id: 'x',
    table: 'A1',
    reference: '[1]',
    group: 'host',
    method: null,
    electrolyte: null,
    electrolyte_group,
    cycling: null,
    quantities: [quantity],
    interlayer: null,
    losses_mAh_per_cm2: null,
    plain_coulombic_efficiency: null,
    remarks: [],
  };
}

describe('the parity figure', () => {
  const figure = parityFigure([system({}), system({ reported: 99 }), system({ reported: 95 }, 'carbonate')]);
  const [panel] = figure.panels;

  test('has a series for each group, a band for each point, and the line on which both agree', () => {
    const named = panel!.series.filter(({ name }) => name !== '');
    const points = (values: Float64Array): number[] => Array.from(values).filter(Number.isFinite);
    expect(named.map(({ name, x }) => [name, points(x).length])).toEqual([
      ['ether', 2],
      ['carbonate', 1],
    ]);
    expect(points(named[0]!.x)).toEqual([lceOf(0.98), lceOf(0.99)]);
    expect(points(named[0]!.y)).toEqual([lceOf(0.96), lceOf(0.96)]);
    const [diagonal, ...bands] = panel!.series.filter(({ name }) => name === '');
    expect(Array.from(diagonal!.x)).toEqual(Array.from(diagonal!.y));
    expect(bands.map(({ y }) => Array.from(y))).toEqual(Array(3).fill([lceOf(0.9), lceOf(0.99)]));
  });

  test('marks its axes in percent at the place of their LCE, the same both ways', () => {
    const { x, left } = panel!;
    expect(x.labels).toEqual(['90', '95', '98', '99']);
    expect(x.ticks).toEqual([0.9, 0.95, 0.98, 0.99].map(lceOf));
    expect([left.min, left.max, left.ticks]).toEqual([x.min, x.max, x.ticks]);
  });

  test('leaves out bounds, other quantities and what is not computed', () => {
    const none = parityFigure([
      system({ bound: 'at-least' }),
      system({ computed: null, band: null }),
      system({ scored_as: 'resistance' }),
    ]);
    expect(none.panels[0]!.message).toMatch(/^No efficiency/);
  });

  test('draws itself, also with nothing to show and with a loss beyond all', async () => {
    for (const systems of [[system({})], [], [system({ computed: -40, band: null }, null)]]) {
      expect(await renderSvg(parityFigure(systems))).toMatch(/^<svg/);
    }
  });
});
