// Where a step begins: the current that meets what it holds, and the potentials that go with that current.
//
// Given the current, the potentials follow from a convex problem, and the voltage from them. So a held voltage, power or load
// is one equation in one unknown, g(j) = 0, and a search along j either brackets a root or shows that there is none.

import { bracketedRoot } from '../numerics/index.ts';
import type { FullSystem } from './full-system.ts';

/**
 * Without a current: the range of what the step holds (V or W/m2) that the search met, the sign of the current that the step
 * asks for, and the voltage that lies farthest that way.
 */
export type CurrentFound =
  | { readonly kind: 'found' }
  | {
      readonly kind: 'none';
      readonly least: number;
      readonly most: number;
      readonly direction: number;
      readonly voltage: number;
    };

/** The search goes from this size of current to that by factors, A/m2. */
const CURRENT_A_per_m2_FIRST = 1e-9;
const CURRENT_A_per_m2_LAST = 1e9;
const CURRENT_FACTOR = 2;
/** A root is located to this share of itself. */
const CURRENT_TOLERANCE = 1e-9;
/** Sections of an interval around a current at which a power is largest, or before a limiting one. */
const SECTIONS_MAX = 60;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The current nearest to none that meets the drive of `system` at time t, with its potentials, into y; y comes with all else.
 * A power that the cell can give at two currents is given at the smaller.
 */
export function findCurrent(system: FullSystem, t: number, y: Float64Array): CurrentFound {
  const { drive, currentIndex } = system;
  const target = drive.value + drive.slope * (t - drive.time_s);
  let toward = 0;
  let farthest = Number.NaN;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;

  function gap(j: number): number {
    y[currentIndex] = j;
    if (!system.solvePotentials(y)) return Number.NaN;
    const V = system.voltageAt(y);
    if (Number.isNaN(V)) return Number.NaN;
    if (toward * j >= 0 && !(toward * V <= toward * farthest)) farthest = V;
    const held = drive.kind === 'power' ? j * V : V;
    least = Math.min(least, held);
    most = Math.max(most, held);
    return drive.kind === 'resistance' ? V - target * j : held - target;
  }

  function root(a: number, fa: number, b: number, fb: number): CurrentFound {
    const tolerance = CURRENT_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
    gap(bracketedRoot(gap, a, fa, b, fb, tolerance));
    return { kind: 'found' };
  }

  const atRest = gap(0);
  if (atRest === 0) return { kind: 'found' };
  // Oxidising the working electrode raises the voltage, so that a voltage above rest needs j > 0. A load follows V = target·j.
  if (drive.kind === 'voltage') toward = -Math.sign(atRest);
  else toward = Math.sign(target) * (drive.kind === 'resistance' && atRest < 0 ? -1 : 1);
  for (const direction of [toward, -toward]) {
    let before = { j: 0, gap: atRest };
    let here = before;
    for (let size = CURRENT_A_per_m2_FIRST; size <= CURRENT_A_per_m2_LAST; size *= CURRENT_FACTOR) {
      const next = { j: direction * size, gap: gap(direction * size) };
      if (Number.isNaN(next.gap)) {
        const edge = lastDefined(here.j, next.j, here.gap);
        if (edge.gap * here.gap < 0) return root(here.j, here.gap, edge.j, edge.gap);
        break;
      }
      if (here.gap !== 0 && next.gap * here.gap <= 0) return root(here.j, here.gap, next.j, next.gap);
      // The gap was nearest to 0 between its neighbours: a root may lie on either side of the extremum.
      if (Math.abs(here.gap) < Math.abs(before.gap) && Math.abs(here.gap) <= Math.abs(next.gap)) {
        const peak = extremum(before.j, next.j, Math.sign(here.gap));
        if (peak.gap * here.gap <= 0) return root(before.j, before.gap, peak.j, peak.gap);
      }
      before = here;
      here = next;
    }
  }
  return { kind: 'none', least, most, direction: toward, voltage: farthest };

  /** Toward a limiting current, beyond which no potential carries more: the last j that has one, or the first across the root. */
  function lastDefined(a: number, b: number, gapAtA: number): { readonly j: number; readonly gap: number } {
    let inside = { j: a, gap: gapAtA };
    let outside = b;
    for (let halving = 0; halving < SECTIONS_MAX; halving++) {
      const j = inside.j + (outside - inside.j) / 2;
      const value = gap(j);
      if (Number.isNaN(value)) outside = j;
      else inside = { j, gap: value };
      if (inside.gap * gapAtA < 0) break;
    }
    return inside;
  }

  /** Where sign·gap is least between a and b, by golden sections; at once where it has changed sign. */
  function extremum(a: number, b: number, sign: number): { readonly j: number; readonly gap: number } {
    let [left, right] = [a, b];
    let best = { j: a, gap: Number.POSITIVE_INFINITY };
    for (let section = 0; section < SECTIONS_MAX; section++) {
      const low = right - GOLDEN * (right - left);
      const high = left + GOLDEN * (right - left);
      const [atLow, atHigh] = [sign * gap(low), sign * gap(high)];
      if (atLow < atHigh) right = high;
      else left = low;
      const nearer = atLow < atHigh ? { j: low, gap: atLow } : { j: high, gap: atHigh };
      if (nearer.gap < best.gap) best = nearer;
      if (best.gap <= 0) break;
    }
    return { j: best.j, gap: sign * best.gap };
  }
}
