// The design desk: what was typed, asked of the same functions that the shell asks, with figures drawn here.

import {
  auditClaim,
  CLAIM_NUMBERS,
  COIN_CELLS,
  COIN_CELLS_SOURCE,
  type CountedLithium,
  ENERGY_CASES,
  ENERGY_INPUTS,
  ENERGY_OUTPUTS,
  ENERGY_START,
  type EnergyOutput,
  type EnergyText,
  efficiencyForLifetime,
  energyAnswer,
  energyBands,
  energyCaseOf,
  energyInputOf,
  excessLithium,
  impliedEfficiency,
  lifeOverElectrolyte,
  lifetime,
  nToPFromExcess,
  reservoirAnswer,
  reservoirDesigns,
  SCHEMA,
  seekInput,
  suppliesForLifetime,
  USUAL_SPENDING,
} from '../../design/index.ts';
import { lifeOverElectrolyteFigure, requiredEfficiencyFigure } from '../../figures/index.ts';
import { type ElectrolyteSupply, requiredEfficiency } from '../../physics/index.ts';
import { type Dimension, formatQuantity, InputError, type Issue, tryParseQuantity } from '../../units/index.ts';
import { shellCommand, shellWord } from './typed.ts';

type Texts = Readonly<Record<string, string>>;

/** Lists that the forms are made of. */
export function designChoices(_: object) {
  return {
    inputs: ENERGY_INPUTS,
    start: ENERGY_START,
    cases: ENERGY_CASES,
    outputs: ENERGY_OUTPUTS,
    claimNumbers: CLAIM_NUMBERS,
    schema: SCHEMA,
  };
}

/** Typed texts as numbers, all faults at once; names are those of the fields. */
class Reader {
  readonly issues: Issue[] = [];
  readonly texts: Texts;
  constructor(texts: Texts) {
    this.texts = texts;
  }
  number(name: string, dimension: Dimension, isGood: (value: number) => boolean, wanted: string): number {
    const text = this.texts[name] ?? '';
    const read = tryParseQuantity(text, dimension, name);
    if (!read.ok) this.issues.push(read.issue);
    else if (!isGood(read.value_SI)) this.issues.push({ where: name, found: `"${text}"`, wanted });
    else return read.value_SI;
    return 1;
  }
  optional(name: string, dimension: Dimension, isGood: (value: number) => boolean, wanted: string): number | null {
    return (this.texts[name] ?? '').trim() === '' ? null : this.number(name, dimension, isGood, wanted);
  }
  throwIfAny(): void {
    if (this.issues.length > 0) throw new InputError(this.issues);
  }
}

const positive = (value: number): boolean => value > 0;
const share = (value: number): boolean => value > 0 && value <= 1;

interface LifeNumbers {
  readonly counts: CountedLithium;
  readonly nToP: number;
  readonly excess: number;
  readonly efficiency: number;
  readonly retention: number;
  readonly cycles: number;
  readonly electrolyte: ElectrolyteSupply;
}

function readLife(texts: Texts): LifeNumbers {
  const reader = new Reader(texts);
  const counts: CountedLithium = texts.counts === 'all' ? 'all' : 'foil';
  const nToP = reader.number(
    'nToP',
    'ratio',
    (value) => value >= (counts === 'all' ? 1 : 0),
    counts === 'all' ? 'at least 1 where N counts all lithium' : 'a ratio from 0',
  );
  const cycles = reader.number('cycles', 'ratio', (value) => value > 0 && value <= 1e7, 'cycles from 1 to 10 million');
  const efficiency = reader.number('efficiency', 'fraction', share, 'an efficiency above 0 and at most 100 %');
  const retention = reader.number('retention', 'fraction', share, 'a share above 0');
  const electrolyte_kg_per_C = reader.number('eToC', 'mass per charge', positive, 'an amount above 0, such as 3 g/Ah');
  const usual = USUAL_SPENDING;
  const electrolyte: ElectrolyteSupply = {
    electrolyte_kg_per_C,
    electrons: reader.optional('electrons', 'ratio', positive, 'more than 0') ?? usual.electrons,
    molarMass_kg_per_mol:
      reader.optional('molarMass', 'molar mass', positive, 'more than 0') ?? usual.molarMass_kg_per_mol,
    interphaseShare: reader.optional('interphaseShare', 'fraction', () => true, 'a share') ?? usual.interphaseShare,
    usableFraction: reader.optional('usable', 'fraction', share, 'a share above 0') ?? usual.usableFraction,
  };
  reader.throwIfAny();
  return { counts, nToP, excess: excessLithium(nToP, counts), efficiency, retention, cycles, electrolyte };
}

