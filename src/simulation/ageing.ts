// What cycling does to a cell beyond the growth of its interphase, booked between protocol steps (spec 1.1: the outer update).
//
// Before a step, a side whose current turns from plating to stripping leaves dead lithium behind, and the models are told what
// surface they meet. After it, what was plated has made fresh interphase, cracked old films and worn coatings, and bare metal
// has corroded what lies on it. Lithium moves between stores as equal and opposite terms; what goes into interphase is paid
// for by additives and solvent. The laws are in `physics`; here they are put together on the state.

import type { Cell, Coating, MetalElectrode, SideAgeing } from '../cells/index.ts';
import { power } from '../numerics/index.ts';
import {
  additiveWeight,
  arrhenius,
  blended,
  bumpAmplitude_m,
  consumedThickness_m,
  coveredShare,
  crackedFraction,
  deadFraction,
  deadLayerConcentrationDrop_mol_per_m3,
  deadLayerGrowth_m,
  deadLayerResistance_ohm_m2,
  depositAreaRatio,
  depositSize_m,
  filmCrackedFraction,
  galvanicCharge_C_per_m2,
  hostAmount_mol_per_m2,
  hostThieleModulus,
  hostUtilisation,
  intactAfter,
  localCurrent_A_per_m2,
  moleculesReduced_mol_per_m2,
  nucleationSizeFactor,
  passivationAfterRenewal_s,
  pressureFactor,
  reachedShare,
  shareOnTop,
  shellsAfterCycle,
  spendAdditiveInto,
  stackUnrepairedFraction,
  strippingCurrentFactor,
  surfaceStrain,
  wettedFraction,
  wettedTransportFactor,
} from '../physics/index.ts';
import { F, R } from '../units/index.ts';
import type { CellParameters } from './compile.ts';
import {
  type AgeingState,
  type CellState,
  LOSS_CAUSES,
  type MetalSideState,
  type ResolvedStep,
  type SideAgeingState,
} from './contract.ts';
import { THICKNESS_m_PER_mol_per_m2, WETTED_MIN } from './metal-side.ts';

/** Features of a deposit are no smaller than nuclei and no larger than this (spec 1.15). */
const DEPOSIT_SIZE_m_MIN = 1e-8;
const DEPOSIT_SIZE_m_MAX = 3e-5;
/** A collector with less lithium than this is bare: nuclei form anew. */
const BARE_m = 1e-8;
/** Exponent of the porosity of a host in the conductivity of its electrolyte (Bruggeman). */
const HOST_BRUGGEMAN = 1.5;
/** Lithium in a film whose layers do not say, mol/m3 (spec 1.15). */
const FILM_LITHIUM_mol_per_m3 = 5e4;

const [FRESH_SURFACE, CRACKING, FIRST_FILM, GALVANIC, DEAD] = LOSS_CAUSES.map((_, place) => place) as [
  number,
  number,
  number,
  number,
  number,
];

/** Keeps the books of what ages; holds nothing between steps but what it notes in `beforeStep` for `afterStep`. */
export interface AgeingBook {
  /** A step is about to begin at this voltage. */
  beforeStep(state: CellState, step: ResolvedStep, lastVoltage_V: number): void;
  /** The step that was announced last has ended. */
  afterStep(state: CellState): void;
}

/** Pores of separator and cathode, m3/m2. */
export function poreVolume_m(cell: Cell): number {
  const { separator, working } = cell;
  return (
    separator.thickness_m * separator.porosity +
    (working.kind === 'cathode' ? working.thickness_m * working.porosity : 0)
  );
}

