export * from './dae.ts';
export * from './roots.ts';
