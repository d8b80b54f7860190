// Which figures a test has, and what goes into each.

import { basename } from 'node:path';
import { type CyclingFindings, relaxationTimes } from '../analysis/index.ts';
import {
  efficiencyFigure,
  type Figure,
  type FigureEvent,
  fittedCurve,
  type ImpedanceCurve,
  impedanceFigure,
  profileFigure,
  relaxationFigure,
  resistanceTimeFigure,
  retentionFigure,
  spectraFigure,
  staircaseFigure,
  voltageFigure,
  voltageTimeFigure,
} from '../figures/index.ts';
import type { CyclingRecord } from '../records/index.ts';
import { InputError } from '../units/index.ts';
import { mainCycling } from './analyse-document.ts';
import type { AnalyseWish } from './analyse-options.ts';
import type { AnalysedTest } from './analysed-test.ts';

/** A figure and the word its file is named with. */
export interface NamedFigure {
  readonly name: string;
  readonly figure: Figure;
}

/** Spectra from which on a series is drawn as one. */
const SERIES_MIN = 3;
/** Fewest points whose relaxation times are worth a figure. */
const RELAXATION_POINTS_MIN = 12;

const hours = (time_s: number): string => `${(time_s / 3600).toFixed(time_s < 36_000 ? 2 : 1)} h`;

/** Shorts as marks of a time axis. */
function eventsOf({ shorts }: AnalysedTest): FigureEvent[] {
  return (shorts?.events ?? []).flatMap(({ kind, onset: { time_s } }): FigureEvent[] =>
    time_s === null ? [] : [{ time_s, text: `${kind} short, ${hours(time_s)}`, kind: 'short' }],
  );
}

/** The figures of a test, what matters most first. Empty for a file without rows. */
export function testFigures(test: AnalysedTest, wish: AnalyseWish): NamedFigure[] {
  const { file, paths } = test;
  const title = paths.length === 1 ? basename(paths[0]!) : `${basename(paths[0]!)} and ${paths.length - 1} more`;
  const figures: NamedFigure[] = [];
  const add = (name: string, figure: Figure): void => void figures.push({ name, figure });
  const cycling = mainCycling(test);
  if (cycling !== null) addCycling(test, file.records[test.cycling.indexOf(cycling)]!, cycling, title, add);
  else if (file.records.length > 0) add('voltage', voltageFigure(title, file.records[0]!));
  addSpectra(test, wish, title, add);
  return figures;
}

type Add = (name: string, figure: Figure) => void;

function addCycling(
  test: AnalysedTest,
  record: CyclingRecord,
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
    if (cycles.length > 1) add('capacity', retentionFigure(title, cycles, { area_m2, ...end }));
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

function addSpectra(test: AnalysedTest, { overrides }: AnalyseWish, title: string, add: Add): void {
  const { spectra } = test.file;
  const known = spectra
    .map((spectrum, k) => ({ spectrum, report: test.spectra[k]! }))
    .filter(({ spectrum }) => spectrum.frequency_Hz.length > 1);
  const [first] = known;
  if (first === undefined) return;
  const area = { area_m2: overrides.area_m2 ?? null };
  const events = eventsOf(test);
  if (known.length >= SERIES_MIN) {
    const hasTime = known.every(
      ({ spectrum }, k) => k === 0 || spectrum.time_s[0]! > known[k - 1]!.spectrum.time_s[0]!,
    );
    const onsets = new Map(
      (test.shorts?.events ?? []).map(({ kind, onset: { spectrum } }) => [spectrum, `${kind} short`]),
    );
    add(
      'spectra',
      spectraFigure(
        title,
        known.map(({ spectrum }, k) => {
          const word = onsets.get(spectra.indexOf(spectrum));
          const value = hasTime ? spectrum.time_s[0]! / 3600 : k;
          return { spectrum, value, ...(word === undefined ? {} : { note: `${word}, spectrum ${k} from 0` }) };
        }),
        hasTime ? 'Time / h' : 'Spectrum',
        area,
      ),
    );
    const read = known.filter(({ report }) => report.features !== null);
    const curve = (name: string, pick: (one: (typeof read)[number]) => number) => ({
      name,
      time_s: Float64Array.from(read, ({ spectrum }) => spectrum.time_s[0]!),
      resistance_ohm: Float64Array.from(read, pick),
    });
    if (hasTime && read.length >= SERIES_MIN) {
      const curves = [
        curve('width of the arcs', ({ report }) => report.features!.arcWidth_ohm),
        curve('Z′ at the highest frequency', ({ report }) => report.features!.highFrequency_ohm),
      ];
      add('resistance', resistanceTimeFigure(title, curves, events, area));
    }
  }
  const { spectrum, report } = first;
  const { fit, kramersKronig } = report;
  const curves: ImpedanceCurve[] = [{ name: 'measured', spectrum, drawnAs: 'points' }];
  if (fit !== null) curves.push(fittedCurve(fit.circuit, fit, spectrum));
  const heading = known.length === 1 ? title : `${title}, spectrum 0`;
  const residuals =
    kramersKronig === null
      ? {}
      : {
          kramersKronig: {
            frequency_Hz: spectrum.frequency_Hz,
            residualReal: kramersKronig.judged.residualReal,
            residualImaginary: kramersKronig.judged.residualImaginary,
          },
        };
  add('impedance', impedanceFigure(heading, curves, { ...area, ...residuals }));
  if (spectrum.frequency_Hz.length < RELAXATION_POINTS_MIN) return;
  try {
    add('relaxation', relaxationFigure(heading, relaxationTimes(spectrum), spectrum, area));
  } catch (error) {
    // A spectrum whose relaxation times cannot be told has no figure of them.
    if (!(error instanceof InputError)) throw error;
  }
}