const LIVES = [50, 100, 200, 300, 500, 1000] as const;
const EXCESS_POINTS = 81;
const EXCESS_MIN = 5;

/** The efficiency for a life, with lines of equal life over N/P. */
export function designEfficiency(texts: Texts) {
  const { counts, nToP, excess, efficiency, retention, cycles } = readLife(texts);
  const reach = Math.max(EXCESS_MIN, 1.25 * excess);
  const excesses = Array.from({ length: EXCESS_POINTS }, (_, k) => (reach * k) / (EXCESS_POINTS - 1));
  const lives = [...new Set([...LIVES, Math.round(cycles)])].sort((a, b) => a - b);
  const lines = lives.map((life) => ({
    cycles: life,
    excess: excesses,
    efficiency: excesses.map((one) => requiredEfficiency(one, life, retention)),
  }));
  const required = requiredEfficiency(excess, cycles, retention);
  const { lithiumCycles } = lifetime({ excess, electrolyte: null }, efficiency, retention);
  return {
    nToP,
    counts,
    excess,
    efficiency,
    retention,
    cycles,
    /** Null where any efficiency lasts so long. */
    required,
    lithiumCycles: lithiumCycles!,
    /** N/P that would do at the efficiency of the cell. */
    neededNToP: nToPFromExcess(suppliesForLifetime(NO_ELECTROLYTE, efficiency, cycles, retention).excess, counts),
    command: shellCommand(['design', 'required-efficiency'], {
      'n-to-p': texts.nToP ?? '',
      counts,
      cycles: texts.cycles ?? '',
      retention: texts.retention ?? '',
    }),
    figure: requiredEfficiencyFigure(lines, counts, retention, { nToP, efficiency }),
  };
}

const NO_ELECTROLYTE: ElectrolyteSupply = { ...USUAL_SPENDING, electrolyte_kg_per_C: 0 };
/** Least and most electrolyte of the figure over that of the cell. */
const ELECTROLYTE_REACH = [0.1, 20] as const;

/** What dies first, and the seven coin cells that taught it. */
export function designLife(texts: Texts) {
  const { counts, nToP, excess, efficiency, retention, cycles, electrolyte } = readLife(texts);
  const supplies = { excess, electrolyte };
  const [low, high] = ELECTROLYTE_REACH;
  const amount = electrolyte.electrolyte_kg_per_C;
  const life = lifetime(supplies, efficiency, retention);
  const points = lifeOverElectrolyte(supplies, efficiency, retention, [low * amount, high * amount]);
  const needed = suppliesForLifetime(electrolyte, efficiency, cycles, retention);
  return {
    counts,
    nToP,
    retention,
    efficiency,
    cycles,
    electrolyte,
    life,
    /** For the cycles wanted. */
    forCycles: efficiencyForLifetime(supplies, cycles, retention),
    needed: { nToP: nToPFromExcess(needed.excess, counts), electrolyte_kg_per_C: needed.electrolyte_kg_per_C },
    figure: lifeOverElectrolyteFigure(points, { electrolyte_kg_per_C: amount, cycles: life.cycles }),
    coinCells: COIN_CELLS.map((cell) => ({
      ...cell,
      implied: impliedEfficiency(cell.nToP, cell.cycles, USUAL_COIN_RETENTION, cell.wasStopped),
      atEighty: lifetime(
        { excess: cell.nToP, electrolyte: { ...USUAL_SPENDING, electrolyte_kg_per_C: cell.electrolyte_kg_per_C } },
        COIN_EFFICIENCY,
        USUAL_COIN_RETENTION,
      ),
    })),
    coinSource: COIN_CELLS_SOURCE,
    command: lifeCommand(texts, counts),
  };
}

function lifeCommand(texts: Texts, counts: CountedLithium): string {
  const of = (name: string): string => texts[name] ?? '';
  return shellCommand(['design', 'lifetime'], {
    'n-to-p': of('nToP'),
    counts,
    efficiency: of('efficiency'),
    retention: of('retention'),
    'e-to-c': of('eToC'),
    'interphase-share': of('interphaseShare'),
    electrons: of('electrons'),
    'molar-mass': of('molarMass'),
    usable: of('usable'),
  });
}

/** Three flooded cells of the seven agree on it. */
const COIN_EFFICIENCY = 0.8;
const USUAL_COIN_RETENTION = 0.8;

