// The 67 systems of the reviews' tables as plans, and the cells that their measurements need. A row's cell is built in under
// the row's id; what was measured on other electrodes than it has is measured on the same surface there.

import { builtInCell, builtInFile, type Cell, type CellKind, parseCell } from '../cells/index.ts';
import { type LiteratureRow, literatureRows } from '../literature/index.ts';
import { InputError, nearestHint } from '../units/index.ts';
import { type SystemPlan, systemPlan } from './comparison.ts';

/** What an electrode of a cell file says of its surface, as against what it is made of. */
const SURFACE_KEYS = [
  'areaRatio',
  'kinetics',
  'interphase',
  'coating',
  'host',
  'substrate',
  'plating',
  'platingWithoutAdditives',
  'film',
  'galvanic',
] as const;

/** Lithium in excess, as in the cells of the tables. */
const LITHIUM = { kind: 'lithium', thickness: '250 µm' } as const;

type Section = Readonly<Record<string, unknown>>;

/**
 * The built-in cell of a row with the electrodes that are asked for: the surface under test on copper, or on lithium on both
 * sides. The row's own cell where it has these electrodes.
 *
 * @throws InputError when there is no such cell, or for a cathode that it does not have.
 */
export function systemCell(id: string, kind: CellKind): Cell {
  const cell = builtInCell(id);
  if (cell.kind === kind) return cell;
  if (kind === 'Li|cathode' || kind === 'Cu|cathode') {
    const found = `${cell.kind}`;
    throw new InputError([{ where: `cell ${id}`, found, wanted: `${kind}, for what was measured on it` }]);
  }
  const { protocol: _protocol, host, ...file } = builtInFile(id) as Section;
  const tested = (cell.working.kind === 'cathode' ? file.counter : file.working) as Section;
  const surface = Object.fromEntries(
    SURFACE_KEYS.flatMap((key) => (tested[key] === undefined ? [] : [[key, tested[key]]])),
  );
  const ofTop: Section = host === undefined || host === null ? {} : { host };
  const side: Section = { ...ofTop, ...surface };
  // Lithium in a host is what the host holds.
  const lithium = side.host === undefined || side.host === null ? LITHIUM : { kind: 'lithium' };
  const { counter: _counter, working: _working, voltageLimits: _limits, nominalCapacity: _capacity, ...rest } = file;
  return parseCell(
    kind === 'Li|Cu'
      ? { ...rest, working: { ...side, kind: 'foil', material: 'Cu' }, counter: LITHIUM }
      : { ...rest, working: { ...side, ...lithium }, counter: { ...side, ...lithium } },
  );
}

const plans = new Map<string, SystemPlan>();

function planned(row: LiteratureRow): SystemPlan {
  const known = plans.get(row.id);
  if (known !== undefined) return known;
  const cells = new Map<CellKind, Cell>();
  const plan = systemPlan(row, (id, kind) => {
    const cell = cells.get(kind) ?? systemCell(id, kind);
    cells.set(kind, cell);
    return cell;
  });
  plans.set(row.id, plan);
  return plan;
}

/** The plan of one system, made once. @throws InputError, with ids that are near, for an id that no table has. */
export function tabulatedSystem(id: string): SystemPlan {
  const rows = literatureRows();
  const row = rows.find((one) => one.id === id.trim().toLowerCase());
  if (row !== undefined) return planned(row);
  const hint = nearestHint(
    id,
    rows.map((one) => one.id),
  );
  const issue = { where: 'system', found: id, wanted: 'the id of a tabulated system, such as a1-45 or b1-26' };
  throw new InputError([hint === undefined ? issue : { ...issue, hint }]);
}

/** Ids of all systems of a table, or of all tables, in printed order. */
export function tabulatedSystemIds(table?: string): readonly string[] {
  return literatureRows()
    .filter((row) => table === undefined || row.table === table)
    .map(({ id }) => id);
}
