// What no file says: which cell it was, its area, and how files go together.

import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { SelectField } from '../../parts/choice.tsx';
import { OptionalQuantityField } from '../../parts/optional-field.tsx';
import type { BenchSlice } from './state.ts';

interface AboutProps {
  readonly slice: BenchSlice;
  patch(part: Partial<BenchSlice>, tag?: string): void;
}

export function AboutCard({ slice, patch }: AboutProps): JSX.Element {
  return (
    <div class="card">
      <h2>What no file says</h2>
      <SelectField
        label="Cell"
        value={slice.cell ?? ''}
        choices={[
          { value: '', label: 'not said: no efficiency, no shorts' },
          { value: 'Li|Cu', label: 'Li|Cu, lithium against copper' },
          { value: 'Li|Li', label: 'Li|Li, lithium on both sides' },
          { value: 'Li|cathode', label: 'Li|cathode' },
          { value: 'Cu|cathode', label: 'Cu|cathode, without lithium at first' },
        ]}
        onChange={(cell) => patch({ cell: cell === '' ? null : cell })}
      />
      <OptionalQuantityField
        label="Area of one electrode"
        dimension="area"
        value={slice.area}
        placeholder="not known: mAh and Ω of the whole cell"
        onChange={(area) => patch({ area }, 'area')}
      />
      <SelectField
        label="Electrolyte"
        value={slice.electrolyte ?? ''}
        choices={[
          { value: '', label: 'not said' },
          { value: 'liquid', label: 'liquid' },
          { value: 'solid', label: 'solid' },
        ]}
        onChange={(electrolyte) => patch({ electrolyte: electrolyte === '' ? null : electrolyte })}
      />
      <TextField
        label="Error of the instrument between its directions"
        value={slice.instrumentError}
        placeholder="percent, such as 0.02; not known"
        onChange={(instrumentError) => patch({ instrumentError })}
      />
      <TextField
        label="Circuit of the spectra"
        value={slice.circuit}
        placeholder="chosen by the data"
        hint="Such as R0-p(R1,CPE1)-p(R2,CPE2): in series by -, in parallel by p(…)."
        onChange={(circuit) => patch({ circuit })}
      />
      <SelectField
        label="Several files"
        value={slice.join}
        choices={[
          { value: 'told', label: 'join those that belong together' },
          { value: 'all', label: 'all are one test' },
          { value: 'each', label: 'each is a test of its own' },
        ]}
        onChange={(join) => patch({ join })}
      />
    </div>
  );
}

/** Counts once it is whole: on Enter, or when the field is left. */
export function TextField({
  label,
  value,
  placeholder,
  hint,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly hint?: string;
  onChange(text: string): void;
}): JSX.Element {
  const id = useId();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        aria-describedby={`${id}-hint`}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onChange={(event) => onChange(event.currentTarget.value.trim())}
      />
      <p id={`${id}-hint`} class="hint">
        {hint ?? ''}
      </p>
    </div>
  );
}
