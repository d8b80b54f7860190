// A ZIP archive held in memory, read by its directory. Nothing is written to a disk, and still the names are checked, because a name that
// climbs out of its folder is never an instrument's. What an entry inflates to is bounded as it inflates, not by what the archive announces.

import { Inflate } from 'fflate';
import { InputError } from '../units/index.ts';
import { startsWith } from './starts-with.ts';
import { textBytes } from './text-bytes.ts';

export interface ZipEntry {
  /** With forward slashes. */
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  /** Place and size of the compressed bytes. */
  readonly from: number;
  readonly packed_bytes: number;
  readonly unpacked_bytes: number;
  readonly crc: number;
}

export interface ZipArchive {
  /** Files, without folders, in the order of the directory. */
  readonly entries: readonly ZipEntry[];
  /** The bytes of an entry. Throws InputError where it is encrypted, packed by another method, damaged or too large. */
  read(entry: ZipEntry): Uint8Array;
}

/** Files in one archive. */
export const ZIP_ENTRIES_MAX = 10_000;
/** What one entry, and all that are read of one archive, may inflate to: the largest sheet of a workbook, and the rest of it. */
export const ZIP_ENTRY_SIZE_MAX = 2 ** 30;
export const ZIP_TOTAL_SIZE_MAX = 1.5 * 2 ** 30;
/**
 * Inflated over packed size above which an entry is no measurement: deflate reaches 1032, real tables up to about 100. Small entries are
 * spared.
 */
export const ZIP_RATIO_MAX = 250;
const ZIP_RATIO_SPARES_BYTES = 2 ** 22;
/** Packed bytes inflated between two looks at the size. */
const SLICE_SIZE = 2 ** 14;

const END_SIZE = 22;
const COMMENT_SIZE_MAX = 0xffff;
const DIRECTORY_ENTRY_SIZE = 46;
const LOCAL_HEADER_SIZE = 30;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAGS = 0x41;
const UTF8_FLAG = 0x800;
const IN_EXTRA = 0xffffffff;

export function isZip(bytes: Uint8Array): boolean {
  return startsWith(bytes, 'PK\u0003\u0004') || startsWith(bytes, 'PK\u0005\u0006');
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (let k = 0; k < bytes.length; k++) value = CRC_TABLE[(value ^ bytes[k]!) & 0xff]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** Why a name must not stand in an archive; null where it may. */
export function zipNameFault(name: string): string | null {
  if (/^[/\\]|^[a-z]:/i.test(name)) return 'an absolute path';
  if (name.split(/[/\\]/).includes('..')) return 'a path out of the archive';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters in a name are what is looked for.
  return name === '' || /[\u0000-\u001f]/.test(name) ? 'no name of a file' : null;
}

/** Reads the directory of an archive. Throws InputError that says what is wrong with it. `where` names the file in errors. */
export function openZip(bytes: Uint8Array, where: string): ZipArchive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fail = (found: string, wanted: string, hint?: string): never => {
    throw new InputError([{ where, found, wanted, ...(hint === undefined ? {} : { hint }) }]);
  };
  const damaged = (found: string): never => fail(found, 'a whole ZIP archive', 'copy or download the file again');
  const { count, from, size } = findDirectory(bytes, view, damaged);
  if (count > ZIP_ENTRIES_MAX) fail(`an archive of ${count} files`, `at most ${ZIP_ENTRIES_MAX}`);
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  const spans: { readonly from: number; readonly to: number }[] = [];
  let at = from;
  for (let k = 0; k < count; k++) {
    const isWhole = at + DIRECTORY_ENTRY_SIZE <= from + size && view.getUint32(at, true) === 0x02014b50;
    const extraFrom = isWhole ? at + DIRECTORY_ENTRY_SIZE + view.getUint16(at + 28, true) : 0;
    const extraSize = isWhole ? view.getUint16(at + 30, true) : 0;
    const next = isWhole ? extraFrom + extraSize + view.getUint16(at + 32, true) : Number.POSITIVE_INFINITY;
    if (next > from + size) damaged(`a directory that breaks off after ${k} of ${count} files`);
    const flags = view.getUint16(at + 8, true);
    const encoded = textBytes(
      bytes.subarray(at + DIRECTORY_ENTRY_SIZE, extraFrom),
      flags & UTF8_FLAG ? 'utf-8' : 'windows-1252',
    );
    const name = encoded.text(0, encoded.bytes.length).replaceAll('\\', '/');
    const shown = `'${name.slice(0, 80)}'`;
    const fault = zipNameFault(name);
    if (fault !== null) fail(`${fault} in the archive: ${shown}`, 'names of files within the archive');
    const sizes = sizesOf(view, at, extraFrom, extraSize);
    if (!(sizes.headerFrom + LOCAL_HEADER_SIZE <= from) || view.getUint32(sizes.headerFrom, true) !== 0x04034b50)
      damaged(`no data where ${shown} should stand`);
    const dataFrom =
      sizes.headerFrom +
      LOCAL_HEADER_SIZE +
      view.getUint16(sizes.headerFrom + 26, true) +
      view.getUint16(sizes.headerFrom + 28, true);
    const to = dataFrom + sizes.packed_bytes;
    if (!(to <= from)) damaged(`${shown} reaches beyond the data of the archive`);
    spans.push({ from: sizes.headerFrom, to });
    const entry: ZipEntry = {
      name,
      method: view.getUint16(at + 10, true),
      encrypted: (flags & ENCRYPTED_FLAGS) !== 0,
      from: dataFrom,
      packed_bytes: sizes.packed_bytes,
      unpacked_bytes: sizes.unpacked_bytes,
      crc: view.getUint32(at + 16, true),
    };
    at = next;
    if (name.endsWith('/')) continue;
    // Programs differ on which of two equal names counts, so neither is believed.
    if (names.has(name)) fail(`two files named ${shown} in the archive`, 'each name once');
    names.add(name);
    entries.push(entry);
  }
  // Many entries over the same packed bytes make a small archive inflate to any size.
  spans.sort((a, b) => a.from - b.from);
  for (let k = 1; k < spans.length; k++)
    if (spans[k]!.from < spans[k - 1]!.to) fail('files that overlap in the archive', 'each with bytes of its own');

  let total = 0;
  return {
    entries,
    read(entry) {
      const shown = `${where}, ${entry.name.slice(0, 80)}`;
      const refuse = (found: string, wanted: string, hint?: string): never => {
        throw new InputError([{ where: shown, found, wanted, ...(hint === undefined ? {} : { hint }) }]);
      };
      if (entry.encrypted) refuse('an encrypted file', 'a file without a password', 'unpack it first');
      if (entry.method !== STORED && entry.method !== DEFLATED)
        refuse(`packing method ${entry.method}`, 'stored (0) or deflated (8)', 'unpack it first');
      const packed = bytes.subarray(entry.from, entry.from + entry.packed_bytes);
      const byRatio = Math.max(ZIP_RATIO_SPARES_BYTES, ZIP_RATIO_MAX * packed.length);
      const size_max = Math.min(ZIP_ENTRY_SIZE_MAX, byRatio, ZIP_TOTAL_SIZE_MAX - total);
      const tooLarge = (): never =>
        refuse(
          `more than ${size_max} bytes inflated from ${packed.length}`,
          `at most ${ZIP_ENTRY_SIZE_MAX} bytes a file, ${ZIP_TOTAL_SIZE_MAX} in all, ${ZIP_RATIO_MAX} times the packed size`,
        );
      if (entry.unpacked_bytes > size_max) tooLarge();
      const whole = entry.method === STORED ? packed : inflate(packed, entry.unpacked_bytes, refuse);
      if (whole.length !== entry.unpacked_bytes)
        refuse(`${whole.length} bytes where ${entry.unpacked_bytes} were packed`, 'an undamaged file');
      if (crc32(whole) !== entry.crc)
        refuse('content that does not fit its checksum', 'an undamaged file', 'copy or download the file again');
      total += whole.length;
      return whole;
    },
  };
}

