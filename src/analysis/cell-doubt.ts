// Does a record look like the kind of cell it is said to be? A mistyped kind turns every finding into nonsense with two digits.

import type { CyclingRecord } from '../records/index.ts';
import type { AnalysedCellKind } from './efficiency.ts';

/** Half of the rows of Li|Li or Li|Cu lie below this, unless the cell is none: even dry cells polarise less at half of their rows, V. */
const LITHIUM_V_MAX = 1.2;
/** And of a cell with a cathode above this: no cathode works beside lithium so close to it, V. */
const CATHODE_V_MIN = 0.05;
const ROWS_ASKED_MAX = 4000;

/** A sentence where the voltages contradict the kind of cell; null where they do not, or where there are none. */
export function cellDoubt({ voltage_V }: Pick<CyclingRecord, 'voltage_V'>, cell: AnalysedCellKind): string | null {
  const step = Math.max(1, Math.floor(voltage_V.length / ROWS_ASKED_MAX));
  const sizes = voltage_V
    .filter((_, row) => row % step === 0)
    .map(Math.abs)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sizes.length === 0) return null;
  const middle_V = sizes[Math.floor(sizes.length / 2)]!;
  const found = `Half of the voltages lie above ${Number(middle_V.toPrecision(3))} V`;
  const isMetal = cell === 'Li|Li' || cell === 'Li|Cu';
  if (isMetal && middle_V > LITHIUM_V_MAX)
    return `${found}, which ${cell} does not have: is the kind of cell right? Everything here depends on it.`;
  if (!isMetal && middle_V < CATHODE_V_MIN)
    return `${found.replace('above', 'below')}, which no cathode has beside lithium: is the kind of cell right? Everything here depends on it.`;
  return null;
}
