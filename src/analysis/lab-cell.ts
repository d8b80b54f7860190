// Everything that the files of one cell say, joined: its cycling, its spectra and its shorts, each read with what the others know, and a
// verdict a person can read.

import { type CyclingRecord, concatenateRecords } from '../records/index.ts';
import { InputError } from '../units/index.ts';
import { cellDoubt } from './cell-doubt.ts';
import type { CyclingFindings, CyclingOptions, ShortOnset } from './cycling/contract.ts';
import { AGAINST_CURRENT_WORDS, analyseCycling } from './cycling/findings.ts';
import { FLAT_WORDS } from './cycling/sentences.ts';
import { count } from './cycling/words.ts';
import type { AnalysedCellKind } from './efficiency.ts';
import { analyseSpectra, type SpectraFindings, type SpectraOptions } from './impedance/series/analyse-spectra.ts';
import { currentIsNoise, knownRows, NOISE_WORDS } from './known-rows.ts';
import type { SeriesSpectrum, ShortFindings, ShortOptions } from './shorts/contract.ts';
import { median } from './shorts/falls.ts';
import { findShorts } from './shorts/find-shorts.ts';
import { medianVoltage_V, type Segment, steadySegments } from './shorts/segments.ts';

export interface LabCell {
  /** Parts of one test in order of time. */
  readonly records: readonly CyclingRecord[];
  /** On the clock of the records where there are both. */
  readonly spectra: readonly SeriesSpectrum[];
  readonly cell: AnalysedCellKind;
  /** Geometric area of one electrode; that of the files when left out, null: not known. */
  readonly area_m2?: number | null;
  readonly electrolyte?: 'liquid' | 'solid' | null;
  readonly cycling?: Omit<CyclingOptions, 'cell' | 'area_m2' | 'shorts'>;
  readonly shorts?: Omit<ShortOptions, 'cell' | 'electrolyte'>;
  readonly impedance?: Omit<SpectraOptions, 'cell' | 'area_m2' | 'electrolyte' | 'shorts'>;
}

/** Resistance that a constant current meets, beside that of the spectra. */
export interface DirectCurrentFindings {
  /** Median over the half-cycles that no short touches of the median |E| of each over its mean current, charge by time. */
  readonly resistance_ohm: number;
  /** Median absolute deviation between the half-cycles, as a standard deviation. */
  readonly resistance_ohm_error: number;
  readonly halfCycles: number;
  /** Median real part of the spectra at their lowest common frequency, where no short is; null without spectra. */
  readonly impedance_ohm: number | null;
  readonly impedance_Hz: number | null;
  /** The first over the second. Above 1 the rest is slower than the lowest frequency. */
  readonly ratio: number | null;
  readonly words: string;
}

export interface LabFindings {
  readonly cell: AnalysedCellKind;
  readonly area_m2: number | null;
  /** Null without a record that has a current. */
  readonly cycling: CyclingFindings | null;
  /** Null without spectra. */
  readonly spectra: SpectraFindings | null;
  readonly shorts: ShortFindings;
  /** Li|Li alone. */
  readonly directCurrent: DirectCurrentFindings | null;
  /** Why the kind of cell, or the sign of the current, cannot be right; null where nothing speaks against them. */
  readonly doubt: string | null;
  /** What matters most, in a few sentences. */
  readonly verdict: string;
  /** All sentences, most important first. */
  readonly sentences: readonly string[];
  readonly remarks: readonly string[];
}

/** Sentences of the verdict. */
const VERDICT_SENTENCES = 5;
const DEVIATION_PER_MAD = 1.4826;

/** Analyses one cell. Throws InputError for what `analyseSpectra` refuses; what files lack is told. */
export function analyseLabCell(lab: LabCell): LabFindings {
  const { spectra, cell, electrolyte = null } = lab;
  const remarks: string[] = [];
  const all = joined(lab.records, remarks);
  if (all !== null && currentIsNoise(all.current_A)) remarks.push(NOISE_WORDS);
  const record = all === null ? null : knownRows(all);
  const area_m2 =
    lab.area_m2 ?? record?.area_m2 ?? spectra.find((spectrum) => spectrum.area_m2 !== null)?.area_m2 ?? null;
  const shorts = findShorts(record, spectra, { cell, electrolyte, ...lab.shorts });
  const impedance =
    spectra.length === 0 ? null : analyseSpectra(spectra, { ...lab.impedance, cell, area_m2, electrolyte, shorts });
  const segments = record === null ? [] : steadySegments(record).filter(({ sign }) => sign !== 0);
  const cycling =
    record === null || segments.length === 0
      ? null
      : analyseCycling(record, {
          seriesResistance_ohm: ohmicOf(impedance),
          ...lab.cycling,
          cell,
          area_m2,
          shorts: onsets(shorts, segments),
        });
  const directCurrent =
    cell === 'Li|Li' && record !== null && cycling !== null
      ? directCurrentOf(record, cycling, shorts, impedance)
      : null;
  const after = impedance?.spectra.some(({ refused }) => refused?.startsWith('Refused')) === true;
  const shortWords = after
    ? `${shorts.words} Resistances measured while it lasts are not those of the interfaces.`
    : shorts.words;
  const found = shorts.events.length > 0 || shorts.suspicion !== null;
  // In a solid electrolyte a flat trace is what a healthy cell shows.
  const ofCycling = (cycling?.sentences ?? []).map((sentence) =>
    electrolyte === 'solid' ? sentence.replace(FLAT_WORDS, '') : sentence,
  );
  const others = [
    ...ofCycling.slice(0, 2),
    ...(impedance?.sentences
      .filter((sentence) => !/^(No|Not the whole) interface resistance/.test(sentence))
      .slice(0, 1) ?? []),
    ...(directCurrent === null ? [] : [directCurrent.words]),
  ];
  // A kind of cell that cannot be right comes before all that follows from it.
  const isTurned = cycling?.remarks.includes(AGAINST_CURRENT_WORDS) === true;
  const doubt = isTurned
    ? `${AGAINST_CURRENT_WORDS[0]!.toUpperCase()}${AGAINST_CURRENT_WORDS.slice(1)}. Everything here depends on it.`
    : record === null
      ? null
      : cellDoubt(record, cell);
  const isJudged = found || shorts.evidence.some(({ state }) => state !== 'not applicable');
  const said = found ? [shortWords, ...others] : isJudged ? [...others, shortWords] : others;
  const head = doubt === null ? said : [doubt, ...said];
  const sentences = [
    ...head,
    ...[...ofCycling, ...(impedance?.sentences ?? [])].filter((sentence) => !head.includes(sentence)),
    // That nothing could be judged comes after all that could.
    ...(isJudged ? [] : [shortWords]),
  ];
  return {
    cell,
    area_m2,
    cycling,
    spectra: impedance,
    shorts,
    directCurrent,
    doubt,
    verdict: (head.length === 0 ? sentences : head).slice(0, VERDICT_SENTENCES).join(' '),
    sentences,
    remarks: [...remarks, ...shorts.remarks, ...(cycling?.remarks ?? []), ...(impedance?.remarks ?? [])],
  };
}

