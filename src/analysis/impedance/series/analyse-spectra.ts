// What a series of spectra says about a cell: ohmic resistance, arcs and what they are worth as resistances of its interfaces. Arcs of a
// cell that is shorted are those of the short and its surroundings: their interface resistance is refused, with the reason.

import { InputError } from '../../../units/index.ts';
import type { AnalysedCellKind } from '../../efficiency.ts';
import type { SeriesSpectrum, ShortFindings } from '../../shorts/contract.ts';
import { findShorts, placeWords } from '../../shorts/find-shorts.ts';
import { startOf_s } from '../../shorts/spectra-evidence.ts';
import { interfaceResistance } from '../capacitance.ts';
import { fitSeries } from '../fit.ts';
import type { CircuitFit, FitCircuitOptions, FitLive } from '../fit-problem.ts';
import { type KramersKronigTest, kramersKronigOfTail } from '../kramers-kronig.ts';
import { requirePoints } from '../points.ts';
import { type CircuitChoice, chooseCircuit } from './choose-circuit.ts';
import { commonFrequencies_Hz, type SpectrumFeatures, spectrumFeatures } from './features.ts';
import { fitSeriesTogether, type SeriesFit } from './joint-fit.ts';
import { type TemperatureFindings, temperatureFindings } from './temperature-set.ts';

export interface SpectraOptions {
  readonly cell: AnalysedCellKind;
  /** Geometric area of one electrode; that of the spectra when left out, null: not known. */
  readonly area_m2?: number | null;
  readonly electrolyte?: 'liquid' | 'solid' | null;
  /** A circuit of your own; null or left out: one to three arcs, chosen by `chooseCircuit`. */
  readonly circuit?: string | null;
  /** Weights, bounds and what else `fitCircuit` takes. */
  readonly fit?: FitCircuitOptions;
  /** Fit all spectra of one temperature together along the test; true unless told. */
  readonly together?: boolean;
  /** Arcs, from 0 by time constant, that are of the interfaces; left out: all but those of a solid electrolyte. */
  readonly interfaceArcs?: readonly number[];
  /** Shorts found elsewhere; left out: they are looked for in the spectra. */
  readonly shorts?: ShortFindings;
  /** Watches the fits, and stops them: spectra that were not reached have none, and say so. */
  readonly live?: FitLive;
}

export type ArcSuggestion = 'bulk' | 'grain boundaries' | 'interphase' | 'charge transfer' | 'slower than an interface';

export interface ArcFinding {
  readonly part: string;
  /** Null where the data leave it open, or the arc has none of its own. */
  readonly resistance_ohm: number | null;
  readonly resistance_ohm_error: number | null;
  readonly timeConstant_s: number;
  readonly summit_Hz: number;
  /** By Hsu and Mansfeld for a constant phase. */
  readonly capacitance_F: number | null;
  /** What arcs of such a capacitance mostly are. A suggestion: no fit knows. */
  readonly suggestion: ArcSuggestion | null;
  /** Whether its summit lies beyond the frequencies measured, so that its resistance rests on the circuit alone. */
  readonly extrapolated: boolean;
  /** Whether it counts as of the interfaces. */
  readonly interfacial: boolean;
}

export interface InterfaceFinding {
  /** R_int: resistances of the interfacial arcs, both electrodes together. */
  readonly total_ohm: number;
  readonly total_ohm_error: number | null;
  /** Li|Li: half of it. Null where the two electrodes are not alike. */
  readonly perElectrode_ohm: number | null;
  /** Of one interface where there are two alike, of both together otherwise; null without an area. */
  readonly areaSpecificResistance_ohm_m2: number | null;
  readonly areaSpecificResistance_ohm_m2_error: number | null;
  /** Area, factor and arcs, in words. */
  readonly convention: string;
}

