// What cycling says about a cell: the shapes of the findings. Every part is plain data; a part that does not apply is null, and
// `reasons` says why. Definitions and their sources: docs/analysis.md.

import type { AnalysedCellKind, EfficiencyConvention } from '../efficiency.ts';
import type { ReservoirEfficiency } from '../reservoir.ts';
import type { HalfCycleVoltage } from '../voltage.ts';

/** When a short was first seen. Found elsewhere, from voltages and spectra; a staircase and a life are read with it. */
export interface ShortOnset {
  readonly time_s: number;
  readonly kind: 'soft' | 'hard';
  /** Whether the cell came back from it; null where that is not known. */
  readonly reversible: boolean | null;
}

/** Criteria and what a person knows of the test. Defaults: `CYCLING_DEFAULTS`. */
export interface CyclingOptions {
  /** Decides what an efficiency is and which questions apply. */
  readonly cell: AnalysedCellKind;
  /** Geometric area; that of the record when left out. */
  readonly area_m2?: number | null;
  /** Currents below this share of the largest are rest. */
  readonly restShare?: number;
  /** Charges from the instrument's own counters where the record has them and they agree with the current, or always from the current. */
  readonly chargeFrom?: 'counters' | 'current';
  /** Largest relative difference between what the instrument measures in the two directions; null: not known. */
  readonly gainMismatch?: number | null;
  /**
   * Cycles at the start that no mean counts; null: the first, and all that lead up to the current and charge of the later ones.
   */
  readonly formationCycles?: number | null;
  /** Cycles of the long-run mean, both counted in; formation is left out all the same. */
  readonly range?: { readonly from?: number; readonly to?: number };
  /** Li|Cu ends where the efficiency stays below this in so many cycles one after the other. */
  readonly efficiencyThreshold?: number;
  readonly consecutiveCycles?: number;
  /** Li|Li ends where its polarisation exceeds so many times its lowest. */
  readonly polarisationRatio?: number;
  /** A cell with a cathode ends below this share of the capacity of the reference cycle. */
  readonly retention?: number;
  /** Reference of retention; null: the first complete cycle after formation. */
  readonly referenceCycle?: number | null;
  /** Shorts found in this test; null: nobody looked. */
  readonly shorts?: readonly ShortOnset[] | null;
  /** High-frequency resistance from impedance, for what |I|·R_s takes of an overpotential; null: not known. */
  readonly seriesResistance_ohm?: number | null;
  /** Lithium beyond what the cathode takes, over the cathode's capacity, x; null: not known. 0: anode-free. */
  readonly excessLithium?: number | null;
}

export const CYCLING_DEFAULTS = {
  restShare: 1e-4,
  chargeFrom: 'counters',
  gainMismatch: null,
  formationCycles: null,
  efficiencyThreshold: 0.8,
  consecutiveCycles: 3,
  polarisationRatio: 2,
  retention: 0.8,
  referenceCycle: null,
  shorts: null,
  seriesResistance_ohm: null,
  excessLithium: null,
} as const satisfies Required<Omit<CyclingOptions, 'cell' | 'area_m2' | 'range'>>;

export type HalfCycleAction = 'plate' | 'strip' | 'charge' | 'discharge';