/** What ageing knows before anything was done; null for a cell that does not age. */
export function initialAgeing(cell: Cell): AgeingState | null {
  const { ageing } = cell;
  if (ageing === null) return null;
  const electrolyte_m = cell.electrolyteVolume_m3 / cell.area_m2;
  return {
    counter: initialSide(cell, cell.counter, ageing.counter),
    working:
      cell.working.kind === 'cathode' || ageing.working === null
        ? null
        : initialSide(cell, cell.working, ageing.working),
    electrolyte_m,
    solventConsumed_mol_per_m2: 0,
    additive_mol_per_m2: Float64Array.from(ageing.additives, (one) => one.concentration_mol_per_m3 * electrolyte_m),
    additiveReserve_mol_per_m2: Float64Array.from(ageing.additives, (one) => one.reserve_mol_per_m3 * electrolyte_m),
    additiveConsumed_mol_per_m2: new Float64Array(ageing.additives.length),
    interphaseCharge_C_per_m2: 0,
  };
}

function initialSide(cell: Cell, electrode: MetalElectrode, side: SideAgeing): SideAgeingState {
  const baseAreaRatio =
    electrode.areaRatio * (side.host === null ? 1 : side.host.areaRatio * utilisation(cell, electrode, side));
  return {
    lost_mol_per_m2: new Float64Array(LOSS_CAUSES.length),
    direction: 0,
    plated_mol_per_m2: 0,
    stripped_mol_per_m2: 0,
    deposit_mol_per_m2: 0,
    depositAreaRatio: 0,
    hostedAreaRatio: 0,
    filmedAreaRatio: 0,
    unstrippable_mol_per_m2: 0,
    fromBare: false,
    depositSize_m: side.plating.depositSize_m,
    firstFilm_C_per_m2: firstFilm_C_per_m2(electrode, side),
    passivation_s: 0,
    shellsIntact: 1,
    coatingLeft: 1,
    strainedCoating: 0,
    strainedAreaRatio: baseAreaRatio,
    baseAreaRatio,
    areaPerThickness_per_m: 0,
    deposit_m_from: 0,
    deadLayerResistance_ohm_m2: 0,
    deadLayerGradient_mol_per_A_m: 0,
    deadLayerJunction_V_per_K: 0,
  };
}

/** Share of a host's surface that takes part in the current; 1 without one. */
function utilisation(cell: Cell, electrode: MetalElectrode, { host }: SideAgeing): number {
  if (host === null) return 1;
  const conductivity = cell.electrolyte.conductivity_S_per_m ?? 1;
  return hostUtilisation(
    hostThieleModulus(
      {
        thickness_m: host.thickness_m,
        specificArea_per_m: host.areaRatio / host.thickness_m,
        exchangeCurrent_A_per_m2: electrode.kinetics.exchangeCurrent_A_per_m2,
        conductivity_S_per_m: conductivity * power(host.porosity, HOST_BRUGGEMAN),
      },
      cell.temperature_K,
    ),
  );
}

/** What covers a bare collector, or the inner surface of a bare host, before lithium stays there. */
function firstFilm_C_per_m2(electrode: MetalElectrode, { substrate, host }: SideAgeing): number {
  if (electrode.kind !== 'collector') return 0;
  const area = host === null ? electrode.areaRatio : host.areaRatio * reachedShare(host.encapsulatedFraction, 1);
  return substrate.firstCharge_C_per_m2 * area;
}

/** One side as the bookkeeper sees it. */
interface Side {
  readonly which: 'counter' | 'working';
  /** Its anodic current over the cell's. */
  readonly sign: -1 | 1;
  readonly electrode: MetalElectrode;
  readonly parts: SideAgeing;
  readonly capacity_mol_per_m2: number;
  readonly utilisation: number;
  /** Salt that goes into a film with each lithium of the metal; lithium of a film, mol/m3. */
  readonly saltPerMetal: number;
  readonly filmLithium_mol_per_m3: number;
  /** Noted before a step. */
  bound_mol_per_m2: number;
}