/** One record of all parts. Where their clocks do not follow one another they are laid end to end, and that is said. */
function joined(records: readonly CyclingRecord[], remarks: string[]): CyclingRecord | null {
  const [first] = records;
  if (first === undefined || records.length === 1) return first ?? null;
  const area_m2 = records.find((record) => record.area_m2 !== null)?.area_m2 ?? null;
  const parts = records.map((record) => ({ ...record, area_m2 }));
  try {
    return concatenateRecords(parts, { shift: false });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    remarks.push(
      'The clocks or cycle numbers of the records start anew: the records were laid end to end, without the pauses between them. Times of spectra may not fit them.',
    );
    return concatenateRecords(parts);
  }
}

/** The median R_s that the spectra truly show; an upper bound is none. */
function ohmicOf(impedance: SpectraFindings | null): number | null {
  const known = (impedance?.spectra ?? []).flatMap(({ ohmic_ohm, ohmicFrom, refused }) =>
    ohmic_ohm !== null && ohmicFrom !== 'highest frequency' && !refused?.startsWith('Refused') ? [ohmic_ohm] : [],
  );
  return known.length === 0 ? null : median(known);
}

/** What a staircase and a life ask about shorts. Of one that begins in the last half-cycle nobody knows whether it would have healed. */
function onsets(shorts: ShortFindings, segments: readonly Segment[]): readonly ShortOnset[] {
  const last_s = segments.at(-1)?.start_s ?? Number.POSITIVE_INFINITY;
  return shorts.events.flatMap(({ kind, onset, healed }) =>
    onset.time_s === null
      ? []
      : [{ time_s: onset.time_s, kind, reversible: healed !== null ? true : onset.time_s >= last_s ? null : false }],
  );
}

function directCurrentOf(
  record: CyclingRecord,
  cycling: CyclingFindings,
  shorts: ShortFindings,
  impedance: SpectraFindings | null,
): DirectCurrentFindings | null {
  const isShorted = (time_s: number): boolean =>
    shorts.events.some(
      ({ onset, healed }) =>
        onset.time_s !== null && time_s >= onset.time_s && !(healed?.time_s != null && time_s >= healed.time_s),
    );
  const values = cycling.halfCycles
    .filter(({ constantCurrent, charge_C, end_s }) => constantCurrent && charge_C > 0 && !isShorted(end_s))
    .map(({ start, end, charge_C, duration_s }) => (medianVoltage_V(record, start, end) * duration_s) / charge_C);
  if (values.length === 0) return null;
  const resistance_ohm = median(values);
  const resistance_ohm_error = DEVIATION_PER_MAD * median(values.map((value) => Math.abs(value - resistance_ohm)));
  const real = (impedance?.spectra ?? []).flatMap(({ features, refused }) =>
    features !== null && !refused?.startsWith('Refused') ? [features] : [],
  );
  const impedance_ohm = real.length === 0 ? null : median(real.map(({ lowFrequency_ohm }) => lowFrequency_ohm));
  const impedance_Hz = real.length === 0 ? null : median(real.map(({ frequency_Hz_min }) => frequency_Hz_min));
  const ratio = impedance_ohm === null ? null : resistance_ohm / impedance_ohm;
  const beside =
    ratio === null
      ? ''
      : `, ${ratio.toFixed(2)} times the real part at ${Number(impedance_Hz!.toPrecision(2))} Hz (${Number(impedance_ohm!.toPrecision(4))} ohm)`;
  const words = `Constant current meets ${Number(resistance_ohm.toPrecision(4))} ohm (|E|/|I| of ${count(values.length, 'half-cycle')})${beside}.`;
  return { resistance_ohm, resistance_ohm_error, halfCycles: values.length, impedance_ohm, impedance_Hz, ratio, words };
}
