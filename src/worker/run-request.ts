// A request answered where it stands, in the thread of the caller.

import { builtInCell, parseCell, parseProtocol } from '../cells/index.ts';
import { checkBands, runBands, shareOfRun } from '../design/index.ts';
import { simulate } from '../simulation/index.ts';
import { InputError } from '../units/index.ts';
import type { Live, RunRequest, RunResult } from './messages.ts';

/** Parses and simulates, blocking the thread until the run ends. Throws InputError with every fault of the request. */
export function runRequest({ cell: asked, protocol: instead, options, bands }: RunRequest, live: Live = {}): RunResult {
  const cell = typeof asked === 'string' ? builtInCell(asked) : parseCell(asked);
  const protocol = instead === undefined ? cell.protocol : parseProtocol(instead, 'protocol', cell);
  if (protocol === null) {
    throw new InputError([
      {
        where: 'protocol',
        found: 'none',
        wanted: 'steps, in the request or in the cell file',
        hint: 'such as ["Plate at 1 mA/cm2 for 1 h"]',
      },
    ]);
  }
  if (bands === undefined) return simulate(cell, protocol, { ...options, ...live });
  // Impossible bands are told before anything runs.
  checkBands(cell, bands);
  const share = shareOfRun(options?.model ?? 'full', bands);
  const result = simulate(cell, protocol, {
    ...options,
    ...live,
    onProgress: (fraction, cycle) => live.onProgress?.(share * fraction, cycle),
  });
  const computed = runBands(cell, protocol, {
    ...bands,
    ...(options?.cycles === undefined ? {} : { cycles: options.cycles }),
    ...(live.stop === undefined ? {} : { stop: live.stop }),
    onProgress: (fraction) => live.onProgress?.(share + (1 - share) * fraction, 0),
  });
  return { ...result, bands: computed };
}