export function createAgeing({ cell, transport }: CellParameters): AgeingBook | null {
  const { ageing } = cell;
  if (ageing === null) return null;
  const sides: Side[] = [sideOf(cell, 'counter', cell.counter, ageing.counter)];
  if (cell.working.kind !== 'cathode' && ageing.working !== null) {
    sides.push(sideOf(cell, 'working', cell.working, ageing.working));
  }
  const pores_m = poreVolume_m(cell);
  const start_m = cell.electrolyteVolume_m3 / cell.area_m2;
  const { deadLayer, solvent, additives } = ageing;
  const [c, kappa, D, tPlus, tdf] = [
    new Float64Array(1),
    new Float64Array(1),
    new Float64Array(1),
    new Float64Array(1),
    new Float64Array(1),
  ];
  const spent = new Float64Array(4);
  const film = {
    thickness_m: 0,
    youngsModulus_Pa: 0,
    fractureStrain: 0,
    fractureToughness_Pa_sqrt_m: 0,
    weibullModulus: 1,
    unrepairedFraction: 1,
  };
  const layer = { thickness_m: 0, ...deadLayer };
  const conditions = {
    reference_m: 0,
    referenceCurrent_A_per_m2: 1,
    exponent: 0,
    localCurrent_A_per_m2: 1,
    exchangeWarmth: 1,
    min_m: DEPOSIT_SIZE_m_MIN,
    max_m: DEPOSIT_SIZE_m_MAX,
  };
  // Noted before a step.
  let charge0 = 0;
  let time0 = 0;
  let strippingCurrent = 0;
  /** What the solvent can still take, C/m2. */
  let budget_C_per_m2 = 0;

  /** Weight of the additives in what is made now, 0 … 1. */
  function presence(state: AgeingState): number {
    let weight = 0;
    let total = 0;
    for (let k = 0; k < additives.length; k++) {
      const { concentration_mol_per_m3, interphaseShare } = additives[k]!;
      const held = state.electrolyte_m > 0 ? state.additive_mol_per_m2[k]! / state.electrolyte_m : 0;
      weight += interphaseShare * additiveWeight(held, concentration_mol_per_m3);
      total += interphaseShare;
    }
    return total > 0 ? weight / total : 1;
  }

  /** Size of the features that a current makes inside a host or on foil, m. */
  function sizeAt(side: Side, state: CellState, own: SideAgeingState, j_A_per_m2: number, inside: boolean): number {
    const { plating, platingWithoutAdditives: without, host, substrate, coating } = side.parts;
    const weight = presence(state.ageing!);
    const max_m = inside && host !== null ? Math.min(DEPOSIT_SIZE_m_MAX, host.poreSize_m) : DEPOSIT_SIZE_m_MAX;
    let reference_m = blended(without.depositSize_m, plating.depositSize_m, weight);
    if (coating !== null) reference_m *= 1 + state[side.which]!.coatingIntact * (coating.depositSizeFactor - 1);
    if (own.fromBare) {
      reference_m *= nucleationSizeFactor(
        substrate.nucleationOverpotential_V,
        substrate.referenceOverpotential_V,
        substrate.memoryExponent,
      );
    }
    conditions.reference_m = reference_m;
    conditions.referenceCurrent_A_per_m2 = blended(
      without.referenceCurrent_A_per_m2,
      plating.referenceCurrent_A_per_m2,
      weight,
    );
    conditions.exponent = weight * plating.depositSizeExponent + (1 - weight) * without.depositSizeExponent;
    conditions.localCurrent_A_per_m2 = localCurrent_A_per_m2(
      j_A_per_m2,
      inside && host !== null ? host.areaRatio : 1,
      inside ? side.utilisation : 1,
      Math.max(state.wettedFraction, WETTED_MIN),
    );
    conditions.exchangeWarmth = arrhenius(side.electrode.kinetics.activationEnergy_J_per_mol, state.temperature_K);
    conditions.max_m = max_m;
    return depositSize_m(conditions);
  }

  function turnToPlating(side: Side, metal: MetalSideState, own: SideAgeingState): void {
    const { galvanic, host } = side.parts;
    own.direction = -1;
    own.plated_mol_per_m2 = 0;
    own.unstrippable_mol_per_m2 = 0;
    own.hostedAreaRatio = 0;
    own.fromBare = metal.lithium_mol_per_m2 * THICKNESS_m_PER_mol_per_m2 < BARE_m;
    own.strainedCoating = metal.coatingIntact;
    own.strainedAreaRatio = metal.areaRatio;
    if (galvanic !== null) own.passivation_s = passivationAfterRenewal_s(own.passivation_s, galvanic.renewedPerCycle);
    if (host !== null) own.shellsIntact = shellsAfterCycle(own.shellsIntact, host.shellFailurePerCycle);
  }

  function turnToStripping(metal: MetalSideState, own: SideAgeingState): void {
    if (own.direction === -1) bury(metal, own);
    own.direction = 1;
    own.stripped_mol_per_m2 = 0;
  }

  /** What stripping cannot reach loses contact. */
  function bury(metal: MetalSideState, own: SideAgeingState): void {
    const plated = own.plated_mol_per_m2;
    if (!(plated > 0)) return;
    // ξ is known at the reference current: there the factor is 1.
    const atCurrent = (j_A_per_m2: number): number =>
      strippingCurrentFactor(j_A_per_m2, ageing!.strippingReference_A_per_m2, ageing!.strippingCurrentExponent);
    const chi =
      (pressureFactor(ageing!.pressure_Pa, ageing!.referencePressure_Pa, ageing!.pressureExponent) *
        atCurrent(strippingCurrent)) /
      atCurrent(ageing!.strippingReference_A_per_m2);
    // `unstrippable` is plated·4ξ/d, summed over what was plated at different sizes.
    const share = deadFraction(own.unstrippable_mol_per_m2 / plated, 4, chi);
    const dead = Math.min(share * plated, metal.lithium_mol_per_m2);
    metal.lithium_mol_per_m2 -= dead;
    metal.deadLithium_mol_per_m2 += dead;
    own.lost_mol_per_m2[DEAD]! += dead;
    metal.deadLayer_m += deadLayerGrowth_m(dead, 0, deadLayer.porosity);
    own.unstrippable_mol_per_m2 = 0;
    thin(own, dead);
  }

  /** The deposit loses lithium, and area in proportion. */
  function thin(own: SideAgeingState, gone_mol_per_m2: number): void {
    const before = own.deposit_mol_per_m2;
    const after = Math.max(0, before - gone_mol_per_m2);
    own.depositAreaRatio = after > 0 ? (own.depositAreaRatio * after) / before : 0;
    own.deposit_mol_per_m2 = after;
  }

  /**
   * Charge that electrolyte takes from the metal of a side, C/m2, as far as there is metal, salt and solvent. Returns what it
   * took.
   */
  function bind(state: CellState, side: Side, cause: number, charge_C_per_m2: number): number {
    const metal = state[side.which]!;
    const own = state.ageing![side.which]!;
    const charge = Math.min(charge_C_per_m2, budget_C_per_m2);
    if (!(charge > 0)) return 0;
    const salt0 = state.poreSalt_mol_per_m2 + state.reserveSalt_mol_per_m2;
    let taken = Math.min(charge / F, metal.lithium_mol_per_m2);
    if (side.saltPerMetal * taken > salt0) taken = salt0 / side.saltPerMetal;
    const salt = side.saltPerMetal * taken;
    metal.lithium_mol_per_m2 -= taken;
    metal.interphaseLithiumFromMetal_mol_per_m2 += taken;
    metal.interphaseLithiumFromSalt_mol_per_m2 += salt;
    own.lost_mol_per_m2[cause]! += taken;
    own.deposit_mol_per_m2 = Math.max(0, own.deposit_mol_per_m2 - taken);
    if (salt > 0) {
      const fromPores = (salt * state.poreSalt_mol_per_m2) / salt0;
      const kept = 1 - salt / salt0;
      state.poreSalt_mol_per_m2 -= fromPores;
      state.reserveSalt_mol_per_m2 -= salt - fromPores;
      const nodes = state.profiles?.concentration_mol_per_m3;
      for (let k = 0; nodes !== undefined && k < nodes.length; k++) nodes[k]! *= kept;
    }
    budget_C_per_m2 -= taken * F;
    return taken * F;
  }

  /** Charge of interphase on what a step plated, and what it does to films, host and dead lithium. Returns the charge. */
  function bookPlating(state: CellState, side: Side, plated: number, elapsed_s: number): number {
    const metal = state[side.which]!;
    const own = state.ageing![side.which]!;
    const { host, coating, plating, platingWithoutAdditives: without } = side.parts;
    const weight = presence(state.ageing!);
    const h0 = own.plated_mol_per_m2 * THICKNESS_m_PER_mol_per_m2;
    const h = plated * THICKNESS_m_PER_mol_per_m2;
    const j = (plated * F) / elapsed_s;
    const after = metal.lithium_mol_per_m2;
    const top = host === null ? 1 : shareOnTop(after - plated, after, side.capacity_mol_per_m2);
    const sizeTop = top > 0 ? sizeAt(side, state, own, j, false) : 1;
    const sizeInside = top < 1 ? sizeAt(side, state, own, j, true) : 1;
    const reached = host === null ? 1 : reachedShare(host.encapsulatedFraction, own.shellsIntact);
    own.plated_mol_per_m2 += plated;
    own.deposit_mol_per_m2 += plated;
    const sidesTop = depositAreaRatio(top * h, sizeTop);
    const sidesInside = depositAreaRatio((1 - top) * h, sizeInside);
    own.depositAreaRatio += sidesTop + sidesInside;
    own.depositSize_m = (4 * h) / (sidesTop + sidesInside);

    const cover = coveredShare(h0 + h) - coveredShare(h0);
    const open = 1 - metal.coatingIntact * (coating?.barrier ?? 0);
    const q = blended(without.interphaseCharge_C_per_m2, plating.interphaseCharge_C_per_m2, weight);
    // Films within a host stay on its walls when lithium leaves, and wait for the next: only what was never filmed costs.
    own.hostedAreaRatio += reached * (sidesInside + cover * (1 - top));
    const newlyFilmed = Math.max(0, own.hostedAreaRatio - own.filmedAreaRatio);
    own.filmedAreaRatio += newlyFilmed;
    const fresh = sidesTop + cover * top + newlyFilmed;
    let charge = bind(state, side, FIRST_FILM, own.firstFilm_C_per_m2);
    own.firstFilm_C_per_m2 -= charge;
    const shells =
      bind(state, side, FRESH_SURFACE, q * (1 - ageing!.reusedShellFraction) * open * fresh) +
      bind(state, side, CRACKING, q * crackedAreaRatio(side, metal, own, h0, h));
    charge += shells;
    metal.deadLayer_m += deadLayerGrowth_m(0, shells / (F * side.filmLithium_mol_per_m3), deadLayer.porosity);

    let skin = blended(without.unstrippableSkin_m, plating.unstrippableSkin_m, weight);
    if (coating !== null) skin *= 1 + metal.coatingIntact * (coating.unstrippableSkinFactor - 1);
    own.unstrippable_mol_per_m2 += (plated * skin * 4 * top) / sizeTop;
    const apart = 1 - (host?.contactShare ?? 0);
    own.unstrippable_mol_per_m2 += (plated * skin * 4 * (1 - top) * reached * apart) / sizeInside;

    const recovered = ageing!.recoveredDeadFraction * metal.deadLithium_mol_per_m2 * cover;
    metal.deadLithium_mol_per_m2 -= recovered;
    metal.lithium_mol_per_m2 += recovered;
    own.lost_mol_per_m2[DEAD]! -= recovered;
    metal.deadLayer_m = Math.max(0, metal.deadLayer_m - deadLayerGrowth_m(recovered, 0, deadLayer.porosity));
    return charge;
  }

  /**
   * Area of film that cracks, over the geometric area, while a half-cycle's deposit thickens from h0 by h; the coating wears
   * with it. What a coating covers cracks only where the coating does.
   */
  function crackedAreaRatio(side: Side, metal: MetalSideState, own: SideAgeingState, h0: number, h: number): number {
    const { host, coating } = side.parts;
    const wavelength = Math.max(own.depositSize_m, ageing!.wavelength_m_min);
    const fluctuation = host?.heightFluctuation ?? 1;
    const { fractureStrain, weibullModulus } = side.parts.film;
    const strain0 = strainOf(fluctuation, h0, wavelength);
    const strain = strainOf(fluctuation, h0 + h, wavelength);
    const covered = own.strainedCoating;
    const native =
      crackedFraction(strain, fractureStrain, weibullModulus) -
      crackedFraction(strain0, fractureStrain, weibullModulus);
    let area = (1 - covered) * Math.max(0, native);
    if (coating !== null && covered > 0) {
      const cracked = coatingCracked(coating, own.coatingLeft, strain);
      area += covered * Math.max(0, cracked - coatingCracked(coating, own.coatingLeft, strain0));
      const left = intactAfter(covered, stackUnrepairedFraction(coating.layers), cracked);
      metal.coatingIntact = Math.min(metal.coatingIntact, left);
    }
    return area * own.strainedAreaRatio;
  }

  function strainOf(fluctuation: number, thickness_m: number, wavelength_m: number): number {
    return surfaceStrain(bumpAmplitude_m(ageing!.unevenness, fluctuation, thickness_m), wavelength_m);
  }

  /** Share of a coating that has cracked through, of which `left` of every layer is left. */
  function coatingCracked(coating: Coating, left: number, strain: number): number {
    let share = 1;
    for (const layer of coating.layers) {
      film.thickness_m = left * layer.thickness_m;
      film.youngsModulus_Pa = layer.youngsModulus_Pa;
      film.fractureStrain = layer.fractureStrain;
      film.fractureToughness_Pa_sqrt_m = layer.fractureToughness_Pa_sqrt_m;
      film.weibullModulus = layer.weibullModulus;
      film.unrepairedFraction = layer.unrepairedFraction;
      share *= filmCrackedFraction(film, strain);
    }
    return coating.layers.length === 0 ? 0 : share;
  }

  /** What bare metal reduces while lithium touches it. Returns the charge. */
  function bookGalvanic(state: CellState, side: Side, elapsed_s: number): number {
    const { galvanic } = side.parts;
    if (galvanic === null || !(state[side.which]!.lithium_mol_per_m2 * THICKNESS_m_PER_mol_per_m2 > BARE_m)) return 0;
    const own = state.ageing![side.which]!;
    const from = own.passivation_s;
    own.passivation_s += elapsed_s;
    return bind(
      state,
      side,
      GALVANIC,
      galvanicCharge_C_per_m2(
        galvanic.areaRatio,
        galvanic.currentDensity_A_per_m2,
        galvanic.decayTime_s,
        from,
        own.passivation_s,
      ),
    );
  }

  function consumeCoating(metal: MetalSideState, own: SideAgeingState, coating: Coating, time_s: number): void {
    if (coating.consumption_m_per_sqrt_s === 0) return;
    let thickness = 0;
    for (const layer of coating.layers) thickness += layer.thickness_m;
    own.coatingLeft = consumedThickness_m(thickness, coating.consumption_m_per_sqrt_s, time_s) / thickness;
    if (own.coatingLeft === 0) metal.coatingIntact = 0;
  }

  /** Additives take their shares of a charge that went into interphase, solvent the rest; then less liquid is left. */
  function payWithElectrolyte(state: CellState, charge_C_per_m2: number): void {
    const own = state.ageing!;
    own.interphaseCharge_C_per_m2 += charge_C_per_m2;
    let rest = charge_C_per_m2;
    for (let k = 0; k < additives.length; k++) {
      const { interphaseShare, electrons } = additives[k]!;
      spendAdditiveInto(
        own.additive_mol_per_m2[k]!,
        own.additiveReserve_mol_per_m2[k]!,
        charge_C_per_m2,
        interphaseShare,
        electrons,
        spent,
      );
      own.additive_mol_per_m2[k] = spent[0]!;
      own.additiveReserve_mol_per_m2[k] = spent[1]!;
      own.additiveConsumed_mol_per_m2[k]! += spent[2]!;
      rest -= spent[3]!;
    }
    own.solventConsumed_mol_per_m2 += moleculesReduced_mol_per_m2(rest, solvent.electrons);
    own.electrolyte_m = start_m - own.solventConsumed_mol_per_m2 * solvent.molarVolume_m3_per_mol;
    state.wettedFraction = wettedFraction(Math.max(0, own.electrolyte_m), pores_m);
  }

  /** What the models meet during the next step: the surface of a side, and the dead layer before it. */
  function present(state: CellState, side: Side, anodic: number, j_A_per_m2: number): void {
    const metal = state[side.which]!;
    const own = state.ageing![side.which]!;
    const h = metal.lithium_mol_per_m2 * THICKNESS_m_PER_mol_per_m2;
    if (anodic < 0) {
      const inside = side.parts.host !== null && metal.lithium_mol_per_m2 < side.capacity_mol_per_m2;
      const size = j_A_per_m2 === 0 ? own.depositSize_m : sizeAt(side, state, own, j_A_per_m2, inside);
      own.areaPerThickness_per_m = 4 / size;
    } else {
      const deposit_m = own.deposit_mol_per_m2 * THICKNESS_m_PER_mol_per_m2;
      own.areaPerThickness_per_m = deposit_m > 0 ? own.depositAreaRatio / deposit_m : 0;
    }
    own.deposit_m_from = own.areaPerThickness_per_m > 0 ? h - own.depositAreaRatio / own.areaPerThickness_per_m : h;
    own.deadLayerResistance_ohm_m2 = 0;
    own.deadLayerGradient_mol_per_A_m = 0;
    own.deadLayerJunction_V_per_K = 0;
    if (!(metal.deadLayer_m > 0)) return;
    c[0] = state.poreSalt_mol_per_m2 / pores_m;
    transport.valuesInto(1, c, state.temperature_K, kappa, D, tPlus, tdf);
    layer.thickness_m = metal.deadLayer_m;
    const dried = wettedTransportFactor(Math.max(state.wettedFraction, WETTED_MIN));
    own.deadLayerResistance_ohm_m2 = deadLayerResistance_ohm_m2(layer, kappa[0]! * dried);
    own.deadLayerGradient_mol_per_A_m = deadLayerConcentrationDrop_mol_per_m3(layer, 1, tPlus[0]!, D[0]! * dried);
    own.deadLayerJunction_V_per_K = (2 * R * (1 - tPlus[0]!) * tdf[0]!) / F;
  }

  return {
    beforeStep(state, step, lastVoltage_V) {
      const expected = directionOf(step.control, lastVoltage_V, cell.working.kind === 'cathode');
      const size = step.control.kind === 'current' ? Math.abs(step.control.j_A_per_m2) : 0;
      strippingCurrent = size;
      for (const side of sides) {
        const metal = state[side.which]!;
        const own = state.ageing![side.which]!;
        const anodic = side.sign * expected;
        if (anodic < 0 && own.direction !== -1) turnToPlating(side, metal, own);
        if (anodic > 0 && own.direction !== 1) turnToStripping(metal, own);
        present(state, side, anodic === 0 ? own.direction : anodic, size);
        side.bound_mol_per_m2 = metal.interphaseLithiumFromMetal_mol_per_m2;
      }
      charge0 = state.charge_C_per_m2;
      time0 = state.time_s;
    },
    afterStep(state) {
      const elapsed_s = state.time_s - time0;
      const passed = (state.charge_C_per_m2 - charge0) / F;
      let charge = 0;
      for (const side of sides) {
        charge += F * (state[side.which]!.interphaseLithiumFromMetal_mol_per_m2 - side.bound_mol_per_m2);
      }
      const liquid_mol_per_m2 = state.ageing!.electrolyte_m / solvent.molarVolume_m3_per_mol;
      budget_C_per_m2 = F * solvent.electrons * liquid_mol_per_m2 - charge;
      for (const side of sides) {
        const metal = state[side.which]!;
        const own = state.ageing![side.which]!;
        const stripped = side.sign * passed;
        if (stripped < 0 && elapsed_s > 0) {
          if (own.direction !== -1) turnToPlating(side, metal, own);
          charge += bookPlating(state, side, -stripped, elapsed_s);
        } else if (stripped > 0) {
          if (own.direction !== 1) turnToStripping(metal, own);
          own.stripped_mol_per_m2 += stripped;
          thin(own, stripped);
        }
        charge += bookGalvanic(state, side, elapsed_s);
        if (side.parts.coating !== null) consumeCoating(metal, own, side.parts.coating, state.time_s);
        metal.areaRatio = own.baseAreaRatio + own.depositAreaRatio;
      }
      payWithElectrolyte(state, charge);
      // What a model may continue is what nobody has touched: these are other profiles now.
      if (state.profiles !== null) state.profiles = { ...state.profiles };
    },
  };
}

