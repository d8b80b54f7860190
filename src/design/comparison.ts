// Which reported number is laid beside which computed one. A printed column often means something else than its heading says;
// the literature room tells what, and here it is decided what a cell must do for the same number to come out of it.

import { type Cell, type CellKind, countCycles, parseProtocol, type SystemVariant } from '../cells/index.ts';
import {
  type Conditions,
  claimsOn,
  type Entry,
  type LiteratureRow,
  MEANINGS,
  type Quantity,
  quantitiesOf,
} from '../literature/index.ts';
import { cm2_from_m2 } from '../units/index.ts';
import type { PlannedRun, Reading } from './planned-run.ts';

/** Names of quantities as `reproduce` gives them. */
export type QuantityName =
  | 'coulombic_efficiency'
  | 'interfacial_resistance_before'
  | 'interfacial_resistance_after'
  | 'interfacial_resistance_without_interlayer'
  | 'interfacial_resistance_with_interlayer'
  | 'polarisation_initial'
  | 'polarisation'
  | 'capacity_retention'
  | 'critical_current'
  | 'life';

/** What scores count a quantity in; null for what no score counts. */
export type ScoredAs = 'efficiency' | 'resistance' | 'solid-resistance' | 'polarisation' | 'life' | null;

export interface PlannedQuantity {
  readonly quantity: QuantityName;
  /** As printed, in `unit`. */
  readonly reported: number;
  readonly printed: string;
  readonly unit: string;
  /** `at-least` also where a test was stopped while the cell lived. */
  readonly bound: 'value' | 'at-least' | 'at-most';
  readonly scoredAs: ScoredAs;
  /** Where it is read: run and reading by their places in the plan, times `factor` in `unit`; null where it is not computed. */
  readonly from: { readonly run: number; readonly reading: number; readonly factor: number } | null;
  /** What the number means, what is assumed, or why it is not computed. */
  readonly note: string;
}

/** One tabulated system: what was reported, and the runs that answer it. */
export interface SystemPlan {
  readonly id: string;
  readonly table: string;
  /** As printed, "[6]". */
  readonly reference: string;
  readonly group: string;
  readonly method: string | null;
  readonly electrolyte: string | null;
  /** In what it is computed, as the cell names it; null where nothing is computed. */
  readonly computedIn: string | null;
  readonly electrolyteGroup: string | null;
  /** Current and capacity of its efficiency, to find rows that were cycled alike; null where there is none. */
  readonly cycling: string | null;
  readonly quantities: readonly PlannedQuantity[];
  readonly runs: readonly PlannedRun[];
  /** Of a solid electrolyte: its face with lithium, untreated and treated; null in a liquid. */
  readonly interlayer: SystemInterlayer | null;
}

/** Places of two readings in a plan, and what was reported of them. */
export interface SystemInterlayer {
  readonly without: { readonly run: number; readonly reading: number };
  readonly with: { readonly run: number; readonly reading: number };
  readonly reportedRatio: number | null;
  readonly note: string | null;
}

/** The cell of a row, with the electrodes that a measurement needs. */
export type CellFor = (id: string, kind: CellKind, variant?: SystemVariant) => Cell;

/** A test whose length is not printed is run for so many cycles. */
const CYCLES_DEFAULT = 100;
/** Where a capacity is not printed. */
const CAPACITY_DEFAULT_mAh_per_cm2 = 1;
const CURRENT_DEFAULT_mA_per_cm2 = 1;
/** A measurement before cycling stands for the cell as it was assembled. */
const ASSEMBLED_h = 1 / 60;

const COMPARED: ReadonlySet<Quantity['kind']> = new Set([
  'coulombic-efficiency',
  'interfacial-resistance',
  'polarisation',
  'capacity-retention',
]);

/**
 * Electrolytes whose efficiencies are foretold by each other. Vinylene carbonate alone counts with the plain carbonates, and
 * concentrated with localised solutions: so grouped, the rows of table A1 give the published baseline.
 */
export function electrolyteGroupOf({ electrolyte }: Pick<LiteratureRow, 'electrolyte'>): string | null {
  if (electrolyte === null) return null;
  const { class: family, normalised } = electrolyte;
  if (family === 'carbonate-additive' && !/FEC|NO3/.test(normalised)) return 'carbonate';
  return family === 'localised' ? 'concentrated' : family;
}

