// Lithium, salt and charge of a cell state, and whether they add up.

import type { Ageing, Cell, Coating } from '../cells/index.ts';
import { wettedFraction } from '../physics/index.ts';
import { F } from '../units/index.ts';
import { initialAgeing, poreVolume_m } from './ageing.ts';
import { initialContact } from './contact.ts';
import type { CellState, Conservation, MetalSideState, SideAgeingState, SideContactState } from './contract.ts';

/** The state before anything was done: everything relaxed at the cell's temperature. */
export function initialState(cell: Cell, molarVolume_m3_per_mol: number): CellState {
  const ageing = initialAgeing(cell);
  const side = (
    electrode: Cell['counter'],
    own: SideAgeingState | null | undefined,
    coating: Coating | null | undefined,
    contact: SideContactState | null,
  ): MetalSideState => ({
    lithium_mol_per_m2: electrode.lithiumThickness_m / molarVolume_m3_per_mol,
    layerThickness_m: Float64Array.from(electrode.interphase, (layer) => layer.thickness_m),
    interphaseLithiumFromMetal_mol_per_m2: 0,
    interphaseLithiumFromSalt_mol_per_m2: 0,
    deadLithium_mol_per_m2: 0,
    areaRatio: own?.baseAreaRatio ?? electrode.areaRatio,
    coatingIntact: coating ? 1 - coating.pinholeFraction : 0,
    deadLayer_m: 0,
    contact,
  });
  const { working, electrolyte } = cell;
  const cathode = working.kind === 'cathode' ? working : null;
  const pores_m = poreVolume_m(cell);
  const reserve_m = Math.max(0, cell.electrolyteVolume_m3 / cell.area_m2 - pores_m);
  return {
    time_s: 0,
    temperature_K: cell.temperature_K,
    counter: side(cell.counter, ageing?.counter, cell.ageing?.counter.coating, initialContact(cell, 'counter')),
    working:
      working.kind === 'cathode'
        ? null
        : side(working, ageing?.working, cell.ageing?.working?.coating, initialContact(cell, 'working')),
    cathodeStoichiometry: cathode?.initialStoichiometry ?? Number.NaN,
    poreSalt_mol_per_m2: pores_m * electrolyte.concentration_mol_per_m3,
    reserveSalt_mol_per_m2: reserve_m * electrolyte.concentration_mol_per_m3,
    charge_C_per_m2: 0,
    wettedFraction: ageing === null ? 1 : wettedFraction(ageing.electrolyte_m, pores_m),
    ageing,
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

/** Lithium that the interphases took from the metals, mol/m2. */
function takenByInterphase({ counter, working }: CellState): number {
  return counter.interphaseLithiumFromMetal_mol_per_m2 + (working?.interphaseLithiumFromMetal_mol_per_m2 ?? 0);
}

interface Stores {
  /** Metal, in contact or dead, plus what the interphase took from it; cathode for a cathode. */
  readonly counter: number;
  readonly working: number;
  readonly salt: number;
  /** All lithium in the cell. */
  readonly lithium: number;
}

function storesOf(cell: Cell, state: CellState): Stores {
  const side = (metal: MetalSideState): number =>
    metal.lithium_mol_per_m2 + metal.interphaseLithiumFromMetal_mol_per_m2 + metal.deadLithium_mol_per_m2;
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

/**
 * Drifts of what the electrolyte gave. Solvent: electrons that solvent and additives took against lithium that the metals lost
 * to interphase, relative to what the solvent could take in all, and volume against molecules. Additives: dissolved, undissolved and used
 * against the start.
 */
function liquidOf(
  cell: Cell,
  ageing: Ageing,
  formed_mol_per_m2: number,
  state: CellState,
): { readonly solvent: number; readonly additive: number } {
  const { electrons, molarVolume_m3_per_mol } = ageing.solvent;
  const own = state.ageing!;
  const start_m = cell.electrolyteVolume_m3 / cell.area_m2;
  let paid = own.solventConsumed_mol_per_m2 * electrons;
  let additive = 0;
  ageing.additives.forEach((one, k) => {
    paid += own.additiveConsumed_mol_per_m2[k]! * one.electrons;
    const all = (one.concentration_mol_per_m3 + one.reserve_mol_per_m3) * start_m;
    const now = own.additive_mol_per_m2[k]! + own.additiveReserve_mol_per_m2[k]! + own.additiveConsumed_mol_per_m2[k]!;
    if (all > 0) additive = Math.max(additive, Math.abs(now - all) / all);
  });
  const available = start_m / molarVolume_m3_per_mol;
  const volume = Math.abs(own.electrolyte_m / molarVolume_m3_per_mol + own.solventConsumed_mol_per_m2 - available);
  return { solvent: Math.max(Math.abs(paid - formed_mol_per_m2) / electrons, volume) / available, additive };
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
 * lithium where that is more. Solvent and additives: see `liquidOf`.
 */
export function createAudit(cell: Cell, start: CellState): Audit {
  const first = storesOf(cell, start);
  const charge0 = start.charge_C_per_m2;
  const bound0 = takenByInterphase(start);
  let lithium = 0;
  let charge = 0;
  let salt = 0;
  let solvent = 0;
  let additive = 0;
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
      if (cell.ageing === null || state.ageing === null) return;
      const liquid = liquidOf(cell, cell.ageing, takenByInterphase(state) - bound0, state);
      solvent = Math.max(solvent, liquid.solvent);
      additive = Math.max(additive, liquid.additive);
    },
    worst: () => ({ lithium, charge, salt, solvent, additive }),
  };
}
