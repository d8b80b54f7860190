// A protocol as one line of text.

import { type Cell, formatProtocol, type Protocol } from '../cells/index.ts';

/** `A; B; repeat 10`, a cycle of several steps in parentheses; cut at `letters_max`. */
export function protocolLine(protocol: Protocol, cell: Cell, letters_max = Number.POSITIVE_INFINITY): string {
  const parts = formatProtocol(protocol, cell.kind).map((line) =>
    typeof line === 'string' ? line : `(${line.join('; ')})`,
  );
  const letters = Array.from(parts.join('; '));
  return letters.length > letters_max ? `${letters.slice(0, letters_max).join('')} …` : letters.join('');
}
