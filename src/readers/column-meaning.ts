// What a heading of a column means: the quantity it names, the unit it gives, and the column of the result it becomes, in SI.

import { ZERO_CELSIUS_K } from '../units/index.ts';

type Dimension =
  | 'time'
  | 'voltage'
  | 'current'
  | 'charge'
  | 'energy'
  | 'frequency'
  | 'impedance'
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
    ms: 1e-3,
    min: 60,
    mins: 60,
    minutes: 60,
    h: 3600,
    hr: 3600,
    hour: 3600,
    hours: 3600,
    d: 86400,
  },
  voltage: { v: 1, volt: 1, volts: 1, mv: 1e-3, uv: 1e-6 },
  current: { a: 1, ampere: 1, amps: 1, ma: 1e-3, ua: 1e-6, na: 1e-9 },
  charge: { ah: 3600, 'a.h': 3600, mah: 3.6, 'ma.h': 3.6, uah: 3.6e-3, as: 1, mas: 1e-3, c: 1, mc: 1e-3 },
  energy: { wh: 3600, 'w.h': 3600, mwh: 3.6, uwh: 3.6e-3, ws: 1, mws: 1e-3, j: 1 },
  frequency: { hz: 1, hertz: 1, khz: 1e3, mhz: 1e6 },
  impedance: { ohm: 1, ohms: 1, mohm: 1e-3, kohm: 1e3, a: 1, b: 1 },
  angle: { deg: Math.PI / 180, '°': Math.PI / 180, degree: Math.PI / 180, rad: 1 },
  temperature: { c: 1, '°c': 1, degc: 1, celsius: 1, k: 1 },
  power: { w: 1, watt: 1, mw: 1e-3, uw: 1e-6 },
  '1': { '1': 1, '': 1 },
};

/** Unit a column is taken in when its heading gives none. */
const PLAIN_UNIT: Readonly<Record<Dimension, string>> = {
  time: 's',
  voltage: 'v',
  current: 'a',
  charge: 'ah',
  energy: 'wh',
  frequency: 'hz',
  impedance: 'ohm',
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
}

