export * from './contract.ts';
export { readInstrumentFile } from './read-instrument-file.ts';
