// The interfacial resistance of a cell at a state: charge transfer and interphase of both electrodes at small signal.

import { arrhenius, insertionExchangeCurrentInto } from '../physics/index.ts';
import { F, R } from '../units/index.ts';
import type { CellParameters } from './compile.ts';
import type { CellState } from './contract.ts';
import {
  createMetalSide,
  interfacialResistance_ohm_m2,
  type MetalSide,
  solidFace,
  THICKNESS_m_PER_mol_per_m2,
} from './metal-side.ts';

export interface InterfaceProbe {
  /** Sum of both electrodes, Ohm m2 of cell area; NaN while a collector is bare. */
  resistance_ohm_m2(state: CellState): number;
  /** Of one lithium side. */
  side_ohm_m2(state: CellState, which: 'counter' | 'working'): number;
}

/** Metal thinner than this leaves a collector bare as far as a resistance is concerned. */
export const COVERED_m = 1e-9;

export function createInterfaceProbe({ cell, counterLaw, workingLaw }: CellParameters): InterfaceProbe {
  const counter = createMetalSide(cell.counter, counterLaw, cell.ageing?.counter, solidFace(cell, 'counter'));
  const metal =
    cell.working.kind === 'cathode' || workingLaw === null
      ? null
      : createMetalSide(cell.working, workingLaw, cell.ageing?.working, solidFace(cell, 'working'));
  const concentration = cell.electrolyte.concentration_mol_per_m3;
  const j0 = new Float64Array(1);
  const slope = new Float64Array(1);
  const salt = Float64Array.of(concentration);
  const filled = new Float64Array(1);

  function sideResistance(side: MetalSide, cellState: CellState, which: 'counter' | 'working'): number {
    const state = cellState[which]!;
    const h = state.lithium_mol_per_m2 * THICKNESS_m_PER_mol_per_m2;
    if (side.electrode.kind === 'collector' && h < COVERED_m) return Number.NaN;
    side.wear(state, cellState.ageing?.[which] ?? null, cellState.wettedFraction, true);
    return side.evaluate(0, concentration, cellState.temperature_K, h, state.layerThickness_m, 0)
      ? interfacialResistance_ohm_m2(side)
      : Number.NaN;
  }

  function cathodeResistance(state: CellState): number {
    if (cell.working.kind !== 'cathode') return 0;
    const { working } = cell;
    filled[0] = state.cathodeStoichiometry * working.maximumConcentration_mol_per_m3;
    const kinetics = {
      rate_A_m2_5_per_mol1_5: working.kinetics.rate_A_m2_5_per_mol1_5,
      maximumConcentration_mol_per_m3: working.maximumConcentration_mol_per_m3,
      referenceConcentration_mol_per_m3: concentration,
    };
    const warmth = arrhenius(working.kinetics.activationEnergy_J_per_mol, state.temperature_K);
    insertionExchangeCurrentInto(1, salt, filled, kinetics, warmth, j0, slope, slope);
    const area = (3 * working.activeFraction * working.thickness_m) / working.particleRadius_m;
    return (R * state.temperature_K) / (F * j0[0]! * area);
  }

  return {
    side_ohm_m2: (state, which) => sideResistance(which === 'counter' ? counter : metal!, state, which),
    resistance_ohm_m2(state) {
      const own = sideResistance(counter, state, 'counter');
      const other =
        metal === null || state.working === null ? cathodeResistance(state) : sideResistance(metal, state, 'working');
      return own + other;
    },
  };
}