/** The dip with which lithium nucleates. */
export type Nucleation =
  | {
      readonly kind: 'dip';
      /** Voltage and time of the tip. */
      readonly tip_V: number;
      readonly time_s: number;
      /** Share of the charge of this plating that had passed. */
      readonly chargeShare: number;
      /** η_n = |E_tip| (Pei 2017, 10.1021/acs.nanolett.6b04755). */
      readonly eta_n_V: number;
      /** μ_n = |E_tip| − |E_plateau| (as in Yan 2016, 10.1038/nenergy.2016.10). */
      readonly mu_n_V: number;
      /** |E_plateau|: mean over 50 to 90 % of the charge. */
      readonly plateau_V: number;
      /** The least rise after the tip that counted: 2 mV or three times the noise. */
      readonly criterion_V: number;
      /** Noise of the voltage, one standard deviation. */
      readonly noise_V: number;
      /** |I|·R_s, contained in both; null without a resistance. */
      readonly ohmic_V: number | null;
      /** A row for each percent of the charge at the least, until well past the tip. */
      readonly resolved: boolean;
    }
  /** No dip beyond the criterion. */
  | { readonly kind: 'none'; readonly criterion_V: number; readonly noise_V: number }
  /** Too few rows, or the voltage never crossed 0: nothing can be said. */
  | { readonly kind: 'unresolved'; readonly why: string };

/** How a half-cycle of Li|Li at constant current is shaped: flat, peaked at its ends, or rising. See `arcing.ts`. */
export interface ArcingShape {
  /** Largest |E| of the first quarter of the charge over the median of the middle, less 1. */
  readonly startRise: number;
  /** Largest |E| of the last quarter over the median of the middle, less 1. */
  readonly endRise: number;
  /** Median |E| between 40 and 60 % of the charge. */
  readonly middle_V: number;
  readonly word: 'rectangular' | 'peaked' | 'peaked at the start' | 'rising' | 'falling';
}

/** A stretch of one direction of the current, between two reversals. Rests inside it count for nothing. */
export interface HalfCycleFindings {
  /** From 0, in order of time. */
  readonly index: number;
  readonly cycle: number;
  /** Number that the instrument gave; null where it gave none. */
  readonly cycle_vendor: number | null;
  readonly action: HalfCycleAction;
  /** +1 oxidises the working electrode. */
  readonly sign: 1 | -1;
  /** Rows [start, end) of the record. */
  readonly start: number;
  readonly end: number;
  readonly start_s: number;
  readonly end_s: number;
  /** Magnitude. */
  readonly charge_C: number;
  /** Time with current, and time at rest since the half-cycle before. */
  readonly duration_s: number;
  readonly rest_before_s: number;
  /** Median |I| over time, and whether 90 % of the time lies within 5 % of it. */
  readonly current_A: number;
  readonly constantCurrent: boolean;
  /** Per geometric area; null without one. */
  readonly j_A_per_m2: number | null;
  /** At its last row, current flowing. */
  readonly end_V: number;
  readonly voltage: HalfCycleVoltage;
  /** What the voltage jumps by from row to row, one standard deviation; null below 5 rows. */
  readonly noise_V: number | null;
  /** Only platings in Li|Cu. */
  readonly nucleation: Nucleation | null;
  /** Only Li|Li at constant current. */
  readonly arcing: ArcingShape | null;
}

export type CycleFlag =
  /** CE > 1: lithium of earlier cycles came back, a short, or an error of charge. Never clipped. */
  | 'above-one'
  /** Li|Cu: stripping stopped before the voltage rose, so lithium stayed by design. */
  | 'lithium-left'
  /** Within a reservoir test, whose single cycles have no efficiency. */
  | 'reservoir-test'
  | 'formation'
  /** With a cathode: more came back in the first cycle than its charge can have put in, so the cell came charged. No efficiency. */
  | 'came-charged'
  /** The record begins or ends within it, or one of its halves is missing. */
  | 'incomplete';

