import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { builtInCell, type Cell, type Protocol, parseCell, parseProtocol } from '../cells/index.ts';
import { effectiveFraction, wettedTransportFactor } from '../physics/index.ts';
import { F, InputError, LITHIUM_MOLAR_VOLUME_m3_per_mol, R } from '../units/index.ts';
import { poreVolume_m } from './ageing.ts';
import { compileCell } from './compile.ts';
import type { CellState } from './contract.ts';
import { separatorModes } from './diffusion-modes.ts';
import { createFastCell } from './fast-cell.ts';
import { type CellImpedance, cellImpedance, logarithmicFrequencies } from './impedance.ts';
import { IMPEDANCE_VALUES } from './impedance-values.ts';
import { initialState } from './inventory.ts';
import { benchOf, current } from './limits.test-tool.ts';
import { runTo } from './run-to.ts';
import { simulate } from './simulate.ts';

const fresh = (cell: Cell): CellState => initialState(cell, LITHIUM_MOLAR_VOLUME_m3_per_mol);
const example = (name: string): Cell =>
  parseCell(JSON.parse(readFileSync(new URL(`../../examples/${name}.cell.json`, import.meta.url), 'utf8')));
const protocolOf = (cell: Cell, ...steps: string[]): Protocol =>
  parseProtocol(steps, 'test', { nominalCapacity_C: cell.nominalCapacity_C, cellKind: cell.kind });

/** After so many cycles that end with a rest: nothing of what stands before the metal is then older than the state. */
function worn(cell: Cell, cycles: number, ...steps: string[]): CellState {
  const { state, endedBefore } = runTo(cell, protocolOf(cell, ...steps, `repeat ${cycles}`), {
    kind: 'cycle',
    cycle: cycles,
  });
  expect(endedBefore).toBe(null);
  return state;
}

/** The fast model's voltage between two metals once the salt is steady at current j, all else as in `state`. */
function steadyVoltage(cell: Cell, state: CellState): (j: number) => number {
  const p = compileCell(cell);
  const fast = createFastCell(p);
  const { separator } = cell;
  const modes = separatorModes({
    thickness_m: separator.thickness_m,
    porosity: separator.porosity,
    transport: effectiveFraction(separator.porosity, separator.bruggeman),
  });
  const c = Float64Array.of(state.poreSalt_mol_per_m2 / poreVolume_m(cell));
  const [kappa, D, tPlus, tdf] = [0, 0, 0, 0].map(() => new Float64Array(1));
  p.transport.valuesInto(1, c, state.temperature_K, kappa!, D!, tPlus!, tdf!);
  const diffusivity = D![0]! * wettedTransportFactor(state.wettedFraction);
  return (j) => {
    const lag = ((1 - tPlus![0]!) * j) / (F * diffusivity);
    fast.load({ ...state, profiles: null, lags: new Float64Array(modes.size).fill(lag) }, state.temperature_K);
    fast.advance(0, j, j, 0);
    return fast.voltage(j);
  };
}

/** The same cell, its films as they are. */
function withoutGrowth(cell: Cell): Cell {
  const still = <Side extends Cell['working']>(side: Side): Side =>
    side.kind === 'cathode'
      ? side
      : { ...side, interphase: side.interphase.map((layer) => ({ ...layer, growth: { kind: 'none' } as const })) };
  return { ...cell, counter: still(cell.counter), working: still(cell.working) };
}

/** Richardson's of two central differences: fourth order. */
function slopeAt(voltage: (j: number) => number, j: number, step: number): number {
  const central = (h: number) => (voltage(j + h) - voltage(j - h)) / (2 * h);
  return (4 * central(step / 2) - central(step)) / 3;
}

const wornLiLi = builtInCell('li-li-carbonate');
const cuNitrate = builtInCell('li-cu-ether-nitrate');
const coated = builtInCell('a1-19');
const garnet = builtInCell('li-li-llzto');
const marcus = example('marcus-kinetics');
const twoLayers = example('li-cu-two-layer-interphase');

