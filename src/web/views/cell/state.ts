import * as z from 'zod/mini';

const texts = z.record(z.string(), z.string());

/** The cell on the bench: where it came from, what was changed of it, and how it is run. */
export const cellSlice = z.object({
  /** Id of a built-in cell; not looked at where `file` is given. */
  base: z.string(),
  /** A cell file as text, opened or begun blank. */
  file: z.nullable(z.string()),
  /** What was typed for keys of the file, by path. */
  edits: texts,
  /** What was typed for values that were supplied, by name. */
  values: texts,
  /** Protocol as lines of text; null for the cell's own. */
  protocol: z.nullable(z.string()),
  model: z.enum(['fast', 'full']),
  cycles: z.nullable(z.int().check(z.positive(), z.maximum(100_000))),
  /** Id of a second cell that is laid over; null without. */
  beside: z.nullable(z.string()),
  hasBands: z.boolean(),
  /** Whether the test on the lab bench is laid over; links from before know nothing of it. */
  hasMeasured: z._default(z.boolean(), false),
  /** The layer whose fields are open. */
  layer: z.nullable(z.string()),
  /** The cycle whose losses and overpotentials are shown; null for the last. */
  cycle: z.nullable(z.int()),
});

export type CellSlice = z.infer<typeof cellSlice>;

export const START_CELL: CellSlice = {
  base: 'li-cu-ether-nitrate',
  file: null,
  edits: {},
  values: {},
  protocol: null,
  model: 'fast',
  cycles: null,
  beside: null,
  hasBands: false,
  hasMeasured: false,
  layer: null,
  cycle: null,
};

/** What a view elsewhere sets to open a built-in cell or a file here. */
export const openedCell = (what: { readonly base?: string; readonly file?: string }): CellSlice => ({
  ...START_CELL,
  ...(what.base === undefined ? {} : { base: what.base }),
  file: what.file ?? null,
});
