// Signs and balances that hold for any cell that ages, over random ones.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Ageing,
  builtInCell,
  builtInCells,
  type Cell,
  type Coating,
  parseProtocol,
  type SideAgeing,
} from '../cells/index.ts';
import { ageingOf, ceramic, coatingOf, sideAgeing } from './ageing.test-tool.ts';
import type { CycleSummary } from './contract.ts';
import { cathode, cellOf, copper, film, foil } from './limits.test-tool.ts';
import { simulate } from './simulate.ts';

const between = (low: number, high: number) =>
  fc
    .double({ min: Math.log(low), max: Math.log(high), noNaN: true })
    .map((x) => Math.min(Math.max(Math.exp(x), low), high));
const share = (high: number) => fc.double({ min: 0, max: high, noNaN: true });

/** How lithium plates, a film that may crack, and bare metal that may corrode. Ranges of spec 1.15. */
const side: fc.Arbitrary<SideAgeing> = fc
  .record({
    q: between(10, 300),
    d: between(1e-6, 3e-5),
    m: fc.double({ min: 0, max: 1.2, noNaN: true }),
    xi: between(1e-9, 1e-7),
    strain: between(2e-3, 3),
    weibull: fc.double({ min: 1, max: 2, noNaN: true }),
    galvanic: fc.option(between(5e-3, 5e-2), { nil: null }),
    firstCharge: share(3600),
    eta: share(0.05),
  })
  .map(({ q, d, m, xi, strain, weibull, galvanic, firstCharge, eta }) =>
    sideAgeing({
      plating: {
        interphaseCharge_C_per_m2: q,
        depositSize_m: d,
        referenceCurrent_A_per_m2: 10,
        depositSizeExponent: m,
        unstrippableSkin_m: Math.min(xi, 0.05 * d),
      },
      film: { fractureStrain: strain, weibullModulus: weibull },
      galvanic:
        galvanic === null
          ? null
          : { currentDensity_A_per_m2: galvanic, decayTime_s: 3600, areaRatio: 1, renewedPerCycle: 0.1 },
      substrate: {
        nucleationOverpotential_V: eta,
        referenceOverpotential_V: 0.04,
        memoryExponent: 0.3,
        firstCharge_C_per_m2: firstCharge,
      },
    }),
  );

const ageing: fc.Arbitrary<Ageing> = fc
  .record({ working: side, counter: side, pressure: between(1e5, 1e6), reused: share(0.5), recovered: share(0.1) })
  .map(({ working, counter, pressure, reused, recovered }) =>
    ageingOf({
      working,
      counter,
      pressure_Pa: pressure,
      reusedShellFraction: reused,
      recoveredDeadFraction: recovered,
    }),
  );

const growing = (k: number) =>
  ({ ...film, growth: { kind: 'transport-limited', k_m_per_sqrt_s: k }, saltFraction: 0.2 }) as const;

/** Li|Cu with more lithium and electrolyte than it can use. */
const onCopper = (of: Ageing, k = 1e-11): Cell =>
  cellOf({
    kind: 'Li|Cu',
    counter: { ...foil, lithiumThickness_m: 5e-3, interphase: [growing(k)] },
    working: { ...copper, interphase: [growing(k)] },
    electrolyteVolume_m3: 1e-6,
    ageing: of,
  });

function cyclesOf(cell: Cell, steps: readonly string[], times: number): readonly CycleSummary[] {
  const run = simulate(cell, parseProtocol([...steps, `repeat ${times}`]), { model: 'fast', detail: 'ends' });
  for (const drift of Object.values(run.conservation)) expect(drift).toBeLessThan(1e-9);
  return run.cycles;
}

function meanEfficiency(cell: Cell, steps: readonly string[]): number {
  const cycles = cyclesOf(cell, steps, 4);
  return cycles.reduce((sum, cycle) => sum + cycle.coulombic_efficiency!, 0) / cycles.length;
}

const copperCycle = (capacity: number, rest_h = 0): readonly string[] => [
  `Plate at 1 mA/cm2 for ${capacity.toPrecision(8)} mAh/cm2`,
  ...(rest_h > 0 ? [`Rest for ${rest_h} h`] : []),
  'Strip at 1 mA/cm2 until 1 V',
];

