// Records and spectra of a measured test as files, the same from shell and page.

import type { InstrumentFile } from '../../readers/index.ts';
import {
  recordToBdf,
  recordToCsvChunks,
  recordToJson,
  recordToParquet,
  spectrumToCsv,
  spectrumToJson,
  spectrumToParquet,
} from '../../records/index.ts';

export const LAB_TEST_FORMATS = ['csv', 'json', 'parquet', 'bdf'] as const;
export type LabTestFormat = (typeof LAB_TEST_FORMATS)[number];

export interface LabTestFile {
  readonly name: string;
  readonly content: Uint8Array | Iterable<string>;
}

/** Records and spectra; several are numbered from 1. Names begin with `stem`. */
export async function labTestFiles(
  { records, spectra }: Pick<InstrumentFile, 'records' | 'spectra'>,
  stem: string,
  formats: readonly LabTestFormat[],
): Promise<LabTestFile[]> {
  const files: LabTestFile[] = [];
  const numbered = (k: number, of: number): string => String(k + 1).padStart(String(of).length, '0');
  const add = (ending: string, content: LabTestFile['content']): void =>
    void files.push({ name: `${stem}.${ending}`, content });
  for (const [k, record] of records.entries()) {
    const mark = records.length === 1 ? '' : `record-${numbered(k, records.length)}.`;
    for (const format of formats) {
      if (format === 'csv') add(`${mark}csv`, recordToCsvChunks(record));
      else if (format === 'json') add(`${mark}record.json`, [recordToJson(record)]);
      else if (format === 'parquet') add(`${mark}parquet`, new Uint8Array(await recordToParquet(record)));
      else add(`${mark}bdf.csv`, [recordToBdf(record)]);
    }
  }
  for (const [k, spectrum] of spectra.entries()) {
    const mark = `spectrum-${numbered(k, spectra.length)}`;
    if (formats.includes('csv')) add(`${mark}.csv`, [spectrumToCsv(spectrum)]);
    if (formats.includes('bdf')) add(`${mark}.bdf.csv`, [spectrumToCsv(spectrum, 'bdf')]);
    if (formats.includes('parquet')) add(`${mark}.parquet`, new Uint8Array(await spectrumToParquet(spectrum)));
    if (formats.includes('json')) add(`${mark}.json`, [spectrumToJson(spectrum)]);
  }
  return files;
}
