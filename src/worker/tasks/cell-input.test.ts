import { expect, test } from 'vitest';
import { formatIssue, InputError } from '../../units/index.ts';
import { fileOf } from './cell-input.ts';

const faultsOf = (file: string): readonly string[] => {
  try {
    fileOf({ base: '', file, edits: {}, values: {} });
  } catch (error) {
    if (error instanceof InputError) return error.issues.map(formatIssue);
    throw error;
  }
  return [];
};

test.each([
  ['{ "limetal": 1,\n  "area": 1.27 cm2 }', /^cell file:2:16: .*"1\.27 cm2"/],
  ['{ "limetal": 1,\n  "area": "1 cm2",\n}', /^cell file:2:18: .*comma/],
  ['[1]', /^cell file: got no object/],
])('a file that is no cell says line, column and the likely slip: %s', (file, expected) => {
  const faults = faultsOf(file);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(expected);
});
