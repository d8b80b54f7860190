// Hostile bytes that can be made again from a number.

/** No input is larger than this, so one that takes seconds has hung. */
export const INPUT_SIZE_MAX = 96 * 1024;

/** mulberry32, so that a failure can be run again. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export type Draw = () => number;
export const pick = (draw: Draw, n: number): number => Math.floor(draw() * n);
const SEPARATORS = [9, 10, 13, 32, 34, 35, 44, 45, 46, 47, 58, 59, 60, 62, 91, 93, 101, 123, 125, 0, 255];
const EXTREMES = [0, 1, -1, 0x7fffffff, -0x80000000, 0x10000, 0xffff, 0x3f800000, 0x7ff00000];
const LONG_NUMBERS = [
  '9'.repeat(400),
  '1e999',
  '-',
  '0x7f',
  '١٢',
  '1,2,3,4',
  '1e-99999999999',
  '99999999:99:99',
  '"',
  'NaN',
];

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(
    Math.min(
      INPUT_SIZE_MAX,
      parts.reduce((sum, part) => sum + part.length, 0),
    ),
  );
  let at = 0;
  for (const part of parts) {
    const room = out.length - at;
    if (room <= 0) break;
    out.set(part.length > room ? part.subarray(0, room) : part, at);
    at += part.length;
  }
  return out;
}

/** One to six edits: bytes and words set, parts left out, doubled, repeated many times or taken from another file. */
export function mutate(bytes: Uint8Array, draw: Draw, other: Uint8Array = bytes): Uint8Array {
  let out: Uint8Array = bytes.slice(0, INPUT_SIZE_MAX);
  const edits = 1 + pick(draw, 6);
  for (let k = 0; k < edits; k++) {
    const at = pick(draw, out.length + 1);
    const size = 1 + pick(draw, 60);
    switch (pick(draw, 10)) {
      case 0:
      case 1:
        if (at < out.length) out[at] = pick(draw, 256);
        break;
      case 2:
        if (at < out.length) out[at] = SEPARATORS[pick(draw, SEPARATORS.length)]!;
        break;
      case 3:
        if (at + 4 <= out.length)
          new DataView(out.buffer, out.byteOffset).setInt32(at, EXTREMES[pick(draw, EXTREMES.length)]!, draw() < 0.5);
        break;
      case 4:
        out = joined(out.subarray(0, at), out.subarray(at + size));
        break;
      case 5: {
        const from = pick(draw, out.length + 1);
        out = joined(out.subarray(0, at), out.subarray(from, from + size), out.subarray(at));
        break;
      }
      case 6: {
        const piece = out.subarray(at, at + size);
        const times = pick(draw, draw() < 0.1 ? 600 : 8);
        out = joined(out.subarray(0, at), ...Array<Uint8Array>(times).fill(piece), out.subarray(at));
        break;
      }
      case 7: {
        const from = pick(draw, other.length + 1);
        out = joined(out.subarray(0, at), other.subarray(from, from + 10 * size), out.subarray(at));
        break;
      }
      case 8: {
        const word = LONG_NUMBERS[pick(draw, LONG_NUMBERS.length)]!;
        out = joined(out.subarray(0, at), new TextEncoder().encode(word), out.subarray(at));
        break;
      }
      default:
        if (draw() < 0.3) out = joined(out.subarray(0, at));
    }
  }
  return out;
}
