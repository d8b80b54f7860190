// The lab bench of the page: what was recognised in a file, what a test says, its figures and its files. Numbers and sentences are those of
// `limetal analyse`, which asks the same functions.

import type { CycleFindings, LabFindings, SpectrumFindings } from '../../analysis/index.ts';
import {
  LAB_TEST_FORMATS,
  type LabTest,
  type LabTestFormat,
  labTestDocument,
  labTestFiles,
  labTestSentences,
  rangeOf,
} from '../../design/index.ts';
import {
  courseFigures,
  type Figure,
  type NamedFigure,
  spectrumFigures,
  voltageWindowFigure,
} from '../../figures/index.ts';
import type { ColumnReading, FileMetadata, ReaderNeed, ReaderRemark, SignReading } from '../../readers/index.ts';
import { formatIssue, InputError, ohm_cm2_from_ohm_m2, s_from_h } from '../../units/index.ts';
import { analyseCommand } from './bench-command.ts';
import {
  type BenchAbout,
  type BenchFile,
  type BenchQuestion,
  fileRead,
  missing,
  type NotHeld,
  testsOf,
  wishOf,
} from './bench-session.ts';

export { benchHold, benchKeep } from './bench-session.ts';

/** What was recognised in a file. */
export interface BenchSheet {
  readonly kind: 'sheet';
  readonly format: string;
  readonly holds: 'cycling' | 'impedance' | 'both' | 'empty';
  readonly rows: number;
  readonly records: readonly {
    readonly rows: number;
    readonly length_s: number;
    readonly voltage_V: readonly [number | null, number | null];
    readonly current_A: readonly [number | null, number | null];
  }[];
  readonly spectra: number;
  readonly start_unix_s: number | null;
  readonly sign: SignReading;
  readonly columns: readonly ColumnReading[];
  readonly metadata: readonly FileMetadata[];
  readonly remarks: readonly ReaderRemark[];
  readonly needs: readonly ReaderNeed[];
}

/** A file that cannot be read, in sentences. */
export interface BenchFault {
  readonly kind: 'fault';
  readonly sentences: readonly string[];
}

