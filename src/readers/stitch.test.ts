import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type InstrumentFile, partsOfName, readInstrumentFile, type StitchedGroup, stitchFiles } from './index.ts';

declare const process: { readonly env: Readonly<Record<string, string | undefined>> };
declare const console: { warn(text: string): void };
const FOLDER = process.env.LIMETAL_LAB_FILES ?? '../shared/lab-files';
const THERE = existsSync(`${FOLDER}/README.md`);
if (!THERE) console.warn(`skipped: no real files to stitch in ${FOLDER} (LIMETAL_LAB_FILES names another folder)`);

interface Written {
  readonly name: string;
  /** As EC-Lab writes it; absent where the file does not say. */
  readonly start?: string;
  readonly times: readonly number[];
  /** A sweep begins at each time instead of a row. */
  readonly isImpedance?: boolean;
  readonly current_A?: (row: number) => number;
  readonly cycle?: (row: number) => number;
  /** Told apart by this, V. */
  readonly voltage_V?: number;
  readonly extra?: string;
}

const FREQUENCIES_Hz = [1000, 100, 10];

/** A text export of EC-Lab, read. */
function written(one: Written): Promise<InstrumentFile> {
  const { name, start, times, isImpedance, current_A = () => 1e-3, cycle = () => 1, voltage_V = 0.1, extra } = one;
  const head = isImpedance
    ? 'freq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\ttime/s\t<Ewe>/V\t<I>/mA'
    : `time/s\tEwe/V\tI/mA\tcycle number\tNs${extra === undefined ? '' : `\t${extra}`}`;
  const rows = isImpedance
    ? times.flatMap((time, k) =>
        FREQUENCIES_Hz.map((f, point) => [f, 10 + k + voltage_V, 5, time + 0.1 * point, voltage_V, 0].join('\t')),
      )
    : times.map((time, k) =>
        [
          time,
          voltage_V + 1e-3 * k,
          1e3 * current_A(k),
          cycle(k),
          k >> 1,
          ...(extra === undefined ? [] : [7 + k]),
        ].join('\t'),
      );
  const lines = [
    'EC-Lab ASCII FILE',
    `Nb header lines : ${start === undefined ? 5 : 6}`,
    '',
    isImpedance ? 'Galvano EIS' : 'Galvanostatic Cycling',
    ...(start === undefined ? [] : [`Acquisition started on : ${start}`]),
    head,
    ...rows,
  ];
  return readInstrumentFile(new TextEncoder().encode(`${lines.join('\n')}\n`), { name });
}

const stitch = async (files: readonly Written[], options = {}): Promise<readonly StitchedGroup[]> =>
  stitchFiles(await Promise.all(files.map(written)), options);

const names = (groups: readonly StitchedGroup[]): string[][] =>
  groups.map(({ parts }) => parts.map(({ name }) => name));
const said = ({ decisions }: StitchedGroup): string =>
  decisions.map(({ where, message }) => `${where}: ${message}`).join('\n');
const upTo = (n: number, step_s = 10): number[] => Array.from({ length: n }, (_, k) => k * step_s);

describe('what a name tells', () => {
  test.each([
    ['cell_A_02_GEIS_C05.mpr', 'cell_a', 2, '5'],
    ['folder/cell_A_10_MB_CA1.mpr', 'cell_a', 10, 'a1'],
    ['cell A part 3.csv', 'cell a', 3, null],
    ['cell A (2).csv', 'cell a', 2, null],
    ['cell A continued.txt', 'cell a', 2, null],
    ['EISGALV_#4.DTA', 'eisgalv', 4, null],
    // Cells are numbered too, so a bare number tells nothing.
    ['cell_07.csv', 'cell_07', Number.NaN, null],
    ['cell-prerun_C05.mpr', 'cell-prerun', Number.NaN, '5'],
  ])('%s', (name, stem, number, channel) => {
    expect(partsOfName(name)).toEqual({ stem, number, channel });
  });
});