/** Plans one row. @throws InputError when the row's cell does not parse. */
export function systemPlan(row: LiteratureRow, cellFor: CellFor): SystemPlan {
  const planner = createPlanner(row, cellFor);
  const quantities = row.entries.flatMap((entry) =>
    entry.quantities.flatMap((quantity) => {
      const planned = planner.plan(quantity, entry);
      return planned === null ? [] : [planned];
    }),
  );
  quantities.push(...planner.criticalCurrents());
  const interlayer = planner.interlayer();
  const runs = planner.runs();
  return {
    id: row.id,
    table: row.table,
    reference: row.reference.printed,
    group: row.group,
    method: row.method ?? row.subject,
    electrolyte: row.electrolyte?.normalised ?? null,
    computedIn: runs[0]?.cell.electrolyte.name ?? null,
    electrolyteGroup: electrolyteGroupOf(row),
    cycling: efficiencyCycling(row),
    quantities,
    runs,
    interlayer,
  };
}

function efficiencyCycling(row: LiteratureRow): string | null {
  const [quantity] = quantitiesOf(row, 'coulombic-efficiency');
  const { currentDensity_mA_per_cm2: j, arealCapacity_mAh_per_cm2: q } = quantity?.conditions ?? {};
  return j === undefined || q === undefined ? null : `${j} mA/cm2, ${q} mAh/cm2`;
}

interface Run {
  readonly key: string;
  readonly nominalOnly: boolean;
  readonly cell: Cell;
  readonly steps: readonly string[] | null;
  cycles: number;
  readonly readings: Reading[];
}

type How = SystemVariant & { readonly nominalOnly?: boolean };

/** How a cell was cycled, with sentences for what had to be assumed. */
interface Cycling {
  readonly current_mA_per_cm2: number;
  readonly capacity_mAh_per_cm2: number;
  readonly assumed: readonly string[];
}

type Planned = Pick<PlannedQuantity, 'from' | 'note'>;

