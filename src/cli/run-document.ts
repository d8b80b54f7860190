// The JSON document of `limetal run --json`: the result with its rows only where they are asked for.

import { formatProtocol } from '../cells/index.ts';
import type { BandsResult } from '../design/index.ts';
import type { CyclingRecord } from '../records/index.ts';
import type { SimulationResult } from '../simulation/index.ts';
import type { LoadedCell } from './load-cell.ts';

/** The record as equal-length columns by name, its extra columns beside the fixed ones. */
export function seriesOf(record: CyclingRecord): Record<string, Float64Array | Int32Array> {
  const { time_s, current_A, voltage_V, temperature_K, cycle, step, extra } = record;
  return { time_s, current_A, voltage_V, temperature_K, cycle, step, ...extra };
}

/** The document; `bpx` says what became of a BPX file, where the cell came from one, and `bands` how sure the cycles are. */
export function runDocument(
  result: SimulationResult,
  withSeries: boolean,
  bpx: LoadedCell['bpx'] = null,
  bands: BandsResult | null = null,
): Record<string, unknown> {
  const { cell, protocol, model, stop, cycles, end_of_life, conservation, work, warnings, sources, record } = result;
  return {
    program: record.provenance.program,
    cell,
    ...(bpx === null ? {} : { bpx }),
    protocol: { text: formatProtocol(protocol, cell.kind), ...protocol },
    model,
    stop,
    cycles,
    end_of_life,
    ...(bands === null ? {} : { bands }),
    ...(withSeries ? { series: seriesOf(record) } : {}),
    conservation,
    work,
    warnings,
    sources,
  };
}
