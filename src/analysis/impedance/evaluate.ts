// A circuit made ready for many evaluations at the same frequencies: its buffers are made once, and an evaluation allocates nothing.

import { type AngularFrequencies, angularFrequencies } from '../../physics/index.ts';
import type { Circuit, CircuitNode } from './circuit.ts';

export interface CompiledCircuit {
  /** Number of frequencies n. */
  readonly points: number;
  /**
   * Writes Z(p) as n real parts and n imaginary parts, ohm, to `z`, and where `dz` is given ∂Z/∂p_i to its i-th block of 2n.
   */
  readonly impedanceInto: (p: Float64Array, z: Float64Array, dz: Float64Array | null) => void;
}

/** A node that fills its own `z`, and the blocks of `dz` of its own parameters. */
interface CompiledNode {
  readonly z: Float64Array;
  readonly first: number;
  readonly count: number;
  readonly run: (p: Float64Array, dz: Float64Array | null) => void;
}

/** Frequencies in Hz, positive. */
export function compileCircuit(circuit: Circuit, frequency_Hz: ArrayLike<number>): CompiledCircuit {
  const node = compileNode(circuit.root, angularFrequencies(frequency_Hz));
  return {
    points: frequency_Hz.length,
    impedanceInto: (p, z, dz) => {
      node.run(p, dz);
      z.set(node.z);
    },
  };
}

/** Z of a circuit at its parameters, left to right; for tables and figures. */
export function circuitImpedance(
  circuit: Circuit,
  parameters: ArrayLike<number>,
  frequency_Hz: ArrayLike<number>,
): { readonly real_ohm: Float64Array; readonly imaginary_ohm: Float64Array } {
  const n = frequency_Hz.length;
  const z = new Float64Array(2 * n);
  compileCircuit(circuit, frequency_Hz).impedanceInto(Float64Array.from(parameters), z, null);
  return { real_ohm: z.slice(0, n), imaginary_ohm: z.slice(n) };
}

function compileNode(node: CircuitNode, frequencies: AngularFrequencies): CompiledNode {
  const z = new Float64Array(2 * frequencies.omega.length);
  if (node.kind === 'element') {
    const { law, parameters } = node.element;
    const { first } = node;
    return { z, first, count: parameters.length, run: (p, dz) => law(p, first, frequencies, z, dz) };
  }
  const parts = node.parts.map((part) => compileNode(part, frequencies));
  const first = parts[0]!.first;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  return { z, first, count, run: node.kind === 'series' ? seriesOf(parts, z) : parallelOf(parts, z) };
}

/** Z = Σ Z_k; the derivatives stay as they are. */
function seriesOf(parts: readonly CompiledNode[], z: Float64Array): CompiledNode['run'] {
  return (p, dz) => {
    z.fill(0);
    for (const part of parts) {
      part.run(p, dz);
      for (let k = 0; k < z.length; k++) z[k]! += part.z[k]!;
    }
  };
}

/** 1/Z = Σ 1/Z_k;  ∂Z/∂p = (Z/Z_k)²·∂Z_k/∂p for a parameter of branch k. */
function parallelOf(parts: readonly CompiledNode[], z: Float64Array): CompiledNode['run'] {
  const n = z.length / 2;
  return (p, dz) => {
    z.fill(0);
    for (const part of parts) {
      part.run(p, dz);
      for (let k = 0; k < n; k++) {
        const re = part.z[k]!;
        const im = part.z[n + k]!;
        const square = re * re + im * im;
        z[k]! += re / square;
        z[n + k]! -= im / square;
      }
    }
    for (let k = 0; k < n; k++) {
      const re = z[k]!;
      const im = z[n + k]!;
      const square = re * re + im * im;
      z[k] = re / square;
      z[n + k] = -im / square;
    }
    if (dz) for (const part of parts) scaleSlopes(part, z, dz, n);
  };
}

function scaleSlopes({ z: own, first, count }: CompiledNode, z: Float64Array, dz: Float64Array, n: number): void {
  for (let k = 0; k < n; k++) {
    const square = own[k]! * own[k]! + own[n + k]! * own[n + k]!;
    const re = (z[k]! * own[k]! + z[n + k]! * own[n + k]!) / square;
    const im = (z[n + k]! * own[k]! - z[k]! * own[n + k]!) / square;
    const gRe = re * re - im * im;
    const gIm = 2 * re * im;
    for (let i = first; i < first + count; i++) {
      const at = 2 * n * i + k;
      const slopeRe = dz[at]!;
      const slopeIm = dz[at + n]!;
      dz[at] = gRe * slopeRe - gIm * slopeIm;
      dz[at + n] = gRe * slopeIm + gIm * slopeRe;
    }
  }
}
