// Lithiophilicity as the page shows it: molten lithium on a surface (`limetal wetting`), reactions with lithium and the elements beside
// it (`limetal reaction`), each with its figures and the command that gives the same in a shell.

import {
  DEFAULT_REACTION_TEMPERATURE_K,
  type ElectrolyteWettingAnswer,
  electrolyteWetting,
  elementAt,
  type LithiumMap,
  lithiumMap,
  NECESSARY_NOT_SUFFICIENT,
  type Reaction,
  reactionAt,
  type WettingAnswer,
  type WettingOptions,
  wetting,
  wettingFilling,
} from '../../design/index.ts';
import { type Figure, fillingFigure, wettingTemperatureFigure } from '../../figures/index.ts';
import { readSurfaceName, WETTED_SURFACES } from '../../materials/index.ts';
import { LITHIUM_MELTING_POINT_K, MOLTEN_LITHIUM_K_max } from '../../physics/index.ts';
import { InputError } from '../../units/index.ts';
import { askedTyped, renamed, shellCommand } from './typed.ts';

/** As typed; an empty text leaves an option out. */
export interface WettingInput {
  /** The surface itself, or what lies under the coating. */
  readonly substrate: string;
  /** Empty for none. */
  readonly coating: string;
  readonly temperature: string;
  readonly roughness: number;
  readonly solidFraction: string;
  readonly pore: string;
  readonly depth: string;
  readonly time: string;
  readonly porosity: string;
  readonly coverage: string;
  readonly coatingThickness: string;
  readonly atmosphere: string;
  readonly isDraft: boolean;
}

export interface WettingOutput {
  readonly answer: WettingAnswer;
  /** Null while a hand moves. */
  readonly againstTemperature: Figure | null;
  readonly filling: Figure | null;
  readonly command: string;
}

const DRAFT_SAMPLES = 64;
/** Draws and points of the curve against temperature. */
const CURVE_SAMPLES = 64;
const CURVE_POINTS = 22;
/** From a tenth of a second to a quarter of an hour, ten times a decade. */
const FILLING_s = Array.from({ length: 41 }, (_, k) => 10 ** (-1 + k / 10));

const DIMENSIONS = {
  temperature: 'temperature',
  solidFraction: 'fraction',
  pore: 'length',
  depth: 'length',
  time: 'time',
  porosity: 'fraction',
  coverage: 'fraction',
  coatingThickness: 'length',
} as const;

const NAMES = {
  temperature: 'temperature_K',
  solidFraction: 'solidFraction',
  pore: 'pore_m',
  depth: 'depth_m',
  time: 'time_s',
  porosity: 'porosity',
  coverage: 'coverage',
  coatingThickness: 'coatingThickness_m',
} as const;

const surfaceOf = ({ substrate, coating }: WettingInput): string =>
  coating === '' ? substrate : `${coating} on ${substrate}`;

export function wettingAnswer(input: WettingInput): WettingOutput {
  const fields = Object.fromEntries(
    Object.entries(DIMENSIONS).map(([name, dimension]) => [name, [input[name as keyof typeof DIMENSIONS], dimension]]),
  ) as Record<string, readonly [string, (typeof DIMENSIONS)[keyof typeof DIMENSIONS]]>;
  return askedTyped(fields, {}, (values) => {
    const options: WettingOptions = {
      substrate: surfaceOf(input),
      roughness: input.roughness,
      atmosphere: input.atmosphere,
      ...renamed(values, NAMES),
    };
    const drawn = input.isDraft ? { ...options, samples: DRAFT_SAMPLES } : options;
    const answer = wetting(drawn);
    return {
      answer,
      againstTemperature: input.isDraft ? null : wettingTemperatureFigure(curveOf(options), answer),
      filling: fillingFigure(answer, wettingFilling(drawn, FILLING_s)),
      command: commandOf(input),
    };
  });
}

/** Answers over all temperatures of the melt. */
function curveOf(options: WettingOptions): WettingAnswer[] {
  const [low, high] = [LITHIUM_MELTING_POINT_K, MOLTEN_LITHIUM_K_max];
  const { pore_m: _pore, depth_m: _depth, time_s: _time, ...surface } = options;
  return Array.from({ length: CURVE_POINTS }, (_, k) =>
    wetting({
      ...surface,
      temperature_K: low + ((high - low) * k) / (CURVE_POINTS - 1),
      samples: CURVE_SAMPLES,
    }),
  );
}

