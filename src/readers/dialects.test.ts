// Exports of further cyclers and potentiostats, generated: the same test must come back from each.

import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import { FURTHER_CYCLING_TEXTS } from './cycler-fixtures.test-tool.ts';
import { ROWS, utf16le } from './fixtures.test-tool.ts';
import { type InstrumentFile, readInstrumentFile } from './index.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const said = (file: InstrumentFile): string =>
  file.remarks.map(({ where, message }) => `${where}: ${message}`).join('\n');

function closeTo(found: ArrayLike<number>, wanted: readonly number[], relative = 1e-9): void {
  expect(found.length).toBe(wanted.length);
  for (let k = 0; k < wanted.length; k++)
    expect(Math.abs(found[k]! - wanted[k]!), `${k}`).toBeLessThanOrEqual(
      relative * Math.max(1e-3, Math.abs(wanted[k]!)),
    );
}

describe('cycling comes back from', () => {
  test.each(FURTHER_CYCLING_TEXTS)('$name', async ({ bytes, format }) => {
    const read = await readInstrumentFile(bytes);
    expect(read.format).toMatch(format);
    expect(read.kind).toBe('cycling');
    const [record] = read.records;
    closeTo(
      record!.time_s.map((value) => value - record!.time_s[0]!),
      ROWS.map(({ time_s }) => time_s),
    );
    closeTo(
      record!.voltage_V,
      ROWS.map(({ voltage_V }) => voltage_V),
    );
    closeTo(
      record!.current_A,
      ROWS.map(({ current_A }) => current_A),
    );
    expect([...record!.cycle]).toEqual(ROWS.map(({ cycle }) => cycle));
    expect([...record!.step]).toEqual(ROWS.map(({ step }) => step));
  });

  test('levels: remarks name lines of the file, not of the table made from it', async () => {
    const { bytes } = FURTHER_CYCLING_TEXTS.find(({ name }) => name.includes('currents without sign'))!;
    const broken = new TextDecoder().decode(bytes).replace(',,5,0:00:00.0,0.5,', ',,5,0:00:00.0,oops,');
    const read = await readInstrumentFile(encode(broken));
    const line = broken.split('\n').findIndex((text) => text.includes('oops')) + 1;
    expect(said(read)).toContain(`line ${line}: time, voltage or current is missing; row left out`);
  });

  test('a time of day is no date', async () => {
    const { bytes } = FURTHER_CYCLING_TEXTS.find(({ name }) => name.includes('without a date'))!;
    const read = await readInstrumentFile(bytes);
    expect(read.start_unix_s).toBeNull();
    expect(read.records[0]!.extra.time_of_day_s![0]).toBe(40200);
  });

  test('a pause that only the clock knows of is counted', async () => {
    const { bytes } = FURTHER_CYCLING_TEXTS.find(({ name }) => name.includes('currents without sign'))!;
    const read = await readInstrumentFile(bytes);
    expect(said(read)).toContain('starts anew 5 times; the test time is counted through, with 5 pauses between steps');
  });
});

describe('a density of current', () => {
  const text =
    'CORRW ASCII\nCorrTest for Windows: SN CS350\nID_CV\nTemperature(℃):   25\n  Surface Area:           1\nE(V)\t\ti(A/cm^2)\t\tT(s)\nEnd Comments\n-9.97317E-01\t-3.38364E-04\t0.0000\n-9.96817E-01\t-3.36524E-04\t0.0500  0 CYCLE\n-9.96317E-01\t-3.35000E-04\t0.1000\n';

  test('becomes a current with the area that a person gives, and is asked for without', async () => {
    const without = await readInstrumentFile(encode(text));
    expect(without.format).toMatch(/^Corrtest/);
    expect(without.needs.find(({ what }) => what === 'current')?.why).toContain('current per area');
    const read = await readInstrumentFile(encode(text), { overrides: { area_m2: 2e-4 } });
    closeTo(read.records[0]!.current_A, [-6.76728e-4, -6.73048e-4, -6.7e-4]);
    closeTo(read.records[0]!.time_s, [0, 0.05, 0.1]);
  });
});

