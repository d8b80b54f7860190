import type { TextEncodingName } from './contract.ts';
import { textBytes } from './text-bytes.ts';

/** The text of a field of fixed width that a zero byte ends. */
export function fixedText(bytes: Uint8Array, from: number, size: number, encoding: TextEncodingName): string {
  const field = bytes.subarray(from, from + size);
  const end = field.indexOf(0);
  const text = textBytes(end < 0 ? field : field.subarray(0, end), encoding);
  return text.text(0, text.bytes.length).trim();
}
