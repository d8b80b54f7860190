// A result as `simulate` would give it, made up, and a simulator that answers with it: for tests of what the shell does.

import { builtInCell, type Protocol } from '../cells/index.ts';
import type { BandsResult } from '../design/index.ts';
import type { CycleSummary, SimulationResult, Stop } from '../simulation/index.ts';
import type { PlainBandsOptions, PlainOptions } from './simulation-messages.ts';
import type { Simulator } from './simulator.ts';

function madeUpCycle(cycle: number): CycleSummary {
  return {
    cycle,
    model: 'fast',
    start_s: (cycle - 1) * 7200,
    end_s: cycle * 7200,
    plated_mAh_per_cm2: 1,
    stripped_mAh_per_cm2: 0.98,
    charged_mAh_per_cm2: 0.98,
    discharged_mAh_per_cm2: 1,
    coulombic_efficiency: 0.98,
    losses_mAh_per_cm2: { interphase: 0.015, dead_lithium: 0.005 },
    overpotential_mV: { ohmic: 1.5, interphase: 12.25, concentration: Number.NaN },
    mean_voltage_plating_V: -0.0321,
    mean_voltage_stripping_V: 0.0318,
    interfacial_resistance_ohm_cm2: 20 + cycle,
    counter_lithium_um: 250 - cycle,
    working_lithium_um: 0.1 * cycle,
    interphase_thickness_nm: { counter: 20, working: 21 },
    polarisation_mV: 32,
    nucleation_overpotential_mV: 12,
    ageing: null,
  };
}

export function madeUpResult(
  given: { readonly cycles?: number; readonly stop?: Partial<Stop>; readonly cell?: string } = {},
): SimulationResult {
  const cell = builtInCell(given.cell ?? 'li-cu-carbonate');
  const count = given.cycles ?? 3;
  const side = {
    lithium_mol_per_m2: 1,
    layerThickness_m: new Float64Array(1),
    interphaseLithiumFromMetal_mol_per_m2: 0,
    interphaseLithiumFromSalt_mol_per_m2: 0,
    deadLithium_mol_per_m2: 0,
    areaRatio: 1,
    coatingIntact: 0,
    deadLayer_m: 0,
  };
  return {
    cell,
    protocol: cell.protocol as Protocol,
    model: 'fast',
    stop: { kind: 'completed', message: 'the protocol is done', time_s: count * 7200, ...given.stop },
    record: {
      time_s: Float64Array.of(0, 3600, 7200),
      current_A: Float64Array.of(-1e-3, -1e-3, 1e-3),
      voltage_V: Float64Array.of(-0.03, -0.031, 0.03),
      temperature_K: new Float64Array(3).fill(298.15),
      cycle: Int32Array.of(1, 1, 1),
      step: Int32Array.of(1, 1, 2),
      extra: { counter_lithium_thickness_m: Float64Array.of(2.5e-4, 2.49e-4, Number.NaN) },
      area_m2: cell.area_m2,
      provenance: { kind: 'simulated', origin: cell.id, program: 'limetal 0.0.0', notes: [] },
    },
    cycles: Array.from({ length: count }, (_, index) => madeUpCycle(index + 1)),
    end_of_life: {
      cycle: null,
      criterion: null,
      cause: 'none',
      message: 'No end of life within these cycles.',
      events: [],
      n_to_p: null,
      electrolyte_mL_per_Ah: null,
    },
    conservation: { lithium: 1e-15, charge: 0, salt: 2.5e-14, solvent: 0, additive: 0 },
    work: { steps: 10, rejected: 1, residuals: 30, jacobians: 3, factorisations: 5, solves: 30 },
    warnings: ['dead lithium is not counted in this version'],
    sources: ['Lundgren 2015 (10.1149/2.0641503jes)', 'a second source'],
    state: {
      time_s: 0,
      temperature_K: 298.15,
      counter: side,
      working: { ...side },
      cathodeStoichiometry: Number.NaN,
      poreSalt_mol_per_m2: 0,
      reserveSalt_mol_per_m2: 0,
      charge_C_per_m2: 0,
      wettedFraction: 1,
      ageing: null,
      profiles: null,
    } as SimulationResult['state'],
  };
}

/** Bands as `runBands` would give them for so many cycles. */
export function madeUpBands(given: Partial<BandsResult> & { readonly cycleCount?: number } = {}): BandsResult {
  const { cycleCount = 3, ...rest } = given;
  const [parameter, other] = ['interphase[0].conductivity', 'kinetics.exchangeCurrent'];
  const correlations = (efficiency: number | null, eta: number, resistance: number) => ({
    coulombic_efficiency: efficiency,
    overpotential_mV: eta,
    interfacial_resistance_ohm_cm2: resistance,
  });
  return {
    model: 'fast',
    seed: 1,
    samples: 64,
    runs: 64,
    failed: 0,
    ended_early: {},
    aborted: false,
    cycles: Array.from({ length: cycleCount }, (_, k) => ({
      cycle: k + 1,
      runs: 64 - k,
      coulombic_efficiency: { low: 0.971, median: 0.98, high: 0.985 },
      overpotential_mV: { low: 10.25, median: 13.75, high: 45.5 },
      interfacial_resistance_ohm_cm2: { low: 12, median: 21 + k, high: 310 },
    })),
    sensitivity_cycle: cycleCount,
    sensitivities: [
      { parameter, rank_correlation: correlations(null, -0.2, -0.91) },
      { parameter: other, rank_correlation: correlations(0.1, -0.5, -0.31) },
    ],
    chance_correlation: 0.247,
    varied: [],
    fixed: [],
    remarks: ['They cover these ranges only.', '3 assumed values are not varied: no range is stated.'],
    ...rest,
  };
}

export interface FakeSimulator extends Simulator {
  readonly asked: {
    readonly protocol: Protocol;
    readonly options: PlainOptions;
    readonly bands: PlainBandsOptions | null;
    readonly temperature_K: number;
  }[];
  readonly events: string[];
}

/** Answers every run with `answer`, called while the run is under way, and a request for bands with `bands`. */
export function fakeSimulator(
  answer: (simulator: FakeSimulator) => SimulationResult | Promise<SimulationResult>,
  bands: BandsResult = madeUpBands(),
): FakeSimulator {
  const simulator: FakeSimulator = {
    asked: [],
    events: [],
    run: async (cell, protocol, options, asked, onProgress) => {
      simulator.asked.push({ protocol, options, bands: asked, temperature_K: cell.temperature_K });
      onProgress(0.5, 1);
      return { result: { ...(await answer(simulator)), cell, protocol }, bands: asked === null ? null : bands };
    },
    stop: () => void simulator.events.push('stop'),
    close: () => void simulator.events.push('close'),
  };
  return simulator;
}
