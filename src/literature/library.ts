// The built-in rows with those that a researcher adds, as one.

import type { Issue } from '../units/index.ts';
import type { Paper } from './claim.ts';
import { literatureRows, papers } from './literature.ts';
import type { OwnLiterature } from './own-rows.ts';
import type { LiteratureRow } from './row.ts';

export interface Library {
  readonly rows: readonly LiteratureRow[];
  readonly papers: readonly Paper[];
}

/** Rows and works of the reviews, then those of each file, by its name; an issue for each id that two files give. */
export function libraryWith(
  files: readonly { readonly name: string; readonly own: OwnLiterature }[],
): Library & { readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const rows = [...literatureRows()];
  const works = [...papers()];
  const taken = new Set(rows.map(({ id }) => id));
  for (const { name, own } of files) {
    for (const row of own.rows) {
      if (taken.has(row.id)) {
        issues.push({ where: name, found: `the id ${row.id}`, wanted: 'an id that no other file has' });
      }
      taken.add(row.id);
    }
    rows.push(...own.rows);
    works.push(...own.papers.filter(({ id }) => !works.some((paper) => paper.id === id)));
  }
  return { rows, papers: works, issues };
}
