// All that the page shows of a cell before it runs: what lies on what, what can be typed into, what was supplied and how far it can be
// trusted, the protocol, warnings, and the file itself.

import {
  type BuiltInCell,
  builtInCells,
  type Cell,
  cellToFile,
  cellWarnings,
  formatProtocol,
  type MetalElectrode,
  type SideAgeing,
  type SolidSide,
} from '../../cells/index.ts';
import { COATINGS, ELECTROLYTES, HOSTS, SEPARATORS, SOLID_INTERFACES, SUBSTRATES } from '../../materials/index.ts';
import { type Dimension, fieldText } from '../../units/index.ts';
import type { ReadCell } from './cell-input.ts';

export type LayerKind =
  | 'lithium'
  | 'collector'
  | 'host'
  | 'coating'
  | 'interphase'
  | 'interlayer'
  | 'separator'
  | 'solid'
  | 'cathode';

/** One layer of the drawn cell, from the counter electrode on. */
export interface StackLayer {
  readonly id: string;
  readonly kind: LayerKind;
  readonly name: string;
  readonly thickness_m: number;
  /** What a typed or dragged thickness changes; null where it follows from something else. */
  readonly typed: {
    readonly as: 'edit' | 'value';
    readonly path: string;
    readonly range_m: readonly [number, number];
  } | null;
}

/** A key of the file that can be typed into. */
export interface SheetField {
  readonly path: string;
  readonly label: string;
  /** What its text is; 'text' is free, such as the name of an electrolyte. */
  readonly dimension: Dimension | 'text';
  readonly unit: string;
  /** As it stands in the file; empty where the file leaves it open. */
  readonly text: string;
  readonly range_SI: readonly [number, number] | null;
  /** Names that are known here; others may be typed. */
  readonly names: readonly string[];
  readonly hint: string;
}

/** A value that was supplied, and may be moved. */
export interface SheetValue {
  readonly parameter: string;
  readonly value: number;
  readonly unit: string;
  /** In the field's units. */
  readonly text: string;
  readonly range: readonly [number, number];
  readonly rangeText: string;
  readonly isLogarithmic: boolean;
  readonly tag: string;
  readonly source: string;
  readonly isMoved: boolean;
}

export interface CellSheet {
  readonly id: string;
  readonly name: string;
  readonly kind: Cell['kind'];
  readonly layers: readonly StackLayer[];
  readonly fields: readonly SheetField[];
  readonly values: readonly SheetValue[];
  /** As lines of text. */
  readonly protocol: string;
  readonly warnings: readonly string[];
  readonly sources: readonly string[];
  /** The file with every value stated, and the short one with what was given. */
  readonly fullFile: string;
  readonly shortFile: string;
}

export function cellList(_input: object): readonly BuiltInCell[] {
  return builtInCells();
}

export function sheetOf(read: ReadCell): CellSheet {
  const { cell, file, varied, values } = read;
  return {
    id: cell.id,
    name: cell.name,
    kind: cell.kind,
    layers: layersOf(read),
    fields: fieldsOf(cell, file),
    values: varied.map(({ parameter, value, unit, range, scale, tag, source }, k) => ({
      parameter,
      value: values[k]!,
      unit,
      text: fieldText([values[k]!], unit),
      range,
      rangeText: fieldText(range, unit, { size_SI: Math.abs(values[k]!) }),
      isLogarithmic: scale === 'logarithmic',
      tag,
      source,
      isMoved: values[k] !== value,
    })),
    protocol: cell.protocol === null ? '' : protocolLines(formatProtocol(cell.protocol, cell.kind)),
    warnings: cellWarnings(cell),
    sources: [...new Set([...cell.sources, ...cell.assumptions.map(({ source }) => source)])],
    fullFile: `${JSON.stringify(cellToFile(cell), null, 2)}\n`,
    shortFile: `${JSON.stringify(file, null, 2)}\n`,
  };
}

/** Steps as lines of text that read back; the steps of one cycle stand in brackets. */
function protocolLines(items: readonly (string | readonly string[])[]): string {
  return items.map((item) => (typeof item === 'string' ? item : `(${item.join('; ')})`)).join('\n');
}

/** Where a typed thickness of some layer may lie. */
const THICKNESS_m: Readonly<Record<LayerKind, readonly [number, number]>> = {
  lithium: [1e-6, 1e-3],
  collector: [1e-6, 1e-4],
  host: [1e-6, 5e-4],
  coating: [1e-9, 1e-5],
  interphase: [1e-9, 1e-6],
  interlayer: [1e-9, 1e-4],
  separator: [5e-6, 3e-4],
  solid: [1e-6, 2e-3],
  cathode: [1e-5, 3e-4],
};

