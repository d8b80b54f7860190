// BioLogic .mpt and BT-Lab text: the second line says how many lines stand above the rows, headings are on the last of them, and numbers
// follow the locale of whoever exported it.

import { assemble } from './assemble.ts';
import { ECLAB_SIGN, tellVoltage, withCurrent } from './biologic-binary.ts';
import { createRemarks, type InstrumentFile, type ReaderOptions } from './contract.ts';
import { headMetadata, rawColumn } from './delimited.ts';
import type { TextBytes } from './text-bytes.ts';
import { findLayout, headLines, type TextLayout } from './text-layout.ts';
import { readRows } from './text-rows.ts';

/** The first line of an export without header: headings of EC-Lab, with tabs between them. */
const BARE_HEADINGS =
  /^[^\r\n]*(?:(?:^|\t)time\/s\t[^\r\n]*<?E(?:we|cell)>?\/m?V|(?:^|\t)freq\/Hz\tRe\(Z\)\/Ohm\t|^mode\tox\/red\t)/;
const LINE_SIZE_MAX = 8000;
/** Rows that are held against the headings. */
const ROWS_ASKED = 20;
/** Relative rounding of what EC-Lab prints. */
const PRINTED_WITHIN = 1e-4;

const isBare = ({ bytes, text }: TextBytes): boolean =>
  BARE_HEADINGS.test(text(0, Math.min(bytes.length, LINE_SIZE_MAX)));

export function isBiologicText(source: TextBytes): boolean {
  return /^(?:EC|BT)-Lab ASCII FILE/.test(source.text(0, Math.min(source.bytes.length, 64))) || isBare(source);
}

export function readBiologicText(source: TextBytes, options: ReaderOptions): InstrumentFile {
  const lines = headLines(source);
  const remarks = createRemarks();
  const bare = isBare(source);
  const said = bare ? Number.NaN : Number(/:\s*(\d+)/.exec(lines[1]?.text ?? '')?.[1] ?? Number.NaN);
  let header = bare ? 0 : said >= 3 && said <= lines.length ? said - 1 : -1;
  // The number may be wrong after an edit: the headings are then looked for.
  if (header < 0 || !lines[header]!.text.includes('\t')) {
    const found = lines.findIndex(({ text }) => /\b(?:time\/s|freq\/Hz)\t/.test(text));
    if (found >= 0 && Number.isFinite(said))
      remarks.add('line 2', `the headings are on line ${found + 1}, not on line ${said}`);
    header = found;
  }
  const found = header < 0 ? [] : lines[header]!.text.split('\t').map((heading) => heading.trim());
  if (found.at(-1) === '') found.pop();
  const below = findLayout(lines.slice(header + 1), { delimiter: '\t', ...options.overrides });
  const title = bare || header <= 3 ? '' : (lines[3]?.text.trim() ?? '');
  const program = lines[0]!.text.startsWith('BT') ? 'BT-Lab' : 'EC-Lab';
  const under =
    below === null ? [] : lines.slice(header + 1 + below.dataLine, header + 1 + below.dataLine + ROWS_ASKED);
  const headings = allHeadings(
    found,
    under.map(({ text }) => text),
    remarks,
  );
  const layout: TextLayout | null =
    below === null ? null : { ...below, headerLine: header, headings, dataLine: header + 1 + below.dataLine };
  const rows = layout === null ? null : readRows(source, layout, lines, remarks);
  const decimal = layout === null ? '' : `, decimal ${layout.decimal === '.' ? 'point' : 'comma'}`;
  const columns = rows?.columns.map((column) => rawColumn(column)) ?? [];
  tellVoltage(columns, remarks);
  return assemble(
    {
      format: `${program} text (.mpt${bare ? ' without header' : ''}), ${title || 'technique not said'} (tabs${decimal}, ${source.encoding})`,
      columns: withCurrent(columns, remarks),
      rows: rows?.rows ?? 0,
      place: (row) => `line ${rows!.lines[row]}`,
      metadata: headMetadata(lines, Math.max(header, 0)),
      signWhy: ECLAB_SIGN,
      isRest: /^(?:Open Circuit|Wait)/i.test(title),
    },
    remarks,
    options,
  );
}

/**
 * Headings for rows that have one number more than there are headings, as after an edit. The modulus beside real and imaginary part or phase
 * shows whether the frequency or the imaginary part stands unnamed; without such a proof no column is believed from its heading.
 */
function allHeadings(
  headings: readonly string[],
  rows: readonly string[],
  remarks: ReturnType<typeof createRemarks>,
): readonly string[] {
  const filled = rows.map((row) => row.replace(/\t$/, '').split('\t')).filter((row) => row.length > 1);
  if (headings.length === 0 || filled.length === 0 || !filled.every((row) => row.length === headings.length + 1))
    return headings;
  const follows = (names: readonly RegExp[]): number =>
    headings.findIndex((_, from) => names.every((name, k) => name.test(headings[from + k] ?? '')));
  const whole = follows([/^Re\(Z\)/, /^-Im\(Z\)/, /^\|Z\|/]);
  const at = whole >= 0 ? whole : follows([/^Re\(Z\)/, /^\|Z\|/, /^Phase/]);
  // Elsewhere nothing tells, and the one that is missing may be the last.
  if (at < 0) return headings;
  const holds = (from: number, equal: (re: number, one: number, two: number) => readonly [number, number]): boolean =>
    filled.every((row) => {
      const [re, one, two] = [0, 1, 2].map((k) => Number(row[from + k]!.replace(',', '.'))) as [number, number, number];
      const [value, size] = equal(re, one, two);
      return Math.abs(value - size) <= PRINTED_WITHIN * Math.abs(size);
    });
  const modulus = (re: number, im: number, size: number) => [Math.hypot(re, im), size] as const;
  if (whole >= 0 && holds(at, modulus)) return headings;
  if (whole === 0 && holds(1, modulus)) {
    remarks.add(
      '',
      'a heading is missing: the column before Re(Z) is taken for freq/Hz, with which EC-Lab begins a spectrum',
    );
    return ['freq/Hz', ...headings];
  }
  if (whole < 0 && holds(at, (re, size, phase) => [size * Math.cos((phase * Math.PI) / 180), re])) return headings;
  if (whole < 0 && holds(at, modulus)) {
    remarks.add(
      '',
      'a heading is missing: the column behind Re(Z) is taken for -Im(Z), since with Re(Z) it gives the |Z| that follows',
    );
    return [...headings.slice(0, at + 1), '-Im(Z)/Ohm', ...headings.slice(at + 1)];
  }
  remarks.add(
    '',
    'every row has one field more than there are headings: which is missing is not known, so no column is taken by its heading',
  );
  return Array.from({ length: headings.length + 1 }, (_, k) => `column ${k + 1}`);
}
