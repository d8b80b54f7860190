export * from './charge.ts';
export * from './efficiency.ts';
export * from './impedance/circuit.ts';
export * from './impedance/evaluate.ts';
export * from './impedance/relaxation-times.ts';
export * from './reservoir.ts';
export * from './voltage.ts';