/** Inflates into as many bytes as were announced, and no more. */
function inflate(packed: Uint8Array, size: number, refuse: (found: string, wanted: string) => never): Uint8Array {
  const whole = new Uint8Array(size);
  let filled = 0;
  let ended = false;
  const stream = new Inflate((chunk, final) => {
    if (filled + chunk.length <= size) whole.set(chunk, filled);
    filled += chunk.length;
    ended ||= final;
  });
  for (let at = 0; at === 0 || at < packed.length; at += SLICE_SIZE) {
    try {
      stream.push(packed.subarray(at, at + SLICE_SIZE), at + SLICE_SIZE >= packed.length);
    } catch {
      refuse('packed bytes that do not inflate', 'an undamaged file');
    }
    if (filled > size) refuse(`more bytes than the ${size} announced`, 'an undamaged file');
  }
  if (!ended || filled < size) refuse('packed bytes that break off', 'an undamaged file');
  return whole;
}

interface Directory {
  readonly count: number;
  readonly from: number;
  readonly size: number;
}

/** A 64-bit number, exact below 2^53 and larger than any file above. */
const wide = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

function findDirectory(bytes: Uint8Array, view: DataView, damaged: (found: string) => never): Directory {
  let end = bytes.length - END_SIZE;
  const last = Math.max(0, end - COMMENT_SIZE_MAX);
  while (end >= last && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < last) damaged('an archive without its directory, cut off or still being written');
  let count = view.getUint16(end + 10, true);
  let size = view.getUint32(end + 12, true);
  let from = view.getUint32(end + 16, true);
  // Large archives, and those of some careful writers, keep the numbers in a wider record above.
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === 0x07064b50) {
    const record = wide(view, locator + 8);
    if (!(record + 56 <= locator) || view.getUint32(record, true) !== 0x06064b50)
      damaged('an archive whose directory is not where it says');
    count = wide(view, record + 32);
    size = wide(view, record + 40);
    from = wide(view, record + 48);
  }
  if (!(from + size <= end)) damaged('an archive whose directory is not where it says');
  return { count, from, size };
}

interface EntrySizes {
  readonly unpacked_bytes: number;
  readonly packed_bytes: number;
  readonly headerFrom: number;
}

/** Sizes and place of an entry; where the short fields are full, the wide ones follow in this order in an extra field. */
function sizesOf(view: DataView, at: number, extraFrom: number, extraSize: number): EntrySizes {
  const short = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
  if (short.includes(IN_EXTRA)) {
    const extraTo = extraFrom + extraSize;
    for (let field = extraFrom; field + 4 <= extraTo; field += 4 + view.getUint16(field + 2, true)) {
      if (view.getUint16(field, true) !== 1) continue;
      let place = field + 4;
      for (const [k, value] of short.entries()) {
        if (value !== IN_EXTRA || place + 8 > extraTo) continue;
        short[k] = wide(view, place);
        place += 8;
      }
      break;
    }
  }
  return { unpacked_bytes: short[0]!, packed_bytes: short[1]!, headerFrom: short[2]! };
}
