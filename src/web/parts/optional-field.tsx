// Fields that may stay empty: an amount with its unit, or a name. What is empty is left to limetal.

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { type Dimension, formatIssue, tryParseQuantity } from '../../units/index.ts';
import { useTyped } from './use-typed.ts';

interface OptionalProps {
  readonly label: string;
  readonly value: string;
  /** What holds while the field is empty. */
  readonly placeholder: string;
  readonly hint?: string;
  onChange(text: string): void;
}

/** A text that is judged as it is typed; what is wrong with it stands under it, and the last good text stays in force. */
function JudgedField({
  label,
  value,
  placeholder,
  hint,
  onChange,
  faultOf,
}: OptionalProps & { faultOf(text: string): string | null }): JSX.Element {
  const id = useId();
  const field = useTyped(value);
  const { text } = field;
  const fault = text.trim() === '' ? null : faultOf(text);
  const take = (next: string): void => {
    field.type(next);
    if (next.trim() === '' || faultOf(next) === null) field.hand(next.trim(), onChange);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={text}
        placeholder={placeholder}
        aria-invalid={fault !== null}
        aria-describedby={`${id}-hint`}
        onInput={(event) => take(event.currentTarget.value)}
        onBlur={field.leave}
        onKeyDown={(event) => {
          if (event.key === 'Escape') field.drop();
        }}
      />
      <p id={`${id}-hint`} class={fault === null ? 'hint' : 'fault'}>
        {fault ?? hint ?? ''}
      </p>
    </div>
  );
}

export function OptionalQuantityField({
  dimension,
  ...props
}: OptionalProps & { readonly dimension: Dimension }): JSX.Element {
  return (
    <JudgedField
      {...props}
      faultOf={(text) => {
        const read = tryParseQuantity(text, dimension, props.label);
        return read.ok ? null : formatIssue(read.issue);
      }}
    />
  );
}

/** An angle from 0 to 180 degrees, with or without its sign. */
export function OptionalAngleField(props: OptionalProps): JSX.Element {
  return (
    <JudgedField
      {...props}
      faultOf={(text) => {
        const [, number] = /^\s*(\d+(?:\.\d+)?)\s*(?:°|deg|degrees?)?\s*$/u.exec(text) ?? [];
        return number !== undefined && Number(number) <= 180 ? null : 'want an angle from 0 to 180°, such as "95°"';
      }}
    />
  );
}

/** A name that is typed whole before it counts: on Enter, or when the field is left. */
export function NameField({ label, value, placeholder, hint, onChange }: OptionalProps): JSX.Element {
  const id = useId();
  const field = useTyped(value, (text) => onChange(text.trim()));
  const { text } = field;
  const take = (): void => {
    field.leave();
    field.hand(text.trim(), onChange);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={text}
        placeholder={placeholder}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onInput={(event) => field.type(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          else if (event.key === 'Escape') field.drop();
        }}
      />
      {hint === undefined ? null : (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
    </div>
  );
}