function createPlanner(row: LiteratureRow, cellFor: CellFor) {
  const isSolid = row.family === 'solid electrolyte';
  const isStatedPerArea = (unit: string): boolean => unit !== 'Ω';
  const runs: Run[] = [];
  const test = row.entries.flatMap(({ quantities }) => quantities).find(({ means }) => means === 'test-length');

  /** The place of a run that does this, made where there is none yet. */
  function runOf(key: string, kind: CellKind, steps: readonly string[] | null, cycles: number, how: How = {}): number {
    const at = runs.findIndex((run) => run.key === key);
    if (at >= 0) {
      runs[at]!.cycles = Math.max(runs[at]!.cycles, cycles);
      return at;
    }
    const { nominalOnly = false, ...variant } = how;
    return runs.push({ key, cell: cellFor(row.id, kind, variant), steps, cycles, readings: [], nominalOnly }) - 1;
  }

  function from(run: number, reading: Reading, factor: number): PlannedQuantity['from'] {
    return { run, reading: runs[run]!.readings.push(reading) - 1, factor };
  }

  /** What is printed of the cycling, else what the row's test was cycled with, else an assumption. */
  function cyclingOf(own: Conditions): Cycling {
    const others = test?.conditions ?? {};
    const assumed: string[] = [];
    const choose = (name: string, unit: string, values: readonly (number | undefined)[], last: number): number => {
      const [stated, ofTest] = values;
      if (stated !== undefined) return stated;
      assumed.push(
        ofTest === undefined
          ? `No ${name} is printed: ${last} ${unit} is assumed.`
          : `No ${name} is printed with it: that of the row's test is taken, ${ofTest} ${unit}.`,
      );
      return ofTest ?? last;
    };
    return {
      current_mA_per_cm2: choose(
        'current',
        'mA/cm2',
        [own.currentDensity_mA_per_cm2, others.currentDensity_mA_per_cm2],
        CURRENT_DEFAULT_mA_per_cm2,
      ),
      capacity_mAh_per_cm2: choose(
        'capacity',
        'mAh/cm2',
        [own.arealCapacity_mAh_per_cm2, others.arealCapacity_mAh_per_cm2],
        CAPACITY_DEFAULT_mAh_per_cm2,
      ),
      assumed,
    };
  }

  function cycled(kind: 'Li|Li' | 'Li|Cu', cycling: Cycling, cycles: number): number {
    const { current_mA_per_cm2: j, capacity_mAh_per_cm2: q } = cycling;
    const strip = kind === 'Li|Cu' ? `Strip at ${j} mA/cm2 until 1 V` : `Strip at ${j} mA/cm2 for ${q} mAh/cm2`;
    return runOf(`${kind} ${j} ${q}`, kind, [`Plate at ${j} mA/cm2 for ${q} mAh/cm2`, strip], cycles);
  }

  /** Cycles that so many hours are, at least one. */
  const cyclesIn = (time_h: number, { current_mA_per_cm2: j, capacity_mAh_per_cm2: q }: Cycling): number =>
    Math.max(1, Math.round(time_h / ((2 * q) / j)));

  const atCycling = ({ current_mA_per_cm2: j, capacity_mAh_per_cm2: q }: Cycling): string =>
    `${j} mA/cm2, ${q} mAh/cm2`;

  function efficiency(quantity: Quantity): Planned {
    const own = quantity.conditions ?? {};
    if (quantity.means !== 'lithium-efficiency') {
      return { from: null, note: `${sentence(MEANINGS[quantity.means])} Not compared with an efficiency of lithium.` };
    }
    // A row with one set of conditions has them in its cell, which `limetal run` repeats.
    const ownProtocol = row.table === 'A1' ? cellFor(row.id, 'Li|Cu').protocol : null;
    const cycles = own.cycles ?? (ownProtocol === null ? CYCLES_DEFAULT : countCycles(ownProtocol));
    const isLast = quantity.efficiencyKind === 'last';
    const reading: Reading = { kind: 'efficiency', of: isLast ? 'cycle' : 'mean', cycle: cycles };
    const what = isLast ? `of cycle ${cycles}` : `mean of ${cycles} cycles`;
    const stated: Record<string, string> = {
      average: 'Reported as a mean.',
      last: 'Reported at the end of the test.',
      throughout: 'Reported as held through the test.',
    };
    const kind =
      stated[quantity.efficiencyKind ?? ''] ?? 'Whether the reported value is a mean or the last is not said.';
    const length = own.cycles === undefined ? [`No number of cycles is printed: ${cycles} are assumed.`] : [];
    if (ownProtocol !== null) {
      const run = runOf('own', 'Li|Cu', null, cycles);
      return {
        from: from(run, reading, 100),
        note: [`Lithium on Cu, ${what}, by the cell's protocol.`, kind, ...length].join(' '),
      };
    }
    const cycling = cyclingOf(own);
    const run = cycled('Li|Cu', cycling, cycles);
    const note = [`Lithium on Cu, ${what} at ${atCycling(cycling)}.`, kind, ...length, ...cycling.assumed];
    return { from: from(run, reading, 100), note: note.join(' ') };
  }

  function resistance(quantity: Quantity): Planned {
    const { rest_h, cycles: after, time_h } = quantity.conditions ?? {};
    const place = (): { run: number; cycle: number; when: string } => {
      if (quantity.means === 'resistance-after-cycling' && after !== undefined) {
        const cycling = cyclingOf({});
        const when = [`after ${after} cycles at ${atCycling(cycling)}.`, ...cycling.assumed].join(' ');
        return { run: cycled('Li|Li', cycling, after), cycle: after, when };
      }
      const isAssembled = rest_h === undefined && time_h === undefined;
      const hours = rest_h ?? time_h ?? ASSEMBLED_h;
      const run = runOf(`Li|Li rest ${hours}`, 'Li|Li', [`Rest for ${3600 * hours} s`], 1);
      return { run, cycle: 1, when: isAssembled ? 'as assembled.' : `after ${hours} h at rest.` };
    };
    const { run, cycle, when } = place();
    const area_cm2 = cm2_from_m2(runs[run]!.cell.area_m2);
    const isPerArea = isStatedPerArea(quantity.unit);
    const area = isPerArea
      ? quantity.unit === 'Ω cm2'
        ? ''
        : ` Printed in ${quantity.unit}, which can only mean Ω cm2.`
      : ` Printed in Ω without an area: computed for ${Number(area_cm2.toPrecision(3))} cm2, which is assumed.`;
    return {
      from: from(run, { kind: 'resistance', of: isPerArea ? 'area' : 'cell', cycle }, 1),
      note: `Both interfaces of Li|Li, film and charge transfer, ${when}${area}`,
    };
  }

  function polarisation(quantity: Quantity): Planned {
    const own = quantity.conditions ?? {};
    const cycling = cyclingOf(own);
    const kind = own.cell === 'Li|Cu' ? 'Li|Cu' : 'Li|Li';
    const testTime_h = test?.kind === 'duration' && isSameCycling(own, test.conditions ?? {}) ? test.value : undefined;
    const time_h = own.time_h ?? testTime_h;
    const last = own.cycles ?? (time_h === undefined ? CYCLES_DEFAULT : cyclesIn(time_h, cycling));
    const cycle = quantity.means === 'polarisation-initial' ? 1 : last;
    const run = cycled(kind, cycling, cycle);
    const note = [`Mean |V| of ${kind} in cycle ${cycle} at ${atCycling(cycling)}.`, ...cycling.assumed];
    if (quantity.means === 'polarisation-during-cycling' && own.cycles === undefined && own.time_h === undefined) {
      note.push('When in the test it was read is not printed.');
    }
    return { from: from(run, { kind: 'polarisation', cycle }, quantity.unit === 'V' ? 1e-3 : 1), note: note.join(' ') };
  }

  function life(quantity: Quantity): Planned {
    const own = quantity.conditions ?? {};
    if (own.cRate !== undefined || (isSolid && own.cell !== undefined && own.cell !== 'Li|Li')) {
      const cycles = quantity.value;
      const run = runOf('own', 'Li|cathode', null, cycles, { nominalOnly: isSolid });
      return { from: from(run, { kind: 'cycle-life' }, 1), note: stopped(`${cycles} cycles of the cell's protocol`) };
    }
    const cycling = cyclingOf(own);
    const cycles = quantity.unit === 'cycles' ? quantity.value : cyclesIn(quantity.value, cycling);
    const kind = own.cell === 'Li|Cu' ? 'Li|Cu' : 'Li|Li';
    const run = cycled(kind, cycling, cycles);
    const reading: Reading = quantity.unit === 'cycles' ? { kind: 'cycle-life' } : { kind: 'life' };
    const note = [stopped(`${kind} for ${cycles} cycles at ${atCycling(cycling)}`), ...cycling.assumed].join(' ');
    return { from: from(run, reading, 1), note };
  }

  function retention(quantity: Quantity): Planned {
    const cycle = quantity.conditions?.cycles ?? CYCLES_DEFAULT;
    const run = runOf('own', 'Li|cathode', null, cycle);
    const note = `Discharged in cycle ${cycle} over discharged in cycle 1, by the cell's protocol.`;
    return { from: from(run, { kind: 'retention', cycle }, 100), note };
  }

  /** The two faces of Li|Li as assembled, with what lies between or without it. */
  function assembled(interlayer: boolean): number {
    const key = `assembled ${interlayer ? 'with' : 'without'} interlayer`;
    return runOf(key, 'Li|Li', [`Rest for ${3600 * ASSEMBLED_h} s`], 1, { interlayer });
  }

  /** Garnets grow carbonate in air, which explains a resistance as well as voids do. */
  const isGarnet = (run: number): boolean => runs[run]!.cell.solid!.material.startsWith('LLZ');

  function solidResistance(quantity: Quantity): Planned {
    const isBare = quantity.means === 'resistance-without-interlayer';
    const run = assembled(!isBare);
    const what = isBare ? 'Without interlayer' : 'With interlayer';
    if (!isStatedPerArea(quantity.unit)) {
      const area_cm2 = Number(cm2_from_m2(runs[run]!.cell.area_m2).toPrecision(3));
      const note = `${what}: both faces of Li|Li as assembled. Printed in Ω without an area: computed for ${area_cm2} cm2, which is assumed.`;
      return { from: from(run, { kind: 'resistance', of: 'cell', cycle: 1 }, 1), note };
    }
    const unit = quantity.unit === 'Ω cm2' ? '' : ` Printed in ${quantity.unit}, which can only mean Ω cm2.`;
    const note = `${what}: one face as assembled; resistances of garnets are usually told for one face.${unit}`;
    return {
      from: from(run, { kind: 'face-resistance', cycle: 1 }, 1),
      note: isBare && isGarnet(run) ? `${note} ${TWO_WAYS}` : note,
    };
  }

  function planned(quantity: Quantity): Planned {
    switch (quantity.kind) {
      case 'coulombic-efficiency':
        return efficiency(quantity);
      case 'interfacial-resistance':
        return isSolid ? solidResistance(quantity) : resistance(quantity);
      case 'polarisation':
        return polarisation(quantity);
      case 'capacity-retention':
        return retention(quantity);
      default:
        return life(quantity);
    }
  }

  return {
    /** null for what is a condition of other numbers. */
    plan(quantity: Quantity, entry: Entry): PlannedQuantity | null {
      // In A1 the number of cycles is how long the efficiency was followed.
      const isLife = quantity.means === 'test-length' && row.table !== 'A1';
      if (!COMPARED.has(quantity.kind) && !isLife) return null;
      const name = nameOf(quantity, entry);
      const { from, note } = planned(quantity);
      const remarks = (entry.corrections ?? []).map(({ reason }) => reason);
      return {
        quantity: name,
        reported: quantity.value,
        printed: quantity.printed,
        unit: quantity.unit,
        bound:
          isLife || quantity.bound === 'greater-than'
            ? 'at-least'
            : quantity.bound === 'less-than'
              ? 'at-most'
              : 'value',
        scoredAs: from === null ? null : scoredAs(name, isSolid),
        from,
        note: [note, ...remarks].join(' '),
      };
    },
    /** Critical currents stand in the text beside the table. */
    criticalCurrents: (): PlannedQuantity[] => {
      if (!isSolid) return [];
      return claimsOn(row.id).flatMap(({ quantities }) =>
        quantities.flatMap((quantity): PlannedQuantity[] => {
          if (quantity.kind !== 'critical-current-density') return [];
          const run = assembled(true);
          if (runs[run]!.cell.solid?.fracture === null) return [];
          const factor = quantity.unit.startsWith('μA') || quantity.unit.startsWith('µA') ? 1000 : 1;
          return [
            {
              quantity: 'critical_current',
              reported: quantity.value,
              printed: quantity.printed,
              unit: quantity.unit,
              bound: quantity.bound === 'greater-than' ? 'at-least' : 'value',
              scoredAs: null,
              from: from(run, { kind: 'critical-current', cycle: 1 }, factor),
              note: 'From the text of the review. Overpotential that opens a flaw over the resistance of one face as assembled (E10): known to a factor of three at best, and the band holds no such scatter.',
            },
          ];
        }),
      );
    },
    interlayer: (): SystemInterlayer | null => {
      if (!isSolid) return null;
      const face: Reading = { kind: 'face-resistance', cycle: 1 };
      const place = (interlayer: boolean): SystemInterlayer['with'] => {
        const run = assembled(interlayer);
        return { run, reading: runs[run]!.readings.push(face) - 1 };
      };
      const resistances = row.entries
        .flatMap(({ quantities }) => quantities)
        .filter(({ kind }) => kind === 'interfacial-resistance');
      const bare = resistances.find(({ means }) => means === 'resistance-without-interlayer');
      const treated = resistances.find(({ means }) => means === 'resistance-with-interlayer');
      return {
        without: place(false),
        with: place(true),
        reportedRatio: bare && treated ? bare.value / treated.value : null,
        note: isGarnet(assembled(false)) ? TWO_WAYS : null,
      };
    },
    runs: (): PlannedRun[] =>
      runs.map(({ cell, steps, cycles, readings, nominalOnly }) => ({
        cell,
        protocol: steps === null ? cell.protocol! : parseProtocol(steps),
        cycles,
        readings,
        ...(nominalOnly ? { nominalOnly } : {}),
      })),
  };
}

