// `limetal interface`: one interface of lithium with a solid electrolyte, its resistance by part, its type and growth, the current that
// is safe, and what to improve first.

import {
  type Banded,
  criticalCurrentReports,
  type InterfaceAnswer,
  type InterfaceOptions,
  interfaceCurves,
  solidInterface,
  typicalProfiles,
} from '../design/index.ts';
import type { AnyFigure } from '../figures/index.ts';
import type { Property } from '../materials/index.ts';
import {
  celsius_from_kelvin,
  type Dimension,
  type Issue,
  mA_per_cm2_from_A_per_m2,
  nm_from_m,
  ohm_cm2_from_ohm_m2,
} from '../units/index.ts';
import { angleFact } from './angle-fact.ts';
import { asked } from './asked.ts';
import { factTable } from './facts.ts';
import { prepareFigures, writeFigures } from './figure-file.ts';
import { jsonParts } from './json-document.ts';
import { significant } from './numbers.ts';
import { EXIT, type ExitCode, outParts, type Terminal } from './terminal.ts';
import { labelled, table } from './text-table.ts';
import { typedQuantity } from './typed-quantity.ts';

export interface InterfaceCommandOptions {
  readonly interlayer?: string;
  readonly temperature?: string;
  readonly pressure?: string;
  readonly angle?: string;
  readonly contact?: string;
  readonly film?: string;
  readonly current?: string;
  readonly capacity?: string;
  readonly samples?: number;
  readonly seed?: number;
  readonly svg?: string;
  readonly json?: boolean;
}

const COLUMNS = 100;
/** Options whose text is a number with its unit. */
const NUMBERS = ['temperature', 'pressure', 'angle', 'contact', 'film', 'current', 'capacity'] as const;

/** Answers for one interface. */
export async function answerInterface(
  electrolyte: string,
  options: InterfaceCommandOptions,
  terminal: Terminal,
  version: string,
): Promise<ExitCode> {
  const issues: Issue[] = [];
  const given = optionsOf(options, issues);
  const question = { electrolyte, ...given };
  prepareFigures(options.svg);
  const answer = asked(issues, { options, numbers: NUMBERS, placeOf }, () => solidInterface(question));
  if (options.svg !== undefined) await writeFigures(options.svg, await figuresOf(answer, question), version);
  if (options.json === true) outParts(terminal, jsonParts(interfaceDocument(answer)));
  else terminal.out(interfaceText(answer));
  return EXIT.done;
}

/** Resistance by part, safe current against pressure, the potential across the interphase and, where one grows, its growth. */
async function figuresOf(answer: InterfaceAnswer, question: InterfaceOptions): Promise<readonly AnyFigure[]> {
  const figures = await import('../figures/index.ts');
  const { growth, againstPressure } = interfaceCurves(question);
  return [
    figures.resistancePartsFigure(answer),
    figures.currentAgainstPressureFigure(answer, againstPressure, criticalCurrentReports()),
    figures.interphaseProfileFigure(answer, typicalProfiles()),
    ...(answer.type === 'I' ? [] : [figures.interphaseGrowthFigure(growth)]),
  ];
}

/** The argument keeps its name; the rest are options. */
const placeOf = (where: string): string => (where === 'electrolyte' ? 'solid electrolyte' : `--${where}`);

