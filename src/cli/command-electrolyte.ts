// `limetal electrolyte`: what a name of an electrolyte means, in amounts, and what was guessed to read it.

import { builtInFile, type Cell, parseCell } from '../cells/index.ts';
import {
  type Component,
  type Composition,
  type CompositionDescriptors,
  compositionDescriptors,
  electrolyteClass,
  tryElectrolyte,
} from '../materials/index.ts';
import { transportLaw } from '../physics/index.ts';
import { formatIssue, InputError, type Issue, shortened } from '../units/index.ts';
import { namesFromFile, namesFromWords } from './electrolyte-names.ts';
import { jsonParts } from './json-document.ts';
import { significant } from './numbers.ts';
import { EXIT, type ExitCode, outParts, type Terminal } from './terminal.ts';
import { labelled, table, wrap } from './text-table.ts';

export interface ElectrolyteOptions {
  readonly file?: string;
  readonly json?: boolean;
}

const COLUMNS = 100;
/** A list with more names than this is shown one line for each. */
const IN_FULL_MAX = 5;
const TEMPERATURE_K = 298.15;
/** The cell whose other parts do not matter where only its electrolyte is asked for. */
const ANY_CELL = 'li-cu-carbonate';

/** What each source says of an electrolyte that stands for this one; it is said once for all of them. */
const STANDING_IN = /; [^;]* stands for it.*$/s;

/** A name with what it means, or why it means nothing. */
type Reading =
  | { readonly text: string; readonly composition: Composition }
  | { readonly text: string; readonly issues: readonly Issue[] };

/** The transport properties that a run would use. */
interface Transport {
  readonly concentration_mol_per_m3: number;
  readonly conductivity_S_per_m: number;
  readonly diffusivity_m2_per_s: number;
  readonly transferenceNumber: number;
  readonly thermodynamicFactor: number;
  /** Where they come from, and which electrolyte stands for this one if one does. */
  readonly sources: readonly string[];
}

export async function electrolyte(
  names: readonly string[],
  { file, json }: ElectrolyteOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const listed = file === undefined ? [] : await namesFromFile(file, terminal);
  const wanted = [...namesFromWords(names), ...listed];
  if (wanted.length === 0) {
    throw new InputError([
      { where: 'electrolyte', found: 'no name', wanted: 'a name such as "1 M LiPF6 in EC/DEC (1:1 v/v)", or --file' },
    ]);
  }
  const readings = wanted.map(read);
  const failed = readings.filter((reading) => 'issues' in reading);
  if (json === true) outParts(terminal, jsonParts(document(readings, failed.length)));
  else {
    const inFull = readings.length <= IN_FULL_MAX;
    const shown = readings.flatMap((reading) => ('composition' in reading ? [reading.composition] : []));
    if (inFull) terminal.out(shown.map((composition) => `${inDetail(composition)}\n`).join('\n'));
    else if (shown.length > 0) terminal.out(`${overview(shown)}\n`);
    for (const { text, issues } of failed) terminal.err(`${faults(text, issues)}\n`);
    if (wanted.length > 1)
      terminal.out(`${shown.length > 0 ? '\n' : ''}${countLine(readings.length, failed.length)}\n`);
  }
  return failed.length === 0 ? EXIT.done : EXIT.badInput;
}

function read(text: string): Reading {
  const found = tryElectrolyte(text);
  return found instanceof InputError ? { text, issues: found.issues } : { text, composition: found };
}

const countLine = (all: number, failed: number): string =>
  `${all} names: ${all - failed} read, ${failed === 0 ? 'none' : failed} not`;

const faults = (text: string, issues: readonly Issue[]): string =>
  [`"${shortened(text)}" cannot be read:`, ...issues.map((issue) => `  ${formatIssue(issue)}`)].join('\n');

/** What a run of any cell with this electrolyte would take for its transport. */
function transportOf({ canonical }: Composition): Transport | null {
  let cell: Cell;
  try {
    cell = parseCell({ ...builtInFile(ANY_CELL), electrolyte: canonical });
  } catch (error) {
    // Some compositions can be read and not be run: too little salt, for one.
    if (error instanceof InputError) return null;
    throw error;
  }
  const c = Float64Array.of(cell.electrolyte.concentration_mol_per_m3);
  const [kappa, D, tPlus, tdf] = [new Float64Array(1), new Float64Array(1), new Float64Array(1), new Float64Array(1)];
  transportLaw(cell.electrolyte).valuesInto(1, c, TEMPERATURE_K, kappa, D, tPlus, tdf);
  const assumed = ['conductivity', 'diffusivity', 'transferenceNumber', 'thermodynamicFactor'].flatMap((name) =>
    cell.assumptions
      .filter(({ path }) => path === `electrolyte.${name}`)
      .map(({ tag, source }) => `${WORDS[name]}: ${tag}, ${source.replace(STANDING_IN, '')}`),
  );
  return {
    concentration_mol_per_m3: c[0]!,
    conductivity_S_per_m: kappa[0]!,
    diffusivity_m2_per_s: D[0]!,
    transferenceNumber: tPlus[0]!,
    thermodynamicFactor: tdf[0]!,
    sources: [...cell.sources.filter((source) => source.startsWith('electrolyte')), ...assumed],
  };
}

