// `limetal run`: read, check everything that can be checked, simulate, write files, report.

import { type Cell, cellWarnings, type Protocol } from '../cells/index.ts';
import type { SimulationResult } from '../simulation/index.ts';
import { InputError, type Issue } from '../units/index.ts';
import type { Shell } from './command-line.ts';
import { listenForInterrupt } from './interrupt.ts';
import { jsonParts } from './json-document.ts';
import { bpxRemarks, type LoadedCell, loadCell } from './load-cell.ts';
import { loadProtocol, withCurrent } from './load-protocol.ts';
import { type OutputFile, prepareFile, prepareFolder, writeFiles } from './output-files.ts';
import { startProgress } from './progress.ts';
import { faultText } from './report-error.ts';
import { runDocument } from './run-document.ts';
import type { Format } from './run-files.ts';
import type { PlainBandsOptions, PlainOptions, Simulated } from './simulation-messages.ts';
import type { Simulator } from './simulator.ts';
import { summarise } from './summary.ts';
import { EXIT, type ExitCode, outParts, ShellFailure, type Terminal } from './terminal.ts';

/** The options as commander gives them. */
export interface RunOptions {
  readonly protocol?: readonly string[];
  readonly cycles?: number;
  readonly model?: 'fast' | 'full';
  readonly fullCycles?: readonly number[];
  readonly current?: string;
  readonly temperature?: string;
  readonly rtol?: number;
  readonly atol?: number;
  readonly bands?: boolean;
  readonly samples?: number;
  readonly out?: string;
  readonly format?: string;
  readonly svg?: string;
  readonly json?: boolean;
  readonly series?: boolean;
  readonly sources?: boolean;
  readonly quiet?: boolean;
}

function resolveProtocol(cell: Cell, options: RunOptions): Protocol {
  const given = options.protocol;
  const protocol = given === undefined ? cell.protocol : loadProtocol(given, cell);
  if (protocol === null) {
    throw new InputError([
      {
        where: 'protocol',
        found: 'none in the cell file',
        wanted: 'steps',
        hint: 'add them there, or give --protocol "Plate at 1 mA/cm2 for 1 mAh/cm2"',
      },
    ]);
  }
  return options.current === undefined ? protocol : withCurrent(protocol, options.current);
}

function simulateOptions(options: RunOptions): PlainOptions {
  const { cycles, model, fullCycles, rtol, atol } = options;
  return {
    ...(model === undefined ? {} : { model }),
    ...(fullCycles === undefined ? {} : { fullCycles }),
    ...(cycles === undefined ? {} : { cycles }),
    ...(rtol === undefined ? {} : { relativeTolerance: rtol }),
    ...(atol === undefined ? {} : { absoluteTolerance: atol }),
  };
}

function bandsOptions({ bands, samples }: RunOptions): PlainBandsOptions | null {
  if (bands !== true) return null;
  return samples === undefined ? {} : { samples };
}

/** Simulate under the eyes of a person: progress, and Ctrl-C. */
async function simulateWatched(
  simulator: Simulator,
  cell: Cell,
  protocol: Protocol,
  options: RunOptions,
  shell: Shell,
): Promise<Simulated> {
  const { terminal } = shell;
  const progress = options.quiet ? null : startProgress(terminal);
  const interrupt = listenForInterrupt(terminal, () => {
    progress?.end();
    if (!options.quiet) terminal.err('Stopping; what is done is kept. Ctrl-C again ends at once.\n');
    simulator.stop();
  });
  try {
    const onProgress = (fraction: number, cycle: number): void => {
      if (!interrupt.pressed()) progress?.update(fraction, cycle);
    };
    return await simulator.run(cell, protocol, simulateOptions(options), bandsOptions(options), onProgress);
  } finally {
    progress?.end();
    interrupt.end();
  }
}

/**
 * Write what was asked for, data before figures: a figure can be drawn again, a long run is not computed again. Gives the
 * paths that were written, and a sentence for each thing that could not be made or written; one does not stop the others.
 */
async function writeResults(
  simulated: Simulated,
  options: RunOptions,
  formats: readonly Format[],
  bpx: LoadedCell['bpx'],
  remark: (text: string) => void,
): Promise<string[]> {
  if (options.out === undefined && options.svg === undefined) return [];
  const { runFiles } = await import('./run-files.ts');
  const { data, figures } = runFiles(simulated, options, formats, bpx);
  const failures: string[] = [];
  for (const planned of [data, figures]) {
    const files: OutputFile[] = [];
    for (const { path, make } of planned) {
      try {
        files.push({ path, content: await make() });
      } catch (error) {
        failures.push(`${path} was not written, by a fault of the program: ${faultText(error)}`);
      }
    }
    try {
      writeFiles(files);
      for (const { path } of files) remark(`wrote ${path}`);
    } catch (error) {
      if (!(error instanceof ShellFailure)) throw error;
      failures.push(error.message);
    }
  }
  return failures;
}

