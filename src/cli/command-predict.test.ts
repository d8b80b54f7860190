import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typed } from './command-line.test-tool.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'limetal-predict-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXT = '1 M LiPF6 in EC/DEC (1:1 v/v) + 10 wt% FEC';

describe('one electrolyte', () => {
  test('a readable answer of at most 100 columns: value, interval, losses, reasons, what is not said', async () => {
    const { code, out, err } = await typed(['predict', TEXT]);
    expect(code).toBe(0);
    expect(err).toBe('');
    for (const line of out.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(100);
    expect(out).toMatch(/^CE {12}\d\d\.\d+ %; 80 % of laboratories from \d\d\.\d+ to \d\d\.\d+ %$/m);
    expect(out).toMatch(/as metal \(Li⁰\), \d+\.\d\d % as Li⁺/);
    expect(out).toContain('metal out of contact');
    expect(out).toMatch(/−0\.\d\d {2}cyclic carbonates and lactones make \d+ % of the interphase/);
    expect(out).toContain('without its additives');
    expect(out).toContain('Not predicted: when a dendrite shorts the cell');
  });

  test('words without quotation marks are one electrolyte', async () => {
    const { out } = await typed(['predict', '4', 'M', 'LiFSI', 'in', 'DME', '--json']);
    expect(JSON.parse(out).electrolyte.canonical).toBe('4 M LiFSI in DME');
  });

  test('one JSON document, with what the contract asks for', async () => {
    const { code, out } = await typed(['predict', TEXT, '--current', '3 mA/cm2', '--rest', '2 h', '--json']);
    expect(code).toBe(0);
    const { coulombic_efficiency, interval80, losses, electrolyte, conditions, reasons, plating } = JSON.parse(out);
    expect(interval80[0]).toBeLessThan(coulombic_efficiency);
    expect(interval80[1]).toBeGreaterThan(coulombic_efficiency);
    const lost = Object.values(losses as Record<string, number>).reduce((total, share) => total + share, 0);
    expect(lost).toBeCloseTo(1 - coulombic_efficiency, 5);
    expect(electrolyte).toMatchObject({ class: 'carbonate-additive', warnings: [] });
    expect(conditions).toMatchObject({ current_mA_per_cm2: 3, capacity_mAh_per_cm2: 1, rest_h: 2, temperature_C: 25 });
    expect(reasons.length).toBeGreaterThan(3);
    expect(plating.deposit_size).toMatchObject({ unit: 'm', tag: 'fitted' });
  });

  test('a coating by either word, a host, a temperature and samples are taken', async () => {
    const { out } = await typed([
      ...['predict', '4 M LiFSI in DME', '--interphase', 'LiPAA', '--host', 'carbon-cloth', '--temperature', '45 °C'],
      ...['--capacity', '3 mAh/cm2', '--samples', '10', '--seed', '4', '--json'],
    ]);
    const { conditions, interval_from } = JSON.parse(out);
    expect(conditions).toMatchObject({ coating: 'LiPAA', host: 'carbon-cloth', temperature_C: 45 });
    expect(interval_from).toBe('samples');
  });

  test.each([
    [['predict'], 'electrolyte: got nothing'],
    [['predict', '1 M LiPF6 in unobtainium'], 'unobtainium'],
    [['predict', TEXT, '--current', '1 V'], '--current'],
    [['predict', TEXT, '--host', 'moon-cheese'], 'moon-cheese'],
    [['predict', TEXT, '--coating', 'LiF', '--interphase', 'Li3N'], 'one of the two'],
    [['predict', TEXT, '--file', 'x.txt'], 'one of the two'],
  ])('%j is bad input', async (argv, message) => {
    const { code, out, err } = await typed(argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
  });

  test('every fault of the options at once', async () => {
    const { err } = await typed(['predict', TEXT, '--current', 'much', '--capacity', '1 V', '--rest', 'long']);
    for (const option of ['--current', '--capacity', '--rest']) expect(err).toContain(option);
  });

  test('with those of the electrolyte and of what is put on the copper', async () => {
    const { code, out, err } = await typed([
      'predict',
      '1 M Foo in EC',
      '--rest',
      '-3 h',
      '--capacity',
      '1 V',
      '--host',
      'sponge',
      '--coating',
      'paint',
    ]);
    expect(code).toBe(2);
    expect(out).toBe('');
    for (const word of ['"Foo"', 'rest: got -3 h', '--capacity', '"sponge"', '"paint"']) expect(err).toContain(word);
  });

  test('what is asked of several electrolytes is faulted once, beside their names', async () => {
    const { code, out, err } = await typed(['predict', '1 M Foo in EC', TEXT, '--host', 'sponge']);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.match(/"sponge"/g)).toHaveLength(1);
    expect(err).toContain('1 M Foo in EC: electrolyte, character 5: got "Foo"');
  });
});

describe('a file of electrolytes', () => {
  test('one line for each, remarks left out; a line at fault is told and the others are done', async () => {
    const file = join(folder, 'electrolytes.txt');
    writeFileSync(
      file,
      `# two that are known\n${TEXT}\r\n\n4 M LiFSI in DME # concentrated\n1 M LiPF6 in unobtainium\n`,
    );
    const { code, out, err } = await typed(['predict', '--file', file]);
    expect(code).toBe(2);
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBe(4);
    expect(lines[2]).toMatch(/concentrated +4 M LiFSI in DME$/);
    expect(lines[3]).toContain('not understood');
    expect(err).toContain('unobtainium');
  });

  test('several names are several electrolytes, words of one name one', async () => {
    const several = JSON.parse((await typed(['predict', TEXT, '4 M LiFSI in DME', '--json'])).out);
    expect(several.predictions.length).toBe(2);
    const one = JSON.parse((await typed(['predict', '4', 'M', 'LiFSI', 'in', 'DME', '--json'])).out);
    expect(one).toEqual(several.predictions[1]);
  });

  test('the standard input, as JSON in the order of the lines', async () => {
    const { code, out } = await typed(['predict', '--file', '-', '--json'], `${TEXT}\n4 M LiFSI in DME\n`);
    expect(code).toBe(0);
    const { predictions } = JSON.parse(out);
    expect(predictions.map(({ electrolyte }: { electrolyte: { text: string } }) => electrolyte.text)).toEqual([
      TEXT,
      '4 M LiFSI in DME',
    ]);
    const alone = JSON.parse((await typed(['predict', TEXT, '--json'])).out);
    expect(predictions[0]).toEqual(alone);
  });

  test('nothing in it, or no such file', async () => {
    const empty = join(folder, 'empty.txt');
    writeFileSync(empty, '\n# nothing\n');
    expect((await typed(['predict', '--file', empty])).code).toBe(2);
    expect((await typed(['predict', '--file', join(folder, 'absent.txt')])).code).toBe(2);
  });
});

test('every electrolyte of the calibration is foretold, each within its own interval for about 80 % of them', async () => {
  const kim = JSON.parse(readFileSync(new URL('../../validation/calibration/kim2023.json', import.meta.url), 'utf8'));
  const rows: { electrolyte: string; ce_percent: number }[] = kim.rows;
  const { code, out } = await typed(
    ['predict', '--file', '-', '--json'],
    rows.map(({ electrolyte }) => electrolyte).join('\n'),
  );
  expect(code).toBe(0);
  const { predictions } = JSON.parse(out);
  const inside = rows.filter(({ ce_percent }, i) => {
    const [low, high] = predictions[i].interval80;
    return low * 100 <= ce_percent && ce_percent <= high * 100;
  });
  expect(predictions.length).toBe(98);
  expect(inside.length).toBeGreaterThan(72);
});
