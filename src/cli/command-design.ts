// `limetal design`: calculators that need no simulation. Every fault of the options is told at once.

import {
  type CountedLithium,
  type EfficiencyForLife,
  efficienciesForLife,
  efficiencyForLifetime,
  excessLithium,
  type FirstGone,
  lifetime,
  nToPFromExcess,
  type Supplies,
  suppliesForLifetime,
  USUAL_EXCESSES,
  USUAL_LIVES,
  USUAL_RETENTION,
  USUAL_SPENDING,
} from '../design/index.ts';
import { type ElectrolyteSupply, electrolyteSpent_kg_per_C, reservoirEfficiencyError } from '../physics/index.ts';
import {
  areal_charge_C_per_m2_from_thickness,
  type Dimension,
  InputError,
  type Issue,
  mAh_per_cm2_from_C_per_m2,
  thickness_m_from_areal_charge,
  tryParseQuantity,
  um_from_m,
} from '../units/index.ts';
import { jsonParts } from './json-document.ts';
import { significant } from './numbers.ts';
import { outParts, type Terminal } from './terminal.ts';
import { labelled, table, wrap } from './text-table.ts';

interface LithiumOptions {
  readonly nToP?: string;
  readonly anodeFree?: boolean;
  readonly counts?: CountedLithium;
  readonly cycles?: string;
  readonly retention?: string;
  readonly json?: boolean;
}

export interface RequiredEfficiencyOptions extends LithiumOptions {}

export interface LifetimeOptions extends LithiumOptions {
  readonly efficiency?: string;
  readonly lithium?: string;
  readonly capacity?: string;
  readonly eToC?: string;
  readonly electrons?: string;
  readonly molarMass?: string;
  readonly interphaseShare?: string;
  readonly usable?: string;
}

/** Width of explanations; results are narrower. */
const COLUMNS = 96;
/** More numbers in a list than this make no table that anybody reads. */
const LIST_LENGTH_MAX = 20;
const CYCLES_MAX = 1e7;

/** Options as numbers; what cannot be read is kept as an issue and read as undefined. */
class OptionReader {
  readonly issues: Issue[] = [];

  fail(where: string, found: string, wanted: string, hint?: string): undefined {
    this.issues.push(hint === undefined ? { where, found, wanted } : { where, found, wanted, hint });
    return undefined;
  }

  quantity(
    where: string,
    text: string | undefined,
    dimension: Dimension,
    isAllowed: (value: number) => boolean,
    wanted: string,
  ): number | undefined {
    if (text === undefined) return undefined;
    const read = tryParseQuantity(text, dimension, where);
    if (!read.ok) {
      this.issues.push(read.issue);
      return undefined;
    }
    return isAllowed(read.value_SI) ? read.value_SI : this.fail(where, text, wanted);
  }

  list(
    where: string,
    text: string | undefined,
    isAllowed: (value: number) => boolean,
    wanted: string,
  ): number[] | undefined {
    if (text === undefined) return undefined;
    const parts = text.split(',');
    if (parts.length > LIST_LENGTH_MAX)
      return this.fail(where, `${parts.length} numbers`, `at most ${LIST_LENGTH_MAX}`);
    const values = parts.map((part) => this.quantity(where, part.trim(), 'ratio', isAllowed, wanted));
    return values.every((value) => value !== undefined) ? values : undefined;
  }

  retention(text: string | undefined): number {
    const wanted = 'a share of capacity above 0 and at most 1, such as 0.8 or "80 %"';
    return this.quantity('--retention', text, 'fraction', (value) => value > 0, wanted) ?? USUAL_RETENTION;
  }

