// The tables and claims of the two reviews, and the works that they cite. The data stand in JSON files beside this one; the tests
// hold them to `schemas.ts`, and every printed word to the reviews' text.

import type { Claim, Paper } from './claim.ts';
import claimFile from './claims.json' with { type: 'json' };
import paperFile from './papers.json' with { type: 'json' };
import { FAMILY_OF_GROUP, type LiteratureRow, type LiteratureTable, type Quantity, type QuantityKind } from './row.ts';
import tableA1 from './table-a1.json' with { type: 'json' };
import tableB1 from './table-b1.json' with { type: 'json' };
import tableB2 from './table-b2.json' with { type: 'json' };
import tableB3 from './table-b3.json' with { type: 'json' };

type StoredRow = Omit<LiteratureRow, 'table' | 'family' | 'provenance' | 'corrections'> &
  Partial<Pick<LiteratureRow, 'corrections'>>;
type StoredTable = LiteratureTable & { readonly rows: readonly StoredRow[] };
type StoredClaim = Omit<Claim, 'corrections'> & Partial<Pick<Claim, 'corrections'>>;

// The compiler reads texts of a JSON file as any text; the tests hold the files to the schema.
const TABLES = [tableA1, tableB1, tableB2, tableB3] as unknown as readonly StoredTable[];
const STORED_CLAIMS = claimFile.claims as unknown as readonly StoredClaim[];
const PAPERS = paperFile.papers as unknown as readonly Paper[];

const ROWS: readonly LiteratureRow[] = TABLES.flatMap((table) =>
  table.rows.map((row) => ({
    ...row,
    table: table.id,
    family: FAMILY_OF_GROUP[row.group],
    corrections: row.corrections ?? [],
    provenance: table.provenance,
  })),
);
const CLAIMS: readonly Claim[] = STORED_CLAIMS.map((claim) => ({ ...claim, corrections: claim.corrections ?? [] }));

/** A1, B1, B2 and B3 without their rows, in this order. */
export function literatureTables(): readonly LiteratureTable[] {
  return TABLES.map(({ id, title, heading, columns, provenance }) => ({ id, title, heading, columns, provenance }));
}

/** All 67 rows in printed order: 27 of A1, 13 of B1, 11 of B2, 16 of B3. */
export function literatureRows(): readonly LiteratureRow[] {
  return ROWS;
}

/** The row with this id, or undefined. */
export function rowById(id: string): LiteratureRow | undefined {
  return ROWS.find((row) => row.id === id);
}

/** Every quantitative statement of the reviews' running texts and captions, in reading order. */
export function claims(): readonly Claim[] {
  return CLAIMS;
}

/** The claims about the work of this row, also those that contradict it. */
export function claimsOn(rowId: string): readonly Claim[] {
  return CLAIMS.filter(({ rows, contradicts }) => rows.includes(rowId) || contradicts.some(({ row }) => row === rowId));
}

/**
 * The two reviews, and those of the works cited in rows that are known surely. The reviews' lists of references are not at hand: a
 * work is identified by what the text says of it, and left out where that leaves doubt.
 */
export function papers(): readonly Paper[] {
  return PAPERS;
}

/** Every quantity of this kind in the row, in printed order, whatever column it was printed in. */
export function quantitiesOf(row: LiteratureRow, kind: QuantityKind): readonly Quantity[] {
  return row.entries.flatMap((entry) => entry.quantities.filter((quantity) => quantity.kind === kind));
}