describe('Gamry', () => {
  const curve = (
    name: string,
    rows: readonly (readonly number[])[],
    head = 'Pt\tT\tVf\tIm\tTemp',
    units = '#\ts\tV vs. Ref.\tA\tdeg C',
  ): string =>
    `${name}\tTABLE\t${rows.length}\n\t${head}\n\t${units}\n${rows.map((row) => `\t${row.join('\t')}\n`).join('')}`;
  const head = 'EXPLAIN\nTAG\tCV\nTITLE\tLABEL\tCyclic Voltammetry\tTest &Identifier\nAREA\tQUANT\t1.0\t&Area (cm^2)\n';

  test('curves of cycles are one record in which time runs on, the open circuit before them another', async () => {
    const text =
      head +
      curve(
        'OCVCURVE',
        [
          [0, 0.5, 0.1],
          [1, 1, 0.11],
          [2, 1.5, 0.12],
        ],
        'Pt\tT\tVf',
        '#\ts\tV vs. Ref.',
      ) +
      'SCANRATE\tQUANT\t5\tScan Rate\n' +
      curve(
        'CURVE1',
        [0, 1, 2, 3].map((k) => [k, k, 0.1 * k, 1e-3, -327.67]),
      ) +
      curve(
        'CURVE2',
        [0, 1, 2, 3].map((k) => [k, k, 0.4 - 0.1 * k, -1e-3, 25]),
      );
    const read = await readInstrumentFile(encode(text), { name: 'cv.DTA' });
    expect(read.format).toBe('Gamry .DTA, CV');
    expect(read.records).toHaveLength(2);
    const [curves, rest] = read.records;
    closeTo(curves!.time_s, [0, 1, 2, 3, 3, 4, 5, 6]);
    closeTo(curves!.current_A, [1e-3, 1e-3, 1e-3, 1e-3, -1e-3, -1e-3, -1e-3, -1e-3]);
    expect([...curves!.step]).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
    expect([...curves!.temperature_K]).toEqual([...Array(4).fill(Number.NaN), ...Array(4).fill(298.15)]);
    closeTo(rest!.voltage_V, [0.1, 0.11, 0.12]);
    closeTo(rest!.current_A, [0, 0, 0]);
    expect(read.rows).toBe(11);
    expect(read.needs.map(({ what }) => what)).toEqual(['area', 'cell type']);
    expect(read.metadata.find(({ name }) => name === 'AREA (Area (cm^2))')?.caution).toBeDefined();
  });

  test('settings between the tables are read, and the cathodic convention is not taken for the anodic one', async () => {
    const text = `${head}${curve(
      'OCVCURVE',
      [
        [0, 0.5, 0.1],
        [1, 1, 0.1],
      ],
      'Pt\tT\tVf',
      '#\ts\tV vs. Ref.',
    )}CONVENTION\tIQUANT\t0\tCurrent Convention\n${curve('CURVE', [
      [0, 0, 1, 1, 25],
      [1, 1, 1, 1, 25],
    ])}`;
    const read = await readInstrumentFile(encode(text));
    expect(read.metadata.find(({ name }) => name.startsWith('CONVENTION'))?.where).toBe('line 10');
    expect(read.needs.map(({ what }) => what)).toContain('sign');
    expect(
      (await readInstrumentFile(encode(text.replace('T\t0\tCurrent', 'T\t1\tCurrent')))).needs.map(({ what }) => what),
    ).not.toContain('sign');
  });

  test('a fault in a later curve is told with its line', async () => {
    const text =
      head +
      curve('CURVE1', [
        [0, 0, 1, 1, 25],
        [1, 1, 1, 1, 25],
      ]) +
      curve('CURVE2', [
        [0, 0, 1, 1, 25],
        [1, 1, 1, 1, 25],
      ]).replace('\t1\t1\t1\t1\t25', '\t1\t1\tx\t1\t25');
    const read = await readInstrumentFile(encode(text));
    const line = text.split('\n').findIndex((one) => one.includes('x\t1')) + 1;
    expect(said(read)).toContain(`line ${line}: not a number in Vf (V vs. Ref.): 'x'`);
    expect(said(read)).toContain(`line ${line}: time, voltage or current is missing`);
  });
});

