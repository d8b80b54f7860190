// One lithium-metal side of a cell: what potential difference it needs to carry a current, and how fast its interphase grows.
//
//   Δφ = φ_metal − φ_electrolyte = (RT/F)·e(r/j0, a)  +  r·R  −  N  +  D        r = j/(A·θ), anodic positive
//
// j is the current per geometric area; A the real area of the metal and θ the share of it that electrolyte wets. e is the
// kinetic law, with −ln a of equilibrium in it for the last lithium on a collector (0 on foil). R is the film: the layers of
// the interphase in series, and beside that, where a coating covers, coating and interphase in series. The corrosion current
// that feeds the interphase (10⁻³ A/m² at most) is left out of j: it would move u by RT/F·j/j0, below a microvolt.
//
// In a cell without ageing A is constant, θ = 1, and there is no more. With ageing:
//   A(h) = A_b + s·½(x + √(x² + δ²)),  x = h − h_b     a deposit of thickness x adds s of area per metre: it stands in features
//   N = η_n·e^(−h/h_n)·j²/(j² + j_n²) for j < 0        nucleation on a bare collector, until nuclei cover it
//   D = j·R_d + B·T·ln(c_m/c),  c_m = c + g·j          the layer of dead lithium in front of the metal, quasi-steady; the
//                                                     kinetics meet c_m. R_d, g and B are those of the start of the step.
//
// On a solid electrolyte A is multiplied by the contact θ_c(h) of `contact.ts`, and the resistance of constriction and interlayers,
// which the current meets over the whole area, joins that of the film (E8).

import type { Cell, Coating, MetalElectrode, SideAgeing, SolidSide } from '../cells/index.ts';
import { exp, log } from '../numerics/index.ts';
import {
  arrheniusInto,
  COVERAGE_THICKNESS_m,
  coatedResistanceInto,
  constrictionResistance_ohm_m2,
  exchangeCurrentInto,
  GROWTH_OUTPUTS,
  growthInto,
  layerResistanceInto,
  lithiumActivityInto,
  type MetalLaw,
  reachedShare,
} from '../physics/index.ts';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol, R } from '../units/index.ts';
import type { MetalSideState, SideAgeingState, SideContactState } from './contract.ts';

/** Results of `evaluate`, all SI; derivatives are of deltaPhi unless named otherwise. */
export interface MetalSide {
  readonly electrode: MetalElectrode;
  readonly layers: number;
  /** Parts of Δφ, V. */
  deltaPhi: number;
  kinetic: number;
  nernst: number;
  film: number;
  deadLayerOhmic: number;
  deadLayerConcentration: number;
  /** Salt at the metal, behind the dead layer, mol/m3. */
  saltAtMetal: number;
  /** Area on which the interphase grows, over the geometric area: that of the start of the step, as far as electrolyte reaches. */
  growthArea: number;
  /** Whether `evaluate` shall find rates of growth; to be switched off where only the potential is asked for. */
  wantsGrowth: boolean;
  /** Thickness of lithium at which a deposit ends and the area no longer changes; −Infinity without a deposit. */
  deposit_m_from: number;
  /** Area that took part in the current of the last evaluation, real, wetted and in contact, over the geometric area. */
  area: number;
  /** ∂(charge transfer)/∂(anodic current), Ohm m2 of geometric area. */
  chargeTransferByCurrent: number;
  /** ∂(charge transfer and film)/∂(anodic current), Ohm m2 of geometric area. */
  interfacialByCurrent: number;
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
  /** Take the surface as ageing left it; call at the start of every step. */
  wear(state: MetalSideState, ageing: SideAgeingState | null, wettedFraction: number, growing: boolean): void;
  /** Salt at the metal when `c` stands before the dead layer, mol/m3. */
  saltBehindDeadLayer(j: number, c: number): number;
}

/**
 * No layer grows faster than this: what it is made of diffuses to the surface (10 kmol/m3 at 1e-10 m2/s through 10 µm feed
 * 1 to 10 µm/s). Growth as it is measured is slower by a factor of 1e4 at least and does not feel the limit; a law taken far
 * outside its range does.
 */
const GROWTH_m_per_s_LIMIT = 1e-5;

