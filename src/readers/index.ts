export * from './column-words.ts';
export * from './contract.ts';
export { readInstrumentFile } from './read-instrument-file.ts';
export { partsOfName, type StitchedGroup, type StitchedPart, type StitchOptions, stitchFiles } from './stitch.ts';
