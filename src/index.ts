// The library's front door: every room under its own name, so that `limetal` and `limetal/<room>` give the same things and
// a bundler keeps only what is used.

export * as analysis from './analysis/index.ts';
export * as cells from './cells/index.ts';
export * as design from './design/index.ts';
export * as figures from './figures/index.ts';
export * as literature from './literature/index.ts';
export * as materials from './materials/index.ts';
export * as numerics from './numerics/index.ts';
export * as physics from './physics/index.ts';
export * as readers from './readers/index.ts';
export * as records from './records/index.ts';
export * as simulation from './simulation/index.ts';
export * as units from './units/index.ts';
