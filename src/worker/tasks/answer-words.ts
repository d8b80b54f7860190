// Words for a paper of whatever the page shows: a paragraph of methods and the works behind it, made from the answer as the page has it.

import {
  type AnswerInWords,
  type AnswerMethods,
  answerMethods,
  auditInWords,
  type ClaimAudit,
  type ElectrolyteWettingAnswer,
  type EnergyAnswer,
  electrolyteWettingInWords,
  elementMapInWords,
  energyInWords,
  type InterfaceAnswer,
  interfaceInWords,
  type LifeAsked,
  type LithiumMap,
  lifeInWords,
  type Reaction,
  type ReproducedSystem,
  type ReservoirQuestion,
  reactionInWords,
  reproduceInWords,
  reservoirInWords,
  type WettingAnswer,
  wettingInWords,
} from '../../design/index.ts';
import { papers, rowById } from '../../literature/index.ts';
import type { BenchTest } from './bench.ts';
import type { BenchComparison } from './bench-compare.ts';

/** An answer of the page, by what it answers. */
export type AnswerToTell =
  | { readonly of: 'interface'; readonly answer: InterfaceAnswer }
  | { readonly of: 'wetting'; readonly answer: WettingAnswer }
  | { readonly of: 'electrolyte'; readonly answer: ElectrolyteWettingAnswer }
  | { readonly of: 'reaction'; readonly answer: Reaction }
  | { readonly of: 'elements'; readonly answer: LithiumMap }
  | { readonly of: 'energy'; readonly answer: EnergyAnswer }
  | { readonly of: 'life'; readonly answer: LifeAsked }
  | {
      readonly of: 'reservoir';
      readonly question: ReservoirQuestion;
      readonly answer: { readonly efficiency: number; readonly error: number };
    }
  | { readonly of: 'audit'; readonly answer: ClaimAudit }
  | {
      /** Rows that were found, by their ids; those of a reader are in no table. */
      readonly of: 'literature';
      readonly ids: readonly string[];
    }
  | {
      readonly of: 'reproduce';
      readonly answer: readonly Pick<ReproducedSystem, 'id' | 'quantities'>[];
      readonly samples: number;
      readonly seed: number;
    }
  | {
      readonly of: 'bench';
      readonly answer: Pick<
        BenchTest,
        'names' | 'verdict' | 'convention' | 'interfaceWords' | 'circuit' | 'numbers' | 'cycles' | 'spectra' | 'area_m2'
      >;
    }
  | {
      readonly of: 'comparison';
      readonly answer: Pick<BenchComparison, 'name' | 'area_m2' | 'before' | 'after' | 'notCompared'> & {
        readonly fit: Pick<NonNullable<BenchComparison['fit']>, 'parameters' | 'runs' | 'ended'> | null;
      };
      /** Of the test that was measured. */
      readonly names: readonly string[];
    };

export interface AnswerWordsInput {
  readonly answer: AnswerToTell;
  readonly command: string | null;
  /** Of the program. */
  readonly version: string;
}

export const answerWords = ({ answer, ...made }: AnswerWordsInput): AnswerMethods =>
  answerMethods(wordsOf(answer), made);

function wordsOf(told: AnswerToTell): AnswerInWords {
  switch (told.of) {
    case 'interface':
      return interfaceInWords(told.answer);
    case 'wetting':
      return wettingInWords(told.answer);
    case 'electrolyte':
      return electrolyteWettingInWords(told.answer);
    case 'reaction':
      return reactionInWords(told.answer);
    case 'elements':
      return elementMapInWords(told.answer);
    case 'energy':
      return energyInWords(told.answer);
    case 'life':
      return lifeInWords(told.answer);
    case 'reservoir':
      return reservoirInWords(told.question, told.answer);
    case 'audit':
      return auditInWords(told.answer);
    case 'literature':
      return rowsInWords(told.ids);
    case 'reproduce':
      return reproduceInWords(told.answer, told, worksOf(told.answer.map(({ id }) => id)));
    case 'bench':
      return testInWords(told.answer);
    case 'comparison':
      return comparisonInWords(told.answer, told.names);
  }
}

function rowsInWords(ids: readonly string[]): AnswerInWords {
  const tables = ids.map((id) => rowById(id)?.table ?? 'own rows');
  const counted = [...new Set(tables)].map((table) => {
    const count = tables.filter((one) => one === table).length;
    return table === 'own rows' ? `${count} own` : `${count} of Table ${table}`;
  });
  return {
    sentences: [
      `${ids.length} reported row${ids.length === 1 ? '' : 's'} (${counted.join(', ')}) ${ids.length === 1 ? 'was' : 'were'} taken as printed, with what is wrong in print corrected beside it.`,
    ],
    sources: worksOf(ids),
  };
}

