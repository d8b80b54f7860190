// The fast model's cell: one short vector that holds everything, how it moves over a sub-step, and the voltage at its end.
//
// The vector holds temperature, lithium on either side, salt, layers, and the lags of diffusion. `advance` fills `trial` from
// `base` for any length of sub-step; `accept` makes the trial the base. Amounts move between stores as equal and opposite
// terms, so lithium and salt are conserved to rounding whatever the laws say.

import type { PorousCathode } from '../cells/index.ts';
import { asinh, exp, expm1, log, log1p, power } from '../numerics/index.ts';
import {
  arrhenius,
  effectiveFraction,
  GROWTH_THICKNESS_m_FLOOR,
  guardedOpenCircuit,
  insertionExchangeCurrentInto,
  regularisedInsertionExchangeCurrentInto,
  thermalVoltage_V,
  wettedTransportFactor,
} from '../physics/index.ts';
import { F, ROOM_TEMPERATURE_K } from '../units/index.ts';
import type { CellParameters } from './compile.ts';
import { type CellState, DEPLETED_mol_per_m3, type MetalSideState, type Profiles, type Row } from './contract.ts';
import {
  advanceModesInto,
  GAUSS_WEIGHTS,
  modesOutput,
  separatorAndElectrodeModes,
  separatorModes,
  sphereModes,
} from './diffusion-modes.ts';
import { createMetalSide, type MetalSide, solidFace, THICKNESS_m_PER_mol_per_m2, WETTED_MIN } from './metal-side.ts';

/** Below this share ln c goes on as a straight line: a held voltage can then press the salt to nothing, no further. */
const LOGARITHM_SHARE = 1e-5;
/** Properties of separator and cathode are read up to this multiple of the concentration that the cell was filled with. */
const REGION_SHARE_MAX = 4;
/** Outside 0 … 1 the surface of the particles answers with this slope, so that a held voltage still has an answer, V. */
const OUTSIDE_SLOPE_V = 1e3;

const ROUNDING_mol_per_m2 = 1e-13;
/** Less of a deposit than this is not worth a sub-step of its own, m. */
const BEND_m_MIN = 1e-8;

// Places in the vector.
const TEMPERATURE = 0;
const COUNTER = 1;
/** Lithium on a metal working electrode, mol/m2, or the cathode's mean stoichiometry. */
const WORKING = 2;
const CHARGE = 3;
const PORE = 4;
const RESERVE = 5;
/** Interphase lithium of metal origin, then of salt origin. */
const COUNTER_BOUND = 6;
const WORKING_BOUND = 8;
const LAYERS = 10;

export interface FastCell {
  readonly hasCathode: boolean;
  /** The cell has a heat balance. */
  readonly warms: boolean;
  /** What is left at the end of the trial: lithium on the metals, mol/m2, below 0 when overdrawn; surface stoichiometry. */
  readonly left: { counter: number; working: number; surface: number };
  /** Salt at the ends of the electrolyte and where it counts as gone, mol/m3. */
  readonly salt: { counter: number; working: number; floor: number };
  load(state: CellState, ambient_K: number): void;
  store(state: CellState, time_s: number): void;
  /** Move over `dt` s while the current goes linearly from j0 to j1 (A/m2) and `heat` (W/m2) is released. */
  advance(dt: number, j0: number, j1: number, heat: number): void;
  /** The trial's temperature again, with a better estimate of the heat. */
  warm(dt: number, heat: number): void;
  /** Voltage of the trial with current j, V; infinite where the kinetics cannot carry it. */
  voltage(j: number): number;
  /** Whether voltages shall also find the rates at which films grow, which only an accepted trial needs. */
  wantGrowth(wanted: boolean): void;
  /** Heat released, W/m2: all voltage beyond the open circuit, and the entropy of the cathode. */
  heat(V: number, j: number): number;
  accept(): void;
  /** Charge of the step at the end of the trial, C/m2. */
  charge(): number;
  temperature_K(): number;
  /** Change of temperature over the trial, K. */
  warming(): number;
  /** Time in which the present current would use up what it draws on, s. */
  exhaustion_s(j: number): number;
  /** Whether a current would plate on a metal that is bare now. */
  bare(j: number): boolean;
  /** Time in which it would use up the deposit on what it strips, where the voltage bends, s. */
  bend_s(j: number): number;
  slowestDiffusion_s(): number;
  describeInto(row: Row): void;
}

