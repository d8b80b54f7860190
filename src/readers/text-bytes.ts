// Text of unknown encoding as bytes in which a tab, a comma, a digit and a line break are one byte each.

import type { TextEncodingName } from './contract.ts';

// Both environments have these; the engine's compiler settings, which know neither of them, do not.
declare const TextDecoder: new (
  label: string,
  options?: { readonly fatal?: boolean },
) => { decode(bytes: Uint8Array): string };
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

export interface TextBytes {
  /** Compatible with ASCII, without byte order mark. */
  readonly bytes: Uint8Array;
  /** How the file was written. */
  readonly encoding: TextEncodingName;
  /** The characters of bytes `from` to `to`. */
  text(from: number, to: number): string;
}

/** What a Japanese program writes above its columns; no bytes of another encoding spell these words by chance. */
const JAPANESE = /電圧|電流|時間|サイクル|周波数/;
/** Bytes in which those words are looked for. */
const WORDS_SIZE = 1 << 14;
/** Bytes looked at to tell the encoding. */
const SAMPLE_SIZE = 1 << 16;

export function textBytes(bytes: Uint8Array, wanted?: TextEncodingName): TextBytes {
  const encoding = wanted ?? guessEncoding(bytes);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const decoded = new TextDecoder(encoding).decode(bytes);
    const narrow = new TextEncoder().encode(decoded.charCodeAt(0) === 0xfeff ? decoded.slice(1) : decoded);
    return { bytes: narrow, encoding, text: textOf(narrow, 'utf-8') };
  }
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const plain = marked ? bytes.subarray(3) : bytes;
  return { bytes: plain, encoding, text: textOf(plain, encoding) };
}

/** Other bytes in the encoding that those of `source` have come to. */
export function withBytes(source: TextBytes, bytes: Uint8Array): TextBytes {
  const { encoding } = source;
  return { bytes, encoding, text: textOf(bytes, encoding.startsWith('utf-16') ? 'utf-8' : encoding) };
}

function textOf(bytes: Uint8Array, encoding: TextEncodingName): TextBytes['text'] {
  const decoder = new TextDecoder(encoding);
  return (from, to) => decoder.decode(bytes.subarray(from, to));
}

/**
 * A byte order mark decides; else every other byte zero is UTF-16, what decodes without fault is UTF-8, what spells Japanese words of a
 * battery test is Shift-JIS, high bytes that come in pairs are Chinese (GBK), and single ones, such as ° and µ, Western (Windows-1252, which holds Latin-1).
 */
export function guessEncoding(bytes: Uint8Array): TextEncodingName {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE_SIZE);
  const pairs = sample.length >> 1;
  let zerosEven = 0;
  let zerosOdd = 0;
  for (let k = 0; k < pairs; k++) {
    if (sample[2 * k] === 0) zerosEven++;
    if (sample[2 * k + 1] === 0) zerosOdd++;
  }
  if (pairs >= 4 && zerosOdd > 0.7 * pairs && zerosEven < 0.2 * pairs) return 'utf-16le';
  if (pairs >= 4 && zerosEven > 0.7 * pairs && zerosOdd < 0.2 * pairs) return 'utf-16be';
  if (isUtf8(sample)) return 'utf-8';
  if (JAPANESE.test(new TextDecoder('shift_jis').decode(sample.subarray(0, WORDS_SIZE)))) return 'shift_jis';
  let paired = 0;
  let single = 0;
  for (let k = 0; k < sample.length; k++) {
    if (sample[k]! < 0x80) continue;
    if (sample[k]! >= 0xa1 && (sample[k + 1] ?? 0) >= 0xa1) {
      paired++;
      k++;
    } else single++;
  }
  return paired >= 2 && paired > 4 * single ? 'gbk' : 'windows-1252';
}

function isUtf8(sample: Uint8Array): boolean {
  if (decodes(sample)) return true;
  // The sample, or a file that was cut, may end inside a character of up to four bytes; then another one must show that it is UTF-8.
  let end = sample.length;
  for (let k = 0; k < 3 && end > 0 && (sample[end - 1]! & 0xc0) === 0x80; k++) end--;
  if (end > 0 && sample[end - 1]! >= 0xc0) end--;
  const whole = sample.subarray(0, end);
  return end < sample.length && whole.some((byte) => byte >= 0x80) && decodes(whole);
}

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
