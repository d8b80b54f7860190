// Lithium, salt and charge of a cell state, and whether they add up.

import type { Cell } from '../cells/index.ts';
import { F } from '../units/index.ts';
import type { CellState, Conservation, MetalSideState } from './contract.ts';

/** The state before anything was done: everything relaxed at the cell's temperature. */
export function initialState(cell: Cell, molarVolume_m3_per_mol: number): CellState {
  const side = (electrode: Cell['counter']): MetalSideState => ({
    lithium_mol_per_m2: electrode.lithiumThickness_m / molarVolume_m3_per_mol,
    layerThickness_m: Float64Array.from(electrode.interphase, (layer) => layer.thickness_m),
    interphaseLithiumFromMetal_mol_per_m2: 0,
    interphaseLithiumFromSalt_mol_per_m2: 0,
    deadLithium_mol_per_m2: 0,
    areaRatio: electrode.areaRatio,
    coatingIntact: 0,
    deadLayer_m: 0,
  });
  const { working, separator, electrolyte } = cell;
  const cathode = working.kind === 'cathode' ? working : null;
  const pores_m =
    separator.thickness_m * separator.porosity + (cathode === null ? 0 : cathode.thickness_m * cathode.porosity);
  const reserve_m = Math.max(0, cell.electrolyteVolume_m3 / cell.area_m2 - pores_m);
  return {
    time_s: 0,
    temperature_K: cell.temperature_K,
    counter: side(cell.counter),
    working: working.kind === 'cathode' ? null : side(working),
    cathodeStoichiometry: cathode?.initialStoichiometry ?? Number.NaN,
    poreSalt_mol_per_m2: pores_m * electrolyte.concentration_mol_per_m3,
    reserveSalt_mol_per_m2: reserve_m * electrolyte.concentration_mol_per_m3,
    charge_C_per_m2: 0,
    wettedFraction: 1,
    ageing: null,
    profiles: null,
    lags: null,
  };
}

/** Lithium that the cathode can hold, mol per m2 of cell; 0 without one. */
export function cathodeSites_mol_per_m2(cell: Cell): number {
  const { working } = cell;
  if (working.kind !== 'cathode') return 0;
  return working.activeFraction * working.thickness_m * working.maximumConcentration_mol_per_m3;
}

interface Stores {
  /** Metal plus what the interphase took from it; cathode for a cathode. */
  readonly counter: number;
  readonly working: number;
  readonly salt: number;
  /** All lithium in the cell. */
  readonly lithium: number;
}

function storesOf(cell: Cell, state: CellState): Stores {
  const side = ({ lithium_mol_per_m2, interphaseLithiumFromMetal_mol_per_m2 }: MetalSideState): number =>
    lithium_mol_per_m2 + interphaseLithiumFromMetal_mol_per_m2;
  const counter = side(state.counter);
  const working =
    state.working === null ? state.cathodeStoichiometry * cathodeSites_mol_per_m2(cell) : side(state.working);
  const salt =
    state.poreSalt_mol_per_m2 +
    state.reserveSalt_mol_per_m2 +
    state.counter.interphaseLithiumFromSalt_mol_per_m2 +
    (state.working?.interphaseLithiumFromSalt_mol_per_m2 ?? 0);
  return { counter, working, salt, lithium: counter + working + salt };
}

export interface Audit {
  /** Compare a state with the start; call after every step. `throughput` is the charge passed so far, both ways, C/m2. */
  check(state: CellState, throughput_C_per_m2: number): void;
  /** Largest relative drifts seen. */
  worst(): Conservation;
}

/** Charges are compared with at least this share of the cell's lithium: sums over its stores round to 1e-15 of it. */
const CHARGE_SHARE_MIN = 3e-5;

/**
 * Balances against the state at the start: each drift relative to all lithium, all salt, and the charge passed or 3e-5 of all
 * lithium where that is more.
 */
export function createAudit(cell: Cell, start: CellState): Audit {
  const first = storesOf(cell, start);
  const charge0 = start.charge_C_per_m2;
  let lithium = 0;
  let charge = 0;
  let salt = 0;
  return {
    check(state, throughput) {
      const now = storesOf(cell, state);
      lithium = Math.max(lithium, Math.abs(now.lithium - first.lithium) / first.lithium);
      salt = Math.max(salt, Math.abs(now.salt - first.salt) / first.salt);
      const passed = (state.charge_C_per_m2 - charge0) / F;
      const scale = Math.max(throughput / F, CHARGE_SHARE_MIN * first.lithium);
      const error = Math.max(
        Math.abs(now.counter - first.counter - passed),
        Math.abs(now.working - first.working + passed),
      );
      charge = Math.max(charge, error / scale);
    },
    worst: () => ({ lithium, charge, salt }),
  };
}
