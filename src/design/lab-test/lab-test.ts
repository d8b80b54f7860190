// What a measured test says, whoever asks: the analyses of its file with what only a person knows of the cell. Shell and page ask here, so
// that their numbers are the same.

import {
  type AnalysedCellKind,
  analyseLabCell,
  analyseSpectra,
  type FitLive,
  type LabFindings,
  type SpectraFindings,
  spectraSentences,
} from '../../analysis/index.ts';
import type { InstrumentFile, ReaderOverrides } from '../../readers/index.ts';
import { formatIssue, InputError } from '../../units/index.ts';

/** What a person says of a test. */
export interface LabTestWish {
  /** Null: not given. Most questions have no meaning without. */
  readonly cell: AnalysedCellKind | null;
  readonly electrolyte: 'liquid' | 'solid' | null;
  /** Relative difference between what the instrument measures in the two directions, a fraction; null: not known. */
  readonly gainMismatch: number | null;
  /** Null: chosen by the data. */
  readonly circuit: string | null;
  /** With which the file was read: its area and sign are those of the results. */
  readonly overrides: Pick<ReaderOverrides, 'area_m2' | 'sign'>;
}

/** A test that was read, with all that was found. */
export interface LabTest {
  /** Names of the file, or of all that were joined. */
  readonly paths: readonly string[];
  readonly file: InstrumentFile;
  /** How files were joined; empty for a single one. */
  readonly decisions: readonly { readonly where: string; readonly message: string }[];
  /** Null without a kind of cell, without which most questions have no meaning, and for a file without measurements. */
  readonly lab: LabFindings | null;
  /** What spectra say, by themselves where no kind of cell was given: then nothing of interfaces. */
  readonly spectra: SpectraFindings | null;
  /** Why something was not analysed, in sentences. */
  readonly reasons: readonly string[];
}

/** Questions that only a kind of cell gives a meaning are not asked without one. `live` watches and stops the fits of a long series of spectra. */
export function labTestFindings(
  file: InstrumentFile,
  wish: LabTestWish,
  live: FitLive = {},
): Pick<LabTest, 'lab' | 'spectra' | 'reasons'> {
  const { records, spectra } = file;
  const { cell, electrolyte, gainMismatch, circuit, overrides } = wish;
  const reasons: string[] = [];
  if (records.length + spectra.length === 0) return { lab: null, spectra: null, reasons };
  const area_m2 = overrides.area_m2 ?? null;
  /** A circuit with more parameters than a spectrum has points stops the analysis of that file and no other. */
  const attempted = <Result>(run: () => Result): Result | null => {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      reasons.push(...error.issues.map(formatIssue));
      return null;
    }
  };
  if (cell !== null) {
    const about = { records, cell, electrolyte, area_m2, cycling: { gainMismatch } };
    const lab =
      attempted(() => analyseLabCell({ ...about, spectra, impedance: { circuit, live } })) ??
      attempted(() => analyseLabCell({ ...about, spectra: [] }));
    return { lab, spectra: lab?.spectra ?? null, reasons };
  }
  reasons.push('the kind of cell was not given: no efficiency, no shorts, no resistance of interfaces');
  if (spectra.length === 0) return { lab: null, spectra: null, reasons };
  // Whatever the cell: what is read off a spectrum and fitted to it is the same, what it means is not.
  const bare = attempted(() => analyseSpectra(spectra, { cell: 'Li|cathode', area_m2, circuit, live }));
  const unknown = 'The kind of cell was not given.';
  return {
    lab: null,
    spectra:
      bare === null
        ? null
        : {
            ...bare,
            sentences: spectraSentences(bare),
            spectra: bare.spectra.map((one) => ({ ...one, interface: null, closedArcs: null, refused: unknown })),
          },
    reasons,
  };
}
