export * from './bdf.ts';
export * from './csv.ts';
export * from './cycling-record.ts';
export * from './impedance-spectrum.ts';
export * from './json.ts';
export * from './parquet.ts';
export * from './record-builder.ts';
export * from './rows.ts';
export type { RecordAbout } from './table.ts';
