import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { builtInCell } from '../cells/index.ts';
import { spectrumFromCsv, spectrumFromJson } from '../records/index.ts';
import { cellImpedance, runTo } from '../simulation/index.ts';
import { typed } from './command-line.test-tool.ts';

const limetal = (...argv: readonly string[]) => typed(['impedance', ...argv]);
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limetal-impedance-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('limetal impedance', () => {
  test('each part with resistance, capacity and frequency; sums; the convention; capacities with tag and source', async () => {
    const { code, out, err } = await limetal('li-li-carbonate');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Spectrum      fresh; 25 °C, at rest');
    expect(out).toMatch(/both electrodes in series, so half of their sum\s+is one of two alike/);
    expect(out).toMatch(/^counter: interphase, native +200 +157 +0\.443 +1800$/m);
    expect(out).toMatch(/^working: charge transfer +2\.57 +2\.02 +20 +3100$/m);
    expect(out).toMatch(/^salt in the separator +6\.31 +4\.97 +- +0\.158$/m);
    expect(out).toMatch(/^direct current +415 +327$/m);
    expect(out).toMatch(/^high frequency +3\.39 +2\.67$/m);
    expect(out).toMatch(/double layer, Li and collectors +0\.2 F\/m2 +0\.05 to 0\.5 F\/m2 +published/);
  });

  test.each([
    ['li-li-carbonate', '--cycles', '1,10,50'],
    ['li-cu-ether-nitrate', '--at', 'cycle 5 step 1', '--bias', '0.5 mA/cm2'],
    ['li-li-llzto', '--temperature', '60 °C'],
    ['li-nmc811', '--at', '5 h'],
    ['a1-19', '--at', 'cycle 2 step 1'],
  ])('%s %s %s: no line is wider than 100 columns', async (...argv) => {
    const { code, out } = await limetal(...argv);
    expect(code).toBe(0);
    for (const line of out.split('\n')) expect(Array.from(line).length, line).toBeLessThanOrEqual(100);
  });

  test('a series has a line for each spectrum and the parts of the last', async () => {
    const { out } = await limetal('li-li-carbonate', '--cycles', '1,10');
    expect(out).toMatch(/^after cycle 1 +3\.39 +\d/m);
    expect(out).toMatch(/^after cycle 10 +3\.39 +\d/m);
    expect(out).toContain('after cycle 10:\npart');
    expect(out).toContain('counter: dead layer');
  });

  test('--json is one document: parts that add up, units in its keys', async () => {
    const { out } = await limetal('li-lfp', '--frequency', '10 Hz:1 kHz', '--points-per-decade', '2', '--json');
    const { spectra, cell } = JSON.parse(out);
    const [only] = spectra;
    expect(only.frequency_Hz).toHaveLength(5);
    expect([only.frequency_Hz[0], only.frequency_Hz[4]]).toEqual([1000, 10]);
    expect(only.blocks_direct_current).toBe(true);
    expect(only.direct_current_ohm_cm2).toBe(null);
    const sum = only.parts.reduce((total: number, part: { real_ohm: number[] }) => total + part.real_ohm[2]!, 0);
    expect(sum).toBeCloseTo(only.real_ohm[2], 10);
    const real = only.parts.reduce(
      (total: number, part: { resistance_ohm_cm2: number }) => total + part.resistance_ohm_cm2,
      0,
    );
    expect(real / only.low_frequency_real_ohm_cm2).toBeCloseTo(1, 5);
    expect(cell.area_cm2).toBeGreaterThan(0);
  });

  test('--out writes what reads back, --svg a figure', async () => {
    const svg = join(folder, 'nyquist.svg');
    const { code, err } = await limetal(
      ...['li-cu-ether-nitrate', '--at', 'cycle 1 step 1', '--out', folder, '--format', 'csv,json,bdf', '--svg', svg],
    );
    expect(code).toBe(0);
    const stem = 'li-cu-ether-nitrate.cycle-1-step-1.impedance';
    const names = [`${stem}.bdf.csv`, `${stem}.csv`, `${stem}.json`, 'nyquist.svg'];
    expect(readdirSync(folder).sort()).toEqual(names);
    for (const name of names) expect(err).toContain(`wrote ${join(folder, name)}`);
    const cell = builtInCell('li-cu-ether-nitrate');
    const { state } = runTo(cell, cell.protocol, { kind: 'cycle', cycle: 1, step: 1 });
    const { spectrum } = cellImpedance(cell, state);
    const textOf = (ending: string): string => readFileSync(join(folder, `${stem}.${ending}`), 'utf8');
    expect(spectrumFromJson(textOf('json'))).toEqual(spectrum);
    for (const ending of ['csv', 'bdf.csv']) {
      expect(spectrumFromCsv(textOf(ending)).imaginary_ohm).toEqual(spectrum.imaginary_ohm);
    }
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg/);
  });

  test('a long series is drawn with its cycles as a ramp of colour', async () => {
    const svg = join(folder, 'series.svg');
    const { code } = await limetal('li-li-carbonate', '--cycles', '1-8', '--svg', svg);
    expect(code).toBe(0);
    expect(readFileSync(svg, 'utf8')).toContain('Cycle');
  });

  test('a bare collector and a cathode are told of', async () => {
    expect((await limetal('li-cu-carbonate')).out).toMatch(
      /the working collector is bare and passes no direct current/,
    );
    expect((await limetal('li-lfp')).out).toMatch(/only the real\s+part has a limit/);
  });

  test('a run that ends before the place says so', async () => {
    const { code, out } = await limetal('li-lfp', '-p', 'Charge at C/2 until 3.8 V', '--at', '100 h');
    expect([code, out]).toEqual([2, '']);
    const ended = await limetal('li-li-carbonate', '-p', 'Plate at 5 mA/cm2 for 100 h', '--at', '90 h');
    expect(ended.out).toMatch(/after 90 h: the run ended before\./);
  });

  test.each([
    [['nope'], /nope: got neither a file nor a built-in id/],
    [['li-lfp', '--bias', '1 mA/cm2'], /--bias: got a steady current through a cathode, want none/],
    [['li-li-carbonate', '--bias', '1'], /--bias: got "1".*a unit is missing/],
    [['li-li-carbonate', '--bias', '1 A/cm2'], /--bias: got .*want a steady current that the cell can carry/],
    [['li-li-carbonate', '--frequency', '1 Hz'], /--frequency: got "1 Hz", want two frequencies/],
    [['li-li-carbonate', '--frequency', '1:10 Hz'], /--frequency: got "1", want a frequency.*a unit is missing/],
    [['li-li-carbonate', '--at', 'soon'], /--at: got "soon", want start, "cycle 10"/],
    [['li-li-carbonate', '--at', 'cycle 1', '--cycles', '2'], /--at: got "cycle 1" beside --cycles/],
    [['li-li-carbonate', '--cycles', '2', '--step', '9'], /--cycles: got step 9 of cycle 2/],
    [['li-li-carbonate', '--step', '2'], /--step: got no --cycles/],
    [['li-li-carbonate', '--temperature', '300 °C'], /--temperature: got "300 °C", want -100 °C to 180\.5 °C/],
    [['li-li-carbonate', '--format', 'csv'], /--format: got csv, want --out with it/],
    [['li-li-carbonate', '--points-per-decade', '99999'], /--points-per-decade: got 99999/],
  ])('%j is refused with exit code 2', async (argv, line) => {
    const { code, out, err } = await limetal(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(line);
  });

  test('the examples of its help work', async () => {
    const { out: help } = await limetal('--help');
    const lines = [...help.matchAll(/^ {2}limetal impedance (.+)$/gm)].map(([, line]) => line!);
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines.filter((one) => !one.includes('my.cell.json'))) {
      const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
      const { code, err } = await limetal(...words.map((word) => (word.endsWith('.svg') ? join(folder, word) : word)));
      expect([line, code], err).toEqual([line, 0]);
    }
  });

  test('all faults at once, and no folder is made', async () => {
    const out = join(folder, 'results');
    const { err } = await limetal('nope', '--frequency', 'x:y', '--bias', 'much', '--out', out, '--format', 'xls');
    for (const place of ['nope', '--frequency', '--bias', '--format']) expect(err).toContain(`${place}: got`);
    expect(existsSync(out)).toBe(false);
  });
});
