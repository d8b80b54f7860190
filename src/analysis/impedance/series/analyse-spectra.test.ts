import { describe, expect, test } from 'vitest';
import { spectrumFromColumns } from '../../../records/index.ts';
import { InputError } from '../../../units/index.ts';
import { seriesOf } from '../../shorts/generated.test-tool.ts';
import { frequencies_Hz, spectrumOf } from '../spectrum.test-tool.ts';
import { analyseSpectra } from './analyse-spectra.ts';
import { chooseCircuit } from './choose-circuit.ts';

const FREQUENCIES = frequencies_Hz(1e6, 0.1, 71);
const TWO = 'R0-p(R1,CPE1)-p(R2,CPE2)';
const twoArcs = (R1: number, R2: number, seed = 1, noise = 0.003) =>
  spectrumOf(TWO, [5, R1, 1e-6, 0.9, R2, 5e-4, 0.85], FREQUENCIES, { noise, seed });

describe('the circuit of a series', () => {
  test('as many arcs as there are, whatever the noise', () => {
    for (const noise of [0.002, 0.01]) {
      const one = Array.from({ length: 5 }, (_, k) =>
        spectrumOf('R0-p(R1,CPE1)', [5, 80 + k, 1e-5, 0.85], FREQUENCIES, { noise, seed: k }),
      );
      expect(chooseCircuit(one)!.circuit).toBe('R0-p(R1,CPE1)');
      const two = Array.from({ length: 5 }, (_, k) => twoArcs(80 + k, 40, k, noise));
      const choice = chooseCircuit(two)!;
      expect(choice.circuit).toBe(TWO);
      expect(choice.candidates).toHaveLength(3);
      expect(choice.candidates[0]!.difference).toBe(0);
    }
  });

  test('an inductive start asks for an inductance', () => {
    const spectra = [1, 2, 3].map((seed) =>
      spectrumOf('L0-R0-p(R1,CPE1)', [2e-6, 5, 80, 1e-5, 0.85], FREQUENCIES, { noise: 0.002, seed }),
    );
    expect(chooseCircuit(spectra)!.circuit).toBe('L0-R0-p(R1,CPE1)');
  });
});

