// What a series of spectra says about a short: arcs that narrow at once while the ohmic resistance does not rise, and a voltage beside
// the spectra that collapses.

import { commonFrequencies_Hz, type SpectrumFeatures, spectrumFeatures } from '../impedance/series/features.ts';
import type { SeriesSpectrum, ShortEvidence, ShortLine, ShortPlace } from './contract.ts';
import { FALL_HISTORY_MIN, FALL_WINDOW, type Fall, findFalls, median } from './falls.ts';

/** The real part at the highest frequency may rise by this share and still count as not risen. */
const RISE_MAX = 0.1;
/** Voltages at rest below this tell nothing by falling further. */
export const REST_VOLTAGE_MIN = 1e-3;

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const number = (value: number): string => String(Number(value.toPrecision(3)));

const meanOf = (values: ArrayLike<number> | undefined): number => {
  const known = Array.from(values ?? []).filter((value) => !Number.isNaN(value));
  return known.length === 0 ? Number.NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
};

/** When a spectrum began; null where that is not known. */
export function startOf_s({ time_s }: SeriesSpectrum): number | null {
  const first = Array.from(time_s ?? []).find((value) => !Number.isNaN(value));
  return first ?? null;
}

export const spectrumPlace = (spectra: readonly SeriesSpectrum[], k: number): ShortPlace => ({
  time_s: startOf_s(spectra[k]!),
  spectrum: k,
  halfCycle: null,
  cycle: null,
});

/** Hours where a time is known, and the number of the spectrum. */
export const spectrumWords = (spectra: readonly SeriesSpectrum[], k: number): string => {
  const at_s = startOf_s(spectra[k]!);
  const place = `spectrum ${k} of ${spectra.length}, counted from 0`;
  return at_s === null ? place : `${(at_s / 3600).toFixed(1)} h (${place})`;
};

const none = {
  counts: false,
  onset: null,
  healed: null,
  before: null,
  after: null,
  unit: null,
  deviations: null,
} as const;

export function spectraEvidence(
  spectra: readonly SeriesSpectrum[],
  {
    arcFall,
    restFall,
    restApplies,
  }: { readonly arcFall: number; readonly restFall: number; readonly restApplies: boolean },
): readonly ShortEvidence[] {
  return [...arcEvidence(spectra, arcFall), ...(restApplies ? restEvidence(spectra, restFall) : [])];
}

function arcEvidence(spectra: readonly SeriesSpectrum[], fall: number): readonly ShortEvidence[] {
  const criterion = `width of the arcs over ${percent(fall)} below the median of the ${FALL_WINDOW} spectra before, breaking with their trend, lasting, while the real part at the highest frequency does not rise by more than ${percent(RISE_MAX)}`;
  const common = { line: 'b', quantity: 'width of the arcs', from: 'spectra', criterion } as const;
  const window_Hz = commonFrequencies_Hz(spectra);
  const features = spectra.map((spectrum) => (window_Hz === null ? null : spectrumFeatures(spectrum, window_Hz)));
  const known = features.filter((one) => one !== null).length;
  if (known <= FALL_HISTORY_MIN) {
    const words =
      window_Hz === null && spectra.length > 0
        ? 'The spectra have no frequencies in common, so their arcs cannot be compared.'
        : `${known} spectra: a fall is judged from ${FALL_HISTORY_MIN} before it on.`;
    return [{ ...common, ...none, state: 'not applicable', words }];
  }
  const widths = features.map((one) => one?.arcWidth_ohm ?? Number.NaN);
  const falls = findFalls(widths, { fall });
  if (falls.length === 0) {
    const words = `No arc of ${known} spectra falls by half below those before it (${number(window_Hz![0])} to ${number(window_Hz![1])} Hz).`;
    return [{ ...common, ...none, state: 'absent', words }];
  }
  return falls.map((one) => {
    const rise = riseOf(features, one.index);
    const rises = rise > RISE_MAX;
    const { why, ...worth } = judge(one, rises);
    const later = spectra.length - one.index - 1;
    const lasts = worth.state === 'present' && one.healedAt === null;
    const end = one.healedAt === null ? '' : ` It was back from ${spectrumWords(spectra, one.healedAt)} on.`;
    const ohmic = rises
      ? `while the real part at the highest frequency rose by ${percent(rise)}, which speaks for lost contact rather than a short`
      : `while the real part at the highest frequency ${rise < -RISE_MAX ? `fell by ${percent(-rise)}` : 'kept its value'}`;
    const words = `At ${spectrumWords(spectra, one.index)} the arcs narrowed to ${number(one.after)} ohm, ${percent(one.share)} below the ${number(one.before)} ohm of the spectra before (${number(widths[one.index - 1]!)} ohm in the last of them), ${ohmic}${why}${lasts && later > 0 ? ` over the ${later} spectra that follow` : ''}.${end}`;
    return { ...common, ...worth, ...valuesOf(one, 'ohm'), ...placesOf(spectra, one), words };
  });
}