const TWO_WAYS =
  'Computed as poor contact without a film; a film of Li2CO3 on full contact gives the same resistance (500 Ω cm2 are 50 nm at 1e-6 S/m). Capacitance tells them apart, which falls with the contact and not with a film, and so does pressure: voids close as its root, a film stays.';

const isSameCycling = (a: Conditions, b: Conditions): boolean =>
  (a.currentDensity_mA_per_cm2 ?? b.currentDensity_mA_per_cm2) === b.currentDensity_mA_per_cm2 &&
  (a.arealCapacity_mAh_per_cm2 ?? b.arealCapacity_mAh_per_cm2) === b.arealCapacity_mAh_per_cm2;

const stopped = (what: string): string =>
  `Followed: ${what}. How long the test ran, not how long the cell lived: at least. The computed cell is followed as long and no longer.`;

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;

function nameOf({ kind, means }: Quantity, { column }: Entry): QuantityName {
  switch (kind) {
    case 'coulombic-efficiency':
      return 'coulombic_efficiency';
    case 'interfacial-resistance':
      if (means === 'resistance-without-interlayer') return 'interfacial_resistance_without_interlayer';
      if (means === 'resistance-with-interlayer') return 'interfacial_resistance_with_interlayer';
      return column.endsWith('before') ? 'interfacial_resistance_before' : 'interfacial_resistance_after';
    case 'polarisation':
      return means === 'polarisation-initial' ? 'polarisation_initial' : 'polarisation';
    case 'capacity-retention':
      return 'capacity_retention';
    default:
      return 'life';
  }
}

function scoredAs(name: QuantityName, isSolid: boolean): ScoredAs {
  switch (name) {
    case 'interfacial_resistance_without_interlayer':
    case 'interfacial_resistance_with_interlayer':
      return 'solid-resistance';
    case 'coulombic_efficiency':
      return 'efficiency';
    case 'interfacial_resistance_before':
    case 'interfacial_resistance_after':
      return 'resistance';
    case 'polarisation':
    case 'polarisation_initial':
      return isSolid ? null : 'polarisation';
    case 'life':
      return 'life';
    default:
      return null;
  }
}
