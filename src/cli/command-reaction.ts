// `limetal reaction`: the energy of a reaction with lithium, or what every element does beside it.

import {
  DEFAULT_REACTION_TEMPERATURE_K,
  type ElementOnLithium,
  type LithiumMap,
  lithiumMap,
  NECESSARY_NOT_SUFFICIENT,
  type Reaction,
  type ReactionSubstance,
  reactionAt,
} from '../design/index.ts';
import { elementMapSvg, PERIODIC_ROWS } from '../figures/index.ts';
import { celsius_from_kelvin, InputError, type Issue, tryParseQuantity } from '../units/index.ts';
import { jsonParts } from './json-document.ts';
import { MISSING, significant } from './numbers.ts';
import { prepareFile, writeFiles } from './output-files.ts';
import { EXIT, type ExitCode, outParts, type Terminal } from './terminal.ts';
import { labelled, table, wrap } from './text-table.ts';

export interface ReactionCommandOptions {
  readonly temperature?: string;
  readonly map?: boolean;
  readonly svg?: string;
  readonly json?: boolean;
}

const COLUMNS = 100;
/** Of one element in the map: at most four characters and a space. */
const CELL_COLUMNS = 5;
/** Middle of the range in which the review compares elements with molten lithium. */
const MAP_TEMPERATURE_K = 523.15;

export function answerReaction(text: string, options: ReactionCommandOptions, terminal: Terminal): ExitCode {
  const { map, svg, json } = options;
  const issues: Issue[] = [];
  const hasText = text.trim() !== '';
  if (map === true && hasText) {
    issues.push({ where: '--map', found: `the reaction "${text}" beside it`, wanted: 'one of the two' });
  } else if (map !== true && !hasText) {
    const wanted = 'a reaction such as "Al2O3 + 6 Li = 3 Li2O + 2 Al", its left side, or --map';
    issues.push({ where: 'reaction', found: 'nothing', wanted });
  }
  if (svg !== undefined && map !== true) {
    issues.push({ where: '--svg', found: svg, wanted: 'it beside --map: a reaction has no figure' });
  }
  let temperature_K = map === true ? MAP_TEMPERATURE_K : DEFAULT_REACTION_TEMPERATURE_K;
  if (options.temperature !== undefined) {
    const read = tryParseQuantity(options.temperature, 'temperature', '--temperature');
    if (read.ok) temperature_K = read.value_SI;
    else issues.push(read.issue);
  }
  if (issues.length > 0) throw new InputError(issues);

  if (map === true) {
    if (svg !== undefined) prepareFile(svg, '--svg');
    const computed = lithiumMap(temperature_K);
    if (svg !== undefined) writeFiles([{ path: svg, content: [elementMapSvg(computed)] }]);
    if (json === true) outParts(terminal, jsonParts(mapDocument(computed)));
    else terminal.out(mapText(computed));
    return EXIT.done;
  }
  const reaction = reactionAt(text, temperature_K);
  if (json === true) outParts(terminal, jsonParts(reactionDocument(reaction)));
  else terminal.out(reactionText(reaction));
  return EXIT.done;
}

/** Digits that tell apart what differs. */
const rounded = (value: number): number => Number(value.toPrecision(7));
const kilo = (value: number | null): number | null => (value === null ? null : rounded(value / 1000));
const orNull = (value: number | null): number | null => (value === null ? null : rounded(value));
const celsius = (temperature_K: number): number => Number(celsius_from_kelvin(temperature_K).toFixed(6));