function commandOf(input: WettingInput): string {
  const { roughness, solidFraction, coatingThickness, substrate: _, coating: __, isDraft: ___, ...same } = input;
  return shellCommand(['wetting'], {
    substrate: surfaceOf(input),
    ...same,
    roughness: roughness === 1 ? '' : String(roughness),
    'solid-fraction': solidFraction,
    'coating-thickness': coatingThickness,
  });
}

export interface SurfaceChoice {
  readonly value: string;
  readonly label: string;
  readonly group: string;
}

export interface WettingChoices {
  /** What can be under a coating, or stand for itself. */
  readonly substrates: readonly SurfaceChoice[];
  readonly coatings: readonly SurfaceChoice[];
}

const COATING_STATES = ['coating', 'film'];

/** Every surface whose angle is known, in each of its states, by a name that is read as just that. */
export function wettingChoices(_: object): WettingChoices {
  const degrees = (angle_rad: number): string => `${Math.round((angle_rad * 180) / Math.PI)}°`;
  const all = WETTED_SURFACES.flatMap((surface) =>
    surface.states.map((state, k) => {
      const isCoating = COATING_STATES.includes(state.state);
      const value = k === 0 ? surface.id : `${state.words[0] ?? state.state} ${surface.id}`;
      return {
        value,
        label: `${surface.name}${isCoating ? '' : `, ${state.state}`} (${degrees(state.angle.value)})`,
        group: isCoating ? 'Coatings and films, by themselves' : 'Metals, carbons, garnets',
        isCoating,
      };
    }),
  ).filter(({ value }) => 'name' in readSurfaceName(value));
  const plain = ({ value, label, group }: (typeof all)[number]): SurfaceChoice => ({ value, label, group });
  return {
    substrates: all.map(plain),
    coatings: all.filter(({ isCoating }) => isCoating).map((one) => ({ ...plain(one), group: '' })),
  };
}

export interface ReactionInput {
  readonly text: string;
  readonly temperature: string;
}

export interface ReactionOutput {
  readonly reaction: Reaction;
  readonly note: string;
  readonly command: string;
}

export function reactionAnswer({ text, temperature }: ReactionInput): ReactionOutput {
  return askedTyped({ temperature: [temperature, 'temperature'] }, {}, (values) => {
    if (text.trim() === '') {
      const wanted = 'a reaction such as "Al2O3 + 6 Li = 3 Li2O + 2 Al", or its left side';
      throw new InputError([{ where: 'reaction', found: 'nothing', wanted }]);
    }
    return {
      reaction: reactionAt(text, values.temperature ?? DEFAULT_REACTION_TEMPERATURE_K),
      note: NECESSARY_NOT_SUFFICIENT,
      command: shellCommand(['reaction', text], { temperature }),
    };
  });
}

export interface ElementMapOutput {
  readonly map: LithiumMap;
  /** Of each element that does something beside lithium, its reaction with it as one would type it. */
  readonly reactions: Readonly<Record<string, string>>;
  readonly command: string;
}

export function elementMap({ temperature }: { readonly temperature: string }): ElementMapOutput {
  return askedTyped({ temperature: [temperature, 'temperature'] }, {}, (values) => {
    const map = lithiumMap(values.temperature ?? DEFAULT_REACTION_TEMPERATURE_K);
    const reactions = map.elements.flatMap(({ element, product }) => {
      const reading = product === null ? null : elementAt(element, map.temperature_K);
      return reading === null || !reading.ok ? [] : [[element, `${reading.substance.formula} + Li`] as const];
    });
    return {
      map,
      reactions: Object.fromEntries(reactions),
      command: shellCommand(['reaction', '--map'], { temperature }),
    };
  });
}

export interface ElectrolyteWettingInput {
  readonly electrolyte: string;
  readonly distance: string;
}

export interface ElectrolyteWettingOutput {
  readonly answer: ElectrolyteWettingAnswer;
  readonly command: string;
}

/** Another quantity by the same word: how an electrolyte wets lithium. */
export function electrolyteOnLithium({ electrolyte, distance }: ElectrolyteWettingInput): ElectrolyteWettingOutput {
  return askedTyped({ distance: [distance, 'length'] }, {}, (values) => ({
    answer: electrolyteWetting({ electrolyte, ...renamed(values, { distance: 'distance_m' }) }),
    command: shellCommand(['wetting'], { electrolyte, distance }),
  }));
}
