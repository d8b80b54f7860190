// Questions of design as figures: the efficiency that a life asks for over N/P, and the life of a cell over its electrolyte.

import { type CountedLithium, excessLithium, type FirstGonePoint, nToPFromExcess } from '../design/index.ts';
import { type Axis, axisWithin, logAxisAround, logAxisWithin } from './axis.ts';
import { COLOURS, FIGURE_WIDTH_px, type Figure, type Note, PANEL_HEIGHT_px, type Series } from './figure.ts';

/** Efficiency as its number of nines, −log10(1 − CE): 2 is 99 %. */
export const ninesOf = (efficiency: number): number => -Math.log10(1 - efficiency);
export const efficiencyOfNines = (nines: number): number => 1 - 10 ** -nines;

/** Lines of equal life over N/P. */
export interface IsoLife {
  readonly cycles: number;
  readonly excess: readonly number[];
  /** Null where lithium lasts so long whatever the efficiency. */
  readonly efficiency: readonly (number | null)[];
}

/** A cell in the chart. */
export interface EfficiencyPoint {
  readonly nToP: number;
  readonly efficiency: number;
}

const LINES = [
  COLOURS.grey,
  COLOURS.blue,
  COLOURS.green,
  COLOURS.orange,
  COLOURS.vermilion,
  COLOURS.purple,
  COLOURS.ink,
] as const;
const NINES = [0.5, 4.2] as const;

/** Nines with the percent that people say. */
function ninesAxis(): Axis {
  const axis = axisWithin('Coulombic efficiency, spaced by −log₁₀(1 − CE)', NINES[0], NINES[1], { count: 8 });
  const ticks = [1, 1.523, 2, 2.301, 2.523, 3, 3.301, 4];
  const labels = ['90 %', '97 %', '99 %', '99.5 %', '99.7 %', '99.9 %', '99.95 %', '99.99 %'];
  return { ...axis, ticks, labels };
}

/** The efficiency that each life asks for over N/P, with the cell as a dot among them. */
export function requiredEfficiencyFigure(
  lines: readonly IsoLife[],
  counts: CountedLithium,
  retention: number,
  cell: EfficiencyPoint | null,
): Figure {
  const from = counts === 'foil' ? 0 : 1;
  const to = nToPFromExcess(Math.max(...lines.flatMap(({ excess }) => [...excess])), counts);
  const series = lines.map(
    ({ cycles, excess, efficiency }, k): Series => ({
      name: `${cycles} cycles`,
      x: Float64Array.from(excess, (one) => nToPFromExcess(one, counts)),
      y: Float64Array.from(efficiency, (one) => (one === null || one <= 0 ? Number.NaN : ninesOf(one))),
      mark: 'line',
      side: 'left',
      colour: LINES[k % LINES.length]!,
    }),
  );
  const notes: Note[] =
    cell === null || cell.efficiency >= 1 || excessLithium(cell.nToP, counts) < 0
      ? []
      : [
          {
            x: cell.nToP,
            y: ninesOf(cell.efficiency),
            side: 'left',
            text: 'your cell',
            colour: COLOURS.ink,
            dot: true,
            must: true,
          },
        ];
  return {
    title: `Efficiency for a life to ${Number((100 * retention).toFixed(2))} % of capacity`,
    panels: [
      {
        x: axisWithin(counts === 'foil' ? 'N/P, N the foil' : 'N/P, N all lithium', from, to, { count: 8 }),
        left: ninesAxis(),
        right: null,
        series,
        message: null,
        notes,
      },
    ],
    width_px: FIGURE_WIDTH_px,
    height_px: PANEL_HEIGHT_px + 60,
  };
}

/** Cycles over the amount of electrolyte: what lithium gives, what electrolyte gives, and the lesser of them. */
export function lifeOverElectrolyteFigure(
  points: readonly FirstGonePoint[],
  cell: { readonly electrolyte_kg_per_C: number; readonly cycles: number } | null,
): Figure {
  const g_per_Ah = (amount_kg_per_C: number): number => amount_kg_per_C * 3.6e6;
  const x = Float64Array.from(points, ({ electrolyte_kg_per_C }) => g_per_Ah(electrolyte_kg_per_C));
  const finite = (value: number | null): number => (value !== null && Number.isFinite(value) ? value : Number.NaN);
  const line = (name: string, colour: string, y: readonly number[], mark: Series['mark']): Series => ({
    name,
    x,
    y: Float64Array.from(y),
    mark,
    side: 'left',
    colour,
    ...(mark === 'line' ? { width_px: 3 } : {}),
  });
  const series = [
    line(
      'cell',
      COLOURS.ink,
      points.map(({ cycles }) => finite(cycles)),
      'line',
    ),
    line(
      'lithium',
      COLOURS.blue,
      points.map(({ lithiumCycles }) => finite(lithiumCycles)),
      'guide',
    ),
    line(
      'electrolyte',
      COLOURS.vermilion,
      points.map(({ electrolyteCycles }) => finite(electrolyteCycles)),
      'guide',
    ),
  ];
  const all = series.flatMap(({ y }) => [...y]).filter((value) => value > 0);
  return {
    title: 'What dies first, over the amount of electrolyte',
    panels: [
      {
        x: logAxisWithin('E/C / g Ah⁻¹', x[0] ?? 0.1, x.at(-1) ?? 10),
        left: logAxisAround('Cycles', all),
        right: null,
        series,
        message: all.length === 0 ? 'Nothing is lost: there is no end' : null,
        notes:
          cell === null || !Number.isFinite(cell.cycles)
            ? []
            : [
                {
                  x: g_per_Ah(cell.electrolyte_kg_per_C),
                  y: cell.cycles,
                  side: 'left',
                  text: 'your cell',
                  colour: COLOURS.ink,
                  dot: true,
                  must: true,
                },
              ],
      },
    ],
    width_px: FIGURE_WIDTH_px,
    height_px: PANEL_HEIGHT_px + 60,
  };
}
