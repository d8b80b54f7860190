// Materials as `limetal show` gives them: everything by that name, each value with unit, tag and source, and a list of all.

import {
  ADDITIVES,
  additiveMaterial,
  CATHODES,
  COATINGS,
  cathodeMaterial,
  coatingMaterial,
  ELECTROLYTES,
  findElectrolyte,
  HOSTS,
  hostMaterial,
  LAYERS,
  LIBRARY,
  LIBRARY_CLASSES,
  type LibraryMaterial,
  type LibraryNumber,
  type LibraryProperty,
  layerMaterial,
  libraryMaterial,
  namesOf,
  SEPARATORS,
  SUBSTRATES,
  separatorMaterial,
  substrateMaterial,
  TRANSPORT_LAWS,
} from '../materials/index.ts';
import { type Fact, factsOf, factTable, sourcedFact } from './facts.ts';
import { table, wrap } from './text-table.ts';

const COLUMNS = 100;

/** One thing by that name: what it is, its data, and remarks about the match. */
export interface Finding {
  readonly kind:
    | 'electrolyte'
    | 'cathode'
    | 'interphase material'
    | 'collector'
    | 'substrate'
    | 'separator'
    | 'coating'
    | 'host'
    | 'additive'
    | 'library';
  readonly data: {
    readonly id: string;
    readonly name?: string;
    readonly standsFor?: string;
    readonly rows?: readonly string[];
    readonly notes?: readonly string[];
  };
  readonly remark?: string;
}

/** Everything of that name, the kinds that a cell file can name first. */
export function findMaterials(name: string): Finding[] {
  const findings: Finding[] = [];
  const electrolyte = findElectrolyte(name);
  if (electrolyte !== undefined) {
    const { material, exact } = electrolyte;
    const law = TRANSPORT_LAWS.find((entry) => entry.law === material.transport.law);
    const remark = exact ? {} : { remark: `same components as "${name}"; proportions were not compared` };
    findings.push({
      kind: 'electrolyte',
      data: { ...material, ...(law === undefined ? {} : { transportLaw: law }) },
      ...remark,
    });
  }
  const add = (kind: Finding['kind'], data: Finding['data'] | undefined): void => {
    if (data !== undefined) findings.push({ kind, data });
  };
  const substrate = substrateMaterial(name);
  add('cathode', cathodeMaterial(name));
  add('interphase material', layerMaterial(name));
  add(substrate?.collector === true ? 'collector' : 'substrate', substrate);
  add('separator', separatorMaterial(name));
  add('coating', coatingMaterial(name));
  add('host', hostMaterial(name));
  add('additive', additiveMaterial(name));
  add('library', libraryMaterial(name));
  return findings;
}

/** Every name of a material, for "did you mean". */
export function materialNames(): string[] {
  const named = [ELECTROLYTES, CATHODES, LAYERS, SUBSTRATES, SEPARATORS, COATINGS, HOSTS, ADDITIVES, LIBRARY];
  return [...new Set(named.flatMap((entries) => entries.flatMap((entry) => namesOf(entry))))];
}

export function materialText({ kind, data, remark }: Finding): string {
  const { notes = [], standsFor, rows = [], name, id, ...facts } = data;
  const what = kind === 'library' ? `${(data as LibraryMaterial).class}, from the library` : kind;
  const lines = [wrap(`${id}: ${name === undefined || name === id ? '' : `${name}, `}${what}`, COLUMNS, '  ')];
  const paragraphs = [
    ...(remark === undefined ? [] : [remark]),
    ...(standsFor === undefined ? [] : [standsFor]),
    ...(rows.length === 0 ? [] : [`In row${rows.length === 1 ? '' : 's'} ${rows.join(', ')} of the tables.`]),
    ...notes,
  ];
  lines.push(...paragraphs.map((text) => wrap(text, COLUMNS, '  ')), '');
  if (kind === 'library') lines.push(libraryText(data as LibraryMaterial));
  else lines.push(factTable(factsOf(facts), COLUMNS));
  return lines.join('\n');
}

const DEGREES = 180 / Math.PI;

