import * as z from 'zod/mini';

/** What is asked of the literature, how it is shown, and the rows that the reader adds. Limits are kept as typed. */
export const literatureSlice = z.object({
  show: z.enum(['printed', 'computed']),
  /** Empty for all. */
  table: z.enum(['', 'A1', 'B1', 'B2', 'B3', 'own']),
  /** A group or a family of groups; empty for all. */
  group: z.string(),
  electrolyte: z.string(),
  words: z.string(),
  efficiencyFrom: z.string(),
  efficiencyTo: z.string(),
  currentFrom: z.string(),
  currentTo: z.string(),
  capacityFrom: z.string(),
  capacityTo: z.string(),
  sort: z.enum(['printed', 'efficiency', 'current', 'capacity', 'cycles', 'duration', 'resistance', 'polarisation']),
  isDescending: z.boolean(),
  against: z.enum(['current', 'capacity', 'cycles']),
  scale: z.enum(['percent', 'lce']),
  colour: z.enum(['strategy', 'electrolyte']),
  /** The row that is open. */
  row: z.nullable(z.string()),
  parity: z.enum(['efficiency', 'resistance', 'polarisation']),
  /** Runs behind each band. */
  samples: z.int().check(z.minimum(10), z.maximum(1000)),
  /** Files of own rows, as they were opened. */
  own: z.array(z.object({ name: z.string(), text: z.string() })),
});

export type LiteratureSlice = z.infer<typeof literatureSlice>;

export const START_LITERATURE: LiteratureSlice = {
  show: 'printed',
  table: '',
  group: '',
  electrolyte: '',
  words: '',
  efficiencyFrom: '',
  efficiencyTo: '',
  currentFrom: '',
  currentTo: '',
  capacityFrom: '',
  capacityTo: '',
  sort: 'printed',
  isDescending: false,
  against: 'current',
  scale: 'lce',
  colour: 'electrolyte',
  row: null,
  parity: 'efficiency',
  samples: 200,
  own: [],
};
