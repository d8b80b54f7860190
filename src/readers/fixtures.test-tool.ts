// Files of every format that is read, written here from known values: what a reader must give back is known to the last digit.

export interface Fixture {
  readonly name: string;
  readonly format: RegExp;
  readonly bytes: Uint8Array;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
export const utf16le = (text: string): Uint8Array => {
  const bytes = new Uint8Array(2 * text.length + 2);
  bytes.set([0xff, 0xfe]);
  for (let k = 0; k < text.length; k++) bytes.set([text.charCodeAt(k) & 0xff, text.charCodeAt(k) >> 8], 2 * k + 2);
  return bytes;
};

/** Twelve rows: rest, plate, strip, twice. Time s, current A, voltage V. */
export const ROWS = Array.from({ length: 12 }, (_, k) => {
  const phase = k % 6;
  const current_A = phase < 2 ? 0 : phase < 4 ? -0.001 : 0.001;
  return { time_s: 10 * k, current_A, voltage_V: 0.25 + 0.0625 * phase, cycle: k < 6 ? 1 : 2, step: 1 + (phase >> 1) };
});

/** Nine points of R-(RC), exact in float64. */
export const POINTS = Array.from({ length: 9 }, (_, k) => {
  const frequency_Hz = 10 ** (4 - k / 2);
  const x = 2 * Math.PI * frequency_Hz * 200 * 8e-6;
  return { frequency_Hz, real_ohm: 100 + 200 / (1 + x * x), imaginary_ohm: (-200 * x) / (1 + x * x) };
});

const comma = (value: number | string): string => String(value).replace('.', ',');
const clock = (time_s: number): string =>
  `10/21/2019 12:0${Math.floor(time_s / 60)}:${String(time_s % 60).padStart(2, '0')}`;
const duration = (time_s: number): string =>
  `00:0${Math.floor(time_s / 60)}:${String(time_s % 60).padStart(2, '0')}.000`;

const table = (
  head: string,
  delimiter: string,
  row: (one: (typeof ROWS)[number], k: number) => readonly (string | number)[],
): string => `${head}${ROWS.map((one, k) => row(one, k).join(delimiter)).join('\r\n')}\r\n`;

const spectrum = (
  head: string,
  delimiter: string,
  row: (one: (typeof POINTS)[number], k: number) => readonly (string | number)[],
): string => `${head}${POINTS.map((one, k) => row(one, k).join(delimiter)).join('\n')}\n`;

/** Cycling in every text dialect. */
export const CYCLING_TEXTS: readonly Fixture[] = [
  {
    name: 'Maccor, currents without sign',
    format: /^Maccor text/,
    bytes: encode(
      table(
        "Today's Date 10/10/2019\tFilename:\tcell.052\r\nRec#\tCyc#\tStep\tTest (Sec)\tStep (Sec)\tAmps\tVolts\tState\tDPt Time\r\n",
        '\t',
        (r, k) => [
          k + 1,
          r.cycle,
          r.step,
          r.time_s,
          0,
          Math.abs(r.current_A),
          r.voltage_V,
          r.current_A < 0 ? 'D' : r.current_A > 0 ? 'C' : 'R',
          clock(r.time_s),
        ],
      ),
    ),
  },
  {
    name: 'Maccor, decimal comma, minutes by the clock',
    format: /^Maccor text/,
    bytes: encode(
      table(
        'Name:\tcell\r\nTester\tMaccor #4\r\n\r\nRec\tCycle C\tStep\tTestTime\tCurrent [A]\tVoltage [V]\tMd\tDPT Time\r\n\r\n',
        '\t',
        (r, k) => [
          k + 1,
          r.cycle,
          r.step,
          comma(r.time_s / 60),
          comma(r.current_A),
          comma(r.voltage_V),
          'R',
          clock(r.time_s),
        ],
      ),
    ),
  },
  {
    name: 'PEC',
    format: /^PEC csv/,
    bytes: encode(
      table(
        'Test:,7\nTestRegime Name:,plate and strip\n\nTest,Cell ID,Step,Cycle,Total Time (Hours in hh:mm:ss.xxx),Voltage (V),Current (A),Charge Capacity (mAh)\n',
        ',',
        (r) => [7, 'a_b', r.step, r.cycle, duration(r.time_s), r.voltage_V, r.current_A, 0],
      ),
    ),
  },
  {
    name: 'Basytec, Latin-1',
    format: /^Basytec text/,
    bytes: latin1(
      table(
        '~Resultfile from Basytec Battery Test System\r\n~Name of Test: t\r\n~\r\n~Time[s]\tDataSet\tLine\tU[V]\tI[A]\tT1[\u00b0C]\tCyc-Count\r\n',
        '\t',
        (r, k) => [r.time_s, k, r.step, r.voltage_V, r.current_A, 25, r.cycle],
      ),
    ),
  },
  {
    name: 'Novonix, hours',
    format: /^Novonix csv/,
    bytes: encode(
      table(
        '[Summary]\nNovonix UHPC data file\nArea (cm2): 1.000\n[End Summary]\n[Data]\nDate and Time,Cycle Number,Run Time (h),Current (A),Potential (V),Step Number\n',
        ',',
        (r) => [`2025-07-19 15:26:${10 + r.time_s / 10}`, r.cycle, r.time_s / 3600, r.current_A, r.voltage_V, r.step],
      ),
    ),
  },
  {
    name: 'BT-Lab, clock instead of time',
    format: /^BT-Lab text/,
    bytes: encode(
      table(
        'BT-Lab ASCII FILE\nNb header lines : 5\n\nModulo Bat\nNs\ttime/s\tEcell/V\tI/mA\tcycle number\t\n',
        '\t',
        (r) => [r.step, clock(r.time_s), r.voltage_V, 1e3 * r.current_A, r.cycle],
      ),
    ),
  },
  {
    name: 'EC-Lab text, decimal comma',
    format: /^EC-Lab text/,
    bytes: latin1(
      table(
        'EC-Lab ASCII FILE\r\nNb header lines : 6                          \r\n\r\nGalvanostatic Cycling\r\nElectrode surface area : 0,001 cm\u00b2\r\nmode\ttime/s\tcontrol/mA\tEwe/V\tI/mA\tcycle number\tNs\t\r\n',
        '\t',
        (r) => [
          1,
          comma(r.time_s.toExponential(15)),
          comma(1e3 * r.current_A),
          comma(r.voltage_V),
          comma(1e3 * r.current_A),
          r.cycle,
          r.step,
        ],
      ),
    ),
  },
  {
    name: 'Landt',
    format: /^Landt csv/,
    bytes: encode(
      table('LANHE CT3002A\nRecord,Cycle,Step,TestTime,Voltage/V,Current/mA,Capacity/mAh\n', ',', (r, k) => [
        k + 1,
        r.cycle,
        r.step,
        duration(r.time_s),
        r.voltage_V,
        1e3 * r.current_A,
        0,
      ]),
    ),
  },
  {
    name: 'Neware, milliamperes and millivolts',
    format: /^Neware csv/,
    bytes: latin1(
      table(
        'DataPoint,Cycle Index,Step Index,Step Type,Time,Total Time,Current(\u00b5A),Voltage(mV)\n',
        ',',
        (r, k) => [
          k + 1,
          r.cycle,
          r.step,
          'Rest',
          duration(0),
          duration(r.time_s),
          1e6 * r.current_A,
          1e3 * r.voltage_V,
        ],
      ),
    ),
  },
  {
    name: 'Neware, Chinese in GBK',
    format: /^Neware csv|^delimited/,
    // "循环号,总时间(s),电流(mA),电压(V)" in GBK.
    bytes: ((): Uint8Array => {
      const head = [
        0xd1, 0xad, 0xbb, 0xb7, 0xba, 0xc5, 44, 0xd7, 0xdc, 0xca, 0xb1, 0xbc, 0xe4, 40, 115, 41, 44, 0xb5, 0xe7, 0xc1,
        0xf7, 40, 109, 65, 41, 44, 0xb5, 0xe7, 0xd1, 0xb9, 40, 86, 41, 10,
      ];
      const body = encode(table('', ',', (r) => [r.cycle, r.time_s, 1e3 * r.current_A, r.voltage_V]));
      return Uint8Array.from([...head, ...body]);
    })(),
  },
  {
    name: 'Arbin, byte order mark',
    format: /^Arbin csv/,
    bytes: encode(
      table(
        '\ufeffData Point,Date Time,Test Time (s),Cycle Index,Step Index,Current (A),Voltage (V)\n',
        ',',
        (r, k) => [k + 1, `\t${clock(r.time_s)}`, r.time_s, r.cycle, r.step, r.current_A, r.voltage_V],
      ),
    ),
  },
  {
    name: 'BDF, machine-readable names',
    format: /^BDF csv/,
    bytes: encode(
      table('test_time_second,voltage_volt,current_ampere,cycle_count,step_index\n', ',', (r) => [
        r.time_s,
        r.voltage_V,
        r.current_A,
        r.cycle,
        r.step,
      ]),
    ),
  },
  {
    name: 'any table, UTF-16, semicolons, decimal comma',
    format: /^delimited text \(semicolons, decimal comma, utf-16le\)/,
    bytes: utf16le(
      table('Zeit egal\nTime (s);Voltage (mV);Current (uA);Cycle;Step\n', ';', (r) => [
        comma(r.time_s + 0.5),
        comma(1e3 * r.voltage_V),
        comma(1e6 * r.current_A),
        r.cycle,
        r.step,
      ]),
    ),
  },
];

/** The same spectrum in every text form of impedance. */
export const IMPEDANCE_TEXTS: readonly Fixture[] = [
  {
    name: 'csv without headings',
    format: /^delimited/,
    bytes: encode(spectrum('', ',', (p) => [p.frequency_Hz, p.real_ohm, p.imaginary_ohm])),
  },
  {
    name: 'csv with -Zim',
    format: /^delimited/,
    bytes: encode(spectrum('freq,Zre,-Zim\n', ',', (p) => [p.frequency_Hz, p.real_ohm, -p.imaginary_ohm])),
  },
  {
    name: 'blanks',
    format: /^delimited/,
    bytes: encode(spectrum("f Z' Z''\n", ' ', (p) => [p.frequency_Hz, p.real_ohm, p.imaginary_ohm])),
  },
  {
    name: 'modulus and phase',
    format: /^delimited/,
    bytes: encode(
      spectrum('Frequency (kHz);|Z| (kOhm);Phase (deg)\n', ';', (p) => [
        p.frequency_Hz / 1e3,
        Math.hypot(p.real_ohm, p.imaginary_ohm) / 1e3,
        (Math.atan2(p.imaginary_ohm, p.real_ohm) * 180) / Math.PI,
      ]),
    ),
  },
  {
    name: 'EC-Lab text',
    format: /^EC-Lab text/,
    bytes: latin1(
      spectrum(
        'EC-Lab ASCII FILE\nNb header lines : 5\n\nPotentio EIS\nfreq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\ttime/s\t<Ewe>/V\t<I>/mA\t\n',
        '\t',
        (p, k) => [p.frequency_Hz, p.real_ohm, -p.imaginary_ohm, k, 0.5, 0],
      ),
    ),
  },
  {
    name: 'Gamry',
    format: /^Gamry/,
    bytes: encode(
      spectrum(
        'EXPLAIN\nTAG\tEISPOT\nAREA\tQUANT\t1,0\t&Area (cm^2)\nOCVCURVE\tTABLE\t1\n\tPt\tT\tVf\n\t#\ts\tV\n\t0\t1,5\t0,1\nZCURVE\tTABLE\n\tPt\tTime\tFreq\tZreal\tZimag\n\t#\ts\tHz\tohm\tohm\n',
        '\t',
        (p, k) => ['', k, k, comma(p.frequency_Hz), comma(p.real_ohm), comma(p.imaginary_ohm)],
      ),
    ),
  },
  {
    name: 'ZPlot',
    format: /^ZPlot/,
    bytes: encode(
      spectrum(
        "ZPLOT2 ASCII\n  Date: 10-12-2018\n  Freq(Hz)\tAmpl\tBias\tTime(Sec)\tZ'(a)\tZ''(b)\tGD\tErr\tRange\nEnd Comments\n",
        '\t',
        (p) => [p.frequency_Hz, 0, 0, 0, p.real_ohm, p.imaginary_ohm, 0, 0, 0],
      ),
    ),
  },
  {
    name: 'Ivium',
    format: /^Ivium/,
    bytes: latin1(
      `\u0001\u0000junk\r\nMethod=Impedance\r\nprimary_data\r\n3\r\n9\r\n${POINTS.map((p) => `${p.real_ohm} ${p.imaginary_ohm} ${p.frequency_Hz}`).join('\r\n')}\r\n`,
    ),
  },
  {
    name: 'Eco Chemie .dfr',
    format: /^Eco Chemie FRA/,
    bytes: encode(
      `VERSION8.0\n 9\n 1\n${POINTS.map((p) => [p.frequency_Hz, p.real_ohm, -p.imaginary_ohm, 0, 0, 0, 0, 0, 0].map((v) => ` ${v}`).join('\n')).join('\n')}\n`,
    ),
  },
  {
    name: 'PalmSens session',
    format: /^PalmSens/,
    bytes: utf16le(
      JSON.stringify({
        Type: 'PalmSens.DataFiles.SessionFile',
        Measurements: [
          {
            Title: 'a',
            EISDataList: [
              {
                DataSet: {
                  Values: [
                    { Description: 'Frequency', DataValues: POINTS.map((p) => ({ V: p.frequency_Hz })) },
                    { Description: 'ZRe', DataValues: POINTS.map((p) => ({ V: p.real_ohm })) },
                    { Description: 'ZIm', DataValues: POINTS.map((p) => ({ V: -p.imaginary_ohm })) },
                  ],
                },
              },
            ],
          },
        ],
      }),
    ),
  },
];

interface BinaryColumn {
  readonly id: number;
  readonly type: 'f4' | 'f8' | 'u2' | 'u4';
  readonly value: (row: number) => number;
}

const SIZES = { f4: 4, f8: 8, u2: 2, u4: 4 };

/** An .mpr file. `flags` gives the byte that ids 1, 2, 3, 21, 31 and 65 share. */
export function mprFile(given: {
  readonly rows: number;
  readonly columns: readonly BinaryColumn[];
  readonly technique?: number;
  readonly flags?: (row: number) => number;
  /** Ids that share the byte of the flags. */
  readonly flagIds?: readonly number[];
  readonly wideHeader?: boolean;
  readonly version?: 2 | 3;
}): Uint8Array {
  const { rows, columns, technique = 0x04, flags, flagIds = [1, 2, 3], wideHeader = false, version = 2 } = given;
  const ids = [...(flags === undefined ? [] : flagIds), ...columns.map(({ id }) => id)];
  const start = wideHeader ? 1007 : version === 3 ? 406 : 405;
  const size = (flags === undefined ? 0 : 1) + columns.reduce((sum, { type }) => sum + SIZES[type], 0);
  const data = new Uint8Array(start + rows * size);
  const view = new DataView(data.buffer);
  view.setUint32(0, rows, true);
  data[4] = ids.length;
  for (const [k, id] of ids.entries()) view.setUint16(5 + 2 * k, id, !wideHeader);
  let at = start;
  for (let row = 0; row < rows; row++) {
    if (flags !== undefined) data[at++] = flags(row);
    for (const { type, value } of columns) {
      if (type === 'f4') view.setFloat32(at, value(row), true);
      else if (type === 'f8') view.setFloat64(at, value(row), true);
      else if (type === 'u2') view.setUint16(at, value(row), true);
      else view.setUint32(at, value(row), true);
      at += SIZES[type];
    }
  }
  const set = new Uint8Array(0x300);
  set[0] = technique;
  set.set([4, 116, 101, 115, 116], 7);
  new DataView(set.buffer).setFloat32(0x107, 7000, true);
  new DataView(set.buffer).setFloat32(0x211, 0.001, true);
  const log = new Uint8Array(600);
  new DataView(log.buffer).setFloat64(585, 45149.5, true);
  const moduleOf = (name: string, body: Uint8Array): Uint8Array => {
    const head = latin1(`MODULE${name.padEnd(10)}${name.padEnd(25)}`);
    const numbers = new Uint8Array(wideHeader ? 24 : 16);
    const header = new DataView(numbers.buffer);
    const said = wideHeader
      ? [0xffffffff, body.length, 0, name === 'VMP data' ? 11 : 10]
      : [body.length, name === 'VMP data' ? version : 0];
    for (const [k, value] of said.entries()) header.setUint32(4 * k, value, true);
    return Uint8Array.from([...head, ...numbers, ...body]);
  };
  const magic = latin1(`BIO-LOGIC MODULAR FILE\u001a${' '.repeat(25)}\u0000\u0000\u0000\u0000`);
  return Uint8Array.from([
    ...magic,
    ...moduleOf('VMP Set', set),
    ...moduleOf('VMP data', data),
    ...moduleOf('VMP LOG', log),
  ]);
}

export const cyclingColumns: readonly BinaryColumn[] = [
  { id: 4, type: 'f8', value: (row) => ROWS[row]!.time_s },
  { id: 6, type: 'f4', value: (row) => ROWS[row]!.voltage_V },
  { id: 8, type: 'f4', value: (row) => 1e3 * ROWS[row]!.current_A },
  { id: 24, type: 'f8', value: (row) => ROWS[row]!.cycle },
  { id: 131, type: 'u2', value: (row) => ROWS[row]!.step },
];

export const impedanceColumns: readonly BinaryColumn[] = [
  { id: 32, type: 'f4', value: (row) => POINTS[row]!.frequency_Hz },
  { id: 37, type: 'f4', value: (row) => POINTS[row]!.real_ohm },
  { id: 38, type: 'f4', value: (row) => -POINTS[row]!.imaginary_ohm },
];

/** An .nda file of version 29, with integers in a range of 10 mA, or of version 130 as BTS 9.1 writes it. */
export function ndaFile(version: 29 | 130): Uint8Array {
  const size = version === 29 ? 86 : 56;
  const start = version === 29 ? 2304 : 1024;
  const bytes = new Uint8Array(start + size * ROWS.length);
  bytes.set(latin1('NEWARE'));
  bytes[14] = version;
  const view = new DataView(bytes.buffer);
  let stepStart_s = 0;
  for (const [k, { time_s, current_A, voltage_V, cycle }] of ROWS.entries()) {
    const at = start + size * k;
    bytes[at] = 0x55;
    // Neware numbers the steps of a test through; a step lasts two rows here.
    const step = 1 + (k >> 1);
    if (version === 29) {
      // Within a step the first row comes ten seconds after the end of the step before.
      if (k % 2 === 0) stepStart_s = k === 0 ? 0 : time_s - 10;
      view.setUint32(at + 2, k + 1, true);
      view.setUint32(at + 6, cycle - 1, true);
      view.setUint16(at + 10, step, true);
      bytes[at + 12] = current_A < 0 ? 2 : current_A > 0 ? 1 : 4;
      view.setBigUint64(at + 14, BigInt(Math.round(1e3 * (time_s - stepStart_s))), true);
      view.setInt32(at + 22, Math.round(1e4 * voltage_V), true);
      view.setInt32(at + 26, Math.round(1e6 * current_A), true);
      view.setBigInt64(at + 38, BigInt(3600 * k), true);
      view.setInt32(at + 78, 10, true);
    } else {
      bytes.set([6, step, current_A < 0 ? 2 : current_A > 0 ? 1 : 4, 0x2b], at + 1);
      view.setUint32(at + 8, k + 1, true);
      view.setUint32(at + 12, time_s, true);
      view.setFloat32(at + 20, 1e3 * current_A, true);
      view.setFloat32(at + 24, voltage_V, true);
      view.setFloat32(at + 28, -3600 * k, true);
      view.setUint32(at + 44, 1_700_000_000 + time_s, true);
      view.setFloat32(at + 52, 25, true);
    }
  }
  return bytes;
}

export const BINARIES: readonly Fixture[] = [
  { name: 'nda of version 29', format: /^Neware .nda, version 29/, bytes: ndaFile(29) },
  { name: 'nda of version 130', format: /^Neware .nda, version 130/, bytes: ndaFile(130) },
  {
    name: 'mpr of cycling, data version 2',
    format: /^EC-Lab binary/,
    bytes: mprFile({ rows: 12, columns: cyclingColumns }),
  },
  {
    name: 'mpr of cycling, data version 3',
    format: /^EC-Lab binary/,
    bytes: mprFile({ rows: 12, columns: cyclingColumns, version: 3, flags: () => 1 }),
  },
  {
    name: 'mpr of cycling, wide header',
    format: /^EC-Lab binary/,
    bytes: mprFile({ rows: 12, columns: cyclingColumns, wideHeader: true }),
  },
];
