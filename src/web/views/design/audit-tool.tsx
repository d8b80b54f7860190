// A claim held against what its own numbers imply: the form on the left, the verdict, the lights, the contradictions and what is missing on
// the right.

import type { JSX } from 'preact';
import type { TaskOutput } from '../../../worker/index.ts';
import { ExportLine, ExportMenu } from '../../charts/export-menu.tsx';
import { useConstant } from '../../engine/use-constant.ts';
import { useTask } from '../../engine/use-task.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import { ButtonChoice } from '../../parts/choice.tsx';
import { doiIn } from '../../parts/doi-in.ts';
import { saveJson, saveText } from '../../parts/save.ts';
import { SourcedValue } from '../../parts/sourced.tsx';
import { sourcedColumns } from '../../parts/sourced-columns.ts';
import { SourcedText } from '../../parts/sourced-text.tsx';
import { TaskStatus } from '../../parts/status.tsx';
import { AmountField, withText } from './amount-field.tsx';
import type { ToolProps } from './efficiency-tool.tsx';
import { efficiencyText, type KeyNumber, KeyNumbers, shownEfficiency } from './key-numbers.tsx';
import { factsTable, lightsTable } from './tables.ts';

type Audit = TaskOutput<'designAudit'>['audit'];

export function AuditTool({ slice, patch }: ToolProps): JSX.Element {
  const choices = useConstant('designChoices', {});
  const { claim, stated } = slice;
  const text = Object.fromEntries(Object.entries(claim).filter(([, value]) => value.trim() !== ''));
  const asked = useTask('designAudit', { text, stated }, 'live');
  if (choices === null) return <p class="running">Opening the audit…</p>;
  const set = (name: string, value: string): void => patch({ claim: withText(claim, name, value) }, `claim ${name}`);
  const isStatedByNumber = (key: string): boolean =>
    asked.output?.audit.stated.some((one) => one.key === key) === true && !stated.includes(key);
  const toggle = (key: string): void =>
    patch({ stated: stated.includes(key) ? stated.filter((one) => one !== key) : [...stated, key] });
  const numberGroups = [...new Set(choices.claimNumbers.map(({ group }) => group))];
  return (
    <>
      <section class="card design-inputs" aria-label="The claim, as printed">
        <p class="hint">Numbers as the paper prints them; leave empty what it does not say.</p>
        <ButtonChoice
          label="Cell"
          value={claim.negative === 'anode-free' ? 'anode-free' : 'lithium'}
          choices={[
            { value: 'lithium', label: 'lithium' },
            { value: 'anode-free', label: 'anode-free' },
          ]}
          onChange={(negative) => set('negative', negative)}
        />
        <ButtonChoice
          label="N counts"
          value={claim.counts === 'foil' || claim.counts === 'all' ? claim.counts : 'not said'}
          choices={[
            { value: 'foil', label: 'the foil' },
            { value: 'all', label: 'all lithium' },
            { value: 'not said', label: 'not said' },
          ]}
          onChange={(counts) => set('counts', counts)}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={claim.wasStopped === 'yes'}
            onChange={(event) => set('wasStopped', event.currentTarget.checked ? 'yes' : 'no')}
          />
          The test was stopped before the cell ended
        </label>
        {numberGroups.map((group) => (
          <details key={group} open={group !== 'Cell'}>
            <summary>{group}</summary>
            {choices.claimNumbers
              .filter((number) => number.group === group)
              .map((number) => (
                <AmountField
                  key={number.name}
                  label={number.label}
                  name={number.name}
                  value={claim[number.name] ?? ''}
                  dimension={number.dimension}
                  unit={number.unit}
                  issues={asked.issues}
                  onChange={(value) => set(number.name, value)}
                />
              ))}
          </details>
        ))}
        <details>
          <summary>What else the paper states</summary>
          {choices.schema.map(({ key, label }) => (
            <label key={key} class="check">
              <input
                type="checkbox"
                checked={stated.includes(key) || isStatedByNumber(key)}
                disabled={isStatedByNumber(key)}
                onChange={() => toggle(key)}
              />
              {label}
            </label>
          ))}
        </details>
        <button type="button" onClick={() => patch({ claim: {}, stated: [] })}>
          Empty the form
        </button>
      </section>
      <div class="cards">
        <TaskStatus asked={asked} what="The claim" />
        {asked.output === null ? null : <Findings audit={asked.output.audit} command={asked.output.command} />}
      </div>
    </>
  );
}

