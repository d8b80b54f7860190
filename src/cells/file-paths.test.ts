import { describe, expect, test } from 'vitest';
import { builtInCell, builtInCells } from './built-in.ts';
import type { Cell } from './cell.ts';
import { filePathOf } from './file-paths.ts';

/** Paths of all numbers in a cell, as words without units. */
function pathsOf(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'number') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const stem = name.replace(/_(?!min$|max$).*?(?=_min$|_max$|$)/u, '');
    return pathsOf(member, path === '' ? stem : Array.isArray(value) ? `${path}[${stem}]` : `${path}.${stem}`);
  });
}

describe('the place of a number in the cell file', () => {
  test.each([
    ['ageing.counter.plating.depositSize', 'counter.plating.depositSize'],
    ['ageing.working.coating.layers[1].youngsModulus', 'working.coating.layers[1].modulus'],
    ['ageing.working.host.shellFailurePerCycle', 'working.host.shellFailure'],
    ['ageing.additives[0].electrons', 'electrolyte.additives[0].electrons'],
    ['ageing.pressure', 'pressure'],
    ['ageing.wavelength_min', 'ageing.wavelength'],
    ['counter.lithiumThickness', 'counter.thickness'],
    ['counter.kinetics.law.alphaAnodic', 'counter.kinetics.alphaAnodic'],
    ['voltage_max', 'voltageLimits[1]'],
    ['solid.counter.contact.fraction', 'counter.contact.fraction'],
    ['solid.voids.creep', 'electrolyte.voids.creep'],
    ['solid.pressure', 'pressure'],
  ])('of %s is %s', (member, key) => {
    expect(filePathOf(member)).toBe(key);
  });

  test.each(builtInCells().map(({ id }) => id))('%s: what was supplied is found at its path', (id) => {
    const cell: Cell = builtInCell(id);
    const { assumptions, protocol: _, ...data } = cell;
    const known = new Set(
      pathsOf(data).flatMap((path) => {
        const own = filePathOf(path, { solid: cell.solid !== null });
        return [own, own.replace(/^(?:counter|working)\.(?=interphase)/u, '')];
      }),
    );
    // A density is gone into the volume, and a function may be a constant.
    const missing = assumptions
      .map(({ path }) => path)
      .filter((path) => path !== 'electrolyte.density' && !known.has(path) && !known.has(`${path}.value`));
    expect(missing).toEqual([]);
  });
});
