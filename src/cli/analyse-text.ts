// A test as a person reads it: who it is, the verdict, cycles, spectra, and what the reader recognised and left open.

import type { CircuitFit, CyclingFindings, SpectrumFeatures } from '../analysis/index.ts';
import type { InstrumentFile } from '../readers/index.ts';
import { cm2_from_m2, mAh_from_C, ohm_cm2_from_ohm_m2 } from '../units/index.ts';
import { openNeeds, rangeOf, verdictOf } from './analyse-document.ts';
import type { AnalyseWish } from './analyse-options.ts';
import type { AnalysedTest } from './analysed-test.ts';
import { column, duration, MISSING, percentColumn, significant } from './numbers.ts';
import { labelled, table, wrap } from './text-table.ts';

const COLUMNS = 100;
/** Cycles that the text shows; all are in the JSON. */
const CYCLES_SHOWN_MAX = 40;
const LISTED_MAX = 12;
const SPECTRA_SHOWN_MAX = 50;

/** At most `LISTED_MAX` lines, and how many are left. */
function listed(label: string, lines: readonly string[], most = LISTED_MAX): string[] {
  const shown = lines.slice(0, most).map((line, k) => labelled(k === 0 ? label : '', line, COLUMNS));
  return lines.length > most
    ? [...shown, labelled('', `and ${lines.length - most} more (--json has all)`, COLUMNS)]
    : shown;
}

/** What each column became; those of unknown meaning together, last. */
function columnLines({ columns }: InstrumentFile): string[] {
  const known = columns
    .filter(({ from }) => from !== 'unknown')
    .map(({ heading, to, from }) => `${heading}: ${to}, by ${from}`);
  const unknown = columns.filter(({ from }) => from === 'unknown').map(({ heading }) => heading);
  const shown = unknown.slice(0, LISTED_MAX).join('; ');
  const rest = unknown.length > LISTED_MAX ? `; and ${unknown.length - LISTED_MAX} more` : '';
  return unknown.length === 0 ? known : [...known.slice(0, LISTED_MAX - 1), `kept, meaning unknown: ${shown}${rest}`];
}

/** Cell, area and sign on every result, given or not. */
function givenLines(file: InstrumentFile, { cell, overrides }: AnalyseWish): string[] {
  const { area_m2, sign } = overrides;
  const cellText = cell === null ? 'not given (--cell): no efficiency, no verdict' : `${cell}, as given by --cell`;
  const areaText =
    area_m2 === undefined
      ? 'not given (--area): mAh and Ω of the whole cell'
      : `${significant(cm2_from_m2(area_m2), 4)} cm², as given by --area`;
  const turned = sign === undefined ? '' : ', as given by --sign';
  return [
    labelled('Cell', cellText, COLUMNS),
    labelled('Area', areaText, COLUMNS),
    ...(file.records.length === 0
      ? []
      : [labelled('Sign', `${file.sign.convention}; ${file.sign.why}${turned}`, COLUMNS)]),
  ];
}

function recordLines({ records }: InstrumentFile): string[] {
  return records.map((record, k) => {
    const [low_V, high_V] = rangeOf(record.voltage_V);
    const [low_A, high_A] = rangeOf(record.current_A);
    const current =
      low_A === null || high_A === null
        ? ', current unknown'
        : `, ${significant(1e3 * low_A)} to ${significant(1e3 * high_A)} mA`;
    const length_s = record.time_s.at(-1)! - record.time_s[0]!;
    const text = `${record.time_s.length} rows over ${duration(length_s)}, ${significant(low_V, 4)} to ${significant(high_V, 4)} V${current}`;
    return labelled(k === 0 ? 'Record' : '', text, COLUMNS);
  });
}

function fitText({ parameters, rmsRelative, converged }: CircuitFit): string {
  const values = parameters.map(({ name, value, unit, standardError, state }) => {
    const error = standardError === null ? '' : ` ± ${significant(standardError, 2)}`;
    const words = state === 'determined' ? '' : ` (${state})`;
    return `${name} ${significant(value)}${error}${unit === '' || unit === '1' ? '' : ` ${unit}`}${words}`;
  });
  const sound = converged ? '' : '; not converged';
  return `${values.join(', ')}; ${significant(100 * rmsRelative, 2)} % from the data${sound}`;
}

