// How lithium lies on a solid electrolyte while the cell is cycled, booked between protocol steps. Stripping faster than diffusion and
// creep bring lithium back opens voids; slower stripping, plating and rest close them, never further than the contact that the cell
// started with. Within a step of constant current the models follow the contact with the thickness of the metal:
//
//   opens    θ = θ_0 + (θ_s − θ_0)·e^(−s·x)        closes    θ = θ_m − (θ_m − θ_s)·e^(−s·x)        s = F·|i − i_rep|/(|i|·V_Li·Q_v)
//
//   x metal moved since the step began, m     θ_s contact then     θ_m at the start of the test     θ_0 what never goes
//   i current, stripping positive, i_rep what comes back, A/m²     Q_v charge of the lithium in which voids open, C/m²
//
// Beside that, every plating is held against the current that would drive lithium into a flaw of the electrolyte (E10). The run goes
// on above it: whether a short comes is known to a factor, when it comes is not known.

import type { Cell, SolidElectrolyte } from '../cells/index.ts';
import { contactAfter, criticalOverpotential_V, passesMonroeNewman, replenishment_A_per_m2 } from '../physics/index.ts';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol, mA_per_cm2_from_A_per_m2 } from '../units/index.ts';
import type { BothSides, CellState, CycleContact, ResolvedStep, SideContactState } from './contract.ts';
import type { InterfaceProbe } from './interface-probe.ts';
import { CONTACT_REMNANT } from './metal-side.ts';

export interface ContactBook {
  beforeStep(state: CellState, step: ResolvedStep): void;
  afterStep(state: CellState, probe: InterfaceProbe): void;
  /** What the cycle that ends now leaves; forgets its plating. */
  closeCycle(cycle: number, state: CellState, probe: InterfaceProbe): CycleContact;
  /** What a reader must know of the run. */
  remarks(): readonly string[];
}

/** Contact of one side before anything was done; null in a liquid. */
export function initialContact(cell: Cell, which: 'counter' | 'working'): SideContactState | null {
  const side = cell.solid?.[which];
  if (!side) return null;
  return {
    fraction: side.contact.fraction,
    most: side.contact.fraction,
    perThickness_per_m: 0,
    from_m: 0,
    closing: true,
    sign: 1,
  };
}

interface Side {
  readonly which: 'counter' | 'working';
  /** Its stripping current over the cell's. */
  readonly sign: -1 | 1;
}

interface Excess {
  readonly cycle: number;
  readonly current_A_per_m2: number;
  readonly critical_A_per_m2: number;
}

