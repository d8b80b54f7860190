// A measured test beside a cell that is simulated, and values of that cell fitted to it. The comparison is that of `limetal analyse --compare`.

import { formatCellFile } from '../../cells/index.ts';
import {
  type COMPARED_MODELS,
  type COMPARED_PROTOCOLS,
  type ComparedRun,
  type ComparedTest,
  type CompareWish,
  comparedCsv,
  compareTest,
  comparisonDocument,
  FIT_RUNS_DEFAULT,
  fitNames,
  fitParameters,
  type KindOfData,
} from '../../design/index.ts';
import { comparisonFigures, type NamedFigure } from '../../figures/index.ts';
import { InputError } from '../../units/index.ts';
import type { Live } from '../messages.ts';
import { type BenchTestQuestion, plainArrays, testAt } from './bench.ts';
import { analyseCommand } from './bench-command.ts';
import { missing, type NotHeld, wishOf } from './bench-session.ts';
import { type CellInput, cellOf } from './cell-input.ts';

export interface BenchFitName {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly source: string;
}

/** What of a cell a fit may move, with its value and its range. */
export function benchFitNames({ cell: input }: { readonly cell: CellInput }): {
  readonly kind: string;
  readonly name: string;
  readonly names: readonly BenchFitName[];
} {
  const cell = cellOf(input);
  const names = fitNames(cell).flatMap((asked): BenchFitName[] => {
    try {
      const [one] = fitParameters(cell, [asked]).parameters;
      if (one === undefined) return [];
      const { name, unit, value, low, high, source } = one;
      return [{ name, unit, value, low, high, source }];
    } catch (error) {
      // A value that only a file could state cannot be moved where it is not stated.
      if (error instanceof InputError) return [];
      throw error;
    }
  });
  return { kind: cell.kind, name: cell.name, names };
}

export interface BenchCompareInput extends BenchTestQuestion {
  readonly cell: CellInput;
  /** How the shell is to be told of the cell. */
  readonly origin: string;
  readonly names: readonly string[];
  readonly fitTo: readonly KindOfData[] | null;
  readonly protocol: (typeof COMPARED_PROTOCOLS)[number] | null;
  readonly model: (typeof COMPARED_MODELS)[number];
}

/** How far a simulated test lies from the measured one. */
export interface BenchDistance {
  readonly rms_V: number | null;
  readonly bias_V: number | null;
  readonly largest_V: number | null;
  readonly points: number | null;
  readonly rmsEfficiency: number | null;
  /** Of |Z|, of each spectrum. */
  readonly spectra: readonly number[];
}

export interface BenchComparison {
  readonly kind: 'comparison';
  readonly name: string;
  readonly area_m2: number;
  readonly before: BenchDistance;
  readonly after: BenchDistance | null;
  readonly cycles: readonly {
    readonly cycle: number;
    readonly measuredEfficiency: number | null;
    readonly simulatedEfficiency: number | null;
    readonly measuredHysteresis_V: number | null;
    readonly simulatedHysteresis_V: number | null;
  }[];
  readonly notCompared: readonly { readonly what: string; readonly why: string }[];
  readonly fit: {
    readonly ended: string;
    readonly runs: number;
    readonly parameters: readonly {
      readonly name: string;
      readonly unit: string;
      readonly before: number;
      readonly value: number;
      readonly standardError: number | null;
      readonly interval95: readonly [number, number] | null;
      readonly state: string;
      readonly why: string | null;
    }[];
    readonly noise: readonly {
      readonly kind: KindOfData;
      readonly sigma: number;
      readonly from: string;
      readonly rmsBefore: number;
      readonly rmsAfter: number;
      readonly points: number;
    }[];
    readonly known: readonly string[];
    readonly remarks: readonly string[];
    /** The cell with its fitted values, as a file. */
    readonly file: string;
  } | null;
  readonly remarks: readonly string[];
  readonly faults: readonly string[];
  readonly figures: readonly NamedFigure[];
  /** Null where files of one test are read in different ways. */
  readonly command: string | null;
  /** The cell as the file that the command names; null where it names a built-in cell. */
  readonly cellFile: { readonly name: string; readonly text: string } | null;
  /** All of it, for machines. */
  readonly document: Blob;
  readonly table: Blob | null;
}