  /** N/P ratios as the excess of lithium over the cathode; undefined where none is given. */
  excesses(options: LithiumOptions & { readonly lithium?: string }): number[] | undefined {
    const counts = options.counts ?? 'foil';
    if (options.anodeFree === true) {
      const foil = options.nToP ?? options.lithium;
      const flag = options.nToP === undefined ? '--lithium' : '--n-to-p';
      if (foil !== undefined) this.fail(flag, `${foil} beside --anode-free`, 'one of the two');
      return [0];
    }
    const nToP = this.list('--n-to-p', options.nToP, (value) => value >= 0, 'a ratio from 0, such as 2');
    const excesses = nToP?.map((value) => excessLithium(value, counts));
    if (excesses?.some((excess) => excess < 0))
      this.fail(
        '--n-to-p',
        options.nToP!,
        'at least 1 where N counts all lithium',
        'leave --counts all away if N is the foil',
      );
    return excesses;
  }

  throwIfAny(): void {
    if (this.issues.length > 0) throw new InputError(this.issues);
  }
}

const areCycles = (value: number): boolean => value > 0 && value <= CYCLES_MAX;
const CYCLES_WANTED = `a number of cycles above 0 and at most ${CYCLES_MAX}`;

const percent = (fraction: number, decimals = 3): string => `${(100 * fraction).toFixed(decimals)} %`;
/** Percent with as many decimals as it has, for numbers that were typed. */
const typedPercent = (fraction: number): string => `${significant(100 * fraction, 6)} %`;

/** Efficiency as text: three decimals, and more where these would read as 100 %. */
function efficiencyText(efficiency: number | null): string {
  if (efficiency === null || efficiency <= 0) return 'any';
  if (efficiency >= 1) return '100 %';
  return percent(efficiency, Math.max(3, 1 - Math.floor(Math.log10(100 * (1 - efficiency)))));
}

const nToPText = (excess: number, counts: CountedLithium): string =>
  excess === 0 ? 'without excess lithium' : `at N/P ${significant(nToPFromExcess(excess, counts), 4)}`;

/** The usual reservoir test, and how well it knows its last stripping, mAh/cm2. */
const USUAL_TEST = { cycles: 10, cycled: 1, total: 5 };
const USUAL_CHARGE_ERROR_mAh_per_cm2 = 0.02;
const USUAL_ERROR = reservoirEfficiencyError(USUAL_TEST, USUAL_CHARGE_ERROR_mAh_per_cm2);

const MEASURING = `A reservoir test of 10 cycles of 1 mAh/cm² on 5 mAh/cm² is off by ${percent(USUAL_ERROR, 2)} when its last stripping is off by ${USUAL_CHARGE_ERROR_mAh_per_cm2} mAh/cm²: one cell does not tell smaller differences.`;

/** `limetal design required-efficiency`. Throws InputError. */
export function designRequiredEfficiency(options: RequiredEfficiencyOptions, terminal: Terminal): void {
  const read = new OptionReader();
  const counts = options.counts ?? 'foil';
  const retention = read.retention(options.retention);
  const excesses = read.excesses(options);
  const lives = read.list('--cycles', options.cycles, areCycles, CYCLES_WANTED);
  read.throwIfAny();

  const rows = efficienciesForLife(excesses ?? USUAL_EXCESSES, lives ?? USUAL_LIVES, retention);
  if (options.json === true) {
    const documentOf = ({ excess, cycles, efficiency }: EfficiencyForLife) => ({
      n_to_p: nToPFromExcess(excess, counts),
      excess,
      cycles,
      coulombic_efficiency: efficiency,
    });
    const single = rows.length === 1 ? documentOf(rows[0]!) : {};
    outParts(terminal, jsonParts({ counts, retention, ...single, rows: rows.map(documentOf) }));
    return;
  }
  terminal.out(rows.length === 1 ? singleAnswer(rows[0]!, counts) : gridAnswer(rows, counts, retention));
}

