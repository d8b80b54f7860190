export * from './bootstrap.ts';
export * from './branched-chain.ts';
export * from './dae.ts';
export * from './expression.ts';
export * from './roots.ts';
export * from './sampling.ts';
export * from './special-functions.ts';
export * from './statistics.ts';
