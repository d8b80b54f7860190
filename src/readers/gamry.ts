// Gamry .DTA: blocks `NAME<tab>TABLE<tab>rows`, each with a line of headings, one of units, and rows that begin with a tab. A file may hold
// the open circuit before the measurement, a spectrum, and a curve for each cycle.

import { InputError } from '../units/index.ts';
import type { RawColumn } from './assemble.ts';
import { createRemarks, type FileMetadata, type InstrumentFile, REMARKS_MAX, type ReaderOptions } from './contract.ts';
import { cautionOf } from './delimited.ts';
import { assembleSeveral, type Part } from './several.ts';
import { type TextBytes, withBytes } from './text-bytes.ts';
import { findLayout, headLines, splitLine } from './text-layout.ts';
import { readRows, type TextRows } from './text-rows.ts';

const HEAD_SIZE = 400;
/** Curves of one file that are read; a file of cyclic voltammetry has one for each cycle. */
const BLOCKS_MAX = 10_000;
const LINE_SIZE_MAX = 4000;

export const isGamry = ({ bytes, text }: TextBytes): boolean =>
  /^\s*EXPLAIN\s*[\r\n]+TAG\t/.test(text(0, Math.min(bytes.length, HEAD_SIZE)));

interface Block {
  readonly name: string;
  /** First byte of its headings, and the byte after its last row. */
  readonly from: number;
  readonly to: number;
  /** Line of its name, from 1. */
  readonly line: number;
}

/** A line that belongs to no table. */
interface Setting {
  readonly text: string;
  readonly line: number;
}

/** The tables of a file, and the lines that belong to none of them. */
function blocksOf({ bytes, text }: TextBytes): {
  readonly blocks: readonly Block[];
  readonly settings: readonly Setting[];
  /** Line of the wave that a sweep was measuring when it was stopped: a part of one period, no record of a cell. */
  readonly wave: number | null;
} {
  const blocks: Block[] = [];
  const settings: Setting[] = [];
  let open: { readonly name: string; readonly from: number; readonly line: number } | null = null;
  let wave: number | null = null;
  let at = 0;
  for (let line = 1; at < bytes.length && blocks.length < BLOCKS_MAX; line++) {
    let end = at;
    while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end++;
    const next = bytes[end] === 13 && bytes[end + 1] === 10 ? end + 2 : end + 1;
    // Rows, headings and units begin with a blank; anything else ends a table. An empty line is one that a copy program broke.
    if (end > at && bytes[at] !== 9 && bytes[at] !== 32) {
      if (open !== null) blocks.push({ ...open, to: at });
      open = null;
      const words = text(at, Math.min(end, at + LINE_SIZE_MAX));
      const name = /^(\w*CURVE\w*)\tTABLE/.exec(words)?.[1];
      if (name === 'FRACURVE') wave = line;
      else if (name !== undefined) open = { name, from: Math.min(next, bytes.length), line };
      else if (settings.length < 2 * REMARKS_MAX) settings.push({ text: words, line });
    }
    at = next;
  }
  if (open !== null) blocks.push({ ...open, to: bytes.length });
  return { blocks, settings, wave };
}

interface ReadBlock {
  readonly block: Block;
  readonly rows: TextRows;
}

/** Blocks of the same headings, one after the other, as one table; beyond the first, they are told apart by a column of their numbers. */
function tableOf(read: readonly ReadBlock[]): { readonly columns: readonly RawColumn[]; readonly rows: number } {
  const rows = read.reduce((sum, one) => sum + one.rows.rows, 0);
  const [first] = read;
  const columns = first!.rows.columns.flatMap((column, c): RawColumn[] => {
    if (column.kind === 'words' ? read.length > 1 : /^column 1$/.test(column.heading)) return [];
    const values = new Float64Array(rows);
    let at = 0;
    for (const one of read) {
      values.set(one.rows.columns[c]!.values, at);
      at += one.rows.rows;
    }
    return [{ heading: column.heading, values, ...(column.kind === 'words' ? { words: column.words } : {}) }];
  });
  if (read.length < 2) return { columns, rows };
  const number = new Float64Array(rows);
  let at = 0;
  for (const [k, one] of read.entries()) {
    number.fill(k + 1, at, at + one.rows.rows);
    at += one.rows.rows;
  }
  return { columns: [...columns, { heading: 'number of the curve', values: number, to: 'step' }], rows };
}

