// What is on the bench, as plain data in SI units. A cell file is parsed and checked into this once, at the door.
//
// Geometry: x runs from the counter electrode (x = 0) through the separator to the working electrode. The counter is
// lithium or, in an anode-free cell, bare copper; the working electrode is lithium, bare copper or a porous cathode.

import type { Ageing } from './ageing.ts';
import type { Protocol } from './protocol.ts';
import type { SolidElectrolyte } from './solid.ts';

/**
 * Where a number comes from. Tags: measured (a source is named), published (a parameter of the published model named, not shown
 * to be a measurement), fitted (here, to the data named), memory, prior, assumed (the cell file's author).
 */
export interface Sourced {
  readonly value: number;
  readonly tag: 'measured' | 'published' | 'computed' | 'fitted' | 'memory' | 'prior' | 'assumed';
  readonly source: string;
  /** Plausible range, same unit. */
  readonly range?: readonly [number, number];
}

/** Growth of one interphase layer, spec §1.5. `none` keeps the thickness. */
export type GrowthLaw =
  | { readonly kind: 'none' }
  /** (a) dL/dt = k·exp(−αF(φ−U)/RT); k at φ = U, m/s. */
  | {
      readonly kind: 'reaction-limited';
      readonly rate_m_per_s: number;
      readonly alpha: number;
      readonly potential_V: number;
    }
  /** (b) dL/dt = k²/(2L): L² = L0² + k²t. k in m/s^½. */
  | { readonly kind: 'transport-limited'; readonly k_m_per_sqrt_s: number }
  /** (c) dL/dt = k_t·exp(−βL). */
  | { readonly kind: 'tunnelling'; readonly rate_m_per_s: number; readonly decay_per_m: number }
  /** (d) von Kolzenberg 2020 (10.1002/cssc.202000867): reaction, diffusion and migration in one. */
  | {
      readonly kind: 'unified';
      readonly exchangeCurrent_A_per_m2: number;
      readonly alpha: number;
      readonly diffusivity_m2_per_s: number;
      readonly concentration_mol_per_m3: number;
      readonly tunnellingThickness_m: number;
    }
  /** PyBaMM "electron-migration limited": j = κ(Δφ−U)/L for Δφ < U. */
  | { readonly kind: 'electron-migration'; readonly conductivity_S_per_m: number; readonly potential_V: number }
  /** PyBaMM "interstitial-diffusion limited": j = −(D·c·F/L)·exp(−FΔφ/RT). */
  | {
      readonly kind: 'interstitial-diffusion';
      readonly diffusivity_m2_per_s: number;
      readonly concentration_mol_per_m3: number;
    }
  /** PyBaMM "ec reaction limited" (Yang 2017): j = −F·c·k/(1 + kL/D), k = k0·exp(−αF(Δφ−U−jLR)/RT). */
  | {
      readonly kind: 'solvent-reaction-diffusion';
      readonly rate_m_per_s: number;
      readonly alpha: number;
      readonly potential_V: number;
      readonly diffusivity_m2_per_s: number;
      readonly concentration_mol_per_m3: number;
    };

/** One layer of the interphase on lithium, from the metal outwards. */
export interface InterphaseLayer {
  readonly name: string;
  readonly thickness_m: number;
  /** Ionic conductivity at 298.15 K. */
  readonly conductivity_S_per_m: number;
  readonly activationEnergy_J_per_mol: number;
  readonly growth: GrowthLaw;
  readonly growthActivationEnergy_J_per_mol: number;
  /** Lithium bound in the layer, mol per m3 of layer. */
  readonly lithiumConcentration_mol_per_m3: number;
  /**
   * Share s of that lithium which came with a salt anion that was reduced. LiX + n e⁻ + n Li⁺ gives s = 1/(n+1). The metal
   * loses (1−s), with one electron each, and the electrolyte loses s of salt. 0: solvent alone is reduced.
   */
  readonly saltFraction: number;
}

/** Kinetics of Li ⇌ Li⁺ + e⁻ per real area. j0(c) = j0_ref·(c/c_ref)^γ, Arrhenius. */
export interface MetalKinetics {
  readonly law:
    | { readonly kind: 'butler-volmer'; readonly alphaAnodic: number; readonly alphaCathodic: number }
    | { readonly kind: 'marcus-hush-chidsey'; readonly reorganisationEnergy_eV: number };
  readonly exchangeCurrent_A_per_m2: number;
  readonly referenceConcentration_mol_per_m3: number;
  readonly concentrationExponent: number;
  readonly activationEnergy_J_per_mol: number;
}

/** A lithium-metal side: foil, or a bare current collector that starts without lithium. */
export interface MetalElectrode {
  readonly kind: 'lithium' | 'collector';
  /** Lithium at the start; 0 on a bare collector. */
  readonly lithiumThickness_m: number;
  /** What carries the lithium (Cu, steel, none). */
  readonly material: string;
  /** Real over geometric area of the lithium surface. */
  readonly areaRatio: number;
  readonly kinetics: MetalKinetics;
  readonly interphase: readonly InterphaseLayer[];
}