describe('resistances of the interfaces', () => {
  test('Li|Li: half the sum of the arcs, with area, factor and arcs in words', () => {
    const { spectra, sentences } = analyseSpectra([twoArcs(80, 40)], {
      cell: 'Li|Li',
      area_m2: 1e-4,
      electrolyte: 'liquid',
    });
    const { interface: found, ohmic_ohm, ohmicFrom, kramersKronig, refused } = spectra[0]!;
    expect(refused).toBeNull();
    expect(Math.abs(found!.total_ohm - 120)).toBeLessThan(3 * found!.total_ohm_error!);
    expect(found!.total_ohm_error).toBeLessThan(1);
    expect(found!.perElectrode_ohm).toBe(found!.total_ohm / 2);
    expect(found!.areaSpecificResistance_ohm_m2).toBeCloseTo((found!.total_ohm * 1e-4) / 2, 12);
    expect(found!.areaSpecificResistance_ohm_m2_error! / found!.areaSpecificResistance_ohm_m2!).toBeCloseTo(
      found!.total_ohm_error! / found!.total_ohm,
      12,
    );
    expect(found!.convention).toBe(
      `p(R1,CPE1) + p(R2,CPE2) of ${TWO}; R·A/2: two alike interfaces in series, each of 1.000 cm2`,
    );
    expect(ohmicFrom).toBe('fit');
    expect(ohmic_ohm).toBeCloseTo(5, 1);
    expect(kramersKronig!.verdict).toBe('consistent');
    expect(sentences[0]).toMatch(/^Interfaces: 1(19|20) ohm \(60\.\d ohm cm2 per interface\)\.$/);
  });

  test('the error of the sum knows that two overlapping arcs share what neither holds alone', () => {
    const overlapping = spectrumOf(TWO, [5, 60, 2e-5, 0.9, 60, 1e-4, 0.9], FREQUENCIES, { noise: 0.003, seed: 3 });
    const { spectra } = analyseSpectra([overlapping], { cell: 'Li|Li', circuit: TWO, electrolyte: 'liquid' });
    const [a, b] = spectra[0]!.arcs.map(({ resistance_ohm_error }) => resistance_ohm_error!);
    const { total_ohm, total_ohm_error } = spectra[0]!.interface!;
    expect(total_ohm_error!).toBeLessThan(0.3 * Math.hypot(a!, b!));
    expect(Math.abs(total_ohm - 120)).toBeLessThan(4 * total_ohm_error!);
  });

  test('two unlike electrodes are not halved, and without an area there is no ASR', () => {
    const { spectra } = analyseSpectra([twoArcs(80, 40)], { cell: 'Li|cathode', electrolyte: 'liquid' });
    expect(spectra[0]!.interface).toMatchObject({ perElectrode_ohm: null, areaSpecificResistance_ohm_m2: null });
    expect(spectra[0]!.interface!.convention).toContain('no area known');
  });

  test('the arc of a solid electrolyte is not of its interfaces, unless told', () => {
    const solid = spectrumOf(TWO, [30, 900, 1e-9, 0.95, 200, 2e-5, 0.85], frequencies_Hz(7e6, 0.1, 79), {
      noise: 0.002,
    });
    const options = { cell: 'Li|Li', area_m2: 1e-4 } as const;
    for (const electrolyte of ['solid', null] as const) {
      const [one] = analyseSpectra([solid], { ...options, electrolyte }).spectra;
      expect(one!.arcs[0]).toMatchObject({ suggestion: 'grain boundaries', interfacial: false });
      expect(one!.interface!.total_ohm).toBeCloseTo(200, -1);
    }
    const [all] = analyseSpectra([solid], { ...options, electrolyte: 'solid', interfaceArcs: [0, 1] }).spectra;
    expect(all!.interface!.total_ohm).toBeCloseTo(1100, -2);
  });

  test('are refused from a short on and come back when it heals', () => {
    const arcs = Array.from({ length: 24 }, (_, k) => (k >= 10 && k < 17 ? 15 : 60));
    const { spectra, sentences } = analyseSpectra(seriesOf(arcs), { cell: 'Li|Li', electrolyte: 'liquid' });
    expect(spectra.map((one) => one.refused === null)).toEqual(arcs.map((arc) => arc === 60));
    expect(spectra[12]!.refused).toContain('a soft short since 10.0 h');
    expect(sentences.join(' ')).toContain('No interface resistance in spectra 10–16.');
    for (const one of spectra) if (one.interface !== null) expect(one.interface.total_ohm).toBeCloseTo(60, -1);
  });

  test('are refused where nothing passes: between blocking electrodes only the foot of an arc is measured', () => {
    // A pellet of 1500 ohm between steel, whose double layers would leak 100 Mohm at frequencies that nobody waits for.
    const pellet = spectrumOf('R0-p(R1,CPE1)-p(R2,CPE2)', [20, 1500, 3e-9, 0.8, 1e8, 2e-7, 0.9], FREQUENCIES, {
      noise: 0.001,
    });
    const [found] = analyseSpectra([pellet], { cell: 'Li|Li', electrolyte: 'solid' }).spectra;
    expect(found!.interface).toBeNull();
    // The arc that was measured is the pellet's own.
    expect(found!.closedArcs).toBeNull();
    expect(found!.refused).toMatch(/^Only the rise of p\(R2,CPE2\) was measured, .* as of a blocking electrode/);
  });

  test('of a tail that stays open the arcs before it are told, and only the rest is refused', () => {
    // 20 and 60 ohm of arcs, then diffusion that has no end within the frequencies.
    const circuit = 'R0-p(R1,CPE1)-p(R2,CPE2)-CPE3';
    const full = spectrumOf(circuit, [5, 20, 1e-5, 0.9, 60, 2e-3, 0.9, 0.1, 0.7], frequencies_Hz(1e5, 0.01, 71), {
      noise: 0.002,
    });
    const { spectra, sentences } = analyseSpectra([full], { cell: 'Li|cathode', area_m2: 1e-4, electrolyte: 'liquid' });
    expect(spectra[0]!.interface).toBeNull();
    const { total_ohm, total_ohm_error, perElectrode_ohm, convention } = spectra[0]!.closedArcs!;
    expect(Math.abs(total_ohm - 80)).toBeLessThan(0.5);
    expect(total_ohm_error).toBeLessThan(0.5);
    expect(perElectrode_ohm).toBeNull();
    expect(convention).toMatch(/^p\(R1,CPE1\) \+ p\(R2,CPE2\) of R0/);
    expect(spectra[0]!.ohmic_ohm).toBeCloseTo(5, 0);
    expect(sentences[0]).toMatch(
      /^Arcs that the data determine: \d\d\.\d ohm \(\d\d\.\d ohm cm2, both electrodes\)\.$/,
    );
    expect(sentences[1]).toMatch(/^Not the whole interface resistance\. The spectrum ends in a tail \(CPE3\)/);
    // Of a closed spectrum nothing is left over.
    const closed = analyseSpectra([twoArcs(80, 40)], { cell: 'Li|Li', electrolyte: 'liquid' });
    expect(closed.spectra[0]!.closedArcs).toBeNull();
  });

  test('a flat constant phase is no tail: it would take its share of the arcs', () => {
    const values = [1, 13, 0.0041, 0.29, 61, 0.00275, 0.85, 1900, 0.135, 0.84];
    const cell = spectrumOf('R0-p(R1,CPE1)-p(R2,CPE2)-p(R3,CPE3)', values, frequencies_Hz(1e4, 0.0093, 60), {
      noise: 0.004,
    });
    const { spectra, circuit } = analyseSpectra([cell], { cell: 'Li|cathode', electrolyte: 'liquid' });
    const end = spectra[0]!.fit!.parameters.find(({ name }) =>
      circuit!.circuit.endsWith(`-${name.replace(/_1$/, '')}`),
    );
    if (end !== undefined) expect(end.value).toBeGreaterThan(0.4);
    expect(Math.abs(spectra[0]!.closedArcs!.total_ohm - 74)).toBeLessThan(8);
  });

  test('a circuit that misses the data is told with all that was missed', () => {
    const { sentences, spectra } = analyseSpectra([twoArcs(80, 40)], {
      cell: 'Li|Li',
      electrolyte: 'liquid',
      circuit: 'R0-p(R1,C1)',
    });
    expect(spectra[0]!.interface).toBeNull();
    expect(sentences.join(' ')).toMatch(
      /No interface resistance\. The circuit misses the spectrum by \d+ % of \|Z\|\./,
    );
  });

  test('a real part below 0 at the highest frequency is no resistance of the electrolyte', () => {
    const good = twoArcs(80, 40, 1, 0);
    const real_ohm = good.real_ohm.map((value, k) => (k === 0 ? -value : value));
    const { ohmic_ohm, ohmicFrom } = analyseSpectra([{ ...good, real_ohm }], {
      cell: 'Li|Li',
      electrolyte: 'liquid',
      circuit: 'p(R1,CPE1)',
    }).spectra[0]!;
    expect([ohmic_ohm, ohmicFrom]).toEqual([null, null]);
  });

  test('a series tells how far it is, and is stopped with what is done', () => {
    const series = Array.from({ length: 12 }, (_, k) => twoArcs(80 + k, 40, k + 1));
    const told: number[] = [];
    const options = { cell: 'Li|Li', electrolyte: 'liquid', circuit: TWO } as const;
    const whole = analyseSpectra(series, { ...options, live: { onProgress: (fraction) => void told.push(fraction) } });
    expect(told.length).toBeGreaterThan(20);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect([Math.min(...told) >= 0, Math.max(...told)]).toEqual([true, 1]);
    expect(whole.remarks.join()).not.toContain('Stopped');
    /** Stops when so much is done. */
    const stopAt = (share: number) => {
      const stop = { aborted: false };
      return analyseSpectra(series, {
        ...options,
        live: {
          stop,
          onProgress(fraction) {
            if (fraction >= share) stop.aborted = true;
          },
        },
      });
    };
    // While the spectra are fitted for themselves: those that are done stay.
    const early = stopAt(0.44);
    expect(early.series).toBeNull();
    expect(early.spectra.map(({ fit }) => fit !== null)).toEqual(series.map((_, k) => k < 7));
    expect(early.spectra[0]!.interface!.total_ohm).toBeCloseTo(120, 0);
    expect(early.spectra[11]!.refused).toBe('The work was stopped before it was fitted.');
    expect(early.remarks).toContain('Stopped: 7 of 12 spectra were fitted, each for itself.');
    // While the chain is fitted: the best chain so far.
    const late = stopAt(0.7);
    expect(late.series!.scores.length).toBeLessThan(whole.series!.scores.length);
    expect(late.spectra.every(({ fit }) => fit !== null && !fit.converged)).toBe(true);
    expect(late.spectra[5]!.interface!.total_ohm).toBeCloseTo(125, -1);
    expect(late.remarks).toContain('Stopped: the joint fit is the best so far.');
    // At once: nothing, and no fault.
    const none = analyseSpectra(series, { ...options, live: { stop: { aborted: true } } });
    expect(none.spectra.every(({ fit }) => fit === null)).toBe(true);
    const unnamed = analyseSpectra(series, { cell: 'Li|Li', live: { stop: { aborted: true } } });
    expect(unnamed.circuit).toBeNull();
  });

  test('noise that hides a fault is not called one', () => {
    const noisy = analyseSpectra([twoArcs(80, 40, 3, 0.06)], { cell: 'Li|Li', electrolyte: 'liquid' });
    expect(noisy.spectra[0]!.kramersKronig!.verdict).toBe('noisy');
    expect(noisy.sentences.join(' ')).toContain('Too noisy to judge by Kramers and Kronig');
    expect(noisy.sentences.join(' ')).not.toContain('fails');
  });

  test('too few points are told, and do not stop the others; a wrong circuit is refused', () => {
    const few = spectrumFromColumns([10, 1], [1, 2], [-1, -1], {
      area_m2: null,
      temperature_K: null,
      provenance: { kind: 'measured', origin: 'test', program: 'test', notes: [] },
    });
    const { spectra } = analyseSpectra([few, twoArcs(80, 40)], { cell: 'Li|Li', electrolyte: 'liquid' });
    expect(spectra[0]).toMatchObject({ fit: null, interface: null, kramersKronig: null });
    expect(spectra[0]!.refused).toContain('2 frequencies are too few for a fit: ');
    expect(spectra[1]!.interface!.total_ohm).toBeCloseTo(120, 0);
    expect(() => analyseSpectra([twoArcs(80, 40)], { cell: 'Li|Li', circuit: 'R0-p(R1,' })).toThrow(InputError);
    expect(analyseSpectra([], { cell: 'Li|Li' })).toMatchObject({ spectra: [], circuit: null, temperature: null });
  });
});

