// `limetal design reservoir`: Coulombic efficiency of a reservoir test from charges that were read off, with its error.

import { type ReservoirAnswer, reservoirAnswer, reservoirDesigns, USUAL_RESERVOIR } from '../design/index.ts';
import { type Dimension, type Issue, mAh_per_cm2_from_C_per_m2 } from '../units/index.ts';
import { asked } from './asked.ts';
import { jsonParts } from './json-document.ts';
import { significant } from './numbers.ts';
import { outParts, type Terminal } from './terminal.ts';
import { labelled, table, wrap } from './text-table.ts';
import { typedQuantity } from './typed-quantity.ts';

export interface ReservoirOptions {
  readonly cycles?: string;
  readonly cycled?: string;
  readonly reservoir?: string;
  readonly stripped?: string;
  readonly error?: string;
  readonly mismatch?: string;
  readonly cells?: string;
  readonly elsewhere?: string;
  readonly json?: boolean;
}

const COLUMNS = 96;

/** Field of the question that each option gives. */
const PLACES: Readonly<Record<string, string>> = {
  shortCycles: '--cycles',
  cycled_C_per_m2: '--cycled',
  reservoir_C_per_m2: '--reservoir',
  stripped_C_per_m2: '--stripped',
  strippedError_C_per_m2: '--error',
  mismatch: '--mismatch',
  cells: '--cells',
  strippedElsewhere_C_per_m2: '--elsewhere',
};

/** Throws InputError. */
export function designReservoir(options: ReservoirOptions, terminal: Terminal): void {
  const issues: Issue[] = [];
  const read = (flag: string, text: string | undefined, dimension: Dimension): number | undefined =>
    typedQuantity(flag, text, dimension, issues);
  const stripped_C_per_m2 = read('--stripped', options.stripped, 'areal charge');
  if (options.stripped === undefined)
    issues.push({
      where: '--stripped',
      found: 'nothing',
      wanted: 'the charge of the last strip',
      hint: 'such as "4.85 mAh/cm2"',
    });
  const question = {
    shortCycles: read('--cycles', options.cycles, 'ratio') ?? USUAL_RESERVOIR.shortCycles,
    cycled_C_per_m2: read('--cycled', options.cycled, 'areal charge') ?? USUAL_RESERVOIR.cycled_C_per_m2,
    reservoir_C_per_m2: read('--reservoir', options.reservoir, 'areal charge') ?? USUAL_RESERVOIR.reservoir_C_per_m2,
    stripped_C_per_m2: stripped_C_per_m2 ?? 0,
    strippedError_C_per_m2: read('--error', options.error, 'areal charge') ?? USUAL_RESERVOIR.strippedError_C_per_m2,
    mismatch: read('--mismatch', options.mismatch, 'ratio') ?? 0,
    cells: read('--cells', options.cells, 'ratio') ?? 1,
    strippedElsewhere_C_per_m2: read('--elsewhere', options.elsewhere, 'areal charge') ?? null,
  };
  const answer = asked(issues, { options: {}, numbers: [], placeOf: (name) => PLACES[name] ?? name }, () =>
    reservoirAnswer(question),
  );
  const designs = reservoirDesigns(question);
  if (options.json === true)
    outParts(
      terminal,
      jsonParts({
        ...documentOf(answer),
        designs: designs.map(({ shortCycles, reservoir_C_per_m2, error, isEnough }) => ({
          cycles: shortCycles,
          reservoir_mAh_per_cm2: mAh_per_cm2_from_C_per_m2(reservoir_C_per_m2),
          error,
          is_enough: isEnough,
        })),
      }),
    );
  else terminal.out(textOf(answer, question, designs));
}

const percent = (share: number, digits = 3): string => `${significant(100 * share, digits)} %`;
/** Percent with as many decimals as its error has, and one more. */
function withError(share: number, error: number): string {
  const decimals = error > 0 ? Math.min(5, Math.max(1, 1 - Math.floor(Math.log10(100 * error)))) : 4;
  return `${(100 * share).toFixed(decimals)} ± ${(100 * error).toFixed(decimals)} %`;
}

function textOf(
  answer: ReservoirAnswer,
  { cells, mismatch }: { readonly cells: number; readonly mismatch: number },
  designs: ReturnType<typeof reservoirDesigns>,
): string {
  const { elsewhere } = answer;
  const lines = [
    withError(answer.efficiency, answer.meanError),
    '',
    labelled(
      'One cell',
      `σ = ${percent(answer.error)}: ${percent(answer.errorOfStrip)} of the last strip${mismatch > 0 ? `, ${percent(answer.errorOfMismatch)} of the instrument` : ''}`,
      COLUMNS,
    ),
    labelled(
      'Told apart',
      `results of ${cells} cell${cells === 1 ? '' : 's'} each that differ by more than ${percent(answer.toldApart)}`,
      COLUMNS,
    ),
    labelled(
      'For ± 0.01 %',
      Number.isFinite(answer.cellsForHundredth)
        ? `${answer.cellsForHundredth} cells`
        : 'no number of cells: the instrument they share differs by more',
      COLUMNS,
    ),
    labelled(
      'Loss alone',
      `${percent(answer.lossBased, 5)} where the loss is shared among the short cycles only`,
      COLUMNS,
    ),
    labelled(
      'Reservoir',
      Number.isFinite(answer.cyclesLeft)
        ? `lasts ${significant(Math.floor(answer.cyclesLeft), 6)} such cycles`
        : 'is not used up',
      COLUMNS,
    ),
    ...(elsewhere === null
      ? []
      : [
          labelled(
            'Other cut-off',
            `${percent(elsewhere.efficiency, 5)}, ${percent(elsewhere.difference)} from it`,
            COLUMNS,
          ),
        ]),
    '',
    'Standard error of one cell in other tests, read as well; - where the reservoir is used up before:',
    designTable(designs),
    ...answer.remarks.map((remark) => `\n${wrap(remark, COLUMNS, '')}`),
  ];
  return `${lines.join('\n')}\n`;
}

function designTable(designs: ReturnType<typeof reservoirDesigns>): string {
  const cycles = [...new Set(designs.map(({ shortCycles }) => shortCycles))];
  const reservoirs = [...new Set(designs.map(({ reservoir_C_per_m2 }) => reservoir_C_per_m2))];
  const header = ['reservoir mAh/cm²', ...cycles.map((count) => `${count} cycles`)];
  const rows = reservoirs.map((reservoir) => [
    significant(mAh_per_cm2_from_C_per_m2(reservoir), 3),
    ...cycles.map((count) => {
      const one = designs.find((design) => design.shortCycles === count && design.reservoir_C_per_m2 === reservoir)!;
      return one.isEnough ? percent(one.error, 2) : '-';
    }),
  ]);
  return table([header, ...rows], `l${'r'.repeat(cycles.length)}`);
}

const documentOf = (answer: ReservoirAnswer) => ({
  coulombic_efficiency: answer.efficiency,
  loss_based: answer.lossBased,
  error: answer.error,
  mean_error: answer.meanError,
  error_of_strip: answer.errorOfStrip,
  error_of_mismatch: answer.errorOfMismatch,
  told_apart: answer.toldApart,
  elsewhere: answer.elsewhere,
  cycles_left: answer.cyclesLeft,
  cells_for_hundredth: answer.cellsForHundredth,
  remarks: answer.remarks,
});