const WORDS: Readonly<Record<string, string>> = {
  conductivity: 'conductivity',
  diffusivity: 'diffusivity',
  transferenceNumber: 'transference number',
  thermodynamicFactor: 'thermodynamic factor',
};

function inDetail(composition: Composition): string {
  const { text, canonical, components, density_kg_per_m3, confidence, reasons } = composition;
  const found = compositionDescriptors(composition);
  const lines = [wrap(canonical, COLUMNS, '  ')];
  if (text.trim() !== canonical) lines.push(labelled('As written', text, COLUMNS));
  lines.push(
    labelled('Class', electrolyteClass(composition), COLUMNS),
    labelled(
      'Confidence',
      `${significant(confidence, 2)}${reasons.length === 0 ? ': nothing was guessed' : ''}`,
      COLUMNS,
    ),
    ...reasons.map((reason) => labelled('', reason, COLUMNS)),
    '',
    componentTable(components),
    '',
    labelled('Density', `${significant(density_kg_per_m3 / 1000, 4)} g/mL, volumes added without change`, COLUMNS),
    ...descriptorLines(found),
  );
  const notes = components.flatMap(({ chemical }) => chemical.notes.map((note) => `${chemical.id}: ${note}`));
  for (const note of notes) lines.push(labelled('Note', note, COLUMNS));
  const transport = transportOf(composition);
  if (transport !== null) lines.push('', ...transportLines(transport));
  return lines.join('\n');
}

function componentTable(components: readonly Component[]): string {
  const head = ['role', 'component', 'formula', 'g/mol', 'mol %', 'wt %', 'mol/L', 'mol/kg', 'SMILES'];
  const rows = components.map(({ chemical, role, saturated, ...amount }) => [
    saturated ? `${role}, saturated` : role,
    chemical.id,
    chemical.formula,
    (1000 * chemical.molarMass_kg_per_mol).toFixed(2),
    significant(100 * amount.moleFraction, 4),
    significant(100 * amount.massFraction, 4),
    significant(amount.concentration_mol_per_m3 / 1000, 4),
    significant(amount.molality_mol_per_kg, 4),
    chemical.smiles,
  ]);
  return table([head, ...rows], 'lllrrrrrl');
}

function descriptorLines(found: CompositionDescriptors): readonly string[] {
  if (!Number.isFinite(found.donorSitesPerLithium)) return [];
  const { donorSitesPerLithium, solventPerLithium, diluentPerLithium, freeSolventFraction } = found;
  const molecules = `${significant(solventPerLithium)} molecules that bind it`;
  const others = diluentPerLithium > 0 ? ` and ${significant(diluentPerLithium)} that do not` : '';
  const free = `${Math.round(100 * freeSolventFraction)} % of the ${significant(donorSitesPerLithium)} donor sites are free`;
  return [
    labelled('Lithium', `${significant(found.lithium_mol_per_kg)} mol per kg of all that is not salt`, COLUMNS),
    labelled('Around each', `${molecules}${others}; ${free}`, COLUMNS),
  ];
}

function transportLines(transport: Transport): readonly string[] {
  const values = [
    `${significant(10 * transport.conductivity_S_per_m)} mS/cm`,
    `salt diffusivity ${significant(transport.diffusivity_m2_per_s)} m2/s`,
    `t+ ${significant(transport.transferenceNumber)}`,
    `thermodynamic factor ${significant(transport.thermodynamicFactor)}`,
  ];
  const at = `at ${significant(transport.concentration_mol_per_m3 / 1000)} M and 25 °C, as a run would take it`;
  return [
    labelled('Transport', `${values.join(', ')}; ${at}`, COLUMNS),
    ...transport.sources.map((source) => labelled('', source, COLUMNS)),
  ];
}

function overview(compositions: readonly Composition[]): string {
  const rows = compositions.map((composition) => [
    composition.canonical,
    electrolyteClass(composition),
    significant(composition.confidence, 2),
    significant(compositionDescriptors(composition).lithium_mol_per_kg),
    composition.text.trim() === composition.canonical ? '' : composition.text.trim(),
  ]);
  return table([['electrolyte', 'class', 'conf.', 'Li mol/kg', 'as written'], ...rows], 'llrrl');
}

function document(readings: readonly Reading[], failed: number): Readonly<Record<string, unknown>> {
  return {
    read: readings.length - failed,
    failed,
    electrolytes: readings.map((reading) => {
      if ('issues' in reading) return { text: reading.text, issues: reading.issues };
      const { composition } = reading;
      const { components, ...rest } = composition;
      return {
        ...rest,
        class: electrolyteClass(composition),
        descriptors: compositionDescriptors(composition),
        components: components.map(({ chemical, ...amount }) => ({
          id: chemical.id,
          name: chemical.name,
          family: chemical.family,
          formula: chemical.formula,
          smiles: chemical.smiles,
          molarMass_kg_per_mol: chemical.molarMass_kg_per_mol,
          density_kg_per_m3: chemical.density_kg_per_m3,
          densityTag: chemical.densityTag,
          densitySource: chemical.densitySource,
          ...amount,
          ...(chemical.notes.length > 0 ? { notes: chemical.notes } : {}),
        })),
        transport: transportOf(composition),
      };
    }),
  };
}