/** Small-signal resistance of a side, charge transfer and interphase, Ohm m2 of geometric area. */
export function interfacialResistance_ohm_m2(side: MetalSide): number {
  return side.interfacialByCurrent;
}

/** δ: how sharply the area begins to rise where a deposit begins, m. Far below a feature of a deposit. */
const DEPOSIT_m_SHARPNESS = 2e-8;
/** h_n: lithium that makes the nuclei, about 0.01 mAh/cm2 (a prior, 20 to 100 nm). */
const NUCLEATION_m = 5e-8;
/** j_n: nucleation needs a current; a tenth of that at which its overpotential is stated. */
const NUCLEATION_A_per_m2 = 0.01;
/** Below this ln c goes on as a straight line, so that a search may ask for more than the limiting current. */
const LOGARITHM_mol_per_m3_FLOOR = 0.01;
/** What touches of an interface full of voids: so little that any current ends at the voltage limit. */
export const CONTACT_REMNANT = 1e-4;
/** A surface never quite dries: what is left carries the current until the voltage says that it is enough. */
export const WETTED_MIN = 1e-3;

/** A face of a solid electrolyte: what lies between, and the conductivity in which the current spreads from the contacts. */
export interface SolidFace {
  readonly side: SolidSide;
  readonly conductivity_S_per_m: number;
  readonly activationEnergy_J_per_mol: number;
}

/** null in a liquid. */
export function solidFace({ solid, electrolyte }: Cell, which: 'counter' | 'working'): SolidFace | null {
  const side = solid?.[which];
  if (!side) return null;
  return {
    side,
    conductivity_S_per_m: electrolyte.conductivity_S_per_m!,
    activationEnergy_J_per_mol: electrolyte.conductivityActivationEnergy_J_per_mol ?? 0,
  };
}