export interface CycleFindings {
  readonly cycle: number;
  /** Number that the instrument gave the first row of this cycle; null where it gave none. */
  readonly cycle_vendor: number | null;
  readonly start_s: number;
  readonly end_s: number;
  /** Charge with oxidising (positive) and with reducing current that was paired, magnitudes. */
  readonly charged_C: number;
  readonly discharged_C: number;
  /** Where the working electrode is lithium or copper. */
  readonly plated_C: number | null;
  readonly stripped_C: number | null;
  /** Fraction by the convention of the findings, never clipped; null where undefined, where a half is missing or cut off, or where the cell came charged. */
  readonly coulombic_efficiency: number | null;
  /** What the instrument's gain mismatch may do to it, as a fraction; null where that is not known. */
  readonly coulombic_efficiency_error: number | null;
  /** All that came back over all that was put in up to and with this cycle; null where no efficiency is defined. */
  readonly cumulative_efficiency: number | null;
  readonly flags: readonly CycleFlag[];
  /** Whether it went into the long-run mean. */
  readonly counted: boolean;
  /** Indices of its half-cycles. */
  readonly halfCycles: readonly number[];
  /** Mean over positive less mean over negative current, by time; and the same where half the charge has passed. */
  readonly hysteresis_V: number | null;
  readonly mid_capacity_hysteresis_V: number | null;
  /** What the noise of the rows leaves open of the two, one standard deviation. */
  readonly hysteresis_V_error: number | null;
  readonly mid_capacity_hysteresis_V_error: number | null;
  /**
   * Half of what lies between both directions. Li|Li: of the means over time (of E along the current, where it went one way only). Else at
   * mid-capacity, since the means of a host run over other fillings in either direction; null where a half is missing or cut off.
   */
  readonly polarisation_V: number | null;
  /** |E| of the plateaus (50 to 90 % of the charge) of a metal working electrode. */
  readonly plating_plateau_V: number | null;
  readonly stripping_plateau_V: number | null;
  /** Of its first plating, Li|Cu. */
  readonly nucleation: Nucleation | null;
  /** Of its half-cycles, Li|Li. */
  readonly arcing: readonly ArcingShape[];
  /** Capacity given (discharged) over that of the reference cycle; null without a cathode. */
  readonly retention: number | null;
  /** Rest between its two directions (charged, or plated) and rest in all. */
  readonly rest_loaded_s: number;
  readonly rest_s: number;
}

/** What is divided by what, in which cycle. */
export interface Pairing {
  readonly rule: 'within a cycle' | 'n with the return that follows';
  /** In words, to be shown beside every efficiency. */
  readonly words: string;
}

/** A mean over cycles, with what it may be trusted for. */
export interface LongRunEfficiency {
  /** Mean of the ratios. */
  readonly coulombic_efficiency: number;
  /** Geometric mean: what one cycle must keep on average for the product of all. */
  readonly geometricMean: number;
  readonly from: number;
  readonly to: number;
  readonly cycles: number;
  /** Formation cycles left out, and others left out by their flags. */
  readonly formationExcluded: number;
  readonly otherExcluded: number;
  /** Standard deviation of the single cycles. */
  readonly standardDeviation: number | null;
  /** Of neighbouring cycles; null below 5 cycles. */
  readonly autocorrelation: number | null;
  /** Cycles that count as independent, n·(1 − ρ)/(1 + ρ), at most n. */
  readonly independentCycles: number;
  readonly standardError: number | null;
  /** 95 % interval of the mean from its scatter alone (Student); null below 3 cycles. */
  readonly interval: readonly [number, number] | null;
  /** Error of gain of the instrument, which no number of cycles reduces; null: not known. */
  readonly systematic: number | null;
  /** False where the loss is smaller than what the instrument can tell: then it may only be said that CE exceeds `claimable`. */
  readonly lossResolved: boolean;
  /** The highest efficiency that these data support. */
  readonly claimable: number;
  readonly aboveOne: number;
}

/** All that was stripped over all that was plated (or discharged over charged), since the first plating. */
export interface CumulativeEfficiency {
  readonly coulombic_efficiency: number;
  readonly in_C: number;
  readonly out_C: number;
  readonly from: number;
  readonly to: number;
  readonly systematic: number | null;
}