describe('Ivium', () => {
  const idf = (method: string, rows: readonly string[], more = ''): string =>
    `\u0000\u0001Version=11\r\nMethod=${method}\r\nstarttime=01/02/2024 10:00:00\r\n${more}primary_data\r\n3\r\n${rows.length}\r\n${rows.join('\r\n')}\r\n`;

  test('anything in time: time, current, potential', async () => {
    const read = await readInstrumentFile(encode(idf('MixedMode', ['0 1e-3 3.1', '1 1e-3 3.2', '2 -1e-3 3.0'])));
    expect(read.format).toBe('Ivium .idf, MixedMode');
    closeTo(read.records[0]!.current_A, [1e-3, 1e-3, -1e-3]);
    closeTo(read.records[0]!.voltage_V, [3.1, 3.2, 3.0]);
  });

  test('a sweep has its time from the scan rate', async () => {
    const read = await readInstrumentFile(
      encode(idf('CyclicVoltammetry', ['0 1e-6 0.2', '0.1 2e-6 0.3', '0 -1e-6 0.2'], 'Scanrate=0.05\r\n')),
    );
    closeTo(read.records[0]!.time_s, [0, 2, 4]);
    closeTo(read.records[0]!.voltage_V, [0.2, 0.3, 0.2]);
    expect(said(read)).toContain('over the scan rate');
  });

  test('a data set of several measurements', async () => {
    const spectrum = ['100 -1 1000', '110 -10 100', '120 -20 10', '130 -30 1'];
    const read = await readInstrumentFile(
      encode(idf('Impedance', spectrum) + idf('MixedMode', ['0 0 3', '1 0 3']) + idf('Impedance', spectrum)),
    );
    expect(read.kind).toBe('both');
    expect(read.spectra.map(({ frequency_Hz }) => [...frequency_Hz])).toEqual([
      [1000, 100, 10, 1],
      [1000, 100, 10, 1],
    ]);
    expect(read.records).toHaveLength(1);
  });
});

