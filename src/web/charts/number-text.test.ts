import { describe, expect, test } from 'vitest';
import { numberText, printedText } from './number-text.ts';

describe('a number on the screen', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [Number.NaN, '–'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [-0.112, '−0.112'],
    [123456, '123500'],
    [1.8e6, '1.8·10⁶'],
    [-3.5e-8, '−3.5·10⁻⁸'],
  ])('%s is %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });
});

describe('a sentence of the engine on the screen', () => {
  test.each([
    ['Interfaces: 34.1 ohm (43.3 ohm cm2 per interface).', 'Interfaces: 34.1 Ω (43.3 Ω cm² per interface).'],
    ['Width of the arcs: 1.80e+6 ohm', 'Width of the arcs: 1.80·10⁶ Ω'],
    ['all from 0 to 3.5e-8 ohm fit alike', 'all from 0 to 3.5·10⁻⁸ Ω fit alike'],
    ['-0.112 mV ± 0.207 mV; (-3 to -1)', '−0.112 mV ± 0.207 mV; (−3 to −1)'],
    ['tip 60.3 mV (η_n), of which 1.28 mV are |I|·R_s.', 'tip 60.3 mV (ηₙ), of which 1.28 mV are |I|·Rₛ.'],
    ['at 0.5 mA/cm2 for 1 mAh/cm2', 'at 0.5 mA/cm² for 1 mAh/cm²'],
    ['100 A/m2 and 2·10⁻¹⁰ m2/s', '100 A/m² and 2·10⁻¹⁰ m²/s'],
    ['ZnO + 2 Li -> Li2O + Zn may run', 'ZnO + 2 Li → Li2O + Zn may run'],
  ])('%s', (said, printed) => {
    expect(printedText(said)).toBe(printed);
  });

  test.each(['R0-p(R1,CPE1)-p(R2,CPE2)', 'PEIS_LPSCl_-25C.mpr', 'step 2-3, CPE1_1', '99.748 % (cycles 2 to 24)'])(
    '%s stays',
    (text) => {
      expect(printedText(text)).toBe(text);
    },
  );
});
