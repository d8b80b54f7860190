import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonParts } from './json-document.ts';

const format = (document: Record<string, unknown>): string => [...jsonParts(document)].join('');

test('numbers that JSON has no word for become null, typed arrays become arrays', () => {
  const document = {
    a: Number.NaN,
    b: Float64Array.of(1, Number.POSITIVE_INFINITY, -0),
    c: Int32Array.of(1, 2),
    d: undefined,
  };
  expect(JSON.parse(format(document))).toEqual({ a: null, b: [1, null, 0], c: [1, 2] });
});

test('a column stays on one line, objects are laid out', () => {
  const text = format({
    stop: { kind: 'completed', time_s: 1 },
    cycles: [{ cycle: 1, losses: { sei: 0.1 } }],
    series: { time_s: new Float64Array(50) },
    none: {},
    empty: [],
  });
  expect(text.split('\n').map((line) => line.replace(/0(,0)+/, '0s'))).toEqual([
    '{',
    '  "stop": { "kind": "completed", "time_s": 1 },',
    '  "cycles": [',
    '    {',
    '      "cycle": 1,',
    '      "losses": { "sei": 0.1 }',
    '    }',
    '  ],',
    '  "series": {',
    '    "time_s": [0s]',
    '  },',
    '  "none": {},',
    '  "empty": []',
    '}',
    '',
  ]);
});

test('reads back as JSON.stringify would, for any JSON object', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (document) => {
      expect(JSON.parse(format(document))).toEqual(JSON.parse(JSON.stringify(document)));
    }),
  );
});

test('a long document comes in parts', () => {
  const cycles = Array.from({ length: 10_000 }, (_, k) => ({ cycle: k, losses: { a: k } }));
  const parts = [...jsonParts({ cycles })];
  expect(parts.length).toBeGreaterThan(5);
  expect(Math.max(...parts.map((part) => part.length))).toBeLessThan(100_000);
  expect(JSON.parse(parts.join(''))).toEqual({ cycles });
});
