// Lines that stand in quotes as wholes, delimiters and all, as Novonix and some spreadsheets leave them: each would be one field.

import { type TextBytes, withBytes } from './text-bytes.ts';
import type { TextLine } from './text-layout.ts';

const QUOTE = 34;
const BLANK = 32;
/** Lines in quotes, one after the other, that make a table: headings and two rows. */
const QUOTED_LINES_MIN = 3;

/** Whether one pair of quotes stands around a line with three fields or more. */
function isQuotedLine(line: string): boolean {
  const text = line.trimEnd();
  const isWhole = text.startsWith('"') && text.indexOf('"', 1) === text.length - 1;
  return isWhole && [',', ';', '\t'].some((delimiter) => text.split(delimiter, 3).length === 3);
}

/** The same text with blanks for the quotes around its lines, so that every byte stays in its place; null where its lines stand in none. */
export function withoutLineQuotes(source: TextBytes, lines: readonly TextLine[]): TextBytes | null {
  let quoted = 0;
  // From the end of the head, whose last line may be cut: what stands above a table may be anything.
  for (let k = lines.length - 2; k >= 0 && quoted < QUOTED_LINES_MIN; k--) {
    const { text } = lines[k]!;
    if (text === '') continue;
    if (!isQuotedLine(text)) break;
    quoted++;
  }
  if (quoted < QUOTED_LINES_MIN) return null;
  const bytes = source.bytes.slice();
  let at = 0;
  while (at < bytes.length) {
    let end = at;
    while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end++;
    let last = end - 1;
    while (last > at && (bytes[last] === BLANK || bytes[last] === 9)) last--;
    if (last > at && bytes[at] === QUOTE && bytes[last] === QUOTE && bytes.indexOf(QUOTE, at + 1) === last) {
      bytes[at] = BLANK;
      bytes[last] = BLANK;
    }
    at = end + 1;
  }
  return withBytes(source, bytes);
}
