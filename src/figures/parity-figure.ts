// Computed against reported efficiencies, both as LCE so that losses of one ratio lie one distance apart; bands as upright lines.

import type { ReproducedSystem } from '../design/index.ts';
import { lceOf } from '../design/index.ts';
import type { Axis } from './axis.ts';
import { COLOURS, FIGURE_WIDTH_px, type Figure, type Series } from './figure.ts';

/** Efficiencies that axes are marked at, %. */
const MARKED_percent = [0, 50, 80, 90, 95, 98, 99, 99.5, 99.8, 99.9] as const;
/** Room around the outermost values, in LCE. */
const ROOM = 0.1;
const HEIGHT_px = 700;

/** How the groups of electrolytes are told apart. */
const LOOKS: Readonly<Record<string, { readonly name: string; readonly look: Pick<Series, 'mark' | 'colour'> }>> = {
  carbonate: { name: 'carbonate', look: { mark: 'squares', colour: COLOURS.vermilion } },
  'carbonate-additive': { name: 'with additive', look: { mark: 'circles', colour: COLOURS.vermilion } },
  ether: { name: 'ether', look: { mark: 'squares', colour: COLOURS.blue } },
  'ether-nitrate': { name: 'with nitrate', look: { mark: 'circles', colour: COLOURS.blue } },
  concentrated: { name: 'concentrated', look: { mark: 'circles', colour: COLOURS.grey } },
};
const OTHER = { name: 'other', look: { mark: 'squares', colour: COLOURS.grey } } as const;

interface Point {
  readonly name: string;
  readonly look: Pick<Series, 'mark' | 'colour'>;
  readonly reported: number;
  readonly computed: number;
  readonly band: readonly [number, number] | null;
}

const lceOfPercent = (percent: number): number => lceOf(percent / 100);

function pointsOf(systems: readonly ReproducedSystem[]): Point[] {
  return systems.flatMap(({ electrolyte_group, quantities }) =>
    quantities.flatMap(({ scored_as, bound, reported, computed, band }): Point[] => {
      if (scored_as !== 'efficiency' || bound !== 'value' || computed === null) return [];
      const { name, look } = LOOKS[electrolyte_group ?? ''] ?? OTHER;
      const [low, high] = band ?? [computed, computed];
      return [
        {
          name,
          look,
          reported: lceOfPercent(reported),
          computed: lceOfPercent(computed),
          band: band === null ? null : [lceOfPercent(low), lceOfPercent(high)],
        },
      ];
    }),
  );
}

function axis(name: string, min: number, max: number): Axis {
  const marked = MARKED_percent.filter((percent) => lceOfPercent(percent) >= min && lceOfPercent(percent) <= max);
  return { name, min, max, ticks: marked.map(lceOfPercent), labels: marked.map(String) };
}

/** Reported and computed Coulombic efficiencies of the systems that have both. */
export function parityFigure(systems: readonly ReproducedSystem[]): Figure {
  const points = pointsOf(systems);
  const values = points.flatMap(({ reported, computed, band }) => [reported, computed, ...(band ?? [])]);
  const [min, max] = points.length === 0 ? [0, 3] : [Math.min(...values) - ROOM, Math.max(...values) + ROOM];
  const line = (x: readonly [number, number], y: readonly [number, number], mark: Series['mark']): Series => ({
    name: '',
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    mark,
    side: 'left',
    colour: COLOURS.grey,
  });
  const groups = [...new Set(points.map(({ name }) => name))].map((name): Series => {
    const own = points.filter((point) => point.name === name);
    // A gap after each point: systems are no curve.
    return {
      name,
      x: Float64Array.from(own.flatMap(({ reported }) => [reported, Number.NaN])),
      y: Float64Array.from(own.flatMap(({ computed }) => [computed, Number.NaN])),
      side: 'left',
      ...own[0]!.look,
    };
  });
  return {
    title: 'Coulombic efficiency: computed against reported',
    panels: [
      {
        x: axis('Reported efficiency / %', min, max),
        left: axis('Computed efficiency / %', min, max),
        right: null,
        series: [
          line([min, max], [min, max], 'guide'),
          ...points.flatMap(({ reported, band }) => (band === null ? [] : [line([reported, reported], band, 'line')])),
          ...groups,
        ],
        message: points.length === 0 ? 'No efficiency is both reported and computed' : null,
      },
    ],
    width_px: FIGURE_WIDTH_px,
    height_px: HEIGHT_px,
  };
}
