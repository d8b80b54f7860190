import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type Assumption,
  builtInCell,
  builtInFile,
  type Cell,
  type MetalElectrode,
  parseCell,
  parseProtocol,
} from '../cells/index.ts';
import * as simulation from '../simulation/index.ts';
import { InputError } from '../units/index.ts';
import { BAND_CYCLES_MAX, BAND_SAMPLES_DEFAULT, type BandsResult, checkBands, runBands } from './bands.ts';

vi.mock('../simulation/index.ts', async (original) => {
  const real = await original<typeof simulation>();
  return { ...real, simulate: vi.fn(real.simulate) };
});
const simulate = vi.mocked(simulation.simulate);
beforeEach(() => void simulate.mockClear());

const carbonate = builtInCell('li-cu-carbonate');
const ether = builtInCell('li-cu-ether-nitrate');

/** Li|Li with a film that keeps its thickness in a cell that does not age, and a current that its resistance can carry. */
const gentle = parseProtocol(['Plate at 0.01 mA/cm2 for 0.01 mAh/cm2', 'Strip at 0.01 mA/cm2 for 0.01 mAh/cm2']);
function filmCell(assumptions: (all: readonly Assumption[]) => readonly Assumption[]): Cell {
  const cell = parseCell({ ...builtInFile('li-li-carbonate'), ageing: 'none' });
  const still = <Side extends MetalElectrode>(side: Side): Side => ({
    ...side,
    interphase: side.interphase.map((layer) => ({ ...layer, growth: { kind: 'none' } })),
  });
  const withGrowth = /growth|saltFraction|lithiumConcentration/;
  return {
    ...cell,
    counter: still(cell.counter),
    working: still(cell.working as MetalElectrode),
    assumptions: assumptions(cell.assumptions).filter(({ path }) => !withGrowth.test(path)),
  };
}
const filmOnly = filmCell((all) => all.filter(({ path }) => path === 'interphase[0].conductivity'));

describe('one uncertain conductivity', () => {
  // R = R_ct + 2·L/κ falls with κ alone, so its quantiles are those of κ, turned round.
  const { thickness_m, conductivity_S_per_m } = filmOnly.counter.interphase[0]!;
  const film_ohm_cm2 = (conductivity: number): number => (2e4 * thickness_m) / conductivity;
  const nominal = simulation.simulate(filmOnly, gentle, { model: 'fast' }).cycles[0]!.interfacial_resistance_ohm_cm2;
  const chargeTransfer_ohm_cm2 = nominal - film_ohm_cm2(conductivity_S_per_m);
  const [low, high] = filmOnly.assumptions[0]!.range!;
  const exact = (p: number): number => chargeTransfer_ohm_cm2 + film_ohm_cm2(low * (high / low) ** (1 - p));

  test.each([BAND_SAMPLES_DEFAULT, 1000])('gives the quantiles of the resistance, to a stratum of %i', (samples) => {
    const { cycles, runs, failed } = runBands(filmOnly, gentle, { samples });
    expect([cycles.length, runs, failed]).toEqual([1, samples, 0]);
    const stratum = (high / low) ** (1 / samples);
    const band = cycles[0]!.interfacial_resistance_ohm_cm2!;
    for (const [got, p] of [
      [band.low, 0.1],
      [band.median, 0.5],
      [band.high, 0.9],
    ] as const) {
      expect(got / exact(p)).toBeLessThan(stratum);
      expect(got / exact(p)).toBeGreaterThan(1 / stratum);
    }
  });

  test('is all that the resistance and the overpotential follow, and the efficiency does not', () => {
    const { sensitivities, sensitivity_cycle } = runBands(filmOnly, gentle);
    expect(sensitivity_cycle).toBe(1);
    expect(sensitivities).toEqual([
      {
        parameter: 'interphase[0].conductivity',
        rank_correlation: {
          coulombic_efficiency: null,
          overpotential_mV: expect.closeTo(-1, 12),
          interfacial_resistance_ohm_cm2: expect.closeTo(-1, 12),
        },
      },
    ]);
  });
});

test('what matters comes first, and what does nothing stays below chance', () => {
  const { sensitivities, chance_correlation } = runBands(
    filmCell((all) => all),
    gentle,
  );
  expect(sensitivities[0]!.parameter).toBe('interphase[0].conductivity');
  expect(sensitivities[1]!.parameter).toBe('interphase[0].thickness');
  expect(chance_correlation).toBeCloseTo(1.96 / Math.sqrt(63), 12);
  // At the reference temperature activation energies change nothing.
  const inert = sensitivities.filter(({ parameter }) => /activationEnergy$/i.test(parameter));
  expect(inert.length).toBeGreaterThanOrEqual(3);
  for (const { rank_correlation } of inert) {
    expect(Math.abs(rank_correlation.interfacial_resistance_ohm_cm2!)).toBeLessThan(chance_correlation);
  }
});

test('the same seed gives the same bands, another seed others', () => {
  const bands = (seed?: number): BandsResult =>
    runBands(ether, ether.protocol!, { cycles: 2, samples: 12, ...(seed === undefined ? {} : { seed }) });
  expect(bands()).toEqual(bands(1));
  expect(bands(2).cycles).not.toEqual(bands(1).cycles);
});

