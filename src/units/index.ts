export * from './brand.ts';
export * from './constants.ts';
export * from './conversions.ts';
export * from './field-units.ts';
export * from './input-error.ts';
export * from './json-text.ts';
export * from './nearest.ts';
export * from './quantity.ts';
