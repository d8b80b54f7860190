// `limetal predict`: the Coulombic efficiency of an electrolyte that no table has, with its interval, its losses and its reasons.

import { NOT_PREDICTED, type Prediction, type PredictOptions, predict, predictionIssues } from '../design/index.ts';
import { type Property, tryElectrolyte } from '../materials/index.ts';
import {
  celsius_from_kelvin,
  type Dimension,
  h_from_s,
  InputError,
  type Issue,
  mA_per_cm2_from_A_per_m2,
  mAh_per_cm2_from_C_per_m2,
} from '../units/index.ts';
import { namesFromFile, namesFromWords } from './electrolyte-names.ts';
import { jsonParts } from './json-document.ts';
import { significant } from './numbers.ts';
import { EXIT, type ExitCode, outParts, type Terminal } from './terminal.ts';
import { labelled, table, wrap } from './text-table.ts';
import { typedQuantity } from './typed-quantity.ts';

export interface PredictCommandOptions {
  readonly file?: string;
  readonly current?: string;
  readonly capacity?: string;
  readonly temperature?: string;
  readonly rest?: string;
  readonly coating?: string;
  /** Another word for a coating. */
  readonly interphase?: string;
  readonly host?: string;
  readonly substrate?: string;
  readonly samples?: number;
  readonly seed?: number;
  readonly json?: boolean;
}

const COLUMNS = 100;

/** What one of several electrolytes gave. */
type Outcome =
  | { readonly kind: 'done'; readonly text: string; readonly prediction: Prediction }
  | { readonly kind: 'fault'; readonly text: string; readonly fault: InputError };

/** Predicts for one electrolyte, for several, or for each line of a file. Exit code 2 where one is at fault; the others are done. */
export async function predictElectrolytes(
  words: readonly string[],
  options: PredictCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const issues: Issue[] = [];
  const wanted = optionsOf(options, issues);
  const names = namesFromWords(words);
  if (options.file !== undefined && names.length > 0) {
    const found = `${options.file} beside "${names.join('", "')}"`;
    throw new InputError([{ where: '--file', found, wanted: 'one of the two' }]);
  }
  if (options.file === undefined && names.length === 0) {
    throw new InputError([
      { where: 'electrolyte', found: 'nothing', wanted: 'an electrolyte, such as "4 M LiFSI in DME"' },
    ]);
  }
  issues.push(...predictionIssues(wanted));
  if (issues.length > 0) throw new InputError([...names.flatMap(nameIssues), ...issues]);
  if (names.length === 1) {
    const prediction = predict(names[0]!, wanted);
    if (options.json === true) outParts(terminal, jsonParts(predictionDocument(prediction)));
    else terminal.out(predictionText(prediction));
    return EXIT.done;
  }
  const listed = options.file === undefined ? names : await namesFromFile(options.file, terminal);
  const outcomes = listed.map((text): Outcome => {
    try {
      return { kind: 'done', text, prediction: predict(text, wanted) };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { kind: 'fault', text, fault: error };
    }
  });
  if (options.json === true) outParts(terminal, jsonParts({ predictions: outcomes.map(outcomeDocument) }));
  else terminal.out(`${outcomesTable(outcomes)}\n`);
  for (const outcome of outcomes) {
    if (outcome.kind === 'fault') terminal.err(`${outcome.text}: ${outcome.fault.message}\n`);
  }
  return outcomes.some(({ kind }) => kind === 'fault') ? EXIT.badInput : EXIT.done;
}

function nameIssues(text: string, _place: number, { length }: readonly string[]): readonly Issue[] {
  const read = tryElectrolyte(text);
  if (!(read instanceof InputError)) return [];
  return length === 1 ? read.issues : read.issues.map((issue) => ({ ...issue, where: `${text}: ${issue.where}` }));
}

