// Real files of instruments, which are not part of this repository: their figures are known, and each must come back. Without the folder
// the tests are skipped, and say so.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type InstrumentFile, readInstrumentFile } from './index.ts';

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };
declare const console: { warn(text: string): void };
const FOLDER = process.env.LIMETAL_LAB_FILES ?? '../shared/lab-files';
const THERE = existsSync(`${FOLDER}/README.md`);
if (!THERE) console.warn(`skipped: no real instrument files in ${FOLDER} (LIMETAL_LAB_FILES names another folder)`);

const read = (path: string): Promise<InstrumentFile> =>
  readInstrumentFile(new Uint8Array(readFileSync(`${FOLDER}/${path}`)), { name: path });

/** Equal to within a float32, as most instruments store it. */
const close = (found: number | undefined, wanted: number, relative = 2e-6): void => {
  expect(found).toBeDefined();
  expect(Math.abs(found! - wanted), `${found} for ${wanted}`).toBeLessThanOrEqual(
    relative * Math.max(Math.abs(wanted), 1e-6),
  );
};

/** First and last values of a column of the first record. */
function ends(
  file: InstrumentFile,
  name: 'time_s' | 'voltage_V' | 'current_A',
  first: number | null,
  last: number | null,
  relative?: number,
): void {
  const values = file.records[0]![name];
  if (first !== null) close(values[0], first, relative);
  if (last !== null) close(values.at(-1), last, relative);
}

interface SpectrumFigures {
  readonly path: string;
  readonly points: number;
  readonly f_Hz: readonly [number, number];
  readonly first_ohm: readonly [number, number];
  readonly last_ohm: readonly [number, number];
  readonly relative?: number;
}

const many = 'eis/one-spectrum-many-formats';
const same = {
  points: 29,
  f_Hz: [10000, 1],
  first_ohm: [109.00918219, -26.55567988],
  last_ohm: [645.47870015, -90.61812831],
} as const;
const his = 'eis/impedance-py';

