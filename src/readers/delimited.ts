// Text tables of cyclers and potentiostats. A dialect is a row of a table: how it is recognised and the few things its headings do not
// say; everything else is found from the text.

import { assemble, type RawColumn, type RawTable } from './assemble.ts';
import { meaningOf } from './column-meaning.ts';
import {
  createRemarks,
  type FileMetadata,
  type InstrumentFile,
  REMARKS_MAX,
  type ReaderOptions,
  type RemarkList,
} from './contract.ts';
import { flattenNested } from './nested-table.ts';
import { withoutLineQuotes } from './quoted-lines.ts';
import { sweepTime } from './sweep-time.ts';
import type { TextBytes } from './text-bytes.ts';
import { findLayout, headLines, type TextLayout, type TextLine } from './text-layout.ts';
import { readRows, type TextColumn } from './text-rows.ts';

interface Dialect {
  readonly format: string;
  /** On the first lines of the text, header line included. */
  readonly isIt: RegExp;
  /** Headings this dialect means otherwise than most. */
  readonly columns?: Readonly<
    Record<string, { readonly to: string; readonly factor: number; readonly offset?: number }>
  >;
  /** Unit of a time column that says none and has no clock beside it, s. */
  readonly timeUnit_s?: number;
  readonly signWhy?: string;
  /** The currents have no sign where the file names no states. */
  readonly signedByState?: true;
  /** Columns by their place, in a table without headings. */
  readonly places?: readonly (readonly [to: string, factor: number])[];
}

const AH_C = 3600;

const CHARGE_IS_POSITIVE = 'the cycler counts a charging current as positive';

