// The equations of a cell as a differential-algebraic system: residual, voltage and its parts, heat, tolerances, and the
// potentials that a start needs. The unknowns and their fields are in `full-fields.ts`, the Jacobian in `full-jacobian.ts`.

import type { DaeSystem } from '../numerics/index.ts';
import { asinh, cosh, sinh } from '../numerics/index.ts';
import { wettedTransportFactor } from '../physics/index.ts';
import { F, R } from '../units/index.ts';
import type { CellParameters } from './compile.ts';
import type { CellState } from './contract.ts';
import { type Anchors, createFullFields, type Drive } from './full-fields.ts';
import { createFullJacobian } from './full-jacobian.ts';
import { particleResidualInto } from './full-kernels.ts';
import { type MetalSide, WETTED_MIN } from './metal-side.ts';

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
  /** Take surfaces and wetting as ageing left them; call at the start of every step. */
  wear(state: CellState): void;
  /** The cell voltage at a solution; NaN where a law has no answer. */
  voltageAt(y: Float64Array): number;
  /**
   * Solve for ψ at the current, concentrations and temperature in y; false outside the domain of the equations. From any
   * start: ψ minimises a convex energy.
   */
  solvePotentials(y: Float64Array): boolean;
  /** The parts of that voltage; call right after `voltageAt` at the same solution. */
  partsInto(y: Float64Array, parts: VoltageParts): void;
  /** Salt concentration at a metal, behind its dead layer, or at the far end of a cathode. */
  surfaceConcentration(y: Float64Array, side: 'counter' | 'working'): number;
  /** Lithium of a side, mol/m2, that goes with a solution. */
  lithium(y: Float64Array, side: 'counter' | 'working'): number;
  /** Lowest and highest stoichiometry at the particle surfaces of all nodes; 0.5 without a cathode. */
  surfaceStoichiometry(y: Float64Array, which: 'lowest' | 'highest'): number;
  /** Open-circuit potential at one stoichiometry. */
  openCircuit(stoichiometry: number): number;
}

/** Bounds of `solvePotentials`, and the change of ψ at which it has arrived, V. */
const POTENTIAL_ITERATIONS_MAX = 200;
const POTENTIAL_HALVINGS_MAX = 100;
const POTENTIAL_TOLERANCE_V = 1e-12;

export function createFullSystem(parameters: CellParameters): FullSystem {
  const fields = createFullFields(parameters);
  const {
    counter,
    working,
    ns,
    np,
    nr,
    nx,
    thermal,
    counterLayers,
    workingLayers,
    counterBorder,
    border,
    sharedBranch,
    matrix,
    jIndex,
    qIndex,
    tIndex,
    counterLayerIndex,
    workingLayerIndex,
    poreVolume,
    poreTotal,
    reserveShare,
    distance,
    perDistance,
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
    edgeKappa,
    edgeX,
    edgeCurrent,
    anionFlux,
    openCircuit,
    exchangeCurrent,
    reaction,
    solidDiffusivity,
    cathodeEnthalpy,
    diffusionWarmth,
    now,
    wear,
    constantDiffusivity,
    drive,
    anchors,
    differential,
    indexOfC,
    cell,
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
  } = fields;

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
        (heat(y) - thermal.heatTransfer_W_per_m2_K * (now.temperature - drive.ambient_K)) /
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
      const rate = 2 * exchangeCurrent[k]! * sinh(half * (potential[k]! - openCircuit[k]!));
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
      const slope = 2 * areaPerNode * exchangeCurrent[k]! * half * cosh(half * (potential[k]! - openCircuit[k]!));
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
    const half = (0.5 * F) / (R * now.temperature);
    const i = -y[jIndex]!;
    // As if every node bore the same share.
    const share = -i / (areaPerNode * np);
    for (let k = 0; k < np; k++) potential[k] = openCircuit[k]! + asinh((0.5 * share) / exchangeCurrent[k]!) / half;
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
    ohmic -= counter.deadLayerOhmic;
    concentration -= counter.deadLayerConcentration;
    if (working !== null) {
      ohmic += halfCellOhmic(nx - 1, i);
      concentration += halfCellConcentration(nx - 1, i);
      parts.workingKinetics = working.kinetic;
      parts.interphase += working.film;
      ohmic += working.deadLayerOhmic;
      concentration += working.deadLayerConcentration;
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

  /**
   * Heat released in the cell, W/m2: the work beyond what the electrodes take up as enthalpy at their mean composition. The
   * heat of mixing thus comes when a gradient builds up, and from one rest to the next the first law holds exactly.
   * `voltage` must have its work arrays at y.
   */
  function heat(y: Float64Array): number {
    const stored = -counter.nernst + (working === null ? enthalpyPotentialInto(y, cathodeEnthalpy) : working.nernst);
    return y[jIndex]! * (voltage(y) - stored);
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
    factorise: createFullJacobian(fields),
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
    wear(state) {
      const growing = state.ageing === null || state.ageing.electrolyte_m > 0;
      counter.wear(state.counter, state.ageing?.counter ?? null, state.wettedFraction, growing);
      working?.wear(state.working!, state.ageing?.working ?? null, state.wettedFraction, growing);
      wear.transportShare = wettedTransportFactor(Math.max(state.wettedFraction, WETTED_MIN));
    },
    voltageAt,
    solvePotentials,
    partsInto,
    surfaceConcentration(y, side) {
      const at = surfaceConcentration(y, side);
      if (side === 'counter') return counter.saltBehindDeadLayer(-y[jIndex]!, at);
      return working === null ? at : working.saltBehindDeadLayer(y[jIndex]!, at);
    },
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
