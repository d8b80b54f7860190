import { describe, expect, test } from 'vitest';
import { builtInCell, builtInCells, builtInFile } from './built-in.ts';
import { cellWarnings } from './cell-warnings.ts';
import { formatCellFile } from './format-cell.ts';
import { parseCell } from './parse-cell.ts';

describe('warnings of a cell', () => {
  const general = builtInCells().filter(({ group }) => group === 'General cells');

  test.each(general.map(({ id }) => id))('%s has none', (id) => {
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

  test('what was guessed of a name is told, and what stands for it', () => {
    const file = builtInFile('li-cu-carbonate');
    const [read] = cellWarnings(parseCell({ ...file, electrolyte: '1 M LiPF6 in EC/DEC' }));
    expect(read).toMatch(/read as 1 M LiPF6 in EC\/DEC \(1:1 v\/v\): .*equal volumes/u);
    const stranger = cellWarnings(parseCell({ ...file, electrolyte: '1 M LiBOB in EC/PC (1:1 w/w)' }));
    expect(stranger.join(' ')).toMatch(/of another electrolyte: .* stands for it/u);
    // A file that states every value of its own has nothing of another's.
    const own = { ...JSON.parse(formatCellFile(parseCell({ ...file, electrolyte: '1 M LiBOB in EC/PC (1:1 w/w)' }))) };
    expect(cellWarnings(parseCell({ ...own, assumptions: [] })).join(' ')).not.toContain('stands for it');
  });

  test('an ether unknown to the program oxidises like the others', () => {
    const electrolyte = '1 M LiFSI in DOL/DME (1:1 v/v) + 2 wt% LiNO3';
    const warnings = cellWarnings(parseCell({ ...builtInFile('li-nmc811'), electrolyte }));
    expect(warnings.join(' ')).toMatch(/oxidises from about 4 V/u);
  });

  test('a host that is asked for more than it holds is named, with what it holds', () => {
    const felt = { name: 'felt', thickness: '10 µm', porosity: 0.5, areaRatio: 5 };
    const plating = (charge: string, host: object) =>
      cellWarnings(
        parseCell({
          ...builtInFile('li-cu-carbonate'),
          working: { kind: 'foil', material: 'Cu', host },
          protocol: [`Plate at 1 mA/cm2 for ${charge}`, 'Strip at 1 mA/cm2 until 1 V'],
        }),
      );
    // 5 µm of lithium are 1.03 mAh/cm2.
    expect(plating('1 mAh/cm2', felt)).toEqual([]);
    expect(plating('2 mAh/cm2', felt)).toEqual([
      expect.stringMatching(/host felt holds 1\.03 mAh\/cm2 .* 2 mAh\/cm2/u),
    ]);
    const full = { ...builtInFile('li-nmc811'), host: { ...felt, thickness: '200 µm' } };
    expect(cellWarnings(parseCell(full))).toEqual([]);
    expect(cellWarnings(parseCell({ ...full, host: felt }))[0]).toMatch(/host felt/u);
  });

  test('a coating that blocks is named, with its pinholes', () => {
    const coated = (pinholes: number) =>
      cellWarnings(
        parseCell({
          ...builtInFile('li-cu-carbonate'),
          working: {
            kind: 'foil',
            material: 'Cu',
            coating: { layers: [{ name: 'glass', thickness: '1 µm', conductivity: 1e-9 }], pinholes },
          },
        }),
      );
    expect(coated(0.02)).toEqual([expect.stringMatching(/coating glass resists 10000 kΩ cm2 .*pinholes, 0\.02/u)]);
    expect(coated(0)).toEqual([expect.stringMatching(/no pinholes/u)]);
  });

  test('a film that blocks is named', () => {
    const blocked = parseCell({
      ...builtInFile('li-cu-ether-nitrate'),
      interphase: [{ material: 'LiF', thickness: '100 nm' }],
    });
    expect(cellWarnings(blocked)[0]).toMatch(/LiF alone resists 1000 kΩ cm2/u);
  });
});
