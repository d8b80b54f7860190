// A record that grows row by row while a run goes on. Columns are typed arrays that double, so a push allocates nothing
// between doublings; at the row limit the oldest cycles lose every second inner row, so memory stays bounded.

import type { CyclingRecord, Provenance } from './cycling-record.ts';

/** Rows for which the columns are first made. */
const ROWS_AT_START = 256;
/** Share of the row limit that an automatic thinning frees, so that its cost is spread over many pushes. */
const SHARE_FREED = 0.25;

export interface RecordBuilder {
  /** Rows held now. */
  readonly length: number;
  /** Adds one row. `extra` holds one value per extra name, in that order, and is copied. */
  push(
    time_s: number,
    current_A: number,
    voltage_V: number,
    temperature_K: number,
    cycle: number,
    step: number,
    extra: ArrayLike<number>,
  ): void;
  /** Drops every second inner row of every step. First and last rows of steps stay. */
  thin(): void;
  /** The rows so far, copied to arrays of exactly their length. The builder can go on afterwards. */
  finish(of: { readonly area_m2: number | null; readonly provenance: Provenance }): CyclingRecord;
}

/**
 * Starts an empty record.
 *
 * `rows_max` is where thinning starts by itself. It works from the oldest cycle towards the newest, then again from the
 * oldest, so an older cycle is never denser than a newer one that started alike. First and last rows of steps are never
 * dropped: a run of n steps keeps up to 2n rows even when `rows_max` is less. Neighbouring rows belong to one step when
 * their cycle and step numbers are equal.
 */
export function createRecordBuilder(extraNames: readonly string[], rows_max: number): RecordBuilder {
  if (!(rows_max >= 1)) throw new RangeError(`createRecordBuilder: rows_max is ${rows_max}, must be at least 1`);
  const fixedColumns = 4;
  let capacity = ROWS_AT_START;
  let length = 0;
  /** Time, current, voltage, temperature, then the extras. */
  const columns = Array.from({ length: fixedColumns + extraNames.length }, () => new Float64Array(capacity));
  let cycles = new Int32Array(capacity);
  let steps = new Int32Array(capacity);
  /** Grows past `rows_max` only when thinning finds too little to drop. */
  let limit = rows_max;
  /** Rows before this one have been thinned once more than the rows after it. */
  let cursor = 0;

  function grow(): void {
    capacity *= 2;
    for (let k = 0; k < columns.length; k++) {
      const wider = new Float64Array(capacity);
      wider.set(columns[k]!);
      columns[k] = wider;
    }
    const widerCycles = new Int32Array(capacity);
    widerCycles.set(cycles);
    cycles = widerCycles;
    const widerSteps = new Int32Array(capacity);
    widerSteps.set(steps);
    steps = widerSteps;
  }

  const sameStep = (a: number, b: number) => cycles[a] === cycles[b] && steps[a] === steps[b];

  function moveRow(from: number, to: number): void {
    for (const column of columns) column[to] = column[from]!;
    cycles[to] = cycles[from]!;
    steps[to] = steps[from]!;
  }

  /**
   * Thins whole steps from row `start` on until `wanted` rows are freed or the rows end. Returns the row after the last
   * step treated, in the new numbering. A row's successor is read before anything is written over it, because writing
   * never runs ahead of reading.
   */
  function thinFrom(start: number, wanted: number): number {
    let write = start;
    let read = start;
    while (read < length && read - write < wanted) {
      let end = read + 1;
      while (end < length && sameStep(read, end)) end++;
      for (let offset = 0; read + offset < end; offset++) {
        if (offset % 2 === 0 || read + offset === end - 1) {
          moveRow(read + offset, write);
          write++;
        }
      }
      read = end;
    }
    if (write < read) {
      for (const column of columns) column.copyWithin(write, read, length);
      cycles.copyWithin(write, read, length);
      steps.copyWithin(write, read, length);
    }
    length -= read - write;
    return write;
  }

  /** Frees a quarter of the limit where there is that much to drop; otherwise lets the limit grow. */
  function makeRoom(): void {
    const lengthWanted = Math.floor(limit * (1 - SHARE_FREED));
    while (length > lengthWanted) {
      const passStart = cursor;
      const before = length;
      cursor = thinFrom(passStart, length - lengthWanted);
      if (cursor >= length) {
        cursor = 0;
        if (passStart === 0 && before === length) break;
      }
    }
    if (length > lengthWanted) limit = 2 * length;
  }

  return {
    get length() {
      return length;
    },
    push(time_s, current_A, voltage_V, temperature_K, cycle, step, extra) {
      if (length >= limit) makeRoom();
      if (length === capacity) grow();
      columns[0]![length] = time_s;
      columns[1]![length] = current_A;
      columns[2]![length] = voltage_V;
      columns[3]![length] = temperature_K;
      for (let k = 0; k < extraNames.length; k++) columns[fixedColumns + k]![length] = extra[k]!;
      cycles[length] = cycle;
      steps[length] = step;
      length++;
    },
    thin() {
      thinFrom(0, Number.POSITIVE_INFINITY);
      cursor = 0;
    },
    finish({ area_m2, provenance }) {
      return {
        time_s: columns[0]!.slice(0, length),
        current_A: columns[1]!.slice(0, length),
        voltage_V: columns[2]!.slice(0, length),
        temperature_K: columns[3]!.slice(0, length),
        cycle: cycles.slice(0, length),
        step: steps.slice(0, length),
        extra: Object.fromEntries(extraNames.map((name, k) => [name, columns[fixedColumns + k]!.slice(0, length)])),
        area_m2,
        provenance,
      };
    },
  };
}
