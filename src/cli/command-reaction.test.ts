import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommandLine, type Shell } from './command-line.ts';
import { testTerminal } from './terminal.test-tool.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limetal-reaction-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function reaction(...argv: readonly string[]) {
  const terminal = testTerminal();
  // This command opens no thread: what else a shell has is not asked for.
  const shell = { terminal, version: '0.0.0', showStacks: false } as unknown as Shell;
  const code = await runCommandLine(['reaction', ...argv], shell);
  return { code, out: terminal.output(), err: terminal.errors() };
}

const json = async (...argv: readonly string[]) => JSON.parse((await reaction(...argv, '--json')).out);
const ALUMINA = 'Al2O3 + 6 Li = 3 Li2O + 2 Al';

describe('limetal reaction', () => {
  test('alumina with molten lithium: equation, energies, phases, sources, and the warning', async () => {
    const { code, out, err } = await reaction(ALUMINA, '--temperature', '200 °C');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Reaction {6}Al2O3 \+ 6 Li → 3 Li2O \+ 2 Al$/m);
    expect(out).toContain('200 °C, 473.15 K');
    expect(out).toMatch(/^ΔrG {11}−89\.9 kJ\/mol as written: downhill$/m);
    expect(out).toMatch(/^Potential {5}\+0\.155 V against Li\/Li⁺$/m);
    expect(out).toMatch(/^−6 +Li +liquid +\+0\.0 +published$/m);
    expect(out).toContain('Gurvich 1996a pt1 p134');
    expect(out).toContain('necessary, not sufficient, for wetting');
    for (const line of out.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(100);
  });

  test('the same as JSON, at 25 °C without a temperature', async () => {
    const answer = await json('LiNO3 + 8 Li -> 3 Li2O + Li3N');
    expect(answer).toMatchObject({
      equation: 'LiNO3 + 8 Li → 3 Li2O + Li3N',
      how: 'as written',
      temperature_C: 25,
      lithium_mol: 8,
      favourable: true,
      conversion: null,
    });
    expect(answer.potential_V).toBeCloseTo(1.849, 3);
    expect(answer.gibbs_kJ_per_mol).toBeCloseTo(answer.enthalpy_kJ_per_mol - 0.29815 * answer.entropy_J_per_mol_K, 2);
    expect(answer.substances.map(({ formula }: { formula: string }) => formula)).toEqual([
      'LiNO3',
      'Li',
      'Li2O',
      'Li3N',
    ]);
    for (const { tag, source } of answer.substances) expect([typeof tag, source.length > 3]).toEqual(['string', true]);
  });

  test('the left side alone, words of one reaction apart, and no potential without lithium', async () => {
    expect((await reaction('SnO2', '+', 'Li')).out).toContain(
      'SnO2 + 8.4 Li → 2 Li2O + 0.2 Li22Sn5 (products of the lowest energy',
    );
    expect((await reaction('ZnO + Li = Li2O + Zn')).out).toContain('ZnO + 2 Li → Li2O + Zn (coefficients found here)');
    const { out } = await reaction('Sn + O2 = SnO2');
    expect(out).not.toContain('Potential');
  });

  test('no enthalpy where the alloy has none', async () => {
    const { out } = await reaction('Si + Li', '-t', '250 °C');
    expect(out).toMatch(/^ΔrH {11}- kJ\/mol$/m);
    expect(out).toContain('plateaus of 673.15 K taken unchanged');
    expect((await json('Si + Li')).enthalpy_kJ_per_mol).toBeNull();
  });

  test.each([
    [['Al2O3 + 6 Li = 3 Li2O + Al'], 'balance of Al: got 2 on the left and 1 on the right'],
    [['ZnO3 + Li'], 'ZnO3: got a substance without thermodynamic data'],
    [[ALUMINA, '-t', '9000 °C'], 'temperature of Al2O3: got 9273.15 K'],
    [[ALUMINA, '-t', '5 mA'], '--temperature: got'],
    [[], 'reaction: got nothing'],
    [['--map', ALUMINA], '--map: got the reaction'],
    [[ALUMINA, '--svg', 'x.svg'], '--svg: got x.svg, want it beside --map'],
    [['--map', '-t', '-200 °C'], 'temperature of Li'],
  ])('%j is refused with exit code 2', async (argv, fault) => {
    const { code, out, err } = await reaction(...argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(fault);
  });
});

describe('limetal reaction --map', () => {
  test('the table of elements, the score against the review, what disagrees', async () => {
    const { code, out, err } = await reaction('--map');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Elements beside lithium at 250 °C');
    for (const cell of ['NR', 'SnA', 'Ti-', 'Xe?', 'CaA~'])
      expect(out).toMatch(new RegExp(`(^| )${cell.replace('?', '\\?')}( |$)`, 'm'));
    expect(out).toContain('agrees for 36 of 38 elements');
    expect(out.match(/^Disagrees/gm)).toHaveLength(2);
    for (const line of out.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(100);
  });

  test('as JSON and as a figure', async () => {
    const path = join(folder, 'map.svg');
    const map = await json('--map', '--temperature', '300 °C', '--svg', path);
    expect(map).toMatchObject({ temperature_C: 300, agreement: { compared: 38 } });
    expect(map.elements).toHaveLength(82);
    const { counts } = map;
    expect(counts.reacts + counts.alloys + counts.neither + counts.unknown).toBe(82);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain('at 300 °C');
  });
});
