// Limits with exact answers. Every expected value is computed here from the cell's own numbers, by a formula that the models
// do not contain, and both models must give it where the limit is theirs.

import { describe, expect, test } from 'vitest';
import type { Cell, InterphaseLayer, MetalElectrode } from '../cells/index.ts';
import { F, R } from '../units/index.ts';
import {
  benchOf,
  cellOf,
  copper,
  current,
  electrolyte,
  film,
  foil,
  HINDRANCE,
  idealFoil,
  meshed,
  ONE_mAh_PER_cm2,
  rest,
  separator,
  T_K,
  voltage,
  wallGradientPerCurrent,
} from './limits.test-tool.ts';

const models = ['fast', 'full'] as const;
const RT_F = (R * T_K) / F;
const { c: c0, D, tPlus, tdf, kappa } = electrolyte;
const L = separator.thickness_m;
const D_eff = D * HINDRANCE;
/** (2RT/F)(1 − t+)·TDF: the factor of the logarithm in every concentration potential here, V. */
const JUNCTION_V = 2 * RT_F * (1 - tPlus) * tdf;

/** Orders between successive halvings of the mesh. */
function observedOrders(errorAt: (nodes: number) => number, nodes: readonly number[]): number[] {
  const errors = nodes.map((n) => Math.abs(errorAt(n)));
  return errors.slice(1).map((error, i) => Math.log2(errors[i]! / error) / Math.log2(nodes[i + 1]! / nodes[i]!));
}

/** Concentration at x after t seconds of current j through a slab of constant properties, from rest, mol/m3. */
function slabConcentration(x: number, t: number, j: number): number {
  let series = 0;
  for (let n = 1; n < 400; n += 2) {
    const wave = (n * Math.PI) / L;
    series += (Math.cos(wave * x) / (n * n)) * Math.exp((-wave * wave * D_eff * t) / separator.porosity);
  }
  return c0 + j * wallGradientPerCurrent() * (x - L / 2 + (4 * L * series) / (Math.PI * Math.PI));
}

describe.each(models)('Ohm (%s)', (model) => {
  const layers: readonly InterphaseLayer[] = [
    film,
    { ...film, name: 'outer', thickness_m: 40e-9, conductivity_S_per_m: 3e-6 },
  ];
  const side: MetalElectrode = {
    ...foil,
    areaRatio: 2,
    interphase: layers,
    kinetics: { ...foil.kinetics, law: { kind: 'butler-volmer', alphaAnodic: 0.3, alphaCathodic: 0.7 } },
  };
  const contact = 3e-4;
  const films = 15e-9 / 1e-5 + 40e-9 / 3e-6;
  const electrolyteResistance = L / (kappa * HINDRANCE);

  test.each([-1e-3, 1e-3])('at %d A/m2 the voltage is the sum of the resistances, each in its place', (j) => {
    for (const T of [T_K, 315]) {
      const cell = cellOf({ counter: side, working: side, contactResistance_ohm_m2: contact, temperature_K: T });
      const { last } = benchOf(cell, model).run(current(j), { duration_s: 600 });
      const transfer = (R * T) / (F * 100);
      const polarisation = (((2 * R * T) / F) * (1 - tPlus) * tdf * wallGradientPerCurrent() * L) / c0;
      expect(last.ohmic_V / j / (electrolyteResistance + contact)).toBeCloseTo(1, 9);
      expect(last.interphase_V / j / (2 * (films / 2))).toBeCloseTo(1, 9);
      expect((last.counterKinetics_V + last.workingKinetics_V) / j / (2 * (transfer / 2))).toBeCloseTo(1, 7);
      expect(last.concentration_V / j / polarisation).toBeCloseTo(1, 5);
      const sum = electrolyteResistance + contact + films + transfer + polarisation;
      expect(last.voltage_V / j / sum).toBeCloseTo(1, 6);
    }
  });

  test('layers in series: resistances add, whatever their order, and real area divides them', () => {
    const dropOf = (interphase: readonly InterphaseLayer[], areaRatio: number): number =>
      benchOf(cellOf({ counter: { ...foil, interphase, areaRatio } }), model).run(current(10), { duration_s: 1 }).last
        .interphase_V;
    expect(dropOf(layers, 1)).toBeCloseTo(10 * films, 12);
    expect(dropOf([layers[1]!, layers[0]!], 1)).toBeCloseTo(dropOf(layers, 1), 14);
    expect(dropOf(layers, 4)).toBeCloseTo((10 * films) / 4, 12);
    expect(dropOf([layers[0]!], 1) + dropOf([layers[1]!], 1)).toBeCloseTo(dropOf(layers, 1), 14);
  });

  test('the interphase follows Arrhenius: 0.63 eV between 0 and 45 °C', () => {
    const Ea = 0.63 * F;
    const interphase = [{ ...film, activationEnergy_J_per_mol: Ea }];
    const dropAt = (temperature_K: number): number =>
      benchOf(cellOf({ counter: { ...foil, interphase }, temperature_K }), model).run(current(1), { duration_s: 1 })
        .last.interphase_V;
    expect(dropAt(T_K)).toBeCloseTo(15e-9 / 1e-5, 12);
    const ratio = Math.exp((Ea / R) * (1 / 273.15 - 1 / 318.15));
    expect(dropAt(273.15) / dropAt(318.15) / ratio).toBeCloseTo(1, 9);
  });
});

