import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatJson } from './json-document.ts';

test('numbers that JSON has no word for become null, typed arrays become arrays', () => {
  const document = formatJson({
    a: Number.NaN,
    b: Float64Array.of(1, Number.POSITIVE_INFINITY, -0),
    c: Int32Array.of(1, 2),
    d: undefined,
  });
  expect(JSON.parse(document)).toEqual({ a: null, b: [1, null, 0], c: [1, 2] });
});

test('a column stays on one line, objects are laid out', () => {
  const document = formatJson({
    stop: { kind: 'completed', time_s: 1 },
    cycles: [{ cycle: 1, losses: { sei: 0.1 } }],
    series: { time_s: new Float64Array(50) },
    none: {},
    empty: [],
  });
  expect(document.split('\n')).toHaveLength(15);
  expect(document).toContain('  "stop": { "kind": "completed", "time_s": 1 },\n');
  expect(document.endsWith('}\n')).toBe(true);
});

test('reads back as JSON.stringify would, for any JSON value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(formatJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
