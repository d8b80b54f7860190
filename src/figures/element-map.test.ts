import { describe, expect, test } from 'vitest';
import { lithiumMap } from '../design/index.ts';
import { elementMapSvg, PERIODIC_ROWS } from './index.ts';

describe('the map of the elements', () => {
  const map = lithiumMap(523.15);
  const svg = elementMapSvg(map);

  test('has one tile for each element, framed where the review disagrees', () => {
    const symbols = PERIODIC_ROWS.flat().filter((name) => name !== '.');
    expect(new Set(symbols).size).toBe(symbols.length);
    expect([...symbols].sort()).toEqual(['Li', ...map.elements.map(({ element }) => element)].sort());
    for (const name of symbols) expect(svg).toContain(`text-anchor="middle">${name}</text>`);
    expect(svg.match(/stroke-width="3"/g)).toHaveLength(map.agreement.disagreements.length);
  });

  test('is a whole document, the same for the same map, with the temperature in its title', () => {
    expect(svg).toMatch(/^<svg width="\d+" height="\d+" xmlns="http:\/\/www.w3.org\/2000\/svg"/u);
    expect(svg.trimEnd().endsWith('</svg>')).toBe(true);
    expect(svg).toContain('<title>Elements beside lithium at 250 °C</title>');
    expect(elementMapSvg(map)).toBe(svg);
    // Every tile lies within the picture.
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg)!;
    for (const [, x, y, w, h] of svg.matchAll(/<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/g)) {
      expect(Number(x) + Number(w)).toBeLessThanOrEqual(Number(width));
      expect(Number(y) + Number(h)).toBeLessThanOrEqual(Number(height));
    }
  });
});
