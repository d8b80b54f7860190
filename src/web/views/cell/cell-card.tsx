// The left side: which cell, what lies in it, what can be changed, and how it is run.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TaskOutput } from '../../../worker/index.ts';
import { ExportLine } from '../../charts/export-menu.tsx';
import { useConstant } from '../../engine/use-constant.ts';
import type { Asked } from '../../engine/use-task.ts';
import { ButtonChoice, type Choice, SelectField } from '../../parts/choice.tsx';
import { NumberField } from '../../parts/quantity-field.tsx';
import { saveText } from '../../parts/save.ts';
import { BLANK_CELLS } from './blank-cells.ts';
import { FileField, ValueField } from './cell-fields.tsx';
import { type Measured, MeasuredChoice } from './measured.tsx';
import { ProtocolField } from './protocol-field.tsx';
import { Stack, type StackLayer } from './stack.tsx';
import { type CellSlice, openedCell } from './state.ts';

/** The file that gives this cell again: as it was given with its edits, or, where supplied values were moved, with every value stated. */
export const savedFile = (
  { values }: Pick<CellSlice, 'values'>,
  { id, shortFile, fullFile }: Sheet,
): { readonly name: string; readonly text: string } => ({
  name: `${id}.cell.json`,
  text: Object.keys(values).length === 0 ? shortFile : fullFile,
});

export type Sheet = TaskOutput<'cellDraft'>['sheet'];
export type Patch = (part: Partial<CellSlice>, tag?: string) => void;

const OWN_FILE = ' file';
const FILE_SIZE_MAX = 2_000_000;

/** Which cell it is; the only field where none could be read. */
export function CellChoice({
  slice,
  patch,
  name,
}: {
  readonly slice: Pick<CellSlice, 'base' | 'file'>;
  readonly patch: Patch;
  readonly name: string;
}): JSX.Element {
  const cells = useConstant('cellList', {}) ?? [];
  const value = slice.file === null ? slice.base : OWN_FILE;
  const known: readonly Choice<string>[] = cells.map(({ id, title, group }) => ({ value: id, label: title, group }));
  const isKnown = known.some((one) => one.value === value);
  return (
    <SelectField
      label="Cell"
      value={value}
      choices={isKnown ? known : [{ value, label: name }, ...known]}
      onChange={(id) => id !== OWN_FILE && patch(openedCell({ base: id }))}
    />
  );
}

export function CellCard({
  slice,
  patch,
  sheet,
  command,
  measured,
}: {
  readonly slice: CellSlice;
  readonly patch: Patch;
  readonly sheet: Sheet;
  /** That which runs the cell in a shell. */
  readonly command: string;
  readonly measured: Asked<Measured>;
}): JSX.Element {
  const cells = useConstant('cellList', {}) ?? [];
  const [fault, setFault] = useState('');
  const setEdit = (path: string, text: string, tag = `edit ${path}`): void =>
    patch({ edits: { ...slice.edits, [path]: text } }, tag);
  const setValue = (parameter: string, text: string): void =>
    patch({ values: { ...slice.values, [parameter]: text } }, `value ${parameter}`);
  const open = async (file: File): Promise<void> => {
    if (file.size > FILE_SIZE_MAX) setFault(`${file.name} is too large for a cell file.`);
    else {
      setFault('');
      patch(openedCell({ file: await file.text() }));
    }
  };
  const file = savedFile(slice, sheet);
  const changed = Object.keys(slice.edits).length + Object.keys(slice.values).length;
  return (
    <>
      <section
        class="card"
        aria-label="The cell"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          const [file] = event.dataTransfer?.files ?? [];
          if (file !== undefined) void open(file);
        }}
      >
        <CellChoice slice={slice} patch={patch} name={sheet.name} />
        <div class="cell-tools">
          <OpenButton onFile={(file) => void open(file)} />
          <button type="button" onClick={() => saveText(file.text, file.name, 'application/json')}>
            Save file
          </button>
          <SelectField
            label="Blank"
            value=""
            choices={[
              { value: '', label: 'start from…' },
              ...BLANK_CELLS.map(({ name }) => ({ value: name, label: name })),
            ]}
            onChange={(name) => {
              const blank = BLANK_CELLS.find((one) => one.name === name);
              if (blank !== undefined) patch(openedCell({ file: `${JSON.stringify(blank.file, null, 2)}\n` }));
            }}
          />
          {changed === 0 ? null : (
            <button type="button" onClick={() => patch({ edits: {}, values: {} })}>
              Undo {changed} change{changed === 1 ? '' : 's'}
            </button>
          )}
        </div>
        {fault === '' ? null : (
          <p class="problem" role="alert">
            {fault}
          </p>
        )}
        <ExportLine
          title="the drawn cell"
          figure={{ kind: 'stack', title: sheet.name, layers: sheet.layers }}
          context={{ name: `${sheet.id}-layers`, command }}
        />
        <Stack
          layers={sheet.layers}
          chosen={slice.layer}
          onChoose={(id) => patch({ layer: id === slice.layer ? null : id }, 'layer')}
          onThickness={(layer, text) => setThickness(layer, text, setEdit, setValue)}
        />
        <LayerFields slice={slice} sheet={sheet} onValue={setValue} patch={patch} />
        {sheet.fields.map((field) => (
          <FileField key={field.path} field={field} onChange={(text) => setEdit(field.path, text)} />
        ))}
      </section>
      <div class="card">
        <ProtocolField
          value={slice.protocol ?? sheet.protocol}
          isOwn={slice.protocol === null}
          onChange={(protocol) => patch({ protocol }, 'protocol')}
          onReset={() => patch({ protocol: null })}
        />
        <NumberField
          label="Cycles (0 for those of the protocol)"
          value={slice.cycles ?? 0}
          min={0}
          max={1000}
          step={1}
          onChange={(cycles) => patch({ cycles: cycles < 1 ? null : Math.round(cycles) }, 'cycles')}
        />
        <ButtonChoice
          label="Model"
          value={slice.model}
          choices={[
            { value: 'fast', label: 'fast' },
            { value: 'full', label: 'full' },
          ]}
          onChange={(model) => patch({ model })}
        />
        <SelectField
          label="Second cell beside it"
          value={slice.beside ?? ''}
          choices={[
            { value: '', label: 'none' },
            ...cells.map(({ id, title, group }) => ({ value: id, label: title, group })),
          ]}
          onChange={(beside) => patch({ beside: beside === '' ? null : beside })}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={slice.hasBands}
            onChange={(event) => patch({ hasBands: event.currentTarget.checked })}
          />
          Bands over what is uncertain
        </label>
        <MeasuredChoice isOn={slice.hasMeasured} asked={measured} onChange={(hasMeasured) => patch({ hasMeasured })} />
      </div>
      <SuppliedValues slice={slice} sheet={sheet} onValue={setValue} patch={patch} />
    </>
  );
}

