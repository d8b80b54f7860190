import { expect, test } from 'vitest';
import { formatIssue, InputError, shortened } from './input-error.ts';

test('an error tells all its faults, a line each', () => {
  const porosity = { where: 'cell.separator.porosity', found: '39', wanted: 'a fraction', hint: 'did you mean 0.39?' };
  const { issues, message } = new InputError([porosity, { where: '', found: 'nothing', wanted: 'a cell' }]);
  expect(issues).toHaveLength(2);
  expect(message).toBe(
    'cell.separator.porosity: got 39, want a fraction (did you mean 0.39?)\ngot nothing, want a cell',
  );
});

test('what is too long to repeat is told by how it begins', () => {
  expect(shortened('a'.repeat(200))).toBe('a'.repeat(200));
  const line = formatIssue({ where: 'x'.repeat(5000), found: 'y'.repeat(20_000), wanted: 'less' });
  expect(line.length).toBeLessThan(500);
  expect(line).toMatch(/^x{200}… \(5000 characters in all\): got y{200}… \(20000 characters in all\), want less$/);
});
