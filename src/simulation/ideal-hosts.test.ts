// The two ideal designs of the first review, and what it says of them: seeds stop mattering once lithium is never fully stripped.
// docs/ideal-hosts.md holds the numbers of the table.

import { describe, expect, test } from 'vitest';
import { builtInCell, builtInFile, type Cell, countCycles, parseCell, parseProtocol } from '../cells/index.ts';
import { bucklingPressure_Pa, shellStress_Pa } from '../physics/index.ts';
import { simulate } from './simulate.ts';

const DESIGNS = ['ideal-seeded-host', 'ideal-insulated-host'] as const;
const COMPLETE = parseProtocol(['(Plate at 1 mA/cm2 for 1 mAh/cm2; Strip at 1 mA/cm2 until 1 V) * 300']);

/** The design on another surface for lithium to nucleate on. */
function designOn(id: string, substrate: string): Cell {
  const file = builtInFile(id) as { readonly working: object };
  return parseCell({ ...file, working: { ...file.working, substrate } });
}

/** Lithium lost on the working electrode, mAh/cm2. */
function lost(cell: Cell, complete: boolean): number {
  const protocol = complete ? COMPLETE : cell.protocol!;
  const { cycles, stop, conservation } = simulate(cell, protocol, { model: 'fast', detail: 'ends' });
  expect(stop.kind).toBe('completed');
  expect(Math.max(...Object.values(conservation))).toBeLessThan(1e-9);
  let total = 0;
  for (const { losses_mAh_per_cm2 } of cycles) {
    for (const [cause, value] of Object.entries(losses_mAh_per_cm2)) {
      if (cause.endsWith('_working') && cause !== 'left_on_working') total += value;
    }
  }
  return total;
}

describe('ideal designs', () => {
  test('run 300 cycles in which lithium is never fully stripped', () => {
    for (const id of DESIGNS) expect(countCycles(builtInCell(id).protocol!)).toBe(301);
  });

  test.each(DESIGNS)('%s: seeds help where all lithium is stripped, and do nothing where some stays', (id) => {
    const complete = ['Au-seeds', 'C', 'Cu'].map((substrate) => lost(designOn(id, substrate), true));
    expect(complete[0]!).toBeLessThan(0.85 * complete[1]!);
    expect(complete[1]!).toBeLessThan(0.85 * complete[2]!);
    const [seeded, bare] = ['Au-seeds', 'C'].map((substrate) => lost(designOn(id, substrate), false));
    expect(seeded! / bare!).toBeCloseTo(1, 2);
  });

  test.each([
    ['ideal-seeded-host', true, 0.832],
    ['ideal-insulated-host', true, 0.696],
    ['ideal-seeded-host', false, 1.477],
    ['ideal-insulated-host', false, 0.973],
  ] as const)('%s, all stripped %s: loses %d mAh/cm2, as the guide says', (id, complete, expected) => {
    expect(lost(builtInCell(id), complete)).toBeCloseTo(expected, 2);
  });

  test('a sphere of carbon bears the pressure drop when lithium leaves it, a wide roof of a soft skin does not', () => {
    const atmosphere_Pa = 101325;
    // 20 nm of carbon around 250 nm; a fifth of the pressure of a perfect sphere is what a real one bears.
    expect(bucklingPressure_Pa(2e11, 2e-8, 2.5e-7, 0.3) / 5 / atmosphere_Pa).toBeGreaterThan(1000);
    expect(shellStress_Pa(atmosphere_Pa, 2.5e-7, 2e-8) / 1e6).toBeCloseTo(0.63, 2);
    expect(bucklingPressure_Pa(1e8, 1e-7, 1e-5, 0.45) / 5 / atmosphere_Pa).toBeLessThan(1);
  });
});
