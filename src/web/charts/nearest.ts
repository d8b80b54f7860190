// The point under the pointer, and the next one for the arrow keys.

import type { Panel } from '../../figures/index.ts';
import type { Placing } from './draw-panel.ts';
import { isAscending, rowAtLeast } from './visible-rows.ts';

export interface PickedPoint {
  readonly series: number;
  readonly row: number;
}

/** Rows of a series that are looked through around the pointer, on either side. */
const LOOK_ROUND = 400;
const REACH_px = 40;

/** The point nearest to a place on the canvas, within reach; null where there is none. */
export function nearestPoint(panel: Panel, placing: Placing, x_px: number, y_px: number): PickedPoint | null {
  let best: PickedPoint | null = null;
  let least = (REACH_px * placing.ratio) ** 2;
  for (const [index, { x, y, side, mark, name, offset_px }] of panel.series.entries()) {
    if (mark === 'guide' && name === '') continue;
    let from = 0;
    let to = x.length;
    if (x.length > 2 * LOOK_ROUND && isAscending(x)) {
      const share = (x_px - placing.left_px) / placing.width_px;
      const at = rowAtLeast(x, placing.x_min + share * (placing.x_max - placing.x_min));
      from = Math.max(0, at - LOOK_ROUND);
      to = Math.min(x.length, at + LOOK_ROUND);
    }
    for (let row = from; row < to; row++) {
      const px = placing.xAt(x[row]!) + (offset_px?.[row] ?? 0) * placing.ratio;
      const distance = (px - x_px) ** 2 + (placing.yAt(y[row]!, side) - y_px) ** 2;
      if (distance < least) {
        least = distance;
        best = { series: index, row };
      }
    }
  }
  return best;
}

/** The next drawable point of the same series, or the same place of the next one. */
export function movedPoint(panel: Panel, from: PickedPoint | null, key: string): PickedPoint | null {
  const named = panel.series.flatMap(({ mark, name }, index) => (mark === 'guide' && name === '' ? [] : [index]));
  if (named.length === 0) return null;
  if (from === null) return { series: named[0]!, row: 0 };
  const at = named.indexOf(from.series);
  const rows = panel.series[from.series]!.x.length;
  if (key === 'ArrowRight') return { ...from, row: Math.min(rows - 1, from.row + 1) };
  if (key === 'ArrowLeft') return { ...from, row: Math.max(0, from.row - 1) };
  if (key === 'Home') return { ...from, row: 0 };
  if (key === 'End') return { ...from, row: rows - 1 };
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  const series = named[(at + step + named.length) % named.length]!;
  return { series, row: Math.min(from.row, panel.series[series]!.x.length - 1) };
}
