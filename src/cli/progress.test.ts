import { expect, test } from 'vitest';
import { startProgress } from './progress.ts';
import { testTerminal } from './terminal.test-tool.ts';

test('a run under a second shows nothing', () => {
  const terminal = testTerminal({ screen: true });
  const progress = startProgress(terminal);
  for (let i = 0; i < 9; i++) {
    terminal.advance_ms(100);
    progress.update(i / 9, i);
  }
  progress.end();
  expect(terminal.errors()).toBe('');
});

test('on a screen one line is rewritten, never wider than the screen, and wiped at the end', () => {
  const terminal = testTerminal({ screen: true, columns: 40 });
  const progress = startProgress(terminal);
  progress.update(0.5, 3);
  terminal.advance_ms(1000);
  progress.update(0.6, 4);
  terminal.advance_ms(200);
  progress.end();
  terminal.advance_ms(1000);
  expect(terminal.timers()).toBe(0);
  const drawings = terminal.errors().split('\r').slice(1);
  expect(drawings).toHaveLength(3);
  expect(terminal.errors()).not.toContain('\n');
  for (const drawing of drawings) expect(drawing.replace('\u001B[K', '').length).toBeLessThan(40);
  expect(drawings[0]).toContain('[###############...............]  50 %');
  expect(drawings[2]).toBe('\u001B[K');
});

test('the clock goes on where nothing is reported for long', () => {
  const terminal = testTerminal({ screen: true });
  const progress = startProgress(terminal);
  progress.update(0, 1);
  terminal.advance_ms(5000);
  progress.end();
  expect(terminal.errors()).toContain('0 %  cycle 1, 4.8 s');
});

test('in a log there is at most a line for each tenth', () => {
  const terminal = testTerminal();
  const progress = startProgress(terminal);
  for (let i = 0; i <= 1000; i++) {
    terminal.advance_ms(10);
    progress.update(i / 1000, i);
  }
  progress.end();
  const lines = terminal.errors().trimEnd().split('\n');
  expect(lines).toHaveLength(9);
  expect(lines[0]).toBe('10 %, cycle 100, 1 s, about 10 s left');
  expect(terminal.errors()).not.toContain('\r');
});

test('work that may end early counts in its own word and bounds what is left', () => {
  const terminal = testTerminal();
  const progress = startProgress(terminal, { place: 'run', isBound: true });
  terminal.advance_ms(2000);
  progress.update(0.25, 150);
  progress.end();
  expect(terminal.errors()).toBe('25 %, run 150, 2 s, at most 6 s left\n');
});
