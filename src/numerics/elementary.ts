// The elementary functions, the same to the last bit in every engine of JavaScript.
//
// The language leaves `Math.exp` and its kin to the engine, and two engines differ in the last place of one value in ten. An
// adaptive step or an event turns that last place into another step, so a run in the browser would not be the run of the shell.
// Addition, multiplication, division and square root are exact by IEEE 754, and these functions use nothing else. Their tables
// are worked out from integers when the module is loaded, so that no rounding of an engine enters there either. Errors are below
// one or two units in the last place, three for the hyperbolic functions; a power that is not whole carries the error of its
// exponent, |y ln x| units.

/** Bits after the point of the integers that the tables are worked out with. */
const BITS = 128n;
const DOUBTFUL_BITS = 12n;
const ONE = 1n << BITS;
const HALF_BITS = 2 ** 64;

/** The number nearest to a fixed-point integer. */
const numberOf = (fixed: bigint): number => Number(fixed) / HALF_BITS / HALF_BITS;
const fixedOf = (x: number): bigint => BigInt(x * HALF_BITS * HALF_BITS);
/** Two numbers whose sum is the fixed-point integer to twice the precision of one, without its last bits, in which sums are wrong. */
function pairOf(fixed: bigint): readonly [number, number] {
  const rounded = (((fixed >> (DOUBTFUL_BITS - 1n)) + 1n) >> 1n) << DOUBTFUL_BITS;
  return [numberOf(rounded), numberOf(rounded - fixedOf(numberOf(rounded)))];
}
/** The same, the first with so few bits that its product with an integer below 2^(53 - bits) is exact. */
function shortPairOf(fixed: bigint, bits: number): readonly [number, number] {
  const last = BITS - BigInt(bits);
  const high = (fixed >> last) << last;
  return [numberOf(high), numberOf(fixed - high)];
}

/** 2 atanh(a/b) = ln((b + a)/(b - a)), in fixed point. */
function twiceArtanh(a: bigint, b: bigint): bigint {
  let sum = 0n;
  let power = (2n * a * ONE) / b;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = (power * a * a) / (b * b);
  }
  return sum;
}

/** atan(a/b), a below b, in fixed point. */
function arctangentOf(a: bigint, b: bigint): bigint {
  let sum = 0n;
  let power = (a * ONE) / b;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = (-power * a * a) / (b * b);
  }
  return sum;
}

/** e^x of a fixed-point x below one. */
function exponentialOf(x: bigint): bigint {
  let sum = 0n;
  let term = ONE;
  for (let n = 1n; term !== 0n; n++) {
    sum += term;
    term = (term * x) / (n * ONE);
  }
  return sum;
}

/** A table of pairs, each entry made from the one before. */
function tableOf(
  count: number,
  first: bigint,
  next: (entry: bigint, k: bigint) => bigint,
): readonly [Float64Array, Float64Array] {
  const [high, low] = [new Float64Array(count), new Float64Array(count)];
  for (let [k, entry] = [0, first]; k < count; k++, entry = next(entry, BigInt(k)))
    [high[k], low[k]] = pairOf(entry) as [number, number];
  return [high, low];
}

const FIXED_LN_2 = twiceArtanh(1n, 3n);

/** 2^(k/32), k from 0 to 31. */
const STEPS = 32;
const FIXED_ROOT = exponentialOf(FIXED_LN_2 / BigInt(STEPS));
const [ROOT, ROOT_LOW] = tableOf(STEPS, ONE, (root) => (root * FIXED_ROOT) / ONE);
const [STEP, STEP_LOW] = shortPairOf(FIXED_LN_2 / BigInt(STEPS), 42);
const STEPS_PER_UNIT = numberOf((BigInt(STEPS) * ONE * ONE) / FIXED_LN_2);

/** ln(k/128), k from 96 to 192. */
const PARTS = 128;
const FIRST_PART = 96;
const [LN, LN_LOW] = tableOf(
  FIRST_PART + 1,
  twiceArtanh(BigInt(FIRST_PART - PARTS), BigInt(FIRST_PART + PARTS)),
  (ln, k) => ln + twiceArtanh(1n, 2n * (k + BigInt(FIRST_PART)) - 1n),
);
const [LN_2, LN_2_LOW] = shortPairOf(FIXED_LN_2, 40);
const LOG10_E = numberOf((ONE * ONE) / (3n * FIXED_LN_2 + twiceArtanh(1n, 9n)));

