// What a paper says of an answer of limetal that is no run of a cell: sentences about what was asked and by which laws, the sources of
// every number in it, and from both a paragraph of methods with its bibliography.

import { formatQuantity } from '../units/index.ts';
import type { ClaimAudit } from './audit.ts';
import type { Banded } from './banded.ts';
import { bibliographyOfSources, SOFTWARE_KEY } from './bibliography.ts';
import { COIN_CELLS_SOURCE } from './coin-cells.ts';
import type { ElectrolyteWettingAnswer } from './electrolyte-wetting.ts';
import type { EnergyAnswer } from './energy-answer.ts';
import type { InterfaceAnswer } from './interface.ts';
import type { LithiumMap } from './lithium-map.ts';
import type { Reaction } from './reaction.ts';
import type { ReproducedSystem } from './reproduce.ts';
import type { ReservoirQuestion } from './reservoir-test.ts';
import type { WettingAnswer } from './wetting.ts';

export interface AnswerInWords {
  /** Whole sentences, each with its full stop. */
  readonly sentences: readonly string[];
  /** Where laws and numbers come from; a DOI in one makes a citation. */
  readonly sources: readonly string[];
}

export interface AnswerMethods {
  /** One paragraph, works in square brackets by their keys in the bibliography. */
  readonly paragraph: string;
  /** BibTeX. */
  readonly bibliography: string;
}

/** `command` gives the answer again in a shell; null where there is none. `version` is that of the program. */
export function answerMethods(
  { sentences, sources }: AnswerInWords,
  { command, version }: { readonly command: string | null; readonly version: string },
): AnswerMethods {
  const { text, works } = bibliographyOfSources(sources);
  const all = [
    ...sentences,
    `It was made with limetal ${version} [${SOFTWARE_KEY}].`,
    ...(works.length === 0 ? [] : [`Laws and values are from [${works.map(({ key }) => key).join('; ')}].`]),
    ...(command === null ? [] : [`The command "${command}" gives it again.`]),
  ];
  return { paragraph: `${all.join(' ')}\n`, bibliography: text };
}

const celsius = (temperature_K: number): string => formatQuantity(temperature_K, '°C', 4, 'temperature');
const degrees = (angle_rad: number): string => `${Number(((angle_rad * 180) / Math.PI).toPrecision(3))}°`;
const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

const banded = ({ value, band80 }: Banded, shown: (value: number) => string): string =>
  band80[0] === value && band80[1] === value ? shown(value) : `${shown(value)} (${band80.map(shown).join(' to ')})`;

const drawn = (samples: number, seed: number): string =>
  `Ranges in brackets are the middle 80 % of ${samples} draws (seed ${seed}) over all that is uncertain.`;

interface Numbered {
  readonly numbers: readonly { readonly property: { readonly tag: string; readonly source: string } }[];
}

const TAGS: Readonly<Record<string, string>> = { memory: 'cited from memory', prior: 'modelling priors' };

/** How the numbers of an answer are known. */
function kindsOf({ numbers }: Numbered): string {
  const tags = [...new Set(numbers.map(({ property }) => property.tag))];
  const counted = tags.map(
    (tag) => `${numbers.filter(({ property }) => property.tag === tag).length} ${TAGS[tag] ?? tag}`,
  );
  return `It rests on ${numbers.length} numbers (${counted.join(', ')}).`;
}

const sourcesOf = ({ numbers }: Numbered): readonly string[] => numbers.map(({ property }) => property.source);

export function interfaceInWords(answer: InterfaceAnswer): AnswerInWords {
  const { electrolyte, interlayer, conditions, contact, resistance_ohm_m2, type, safe_A_per_m2, binding } = answer;
  const ohm = (value: number): string => formatQuantity(value, 'ohm cm2', 3, 'areal resistance');
  const current = (value: number): string => formatQuantity(value, 'mA/cm2', 3, 'current density');
  return {
    sentences: [
      `The interface of lithium with ${electrolyte.name}${interlayer === null ? '' : ` through ${interlayer.name}`} was computed at ${celsius(conditions.temperature_K)} and ${formatQuantity(conditions.pressure_Pa, 'MPa', 3, 'pressure')}.`,
      `Contact, ${banded(contact, percent)} of the area, follows from ${conditions.contactFrom}.`,
      `Its resistance, ${banded(resistance_ohm_m2.total, ohm)}, is the sum of charge transfer, films, constriction to the spots that touch, and interlayers.`,
      `The interface is of type ${type}.`,
      `The current that is safe, ${banded(safe_A_per_m2, current)}, is the least of the bounds by plating, stripping and salt; here ${binding} binds.`,
      drawn(conditions.samples, conditions.seed),
      kindsOf(answer),
    ],
    sources: [
      'Holm 1967, 10.1007/978-3-662-06688-1',
      'Wagner 1933, 10.1515/zpch-1933-2105',
      'Wenzel 2015, 10.1016/j.ssi.2015.06.001',
      'LePage 2019, 10.1149/2.0221902jes',
      'Monroe and Newman 2005, 10.1149/1.1850854',
      ...sourcesOf(answer),
      answer.reported.source,
    ],
  };
}

