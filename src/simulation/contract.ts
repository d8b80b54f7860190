// What the two transport models and the runner agree on. The cell state lives for the whole test; a model takes it through
// one protocol step and gives it back. *fast* and *full* are two implementations of `TransportModel` on this one state.
//
// All quantities are per geometric area of the cell. Sign: j > 0 oxidises the working electrode.

import type { Cell, Protocol } from '../cells/index.ts';
import type { DaeWork } from '../numerics/index.ts';
import type { CyclingRecord } from '../records/index.ts';

/** A lithium-metal side, or copper with what was plated on it. */
export interface MetalSideState {
  /** Metallic lithium that can still be stripped. */
  lithium_mol_per_m2: number;
  /** One thickness per interphase layer, from the metal outwards. */
  readonly layerThickness_m: Float64Array;
  /** Lithium taken into the interphase since the start of the test, of metal and of salt origin. */
  interphaseLithiumFromMetal_mol_per_m2: number;
  interphaseLithiumFromSalt_mol_per_m2: number;
  /** Metallic lithium that has lost contact. */
  deadLithium_mol_per_m2: number;
  /** Real over geometric area of the lithium that carries the current. */
  areaRatio: number;
  /** Share of the surface that a coating covers; 0 without one. */
  coatingIntact: number;
  /** Thickness of the porous layer of dead lithium and old shells. */
  deadLayer_m: number;
  /** How it lies on a solid electrolyte; null or left out in a liquid. */
  readonly contact?: SideContactState | null;
}

/** See `contact.ts`. */
export interface SideContactState {
  /** Share of the area that lithium touches, now and at the start of the test. */
  fraction: number;
  readonly most: number;
  /** During a step: s, the metal when it began, whether contact closes, and the sign of the change of thickness. */
  perThickness_per_m: number;
  from_m: number;
  closing: boolean;
  sign: -1 | 1;
}

/** What ageing remembers of one side between half-cycles. */
export interface SideAgeingState {
  /** Lithium metal lost by cause since the start, in the order of `LOSS_CAUSES`; `dead` less what was reached again. */
  readonly lost_mol_per_m2: Float64Array;
  /** What the last current did here: −1 plated, 1 stripped, 0 before the first. */
  direction: -1 | 0 | 1;
  /** Plated and stripped since the direction last changed. */
  plated_mol_per_m2: number;
  stripped_mol_per_m2: number;
  /** Of the present deposit what is still there, and the area that it adds, over the geometric area. */
  deposit_mol_per_m2: number;
  depositAreaRatio: number;
  /** Surface of the present deposit within a host that electrolyte reaches, and the most of it there ever was, over the area. */
  hostedAreaRatio: number;
  filmedAreaRatio: number;
  /** Lithium that the next stripping would leave behind at the reference pressure and at a small current. */
  unstrippable_mol_per_m2: number;
  /** The electrode was bare when the present deposit began. */
  fromBare: boolean;
  /** Size of the features of the present deposit, m. */
  depositSize_m: number;
  /** Charge that the first film on a bare collector still takes, C/m2. */
  firstFilm_C_per_m2: number;
  /** Time that counts for the passivation of bare metal, s. */
  passivation_s: number;
  /** Share of closed shells of a host that still hold. */
  shellsIntact: number;
  /** Thickness of coating left, as a share of the start, where lithium consumes it. */
  coatingLeft: number;
  /** Coating and area when the present half-cycle began: what its change of thickness strains. */
  strainedCoating: number;
  strainedAreaRatio: number;
  /** Area of the surface without a deposit, and how it rises with the thickness of lithium beyond `deposit_m_from`. */
  baseAreaRatio: number;
  areaPerThickness_per_m: number;
  deposit_m_from: number;
  /** Conduction of the dead layer during a step: see `metal-side.ts`. All 0 without a layer. */
  deadLayerResistance_ohm_m2: number;
  deadLayerGradient_mol_per_A_m: number;
  deadLayerJunction_V_per_K: number;
}

/** What ageing remembers of the cell. Balances of solvent and additives are checked against the interphase formed. */
export interface AgeingState {
  readonly counter: SideAgeingState;
  readonly working: SideAgeingState | null;
  /** Free liquid, m3/m2. */
  electrolyte_m: number;
  solventConsumed_mol_per_m2: number;
  /** Dissolved and in reserve, and used up, one for each additive of the cell, mol/m2. */
  readonly additive_mol_per_m2: Float64Array;
  readonly additiveReserve_mol_per_m2: Float64Array;
  readonly additiveConsumed_mol_per_m2: Float64Array;
  /** Charge that went into the interphase by whatever cause, C/m2. */
  interphaseCharge_C_per_m2: number;
}

