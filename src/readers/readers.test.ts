import { describe, expect, test } from 'vitest';
import { recordFromBdf } from '../records/index.ts';
import { InputError } from '../units/index.ts';
import {
  BINARIES,
  CYCLING_TEXTS,
  cyclingColumns,
  IMPEDANCE_TEXTS,
  impedanceColumns,
  mprFile,
  ndaFile,
  POINTS,
  ROWS,
  utf16le,
} from './fixtures.test-tool.ts';
import { readInstrumentFile } from './index.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function closeTo(found: ArrayLike<number>, wanted: readonly number[], relative = 1e-12): void {
  expect(found.length).toBe(wanted.length);
  for (let k = 0; k < wanted.length; k++) {
    expect(Math.abs(found[k]! - wanted[k]!)).toBeLessThanOrEqual(relative * Math.max(1e-3, Math.abs(wanted[k]!)));
  }
}

describe('cycling comes back from every format', () => {
  test.each([...CYCLING_TEXTS, ...BINARIES])('$name', async ({ name, bytes, format }) => {
    const read = await readInstrumentFile(bytes);
    expect(read.format).toMatch(format);
    expect(read.kind).toBe('cycling');
    expect(read.rows).toBe(12);
    const record = read.records[0]!;
    const tolerance = /^(?:mpr|nda)/.test(name) ? 1e-6 : 1e-12;
    const unsigned = name.includes('minutes');
    const first_s = record.time_s[0]!;
    closeTo(
      Array.from(record.time_s, (value) => value - first_s),
      ROWS.map(({ time_s }) => time_s),
      1e-9,
    );
    closeTo(
      record.voltage_V,
      ROWS.map(({ voltage_V }) => voltage_V),
      tolerance,
    );
    closeTo(
      record.current_A,
      ROWS.map(({ current_A }) => current_A),
      unsigned ? 1e-12 : tolerance,
    );
    // Without numbers in the file, a rest belongs to the cycle before it.
    const cycles = ROWS.map(({ cycle }, k) => (name.includes('version 130') && (k === 6 || k === 7) ? 1 : cycle));
    expect([...record.cycle]).toEqual(cycles);
    // Neware numbers the steps of a whole test.
    if (name.startsWith('nda')) expect([...record.step]).toEqual(ROWS.map((_, k) => 1 + (k >> 1)));
    else if (!name.includes('GBK')) expect([...record.step]).toEqual(ROWS.map(({ step }) => step));
    expect(record.area_m2).toBeNull();
    expect(read.needs.map(({ what }) => what)).toEqual(expect.arrayContaining(['area', 'cell type']));
  });

  test('a current without sign is signed by its state, and that is said', async () => {
    const read = await readInstrumentFile(CYCLING_TEXTS[0]!.bytes);
    expect(read.remarks.map(({ message }) => message).join()).toContain('4 rows in state D were made negative');
  });

  test('BDF is read as the strict reader of records reads it', async () => {
    const { bytes } = CYCLING_TEXTS.find(({ name }) => name.startsWith('BDF'))!;
    const strict = recordFromBdf(new TextDecoder().decode(bytes));
    const record = (await readInstrumentFile(bytes)).records[0]!;
    for (const name of ['time_s', 'current_A', 'voltage_V', 'cycle', 'step'] as const)
      expect(record[name]).toEqual(strict[name]);
  });
});

describe('the spectrum comes back from every format', () => {
  test.each(IMPEDANCE_TEXTS)('$name', async ({ name, bytes, format }) => {
    const read = await readInstrumentFile(bytes);
    expect(read.format).toMatch(format);
    // Gamry's holds the open circuit before the sweep as well.
    expect(read.kind).toBe(name === 'Gamry' ? 'both' : 'impedance');
    expect(read.spectra).toHaveLength(1);
    const [spectrum] = read.spectra;
    closeTo(
      spectrum!.frequency_Hz,
      POINTS.map((p) => p.frequency_Hz),
    );
    closeTo(
      spectrum!.real_ohm,
      POINTS.map((p) => p.real_ohm),
    );
    closeTo(
      spectrum!.imaginary_ohm,
      POINTS.map((p) => p.imaginary_ohm),
    );
  });

  test('sweeps one after the other are told apart, and rows of direct current between them make a record', async () => {
    const sweep = POINTS.map((p, k) => `${k},0.1,0,${p.frequency_Hz},${p.real_ohm},${p.imaginary_ohm}`).join('\n');
    const text = `Time (s),Voltage (V),Current (A),Freq (Hz),Zre (ohm),Zim (ohm)\n${sweep}\n10,0.1,0.001,0,0,0\n11,0.2,0.001,0,0,0\n${sweep}\n${sweep}\n`;
    const read = await readInstrumentFile(encode(text));
    expect(read.spectra.map(({ row, frequency_Hz }) => [row, frequency_Hz.length])).toEqual([
      [1, 9],
      [12, 9],
      [21, 9],
    ]);
    expect(read.kind).toBe('both');
    expect([...read.records[0]!.time_s]).toEqual([10, 11]);
  });
});

