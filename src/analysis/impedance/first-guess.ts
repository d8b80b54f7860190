// Where a fit starts when nobody says: arcs from the peaks of a quick distribution of relaxation times, in the order of the circuit from
// short to long time constants, everything else from the ends of the spectrum.

import type { RandomStream } from '../../numerics/index.ts';
import type { ImpedanceSpectrum } from '../../records/index.ts';
import type { Circuit, CircuitNode } from './circuit.ts';
import { relaxationTimes } from './relaxation-times.ts';

/** What a spectrum shows at a glance. */
interface Features {
  readonly omega_min: number;
  readonly omega_max: number;
  /** Ohm at the high-frequency end, and from there to the other end. */
  readonly ohmic: number;
  readonly span: number;
  /** −Im at the lowest frequency where that is capacitive, ohm. */
  readonly tail: number;
  /** Im/ω at the highest frequency where that is inductive, H. */
  readonly inductance: number;
  readonly peaks: readonly Arc[];
}

interface Arc {
  readonly R: number;
  readonly tau: number;
}

/** Weight and nodes of the quick distribution: enough to see where arcs stand. */
const QUICK = { regularisation: 1e-5, nodesPerDecade: 5 };
/** An exponent before anything is known of it. */
const EXPONENT = 0.85;
/** A part that the spectrum does not show starts as this share of the whole. */
const SHARE_UNSEEN = 0.1;

export function featuresOf(spectrum: ImpedanceSpectrum): Features {
  const { frequency_Hz, real_ohm, imaginary_ohm } = spectrum;
  const order = Array.from(frequency_Hz.keys()).sort((a, b) => frequency_Hz[a]! - frequency_Hz[b]!);
  const [low, high] = [order[0]!, order.at(-1)!];
  const omega_min = 2 * Math.PI * frequency_Hz[low]!;
  const omega_max = 2 * Math.PI * frequency_Hz[high]!;
  const largest = Math.max(...real_ohm.map((re, k) => Math.hypot(re, imaginary_ohm[k]!)));
  const ohmic = Math.max(1e-6 * largest, Math.min(...real_ohm));
  const span = Math.max(1e-3 * largest, Math.max(...real_ohm) - ohmic);
  const { peaks } = relaxationTimes(spectrum, QUICK);
  return {
    omega_min,
    omega_max,
    ohmic,
    span,
    tail: Math.max(1e-3 * largest, -imaginary_ohm[low]!),
    inductance: Math.max(1e-4 * (largest / omega_max), imaginary_ohm[high]! / omega_max),
    peaks: peaks.map(({ resistance_ohm, timeConstant_s }) => ({ R: resistance_ohm, tau: timeConstant_s })),
  };
}

/** Parts of the outermost series, each an arc or something by itself. */
const outermost = (circuit: Circuit): readonly CircuitNode[] =>
  circuit.root.kind === 'series' ? circuit.root.parts : [circuit.root];

const ARC_ELEMENTS: readonly string[] = ['K', 'Zarc', 'G'];

/** Whether a part of a circuit is an arc of the Nyquist plot. */
export const isArc = (node: CircuitNode): boolean =>
  node.kind === 'parallel' || (node.kind === 'element' && ARC_ELEMENTS.includes(node.element.symbol));

/** Parameters to start from. With `random`, a start thrown at random over what the spectrum leaves open. */
export function firstGuess(circuit: Circuit, features: Features, random: RandomStream | null): Float64Array {
  const p = new Float64Array(circuit.parameters.length);
  const parts = outermost(circuit);
  const arcs = arcsFor(parts.filter(isArc).length, features, random);
  const resistors = parts.filter((part) => part.kind === 'element' && part.element.symbol === 'R').length;
  let next = 0;
  for (const part of parts) {
    if (isArc(part)) fillArc(part, arcs[next++]!, features, p);
    else if (part.kind === 'element') fillAlone(part, features, resistors, p);
  }
  if (random) {
    const isExponent = circuit.parameters.map(({ kind }) => kind === 'exponent');
    for (let i = 0; i < p.length; i++) {
      p[i] = isExponent[i] ? 0.5 + 0.5 * random() : p[i]! * 10 ** (2 * random() - 1);
    }
  }
  return p;
}

