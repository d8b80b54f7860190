// The impedance of a cell at a state of a run (spec §5, E11), from the laws that its voltage follows in time, each linearised at a steady
// current. The state stands still meanwhile: lithium, films, contact and temperature are those given. Gradients of salt are those that
// the steady current keeps up, none at rest, as after a rest long enough; what an earlier step left of them is not in the spectrum.
//
// Parts are in series. A direct current meets their resistances, which add up to the slope of the fast model's voltage.
// Between metals that is so at any steady current; through a cathode none is steady, and spectra are those at rest.

import type { Cell } from '../cells/index.ts';
import { type Complex, complex, difference, log10, power, scaled } from '../numerics/index.ts';
import {
  arrhenius,
  besideCapacitance,
  effectiveFraction,
  guardedOpenCircuit,
  insertionExchangeCurrentInto,
  makeTransportDerivatives,
  type PorousElectrode,
  porousElectrodeImpedance,
  regularisedInsertionExchangeCurrentInto,
  sphereDiffusion,
  wettedTransportFactor,
} from '../physics/index.ts';
import { type ImpedanceSpectrum, spectrumFromColumns } from '../records/index.ts';
import { celsius_from_kelvin, F, InputError, type Issue, R, ROOM_TEMPERATURE_K } from '../units/index.ts';
import { poreVolume_m } from './ageing.ts';
import { type CellParameters, compileCell } from './compile.ts';
import { type CellState, DEPLETED_mol_per_m3, TEMPERATURE_K_MAX, TEMPERATURE_K_MIN } from './contract.ts';
import { type Bulk, isBare, meetSide, type SideAsked, sideParts } from './impedance-metal.ts';
import {
  type ArealPart,
  arcPart,
  diffusionPart,
  frequencyOf,
  type ImpedancePartKind,
  type ImpedanceSide,
  resistorPart,
} from './impedance-parts.ts';
import { IMPEDANCE_VALUES, type ImpedanceValues, SINTERED } from './impedance-values.ts';
import { createMetalSide, solidFace, WETTED_MIN } from './metal-side.ts';

export interface CellImpedanceOptions {
  /** In any order; 1 MHz to 1 mHz with ten points in a decade when left out. */
  readonly frequency_Hz?: ArrayLike<number>;
  /** Of the cell while it is measured; that of the state when left out. */
  readonly temperature_K?: number;
  /** A steady current under the alternating one, positive oxidises the working electrode; none when left out. */
  readonly bias_A_per_m2?: number;
  /** Capacities in place of those of `IMPEDANCE_VALUES`. */
  readonly values?: Partial<ImpedanceValues>;
}

/** One part of the cell. Parts are in series: their impedances add up to that of the cell. */
export interface ImpedancePart {
  readonly name: string;
  readonly side: ImpedanceSide;
  readonly kind: ImpedancePartKind;
  /** Limit of the real part towards direct current. */
  readonly resistance_ohm: number;
  /** Beside the resistance, or in series with it where the part blocks; null where it has none of its own. */
  readonly capacitance_F: number | null;
  /**
   * Where −Im is largest, for arcs and diffusion; 1/(2πRC) of a pore, D/(2πR²) of particles; null for what acts at all frequencies or
   * has no time of its own.
   */
  readonly characteristic_Hz: number | null;
  /** No direct current passes. */
  readonly blocks: boolean;
  readonly real_ohm: Float64Array;
  readonly imaginary_ohm: Float64Array;
}

export interface CellImpedance {
  readonly spectrum: ImpedanceSpectrum;
  /** From the counter electrode through the electrolyte to the working electrode. */
  readonly parts: readonly ImpedancePart[];
  /** Limit of the real part towards direct current: the slope of the voltage over the current, unless a part blocks. */
  readonly lowFrequency_ohm: number;
  /** Limit towards high frequencies: what the electrolyte and the contacts resist. Of a solid its grains, before its own capacity acts. */
  readonly highFrequency_ohm: number;
  readonly blocks: boolean;
  /** The capacities used. */
  readonly values: ImpedanceValues;
}

/** Frequencies from high to low, evenly spaced on a logarithmic axis, with both ends. */
export function logarithmicFrequencies(low_Hz: number, high_Hz: number, pointsPerDecade: number): Float64Array {
  const decades = log10(high_Hz / low_Hz);
  const steps = Math.max(1, Math.round(decades * pointsPerDecade));
  return Float64Array.from({ length: steps + 1 }, (_, k) =>
    k === 0 ? high_Hz : k === steps ? low_Hz : high_Hz * power(10, (-decades * k) / steps),
  );
}

