// Ways of writing a table that real files of cyclers and potentiostats have, each in a file of our own.

import { describe, expect, test } from 'vitest';
import type { InstrumentFile } from './contract.ts';
import { cyclingColumns, mprFile } from './fixtures.test-tool.ts';
import { clockOf, durationOf, numberField } from './number-field.ts';
import { readInstrumentFile } from './read-instrument-file.ts';
import { ismFile } from './spectrum-fixtures.test-tool.ts';

const read = (lines: readonly string[], newline = '\n'): Promise<InstrumentFile> =>
  readInstrumentFile(new TextEncoder().encode(`${lines.join(newline)}${newline}`));

const readUtf16 = (lines: readonly string[]): Promise<InstrumentFile> => {
  const text = `\ufeff${lines.join('\r\n')}\r\n`;
  const bytes = new Uint8Array(2 * text.length);
  for (let k = 0; k < text.length; k++) new DataView(bytes.buffer).setUint16(2 * k, text.charCodeAt(k), true);
  return readInstrumentFile(bytes);
};

const said = (file: InstrumentFile): string => file.remarks.map(({ message }) => message).join('\n');
const needs = (file: InstrumentFile): readonly string[] => file.needs.map(({ what }) => what);

describe('numbers', () => {
  test.each([
    ['Time(s),Voltage(V),Current(mA)', ['"2,100.5","3.10","1,250.5"', '"2,101.5","3.11","1,250.5"'], 2100.5, 1.2505],
    ['Zeit [s];Spannung [V];Strom [mA]', ['2.100,5;3,10;1.250,5', '2.101,5;3,11;1.250,5'], 2100.5, 1.2505],
    ['Zeit [s];Spannung [V];Strom [mA]', ["2'100.5;3.10;1'250.5", "2'101.5;3.11;1'250.5"], 2100.5, 1.2505],
    [
      'Temps [s];Tension [V];Courant [mA]',
      ['2\u00a0100,5;3,10;1\u202f250,5', '2\u00a0101,5;3,11;1\u202f250,5'],
      2100.5,
      1.2505,
    ],
  ])('thousands apart: %s', async (heading, rows, time_s, current_A) => {
    const { records } = await read([heading, ...rows]);
    expect(records[0]!.time_s[0]).toBe(time_s);
    expect(records[0]!.current_A[0]).toBeCloseTo(current_A, 12);
  });

  test('a comma is no mark of thousands where it may as well be the decimal one', async () => {
    const { records } = await read([
      'time/s\tEwe/V\tI/mA',
      '1,250\t3,125\t0,500',
      '2,250\t3,130\t0,500',
      '3,250\t3,135\t0,500',
    ]);
    expect([...records[0]!.time_s]).toEqual([1.25, 2.25, 3.25]);
  });

  test.each([
    ['1,234.5', '.', 1234.5],
    ['1.234,5', ',', 1234.5],
    ['12.345.678', ',', 12345678],
    ['0,125', '.', Number.NaN],
    ['1,23.5', '.', Number.NaN],
  ])('%s with decimal %s', (text, decimal, value) => {
    const bytes = new TextEncoder().encode(text);
    expect(numberField(bytes, 0, bytes.length, decimal.charCodeAt(0), { ok: true })).toBe(value);
  });
});