/** A porous insertion electrode. Laws are named; their functions live in `physics` and `materials`. */
export interface PorousCathode {
  readonly kind: 'cathode';
  /** LFP, NMC532, NMC811, LCO, or a name of the file's author. */
  readonly material: string;
  readonly thickness_m: number;
  readonly porosity: number;
  readonly activeFraction: number;
  readonly bruggemanElectrolyte: number;
  readonly bruggemanSolid: number;
  readonly conductivity_S_per_m: number;
  readonly particleRadius_m: number;
  readonly maximumConcentration_mol_per_m3: number;
  readonly initialStoichiometry: number;
  readonly diffusivity: ScalarLaw;
  readonly diffusivityActivationEnergy_J_per_mol: number;
  readonly openCircuitPotential: ScalarLaw;
  /** dU/dT, V/K against stoichiometry. */
  readonly entropicCoefficient: ScalarLaw;
  readonly kinetics: {
    /** j0 = k·√(c_e·c_s·(c_max−c_s)), k in A m^-2 (m3/mol)^1.5 at 298.15 K. */
    readonly rate_A_m2_5_per_mol1_5: number;
    readonly activationEnergy_J_per_mol: number;
  };
  /** PyBaMM's regularised powers and open-circuit guard (engines.md §2.1), for the reference half-cell. */
  readonly regularised: boolean;
}

/** A function of one variable x (a stoichiometry): a built-in law by name, a formula in x, a table, or a constant. */
export type ScalarLaw =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'formula'; readonly formula: string }
  | { readonly kind: 'table'; readonly x: readonly number[]; readonly y: readonly number[] };

export interface Separator {
  readonly thickness_m: number;
  readonly porosity: number;
  readonly bruggeman: number;
}

/** Transport of a binary salt. `law` names property functions; a number beside it replaces that one property. */
export interface Electrolyte {
  readonly name: string;
  readonly concentration_mol_per_m3: number;
  readonly law: TransportLawName;
  /** Replacements of single properties (at all c; conductivity and diffusivity with Arrhenius energies). */
  readonly conductivity_S_per_m?: number;
  readonly diffusivity_m2_per_s?: number;
  readonly transferenceNumber?: number;
  readonly thermodynamicFactor?: number;
  readonly conductivityActivationEnergy_J_per_mol?: number;
  readonly diffusivityActivationEnergy_J_per_mol?: number;
  /** BPX electrolytes: κ(c), D(c) as functions of c in mol/m3. */
  readonly conductivityLaw?: ScalarLaw;
  readonly diffusivityLaw?: ScalarLaw;
}

export type TransportLawName =
  | 'landesfeind2019-ec-emc'
  | 'landesfeind2019-ec-dmc'
  | 'ec-dec-lundgren'
  | 'nyman2008'
  | 'valoen2005'
  | 'capiglia1999'
  | 'constant'
  | 'functions';

export interface Thermal {
  /** Areal heat capacity of the stack, J/(m2 K). */
  readonly heatCapacity_J_per_m2_K: number;
  /** Heat exchange with the surroundings per cell area, W/(m2 K). */
  readonly heatTransfer_W_per_m2_K: number;
}

export interface Mesh {
  readonly separatorNodes: number;
  readonly cathodeNodes: number;
  readonly particleNodes: number;
}

export type CellKind = 'Li|Li' | 'Li|Cu' | 'Li|cathode' | 'Cu|cathode';

export interface Cell {
  readonly id: string;
  readonly name: string;
  readonly kind: CellKind;
  readonly area_m2: number;
  readonly temperature_K: number;
  readonly counter: MetalElectrode;
  readonly working: MetalElectrode | PorousCathode;
  readonly separator: Separator;
  readonly electrolyte: Electrolyte;
  /** All the electrolyte in the cell, pores and reserve; salt taken by the interphase is drawn from both together. */
  readonly electrolyteVolume_m3: number;
  readonly contactResistance_ohm_m2: number;
  /** null: the cell stays at the temperature of its surroundings. */
  readonly thermal: Thermal | null;
  /** Voltages at which any step ends (a cycler's safety limits), V. */
  readonly voltage_V_min: number;
  readonly voltage_V_max: number;
  /** What 1C means, C; null where the cell has none (then a C-rate in its protocol is bad input). */
  readonly nominalCapacity_C: number | null;
  readonly mesh: Mesh;
  /** null: lithium is lost to the growth of the interphase alone, as in the published models that are compared with. */
  readonly ageing: Ageing | null;
  /** null (or left out): the electrolyte is a liquid. A cell with a solid has no `ageing`. */
  readonly solid?: SolidElectrolyte | null;
  readonly protocol: Protocol | null;
  /** Values that the file did not give and the program supplied, with tag and source; shown with every result. */
  readonly assumptions: readonly Assumption[];
  readonly sources: readonly string[];
}

export interface Assumption extends Sourced {
  /** Path in the cell file, such as `counter.kinetics.exchangeCurrent`. */
  readonly path: string;
  readonly unit: string;
}
