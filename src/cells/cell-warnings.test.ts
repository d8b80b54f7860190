import { describe, expect, test } from 'vitest';
import { builtInCell, builtInCells, builtInFile } from './built-in.ts';
import { cellWarnings } from './cell-warnings.ts';
import { parseCell } from './parse-cell.ts';

describe('warnings of a cell', () => {
  test.each(builtInCells().map(({ id }) => id))('%s has none', (id) => {
    expect(cellWarnings(builtInCell(id))).toEqual([]);
  });

  test('an ether does not carry a 4.3 V cathode, and carries LFP', () => {
    const ether = '1 M LiTFSI in DOL/DME (1:1 v/v) + 1 wt% LiNO3';
    const [warning] = cellWarnings(parseCell({ ...builtInFile('li-nmc811'), electrolyte: ether }));
    expect(warning).toMatch(/oxidises from about 4 V.*4\.3 V/u);
    expect(
      cellWarnings(parseCell({ ...builtInFile('li-nmc811'), electrolyte: ether, protocol: ['Rest for 1 h'] })),
    ).toHaveLength(1);
    expect(cellWarnings(parseCell({ ...builtInFile('li-lfp'), electrolyte: ether }))).toEqual([]);
    const gentle = ['Charge at C/10 until 3.9 V', 'Discharge at C/10 until 3 V'];
    expect(cellWarnings(parseCell({ ...builtInFile('li-nmc811'), electrolyte: ether, protocol: gentle }))).toEqual([]);
  });

  test('data outside their range are said to be', () => {
    const cold = parseCell({ ...builtInFile('li-nmc811'), temperature: '-15 °C' });
    expect(cellWarnings(cold)[0]).toMatch(/-15 °C.*263 to 323 K/u);
    const strong = parseCell({
      ...builtInFile('li-nmc811'),
      electrolyte: { law: 'ec-dec-lundgren', concentration: '2 M', diffusivity: 2e-10, transferenceNumber: 0.3 },
    });
    expect(cellWarnings(strong)[0]).toMatch(/2 M.*0\.5 to 1\.5 M/u);
    const hot = parseCell({ ...builtInFile('li-cu-ether-nitrate'), temperature: '70 °C' });
    expect(cellWarnings(hot)[0]).toMatch(/70 °C.*263 to 333 K/u);
  });

  test('a film that blocks is named', () => {
    const blocked = parseCell({
      ...builtInFile('li-cu-ether-nitrate'),
      interphase: [{ material: 'LiF', thickness: '100 nm' }],
    });
    expect(cellWarnings(blocked)[0]).toMatch(/LiF alone resists 1000 kΩ cm2/u);
  });
});