describe('a temperature set', () => {
  // R = A·exp(Ea/RT) with 55 kJ/mol for the interfaces and 20 kJ/mol for the ohmic resistance.
  const temperatures = [283.15, 293.15, 303.15, 313.15, 323.15];
  const arrhenius = (R: number, Ea: number, T: number): number =>
    R * Math.exp((Ea / 8.314462618) * (1 / T - 1 / 298.15));
  const setOf = (noise: number) =>
    temperatures.map((T, k) => ({
      ...spectrumOf(
        TWO,
        [arrhenius(8, 2e4, T), arrhenius(80, 5.5e4, T), 1e-6, 0.9, arrhenius(40, 5.5e4, T), 5e-4, 0.85],
        FREQUENCIES,
        { noise, seed: k + 1 },
      ),
      temperature_K: T,
    }));

  test('gives the activation energies it was made with, exactly and with noise', () => {
    const exact = analyseSpectra(setOf(0), { cell: 'Li|Li', electrolyte: 'liquid', circuit: TWO }).temperature!;
    expect(exact.form).toBe('ln(1/R)');
    expect(exact.interface!.energy_J_per_mol).toBeCloseTo(5.5e4, 0);
    expect(exact.ohmic!.energy_J_per_mol).toBeCloseTo(2e4, 0);
    for (const arc of exact.arcs) expect(arc!.energy_J_per_mol).toBeCloseTo(5.5e4, 0);
    const noisy = analyseSpectra(setOf(0.005), { cell: 'Li|Li', electrolyte: 'liquid' }).temperature!;
    const { energy_J_per_mol, standardError_J_per_mol } = noisy.interface!;
    expect(standardError_J_per_mol!).toBeLessThan(1000);
    expect(Math.abs(energy_J_per_mol - 5.5e4)).toBeLessThan(4 * standardError_J_per_mol!);
    expect(noisy.words).toContain('5 temperatures from 283.1 to 323.1 K');
  });

  test('the order of the spectra does not matter, and one temperature is no set', () => {
    const spectra = setOf(0.002);
    const options = { cell: 'Li|Li', electrolyte: 'liquid', circuit: TWO } as const;
    const forth = analyseSpectra(spectra, options).temperature!;
    const back = analyseSpectra([...spectra].reverse(), options).temperature!;
    expect(back.interface!.energy_J_per_mol).toBeCloseTo(forth.interface!.energy_J_per_mol, 6);
    expect(analyseSpectra(spectra.slice(0, 1), options).temperature).toBeNull();
  });

  test('a solid electrolyte is told over ln(T/R), larger by R·T', () => {
    const options = { cell: 'Li|Li', circuit: TWO, interfaceArcs: [0, 1] } as const;
    const liquid = analyseSpectra(setOf(0), { ...options, electrolyte: 'liquid' }).temperature!;
    const solid = analyseSpectra(setOf(0), { ...options, electrolyte: 'solid' }).temperature!;
    expect(solid.form).toBe('ln(T/R)');
    const more = solid.interface!.energy_J_per_mol - liquid.interface!.energy_J_per_mol;
    expect(more).toBeGreaterThan(2400);
    expect(more).toBeLessThan(2650);
  });
});
