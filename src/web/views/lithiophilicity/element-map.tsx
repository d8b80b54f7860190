// The periodic table, each element by what it does beside lithium: a grid that arrow keys walk through, and the details of one element.

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ElementOnLithium, LithiumMap } from '../../../design/index.ts';
import { doiIn } from '../../parts/doi-in.ts';
import { type Sourced, SourcedValue } from '../../parts/sourced.tsx';
import { PERIODIC_TABLE, type TableElement } from './periodic-table.ts';

const WORDS = {
  reacts: 'reacts',
  alloys: 'alloys',
  neither: 'neither',
  unknown: 'no data',
  lithium: 'lithium',
} as const;

type Look = keyof typeof WORDS;

const MEANINGS: readonly (readonly [Exclude<Look, 'lithium'>, string])[] = [
  ['reacts', 'makes a compound with lithium'],
  ['alloys', 'alloys with it or dissolves in it'],
  ['neither', 'does neither'],
  ['unknown', 'nothing is known'],
];

const EVIDENCE = {
  'formation energy': 'by the energy of its compound',
  titration: 'by titration of its alloys',
  estimate: 'by an estimate',
  none: '',
} as const;

interface MapProps {
  readonly map: LithiumMap;
  readonly chosen: string;
  onChoose(symbol: string): void;
}

const lookOf = (symbol: string, known: ElementOnLithium | undefined): Look =>
  symbol === 'Li' ? 'lithium' : (known?.verdict ?? 'unknown');