describe('dates', () => {
  const noon = Date.UTC(2024, 2, 5, 12) / 1000;
  test.each([
    ['2024-03-05T12:00:00Z', 0],
    ['2024-03-05 12:00:00 UTC', 0],
    ['2024-03-05 13:00:00+01:00', 0],
    ['2024-03-05 07:30:00.5-0430', 0.5],
    ['Mar 5, 2024 12:00:00', 0],
    ['Tuesday, March 5, 2024 12:00:00 PM', 0],
    ['5 March 2024 12:00', 0],
    ['5. Mar. 2024 12:00:07', 7],
    ['05-Mar-2024 12:00:00 PM', 0],
  ])('%s', (text, ahead_s) => {
    expect(clockOf(text, { dayFirst: false })).toBeCloseTo(noon + ahead_s, 6);
  });

  test('hours of a day of twelve', () => {
    expect(durationOf('1:02:03 PM')).toBe(13 * 3600 + 123);
    expect(durationOf('12:00:00 AM')).toBe(0);
  });

  test('the end of a long file tells days from months', async () => {
    const rows = Array.from({ length: 400 }, (_, k) => {
      const day = String(1 + Math.floor(k / 25)).padStart(2, '0');
      return `${k * 60},${day}/06/2023 10:${String(k % 25).padStart(2, '0')}:00,3.1,0.001`;
    });
    const file = await read(['Test Time (s),Date Time,Voltage (V),Current (A)', ...rows]);
    expect(file.start_unix_s).toBe(Date.UTC(2023, 5, 1, 10) / 1000);
    expect(said(file)).not.toContain('no date');
  });

  test('a date and a time of day in columns of their own are one clock', async () => {
    const file = await read([
      'Date,Time,Voltage(V),Current(A)',
      '2023/05/31,23:59:50,3.1,0.1',
      '2023/06/01,00:00:00,3.2,0.1',
      '2023/06/01,00:00:10,3.3,-0.1',
    ]);
    expect([...file.records[0]!.time_s]).toEqual([0, 10, 20]);
    expect(file.start_unix_s).toBe(Date.UTC(2023, 4, 31, 23, 59, 50) / 1000);
  });

  test('a time that begins at zero beside a date is that of the test', async () => {
    const file = await read([
      'Date,Time,Voltage(V),Current(A)',
      '2023/05/31,00:00:00,3.1,0.1',
      '2023/05/31,00:00:10,3.2,0.1',
      '2023/05/31,00:00:20,3.3,-0.1',
    ]);
    expect([...file.records[0]!.time_s]).toEqual([0, 10, 20]);
    expect(file.start_unix_s).toBe(Date.UTC(2023, 4, 31) / 1000);
  });
});