/** Fits of one circuit to several spectra, one line each. */
function fitsText(fits: readonly (CircuitFit | null)[]): string {
  const [first] = fits.filter((fit) => fit !== null);
  const { circuit, parameters } = first!;
  const unitOf = (unit: string): string => (unit === '' || unit === '1' ? '' : ` ${unit}`);
  const head = ['spectrum', ...parameters.map(({ name, unit }) => `${name}${unitOf(unit)}`), '% from data'];
  const rows = fits.flatMap((fit, k) => {
    if (fit === null) return [];
    const values = fit.parameters.map(({ value, state }) => {
      const mark = state === 'determined' || state === 'fixed' ? ' ' : state === 'at bound' ? '|' : '?';
      return `${significant(value)}${mark}`;
    });
    return [[String(k), ...values, significant(100 * fit.rmsRelative, 2)]];
  });
  const words = `Fits of ${circuit}, each for itself; ?: not determined by this spectrum, |: at a bound; errors and correlations with --json.`;
  return [table([head, ...rows], 'r'.repeat(head.length)), ...block(words)].join('\n');
}

/** One line for each spectrum, and what the numbers of the table are. */
function spectraText(test: AnalysedTest, { cell, overrides: { area_m2 } }: AnalyseWish): string {
  const { file, spectra } = test;
  const isShorted = shortedSpectra(test);
  const shown = file.spectra
    .slice(0, SPECTRA_SHOWN_MAX)
    .map((spectrum, k) => ({ spectrum, report: spectra[k]!, isShort: isShorted(k) }));
  const columns: { readonly head: string; readonly align: 'l' | 'r'; readonly cells: readonly string[] }[] = [];
  type Shown = (typeof shown)[number];
  const add = (head: string, align: 'l' | 'r', pick: (one: Shown, k: number) => string): void => {
    const cells = shown.map(pick);
    if (cells.some((text) => text !== MISSING)) columns.push({ head, align, cells });
  };
  const number =
    (pick: (one: SpectrumFeatures) => number) =>
    ({ report }: Shown): string =>
      significant(report.features === null ? null : pick(report.features));
  const hasTime = shown.length > 1;
  add('spectrum', 'r', (_, k) => String(k));
  if (hasTime) add('time h', 'r', ({ spectrum }) => significant(spectrum.time_s[0]! / 3600, 4));
  add('points', 'r', ({ spectrum }) => String(spectrum.frequency_Hz.length));
  add(
    'Hz',
    'l',
    ({ spectrum: { frequency_Hz: f } }) => `${significant(f[0] ?? null)} … ${significant(f.at(-1) ?? null)}`,
  );
  add(
    'R_s Ω',
    'r',
    number(({ ohmic_ohm }) => ohmic_ohm),
  );
  add('read from', 'l', ({ report }) => report.features?.ohmicReading ?? MISSING);
  add(
    'arcs Ω',
    'r',
    number(({ arcWidth_ohm }) => arcWidth_ohm),
  );
  if (cell === 'Li|Li' && area_m2 !== undefined) {
    add('R·A/2 Ω cm²', 'r', ({ report, isShort }) =>
      report.features === null || isShort
        ? MISSING
        : significant(ohm_cm2_from_ohm_m2(0.5 * report.features.arcWidth_ohm * area_m2)),
    );
  }
  add(
    '−Z″ Ω',
    'r',
    number(({ apex_ohm }) => apex_ohm),
  );
  add('at Hz', 'r', ({ report: { features } }) =>
    features === null ? MISSING : `${significant(features.apex_Hz)}${features.apexAtEdge ? '*' : ' '}`,
  );
  add('Kramers-Kronig', 'l', ({ report: { kramersKronig } }) =>
    kramersKronig === null
      ? MISSING
      : `${kramersKronig.verdict}, ${significant(100 * kramersKronig.judged.largestResidual, 2)} %`,
  );
  add('', 'l', ({ isShort }) => (isShort ? 'short' : MISSING));
  const rows = [
    columns.map(({ head }) => head),
    ...shown.map((_, k) => columns.map(({ cells }) => (cells[k] === MISSING && columns.length > 9 ? '' : cells[k]!))),
  ];
  const lines = [table(rows, columns.map(({ align }) => align).join(''))];
  const left = file.spectra.length - shown.length;
  if (left > 0) lines.push(`${left} more spectra (--json has all)`);
  const words = [
    ...(shown.length > 1 ? ['Spectra are counted from 0'] : []),
    'arcs: Z′ at the lowest less Z′ at the highest frequency',
  ];
  if (columns.some(({ head }) => head.startsWith('R·A/2')))
    words.push('R·A/2: that for one of two alike electrodes, none where a short was seen');
  if (shown.some(({ report }) => report.features?.apexAtEdge === true))
    words.push('*: the top of the arc lies beyond the frequencies measured');
  lines.push(...block(sentence(words.join('; '))));
  const fits = shown.map(({ report }) => report.fit);
  const known = fits.filter((fit) => fit !== null);
  if (known.length === 1) lines.push(labelled('Fit', `${known[0]!.circuit}: ${fitText(known[0]!)}`, COLUMNS));
  if (known.length > 1) lines.push('', fitsText(fits));
  const reasons = shown.flatMap(({ report }, k) => report.reasons.map((reason) => `spectrum ${k}: ${reason}`));
  lines.push(...listed('Not told', reasons));
  return lines.join('\n');
}

