export * from './compile.ts';
export * from './contract.ts';
export * from './end-of-life.ts';
export * from './fast.ts';
export * from './full.ts';
export * from './simulate.ts';
