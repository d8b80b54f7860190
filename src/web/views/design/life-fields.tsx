// The cell that the tools of efficiency and of life share.

import type { JSX } from 'preact';
import type { Issue } from '../../../units/index.ts';
import { ButtonChoice } from '../../parts/choice.tsx';
import { AmountField, withText } from './amount-field.tsx';

export interface LifeFieldsProps {
  readonly life: Readonly<Record<string, string>>;
  readonly issues: readonly Issue[];
  readonly hasElectrolyte: boolean;
  onChange(life: Record<string, string>, tag: string): void;
}

const FIELDS = [
  {
    name: 'nToP',
    label: 'N/P',
    dimension: 'ratio',
    unit: '',
    range_SI: [0, 10],
    hint: 'lithium over the capacity of the cathode',
  },
  { name: 'efficiency', label: 'Coulombic efficiency', dimension: 'fraction', unit: '%', range_SI: [0.9, 0.9999] },
  {
    name: 'cycles',
    label: 'Cycles wanted',
    dimension: 'ratio',
    unit: '',
    range_SI: [10, 2000],
    isLogarithmic: true,
    isWhole: true,
  },
  { name: 'retention', label: 'Capacity left at the end', dimension: 'fraction', unit: '%', range_SI: [0.5, 1] },
] as const;

const ELECTROLYTE_FIELDS = [
  {
    name: 'eToC',
    label: 'Electrolyte, E/C',
    dimension: 'mass per charge',
    unit: 'g/Ah',
    range_SI: [1e-3 / 3600, 0.1 / 3600],
    isLogarithmic: true,
  },
  {
    name: 'interphaseShare',
    label: 'Share of the loss that makes interphase',
    dimension: 'fraction',
    unit: '%',
    hint: 'a third unless you know better; the rest is dead metal',
  },
  {
    name: 'electrons',
    label: 'Electrons that a molecule takes',
    dimension: 'ratio',
    unit: '',
    hint: 'one unless you know better',
  },
  {
    name: 'molarMass',
    label: 'Molar mass of what is spent',
    dimension: 'molar mass',
    unit: 'g/mol',
    hint: '100 g/mol unless you know better',
  },
  {
    name: 'usable',
    label: 'Share of the electrolyte that may go',
    dimension: 'fraction',
    unit: '%',
    hint: 'all of it unless you know better',
  },
] as const;

export function LifeFields({ life, issues, hasElectrolyte, onChange }: LifeFieldsProps): JSX.Element {
  const set = (name: string, text: string): void => onChange(withText(life, name, text), `life ${name}`);
  const fields = hasElectrolyte ? [...FIELDS, ...ELECTROLYTE_FIELDS] : FIELDS;
  return (
    <>
      <ButtonChoice
        label="N counts"
        value={life.counts === 'all' ? 'all' : 'foil'}
        choices={[
          { value: 'foil', label: 'the foil' },
          { value: 'all', label: 'all lithium' },
        ]}
        onChange={(counts) => set('counts', counts)}
      />
      {fields.map((field) => (
        <AmountField
          key={field.name}
          {...field}
          value={life[field.name] ?? ''}
          issues={issues}
          onChange={(text) => set(field.name, text)}
        />
      ))}
    </>
  );
}