export function createContactBook(cell: Cell): ContactBook | null {
  const { solid } = cell;
  if (!solid) return null;
  const sides: Side[] = [{ which: 'counter', sign: -1 }];
  if (solid.working !== null) sides.push({ which: 'working', sign: 1 });
  let charge0 = 0;
  let time0 = 0;
  /** Largest plating current of the cycle over the critical one, by side. */
  const worst = { counter: null as Excess | null, working: null as Excess | null };
  const worstOfRun = { counter: null as Excess | null, working: null as Excess | null };
  const lost = { counter: 1, working: 1 };
  let cycle = 1;

  function comesBack(state: CellState): number {
    const { voids } = solid!;
    return voids === null
      ? Number.POSITIVE_INFINITY
      : replenishment_A_per_m2(voids, solid!.pressure_Pa, state.temperature_K);
  }

  function bookContact(own: SideContactState, stripping: number, elapsed_s: number, state: CellState): void {
    const { voids } = solid!;
    if (voids === null || !(elapsed_s > 0)) return;
    const back = comesBack(state);
    const Q = voids.charge_C_per_m2;
    own.fraction =
      stripping > back
        ? CONTACT_REMNANT + (own.fraction - CONTACT_REMNANT) * contactAfter(1, stripping, back, Q, elapsed_s)
        : own.most * contactAfter(own.fraction / own.most, stripping, back, Q, elapsed_s);
  }

  return {
    beforeStep(state, { control }) {
      const j = control.kind === 'current' ? control.j_A_per_m2 : 0;
      const back = comesBack(state);
      for (const { which, sign } of sides) {
        const own = state[which]!.contact!;
        const i = sign * j;
        const { voids } = solid;
        own.from_m = state[which]!.lithium_mol_per_m2 * LITHIUM_MOLAR_VOLUME_m3_per_mol;
        own.closing = i <= back;
        own.sign = i > 0 ? -1 : 1;
        own.perThickness_per_m =
          voids === null || i === 0
            ? 0
            : (F * Math.abs(i - back)) / (Math.abs(i) * LITHIUM_MOLAR_VOLUME_m3_per_mol * voids.charge_C_per_m2);
      }
      charge0 = state.charge_C_per_m2;
      time0 = state.time_s;
    },
    afterStep(state, probe) {
      const elapsed_s = state.time_s - time0;
      const j = elapsed_s > 0 ? (state.charge_C_per_m2 - charge0) / elapsed_s : 0;
      for (const { which, sign } of sides) {
        const own = state[which]!.contact!;
        bookContact(own, sign * j, elapsed_s, state);
        own.perThickness_per_m = 0;
        lost[which] = Math.min(lost[which], own.fraction / own.most);
        const plating = -sign * j;
        if (!(plating > 0)) continue;
        const critical = criticalCurrent(solid, probe.side_ohm_m2(state, which));
        if (critical === null) continue;
        const before = worst[which];
        if (before === null || plating / critical > before.current_A_per_m2 / before.critical_A_per_m2) {
          worst[which] = { cycle, current_A_per_m2: plating, critical_A_per_m2: critical };
        }
      }
      // What a model may continue is what nobody has touched: these are other profiles now.
      if (state.profiles !== null) state.profiles = { ...state.profiles };
    },
    closeCycle(closed, state, probe) {
      for (const { which } of sides) {
        const now = worst[which] === null ? null : { ...worst[which], cycle: closed };
        const before = worstOfRun[which];
        if (now !== null && (before === null || isAbove(now, before))) worstOfRun[which] = now;
        worst[which] = null;
      }
      cycle = closed + 1;
      const both = (value: (which: 'counter' | 'working') => number): BothSides => ({
        counter: value('counter'),
        working: solid.working === null ? null : value('working'),
      });
      const resistance = both((which) => 1e4 * probe.side_ohm_m2(state, which));
      return {
        contact_fraction: both((which) => state[which]!.contact!.fraction),
        resistance_ohm_cm2: resistance,
        critical_current_mA_per_cm2:
          solid.fracture === null
            ? null
            : both((which) => mA_per_cm2_from_A_per_m2(criticalCurrent(solid, probe.side_ohm_m2(state, which))!)),
      };
    },
    remarks() {
      const remarks: string[] = [];
      for (const { which } of sides) {
        const excess = worstOfRun[which];
        if (excess !== null && solid.fracture !== null)
          remarks.push(...excessRemark(which, excess, solid.fracture.scatter));
        if (lost[which] < VOIDS_TOLD) {
          remarks.push(
            `Voids open at the ${which} electrode: of its contact ${percent(lost[which])} was left at the worst, and the local current rises by as much.`,
          );
        }
      }
      const { fracture } = solid;
      if (
        fracture !== null &&
        passesMonroeNewman(fracture.shearModulus_Pa) &&
        remarks.some((text) => text.includes('short'))
      ) {
        remarks.push(
          'The electrolyte is stiffer than Monroe and Newman ask for, which is necessary and does not suffice: garnet passes with ease and is pierced all the same.',
        );
      }
      return remarks;
    },
  };
}

/** Contact left of that at the start below which voids are told. */
const VOIDS_TOLD = 0.9;

const isAbove = (a: Excess, b: Excess): boolean =>
  a.current_A_per_m2 / a.critical_A_per_m2 > b.current_A_per_m2 / b.critical_A_per_m2;

/** E10 on the resistance of one face; null for an electrolyte that yields. */
function criticalCurrent({ fracture }: SolidElectrolyte, resistance_ohm_m2: number): number | null {
  if (fracture === null) return null;
  return criticalOverpotential_V(fracture.toughness_Pa_sqrt_m, fracture.flaw_m) / resistance_ohm_m2;
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;
const current = (j_A_per_m2: number): string => Number(mA_per_cm2_from_A_per_m2(j_A_per_m2).toPrecision(2)).toString();

function excessRemark(
  which: string,
  { cycle, current_A_per_m2: j, critical_A_per_m2: j_c }: Excess,
  scatter: number,
): string[] {
  const band = `${current(j_c)} mA/cm2, ${current(j_c / scatter)} to ${current(j_c * scatter)}`;
  if (j > j_c) {
    return [
      `Plating on the ${which} electrode at ${current(j)} mA/cm2 in cycle ${cycle} is above the critical current (${band}): a short is possible, when is not predicted.`,
    ];
  }
  if (j > j_c / scatter) {
    return [
      `Plating on the ${which} electrode at ${current(j)} mA/cm2 in cycle ${cycle} lies within the band of the critical current (${band}): a short cannot be excluded, when is not predicted.`,
    ];
  }
  return [];
}
