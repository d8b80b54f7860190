// What no file says: which cell it was, its area, and how files go together.

import type { JSX } from 'preact';
import { SelectField } from '../../parts/choice.tsx';
import { NameField, OptionalQuantityField } from '../../parts/optional-field.tsx';
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
      <NameField
        label="Error of the instrument between its directions"
        value={slice.instrumentError}
        placeholder="percent, such as 0.02; not known"
        onChange={(instrumentError) => patch({ instrumentError })}
      />
      <NameField
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
