// What is asked of the literature.

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { TaskOutput } from '../../../worker/index.ts';
import { type Choice, SelectField } from '../../parts/choice.tsx';
import type { Asking, LimitName } from './query.ts';
import { type LiteratureSlice, START_LITERATURE } from './state.ts';

export type LibraryAnswer = TaskOutput<'literatureLibrary'>;
export type Patch = (part: Partial<LiteratureSlice>, tag?: string) => void;

const FILTERS = [
  'table',
  'group',
  'electrolyte',
  'words',
  'efficiencyFrom',
  'efficiencyTo',
  'currentFrom',
  'currentTo',
  'capacityFrom',
  'capacityTo',
] as const satisfies readonly (keyof LiteratureSlice)[];

/** On a small screen the rows come before what else can be asked. */
export const isWide = (): boolean => matchMedia('(min-width: 901px)').matches;

interface FilterProps {
  readonly slice: LiteratureSlice;
  readonly patch: Patch;
  readonly library: LibraryAnswer | null;
  readonly asking: Asking;
  /** Rows that answer; null until it is known. */
  readonly found: number | null;
}

export function Filters({ slice, patch, library, asking, found }: FilterProps): JSX.Element {
  const words = useId();
  const total = library?.rows.length ?? 67;
  const all = (name: string): Choice<string> => ({ value: '', label: name });
  const named = (names: readonly string[], current: string): Choice<string>[] =>
    [...new Set([...names, ...(current === '' ? [] : [current])])].map((value) => ({ value, label: value }));
  const isFiltered = FILTERS.some((name) => slice[name] !== '');
  const families = library?.families ?? [];
  const groups = (library?.groups ?? []).filter((name) => !families.includes(name));
  return (
    <section class="card" aria-label="Filters">
      <div class="field">
        <label for={words}>Words anywhere in a row</label>
        <input
          id={words}
          type="search"
          autocomplete="off"
          placeholder="such as silver, LiNO3, cages"
          value={slice.words}
          onInput={(event) => patch({ words: event.currentTarget.value }, 'literature words')}
        />
      </div>
      <p class="hint" role="status">
        {found === null ? '' : `${found} of ${total} rows`}
      </p>
      {isFiltered ? (
        <button
          type="button"
          onClick={() => patch(Object.fromEntries(FILTERS.map((name) => [name, START_LITERATURE[name]])))}
        >
          Show all rows
        </button>
      ) : null}
      <details class="more-filters" open={isWide()}>
        <summary>Filters</summary>
        <SelectField
          label="Table"
          value={slice.table}
          choices={[
            { value: '', label: 'all tables' },
            ...(library?.tables ?? []).map(({ id, title }) => ({
              value: id as LiteratureSlice['table'],
              label: `${id}: ${title}`,
            })),
            { value: 'own', label: 'own rows' },
          ]}
          onChange={(table) => patch({ table })}
        />
        <SelectField
          label="Strategy"
          value={slice.group}
          choices={[
            all('all strategies'),
            ...named(families, '').map((choice) => ({ ...choice, group: 'families' })),
            ...named(groups, families.includes(slice.group) ? '' : slice.group).map((choice) => ({
              ...choice,
              group: 'groups of the tables',
            })),
          ]}
          onChange={(group) => patch({ group })}
        />
        <SelectField
          label="Electrolyte"
          value={slice.electrolyte}
          choices={[
            all('all electrolytes, also where none is printed'),
            ...named(library?.electrolytes ?? [], slice.electrolyte),
          ]}
          onChange={(electrolyte) => patch({ electrolyte })}
        />
        <Limits
          label="Coulombic efficiency / %"
          names={['efficiencyFrom', 'efficiencyTo']}
          {...{ slice, patch, asking }}
        />
        <Limits label="Current density / mA cm⁻²" names={['currentFrom', 'currentTo']} {...{ slice, patch, asking }} />
        <Limits
          label="Areal capacity / mAh cm⁻²"
          names={['capacityFrom', 'capacityTo']}
          {...{ slice, patch, asking }}
        />
      </details>
    </section>
  );
}

interface LimitsProps {
  readonly label: string;
  readonly names: readonly [from: LimitName, to: LimitName];
  readonly slice: LiteratureSlice;
  readonly patch: Patch;
  readonly asking: Asking;
}

/** From and to; a row answers where its printed number may lie between them. */
function Limits({ label, names, slice, patch, asking }: LimitsProps): JSX.Element {
  const id = useId();
  const faults = names.flatMap((name) => asking.faults[name] ?? []);
  return (
    <fieldset class="limits field">
      <legend>{label}</legend>
      {names.map((name, k) => (
        <label key={name}>
          <span>{k === 0 ? 'from' : 'to'}</span>
          <input
            type="text"
            inputMode="decimal"
            autocomplete="off"
            aria-label={`${label}, ${k === 0 ? 'from' : 'to'}`}
            aria-invalid={asking.faults[name] !== undefined}
            aria-describedby={`${id}-faults`}
            value={slice[name]}
            onInput={(event) => patch({ [name]: event.currentTarget.value }, `literature ${name}`)}
          />
        </label>
      ))}
      <p id={`${id}-faults`} class="fault">
        {faults.join(' ')}
      </p>
    </fieldset>
  );
}