const PRINTED = 'the form on the left, as the paper prints it';
const BASIS = {
  tag: 'computed',
  source: PRINTED,
  equation: 'cycles = x/(1 − CE) + ln R/ln CE; docs/design.md, "An audit"',
} as const;

/** What the claim comes to. */
function numbersOf(audit: Audit): readonly KeyNumber[] {
  const { implied, energy } = audit;
  return [
    ...implied.map(({ counts, excess, implied: of }) => ({
      label: `Efficiency implied, N ${counts === 'foil' ? 'the foil' : 'all lithium'}`,
      ...(of.efficiency === null ? { value: 'not lithium', unit: '' } : shownEfficiency(of.efficiency)),
      tag: 'computed',
      source: `cycles, retention and ${Number(excess.toPrecision(3))} cathode capacities of lithium in excess`,
      equation: 'cycles = x/(1 − CE) + ln R/ln CE; docs/models.md, "Life in closed form"',
    })),
    ...(energy === null
      ? []
      : [
          {
            label: 'Energy per mass implied',
            value: energy.specificEnergy_J_per_kg.value / 3600,
            unit: 'Wh/kg',
            band: energy.specificEnergy_J_per_kg.band80.map((value) => value / 3600) as [number, number],
            tag: 'computed',
            source: `the paper's electrodes and electrolyte in ${energy.assumptions.join('; ')}`,
            equation: 'docs/design.md, "Energy of a cell"',
          },
        ]),
    ...(audit.derived.electrolyte_kg_per_C === null
      ? []
      : [
          {
            label: 'E/C',
            value: 3.6e6 * audit.derived.electrolyte_kg_per_C,
            unit: 'g/Ah',
            tag: audit.claim.electrolyte_kg_per_C === null ? 'computed' : 'reported',
            source: audit.claim.electrolyte_kg_per_C === null ? 'amount of electrolyte over capacity' : 'as printed',
          },
        ]),
  ];
}

function Findings({ audit, command }: { readonly audit: Audit; readonly command: string }): JSX.Element {
  const { verdict, energyNeeds, contradictions, missing, stated, remarks } = audit;
  const numbers = numbersOf(audit);
  const words = useAnswerItems();
  const more = [
    ...words({ of: 'audit', answer: audit }, { name: 'audit', command }),
    { label: 'Audit as text', run: () => saveText(auditText(audit), 'audit.txt', 'text/plain') },
    { label: 'Audit as JSON', run: () => saveJson(audit, 'audit.json') },
  ];
  return (
    <>
      <div class="card">
        <div class="design-head">
          <h2>What its own numbers imply</h2>
          <ExportMenu
            title="the audit"
            figure={null}
            table={() => sourcedColumns(numbers)}
            context={{ name: 'audit', command, more }}
          />
        </div>
        <p class="verdict">
          {verdict === null ? (
            'Nothing can be said of the life: cycles and N/P, or the thickness of lithium, are needed.'
          ) : (
            <SourcedText text={verdict} numbers={numbers} basis={{ label: 'What the claim implies', ...BASIS }} />
          )}
        </p>
        <KeyNumbers numbers={numbers} />
        {energyNeeds === null ? null : <p class="hint">No energy per mass: it needs {energyNeeds}.</p>}
        {remarks.map((remark) => (
          <p key={remark} class="hint">
            {remark}
          </p>
        ))}
      </div>
      <div class="card">
        <h2>Contradictions</h2>
        {contradictions.length === 0 ? (
          <p>
            <SourcedText
              text="No two of its numbers differ by more than 5 %, which is what rounding a thickness does."
              basis={{
                label: 'From where on two numbers contradict each other',
                tag: 'chosen',
                source: 'papers round 50 µm of lithium to 10 mAh/cm², which is 3 % off',
                equation: 'docs/design.md, "An audit"',
              }}
            />
          </p>
        ) : (
          contradictions.map(({ what, printed, computed }) => (
            <p key={what} class="problem">
              <strong>{what}:</strong>{' '}
              <SourcedText text={printed} basis={{ label: `${what}, as printed`, tag: 'reported', source: PRINTED }} />;{' '}
              <SourcedText
                text={computed}
                basis={{
                  label: `${what}, computed`,
                  tag: 'computed',
                  source: `other numbers of the claim: ${PRINTED}`,
                }}
              />
              .
            </p>
          ))
        )}
      </div>
      <div class="card">
        <ExportLine
          title="what is practical"
          figure={null}
          table={() => lightsTable(audit)}
          context={{ name: 'audit-conditions', command, more }}
        />
        <Lights lights={audit.lights} />
      </div>
      <div class="card">
        <div class="heading">
          <h2>
            Missing: {missing.length} of {missing.length + stated.length} facts
          </h2>
          <ExportMenu
            title="the facts"
            figure={null}
            table={() => factsTable(audit)}
            context={{ name: 'audit-facts', command }}
          />
        </div>
        <p class="hint">
          The least with which such a cell can be built again. Journals ask for more: the battery checklists of Cell
          Press (10.1016/j.joule.2020.12.026) and ACS Energy Letters (10.1021/acsenergylett.1c00870).
        </p>
        <ul class="missing">
          {missing.map(({ key, label }) => (
            <li key={key}>{label}</li>
          ))}
        </ul>
      </div>
    </>
  );
}