export function readGamry(source: TextBytes, options: ReaderOptions): InstrumentFile {
  const remarks = createRemarks();
  const { blocks, settings, wave } = blocksOf(source);
  if (wave !== null)
    remarks.add(`line ${wave}`, 'FRACURVE holds the wave at the frequency where the sweep was stopped; it is left out');
  if (blocks.length === 0) {
    throw new InputError([
      { where: options.name ?? 'file', found: 'a Gamry file without a curve', wanted: 'a block such as ZCURVE TABLE' },
    ]);
  }
  const technique = settingOf(settings, /^TAG\t(\S+)/) ?? 'technique not said';
  // 0 is the cathodic convention; newer programs always say which, older ones know the other alone.
  const isCathodic = settingOf(settings, /^CONVENTION\t\w+\t(\S+)/) === '0';
  const groups = new Map<string, ReadBlock[]>();
  for (const block of blocks) {
    const part = withBytes(source, source.bytes.subarray(block.from, block.to));
    const lines = headLines(part);
    const headingLine = Math.max(
      0,
      lines.findIndex(({ text }) => text !== ''),
    );
    const unitLine = Math.max(
      headingLine + 1,
      lines.findIndex(({ text }, k) => k > headingLine && text !== ''),
    );
    const units = splitLine(lines[unitLine]?.text ?? '', '\t');
    const headings = splitLine(lines[headingLine]?.text ?? '', '\t').map((heading, c) =>
      (units[c] ?? '') === '' || heading === '' ? heading : `${heading} (${units[c]})`,
    );
    const layout = findLayout(lines.slice(unitLine + 1), { delimiter: '\t', ...options.overrides });
    if (layout === null) {
      remarks.add(`line ${block.line}`, `the table ${block.name} has no rows`);
      continue;
    }
    const rows = readRows(
      part,
      { ...layout, headerLine: headingLine, headings, dataLine: unitLine + 1 + layout.dataLine },
      lines,
      remarks,
      block.line,
    );
    const key = `${block.name.replace(/\d+$/, '')}\n${headings.join('\t')}`;
    groups.set(key, [...(groups.get(key) ?? []), { block, rows }]);
  }
  const parts = [...groups.values()].map((read): Part => {
    const { block } = read[0]!;
    const starts = read.map(({ rows }) => rows.rows);
    return {
      name: read.length === 1 ? block.name : `${block.name} to ${read.at(-1)!.block.name}`,
      table: {
        ...tableOf(read),
        format: `Gamry .DTA, ${technique}`,
        place: (row) => {
          let k = 0;
          let within = row;
          while (k < starts.length - 1 && within >= starts[k]!) within -= starts[k++]!;
          return `line ${read[k]!.rows.lines[within]}`;
        },
        metadata: [],
        ...(isCathodic ? {} : { signWhy: 'Gamry counts an oxidising current as positive unless it was set otherwise' }),
        isRest: /^OCV/.test(block.name) || /^CORPOT$/.test(technique),
      },
    };
  });
  // What was measured first comes last here: the open circuit before a measurement is not what the file is about.
  const ordered = [...parts].sort((a, b) => Number(a.table.isRest === true) - Number(b.table.isRest === true));
  if (ordered.length === 0) {
    ordered.push({
      name: blocks[0]!.name,
      table: { format: '', columns: [], rows: 0, place: () => '', metadata: [] },
    });
  }
  return assembleSeveral(ordered, `Gamry .DTA, ${technique}`, metadataOf(settings), remarks, options);
}

function settingOf(settings: readonly Setting[], pattern: RegExp): string | undefined {
  for (const { text } of settings) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Lines `NAME<tab>TYPE<tab>value<tab>description`. */
function metadataOf(settings: readonly Setting[]): FileMetadata[] {
  return settings.flatMap(({ text, line }) => {
    const [name, , value, description] = text.split('\t');
    if (name === undefined || name === '' || value === undefined || value === '') return [];
    const label =
      description === undefined || /^[TF]$/.test(description)
        ? name
        : `${name} (${description.replace('&', '').trim()})`;
    return [{ name: label, text: value, where: `line ${line}`, ...cautionOf(label, value) }];
  });
}
