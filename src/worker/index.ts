export * from './create-engine.ts';
export * from './messages.ts';