function singleAnswer({ excess, cycles, retention, efficiency }: EfficiencyForLife, counts: CountedLithium): string {
  const asked = `${typedPercent(retention)} of capacity for ${significant(cycles, 6)} cycles ${nToPText(excess, counts)}`;
  if (efficiency === null) {
    const text = `Any efficiency keeps ${asked}: the excess alone lasts as long with nothing given back. A test that ended there was ended by something else than its lithium.`;
    return `${wrap(text, COLUMNS, '')}\n`;
  }
  const loss = 1 - efficiency;
  const spent = excess + (1 - retention);
  const lines = [
    `${efficiencyText(efficiency)} keeps ${asked}.`,
    '',
    labelled(
      'Loss',
      `${significant(100 * loss, 3)} % of the capacity in each cycle, ${significant(spent, 4)} cathode capacities in all`,
      COLUMNS,
    ),
    labelled('Measuring it', MEASURING, COLUMNS),
    labelled('Counted', 'lithium alone; `limetal design lifetime` adds the electrolyte', COLUMNS),
  ];
  return `${lines.join('\n')}\n`;
}

function gridAnswer(rows: readonly EfficiencyForLife[], counts: CountedLithium, retention: number): string {
  const lives = [...new Set(rows.map(({ cycles }) => cycles))];
  const excesses = [...new Set(rows.map(({ excess }) => excess))];
  const answer = (excess: number, cycles: number) =>
    rows.find((row) => row.excess === excess && row.cycles === cycles)!;
  const header = ['N/P', ...lives.map((cycles) => significant(cycles, 6))];
  const body = excesses.map((excess) => [
    excess === 0 ? 'no excess' : significant(nToPFromExcess(excess, counts), 4),
    ...lives.map((cycles) => efficiencyText(answer(excess, cycles).efficiency).replace(' %', '')),
  ]);
  const title = `Coulombic efficiency of lithium, %, that keeps ${typedPercent(retention)} of capacity for this many cycles`;
  const counted =
    counts === 'foil' ? 'N is the foil beside a cathode that holds its own lithium' : 'N is all lithium of the cell';
  const any = rows.some(({ efficiency }) => efficiency === null) ? ' Any: the excess alone lasts as long.' : '';
  const grid = table([header, ...body], `l${'r'.repeat(lives.length)}`);
  return `${title}\n\n${grid}\n\n${wrap(`${counted}.${any} ${MEASURING}`, COLUMNS, '')}\n`;
}

const C_PER_Ah = 3600;
const g_per_Ah_from_kg_per_C = (mass_kg_per_C: number): number => mass_kg_per_C * 1e3 * C_PER_Ah;

interface LifetimeQuestion {
  readonly counts: CountedLithium;
  readonly retention: number;
  readonly efficiency: number | undefined;
  readonly cycles: number | undefined;
  readonly supplies: Supplies;
  /** Also where no amount is given: what a molecule costs. */
  readonly electrolyte: ElectrolyteSupply;
  readonly capacity_C_per_m2: number | undefined;
}

/** `limetal design lifetime`. Throws InputError. */
export function designLifetime(options: LifetimeOptions, terminal: Terminal): void {
  const question = readLifetime(options);
  const answer = answerLifetime(question);
  if (options.json === true) outParts(terminal, jsonParts({ ...questionDocument(question), ...answer.document }));
  else terminal.out(answer.text);
}