const SPECTRA: readonly SpectrumFigures[] = [
  ...[
    'data-comma.csv',
    'data-semicolon.csv',
    'data-space.csv',
    'data-tab.csv',
    'data-comma-decimal-separator.csv',
    'data-header-variant-1.csv',
    'data-header-variant-2.csv',
    'data-header-variant-3.csv',
    'data.dfr',
    'data.dta',
    'data.i2b',
    'data.pssession',
  ].map((name) => ({ path: `${many}/${name}`, ...same, relative: 1e-9 })),
  ...['data.mpt', 'data.z', 'data.idf'].map((name) => ({ path: `${many}/${name}`, ...same, relative: 5e-6 })),
  { path: `${many}/data.P00`, ...same, first_ohm: [109, -26.556], last_ohm: [645.5, -90.618], relative: 1e-5 },
  {
    path: `${his}/exampleData.csv`,
    points: 66,
    f_Hz: [0.0031623, 10000],
    first_ohm: [0.0494999, -0.0204387],
    last_ohm: [0.0157715, 0.0101575],
    relative: 5e-6,
  },
  {
    path: `${his}/exampleDataAutolab.txt`,
    points: 41,
    f_Hz: [10000, 0.1],
    first_ohm: [0.0137859, 0.00719195],
    last_ohm: [0.0345698, -0.00390293],
    relative: 5e-6,
  },
  {
    path: `${his}/exampleDataBioLogic.mpt`,
    points: 43,
    f_Hz: [1000.32, 0.0168955],
    first_ohm: [65.4709, -0.38999],
    last_ohm: [110.97, -2.34586],
    relative: 5e-6,
  },
  {
    path: `${his}/exampleDataCHInstruments.txt`,
    points: 73,
    f_Hz: [99610, 0.1],
    first_ohm: [98.91, -2.748],
    last_ohm: [5685, -15860],
  },
  {
    path: `${his}/exampleDataGamry.DTA`,
    points: 72,
    f_Hz: [200016, 0.0158898],
    first_ohm: [825.858, -1367.24],
    last_ohm: [17007.5, -6635.56],
    relative: 5e-6,
  },
  {
    path: `${his}/exampleDataParstat.txt`,
    points: 31,
    f_Hz: [10000, 10],
    first_ohm: [-0.000498163, 0.0175143],
    last_ohm: [0.0270946, -0.00399791],
    relative: 5e-6,
  },
  {
    path: `${his}/exampleDataPowersuite.txt`,
    points: 30,
    f_Hz: [0.1, 2e6],
    first_ohm: [423929, -49014.1],
    last_ohm: [-470.541, -1397.74],
    relative: 5e-6,
  },
  {
    path: `${his}/exampleDataVersaStudio.par`,
    points: 61,
    f_Hz: [100000, 0.0215444],
    first_ohm: [55.3157, 4.57543],
    last_ohm: [1516.31, -122.828],
    relative: 5e-6,
  },
  {
    path: `${his}/exampleDataZPlot.z`,
    points: 21,
    f_Hz: [300000, 3000],
    first_ohm: [147.77, -11.335],
    last_ohm: [613.68, -137.13],
  },
  {
    path: `${his}/Circuit1_EIS_1.z`,
    points: 48,
    f_Hz: [5e4, 1],
    first_ohm: [29.036, 0.63662],
    last_ohm: [75.803, -0.16244],
  },
  {
    path: `${his}/Circuit3_EIS_1.z`,
    points: 53,
    f_Hz: [1.5e5, 1],
    first_ohm: [1493.7, 10.377],
    last_ohm: [6137.5, 17.89],
  },
  {
    path: 'biologic/PEIS-0.mpr',
    points: 60,
    f_Hz: [10001, 0.00931323],
    first_ohm: [5.52131, -1.55131],
    last_ohm: [95.2886, -80.3527],
    relative: 5e-6,
  },
  ...['mpr', 'txt'].map((ending) => ({
    path: `biologic/PEIS_LPSCl_IonBlocking_-25C.${ending}`,
    points: 79,
    f_Hz: [7.00002e6, 0.100022] as const,
    first_ohm: [359.241, -290.92] as const,
    last_ohm: [1.79943e6, -8.09379e6] as const,
    relative: 5e-6,
  })),
  ...['mpr', 'mpt'].map((ending) => ({
    path: `biologic/eclab-pairs/zir.${ending}`,
    points: 1,
    f_Hz: [10019.531, 10019.531] as const,
    first_ohm: [104070.59, -93853.562] as const,
    last_ohm: [104070.59, -93853.562] as const,
  })),
];

describe.skipIf(!THERE)('spectra of real files', () => {
  test.each(SPECTRA)('$path', async ({ path, points, f_Hz, first_ohm, last_ohm, relative }) => {
    const file = await read(path);
    expect(file.spectra).toHaveLength(1);
    const { frequency_Hz: f, real_ohm: re, imaginary_ohm: im } = file.spectra[0]!;
    expect(f).toHaveLength(points);
    const pairs = [
      [f[0], f_Hz[0]],
      [f.at(-1), f_Hz[1]],
      [re[0], first_ohm[0]],
      [im[0], first_ohm[1]],
      [re.at(-1), last_ohm[0]],
      [im.at(-1), last_ohm[1]],
    ] as const;
    for (const [found, wanted] of pairs) close(found, wanted, relative);
  });

  test.each([
    'data-comma.csv',
    'data-space.csv',
    'data-comma-decimal-separator.csv',
    'data.dta',
    'data.dfr',
    'data.i2b',
    'data.pssession',
  ])('%s sums as it should', async (name) => {
    const [spectrum] = (await read(`${many}/${name}`)).spectra;
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    close(sum(spectrum!.real_ohm), 10451.939386, 1e-9);
    close(sum(spectrum!.imaginary_ohm), -2518.8601, 1e-9);
  });

  test.each(['1ZARC', '2ZARC1', '2ZARC3', '2ZARC5'])('%s.csv', async (name) => {
    const [spectrum] = (await read(`eis/drt-synthetic/${name}.csv`)).spectra;
    expect([spectrum!.frequency_Hz.length, spectrum!.frequency_Hz[0], spectrum!.frequency_Hz[80]]).toEqual([
      81, 0.01, 1e6,
    ]);
  });

  test('pyeis-ex1.mpt is two cycles of 59 points', async () => {
    const { spectra } = await read('biologic/pyeis-ex1.mpt');
    expect(spectra.map(({ frequency_Hz }) => frequency_Hz.length)).toEqual([59, 59]);
    for (const [k, [first, last, most]] of (
      [
        [428.9056, 61969.063, 29289.348],
        [418.3485, 66802.32, 33712.059],
      ] as const
    ).entries()) {
      close(spectra[k]!.real_ohm[0], first);
      close(spectra[k]!.real_ohm[58], last);
      close(Math.max(...spectra[k]!.imaginary_ohm.map((value) => -value)), most);
    }
  });
});

