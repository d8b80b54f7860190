import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { typed } from './command-line.test-tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'limetal-figures-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CASES = [
  [
    'interface',
    ['interface', 'LATP', '--samples', '20'],
    ['Resistance of the interface, by part', 'constriction', 'Stack pressure', 'Thickness'],
  ],
  ['interface of type I', ['interface', 'LLZO', '--samples', '20'], ['charge transfer', 'Stack pressure']],
  [
    'wetting',
    ['wetting', '--substrate', 'ZnO on carbon', '--pore', '5 µm', '--depth', '100 µm', '--samples', '20'],
    ['Molten lithium on zinc oxide on carbon', 'Contact angle 30°', 'Filled'],
  ],
  ['wetting without a host', ['wetting', '--substrate', 'clean copper', '--samples', '20'], ['Contact angle']],
  [
    'design energy',
    ['design', 'energy', '--samples', '20'],
    ['Bill of materials', 'electrolyte', 'What moves the energy per mass most', 'input low'],
  ],
] as const;

describe.each(CASES)('the figure of %s', (name, words, texts) => {
  test('is one sound document that names the program, and the answer is the same as without', async () => {
    const path = join(folder, `${name.replaceAll(' ', '-')}.svg`);
    const { code, out, err } = await typed([...words, '--svg', path]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe((await typed(words)).out);
    const svg = readFileSync(path, 'utf8');
    expect(svg).toMatch(/^<svg [^>]*width="\d+"/u);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/u);
    expect(svg).toContain('>limetal 0.0.0</text>');
    expect(svg.split('<svg ').length).toBe(svg.split('</svg>').length);
    for (const text of texts) expect(svg).toContain(text);
  });
});

describe('a figure', () => {
  test('of an answer that has none, or in a folder that is not there, is refused before anything is computed', async () => {
    const electrolyte = ['wetting', '--electrolyte', '1 M LiPF6 in EC/DEC', '--svg', join(folder, 'x.svg')];
    const none = await typed(electrolyte);
    expect([none.code, none.out]).toEqual([2, '']);
    expect(none.err).toContain('--svg: got it beside --electrolyte');
    for (const words of [
      ['interface', 'LLZO'],
      ['wetting', '--substrate', 'Cu'],
      ['design', 'energy'],
    ]) {
      const { code, err } = await typed([...words, '--svg', folder]);
      expect([code, err.includes('--svg')]).toEqual([2, true]);
    }
  });
});