describe('signs, over random cells', () => {
  test('more capacity per cycle, a higher efficiency', () => {
    fc.assert(
      fc.property(ageing, between(0.3, 3), between(1.3, 4), (of, capacity, more) => {
        const cell = onCopper(of);
        expect(meanEfficiency(cell, copperCycle(more * capacity))).toBeGreaterThan(
          meanEfficiency(cell, copperCycle(capacity)),
        );
      }),
      { numRuns: 60 },
    );
  });

  const tabulated = builtInCells()
    .map(({ id }) => builtInCell(id))
    .filter(({ id, kind, ageing: own }) => kind === 'Li|Cu' && own !== null && /^a1-/.test(id));

  test.each(tabulated.map((cell) => [cell.id, cell] as const))(
    '%s: so it is wherever films bear the deposit and the host holds it',
    (_id, cell) => {
      const bearing = (one: SideAgeing): SideAgeing => ({
        ...one,
        film: { ...one.film, fractureStrain: 1e6 },
        coating: one.coating && {
          ...one.coating,
          layers: one.coating.layers.map((layer) => ({ ...layer, fractureStrain: 1e6 })),
        },
      });
      const { working, counter } = cell.ageing!;
      const host = working!.host;
      const room_mAh_per_cm2 = host === null ? Number.POSITIVE_INFINITY : (host.porosity * host.thickness_m) / 4.85e-6;
      const tough: Cell = {
        ...cell,
        electrolyteVolume_m3: 1e-5,
        counter: { ...cell.counter, lithiumThickness_m: 5e-3 },
        ageing: { ...cell.ageing!, working: bearing(working!), counter: bearing(counter) },
      };
      const capacities = [0.25, 0.5, 1, 2, 4].filter((one) => one < 0.8 * room_mAh_per_cm2);
      const efficiencies = capacities.map((one) => meanEfficiency(tough, copperCycle(one)));
      expect(efficiencies.length).toBeGreaterThanOrEqual(3);
      for (const [k, one] of efficiencies.entries()) expect(one).toBeGreaterThan(efficiencies[k - 1] ?? 0);
    },
  );

  test('a longer rest of what was plated, a lower efficiency', () => {
    fc.assert(
      fc.property(ageing, between(3e-12, 1e-10), (of, k) => {
        const cell = onCopper(of, k);
        const [none, hour, day] = [0, 1, 24].map((h) => meanEfficiency(cell, copperCycle(1, h)));
        expect(hour!).toBeLessThan(none!);
        expect(day!).toBeLessThan(hour!);
      }),
      { numRuns: 40 },
    );
  });

  test('more pressure, less dead lithium; more of the old shells used again, less fresh interphase', () => {
    fc.assert(
      fc.property(ageing, between(1.5, 10), (of, factor) => {
        const lossesOf = (change: Partial<Ageing>) =>
          cyclesOf(onCopper({ ...of, ...change }), copperCycle(1), 2)[1]!.losses_mAh_per_cm2;
        const base = { pressure_Pa: 1e5, recoveredDeadFraction: 0 };
        expect(lossesOf({ ...base, pressure_Pa: factor * 1e5 }).dead_working!).toBeLessThan(
          lossesOf(base).dead_working!,
        );
        expect(lossesOf({ reusedShellFraction: 0.5 }).fresh_surface_working!).toBeLessThan(
          lossesOf({ reusedShellFraction: 0.1 }).fresh_surface_working!,
        );
      }),
      { numRuns: 30 },
    );
  });

  test('a coating thicker than the length at which it cracks fails sooner than a thinner one', () => {
    fc.assert(
      fc.property(
        side,
        between(1e5, 2e6),
        between(3, 30),
        between(3, 30),
        share(0.1),
        (one, toughness, below, above, pinholes) => {
          const capacity = 1;
          const strain = (Math.PI * 0.1 * 4.85) ** 2 / 25;
          const modulus_Pa = 5e10;
          const critical_m = toughness ** 2 / (2 * (modulus_Pa * strain) ** 2);
          const coated = (thickness_m: number): Coating =>
            coatingOf({
              pinholeFraction: pinholes,
              layers: [
                {
                  ...ceramic,
                  thickness_m,
                  conductivity_S_per_m: 1,
                  youngsModulus_Pa: modulus_Pa,
                  fractureToughness_Pa_sqrt_m: toughness,
                  fractureStrain: 0.01,
                  unrepairedFraction: 0.3,
                },
              ],
            });
          const intactWith = (thickness_m: number): number => {
            const plating = { ...one.plating, depositSize_m: 2e-6, depositSizeExponent: 0 };
            const worn = { ...one, plating, platingWithoutAdditives: plating, coating: coated(thickness_m) };
            const cycles = cyclesOf(onCopper(ageingOf({ working: worn, counter: worn })), copperCycle(capacity), 5);
            return cycles.at(-1)!.ageing!.coating_intact.working!;
          };
          expect(intactWith(critical_m * above)).toBeLessThan(0.6 * intactWith(critical_m / below));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('books, over random cells', () => {
  const kinds = ['Li|Cu', 'Li|Li', 'Li|cathode', 'Cu|cathode'] as const;
  const cellOfKind = (kind: (typeof kinds)[number], of: Ageing): Cell => {
    const lithium = { ...foil, interphase: [growing(1e-11)] };
    const bare = { ...copper, interphase: [growing(1e-11)] };
    const withCathode = kind.endsWith('cathode');
    return cellOf({
      kind,
      counter: kind === 'Cu|cathode' ? bare : lithium,
      working: withCathode ? cathode : kind === 'Li|Li' ? lithium : bare,
      ageing: withCathode ? { ...of, working: null } : of,
      electrolyteVolume_m3: 2e-8,
    });
  };
  const stepsOf = (kind: (typeof kinds)[number]): readonly string[] => {
    if (kind.endsWith('cathode'))
      return ['Charge at 0.5 mA/cm2 until 4.1 V', 'Rest for 10 min', 'Discharge at 0.5 mA/cm2 until 3.5 V'];
    const plate = 'Plate at 1 mA/cm2 for 0.5 mAh/cm2';
    return [
      plate,
      kind === 'Li|Cu' ? 'Strip at 1 mA/cm2 until 1 V' : 'Strip at 1 mA/cm2 for 0.5 mAh/cm2',
      'Rest for 5 min',
    ];
  };

  test('plated is stripped, lost or left; every number is one', () => {
    fc.assert(
      fc.property(ageing, fc.constantFrom(...kinds), (of, kind) => {
        const cell = cellOfKind(kind, of);
        for (const cycle of cyclesOf(cell, stepsOf(kind), 12)) {
          const all = JSON.stringify([cycle.losses_mAh_per_cm2, cycle.ageing], (_key, value: unknown) =>
            typeof value === 'number' && !Number.isFinite(value) ? 'no number' : value,
          );
          expect(all).not.toContain('no number');
          if (cell.working.kind === 'cathode') continue;
          const own = Object.entries(cycle.losses_mAh_per_cm2).filter(([name]) => name.endsWith('_working'));
          const sum = own.reduce((total, [, value]) => total + value, 0);
          expect(Math.abs(cycle.plated_mAh_per_cm2 - cycle.stripped_mAh_per_cm2 - sum)).toBeLessThan(1e-10);
          const { lithium_ions_lost_mAh_per_cm2: ions, dead_lithium_mAh_per_cm2: dead } = cycle.ageing!;
          const left = cycle.losses_mAh_per_cm2.left_on_working!;
          expect(Math.abs(ions.working! + dead.working! + left - sum)).toBeLessThan(1e-12);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('fast and full book the same losses', () => {
    fc.assert(
      fc.property(ageing, fc.constantFrom(...kinds), (of, kind) => {
        const cell = cellOfKind(kind, of);
        const protocol = parseProtocol([...stepsOf(kind), 'repeat 3']);
        const [fast, full] = (['fast', 'full'] as const).map((model) => simulate(cell, protocol, { model }));
        expect(full!.cycles).toHaveLength(fast!.cycles.length);
        fast!.cycles.forEach((cycle, k) => {
          for (const [cause, value] of Object.entries(cycle.losses_mAh_per_cm2)) {
            // Of what was plated; a cathode's share differs by what transport within the cycle differs.
            const scale = 0.5 * (cause.startsWith('left') ? 1e-4 : 1e-5);
            expect(Math.abs(full!.cycles[k]!.losses_mAh_per_cm2[cause]! - value), `${kind} ${cause}`).toBeLessThan(
              Math.max(kind.endsWith('cathode') ? 5e-3 * Math.abs(value) : 1e-3 * Math.abs(value), scale),
            );
          }
        });
      }),
      { numRuns: 16 },
    );
  });
});
