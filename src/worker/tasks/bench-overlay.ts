// A measured test as the cell page lays it over a computed one: its efficiency by cycle, and its voltage from the start.

import type { MeasuredTest } from '../../figures/index.ts';
import { type BenchTestQuestion, testAt } from './bench.ts';
import { missing, type NotHeld } from './bench-session.ts';

/** Points of a voltage that go to the page; a screen shows no more. */
const POINTS_MAX = 20_000;

export async function benchOverlay(question: BenchTestQuestion): Promise<MeasuredTest | NotHeld> {
  const absent = missing(question.files);
  if (absent !== null) return absent;
  const { paths, file, lab } = await testAt(question);
  const [record] = file.records;
  const rows = Math.min(record?.time_s.length ?? 0, POINTS_MAX);
  const start_s = record?.time_s[0] ?? 0;
  return {
    name: `measured: ${paths[0]?.split('/').at(-1) ?? ''}`,
    cycles: (lab?.cycling?.cycles ?? []).map(({ cycle, coulombic_efficiency }) => ({ cycle, coulombic_efficiency })),
    record: {
      time_s: Float64Array.from({ length: rows }, (_, row) => record!.time_s[row]! - start_s),
      voltage_V: record === undefined ? new Float64Array() : record.voltage_V.slice(0, rows),
    },
  };
}
