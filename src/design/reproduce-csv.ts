// A reproduction as a table for other programs: a line for each reported number, comma-separated by RFC 4180.

import type { ReproducedQuantity, ReproducedSystem } from './reproduce.ts';

type Cell = string | number | boolean | null;

const COLUMNS: readonly (readonly [
  name: string,
  of: (system: ReproducedSystem, quantity: ReproducedQuantity) => Cell,
])[] = [
  ['id', ({ id }) => id],
  ['table', ({ table }) => table],
  ['reference', ({ reference }) => reference],
  ['group', ({ group }) => group],
  ['method', ({ method }) => method],
  ['electrolyte', ({ electrolyte }) => electrolyte],
  ['quantity', (_, { quantity }) => quantity],
  ['printed', (_, { printed }) => printed],
  ['bound', (_, { bound }) => bound],
  ['reported', (_, { reported }) => reported],
  ['unit', (_, { unit }) => unit],
  ['computed', (_, { computed }) => computed],
  ['band_low', (_, { band }) => band?.[0] ?? null],
  ['band_high', (_, { band }) => band?.[1] ?? null],
  ['inside', (_, { inside }) => inside],
  ['samples', (_, { samples }) => samples],
  ['note', (_, { note }) => note],
];

function field(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines with their ends, the header first. Full precision; empty where nothing is known. */
export function* reproduceCsv(systems: readonly ReproducedSystem[]): Generator<string, void, void> {
  yield `${COLUMNS.map(([name]) => name).join(',')}\r\n`;
  for (const system of systems) {
    for (const quantity of system.quantities) {
      yield `${COLUMNS.map(([, of]) => field(of(system, quantity))).join(',')}\r\n`;
    }
  }
}
