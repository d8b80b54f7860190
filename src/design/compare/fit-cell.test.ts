import { beforeAll, describe, expect, test } from 'vitest';
import { builtInCell, cellToFile, parseCell, parseProtocol } from '../../cells/index.ts';
import type { CyclingRecord } from '../../records/index.ts';
import { cellImpedance, logarithmicFrequencies, runTo, simulate } from '../../simulation/index.ts';
import { InputError, type Issue } from '../../units/index.ts';
import {
  ageingCopperCell,
  EXCHANGE_A_per_m2,
  FILM_S_per_m,
  normalStream,
  RATE_TEST,
  stillCell,
  withSpectrumNoise,
  withVoltageNoise,
} from './compare.test-tool.ts';
import { type CellFit, type FitCellOptions, type FitData, fitCell } from './fit-cell.ts';
import { fitNames, fitParameters } from './fit-parameters.ts';
import { errorsOfFit, measureOf, valueAt } from './identifiability.ts';

const SIGMA_V = 0.0005;
const foils = stillCell();
const TRUE: Readonly<Record<string, number>> = {
  'kinetics.exchangeCurrent': EXCHANGE_A_per_m2,
  'interphase[0].conductivity': FILM_S_per_m,
  'impedance.filmDielectricConstant': 10,
  'impedance.doubleLayer': 0.2,
};
const BOTH = ['exchangeCurrent', 'interphase[0].conductivity'];

let rates: CyclingRecord;
beforeAll(() => {
  const run = simulate(foils, { ...parseProtocol(RATE_TEST), period_s: 20 }, { model: 'fast' });
  expect(run.stop.kind).toBe('completed');
  rates = run.record;
});
const frequency_Hz = logarithmicFrequencies(0.1, 1e5, 6);
const spectrum = cellImpedance(foils, runTo(foils, null, { kind: 'start' }).state, { frequency_Hz }).spectrum;

const named = ({ parameters }: CellFit, name: string) => parameters.find((one) => one.name === name)!;
const issuesOf = (work: () => unknown): readonly Issue[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error.issues;
    throw error;
  }
  return [];
};