/** Places of spectra from which on a short was seen, to where it healed. */
function shortedSpectra({ shorts, file }: AnalysedTest): (index: number) => boolean {
  const spans = (shorts?.events ?? []).map(({ onset, healed }) => [onset, healed] as const);
  return (index) =>
    spans.some(([onset, healed]) => {
      const time_s = file.spectra[index]?.time_s[0] ?? null;
      if (onset.spectrum !== null)
        return index >= onset.spectrum && (healed?.spectrum ?? Number.POSITIVE_INFINITY) > index;
      if (onset.time_s === null || time_s === null) return false;
      return time_s >= onset.time_s && time_s < (healed?.time_s ?? Number.POSITIVE_INFINITY);
    });
}

function cyclesText(
  { convention, conventionWords, pairing, cycles, chargeSource, chargeSourcesDiffer }: CyclingFindings,
  { overrides }: AnalyseWish,
): string {
  const { area_m2 } = overrides;
  const shown = cycles.slice(0, CYCLES_SHOWN_MAX);
  const share = area_m2 === undefined ? 1 : 1 / cm2_from_m2(area_m2);
  const unit = area_m2 === undefined ? 'mAh' : 'mAh/cm²';
  const words = convention === 'discharged/charged' ? ['discharged', 'charged'] : ['plated', 'stripped'];
  const charge = (values: readonly number[]): string[] => column(values.map((value) => mAh_from_C(value) * share));
  const milliVolts = (values: readonly (number | null)[]): string[] =>
    column(
      values.map((value) => (value === null ? null : 1e3 * value)),
      3,
      2,
    );
  const hasVendor = shown.some(({ cycle, cycle_vendor }) => cycle_vendor !== null && cycle_vendor !== cycle);
  const hasEfficiency = shown.some(({ coulombic_efficiency }) => coulombic_efficiency !== null);
  const hasDip = shown.some(({ nucleation }) => nucleation?.kind === 'dip');
  const columns: { readonly head: string; readonly align: 'l' | 'r'; readonly cells: readonly string[] }[] = [
    { head: 'cycle', align: 'r', cells: shown.map(({ cycle }) => String(cycle)) },
  ];
  const add = (head: string, cells: readonly string[], align: 'l' | 'r' = 'r'): void =>
    void columns.push({ head, align, cells });
  if (hasVendor)
    add(
      "file's",
      shown.map(({ cycle_vendor }) => (cycle_vendor === null ? MISSING : String(cycle_vendor))),
    );
  add(`${words[0]} ${unit}`, charge(shown.map(({ discharged_C }) => discharged_C)));
  add(`${words[1]} ${unit}`, charge(shown.map(({ charged_C }) => charged_C)));
  if (hasEfficiency) {
    add('CE %', percentColumn(shown.map(({ coulombic_efficiency }) => coulombic_efficiency)));
    const errors = shown.map(({ coulombic_efficiency_error: error }) => error);
    if (errors.some((error) => error !== null)) add('± %', percentErrors(errors));
  }
  add('overpotential mV', milliVolts(shown.map(({ polarisation_V }) => polarisation_V)));
  if (hasDip) {
    const dips = shown.map(({ nucleation }) => (nucleation?.kind === 'dip' ? nucleation : null));
    add(
      'nucleation η/μ mV',
      dips.map((dip) =>
        dip === null ? MISSING : `${significant(1e3 * dip.eta_n_V)} / ${significant(1e3 * dip.mu_n_V)}`,
      ),
    );
  }
  if (shown.some(({ flags }) => flags.length > 0))
    add(
      '',
      shown.map(({ flags }) => flags.join(', ')),
      'l',
    );
  const rows = [columns.map(({ head }) => head), ...shown.map((_, k) => columns.map(({ cells }) => cells[k]!))];
  const lines = [table(rows, columns.map(({ align }) => align).join(''))];
  if (cycles.length > shown.length) lines.push(`${cycles.length - shown.length} more cycles (--json has all)`);
  const differ =
    chargeSourcesDiffer === null
      ? ''
      : `, from which the current over time differs by ${significant(100 * chargeSourcesDiffer, 2)} %`;
  lines.push(...block(`${sentence(conventionWords)} ${sentence(pairing.words)} Charge: ${chargeSource}${differ}.`));
  return lines.join('\n');
}