describe('EC-Lab binary', () => {
  test('an unknown column costs itself only: its width follows from the length of a record', async () => {
    const odd = { id: 200, type: 'f8' as const, value: () => 1.5 };
    const columns = [...cyclingColumns.slice(0, 2), odd, ...cyclingColumns.slice(2)];
    const read = await readInstrumentFile(mprFile({ rows: 12, columns }));
    closeTo(
      read.records[0]!.current_A,
      ROWS.map(({ current_A }) => current_A),
      1e-6,
    );
    expect([...read.records[0]!.extra['column 200']!]).toEqual(Array(12).fill(1.5));
    expect(read.columns.find(({ heading }) => heading === 'column 200')?.from).toBe('unknown');
  });

  test.each([[[201, 2, 3]], [[1, 201, 3]], [[1, 2, 201]]])(
    'an unknown flag shares the byte of the others: ids %j',
    async (flagIds) => {
      const read = await readInstrumentFile(mprFile({ rows: 12, columns: cyclingColumns, flags: () => 0x25, flagIds }));
      closeTo(
        read.records[0]!.current_A,
        ROWS.map(({ current_A }) => current_A),
        1e-6,
      );
      expect([...read.records[0]!.extra['column 201']!]).toEqual(Array(12).fill(0x25));
    },
  );

  test('without a current it is the set one in controlled steps and charge over time elsewhere', async () => {
    const columns = [
      { id: 4, type: 'f8' as const, value: (row: number) => 10 * row },
      { id: 7, type: 'f8' as const, value: (row: number) => (row === 0 ? 0 : 0.01) },
      { id: 5, type: 'f4' as const, value: () => 2 },
      { id: 6, type: 'f4' as const, value: () => 0.5 },
    ];
    const { records, remarks } = await readInstrumentFile(
      mprFile({ rows: 4, columns, flags: (row) => (row < 2 ? 1 : 2) }),
    );
    closeTo(records[0]!.current_A, [0.002, 0.002, 0.0036, 0.0036], 1e-6);
    expect(remarks.map(({ message }) => message).join()).toContain('stores no current');
  });

  test('defaults of the instrument are called defaults, with the place they were read at', async () => {
    const { metadata } = await readInstrumentFile(mprFile({ rows: 12, columns: cyclingColumns }));
    const cautions = metadata.filter(({ caution }) => caution?.includes('default'));
    expect(cautions.map(({ name, where }) => `${name}: ${where}`)).toEqual([
      'Mass of active material: byte 0x107 of the settings',
      'Electrode surface area: byte 0x211 of the settings',
    ]);
    expect(metadata.find(({ name }) => name === 'Acquisition started on')?.text).toContain('2023-08-11 12:00:00');
  });

  test('spectra, a file cut short, and a file without rows', async () => {
    const whole = mprFile({ rows: 9, columns: impedanceColumns, technique: 0x1d });
    const read = await readInstrumentFile(whole);
    expect(read.format).toContain('PEIS');
    closeTo(
      read.spectra[0]!.imaginary_ohm,
      POINTS.map((p) => p.imaginary_ohm),
      1e-6,
    );
    const cut = await readInstrumentFile(mprFile({ rows: 12, columns: cyclingColumns }).slice(0, 1500));
    expect(cut.rows).toBeGreaterThan(0);
    expect(cut.rows).toBeLessThan(12);
    expect(cut.remarks.map(({ message }) => message).join()).toContain('bytes early');
    const empty = await readInstrumentFile(mprFile({ rows: 0, columns: cyclingColumns }));
    expect([empty.kind, empty.rows]).toEqual(['empty', 0]);
    expect(empty.remarks.map(({ message }) => message)).toContain('the file holds no rows');
  });
});

describe('Neware .nda', () => {
  test('capacities of a step, by direction, and temperature', async () => {
    const old = (await readInstrumentFile(ndaFile(29))).records[0]!;
    closeTo(
      old.extra.charging_capacity_C!,
      ROWS.map((_, k) => 0.0036 * k),
    );
    const recent = (await readInstrumentFile(ndaFile(130))).records[0]!;
    closeTo(
      recent.extra.discharging_capacity_C!,
      ROWS.map((_, k) => 3.6 * k),
      1e-6,
    );
    closeTo(recent.temperature_K, Array(12).fill(298.15));
  });

  test('a version that is not known is refused by name', async () => {
    const other = ndaFile(29);
    other[14] = 19;
    await expect(readInstrumentFile(other)).rejects.toThrow('version 19');
  });

  test('an unknown measuring range costs its rows, not the file', async () => {
    const bytes = ndaFile(29);
    new DataView(bytes.buffer).setInt32(2304 + 86 * 3 + 78, 7_777_777, true);
    const { records, remarks } = await readInstrumentFile(bytes);
    expect(records[0]!.time_s).toHaveLength(11);
    expect(remarks.map(({ message }) => message).join()).toContain('7777777');
  });
});

