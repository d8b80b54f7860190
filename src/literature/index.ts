export * from './literature.ts';
export * from './row.ts';
