// Quantities as text: "20 µm", "0.5 mA cm⁻²", "C/3", "25 °C". Read into one SI number, checked against the dimension that is
// wanted, and printed back in any unit. Everything that a person types with a unit enters the program here.
//
// What is read: one number and one unit. The number may carry a sign (also the typographic minus), a decimal point or an
// unmistakable decimal comma ("0,5"), and a power of ten ("1e-3", "1.5×10^-3", "10⁻³"). "1,000" could be one or a thousand
// and is refused, so are ranges, "±" and "~": a computation needs one number. The letter C is a coulomb, a degree Celsius or
// a C-rate, and m a metre or mol/kg; the wanted dimension decides. A number without text around it is taken as SI.

import { InputError, type Issue } from './input-error.ts';
import {
  type BasePowers,
  caseSlips,
  QUANTITY_TEXT_LENGTH_MAX,
  readUnit,
  samePowers,
  tidyText,
  type UnitFactor,
} from './unit-text.ts';

export type Dimension = keyof typeof DIMENSIONS;

interface DimensionFacts {
  /** With its article, for a sentence. */
  readonly phrase: string;
  readonly example: string;
  /** The unit of the number that `parseQuantity` returns. */
  readonly si: string;
  /** Usual units, the field's first choice first. */
  readonly units: readonly string[];
  /** What one `si` unit of the text's own powers counts in the returned number: 3600 for a rate, which is per hour. */
  readonly scale?: number;
}

