// The heat balance of both models against the first law. Every expected temperature follows here from voltages, currents and
// the cell's own numbers.

import { describe, expect, test } from 'vitest';
import type { Cell, MetalElectrode, PorousCathode, Thermal } from '../cells/index.ts';
import { F, R } from '../units/index.ts';
import type { Row } from './contract.ts';
import { benchOf, cathode, cellOf, current, film, foil, HINDRANCE, rest, separator, T_K } from './limits.test-tool.ts';
import { simulate } from './simulate.ts';

const models = ['fast', 'full'] as const;

const insulated: Thermal = { heatCapacity_J_per_m2_K: 500, heatTransfer_W_per_m2_K: 0 };
const cooled: Thermal = { heatCapacity_J_per_m2_K: 500, heatTransfer_W_per_m2_K: 5 };

/** Foils with everything that a temperature moves. */
const warmFoil: MetalElectrode = {
  ...foil,
  kinetics: { ...foil.kinetics, activationEnergy_J_per_mol: 40_000 },
  interphase: [{ ...film, activationEnergy_J_per_mol: 60_000 }],
};

function metals(thermal: Thermal | null): Cell {
  const cell = cellOf({ counter: warmFoil, working: warmFoil, thermal });
  return {
    ...cell,
    electrolyte: {
      ...cell.electrolyte,
      conductivityActivationEnergy_J_per_mol: 15_000,
      diffusivityActivationEnergy_J_per_mol: 17_000,
    },
  };
}

/** Films alone resist, by a known amount that no temperature and no salt changes. */
function resistor(thermal: Thermal | null): Cell {
  const side: MetalElectrode = {
    ...foil,
    interphase: [{ ...film, thickness_m: 100e-9, conductivity_S_per_m: 1e-4 }],
    kinetics: { ...foil.kinetics, exchangeCurrent_A_per_m2: 1e12 },
  };
  const cell = cellOf({ counter: side, working: side, thermal });
  return { ...cell, electrolyte: { ...cell.electrolyte, transferenceNumber: 1 } };
}
const RESISTANCE_ohm_m2 = 2 * (100e-9 / 1e-4) + separator.thickness_m / HINDRANCE;

/** ∫ f dt over the rows, by the trapezoidal rule. */
function integral(rows: readonly Row[], f: (row: Row) => number): number {
  let sum = 0;
  for (let i = 1; i < rows.length; i++) {
    sum += 0.5 * (f(rows[i]!) + f(rows[i - 1]!)) * (rows[i]!.time_s - rows[i - 1]!.time_s);
  }
  return sum;
}

describe.each(models)('two metals (%s)', (model) => {
  test('a plain resistance in an insulated cell warms it by j²·R·t/C', () => {
    const j = 100;
    const { last } = benchOf(resistor(insulated), model).run(current(j), { duration_s: 600 });
    expect(last.voltage_V / j / RESISTANCE_ohm_m2).toBeCloseTo(1, 8);
    expect((last.temperature_K - T_K) / ((j * j * RESISTANCE_ohm_m2 * 600) / 500)).toBeCloseTo(1, 7);
  });

  test.each([-200, 200])(
    'at %d A/m2 the warmth is the work beyond open circuit, while every property follows the temperature',
    (j) => {
      const bench = benchOf(metals(insulated), model);
      const { rows, last } = bench.run(current(j), { duration_s: 60, period_s: 0.01 });
      const work = integral(rows, (row) => row.j_A_per_m2 * (row.voltage_V - row.openCircuit_V));
      expect(last.temperature_K - T_K).toBeGreaterThan(3);
      expect(((last.temperature_K - T_K) * 500) / work).toBeCloseTo(1, 4);
      // At rest nothing more is released.
      expect(bench.run(rest, { duration_s: 60 }).last.temperature_K).toBeCloseTo(last.temperature_K, 6);
    },
  );

  test('with cooling it settles at ΔT = q/h', () => {
    const { last } = benchOf(metals(cooled), model).run(current(200), { duration_s: 4000 });
    expect(last.temperature_K - T_K).toBeGreaterThan(1);
    expect(((last.temperature_K - T_K) * 5) / (200 * last.voltage_V)).toBeCloseTo(1, 5);
    const ohmic = benchOf(resistor(cooled), model).run(current(200), { duration_s: 4000 });
    expect((ohmic.last.temperature_K - T_K) / ((200 * 200 * RESISTANCE_ohm_m2) / 5)).toBeCloseTo(1, 6);
  });

  test('a cell put in another place takes its temperature as e^(−ht/C)', () => {
    const bench = benchOf(metals(cooled), model);
    const { rows } = bench.run(rest, { duration_s: 300, period_s: 60, ambient_K: 318.15 });
    for (const row of rows) {
      expect(row.temperature_K).toBeCloseTo(318.15 - 20 * Math.exp((-5 * row.time_s) / 500), 3);
    }
  });

  test('without a heat balance the cell is at the temperature of its surroundings, however it is driven', () => {
    const bench = benchOf(metals(null), model);
    for (const ambient_K of [T_K, 318.15, 278.15]) {
      const { rows, last } = bench.run(current(200), { duration_s: 60, ambient_K });
      for (const row of rows) expect(row.temperature_K).toBe(ambient_K);
      const Ea = (energy: number): number => Math.exp((energy / R) * (1 / T_K - 1 / ambient_K));
      expect(last.interphase_V / ((2 * 200 * 15e-9) / (1e-5 * Ea(60_000)))).toBeCloseTo(1, 8);
      expect(last.ohmic_V / ((200 * separator.thickness_m) / (HINDRANCE * Ea(15_000)))).toBeCloseTo(1, 8);
      const drive = Math.asinh(200 / (2 * 100 * Ea(40_000)));
      expect(last.workingKinetics_V / (((2 * R * ambient_K) / F) * drive)).toBeCloseTo(1, 8);
    }
  });

  test('the temperatures of a protocol’s steps reach the record', () => {
    const step = (temperature_K?: number) =>
      ({
        kind: 'step',
        drive: { kind: 'current-density', j_A_per_m2: 10 },
        duration_s: 60,
        until: [],
        ...(temperature_K === undefined ? {} : { temperature_K }),
      }) as const;
    const { record } = simulate(metals(null), { items: [step(), step(313.15), step(283.15)] }, { model });
    const seen = Array.from(record.temperature_K);
    expect([...new Set(seen)]).toEqual([T_K, 313.15, 283.15]);
  });
});