describe('PalmSens', () => {
  const array = (type: string, description: string, unit: string, values: readonly number[]) => ({
    Type: `PalmSens.Data.DataArray${type}`,
    Description: description,
    Unit: { Type: `PalmSens.Units.${unit}` },
    DataValues: values.map((V) => ({ V })),
  });
  const session = (measurements: readonly unknown[]): Uint8Array =>
    utf16le(JSON.stringify({ Type: 'PalmSens.DataFiles.SessionFile', Measurements: measurements }));

  test('time, potential and current in the units that are said; several scans; several measurements', async () => {
    const read = await readInstrumentFile(
      session([
        {
          Title: 'Chronopotentiometry',
          DataSet: {
            Values: [
              array('Time', 'time', 'Time', [0, 1, 2]),
              array('Potentials', 'potential', 'Volt', [0.1, 0.2, 0.3]),
              array('Currents', 'current', 'MicroAmpere', [10, 10, -10]),
            ],
          },
        },
        {
          Title: 'Cyclic Voltammetry',
          DataSet: {
            Values: [
              ...[1, 2].flatMap((k) => [
                array(
                  'Time',
                  'time',
                  'Time',
                  [0, 1].map((t) => t + 2 * (k - 1)),
                ),
                array('Potentials', `scan${k}`, 'MilliVolt', [100 * k, 200 * k]),
                array('Currents', `scan${k}`, 'Ampere', [0.001 * k, 0.002 * k]),
              ]),
            ],
          },
        },
      ]),
    );
    expect(read.records).toHaveLength(2);
    closeTo(read.records[0]!.current_A, [1e-5, 1e-5, -1e-5]);
    closeTo(read.records[1]!.voltage_V, [0.1, 0.2, 0.2, 0.4]);
    closeTo(read.records[1]!.time_s, [0, 1, 2, 3]);
    expect([...read.records[1]!.step]).toEqual([1, 1, 2, 2]);
  });

  test('of one sweep the data set, with a word where what is drawn differs; of several sweeps each', async () => {
    const sweep = (frequencies: readonly number[]) => [
      array('Time', 'time', 'Time', [0, 1, 2]),
      array('', 'Frequency', 'Hertz', frequencies),
      array(
        '',
        'ZRe',
        'Ohm',
        frequencies.map((f) => 2 * f),
      ),
      array(
        '',
        'ZIm',
        'Ohm',
        frequencies.map((f) => 3 * f),
      ),
    ];
    const [own, drawn, third] = [sweep([100, 10]), sweep([1000, 100, 10]), sweep([7, 5, 3])];
    const measurement = (dataSet: unknown, ...sweeps: readonly unknown[]) =>
      session([{ DataSet: { Values: dataSet }, EISDataList: sweeps.map((Values) => ({ DataSet: { Values } })) }]);
    const one = await readInstrumentFile(measurement(own, drawn));
    closeTo(one.spectra[0]!.frequency_Hz, [100, 10]);
    closeTo(one.spectra[0]!.imaginary_ohm, [-300, -30]);
    expect(one.remarks.map(({ message }) => message)).toContain(
      'the data set and the sweep that is drawn differ; the data set is read',
    );
    const alike = await readInstrumentFile(measurement(drawn, drawn));
    expect(alike.remarks.map(({ message }) => message).join(' ')).not.toContain('differ');
    const several = await readInstrumentFile(measurement(own, drawn, third));
    expect(several.rows).toBe(6);
    expect(several.spectra.flatMap(({ frequency_Hz }) => [...frequency_Hz])).toEqual([1000, 100, 10, 7, 5, 3]);
  });

  test('where there is no data set, the curves that were drawn', async () => {
    const read = await readInstrumentFile(
      session([
        {
          Title: 'Open Circuit Potentiometry',
          Curves: [
            {
              XAxisDataArray: array('Time', 'time', 'Time', [0, 1]),
              YAxisDataArray: array('Potentials', 'potential', 'Volt', [3, 3.1]),
            },
          ],
        },
      ]),
    );
    closeTo(read.records[0]!.voltage_V, [3, 3.1]);
    closeTo(read.records[0]!.current_A, [0, 0]);
  });
});

describe('the sign of a current', () => {
  const bytes = FURTHER_CYCLING_TEXTS.find(({ name }) => name.includes('against its own counters'))!.bytes;

  test('that counters of charge and discharge contradict is turned over, and said', async () => {
    const read = await readInstrumentFile(bytes);
    expect(read.sign.turned).toBe(true);
    expect(read.sign.why).toContain('the counter of discharge grows with the positive currents of the file');
  });

  test('is left as a person gives it, whatever the counters', async () => {
    const read = await readInstrumentFile(bytes, { overrides: { sign: 1 } });
    expect(read.sign.turned).toBe(false);
    closeTo(
      read.records[0]!.current_A,
      ROWS.map(({ current_A }) => -current_A),
    );
  });
});

