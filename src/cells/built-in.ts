// Cells that come with the program. Each is a cell file like anybody's and goes through the same door.

import { InputError, nearestHint } from '../units/index.ts';
import cuLfp from './built-in/cu-lfp.json' with { type: 'json' };
import cuNmc811 from './built-in/cu-nmc811.json' with { type: 'json' };
import idealInsulatedHost from './built-in/ideal-insulated-host.json' with { type: 'json' };
import idealSeededHost from './built-in/ideal-seeded-host.json' with { type: 'json' };
import liCuCarbonate from './built-in/li-cu-carbonate.json' with { type: 'json' };
import liCuEtherNitrate from './built-in/li-cu-ether-nitrate.json' with { type: 'json' };
import liCuFecCarbonate from './built-in/li-cu-fec-carbonate.json' with { type: 'json' };
import liCuLhce from './built-in/li-cu-lhce.json' with { type: 'json' };
import liLco from './built-in/li-lco.json' with { type: 'json' };
import liLfp from './built-in/li-lfp.json' with { type: 'json' };
import liLfpPeo from './built-in/li-lfp-peo.json' with { type: 'json' };
import liLiArgyrodite from './built-in/li-li-argyrodite.json' with { type: 'json' };
import liLiCarbonate from './built-in/li-li-carbonate.json' with { type: 'json' };
import liLiEtherNitrate from './built-in/li-li-ether-nitrate.json' with { type: 'json' };
import liLiLlzto from './built-in/li-li-llzto.json' with { type: 'json' };
import liNmc532 from './built-in/li-nmc532.json' with { type: 'json' };
import liNmc811 from './built-in/li-nmc811.json' with { type: 'json' };
import liNmc811Garnet from './built-in/li-nmc811-garnet.json' with { type: 'json' };
import tableA1 from './built-in/systems/a1.json' with { type: 'json' };
import tableB1 from './built-in/systems/b1.json' with { type: 'json' };
import tableB2 from './built-in/systems/b2.json' with { type: 'json' };
import tableB3 from './built-in/systems/b3.json' with { type: 'json' };
import xu2019HalfCell from './built-in/xu2019-half-cell.json' with { type: 'json' };
import type { Cell } from './cell.ts';
import { parseCell } from './parse-cell.ts';
import { shown } from './plain-json.ts';

interface BuiltInFile {
  readonly id: string;
  readonly name: string;
  readonly notes: readonly string[];
}

const GENERAL_CELLS: readonly BuiltInFile[] = [
  liCuEtherNitrate,
  liCuCarbonate,
  liCuFecCarbonate,
  liCuLhce,
  liLiCarbonate,
  liLiEtherNitrate,
  liNmc811,
  liNmc532,
  liLfp,
  liLco,
  cuNmc811,
  cuLfp,
  xu2019HalfCell,
];

/** Groups in the order in which they are listed. The tables are those of the two reviews whose systems they are. */
const GROUPS: readonly { readonly group: string; readonly files: readonly BuiltInFile[] }[] = [
  { group: 'General cells', files: GENERAL_CELLS },
  { group: 'Solid electrolytes', files: [liLiLlzto, liLiArgyrodite, liLfpPeo, liNmc811Garnet] },
  { group: 'Ideal designs of the first review', files: [idealSeededHost, idealInsulatedHost] },
  { group: 'Table A1: interphases, hosts and electrolytes, by efficiency', files: tableA1 },
  { group: 'Table B1: interphases in liquid electrolytes', files: tableB1 },
  { group: 'Table B2: hosts in liquid electrolytes', files: tableB2 },
  { group: 'Table B3: solid electrolytes and interlayers', files: tableB3 },
];
const FILES = GROUPS.flatMap(({ files }) => files);

export interface BuiltInCell {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Heading under which it is listed. */
  readonly group: string;
}

/** The cells that come with the program, in the order in which they are listed. */
export function builtInCells(): readonly BuiltInCell[] {
  return GROUPS.flatMap(({ group, files }) =>
    files.map(({ id, name, notes }) => ({ id, title: name, summary: notes[0] ?? '', group })),
  );
}

/** The cell of that id. Throws InputError, with the ids that are near, if there is none. */
export function builtInCell(id: string): Cell {
  return parseCell(builtInFile(id));
}

/** The cell file of a built-in cell, to be written out and changed. Throws as `builtInCell`. */
export function builtInFile(id: string): object {
  const file = FILES.find((one) => one.id === id.trim().toLowerCase());
  if (file) return structuredCopy(file);
  const ids = FILES.map((one) => one.id);
  const hint = nearestHint(id, ids) ?? '`limetal cells` lists them';
  throw new InputError([{ where: 'cell', found: shown(id), wanted: 'the id of a built-in cell', hint }]);
}

/** The caller may change what it gets; the files here stay as they are. */
function structuredCopy(file: object): object {
  return JSON.parse(JSON.stringify(file)) as object;
}
