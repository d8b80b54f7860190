export * from './bands.ts';
export * from './scores.ts';
export * from './uncertain-values.ts';