/** So many arcs, short to long: the largest peaks, and between them in the widest gaps what the peaks do not show. */
function arcsFor(count: number, { peaks, span, omega_min, omega_max }: Features, random: RandomStream | null): Arc[] {
  if (random) {
    const window = Math.log(omega_max / omega_min);
    const arcs = Array.from({ length: count }, () => ({
      R: span * 10 ** (-1.5 * random()),
      tau: Math.exp(random() * window) / omega_max,
    }));
    return arcs.sort((a, b) => a.tau - b.tau);
  }
  const arcs = [...peaks].sort((a, b) => b.R - a.R).slice(0, count);
  while (arcs.length < count) {
    const edges = [1 / omega_max, ...arcs.map(({ tau }) => tau), 1 / omega_min].sort((a, b) => a - b);
    let widest = 1;
    for (let k = 2; k < edges.length; k++) {
      if (edges[k]! / edges[k - 1]! > edges[widest]! / edges[widest - 1]!) widest = k;
    }
    arcs.push({ R: SHARE_UNSEEN * span, tau: Math.sqrt(edges[widest]! * edges[widest - 1]!) });
  }
  return arcs.sort((a, b) => a.tau - b.tau);
}

/** Every element of an arc, nested ones too, as if it alone made the arc. */
function fillArc(node: CircuitNode, arc: Arc, features: Features, p: Float64Array): void {
  if (node.kind !== 'element') {
    for (const part of node.parts) fillArc(part, arc, features, p);
    return;
  }
  const { R, tau } = arc;
  const slow = 1 / features.omega_min;
  const at = node.first;
  switch (node.element.symbol) {
    case 'R':
      p[at] = R;
      break;
    case 'C':
      p[at] = tau / R;
      break;
    case 'L':
      p[at] = tau * R;
      break;
    case 'W':
      p[at] = SHARE_UNSEEN * R * Math.sqrt(features.omega_min);
      break;
    case 'CPE':
      p.set([tau ** EXPONENT / R, EXPONENT], at);
      break;
    case 'La':
      p.set([R * tau, EXPONENT], at);
      break;
    case 'Wo':
    case 'Ws':
      p.set([R, slow], at);
      break;
    case 'Gs':
      p.set([R, tau, 1], at);
      break;
    case 'G':
    case 'K':
      p.set([R, tau], at);
      break;
    case 'Zarc':
      p.set([R, tau, EXPONENT], at);
      break;
    case 'TLMQ':
      p.set([R, tau ** EXPONENT / R, EXPONENT], at);
      break;
    case 'TLM':
      p.set([R, R, tau ** EXPONENT / R, EXPONENT], at);
      break;
    default:
      p.set([R, R, 1, tau], at);
  }
}

/** An element by itself in the outermost series. */
function fillAlone(
  node: Extract<CircuitNode, { kind: 'element' }>,
  features: Features,
  resistors: number,
  p: Float64Array,
): void {
  const { omega_min, tail, inductance, ohmic, span } = features;
  const at = node.first;
  switch (node.element.symbol) {
    case 'R':
      p[at] = ohmic / resistors;
      break;
    case 'L':
      p[at] = inductance;
      break;
    case 'La':
      p.set([inductance, 0.95], at);
      break;
    case 'C':
      p[at] = 1 / (omega_min * tail);
      break;
    case 'CPE':
      p.set([omega_min ** -EXPONENT / tail, EXPONENT], at);
      break;
    case 'W':
      p[at] = tail * Math.sqrt(omega_min);
      break;
    case 'Wo':
    case 'Ws':
      p.set([tail, 1 / omega_min], at);
      break;
    default:
      fillArc(node, { R: span, tau: 1 / omega_min }, features, p);
  }
}
