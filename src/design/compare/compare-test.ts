// A measured test beside a simulated one, with or without a fit: what `limetal analyse --compare` and the page's bench both ask.

import type { Cell, Protocol } from '../../cells/index.ts';
import type { InstrumentFile, MeasuredSpectrum } from '../../readers/index.ts';
import type { CyclingRecord } from '../../records/index.ts';
import { cellImpedance, type SimulationResult, simulate } from '../../simulation/index.ts';
import { cm2_from_m2, formatIssue, InputError } from '../../units/index.ts';
import { compareRecords, type RecordComparison } from './compare-records.ts';
import { compareSpectra, type SpectrumComparison } from './compare-spectra.ts';
import { type CellFit, cellOfArea, comparedProtocol, fitCell, stateAtPlace, withOpenLimits } from './fit-cell.ts';
import type { SpectrumInTest } from './observations.ts';

export const KINDS_OF_DATA = ['voltage', 'efficiency', 'spectra'] as const;
export type KindOfData = (typeof KINDS_OF_DATA)[number];
export const COMPARED_PROTOCOLS = ['record', 'own', 'replay'] as const;
export const COMPARED_MODELS = ['fast', 'full'] as const;

/** Checked, and plain data: a thread can be handed it. */
export interface CompareWish {
  readonly cell: Cell;
  readonly origin: string;
  readonly names: readonly string[];
  readonly bounds: Readonly<Record<string, readonly [low: number, high: number]>>;
  /** null: whatever there is. */
  readonly fitTo: readonly KindOfData[] | null;
  readonly protocol: (typeof COMPARED_PROTOCOLS)[number] | null;
  readonly model: (typeof COMPARED_MODELS)[number];
  readonly profile: boolean;
  readonly runs_max: number;
}

/** Spectra of a test that a fit looks at; of more, evenly spaced ones. */
const SPECTRA_MAX = 6;

/** A test beside its simulation. */
export interface ComparedTest {
  readonly wish: CompareWish;
  /** The cell that was simulated: that of the file, on the area of the measured one where it is known. */
  readonly cell: Cell;
  readonly protocol: Protocol | null;
  /** null for a test without a record of known current. */
  readonly measured: CyclingRecord | null;
  readonly before: ComparedRun;
  readonly fit: CellFit | null;
  /** With the fitted values. */
  readonly after: ComparedRun | null;
  readonly remarks: readonly string[];
  /** Why there is no fit, although one was asked for. */
  readonly faults: readonly string[];
}

export interface ComparedRun {
  readonly result: SimulationResult | null;
  readonly records: RecordComparison | null;
  readonly spectra: readonly SpectrumComparison[];
}

/** Long work is stopped through `stop`; a fit then gives its best so far. */
export interface CompareLive {
  readonly stop?: { readonly aborted: boolean };
  /** Share of the runs that a fit may make, and how many it has made. */
  onProgress?(fraction: number, runs: number): void;
}

/**
 * Simulates what was done to the measured cell, lays both beside each other, and fits. `area_m2` is that of the measured cell, null where
 * nobody said it. Never throws for what a file holds; a comparison that cannot be made is told in `faults`.
 */