/** Options as numbers; what cannot be read is left out and told in `issues`. */
function optionsOf(options: PredictCommandOptions, issues: Issue[]): PredictOptions {
  const read = (where: string, text: string | undefined, dimension: Dimension): number | undefined =>
    typedQuantity(where, text, dimension, issues);
  const current_A_per_m2 = read('--current', options.current, 'current density');
  const capacity_C_per_m2 = read('--capacity', options.capacity, 'areal charge');
  const temperature_K = read('--temperature', options.temperature, 'temperature');
  const rest_s = read('--rest', options.rest, 'time');
  const { interphase, host, substrate, samples, seed } = options;
  const coating = options.coating ?? interphase;
  if (interphase !== undefined && interphase !== coating) {
    issues.push({
      where: '--interphase',
      found: `${interphase} beside --coating ${coating}`,
      wanted: 'one of the two',
    });
  }
  return {
    ...(current_A_per_m2 === undefined ? {} : { current_A_per_m2 }),
    ...(capacity_C_per_m2 === undefined ? {} : { capacity_C_per_m2 }),
    ...(temperature_K === undefined ? {} : { temperature_K }),
    ...(rest_s === undefined ? {} : { rest_s }),
    ...(coating === undefined ? {} : { coating }),
    ...(host === undefined ? {} : { host }),
    ...(substrate === undefined ? {} : { substrate }),
    ...(samples === undefined ? {} : { samples }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/** Digits that tell apart what differs in JSON. */
const rounded = (value: number): number => Number(value.toPrecision(6));

const property = ({ value, unit, tag, source, range }: Property) => ({
  value: rounded(value),
  unit,
  range: range?.map(rounded) ?? null,
  tag,
  source,
});

/** What `--json` prints. */
function predictionDocument(prediction: Prediction): Record<string, unknown> {
  const { composition, plating, conditions, losses } = prediction;
  const plated_mAh_per_cm2 = mAh_per_cm2_from_C_per_m2(conditions.capacity_C_per_m2);
  const scaled = (factor: number): Record<string, number> =>
    Object.fromEntries(Object.entries(losses).map(([cause, share]) => [cause, rounded(share * factor)]));
  return {
    coulombic_efficiency: rounded(prediction.coulombic_efficiency),
    interval80: prediction.interval80.map(rounded),
    interval_from: prediction.intervalFrom,
    losses: scaled(1),
    losses_mAh_per_cm2: scaled(plated_mAh_per_cm2),
    lithium_metal_lost: rounded(prediction.dead_lithium),
    lithium_ion_lost: rounded(prediction.interphase_lithium),
    electrolyte: {
      text: composition.text,
      canonical: composition.canonical,
      class: plating.family,
      confidence: rounded(composition.confidence),
      warnings: prediction.warnings,
    },
    conditions: {
      cell: 'Li|Cu',
      current_mA_per_cm2: rounded(mA_per_cm2_from_A_per_m2(conditions.current_A_per_m2)),
      capacity_mAh_per_cm2: rounded(plated_mAh_per_cm2),
      temperature_C: rounded(celsius_from_kelvin(conditions.temperature_K)),
      rest_h: rounded(h_from_s(conditions.rest_s)),
      coating: conditions.coating,
      host: conditions.host,
      substrate: conditions.substrate,
    },
    binding_solvent_per_salt: rounded(plating.bindingSolventPerSalt),
    reasons: plating.reasons.map(({ descriptor, text, efficiencyGain }) => ({
      descriptor,
      text,
      log_efficiency_gain: rounded(efficiencyGain),
    })),
    instead: prediction.alternatives.map(({ change, efficiencyGain, coulombic_efficiency }) => ({
      change,
      log_efficiency_gain: rounded(efficiencyGain),
      coulombic_efficiency: rounded(coulombic_efficiency),
    })),
    plating: {
      interphase_charge: property(plating.interphaseCharge),
      deposit_size: property(plating.depositSize),
      deposit_size_exponent: property(plating.depositSizeExponent),
      unstrippable_skin: property(plating.unstrippableSkin),
    },
    log_efficiency_sd: { law: rounded(plating.lawSd), with_laboratories: rounded(plating.logLossSd) },
    not_predicted: NOT_PREDICTED,
  };
}

const outcomeDocument = (outcome: Outcome): Record<string, unknown> =>
  outcome.kind === 'done'
    ? predictionDocument(outcome.prediction)
    : { electrolyte: { text: outcome.text }, error: outcome.fault.message, issues: outcome.fault.issues };

const percent = (fraction: number): string => `${(fraction * 100).toFixed(fraction > 0.99 ? 2 : 1)}`;

const CAUSES: Readonly<Record<string, string>> = {
  dead: 'metal out of contact',
  left_on: 'metal left in contact',
  fresh_surface: 'interphase on fresh surface',
  cracking: 'interphase in cracks',
  first_film: 'first film',
  galvanic: 'corrosion on copper',
  interphase_growth: 'interphase that grows',
};

function predictionText(prediction: Prediction): string {
  const { composition, plating, conditions, coulombic_efficiency, interval80, losses } = prediction;
  const { current_A_per_m2, capacity_C_per_m2, temperature_K, rest_s, coating, host, substrate } = conditions;
  const on = [coating && `coating ${coating}`, host && `host ${host}`, substrate && `substrate ${substrate}`];
  const where = [
    'Li|Cu',
    `${significant(mA_per_cm2_from_A_per_m2(current_A_per_m2))} mA/cm²`,
    `${significant(mAh_per_cm2_from_C_per_m2(capacity_C_per_m2))} mAh/cm²`,
    `${significant(celsius_from_kelvin(temperature_K))} °C`,
    ...(rest_s > 0 ? [`rest ${significant(h_from_s(rest_s))} h`] : []),
    ...on.filter((part) => part !== null),
  ];
  const label = (name: string, text: string): string => labelled(name, text, COLUMNS);
  const signed = (gain: number): string => `${gain < 0 ? '−' : '+'}${Math.abs(gain).toFixed(2)}`;
  const lost = Object.entries(losses)
    .sort(([, a], [, b]) => b - a)
    .map(([cause, share]) => [percentOf(share), CAUSES[cause] ?? cause]);
  const { interphaseCharge: q, depositSize: d, unstrippableSkin: xi } = plating;
  const lines = [
    label('Electrolyte', `${composition.canonical} (${plating.family})`),
    label('Cell', where.join(', ')),
    label(
      'CE',
      `${percent(coulombic_efficiency)} %; 80 % of laboratories from ${percent(interval80[0])} to ${percent(interval80[1])} %`,
    ),
    label(
      'Lost',
      `${percentOf(prediction.dead_lithium)} as metal (Li⁰), ${percentOf(prediction.interphase_lithium)} as Li⁺, of what is plated in each cycle`,
    ),
    indented(table(lost, 'rl')),
    '',
    wrap('Why: what raises (+) and lowers (−) −log10(1 − CE) against the mean of the calibration', COLUMNS, ''),
    ...plating.reasons.map(({ text, efficiencyGain }) => `  ${signed(efficiencyGain)}  ${text}`),
    wrap(
      `${significant(plating.bindingSolventPerSalt)} molecules that bind lithium for each salt. At 1 mA/cm² and 25 °C: deposit of ${significant(d.value * 1e6)} µm, ${significant(xi.value * 1e9)} nm of it left behind, ${significant(q.value)} C/m² of interphase on fresh lithium.`,
      COLUMNS,
      '  ',
      '  ',
    ),
  ];
  if (prediction.alternatives.length > 0) {
    lines.push('', 'Instead, at 1 mA/cm², 1 mAh/cm²:');
    lines.push(
      indented(
        table(
          prediction.alternatives.map((one) => [`${percent(one.coulombic_efficiency)} %`, one.change]),
          'rl',
        ),
      ),
    );
  }
  if (prediction.warnings.length > 0) {
    lines.push('', ...prediction.warnings.map((warning) => label('Remark', warning)));
  }
  lines.push('', wrap(`Not predicted: ${NOT_PREDICTED.join('; ')}.`, COLUMNS, '  '));
  return `${lines.join('\n')}\n`;
}

const percentOf = (share: number): string => `${(share * 100).toFixed(2)} %`;

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');

function outcomesTable(outcomes: readonly Outcome[]): string {
  const head = ['CE %', 'low', 'high', 'Li⁰ %', 'Li⁺ %', 'class', 'electrolyte'];
  const rows = outcomes.map((outcome) => {
    if (outcome.kind === 'fault') return ['-', '-', '-', '-', '-', 'not understood', outcome.text];
    const { coulombic_efficiency, interval80, dead_lithium, interphase_lithium, plating } = outcome.prediction;
    return [
      (coulombic_efficiency * 100).toFixed(2),
      (interval80[0] * 100).toFixed(2),
      (interval80[1] * 100).toFixed(2),
      (dead_lithium * 100).toFixed(2),
      (interphase_lithium * 100).toFixed(2),
      plating.family,
      outcome.text,
    ];
  });
  return table([head, ...rows], 'rrrrrll');
}
