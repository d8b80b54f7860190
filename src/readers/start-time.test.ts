import { describe, expect, test } from 'vitest';
import { startOf } from './start-time.ts';

const utc = (...parts: [number, number, number, number?, number?, number?]): number => Date.UTC(...parts) / 1e3;
const told = (...entries: readonly (readonly [name: string, text: string])[]) =>
  entries.map(([name, text]) => ({ name, text, where: 'line 1' }));
const start = (...entries: readonly (readonly [name: string, text: string])[]) =>
  startOf(told(...entries), undefined, undefined);

describe('the start in the head of a file', () => {
  test.each([
    // EC-Lab writes the month first wherever it runs.
    ['EC-Lab text', [['Acquisition started on', '08/11/2023 12:40:15']], utc(2023, 7, 11, 12, 40, 15)],
    [
      'EC-Lab binary',
      [['Acquisition started on', '2023-08-11 12:40:15.500 (local time, zone unknown)']],
      utc(2023, 7, 11, 12, 40, 15) + 0.5,
    ],
    ['Basytec', [['Start of Test', '19.06.2023 17:56:53']], utc(2023, 5, 19, 17, 56, 53)],
    ['Novonix', [['Started', '2025-07-19 15:26:20']], utc(2025, 6, 19, 15, 26, 20)],
    ['Maccor', [['Date of Test', '23-Nov-23 3:56:08 PM']], utc(2023, 10, 23, 15, 56, 8)],
    [
      'Gamry',
      [
        ['DATE (Date)', '4/23/2018'],
        ['TIME (Time)', '16:43:15'],
      ],
      utc(2018, 3, 23, 16, 43, 15),
    ],
    [
      'VersaStudio',
      [
        ['TimeAcquired', '9:40:30 AM'],
        ['DateAcquired', 'Thursday, July 19, 2018'],
      ],
      utc(2018, 6, 19, 9, 40, 30),
    ],
    [
      'the same day either way',
      [
        ['DATE (Date)', '05/05/2022'],
        ['TIME (Time)', '00:00:01'],
      ],
      utc(2022, 4, 5, 0, 0, 1),
    ],
    // The fourth of May or the fifth of April: nobody can tell.
    [
      'a day that may be a month',
      [
        ['DATE (Date)', '4/5/2018'],
        ['TIME (Time)', '16:43:15'],
      ],
      null,
    ],
    ['a time without a date', [['TIME (Time)', '16:43:15']], null],
    ['a clock that was never set', [['Started', '1904-01-01 00:00:00']], null],
    ['words', [['Acquisition started on', 'xx/xx/xxxx xx:xx:xx']], null],
    ['another thing that starts', [['Start Frequency (Hz)', '100000']], null],
  ] as const)('%s', (_, entries, wanted) => {
    const found = start(...entries);
    if (wanted === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(wanted, 3);
  });
});

describe('the clock beside the rows', () => {
  const time_s = Float64Array.of(Number.NaN, 30, 60);
  const at = utc(2025, 1, 6, 10);
  const clock = Float64Array.of(at, at + 30, at + 60);

  test('counts back to the test time zero, from the first row that has both', () => {
    expect(startOf([], time_s, clock)).toBe(at);
  });

  test('is nearer to the first row than the head', () => {
    expect(startOf(told(['Start time', '2025-02-06 09:59:27']), time_s, clock)).toBe(at);
  });

  test('in UTC beside a head in local time gives the local time', () => {
    expect(startOf(told(['Start time', '2025-02-06 17:59:27']), time_s, clock)).toBe(at + 8 * 3600);
  });

  test('that disagrees with the head otherwise is believed', () => {
    expect(startOf(told(['Start time', '2025-02-06 09:20:00']), time_s, clock)).toBe(at);
  });

  test('that was never set is not', () => {
    expect(
      startOf(
        [],
        time_s,
        Float64Array.of(0, 30, 60).map((value) => value - 1e9),
      ),
    ).toBeNull();
    expect(startOf([], undefined, clock)).toBeNull();
  });
});
