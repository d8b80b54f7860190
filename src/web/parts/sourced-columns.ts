// Numbers that answer when they are clicked, with everything that they answer, as a table to be saved.

import type { Property } from '../../materials/index.ts';
import type { TableColumn } from '../../records/index.ts';
import { columnsOf } from '../charts/table-columns.ts';
import type { Sourced } from './sourced.tsx';

export const sourcedColumns = (numbers: readonly Sourced[]): readonly TableColumn[] =>
  columnsOf(numbers, {
    Number: ({ label }) => label,
    // A number that is shown in words stands in its own column, so that the values stay numbers.
    Value: ({ value }) => (typeof value === 'number' ? value : plainNumber(value)),
    'In words': ({ value }) => (typeof value === 'number' || plainNumber(value) !== null ? '' : value),
    Unit: ({ unit }) => unit,
    Low: ({ band }) => band?.[0] ?? null,
    High: ({ band }) => band?.[1] ?? null,
    Kind: ({ tag }) => tag,
    Source: ({ source }) => source,
    DOI: ({ doi }) => doi ?? '',
    Equation: ({ equation }) => equation ?? '',
    Note: ({ note }) => note ?? '',
  });

const plainNumber = (text: string): number | null => {
  const value = Number(text.replace('−', '-'));
  return text.trim() === '' || Number.isNaN(value) ? null : value;
};

/** What an answer was computed from, in SI. */
export const propertyColumns = (
  numbers: readonly { readonly name: string; readonly property: Property }[],
): readonly TableColumn[] =>
  columnsOf(numbers, {
    Number: ({ name }) => name,
    Value: ({ property }) => property.value,
    Unit: ({ property }) => property.unit,
    Low: ({ property }) => property.range?.[0] ?? null,
    High: ({ property }) => property.range?.[1] ?? null,
    Kind: ({ property }) => property.tag,
    Source: ({ property }) => property.source,
  });