describe('repeated noise', () => {
  /** Of so many fits to new noise: how often the 95 % interval holds the truth, and the deviations in standard errors. */
  function repeated(times: number, names: readonly string[], data: () => FitData, options: FitCellOptions = {}) {
    const inside: number[] = [];
    const deviations: number[] = [];
    for (let k = 0; k < times; k++) {
      const fit = fitCell(foils, names, data(), { scan: 0, ...options });
      expect(fit.ended).toBe('converged');
      for (const { name, value, standardError, interval95, state } of fit.parameters) {
        expect([name, state]).toEqual([name, 'determined']);
        const truth = TRUE[name]!;
        inside.push(Number(interval95![0] <= truth && truth <= interval95![1]));
        deviations.push((value * Math.log(value / truth)) / standardError!);
      }
    }
    const share = inside.reduce((sum, one) => sum + one, 0) / inside.length;
    const spread = Math.sqrt(deviations.reduce((sum, one) => sum + one ** 2, 0) / deviations.length);
    return { share, spread };
  }

  // With 40 intervals, 95 % of them hold the truth in all but one of a thousand tests if 85 % do here.
  test('voltages: errors are those that the values have', () => {
    const normal = normalStream(21);
    const { share, spread } = repeated(20, BOTH, () => ({ record: withVoltageNoise(rates, SIGMA_V, normal) }));
    expect(share).toBeGreaterThanOrEqual(0.85);
    expect(spread).toBeGreaterThan(0.65);
    expect(spread).toBeLessThan(1.4);
  });

  test('the measured current replayed, by time', () => {
    const normal = normalStream(22);
    const data = (): FitData => ({ record: withVoltageNoise(rates, SIGMA_V, normal) });
    const { share, spread } = repeated(10, BOTH, data, { protocol: 'replay' });
    expect(share).toBeGreaterThanOrEqual(0.8);
    expect(spread).toBeLessThan(1.6);
  });

  test('a spectrum, with its capacities', () => {
    const normal = normalStream(23);
    const names = [...BOTH, 'impedance.filmDielectricConstant', 'impedance.doubleLayer'];
    const { share, spread } = repeated(20, names, () => ({
      spectra: [{ spectrum: withSpectrumNoise(spectrum, 0.01, normal), place: { kind: 'start' } }],
    }));
    expect(share).toBeGreaterThanOrEqual(0.88);
    expect(spread).toBeGreaterThan(0.7);
    expect(spread).toBeLessThan(1.35);
  });

  test('voltages and a spectrum together, each by its own noise', () => {
    const normal = normalStream(24);
    const fit = fitCell(
      foils,
      [...BOTH, 'impedance.filmDielectricConstant', 'impedance.doubleLayer'],
      {
        record: withVoltageNoise(rates, SIGMA_V, normal),
        spectra: [{ spectrum: withSpectrumNoise(spectrum, 0.01, normal), place: { kind: 'start' } }],
      },
      { scan: 0 },
    );
    const [voltage, impedance] = fit.noise;
    expect([voltage!.kind, voltage!.from, impedance!.kind, impedance!.from]).toEqual([
      'voltage',
      'estimated',
      'spectra',
      'estimated',
    ]);
    expect(voltage!.sigma / SIGMA_V).toBeCloseTo(1, 1);
    expect(impedance!.sigma / 0.01).toBeCloseTo(1, 0);
    for (const { name, value, standardError } of fit.parameters) {
      expect(Math.abs(Math.log(value / TRUE[name]!))).toBeLessThan((3.5 * standardError!) / value);
    }
  });

  test('efficiencies: what is left behind is found in Li|Cu', () => {
    const cell = ageingCopperCell();
    const { record } = simulate(cell, { ...cell.protocol!, period_s: 60 }, { model: 'fast', cycles: 10 });
    const normal = normalStream(25);
    const truth = cell.assumptions.find(({ path }) => path === 'working.plating.unstrippableSkin')!.value;
    let inside = 0;
    for (let k = 0; k < 8; k++) {
      const factors = Array.from({ length: 10 }, () => 1 + 0.002 * normal());
      const current_A = record.current_A.map((value, row) =>
        value > 0 ? value * factors[record.cycle[row]! - 1]! : value,
      );
      const fit = fitCell(
        cell,
        ['plating.unstrippableSkin'],
        { record: { ...record, current_A }, use: ['efficiency'] },
        { scan: 0, protocol: 'own' },
      );
      const [one] = fit.parameters;
      expect(one!.state).toBe('determined');
      if (one!.interval95![0] <= truth && truth <= one!.interval95![1]) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(6);
  });
});

describe('what the data do not say', () => {
  test('a value that nothing follows is not determined, and stays where it was', () => {
    const data = { record: withVoltageNoise(rates, SIGMA_V, normalStream(31)) };
    const fit = fitCell(foils, ['interphase[0].conductivity', 'kinetics.activationEnergy'], data, { scan: 0 });
    const idle = named(fit, 'kinetics.activationEnergy');
    expect([idle.state, idle.standardError, idle.interval95]).toEqual(['not determined', null, null]);
    expect(idle.value).toBeCloseTo(idle.before, 6);
    expect(idle.why).toMatch(/no residual follows it/);
    expect(named(fit, 'interphase[0].conductivity').state).toBe('determined');
    expect(fit.remarks).toContain(idle.why);
  });

  test('thickness and conductivity of a film are known as their ratio alone', () => {
    const data = { record: withVoltageNoise(rates, SIGMA_V, normalStream(32)) };
    const fit = fitCell(foils, ['interphase[0].thickness', 'interphase[0].conductivity'], data);
    for (const { state, why } of fit.parameters) {
      expect(state).toBe('not determined');
      expect(why).toMatch(/only a combination/);
    }
    const best = fit.directions.find(({ state }) => state === 'determined')!;
    expect(best.shares.map(({ share }) => Math.abs(share))).toEqual([
      expect.closeTo(Math.SQRT1_2, 2),
      expect.closeTo(Math.SQRT1_2, 2),
    ]);
    expect(best.words).toMatch(
      /^interphase\[0\]\.(thickness|conductivity) \/ interphase\[0\]\.(thickness|conductivity) is known to/,
    );
    expect(fit.remarks.join(' ')).toMatch(/known only as a combination: interphase\[0\]\.\w+ \/ interphase\[0\]\.\w+/);
    const ratio = named(fit, 'interphase[0].conductivity').value / named(fit, 'interphase[0].thickness').value;
    expect(ratio / (FILM_S_per_m / 2e-8)).toBeCloseTo(1, 2);
  });

  test('one current alone does not part charge transfer from film', () => {
    const steps = ['Plate at 0.5 mA/cm2 for 0.5 mAh/cm2', 'Strip at 0.5 mA/cm2 for 0.5 mAh/cm2'];
    const { record } = simulate(foils, { ...parseProtocol(steps), period_s: 30 }, { model: 'fast' });
    const fit = fitCell(foils, BOTH, { record: withVoltageNoise(record, SIGMA_V, normalStream(33)) }, { scan: 0 });
    expect(fit.parameters.map(({ state }) => state)).toEqual(['not determined', 'not determined']);
  });

  test('a bound that the data press against has no error', () => {
    const data = { record: withVoltageNoise(rates, SIGMA_V, normalStream(34)) };
    const bounds = { 'interphase[0].conductivity': [2e-6, 1e-5] } as const;
    const fit = fitCell(foils, ['interphase[0].conductivity'], data, { bounds, scan: 0 });
    const [one] = fit.parameters;
    expect([one!.state, one!.value, one!.standardError]).toEqual(['at bound', expect.closeTo(2e-6, 12), null]);
    expect(one!.why).toMatch(/lower bound, 0.000002 S\/m: the data press against it/);
  });

  test('residuals that follow a curve widen the errors, and that is said', () => {
    const bent = { ...rates, voltage_V: rates.voltage_V.map((value, row) => value + 0.002 * Math.sin(row / 60)) };
    const clean = fitCell(
      foils,
      ['interphase[0].conductivity'],
      { record: withVoltageNoise(rates, 0.002 * Math.SQRT1_2, normalStream(35)) },
      { scan: 0 },
    );
    const fit = fitCell(foils, ['interphase[0].conductivity'], { record: bent }, { scan: 0 });
    expect(fit.noise[0]!.effectivePoints).toBeLessThan(0.2 * fit.noise[0]!.points);
    expect(fit.remarks.join(' ')).toMatch(/follow a curve/);
    expect(fit.parameters[0]!.standardError!).toBeGreaterThan(2 * clean.parameters[0]!.standardError!);
  });

  test('noise that is given and too small for the model is told', () => {
    const data = { record: withVoltageNoise(rates, 0.005, normalStream(36)) };
    const fit = fitCell(foils, ['interphase[0].conductivity'], data, { sigma_V: 0.0005, scan: 0 });
    expect(fit.noise[0]).toMatchObject({ from: 'given', sigma: 0.0005 });
    expect(fit.reducedChiSquared).toBeGreaterThan(50);
    expect(fit.remarks.join(' ')).toMatch(/times the given noise/);
  });
});

describe('the way to the fit', () => {
  test('a far start is found by looking around', () => {
    const data = { record: withVoltageNoise(rates, SIGMA_V, normalStream(41)) };
    const start = { 'interphase[0].conductivity': 9e-6 };
    const fit = fitCell(foils, BOTH, data, { start, scan: 16 });
    expect(named(fit, 'interphase[0].conductivity').value / FILM_S_per_m).toBeCloseTo(1, 1);
  });

  test('the profile of a well determined value is its linear interval', () => {
    const data = { record: withVoltageNoise(rates, SIGMA_V, normalStream(42)) };
    const { parameters } = fitCell(foils, BOTH, data, { scan: 0, profile: true });
    for (const { profile95, interval95, standardError } of parameters) {
      for (const end of [0, 1])
        expect(Math.abs(profile95![end]! - interval95![end]!)).toBeLessThan(0.25 * standardError!);
    }
  });

  test('the profile of a value that is not determined has open ends', () => {
    const data = { record: withVoltageNoise(rates, SIGMA_V, normalStream(43)) };
    const { parameters } = fitCell(foils, ['kinetics.activationEnergy', 'interphase[0].conductivity'], data, {
      scan: 0,
      profile: true,
    });
    expect(parameters[0]!.profile95).toEqual([null, null]);
    expect(parameters[1]!.profile95!.every((end) => end !== null)).toBe(true);
  });

  test('progress ends at no more than the budget, and a budget too small keeps the best so far', () => {
    const seen: number[] = [];
    const data = { record: withVoltageNoise(rates, SIGMA_V, normalStream(44)) };
    const start = { 'interphase[0].conductivity': 5e-6 };
    const fit = fitCell(foils, BOTH, data, {
      start,
      scan: 0,
      runs_max: 12,
      onProgress: (fraction) => void seen.push(fraction),
    });
    expect(fit.ended).toBe('budget');
    expect(fit.remarks[0]).toMatch(/best so far/);
    expect(Math.max(...seen)).toBe(1);
    expect(fit.noise[0]!.rmsAfter).toBeLessThan(0.05);
    // Begun again from there, it arrives.
    const values = Object.fromEntries(fit.parameters.map(({ name, value }) => [name, value]));
    expect(fitCell(foils, BOTH, data, { start: values }).ended).toBe('converged');
  });

  test.each([0, 1, 4, 9, 30])('stopped after %i runs it gives the best so far', (runs) => {
    const stop = { aborted: runs === 0 };
    const data = { record: withVoltageNoise(rates, SIGMA_V, normalStream(45)) };
    const start = { 'interphase[0].conductivity': 5e-6 };
    const fit = fitCell(foils, BOTH, data, {
      start,
      scan: 3,
      stop,
      onProgress: (_, done) => {
        if (done >= runs) stop.aborted = true;
      },
    });
    if (fit.ended === 'converged') expect(fit.runs).toBeLessThan(30);
    else expect(fit.ended).toBe('stopped');
    expect(fit.runs).toBeLessThanOrEqual(Math.max(1, runs));
    for (const { value, bounds } of fit.parameters) {
      expect(value).toBeGreaterThanOrEqual(bounds[0] * (1 - 1e-9));
      expect(value).toBeLessThanOrEqual(bounds[1] * (1 + 1e-9));
    }
  });

  test('the fitted cell is a cell file, with what was fitted as its assumption', () => {
    const data = { record: withVoltageNoise(rates, SIGMA_V, normalStream(46)) };
    const fit = fitCell(foils, ['interphase[0].conductivity'], data, { scan: 0 });
    const back = parseCell(JSON.parse(JSON.stringify(cellToFile(fit.cell))));
    const [one] = fit.parameters;
    expect(back.counter.interphase[0]!.conductivity_S_per_m).toBe(one!.value);
    const assumption = back.assumptions.find(({ path }) => path === 'interphase[0].conductivity')!;
    expect(assumption).toMatchObject({ tag: 'fitted', value: one!.value, range: one!.interval95 });
    expect(back.voltage_V_max).toBe(foils.voltage_V_max);
  });

  test('the full model can be fitted too', () => {
    const steps = ['Plate at 0.5 mA/cm2 for 0.1 mAh/cm2', 'Strip at 0.5 mA/cm2 for 0.1 mAh/cm2'];
    const { record } = simulate(
      foils,
      { ...parseProtocol(steps), period_s: 30 },
      { model: 'full', relativeTolerance: 1e-5 },
    );
    const fit = fitCell(
      foils,
      ['interphase[0].conductivity'],
      { record: withVoltageNoise(record, SIGMA_V, normalStream(47)) },
      { model: 'full', scan: 0, start: { 'interphase[0].conductivity': 1.3e-6 } },
    );
    const [one] = fit.parameters;
    expect(one!.state).toBe('determined');
    expect(Math.abs(one!.value - FILM_S_per_m)).toBeLessThan(3 * one!.standardError!);
  });
});

describe('names of values', () => {
  test('short names, groups and single sides find what they mean', () => {
    const { parameters } = fitParameters(foils, ['exchangeCurrent', 'interphase[0].conductivity', 'counter.areaRatio']);
    expect(parameters.map(({ name, value, bounds }) => [name, value, bounds])).toEqual([
      ['kinetics.exchangeCurrent', EXCHANGE_A_per_m2, 'a factor about the value'],
      ['interphase[0].conductivity', FILM_S_per_m, 'range of the material'],
      ['counter.areaRatio', 1, 'a factor about the value'],
    ]);
    expect(parameters[0]!.paths).toEqual(['counter.kinetics.exchangeCurrent', 'working.kinetics.exchangeCurrent']);
  });

  test('a value moves in every place that it stands for, and nothing else', () => {
    const names = ['exchangeCurrent', 'interphase[0].conductivity', 'electrolyte.diffusivity'];
    const { parameters, cellWith } = fitParameters(foils, names);
    const moved = cellWith(parameters.map(({ value }) => 2 * value));
    const working = moved.working.kind === 'cathode' ? null : moved.working;
    expect(moved.counter.kinetics.exchangeCurrent_A_per_m2).toBe(2 * EXCHANGE_A_per_m2);
    expect(working!.kinetics.exchangeCurrent_A_per_m2).toBe(2 * EXCHANGE_A_per_m2);
    expect(working!.interphase[0]!.conductivity_S_per_m).toBe(2 * FILM_S_per_m);
    expect(cellWith(parameters.map(({ value }) => value))).toEqual(foils);
  });

  test('the cathodic transfer coefficient is what the anodic leaves', () => {
    const cell = builtInCell('li-li-carbonate');
    const { cellWith } = fitParameters(cell, ['alphaAnodic']);
    const { law } = cellWith([0.4]).counter.kinetics;
    expect(law).toMatchObject({ alphaAnodic: 0.4, alphaCathodic: expect.closeTo(0.6, 12) });
  });

  test('names that are offered can be fitted, or say what they need', () => {
    for (const id of ['li-li-carbonate', 'li-cu-ether-nitrate', 'li-lfp', 'li-li-llzto']) {
      const cell = builtInCell(id);
      for (const name of fitNames(cell).filter((_, k) => k % 3 === 0)) {
        const wanted = issuesOf(() => fitParameters(cell, [name])).map((issue) => issue.wanted);
        expect([id, name, wanted.filter((text) => !/bounds|room to move/.test(text))]).toEqual([id, name, []]);
      }
    }
  });

  test('what is wrong is told all at once, with the nearest names', () => {
    const data = { record: rates };
    const issues = issuesOf(() =>
      fitCell(foils, ['exchangeCurent', 'quark', 'interphase[0].conductivity', 'conductivity'], data, {
        bounds: { areaRatio: [1, 2], 'interphase[0].conductivity': [3, 2] },
        sigma_V: -1,
        runs_max: 0,
      }),
    );
    const told = issues.map(({ where, hint }) => `${where} ${hint ?? ''}`).join('\n');
    for (const part of [
      'sigma_V',
      'runs_max',
      'exchangeCurent did you mean',
      'quark',
      'bounds.areaRatio',
      'bounds.interphase[0].conductivity',
    ]) {
      expect(told).toContain(part);
    }
  });

  test('data that hold nothing to fit to are refused', () => {
    const refused = (data: FitData, options: FitCellOptions = {}): string =>
      issuesOf(() => fitCell(foils, ['interphase[0].conductivity'], data, options))
        .map(({ where, wanted }) => `${where}: ${wanted}`)
        .join('\n');
    expect(refused({})).toMatch(/data: something measured/);
    expect(refused({ record: rates, use: ['efficiency'] })).toMatch(/use: data that have it/);
    expect(refused({ record: { ...rates, current_A: rates.current_A.map(() => 0) } })).toMatch(/known current/);
  });
});

describe('errors from derivatives', () => {
  const one = (name: string) => ({
    name,
    unit: '1',
    value: 1,
    low: 0.1,
    high: 10,
    bounds: 'given' as const,
    scale: 'logarithmic' as const,
    paths: [],
    tag: 'assumed' as const,
    source: '',
  });
  const rows = 50;

  test('the measure of a value leads back to it', () => {
    for (const scale of ['linear', 'logarithmic'] as const) {
      const parameter = { ...one('a'), scale };
      for (const value of [0.1, 0.7, 10])
        expect(valueAt(parameter, measureOf(parameter, value))).toBeCloseTo(value, 12);
    }
  });

  test('independent columns give one over their lengths', () => {
    const jacobian = new Float64Array(2 * rows);
    for (let k = 0; k < rows; k++) {
      jacobian[k] = k % 2 === 0 ? 3 : 0;
      jacobian[rows + k] = k % 2 === 1 ? 4 : 0;
    }
    const errors = errorsOfFit(
      [one('a'), one('b')],
      jacobian,
      new Float64Array(2 * rows),
      rows,
      [false, false],
      rows - 2,
    );
    expect(errors.error[0]).toBeCloseTo(1 / (3 * 5), 12);
    expect(errors.error[1]).toBeCloseTo(1 / (4 * 5), 12);
    expect(errors.correlation[1]).toBeCloseTo(0, 12);
  });

  test('what differences of two widths disagree on is not taken for an effect', () => {
    const jacobian = Float64Array.from({ length: 2 * rows }, (_, k) => (k < rows ? 1 : 0.01 * Math.sin(k)));
    const noise = Float64Array.from({ length: 2 * rows }, (_, k) => (k < rows ? 0.001 : 0.02 * Math.cos(k)));
    const { unfelt } = errorsOfFit([one('a'), one('b')], jacobian, noise, rows, [false, false], rows - 2);
    expect(unfelt).toEqual([false, true]);
  });

  test('three that are known as one product are told so', () => {
    const jacobian = Float64Array.from({ length: 3 * rows }, (_, k) => 1 + (k % rows) / rows);
    const { directions, openWith } = errorsOfFit(
      [one('a'), one('b'), one('c')],
      jacobian,
      new Float64Array(3 * rows),
      rows,
      [false, false, false],
      rows - 3,
    );
    expect(openWith.map((others) => others.length)).toEqual([2, 2, 2]);
    expect(directions[0]!.words).toMatch(/^a · b · c is known to/);
    expect(directions.filter(({ state }) => state === 'open')).toHaveLength(2);
  });
});

test('derivatives are those of the closed form', () => {
  // Of a film the voltage is −I·2L/(κA): ∂V/∂ln κ = −V of the film. Errors follow from it: σ/√Σ(∂V/∂ln κ)².
  const record = withVoltageNoise(rates, SIGMA_V, normalStream(61));
  const fit = fitCell(
    foils,
    ['interphase[0].conductivity'],
    { record },
    { scan: 0, sigma_V: SIGMA_V, points: 100_000 },
  );
  const [one] = fit.parameters;
  const resistance_ohm = (2 * 2e-8) / (one!.value * foils.area_m2);
  let squares = 0;
  for (const current of record.current_A) squares += (current * resistance_ohm) ** 2;
  const expected = (one!.value * SIGMA_V) / Math.sqrt(squares);
  expect(one!.standardError! / expected).toBeCloseTo(1, 2);
});

test('work of a fit', () => {
  const record = withVoltageNoise(rates, SIGMA_V, normalStream(71));
  const { runs } = fitCell(foils, BOTH, { record }, { scan: 0 });
  expect(runs).toBeLessThan(60);
});
