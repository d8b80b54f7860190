// `limetal analyse`: files of cyclers and potentiostats, what was recognised in each, what it says of itself, what only a person can say,
// and the charges of every cycle once the kind of cell is given. One file at fault never stops the others.

import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type AnalysedCellKind, type CycleEfficiencies, cycleEfficiencies } from '../analysis/index.ts';
import { INSTRUMENT_FILE_SIZE_MAX, type InstrumentFile, readInstrumentFile } from '../readers/index.ts';
import {
  recordToBdf,
  recordToCsvChunks,
  recordToJson,
  recordToParquet,
  spectrumToCsv,
  spectrumToJson,
} from '../records/index.ts';
import {
  cm2_from_m2,
  formatIssue,
  InputError,
  type Issue,
  mAh_from_C,
  nearestHint,
  tryParseQuantity,
} from '../units/index.ts';
import { jsonParts } from './json-document.ts';
import { column, duration, percentColumn, significant } from './numbers.ts';
import { fileNameOf, type OutputFile, prepareFolder, systemReason, writeFiles } from './output-files.ts';
import { EXIT, type ExitCode, outParts, type Terminal } from './terminal.ts';
import { labelled, table } from './text-table.ts';

export interface AnalyseOptions {
  readonly cell?: string;
  readonly area?: string;
  readonly sign?: string;
  readonly out?: string;
  readonly format?: string;
  readonly json?: boolean;
}

const COLUMNS = 100;
/** What stands opposite lithium, or copper for an anode-free cell, in the words of --cell. */
const CELL_KINDS: Readonly<Record<string, AnalysedCellKind>> = {
  Li: 'Li|Li',
  'Li|Li': 'Li|Li',
  Cu: 'Li|Cu',
  'Li|Cu': 'Li|Cu',
  cathode: 'Li|cathode',
  'Li|cathode': 'Li|cathode',
  'Cu|cathode': 'Cu|cathode',
};
const FORMATS = ['csv', 'json', 'parquet', 'bdf'] as const;
type Format = (typeof FORMATS)[number];
/** Cycles that the text shows; all are in the JSON. */
const CYCLES_SHOWN_MAX = 40;
const LISTED_MAX = 12;

interface Wanted {
  readonly cell: AnalysedCellKind | null;
  readonly area_m2?: number;
  readonly sign?: 1 | -1;
  readonly formats: readonly Format[];
}

