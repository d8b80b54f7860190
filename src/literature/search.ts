// Which rows and claims answer a question. Limits are in SI, as everything below the doors of this program; the printed
// numbers stay as they are and are converted only to be compared.

import { A_per_m2_from_mA_per_cm2, C_per_m2_from_mAh_per_cm2, type Issue, nearestHint } from '../units/index.ts';
import type { Claim } from './claim.ts';
import { quantityInSI } from './in-si.ts';
import {
  ELECTROLYTE_CLASSES,
  type ElectrolyteClass,
  FAMILIES,
  FAMILY_OF_GROUP,
  type Family,
  GROUPS,
  type Group,
  type LiteratureRow,
  type Meaning,
  QUANTITY_KINDS,
  type Quantity,
  type QuantityKind,
} from './row.ts';

/** What a search asks for; every part that is given must hold, and those about numbers for one and the same number. */
export interface LiteratureQuery {
  /** A1, B1, B2, B3, own. */
  readonly table?: string;
  /** A group, or a family of groups: `host` finds the hosts of A1 and all of B2. */
  readonly group?: Group | Family;
  readonly electrolyte?: ElectrolyteWord;
  /** Every word of it stands somewhere in the record, whatever the case and the spelling of subscripts. */
  readonly text?: string;
  /** The cited work's number, in the table or in the text. */
  readonly reference?: number;
  readonly quantity?: QuantityKind;
  /** Coulombic efficiency of lithium, as a fraction. Those of full cells do not count. */
  readonly coulombic_efficiency_min?: number;
  readonly coulombic_efficiency_max?: number;
  readonly currentDensity_A_per_m2_min?: number;
  readonly currentDensity_A_per_m2_max?: number;
  readonly arealCapacity_C_per_m2_min?: number;
  readonly arealCapacity_C_per_m2_max?: number;
}

/** Classes, of which `ether` and `carbonate` take in their kinds with an additive, and two words for those without. */
export const ELECTROLYTE_WORDS = [...ELECTROLYTE_CLASSES, 'ether-plain', 'carbonate-plain'] as const;
export type ElectrolyteWord = (typeof ELECTROLYTE_WORDS)[number];

const CLASSES_OF_WORD: Readonly<Partial<Record<ElectrolyteWord, readonly ElectrolyteClass[]>>> = {
  ether: ['ether', 'ether-nitrate'],
  carbonate: ['carbonate', 'carbonate-additive'],
  'ether-plain': ['ether'],
  'carbonate-plain': ['carbonate'],
};