export function createMetalSide(
  electrode: MetalElectrode,
  law: MetalLaw,
  ageing: SideAgeing | null = null,
  face: SolidFace | null = null,
): MetalSide {
  const layers = electrode.interphase.length;
  const bare = electrode.kind === 'collector';
  const coating = ageing?.coating ?? null;
  const nucleation = bare ? (ageing?.substrate.nucleationOverpotential_V ?? 0) : 0;
  let baseArea = electrode.areaRatio;
  let areaSlope = 0;
  let areaFrom = 0;
  let wetted = 1;
  let intact = 0;
  let coatingLeft = 1;
  let growthShare = 1;
  let deadResistance = 0;
  let deadGradient = 0;
  let deadJunction = 0;
  let contact: SideContactState | null = null;
  /** θ_c and dθ_c/dh. */
  const contactOut = Float64Array.of(1, 0);
  const j0Out = new Float64Array(3);
  const lawOut = new Float64Array(4);
  const warmth = new Float64Array(2);
  const activityOut = new Float64Array(2);
  const growthOut = new Float64Array(GROWTH_OUTPUTS);
  const resistance = new Float64Array(layers);
  const resistanceByT = new Float64Array(layers);
  const growthWarmth = new Float64Array(layers);
  const growthWarmthByT = new Float64Array(layers);
  /** Temperature to which the resistivities and these belong. */
  let knownAt_K = Number.NaN;
  const perMetre = new Float64Array(3);
  const coatingOut = new Float64Array(2);
  const constrictionOut = new Float64Array(2);
  const mosaicOut = new Float64Array(4);
  const logarithmAtMetal = new Float64Array(2);
  const logarithmBefore = new Float64Array(2);
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
    deadLayerOhmic: 0,
    deadLayerConcentration: 0,
    saltAtMetal: 0,
    growthArea: electrode.areaRatio,
    wantsGrowth: true,
    deposit_m_from: Number.NEGATIVE_INFINITY,
    area: electrode.areaRatio,
    chargeTransferByCurrent: 0,
    interfacialByCurrent: 0,
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
    wear(state, worn, wettedFraction, growing) {
      baseArea = worn === null ? state.areaRatio : worn.baseAreaRatio;
      areaSlope = worn?.areaPerThickness_per_m ?? 0;
      areaFrom = worn?.deposit_m_from ?? 0;
      wetted = Math.max(wettedFraction, WETTED_MIN);
      intact = state.coatingIntact;
      const host = ageing?.host ?? null;
      const reached = host === null ? 1 : reachedShare(host.encapsulatedFraction, worn?.shellsIntact ?? 1);
      coatingLeft = worn?.coatingLeft ?? 1;
      growthShare = growing ? (1 - intact * (coating?.barrier ?? 0)) * reached : 0;
      deadResistance = worn?.deadLayerResistance_ohm_m2 ?? 0;
      deadGradient = worn?.deadLayerGradient_mol_per_A_m ?? 0;
      deadJunction = worn?.deadLayerJunction_V_per_K ?? 0;
      knownAt_K = Number.NaN;
      contact = state.contact ?? null;
      side.growthArea = state.areaRatio * wetted * (contact?.fraction ?? 1);
      side.deposit_m_from = areaSlope > 0 ? areaFrom : Number.NEGATIVE_INFINITY;
    },
    saltBehindDeadLayer: (j, c) => c + deadGradient * j,
    evaluate(j, c, T, h, L, offset) {
      const thermal = (R * T) / F;
      const saltAtMetal = c + deadGradient * j;
      side.saltAtMetal = saltAtMetal;
      exchangeCurrentInto(electrode.kinetics, saltAtMetal, T, j0Out);
      const j0 = j0Out[0]!;
      let area = baseArea;
      let areaByThickness = 0;
      if (areaSlope !== 0) {
        const x = h - areaFrom;
        const root = Math.sqrt(x * x + DEPOSIT_m_SHARPNESS * DEPOSIT_m_SHARPNESS);
        area += 0.5 * areaSlope * (x + root);
        areaByThickness = 0.5 * areaSlope * (1 + x / root);
      }
      area *= wetted;
      areaByThickness *= wetted;
      if (contact !== null) {
        contactInto(contact, h, contactOut);
        areaByThickness = areaByThickness * contactOut[0]! + area * contactOut[1]!;
        area *= contactOut[0]!;
      }
      const real = j / area;
      const realByThickness = areaByThickness === 0 ? 0 : (-real * areaByThickness) / area;
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
        const uncovered = exp(-Math.max(h, 0) / COVERAGE_THICKNESS_m);
        coverage = 1 - uncovered;
        coverageSlope = uncovered / COVERAGE_THICKNESS_m;
        law.overpotentialInto(y, T, lawOut);
      }
      if (h <= 0) {
        // Below nothing, by the solver's error, the film gives back: a kink here would stop Newton's iteration.
        coverage = Math.max(h / COVERAGE_THICKNESS_m, -1);
        coverageSlope = coverage > -1 ? 1 / COVERAGE_THICKNESS_m : 0;
      }
      coverage *= growthShare;
      coverageSlope *= growthShare;
      const e = lawOut[0]!;
      if (!Number.isFinite(e)) return false;
      const eByY = lawOut[1]!;
      side.nernst = bare ? -thermal * log(activity) : 0;
      side.kinetic = thermal * e - side.nernst;
      let filmResistance = 0;
      let filmByT = 0;
      for (let l = 0; l < layers; l++) {
        const layer = electrode.interphase[l]!;
        if (T !== knownAt_K) {
          // Of one metre: the resistivity, which the growth laws need also where the film has no thickness.
          layerResistanceInto(1, layer.conductivity_S_per_m, layer.activationEnergy_J_per_mol, T, perMetre);
          resistance[l] = perMetre[0]!;
          resistanceByT[l] = perMetre[2]!;
          arrheniusInto(layer.growthActivationEnergy_J_per_mol, T, warmth);
          growthWarmth[l] = warmth[0]!;
          growthWarmthByT[l] = warmth[1]!;
        }
        filmResistance += L[offset + l]! * resistance[l]!;
        filmByT += L[offset + l]! * resistanceByT[l]!;
        side.byLayer[l] = real * resistance[l]!;
      }
      if (intact > 0 && coating !== null) {
        if (T !== knownAt_K) coatingInto(coating, coatingLeft, T, perMetre, coatingOut);
        coatedResistanceInto(intact, filmResistance, coatingOut[0]!, mosaicOut);
        filmResistance = mosaicOut[0]!;
        filmByT = mosaicOut[2]! * filmByT + mosaicOut[3]! * coatingOut[1]!;
        for (let l = 0; l < layers; l++) side.byLayer[l]! *= mosaicOut[2]!;
      }
      knownAt_K = T;
      side.film = real * filmResistance;
      side.deltaPhi = side.kinetic + side.nernst + side.film;
      side.area = area;
      side.chargeTransferByCurrent = (thermal * eByY) / j0 / area;
      side.byCurrent = ((thermal * eByY) / j0 + filmResistance) / area;
      side.byConcentration = (-thermal * eByY * y * j0Out[1]!) / j0;
      side.byTemperature = (R / F) * e + thermal * (lawOut[2]! - (eByY * y * j0Out[2]!) / j0) + real * filmByT;
      side.nernstByThickness = bare ? -thermal * (activitySlope / activity) : 0;
      side.byThickness = bare ? thermal * lawOut[3]! * (activitySlope / activity) : 0;
      side.interfacialByCurrent = side.byCurrent;
      if (deadGradient !== 0) side.byCurrent += side.byConcentration * deadGradient;
      if (realByThickness !== 0) side.byThickness += ((thermal * eByY) / j0 + filmResistance) * realByThickness;
      if (nucleation !== 0 && j < 0) addNucleation(j, h);
      for (let l = 0; l < layers && side.wantsGrowth; l++) {
        const layer = electrode.interphase[l]!;
        if (layer.growth.kind === 'none') continue;
        growthArguments.L_m = L[offset + l]!;
        growthArguments.deltaPhi_V = side.deltaPhi;
        growthArguments.j_A_per_m2 = real;
        growthArguments.sigma_S_per_m = 1 / resistance[l]!;
        growthArguments.lithiumConcentration_mol_per_m3 = layer.lithiumConcentration_mol_per_m3;
        growthArguments.arrhenius = growthWarmth[l]!;
        growthArguments.T_K = T;
        growthInto(layer.growth, growthArguments, growthOut);
        // What reacts must come through the electrolyte: the rate is held below the limit, smoothly.
        const excess = growthOut[0]! / GROWTH_m_per_s_LIMIT;
        const held = 1 / Math.sqrt(1 + excess * excess);
        const rate = growthOut[0]! * held;
        for (let o = 1; o < GROWTH_OUTPUTS; o++) growthOut[o]! *= held * held * held;
        const byWarmth = rate * held * held * (growthWarmthByT[l]! / growthWarmth[l]!);
        const byPhi = growthOut[2]! * coverage;
        side.growth[l] = rate * coverage;
        side.growthByCurrent[l] = byPhi * side.byCurrent + (growthOut[3]! * coverage) / area;
        side.growthByConcentration[l] = byPhi * side.byConcentration;
        // Every law reads the current and the conductivity as j/σ alone: warming σ acts as less current would.
        const byConductivity = growthOut[3]! * real * (resistanceByT[l]! / resistance[l]!);
        side.growthByTemperature[l] =
          byPhi * side.byTemperature + (growthOut[4]! + byWarmth + byConductivity) * coverage;
        side.growthByThickness[l] =
          byPhi * side.byThickness + rate * coverageSlope + growthOut[3]! * coverage * realByThickness;
        for (let other = 0; other < layers; other++) {
          side.growthByLayer[l * layers + other] =
            byPhi * side.byLayer[other]! + (other === l ? growthOut[1]! * coverage : 0);
        }
      }
      addDeadLayer(j, c, T);
      if (face !== null) addFace(face, j, T);
      return true;
    },
  };

  /** New nuclei cost η_n until they cover the collector. */
  function addNucleation(j: number, h: number): void {
    const bareness = exp(-Math.max(h, 0) / NUCLEATION_m);
    const j2 = j * j;
    const jn2 = NUCLEATION_A_per_m2 * NUCLEATION_A_per_m2;
    const share = j2 / (j2 + jn2);
    const drop = nucleation * bareness * share;
    side.kinetic -= drop;
    side.deltaPhi -= drop;
    side.byCurrent -= (nucleation * bareness * 2 * j * jn2) / ((j2 + jn2) * (j2 + jn2));
    if (h > 0) side.byThickness += drop / NUCLEATION_m;
  }

  /** What the current meets over the whole area of a face: it spreads from the contacts, and crosses the interlayers. */
  function addFace(
    { side: { contact: spots, interlayer }, conductivity_S_per_m, activationEnergy_J_per_mol }: SolidFace,
    j: number,
    T: number,
  ): void {
    arrheniusInto(activationEnergy_J_per_mol, T, warmth);
    constrictionInto(contactOut[0]!, spots.spotRadius_m, conductivity_S_per_m * warmth[0]!, constrictionOut);
    let resistance = constrictionOut[0]!;
    let byT = (-resistance * warmth[1]!) / warmth[0]!;
    for (const layer of interlayer) {
      arrheniusInto(layer.activationEnergy_J_per_mol, T, warmth);
      const own = (layer.thickness_m / layer.conductivity_S_per_m + layer.remainingResistance_ohm_m2) / warmth[0]!;
      resistance += own;
      byT -= (own * warmth[1]!) / warmth[0]!;
    }
    side.film += j * resistance;
    side.deltaPhi += j * resistance;
    side.byCurrent += resistance;
    side.interfacialByCurrent += resistance;
    side.byTemperature += j * byT;
    side.byThickness += j * constrictionOut[1]! * contactOut[1]!;
  }

  /** The dead layer stands outside the interface: growth does not feel it, the voltage does. */
  function addDeadLayer(j: number, c: number, T: number): void {
    side.deadLayerOhmic = j * deadResistance;
    side.deadLayerConcentration = 0;
    if (deadResistance === 0) return;
    side.byCurrent += deadResistance;
    logarithmInto(side.saltAtMetal, logarithmAtMetal);
    logarithmInto(c, logarithmBefore);
    const difference = logarithmAtMetal[0]! - logarithmBefore[0]!;
    side.deadLayerConcentration = deadJunction * T * difference;
    side.deltaPhi += side.deadLayerOhmic + side.deadLayerConcentration;
    side.byCurrent += deadJunction * T * logarithmAtMetal[1]! * deadGradient;
    side.byConcentration += deadJunction * T * (logarithmAtMetal[1]! - logarithmBefore[1]!);
    side.byTemperature += deadJunction * difference;
  }

  return side;
}