test('low, median and high are in order, in every cycle and for every quantity', () => {
  const { cycles } = runBands(ether, ether.protocol!, { cycles: 5 });
  expect(cycles.map(({ cycle }) => cycle)).toEqual([1, 2, 3, 4, 5]);
  for (const { coulombic_efficiency, overpotential_mV, interfacial_resistance_ohm_cm2 } of cycles) {
    for (const band of [coulombic_efficiency, overpotential_mV, interfacial_resistance_ohm_cm2]) {
      expect(band!.low).toBeLessThan(band!.median);
      expect(band!.median).toBeLessThan(band!.high);
    }
  }
});

test('a cell whose every value is stated has no band, and that is said', () => {
  const cell = builtInCell('xu2019-half-cell');
  const { cycles, runs, varied, fixed, sensitivities, sensitivity_cycle, remarks } = runBands(cell, cell.protocol!);
  expect({ cycles, runs, varied, fixed, sensitivities, sensitivity_cycle }).toEqual({
    cycles: [],
    runs: 0,
    varied: [],
    fixed: [],
    sensitivities: [],
    sensitivity_cycle: null,
  });
  expect(remarks).toEqual([expect.stringMatching(/^There is no band: no value of this cell has a range/)]);
  expect(simulate).not.toHaveBeenCalled();
});

test('what the bands do not cover is said', () => {
  const { remarks } = runBands(ether, ether.protocol!, { cycles: 1, samples: 10 });
  expect(remarks[0]).toContain('They cover these ranges only: not what the model leaves out');
  const withoutRange = ether.assumptions.filter(({ range }) => range === undefined).length;
  expect(remarks[1]).toBe(`${withoutRange} assumed values are not varied: no range is stated.`);
});

describe('runs that do not come to their end', () => {
  test('of which physics ended some: counted by kind, their last cycle left out, and the bias said', () => {
    const { cycles, runs, ended_early, remarks } = runBands(carbonate, carbonate.protocol!, { cycles: 6 });
    const ended = ended_early['voltage-limit']!;
    expect(ended).toBeGreaterThan(0);
    expect(runs).toBe(BAND_SAMPLES_DEFAULT);
    expect(cycles.at(-1)!.runs).toBe(runs - ended);
    expect(cycles.map((band) => band.runs)).toEqual(cycles.map((band) => band.runs).sort((a, b) => b - a));
    expect(remarks).toContainEqual(
      expect.stringMatching(new RegExp(`^${ended} of 64 runs ended .*\\(voltage-limit ${ended}\\).*too favourable`)),
    );
  });

  test('in which the mathematics failed: counted and left out', async () => {
    const { simulate: real } = await vi.importActual<typeof simulation>('../simulation/index.ts');
    let call = 0;
    simulate.mockImplementation((...request) => {
      const result = real(...request);
      return ++call % 5 === 0 ? { ...result, stop: { kind: 'failed', message: 'made up', time_s: 0 } } : result;
    });
    const { runs, failed, cycles, remarks } = runBands(filmOnly, gentle, { samples: 20 });
    simulate.mockImplementation(real);
    expect([runs, failed, cycles[0]!.runs]).toEqual([16, 4, 16]);
    expect(remarks).toContain('4 of 20 runs failed and are left out.');
  });

  test('because the caller stopped them: the bands of those done', () => {
    const stop = { aborted: false };
    const heard: number[] = [];
    const onProgress = (fraction: number, done: number): void => {
      heard.push(fraction);
      if (done === 11) stop.aborted = true;
    };
    const result = runBands(ether, ether.protocol!, { cycles: 2, samples: 20, stop, onProgress });
    expect(result).toMatchObject({ aborted: true, runs: 11, samples: 20 });
    expect(result.cycles).toHaveLength(2);
    expect(result.remarks.at(-1)).toBe('Stopped after 11 of 20 runs; the bands are those of the runs done.');
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
    expect(heard[0]).toBe(0);
    expect(heard.at(-1)).toBe(1);
  });

  test('stopped before the first: no band, no fault', () => {
    const result = runBands(ether, ether.protocol!, { stop: { aborted: true } });
    expect(result).toMatchObject({ aborted: true, runs: 0, cycles: [], sensitivities: [] });
  });
});

test('of a long test some cycles are kept, the first and the last among them', () => {
  const { cycles } = runBands(filmOnly, gentle, { cycles: 450, samples: 10 });
  expect(cycles).toHaveLength(BAND_CYCLES_MAX);
  const numbers = cycles.map(({ cycle }) => cycle);
  expect([numbers[0], numbers.at(-1)]).toEqual([1, 450]);
  expect(new Set(numbers).size).toBe(BAND_CYCLES_MAX);
  const steps = numbers.slice(1).map((cycle, k) => cycle - numbers[k]!);
  expect([Math.min(...steps), Math.max(...steps)]).toEqual([2, 3]);
});

test('impossible options and ranges are told together, before anything runs', () => {
  const path = 'separator.porosity';
  const own: Cell = {
    ...ether,
    assumptions: [{ path, value: ether.separator.porosity, unit: '1', tag: 'assumed', source: '', range: [0.2, 3] }],
  };
  const issuesOf = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error instanceof InputError ? error.issues.map(({ where }) => where) : error;
    }
  };
  const options = { samples: 9, seed: -1 };
  const all = ['samples', 'seed', 'assumptions, range of separator.porosity'];
  expect(issuesOf(() => checkBands(own, options))).toEqual(all);
  expect(issuesOf(() => runBands(own, ether.protocol!, options))).toEqual(all);
  expect(simulate).not.toHaveBeenCalled();
});