describe.each(models)('kinetics at the terminals (%s)', (model) => {
  /** Ohmic and concentration parts that a cell of an electrolyte with this D would show at steady state. */
  const swift = 1e-7;
  function withoutTransport(V: number, j: number): number {
    const half = (j * wallGradientPerCurrent(swift) * L) / 2;
    return V - (j * L) / (kappa * HINDRANCE) - JUNCTION_V * Math.log((c0 + half) / (c0 - half));
  }
  function overpotential(working: MetalElectrode, j: number): number {
    const cell = cellOf({ counter: idealFoil, working: { ...working, lithiumThickness_m: 1 } });
    const quick = { ...meshed(cell, 200), electrolyte: { ...cell.electrolyte, diffusivity_m2_per_s: swift } };
    const { last, end } = benchOf(quick, model).run(current(j), { duration_s: 10 });
    expect(end).toEqual({ kind: 'duration' });
    return withoutTransport(last.voltage_V, j);
  }

  test('Tafel: a decade costs 2.303·RT/αF, with the α of its direction', () => {
    const working: MetalElectrode = {
      ...foil,
      kinetics: {
        ...foil.kinetics,
        exchangeCurrent_A_per_m2: 1,
        law: { kind: 'butler-volmer', alphaAnodic: 0.3, alphaCathodic: 0.6 },
      },
    };
    const decade = Math.LN10 * RT_F;
    for (const j of [1e4, 3e4]) {
      expect(overpotential(working, j) - overpotential(working, j / 10)).toBeCloseTo(decade / 0.3, 5);
      expect(overpotential(working, -j) - overpotential(working, -j / 10)).toBeCloseTo(-decade / 0.6, 5);
    }
    // The line itself, not only its slope.
    expect(overpotential(working, 1e5)).toBeCloseTo((RT_F / 0.3) * Math.log(1e5), 5);
    expect(overpotential(working, -1e5)).toBeCloseTo((-RT_F / 0.6) * Math.log(1e5), 5);
  });

  test.each([
    [0.05, 0.95, 0.94],
    [0.1, 0.79, 0.79],
    [0.2, 0.39, 0.38],
    [0.3, 0.13, 0.12],
  ])(
    'Marcus–Hush–Chidsey, λ 0.3 eV: at %d V it carries %d of the Butler–Volmer current (integral: %d)',
    (eta, form, integral) => {
      const working: MetalElectrode = {
        ...foil,
        kinetics: { ...foil.kinetics, law: { kind: 'marcus-hush-chidsey', reorganisationEnergy_eV: 0.3 } },
      };
      const butlerVolmer = 2 * 100 * Math.sinh(eta / (2 * RT_F));
      const carried = (ratio: number): number => ratio * butlerVolmer;
      // The voltage must lie where the printed ratio, known to ±0.005, says.
      expect(overpotential(working, carried(form - 0.006))).toBeLessThan(eta);
      expect(overpotential(working, carried(form + 0.006))).toBeGreaterThan(eta);
      // And near the exact integral over the metal's electrons, which the closed form approximates to 7 %.
      const exact = marcusHushChidseyRatio(eta, 0.3);
      expect(exact).toBeCloseTo(integral, 2);
      expect(overpotential(working, -carried(exact * 0.93))).toBeGreaterThan(-eta);
      expect(overpotential(working, -carried(exact * 1.07))).toBeLessThan(-eta);
    },
  );
});

