// Ivium .idf, and .ids with several of them: settings as `name=value`, then `primary_data`, the number of columns, the number of rows, and
// the rows. What the columns are follows from the method; nothing in the file names them.

import { InputError } from '../units/index.ts';
import type { RawColumn } from './assemble.ts';
import { createRemarks, type FileMetadata, type InstrumentFile, REMARKS_MAX, type ReaderOptions } from './contract.ts';
import { assembleSeveral, type Part } from './several.ts';
import { sweepTime } from './sweep-time.ts';
import type { TextBytes } from './text-bytes.ts';

const MARK = 'primary_data';
/** Settings stand before the data, among them a time for each point of a spectrum. */
const HEAD_SIZE = 1 << 18;
const COLUMNS_MAX = 16;
const BLOCKS_MAX = 10_000;

export const isIvium = ({ bytes, text }: TextBytes): boolean => {
  const head = text(0, Math.min(bytes.length, HEAD_SIZE));
  return head.includes(MARK) && /^Method=/m.test(head.replace(/\r/g, '\n'));
};

interface Block {
  readonly method: string;
  /** Of a sweep of the potential, V/s; NaN where the file does not say. */
  readonly scanRate_V_per_s: number;
  readonly columns: number;
  readonly values: readonly number[];
  readonly lines: readonly number[];
}

const SETTINGS = /^(Title|starttime|endtime|Method|Technique|serialnumber|software|Amplitude|Estart|Scanrate)=(.+)$/i;

/** Names, places and factors of the columns of a method: a spectrum, a sweep of the potential, or anything in time. */
function columnsOf({ method, values, columns, scanRate_V_per_s }: Block): readonly RawColumn[] {
  const rows = values.length / columns;
  const pick = (place: number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => values[row * columns + place]!);
  const rest = (from: number): readonly RawColumn[] =>
    Array.from({ length: Math.max(0, columns - from) }, (_, k) => ({
      heading: `column ${from + k + 1}`,
      values: pick(from + k),
    }));
  if (/impedance/i.test(method)) {
    return [
      { heading: "Z'", values: pick(0), to: 'real_ohm' },
      { heading: "Z''", values: pick(1), to: 'imaginary_ohm' },
      { heading: 'frequency', values: pick(2), to: 'frequency_Hz' },
      ...rest(3),
    ];
  }
  if (/volt ?ammetry|linear ?sweep/i.test(method)) {
    const applied = pick(0);
    return [
      { heading: 'time from potential and scan rate', values: sweepTime(applied, scanRate_V_per_s), to: 'time_s' },
      { heading: 'potential applied', values: applied, to: columns > 2 ? 'potential_applied_V' : 'voltage_V' },
      { heading: 'current', values: pick(1), to: 'current_A' },
      ...(columns > 2 ? [{ heading: 'potential', values: pick(2), to: 'voltage_V' }] : []),
      ...rest(3),
    ];
  }
  return [
    { heading: 'time', values: pick(0), to: 'time_s' },
    { heading: 'current', values: pick(1), to: 'current_A' },
    ...(columns > 2 ? [{ heading: 'potential', values: pick(2), to: 'voltage_V' }] : []),
    ...rest(3),
  ];
}

export function readIvium(source: TextBytes, options: ReaderOptions): InstrumentFile {
  const remarks = createRemarks();
  const lines = source.text(0, source.bytes.length).split(/\r\n|\r|\n/);
  const metadata: FileMetadata[] = [];
  const blocks: Block[] = [];
  let method = 'not said';
  let scanRate_V_per_s = Number.NaN;
  for (let k = 0; k < lines.length && blocks.length < BLOCKS_MAX; k++) {
    const line = lines[k]!;
    if (line.trim() !== MARK) {
      const setting = line.includes('=') ? SETTINGS.exec(line.trim()) : null;
      if (setting === null) continue;
      const [, name, value] = setting;
      if (/^method$/i.test(name!)) method = value!.trim().slice(0, 80);
      if (/^scanrate$/i.test(name!)) scanRate_V_per_s = Number(value!.replace(',', '.'));
      if (metadata.length < REMARKS_MAX)
        metadata.push({ name: name!, text: value!.slice(0, 200), where: `line ${k + 1}` });
      continue;
    }
    const columns = Number(lines[k + 1]);
    const said = Number(lines[k + 2]);
    if (!(Number.isInteger(columns) && columns >= 2 && columns <= COLUMNS_MAX && said >= 0)) {
      remarks.add(`line ${k + 2}`, 'no number of columns and rows follows; the block was left out');
      continue;
    }
    if (/impedance/i.test(method) && columns < 3) {
      remarks.add(`line ${k + 2}`, `a block of ${columns} columns where impedance has 3; left out`);
      continue;
    }
    const values: number[] = [];
    const places: number[] = [];
    const end = Math.min(lines.length, k + 3 + said);
    for (k += 3; k < end; k++) {
      const fields = lines[k]!.trim().split(/\s+/, columns);
      const numbers = fields.map((field) => (field === '' ? Number.NaN : Number(field)));
      if (numbers.length < columns || !numbers.every(Number.isFinite)) {
        remarks.add(`line ${k + 1}`, `not ${columns} numbers; row left out`);
        continue;
      }
      values.push(...numbers);
      places.push(k + 1);
    }
    k--;
    if (places.length < said) remarks.add('', `${said} rows are announced and ${places.length} are there`);
    blocks.push({ method, scanRate_V_per_s, columns, values, lines: places });
  }
  if (blocks.length === 0 && !/impedance/i.test(method)) {
    throw new InputError([
      {
        where: options.name ?? 'file',
        found: `an Ivium file of method ${method} without data`,
        wanted: 'a block primary_data',
      },
    ]);
  }
  const methods = [...new Set(blocks.map((block) => block.method))].slice(0, 5).join(', ') || method;
  const format = `Ivium .idf, ${methods}`;
  if (blocks.some((block) => !/impedance/i.test(block.method)))
    remarks.add('', 'Ivium does not name its columns; they were taken as its methods order them');
  if (blocks.some((block) => /volt ?ammetry|sweep/i.test(block.method)))
    remarks.add('', 'the time of a sweep is the way of the potential over the scan rate');
  const spectra = joinSpectra(blocks);
  const parts = spectra.map(
    (block, k): Part => ({
      name: `block ${k + 1}`,
      table: {
        format,
        columns: columnsOf(block),
        rows: block.lines.length,
        place: (row) => `line ${block.lines[row]}`,
        metadata: [],
        signWhy: 'Ivium counts an oxidising current as positive',
      },
    }),
  );
  return assembleSeveral(parts, format, metadata, remarks, options);
}

/** Blocks of impedance are one table, in which each sweep is found again; every other block is a measurement of its own. */
function joinSpectra(blocks: readonly Block[]): readonly Block[] {
  const isSpectrum = ({ method }: Block): boolean => /impedance/i.test(method);
  const spectra = blocks.filter(isSpectrum);
  const others = blocks.filter((block) => !isSpectrum(block));
  const widths = [...new Set(spectra.map(({ columns }) => columns))];
  return [
    ...widths.map((columns): Block => {
      const same = spectra.filter((block) => block.columns === columns);
      return { ...same[0]!, values: same.flatMap(({ values }) => values), lines: same.flatMap(({ lines }) => lines) };
    }),
    ...others,
  ];
}
