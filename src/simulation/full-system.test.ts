// The full model's hand-written Jacobian against differences of its residual, for every kind of cell, law and control. An
// inexact entry costs Newton iterations long before it costs accuracy, so nothing but this test would notice one.

import { describe, expect, test } from 'vitest';
import {
  builtInCell,
  type Cell,
  type GrowthLaw,
  type InterphaseLayer,
  type MetalElectrode,
  type PorousCathode,
  type ScalarLaw,
  type TransportLawName,
} from '../cells/index.ts';
import { F, LITHIUM_MOLAR_VOLUME_m3_per_mol } from '../units/index.ts';
import { ageingOf, coatingOf, sideAgeing } from './ageing.test-tool.ts';
import { compileCell } from './compile.ts';
import type { Drive } from './full-fields.ts';
import { createFullSystem, type FullSystem } from './full-system.ts';
import { initialState } from './inventory.ts';

const DRIVES = ['current', 'voltage', 'power', 'resistance'] as const satisfies readonly Drive['kind'][];

/** Small, and with all numbers of nodes different, so that a wrong index cannot hide. */
const MESH = { separatorNodes: 5, cathodeNodes: 4, particleNodes: 6 } as const;

/** Leading coefficient of the integrator, 1/s: small enough for the spatial terms to weigh. */
const LEADING_per_s = 0.01;

/** Largest error of an entry, relative to the unknowns' scales; differences reach 1e-9. */
const GAP_MAX = 2e-8;

/** Difference spacing over the scale of an unknown: rounding 1e-16/2e-3, truncation (2e-3)⁶ of the seventh derivative. */
const SPACING = 2e-3;

function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Point {
  readonly system: FullSystem;
  readonly y: Float64Array;
  readonly yPrime: Float64Array;
  /** Size over which the residual changes, for each unknown. */
  readonly scale: Float64Array;
  readonly names: readonly string[];
}

/** A rough state: every profile uneven, 2 nm of lithium where copper was bare, all rates moving. */
function pointOf(cell: Cell, kind: Drive['kind'], seed: number, worn = false): Point {
  const system = createFullSystem(compileCell(cell));
  const { separatorNodes: ns, cathodeNodes: np, particleNodes: nr, particleStart, size } = system;
  const next = random(seed);
  const between = (low: number, high: number): number => low + (high - low) * next();
  const y = new Float64Array(size);
  const yPrime = new Float64Array(size);
  const scale = new Float64Array(size);
  const names: string[] = [];
  const put = (at: number, name: string, value: number, rate: number, size: number): void => {
    y[at] = value;
    yPrime[at] = rate;
    scale[at] = size;
    names[at] = name;
  };
  const c0 = cell.electrolyte.concentration_mol_per_m3;
  const cathode = cell.working.kind === 'cathode' ? cell.working : null;
  const cMax = cathode?.maximumConcentration_mol_per_m3 ?? 1;
  for (let k = 0; k < ns + np; k++) {
    put(k < ns ? k : 2 * k - ns, `c[${k}]`, c0 * between(0.6, 1.4), between(-2, 2), c0);
  }
  for (let m = 0; m < np * nr; m++) {
    put(
      particleStart + m,
      `particle[${Math.floor(m / nr)}][${m % nr}]`,
      cMax * between(0.42, 0.48),
      between(-5, 5),
      cMax / 10,
    );
  }
  for (let k = 0; k < np; k++) {
    const last = particleStart + (k + 1) * nr - 1;
    const rest = system.openCircuit((1.5 * y[last]! - 0.5 * y[last - 1]!) / cMax);
    put(ns + 2 * k + 1, `psi[${k}]`, rest + between(-0.03, 0.03), 0, 0.05);
  }
  put(system.currentIndex, 'j', between(-20, -10), 0, 10);
  put(system.chargeIndex, 'Q', 3, between(-20, 20), 10);
  if (system.temperatureIndex >= 0) put(system.temperatureIndex, 'T', 311, 0.01, 30);
  for (const [name, side, start] of [
    ['counter', cell.counter, system.counterLayerIndex],
    ['working', cell.working, system.workingLayerIndex],
  ] as const) {
    if (side.kind === 'cathode') continue;
    side.interphase.forEach((layer, l) => {
      put(start + l, `${name} layer[${l}]`, layer.thickness_m * between(0.8, 1.2), 2e-12, layer.thickness_m);
    });
    const thickness_m = side.kind === 'collector' ? 2e-9 : side.lithiumThickness_m;
    // The anchor is where the layers are now, so the amount is the anchor's but for the charge passed.
    const charge = (name === 'counter' ? -y[system.chargeIndex]! : y[system.chargeIndex]!) / F;
    const amount = thickness_m / LITHIUM_MOLAR_VOLUME_m3_per_mol + charge;
    if (name === 'counter') system.anchors.counterLithium_mol_per_m2 = amount;
    else system.anchors.workingLithium_mol_per_m2 = amount;
    const layers = name === 'counter' ? system.anchors.counterLayers_m : system.anchors.workingLayers_m;
    layers.set(y.subarray(start, start + layers.length));
  }
  if (worn) wear(system, cell);
  system.drive.kind = kind;
  system.drive.value = { current: -15, voltage: 3.7, power: -40, resistance: 0.3 }[kind];
  system.drive.ambient_K = 306;
  return { system, y, yPrime, scale, names };
}

