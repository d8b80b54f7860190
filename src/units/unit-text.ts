// Reads a unit as people write it ("mA cm⁻²", "mA/cm2", "Ω·cm^2", "W/(m2 K)") into powers of the SI base units and a factor.
// A unit is composed from prefix, symbol and exponent, so every sensible product is known without being listed.
//
// The factor is kept as num/den · 10^exponent10, not as one floating-point number. A quantity is then read as
// Number('20e-6') and not as 20 * 1e-6, so "20 µm" is exactly the number 2e-5, and printing gives "20 µm" back.

/** Powers of m, kg, s, A, K, mol. */
export type BasePowers = readonly [number, number, number, number, number, number];

export interface UnitFactor {
  readonly powers: BasePowers;
  readonly num: number;
  readonly den: number;
  /** Whole power of ten. */
  readonly exponent10: number;
  /** Zero of a temperature scale in its own degrees below the printed zero: K = (x + offset)·num/den. Only for a lone °C or °F. */
  readonly offset: number;
  /** The same unit with its nice symbols, µ for u and Ω for ohm. */
  readonly text: string;
}

export type UnitReading =
  | { readonly ok: true; readonly readings: readonly UnitFactor[] }
  | { readonly ok: false; readonly unknown: string };

/** Longest text of a quantity or a unit that is looked at; more is refused unread. */
export const QUANTITY_TEXT_LENGTH_MAX = 200;
const EXPONENT_MAX = 9;
const BRACKET_DEPTH_MAX = 8;

interface UnitSymbol {
  /** First name is the one printed. */
  readonly names: readonly string[];
  readonly powers: BasePowers;
  readonly num?: number;
  readonly den?: number;
  readonly exponent10?: number;
  readonly offset?: number;
  /** Allowed prefixes, one letter each. A mega-ampere is a slip for mA, never meant, so M is given to few units. */
  readonly prefixes?: string;
  /** Names written out; matched whatever their case, with prefixes written out too. */
  readonly words?: readonly string[];
}

const PREFIX_EXPONENT10: Readonly<Record<string, number>> = {
  f: -15,
  p: -12,
  n: -9,
  µ: -6,
  m: -3,
  c: -2,
  d: -1,
  k: 3,
  M: 6,
  G: 9,
};
const PREFIX_WORD: Readonly<Record<string, string>> = {
  f: 'femto',
  p: 'pico',
  n: 'nano',
  µ: 'micro',
  m: 'milli',
  c: 'centi',
  d: 'deci',
  k: 'kilo',
  M: 'mega',
  G: 'giga',
};

const NONE: BasePowers = [0, 0, 0, 0, 0, 0];
const SECOND: BasePowers = [0, 0, 1, 0, 0, 0];
const KELVIN: BasePowers = [0, 0, 0, 0, 1, 0];
const COULOMB: BasePowers = [0, 0, 1, 1, 0, 0];
const JOULE: BasePowers = [2, 1, -2, 0, 0, 0];
const PASCAL: BasePowers = [-1, 1, -2, 0, 0, 0];