const DIMENSIONS = {
  length: { phrase: 'a length', example: '20 µm', si: 'm', units: ['µm', 'nm', 'mm', 'cm', 'm', 'Å', 'pm'] },
  area: { phrase: 'an area', example: '1.27 cm2', si: 'm2', units: ['cm2', 'mm2', 'µm2', 'm2'] },
  volume: { phrase: 'a volume', example: '40 µL', si: 'm3', units: ['µL', 'mL', 'L', 'cm3', 'nL', 'm3'] },
  time: { phrase: 'a time', example: '30 min', si: 's', units: ['s', 'min', 'h', 'd', 'ms', 'µs', 'week', 'year'] },
  current: { phrase: 'a current', example: '2 mA', si: 'A', units: ['mA', 'A', 'µA', 'nA', 'kA'] },
  'current density': {
    phrase: 'a current density',
    example: '1 mA/cm2',
    si: 'A/m2',
    units: ['mA/cm2', 'A/m2', 'µA/cm2', 'A/cm2', 'nA/cm2', 'mA/mm2'],
  },
  charge: { phrase: 'a charge', example: '5 mAh', si: 'A s', units: ['mAh', 'Ah', 'C', 'µAh', 'mC', 'µC', 'kC'] },
  'areal charge': {
    phrase: 'an areal charge',
    example: '1 mAh/cm2',
    si: 'A s/m2',
    units: ['mAh/cm2', 'µAh/cm2', 'Ah/m2', 'C/cm2', 'C/m2', 'mC/cm2', 'µC/cm2'],
  },
  'volumetric charge': {
    phrase: 'a charge per volume',
    example: '2062 mAh/cm3',
    si: 'A s/m3',
    units: ['mAh/cm3', 'Ah/L', 'C/m3'],
  },
  voltage: { phrase: 'a voltage', example: '4.2 V', si: 'V', units: ['V', 'mV', 'µV', 'kV'] },
  'voltage rate': {
    phrase: 'a voltage rate',
    example: '0.1 mV/s',
    si: 'V/s',
    units: ['mV/s', 'V/s', 'mV/h', 'mV/min'],
  },
  'electric field': {
    phrase: 'an electric field',
    example: '10 V/m',
    si: 'V/m',
    units: ['V/m', 'V/cm', 'mV/cm', 'mV/nm'],
  },
  power: { phrase: 'a power', example: '5 mW', si: 'W', units: ['mW', 'W', 'µW', 'kW'] },
  'areal power': {
    phrase: 'a power per area',
    example: '4 mW/cm2',
    si: 'W/m2',
    units: ['mW/cm2', 'W/m2', 'W/cm2', 'µW/cm2'],
  },
  energy: { phrase: 'an energy', example: '3.7 mWh', si: 'J', units: ['Wh', 'mWh', 'J', 'kJ', 'kWh'] },
  'specific energy': {
    phrase: 'an energy per mass',
    example: '350 Wh/kg',
    si: 'J/kg',
    units: ['Wh/kg', 'kJ/kg', 'J/g', 'J/kg'],
  },
  'volumetric energy': {
    phrase: 'an energy per volume',
    example: '900 Wh/L',
    si: 'J/m3',
    units: ['Wh/L', 'J/m3', 'J/cm3', 'kJ/L'],
  },
  resistance: { phrase: 'a resistance', example: '4 Ω', si: 'Ω', units: ['Ω', 'mΩ', 'kΩ', 'MΩ'] },
  'areal resistance': {
    phrase: 'an areal resistance',
    example: '20 Ω cm2',
    si: 'Ω m2',
    units: ['Ω cm2', 'mΩ cm2', 'kΩ cm2', 'Ω m2'],
  },
  conductivity: {
    phrase: 'a conductivity',
    example: '8 mS/cm',
    si: 'S/m',
    units: ['mS/cm', 'S/cm', 'S/m', 'µS/cm', 'mS/m'],
  },
  resistivity: { phrase: 'a resistivity', example: '9.3 µΩ cm', si: 'Ω m', units: ['Ω cm', 'Ω m', 'µΩ cm', 'MΩ cm'] },
  capacitance: { phrase: 'a capacitance', example: '20 µF', si: 'F', units: ['µF', 'mF', 'F', 'nF', 'pF'] },
  'areal capacitance': {
    phrase: 'a capacitance per area',
    example: '10 µF/cm2',
    si: 'F/m2',
    units: ['µF/cm2', 'F/m2', 'mF/cm2', 'F/cm2'],
  },
  temperature: { phrase: 'a temperature', example: '25 °C', si: 'K', units: ['°C', 'K', '°F'] },
  'temperature difference': { phrase: 'a temperature difference', example: '5 K', si: 'K', units: ['K', 'mK', '°C'] },
  concentration: {
    phrase: 'a concentration',
    example: '1 M',
    si: 'mol/m3',
    units: ['M', 'mol/L', 'mM', 'mmol/L', 'mol/m3', 'mol/cm3', 'µM'],
  },
  molality: { phrase: 'a molality', example: '1.2 mol/kg', si: 'mol/kg', units: ['mol/kg', 'mmol/kg', 'mmol/g', 'm'] },
  'amount of substance': {
    phrase: 'an amount of substance',
    example: '2 µmol',
    si: 'mol',
    units: ['mol', 'mmol', 'µmol', 'nmol'],
  },
  'areal amount': {
    phrase: 'an amount of substance per area',
    example: '37 µmol/cm2',
    si: 'mol/m2',
    units: ['µmol/cm2', 'mol/m2', 'mol/cm2', 'mmol/m2'],
  },
  'molar flux': {
    phrase: 'a molar flux',
    example: '1 nmol/(cm2 s)',
    si: 'mol/(m2 s)',
    units: ['mol/(m2 s)', 'nmol/(cm2 s)', 'mol/(cm2 s)'],
  },
  mass: { phrase: 'a mass', example: '12 mg', si: 'kg', units: ['mg', 'g', 'µg', 'kg'] },
  'areal mass': {
    phrase: 'a mass per area',
    example: '20 mg/cm2',
    si: 'kg/m2',
    units: ['mg/cm2', 'g/m2', 'kg/m2', 'µg/cm2', 'g/cm2'],
  },
  density: {
    phrase: 'a density',
    example: '0.534 g/cm3',
    si: 'kg/m3',
    units: ['g/cm3', 'kg/m3', 'g/mL', 'kg/L', 'mg/mL', 'g/L'],
  },
  'molar mass': { phrase: 'a molar mass', example: '6.94 g/mol', si: 'kg/mol', units: ['g/mol', 'kg/mol'] },
  'molar volume': {
    phrase: 'a molar volume',
    example: '13 cm3/mol',
    si: 'm3/mol',
    units: ['cm3/mol', 'm3/mol', 'mL/mol', 'L/mol'],
  },
  'specific capacity': {
    phrase: 'a charge per mass',
    example: '200 mAh/g',
    si: 'A s/kg',
    units: ['mAh/g', 'Ah/kg', 'C/g', 'C/kg'],
  },
  'mass per charge': {
    phrase: 'a mass per charge',
    example: '3 g/Ah',
    si: 'kg/(A s)',
    units: ['g/Ah', 'mg/mAh', 'kg/C', 'mg/C'],
  },
  'volume per charge': {
    phrase: 'a volume per charge',
    example: '2 mL/Ah',
    si: 'm3/(A s)',
    units: ['mL/Ah', 'µL/mAh', 'm3/C'],
  },
  rate: { phrase: 'a C-rate', example: 'C/3', si: '1/s', units: ['C-rate', '1/h'], scale: 3600 },
  frequency: { phrase: 'a frequency', example: '10 kHz', si: '1/s', units: ['Hz', 'mHz', 'kHz', 'MHz', '1/s', '1/h'] },
  fraction: {
    phrase: 'a fraction between 0 and 1',
    example: '39 %',
    si: '1',
    units: ['%', 'wt%', 'vol%', 'mol%', 'ppm', ''],
  },
  ratio: { phrase: 'a number without a unit', example: '1.5', si: '1', units: ['', '%'] },
  diffusivity: { phrase: 'a diffusivity', example: '3e-6 cm2/s', si: 'm2/s', units: ['cm2/s', 'm2/s', 'µm2/s'] },
  velocity: {
    phrase: 'a velocity',
    example: '1 nm/s',
    si: 'm/s',
    units: ['nm/s', 'm/s', 'µm/s', 'µm/h', 'nm/h', 'cm/s'],
  },
  'rate constant sqrt time': {
    phrase: 'a parabolic rate constant',
    example: '1e-10 m/s^0.5',
    si: 'm/s^0.5',
    units: ['m/s^0.5', 'nm/s^0.5', 'nm/h^0.5', 'µm/h^0.5'],
  },
  'inverse length': {
    phrase: 'an inverse length',
    example: '2 1/nm',
    si: '1/m',
    units: ['1/m', '1/nm', '1/µm', '1/cm', '1/Å'],
  },
  pressure: {
    phrase: 'a pressure',
    example: '350 kPa',
    si: 'Pa',
    units: ['kPa', 'MPa', 'GPa', 'Pa', 'bar', 'mbar', 'atm', 'psi', 'N/m2'],
  },
  viscosity: { phrase: 'a viscosity', example: '3 mPa s', si: 'Pa s', units: ['mPa s', 'Pa s'] },
  force: { phrase: 'a force', example: '10 N', si: 'N', units: ['N', 'kN', 'mN', 'µN'] },
  'surface energy': {
    phrase: 'a surface energy',
    example: '0.5 J/m2',
    si: 'J/m2',
    units: ['J/m2', 'mJ/m2', 'N/m', 'mN/m'],
  },
  'molar energy': {
    phrase: 'a molar energy',
    example: '30 kJ/mol',
    si: 'J/mol',
    units: ['kJ/mol', 'J/mol', 'kcal/mol', 'eV', 'meV'],
  },
  'energy per particle': {
    phrase: 'an energy per particle',
    example: '0.3 eV',
    si: 'J',
    units: ['eV', 'meV', 'kJ/mol', 'J'],
  },
  'molar entropy': {
    phrase: 'a molar entropy',
    example: '29 J/(mol K)',
    si: 'J/(mol K)',
    units: ['J/(mol K)', 'kJ/(mol K)'],
  },
  'entropy coefficient': {
    phrase: 'an entropy coefficient',
    example: '0.1 mV/K',
    si: 'V/K',
    units: ['mV/K', 'V/K', 'µV/K'],
  },
  'thermal conductivity': {
    phrase: 'a thermal conductivity',
    example: '0.3 W/(m K)',
    si: 'W/(m K)',
    units: ['W/(m K)', 'mW/(cm K)'],
  },
  'heat transfer coefficient': {
    phrase: 'a heat transfer coefficient',
    example: '10 W/(m2 K)',
    si: 'W/(m2 K)',
    units: ['W/(m2 K)', 'mW/(cm2 K)'],
  },
  'heat capacity': { phrase: 'a heat capacity', example: '40 J/K', si: 'J/K', units: ['J/K', 'mJ/K', 'kJ/K'] },
  'areal heat capacity': {
    phrase: 'a heat capacity per area',
    example: '300 J/(m2 K)',
    si: 'J/(m2 K)',
    units: ['J/(m2 K)', 'J/(cm2 K)'],
  },
  'specific heat capacity': {
    phrase: 'a specific heat capacity',
    example: '1000 J/(kg K)',
    si: 'J/(kg K)',
    units: ['J/(kg K)', 'J/(g K)', 'kJ/(kg K)'],
  },
} as const satisfies Record<string, DimensionFacts>;