/** Surfaces half worn: a deposit that just begins, a coating with holes, a layer of dead lithium, a cell that dries out. */
function wear(system: FullSystem, cell: Cell): void {
  const state = initialState(cell, LITHIUM_MOLAR_VOLUME_m3_per_mol);
  for (const [which, electrode] of [
    ['counter', cell.counter],
    ['working', cell.working],
  ] as const) {
    const own = state.ageing?.[which];
    const metal = state[which];
    if (!own || metal === null || electrode.kind === 'cathode') continue;
    const thickness_m = electrode.kind === 'collector' ? 2e-9 : electrode.lithiumThickness_m;
    own.baseAreaRatio = 1.3;
    own.areaPerThickness_per_m = 8e6;
    own.deposit_m_from = thickness_m - 1e-8;
    own.coatingLeft = 0.8;
    own.deadLayerResistance_ohm_m2 = 2e-4;
    own.deadLayerGradient_mol_per_A_m = 8;
    own.deadLayerJunction_V_per_K = 2e-4;
    metal.coatingIntact = 0.9;
    metal.areaRatio = 1.6;
  }
  state.wettedFraction = 0.7;
  system.wear(state);
}

/** (∂F/∂y + c·∂F/∂y′)·v by a difference of sixth order. */
function directional({ system, y, yPrime }: Point, v: Float64Array): Float64Array {
  const sum = new Float64Array(system.size);
  const out = new Float64Array(system.size);
  for (const [share, weight] of [
    [-3, -1],
    [-2, 9],
    [-1, -45],
    [1, 45],
    [2, -9],
    [3, 1],
  ] as const) {
    const at = y.map((value, i) => value + share * SPACING * v[i]!);
    const rate = yPrime.map((value, i) => value + share * SPACING * LEADING_per_s * v[i]!);
    if (!system.residualInto(0, at, rate, out)) throw new Error('the point lies outside the domain of the equations');
    for (let i = 0; i < out.length; i++) sum[i]! += (weight * out[i]!) / (60 * SPACING);
  }
  return sum;
}

/** Largest entry of J⁻¹·A − 1 in units of the unknowns' scales, J the system's Jacobian and A that by differences. */
function jacobianGap(point: Point): { readonly gap: number; readonly where: string } {
  const { system, y, yPrime, scale, names } = point;
  const columns = Array.from({ length: system.size }, (_, k) => {
    const v = new Float64Array(system.size);
    v[k] = scale[k]!;
    return directional(point, v);
  });
  expect(system.residualInto(0, y, yPrime, new Float64Array(system.size))).toBe(true);
  expect(system.factorise(0, y, yPrime, LEADING_per_s)).toBe(true);
  let gap = 0;
  let where = '';
  columns.forEach((column, k) => {
    system.solveInPlace(column);
    for (let i = 0; i < column.length; i++) {
      const off = Math.abs(column[i]! / scale[i]! - (i === k ? 1 : 0));
      if (!(off <= gap)) {
        gap = off;
        where = `column ${names[k]}, seen in ${names[i]}`;
      }
    }
  });
  return { gap, where };
}

function expectExact(cell: Cell, drives: readonly Drive['kind'][] = DRIVES, worn = false): void {
  for (const [n, kind] of drives.entries()) {
    const { gap, where } = jacobianGap(pointOf({ ...cell, mesh: MESH }, kind, 17 + n, worn));
    expect(gap, `${kind}: ${where}`).toBeLessThan(GAP_MAX);
  }
}

const THERMAL = { heatCapacity_J_per_m2_K: 800, heatTransfer_W_per_m2_K: 5 } as const;