/** atan(k/16), k from 0 to 16. */
const [ARCTANGENT, ARCTANGENT_LOW] = tableOf(17, 0n, (angle, k) => angle + arctangentOf(16n, 256n + k * (k - 1n)));
const FIXED_QUARTER_TURN = 2n * (arctangentOf(1n, 2n) + arctangentOf(1n, 3n));
const [HALF_PI, HALF_PI_LOW] = pairOf(FIXED_QUARTER_TURN);
/** A quarter turn in three parts, the first two short. */
const [QUARTER, QUARTER_REST] = shortPairOf(FIXED_QUARTER_TURN, 32);
const [QUARTER_MIDDLE, QUARTER_LOW] = shortPairOf(FIXED_QUARTER_TURN - fixedOf(QUARTER), 64);
const QUARTERS_PER_RADIAN = numberOf((ONE * ONE) / FIXED_QUARTER_TURN);
const TURN = 4 * (QUARTER + QUARTER_REST);
/** Above this many quarter turns the product with `QUARTER` is no longer exact. */
const QUARTERS_MAX = 2 ** 20;

/** 2^k, k from -1022 to 1023. */
const LOWEST_EXPONENT = -1022;
const POWER_OF_2 = new Float64Array(2046);
POWER_OF_2[-LOWEST_EXPONENT] = 1;
for (let k = 1 - LOWEST_EXPONENT; k < POWER_OF_2.length; k++) POWER_OF_2[k] = 2 * POWER_OF_2[k - 1]!;
for (let k = -LOWEST_EXPONENT - 1; k >= 0; k--) POWER_OF_2[k] = 0.5 * POWER_OF_2[k + 1]!;
/** Powers of ten that a number holds exactly. */
const POWER_OF_10 = new Float64Array(23);
POWER_OF_10[0] = 1;
for (let k = 1; k < POWER_OF_10.length; k++) POWER_OF_10[k] = 10 * POWER_OF_10[k - 1]!;

const SMALLEST_NORMAL = 2 ** -1022;
const FLOAT = new Float64Array([1]);
const WORDS = new Uint32Array(FLOAT.buffer);
/** The word with the sign and the exponent. */
const HIGH_WORD = WORDS[1] === 0 ? 0 : 1;

/** Below it the series of e^x - 1 is cut short without a loss. */
const SMALL = 0.05;
const EXP_LARGEST = 709.782712893384;
const EXP_SMALLEST = -745.1332191019412;

/** e^x. */
export function exp(x: number): number {
  if (!(x <= EXP_LARGEST && x >= EXP_SMALLEST)) return Number.isNaN(x) ? x : x > 0 ? Number.POSITIVE_INFINITY : 0;
  const n = Math.floor(x * STEPS_PER_UNIT + 0.5);
  const r = x - n * STEP - n * STEP_LOW;
  const r2 = r * r;
  const p = r + r2 * (0.5 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120) + r2 * (1 / 720)));
  const j = n & (STEPS - 1);
  const root = ROOT[j]!;
  return scaled(root + (ROOT_LOW[j]! + root * p), n >> 5);
}

/** e^x - 1, also exact in relation where x is small. */
export function expm1(x: number): number {
  if (!(x < 40 && x > -40)) return exp(x) - 1;
  if (x < SMALL && x > -SMALL) {
    if (x === 0) return x;
    const x2 = x * x;
    const high = 1 / 720 + x * (1 / 5040) + x2 * (1 / 40320);
    return x + x2 * (0.5 + x * (1 / 6) + x2 * (1 / 24 + x * (1 / 120) + x2 * high));
  }
  const n = Math.floor(x * STEPS_PER_UNIT + 0.5);
  const r = x - n * STEP - n * STEP_LOW;
  const r2 = r * r;
  const p = r + r2 * (0.5 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120) + r2 * (1 / 720)));
  const j = n & (STEPS - 1);
  const root = ROOT[j]!;
  const size = POWER_OF_2[(n >> 5) - LOWEST_EXPONENT]!;
  return root * size - 1 + size * (ROOT_LOW[j]! + root * p);
}

