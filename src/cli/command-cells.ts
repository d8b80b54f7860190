// `limetal cells`: what can be run at once.

import { builtInCell, builtInCells } from '../cells/index.ts';
import { jsonParts } from './json-document.ts';
import { protocolLine } from './protocol-text.ts';
import { outParts, type Terminal } from './terminal.ts';
import { table } from './text-table.ts';

export function listCells(options: { readonly json?: boolean }, terminal: Terminal): void {
  if (options.json === true) {
    const cells = builtInCells().map(({ id, title, summary, group }) => {
      const cell = builtInCell(id);
      const protocol = cell.protocol === null ? null : protocolLine(cell.protocol, cell);
      return { id, title, summary, group, kind: cell.kind, electrolyte: cell.electrolyte.name, protocol };
    });
    outParts(terminal, jsonParts({ cells }));
    return;
  }
  const cells = builtInCells();
  for (const heading of new Set(cells.map(({ group }) => group))) {
    const rows = cells.filter(({ group }) => group === heading).map(({ id, title }) => [id, title]);
    terminal.out(`${heading}\n${table([['id', 'cell'], ...rows], 'll')}\n\n`);
  }
  terminal.out('`limetal run ID` runs one; `limetal show ID` tells all that is known of it.\n');
}