function optionsOf(options: InterfaceCommandOptions, issues: Issue[]): Omit<InterfaceOptions, 'electrolyte'> {
  const read = (where: string, text: string | undefined, dimension: Dimension): number | undefined =>
    typedQuantity(where, text, dimension, issues);
  const given = {
    interlayer: options.interlayer,
    temperature_K: read('--temperature', options.temperature, 'temperature'),
    pressure_Pa: read('--pressure', options.pressure, 'pressure'),
    angle_rad: angleOf(options.angle, issues),
    contact: read('--contact', options.contact, 'fraction'),
    film_m: read('--film', options.film, 'length'),
    current_A_per_m2: read('--current', options.current, 'current density'),
    capacity_C_per_m2: read('--capacity', options.capacity, 'areal charge'),
    samples: options.samples,
    seed: options.seed,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** `95°`, `95 deg` or `95` as rad. */
function angleOf(text: string | undefined, issues: Issue[]): number | undefined {
  if (text === undefined) return undefined;
  const [, number] = /^\s*(-?[\d.]+)\s*(?:°|deg|degrees?)?\s*$/u.exec(text) ?? [];
  const angle = Number(number);
  if (number !== undefined && angle >= 0 && angle <= 180) return (angle * Math.PI) / 180;
  issues.push({
    where: '--angle',
    found: `"${text}"`,
    wanted: 'an angle of molten lithium from 0 to 180°, such as "95°"',
  });
  return undefined;
}

const rounded = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(6)) : value);
const banded = ({ value, band80 }: Banded, change: (x: number) => number = (x) => x) => ({
  value: rounded(change(value)),
  band80: band80.map((end) => rounded(change(end))),
});
const property = ({ value, unit, tag, source, range }: Property) => ({
  value,
  unit,
  range: range ?? null,
  tag,
  source,
});
const days = (time_s: number): number => time_s / 86400;

/** What `--json` prints. */
function interfaceDocument(answer: InterfaceAnswer): Record<string, unknown> {
  const { conditions, resistance_ohm_m2: R, monroeNewman, asked } = answer;
  return {
    electrolyte: { id: answer.electrolyte.id, name: answer.electrolyte.name },
    interlayer: answer.interlayer === null ? null : { id: answer.interlayer.id, name: answer.interlayer.name },
    conditions: {
      temperature_C: rounded(celsius_from_kelvin(conditions.temperature_K)),
      pressure_MPa: rounded(conditions.pressure_Pa / 1e6),
      film_nm: rounded(nm_from_m(conditions.film_m)),
      contact_from: conditions.contactFrom,
      samples: conditions.samples,
      seed: conditions.seed,
    },
    contact: banded(answer.contact),
    resistance_ohm_cm2: Object.fromEntries(
      Object.entries({
        charge_transfer: R.chargeTransfer,
        films: R.films,
        constriction: R.constriction,
        interlayers: R.interlayers,
        total: R.total,
      }).map(([part, value]) => [part, banded(value, ohm_cm2_from_ohm_m2)]),
    ),
    type: answer.type,
    type_text: answer.typeText,
    growth: answer.growth.map(({ time_s, thickness_m, added_ohm_m2 }) => ({
      time_d: rounded(days(time_s)),
      thickness_nm: banded(thickness_m, nm_from_m),
      added_resistance_ohm_cm2: banded(added_ohm_m2, ohm_cm2_from_ohm_m2),
    })),
    profile: {
      depth_share: answer.profile.depthShare,
      lithium_potential_V: answer.profile.lithium_V,
      borne_by_electrons_V: answer.profile.electrons_V,
    },
    safe_current_mA_per_cm2: banded(answer.safe_A_per_m2, mA_per_cm2_from_A_per_m2),
    bound_by: answer.binding,
    bounds: answer.bounds.map(({ criterion, text, current_A_per_m2 }) => ({
      criterion,
      text,
      current_mA_per_cm2: banded(current_A_per_m2, mA_per_cm2_from_A_per_m2),
    })),
    empirical_mA_per_cm2:
      answer.empirical_A_per_m2 === null ? null : banded(answer.empirical_A_per_m2, mA_per_cm2_from_A_per_m2),
    reported_critical_current: property(answer.reported),
    monroe_newman:
      monroeNewman === null
        ? null
        : {
            shear_modulus_GPa: rounded(monroeNewman.shearModulus_Pa / 1e9),
            passes: monroeNewman.passes,
            necessary_only: true,
          },
    asked:
      asked === null
        ? null
        : {
            current_mA_per_cm2: rounded(mA_per_cm2_from_A_per_m2(asked.current_A_per_m2)),
            safe_share: rounded(asked.safeShare),
            contact_after_stripping: banded(asked.contactAfterStripping),
            local_current_mA_per_cm2: banded(asked.localCurrent_A_per_m2, mA_per_cm2_from_A_per_m2),
          },
    improvements: answer.improvements.map((one) => ({
      change: one.change,
      resistance_ohm_cm2: rounded(ohm_cm2_from_ohm_m2(one.resistance_ohm_m2)),
      safe_current_mA_per_cm2: rounded(mA_per_cm2_from_A_per_m2(one.safe_A_per_m2)),
    })),
    drivers: answer.drivers.map(({ of, resistanceCorrelation, safeCorrelation }) => ({
      of,
      rank_correlation_resistance: rounded(resistanceCorrelation),
      rank_correlation_safe_current: rounded(safeCorrelation),
    })),
    explanations: answer.explanations.map((one) => ({
      kind: one.kind,
      text: one.text,
      capacitance_uF_per_cm2: rounded(one.capacitance_F_per_m2 * 100),
      resistance_ratio_at_four_times_the_pressure: rounded(one.pressureRatio),
      activation_energy_kJ_per_mol: rounded(one.activationEnergy_J_per_mol / 1e3),
    })),
    warnings: answer.warnings,
    numbers: answer.numbers.map(({ name: of, property: number }) => ({ of, ...property(number) })),
  };
}