export const FREQUENCY_Hz_MIN = 1e-3;
export const FREQUENCY_Hz_MAX = 1e6;
export const POINTS_PER_DECADE = 10;

/**
 * The spectrum of a cell in a state, and its parts.
 *
 * @throws InputError for frequencies, temperatures and currents that mean nothing, and for a steady current that the cell cannot carry.
 */
export function cellImpedance(cell: Cell, state: CellState, options: CellImpedanceOptions = {}): CellImpedance {
  const frequency_Hz =
    options.frequency_Hz ?? logarithmicFrequencies(FREQUENCY_Hz_MIN, FREQUENCY_Hz_MAX, POINTS_PER_DECADE);
  const T = options.temperature_K ?? state.temperature_K;
  const j = options.bias_A_per_m2 ?? 0;
  check(cell, frequency_Hz, T, j);
  const values = { ...defaultValues(), ...options.values };
  const areal = arealParts(compileCell(cell), { ...state, temperature_K: T }, j, values);

  const n = frequency_Hz.length;
  const real = new Float64Array(n);
  const imaginary = new Float64Array(n);
  const { area_m2 } = cell;
  const parts = areal.map((part): ImpedancePart => {
    const real_ohm = new Float64Array(n);
    const imaginary_ohm = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      const z = part.at(2 * Math.PI * frequency_Hz[k]!);
      real_ohm[k] = z.re / area_m2;
      imaginary_ohm[k] = z.im / area_m2;
      real[k]! += real_ohm[k]!;
      imaginary[k]! += imaginary_ohm[k]!;
    }
    return {
      name: part.name,
      side: part.side,
      kind: part.kind,
      resistance_ohm: part.resistance_ohm_m2 / area_m2,
      capacitance_F: part.capacitance_F_per_m2 === null ? null : part.capacitance_F_per_m2 * area_m2,
      characteristic_Hz: part.characteristic_Hz,
      blocks: part.blocks,
      real_ohm,
      imaginary_ohm,
    };
  });
  const total = (of: (part: ArealPart) => number): number => areal.reduce((sum, part) => sum + of(part), 0) / area_m2;
  const notes = ['impedance from the laws of the cell'];
  if (j !== 0) notes.push(`steady current ${j} A/m2`);
  return {
    spectrum: spectrumFromColumns(frequency_Hz, real, imaginary, {
      area_m2,
      temperature_K: T,
      provenance: { kind: 'simulated', origin: cell.id, program: 'limetal', notes },
    }),
    parts,
    lowFrequency_ohm: total((part) => part.resistance_ohm_m2),
    highFrequency_ohm: total((part) => part.highFrequency_ohm_m2),
    blocks: areal.some((part) => part.blocks),
    values,
  };
}

function defaultValues(): ImpedanceValues {
  const entries = Object.entries(IMPEDANCE_VALUES).map(([name, { value }]) => [name, value]);
  return Object.fromEntries(entries) as ImpedanceValues;
}

function check(cell: Cell, frequency_Hz: ArrayLike<number>, T: number, j: number): void {
  const issues: Issue[] = [];
  const bad = Array.from(frequency_Hz).find((f) => !(f > 0 && f < Number.POSITIVE_INFINITY));
  if (bad !== undefined) issues.push({ where: 'frequency', found: `${bad} Hz`, wanted: 'frequencies above 0' });
  if (frequency_Hz.length === 0) issues.push({ where: 'frequency', found: 'none', wanted: 'at least one frequency' });
  const shown = (kelvin: number): string => `${Number(celsius_from_kelvin(kelvin).toFixed(2))} °C`;
  if (!(T >= TEMPERATURE_K_MIN && T <= TEMPERATURE_K_MAX)) {
    issues.push({
      where: 'temperature',
      found: `${T} K`,
      wanted: `${shown(TEMPERATURE_K_MIN)} to ${shown(TEMPERATURE_K_MAX)}`,
    });
  }
  if (!Number.isFinite(j)) issues.push({ where: 'bias', found: String(j), wanted: 'a current' });
  if (cell.working.kind === 'cathode' && j !== 0) {
    issues.push({
      where: 'bias',
      found: 'a steady current through a cathode',
      wanted: 'none',
      hint: 'its composition moves with the current, so that no spectrum belongs to it; take one at rest in each state of charge',
    });
  }
  if (issues.length > 0) throw new InputError(issues);
}