export interface SpectrumFindings {
  /** From 0. */
  readonly index: number;
  readonly time_s: number | null;
  readonly temperature_K: number | null;
  readonly points: number;
  /** Over the frequencies that all spectra share; null for fewer than two points. */
  readonly features: SpectrumFeatures | null;
  readonly kramersKronig: Pick<KramersKronigTest, 'verdict' | 'message' | 'elements' | 'mu' | 'largestResidual'> | null;
  readonly fit: CircuitFit | null;
  readonly arcs: readonly ArcFinding[];
  /** R_s with its source: the crossing of the real axis, or what the fitted circuit says of it. */
  readonly ohmic_ohm: number | null;
  readonly ohmic_ohm_error: number | null;
  readonly ohmicFrom: 'crossing' | 'extrapolated' | 'fit' | 'highest frequency' | null;
  readonly interface: InterfaceFinding | null;
  /** Why there is no interface resistance; null where there is one. */
  readonly refused: string | null;
  /** Where it is refused for an arc that is open or not determined: the arcs of interfaces that the spectrum does determine. Null without any. */
  readonly closedArcs: InterfaceFinding | null;
}

export interface SpectraFindings {
  readonly cell: AnalysedCellKind;
  readonly area_m2: number | null;
  readonly frequencies_Hz: readonly [number, number] | null;
  readonly circuit: CircuitChoice | null;
  /** The fit of all spectra together; null where there was none. */
  readonly series: Pick<SeriesFit, 'smoothness' | 'criterion' | 'scores' | 'effectiveParameters'> | null;
  readonly spectra: readonly SpectrumFindings[];
  readonly temperature: TemperatureFindings | null;
  /** Sentences, most important first. */
  readonly sentences: readonly string[];
  readonly remarks: readonly string[];
}

/** Upper ends of the capacitances of arcs (Irvine 1990, 10.1002/adma.19900020304, for solids). */
const SUGGESTIONS: readonly (readonly [below_F: number, suggestion: ArcSuggestion])[] = [
  [3e-11, 'bulk'],
  [1e-8, 'grain boundaries'],
  [3e-6, 'interphase'],
  [1e-3, 'charge transfer'],
  [Number.POSITIVE_INFINITY, 'slower than an interface'],
];
/** Temperatures further apart are a temperature set, not a test along time. */
const TEMPERATURE_SET_K = 4;
/** A fit that misses the data by more is not believed. */
const RMS_MAX = 0.1;
/** Fewest spectra that are worth fitting together. */
const TOGETHER_MIN = 3;

/** Analyses the spectra of one cell. Throws InputError for a circuit, bounds or an area that cannot be; what a spectrum lacks is told. */
export function analyseSpectra(spectra: readonly SeriesSpectrum[], options: SpectraOptions): SpectraFindings {
  const { cell, electrolyte = null } = options;
  const area_m2 = options.area_m2 ?? spectra.find((spectrum) => spectrum.area_m2 !== null)?.area_m2 ?? null;
  const shorts = options.shorts ?? findShorts(null, spectra, { cell, electrolyte });
  const window_Hz = commonFrequencies_Hz(spectra);
  const remarks: string[] = [];
  if (window_Hz === null && spectra.length > 1) {
    remarks.push('The spectra have no frequencies in common: each is read over its own.');
  }
  const reasons = spectra.map(unfit);
  const fitted = spectra.flatMap((_, k) => (reasons[k] === null ? [k] : []));
  const { choice, fits, series } = fitAll(spectra, fitted, shorts, options, remarks);

  const unfitted =
    options.live?.stop?.aborted === true ? 'The work was stopped before it was fitted.' : 'No circuit could be fitted.';
  const findings = spectra.map((spectrum, index): SpectrumFindings => {
    const features = spectrumFeatures(spectrum, window_Hz ?? undefined);
    const fit = fits.get(index) ?? null;
    const arcs = fit === null ? [] : arcFindings(fit, spectrum, options);
    const short = shortAt(shorts, spectra, index);
    const unjudged = short ?? reasons[index] ?? (fit === null ? unfitted : unbelieved(fit));
    const refused = unjudged ?? whyNot(fit!, arcs, spectrum, choice?.criterion !== 'given');
    return {
      index,
      time_s: startOf_s(spectrum),
      temperature_K: spectrum.temperature_K,
      points: spectrum.frequency_Hz.length,
      features,
      kramersKronig: reasons[index] === null ? briefTest(spectrum) : null,
      fit,
      arcs,
      ...ohmicOf(features, fit),
      interface: refused === null ? interfaceOf(fit!, interfacialOf(arcs), cell, area_m2) : null,
      refused,
      closedArcs: unjudged === null && refused !== null ? closedArcsOf(fit!, arcs, spectrum, cell, area_m2) : null,
    };
  });
  const temperature = temperatureFindings(findings, electrolyte === 'solid' ? 'ln(T/R)' : 'ln(1/R)');
  return {
    cell,
    area_m2,
    frequencies_Hz: window_Hz,
    circuit: choice,
    series:
      series === null
        ? null
        : {
            smoothness: series.smoothness,
            criterion: series.criterion,
            scores: series.scores,
            effectiveParameters: series.effectiveParameters,
          },
    spectra: findings,
    temperature,
    sentences: sentencesOf(findings, temperature),
    remarks: [...remarks, ...(series?.remarks ?? [])],
  };
}