const SYMBOLS: readonly UnitSymbol[] = [
  { names: ['m'], powers: [1, 0, 0, 0, 0, 0], prefixes: 'fpnµmcdk', words: ['meter', 'metre', 'meters', 'metres'] },
  { names: ['µm'], powers: [1, 0, 0, 0, 0, 0], exponent10: -6, words: ['micron', 'microns'] },
  { names: ['Å'], powers: [1, 0, 0, 0, 0, 0], exponent10: -10, words: ['angstrom', 'angstroms', 'ångström'] },
  {
    names: ['L', 'l'],
    powers: [3, 0, 0, 0, 0, 0],
    exponent10: -3,
    prefixes: 'nµmcd',
    words: ['liter', 'litre', 'liters', 'litres'],
  },
  { names: ['g'], powers: [0, 1, 0, 0, 0, 0], exponent10: -3, prefixes: 'pnµmk', words: ['gram', 'grams'] },
  { names: ['s'], powers: SECOND, prefixes: 'pnµm', words: ['sec', 'secs', 'second', 'seconds'] },
  { names: ['min'], powers: SECOND, num: 60, words: ['mins', 'minute', 'minutes'] },
  { names: ['h'], powers: SECOND, num: 3600, words: ['hr', 'hrs', 'hour', 'hours'] },
  { names: ['d'], powers: SECOND, num: 86400, words: ['day', 'days'] },
  { names: ['week'], powers: SECOND, num: 604800, words: ['weeks'] },
  { names: ['year'], powers: SECOND, num: 31557600, words: ['years', 'yr'] },
  { names: ['Hz'], powers: [0, 0, -1, 0, 0, 0], prefixes: 'µmkMG', words: ['hertz'] },
  { names: ['A'], powers: [0, 0, 0, 1, 0, 0], prefixes: 'fpnµmk', words: ['amp', 'amps', 'ampere', 'amperes'] },
  { names: ['Ah'], powers: COULOMB, num: 3600, prefixes: 'nµmk' },
  { names: ['As'], powers: COULOMB, prefixes: 'µm' },
  { names: ['C'], powers: COULOMB, prefixes: 'pnµmk', words: ['coulomb', 'coulombs'] },
  { names: ['V'], powers: [2, 1, -3, -1, 0, 0], prefixes: 'nµmk', words: ['volt', 'volts'] },
  { names: ['W'], powers: [2, 1, -3, 0, 0, 0], prefixes: 'nµmk', words: ['watt', 'watts'] },
  { names: ['Wh'], powers: JOULE, num: 3600, prefixes: 'µmk' },
  { names: ['J'], powers: JOULE, prefixes: 'nµmkM', words: ['joule', 'joules'] },
  // 2018 CODATA, exact.
  { names: ['eV'], powers: JOULE, num: 1.602176634, exponent10: -19, prefixes: 'µmk' },
  { names: ['cal'], powers: JOULE, num: 4.184, prefixes: 'k' },
  { names: ['Ω', 'Ohm', 'ohm', 'OHM'], powers: [2, 1, -3, -2, 0, 0], prefixes: 'nµmkMG', words: ['ohms'] },
  { names: ['S'], powers: [-2, -1, 3, 2, 0, 0], prefixes: 'pnµm', words: ['siemens'] },
  { names: ['F'], powers: [-2, -1, 4, 2, 0, 0], prefixes: 'fpnµm', words: ['farad', 'farads'] },
  { names: ['K'], powers: KELVIN, prefixes: 'µmk', words: ['kelvin', 'kelvins'] },
  { names: ['°C', 'oC'], powers: KELVIN, offset: 273.15, words: ['celsius'] },
  { names: ['°F'], powers: KELVIN, num: 5, den: 9, offset: 459.67, words: ['fahrenheit'] },
  { names: ['mol'], powers: [0, 0, 0, 0, 0, 1], prefixes: 'pnµmk', words: ['mole', 'moles'] },
  { names: ['M'], powers: [-3, 0, 0, 0, 0, 1], exponent10: 3, prefixes: 'nµm', words: ['molar'] },
  { names: ['N'], powers: [1, 1, -2, 0, 0, 0], prefixes: 'nµmk', words: ['newton', 'newtons'] },
  { names: ['Pa'], powers: PASCAL, prefixes: 'µmkMG', words: ['pascal', 'pascals'] },
  { names: ['bar'], powers: PASCAL, exponent10: 5, prefixes: 'mk' },
  { names: ['atm'], powers: PASCAL, num: 101325 },
  { names: ['psi'], powers: PASCAL, num: 6894.757293168 },
  { names: ['Torr'], powers: PASCAL, num: 101325, den: 760, words: ['torr'] },
  { names: ['%'], powers: NONE, exponent10: -2, words: ['percent'] },
  { names: ['wt%'], powers: NONE, exponent10: -2 },
  { names: ['vol%'], powers: NONE, exponent10: -2 },
  { names: ['mol%'], powers: NONE, exponent10: -2 },
  { names: ['‰'], powers: NONE, exponent10: -3 },
  { names: ['ppm'], powers: NONE, exponent10: -6 },
];

interface Spelling {
  readonly symbol: UnitSymbol;
  readonly exponent10: number;
  readonly nice: string;
}

/** Every spelling of every symbol. Names stand before prefixed forms, so that "min" and "mol" are never a milli-something. */
const { SPELLINGS, WORDS } = /* @__PURE__ */ spellings();

