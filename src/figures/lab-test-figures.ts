// Which figures a measured test has, and what goes into each: the same for shell and page.

import {
  type CyclingFindings,
  kramersKronigOfTail,
  relaxationTimes,
  type SpectrumFindings,
} from '../analysis/index.ts';
import type { LabTest } from '../design/index.ts';
import { InputError } from '../units/index.ts';
import { efficiencyFigure, voltageFigure } from './cycling-figures.ts';
import type { Figure } from './figure.ts';
import {
  fittedCurve,
  type ImpedanceCurve,
  impedanceFigure,
  relaxationFigure,
  spectraFigure,
} from './impedance-figures.ts';
import {
  type FigureEvent,
  profileFigure,
  resistanceTimeFigure,
  retentionFigure,
  staircaseFigure,
  voltageTimeFigure,
} from './test-figures.ts';

/** A figure and the word its file is named with. */
export interface NamedFigure {
  readonly name: string;
  readonly figure: Figure;
}

/** Geometric area of one electrode; null: not known, and amounts are those of the whole cell. */
export interface FigureArea {
  readonly area_m2: number | null;
}

/** Spectra from which on a series is drawn as one. */
const SERIES_MIN = 3;
/** Fewest points whose relaxation times are worth a figure. */
const RELAXATION_POINTS_MIN = 12;

const hours = (time_s: number): string => `${(time_s / 3600).toFixed(time_s < 36_000 ? 2 : 1)} h`;

/** Shorts as marks of a time axis. */
function eventsOf({ lab }: LabTest): FigureEvent[] {
  return (lab?.shorts.events ?? []).flatMap(({ kind, onset: { time_s } }): FigureEvent[] =>
    time_s === null ? [] : [{ time_s, text: `${kind} short, ${hours(time_s)}`, kind: 'short' }],
  );
}

/** The figures of a test, what matters most first. Empty for a file without rows. */
export function labTestFigures(test: LabTest, area: FigureArea): NamedFigure[] {
  const first = knownSpectra(test)[0];
  return [...courseFigures(test, area), ...(first === undefined ? [] : spectrumFigures(test, first.index, area))];
}

/** What became of a cell along its test: all figures but those of a single spectrum. */
export function courseFigures(test: LabTest, area: FigureArea): NamedFigure[] {
  const { file, paths } = test;
  const title = titleOf(paths);
  const figures: NamedFigure[] = [];
  const add = (name: string, figure: Figure): void => void figures.push({ name, figure });
  const cycling = test.lab?.cycling ?? null;
  const [record, ...others] = file.records;
  // Findings count their rows in one record; several were laid end to end for them.
  if (record !== undefined && cycling !== null && others.length === 0) addCycling(test, record, cycling, title, add);
  else file.records.forEach((one, k) => void add(k === 0 ? 'voltage' : `voltage-${k + 1}`, voltageFigure(title, one)));
  const spectra = knownSpectra(test);
  if (spectra.length >= SERIES_MIN) addSeries(test, spectra, area, title, add);
  return figures;
}

type Add = (name: string, figure: Figure) => void;

function addCycling(
  test: LabTest,
  record: LabTest['file']['records'][number],
  findings: CyclingFindings,
  title: string,
  add: Add,
): void {
  const { cell, cycles, halfCycles, area_m2, convention, retention, criticalCurrent } = findings;
  const events = eventsOf(test);
  const known = cycles.filter(({ coulombic_efficiency }) => coulombic_efficiency !== null);
  const cycleAt = (time_s: number): number | null =>
    cycles.find(({ start_s, end_s }) => time_s >= start_s && time_s <= end_s)?.cycle ?? null;
  if (convention !== 'undefined' && known.length > 0) {
    const formation = cycles.filter(({ flags }) => flags.includes('formation')).map(({ cycle }) => cycle);
    add(
      'efficiency',
      efficiencyFigure(`${title}: ${convention}`, cycles, {
        closeUp: true,
        suspectAbove100: true,
        markers: events.flatMap(({ time_s, text }) => {
          const cycle = cycleAt(time_s);
          return cycle === null ? [] : [{ cycle, text }];
        }),
        ...(formation.length === 0
          ? {}
          : { leftOut: { from: formation[0]!, to: formation.at(-1)!, text: 'formation' } }),
      }),
    );
  }
  if (cell === 'Li|cathode' || cell === 'Cu|cathode') {
    const share = 0.8;
    const end =
      retention === null
        ? {}
        : { end: { capacity_C: share * retention.reference_C, text: `80 % of cycle ${retention.referenceCycle}` } };
    const complete = cycles.filter(({ flags }) => !flags.includes('incomplete'));
    if (complete.length > 1) add('capacity', retentionFigure(title, complete, { area_m2, ...end }));
  }
  if (criticalCurrent !== null) add('staircase', staircaseFigure(title, record, events, { area_m2 }));
  if (halfCycles.length > 0 && cell !== 'Li|Li') {
    const dip = halfCycles.find(({ nucleation }) => nucleation?.kind === 'dip');
    const nucleation =
      dip?.nucleation?.kind === 'dip'
        ? {
            nucleation: {
              cycle: dip.cycle,
              time_s: dip.nucleation.time_s,
              tip_V: dip.nucleation.tip_V,
              text: `nucleation: η ${(1e3 * dip.nucleation.eta_n_V).toFixed(1)} mV, μ ${(1e3 * dip.nucleation.mu_n_V).toFixed(1)} mV`,
            },
          }
        : {};
    add('profile', profileFigure(title, record, halfCycles, { area_m2, plateaus: cell === 'Li|Cu', ...nucleation }));
  }
  add('voltage', voltageTimeFigure(title, record, halfCycles, events));
}