describe.each(models)('a cathode (%s)', (model) => {
  /** Lithium that the test cathode holds, as charge. */
  const SITES_C_per_m2 = F * 0.5 * 40e-6 * 5e4;

  function half(change: Partial<PorousCathode>, thermal: Thermal | null): Cell {
    const cell = cellOf({ kind: 'Li|cathode', working: { ...cathode, ...change }, thermal });
    return { ...cell, mesh: { separatorNodes: 10, cathodeNodes: 8, particleNodes: 15 } };
  }

  test('entropy warms and cools by j·T·dU/dT, with the sign of the current', () => {
    const entropy = -3e-4;
    const change = { entropicCoefficient: { kind: 'constant', value: entropy } } as const;
    for (const j of [-5, 5]) {
      const passed = (value: number): Row =>
        benchOf(half({ entropicCoefficient: { kind: 'constant', value } }, insulated), model).run(current(j), {
          duration_s: 1800,
        }).last;
      const difference = passed(change.entropicCoefficient.value).temperature_K - passed(0).temperature_K;
      // T moves by a kelvin at most, so that T in the product is known to 0.2 %.
      expect(difference / ((j * T_K * entropy * 1800) / 500)).toBeCloseTo(1, 2);
    }
  });

  test.each([-25, 25])(
    'first law at %d A/m2: from rest to rest the warmth is the work less the enthalpy stored',
    (j) => {
      const entropy = 1e-4;
      const cell = half({ entropicCoefficient: { kind: 'constant', value: entropy } }, insulated);
      const bench = benchOf(cell, model);
      const x0 = 0.5;
      const { rows } = bench.run(current(j), { duration_s: 1200, period_s: 0.1 });
      const { last } = bench.run(rest, { duration_s: 40_000 });
      const x1 = last.cathodeStoichiometry;
      expect(x1).toBeCloseTo(x0 - (j * 1200) / SITES_C_per_m2, 9);
      const work = integral(rows, (row) => row.j_A_per_m2 * row.voltage_V);
      // U − T·dU/dT = 4.2 − 0.8x − 298.15·dU/dT, whatever the temperature; its integral over x is what the cathode took up.
      const enthalpy = (x: number): number => (4.2 - T_K * entropy) * x - 0.4 * x * x;
      const stored = SITES_C_per_m2 * (enthalpy(x0) - enthalpy(x1));
      expect(((last.temperature_K - T_K) * 500) / (work - stored)).toBeCloseTo(1, 3);
      // The overpotentials weigh here, the particles' diffusion not least.
      expect(Math.abs(rows.at(-1)!.concentration_V)).toBeGreaterThan(0.03);
    },
  );
});
