import { describe, expect, test } from 'vitest';
import { builtInCell, builtInCells } from '../cells/index.ts';
import { simulate } from '../simulation/index.ts';
import { bibliographyOf, methodsParagraph } from './methods.ts';

const described = (id: string) => {
  const cell = builtInCell(id);
  return simulate(cell, cell.protocol!, { model: 'fast', cycles: 2 });
};

describe('the bibliography of a run', () => {
  test('has one entry for each work that any value names, with author and year as the source tells them', () => {
    const { works, text } = bibliographyOf(described('li-nmc811'));
    expect(new Set(works.map(({ doi }) => doi)).size).toBe(works.length);
    expect(new Set(works.map(({ key }) => key)).size).toBe(works.length);
    const chen = works.find(({ doi }) => doi === '10.1149/1945-7111/ab9050')!;
    expect(chen.key).toBe('chen-2020');
    expect(chen.bibtex).toContain('author = {Chen and others}');
    // A work that the reviews cite has its full entry.
    expect(works.find(({ doi }) => doi === '10.1038/nenergy.2016.10')!.bibtex).toContain('journal = {');
    for (const { bibtex } of works) expect(text).toContain(bibtex);
  });

  test('of a tabulated system cites the work and the review that reports it', () => {
    const { works } = bibliographyOf(described('a1-45'));
    expect(works.map(({ key }) => key)).toContain('review-a');
    expect(works.some(({ bibtex }) => bibtex.includes('from memory'))).toBe(true);
  });

  test('leaves no DOI of any built-in cell out, and takes no bracket for a part of one', () => {
    for (const { id } of builtInCells()) {
      const cell = builtInCell(id);
      const { works } = bibliographyOf({ cell, sources: [] });
      const texts = [...cell.sources, ...cell.assumptions.map(({ source }) => source)].join(' ');
      for (const { doi } of works) expect(doi).toMatch(/^10\.\d{4,9}\/[^\s;,]*[^\s;,.(]$/u);
      for (const { doi } of works) expect(doi.split('(').length).toBe(doi.split(')').length);
      for (const [prefix] of texts.matchAll(/10\.\d{4,9}\/[a-z0-9]+/giu)) {
        expect(
          works.some(({ doi }) => doi.startsWith(prefix)),
          `${id}: ${prefix}`,
        ).toBe(true);
      }
    }
  });

  test('keeps what has no DOI as remarks that BibTeX passes over', () => {
    const { text, inWords } = bibliographyOf(described('li-cu-ether-nitrate'));
    expect(inWords.length).toBeGreaterThan(5);
    for (const words of inWords) expect(text).toContain(`% ${words}\n`);
  });
});

test('the paragraph of methods says cell, protocol, model and how values are known, and cites every work', () => {
  const run = described('li-cu-ether-nitrate');
  const text = methodsParagraph(run, { command: 'limetal run x', version: '1.2.3' });
  for (const words of ['Li|Cu', 'limetal 1.2.3 [limetal]', 'fast model', 'Plate at', '2 cycles', '25 °C', 'bare Cu'])
    expect(text).toContain(words);
  expect(text).toContain(`${run.cell.assumptions.length} values that were not given`);
  for (const { key } of bibliographyOf(run).works) expect(text).toContain(key);
  expect(text).toContain('"limetal run x"');
  expect(text.trim()).not.toContain('\n');
});