describe('a heading that is missing', () => {
  test('is told where every row has more fields than there are headings', async () => {
    const rows = Array.from({ length: 4 }, (_, k) => `${k}\t0.5\t1e-3\t${k}\t1\n`).join('');
    const read = await readInstrumentFile(encode(`time/s\tEwe/V\tI/mA\tNs\n${rows}`));
    expect(said(read)).toContain('every row has more fields than there are headings');
  });

  /** EC-Lab's columns of a spectrum without the heading of −Im. */
  const spectrum = (columns: (re: number, im: number) => readonly number[]): Uint8Array => {
    const rows = Array.from({ length: 12 }, (_, k) => {
      const [re, im] = [10 + k, 20 - k];
      return [10 ** (4 - k / 4), ...columns(re, im), k, -3e-4].map((value) => value.toExponential(7)).join('\t');
    });
    const head = 'EC-Lab ASCII FILE\nNb header lines : 4\n\n';
    return encode(`${head}freq/Hz\tRe(Z)/Ohm\t|Z|/Ohm\tPhase(Z)/deg\ttime/s\t<Ewe>/V\n${rows.join('\n')}\n`);
  };

  test('EC-Lab: the modulus shows where −Im(Z) stands unnamed', async () => {
    const read = await readInstrumentFile(
      spectrum((re, im) => [re, im, Math.hypot(re, im), (-180 / Math.PI) * Math.atan2(im, re)]),
    );
    expect(read.spectra[0]!.real_ohm[0]).toBeCloseTo(10, 6);
    expect(read.spectra[0]!.imaginary_ohm[0]).toBeCloseTo(-20, 6);
    expect(read.records).toEqual([]);
    expect(said(read)).toContain('taken for -Im(Z)');
  });

  test('EC-Lab: without that proof no column is believed, and nothing is read', async () => {
    const read = await readInstrumentFile(spectrum((re, im) => [7, re, im, 3]));
    expect([read.spectra, read.records]).toEqual([[], []]);
    expect(read.needs.map(({ what }) => what)).toContain('columns');
    expect(said(read)).toContain('no column is taken by its heading');
  });
});

describe('a spectrum of doubtful sign', () => {
  test('is kept, and doubted', async () => {
    const rows = Array.from({ length: 12 }, (_, k) => `${10 ** (5 - k / 2)},${100 + k},${10 + k}`).join('\n');
    const read = await readInstrumentFile(encode(`f,Re,Im\n${rows}\n`));
    expect(read.spectra[0]!.imaginary_ohm[0]).toBe(10);
    expect(said(read)).toContain('nearly all imaginary parts are positive');
  });
});

describe('a phase beside real and imaginary part', () => {
  const spectrum = (imaginary: 1 | -1, phase: 1 | -1): Uint8Array =>
    encode(
      `f (Hz),Z' (Ohm),Z'' (Ohm),Phase (deg)\n${Array.from({ length: 12 }, (_, k) => `${10 ** (5 - k / 2)},100,${imaginary * (10 + k)},${phase * (6 + k / 2)}`).join('\n')}\n`,
    );

  test('shows that a program wrote −Z″ under Z″', async () => {
    const read = await readInstrumentFile(spectrum(1, -1));
    expect(read.spectra[0]!.imaginary_ohm[0]).toBe(-10);
    expect(said(read)).toContain('they are −Z″ and were turned over');
  });

  test.each([
    [-1, -1],
    // The phase is the odd one.
    [-1, 1],
  ] as const)('leaves imaginary parts of sign %i alone under a phase of sign %i', async (imaginary, phase) => {
    const read = await readInstrumentFile(spectrum(imaginary, phase));
    expect(read.spectra[0]!.imaginary_ohm[0]).toBe(imaginary * 10);
    expect(said(read)).not.toContain('turned over');
  });
});

describe('gzip', () => {
  const { bytes } = FURTHER_CYCLING_TEXTS[0]!;

  test('a packed file reads as the file', async () => {
    expect(await readInstrumentFile(gzipSync(bytes))).toEqual(await readInstrumentFile(bytes));
  });

  test.each([
    ['broken off', gzipSync(bytes).slice(0, 200)],
    ['damaged', gzipSync(bytes).map((byte, k) => (k > 20 && k < 80 ? 0xff : byte))],
    ['of a bomb', gzipSync(new Uint8Array(64 * 2 ** 20), { level: 9 })],
    ['within gzip', gzipSync(gzipSync(bytes))],
    ['of nothing', gzipSync(new Uint8Array(0))],
  ])('%s is refused', async (_, packed) => {
    await expect(readInstrumentFile(packed)).rejects.toThrow(InputError);
  });
});