/** Spectra that can be drawn, each with its place among all and what was found in it. */
function knownSpectra({ file, spectra }: LabTest): readonly KnownSpectrum[] {
  return file.spectra
    .map((spectrum, index) => ({ spectrum, index, findings: spectra?.spectra[index] ?? null }))
    .filter(({ spectrum }) => spectrum.frequency_Hz.length > 1);
}

/** Voltage over a part of a test, as many points as of the whole, so that what was passed over there is seen. Null where it has no rows. */
export function voltageWindowFigure(test: LabTest, from_s: number, to_s: number): Figure | null {
  const [record] = test.file.records;
  if (record === undefined) return null;
  const { time_s } = record;
  const start = Math.max(0, placeOf(time_s, from_s) - 1);
  const end = Math.min(time_s.length, placeOf(time_s, to_s) + 1);
  if (end - start < 2) return null;
  const part = {
    time_s: time_s.subarray(start, end),
    voltage_V: record.voltage_V.subarray(start, end),
    current_A: record.current_A.subarray(start, end),
  };
  const events = eventsOf(test).filter((event) => event.time_s >= from_s && event.time_s <= to_s);
  return voltageTimeFigure(titleOf(test.paths), part, [], events);
}

/** First row at or after a time. */
function placeOf(time_s: Float64Array, at_s: number): number {
  let low = 0;
  let high = time_s.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time_s[middle]! < at_s) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One spectrum of a test, from 0: beside its fit, with the residuals of the test by Kramers and Kronig, and its relaxation times. */
export function spectrumFigures({ file, paths, spectra }: LabTest, index: number, area: FigureArea): NamedFigure[] {
  const spectrum = file.spectra[index]!;
  const fit = spectra?.spectra[index]?.fit ?? null;
  const curves: ImpedanceCurve[] = [{ name: 'measured', spectrum, drawnAs: 'points' }];
  if (fit !== null) curves.push(fittedCurve('fit', fit, spectrum));
  const title = titleOf(paths);
  const heading = file.spectra.length === 1 ? title : `${title}, spectrum ${index}`;
  const judged = attempted(() => kramersKronigOfTail(spectrum).judged);
  const residuals = judged === null ? {} : { kramersKronig: { frequency_Hz: spectrum.frequency_Hz, ...judged } };
  const figures = [{ name: 'impedance', figure: impedanceFigure(heading, curves, { ...area, ...residuals }) }];
  if (spectrum.frequency_Hz.length < RELAXATION_POINTS_MIN) return figures;
  const times = attempted(() => relaxationTimes(spectrum));
  if (times === null) return figures;
  return [...figures, { name: 'relaxation', figure: relaxationFigure(heading, times, spectrum, area) }];
}

/** Names of files without their folders. */
function titleOf(paths: readonly string[]): string {
  const first = paths[0]!.replace(/^.*[\\/]/, '');
  return paths.length === 1 ? first : `${first} and ${paths.length - 1} more`;
}

/** Null where a spectrum does not hold what the question asks for: then there is no such figure. */
function attempted<Result>(run: () => Result): Result | null {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null;
  }
}

interface KnownSpectrum {
  readonly spectrum: LabTest['file']['spectra'][number];
  readonly index: number;
  readonly findings: SpectrumFindings | null;
}

/** Spectra of one test: all in one plot, and what becomes of their resistances. */
function addSeries(test: LabTest, known: readonly KnownSpectrum[], area: FigureArea, title: string, add: Add): void {
  const start_s = (k: number): number => known[k]!.spectrum.time_s[0] ?? Number.NaN;
  const hasTime = known.every((_, k) => k === 0 || start_s(k) > start_s(k - 1));
  const onsets = new Map(
    (test.lab?.shorts.events ?? []).map(({ kind, onset: { spectrum } }) => [spectrum, `${kind} short`]),
  );
  const shown = known.map(({ spectrum, index }, k) => {
    const word = onsets.get(index);
    const value = hasTime ? start_s(k) / 3600 : index;
    return { spectrum, value, ...(word === undefined ? {} : { note: `${word}, spectrum ${index} from 0` }) };
  });
  add('spectra', spectraFigure(title, shown, hasTime ? 'Time / h' : 'Spectrum from 0', area));
  if (!hasTime) return;
  type Known = (typeof known)[number];
  const curve = (
    name: string,
    pick: (one: SpectrumFindings) => readonly [value: number, error: number | null] | null,
  ) => {
    const read = known.flatMap((one: Known, k) => {
      const found = one.findings === null ? null : pick(one.findings);
      return found === null ? [] : [{ time_s: start_s(k), value: found[0], error: found[1] ?? 0 }];
    });
    return {
      name,
      time_s: Float64Array.from(read, ({ time_s }) => time_s),
      resistance_ohm: Float64Array.from(read, ({ value }) => value),
      error_ohm: Float64Array.from(read, ({ error }) => error),
    };
  };
  const curves = [
    curve('width of the arcs', ({ features }) => (features === null ? null : [features.arcWidth_ohm, null])),
    // An upper bound beside true values would look like a change of the cell.
    curve('R_s', ({ ohmic_ohm, ohmic_ohm_error, ohmicFrom }) =>
      ohmic_ohm === null || ohmicFrom === 'highest frequency' ? null : [ohmic_ohm, ohmic_ohm_error],
    ),
    curve('interfaces, by fit', (one) =>
      one.interface === null ? null : [one.interface.total_ohm, one.interface.total_ohm_error],
    ),
  ].filter(({ time_s }) => time_s.length >= SERIES_MIN);
  if (curves.length > 0) add('resistance', resistanceTimeFigure(title, curves, eventsOf(test), area));
}