const REGIMES: Readonly<Record<WettingAnswer['regime'], string>> = {
  fills: 'fills the texture',
  'rests on the tops': 'rests on the tops of the texture',
  'creeps in': 'creeps into the texture ahead of itself',
};

export function wettingInWords(answer: WettingAnswer): AnswerInWords {
  const { surface, conditions, angle_rad, apparentAngle_rad, regime, verdict, wettingShare, gate, infusion } = answer;
  const isRough = conditions.roughness > 1 || conditions.solidFraction !== null;
  const pores =
    infusion === null
      ? []
      : [
          `Pores of ${formatQuantity(conditions.pore_m!, 'µm', 3, 'length')} fill by Washburn's law once the skin gives way and the angle has fallen below 90°.`,
        ];
  return {
    sentences: [
      `The contact angle of molten lithium on ${surface.canonical} at ${celsius(conditions.temperature_K)} in ${conditions.atmosphere}, ${banded(angle_rad, degrees)}, was carried on from what is stated for ${surface.state.angle.pretreatment}.`,
      ...(isRough
        ? [
            `On a surface of roughness ${conditions.roughness} lithium ${REGIMES[regime]}; the apparent angle is ${banded(apparentAngle_rad, degrees)}.`,
          ]
        : []),
      `Lithium ${verdict}: ${percent(wettingShare)} of the draws lie below 90°.`,
      ...pores,
      drawn(conditions.samples, conditions.seed),
      kindsOf(answer),
    ],
    sources: [
      'Young 1805, 10.1098/rstl.1805.0005',
      ...(isRough
        ? [
            'Wenzel 1936, 10.1021/ie50320a024',
            'Cassie and Baxter 1944, 10.1039/tf9444000546',
            'Bico 2002, 10.1016/S0927-7757(02)00061-4',
          ]
        : []),
      ...(infusion === null ? [] : ['Washburn 1921, 10.1103/PhysRev.17.273']),
      surface.state.angle.source,
      ...(gate === null ? [] : [gate.source]),
      ...sourcesOf(answer),
    ],
  };
}

export function electrolyteWettingInWords(answer: ElectrolyteWettingAnswer): AnswerInWords {
  const { electrolyte, family, spreadingShare, distance_m, time_s } = answer;
  const seconds = (value: number): string => `${Number(value.toPrecision(2))} s`;
  return {
    sentences: [
      `${electrolyte} (${family}) spreads on lithium in ${percent(spreadingShare)} of the draws, by the energies of the film on lithium, of the liquid and of their interface.`,
      `It soaks ${formatQuantity(distance_m, 'mm', 3, 'length')} of separator in ${banded(time_s, seconds)} by Washburn's law with the tortuosity of its pores; ranges in brackets are the middle 80 % of the draws.`,
      kindsOf(answer),
    ],
    sources: ['Washburn 1921, 10.1103/PhysRev.17.273', ...sourcesOf(answer)],
  };
}

export function reactionInWords({
  equation,
  how,
  temperature_K,
  gibbs_J_per_mol,
  substances,
}: Reaction): AnswerInWords {
  const tags = [...new Set(substances.map(({ tag }) => tag))];
  return {
    sentences: [
      `The Gibbs energy of ${equation} (${how}) at ${celsius(temperature_K)} is ${Number((gibbs_J_per_mol / 1000).toPrecision(4))} kJ/mol, from the energies of ${substances.length} pure phases (${tags.map((tag) => TAGS[tag] ?? tag).join(', ')}), gases at 1 bar.`,
      'A negative energy is necessary, not sufficient, for wetting.',
    ],
    sources: substances.map(({ source }) => source),
  };
}

export function elementMapInWords({ temperature_K, elements, agreement, reviewSource }: LithiumMap): AnswerInWords {
  const counted = ['formation energy', 'titration', 'estimate'].map(
    (how) => `${elements.filter(({ evidence }) => evidence === how).length} by ${how}`,
  );
  return {
    sentences: [
      `What each element does beside lithium at ${celsius(temperature_K)} was told ${counted.join(', ')}; potentials are of what forms with lithium in excess, against Li/Li+.`,
      `It agrees with the review for ${agreement.agreeing} of the ${agreement.compared} elements that it names.`,
    ],
    sources: [reviewSource, ...elements.map(({ source }) => source)].filter((source) => source !== ''),
  };
}

