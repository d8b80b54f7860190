// What `limetal analyse` is asked for: the words of its options, read and checked once, as plain data that a thread can be handed.

import { type AnalysedCellKind, parseCircuit } from '../analysis/index.ts';
import { LAB_TEST_FORMATS, type LabTestFormat } from '../design/index.ts';
import { COLUMN_QUANTITIES, type ReaderOverrides, readColumnMeaning, type TextEncodingName } from '../readers/index.ts';
import { InputError, type Issue, nearestHint, tryParseQuantity } from '../units/index.ts';

/** The options as commander gives them. */
export interface AnalyseOptions {
  readonly cell?: string;
  readonly area?: string;
  readonly sign?: string;
  readonly electrolyte?: string;
  readonly instrumentError?: string;
  readonly circuit?: string;
  readonly column?: readonly string[];
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly decimal?: string;
  readonly join?: boolean;
  readonly joinAll?: boolean;
  readonly out?: string;
  readonly format?: string;
  readonly svg?: string;
  readonly compare?: string;
  readonly fit?: readonly string[];
  readonly fitTo?: string;
  readonly compareProtocol?: string;
  readonly model?: string;
  readonly profile?: boolean;
  readonly runs?: number;
  readonly json?: boolean;
  readonly details?: boolean;
  readonly quiet?: boolean;
  readonly threads?: number;
}

/** What stands opposite lithium, or copper for an anode-free cell, in the words of --cell. */
const CELL_KINDS: Readonly<Record<string, AnalysedCellKind>> = {
  Li: 'Li|Li',
  'Li|Li': 'Li|Li',
  Cu: 'Li|Cu',
  'Li|Cu': 'Li|Cu',
  'Cu|Li': 'Li|Cu',
  cathode: 'Li|cathode',
  'Li|cathode': 'Li|cathode',
  'cathode|Li': 'Li|cathode',
  'Cu|cathode': 'Cu|cathode',
};

/** Names of encodings, and other names that people know them by. Latin-1 is read as the superset that is written under its name. */
const ENCODINGS: Readonly<Record<string, TextEncodingName>> = {
  'utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'windows-1252': 'windows-1252',
  gbk: 'gbk',
  shift_jis: 'shift_jis',
  utf8: 'utf-8',
  'utf-16': 'utf-16le',
  'latin-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  gb2312: 'gbk',
  cp932: 'shift_jis',
};
const DELIMITERS: Readonly<Record<string, NonNullable<ReaderOverrides['delimiter']>>> = {
  tab: '\t',
  semicolon: ';',
  comma: ',',
  bar: '|',
  blank: ' ',
  '\t': '\t',
  ';': ';',
  ',': ',',
  '|': '|',
};
const DECIMALS: Readonly<Record<string, NonNullable<ReaderOverrides['decimal']>>> = {
  point: '.',
  comma: ',',
  '.': '.',
  ',': ',',
};

/** Checked, in SI, and free of anything that a thread could not be handed. */
export interface AnalyseWish {
  readonly cell: AnalysedCellKind | null;
  readonly electrolyte: 'liquid' | 'solid' | null;
  /** Fraction; null: not known. */
  readonly gainMismatch: number | null;
  readonly circuit: string | null;
  readonly overrides: ReaderOverrides;
  /** How files are joined before they are analysed; null: each for itself. */
  readonly join: 'as told' | 'all' | null;
  readonly formats: readonly LabTestFormat[];
  readonly out: string | null;
  /** A file for all figures of one test, or a folder for a file each. */
  readonly svg: { readonly kind: 'file' | 'folder'; readonly path: string } | null;
}

type ColumnOverride = NonNullable<ReaderOverrides['columns']>[string];

/** Reads `Strom=current_mA`: a heading, and the quantity with its unit that stands under it. */
function readColumn(text: string): readonly [heading: string, column: ColumnOverride] | Issue {
  const cut = text.lastIndexOf('=');
  if (cut < 1) {
    const wanted = `HEADING=QUANTITY_UNIT, such as "I/mA=current_mA"; quantities: ${COLUMN_QUANTITIES.join(', ')}`;
    return { where: '--column', found: `"${text}"`, wanted };
  }
  const read = readColumnMeaning(text.slice(cut + 1), '--column');
  return 'to' in read ? [text.slice(0, cut), read] : { ...read, found: `"${text}"` };
}

const isIssue = (value: readonly unknown[] | Issue): value is Issue => !Array.isArray(value);

