// `limetal show`: all that is known of one thing, each value with its tag and source.

import { existsSync } from 'node:fs';
import { builtInCells, type Cell, cellJsonSchema, cellWarnings, filePathOf } from '../cells/index.ts';
import { InputError, nearestHint } from '../units/index.ts';
import { whyOf, whyText } from './command-show-system.ts';
import { conditionsLine, stackLine } from './describe-cell.ts';
import { type Fact, factsOf, factTable, sourcedFact } from './facts.ts';
import { jsonParts } from './json-document.ts';
import { bpxRemarks, isBuiltIn, loadCell } from './load-cell.ts';
import { protocolLine } from './protocol-text.ts';
import { findMaterials, listedMaterials, listedMaterialsText, materialNames, materialText } from './show-materials.ts';
import { outParts, type Terminal } from './terminal.ts';
import { labelled, wrap } from './text-table.ts';

const COLUMNS = 100;

/** Facts of a cell by their paths in its file; values that the program supplied carry their tag and source. */
function cellFacts(cell: Cell): Fact[] {
  const { id: _id, name: _name, kind: _kind, protocol: _protocol, assumptions, sources: _sources, ...data } = cell;
  const supplied = new Map(assumptions.map((assumption) => [assumption.path, assumption]));
  const shown = new Set<string>();
  const facts = factsOf(data).map((fact): Fact => {
    const path = filePathOf(fact.path, { solid: Boolean(cell.solid) });
    // A film that the file tells once for both sides.
    const shared = path.replace(/^(?:counter|working)\.(?=interphase)/u, '');
    const assumption = supplied.get(path) ?? supplied.get(shared);
    if (assumption === undefined) return { ...fact, path };
    shown.add(assumption.path);
    return { ...sourcedFact(path, assumption), value: fact.value };
  });
  const others = assumptions.filter(({ path }) => !shown.has(path));
  return bySection([...facts, ...others.map((assumption) => sourcedFact(assumption.path, assumption))]);
}

/** Facts of one section of the file together, the sections in the order of their first. */
function bySection(facts: readonly Fact[]): Fact[] {
  const sectionOf = ({ path }: Fact): string => /^[^.[]+/u.exec(path)?.[0] ?? path;
  const sections = [...new Set(facts.map(sectionOf))];
  return sections.flatMap((section) => facts.filter((fact) => sectionOf(fact) === section));
}

export function cellText(cell: Cell): string {
  const lines = [
    wrap(`${cell.id}: ${cell.name} (${cell.kind})`, COLUMNS, '  '),
    labelled('', stackLine(cell), COLUMNS),
    labelled('', conditionsLine(cell), COLUMNS),
  ];
  if (cell.protocol !== null) lines.push(labelled('Protocol', protocolLine(cell.protocol, cell), COLUMNS));
  lines.push(
    '',
    'A value without tag is given by the cell itself; the others were supplied by the program.',
    '',
    factTable(cellFacts(cell), COLUMNS),
  );
  if (cell.sources.length > 0)
    lines.push('', 'Sources of the cell', ...cell.sources.map((source) => wrap(source, COLUMNS, '    ', '  ')));
  return lines.join('\n');
}

/** Every name that `show` knows, for "did you mean". */
function knownNames(): string[] {
  return ['schema', 'materials', ...builtInCells().map(({ id }) => id), ...materialNames()];
}

export async function show(name: string, options: { readonly json?: boolean }, terminal: Terminal): Promise<void> {
  if (name === 'schema') {
    outParts(terminal, jsonParts({ ...cellJsonSchema() }));
    return;
  }
  if (name === 'materials') {
    if (options.json === true) outParts(terminal, jsonParts({ materials: listedMaterials() }));
    else terminal.out(`${listedMaterialsText()}\n`);
    return;
  }
  // "EC/DEC" has a slash and is no path: a file must be there, or the name must end like one.
  if (name === '-' || isBuiltIn(name) || existsSync(name) || /\.json$/i.test(name)) {
    const loaded = await loadCell(name, terminal);
    const { cell, bpx } = loaded;
    for (const remark of bpxRemarks(loaded, name)) terminal.err(`${remark}\n`);
    const warnings = [...loaded.warnings, ...cellWarnings(cell)];
    if (options.json === true) {
      outParts(
        terminal,
        jsonParts({ kind: 'cell', cell, warnings, why: whyOf(cell), ...(bpx === null ? {} : { bpx }) }),
      );
      return;
    }
    terminal.out(`${cellText(cell)}\n`);
    const why = whyOf(cell);
    if (why !== null) terminal.out(whyText(why));
    for (const warning of warnings) terminal.out(`${labelled('Warning', warning, COLUMNS)}\n`);
    return;
  }
  const findings = findMaterials(name);
  if (findings.length === 0) {
    const wanted = 'a built-in cell, a cell file, an electrolyte or a material (limetal show materials lists them)';
    const hint = nearestHint(name, knownNames());
    throw new InputError([
      {
        where: name,
        found: 'neither a file nor a known name',
        wanted,
        ...(hint === undefined ? {} : { hint }),
      },
    ]);
  }
  if (options.json === true) outParts(terminal, jsonParts({ findings }));
  else terminal.out(`${findings.map(materialText).join('\n\n')}\n`);
}
