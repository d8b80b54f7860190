// A computed number with the middle 80 % of its draws beside it, and the numbers that something was computed from.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Banded } from '../../design/index.ts';
import type { Property } from '../../materials/index.ts';
import { fieldText } from '../../units/index.ts';
import { type ExportContext, ExportLine } from '../charts/export-menu.tsx';
import { numberText } from '../charts/number-text.ts';
import { doiIn } from './doi-in.ts';
import { type Sourced, SourcedValue } from './sourced.tsx';
import { propertyColumns } from './sourced-columns.ts';
import { SourcedCell, SourcedTable } from './sourced-table.tsx';

/** What makes a banded number one that answers when it is clicked. */
export interface BandedSource {
  readonly label: string;
  readonly unit: string;
  readonly equation: string;
  /** What it was computed from. */
  readonly source: string;
  readonly note?: string;
}

/** A banded number in a unit of the field; `shown` takes the SI number there, and may turn it round. */
export function bandedSourced(
  { value, band80 }: Banded,
  shown: (value: number) => number,
  { label, unit, equation, source, note }: BandedSource,
): Sourced {
  const [a, b] = [shown(band80[0]), shown(band80[1])];
  return {
    label,
    value: shown(value),
    unit,
    band: [Math.min(a, b), Math.max(a, b)],
    tag: 'computed',
    source,
    equation,
    note: `The band is the middle 80 % of the draws over all that is uncertain.${note === undefined ? '' : ` ${note}`}`,
  };
}

/** The number, and its band in small print where it has one. */
export function BandedValue({
  of,
  significant = 3,
}: {
  readonly of: Sourced;
  readonly significant?: number;
}): JSX.Element {
  const { band } = of;
  const hasBand = band != null && (band[0] !== of.value || band[1] !== of.value);
  const bandText = hasBand ? `${numberText(band[0], 2)} to ${numberText(band[1], 2)}` : '';
  return <SourcedValue of={of} significant={significant} bandText={bandText} />;
}

const DEGREES: Readonly<Record<string, string>> = { rad: '°', 'rad/K': '°/K' };

const propertyText = (values: readonly number[], unit: string): string => {
  const degrees = DEGREES[unit];
  if (degrees === undefined) return fieldText(values, unit, { size_SI: Math.abs(values.at(-1)!) });
  return `${values.map((value) => numberText((value * 180) / Math.PI, 3)).join(' to ')} ${degrees}`.replace(' °', '°');
};

/** A number of the library as one that answers when it is clicked. */
export function sourcedProperty(label: string, { value, unit, tag, source, range }: Property): Sourced {
  const doi = doiIn(source);
  return {
    label,
    value: propertyText([value], unit),
    unit: '',
    tag,
    source,
    ...(doi === undefined ? {} : { doi }),
    ...(range === undefined ? {} : { note: `Plausible from ${propertyText(range, unit)}.` }),
  };
}

/** Everything that went into an answer, each with kind and source; drawn when it is opened. */
export function NumbersTable({
  numbers,
  exported,
}: {
  readonly numbers: readonly { readonly name: string; readonly property: Property }[];
  readonly exported: ExportContext;
}): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const sourcedAt = (place: string): Sourced | null => {
    const one = numbers.find(({ name }) => name === place);
    return one === undefined ? null : sourcedProperty(one.name, one.property);
  };
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The {numbers.length} numbers that this comes from, with their sources</summary>
      {isOpen ? (
        <div class="scroll">
          <ExportLine title="these numbers" figure={null} table={() => propertyColumns(numbers)} context={exported} />
          <SourcedTable sourcedAt={sourcedAt}>
            <thead>
              <tr>
                <th scope="col" class="text">
                  Number
                </th>
                <th scope="col">Value</th>
                <th scope="col">Range</th>
                <th scope="col" class="text">
                  Kind
                </th>
              </tr>
            </thead>
            <tbody>
              {numbers.map(({ name, property }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>
                    <SourcedCell at={name}>{propertyText([property.value], property.unit)}</SourcedCell>
                  </td>
                  <td>
                    {property.range === undefined ? null : (
                      <SourcedCell at={name}>{propertyText(property.range, property.unit)}</SourcedCell>
                    )}
                  </td>
                  <td class="text">{property.tag}</td>
                </tr>
              ))}
            </tbody>
          </SourcedTable>
        </div>
      ) : null}
    </details>
  );
}