export function compareTest(
  file: InstrumentFile,
  wish: CompareWish,
  area_m2: number | null,
  live: CompareLive = {},
): ComparedTest {
  const cell = area_m2 === null ? wish.cell : cellOfArea(wish.cell, area_m2);
  const remarks: string[] = [];
  const faults: string[] = [];
  if (area_m2 === null) {
    remarks.push(
      `The area of the measured cell is not given: that of the cell file, ${Number(cm2_from_m2(cell.area_m2).toPrecision(4))} cm², is taken.`,
    );
  }
  const hasCurrent = ({ current_A, time_s }: CyclingRecord): boolean =>
    time_s.length >= 2 && current_A.some((value) => value !== 0) && current_A.every((value) => !Number.isNaN(value));
  const measured = file.records.find(hasCurrent) ?? null;
  if (file.records.length > 1 && measured !== null) {
    remarks.push(`Of ${file.records.length} records the first with a current is compared.`);
  }
  if (measured === null)
    remarks.push('There is no record with a known current: voltages and efficiencies are not compared.');
  const attempt = <T>(make: () => T): T | null => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      for (const text of error.issues.map(formatIssue)) if (!faults.includes(text)) faults.push(text);
      return null;
    }
  };
  const plan = measured === null ? null : attempt(() => comparedProtocol(cell, measured, wish.protocol ?? undefined));
  remarks.push(...(plan?.remarks ?? []));
  const spectra = chosenSpectra(file.spectra, measured, remarks);
  const open = measured === null ? cell : withOpenLimits(cell, measured);
  const compared = (one: Cell, impedance: Parameters<typeof cellImpedance>[2] = {}): ComparedRun => {
    const align = wish.protocol === 'replay' ? 'time' : 'charge';
    const how = { model: wish.model, ...(live.stop === undefined ? {} : { stop: live.stop }) };
    const result =
      measured === null || plan === null
        ? null
        : attempt(() =>
            simulate(one, plan.protocol, { ...how, ...(plan.cycles === null ? {} : { cycles: plan.cycles }) }),
          );
    const records =
      result === null || measured === null
        ? null
        : attempt(() => compareRecords(measured, result.record, { cell: cell.kind, align }));
    const beside = spectra.flatMap(({ spectrum, place }): SpectrumComparison[] => {
      const state = attempt(() => stateAtPlace(one, plan?.protocol ?? { items: [] }, place, { model: 'fast' }));
      const { frequency_Hz, temperature_K } = spectrum;
      const at = temperature_K === null ? {} : { temperature_K };
      const computed =
        state === null ? null : attempt(() => cellImpedance(one, state, { ...impedance, ...at, frequency_Hz }));
      return computed === null ? [] : [compareSpectra(spectrum, computed.spectrum)];
    });
    return { result, records, spectra: beside };
  };
  const before = compared(open);
  const stopped = before.result?.stop;
  if (stopped !== undefined && stopped.kind !== 'completed') remarks.push(`The simulation: ${stopped.message}`);
  let fit: CellFit | null = null;
  let after: ComparedRun | null = null;
  if (wish.names.length > 0) {
    fit = attempt(() => fitTest(cell, wish, measured, spectra, live));
    if (fit !== null)
      after = compared(measured === null ? fit.cell : withOpenLimits(fit.cell, measured), { values: fit.impedance });
  }
  return { wish, cell, protocol: plan?.protocol ?? null, measured, before, fit, after, remarks, faults };
}

/** Spectra that are compared, each with its moment; the cell as built where there is no record to place them in. */
function chosenSpectra(
  spectra: readonly MeasuredSpectrum[],
  measured: CyclingRecord | null,
  remarks: string[],
): SpectrumInTest[] {
  const known = spectra.filter(({ frequency_Hz }) => frequency_Hz.length > 1);
  if (known.length === 0) return [];
  if (measured === null) {
    if (known.length > 1) {
      remarks.push(
        `Of ${known.length} spectra the first is compared, with the cell as built: no record says what came between them.`,
      );
    }
    return [{ spectrum: known[0]!, place: { kind: 'start' } }];
  }
  const count = Math.min(known.length, SPECTRA_MAX);
  if (known.length > count)
    remarks.push(`Of ${known.length} spectra ${count} are compared, from the first to the last.`);
  const start_s = measured.time_s[0]!;
  return Array.from({ length: count }, (_, k) => {
    const spectrum = known[count === 1 ? 0 : Math.round((k * (known.length - 1)) / (count - 1))]!;
    const time_s = spectrum.time_s[0]! - start_s;
    return { spectrum, place: time_s > 0 ? { kind: 'time', time_s } : { kind: 'start' } };
  });
}

function fitTest(
  cell: Cell,
  wish: CompareWish,
  record: CyclingRecord | null,
  spectra: readonly SpectrumInTest[],
  live: CompareLive,
): CellFit {
  const wanted = (kind: KindOfData): boolean => wish.fitTo?.includes(kind) ?? true;
  const hasEfficiency = cell.kind !== 'Li|Li' && wish.protocol !== 'replay';
  const use = (['voltage', 'efficiency'] as const).filter((kind) =>
    kind === 'efficiency' ? wanted(kind) && (hasEfficiency || wish.fitTo !== null) : wanted(kind),
  );
  const given = record !== null && use.length > 0;
  return fitCell(
    cell,
    wish.names,
    {
      ...(given || spectra.length > 0 ? (record === null ? {} : { record, use }) : {}),
      ...(wanted('spectra') ? { spectra } : {}),
    },
    {
      bounds: wish.bounds,
      model: wish.model,
      profile: wish.profile,
      runs_max: wish.runs_max,
      ...(wish.protocol === null ? {} : { protocol: wish.protocol }),
      ...(live.stop === undefined ? {} : { stop: live.stop }),
      ...(live.onProgress === undefined ? {} : { onProgress: (fraction, runs) => live.onProgress!(fraction, runs) }),
    },
  );
}