export async function benchFile({
  file,
  area,
}: {
  readonly file: BenchFile;
  readonly area: string;
}): Promise<BenchSheet | BenchFault | NotHeld> {
  const absent = missing([file]);
  if (absent !== null) return absent;
  try {
    const { format, kind, rows, records, spectra, start_unix_s, sign, columns, metadata, remarks, needs } =
      await fileRead(file, area);
    return {
      kind: 'sheet',
      format,
      holds: kind,
      rows,
      records: records.map(({ time_s, voltage_V, current_A }) => ({
        rows: time_s.length,
        length_s: time_s.at(-1)! - time_s[0]!,
        voltage_V: rangeOf(voltage_V),
        current_A: rangeOf(current_A),
      })),
      spectra: spectra.length,
      start_unix_s,
      sign,
      columns,
      metadata,
      remarks,
      needs,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { kind: 'fault', sentences: error.issues.map(formatIssue) };
  }
}

/** A test in a line. */
export interface BenchBrief {
  readonly names: readonly string[];
  readonly format: string;
  readonly rows: number;
  readonly spectra: number;
  readonly cycles: number | null;
  readonly verdict: string;
}

export interface BenchTests {
  readonly kind: 'tests';
  readonly tests: readonly BenchBrief[];
}

export async function benchTests(question: BenchQuestion): Promise<BenchTests | NotHeld> {
  const absent = missing(question.files);
  if (absent !== null) return absent;
  const tests = await testsOf(question);
  return {
    kind: 'tests',
    tests: tests.map((test) => ({
      names: test.paths,
      format: test.file.format,
      rows: test.file.rows,
      spectra: test.file.spectra.length,
      cycles: test.lab?.cycling?.cycles.length ?? null,
      verdict: verdictOf(test),
    })),
  };
}

const verdictOf = (test: LabTest): string =>
  test.lab?.verdict ?? labTestSentences(test)[0] ?? test.reasons[0] ?? 'Nothing to judge.';

/** A number of a test that can be asked where it comes from. */
export interface BenchNumber {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly band: readonly [number, number] | null;
  readonly source: string;
  readonly equation: string;
  readonly doi: string | null;
}

export interface BenchCycle
  extends Pick<
    CycleFindings,
    | 'cycle'
    | 'cycle_vendor'
    | 'charged_C'
    | 'discharged_C'
    | 'coulombic_efficiency'
    | 'coulombic_efficiency_error'
    | 'polarisation_V'
    | 'retention'
    | 'flags'
  > {
  readonly eta_n_V: number | null;
  readonly mu_n_V: number | null;
}

export interface BenchSpectrum
  extends Pick<
    SpectrumFindings,
    'index' | 'time_s' | 'temperature_K' | 'points' | 'ohmic_ohm' | 'ohmic_ohm_error' | 'ohmicFrom' | 'refused'
  > {
  readonly arcWidth_ohm: number | null;
  readonly interface_ohm: number | null;
  readonly interface_ohm_error: number | null;
  readonly areal_ohm_m2: number | null;
  readonly kramersKronig: string | null;
}

export interface BenchTest {
  readonly kind: 'test';
  readonly names: readonly string[];
  readonly holds: BenchSheet['holds'];
  readonly verdict: string;
  readonly sentences: readonly string[];
  readonly reasons: readonly string[];
  readonly remarks: readonly string[];
  readonly decisions: LabTest['decisions'];
  readonly evidence: readonly { readonly words: string; readonly state: 'present' | 'suggestive' }[];
  readonly shorts: readonly {
    readonly kind: 'soft' | 'hard';
    readonly spectrum: number | null;
    readonly time_s: number | null;
  }[];
  readonly numbers: readonly BenchNumber[];
  readonly area_m2: number | null;
  /** What the efficiency of a cycle is, and how cycles were paired; null without cycles. */
  readonly convention: { readonly word: string; readonly words: string } | null;
  readonly cycles: readonly BenchCycle[];
  readonly spectra: readonly BenchSpectrum[];
  /** What the resistance of the interfaces is of; null where there is none. */
  readonly interfaceWords: string | null;
  readonly circuit: string | null;
  readonly figures: readonly NamedFigure[];
  /** The shell command that gives the same; null where files of one test are read in different ways. */
  readonly command: string | null;
}

/** One test of those that the files make. */
export interface BenchTestQuestion extends BenchQuestion {
  readonly test: number;
}

export async function testAt(question: BenchTestQuestion): Promise<LabTest> {
  const { files, about, join, test } = question;
  const tests = await testsOf({ files, about, join });
  const one = tests[Math.min(test, tests.length - 1)];
  if (one === undefined)
    throw new InputError([{ where: 'files', found: 'none that can be read', wanted: 'a lab file' }]);
  return one;
}

export async function benchTest(question: BenchTestQuestion): Promise<BenchTest | NotHeld> {
  const absent = missing(question.files);
  if (absent !== null) return absent;
  const test = await testAt(question);
  const { lab, spectra, file, paths } = test;
  const area_m2 = wishOf(question.about).overrides.area_m2 ?? null;
  const cycling = lab?.cycling ?? null;
  return {
    kind: 'test',
    names: paths,
    holds: file.kind,
    verdict: verdictOf(test),
    sentences: labTestSentences(test),
    reasons: test.reasons,
    remarks: lab?.remarks ?? spectra?.remarks ?? [],
    decisions: test.decisions,
    evidence: (lab?.shorts.evidence ?? []).flatMap(({ words, state }) =>
      state === 'present' || state === 'suggestive' ? [{ words, state }] : [],
    ),
    shorts: (lab?.shorts.events ?? []).map(({ kind, onset }) => ({
      kind,
      spectrum: onset.spectrum,
      time_s: onset.time_s,
    })),
    numbers: lab === null ? [] : numbersOf(lab),
    area_m2,
    convention:
      cycling === null
        ? null
        : { word: cycling.convention, words: `${cycling.conventionWords}; ${cycling.pairing.words}` },
    cycles: cycling?.cycles.map(cycleOf) ?? [],
    spectra: spectra?.spectra.map(spectrumOf) ?? [],
    interfaceWords: spectra?.spectra.find((one) => one.interface !== null)?.interface?.convention ?? null,
    circuit: spectra?.circuit?.circuit ?? null,
    figures: courseFigures(test, { area_m2 }),
    command: analyseCommand(paths, question),
  };
}

function cycleOf(cycle: CycleFindings): BenchCycle {
  const dip = cycle.nucleation?.kind === 'dip' ? cycle.nucleation : null;
  const { cycle: number, cycle_vendor, charged_C, discharged_C, coulombic_efficiency, flags, retention } = cycle;
  return {
    cycle: number,
    cycle_vendor,
    charged_C,
    discharged_C,
    coulombic_efficiency,
    coulombic_efficiency_error: cycle.coulombic_efficiency_error,
    polarisation_V: cycle.polarisation_V,
    retention,
    flags,
    eta_n_V: dip?.eta_n_V ?? null,
    mu_n_V: dip?.mu_n_V ?? null,
  };
}

function spectrumOf(one: SpectrumFindings): BenchSpectrum {
  const { index, time_s, temperature_K, points, ohmic_ohm, ohmic_ohm_error, ohmicFrom, refused } = one;
  return {
    index,
    time_s,
    temperature_K,
    points,
    ohmic_ohm,
    ohmic_ohm_error,
    ohmicFrom,
    refused,
    arcWidth_ohm: one.features?.arcWidth_ohm ?? null,
    interface_ohm: one.interface?.total_ohm ?? null,
    interface_ohm_error: one.interface?.total_ohm_error ?? null,
    areal_ohm_m2: one.interface?.areaSpecificResistance_ohm_m2 ?? null,
    kramersKronig: one.kramersKronig?.verdict ?? null,
  };
}

const percentBand = (interval: readonly [number, number] | null): readonly [number, number] | null =>
  interval === null ? null : [100 * interval[0], 100 * interval[1]];

const around = (value: number, error: number | null): readonly [number, number] | null =>
  error === null ? null : [value - error, value + error];

/** The numbers that stand beside the verdict, most telling first. */
function numbersOf({ cycling, spectra, directCurrent }: LabFindings): readonly BenchNumber[] {
  const numbers: BenchNumber[] = [];
  const add = (
    label: string,
    value: number,
    unit: string,
    source: string,
    equation: string,
    more: { readonly band?: readonly [number, number] | null; readonly doi?: string } = {},
  ): void =>
    void numbers.push({ label, value, unit, source, equation, band: more.band ?? null, doi: more.doi ?? null });
  if (cycling !== null) {
    const { reservoirs, exhaustion, longRun, cumulative, polarisation, criticalCurrent, retention, impliedEfficiency } =
      cycling;
    for (const [k, reservoir] of reservoirs.entries()) {
      const which = reservoirs.length === 1 ? '' : ` ${k + 1}`;
      const source = `reservoir test${which} of ${reservoir.shortCycles} short cycles, ${reservoir.order}`;
      add(`CE, reservoir test${which}`, 100 * reservoir.adams, '%', source, '(n·Q_C + Q_S)/(n·Q_C + Q_T)', {
        doi: '10.1002/aenm.201702097',
      });
      add(`CE, loss-based${which}`, 100 * reservoir.lossBased, '%', source, '1 − (Q_T − Q_S)/(n·Q_C)', {
        doi: '10.1149/1.2096425',
      });
    }
    if (exhaustion !== null) {
      add(
        'CE, exhaustion',
        100 * exhaustion.coulombic_efficiency,
        '%',
        `reservoir used up after ${exhaustion.cycles} cycles`,
        '1 − Q_T/(N·Q_C)',
        {
          band: around(100 * exhaustion.coulombic_efficiency, 100 * exhaustion.resolution),
          doi: '10.1149/1.2096425',
        },
      );
    }
    if (longRun !== null) {
      const { coulombic_efficiency, interval, from, to, cycles, formationExcluded } = longRun;
      const source = `${cycles} cycles from ${from} to ${to}${formationExcluded === 0 ? '' : `; ${formationExcluded} of formation left out`}`;
      add(
        'CE, mean of cycles',
        100 * coulombic_efficiency,
        '%',
        source,
        `mean of ${cycling.convention}, 95 % by Student`,
        {
          band: percentBand(interval),
        },
      );
    }
    if (cumulative !== null) {
      const { coulombic_efficiency, from, to } = cumulative;
      add(
        'CE, all charge',
        100 * coulombic_efficiency,
        '%',
        `cycles ${from} to ${to}`,
        'all that came back over all that was put in',
      );
    }
    const dip = cycling.cycles.find(({ nucleation }) => nucleation?.kind === 'dip');
    if (dip?.nucleation?.kind === 'dip') {
      const { eta_n_V, mu_n_V, noise_V } = dip.nucleation;
      const source = `plating of cycle ${dip.cycle}`;
      const band = (value: number) => around(1e3 * value, 1e3 * noise_V);
      add('Nucleation, tip', 1e3 * eta_n_V, 'mV', source, 'η_n = |E_tip|', {
        band: band(eta_n_V),
        doi: '10.1021/acs.nanolett.6b04755',
      });
      add('Nucleation, above plateau', 1e3 * mu_n_V, 'mV', source, 'μ_n = |E_tip| − |E_plateau|', {
        band: band(mu_n_V),
        doi: '10.1038/nenergy.2016.10',
      });
    }
    if (polarisation !== null) {
      add('Overpotential, last', 1e3 * polarisation.last_V, 'mV', `last ${polarisation.of}`, polarisation.words);
      const { drift } = polarisation;
      if (drift !== null) {
        add(
          'Drift of it',
          1e6 * drift.perHour_V,
          'µV/h',
          `${drift.cycles} ${polarisation.of}s`,
          'median of slopes by Theil and Sen',
          {
            band: drift.perHour_V_error === null ? null : around(1e6 * drift.perHour_V, 1e6 * drift.perHour_V_error),
          },
        );
      }
    }
    if (criticalCurrent !== null) {
      const { firstShort, highest_A, highest_A_per_m2, words } = criticalCurrent;
      const j = firstShort === null ? highest_A_per_m2 : firstShort.j_A_per_m2;
      const label = firstShort === null ? 'Critical current above' : 'Critical current, first short';
      if (j === null) add(label, 1e3 * (firstShort?.current_A ?? highest_A), 'mA', words, 'staircase of currents');
      else add(label, j / 10, 'mA/cm²', words, 'staircase of currents', { doi: '10.1016/j.jpowsour.2015.10.053' });
    }
    if (retention !== null) {
      add(
        'Capacity kept',
        100 * retention.last,
        '%',
        `cycle ${retention.lastCycle} over cycle ${retention.referenceCycle}`,
        'Q_n/Q_reference',
      );
    }
    if (impliedEfficiency?.coulombic_efficiency != null) {
      const { coulombic_efficiency, resolution, words, formula, bound } = impliedEfficiency;
      add(
        bound ? 'CE of lithium, at least' : 'CE of lithium, implied',
        100 * coulombic_efficiency,
        '%',
        words,
        formula,
        {
          band: resolution === null ? null : around(100 * coulombic_efficiency, 100 * resolution),
        },
      );
    }
  }
  if (directCurrent !== null) {
    const { resistance_ohm, resistance_ohm_error, halfCycles } = directCurrent;
    add(
      'Resistance, direct current',
      resistance_ohm,
      'Ω',
      `median of ${halfCycles} half-cycles`,
      'median |E| over mean |I|',
      {
        band: around(resistance_ohm, resistance_ohm_error),
      },
    );
  }
  const first = spectra?.spectra.find(({ interface: found }) => found !== null);
  if (first?.interface != null) {
    const { total_ohm, total_ohm_error, areaSpecificResistance_ohm_m2: areal, convention } = first.interface;
    const source = `fit of ${spectra!.circuit?.circuit ?? 'a circuit'} to spectrum ${first.index}`;
    add('Interfaces', total_ohm, 'Ω', source, convention, { band: around(total_ohm, total_ohm_error) });
    if (areal !== null) add('Interface, per area', ohm_cm2_from_ohm_m2(areal), 'Ω cm²', source, convention);
  }
  return numbers;
}

/** One spectrum, with its fit. */
export interface BenchSpectrumAnswer {
  readonly kind: 'spectrum';
  readonly nyquist: Figure;
  readonly bode: Figure;
  readonly kramersKronig: Figure | null;
  readonly relaxation: Figure | null;
  readonly fit: {
    readonly circuit: string;
    readonly criterion: string;
    readonly rmsRelative: number;
    readonly converged: boolean;
    readonly parameters: readonly {
      readonly name: string;
      readonly unit: string;
      readonly value: number;
      readonly standardError: number | null;
      readonly interval95: readonly [number, number] | null;
      readonly state: string;
      readonly why: string | null;
    }[];
    readonly remarks: readonly string[];
  } | null;
  readonly kramersKronigWords: string | null;
  readonly refused: string | null;
}

export async function benchSpectrum({
  spectrum,
  ...question
}: BenchTestQuestion & { readonly spectrum: number }): Promise<BenchSpectrumAnswer | NotHeld> {
  const absent = missing(question.files);
  if (absent !== null) return absent;
  const test = await testAt(question);
  const area_m2 = wishOf(question.about).overrides.area_m2 ?? null;
  const index = Math.min(spectrum, test.file.spectra.length - 1);
  const figures = spectrumFigures(test, index, { area_m2 });
  const [nyquist, bode, kramersKronig] = rowsOf(figures.find(({ name }) => name === 'impedance')!.figure);
  const findings = test.spectra?.spectra[index] ?? null;
  const fit = findings?.fit ?? null;
  return {
    kind: 'spectrum',
    nyquist: nyquist!,
    bode: bode!,
    kramersKronig: kramersKronig ?? null,
    relaxation: figures.find(({ name }) => name === 'relaxation')?.figure ?? null,
    fit:
      fit === null
        ? null
        : {
            circuit: fit.circuit,
            criterion: test.spectra?.circuit?.criterion ?? 'given',
            rmsRelative: fit.rmsRelative,
            converged: fit.converged,
            parameters: fit.parameters,
            remarks: fit.remarks,
          },
    kramersKronigWords: findings?.kramersKronig?.message ?? null,
    refused: findings?.refused ?? null,
  };
}

/** Rows of a figure as figures of their own. */
function rowsOf({ rows, panels, ...figure }: Figure): readonly Figure[] {
  let at = 0;
  return (rows ?? panels.map(() => ({ panels: 1, height_px: figure.height_px }))).map(
    ({ panels: count, height_px }) => {
      const own = panels.slice(at, at + count);
      at += count;
      return { ...figure, height_px: height_px + 44, panels: own, rows: [{ panels: count, height_px }] };
    },
  );
}

/** Voltage of a part of the test, hours from its start; null where it has no rows. */
export async function benchWindow({
  from_h,
  to_h,
  ...question
}: BenchTestQuestion & { readonly from_h: number; readonly to_h: number }): Promise<
  { readonly kind: 'window'; readonly figure: Figure | null } | NotHeld
> {
  const absent = missing(question.files);
  if (absent !== null) return absent;
  return { kind: 'window', figure: voltageWindowFigure(await testAt(question), s_from_h(from_h), s_from_h(to_h)) };
}

export type BenchExportFormat = LabTestFormat | 'findings';

export interface BenchExport {
  readonly kind: 'files';
  readonly files: readonly { readonly name: string; readonly blob: Blob }[];
}

/** The records and spectra of a test in one format, or everything that was found. */
export async function benchExport({
  format,
  ...question
}: BenchTestQuestion & { readonly format: BenchExportFormat }): Promise<BenchExport | NotHeld> {
  const absent = missing(question.files);
  if (absent !== null) return absent;
  const test = await testAt(question);
  const stem = test.paths[0]!.replace(/^.*[\\/]/, '').replace(/\.[a-z0-9]{1,6}$/i, '');
  if (format === 'findings') {
    const own = question.files.find(({ name }) => name === test.paths[0])!;
    const wish = wishOf(question.about);
    const overrides = { ...wish.overrides, ...(own.sign === '' ? {} : ({ sign: own.sign === '+' ? 1 : -1 } as const)) };
    const text = `${JSON.stringify(labTestDocument(test, { ...wish, overrides }, []), plainArrays, 2)}\n`;
    return {
      kind: 'files',
      files: [{ name: `${stem}.findings.json`, blob: new Blob([text], { type: 'application/json' }) }],
    };
  }
  if (!LAB_TEST_FORMATS.includes(format)) {
    throw new InputError([{ where: 'format', found: format, wanted: LAB_TEST_FORMATS.join(', ') }]);
  }
  const files = await labTestFiles(test.file, stem, [format]);
  return {
    kind: 'files',
    files: files.map(({ name, content }) => ({
      name,
      blob: new Blob(content instanceof Uint8Array ? [new Uint8Array(content)] : [...content]),
    })),
  };
}

/** Columns as lists; what is no number is null, as JSON has it. */
export const plainArrays = (_: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as unknown as ArrayLike<number>) : value;

export type { BenchAbout, BenchFile, BenchQuestion, NotHeld };
