// How an electrolyte wets lithium and soaks a separator: another liquid, and so another quantity than the wetting by molten lithium.

import type { JSX } from 'preact';
import type { TaskOutput } from '../../../worker/index.ts';
import { ExportLine } from '../../charts/export-menu.tsx';
import { numberText } from '../../charts/number-text.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import { BandedValue, bandedSourced, NumbersTable, sourcedProperty } from '../../parts/banded-value.tsx';
import { SourcedValue } from '../../parts/sourced.tsx';
import { electrolyteTable } from './tables.ts';

const DOCUMENT = 'docs/wetting.md';
const milli = (value: number): number => 1000 * value;

export function ElectrolyteAnswer({ output }: { readonly output: TaskOutput<'electrolyteOnLithium'> }): JSX.Element {
  const { answer, command } = output;
  const { spreadingShare } = answer;
  const words = useAnswerItems();
  const name = 'limetal-electrolyte-on-lithium';
  const more = words({ of: 'electrolyte', answer }, { name, command });
  const exported = { name: `${name}-numbers`, command, more };
  const [word, look] =
    spreadingShare >= 0.9
      ? ['spreads', 'good']
      : spreadingShare <= 0.1
        ? ['does not spread', 'bad']
        : ['may spread', 'open'];
  return (
    <>
      <ExportLine
        title="the electrolyte"
        figure={null}
        table={() => electrolyteTable(answer)}
        context={{ name, command, more }}
      />
      <p class={`verdict is-${look}`}>
        {answer.electrolyte} ({answer.family}) <strong>{word}</strong> on lithium: in{' '}
        <SourcedValue
          of={{
            label: 'Draws in which it spreads',
            value: 100 * spreadingShare,
            unit: '%',
            tag: 'computed',
            source: command,
            equation: `share of the draws with a spreading coefficient above 0; ${DOCUMENT}`,
          }}
          significant={2}
        />{' '}
        of the draws.
      </p>
      <dl class="figures">
        <div>
          <dt>Spreading coefficient</dt>
          <dd>
            <BandedValue
              of={bandedSourced(answer.spreading_J_per_m2, milli, {
                label: 'Spreading coefficient',
                unit: 'mN/m',
                equation: `surface energy of the film on lithium, less that of the interface and of the liquid; ${DOCUMENT}`,
                source: command,
              })}
            />
          </dd>
        </div>
        <div>
          <dt>Separator is wet over {numberText(milli(answer.distance_m), 3)} mm after</dt>
          <dd>
            <BandedValue
              of={bandedSourced(answer.time_s, (time) => time, {
                label: 'Time to soak the separator',
                unit: 's',
                equation: `Washburn along the pores, with their tortuosity; ${DOCUMENT}`,
                source: command,
              })}
            />
          </dd>
        </div>
        {answer.measured.map(({ on, printed, quantity, conditions, ...property }) => (
          <div key={`${on} ${printed}`}>
            <dt>
              Measured: {quantity}, {conditions}
            </dt>
            <dd>
              <SourcedValue of={{ ...sourcedProperty(`${quantity} on ${on}`, property), note: conditions }} />
            </dd>
          </div>
        ))}
      </dl>
      <ul class="plain">
        {answer.warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
      <NumbersTable numbers={answer.numbers} exported={exported} />
      <p class="hint">
        In a shell: <code>{command}</code>
      </p>
    </>
  );
}