function bandText(band: Banded, change: (x: number) => number): string {
  const { value, band80 } = banded(band, change);
  const [centre, low, high] = [value, ...band80].map((x) => significant(x)) as [string, string, string];
  return centre === low && low === high ? centre : `${centre} (${low} to ${high})`;
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
const cell = (band: Banded, change: (x: number) => number): string[] =>
  [band.value, ...band.band80].map((x) => significant(change(x)));

function interfaceText(answer: InterfaceAnswer): string {
  const { electrolyte, interlayer, conditions, resistance_ohm_m2: R, bounds, asked, explanations } = answer;
  const label = (title: string, text: string): string => labelled(title, text, COLUMNS);
  const celsius = significant(celsius_from_kelvin(conditions.temperature_K), 4);
  const stack = ['Li', ...(interlayer === null ? [] : [interlayer.name]), electrolyte.name].join(' | ');
  const lines = [
    label('Interface', `${stack}; ${celsius} °C, ${significant(conditions.pressure_Pa / 1e6)} MPa`),
    label('Contact', `${bandText(answer.contact, (x) => 100 * x)} % of the area, from ${conditions.contactFrom}`),
    label('Resistance', `${bandText(R.total, ohm_cm2_from_ohm_m2)} Ω cm²; in brackets the middle 80 % of the draws`),
    indented(
      table(
        [
          ['', 'Ω cm²', 'from', 'to'],
          ['charge transfer', ...cell(R.chargeTransfer, ohm_cm2_from_ohm_m2)],
          ['films', ...cell(R.films, ohm_cm2_from_ohm_m2)],
          ['constriction', ...cell(R.constriction, ohm_cm2_from_ohm_m2)],
          ['interlayers', ...cell(R.interlayers, ohm_cm2_from_ohm_m2)],
        ],
        'lrrr',
      ),
    ),
    label('Type', `${answer.type}: ${answer.typeText}`),
    ...growthLines(answer, label),
    label(
      'Safe current',
      `${bandText(answer.safe_A_per_m2, mA_per_cm2_from_A_per_m2)} mA/cm², bound by ${answer.binding}`,
    ),
    indented(
      table(
        bounds.map(({ criterion, current_A_per_m2, text }) => [
          criterion,
          bandText(current_A_per_m2, mA_per_cm2_from_A_per_m2),
          text,
        ]),
        'lll',
      ),
    ),
    ...besideLines(answer, label),
  ];
  if (asked !== null) {
    lines.push(
      label(
        'Asked',
        `${significant(mA_per_cm2_from_A_per_m2(asked.current_A_per_m2))} mA/cm² is safe in ${(asked.safeShare * 100).toFixed(0)} % of the draws; stripping leaves contact on ${bandText(asked.contactAfterStripping, (x) => 100 * x)} %, ${bandText(asked.localCurrent_A_per_m2, mA_per_cm2_from_A_per_m2)} mA/cm² where it touches`,
      ),
    );
  }
  if (answer.improvements.length > 0) lines.push('', 'Improve first', indented(improvementTable(answer)));
  if (answer.drivers.length > 0) {
    lines.push('', label('Unsure of', answer.drivers.map(({ of }) => of).join('; ')));
  }
  if (explanations.length > 0) lines.push('', ...explanationLines(answer, label));
  lines.push('', ...answer.warnings.map((warning) => label('Remark', warning)));
  return `${lines.join('\n')}\n\n${factTable(
    answer.numbers.map(({ name, property: number }) => angleFact(name, number)),
    COLUMNS,
  )}\n`;
}

const GROWTH_NAMES = ['an hour', 'a day', '30 days', 'a year'];

function growthLines({ growth, type }: InterfaceAnswer, label: (title: string, text: string) => string): string[] {
  if (type === 'I') return [label('Growth', 'none: lithium does not reduce the electrolyte')];
  const rows = growth.map(({ thickness_m, added_ohm_m2 }, k) => [
    GROWTH_NAMES[k]!,
    bandText(thickness_m, nm_from_m),
    bandText(added_ohm_m2, ohm_cm2_from_ohm_m2),
  ]);
  return [
    label('Growth', 'of the interphase, and the resistance that it adds'),
    indented(table([['after', 'nm', '+ Ω cm²'], ...rows], 'lll')),
  ];
}

function besideLines(answer: InterfaceAnswer, label: (title: string, text: string) => string): string[] {
  const { empirical_A_per_m2, reported, monroeNewman } = answer;
  const parts = [`reported ${significant(mA_per_cm2_from_A_per_m2(reported.value))} mA/cm² (${reported.tag})`];
  if (empirical_A_per_m2 !== null) {
    parts.push(`empirical law of garnets ${bandText(empirical_A_per_m2, mA_per_cm2_from_A_per_m2)}`);
  }
  if (monroeNewman !== null) {
    const verdict = monroeNewman.passes ? 'passes' : 'fails';
    parts.push(
      `Monroe-Newman: ${verdict} with G ${significant(monroeNewman.shearModulus_Pa / 1e9)} GPa (necessary only)`,
    );
  }
  return [label('Beside', parts.join('; '))];
}

const improvementTable = (answer: InterfaceAnswer): string =>
  table(
    [
      ['Ω cm²', 'mA/cm²', ''],
      ...answer.improvements.map((one) => [
        significant(ohm_cm2_from_ohm_m2(one.resistance_ohm_m2)),
        significant(mA_per_cm2_from_A_per_m2(one.safe_A_per_m2)),
        one.change,
      ]),
    ],
    'rrl',
  );

function explanationLines(answer: InterfaceAnswer, label: (title: string, text: string) => string): string[] {
  const R = significant(ohm_cm2_from_ohm_m2(answer.resistance_ohm_m2.total.value));
  return [
    label('Two ways', `to ${R} Ω cm², which resistance alone does not tell apart:`),
    ...answer.explanations.map(({ text }) => label('', text)),
    indented(
      table(
        [
          ['experiment', ...answer.explanations.map(({ kind }) => kind)],
          [
            'resistance at four times the pressure',
            ...answer.explanations.map((one) => `${significant(100 * one.pressureRatio)} %`),
          ],
          ['capacitance, µF/cm²', ...answer.explanations.map((one) => significant(one.capacitance_F_per_m2 * 100))],
          [
            'activation energy, kJ/mol',
            ...answer.explanations.map((one) => significant(one.activationEnergy_J_per_mol / 1e3)),
          ],
        ],
        'lrr',
      ),
    ),
  ];
}
