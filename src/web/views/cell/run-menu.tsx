// All of a run that can be saved: rows, cycles, words for a paper, works to cite, and the command that makes it again. The worker writes
// it by the functions of the shell, from the exact run.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { InputError } from '../../../units/index.ts';
import type { TaskInput } from '../../../worker/index.ts';
import { useLane } from '../../engine/lanes.ts';
import { Menu } from '../../parts/menu.tsx';
import { saveBlob, saveText } from '../../parts/save.ts';

type ExportInput = TaskInput<'cellExport'>;

const LABELS: readonly (readonly [as: ExportInput['as'], label: string])[] = [
  ['csv', 'Record as CSV'],
  ['parquet', 'Record as Parquet'],
  ['bdf.csv', 'Record as BDF'],
  ['record.json', 'Record as JSON'],
  ['cycles.csv', 'Cycles as CSV'],
  ['cycles.parquet', 'Cycles as Parquet'],
  ['methods.txt', 'Methods paragraph'],
  ['bib', 'Bibliography (BibTeX)'],
];

interface RunMenuProps {
  readonly run: ExportInput['run'];
  readonly command: string;
  readonly cellFile: { readonly name: string; readonly text: string };
}

export function RunMenu({ run, command, cellFile }: RunMenuProps): JSX.Element {
  const lane = useLane('beside');
  const [said, say] = useState('');
  const save = async (as: ExportInput['as']): Promise<void> => {
    say('Writing…');
    try {
      const version = document.documentElement.dataset.version!;
      const { name, type, content } = await lane.queue('cellExport', { run, as, version });
      saveBlob(new Blob([content], { type }), name);
      say('');
    } catch (error) {
      const why =
        error instanceof InputError
          ? error.issues.map(({ where, found }) => `${where}: got ${found}`).join('; ')
          : String(error instanceof Error ? error.message : error).split('\n')[0];
      say(`That could not be saved: ${why}. Try again; nothing you entered is lost.`);
    }
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(command);
      say('Command copied.');
    } catch {
      say(`The browser did not let it be copied: ${command}`);
    }
  };
  return (
    <span class="run-menu">
      <Menu
        label="Save run"
        title="Save run"
        items={[
          ...LABELS.map(([as, label]) => ({ label, run: () => save(as) })),
          { label: 'Cell file', run: () => saveText(cellFile.text, cellFile.name, 'application/json') },
          { label: 'Copy the shell command', run: copy },
        ]}
      />
      <span class="hint" role="status">
        {said}
      </span>
    </span>
  );
}
