// A lithium-metal side in the frequency domain: interphase layer by layer, coating beside its pinholes, charge transfer with its double
// layer, the dead layer as a pore before all of it, and on a solid electrolyte constriction and interlayers. Resistances are those that
// `metal-side.ts` gives the voltage at the same current; what is new are the capacities.

import type { Cell, Coating } from '../cells/index.ts';
import { type Complex, complex, difference, power, product, quotient, scaled, square, sum } from '../numerics/index.ts';
import {
  arcImpedance,
  arrhenius,
  besideEachOther,
  constrictionResistance_ohm_m2,
  deadLayerConcentrationDrop_mol_per_m3,
  deadLayerResistance_ohm_m2,
  layerCapacitance_F_per_m2,
  terminatedPore,
} from '../physics/index.ts';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol, R } from '../units/index.ts';
import type { CellState, MetalSideState, SideAgeingState } from './contract.ts';
import {
  type ArealPart,
  arcPart,
  blockingPart,
  diffusionPart,
  frequencyOf,
  type ImpedancePartKind,
  resistorPart,
} from './impedance-parts.ts';
import type { ImpedanceValues } from './impedance-values.ts';
import { COVERED_m } from './interface-probe.ts';
import { type MetalSide, type SolidFace, THICKNESS_m_PER_mol_per_m2, WETTED_MIN } from './metal-side.ts';

/** The electrolyte that the sides meet, at the temperature of the spectrum; as wetting leaves it. */
export interface Bulk {
  readonly temperature_K: number;
  /** Mean of the salt in the pores. */
  readonly concentration_mol_per_m3: number;
  readonly conductivity_S_per_m: number;
  readonly diffusivity_m2_per_s: number;
  readonly transferenceNumber: number;
  readonly thermodynamicFactor: number;
}

/** One side at one current. */
export interface SideAsked {
  readonly which: 'counter' | 'working';
  readonly side: MetalSide;
  readonly cell: Cell;
  readonly state: CellState;
  readonly face: SolidFace | null;
  readonly bulk: Bulk;
  readonly values: ImpedanceValues;
}

/** A film: its resistance and capacity per real area. */
interface Film {
  readonly name: string;
  readonly kind: 'interphase' | 'coating';
  readonly resistance_ohm_m2: number;
  readonly capacitance_F_per_m2: number;
}

/** How the dead layer stands before the metal. */
interface DeadLayer {
  readonly resistance_ohm_m2: number;
  readonly gradient_mol_per_A_m: number;
  readonly junction_V_per_K: number;
  readonly diffusionTime_s: number;
  /** Of its lithium, per geometric area of the cell. */
  readonly wallArea: number;
}

/** The dead layer of a side; null where there is none. The laws are those of `ageing.ts` before a step. */
function deadLayerOf({ cell, bulk }: SideAsked, metal: MetalSideState, worn: SideAgeingState | null): DeadLayer | null {
  if (cell.ageing === null || worn === null || !(metal.deadLayer_m > 0)) return null;
  const layer = { thickness_m: metal.deadLayer_m, ...cell.ageing.deadLayer };
  const { transferenceNumber: tPlus, diffusivity_m2_per_s: D } = bulk;
  const effective = D * power(layer.porosity, layer.bruggeman);
  return {
    resistance_ohm_m2: deadLayerResistance_ohm_m2(layer, bulk.conductivity_S_per_m),
    gradient_mol_per_A_m: deadLayerConcentrationDrop_mol_per_m3(layer, 1, tPlus, D),
    junction_V_per_K: (2 * R * (1 - tPlus) * bulk.thermodynamicFactor) / F,
    diffusionTime_s: (square(layer.thickness_m) * layer.porosity) / effective,
    wallArea: (4 * metal.deadLithium_mol_per_m2 * LITHIUM_MOLAR_VOLUME_m3_per_mol) / worn.depositSize_m,
  };
}

/** Prepares the side for the state and evaluates it: false where no potential carries `j`, anodic, beside salt of `c`. */
export function meetSide(asked: SideAsked, j: number, c: number): boolean {
  const { which, side, state, bulk } = asked;
  const metal = state[which]!;
  const worn = state.ageing?.[which] ?? null;
  const dead = deadLayerOf(asked, metal, worn);
  const present =
    worn === null
      ? null
      : {
          ...worn,
          deadLayerResistance_ohm_m2: dead?.resistance_ohm_m2 ?? 0,
          deadLayerGradient_mol_per_A_m: dead?.gradient_mol_per_A_m ?? 0,
          deadLayerJunction_V_per_K: dead?.junction_V_per_K ?? 0,
        };
  side.wantsGrowth = false;
  side.wear(metal, present, state.wettedFraction, false);
  const h = metal.lithium_mol_per_m2 * THICKNESS_m_PER_mol_per_m2;
  return side.evaluate(j, c, bulk.temperature_K, h, metal.layerThickness_m, 0);
}

