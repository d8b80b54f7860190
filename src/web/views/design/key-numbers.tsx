// The numbers that an answer comes to, each of which tells on a click where it is from.

import type { JSX } from 'preact';
import { type ExportContext, ExportLine } from '../../charts/export-menu.tsx';
import { type Sourced, SourcedValue } from '../../parts/sourced.tsx';
import { sourcedColumns } from '../../parts/sourced-columns.ts';

export interface KeyNumber extends Sourced {
  readonly digits?: number;
}

/** The numbers with a menu above them that saves them, and what belongs to them. */
export function SavedNumbers({
  title,
  numbers,
  context,
}: {
  readonly title: string;
  readonly numbers: readonly KeyNumber[];
  readonly context: ExportContext;
}): JSX.Element {
  return (
    <>
      <ExportLine title={title} figure={null} table={() => sourcedColumns(numbers)} context={context} />
      <KeyNumbers numbers={numbers} />
    </>
  );
}

export function KeyNumbers({ numbers }: { readonly numbers: readonly KeyNumber[] }): JSX.Element {
  return (
    <dl class="figures">
      {numbers.map((one) => (
        <div key={one.label}>
          <dt>{one.label}</dt>
          <dd>
            <SourcedValue
              of={one}
              significant={one.digits ?? 4}
              bandText={one.band == null ? '' : `${bandEnd(one.band[0])} to ${bandEnd(one.band[1])}`}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const bandEnd = (value: number): string => String(Number(value.toPrecision(3)));

/** An efficiency in percent with as many decimals as it deserves; the card has all of it. */
export const shownEfficiency = (efficiency: number): Pick<Sourced, 'value' | 'unit' | 'shown'> => ({
  value: 100 * efficiency,
  unit: '%',
  shown: `${efficiencyText(efficiency)} %`,
});

/** Percent of an efficiency with as many decimals as its loss has digits. */
export function efficiencyText(efficiency: number): string {
  const loss = 1 - efficiency;
  if (!(loss > 0)) return '100';
  return (100 * efficiency).toFixed(Math.min(5, Math.max(1, 2 - Math.floor(Math.log10(100 * loss)))));
}