describe.skipIf(!THERE)('the Li|Li cell that goes into soft short', () => {
  const stem = 'biologic/li-li-tegdme/jr862_11_08_23_insitu-impedance-LiLi_1MLiTFSI_TEGDME-1mA';

  test('the fresh cell', async () => {
    const file = await read(`${stem}-prerun_C05.mpr`);
    const [spectrum] = file.spectra;
    expect(file.rows).toBe(15);
    close(spectrum!.frequency_Hz[0], 10002.229);
    close(spectrum!.real_ohm[0], 102.91511);
    close(spectrum!.real_ohm[14], 788.04541);
    close(spectrum!.imaginary_ohm[0], -110.21587);
    close(spectrum!.imaginary_ohm[14], -22.519173);
    expect(file.metadata.find(({ name }) => name === 'Acquisition started on')?.text).toContain('2023-08-11 12:33:57');
  });

  test('plating: charge, voltage, and a current that is not stored', async () => {
    const file = await read(`${stem}_01_GCPL_C05.mpr`);
    const [record] = file.records;
    expect(record!.time_s).toHaveLength(109);
    ends(file, 'time_s', 0, 899.99998, 1e-7);
    ends(file, 'voltage_V', 0.0020128, 0.129137, 5e-6);
    close(Math.max(...record!.voltage_V), 0.2983812);
    close(record!.extra.net_charge_C!.at(-1)! / 3.6, 0.066620687, 1e-6);
    expect(record!.area_m2).toBeNull();
    expect(file.metadata.filter(({ caution }) => caution?.includes('default')).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Electrode surface area', 'Mass of active material']),
    );
  });

  test('45 spectra, with the arcs and the rest voltages that show the short at number 24', async () => {
    const file = await read(`${stem}_02_GEIS_C05.mpr`);
    expect(file.rows).toBe(405);
    expect(file.spectra.map(({ frequency_Hz }) => frequency_Hz.length)).toEqual(Array(45).fill(9));
    close(file.spectra[0]!.time_s[0], 900.73918, 1e-7);
    close(file.spectra[44]!.time_s[8], 159643.36, 1e-7);
    const figures = [
      [0, 63.1, 35],
      [1, 35.6, 16.8],
      [5, 55.8, 29.3],
      [10, 47.1, 23],
      [15, 60.6, 32],
      [20, 47.2, 29.2],
      [22, 41, 26.1],
      [23, 33.1, 25.1],
      [24, 10.9, 9.2],
      [25, 20.2, 18.1],
      [26, 11.5, 8.7],
      [27, 42, 30.5],
      [30, 21.9, 16.2],
      [35, 14.3, 12.1],
      [40, 13.8, 10.5],
      [44, 2.7, 6],
    ] as const;
    for (const [k, width_ohm, height_ohm] of figures) {
      const { real_ohm, imaginary_ohm } = file.spectra[k]!;
      expect(Math.abs(real_ohm[8]! - real_ohm[0]! - width_ohm)).toBeLessThan(0.06);
      expect(Math.abs(Math.max(...imaginary_ohm.map((value) => -value)) - height_ohm)).toBeLessThan(0.06);
    }
    for (const [k, rest_mV] of [
      [0, 26.7],
      [15, 40.7],
      [23, 24.8],
      [24, 7.6],
      [44, 3.6],
    ] as const) {
      const { voltage_V } = file.spectra[k]!;
      expect(Math.abs((1e3 * voltage_V.reduce((sum, value) => sum + value, 0)) / 9 - rest_mV)).toBeLessThan(0.1);
    }
  });
});

