// A test as a person reads it: who it is, the verdict, cycles, spectra, and what the reader recognised and left open.

import type {
  CircuitFit,
  CycleFlag,
  CyclingFindings,
  FittedParameter,
  SpectraFindings,
  SpectrumFindings,
} from '../analysis/index.ts';
import { CHARGES_ARE } from '../analysis/index.ts';
import { labTestSentences, openNeeds, rangeOf } from '../design/index.ts';
import type { InstrumentFile } from '../readers/index.ts';
import { cm2_from_m2, mAh_from_C, ohm_cm2_from_ohm_m2, ZERO_CELSIUS_K } from '../units/index.ts';
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
  const cellText = cell === null ? 'not given (--cell)' : `${cell}, as given by --cell`;
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

/** A fit that misses |Z| by more is told to do so, without its values, where nobody asked for this circuit. */
const BELIEVED_MAX = 0.1;
/** Residuals below this are rounding, and so are the errors that follow from them. */
const ROUNDING_MAX = 1e-9;

const isBelieved = ({ rmsRelative }: CircuitFit, isGiven: boolean): boolean => isGiven || rmsRelative <= BELIEVED_MAX;

const unitWords = (unit: string): string => (unit === '' || unit === '1' ? '' : ` ${unit}`);

/** A parameter with its error. What the data do not determine has no value, but perhaps an end. */
function parameterText(
  { name, value, unit, standardError, interval95, state }: FittedParameter,
  isExact: boolean,
): string {
  if (state === 'not determined') {
    const [low, high] = interval95 ?? [0, Number.POSITIVE_INFINITY];
    const range = [
      ...(low > 0 ? [`above ${significant(low, 2)}`] : []),
      ...(Number.isFinite(high) ? [`below ${significant(high, 2)}`] : []),
    ].join(' and ');
    return `${name} not determined${range === '' ? '' : ` (${range}${unitWords(unit)})`}`;
  }
  const error = standardError === null || isExact ? '' : ` ± ${significant(standardError, 2)}`;
  const words = state === 'determined' ? '' : ` (${state})`;
  return `${name} ${significant(value)}${error}${unitWords(unit)}${words}`;
}

function fitText(fit: CircuitFit, isGiven: boolean): string {
  const { parameters, rmsRelative, converged } = fit;
  if (!isBelieved(fit, isGiven))
    return `no circuit of one to three arcs follows this spectrum: it is missed by ${significant(100 * rmsRelative, 2)} % of |Z|`;
  const isExact = rmsRelative < ROUNDING_MAX;
  const values = parameters.map((one) => parameterText(one, isExact)).join(', ');
  const misfit = isExact ? 'the data to their last digit' : `${significant(100 * rmsRelative, 2)} % from the data`;
  return `${values}; ${misfit}${converged ? '' : '; not converged'}`;
}

