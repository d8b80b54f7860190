// The system of a literature table in the cell that a measurement needs: its efficiency is measured against copper, its
// resistance and voltage between two electrodes of the same lithium.

import { InputError } from '../units/index.ts';
import { builtInCell, builtInFile } from './built-in.ts';
import type { Cell, CellKind } from './cell.ts';
import { parseCell } from './parse-cell.ts';

/** What belongs to the strategy, wherever lithium is plated. */
const STRATEGY_KEYS = [
  'coating',
  'host',
  'substrate',
  'plating',
  'interphase',
  'areaRatio',
  'interlayer',
  'contact',
] as const;

type Electrode = Readonly<Record<string, unknown>>;

/** The same system without what lies between lithium and the solid electrolyte, as it would be untreated. */
export interface SystemVariant {
  /** false: without interlayer, and with the contact that the bare electrolyte has. */
  readonly interlayer?: boolean;
}

/** Foil as thick as laboratories use it, so that the counter electrode does not end the test. */
const LITHIUM = { kind: 'lithium', thickness: '500 µm' } as const;

/**
 * A built-in cell with other electrodes around the same strategy and electrolyte, without a protocol where the kind changes.
 * A host of lithium holds as much of it as a file without a thickness says. Throws InputError for an unknown id, and for a cathode where the system has none.
 */
export function systemCell(id: string, kind: CellKind, { interlayer = true }: SystemVariant = {}): Cell {
  const own = builtInCell(id);
  if (own.kind === kind && interlayer) return own;
  const {
    protocol: _,
    assumptions,
    ...file
  } = builtInFile(id) as {
    readonly name: string;
    readonly working: Electrode;
    readonly counter: Electrode;
    readonly protocol?: unknown;
    readonly assumptions?: readonly { readonly path: string }[];
  };
  const tested = own.working.kind === 'cathode' ? file.counter : file.working;
  const strategy = Object.fromEntries(
    STRATEGY_KEYS.filter((key) => key in tested && (interlayer || (key !== 'interlayer' && key !== 'contact'))).map(
      (key) => [key, tested[key]],
    ),
  );
  const lithium = 'host' in strategy ? { kind: 'lithium', ...strategy } : { ...LITHIUM, ...strategy };
  const electrodes = {
    'Li|Li': { working: lithium, counter: lithium },
    'Li|Cu': { working: { kind: 'foil', material: 'Cu', ...strategy }, counter: LITHIUM },
    'Li|cathode': null,
    'Cu|cathode': null,
  }[kind];
  if (electrodes === null) {
    throw new InputError([
      { where: id, found: `a cell of the kind ${own.kind}`, wanted: `a cathode for a ${kind} cell` },
    ]);
  }
  return parseCell({
    ...file,
    ...electrodes,
    id: `${own.id}-${kind.toLowerCase().replace('|', '-')}${interlayer ? '' : '-bare'}`,
    name: `${file.name}, as ${kind}${interlayer ? '' : ' without interlayer'}`,
    // What the file assumes of its electrodes goes with them.
    assumptions: assumptions?.filter(({ path }) => !/^(?:working|counter)\b/u.test(path)),
  });
}