export interface ReservoirFinding extends ReservoirEfficiency {
  readonly order: 'strip first' | 'plate first';
  readonly start_s: number;
  readonly end_s: number;
  /** Cutoff reached by the last stripping. */
  readonly cutoff_V: number;
  /** Efficiency of the conditioning cycle before it; null without one. */
  readonly conditioning: number | null;
  readonly systematic: number | null;
  /** Null where the reservoir outlasted the short cycles. */
  readonly exhaustion: ExhaustionEfficiency | null;
}

/** A reservoir cycled until it was gone: CE = 1 − Q_T/(N·Q_C) (Aurbach 1989, 10.1149/1.2096425). */
export interface ExhaustionEfficiency {
  readonly coulombic_efficiency: number;
  readonly reservoir_C: number;
  /** N, whole short cycles until the stripping reached the cutoff early, and their mean plated charge. */
  readonly cycles: number;
  readonly cycled_C: number;
  /** One cycle more or less. */
  readonly resolution: number;
  readonly start_s: number;
  readonly end_s: number;
}

/** A straight line through the polarisations of cycles, or of half-cycles. */
export interface Drift {
  /** Theil and Sen's median of slopes, with its standard error from the middle of their distribution (robust). */
  readonly perCycle_V: number;
  readonly perCycle_V_error: number | null;
  readonly perHour_V: number;
  readonly perHour_V_error: number | null;
  readonly cycles: number;
}

export interface PolarisationFindings {
  /** What was taken as the polarisation, and of what. */
  readonly words: string;
  readonly of: 'cycle' | 'half-cycle';
  /** How many of them. */
  readonly points: number;
  readonly first_V: number;
  readonly last_V: number;
  readonly lowest_V: number;
  /** Number of the cycle, or place of the half-cycle from 1. */
  readonly lowestCycle: number;
  readonly highest_V: number;
  /** Last over lowest; null where the lowest is not above zero. */
  readonly lastOverLowest: number | null;
  readonly drift: Drift | null;
}

export interface ArcingFindings {
  /** Medians over the half-cycles, the first and the last fifth of them apart. */
  readonly first: ArcingShape['word'];
  readonly last: ArcingShape['word'];
  readonly startRise_first: number;
  readonly startRise_last: number;
  readonly endRise_first: number;
  readonly endRise_last: number;
  readonly halfCycles: number;
}

export interface CurrentStep {
  readonly current_A: number;
  readonly j_A_per_m2: number | null;
  readonly halfCycles: number;
  readonly start_s: number;
  readonly end_s: number;
  /** Median time and charge of its half-cycles. */
  readonly halfCycle_s: number;
  readonly halfCycle_C: number;
  /** Median |E| at mid-capacity, and over the current. */
  readonly voltage_V: number;
  readonly resistance_ohm: number;
}

/** A current at which something happened, and the last one at which it had not. */
export interface CriticalCurrent {
  readonly current_A: number;
  readonly j_A_per_m2: number | null;
  /** The step before, without a short; null where the first step shorted. */
  readonly below_A: number | null;
  readonly below_A_per_m2: number | null;
  readonly onset_s: number;
}

export interface CriticalCurrentFindings {
  readonly staircase: readonly CurrentStep[];
  readonly fixed: 'time' | 'charge' | 'neither';
  readonly unidirectional: boolean;
  readonly words: string;
  /** First short of any kind; first that the cell did not come back from. */
  readonly firstShort: CriticalCurrent | null;
  readonly firstIrreversible: CriticalCurrent | null;
  /** Without a short: the highest current that was passed is a lower bound. */
  readonly highest_A: number;
  readonly highest_A_per_m2: number | null;
  /** True where no short was met: "> highest". */
  readonly censored: boolean;
}

export interface CycleLife {
  readonly criterion: string;
  /** First cycle of the end; null where the test ended before. */
  readonly cycle: number | null;
  /** Cycles from the first to the last that could be judged: a test without an end says "> seen". */
  readonly seen: number;
  readonly censored: boolean;
  readonly words: string;
}