describe('files of one test stand on one axis of time', () => {
  test('a later file is moved by the difference of the starts, and the gap is said', async () => {
    const groups = await stitch([
      { name: 'x_02_GCPL_C01.mpt', start: '08/11/2023 13:00:00', times: upTo(5), voltage_V: 0.5 },
      { name: 'x_01_GCPL_C01.mpt', start: '08/11/2023 12:00:00', times: upTo(10), current_A: () => -1e-3 },
    ]);
    expect(names(groups)).toEqual([['x_01_GCPL_C01.mpt', 'x_02_GCPL_C01.mpt']]);
    const [{ parts, file }] = groups as [StitchedGroup];
    expect(parts.map(({ offset_s }) => offset_s)).toEqual([0, 3600]);
    expect(parts[1]).toMatchObject({ index: 0, first_s: 3600, last_s: 3640 });
    expect(said(groups[0]!)).toContain('begins 3510 s after the end of x_01_GCPL_C01.mpt; 3600 s added to its times');
    const record = file.records[0]!;
    expect([...record.time_s]).toEqual([...upTo(10), ...upTo(5).map((time) => 3600 + time)]);
    expect([...record.extra.part!]).toEqual([...Array(10).fill(1), ...Array(5).fill(2)]);
    expect(record.voltage_V[10]).toBe(0.5);
    expect(file.start_unix_s).toBe(Date.UTC(2023, 7, 11, 12) / 1e3);
    expect(file.rows).toBe(15);
    // The files count their cycles anew; together they are one: plated, then stripped.
    expect([...record.cycle]).toEqual(Array(15).fill(1));
    expect(said(groups[0]!)).toContain('cycle numbers start anew');
    expect(record.step[10]!).toBeGreaterThan(record.step[9]!);
    expect(record.provenance.notes.join()).toContain('3600 s added');
    expect(file.remarks.map(({ message }) => message).join()).toContain('3600 s added');
  });

  test('techniques of one run that take turns are put in the order of time', async () => {
    const rows = [...upTo(10), ...upTo(10).map((time) => 200 + time)];
    const groups = await stitch([
      { name: 'x_01_GCPL_C01.mpt', start: '08/11/2023 12:00:00', times: rows },
      { name: 'x_02_GEIS_C01.mpt', start: '08/11/2023 12:00:00', times: [100, 300], isImpedance: true },
      {
        name: 'x_03_OCV_C01.mpt',
        start: '08/11/2023 12:00:00',
        times: [...upTo(10).map((time) => 101 + time), ...upTo(10).map((time) => 301 + time)],
        current_A: () => 0,
      },
    ]);
    expect(names(groups)).toEqual([['x_01_GCPL_C01.mpt', 'x_02_GEIS_C01.mpt', 'x_03_OCV_C01.mpt']]);
    const { file } = groups[0]!;
    expect(file.kind).toBe('both');
    expect(file.spectra.map(({ time_s }) => time_s[0])).toEqual([100, 300]);
    const record = file.records[0]!;
    expect(record.time_s).toHaveLength(40);
    expect(record.time_s.every((time, k) => k === 0 || time >= record.time_s[k - 1]!)).toBe(true);
    expect([...new Set(record.extra.part)]).toEqual([1, 3]);
    expect(said(groups[0]!)).toMatch(/x_02_GEIS_C01\.mpt: began with .* took turns with it \d+ times/);
  });

  test('techniques that each count from zero follow each other by their numbers', async () => {
    const groups = await stitch([
      { name: 'x_01_GCPL_C01.mpt', start: '08/11/2023 12:00:00', times: upTo(10) },
      { name: 'x_02_OCV_C01.mpt', start: '08/11/2023 12:00:00', times: upTo(10), voltage_V: 0.7 },
    ]);
    expect(groups).toHaveLength(1);
    expect(groups[0]!.parts[1]!.offset_s).toBe(90);
    expect(said(groups[0]!)).toContain('counts from zero');
  });

  test('a file without a start follows by its number, and that is said', async () => {
    const groups = await stitch([
      { name: 'x part 2.mpt', times: upTo(4), voltage_V: 0.6 },
      { name: 'x part 1.mpt', times: upTo(4) },
    ]);
    expect(names(groups)).toEqual([['x part 1.mpt', 'x part 2.mpt']]);
    expect(groups[0]!.parts[1]!.offset_s).toBe(30);
    expect(said(groups[0]!)).toContain('does not say when it began');
  });

  test('an overlap within what clocks tell is closed', async () => {
    const groups = await stitch([
      { name: 'x_01_GCPL_C01.mpt', start: '08/11/2023 12:00:00', times: [0, 30, 60.8] },
      { name: 'x_02_GCPL_C01.mpt', start: '08/11/2023 12:01:00', times: [0, 5, 9], voltage_V: 0.4 },
    ]);
    expect(groups[0]!.parts[1]!.first_s).toBeCloseTo(60.8, 9);
    expect(said(groups[0]!)).toContain('0.8 s before the end');
  });

  test('cycle numbers that go on over the files stay', async () => {
    const groups = await stitch([
      { name: 'x part 1.mpt', start: '08/11/2023 12:00:00', times: upTo(4), cycle: (k) => 1 + (k >> 1) },
      { name: 'x part 2.mpt', start: '08/11/2023 13:00:00', times: upTo(4), cycle: (k) => 3 + (k >> 1), extra: 'odd' },
    ]);
    const record = groups[0]!.file.records[0]!;
    expect([...record.cycle]).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
    expect([...record.extra.odd!]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN, 7, 8, 9, 10]);
  });
});