/** Net Marcus–Hush–Chidsey rate over its own linear (j0 = slope·RT/F) Butler–Volmer rate, by Simpson's rule. */
function marcusHushChidseyRatio(eta_V: number, lambda_eV: number): number {
  const lambda = lambda_eV / RT_F;
  const rate = (u: number): number => {
    const n = 4000;
    const reach = 80;
    let sum = 0;
    for (let i = 0; i <= n; i++) {
      const x = -reach + (2 * reach * i) / n;
      const weight = i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2;
      sum += (weight * Math.exp(-((x - lambda + u) ** 2) / (4 * lambda))) / (1 + Math.exp(x));
    }
    return sum * ((2 * reach) / n / 3);
  };
  const net = (u: number): number => rate(u) - rate(-u);
  const slope = net(1e-3) / 1e-3;
  const u = eta_V / RT_F;
  return net(u) / slope / (2 * Math.sinh(u / 2));
}

describe('Nernst', () => {
  test.each(models)('the last nanometres on copper stand at −(RT/F)·ln[h/(h + 1 nm)] (%s)', (model) => {
    const bench = benchOf(cellOf({ kind: 'Li|Cu', working: copper }), model);
    let h = 0;
    for (const added of [0.3e-9, 0.7e-9, 2e-9, 47e-9]) {
      h += added;
      bench.run(current(-1e-2), { duration_s: (added * F) / 1.3e-5 / 1e-2 });
      const { last } = bench.run(rest, { duration_s: 600 });
      expect(last.voltage_V).toBeCloseTo(-RT_F * Math.log(h / (h + 1e-9)), 7);
    }
  });

  test('fast: a concentration cell shows (2RT/F)(1 − t+)·TDF·ln(c1/c2) the moment its current stops', () => {
    const j = 200;
    const half = (j * wallGradientPerCurrent() * L) / 2;
    const bench = benchOf(cellOf(), 'fast');
    bench.run(current(j), { duration_s: 600 });
    const { rows } = bench.run(rest, { duration_s: 1 });
    expect(rows[0]!.voltage_V / (JUNCTION_V * Math.log((c0 + half) / (c0 - half)))).toBeCloseTo(1, 2.5);
  });

  test('full: the same, from the concentrations it computed, and towards the exact one with the mesh', () => {
    const j = 200;
    const half = (j * wallGradientPerCurrent() * L) / 2;
    const exact = JUNCTION_V * Math.log((c0 + half) / (c0 - half));
    const missing = [50, 100, 200, 400].map((nodes) => {
      const bench = benchOf(meshed(cellOf(), nodes), 'full');
      bench.run(current(j), { duration_s: 600 });
      const c = bench.state.profiles!.concentration_mol_per_m3;
      const shown = bench.run(rest, { duration_s: 1 }).rows[0]!.voltage_V;
      expect(shown).toBeCloseTo(JUNCTION_V * Math.log(c[nodes - 1]! / c[0]!), 5);
      const surface = (near: number, next: number): number => 1.5 * c[near]! - 0.5 * c[next]!;
      const atSurfaces = JUNCTION_V * Math.log(surface(nodes - 1, nodes - 2) / surface(0, 1));
      expect(atSurfaces).toBeCloseTo(exact, 8);
      return exact - shown;
    });
    // At that moment the gradient stands up to the wall, and the outer half cells, a share 1/nodes of it, are not in the sum.
    for (let i = 1; i < missing.length; i++) expect(missing[i - 1]! / missing[i]!).toBeCloseTo(2, 1);
    expect(missing[3]! / exact).toBeLessThan(4e-3);
  });

  test('full: once the walls have relaxed, the potential is exact to second order in the mesh', () => {
    const j = 200;
    const t = 0.3;
    // Relaxation from the steady line is the steady line less the build-up from rest.
    const leftOver = (x: number): number =>
      c0 + j * wallGradientPerCurrent() * (x - L / 2) - (slabConcentration(x, t, j) - c0);
    const exact = JUNCTION_V * Math.log(leftOver(L) / leftOver(0));
    const errorAt = (nodes: number): number => {
      const bench = benchOf(meshed(cellOf(), nodes), 'full', 1e-9);
      bench.run(current(j), { duration_s: 600 });
      return bench.run(rest, { duration_s: t }).last.voltage_V - exact;
    };
    for (const order of observedOrders(errorAt, [10, 20, 40])) expect(Math.abs(order - 2)).toBeLessThan(0.1);
    expect(Math.abs(errorAt(20) / exact)).toBeLessThan(3e-3);
  });
});

