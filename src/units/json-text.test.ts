import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIssue, InputError } from './input-error.ts';
import { parseJsonText } from './json-text.ts';

function faultsOf(text: string): string[] {
  try {
    parseJsonText(text, 'c.json');
  } catch (error) {
    if (error instanceof InputError) return error.issues.map(formatIssue);
    throw error;
  }
  return [];
}

describe('parseJsonText', () => {
  test.each([
    ['{"a": 1,}', 'c.json:1:8: got ,}, want } without a comma before it (take the last comma out)'],
    ['{\n  "a": 1\n  "b": 2\n}', 'c.json:3:3: got "b": 2, want a comma or } (a comma is missing before it)'],
    ['{"a": 20 µm}', 'c.json:1:10: got µm, want a comma or } (did you mean "20 µm" in double quotes?)'],
    ['{"a": cm}', 'c.json:1:7: got cm, want a value (did you mean "cm" in double quotes?)'],
    ['{a: 1}', 'c.json:1:2: got a: 1}, want a key in double quotes (did you mean "a" in double quotes?)'],
    ['{"a: "40 µL"}', 'c.json:1:7: got 40, want a : after the key "a: " (is a quote or a colon missing?)'],
    ["{'a': 1}", "c.json:1:2: got 'a': 1}, want a key in double quotes (JSON texts stand in double quotes)"],
    ['{"a": NaN}', 'c.json:1:7: got NaN, want a value (did you mean null?)'],
    ['{"a": True}', 'c.json:1:7: got True, want a value (true and false are written small)'],
    ['{"a": .5}', 'c.json:1:7: got .5, want a value (numbers are written like 0.5, -2 or 1e-3)'],
    ['{"a": 01}', 'c.json:1:7: got 01, want a value (numbers are written like 0.5, -2 or 1e-3)'],
    ['{"a": 1} // cell', 'c.json:1:10: got // cell, want the end of the text (JSON has no comments)'],
    ['{"a": [1, 2', 'c.json:1:12: got the end of the text, want a comma or ] (the text ends too early)'],
    ['', 'c.json:1:1: got the end of the text, want a value (the text ends too early)'],
    ['{"a": "x\ny"}', 'c.json:1:7: got "x, want a text that ends on its line (a " is missing at the end of the text)'],
    ['{"a": "C:\\cells"}', 'c.json:1:10: got \\cells"}, want an escape that JSON knows (write a backslash as \\\\)'],
  ])('%j', (text, said) => {
    expect(faultsOf(text)).toEqual([said]);
  });

  test('a key given twice is a fault, every one of them', () => {
    expect(faultsOf('{"area": 1, "b": {"c": 1, "c": 2}, "area": 2}')).toEqual([
      'c.json:1:27: got a second "c", want each key once in an object',
      'c.json:1:36: got a second "area", want each key once in an object',
    ]);
  });

  test('columns count characters, not code units, and a byte order mark does not count', () => {
    expect(faultsOf('\uFEFF{"𝛼": x}')[0]).toMatch(/^c\.json:1:7: got x/);
  });

  test('deep nesting is refused without running out of stack', () => {
    expect(faultsOf('['.repeat(100_000))[0]).toMatch(/want at most 200 levels of nesting/);
  });

  test('agrees with JSON.parse on what is JSON, for any text', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-0.5e3',
      '01',
      '.',
      'null',
      'tru',
      ' ',
      '\n',
      '"',
      '\\',
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
        (text) => {
          let isJson = true;
          try {
            JSON.parse(text);
          } catch {
            isJson = false;
          }
          const faults = faultsOf(text).filter((fault) => !fault.includes('a second'));
          expect(faults.length === 0).toBe(isJson);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('gives the value of valid JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseJsonText(text, 'x')).toEqual(JSON.parse(text));
      }),
    );
  });
});
