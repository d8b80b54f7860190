// One part of a cell as a small alternating current meets it, per geometric area. The parts of a cell are in series: their impedances
// add up to that of the cell, whatever stands beside what within a part.

import { type Complex, complex, scaled } from '../numerics/index.ts';
import { arcImpedance, capacitorImpedance, LENGTH_DIFFUSION_PEAK, lengthDiffusion } from '../physics/index.ts';

export type ImpedancePartKind =
  | 'contacts'
  | 'electrolyte'
  | 'grain-boundaries'
  | 'salt-diffusion'
  | 'dead-layer'
  | 'interphase'
  | 'coating'
  | 'charge-transfer'
  | 'nucleation'
  | 'constriction'
  | 'interlayer'
  | 'blocking'
  | 'pores'
  | 'solid-diffusion';

export type ImpedanceSide = 'counter' | 'working' | 'between';

export interface ArealPart {
  readonly name: string;
  readonly side: ImpedanceSide;
  readonly kind: ImpedancePartKind;
  /** Limit of the real part at ω → 0, Ohm m2: the slope of its law for direct current. */
  readonly resistance_ohm_m2: number;
  /** Limit at ω → ∞; of the bulk of a solid its resistance, which its own capacity shorts only beyond what is measured. */
  readonly highFrequency_ohm_m2: number;
  /** What stands beside the resistance; null where it has none of its own. In series with it where the part blocks. */
  readonly capacitance_F_per_m2: number | null;
  /** Frequency that tells where the part acts; null for one that acts at all. */
  readonly characteristic_Hz: number | null;
  /** No direct current passes: only the real part has a limit. */
  readonly blocks: boolean;
  /** Impedance at ω in rad/s, Ohm m2. */
  at(omega: number): Complex;
}

type Named = Pick<ArealPart, 'name' | 'side' | 'kind'>;

/** An ohmic part. */
export function resistorPart(named: Named, R: number): ArealPart {
  return {
    ...named,
    resistance_ohm_m2: R,
    highFrequency_ohm_m2: R,
    capacitance_F_per_m2: null,
    characteristic_Hz: null,
    blocks: false,
    at: () => complex(R),
  };
}

/** Frequency of a time constant, Hz. */
export const frequencyOf = (tau_s: number): number => 1 / (2 * Math.PI * tau_s);

/** A resistance beside a capacity. */
export function arcPart(named: Named, R: number, C: number, exponent: number): ArealPart {
  return {
    ...named,
    resistance_ohm_m2: R,
    highFrequency_ohm_m2: 0,
    capacitance_F_per_m2: C,
    characteristic_Hz: frequencyOf(R * C),
    blocks: false,
    at: (omega) => arcImpedance(R, C, omega, exponent),
  };
}

/** Diffusion through a length, time constant L²/D. */
export function diffusionPart(named: Named, R: number, tau_s: number): ArealPart {
  return {
    ...named,
    resistance_ohm_m2: R,
    highFrequency_ohm_m2: 0,
    capacitance_F_per_m2: null,
    characteristic_Hz: LENGTH_DIFFUSION_PEAK * frequencyOf(tau_s),
    blocks: false,
    at: (omega) => scaled(R, lengthDiffusion(omega, tau_s)),
  };
}

/** A surface at which nothing reacts. */
export function blockingPart(named: Named, C: number): ArealPart {
  return {
    ...named,
    resistance_ohm_m2: 0,
    highFrequency_ohm_m2: 0,
    capacitance_F_per_m2: C,
    characteristic_Hz: null,
    blocks: true,
    at: (omega) => capacitorImpedance(C, omega),
  };
}