/** Why metallic lithium is lost. Li+ in the interphase: all but `dead`. */
export const LOSS_CAUSES = ['fresh_surface', 'cracking', 'first_film', 'galvanic', 'dead'] as const;

/** Profiles that only the full model knows; null after a fast step, which keeps `CellState.lags` instead. */
export interface Profiles {
  /** Salt concentration at the nodes, separator first. */
  readonly concentration_mol_per_m3: Float64Array;
  /** Lithium in the particles, node-major: particle of cathode node k at [k·Nr, (k+1)·Nr). */
  readonly particle_mol_per_m3: Float64Array;
}

export interface CellState {
  time_s: number;
  temperature_K: number;
  readonly counter: MetalSideState;
  /** null when the working electrode is a cathode. */
  readonly working: MetalSideState | null;
  /** Mean stoichiometry of the cathode; NaN without one. */
  cathodeStoichiometry: number;
  /** Salt in the pores and in the reserve. */
  poreSalt_mol_per_m2: number;
  reserveSalt_mol_per_m2: number;
  /** Net charge passed through the outer circuit, positive as the current. */
  charge_C_per_m2: number;
  /** Share of the pores that electrolyte still fills; both conductivity and lithium surface shrink with it. */
  wettedFraction: number;
  /** null in a cell without ageing. */
  ageing: AgeingState | null;
  profiles: Profiles | null;
  /** What the fast model remembers of profiles between its steps (amplitudes of diffusion lags); absent or null after a full step. */
  lags?: Float64Array | null;
}

/** A protocol step made concrete for one cell: areal, SI, with the cell's own limits added to its stops. */
export interface ResolvedStep {
  readonly control:
    | { readonly kind: 'current'; readonly j_A_per_m2: number }
    | { readonly kind: 'voltage'; readonly voltage_V: number }
    | { readonly kind: 'power'; readonly power_W_per_m2: number }
    | { readonly kind: 'resistance'; readonly resistance_ohm_m2: number; readonly sign: -1 | 1 }
    | {
        readonly kind: 'profile';
        readonly of: 'current' | 'power' | 'voltage';
        readonly time_s: Float64Array;
        /** A/m2, W/m2 or V. */
        readonly value: Float64Array;
      };
  readonly duration_s: number;
  readonly stops: readonly StopCondition[];
  /** Spacing of stored rows, s; Infinity stores only start and end and what the model finds useful. */
  readonly period_s: number;
  readonly ambient_K: number;
  /** See `SimulateOptions.detail`; `rows` when left out. */
  readonly detail?: 'rows' | 'ends' | 'ends-without-means';
}

export interface StopCondition {
  readonly of: 'voltage' | 'current' | 'charge';
  /** V; |j| in A/m2; |charge| of this step in C/m2. */
  readonly value: number;
  readonly side: 'above' | 'below';
  /** A safety limit of the cell rather than the protocol's own stop. */
  readonly limit: boolean;
}

/** Lithium melts at 453.65 K (CRC Handbook); no liquid electrolyte is one below 173 K. A step ends where it is hotter or colder. */
export const TEMPERATURE_K_MAX = 453.65;
export const TEMPERATURE_K_MIN = 173.15;
/** Salt at an electrode below this ends a step: the limiting current is reached. */
export const DEPLETED_mol_per_m3 = 1;
/** A metal of less than this, about a nanometre, may have stopped carrying the current before the last of it is gone. */
export const LITHIUM_mol_per_m2_SPARSE = 1e-4;

/** Why a step ended. Everything but `failed` is physics or protocol; `failed` keeps the last good state. */
export type StepEnd =
  | { readonly kind: 'duration' }
  | { readonly kind: 'stop'; readonly stop: StopCondition }
  | { readonly kind: 'lithium-exhausted'; readonly side: 'counter' | 'working' }
  /** The salt runs out at an electrode: the limiting current, or Sand's time. */
  | { readonly kind: 'salt-depleted'; readonly side: 'counter' | 'working' }
  /** The particles are full (1) or empty (0) at the surface. */
  | { readonly kind: 'cathode-limit'; readonly stoichiometry: 0 | 1 }
  /** The cell got hotter than lithium stays solid, or colder than any electrolyte stays liquid. */
  | { readonly kind: 'temperature-limit' }
  /** No current gives what the step holds: it is more than the cell can give or take, or of the wrong sign. */
  | { readonly kind: 'demand-unmet'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'aborted' };