/** Whether nothing on the side exchanges lithium: a bare collector. */
export function isBare({ which, side, state }: SideAsked): boolean {
  return (
    side.electrode.kind === 'collector' && state[which]!.lithium_mol_per_m2 * THICKNESS_m_PER_mol_per_m2 < COVERED_m
  );
}

/** The parts of a side that was met last with `meetSide`. */
export function sideParts(asked: SideAsked, c: number): ArealPart[] {
  const { which, side, state, face, bulk } = asked;
  const metal = state[which]!;
  const worn = state.ageing?.[which] ?? null;
  const dead = deadLayerOf(asked, metal, worn);
  const named = (kind: ImpedancePartKind, name: string) => ({ name, side: which, kind });
  const inner = isBare(asked)
    ? [blockingPart(named('blocking', 'bare collector'), bareCapacitance(asked))]
    : [...filmParts(asked), chargeTransferPart(asked)];
  const parts = [...inner];

  if (dead !== null) {
    const { resistance_ohm_m2: r, gradient_mol_per_A_m: gradient, junction_V_per_K: junction } = dead;
    const wall = dead.wallArea * wallCapacitance(asked, metal);
    parts.unshift({
      ...named('dead-layer', 'dead layer'),
      resistance_ohm_m2: r,
      highFrequency_ohm_m2: wall > 0 ? 0 : r,
      capacitance_F_per_m2: wall,
      characteristic_Hz: wall > 0 ? frequencyOf(r * wall) : null,
      blocks: false,
      at(omega) {
        const behind = sum(...inner.map((part) => part.at(omega)));
        return difference(terminatedPore(r, complex(0, omega * wall), behind), behind);
      },
    });
    const R_diffusion = (side.byConcentration + (junction * bulk.temperature_K) / c) * gradient;
    if (R_diffusion !== 0)
      parts.push(diffusionPart(named('salt-diffusion', 'salt in the dead layer'), R_diffusion, dead.diffusionTime_s));
  }
  if (face !== null) parts.push(...faceParts(asked, face));

  // What is left of the slope: nuclei on a collector under current.
  const rest = side.byCurrent - parts.reduce((total, part) => total + part.resistance_ohm_m2, 0);
  if (!isBare(asked) && Math.abs(rest) > REST_SHARE * Math.abs(side.byCurrent))
    parts.push(resistorPart(named('nucleation', 'nucleation'), rest));
  return parts;
}

/** Less of a coating is none: it would be told as a part without a resistance. */
const COVERED_SHARE_MIN = 1e-12;
/** What rounding leaves of the slope. */
const REST_SHARE = 1e-9;

/** Double layer of a collector without lithium. */
function bareCapacitance({ side, state, values }: SideAsked): number {
  return values.doubleLayer_F_per_m2 * side.electrode.areaRatio * Math.max(state.wettedFraction, WETTED_MIN);
}

/** Of isolated lithium: its double layer behind its film, per area of it. */
function wallCapacitance({ side, values }: SideAsked, metal: MetalSideState): number {
  const perFilm = side.electrode.interphase.reduce((total, _, l) => {
    const thickness = metal.layerThickness_m[l]!;
    return thickness > 0 ? total + 1 / layerCapacitance_F_per_m2(thickness, values.filmDielectricConstant) : total;
  }, 0);
  return 1 / (1 / values.doubleLayer_F_per_m2 + perFilm);
}

function chargeTransferPart({ which, side, face, values }: SideAsked): ArealPart {
  const perArea = face === null ? values.doubleLayer_F_per_m2 : values.solidDoubleLayer_F_per_m2;
  return arcPart(
    { name: 'charge transfer', side: which, kind: 'charge-transfer' },
    side.chargeTransferByCurrent,
    perArea * side.area,
    values.arcExponent,
  );
}

