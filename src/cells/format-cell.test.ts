import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryCellFile, arbitraryProtocol } from './arbitrary-cell-file.test-tool.ts';
import { builtInCell, builtInCells } from './built-in.ts';
import { cellToFile, formatCellFile } from './format-cell.ts';
import { parseCell } from './parse-cell.ts';

describe('a cell written as a file', () => {
  test.each(builtInCells().map(({ id }) => id))('%s reads back as itself', (id) => {
    const cell = builtInCell(id);
    expect(parseCell(JSON.parse(formatCellFile(cell)))).toEqual(cell);
  });

  test('random cells read back as themselves', () => {
    fc.assert(
      fc.property(arbitraryCellFile, arbitraryProtocol, (file, protocol) => {
        const cell = parseCell({ ...file, protocol });
        expect(parseCell(JSON.parse(formatCellFile(cell)))).toEqual(cell);
      }),
      { numRuns: 300 },
    );
  });

  test('states quantities with their units, for people', () => {
    expect(cellToFile(builtInCell('li-cu-ether-nitrate'))).toMatchObject({
      area: '1.27 cm2',
      temperature: '25 °C',
      amount: '40 µL',
      counter: { kind: 'lithium', thickness: '250 µm', interphase: [{ thickness: '15 nm' }] },
      separator: { thickness: '25 µm', porosity: 0.39 },
      electrolyte: { concentration: '1 M', conductivity: '11 mS/cm' },
      voltageLimits: ['-1 V', '3 V'],
    });
  });
});