/** What a screen reader says of a tile after what stands on it. */
function spoken({ symbol, name, number }: TableElement, known: ElementOnLithium | undefined): string {
  if (symbol === 'Li') return '';
  if (known === undefined) return number > 83 ? `${name}, no stable isotope` : name;
  const parts = [
    known.potential_V === null ? name : `${name}, ${WORDS[known.verdict]}`,
    EVIDENCE[known.evidence],
    known.isClose ? 'within its error' : '',
    known.agrees === false ? 'the review says otherwise' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

const ROWS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((row) => PERIODIC_TABLE.filter((one) => one.row === row));

const COLUMNS = Array.from({ length: 18 }, (_, k) => k + 1);

/** The nearest element in a direction; the same one at an edge. */
function beside(from: TableElement, key: string): TableElement {
  const { row, column } = from;
  const inRow = ROWS[row - 1]!;
  const inColumn = PERIODIC_TABLE.filter((one) => one.column === column).sort((a, b) => a.row - b.row);
  const sorted = [...inRow].sort((a, b) => a.column - b.column);
  if (key === 'ArrowRight') return sorted.find((one) => one.column > column) ?? from;
  if (key === 'ArrowLeft') return sorted.filter((one) => one.column < column).at(-1) ?? from;
  if (key === 'ArrowDown') return inColumn.find((one) => one.row > row) ?? from;
  if (key === 'ArrowUp') return inColumn.filter((one) => one.row < row).at(-1) ?? from;
  if (key === 'Home') return sorted[0]!;
  return sorted.at(-1)!;
}

export function ElementMap({ map, chosen, onChoose }: MapProps): JSX.Element {
  const grid = useRef<HTMLTableElement>(null);
  // On a narrow screen the table is wider than its place: what was chosen is brought into view.
  useEffect(() => {
    const tile = grid.current!.querySelector<HTMLElement>('.is-chosen');
    const place = grid.current!.parentElement!;
    if (tile === null) return;
    const [at, from] = [tile.getBoundingClientRect(), place.getBoundingClientRect()];
    place.scrollLeft += at.left - from.left - (from.width - at.width) / 2;
  }, []);
  const known = new Map(map.elements.map((one) => [one.element, one]));
  const count = (verdict: Look): number =>
    PERIODIC_TABLE.filter(({ symbol }) => lookOf(symbol, known.get(symbol)) === verdict).length;
  const walk = (event: KeyboardEvent, from: TableElement): void => {
    if (!/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key)) return;
    event.preventDefault();
    const { symbol } = beside(from, event.key);
    grid.current!.querySelector<HTMLElement>(`[data-element="${symbol}"]`)?.focus();
  };
  return (
    <>
      <ul class="element-key">
        {MEANINGS.map(([verdict, meaning]) => (
          <li key={verdict}>
            <span class={`swatch is-${verdict}`} aria-hidden="true" /> <strong>{WORDS[verdict]}</strong>: {meaning} (
            {count(verdict)})
          </li>
        ))}
      </ul>
      <div class="element-scroll">
        <table class="element-map" ref={grid}>
          <caption class="unseen">
            Elements beside lithium. Arrow keys walk from one to the next, Enter chooses.
          </caption>
          <tbody>
            {ROWS.map((row, k) => (
              <tr key={k}>
                {COLUMNS.map((column) => {
                  const element = row.find((one) => one.column === column);
                  return (
                    <td key={column}>
                      {element === undefined ? null : (
                        <Tile
                          element={element}
                          known={known.get(element.symbol)}
                          isChosen={element.symbol === chosen}
                          onWalk={(event) => walk(event, element)}
                          onChoose={() => onChoose(element.symbol)}
                        />
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="hint">
        V against Li/Li⁺ of what forms with lithium in excess. ±: an estimate that its own error could turn round. A
        heavy frame: the review says otherwise ({map.agreement.disagreements.join(', ')}); it agrees for{' '}
        {map.agreement.agreeing} of the {map.agreement.compared} elements that it names.
      </p>
    </>
  );
}

interface TileProps {
  readonly element: TableElement;
  readonly known: ElementOnLithium | undefined;
  readonly isChosen: boolean;
  onWalk(event: KeyboardEvent): void;
  onChoose(): void;
}

function Tile({ element, known, isChosen, onWalk, onChoose }: TileProps): JSX.Element {
  const { symbol } = element;
  const look = lookOf(symbol, known);
  const classes = [
    ...['element', `is-${look}`],
    ...(known?.agrees === false ? ['is-disputed'] : []),
    ...(isChosen ? ['is-chosen'] : []),
  ];
  return (
    <button
      type="button"
      class={classes.join(' ')}
      data-element={symbol}
      aria-pressed={isChosen}
      tabIndex={isChosen ? 0 : -1}
      onKeyDown={onWalk}
      onClick={onChoose}
    >
      <b>{symbol}</b>{' '}
      <small>
        {known?.potential_V == null ? WORDS[look] : `${known.potential_V.toFixed(2)} V`}
        {known?.isClose === true ? ' ±' : ''}
      </small>
      <span class="unseen">{spoken(element, known)}</span>
    </button>
  );
}

export function ElementDetails({
  map,
  chosen,
  command,
  isAsked,
}: {
  readonly map: LithiumMap;
  readonly chosen: string;
  readonly command: string;
  /** Whether its reaction is the one that is asked for. */
  readonly isAsked: boolean;
}): JSX.Element {
  const element = PERIODIC_TABLE.find(({ symbol }) => symbol === chosen) ?? PERIODIC_TABLE[2]!;
  const own = map.elements.find((one) => one.element === element.symbol);
  const { symbol, name } = element;
  const title = `${name[0]!.toUpperCase()}${name.slice(1)} (${symbol})`;
  if (own === undefined) {
    return (
      <div aria-live="polite">
        <h3>{title}</h3>
        <p>
          {symbol === 'Li'
            ? 'Lithium itself: what all others are put beside.'
            : 'Nothing is known: it has no stable isotope, and no energies of its compounds are kept here.'}
        </p>
      </div>
    );
  }
  const doi = doiIn(own.source);
  const sourced = (label: string, value: number, unit: string, equation: string): Sourced => ({
    label,
    value,
    unit,
    tag: own.tag ?? 'computed',
    source: own.source,
    equation: `${equation}; docs/thermodynamics.md`,
    note: `In a shell: ${command}`,
    ...(doi === undefined ? {} : { doi }),
  });
  return (
    <div aria-live="polite">
      <h3>{title}</h3>
      <p class={`verdict is-${own.verdict === 'neither' ? 'bad' : own.verdict === 'unknown' ? 'open' : 'good'}`}>
        <strong>{WORDS[own.verdict]}</strong>
        {own.evidence === 'none' ? '' : `, ${EVIDENCE[own.evidence]}`}
        {own.isClose ? ', which its own error could turn round' : ''}
        {own.product === null ? '' : `: lithium in excess makes ${own.product} of it`}.
      </p>
      <dl class="figures">
        {own.potential_V === null ? null : (
          <div>
            <dt>Potential against Li/Li⁺</dt>
            <dd>
              <SourcedValue of={sourced('Potential', own.potential_V, 'V', 'E = −ΔG/(n·F)')} />
            </dd>
          </div>
        )}
        {own.perLithium_J_per_mol === null ? null : (
          <div>
            <dt>Gibbs energy per lithium</dt>
            <dd>
              <SourcedValue
                of={sourced(
                  'Gibbs energy per lithium',
                  own.perLithium_J_per_mol / 1000,
                  'kJ/mol',
                  'ΔG of what forms, per Li taken up',
                )}
              />
            </dd>
          </div>
        )}
        {own.alloyEnthalpy_J_per_mol === null ? null : (
          <div>
            <dt>Least enthalpy of an ordered alloy</dt>
            <dd>
              <SourcedValue
                of={sourced(
                  'Enthalpy of alloying',
                  own.alloyEnthalpy_J_per_mol / 1000,
                  'kJ/mol',
                  'cellular model (Miedema), per mole of atoms, ±8 kJ/mol',
                )}
              />
            </dd>
          </div>
        )}
        {own.solubility === null ? null : (
          <div>
            <dt>Dissolves in molten lithium</dt>
            <dd>
              <SourcedValue
                of={sourced(
                  'Solubility',
                  100 * own.solubility,
                  '% of atoms',
                  'from the enthalpy of solution and Richards’ entropy of melting',
                )}
              />
            </dd>
          </div>
        )}
      </dl>
      {own.reviewed === null ? null : (
        <p>
          The review names it as {own.reviewed.named}
          {own.agrees === null ? '' : own.agrees ? ', and agrees' : ', and so disagrees'}.
        </p>
      )}
      {own.alloyEnthalpy_J_per_mol === null ? null : (
        <p class="hint">It counts as alloying below 0 kJ/mol, or where more than 1 % dissolves.</p>
      )}
      {isAsked ? <p class="hint">Its reaction with lithium stands in the field below.</p> : null}
    </div>
  );
}
