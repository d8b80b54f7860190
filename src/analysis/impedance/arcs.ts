// Arcs of a fitted circuit: their time constants, their order, and the capacitance behind a constant phase.

import type { ImpedanceSpectrum } from '../../records/index.ts';
import { brugCapacitance_F, hsuMansfeldCapacitance_F } from './capacitance.ts';
import type { Circuit, CircuitNode } from './circuit.ts';
import { compileCircuit } from './evaluate.ts';
import { isArc } from './first-guess.ts';

export interface ArcOfFit {
  /** Text of its part of the circuit. */
  readonly part: string;
  /** 1/ω at the largest −Im of this part alone. */
  readonly timeConstant_s: number;
  /** Of the resistor beside the capacitor or constant phase; null for other kinds of arc. */
  readonly resistance_ohm: number | null;
  /** Of a capacitor as fitted; of a constant phase by Hsu and Mansfeld, the layer being normal to the surface. */
  readonly capacitance_F: number | null;
  /** Of a constant phase by Brug, the spread lying along the surface; null where there is no constant phase. */
  readonly brugCapacitance_F: number | null;
}

/** Decades beyond the frequencies of the data in which the top of an arc is looked for, and points per decade. */
const DECADES_BEYOND = 6;
const POINTS_PER_DECADE = 12;

const outermostArcs = ({ root }: Circuit): readonly CircuitNode[] =>
  (root.kind === 'series' ? root.parts : [root]).filter(isArc);

/** Arcs by time constant, shortest first. */
export function arcsOf(circuit: Circuit, values: Float64Array, spectrum: ImpedanceSpectrum): ArcOfFit[] {
  const outer = circuit.root.kind === 'series' ? circuit.root.parts : [circuit.root];
  const ohmic = outer.reduce((sum, part) => sum + (isElement(part, 'R') ? values[part.first]! : 0), 0);
  const arcs = outermostArcs(circuit).map((part): ArcOfFit => {
    const timeConstant_s = timeConstantOf(part, circuit, values, spectrum);
    const none = { resistance_ohm: null, capacitance_F: null, brugCapacitance_F: null };
    const common = { part: textOf(part), timeConstant_s, ...none };
    if (part.kind === 'element') {
      if (part.element.symbol === 'G') return { ...common, resistance_ohm: values[part.first]! };
      const [R, tau] = [values[part.first]!, values[part.first + 1]!];
      return { ...common, resistance_ohm: R, capacitance_F: tau / R };
    }
    const R = resistorOf(part, values);
    const capacitor = part.parts.find((branch) => isElement(branch, 'C'));
    const phase = part.parts.find((branch) => isElement(branch, 'CPE'));
    if (capacitor !== undefined && isElement(capacitor, 'C'))
      return { ...common, resistance_ohm: R, capacitance_F: values[capacitor.first]! };
    if (R === null || phase === undefined || !isElement(phase, 'CPE')) return { ...common, resistance_ohm: R };
    const [Q, alpha] = [values[phase.first]!, values[phase.first + 1]!];
    return {
      ...common,
      resistance_ohm: R,
      capacitance_F: hsuMansfeldCapacitance_F(Q, alpha, R),
      brugCapacitance_F: ohmic > 0 ? brugCapacitance_F(Q, alpha, ohmic, R) : null,
    };
  });
  return arcs.sort((a, b) => a.timeConstant_s - b.timeConstant_s);
}

/**
 * The values with arcs of the same kind put in the order of their time constants, left to right; null where they are so already. An arc
 * with a pinned parameter stays where the caller named it.
 */
export function orderArcs(
  circuit: Circuit,
  values: Float64Array,
  spectrum: ImpedanceSpectrum,
  isPinned: (name: string) => boolean,
): Float64Array | null {
  const groups = new Map<string, CircuitNode[]>();
  for (const arc of outermostArcs(circuit)) {
    const places = placesOf(arc);
    if (places.some((i) => isPinned(circuit.parameters[i]!.name))) continue;
    const kind = kindOf(arc);
    groups.set(kind, [...(groups.get(kind) ?? []), arc]);
  }
  const out = values.slice();
  for (const arcs of groups.values()) {
    const taus = arcs.map((arc) => timeConstantOf(arc, circuit, values, spectrum));
    const order = arcs.map((_, k) => k).sort((a, b) => taus[a]! - taus[b]!);
    for (const [k, from] of order.entries()) {
      const source = placesOf(arcs[from]!);
      for (const [j, place] of placesOf(arcs[k]!).entries()) out[place] = values[source[j]!]!;
    }
  }
  return out.every((value, i) => value === values[i]) ? null : out;
}