const DIALECTS: readonly Dialect[] = [
  {
    format: 'Maccor text',
    isIt: /^Today'{1,2}s Date|^Rec#?[\t,;]\s*Cyc|^Cyc#[\t,;]\s*Step\b|^Tester\s+Maccor|\tDP[tT] Time\t/im,
    columns: {
      'Amp-hr': { to: 'capacity_C', factor: AH_C },
      'Watt-hr': { to: 'energy_J', factor: 3600 },
      'mAmp-hr': { to: 'capacity_C', factor: 1e-3 * AH_C },
      'mWatt-hr': { to: 'energy_J', factor: 3.6 },
      mAmps: { to: 'current_A', factor: 1e-3 },
    },
    signWhy: 'the state column (C charges, D discharges) signs the current where the file does not',
    signedByState: true,
  },
  { format: 'Maccor impedance text', isIt: /^MACCOR, INC\..*Impedance/i },
  { format: 'PEC csv', isIt: /^TestRegime Name:/m, signWhy: CHARGE_IS_POSITIVE },
  {
    format: 'Basytec text',
    isIt: /^~?Resultfile from Basytec|^~Time\[/im,
    columns: {
      'Ah-Cyc-Charge': { to: 'charging_capacity_C', factor: AH_C },
      'Ah-Cyc-Discharge': { to: 'discharging_capacity_C', factor: AH_C },
      'Cyc-Count': { to: 'cycle', factor: 1 },
    },
    signWhy: CHARGE_IS_POSITIVE,
  },
  { format: 'Novonix csv', isIt: /^Novonix|\[Summary\][\s\S]*\[Data\]/m, signWhy: CHARGE_IS_POSITIVE },
  {
    format: 'Digatron csv',
    isIt: /\bProg(?:ram|r\.)? ?(?:Time|Zeit|Duration)\b[^\n]*(?:Procedure|Prozedur|AhAccu|WhAccu|Step|Schritt)|Voltage#V/,
    signWhy: CHARGE_IS_POSITIVE,
  },
  {
    format: 'Neware csv',
    isIt: /DataPoint,Cycle Index,Step Index|Total Time[^\n]*Current\((?:µ|u|m|�|.)?A\)|(?:Time|时间)\(h:min:s\.ms\)|数据序号|循环号/,
    columns: {
      'Total Time': { to: 'time_s', factor: 1 },
      Time: { to: 'step_time_s', factor: 1 },
      'Time(h:min:s.ms)': { to: 'step_time_s', factor: 1 },
      时间: { to: 'step_time_s', factor: 1 },
      '时间(h:min:s.ms)': { to: 'step_time_s', factor: 1 },
      'Time(s)': { to: 'step_time_s', factor: 1 },
      'Time(min)': { to: 'step_time_s', factor: 60 },
      'Time(h)': { to: 'step_time_s', factor: 3600 },
    },
    signWhy: CHARGE_IS_POSITIVE,
  },
  {
    format: 'Arbin csv',
    isIt: /Data[_ ]Point[,\t;][^\n]*(?:Test_Time|Test Time)|\bTest_Time\(s\)[,\t;]/,
    signWhy: CHARGE_IS_POSITIVE,
  },
  {
    format: 'Landt csv',
    isIt: /\bLAN(?:DT?|HE)\b|\bTestTime\/(?:Sec|h|min)\b|\bTestTime[,\t;]\s*StepTime[,\t;]|测试时间\/(?:Sec|h|min|秒)|channel_index,[^\n]*test_time_s|test_time_s,[^\n]*channel_index/i,
    signWhy: CHARGE_IS_POSITIVE,
  },
  {
    format: 'BDF csv',
    isIt: /Test Time \/ \w|test_time_(?:milli)?second/i,
    signWhy: 'BDF counts a charging current as positive',
  },
  { format: 'Bitrode csv', isIt: /\bLoop Counter ?#? ?1\b/i, signWhy: CHARGE_IS_POSITIVE },
  { format: 'Toyo csv', isIt: /経過時間\[Sec\]/i, signWhy: CHARGE_IS_POSITIVE },
  { format: 'Squidstat csv', isIt: /\bWorking Electrode (?:Voltage |vs\. NHE )?\(V\)/ },
  {
    format: 'PSTrace csv',
    isIt: /^Date and time measurement:/m,
    signWhy: 'PalmSens counts an oxidising current as positive',
  },
  { format: 'ZPlot text (.z)', isIt: /^\s*"?ZPLOT/i },
  { format: 'Autolab text', isIt: /Z60W Data File/ },
  {
    format: 'NOVA text',
    // Other programs write Frequency (Hz) and Z' (ohm) too: NOVA writes the sign Ω, and -Z'' behind it.
    isIt: /WE\(1\)\.(?:Potential|Current)|Frequency \(Hz\)[;\t,]\s*Z' \(Ω\)[;\t,]\s*-Z'' \(Ω\)/,
    signWhy: 'NOVA counts an oxidising current as positive',
  },
  { format: 'Zahner text', isIt: /Frequency\/Hz[\s,;]+Impedance\/|\btime s[\s,;]+.*voltage V/i },
  { format: 'CH Instruments text', isIt: /Instrument Model:\s*CHI/ },
  { format: 'VersaStudio .par', isIt: /Name=VersaStudio|^Definition=Segment #/m },
  { format: 'Corrtest text', isIt: /^CSStudioFile,|CorrTest for Windows/m },
  { format: 'CorrWare text (.cor)', isIt: /^CORRW ASCII/m },
  {
    format: 'ZIVE text (.crv)',
    isIt: /^.{0,4}Z\d\d[\r\n]+\w+[\r\n]+[^\r\n]*Impedance/,
    places: [
      ['frequency_Hz', 1],
      ['modulus_ohm', 1],
      ['phase_rad', Math.PI / 180],
      ['column 4', 1],
      ['column 5', 1],
      ['column 6', 1],
      ['real_ohm', 1],
      ['imaginary_ohm', -1],
    ],
  },
  {
    format: 'EC-Lab columns as csv',
    isIt: /[,;]time\/s[,;]<?E(?:we|cell)>?\/V[,;]/,
    signWhy: 'EC-Lab counts an oxidising current as positive',
  },
  { format: 'Eco Chemie text (.P00)', isIt: /^\s*f\/Hz\s*\t\s*Z'\/Ohm/m },
];

const HEAD_CHARACTERS = 20_000;

const WRITTEN_MOMENT = /^\s*[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\s+\d{1,2}:\d{2}/;

/** Lines such as `Name: value`, `Name = value` and `Name<tab>value` above the table. */
export function headMetadata(lines: readonly TextLine[], until: number): FileMetadata[] {
  const found: FileMetadata[] = [];
  for (let k = 0; k < until && found.length < 2 * REMARKS_MAX; k++) {
    const text = lines[k]!.text.replace(/^[~#%]\s*/, '').slice(0, 400);
    // CH Instruments writes when it measured into a line of its own: the comma in it parts no name from a value.
    if (WRITTEN_MOMENT.test(text)) {
      found.push({ name: 'written', text: text.trim(), where: `line ${k + 1}` });
      continue;
    }
    const fields = text.split(/\t+| {2,}/).map((field) => field.trim());
    // Maccor writes several names with their values into one line.
    if (fields.length > 2 && fields.slice(1).some((field) => field.endsWith(':'))) {
      found.push(...pairsOf(fields, `line ${k + 1}`));
      continue;
    }
    const match = /^\s*([^\t:=,]{1,60}?)\s*(?::|=|\t|,(?=[^,]+,*$))[\s,:]*(.*?)[\s,;]*$/.exec(text);
    if (match === null || match[1] === '' || match[2] === '') continue;
    const [, name, value] = match;
    found.push({ name: name!, text: value!, where: `line ${k + 1}`, ...cautionOf(name!, value!) });
  }
  return found;
}

/** Names and values that stand one behind the other: a colon ends a name, and so does what begins like one before its value. */
function pairsOf(fields: readonly string[], where: string): FileMetadata[] {
  const found: FileMetadata[] = [];
  for (let k = 0; k < fields.length; k++) {
    const whole = /^([^:]{1,60}):\s+(\S.*)$/.exec(fields[k]!);
    const name = whole?.[1] ?? fields[k]!.replace(/:$/, '');
    const value = whole?.[2] ?? (fields[k + 1]?.endsWith(':') === true ? '' : (fields[++k] ?? ''));
    if (name !== '' && value !== '') found.push({ name, text: value, where, ...cautionOf(name, value) });
  }
  return found;
}

/** What an instrument writes when nobody told it anything. */
export function cautionOf(name: string, value: string): { readonly caution?: string } {
  const number = Number(/[\d.,]+(?:[eE][-+]?\d+)?/.exec(value)?.[0]?.replace(',', '.') ?? Number.NaN);
  if (/surface area/i.test(name) && Math.abs(number - 0.001) < 1e-9)
    return { caution: "0.001 cm2 is EC-Lab's default, not a measurement" };
  if (/mass/i.test(name) && Math.abs(number - 7000) < 1e-3)
    return { caution: "7000 mg is EC-Lab's default, not a measurement" };
  if (/mass/i.test(name) && Math.abs(number - 0.001) < 1e-9)
    return { caution: "0.001 is EC-Lab's default, not a measurement" };
  if (/\barea/i.test(name)) return { caution: 'an area typed in by somebody; it is not used' };
  return {};
}

/** Whether the text holds a table at all, by its first lines. */
export function textLayout(
  source: TextBytes,
  options: ReaderOptions,
): { readonly lines: readonly TextLine[]; readonly layout: TextLayout | null } {
  const lines = headLines(source);
  return { lines, layout: findLayout(lines, options.overrides ?? {}) };
}

/** Reads any delimited table; null where the text has none. */
export function readDelimited(source: TextBytes, options: ReaderOptions): InstrumentFile | null {
  const remarks = createRemarks();
  const lines = headLines(source);
  const nested = flattenNested(source, lines, remarks);
  return nested === null
    ? readPlain(withoutLineQuotes(source, lines) ?? source, options, remarks)
    : readPlain(nested.source, options, remarks, nested.lines);
}

/** `fileLines` gives the line of the file of each line of `source`, where they are not the same. */
function readPlain(
  source: TextBytes,
  options: ReaderOptions,
  remarks: RemarkList,
  fileLines?: Int32Array,
): InstrumentFile | null {
  const { lines, layout } = textLayout(source, options);
  if (layout === null) return null;
  const above = lines
    .slice(0, layout.dataLine)
    .map(({ text }) => text)
    .join('\n');
  const head = above.slice(-HEAD_CHARACTERS);
  const start = above.slice(0, HEAD_CHARACTERS);
  const dialect = DIALECTS.find(({ isIt }) => isIt.test(start) || isIt.test(head));
  const rows = readRows(source, layout, lines, remarks);
  const columns = rows.columns.map((column): RawColumn => rawColumn(column, dialect));
  const written = `${delimiterName(layout.delimiter)}, decimal ${layout.decimal === '.' ? 'point' : 'comma'}, ${source.encoding}`;
  if (dialect?.format === 'Maccor text') voltsInMilli(columns, remarks);
  const metadata = headMetadata(lines, layout.headerLine ?? layout.dataLine);
  const turnedRows = signByState(columns, rows.columns);
  if (turnedRows > 0)
    remarks.add(
      '',
      `the file gives currents without sign; ${turnedRows} rows ${dialect?.format === 'Maccor text' ? 'in state D' : 'of discharge by their state'} were made negative`,
    );
  const meanings = columns.map(({ heading, to, words }) =>
    words === undefined ? (to ?? meaningOf(heading)?.to ?? null) : null,
  );
  const current = columns[meanings.indexOf('current_A')];
  const isUnsigned =
    dialect?.signedByState === true &&
    !rows.columns.some(({ heading, kind }) => kind === 'words' && STATE_HEADING.test(heading)) &&
    current?.values.some((value) => value < 0) !== true;
  // A time that starts anew with every step tells steps apart better than their states do.
  const steps = meanings.some((to) => to === 'step' || to === 'step_time_s') ? null : stepsByState(rows.columns);
  if (steps !== null) columns.push(steps);
  const swept = timeOfSweep(columns, metadata);
  if (swept !== null) {
    columns.push(swept);
    remarks.add('', 'the file gives no time; it is the way of the potential over the scan rate');
  }
  const plain =
    dialect?.places !== undefined
      ? placed(columns, dialect.places)
      : layout.headings.length === 0
        ? headingless(columns, remarks.add)
        : columns;
  const levels = fileLines === undefined ? '' : 'cycles, steps and records on levels, ';
  const table: RawTable = {
    format: dialect === undefined ? `delimited text (${levels}${written})` : `${dialect.format} (${levels}${written})`,
    columns: plain,
    rows: rows.rows,
    place: (row) => `line ${fileLines?.[rows.lines[row]! - 1] ?? rows.lines[row]}`,
    metadata,
    signByCounters: true,
    ...(dialect?.signWhy === undefined || isUnsigned ? {} : { signWhy: dialect.signWhy }),
    ...(dialect?.timeUnit_s === undefined ? {} : { timeUnit_s: dialect.timeUnit_s }),
  };
  return assemble(table, remarks, options);
}

function delimiterName(delimiter: string): string {
  return { '\t': 'tabs', ';': 'semicolons', ',': 'commas', '|': 'bars', ' ': 'blanks' }[delimiter]!;
}

export function rawColumn(column: TextColumn, dialect?: Dialect): RawColumn {
  const { heading, values, kind, words } = column;
  const known =
    dialect?.columns !== undefined && Object.hasOwn(dialect.columns, heading) ? dialect.columns[heading] : undefined;
  return {
    heading,
    values,
    ...(kind === 'duration' || kind === 'clock' ? { kind } : {}),
    ...(kind === 'words' ? { words } : {}),
    ...(known === undefined ? {} : { to: known.to, factor: known.factor, offset: known.offset ?? 0 }),
  };
}

/** No single cell has a voltage above this, V. */
const CELL_V_MAX = 20;

/** Maccor's program writes mV under "Volts" where it was asked for thousandths of everything else. */
function voltsInMilli(columns: RawColumn[], remarks: RemarkList): void {
  const place = columns.findIndex(({ heading }) => heading === 'Volts');
  const volts = columns[place];
  if (volts === undefined || !columns.some(({ heading }) => heading === 'mAmps')) return;
  if (!volts.values.some((value) => Math.abs(value) > CELL_V_MAX)) return;
  columns[place] = { ...volts, to: 'voltage_V', factor: 1e-3, from: 'its values' };
  remarks.add('', `Volts holds values above ${CELL_V_MAX} beside a current in mA: they are taken for mV`);
}

const STATE_HEADING =
  /^(state|md|mode|status|step ?(?:type|name|status)|work ?mode|工步类型|工步名称|工步状态|状态|模式|过程模式|工作模式|状態)$/i;
const DISCHARGE = /^d$|disch|dchg|dch\b|放电|放電/i;

/**
 * Some programs write the size of a current and its direction in words beside it. Returns how many rows were turned: those of discharge,
 * where no current of the file is negative.
 */
function signByState(columns: readonly RawColumn[], found: readonly TextColumn[]): number {
  const state = found.find(
    ({ heading, kind, words }) =>
      kind === 'words' && STATE_HEADING.test(heading) && words.some((word) => DISCHARGE.test(word)),
  );
  const current = columns.find(
    ({ heading, to, words }) => words === undefined && (to ?? meaningOf(heading)?.to) === 'current_A',
  );
  if (state === undefined || current === undefined || current.values.some((value) => value < 0)) return 0;
  const discharges = state.words.map((word) => DISCHARGE.test(word));
  let turned = 0;
  for (let row = 0; row < current.values.length; row++) {
    if (discharges[state.values[row]!] !== true || !(current.values[row]! > 0)) continue;
    current.values[row] = -current.values[row]!;
    turned++;
  }
  return turned;
}

/** Steps of a file that has none but names the state of every row: each change of the state begins another. */
function stepsByState(found: readonly TextColumn[]): RawColumn | null {
  const state = found.find(
    ({ heading, kind, words }) => kind === 'words' && STATE_HEADING.test(heading) && words.length > 1,
  );
  if (state === undefined) return null;
  const values = new Float64Array(state.values.length);
  let step = 1;
  for (let row = 0; row < values.length; row++) {
    if (row > 0 && state.values[row] !== state.values[row - 1]) step++;
    values[row] = step;
  }
  return { heading: `changes of ${state.heading}`, values, to: 'step', from: 'its values' };
}

/** Columns by which a row has its place in time or frequency. */
const PLACES_OF_ROWS = ['time_s', 'step_time_s', 'unix_time_s', 'frequency_Hz'];

/** The time of a sweep of the potential that stores none, where the file gives the rate of the scan. */
function timeOfSweep(columns: readonly RawColumn[], metadata: readonly FileMetadata[]): RawColumn | null {
  const meanings = columns.map(({ heading, to, words }) =>
    to !== undefined ? { to, factor: 1 } : words === undefined ? meaningOf(heading) : null,
  );
  if (meanings.some((meaning) => meaning !== null && PLACES_OF_ROWS.includes(meaning.to))) return null;
  const voltage = meanings.findIndex((meaning) => meaning?.to === 'voltage_V');
  if (voltage < 0 || !meanings.some((meaning) => meaning?.to === 'current_A')) return null;
  const said = metadata.find(({ name }) => /^scan ?rate\b/i.test(name));
  const unit = /\((m?V)\/s\)/.exec(said?.name ?? '')?.[1] ?? /\b(m?V)\/s\b/.exec(said?.text ?? '')?.[1];
  const rate_V_per_s = Number(/[\d.]+(?:e[-+]?\d+)?/i.exec(said?.text ?? '')?.[0]) * (unit === 'mV' ? 1e-3 : 1);
  if (unit === undefined || !(rate_V_per_s > 0)) return null;
  const potential_V = columns[voltage]!.values.map((value) => value * meanings[voltage]!.factor);
  return { heading: 'time from potential and scan rate', values: sweepTime(potential_V, rate_V_per_s), to: 'time_s' };
}

function placed(columns: readonly RawColumn[], places: NonNullable<Dialect['places']>): readonly RawColumn[] {
  return columns.map((column, k) => {
    const place = places[k];
    return place === undefined ? column : { ...column, to: place[0], factor: place[1] };
  });
}

/** Three columns that sweep over frequencies need no headings to be known. */
function headingless(
  columns: readonly RawColumn[],
  remark: (where: string, message: string) => void,
): readonly RawColumn[] {
  const [frequency, real, imaginary] = columns;
  const values = frequency?.values ?? new Float64Array(0);
  if (imaginary === undefined || real === undefined || values.length < 3 || columns.length > 4) return columns;
  let rising = 0;
  let falling = 0;
  for (let row = 1; row < values.length; row++) {
    if (values[row]! > values[row - 1]!) rising++;
    else if (values[row]! < values[row - 1]!) falling++;
  }
  const sweeps = values.every((value) => value > 0) && Math.max(rising, falling) > 0.9 * (values.length - 1);
  const ratio = Math.max(values[0]!, values.at(-1)!) / Math.min(values[0]!, values.at(-1)!);
  if (!sweeps || !(ratio > 50)) return columns;
  remark('', 'no headings; taken as frequency in Hz, real and imaginary part of the impedance in ohm');
  const from = 'its values' as const;
  return columns.map((column, k) => {
    if (k === 0) return { ...column, to: 'frequency_Hz', from };
    if (k === 1) return { ...column, to: 'real_ohm', from };
    return k === 2 ? { ...column, to: 'imaginary_ohm', from } : column;
  });
}