/** One line for each spectrum, and what the numbers of the table are. */
function spectraText({ file }: AnalysedTest, { circuit, spectra, series }: SpectraFindings): string {
  const shown = spectra.slice(0, SPECTRA_SHOWN_MAX);
  const columns: { readonly head: string; readonly align: 'l' | 'r'; readonly cells: readonly string[] }[] = [];
  type Shown = (typeof shown)[number];
  const add = (head: string, align: 'l' | 'r', pick: (one: Shown) => string): void => {
    const cells = shown.map(pick);
    if (cells.some((text) => text !== MISSING)) columns.push({ head, align, cells });
  };
  const withError = (value: number | null, error: number | null): string =>
    value === null
      ? MISSING
      : `${significant(value)}${error === null || error < ROUNDING_MAX * value ? '' : ` ± ${significant(error, 2)}`}`;
  add('spectrum', 'r', ({ index }) => String(index));
  if (shown.length > 1) add('time h', 'r', ({ time_s }) => significant(time_s === null ? null : time_s / 3600, 4));
  if (shown.some(({ temperature_K }) => temperature_K !== shown[0]!.temperature_K))
    add('°C', 'r', ({ temperature_K }) =>
      significant(temperature_K === null ? null : temperature_K - ZERO_CELSIUS_K, 4),
    );
  add('points', 'r', ({ points }) => String(points));
  add('from … to Hz', 'l', ({ index }) => {
    const [low, high] = rangeOf(file.spectra[index]!.frequency_Hz);
    return low === high ? significant(low) : `${significant(low)} … ${significant(high)}`;
  });
  // Where the axis is not reached the highest frequency gives an upper bound.
  add('R_s Ω', 'r', ({ ohmic_ohm, ohmic_ohm_error, ohmicFrom }) =>
    ohmicFrom === 'highest frequency' ? `≤ ${significant(ohmic_ohm)}` : withError(ohmic_ohm, ohmic_ohm_error),
  );
  add('by', 'l', ({ ohmicFrom }) => (ohmicFrom === 'highest frequency' ? 'highest f' : (ohmicFrom ?? MISSING)));
  add('arcs Ω', 'r', ({ features }) => significant(features?.arcWidth_ohm ?? null));
  const partMark = (one: Shown): string => (one.interface === null && one.closedArcs !== null ? '+' : '');
  const hasPart = shown.some((one) => partMark(one) !== '');
  add('interfaces Ω', 'r', (one) => {
    const found = one.interface ?? one.closedArcs;
    return found === null ? MISSING : `${withError(found.total_ohm, found.total_ohm_error)}${partMark(one)}`;
  });
  const isAlike = shown.some((one) => one.interface?.perElectrode_ohm != null);
  add(isAlike ? 'each Ω cm²' : 'both Ω cm²', 'r', (one) => {
    const areal = (one.interface ?? one.closedArcs)?.areaSpecificResistance_ohm_m2 ?? null;
    return areal === null ? MISSING : `${significant(ohm_cm2_from_ohm_m2(areal))}${partMark(one)}`;
  });
  add('summit Hz', 'r', ({ features }) =>
    features === null ? MISSING : `${significant(features.apex_Hz)}${features.apexAtEdge ? '*' : ''}`,
  );
  add('Kramers-Kronig', 'l', ({ kramersKronig }) => (kramersKronig === null ? MISSING : kramersKronig.verdict));
  add('', 'l', ({ refused }) => (refused?.startsWith('Refused') ? 'short' : MISSING));
  const last = columns.length - 1;
  const cellOf = (text: string, k: number): string =>
    k === last && columns[last]!.head === '' && text === MISSING ? '' : text;
  const rows = [
    columns.map(({ head }) => head),
    ...shown.map((_, row) => columns.map(({ cells }, k) => cellOf(cells[row]!, k))),
  ];
  const lines = [table(rows, columns.map(({ align }) => align).join(''))];
  const left = spectra.length - shown.length;
  if (left > 0) lines.push(`${left} more spectra (--json has all)`);
  const words: string[] = [];
  if (shown.length > 1) words.push('spectra are counted from 0');
  if (columns.some(({ head }) => head === 'arcs Ω'))
    words.push(`arcs: Z′ at the lowest less Z′ at the highest frequency${shown.length > 1 ? ' that all share' : ''}`);
  if (columns.some(({ cells }) => cells.some((text) => text.startsWith('≤'))))
    words.push('≤: Z′ at the highest frequency, where the arcs have not met the axis');
  const convention = (
    spectra.find((one) => one.interface !== null)?.interface ??
    spectra.find((one) => one.closedArcs !== null)?.closedArcs
  )?.convention;
  if (convention !== undefined) words.push(`interfaces: ${convention}`);
  if (hasPart) words.push('+: of the arcs that the data determine; what follows them at lower frequency they do not');
  if (shown.some(({ features }) => features?.apexAtEdge === true))
    words.push('*: −Im is largest at the edge of the frequencies measured');
  if (words.length > 0) lines.push(...block(sentence(words.join('; '))));
  const fits = shown.filter(({ fit }) => fit !== null);
  if (circuit === null || fits.length === 0) return lines.join('\n');
  const isGiven = circuit.criterion === 'given';
  const how = `${circuit.circuit}, ${isGiven ? 'as given by --circuit' : `chosen by ${circuit.criterion}`}`;
  const together = series === null ? '' : '; all fitted together, as stiff along the test as cross-validation asks';
  if (fits.length === 1) lines.push(labelled('Fit', `${how}: ${fitText(fits[0]!.fit!, isGiven)}`, COLUMNS));
  else {
    const text = fitsText(fits, isGiven);
    const legend = [
      ...(text.includes('?') ? ['?: not determined by the data'] : []),
      ...(text.includes('|') ? ['|: at a bound'] : []),
      ...(fits.some(({ fit }) => !isBelieved(fit!, isGiven))
        ? [`no values where the circuit misses |Z| by over ${100 * BELIEVED_MAX} %`]
        : []),
      'errors and correlations with --json',
    ];
    lines.push('', text, ...block(`Fits of ${how}${together}; ${legend.join('; ')}.`));
  }
  return lines.join('\n');
}