/** One row of results. The sink copies; the model reuses the object. */
export interface Row {
  time_s: number;
  j_A_per_m2: number;
  voltage_V: number;
  temperature_K: number;
  counterLithium_m: number;
  /** NaN where the working electrode is a cathode. */
  workingLithium_m: number;
  cathodeStoichiometry: number;
  /** Contributions to the voltage beyond open circuit, V, each signed as it adds to the cell voltage. */
  openCircuit_V: number;
  ohmic_V: number;
  interphase_V: number;
  counterKinetics_V: number;
  workingKinetics_V: number;
  concentration_V: number;
  /**
   * For a step taken without rows between its ends: time that this row stands for in means, s; 0 at the ends. Left out, or NaN,
   * where rows are joined by straight lines.
   */
  weight_s?: number;
}

/** A row to be filled in place. */
export function emptyRow(): Row {
  return {
    time_s: 0,
    j_A_per_m2: 0,
    voltage_V: 0,
    temperature_K: 0,
    counterLithium_m: 0,
    workingLithium_m: Number.NaN,
    cathodeStoichiometry: Number.NaN,
    openCircuit_V: 0,
    ohmic_V: 0,
    interphase_V: 0,
    counterKinetics_V: 0,
    workingKinetics_V: 0,
    concentration_V: 0,
  };
}

export type RowSink = (row: Readonly<Row>) => void;

/** Work counts, summed over the run; the integrator's own, which the fast model fills as far as they mean something there. */
export type Work = DaeWork;

export interface TransportModel {
  readonly name: 'fast' | 'full';
  /**
   * Take `state` through `step`; every stored row goes to `sink`, first and last row of the step included. The state is
   * left at the end of the step, also when the end is `failed` or `aborted`. Never throws for mathematics that fails.
   */
  runStep(state: CellState, step: ResolvedStep, sink: RowSink, work: Work, aborted: () => boolean): StepEnd;
}

export interface SimulateOptions {
  readonly model?: 'fast' | 'full';
  /** Cycles (from 1) to run with the full model while the rest run fast. */
  readonly fullCycles?: readonly number[];
  /** Ends after this many cycles; a shorter protocol has its last repeat prolonged, or is repeated as a whole. */
  readonly cycles?: number;
  /**
   * `ends`: the fast model takes each constant current in as few sub-steps as its end needs, and the record holds the first and
   * last row of each step. Means over a step come from a few points between. For many runs of which the cycles count.
   */
  readonly detail?: 'rows' | 'ends';
  /**
   * With `ends`: the cycles whose mean voltages and overpotentials are wanted; all when left out. Finding them is most of the work
   * of such a run. Elsewhere the means are null, and there are no overpotentials.
   */
  readonly meansIn?: readonly number[];
  /**
   * Cycles that hardly differ from their neighbours are jumped over, by the fast model in a protocol that is one repeat of one
   * cycle: see `cycle-jump.ts`. Their summaries lie on straight lines between those computed. Cycles of `meansIn` are
   * computed. For many runs of long tests.
   */
  readonly jump?: boolean;
  /** Accuracy of the full model; 2e-4 by default, which gives the voltage to about 0.1 mV. */
  readonly relativeTolerance?: number;
  /** Longest wall time is the caller's affair: it aborts through this. */
  readonly stop?: { readonly aborted: boolean };
  onProgress?(fraction: number, cycle: number): void;
  /** Rows kept at most; beyond it every second row of finished cycles is dropped (first and last of a step stay). */
  readonly rows_max?: number;
}

export interface CycleSummary {
  readonly cycle: number;
  readonly model: 'fast' | 'full';
  readonly start_s: number;
  readonly end_s: number;
  /** Li|Cu and Li|Li: charge plated on and stripped from the working electrode. Cathode cells: see charged/discharged. */
  readonly plated_mAh_per_cm2: number;
  readonly stripped_mAh_per_cm2: number;
  /** Charge with positive (oxidising) and negative current. */
  readonly charged_mAh_per_cm2: number;
  readonly discharged_mAh_per_cm2: number;
  /** Li|Cu: stripped/plated. Cathode cells: discharged/charged (a full-cell efficiency, not lithium's). Null elsewhere. */
  readonly coulombic_efficiency: number | null;
  /**
   * By cause and side, such as `dead_working`; `left_on_working` is what stayed there in contact. On a metal working electrode
   * plated − stripped is the sum of everything that ends in `_working`.
   */
  readonly losses_mAh_per_cm2: Readonly<Record<string, number>>;
  /** Mean over plating (or negative current), magnitudes, mV. */
  readonly overpotential_mV: Readonly<Record<string, number>>;
  readonly mean_voltage_plating_V: number | null;
  readonly mean_voltage_stripping_V: number | null;
  /** Interphase plus charge transfer at small signal, both electrodes, at the end of the cycle. */
  readonly interfacial_resistance_ohm_cm2: number;
  readonly counter_lithium_um: number;
  readonly working_lithium_um: number | null;
  readonly interphase_thickness_nm: { readonly counter: number; readonly working: number | null };
  /** Li|Li: mean of |V|. Elsewhere half the distance between the mean voltages of both directions; null without both. */
  readonly polarisation_mV: number | null;
  /** Li|Cu: how far the voltage dips below the end of the first plating step; null elsewhere. */
  readonly nucleation_overpotential_mV: number | null;
  /** null in a cell without ageing. */
  readonly ageing: CycleAgeing | null;
  /** Only in a cell with a solid electrolyte. */
  readonly solid?: CycleContact;
}