/** Reads and checks all options but those of --compare. Throws one InputError with everything that is wrong. */
export function readAnalyseOptions(options: AnalyseOptions): AnalyseWish {
  const issues: Issue[] = [];
  /** A word of a fixed list; null where none was given or it is not in the list. */
  const chosen = <Value>(
    where: string,
    text: string | undefined,
    values: Readonly<Record<string, Value>>,
    wanted: string,
  ): Value | null => {
    if (text === undefined) return null;
    const given = text === '\t' ? text : text.trim().toLowerCase();
    const name = Object.keys(values).find((key) => key.toLowerCase() === given);
    if (name !== undefined) return values[name]!;
    const hint = nearestHint(text, Object.keys(values));
    issues.push({ where, found: `"${text}"`, wanted, ...(hint === undefined ? {} : { hint }) });
    return null;
  };
  // Li‖Cu, Li||Cu and Li | Cu are one cell.
  const kind = options.cell?.replaceAll('‖', '|').replaceAll(/\s/g, '').replace('||', '|');
  const cell = chosen('--cell', kind, CELL_KINDS, 'Li (Li|Li), Cu (Li|Cu), cathode or Cu|cathode');
  const electrolyte = chosen(
    '--electrolyte',
    options.electrolyte,
    { liquid: 'liquid', solid: 'solid' } as const,
    'liquid or solid',
  );
  let area_m2: number | null = null;
  if (options.area !== undefined) {
    const read = tryParseQuantity(options.area, 'area', '--area');
    if (!read.ok) issues.push(read.issue);
    else if (!(read.value_SI > 0))
      issues.push({ where: '--area', found: `"${options.area}"`, wanted: 'an area above 0' });
    else area_m2 = read.value_SI;
  }
  const sign = chosen(
    '--sign',
    options.sign,
    { '+': 1, '-': -1 } as const,
    '+ or -, the sign of an oxidising current in the file',
  );
  let gainMismatch: number | null = null;
  if (options.instrumentError !== undefined) {
    const match = /^\s*([\d.]+)\s*%\s*$/.exec(options.instrumentError);
    const percent = match === null ? Number.NaN : Number(match[1]);
    if (percent >= 0 && percent <= 50) gainMismatch = percent / 100;
    else
      issues.push({
        where: '--instrument-error',
        found: `"${options.instrumentError}"`,
        wanted: 'percent between 0 and 50, such as "0.05 %"',
      });
  }
  if (options.circuit !== undefined) {
    try {
      parseCircuit(options.circuit);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      issues.push(...error.issues.map((issue) => ({ ...issue, where: `--circuit, ${issue.where}` })));
    }
  }
  const encoding = chosen(
    '--encoding',
    options.encoding,
    ENCODINGS,
    'utf-8, utf-16le, utf-16be, windows-1252 (Latin-1), gbk or shift_jis',
  );
  const delimiter = chosen('--delimiter', options.delimiter, DELIMITERS, 'tab, semicolon, comma, bar or blank');
  const decimal = chosen('--decimal', options.decimal, DECIMALS, 'point or comma');
  const columns: Record<string, ColumnOverride> = {};
  for (const text of options.column ?? []) {
    const read = readColumn(text);
    if (isIssue(read)) issues.push(read);
    else columns[read[0]] = read[1];
  }
  const formats: LabTestFormat[] = [];
  for (const word of (options.format ?? 'csv,json').split(',').map((one) => one.trim().toLowerCase())) {
    const format = LAB_TEST_FORMATS.find((name) => name === word);
    if (format !== undefined) formats.push(format);
    else {
      const hint = nearestHint(word, LAB_TEST_FORMATS);
      const wanted = `a list of ${LAB_TEST_FORMATS.join(', ')}`;
      issues.push({ where: '--format', found: `"${word}"`, wanted, ...(hint === undefined ? {} : { hint }) });
    }
  }
  if (options.format !== undefined && options.out === undefined) {
    issues.push({ where: '--format', found: options.format, wanted: '--out with it', hint: 'add --out FOLDER' });
  }
  if (options.compare === undefined) {
    const { fit, fitTo, compareProtocol, model, profile, runs } = options;
    const given = { fit, 'fit-to': fitTo, 'compare-protocol': compareProtocol, model, profile, runs };
    for (const [name, value] of Object.entries(given)) {
      if (value === undefined) continue;
      issues.push({ where: `--${name}`, found: 'no --compare', wanted: '--compare with it', hint: 'name a cell' });
    }
  }
  if (options.join === true && options.joinAll === true) {
    issues.push({ where: '--join-all', found: '--join beside it', wanted: 'one of the two' });
  }
  for (const [where, path] of Object.entries({ '--svg': options.svg, '--out': options.out })) {
    if (path === '') issues.push({ where, found: 'an empty name', wanted: 'a folder' });
  }
  if (issues.length > 0) throw new InputError(issues);
  return {
    cell,
    electrolyte,
    gainMismatch,
    circuit: options.circuit ?? null,
    overrides: {
      ...(area_m2 === null ? {} : { area_m2 }),
      ...(sign === null ? {} : { sign }),
      ...(encoding === null ? {} : { encoding }),
      ...(delimiter === null ? {} : { delimiter }),
      ...(decimal === null ? {} : { decimal }),
      ...(Object.keys(columns).length === 0 ? {} : { columns }),
    },
    join: options.joinAll === true ? 'all' : options.join === true ? 'as told' : null,
    formats: [...new Set(formats)],
    out: options.out ?? null,
    svg:
      options.svg === undefined ? null : { kind: /\.svg$/i.test(options.svg) ? 'file' : 'folder', path: options.svg },
  };
}