function sideOf(cell: Cell, which: 'counter' | 'working', electrode: MetalElectrode, parts: SideAgeing): Side {
  let lithium = 0;
  let fromSalt = 0;
  let thickness = 0;
  for (const layer of electrode.interphase) {
    const bound = layer.thickness_m * layer.lithiumConcentration_mol_per_m3;
    lithium += bound;
    fromSalt += layer.saltFraction * bound;
    thickness += layer.thickness_m;
  }
  // A film that metal pays for has one lithium of the metal at least for each of the salt: one electron reduces one anion.
  const share = lithium > 0 ? Math.min(0.5, fromSalt / lithium) : 0;
  return {
    which,
    sign: which === 'counter' ? -1 : 1,
    electrode,
    parts,
    capacity_mol_per_m2: parts.host === null ? 0 : hostAmount_mol_per_m2(parts.host.porosity, parts.host.thickness_m),
    utilisation: utilisation(cell, electrode, parts),
    saltPerMetal: share / (1 - share),
    filmLithium_mol_per_m3: thickness > 0 ? lithium / thickness : FILM_LITHIUM_mol_per_m3,
    bound_mol_per_m2: 0,
  };
}

/** Sign of the cell's current that a step will bring, as far as its control says; 0 where only the step itself will tell. */
function directionOf(control: ResolvedStep['control'], lastVoltage_V: number, withCathode: boolean): number {
  switch (control.kind) {
    case 'current':
      return Math.sign(control.j_A_per_m2);
    case 'power':
      return Math.sign(control.power_W_per_m2);
    case 'resistance':
      return control.sign * (withCathode ? 1 : Math.sign(lastVoltage_V));
    case 'voltage':
      // Between metals no current flows at 0 V; beside a cathode a hold where the last step ended goes on as that did.
      if (!withCathode) return Math.sign(control.voltage_V);
      return Math.abs(control.voltage_V - lastVoltage_V) < SAME_VOLTAGE_V
        ? 0
        : Math.sign(control.voltage_V - lastVoltage_V);
    case 'profile':
      return control.of === 'voltage' ? 0 : Math.sign(control.value.find((value) => value !== 0) ?? 0);
  }
}

const SAME_VOLTAGE_V = 1e-3;
