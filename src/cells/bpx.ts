// BPX files (bpxstandard.com), versions 0.x and 1.x: the positive electrode, the electrolyte and the separator become a cell
// with lithium metal as its counter electrode. BPX knows no lithium metal, so its thickness, kinetics and film are this
// program's, or come from the file's "User-defined" section under the names of `LITHIUM_KEYS`.
//
// Exact in the mapping: transport efficiency B and Bruggeman exponent, B = ε^b; active fraction ε_s = a·R/3; and the rate,
//   j0 = F·K·√((c_e/c_e0)·x·(1−x)) = k·√(c_e·c_s·(c_max−c_s))   with   k = F·K/(c_max·√c_e0).
// BPX states its Arrhenius terms from its own reference temperature; they are moved to 298.15 K.

import { exp, log } from '../numerics/index.ts';
import { F, InputError, type Issue, R, ROOM_TEMPERATURE_K } from '../units/index.ts';
import { type BpxFunction, BpxSection, type NotMapped } from './bpx-reader.ts';
import type { Cell } from './cell.ts';
import { CELL_FILE_VERSION } from './cell-file.ts';
import { type ParseCellOptions, parseCell } from './parse-cell.ts';
import { joinPath, type PlainObject, plainJson, shown } from './plain-json.ts';

/** One parameter of the file and the field of the cell file that it became. */
export interface Mapped {
  readonly path: string;
  readonly to: string;
}

/** A measurement that came with the file. Current as in every record here: negative discharges, as BPX has it too. */
export interface BpxValidation {
  readonly name: string;
  readonly time_s: readonly number[];
  readonly current_A: readonly number[];
  readonly voltage_V: readonly number[];
  readonly temperature_K: readonly number[] | null;
}

export interface BpxReading {
  readonly cell: Cell;
  /** Version that the header states. */
  readonly version: string;
  readonly mapped: readonly Mapped[];
  readonly notMapped: readonly NotMapped[];
  readonly warnings: readonly string[];
  /** Measured with the file's own negative electrode, so its voltage is not this cell's. */
  readonly validation: readonly BpxValidation[];
}

/** Keys of this program in the "User-defined" section, and the fields of the counter electrode that they set. */
export const LITHIUM_KEYS: Readonly<Record<string, string>> = {
  'Lithium electrode thickness [m]': 'counter.thickness',
  'Lithium electrode area ratio': 'counter.areaRatio',
  'Lithium electrode exchange-current density [A.m-2]': 'counter.kinetics.exchangeCurrent',
  'Lithium electrode interphase thickness [m]': 'counter.interphase.thickness',
  'Lithium electrode interphase conductivity [S.m-1]': 'counter.interphase.conductivity',
};

const LITHIUM_THICKNESS_M = 250e-6;
const ELECTROLYTE_CONCENTRATION_MOL_PER_M3 = 1000;
/** Before 0.3 the standard wrote j = j0·sinh(Fη/2RT), without the factor 2. */
const FACTOR_TWO_SINCE = 0.3;
const POSITIVE = { min: 1e-30, max: 1e30 };
const FRACTION = { min: 1e-6, max: 1 };
const ENERGY = { min: 0, max: 300_000 };
const SPM_SUPPLIED =
  'a single-particle file has no electrolyte, separator, porosity and conductivity: the program supplied them';

/** Whether data look like a BPX file: they have a header with a BPX version. */
export function isBpx(input: unknown): boolean {
  if (typeof input !== 'object' || input === null || !('Header' in input)) return false;
  const header = input.Header;
  return typeof header === 'object' && header !== null && 'BPX' in header;
}

/** A cell file or a BPX file, told apart by what they contain. Throws InputError as `parseCell` and `readBpx` do. */
export function readCellOrBpx(
  input: unknown,
  options: ParseCellOptions = {},
): ({ readonly kind: 'bpx' } & BpxReading) | { readonly kind: 'cell'; readonly cell: Cell } {
  // A hostile object may throw when it is looked at; plain data do not.
  const plain = plainJson(input, options.where ?? '');
  return isBpx(plain) ? { kind: 'bpx', ...readBpx(plain, options) } : { kind: 'cell', cell: parseCell(plain, options) };
}