function readLifetime(options: LifetimeOptions): LifetimeQuestion {
  const read = new OptionReader();
  const isPositive = (value: number): boolean => value > 0;
  const isShare = (value: number): boolean => value > 0 && value <= 1;
  const counts = options.counts ?? 'foil';
  const retention = read.retention(options.retention);
  const capacity_C_per_m2 = read.quantity(
    '--capacity',
    options.capacity,
    'areal charge',
    isPositive,
    'an areal capacity above 0',
  );
  const efficiency = read.quantity(
    '--efficiency',
    options.efficiency,
    'fraction',
    isShare,
    'an efficiency above 0 and at most 1',
  );
  const cycles = read.quantity('--cycles', options.cycles, 'ratio', areCycles, CYCLES_WANTED);
  const ratioExcess = read.excesses(options)?.[0];
  const excess = foilExcess(read, options, capacity_C_per_m2) ?? ratioExcess;
  if (options.nToP?.includes(',')) read.fail('--n-to-p', options.nToP, 'one ratio');
  const amount = read.quantity(
    '--e-to-c',
    options.eToC,
    'mass per charge',
    isPositive,
    'an amount above 0, such as "3 g/Ah"',
  );
  const electrolyte: ElectrolyteSupply = {
    electrolyte_kg_per_C: amount ?? 0,
    electrons:
      read.quantity('--electrons', options.electrons, 'ratio', isPositive, 'a number above 0') ??
      USUAL_SPENDING.electrons,
    molarMass_kg_per_mol:
      read.quantity('--molar-mass', options.molarMass, 'molar mass', isPositive, 'a molar mass above 0') ??
      USUAL_SPENDING.molarMass_kg_per_mol,
    interphaseShare:
      read.quantity('--interphase-share', options.interphaseShare, 'fraction', () => true, 'a fraction') ??
      USUAL_SPENDING.interphaseShare,
    usableFraction:
      read.quantity('--usable', options.usable, 'fraction', isShare, 'a fraction above 0') ??
      USUAL_SPENDING.usableFraction,
  };
  const isAsked = (value: unknown): boolean => value !== undefined;
  if (!isAsked(options.efficiency) && !isAsked(options.cycles))
    read.fail(
      'design lifetime',
      'neither --efficiency nor --cycles',
      'one of them, or both',
      'both ask for N/P and E/C',
    );
  const isSupplied = [options.nToP, options.anodeFree, options.lithium, options.eToC].some(isAsked);
  if (!isSupplied && !(isAsked(options.efficiency) && isAsked(options.cycles)))
    read.fail(
      'design lifetime',
      'no supply',
      'lithium (--n-to-p, --lithium or --anode-free), electrolyte (--e-to-c), or both',
    );
  read.throwIfAny();
  return {
    counts,
    retention,
    efficiency,
    cycles,
    supplies: { excess: excess ?? null, electrolyte: amount === undefined ? null : electrolyte },
    electrolyte,
    capacity_C_per_m2,
  };
}

/** The excess of a foil of which the thickness is given. */
function foilExcess(
  read: OptionReader,
  options: LifetimeOptions,
  capacity_C_per_m2: number | undefined,
): number | undefined {
  const { lithium: text } = options;
  const thickness_m = read.quantity('--lithium', text, 'length', (value) => value >= 0, 'a thickness');
  if (text === undefined || options.anodeFree === true) return undefined;
  if (options.nToP !== undefined) return read.fail('--lithium', `${text} beside --n-to-p`, 'one of the two');
  if (options.counts === 'all')
    return read.fail('--lithium', `${text} with --counts all`, '--n-to-p, where N counts all lithium');
  if (options.capacity === undefined)
    return read.fail(
      '--capacity',
      'nothing',
      "the cathode's areal capacity, which with --lithium gives N/P",
      'such as "3.8 mAh/cm2"',
    );
  if (thickness_m === undefined || capacity_C_per_m2 === undefined) return undefined;
  return areal_charge_C_per_m2_from_thickness(thickness_m) / capacity_C_per_m2;
}

function questionDocument({
  counts,
  retention,
  efficiency,
  cycles,
  supplies,
  electrolyte,
  capacity_C_per_m2,
}: LifetimeQuestion) {
  return {
    solved_for: efficiency === undefined ? 'efficiency' : cycles === undefined ? 'cycles' : 'supplies',
    counts,
    retention,
    coulombic_efficiency: efficiency ?? null,
    cycles: cycles ?? null,
    n_to_p: supplies.excess === null ? null : nToPFromExcess(supplies.excess, counts),
    excess: supplies.excess,
    e_to_c_g_per_Ah: supplies.electrolyte === null ? null : g_per_Ah_from_kg_per_C(electrolyte.electrolyte_kg_per_C),
    capacity_mAh_per_cm2: capacity_C_per_m2 === undefined ? null : mAh_per_cm2_from_C_per_m2(capacity_C_per_m2),
    electrons: electrolyte.electrons,
    molar_mass_g_per_mol: 1e3 * electrolyte.molarMass_kg_per_mol,
    interphase_share: electrolyte.interphaseShare,
    usable_share: electrolyte.usableFraction,
  };
}

