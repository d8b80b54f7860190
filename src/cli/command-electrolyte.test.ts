import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { typed } from './command-line.test-tool.ts';

const limetal = (...argv: readonly string[]) => typed(['electrolyte', ...argv]);

test('a name in full: canonical form, class, components, density, transport', async () => {
  const { code, out, err } = await limetal('1M LiPF6 EC-EMC (3:7 wt) 2% wt VC');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^1 M LiPF6 in EC\/EMC \(3:7 w\/w\) \+ 2 wt% VC\n/);
  expect(out).toContain('As written    1M LiPF6 EC-EMC (3:7 wt) 2% wt VC');
  expect(out).toMatch(/Class +carbonate-additive/);
  expect(out).toContain('nothing was guessed');
  expect(out).toMatch(/additive {2}VC +C3H2O3 +86\.05 +2\.393 +2 +0\.2761 +0\.2658 +O=C1OC=CO1/);
  expect(out).toMatch(/Density +1\.188 g\/mL/);
  expect(out).toMatch(/Transport +\d[\d.]* mS\/cm/);
});

test('what was guessed is said', async () => {
  const { out } = await limetal('1 M LiPF6 in EC/DEC (1:1)');
  expect(out).toMatch(/Confidence +0\.8\n +1:1 without a basis is read as volumes/);
});

test('words without quotation marks are one name, if they make one', async () => {
  const { code, out } = await limetal('4', 'M', 'LiFSI', 'in', 'DME');
  expect(code).toBe(0);
  expect(out).toMatch(/^4 M LiFSI in DME\n/);
});

test('unknown names end with exit code 2 and the nearest known ones', async () => {
  const { code, out, err } = await limetal('1 M LiPF6 in EC/DME (1:1 v/v)', '1 M LiPF7 in FECC');
  expect(code).toBe(2);
  expect(err).toContain('"LiPF7", want the name of a salt, a solvent or an additive (did you mean LiPF6');
  expect(err).toContain('"FECC"');
  expect(out).toContain('1 M LiPF6 in EC/DME (1:1 v/v)');
  expect(out).toContain('2 names: 1 read, 1 not');
});

test('a file of names: a line for each, and how many were read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'limetal-names-'));
  try {
    const path = join(folder, 'names.txt');
    const names = ['LiFSI-1.2DME-3TTE', '', 'LiFSI SL (1:3 molar)', '1 M LiTFSI G4', '1 M LiFSI DEE', 'LP30', 'soup'];
    writeFileSync(path, names.join('\r\n'));
    const { code, out, err } = await limetal('--file', path);
    expect(code).toBe(2);
    expect(out).toMatch(/^LiFSI\/DME\/TTE \(1:1\.2:3 mol\) +localised +1 +1\.24 +LiFSI-1\.2DME-3TTE$/m);
    expect(out).toContain('6 names: 5 read, 1 not');
    expect(err).toContain('"soup"');
    const document = JSON.parse((await limetal('--file', path, '--json')).out);
    expect([document.read, document.failed, document.electrolytes.length]).toEqual([5, 1, 6]);
    expect(document.electrolytes[5].issues[0].found).toBe('"soup"');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('JSON holds every amount, in SI, with the descriptors and the transport of a run', async () => {
  const { code, out } = await limetal('LiFSI-1.2DME-3TTE', '--json');
  expect(code).toBe(0);
  const [found] = JSON.parse(out).electrolytes;
  expect(found).toMatchObject({ canonical: 'LiFSI/DME/TTE (1:1.2:3 mol)', class: 'localised', confidence: 1 });
  expect(found.components.map(({ id }: { id: string }) => id)).toEqual(['LiFSI', 'DME', 'TTE']);
  expect(found.components[0].moleFraction).toBeCloseTo(1 / 5.2, 12);
  expect(found.descriptors.donorSitesPerLithium).toBeCloseTo(2.4, 12);
  expect(found.transport.conductivity_S_per_m).toBeGreaterThan(0.01);
});

test('no name is bad input', async () => {
  expect(await limetal()).toMatchObject({ code: 2, err: expect.stringContaining('no name') });
});