/** A number of the library as a row; a range without a value stands under value. */
function libraryFact(property: LibraryNumber): Fact {
  const { quantity, value, unit, tag, source, range } = property;
  const factor = unit === 'rad' ? DEGREES : 1;
  const shown = unit === 'rad' ? '°' : unit;
  const scaled = range && ([range[0] * factor, range[1] * factor] as const);
  const of = (x: number): Fact =>
    sourcedFact(quantity, {
      value: x * factor,
      unit: shown,
      tag,
      source,
      ...(scaled === undefined ? {} : { range: scaled }),
    });
  if (value !== null) return of(value);
  const { range: text, ...rest } = of(range![1]);
  return { ...rest, value: text, range: '' };
}

/** What belongs under a number: reaction, temperature, conditions, and how it was given where that reads otherwise. */
function circumstances(property: LibraryProperty, shown: string): string {
  if ('statement' in property) return '';
  const { conditions, reaction, formula, temperature_K, printed, unit } = property;
  const parts = [
    ...(reaction === undefined ? [] : [reaction]),
    ...(formula === undefined ? [] : [formula]),
    ...(temperature_K === undefined ? [] : [`${temperature_K} K`]),
    ...(conditions === undefined ? [] : [conditions]),
    ...(printed === undefined || printed === shown || unit === 'rad' ? [] : [`given as ${printed}`]),
  ];
  return parts.join('; ');
}

/** Numbers in columns with their circumstances under each, then what is said in words, then the sources. */
function libraryText({ formula, aliases, properties }: LibraryMaterial): string {
  const numberOf = new Map<string, number>();
  for (const { source } of properties) if (!numberOf.has(source)) numberOf.set(source, numberOf.size + 1);
  const numbers = properties.filter((property) => 'value' in property);
  const rows = numbers.map((property) => {
    const { path, value, range, tag, source } = libraryFact(property);
    return [path, value, range, tag, `[${numberOf.get(source)}]`];
  });
  const lines = [`Formula ${formula}${aliases.length === 0 ? '' : `; also ${aliases.join(', ')}`}`, ''];
  if (rows.length > 0) {
    const [head, ...body] = table([['', 'value', 'range', 'tag', 'source'], ...rows], 'lllll').split('\n');
    lines.push(head!);
    body.forEach((line, k) => {
      lines.push(line);
      const under = circumstances(numbers[k]!, rows[k]![1]!);
      if (under !== '') lines.push(wrap(under, COLUMNS, '    ', '    '));
    });
  }
  for (const property of properties) {
    if (!('statement' in property)) continue;
    const { quantity, statement, tag, source } = property;
    lines.push(wrap(`${quantity}: ${statement} ${tag} [${numberOf.get(source)}]`, COLUMNS, '    '));
  }
  lines.push('');
  for (const [source, number] of numberOf) lines.push(wrap(`[${number}] ${source}`, COLUMNS, '    '));
  return lines.join('\n');
}

/** An entry of the list of all materials. */
export interface ListedMaterial {
  readonly group: string;
  readonly id: string;
  readonly name: string;
  readonly rows: readonly string[];
}

/** All materials by kind; the library by class. */
export function listedMaterials(): readonly ListedMaterial[] {
  const list = (
    group: string,
    entries: readonly {
      readonly id: string;
      readonly name?: string;
      readonly aliases: readonly string[];
      readonly rows?: readonly string[];
    }[],
  ): ListedMaterial[] =>
    entries.map(({ id, name, aliases, rows = [] }) => ({ group, id, name: name ?? aliases[0] ?? id, rows }));
  return [
    ...list('electrolytes', ELECTROLYTES),
    ...list('cathodes', CATHODES),
    ...list('separators', SEPARATORS),
    ...list('interphase materials', LAYERS),
    ...list('collectors and other substrates', SUBSTRATES),
    ...list('coatings', COATINGS),
    ...list('hosts', HOSTS),
    ...list('additives', ADDITIVES),
    ...LIBRARY_CLASSES.flatMap((of) =>
      list(
        `library: ${of}`,
        LIBRARY.filter((material) => material.class === of),
      ),
    ),
  ];
}

export function listedMaterialsText(): string {
  const lines: string[] = [];
  const all = listedMaterials();
  for (const group of new Set(all.map((entry) => entry.group))) {
    const rows = all
      .filter((entry) => entry.group === group)
      .map(({ id, name, rows: where }) => [`  ${id}`, name === id ? '' : name, where.join(' ')]);
    lines.push(`${group[0]!.toUpperCase()}${group.slice(1)}`, table(rows, 'lll'), '');
  }
  lines.push('The last column names rows of the tables. `limetal show NAME` tells all that is known of one.');
  return lines.join('\n');
}