describe('salt between two electrodes', () => {
  test.each(models)('at steady state Δc = jL(1 − t+)/(F·D_eff) (%s)', (model) => {
    for (const j of [-150, 10, 150]) {
      const bench = benchOf(cellOf(), model);
      const { last } = bench.run(current(j), { duration_s: 600 });
      const half = (j * wallGradientPerCurrent() * L) / 2;
      expect(last.concentration_V / (JUNCTION_V * Math.log((c0 + half) / (c0 - half)))).toBeCloseTo(1, 3);
      if (model === 'fast') continue;
      const c = bench.state.profiles!.concentration_mol_per_m3;
      c.forEach((value, k) => {
        const x = ((k + 0.5) * L) / c.length;
        expect(value).toBeCloseTo(c0 + 2 * half * (x / L - 0.5), 4);
      });
    }
  });

  test('the profile on its way there is second order in the mesh, from both sides', () => {
    const j = 150;
    const t = 0.5;
    const errorAt = (nodes: number): number => {
      const bench = benchOf(meshed(cellOf(), nodes), 'full', 1e-9);
      bench.run(current(j), { duration_s: t });
      const c = bench.state.profiles!.concentration_mol_per_m3;
      let worst = 0;
      c.forEach((value, k) => {
        worst = Math.max(worst, Math.abs(value - slabConcentration(((k + 0.5) * L) / nodes, t, j)));
      });
      return worst;
    };
    for (const order of observedOrders(errorAt, [10, 20, 40, 80])) expect(Math.abs(order - 2)).toBeLessThan(0.1);
    expect(errorAt(20)).toBeLessThan(0.5);
  });

  test('fast follows the same transient', () => {
    const j = 150;
    for (const t of [0.1, 0.5, 2]) {
      const { last } = benchOf(cellOf(), 'fast').run(current(j), { duration_s: t });
      const exact = JUNCTION_V * Math.log(slabConcentration(L, t, j) / slabConcentration(0, t, j));
      expect(last.concentration_V / exact).toBeCloseTo(1, 3);
    }
  });

  // 25 µm, ε 0.4, b 1.5, 1 M and D/(1 − t+) = 2.97e-10 m2/s: 58 mA/cm2.
  const case58 = ((): Cell => {
    const cell = cellOf({ counter: idealFoil, working: idealFoil });
    return {
      ...cell,
      electrolyte: { ...cell.electrolyte, diffusivity_m2_per_s: 2.2e-10, transferenceNumber: 0.26 },
    };
  })();

  test.each(models)('limiting current 58 mA/cm2: just below it steady, just above it out of salt (%s)', (model) => {
    const limit = (2 * F * 2.2e-10 * HINDRANCE * 1000) / ((1 - 0.26) * 25e-6);
    expect(limit / 10).toBeCloseTo(58, 0);
    for (const sign of [-1, 1]) {
      const below = benchOf(case58, model);
      const { end } = below.run(current(sign * 0.995 * limit), { duration_s: 600 });
      expect(end).toEqual({ kind: 'duration' });
      const above = benchOf(case58, model);
      const side = sign > 0 ? 'counter' : 'working';
      expect(above.run(current(sign * 1.005 * limit), { duration_s: 600 }).end).toEqual({
        kind: 'salt-depleted',
        side,
      });
      expect(above.state.time_s).toBeGreaterThan(1);
    }
  });

  test('full: with measured properties the limit is that of their integral', () => {
    // Landesfeind 2019, EC:EMC 3:7, at 298.15 K; beyond 0.1 to 3 M the properties are held.
    const held = (c: number): number => Math.min(Math.max(c / 1000, 0.1), 3);
    const diffusivity = (c: number): number =>
      1e-10 * 1010 * Math.exp(1.01 * held(c)) * Math.exp(-1560 / T_K) * Math.exp((-487 * held(c)) / T_K);
    const transference = (c: number): number => {
      const x = held(c);
      return (
        -12.8 -
        6.12 * x +
        0.0821 * T_K +
        0.904 * x * x +
        0.0318 * x * T_K -
        1.27e-4 * T_K * T_K +
        0.0175 * x ** 3 -
        0.00312 * x * x * T_K -
        3.96e-5 * x * T_K * T_K
      );
    };
    // At steady state jL(1 − t+)… = F·ε^b·∫D/(1 − t+)dc from 0 to c_L, and the salt, ∫c·dx, stays: this fixes c_L.
    const integral = (top: number, weight: (c: number) => number): number => {
      const n = 20_000;
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const c = ((i + 0.5) * top) / n;
        sum += (weight(c) * diffusivity(c)) / (1 - transference(c));
      }
      return (sum * top) / n;
    };
    let [low, high] = [1000, 6000];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (integral(middle, (c) => c) / integral(middle, () => 1) < c0) low = middle;
      else high = middle;
    }
    const limit = (F * HINDRANCE * integral(low, () => 1)) / L;
    const cell = cellOf({
      counter: idealFoil,
      working: idealFoil,
      electrolyte: { name: 'EC:EMC', concentration_mol_per_m3: c0, law: 'landesfeind2019-ec-emc' },
    });
    const endAt = (j: number): string =>
      benchOf(meshed(cell, 80), 'full').run(current(j), { duration_s: 600 }).end.kind;
    expect(endAt(0.985 * limit)).toBe('duration');
    expect(endAt(1.015 * limit)).toBe('salt-depleted');
  });
});

