import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import { ROWS } from './fixtures.test-tool.ts';
import {
  ARBIN_SHEETS,
  ARCHIVES,
  bts90File,
  earlyNdaFile,
  encode,
  excelDay,
  LONG_ROWS,
  NDC_VERSIONS,
  NEWARE_ROWS,
  NEWARE_SHEETS,
  ndaxParts,
  ndcFile,
  TEST_INFO,
  xlsxParts,
  zip,
} from './fixtures-archives.test-tool.ts';
import { random } from './fuzz.test-tool.ts';
import { type InstrumentFile, readInstrumentFile } from './index.ts';
import { xmlElements } from './xml.ts';
import { crc32, openZip, ZIP_ENTRIES_MAX } from './zip.ts';

function closeTo(found: ArrayLike<number>, wanted: readonly number[], relative: number): void {
  expect(found.length).toBe(wanted.length);
  for (let k = 0; k < wanted.length; k++)
    expect(Math.abs(found[k]! - wanted[k]!), `row ${k}`).toBeLessThanOrEqual(
      relative * Math.max(1e-3, Math.abs(wanted[k]!)),
    );
}

const messages = ({ remarks }: InstrumentFile): string =>
  remarks.map(({ where, message }) => `${where}: ${message}`).join('\n');
const metadata = ({ metadata: entries }: InstrumentFile, name: string): string | undefined =>
  entries.find((entry) => entry.name === name)?.text;