const GROWTH_LAWS: readonly GrowthLaw[] = [
  { kind: 'none' },
  { kind: 'reaction-limited', rate_m_per_s: 1e-13, alpha: 0.4, potential_V: 0.1 },
  { kind: 'transport-limited', k_m_per_sqrt_s: 1e-10 },
  { kind: 'tunnelling', rate_m_per_s: 1e-10, decay_per_m: 4e8 },
  {
    kind: 'unified',
    exchangeCurrent_A_per_m2: 1e-3,
    alpha: 0.3,
    diffusivity_m2_per_s: 1e-20,
    concentration_mol_per_m3: 15,
    tunnellingThickness_m: 2e-9,
  },
  { kind: 'electron-migration', conductivity_S_per_m: 1e-12, potential_V: 0.4 },
  { kind: 'interstitial-diffusion', diffusivity_m2_per_s: 1e-18, concentration_mol_per_m3: 15 },
  {
    kind: 'solvent-reaction-diffusion',
    rate_m_per_s: 1e-11,
    alpha: 0.4,
    potential_V: 0.1,
    diffusivity_m2_per_s: 2e-18,
    concentration_mol_per_m3: 4500,
  },
];

/** A layer that grows by this law and costs salt. */
const layerOf = (growth: GrowthLaw, thickness_m = 9e-9): InterphaseLayer => ({
  name: growth.kind,
  thickness_m,
  conductivity_S_per_m: 3e-6,
  activationEnergy_J_per_mol: 45_000,
  growth,
  growthActivationEnergy_J_per_mol: 30_000,
  lithiumConcentration_mol_per_m3: 30_000,
  saltFraction: 0.3,
});

const withLayers = (cell: Cell, interphase: readonly InterphaseLayer[]): Cell => {
  const layered = <E extends Cell['working']>(side: E): E => (side.kind === 'cathode' ? side : { ...side, interphase });
  return { ...cell, counter: layered(cell.counter), working: layered(cell.working) };
};

const withCathode = (cell: Cell, change: Partial<PorousCathode>): Cell => {
  if (cell.working.kind !== 'cathode') throw new Error('this cell has no cathode');
  return { ...cell, working: { ...cell.working, ...change } };
};

const withMetals = (cell: Cell, change: Partial<MetalElectrode>): Cell => ({
  ...cell,
  counter: { ...cell.counter, ...change },
  working: cell.working.kind === 'cathode' ? cell.working : { ...cell.working, ...change },
});

