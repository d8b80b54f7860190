// One interface of lithium with a solid electrolyte as the page shows it: the answer of `limetal interface` with its figures, and the
// same interface as a cell. While a hand moves, bands come from fewer draws; the values themselves hang on no draw.

import {
  type CriticalCurrentReport,
  criticalCurrentReports,
  type InterfaceAnswer,
  type InterfaceOptions,
  interfaceCellFile,
  interfaceCurves,
  solidInterface,
  typicalProfiles,
} from '../../design/index.ts';
import {
  currentAgainstPressureFigure,
  currentAgainstResistanceFigure,
  type Figure,
  interphaseGrowthFigure,
  interphaseProfileFigure,
} from '../../figures/index.ts';
import { SOLID_INTERFACES, WETTED_SURFACES } from '../../materials/index.ts';
import { InputError } from '../../units/index.ts';
import { askedTyped, renamed, shellCommand } from './typed.ts';

/** As typed; an empty text leaves it to the interface. */
export interface InterfaceInput {
  readonly electrolyte: string;
  readonly interlayer: string;
  readonly temperature: string;
  readonly pressure: string;
  /** Of molten lithium, in degrees: "95°" or "95". */
  readonly angle: string;
  readonly contact: string;
  readonly film: string;
  readonly current: string;
  readonly capacity: string;
  readonly isDraft: boolean;
}

export interface InterfaceOutput {
  readonly answer: InterfaceAnswer;
  readonly figures: {
    readonly profile: Figure;
    readonly growth: Figure;
    readonly againstPressure: Figure;
    readonly againstResistance: Figure;
  };
  readonly reports: readonly CriticalCurrentReport[];
  /** A symmetric cell with this interface, as the text of its file. */
  readonly cellFile: string;
  readonly command: string;
}

/** Draws of a draft: enough to see how wide a band is. */
const DRAFT_SAMPLES = 48;

export function interfaceAnswer(input: InterfaceInput): InterfaceOutput {
  const options = optionsOf(input);
  const answer = solidInterface(options);
  const curves = interfaceCurves(options);
  const reports = criticalCurrentReports();
  return {
    answer,
    figures: {
      profile: interphaseProfileFigure(answer, typicalProfiles()),
      growth: interphaseGrowthFigure(curves.growth),
      againstPressure: currentAgainstPressureFigure(answer, curves.againstPressure, reports),
      againstResistance: currentAgainstResistanceFigure(answer, curves.againstResistance, reports),
    },
    reports,
    cellFile: `${JSON.stringify(interfaceCellFile(options), null, 2)}\n`,
    command: commandOf(input),
  };
}

const DIMENSIONS = {
  temperature: 'temperature',
  pressure: 'pressure',
  contact: 'fraction',
  film: 'length',
  current: 'current density',
  capacity: 'areal charge',
} as const;

const NAMES = {
  temperature: 'temperature_K',
  pressure: 'pressure_Pa',
  contact: 'contact',
  film: 'film_m',
  current: 'current_A_per_m2',
  capacity: 'capacity_C_per_m2',
} as const;

/** What was typed as options; every fault of it is found, also those that the question itself would find. */
function optionsOf(input: InterfaceInput): InterfaceOptions {
  const fields = Object.fromEntries(
    Object.entries(DIMENSIONS).map(([name, dimension]) => [name, [input[name as keyof typeof DIMENSIONS], dimension]]),
  ) as Record<string, readonly [string, (typeof DIMENSIONS)[keyof typeof DIMENSIONS]]>;
  return askedTyped(fields, {}, (values) => {
    const angle_rad = angleOf(input.angle);
    const options: InterfaceOptions = {
      electrolyte: input.electrolyte,
      ...(input.interlayer === '' ? {} : { interlayer: input.interlayer }),
      ...renamed(values, NAMES),
      ...(angle_rad === null ? {} : { angle_rad }),
      ...(input.isDraft ? { samples: DRAFT_SAMPLES } : {}),
    };
    // Asked for its faults alone, at the cost of ten draws.
    solidInterface({ ...options, samples: 10 });
    return options;
  });
}

/** `95°`, `95 deg` or `95` as rad; null where nothing was typed. */
function angleOf(text: string): number | null {
  if (text.trim() === '') return null;
  const [, number] = /^\s*(-?[\d.]+)\s*(?:°|deg|degrees?)?\s*$/u.exec(text) ?? [];
  const angle = Number(number);
  if (number !== undefined && angle >= 0 && angle <= 180) return (angle * Math.PI) / 180;
  const wanted = 'an angle of molten lithium from 0 to 180°, such as "95°"';
  throw new InputError([{ where: 'angle', found: `"${text}"`, wanted }]);
}

function commandOf({ electrolyte, isDraft: _, ...options }: InterfaceInput): string {
  return shellCommand(['interface', electrolyte], options);
}

/** A name that can be chosen, and what it is told with. */
export interface NamedChoice {
  readonly value: string;
  readonly label: string;
  readonly group: string;
}

export interface InterfaceChoices {
  readonly electrolytes: readonly NamedChoice[];
  readonly interlayers: readonly NamedChoice[];
}

const INTERLAYER_GROUPS = {
  liquid: 'Liquid and soft',
  soft: 'Liquid and soft',
  insulating: 'Lets ions through, no electrons',
  alloy: 'Alloys, or what becomes one',
  mixed: 'Conducts ions and electrons',
} as const;

/** What can be chosen: electrolytes, with the states of a garnet's surface, and interlayers. */
export function interfaceChoices(_: object): InterfaceChoices {
  const { electrolytes, interlayers } = SOLID_INTERFACES;
  return {
    electrolytes: electrolytes.flatMap(({ id, name, surface }): NamedChoice[] => {
      const plain = { value: id, label: `${name}`, group: surface === null ? groupOf(name) : 'Garnets' };
      const states = WETTED_SURFACES.find((one) => one.id === surface)?.states ?? [];
      const [usual, ...others] = states;
      if (usual === undefined) return [plain];
      return [
        { ...plain, label: `${name}, ${usual.state}` },
        ...others.map(({ state }) => ({ ...plain, value: `${state} ${id}`, label: `${name}, ${state}` })),
        { ...plain, value: `${id} with Li2CO3`, label: `${name} under carbonate` },
      ];
    }),
    interlayers: interlayers.map(({ id, name, kind }) => ({ value: id, label: name, group: INTERLAYER_GROUPS[kind] })),
  };
}

const groupOf = (name: string): string => {
  if (/thiophosphate|argyrodite/u.test(name)) return 'Sulfides';
  if (/^phosphate/u.test(name)) return 'Phosphates';
  return 'Polymers and films';
};
