// The shape of a Li|Li half-cycle at constant current. In liquid electrolytes a healthy cell is peaked: high at the start, while lithium is
// taken from a smooth or passivated surface and fresh nuclei form, flat in the middle, and rising again once what was plated before is used
// up and the bulk is stripped (Wood 2016, 10.1021/acscentsci.6b00260). The more dead lithium and tortuous path there is, the more the
// trace arcs (Chen 2017, 10.1039/C7TA00371D). A flat, rectangular trace was long read as ideal; it is also what a soft short gives
// (Menkin 2024, 10.1039/D3FD00101F).

import type { CyclingRecord } from '../../records/index.ts';
import type { ArcingFindings, ArcingShape, HalfCycleFindings } from './contract.ts';
import { medianOf } from './summary-statistics.ts';

/** Shares of the charge that are compared. */
const START_UNTIL = 0.25;
const MIDDLE: readonly [number, number] = [0.4, 0.6];
const END_FROM = 0.75;
/** A rise over the middle below this is flat. */
const FLAT = 0.1;
/** Fewer rows show no shape. */
const ROWS_MIN = 12;
const ROWS_OF_PART_MIN = 3;

/** The shape of one half-cycle; null at a changing current, with too few rows, or where the middle is not above the noise of zero. */
export function arcingOf(
  { voltage_V, current_A }: CyclingRecord,
  charge_C: Float64Array,
  half: HalfCycleFindings,
): ArcingShape | null {
  if (!half.constantCurrent || half.end - half.start < ROWS_MIN) return null;
  const parts: [number[], number[], number[]] = [[], [], []];
  let passed_C = 0;
  for (let row = half.start; row < half.end; row++) {
    if (!(current_A[row]! * half.sign > 0)) continue;
    passed_C += Math.max(0, charge_C[row]! * half.sign);
    const share = passed_C / half.charge_C;
    const value = voltage_V[row]! * half.sign;
    if (share <= START_UNTIL) parts[0].push(value);
    else if (share >= END_FROM) parts[2].push(value);
    if (share >= MIDDLE[0] && share <= MIDDLE[1]) parts[1].push(value);
  }
  if (parts.some((part) => part.length < ROWS_OF_PART_MIN)) return null;
  const middle_V = medianOf(parts[1]);
  if (!(middle_V > 0)) return null;
  const startRise = largest(parts[0]) / middle_V - 1;
  const endRise = largest(parts[2]) / middle_V - 1;
  return { startRise, endRise, middle_V, word: wordOf(startRise, endRise) };
}

/** The second largest: one row after a switch may be anything. */
function largest(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length - 2]!;
}

function wordOf(startRise: number, endRise: number): ArcingShape['word'] {
  if (startRise > FLAT && endRise > FLAT) return 'peaked';
  if (startRise > FLAT) return endRise < -FLAT ? 'falling' : 'peaked at the start';
  if (endRise > FLAT) return 'rising';
  return 'rectangular';
}

/** First and last fifth of the half-cycles that have a shape; null without any. */
export function arcingFindings(halves: readonly HalfCycleFindings[]): ArcingFindings | null {
  const shapes = halves.flatMap(({ arcing }) => (arcing === null ? [] : [arcing]));
  if (shapes.length === 0) return null;
  const fifth = Math.max(1, Math.ceil(shapes.length / 5));
  const of = (part: readonly ArcingShape[]) => {
    const startRise = medianOf(part.map((shape) => shape.startRise));
    const endRise = medianOf(part.map((shape) => shape.endRise));
    return { startRise, endRise, word: wordOf(startRise, endRise) };
  };
  const first = of(shapes.slice(0, fifth));
  const last = of(shapes.slice(-fifth));
  return {
    first: first.word,
    last: last.word,
    startRise_first: first.startRise,
    startRise_last: last.startRise,
    endRise_first: first.endRise,
    endRise_last: last.endRise,
    halfCycles: shapes.length,
  };
}
