import { describe, expect, test } from 'vitest';
import { runCommandLine, type Shell } from './command-line.ts';
import { testTerminal } from './terminal.test-tool.ts';

async function design(...argv: readonly string[]) {
  const terminal = testTerminal();
  // These commands open no thread: what else a shell has is not asked for.
  const shell = { terminal, version: '0.0.0', showStacks: false } as unknown as Shell;
  const code = await runCommandLine(['design', ...argv], shell);
  return { code, out: terminal.output(), err: terminal.errors() };
}

const json = async (...argv: readonly string[]) => JSON.parse((await design(...argv, '--json')).out);

describe('design required-efficiency', () => {
  test('without numbers the usual table, to its digits', async () => {
    const { code, out, err } = await design('required-efficiency');
    expect(code).toBe(0);
    expect(err).toBe('');
    const rows = out.split('\n').filter((line) => /^(N\/P|no excess|[\d.]+) /.test(line));
    expect(rows.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['N/P', '100', '200', '300', '500', '1000'],
      ['no excess', '99.777', '99.888', '99.926', '99.955', '99.978'],
      ['0.5', '99.278', '99.639', '99.759', '99.855', '99.928'],
      ['1', '98.778', '99.389', '99.592', '99.755', '99.878'],
      ['2', '97.779', '98.889', '99.259', '99.555', '99.778'],
      ['5', '94.783', '97.390', '98.260', '98.956', '99.478'],
    ]);
    expect(out).toContain('0.13 %');
    for (const line of out.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(100);
  });

  test('one answer in words and as JSON', async () => {
    const argv = ['required-efficiency', '--n-to-p', '2', '--cycles', '300', '--retention', '0.8'];
    expect((await design(...argv)).out).toMatch(/^99\.259 % keeps 80 % of capacity for 300 cycles at N\/P 2\./);
    const answer = await json(...argv);
    expect(answer).toMatchObject({ n_to_p: 2, excess: 2, cycles: 300, retention: 0.8, counts: 'foil' });
    expect(answer.coulombic_efficiency).toBeCloseTo(0.99259, 5);
    expect(answer.rows).toHaveLength(1);
  });

  test('lists make a table of their own, and JSON its rows', async () => {
    const { rows } = await json(
      'required-efficiency',
      '--n-to-p',
      '0.5,13',
      '--cycles',
      '12, 100',
      '--retention',
      '80 %',
    );
    expect(rows.map((row: { n_to_p: number; cycles: number }) => [row.n_to_p, row.cycles])).toEqual([
      [0.5, 12],
      [0.5, 100],
      [13, 12],
      [13, 100],
    ]);
    expect(rows[2].coulombic_efficiency).toBeNull();
    const { out } = await design('required-efficiency', '--n-to-p', '0.5,13', '--cycles', '12, 100');
    expect(out).toMatch(/^13 +any +/m);
    expect(out).toContain('Any: the excess alone lasts as long.');
  });

  test('without an anode, and with all lithium counted', async () => {
    const anodeFree = await json('required-efficiency', '--anode-free', '--cycles', '300');
    expect(anodeFree.coulombic_efficiency).toBeCloseTo(0.8 ** (1 / 300), 12);
    const foil = await json('required-efficiency', '--n-to-p', '1.3', '--cycles', '300');
    const all = await json('required-efficiency', '--n-to-p', '2.3', '--counts', 'all', '--cycles', '300');
    expect(all).toMatchObject({ n_to_p: 2.3, counts: 'all' });
    expect(all.coulombic_efficiency).toBeCloseTo(foil.coulombic_efficiency, 12);
  });

  test('a test that lithium cannot have ended is told as such', async () => {
    const { code, out } = await design('required-efficiency', '--n-to-p', '13', '--cycles', '12');
    expect(code).toBe(0);
    expect(out).toContain('ended by something else than its lithium');
  });

  test('nearly perfect efficiencies keep the digits that tell them from 1', async () => {
    const { out } = await design('required-efficiency', '--anode-free', '--cycles', '1000000');
    expect(out).toMatch(/^99\.999978 %/);
  });

  test('all faults at once, each with its option; exit code 2', async () => {
    const { code, out, err } = await design(
      'required-efficiency',
      '--n-to-p',
      'x',
      '--cycles',
      '-3',
      '--retention',
      '80',
    );
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('--n-to-p: got "x"');
    expect(err).toContain('--cycles: got -3, want a number of cycles above 0');
    expect(err).toContain('--retention: got "80"');
    expect(err).toContain('did you mean 0.8?');
  });

  test.each([
    [['--retention', '0'], '--retention: got 0, want a share of capacity above 0'],
    [['--n-to-p', '-1'], '--n-to-p: got -1, want a ratio from 0'],
    [['--n-to-p', '1,,2'], '--n-to-p: got ""'],
    [['--n-to-p', '0.5', '--counts', 'all'], '--n-to-p: got 0.5, want at least 1 where N counts all lithium'],
    [['--n-to-p', '1', '--anode-free'], '--n-to-p: got 1 beside --anode-free'],
    [['--cycles', '1e9'], '--cycles: got 1e9'],
    [['--cycles', Array.from({ length: 21 }, (_, k) => k + 1).join(',')], '--cycles: got 21 numbers, want at most 20'],
    [['--counts', 'some'], 'some'],
  ])('%j', async (argv, message) => {
    const { code, err } = await design('required-efficiency', ...argv);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('design lifetime', () => {
  const LEAN = ['lifetime', '--n-to-p', '13', '--e-to-c', '3 g/Ah', '--capacity', '3.8 mAh/cm2'];

  test('a lean coin cell dries out while its lithium would last for 66 cycles', async () => {
    const { code, out } = await design(...LEAN, '--efficiency', '80%');
    expect(code).toBe(0);
    expect(out).toMatch(/^Lithium +66 cycles/m);
    expect(out).toMatch(/^Electrolyte +12 cycles/m);
    expect(out).toMatch(/^First gone +the electrolyte, after 12 cycles/m);
    // 20 % of 3.8 mAh/cm2, and 3 g/Ah of it.
    expect(out).toContain('loses 0.76 mAh/cm² of lithium');
    expect(out).toContain('of 11.4 mg/cm² electrolyte');
    for (const line of out.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(100);
    const answer = await json(...LEAN, '--ce', '0.8');
    expect(answer).toMatchObject({ solved_for: 'cycles', first: 'electrolyte', e_to_c_g_per_Ah: 3 });
    expect(answer.lithium_cycles).toBeCloseTo(66, 9);
    expect(answer.cycles).toBe(answer.electrolyte_cycles);
  });

  test('a foil by its thickness: 20 µm on 4 mAh/cm2 is N/P 1.03', async () => {
    const answer = await json(
      'lifetime',
      '--cycles',
      '600',
      '--lithium',
      '20 µm',
      '--capacity',
      '4 mAh/cm2',
      '--retention',
      '0.76',
    );
    expect(answer.n_to_p).toBeCloseTo(20 / (4 * 4.85), 3);
    expect(answer).toMatchObject({
      solved_for: 'efficiency',
      decided_by: 'lithium',
      electrolyte_coulombic_efficiency: null,
    });
    expect(answer.coulombic_efficiency).toBeCloseTo(0.9978, 4);
  });

  test('asked both ways it agrees with itself', async () => {
    const supply = ['lifetime', '--n-to-p', '1', '--e-to-c', '2.4 g/Ah'];
    const { coulombic_efficiency, decided_by } = await json(...supply, '--cycles', '400');
    const back = await json(...supply, '--efficiency', String(coulombic_efficiency));
    expect(back.cycles).toBeCloseTo(400, 6);
    expect(back[`${decided_by}_cycles`]).toBe(back.cycles);
    const needed = await json('lifetime', '--efficiency', String(coulombic_efficiency), '--cycles', '400');
    expect(needed.needed_n_to_p).toBeLessThanOrEqual(1 + 1e-9);
    expect(needed.needed_e_to_c_g_per_Ah).toBeLessThanOrEqual(2.4 + 1e-9);
    expect(Math.max(needed.needed_n_to_p, needed.needed_e_to_c_g_per_Ah / 2.4)).toBeCloseTo(1, 8);
  });

  test('with efficiency and cycles: what they need, and whether what is there is enough', async () => {
    const { out } = await design('lifetime', '--ce', '99.5%', '--cycles', '300', '--n-to-p', '2', '--e-to-c', '1 g/Ah');
    expect(out).toMatch(/^Lithium +N\/P 1\.277; 2 given is enough/m);
    expect(out).toMatch(/^Electrolyte +1\.866 g\/Ah; 1 given is too little/m);
    const foil = await design('lifetime', '--ce', '99.5%', '--cycles', '300', '--capacity', '4 mAh/cm2');
    expect(foil.out).toContain('N/P 1.277, 24.8 µm of foil');
  });

  test('what a molecule costs can be said', async () => {
    const base = await json(...LEAN, '--ce', '0.99');
    const other = await json(
      ...LEAN,
      '--ce',
      '0.99',
      '--electrons',
      '2',
      '--molar-mass',
      '50 g/mol',
      '--interphase-share',
      '1',
      '--usable',
      '0.5',
    );
    expect(other.electrolyte_cycles / base.electrolyte_cycles).toBeCloseTo((2 * 2 * 0.5) / 3, 9);
    const none = await json(...LEAN, '--ce', '0.99', '--interphase-share', '0');
    expect(none).toMatchObject({ electrolyte_cycles: null, first: 'lithium' });
  });

  test.each([
    [['lifetime'], ['neither --efficiency nor --cycles', 'no supply']],
    [
      ['lifetime', '--ce', '99.5', '--e-to-c', '3', '--lithium', '20 µm'],
      ['did you mean 0.995?', 'did you mean "3 g/Ah"?', '--capacity: got nothing'],
    ],
    [
      ['lifetime', '--ce', '0', '--anode-free', '--lithium', '20 µm'],
      ['--efficiency: got 0', '--lithium: got 20 µm beside --anode-free'],
    ],
    [['lifetime', '--ce', '0.9', '--n-to-p', '1,2'], ['--n-to-p: got 1,2, want one ratio']],
    [['lifetime', '--ce', '0.9', '--lithium', '20 µm', '--n-to-p', '2'], ['--lithium: got 20 µm beside --n-to-p']],
  ])('%j is refused with all its faults', async (argv, messages) => {
    const { code, out, err } = await design(...argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    for (const message of messages) expect(err).toContain(message);
  });

  test('the examples of the help work', async () => {
    for (const command of ['required-efficiency', 'lifetime']) {
      const { out } = await design(command, '--help');
      const examples = [...out.matchAll(/^ {2}limetal design (.+)$/gm)].map(([, line]) =>
        [...line!.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!),
      );
      expect(examples.length).toBeGreaterThan(3);
      for (const argv of examples) expect((await design(...argv)).code, argv.join(' ')).toBe(0);
    }
  });
});
