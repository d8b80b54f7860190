// A number that knows where it comes from. Every value in the data files of this room is one of these.

/**
 * How far a number can be trusted: `measured` is a measurement with its source named, `published` a parameter of a published
 * model that its source does not show to be measured, `computed` derived from other numbers, `fitted` fitted here to data
 * that are named, `memory` not yet checked against the paper named, `prior` chosen here, `assumed` stated by an author.
 */
export type PropertyTag = 'measured' | 'published' | 'computed' | 'fitted' | 'memory' | 'prior' | 'assumed';

export interface Property {
  readonly value: number;
  /** SI unit; '1' for a plain number. */
  readonly unit: string;
  readonly tag: PropertyTag;
  /** DOI, parameter set, or the reason for the value. */
  readonly source: string;
  /** Plausible range, same unit. */
  readonly range?: readonly [number, number];
}
