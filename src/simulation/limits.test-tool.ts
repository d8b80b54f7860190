// Cells with known answers: two lithium foils in an electrolyte of constant properties, and either model to run them.

import type { Cell, InterphaseLayer, MetalElectrode, PorousCathode } from '../cells/index.ts';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol } from '../units/index.ts';
import { compileCell } from './compile.ts';
import type { CellState, ResolvedStep, Row, StepEnd, TransportModel, Work } from './contract.ts';
import { createFastModel } from './fast.ts';
import { createFullModel } from './full.ts';
import { initialState } from './inventory.ts';

export const T_K = 298.15;

/** Bulk properties of the electrolyte, SI, and the separator that holds it. */
export const electrolyte = { c: 1000, kappa: 1, D: 3e-10, tPlus: 0.3, tdf: 2 } as const;
export const separator = { thickness_m: 25e-6, porosity: 0.4, bruggeman: 1.5 } as const;
/** ε^b of that separator. */
export const HINDRANCE = 0.4 ** 1.5;

export const film: InterphaseLayer = {
  name: 'film',
  thickness_m: 15e-9,
  conductivity_S_per_m: 1e-5,
  activationEnergy_J_per_mol: 0,
  growth: { kind: 'none' },
  growthActivationEnergy_J_per_mol: 0,
  lithiumConcentration_mol_per_m3: 5e4,
  saltFraction: 0,
};

export const foil: MetalElectrode = {
  kind: 'lithium',
  lithiumThickness_m: 250e-6,
  material: 'Cu',
  areaRatio: 1,
  kinetics: {
    law: { kind: 'butler-volmer', alphaAnodic: 0.5, alphaCathodic: 0.5 },
    exchangeCurrent_A_per_m2: 100,
    referenceConcentration_mol_per_m3: 1000,
    concentrationExponent: 0,
    activationEnergy_J_per_mol: 0,
  },
  interphase: [],
};

/** A foil whose charge transfer costs nothing at any current used here. */
export const idealFoil: MetalElectrode = {
  ...foil,
  lithiumThickness_m: 1,
  kinetics: { ...foil.kinetics, exchangeCurrent_A_per_m2: 1e12 },
};

export const copper: MetalElectrode = { ...foil, kind: 'collector', lithiumThickness_m: 0 };

/** An even cathode: thin, well conducting, with small particles of fast diffusion. Its potential falls in a line. */
export const cathode: PorousCathode = {
  kind: 'cathode',
  material: 'test',
  thickness_m: 40e-6,
  porosity: 0.35,
  activeFraction: 0.5,
  bruggemanElectrolyte: 1.5,
  bruggemanSolid: 1.5,
  conductivity_S_per_m: 1e4,
  particleRadius_m: 5e-6,
  maximumConcentration_mol_per_m3: 5e4,
  initialStoichiometry: 0.5,
  diffusivity: { kind: 'constant', value: 1e-14 },
  diffusivityActivationEnergy_J_per_mol: 0,
  openCircuitPotential: { kind: 'formula', formula: '4.2 - 0.8*x' },
  entropicCoefficient: { kind: 'constant', value: 0 },
  kinetics: { rate_A_m2_5_per_mol1_5: 5e-6, activationEnergy_J_per_mol: 0 },
  regularised: false,
};

export function cellOf(change: Partial<Cell> = {}): Cell {
  return {
    id: 'test',
    name: 'test',
    ageing: null,
    kind: 'Li|Li',
    area_m2: 1e-4,
    temperature_K: T_K,
    counter: foil,
    working: foil,
    separator,
    electrolyte: {
      name: 'test',
      concentration_mol_per_m3: electrolyte.c,
      law: 'constant',
      conductivity_S_per_m: electrolyte.kappa,
      diffusivity_m2_per_s: electrolyte.D,
      transferenceNumber: electrolyte.tPlus,
      thermodynamicFactor: electrolyte.tdf,
    },
    electrolyteVolume_m3: 4e-9,
    contactResistance_ohm_m2: 0,
    thermal: null,
    voltage_V_min: -10,
    voltage_V_max: 10,
    nominalCapacity_C: null,
    mesh: { separatorNodes: 20, cathodeNodes: 20, particleNodes: 20 },
    protocol: null,
    assumptions: [],
    sources: [],
    ...change,
  };
}

/** The same cell on so many separator nodes. */
export function meshed(cell: Cell, separatorNodes: number): Cell {
  return { ...cell, mesh: { ...cell.mesh, separatorNodes } };
}

export interface Bench {
  readonly state: CellState;
  run(control: ResolvedStep['control'], change?: Partial<ResolvedStep>): { end: StepEnd; rows: Row[]; last: Row };
}

/** A fresh cell on a model; `run` takes it through one step and keeps the rows. */
export function benchOf(cell: Cell, model: 'fast' | 'full', relativeTolerance = 1e-7): Bench {
  const parameters = compileCell(cell);
  const transport: TransportModel =
    model === 'fast' ? createFastModel(parameters) : createFullModel(parameters, { relativeTolerance });
  const state = initialState(cell, LITHIUM_MOLAR_VOLUME_m3_per_mol);
  const work: Work = { steps: 0, rejected: 0, residuals: 0, jacobians: 0, factorisations: 0, solves: 0 };
  return {
    state,
    run(control, change = {}) {
      const rows: Row[] = [];
      const step: ResolvedStep = {
        control,
        duration_s: 3600,
        stops: [],
        period_s: Number.POSITIVE_INFINITY,
        ambient_K: cell.temperature_K,
        ...change,
      };
      const end = transport.runStep(
        state,
        step,
        (row) => rows.push({ ...row }),
        work,
        () => false,
      );
      return { end, rows, last: rows.at(-1)! };
    },
  };
}

export const current = (j_A_per_m2: number): ResolvedStep['control'] => ({ kind: 'current', j_A_per_m2 });
export const voltage = (voltage_V: number): ResolvedStep['control'] => ({ kind: 'voltage', voltage_V });
export const rest = current(0);

/** Charge of 1 mAh/cm2, C/m2. */
export const ONE_mAh_PER_cm2 = 36_000;

/** Gradient at both walls per current, mol/m4 per A/m2: (1 − t+)/(F·D_eff). */
export function wallGradientPerCurrent(D: number = electrolyte.D, tPlus: number = electrolyte.tPlus): number {
  return (1 - tPlus) / (F * D * HINDRANCE);
}