/**
 * Reads a BPX file, versions 0.1 to 1.x, into a cell of its positive electrode against lithium. Throws InputError with all
 * faults; what has no place in such a cell is listed in `notMapped`, each with its reason.
 */
export function readBpx(input: unknown, { where = '' }: ParseCellOptions = {}): BpxReading {
  const plain = plainJson(input, where);
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) {
    throw new InputError([
      { where, found: shown(plain), wanted: 'a BPX file: an object with Header and Parameterisation' },
    ]);
  }
  const issues: Issue[] = [];
  const reading = new Mapping(new BpxSection(plain as PlainObject, where, issues), issues);
  return reading.run(where);
}

/** One pass over one file. */
class Mapping {
  readonly #root: BpxSection;
  readonly #issues: Issue[];
  readonly #mapped: Mapped[] = [];
  readonly #notMapped: NotMapped[] = [];
  readonly #warnings: string[] = [];

  constructor(root: BpxSection, issues: Issue[]) {
    this.#root = root;
    this.#issues = issues;
  }

  run(where: string): BpxReading {
    const { version, number } = this.#version();
    const header = this.#root.section('Header');
    const title = header?.text('Title');
    for (const key of ['Description', 'References']) header?.text(key);
    const references = header?.text('References');
    const isSpm = header?.text('Model') === 'SPM';

    const parameters = this.#root.needed('Parameterisation');
    const state = this.#root.section('State');
    const cell = parameters.needed('Cell');
    const legacy = number < 1;
    const conditions = state?.section('Initial conditions');
    const surroundings = state?.section('Thermal environment') ?? state?.section('Thermal state');

    const referenceTemperature_K =
      this.#take(cell, 'Reference temperature [K]', 'temperature of the Arrhenius terms', {
        min: 233.15,
        max: 373.15,
      }) ?? ROOM_TEMPERATURE_K;
    const temperature_K =
      (conditions && this.#take(conditions, 'Initial temperature [K]', 'temperature', { min: 233.15, max: 373.15 })) ??
      this.#take(cell, 'Initial temperature [K]', 'temperature', { min: 233.15, max: 373.15 }) ??
      this.#take(cell, 'Ambient temperature [K]', 'temperature', { min: 233.15, max: 373.15 }) ??
      referenceTemperature_K;
    const ambient_K = surroundings?.number('Ambient temperature [K]', { min: 233.15, max: 373.15 });
    if (surroundings && ambient_K !== undefined) this.#ambient(surroundings, ambient_K, temperature_K);

    const area_m2 = this.#area(cell);
    const nominal_Ah = this.#take(cell, 'Nominal cell capacity [A.h]', 'nominalCapacity', POSITIVE);
    const electrolyteSection = parameters.section('Electrolyte');
    const concentration =
      (conditions &&
        this.#take(conditions, 'Initial electrolyte concentration [mol.m-3]', 'electrolyte.concentration', {
          min: 10,
          max: 15_000,
        })) ??
      (electrolyteSection &&
        this.#take(electrolyteSection, 'Initial concentration [mol.m-3]', 'electrolyte.concentration', {
          min: 10,
          max: 15_000,
        })) ??
      this.#assumedConcentration();
    if (!electrolyteSection && !isSpm) parameters.needed('Electrolyte');

    const positive = parameters.needed('Positive electrode');
    const soc =
      (conditions &&
        this.#take(conditions, 'Initial state-of-charge', 'working.initialStoichiometry', { min: 0, max: 1 })) ??
      1;
    const working = this.#cathode(positive, {
      concentration,
      referenceTemperature_K,
      temperature_K,
      soc,
      halved: number < FACTOR_TWO_SINCE,
      isSpm,
    });
    const electrolyte = electrolyteSection
      ? this.#electrolyte(electrolyteSection, concentration, referenceTemperature_K)
      : undefined;
    const separator = this.#separator(parameters, isSpm);
    const limits = this.#voltageLimits(cell);
    const thermal = this.#thermal(cell, surroundings, area_m2);
    const counter = this.#counter(parameters.section('User-defined'));

    this.#leftOver(parameters, state, conditions, surroundings, cell, electrolyteSection, positive);
    const validation = this.#validation();
    if (legacy && !conditions) {
      this.#warnings.push(
        'A BPX 0.x file does not state its state of charge: the cell starts fully charged, as the 1.x converter has it.',
      );
    }
    if (isSpm) this.#warnings.push(`${SPM_SUPPLIED}.`);
    if (this.#issues.length > 0) throw new InputError(this.#issues);

    const file = {
      limetal: CELL_FILE_VERSION,
      name: `${title ?? 'BPX cell'}, positive electrode against lithium`.slice(0, 200),
      temperature: temperature_K,
      area: area_m2,
      working,
      counter,
      electrolyte: electrolyte ?? '1 M LiPF6 in EC/EMC (3:7 w/w)',
      // The file describes a model that knows no ageing of lithium metal.
      ageing: 'none',
      ...(separator ? { separator } : {}),
      voltageLimits: limits,
      ...(nominal_Ah === undefined ? {} : { nominalCapacity: nominal_Ah * 3600 }),
      thermal,
      sources: [
        `BPX ${version}: ${title ?? 'untitled'}`,
        ...(references === undefined ? [] : [references.slice(0, 1000)]),
      ],
    };
    return {
      cell: this.#asCell(file, where),
      version,
      mapped: this.#mapped,
      notMapped: this.#notMapped,
      warnings: this.#warnings,
      validation,
    };
  }

  #version(): { readonly version: string; readonly number: number } {
    const header = this.#root.needed('Header');
    const said = header.value('BPX');
    const version = typeof said === 'number' ? String(said) : (said ?? '');
    const parts = typeof version === 'string' ? /^(\d+)(?:\.(\d+))?(?:\.\d+)?$/u.exec(version.trim()) : null;
    const number = parts ? Number(parts[1]) + Number(`0.${parts[2] ?? 0}`) : Number.NaN;
    if (number >= 0 && number < 2) return { version: String(version), number };
    header.fault('BPX', shown(said), 'a version of BPX from 0.1 to 1.x, such as "1.1.0"');
    return { version: '?', number: 1 };
  }

  /** A number that is used; where it is there, the list of what was mapped says what for. */
  #take(
    section: BpxSection,
    key: string,
    to: string,
    bounds: { readonly min: number; readonly max: number },
  ): number | undefined {
    const value = section.number(key, bounds);
    if (value !== undefined) this.#mapped.push({ path: section.at(key), to });
    return value;
  }

  #need(section: BpxSection, key: string, to: string, bounds: { readonly min: number; readonly max: number }): number {
    const value = section.neededNumber(key, bounds);
    if (value !== undefined) this.#mapped.push({ path: section.at(key), to });
    // After a fault no cell is made; the number only lets the reading go on.
    return value ?? 1;
  }

  #not(path: string, reason: string): void {
    this.#notMapped.push({ path, reason });
  }

  #area(cell: BpxSection): number {
    const area_m2 = this.#need(cell, 'Electrode area [m2]', 'area', POSITIVE);
    const key = 'Number of electrode pairs connected in parallel to make a cell';
    const pairs = this.#take(cell, key, 'area', { min: 1, max: 1e6 }) ?? 1;
    return area_m2 * pairs;
  }

  #ambient(surroundings: BpxSection, ambient_K: number, temperature_K: number): void {
    const path = surroundings.at('Ambient temperature [K]');
    if (Math.abs(ambient_K - temperature_K) < 1e-9) this.#mapped.push({ path, to: 'temperature' });
    else
      this.#not(
        path,
        `a cell here starts at the temperature of its surroundings; the initial ${temperature_K} K is used for both`,
      );
  }

  #assumedConcentration(): number {
    this.#warnings.push(
      `The file states no salt concentration; ${ELECTROLYTE_CONCENTRATION_MOL_PER_M3} mol/m3 is assumed.`,
    );
    return ELECTROLYTE_CONCENTRATION_MOL_PER_M3;
  }

  #cathode(electrode: BpxSection, given: CathodeContext): object {
    const particle = this.#particle(electrode);
    const thickness = this.#need(electrode, 'Thickness [m]', 'working.thickness', POSITIVE);
    const radius = this.#need(particle, 'Particle radius [m]', 'working.particleRadius', POSITIVE);
    const surface = this.#need(particle, 'Surface area per unit volume [m-1]', 'working.activeFraction', POSITIVE);
    const maximum = this.#need(particle, 'Maximum concentration [mol.m-3]', 'working.maximumConcentration', POSITIVE);
    const low = this.#need(particle, 'Minimum stoichiometry', 'working.initialStoichiometry', { min: 0, max: 1 });
    const high = this.#need(particle, 'Maximum stoichiometry', 'working.initialStoichiometry', { min: 0, max: 1 });
    if (low >= high && particle.has('Minimum stoichiometry') && particle.has('Maximum stoichiometry')) {
      particle.fault('Minimum stoichiometry', String(low), `less than the maximum, ${high}`);
    }
    const activeFraction = (surface * radius) / 3;
    const supplied = given.isSpm && !electrode.has('Porosity');
    const porosity = supplied
      ? Math.min(0.3, 1 - activeFraction)
      : this.#need(electrode, 'Porosity', 'working.porosity', FRACTION);
    const rate = this.#rate(particle, maximum, given);
    const cathode = {
      kind: 'cathode',
      material: 'positive electrode of the BPX file',
      thickness,
      porosity,
      activeFraction,
      bruggemanElectrolyte: supplied ? 1.5 : this.#bruggeman(electrode, porosity, 'working.bruggemanElectrolyte'),
      // BPX states the effective conductivity of the porous matrix.
      bruggemanSolid: 0,
      conductivity: supplied ? 10 : this.#need(electrode, 'Conductivity [S.m-1]', 'working.conductivity', POSITIVE),
      particleRadius: radius,
      maximumConcentration: maximum,
      initialStoichiometry: Math.min(0.9995, Math.max(0.0005, high - given.soc * (high - low))),
      ...this.#arrhenius(particle, 'Diffusivity', 'm2.s-1', 'working.diffusivity', given.referenceTemperature_K),
      ...this.#potential(particle, given.referenceTemperature_K),
      kinetics: rate,
    };
    if (particle !== electrode) this.#unknown(particle);
    return cathode;
  }

  /** The particles of the electrode; of a blend those with the largest volume. */
  #particle(electrode: BpxSection): BpxSection {
    const blend = electrode.section('Particle');
    if (!blend) return electrode;
    const names = blend.keys().filter((name) => blend.section(name) !== undefined);
    const volume = (name: string) => {
      const { min, max } = POSITIVE;
      const section = blend.section(name)!;
      const [a, radius] = [section.value('Surface area per unit volume [m-1]'), section.value('Particle radius [m]')];
      return typeof a === 'number' && typeof radius === 'number' && a >= min && a <= max ? a * radius : 0;
    };
    const [first, ...others] = [...names].sort((a, b) => volume(b) - volume(a));
    if (first === undefined) {
      electrode.fault('Particle', 'no particles', 'at least one material');
      return electrode;
    }
    for (const name of others)
      this.#not(blend.at(name), `a cell here has one active material; ${first} has the largest volume of the blend`);
    if (others.length > 0)
      this.#warnings.push(
        `The positive electrode is a blend; only ${first} is simulated, so the capacity is smaller than the file's.`,
      );
    return blend.section(first)!;
  }

  /** k of j0 = k·√(c_e·c_s·(c_max−c_s)) from K of j0 = F·K·√((c_e/c_e0)·x·(1−x)). */
  #rate(
    particle: BpxSection,
    maximum: number,
    { concentration, referenceTemperature_K, halved }: CathodeContext,
  ): object {
    const K = this.#need(particle, 'Reaction rate constant [mol.m-2.s-1]', 'working.kinetics.rate', POSITIVE);
    const energy =
      this.#take(
        particle,
        'Reaction rate constant activation energy [J.mol-1]',
        'working.kinetics.activationEnergy',
        ENERGY,
      ) ?? 0;
    if (halved)
      this.#warnings.push(
        'Before BPX 0.3 the rate was stated without the factor 2 of the Butler-Volmer equation; it is halved here.',
      );
    const factor = arrheniusFactor(energy, referenceTemperature_K) * (halved ? 0.5 : 1);
    return { rate: (factor * F * K) / (maximum * Math.sqrt(concentration)), activationEnergy: energy };
  }

  /** B = ε^b, so b = ln B/ln ε. */
  #bruggeman(section: BpxSection, porosity: number, to: string): number {
    const efficiency = this.#need(section, 'Transport efficiency', to, FRACTION);
    if (porosity >= 1) return efficiency >= 1 ? 0 : 1;
    const exponent = log(efficiency) / log(porosity);
    if (section.has('Transport efficiency') && section.has('Porosity') && !(exponent >= 0 && exponent <= 10)) {
      section.fault(
        'Transport efficiency',
        String(efficiency),
        `one that fits the porosity ${porosity}: ε^b with b from 0 to 10`,
      );
    }
    return exponent;
  }

  /** A law with its activation energy, both moved to 298.15 K. */
  #arrhenius(
    section: BpxSection,
    name: string,
    unit: string,
    to: string,
    referenceTemperature_K: number,
  ): Record<string, unknown> {
    const law = section.neededFunction(`${name} [${unit}]`);
    if (law !== undefined) this.#mapped.push({ path: section.at(`${name} [${unit}]`), to });
    const energy = this.#take(section, `${name} activation energy [J.mol-1]`, `${to}ActivationEnergy`, ENERGY) ?? 0;
    const key = to.slice(to.lastIndexOf('.') + 1);
    return {
      [key]: scaled(law ?? 1, arrheniusFactor(energy, referenceTemperature_K)),
      [`${key}ActivationEnergy`]: energy,
    };
  }

  #potential(particle: BpxSection, referenceTemperature_K: number): object {
    const ocp = particle.neededFunction('OCP [V]');
    if (ocp !== undefined) this.#mapped.push({ path: particle.at('OCP [V]'), to: 'working.openCircuitPotential' });
    const entropy = particle.function('Entropic change coefficient [V.K-1]');
    if (entropy !== undefined) {
      this.#mapped.push({
        path: particle.at('Entropic change coefficient [V.K-1]'),
        to: 'working.entropicCoefficient',
      });
    }
    for (const key of ['OCP (delithiation) [V]', 'OCP (lithiation) [V]', 'OCP hysteresis decay constant']) {
      if (particle.has(key))
        this.#not(
          particle.at(key),
          'hysteresis of the open-circuit potential is not simulated; the mean curve is used',
        );
      particle.value(key);
    }
    const away_K = ROOM_TEMPERATURE_K - referenceTemperature_K;
    const constantEntropy = typeof entropy === 'number' ? entropy : 0;
    if (away_K !== 0 && entropy !== undefined && typeof entropy !== 'number') {
      this.#warnings.push(
        `The open-circuit potential is taken at ${referenceTemperature_K} K as it stands, ${Math.abs(away_K).toFixed(2)} K from 298.15 K.`,
      );
    }
    return {
      openCircuitPotential: shifted(ocp ?? 0, constantEntropy * away_K),
      entropicCoefficient: entropy ?? 0,
    };
  }

  #electrolyte(section: BpxSection, concentration: number, referenceTemperature_K: number): object {
    const transference = this.#need(section, 'Cation transference number', 'electrolyte.transferenceNumber', {
      min: -1,
      max: 0.9999,
    });
    const laws = {
      ...this.#arrhenius(section, 'Conductivity', 'S.m-1', 'electrolyte.conductivity', referenceTemperature_K),
      ...this.#arrhenius(section, 'Diffusivity', 'm2.s-1', 'electrolyte.diffusivity', referenceTemperature_K),
    } as Record<string, unknown>;
    const varies = typeof laws.conductivity !== 'number' || typeof laws.diffusivity !== 'number';
    return {
      name: 'electrolyte of the BPX file',
      law: varies ? 'functions' : 'constant',
      concentration,
      ...laws,
      transferenceNumber: transference,
      // BPX has no thermodynamic factor: its equations take 1.
      thermodynamicFactor: 1,
    };
  }

  #separator(parameters: BpxSection, isSpm: boolean): object | undefined {
    const section = isSpm ? parameters.section('Separator') : parameters.needed('Separator');
    if (!section) return undefined;
    const porosity = this.#need(section, 'Porosity', 'separator.porosity', FRACTION);
    const separator = {
      thickness: this.#need(section, 'Thickness [m]', 'separator.thickness', POSITIVE),
      porosity,
      bruggeman: this.#bruggeman(section, porosity, 'separator.bruggeman'),
    };
    this.#unknown(section);
    return separator;
  }

  /**
   * The file's cut-offs are of its own cell, whose negative electrode stands a little above lithium: against lithium the same
   * cathode reaches the same states at voltages higher by that much.
   */
  #voltageLimits(cell: BpxSection): readonly [number, number] {
    const low = this.#need(cell, 'Lower voltage cut-off [V]', 'voltageLimits', { min: -1, max: 10 });
    const high = this.#need(cell, 'Upper voltage cut-off [V]', 'voltageLimits', { min: -1, max: 10 });
    if (low >= high && cell.has('Lower voltage cut-off [V]') && cell.has('Upper voltage cut-off [V]')) {
      cell.fault('Lower voltage cut-off [V]', String(low), `less than the upper cut-off, ${high}`);
    }
    this.#warnings.push(
      `The upper voltage limit is the file's raised by ${NEGATIVE_ELECTRODE_V} V: against lithium a cathode stands higher than against the file's negative electrode.`,
    );
    return [low, Math.min(10, high + NEGATIVE_ELECTRODE_V)];
  }

  #thermal(cell: BpxSection, surroundings: BpxSection | undefined, area_m2: number): object | null {
    const keys = [
      'Density [kg.m-3]',
      'Specific heat capacity [J.K-1.kg-1]',
      'Volume [m3]',
      'External surface area [m2]',
    ];
    const [density, heat, volume, surface] = keys.map((key) => cell.number(key, POSITIVE));
    const transfer = surroundings?.number('Heat transfer coefficient [W.m-2.K-1]', { min: 0, max: 1e5 });
    const complete =
      density !== undefined &&
      heat !== undefined &&
      volume !== undefined &&
      surface !== undefined &&
      transfer !== undefined;
    const present = [
      ...keys.filter((key) => cell.has(key)).map((key) => cell.at(key)),
      ...(surroundings && transfer !== undefined ? [surroundings.at('Heat transfer coefficient [W.m-2.K-1]')] : []),
    ];
    for (const path of present) {
      if (complete) this.#mapped.push({ path, to: 'thermal' });
      else
        this.#not(
          path,
          'a heat balance needs density, heat capacity, volume, surface and heat transfer coefficient together',
        );
    }
    if (cell.value('Thermal conductivity [W.m-1.K-1]') !== undefined) {
      this.#not(cell.at('Thermal conductivity [W.m-1.K-1]'), 'the heat balance is lumped: one temperature');
    }
    return complete
      ? { heatCapacity: (density * heat * volume) / area_m2, heatTransfer: (transfer * surface) / area_m2 }
      : null;
  }

  /** Lithium as the file's "User-defined" section describes it, else this program's. */
  #counter(user: BpxSection | undefined): object {
    const given: Record<string, number> = {};
    for (const [key, to] of Object.entries(LITHIUM_KEYS)) {
      const value = user && this.#take(user, key, to, POSITIVE);
      if (value !== undefined) given[to] = value;
    }
    for (const key of user?.unread() ?? []) {
      if (key !== 'description')
        this.#not(user!.at(key), 'user-defined, and none of the names that this program knows');
    }
    const thickness = given['counter.thickness'] ?? LITHIUM_THICKNESS_M;
    if (given['counter.thickness'] === undefined) {
      this.#warnings.push(
        `BPX describes no lithium metal; the counter electrode is ${LITHIUM_THICKNESS_M * 1e6} µm of it, with the kinetics and film that this program assumes.`,
      );
    }
    const film = {
      ...('counter.interphase.thickness' in given ? { thickness: given['counter.interphase.thickness'] } : {}),
      ...('counter.interphase.conductivity' in given ? { conductivity: given['counter.interphase.conductivity'] } : {}),
    };
    return {
      kind: 'lithium',
      thickness,
      ...('counter.areaRatio' in given ? { areaRatio: given['counter.areaRatio'] } : {}),
      ...('counter.kinetics.exchangeCurrent' in given
        ? { kinetics: { exchangeCurrent: given['counter.kinetics.exchangeCurrent'] } }
        : {}),
      ...(Object.keys(film).length > 0 ? { interphase: [{ material: 'native', ...film }] } : {}),
    };
  }

  /** Everything of the file that nobody asked for, with its reason. */
  #leftOver(
    parameters: BpxSection,
    state: BpxSection | undefined,
    conditions: BpxSection | undefined,
    surroundings: BpxSection | undefined,
    ...sections: readonly (BpxSection | undefined)[]
  ): void {
    if (parameters.has('Negative electrode')) {
      this.#not(parameters.at('Negative electrode'), 'lithium metal takes its place');
    }
    parameters.value('Negative electrode');
    const degradation = state?.section('Degradation');
    if (degradation)
      this.#not(degradation.path, 'the cell starts fresh: lost lithium and lost active material are not simulated');
    for (const key of conditions?.unread() ?? []) {
      if (/hysteresis/iu.test(key)) {
        this.#not(conditions!.at(key), 'hysteresis of the open-circuit potential is not simulated');
        conditions!.value(key);
      }
    }
    for (const key of ['Header', 'Validation']) this.#root.value(key);
    for (const section of [this.#root, parameters, state, conditions, surroundings, ...sections]) {
      if (section) this.#unknown(section);
    }
  }

  #unknown(section: BpxSection): void {
    for (const key of section.unread()) this.#not(section.at(key), 'no parameter of BPX that this program knows');
  }

  #validation(): readonly BpxValidation[] {
    const section = this.#root.section('Validation');
    return (section?.keys() ?? []).flatMap((name) => {
      const run = section!.section(name);
      if (!run) return [];
      const column = (key: string) => {
        const values = run.value(key);
        return Array.isArray(values) && values.every((one) => typeof one === 'number')
          ? (values as readonly number[])
          : undefined;
      };
      const [time_s, current_A, voltage_V] = [column('Time [s]'), column('Current [A]'), column('Voltage [V]')];
      const temperature_K = column('Temperature [K]') ?? null;
      const equal =
        time_s && [current_A, voltage_V, temperature_K ?? time_s].every((values) => values?.length === time_s.length);
      if (!equal || !current_A || !voltage_V) {
        this.#warnings.push(
          `The validation run ${shown(name)} is left out: it lacks a column, or its columns differ in length.`,
        );
        return [];
      }
      return [{ name, time_s, current_A, voltage_V, temperature_K }];
    });
  }

  /** Parses the file that was put together; what is amiss there is told at the place of the BPX file it came from. */
  #asCell(file: object, where: string): Cell {
    try {
      return parseCell(file);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const origin = (path: string) =>
        this.#mapped.find(({ to }) => path === to || path.startsWith(`${to}.`) || path.startsWith(`${to}[`))?.path;
      throw new InputError(
        error.issues.map((issue) => ({ ...issue, where: origin(issue.where) ?? joinPath(where, issue.where) })),
      );
    }
  }
}