function arealParts(p: CellParameters, state: CellState, j: number, values: ImpedanceValues): ArealPart[] {
  const { cell } = p;
  const bulk = bulkOf(p, state);
  const askedOf = (which: 'counter' | 'working'): SideAsked | null => {
    const electrode = cell[which];
    if (electrode.kind === 'cathode') return null;
    const law = which === 'counter' ? p.counterLaw : p.workingLaw!;
    const face = solidFace(cell, which);
    const side = createMetalSide(electrode, law, cell.ageing?.[which], face);
    return { which, side, cell, state, face, bulk, values };
  };
  const counter = askedOf('counter')!;
  const working = askedOf('working');
  const contacts =
    cell.contactResistance_ohm_m2 > 0
      ? [resistorPart({ name: 'contacts', side: 'between', kind: 'contacts' }, cell.contactResistance_ohm_m2)]
      : [];
  if (working === null) {
    // At rest no gradient of salt moves the kinetics of the metal.
    meet(counter, 0, bulk.concentration_mol_per_m3);
    return [...sideParts(counter, bulk.concentration_mol_per_m3), ...cathodeParts(p, state, bulk, values), ...contacts];
  }
  return [...metalsParts(p, counter, working, j, bulk, values), ...contacts];
}

function bulkOf({ cell, transport }: CellParameters, state: CellState): Bulk {
  const T = state.temperature_K;
  const c = Float64Array.of(state.poreSalt_mol_per_m2 / poreVolume_m(cell));
  const [kappa, D, tPlus, tdf] = [new Float64Array(1), new Float64Array(1), new Float64Array(1), new Float64Array(1)];
  transport.valuesInto(1, c, T, kappa, D, tPlus, tdf);
  const wetted = wettedTransportFactor(Math.max(state.wettedFraction, WETTED_MIN));
  return {
    temperature_K: T,
    concentration_mol_per_m3: c[0]!,
    conductivity_S_per_m: kappa[0]! * wetted,
    diffusivity_m2_per_s: D[0]! * wetted,
    transferenceNumber: tPlus[0]!,
    thermodynamicFactor: tdf[0]!,
  };
}

function meet(asked: SideAsked, j: number, c: number): void {
  const refuse = (found: string): never => {
    throw new InputError([{ where: 'bias', found, wanted: 'a steady current that the cell can carry' }]);
  };
  if (j > 0 && isBare(asked)) refuse(`it strips the bare ${asked.which} electrode`);
  if (!meetSide(asked, j, c)) refuse(`the kinetics of the ${asked.which} electrode saturate below it`);
  if (asked.side.saltAtMetal < DEPLETED_mol_per_m3) refuse(`it uses up the salt at the ${asked.which} electrode`);
}

/** Two metals with the electrolyte between them, at a steady current. */
function metalsParts(
  { cell, transport }: CellParameters,
  counter: SideAsked,
  working: SideAsked,
  j: number,
  bulk: Bulk,
  values: ImpedanceValues,
): ArealPart[] {
  const { separator } = cell;
  const T = bulk.temperature_K;
  const fraction = effectiveFraction(separator.porosity, separator.bruggeman);
  const anion = 1 - bulk.transferenceNumber;
  // Salt at the working electrode less the mean, by the current: (1 − t⁺)·L/(2F·D_eff).
  const perCurrent = (anion * separator.thickness_m) / (2 * F * bulk.diffusivity_m2_per_s * fraction);
  const mean = bulk.concentration_mol_per_m3;
  const atCounter = mean - perCurrent * j;
  const atWorking = mean + perCurrent * j;
  meet(counter, -j, atCounter);
  meet(working, j, atWorking);

  // The fast model's resistance, by Simpson's rule over the profile, and its slopes by the salt at both ends.
  const c = Float64Array.of(atCounter, mean, atWorking);
  const kappa = new Float64Array(3);
  const slopes = makeTransportDerivatives(3);
  transport.conductivity.valuesInto(3, c, T, kappa);
  transport.derivativesInto(3, c, T, slopes);
  const wetted = wettedTransportFactor(Math.max(counter.state.wettedFraction, WETTED_MIN));
  const geometry = separator.thickness_m / (fraction * wetted);
  const ohmic = (geometry * (1 / kappa[0]! + 4 / kappa[1]! + 1 / kappa[2]!)) / 6;
  const ohmicBySalt = (k: number): number => (-geometry * slopes.kappa_c[k]!) / (6 * kappa[k]! * kappa[k]!);
  const junction = ((2 * R * T) / F) * anion * bulk.thermodynamicFactor;
  const diffusion =
    perCurrent *
    (j * (ohmicBySalt(2) - ohmicBySalt(0)) +
      junction * (1 / atWorking + 1 / atCounter) +
      working.side.byConcentration +
      counter.side.byConcentration);
  const half = separator.thickness_m / 2;
  const diffusionTime_s = (half * half * separator.porosity) / (bulk.diffusivity_m2_per_s * fraction);
  const between: ArealPart[] = [...electrolyteParts(cell, ohmic, values)];
  if (diffusion !== 0) {
    between.push(
      diffusionPart(
        { name: 'salt in the separator', side: 'between', kind: 'salt-diffusion' },
        diffusion,
        diffusionTime_s,
      ),
    );
  }
  return [...sideParts(counter, atCounter), ...between, ...sideParts(working, atWorking)];
}