/** The first DOI that a source names. */
const doiOf = (source: string): { readonly doi?: string } => {
  const doi = doiIn(source);
  return doi === undefined ? {} : { doi };
};

const MARKS: Readonly<Record<Audit['lights'][number]['level'], string>> = {
  practical: '● practical',
  between: '◐ between',
  laboratory: '○ laboratory',
};

function Lights({ lights }: { readonly lights: Audit['lights'] }): JSX.Element {
  return (
    <>
      <h2>Beside what is practical</h2>
      <div class="scroll tall">
        <table class="lights">
          <thead>
            <tr>
              <th scope="col" class="text">
                Condition
              </th>
              <th scope="col">Claim</th>
              <th scope="col" class="text">
                Is
              </th>
              <th scope="col" class="text">
                Practical
              </th>
              <th scope="col" class="text">
                Usual in papers
              </th>
            </tr>
          </thead>
          <tbody>
            {lights.map(({ key, label, text, level, target, habit, source }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td data-label="Claim">
                  <SourcedValue
                    of={{
                      label: `${label}, claimed`,
                      value: text,
                      unit: '',
                      tag: 'reported or computed',
                      equation: 'as printed, or what its other printed numbers give; docs/design.md, "An audit"',
                      source: PRINTED,
                    }}
                  />
                </td>
                <td class={`text light ${level}`}>{MARKS[level]}</td>
                <td class="text" data-label="Practical">
                  <SourcedValue
                    of={{
                      label: `${label}, practical`,
                      value: target,
                      unit: '',
                      tag: 'reported',
                      source,
                      ...doiOf(source),
                    }}
                  />
                </td>
                <td class="text" data-label="Usual in papers">
                  <SourcedValue
                    of={{
                      label: `${label}, usual in papers`,
                      value: habit,
                      unit: '',
                      tag: 'reported',
                      source,
                      ...doiOf(source),
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** A page that can be put beside a review. */
const auditText = ({ verdict, implied, energy, lights, contradictions, missing, remarks }: Audit): string =>
  [
    'Audit of a claim',
    '',
    verdict ?? 'Nothing can be said of the life.',
    ...implied.map(
      ({ counts, implied: of }) =>
        `Efficiency implied, N ${counts}: ${of.efficiency === null ? 'lithium did not end it' : `${efficiencyText(of.efficiency)} %`}`,
    ),
    ...(energy === null
      ? []
      : [
          `Energy per mass implied: ${energy.specificEnergy_J_per_kg.band80.map((value) => Math.round(value / 3600)).join(' to ')} Wh/kg, with ${energy.assumptions.join('; ')}`,
        ]),
    '',
    ...lights.map(
      ({ label, text, level, target, source }) => `${label}: ${text}, ${level}; practical ${target} (${source})`,
    ),
    '',
    ...contradictions.map(({ what, printed, computed }) => `Contradiction, ${what}: ${printed}; ${computed}`),
    ...remarks,
    '',
    'Missing:',
    ...missing.map(({ label }) => `- ${label}`),
    '',
  ].join('\n');
