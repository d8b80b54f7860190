// What is gathered while a cell file is read: its faults, the values supplied for it, and the sources of both.

import {
  cathodeMaterial,
  type Property,
  SEPARATORS,
  type SeparatorMaterial,
  separatorMaterial,
} from '../materials/index.ts';
import { InputError, type Issue, nearestHint } from '../units/index.ts';
import type { Assumption } from './cell.ts';
import { shown } from './plain-json.ts';

const prior = (value: number, unit: string, source: string, range?: readonly [number, number]): Property => ({
  value,
  unit,
  tag: 'prior',
  source,
  ...(range === undefined ? {} : { range }),
});

/** Values that belong to no material. */
export const GENERAL = {
  temperature: { value: 298.15, unit: 'K', tag: 'assumed', source: 'room temperature, 25 °C' },
  contactResistance: { value: 0, unit: 'ohm m2', tag: 'assumed', source: 'contacts that nobody measured are left out' },
  // 40 µL in a coin cell of 1.27 cm2.
  amount: prior(40e-9 / 1.27e-4, 'm3', 'a flooded coin cell: 31 µL per cm2 of electrode', undefined),
  electrolyteDensity: prior(
    1200,
    'kg/m3',
    'carbonates with 1 M salt; ethers 1.1, concentrated electrolytes 1.4-1.5',
    [1000, 1600],
  ),
  heatCapacity: prior(600, 'J/(m2 K)', 'a stack of 300 µm at 2e6 J/(m3 K)', [100, 3000]),
  heatTransfer: prior(10, 'W/(m2 K)', 'free convection in air', [5, 30]),
  areaRatio: { value: 1, unit: '1', tag: 'assumed', source: 'a flat surface' },
  layerActivationEnergy: prior(
    61000,
    'J/mol',
    'as for native interphases, 0.61-0.66 eV (10.1016/j.jpowsour.2005.05.034)',
    [20000, 64000],
  ),
  layerLithium: prior(50000, 'mol/m3', 'between an organic layer (2.1e4) and Li2O (1.35e5)', [20000, 135000]),
  layerSaltFraction: prior(0, '1', 'a layer that solvent alone makes', [0, 0.25]),
  growthActivationEnergy: prior(50000, 'J/mol', 'modelling prior', [30000, 65000]),
} as const satisfies Record<string, Property>;

export class Draft {
  readonly issues: Issue[] = [];
  readonly #assumptions = new Map<string, Assumption>();
  readonly #sources = new Set<string>();
  readonly where: string;

  constructor(where: string) {
    this.where = where;
  }

  get assumptions(): readonly Assumption[] {
    return [...this.#assumptions.values()];
  }

  get sources(): readonly string[] {
    return [...this.#sources];
  }

  /** A value that the file does not give; listed once for each path. */
  assume(path: string, property: Property): number {
    const { value, unit, tag, source, range } = property;
    const hasWidth = range !== undefined && range[0] < range[1];
    const listed: Assumption = { path, value, unit, tag, source, ...(hasWidth ? { range } : {}) };
    if (!this.#assumptions.has(path)) this.#assumptions.set(path, listed);
    return value;
  }

  /** An assumption that the file itself lists. */
  carryOver({
    range,
    ...rest
  }: Omit<Assumption, 'range'> & { readonly range?: readonly [number, number] | undefined }): void {
    const assumption: Assumption = { ...rest, ...(range === undefined ? {} : { range }) };
    this.#assumptions.set(assumption.path, assumption);
  }

  source(source: string): void {
    this.#sources.add(source);
  }

  /** `path` is inside the file; the draft puts its own place before it. Layers that two electrodes share are told once. */
  fault(path: string, found: string, wanted: string, hint?: string): void {
    const where = this.at(path);
    if (this.issues.some((told) => told.where === where && told.found === found && told.wanted === wanted)) return;
    this.issues.push({ where, found, wanted, ...(hint === undefined ? {} : { hint }) });
  }

  at(path: string): string {
    return this.where === '' ? path : `${this.where}.${path}`;
  }

  /** Runs a reader that throws InputError and takes its issues over. */
  collecting<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.issues.push(...error.issues);
      return undefined;
    }
  }

  /** A separator by name; the usual polyolefin where none is named. */
  separator(name: string | undefined, path: string): SeparatorMaterial | undefined {
    if (name === undefined) return SEPARATORS[0];
    const known = separatorMaterial(name);
    if (!known) this.unknownMaterial(path, name, SEPARATORS);
    return known;
  }

  /** A fault for a name that no entry has. */
  unknownMaterial(
    path: string,
    name: string,
    entries: readonly { readonly id: string; readonly aliases: readonly string[] }[],
    otherwise?: string,
  ): void {
    const ids = entries.map(({ id }) => id);
    const hint = nearestHint(name, [...ids, ...entries.flatMap(({ aliases }) => aliases)]) ?? otherwise;
    this.fault(path, shown(name), `one of ${ids.join(', ')}`, hint);
  }

  cathodeLimits(material: string): { readonly low: number; readonly high: number } | null {
    const known = cathodeMaterial(material);
    return known ? { low: known.voltageLimits.low.value, high: known.voltageLimits.high.value } : null;
  }
}