const PLATE = 'Plate at 1 mA/cm2 for 1 mAh/cm2';
const STRIP = 'Strip at 1 mA/cm2 for 0.8 mAh/cm2';
const cases: readonly (readonly [name: string, cell: Cell, state: () => CellState, bias_A_per_m2: number])[] = [
  ['a fresh Li|Li', wornLiLi, () => fresh(wornLiLi), 0],
  ['a fresh Li|Li under current', wornLiLi, () => fresh(wornLiLi), 12],
  ['a worn Li|Li', wornLiLi, () => worn(wornLiLi, 20, PLATE, STRIP, 'Rest for 1 min'), 0],
  ['a worn Li|Li under current', wornLiLi, () => worn(wornLiLi, 20, PLATE, STRIP, 'Rest for 1 min'), -8],
  ['lithium on copper', cuNitrate, () => worn(cuNitrate, 5, PLATE, STRIP, 'Rest for 1 min'), 0],
  ['lithium on copper, stripped', cuNitrate, () => worn(cuNitrate, 5, PLATE, STRIP, 'Rest for 1 min'), 5],
  ['lithium under a coating of LiF', coated, () => worn(coated, 1, PLATE, STRIP, 'Rest for 1 min'), 3],
  ['Marcus-Hush-Chidsey kinetics', marcus, () => fresh(marcus), 20],
  ['two layers of interphase', twoLayers, () => worn(twoLayers, 2, PLATE, STRIP, 'Rest for 1 min'), 2],
  ['garnet', garnet, () => fresh(garnet), 0],
  ['garnet with voids', garnet, () => worn(garnet, 3, 'Strip at 0.5 mA/cm2 for 1 h', 'Rest for 1 s'), 1],
];

describe('towards direct current', () => {
  test.each(cases)('%s has the slope of the fast model', (_name, cell, stateOf, bias_A_per_m2) => {
    const state = stateOf();
    const z = cellImpedance(cell, state, { bias_A_per_m2, frequency_Hz: [1e-6, 1e-7] });
    const slope = slopeAt(steadyVoltage(cell, state), bias_A_per_m2, 0.02) / cell.area_m2;
    expect(z.blocks).toBe(false);
    expect(Math.abs(z.lowFrequency_ohm / slope - 1)).toBeLessThan(1e-8);
    expect(Math.abs(z.spectrum.real_ohm[1]! / slope - 1)).toBeLessThan(1e-8);
    expect(Math.abs(z.spectrum.imaginary_ohm[1]! / slope)).toBeLessThan(1e-4);
  });

  test.each([
    ['fast', 0],
    ['full', 0],
    ['fast', 15],
    ['full', 15],
  ] as const)('a small step of the %s model comes to it, from %f A/m2', (model, bias_A_per_m2) => {
    const still = withoutGrowth(wornLiLi);
    const at = (j: number): number => benchOf(still, model, 1e-9).run(current(j), { duration_s: 120 }).last.voltage_V;
    const step = 0.05;
    const slope = (at(bias_A_per_m2 + step) - at(bias_A_per_m2 - step)) / (2 * step) / still.area_m2;
    const { lowFrequency_ohm } = cellImpedance(still, fresh(still), { bias_A_per_m2 });
    expect(Math.abs(slope / lowFrequency_ohm - 1)).toBeLessThan(1e-6);
  });

  test('through a cathode the real part comes to the overpotential of an even reaction', () => {
    const cell = withoutGrowth(builtInCell('li-nmc811'));
    const z = cellImpedance(cell, fresh(cell), { frequency_Hz: [1e-6] });
    expect(z.blocks).toBe(true);
    expect(Math.abs(z.spectrum.real_ohm[0]! / z.lowFrequency_ohm - 1)).toBeLessThan(1e-5);
    // The fast model, after a small step: what is left when the drift of the open circuit is taken off.
    const [up, down] = [0.01, -0.01].map((j) => {
      const { last } = benchOf(cell, 'fast').run(current(j), { duration_s: 10_000 });
      return (last.voltage_V - last.openCircuit_V) / (j * cell.area_m2);
    });
    expect(Math.abs((up! + down!) / 2 / z.lowFrequency_ohm - 1)).toBeLessThan(1e-3);
  });
});