/** DOIs of the papers that rows are of, and of the reviews that report them. */
function worksOf(ids: readonly string[]): readonly string[] {
  const cited = new Set(
    ids.flatMap((id) => {
      const row = rowById(id);
      return row === undefined ? [] : [row.reference.paper, row.provenance.paper];
    }),
  );
  return papers().flatMap(({ id, doi }) => (doi !== null && cited.has(id) ? [doi] : []));
}

type ToldTest = Extract<AnswerToTell, { readonly of: 'bench' }>['answer'];

const sentence = (text: string): string => (/[.!?]$/u.test(text.trim()) ? text.trim() : `${text.trim()}.`);
const filesText = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** What the files of a test say, and by which definitions. */
function testInWords(test: ToldTest): AnswerInWords {
  const { names, verdict, convention, interfaceWords, circuit, numbers, cycles, spectra, area_m2 } = test;
  const counts = [
    ...(cycles.length === 0 ? [] : [`${cycles.length} cycle${cycles.length === 1 ? '' : 's'}`]),
    ...(spectra.length === 0 ? [] : [`${spectra.length} spectr${spectra.length === 1 ? 'um' : 'a'}`]),
  ];
  const definitions = [...new Set(numbers.map(({ label, equation }) => `${label}: ${equation}`))];
  return {
    sentences: [
      `The file${names.length === 1 ? '' : 's'} ${filesText(names)} ${names.length === 1 ? 'was' : 'were'} read and analysed${counts.length === 0 ? '' : ` (${counts.join(', ')})`}${area_m2 === null ? '' : `, area ${Number((1e4 * area_m2).toPrecision(4))} cm²`}.`,
      sentence(verdict),
      ...(convention === null ? [] : [`Efficiency is ${sentence(convention.words)}`]),
      ...(circuit === null ? [] : [`Spectra were fitted by the circuit ${circuit}, tested by Kramers and Kronig.`]),
      ...(interfaceWords === null ? [] : [`The resistance of the interfaces is ${sentence(interfaceWords)}`]),
      ...(definitions.length === 0 ? [] : [`Definitions: ${definitions.join('; ')}.`]),
    ],
    sources: [
      ...(circuit === null ? [] : ['Schönleber 2014, 10.1016/j.electacta.2014.01.034']),
      ...numbers.flatMap(({ doi }) => (doi === null ? [] : [doi])),
    ],
  };
}

type ToldComparison = Extract<AnswerToTell, { readonly of: 'comparison' }>['answer'];

const distanceText = ({ rms_V, rmsEfficiency, spectra }: BenchComparison['before']): string =>
  [
    ...(rms_V === null ? [] : [`${Number((1e3 * rms_V).toPrecision(3))} mV in voltage`]),
    ...(rmsEfficiency === null ? [] : [`${Number((100 * rmsEfficiency).toPrecision(3))} % in efficiency`]),
    ...(spectra.length === 0 ? [] : [`${Number((100 * Math.max(...spectra)).toPrecision(3))} % of |Z|`]),
  ].join(', ');

/** A measured test beside a simulated cell, and what was fitted of it. */
function comparisonInWords(
  { name, area_m2, before, after, fit, notCompared }: ToldComparison,
  names: readonly string[],
): AnswerInWords {
  const distance = distanceText(before);
  return {
    sentences: [
      `The measured test ${filesText(names)} was laid beside a simulated cell, "${name}", of ${Number((1e4 * area_m2).toPrecision(4))} cm², to which the same was done.`,
      ...(distance === '' ? [] : [`Root mean square of simulated less measured: ${distance}.`]),
      ...(fit === null
        ? []
        : [
            `By weighted least squares ${fit.parameters.map(({ name: one, value, unit, standardError, state }) => `${one} = ${Number(value.toPrecision(4))}${unit === '1' ? '' : ` ${unit}`}${standardError === null ? '' : ` ± ${Number(standardError.toPrecision(2))}`} (${state})`).join('; ')} ${fit.parameters.length === 1 ? 'was' : 'were'} fitted in ${fit.runs} runs.`,
          ]),
      ...(after === null ? [] : [`After it: ${distanceText(after)}.`]),
      ...notCompared.map(({ what, why }) => sentence(`Not compared, ${what}: ${why}`)),
    ],
    sources: [],
  };
}
