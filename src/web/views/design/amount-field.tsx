// An amount as it is typed, with its unit and, where that helps, ± what it is uncertain by. Whatever is typed is kept; what is wrong with
// it the answer says, and it is shown here.

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { type Dimension, formatIssue, formatQuantity, type Issue, tryParseQuantity } from '../../../units/index.ts';

export interface AmountFieldProps {
  readonly label: string;
  /** Key of the field in the state, and place of its faults. */
  readonly name: string;
  readonly value: string;
  readonly dimension: Dimension;
  readonly unit: string;
  readonly issues: readonly Issue[];
  readonly range_SI?: readonly [number, number];
  readonly isLogarithmic?: boolean;
  readonly isWhole?: boolean;
  /** Where the slider stands; read from the text where not given. */
  readonly at_SI?: number | undefined;
  readonly hint?: string;
  onChange(text: string): void;
}

const STEPS = 400;

export function AmountField(props: AmountFieldProps): JSX.Element {
  const {
    label,
    name,
    value,
    dimension,
    unit,
    issues,
    range_SI,
    isLogarithmic = false,
    isWhole,
    hint,
    onChange,
  } = props;
  const id = useId();
  const fault = issues.find(({ where }) => where === name);
  const at = props.at_SI ?? readSI(value, dimension);
  const shown = (value_SI: number): string =>
    formatQuantity(isWhole === true ? Math.round(value_SI) : value_SI, unit, 3, dimension).trim();
  const stepped = (factor: number): void => {
    if (at !== null) onChange(shown(isWhole === true ? at + Math.sign(factor - 1) : at * factor));
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-row">
        <input
          id={id}
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={value}
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-hint`}
          onInput={(event) => onChange(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            stepped(event.key === 'ArrowUp' ? 1.1 : 1 / 1.1);
          }}
        />
        {range_SI === undefined ? null : (
          <input
            type="range"
            aria-label={`${label}, slider`}
            aria-valuetext={value}
            min={0}
            max={STEPS}
            step={1}
            value={at === null ? 0 : sliderAt(at, range_SI, isLogarithmic)}
            onInput={(event) => onChange(shown(valueAt(event.currentTarget.valueAsNumber, range_SI, isLogarithmic)))}
          />
        )}
      </div>
      <p id={`${id}-hint`} class={fault === undefined ? 'hint' : 'fault'}>
        {fault === undefined ? (hint ?? '') : formatIssue({ ...fault, where: '' })}
      </p>
    </div>
  );
}

function readSI(text: string, dimension: Dimension): number | null {
  const read = tryParseQuantity(text, dimension, '');
  return read.ok ? read.value_SI : null;
}

function sliderAt(value: number, [low, high]: readonly [number, number], isLogarithmic: boolean): number {
  const share = isLogarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.round(STEPS * Math.min(1, Math.max(0, share)));
}

function valueAt(step: number, [low, high]: readonly [number, number], isLogarithmic: boolean): number {
  const share = step / STEPS;
  return isLogarithmic ? low * (high / low) ** share : low + share * (high - low);
}

/** Changes one of the texts of a slice; an empty one is left away. */
export function withText(texts: Readonly<Record<string, string>>, name: string, text: string): Record<string, string> {
  return { ...texts, [name]: text };
}
