export * from './built-in.ts';
export * from './cell.ts';
export * from './cell-file.ts';
export * from './parse-cell.ts';
export * from './protocol.ts';
export * from './protocol-text.ts';
export * from './protocol-walk.ts';