describe('towards high frequency', () => {
  test.each(['li-li-carbonate', 'li-cu-lhce'])('%s: the electrolyte and the contacts', (id) => {
    const cell = builtInCell(id);
    const z = cellImpedance(cell, fresh(cell), { frequency_Hz: [1e12] });
    const electrolyte = z.parts.find(({ kind }) => kind === 'electrolyte')!.resistance_ohm;
    expect(z.highFrequency_ohm).toBe(electrolyte + cell.contactResistance_ohm_m2 / cell.area_m2);
    expect(Math.abs(z.spectrum.real_ohm[0]! / z.highFrequency_ohm - 1)).toBeLessThan(1e-6);
  });

  test('a cathode adds its two phases side by side', () => {
    const cell = builtInCell('li-lfp');
    const z = cellImpedance(cell, fresh(cell), { frequency_Hz: [1e12] });
    expect(Math.abs(z.spectrum.real_ohm[0]! / z.highFrequency_ohm - 1)).toBeLessThan(1e-3);
  });
});

describe('beside the models in time', () => {
  /** Z at ω from the answer to a small step, V per A/m2 at even times: exact for straight lines, with a straight tail of its own. */
  function fromStep(answer: readonly number[], dt: number, omega: number): readonly [re: number, im: number] {
    const n = answer.length;
    const back = Math.floor(n / 10);
    const drift = (answer[n - 1]! - answer[n - 1 - back]!) / (back * dt);
    const level = answer[n - 1]! - drift * (n - 1) * dt;
    // Z = level + drift/(jω) + jω∫(V − level − drift·t)·e^(−jωt) dt.
    const left = (k: number) => answer[k]! - level - drift * k * dt;
    let [re, im] = [0, 0];
    for (let k = 0; k + 1 < n; k++) {
      // Of a straight piece, by parts: ∫ = [−v·e/(jω)] + (v′/(jω))∫e, e = e^(−jωt).
      const [a, b] = [left(k), left(k + 1)];
      const slope = (b - a) / dt;
      const [t0, t1] = [k * dt, (k + 1) * dt];
      const real = (t: number) => Math.cos(omega * t);
      const imag = (t: number) => -Math.sin(omega * t);
      // jω∫ = −(b·e1 − a·e0) + (v′/(jω))·(e0 − e1).
      re += -(b * real(t1) - a * real(t0)) + (slope / omega) * (imag(t0) - imag(t1));
      im += -(b * imag(t1) - a * imag(t0)) - (slope / omega) * (real(t0) - real(t1));
    }
    return [re + level, im - drift / omega];
  }

  /** V per A/m2 after a step up less a step down, which takes off what is even in the current. */
  function answerOf(cell: Cell, model: 'fast' | 'full', j: number, dt: number, end_s: number): readonly number[] {
    const rows = [j, -j].map((signed) => {
      const bench = benchOf(cell, model, 1e-8);
      return bench.run(current(signed), { duration_s: end_s, period_s: dt }).rows;
    });
    return rows[0]!.map((row, k) => (row.voltage_V - rows[1]![k]!.voltage_V) / (2 * j));
  }

  // The models in time have no double layers.
  const slow = { doubleLayer_F_per_m2: 1e-9, cathodeDoubleLayer_F_per_m2: 1e-9, filmDielectricConstant: 1e-3 };
  const fine = (cell: Cell): Cell => ({
    ...cell,
    mesh: { separatorNodes: 40, cathodeNodes: 40, particleNodes: 60 },
  });

  test.each([
    ['li-li-carbonate', 'fast', 0.1, 0.02, 40, 3e-4],
    ['li-li-carbonate', 'full', 0.1, 0.02, 40, 3e-4],
    ['li-nmc811', 'full', 0.02, 0.5, 4000, 3e-3],
    ['li-lfp', 'full', 0.01, 0.25, 1500, 3e-3],
  ] as const)('%s, %s: the transform of a small step', (id, model, j, dt, end_s, within) => {
    const cell = fine(builtInCell(id));
    const answer = answerOf(cell, model, j, dt, end_s);
    const frequency_Hz = [0.3, 1, 3, 10].map((cycles) => (cycles * 3) / end_s);
    const { spectrum } = cellImpedance(cell, fresh(cell), { frequency_Hz, values: slow });
    const worst = frequency_Hz.map((f, k) => {
      const [re, im] = fromStep(answer, dt, 2 * Math.PI * f);
      const [wantedRe, wantedIm] = [spectrum.real_ohm[k]! * cell.area_m2, spectrum.imaginary_ohm[k]! * cell.area_m2];
      return Math.hypot(re - wantedRe, im - wantedIm) / Math.hypot(wantedRe, wantedIm);
    });
    expect(Math.max(...worst)).toBeLessThan(within);
  });
});

