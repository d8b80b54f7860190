// `limetal wetting`: does molten lithium wet a surface, how fast does a host fill, and what does it then hold. With --electrolyte the
// same word asks another question, and gets another answer.

import {
  type Banded,
  type ElectrolyteWettingAnswer,
  electrolyteWetting,
  type WettingAnswer,
  type WettingOptions,
  wetting,
  wettingFilling,
} from '../design/index.ts';
import type { AnyFigure } from '../figures/index.ts';
import type { Property } from '../materials/index.ts';
import {
  celsius_from_kelvin,
  type Issue,
  mAh_per_cm2_from_C_per_m2,
  mV_from_V,
  nm_from_m,
  um_from_m,
} from '../units/index.ts';
import { angleFact } from './angle-fact.ts';
import { asked } from './asked.ts';
import { factTable } from './facts.ts';
import { prepareFigures, writeFigures } from './figure-file.ts';
import { jsonParts } from './json-document.ts';
import { duration, significant } from './numbers.ts';
import { EXIT, type ExitCode, outParts, type Terminal } from './terminal.ts';
import { labelled } from './text-table.ts';
import { typedQuantity } from './typed-quantity.ts';

export interface WettingCommandOptions {
  readonly substrate?: string;
  readonly electrolyte?: string;
  readonly temperature?: string;
  readonly roughness?: string;
  readonly solidFraction?: string;
  readonly pore?: string;
  readonly depth?: string;
  readonly time?: string;
  readonly porosity?: string;
  readonly coverage?: string;
  readonly coatingThickness?: string;
  readonly atmosphere?: string;
  readonly distance?: string;
  readonly samples?: number;
  readonly seed?: number;
  readonly svg?: string;
  readonly json?: boolean;
}

const COLUMNS = 100;
/** Options of the one question that make no sense for the other. */
const MELT_OPTIONS = [
  'temperature',
  'roughness',
  'solidFraction',
  'pore',
  'depth',
  'time',
  'porosity',
  'coverage',
  'coatingThickness',
  'atmosphere',
] as const;

/** Options whose text is a number with its unit. */
const NUMBERS = MELT_OPTIONS.filter((option) => option !== 'atmosphere');

/** Answers for a surface under molten lithium, or for an electrolyte on lithium. */
export async function answerWetting(
  options: WettingCommandOptions,
  terminal: Terminal,
  version: string,
): Promise<ExitCode> {
  const { substrate, electrolyte, samples, seed } = options;
  const typed = { options, numbers: NUMBERS, placeOf: flagOf };
  const issues: Issue[] = [];
  if ((substrate === undefined) === (electrolyte === undefined)) {
    const found =
      substrate === undefined ? 'neither --substrate nor --electrolyte' : '--substrate beside --electrolyte';
    const hint = 'the first asks of molten lithium, the second of an electrolyte on lithium: two quantities';
    issues.push({ where: 'limetal wetting', found, wanted: 'one of the two', hint });
  }
  const draws = { ...(samples === undefined ? {} : { samples }), ...(seed === undefined ? {} : { seed }) };
  if (electrolyte !== undefined) {
    for (const option of MELT_OPTIONS) {
      if (options[option] === undefined) continue;
      issues.push({ where: flag(option), found: 'it beside --electrolyte', wanted: 'it with --substrate only' });
    }
    if (options.svg !== undefined) {
      const found = 'it beside --electrolyte';
      issues.push({ where: '--svg', found, wanted: 'it with --substrate only: this answer has no figure' });
    }
    const distance_m = typedQuantity('--distance', options.distance, 'length', issues);
    const answer = asked(issues, typed, () =>
      electrolyteWetting({ electrolyte, ...draws, ...(distance_m === undefined ? {} : { distance_m }) }),
    );
    if (options.json === true) outParts(terminal, jsonParts(electrolyteDocument(answer)));
    else terminal.out(electrolyteText(answer));
    return EXIT.done;
  }
  if (options.distance !== undefined) {
    issues.push({ where: '--distance', found: 'it beside --substrate', wanted: 'it with --electrolyte only' });
  }
  const wanted = { ...meltOptions(options, issues), ...draws };
  prepareFigures(options.svg);
  const question = { substrate: substrate ?? '', ...wanted };
  const answer = asked(issues, typed, () => wetting(question));
  if (options.svg !== undefined) await writeFigures(options.svg, await figuresOf(answer, question), version);
  if (options.json === true) outParts(terminal, jsonParts(wettingDocument(answer)));
  else terminal.out(wettingText(answer));
  return EXIT.done;
}