/** y 2^k, in two steps where 2^k is not a normal number. */
function scaled(y: number, k: number): number {
  if (k >= LOWEST_EXPONENT && k <= 1023) return y * POWER_OF_2[k - LOWEST_EXPONENT]!;
  const half = k >> 1;
  return y * POWER_OF_2[half - LOWEST_EXPONENT]! * POWER_OF_2[k - half - LOWEST_EXPONENT]!;
}

/** The natural logarithm. */
export function log(x: number): number {
  if (!(x >= SMALLEST_NORMAL && x < Number.POSITIVE_INFINITY)) {
    if (x > 0 && x < 1) return log(x * 2 ** 54) - 54 * LN_2 - 54 * LN_2_LOW;
    return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
  }
  FLOAT[0] = x;
  let k = (WORDS[HIGH_WORD]! >>> 20) - 1023;
  let m = k < 1023 ? x * POWER_OF_2[-k - LOWEST_EXPONENT]! : x * 0.5 * POWER_OF_2[0]!;
  if (m >= 1.5) {
    m *= 0.5;
    k += 1;
  }
  const part = Math.floor(m * PARTS + 0.5);
  const c = part * (1 / PARTS);
  const s = (m - c) / (m + c);
  const z = s * s;
  const tail = s * z * (2 / 3 + z * (2 / 5 + z * (2 / 7)));
  return k * LN_2 + LN[part - FIRST_PART]! + (2 * s + (tail + (k * LN_2_LOW + LN_LOW[part - FIRST_PART]!)));
}

/** ln(1 + x), also exact in relation where x is small. */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1) return x;
  return u < Number.POSITIVE_INFINITY && u > 0 ? log(u) + (x - (u - 1)) / u : log(u);
}

/** The decimal logarithm; a whole number for the powers of ten from 1e-22 to 1e22. */
export function log10(x: number): number {
  const value = log(x) * LOG10_E;
  const whole = Math.round(value);
  const isPower = Math.abs(whole) <= 22 && x === (whole < 0 ? 1 / POWER_OF_10[-whole]! : POWER_OF_10[whole]!);
  return isPower ? whole : value;
}

export function sinh(x: number): number {
  const size = Math.abs(x);
  if (size > 40) return (x > 0 ? 0.5 : -0.5) * exp(0.5 * size) * exp(0.5 * size);
  const e = expm1(size);
  const value = 0.5 * (e + e / (e + 1));
  return x < 0 ? -value : size === 0 ? x : value;
}

export function cosh(x: number): number {
  const size = Math.abs(x);
  if (size > 40) return 0.5 * exp(0.5 * size) * exp(0.5 * size);
  const e = exp(size);
  return 0.5 * (e + 1 / e);
}

export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size > 20) return x > 0 ? 1 : -1;
  const e = expm1(2 * size);
  const value = e / (e + 2);
  return x < 0 ? -value : size === 0 ? x : value;
}

export function asinh(x: number): number {
  const size = Math.abs(x);
  const value =
    size > 2 ** 28 ? log(size) + (LN_2 + LN_2_LOW) : log1p(size + (size * size) / (1 + Math.sqrt(size * size + 1)));
  return x < 0 ? -value : size === 0 ? x : value;
}

/** x². */
export function square(x: number): number {
  return x * x;
}

/** x^y: by multiplication where y is a whole number up to 64, else e^(y ln x). */
export function power(x: number, y: number): number {
  if (y >= -64 && y <= 64 && Math.floor(y) === y) {
    const whole = wholePower(x, Math.abs(y));
    return y < 0 ? 1 / whole : whole;
  }
  if (y === 0.5) return Math.sqrt(x);
  if (x < 0) return Math.floor(y) === y ? exp(y * log(-x)) * (y % 2 === 0 ? 1 : -1) : Number.NaN;
  if (x === 1) return 1;
  return exp(y * log(x));
}

function wholePower(x: number, n: number): number {
  let result = 1;
  let factor = x;
  for (let left = n; left > 0; left >>= 1) {
    if ((left & 1) === 1) result *= factor;
    factor *= factor;
  }
  return result;
}

/** The cube root, with the sign of x. */
export function cbrt(x: number): number {
  const size = Math.abs(x);
  if (!(size > 0 && size < Number.POSITIVE_INFINITY)) return x;
  const guess = exp(log(size) / 3);
  const root = guess - (guess - size / (guess * guess)) / 3;
  return x < 0 ? -root : root;
}