describe('what is not joined, and why', () => {
  const first: Written = { name: 'x_01_GCPL_C01.mpt', start: '08/11/2023 12:00:00', times: upTo(400) };

  test('a test that began before the other ended ran elsewhere', async () => {
    const groups = await stitch([
      first,
      { ...first, name: 'x_02_GCPL_C01.mpt', start: '08/11/2023 12:30:00', voltage_V: 1 },
    ]);
    expect(groups).toHaveLength(2);
    expect(said(groups[1]!)).toMatch(/not joined to x_01_GCPL_C01\.mpt: it began 2190 s before the end.*hour/);
  });

  test('two files measured at the same time did not take turns', async () => {
    const groups = await stitch([
      first,
      { ...first, name: 'x_02_GCPL_C01.mpt', times: upTo(400).map((time) => 5 + time), voltage_V: 1 },
    ]);
    expect(groups).toHaveLength(2);
  });

  test('a month later', async () => {
    const groups = await stitch([
      first,
      { ...first, name: 'x_02_GCPL_C01.mpt', start: '10/20/2023 12:00:00', voltage_V: 1 },
    ]);
    expect(groups).toHaveLength(2);
    expect(said(groups[1]!)).toContain('it began 70.0 days after');
    const joined = stitchFiles(
      groups.map(({ file }) => file),
      { gap_s_max: 1e7 },
    );
    expect(joined).toHaveLength(1);
  });

  test('other channels, other cells, and names that tell nothing', async () => {
    const later = { start: '08/11/2023 20:00:00', times: upTo(5), voltage_V: 1 };
    const groups = await stitch([
      first,
      { ...later, name: 'x_02_GCPL_C02.mpt' },
      { ...later, name: 'cell_07.mpt', voltage_V: 1.5 },
      { ...later, name: 'cell_08.mpt', start: '08/12/2023 20:00:00', voltage_V: 2 },
      { ...later, name: 'same.mpt', voltage_V: 2.5 },
      { ...later, name: 'same.mpt', start: '08/12/2023 20:00:00', voltage_V: 3 },
    ]);
    expect(groups).toHaveLength(6);
    expect(said(groups[5]!)).toContain('nothing in the names tells');
  });

  test('a run before the test is named as a neighbour, and joined on a word', async () => {
    const files = await Promise.all(
      [
        { name: 'x-prerun_C01.mpt', start: '08/11/2023 11:00:00', times: upTo(5), voltage_V: 2 },
        { ...first, name: 'x_01_GCPL_C01.mpt' },
      ].map(written),
    );
    const apart = stitchFiles(files);
    expect(apart).toHaveLength(2);
    expect(said(apart[1]!)).toContain('not joined to x-prerun_C01.mpt');
    const together = stitchFiles(files, { together: 'all' });
    expect(together).toHaveLength(1);
    expect(together[0]!.parts[1]!.offset_s).toBe(3600);
  });

  test('an export beside its file, and an earlier copy of a test that went on, are left out once', async () => {
    const groups = await stitch([
      { ...first, times: upTo(100) },
      first,
      { ...first, name: 'x_01_GCPL_C01 export.mpt' },
    ]);
    expect(names(groups)).toEqual([['x_01_GCPL_C01.mpt']]);
    expect(groups[0]!.file.records[0]!.time_s).toHaveLength(400);
    expect(groups[0]!.decisions.filter(({ message }) => message.startsWith('left out'))).toHaveLength(2);
  });

  test('an empty file is a group of its own, and no files are no groups', async () => {
    const groups = await stitch([first, { ...first, name: 'x_02_GCPL_C01.mpt', times: [] }]);
    expect(groups.map(({ file }) => file.kind)).toEqual(['cycling', 'empty']);
    expect(stitchFiles([])).toEqual([]);
  });
});