describe('any delimited table', () => {
  const text = 'Time (s),U,I,odd\n0,1,0.5,7\n1,1.5,0.5,8\n2,2,0.5,9\n';

  test('unknown columns are kept under their heading', async () => {
    const read = await readInstrumentFile(encode(text));
    expect([...read.records[0]!.extra.odd!]).toEqual([7, 8, 9]);
    expect(read.needs.map(({ what }) => what)).toContain('sign');
  });

  test('a person overrides sign, area and the meaning of a column', async () => {
    const read = await readInstrumentFile(encode(text), {
      overrides: { sign: -1, area_m2: 1e-4, columns: { odd: { to: 'voltage_V', factor: 1e-3 } } },
    });
    const [record] = read.records;
    expect([...record!.current_A]).toEqual([-0.5, -0.5, -0.5]);
    closeTo(record!.voltage_V, [0.007, 0.008, 0.009]);
    expect(record!.area_m2).toBe(1e-4);
    expect(read.sign).toMatchObject({ turned: true, why: 'turned over as asked' });
    expect(read.needs.map(({ what }) => what)).toEqual(['cell type']);
  });

  test('an override of a column that is not there is an input error that lists the headings', async () => {
    const call = () => readInstrumentFile(encode(text), { overrides: { columns: { Odd: { to: 'voltage_V' } } } });
    await expect(call()).rejects.toThrow(InputError);
    await expect(call()).rejects.toThrow(/Time \(s\), U, I, odd/);
  });

  test('odd rows are left out with their line', async () => {
    const read = await readInstrumentFile(encode('Time (s),U (V),I (A)\n0,1,1\n1,oops,1\n2,1,1\n1,1,1\n3,1,1\n'));
    expect([...read.records[0]!.time_s]).toEqual([0, 2, 3]);
    expect(read.remarks.map(({ where, message }) => `${where}: ${message}`)).toEqual([
      "line 3: not a number in U (V): 'oops'",
      'line 3: time, voltage or current is missing; row left out',
      'line 5: time falls from 2 s to 1 s; row left out',
    ]);
  });

  test('numbers are rounded as JavaScript rounds them', async () => {
    const words = [
      '0.1',
      '-2.50E-003',
      '123456789012345678',
      '1.7976931348623157e308',
      '4.9e-324',
      '.5',
      '+7.',
      '0.30000000000000004',
      '9.007199254740993e15',
    ];
    const read = await readInstrumentFile(
      encode(`Time (s),U (V),x\n${words.map((word, k) => `${k},0,${word}`).join('\n')}\n`),
      { overrides: { columns: { x: { to: 'x' } } } },
    );
    expect(read.needs.map(({ what }) => what)).toContain('current');
    const rows = await readInstrumentFile(
      encode(`Time (s),U (V),I (A),x\n${words.map((word, k) => `${k},0,0,${word}`).join('\n')}\n`),
    );
    expect([...rows.records[0]!.extra.x!]).toEqual(words.map(Number));
  });

  test('cycles that the file does not count are counted from the sign of the current', async () => {
    const rows = [0, -1, -1, 0, 1, 1, -1, 1, -1];
    const read = await readInstrumentFile(
      encode(`Time (s),U (V),I (A),Cycle\n${rows.map((i, k) => `${k},0.1,${i},1`).join('\n')}\n`),
    );
    expect([...read.records[0]!.cycle]).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 3]);
    expect([...read.records[0]!.extra.cycle_vendor!]).toEqual(Array(9).fill(1));
  });
});

describe('what is not read is refused by name', () => {
  test.each([
    ['Neware .nda', 'NEWARE........\u0013', 'version 19'],
    ['zip', 'PK\u0003\u0004....', 'an archive without its directory'],
    ['Access', '\u0000\u0001\u0000\u0000Standard Jet DB', 'Arbin .res'],
    ['text without a table', 'hello\nworld\n', 'no table'],
    ['nothing', '', 'no bytes'],
  ])('%s', async (_, text, said) => {
    const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
    await expect(readInstrumentFile(bytes)).rejects.toThrow(InputError);
    await expect(readInstrumentFile(bytes)).rejects.toThrow(said);
  });

  test('an Ivium file without data, a broken session', async () => {
    await expect(readInstrumentFile(encode('Method=CyclicVoltammetry\nprimary_data\nx\n1\n1 2 3\n'))).rejects.toThrow(
      'an Ivium file of method CyclicVoltammetry without data',
    );
    await expect(readInstrumentFile(utf16le('{"Type":"PalmSens.DataFiles.SessionFile", "a": [1,'))).rejects.toThrow(
      InputError,
    );
  });
});
