// Random numbers that are the same everywhere for the same seed, and stratified samples made of them.

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

/**
 * A Latin hypercube (McKay, Beckman and Conover 1979, 10.1080/00401706.1979.10489755): `samples` points of [0, 1)^dimensions.
 * In every coordinate each of the `samples` equal strata holds just one point, at a random place inside it; which strata of
 * two coordinates meet in a point is random. A mean over it varies less than one over independent points, and never more
 * than such a mean of one point fewer.
 */
export function latinHypercube(samples: number, dimensions: number, random: RandomStream): Float64Array[] {
  const points = Array.from({ length: samples }, () => new Float64Array(dimensions));
  const strata = new Uint32Array(samples);
  for (let k = 0; k < dimensions; k++) {
    // Fisher-Yates, from the inside out.
    for (let i = 0; i < samples; i++) {
      const j = Math.floor(random() * (i + 1));
      strata[i] = strata[j]!;
      strata[j] = i;
    }
    for (let i = 0; i < samples; i++) points[i]![k] = Math.min((strata[i]! + random()) / samples, 1 - 2 ** -53);
  }
  return points;
}

/** What lies at the share p of a range: linear, or with equal shares for equal ratios (0 < low). */
export function atShare(p: number, low: number, high: number, scale: 'linear' | 'logarithmic'): number {
  if (p === 0) return low;
  if (p === 1) return high;
  const value = scale === 'linear' ? low + p * (high - low) : low * (high / low) ** p;
  return Math.min(high, Math.max(low, value));
}
