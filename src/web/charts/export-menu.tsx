// What leaves the page of a figure or a table: the drawing as SVG or PNG, its data as CSV or Parquet, the words and sources that belong to
// it, and the command that makes the same in a shell. Everything is made in the tab and saved from there.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { saveBlob, saveText } from '../parts/save.ts';
import type { AnyFigure, TableColumn } from './export-files.ts';

export interface ExportContext {
  /** Name of the files, without ending. */
  readonly name: string;
  /** The shell command that gives the same numbers. */
  readonly command?: string;
  /** What stands under a drawing that no command makes, such as that of a draft. */
  readonly note?: string;
  /** More that can be saved, such as the record as Parquet or the cell file. */
  readonly more?: readonly MenuItem[];
}

interface ExportMenuProps {
  /** What is exported, as the button's name has it. */
  readonly title: string;
  /** Null for a table alone. */
  readonly figure: AnyFigure | null;
  /** The data, where they are more than the figure shows. */
  table?(): readonly TableColumn[];
  readonly context: ExportContext;
}

/** Columns of journals; a drawing that is not laid out anew would be too small in one column. */
const WIDTHS_cm = [
  ['One column, 8.4 cm (SVG)', 8.4],
  ['Two columns, 17.8 cm (SVG)', 17.8],
] as const;

const files = () => import('./export-files.ts');

export function ExportMenu({ title, figure, table, context }: ExportMenuProps): JSX.Element {
  const [fault, setFault] = useState('');
  const { name, command, note, more = [] } = context;
  const made = command ?? note;
  const attempt = (run: () => void | Promise<void>) => async () => {
    try {
      setFault('');
      await run();
    } catch (error) {
      setFault(`That could not be saved: ${error instanceof Error ? error.message : String(error)}.`);
    }
  };
  const svg = 'image/svg+xml';
  const drawn: readonly MenuItem[] =
    figure === null
      ? []
      : [
          {
            label: 'Figure as SVG',
            run: async () => saveText(await (await files()).svgOf(figure, made), `${name}.svg`, svg),
          },
          {
            label: 'Figure as PNG',
            run: async () => saveBlob(await (await files()).pngOf(figure, made), `${name}.png`),
          },
          ...WIDTHS_cm.filter(([, width_cm]) => !('kind' in figure) || width_cm > 10).map(([label, width_cm]) => ({
            label,
            run: async () =>
              saveText(await (await files()).journalSvg(figure, width_cm, made), `${name}-${width_cm}cm.svg`, svg),
          })),
        ];
  const content = (): AnyFigure | readonly TableColumn[] => table?.() ?? figure ?? [];
  const items: readonly MenuItem[] = [
    ...drawn,
    { label: 'Data as CSV', run: async () => saveText((await files()).csvOf(content()), `${name}.csv`, 'text/csv') },
    {
      label: 'Data as Parquet',
      run: async () => saveBlob(await (await files()).parquetOf(content()), `${name}.parquet`),
    },
    ...more,
    ...(command === undefined
      ? []
      : [{ label: 'Copy the shell command', run: () => navigator.clipboard.writeText(command) }]),
  ];
  return (
    <>
      <Menu
        label="Export"
        title={`Export ${title}`}
        items={items.map(({ label, run }) => ({ label, run: attempt(run) }))}
      />
      {fault === '' ? null : <span role="alert">{fault}</span>}
    </>
  );
}

/** The menu of what has no caption of its own to stand in: at the right, above it. */
export function ExportLine(props: ExportMenuProps): JSX.Element {
  return (
    <div class="export-line">
      <ExportMenu {...props} />
    </div>
  );
}
