// Files of cyclers and potentiostats: dropped, recognised, corrected, judged, compared with a cell.

import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TaskInput } from '../../../worker/index.ts';
import { printedText } from '../../charts/number-text.ts';
import { useLane } from '../../engine/lanes.ts';
import { useSettled } from '../../engine/use-settled.ts';
import { Later } from '../../parts/later.tsx';
import { TaskStatus } from '../../parts/status.tsx';
import { useSlice } from '../../state/store.ts';
import { AboutCard } from './about-card.tsx';
import { ComparePanel } from './compare-panel.tsx';
import { FileCard, MeaningsOffered } from './file-card.tsx';
import { idOf, takeFiles, useOpenFiles } from './open-files.ts';
import { SpectrumPanel } from './spectrum-panel.tsx';
import { START_BENCH } from './state.ts';
import { TestPanel } from './test-panel.tsx';
import { useBench } from './use-bench.ts';

/** Files are read anew when nothing was typed for this long. */
const SETTLED_ms = 400;

export function View(): JSX.Element {
  const [slice, patch] = useSlice('bench');
  const lane = useLane('files');
  useOpenFiles();
  const picker = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [said, say] = useState<readonly string[]>([]);
  const [isMaking, setMaking] = useState(false);

  const take = (given: readonly File[], more: Partial<typeof slice> = {}): void => {
    if (given.length === 0) return;
    const { files, remarks } = takeFiles(given, slice.files);
    say(remarks);
    if (files.length !== slice.files.length || Object.keys(more).length > 0) patch({ files: [...files], ...more });
  };
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { target, clipboardData } = event;
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || clipboardData === null) return;
      const text = clipboardData.getData('text/plain');
      if (clipboardData.files.length > 0) latest.current([...clipboardData.files]);
      else if (text.trim() !== '') latest.current([new File([text], 'pasted.txt', { type: 'text/plain' })]);
      else return;
      event.preventDefault();
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);
  const openExample = async (): Promise<void> => {
    setMaking(true);
    try {
      const { name, text, cell, area } = await lane.queue('benchExample', {});
      take([new File([text], name, { type: 'text/plain', lastModified: 0 })], {
        cell,
        area,
        test: slice.files.length,
        spectrum: 0,
      });
    } catch (error) {
      say([`The example could not be made: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}.`]);
    } finally {
      setMaking(false);
    }
  };

  const about = useMemo(() => {
    const { cell, electrolyte, area, instrumentError, circuit } = slice;
    return { cell, electrolyte, area, instrumentError, circuit };
  }, [slice.cell, slice.electrolyte, slice.area, slice.instrumentError, slice.circuit]);
  const settled = useSettled(about, SETTLED_ms);
  const ids = slice.files.flatMap(({ name }) => idOf(name) ?? []);
  const question: TaskInput<'benchTests'> | null =
    ids.length === 0
      ? null
      : {
          files: slice.files.flatMap((file) => {
            const id = idOf(file.name);
            return id === null ? [] : [{ ...file, id }];
          }),
          about: settled,
          join: slice.join,
        };
  const listed = ids.join('\n');
  useEffect(() => {
    void lane.queue('benchKeep', { ids }).catch(() => undefined);
  }, [lane, listed]);
  const tests = useBench('benchTests', question);
  const count = tests.output?.tests.length ?? 0;
  const place = Math.max(0, Math.min(slice.test, count - 1));
  const one = question === null || count === 0 ? null : { ...question, test: place };
  const test = useBench('benchTest', one);
  const isStale = !test.isCurrent || !tests.isCurrent;
  const shown = question === null ? null : test.output;
  return (
    <section
      class={isOver ? 'desk bench is-over' : 'desk bench'}
      aria-label="Lab bench"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <div class="cards">
        <h1>Lab bench</h1>
        <section class="card" aria-label="Files">
          <p>Drop files of a cycler or potentiostat anywhere here, or paste a table. They stay in this tab.</p>
          <div class="cell-tools">
            <label class="file-button">
              Open files
              <input
                ref={picker}
                type="file"
                multiple
                onChange={(event) => {
                  take([...(event.currentTarget.files ?? [])]);
                  event.currentTarget.value = '';
                }}
              />
            </label>
            <button type="button" disabled={isMaking} onClick={() => void openExample()}>
              {isMaking ? 'Making it…' : 'Generated example'}
            </button>
            {slice.files.length === 0 ? null : (
              <button type="button" onClick={() => patch({ ...START_BENCH })}>
                Clear the bench
              </button>
            )}
          </div>
          <div role="status">
            {said.map((text) => (
              <p class="warning" key={text}>
                {text}
              </p>
            ))}
          </div>
          {slice.files.length === 0 ? null : (
            <ul class="lab-files" aria-label="Opened files">
              {slice.files.map((settings) => (
                <FileCard
                  key={settings.name}
                  settings={settings}
                  area={settled.area}
                  onChange={(next) =>
                    patch({ files: slice.files.map((file) => (file.name === next.name ? next : file)) })
                  }
                  onRemove={() => patch({ files: slice.files.filter(({ name }) => name !== settings.name) })}
                  onOpen={() => picker.current?.click()}
                />
              ))}
            </ul>
          )}
        </section>
        <MeaningsOffered />
        <AboutCard slice={slice} patch={patch} />
      </div>
      <div class="cards">
        {slice.files.length === 0 ? <Welcome /> : null}
        <TaskStatus asked={tests} what="The verdict" />
        {tests.output === null || count < 2 || question === null ? null : (
          <div class="card">
            <h2>{count} tests</h2>
            <ol class="lab-tests">
              {tests.output.tests.map(({ names, verdict, cycles, spectra }, k) => (
                <li key={names.join()}>
                  <button type="button" aria-pressed={k === place} onClick={() => patch({ test: k, spectrum: 0 })}>
                    <strong>{names.length === 1 ? names[0] : `${names[0]} and ${names.length - 1} more`}</strong>
                    <span class="hint">
                      {[countText(cycles ?? 0, 'cycle', 'cycles'), countText(spectra, 'spectrum', 'spectra')]
                        .filter((text) => text !== '')
                        .join(', ')}
                    </span>
                    <span class="lab-tests-verdict">{printedText(verdict)}</span>
                  </button>
                </li>
              ))}
            </ol>
          </div>
        )}
        {tests.output !== null && count === 0 && question !== null ? (
          <p class="card">None of these files holds a test that can be read; each says why.</p>
        ) : null}
        {count === 0 ? null : <TaskStatus asked={test} what="The test" />}
        {shown === null || one === null ? null : (
          <>
            <TestPanel
              test={shown}
              question={one}
              isStale={isStale}
              spectrum={slice.spectrum}
              onSpectrum={(spectrum) => patch({ spectrum }, 'spectrum')}
            />
            {shown.spectra.length === 0 ? null : (
              <Later turn={4}>
                <SpectrumPanel
                  test={shown}
                  question={one}
                  spectrum={slice.spectrum}
                  onSpectrum={(spectrum) => patch({ spectrum }, 'spectrum')}
                />
              </Later>
            )}
            <Later turn={5}>
              <ComparePanel test={shown} question={one} slice={slice} patch={patch} />
            </Later>
          </>
        )}
      </div>
      {isOver ? <p class="lab-over">Let go to open</p> : null}
    </section>
  );
}

const countText = (count: number, one: string, many: string): string =>
  count === 0 ? '' : `${count} ${count === 1 ? one : many}`;

function Welcome(): JSX.Element {
  return (
    <div class="card">
      <h2>What comes out</h2>
      <ul>
        <li>
          A verdict in seconds: Coulombic efficiency with its convention and error, overpotentials, life, shorts with
          their evidence and onset.
        </li>
        <li>
          Cycles beside the numbers of the instrument, and figures of voltage, efficiency, capacity and resistance.
        </li>
        <li>Spectra with their fits, the test by Kramers and Kronig and relaxation times, followed along the test.</li>
        <li>The test beside a simulated cell, and values of that cell fitted to it.</li>
      </ul>
      <p>
        Read are BioLogic .mpr and .mpt, Neware .nda and .ndax, Arbin .res, Excel sheets, Gamry .DTA, ZPlot .z,
        PalmSens, Ivium, Parquet, BDF, and tables of text of any other instrument.
      </p>
    </div>
  );
}