/** √(x² + y²) without overflow. */
export function hypot(x: number, y: number): number {
  const large = Math.max(Math.abs(x), Math.abs(y));
  if (!(large > 0 && large < Number.POSITIVE_INFINITY)) return large;
  const ratio = Math.min(Math.abs(x), Math.abs(y)) / large;
  return large * Math.sqrt(1 + ratio * ratio);
}

/** The quarter turn in which x lies, and what is left of x in it, from -π/4 to π/4. */
function leftOf(x: number, n: number): number {
  return x - n * QUARTER - n * QUARTER_MIDDLE - n * QUARTER_LOW;
}

function sineOfSmall(r: number): number {
  const z = r * r;
  const high = -1 / 39916800 + z * (1 / 6227020800 + z * (-1 / 1307674368000 + z * (1 / 355687428096000)));
  return r + r * z * (-1 / 6 + z * (1 / 120 + z * (-1 / 5040 + z * (1 / 362880 + z * high))));
}

function cosineOfSmall(r: number): number {
  const z = r * r;
  const high = 1 / 479001600 + z * (-1 / 87178291200 + z * (1 / 20922789888000 + z * (-1 / 6402373705728000)));
  return 1 - z * (0.5 - z * (1 / 24 + z * (-1 / 720 + z * (1 / 40320 + z * (-1 / 3628800 + z * high)))));
}

/** The sine of x in radians; beyond a million quarter turns only as good as x modulo a rounded turn. */
export function sin(x: number): number {
  const n = Math.floor(x * QUARTERS_PER_RADIAN + 0.5);
  if (!(n > -QUARTERS_MAX && n < QUARTERS_MAX)) return Number.isFinite(x) ? sin(x % TURN) : Number.NaN;
  if (x === 0) return x;
  const r = leftOf(x, n);
  const value = (n & 1) === 0 ? sineOfSmall(r) : cosineOfSmall(r);
  return (n & 2) === 0 ? value : -value;
}

/** The cosine of x in radians, as good as the sine. */
export function cos(x: number): number {
  const n = Math.floor(x * QUARTERS_PER_RADIAN + 0.5);
  if (!(n > -QUARTERS_MAX && n < QUARTERS_MAX)) return Number.isFinite(x) ? cos(x % TURN) : Number.NaN;
  const r = leftOf(x, n);
  const value = (n & 1) === 0 ? cosineOfSmall(r) : sineOfSmall(r);
  return ((n + 1) & 2) === 0 ? value : -value;
}

export function tan(x: number): number {
  return sin(x) / cos(x);
}

/** The angle in radians whose tangent is x. */
export function atan(x: number): number {
  const size = Math.abs(x);
  if (!(size > 0)) return x;
  const value = size <= 1 ? arctangentUpTo1(size) : HALF_PI - (arctangentUpTo1(1 / size) - HALF_PI_LOW);
  return x < 0 ? -value : value;
}

function arctangentUpTo1(x: number): number {
  const k = Math.floor(16 * x + 0.5);
  const c = k / 16;
  const t = (x - c) / (1 + x * c);
  const z = t * t;
  const tail = t * z * (-1 / 3 + z * (1 / 5 + z * (-1 / 7 + z * (1 / 9 + z * (-1 / 11)))));
  return ARCTANGENT[k]! + (t + (tail + ARCTANGENT_LOW[k]!));
}

/** The angle of the point (x, y) from the axis of x, from -π to π. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const [width, height] = [Math.abs(x), Math.abs(y)];
  const isSteep = height > width;
  const flat = width === 0 && height === 0 ? 0 : width === height ? 1 : isSteep ? width / height : height / width;
  const angle = arctangentUpTo1(flat);
  const inQuarter = isSteep ? HALF_PI - (angle - HALF_PI_LOW) : angle;
  const isLeft = x < 0 || Object.is(x, -0);
  const value = isLeft ? 2 * HALF_PI - (inQuarter - 2 * HALF_PI_LOW) : inQuarter;
  return y < 0 || Object.is(y, -0) ? -value : value;
}

/** The angle in radians, from 0 to π, whose cosine is x. */
export function acos(x: number): number {
  return atan2(Math.sqrt((1 - x) * (1 + x)), x);
}

/** The angle in radians, from -π/2 to π/2, whose sine is x. */
export function asin(x: number): number {
  return atan2(x, Math.sqrt((1 - x) * (1 + x)));
}
