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
import { BranchedChain, power, sinh } from '../numerics/index.ts';
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
  effectivePropertiesInto,
  type NodeProperties,
  type ParticleMesh,
} from './full-kernels.ts';
import { createMetalSide, type MetalSide, solidFace, THICKNESS_m_PER_mol_per_m2 } from './metal-side.ts';

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

/** Concentrations below this leave the domain of the equations; a step ends for lack of salt long before. */
const CONCENTRATION_mol_per_m3_MIN = -300;
/** Floor in X = …∂c/c, as in the reference code. */
export const CONCENTRATION_mol_per_m3_FLOOR = 0.01;
const SINH_ARGUMENT_MAX = 300;
/** The layout of the unknowns, the mesh, and every field at the point last evaluated. */
export type FullFields = ReturnType<typeof createFullFields>;

export function createFullFields(parameters: CellParameters) {
  const { cell, transport } = parameters;
  const cathode: PorousCathode | null = cell.working.kind === 'cathode' ? cell.working : null;
  const cathodeLaws = parameters.cathode;
  const counter = createMetalSide(
    cell.counter,
    parameters.counterLaw,
    cell.ageing?.counter,
    solidFace(cell, 'counter'),
  );
  const working =
    cell.working.kind === 'cathode'
      ? null
      : createMetalSide(cell.working, parameters.workingLaw!, cell.ageing?.working, solidFace(cell, 'working'));
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
      tortuosity[k] = power(cell.separator.porosity, cell.separator.bruggeman);
    } else {
      width[k] = cathode!.thickness_m / np;
      porosity[k] = cathode!.porosity;
      tortuosity[k] = power(cathode!.porosity, cathode!.bruggemanElectrolyte);
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
  const sigma =
    cathode === null ? 1 : cathode.conductivity_S_per_m * power(1 - cathode.porosity, cathode.bruggemanSolid);
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
    shellVolume[m] = (power(outer, 3) - power(inner, 3)) / 3;
    shellShare[m] = shellVolume[m]! / (power(radius, 3) / 3);
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
  /** Temperature at the point last evaluated, K. */
  const now = { temperature: cell.temperature_K };
  /** Of conductivity and diffusivity, what a cell that dries out keeps; set at the start of a step. */
  const wear = { transportShare: 1 };
  if (cathodeLaws?.constantDiffusivity) cathodeLaws.diffusivity.evaluateInto(1, oneX, oneY, oneSlope);
  const constantDiffusivity = oneY[0]!;

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
        side.growthArea *
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
    if (!counter.evaluate(-j, surfaceConcentration(y, 'counter'), now.temperature, counterThickness, layersAt, 0))
      return false;
    if (working === null) return true;
    const workingThickness = lithium(y, 'working') * THICKNESS_m_PER_mol_per_m2;
    return working.evaluate(
      j,
      surfaceConcentration(y, 'working'),
      now.temperature,
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
    now.temperature = tIndex < 0 ? drive.ambient_K : y[tIndex]!;
    if (!(now.temperature > 100 && now.temperature < 1000)) return false;
    const thermalVoltage = (R * now.temperature) / F;
    let lowest = Number.POSITIVE_INFINITY;
    for (let k = 0; k < ns; k++) {
      const value = y[k]!;
      c[k] = value;
      lowest = Math.min(lowest, value);
    }
    for (let k = 0; k < np; k++) {
      const value = y[ns + 2 * k]!;
      c[ns + k] = value;
      cathodeC[k] = value;
      lowest = Math.min(lowest, value);
    }
    if (!(lowest > CONCENTRATION_mol_per_m3_MIN)) return false;
    transport.valuesInto(nx, c, now.temperature, kappa, diffusivity, tPlus, tdf);
    effectivePropertiesInto(tortuosity, c, tdf, thermalVoltage, CONCENTRATION_mol_per_m3_FLOOR, nodeProperties);
    if (wear.transportShare !== 1) {
      for (let k = 0; k < nx; k++) {
        kappa[k]! *= wear.transportShare;
        diffusivity[k]! *= wear.transportShare;
      }
    }
    const i = -y[jIndex]!;
    edgeValuesInto(edgeGeometry, c, y, i, nodeProperties, edgeValues);
    return true;
  }

  /** Potentials and reaction currents at the surfaces of the particles. */
  function spreadCathode(y: Float64Array): boolean {
    const thermalVoltage = (R * now.temperature) / F;
    for (let k = 0; k < np; k++) {
      const last = branchStart + (k + 1) * nr - 1;
      surface[k] = 1.5 * y[last]! - 0.5 * y[last - 1]!;
      stoichiometry[k] = surface[k]! / cMax;
    }
    openCircuitLaw!.evaluateInto(np, stoichiometry, openCircuit, openCircuitSlope);
    if (now.temperature !== ROOM_TEMPERATURE_K) {
      cathodeLaws!.entropic.evaluateInto(np, stoichiometry, entropic, entropicSlope);
      const difference = now.temperature - ROOM_TEMPERATURE_K;
      for (let k = 0; k < np; k++) {
        openCircuit[k]! += entropic[k]! * difference;
        openCircuitSlope[k]! += entropicSlope[k]! * difference;
      }
    }
    arrheniusInto(cathode!.kinetics.activationEnergy_J_per_mol, now.temperature, kineticWarmth);
    const factor = kineticWarmth[0]!;
    exchangeInto(np, cathodeC, surface, exchangeKinetics, factor, exchangeCurrent, exchangeByC, exchangeByS);
    const half = 0.5 / thermalVoltage;
    for (let k = 0; k < np; k++) {
      const argument = half * (y[ns + 2 * k + 1]! - openCircuit[k]!);
      if (!(Math.abs(argument) < SINH_ARGUMENT_MAX)) return false;
      reaction[k] = 2 * exchangeCurrent[k]! * sinh(argument);
    }
    arrheniusInto(cathode!.diffusivityActivationEnergy_J_per_mol, now.temperature, diffusionWarmth);
    return true;
  }

  function evaluateSolidDiffusivity(y: Float64Array): void {
    for (let m = 0; m < np * nr; m++) particleStoichiometry[m] = y[branchStart + m]! / cMax;
    cathodeLaws!.diffusivity.evaluateInto(np * nr, particleStoichiometry, solidDiffusivity, solidDiffusivitySlope);
  }

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

  /** Mean stoichiometry of the cathode, which follows from the charge. */
  function meanStoichiometry(y: Float64Array): number {
    return anchors.stoichiometry + perCharge * (y[qIndex]! - anchors.charge_C_per_m2);
  }

  function openCircuitAt(x: number): number {
    oneX[0] = x;
    openCircuitLaw!.evaluateInto(1, oneX, oneY, oneSlope);
    let value = oneY[0]!;
    if (now.temperature !== ROOM_TEMPERATURE_K) {
      cathodeLaws!.entropic.evaluateInto(1, oneX, oneY, oneSlope);
      value += oneY[0]! * (now.temperature - ROOM_TEMPERATURE_K);
    }
    return value;
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

  function saltPerThickness(side: MetalSide, l: number): number {
    const layer = side.electrode.interphase[l]!;
    return layer.saltFraction * layer.lithiumConcentration_mol_per_m3 * side.growthArea;
  }

  return {
    cathodeLaws,
    counter,
    working,
    ns,
    np,
    nr,
    nx,
    thermal,
    counterLayers,
    workingLayers,
    jBorder,
    qBorder,
    tBorder,
    counterBorder,
    workingBorder,
    border,
    sharedBranch,
    matrix,
    jIndex,
    qIndex,
    tIndex,
    counterLayerIndex,
    workingLayerIndex,
    width,
    tortuosity,
    poreVolume,
    poreTotal,
    reserveShare,
    distance,
    perDistance,
    weightLeft,
    sigma,
    cathodeWidth,
    areaPerNode,
    shellVolume,
    shellShare,
    faceArea,
    shellWidth,
    particleMesh,
    cMax,
    solidVolume,
    c,
    kappa,
    diffusivity,
    tPlus,
    tdf,
    slopes,
    chi,
    edgeKappa,
    edgeDiffusivity,
    edgeAnion,
    edgeX,
    edgeChi,
    edgeCurrent,
    anionFlux,
    stoichiometry,
    openCircuit,
    openCircuitSlope,
    entropic,
    entropicSlope,
    exchangeCurrent,
    exchangeByC,
    exchangeByS,
    reaction,
    solidDiffusivity,
    solidDiffusivitySlope,
    cathodeEnthalpy,
    kineticWarmth,
    diffusionWarmth,
    now,
    wear,
    constantDiffusivity,
    drive,
    anchors,
    differential,
    indexOfC,
    cell,
    transport,
    branchStart,
    borderStart,
    size,
    lithium,
    surfaceConcentration,
    evaluateSides,
    spread,
    spreadElectrolyte,
    spreadCathode,
    evaluateSolidDiffusivity,
    halfCellOhmic,
    halfCellConcentration,
    voltage,
    meanStoichiometry,
    openCircuitAt,
    enthalpyPotentialInto,
    saltPerThickness,
  };
}