describe('the Jacobian is exact', () => {
  describe.each(['li-li-carbonate', 'li-cu-ether-nitrate', 'li-nmc811', 'cu-nmc811', 'xu2019-half-cell'])(
    '%s',
    (id) => {
      const cell = { ...withLayers(builtInCell(id), [layerOf(GROWTH_LAWS[1]!)]), contactResistance_ohm_m2: 3e-4 };

      test('at the temperature of its surroundings', () => expectExact({ ...cell, thermal: null }));
      test('with a heat balance', () => expectExact({ ...cell, thermal: THERMAL }));
      test('without a layer', () => expectExact({ ...withLayers(cell, []), thermal: THERMAL }));
    },
  );

  test.each(GROWTH_LAWS.map((growth) => [growth.kind, growth] as const))('growth law %s', (_kind, growth) => {
    for (const id of ['li-cu-ether-nitrate', 'li-nmc811']) {
      expectExact({ ...withLayers(builtInCell(id), [layerOf(growth)]), thermal: THERMAL });
    }
  });

  test('two growing layers on each side, the outer one resting on the inner', () => {
    const layers = [layerOf(GROWTH_LAWS[4]!), layerOf(GROWTH_LAWS[7]!, 30e-9)];
    for (const id of ['li-cu-ether-nitrate', 'cu-nmc811']) {
      expectExact({ ...withLayers(builtInCell(id), layers), thermal: THERMAL });
      expectExact({ ...withLayers(builtInCell(id), layers), thermal: null });
    }
  });

  describe.each(['li-li-carbonate', 'li-cu-ether-nitrate', 'li-nmc811', 'cu-nmc811'])('worn, %s', (id) => {
    const side = sideAgeing({ coating: coatingOf() });
    const base = withLayers(builtInCell(id), [layerOf(GROWTH_LAWS[4]!), layerOf(GROWTH_LAWS[7]!, 30e-9)]);
    const working = base.working.kind === 'cathode' ? null : side;
    const cell: Cell = { ...base, ageing: ageingOf({ counter: side, working }) };
    test('at the temperature of its surroundings', () => expectExact({ ...cell, thermal: null }, DRIVES, true));
    test('with a heat balance', () => expectExact({ ...cell, thermal: THERMAL }, DRIVES, true));
    test('and it is felt: entries differ from those of a cell that is new', () => {
      const [worn, fresh] = [true, false].map((is) => pointOf({ ...cell, mesh: MESH }, 'voltage', 5, is));
      const [a, b] = [worn!, fresh!].map(({ system, y }) => system.voltageAt(y));
      expect(Math.abs(a! - b!)).toBeGreaterThan(1e-3);
    });
  });

  test.each([5e-10, -2e-10])('film on the last %d m of a foil', (lithiumThickness_m) => {
    const cell = withLayers(builtInCell('li-nmc811'), [layerOf(GROWTH_LAWS[1]!)]);
    expectExact({ ...cell, counter: { ...cell.counter, lithiumThickness_m }, thermal: THERMAL });
  });

  test('salt drawn from a reserve', () => {
    const cell = withLayers(builtInCell('li-cu-ether-nitrate'), [layerOf(GROWTH_LAWS[1]!)]);
    const { system } = pointOf({ ...cell, mesh: MESH }, 'current', 1);
    expect(system.reserveShare).toBeGreaterThan(0.5);
    expectExact(cell);
    const lean = { ...cell, electrolyteVolume_m3: 0 };
    expect(pointOf({ ...lean, mesh: MESH }, 'current', 1).system.reserveShare).toBe(0);
    expectExact(lean);
  });

  test.each([
    'landesfeind2019-ec-emc',
    'landesfeind2019-ec-dmc',
    'ec-dec-lundgren',
    'nyman2008',
    'valoen2005',
    'capiglia1999',
    'constant',
    'functions',
  ] as const satisfies readonly TransportLawName[])('transport law %s', (law) => {
    const replaced = law === 'constant' || law === 'functions';
    const electrolyte = {
      name: law,
      law,
      concentration_mol_per_m3: 1000,
      ...(replaced ? { transferenceNumber: 0.3, thermodynamicFactor: 1.4 } : {}),
      ...(law === 'constant' ? { conductivity_S_per_m: 0.9, diffusivity_m2_per_s: 3e-10 } : {}),
      ...(law === 'functions'
        ? {
            conductivityLaw: {
              kind: 'formula',
              formula: '0.1297*(x/1000)^3-2.51*(x/1000)^1.5+3.329*(x/1000)',
            } as ScalarLaw,
            diffusivityLaw: { kind: 'formula', formula: '3e-10*exp(-x/2500)' } as ScalarLaw,
          }
        : {}),
      ...(replaced
        ? { conductivityActivationEnergy_J_per_mol: 17_000, diffusivityActivationEnergy_J_per_mol: 21_000 }
        : {}),
    };
    for (const id of ['li-li-carbonate', 'li-nmc811']) {
      expectExact({ ...builtInCell(id), electrolyte, thermal: THERMAL });
      expectExact({ ...builtInCell(id), electrolyte, thermal: null });
    }
  });

  test.each<[string, Partial<PorousCathode>]>([
    ['diffusivity by formula', { diffusivity: { kind: 'formula', formula: '4e-15*(1+20*(x-0.3)^2)' } }],
    ['diffusivity by table', { diffusivity: { kind: 'table', x: [0, 0.2, 0.9, 1], y: [1e-14, 8e-15, 2e-15, 1e-15] } }],
    [
      'open circuit by formula',
      { openCircuitPotential: { kind: 'formula', formula: '4.3-0.9*x+0.05*tanh(12*(0.5-x))' } },
    ],
    ['entropic coefficient by formula', { entropicCoefficient: { kind: 'formula', formula: '1e-4*(x-0.4)-2e-4*x^2' } }],
    ['regularised', { regularised: true }],
    ['badly conducting', { conductivity_S_per_m: 0.05 }],
  ])('cathode: %s', (_name, change) => {
    const cell = withCathode(builtInCell('li-nmc811'), {
      diffusivityActivationEnergy_J_per_mol: 25_000,
      entropicCoefficient: { kind: 'constant', value: -1.5e-4 },
      ...change,
    });
    expectExact({ ...cell, thermal: THERMAL });
    expectExact({ ...cell, thermal: null });
  });

  test.each<[string, MetalElectrode['kinetics']['law']]>([
    ['asymmetric Butler–Volmer', { kind: 'butler-volmer', alphaAnodic: 0.7, alphaCathodic: 0.3 }],
    ['Marcus–Hush–Chidsey', { kind: 'marcus-hush-chidsey', reorganisationEnergy_eV: 0.4 }],
  ])('%s, on a rough surface', (_name, law) => {
    for (const id of ['li-cu-ether-nitrate', 'cu-nmc811']) {
      const cell = withLayers(builtInCell(id), [layerOf(GROWTH_LAWS[1]!)]);
      const kinetics = { ...cell.counter.kinetics, law, activationEnergy_J_per_mol: 50_000 };
      expectExact({ ...withMetals(cell, { kinetics, areaRatio: 1.8 }), thermal: THERMAL });
    }
  });
});
