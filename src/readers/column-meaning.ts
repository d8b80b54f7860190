// What a heading of a column means: the quantity it names, the unit it gives, and the column of the result it becomes, in SI.

import { ZERO_CELSIUS_K } from '../units/index.ts';

type Dimension =
  | 'time'
  | 'voltage'
  | 'current'
  | 'current density'
  | 'charge'
  | 'energy'
  | 'frequency'
  | 'impedance'
  | 'impedance times area'
  | 'angle'
  | 'temperature'
  | 'power'
  | '1';

const UNITS: Readonly<Record<Dimension, Readonly<Record<string, number>>>> = {
  time: {
    s: 1,
    sec: 1,
    secs: 1,
    second: 1,
    seconds: 1,
    秒: 1,
    ms: 1e-3,
    msec: 1e-3,
    millisecond: 1e-3,
    milliseconds: 1e-3,
    毫秒: 1e-3,
    min: 60,
    mins: 60,
    minute: 60,
    minutes: 60,
    分: 60,
    分钟: 60,
    h: 3600,
    hr: 3600,
    hrs: 3600,
    hour: 3600,
    hours: 3600,
    小时: 3600,
    d: 86400,
    day: 86400,
    days: 86400,
    天: 86400,
  },
  voltage: { v: 1, volt: 1, volts: 1, mv: 1e-3, millivolt: 1e-3, millivolts: 1e-3, uv: 1e-6 },
  current: {
    a: 1,
    amp: 1,
    ampere: 1,
    amperes: 1,
    amps: 1,
    ma: 1e-3,
    mamps: 1e-3,
    milliamp: 1e-3,
    milliamps: 1e-3,
    milliampere: 1e-3,
    milliamperes: 1e-3,
    ua: 1e-6,
    microampere: 1e-6,
    na: 1e-9,
    pa: 1e-12,
  },
  'current density': {
    'a/m2': 1,
    'a/cm2': 1e4,
    'ma/cm2': 10,
    'ua/cm2': 1e-2,
    'a/cm^2': 1e4,
    'ma/cm^2': 10,
    'ua/cm^2': 1e-2,
  },
  charge: {
    ah: 3600,
    'a.h': 3600,
    ahr: 3600,
    'amp-hr': 3600,
    mah: 3.6,
    mahr: 3.6,
    'ma.h': 3.6,
    uah: 3.6e-3,
    as: 1,
    mas: 1e-3,
    c: 1,
    mc: 1e-3,
  },
  energy: {
    wh: 3600,
    'w.h': 3600,
    whr: 3600,
    'watt-hr': 3600,
    mwh: 3.6,
    mwhr: 3.6,
    'mw.h': 3.6,
    uwh: 3.6e-3,
    ws: 1,
    mws: 1e-3,
    j: 1,
  },
  frequency: { 'rad/s': 1 / (2 * Math.PI), hz: 1, hertz: 1, khz: 1e3, mhz: 1e-3, megahz: 1e6 },
  impedance: { ohm: 1, ohms: 1, mohm: 1e-3, mohms: 1e-3, kohm: 1e3, kohms: 1e3, megaohm: 1e6, a: 1, b: 1 },
  'impedance times area': {
    ohmm2: 1,
    ohmcm2: 1e-4,
    mohmcm2: 1e-7,
    kohmcm2: 1e-1,
  },
  angle: { deg: Math.PI / 180, '°': Math.PI / 180, degree: Math.PI / 180, degrees: Math.PI / 180, rad: 1 },
  temperature: { c: 1, "'c": 1, '°c': 1, degc: 1, 'deg c': 1, 'deg. c': 1, celsius: 1, k: 1 },
  power: { w: 1, watt: 1, mw: 1e-3, uw: 1e-6 },
  '1': { '1': 1, '': 1 },
};

/** Unit a column is taken in when its heading gives none. */
const PLAIN_UNIT: Readonly<Record<Dimension, string>> = {
  time: 's',
  voltage: 'v',
  current: 'a',
  'current density': 'a/m2',
  charge: 'ah',
  energy: 'wh',
  frequency: 'hz',
  impedance: 'ohm',
  'impedance times area': 'ohmm2',
  angle: 'deg',
  temperature: 'c',
  power: 'w',
  '1': '1',
};