const RULES: readonly MeaningRule[] = [
  { name: /^(test ?time|total ?time|elapsed ?time|run ?time|test)$/, dimension: 'time', to: 'time_s' },
  { name: /^(time|t)$/, dimension: 'time', to: 'time_s', rank: 1 },
  { name: /^(step ?time|t-step|step)$/, dimension: 'time', to: 'step_time_s' },
  {
    name: /^(unix time|datetime|date ?time|date|dpt time|date and time|real time|absolute time|realtime)$/,
    dimension: 'time',
    to: 'unix_time_s',
  },
  { name: /^(voltage|potential|volts?|u|ewe|ecell|cell voltage)$/, dimension: 'voltage', to: 'voltage_V' },
  { name: /^(<ewe>|<ecell>|e|v|vf|vdc|edc)$/, dimension: 'voltage', to: 'voltage_V', rank: 1 },
  { name: /^(current|amps?|i)$/, dimension: 'current', to: 'current_A' },
  { name: /^(<i>|im|idc)$/, dimension: 'current', to: 'current_A', rank: 1 },
  { name: /^(cycle|cyc#?|cycle ?(number|index|count|id|no|#)|cyc-count)$/, dimension: '1', to: 'cycle' },
  { name: /^cycle c$/, dimension: '1', to: 'cycle' },
  { name: /^(step|step ?(number|index|id|no|count)|ns)$/, dimension: '1', to: 'step' },
  { name: /^line$/, dimension: '1', to: 'step', rank: 2 },
  { name: /^(chg|charge|charging|q charge)( ?(cap|capacity))?( ah)?$/, dimension: 'charge', to: 'charging_capacity_C' },
  {
    name: /^(dchg|dischg|discharge|discharging|q discharge)( ?(cap|capacity))?( ah)?$/,
    dimension: 'charge',
    to: 'discharging_capacity_C',
  },
  { name: /^(capacity|cap|amp-hr|ah|q)$/, dimension: 'charge', to: 'capacity_C' },
  { name: /^\(?q-qo\)?$/, dimension: 'charge', to: 'net_charge_C' },
  { name: /^dq$/, dimension: 'charge', to: 'charge_since_row_before_C' },
  { name: /^(chg|charge|charging) ?(ener|energy)$|^energy charge$/, dimension: 'energy', to: 'charging_energy_J' },
  {
    name: /^(dchg|discharge|discharging) ?(ener|energy)$|^energy discharge$/,
    dimension: 'energy',
    to: 'discharging_energy_J',
  },
  { name: /^(energy|ener|watt-hr|wh)$/, dimension: 'energy', to: 'energy_J' },
  { name: /^(freq|frequency|f)$/, dimension: 'frequency', to: 'frequency_Hz' },
  {
    name: /^(re\(z\)|re z|z'|z're|zre|zreal|z real|z re|real|re|real impedance|z_re)$/,
    dimension: 'impedance',
    to: 'real_ohm',
  },
  {
    name: /^(im\(z\)|im z|z''|zim|zimg|zimag|z imag|z im|imag|imaginary|im|imaginary impedance)$/,
    dimension: 'impedance',
    to: 'imaginary_ohm',
  },
  { name: /^(\|z\||zmod|z mod|modulus|absolute impedance)$/, dimension: 'impedance', to: 'modulus_ohm' },
  { name: /^z$/, dimension: 'impedance', to: 'modulus_ohm', rank: 1 },
  { name: /^(phase\(z\)|phase|zphz|phase angle|theta)$/, dimension: 'angle', to: 'phase_rad' },
  {
    name: /^(temp|temperature|temp 1|t1|cell temperature|surface temperature t1|aux temperature 1|ambient temperature)$/,
    dimension: 'temperature',
    to: 'temperature_K',
  },
  { name: /^(power|p)$/, dimension: 'power', to: 'power_W' },
];

export interface ColumnMeaning {
  readonly to: string;
  readonly factor: number;
  readonly offset: number;
  readonly rank: number;
  /** Whether the heading gave the unit. */
  readonly unitSaid: boolean;
}

function unitWord(text: string): string {
  return text.replace(/[µμ]/gu, 'u').replace(/[ΩΩ]/gu, 'ohm').replace(/[�]/gu, '°').trim().toLowerCase();
}

function isUnit(text: string): boolean {
  const word = unitWord(text);
  return word !== '' && Object.values(UNITS).some((units) => word in units && Object.hasOwn(units, word));
}

/** True where a field names nothing but a unit, such as `[V]` or `(mA)`. */
export function isUnitField(text: string): boolean {
  return isUnit(text.trim().replace(/^[[(]|[\])]$/g, ''));
}

function nameAndUnit(heading: string): readonly [name: string, unit: string | null] {
  const text = heading
    .trim()
    .replace(/^"|"$/g, '')
    .trim()
    // EC-Lab writes both <Ewe>/V and <Ewe/V>.
    .replace(/^<([^<>]+)\/([^<>/]+)>$/, '<$1>/$2');
  const bracketed = /^(.*\S)\s*[[(]([^[\]()]*)[\])]$/.exec(text);
  if (bracketed !== null && isUnit(bracketed[2]!)) return [bracketed[1]!, unitWord(bracketed[2]!)];
  const slash = text.lastIndexOf('/');
  if (slash > 0 && isUnit(text.slice(slash + 1))) return [text.slice(0, slash), unitWord(text.slice(slash + 1))];
  const machine = /^(.+)_([a-z]+)$/.exec(text);
  if (machine !== null && isUnit(machine[2]!)) return [machine[1]!, machine[2]!];
  return [text, null];
}

/** The meaning of a heading, or null where it is unknown. */
export function meaningOf(heading: string): ColumnMeaning | null {
  const [rawName, unit] = nameAndUnit(heading.slice(0, 200));
  let name = rawName
    .toLowerCase()
    .replace(/\s*\(hours in [^)]*\)/, '')
    .replace(/["”″]/g, "''")
    .replace(/[_\s]+/g, ' ')
    .replace(/\./g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  let sign = 1;
  if (/^[-−]\s*(?:im|z|imag)/.test(name)) {
    sign = -1;
    name = name.replace(/^[-−]\s*/, '');
  }
  for (const { name: pattern, dimension, to, rank = 0 } of RULES) {
    if (!pattern.test(name)) continue;
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
