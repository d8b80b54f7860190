// Snappy's raw format, which Parquet packs its pages in: runs of bytes as they are, and copies of what stands before. The size is given from
// outside and never exceeded.
//
// Format: github.com/google/snappy, format_description.txt.

/** The bytes of a packed block that must unpack to `size`; null where it does not. */
export function unpackSnappy(packed: Uint8Array, size: number): Uint8Array | null {
  let at = 0;
  let announced = 0;
  for (let shift = 0; ; shift += 7) {
    if (at >= packed.length || shift > 28) return null;
    const byte = packed[at++]!;
    announced += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  if (announced !== size) return null;
  const out = new Uint8Array(size);
  let to = 0;
  while (at < packed.length) {
    const tag = packed[at++]!;
    const kind = tag & 3;
    if (kind === 0) {
      let length = tag >> 2;
      if (length >= 60) {
        const bytes = length - 59;
        if (at + bytes > packed.length) return null;
        length = 0;
        for (let k = 0; k < bytes; k++) length += packed[at++]! * 2 ** (8 * k);
      }
      length++;
      if (at + length > packed.length || to + length > size) return null;
      out.set(packed.subarray(at, at + length), to);
      at += length;
      to += length;
      continue;
    }
    let length: number;
    let back: number;
    if (kind === 1) {
      length = 4 + ((tag >> 2) & 7);
      back = ((tag >> 5) << 8) | (packed[at++] ?? 0);
    } else {
      length = 1 + (tag >> 2);
      back = (packed[at] ?? 0) | ((packed[at + 1] ?? 0) << 8);
      at += 2;
      if (kind === 3) {
        back += (packed[at] ?? 0) * 65536 + (packed[at + 1] ?? 0) * 16777216;
        at += 2;
      }
    }
    if (at > packed.length || back === 0 || back > to || to + length > size) return null;
    // A copy may reach into what it writes, and then repeats it.
    if (back >= length) out.copyWithin(to, to - back, to - back + length);
    else for (let k = 0; k < length; k++) out[to + k] = out[to + k - back]!;
    to += length;
  }
  return to === size ? out : null;
}
