// A Parquet file as a file of an instrument: records of this program, tables in the words of the Battery Data Format, and exports of cyclers
// that somebody kept as Parquet. Loaded when the first such file is opened.

import { PARQUET_METADATA_KEY } from '../records/index.ts';
import { InputError } from '../units/index.ts';
import { assemble, type RawColumn } from './assemble.ts';
import { createRemarks, type FileMetadata, type InstrumentFile, type ReaderOptions } from './contract.ts';
import { ParquetFault, type ParquetTable, readParquetTable } from './parquet-table.ts';

/**
 * The table of a Parquet file by the headings of its columns.
 *
 * @throws InputError where the file is cut or damaged, or announces more than its size can hold.
 */
export function readParquetFile(bytes: Uint8Array, options: ReaderOptions): InstrumentFile {
  const where = options.name ?? 'file';
  const remarks = createRemarks();
  let table: ParquetTable;
  try {
    table = readParquetTable(bytes, options.unpack);
  } catch (error) {
    if (!(error instanceof ParquetFault)) throw error;
    throw new InputError([{ where, found: `a Parquet file, but ${error.message}`, wanted: 'a whole Parquet file' }]);
  }
  for (const fault of table.faults) remarks.add('', fault);
  if (table.columns.length === 0 && table.faults.length > 0) {
    const hint = 'write it again with Snappy, gzip or no packing, in flat columns';
    throw new InputError([{ where, found: `a Parquet file: ${table.faults[0]}`, wanted: 'columns of numbers', hint }]);
  }
  const own = table.metadata.get(PARQUET_METADATA_KEY);
  const isBdf = table.columns.some(({ name }) => /^(?:test time \/ s|test_time_second)$/i.test(name));
  return assemble(
    {
      format: own === undefined ? `Parquet${isBdf ? ' (BDF)' : ''}` : 'limetal record (Parquet)',
      columns: table.columns.map(
        ({ name, values, isClock, words }): RawColumn => ({
          heading: name,
          values,
          ...(isClock ? { kind: 'clock' as const } : {}),
          ...(words === undefined ? {} : { words }),
        }),
      ),
      rows: table.rows,
      place: (row) => `row ${row + 1}`,
      metadata: metadataOf(table, own),
      ...(own === undefined ? { signByCounters: true as const } : {}),
      ...(own !== undefined
        ? { signWhy: 'a record of limetal counts an oxidising current as positive' }
        : isBdf
          ? { signWhy: 'BDF counts a charging current as positive' }
          : {}),
    },
    remarks,
    options,
  );
}

function metadataOf({ createdBy, metadata }: ParquetTable, own: string | undefined): FileMetadata[] {
  const found: FileMetadata[] = [];
  const put = (name: string, text: string, where: string, caution?: string): void => {
    if (text !== '')
      found.push({ name, text: text.slice(0, 200), where, ...(caution === undefined ? {} : { caution }) });
  };
  put('Written by', createdBy, 'footer');
  if (own !== undefined) {
    const { area_m2, provenance } = documentOf(own);
    if (typeof area_m2 === 'number')
      put(
        'Area',
        `${area_m2 * 1e4} cm2`,
        `key ${PARQUET_METADATA_KEY}`,
        'said when the record was written; it is not used',
      );
    if (typeof provenance === 'object' && provenance !== null)
      put('Provenance', JSON.stringify(provenance), `key ${PARQUET_METADATA_KEY}`);
  }
  for (const [name, text] of [...metadata].slice(0, 50)) {
    // Schemas of other programs, packed.
    if (name === PARQUET_METADATA_KEY || name === 'ARROW:schema' || name === 'pandas') continue;
    put(name.slice(0, 60), text, 'footer');
  }
  return found;
}

function documentOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