/** Every dimension, for tables and tests. */
export const dimensions = Object.keys(DIMENSIONS) as readonly Dimension[];

/** Usual units of a dimension as they are printed, the field's first choice first. Far more are read. */
export function unitsOf(dimension: Dimension): readonly string[] {
  return DIMENSIONS[dimension].units;
}

/** A dimension as a sentence names it, with article: "a current density". */
export function describeDimension(dimension: Dimension): string {
  return DIMENSIONS[dimension].phrase;
}

/** The Avogadro constant, 1/mol (2018 CODATA, exact): an energy per particle is a molar energy divided by it. */
const AVOGADRO_per_mol = 6.02214076e23;

/**
 * Reads one quantity.
 *
 * Returns the value in SI: m, m2, m3, s, A, A/m2, C, C/m2, V, W, J, Ω, Ω m2, S/m, K, mol/m3, mol/kg, kg, …; a rate per hour
 * (C/3 is 1/3), a fraction between 0 and 1, an energy per particle in J. `text` may be a number, which is SI already.
 * Throws InputError with one issue at `where`.
 */
export function parseQuantity(text: string | number, dimension: Dimension, where = ''): number {
  const result = tryParseQuantity(text, dimension, where);
  if (!result.ok) throw new InputError([result.issue]);
  return result.value_SI;
}