const partOf = ({ parts }: CellImpedance, kind: string, side = 'counter') =>
  parts.find((part) => part.kind === kind && part.side === side)!;

describe('parts', () => {
  test('are in series: they add up to the spectrum, and two alike electrodes to twice one', () => {
    const z = cellImpedance(wornLiLi, fresh(wornLiLi));
    for (const k of [0, 30, 60]) {
      const total = z.parts.reduce((sum, part) => sum + part.imaginary_ohm[k]!, 0);
      expect(z.spectrum.imaginary_ohm[k]).toBeCloseTo(total, 10);
    }
    const film = partOf(z, 'interphase');
    expect(partOf(z, 'interphase', 'working')).toEqual({ ...film, side: 'working' });
    // 200 Ohm cm2 of one interface: 20 nm at 1e-6 S/m.
    expect(film.resistance_ohm * wornLiLi.area_m2).toBeCloseTo(0.02, 12);
  });

  test('have the values of the specification', () => {
    const z = cellImpedance(wornLiLi, fresh(wornLiLi));
    const { area_m2, separator, electrolyte } = wornLiLi;
    expect(partOf(z, 'interphase').capacitance_F! / area_m2).toBeCloseTo(4.427e-3, 6);
    const transfer = partOf(z, 'charge-transfer');
    const kinetics = wornLiLi.counter.kinetics;
    const thermal = (R * 298.15) / F;
    expect(transfer.resistance_ohm * area_m2).toBeCloseTo(thermal / kinetics.exchangeCurrent_A_per_m2, 12);
    expect(transfer.capacitance_F! / area_m2).toBeCloseTo(0.2, 12);
    // R_D = 2(RT/F)(1−t+)²·TDF·L/(F·c·D_eff), peak where ω(L/2)²ε/D_eff = 2.54.
    const D_eff = electrolyte.diffusivity_m2_per_s! * separator.porosity ** separator.bruggeman;
    const anion = 1 - electrolyte.transferenceNumber!;
    const c = electrolyte.concentration_mol_per_m3;
    const R_D = (2 * thermal * anion ** 2 * electrolyte.thermodynamicFactor! * separator.thickness_m) / (F * c * D_eff);
    const diffusion = partOf(z, 'salt-diffusion', 'between');
    expect((diffusion.resistance_ohm * area_m2) / R_D).toBeCloseTo(1, 12);
    const tau = ((separator.thickness_m / 2) ** 2 * separator.porosity) / D_eff;
    expect(diffusion.characteristic_Hz! * 2 * Math.PI * tau).toBeCloseTo(2.5407, 6);
  });

  test('in Ohm fall as the area grows, and capacities rise', () => {
    const wide: Cell = { ...wornLiLi, area_m2: 2 * wornLiLi.area_m2 };
    const [one, two] = [cellImpedance(wornLiLi, fresh(wornLiLi)), cellImpedance(wide, fresh(wide))];
    expect(two.lowFrequency_ohm * 2).toBeCloseTo(one.lowFrequency_ohm, 10);
    expect(partOf(two, 'charge-transfer').capacitance_F).toBeCloseTo(
      2 * partOf(one, 'charge-transfer').capacitance_F!,
      14,
    );
  });

  test('a dead layer is a pore: all of its resistance for direct current, none at high frequency, at 45° between', () => {
    const state = worn(wornLiLi, 50, PLATE, 'Strip at 1 mA/cm2 for 1 mAh/cm2', 'Rest for 1 min');
    const z = cellImpedance(wornLiLi, state, { frequency_Hz: logarithmicFrequencies(1, 1e10, 5) });
    const dead = partOf(z, 'dead-layer');
    expect(dead.resistance_ohm).toBeGreaterThan(0);
    expect(dead.real_ohm[0]! / dead.resistance_ohm).toBeLessThan(1e-3);
    expect(dead.real_ohm.at(-1)! / dead.resistance_ohm).toBeCloseTo(1, 2);
    expect(-dead.imaginary_ohm[5]! / dead.real_ohm[5]!).toBeCloseTo(1, 1);
  });

  test('a bare collector blocks', () => {
    const cell = builtInCell('li-cu-carbonate');
    const z = cellImpedance(cell, fresh(cell), { frequency_Hz: [1e-3] });
    expect(z.blocks).toBe(true);
    const C = partOf(z, 'blocking', 'working').capacitance_F!;
    expect(-z.spectrum.imaginary_ohm[0]! * 2 * Math.PI * 1e-3 * C).toBeCloseTo(1, 4);
  });

  test('on a solid the capacity of the interface goes with the contact, its resistance against it', () => {
    const state = fresh(garnet);
    const half: CellState = {
      ...state,
      counter: {
        ...state.counter,
        contact: { ...state.counter.contact!, fraction: state.counter.contact!.fraction / 2 },
      },
    };
    const [whole, less] = [cellImpedance(garnet, state), cellImpedance(garnet, half)];
    const ratio = (of: (z: CellImpedance) => number) => of(less) / of(whole);
    expect(ratio((z) => partOf(z, 'charge-transfer').capacitance_F!)).toBeCloseTo(0.5, 12);
    expect(ratio((z) => partOf(z, 'charge-transfer').resistance_ohm)).toBeCloseTo(2, 12);
    expect(ratio((z) => partOf(z, 'constriction').resistance_ohm)).toBeGreaterThan(2);
    const electrolyte = (z: CellImpedance) =>
      partOf(z, 'electrolyte', 'between').resistance_ohm + partOf(z, 'grain-boundaries', 'between').resistance_ohm;
    expect(
      (electrolyte(whole) * garnet.area_m2 * garnet.electrolyte.conductivity_S_per_m!) / garnet.separator.thickness_m,
    ).toBeCloseTo(1, 12);
  });

  test('warmth acts through each law: the interphase by its activation energy', () => {
    const state = fresh(wornLiLi);
    const [cold, warm] = [273.15, 313.15].map((temperature_K) => cellImpedance(wornLiLi, state, { temperature_K }));
    const Ea = wornLiLi.counter.interphase[0]!.activationEnergy_J_per_mol;
    const ratio = partOf(cold!, 'interphase').resistance_ohm / partOf(warm!, 'interphase').resistance_ohm;
    expect(Math.log(ratio)).toBeCloseTo((Ea / R) * (1 / 273.15 - 1 / 313.15), 10);
    expect(cold!.spectrum.temperature_K).toBe(273.15);
  });

  test('every capacity has a tag, a source and a range that holds it', () => {
    for (const { value, tag, source, range } of Object.values(IMPEDANCE_VALUES)) {
      expect(tag).not.toBe('assumed');
      expect(source.length).toBeGreaterThan(10);
      expect(range![0]).toBeLessThanOrEqual(value);
      expect(range![1]).toBeGreaterThanOrEqual(value);
    }
  });
});

