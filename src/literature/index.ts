export * from './claim.ts';
export * from './export.ts';
export * from './in-si.ts';
export * from './literature.ts';
export * from './own-rows.ts';
export * from './row.ts';
export * from './search.ts';
