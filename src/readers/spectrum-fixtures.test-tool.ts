// One spectrum in every format of impedance, written here as the programs write it, with as many digits as they give.

import { mprFile, utf16le } from './fixtures.test-tool.ts';

export interface SpectrumPoint {
  readonly frequency_Hz: number;
  readonly real_ohm: number;
  readonly imaginary_ohm: number;
}

export interface SpectrumFormat {
  readonly name: string;
  readonly format: RegExp;
  /** Significant digits of the numbers in the file; 17 for those that a double comes back from. */
  readonly digits: number;
  write(points: readonly SpectrumPoint[]): Uint8Array;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** As C prints with `%.{n-1}E`. */
const scientific = (value: number, digits: number): string =>
  value
    .toExponential(digits - 1)
    .replace(/e([+-])(\d+)$/, (_, sign: string, power: string) => `E${sign}${power.padStart(3, '0')}`);
const comma = (value: number | string): string => String(value).replace('.', ',');
const modulus = (p: SpectrumPoint): number => Math.hypot(p.real_ohm, p.imaginary_ohm);
const phase_deg = (p: SpectrumPoint): number => (Math.atan2(p.imaginary_ohm, p.real_ohm) * 180) / Math.PI;

type Row = (p: SpectrumPoint, k: number) => readonly (string | number)[];
const lines = (head: string, points: readonly SpectrumPoint[], delimiter: string, row: Row, end = '\n'): string =>
  `${head}${points.map((p, k) => row(p, k).join(delimiter)).join(end)}${end}`;

function palmSens(points: readonly SpectrumPoint[], small: boolean): Uint8Array {
  const array = (type: string, description: string, unit: string, value: (p: SpectrumPoint) => number) => ({
    Type: `PalmSens.Data.DataArray${type}`,
    Description: description,
    Unit: { Type: `PalmSens.Units.${unit}` },
    DataValues: points.map((p) => ({ V: value(p) })),
  });
  const session = {
    Type: 'PalmSens.DataFiles.SessionFile',
    CoreVersion: '5.9',
    Measurements: [
      {
        Title: 'Impedance Spectroscopy',
        EISDataList: [
          {
            DataSet: {
              Values: [
                array('Currents', 'Idc', 'MicroAmpere', () => 12),
                array('Potentials', 'potential', 'Volt', () => 0.25),
                array('', 'Frequency', 'Hertz', (p) => p.frequency_Hz),
                array('', 'ZRe', 'Ohm', (p) => p.real_ohm),
                array('', 'ZIm', 'Ohm', (p) => -p.imaginary_ohm),
              ],
            },
          },
        ],
      },
    ],
  };
  const text = JSON.stringify(session);
  return utf16le(small ? text.replace(/"([A-Z]\w*)":/g, (_, key: string) => `"${key.toLowerCase()}":`) : text);
}

const mprOf =
  (given: { readonly wideHeader?: boolean; readonly version?: 2 | 3; readonly polar?: boolean }) =>
  (points: readonly SpectrumPoint[]): Uint8Array =>
    mprFile({
      rows: points.length,
      technique: 0x1d,
      ...given,
      columns: [
        { id: 32, type: 'f4', value: (row) => points[row]!.frequency_Hz },
        ...(given.polar === true
          ? [
              { id: 36, type: 'f4' as const, value: (row: number) => modulus(points[row]!) },
              { id: 35, type: 'f4' as const, value: (row: number) => phase_deg(points[row]!) },
            ]
          : [
              { id: 37, type: 'f4' as const, value: (row: number) => points[row]!.real_ohm },
              { id: 38, type: 'f4' as const, value: (row: number) => -points[row]!.imaginary_ohm },
            ]),
        { id: 4, type: 'f8', value: (row) => row },
        { id: 77, type: 'f4', value: () => 0.25 },
        { id: 76, type: 'f4', value: () => 0.01 },
      ],
    });

const VERSA_HEAD = `<Application>
Name=VersaStudio
Version=2.52.3.0
</Application>

<Action0>
Working Electrode Area (cm2)=1
Name=Common
</Action0>

<Segment1>
Type=2
Version=2
Definition=Segment #, Point #, E(V), I(A), Elapsed Time(s), ADC Sync Input(V), Current Range, Status, E Applied(V), Frequency(Hz), E Real, E Imag, I Real, I Imag, Z Real, Z Imag, E2 Status, ActionId, AC Amplitude, 0
`;

const FRA_POINT = 9;

/** A Zahner .ism: points on the way to the highest frequency, then the sweep, then texts. */
export function ismFile(points: readonly SpectrumPoint[], before = 3): Uint8Array {
  const sweep = [...points].sort((a, b) => b.frequency_Hz - a.frequency_Hz);
  const all = [...sweep.slice(1, 1 + before).reverse(), ...sweep];
  const texts = ['050323', 'OUR CELL', '', '', '25', '', 'first comment', '', '', '', '1.5'];
  const size = 12 + 34 * all.length + texts.reduce((sum, text) => sum + 2 + text.length, 0) + 2;
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(2, 0xfffffffe);
  view.setUint32(8, all.length - 1);
  const columns: readonly ((point: SpectrumPoint, k: number) => number)[] = [
    ({ frequency_Hz }) => frequency_Hz,
    ({ real_ohm, imaginary_ohm }) => Math.hypot(real_ohm, imaginary_ohm),
    ({ real_ohm, imaginary_ohm }) => Math.atan2(imaginary_ohm, real_ohm),
    (_, k) => 1_300_000_000 + 2 * k,
  ];
  for (const [c, value] of columns.entries())
    for (const [k, point] of all.entries()) view.setFloat64(12 + 8 * (c * all.length + k), value(point, k));
  for (const [k] of all.entries()) view.setInt16(12 + 32 * all.length + 2 * k, 990 + k);
  let at = 12 + 34 * all.length;
  for (const text of texts) {
    view.setUint16(at, text.length);
    for (let k = 0; k < text.length; k++) bytes[at + 2 + k] = text.charCodeAt(k);
    at += 2 + text.length;
  }
  return bytes;
}

export const SPECTRUM_FORMATS: readonly SpectrumFormat[] = [
  { name: 'Zahner .ism', format: /^Zahner .ism/, digits: 15, write: (points) => ismFile(points) },
  {
    name: 'csv without headings',
    format: /^delimited/,
    digits: 17,
    write: (points) => encode(lines('', points, ',', (p) => [p.frequency_Hz, p.real_ohm, p.imaginary_ohm])),
  },
  {
    name: 'csv, headings of many kinds, -Zim',
    format: /^delimited/,
    digits: 17,
    write: (points) =>
      encode(
        lines('freq (kHz),Re(Z)/Ohm,-Im(Z)/kOhm\n', points, ',', (p) => [
          p.frequency_Hz / 1e3,
          p.real_ohm,
          -p.imaginary_ohm / 1e3,
        ]),
      ),
  },
  {
    name: 'semicolons, decimal comma',
    format: /decimal comma/,
    digits: 17,
    write: (points) =>
      latin1(
        lines(
          'Frequenz (Hz);Z\' (Ohm);Z" (Ohm)\r\n',
          points,
          ';',
          (p) => [p.frequency_Hz, p.real_ohm, p.imaginary_ohm].map(comma),
          '\r\n',
        ),
      ),
  },
  {
    name: 'tabs, modulus and phase, UTF-16',
    format: /tabs.*utf-16le/,
    digits: 17,
    write: (points) =>
      utf16le(lines('f (Hz)\t|Z| (Ω)\tPhase (°)\n', points, '\t', (p) => [p.frequency_Hz, modulus(p), phase_deg(p)])),
  },
  {
    name: 'Chinese headings',
    format: /^delimited/,
    digits: 17,
    write: (points) =>
      encode(
        lines('频率(Hz),阻抗实部(Ω),-虚部(Ω)\n', points, ',', (p) => [p.frequency_Hz, p.real_ohm, -p.imaginary_ohm]),
      ),
  },
  {
    name: 'RelaxIS csv',
    format: /^delimited/,
    digits: 17,
    write: (points) =>
      encode(
        lines("Frequency [Hz];Z' [Ohm];Z'' [Ohm];Time [s]\n", points, ';', (p, k) => [
          p.frequency_Hz,
          p.real_ohm,
          p.imaginary_ohm,
          k,
        ]),
      ),
  },
  {
    name: 'RelaxIS text, what is true of the spectrum between headings and rows',
    format: /^delimited/,
    digits: 17,
    write: (points) =>
      encode(
        lines(
          "RelaxIS 3.0 Spectrum export\nDate: 12/16/2025 2:29:15 PM\nData: Frequency\tData: Z'\tData: Z''\tData: |Z|\tData: Theta (Z)\nDC=-0.080042, TM=33.741076, J=-5E-6, FV2=1\tModel: Unassigned Spectra\t(WE/RE Spectrum) 1\t\t\n",
          points,
          '\t',
          (p) => [p.frequency_Hz, p.real_ohm, p.imaginary_ohm, modulus(p), phase_deg(p)],
        ),
      ),
  },
  {
    name: 'Maccor impedance text',
    format: /^Maccor impedance text/,
    digits: 17,
    write: (points) =>
      encode(
        lines(
          "MACCOR, INC.    AC Impedance Test\nFrequency Sweep:   Open Circut Voltage\nLine 3\n0.0005  2  0  0  0  0  0  10  1000  1  10\n\nFreq(Hz)\tPolar(V)\ttime(sec)\tZ'(a)\tZ''(b)\tPhase_Angle\tZ-Mag\tC(F)\tStatus\tirg\tVMag\n\n",
          points,
          '\t',
          (p, k) => [
            p.frequency_Hz,
            2 * Math.PI * p.frequency_Hz,
            k,
            p.real_ohm,
            p.imaginary_ohm,
            phase_deg(p),
            modulus(p),
            0,
            7.2,
          ],
        ),
      ),
  },
  {
    name: 'EC-Lab .mpt',
    format: /^EC-Lab text/,
    digits: 8,
    write: (points) =>
      latin1(
        lines(
          'EC-Lab ASCII FILE\r\nNb header lines : 6\r\n\r\nPotentio Electrochemical Impedance Spectroscopy\r\nElectrode surface area : 0.001 cm\u00b2\r\nfreq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\t|Z|/Ohm\tPhase(Z)/deg\ttime/s\t<Ewe>/V\t<I>/mA\tcycle number\t\r\n',
          points,
          '\t',
          (p, k) =>
            [p.frequency_Hz, p.real_ohm, -p.imaginary_ohm, modulus(p), phase_deg(p), k, 0.25, 0.01, 1].map((value) =>
              scientific(value, 8),
            ),
          '\r\n',
        ),
      ),
  },
  {
    name: 'EC-Lab .mpt, decimal comma',
    format: /^EC-Lab text.*decimal comma/,
    digits: 8,
    write: (points) =>
      latin1(
        lines(
          'EC-Lab ASCII FILE\nNb header lines : 3\nfreq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\ttime/s\t\n',
          points,
          '\t',
          (p, k) => [p.frequency_Hz, p.real_ohm, -p.imaginary_ohm, k].map((value) => comma(scientific(value, 8))),
        ),
      ),
  },
  {
    name: 'EC-Lab text without header',
    format: /^EC-Lab text \(.mpt without header\)/,
    digits: 8,
    write: (points) =>
      latin1(
        lines('freq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\t|Z|/Ohm\n', points, '\t', (p) =>
          [p.frequency_Hz, p.real_ohm, -p.imaginary_ohm, modulus(p)].map((value) => scientific(value, 8)),
        ),
      ),
  },
  { name: 'EC-Lab .mpr', format: /^EC-Lab binary \(.mpr\), PEIS/, digits: 7.2, write: mprOf({}) },
  { name: 'EC-Lab .mpr, data version 3', format: /^EC-Lab binary/, digits: 7.2, write: mprOf({ version: 3 }) },
  { name: 'EC-Lab .mpr, wide header', format: /^EC-Lab binary/, digits: 7.2, write: mprOf({ wideHeader: true }) },
  { name: 'EC-Lab .mpr, modulus and phase', format: /^EC-Lab binary/, digits: 7.2, write: mprOf({ polar: true }) },
  {
    name: 'Gamry .DTA',
    format: /^Gamry .DTA, EISPOT/,
    digits: 7,
    write: (points) =>
      latin1(
        lines(
          'EXPLAIN\r\nTAG\tEISPOT\r\nTITLE\tLABEL\tPotentiostatic EIS\tTest &Identifier\r\nAREA\tQUANT\t1.00000E+000\t&Area (cm^2)\r\nZCURVE\tTABLE\r\n\tPt\tTime\tFreq\tZreal\tZimag\tZsig\tZmod\tZphz\tIdc\tVdc\tIERange\r\n\t#\ts\tHz\tohm\tohm\tV\tohm\t\u00b0\tA\tV\t#\r\n',
          points,
          '\t',
          (p, k) => [
            '',
            k,
            k,
            ...[p.frequency_Hz, p.real_ohm, p.imaginary_ohm, 1, modulus(p), phase_deg(p)].map((value) =>
              value.toPrecision(7),
            ),
            0,
            0.25,
            9,
          ],
          '\r\n',
        ),
      ),
  },
  {
    name: 'ZPlot .z',
    format: /^ZPlot/,
    digits: 7,
    write: (points) =>
      latin1(
        lines(
          "ZPLOT2 ASCII\n  Measured Data, ZPlot:       3.2c\n  Date:                       10-12-2018\n  Open Circuit Potential (V): 0.0033\n  Freq(Hz)\tAmpl\tBias\tTime(Sec)\tZ'(a)\tZ''(b)\tGD\tErr\tRange\nEnd Comments\n",
          points,
          '\t',
          (p, k) => [
            ...[p.frequency_Hz, 0, 0, k, p.real_ohm, p.imaginary_ohm, 0].map((value) => scientific(value, 7)),
            0,
            0,
          ],
        ),
      ),
  },
  {
    name: 'ZPlot .z of version 2',
    format: /^ZPlot/,
    digits: 17,
    write: (points) =>
      latin1(
        lines(
          `"ZPlotW Data File: Version 2.6b"\r\n"Sweep Frequency: Control Voltage"\r\n"10-12-2018"\r\n"11:04:34"\r\n"  Freq (Hz)    Ampl     Bias   Time(Sec)   Z'(a)    Z''(b)    GD   Err   Range"\r\n`,
          points,
          ',',
          (p, k) => [p.frequency_Hz, 0, 0, k, p.real_ohm, p.imaginary_ohm, 0, 0, 0],
          '\r\n',
        ),
      ),
  },
  {
    name: 'Autolab',
    format: /^Autolab/,
    digits: 15,
    write: (points) =>
      encode(
        lines(
          `\ufeff"Z60W Data File: Version 1.1"\n""\n""\n""\n""\n""\n""\n""\n0,2,0,1,0.1,10000\n${points.length}\n"  Freq (Hz)    Ampl     Bias   Time(Sec)   Z'(a)    Z''(b)    GD   Err   Range"\n`,
          points,
          ',',
          (p) => [
            p.frequency_Hz.toPrecision(15),
            0,
            0,
            0,
            p.real_ohm.toPrecision(15),
            p.imaginary_ohm.toPrecision(15),
            0,
            0,
            0,
          ],
        ),
      ),
  },
  {
    name: 'NOVA',
    format: /^NOVA/,
    digits: 15,
    write: (points) =>
      encode(
        lines("Index;Frequency (Hz);Z' (Ω);-Z'' (Ω);Z (Ω);-Phase (°);Time (s)\n", points, ';', (p, k) => [
          k + 1,
          ...[p.frequency_Hz, p.real_ohm, -p.imaginary_ohm, modulus(p), -phase_deg(p)].map((value) =>
            value.toPrecision(15),
          ),
          k,
        ]),
      ),
  },
  {
    name: 'Zahner',
    format: /^Zahner/,
    digits: 6,
    write: (points) =>
      latin1(
        lines(
          'Thales, impedance\nDate: 2021-01-01\n\nNumber  Frequency/Hz  Impedance/Ohm  Phase/deg  Significance  Time/s\n',
          points,
          '  ',
          (p, k) => ['', k, ...[p.frequency_Hz, modulus(p), phase_deg(p)].map((value) => value.toExponential(5)), 1, k],
        ),
      ),
  },
  {
    name: 'CH Instruments',
    format: /^CH Instruments/,
    digits: 4,
    write: (points) =>
      latin1(
        lines(
          'Feb. 20, 2020   15:55:08\nA.C. Impedance\nFile: c:\\cell.bin\nInstrument Model:  CHI660E\n\nInit E (V) = 0\nHigh Frequency (Hz) = 1e+4\nAmplitude (V) = 0.025\n\nFreq/Hz, Z\'/ohm, Z"/ohm, Z/ohm, Phase/deg\n\n',
          points,
          ', ',
          (p) => [
            ...[p.frequency_Hz, p.real_ohm, p.imaginary_ohm, modulus(p)].map((value) => value.toExponential(3)),
            phase_deg(p).toFixed(1),
          ],
        ),
      ),
  },
  {
    name: 'VersaStudio .par',
    format: /^VersaStudio/,
    digits: 7,
    write: (points) =>
      encode(
        `${lines(VERSA_HEAD, points, ',', (p, k) => [0, k, 0.25, 1e-5, k, 0, 5, 53, 0, ...[p.frequency_Hz, 1, 0, 1, 0, p.real_ohm, p.imaginary_ohm].map((value) => value.toPrecision(7)), 0, 21, 0.02, 0], '\r\n')}</Segment1>\r\n`,
      ),
  },
  {
    name: 'Parstat',
    format: /^delimited/,
    digits: 15,
    write: (points) =>
      latin1(
        `Potential (V)\tCurrent (A)\tElapsed Time (s)\tFrequency (Hz)\tZre (ohms)\tZim (ohms)\t|Vac| (V)\t|Iac| (A)\t\r\n${lines('', points, '\t', (p, k) => [3.5, -0.15, 10 * k, ...[p.frequency_Hz, p.real_ohm, p.imaginary_ohm].map((value) => value.toPrecision(15)), 0.01, 0.1, ''], '\r\n')}`,
      ),
  },
  {
    name: 'PowerSuite',
    format: /^delimited/,
    digits: 8,
    write: (points) =>
      latin1(
        lines(
          'Frequency\t Zre\t Zimg\r\n',
          points,
          '\t ',
          (p) => [p.frequency_Hz, p.real_ohm, p.imaginary_ohm].map((value) => value.toPrecision(8)),
          '\r\n',
        ),
      ),
  },
  {
    name: 'Eco Chemie .P00',
    format: /^Eco Chemie text/,
    digits: 5,
    write: (points) =>
      latin1(
        lines(
          `Procedure : cell\r\n01.01.2020 10:00:00 - 01.01.2020 10:10:00 i(init)= 183.1nA - i(end)= 7.88nA\r\n\r\nt =  736.4 s\r\n f/Hz       \t Z'/Ohm     \t -Z''/Ohm   \t time/s    \t Edc/V     \t Idc/A     \t\r\n ${points.length} \r\n`,
          points,
          '\t',
          (p) =>
            [p.frequency_Hz, p.real_ohm, -p.imaginary_ohm, 59.3, 0.30981, 1.8311e-7].map(
              (value) => ` ${value.toExponential(4)}`,
            ),
          '\r\n',
        ),
      ),
  },
  {
    name: 'Elins .i2b',
    format: /^delimited/,
    digits: 17,
    write: (points) =>
      latin1(
        lines(`A note\nof three\nlines\n\n${points.length}\n`, points, ' ', (p) => [
          p.frequency_Hz,
          p.real_ohm,
          p.imaginary_ohm,
        ]),
      ),
  },
  {
    name: 'Eco Chemie .dfr',
    format: /^Eco Chemie FRA/,
    digits: 17,
    write: (points) =>
      latin1(
        `VERSION8.0\n ${points.length}\n 1\n${points
          .flatMap((p) => [p.frequency_Hz, p.real_ohm, -p.imaginary_ohm, ...Array<number>(FRA_POINT - 3).fill(0)])
          .map((value) => ` ${value}\n`)
          .join('')}`,
      ),
  },
  {
    name: 'Ivium .idf',
    format: /^Ivium .idf, Impedance/,
    digits: 17,
    write: (points) =>
      latin1(
        `\u0000\u0001\u00fb\u0000Version=11\r\nTitle=cell\r\nMethod=Impedance\r\nprimary_data\r\n3\r\n${points.length}\r\n${lines('', points, ' ', (p) => [p.real_ohm, p.imaginary_ohm, p.frequency_Hz], '\r\n')}`,
      ),
  },
  { name: 'PalmSens .pssession', format: /^PalmSens/, digits: 17, write: (points) => palmSens(points, false) },
  {
    name: 'PalmSens .pssession of an older program',
    format: /^PalmSens/,
    digits: 17,
    write: (points) => palmSens(points, true),
  },
  {
    name: 'ZIVE .crv',
    format: /^ZIVE/,
    digits: 6,
    write: (points) =>
      latin1(
        lines(
          `\u00fe\u00abZ11\nFZPTEIYXC\nPot. Dynamic EIS (Impedance)\n11|free|0|20|Auto|0|100|kHz|100|mHz|10|Nyquist\n  1.000\n0|1.000\n/2026/8/6/2/21\n${points.length}                  \n`,
          points,
          '\t',
          (p) =>
            [p.frequency_Hz, modulus(p), phase_deg(p), 0, 0, 0, p.real_ohm, -p.imaginary_ohm, 0].map((value) =>
              value.toExponential(5),
            ),
        ),
      ),
  },
];
