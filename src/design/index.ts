export * from './bands.ts';
export * from './uncertain-values.ts';