describe.skipIf(!THERE)('EC-Lab files and their exports', () => {
  const pairs = 'biologic/eclab-pairs';

  test.each(['mpr', 'mpt'])('mb.%s: Li|LLZO|Li, 8 spectra, 4 times plated and stripped', async (ending) => {
    const file = await read(`${pairs}/mb.${ending}`);
    expect([file.rows, file.kind, file.spectra.length]).toEqual([1588, 'both', 8]);
    const wanted = [1108.82, 1145.3, 1146.21, 1141.56, 1141.63, 1138.25, 1139.5, 1137.94];
    for (const [k, { real_ohm, frequency_Hz }] of file.spectra.entries()) {
      expect(frequency_Hz).toHaveLength(70);
      expect(Math.abs(real_ohm[69]! - wanted[k]!)).toBeLessThan(0.011);
    }
    ends(file, 'time_s', 1151.0971, null, 1e-7);
    close(file.spectra[7]!.time_s[69], 33990.744, 1e-7);
    const { current_A, voltage_V, cycle } = file.records[0]!;
    const first = cycle[0]!;
    for (let k = 0; k < 4; k++) {
      for (const [sign, wanted_V] of [
        [1, [0.00374, 0.00375, 0.00375, 0.00375]],
        [-1, [-0.00375, -0.00377, -0.00377, -0.00377]],
      ] as const) {
        const values = [...voltage_V]
          .filter((_, row) => cycle[row] === first + k && current_A[row]! * sign > 1e-6)
          .sort((a, b) => a - b);
        expect(Math.abs(values[values.length >> 1]! - wanted_V[k]!)).toBeLessThan(1.1e-5);
      }
    }
  });

  test('mb.mpr holds its start and the area that somebody typed in', async () => {
    const { metadata } = await read(`${pairs}/mb.mpr`);
    expect(metadata.find(({ name }) => name === 'Acquisition started on')?.text).toContain('2021-08-23 11:44:40.6');
    expect(metadata.find(({ name }) => name === 'Electrode surface area')?.caution).toContain('not used');
  });

  test.each(['mpr', 'mpt', 'de.mpt'])('mb.issue_95.%s', async (ending) => {
    const file = await read(`${pairs}/mb.issue_95.${ending}`);
    expect(file.rows).toBe(33);
    ends(file, 'time_s', 0, 30.0002, 1e-6);
    ends(file, 'voltage_V', 2.3278546, 2.3260789, 1e-7);
    ends(file, 'current_A', null, -0.064980278, 1e-7);
    close(file.records[0]!.extra.net_charge_C!.at(-1)! / 3.6, 0.097311696, 1e-7);
  });

  test.each(['mpr', 'mpt'])('geis.issue_149.%s', async (ending) => {
    const file = await read(`${pairs}/geis.issue_149.${ending}`);
    expect([file.rows, file.spectra.length]).toEqual([84, 4]);
    close(file.spectra[0]!.frequency_Hz[0], 199998.14);
    close(file.spectra[0]!.real_ohm[0], 10.078821);
    close(file.spectra[0]!.imaginary_ohm[0], 2.1745603);
    close(file.spectra[3]!.frequency_Hz[20], 99.968163);
    close(file.spectra[3]!.real_ohm[20], 83.41333);
    close(file.spectra[3]!.imaginary_ohm[20], -17.565895);
  });

  test.each([
    ['gcpl.issue_226.I', 15, [0.0482, 118.8656], [-0.050306384, -0.20919827], null],
    ['coc.issue_185', 24, [70.05, 140.0498], [null, null], 1.123378e-5],
    ['ocv', 602, [0, 36000], [0.25594452, 0.44194466], 0],
    ['cp', 121, [328.36419, 447.36459], [-3.2463198, -3.5944343], -0.099918549],
  ] as const)('%s, binary and text', async (name, rows, time_s, voltage_V, current_A) => {
    for (const ending of ['mpr', 'mpt']) {
      const file = await read(`${pairs}/${name}.${ending}`);
      expect(file.records[0]!.time_s).toHaveLength(rows);
      ends(file, 'time_s', time_s[0], time_s[1], 1e-6);
      ends(file, 'voltage_V', voltage_V[0], voltage_V[1]);
      ends(file, 'current_A', null, current_A);
    }
  });

  test('gcpl.issue_226.I.mpr counts 3.718e-5 mAh', async () => {
    close((await read(`${pairs}/gcpl.issue_226.I.mpr`)).records[0]!.extra.net_charge_C!.at(-1)! / 3.6, 3.7180864e-5);
  });

  test.each(['mpr', 'mpt'])('wait.%s opens and says that it is empty', async (ending) => {
    const file = await read(`${pairs}/wait.${ending}`);
    expect([file.rows, file.kind]).toEqual([0, 'empty']);
    expect(file.remarks.map(({ message }) => message)).toContain('the file holds no rows');
  });

  test.each([
    ['GCPL-0', 4, 3.515088, 3.514687],
    ['MB-0', 2, 1.48901, 1.489087],
  ] as const)('%s.mpr', async (name, rows, first_V, last_V) => {
    const file = await read(`biologic/${name}.mpr`);
    expect(file.rows).toBe(rows);
    ends(file, 'voltage_V', first_V, last_V);
  });

  test('PEIS-0.mpr: area and mass as typed in', async () => {
    const { metadata } = await read('biologic/PEIS-0.mpr');
    const text = (name: string) => metadata.find((one) => one.name === name)?.text;
    expect(text('Electrode surface area')).toMatch(/^1\.539 cm2/);
    expect(text('Mass of active material')).toBe('8.582 mg');
  });

  test('jdb11-1: 13 half-cycles with their charges', async () => {
    const file = await read('biologic/jdb11-1_c3_gcpl_5cycles_2V-3p8V_C-24_data_C09.mpr');
    expect(file.rows).toBe(46102);
    expect(file.metadata.find(({ name }) => name === 'Acquisition started on')?.text).toContain('2020-10-26 12:49:58');
    const { extra } = file.records[0]!;
    const charges = new Map<number, number>();
    for (const [row, half] of extra['half cycle']!.entries())
      charges.set(half, extra['Q charge/discharge/mA.h']![row]!);
    const wanted: readonly (readonly [number, number])[] = [
      [0, -0.206529],
      [2, 0.986781],
      [3, -0.852855],
      [4, 0.93709],
      [5, -0.87633],
      [6, 0.94194],
      [10, 0.951689],
      [11, -0.878613],
      [12, 0.955886],
      [13, -0.879492],
    ];
    for (const [half, charge_mAh] of wanted) close(charges.get(half), charge_mAh, 1e-5);
  });
});

