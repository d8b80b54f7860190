// Soft and hard shorts of a cell from its voltage and its spectra: every line of evidence with its numbers, what they add up to, when it
// began, whether it healed, and how often anybody looked. Definitions and sources: docs/analysis.md.

import type { CyclingRecord } from '../../records/index.ts';
import { takesLithiumAsHost } from '../cell-doubt.ts';
import { knownRows } from '../known-rows.ts';
import {
  type SeriesSpectrum,
  SHORT_DEFAULTS,
  type ShortEvent,
  type ShortEvidence,
  type ShortFindings,
  type ShortLine,
  type ShortOptions,
  type ShortPlace,
} from './contract.ts';
import { median } from './falls.ts';
import { steadySegments } from './segments.ts';
import { spectraEvidence, startOf_s } from './spectra-evidence.ts';
import {
  dropEvidence,
  hardEvidence,
  jumpEvidence,
  ohmicEvidence,
  plateauEvidence,
  restEvidence,
  shapeEvidence,
  type VoltageView,
  voltageView,
} from './voltage-evidence.ts';

/** Lines that make a soft short together; arcs that narrow do so alone. */
const LINES_MIN = 2;

/**
 * Shorts of a cell. `record` may be null where there are spectra alone, and `spectra` empty; both must be on one clock. Never throws for
 * what a file may hold: a line that cannot be judged says why.
 */
export function findShorts(
  record: CyclingRecord | null,
  spectra: readonly SeriesSpectrum[],
  options: ShortOptions,
): ShortFindings {
  const { cell } = options;
  const { electrolyte, voltageFall, arcFall, restFall, hardShort_V } = { ...SHORT_DEFAULTS, ...options };
  const known = record === null ? null : knownRows(record);
  const hasCathode =
    cell === 'Li|cathode' || cell === 'Cu|cathode' || (cell === 'Li|Cu' && known !== null && takesLithiumAsHost(known));
  const segments = known === null ? [] : steadySegments(known);
  const view = known === null || segments.length === 0 ? null : voltageView(known, segments);
  const remarks: string[] = [];
  if (record !== null && view === null)
    remarks.push('Shorts: no current flows in the record, so its voltage says nothing of them.');

  const evidence: ShortEvidence[] = [];
  if (spectra.length > 0) {
    evidence.push(...spectraEvidence(spectra, { arcFall, restFall, restApplies: cell === 'Li|Li' }));
  }
  if (view !== null) {
    if (hasCathode) {
      remarks.push(
        'Shorts: the voltage of a cell with a cathode or a host is mostly that of the host, so only jumps of the voltage are judged.',
      );
    } else {
      const drops = dropEvidence(view, voltageFall);
      evidence.push(...datedByDrops(plateauEvidence(view, voltageFall), drops), ...drops);
      if (cell === 'Li|Li') {
        evidence.push(
          ...restEvidence(view, restFall),
          ...shapeEvidence(view, electrolyte),
          ...ohmicEvidence(view, electrolyte),
        );
      }
      evidence.push(...hardEvidence(view, hardShort_V));
    }
    evidence.push(...jumpEvidence(view, hasCathode));
  }

  const hasClock = spectra.every((spectrum) => startOf_s(spectrum) !== null);
  if (view !== null && spectra.length > 0 && !hasClock) {
    remarks.push('The spectra have no times, so their evidence stands apart from that of the voltage.');
  }
  const groups =
    view !== null && !hasClock
      ? [evidence.filter(({ from }) => from === 'spectra'), evidence.filter(({ from }) => from === 'voltage')]
      : [evidence];
  const soft = groups.flatMap((group) => softEvents(group, evidence));
  const hard = evidence.flatMap((item, k) =>
    item.line === 'h' && item.state === 'present' ? [eventOf('hard', [k], evidence)] : [],
  );
  const events = [...soft, ...hard].sort((a, b) => order(a.onset) - order(b.onset));
  const sampling = samplingOf(view, spectra);
  const suspicion = events.length > 0 ? null : suspicionOf(evidence);
  const judged = evidence.some(({ state }) => state !== 'not applicable');
  return {
    cell,
    soft: soft.reduce<ShortEvent | null>((first, one) => first ?? one, null),
    hard: hard[0] ?? null,
    events,
    evidence,
    suspicion,
    sampling,
    words: [verdictOf(events, suspicion, judged), samplingWords(sampling)].filter((text) => text !== '').join(' '),
    remarks,
  };
}

/** Place in the test: its time, or the number of the spectrum where no time is known. */
const order = ({ time_s, spectrum }: ShortPlace): number => time_s ?? spectrum ?? Number.NaN;

const endOf = ({ healed }: { readonly healed: ShortPlace | null }): number =>
  healed === null ? Number.POSITIVE_INFINITY : order(healed);

/** Whether evidence dates a short: shape and proportionality alone are often there from the first. */
const dates = ({ state, line, counts }: ShortEvidence): boolean =>
  state === 'present' || (counts && line !== 'd' && line !== 'e');

/** Evidence that is in force at one time, taken together. */
function softEvents(group: readonly ShortEvidence[], all: readonly ShortEvidence[]): readonly ShortEvent[] {
  const soft = group.filter(({ line, onset, counts }) => line !== 'h' && onset !== null && counts);
  const dating = soft.filter(dates).sort((a, b) => order(a.onset!) - order(b.onset!));
  const clusters: { items: ShortEvidence[]; start: number; end: number }[] = [];
  for (const item of dating) {
    const last = clusters.at(-1);
    const start = order(item.onset!);
    if (last !== undefined && start < last.end) {
      last.items.push(item);
      last.end = Math.max(last.end, endOf(item));
    } else clusters.push({ items: [item], start, end: endOf(item) });
  }
  return clusters.flatMap(({ items, start, end }) => {
    const beside = soft.filter((item) => !dates(item) && order(item.onset!) < end && endOf(item) > start);
    const together = [...items, ...beside];
    const lines = new Set(together.map(({ line }) => line));
    const arcsAlone = items.some(({ line, state }) => line === 'b' && state === 'present');
    if (lines.size < LINES_MIN && !arcsAlone) return [];
    return [
      eventOf(
        'soft',
        together.map((item) => all.indexOf(item)),
        all,
      ),
    ];
  });
}