test('every row of every file is in one group, in order of time, whatever the starts', async () => {
  let state = 7;
  const pick = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * n);
  };
  for (let run = 0; run < 60; run++) {
    const files = await Promise.all(
      Array.from({ length: 1 + pick(6) }, (_, k) =>
        written({
          name: `x_0${1 + pick(4)}_GCPL_C0${1 + pick(2)}.mpt`,
          ...(pick(5) === 0 ? {} : { start: `08/11/2023 1${pick(10)}:00:00` }),
          times: upTo(1 + pick(500), 1 + pick(30)).map((time) => time + pick(2) * 1000),
          isImpedance: pick(3) === 0,
          voltage_V: 1 + k,
        }),
      ),
    );
    const groups = stitchFiles(files);
    expect(groups.flatMap(({ parts }) => parts.map(({ index }) => index)).sort()).toEqual(files.map((_, k) => k));
    const count = (list: readonly InstrumentFile[]): number[] => [
      list.reduce((sum, { records }) => sum + (records[0]?.time_s.length ?? 0), 0),
      list.reduce((sum, { spectra }) => sum + spectra.length, 0),
    ];
    expect(count(groups.map(({ file }) => file))).toEqual(count(files));
    for (const { file, parts, decisions } of groups) {
      if (parts.length > 1) expect(decisions.length).toBeGreaterThanOrEqual(parts.length - 1);
      for (const { time_s } of file.records)
        expect(time_s.every((time, k) => k === 0 || time >= time_s[k - 1]!)).toBe(true);
    }
  }
});

describe.skipIf(!THERE)('real files', () => {
  const read = (path: string, name: string): Promise<InstrumentFile> =>
    readInstrumentFile(new Uint8Array(readFileSync(`${FOLDER}/${path}/${name}`)), { name });

  test('plating and 45 spectra of the Li|Li cell in TEGDME are one test', async () => {
    const stem = 'jr862_11_08_23_insitu-impedance-LiLi_1MLiTFSI_TEGDME-1mA';
    const files = await Promise.all(
      ['_02_GEIS_C05', '_01_GCPL_C05', '-prerun_C05'].map((end) => read('biologic/li-li-tegdme', `${stem}${end}.mpr`)),
    );
    const groups = stitchFiles(files);
    expect(names(groups)).toEqual([[`${stem}_01_GCPL_C05.mpr`, `${stem}_02_GEIS_C05.mpr`], [`${stem}-prerun_C05.mpr`]]);
    const { file, parts } = groups[0]!;
    expect(parts.map(({ offset_s }) => offset_s)).toEqual([0, 0]);
    expect(said(groups[0]!)).toContain('begins 0.739 s after the end');
    expect(said(groups[0]!)).toContain(`not joined to ${stem}-prerun_C05.mpr`);
    expect([file.kind, file.rows, file.spectra.length, file.records[0]!.time_s.length]).toEqual(['both', 514, 45, 109]);
    expect(file.spectra[0]!.time_s[0]).toBeCloseTo(900.73918, 4);
    expect(file.start_unix_s).toBe(Date.UTC(2023, 7, 11, 12, 40, 15) / 1e3);
    const all = stitchFiles(files, { together: 'all' });
    expect(all.map(({ parts: own }) => own.map(({ offset_s }) => offset_s))).toEqual([[0, 378, 378]]);
  });

  test('files and their exports are read once', async () => {
    const names_ = [
      'mb.mpr',
      'mb.mpt',
      'mb.issue_95.mpr',
      'mb.issue_95.mpt',
      'mb.issue_95.de.mpt',
      'geis.issue_149.mpr',
      'geis.issue_149.mpt',
      'zir.mpr',
      'zir.mpt',
    ];
    const groups = stitchFiles(await Promise.all(names_.map((name) => read('biologic/eclab-pairs', name))));
    expect(names(groups)).toEqual([['mb.mpr'], ['mb.issue_95.mpr'], ['geis.issue_149.mpr'], ['zir.mpr']]);
  });
});
