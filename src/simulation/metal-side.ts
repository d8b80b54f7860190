// One lithium-metal side of a cell: what potential difference it needs to carry a current, and how fast its interphase grows.
//
//   Δφ = φ_metal − φ_electrolyte = (RT/F)·e(j/j0, a)  +  j·Σ L/σ        j per real area, anodic positive
//
// e is the kinetic law, with −ln a of equilibrium in it for the last lithium on a collector (0 on foil), and the sum runs over
// the layers of the interphase. The corrosion current that feeds the interphase (10⁻³ A/m² at most) is left out of
// j: it would move u by RT/F·j/j0, below a microvolt.

import type { MetalElectrode } from '../cells/index.ts';
import {
  arrheniusInto,
  COVERAGE_THICKNESS_m,
  exchangeCurrentInto,
  GROWTH_OUTPUTS,
  growthInto,
  layerResistanceInto,
  lithiumActivityInto,
  type MetalLaw,
} from '../physics/index.ts';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol, R } from '../units/index.ts';

/** Results of `evaluate`, all SI; derivatives are of deltaPhi unless named otherwise. */
export interface MetalSide {
  readonly electrode: MetalElectrode;
  readonly layers: number;
  /** Parts of Δφ, V. */
  deltaPhi: number;
  kinetic: number;
  nernst: number;
  film: number;
  /** ∂Δφ/∂: anodic current per geometric area, salt concentration at the surface, T, metal thickness, layer thicknesses. */
  byCurrent: number;
  byConcentration: number;
  byTemperature: number;
  byThickness: number;
  /** ∂(nernst)/∂(metal thickness), V/m. */
  nernstByThickness: number;
  readonly byLayer: Float64Array;
  /** dL/dt of each layer, m/s, and its derivatives by the same arguments. */
  readonly growth: Float64Array;
  readonly growthByCurrent: Float64Array;
  readonly growthByConcentration: Float64Array;
  readonly growthByTemperature: Float64Array;
  readonly growthByThickness: Float64Array;
  /** [layer·layers + other]: ∂growth of `layer` by thickness of `other`. */
  readonly growthByLayer: Float64Array;
  /**
   * Evaluate at anodic current `j` (per geometric area), surface concentration, temperature, thickness of metallic lithium
   * and layer thicknesses `L[offset …]`. False when no overpotential carries the current (a limiting current of the law).
   */
  evaluate(j: number, c: number, T: number, h: number, L: Float64Array, offset: number): boolean;
}

/**
 * No layer grows faster than this: what it is made of diffuses to the surface (10 kmol/m3 at 1e-10 m2/s through 10 µm feed
 * 1 to 10 µm/s). Growth as it is measured is slower by a factor of 1e4 at least and does not feel the limit; a law taken far
 * outside its range does.
 */
const GROWTH_m_per_s_LIMIT = 1e-5;

/** Small-signal resistance of a side, charge transfer and interphase, Ohm m2 of geometric area. */
export function interfacialResistance_ohm_m2(side: MetalSide): number {
  return side.byCurrent;
}