export interface RetentionFindings {
  readonly referenceCycle: number;
  readonly reference_C: number;
  readonly lastCycle: number;
  readonly last: number;
  /** Retention per cycle from the last and the reference, r^(1/N). */
  readonly perCycle: number;
}

/** The efficiency of lithium that a full cell's life implies; a bound where something else ended it, or where it has not ended. */
export interface ImpliedEfficiency {
  readonly coulombic_efficiency: number | null;
  /** What one cycle more or less changes; null without an efficiency. */
  readonly resolution: number | null;
  readonly retention: number;
  readonly cycles: number;
  readonly excess: number;
  readonly formula: string;
  /** True where the life is censored: lithium's efficiency is at least this. */
  readonly bound: boolean;
  readonly words: string;
}

/** What rest costs: cycles with and without rest in the loaded state laid side by side. */
export interface RestLoss {
  /** Loss of efficiency for each hour of rest, with its standard error. */
  readonly loss_per_h: number;
  readonly loss_per_h_error: number | null;
  /** The same as a current: charge lost over time. */
  readonly current_A: number;
  readonly j_A_per_m2: number | null;
  readonly restedCycles: number;
  readonly otherCycles: number;
  readonly rest_h: number;
  readonly words: string;
}

/** What was done to the cell, read back from the record. */
export interface ProtocolSummary {
  readonly words: string;
  /** Distinct currents in order of time spent, magnitudes. */
  readonly currents_A: readonly number[];
  readonly j_A_per_m2: readonly number[] | null;
  /** Median charge of the half-cycles in each direction. */
  readonly negative_C: number | null;
  readonly positive_C: number | null;
  /** Voltages at which half-cycles end, where half of them or more agree to 10 mV. */
  readonly negative_end_V: number | null;
  readonly positive_end_V: number | null;
  readonly sampling_s: number;
  readonly duration_s: number;
}

/** Parts of the findings that may be null. */
export type CyclingQuestion =
  | 'efficiency'
  | 'longRun'
  | 'cumulative'
  | 'reservoir'
  | 'exhaustion'
  | 'nucleation'
  | 'polarisation'
  | 'arcing'
  | 'criticalCurrent'
  | 'cycleLife'
  | 'retention'
  | 'impliedEfficiency'
  | 'restLoss';

export interface CyclingFindings {
  readonly cell: AnalysedCellKind;
  readonly convention: EfficiencyConvention;
  /** The convention in words a person can check against the cycler's. */
  readonly conventionWords: string;
  readonly pairing: Pairing;
  readonly area_m2: number | null;
  /** Where the charges come from, and by how much the other source differs, as a fraction of all charge; null without another. */
  readonly chargeSource: 'counters of the instrument' | 'current over time';
  readonly chargeSourcesDiffer: number | null;
  readonly protocol: ProtocolSummary;
  readonly halfCycles: readonly HalfCycleFindings[];
  readonly cycles: readonly CycleFindings[];
  readonly longRun: LongRunEfficiency | null;
  readonly cumulative: CumulativeEfficiency | null;
  /** The first reservoir test that has its last stripping, and all of them in order. */
  readonly reservoir: ReservoirFinding | null;
  readonly reservoirs: readonly ReservoirFinding[];
  /** Of the first. */
  readonly exhaustion: ExhaustionEfficiency | null;
  readonly polarisation: PolarisationFindings | null;
  readonly arcing: ArcingFindings | null;
  readonly criticalCurrent: CriticalCurrentFindings | null;
  readonly cycleLife: CycleLife | null;
  readonly retention: RetentionFindings | null;
  readonly impliedEfficiency: ImpliedEfficiency | null;
  readonly restLoss: RestLoss | null;
  /** Why a part is null, or holds nothing in any cycle. */
  readonly reasons: Readonly<Partial<Record<CyclingQuestion, string>>>;
  readonly remarks: readonly string[];
  /** Sentences of a verdict, most important first. */
  readonly sentences: readonly string[];
}
