import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordFromCsv, spectrumFromJson } from '../records/index.ts';
import { typed } from './command-line.test-tool.ts';

const limetal = (...argv: readonly string[]) => typed(['analyse', ...argv]);

const folder = mkdtempSync(join(tmpdir(), 'limetal-analyse-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** Li|Cu: 1 mAh plated in an hour, 0.98 mAh stripped, twice. */
const cycling = ((): string => {
  const lines = ['Test Time / s,Voltage / V,Current / A,Cycle Count / 1'];
  let time_s = 0;
  for (let cycle = 1; cycle <= 2; cycle++) {
    for (const [current_A, length_s] of [
      [-0.001, 3600],
      [0.001, 3528],
    ] as const) {
      lines.push(`${time_s},${current_A < 0 ? -0.05 : 0.05},${current_A},${cycle}`);
      time_s += length_s;
      lines.push(`${time_s},${current_A < 0 ? -0.05 : 0.05},${current_A},${cycle}`);
    }
  }
  return `${lines.join('\n')}\n`;
})();
const spectrum = "freq/Hz,Z',Z''\n1000,10,-1\n100,12,-5\n10,20,-1\n";

describe('limetal analyse', () => {
  test('says what it recognised and asks for what no file can say', async () => {
    const { code, out, err } = await limetal(file('cu.csv', cycling));
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/Format +BDF csv \(commas, decimal point, utf-8\)/);
    expect(out).toMatch(/Record +8 rows over 3\.96 h, -0\.05 to 0\.05 V, -1 to 1 mA/);
    expect(out).toMatch(/Sign +positive oxidises the working electrode; BDF counts/);
    expect(out).toMatch(/To be said +area: .+\n +cell type: /);
    expect(out).toMatch(/Columns +Test Time \/ s: time_s, by its heading/);
    expect(out).not.toContain('CE %');
  });

  test('charges and efficiency of each cycle, stripped over plated for Li|Cu', async () => {
    const { out } = await limetal(file('cu.csv', cycling), '--cell', 'Cu', '--area', '0.5 cm2');
    expect(out).toContain('Stripped ÷ plated on the working electrode');
    expect(out).toMatch(/ 1 +2\.000 +1\.960 +98\.00 .+\n +2 +2\.000 +1\.960 +98\.00 /);
    expect(out).not.toContain('To be said');
    const { out: symmetric } = await limetal(file('cu.csv', cycling), '--cell', 'Li');
    expect(symmetric).toMatch(/No efficiency: both sides hold lithium/);
    const { out: full } = await limetal(file('cu.csv', cycling), '--cell', 'cathode', '--sign=-', '--json');
    const [only] = JSON.parse(full).files;
    expect(only.efficiency_convention).toBe('discharged/charged');
    expect(only.sign.turned).toBe(true);
    expect(only.cycles[0].coulombic_efficiency).toBeCloseTo(0.98, 12);
  });

  test('what a fit leaves open has no value, and what a cell brought with it is no efficiency', async () => {
    // p(R1,C1) of 30 ohm and 0.1 mF at 1 kHz to 1 Hz, and no ohmic resistance at all.
    const points = Array.from({ length: 31 }, (_, k) => {
      const [f, jitter] = [10 ** (3 - k / 10), 1 + 2e-3 * Math.sin(37 * k)];
      const x = 2 * Math.PI * f * 30 * 1e-4;
      return `${f},${(30 * jitter) / (1 + x * x)},${(-30 * jitter * x) / (1 + x * x)}`;
    });
    const { out } = await limetal(
      file('bare.csv', `freq/Hz,Z',Z''\n${points.join('\n')}\n`),
      '--cell',
      'Li',
      '--circuit',
      'R0-p(R1,C1)',
    );
    expect(out).toMatch(
      /Fit +R0-p\(R1,C1\), as given by --circuit: R0 not determined( \(below 0\.\d+ ohm\))?, R1 (30|29\.\d)/,
    );
    expect(out).toMatch(/from … to Hz .* summit Hz/);
    const rows = ['Test Time / s,Voltage / V,Current / A,Cycle Count / 1'];
    for (const [from_s, to_s, current_A, cycle] of [
      [0, 360, 1e-3, 1],
      [360, 3960, -1e-3, 1],
      [3960, 7560, 1e-3, 2],
      [7560, 11_100, -1e-3, 2],
    ] as const)
      for (let k = 0; k <= 10; k++)
        rows.push(`${from_s + ((to_s - from_s) * k) / 10},${current_A > 0 ? 4 : 3.8},${current_A},${cycle}`);
    const { out: full } = await limetal(file('full.csv', `${rows.join('\n')}\n`), '--cell', 'cathode');
    expect(full).toMatch(/^ +1 +1\.0000 +0\.1000 +- +- +came charged: no efficiency$/m);
    expect(full).toMatch(/The cell came charged: cycle 1 gave back 1 mAh\s+after a charge of 0\.1 mAh/);
    expect(full).not.toMatch(/1000\.00|1000 %/);
  });

  test('one file at fault does not stop the others', async () => {
    const { code, out, err } = await limetal(
      join(folder, 'missing.csv'),
      file('note.txt', 'no table\n'),
      file('z.csv', spectrum),
    );
    expect(code).toBe(2);
    expect(err).toMatch(/missing\.csv: no such file or folder\nnote\.txt: got no table/);
    expect(out).toMatch(/ 0 +3 +10 … 1000 /);
    expect(out).toMatch(/missing\.csv.+not read: no such file/);
    const { out: json } = await limetal(join(folder, 'missing.csv'), join(folder, 'z.csv'), '--json');
    expect(JSON.parse(json).files.map(({ read }: { read: boolean }) => read)).toEqual([false, true]);
  });

  test('--out writes what reads back the same', async () => {
    const out = join(folder, 'results');
    const { code } = await limetal(
      file('cu.csv', cycling),
      join(folder, 'z.csv'),
      '--out',
      out,
      '--format',
      'csv,json,bdf,parquet',
    );
    expect(code).toBe(0);
    const record = recordFromCsv(readFileSync(join(out, 'cu.csv.csv'), 'utf8'), {
      area_m2: null,
      provenance: { kind: 'measured', origin: 'test', program: 'test', notes: [] },
    });
    expect([...record.current_A]).toEqual([-0.001, -0.001, 0.001, 0.001, -0.001, -0.001, 0.001, 0.001]);
    expect([...spectrumFromJson(readFileSync(join(out, 'z.csv.spectrum-1.json'), 'utf8')).imaginary_ohm]).toEqual([
      -1, -5, -1,
    ]);
    for (const name of ['cu.csv.record.json', 'cu.csv.bdf.csv', 'cu.csv.parquet', 'z.csv.spectrum-1.bdf.csv']) {
      expect(existsSync(join(out, name)), name).toBe(true);
    }
  });

  test('every fault of the request is told at once', async () => {
    const { code, err } = await limetal(
      join(folder, 'z.csv'),
      '--cell',
      'Zn',
      '--area',
      'large',
      '--sign',
      'up',
      '--format',
      'xls',
    );
    expect(code).toBe(2);
    for (const option of ['--cell', '--area', '--sign', '--format']) expect(err).toContain(option);
  });

  test('the verdict stands last, and cell, area and sign on every result', async () => {
    const { out } = await limetal(file('cu.csv', cycling), '--cell', 'Li||Cu');
    expect(out).toMatch(/Cell +Li\|Cu, as given by --cell\nArea +not given \(--area\)/);
    expect(out).toMatch(/\n\nVerdict +Coulombic efficiency of lithium: 98\.00 %/);
    const { out: bare } = await limetal(file('cu.csv', cycling));
    expect(bare).toMatch(/Cell +not given \(--cell\)/);
    expect(bare).toMatch(/Not analysed +the kind of cell was not given/);
  });

  test('a table of text is told what its columns are', async () => {
    const path = file('odd.csv', 'zeit;spannung_x;strom_x\n0;0,1;-1000\n10;0,2;-1000\n20;0,3;-1000\n');
    const { out, code } = await limetal(
      path,
      ...['--column', 'zeit=time_min', '--column', 'spannung_x=voltage_V', '--column', 'strom_x=current_uA'],
      '--json',
    );
    expect(code).toBe(0);
    const [only] = JSON.parse(out).files;
    expect(only.record).toMatchObject({ time_s: [0, 1200], voltage_V: [0.1, 0.3] });
    expect(only.record.current_A[0]).toBeCloseTo(-1e-3, 15);
  });

  test.each([
    ['strom', 'HEADING=QUANTITY_UNIT'],
    ['strom=curent_mA', 'current'],
    ['strom=current', 'say the unit, such as current_A'],
    ['strom=current_V', '--column'],
    ['zyklus=cycle_h', 'a count has no unit'],
  ])('--column %s is refused with a reason', async (text, reason) => {
    const { code, err } = await limetal(file('z.csv', spectrum), '--column', text);
    expect(code).toBe(2);
    expect(err).toContain(reason);
  });

  test('figures: all of one test in a file, or a file each in a folder', async () => {
    const svg = join(folder, 'one.svg');
    const { code: done, err: said } = await limetal(file('cu.csv', cycling), '--cell', 'Cu', '--svg', svg);
    expect([done, said]).toEqual([0, '']);
    const text = readFileSync(svg, 'utf8');
    expect(text.match(/<svg /g)!.length).toBeGreaterThan(2);
    expect(text).toContain('Coulombic efficiency / %');
    const figures = join(folder, 'figures');
    const many = await limetal(join(folder, 'cu.csv'), file('z.csv', spectrum), '--cell', 'Cu', '--svg', figures);
    expect([many.code, many.err]).toEqual([0, '']);
    expect(readdirSync(figures).sort()).toEqual([
      'cu.csv.efficiency.svg',
      'cu.csv.profile.svg',
      'cu.csv.voltage.svg',
      'z.csv.impedance.svg',
    ]);
    const { code, err } = await limetal(join(folder, 'cu.csv'), join(folder, 'z.csv'), '--svg', svg);
    expect(code).toBe(2);
    expect(err).toContain('name a folder');
  });

  test('a circuit is fitted to every spectrum, and one that makes no sense is refused', async () => {
    const lines = Array.from({ length: 31 }, (_, k) => {
      const omega = 2 * Math.PI * 10 ** (4 - k / 6);
      // 5 Ω in series with 20 Ω beside 1e-4 F.
      const share = 1 / (1 + (omega * 2e-3) ** 2);
      return `${omega / (2 * Math.PI)},${5 + 20 * share},${-20 * omega * 2e-3 * share}`;
    });
    const path = file('rc.csv', `freq/Hz,Z',Z''\n${lines.join('\n')}\n`);
    const { out } = await limetal(path, '--circuit', 'R0-p(R1,C1)', '--json');
    const [{ fit, kramersKronig, features }] = JSON.parse(out).files[0].spectra;
    const values = fit.parameters.map(({ value }: { value: number }) => value);
    expect(values[0]).toBeCloseTo(5, 6);
    expect(values[1]).toBeCloseTo(20, 6);
    expect(values[2]).toBeCloseTo(1e-4, 10);
    expect(kramersKronig.verdict).toBe('consistent');
    expect(features.arcWidth_ohm).toBeCloseTo(20, 1);
    const { code, err } = await limetal(path, '--circuit', 'R0-p(R1,Q1)');
    expect([code, err.includes('--circuit')]).toEqual([2, true]);
  });

  describe('folders', () => {
    const data = join(folder, 'data');
    mkdirSync(join(data, 'deep'), { recursive: true });
    mkdirSync(join(folder, 'outside'), { recursive: true });
    writeFileSync(join(folder, 'outside', 'secret.csv'), cycling);
    writeFileSync(join(data, 'a.csv'), cycling);
    writeFileSync(join(data, 'deep', 'b.csv'), cycling);
    writeFileSync(join(data, 'readme.txt'), 'These are our cells.\n');
    writeFileSync(join(data, 'broken.mpr'), `BIO-LOGIC MODULAR FILE\u001a${'x'.repeat(30)}`);
    symlinkSync(join(folder, 'outside'), join(data, 'way-out'));
    symlinkSync(data, join(data, 'circle'));

    test('are walked within themselves; what is no data is passed over, what is broken is told', async () => {
      const { code, out, err } = await limetal(data, '--cell', 'Cu', '--json');
      const { files, summary, passed_over, complete } = JSON.parse(out);
      const short = (path: string): string => path.slice(data.length + 1);
      expect(files.map(({ path, read }: { path: string; read: boolean }) => [short(path), read])).toEqual([
        ['a.csv', true],
        ['broken.mpr', false],
        [join('deep', 'b.csv'), true],
      ]);
      expect(passed_over.map(short)).toEqual(['readme.txt']);
      expect(summary.map((row: { coulombic_efficiency?: number }) => row.coulombic_efficiency)).toEqual([
        expect.closeTo(0.98, 9),
        undefined,
        expect.closeTo(0.98, 9),
      ]);
      expect([code, complete]).toEqual([2, true]);
      expect(err).toMatch(/way-out: a link out of the folder, not followed/);
      expect(err).toMatch(/passed over.+readme\.txt/);
    });

    test('end in one table, which --out keeps', async () => {
      const out = join(folder, 'kept');
      const { out: text } = await limetal(data, '--cell', 'Cu', '--out', out, '--format', 'bdf');
      expect(text).toMatch(/file +format +rows +cell +cycles +CE % /);
      expect(text).toMatch(/a\.csv +BDF csv.+Li\|Cu +2 +98\.00/);
      expect(readdirSync(out).sort()).toEqual(['a.csv.bdf.csv', 'b.csv.bdf.csv', 'summary.csv']);
      const [head, first] = readFileSync(join(out, 'summary.csv'), 'utf8').split('\r\n');
      expect(head).toMatch(/^path,format,rows,spectra,cell,cycles,coulombic_efficiency,/);
      expect(first).toMatch(/a\.csv,"BDF csv \(commas, decimal point, utf-8\)",8,0,Li\|Cu,2,0\.98/);
    });

    test('an empty one is a fault', async () => {
      mkdirSync(join(folder, 'empty'));
      const { code, err } = await limetal(join(folder, 'empty'));
      expect([code, err.includes('no file in it')]).toEqual([2, true]);
    });
  });

  test('files of one test are joined when a person says so', async () => {
    const later = cycling.replaceAll(/^(\d+),/gm, (_, time_s: string) => `${Number(time_s) + 20000},`);
    const [first, second] = [file('test_01.csv', cycling), file('test_02.csv', later)];
    const { out } = await limetal(first, second, '--join-all', '--cell', 'Cu', '--json');
    const { files } = JSON.parse(out);
    expect(files).toHaveLength(1);
    expect(files[0].paths).toEqual([first, second]);
    expect(files[0].joined.length).toBeGreaterThan(0);
    const { out: told } = await limetal(first, second, '--join-all', '--cell', 'Cu');
    const [, how] = /^Joined +(\S.*)$/m.exec(told)!;
    expect(told.split(how!)).toHaveLength(2);
    const { code, err } = await limetal(first, '--join', '--join-all');
    expect([code, err.includes('--join-all')]).toEqual([2, true]);
  });
});