/** Why a spectrum cannot be fitted; null where it can. */
function unfit(spectrum: SeriesSpectrum): string | null {
  const { frequency_Hz, real_ohm, imaginary_ohm } = spectrum;
  const [points, wanted] = [frequency_Hz.length, 5];
  if (points === 0) return 'It has no points.';
  if (points < wanted) {
    const at = Array.from(frequency_Hz, (f, k) => {
      const number = (value: number): string => String(Number(value.toPrecision(4)));
      const im = imaginary_ohm[k]!;
      return `${number(real_ohm[k]!)} ${im < 0 ? '−' : '+'} ${number(Math.abs(im))}j ohm at ${number(f)} Hz`;
    });
    const what = points === 1 ? 'One frequency is no spectrum' : `${points} frequencies are too few for a fit`;
    return `${what}: ${at.join(', ')}.`;
  }
  try {
    requirePoints(spectrum, wanted);
    return null;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

function fitAll(
  spectra: readonly SeriesSpectrum[],
  fitted: readonly number[],
  shorts: ShortFindings,
  { circuit, fit = {}, together = true, live = {} }: SpectraOptions,
  remarks: string[],
): {
  readonly choice: CircuitChoice | null;
  readonly fits: ReadonlyMap<number, CircuitFit>;
  readonly series: SeriesFit | null;
} {
  const none = { choice: null, fits: new Map<number, CircuitFit>(), series: null };
  if (fitted.length === 0) return none;
  const isSet = isTemperatureSet(spectra);
  const order = isSet
    ? [...fitted].sort((a, b) => (spectra[a]!.temperature_K ?? 0) - (spectra[b]!.temperature_K ?? 0))
    : fitted;
  const ordered = order.map((k) => spectra[k]!);
  const choice: CircuitChoice | null =
    circuit == null
      ? chooseCircuit(ordered, fit, part(live, 0, 0.3))
      : { circuit, criterion: 'given', candidates: [], spectra: ordered.length };
  if (choice === null) return none;
  const separate = fitSeries(choice.circuit, ordered, fit, part(live, 0.3, 0.6));
  const isCut = separate.length < ordered.length;
  if (isCut) remarks.push(`Stopped: ${separate.length} of ${ordered.length} spectra were fitted, each for itself.`);
  if (isCut || !together || isSet || ordered.length < TOGETHER_MIN) {
    return { choice, fits: new Map(separate.map((one, at) => [order[at]!, one])), series: null };
  }
  const starts = ordered.map(startOf_s);
  const rises = starts.every((time, k) => time !== null && (k === 0 || time > (starts[k - 1] ?? Number.NaN)));
  if (!rises) remarks.push('The spectra have no times that increase: they are taken as evenly spaced.');
  const breaks = shorts.events
    .flatMap(({ onset, healed }) => [onset.spectrum, healed?.spectrum ?? null])
    .flatMap((spectrum) => (spectrum === null ? [] : [order.indexOf(spectrum)]));
  const series = fitSeriesTogether(choice.circuit, ordered, {
    ...fit,
    ...(rises ? { time_s: starts.map((time) => time!) } : {}),
    breaks,
    separate,
    live: part(live, 0.6, 1),
  });
  if (live.stop?.aborted === true) remarks.push('Stopped: the joint fit is the best so far.');
  return { choice, fits: new Map(order.map((k, at) => [k, series.fits[at]!])), series };
}

/** Work that is a part of a longer one. */
const part = ({ stop, onProgress }: FitLive, from: number, to: number): FitLive => ({
  ...(stop === undefined ? {} : { stop }),
  ...(onProgress === undefined ? {} : { onProgress: (fraction) => onProgress(from + (to - from) * fraction) }),
});

function isTemperatureSet(spectra: readonly SeriesSpectrum[]): boolean {
  const known = spectra.flatMap(({ temperature_K }) => (temperature_K === null ? [] : [temperature_K]));
  return known.length > 1 && Math.max(...known) - Math.min(...known) > TEMPERATURE_SET_K;
}

function briefTest(spectrum: SeriesSpectrum): SpectrumFindings['kramersKronig'] {
  const { verdict, message, elements, mu, largestResidual } = kramersKronigOfTail(spectrum);
  return { verdict, message, elements, mu, largestResidual };
}

/** The short that a spectrum was measured in, in words; null where there is none. */
function shortAt(shorts: ShortFindings, spectra: readonly SeriesSpectrum[], index: number): string | null {
  const time_s = startOf_s(spectra[index]!);
  for (const { kind, onset, healed } of shorts.events) {
    const isAfter = (place: typeof onset): boolean =>
      place.spectrum === null
        ? time_s !== null && place.time_s !== null && time_s >= place.time_s
        : index >= place.spectrum;
    if (isAfter(onset) && !(healed !== null && isAfter(healed))) {
      return `Refused: ${kind === 'soft' ? 'a soft' : 'a hard'} short since ${placeWords(onset)}; what is measured is not the resistance of the interfaces.`;
    }
  }
  return null;
}

/** Times the largest real part measured that an arc may reach to, where its summit lies below the lowest frequency. */
const REACH_MAX = 3;

const interfacialOf = (arcs: readonly ArcFinding[]): readonly ArcFinding[] =>
  arcs.filter(({ interfacial }) => interfacial);

/** Why nothing of a fit is believed; null where it may be. */
function unbelieved({ rmsRelative }: CircuitFit): string | null {
  return rmsRelative < RMS_MAX ? null : `The circuit misses the spectrum by ${rounded(100 * rmsRelative, 2)} % of |Z|.`;
}

const isOpen = ({ parameters }: CircuitFit, name: string | null): boolean =>
  parameters.some((parameter) => parameter.name === name && parameter.state === 'not determined');

/** Whether an arc is the rise of one that ends far outside of what was measured. */
function isBlocking({ resistance_ohm, summit_Hz }: ArcFinding, { frequency_Hz, real_ohm }: SeriesSpectrum): boolean {
  return summit_Hz < Math.min(...frequency_Hz) && resistance_ohm! > REACH_MAX * Math.max(...real_ohm);
}

/** The arcs of interfaces whose resistance is determined and whose summit was measured, beside others that are not; null without any. */
function closedArcsOf(
  fit: CircuitFit,
  arcs: readonly ArcFinding[],
  spectrum: SeriesSpectrum,
  cell: AnalysedCellKind,
  area_m2: number | null,
): InterfaceFinding | null {
  const closed = interfacialOf(arcs).filter(
    (arc) =>
      arc.resistance_ohm !== null &&
      !arc.extrapolated &&
      !isOpen(fit, resistorName(fit, arc.part)) &&
      !isBlocking(arc, spectrum),
  );
  return closed.length === 0 ? null : interfaceOf(fit, closed, cell, area_m2);
}

/** The constant phase with which a circuit of our own stays open; null where it closes. */
const openEnd = ({ circuit }: CircuitFit): string | null => /-(CPE\d+)$/.exec(circuit)?.[1] ?? null;

function whyNot(
  fit: CircuitFit,
  arcs: readonly ArcFinding[],
  spectrum: SeriesSpectrum,
  isOurs: boolean,
): string | null {
  const mine = interfacialOf(arcs);
  const end = isOurs ? openEnd(fit) : null;
  if (end !== null)
    return `The spectrum ends in a tail (${end}) that does not close within the frequencies: diffusion, a blocking electrode, or a slower arc.`;
  if (mine.length === 0) return 'No arc of the fit is of an interface.';
  const open = mine.map(({ part }) => resistorName(fit, part)).filter((name) => isOpen(fit, name));
  if (open.length > 0) {
    const names = [...new Set(open)].join(' and ');
    return `The frequencies measured do not determine ${names} of ${fit.circuit}.`;
  }
  if (mine.some(({ resistance_ohm }) => resistance_ohm === null))
    return 'An arc of the circuit has no resistance of its own.';
  const blocking = mine.find((arc) => isBlocking(arc, spectrum));
  if (blocking !== undefined) {
    const lowest_Hz = Math.min(...spectrum.frequency_Hz);
    const largest_ohm = Math.max(...spectrum.real_ohm);
    return `Only the rise of ${blocking.part} was measured, to ${rounded(largest_ohm, 2)} ohm at ${rounded(lowest_Hz)} Hz, as of a blocking electrode or of diffusion: where it ends is not known.`;
  }
  return null;
}

function suggestionFor(capacitance_F: number | null): ArcSuggestion | null {
  return capacitance_F === null ? null : SUGGESTIONS.find(([below_F]) => capacitance_F < below_F)![1];
}

function arcFindings(
  fit: CircuitFit,
  spectrum: SeriesSpectrum,
  { electrolyte = null, interfaceArcs }: SpectraOptions,
): readonly ArcFinding[] {
  return fit.arcs.map(({ part, resistance_ohm, timeConstant_s, capacitance_F }, k): ArcFinding => {
    const name = resistorName(fit, part);
    // What hangs on a resistance that nobody knows is not known either.
    const isUnknown = isOpen(fit, name);
    const suggestion = isUnknown ? null : suggestionFor(capacitance_F);
    const summit_Hz = 1 / (2 * Math.PI * timeConstant_s);
    const isSolid = electrolyte !== 'liquid' && (suggestion === 'bulk' || suggestion === 'grain boundaries');
    return {
      part,
      resistance_ohm: isUnknown ? null : resistance_ohm,
      resistance_ohm_error: isUnknown ? null : errorOf(fit, name),
      timeConstant_s,
      summit_Hz,
      extrapolated: summit_Hz > Math.max(...spectrum.frequency_Hz) || summit_Hz < Math.min(...spectrum.frequency_Hz),
      capacitance_F: isUnknown ? null : capacitance_F,
      suggestion,
      interfacial: interfaceArcs === undefined ? !isSolid : interfaceArcs.includes(k),
    };
  });
}

/** Name of the parameter that is the resistance of an arc; null where there is none. */
function resistorName({ parameters }: CircuitFit, part: string): string | null {
  const names = parameters.map(({ name }) => name);
  const inside = part.split(/[^A-Za-z0-9_]+/);
  return (
    names.find((name) => inside.includes(name) && /^R\d|^R_/.test(name)) ??
    names.find((name) => inside.includes(name.replace(/_0$/, ''))) ??
    null
  );
}

const errorOf = ({ parameters }: CircuitFit, wanted: string | null): number | null =>
  parameters.find(({ name }) => name === wanted)?.standardError ?? null;

function ohmicOf(
  features: SpectrumFeatures | null,
  fit: CircuitFit | null,
): Pick<SpectrumFindings, 'ohmic_ohm' | 'ohmic_ohm_error' | 'ohmicFrom'> {
  if (features?.ohmicReading === 'crossing' && features.ohmic_ohm > 0) {
    return { ohmic_ohm: features.ohmic_ohm, ohmic_ohm_error: null, ohmicFrom: 'crossing' };
  }
  // Beyond the highest frequency a circuit that was fitted to the whole spectrum sees further than the eye.
  const R0 = fit?.parameters.find(({ name }) => name === 'R0');
  if (R0 !== undefined && R0.state === 'determined') {
    return { ohmic_ohm: R0.value, ohmic_ohm_error: R0.standardError, ohmicFrom: 'fit' };
  }
  // A real part below 0 is an error of the measurement and bounds nothing.
  if (features === null || features.ohmic_ohm <= 0) return { ohmic_ohm: null, ohmic_ohm_error: null, ohmicFrom: null };
  return { ohmic_ohm: features.ohmic_ohm, ohmic_ohm_error: null, ohmicFrom: features.ohmicReading };
}

function interfaceOf(
  fit: CircuitFit,
  mine: readonly ArcFinding[],
  cell: AnalysedCellKind,
  area_m2: number | null,
): InterfaceFinding {
  const total_ohm = mine.reduce((sum, { resistance_ohm }) => sum + resistance_ohm!, 0);
  const total_ohm_error = errorOfSum(
    fit,
    mine.map(({ part }) => resistorName(fit, part)),
  );
  const alike = cell === 'Li|Li';
  const beyond = mine.filter(({ extrapolated }) => extrapolated).map(({ part }) => part);
  const seen = beyond.length === 0 ? '' : `, the summit of ${beyond.join(' and ')} beyond the frequencies measured`;
  const which = `${mine.map(({ part }) => part).join(' + ')} of ${fit.circuit}${seen}`;
  const areal = area_m2 === null ? null : interfaceResistance(total_ohm, area_m2, alike ? 2 : 1);
  const share = total_ohm_error === null ? null : total_ohm_error / total_ohm;
  return {
    total_ohm,
    total_ohm_error,
    perElectrode_ohm: alike ? total_ohm / 2 : null,
    areaSpecificResistance_ohm_m2: areal?.areaSpecificResistance_ohm_m2 ?? null,
    areaSpecificResistance_ohm_m2_error:
      areal === null || share === null ? null : share * areal.areaSpecificResistance_ohm_m2,
    convention: `${which}; ${areal?.convention ?? (alike ? 'two alike interfaces in series, no area known' : 'both electrodes together, no area known')}`,
  };
}

/** Standard error of a sum of fitted parameters, with their correlation; null where one of them has none. */
function errorOfSum(fit: CircuitFit, names: readonly (string | null)[]): number | null {
  const errors = names.map((name) => errorOf(fit, name));
  if (errors.some((error) => error === null)) return null;
  const places = names.map((name) => fit.correlation.names.indexOf(name!));
  const n = fit.correlation.names.length;
  let variance = 0;
  for (const [a, i] of places.entries()) {
    for (const [b, k] of places.entries()) variance += errors[a]! * errors[b]! * fit.correlation.values[i * n + k]!;
  }
  return Math.sqrt(Math.max(0, variance));
}

/** A fit that misses the data by more is told with the resistances that rest on it. */
const RMS_TOLD = 0.03;

function sentencesOf(
  findings: readonly SpectrumFindings[],
  temperature: TemperatureFindings | null,
): readonly string[] {
  const sentences: string[] = [];
  const good = findings.filter((one) => one.interface !== null);
  const partly = findings.filter((one) => one.closedArcs !== null);
  if (temperature !== null) sentences.push(temperature.words);
  else if (good.length > 0) sentences.push(`Interfaces: ${endsWords(good, findings, ({ interface: it }) => it!)}`);
  else if (partly.length > 0)
    sentences.push(`Arcs that the data determine: ${endsWords(partly, findings, ({ closedArcs }) => closedArcs!)}`);
  else sentences.push(...widthSentence(findings));
  for (const [head, refusedOnes] of [
    ['No', findings.filter(({ closedArcs }) => closedArcs === null)],
    ['Not the whole', partly],
  ] as const) {
    const reasons = new Map<string, number[]>();
    for (const { index, refused } of refusedOnes) {
      if (refused !== null) reasons.set(refused, [...(reasons.get(refused) ?? []), index]);
    }
    for (const [why, indices] of reasons)
      sentences.push(`${head} interface resistance${inSpectra(indices, findings)}. ${why}`);
  }
  return [...sentences, ...consistencySentences(findings)];
}

/** What can be said of spectra of a cell of which nothing is known. */
export const spectraSentences = ({ spectra }: Pick<SpectraFindings, 'spectra'>): readonly string[] => [
  ...widthSentence(spectra),
  ...consistencySentences(spectra),
];

/** Where in the series; nothing of a spectrum that is alone. */
const inSpectra = (indices: readonly number[], all: readonly SpectrumFindings[]): string =>
  all.length === 1 ? '' : ` in ${spectraWords(indices)}`;

/** So many digits, zeros at the end kept, never as a power of ten. */
function rounded(value: number, digits = 3): string {
  const text = value.toPrecision(digits);
  return text.includes('e') ? String(Number(text)) : text;
}

/** Resistances of the first and of the last of some spectra, and how far to trust them. */
function endsWords(
  some: readonly SpectrumFindings[],
  all: readonly SpectrumFindings[],
  of: (one: SpectrumFindings) => InterfaceFinding,
): string {
  const value = (one: SpectrumFindings): string => {
    const { total_ohm, perElectrode_ohm, areaSpecificResistance_ohm_m2: areal } = of(one);
    const whose = perElectrode_ohm === null ? ', both electrodes' : ' per interface';
    const per = areal === null ? '' : ` (${rounded(1e4 * areal)} ohm cm2${whose})`;
    return `${rounded(total_ohm)} ohm${per}${inSpectra([one.index], all)}`;
  };
  const [first, last] = [some[0]!, some.at(-1)!];
  const ends = first === last ? value(first) : `${value(first)}, ${value(last)}`;
  const isBeyond = some.some(
    (one) => of(one) === one.interface && one.arcs.some(({ interfacial, extrapolated }) => interfacial && extrapolated),
  );
  const beyond = isBeyond ? '; part of that lies beyond the frequencies measured' : '';
  const worst = Math.max(...some.map(({ fit }) => fit!.rmsRelative));
  const misses = worst > RMS_TOLD ? ` The circuit misses the data by up to ${rounded(100 * worst, 2)} % of |Z|.` : '';
  return `${ends}${beyond}.${misses}`;
}

function widthSentence(findings: readonly SpectrumFindings[]): string[] {
  const seen = findings.filter(({ features, refused }) => features !== null && !refused?.startsWith('Refused'));
  const [first, last] = [seen[0], seen.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { frequency_Hz_min, frequency_Hz_max } = first.features!;
  const width = (one: SpectrumFindings): string =>
    `${rounded(one.features!.arcWidth_ohm)} ohm${inSpectra([one.index], findings)}`;
  const ends = first === last ? width(first) : `${width(first)}, ${width(last)}`;
  const hertz = (value: number): string => String(Number(value.toPrecision(2)));
  const range = `from ${hertz(frequency_Hz_max)} to ${hertz(frequency_Hz_min)} Hz`;
  const isOpen = ({ features }: SpectrumFindings): boolean =>
    features!.apexAtEdge && features!.apex_Hz < frequency_Hz_max;
  return isOpen(first) && isOpen(last)
    ? [`The real part rises ${range} by ${ends}, and no arc closes there.`]
    : [`Width of the arcs ${range}: ${ends}.`];
}

/** The whole test of a spectrum that is alone, and which of many did not pass. */
function consistencySentences(findings: readonly SpectrumFindings[]): string[] {
  if (findings.length === 1) {
    const message = findings[0]!.kramersKronig?.message;
    return message === undefined ? [] : [message];
  }
  const having = (verdict: KramersKronigTest['verdict']): number[] =>
    findings.filter(({ kramersKronig: test }) => test?.verdict === verdict).map(({ index }) => index);
  const [bad, noisy] = [having('inconsistent'), having('noisy')];
  return [
    ...(bad.length > 0 ? [`The Kramers-Kronig test fails in ${spectraWords(bad)}.`] : []),
    ...(noisy.length > 0 ? [`Too noisy to judge by Kramers and Kronig: ${spectraWords(noisy)}.`] : []),
  ];
}

/** Numbers of spectra, runs of them shortened. */
function spectraWords(indices: readonly number[]): string {
  const runs: [from: number, to: number][] = [];
  for (const index of indices) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  }
  const words = runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  return `${indices.length === 1 ? 'spectrum' : 'spectra'} ${words.join(', ')}`;
}
