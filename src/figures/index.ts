export type { Axis } from './axis.ts';
export * from './colour-ramp.ts';
export * from './cycling-figures.ts';
export * from './element-map.ts';
export * from './figure.ts';
export * from './impedance-figures.ts';
export * from './parity-figure.ts';
export * from './render.ts';
