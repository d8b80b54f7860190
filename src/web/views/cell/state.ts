import * as z from 'zod/mini';

/** The cell on the bench: where it came from, and what was changed of it. */
export const cellSlice = z.object({
  /** Id of a built-in cell; empty where `file` holds all of it. */
  base: z.string(),
  /** A whole cell file as text, for a cell that was changed, opened or begun blank; null for a built-in cell as it is. */
  file: z.nullable(z.string()),
  /** Protocol as lines of text; null for the cell's own. */
  protocol: z.nullable(z.string()),
  model: z.enum(['fast', 'full']),
  cycles: z.nullable(z.int().check(z.positive(), z.maximum(100_000))),
  /** Id of a second cell that is laid over; null without. */
  beside: z.nullable(z.string()),
  hasBands: z.boolean(),
});

export type CellSlice = z.infer<typeof cellSlice>;

export const START_CELL: CellSlice = {
  base: 'li-cu-ether-nitrate',
  file: null,
  protocol: null,
  model: 'fast',
  cycles: null,
  beside: null,
  hasBands: false,
};
