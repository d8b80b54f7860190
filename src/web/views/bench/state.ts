import * as z from 'zod/mini';

const file = z.object({
  name: z.string(),
  sign: z.enum(['', '+', '-']),
  encoding: z.enum(['', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'gbk', 'shift_jis']),
  delimiter: z.enum(['', 'tab', 'semicolon', 'comma', 'bar', 'blank']),
  decimal: z.enum(['', 'point', 'comma']),
  /** Meaning of columns by heading, such as `current_mA`. */
  columns: z.record(z.string(), z.string()),
});

/** What was said of lab files and of the cell that they are of; the files themselves stay on the disk they came from. */
export const benchSlice = z.object({
  files: z.array(file).check(z.maxLength(300)),
  join: z.enum(['each', 'told', 'all']),
  cell: z.nullable(z.enum(['Li|Li', 'Li|Cu', 'Li|cathode', 'Cu|cathode'])),
  electrolyte: z.nullable(z.enum(['liquid', 'solid'])),
  /** As typed; empty where it is not known. */
  area: z.string(),
  instrumentError: z.string(),
  circuit: z.string(),
  /** Places from 0, of the test that is shown and of its spectrum. */
  test: z.int().check(z.minimum(0)),
  spectrum: z.int().check(z.minimum(0)),
  compare: z.object({
    /** Id of a built-in cell; `own` for the one on the cell page, empty for none. */
    cell: z.string(),
    names: z.array(z.string()),
    fitTo: z.nullable(z.array(z.enum(['voltage', 'efficiency', 'spectra']))),
    protocol: z.nullable(z.enum(['record', 'own', 'replay'])),
    model: z.enum(['fast', 'full']),
  }),
});

export type BenchSlice = z.infer<typeof benchSlice>;

export type BenchSettings = BenchSlice['files'][number];

export const START_BENCH: BenchSlice = {
  files: [],
  join: 'told',
  cell: null,
  electrolyte: null,
  area: '',
  instrumentError: '',
  circuit: '',
  test: 0,
  spectrum: 0,
  compare: { cell: '', names: [], fitTo: null, protocol: null, model: 'fast' },
};
