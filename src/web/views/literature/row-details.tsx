// All of one row: every cell as printed with what it means, what the text says of the same work, and what is computed for it.

import type { JSX } from 'preact';
import type { LiteratureRow } from '../../../literature/index.ts';
import { SourcedValue } from '../../parts/sourced.tsx';
import { equationOfCause } from '../cell/causes.ts';
import { computedSourced } from './computed.tsx';
import { bandText, boundText, QUANTITY_NAMES, verdictOf } from './computed-words.ts';
import type { LibraryAnswer } from './filters.tsx';
import type { ReproducedSystem } from './rows-table.tsx';
import { DoiLink } from './source-card.tsx';
import {
  conditionWords,
  doiDoubt,
  nothingGiven,
  paperOf,
  printedWords,
  quantityWords,
  workWords,
} from './source-words.ts';

interface DetailsProps {
  readonly row: LiteratureRow;
  readonly library: LibraryAnswer;
  readonly computed: ReproducedSystem | null;
  onOpenCell(id: string): void;
}

/** What rounds to nothing is not listed among losses. */
const LOSS_MIN_mAh_per_cm2 = 1e-6;

export function RowDetails({ row, library, computed, onOpenCell }: DetailsProps): JSX.Element {
  const paper = paperOf(row.reference.paper, library.papers);
  const claims = library.claims.filter(
    ({ rows, contradicts }) => rows.includes(row.id) || contradicts.some((one) => one.row === row.id),
  );
  const headingOf = (key: string): string =>
    library.tables.find(({ id }) => id === row.table)?.columns.find((column) => column.key === key)?.heading ??
    key.replaceAll('-', ' ');
  return (
    <div class="row-details">
      <p>
        <strong>{workWords(row, library.papers)}</strong> {paper?.doi == null ? null : <DoiLink doi={paper.doi} />}{' '}
        {paper === undefined ? '' : doiDoubt(paper)}
        <br />
        <span class="hint">{printedWords(row, library.papers)}</span>
      </p>
      {row.table === 'own' ? null : (
        <button type="button" class="primary" onClick={() => onOpenCell(row.id)}>
          Open {row.id} as a cell
        </button>
      )}
      <dl class="entries">
        {row.electrolyte === null ? null : (
          <div>
            <dt>Electrolyte</dt>
            <dd>
              “{row.electrolyte.printed}”{' '}
              <span class="hint">
                {row.electrolyte.normalised === row.electrolyte.printed ? '' : `${row.electrolyte.normalised}; `}
                {row.electrolyte.class}; from {row.electrolyte.where}
              </span>
            </dd>
          </div>
        )}
        {row.entries
          .filter(({ printed }) => !nothingGiven(printed))
          .map((entry) => (
            <div key={`${entry.column} ${entry.printed}`}>
              <dt>{headingOf(entry.column)}</dt>
              <dd>
                “{entry.printed}”
                {entry.quantities.map((quantity) => (
                  <span class="hint block" key={`${quantity.kind} ${quantity.value} ${quantity.means}`}>
                    {quantityWords(quantity)}; {library.meanings[quantity.means]}
                    {quantity.conditions === undefined ? '' : `; at ${conditionWords(quantity.conditions)}`}
                  </span>
                ))}
                {(entry.corrections ?? []).map(({ printed, corrected, reason }) => (
                  <span class="correction" key={`${printed} ${corrected}`}>
                    “{printed}” should be “{corrected}”. {reason}
                  </span>
                ))}
                {entry.note === undefined ? null : <span class="hint block">{entry.note}</span>}
              </dd>
            </div>
          ))}
        {row.corrections.map(({ field, printed, corrected, reason }) => (
          <div key={`${printed} ${corrected}`}>
            <dt>Correction of the {field}</dt>
            <dd>
              “{printed}” should be “{corrected}”. {reason}
            </dd>
          </div>
        ))}
        {row.remarks.map((remark) => (
          <div key={remark}>
            <dt>To bear in mind</dt>
            <dd>{remark}</dd>
          </div>
        ))}
        {claims.map(({ id, printed, section, contradicts }) => (
          <div key={id}>
            <dt>The text says</dt>
            <dd>
              “{printed}” <span class="hint">{section}</span>
              {contradicts
                .filter((one) => one.row === row.id)
                .map(({ why }) => (
                  <span class="correction" key={why}>
                    Against this row: {why}
                  </span>
                ))}
            </dd>
          </div>
        ))}
      </dl>
      {computed === null ? null : <Computed of={computed} />}
    </div>
  );
}

function Computed({ of }: { readonly of: ReproducedSystem }): JSX.Element {
  const losses = Object.entries(of.losses_mAh_per_cm2 ?? {})
    .filter(([, lost]) => lost > LOSS_MIN_mAh_per_cm2)
    .sort((a, b) => b[1] - a[1]);
  return (
    <>
      <h3>Computed</h3>
      <dl class="entries">
        {of.quantities.map((quantity, k) => (
          <div key={k}>
            <dt>{QUANTITY_NAMES[quantity.quantity]}</dt>
            <dd>
              reported {boundText(quantity)} {quantity.unit}, computed{' '}
              {quantity.computed === null ? (
                'nothing'
              ) : (
                <SourcedValue
                  of={computedSourced(of.id, quantity, quantity.computed)}
                  significant={4}
                  bandText={quantity.band === null ? '' : `(${bandText(quantity)})`}
                />
              )}
              ; {verdictOf(quantity).text}
              <span class="hint block">{quantity.note}</span>
            </dd>
          </div>
        ))}
        {losses.length === 0 ? null : (
          <div>
            <dt>Lost in a cycle</dt>
            <dd>
              {losses.map(([cause, lost], k) => (
                <span key={cause}>
                  {k === 0 ? '' : ', '}
                  {cause.replaceAll('_', ' ')}{' '}
                  <SourcedValue
                    of={{
                      label: `Lithium lost in a cycle: ${cause.replaceAll('_', ' ')}`,
                      value: 1000 * lost,
                      unit: 'µAh/cm²',
                      tag: 'computed',
                      source: `the cell of ${of.id} run by the fast model as the row was tested`,
                      equation: equationOfCause(cause.replaceAll('_', ' ')),
                    }}
                  />
                </span>
              ))}
            </dd>
          </div>
        )}
        {of.remarks.map((remark) => (
          <div key={remark}>
            <dt>Remark</dt>
            <dd>{remark}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
