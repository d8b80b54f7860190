// All that an object of the materials or cells room says, as rows: a place, a value with its unit, how far it can be
// trusted, and its source. The objects are walked, not listed field by field, so that nothing known stays unshown.

import { fieldText } from '../units/index.ts';
import { significant } from './numbers.ts';
import { table, wrap } from './text-table.ts';

export interface Fact {
  /** Path of the value in its object, such as `kinetics.exchangeCurrent`. */
  readonly path: string;
  readonly value: string;
  readonly range: string;
  readonly tag: string;
  readonly source: string;
}

/** A number with tag and source, whatever else it carries. */
interface SourcedNumber {
  readonly value: number;
  readonly unit: string;
  readonly tag: string;
  readonly source: string;
  readonly range?: readonly [number, number];
}

function isSourced(value: object): value is SourcedNumber {
  return 'value' in value && 'tag' in value && 'source' in value && typeof value.value === 'number';
}

/** The row of a number that knows its source. */
export const sourcedFact = (path: string, { value, unit, tag, source, range }: SourcedNumber): Fact => ({
  path,
  value: fieldText([value], unit),
  range: range === undefined ? '' : fieldText(range, unit, { size_SI: Math.abs(value) }),
  tag,
  source,
});

/** Units of the names in this program, `thickness_m` or `exchangeCurrent_A_per_m2`, as the units room writes them. */
function splitName(name: string): { readonly stem: string; readonly unit: string } {
  const cut = name.indexOf('_');
  if (cut < 0) return { stem: name, unit: '' };
  const [above, ...below] = name
    .slice(cut + 1)
    .replace(/_(min|max)$/, '')
    .split('_per_');
  const words = (part: string): string =>
    part
      .replace(/(\d)_(\d)/g, '$1.$2')
      .replaceAll('_', ' ')
      .replace(/sqrt ([ms])/, '$1^0.5')
      .replace('ohm', 'Ω');
  const under = below.map(words).join(' ');
  const unit = under === '' ? words(above!) : `${words(above!)}/${under.includes(' ') ? `(${under})` : under}`;
  return { stem: name.replace(/_(?!min$|max$).*?(?=_min$|_max$|$)/, ''), unit };
}

/** A function of one variable in a cell: its name, its formula, or its constant. */
function scalarLawText(value: object): string | null {
  const { kind, ...rest } = value as { readonly kind?: unknown } & Readonly<Record<string, unknown>>;
  if (kind === 'constant' && typeof rest.value === 'number') return significant(rest.value, 4);
  if (kind === 'named' && typeof rest.name === 'string') return rest.name;
  if (kind === 'formula' && typeof rest.formula === 'string') return rest.formula;
  if (kind === 'table' && Array.isArray(rest.x)) return `a table of ${rest.x.length} points; --json shows them`;
  return null;
}

const join = (path: string, name: string): string =>
  path === '' ? name : /^\d+$/.test(name) ? `${path}[${name}]` : `${path}.${name}`;

/** Facts of a value in the order in which it holds them; `origin` says where numbers without a source of their own come from. */
export function factsOf(value: unknown, path = '', unit = ''): Fact[] {
  const bare = (text: string): Fact[] => [{ path, value: text, range: '', tag: '', source: '' }];
  if (value === null || value === undefined) return [];
  if (typeof value === 'number') return bare(fieldText([value], unit));
  if (typeof value !== 'object') return bare(String(value));
  if (isSourced(value)) return [sourcedFact(path, value)];
  if (Array.isArray(value)) {
    if (value.length === 0) return [];
    if (value.every((item) => typeof item === 'string')) return bare(value.join('; '));
    if (value.every((item) => typeof item === 'number')) return bare(fieldText(value, unit));
    if (value.every((item) => Array.isArray(item))) return bare(`${value.length} rows of numbers; --json shows them`);
  }
  if ('law' in value && 'formula' in value && 'source' in value) {
    const { law, formula, source } = value as { law: string; formula: string; source: string };
    return [{ path, value: `${law}: ${formula}`, range: '', tag: 'law', source }];
  }
  const law = scalarLawText(value);
  if (law !== null) return bare(law);
  return Object.entries(value).flatMap(([name, member]) => {
    const { stem, unit: memberUnit } = splitName(name);
    return factsOf(member, join(path, stem), memberUnit);
  });
}

/** Widest value in the table; a longer one, such as a formula, stands on lines of its own. */
const VALUE_WIDTH_MAX = 27;

/** The first word of a path is the heading of a group: `counter.kinetics.law` is `kinetics.law` under `counter`. */
function grouped(facts: readonly Fact[]): readonly (readonly [name: string, fact: Fact | null])[] {
  const rows: (readonly [string, Fact | null])[] = [];
  let heading = '';
  for (const fact of facts) {
    const [, first, rest] = /^([^.[]+)(?:\.|(?=\[))(.+)$/.exec(fact.path) ?? [];
    if (first === undefined) {
      heading = '';
      rows.push([fact.path, fact]);
      continue;
    }
    if (first !== heading) rows.push([first, null]);
    heading = first;
    rows.push([`  ${rest}`, fact]);
  }
  return rows;
}

/** Facts as a table with numbered sources under it, at most `columns` wide. */
export function factTable(facts: readonly Fact[], columns: number): string {
  const numberOf = new Map<string, number>();
  for (const { source } of facts) if (source !== '' && !numberOf.has(source)) numberOf.set(source, numberOf.size + 1);
  const isLong = ({ value }: Fact): boolean => value.length > VALUE_WIDTH_MAX;
  const mark = ({ source }: Fact): string => (source === '' ? '' : `[${numberOf.get(source)}]`);
  const rows = grouped(facts.filter((fact) => !isLong(fact))).map(([name, fact]) =>
    fact === null ? [name] : [name, fact.value, fact.range, fact.tag, mark(fact)],
  );
  const lines = rows.length === 0 ? [] : [table([['', 'value', 'range', 'tag', 'source'], ...rows], 'lllll')];
  for (const fact of facts.filter(isLong)) {
    const parts = [`${fact.path}:`, fact.value, fact.tag, mark(fact)].filter((part) => part !== '');
    lines.push(wrap(parts.join(' '), columns, '    '));
  }
  if (numberOf.size > 0) {
    lines.push('');
    for (const [source, number] of numberOf) lines.push(wrap(`[${number}] ${source}`, columns, '    '));
  }
  return lines.join('\n');
}
