// Bad input is one error that lists every fault: where, what was found, what is wanted, and a likely fix.

/** One fault of an input. `where` is a path such as `cell.separator.porosity`, or `file:line`. */
export interface Issue {
  readonly where: string;
  readonly found: string;
  readonly wanted: string;
  readonly hint?: string;
}

/** One line for a person: `cell.separator.porosity: got 39, want a fraction between 0 and 1 (did you mean 0.39?)`. */
export function formatIssue({ where, found, wanted, hint }: Issue): string {
  const place = where === '' ? '' : `${where}: `;
  return `${place}got ${found}, want ${wanted}${hint === undefined ? '' : ` (${hint})`}`;
}

/** Bad input of any kind. Carries all issues found, never only the first. */
export class InputError extends Error {
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    super(issues.map(formatIssue).join('\n'));
    this.name = 'InputError';
    this.issues = issues;
  }
}
