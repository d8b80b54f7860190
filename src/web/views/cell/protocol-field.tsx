// The protocol as text, with what usually stands in one offered while it is typed.

import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useTyped } from '../../parts/use-typed.ts';
import { replacedCount } from '../../state/replaced.ts';

const STEPS: readonly string[] = [
  'Plate at 1 mA/cm2 for 1 mAh/cm2',
  'Plate at 0.5 mA/cm2 for 2 h',
  'Strip at 1 mA/cm2 until 1 V',
  'Strip at 1 mA/cm2 for 1 mAh/cm2',
  'Charge at C/3 until 4.3 V',
  'Charge at C/10 until 4.3 V',
  'Discharge at C/3 until 3.0 V',
  'Discharge at 1C until 3.0 V',
  'Hold at 4.3 V until C/20',
  'Rest for 30 min',
  'repeat 50',
  'repeat 200',
  'record every 1 min',
  'temperature 45 °C',
  'stop at 80% capacity',
];
/** A text that is still being typed is not run. */
const PAUSE_ms = 500;

interface ProtocolFieldProps {
  readonly value: string;
  readonly isOwn: boolean;
  onChange(text: string): void;
  onReset(): void;
}

export function ProtocolField({ value, isOwn, onChange, onReset }: ProtocolFieldProps): JSX.Element {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const field = useTyped(value, onChange);
  const { text } = field;
  const [line, setLine] = useState(0);
  // What waits to be run goes with the state that it was typed into.
  const replaced = replacedCount();
  useEffect(() => () => clearTimeout(timer.current), [replaced]);
  const lines = text.split('\n');
  const begun = (lines[line] ?? '').trim().toLowerCase();
  const offered = STEPS.filter(
    (step) => begun !== '' && step.toLowerCase().startsWith(begun) && step.toLowerCase() !== begun,
  );
  const follow = (): void => {
    const element = area.current!;
    setLine(element.value.slice(0, element.selectionStart).split('\n').length - 1);
  };
  const take = (next: string, isDone = false): void => {
    field.type(next);
    clearTimeout(timer.current);
    if (isDone) field.hand(next, onChange);
    else timer.current = setTimeout(() => field.hand(next, onChange), PAUSE_ms);
  };
  const complete = (step: string): void => {
    const next = lines.map((one, k) => (k === line ? step : one)).join('\n');
    take(next, true);
    area.current!.focus();
  };
  return (
    <div class="field">
      <label for={id}>Protocol</label>
      {isOwn ? null : (
        <button type="button" class="quiet" onClick={onReset}>
          the cell’s own
        </button>
      )}
      <textarea
        id={id}
        ref={area}
        rows={Math.min(10, Math.max(3, lines.length + 1))}
        spellcheck={false}
        value={text}
        aria-describedby={`${id}-hint`}
        onInput={(event) => {
          follow();
          take(event.currentTarget.value);
        }}
        onKeyUp={follow}
        onClick={follow}
        onBlur={() => {
          if (text !== value) take(text, true);
          field.leave();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Tab' && !event.shiftKey && offered.length > 0) {
            event.preventDefault();
            complete(offered[0]!);
          }
        }}
      />
      <p id={`${id}-hint`} class="hint">
        {offered.length === 0 ? 'One step a line. Tab completes what is offered.' : 'Tab takes the first:'}
      </p>
      {offered.length === 0 ? null : (
        <ul class="offered" aria-label="Completions">
          {offered.slice(0, 4).map((step) => (
            <li key={step}>
              <button type="button" class="quiet" onClick={() => complete(step)}>
                {step}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
