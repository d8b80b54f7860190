// One card for all values of a table: it opens beside the value under the pointer or the focus, says what the value means and where it
// was printed, and stays while the pointer is in it or once it was clicked.

import type { JSX, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Entry, LiteratureRow } from '../../../literature/index.ts';
import type { LibraryAnswer } from './filters.tsx';
import { conditionWords, doiDoubt, paperOf, printedWords, quantityWords, workWords } from './source-words.ts';

/** The value whose card is open. */
interface Shown {
  readonly row: LiteratureRow;
  readonly entry: Entry;
  readonly anchor: HTMLElement;
  readonly isPinned: boolean;
}

/** The pointer may take this long from the value to the card. */
const LEAVE_ms = 220;

export function SourceCard({
  table,
  rows,
  library,
}: {
  /** Values in it are marked with `data-value="row column"`. */
  readonly table: RefObject<HTMLTableElement | null>;
  readonly rows: readonly LiteratureRow[];
  readonly library: LibraryAnswer;
}): JSX.Element {
  const [shown, show] = useState<Shown | null>(null);
  const card = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const known = useRef(rows);
  known.current = rows;

  useEffect(() => {
    const element = table.current!;
    const inside = card.current!;
    const keep = (): void => clearTimeout(timer.current);
    const hideSoon = (): void => {
      keep();
      timer.current = setTimeout(() => show((now) => (now?.isPinned ? now : null)), LEAVE_ms);
    };
    const at = (target: EventTarget | null): Shown | null => {
      const anchor = (target as HTMLElement | null)?.closest<HTMLElement>('[data-value]') ?? null;
      const [id, column] = anchor?.dataset.value?.split(' ') ?? [];
      const row = known.current.find((one) => one.id === id);
      const entry = row?.entries[Number(column)];
      return anchor === null || row === undefined || entry === undefined
        ? null
        : { row, entry, anchor, isPinned: false };
    };
    const onOver = (event: Event): void => {
      const next = at(event.target);
      if (next === null) {
        hideSoon();
        return;
      }
      keep();
      show((now) => (now?.isPinned && event.type === 'mouseover' ? now : next));
    };
    const onClick = (event: Event): void => {
      const next = at(event.target);
      if (next !== null)
        show((now) => (now?.isPinned && now.anchor === next.anchor ? null : { ...next, isPinned: true }));
    };
    const onFocusOut = (event: FocusEvent): void => {
      if (!inside.contains(event.relatedTarget as Node | null)) hideSoon();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') show(null);
    };
    const onElsewhere = (event: Event): void => {
      const target = event.target as Node;
      if (!inside.contains(target) && at(target) === null) show(null);
    };
    element.addEventListener('mouseover', onOver);
    element.addEventListener('focusin', onOver);
    element.addEventListener('mouseleave', hideSoon);
    element.addEventListener('focusout', onFocusOut);
    element.addEventListener('click', onClick);
    inside.addEventListener('mouseenter', keep);
    inside.addEventListener('mouseleave', hideSoon);
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onElsewhere);
    return () => {
      keep();
      element.removeEventListener('mouseover', onOver);
      element.removeEventListener('focusin', onOver);
      element.removeEventListener('mouseleave', hideSoon);
      element.removeEventListener('focusout', onFocusOut);
      element.removeEventListener('click', onClick);
      inside.removeEventListener('mouseenter', keep);
      inside.removeEventListener('mouseleave', hideSoon);
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onElsewhere);
    };
  }, [table]);

  useEffect(() => {
    const element = card.current!;
    if (shown === null) {
      if (element.matches(':popover-open')) element.hidePopover();
      return;
    }
    if (!element.matches(':popover-open')) element.showPopover();
    const at = shown.anchor.getBoundingClientRect();
    const isBelow = at.bottom + 6 + element.offsetHeight < innerHeight;
    element.style.top = `${isBelow ? at.bottom + 4 : Math.max(8, at.top - 4 - element.offsetHeight)}px`;
    element.style.left = `${Math.max(8, Math.min(at.left, innerWidth - element.offsetWidth - 8))}px`;
  }, [shown]);

  return (
    <div
      class="source-card"
      ref={card}
      popover="manual"
      role="dialog"
      aria-label={shown === null ? 'Source' : `Source of ${shown.entry.printed}`}
      aria-live="polite"
    >
      {shown === null ? null : <Content row={shown.row} entry={shown.entry} library={library} />}
    </div>
  );
}

function Content({
  row,
  entry,
  library,
}: {
  readonly row: LiteratureRow;
  readonly entry: Entry;
  readonly library: LibraryAnswer;
}): JSX.Element {
  const heading = library.tables.find(({ id }) => id === row.table)?.columns.find(({ key }) => key === entry.column);
  const paper = paperOf(row.reference.paper, library.papers);
  const review = paperOf(row.provenance.paper, library.papers);
  return (
    <>
      <strong>“{entry.printed}”</strong>
      <dl>
        <div>
          <dt>Column</dt>
          <dd>{heading?.heading ?? entry.column.replaceAll('-', ' ')}</dd>
        </div>
        {entry.quantities.map((quantity) => (
          <div key={`${quantity.kind} ${quantity.value}`}>
            <dt>Means</dt>
            <dd>
              {quantityWords(quantity)}; {library.meanings[quantity.means]}
              {quantity.conditions === undefined ? '' : `; at ${conditionWords(quantity.conditions)}`}
            </dd>
          </div>
        ))}
        {(entry.corrections ?? []).map(({ printed, corrected, reason }) => (
          <div key={`${printed} ${corrected}`}>
            <dt>Corrected</dt>
            <dd>
              “{printed}” should be “{corrected}”. {reason}
            </dd>
          </div>
        ))}
        {entry.note === undefined ? null : (
          <div>
            <dt>Note</dt>
            <dd>{entry.note}</dd>
          </div>
        )}
        <div>
          <dt>Work</dt>
          <dd>
            {workWords(row, library.papers).replace(/\.?$/, '.')} {paper === undefined ? '' : doiDoubt(paper)}
          </dd>
        </div>
        {paper?.doi == null ? null : (
          <div>
            <dt>DOI</dt>
            <dd>
              <DoiLink doi={paper.doi} />
            </dd>
          </div>
        )}
        <div>
          <dt>Printed in</dt>
          <dd>
            {printedWords(row, library.papers)}{' '}
            {review?.doi == null || review === paper ? null : <DoiLink doi={review.doi} />}
          </dd>
        </div>
      </dl>
    </>
  );
}

/** A link that leaves the page is followed by the reader, never by the page. */
export function DoiLink({ doi }: { readonly doi: string }): JSX.Element {
  return (
    <a href={`https://doi.org/${doi}`} rel="noreferrer" target="_blank">
      {doi}
    </a>
  );
}