/** How lithium lies on a solid electrolyte at the end of a cycle. */
export interface CycleContact {
  readonly contact_fraction: BothSides;
  /** Of each face: charge transfer, films, constriction and interlayers at small signal. */
  readonly resistance_ohm_cm2: BothSides;
  /** E10 with that resistance, known to a factor; null for an electrolyte that yields. */
  readonly critical_current_mA_per_cm2: BothSides | null;
}

/** A number for each side; `working` is null beside a cathode. */
export interface BothSides<T = number> {
  readonly counter: T;
  readonly working: T | null;
}

/** What a cycle left behind. */
export interface CycleAgeing {
  /** Lithium lost in this cycle as Li⁺ in the interphase and as Li⁰ without contact. */
  readonly lithium_ions_lost_mAh_per_cm2: BothSides;
  readonly dead_lithium_mAh_per_cm2: BothSides;
  readonly deposit_size_um: BothSides;
  readonly area_ratio: BothSides;
  readonly coating_intact: BothSides;
  readonly dead_layer_um: BothSides;
  /** The least lithium in contact at any row of the cycle. */
  readonly lowest_lithium_mAh_per_cm2: BothSides;
  readonly wetted_fraction: number;
  /** Free liquid over that of the start. */
  readonly electrolyte_left: number;
  /** Of each additive, dissolved and undissolved, what is left of the start. */
  readonly additive_left: Readonly<Record<string, number>>;
}

export interface Stop {
  readonly kind:
    | 'completed'
    | 'protocol-stop'
    | 'voltage-limit'
    | 'lithium-exhausted'
    | 'salt-depleted'
    | 'cathode-limit'
    | 'temperature-limit'
    | 'demand-unmet'
    | 'failed'
    | 'aborted';
  readonly message: string;
  readonly time_s: number;
}

/** Largest relative drift seen in the run, and the amounts it is relative to. */
export interface Conservation {
  readonly lithium: number;
  readonly charge: number;
  readonly salt: number;
  /** Solvent and additives against the charge that went into interphase; 0 in a cell without ageing. */
  readonly solvent: number;
  readonly additive: number;
}

/** A resource that ran out. */
export interface LifeEvent {
  readonly kind: 'additive-gone' | 'coating-worn' | 'electrolyte-dry' | 'lithium-exhausted';
  /** The first cycle after which it was gone. */
  readonly cycle: number;
  readonly message: string;
}

/** See `end-of-life.ts`. */
export interface EndOfLife {
  /** null while the cell lives. */
  readonly cycle: number | null;
  readonly criterion: 'capacity' | 'efficiency' | 'polarisation' | 'stopped' | null;
  readonly cause:
    | 'lithium-exhausted'
    | 'electrolyte-dry'
    | 'additive-gone'
    | 'resistance'
    | 'coating-worn'
    | 'cathode'
    | 'none';
  readonly message: string;
  /** In order of time. */
  readonly events: readonly LifeEvent[];
  /** Foil over the first capacity; null without a cathode. */
  readonly n_to_p: number | null;
  /** Per first capacity. */
  readonly electrolyte_mL_per_Ah: number | null;
}

export interface SimulationResult {
  readonly cell: Cell;
  readonly protocol: Protocol;
  readonly model: 'fast' | 'full' | 'mixed';
  readonly stop: Stop;
  readonly record: CyclingRecord;
  readonly cycles: readonly CycleSummary[];
  readonly end_of_life: EndOfLife;
  readonly conservation: Conservation;
  readonly work: Work;
  readonly warnings: readonly string[];
  readonly sources: readonly string[];
  readonly state: CellState;
}
