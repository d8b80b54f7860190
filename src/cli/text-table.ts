// Text in columns and paragraphs, measured in characters as a terminal shows them.

/** Characters that a terminal shows for `text`; combining marks take no room. */
export function width(text: string): number {
  return Array.from(text.replace(/\p{M}/gu, '')).length;
}

const padStart = (text: string, columns: number): string => ' '.repeat(Math.max(0, columns - width(text))) + text;
const padEnd = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)));

/** Rows under each other; `align` gives one letter a column, l or r. Two spaces between columns, none at line ends. */
export function table(rows: readonly (readonly string[])[], align: string): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, c) => Math.max(0, ...rows.map((row) => width(row[c] ?? ''))));
  return rows
    .map((row) =>
      widths
        .map((columnWidth, c) => (align[c] === 'l' ? padEnd : padStart)(row[c] ?? '', columnWidth))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** `text` broken at spaces into lines of at most `columns` characters; the first opens with `first`, the rest with `indent`. */
export function wrap(text: string, columns: number, indent: string, first = ''): string {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/\s+/)) {
    if (!isEmpty && width(line) + 1 + width(word) > columns) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  lines.push(line.trimEnd());
  return lines.join('\n');
}

/** `Label     text`, wrapped to `columns` with the text hanging under itself. */
export function labelled(label: string, text: string, columns: number, labelWidth = 14): string {
  return wrap(text, columns, ' '.repeat(labelWidth), padEnd(label, labelWidth));
}
