export * from './claim.ts';
export * from './literature.ts';
export * from './row.ts';
