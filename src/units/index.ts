export * from './constants.ts';
export * from './input-error.ts';
