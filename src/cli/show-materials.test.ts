import { describe, expect, test } from 'vitest';
import {
  ADDITIVES,
  CATHODES,
  COATINGS,
  ELECTROLYTES,
  HOSTS,
  LAYERS,
  LIBRARY,
  SEPARATORS,
  SUBSTRATES,
} from '../materials/index.ts';
import { show } from './command-show.ts';
import { testTerminal } from './terminal.test-tool.ts';

async function shown(name: string, json = false): Promise<string> {
  const terminal = testTerminal();
  await show(name, { json }, terminal);
  return terminal.output();
}

describe('limetal show of a material', () => {
  test.each([
    ['Li3N', ['interphase material', 'coating', 'library']],
    ['copper foil', ['collector', 'library']],
    ['silver', ['substrate', 'library']],
    ['LiNO3', ['additive', 'library']],
    ['layered Li-rGO', ['host', 'library']],
    ['LLZO', ['library']],
  ])('%s is found as %j', async (name, kinds) => {
    const { findings } = JSON.parse(await shown(name, true));
    expect(findings.map(({ kind }: { kind: string }) => kind)).toEqual(kinds);
  });

  test('everything that exists is shown, with every tag and source of it, within the width', async () => {
    const all = [COATINGS, HOSTS, SUBSTRATES, ADDITIVES, LIBRARY].flat();
    for (const entry of all) {
      const text = await shown(entry.id);
      const words = text.replace(/\s+/g, ' ');
      const visit = (value: unknown): void => {
        if (typeof value !== 'object' || value === null) return;
        if ('source' in value && 'tag' in value) {
          expect(words, entry.id).toContain(String(value.source).replace(/\s+/g, ' '));
          expect(words, entry.id).toContain(String(value.tag));
        }
        for (const inner of Object.values(value)) visit(inner);
      };
      visit(entry);
      for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(104);
    }
  });

  test('a number of the library comes in the unit of the field, its conditions under it', async () => {
    const text = await shown('LLZTO');
    expect(text).toMatch(/ionic conductivity +0\.454 mS\/cm +measured +\[1\]\n +98 % dense/);
    expect(text).toMatch(/areal interfacial resistance +6\.95 Ω cm2 +measured/);
    const lithium = await shown('lithium metal');
    // The source gives a range without a value.
    expect(lithium).toMatch(/Young's modulus +3\.1 to 21\.4 GPa +measured/);
    expect(await shown('Li-C')).toMatch(/contact angle of molten lithium +52 ° +40 to 70 ° +prior/);
    expect(await shown('Mg3N2')).toMatch(/143\.3 kJ\/mol +computed +\[1\]\n +Mg3N2 \+ 6 Li -> 2 Li3N \+ 3 Mg; 300 K/);
  });

  test('materials lists all of them by kind, as text and as JSON', async () => {
    const { materials } = JSON.parse(await shown('materials', true));
    const kinds = [ELECTROLYTES, CATHODES, SEPARATORS, LAYERS, SUBSTRATES, COATINGS, HOSTS, ADDITIVES, LIBRARY];
    expect(materials.length).toBe(kinds.reduce((count, { length }) => count + length, 0));
    const text = await shown('materials');
    for (const { id } of materials) expect(text).toContain(`  ${id}`);
    expect(text).toContain('Library: solid electrolyte');
  });

  test('a slip in a name is answered with the name', async () => {
    await expect(shown('Li-Nafoin')).rejects.toThrow(/did you mean Li-Nafion/);
    await expect(shown('g-C3N5')).rejects.toThrow(/limetal show materials lists them.*g-C3N4/);
  });
});