interface CathodeContext {
  readonly concentration: number;
  readonly referenceTemperature_K: number;
  readonly temperature_K: number;
  readonly soc: number;
  readonly halved: boolean;
  readonly isSpm: boolean;
}

/** Potential of a charged graphite electrode against lithium, rounded up. */
const NEGATIVE_ELECTRODE_V = 0.2;

/** exp[−(E/R)(1/298.15 − 1/T_ref)]: a constant stated at T_ref, at 298.15 K. */
function arrheniusFactor(energy_J_per_mol: number, referenceTemperature_K: number): number {
  if (referenceTemperature_K === ROOM_TEMPERATURE_K || energy_J_per_mol === 0) return 1;
  return exp((-energy_J_per_mol / R) * (1 / ROOM_TEMPERATURE_K - 1 / referenceTemperature_K));
}

function scaled(law: BpxFunction, factor: number): BpxFunction {
  if (factor === 1) return law;
  if (typeof law === 'number') return law * factor;
  if (typeof law === 'string') return `${factor}*(${law})`;
  return { x: law.x, y: law.y.map((value) => value * factor) };
}

function shifted(law: BpxFunction, by: number): BpxFunction {
  if (by === 0) return law;
  if (typeof law === 'number') return law + by;
  if (typeof law === 'string') return `${by} + (${law})`;
  return { x: law.x, y: law.y.map((value) => value + by) };
}
