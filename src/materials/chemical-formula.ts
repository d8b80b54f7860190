// Chemical formulas as text: "Al2O3", "Ca(OH)2", "LiOH·H2O", "Fe0.947O", "Li₂CO₃". Read into counts of elements, so that two
// ways to write one substance are one substance.
//
//   formula = part (('·' | '*' | '•') part)*
//   part    = count? group+
//   group   = (element | '(' group+ ')' | '[' group+ ']') count?

import type { Issue } from '../units/index.ts';

/** How many atoms of each element one formula has. */
export type ElementCounts = Readonly<Record<string, number>>;

export type FormulaReading =
  | { readonly ok: true; readonly elements: ElementCounts }
  | { readonly ok: false; readonly issue: Issue };

const LENGTH_MAX = 80;
const DEPTH_MAX = 8;
const COUNT_MAX = 10_000;

export const ELEMENTS: readonly string[] = (
  'H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru ' +
  'Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At ' +
  'Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og'
).split(' ');
const KNOWN = new Set(ELEMENTS);

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** Subscripts as digits, the dots of hydrates as one. `CaSO4.2H2O` has its dot read as that of a hydrate. */
function tidy(text: string): string {
  return text
    .replace(/[₀-₉]/gu, (digit) => String(SUBSCRIPTS.indexOf(digit)))
    .replace(/[•*⋅∙]/gu, '·')
    .replace(/\.(?=\d*H2O$)/u, '·');
}

/** Counts of elements of one formula without charge and state. Never throws; `where` names the formula in the issue. */
export function readFormula(text: string, where: string): FormulaReading {
  const wanted = 'a formula such as Al2O3, Ca(OH)2 or LiOH·H2O';
  const fault = (found: string, hint?: string): FormulaReading => ({
    ok: false,
    issue: { where, found, wanted, ...(hint === undefined ? {} : { hint }) },
  });
  if (text.length > LENGTH_MAX) return fault(`${text.length} characters`, `at most ${LENGTH_MAX}`);
  const source = tidy(text.trim());
  if (source === '') return fault('nothing');

  const totals = new Map<string, number>();
  for (const part of source.split('·')) {
    const [, multiple, groups] = /^(\d+(?:\.\d+)?)?(.*)$/u.exec(part)!;
    const factor = multiple === undefined ? 1 : Number(multiple);
    // The first number belongs to the equation; inside a formula it follows a dot.
    if (groups === '' || (multiple !== undefined && part === source)) return fault(`"${text}"`);
    const open: { closes: string; counts: Map<string, number> }[] = [{ closes: '', counts: new Map() }];
    let at = 0;
    while (at < groups!.length) {
      const rest = groups!.slice(at);
      const [bracket] = rest;
      if (bracket === '(' || bracket === '[') {
        if (open.length > DEPTH_MAX) return fault(`"${text}"`, 'its brackets are nested too deep');
        open.push({ closes: bracket === '(' ? ')' : ']', counts: new Map() });
        at += 1;
        continue;
      }
      const closing = /^([)\]])(\d+(?:\.\d+)?)?/u.exec(rest);
      const element = /^([A-Z][a-z]?)(\d+(?:\.\d+)?)?/u.exec(rest);
      const match = closing ?? element;
      if (match === null) return fault(`"${text}"`, `"${rest.slice(0, 4)}" is no element`);
      const count = match[2] === undefined ? 1 : Number(match[2]);
      if (!(count > 0 && count <= COUNT_MAX)) return fault(`"${text}"`, `${match[2]} is no count of atoms`);
      if (closing !== null) {
        const inner = open.pop()!;
        if (inner.closes !== closing[1] || inner.counts.size === 0) return fault(`"${text}"`, 'look at its brackets');
        const outer = open.at(-1)!.counts;
        for (const [name, n] of inner.counts) outer.set(name, (outer.get(name) ?? 0) + n * count);
      } else {
        const name = element![1]!;
        if (!KNOWN.has(name)) return fault(`"${text}"`, `"${name}" is no element`);
        const counts = open.at(-1)!.counts;
        counts.set(name, (counts.get(name) ?? 0) + count);
      }
      at += match[0].length;
    }
    if (open.length > 1) return fault(`"${text}"`, 'a bracket stays open');
    for (const [name, n] of open[0]!.counts) totals.set(name, (totals.get(name) ?? 0) + n * factor);
  }
  return { ok: true, elements: Object.fromEntries(totals) };
}

/** The same text for all ways to write one composition: elements in alphabetical order with their counts. */
export function compositionKey(elements: ElementCounts): string {
  return Object.keys(elements)
    .sort()
    .map((element) => `${element}${Number(elements[element]!.toPrecision(10))}`)
    .join(' ');
}