function setThickness(
  { typed }: StackLayer,
  text: string,
  setEdit: (path: string, text: string) => void,
  setValue: (parameter: string, text: string) => void,
): void {
  if (typed === null) return;
  if (typed.as === 'edit') setEdit(typed.path, text);
  else setValue(typed.path, text);
}

function OpenButton({ onFile }: { onFile(file: File): void }): JSX.Element {
  return (
    <label class="file-button">
      Open a cell file
      <input
        type="file"
        accept=".json"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file !== undefined) onFile(file);
          event.currentTarget.value = '';
        }}
      />
    </label>
  );
}

interface ValuesProps {
  readonly slice: CellSlice;
  readonly sheet: Sheet;
  onValue(parameter: string, text: string): void;
  readonly patch: Patch;
}

/** The values that go with the layer that was picked. */
function LayerFields({ slice, sheet, onValue, patch }: ValuesProps): JSX.Element | null {
  const layer = sheet.layers.find(({ id }) => id === slice.layer);
  if (layer === undefined) return null;
  const shared = layer.id.replace(/^(counter|working)\./, '');
  const own = sheet.values.filter(
    ({ parameter }) => parameter.startsWith(`${layer.id}.`) || parameter.startsWith(`${shared}.`),
  );
  return (
    <fieldset class="layer-fields">
      <legend>{layer.name}</legend>
      {own.length === 0 ? <p class="hint">Nothing of this layer was supplied; what is given stands below.</p> : null}
      <ValueList values={own} slice={slice} onValue={onValue} patch={patch} />
    </fieldset>
  );
}

function ValueList({
  values,
  slice,
  onValue,
  patch,
}: Omit<ValuesProps, 'sheet'> & { readonly values: Sheet['values'] }): JSX.Element {
  return (
    <>
      {values.map((value) => (
        <ValueField
          key={value.parameter}
          value={value}
          typed={slice.values[value.parameter] ?? ''}
          onChange={(text) => onValue(value.parameter, text)}
          onReset={() => {
            const { [value.parameter]: _, ...rest } = slice.values;
            patch({ values: rest });
          }}
        />
      ))}
    </>
  );
}

/** Everything that was supplied, to be looked through by name. */
function SuppliedValues({ slice, sheet, onValue, patch }: ValuesProps): JSX.Element {
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const words = text.toLowerCase().split(/\s+/);
  const found = sheet.values.filter(({ parameter }) => words.every((word) => parameter.toLowerCase().includes(word)));
  return (
    <details class="card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{sheet.values.length} values that were supplied, with ranges and sources</summary>
      {isOpen ? (
        <>
          <input
            type="search"
            aria-label="Look through the supplied values"
            placeholder="such as interphase conductivity"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <ValueList values={found} slice={slice} onValue={onValue} patch={patch} />
        </>
      ) : null}
    </details>
  );
}
