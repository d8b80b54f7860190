export * from './create-engine.ts';
export * from './messages.ts';
export type { TaskInput, TaskName, TaskOutput } from './tasks.ts';
