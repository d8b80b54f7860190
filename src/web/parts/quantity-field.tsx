// An amount that is typed with its unit ("20 µm", "0.5 mA/cm2") and, where it has a range, dragged. What was typed stays as typed; a text
// that is no such amount is answered beside the field, and the last good value stays in force.

import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { type Dimension, formatIssue, formatQuantity, tryParseQuantity } from '../../units/index.ts';
import { numberText } from '../charts/number-text.ts';
import { useTyped } from './use-typed.ts';

export interface QuantityFieldProps {
  readonly label: string;
  /** As typed, with its unit. */
  readonly value: string;
  readonly dimension: Dimension;
  /** Unit in which a dragged value is written. */
  readonly unit: string;
  /** Ends of the slider in SI; none without. */
  readonly range_SI?: readonly [number, number];
  /** Equal steps of the slider are equal ratios. */
  readonly isLogarithmic?: boolean;
  /** Said under the field, such as where a value comes from. */
  readonly hint?: string;
  onChange(text: string): void;
}

const SLIDER_STEPS = 400;

export function QuantityField(props: QuantityFieldProps): JSX.Element {
  const { label, value, dimension, unit, range_SI, isLogarithmic = false, hint, onChange } = props;
  const id = useId();
  const field = useTyped(value);
  const { text } = field;
  const typed = tryParseQuantity(text, dimension, label);
  const inForce = tryParseQuantity(value, dimension, label);
  // An amount that is left open is no fault.
  const fault = typed.ok || (text === '' && value === '') ? null : formatIssue(typed.issue);
  const take = (next: string): void => {
    field.type(next);
    if (tryParseQuantity(next, dimension, label).ok) field.hand(next, onChange);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-row">
        <input
          id={id}
          type="text"
          inputMode="text"
          autocomplete="off"
          spellcheck={false}
          value={text}
          aria-invalid={fault !== null}
          aria-describedby={`${id}-hint`}
          onInput={(event) => take(event.currentTarget.value)}
          onBlur={field.leave}
          onKeyDown={(event) => {
            if (event.key === 'Escape') field.drop();
            if ((event.key === 'ArrowUp' || event.key === 'ArrowDown') && inForce.ok) {
              event.preventDefault();
              take(stepped(inForce.value_SI, event.key === 'ArrowUp', unit, dimension));
            }
          }}
        />
        {range_SI === undefined ? null : (
          <input
            type="range"
            aria-label={`${label}, slider`}
            aria-valuetext={value}
            min={0}
            max={SLIDER_STEPS}
            step={1}
            value={inForce.ok ? sliderAt(inForce.value_SI, range_SI, isLogarithmic) : 0}
            onInput={(event) =>
              take(written(valueAt(event.currentTarget.valueAsNumber, range_SI, isLogarithmic), unit, dimension))
            }
            onChange={field.leave}
          />
        )}
      </div>
      <p id={`${id}-hint`} class={fault === null ? 'hint' : 'fault'}>
        {fault ?? hint ?? ''}
      </p>
    </div>
  );
}

const written = (value_SI: number, unit: string, dimension: Dimension): string =>
  formatQuantity(value_SI, unit, 3, dimension);

/** A step of about a tenth, on round numbers. */
function stepped(value_SI: number, isUp: boolean, unit: string, dimension: Dimension): string {
  return written(value_SI * (isUp ? 1.1 : 1 / 1.1), unit, dimension);
}

function sliderAt(value: number, [low, high]: readonly [number, number], isLogarithmic: boolean): number {
  const share = isLogarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.round(SLIDER_STEPS * Math.min(1, Math.max(0, share)));
}

function valueAt(step: number, [low, high]: readonly [number, number], isLogarithmic: boolean): number {
  const share = step / SLIDER_STEPS;
  return isLogarithmic ? low * (high / low) ** share : low + share * (high - low);
}

/** A plain number with a slider, for what has no dimension. */
export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly hint?: string;
  onChange(value: number): void;
}

export function NumberField({ label, value, min, max, step, hint, onChange }: NumberFieldProps): JSX.Element {
  const id = useId();
  const field = useTyped(String(value));
  const { text } = field;
  const typed = Number(text.trim().replace(',', '.'));
  const isGood = text.trim() !== '' && typed >= min && typed <= max;
  const take = (next: string): void => {
    field.type(next);
    const number = Number(next.trim().replace(',', '.'));
    if (next.trim() !== '' && number >= min && number <= max) field.hand(String(number), () => onChange(number));
  };
  const fault = isGood ? null : `want a number from ${numberText(min)} to ${numberText(max)}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-row">
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autocomplete="off"
          value={text}
          aria-invalid={fault !== null}
          aria-describedby={`${id}-hint`}
          onInput={(event) => take(event.currentTarget.value)}
          onBlur={field.leave}
          onKeyDown={(event) => event.key === 'Escape' && field.drop()}
        />
        <input
          type="range"
          aria-label={`${label}, slider`}
          min={min}
          max={max}
          step={step ?? (max - min) / SLIDER_STEPS}
          value={value}
          onInput={(event) => take(String(Number(event.currentTarget.valueAsNumber.toPrecision(4))))}
          onChange={field.leave}
        />
      </div>
      <p id={`${id}-hint`} class={fault === null ? 'hint' : 'fault'}>
        {fault ?? hint ?? ''}
      </p>
    </div>
  );
}
