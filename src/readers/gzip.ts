// One instrument file packed by gzip. What it inflates to is bounded as it inflates, not by what it announces.

import { Gunzip } from 'fflate';
import { InputError } from '../units/index.ts';
import { INSTRUMENT_FILE_SIZE_MAX } from './contract.ts';
import { ZIP_RATIO_MAX } from './zip.ts';

/** Below this a file may be packed as tightly as it likes. */
const RATIO_SPARES_BYTES = 2 ** 22;
/** Packed bytes inflated between two looks at the size. */
const SLICE_SIZE = 2 ** 14;

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;

/** The bytes within. Throws InputError where they are damaged, too many, or packed again. */
export function unpackGzip(packed: Uint8Array, where: string): Uint8Array {
  const refuse = (found: string, wanted: string): never => {
    throw new InputError([{ where, found, wanted }]);
  };
  const size_max = Math.min(INSTRUMENT_FILE_SIZE_MAX, Math.max(RATIO_SPARES_BYTES, ZIP_RATIO_MAX * packed.length));
  const pieces: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const stream = new Gunzip((piece, final) => {
    if (piece.length > 0) pieces.push(piece);
    size += piece.length;
    ended ||= final;
  });
  for (let at = 0; at < packed.length; at += SLICE_SIZE) {
    try {
      stream.push(packed.subarray(at, at + SLICE_SIZE), at + SLICE_SIZE >= packed.length);
    } catch {
      refuse('gzip whose bytes do not inflate', 'an undamaged file');
    }
    if (size > size_max)
      refuse(`gzip of ${packed.length} bytes that inflates to more than ${size_max}`, 'an instrument file');
  }
  if (!ended || size === 0) refuse('gzip that breaks off or is empty', 'an undamaged file');
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  if (isGzip(whole)) refuse('gzip within gzip', 'an instrument file');
  return whole;
}