describe('where a spectrum is taken', () => {
  test('at the end of a cycle is where a run of so many cycles ends', () => {
    const { state } = runTo(wornLiLi, wornLiLi.protocol, { kind: 'cycle', cycle: 7 });
    const whole = simulate(wornLiLi, wornLiLi.protocol!, { model: 'fast', detail: 'ends', cycles: 7 });
    expect(state).toEqual(whole.state);
  });

  test('at the end of a step, and at a time within one', () => {
    const protocol = protocolOf(cuNitrate, PLATE, 'Strip at 1 mA/cm2 until 1 V', 'repeat 3');
    const plated = runTo(cuNitrate, protocol, { kind: 'cycle', cycle: 2, step: 1 }).state;
    expect(plated.working!.lithium_mol_per_m2 * F).toBeGreaterThan(0.9 * 36_000);
    const early = runTo(cuNitrate, protocol, { kind: 'time', time_s: 1800 }).state;
    expect(early.time_s).toBe(1800);
    expect(early.charge_C_per_m2).toBeCloseTo(-18_000, 6);
    expect(runTo(cuNitrate, protocol, { kind: 'cycle', cycle: 9, step: 1 }).endedBefore).toBe(null);
    expect(runTo(cuNitrate, null, { kind: 'start' }).state).toEqual(fresh(cuNitrate));
  });

  test('a run that ends before says so', () => {
    const protocol = protocolOf(wornLiLi, 'Plate at 1 mA/cm2 for 10000 h');
    const { endedBefore, state } = runTo(wornLiLi, protocol, { kind: 'time', time_s: 3.6e7 });
    expect(endedBefore!.kind).toBe('lithium-exhausted');
    expect(state.time_s).toBeLessThan(3.6e7);
  });
});