/** The electrolyte itself: a resistor, or in a solid the arcs of its bulk and of its grain boundaries. */
function electrolyteParts({ solid, separator }: Cell, ohmic: number, values: ImpedanceValues): ArealPart[] {
  const named = { name: 'electrolyte', side: 'between', kind: 'electrolyte' } as const;
  if (!solid) return [resistorPart(named, ohmic)];
  const share = SINTERED.includes(solid.material) ? values.grainBoundaryShare : 0;
  const bulkCapacitance = values.bulkPermittivity_F_per_m / separator.thickness_m;
  const grains = (1 - share) * ohmic;
  const bulk: ArealPart = {
    ...arcPart({ ...named, name: 'electrolyte, bulk' }, grains, bulkCapacitance, 1),
    // Its own capacity takes over above 10 MHz or so, where no instrument follows.
    highFrequency_ohm_m2: grains,
  };
  if (share === 0) return [bulk];
  const boundaries = arcPart(
    { name: 'electrolyte, grain boundaries', side: 'between', kind: 'grain-boundaries' },
    share * ohmic,
    values.grainBoundaryPermittivity_F_per_m / separator.thickness_m,
    1,
  );
  return [bulk, boundaries];
}

/** Separator and porous cathode at rest. */
function cathodeParts(p: CellParameters, state: CellState, bulk: Bulk, values: ImpedanceValues): ArealPart[] {
  const { cell } = p;
  if (cell.working.kind !== 'cathode' || p.cathode === null) return [];
  const cathode = cell.working;
  const T = bulk.temperature_K;
  const x = Float64Array.of(state.cathodeStoichiometry);
  const [value, slope] = [new Float64Array(1), new Float64Array(1)];
  const most = cathode.maximumConcentration_mol_per_m3;
  guardedOpenCircuit(p.cathode.openCircuit, { guardTerms: cathode.regularised }).evaluateInto(1, x, value, slope);
  let byStoichiometry = slope[0]!;
  p.cathode.entropic.evaluateInto(1, x, value, slope);
  byStoichiometry += slope[0]! * (T - ROOM_TEMPERATURE_K);
  p.cathode.diffusivity.evaluateInto(1, x, value, slope);
  const D = value[0]! * arrhenius(cathode.diffusivityActivationEnergy_J_per_mol, T);
  const radius = cathode.particleRadius_m;
  const exchangeInto = cathode.regularised ? regularisedInsertionExchangeCurrentInto : insertionExchangeCurrentInto;
  const [j0, byC, byS] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];
  exchangeInto(
    1,
    Float64Array.of(bulk.concentration_mol_per_m3),
    Float64Array.of(x[0]! * most),
    {
      rate_A_m2_5_per_mol1_5: cathode.kinetics.rate_A_m2_5_per_mol1_5,
      maximumConcentration_mol_per_m3: most,
      referenceConcentration_mol_per_m3: cell.electrolyte.concentration_mol_per_m3,
    },
    arrhenius(cathode.kinetics.activationEnergy_J_per_mol, T),
    j0,
    byC,
    byS,
  );

  // Per surface of the particles: charge transfer, and the potential that their surface gains by the flux out of it.
  const transfer = (R * T) / (F * j0[0]!);
  const perFlux = (-byStoichiometry * radius) / (F * most * D);
  const tau = (radius * radius) / D;
  const C = values.cathodeDoubleLayer_F_per_m2;
  const transferAt = (omega: number): Complex => besideCapacitance(complex(transfer), C, omega);
  const surfaceAt = (omega: number): Complex => {
    const inside = scaled(perFlux, sphereDiffusion(omega, tau));
    return besideCapacitance(complex(transfer + inside.re, inside.im), C, omega);
  };

  const specificArea = (3 * cathode.activeFraction) / radius;
  const surface = specificArea * cathode.thickness_m;
  const layerOf = (thickness_m: number, porosity: number, bruggeman: number) => ({
    thickness_m,
    porosity,
    conductivity_S_per_m: bulk.conductivity_S_per_m * effectiveFraction(porosity, bruggeman),
    diffusivity_m2_per_s: bulk.diffusivity_m2_per_s * effectiveFraction(porosity, bruggeman),
  });
  const { separator } = cell;
  const of: PorousElectrode = {
    separator: layerOf(separator.thickness_m, separator.porosity, separator.bruggeman),
    electrode: layerOf(cathode.thickness_m, cathode.porosity, cathode.bruggemanElectrolyte),
    solidConductivity_S_per_m:
      cathode.conductivity_S_per_m * effectiveFraction(1 - cathode.porosity, cathode.bruggemanSolid),
    specificArea_per_m: specificArea,
    transferenceNumber: bulk.transferenceNumber,
    junction_V_m3_per_mol:
      (((2 * R * T) / F) * (1 - bulk.transferenceNumber) * bulk.thermodynamicFactor) / bulk.concentration_mol_per_m3,
  };
  const still: PorousElectrode = { ...of, transferenceNumber: 1, junction_V_m3_per_mol: 0 };
  const across = separator.thickness_m / of.separator.conductivity_S_per_m;
  const { conductivity_S_per_m: kappa, diffusivity_m2_per_s: salt, thickness_m: L } = of.electrode;
  const sigma = of.solidConductivity_S_per_m;
  const perGradient = (of.junction_V_m3_per_mol * (1 - bulk.transferenceNumber)) / F;
  const saltResistance = perGradient * (separator.thickness_m / of.separator.diffusivity_m2_per_s + L / (3 * salt));
  // Salt spreads over both layers; the slowest of its modes is told.
  const depth = separator.thickness_m + L;
  const store = (cathode.activeFraction * cathode.thickness_m * most * F) / -byStoichiometry;

  const part = (
    name: string,
    kind: ImpedancePartKind,
    side: ImpedanceSide,
    rest: Omit<ArealPart, 'name' | 'kind' | 'side' | 'blocks'>,
  ): ArealPart => ({ name, kind, side, blocks: false, ...rest });
  return [
    ...electrolyteParts(cell, across, values),
    ...(saltResistance === 0
      ? []
      : [
          part('salt in separator and pores', 'salt-diffusion', 'between', {
            resistance_ohm_m2: saltResistance,
            highFrequency_ohm_m2: 0,
            capacitance_F_per_m2: null,
            characteristic_Hz: frequencyOf((depth * depth * cathode.porosity) / salt),
            at: (omega) =>
              difference(
                porousElectrodeImpedance(of, surfaceAt(omega), omega),
                porousElectrodeImpedance(still, surfaceAt(omega), omega),
              ),
          }),
        ]),
    part('cathode, pores and solid', 'pores', 'working', {
      resistance_ohm_m2: L / (3 * kappa) + L / (3 * sigma),
      highFrequency_ohm_m2: L / (kappa + sigma),
      capacitance_F_per_m2: null,
      characteristic_Hz: null,
      at(omega) {
        const z = surfaceAt(omega);
        const line = porousElectrodeImpedance(still, z, omega);
        return difference(complex(line.re - across, line.im), scaled(1 / surface, z));
      },
    }),
    part('cathode, charge transfer', 'charge-transfer', 'working', {
      resistance_ohm_m2: transfer / surface,
      highFrequency_ohm_m2: 0,
      capacitance_F_per_m2: C * surface,
      characteristic_Hz: frequencyOf(transfer * C),
      at: (omega) => scaled(1 / surface, transferAt(omega)),
    }),
    {
      name: 'cathode, particles',
      kind: 'solid-diffusion',
      side: 'working',
      resistance_ohm_m2: perFlux / (5 * surface),
      highFrequency_ohm_m2: 0,
      capacitance_F_per_m2: store,
      characteristic_Hz: frequencyOf(tau),
      blocks: true,
      at: (omega) => scaled(1 / surface, difference(surfaceAt(omega), transferAt(omega))),
    },
  ];
}