function reactionDocument(reaction: Reaction): Record<string, unknown> {
  const { conversion } = reaction;
  return {
    text: reaction.text,
    equation: reaction.equation,
    how: reaction.how,
    temperature_C: celsius(reaction.temperature_K),
    temperature_K: reaction.temperature_K,
    gibbs_kJ_per_mol: kilo(reaction.gibbs_J_per_mol),
    enthalpy_kJ_per_mol: kilo(reaction.enthalpy_J_per_mol),
    entropy_J_per_mol_K: orNull(reaction.entropy_J_per_mol_K),
    heat_capacity_J_per_mol_K: orNull(reaction.heatCapacity_J_per_mol_K),
    lithium_mol: rounded(reaction.lithium),
    gibbs_per_lithium_kJ_per_mol: kilo(reaction.perLithium_J_per_mol),
    potential_V: orNull(reaction.potential_V),
    favourable: reaction.gibbs_J_per_mol < 0,
    substances: reaction.substances.map((substance) => ({
      formula: substance.formula,
      coefficient: rounded(substance.coefficient),
      phase: substance.phase,
      state: substance.state,
      formation_gibbs_kJ_per_mol: kilo(substance.formation_J_per_mol),
      gibbs_kJ_per_mol: kilo(substance.gibbs_J_per_mol),
      enthalpy_kJ_per_mol: kilo(substance.enthalpy_J_per_mol),
      entropy_J_per_mol_K: orNull(substance.entropy_J_per_mol_K),
      heat_capacity_J_per_mol_K: orNull(substance.heatCapacity_J_per_mol_K),
      tag: substance.tag,
      source: substance.source,
    })),
    conversion:
      conversion === null
        ? null
        : { equation: conversion.equation, gibbs_kJ_per_mol: kilo(conversion.gibbs_J_per_mol) },
    remarks: reaction.remarks,
    note: NECESSARY_NOT_SUFFICIENT,
  };
}

const signed = (value: number | null, decimals: number): string =>
  value === null ? MISSING : `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(decimals)}`;
const kilojoules = (value: number | null): string => signed(value === null ? null : value / 1000, 1);

const HOW: Readonly<Record<Reaction['how'], string>> = {
  'as written': '',
  'balanced here': ' (coefficients found here)',
  'completed here': ' (products of the lowest energy, found here)',
};

function reactionText(reaction: Reaction): string {
  const { equation, how, temperature_K, substances, lithium, conversion, remarks } = reaction;
  const label = (name: string, text: string): string => labelled(name, text, COLUMNS);
  const lines = [
    label('Reaction', `${equation}${HOW[how]}`),
    label(
      'At',
      `${significant(celsius(temperature_K), 5)} °C, ${significant(temperature_K, 6)} K, pure phases, gases at 1 bar`,
    ),
    label('ΔrG', `${kilojoules(reaction.gibbs_J_per_mol)} kJ/mol as written: ${verdictOf(reaction)}`),
    label('ΔrH', `${kilojoules(reaction.enthalpy_J_per_mol)} kJ/mol`),
    label('ΔrS', `${signed(reaction.entropy_J_per_mol_K, 1)} J/(mol K)`),
  ];
  if (reaction.potential_V !== null) {
    lines.push(
      label(
        'Per lithium',
        `${kilojoules(reaction.perLithium_J_per_mol)} kJ/mol, ${significant(Math.abs(lithium), 6)} Li ${lithium > 0 ? 'used up' : 'given off'}`,
      ),
      label('Potential', `${signed(reaction.potential_V, 3)} V against Li/Li⁺`),
    );
  }
  if (conversion !== null) {
    lines.push(
      label(
        'Without',
        `alloys and ternary phases: ${conversion.equation}, ${kilojoules(conversion.gibbs_J_per_mol)} kJ/mol`,
      ),
    );
  }
  lines.push('', substanceTable(substances), '');
  for (const [source, formulas] of sourcesOf(substances)) lines.push(label(formulas, source));
  if (remarks.length > 0) lines.push('', ...remarks.map((remark) => label('Remark', remark)));
  lines.push('', wrap(NECESSARY_NOT_SUFFICIENT, COLUMNS, ''));
  return `${lines.join('\n')}\n`;
}

/** Below what the table prints, energies are equal. */
const LEVEL_J_per_mol = 50;
const verdictOf = ({ gibbs_J_per_mol }: Reaction): string =>
  Math.abs(gibbs_J_per_mol) < LEVEL_J_per_mol ? 'in balance' : gibbs_J_per_mol < 0 ? 'downhill' : 'uphill';

