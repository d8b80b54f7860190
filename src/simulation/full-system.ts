// The one-dimensional equations of a cell, discretised by finite volumes: salt and charge in the separator and in the porous
// cathode, lithium in the particles, the metal sides, and optionally one temperature.
//
// Geometry: x from the counter electrode (0) to the working electrode. i is the current density along +x, i = −j with the
// protocol's j (positive oxidises the working electrode). Unknowns, all SI:
//   c         salt concentration at separator nodes
//   c, ψ      salt concentration and φ_solid − φ_electrolyte at cathode nodes
//   c_s       lithium in the particles, one particle per cathode node
//   border    j, charge passed Q, then T where the cell has a heat balance, then the growing interphase layers
//
// Two reductions keep this small and exact. The electrolyte current in the separator is i, so its potential is a quadrature
// and not an unknown. In the cathode the currents in both phases follow from ψ alone:
//   i_e = (∂ψ/∂x + i/σ + X)/(1/σ + 1/κ),   X = 2(1−t⁺)·TDF·(RT/F)·∂ln c/∂x                                    (spec E3)
// The salt balance is written for the anion, N⁻ = −D∂c/∂x − (1−t⁺)·i_e/F, which no electrode passes: salt is conserved to
// rounding whatever the reaction does. Coefficients of a gradient are harmonic means over an edge, κ an arithmetic one, and
// values on a surface are extrapolated linearly from two cells, as PyBaMM does (engines.md §2.5), so meshes can be compared.

import type { PorousCathode } from '../cells/index.ts';
import { BranchedChain, type DaeSystem } from '../numerics/index.ts';
import {
  arrheniusInto,
  guardedOpenCircuit,
  insertionExchangeCurrentInto,
  makeTransportDerivatives,
  regularisedInsertionExchangeCurrentInto,
} from '../physics/index.ts';
import { F, R, ROOM_TEMPERATURE_K } from '../units/index.ts';
import type { CellParameters } from './compile.ts';
import {
  type EdgeGeometry,
  type EdgeValues,
  edgeValuesInto,
  type NodeProperties,
  type ParticleMesh,
  particleResidualInto,
} from './full-kernels.ts';
import { createMetalSide, type MetalSide, THICKNESS_m_PER_mol_per_m2 } from './metal-side.ts';

/** What the cycler holds, as the system sees it. `value` is read at every residual, so a profile can move it. */
export interface Drive {
  kind: 'current' | 'voltage' | 'power' | 'resistance';
  /** A/m2, V, W/m2 or Ohm m2 (resistance: signed, V = value·j). */
  value: number;
  /** For profiles: value(t) = value + slope·(t − time). */
  slope: number;
  time_s: number;
  ambient_K: number;
}

/** Amounts at the start of a step to which the state of the metal sides is tied. */
export interface Anchors {
  counterLithium_mol_per_m2: number;
  workingLithium_mol_per_m2: number;
  charge_C_per_m2: number;
  /** Mean stoichiometry of a cathode. */
  stoichiometry: number;
  readonly counterLayers_m: Float64Array;
  readonly workingLayers_m: Float64Array;
}

/** For the integrator: per-unknown tolerances, and the unknowns whose error is measured. */
export interface Tolerances {
  readonly absolute: Float64Array;
  readonly relative: Float64Array;
  readonly measured: Int32Array;
}

export interface VoltageParts {
  voltage: number;
  openCircuit: number;
  ohmic: number;
  interphase: number;
  counterKinetics: number;
  workingKinetics: number;
  concentration: number;
}

export interface FullSystem extends DaeSystem {
  readonly parameters: CellParameters;
  readonly drive: Drive;
  readonly anchors: Anchors;
  readonly counter: MetalSide;
  readonly working: MetalSide | null;
  readonly separatorNodes: number;
  readonly cathodeNodes: number;
  readonly particleNodes: number;
  readonly currentIndex: number;
  readonly chargeIndex: number;
  /** −1 where the temperature is that of the surroundings. */
  readonly temperatureIndex: number;
  readonly counterLayerIndex: number;
  readonly workingLayerIndex: number;
  readonly particleStart: number;
  /** Volume of electrolyte (m3) and of active material per m2 of cell at each node. */
  readonly poreVolume: Float64Array;
  readonly solidVolume: number;
  /** Share of the electrolyte outside the pores, which bears that share of the salt that the interphase takes. */
  readonly reserveShare: number;
  /** Share of the shell in the particle's volume. */
  readonly shellShare: Float64Array;
  tolerances(relative: number): Tolerances;
  /** The cell voltage at a solution; NaN where a law has no answer. */
  voltageAt(y: Float64Array): number;
  /**
   * Solve for ψ at the current, concentrations and temperature in y; false outside the domain of the equations. From any
   * start: ψ minimises a convex energy.
   */
  solvePotentials(y: Float64Array): boolean;
  /** The parts of that voltage; call right after `voltageAt` at the same solution. */
  partsInto(y: Float64Array, parts: VoltageParts): void;
  /** Salt concentration at the surface of an electrode that is a metal, or at the far end of a cathode. */
  surfaceConcentration(y: Float64Array, side: 'counter' | 'working'): number;
  /** Lithium of a side, mol/m2, that goes with a solution. */
  lithium(y: Float64Array, side: 'counter' | 'working'): number;
  /** Lowest and highest stoichiometry at the particle surfaces of all nodes; 0.5 without a cathode. */
  surfaceStoichiometry(y: Float64Array, which: 'lowest' | 'highest'): number;
  /** Open-circuit potential at one stoichiometry. */
  openCircuit(stoichiometry: number): number;
}

/** Concentrations below this leave the domain of the equations; a step ends for lack of salt long before. */
const CONCENTRATION_mol_per_m3_MIN = -300;
/** Floor in X = …∂c/c, as in the reference code. */
const CONCENTRATION_mol_per_m3_FLOOR = 0.01;
const SINH_ARGUMENT_MAX = 300;
/** Bounds of `solvePotentials`, and the change of ψ at which it has arrived, V. */
const POTENTIAL_ITERATIONS_MAX = 200;
const POTENTIAL_HALVINGS_MAX = 100;
const POTENTIAL_TOLERANCE_V = 1e-12;