function spellings(): { SPELLINGS: ReadonlyMap<string, Spelling>; WORDS: ReadonlyMap<string, Spelling> } {
  const exact = new Map<string, Spelling>();
  const words = new Map<string, Spelling>();
  const add = (to: Map<string, Spelling>, name: string, spelling: Spelling) => {
    if (!to.has(name)) to.set(name, spelling);
  };
  for (const symbol of SYMBOLS) {
    const spelling = { symbol, exponent10: symbol.exponent10 ?? 0, nice: symbol.names[0]! };
    for (const name of symbol.names) add(exact, name, spelling);
    for (const word of symbol.words ?? []) add(words, word, spelling);
  }
  for (const symbol of SYMBOLS) {
    for (const prefix of symbol.prefixes ?? '') {
      const exponent10 = (symbol.exponent10 ?? 0) + PREFIX_EXPONENT10[prefix]!;
      const spelling = { symbol, exponent10, nice: prefix + symbol.names[0]! };
      for (const name of symbol.names) {
        add(exact, prefix + name, spelling);
        if (prefix === 'µ') add(exact, `u${name}`, spelling);
      }
      for (const word of [...(symbol.words ?? []), ...symbol.names.filter((name) => name === 'ohm')]) {
        add(words, PREFIX_WORD[prefix]! + word, spelling);
      }
    }
  }
  return { SPELLINGS: exact, WORDS: words };
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '⁺': '+',
  '⁻': '-',
  '⁰': '0',
  '¹': '1',
  '²': '2',
  '³': '3',
  '⁴': '4',
  '⁵': '5',
  '⁶': '6',
  '⁷': '7',
  '⁸': '8',
  '⁹': '9',
};
const SUPERSCRIPT_RUN = /[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[·⋅.˙ᐟ⁄/∕][⁰¹²³⁴⁵⁶⁷⁸⁹]+)?/gu;

/** One spelling for each sign: superscripts become ^n, every micro µ, every ohm Ω, every minus -, every product dot ·. */
export function tidyText(text: string): string {
  return text
    .replace(
      SUPERSCRIPT_RUN,
      (run) => `^${[...run].map((c) => SUPERSCRIPTS[c] ?? (/[ᐟ⁄/∕]/u.test(c) ? '/' : '.')).join('')}`,
    )
    .replace(/[⁻]/gu, '-')
    .replace(/½/gu, '0.5')
    .replace(/[˚∘]/gu, '°')
    .normalize('NFKC')
    .replace(/μ/gu, 'µ')
    .replace(/[−–‐‑]/gu, '-')
    .replace(/[⋅∙•‧∗]/gu, '·')
    .replace(/[∕⁄÷]/gu, '/')
    .replace(/\s+/gu, ' ')
    .trim();
}

/**
 * Reads a unit. Two readings come back where a product follows a solidus without brackets ("W/m2 K"): W/m2·K and W/(m2·K);
 * who wants a certain dimension takes the one that fits. An empty text is the unit 1.
 */
export function readUnit(unitText: string): UnitReading {
  if (unitText.length > QUANTITY_TEXT_LENGTH_MAX) return { ok: false, unknown: `${unitText.slice(0, 20)}…` };
  const text = tidyText(unitText)
    .replace(/(?:°|\bdeg(?:rees?)?\.?) ?([CFK])\b/gu, (_, scale: string) => (scale === 'K' ? 'K' : `°${scale}`))
    .replace(/\b(wt|vol|mol)\.? ?%/giu, (_, basis: string) => `${basis.toLowerCase()}%`)
    .replace(/% ?\(?(wt|vol|mol)\b\.?\)?/giu, (_, basis: string) => `${basis.toLowerCase()}%`)
    .replace(/\bw%/gu, 'wt%')
    .replace(/\bv%/gu, 'vol%');
  const strict = readProduct(text, false);
  if (!strict.ok) return strict;
  const wide = readProduct(text, true);
  if (!wide.ok || samePowers(wide.factor.powers, strict.factor.powers)) return { ok: true, readings: [strict.factor] };
  return { ok: true, readings: [strict.factor, wide.factor] };
}

export function samePowers(a: BasePowers, b: BasePowers): boolean {
  return a.every((power, k) => Math.abs(power - b[k]!) < 1e-9);
}

/** Spellings that differ from an unknown symbol only by case, best guess first; for a hint. */
export function caseSlips(symbol: string): readonly string[] {
  const lower = symbol.toLowerCase();
  return [
    ...new Set(
      [...SPELLINGS].filter(([name]) => name.toLowerCase() === lower && name !== symbol).map(([, s]) => s.nice),
    ),
  ];
}

type ProductReading =
  | { readonly ok: true; readonly factor: UnitFactor }
  | { readonly ok: false; readonly unknown: string };

const SYMBOL = /^(?:°[CF]|(?:wt|vol|mol)?%|‰|[A-Za-zµΩÅåö]+)/u;
const EXPONENT_AFTER_CARET =
  /^ ?(?:\^|\*\*) ?(?:\( ?([+-]?\d+(?:\.\d+)?(?: ?\/ ?\d+)?) ?\)|\{ ?([+-]?\d+(?:\.\d+)?(?: ?\/ ?\d+)?) ?\}|([+-]?\d+(?:\.\d+)?(?:\/\d+)?))/u;
const EXPONENT_PLAIN = /^([+-]?\d+(?:\.\d+)?(?:\/\d+)?)/u;