describe('semi-infinite diffusion', () => {
  const thick = cellOf({
    counter: idealFoil,
    working: idealFoil,
    separator: { ...separator, thickness_m: 1e-3 },
  });
  const well: Cell = { ...thick, electrolyte: { ...thick.electrolyte, conductivity_S_per_m: 1e9 } };
  const j = 200;
  /** c0 − c at the wall per √t: 2j(1 − t+)/(F·√(π·ε·D_eff)). */
  const perRoot = (2 * j * (1 - tPlus)) / (F * Math.sqrt(Math.PI * separator.porosity * D_eff));
  const sand = (c0 / perRoot) ** 2;
  /** What the slow modes of the fast model miss of a sharp front, and 800 nodes of the full one; relative. */
  const tolerance = { fast: 8e-3, full: 3e-3 };

  test('the setting: ten times the limiting current, diffusion reaches a twentieth of the separator', () => {
    expect(j / ((2 * F * D_eff * c0) / ((1 - tPlus) * 1e-3))).toBeGreaterThan(9);
    expect(Math.sqrt((D_eff * sand) / separator.porosity)).toBeLessThan(1e-3 / 20);
  });

  test('Sand (fast): within 0.3 %', () => {
    const bench = benchOf(thick, 'fast');
    expect(bench.run(current(j), { duration_s: 10 * sand }).end).toEqual({ kind: 'salt-depleted', side: 'counter' });
    expect(Math.abs(bench.state.time_s / sand - 1)).toBeLessThan(3e-3);
  });

  test('Sand (full): within 1 %, converging with the mesh to the time at which 1 mol/m3 is left', () => {
    // The end is called at 1 mol/m3, 0.2 % of the time before Sand's.
    const called = ((c0 - 1) / perRoot) ** 2;
    const timeAt = (nodes: number): number => {
      const bench = benchOf(meshed(thick, nodes), 'full');
      expect(bench.run(current(j), { duration_s: 10 * sand }).end).toEqual({ kind: 'salt-depleted', side: 'counter' });
      return bench.state.time_s;
    };
    const errorAt = (nodes: number): number => timeAt(nodes) / called - 1;
    for (const order of observedOrders(errorAt, [100, 200, 400])) expect(Math.abs(order - 2)).toBeLessThan(0.15);
    expect(Math.abs(timeAt(400) / sand - 1)).toBeLessThan(0.01);
  });

  test.each(models)('a current step moves the surfaces by 2j(1 − t+)·√t/(F·√(π·ε·D_eff)) (%s)', (model) => {
    const bench = benchOf(meshed(well, 800), model);
    const { rows } = bench.run(current(j), { duration_s: 0.8 * sand, period_s: 0.2 * sand });
    for (const row of rows.slice(1)) {
      const change = perRoot * Math.sqrt(row.time_s);
      const exact = JUNCTION_V * Math.log((c0 + change) / (c0 - change));
      expect(Math.abs(row.concentration_V / exact - 1)).toBeLessThan(tolerance[model]);
    }
  });

  // Both electrodes move by the same amount in opposite directions as long as neither feels the other, so a held voltage
  // holds both surface concentrations, c0 ± δ, and Cottrell's law is exact for the two-electrode cell: with δ in place of c0.
  test.each(models)('Cottrell: under a held voltage j = F·δ·√(ε·D_eff/(π·t))/(1 − t+) (%s)', (model) => {
    const held = 0.05;
    const delta = c0 * Math.tanh(held / (2 * JUNCTION_V));
    const bench = benchOf(meshed(well, 800), model);
    const { rows } = bench.run(voltage(held), { duration_s: 64, period_s: 1 });
    for (const t of [4, 16, 64]) {
      const cottrell = ((F * delta) / (1 - tPlus)) * Math.sqrt((separator.porosity * D_eff) / (Math.PI * t));
      const row = rows.find(({ time_s }) => Math.abs(time_s - t) < 1e-6)!;
      expect(Math.abs(row.j_A_per_m2 / cottrell - 1)).toBeLessThan(tolerance[model]);
    }
  });
});