export function createFullSystem(parameters: CellParameters): FullSystem {
  const { cell, transport } = parameters;
  const cathode: PorousCathode | null = cell.working.kind === 'cathode' ? cell.working : null;
  const cathodeLaws = parameters.cathode;
  const counter = createMetalSide(cell.counter, parameters.counterLaw);
  const working = cell.working.kind === 'cathode' ? null : createMetalSide(cell.working, parameters.workingLaw!);
  const ns = cell.mesh.separatorNodes;
  const np = cathode === null ? 0 : cell.mesh.cathodeNodes;
  const nr = cathode === null ? 0 : cell.mesh.particleNodes;
  const nx = ns + np;
  const thermal = cell.thermal;
  const counterLayers = counter.layers;
  const workingLayers = working?.layers ?? 0;

  const jBorder = 0;
  const qBorder = 1;
  const tBorder = thermal === null ? -1 : 2;
  const counterBorder = thermal === null ? 2 : 3;
  const workingBorder = counterBorder + counterLayers;
  const border = workingBorder + workingLayers;
  const sharedBranch = cathodeLaws === null || cathodeLaws.constantDiffusivity;
  const matrix = new BranchedChain({ scalars: ns, pairs: np, branch: nr, border, sharedBranch });
  const { branchStart, borderStart, size } = matrix;
  const jIndex = borderStart + jBorder;
  const qIndex = borderStart + qBorder;
  const tIndex = tBorder < 0 ? -1 : borderStart + tBorder;
  const counterLayerIndex = borderStart + counterBorder;
  const workingLayerIndex = borderStart + workingBorder;

  // Geometry. Node k < ns is separator, the rest cathode.
  const width = new Float64Array(nx);
  const porosity = new Float64Array(nx);
  const tortuosity = new Float64Array(nx);
  const poreVolume = new Float64Array(nx);
  for (let k = 0; k < nx; k++) {
    if (k < ns) {
      width[k] = cell.separator.thickness_m / ns;
      porosity[k] = cell.separator.porosity;
      tortuosity[k] = cell.separator.porosity ** cell.separator.bruggeman;
    } else {
      width[k] = cathode!.thickness_m / np;
      porosity[k] = cathode!.porosity;
      tortuosity[k] = cathode!.porosity ** cathode!.bruggemanElectrolyte;
    }
    poreVolume[k] = porosity[k]! * width[k]!;
  }
  const poreTotal = poreVolume.reduce((sum, v) => sum + v, 0);
  // Salt that the interphase takes is shared by pores and reserve in proportion to their volumes.
  const reserveShare = Math.max(
    0,
    1 - (poreTotal * cell.area_m2) / Math.max(cell.electrolyteVolume_m3, poreTotal * cell.area_m2),
  );
  // Edge e lies between node e and e+1.
  const distance = new Float64Array(nx);
  const perDistance = new Float64Array(nx);
  const weightLeft = new Float64Array(nx);
  for (let e = 0; e + 1 < nx; e++) {
    distance[e] = (width[e]! + width[e + 1]!) / 2;
    perDistance[e] = 1 / distance[e]!;
    weightLeft[e] = width[e]! / (width[e]! + width[e + 1]!);
  }

  // Cathode constants.
  // Binder and carbon conduct too: the solid is all that is not pore.
  const sigma = cathode === null ? 1 : cathode.conductivity_S_per_m * (1 - cathode.porosity) ** cathode.bruggemanSolid;
  const specificArea = cathode === null ? 0 : (3 * cathode.activeFraction) / cathode.particleRadius_m;
  const cathodeWidth = np === 0 ? 0 : width[ns]!;
  const areaPerNode = specificArea * cathodeWidth;
  const radius = cathode?.particleRadius_m ?? 1;
  const shellVolume = new Float64Array(nr);
  const shellShare = new Float64Array(nr);
  const faceArea = new Float64Array(nr + 1);
  const shellWidth = nr === 0 ? 1 : radius / nr;
  for (let m = 0; m < nr; m++) {
    const inner = (radius * m) / nr;
    const outer = (radius * (m + 1)) / nr;
    shellVolume[m] = (outer ** 3 - inner ** 3) / 3;
    shellShare[m] = shellVolume[m]! / (radius ** 3 / 3);
    faceArea[m + 1] = outer * outer;
  }
  // Flux of a unit difference of c, per unit of D, into and out of a shell by its volume.
  const inRate = new Float64Array(nr);
  const outRate = new Float64Array(nr);
  for (let m = 0; m < nr; m++) {
    inRate[m] = faceArea[m]! / (shellWidth * shellVolume[m]!);
    outRate[m] = m + 1 < nr ? faceArea[m + 1]! / (shellWidth * shellVolume[m]!) : 0;
  }
  const particleMesh: ParticleMesh = { particles: np, shells: nr, start: branchStart, inRate, outRate };
  const cMax = cathode?.maximumConcentration_mol_per_m3 ?? 1;
  const solidVolume = cathode === null ? 0 : cathode.activeFraction * cathode.thickness_m;
  /** Stoichiometry per charge passed, m2/C. */
  const perCharge = -1 / (F * solidVolume * cMax);
  const exchangeInto = cathode?.regularised ? regularisedInsertionExchangeCurrentInto : insertionExchangeCurrentInto;
  const exchangeKinetics = {
    rate_A_m2_5_per_mol1_5: cathode?.kinetics.rate_A_m2_5_per_mol1_5 ?? 0,
    maximumConcentration_mol_per_m3: cMax,
    referenceConcentration_mol_per_m3: cell.electrolyte.concentration_mol_per_m3,
  };
  const openCircuitLaw =
    cathodeLaws === null ? null : guardedOpenCircuit(cathodeLaws.openCircuit, { guardTerms: cathode!.regularised });

  // Work arrays, written by `spread`.
  const c = new Float64Array(nx);
  const kappa = new Float64Array(nx);
  const diffusivity = new Float64Array(nx);
  const tPlus = new Float64Array(nx);
  const tdf = new Float64Array(nx);
  const slopes = makeTransportDerivatives(nx);
  const chi = new Float64Array(nx);
  const nodeProperties: NodeProperties = { kappa, diffusivity, tPlus, chi };
  const edgeGeometry: EdgeGeometry = { nodes: nx, firstCathodeNode: ns, perDistance, weightLeft, sigma };
  const edgeKappa = new Float64Array(nx);
  const edgeDiffusivity = new Float64Array(nx);
  const edgeAnion = new Float64Array(nx);
  const edgeX = new Float64Array(nx);
  const edgeChi = new Float64Array(nx);
  const edgeCurrent = new Float64Array(nx);
  const anionFlux = new Float64Array(nx);
  const edgeValues: EdgeValues = {
    kappa: edgeKappa,
    diffusivity: edgeDiffusivity,
    chi: edgeChi,
    anion: edgeAnion,
    X: edgeX,
    current: edgeCurrent,
    anionFlux,
  };
  const surface = new Float64Array(np);
  const stoichiometry = new Float64Array(np);
  const openCircuit = new Float64Array(np);
  const openCircuitSlope = new Float64Array(np);
  const entropic = new Float64Array(np);
  const entropicSlope = new Float64Array(np);
  const exchangeCurrent = new Float64Array(np);
  const exchangeByC = new Float64Array(np);
  const exchangeByS = new Float64Array(np);
  const reaction = new Float64Array(np);
  const cathodeC = new Float64Array(np);
  const solidDiffusivity = new Float64Array(np * nr);
  const solidDiffusivitySlope = new Float64Array(np * nr);
  const particleStoichiometry = new Float64Array(np * nr);
  const oneX = new Float64Array(1);
  const oneY = new Float64Array(1);
  const oneSlope = new Float64Array(1);
  const cathodeEnthalpy = new Float64Array(1);
  const kineticWarmth = new Float64Array(2);
  const diffusionWarmth = new Float64Array(2);
  const layersAt = new Float64Array(counterLayers + workingLayers);
  let temperature = cell.temperature_K;
  let constantDiffusivity = 0;
  if (cathodeLaws?.constantDiffusivity) {
    cathodeLaws.diffusivity.evaluateInto(1, oneX, oneY, oneSlope);
    constantDiffusivity = oneY[0]!;
  }

  const drive: Drive = { kind: 'current', value: 0, slope: 0, time_s: 0, ambient_K: cell.temperature_K };
  const anchors: Anchors = {
    counterLithium_mol_per_m2: 0,
    workingLithium_mol_per_m2: 0,
    charge_C_per_m2: 0,
    stoichiometry: cathode?.initialStoichiometry ?? 0,
    counterLayers_m: new Float64Array(counterLayers),
    workingLayers_m: new Float64Array(workingLayers),
  };

  const differential = new Uint8Array(size);
  differential.fill(1);
  for (let k = 0; k < np; k++) differential[ns + 2 * k + 1] = 0;
  differential[jIndex] = 0;

  const indexOfC = (k: number): number => (k < ns ? k : ns + 2 * (k - ns));

  /** Lithium that a side has lost to its layers since the anchor, mol/m2. */
  function takenFromMetal(side: MetalSide, y: Float64Array, start: number, anchor: Float64Array): number {
    let sum = 0;
    for (let l = 0; l < side.layers; l++) {
      const layer = side.electrode.interphase[l]!;
      sum +=
        (1 - layer.saltFraction) *
        layer.lithiumConcentration_mol_per_m3 *
        side.electrode.areaRatio *
        (y[start + l]! - anchor[l]!);
    }
    return sum;
  }

  function lithium(y: Float64Array, which: 'counter' | 'working'): number {
    const passed = (y[qIndex]! - anchors.charge_C_per_m2) / F;
    if (which === 'counter') {
      return (
        anchors.counterLithium_mol_per_m2 +
        passed -
        takenFromMetal(counter, y, counterLayerIndex, anchors.counterLayers_m)
      );
    }
    if (working === null) return Number.NaN;
    return (
      anchors.workingLithium_mol_per_m2 -
      passed -
      takenFromMetal(working, y, workingLayerIndex, anchors.workingLayers_m)
    );
  }

  function surfaceConcentration(y: Float64Array, which: 'counter' | 'working'): number {
    if (which === 'counter') return 1.5 * y[indexOfC(0)]! - 0.5 * y[indexOfC(1)]!;
    return 1.5 * y[indexOfC(nx - 1)]! - 0.5 * y[indexOfC(nx - 2)]!;
  }

  function evaluateSides(y: Float64Array): boolean {
    const j = y[jIndex]!;
    for (let l = 0; l < counterLayers + workingLayers; l++) layersAt[l] = y[counterLayerIndex + l]!;
    const counterThickness = lithium(y, 'counter') * THICKNESS_m_PER_mol_per_m2;
    if (!counter.evaluate(-j, surfaceConcentration(y, 'counter'), temperature, counterThickness, layersAt, 0))
      return false;
    if (working === null) return true;
    const workingThickness = lithium(y, 'working') * THICKNESS_m_PER_mol_per_m2;
    return working.evaluate(
      j,
      surfaceConcentration(y, 'working'),
      temperature,
      workingThickness,
      layersAt,
      counterLayers,
    );
  }

  /** Everything that residual and Jacobian need at y, into the work arrays. */
  function spread(y: Float64Array): boolean {
    if (!spreadElectrolyte(y)) return false;
    return np === 0 || spreadCathode(y);
  }

  /** Properties, gradients and currents of the electrolyte; all that the voltage needs beside one particle. */
  function spreadElectrolyte(y: Float64Array): boolean {
    temperature = tIndex < 0 ? drive.ambient_K : y[tIndex]!;
    if (!(temperature > 100 && temperature < 1000)) return false;
    const thermalVoltage = (R * temperature) / F;
    for (let k = 0; k < ns; k++) c[k] = y[k]!;
    for (let k = 0; k < np; k++) {
      const value = y[ns + 2 * k]!;
      c[ns + k] = value;
      cathodeC[k] = value;
    }
    for (let k = 0; k < nx; k++) if (!(c[k]! > CONCENTRATION_mol_per_m3_MIN)) return false;
    transport.valuesInto(nx, c, temperature, kappa, diffusivity, tPlus, tdf);
    for (let k = 0; k < nx; k++) {
      kappa[k]! *= tortuosity[k]!;
      diffusivity[k]! *= tortuosity[k]!;
      chi[k] = (2 * (1 - tPlus[k]!) * tdf[k]! * thermalVoltage) / Math.max(c[k]!, CONCENTRATION_mol_per_m3_FLOOR);
    }
    const i = -y[jIndex]!;
    edgeValuesInto(edgeGeometry, c, y, i, nodeProperties, edgeValues);
    return true;
  }

  /** Potentials and reaction currents at the surfaces of the particles. */
  function spreadCathode(y: Float64Array): boolean {
    const thermalVoltage = (R * temperature) / F;
    for (let k = 0; k < np; k++) {
      const last = branchStart + (k + 1) * nr - 1;
      surface[k] = 1.5 * y[last]! - 0.5 * y[last - 1]!;
      stoichiometry[k] = surface[k]! / cMax;
    }
    openCircuitLaw!.evaluateInto(np, stoichiometry, openCircuit, openCircuitSlope);
    if (temperature !== ROOM_TEMPERATURE_K) {
      cathodeLaws!.entropic.evaluateInto(np, stoichiometry, entropic, entropicSlope);
      const difference = temperature - ROOM_TEMPERATURE_K;
      for (let k = 0; k < np; k++) {
        openCircuit[k]! += entropic[k]! * difference;
        openCircuitSlope[k]! += entropicSlope[k]! * difference;
      }
    }
    arrheniusInto(cathode!.kinetics.activationEnergy_J_per_mol, temperature, kineticWarmth);
    const factor = kineticWarmth[0]!;
    exchangeInto(np, cathodeC, surface, exchangeKinetics, factor, exchangeCurrent, exchangeByC, exchangeByS);
    const half = 0.5 / thermalVoltage;
    for (let k = 0; k < np; k++) {
      const argument = half * (y[ns + 2 * k + 1]! - openCircuit[k]!);
      if (!(Math.abs(argument) < SINH_ARGUMENT_MAX)) return false;
      reaction[k] = 2 * exchangeCurrent[k]! * Math.sinh(argument);
    }
    arrheniusInto(cathode!.diffusivityActivationEnergy_J_per_mol, temperature, diffusionWarmth);
    return true;
  }

  function residualInto(t: number, y: Float64Array, yPrime: Float64Array, out: Float64Array): boolean {
    if (!spread(y)) return false;
    const needsSides = border > counterBorder || drive.kind !== 'current' || thermal !== null;
    if (needsSides && !evaluateSides(y)) return false;
    const j = y[jIndex]!;
    const i = -j;

    // Salt that goes into the interphases, mol/(m2 s), from the rates themselves so that the balance closes exactly.
    const counterSalt = saltRate(counter, yPrime, counterLayerIndex);
    const workingSalt = working === null ? 0 : saltRate(working, yPrime, workingLayerIndex);
    const fromReserve = (reserveShare * (counterSalt + workingSalt)) / poreTotal;
    let left = -counterSalt;
    for (let k = 0; k < nx; k++) {
      const right = k + 1 < nx ? anionFlux[k]! : workingSalt;
      const at = k < ns ? k : ns + 2 * (k - ns);
      out[at] = (left - right) / poreVolume[k]! + fromReserve - yPrime[at]!;
      left = right;
    }
    let before = i;
    for (let k = 0; k < np; k++) {
      const after = k + 1 < np ? edgeCurrent[ns + k]! : 0;
      out[ns + 2 * k + 1] = after - before - areaPerNode * reaction[k]!;
      before = after;
    }
    if (np > 0) particleResidual(y, yPrime, out);
    out[jIndex] = controlResidual(t, y);
    out[qIndex] = j - yPrime[qIndex]!;
    if (thermal !== null) {
      out[tIndex] =
        (heat(y) - thermal.heatTransfer_W_per_m2_K * (temperature - drive.ambient_K)) /
          thermal.heatCapacity_J_per_m2_K -
        yPrime[tIndex]!;
    }
    for (let l = 0; l < counterLayers; l++)
      out[counterLayerIndex + l] = counter.growth[l]! - yPrime[counterLayerIndex + l]!;
    for (let l = 0; l < workingLayers; l++) {
      out[workingLayerIndex + l] = working!.growth[l]! - yPrime[workingLayerIndex + l]!;
    }
    return true;
  }

  function saltRate(side: MetalSide, yPrime: Float64Array, start: number): number {
    let sum = 0;
    for (let l = 0; l < side.layers; l++) sum += saltPerThickness(side, l) * yPrime[start + l]!;
    return sum;
  }

  function particleResidual(y: Float64Array, yPrime: Float64Array, out: Float64Array): void {
    const warmth = diffusionWarmth[0]!;
    const push = faceArea[nr]! / F;
    if (sharedBranch) {
      const pushed = push / shellVolume[nr - 1]!;
      particleResidualInto(particleMesh, y, yPrime, constantDiffusivity * warmth, pushed, reaction, out);
      return;
    }
    evaluateSolidDiffusivity(y);
    for (let k = 0; k < np; k++) {
      const first = branchStart + k * nr;
      let inflow = 0;
      for (let m = 0; m < nr; m++) {
        const at = first + m;
        let outflow = push * reaction[k]!;
        if (m + 1 < nr) {
          const d0 = solidDiffusivity[k * nr + m]!;
          const d1 = solidDiffusivity[k * nr + m + 1]!;
          const mean = (2 * d0 * d1) / (d0 + d1);
          outflow = ((faceArea[m + 1]! * mean * warmth) / shellWidth) * (y[at]! - y[at + 1]!);
        }
        out[at] = (inflow - outflow) / shellVolume[m]! - yPrime[at]!;
        inflow = outflow;
      }
    }
  }

  function evaluateSolidDiffusivity(y: Float64Array): void {
    for (let m = 0; m < np * nr; m++) particleStoichiometry[m] = y[branchStart + m]! / cMax;
    cathodeLaws!.diffusivity.evaluateInto(np * nr, particleStoichiometry, solidDiffusivity, solidDiffusivitySlope);
  }

  function driveValue(t: number): number {
    return drive.slope === 0 ? drive.value : drive.value + drive.slope * (t - drive.time_s);
  }

  function controlResidual(t: number, y: Float64Array): number {
    const j = y[jIndex]!;
    const target = driveValue(t);
    switch (drive.kind) {
      case 'current':
        return j - target;
      case 'voltage':
        return voltage(y) - target;
      case 'power':
        return j * voltage(y) - target;
      case 'resistance':
        return voltage(y) - target * j;
    }
  }

  // The potential of the electrolyte along x, relative to the counter's metal, and through the first particle to the collector.

  /** Drop across the half cell beside an electrode, whose flux condition fixes the gradient of c there. */
  function halfCellOhmic(k: number, i: number): number {
    return (-0.5 * width[k]! * i) / kappa[k]!;
  }

  function halfCellConcentration(k: number, i: number): number {
    return (-0.5 * width[k]! * chi[k]! * (1 - tPlus[k]!) * i) / (diffusivity[k]! * F);
  }

  /** Needs `spread` and `evaluateSides` at y. */
  function voltage(y: Float64Array): number {
    const j = y[jIndex]!;
    const i = -j;
    let sum = -counter.deltaPhi + j * cell.contactResistance_ohm_m2;
    sum += halfCellOhmic(0, i) + halfCellConcentration(0, i);
    const passed = np > 0 ? ns : nx - 1;
    for (let e = 0; e < passed; e++) sum += distance[e]! * (edgeX[e]! - i / edgeKappa[e]!);
    if (working !== null) return sum + halfCellOhmic(nx - 1, i) + halfCellConcentration(nx - 1, i) + working.deltaPhi;
    sum += y[ns + 1]!;
    for (let e = ns; e + 1 < nx; e++) sum -= (distance[e]! * (i - edgeCurrent[e]!)) / sigma;
    return sum - (0.5 * cathodeWidth * i) / sigma;
  }

  function voltageAt(y: Float64Array): number {
    return spreadElectrolyte(y) && evaluateSides(y) ? voltage(y) : Number.NaN;
  }

  const potential = new Float64Array(np);
  const charge = new Float64Array(np);
  const potentialStep = new Float64Array(np);
  const eliminated = new Float64Array(np);

  /** Current that enters node k by both phases less what reacts there, A/m2, at the trial `potential`: minus the energy's slope. */
  function chargeInto(i: number, half: number): void {
    let before = i;
    for (let k = 0; k < np; k++) {
      let after = 0;
      if (k + 1 < np) {
        const e = ns + k;
        const drop = (potential[k + 1]! - potential[k]!) * perDistance[e]! + i / sigma + edgeX[e]!;
        after = (drop * edgeKappa[e]!) / (1 + edgeKappa[e]! / sigma);
      }
      const rate = 2 * exchangeCurrent[k]! * Math.sinh(half * (potential[k]! - openCircuit[k]!));
      charge[k] = after - before - areaPerNode * rate;
      before = after;
    }
  }

  /** Newton's step from `potential`: a tridiagonal, diagonally dominant system. */
  function potentialStepInto(half: number): void {
    let link = 0;
    for (let k = 0; k < np; k++) {
      const e = ns + k;
      const next = k + 1 < np ? (perDistance[e]! * edgeKappa[e]!) / (1 + edgeKappa[e]! / sigma) : 0;
      const slope = 2 * areaPerNode * exchangeCurrent[k]! * half * Math.cosh(half * (potential[k]! - openCircuit[k]!));
      const pivot = link + next + slope - (k > 0 ? link * eliminated[k - 1]! : 0);
      eliminated[k] = next / pivot;
      potentialStep[k] = (charge[k]! + (k > 0 ? link * potentialStep[k - 1]! : 0)) / pivot;
      link = next;
    }
    for (let k = np - 2; k >= 0; k--) potentialStep[k]! += eliminated[k]! * potentialStep[k + 1]!;
  }

  /** How far the energy still falls along `potentialStep`. */
  function descent(): number {
    let sum = 0;
    for (let k = 0; k < np; k++) sum += charge[k]! * potentialStep[k]!;
    return sum;
  }

  function solvePotentials(y: Float64Array): boolean {
    if (!spreadElectrolyte(y)) return false;
    if (np === 0) return true;
    // What this says of the old ψ does not matter; it leaves open-circuit potentials and exchange currents.
    spreadCathode(y);
    const half = (0.5 * F) / (R * temperature);
    const i = -y[jIndex]!;
    // As if every node bore the same share.
    const share = -i / (areaPerNode * np);
    for (let k = 0; k < np; k++)
      potential[k] = openCircuit[k]! + Math.asinh((0.5 * share) / exchangeCurrent[k]!) / half;
    chargeInto(i, half);
    for (let iteration = 0; iteration < POTENTIAL_ITERATIONS_MAX; iteration++) {
      potentialStepInto(half);
      const before = descent();
      let taken = 0;
      let wanted = 1;
      for (let halving = 0; halving < POTENTIAL_HALVINGS_MAX; halving++) {
        for (let k = 0; k < np; k++) potential[k]! += (wanted - taken) * potentialStep[k]!;
        taken = wanted;
        chargeInto(i, half);
        // The energy is convex along the step: a slope no steeper than at its start, either way, has not overshot.
        if (Math.abs(descent()) <= before) break;
        wanted *= 0.5;
      }
      let largest = 0;
      for (let k = 0; k < np; k++) largest = Math.max(largest, Math.abs(taken * potentialStep[k]!));
      if (!(largest > POTENTIAL_TOLERANCE_V)) break;
    }
    for (let k = 0; k < np; k++) {
      if (!Number.isFinite(potential[k]!)) return false;
      y[ns + 2 * k + 1] = potential[k]!;
    }
    return true;
  }

  function partsInto(y: Float64Array, parts: VoltageParts): void {
    const j = y[jIndex]!;
    const i = -j;
    let ohmic = j * cell.contactResistance_ohm_m2 + halfCellOhmic(0, i);
    let concentration = halfCellConcentration(0, i);
    const passed = np > 0 ? ns : nx - 1;
    for (let e = 0; e < passed; e++) {
      ohmic -= (distance[e]! * i) / edgeKappa[e]!;
      concentration += distance[e]! * edgeX[e]!;
    }
    parts.counterKinetics = -counter.kinetic;
    parts.interphase = -counter.film;
    parts.openCircuit = -counter.nernst;
    if (working !== null) {
      ohmic += halfCellOhmic(nx - 1, i);
      concentration += halfCellConcentration(nx - 1, i);
      parts.workingKinetics = working.kinetic;
      parts.interphase += working.film;
      parts.openCircuit += working.nernst;
    } else {
      for (let e = ns; e + 1 < nx; e++) ohmic -= (distance[e]! * (i - edgeCurrent[e]!)) / sigma;
      ohmic -= (0.5 * cathodeWidth * i) / sigma;
      const mean = openCircuitAt(meanStoichiometry(y));
      const atSurface = openCircuitAt((1.5 * y[branchStart + nr - 1]! - 0.5 * y[branchStart + nr - 2]!) / cMax);
      parts.workingKinetics = y[ns + 1]! - atSurface;
      parts.openCircuit += mean;
      concentration += atSurface - mean;
    }
    parts.ohmic = ohmic;
    parts.concentration = concentration;
    parts.voltage =
      parts.openCircuit + ohmic + parts.interphase + parts.counterKinetics + parts.workingKinetics + concentration;
  }

  /** Mean stoichiometry of the cathode, which follows from the charge. */
  function meanStoichiometry(y: Float64Array): number {
    return anchors.stoichiometry + perCharge * (y[qIndex]! - anchors.charge_C_per_m2);
  }

  function openCircuitAt(x: number): number {
    oneX[0] = x;
    openCircuitLaw!.evaluateInto(1, oneX, oneY, oneSlope);
    let value = oneY[0]!;
    if (temperature !== ROOM_TEMPERATURE_K) {
      cathodeLaws!.entropic.evaluateInto(1, oneX, oneY, oneSlope);
      value += oneY[0]! * (temperature - ROOM_TEMPERATURE_K);
    }
    return value;
  }

  /**
   * Heat released in the cell, W/m2: the work beyond what the electrodes take up as enthalpy at their mean composition. The
   * heat of mixing thus comes when a gradient builds up, and from one rest to the next the first law holds exactly.
   * `voltage` must have its work arrays at y.
   */
  function heat(y: Float64Array): number {
    const stored = -counter.nernst + (working === null ? enthalpyPotentialInto(y, cathodeEnthalpy) : working.nernst);
    return y[jIndex]! * (voltage(y) - stored);
  }

  /** U − T·dU/dT of the cathode at the stoichiometry that goes with the charge passed, V, which has no T in it; out[0] by Q. */
  function enthalpyPotentialInto(y: Float64Array, out: Float64Array): number {
    oneX[0] = meanStoichiometry(y);
    cathodeLaws!.entropic.evaluateInto(1, oneX, oneY, oneSlope);
    const entropy = oneY[0]!;
    const entropySlope = oneSlope[0]!;
    openCircuitLaw!.evaluateInto(1, oneX, oneY, oneSlope);
    out[0] = (oneSlope[0]! - ROOM_TEMPERATURE_K * entropySlope) * perCharge;
    return oneY[0]! - ROOM_TEMPERATURE_K * entropy;
  }

  // ---- Jacobian ----------------------------------------------------------------------------------------------------------

  // Derivatives of edge quantities by the two nodes beside the edge, by i and by T.
  const fluxByC0 = new Float64Array(nx);
  const fluxByC1 = new Float64Array(nx);
  const fluxByT = new Float64Array(nx);
  const currentByC0 = new Float64Array(nx);
  const currentByC1 = new Float64Array(nx);
  const currentByPsi = new Float64Array(nx);
  const currentByI = new Float64Array(nx);
  const currentByT = new Float64Array(nx);
  const dropByC0 = new Float64Array(nx);
  const dropByC1 = new Float64Array(nx);
  const dropByT = new Float64Array(nx);
  const kappaByC0 = new Float64Array(nx);
  const kappaByC1 = new Float64Array(nx);
  const kappaByT = new Float64Array(nx);
  const xByC0 = new Float64Array(nx);
  const xByC1 = new Float64Array(nx);
  const xByT = new Float64Array(nx);
  const reactionByC = new Float64Array(np);
  const reactionByS = new Float64Array(np);
  const reactionByPsi = new Float64Array(np);
  const reactionByT = new Float64Array(np);
  const openCircuitByT = new Float64Array(np);
  const chiByC = new Float64Array(nx);
  const chiByT = new Float64Array(nx);

  function differentiateEdges(i: number): void {
    transport.derivativesInto(nx, c, temperature, slopes);
    const thermalVoltage = (R * temperature) / F;
    for (let k = 0; k < nx; k++) {
      slopes.kappa_c[k]! *= tortuosity[k]!;
      slopes.kappa_T[k]! *= tortuosity[k]!;
      slopes.D_c[k]! *= tortuosity[k]!;
      slopes.D_T[k]! *= tortuosity[k]!;
      const floor = Math.max(c[k]!, CONCENTRATION_mol_per_m3_FLOOR);
      const open = 2 * (1 - tPlus[k]!);
      const byC = (-2 * slopes.tPlus_c[k]! * tdf[k]! + open * slopes.tdf_c[k]!) * thermalVoltage;
      const byT = (-2 * slopes.tPlus_T[k]! * tdf[k]! + open * slopes.tdf_T[k]!) * thermalVoltage;
      chiByC[k] = byC / floor - (c[k]! > CONCENTRATION_mol_per_m3_FLOOR ? chi[k]! / floor : 0);
      chiByT[k] = byT / floor + chi[k]! / temperature;
    }
    for (let e = 0; e + 1 < nx; e++) {
      const w = weightLeft[e]!;
      const h = distance[e]!;
      const gradient = (c[e + 1]! - c[e]!) / h;
      const edgeD = edgeDiffusivity[e]!;
      const edgeC = edgeChi[e]!;
      const edgeK = edgeKappa[e]!;
      const current = edgeCurrent[e]!;
      const ratioD0 = edgeD / diffusivity[e]!;
      const ratioD1 = edgeD / diffusivity[e + 1]!;
      const dByD0 = w * ratioD0 * ratioD0;
      const dByD1 = (1 - w) * ratioD1 * ratioD1;
      const across = w * chi[e + 1]! + (1 - w) * chi[e]!;
      const ratioX0 = across === 0 ? 1 : chi[e + 1]! / across;
      const ratioX1 = across === 0 ? 1 : chi[e]! / across;
      const xBy0 = w * ratioX0 * ratioX0;
      const xBy1 = (1 - w) * ratioX1 * ratioX1;
      xByC0[e] = xBy0 * chiByC[e]! * gradient - edgeC / h;
      xByC1[e] = xBy1 * chiByC[e + 1]! * gradient + edgeC / h;
      xByT[e] = (xBy0 * chiByT[e]! + xBy1 * chiByT[e + 1]!) * gradient;
      kappaByC0[e] = 0.5 * slopes.kappa_c[e]!;
      kappaByC1[e] = 0.5 * slopes.kappa_c[e + 1]!;
      kappaByT[e] = 0.5 * (slopes.kappa_T[e]! + slopes.kappa_T[e + 1]!);
      const anion = edgeAnion[e]!;
      let byC0 = 0;
      let byC1 = 0;
      let byT = 0;
      let byI = 1;
      if (e >= ns) {
        const g = 1 / (1 / sigma + 1 / edgeK);
        const byKappa = (current * g) / (edgeK * edgeK);
        byC0 = g * xByC0[e]! + byKappa * kappaByC0[e]!;
        byC1 = g * xByC1[e]! + byKappa * kappaByC1[e]!;
        byT = g * xByT[e]! + byKappa * kappaByT[e]!;
        byI = g / sigma;
        currentByPsi[e] = g / h;
      }
      currentByC0[e] = byC0;
      currentByC1[e] = byC1;
      currentByT[e] = byT;
      currentByI[e] = byI;
      fluxByC0[e] =
        -dByD0 * slopes.D_c[e]! * gradient + edgeD / h + (0.5 * slopes.tPlus_c[e]! * current - anion * byC0) / F;
      fluxByC1[e] =
        -dByD1 * slopes.D_c[e + 1]! * gradient -
        edgeD / h +
        (0.5 * slopes.tPlus_c[e + 1]! * current - anion * byC1) / F;
      fluxByT[e] =
        -(dByD0 * slopes.D_T[e]! + dByD1 * slopes.D_T[e + 1]!) * gradient +
        (0.5 * (slopes.tPlus_T[e]! + slopes.tPlus_T[e + 1]!) * current - anion * byT) / F;
      // Electrolyte drop over the edge at current i, as it stands in the voltage.
      const ohm = (h * i) / (edgeK * edgeK);
      dropByC0[e] = h * xByC0[e]! + ohm * kappaByC0[e]!;
      dropByC1[e] = h * xByC1[e]! + ohm * kappaByC1[e]!;
      dropByT[e] = h * xByT[e]! + ohm * kappaByT[e]!;
    }
  }

  function differentiateReaction(y: Float64Array): void {
    const thermalVoltage = (R * temperature) / F;
    const half = 0.5 / thermalVoltage;
    if (tIndex >= 0) cathodeLaws!.entropic.evaluateInto(np, stoichiometry, entropic, entropicSlope);
    for (let k = 0; k < np; k++) {
      const eta = y[ns + 2 * k + 1]! - openCircuit[k]!;
      const sinh = Math.sinh(half * eta);
      const cosh = Math.sqrt(1 + sinh * sinh);
      const j0 = exchangeCurrent[k]!;
      const byEta = 2 * j0 * half * cosh;
      const bySinh = 2 * sinh;
      reactionByPsi[k] = byEta;
      reactionByC[k] = bySinh * exchangeByC[k]!;
      reactionByS[k] = bySinh * exchangeByS[k]! - (byEta * openCircuitSlope[k]!) / cMax;
      openCircuitByT[k] = tIndex >= 0 ? entropic[k]! : 0;
      reactionByT[k] =
        2 * j0 * (kineticWarmth[1]! / kineticWarmth[0]!) * sinh - byEta * (eta / temperature + openCircuitByT[k]!);
    }
  }

  function saltPerThickness(side: MetalSide, l: number): number {
    const layer = side.electrode.interphase[l]!;
    return layer.saltFraction * layer.lithiumConcentration_mol_per_m3 * side.electrode.areaRatio;
  }

  function factorise(_t: number, y: Float64Array, _yPrime: Float64Array, cj: number): boolean {
    const i = -y[jIndex]!;
    differentiateEdges(i);
    for (let b = 0; b < border; b++) {
      matrix.columns[b]!.fill(0);
      matrix.rows[b]!.fill(0);
    }
    matrix.corner.fill(0);
    const jColumn = matrix.columns[jBorder]!;
    const tColumn = tBorder < 0 ? null : matrix.columns[tBorder]!;
    const { scalarLower, scalarDiagonal, scalarUpper, pairLower, pairDiagonal, pairUpper } = matrix;

    // Salt rows: (N⁻_left − N⁻_right)/(ε·dx) − c′.
    for (let k = 0; k < nx; k++) {
      const inverse = 1 / poreVolume[k]!;
      const left = k - 1;
      const lower = left >= 0 ? inverse * fluxByC0[left]! : 0;
      let diagonal = -cj + (left >= 0 ? inverse * fluxByC1[left]! : 0);
      let upper = 0;
      if (k + 1 < nx) {
        diagonal -= inverse * fluxByC0[k]!;
        upper = -inverse * fluxByC1[k]!;
      }
      // Through i_e: the flux holds −(1−t⁺)·i_e/F, of which ψ and i are not yet counted.
      const leftPerCurrent = left >= 0 ? (-edgeAnion[left]! / F) * inverse : 0;
      const rightPerCurrent = k + 1 < nx ? (edgeAnion[k]! / F) * inverse : 0;
      const byI =
        (left >= 0 ? leftPerCurrent * currentByI[left]! : 0) + (k + 1 < nx ? rightPerCurrent * currentByI[k]! : 0);
      jColumn[indexOfC(k)] = -byI;
      if (tColumn !== null) {
        tColumn[indexOfC(k)] = inverse * ((left >= 0 ? fluxByT[left]! : 0) - (k + 1 < nx ? fluxByT[k]! : 0));
      }
      if (k < ns) {
        scalarLower[k] = lower;
        scalarDiagonal[k] = diagonal;
        scalarUpper[k] = upper;
      } else {
        const o = 4 * (k - ns);
        const leftByPsi = left >= ns ? leftPerCurrent * currentByPsi[left]! : 0;
        const rightByPsi = k + 1 < nx ? rightPerCurrent * currentByPsi[k]! : 0;
        pairLower[o] = lower;
        pairLower[o + 1] = -leftByPsi;
        pairDiagonal[o] = diagonal;
        pairDiagonal[o + 1] = leftByPsi - rightByPsi;
        pairUpper[o] = upper;
        pairUpper[o + 1] = rightByPsi;
      }
    }
    if (np > 0) {
      differentiateReaction(y);
      chargeRows(jColumn, tColumn);
      particleRows(y, cj, tColumn);
    }
    saltColumns(cj);
    return borderRows(y, cj) && matrix.factorise();
  }

  /** i_right − i_left − a·dx·j(c, ψ, c_surface). */
  function chargeRows(jColumn: Float64Array, tColumn: Float64Array | null): void {
    const { pairLower, pairDiagonal, pairUpper } = matrix;
    for (let k = 0; k < np; k++) {
      const o = 4 * k + 2;
      const left = k > 0 ? ns + k - 1 : -1;
      const right = k + 1 < np ? ns + k : -1;
      let byI = left < 0 ? -1 : -currentByI[left]!;
      let byT = left < 0 ? 0 : -currentByT[left]!;
      let diagonalC = left < 0 ? 0 : -currentByC1[left]!;
      let diagonalPsi = left < 0 ? 0 : -currentByPsi[left]!;
      pairLower[o] = left < 0 ? 0 : -currentByC0[left]!;
      pairLower[o + 1] = left < 0 ? 0 : currentByPsi[left]!;
      pairUpper[o] = 0;
      pairUpper[o + 1] = 0;
      if (right >= 0) {
        byI += currentByI[right]!;
        byT += currentByT[right]!;
        diagonalC += currentByC0[right]!;
        diagonalPsi -= currentByPsi[right]!;
        pairUpper[o] = currentByC1[right]!;
        pairUpper[o + 1] = currentByPsi[right]!;
      }
      pairDiagonal[o] = diagonalC;
      pairDiagonal[o + 1] = diagonalPsi;
      const row = ns + 2 * k + 1;
      jColumn[row] = -byI;
      if (tColumn !== null) tColumn[row] = byT - areaPerNode * reactionByT[k]!;
      matrix.pull[k] = -areaPerNode;
      matrix.gU[k] = reactionByC[k]!;
      matrix.gV[k] = reactionByPsi[k]!;
      matrix.gS[k] = reactionByS[k]!;
    }
  }

  function particleRows(y: Float64Array, cj: number, tColumn: Float64Array | null): void {
    const { branchLower, branchDiagonal, branchUpper } = matrix;
    const warmth = diffusionWarmth[0]!;
    const lastVolume = shellVolume[nr - 1]!;
    matrix.push = -faceArea[nr]! / (F * lastVolume);
    const matrices = sharedBranch ? 1 : np;
    for (let k = 0; k < matrices; k++) {
      for (let m = 0; m < nr; m++) {
        const o = k * nr + m;
        branchLower[o] = 0;
        branchUpper[o] = 0;
        branchDiagonal[o] = -cj;
      }
      for (let m = 0; m + 1 < nr; m++) {
        const o = k * nr + m;
        let by0: number;
        let by1: number;
        const geometry = (faceArea[m + 1]! * warmth) / shellWidth;
        if (sharedBranch) {
          by0 = geometry * constantDiffusivity;
          by1 = -by0;
        } else {
          const d0 = solidDiffusivity[o]!;
          const d1 = solidDiffusivity[o + 1]!;
          const sum = d0 + d1;
          const mean = (2 * d0 * d1) / sum;
          const at = branchStart + o;
          const difference = (y[at]! - y[at + 1]!) / cMax;
          by0 = geometry * (mean + ((2 * d1 * d1) / (sum * sum)) * solidDiffusivitySlope[o]! * difference);
          by1 = geometry * (-mean + ((2 * d0 * d0) / (sum * sum)) * solidDiffusivitySlope[o + 1]! * difference);
        }
        branchDiagonal[o]! -= by0 / shellVolume[m]!;
        branchUpper[o]! -= by1 / shellVolume[m]!;
        branchLower[o + 1]! += by0 / shellVolume[m + 1]!;
        branchDiagonal[o + 1]! += by1 / shellVolume[m + 1]!;
      }
    }
    if (tColumn === null) return;
    const warmthSlope = diffusionWarmth[1]!;
    for (let k = 0; k < np; k++) {
      let inflow = 0;
      for (let m = 0; m < nr; m++) {
        const at = branchStart + k * nr + m;
        let outflow = (faceArea[nr]! / F) * reactionByT[k]!;
        if (m + 1 < nr) {
          const o = k * nr + m;
          const mean = sharedBranch
            ? constantDiffusivity
            : (2 * solidDiffusivity[o]! * solidDiffusivity[o + 1]!) / (solidDiffusivity[o]! + solidDiffusivity[o + 1]!);
          outflow = ((faceArea[m + 1]! * mean * warmthSlope) / shellWidth) * (y[at]! - y[at + 1]!);
        }
        tColumn[at] = (inflow - outflow) / shellVolume[m]!;
        inflow = outflow;
      }
    }
  }

  /** The rates of the layers appear in the salt rows: sink at the electrode, source from the reserve everywhere. */
  function saltColumns(cj: number): void {
    for (let l = 0; l < counterLayers + workingLayers; l++) {
      const onCounter = l < counterLayers;
      const per = onCounter ? saltPerThickness(counter, l) : saltPerThickness(working!, l - counterLayers);
      if (per === 0) continue;
      const column = matrix.columns[counterBorder + l]!;
      const everywhere = (cj * reserveShare * per) / poreTotal;
      for (let k = 0; k < nx; k++) column[indexOfC(k)] = everywhere;
      const k = onCounter ? 0 : nx - 1;
      column[indexOfC(k)]! -= (cj * per) / poreVolume[k]!;
    }
  }

  function borderRows(y: Float64Array, cj: number): boolean {
    const { corner } = matrix;
    const put = (row: number, column: number, value: number): void => {
      corner[row * border + column]! += value;
    };
    put(qBorder, jBorder, 1);
    put(qBorder, qBorder, -cj);
    if (drive.kind === 'current') put(jBorder, jBorder, 1);
    else voltageRow(y);
    if (tBorder >= 0) heatRow(y, cj);
    growthRows(counter, counterBorder, -1, cj, put);
    if (working !== null) growthRows(working, workingBorder, 1, cj, put);
    return true;
  }

  /** Thickness of a side depends on Q and on its own layers. */
  function thicknessByCharge(sign: number): number {
    return (-sign * THICKNESS_m_PER_mol_per_m2) / F;
  }

  function thicknessByLayer(side: MetalSide, l: number): number {
    const layer = side.electrode.interphase[l]!;
    return (
      -(1 - layer.saltFraction) *
      layer.lithiumConcentration_mol_per_m3 *
      side.electrode.areaRatio *
      THICKNESS_m_PER_mol_per_m2
    );
  }

  /** `sign` +1 on the working side, −1 on the counter: its anodic current is sign·j. */
  function growthRows(
    side: MetalSide,
    start: number,
    sign: number,
    cj: number,
    put: (row: number, column: number, value: number) => void,
  ): void {
    const n = side.layers;
    for (let l = 0; l < n; l++) {
      const row = start + l;
      put(row, row, -cj);
      put(row, jBorder, sign * side.growthByCurrent[l]!);
      put(row, qBorder, side.growthByThickness[l]! * thicknessByCharge(sign));
      if (tBorder >= 0) put(row, tBorder, side.growthByTemperature[l]!);
      for (let other = 0; other < n; other++) {
        put(
          row,
          start + other,
          side.growthByLayer[l * n + other]! + side.growthByThickness[l]! * thicknessByLayer(side, other),
        );
      }
      addSurface(matrix.rows[row]!, sign, side.growthByConcentration[l]!);
    }
  }

  /** Adds `value` times the derivative of the surface concentration of a side. */
  function addSurface(row: Float64Array, sign: number, value: number): void {
    const near = sign < 0 ? 0 : nx - 1;
    const far = sign < 0 ? 1 : nx - 2;
    row[indexOfC(near)]! += 1.5 * value;
    row[indexOfC(far)]! -= 0.5 * value;
  }

  /** Adds factor·∂Δφ of a side to a border row. */
  function addDeltaPhi(row: number, side: MetalSide, start: number, sign: number, factor: number): void {
    const { corner } = matrix;
    corner[row * border + jBorder]! += factor * sign * side.byCurrent;
    corner[row * border + qBorder]! += factor * side.byThickness * thicknessByCharge(sign);
    if (tBorder >= 0) corner[row * border + tBorder]! += factor * side.byTemperature;
    for (let l = 0; l < side.layers; l++) {
      corner[row * border + start + l]! += factor * (side.byLayer[l]! + side.byThickness * thicknessByLayer(side, l));
    }
    addSurface(matrix.rows[row]!, sign, factor * side.byConcentration);
  }

  /** Adds factor·∂(half-cell drops at node k) to a border row. */
  function addHalfCell(row: number, k: number, i: number, factor: number): void {
    const ohmic = halfCellOhmic(k, i);
    const concentration = halfCellConcentration(k, i);
    // The product rule, without dividing by what a single-ion conductor has as zero.
    const anion = 1 - tPlus[k]!;
    const perChiAnion = (-0.5 * width[k]! * i) / (diffusivity[k]! * F);
    const concentrationByC =
      perChiAnion * (chiByC[k]! * anion - chi[k]! * slopes.tPlus_c[k]!) -
      (concentration * slopes.D_c[k]!) / diffusivity[k]!;
    const concentrationByT =
      perChiAnion * (chiByT[k]! * anion - chi[k]! * slopes.tPlus_T[k]!) -
      (concentration * slopes.D_T[k]!) / diffusivity[k]!;
    matrix.rows[row]![indexOfC(k)]! += factor * ((-ohmic * slopes.kappa_c[k]!) / kappa[k]! + concentrationByC);
    const perCurrent = -0.5 * width[k]! * (1 / kappa[k]! + (chi[k]! * (1 - tPlus[k]!)) / (diffusivity[k]! * F));
    matrix.corner[row * border + jBorder]! -= factor * perCurrent;
    if (tBorder >= 0) {
      matrix.corner[row * border + tBorder]! += factor * ((-ohmic * slopes.kappa_T[k]!) / kappa[k]! + concentrationByT);
    }
  }

  /** Row of the control equation where it holds the voltage: factor·∂V, and the terms in j. */
  function voltageRow(y: Float64Array): void {
    const { corner } = matrix;
    if (drive.kind === 'power') corner[jBorder * border + jBorder]! += voltage(y);
    if (drive.kind === 'resistance') corner[jBorder * border + jBorder]! -= drive.value;
    addVoltage(jBorder, y, drive.kind === 'power' ? y[jIndex]! : 1);
  }

  /** Adds factor·∂V to a border row. */
  function addVoltage(to: number, y: Float64Array, factor: number): void {
    const { corner } = matrix;
    const row = matrix.rows[to]!;
    const i = -y[jIndex]!;
    addDeltaPhi(to, counter, counterBorder, -1, -factor);
    corner[to * border + jBorder]! += factor * cell.contactResistance_ohm_m2;
    addHalfCell(to, 0, i, factor);
    const passed = np > 0 ? ns : nx - 1;
    let byI = 0;
    let byT = 0;
    for (let e = 0; e < passed; e++) {
      row[indexOfC(e)]! += factor * dropByC0[e]!;
      row[indexOfC(e + 1)]! += factor * dropByC1[e]!;
      byI -= distance[e]! / edgeKappa[e]!;
      byT += dropByT[e]!;
    }
    if (working !== null) {
      addHalfCell(to, nx - 1, i, factor);
      addDeltaPhi(to, working, workingBorder, 1, factor);
    } else {
      row[ns + 1]! += factor;
      for (let e = ns; e + 1 < nx; e++) {
        const per = (factor * distance[e]!) / sigma;
        row[indexOfC(e)]! += per * currentByC0[e]!;
        row[indexOfC(e + 1)]! += per * currentByC1[e]!;
        row[indexOfC(e) + 1]! -= per * currentByPsi[e]!;
        row[indexOfC(e + 1) + 1]! += per * currentByPsi[e]!;
        byI -= (distance[e]! / sigma) * (1 - currentByI[e]!);
        byT += (distance[e]! / sigma) * currentByT[e]!;
      }
      byI -= (0.5 * cathodeWidth) / sigma;
    }
    corner[to * border + jBorder]! -= factor * byI;
    if (tBorder >= 0) corner[to * border + tBorder]! += factor * byT;
  }

  /** Row of the heat balance: j·(V − what is stored), by every unknown. */
  function heatRow(y: Float64Array, cj: number): void {
    const { corner } = matrix;
    const f = 1 / thermal!.heatCapacity_J_per_m2_K;
    const j = y[jIndex]!;
    const at = tBorder * border;
    corner[at + tBorder]! += -cj - thermal!.heatTransfer_W_per_m2_K * f;
    addVoltage(tBorder, y, f * j);
    corner[at + jBorder]! += f * (voltage(y) + counter.nernst);
    addNernst(counter, counterBorder, -1, f * j);
    if (working !== null) {
      corner[at + jBorder]! -= f * working.nernst;
      addNernst(working, workingBorder, 1, -f * j);
      return;
    }
    corner[at + jBorder]! -= f * enthalpyPotentialInto(y, cathodeEnthalpy);
    corner[at + qBorder]! -= f * j * cathodeEnthalpy[0]!;
  }

  /** Adds factor·∂nernst of a side to the heat row: by T it is nernst/T, by thickness it goes through the activity. */
  function addNernst(side: MetalSide, start: number, sign: number, factor: number): void {
    const { corner } = matrix;
    const at = tBorder * border;
    const byThickness = factor * side.nernstByThickness;
    corner[at + tBorder]! += (factor * side.nernst) / temperature;
    corner[at + qBorder]! += byThickness * thicknessByCharge(sign);
    for (let l = 0; l < side.layers; l++) corner[at + start + l]! += byThickness * thicknessByLayer(side, l);
  }

  /**
   * Tolerances for a wanted relative accuracy r (2e-4 gives the voltage to about 0.1 mV). What is held tightly is what the
   * voltage follows: ψ to r/10 of a volt, and the surfaces of the particles to r/20 of full, because the open-circuit
   * potential can be as steep as 100 V. Salt may err by 30 r of its scale where that leaves ψ right.
   */
  function tolerances(r: number): Tolerances {
    const absolute = new Float64Array(size);
    const relative = new Float64Array(size);
    const measured: number[] = [];
    for (let k = 0; k < nx; k++) {
      const at = indexOfC(k);
      absolute[at] = 3 * r * cell.electrolyte.concentration_mol_per_m3;
      relative[at] = 30 * r;
      measured.push(at);
    }
    for (let k = 0; k < np; k++) {
      absolute[ns + 2 * k + 1] = 0.1 * r;
      measured.push(ns + 2 * k + 1);
    }
    for (let m = branchStart; m < borderStart; m++) absolute[m] = 0.05 * r * cMax;
    for (let k = 0; k < np; k++) measured.push(branchStart + (k + 1) * nr - 1);
    for (let b = borderStart; b < size; b++) {
      relative[b] = r;
      measured.push(b);
    }
    relative[jIndex] = 5 * r;
    absolute[jIndex] = 1e-2 * r;
    absolute[qIndex] = 10 * r;
    if (tIndex >= 0) absolute[tIndex] = 10 * r;
    // Growth is slow and stops where the metal ends: held tightly, it makes the last steps of a stripping fine.
    for (let l = counterLayerIndex; l < size; l++) {
      relative[l] = 1e-2 * r;
      absolute[l] = 1e-12 * r;
    }
    return { absolute, relative, measured: Int32Array.from(measured) };
  }

  return {
    size,
    differential,
    residualInto,
    factorise,
    solveInPlace: (b) => matrix.solveInPlace(b),
    parameters,
    drive,
    anchors,
    counter,
    working,
    separatorNodes: ns,
    cathodeNodes: np,
    particleNodes: nr,
    currentIndex: jIndex,
    chargeIndex: qIndex,
    temperatureIndex: tIndex,
    counterLayerIndex,
    workingLayerIndex,
    particleStart: branchStart,
    poreVolume,
    solidVolume,
    reserveShare,
    shellShare,
    tolerances,
    voltageAt,
    solvePotentials,
    partsInto,
    surfaceConcentration,
    lithium,
    surfaceStoichiometry(y, which) {
      if (np === 0) return 0.5;
      let found = which === 'lowest' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
      for (let k = 0; k < np; k++) {
        const last = branchStart + (k + 1) * nr - 1;
        const x = (1.5 * y[last]! - 0.5 * y[last - 1]!) / cMax;
        found = which === 'lowest' ? Math.min(found, x) : Math.max(found, x);
      }
      return found;
    },
    openCircuit: openCircuitAt,
  };
}