/** What did not come to its end; null where everything did. */
function failureOf({ result: { stop }, bands }: Simulated): string | null {
  if (stop.kind === 'failed') return `the run failed: ${stop.message}`;
  if (stop.kind === 'aborted') return `the run was stopped: ${stop.message}`;
  return bands?.aborted === true ? `the bands were stopped: ${bands.remarks.at(-1)}` : null;
}

/** What is asked for, read and checked. */
interface Request {
  readonly loaded: LoadedCell;
  readonly protocol: Protocol;
  readonly formats: readonly Format[];
}

/** Reads everything that the command line names. Throws one InputError with the issues of all of it. */
async function readRequest(word: string, options: RunOptions, terminal: Terminal): Promise<Request> {
  const issues: Issue[] = [];
  const attempt = async <Value>(read: () => Value | Promise<Value>): Promise<Value | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      issues.push(...error.issues);
      return undefined;
    }
  };
  if (options.format !== undefined && options.out === undefined) {
    issues.push({ where: '--format', found: options.format, wanted: '--out with it', hint: 'add --out FOLDER' });
  }
  if (options.series === true && options.json !== true) {
    issues.push({
      where: '--series',
      found: 'no --json',
      wanted: '--json with it',
      hint: '--out writes the rows to files',
    });
  }
  if (options.samples !== undefined && options.bands !== true) {
    issues.push({ where: '--samples', found: String(options.samples), wanted: '--bands with it' });
  }
  const formats =
    options.out === undefined
      ? []
      : await attempt(async () => (await import('./run-files.ts')).parseFormats(options.format ?? 'csv,json'));
  const { temperature } = options;
  const loaded = await attempt(() => loadCell(word, terminal, temperature === undefined ? {} : { temperature }));
  const cell = loaded?.cell;
  const protocol = cell && (await attempt(() => resolveProtocol(cell, options)));
  if (issues.length === 0) {
    await attempt(() => options.out !== undefined && prepareFolder(options.out, '--out'));
    await attempt(() => options.svg !== undefined && prepareFile(options.svg, '--svg'));
  }
  if (issues.length > 0) throw new InputError(issues);
  return { loaded: loaded!, protocol: protocol!, formats: formats! };
}

/** The command. Throws InputError and ShellFailure; results of a run that stopped early are written and printed like others. */
export async function runCell(word: string, options: RunOptions, shell: Shell): Promise<ExitCode> {
  const { terminal } = shell;
  const remark = (text: string): void => {
    if (options.quiet !== true) terminal.err(`${text}\n`);
  };
  // The thread loads the engine while this one reads the input.
  const simulator = await shell.openSimulator();
  try {
    const { loaded, protocol, formats } = await readRequest(word, options, terminal);
    const { cell, bpx } = loaded;
    for (const text of bpxRemarks(loaded, word)) remark(text);

    const start_ms = terminal.now_ms();
    const { result: computed, bands } = await simulateWatched(simulator, cell, protocol, options, shell);
    const warnings = new Set([...loaded.warnings, ...cellWarnings({ ...cell, protocol }), ...computed.warnings]);
    const result: SimulationResult = { ...computed, warnings: [...warnings] };
    const simulated: Simulated = { result, bands };
    const wall_s = (terminal.now_ms() - start_ms) / 1000;

    // Files first: a reader of the output that leaves early (`| head`) must not cost the results.
    // Ctrl-C waits while files are written, so that none of them is left half done.
    const unlisten = terminal.onInterrupt(() => {});
    let failures: string[];
    try {
      failures = await writeResults(simulated, options, formats, bpx, remark);
    } finally {
      unlisten();
    }
    if (options.json === true) outParts(terminal, jsonParts(runDocument(result, options.series === true, bpx, bands)));
    else terminal.out(summarise(result, { word, listSources: options.sources === true, wall_s, bands }));
    const unfinished = failureOf(simulated);
    if (unfinished !== null) failures.unshift(unfinished);
    for (const failure of failures) terminal.err(`limetal: ${failure}\n`);
    return failures.length === 0 ? EXIT.done : EXIT.failed;
  } finally {
    simulator.close();
  }
}