describe.each(models)('lithium (%s)', (model) => {
  test('1 mAh/cm2 is 4.850 µm, off one side and on the other', () => {
    for (const j of [-10, 10]) {
      const bench = benchOf(cellOf(), model);
      const { rows, last } = bench.run(current(j), { duration_s: 3600 });
      expect(Math.abs(bench.state.charge_C_per_m2)).toBeCloseTo(ONE_mAh_PER_cm2, 6);
      const moved = (36_000 / F) * 1.3e-5 * Math.sign(j);
      expect(Math.abs(moved) * 1e6).toBeCloseTo(4.85, 3);
      expect(rows[0]!.workingLithium_m - last.workingLithium_m).toBeCloseTo(moved, 14);
      expect(last.counterLithium_m - rows[0]!.counterLithium_m).toBeCloseTo(moved, 14);
    }
  });

  test('at rest the interphase grows as L² = L0² + k²t, and takes its lithium from metal and salt', () => {
    const k = 3.8e-11;
    const day = 86_400;
    const interphase = [
      { ...film, growth: { kind: 'transport-limited', k_m_per_sqrt_s: k } as const, saltFraction: 0.25 },
    ];
    const bench = benchOf(cellOf({ counter: { ...foil, interphase, areaRatio: 5 } }), model);
    const metal0 = bench.state.counter.lithium_mol_per_m2;
    const salt0 = bench.state.poreSalt_mol_per_m2 + bench.state.reserveSalt_mol_per_m2;
    bench.run(rest, { duration_s: day });
    const thickness = Math.sqrt(15e-9 ** 2 + k * k * day);
    expect(bench.state.counter.layerThickness_m[0]! / thickness).toBeCloseTo(1, 6);
    const bound = 5 * 5e4 * (thickness - 15e-9);
    expect((metal0 - bench.state.counter.lithium_mol_per_m2) / bound).toBeCloseTo(0.75, 5);
    const salt = bench.state.poreSalt_mol_per_m2 + bench.state.reserveSalt_mol_per_m2;
    expect((salt0 - salt) / bound).toBeCloseTo(0.25, 5);
  });
});