describe('headings', () => {
  test('units alone name the columns, and nothing above them does', async () => {
    const file = await readUtf16([
      'Date and time:,2024-01-05 10:00:00',
      'Chronopotentiometry',
      'Date and time measurement:,2024-01-05 10:00:01',
      's,V,µA',
      '0.5,0.11,2.5',
      '1.0,0.12,2.5',
      '1.5,0.13,2.5',
    ]);
    expect(file.format).toContain('PSTrace csv');
    expect(file.columns.map(({ to }) => to).sort()).toEqual(['current_A', 'time_s', 'voltage_V']);
    expect(file.records[0]!.current_A[2]).toBeCloseTo(2.5e-6, 15);
    expect(needs(file)).not.toContain('sign');
  });

  test.each([
    [
      'Squidstat csv',
      'Step number,Step name,Elapsed Time (s),Working Electrode Voltage (V),Working Electrode Current (A)',
      ['1,Rest,0.5,0.21,0', '2,CC,1.5,0.22,0.002', '2,CC,2.5,0.23,0.002'],
      0.002,
    ],
    [
      'Bitrode csv',
      'Total Time,Cycle,Loop Counter #1,Step,Step Time,Current,Voltage,Amp-Hours,Watt-Hours,Mode,Temperature A1',
      ['00:00:01.0,1,0,1,00:00:01.0,0,3.2,0,0,REST,24.5', '00:00:11.0,1,0,2,00:00:10.0,1.5,3.1,0.004,0.013,DCHG,24.6'],
      -1.5,
    ],
    [
      'Maccor text',
      'Rec,Cycle P,Cycle C,Step,Test Time (Hr),Step Time (Hr),Capacity (AHr),Energy (WHr),Current (A),Voltage (V),MD',
      ['1,0,1,1,0,0,0,0,0,3.2,R', '2,0,1,2,0.5,0.25,0.05,0.16,0.2,3.1,D'],
      -0.2,
    ],
    [
      'Maccor text',
      'Cyc#,Step,TestTime(s),StepTime(s),Capacity(Ah),Watt-hr,Current(A),Voltage(V),State',
      ['0,1,0,0,0,0,0,3.2,R', '0,2,20,10,0.01,0.03,0.4,3.1,D'],
      -0.4,
    ],
    [
      'BDF csv',
      'test_time_millisecond,voltage_millivolt,current_milliampere',
      ['0,3100,0', '1000,3200,25', '2000,3300,25'],
      0.025,
    ],
  ])('%s', async (format, heading, rows, current_A) => {
    const file = await read([heading, ...rows]);
    expect(file.format).toContain(format);
    expect(file.kind).toBe('cycling');
    expect(file.records[0]!.current_A.at(-1)).toBeCloseTo(current_A, 12);
    expect(file.records[0]!.voltage_V[0]).toBeGreaterThan(0.2);
    expect(file.records[0]!.voltage_V[0]).toBeLessThan(3.3);
  });

  test('a column numbered behind its unit is what its name says', async () => {
    const file = await read([
      'Data_Point;Test_Time(s);Step_Index;Current(A);Voltage(V);Aux_Temperature(°C)_1',
      '1;0,5;1;0;3,11;24,5',
      '2;1,5;1;0,001;3,12;24,5',
    ]);
    expect(file.records[0]!.temperature_K[0]).toBeCloseTo(297.65, 9);
  });

  test('the time within a step of a Neware table has a unit in any form', async () => {
    const file = await read([
      'Total Time(s),Voltage(V),Current(A),Time(min),Cycle,Step,Charge Capacity(mAh),Discharge Capacity(mAh)',
      '0,3.8,0.1,0,1,1,0,0',
      '60,3.9,0.1,1,1,1,1.67,0',
    ]);
    expect([...file.records[0]!.extra.step_time_s!]).toEqual([0, 60]);
  });

  test('UTF-8 that was cut inside a character', async () => {
    const text = '总时间(s),电压(V),电流(A),状态\n0,3.1,0.5,充电\n1,3.2,0.5,充电\n2,3.3,0.5,充电';
    for (const left of [1, 2]) {
      const file = await readInstrumentFile(new TextEncoder().encode(text).slice(0, -left));
      expect(file.format).toContain('utf-8');
      expect([...file.records[0]!.time_s]).toEqual([0, 1, 2]);
    }
    const western = await readInstrumentFile(
      new Uint8Array([...new TextEncoder().encode('time/s,Ewe/V,I/mA\n0,3.1,1\n1,3.2,1\n# 25 '), 0xb0]),
    );
    expect(western.format).toContain('windows-1252');
  });

  test('Shift-JIS', async () => {
    // 電圧, 電流 and 放電 as a Japanese program writes them.
    const [voltage, current, discharge] = ['\x93\x64\x88\xb3', '\x93\x64\x97\xac', '\x95\xfa\x93\x64'];
    const [state, rest] = ['\x8f\xf3\x91\xd4', '\x8b\x78\x8e\x7e'];
    const text = [
      `Time[s],${voltage}[V],${current}[mA],${state}`,
      `0,3.1,0,${rest}`,
      `10,3.0,2,${discharge}`,
      `20,2.9,2,${discharge}`,
    ].join('\r\n');
    const file = await readInstrumentFile(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
    expect(file.format).toContain('shift_jis');
    expect([...file.records[0]!.current_A]).toEqual([0, -0.002, -0.002]);
  });
});

describe('what a file does not say', () => {
  test('counters that grow with the currents of their sign settle the sign', async () => {
    const rows = Array.from({ length: 10 }, (_, k) => {
      const charging = k < 5;
      return `${10 * k},${charging ? 1 : -1},3.${k},${charging ? k : 4},${charging ? 0 : k - 4}`;
    });
    const heading = 'Test Time (s),Current (A),Potential (V),Charge Capacity (Ah),Discharge Capacity (Ah)';
    const file = await read([heading, ...rows]);
    expect(file.sign).toMatchObject({ turned: false, why: expect.stringContaining('counters') });
    expect(needs(file)).not.toContain('sign');
    const without = await read([heading, ...rows].map((row) => row.split(',').slice(0, 3).join(',')));
    expect(needs(without)).toContain('sign');
  });

  test('steps are counted where the time within one starts anew', async () => {
    const file = await read([
      'Index,TestTime/h,StepTime/h,Voltage/V,Current/mA,State',
      '1,0,0,3.1,0,R',
      '2,0.1,0.1,3.1,0,R',
      '3,0.1,0,3.0,-0.5,D_CC',
      '4,0.2,0.1,2.9,-0.5,D_CC',
      '5,0.2,0,2.9,-0.5,D_CC',
      '6,0.3,0.1,2.8,-0.5,D_CC',
    ]);
    expect(file.format).toContain('Landt csv');
    expect([...file.records[0]!.step]).toEqual([1, 1, 2, 2, 3, 3]);
    expect(said(file)).toContain('3 were counted');
  });

  test('steps are counted by the state where nothing else tells them', async () => {
    const rows = ['0,3.1,0,rest', '1,3.0,-0.5,discharge', '2,2.9,-0.5,discharge', '3,3.1,0.5,charge'];
    const file = await read(['Time (s),Voltage (V),Current (A),State', ...rows]);
    expect([...file.records[0]!.step]).toEqual([1, 2, 2, 3]);
  });

  test('a sweep without time has one by its scan rate', async () => {
    const file = await read([
      'Cyclic Voltammetry',
      'Instrument Model:  CHI100',
      'Scan Rate (V/s) = 0.02',
      '',
      'Potential/V, Current/A',
      '',
      '0.000, 1.0e-6',
      '0.010, 1.1e-6',
      '0.000, 1.2e-6',
    ]);
    expect([...file.records[0]!.time_s]).toEqual([0, 0.5, 1]);
    expect(said(file)).toContain('scan rate');
  });

  test('temperatures that no cell has are left out and said', async () => {
    const file = await read([
      'Time (s),Voltage (V),Current (A),Temperature (C)',
      '0,3.1,0,-2501.7',
      '1,3.1,0,24',
      '2,3.1,0,1487',
    ]);
    expect(file.records[0]!.temperature_K[0]).toBeNaN();
    expect(file.records[0]!.temperature_K[1]).toBeCloseTo(297.15, 9);
    expect(said(file)).toContain('2 values that no cell has');
  });
});

describe('impedance', () => {
  test.each([
    ["Hz,Z'(ohm),Z''(ohm)", [1000, 10, -2], [1000, 10, -2]],
    ['Frequencies / Hz,Re[Z]/Ohm,-Im[Z]/Ohm', [1000, 10, 2], [1000, 10, -2]],
    ['frequency,z_real,z_imaginary', [1000, 10, -2], [1000, 10, -2]],
    ['Frequency,Data Real,Data Imag', [1000, 10, -2], [1000, 10, -2]],
    ['Frequency (Hz),Real Part (Ohm),Imag Part (Ohm)', [1000, 10, -2], [1000, 10, -2]],
    ['freq_Hz,Z_re_ohm,neg_Z_im_ohm', [1000, 10, 2], [1000, 10, -2]],
    ['Frequency (Hz),Rs (Ohm),Xs (Ohm)', [1000, 10, -2], [1000, 10, -2]],
    ['Frequenz [Hz],Realteil [Ohm],Imaginärteil [Ohm]', [1000, 10, -2], [1000, 10, -2]],
    ['omega (rad/s),Zre (Ohm),Zim (Ohm)', [2000 * Math.PI, 10, -2], [1000, 10, -2]],
    ['freq. /Hz,Z1 /ohm,Z2 /ohm', [1000, 10, -2], [1000, 10, -2]],
    ['Frequency (Hz),Impedance Magnitude (Ohm),Phase Angle (deg)', [1000, 10, -90], [1000, 0, -10]],
  ])('%s', async (heading, given, wanted) => {
    const rows = [1, 10, 100].map((share) => given.map((value, c) => (c === 0 ? value / share : value)).join(','));
    const { spectra } = await read([heading, ...rows]);
    const [spectrum] = spectra;
    expect(spectrum!.frequency_Hz[0]).toBeCloseTo(wanted[0]!, 9);
    expect(spectrum!.real_ohm[0]).toBeCloseTo(wanted[1]!, 9);
    expect(spectrum!.imaginary_ohm[0]).toBeCloseTo(wanted[2]!, 9);
  });

  test('an impedance times area is one with the area only', async () => {
    const lines = ['Frequency (Hz),Zreal (Ω·cm²),Zimag (Ω·cm²)', '1000,20,-4', '100,30,-6', '10,36,-2'];
    const without = await read(lines);
    expect(without.kind).toBe('empty');
    expect(without.needs.map(({ why }) => why).join()).toContain('times area');
    const bytes = new TextEncoder().encode(lines.join('\n'));
    const { spectra } = await readInstrumentFile(bytes, { overrides: { area_m2: 2e-4 } });
    expect([...spectra[0]!.real_ohm].map((value) => Number(value.toPrecision(12)))).toEqual([10, 15, 18]);
  });

  test('a thermometer of an EC-Lab binary', async () => {
    const columns = [...cyclingColumns, { id: 206, type: 'f4' as const, value: () => 31.5 }];
    const { records } = await readInstrumentFile(mprFile({ rows: 4, columns }));
    expect(records[0]!.temperature_K[3]).toBeCloseTo(304.65, 5);
  });
});

describe('letters, numbers and voltages of more than one meaning', () => {
  test('a T beside a time is a temperature', async () => {
    const { records } = await read(['I,T,V,t', '1.5,31,3.2,0', '1.5,32,3.3,10', '1.5,33,3.4,20']);
    expect([...records[0]!.time_s]).toEqual([0, 10, 20]);
    expect(records[0]!.temperature_K[2]).toBeCloseTo(306.15, 9);
    const alone = await read(['T,V,I', '0,3.2,1', '10,3.3,1', '20,3.4,1']);
    expect([...alone.records[0]!.time_s]).toEqual([0, 10, 20]);
  });

  test('cycles of Gamry, whose unit is a #', async () => {
    const rows = Array.from({ length: 8 }, (_, k) => `\t${k}\t${k}\t0.${k}\t1e-6\t${Math.floor(k / 4)}`);
    const heads = ['\tPt\tT\tVf\tIm\tCycle', '\t#\ts\tV vs. Ref.\tA\t#'];
    const { records } = await read(['EXPLAIN', 'TAG\tCV', 'CURVE\tTABLE\t8', ...heads, ...rows]);
    expect([...records[0]!.cycle]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  test('the wave at which Gamry stopped a sweep is no record', async () => {
    const sweep = [1000, 100, 10].map((frequency, k) => `\t${k}\t${k}\t${frequency}\t${10 + k}\t-2`);
    const wave = Array.from({ length: 20 }, (_, k) => `\t${k}\t${k / 100}\t${k / 1000}\t1e-8`);
    const file = await read([
      ...[
        'EXPLAIN',
        'TAG\tEISPOT',
        'ZCURVE\tTABLE',
        '\tPt\tTime\tFreq\tZreal\tZimag',
        '\t#\ts\tHz\tohm\tohm',
        ...sweep,
      ],
      ...['EXPERIMENTABORTED\tTOGGLE\tT', 'FRACURVE\tTABLE\t20', '\tPt\tT\tV\tI', '\t#\tS\tV\tA', ...wave],
    ]);
    expect(file.spectra[0]!.frequency_Hz.length).toBe(3);
    expect(file.records).toEqual([]);
    expect(said(file)).toContain('FRACURVE');
  });

  test('which voltage is taken of a cell whose counter electrode was measured too', async () => {
    const rows = [0, 10, 20].map((time) => `${time}\t0.05\t-0.95\t1.00\t0.12`);
    const file = await read([
      'EC-Lab ASCII FILE',
      'Nb header lines : 3',
      'time/s\tEwe/V\tEce/V\tEwe-Ece/V\tI/mA',
      ...rows,
    ]);
    expect(file.records[0]!.voltage_V[0]).toBe(0.05);
    expect(said(file)).toContain('not Ewe-Ece');
    const other = await read([
      'EC-Lab ASCII FILE',
      'Nb header lines : 3',
      'time/s\tEwe/V\tI/mA',
      ...rows.map((row) => row.replace('\t-0.95\t1.00', '')),
    ]);
    expect(said(other)).not.toContain('Ece');
  });

  test('the modulus shows where a spectrum of EC-Lab begins with a column without heading', async () => {
    const spectrum = (size: (re: number, im: number) => number): Promise<InstrumentFile> =>
      read([
        ...['EC-Lab ASCII FILE', 'Nb header lines : 3', 'Re(Z)/Ohm\t-Im(Z)/Ohm\t|Z|/Ohm\ttime/s\t<Ewe>/V'],
        ...[1000, 100, 10].map((frequency, k) => [frequency, 10 + k, 3, size(10 + k, 3), k, 0.1].join('\t')),
      ]);
    const file = await spectrum(Math.hypot);
    expect([...file.spectra[0]!.frequency_Hz]).toEqual([1000, 100, 10]);
    expect([...file.spectra[0]!.imaginary_ohm]).toEqual([-3, -3, -3]);
    expect(said(file)).toContain('taken for freq/Hz');
    const unknown = await spectrum((re) => re);
    expect([unknown.spectra, unknown.records]).toEqual([[], []]);
  });

  test('the moment that CH Instruments writes into a line of its own', async () => {
    const { metadata } = await read([
      'Mar. 3, 2021   14:05:06',
      'Instrument Model:  CHI600',
      '',
      'Time/sec, Potential/V',
      '',
      '0.1, 0.2',
      '0.2, 0.2',
    ]);
    expect(metadata[0]).toMatchObject({ name: 'written', text: 'Mar. 3, 2021   14:05:06' });
  });
});

test('a summary with one row for each cycle is told', async () => {
  const rows = [1, 2, 3, 4].map((cycle) => `${cycle},${cycle * 3600},2.8,4.2,1.1`);
  const { needs: asked } = await read([
    'Cycle_Index,Test_Time (s),Min_Voltage (V),Max_Voltage (V),Capacity (Ah)',
    ...rows,
  ]);
  expect(asked.find(({ what }) => what === 'columns')?.why).toContain('summary');
  const other = await read(['Cycle_Index,Test_Time (s),Capacity (Ah)', '1,0,0', '1,10,1', '1,20,2']);
  expect(other.needs.find(({ what }) => what === 'columns')?.why).not.toContain('summary');
});

describe('Maccor', () => {
  const heads = 'Cyc#,Step,TestTime(s),Current(A),Voltage(V),DPt Time';
  const rows = [0, 5, 10].map((time) => `7,3,${time},1.5,3.9,1`);

  test('no sign is claimed for currents beside which no state stands, and a clock that was never set is no start', async () => {
    const file = await read([heads, ...rows]);
    expect(file.format).toContain('Maccor');
    expect(needs(file)).toContain('sign');
    expect(file.start_unix_s).toBeNull();
    const stated = await read([`${heads},State`, ...rows.map((row) => `${row},D`)]);
    expect(needs(stated)).not.toContain('sign');
    expect(stated.records[0]!.current_A[0]).toBe(-1.5);
    expect(needs(await read([heads, ...rows.map((row) => row.replace('1.5', '-1.5'))]))).not.toContain('sign');
  });

  test('the cycles of the procedure, where the program does not count its own', async () => {
    const file = await read([
      "Today's Date\t04/25/2021\tDate of Test:\t03/20/2021\tFilename:\tours.001\tComment/Barcode: K 7",
      'Rec#\tCycle P\tStep\tTest Time (s)\tCurrent (A)\tVoltage (V)\tMD',
      ...[0, 1, 2, 3].map((k) => `${k}\t${k >> 1}\t1\t${k}\t0.5\t3.5\tC`),
    ]);
    expect([...file.records[0]!.cycle]).toEqual([0, 0, 1, 1]);
    expect(file.metadata.map(({ name, text }) => `${name}=${text}`)).toEqual([
      "Today's Date=04/25/2021",
      'Date of Test=03/20/2021',
      'Filename=ours.001',
      'Comment/Barcode=K 7',
    ]);
  });
});

describe('starts', () => {
  test('a date without a time is no start, and does not move the clock beside the rows', async () => {
    const head = ["Today's Date\t12.05.2021", 'Date of Test:\t03.05.2021', 'Filename:\tx'];
    const heading = 'Rec\tCycle C\tStep\tTestTime\tCurrent [A]\tVoltage [V]\tMd\tDPT Time';
    const rows = [
      '1\t0\t1\t0d 00:00:00,00\t0,0\t3,12\tR\t03.05.2021 14:00:00',
      '2\t0\t1\t0d 00:01:00,00\t0,0\t3,12\tR\t03.05.2021 14:01:00',
    ];
    expect((await read([...head, heading, ...rows])).start_unix_s).toBe(Date.UTC(2021, 4, 3, 14) / 1000);
  });

  test('a time within a step counts as the time of the test does, wherever its column stands', async () => {
    const heading = 'Rec#\tCyc#\tStep\tStepTime\tTestTime\tAmps\tVolts\tState\tDPt Time';
    const rows = [0, 1, 2].map((k) => `${k + 1}\t0\t1\t${k}\t${k}\t0\t3.2\tR\t1/2/2020 10:0${k}:00 AM`);
    const { records, columns } = await read([heading, ...rows]);
    expect([...records[0]!.extra.step_time_s!]).toEqual([0, 60, 120]);
    expect(columns.find(({ to }) => to === 'step_time_s')!.factor).toBe(60);
  });
});

describe('lines that a copy program doubled', () => {
  test('Gamry', async () => {
    const lines = [
      'EXPLAIN',
      'TAG\tEISPOT',
      'ZCURVE\tTABLE',
      '\tPt\tTime\tFreq\tZreal\tZimag\tTemp',
      '\t#\ts\tHz\tohm\tohm\tdeg C',
      '\t0\t1\t1000\t10\t-2\t25',
      '\t1\t2\t100\t15\t-4\t25',
      '\t2\t3\t10\t18\t-3\t25',
    ];
    const file = await read(lines, '\r\r\n');
    expect([...file.spectra[0]!.real_ohm]).toEqual([10, 15, 18]);
    expect([...file.spectra[0]!.time_s]).toEqual([1, 2, 3]);
  });

  test('tables on levels', async () => {
    const lines = [
      'Cycle ID,Cap_Chg(mAh)',
      ',Step ID,Step Name',
      ',,Record ID,Time(h:min:s.ms),Voltage(V),Current(mA)',
      '1,0',
      ',1,Rest',
      ',,1,0:00:00.000,3.1,0',
      ',,2,0:00:10.000,3.1,0',
      ',2,CC_DChg',
      ',,3,0:00:00.000,3.0,-0.5',
      ',,4,0:00:10.000,2.9,-0.5',
    ];
    const [plain, doubled] = [await read(lines), await read(lines, '\r\r\n')];
    expect([...doubled.records[0]!.step]).toEqual([1, 1, 2, 2]);
    expect([...doubled.records[0]!.voltage_V]).toEqual([...plain.records[0]!.voltage_V]);
  });
});

describe('Zahner .ism', () => {
  const points = [1, 10, 100, 1000].map((frequency_Hz) => ({
    frequency_Hz,
    real_ohm: 5,
    imaginary_ohm: -1 / frequency_Hz,
  }));

  test('keeps the sweep from end to end, and says what the texts say', async () => {
    const { spectra, metadata, remarks } = await readInstrumentFile(ismFile(points, 2));
    expect(spectra.map(({ frequency_Hz }) => [...frequency_Hz])).toEqual([[1000, 100, 10, 1]]);
    expect(metadata).toContainEqual({ name: 'System', text: 'our cell', where: expect.any(String) });
    expect(metadata.find(({ name }) => name === 'Electrode area')?.caution).toContain('not used');
    expect(remarks.map(({ message }) => message).join()).toContain('2 points on the way');
  });

  test('cut behind its columns', async () => {
    const { spectra } = await readInstrumentFile(ismFile(points, 2).slice(0, 12 + 34 * 6));
    expect([...spectra[0]!.frequency_Hz]).toEqual([1000, 100, 10, 1]);
    await expect(readInstrumentFile(ismFile(points).slice(0, 100))).rejects.toThrow();
  });
});

describe('files that programs write beside a measurement are told by name', () => {
  test.each([
    [
      'settings of EC-Lab',
      'EC-LAB SETTING FILE\r\n\r\nNumber of linked techniques : 2\r\nE range min (V) 0.0 0.0\r\n1 2 3\r\n',
    ],
    ['loops of EC-Lab', 'VMP EXPERIMENT LOOP INDEXES\r\n0\r\n12\r\n'],
    ['a procedure of a Maccor cycler', '<?xml version="1.0"?>\n<MaccorTestProcedure>\n</MaccorTestProcedure>\n'],
    [
      'a waveform for a Maccor',
      'D\tP\t0.25\t\t\t2.0\tV\t<=\t2.5\tT\t2.0\tA\r\nC\tP\t0.05\t\t\t2.0\tV\t>=\t4.1\tT\t2.0\tA\r\n',
    ],
    ['a schedule of an Arbin cycler', '[Version Section]\r\nCurrent_Version=Schedule Version 8.00\r\n'],
  ])('%s', async (words, text) => {
    await expect(readInstrumentFile(new TextEncoder().encode(text))).rejects.toThrow(words);
  });
});
