import { expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import { reportError } from './report-error.ts';
import { testTerminal } from './terminal.test-tool.ts';
import { ShellFailure } from './terminal.ts';

function report(error: unknown, showStacks = false): { code: number; text: string } {
  const terminal = testTerminal();
  const code = reportError(error, { terminal, showStacks });
  return { code, text: terminal.errors() };
}

test('bad input: a line for each issue, exit code 2', () => {
  const issues = [
    { where: 'a', found: '1', wanted: '2' },
    { where: 'b', found: '39', wanted: 'a fraction', hint: 'did you mean 0.39?' },
  ];
  expect(report(new InputError(issues))).toEqual({
    code: 2,
    text: 'a: got 1, want 2\nb: got 39, want a fraction (did you mean 0.39?)\n',
  });
});

test('an honest failure: one line, exit code 1', () => {
  expect(report(new ShellFailure('x was not written: the disk is full'))).toEqual({
    code: 1,
    text: 'limetal: x was not written: the disk is full\n',
  });
});

test('a fault of the program says so; its stack only on request', () => {
  expect(report(new TypeError('boom')).code).toBe(1);
  expect(report(new TypeError('boom')).text).not.toContain('at ');
  expect(report(new TypeError('boom'), true).text).toContain('report-error.test.ts');
});

test.each([
  ['', /: Error without a message, at .*report-error\.test\.ts/],
  [' boom\n', /: boom\n/],
])('an error whose message is %j still says something', (message, said) => {
  expect(report(new Error(message)).text).toMatch(said);
});
test('what is thrown need not be an error', () => expect(report('boom').text).toContain(': boom\n'));