/** Onset and end are those of the evidence that dates it. */
function eventOf(kind: ShortEvent['kind'], places: readonly number[], all: readonly ShortEvidence[]): ShortEvent {
  const items = places.map((k) => all[k]!);
  const dating = items.filter(dates);
  const onset = mergedPlace(dating.map((item) => item.onset!));
  const last = dating.reduce((latest, item) => (endOf(item) > endOf(latest) ? item : latest));
  const lines = [...new Set(items.map(({ line }) => line))].sort() as ShortLine[];
  const name = kind === 'soft' ? 'Soft short' : 'Hard short';
  const healed = last.healed === null ? 'It lasts to the end of the test.' : `It healed at ${placeWords(last.healed)}.`;
  const words = `${name} at ${placeWords(onset)}: ${[...new Set(items.map(changeWords))].join(', ')}. ${healed}`;
  return { kind, onset, healed: last.healed, evidence: places, lines, words };
}

/** Plateaus tell the half-cycle in which a voltage fell; where its drop was seen, that is when. */
function datedByDrops(plateaus: readonly ShortEvidence[], drops: readonly ShortEvidence[]): readonly ShortEvidence[] {
  return plateaus.map((plateau) => {
    const drop = drops.find(
      ({ onset }) => onset !== null && plateau.onset !== null && onset.halfCycle === plateau.onset.halfCycle,
    );
    return drop === undefined ? plateau : { ...plateau, onset: drop.onset };
  });
}

/** The change of a line of evidence in a few words. */
function changeWords({ quantity, before, after, unit }: ShortEvidence): string {
  if (after === null) return quantity;
  const [factor, word] = unit === 'V' ? [1e3, ' mV'] : [1, unit === 'ohm' ? ' ohm' : ''];
  const number = (value: number): string => `${Number((factor * value).toPrecision(3))}`;
  return before === null
    ? `${quantity} (${number(after)}${word})`
    : `${quantity} from ${number(before)} to ${number(after)}${word}`;
}

/** The earliest place, with the spectrum and the half-cycle of the earliest evidence that has one. */
function mergedPlace(places: readonly ShortPlace[]): ShortPlace {
  const sorted = [...places].sort((a, b) => order(a) - order(b));
  const first = <Key extends keyof ShortPlace>(key: Key): ShortPlace[Key] | null =>
    sorted.find((place) => place[key] !== null)?.[key] ?? null;
  return {
    time_s: sorted[0]!.time_s,
    spectrum: first('spectrum'),
    halfCycle: first('halfCycle'),
    cycle: first('cycle'),
  };
}

/** A place in words. */
export function placeWords({ time_s, spectrum, halfCycle, cycle }: ShortPlace): string {
  const parts = [
    spectrum === null ? '' : `spectrum ${spectrum} counted from 0`,
    halfCycle === null ? '' : `half-cycle ${halfCycle} counted from 0, cycle ${cycle}`,
  ].filter((part) => part !== '');
  if (time_s === null) return parts.join(', ');
  const time = time_s < 3600 ? `${time_s.toFixed(0)} s` : `${(time_s / 3600).toFixed(1)} h`;
  return parts.length === 0 ? time : `${time} (${parts.join('; ')})`;
}

function suspicionOf(evidence: readonly ShortEvidence[]): string | null {
  const hints = evidence.filter(({ state, counts, line }) => counts || (line === 'd' && state === 'suggestive'));
  if (hints.length === 0) return null;
  return `No short by ${LINES_MIN} lines of evidence, but: ${hints.map(({ words }) => words).join(' ')}`;
}

function verdictOf(events: readonly ShortEvent[], suspicion: string | null, judged: boolean): string {
  if (events.length > 0) return events.map(({ words }) => words).join(' ');
  if (suspicion !== null) return suspicion;
  return judged ? 'No sign of a short.' : 'Too little data to judge shorts by.';
}

function samplingOf(view: VoltageView | null, spectra: readonly SeriesSpectrum[]): ShortFindings['sampling'] {
  const rows_s: number[] = [];
  for (const { start, end } of view?.halfCycles ?? []) {
    for (let row = start + 1; row < end; row++) rows_s.push(view!.record.time_s[row]! - view!.record.time_s[row - 1]!);
  }
  const starts = spectra.map(startOf_s);
  const between_s = starts.flatMap((time, k) => {
    const before = k === 0 ? null : starts[k - 1]!;
    return time === null || before === null ? [] : [time - before];
  });
  return {
    record_s: rows_s.length === 0 ? null : median(rows_s),
    record_s_max: rows_s.length === 0 ? null : rows_s.reduce((most, value) => Math.max(most, value), 0),
    spectra_s: between_s.length === 0 ? null : median(between_s),
  };
}

function samplingWords({ record_s, spectra_s }: ShortFindings['sampling']): string {
  const interval = (value_s: number): string =>
    value_s < 600 ? `${Number(value_s.toPrecision(3))} s` : `${(value_s / 3600).toFixed(2)} h`;
  const parts = [
    record_s === null ? '' : `a row every ${interval(record_s)}`,
    spectra_s === null ? '' : `a spectrum every ${interval(spectra_s)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `Sampled with ${parts.join(' and ')}: what forms and heals faster is not seen.`;
}