function substanceTable(substances: readonly ReactionSubstance[]): string {
  const rows = substances.map(({ coefficient, formula, phase, formation_J_per_mol, tag }) => [
    `${coefficient < 0 ? '−' : '+'}${significant(Math.abs(coefficient), 6)}`,
    formula,
    phase,
    kilojoules(formation_J_per_mol),
    tag,
  ]);
  return table([['', 'substance', 'phase', 'ΔfG kJ/mol', 'number is'], ...rows], 'rllrl');
}

/** Each source once, with the formulas that it gives. */
function sourcesOf(substances: readonly ReactionSubstance[]): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const { source, formula } of substances) {
    const before = sources.get(source);
    if (before === undefined) sources.set(source, formula);
    else if (!before.split(', ').includes(formula)) sources.set(source, `${before}, ${formula}`);
  }
  return sources;
}

function mapDocument({
  temperature_K,
  elements,
  agreement,
  reviewSource,
  remarks,
}: LithiumMap): Record<string, unknown> {
  const count = (verdict: ElementOnLithium['verdict']): number =>
    elements.filter((element) => element.verdict === verdict).length;
  return {
    temperature_C: celsius(temperature_K),
    temperature_K,
    counts: { reacts: count('reacts'), alloys: count('alloys'), neither: count('neither'), unknown: count('unknown') },
    agreement,
    review: reviewSource,
    elements: elements.map((element) => ({
      element: element.element,
      verdict: element.verdict,
      evidence: element.evidence,
      close: element.isClose,
      product: element.product,
      gibbs_per_lithium_kJ_per_mol: kilo(element.perLithium_J_per_mol),
      potential_V: orNull(element.potential_V),
      alloy_enthalpy_kJ_per_mol: kilo(element.alloyEnthalpy_J_per_mol),
      solubility: orNull(element.solubility),
      review: element.reviewed === null ? null : { ...element.reviewed },
      agrees: element.agrees,
      tag: element.tag,
      source: element.source,
    })),
    remarks,
    note: NECESSARY_NOT_SUFFICIENT,
  };
}

const LETTER: Readonly<Record<ElementOnLithium['verdict'], string>> = {
  reacts: 'R',
  alloys: 'A',
  neither: '-',
  unknown: '?',
};

function mapText({ temperature_K, elements, agreement, reviewSource, remarks }: LithiumMap): string {
  const byName = new Map(elements.map((one) => [one.element, one]));
  const cell = (name: string): string => {
    if (name === '.') return '';
    const known = byName.get(name);
    return known === undefined ? name : `${name}${LETTER[known.verdict]}${known.isClose ? '~' : ''}`;
  };
  const of = (name: string): ElementOnLithium => byName.get(name)!;
  const lines = [
    `Elements beside lithium at ${significant(celsius(temperature_K), 5)} °C`,
    '',
    ...PERIODIC_ROWS.map((row) =>
      row
        .map((name) => cell(name).padEnd(CELL_COLUMNS))
        .join('')
        .trimEnd(),
    ),
    '',
    wrap(
      'R makes a compound, A alloys or dissolves, - neither, ? no data; ~ an estimate that its own error could turn round.',
      COLUMNS,
      '',
    ),
    '',
    labelled('Review', `agrees for ${agreement.agreeing} of ${agreement.compared} elements: ${reviewSource}`, COLUMNS),
    ...agreement.disagreements.map((name) => labelled('Disagrees', disagreement(of(name)), COLUMNS)),
  ];
  if (agreement.close.length > 0)
    lines.push(labelled('Close', `${agreement.close.join(', ')}: agree by an estimate within its error`, COLUMNS));
  for (const remark of remarks) lines.push(labelled('Remark', remark, COLUMNS));
  lines.push('', wrap(NECESSARY_NOT_SUFFICIENT, COLUMNS, ''));
  return `${lines.join('\n')}\n`;
}

function disagreement({
  element,
  verdict,
  evidence,
  reviewed,
  alloyEnthalpy_J_per_mol,
  solubility,
}: ElementOnLithium): string {
  const found =
    evidence === 'estimate'
      ? `estimated ${kilojoules(alloyEnthalpy_J_per_mol)} kJ per mole of atoms for an ordered alloy, ${significant(solubility, 2)} dissolved`
      : `by ${evidence}`;
  return `${element}: computed "${verdict}" (${found}); the review names it as ${reviewed!.named}`;
}
