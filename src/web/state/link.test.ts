import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { START, VIEW_NAMES } from './app-state.ts';
import { LINK_VERSION, linkOf, readLink } from './link.ts';

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

describe('a state and its link', () => {
  test('the start needs no more than the name of the view', () => {
    expect(linkOf(START)).toBe('#cell');
    expect(readLink('#cell')).toEqual({ kind: 'state', state: START });
    expect(readLink('')).toEqual({ kind: 'state', state: START });
  });

  test('whatever was typed comes back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...VIEW_NAMES),
        fc.string({ unit: 'grapheme' }),
        fc.option(fc.integer({ min: 1, max: 1000 }), { nil: null }),
        (view, protocol, cycles) => {
          const state = { ...START, view, cell: { ...START.cell, protocol, cycles } };
          const link = linkOf(state);
          expect(link).toMatch(/^#[a-z]+\/1\.[A-Za-z0-9_-]+$/);
          expect(readLink(link)).toEqual({ kind: 'state', state });
        },
      ),
    );
  });

  test('only what differs is written', () => {
    const link = linkOf({ ...START, cell: { ...START.cell, cycles: 7 } });
    expect(link.length).toBeLessThan(300);
  });

  test.each([
    ['#elsewhere', /no part of limetal/],
    ['#cell/1.!!!', /cut or damaged/],
    ['#cell/1.AAAA', /cut or damaged/],
    [`#cell/${LINK_VERSION + 1}.AAAA`, /cut or damaged|version/],
    [`#cell/${LINK_VERSION + 1}.${base64url(deflateSync(strToU8('{}')))}`, /version/],
    [`#cell/1.${base64url(deflateSync(strToU8('[1]')))}`, /no state/],
    [`#cell/1.${base64url(deflateSync(strToU8('{"cell":{"base":3}}')))}`, /^cell/],
  ])('%s says why it is none', (link, why) => {
    const read = readLink(link);
    expect(read.kind).toBe('not a link');
    expect(read.kind === 'not a link' && read.why).toMatch(why);
  });

  test('a payload that grows without end is refused', () => {
    const bomb = base64url(deflateSync(new Uint8Array(50_000_000), { level: 9 }));
    expect(readLink(`#cell/1.${bomb}`).kind).toBe('not a link');
  });

  test('nothing that stands in the address bar throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void readLink(`#${text}`)));
    fc.assert(fc.property(fc.base64String(), (text) => void readLink(`#cell/1.${text.replaceAll('=', '')}`)));
    fc.assert(fc.property(fc.json(), (json) => void readLink(`#cell/1.${base64url(deflateSync(strToU8(json)))}`)));
  });
});