interface Answer {
  readonly text: string;
  readonly document: Readonly<Record<string, unknown>>;
}

function answerLifetime(question: LifetimeQuestion): Answer {
  const { efficiency, cycles } = question;
  if (efficiency === undefined) return answerEfficiency(question, cycles!);
  if (cycles === undefined) return answerCycles(question, efficiency);
  return answerSupplies(question, efficiency, cycles);
}

const FIRST: Readonly<Record<FirstGone, string>> = {
  lithium: 'the lithium',
  electrolyte: 'the electrolyte',
  both: 'both at about the same time',
  neither: 'neither: nothing is lost',
};

const cyclesText = (cycles: number): string =>
  !Number.isFinite(cycles)
    ? 'no end'
    : cycles < 1
      ? 'less than one cycle'
      : `${significant(Math.floor(cycles), 7)} cycles`;

const lithiumText = ({ supplies, counts, retention }: LifetimeQuestion): string =>
  `${nToPText(supplies.excess!, counts)}, to ${typedPercent(retention)} of capacity`;

const electrolyteText = ({ supplies, electrolyte }: LifetimeQuestion): string => {
  const amount =
    supplies.electrolyte === null
      ? ''
      : `${significant(g_per_Ah_from_kg_per_C(electrolyte.electrolyte_kg_per_C), 4)} g/Ah, `;
  const usable = electrolyte.usableFraction < 1 ? `, ${typedPercent(electrolyte.usableFraction)} of it usable` : '';
  return `${amount}${significant(1e3 * electrolyte.molarMass_kg_per_mol, 4)} g/mol, ${significant(electrolyte.electrons, 3)} e⁻ a molecule, ${significant(100 * electrolyte.interphaseShare, 3)} % of the loss as interphase${usable}`;
};

const CAUTION =
  'At constant efficiency, in closed form. `limetal run` follows deposit, films, additives and drying cycle by cycle.';

function answerCycles(question: LifetimeQuestion, efficiency: number): Answer {
  const { supplies, retention } = question;
  const { lithiumCycles, electrolyteCycles, cycles, first } = lifetime(supplies, efficiency, retention);
  const lines = [
    ...(lithiumCycles === null
      ? []
      : [labelled('Lithium', `${cyclesText(lithiumCycles)} (${lithiumText(question)})`, COLUMNS)]),
    ...(electrolyteCycles === null
      ? []
      : [labelled('Electrolyte', `${cyclesText(electrolyteCycles)} (${electrolyteText(question)})`, COLUMNS)]),
    labelled(
      'First gone',
      Number.isFinite(cycles) ? `${FIRST[first]}, after ${cyclesText(cycles)}` : FIRST[first],
      COLUMNS,
    ),
    ...perCycleLines(question, efficiency),
    '',
    wrap(CAUTION, COLUMNS, ''),
  ];
  return {
    text: `${lines.join('\n')}\n`,
    document: { lithium_cycles: lithiumCycles, electrolyte_cycles: electrolyteCycles, cycles, first },
  };
}

/** What a cycle costs per area, where the capacity is known. */
function perCycleLines({ supplies, electrolyte, capacity_C_per_m2 }: LifetimeQuestion, efficiency: number): string[] {
  if (capacity_C_per_m2 === undefined) return [];
  const lithium = `${significant(mAh_per_cm2_from_C_per_m2((1 - efficiency) * capacity_C_per_m2), 3)} mAh/cm² of lithium`;
  const mg_per_cm2 = (mass_kg_per_C: number): string =>
    `${significant(1e2 * mass_kg_per_C * capacity_C_per_m2, 3)} mg/cm²`;
  const liquid =
    supplies.electrolyte === null
      ? ''
      : ` and ${mg_per_cm2(electrolyteSpent_kg_per_C(electrolyte, efficiency))} of ${mg_per_cm2(electrolyte.electrolyte_kg_per_C)} electrolyte`;
  return [labelled('Each cycle', `loses ${lithium}${liquid}`, COLUMNS)];
}

