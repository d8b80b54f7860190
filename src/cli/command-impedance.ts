// `limetal impedance`: the spectrum of a cell, fresh or where its protocol has brought it, and what each of its parts adds.

import { join } from 'node:path';
import type { Cell, Protocol } from '../cells/index.ts';
import { spectrumToCsv, spectrumToJson } from '../records/index.ts';
import {
  type CellImpedance,
  type CellImpedanceOptions,
  cellImpedance,
  FREQUENCY_Hz_MAX,
  FREQUENCY_Hz_MIN,
  IMPEDANCE_VALUES,
  type ImpedancePart,
  type ImpedanceValues,
  logarithmicFrequencies,
  type PlaceReached,
  POINTS_PER_DECADE,
  type RunPlace,
  runTo,
  SINTERED,
} from '../simulation/index.ts';
import {
  celsius_from_kelvin,
  InputError,
  type Issue,
  mA_per_cm2_from_A_per_m2,
  nearestHint,
  tryParseQuantity,
} from '../units/index.ts';
import { stackLine } from './describe-cell.ts';
import { factTable, sourcedFact } from './facts.ts';
import { jsonParts } from './json-document.ts';
import { bpxRemarks, loadCell } from './load-cell.ts';
import { loadProtocol } from './load-protocol.ts';
import { duration, MISSING, significant } from './numbers.ts';
import { fileNameOf, type OutputFile, prepareFile, prepareFolder, writeFiles } from './output-files.ts';
import { EXIT, type ExitCode, outParts, type Terminal } from './terminal.ts';
import { labelled, table } from './text-table.ts';
import { typedQuantity } from './typed-quantity.ts';

