// Zahner .ism, the binary spectrum of Thales: counts, then the columns one after the other, all big-endian, then texts that say what was
// measured. Texts are stored with small and capital letters exchanged.
//
// Layout as found in files and described by zahner_analysis (facts only).

import { assemble, type RawColumn } from './assemble.ts';
import { createRemarks, type FileMetadata, type InstrumentFile, type ReaderOptions } from './contract.ts';
import { cautionOf } from './delimited.ts';
import { startsWith } from './starts-with.ts';

/** A number of six bytes, −2, that stands before the count of points. */
const VERSION = '\u0000\u0000\u00ff\u00ff\u00ff\u00fe';
const HEAD_SIZE = 12;
const POINTS_MAX = 100_000;
/** Frequency, modulus, phase and time as doubles, and the significance as a short number. */
const POINT_SIZE = 4 * 8 + 2;
/** Seconds from 1970 to 1980, from which Thales counts. */
const UNIX_FROM_THALES_S = 315_532_800;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Points that a file announces; 0 where it is none of this kind, or too short for them. */
function pointsOf(bytes: Uint8Array): number {
  if (bytes.length < HEAD_SIZE || !startsWith(bytes, VERSION)) return 0;
  const view = viewOf(bytes);
  const points = view.getUint16(6) * 2 ** 32 + view.getUint32(8) + 1;
  return points <= POINTS_MAX && HEAD_SIZE + points * POINT_SIZE <= bytes.length ? points : 0;
}

export const isZahnerIsm = (bytes: Uint8Array): boolean => pointsOf(bytes) > 0;

const TEXTS = [
  'Date',
  'System',
  'Voltage',
  'Current',
  'Temperature',
  'Time window',
  'Comment 1',
  'Comment 2',
  'Comment 3',
  'Comment 4',
  'Electrode area',
] as const;
const TEXT_LENGTH_MAX = 1000;

const exchangeCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => (letter >= 'a' ? letter.toUpperCase() : letter.toLowerCase()));

/** The texts behind the columns, as far as the file goes. */
function textsOf(bytes: Uint8Array, from: number): FileMetadata[] {
  const view = viewOf(bytes);
  const found: FileMetadata[] = [];
  let at = from;
  for (const name of TEXTS) {
    if (at + 2 > bytes.length) break;
    const length = view.getUint16(at);
    if (length > TEXT_LENGTH_MAX || at + 2 + length > bytes.length) break;
    const text = exchangeCase(String.fromCharCode(...bytes.subarray(at + 2, at + 2 + length))).trim();
    if (text !== '') found.push({ name, text, where: `byte ${at}`, ...cautionOf(name, text) });
    at += 2 + length;
  }
  return found;
}

/**
 * Reads an .ism file. Thales begins in the middle of the frequencies, goes to one end and from there to the other: the way to the first end
 * is measured twice, and the sweep from end to end is the spectrum, as it is for Zahner's own programs.
 */
export function readZahnerIsm(bytes: Uint8Array, options: ReaderOptions): InstrumentFile {
  const view = viewOf(bytes);
  const remarks = createRemarks();
  const points = pointsOf(bytes);
  const column = (place: number): Float64Array =>
    Float64Array.from({ length: points }, (_, k) => view.getFloat64(HEAD_SIZE + 8 * (place * points + k)));
  const frequency_Hz = column(0);
  let lowest = 0;
  let highest = 0;
  for (let k = 1; k < points; k++) {
    if (frequency_Hz[k]! < frequency_Hz[lowest]!) lowest = k;
    if (frequency_Hz[k]! > frequency_Hz[highest]!) highest = k;
  }
  const [from, to] = [Math.min(lowest, highest), Math.max(lowest, highest) + 1];
  const before = from + points - to;
  if (before > 0)
    remarks.add(
      '',
      `${before} points on the way to the first end of the frequencies, which are measured again, were left out`,
    );
  const clock_s = column(3).map((value) => Math.abs(value) + UNIX_FROM_THALES_S);
  const significances = HEAD_SIZE + 4 * 8 * points;
  const significance = Float64Array.from({ length: points }, (_, k) => view.getInt16(significances + 2 * k));
  const columns: readonly RawColumn[] = [
    { heading: 'frequency', values: frequency_Hz, to: 'frequency_Hz' },
    { heading: 'impedance', values: column(1), to: 'modulus_ohm' },
    { heading: 'phase', values: column(2), to: 'phase_rad' },
    { heading: 'clock', values: clock_s, to: 'unix_time_s' },
    { heading: 'time since the first point', values: clock_s.map((value) => value - clock_s[0]!), to: 'time_s' },
    { heading: 'significance', values: significance },
  ];
  return assemble(
    {
      format: 'Zahner .ism',
      columns: columns.map((one) => ({ ...one, values: one.values.slice(from, to) })),
      rows: to - from,
      place: (row) => `point ${from + row + 1}`,
      metadata: textsOf(bytes, significances + 2 * points),
    },
    remarks,
    options,
  );
}
