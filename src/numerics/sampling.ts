// Random numbers that are the same everywhere for the same seed, and stratified samples made of them.

import { power, square } from './elementary.ts';

/** A stream of numbers in [0, 1); each call gives the next. */
export type RandomStream = () => number;

/** Steps the Weyl sequence of splitmix; spreads neighbouring seeds over the whole state. */
const WEYL_STEP = 0x9e3779b9;

const rotateLeft = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits));

/**
 * The 32-bit words of xoshiro128** from its four words of state (Blackman and Vigna 2021, 10.1145/3460772): integer
 * arithmetic only, hence the same on every machine.
 */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const word = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return word;
  };
}

/** Uniform on [0, 1) with 53 random bits. `seed` is a whole number from 0 to 2^53 − 1; each gives a stream of its own. */
export function randomStream(seed: number): RandomStream {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`seed ${seed}: want a whole number from 0`);
  let weyl = seed >>> 0;
  const high = Math.floor(seed / 2 ** 32);
  // The finaliser of MurmurHash3 over a Weyl sequence, as splitmix does; the seed's high half goes in beside it.
  const scrambled = (): number => {
    weyl = (weyl + WEYL_STEP) | 0;
    let z = weyl ^ Math.imul(high, 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return z ^ (z >>> 16);
  };
  // Four different inputs of a one-to-one map: at most one of the words is zero, so the state never is.
  const word = xoshiro128([scrambled(), scrambled(), scrambled(), scrambled()]);
  return () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
}

/** Forward and backward sweeps; two columns of 64 then correlate by some thousandths. */
const SWEEPS = 6;
/** Points for each dimension from which columns can be made uncorrelated without losing what is random in them. */
const POINTS_PER_DIMENSION_MIN = 2;

/**
 * A Latin hypercube (McKay, Beckman and Conover 1979, 10.1080/00401706.1979.10489755): `samples` points of [0, 1)^dimensions.
 * In every coordinate each of the `samples` equal strata holds just one point, at a random place inside it. Which strata of two
 * coordinates meet in a point is random; where there are points enough (two for each dimension), coordinates are then made
 * nearly uncorrelated, so that no coordinate seems to do what another does.
 */
export function latinHypercube(samples: number, dimensions: number, random: RandomStream): Float64Array[] {
  const columns = Array.from({ length: dimensions }, () => permutation(samples, random));
  if (samples >= POINTS_PER_DIMENSION_MIN * dimensions) decorrelate(columns);
  const points = Array.from({ length: samples }, () => new Float64Array(dimensions));
  for (const [k, strata] of columns.entries()) {
    for (let i = 0; i < samples; i++) points[i]![k] = Math.min((strata[i]! + random()) / samples, 1 - 2 ** -53);
  }
  return points;
}

/** 0 … n − 1 in random order: Fisher and Yates' shuffle, from the inside out. */
function permutation(n: number, random: RandomStream): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const j = Math.floor(random() * (i + 1));
    out[i] = out[j]!;
    out[j] = i;
  }
  return out;
}

/**
 * Owen's ranked Gram-Schmidt (1994, Statistica Sinica 4, 517): take out of each column what follows another one, and put the
 * ranks of the remainder in its place; forwards and backwards in turn. Columns stay permutations.
 */
function decorrelate(columns: Float64Array[]): void {
  const count = columns.length;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const order = columns.map((_, k) => (sweep % 2 === 0 ? k : count - 1 - k));
    const remainders = columns.map(centred);
    for (let j = 1; j < count; j++) {
      for (let k = 0; k < j; k++) takeOut(remainders[order[j]!]!, remainders[order[k]!]!);
    }
    for (const [k, remainder] of remainders.entries()) {
      // Equal remainders keep their order: a rank that two shared would leave a stratum empty.
      const upwards = Array.from(remainder.keys()).sort((a, b) => remainder[a]! - remainder[b]!);
      for (const [rank, i] of upwards.entries()) columns[k]![i] = rank;
    }
  }
}

function centred(column: Float64Array): Float64Array {
  return column.map((value) => value - (column.length - 1) / 2);
}

/** Takes from `column`, of mean zero as `other` is, what is proportional to `other`. */
function takeOut(other: Float64Array, column: Float64Array): void {
  let [product, size] = [0, 0];
  for (let i = 0; i < column.length; i++) {
    product += other[i]! * column[i]!;
    size += square(other[i]!);
  }
  if (size === 0) return;
  for (let i = 0; i < column.length; i++) column[i]! -= (product / size) * other[i]!;
}

/** What lies at the share p of a range: linear, or with equal shares for equal ratios (0 < low). */
export function atShare(p: number, low: number, high: number, scale: 'linear' | 'logarithmic'): number {
  if (p === 0) return low;
  if (p === 1) return high;
  const value = scale === 'linear' ? low + p * (high - low) : low * power(high / low, p);
  return Math.min(high, Math.max(low, value));
}
