import { describe, expect, test } from 'vitest';
import { changed, redone, startHistory, UNDO_MAX, undone } from './history.ts';

describe('undo and redo', () => {
  test('go back and forth over every change', () => {
    let history = startHistory('a');
    history = changed(history, 'b', null, 0);
    history = changed(history, 'c', null, 1);
    history = undone(undone(history));
    expect(history.present).toBe('a');
    expect(undone(history)).toEqual(history);
    history = redone(redone(history));
    expect(history.present).toBe('c');
    expect(redone(history)).toEqual(history);
  });

  test('a drag is one step, and ends when the hand rests or takes something else', () => {
    let history = startHistory(0);
    for (const [value, tag, now_ms] of [
      [1, 'thickness', 0],
      [2, 'thickness', 100],
      [3, 'thickness', 2000],
      [4, 'area', 2100],
    ] as const) {
      history = changed(history, value, tag, now_ms);
    }
    expect(history.past).toEqual([0, 2, 3]);
  });

  test('a change after undo forgets what was undone', () => {
    const history = changed(undone(changed(startHistory('a'), 'b', null, 0)), 'c', null, 9);
    expect(history.future).toEqual([]);
    expect(undone(history).present).toBe('a');
  });

  test('what changes nothing is no step, and the past is bounded', () => {
    const start = startHistory({ n: 0 });
    expect(changed(start, start.present, null, 0)).toBe(start);
    let history = startHistory(0);
    for (let n = 1; n <= UNDO_MAX + 50; n++) history = changed(history, n, null, n);
    expect(history.past).toHaveLength(UNDO_MAX);
    expect(history.past[0]).toBe(50);
  });
});