/** By which share the real part at the highest frequency exceeds its median over the spectra before. */
function riseOf(features: readonly (SpectrumFeatures | null)[], k: number): number {
  const before = features
    .slice(0, k)
    .flatMap((one) => (one === null ? [] : [one.highFrequency_ohm]))
    .slice(-FALL_WINDOW);
  return features[k]!.highFrequency_ohm / median(before) - 1;
}

/** What a fall by itself is worth, and what keeps it from being more. */
export function judge(
  fall: Fall,
  isExcused: boolean,
): Pick<ShortEvidence, 'state' | 'counts'> & { readonly why: string } {
  if (isExcused) return { state: 'absent', counts: false, why: '' };
  if (!fall.abrupt) return { state: 'suggestive', counts: false, why: '; the trend before it led there' };
  if (fall.lasting === null) return { state: 'suggestive', counts: true, why: '; nothing was measured after it' };
  if (!fall.lasting) return { state: 'suggestive', counts: true, why: '; it did not last' };
  return { state: 'present', counts: true, why: '; it lasts' };
}

const valuesOf = ({ before, after, deviations }: Fall, unit: 'V' | 'ohm') => ({ before, after, deviations, unit });

const placesOf = (spectra: readonly SeriesSpectrum[], { index, healedAt }: Fall) => ({
  onset: spectrumPlace(spectra, index),
  healed: healedAt === null ? null : spectrumPlace(spectra, healedAt),
});

function restEvidence(spectra: readonly SeriesSpectrum[], fall: number): readonly ShortEvidence[] {
  const line: ShortLine = 'c';
  const criterion = `mean voltage during the spectra over ${percent(fall)} below the median of the ${FALL_WINDOW} before, breaking with their trend, lasting, from ${1e3 * REST_VOLTAGE_MIN} mV or more`;
  const common = { line, quantity: 'voltage at rest', from: 'spectra', criterion } as const;
  const rest_V = spectra.map(({ voltage_V }) => Math.abs(meanOf(voltage_V)));
  const known = rest_V.filter((value) => !Number.isNaN(value)).length;
  if (known <= FALL_HISTORY_MIN) {
    return known === 0
      ? []
      : [{ ...common, ...none, state: 'not applicable', words: `${known} voltages at rest are too few.` }];
  }
  const falls = findFalls(rest_V, { fall }).filter(({ before }) => before >= REST_VOLTAGE_MIN);
  if (falls.length === 0) {
    const middle = median(rest_V.filter((value) => !Number.isNaN(value)));
    const words =
      middle < REST_VOLTAGE_MIN
        ? `The cell rests near 0 (${number(1e3 * middle)} mV) between spectra all along.`
        : 'The voltage beside the spectra does not collapse.';
    return [{ ...common, ...none, state: middle < REST_VOLTAGE_MIN ? 'not applicable' : 'absent', words }];
  }
  return falls.map((one) => {
    const { why, ...worth } = judge(one, false);
    const end = one.healedAt === null ? '' : ` It was back from ${spectrumWords(spectra, one.healedAt)} on.`;
    const words = `At ${spectrumWords(spectra, one.index)} the voltage at rest fell from ${number(1e3 * one.before)} to ${number(1e3 * one.after)} mV${why}.${end}`;
    return { ...common, ...worth, ...valuesOf(one, 'V'), ...placesOf(spectra, one), words };
  });
}
