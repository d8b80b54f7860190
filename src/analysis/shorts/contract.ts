// What is said about shorts: the lines of evidence, one by one and with their numbers, and the events they add up to.

import type { ImpedanceSpectrum } from '../../records/index.ts';
import type { AnalysedCellKind } from '../efficiency.ts';

/** A spectrum of a series, with what was measured beside it where that is known. Readers' spectra are such. */
export interface SeriesSpectrum extends ImpedanceSpectrum {
  /** Time of each point on the clock of the test. */
  readonly time_s?: ArrayLike<number>;
  /** Mean voltage and current during each point. */
  readonly voltage_V?: ArrayLike<number>;
  readonly current_A?: ArrayLike<number>;
}

export interface ShortOptions {
  readonly cell: AnalysedCellKind;
  /** A solid electrolyte is ohmic and flat when healthy, a liquid one is not; null: not known. */
  readonly electrolyte?: 'liquid' | 'solid' | null;
  /** Share by which |E| of a half-cycle falls below its trailing median. */
  readonly voltageFall?: number;
  /** Share by which the width of the arcs falls below its trailing median. */
  readonly arcFall?: number;
  /** Share by which the voltage at rest falls below its trailing median. */
  readonly restFall?: number;
  /** |E| at full current below which a cell is shorted hard. */
  readonly hardShort_V?: number;
}

/** Defaults of `ShortOptions`. */
export const SHORT_DEFAULTS = {
  electrolyte: null,
  voltageFall: 0.3,
  arcFall: 0.5,
  restFall: 0.5,
  hardShort_V: 5e-3,
} as const satisfies Required<Omit<ShortOptions, 'cell'>>;

/**
 * Letters as in docs/analysis.md: a voltage at constant current falls; b arcs of the spectra narrow; c voltage at rest collapses; d the
 * trace turns rectangular; e voltage proportional to current; f jumps from sample to sample; h no voltage at full current.
 */
export type ShortLine = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'h';

/** Where in a test. Null where there is no such thing. */
export interface ShortPlace {
  /** On the clock of the record or of the spectra; null where neither knows a time. */
  readonly time_s: number | null;
  /** Spectrum, from 0. */
  readonly spectrum: number | null;
  /** Stretch of steady current, from 0, rests not counted. */
  readonly halfCycle: number | null;
  readonly cycle: number | null;
}

export interface ShortEvidence {
  readonly line: ShortLine;
  /** What was measured, such as "width of the arcs". */
  readonly quantity: string;
  /** 'suggestive' fits a short and something harmless as well. */
  readonly state: 'present' | 'suggestive' | 'absent' | 'not applicable';
  /**
   * Whether it is a line towards a soft short: all that are present, and of the suggestive ones a fall that breaks with the past but does not
   * last or has nothing measured after it, and shape or proportionality in a liquid electrolyte.
   */
  readonly counts: boolean;
  readonly from: 'voltage' | 'spectra';
  readonly onset: ShortPlace | null;
  /** When it was over; null where it lasts to the end, or where there was none. */
  readonly healed: ShortPlace | null;
  /** The quantity before and after, in `unit`; null where nothing was compared. */
  readonly before: number | null;
  readonly after: number | null;
  readonly unit: 'V' | 'ohm' | '1' | null;
  /** Distance from what the past foretells, in standard deviations of its own scatter; null where nothing was compared. */
  readonly deviations: number | null;
  /** The criterion it was held against, with its numbers. */
  readonly criterion: string;
  /** A sentence. */
  readonly words: string;
}

export interface ShortEvent {
  readonly kind: 'soft' | 'hard';
  readonly onset: ShortPlace;
  /** Null where the cell did not come back within the test. */
  readonly healed: ShortPlace | null;
  /** Places in `evidence`. */
  readonly evidence: readonly number[];
  readonly lines: readonly ShortLine[];
  /** A sentence. */
  readonly words: string;
}

export interface ShortFindings {
  readonly cell: AnalysedCellKind;
  /** The first of its kind. */
  readonly soft: ShortEvent | null;
  readonly hard: ShortEvent | null;
  /** All, in order of time; of the soft ones each that began after the one before it had healed. */
  readonly events: readonly ShortEvent[];
  readonly evidence: readonly ShortEvidence[];
  /** One line of evidence that does not make a short by itself, in words; null where there is none or where a short was found. */
  readonly suspicion: string | null;
  readonly sampling: {
    /** Median and longest time between rows with current; null without a record. */
    readonly record_s: number | null;
    readonly record_s_max: number | null;
    /** Median time between spectra; null without times. */
    readonly spectra_s: number | null;
  };
  /** The verdict in a sentence, with the sampling interval. */
  readonly words: string;
  readonly remarks: readonly string[];
}
