export * from './cell-doubt.ts';
export * from './charge.ts';
export * from './cycling/contract.ts';
export * from './cycling/findings.ts';
export * from './efficiency.ts';
export type { ArcOfFit } from './impedance/arcs.ts';
export * from './impedance/capacitance.ts';
export * from './impedance/circuit.ts';
export * from './impedance/evaluate.ts';
export * from './impedance/fit.ts';
export type {
  CircuitFit,
  FitCircuitOptions,
  FitLive,
  FittedParameter,
  ImpedanceWeighting,
} from './impedance/fit-problem.ts';
export * from './impedance/kramers-kronig.ts';
export * from './impedance/relaxation-times.ts';
export * from './impedance/series/analyse-spectra.ts';
export * from './impedance/series/choose-circuit.ts';
export * from './impedance/series/features.ts';
export * from './impedance/series/joint-fit.ts';
export * from './impedance/series/temperature-set.ts';
export * from './lab-cell.ts';
export * from './reservoir.ts';
export * from './shorts/contract.ts';
export * from './shorts/find-shorts.ts';
export * from './voltage.ts';
