// A cell as the page shows it: run, and drawn.

import { runFigure } from '../../figures/index.ts';
import type { Live, RunRequest } from '../messages.ts';
import { runRequest } from '../run-request.ts';

export function cellRun(request: RunRequest, live: Live) {
  const { record, ...rest } = runRequest(request, live);
  return { ...rest, figure: runFigure({ title: rest.cell.name, record, cycles: rest.cycles }) };
}
