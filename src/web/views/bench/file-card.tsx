// One file: what was recognised in it, and how it is to be read instead.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TaskOutput } from '../../../worker/index.ts';
import { numberText } from '../../charts/number-text.ts';
import type { Asked } from '../../engine/use-task.ts';
import { SelectField } from '../../parts/choice.tsx';
import { type Basis, SourcedText } from '../../parts/sourced-text.tsx';
import { TaskStatus } from '../../parts/status.tsx';
import { useTyped } from '../../parts/use-typed.ts';
import { idOf } from './open-files.ts';
import type { BenchSettings } from './state.ts';
import { useBench } from './use-bench.ts';

export type Sheet = Extract<TaskOutput<'benchFile'>, { kind: 'sheet' }>;

const HOLDS: Readonly<Record<Sheet['holds'], string>> = {
  cycling: 'cycling',
  impedance: 'impedance',
  both: 'cycling and impedance',
  empty: 'no measurement',
};

/** Meanings that are offered for a column; any quantity with its unit can be typed. */
const MEANINGS: readonly string[] = [
  'time_s',
  'time_min',
  'time_h',
  'voltage_V',
  'voltage_mV',
  'current_A',
  'current_mA',
  'current_uA',
  'capacity_mAh',
  'temperature_C',
  'cycle',
  'step',
  'frequency_Hz',
  'real_ohm',
  'imaginary_ohm',
  'minus_imaginary_ohm',
];

export function MeaningsOffered(): JSX.Element {
  return (
    <datalist id="column-meanings">
      {MEANINGS.map((meaning) => (
        <option key={meaning} value={meaning} />
      ))}
    </datalist>
  );
}

interface FileProps {
  readonly settings: BenchSettings;
  readonly area: string;
  onChange(settings: BenchSettings): void;
  onRemove(): void;
  onOpen(): void;
}

