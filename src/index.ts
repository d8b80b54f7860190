// The library's front door: every room under its own name, so that `limetal` and `limetal/<room>` give the same things and
// a bundler keeps only what is used.

export * as cells from './cells/index.ts';
export * as records from './records/index.ts';
export * as simulation from './simulation/index.ts';
export * as units from './units/index.ts';