interface MeaningRule {
  readonly name: RegExp;
  readonly dimension: Dimension;
  readonly to: string;
  /** Of several columns for one place the lowest wins. */
  readonly rank?: number;
  /** The name alone means something else. */
  readonly unitNeeded?: true;
}

/** Headings in lower case, without unit; blanks for underscores and points. Chinese as Neware, LAND and Corrtest write it. */
const RULES: readonly MeaningRule[] = [
  {
    name: /^(test ?time|total ?time|cumulative ?time|elapsed ?time|run ?time|test|prog ?time|program time|program duration|progr zeit|testzeit|corrected time)$/,
    dimension: 'time',
    to: 'time_s',
  },
  { name: /^(测试时间|总时间|测试总时间|累计时间|运行时间|总测试时间|経過時間)$/, dimension: 'time', to: 'time_s' },
  { name: /^(time|t|zeit|temps|时间|時間)$/, dimension: 'time', to: 'time_s', rank: 1 },
  {
    name: /^(step ?time|t-step|step|steptime|schritt zeit|schrittzeit|step duration|relative time|步骤时间|工步时间|过程时间|步时间|单步时间|相对时间)$/,
    dimension: 'time',
    to: 'step_time_s',
  },
  {
    name: /^(unix time|datetime|date ?time|date|dpt[ -]time|date and time|real ?time|absolute time|(?:time|date) ?stamp|zeitstempel|sys(tem)? ?time|date time iso(?: string)?|绝对时间|系统时间|实际时间|真实时间|日期时间|日期|测试日期|记录时间|日付)$/,
    dimension: 'time',
    to: 'unix_time_s',
  },
  {
    name: /^(voltage|voltage measured|potential|volts?|u|ewe|ecell|(?:cell|battery|terminal) (?:voltage|potential)|working electrode (?:voltage|potential)|spannung|tension|we\(1\) potential|working electrode|工作电极电位|电压|電圧|电位|电势)$/,
    dimension: 'voltage',
    to: 'voltage_V',
  },
  { name: /^(<ewe>|<ecell>|e|v|vf|vdc|edc|ocp|ocv)$/, dimension: 'voltage', to: 'voltage_V', rank: 1 },
  { name: /^(ewe-ece|potential applied)$/, dimension: 'voltage', to: 'voltage_V', rank: 2 },
  {
    name: /^(current|current measured|(?:cell|battery|working electrode) current|amps?|i|strom|courant|cur|we\(1\) current|电流|電流)$/,
    dimension: 'current',
    to: 'current_A',
  },
  { name: /^(<i>|idc)$/, dimension: 'current', to: 'current_A', rank: 1 },
  { name: /^im$/, dimension: 'current', to: 'current_A', rank: 1, unitNeeded: true },
  {
    name: /^(current density|current|i|j|电流密度)$/,
    dimension: 'current density',
    to: 'current_density_A_per_m2',
    unitNeeded: true,
  },
  {
    name: /^(cycle|cyc#?|cyc no|cycle[ -]?(number|index|count|id|no|#)|cyc-count|zyklus|循环|循环序号|循环号|循环次数|循环圈数|循环编号|圈数|総サイクル)$/,
    dimension: '1',
    to: 'cycle',
  },
  // Toyo counts cycles of a pattern under サイクル and those of the test beside it.
  { name: /^サイクル$/, dimension: '1', to: 'cycle', rank: 1 },
  // Maccor's programs count the cycles of the procedure and those that they find themselves.
  { name: /^cycle c$/, dimension: '1', to: 'cycle' },
  { name: /^cycle p$/, dimension: '1', to: 'cycle', rank: 1 },
  { name: /^scan$/, dimension: '1', to: 'cycle', rank: 1 },
  {
    name: /^(steps?|step[ -]?(number|index|id|no|count|#)|ns|schritt nr|schritt|工步|工步序号|工步号|工步编号|步次|步序|步骤号|步骤序号|过程号|过程序号)$/,
    dimension: '1',
    to: 'step',
  },
  { name: /^line$/, dimension: '1', to: 'step', rank: 2 },
  {
    name: /^(?:cycle )?(chg|charge|charging|q ?charge|qc|capacitance chg|ahcha)( ?(cap|capacity))?( ah)?$|^充电容量$/,
    dimension: 'charge',
    to: 'charging_capacity_C',
  },
  {
    name: /^(?:cycle )?(dchg|dischg|discharge|discharging|q ?discharge|qd|capacitance dchg|ahdch)( ?(cap|capacity))?( ah)?$|^放电容量$/,
    dimension: 'charge',
    to: 'discharging_capacity_C',
  },
  { name: /^((?:cell )?capacity|cap|amp-?h(?:r|ours)|ah|q|kapazität|容量)$/, dimension: 'charge', to: 'capacity_C' },
  { name: /^(\(?q-qo\)?|ahaccu)$/, dimension: 'charge', to: 'net_charge_C' },
  { name: /^dq$/, dimension: 'charge', to: 'charge_since_row_before_C' },
  {
    name: /^(chg|charge|charging) ?(ener|energy)$|^energy charge$|^engy chg$|^whcha$|^充电能量$/,
    dimension: 'energy',
    to: 'charging_energy_J',
  },
  {
    name: /^(dchg|discharge|discharging) ?(ener|energy)$|^energy discharge$|^engy dchg$|^whdch$|^放电能量$/,
    dimension: 'energy',
    to: 'discharging_energy_J',
  },
  { name: /^((?:cell )?energy|ener|watt-?h(?:r|ours)|wh|能量)$/, dimension: 'energy', to: 'energy_J' },
  {
    name: /^(freq|frequency|frequencies|f|frequenz|fréquence|频率|周波数)$/,
    dimension: 'frequency',
    to: 'frequency_Hz',
  },
  { name: /^hz$/, dimension: 'frequency', to: 'frequency_Hz', rank: 1 },
  { name: /^(omega|ω|angular frequency)$/, dimension: 'frequency', to: 'frequency_Hz', rank: 1, unitNeeded: true },
  {
    name: /^(re ?\(z\)|re\[z\]|re ?z|z'|z1'|z're|zre|zreal1?|z real|z re|real|re|real impedance|z_re|zr|real\(z\)|real part|(?:data|impedance) real|realteil|z réel|实部|実部|阻抗实部)$/,
    dimension: 'impedance',
    to: 'real_ohm',
  },
  {
    name: /^(im ?\(z\)|im\[z\]|im ?z|z''|z1''|zim|zimg1?|zimag1?|z imag|z imaginary|z img|z im|imag|imaginary|im|imaginary impedance|zi|imag\(z\)|imag(?:inary)? part|(?:data|impedance) imag(?:inary)?|imaginärteil|z imaginaire|虚部|阻抗虚部)$/,
    dimension: 'impedance',
    to: 'imaginary_ohm',
  },
  // IviumSoft writes the real part as Z1 and the imaginary one as Z2.
  { name: /^z1$/, dimension: 'impedance', to: 'real_ohm', rank: 1, unitNeeded: true },
  { name: /^z2$/, dimension: 'impedance', to: 'imaginary_ohm', rank: 1, unitNeeded: true },
  // Bridges write the resistance and the reactance in series.
  { name: /^rs$/, dimension: 'impedance', to: 'real_ohm', rank: 2, unitNeeded: true },
  { name: /^xs$/, dimension: 'impedance', to: 'imaginary_ohm', rank: 2, unitNeeded: true },
  {
    name: /^(re ?\(z\)|re ?z|z'|zre|zreal|z real|z re|real)$/,
    dimension: 'impedance times area',
    to: 'real_ohm_m2',
    unitNeeded: true,
  },
  {
    name: /^(im ?\(z\)|im ?z|z''|zim|zimag|z imag|z im|imag|imaginary)$/,
    dimension: 'impedance times area',
    to: 'imaginary_ohm_m2',
    unitNeeded: true,
  },
  {
    name: /^(\|z\||zmod|z mod|z mag|modulus|absolute impedance|(?:impedance )?magnitude|mod\(z\)|阻抗模|模值|阻抗模值)$/,
    dimension: 'impedance',
    to: 'modulus_ohm',
  },
  { name: /^(z|impedance|阻抗)$/, dimension: 'impedance', to: 'modulus_ohm', rank: 1 },
  {
    name: /^(phase\(z\)|phase|z phase|zphz|phase angle|theta|theta \(z\)|arg\(z\)|相位|相位角|相角)$/,
    dimension: 'angle',
    to: 'phase_rad',
  },
  {
    name: /^(temp|temperature|temperature measured|temp 1|t|t1|t cell|cell temp|cell temperature|surface temperature t1|aux temperature(?: 1)?|temperature a?1|ambient temperature|temperatur|t batt|温度|电池温度)$/,
    dimension: 'temperature',
    to: 'temperature_K',
  },
  { name: /^(power|p|watt|功率)$/, dimension: 'power', to: 'power_W' },
];

export interface ColumnMeaning {
  readonly to: string;
  readonly factor: number;
  readonly offset: number;
  readonly rank: number;
  /** Whether the heading gave the unit. */
  readonly unitSaid: boolean;
}

/** Full-width signs, primes and units of one sign as plain ones. */
function plain(text: string): string {
  return (
    text
      .replace(/[\u2033\u201d"]/gu, "''")
      .replace(/[\u2032\u2019]/gu, "'")
      .replace(/\u03a9|\u2126/gu, 'Ohm')
      .normalize('NFKC')
      .replace(/[\u2212\u2013]/gu, '-')
      .replace(/\u03bc/gu, 'u')
      .replace(/\ufffd/gu, '°')
      // A program that could not write ℃ wrote a question mark.
      .replace(/\(\?\)$/, '(°C)')
  );
}

function unitWord(text: string): string {
  return (
    text
      // What a potential is measured against is not part of its unit.
      .replace(/\s+vs\b.*$/i, '')
      .trim()
      // A capital M is mega where milli is as likely.
      .replace(/^M(?=ohm|hz)/i, (letter) => (letter === 'M' ? 'mega' : 'm'))
      .toLowerCase()
      // Ω·cm² and ohm*cm^2 are one unit.
      .replace(/^([mk]?ohm)s?[*.· ]?(c?m)\^?2$/, '$1$22')
  );
}

const UNIT_LENGTH_MAX = 30;

/** How a duration is written, where a unit is expected. */
const DURATION_FORM = /^(?:d:)?h{1,2}:m(?:in|m)?(?::s{1,2}(?:[.:]\w+)?)?$/;

function isUnit(text: string): boolean {
  const word = unitWord(text);
  return (
    word !== '' &&
    (DURATION_FORM.test(word) || Object.values(UNITS).some((units) => word in units && Object.hasOwn(units, word)))
  );
}

/** True where a field names nothing but a unit, such as `[V]` or `(mA)`. */
export function isUnitField(text: string): boolean {
  if (text.length > UNIT_LENGTH_MAX) return false;
  const bare = plain(text.trim()).replace(/^[[(]|[\])]$/g, '');
  return isUnit(bare);
}

/** The last word of a heading that is a unit written as units are, such as `current A`. */
const UNIT_APART = /^(.*\S)\s+(V|mV|A|mA|uA|s|Hz|Ohm|Ah|mAh)$/;
/** `Potential, V` and `Spannung in V`. */
const UNIT_BEHIND = /^([^()]*[^()\s])(?:,\s*| in )\(?([^\s()]+)\)?$/;
/** Arbin numbers some auxiliary columns behind their unit: `Aux_Temperature(°C)_1`. */
const NUMBER_BEHIND = /^(.*\S)\(([^()]*)\)_(\d+)$/;

/** What a column without a name holds, by its unit: a table whose line of headings gives units alone, as PSTrace writes them. */
const BARE_UNITS: Readonly<Record<string, string>> = {
  time: 'time',
  voltage: 'voltage',
  current: 'current',
  charge: 'capacity',
  frequency: 'frequency',
};

/** The quantity of a heading that is a unit in brackets and nothing else. */
function bareUnit(text: string): readonly [name: string, unit: string] | null {
  const unit = /^\[([^\]]+)\]$/.exec(text)?.[1];
  if (unit === undefined) return null;
  const word = unitWord(unit);
  const dimension = Object.keys(BARE_UNITS).find((one) => Object.hasOwn(UNITS[one as Dimension], word));
  return dimension === undefined ? null : [BARE_UNITS[dimension]!, word];
}

function nameAndUnit(heading: string): readonly [name: string, unit: string | null] {
  const text = plain(
    heading
      .trim()
      .replace(/^"|"$/g, '')
      .replace(/^~/, '')
      .trim()
      // Gamry's unit of a number that counts.
      .replace(/\s*\(#+\)$/, '')
      // EC-Lab writes both <Ewe>/V and <Ewe/V>.
      .replace(/^<([^<>]+)\/([^<>/]+)>$/, '<$1>/$2'),
  );
  const bare = bareUnit(text);
  if (bare !== null) return bare;
  const numbered = NUMBER_BEHIND.exec(text);
  if (numbered !== null && isUnit(numbered[2]!)) return [`${numbered[1]} ${numbered[3]}`, unitWord(numbered[2]!)];
  const bracketed = /^(.*\S)\s*[[(]([^[\]()]*)[\])]$/.exec(text);
  if (bracketed !== null && isUnit(bracketed[2]!)) return [bracketed[1]!, unitWord(bracketed[2]!)];
  // Corrtest writes densities as i(A/cm^2), LAND specific capacities as 比容量/mAh/g: the first bar ends a name.
  const slash = text.indexOf('/');
  const lastSlash = text.lastIndexOf('/');
  for (const at of [slash, lastSlash])
    if (at > 0 && isUnit(text.slice(at + 1))) return [text.slice(0, at), unitWord(text.slice(at + 1))];
  const hash = text.lastIndexOf('#');
  if (hash > 0 && isUnit(text.slice(hash + 1))) return [text.slice(0, hash), unitWord(text.slice(hash + 1))];
  const machine = /^(.+)_([A-Za-z]+)$/.exec(text);
  if (machine !== null && isUnit(machine[2]!)) return [machine[1]!, unitWord(machine[2]!)];
  const apart = UNIT_APART.exec(text);
  if (apart !== null) return [apart[1]!, unitWord(apart[2]!)];
  const behind = UNIT_BEHIND.exec(text);
  if (behind !== null && isUnit(behind[2]!)) return [behind[1]!, unitWord(behind[2]!)];
  return [text, null];
}

/** The meaning of a heading, or null where it is unknown. */
export function meaningOf(heading: string): ColumnMeaning | null {
  const [rawName, said] = nameAndUnit(heading.slice(0, 200));
  let name = rawName
    .toLowerCase()
    .replace(/\s*\(hours in [^)]*\)/, '')
    // RelaxIS says of each column that it holds data, not a model.
    .replace(/^data: /, '')
    .replace(/[_\s]+/g, ' ')
    .replace(/\./g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  let sign = 1;
  const negated = /^(?:-|(?:neg(?:ative)?|minus)\b)\s*(?=im|z|phase|虚部|相位)/.exec(name);
  if (negated !== null) {
    sign = -1;
    name = name.slice(negated[0].length);
  }
  const isDuration = said !== null && DURATION_FORM.test(said);
  const unit = isDuration ? 's' : said;
  for (const { name: pattern, dimension, to, rank = 0, unitNeeded } of RULES) {
    if (!pattern.test(name) || (unitNeeded === true && unit === null)) continue;
    const units = UNITS[dimension];
    if (unit !== null && !Object.hasOwn(units, unit)) continue;
    const unitTaken = unit ?? PLAIN_UNIT[dimension];
    const offset = dimension === 'temperature' && unitTaken !== 'k' ? ZERO_CELSIUS_K : 0;
    const kept = unit !== null || dimension === '1';
    // "step" and "test" without a unit are numbers, never times.
    if (unit === null && (name === 'step' || name === 'test') && dimension === 'time') continue;
    return { to, factor: sign * units[unitTaken]!, offset, rank, unitSaid: kept };
  }
  return null;
}