const refusal = async (bytes: Uint8Array, options = {}): Promise<string> => {
  const failed = await readInstrumentFile(bytes, { name: 'cell', ...options }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(InputError);
  return (failed as InputError).message;
};

describe('the same twelve rows come back', () => {
  test.each(ARCHIVES)('$name', async ({ bytes, format }) => {
    const read = await readInstrumentFile(bytes, { name: 'cell' });
    expect(read.format).toMatch(format);
    expect([read.kind, read.rows]).toEqual(['cycling', 12]);
    const [record] = read.records;
    closeTo(
      record!.time_s,
      ROWS.map(({ time_s }) => time_s),
      1e-9,
    );
    closeTo(
      record!.voltage_V,
      ROWS.map(({ voltage_V }) => voltage_V),
      1e-7,
    );
    closeTo(
      record!.current_A,
      ROWS.map(({ current_A }) => current_A),
      1e-7,
    );
    const isNeware = /^Neware/.test(read.format);
    expect([...record!.step]).toEqual(isNeware ? NEWARE_ROWS.map(({ step }) => step) : ROWS.map(({ step }) => step));
    // BTS 9.0 writes no cycle, and then a rest belongs to the cycle before it.
    const counted = /BTS|130/.test(format.source);
    expect([...record!.cycle]).toEqual(ROWS.map(({ cycle }, k) => (counted && (k === 6 || k === 7) ? 1 : cycle)));
    expect(record!.area_m2).toBeNull();
    expect(read.needs.map(({ what }) => what)).toEqual(['area', 'cell type']);
    expect(read.sign.why).not.toContain('assumed');
    if (!isNeware) return;
    const sides = [record!.extra.charging_capacity_C!, record!.extra.discharging_capacity_C!] as const;
    closeTo(
      sides[0],
      NEWARE_ROWS.map((row) => (row.type === 1 ? row.charge_C : 0)),
      1e-6,
    );
    closeTo(
      sides[1],
      NEWARE_ROWS.map((row) => (row.type === 2 ? row.charge_C : 0)),
      1e-6,
    );
    expect(record!.extra.unix_time_s![11]! - record!.extra.unix_time_s![0]!).toBe(110);
    expect(read.columns.find(({ to }) => to === 'step_type')?.words?.[2]).toBe('constant-current discharge');
  });
});

describe('Neware .ndax', () => {
  test.each(NDC_VERSIONS)('version %i: thermometers and voltages beside the cell', async (version) => {
    const read = await readInstrumentFile(zip(ndaxParts(version, NEWARE_ROWS, () => true, true)));
    const [record] = read.records;
    closeTo(
      record!.temperature_K,
      NEWARE_ROWS.map(({ index }) => 273.15 + 25 + 0.5 * (index % 2)),
      1e-9,
    );
    const isPlain = [8, 12, 14, 17].includes(version);
    const second = record!.extra[isPlain ? 'set_temperature_2_K' : 'auxiliary_temperature_2_K'];
    closeTo(
      second!,
      NEWARE_ROWS.map(({ index }) => 273.15 + 30 + 0.5 * (index % 2)),
      1e-9,
    );
    if (!isPlain) closeTo(record!.extra.auxiliary_voltage_2_V!, Array(12).fill(2), 1e-9);
  });

  test('settings in Chinese; a mass that is told and not used', async () => {
    const read = await readInstrumentFile(zip(ndaxParts(14, NEWARE_ROWS)));
    expect(metadata(read, 'Barcode')).toBe('cell & 一');
    expect(metadata(read, 'Remarks')).toBe('锂');
    expect(metadata(read, 'Server')).toBe('BTSServer 8');
    expect(read.metadata.find(({ name }) => name === 'Active mass')).toEqual({
      name: 'Active mass',
      text: '4 mg',
      where: 'step.xml',
      caution: 'a mass typed in by somebody; it is not used',
    });
  });

  // Every step has an anchor at its first row, in its middle and at its end, or none after its middle.
  test.each([14, 16])('version %i: rows between anchors', async (version) => {
    const isAnchor = ({ index, step }: { index: number; step: number }): boolean => {
      const within = (index - 1) % 11;
      return within === 0 || within === 5 || (within === 10 && step !== 3);
    };
    const read = await readInstrumentFile(zip(ndaxParts(version, LONG_ROWS, isAnchor)));
    const [record] = read.records;
    closeTo(
      record!.time_s,
      LONG_ROWS.map(({ time_s }) => time_s),
      1e-9,
    );
    closeTo(
      record!.extra.step_time_s!,
      LONG_ROWS.map(({ stepTime_s }) => stepTime_s),
      1e-9,
    );
    const charge = record!.extra.charging_capacity_C!.map(
      (value, k) => value + record!.extra.discharging_capacity_C![k]!,
    );
    closeTo(
      charge,
      LONG_ROWS.map(({ charge_C }) => charge_C),
      1e-6,
    );
    expect([...record!.extra.is_interpolated!]).toEqual(LONG_ROWS.map((row) => (isAnchor(row) ? 0 : 1)));
    expect(messages(read)).toContain('49 of 66 rows stand between the anchors');
  });

  test('an interval that would run past the next anchor is spread up to it', async () => {
    const early = LONG_ROWS.map((row) => ({ ...row, stepTime_s: row.stepTime_s / 4, time_s: row.time_s / 4 }));
    const isEnd = ({ index }: { index: number }): boolean => (index - 1) % 11 === 0 || index % 11 === 0;
    const { records } = await readInstrumentFile(zip(ndaxParts(14, early, isEnd)));
    closeTo(
      records[0]!.time_s,
      early.map(({ time_s }) => time_s),
      1e-9,
    );
  });

  test('gaps in the pages keep the rows at the places that the anchors name', async () => {
    const parts = ndaxParts(14, NEWARE_ROWS);
    const write = (view: DataView, at: number): void => view.setFloat32(at, 0.5, true);
    parts['data.ndc'] = ndcFile(1, 14, 8, [write, null, write, null, ...Array(8).fill(write)]);
    const { records, rows } = await readInstrumentFile(zip(parts));
    expect(rows).toBe(10);
    expect([...records[0]!.time_s]).toEqual([0, 20, 40, 50, 60, 70, 80, 90, 100, 110]);
  });

  test('no rows: it opens and says so', async () => {
    const read = await readInstrumentFile(zip(ndaxParts(14, [])));
    expect([read.kind, read.rows, messages(read)]).toEqual(['empty', 0, ': the file holds no rows']);
    expect(metadata(read, 'Start time')).toBe('2023-11-14 22:13:20');
  });

  test('what is missing or damaged beside the rows is told', async () => {
    const { 'data_runInfo.ndc': _, 'data_step.ndc': steps, ...parts } = ndaxParts(14, NEWARE_ROWS);
    expect(messages(await readInstrumentFile(zip(parts)))).toContain('without its anchors');
    const wrong = { ...ndaxParts(14, NEWARE_ROWS), 'data_step.ndc': ndcFile(7, 17, 37, []), 'TestInfo.xml': '<a><b' };
    const read = await readInstrumentFile(zip(wrong));
    expect(steps).toBeDefined();
    expect(messages(read)).toContain('a table of kind 7, version 17');
    expect(messages(read)).toContain('XML that breaks off');
    expect(read.records[0]!.time_s).toHaveLength(12);
  });

  test('a version that is not known, no table', async () => {
    const parts = ndaxParts(14, NEWARE_ROWS);
    expect(await refusal(zip({ ...parts, 'data.ndc': ndcFile(1, 15, 8, []) }))).toContain('a table of version 15');
    expect(await refusal(zip({ ...parts, 'data.ndc': new Uint8Array(2) }))).toContain('no table of data');
    expect(messages(await readInstrumentFile(zip(ndaxParts(13, NEWARE_ROWS))))).toContain(
      'nobody is known to have tried',
    );
  });

  test('document types and entities are refused, and the rows are kept', async () => {
    const bomb =
      '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;&b;">]><root><TestInfo StartTime="&c;"/></root>';
    for (const xml of [bomb, TEST_INFO.replace('&amp;', '&lol;')]) {
      const read = await readInstrumentFile(zip({ ...ndaxParts(14, NEWARE_ROWS), 'TestInfo.xml': xml }));
      expect(messages(read)).toMatch(/document type|entity '&lol;'/);
      expect(metadata(read, 'Start time')).toBeUndefined();
      expect(read.rows).toBe(12);
    }
  });
});

describe('tables made to exhaust a reader', () => {
  test('a table of millions of rows in a small archive stops in time', async () => {
    const bytes = new Uint8Array(4096 * 5000);
    const draw = random(1);
    bytes.set([1, 0, 14]);
    for (let at = 4096; at < bytes.length; at += 4096) {
      bytes.fill(0xff, at + 4, at + 132);
      for (let k = 0; k < 20; k++) bytes[at + 200 + k] = Math.floor(draw() * 256);
    }
    const file = zip({ ...ndaxParts(14, NEWARE_ROWS), 'data.ndc': bytes });
    // The time of the processor, which no other work on the machine lengthens.
    const start = process.cpuUsage();
    const read = await readInstrumentFile(file);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(10);
    expect(read.rows).toBeLessThan(2_000_000);
    expect(messages(read)).toContain('rows in so small an archive');
  }, 60_000);
});

describe('Neware .nda', () => {
  test.each([8, 22] as const)('version %i: metadata', async (version) => {
    const read = await readInstrumentFile(earlyNdaFile(version));
    expect(metadata(read, 'Start time')).toBe('2023-11-14 22:13:20');
    expect(metadata(read, 'Remarks')).toBe('锂');
    expect(read.metadata.find(({ name }) => name === 'Active mass')).toMatchObject({
      text: '5.5 mg',
      caution: expect.stringContaining('not used'),
    });
  });

  test('rows out of order, or twice, are put in order and told', async () => {
    const bytes = earlyNdaFile(22);
    const [from, size] = [2304 + 86, 86];
    const rows = Array.from({ length: 12 }, (_, k) => bytes.slice(from + size * k, from + size * (k + 1)));
    const shuffled = [3, 0, 1, 2, 4, 5, 6, 7, 8, 9, 11, 10, 11];
    const mixed = new Uint8Array(from + size * shuffled.length);
    mixed.set(bytes.subarray(0, from));
    for (const [k, row] of shuffled.entries()) mixed.set(rows[row]!, from + size * k);
    const read = await readInstrumentFile(mixed);
    expect([...read.records[0]!.time_s]).toEqual(ROWS.map(({ time_s }) => time_s));
    expect(messages(read)).toContain('12 of 13 were kept');
  });

  test('versions alike to those of which files were seen say so', async () => {
    const bytes = earlyNdaFile(22);
    bytes[14] = 17;
    const read = await readInstrumentFile(bytes);
    expect(read.records[0]!.time_s).toHaveLength(12);
    expect(messages(read)).toContain('read like version 22');
  });

  test('nothing behind the head', async () => {
    for (const bytes of [earlyNdaFile(8).slice(0, 2304), earlyNdaFile(22).slice(0, 40), bts90File(true).slice(0, 1030)])
      expect(await readInstrumentFile(bytes)).toMatchObject({ kind: 'empty', rows: 0 });
  });
});

describe('Excel workbooks', () => {
  test('sheets without a measurement are metadata', async () => {
    const neware = await readInstrumentFile(zip(xlsxParts(NEWARE_SHEETS)));
    expect(neware.metadata).toContainEqual({ name: 'Remarks', text: 'cell <7>', where: 'sheet test, row 2' });
    const arbin = await readInstrumentFile(zip(xlsxParts(ARBIN_SHEETS)));
    expect(arbin.metadata).toContainEqual({
      name: 'Start DateTime',
      text: '2023-11-14 22:13:20.000',
      where: 'sheet Global_Info, row 4',
    });
  });

  test('dates, and durations above a day, by the style of their cells; 1904 as day zero', async () => {
    const rows = [0, 90_000.25].map((time_s) => [
      { value: excelDay(time_s), style: 1 },
      { value: time_s / 86400, style: 2 },
      { value: 0.5, style: 3 },
      0,
    ]);
    const sheet = { a: [['Date', 'Test Time', 'Voltage (V)', 'Current (A)'], ...rows, ...rows.slice(1)] };
    const { records } = await readInstrumentFile(zip(xlsxParts(sheet)));
    expect([...records[0]!.time_s]).toEqual([0, 90_000.25, 90_000.25]);
    expect([...records[0]!.voltage_V]).toEqual([0.5, 0.5, 0.5]);
    expect(records[0]!.extra.unix_time_s![1]).toBeCloseTo(1_700_090_000.25, 3);
    const later = await readInstrumentFile(zip(xlsxParts(sheet, { has1904: true })));
    expect(later.records[0]!.extra.unix_time_s![0]! - records[0]!.extra.unix_time_s![0]!).toBe(1462 * 86400);
  });

  test('several sheets with tables of their own give each its records, and remarks name sheet and row', async () => {
    const other = [
      ['freq', 'Zre', '-Zim'],
      [1000, 5, 1],
      [100, 6, 2],
      [10, 7, 1],
    ];
    const gap = [['Test Time (s)', 'Voltage (V)', 'Current (A)'], [0, 1, 1], [], [1, 'none of this', 1], [2, 1, 1]];
    const read = await readInstrumentFile(zip(xlsxParts({ impedance: other, 'a, b': gap })));
    expect([read.kind, read.spectra.length, read.records.length]).toEqual(['both', 1, 1]);
    expect([...read.records[0]!.time_s]).toEqual([0, 2]);
    expect(messages(read)).toContain('sheet a, b, row 4: ');
    expect(read.columns.map(({ heading }) => heading)).toContain('impedance: Zre');
    const { spectra } = await readInstrumentFile(zip(xlsxParts({ impedance: other, 'a, b': gap })), {
      overrides: { columns: { Zre: { to: 'real_ohm', factor: 2 } } },
    });
    expect([...spectra[0]!.real_ohm]).toEqual([10, 12, 14]);
    expect(
      await refusal(zip(xlsxParts({ impedance: other })), { overrides: { columns: { absent: { to: 'real_ohm' } } } }),
    ).toContain("'absent'");
  });

  test('sums for each cycle are left out where the rows are there', async () => {
    const sums = [
      ['Test_Time(s)', 'Cycle_Index', 'Voltage(V)', 'Current(A)'],
      [50, 1, 0.5, 0.001],
      [110, 2, 0.5, 0.001],
    ];
    const read = await readInstrumentFile(zip(xlsxParts({ ...ARBIN_SHEETS, 'Statistics_1-011': sums })));
    expect([read.records.length, read.rows]).toEqual([1, 12]);
    expect(messages(read)).toContain('sheet Statistics_1-011: sums of what other sheets hold');
    expect((await readInstrumentFile(zip(xlsxParts({ 'Statistics_1-011': sums })))).rows).toBe(2);
  });

  test('formulas give their stored value, errors nothing; booleans, rich text, phonetics and cells without reference', async () => {
    const parts = xlsxParts({ a: [] });
    parts['xl/sharedStrings.xml'] =
      '<sst><si><r><t>Test </t></r><r><t>Time (s)</t></r><rPh><t>XX</t></rPh></si><si><t>Voltage (V)</t></si></sst>';
    parts['xl/worksheets/sheet1.xml'] =
      '<x:worksheet xmlns:x="a"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="str"><x:f>"I"</x:f><x:v>Current &amp; (A)</x:v></x:c><x:c t="inlineStr"><x:is><x:t>Current (mA)</x:t></x:is></x:c></x:row>' +
      '<x:row r="2"><x:c><x:f>1-1</x:f><x:v>0</x:v></x:c><x:c r="B2"><x:v>0.5</x:v></x:c><x:c t="e"><x:v>#REF!</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c></x:row>' +
      '<x:row r="4"><x:c r="A4"><x:v>1e1</x:v></x:c><x:c r="B4"><x:v>.25</x:v></x:c><x:c r="D4"><x:v>-1</x:v></x:c><x:c r="A4"><x:v>7</x:v></x:c></x:row></x:sheetData><x:row/></x:worksheet>';
    const read = await readInstrumentFile(zip(parts));
    const [record] = read.records;
    expect([...record!.time_s]).toEqual([0, 10]);
    expect([...record!.voltage_V]).toEqual([0.5, 0.25]);
    expect([...record!.current_A]).toEqual([0.001, -0.001]);
    expect(messages(read)).toContain('1 cells out of order');
  });

  test('no table, no sheets, a sheet that is not there', async () => {
    expect(await refusal(zip(xlsxParts({ notes: [['hello'], ['world']] })))).toContain(
      'without a table of a measurement (notes)',
    );
    expect(await refusal(zip(xlsxParts({})))).toContain('no sheets');
    const { 'xl/worksheets/sheet1.xml': sheet, ...parts } = xlsxParts(NEWARE_SHEETS);
    expect(sheet).toContain('<row');
    expect(messages(await readInstrumentFile(zip(parts)))).toContain('its cells are not in the workbook');
  });

  test.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>', 'document type'],
    [
      'an unknown entity',
      '<worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>',
      "entity '&b;'",
    ],
    ['rows without end', '<worksheet><sheetData><row r="99999999"/></sheetData></worksheet>', 'at most 1048576'],
    ['rows backwards', '<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>', 'rows in order'],
    ['nested tags', '<a>'.repeat(5000), 'nested without end'],
    ['a tag that breaks off', '<worksheet><sheetData><row r="', 'breaks off'],
  ])('%s in a sheet costs the sheet and is told', async (_, xml, said) => {
    const parts = xlsxParts({ bad: [['x']], ...NEWARE_SHEETS });
    const bytes = zip({ ...parts, 'xl/worksheets/sheet1.xml': xml });
    const read = await readInstrumentFile(bytes);
    expect(read.records[0]!.time_s).toHaveLength(12);
    expect(messages(read)).toContain(said);
  });

  test('cells far to the right and repeated strings do not fill the memory', async () => {
    const wide = '<worksheet><sheetData>'.concat(
      Array.from({ length: 20_000 }, (_, k) => `<row r="${k + 1}"><c r="BXA${k + 1}"><v>1</v></c></row>`).join(''),
      '</sheetData></worksheet>',
    );
    const long = 'x'.repeat(30_000);
    const many = `<worksheet><sheetData><row>${'<c t="s"><v>0</v></c>'.repeat(400_000)}</row></sheetData></worksheet>`;
    for (const sheet of [wide, many]) {
      const parts = { ...xlsxParts({ a: [[long]] }), 'xl/worksheets/sheet1.xml': sheet };
      const start = performance.now();
      expect(await refusal(zip(parts))).toMatch(/bytes of cells|without a table/);
      expect(performance.now() - start).toBeLessThan(5000);
    }
  });
});

