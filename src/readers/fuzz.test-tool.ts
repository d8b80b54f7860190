// Hostile bytes that can be made again from a number.

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

/** A few edits of the kinds that transfer, editors and failing disks make. */
export function mutate(bytes: Uint8Array, draw: () => number): Uint8Array {
  const pick = (n: number): number => Math.floor(draw() * n);
  let out = Uint8Array.from(bytes);
  const edits = 1 + pick(6);
  for (let k = 0; k < edits; k++) {
    const at = pick(out.length + 1);
    switch (pick(6)) {
      case 0:
        if (at < out.length) out[at] = pick(256);
        break;
      case 1:
        out = out.slice(0, at);
        break;
      case 2:
        out = Uint8Array.from([...out.slice(0, at), ...out.slice(at + pick(40))]);
        break;
      case 3: {
        const from = pick(out.length + 1);
        out = Uint8Array.from([...out.slice(0, at), ...out.slice(from, from + pick(80)), ...out.slice(at)]);
        break;
      }
      case 4:
        for (let j = at; j < Math.min(out.length, at + 4); j++) out[j] = [0, 0xff, 0x7f, 0x80][pick(4)]!;
        break;
      default:
        if (at < out.length) out[at] = [9, 10, 13, 32, 34, 44, 45, 46, 59, 101][pick(10)]!;
    }
  }
  return out;
}
