// A test as a document for machines: what was recognised, what is left open, and every finding. The units of the field stand where a person
// reads numbers (cycles), SI everywhere else, named in every key.

import type { CycleFindings } from '../../analysis/index.ts';
import type { InstrumentFile } from '../../readers/index.ts';
import { cm2_from_m2, mAh_from_C } from '../../units/index.ts';
import type { LabTest, LabTestWish } from './lab-test.ts';

/** Least and greatest of a column, NaN left out; nulls where there is no number. */
export function rangeOf(values: Float64Array): readonly [least: number | null, most: number | null] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? [least, most] : [null, null];
}

/** Needs that a flag has not met. */
export function openNeeds(file: InstrumentFile, { cell }: LabTestWish): InstrumentFile['needs'] {
  return file.needs.filter(({ what }) => !(what === 'cell type' && cell !== null));
}

const mV = (voltage_V: number | null): number | null => (voltage_V === null ? null : 1e3 * voltage_V);

function cycleDocument(one: CycleFindings) {
  const { nucleation } = one;
  const dip = nucleation?.kind === 'dip' ? nucleation : null;
  return {
    cycle: one.cycle,
    cycle_vendor: one.cycle_vendor,
    start_s: one.start_s,
    end_s: one.end_s,
    charged_mAh: mAh_from_C(one.charged_C),
    discharged_mAh: mAh_from_C(one.discharged_C),
    coulombic_efficiency: one.coulombic_efficiency,
    coulombic_efficiency_error: one.coulombic_efficiency_error,
    polarisation_mV: mV(one.polarisation_V),
    plating_plateau_mV: mV(one.plating_plateau_V),
    stripping_plateau_mV: mV(one.stripping_plateau_V),
    nucleation_eta_n_mV: mV(dip?.eta_n_V ?? null),
    nucleation_mu_n_mV: mV(dip?.mu_n_V ?? null),
    retention: one.retention,
    flags: one.flags,
  };
}

export function labTestDocument(test: LabTest, wish: LabTestWish, written: readonly string[]): Record<string, unknown> {
  const { file, lab, spectra, reasons, paths, decisions } = test;
  const [record] = file.records;
  const cycling = lab?.cycling ?? null;
  const { area_m2, sign } = wish.overrides;
  return {
    path: paths[0],
    paths,
    joined: decisions,
    read: true,
    format: file.format,
    kind: file.kind,
    rows: file.rows,
    start_unix_s: file.start_unix_s,
    sign: { ...file.sign, given: sign !== undefined },
    cell: wish.cell,
    area_cm2: area_m2 === undefined ? null : cm2_from_m2(area_m2),
    needs: openNeeds(file, wish),
    record:
      record === undefined
        ? null
        : {
            rows: record.time_s.length,
            time_s: [record.time_s[0], record.time_s.at(-1)],
            voltage_V: rangeOf(record.voltage_V),
            current_A: rangeOf(record.current_A),
          },
    verdict: lab?.verdict ?? null,
    sentences: labTestSentences(test),
    efficiency_convention: cycling?.convention ?? null,
    efficiency_convention_words: cycling === null ? null : `${cycling.conventionWords}; ${cycling.pairing.words}`,
    cycles: cycling?.cycles.map(cycleDocument) ?? null,
    cycling,
    shorts: lab?.shorts ?? null,
    direct_current: lab?.directCurrent ?? null,
    spectra: file.spectra.map(({ frequency_Hz, row, time_s }, k) => ({
      ...(spectra?.spectra[k] ?? {}),
      points: frequency_Hz.length,
      row,
      frequency_Hz: [frequency_Hz[0], frequency_Hz.at(-1)],
      time_s: time_s[0],
    })),
    spectra_together:
      spectra === null
        ? null
        : {
            frequencies_Hz: spectra.frequencies_Hz,
            circuit: spectra.circuit,
            series: spectra.series,
            temperature: spectra.temperature,
            remarks: spectra.remarks,
          },
    not_analysed: reasons,
    columns: file.columns,
    metadata: file.metadata,
    remarks: file.remarks,
    written,
  };
}

/** Sentences a person can read, most important first. */
export function labTestSentences({ lab, spectra, file }: LabTest): readonly string[] {
  if (file.kind === 'empty') return ['The file is well-formed and holds no measurement.'];
  return lab?.sentences ?? spectra?.sentences ?? [];
}
