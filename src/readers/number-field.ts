// Numbers, durations and clock times as cyclers write them, from bytes.

/** Powers of ten that a double holds exactly. */
const EXACT_POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const MANTISSA_MAX = 2 ** 53;

/** Words that stand where there is no value. */
const NO_VALUE = /^(?:|-+|\*+|n\/?a|nan|null|none|inf|-inf|\?+)$/i;

export interface FieldNumber {
  /** False where the field holds something that is no number; an empty field is NaN and no fault. */
  ok: boolean;
}

const SPACE = 32;
const QUOTE = 34;
const PLUS = 43;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;

function plainText(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let k = from; k < Math.min(to, from + 64); k++) text += String.fromCharCode(bytes[k]!);
  return text.trim().replace(/^"|"$/g, '').trim();
}

/** The number in bytes `from` to `to`, correctly rounded. NaN where there is none; `state.ok` tells whether that is a fault. */
export function numberField(bytes: Uint8Array, from: number, to: number, decimal: number, state: FieldNumber): number {
  let at = from;
  while (at < to && (bytes[at]! <= SPACE || bytes[at] === QUOTE)) at++;
  let end = to;
  while (end > at && (bytes[end - 1]! <= SPACE || bytes[end - 1] === QUOTE)) end--;
  if (at === end) return Number.NaN;
  const start = at;
  let negative = false;
  if (bytes[at] === MINUS || bytes[at] === PLUS) negative = bytes[at++] === MINUS;
  let mantissa = 0;
  let exponent = 0;
  let digits = 0;
  let exact = true;
  for (; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) break;
    mantissa = mantissa * 10 + digit;
    digits++;
  }
  if (at < end && bytes[at] === decimal) {
    const point = ++at;
    for (; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      mantissa = mantissa * 10 + digit;
    }
    digits += at - point;
    exponent = point - at;
  }
  if (mantissa > MANTISSA_MAX) exact = false;
  if (digits > 0 && at < end && (bytes[at]! | 32) === 101) {
    at++;
    let sign = 1;
    if (bytes[at] === MINUS || bytes[at] === PLUS) sign = bytes[at++] === MINUS ? -1 : 1;
    let power = 0;
    const first = at;
    for (; at < end && bytes[at]! >= ZERO && bytes[at]! <= NINE; at++)
      power = Math.min(power * 10 + bytes[at]! - ZERO, 9999);
    if (at === first) digits = 0;
    exponent += sign * power;
  }
  if (digits > 0 && at === end) {
    if (exact && exponent >= -22 && exponent <= 22) {
      const value = exponent < 0 ? mantissa / EXACT_POWERS[-exponent]! : mantissa * EXACT_POWERS[exponent]!;
      return negative ? -value : value;
    }
    let text = '';
    for (let k = start; k < end; k++) text += bytes[k] === decimal ? '.' : String.fromCharCode(bytes[k]!);
    return Number(text);
  }
  const text = plainText(bytes, from, to);
  // A quoted number may carry commas between thousands.
  if (decimal === 46 && /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) return Number(text.replaceAll(',', ''));
  // Corrtest marks the last row of a cycle behind its last number.
  const marked = /^([-+]?[\d.]+(?:e[-+]?\d+)?)\s+\d+ CYCLE$/i.exec(text);
  if (marked !== null) return Number(marked[1]);
  if (!NO_VALUE.test(text)) state.ok = false;
  return Number.NaN;
}

const DURATION = /^-?(?:(\d+)\s*(?:d|-|\.)\s*)?(\d+):(\d{1,2})(?::(\d{1,2}(?:[.,]\d+)?))?$/;

/** Seconds of `12:34:56.7`, `1-02:03:04` or `2d 03:04:05`; undefined for anything else. */
export function durationOf(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  if (match === null) return undefined;
  const [, days = '0', hours, minutes, seconds = '0'] = match;
  const value_s =
    Number(days) * 86400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
  return text.trim().startsWith('-') ? -value_s : value_s;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK =
  /^(\d{1,4})([-/.])(\d{1,2}|[a-z]{3})\2(\d{1,4})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,:]\d+)?))?\s*(am|pm)?)?z?$/i;

export interface ClockOptions {
  /** 12/08/2022 is the 12th of August. */
  readonly dayFirst: boolean;
}

/** Seconds since 1970 of a written date and time, its zone taken for UTC; undefined for anything else. */
export function clockOf(text: string, { dayFirst }: ClockOptions): number | undefined {
  const match = CLOCK.exec(text.trim());
  if (match === null) return undefined;
  const [, first, separator, second, third, hour = '0', minute = '0', seconds = '0', half] = match;
  let year: number;
  let month: number;
  let day: number;
  if (/^[a-z]/i.test(second!)) {
    month = MONTHS.indexOf(second!.toLowerCase()) + 1;
    [day, year] = [Number(first), Number(third)];
  } else if (first!.length === 4) [year, month, day] = [Number(first), Number(second), Number(third)];
  else if (dayFirst || separator === '.') [day, month, year] = [Number(first), Number(second), Number(third)];
  else [month, day, year] = [Number(first), Number(second), Number(third)];
  if (year < 100) year += year < 70 ? 2000 : 1900;
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const date_s = Date.UTC(year, month - 1, day) / 1000;
  return date_s + hours * 3600 + Number(minute) * 60 + Number(seconds.replace(/[,:]/, '.'));
}

/** True where some date in the list can only be read with the day first. */
export function dayComesFirst(texts: readonly string[]): boolean {
  return texts.some((text) => Number(/^(\d{1,2})\/\d{1,2}\//.exec(text.trim())?.[1] ?? 0) > 12);
}