interface Side {
  readonly metal: MetalSide;
  readonly at: number;
  readonly bound: number;
  readonly layersFrom: number;
  /** Growth of each layer at the base, m/s, and its slope by the layer's own thickness, 1/s. */
  readonly rate: Float64Array;
  readonly slope: Float64Array;
}

export function createFastCell(p: CellParameters): FastCell {
  const { cell } = p;
  const { separator, thermal } = cell;
  const cathode: PorousCathode | null = cell.working.kind === 'cathode' ? cell.working : null;

  const counterMetal = createMetalSide(cell.counter, p.counterLaw, cell.ageing?.counter, solidFace(cell, 'counter'));
  const workingMetal =
    cell.working.kind === 'cathode' || p.workingLaw === null
      ? null
      : createMetalSide(cell.working, p.workingLaw, cell.ageing?.working, solidFace(cell, 'working'));
  const workingLayers = LAYERS + counterMetal.layers;
  const saltLags = workingLayers + (workingMetal?.layers ?? 0);
  const separatorFraction = effectiveFraction(separator.porosity, separator.bruggeman);
  const separatorLayer = {
    thickness_m: separator.thickness_m,
    porosity: separator.porosity,
    transport: separatorFraction,
  };
  const cathodeFraction = cathode === null ? 1 : effectiveFraction(cathode.porosity, cathode.bruggemanElectrolyte);
  const saltModes =
    cathode === null
      ? separatorModes(separatorLayer)
      : separatorAndElectrodeModes(separatorLayer, {
          thickness_m: cathode.thickness_m,
          porosity: cathode.porosity,
          transport: cathodeFraction,
        });
  const particleModes = cathode === null ? null : sphereModes(cathode.particleRadius_m);
  const particleLags = saltLags + saltModes.size;
  const size = particleLags + (particleModes?.size ?? 0);
  const base = new Float64Array(size);
  const trial = new Float64Array(size);

  const sideOf = (metal: MetalSide, at: number, bound: number, layersFrom: number): Side => ({
    metal,
    at,
    bound,
    layersFrom,
    rate: new Float64Array(metal.layers),
    slope: new Float64Array(metal.layers),
  });
  const counter = sideOf(counterMetal, COUNTER, COUNTER_BOUND, LAYERS);
  const working = workingMetal === null ? null : sideOf(workingMetal, WORKING, WORKING_BOUND, workingLayers);

  /** Pore volume per area, m. */
  const pores =
    separator.porosity * separator.thickness_m + (cathode === null ? 0 : cathode.porosity * cathode.thickness_m);
  const separatorShare = (separator.porosity * separator.thickness_m) / pores;
  const filled = cell.electrolyte.concentration_mol_per_m3;
  const logarithmFloor = LOGARITHM_SHARE * filled;
  const left = { counter: 0, working: 0, surface: 0.5 };
  const salt = { counter: filled, working: filled, floor: DEPLETED_mol_per_m3 };

  // Cathode geometry: lithium it can hold, mol/m2; area of particles per area of cell; series resistances without κ.
  const hold =
    cathode === null ? 0 : cathode.activeFraction * cathode.thickness_m * cathode.maximumConcentration_mol_per_m3;
  const particleArea =
    cathode === null ? 1 : (3 * cathode.activeFraction * cathode.thickness_m) / cathode.particleRadius_m;
  const solidResistance =
    cathode === null
      ? 0
      : cathode.thickness_m /
        (3 * cathode.conductivity_S_per_m * effectiveFraction(1 - cathode.porosity, cathode.bruggemanSolid));
  const openCircuit =
    p.cathode === null || cathode === null
      ? null
      : guardedOpenCircuit(p.cathode.openCircuit, { guardTerms: cathode.regularised });
  const exchangeCurrentInto =
    cathode?.regularised === true ? regularisedInsertionExchangeCurrentInto : insertionExchangeCurrentInto;
  const kinetics = {
    rate_A_m2_5_per_mol1_5: cathode?.kinetics.rate_A_m2_5_per_mol1_5 ?? 0,
    maximumConcentration_mol_per_m3: cathode?.maximumConcentration_mol_per_m3 ?? 1,
    referenceConcentration_mol_per_m3: filled,
  };

  // Scratch for the laws, which take vectors.
  const c = new Float64Array(3);
  const kappa = new Float64Array(3);
  const [D, tPlus, tdf] = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];
  const region = new Float64Array(2);
  const [regionD, regionPlus, regionFactor] = [new Float64Array(2), new Float64Array(2), new Float64Array(2)];
  const x = new Float64Array(2);
  const [value, slope] = [new Float64Array(2), new Float64Array(2)];
  const [surface, j0, j0Salt, j0Lithium] = [
    new Float64Array(3),
    new Float64Array(3),
    new Float64Array(3),
    new Float64Array(3),
  ];

  // Transport at the pores' mean concentration, kept until concentration or temperature changes.
  let knownAt_K = Number.NaN;
  let knownMean = Number.NaN;
  let drive = 0;
  let ambient_K = cell.temperature_K;
  let solidWarmth = 1;
  let kineticWarmth = 1;
  let solidD = 1;
  /** Charge, lithium (or stoichiometry) and bound lithium at the start of the step, to which its end is tied. */
  const start = { charge: 0, counter: 0, working: 0, counterBound: 0, workingBound: 0 };

  // The electrolyte of the trial: its resistance, Ohm m2, and the potential of its salt gradient, V.
  let electrolyteResistance = 0;
  let junction = 0;
  // Parts of the trial's voltage, V.
  const part = { openCircuit: 0, ohmic: 0, interphase: 0, counter: 0, working: 0, concentration: 0 };
  let entropy_V_per_K = 0;
  /** Of conductivity and diffusivity, what a cell that dries out keeps. */
  let transportShare = 1;

  /** κ, D, t+ and TDF at the mean concentration of `state`. */
  function know(state: Float64Array): number {
    const T = state[TEMPERATURE]!;
    const mean = state[PORE]! / pores;
    if (T !== knownAt_K || mean !== knownMean) {
      c[0] = mean;
      p.transport.valuesInto(1, c, T, kappa, D, tPlus, tdf);
      D[0]! *= transportShare;
      drive = (1 - tPlus[0]!) / F;
      if (T !== knownAt_K && cathode !== null) {
        solidWarmth = arrhenius(cathode.diffusivityActivationEnergy_J_per_mol, T);
        kineticWarmth = arrhenius(cathode.kinetics.activationEnergy_J_per_mol, T);
      }
      knownAt_K = T;
      knownMean = mean;
    }
    return mean;
  }

  /** Solid diffusivity at a mean stoichiometry and the last known temperature, m2/s. */
  function solidDiffusivity(stoichiometry: number): number {
    x[0] = Math.min(Math.max(stoichiometry, 0), 1);
    p.cathode!.diffusivity.evaluateInto(1, x, value, slope);
    return Math.max(value[0]! * solidWarmth, Number.MIN_VALUE);
  }

  /** ln(c), straight below the floor. */
  function logarithm(concentration: number): number {
    return concentration > logarithmFloor
      ? log(concentration)
      : log(logarithmFloor) + concentration / logarithmFloor - 1;
  }

  /**
   * Thickness that a layer gains in dt, from its rate at the start: the law's own closed form where it has one, else the
   * exponential Rosenbrock-Euler step, second order and exact for a rate linear in L (Hochbruck & Ostermann 2010, §2.4).
   */
  function gain(side: Side, layer: number, dt: number): number {
    const rate = side.rate[layer]!;
    if (rate === 0 || dt === 0) return 0;
    const L = base[side.layersFrom + layer]!;
    const { growth } = side.metal.electrode.interphase[layer]!;
    switch (growth.kind) {
      case 'none':
        return 0;
      case 'transport-limited': {
        // L² = L0² + k²t, written so that a small gain keeps its digits; the law reads no layer thinner than its floor.
        const k2 = 2 * Math.max(L, GROWTH_THICKNESS_m_FLOOR) * rate;
        return (k2 * dt) / (Math.sqrt(L * L + k2 * dt) + L);
      }
      case 'tunnelling':
        return log1p(growth.decay_per_m * rate * dt) / growth.decay_per_m;
      default: {
        const z = side.slope[layer]! * dt;
        return rate * dt * (Math.abs(z) > 1e-8 ? expm1(z) / z : 1 + z / 2);
      }
    }
  }

  /** Grow the layers of one side and pay for them with its metal and with salt, as far as there is any. */
  function grow(side: Side, dt: number): number {
    const layers = side.metal.electrode.interphase;
    const area = side.metal.growthArea;
    const available = Math.max(0, trial[side.at]!);
    let fromMetal = 0;
    let fromSalt = 0;
    for (let l = 0; l < layers.length; l++) {
      const layer = layers[l]!;
      const bound = area * layer.lithiumConcentration_mol_per_m3 * gain(side, l, dt);
      fromMetal += (1 - layer.saltFraction) * bound;
      fromSalt += layer.saltFraction * bound;
    }
    const remaining = trial[side.at]! - fromMetal;
    if (fromMetal === 0 && fromSalt === 0) return remaining;
    const saltThere = trial[PORE]! + trial[RESERVE]!;
    const share = Math.min(
      1,
      fromMetal > available ? available / fromMetal : 1,
      fromSalt > saltThere ? saltThere / fromSalt : 1,
    );
    for (let l = 0; l < layers.length; l++)
      trial[side.layersFrom + l] = base[side.layersFrom + l]! + share * gain(side, l, dt);
    const metal = share * fromMetal;
    const anions = share * fromSalt;
    const fromPores = saltThere > 0 ? (anions * trial[PORE]!) / saltThere : 0;
    trial[side.at] = trial[side.at]! - metal;
    trial[side.bound] = trial[side.bound]! + metal;
    trial[side.bound + 1] = trial[side.bound + 1]! + anions;
    trial[PORE] = trial[PORE]! - fromPores;
    trial[RESERVE] = trial[RESERVE]! - (anions - fromPores);
    return remaining;
  }

  function warm(dt: number, heat: number): void {
    if (thermal === null) return;
    const h = thermal.heatTransfer_W_per_m2_K;
    const capacity = thermal.heatCapacity_J_per_m2_K;
    const rise = base[TEMPERATURE]! - ambient_K;
    const z = (h * dt) / capacity;
    // Newton's cooling with constant heat: rise·e^−z + (heat/h)(1 − e^−z), also for h = 0.
    const warmed = z > 1e-8 ? -expm1(-z) / h : dt / capacity;
    trial[TEMPERATURE] = ambient_K + rise * exp(-z) + heat * warmed;
  }

  function advance(dt: number, jFrom: number, jTo: number, heat: number): void {
    trial.set(base);
    if (dt === 0) {
      left.counter = trial[COUNTER]!;
      left.working = trial[WORKING]!;
      return;
    }
    know(base);
    const passed = 0.5 * (jFrom + jTo) * dt;
    const lithium = passed / F;
    trial[CHARGE] = base[CHARGE]! + passed;
    trial[COUNTER] = base[COUNTER]! + lithium;
    trial[WORKING] = base[WORKING]! - (cathode === null ? lithium : lithium / hold);
    left.counter = grow(counter, dt);
    if (working !== null) left.working = grow(working, dt);
    advanceModesInto(saltModes, D[0]!, dt, drive * jFrom, drive * jTo, base, saltLags, trial);
    if (particleModes !== null) {
      solidD = solidDiffusivity(0.5 * (base[WORKING]! + trial[WORKING]!));
      const out = 1 / (F * particleArea);
      advanceModesInto(particleModes, solidD, dt, out * jFrom, out * jTo, base, particleLags, trial);
    }
    warm(dt, heat);
  }

  /** Salt and potential of the electrolyte between two metals: fills `salt`, `electrolyteResistance` and `junction`. */
  function electrolyteBetweenMetals(mean: number, s: number, T: number): void {
    salt.counter = mean + modesOutput(saltModes, 0, D[0]!, s, trial, saltLags);
    salt.working = mean + modesOutput(saltModes, 1, D[0]!, s, trial, saltLags);
    c[0] = salt.counter;
    c[1] = mean;
    c[2] = salt.working;
    p.transport.conductivity.valuesInto(3, c, T, kappa);
    // Simpson's rule: in a profile that is a line, what one half gains the other loses.
    const resistivity = (1 / kappa[0]! + 4 / kappa[1]! + 1 / kappa[2]!) / 6;
    electrolyteResistance = (separator.thickness_m * resistivity) / (separatorFraction * transportShare);
    junction =
      2 * thermalVoltage_V(T) * (1 - tPlus[0]!) * tdf[0]! * (logarithm(salt.working) - logarithm(salt.counter));
  }

  /** The same from a metal into a cathode; leaves the salt at the cathode's Gauss points in `c`. */
  function electrolyteToCathode(mean: number, s: number, T: number): void {
    const De = D[0]!;
    // The lags know one diffusivity. From them: both regions' means, and how far each place is from the interface.
    const atInterface = mean + modesOutput(saltModes, 6, De, s, trial, saltLags);
    const counterSide = mean + modesOutput(saltModes, 0, De, s, trial, saltLags) - atInterface;
    const inSeparator = mean + modesOutput(saltModes, 1, De, s, trial, saltLags) - atInterface;
    const collectorSide = mean + modesOutput(saltModes, 5, De, s, trial, saltLags) - atInterface;
    let inElectrode = 0;
    for (let i = 0; i < 3; i++) {
      c[i] = mean + modesOutput(saltModes, 2 + i, De, s, trial, saltLags) - atInterface;
      inElectrode += GAUSS_WEIGHTS[i]! * c[i]!;
    }
    // Then each region gets the gradient of its own mean concentration, in proportion to (1−t+)/D, and all salt is kept.
    // A search for a current may ask for what no cell can hold; the property functions are not asked about that.
    region[0] = Math.min(Math.max(atInterface + inSeparator, 0), REGION_SHARE_MAX * filled);
    region[1] = Math.min(Math.max(atInterface + inElectrode, 0), REGION_SHARE_MAX * filled);
    p.transport.valuesInto(2, region, T, kappa, regionD, regionPlus, regionFactor);
    regionD[0]! *= transportShare;
    regionD[1]! *= transportShare;
    const anion = drive * F;
    // Where only lithium moves there is no gradient to stretch.
    const stretchSeparator = anion === 0 ? 1 : ((1 - regionPlus[0]!) * De) / (anion * regionD[0]!);
    const stretchElectrode = anion === 0 ? 1 : ((1 - regionPlus[1]!) * De) / (anion * regionD[1]!);
    const interfaceSalt =
      mean - separatorShare * stretchSeparator * inSeparator - (1 - separatorShare) * stretchElectrode * inElectrode;
    salt.counter = interfaceSalt + stretchSeparator * counterSide;
    salt.working = interfaceSalt + stretchElectrode * collectorSide;
    let electrodeLogarithm = 0;
    for (let i = 0; i < 3; i++) {
      c[i] = interfaceSalt + stretchElectrode * c[i]!;
      electrodeLogarithm += GAUSS_WEIGHTS[i]! * logarithm(c[i]!);
    }
    const interfaceLogarithm = logarithm(interfaceSalt);
    junction =
      2 *
      thermalVoltage_V(T) *
      ((1 - regionPlus[0]!) * regionFactor[0]! * (interfaceLogarithm - logarithm(salt.counter)) +
        (1 - regionPlus[1]!) * regionFactor[1]! * (electrodeLogarithm - interfaceLogarithm));
    // The current falls in a line through the cathode: its mean potential lies a third of the way.
    electrolyteResistance =
      separator.thickness_m / (kappa[0]! * separatorFraction * transportShare) +
      cathode!.thickness_m / (3 * kappa[1]! * cathodeFraction * transportShare);
  }

  function voltage(j: number): number {
    const mean = know(trial);
    const T = trial[TEMPERATURE]!;
    if (cathode === null) electrolyteBetweenMetals(mean, drive * j, T);
    else electrolyteToCathode(mean, drive * j, T);
    part.openCircuit = part.counter = part.working = part.interphase = 0;
    part.ohmic = j * (electrolyteResistance + solidResistance + cell.contactResistance_ohm_m2);
    part.concentration = junction;
    const lithiumOnCounter = trial[COUNTER]! * THICKNESS_m_PER_mol_per_m2;
    if (!counterMetal.evaluate(-j, salt.counter, T, lithiumOnCounter, trial, LAYERS)) return Math.sign(j) * Infinity;
    part.openCircuit = -counterMetal.nernst;
    part.counter = -counterMetal.kinetic;
    part.interphase = -counterMetal.film;
    part.ohmic -= counterMetal.deadLayerOhmic;
    part.concentration -= counterMetal.deadLayerConcentration;
    salt.counter = counterMetal.saltAtMetal;
    if (workingMetal === null) {
      addCathode(j, T);
    } else {
      const lithiumOnWorking = trial[WORKING]! * THICKNESS_m_PER_mol_per_m2;
      if (!workingMetal.evaluate(j, salt.working, T, lithiumOnWorking, trial, workingLayers)) {
        return Math.sign(j) * Infinity;
      }
      part.openCircuit += workingMetal.nernst;
      part.working = workingMetal.kinetic;
      part.interphase += workingMetal.film;
      part.ohmic += workingMetal.deadLayerOhmic;
      part.concentration += workingMetal.deadLayerConcentration;
      salt.working = workingMetal.saltAtMetal;
    }
    return part.openCircuit + part.ohmic + part.interphase + part.counter + part.working + part.concentration;
  }

  /** The cathode as one particle with an even reaction: its potentials join the parts. The salt within it stands in `c`. */
  function addCathode(j: number, T: number): void {
    const stoichiometry = trial[WORKING]!;
    const { maximumConcentration_mol_per_m3: most } = cathode!;
    solidD = solidDiffusivity(stoichiometry);
    const flux = j / (F * particleArea);
    const atSurface = stoichiometry + modesOutput(particleModes!, 0, solidD, flux, trial, particleLags) / most;
    left.surface = atSurface;
    x[0] = stoichiometry;
    x[1] = atSurface;
    p.cathode!.entropic.evaluateInto(2, x, value, slope);
    entropy_V_per_K = value[0]!;
    const warmth = T - ROOM_TEMPERATURE_K;
    const entropic = value[0]! * warmth;
    const entropicAtSurface = value[1]! * warmth;
    openCircuit!.evaluateInto(2, x, value, slope);
    const outside = atSurface < 0 ? atSurface : atSurface > 1 ? atSurface - 1 : 0;
    const equilibrium = value[0]! + entropic;
    surface.fill(Math.min(Math.max(atSurface, 0), 1) * most);
    exchangeCurrentInto(3, c, surface, kinetics, kineticWarmth, j0, j0Salt, j0Lithium);
    let exchange = 0;
    for (let i = 0; i < 3; i++) exchange += GAUSS_WEIGHTS[i]! * Math.max(j0[i]!, 0);
    part.openCircuit += equilibrium;
    part.working = 2 * thermalVoltage_V(T) * asinh(j / (2 * particleArea * Math.max(exchange, Number.MIN_VALUE)));
    part.concentration += value[1]! + entropicAtSurface - equilibrium - OUTSIDE_SLOPE_V * outside;
  }

  /** Rates of growth that the last evaluation found become those at the base. */
  function rememberGrowth(side: Side): void {
    const { metal, rate, slope: ownSlope } = side;
    for (let l = 0; l < metal.layers; l++) {
      rate[l] = metal.growth[l]!;
      ownSlope[l] = metal.growthByLayer[l * metal.layers + l]!;
    }
  }

  function loadSide(side: Side, from: MetalSideState): void {
    base[side.at] = from.lithium_mol_per_m2;
    base[side.bound] = from.interphaseLithiumFromMetal_mol_per_m2;
    base[side.bound + 1] = from.interphaseLithiumFromSalt_mol_per_m2;
    base.set(from.layerThickness_m, side.layersFrom);
  }

  function storeSide(side: Side, to: MetalSideState): void {
    to.lithium_mol_per_m2 = base[side.at]!;
    to.interphaseLithiumFromMetal_mol_per_m2 = base[side.bound]!;
    to.interphaseLithiumFromSalt_mol_per_m2 = base[side.bound + 1]!;
    for (let l = 0; l < side.metal.layers; l++) to.layerThickness_m[l] = base[side.layersFrom + l]!;
  }

  /** What the full model left: profiles at its nodes (`full-system.ts`: even cells, even shells) become lags. */
  function projectProfiles({ concentration_mol_per_m3: nodes, particle_mol_per_m3: particles }: Profiles): void {
    const { separatorNodes, cathodeNodes, particleNodes } = cell.mesh;
    const mean = base[PORE]! / pores;
    const atNode = (k: number): { place: number; volume: number } => {
      if (cathode === null || k < separatorNodes) {
        const width = separator.thickness_m / separatorNodes;
        return { place: (k + 0.5) * width, volume: separator.porosity * width };
      }
      const width = cathode.thickness_m / cathodeNodes;
      const place = separator.thickness_m + (k - separatorNodes + 0.5) * width;
      return { place, volume: cathode.porosity * width };
    };
    for (let k = 0; k < nodes.length; k++) {
      const { place, volume } = atNode(k);
      for (const [n, kernel] of saltModes.kernel.entries()) {
        base[saltLags + n] = base[saltLags + n]! + kernel(place) * (nodes[k]! - mean) * volume;
      }
    }
    if (cathode === null || particleModes === null) return;
    const average = base[WORKING]! * cathode.maximumConcentration_mol_per_m3;
    for (let m = 0; m < particleNodes; m++) {
      let there = 0;
      for (let k = 0; k < cathodeNodes; k++) there += particles[k * particleNodes + m]! / cathodeNodes;
      const inner = (cathode.particleRadius_m * m) / particleNodes;
      const outer = (cathode.particleRadius_m * (m + 1)) / particleNodes;
      const volume = (power(outer, 3) - power(inner, 3)) / 3;
      for (const [n, kernel] of particleModes.kernel.entries()) {
        const lag = particleLags + n;
        base[lag] = base[lag]! + kernel(0.5 * (inner + outer)) * (there - average) * volume;
      }
    }
  }

  /** An amount that rounding has put just below nothing is nothing. */
  function kept(amount: number): number {
    return amount < 0 && amount > -ROUNDING_mol_per_m2 ? 0 : amount;
  }

  return {
    hasCathode: cathode !== null,
    warms: thermal !== null,
    left,
    salt,
    advance,
    warm,
    voltage,
    wantGrowth(wanted) {
      counterMetal.wantsGrowth = wanted;
      if (workingMetal !== null) workingMetal.wantsGrowth = wanted;
    },
    load(state, ambient) {
      ambient_K = ambient;
      base.fill(0);
      base[TEMPERATURE] = thermal === null ? ambient : state.temperature_K;
      loadSide(counter, state.counter);
      if (working !== null) loadSide(working, state.working!);
      else base[WORKING] = state.cathodeStoichiometry;
      const growing = state.ageing === null || state.ageing.electrolyte_m > 0;
      counterMetal.wear(state.counter, state.ageing?.counter ?? null, state.wettedFraction, growing);
      workingMetal?.wear(state.working!, state.ageing?.working ?? null, state.wettedFraction, growing);
      transportShare = wettedTransportFactor(Math.max(state.wettedFraction, WETTED_MIN));
      knownMean = Number.NaN;
      base[PORE] = state.poreSalt_mol_per_m2;
      base[RESERVE] = state.reserveSalt_mol_per_m2;
      start.charge = state.charge_C_per_m2;
      start.counter = base[COUNTER]!;
      start.working = base[WORKING]!;
      start.counterBound = base[COUNTER_BOUND]!;
      start.workingBound = base[WORKING_BOUND]!;
      if (state.profiles !== null) projectProfiles(state.profiles);
      else if (state.lags && state.lags.length === size - saltLags) base.set(state.lags, saltLags);
      counter.rate.fill(0);
      working?.rate.fill(0);
    },
    store(state, time_s) {
      state.time_s = time_s;
      state.temperature_K = base[TEMPERATURE]!;
      // One sum from the start of the step rounds once, many small ones would round each time.
      const passed = base[CHARGE]! / F;
      base[COUNTER] = kept(start.counter + (passed - (base[COUNTER_BOUND]! - start.counterBound)));
      if (cathode !== null) base[WORKING] = start.working - passed / hold;
      else base[WORKING] = kept(start.working - (passed + (base[WORKING_BOUND]! - start.workingBound)));
      storeSide(counter, state.counter);
      if (working !== null) storeSide(working, state.working!);
      else state.cathodeStoichiometry = base[WORKING]!;
      state.poreSalt_mol_per_m2 = base[PORE]!;
      state.reserveSalt_mol_per_m2 = base[RESERVE]!;
      state.charge_C_per_m2 = start.charge + base[CHARGE]!;
      state.profiles = null;
      if (!state.lags || state.lags.length !== size - saltLags) state.lags = new Float64Array(size - saltLags);
      for (let n = saltLags; n < size; n++) state.lags[n - saltLags] = base[n]!;
    },
    heat: (V, j) => j * (V - part.openCircuit) + (cathode === null ? 0 : j * trial[TEMPERATURE]! * entropy_V_per_K),
    accept() {
      base.set(trial);
      rememberGrowth(counter);
      if (working !== null) rememberGrowth(working);
    },
    charge: () => trial[CHARGE]!,
    temperature_K: () => trial[TEMPERATURE]!,
    warming: () => trial[TEMPERATURE]! - base[TEMPERATURE]!,
    exhaustion_s(j) {
      if (j === 0) return Infinity;
      const counterEnd = j < 0 ? (base[COUNTER]! * F) / -j : Infinity;
      if (cathode === null) return Math.min(counterEnd, j > 0 ? (base[WORKING]! * F) / j : Infinity);
      const stoichiometry = base[WORKING]!;
      const room = j > 0 ? stoichiometry : 1 - stoichiometry;
      return Math.min(counterEnd, (Math.max(0, room) * hold * F) / Math.abs(j));
    },
    bare(j) {
      const metal = j > 0 ? counterMetal : workingMetal;
      if (j === 0 || metal === null || metal.electrode.kind === 'lithium') return false;
      return base[j > 0 ? COUNTER : WORKING]! * THICKNESS_m_PER_mol_per_m2 < BEND_m_MIN;
    },
    bend_s(j) {
      const metal = j < 0 ? counterMetal : workingMetal;
      if (j === 0 || metal === null) return Infinity;
      const lithium = base[j < 0 ? COUNTER : WORKING]!;
      const left_m = lithium * THICKNESS_m_PER_mol_per_m2 - metal.deposit_m_from;
      return left_m > BEND_m_MIN ? (left_m * F) / (THICKNESS_m_PER_mol_per_m2 * Math.abs(j)) : Infinity;
    },
    slowestDiffusion_s() {
      know(base);
      return 1 / (saltModes.rate_per_m2[0]! * D[0]!);
    },
    describeInto(row) {
      row.temperature_K = trial[TEMPERATURE]!;
      row.counterLithium_m = trial[COUNTER]! * THICKNESS_m_PER_mol_per_m2;
      row.workingLithium_m = cathode === null ? trial[WORKING]! * THICKNESS_m_PER_mol_per_m2 : Number.NaN;
      row.cathodeStoichiometry = cathode === null ? Number.NaN : trial[WORKING]!;
      row.openCircuit_V = part.openCircuit;
      row.ohmic_V = part.ohmic;
      row.interphase_V = part.interphase;
      row.counterKinetics_V = part.counter;
      row.workingKinetics_V = part.working;
      row.concentration_V = part.concentration;
    },
  };
}
