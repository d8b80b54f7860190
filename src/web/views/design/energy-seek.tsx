// The input that would reach a target, or why none of its values does.

import type { JSX } from 'preact';
import type { TaskInput, TaskOutput } from '../../../worker/index.ts';
import { useSettled } from '../../engine/use-settled.ts';
import { useTask } from '../../engine/use-task.ts';
import { SelectField } from '../../parts/choice.tsx';
import { SourcedText } from '../../parts/sourced-text.tsx';
import { AmountField, withText } from './amount-field.tsx';
import type { ToolProps } from './efficiency-tool.tsx';

const basis = {
  label: 'What the target takes',
  tag: 'computed',
  equation:
    'the root of energy(input) − target that is nearest to the present value; docs/design.md, "Energy of a cell"',
} as const;

type Choices = TaskOutput<'designChoices'>;

/** It is sought anew once nothing has changed for so long. */
const SETTLED_ms = 120;

export function Seek({
  slice,
  patch,
  choices,
  question,
}: ToolProps & { readonly choices: Choices; readonly question: TaskInput<'designEnergy'> }): JSX.Element {
  const settled = useSettled({ ...question, seek: slice.seek, target: slice.target }, SETTLED_ms);
  const asked = useTask('designSeek', settled, 'beside');
  const { output } = asked;
  return (
    <>
      <h2>What would it take?</h2>
      <SelectField
        label="Look for"
        value={slice.seek}
        choices={choices.inputs.map(({ name, label, group }) => ({ value: name, label, group }))}
        onChange={(seek) => patch({ seek })}
      />
      <AmountField
        label="to reach"
        name="target"
        value={slice.target}
        dimension="specific energy"
        unit="Wh/kg"
        issues={asked.issues}
        range_SI={[150 * 3600, 600 * 3600]}
        hint="an energy per mass or volume, an energy, a capacity, a mass or a thickness"
        onChange={(target) => patch({ target }, 'target')}
      />
      {output === null || asked.issues.length > 0 ? null : (
        <div aria-live="polite">
          {output.sought.kind === 'found' ? (
            <>
              <p class="verdict">
                <SourcedText
                  text={`${output.label}: ${output.text} gives ${output.reached}.`}
                  basis={{ ...basis, source: output.command }}
                />
              </p>
              {output.others.length === 0 ? null : (
                <p class="hint">
                  <SourcedText
                    text={`Also at ${output.others.join(', ')}.`}
                    basis={{ ...basis, source: output.command }}
                  />
                </p>
              )}
              <button
                type="button"
                class="primary"
                onClick={() => patch({ energy: withText(slice.energy, slice.seek, output.text) })}
              >
                Take it
              </button>
            </>
          ) : (
            <p class="warning">
              <SourcedText
                text={`${output.target} is not reached. ${output.sought.why} The nearest is ${output.reached} at ${output.text}.`}
                basis={{ ...basis, source: output.command }}
              />
            </p>
          )}
        </div>
      )}
    </>
  );
}