export const SORT_KEYS = [
  'printed',
  'efficiency',
  'current',
  'capacity',
  'cycles',
  'duration',
  'resistance',
  'polarisation',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

interface Range {
  readonly low: number;
  readonly high: number;
}

/** The number in SI with what its bound leaves open, or null where its unit says too little. */
function rangeOf(quantity: Quantity): Range | null {
  const inSI = quantityInSI(quantity);
  if (inSI === null) return null;
  const { value_SI, value_SI_max = value_SI } = inSI;
  return {
    low: quantity.bound === 'less-than' ? Number.NEGATIVE_INFINITY : value_SI,
    high: quantity.bound === 'greater-than' ? Number.POSITIVE_INFINITY : value_SI_max,
  };
}

const point = (value: number | undefined, toSI: (value: number) => number): Range | null =>
  value === undefined ? null : { low: toSI(value), high: toSI(value) };

/** Room for rounding in the comparison with a limit, relative. */
const ROUNDING = 1e-9;

/** Whether the printed number may lie within the limits; a limit excludes what is not given at all. */
function within(range: Range | null, min: number | undefined, max: number | undefined): boolean {
  if (min === undefined && max === undefined) return true;
  return (
    range !== null &&
    (min === undefined || range.high >= min - ROUNDING * Math.abs(min)) &&
    (max === undefined || range.low <= max + ROUNDING * Math.abs(max))
  );
}

interface Numbered {
  readonly quantity: Quantity;
  readonly currentDensity_A_per_m2: Range | null;
  readonly arealCapacity_C_per_m2: Range | null;
}

/** Every number with the current density and areal capacity that hold for it: its own, or those of the whole record. */
function numbered(quantities: readonly Quantity[]): readonly Numbered[] {
  const whole = (kind: QuantityKind): Range | null => {
    const conditions = quantities.filter((one) => one.kind === kind && one.means === 'cycling-condition');
    return conditions.length === 1 ? rangeOf(conditions[0]!) : null;
  };
  const current = whole('current-density');
  const capacity = whole('areal-capacity');
  return quantities.map((quantity) => {
    const { currentDensity_mA_per_cm2: j, arealCapacity_mAh_per_cm2: q } = quantity.conditions ?? {};
    return {
      quantity,
      currentDensity_A_per_m2: point(j, A_per_m2_from_mA_per_cm2) ?? current,
      arealCapacity_C_per_m2: point(q, C_per_m2_from_mAh_per_cm2) ?? capacity,
    };
  });
}

const asksForEfficiency = (query: LiteratureQuery): boolean =>
  query.coulombic_efficiency_min !== undefined || query.coulombic_efficiency_max !== undefined;

function numberMatches({ quantity, ...conditions }: Numbered, query: LiteratureQuery): boolean {
  if (query.quantity !== undefined && quantity.kind !== query.quantity) return false;
  if (asksForEfficiency(query)) {
    if (quantity.kind !== 'coulombic-efficiency' || quantity.means !== 'lithium-efficiency') return false;
    if (!within(rangeOf(quantity), query.coulombic_efficiency_min, query.coulombic_efficiency_max)) return false;
  }
  const { currentDensity_A_per_m2, arealCapacity_C_per_m2 } = conditions;
  return (
    within(currentDensity_A_per_m2, query.currentDensity_A_per_m2_min, query.currentDensity_A_per_m2_max) &&
    within(arealCapacity_C_per_m2, query.arealCapacity_C_per_m2_min, query.arealCapacity_C_per_m2_max)
  );
}

const asksForNumbers = (query: LiteratureQuery): boolean =>
  query.quantity !== undefined ||
  asksForEfficiency(query) ||
  query.currentDensity_A_per_m2_min !== undefined ||
  query.currentDensity_A_per_m2_max !== undefined ||
  query.arealCapacity_C_per_m2_min !== undefined ||
  query.arealCapacity_C_per_m2_max !== undefined;

/** Small letters, and subscripts as digits: "Li₃N" finds "Li3N". */
const comparable = (text: string): string => text.normalize('NFKC').toLowerCase();

function textMatches(record: unknown, query: string | undefined): boolean {
  if (query === undefined) return true;
  const all = comparable(JSON.stringify(record));
  return comparable(query)
    .split(/\s+/)
    .every((word) => all.includes(word));
}

const groupMatches = (group: Group | null, wanted: Group | Family | undefined): boolean =>
  wanted === undefined || group === wanted || (group !== null && FAMILY_OF_GROUP[group] === wanted);

const numbersMatch = (quantities: readonly Quantity[], query: LiteratureQuery): boolean =>
  !asksForNumbers(query) || numbered(quantities).some((one) => numberMatches(one, query));

const quantitiesOfRow = (row: LiteratureRow): readonly Quantity[] =>
  row.entries.flatMap(({ quantities }) => quantities);

/** The rows that answer the query, in the order given. */
export function findRows(rows: readonly LiteratureRow[], query: LiteratureQuery): readonly LiteratureRow[] {
  const { table, electrolyte, reference } = query;
  const classes: readonly (string | undefined)[] =
    electrolyte === undefined ? [] : (CLASSES_OF_WORD[electrolyte] ?? [electrolyte]);
  return rows.filter(
    (row) =>
      (table === undefined || row.table === table) &&
      groupMatches(row.group, query.group) &&
      (electrolyte === undefined || classes.includes(row.electrolyte?.class)) &&
      (reference === undefined || row.reference.table === reference || row.reference.text === reference) &&
      textMatches(row, query.text) &&
      numbersMatch(quantitiesOfRow(row), query),
  );
}

/** The claims that answer the query. A query for a table or a class of electrolyte finds those about rows that answer it. */
export function findClaims(
  claims: readonly Claim[],
  rows: readonly LiteratureRow[],
  query: LiteratureQuery,
): readonly Claim[] {
  const { table, electrolyte, reference } = query;
  const about =
    table === undefined && electrolyte === undefined
      ? null
      : new Set(
          findRows(rows, {
            ...(table === undefined ? {} : { table }),
            ...(electrolyte === undefined ? {} : { electrolyte }),
          }).map(({ id }) => id),
        );
  return claims.filter(
    (claim) =>
      (about === null || [...claim.rows, ...claim.contradicts.map(({ row }) => row)].some((row) => about.has(row))) &&
      groupMatches(claim.group, query.group) &&
      (reference === undefined || claim.reference === reference) &&
      textMatches(claim, query.text) &&
      numbersMatch(claim.quantities, query),
  );
}

/** The number by which a row is sorted, or null where it has none of the kind. */
function sortValue(row: LiteratureRow, key: Exclude<SortKey, 'printed'>): number | null {
  const all = quantitiesOfRow(row);
  const first = (kind: QuantityKind, means?: Meaning): number | null => {
    const found = all.find((one) => one.kind === kind && (means === undefined || one.means === means));
    // A resistance without its area is sorted by its printed number.
    return found === undefined ? null : (quantityInSI(found)?.value_SI ?? found.value);
  };
  const condition = (of: (one: Numbered) => Range | null): number | null =>
    numbered(all)
      .map(of)
      .find((range) => range !== null)?.low ?? null;
  switch (key) {
    case 'efficiency':
      return first('coulombic-efficiency', 'lithium-efficiency');
    case 'current':
      return condition(({ currentDensity_A_per_m2 }) => currentDensity_A_per_m2);
    case 'capacity':
      return condition(({ arealCapacity_C_per_m2 }) => arealCapacity_C_per_m2);
    case 'cycles':
      return first('cycle-count', 'test-length');
    case 'duration':
      return first('duration', 'test-length');
    case 'resistance':
      return first('interfacial-resistance');
    case 'polarisation':
      return first('polarisation');
  }
}

/** Sorted by the key, the smallest first unless `descending`; rows without the number last, equals in their order. */
export function sortRows(rows: readonly LiteratureRow[], key: SortKey, descending = false): readonly LiteratureRow[] {
  if (key === 'printed') return descending ? [...rows].reverse() : rows;
  const keyed = rows.map((row) => ({ row, value: sortValue(row, key) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    return descending ? b.value - a.value : a.value - b.value;
  });
  return keyed.map(({ row }) => row);
}

/** The word as one of `known`, whatever its case and with spaces for hyphens; an issue with the nearest ones where it is none. */
export function readWord<const Word extends string>(
  where: string,
  word: string,
  known: readonly Word[],
  wanted: string,
): Word | Issue {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
      .replace(/\s*\+\s*/g, '+')
      .trim();
  const found = known.find((one) => plain(one) === plain(word));
  if (found !== undefined) return found;
  const hint = nearestHint(word, known);
  return { where, found: JSON.stringify(word), wanted, ...(hint === undefined ? {} : { hint }) };
}

export const GROUP_WORDS: readonly (Group | Family)[] = [...new Set<Group | Family>([...GROUPS, ...FAMILIES])];
export const QUANTITY_WORDS = QUANTITY_KINDS;