describe.skipIf(!THERE)('text of other cyclers', () => {
  test('Maccor .052: a discharge, signed', async () => {
    const file = await read('other-cyclers/PredictionDiagnostics_000151_test.052');
    expect([file.rows, file.records[0]!.cycle[0]]).toEqual([333, 37]);
    ends(file, 'time_s', null, 769270.57, 1e-9);
    ends(file, 'voltage_V', null, 3.86251621, 1e-9);
    ends(file, 'current_A', null, -4.8402380407, 1e-9);
    close(file.records[0]!.extra.capacity_C!.at(-1)! / 3600, 0.0236349063, 1e-9);
  });

  test('Maccor with a decimal comma counts minutes', async () => {
    const file = await read('other-cyclers/maccor_two.txt');
    expect(file.records[0]!.time_s).toHaveLength(213);
    ends(file, 'time_s', 0, 212 * 60);
    ends(file, 'voltage_V', 0.1377, 0.149);
  });

  test('Maccor with a 12-hour clock, Basytec, Novonix, PEC, BT-Lab', async () => {
    const maccor = (await read('other-cyclers/sample_data_maccor.csv')).records[0]!;
    close(maccor.extra.unix_time_s![1]! - maccor.extra.unix_time_s![0]!, 1);
    const basytec = await read('other-cyclers/sample_data_basytec.txt');
    expect(basytec.rows).toBe(74);
    ends(basytec, 'time_s', null, 70.2358);
    ends(basytec, 'voltage_V', null, 3.53285312, 1e-6);
    ends(basytec, 'current_A', null, 0.44960173, 1e-7);
    const novonix = await read('other-cyclers/sample_data_novonix.csv');
    expect(novonix.rows).toBe(207);
    ends(novonix, 'time_s', null, 3.4131889 * 3600, 1e-7);
    ends(novonix, 'voltage_V', null, 4.12864581, 1e-8);
    close(novonix.records[0]!.extra.capacity_C!.at(-1)! / 3600, 1.70652976, 1e-8);
    for (const [name, rows, last_V] of [
      ['Test25195', 19, 3.568858],
      ['Test25209', 281, 3.7534376],
    ] as const) {
      const file = await read(`other-cyclers/${name}.csv`);
      expect(file.rows).toBe(rows);
      ends(file, 'voltage_V', null, last_V, 1e-8);
    }
    const btLab = await read('biologic/Sample_data_biologic_timestamped.txt');
    expect(btLab.metadata.find(({ name }) => name === 'Acquisition started on')?.text).toContain(
      '11/20/2024 11:38:41.707',
    );
  });

  test('Arbin csv', async () => {
    const file = await read('arbin/2017-05-09_test-TC-contact_CH33.csv');
    expect(file.rows).toBe(287);
    ends(file, 'time_s', null, 1022.8913, 1e-8);
    ends(file, 'voltage_V', null, 3.4119859, 1e-7);
    close(file.records[0]!.extra.charging_capacity_C!.at(-1)! / 3600, 0.60827005, 1e-7);
    close(file.records[0]!.temperature_K.at(-1)! - 273.15, 25.446, 2e-5);
    const other = await read('arbin/sample_data_arbin.csv');
    ends(other, 'voltage_V', 3.534595, null, 1e-9);
    ends(other, 'time_s', 30.0005, null, 1e-9);
  });

  test('Neware csv with a micro sign that is not UTF-8', async () => {
    const file = await read('neware/interp-test.csv');
    expect(file.rows).toBe(333);
    ends(file, 'time_s', 0, 1800);
    ends(file, 'voltage_V', 0.0002, 0.0002, 1e-9);
  });

  test('Neware .nda of version 130: charges of its steps', async () => {
    const file = await read('neware/TestFile.nda');
    const { step, extra, voltage_V } = file.records[0]!;
    expect(file.rows).toBe(6670);
    expect(new Set(step).size).toBe(11);
    ends(file, 'time_s', null, 72373.26, 1e-9);
    close(Math.min(...voltage_V), 1.7206, 1e-5);
    close(Math.max(...voltage_V), 4.2001, 1.1e-5);
    const last = (name: string, wanted: number): number => extra[name]![step.lastIndexOf(wanted)]! / 3.6;
    close(last('discharging_capacity_C', 2), 3790.168, 1e-6);
    close(last('charging_capacity_C', 4) + last('charging_capacity_C', 5), 5811.025, 1e-6);
    close(last('discharging_capacity_C', 7), 5806.646, 1e-6);
    close(last('charging_capacity_C', 9) + last('charging_capacity_C', 10), 5815.09, 1e-6);
  });

  test('Neware .nda of version 29', async () => {
    const file = await read('neware/new_nda_file.nda');
    const { step, voltage_V, current_A, extra } = file.records[0]!;
    expect([file.rows, new Set(step).size]).toEqual([439, 6]);
    expect([Math.min(...voltage_V), Math.max(...voltage_V)]).toEqual([-0.101, -0.0849]);
    close(Math.min(...current_A), -5.05e-5, 1e-9);
    close(Math.max(...current_A), 5.05e-5, 1e-9);
    expect(new Set(extra.cycle_vendor)).toEqual(new Set([1]));
  });

  test('BDF', async () => {
    const file = await read('bdf/SINTEF__LiGrR2032__2024-04-30__25degC__Landt.bdf.csv');
    const { voltage_V, current_A, step, extra } = file.records[0]!;
    expect(file.rows).toBe(25162);
    ends(file, 'time_s', 0.02, 262657.764, 1e-9);
    expect([Math.min(...voltage_V), Math.max(...voltage_V), Math.min(...current_A), Math.max(...current_A)]).toEqual([
      0.01, 2.9215, -0.0002, 0.0002,
    ]);
    expect(
      [Math.max(...extra.charging_capacity_C!) / 3600, Math.max(...extra.discharging_capacity_C!) / 3600].map((v) =>
        Number(v.toFixed(6)),
      ),
    ).toEqual([0.0032, 0.0063]);
    expect([...new Set(step)]).toEqual([1, 2, 3]);
    expect((await read('bdf/sample.bdf.csv')).rows).toBe(3);
  });
});
