// Numbers, durations and clock times as cyclers write them, from bytes.

/** Powers of ten that a double holds exactly. */
const EXACT_POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const MANTISSA_MAX = 2 ** 53;

/** Words that stand where there is no value. */
const NO_VALUE = /^(?:|-+|\*+|n\/?a|nan|null|none|inf|-inf|\?+)$/i;

/** What parts thousands, in bytes of Windows-1252 and UTF-8. */
const PARTING = /['\u0092\u00a0]|\u00c2\u00a0|\u00e2\u0080[\u0099\u00af]/g;
const PARTED = /^[-+]?[1-9]\d{0,2}(?:(?:['\u0092\u00a0]|\u00c2\u00a0|\u00e2\u0080[\u0099\u00af])\d{3})+(?:[.,]\d*)?$/;

export interface FieldNumber {
  /** False where the field holds something that is no number; an empty field is NaN and no fault. */
  ok: boolean;
}

const SPACE = 32;
const QUOTE = 34;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
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
  // Thousands may stand apart, where the file's decimal mark is known to be the other one.
  if (decimal === POINT && /^[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/.test(text))
    return Number(text.replaceAll(',', ''));
  if (decimal !== POINT && /^[-+]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$/.test(text))
    return Number(text.replaceAll('.', '').replace(',', '.'));
  // Swiss and French programs part them by an apostrophe or by a blank that breaks no line, which is no decimal mark anywhere.
  const parted = PARTED.test(text) ? text.replace(PARTING, '').replace(decimal === POINT ? '.' : ',', '.') : '';
  if (/^[-+]?\d+(?:\.\d*)?$/.test(parted)) return Number(parted);
  // Corrtest marks the last row of a cycle behind its last number.
  const marked = /^([-+]?[\d.]+(?:e[-+]?\d+)?)\s+\d+ CYCLE$/i.exec(text);
  if (marked !== null) return Number(marked[1]);
  if (!NO_VALUE.test(text)) state.ok = false;
  return Number.NaN;
}

const DURATION = /^-?(?:(\d+)\s*(?:d|-|\.)\s*)?(\d+):(\d{1,2})(?::(\d{1,2}(?:[.,]\d+)?))?(?:\s*([ap])m)?$/i;

/** Seconds of `12:34:56.7`, `1-02:03:04`, `2d 03:04:05` or, of a day, `3:04:05 PM`; undefined for anything else. */
export function durationOf(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  if (match === null) return undefined;
  const [, days = '0', hours, minutes, seconds = '0', half] = match;
  const value_s =
    Number(days) * 86400 + hourOf(hours!, half) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
  return text.trim().startsWith('-') ? -value_s : value_s;
}

/** The hour of a day of 24, from one of twelve where AM or PM stands behind it. */
const hourOf = (text: string, half: string | undefined): number =>
  half === undefined ? Number(text) : (Number(text) % 12) + (/^p/i.test(half) ? 12 : 0);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK =
  /^(\d{1,4})([-/.])(\d{1,2}|[a-z]{3})\2(\d{1,4})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,:]\d+)?))?\s*(am|pm)?)?\s*(?:z|utc|gmt|([-+]\d{2}):?(\d{2}))?$/i;
/** The month as a word before the day, as `Jan 2, 2020`, perhaps behind a day of the week. */
const MONTH_FIRST = /^(?:[a-z]{3,9},?\s+)?([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})\b,?(.*)$/i;
/** The same with the day before it, as `2 January 2020`. */
const DAY_FIRST = /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\.?\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})\b,?(.*)$/i;

export interface ClockOptions {
  /** 12/08/2022 is the 12th of August. */
  readonly dayFirst: boolean;
}

/** Seconds since 1970 of a written date and time, without a zone taken for UTC; undefined for anything else. */
export function clockOf(given: string, { dayFirst }: ClockOptions): number | undefined {
  const text = given.trim();
  const match = CLOCK.exec(/^[a-z]|^\d{1,2}\.?\s/i.test(text) ? withoutMonthNames(text) : text);
  if (match === null) return undefined;
  const [
    ,
    first,
    separator,
    second,
    third,
    hour = '0',
    minute = '0',
    seconds = '0',
    half,
    zone = '0',
    zoneMinutes = '0',
  ] = match;
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
  const date_s = Date.UTC(year, month - 1, day) / 1000;
  const ahead_s = Number(zone) * 3600 + (zone.startsWith('-') ? -60 : 60) * Number(zoneMinutes);
  return date_s + hourOf(hour, half) * 3600 + Number(minute) * 60 + Number(seconds.replace(/[,:]/, '.')) - ahead_s;
}

/** A date with its month as a word, as one in figures and dashes. */
function withoutMonthNames(text: string): string {
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst !== null) return `${monthFirst[2]}-${monthFirst[1]}-${monthFirst[3]}${monthFirst[4]}`;
  const dayFirst = DAY_FIRST.exec(text);
  return dayFirst === null ? text : `${dayFirst[1]}-${dayFirst[2]}-${dayFirst[3]}${dayFirst[4]}`;
}

/** True where some date in the list can only be read with the day first. */
export function dayComesFirst(texts: readonly string[]): boolean {
  return texts.some((text) => Number(/^(\d{1,2})\/\d{1,2}\//.exec(text.trim())?.[1] ?? 0) > 12);
}