/** Changes the number of `size` bytes at `offset` in each directory entry, or only in that of `place`. */
function patched(bytes: Uint8Array, signature: number, offset: number, value: number, size: 2 | 4 = 2): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at + 22 <= copy.length; at++) {
    if (view.getUint32(at, true) !== signature) continue;
    if (size === 2) view.setUint16(at + offset, value, true);
    else view.setUint32(at + offset, value, true);
  }
  return copy;
}
const DIRECTORY = 0x02014b50;
const END = 0x06054b50;

describe('ZIP archives', () => {
  const table = 'Time (s),Voltage (V),Current (A)\n0,1,1\n1,1,1\n';

  test.each([
    ['../cell.csv', 'a path out of the archive'],
    ['a/../../cell.csv', 'a path out of the archive'],
    ['..\\cell.csv', 'a path out of the archive'],
    ['/etc/cell.csv', 'an absolute path'],
    ['\\\\server\\cell.csv', 'an absolute path'],
    ['C:\\cell.csv', 'an absolute path'],
    ['a\nb.csv', 'no name of a file'],
  ])('the name %s is refused', async (name, said) => {
    expect(await refusal(zip({ [name]: table }))).toContain(said);
  });

  test('dots within names are no harm', async () => {
    expect((await readInstrumentFile(zip({ 'a..b/..c/cell...csv': table }))).rows).toBe(2);
  });

  test('one name twice, files that overlap', async () => {
    const two = zip({ 'a.csv': table, 'b.csv': table });
    const same = two.map((byte, k) => (byte === 98 && two[k + 1] === 46 ? 97 : byte));
    expect(await refusal(same)).toContain('two files named');
    // Both directory entries point at the first file.
    expect(await refusal(patched(two, DIRECTORY, 42, 0, 4))).toContain('overlap');
  });

  test('encrypted, packed otherwise, damaged', async () => {
    const one = zip({ 'a.csv': table });
    expect(await refusal(patched(one, DIRECTORY, 8, 1))).toContain('an encrypted file');
    expect(await refusal(patched(one, DIRECTORY, 10, 12))).toContain('packing method 12');
    expect(await refusal(patched(one, DIRECTORY, 16, 1, 4))).toContain('does not fit its checksum');
    expect(await refusal(patched(one, DIRECTORY, 24, 5, 4))).toContain('more bytes than the 5 announced');
    const broken = one.slice();
    broken.fill(0xff, 36, 60);
    expect(await refusal(broken)).toMatch(/do not inflate|break off|checksum|announced/);
    expect(await refusal(one.slice(0, -30))).toContain('without its directory');
    expect(await refusal(patched(one, END, 16, 4_000_000_000, 4))).toContain('not where it says');
    expect(await refusal(patched(one, END, 10, 2))).toContain('breaks off after 1 of 2');
  });

  test('a bomb is refused before it has grown', async () => {
    const bomb = zip({ 'a.csv': new Uint8Array(2 ** 26) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusal(bomb)).toContain('times the packed size');
    // And one that announces less than it is.
    const start = performance.now();
    expect(await refusal(patched(bomb, DIRECTORY, 24, 1000, 4))).toContain('more bytes than the 1000 announced');
    expect(performance.now() - start).toBeLessThan(2000);
    expect(await refusal(patched(zip({ a: '' }), END, 10, 0xfff0))).toContain(`at most ${ZIP_ENTRIES_MAX}`);
  });

  test('several files, none, and an archive within an archive', async () => {
    expect(await refusal(zip({ 'a.csv': table, 'b.csv': table }))).toContain('an archive of 2 files: a.csv, b.csv');
    expect(await refusal(zip({}))).toContain('an archive without files');
    expect(await refusal(zip({ 'a.zip': zip({ 'b.csv': table }) }))).toContain('an archive within an archive');
  });

  test('wide numbers in the directory, a comment behind it, stored files', async () => {
    expect((await readInstrumentFile(zip({ 'a.csv': table }, 0))).rows).toBe(2);
    const one = zip({ 'a.csv': table });
    const commented = new Uint8Array(one.length + 9);
    commented.set(one);
    commented.set(encode('PK\u0005 hello'), one.length);
    expect((await readInstrumentFile(patched(commented, END, 20, 9))).rows).toBe(2);
    expect((await readInstrumentFile(wideArchive(encode(table)))).rows).toBe(2);
  });

  test('the checksum is that of the standard', () => {
    expect(crc32(encode('123456789'))).toBe(0xcbf43926);
  });

  test('what is read of an archive is counted over all its files', () => {
    const bytes = zip(Object.fromEntries(Array.from({ length: 3 }, (_, k) => [`${k}`, new Uint8Array(100)])), 0);
    const archive = openZip(bytes, 'a');
    expect(archive.entries.map((entry) => archive.read(entry).length)).toEqual([100, 100, 100]);
  });
});

/** An archive of one stored file whose numbers stand in the fields for large files. */
function wideArchive(content: Uint8Array): Uint8Array {
  const name = encode('a.csv');
  const local = 30 + name.length;
  const directory = local + content.length;
  const entry = 46 + name.length + 28;
  const bytes = new Uint8Array(directory + entry + 56 + 20 + 22);
  const view = new DataView(bytes.buffer);
  const set = (at: number, ...values: readonly (readonly [offset: number, size: 2 | 4 | 8, value: number])[]): void => {
    for (const [offset, size, value] of values) {
      if (size === 2) view.setUint16(at + offset, value, true);
      else if (size === 4) view.setUint32(at + offset, value, true);
      else view.setBigUint64(at + offset, BigInt(value), true);
    }
  };
  set(0, [0, 4, 0x04034b50], [14, 4, crc32(content)], [26, 2, name.length]);
  bytes.set(name, 30);
  bytes.set(content, local);
  const full = 0xffffffff;
  set(directory, [0, 4, DIRECTORY], [16, 4, crc32(content)], [20, 4, full], [24, 4, full], [28, 2, name.length]);
  set(directory, [30, 2, 28], [42, 4, full]);
  bytes.set(name, directory + 46);
  const extra = directory + 46 + name.length;
  set(extra, [0, 2, 1], [2, 2, 24], [4, 8, content.length], [12, 8, content.length], [20, 8, 0]);
  const wideEnd = directory + entry;
  set(wideEnd, [0, 4, 0x06064b50], [4, 8, 44], [32, 8, 1], [40, 8, entry], [48, 8, directory]);
  set(wideEnd + 56, [0, 4, 0x07064b50], [8, 8, wideEnd], [16, 4, 1]);
  set(wideEnd + 76, [0, 4, END], [8, 2, 0xffff], [10, 2, 0xffff], [12, 4, full], [16, 4, full]);
  return bytes;
}

describe('the little of XML', () => {
  test('prefixes, quotes of both kinds, comments, character data, entities', () => {
    const xml = `<?xml version="1.0"?><!-- <a> --><a:root b:id='1' empty=""><c t="x &gt; &quot;y&quot; > z" /><![CDATA[<no>]]></a:root>`;
    expect(xmlElements(encode(xml), 'x')).toEqual([
      { name: 'root', parent: '', attributes: { id: '1', empty: '' } },
      { name: 'c', parent: 'root', attributes: { t: 'x > "y" > z' } },
    ]);
  });

  test('UTF-16, and a long attribute cut before an entity', () => {
    const text = '<a b="ä"/>';
    const wide = Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((c) => [c.charCodeAt(0), c.charCodeAt(0) >> 8])]);
    expect(xmlElements(wide, 'x')[0]!.attributes).toEqual({ b: 'ä' });
    const long = `<a b="${'&amp;'.repeat(1000)}"/>`;
    expect(xmlElements(encode(long), 'x')[0]!.attributes.b).toMatch(/^&{300,400}$/);
  });
});
