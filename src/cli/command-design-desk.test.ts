import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  auditClaim,
  ENERGY_CASES,
  energyAnswer,
  energyBands,
  reservoirAnswer,
  USUAL_RESERVOIR,
} from '../design/index.ts';
import { runCommandLine, type Shell } from './command-line.ts';
import { testTerminal } from './terminal.test-tool.ts';

async function design(...argv: readonly string[]) {
  const terminal = testTerminal();
  const shell = { terminal, version: '0.0.0', showStacks: false } as unknown as Shell;
  const code = await runCommandLine(['design', ...argv], shell);
  return { code, out: terminal.output(), err: terminal.errors() };
}
const json = async (...argv: readonly string[]) => JSON.parse((await design(...argv, '--json')).out);

const folder = mkdtempSync(join(tmpdir(), 'limetal-desk-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

describe.each(['energy', 'audit', 'reservoir'])('the help of design %s', (name) => {
  test('has examples, each of which works', async () => {
    const { out: help } = await design(name, '--help');
    const examples = [...help.matchAll(/^ {2}limetal design (.+)$/gm)].map(([, words]) => words!);
    expect(examples.length).toBeGreaterThan(2);
    for (const example of examples) {
      const argv = [...example.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
      const { code, out, err } = await design(...argv);
      expect([example, code, err]).toEqual([example, 0, '']);
      expect(out.length).toBeGreaterThan(40);
    }
  });
});

describe('design energy', () => {
  test('says the reference cell, its bill of materials and its facts within 100 columns', async () => {
    const { out } = await design('energy');
    expect(out).toMatch(/^333\.36 Wh\/kg \(32\d\.\d to 34\d(\.\d)?\)\n760\.6\d Wh\/L/);
    expect(out).toMatch(/^cathode +374\.1 +50\.1 /m);
    expect(out).toMatch(/^Rate +not stated$/m);
    expect(out).toMatch(/^Measured or projected +projected/m);
    for (const line of out.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(100);
  });

  test('gives the numbers of the library, to the last digit', async () => {
    for (const { id, text } of ENERGY_CASES) {
      const answer = energyAnswer(text);
      const { outputs } = energyBands(answer.cell, { samples: 200 });
      expect(await json('energy', '--case', id, '--samples', '200')).toMatchObject({
        specific_energy_Wh_per_kg: answer.energy.specificEnergy_J_per_kg / 3600,
        specific_energy_band80_Wh_per_kg: outputs.specificEnergy_J_per_kg.band80.map((value) => value / 3600),
        energy_density_Wh_per_L: answer.energy.energyDensity_J_per_m3 / 3.6e6,
        mass_g: 1e3 * answer.energy.mass_kg,
      });
    }
  });

  test('reads a file, lets --set go before it, and seeks', async () => {
    const path = file('cell.json', { lithium: '20 µm', electrolyte: '2.4 g/Ah' });
    const fromFile = await json('energy', path);
    expect(fromFile.e_to_c_g_per_Ah).toBeCloseTo(2.4, 9);
    const set = await json('energy', path, '--set', 'electrolyte=3 g/Ah');
    expect(set.e_to_c_g_per_Ah).toBeCloseTo(3, 9);
    const { out } = await design('energy', '--seek', 'lithium', '--target', '350 Wh/kg');
    expect(out).toMatch(/350 Wh\/kg takes lithium on each face of 19\.27 µm/);
    const never = await design('energy', '--seek', 'lithium', '--target', '400 Wh/kg');
    expect(never.code).toBe(0);
    expect(never.out.replace(/\s+/g, ' ')).toMatch(
      /400 Wh\/kg is not reached: .* The nearest is 361\.3 Wh\/kg at 0 µm\./,
    );
  });

  test('tells every fault at once and leaves with 2', async () => {
    const { code, err, out } = await design(
      'energy',
      '--case',
      'lithum-50',
      '--set',
      'lithum=20 µm',
      '--seek',
      'lithium',
      '--target',
      '5 apples',
    );
    expect(code).toBe(2);
    expect(out).toBe('');
    for (const words of [/did you mean lithium-50/, /did you mean lithium/, /"400 Wh\/kg"/]) expect(err).toMatch(words);
    expect((await design('energy', file('bad.json', '[1]'))).code).toBe(2);
    expect((await design('energy', '--set', 'lithium')).err).toMatch(/name=amount/);
  });
});

describe('design audit', () => {
  const claim = {
    cycles: '600',
    retention: '76 %',
    nToP: '1',
    counts: 'foil',
    lithium: '20 µm',
    cathodeCapacity: '4.1 mAh/cm2',
    eToC: '2.4 g/Ah',
    stated: ['pressure', 'temperature'],
  };

  test('says what 600 cycles at N/P 1 imply, with the energy and what is missing', async () => {
    const { code, out } = await design('audit', file('niu.json', claim));
    expect(code).toBe(0);
    expect(out).toMatch(/its efficiency was 99\.79 %/);
    expect(out).toMatch(/^Implied +3\d\d Wh\/kg/m);
    expect(out).toMatch(/Missing \(\d+ of 28\)/);
    expect(out).not.toMatch(/stack pressure/);
  });

  test('gives the numbers of the library', async () => {
    const document = await json('audit', file('again.json', claim));
    const audit = auditClaim({ ...claim, stated: 'pressure, temperature' });
    expect(document.implied[0].coulombic_efficiency).toBe(audit.implied[0]!.implied.efficiency);
    expect(document.specific_energy_Wh_per_kg).toBe(audit.energy!.specificEnergy_J_per_kg.value / 3600);
    expect(document.lights.map(({ level }: { level: string }) => level)).toEqual(
      audit.lights.map(({ level }) => level),
    );
    expect(document.missing.length + document.stated.length).toBe(28);
  });

  test('tells every fault at once and leaves with 2', async () => {
    const { code, err } = await design(
      'audit',
      '--set',
      'cycle=3',
      '--set',
      'retention=300 %',
      '--set',
      'stated=presure',
    );
    expect(code).toBe(2);
    for (const words of [/cycles/, /retention/, /pressure/]) expect(err).toMatch(words);
  });
});

describe('design reservoir', () => {
  test('is 99.00 ± 0.13 %, and gives the numbers of the library', async () => {
    const { out } = await design('reservoir', '--stripped', '4.85 mAh/cm2');
    expect(out).toMatch(/^99\.00 ± 0\.13 %/);
    const document = await json('reservoir', '--stripped', '4.85 mAh/cm2');
    const answer = reservoirAnswer({
      ...USUAL_RESERVOIR,
      stripped_C_per_m2: 4.85 * 36000,
      mismatch: 0,
      cells: 1,
      strippedElsewhere_C_per_m2: null,
    });
    expect(document.coulombic_efficiency).toBeCloseTo(answer.efficiency, 14);
    expect(document.error).toBe(answer.error);
  });

  test('tells every fault at once', async () => {
    const { code, err } = await design('reservoir', '--cycles', '2.5', '--error', '3 µm');
    expect(code).toBe(2);
    for (const flag of ['--stripped', '--cycles', '--error']) expect(err).toContain(flag);
  });
});