/** Fits of one circuit to several spectra, one line each. */
function fitsText(fits: readonly SpectrumFindings[], isGiven: boolean): string {
  const { parameters } = fits[0]!.fit!;
  const head = ['spectrum', ...parameters.map(({ name, unit }) => `${name}${unitWords(unit)}`), '% off'];
  const rows = fits.map(({ index, fit }) => {
    const values = fit!.parameters.map(({ value, state }) => {
      if (!isBelieved(fit!, isGiven)) return `${MISSING} `;
      if (state === 'not determined') return '? ';
      return `${significant(value)}${state === 'at bound' ? '|' : ' '}`;
    });
    const off = fit!.rmsRelative;
    return [String(index), ...values, off < ROUNDING_MAX ? '0' : significant(100 * off, 2)];
  });
  return table([head, ...rows], 'r'.repeat(head.length));
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
  add('polarisation mV', milliVolts(shown.map(({ polarisation_V }) => polarisation_V)));
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
      shown.map(({ flags }) => flags.map(flagWords).join(', ')),
      'l',
    );
  const rows = [columns.map(({ head }) => head), ...shown.map((_, k) => columns.map(({ cells }) => cells[k]!))];
  const lines = [table(rows, columns.map(({ align }) => align).join(''))];
  if (cycles.length > shown.length) lines.push(`${cycles.length - shown.length} more cycles (--json has all)`);
  const other =
    chargeSource === 'current over time' ? 'the counters of the instrument differ' : 'the current over time differs';
  const differ =
    chargeSourcesDiffer === null ? '' : `, from which ${other} by ${significant(100 * chargeSourcesDiffer, 2)} %`;
  // How charges are divided matters where they are.
  const divided = hasEfficiency ? `${sentence(conventionWords)} ${sentence(pairing.words)} ` : '';
  const undefinedWords = convention === 'undefined' ? `${sentence(conventionWords)} ` : '';
  lines.push(...block(`${divided}${undefinedWords}Charge: ${chargeSource}${differ}.`));
  return lines.join('\n');
}

const flagWords = (flag: CycleFlag): string => {
  switch (flag) {
    case 'above-one':
      return 'above 100 %';
    case 'came-charged':
      return 'came charged: no efficiency';
    case 'lithium-left':
      return 'lithium left: no efficiency';
    case 'reservoir-test':
      return 'of a reservoir test';
    case 'formation':
    case 'incomplete':
      return flag;
  }
};

const percentErrors = (errors: readonly (number | null)[]): string[] =>
  errors.map((error) => (error === null ? MISSING : significant(100 * error, 2)));

const block = (text: string): string[] => wrap(text, COLUMNS, '').split('\n');

/** Sentences that were written as parts of others. */
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;

/** The whole of a test: what was recognised first, the verdict last, where a person at a screen looks. */
export function testText(
  test: AnalysedTest,
  wish: AnalyseWish,
  written: readonly string[],
  comparison: string | null,
): string {
  const { file, paths, decisions, lab, spectra, reasons } = test;
  const evidence = (lab?.shorts.evidence ?? []).filter(({ state }) => state === 'present' || state === 'suggestive');
  const verdict = labTestSentences(test);
  const placed = ({ where, message }: { readonly where: string; readonly message: string }): string =>
    where === '' ? message : `${where}: ${message}`;
  const joins = decisions.map(placed);
  const remarks = [
    // How files were joined stands above.
    ...file.remarks.map(placed).filter((text) => !joins.includes(text)),
    // The line under the table of cycles says where charges come from.
    ...(lab?.remarks ?? spectra?.remarks ?? []).filter((text) => !text.startsWith(CHARGES_ARE)),
  ];
  const said = file.metadata.map(
    ({ name, text, where, caution }) => `${name}: ${text} (${where})${caution === undefined ? '' : `; ${caution}`}`,
  );
  const lines = [
    ...paths,
    ...listed('Joined', joins),
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
    ...listed('Not analysed', reasons),
  ];
  if (lab?.cycling != null && lab.cycling.cycles.length > 0) lines.push('', cyclesText(lab.cycling, wish));
  if (spectra !== null) lines.push('', spectraText(test, spectra));
  if (comparison !== null) lines.push('', comparison.trimEnd());
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
