// The energy of a reaction with lithium: typed whole, without coefficients, or with its left side alone.

import type { JSX } from 'preact';
import type { Reaction } from '../../../design/index.ts';
import { celsius_from_kelvin } from '../../../units/index.ts';
import type { TaskOutput } from '../../../worker/index.ts';
import { ExportLine } from '../../charts/export-menu.tsx';
import { numberText } from '../../charts/number-text.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import { doiIn } from '../../parts/doi-in.ts';
import { saveJson } from '../../parts/save.ts';
import { type Sourced, SourcedValue } from '../../parts/sourced.tsx';
import { reactionTable } from './tables.ts';

const HOW: Readonly<Record<Reaction['how'], string>> = {
  'as written': 'as written',
  'balanced here': 'coefficients found here',
  'completed here': 'products of the lowest energy, found here',
};

/** Below this energies are equal, as in the shell. */
const LEVEL_J_per_mol = 50;

function verdictOf({ gibbs_J_per_mol }: Reaction): readonly [word: string, look: string] {
  if (Math.abs(gibbs_J_per_mol) < LEVEL_J_per_mol) return ['in balance', 'open'];
  return gibbs_J_per_mol < 0 ? ['downhill: it may run', 'good'] : ['uphill: it cannot run', 'bad'];
}

const kilo = (value: number): number => value / 1000;

/** The letters of the tables: crystals, of which some have several forms. */
const phaseWords = (phase: string): string =>
  phase === 'cr' ? 'crystal' : /^[a-e]$/.test(phase) ? `crystal (${phase})` : phase;

export function ReactionAnswer({ output }: { readonly output: TaskOutput<'reaction'> }): JSX.Element {
  const { reaction, note, command } = output;
  const [word, look] = verdictOf(reaction);
  const words = useAnswerItems();
  const name = 'limetal-reaction';
  const more = [
    ...words({ of: 'reaction', answer: reaction }, { name, command }),
    { label: 'The whole answer as JSON', run: () => saveJson(reaction, `${name}.json`) },
  ];
  const kinds = [...new Set(reaction.substances.map(({ tag }) => tag))];
  const sourced = (label: string, value: number, unit: string, equation: string): Sourced => ({
    label,
    value,
    unit,
    tag: 'computed',
    source: `the ${reaction.substances.length} substances below, whose numbers are ${kinds.join(', ')}; ${command}`,
    equation: `${equation}; docs/thermodynamics.md`,
    note: 'Pure phases, gases at 1 bar.',
  });
  const energies: readonly (readonly [string, number | null, string, string])[] = [
    ['ΔrG', kilo(reaction.gibbs_J_per_mol), 'kJ/mol', 'Σ ν·G'],
    ['ΔrH', reaction.enthalpy_J_per_mol === null ? null : kilo(reaction.enthalpy_J_per_mol), 'kJ/mol', 'Σ ν·H'],
    ['ΔrS', reaction.entropy_J_per_mol_K, 'J/(mol K)', 'Σ ν·S'],
    [
      'ΔrG per lithium',
      reaction.perLithium_J_per_mol === null ? null : kilo(reaction.perLithium_J_per_mol),
      'kJ/mol',
      'ΔrG/|n|, n the lithium used up or given off',
    ],
    ['Potential against Li/Li⁺', reaction.potential_V, 'V', 'E = −ΔrG/(n·F)'],
  ];
  return (
    <>
      <p class={`verdict is-${look}`}>
        <strong class="equation">{reaction.equation}</strong> ({HOW[reaction.how]}) is {word} at{' '}
        {numberText(celsius_from_kelvin(reaction.temperature_K), 4)} °C.
      </p>
      <dl class="figures">
        {energies.map(([label, value, unit, equation]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {value === null ? (
                'not known'
              ) : (
                <SourcedValue of={sourced(label, value, unit, equation)} significant={4} />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {reaction.conversion === null ? null : (
        <p>
          Without alloys and ternary phases: <span class="equation">{reaction.conversion.equation}</span>,{' '}
          <SourcedValue
            of={sourced(
              'ΔrG without alloys and ternary phases',
              kilo(reaction.conversion.gibbs_J_per_mol),
              'kJ/mol',
              'Σ ν·G over elements and binary phases',
            )}
            significant={4}
          />
          .
        </p>
      )}
      <ExportLine
        title="the reaction"
        figure={null}
        table={() => reactionTable(reaction)}
        context={{ name, command, more }}
      />
      <div class="scroll">
        <table>
          <caption>Substances; negative is used up. A click on an energy tells its source.</caption>
          <thead>
            <tr>
              <th scope="col">ν</th>
              <th scope="col" class="text">
                Substance
              </th>
              <th scope="col" class="text">
                Phase
              </th>
              <th scope="col">ΔfG / kJ/mol</th>
              <th scope="col" class="text">
                Kind
              </th>
            </tr>
          </thead>
          <tbody>
            {reaction.substances.map(({ formula, phase, coefficient, formation_J_per_mol, tag, source, remarks }) => {
              const doi = doiIn(source);
              return (
                <tr key={`${formula} ${phase} ${coefficient < 0}`}>
                  <td>
                    <SourcedValue
                      of={{
                        label: `Stoichiometric coefficient of ${formula}`,
                        value: coefficient,
                        unit: '',
                        tag: reaction.how === 'as written' ? 'typed' : 'computed',
                        source: HOW[reaction.how],
                        equation: 'as many atoms of each element on both sides; docs/thermodynamics.md',
                      }}
                      significant={4}
                    />
                  </td>
                  <th scope="row">{formula}</th>
                  <td class="text">{phaseWords(phase)}</td>
                  <td>
                    {formation_J_per_mol === null ? (
                      'not known'
                    ) : (
                      <SourcedValue
                        significant={4}
                        of={{
                          label: `Gibbs energy of formation of ${formula} (${phase})`,
                          value: kilo(formation_J_per_mol),
                          unit: 'kJ/mol',
                          tag,
                          source,
                          equation: 'H − T·S, less that of the elements; docs/thermodynamics.md',
                          ...(doi === undefined ? {} : { doi }),
                          ...(remarks.length === 0 ? {} : { note: remarks.join('; ') }),
                        }}
                      >
                        {numberText(kilo(formation_J_per_mol), 4)}
                      </SourcedValue>
                    )}
                  </td>
                  <td class="text">{tag}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {reaction.remarks.length === 0 ? null : (
        <ul class="plain">
          {reaction.remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      <p class="hint">{note}</p>
      <p class="hint">
        In a shell: <code>{command}</code>
      </p>
    </>
  );
}
