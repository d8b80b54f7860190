export * from './branched-chain.ts';
export * from './dae.ts';
export * from './roots.ts';
