export * from './bands.ts';
export * from './comparison.ts';
export * from './draws.ts';
export * from './planned-run.ts';
export * from './reproduce.ts';
export * from './reproduce-scores.ts';
export * from './scores.ts';
export * from './uncertain-values.ts';
