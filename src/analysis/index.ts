export * from './charge.ts';
export * from './efficiency.ts';
export * from './reservoir.ts';
export * from './voltage.ts';
