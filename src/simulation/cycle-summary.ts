// What one cycle did, gathered while it runs: charges, mean voltages, where the overpotential went, what was lost.

import type { Cell, CellKind } from '../cells/index.ts';
import { F, mAh_per_cm2_from_C_per_m2, nm_from_m, ohm_cm2_from_ohm_m2, um_from_m } from '../units/index.ts';
import {
  type CellState,
  type CycleAgeing,
  type CycleSummary,
  LOSS_CAUSES,
  type MetalSideState,
  type Row,
  type SideAgeingState,
} from './contract.ts';
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

/** Without `means` what is summed over time is left out. */
export function createCycleTally(cell: Cell, cycle: number, start: CellState, means = true): CycleTally {
  const startTime = start.time_s;
  const before = amounts(start);
  const positive = noMeans();
  const negative = noMeans();
  const previous = { time_s: Number.NaN, j: 0, values: new Float64Array(6) };
  let charged = 0;
  let discharged = 0;
  let resistance = Number.NaN;
  let lowestCounter_m = start.counter.lithium_mol_per_m2 * THICKNESS_m_PER_mol_per_m2;
  let lowestWorking_m = (start.working?.lithium_mol_per_m2 ?? Number.NaN) * THICKNESS_m_PER_mol_per_m2;
  // The first plating on a bare collector: where its voltage was lowest, and where it ended.
  const nucleates = means && cell.kind === 'Li|Cu';
  let platings = 0;
  let lowest_V = Number.POSITIVE_INFINITY;
  let settled_V = Number.NaN;

  /** A row that stands for a time of its own. */
  function addPoint(r: Readonly<Row>, weight_s: number): void {
    if (weight_s === 0 || r.j_A_per_m2 === 0) return;
    const into = r.j_A_per_m2 > 0 ? positive : negative;
    into.time_s += weight_s;
    into.voltage += weight_s * r.voltage_V;
    into.ohmic += weight_s * r.ohmic_V;
    into.interphase += weight_s * r.interphase_V;
    into.counterKinetics += weight_s * r.counterKinetics_V;
    into.workingKinetics += weight_s * r.workingKinetics_V;
    into.concentration += weight_s * r.concentration_V;
  }

  function row(r: Readonly<Row>): void {
    const weight = r.weight_s ?? Number.NaN;
    if (!Number.isNaN(weight)) addPoint(r, weight);
    const dt = r.time_s - previous.time_s;
    const v = previous.values;
    if (dt > 0 && means && Number.isNaN(weight)) {
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
    lowestCounter_m = Math.min(lowestCounter_m, r.counterLithium_m);
    lowestWorking_m = Math.min(lowestWorking_m, r.workingLithium_m);
    if (nucleates && platings === 0 && r.j_A_per_m2 < 0) {
      lowest_V = Math.min(lowest_V, r.voltage_V);
      settled_V = r.voltage_V;
    }
    previous.time_s = Number.isNaN(weight) ? r.time_s : Number.NaN;
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
      if (charge < 0) platings++;
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
        losses_mAh_per_cm2: losses(before, after),
        overpotential_mV: means ? overpotentials(negative.time_s > 0 ? negative : positive) : {},
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
        polarisation_mV: polarisation(cell.kind, positive, negative),
        nucleation_overpotential_mV:
          platings > 0 && settled_V > lowest_V ? 1e3 * (settled_V - lowest_V) : nucleates ? 0 : null,
        ageing: ageingOf(cell, before, after, end, [lowestCounter_m, lowestWorking_m]),
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

/** mV; Li|Li mean |V|, elsewhere half of what lies between the two mean voltages. */
function polarisation(kind: CellKind, positive: Means, negative: Means): number | null {
  if (kind === 'Li|Li') {
    const time_s = positive.time_s + negative.time_s;
    return time_s > 0 ? (1e3 * (positive.voltage - negative.voltage)) / time_s : null;
  }
  if (!(positive.time_s > 0 && negative.time_s > 0)) return null;
  return 500 * (positive.voltage / positive.time_s - negative.voltage / negative.time_s);
}

/** Amounts of one side, mol/m2: in contact, in the interphase from the metal, and lost by the causes of `LOSS_CAUSES`. */
interface SideAmounts {
  readonly lithium: number;
  readonly bound: number;
  readonly lost: readonly number[] | null;
}

interface Amounts {
  readonly counter: SideAmounts;
  readonly working: SideAmounts | null;
}

function amounts(state: CellState): Amounts {
  const side = (metal: MetalSideState, own: SideAgeingState | null | undefined): SideAmounts => ({
    lithium: metal.lithium_mol_per_m2,
    bound: metal.interphaseLithiumFromMetal_mol_per_m2,
    lost: own ? Array.from(own.lost_mol_per_m2) : null,
  });
  return {
    counter: side(state.counter, state.ageing?.counter),
    working: state.working === null ? null : side(state.working, state.ageing?.working),
  };
}

const areal = (amount_mol_per_m2: number): number => mAh_per_cm2_from_C_per_m2(amount_mol_per_m2 * F);

/** Lithium metal lost by cause, as charge; what the booked causes do not explain of the interphase is its growth. */
function losses(before: Amounts, after: Amounts): Readonly<Record<string, number>> {
  const out: Record<string, number> = {};
  for (const which of ['working', 'counter'] as const) {
    const from = before[which];
    const to = after[which];
    if (from === null || to === null) continue;
    let growth = to.bound - from.bound;
    const booked: Record<string, number> = {};
    for (const [place, cause] of LOSS_CAUSES.entries()) {
      if (to.lost === null || from.lost === null) break;
      const lost = to.lost[place]! - from.lost[place]!;
      booked[`${cause}_${which}`] = areal(lost);
      if (cause !== 'dead') growth -= lost;
    }
    out[`interphase_growth_${which}`] = areal(growth);
    Object.assign(out, booked);
    if (which === 'working') out.left_on_working = areal(to.lithium - from.lithium);
  }
  return out;
}

function ageingOf(
  cell: Cell,
  before: Amounts,
  after: Amounts,
  end: CellState,
  lowest_m: readonly [number, number],
): CycleAgeing | null {
  const { ageing } = cell;
  const own = end.ageing;
  if (ageing === null || own === null) return null;
  const dead = LOSS_CAUSES.indexOf('dead');
  const both = (value: (which: 'counter' | 'working') => number): CycleAgeing['area_ratio'] => ({
    counter: value('counter'),
    working: own.working === null ? null : value('working'),
  });
  const start_m = cell.electrolyteVolume_m3 / cell.area_m2;
  const additiveLeft = ageing.additives.map(({ name, concentration_mol_per_m3, reserve_mol_per_m3 }, k) => {
    const start = (concentration_mol_per_m3 + reserve_mol_per_m3) * start_m;
    const left = own.additive_mol_per_m2[k]! + own.additiveReserve_mol_per_m2[k]!;
    return [name, start > 0 ? left / start : 0] as const;
  });
  return {
    lithium_ions_lost_mAh_per_cm2: both((which) => areal(after[which]!.bound - before[which]!.bound)),
    dead_lithium_mAh_per_cm2: both((which) => areal(after[which]!.lost![dead]! - before[which]!.lost![dead]!)),
    deposit_size_um: both((which) => um_from_m(own[which]!.depositSize_m)),
    area_ratio: both((which) => end[which]!.areaRatio),
    coating_intact: both((which) => end[which]!.coatingIntact),
    dead_layer_um: both((which) => um_from_m(end[which]!.deadLayer_m)),
    lowest_lithium_mAh_per_cm2: both((which) =>
      areal(lowest_m[which === 'counter' ? 0 : 1] / THICKNESS_m_PER_mol_per_m2),
    ),
    wetted_fraction: end.wettedFraction,
    electrolyte_left: own.electrolyte_m / start_m,
    additive_left: Object.fromEntries(additiveLeft),
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
