// Files with several measurements in them: each is read as a table of its own, and the results lie side by side in one answer.

import { InputError } from '../units/index.ts';
import { assemble, type RawTable } from './assemble.ts';
import {
  createRemarks,
  type FileMetadata,
  type InstrumentFile,
  REMARKS_MAX,
  type ReaderOptions,
  type ReaderRemark,
  type RemarkList,
} from './contract.ts';

/** One measurement of a file, with the name it goes by there. */
export interface Part {
  readonly name: string;
  readonly table: RawTable;
}

/** First of each by a key, in order. */
function distinct<T>(values: readonly T[], key: (value: T) => string): readonly T[] {
  const seen = new Map<string, T>();
  for (const value of values) if (!seen.has(key(value))) seen.set(key(value), value);
  return [...seen.values()];
}

/** The measurements of one file as one result: a record for each that cycles, and the spectra of all. */
export function assembleSeveral(
  parts: readonly Part[],
  format: string,
  metadata: readonly FileMetadata[],
  remarks: RemarkList,
  options: ReaderOptions,
): InstrumentFile {
  const wanted = options.overrides?.columns ?? {};
  const headings = [...new Set(parts.flatMap(({ table }) => table.columns.map(({ heading }) => heading)))];
  const missing = Object.keys(wanted).filter((heading) => !headings.includes(heading));
  if (missing.length > 0 && parts.length > 0) {
    throw new InputError(
      missing.map((heading) => ({
        where: 'overrides.columns',
        found: `'${heading}'`,
        wanted: `a heading of the file: ${headings.slice(0, 30).join(', ')}`,
      })),
    );
  }
  const filled = parts.filter(({ table }) => table.rows > 0);
  const read = (filled.length > 0 ? filled : parts.slice(0, 1)).map(({ name, table }) => {
    const own = table.columns.map(({ heading }) => heading);
    const columns = Object.fromEntries(Object.entries(wanted).filter(([heading]) => own.includes(heading)));
    const file = assemble({ ...table, metadata }, createRemarks(), {
      ...options,
      overrides: { ...options.overrides, columns },
    });
    return { name, file };
  });
  if (read.length === 0)
    return assemble({ format, columns: [], rows: 0, place: () => '', metadata }, remarks, { name: options.name ?? '' });
  const files = read.map(({ file }) => file);
  const records = files.flatMap((file) => file.records);
  const spectra = files.flatMap((file) => file.spectra);
  const found: ReaderRemark[] = [
    ...remarks.finish(),
    ...read.flatMap(({ name, file }) =>
      file.remarks.map(({ where, message }) => ({
        where: read.length === 1 ? where : `${name}${where === '' ? '' : `, ${where}`}`,
        message,
      })),
    ),
  ];
  return {
    kind: records.length > 0 ? (spectra.length > 0 ? 'both' : 'cycling') : spectra.length > 0 ? 'impedance' : 'empty',
    format,
    rows: files.reduce((sum, file) => sum + file.rows, 0),
    records,
    spectra,
    sign: files.find((file) => file.records.length > 0)?.sign ?? files[0]!.sign,
    columns: distinct(
      files.flatMap((file) => file.columns),
      ({ heading, to }) => `${heading}\n${to}`,
    ),
    start_unix_s: files.map((file) => file.start_unix_s).find((start) => start !== null) ?? null,
    metadata,
    remarks: found.slice(0, REMARKS_MAX + 1),
    needs: distinct(
      files.flatMap((file) => file.needs),
      ({ what, why }) => `${what}\n${why}`,
    ),
  };
}