/** Films in series on the metal; a coating lies on a share of them, its pinholes beside it. */
function filmParts(asked: SideAsked): ArealPart[] {
  const { which, side, state, cell, bulk, values } = asked;
  const metal = state[which]!;
  const { area } = side;
  const T = bulk.temperature_K;
  const film = (
    kind: Film['kind'],
    name: string,
    thickness_m: number,
    { conductivity_S_per_m, activationEnergy_J_per_mol }: CoatingOrFilm,
  ): Film => ({
    name,
    kind,
    resistance_ohm_m2: thickness_m / (conductivity_S_per_m * arrhenius(activationEnergy_J_per_mol, T)),
    capacitance_F_per_m2: layerCapacitance_F_per_m2(thickness_m, values.filmDielectricConstant),
  });
  const native = side.electrode.interphase
    .map((layer, l) => film('interphase', `interphase, ${layer.name}`, metal.layerThickness_m[l]!, layer))
    .filter(({ resistance_ohm_m2 }) => resistance_ohm_m2 > 0);
  const coating: Coating | null = cell.ageing?.[which]?.coating ?? null;
  const covered = coating === null || metal.coatingIntact < COVERED_SHARE_MIN ? 0 : metal.coatingIntact;
  const left = state.ageing?.[which]?.coatingLeft ?? 1;
  const coats =
    covered > 0
      ? coating!.layers
          .map((layer) => film('coating', `coating, ${layer.name}`, left * layer.thickness_m, layer))
          .filter(({ resistance_ohm_m2 }) => resistance_ohm_m2 > 0)
      : [];

  const series = (films: readonly Film[], omega: number): Complex =>
    sum(
      ...films.map((one) => arcImpedance(one.resistance_ohm_m2, one.capacitance_F_per_m2, omega, values.arcExponent)),
    );
  /** Part of the power of a current through both paths that a film of each kind takes, over that of the current through it alone. */
  const weightsAt = (omega: number): Readonly<Record<Film['kind'], Complex>> => {
    if (coats.length === 0) return { interphase: complex(1), coating: complex(0) };
    const bare = series(native, omega);
    const coated = sum(bare, series(coats, omega));
    if (covered === 1) return { interphase: complex(1), coating: complex(1) };
    // Without a native film the pinholes carry everything.
    if (native.length === 0) return { interphase: complex(0), coating: complex(0) };
    const whole = besideEachOther([
      [covered, coated],
      [1 - covered, bare],
    ]);
    const through = scaled(covered, quotient(whole, coated));
    const beside = difference(complex(1), through);
    const coatedSquare = scaled(1 / covered, product(through, through));
    return { interphase: sum(coatedSquare, scaled(1 / (1 - covered), product(beside, beside))), coating: coatedSquare };
  };
  const direct = weightsAt(0);
  return [...native, ...coats].map(({ name, kind, resistance_ohm_m2: r, capacitance_F_per_m2: C }) => ({
    name,
    side: which,
    kind,
    resistance_ohm_m2: (r * direct[kind].re) / area,
    highFrequency_ohm_m2: 0,
    capacitance_F_per_m2: C * area * (kind === 'coating' ? covered : 1),
    characteristic_Hz: frequencyOf(r * C),
    blocks: false,
    at: (omega) => scaled(1 / area, product(weightsAt(omega)[kind], arcImpedance(r, C, omega, values.arcExponent))),
  }));
}

type CoatingOrFilm = Pick<Coating['layers'][number], 'conductivity_S_per_m' | 'activationEnergy_J_per_mol'>;

/** What the current meets over the whole area of a face: it spreads from the contacts, and crosses the interlayers. */
function faceParts({ which, state, bulk, values }: SideAsked, face: SolidFace): ArealPart[] {
  const T = bulk.temperature_K;
  const contact = state[which]!.contact!.fraction;
  const sigma = face.conductivity_S_per_m * arrhenius(face.activationEnergy_J_per_mol, T);
  const spreading = constrictionResistance_ohm_m2(contact, face.side.contact.spotRadius_m, sigma);
  const parts: ArealPart[] = [];
  if (spreading > 0) {
    // It has no capacity of its own: at high frequency the current crosses the gaps beside the contacts and need not spread.
    const gaps = (1 - contact) * layerCapacitance_F_per_m2(values.gap_m, 1);
    parts.push(arcPart({ name: 'constriction', side: which, kind: 'constriction' }, spreading, gaps, 1));
  }
  for (const layer of face.side.interlayer) {
    const warmth = arrhenius(layer.activationEnergy_J_per_mol, T);
    const r = (layer.thickness_m / layer.conductivity_S_per_m + layer.remainingResistance_ohm_m2) / warmth;
    const C = layerCapacitance_F_per_m2(layer.thickness_m, values.filmDielectricConstant);
    if (r > 0) parts.push(arcPart({ name: `interlayer, ${layer.name}`, side: which, kind: 'interlayer' }, r, C, 1));
  }
  return parts;
}
