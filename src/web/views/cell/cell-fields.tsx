// What can be typed into: the keys of the cell file, and the values that were supplied, each with its range, tag and source.

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { TaskOutput } from '../../../worker/index.ts';
import { doiIn } from '../../parts/doi-in.ts';
import { QuantityField } from '../../parts/quantity-field.tsx';
import { SourcedValue } from '../../parts/sourced.tsx';
import { useTyped } from '../../parts/use-typed.ts';

type Sheet = TaskOutput<'cellDraft'>['sheet'];
type Field = Sheet['fields'][number];
type Value = Sheet['values'][number];

export function FileField({ field, onChange }: { readonly field: Field; onChange(text: string): void }): JSX.Element {
  if (field.dimension !== 'text') {
    return (
      <QuantityField
        label={field.label}
        value={field.text}
        dimension={field.dimension}
        unit={field.unit}
        {...(field.range_SI === null ? {} : { range_SI: field.range_SI })}
        isLogarithmic={field.dimension === 'length' || field.dimension === 'pressure'}
        hint={field.text === '' ? 'left open; a usual value stands for it' : field.hint}
        onChange={onChange}
      />
    );
  }
  return <WordField field={field} onChange={onChange} />;
}

/** A text of more letters than this does not show in whole in its field, and stands below it too. */
const LONG_TEXT = 40;

/** A name or a free text. It counts when it is finished: a half-typed electrolyte is another one. */
function WordField({ field, onChange }: { readonly field: Field; onChange(text: string): void }): JSX.Element {
  const id = useId();
  const finish = (text: string): void => onChange(text.trim() === 'none' ? 'null' : text.trim());
  const typed = useTyped(field.text, finish);
  const { text } = typed;
  const done = (): void => {
    typed.leave();
    typed.hand(text, finish);
  };
  return (
    <div class="field">
      <label for={id}>{field.label}</label>
      <input
        id={id}
        type="text"
        list={field.names.length > 0 ? `${id}-names` : undefined}
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => {
          const next = event.currentTarget.value;
          typed.type(next);
          // A name taken from the list is finished.
          if (field.names.includes(next)) typed.hand(next, finish);
        }}
        onChange={done}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done();
          if (event.key === 'Escape') typed.drop();
        }}
      />
      {field.names.length === 0 ? null : (
        <datalist id={`${id}-names`}>
          {field.names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
      {text.length > LONG_TEXT ? <p class="hint long-text">{text}</p> : null}
      <p class="hint">{field.hint}</p>
    </div>
  );
}

const SLIDER_STEPS = 300;

interface ValueFieldProps {
  readonly value: Value;
  /** As typed; empty where the supplied value stands. */
  readonly typed: string;
  onChange(text: string): void;
  onReset(): void;
}

export function ValueField({ value, typed, onChange, onReset }: ValueFieldProps): JSX.Element {
  const id = useId();
  const field = useTyped(typed === '' ? value.text : typed, onChange);
  const { text } = field;
  const doi = doiIn(value.source);
  const [low, high] = value.range;
  const share = value.isLogarithmic
    ? Math.log(value.value / low) / Math.log(high / low)
    : (value.value - low) / (high - low);
  const at = (step: number): number => {
    const part = step / SLIDER_STEPS;
    return value.isLogarithmic ? low * (high / low) ** part : low + part * (high - low);
  };
  return (
    <div class="field">
      <label for={id}>{value.parameter}</label>
      {value.isMoved ? (
        <button
          type="button"
          class="quiet"
          onClick={onReset}
          aria-label={`${value.parameter}: take the supplied value again`}
        >
          ↺
        </button>
      ) : null}
      <div class="field-row">
        <input
          id={id}
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={(event) => field.type(event.currentTarget.value)}
          onChange={() => field.hand(text, onChange)}
          onBlur={field.leave}
          onKeyDown={(event) => event.key === 'Escape' && field.drop()}
        />
        <input
          type="range"
          aria-label={`${value.parameter}, slider`}
          aria-valuetext={value.text}
          min={0}
          max={SLIDER_STEPS}
          value={Math.round(SLIDER_STEPS * Math.min(1, Math.max(0, share)))}
          onInput={(event) => onChange(String(Number(at(event.currentTarget.valueAsNumber).toPrecision(4))))}
        />
      </div>
      <p class="hint">
        <SourcedValue
          of={{
            label: value.parameter,
            value: value.text,
            unit: '',
            shown: value.rangeText,
            tag: value.isMoved ? 'typed' : value.tag,
            source: value.source,
            ...(doi === undefined ? {} : { doi }),
            equation: `where ${value.parameter} stands in the laws: docs/cell-file.md and docs/models.md`,
            note: `Plausible from ${value.rangeText}.`,
          }}
        />
        ; {value.tag}. {value.source}
      </p>
    </div>
  );
}
