export * from './cell.ts';
export * from './protocol.ts';
