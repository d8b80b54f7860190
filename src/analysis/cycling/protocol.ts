// What was done to the cell, read back from its record: currents, charges, voltages at which half-cycles end.

import type { CyclingRecord } from '../../records/index.ts';
import type { AnalysedCellKind } from '../efficiency.ts';
import type { HalfCycleFindings, ProtocolSummary } from './contract.ts';
import { medianOf } from './summary-statistics.ts';
import { chargeWords, count, currentWords, durationWords, volts } from './words.ts';

/** Currents within this fraction are one. */
const CURRENT_WITHIN = 0.03;
/** Ends of half-cycles within this are one cutoff, where so many share it. */
const CUTOFF_WITHIN_V = 0.01;
const CUTOFF_SHARE = 0.5;
const CURRENTS_SAID_MAX = 4;

export function protocolSummary(
  { time_s }: Pick<CyclingRecord, 'time_s'>,
  sampling_s: number,
  halves: readonly HalfCycleFindings[],
  cell: AnalysedCellKind,
  area_m2: number | null,
): ProtocolSummary {
  const positive = halves.filter(({ sign }) => sign > 0);
  const negative = halves.filter(({ sign }) => sign < 0);
  const currents_A = currentsOf(halves);
  const summary = {
    currents_A,
    j_A_per_m2: area_m2 === null ? null : currents_A.map((current_A) => current_A / area_m2),
    negative_C: negative.length > 0 ? medianOf(negative.map(({ charge_C }) => charge_C)) : null,
    positive_C: positive.length > 0 ? medianOf(positive.map(({ charge_C }) => charge_C)) : null,
    negative_end_V: cutoffOf(negative),
    positive_end_V: cutoffOf(positive),
    sampling_s,
    duration_s: time_s.length > 0 ? time_s.at(-1)! - time_s[0]! : 0,
  };
  return { ...summary, words: wordsOf(summary, halves, cell, area_m2) };
}

/** Levels by the time spent at them, longest first. */
function currentsOf(halves: readonly HalfCycleFindings[]): number[] {
  const levels: { current_A: number; time_s: number }[] = [];
  for (const { current_A, duration_s } of halves) {
    const level = levels.find((other) => Math.abs(other.current_A - current_A) <= CURRENT_WITHIN * other.current_A);
    if (level === undefined) levels.push({ current_A, time_s: duration_s });
    else level.time_s += duration_s;
  }
  return levels.sort((a, b) => b.time_s - a.time_s).map(({ current_A }) => current_A);
}

/** The voltage at which most of these end; null where they end at many. */
function cutoffOf(halves: readonly HalfCycleFindings[]): number | null {
  if (halves.length === 0) return null;
  const ends = halves.map(({ end_V }) => end_V);
  const median = medianOf(ends);
  const near = ends.filter((end_V) => Math.abs(end_V - median) <= CUTOFF_WITHIN_V);
  return near.length >= CUTOFF_SHARE * ends.length ? median : null;
}

function wordsOf(
  summary: Omit<ProtocolSummary, 'words'>,
  halves: readonly HalfCycleFindings[],
  cell: AnalysedCellKind,
  area_m2: number | null,
): string {
  if (halves.length === 0) return `no current in ${durationWords(summary.duration_s)}`;
  const said = summary.currents_A.slice(0, CURRENTS_SAID_MAX).map((current_A) => currentWords(current_A, area_m2));
  const more = summary.currents_A.length > said.length ? ` and ${summary.currents_A.length - said.length} more` : '';
  const metal = cell === 'Li|Li' || cell === 'Li|Cu';
  const side = (word: string, charge_C: number | null, end_V: number | null): string[] => {
    if (charge_C === null) return [];
    // Li|Li half-cycles end by time; where they happen to end in voltage is a result.
    const to =
      end_V === null || cell === 'Li|Li' || (cell === 'Li|Cu' && word === 'plate') ? '' : ` to ${volts(end_V)}`;
    return [`${word} ${chargeWords(charge_C, area_m2)}${to}`];
  };
  const parts = [
    ...side(metal ? 'plate' : 'discharge', summary.negative_C, summary.negative_end_V),
    ...side(metal ? 'strip' : 'charge', summary.positive_C, summary.positive_end_V),
  ];
  const length = `${count(halves.length, 'half-cycle')} in ${durationWords(summary.duration_s)}`;
  return `${said.join(', ')}${more}; ${parts.join(', ')} (medians); ${length}, a row each ${durationWords(summary.sampling_s)}`;
}