export function createMetalSide(electrode: MetalElectrode, law: MetalLaw): MetalSide {
  const layers = electrode.interphase.length;
  const bare = electrode.kind === 'collector';
  const area = electrode.areaRatio;
  const j0Out = new Float64Array(3);
  const lawOut = new Float64Array(4);
  const warmth = new Float64Array(2);
  const activityOut = new Float64Array(2);
  const growthOut = new Float64Array(GROWTH_OUTPUTS);
  const resistance = new Float64Array(layers);
  const resistanceByT = new Float64Array(layers);
  const perMetre = new Float64Array(3);
  const growthArguments = {
    L_m: 0,
    deltaPhi_V: 0,
    j_A_per_m2: 0,
    sigma_S_per_m: 0,
    lithiumConcentration_mol_per_m3: 0,
    arrhenius: 1,
    T_K: 0,
  };

  const side: MetalSide = {
    electrode,
    layers,
    deltaPhi: 0,
    kinetic: 0,
    nernst: 0,
    film: 0,
    byCurrent: 0,
    byConcentration: 0,
    byTemperature: 0,
    byThickness: 0,
    nernstByThickness: 0,
    byLayer: new Float64Array(layers),
    growth: new Float64Array(layers),
    growthByCurrent: new Float64Array(layers),
    growthByConcentration: new Float64Array(layers),
    growthByTemperature: new Float64Array(layers),
    growthByThickness: new Float64Array(layers),
    growthByLayer: new Float64Array(layers * layers),
    evaluate(j, c, T, h, L, offset) {
      const thermal = (R * T) / F;
      exchangeCurrentInto(electrode.kinetics, c, T, j0Out);
      const j0 = j0Out[0]!;
      const real = j / area;
      const y = real / j0;
      // Where no metal is left there is nothing for a film to grow on: the rate follows the coverage of the last lithium.
      let coverage: number;
      let coverageSlope: number;
      let activity = 1;
      let activitySlope = 0;
      if (bare) {
        lithiumActivityInto(h, activityOut);
        activity = activityOut[0]!;
        activitySlope = activityOut[1]!;
        coverage = activity;
        coverageSlope = activitySlope;
        law.overpotentialAtActivityInto(y, activity, T, lawOut);
      } else {
        // The last lithium of a foil keeps its potential. The exponential leaves thick foil untouched.
        const uncovered = Math.exp(-Math.max(h, 0) / COVERAGE_THICKNESS_m);
        coverage = 1 - uncovered;
        coverageSlope = uncovered / COVERAGE_THICKNESS_m;
        law.overpotentialInto(y, T, lawOut);
      }
      if (h <= 0) {
        // Below nothing, by the solver's error, the film gives back: a kink here would stop Newton's iteration.
        coverage = Math.max(h / COVERAGE_THICKNESS_m, -1);
        coverageSlope = coverage > -1 ? 1 / COVERAGE_THICKNESS_m : 0;
      }
      const e = lawOut[0]!;
      if (!Number.isFinite(e)) return false;
      const eByY = lawOut[1]!;
      side.nernst = bare ? -thermal * Math.log(activity) : 0;
      side.kinetic = thermal * e - side.nernst;
      let filmResistance = 0;
      let filmByT = 0;
      for (let l = 0; l < layers; l++) {
        const layer = electrode.interphase[l]!;
        // Of one metre: the resistivity, which the growth laws need also where the film has no thickness.
        layerResistanceInto(1, layer.conductivity_S_per_m, layer.activationEnergy_J_per_mol, T, perMetre);
        resistance[l] = perMetre[0]!;
        resistanceByT[l] = perMetre[2]!;
        filmResistance += L[offset + l]! * resistance[l]!;
        filmByT += L[offset + l]! * resistanceByT[l]!;
        side.byLayer[l] = real * resistance[l]!;
      }
      side.film = real * filmResistance;
      side.deltaPhi = side.kinetic + side.nernst + side.film;
      side.byCurrent = ((thermal * eByY) / j0 + filmResistance) / area;
      side.byConcentration = (-thermal * eByY * y * j0Out[1]!) / j0;
      side.byTemperature = (R / F) * e + thermal * (lawOut[2]! - (eByY * y * j0Out[2]!) / j0) + real * filmByT;
      side.nernstByThickness = bare ? -thermal * (activitySlope / activity) : 0;
      side.byThickness = bare ? thermal * lawOut[3]! * (activitySlope / activity) : 0;
      for (let l = 0; l < layers; l++) {
        const layer = electrode.interphase[l]!;
        if (layer.growth.kind === 'none') continue;
        arrheniusInto(layer.growthActivationEnergy_J_per_mol, T, warmth);
        growthArguments.L_m = L[offset + l]!;
        growthArguments.deltaPhi_V = side.deltaPhi;
        growthArguments.j_A_per_m2 = real;
        growthArguments.sigma_S_per_m = 1 / resistance[l]!;
        growthArguments.lithiumConcentration_mol_per_m3 = layer.lithiumConcentration_mol_per_m3;
        growthArguments.arrhenius = warmth[0]!;
        growthArguments.T_K = T;
        growthInto(layer.growth, growthArguments, growthOut);
        // What reacts must come through the electrolyte: the rate is held below the limit, smoothly.
        const excess = growthOut[0]! / GROWTH_m_per_s_LIMIT;
        const held = 1 / Math.sqrt(1 + excess * excess);
        const rate = growthOut[0]! * held;
        for (let o = 1; o < GROWTH_OUTPUTS; o++) growthOut[o]! *= held * held * held;
        const byWarmth = rate * held * held * (warmth[1]! / warmth[0]!);
        const byPhi = growthOut[2]! * coverage;
        side.growth[l] = rate * coverage;
        side.growthByCurrent[l] = byPhi * side.byCurrent + (growthOut[3]! * coverage) / area;
        side.growthByConcentration[l] = byPhi * side.byConcentration;
        // Every law reads the current and the conductivity as j/σ alone: warming σ acts as less current would.
        const byConductivity = growthOut[3]! * real * (resistanceByT[l]! / resistance[l]!);
        side.growthByTemperature[l] =
          byPhi * side.byTemperature + (growthOut[4]! + byWarmth + byConductivity) * coverage;
        side.growthByThickness[l] = byPhi * side.byThickness + rate * coverageSlope;
        for (let other = 0; other < layers; other++) {
          side.growthByLayer[l * layers + other] =
            byPhi * side.byLayer[other]! + (other === l ? growthOut[1]! * coverage : 0);
        }
      }
      return true;
    },
  };
  return side;
}

/** Thickness of metallic lithium per amount on an area, m per (mol/m2). */
export const THICKNESS_m_PER_mol_per_m2 = LITHIUM_MOLAR_VOLUME_m3_per_mol;
