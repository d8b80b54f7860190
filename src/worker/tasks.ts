// What an engine can be asked, by name. Each row loads its own part of limetal when it is first asked for, so that a page that
// only runs cells never fetches the rest.

import type { Live } from './messages.ts';
import { runRequest } from './run-request.ts';

type Handler = (input: never, live: Live) => unknown;

export const TASKS = {
  run: async () => runRequest,
  cellRun: async () => (await import('./tasks/cell.ts')).cellRun,
} as const satisfies Readonly<Record<string, () => Promise<Handler>>>;

export type TaskName = keyof typeof TASKS;

type HandlerOf<N extends TaskName> = Awaited<ReturnType<(typeof TASKS)[N]>>;

export type TaskInput<N extends TaskName> = Parameters<HandlerOf<N>>[0];

export type TaskOutput<N extends TaskName> = Awaited<ReturnType<HandlerOf<N>>>;
