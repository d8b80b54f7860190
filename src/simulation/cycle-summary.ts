// What one cycle did, gathered while it runs: charges, mean voltages, where the overpotential went, what was lost.

import type { Cell, CellKind } from '../cells/index.ts';
import { F, mAh_per_cm2_from_C_per_m2, nm_from_m, ohm_cm2_from_ohm_m2, um_from_m } from '../units/index.ts';
import type { CellState, CycleSummary, MetalSideState, Row } from './contract.ts';
import { THICKNESS_m_PER_mol_per_m2 } from './metal-side.ts';

/** Time integrals over the rows of one sign of current. */
interface Means {
  time_s: number;
  voltage: number;
  ohmic: number;
  interphase: number;
  counterKinetics: number;
  workingKinetics: number;
  concentration: number;
}

const noMeans = (): Means => ({
  time_s: 0,
  voltage: 0,
  ohmic: 0,
  interphase: 0,
  counterKinetics: 0,
  workingKinetics: 0,
  concentration: 0,
});

export interface CycleTally {
  /** A new protocol step begins: rows before it are not joined to rows after it. */
  beginStep(): void;
  row(row: Readonly<Row>): void;
  /** Charge that a finished step passed, C/m2, signed. */
  endStep(charge_C_per_m2: number, interfacialResistance_ohm_m2: number): void;
  /** Charge passed both ways so far in this cycle, C/m2. */
  readonly throughput_C_per_m2: number;
  readonly discharged_C_per_m2: number;
  finish(end: CellState, model: 'fast' | 'full'): CycleSummary;
}

export function createCycleTally(cell: Cell, cycle: number, start: CellState): CycleTally {
  const startTime = start.time_s;
  const before = amounts(start);
  const positive = noMeans();
  const negative = noMeans();
  const previous = { time_s: Number.NaN, j: 0, values: new Float64Array(6) };
  let charged = 0;
  let discharged = 0;
  let resistance = Number.NaN;

  function row(r: Readonly<Row>): void {
    const dt = r.time_s - previous.time_s;
    const v = previous.values;
    if (dt > 0) {
      const mean = 0.5 * (r.j_A_per_m2 + previous.j);
      if (mean !== 0) {
        const into = mean > 0 ? positive : negative;
        into.time_s += dt;
        into.voltage += 0.5 * dt * (r.voltage_V + v[0]!);
        into.ohmic += 0.5 * dt * (r.ohmic_V + v[1]!);
        into.interphase += 0.5 * dt * (r.interphase_V + v[2]!);
        into.counterKinetics += 0.5 * dt * (r.counterKinetics_V + v[3]!);
        into.workingKinetics += 0.5 * dt * (r.workingKinetics_V + v[4]!);
        into.concentration += 0.5 * dt * (r.concentration_V + v[5]!);
      }
    }
    previous.time_s = r.time_s;
    previous.j = r.j_A_per_m2;
    v[0] = r.voltage_V;
    v[1] = r.ohmic_V;
    v[2] = r.interphase_V;
    v[3] = r.counterKinetics_V;
    v[4] = r.workingKinetics_V;
    v[5] = r.concentration_V;
  }

  return {
    beginStep() {
      previous.time_s = Number.NaN;
    },
    row,
    endStep(charge, interfacialResistance) {
      if (charge > 0) charged += charge;
      else discharged -= charge;
      // A bare collector has no resistance worth the name: the last step that left lithium on it decides.
      if (Number.isFinite(interfacialResistance)) resistance = interfacialResistance;
    },
    get throughput_C_per_m2() {
      return charged + discharged;
    },
    get discharged_C_per_m2() {
      return discharged;
    },
    finish(end, model) {
      const after = amounts(end);
      const chargedAreal = mAh_per_cm2_from_C_per_m2(charged);
      const dischargedAreal = mAh_per_cm2_from_C_per_m2(discharged);
      const metal = cell.working.kind !== 'cathode';
      return {
        cycle,
        model,
        start_s: startTime,
        end_s: end.time_s,
        plated_mAh_per_cm2: dischargedAreal,
        stripped_mAh_per_cm2: chargedAreal,
        charged_mAh_per_cm2: chargedAreal,
        discharged_mAh_per_cm2: dischargedAreal,
        coulombic_efficiency: efficiency(cell.kind, charged, discharged),
        losses_mAh_per_cm2: losses(before, after, metal),
        overpotential_mV: overpotentials(negative.time_s > 0 ? negative : positive),
        mean_voltage_plating_V: negative.time_s > 0 ? negative.voltage / negative.time_s : null,
        mean_voltage_stripping_V: positive.time_s > 0 ? positive.voltage / positive.time_s : null,
        interfacial_resistance_ohm_cm2: ohm_cm2_from_ohm_m2(resistance),
        counter_lithium_um: um_from_m(end.counter.lithium_mol_per_m2 * THICKNESS_m_PER_mol_per_m2),
        working_lithium_um:
          end.working === null ? null : um_from_m(end.working.lithium_mol_per_m2 * THICKNESS_m_PER_mol_per_m2),
        interphase_thickness_nm: {
          counter: nm_from_m(thickness(end.counter)),
          working: end.working === null ? null : nm_from_m(thickness(end.working)),
        },
      };
    },
  };
}

/**
 * Li|Cu: stripped over plated. With a cathode: discharged over charged, which is the full cell's and not lithium's. Li|Li has
 * none: what its reservoirs give back says nothing of what was lost.
 */
function efficiency(kind: CellKind, charged: number, discharged: number): number | null {
  if (kind === 'Li|Li') return null;
  const [out, into] = kind === 'Li|Cu' ? [charged, discharged] : [discharged, charged];
  return into > 0 && out > 0 ? out / into : null;
}

function thickness(side: MetalSideState): number {
  return side.layerThickness_m.reduce((sum, value) => sum + value, 0);
}

interface Amounts {
  readonly counterInterphase: number;
  readonly workingInterphase: number;
  readonly working: number;
}

function amounts(state: CellState): Amounts {
  return {
    counterInterphase: state.counter.interphaseLithiumFromMetal_mol_per_m2,
    workingInterphase: state.working?.interphaseLithiumFromMetal_mol_per_m2 ?? 0,
    working: state.working?.lithium_mol_per_m2 ?? 0,
  };
}

/**
 * Lithium metal lost by cause, as charge. On a metal working electrode, plated − stripped is the sum of what its interphase
 * took and what stayed on it.
 */
function losses(before: Amounts, after: Amounts, metal: boolean): Readonly<Record<string, number>> {
  const areal = (amount_mol_per_m2: number): number => mAh_per_cm2_from_C_per_m2(amount_mol_per_m2 * F);
  const counter = areal(after.counterInterphase - before.counterInterphase);
  if (!metal) return { interphase_growth_counter: counter };
  return {
    interphase_growth_working: areal(after.workingInterphase - before.workingInterphase),
    left_on_working: areal(after.working - before.working),
    interphase_growth_counter: counter,
  };
}

function overpotentials(means: Means): Readonly<Record<string, number>> {
  const milli = (integral: number): number => (means.time_s > 0 ? Math.abs(1e3 * (integral / means.time_s)) : 0);
  return {
    ohmic: milli(means.ohmic),
    interphase: milli(means.interphase),
    charge_transfer_counter: milli(means.counterKinetics),
    charge_transfer_working: milli(means.workingKinetics),
    concentration: milli(means.concentration),
  };
}