/** One pass over the text. `wide`: what follows a solidus is all below it, up to the end of the bracket. */
function readProduct(text: string, wide: boolean): ProductReading {
  const powers: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
  let num = 1;
  let den = 1;
  let exponent10 = 0;
  let offset = 0;
  let factors = 0;
  let nice = '';
  // The sign of the exponents inside the open brackets, innermost last, and whether the next factor stands below a solidus.
  const signs: number[] = [1];
  const outerBelow: boolean[] = [];
  let below = false;
  let wanted = false;
  let rest = text;
  const take = (length: number) => {
    const taken = rest.slice(0, length);
    rest = rest.slice(length);
    return taken;
  };
  while (rest !== '') {
    if (rest.startsWith(' ')) {
      take(1);
      continue;
    }
    if (/^[([]/u.test(rest)) {
      if (signs.length > BRACKET_DEPTH_MAX) return { ok: false, unknown: rest };
      signs.push(signs.at(-1)! * (below ? -1 : 1));
      outerBelow.push(below);
      nice += nice === '' || /[/(]$/u.test(nice) ? '(' : ' (';
      below = false;
      wanted = true;
      take(1);
      continue;
    }
    if (/^[)\]]/u.test(rest)) {
      if (signs.length === 1 || wanted) return { ok: false, unknown: rest[0]! };
      signs.pop();
      nice += ')';
      below = outerBelow.pop()! && wide;
      take(1);
      continue;
    }
    const perWord = /^per\b ?/iu.exec(rest);
    if (rest.startsWith('/') || perWord) {
      if (wanted) return { ok: false, unknown: rest[0]! };
      take(perWord ? perWord[0].length : 1);
      nice += nice === '' ? '1/' : '/';
      below = true;
      wanted = true;
      continue;
    }
    if (/^(?:[·×.]|\*(?!\*)|-(?=[A-Za-zµΩ]))/u.test(rest)) {
      if (wanted || nice === '') return { ok: false, unknown: rest[0]! };
      take(1);
      wanted = true;
      continue;
    }
    // "1/h": the 1 is only a place-holder.
    if (factors === 0 && /^1(?= ?(?:\/|per\b))/u.test(rest)) {
      nice += take(1);
      continue;
    }
    const found = SYMBOL.exec(rest);
    const spelling = found && (SPELLINGS.get(found[0]) ?? WORDS.get(found[0].toLowerCase()));
    if (!found || !spelling) return { ok: false, unknown: found ? found[0] : rest.slice(0, 20) };
    take(found[0].length);
    let exponent = 1;
    let exponentText = '';
    const caret = EXPONENT_AFTER_CARET.exec(rest);
    const plain = caret ? null : EXPONENT_PLAIN.exec(rest);
    if (caret || plain) {
      const [above, under] = (caret ? (caret[1] ?? caret[2] ?? caret[3])! : plain![1]!).replace(/ /gu, '').split('/');
      exponent = Number(above) / (under === undefined ? 1 : Number(under));
      exponentText = Number.isInteger(exponent) ? `${exponent}` : `^${exponent}`;
      take((caret ?? plain)![0].length);
    }
    if (!Number.isFinite(exponent) || exponent === 0 || Math.abs(exponent) > EXPONENT_MAX) {
      return { ok: false, unknown: `${found[0]}${exponentText}` };
    }
    const { symbol } = spelling;
    const p = exponent * signs.at(-1)! * (below ? -1 : 1);
    for (let k = 0; k < powers.length; k++) powers[k]! += symbol.powers[k]! * p;
    const above = (symbol.num ?? 1) ** Math.abs(p);
    const under = (symbol.den ?? 1) ** Math.abs(p);
    num *= p > 0 ? above : under;
    den *= p > 0 ? under : above;
    exponent10 += spelling.exponent10 * p;
    offset = factors === 0 && p === 1 ? (symbol.offset ?? 0) : 0;
    nice += `${nice === '' || /[/(]$/u.test(nice) ? '' : ' '}${spelling.nice}${exponentText}`;
    factors++;
    wanted = false;
    below = below && wide;
  }
  if (wanted || signs.length > 1) return { ok: false, unknown: text };
  // A root of a prefix ("ms^0.5") leaves half a power of ten, which joins the factor.
  const whole = Math.floor(exponent10 + 1e-9);
  if (Math.abs(exponent10 - whole) > 1e-9) num *= 10 ** (exponent10 - whole);
  const common = commonDivisor(num, den);
  return { ok: true, factor: { powers, num: num / common, den: den / common, exponent10: whole, offset, text: nice } };
}

function commonDivisor(a: number, b: number): number {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) return 1;
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
