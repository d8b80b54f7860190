// Reading of one BPX file's sections: which keys are there, what kind of value each holds, and what was left unread.
// Keys are BPX's own, units and all; the reader knows nothing of what they are for.

import { parseExpression } from '../numerics/index.ts';
import { type Issue, nearestHint } from '../units/index.ts';
import { joinPath, type PlainJson, type PlainObject, shown } from './plain-json.ts';

/** A value of the file that no cell field takes, and why. */
export interface NotMapped {
  readonly path: string;
  readonly reason: string;
}

/** A number, a formula in x, or a table: the three forms of a BPX parameter. */
export type BpxFunction = number | string | { readonly x: readonly number[]; readonly y: readonly number[] };

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

const TABLE_ROWS_MAX = 5000;

export class BpxSection {
  readonly path: string;
  readonly #data: PlainObject;
  readonly #issues: Issue[];
  readonly #read = new Set<string>();

  constructor(data: PlainObject, path: string, issues: Issue[]) {
    this.#data = data;
    this.path = path;
    this.#issues = issues;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#data, key) && this.#data[key] !== null;
  }

  at(key: string): string {
    return joinPath(this.path, key);
  }

  fault(key: string, found: string, wanted: string, hint?: string): void {
    this.#issues.push({ where: this.at(key), found, wanted, ...(hint === undefined ? {} : { hint }) });
  }

  /** A section inside this one; undefined where there is none. */
  section(key: string): BpxSection | undefined {
    this.#read.add(key);
    if (!this.has(key)) return undefined;
    const data = this.#data[key]!;
    if (typeof data === 'object' && !Array.isArray(data))
      return new BpxSection(data as PlainObject, this.at(key), this.#issues);
    this.fault(key, shown(data), 'an object');
    return undefined;
  }

  /** A section that must be there. After the fault an empty one stands for it, and what it lacks is not told again. */
  needed(key: string): BpxSection {
    const section = this.section(key);
    if (section) return section;
    if (!this.has(key)) this.#missing(key);
    return new BpxSection({}, this.at(key), []);
  }

  value(key: string): PlainJson | undefined {
    this.#read.add(key);
    return this.has(key) ? this.#data[key] : undefined;
  }

  /** A number within bounds; undefined where there is none or it has a fault. */
  number(key: string, { min, max }: Bounds): number | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && value >= min && value <= max) return value;
    const wanted = `a number from ${min} to ${max}`;
    const written = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
    this.fault(key, shown(value), wanted, written ? `write ${value} without quotes` : undefined);
    return undefined;
  }

  neededNumber(key: string, bounds: Bounds): number | undefined {
    if (!this.has(key)) this.#missing(key);
    return this.number(key, bounds);
  }

  /** A number, formula or table; a text that is only a number is that number. */
  function(key: string): BpxFunction | undefined {
    const value = this.value(key);
    if (value === undefined || typeof value === 'number') return value;
    if (typeof value === 'string') {
      if (value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
      const parsed = parseExpression(value);
      if (parsed.ok) return value;
      this.fault(key, shown(value), 'a formula in x', `${parsed.message} at character ${parsed.position + 1}`);
      return undefined;
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const { x, y } = value as PlainObject;
      if (isNumbers(x) && isNumbers(y)) {
        if (x.length === y.length && x.length >= 2 && x.length <= TABLE_ROWS_MAX) return sorted(x, y);
        this.fault(
          key,
          `a table with ${x.length} of x and ${y.length} of y`,
          `as many of each, 2 to ${TABLE_ROWS_MAX}`,
        );
        return undefined;
      }
    }
    this.fault(key, shown(value), 'a number, a formula in x, or a table { "x": [...], "y": [...] }');
    return undefined;
  }

  neededFunction(key: string): BpxFunction | undefined {
    if (!this.has(key)) this.#missing(key);
    return this.function(key);
  }

  text(key: string): string | undefined {
    const value = this.value(key);
    return typeof value === 'string' ? value : undefined;
  }

  /** Keys nobody has asked for. */
  unread(): readonly string[] {
    return Object.keys(this.#data).filter((key) => !this.#read.has(key));
  }

  keys(): readonly string[] {
    return Object.keys(this.#data);
  }

  #missing(key: string): void {
    this.fault(
      key,
      'nothing',
      'a value',
      nearestHint(
        key,
        Object.keys(this.#data).filter((other) => !this.#read.has(other)),
      ),
    );
  }
}

function isNumbers(value: PlainJson | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}

/** Tables in falling x are turned round; what does not then rise strictly is found by the cell file's own check. */
function sorted(x: readonly number[], y: readonly number[]): BpxFunction {
  return x[0]! > x.at(-1)! ? { x: [...x].reverse(), y: [...y].reverse() } : { x, y };
}
