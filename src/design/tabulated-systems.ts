// The 67 systems of the reviews' tables as plans. A row's cell is built in under the row's id; what was measured on other
// electrodes than it has is computed for the same surface there.

import { type Cell, systemCell } from '../cells/index.ts';
import { type LiteratureRow, literatureRows } from '../literature/index.ts';
import { InputError, nearestHint } from '../units/index.ts';
import { type SystemPlan, systemPlan } from './comparison.ts';

const plans = new Map<string, SystemPlan>();

function planned(row: LiteratureRow): SystemPlan {
  const known = plans.get(row.id);
  if (known !== undefined) return known;
  const cells = new Map<string, Cell>();
  const plan = systemPlan(row, (id, kind, variant) => {
    const key = `${kind} ${variant?.interlayer ?? true}`;
    const cell = cells.get(key) ?? systemCell(id, kind, variant);
    cells.set(key, cell);
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