const distanceOf = ({ records, spectra }: ComparedRun): BenchDistance => ({
  rms_V: records?.rms_V ?? null,
  bias_V: records?.bias_V ?? null,
  largest_V: records?.largest_V ?? null,
  points: records?.points ?? null,
  rmsEfficiency: records?.rmsEfficiency ?? null,
  spectra: spectra.map(({ rmsRelative }) => rmsRelative),
});

export async function benchCompare(
  { cell: input, origin, names, fitTo, protocol, model, ...question }: BenchCompareInput,
  live: Live,
): Promise<BenchComparison | NotHeld> {
  const absent = missing(question.files);
  if (absent !== null) return absent;
  const cell = cellOf(input);
  const { cell: kind, overrides } = wishOf(question.about);
  if (kind !== null && kind !== cell.kind) {
    const found = `${cell.name}, which is ${cell.kind}`;
    throw new InputError([{ where: 'cell beside it', found, wanted: `a cell of the kind that was measured, ${kind}` }]);
  }
  if (names.length > 0) fitParameters(cell, names);
  const test = await testAt(question);
  const wish: CompareWish = {
    cell,
    origin,
    names,
    bounds: {},
    fitTo,
    protocol,
    model,
    profile: false,
    runs_max: FIT_RUNS_DEFAULT,
  };
  const compared = compareTest(test.file, wish, overrides.area_m2 ?? null, {
    ...(live.stop === undefined ? {} : { stop: live.stop }),
    onProgress: (fraction) => live.onProgress?.(fraction, 0),
  });
  const answer = answerOf(compared, test.paths[0]!, analyseCommand(test.paths, question, wordsOf(wish)));
  return { ...answer, cellFile: /\.json$/u.test(origin) ? { name: origin, text: formatCellFile(cell) } : null };
}

function answerOf(compared: ComparedTest, name: string, command: string | null): Omit<BenchComparison, 'cellFile'> {
  const { before, after, fit, cell, remarks, faults } = compared;
  const { records } = after ?? before;
  return {
    kind: 'comparison',
    name: cell.name,
    area_m2: cell.area_m2,
    before: distanceOf(before),
    after: after === null ? null : distanceOf(after),
    cycles: (records?.cycles ?? []).map((one) => ({
      cycle: one.cycle,
      measuredEfficiency: one.measuredEfficiency,
      simulatedEfficiency: one.simulatedEfficiency,
      measuredHysteresis_V: one.measuredHysteresis_V,
      simulatedHysteresis_V: one.simulatedHysteresis_V,
    })),
    notCompared: records?.notCompared ?? [],
    fit:
      fit === null
        ? null
        : {
            ended: fit.ended,
            runs: fit.runs,
            parameters: fit.parameters,
            noise: fit.noise,
            known: fit.directions.map(({ words }) => words),
            remarks: fit.remarks,
            file: formatCellFile(fit.cell),
          },
    remarks,
    faults,
    figures: comparisonFigures(compared, name.replace(/^.*[\\/]/, '')),
    command,
    document: new Blob([`${JSON.stringify(comparisonDocument(compared), plainArrays, 2)}\n`], {
      type: 'application/json',
    }),
    table: records === null ? null : new Blob([...comparedCsv(records)], { type: 'text/csv' }),
  };
}

/** What `limetal analyse` is told of the cell beside the test; what is usual is left away. */
const wordsOf = ({ origin, names, fitTo, protocol, model }: CompareWish): readonly (readonly [string, string])[] => [
  ['compare', origin],
  ['fit', names.join(',')],
  ['fit-to', fitTo?.join(',') ?? ''],
  ['compare-protocol', protocol ?? ''],
  ['model', model],
];