const percentErrors = (errors: readonly (number | null)[]): string[] =>
  errors.map((error) => (error === null ? MISSING : significant(100 * error, 2)));

const block = (text: string): string[] => wrap(text, COLUMNS, '').split('\n');

/** Sentences that were written as parts of others. */
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;

/** The whole of a test: what was recognised first, the verdict last, where a person at a screen looks. */
export function testText(test: AnalysedTest, wish: AnalyseWish, written: readonly string[]): string {
  const { file, paths, decisions, cycling, cyclingWhy, shorts, spectra } = test;
  const evidence = (shorts?.evidence ?? []).filter(({ state }) => state === 'present' || state === 'suggestive');
  const verdict = verdictOf(test);
  const remarks = [
    ...file.remarks.map(({ where, message }) => (where === '' ? message : `${where}: ${message}`)),
    ...cycling.flatMap((one) => one?.remarks ?? []),
    ...(shorts?.remarks ?? []),
  ];
  const said = file.metadata.map(
    ({ name, text, where, caution }) => `${name}: ${text} (${where})${caution === undefined ? '' : `; ${caution}`}`,
  );
  const lines = [
    ...paths,
    ...listed(
      'Joined',
      decisions.map(({ where, message }) => (where === '' ? message : `${where}: ${message}`)),
    ),
    labelled('Format', file.format, COLUMNS),
    labelled('Rows', String(file.rows), COLUMNS),
    ...recordLines(file),
    ...listed('Columns', columnLines(file)),
    ...listed('The file says', said),
    ...listed('Remarks', remarks),
    ...givenLines(file, wish),
    ...listed(
      'To be said',
      openNeeds(file, wish).map(({ what, why }) => `${what}: ${why}`),
    ),
    ...(cyclingWhy === null || file.records.length === 0 ? [] : [labelled('No cycles', cyclingWhy, COLUMNS)]),
  ];
  for (const one of cycling) if (one !== null && one.cycles.length > 0) lines.push('', cyclesText(one, wish));
  if (spectra.length > 0) lines.push('', spectraText(test, wish));
  if (verdict.length + evidence.length > 0) lines.push('');
  lines.push(
    ...listed(
      'Evidence',
      evidence.map(({ words, state }) => (state === 'present' ? words : `only suggests a short: ${words}`)),
    ),
    ...listed('Verdict', verdict),
    ...listed('Written', written),
  );
  return `${lines.join('\n')}\n\n`;
}
