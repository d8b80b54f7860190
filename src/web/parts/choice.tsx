// One of a list: a select where there are many, buttons side by side where there are few.

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  /** Heading under which a select lists it. */
  readonly group?: string;
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly hint?: string;
  onChange(value: T): void;
}

export function SelectField<T extends string>({ label, value, choices, hint, onChange }: ChoiceProps<T>): JSX.Element {
  const id = useId();
  const groups = [...new Set(choices.map(({ group }) => group ?? ''))];
  const option = (choice: Choice<T>): JSX.Element => (
    <option key={choice.value} value={choice.value}>
      {choice.label}
    </option>
  );
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {groups.map((group) => {
          const options = choices.filter((choice) => (choice.group ?? '') === group).map(option);
          return group === '' ? (
            options
          ) : (
            <optgroup key={group} label={group}>
              {options}
            </optgroup>
          );
        })}
      </select>
      {hint === undefined ? null : <p class="hint">{hint}</p>}
    </div>
  );
}

export function ButtonChoice<T extends string>({ label, value, choices, onChange }: ChoiceProps<T>): JSX.Element {
  const name = useId();
  return (
    <fieldset class="buttons">
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} class={choice.value === value ? 'is-chosen' : ''}>
          <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