function answerEfficiency(question: LifetimeQuestion, cycles: number): Answer {
  const { supplies, retention } = question;
  const { byLithium, byElectrolyte, efficiency } = efficiencyForLifetime(supplies, cycles, retention);
  const decides = (byElectrolyte ?? -1) > (byLithium ?? -1) ? 'electrolyte' : 'lithium';
  const needed =
    efficiency > 0
      ? `${efficiencyText(efficiency)} for ${significant(cycles, 6)} cycles, set by the ${decides}`
      : `any efficiency lasts ${significant(cycles, 6)} cycles`;
  const lines = [
    ...(byLithium === null
      ? []
      : [labelled('Lithium', `${efficiencyText(byLithium)} (${lithiumText(question)})`, COLUMNS)]),
    ...(byElectrolyte === null
      ? []
      : [labelled('Electrolyte', `${efficiencyText(byElectrolyte)} (${electrolyteText(question)})`, COLUMNS)]),
    labelled('Needed', needed, COLUMNS),
    '',
    wrap(`${CAUTION} ${MEASURING}`, COLUMNS, ''),
  ];
  return {
    text: `${lines.join('\n')}\n`,
    document: {
      lithium_coulombic_efficiency: byLithium,
      electrolyte_coulombic_efficiency: byElectrolyte,
      coulombic_efficiency: efficiency,
      decided_by: efficiency > 0 ? decides : null,
    },
  };
}

function answerSupplies(question: LifetimeQuestion, efficiency: number, cycles: number): Answer {
  const { supplies, electrolyte, counts, retention, capacity_C_per_m2 } = question;
  const needed = suppliesForLifetime(electrolyte, efficiency, cycles, retention);
  const nToP = nToPFromExcess(needed.excess, counts);
  const eToC = g_per_Ah_from_kg_per_C(needed.electrolyte_kg_per_C);
  const verdict = (given: number | null, wanted: number, text: string): string =>
    given === null ? '' : `; ${text} given ${given >= wanted ? 'is enough' : 'is too little'}`;
  const givenNToP = supplies.excess === null ? null : nToPFromExcess(supplies.excess, counts);
  const givenEToC = supplies.electrolyte === null ? null : g_per_Ah_from_kg_per_C(electrolyte.electrolyte_kg_per_C);
  const foil =
    capacity_C_per_m2 === undefined || counts !== 'foil'
      ? ''
      : `, ${significant(um_from_m(thickness_m_from_areal_charge(needed.excess * capacity_C_per_m2)), 3)} µm of foil`;
  const lines = [
    `${significant(cycles, 6)} cycles at ${typedPercent(efficiency)} to ${typedPercent(retention)} of capacity need`,
    '',
    labelled(
      'Lithium',
      `N/P ${significant(nToP, 4)}${foil}${verdict(givenNToP, nToP, significant(givenNToP, 4))}`,
      COLUMNS,
    ),
    labelled(
      'Electrolyte',
      `${significant(eToC, 4)} g/Ah${verdict(givenEToC, eToC, significant(givenEToC, 4))} (${electrolyteText({ ...question, supplies: { ...supplies, electrolyte: null } })})`,
      COLUMNS,
    ),
    '',
    wrap(CAUTION, COLUMNS, ''),
  ];
  return {
    text: `${lines.join('\n')}\n`,
    document: {
      needed_n_to_p: nToP,
      needed_excess: needed.excess,
      needed_e_to_c_g_per_Ah: eToC,
      lithium_is_enough: givenNToP === null ? null : givenNToP >= nToP,
      electrolyte_is_enough: givenEToC === null ? null : givenEToC >= eToC,
    },
  };
}