export function FileCard({ settings, area, onChange, onRemove, onOpen }: FileProps): JSX.Element {
  const { name } = settings;
  const id = idOf(name);
  const asked = useBench('benchFile', id === null ? null : { file: { ...settings, id }, area });
  const { output } = asked;
  const changed =
    [settings.sign, settings.encoding, settings.delimiter, settings.decimal].filter((text) => text !== '').length +
    Object.keys(settings.columns).length;
  return (
    <li class="lab-file">
      <div class="lab-file-head">
        <strong>{name}</strong>
        <button type="button" class="quiet" aria-label={`Remove ${name}`} onClick={onRemove}>
          ×
        </button>
      </div>
      {id === null ? (
        <p class="warning">
          This bench was opened from a link or a saved page, which has no files in it.{' '}
          <button type="button" onClick={onOpen}>
            Open {name}
          </button>
        </p>
      ) : null}
      <TaskStatus asked={output?.kind === 'fault' ? { ...asked, issues: [] } : asked} what={name} />
      {output === null ? null : output.kind === 'fault' ? (
        <div class="problem" role="alert">
          {output.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      ) : (
        <Recognised name={name} sheet={output} />
      )}
      {output === null ? null : (
        <details open={output.kind === 'fault' && changed > 0}>
          <summary>
            Recognised in detail, and corrections
            {changed === 0 ? '' : ` (${changed} made)`}
          </summary>
          <Corrections settings={settings} asked={asked} onChange={onChange} />
          {output.kind === 'sheet' ? <Said sheet={output} /> : null}
        </details>
      )}
    </li>
  );
}

const duration = (time_s: number): string =>
  time_s < 120
    ? `${numberText(time_s, 3)} s`
    : time_s < 7200
      ? `${numberText(time_s / 60, 3)} min`
      : `${numberText(time_s / 3600, 3)} h`;

function Recognised({ name, sheet }: { readonly name: string; readonly sheet: Sheet }): JSX.Element {
  const { format, holds, rows, records, spectra, sign, needs, remarks } = sheet;
  const counted = (label: string): Basis => ({
    label,
    tag: 'measured',
    source: `${name}, read as ${format}`,
    equation: 'first to last row, least and greatest of its column; docs/readers.md',
  });
  const range = ([low, high]: readonly [number | null, number | null], factor: number, unit: string): string =>
    low === null || high === null ? 'unknown' : `${numberText(factor * low)} to ${numberText(factor * high)} ${unit}`;
  return (
    <>
      <p class="lab-file-what">
        {format}; <SourcedText text={`${rows.toLocaleString('en')} rows`} basis={counted('Rows that were read')} />,{' '}
        {HOLDS[holds]}
        {spectra === 0 ? '' : `, ${spectra} ${spectra === 1 ? 'spectrum' : 'spectra'}`}
      </p>
      {records.slice(0, 4).map((record, k) => (
        <p class="hint" key={k}>
          <SourcedText
            text={`${duration(record.length_s)}, ${range(record.voltage_V, 1, 'V')}, current ${range(record.current_A, 1e3, 'mA')}`}
            basis={counted('Time, voltage and current of the record')}
          />
        </p>
      ))}
      {records.length > 4 ? <p class="hint">and {records.length - 4} more records</p> : null}
      {records.length === 0 ? null : (
        <p class="hint">
          Sign: {sign.convention}; {sign.why}
          {sign.turned ? ' (turned over)' : ''}
        </p>
      )}
      {needs
        .filter(({ what }) => what !== 'cell type')
        .map(({ what, why }) => (
          <p class="warning" key={what}>
            To be said: {what}; {why}.
          </p>
        ))}
      {remarks.length === 0 ? null : (
        <p class="hint">
          {remarks.length} {remarks.length === 1 ? 'remark' : 'remarks'}: {remarks[0]!.message}
          {remarks.length > 1 ? ' …' : ''}
        </p>
      )}
    </>
  );
}

function Corrections({
  settings,
  asked,
  onChange,
}: {
  readonly settings: BenchSettings;
  readonly asked: Asked<TaskOutput<'benchFile'>>;
  onChange(settings: BenchSettings): void;
}): JSX.Element {
  const set = (part: Partial<BenchSettings>): void => onChange({ ...settings, ...part });
  const { output } = asked;
  const headings = new Set([
    ...(output?.kind === 'sheet' ? output.columns.map(({ heading }) => heading) : []),
    ...Object.keys(settings.columns),
  ]);
  const found = output?.kind === 'sheet' ? output.columns : [];
  return (
    <>
      <div class="lab-corrections">
        <SelectField
          label="Sign"
          value={settings.sign}
          choices={[
            { value: '', label: 'as recognised' },
            { value: '+', label: '+ oxidises' },
            { value: '-', label: '− oxidises' },
          ]}
          onChange={(sign) => set({ sign })}
        />
        <SelectField
          label="Encoding"
          value={settings.encoding}
          choices={[
            { value: '', label: 'as recognised' },
            ...(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'gbk', 'shift_jis'] as const).map((value) => ({
              value,
              label: value,
            })),
          ]}
          onChange={(encoding) => set({ encoding })}
        />
        <SelectField
          label="Between columns"
          value={settings.delimiter}
          choices={[
            { value: '', label: 'as recognised' },
            ...(['tab', 'semicolon', 'comma', 'bar', 'blank'] as const).map((value) => ({ value, label: value })),
          ]}
          onChange={(delimiter) => set({ delimiter })}
        />
        <SelectField
          label="Decimal mark"
          value={settings.decimal}
          choices={[
            { value: '', label: 'as recognised' },
            { value: 'point', label: 'point' },
            { value: 'comma', label: 'comma' },
          ]}
          onChange={(decimal) => set({ decimal })}
        />
      </div>
      {headings.size === 0 ? null : (
        <div class="scroll">
          <table class="lab-columns">
            <caption>Columns, and what they mean</caption>
            <thead>
              <tr>
                <th scope="col" class="text">
                  Heading
                </th>
                <th scope="col" class="text">
                  Read as
                </th>
                <th scope="col" class="text">
                  Say otherwise
                </th>
              </tr>
            </thead>
            <tbody>
              {[...headings].map((heading) => {
                const column = found.find((one) => one.heading === heading);
                return (
                  <tr key={heading}>
                    <th scope="row">{heading}</th>
                    <td class="text">
                      {column === undefined
                        ? '–'
                        : column.from === 'unknown'
                          ? 'kept, meaning unknown'
                          : `${column.to}, by ${column.from}`}
                    </td>
                    <td class="text">
                      <ColumnMeaning
                        heading={heading}
                        value={settings.columns[heading] ?? ''}
                        onChange={(meaning) => {
                          const { [heading]: _, ...rest } = settings.columns;
                          set({ columns: meaning === '' ? rest : { ...rest, [heading]: meaning } });
                        }}
                      />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

/** Counts once it is whole: on Enter, or when the field is left. */
function ColumnMeaning({
  heading,
  value,
  onChange,
}: {
  readonly heading: string;
  readonly value: string;
  onChange(meaning: string): void;
}): JSX.Element {
  const field = useTyped(value, (text) => onChange(text.trim()));
  return (
    <input
      type="text"
      list="column-meanings"
      autocomplete="off"
      spellcheck={false}
      aria-label={`Meaning of column ${heading}`}
      placeholder="current_mA"
      value={field.text}
      onInput={(event) => field.type(event.currentTarget.value)}
      onChange={(event) => field.hand(event.currentTarget.value.trim(), onChange)}
      onBlur={field.leave}
      onKeyDown={(event) => event.key === 'Escape' && field.drop()}
    />
  );
}

/** What the file says of itself, and what its reader had to say. */
function Said({ sheet: { metadata, remarks } }: { readonly sheet: Sheet }): JSX.Element {
  const [isLong, setLong] = useState(false);
  const LISTED = 12;
  const shown = isLong ? metadata : metadata.slice(0, LISTED);
  return (
    <>
      {metadata.length === 0 ? null : (
        <div class="scroll">
          <table class="lab-columns">
            <caption>The file says of itself</caption>
            <tbody>
              {shown.map(({ name, text, where, caution }, k) => (
                <tr key={`${name} ${k}`}>
                  <th scope="row">{name}</th>
                  <td class="text">
                    {text} <span class="hint">({where})</span>
                    {caution === undefined ? null : <p class="warning">{caution}</p>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {metadata.length > LISTED && !isLong ? (
        <button type="button" class="quiet" onClick={() => setLong(true)}>
          All {metadata.length}
        </button>
      ) : null}
      {remarks.length === 0 ? null : (
        <>
          <h3>Remarks</h3>
          <ul>
            {remarks.map(({ where, message }, k) => (
              <li key={k}>{where === '' ? message : `${where}: ${message}`}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
