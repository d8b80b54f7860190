import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
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
    expect(out).toContain('CE is stripped/plated');
    expect(out).toMatch(/ 1 +2\.000 +1\.960 +98\.00\n +2 +2\.000 +1\.960 +98\.00/);
    expect(out).not.toContain('To be said');
    const { out: symmetric } = await limetal(file('cu.csv', cycling), '--cell', 'Li');
    expect(symmetric).toContain('No efficiency');
    const { out: full } = await limetal(file('cu.csv', cycling), '--cell', 'cathode', '--sign=-', '--json');
    const [only] = JSON.parse(full).files;
    expect(only.efficiency_convention).toBe('discharged/charged');
    expect(only.sign.turned).toBe(true);
    expect(only.cycles[0].coulombic_efficiency).toBeCloseTo(0.98, 12);
  });

  test('one file at fault does not stop the others', async () => {
    const { code, out, err } = await limetal(
      join(folder, 'missing.csv'),
      file('note.txt', 'no table\n'),
      file('z.csv', spectrum),
    );
    expect(code).toBe(2);
    expect(err).toMatch(/missing\.csv: no such file\nnote\.txt: got no table/);
    expect(out).toMatch(/Spectra +3 points, 1000 to 10 Hz, Z' 10 to 20 Ω/);
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
});
