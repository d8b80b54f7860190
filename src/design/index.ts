export * from './bands.ts';
export * from './draws.ts';
export * from './scores.ts';
export * from './uncertain-values.ts';