function layersOf({ cell, file, varied }: ReadCell): readonly StackLayer[] {
  const layers: StackLayer[] = [];
  const add = (id: string, kind: LayerKind, name: string, thickness_m: number): void => {
    const range_m = THICKNESS_m[kind];
    const shared = id.replace(/^(counter|working)\./, '');
    const value = varied.find(
      ({ parameter }) => parameter === `${id}.thickness` || parameter === `${shared}.thickness`,
    );
    const isGiven = valueAt(file, `${id}.thickness`) !== undefined;
    const typed = isGiven
      ? ({ as: 'edit', path: `${id}.thickness`, range_m } as const)
      : value === undefined
        ? null
        : ({ as: 'value', path: value.parameter, range_m: value.range } as const);
    layers.push({ id, kind, name, thickness_m, typed });
  };
  const side = (
    id: 'counter' | 'working',
    electrode: MetalElectrode,
    ageing: SideAgeing | null,
    solid: SolidSide | null,
  ): StackLayer[] => {
    const from = layers.length;
    const isBare = electrode.lithiumThickness_m === 0;
    if (isBare || /^(cu|copper|ni|nickel|steel)/i.test(electrode.material)) add(id, 'collector', electrode.material, 0);
    if (!isBare) add(id, 'lithium', 'Li', electrode.lithiumThickness_m);
    if (ageing?.host) add(`${id}.host`, 'host', ageing.host.name, ageing.host.thickness_m);
    for (const [k, layer] of electrode.interphase.entries())
      add(`${id}.interphase[${k}]`, 'interphase', layer.name, layer.thickness_m);
    for (const [k, layer] of (ageing?.coating?.layers ?? []).entries())
      add(`${id}.coating.layers[${k}]`, 'coating', layer.name, layer.thickness_m);
    for (const [k, layer] of (solid?.interlayer ?? []).entries())
      add(`${id}.interlayer[${k}]`, 'interlayer', layer.name, layer.thickness_m);
    return layers.splice(from);
  };
  layers.push(...side('counter', cell.counter, cell.ageing?.counter ?? null, cell.solid?.counter ?? null));
  if (cell.solid) add('electrolyte', 'solid', cell.electrolyte.name, cell.separator.thickness_m);
  else add('separator', 'separator', cell.electrolyte.name, cell.separator.thickness_m);
  if (cell.working.kind === 'cathode') add('working', 'cathode', cell.working.material, cell.working.thickness_m);
  else
    layers.push(...side('working', cell.working, cell.ageing?.working ?? null, cell.solid?.working ?? null).reverse());
  return layers;
}

/** What stands in the file at `counter.interphase[0].thickness`. */
function valueAt(file: Readonly<Record<string, unknown>>, path: string): unknown {
  let at: unknown = file;
  for (const part of path.split(/\.|\[|\]\.?/).filter((one) => one !== '')) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[part];
  }
  return at;
}

function textAt(file: Readonly<Record<string, unknown>>, path: string): string {
  const value = valueAt(file, path);
  if (value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  const { material, name, solid } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const word = material ?? solid ?? name;
  return typeof word === 'string' ? word : value === null ? 'none' : JSON.stringify(value);
}

const namesIn = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);

function fieldsOf(cell: Cell, file: Readonly<Record<string, unknown>>): readonly SheetField[] {
  const fields: SheetField[] = [];
  const amount = (
    path: string,
    label: string,
    dimension: Dimension,
    unit: string,
    range_SI: readonly [number, number] | null,
    hint = '',
  ): void => void fields.push({ path, label, dimension, unit, text: textAt(file, path), range_SI, names: [], hint });
  const word = (path: string, label: string, names: readonly string[], hint = ''): void =>
    void fields.push({
      path,
      label,
      dimension: 'text',
      unit: '',
      text: textAt(file, path),
      range_SI: null,
      names,
      hint,
    });
  const hasCathode = cell.working.kind === 'cathode';
  word(
    'electrolyte',
    cell.solid ? 'Solid electrolyte' : 'Electrolyte',
    cell.solid ? namesIn(SOLID_INTERFACES.electrolytes) : ELECTROLYTES.map(({ name }) => name),
    cell.solid ? '' : 'as you would write it: 1 M LiFSI in DME/TTE (1:4 v/v) + 2 wt% LiNO3',
  );
  if (!cell.solid) {
    word('amount', 'Amount of electrolyte', ['40 µL', '3 g/Ah', 'pores'], 'a volume, "3 g/Ah", or "pores"');
    word('separator', 'Separator', namesIn(SEPARATORS));
  }
  if (cell.counter.kind === 'lithium') amount('counter.thickness', 'Lithium, counter', 'length', 'µm', [1e-6, 7.5e-4]);
  if (cell.working.kind === 'lithium') amount('working.thickness', 'Lithium, working', 'length', 'µm', [1e-6, 7.5e-4]);
  if (hasCathode && valueAt(file, 'working.capacity') !== undefined)
    amount('working.capacity', 'Cathode', 'areal charge', 'mAh/cm2', [1800, 216_000]);
  for (const side of ['counter', 'working'] as const) {
    if (side === 'working' && hasCathode) continue;
    if (cell.solid)
      word(
        `${side}.interlayer`,
        `Interlayer, ${side}`,
        namesIn(SOLID_INTERFACES.interlayers),
        'a name that is known here, or none',
      );
    else if (cell.ageing !== null) {
      word(`${side}.coating`, `Coating, ${side}`, namesIn(COATINGS), 'a name that is known here, or none');
      word(`${side}.host`, `Host, ${side}`, namesIn(HOSTS), 'a name that is known here, or none');
      if (side === 'working') word(`${side}.substrate`, 'Surface to plate on', namesIn(SUBSTRATES));
    }
  }
  amount('area', 'Area', 'area', 'cm2', [5e-5, 1e-2]);
  amount('temperature', 'Temperature', 'temperature', '°C', [253.15, 353.15]);
  if (cell.solid || cell.ageing !== null) amount('pressure', 'Stack pressure', 'pressure', 'MPa', [1e4, 2e7]);
  return fields;
}