/** θ_c at a thickness of the metal, and its slope: see `contact.ts`. */
function contactInto(
  { fraction, most, perThickness_per_m: s, from_m, closing, sign }: SideContactState,
  h: number,
  out: Float64Array,
): void {
  if (s === 0) {
    out[0] = fraction;
    out[1] = 0;
    return;
  }
  // Metal moves one way in a step; a search may ask for thicknesses before its start.
  const share = exp(-s * Math.max(sign * (h - from_m), 0));
  const slope = sign * (h - from_m) > 0 ? -s * sign * share : 0;
  const [end, start] = closing ? [most, fraction] : [CONTACT_REMNANT, fraction];
  out[0] = end + (start - end) * share;
  out[1] = (start - end) * slope;
}

/** Resistance of constriction, Ω m2, and its slope by the contact. */
function constrictionInto(contact: number, radius_m: number, sigma: number, out: Float64Array): void {
  const apart = 1 - Math.sqrt(contact);
  out[0] = constrictionResistance_ohm_m2(contact, radius_m, sigma);
  out[1] = apart > 0 ? -out[0]! * (1 / contact + 0.75 / (Math.sqrt(contact) * apart)) : 0;
}

/** ln c, straight below the floor; out[1] its slope. */
function logarithmInto(c: number, out: Float64Array): void {
  const floor = LOGARITHM_mol_per_m3_FLOOR;
  out[0] = c > floor ? log(c) : log(floor) + c / floor - 1;
  out[1] = c > floor ? 1 / c : 1 / floor;
}

/** Ionic resistance of a coating, of which the share `left` of every layer is left, and its slope by T. */
function coatingInto(coating: Coating, left: number, T: number, one: Float64Array, out: Float64Array): void {
  out[0] = 0;
  out[1] = 0;
  for (const layer of coating.layers) {
    layerResistanceInto(left * layer.thickness_m, layer.conductivity_S_per_m, layer.activationEnergy_J_per_mol, T, one);
    out[0]! += one[0]!;
    out[1]! += one[2]!;
  }
}

/** Thickness of metallic lithium per amount on an area, m per (mol/m2). */
export const THICKNESS_m_PER_mol_per_m2 = LITHIUM_MOLAR_VOLUME_m3_per_mol;
