// What is asked: which electrolyte and interlayer, under what conditions, and, for those who measured them, contact, angle and film.

import type { JSX } from 'preact';
import type { TaskOutput } from '../../../worker/index.ts';
import { type Choice, SelectField } from '../../parts/choice.tsx';
import { NameField, OptionalAngleField, OptionalQuantityField } from '../../parts/optional-field.tsx';
import { QuantityField } from '../../parts/quantity-field.tsx';
import type { InterfaceSlice } from './state.ts';

/** A typed name that is in no list stands in one of its own. */
function withTyped(choices: readonly Choice<string>[], value: string): readonly Choice<string>[] {
  return choices.some((choice) => choice.value === value)
    ? choices
    : [{ value, label: value === '' ? 'none' : value, group: value === '' ? '' : 'Typed' }, ...choices];
}

export function InterfaceFields({
  slice,
  choices,
  patch,
}: {
  readonly slice: InterfaceSlice;
  readonly choices: TaskOutput<'interfaceChoices'> | null;
  patch(part: Partial<InterfaceSlice>, tag?: string): void;
}): JSX.Element {
  const set =
    (name: keyof InterfaceSlice) =>
    (text: string): void =>
      patch({ [name]: text }, `interface ${name}`);
  const none: Choice<string> = { value: '', label: 'none' };
  return (
    <>
      <div class="card">
        <SelectField
          label="Solid electrolyte"
          value={slice.electrolyte}
          choices={withTyped(choices?.electrolytes ?? [], slice.electrolyte)}
          onChange={(electrolyte) => patch({ electrolyte })}
        />
        <NameField
          label="or typed"
          value={slice.electrolyte}
          placeholder="heat-treated LLZTO"
          hint='such as "heat-treated LLZTO", "LLZO with Li2CO3", "argyrodite"'
          onChange={(electrolyte) => patch({ electrolyte })}
        />
        <SelectField
          label="Interlayer"
          value={slice.interlayer}
          choices={[
            none,
            ...withTyped(choices?.interlayers ?? [], slice.interlayer).filter(({ value }) => value !== ''),
          ]}
          onChange={(interlayer) => patch({ interlayer })}
        />
      </div>
      <div class="card">
        <QuantityField
          label="Temperature"
          value={slice.temperature}
          dimension="temperature"
          unit="°C"
          range_SI={[253.15, 393.15]}
          onChange={set('temperature')}
        />
        <QuantityField
          label="Stack pressure"
          value={slice.pressure}
          dimension="pressure"
          unit="MPa"
          range_SI={[1e5, 1e8]}
          isLogarithmic
          onChange={set('pressure')}
        />
        <QuantityField
          label="Current to judge"
          value={slice.current}
          dimension="current density"
          unit="mA/cm2"
          range_SI={[0.1, 1000]}
          isLogarithmic
          onChange={set('current')}
        />
        <QuantityField
          label="Stripped at it"
          value={slice.capacity}
          dimension="areal charge"
          unit="mAh/cm2"
          range_SI={[360, 360_000]}
          isLogarithmic
          onChange={set('capacity')}
        />
      </div>
      <details class="card" open={slice.angle !== '' || slice.contact !== '' || slice.film !== ''}>
        <summary>Measured contact, angle or film</summary>
        <OptionalAngleField
          label="Contact angle of molten lithium"
          value={slice.angle}
          placeholder="of the surface"
          onChange={set('angle')}
        />
        <OptionalQuantityField
          label="Share of the area that touches"
          value={slice.contact}
          dimension="fraction"
          placeholder="computed"
          hint="instead of what angle and pressure give"
          onChange={set('contact')}
        />
        <OptionalQuantityField
          label="Film of lithium carbonate"
          value={slice.film}
          dimension="length"
          placeholder="as the name says"
          onChange={set('film')}
        />
      </details>
    </>
  );
}
