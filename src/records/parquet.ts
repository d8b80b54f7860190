// A record as a Parquet file: the same columns as the CSV, compressed, with area and provenance in the file's metadata.

import type { CyclingRecord } from './cycling-record.ts';
import { type ImpedanceSpectrum, spectrumToCsv } from './impedance-spectrum.ts';
import { recordColumns } from './table.ts';
import { tableFromCsv } from './table-csv.ts';

/** Key of the file's metadata under which area and provenance stand, as JSON. */
export const PARQUET_METADATA_KEY = 'limetal_record';
/** Version of that metadata. */
export const RECORD_PARQUET_VERSION = 1;

/**
 * The record as a Parquet file, doubles as DOUBLE and cycle and step as INT32, none nullable, Snappy. The metadata key
 * `limetal_record` holds `{version, area_m2, provenance}` as JSON. The writer is loaded on the first call, so that this
 * room costs nothing to those who do not use it. Column statistics are left out: a minimum over NaN means nothing.
 */
export async function recordToParquet(record: CyclingRecord): Promise<ArrayBuffer> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const { area_m2, provenance } = record;
  return parquetWriteBuffer({
    columnData: recordColumns(record).map(([name, data]) => ({
      name,
      data,
      type: data instanceof Int32Array ? 'INT32' : 'DOUBLE',
      nullable: false,
      // A dictionary takes 0 and -0 for one value; plain pages keep every bit and any reader knows them.
      encoding: 'PLAIN',
    })),
    statistics: false,
    kvMetadata: [
      {
        key: PARQUET_METADATA_KEY,
        value: JSON.stringify({ version: RECORD_PARQUET_VERSION, area_m2, provenance }),
      },
    ],
    createdBy: provenance.program,
  });
}

/** A column of a table: numbers, where null is what is not defined, or texts. */
export interface TableColumn {
  readonly name: string;
  readonly data: readonly (number | null)[] | readonly string[];
}

/**
 * Any table of numbers and texts as a Parquet file: DOUBLE, nullable, and STRING. A column that is shorter than others ends in nulls or
 * empty texts, as it does in CSV. `program` is written as its maker.
 */
export async function tableToParquet(columns: readonly TableColumn[], program: string): Promise<ArrayBuffer> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const rows = Math.max(0, ...columns.map(({ data }) => data.length));
  return parquetWriteBuffer({
    columnData: columns.map(({ name, data }) => {
      const isText = data.some((value) => typeof value === 'string');
      const rest = new Array(rows - data.length).fill(isText ? '' : null);
      return {
        name,
        data: [...data, ...rest],
        type: isText ? 'STRING' : 'DOUBLE',
        nullable: !isText,
        encoding: 'PLAIN',
      };
    }),
    statistics: false,
    createdBy: program,
  });
}

/** The points of a spectrum as a Parquet file, the columns of `spectrumToCsv`. */
export const spectrumToParquet = (spectrum: ImpedanceSpectrum): Promise<ArrayBuffer> =>
  tableToParquet(tableFromCsv(spectrumToCsv(spectrum)), spectrum.provenance.program);