export interface ImpedanceCommandOptions {
  readonly protocol?: readonly string[];
  readonly at?: string;
  readonly cycles?: readonly number[];
  readonly step?: number;
  readonly model?: 'fast' | 'full';
  readonly frequency?: string;
  readonly pointsPerDecade?: number;
  readonly temperature?: string;
  readonly bias?: string;
  readonly out?: string;
  readonly format?: string;
  readonly svg?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const COLUMNS = 100;
const FORMATS = ['csv', 'json', 'bdf'] as const;
type Format = (typeof FORMATS)[number];
/** More points than this are a slip of the finger. */
const POINTS_MAX = 100_000;

/** A spectrum and where it was taken. */
interface Taken {
  /** As a person would say it. */
  readonly place: string;
  readonly where: RunPlace;
  /** The same in the name of a file. */
  readonly label: string;
  readonly reached: PlaceReached;
  readonly impedance: CellImpedance;
}

interface Place {
  readonly where: RunPlace;
  readonly text: string;
  readonly label: string;
}

/** The command. Throws InputError and ShellFailure. */
export async function answerImpedance(
  word: string,
  options: ImpedanceCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
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
  const places = placesOf(options, issues);
  const frequency_Hz = frequenciesOf(options, issues);
  const temperature_K = typedQuantity('--temperature', options.temperature, 'temperature', issues);
  const bias_A_per_m2 = typedQuantity('--bias', options.bias, 'current density', issues);
  const formats = formatsOf(options, issues);
  const loaded = await attempt(() => loadCell(word, terminal));
  const cell = loaded?.cell;
  const given = options.protocol;
  const protocol =
    cell && (given === undefined ? cell.protocol : ((await attempt(() => loadProtocol(given, cell))) ?? null));
  if (issues.length === 0) {
    await attempt(() => options.out !== undefined && prepareFolder(options.out, '--out'));
    await attempt(() => options.svg !== undefined && prepareFile(options.svg, '--svg'));
  }
  if (issues.length > 0) throw new InputError(issues);

  const asked: CellImpedanceOptions = {
    frequency_Hz: frequency_Hz!,
    ...(temperature_K === undefined ? {} : { temperature_K }),
    ...(bias_A_per_m2 === undefined ? {} : { bias_A_per_m2 }),
  };
  const taken = places.map((place) => take(cell!, protocol!, place, options, asked));
  const remark = (text: string): void => {
    if (options.quiet !== true) terminal.err(`${text}\n`);
  };
  for (const text of bpxRemarks(loaded!, word)) remark(text);
  for (const { path, content } of await filesOf(cell!, taken, options, formats, asked)) {
    writeFiles([{ path, content }]);
    remark(`wrote ${path}`);
  }
  if (options.json === true) outParts(terminal, jsonParts(documentOf(cell!, taken, bias_A_per_m2 ?? 0)));
  else terminal.out(textOf(cell!, taken, bias_A_per_m2 ?? 0));
  return EXIT.done;
}

function placesOf({ at, cycles, step }: ImpedanceCommandOptions, issues: Issue[]): readonly Place[] {
  if (cycles !== undefined) {
    if (at !== undefined) issues.push({ where: '--at', found: `"${at}" beside --cycles`, wanted: 'one of both' });
    return cycles.map((cycle) => cyclePlace(cycle, step));
  }
  if (step !== undefined) {
    issues.push({
      where: '--step',
      found: 'no --cycles',
      wanted: '--cycles with it',
      hint: `or --at "cycle 1 step ${step}"`,
    });
  }
  const text = (at ?? 'start').trim().toLowerCase();
  if (text === 'start') return [{ where: { kind: 'start' }, text: 'fresh', label: 'start' }];
  const [, cycle, ofCycle] = /^cycle\s*(\d{1,7})(?:[\s,]*step\s*(\d{1,5}))?$/.exec(text) ?? [];
  if (cycle !== undefined) return [cyclePlace(Number(cycle), ofCycle === undefined ? undefined : Number(ofCycle))];
  const time = tryParseQuantity(at!, 'time', '--at');
  if (time.ok && time.value_SI >= 0) {
    const where = { kind: 'time', time_s: time.value_SI } as const;
    return [{ where, text: `after ${duration(time.value_SI)}`, label: `${significant(time.value_SI, 6)}-s` }];
  }
  issues.push({
    where: '--at',
    found: `"${at}"`,
    wanted: 'start, "cycle 10", "cycle 10 step 1", or a time such as "25 h"',
  });
  return [];
}

function cyclePlace(cycle: number, step: number | undefined): Place {
  return step === undefined
    ? { where: { kind: 'cycle', cycle }, text: `after cycle ${cycle}`, label: `cycle-${cycle}` }
    : {
        where: { kind: 'cycle', cycle, step },
        text: `after step ${step} of cycle ${cycle}`,
        label: `cycle-${cycle}-step-${step}`,
      };
}

/** `1 mHz:1 MHz`, in either order; the one end that has a unit lends it to the other. */
function frequenciesOf(
  { frequency, pointsPerDecade = POINTS_PER_DECADE }: ImpedanceCommandOptions,
  issues: Issue[],
): Float64Array | null {
  let range: readonly number[] = [FREQUENCY_Hz_MIN, FREQUENCY_Hz_MAX];
  if (frequency !== undefined) {
    const ends = frequency.split(':');
    const read = ends.map((end) => tryParseQuantity(end, 'frequency', '--frequency'));
    for (const one of read) if (!one.ok) issues.push(one.issue);
    range = read.flatMap((one) => (one.ok ? [one.value_SI] : []));
    if (range.length < read.length) return null;
    const isRange = range.length === 2 && range.every((f) => f > 0 && f < Number.POSITIVE_INFINITY);
    if (!isRange || range[0] === range[1]) {
      issues.push({ where: '--frequency', found: `"${frequency}"`, wanted: 'two frequencies such as "1 mHz:1 MHz"' });
      return null;
    }
  }
  const [low, high] = [Math.min(...range), Math.max(...range)];
  if (Math.log10(high / low) * pointsPerDecade > POINTS_MAX) {
    issues.push({
      where: '--points-per-decade',
      found: String(pointsPerDecade),
      wanted: `at most ${POINTS_MAX} points in all`,
    });
    return null;
  }
  return logarithmicFrequencies(low, high, pointsPerDecade);
}

function formatsOf({ out, format }: ImpedanceCommandOptions, issues: Issue[]): readonly Format[] {
  if (format !== undefined && out === undefined)
    issues.push({ where: '--format', found: format, wanted: '--out with it', hint: 'add --out FOLDER' });
  const words = (format ?? 'csv,json').split(',').map((word) => word.trim().toLowerCase());
  for (const word of words) {
    if ((FORMATS as readonly string[]).includes(word)) continue;
    const hint = nearestHint(word, FORMATS);
    const wanted = `a list of ${FORMATS.join(', ')}`;
    issues.push({ where: '--format', found: `"${word}"`, wanted, ...(hint === undefined ? {} : { hint }) });
  }
  return out === undefined ? [] : [...new Set(words as Format[])];
}

/** Runs to the place and takes the spectrum there; faults in the words of the command. */
function take(
  cell: Cell,
  protocol: Protocol | null,
  { where, text, label }: Place,
  { model, at, temperature }: ImpedanceCommandOptions,
  asked: CellImpedanceOptions,
): Taken {
  try {
    const reached = runTo(cell, protocol, where, model === undefined ? {} : { model });
    return { place: text, where, label, reached, impedance: cellImpedance(cell, reached.state, asked) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const option = at === undefined ? '--cycles' : '--at';
    throw new InputError(
      error.issues.map((issue) => ({
        ...issue,
        where: issue.where === 'place' ? option : `--${issue.where}`,
        // As it was typed, not as it stands in SI.
        ...(issue.where === 'temperature' && temperature !== undefined ? { found: `"${temperature}"` } : {}),
      })),
    );
  }
}

async function filesOf(
  cell: Cell,
  taken: readonly Taken[],
  { out, svg }: ImpedanceCommandOptions,
  formats: readonly Format[],
  asked: CellImpedanceOptions,
): Promise<OutputFile[]> {
  const files: OutputFile[] = [];
  for (const { label, impedance } of taken) {
    const path = (ending: string): string => join(out!, `${fileNameOf(cell.id)}.${label}.impedance.${ending}`);
    for (const format of formats) {
      switch (format) {
        case 'csv':
          files.push({ path: path('csv'), content: [spectrumToCsv(impedance.spectrum)] });
          break;
        case 'json':
          files.push({ path: path('json'), content: [spectrumToJson(impedance.spectrum)] });
          break;
        case 'bdf':
          files.push({ path: path('bdf.csv'), content: [spectrumToCsv(impedance.spectrum, 'bdf')] });
          break;
      }
    }
  }
  if (svg !== undefined) files.push({ path: svg, content: [await figureOf(cell, taken, asked)] });
  return files;
}

/** Points of a line per decade at least: fewer show its corners. */
const LINE_POINTS_PER_DECADE = 40;
/** More spectra than this are told apart by a ramp of colour. */
const CURVES_MAX = 5;

/** Nyquist and Bode; of a long series Nyquist, with the cycle as its colour. */
async function figureOf(cell: Cell, taken: readonly Taken[], asked: CellImpedanceOptions): Promise<string> {
  const { impedanceFigure, renderSvg, spectraFigure } = await import('../figures/index.ts');
  const ends = Array.from(asked.frequency_Hz!);
  const closer = logarithmicFrequencies(Math.min(...ends), Math.max(...ends), LINE_POINTS_PER_DECADE);
  const frequency_Hz = closer.length > ends.length ? closer : asked.frequency_Hz!;
  const lines = taken.map(({ place, where, reached }) => ({
    name: place,
    value: where.kind === 'cycle' ? where.cycle : 0,
    spectrum: cellImpedance(cell, reached.state, { ...asked, frequency_Hz }).spectrum,
    drawnAs: 'line' as const,
  }));
  const title = `Impedance of ${cell.name}`;
  const { area_m2 } = cell;
  return renderSvg(
    lines.length > CURVES_MAX
      ? spectraFigure(title, lines, 'Cycle', { area_m2 })
      : impedanceFigure(title, lines, { area_m2 }),
  );
}

const rounded = (value: number): number => Number(value.toPrecision(6));

/** Values that the spectrum hangs on, those of parts that the cell does not have left out. */
function valuesOf({ solid, working }: Cell): readonly (readonly [name: string, of: keyof ImpedanceValues])[] {
  const hasCathode = working.kind === 'cathode';
  return [
    ...(solid
      ? ([
          ['double layer, Li on the solid', 'solidDoubleLayer_F_per_m2'],
          ['permittivity of the electrolyte', 'bulkPermittivity_F_per_m'],
          ['gaps beside the contacts', 'gap_m'],
        ] as const)
      : ([['double layer, Li and collectors', 'doubleLayer_F_per_m2']] as const)),
    ...(solid && SINTERED.includes(solid.material)
      ? ([
          ['permittivity of grain boundaries', 'grainBoundaryPermittivity_F_per_m'],
          ['grain boundaries, share of resistance', 'grainBoundaryShare'],
        ] as const)
      : []),
    ...(hasCathode ? ([['double layer, cathode', 'cathodeDoubleLayer_F_per_m2']] as const) : []),
    ['dielectric constant of films', 'filmDielectricConstant'],
    ['exponent of arcs', 'arcExponent'],
  ];
}

/** What `--json` prints. */
function documentOf(cell: Cell, taken: readonly Taken[], bias_A_per_m2: number): Record<string, unknown> {
  const area_cm2 = 1e4 * cell.area_m2;
  return {
    cell: { id: cell.id, name: cell.name, kind: cell.kind, area_cm2: rounded(area_cm2) },
    convention: conventionOf(cell),
    bias_mA_per_cm2: rounded(mA_per_cm2_from_A_per_m2(bias_A_per_m2)),
    spectra: taken.map(({ place, reached, impedance }) => ({
      place,
      time_s: reached.state.time_s,
      ended_before: reached.endedBefore?.message ?? null,
      temperature_C: rounded(celsius_from_kelvin(impedance.spectrum.temperature_K!)),
      blocks_direct_current: impedance.blocks,
      direct_current_ohm_cm2: impedance.blocks ? null : rounded(impedance.lowFrequency_ohm * area_cm2),
      low_frequency_real_ohm_cm2: rounded(impedance.lowFrequency_ohm * area_cm2),
      high_frequency_ohm_cm2: rounded(impedance.highFrequency_ohm * area_cm2),
      parts: impedance.parts.map((part) => ({
        name: part.name,
        side: part.side,
        kind: part.kind,
        resistance_ohm_cm2: rounded(part.resistance_ohm * area_cm2),
        capacitance_uF_per_cm2: part.capacitance_F === null ? null : rounded((1e6 * part.capacitance_F) / area_cm2),
        characteristic_Hz: part.characteristic_Hz === null ? null : rounded(part.characteristic_Hz),
        blocks_direct_current: part.blocks,
        real_ohm: part.real_ohm,
        imaginary_ohm: part.imaginary_ohm,
      })),
      frequency_Hz: impedance.spectrum.frequency_Hz,
      real_ohm: impedance.spectrum.real_ohm,
      imaginary_ohm: impedance.spectrum.imaginary_ohm,
    })),
    values: valuesOf(cell).map(([name, of]) => ({ name, ...IMPEDANCE_VALUES[of] })),
  };
}

function conventionOf({ kind }: Cell): string {
  const whole = 'of the whole cell, per geometric area';
  return kind === 'Li|Li' ? `${whole}: both electrodes in series, so half of their sum is one of two alike` : whole;
}

function textOf(cell: Cell, taken: readonly Taken[], bias_A_per_m2: number): string {
  const label = (title: string, text: string): string => labelled(title, text, COLUMNS);
  const [first] = taken;
  const celsius = significant(celsius_from_kelvin(first!.impedance.spectrum.temperature_K!), 4);
  const current =
    bias_A_per_m2 === 0 ? 'at rest' : `under ${significant(mA_per_cm2_from_A_per_m2(bias_A_per_m2))} mA/cm²`;
  const lines = [
    label('Cell', `${cell.name}; ${stackLine(cell)}`),
    label('Spectrum', `${taken.map(({ place }) => place).join(', ')}; ${celsius} °C, ${current}`),
    label('Resistances', conventionOf(cell)),
  ];
  if (taken.length > 1) lines.push('', seriesTable(cell, taken));
  const last = taken.at(-1)!;
  lines.push('', ...(taken.length > 1 ? [`${last.place}:`] : []), partTable(cell, last.impedance), '');
  for (const { place, reached, impedance } of taken) {
    if (reached.endedBefore !== null)
      lines.push(label('Remark', `${place}: the run ended before. ${reached.endedBefore.message}`));
    const bare = impedance.parts.find(({ kind }) => kind === 'blocking');
    if (bare !== undefined) {
      lines.push(
        label(
          'Remark',
          `${place}: the ${bare.side} collector is bare and passes no direct current; --at "cycle 1 step 1" is after a plating`,
        ),
      );
    }
  }
  if (cell.working.kind === 'cathode') {
    lines.push(
      label(
        'Remark',
        'the particles of the cathode store what passes: towards low frequency only the real part has a limit',
      ),
    );
  }
  const facts = valuesOf(cell).map(([name, of]) => sourcedFact(name, IMPEDANCE_VALUES[of]));
  return `${lines.join('\n')}\n\n${factTable(facts, COLUMNS)}\n`;
}

function partTable(cell: Cell, { parts, lowFrequency_ohm, highFrequency_ohm, blocks }: CellImpedance): string {
  const area_cm2 = 1e4 * cell.area_m2;
  const cellOf = (ohm: number): string[] => [significant(ohm * area_cm2), significant(ohm)];
  const row = (part: ImpedancePart): string[] => [
    part.side === 'between' ? part.name : `${part.side}: ${part.name.replace(/^cathode, /, '')}`,
    ...cellOf(part.resistance_ohm),
    part.capacitance_F === null ? MISSING : significant((1e6 * part.capacitance_F) / area_cm2),
    part.characteristic_Hz === null ? MISSING : significant(part.characteristic_Hz),
    part.blocks ? 'blocks' : '',
  ];
  return table(
    [
      ['part', 'Ω cm²', 'Ω', 'µF/cm²', 'Hz', ''],
      ...parts.map(row),
      [blocks ? 'real part at low frequency' : 'direct current', ...cellOf(lowFrequency_ohm)],
      ['high frequency', ...cellOf(highFrequency_ohm)],
    ],
    'lrrrrl',
  );
}

/** One line for each spectrum of a series. */
function seriesTable(cell: Cell, taken: readonly Taken[]): string {
  const area_cm2 = 1e4 * cell.area_m2;
  const total = (parts: readonly ImpedancePart[], kinds: readonly ImpedancePart['kind'][]): string =>
    significant(
      parts.reduce((sum, part) => (kinds.includes(part.kind) ? sum + part.resistance_ohm * area_cm2 : sum), 0),
    );
  return table(
    [
      ['Ω cm²', 'electrolyte', 'interphase', 'transfer', 'dead layer', 'salt', 'low frequency'],
      ...taken.map(({ place, impedance: { parts, lowFrequency_ohm } }) => [
        place,
        total(parts, ['electrolyte', 'grain-boundaries', 'contacts']),
        total(parts, ['interphase', 'coating', 'interlayer', 'constriction']),
        total(parts, ['charge-transfer', 'nucleation']),
        total(parts, ['dead-layer']),
        total(parts, ['salt-diffusion']),
        significant(lowFrequency_ohm * area_cm2),
      ]),
    ],
    'lrrrrrr',
  );
}
