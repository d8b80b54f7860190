// What the running text of a review says in numbers, and what it says against its own tables.

import type { Correction, Group, Quantity } from './row.ts';

export interface Claim {
  /** `ca-16`, `cb-05`: which review, and which claim of it in reading order. */
  readonly id: string;
  /** Id of the review in `papers()`. */
  readonly paper: string;
  readonly section: string;
  /** The number of the cited work in the running text, or null where none is cited. */
  readonly reference: number | null;
  readonly subject: string;
  readonly group: Group | null;
  /** The words of the text that hold the claim. */
  readonly printed: string;
  /** Empty where the text gives a size in words only. */
  readonly quantities: readonly Quantity[];
  readonly corrections: readonly Correction[];
  /** Ids of the table rows about the same work. */
  readonly rows: readonly string[];
  /** Rows that say something else, and what. */
  readonly contradicts: readonly { readonly row: string; readonly why: string }[];
  readonly remarks: readonly string[];
}

export interface Paper {
  readonly id: string;
  readonly authors: string | null;
  readonly title: string | null;
  readonly journal: string | null;
  readonly year: number | null;
  readonly doi: string | null;
  /** `found` in a public record or given with the work; `memory`: not checked against one; `user`: given with an added row. */
  readonly doiTag: 'found' | 'memory' | 'user' | null;
  /** Under which numbers the reviews' texts cite it. */
  readonly cited: readonly { readonly review: string; readonly number: number }[];
}