function wantedOf(options: AnalyseOptions): Wanted {
  const issues: Issue[] = [];
  let cell: AnalysedCellKind | null = null;
  if (options.cell !== undefined) {
    const name = Object.keys(CELL_KINDS).find((key) => key.toLowerCase() === options.cell!.trim().toLowerCase());
    if (name !== undefined) cell = CELL_KINDS[name]!;
    else
      issues.push({
        where: '--cell',
        found: `"${options.cell}"`,
        wanted: 'Li (Li|Li), Cu (Li|Cu), cathode or Cu|cathode',
      });
  }
  let area_m2: number | undefined;
  if (options.area !== undefined) {
    const read = tryParseQuantity(options.area, 'area', '--area');
    if (read.ok) area_m2 = read.value_SI;
    else issues.push(read.issue);
  }
  if (options.sign !== undefined && !['+', '-'].includes(options.sign)) {
    issues.push({
      where: '--sign',
      found: `"${options.sign}"`,
      wanted: '+ or -, the sign of an oxidising current in the file',
    });
  }
  const words = (options.format ?? 'csv,json').split(',').map((word) => word.trim().toLowerCase());
  for (const word of words) {
    if ((FORMATS as readonly string[]).includes(word)) continue;
    const hint = nearestHint(word, FORMATS);
    issues.push({
      where: '--format',
      found: `"${word}"`,
      wanted: `a list of ${FORMATS.join(', ')}`,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  if (issues.length > 0) throw new InputError(issues);
  return {
    cell,
    ...(area_m2 === undefined ? {} : { area_m2 }),
    ...(options.sign === undefined ? {} : { sign: options.sign === '-' ? -1 : 1 }),
    formats: [...new Set(words)] as Format[],
  };
}

interface Analysed {
  readonly path: string;
  readonly file: InstrumentFile | null;
  readonly efficiencies: CycleEfficiencies | null;
  /** Why the file could not be read. */
  readonly fault: string | null;
}

async function analyseOne(path: string, { cell, area_m2, sign }: Wanted): Promise<Analysed> {
  const failed = (fault: string): Analysed => ({ path, file: null, efficiencies: null, fault });
  let bytes: Uint8Array;
  try {
    const size = statSync(path).size;
    if (size > INSTRUMENT_FILE_SIZE_MAX)
      return failed(`${path}: got ${size} bytes, want at most ${INSTRUMENT_FILE_SIZE_MAX}`);
    bytes = readFileSync(path);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return failed(`${path}: ${missing ? 'no such file' : systemReason(error)}`);
  }
  try {
    const file = await readInstrumentFile(bytes, {
      name: basename(path),
      overrides: { ...(area_m2 === undefined ? {} : { area_m2 }), ...(sign === undefined ? {} : { sign }) },
    });
    const [record] = file.records;
    // Without a current there is no charge to tell.
    const known = record?.current_A.every((value) => !Number.isNaN(value)) === true;
    return { path, file, efficiencies: cell !== null && known ? cycleEfficiencies(record!, cell) : null, fault: null };
  } catch (error) {
    if (error instanceof InputError) return failed(error.issues.map(formatIssue).join('\n'));
    throw error;
  }
}

/** Reads and reports files. Exit code 0 when all were read, 2 when some were not; those that were are reported all the same. */
export async function analyse(
  paths: readonly string[],
  options: AnalyseOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const wanted = wantedOf(options);
  if (options.out !== undefined) prepareFolder(options.out, '--out');
  const documents: Record<string, unknown>[] = [];
  const names = new Set<string>();
  let faults = 0;
  for (const path of paths) {
    const analysed = await analyseOne(path, wanted);
    if (analysed.fault !== null) {
      faults++;
      terminal.err(`${analysed.fault}\n`);
    }
    const written = options.out === undefined ? [] : await outputFiles(analysed, options.out, wanted.formats, names);
    writeFiles(written);
    const paths_written = written.map((file) => file.path);
    if (options.json === true) documents.push(documentOf(analysed, wanted, paths_written));
    else if (analysed.file !== null) terminal.out(textOf(analysed, wanted, paths_written));
  }
  if (options.json === true) outParts(terminal, jsonParts({ files: documents }));
  return faults > 0 ? EXIT.badInput : EXIT.done;
}

/** The files of one input, under its own name; a second input of the same name gets a number. */
async function outputFiles(
  { path, file }: Analysed,
  out: string,
  formats: readonly Format[],
  names: Set<string>,
): Promise<OutputFile[]> {
  if (file === null) return [];
  const stem = fileNameOf(basename(path));
  let name = stem;
  for (let k = 2; names.has(name); k++) name = `${stem}-${k}`;
  names.add(name);
  const files: OutputFile[] = [];
  const at = (ending: string): string => join(out, `${name}.${ending}`);
  for (const record of file.records) {
    for (const format of formats) {
      if (format === 'csv') files.push({ path: at('csv'), content: recordToCsvChunks(record) });
      else if (format === 'json') files.push({ path: at('record.json'), content: [recordToJson(record)] });
      else if (format === 'parquet')
        files.push({ path: at('parquet'), content: new Uint8Array(await recordToParquet(record)) });
      else files.push({ path: at('bdf.csv'), content: [recordToBdf(record)] });
    }
  }
  for (const [k, spectrum] of file.spectra.entries()) {
    const number = String(k + 1).padStart(String(file.spectra.length).length, '0');
    if (formats.includes('csv')) files.push({ path: at(`spectrum-${number}.csv`), content: [spectrumToCsv(spectrum)] });
    if (formats.includes('bdf'))
      files.push({ path: at(`spectrum-${number}.bdf.csv`), content: [spectrumToCsv(spectrum, 'bdf')] });
    if (formats.includes('json'))
      files.push({ path: at(`spectrum-${number}.json`), content: [spectrumToJson(spectrum)] });
  }
  return files;
}

const range = (values: Float64Array): readonly [least: number, most: number] => {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
};

/** Needs that a flag has not met. */
function openNeeds(file: InstrumentFile, { cell }: Wanted): InstrumentFile['needs'] {
  return file.needs.filter(({ what }) => !(what === 'cell type' && cell !== null));
}

function documentOf(analysed: Analysed, wanted: Wanted, written: readonly string[]): Record<string, unknown> {
  const { path, file, efficiencies, fault } = analysed;
  if (file === null) return { path, read: false, fault };
  const [record] = file.records;
  return {
    path,
    read: true,
    format: file.format,
    kind: file.kind,
    rows: file.rows,
    sign: file.sign,
    cell: wanted.cell,
    area_cm2: wanted.area_m2 === undefined ? null : cm2_from_m2(wanted.area_m2),
    needs: openNeeds(file, wanted),
    record:
      record === undefined
        ? null
        : {
            rows: record.time_s.length,
            time_s: [record.time_s[0], record.time_s.at(-1)],
            voltage_V: range(record.voltage_V),
            current_A: range(record.current_A),
          },
    spectra: file.spectra.map(({ frequency_Hz, row, time_s }) => ({
      points: frequency_Hz.length,
      row,
      frequency_Hz: [frequency_Hz[0], frequency_Hz.at(-1)],
      time_s: time_s[0],
    })),
    efficiency_convention: efficiencies?.convention ?? null,
    cycles:
      efficiencies?.cycles.map((cycle) => ({
        cycle: cycle.cycle,
        start_s: cycle.start_s,
        end_s: cycle.end_s,
        charged_mAh: mAh_from_C(cycle.charged_C),
        discharged_mAh: mAh_from_C(cycle.discharged_C),
        coulombic_efficiency: cycle.coulombic_efficiency,
      })) ?? null,
    columns: file.columns,
    metadata: file.metadata,
    remarks: file.remarks,
    written,
  };
}

/** At most `LISTED_MAX` lines, and how many are left. */
function listed(label: string, lines: readonly string[]): string[] {
  const shown = lines.slice(0, LISTED_MAX).map((line, k) => labelled(k === 0 ? label : '', line, COLUMNS));
  return lines.length > LISTED_MAX
    ? [...shown, labelled('', `and ${lines.length - LISTED_MAX} more (--json has all)`, COLUMNS)]
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

function textOf(analysed: Analysed, wanted: Wanted, written: readonly string[]): string {
  const { path, efficiencies } = analysed;
  const file = analysed.file!;
  const [record] = file.records;
  const lines = [path, labelled('Format', file.format, COLUMNS), labelled('Rows', String(file.rows), COLUMNS)];
  if (record !== undefined) {
    const [low_V, high_V] = range(record.voltage_V);
    const [low_A, high_A] = range(record.current_A);
    const current =
      low_A <= high_A ? `, ${significant(1e3 * low_A)} to ${significant(1e3 * high_A)} mA` : ', current unknown';
    const length_s = record.time_s.at(-1)! - record.time_s[0]!;
    lines.push(
      labelled(
        'Record',
        `${record.time_s.length} rows over ${duration(length_s)}, ${significant(low_V, 4)} to ${significant(high_V, 4)} V${current}`,
        COLUMNS,
      ),
      labelled('Sign', `${file.sign.convention}; ${file.sign.why}`, COLUMNS),
    );
  }
  lines.push(
    ...listed(
      'Spectra',
      file.spectra.map(
        ({ frequency_Hz: f, real_ohm }) =>
          `${f.length} points, ${significant(f[0]!)} to ${significant(f.at(-1)!)} Hz, Z' ${significant(real_ohm[0]!, 4)} to ${significant(real_ohm.at(-1)!, 4)} Ω`,
      ),
    ),
  );
  if (wanted.cell !== null) lines.push(labelled('Cell', `${wanted.cell}, as given by --cell`, COLUMNS));
  if (wanted.area_m2 !== undefined)
    lines.push(labelled('Area', `${significant(cm2_from_m2(wanted.area_m2), 4)} cm², as given by --area`, COLUMNS));
  lines.push(
    ...listed('Columns', columnLines(file)),
    ...listed(
      'The file says',
      file.metadata.map(
        ({ name, text, where, caution }) => `${name}: ${text} (${where})${caution === undefined ? '' : `; ${caution}`}`,
      ),
    ),
    ...listed(
      'Remarks',
      file.remarks.map(({ where, message }) => (where === '' ? message : `${where}: ${message}`)),
    ),
    ...listed(
      'To be said',
      openNeeds(file, wanted).map(({ what, why }) => `${what}: ${why}`),
    ),
    ...listed('Written', written),
  );
  if (efficiencies !== null) lines.push('', cyclesText(efficiencies, wanted));
  return `${lines.join('\n')}\n\n`;
}

function cyclesText({ convention, cycles, aboveOne }: CycleEfficiencies, { area_m2 }: Wanted): string {
  const shown = cycles.slice(0, CYCLES_SHOWN_MAX);
  const share = area_m2 === undefined ? 1 : 1 / cm2_from_m2(area_m2);
  const unit = area_m2 === undefined ? 'mAh' : 'mAh/cm²';
  const charges = (pick: (cycle: (typeof cycles)[number]) => number): string[] =>
    column(shown.map((cycle) => mAh_from_C(pick(cycle)) * share));
  const charged = charges(({ charged_C }) => charged_C);
  const discharged = charges(({ discharged_C }) => discharged_C);
  const efficiency = percentColumn(shown.map(({ coulombic_efficiency }) => coulombic_efficiency));
  const rows = shown.map(({ cycle }, k) => [String(cycle), discharged[k]!, charged[k]!, efficiency[k]!]);
  const words = convention === 'discharged/charged' ? ['discharged', 'charged'] : ['plated', 'stripped'];
  const lines = [table([['cycle', `${words[0]} ${unit}`, `${words[1]} ${unit}`, 'CE %'], ...rows], 'rrrr')];
  if (cycles.length > shown.length) lines.push(`${cycles.length - shown.length} more cycles (--json has all)`);
  lines.push(
    convention === 'undefined'
      ? 'No efficiency: both electrodes hold lithium, so equal charges say nothing of losses.'
      : `CE is ${convention} of the same cycle number.`,
  );
  if (aboveOne.length > 0)
    lines.push(
      `Above 100 % in ${aboveOne.length} cycles: lithium left from before, a short circuit, a charge error, or halves paired the other way round.`,
    );
  return lines.join('\n');
}
