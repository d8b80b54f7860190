// What an engine can be asked, by name. Each row loads its own part of limetal when it is first asked for, so that a page that
// only runs cells never fetches the rest.

import type { Live } from './messages.ts';
import { runRequest } from './run-request.ts';

type Handler = (input: never, live: Live) => unknown;

export const TASKS = {
  run: async () => runRequest,
  cellList: async () => (await import('./tasks/cell-sheet.ts')).cellList,
  cellDraft: async () => (await import('./tasks/cell-run.ts')).cellDraft,
  cellRun: async () => (await import('./tasks/cell-run.ts')).cellRun,
  cellExport: async () => (await import('./tasks/cell-export.ts')).cellExport,
  cellBands: async () => (await import('./tasks/cell-run.ts')).cellBands,
  answerWords: async () => (await import('./tasks/answer-words.ts')).answerWords,
  wettingChoices: async () => (await import('./tasks/lithiophilicity.ts')).wettingChoices,
  wetting: async () => (await import('./tasks/lithiophilicity.ts')).wettingAnswer,
  reaction: async () => (await import('./tasks/lithiophilicity.ts')).reactionAnswer,
  elementMap: async () => (await import('./tasks/lithiophilicity.ts')).elementMap,
  electrolyteOnLithium: async () => (await import('./tasks/lithiophilicity.ts')).electrolyteOnLithium,
  interfaceChoices: async () => (await import('./tasks/interface.ts')).interfaceChoices,
  interface: async () => (await import('./tasks/interface.ts')).interfaceAnswer,
  literatureLibrary: async () => (await import('./tasks/literature.ts')).literatureLibrary,
  literatureFind: async () => (await import('./tasks/literature.ts')).literatureFind,
  literatureExport: async () => (await import('./tasks/literature.ts')).literatureExport,
  reproducePlan: async () => (await import('./tasks/reproduce.ts')).reproducePlan,
  reproduceTask: async () => (await import('./tasks/reproduce.ts')).reproduceTask,
  reproduceResults: async () => (await import('./tasks/reproduce.ts')).reproduceResults,
  reproduceExport: async () => (await import('./tasks/reproduce.ts')).reproduceExport,
  benchHold: async () => (await import('./tasks/bench.ts')).benchHold,
  benchKeep: async () => (await import('./tasks/bench.ts')).benchKeep,
  benchFile: async () => (await import('./tasks/bench.ts')).benchFile,
  benchTests: async () => (await import('./tasks/bench.ts')).benchTests,
  benchTest: async () => (await import('./tasks/bench.ts')).benchTest,
  benchOverlay: async () => (await import('./tasks/bench-overlay.ts')).benchOverlay,
  benchSpectrum: async () => (await import('./tasks/bench.ts')).benchSpectrum,
  benchWindow: async () => (await import('./tasks/bench.ts')).benchWindow,
  benchExport: async () => (await import('./tasks/bench.ts')).benchExport,
  benchFitNames: async () => (await import('./tasks/bench-compare.ts')).benchFitNames,
  benchCompare: async () => (await import('./tasks/bench-compare.ts')).benchCompare,
  benchExample: async () => (await import('./tasks/bench-example.ts')).benchExample,
  designChoices: async () => (await import('./tasks/design.ts')).designChoices,
  designEfficiency: async () => (await import('./tasks/design.ts')).designEfficiency,
  designLife: async () => (await import('./tasks/design.ts')).designLife,
  designReservoir: async () => (await import('./tasks/design.ts')).designReservoir,
  designEnergy: async () => (await import('./tasks/design.ts')).designEnergy,
  designEnergyBands: async () => (await import('./tasks/design.ts')).designEnergyBands,
  designSeek: async () => (await import('./tasks/design.ts')).designSeek,
  designAudit: async () => (await import('./tasks/design.ts')).designAudit,
} as const satisfies Readonly<Record<string, () => Promise<Handler>>>;

export type TaskName = keyof typeof TASKS;

type HandlerOf<N extends TaskName> = Awaited<ReturnType<(typeof TASKS)[N]>>;

export type TaskInput<N extends TaskName> = Parameters<HandlerOf<N>>[0];

export type TaskOutput<N extends TaskName> = Awaited<ReturnType<HandlerOf<N>>>;
