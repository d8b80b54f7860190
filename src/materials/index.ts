export * from './composition.ts';
export * from './electrolyte-name.ts';
export * from './interphase-makers.ts';
export * from './materials.ts';
export * from './plating-law.ts';
export * from './property.ts';
export * from './strategies.ts';
