import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../units/index.ts';
import { parseCircuit } from './circuit.ts';
import { circuitImpedance, compileCircuit } from './evaluate.ts';

function faults(text: string): readonly string[] {
  try {
    parseCircuit(text);
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('circuits as text', () => {
  test.each([
    ['R0-p(R1,C1)-p(R2-Wo1,C2)', ['R0', 'R1', 'C1', 'R2', 'Wo1_0', 'Wo1_1', 'C2']],
    ['R_0-p(R_1,C_1)-Wo_1', ['R_0', 'R_1', 'C_1', 'Wo_1_0', 'Wo_1_1']],
    ['L0-R0-p(R1-p(R2,CPE2),CPE1)', ['L0', 'R0', 'R1', 'R2', 'CPE2_0', 'CPE2_1', 'CPE1_0', 'CPE1_1']],
    ['p(R1,C1,L1)', ['R1', 'C1', 'L1']],
    ['R', ['R']],
  ])('%s is read and written', (text, names) => {
    const circuit = parseCircuit(text);
    expect(circuit.text).toBe(text);
    expect(circuit.parameters.map(({ name }) => name)).toEqual(names);
    expect(parseCircuit(circuit.text)).toEqual(circuit);
  });

  test('blanks and line ends do not count', () => {
    expect(parseCircuit(' R0 -\n p( R1 , C1 )').text).toBe('R0-p(R1,C1)');
  });

  test.each([
    ['', ['circuit, character 1: got the end of the text, want an element such as R1, or p(']],
    ['R0-', ['circuit, character 4: got the end of the text, want an element such as R1, or p(']],
    [
      'R0-p(R1,C1',
      ["circuit, character 11: got the end of the text, want ',' or ')' (the p( of character 4 is still open)"],
    ],
    ['R0-p(R1,C1))', ["circuit, character 12: got ')', want '-' or the end (no p( is open here)"]],
    [
      'R0-(R1,C1)',
      [
        "circuit, character 4: got '(', want an element or p( (write a parallel group as p(…); a series needs no brackets)",
      ],
    ],
    ['s(R1,C1)', ["circuit, character 1: got 's(', want an element or p( (join a series with -)"]],
    ['R0+R1', ["circuit, character 3: got '+', want '-' or the end"]],
    [
      'R1-p(R1)',
      [
        "circuit, character 6: got 'R1' a second time, want each name once (did you mean R2?)",
        'circuit, character 4: got p( ) with one branch, want two branches or more (part them with a comma)',
      ],
    ],
  ])('"%s" is refused where it goes wrong', (text, wanted) => {
    expect(faults(text)).toEqual(wanted);
  });

  test('every unknown element is named with what it may be', () => {
    const found = faults('R0-cpe1-p(Zark2,C1)');
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(/^circuit, character 4: got 'cpe1'.*did you mean CPE/);
    expect(found[1]).toMatch(/^circuit, character 11: got 'Zark2'.*did you mean Zarc/);
  });

  test('any text is a circuit that reads back, or an InputError', () => {
    const piece = fc.constantFrom(
      'R1',
      'C2',
      'CPE_3',
      'Wo',
      'p(',
      'p',
      's(',
      '(',
      ')',
      ',',
      '-',
      ' ',
      '_',
      'x',
      '7',
      'é',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (written) => {
        if (faults(written).length > 0) return;
        const circuit = parseCircuit(written);
        expect(parseCircuit(circuit.text)).toEqual(circuit);
      }),
      { numRuns: 2000 },
    );
  });

  test('depth, length and number of elements are bounded', () => {
    expect(faults(`${'p(R,'.repeat(30)}`)[0]).toMatch(/want at most 20|second time/);
    expect(faults('R0-'.repeat(400))[0]).toMatch(/want at most 1000/);
    expect(faults(Array.from({ length: 70 }, (_, k) => `R${k}`).join('-'))[0]).toMatch(/want at most 60/);
  });
});

describe('impedance of a circuit', () => {
  test('Randles: the value that impedance.py asserts at 10 Hz', () => {
    const randles = parseCircuit('R0-p(R1-Wo1,C1)');
    const p = [0.0186235717, 0.0116804085, 0.0627121224, 221.232935, 1.1717144];
    const { real_ohm, imaginary_ohm } = circuitImpedance(randles, p, [10]);
    expect(real_ohm[0]).toBeCloseTo(0.0251618, 7);
    expect(imaginary_ohm[0]).toBeCloseTo(-0.00601304, 7);
  });

  test('Randles: electrolyte alone at the top, electrolyte and transfer below the arc', () => {
    const randles = parseCircuit('R0-p(R1-Ws1,C1)');
    const { real_ohm, imaginary_ohm } = circuitImpedance(randles, [5, 40, 12, 100, 1e-6], [1e9, 1e-7]);
    expect(real_ohm[0]).toBeCloseTo(5, 6);
    expect(real_ohm[1]).toBeCloseTo(57, 4);
    expect(Math.abs(imaginary_ohm[1]!)).toBeLessThan(1e-3);
  });

  test('derivatives of a nested circuit are those of its values', () => {
    const circuit = parseCircuit('L0-R0-p(R1-p(R2-W1,CPE2),C1)-Zarc1');
    const p = Float64Array.of(1e-4, 3, 20, 35, 2, 1e-3, 0.8, 1e-5, 7, 0.3, 0.7);
    const frequencies = [0.01, 3, 400, 2e4];
    const n = frequencies.length;
    const { impedanceInto } = compileCircuit(circuit, frequencies);
    const z = new Float64Array(2 * n);
    const dz = new Float64Array(2 * n * p.length);
    impedanceInto(p, z, dz);
    const value = (i: number, x: number): Float64Array => {
      const moved = p.slice();
      moved[i] = x;
      const out = new Float64Array(2 * n);
      impedanceInto(moved, out, null);
      return out;
    };
    for (let i = 0; i < p.length; i++) {
      const h = 1e-3 * p[i]!;
      const [a2, a1, b1, b2] = [-2, -1, 1, 2].map((k) => value(i, p[i]! + k * h));
      const size = Math.max(...dz.subarray(2 * n * i, 2 * n * (i + 1)).map(Math.abs));
      for (let k = 0; k < 2 * n; k++) {
        const difference = (a2![k]! - 8 * a1![k]! + 8 * b1![k]! - b2![k]!) / (12 * h);
        expect(Math.abs(dz[2 * n * i + k]! - difference) / size).toBeLessThan(1e-8);
      }
    }
  });
});
