// Eco Chemie FRA .dfr: a version, the number of points, and nine values of each point, one a line.

import { assemble } from './assemble.ts';
import { createRemarks, type InstrumentFile, type ReaderOptions } from './contract.ts';
import type { TextBytes } from './text-bytes.ts';

export const isEcoChemieFra = (source: TextBytes): boolean =>
  /^VERSION\d+(?:\.\d+)?\s*[\r\n]+\s*\d+\s*[\r\n]/.test(source.text(0, Math.min(source.bytes.length, 100)));

/** Values of one point in a .dfr file, one a line: frequency, Z', −Z'', and six that are not of the impedance. */
const FRA_VALUES = 9;

export function readEcoChemieFra(source: TextBytes, options: ReaderOptions): InstrumentFile {
  const remarks = createRemarks();
  const lines = source.text(0, source.bytes.length).split(/\r\n|\r|\n/);
  const said = Number(lines[1]);
  const body = lines.slice(3);
  const rows = Math.min(said, Math.floor(body.length / FRA_VALUES));
  if (rows < said) remarks.add('line 2', `${said} points are announced and ${rows} are there`);
  const pick = (place: number, factor: number): Float64Array =>
    Float64Array.from(
      { length: rows },
      (_, k) => factor * Number((body[FRA_VALUES * k + place] ?? '').trim().replace(',', '.')),
    );
  return assemble(
    {
      format: 'Eco Chemie FRA (.dfr)',
      columns: [
        { heading: 'f', values: pick(0, 1), to: 'frequency_Hz' },
        { heading: "Z'", values: pick(1, 1), to: 'real_ohm' },
        { heading: "-Z''", values: pick(2, -1), to: 'imaginary_ohm' },
      ],
      rows,
      place: (row) => `line ${4 + FRA_VALUES * row}`,
      metadata: [],
    },
    remarks,
    options,
  );
}