/** As `parseQuantity`, for callers that collect all issues of an input. `text` may be anything at all. */
export function tryParseQuantity(
  text: unknown,
  dimension: Dimension,
  where = '',
): { readonly ok: true; readonly value_SI: number } | { readonly ok: false; readonly issue: Issue } {
  const { phrase, example } = DIMENSIONS[dimension];
  const wanted = dimension === 'fraction' ? `${phrase} such as 0.39 or "${example}"` : `${phrase} such as "${example}"`;
  const fail = (found: string, hint?: string) =>
    ({ ok: false, issue: hint === undefined ? { where, found, wanted } : { where, found, wanted, hint } }) as const;

  if (typeof text === 'number') {
    const trouble = outOfRange(text, dimension);
    return trouble === null ? { ok: true, value_SI: text } : fail(String(text), trouble);
  }
  if (typeof text !== 'string') return fail(shown(text));
  const number = readNumber(text);
  if (!number.ok) return fail(shown(text), number.hint);
  const inUnit = inDimension(number, dimension);
  if (typeof inUnit === 'number') {
    const trouble = outOfRange(inUnit, dimension, number);
    return trouble === null ? { ok: true, value_SI: inUnit } : fail(shown(text), trouble);
  }
  const also = inUnit.isA === undefined ? '' : ` (${inUnit.isA})`;
  return fail(`${shown(text)}${also}`, inUnit.hint);
}

/** A quantity of unknown dimension: its unit, and its SI value under every dimension that the unit allows. */
export interface AnyQuantity {
  /** The number as written. */
  readonly number: number;
  /** The unit with nice symbols; empty for a bare number. */
  readonly unit: string;
  readonly readings: readonly { readonly dimension: Dimension; readonly value_SI: number }[];
}

/** Reads a quantity without wanting a dimension; "25 C" has three readings. Throws InputError when there is none. */
export function parseAnyQuantity(text: string, where = ''): AnyQuantity {
  const number = readNumber(text);
  const wanted = 'a number and a unit such as "20 µm"';
  if (!number.ok) {
    const issue = { where, found: shown(text), wanted };
    throw new InputError([number.hint === undefined ? issue : { ...issue, hint: number.hint }]);
  }
  const readings = dimensions.flatMap((dimension) => {
    const value_SI = inDimension(number, dimension);
    return typeof value_SI === 'number' && outOfRange(value_SI, dimension, number) === null
      ? [{ dimension, value_SI }]
      : [];
  });
  if (readings.length === 0) throw new InputError([{ where, found: shown(text), wanted }]);
  const unit = readUnit(number.unit);
  return {
    number: Number(`${number.digits}e${number.exponent10}`),
    unit: unit.ok ? unit.readings[0]!.text : number.unit,
    readings,
  };
}