/** A reservoir test from what was read off. */
export function designReservoir(texts: Texts) {
  const reader = new Reader(texts);
  const charge = (name: string): number =>
    reader.number(name, 'areal charge', (value) => value >= 0, 'a charge per area from 0');
  const any = (): boolean => true;
  const question = {
    shortCycles: reader.number(
      'cycles',
      'ratio',
      (value) => Number.isInteger(value) && value >= 1,
      'a whole number from 1',
    ),
    cycled_C_per_m2: charge('cycled'),
    reservoir_C_per_m2: charge('reservoir'),
    stripped_C_per_m2: charge('stripped'),
    strippedError_C_per_m2: charge('error'),
    mismatch: reader.number('mismatch', 'ratio', any, ''),
    cells: reader.number('cells', 'ratio', (value) => Number.isInteger(value) && value >= 1, 'a whole number from 1'),
    strippedElsewhere_C_per_m2: reader.optional('elsewhere', 'areal charge', (value) => value >= 0, 'a charge from 0'),
  };
  reader.throwIfAny();
  return {
    question,
    answer: reservoirAnswer(question),
    designs: reservoirDesigns(question),
    command: shellCommand(['design', 'reservoir'], texts),
  };
}

export interface EnergyQuestion {
  readonly case: string;
  readonly text: EnergyText;
  readonly about: string;
}

const outputOf = (about: string): EnergyOutput =>
  Object.hasOwn(ENERGY_OUTPUTS, about) ? (about as EnergyOutput) : 'specificEnergy_J_per_kg';

const textOf = ({ case: id, text }: EnergyQuestion): EnergyText => ({ ...energyCaseOf(id)?.text, ...text });

/** Repeated options have each a word of their own. */
const setWords = (texts: Texts): string =>
  Object.entries(texts)
    .map(([name, text]) => ` --set ${shellWord(`${name}=${text}`)}`)
    .join('');

const energyCommand = ({ case: id, text }: EnergyQuestion): string =>
  `${shellCommand(['design', 'energy'], { case: id })}${setWords(text)}`;

/** A cell's energy while a hand moves. */
export function designEnergy(question: EnergyQuestion) {
  const about = outputOf(question.about);
  return { about, ...energyAnswer(textOf(question), about), command: energyCommand(question) };
}

/** Its bands, once the hand rests. */
export function designEnergyBands(question: EnergyQuestion) {
  const about = outputOf(question.about);
  return energyBands(energyAnswer(textOf(question), about).cell, { about });
}

/** The input that reaches a target; the target's unit says of which number. */
export function designSeek(question: EnergyQuestion & { readonly seek: string; readonly target: string }) {
  const { seek, target } = question;
  const input = energyInputOf(seek);
  const found = (Object.keys(ENERGY_OUTPUTS) as EnergyOutput[]).flatMap((output) => {
    const read = tryParseQuantity(target, ENERGY_OUTPUTS[output].dimension, 'target');
    return read.ok && read.value_SI > 0 ? [{ output, value: read.value_SI }] : [];
  })[0];
  const issues: Issue[] = [];
  if (input === undefined) issues.push({ where: 'seek', found: `"${seek}"`, wanted: 'the name of an input' });
  if (found === undefined)
    issues.push({
      where: 'target',
      found: `"${target}"`,
      wanted: 'an energy per mass or volume, an energy, a capacity, a mass or a thickness, such as 400 Wh/kg',
    });
  if (issues.length > 0) throw new InputError(issues);
  const { cell } = energyAnswer(textOf(question));
  const sought = seekInput(cell.inputs, input!.key, found!);
  const { unit, dimension, label } = ENERGY_OUTPUTS[found!.output];
  const shown = (value: number): string => formatQuantity(value, input!.unit, 4, input!.dimension).trim();
  return {
    sought,
    label: input!.label,
    output: label,
    target: formatQuantity(found!.value, unit, 4, dimension),
    reached: formatQuantity(sought.reached, unit, 4, dimension),
    text: shown(sought.value_SI),
    others: sought.kind === 'found' ? sought.others_SI.map(shown) : [],
    command: `${energyCommand(question)} --seek ${shellWord(seek)} --target ${shellWord(target)}`,
  };
}

/** A claim held against its own numbers. */
export function designAudit({ text, stated }: { readonly text: Texts; readonly stated: readonly string[] }) {
  const claim: Texts = stated.length === 0 ? text : { ...text, stated: stated.join(', ') };
  return { audit: auditClaim(claim), command: `limetal design audit${setWords(claim)}` };
}
