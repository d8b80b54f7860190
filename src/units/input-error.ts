// Bad input is one error that lists every fault: where, what was found, what is wanted, and a likely fix.

/** One fault of an input. `where` is a path such as `cell.separator.porosity`, or `file:line`. */
export interface Issue {
  readonly where: string;
  readonly found: string;
  readonly wanted: string;
  readonly hint?: string;
}

/** A line of a terminal or two: what is longer is told by how it begins. */
const FOUND_LENGTH_MAX = 200;

/** Input as a message repeats it. */
export function shortened(text: string): string {
  return text.length <= FOUND_LENGTH_MAX
    ? text
    : `${text.slice(0, FOUND_LENGTH_MAX)}… (${text.length} characters in all)`;
}

/** One line for a person: `cell.separator.porosity: got 39, want a fraction between 0 and 1 (did you mean 0.39?)`. */
export function formatIssue({ where, found, wanted, hint }: Issue): string {
  const place = where === '' ? '' : `${shortened(where)}: `;
  return `${place}got ${shortened(found)}, want ${wanted}${hint === undefined ? '' : ` (${hint})`}`;
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