export function energyInWords({ cell, energy, remarks }: EnergyAnswer): AnswerInWords {
  const { specificEnergy_J_per_kg, energyDensity_J_per_m3, capacity_C, mass_kg, nToP } = energy;
  return {
    sentences: [
      `Energy per mass, ${formatQuantity(specificEnergy_J_per_kg, 'Wh/kg', 4)}, and per volume, ${formatQuantity(energyDensity_J_per_m3, 'Wh/L', 4)} (${cell.inputs.volumeAt}), were computed for a cell of ${formatQuantity(capacity_C, 'Ah', 4, 'charge')} and ${formatQuantity(mass_kg, 'g', 4, 'mass')} at N/P ${Number(nToP.toPrecision(3))} from its whole bill of materials, pouch, tabs and electrolyte included.`,
      'Thickness, density, area and number of every layer are as typed.',
      ...remarks,
    ],
    sources: [],
  };
}

export interface LifeAsked {
  readonly nToP: number;
  /** What N counts. */
  readonly counts: 'foil' | 'all';
  readonly retention: number;
  /** Whether electrolyte is counted beside lithium. */
  readonly hasElectrolyte: boolean;
}

/** The closed forms of life: required efficiency, and what dies first. */
export function lifeInWords({ nToP, counts, retention, hasElectrolyte }: LifeAsked): AnswerInWords {
  return {
    sentences: [
      `Cycles, efficiency and excess lithium were related in closed form, cycles = x/(1 − CE) + ln R/ln CE, at constant efficiency, for N/P ${Number(nToP.toPrecision(4))} (N ${counts === 'foil' ? 'the foil' : 'all lithium'}) and a retention R of ${percent(retention)}.`,
      ...(hasElectrolyte
        ? [
            'Electrolyte lasts (E/C)·u·F·n/(M·y·(1 − CE)) cycles: n electrons for each molecule that the interphase takes, a share y of the loss, a part u of the liquid that is usable.',
          ]
        : []),
    ],
    sources: hasElectrolyte ? [COIN_CELLS_SOURCE] : [],
  };
}

export function reservoirInWords(
  { shortCycles, cells }: ReservoirQuestion,
  { efficiency, error }: { readonly efficiency: number; readonly error: number },
): AnswerInWords {
  return {
    sentences: [
      `The mean efficiency of a reservoir test of ${shortCycles} short cycles, ${Number((100 * efficiency).toPrecision(6))} %, is (n·Q_C + Q_S)/(n·Q_C + Q_T).`,
      `Its standard error for one cell, ${Number((100 * error).toPrecision(2))} %, is carried on from the last strip and from the mismatch of the instrument between its directions; ${cells} cell${cells === 1 ? ' was' : 's were'} counted.`,
    ],
    sources: ['Aurbach 1989, 10.1149/1.2096425', 'Adams 2018, 10.1002/aenm.201702097'],
  };
}

export function auditInWords({ verdict, implied, energy, lights, missing, stated }: ClaimAudit): AnswerInWords {
  return {
    sentences: [
      'The claim was held against what its own printed numbers imply: the efficiency by cycles = x/(1 − CE) + ln R/ln CE for each way in which N may be counted, and the energy per mass from a bill of materials of its electrodes and electrolyte.',
      ...(verdict === null ? [] : [/[.!?]$/u.test(verdict) ? verdict : `${verdict}.`]),
      ...(implied.length > 1 ? ['Whether N counts the foil or all lithium is not said, so both readings stand.'] : []),
      ...(energy === null ? [] : [`Assumed: ${energy.assumptions.join('; ')}.`]),
      `${missing.length} of ${missing.length + stated.length} facts with which such a cell could be built again are missing.`,
    ],
    sources: [
      'Cell Press checklist 2020, 10.1016/j.joule.2020.12.026',
      'ACS Energy Letters checklist 2021, 10.1021/acsenergylett.1c00870',
      ...lights.map(({ source }) => source),
    ],
  };
}

/** Tabulated systems computed beside what is reported of them. */
export function reproduceInWords(
  systems: readonly Pick<ReproducedSystem, 'id' | 'quantities'>[],
  { samples, seed }: { readonly samples: number; readonly seed: number },
  sources: readonly string[],
): AnswerInWords {
  const computed = systems.flatMap(({ quantities }) => quantities).filter(({ computed: value }) => value !== null);
  const banded80 = computed.filter(({ inside }) => inside !== null);
  return {
    sentences: [
      `${systems.length} tabulated system${systems.length === 1 ? ' was' : 's were'} run as its row was tested, by the fast model; ${computed.length} reported numbers have a computed one beside them.`,
      `Bands are the 10 and 90 % quantiles of ${samples} runs (seed ${seed}) over the ranges of the values that a row leaves open; ${banded80.filter(({ inside }) => inside).length} of ${banded80.length} reported numbers lie inside.`,
      'Reported numbers are as printed.',
    ],
    sources,
  };
}
