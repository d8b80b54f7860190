// What the cell is made of, group by group. A hand on one slider draws one field anew, not forty.

import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { Issue } from '../../../units/index.ts';
import type { TaskOutput } from '../../../worker/index.ts';
import { type Choice, SelectField } from '../../parts/choice.tsx';
import { AmountField, withText } from './amount-field.tsx';
import type { ToolProps } from './efficiency-tool.tsx';

type Choices = TaskOutput<'designChoices'>;
type Input = Choices['inputs'][number];

/** On a narrower screen the answer should not be pages below the first input. */
const NARROW_px = 900;

interface InputsProps extends ToolProps {
  readonly choices: Choices;
  /** In SI as they were read last. */
  readonly values_SI: TaskOutput<'designEnergy'>['cell']['inputs'] | undefined;
  readonly issues: readonly Issue[];
}

export function EnergyInputs({ slice, patch, choices, values_SI, issues }: InputsProps): JSX.Element {
  const { inputs, start, cases } = choices;
  const base: Readonly<Record<string, string>> = { ...start, ...cases.find(({ id }) => id === slice.energyCase)?.text };
  const text = { ...base, ...slice.energy };
  const set = (name: string, value: string): void =>
    patch({ energy: withText(slice.energy, name, value) }, `energy ${name}`);
  const changed = Object.keys(slice.energy).length;
  const negative = text.negative ?? 'lithium';
  const groups = [...new Set(inputs.map(({ group }) => group))].filter(
    (group) => group !== 'Host of the lithium side' || negative === 'host',
  );
  const isShown = (name: string): boolean =>
    (name !== 'lithium' || negative === 'lithium') &&
    ((name !== 'depositPorosity' && name !== 'lithiumDensity') || negative !== 'host');
  const choice = (name: string, label: string, options: readonly (readonly [string, string])[]): JSX.Element => (
    <SelectField
      label={label}
      value={text[name] ?? ''}
      choices={options.map(([value, shown]) => ({ value, label: shown }))}
      onChange={(value) => set(name, value)}
    />
  );
  return (
    <section class="card design-inputs" aria-label="What the cell is made of">
      <SelectField
        label="Begin with"
        value={slice.energyCase}
        choices={cases.map(({ id, title }): Choice<string> => ({ value: id, label: title }))}
        onChange={(id) => patch({ energyCase: id, energy: {} })}
      />
      {changed === 0 ? null : (
        <button type="button" onClick={() => patch({ energy: {} })}>
          Undo {changed} change{changed === 1 ? '' : 's'}
        </button>
      )}
      {choice('negative', 'Lithium side', [
        ['lithium', 'lithium'],
        ['anode-free', 'anode-free'],
        ['host', 'host, such as graphite'],
      ])}
      {choice('cathodeLithium', 'Lithium comes', [
        ['in the cathode', 'in the cathode (NMC, LFP)'],
        ['in the foil', 'in the foil (sulfur, FePO4)'],
      ])}
      {choice('volumeAt', 'Volume is taken', [
        ['as built', 'as built'],
        ['charged', 'charged'],
        ['end of life', 'at the end of life'],
      ])}
      {groups.map((group, k) => (
        <Group
          key={group}
          name={group}
          isOpenAtFirst={k < 2 && innerWidth > NARROW_px}
          inputs={inputs.filter((input) => input.group === group && isShown(input.name))}
          text={text}
          values_SI={values_SI}
          issues={issues}
          onChange={set}
        />
      ))}
      <p class="hint">
        Type amounts with their unit, and “20 ± 1 µm” where you know how far; else a usual range stands.
      </p>
    </section>
  );
}

interface GroupProps {
  readonly name: string;
  readonly isOpenAtFirst: boolean;
  readonly inputs: readonly Input[];
  readonly text: Readonly<Record<string, string>>;
  readonly values_SI: InputsProps['values_SI'];
  readonly issues: readonly Issue[];
  onChange(name: string, text: string): void;
}

/** What the energy is stated for. */
const CONDITIONS = [
  {
    name: 'rate',
    label: 'Rate, stated',
    dimension: 'rate',
    unit: 'C-rate',
    hint: 'such as C/3; the mean potential must belong to it',
  },
  { name: 'temperature', label: 'Temperature, stated', dimension: 'temperature', unit: '°C' },
  { name: 'pressure', label: 'Pressure, stated', dimension: 'pressure', unit: 'kPa' },
] as const;

/** The fields of a group that is open; a faulty one in it is told even where it is closed. */
function Group({ name, isOpenAtFirst, inputs, text, values_SI, issues, onChange }: GroupProps): JSX.Element {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const hasFault = inputs.some((input) => issues.some(({ where }) => where === input.name));
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {name}
        {hasFault && !isOpen ? <span class="fault"> has a fault</span> : null}
      </summary>
      {isOpen
        ? inputs.map((input) => (
            <InputField
              key={input.name}
              input={input}
              value={text[input.name] ?? ''}
              at_SI={values_SI?.[input.key]}
              issue={issues.find(({ where }) => where === input.name)}
              onChange={onChange}
            />
          ))
        : null}
      {isOpen && name === 'Use'
        ? CONDITIONS.map((condition) => (
            <AmountField
              key={condition.name}
              {...condition}
              value={text[condition.name] ?? ''}
              issues={issues}
              onChange={(value) => onChange(condition.name, value)}
            />
          ))
        : null}
    </details>
  );
}

interface InputFieldProps {
  readonly input: Input;
  readonly value: string;
  readonly at_SI: number | undefined;
  readonly issue: Issue | undefined;
  onChange(name: string, text: string): void;
}

/** A field that is drawn again only where it is another. */
function InputField({ input, value, at_SI, issue, onChange }: InputFieldProps): JSX.Element {
  const change = useRef(onChange);
  change.current = onChange;
  const { name } = input;
  return useMemo(
    () => (
      <AmountField
        label={input.label}
        name={name}
        value={value}
        dimension={input.dimension}
        unit={input.unit}
        range_SI={input.range_SI}
        isLogarithmic={input.isLogarithmic === true}
        isWhole={input.isWhole === true}
        at_SI={at_SI}
        issues={issue === undefined ? [] : [issue]}
        onChange={(text) => change.current(name, text)}
      />
    ),
    [input, name, value, at_SI, issue?.found],
  );
}