const isElement = (node: CircuitNode, symbol: string): node is Extract<CircuitNode, { kind: 'element' }> =>
  node.kind === 'element' && node.element.symbol === symbol;

/** The resistor of a branch of its own, or the first one of a branch in series. */
function resistorOf(node: Extract<CircuitNode, { kind: 'series' | 'parallel' }>, values: Float64Array): number | null {
  for (const branch of node.parts) {
    const parts = branch.kind === 'series' ? branch.parts : [branch];
    const resistor = parts.find((part) => isElement(part, 'R'));
    if (resistor !== undefined && isElement(resistor, 'R')) return values[resistor.first]!;
  }
  return null;
}

/** Places of its parameters, left to right. */
function placesOf(node: CircuitNode): number[] {
  if (node.kind !== 'element') return node.parts.flatMap(placesOf);
  return node.element.parameters.map((_, k) => node.first + k);
}

/** The text without ids: arcs of one kind differ in their values only. */
function kindOf(node: CircuitNode): string {
  if (node.kind === 'element') return node.element.symbol;
  return `${node.kind}(${node.parts.map(kindOf).join(',')})`;
}

function textOf(node: CircuitNode): string {
  if (node.kind === 'element') return node.name;
  return node.kind === 'series' ? node.parts.map(textOf).join('-') : `p(${node.parts.map(textOf).join(',')})`;
}

/** By the first top of −Im from high frequency down, with a parabola through its neighbours. */
function timeConstantOf(
  part: CircuitNode,
  circuit: Circuit,
  values: Float64Array,
  { frequency_Hz }: ImpedanceSpectrum,
): number {
  const high = Math.log10(Math.max(...frequency_Hz)) + DECADES_BEYOND;
  const low = Math.log10(Math.min(...frequency_Hz)) - DECADES_BEYOND;
  const points = Math.ceil((high - low) * POINTS_PER_DECADE) + 1;
  const exponent = (k: number): number => high - k / POINTS_PER_DECADE;
  const grid = Array.from({ length: points }, (_, k) => 10 ** exponent(k));
  const z = new Float64Array(2 * points);
  compileCircuit({ ...circuit, root: part }, grid).impedanceInto(values, z, null);
  const y = (k: number): number => -z[points + k]!;
  let top = 1;
  while (top < points - 1 && !(y(top) > y(top - 1) && y(top) >= y(top + 1))) top++;
  const bend = y(top - 1) - 2 * y(top) + (y(top + 1) || 0);
  const shift = top < points - 1 && bend < 0 ? (y(top - 1) - y(top + 1)) / (2 * bend) : 0;
  return 1 / (2 * Math.PI * 10 ** (exponent(top) - shift / POINTS_PER_DECADE));
}

/** Most arcs of one kind whose orders are all tried. */
const ARCS_ALIGNED_MAX = 4;

/**
 * The values with arcs of the same kind in that order in which they are nearest to those of `reference`, by the distance given: one arc
 * is then followed through a series though its time constant passes another's.
 */
export function alignArcs(
  circuit: Circuit,
  values: Float64Array,
  reference: Float64Array,
  distance: (place: number, value: number, referenceValue: number) => number,
  isPinned: (name: string) => boolean,
): Float64Array {
  const groups = new Map<string, number[][]>();
  for (const arc of outermostArcs(circuit)) {
    const places = placesOf(arc);
    if (places.some((i) => isPinned(circuit.parameters[i]!.name))) continue;
    const kind = kindOf(arc);
    groups.set(kind, [...(groups.get(kind) ?? []), places]);
  }
  const out = values.slice();
  for (const arcs of groups.values()) {
    if (arcs.length < 2 || arcs.length > ARCS_ALIGNED_MAX) continue;
    const apart = (order: readonly number[]): number =>
      order.reduce(
        (sum, from, k) =>
          sum + arcs[k]!.reduce((s, place, j) => s + distance(place, values[arcs[from]![j]!]!, reference[place]!), 0),
        0,
      );
    const best = permutations(arcs.length).reduce((a, b) => (apart(b) < apart(a) ? b : a));
    for (const [k, from] of best.entries()) {
      for (const [j, place] of arcs[k]!.entries()) out[place] = values[arcs[from]![j]!]!;
    }
  }
  return out;
}

/** All orders of 0 … n − 1, the sorted one first. */
function permutations(n: number): readonly (readonly number[])[] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((order) =>
    Array.from({ length: n }, (_, k) => [...order.slice(0, n - 1 - k), n - 1, ...order.slice(n - 1 - k)]),
  );
}
