// Tables in which records stand below the step they belong to, and steps below their cycle, as older Neware programs export them: a line
// of a cycle fills the first field, one of a step leaves it empty, one of a record leaves two. Each level has a line of headings of its
// own. Here they become one plain table, so that one reader of rows serves all.

import type { RemarkList } from './contract.ts';
import { type TextBytes, withBytes } from './text-bytes.ts';
import { type Delimiter, splitLine, type TextLine } from './text-layout.ts';

const DELIMITERS: readonly Delimiter[] = ['\t', ',', ';'];
/** Lines above the headings that are looked at. */
const HEAD_LINES_MAX = 60;
/** Characters of a line of headings. */
const HEADINGS_SIZE_MAX = 4000;
/** Bytes of the number of a cycle or step, or of its name, that are repeated with every record. */
const NAME_SIZE_MAX = 24;
/** Size of the plain table for each byte of the file; repeated names at most triple a real one. */
const GROWTH_MAX = 3;

const LEVELS = [
  /^(?:cycle(?: ?(?:id|index|no\.?|number))?|循环(?:序号|号)?)$/i,
  /^(?:step(?: ?(?:id|index|no\.?|number))?|工步(?:序号|号)?)$/i,
  /^(?:record(?: ?(?:id|index|no\.?|number))?|data ?point|记录(?:序号|号)?|数据序号)$/i,
] as const;

export interface NestedTable {
  readonly source: TextBytes;
  /** Line of the file, from 1, of each line of the plain table. */
  readonly lines: Int32Array;
}

interface NestedHead {
  readonly delimiter: Delimiter;
  /** Line of the headings of records, from 0. */
  readonly recordLine: number;
  /** Fields of a line of a cycle; BTSDA writes the first step of the cycle behind them. */
  readonly cycleFields: number;
  /** Place of the name of a step among its fields; −1 without. */
  readonly stepName: number;
}

function findHead(lines: readonly TextLine[]): NestedHead | null {
  // A copy program may have put an empty line below each.
  const filled = [...lines.slice(0, 2 * HEAD_LINES_MAX).keys()].filter((line) => lines[line]!.text !== '');
  for (let k = 0; k + 2 < Math.min(filled.length, HEAD_LINES_MAX); k++) {
    const levels = filled.slice(k, k + LEVELS.length).map((line) => lines[line]!.text.slice(0, HEADINGS_SIZE_MAX));
    for (const delimiter of DELIMITERS) {
      // Nearly every line of every file ends here.
      if (levels[1]![0] !== delimiter || !levels[2]!.startsWith(delimiter + delimiter)) continue;
      const fields = levels.map((text) => splitLine(text, delimiter));
      const fits = LEVELS.every(
        (level, k) => level.test(fields[k]![k] ?? '') && fields[k]!.slice(0, k).every((field) => field === ''),
      );
      if (!fits) continue;
      const stepName = fields[1]!.findIndex((field) =>
        /^(?:step ?(?:name|type|status)|工步(?:名称|类型|状态))$/i.test(field),
      );
      return { delimiter, recordLine: filled[k + 2]!, cycleFields: fields[0]!.length, stepName };
    }
  }
  return null;
}

/** The bytes of the field at a place of a line, cut to a length; none where the line is shorter. */
function fieldBytes(bytes: Uint8Array, from: number, to: number, delimiter: number, place: number): Uint8Array {
  let at = from;
  for (let k = 0; k < place && at < to; at++) if (bytes[at] === delimiter) k++;
  let end = at;
  while (end < to && end < at + NAME_SIZE_MAX && bytes[end] !== delimiter) end++;
  return bytes.subarray(at, end);
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function joined(parts: readonly Uint8Array[], delimiter: number): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length + 1;
    out[at - 1] = delimiter;
  }
  return out;
}

/** The table without levels, each record with its cycle and step before it; null where the text is not of this kind. */
export function flattenNested(source: TextBytes, lines: readonly TextLine[], remarks: RemarkList): NestedTable | null {
  const head = findHead(lines);
  if (head === null) return null;
  const { bytes } = source;
  const delimiter = head.delimiter.charCodeAt(0);
  const sizeMax = GROWTH_MAX * bytes.length + 1024;
  let out = new Uint8Array(Math.min(sizeMax, Math.ceil(1.25 * bytes.length) + 1024));
  let size = 0;
  const places: number[] = [];
  let cycle = new Uint8Array(0);
  let prefix = joined(['Cycle ID', 'Step ID', 'Step Type'].map(ascii), delimiter);
  let at = lines[head.recordLine]!.from;
  for (let line = head.recordLine + 1; at < bytes.length; line++) {
    let end = at;
    while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end++;
    let level = 0;
    while (level < 2 && at + level < end && bytes[at + level] === delimiter) level++;
    if (level === 2) {
      const from = at + 2;
      const needed = size + prefix.length + (end - from) + 1;
      if (needed > sizeMax) {
        remarks.add(
          `line ${line}`,
          'the records are much shorter than what stands above them; the reading stopped here',
        );
        break;
      }
      if (needed > out.length) {
        const longer = new Uint8Array(Math.min(sizeMax, 2 * needed));
        longer.set(out.subarray(0, size));
        out = longer;
      }
      out.set(prefix, size);
      out.set(bytes.subarray(from, end), size + prefix.length);
      size = needed;
      out[size - 1] = 10;
      places.push(line);
    } else if (end > at + level) {
      if (level === 0) cycle = Uint8Array.from(fieldBytes(bytes, at, end, delimiter, 0));
      // A step behind its cycle begins without the empty field that stands before one on a line of its own.
      const shift = level === 0 ? head.cycleFields - 1 : 0;
      const step = fieldBytes(bytes, at, end, delimiter, 1 + shift);
      const name =
        head.stepName < 0 ? step.subarray(0, 0) : fieldBytes(bytes, at, end, delimiter, head.stepName + shift);
      prefix = joined([cycle, step, name], delimiter);
    }
    at = bytes[end] === 13 && bytes[end + 1] === 10 ? end + 2 : end + 1;
  }
  return { source: withBytes(source, out.subarray(0, size)), lines: Int32Array.from(places) };
}
