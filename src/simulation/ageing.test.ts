import { describe, expect, test } from 'vitest';
import { type Cell, parseProtocol } from '../cells/index.ts';
import { ageingOf, everything, platingOf, sideAgeing, WORKED } from './ageing.test-tool.ts';
import { cathode, cellOf, copper, film, foil } from './limits.test-tool.ts';
import { simulate } from './simulate.ts';

const cycleAt = (capacity: string, times = 1) =>
  parseProtocol([`Plate at 1 mA/cm2 for ${capacity} mAh/cm2`, 'Strip at 1 mA/cm2 until 1 V', `repeat ${times}`]);

const onCopper = (name: keyof typeof WORKED, change: Partial<Cell> = {}): Cell => {
  const side = sideAgeing({ plating: platingOf(name) });
  return cellOf({ kind: 'Li|Cu', working: copper, ageing: ageingOf({ working: side, counter: side }), ...change });
};

describe('the assembled efficiency (spec E6) comes out of the run', () => {
  test.each(Object.keys(WORKED) as (keyof typeof WORKED)[])('%s at 1 mAh/cm2', (name) => {
    const expected = WORKED[name][3];
    for (const model of ['fast', 'full'] as const) {
      const { cycles } = simulate(onCopper(name), cycleAt('1'), { model });
      expect(Math.abs(100 * cycles[0]!.coulombic_efficiency! - expected)).toBeLessThan(0.1);
    }
  });
});

describe('nothing is lost', () => {
  const growing = { ...film, growth: { kind: 'transport-limited', k_m_per_sqrt_s: 3e-11 }, saltFraction: 0.2 } as const;
  const big = 1e-7;
  const lithium = { ...foil, interphase: [growing], lithiumThickness_m: 0.2 };
  const cells: Record<string, Cell> = {
    'Li|Cu': cellOf({
      kind: 'Li|Cu',
      counter: lithium,
      working: { ...copper, interphase: [growing] },
      ageing: everything(),
      electrolyteVolume_m3: big,
    }),
    'Li|Li': cellOf({ counter: lithium, working: lithium, ageing: everything(), electrolyteVolume_m3: big }),
    'Li|cathode': cellOf({
      kind: 'Li|cathode',
      counter: lithium,
      working: cathode,
      ageing: { ...everything(), working: null },
      electrolyteVolume_m3: big,
      voltage_V_min: 0,
    }),
    'Cu|cathode': cellOf({
      kind: 'Cu|cathode',
      counter: { ...copper, interphase: [growing] },
      working: cathode,
      ageing: { ...everything(), working: null },
      electrolyteVolume_m3: big,
    }),
  };
  test.each(Object.keys(cells))('%s over 1000 fast cycles with everything on', (kind) => {
    const cell = cells[kind]!;
    const steps =
      cell.working.kind === 'cathode'
        ? ['Charge at 0.2 mA/cm2 until 4.05 V', 'Discharge at 0.2 mA/cm2 until 3.6 V']
        : [
            'Plate at 1 mA/cm2 for 0.5 mAh/cm2',
            'Rest for 10 min',
            kind === 'Li|Cu' ? 'Strip at 1 mA/cm2 until 1 V' : 'Strip at 1 mA/cm2 for 0.5 mAh/cm2',
          ];
    const run = simulate(cell, parseProtocol([...steps, 'repeat 1000']), { model: 'fast' });
    console.log(
      kind,
      run.cycles.length,
      run.stop.message,
      run.conservation,
      run.cycles.at(-1)!.coulombic_efficiency,
      run.cycles[0]!.coulombic_efficiency,
    );
    for (const drift of Object.values(run.conservation)) expect(drift).toBeLessThan(1e-9);
  });
});
