// What every reader of an instrument file hands back: the same shape for a text table, a binary file and a spectrum, so that a
// shell shows what was recognised, what was guessed and what only the person at the bench can know.

import type { CyclingRecord, ImpedanceSpectrum } from '../records/index.ts';

/** Something odd in a file that did not stop the reading. Lines and rows count from 1. */
export interface ReaderRemark {
  /** Line of a text, row of a table or place in a binary file; empty for the whole file. */
  readonly where: string;
  readonly message: string;
}

/** One thing a file says about itself, as written there. */
export interface FileMetadata {
  readonly name: string;
  readonly text: string;
  /** Line or offset it was read at. */
  readonly where: string;
  /** Why it should not be believed, such as a default of the instrument. */
  readonly caution?: string;
}

/** How the meaning of a column was found. */
export type MeaningSource = 'the format' | 'its heading' | 'its values' | 'an override' | 'unknown';

/** What a column of the file became. Value in the result = value in the file · factor + offset. */
export interface ColumnReading {
  readonly heading: string;
  /** Column of the record or the spectrum, in SI; an unknown column keeps its heading. */
  readonly to: string;
  readonly factor: number;
  readonly offset: number;
  readonly from: MeaningSource;
  /** Where the file has words, the values are places in this list, from 0. */
  readonly words?: readonly string[];
}

/** What a file cannot say, and a person must. */
export interface ReaderNeed {
  readonly what: 'area' | 'cell type' | 'sign' | 'current' | 'columns';
  readonly why: string;
}

/** One sweep of an impedance measurement, with what else was measured at each of its points; NaN where not stored. */
export interface MeasuredSpectrum extends ImpedanceSpectrum {
  /** Time from the start of the file. */
  readonly time_s: Float64Array;
  /** Mean voltage and current during the point. */
  readonly voltage_V: Float64Array;
  readonly current_A: Float64Array;
  /** Row of its first point in the file, from 1. */
  readonly row: number;
}

/** How currents are signed in the result, and why that is believed. */
export interface SignReading {
  readonly convention: 'positive oxidises the working electrode';
  /** Whether the numbers of the file were turned over. */
  readonly turned: boolean;
  readonly why: string;
}

export type InstrumentFileKind = 'cycling' | 'impedance' | 'both' | 'empty';

/** What an instrument file holds. Nothing of it is taken for area, mass or cell type of an electrode: those are in `needs`. */
export interface InstrumentFile {
  readonly kind: InstrumentFileKind;
  /** Format in words, such as "EC-Lab binary (.mpr), Modulo Bat". */
  readonly format: string;
  /** Rows of the file's table, all read. */
  readonly rows: number;
  readonly records: readonly CyclingRecord[];
  readonly spectra: readonly MeasuredSpectrum[];
  readonly sign: SignReading;
  readonly columns: readonly ColumnReading[];
  /**
   * What the clock of the instrument showed when `time_s` was zero, in seconds since 1970. Files carry the time of day of their place
   * without a zone; it is taken for UTC. Null where the file does not say, or says it so that two days are possible.
   */
  readonly start_unix_s: number | null;
  readonly metadata: readonly FileMetadata[];
  readonly remarks: readonly ReaderRemark[];
  readonly needs: readonly ReaderNeed[];
}

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'gbk' | 'shift_jis';

/** Decisions of a person that take the place of guesses. */
export interface ReaderOverrides {
  /** Geometric area of the electrode, m2. */
  readonly area_m2?: number;
  /** −1 where the file counts a reducing current as positive. */
  readonly sign?: 1 | -1;
  readonly encoding?: TextEncodingName;
  /** Tab, semicolon, comma, bar, or a blank for runs of blanks. */
  readonly delimiter?: '\t' | ';' | ',' | '|' | ' ';
  readonly decimal?: '.' | ',';
  /** Meaning of columns by their heading: the name in the result and what the numbers are multiplied by. */
  readonly columns?: Readonly<
    Record<string, { readonly to: string; readonly factor?: number; readonly offset?: number }>
  >;
}

export interface ReaderOptions {
  /** Name of the file, for messages only; the format is found from the content. */
  readonly name?: string;
  readonly overrides?: ReaderOverrides;
  /** Packings of Parquet that this program has no code for and its shell can open: Node has Brotli. Each gives exactly `size` bytes or throws. */
  readonly unpack?: Readonly<Partial<Record<'BROTLI' | 'ZSTD', (packed: Uint8Array, size: number) => Uint8Array>>>;
}

/** Files above this size are refused rather than read until the memory is gone. */
export const INSTRUMENT_FILE_SIZE_MAX = 2 ** 30;

/** Remarks and metadata of one file that are listed; further ones are counted. */
export const REMARKS_MAX = 100;

/** Remarks that cannot grow without bound. */
export interface RemarkList {
  add(where: string, message: string): void;
  finish(): readonly ReaderRemark[];
}

export function createRemarks(): RemarkList {
  const remarks: ReaderRemark[] = [];
  let left = 0;
  return {
    add(where, message) {
      if (remarks.length < REMARKS_MAX) remarks.push({ where, message });
      else left++;
    },
    finish: () => (left === 0 ? remarks : [...remarks, { where: '', message: `${left} more remarks like these` }]),
  };
}