/**
 * Prints an SI value in a unit, with its nice symbol: formatQuantity(2e-5, 'um') is "20 µm". Without `significant` the
 * shortest number that reads back to the same value is printed, wherever one exists. `unit` 'C-rate' prints "C/3" or "0.5C".
 * `dimension` is needed only where the unit leaves it open: '1/h' as a rate, 'eV' as a molar energy, 'm' as a molality.
 * Throws InputError for a unit that is not known or not of that dimension.
 */
export function formatQuantity(value_SI: number, unit: string, significant?: number, dimension?: Dimension): string {
  if (unit === 'C-rate') return formatRate(value_SI, significant);
  const dimensionless = unit === '';
  const reading = readUnit(unit);
  const of = dimension ?? (reading.ok ? dimensionOfUnit(reading.readings) : undefined);
  const conversion = of && conversionOf(unit, of);
  if (!reading.ok || !conversion) {
    const what = dimension === undefined ? 'a known unit' : `a unit of ${DIMENSIONS[dimension].phrase}`;
    throw new InputError([{ where: 'unit', found: shown(unit), wanted: `${what} such as "mA/cm2"` }]);
  }
  const number = digitsIn(value_SI, conversion, significant);
  return dimensionless ? number : `${number} ${conversion.text}`;
}

function formatRate(rate_per_h: number, significant?: number): string {
  const inverse = Math.round(1 / Math.abs(rate_per_h));
  if (inverse > 1 && inverse <= 1000 && 1 / inverse === Math.abs(rate_per_h))
    return `${rate_per_h < 0 ? '-' : ''}C/${inverse}`;
  return `${digitsIn(rate_per_h, { num: 1, den: 1, exponent10: 0, offset: 0 }, significant)}C`;
}

type Conversion = Pick<UnitFactor, 'num' | 'den' | 'exponent10' | 'offset'>;

/** SI value of a decimal number in a unit. With a pure power of ten the result is the correctly rounded decimal. */
function toSI(
  digits: string,
  exponent10: number,
  { num, den, exponent10: unitExponent10, offset }: Conversion,
): number {
  if (offset !== 0) {
    const x = Number(`${digits}e${exponent10}`);
    // A printed 25.1 °C is 298.25 K, not 298.24999…; absolute temperatures carry no information below 1e-12 of themselves.
    return Number((((x + offset) * num) / den).toPrecision(14));
  }
  const x = Number(`${digits}e${exponent10 + unitExponent10}`);
  if (num === 1) return x / den;
  return den === 1 ? x * num : x * (num / den);
}

/** The number to print: rounded to `significant` digits, or the shortest that reads back to the same value. */
function digitsIn(value_SI: number, conversion: Conversion, significant?: number): string {
  const { num, den, exponent10, offset } = conversion;
  const x =
    offset !== 0
      ? (value_SI * den) / num - offset
      : num === 1
        ? value_SI * den
        : den === 1
          ? value_SI / num
          : value_SI / (num / den);
  if (!Number.isFinite(x)) return String(value_SI);
  if (significant !== undefined) return shiftDecimal(x.toExponential(significant - 1), offset === 0 ? -exponent10 : 0);
  const shift = offset === 0 ? -exponent10 : 0;
  for (const candidate of candidates(x, offset !== 0)) {
    const text = shiftDecimal(candidate, shift);
    const number = readNumber(text);
    if (number.ok && toSI(number.digits, number.exponent10, conversion) === value_SI) return text;
  }
  return shiftDecimal(x.toExponential(), shift);
}

function* candidates(x: number, shifted: boolean): Generator<string> {
  // On a shifted scale the rounding is of absolute size, so small readings carry fewer digits.
  for (let decimals = 0; shifted && decimals <= 13; decimals++) yield Number(x.toFixed(decimals)).toExponential();
  for (let digits = 11; digits <= 16; digits++) yield x.toExponential(digits);
  // The division may have missed the right number by one unit in the last place.
  for (const k of [1, -1, 2, -2]) yield (x * (1 + k * 2 ** -53)).toExponential(16);
}