describe('bad input', () => {
  const where = (run: () => unknown): readonly string[] => {
    try {
      run();
    } catch (error) {
      if (error instanceof InputError) return error.issues.map((issue) => issue.where);
      throw error;
    }
    return [];
  };
  const lfp = builtInCell('li-lfp');
  test.each([
    [
      'a frequency of 0 and a temperature of melting lithium',
      wornLiLi,
      { frequency_Hz: [1, 0], temperature_K: 500 },
      ['frequency', 'temperature'],
    ],
    ['no frequency', wornLiLi, { frequency_Hz: [] }, ['frequency']],
    ['a current through a cathode', lfp, { bias_A_per_m2: 1 }, ['bias']],
    ['a current beyond the limiting one', wornLiLi, { bias_A_per_m2: 1e4 }, ['bias']],
    ['stripping bare copper', cuNitrate, { bias_A_per_m2: 1 }, ['bias']],
  ] as const)('%s is refused', (_name, cell, options, places) => {
    expect(where(() => cellImpedance(cell, fresh(cell), options))).toEqual(places);
  });

  test.each([
    [{ kind: 'cycle', cycle: 0 }],
    [{ kind: 'cycle', cycle: 1, step: 9 }],
    [{ kind: 'time', time_s: -1 }],
  ] as const)('%j is no place of the run', (place) => {
    expect(where(() => runTo(cuNitrate, cuNitrate.protocol, place))).toEqual(['place']);
  });

  test('a time after the end of the protocol is refused', () => {
    const protocol = protocolOf(wornLiLi, 'Rest for 1 h');
    expect(where(() => runTo(wornLiLi, protocol, { kind: 'time', time_s: 7200 }))).toEqual(['place']);
  });
});