/** From a tenth of a second to a quarter of an hour. */
const FILLING_s = Array.from({ length: 41 }, (_, k) => 10 ** (-1 + k / 10));

/** The drop, and how a host fills where one was asked for. */
async function figuresOf(answer: WettingAnswer, question: WettingOptions): Promise<readonly AnyFigure[]> {
  const { fillingFigure, wettedDropFigure } = await import('../figures/index.ts');
  const filling = fillingFigure(answer, wettingFilling(question, FILLING_s));
  return [wettedDropFigure(answer), ...(filling === null ? [] : [filling])];
}

const flag = (option: string): string => `--${option.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
/** Of an issue of the design room, the option that it comes from. */
const flagOf = (where: string): string =>
  [...MELT_OPTIONS, 'substrate', 'electrolyte', 'distance', 'samples', 'seed'].includes(where) ? flag(where) : where;

function meltOptions(options: WettingCommandOptions, issues: Issue[]): Omit<WettingOptions, 'substrate'> {
  const plain = (where: string, text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    const value = Number(text.replace(',', '.'));
    if (text.trim() !== '' && Number.isFinite(value)) return value;
    issues.push({ where, found: `"${text}"`, wanted: 'a plain number, such as 2.1' });
    return undefined;
  };
  const given = {
    temperature_K: typedQuantity('--temperature', options.temperature, 'temperature', issues),
    roughness: plain('--roughness', options.roughness),
    solidFraction: typedQuantity('--solid-fraction', options.solidFraction, 'fraction', issues),
    pore_m: typedQuantity('--pore', options.pore, 'length', issues),
    depth_m: typedQuantity('--depth', options.depth, 'length', issues),
    time_s: typedQuantity('--time', options.time, 'time', issues),
    porosity: typedQuantity('--porosity', options.porosity, 'fraction', issues),
    coverage: typedQuantity('--coverage', options.coverage, 'fraction', issues),
    coatingThickness_m: typedQuantity('--coating-thickness', options.coatingThickness, 'length', issues),
    atmosphere: options.atmosphere,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const rounded = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(6)) : value);
const degrees = (angle_rad: number): number => (angle_rad * 180) / Math.PI;
const scaled = ({ value, band80 }: Banded, change: (x: number) => number = (x) => x) => ({
  value: rounded(change(value)),
  // A suction is the negative of a pressure: its band turns round.
  band80: band80.map((end) => rounded(change(end))).sort((a, b) => a - b),
});

const property = ({ value, unit, tag, source, range }: Property) => ({
  value,
  unit,
  range: range ?? null,
  tag,
  source,
});
const MPa = (pressure_Pa: number): number => pressure_Pa / 1e6;
const mAh_per_g = (charge_C_per_kg: number): number => charge_C_per_kg / 3600;
const mN_per_m = (tension_N_per_m: number): number => tension_N_per_m * 1e3;

/** What `--json` prints of molten lithium. */
function wettingDocument(answer: WettingAnswer): Record<string, unknown> {
  const { surface: name, conditions, gate, melt, infusion, composite, affinity } = answer;
  const optional = (value: number | null, change: (x: number) => number): number | null =>
    value === null ? null : rounded(change(value));
  return {
    quantity: 'contact angle of molten lithium',
    substrate: {
      canonical: name.canonical,
      surface: name.surface.id,
      state: name.state.state,
      carrier: name.carrier?.surface.id ?? null,
    },
    conditions: {
      temperature_C: rounded(celsius_from_kelvin(conditions.temperature_K)),
      roughness: conditions.roughness,
      solid_fraction: conditions.solidFraction,
      pore_um: optional(conditions.pore_m, um_from_m),
      depth_um: optional(conditions.depth_m, um_from_m),
      time_s: conditions.time_s,
      porosity: conditions.porosity,
      coverage: conditions.coverage,
      coating_thickness_nm: optional(conditions.coatingThickness_m, nm_from_m),
      atmosphere: conditions.atmosphere,
      samples: conditions.samples,
      seed: conditions.seed,
    },
    verdict: answer.verdict,
    wetting_share: rounded(answer.wettingShare),
    contact_angle_deg: scaled(answer.angle_rad, degrees),
    apparent_angle_deg: scaled(answer.apparentAngle_rad, degrees),
    texture: answer.regime,
    work_of_adhesion_J_per_m2: scaled(answer.adhesion_J_per_m2),
    reaction:
      gate === null
        ? null
        : {
            equation: gate.equation,
            gibbs_energy_kJ_per_mol: rounded(gate.gibbsEnergy_J_per_mol / 1e3),
            possible: gate.possible,
            leaves_solid: gate.leavesSolid,
            closes_surface: gate.closesSurface,
            energy_J_per_m2: optional(gate.energy_J_per_m2, (x) => x),
            tag: gate.tag,
            source: gate.source,
          },
    melt: {
      surface_tension_mN_per_m: scaled(melt.surfaceTension_N_per_m, mN_per_m),
      viscosity_mPa_s: rounded(melt.viscosity_Pa_s * 1e3),
      density_kg_per_m3: rounded(melt.density_kg_per_m3),
    },
    infusion:
      infusion === null
        ? null
        : {
            entry_pressure_MPa: scaled(infusion.entryPressure_Pa, MPa),
            time_s: scaled(infusion.time_s),
            waiting_s: scaled(infusion.waiting_s),
            capillary_s: scaled(infusion.capillary_s),
            rise_m: rounded(infusion.rise_m),
            filling: infusion.filling.map(({ time_s, filled }) => ({ time_s, filled: scaled(filled) })),
          },
    composite:
      composite === null
        ? null
        : {
            filled_without_pressure: scaled(composite.filled),
            capacity_mAh_per_cm2: scaled(composite.capacity_C_per_m2, mAh_per_cm2_from_C_per_m2),
            specific_capacity_mAh_per_g: scaled(composite.specificCapacity_C_per_kg, mAh_per_g),
            lithium_bound_share: rounded(composite.boundShare),
          },
    other_quantities: {
      affinity_for_plated_lithium:
        affinity === null
          ? null
          : { of: affinity.of, nucleation_overpotential_mV: mV_from_V(affinity.overpotential_V) },
    },
    reasons: answer.reasons,
    warnings: answer.warnings,
    numbers: answer.numbers.map(({ name: of, property: number }) => ({ of, ...property(number) })),
  };
}

/** `30 (6.1 to 54)` and a unit. */
function bandText(banded: Banded, change: (x: number) => number, show: (x: number) => string): string {
  const { value, band80 } = scaled(banded, change);
  const [centre, low, high] = [value, ...band80].map(show) as [string, string, string];
  return centre === low && low === high ? centre : `${centre} (${low} to ${high})`;
}

const same = (x: number): number => x;
const angleText = (banded: Banded): string => bandText(banded, degrees, (x) => `${Math.round(x)}°`);
const timeText = (seconds: number): string => {
  if (seconds === Number.POSITIVE_INFINITY) return 'never';
  return seconds > 0 && seconds < 1e-3 ? `${significant(seconds * 1e6)} µs` : duration(seconds);
};

function wettingText(answer: WettingAnswer): string {
  const { surface: name, conditions, infusion, composite, affinity } = answer;
  const label = (title: string, text: string): string => labelled(title, text, COLUMNS);
  const rough = conditions.roughness > 1 || conditions.solidFraction !== null;
  const lines = [
    label(
      'Surface',
      `${name.canonical}; molten lithium at ${significant(celsius_from_kelvin(conditions.temperature_K), 4)} °C in ${conditions.atmosphere}`,
    ),
    label('Answer', `${answer.verdict}: ${(answer.wettingShare * 100).toFixed(0)} % of the draws lie below 90°`),
    label(
      'Contact angle',
      `${angleText(answer.angle_rad)} on the smooth surface${rough ? `, ${angleText(answer.apparentAngle_rad)} apparent on the rough one` : ''}; in brackets the middle 80 %`,
    ),
    label('Adhesion', `${bandText(answer.adhesion_J_per_m2, same, (x) => significant(x, 2))} J/m²`),
    ...answer.reasons.map((reason, k) => label(k === 0 ? 'Why' : '', reason)),
  ];
  if (infusion !== null) lines.push(...infusionLines(answer, infusion, label));
  if (composite !== null) {
    const q = bandText(composite.capacity_C_per_m2, mAh_per_cm2_from_C_per_m2, (x) => significant(x));
    const specific = bandText(composite.specificCapacity_C_per_kg, mAh_per_g, (x) => significant(x));
    const state =
      conditions.time_s !== null
        ? `${bandText(
            composite.filled,
            (x) => 100 * x,
            (x) => significant(x),
          )} % full after ${timeText(conditions.time_s)}`
        : composite.filled.value === 1
          ? 'full'
          : 'once it is pressed full';
    lines.push(
      label(
        'Composite',
        `${state}: ${q} mAh/cm², ${specific} mAh/g of host and lithium; porosity ${significant(conditions.porosity)}, ${(composite.boundShare * 100).toFixed(1)} % of the lithium bound by the coating`,
      ),
    );
  }
  if (affinity !== null) {
    lines.push(
      label(
        'Not the same',
        `affinity for plated lithium: ${significant(mV_from_V(affinity.overpotential_V))} mV of nucleation overpotential on ${affinity.of}; wetting of lithium by an electrolyte: --electrolyte`,
      ),
    );
  }
  lines.push('', ...answer.warnings.map((warning) => label('Remark', warning)));
  return `${lines.join('\n')}\n\n${numbersText(answer.numbers)}\n`;
}

function infusionLines(
  { conditions }: WettingAnswer,
  infusion: NonNullable<WettingAnswer['infusion']>,
  label: (title: string, text: string) => string,
): string[] {
  const pore = `pores of ${significant(um_from_m(conditions.pore_m!))} µm`;
  const isDrawn = infusion.entryPressure_Pa.value <= 0;
  const pressure = isDrawn
    ? `a suction of ${bandText(
        infusion.entryPressure_Pa,
        (p) => -MPa(p),
        (x) => significant(x, 2),
      )} MPa draws lithium in`
    : `${bandText(infusion.entryPressure_Pa, MPa, (x) => significant(x, 2))} MPa must press lithium in`;
  const lines = [label('Pores', `${pore}: ${pressure}`)];
  if (conditions.depth_m !== null) {
    const depth = `${significant(um_from_m(conditions.depth_m))} µm`;
    const time = bandText(infusion.time_s, same, timeText);
    lines.push(
      label(
        'Time to fill',
        isDrawn
          ? `${time} for ${depth}; the flow itself takes ${timeText(infusion.capillary_s.value)}, the rest is the skin and the reaction`
          : `${time} for ${depth} without pressure`,
      ),
    );
  }
  return lines;
}

const numbersText = (numbers: WettingAnswer['numbers']): string =>
  factTable(
    numbers.map(({ name, property: number }) => angleFact(name, number)),
    COLUMNS,
  );

/** What `--json` prints of an electrolyte. */
function electrolyteDocument(answer: ElectrolyteWettingAnswer): Record<string, unknown> {
  return {
    quantity: 'wetting of lithium by an electrolyte',
    electrolyte: { canonical: answer.electrolyte, class: answer.family },
    distance_mm: rounded(answer.distance_m * 1e3),
    surface_tension_mN_per_m: scaled(answer.surfaceTension_N_per_m, mN_per_m),
    viscosity_mPa_s: scaled(answer.viscosity_Pa_s, (eta) => eta * 1e3),
    spreading_coefficient_mN_per_m: scaled(answer.spreading_J_per_m2, mN_per_m),
    spreading_share: rounded(answer.spreadingShare),
    separator_wetting_s: scaled(answer.time_s),
    measured: answer.measured.map(({ on, quantity, value, conditions, tag, source }) => ({
      on,
      quantity,
      angle_deg: rounded(degrees(value)),
      conditions,
      tag,
      source,
    })),
    warnings: answer.warnings,
    numbers: answer.numbers.map(({ name: of, property: number }) => ({ of, ...property(number) })),
  };
}

function electrolyteText(answer: ElectrolyteWettingAnswer): string {
  const label = (title: string, text: string): string => labelled(title, text, COLUMNS);
  const spreads =
    answer.spreadingShare >= 0.9 ? 'spreads' : answer.spreadingShare <= 0.1 ? 'does not spread' : 'may spread';
  const lines = [
    label('Electrolyte', `${answer.electrolyte} (${answer.family})`),
    label(
      'On lithium',
      `${spreads}: spreading coefficient ${bandText(answer.spreading_J_per_m2, mN_per_m, (x) => significant(x, 2))} mN/m`,
    ),
    label(
      'Separator',
      `wet over ${significant(answer.distance_m * 1e3)} mm after ${bandText(answer.time_s, same, timeText)}`,
    ),
    ...answer.measured.map(({ printed, quantity, conditions }) =>
      label('Measured', `${quantity}, ${printed.replace('70 °C', '70°')}: ${conditions}`),
    ),
    label(
      'Not the same',
      'wetting by molten lithium: --substrate; affinity for plated lithium: limetal show <substrate>',
    ),
    '',
    ...answer.warnings.map((warning) => label('Remark', warning)),
  ];
  return `${lines.join('\n')}\n\n${numbersText(answer.numbers)}\n`;
}