/** Moves the decimal point of a number in exponential notation and prints it plainly where that is readable. */
function shiftDecimal(exponential: string, shift: number): string {
  const [mantissa, exponentText] = exponential.split('e');
  const negative = mantissa!.startsWith('-');
  const digits = mantissa!.replace(/[-.]/gu, '').replace(/0+$/u, '');
  if (digits === '') return '0';
  const exponent = Number(exponentText) + shift;
  const sign = negative ? '-' : '';
  if (exponent >= -4 && exponent < 7) {
    if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
    const whole = digits.padEnd(exponent + 1, '0');
    const decimals = whole.slice(exponent + 1);
    return `${sign}${whole.slice(0, exponent + 1)}${decimals === '' ? '' : `.${decimals}`}`;
  }
  return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${exponent}`;
}

interface WrittenNumber {
  readonly ok: true;
  /** Sign and decimal digits with a point. */
  readonly digits: string;
  readonly exponent10: number;
  /** What follows the number. */
  readonly unit: string;
  /** True where no digit stood ("C/3"). */
  readonly implied: boolean;
}

const NUMBER =
  /^([+-]?) ?(?:(10) ?\^ ?\(?([+-]?\d+)\)?|(\d+(?:[.,]\d*)*|[.,]\d+)(?:[eE]([+-]?\d+)(?![A-Za-z\d])|[eE]([+-]?\d+)(?=[A-Za-z])| ?[×x*·] ?10(?: ?\^ ?\(?([+-]?\d+)\)?|([+-]\d+))?)?)/u;

/** Splits number and unit, refusing what could be read in two ways. */
function readNumber(written: string): WrittenNumber | { readonly ok: false; readonly hint?: string } {
  if (written.length > QUANTITY_TEXT_LENGTH_MAX) {
    return { ok: false, hint: `longer than ${QUANTITY_TEXT_LENGTH_MAX} characters` };
  }
  const text = tidyText(written);
  if (text === '') return { ok: false };
  if (/±|\+\/-|\+-/u.test(text)) return { ok: false, hint: 'give the value without its uncertainty' };
  if (/^[~≈<>≤≥]|^(?:ca|about|approx)\b/iu.test(text))
    return { ok: false, hint: 'give one number without a sign for "about", "more" or "less"' };
  if (/^[+-]?(?:nan|inf|infinity|∞)/iu.test(text)) return { ok: false, hint: 'give a finite number' };
  const rate = /^([+-]?) ?(C ?\/ ?[\d.].*|C(?:-rate)?|1 ?\/ ?[A-Za-zµ].*)$/iu.exec(text);
  if (rate) {
    const isOneOver = rate[2]!.startsWith('1');
    return { ok: true, digits: `${rate[1]}1`, exponent10: 0, unit: rate[2]!, implied: !isOneOver };
  }
  const found = NUMBER.exec(text);
  if (!found)
    return { ok: false, hint: /\d/u.test(text) ? 'write the number first, then the unit' : 'a number is missing' };
  const [all, sign, ten, tenPower, mantissaText, e1, e2, timesTen, timesTenBare] = found;
  const unit = text.slice(all.length);
  if (/^ ?(?:-|to\b|…|\.\.) ?\d/iu.test(unit)) return { ok: false, hint: 'give one number, not a range' };
  const mantissa = ten !== undefined ? '1' : mantissaText!;
  if (/,/u.test(mantissa)) {
    if (!/^\d*,\d+$/u.test(mantissa))
      return {
        ok: false,
        hint: `write the number without separators, as ${mantissa.replace(/,(?=.*[.,])/gu, '').replace(',', '.')}`,
      };
    if (/^[1-9]\d{0,2},\d{3}$/u.test(mantissa)) {
      return {
        ok: false,
        hint: `${mantissa} has two meanings; write ${mantissa.replace(',', '')} or ${mantissa.replace(',', '.')}`,
      };
    }
  }
  const point = mantissa.replace(',', '.');
  if (!/^(?:\d+\.?\d*|\.\d+)$/u.test(point)) return { ok: false, hint: 'the number has more than one decimal point' };
  if (/^ ?[\d.,_']/u.test(unit) && !/^ ?1 ?(?:\/|per\b)/u.test(unit)) {
    return { ok: false, hint: 'write the number without spaces or separators' };
  }
  const digits = `${sign}${point.startsWith('.') ? '0' : ''}${point.endsWith('.') ? point.slice(0, -1) : point}`;
  const power =
    tenPower ?? e1 ?? e2 ?? timesTen ?? timesTenBare ?? (/10$/u.test(all) && /[×x*·] ?10$/u.test(all) ? '1' : '0');
  return { ok: true, digits, exponent10: Number(power), unit: unit.trim(), implied: false };
}

/** Why a unit does not serve: what the text is instead, and what was probably meant. */
interface Misfit {
  readonly isA?: string;
  readonly hint?: string;
}

function inDimension(number: WrittenNumber, dimension: Dimension): number | Misfit {
  if (dimension === 'rate') {
    const perC = /^C ?(?:\/ ?(\d+(?:\.\d+)?|\.\d+)|-rate)?$/iu.exec(number.unit);
    if (perC) return Number(`${number.digits}e${number.exponent10}`) / (perC[1] === undefined ? 1 : Number(perC[1]));
  }
  const unit = dimension === 'voltage' ? withoutReference(number.unit) : number.unit;
  if (number.implied) return misfit(number, unit, dimension);
  const conversion = conversionOf(unit, dimension);
  if (!conversion) return misfit(number, unit, dimension);
  return toSI(number.digits, number.exponent10, conversion);
}

/** "0.1 V vs. Li/Li+": lithium is the only reference that the program knows, so the words may go. */
function withoutReference(unit: string): string {
  return unit.replace(/ ?\(? ?(?:vs\.?|versus) ?Li ?(?:\/ ?Li ?\^?\(?\+\)?|\+ ?\/ ?Li|metal)? ?\)?$/iu, '');
}

/** The factor from a unit's number to the value of a dimension, or null where the unit is of another dimension. */
function conversionOf(unit: string, dimension: Dimension): (Conversion & { readonly text: string }) | null {
  const facts: DimensionFacts = DIMENSIONS[dimension];
  if (dimension === 'molality' && unit === 'm') return { num: 1, den: 1, exponent10: 0, offset: 0, text: 'm' };
  const celsius = (dimension === 'temperature' || dimension === 'temperature difference') && unit === 'C';
  const reading = readUnit(celsius ? '°C' : unit);
  if (!reading.ok) return null;
  if (unit === '' && facts.si !== '1') return null;
  const wanted = siPowers(dimension);
  for (const factor of reading.readings) {
    if (samePowers(factor.powers, wanted)) {
      const offset = dimension === 'temperature' ? factor.offset : 0;
      return { ...simplified(factor, facts.scale ?? 1), offset, text: factor.text };
    }
    // Activation and reorganisation energies are written per mole and per particle alike.
    if (
      dimension === 'molar energy' &&
      samePowers(factor.powers, siPowers('energy per particle')) &&
      /eV$/u.test(factor.text)
    ) {
      return { num: factor.num * 6.02214076, den: 1, exponent10: factor.exponent10 + 23, offset: 0, text: factor.text };
    }
    if (dimension === 'energy per particle' && samePowers(factor.powers, siPowers('molar energy'))) {
      return {
        num: factor.num / (AVOGADRO_per_mol / 1e23),
        den: 1,
        exponent10: factor.exponent10 - 23,
        offset: 0,
        text: factor.text,
      };
    }
  }
  return null;
}

function simplified({ num, den, exponent10 }: UnitFactor, scale: number): Omit<Conversion, 'offset'> {
  if (scale === 1) return { num, den, exponent10 };
  if (den % scale === 0) return { num, den: den / scale, exponent10 };
  return { num: num * (scale / den), den: 1, exponent10 };
}

const SI_POWERS = new Map<Dimension, BasePowers>();

function siPowers(dimension: Dimension): BasePowers {
  const known = SI_POWERS.get(dimension);
  if (known) return known;
  const { si } = DIMENSIONS[dimension];
  const reading = readUnit(si === '1' ? '' : si);
  if (!reading.ok) throw new Error(`the SI unit of ${dimension} is not known: ${si}`);
  const { powers } = reading.readings[0]!;
  SI_POWERS.set(dimension, powers);
  return powers;
}

/** The first dimension of the table that a unit belongs to. */
function dimensionOfUnit(readings: readonly UnitFactor[]): Dimension | undefined {
  for (const { powers, offset } of readings) {
    const found = dimensions.find(
      (dimension) =>
        samePowers(powers, siPowers(dimension)) &&
        (dimension !== 'temperature' || offset !== 0 || readings[0]!.text === 'K') &&
        dimension !== 'rate' &&
        dimension !== 'fraction',
    );
    if (found) return found;
  }
  return undefined;
}

function outOfRange(value_SI: number, dimension: Dimension, written?: WrittenNumber): string | null {
  if (!Number.isFinite(value_SI)) return 'give a finite number';
  if (value_SI === 0 && written && /[1-9]/u.test(written.digits)) return 'too small to be told from zero';
  if (dimension === 'temperature' && value_SI <= 0) {
    return written ? 'at or below absolute zero' : 'a plain number is in kelvin and must be above 0';
  }
  if (dimension === 'fraction' && (value_SI < 0 || value_SI > 1)) {
    const percent = written === undefined || written.unit === '';
    return percent && value_SI > 1 && value_SI <= 100
      ? `did you mean ${shiftDecimal(value_SI.toExponential(), -2)}?`
      : 'outside 0 to 1';
  }
  return null;
}

/** What the unit is instead, and the wanted dimension's unit that is nearest to it. */
function misfit(number: WrittenNumber, unit: string, dimension: Dimension): Misfit {
  const { example, si } = DIMENSIONS[dimension];
  const digits = `${number.implied ? '' : `${shiftDecimal(Number(number.digits).toExponential(), number.exponent10)} `}`;
  if (unit === '')
    return {
      hint:
        si === '1'
          ? 'a number is missing'
          : `a unit is missing; did you mean "${digits}${example.replace(/^[\d.]+ ?/u, '')}"?`,
    };
  if (number.implied) return { isA: 'a C-rate' };
  const reading = readUnit(unit);
  const near = nearestUnit(unit, dimension);
  const hint = near === null ? {} : { hint: `did you mean "${digits}${near}"?` };
  if (!reading.ok) {
    if (near !== null) return hint;
    const slip = caseSlips(reading.unknown)[0];
    return {
      hint:
        slip === undefined
          ? `"${reading.unknown}" is not a unit known here`
          : `did you mean ${slip} for ${reading.unknown}?`,
    };
  }
  const other = dimensionOfUnit(reading.readings);
  return other === undefined ? hint : { isA: DIMENSIONS[other].phrase, ...hint };
}

/** Of the wanted dimension's usual units the one closest in spelling; null when none is close. */
function nearestUnit(unit: string, dimension: Dimension): string | null {
  const plain = plainSpelling(unit);
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of unitsOf(dimension)) {
    const other = plainSpelling(candidate);
    if (other === '') continue;
    // "mAh" for "mAh/cm2": the area was left out.
    const cut = other.startsWith(`${plain}/`) && plain.length > 1;
    const distance = cut ? 0.5 : spellingDistance(plain, other);
    if (distance < bestDistance && distance <= (plain.length <= 3 ? 0.9 : 2.4))
      [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** One spelling for units that differ only in how product, power and solidus are written: "mA cm^-2" is "mA/cm2". */
function plainSpelling(unit: string): string {
  return tidyText(unit)
    .slice(0, 40)
    .replace(/[\^·*()[\]{}]/gu, ' ')
    .replace(/ ([A-Za-z]+) ?-(\d)/gu, '/$1$2')
    .replace(/\bper\b/giu, '/')
    .replace(/µ/gu, 'u')
    .replace(/Ω/gu, 'ohm')
    .replace(/ /gu, '');
}

/** Edits between two words; a change of case alone counts less than half. */
function spellingDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let k = 1; k <= b.length; k++) {
      const same = a[i - 1] === b[k - 1] ? 0 : a[i - 1]!.toLowerCase() === b[k - 1]!.toLowerCase() ? 0.4 : 1;
      row.push(Math.min(previous[k]! + 1, row[k - 1]! + 1, previous[k - 1]! + same));
    }
    previous = row;
  }
  return previous[b.length]!;
}

/** What was found, quoted and cut to a readable length. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : typeof value === 'undefined' ? 'nothing' : String(value);
}
