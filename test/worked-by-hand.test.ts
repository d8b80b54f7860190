// Small tests of a cell worked out by hand on paper, from the text of a file to the finding: the numbers below were not taken from the
// program. Definitions: docs/analysis.md and docs/impedance.md.

import { describe, expect, test } from 'vitest';
import {
  activationEnergy,
  analyseLabCell,
  brugCapacitance_F,
  hsuMansfeldCapacitance_F,
  relaxationTimes,
} from '../src/analysis/index.ts';
import { readInstrumentFile } from '../src/readers/index.ts';
import { spectrumFromColumns } from '../src/records/index.ts';

interface Half {
  readonly cycle: number;
  readonly current_mA: number;
  readonly hours: number;
  /** Over the share of its time that has passed. */
  readonly voltage_V: (share: number) => number;
}

const ROWS = 200;

/** A file of BDF with 200 rows for each half-cycle. */
async function recordOf(halves: readonly Half[]) {
  const lines = ['Test Time / s,Voltage / V,Current / A,Cycle Count / 1,Step Count / 1'];
  let start_s = 0;
  for (const [step, { cycle, current_mA, hours, voltage_V }] of halves.entries()) {
    for (let k = 0; k <= ROWS; k++) {
      const time_s = start_s + (3600 * hours * k) / ROWS;
      lines.push(`${time_s},${voltage_V(k / ROWS)},${current_mA / 1000},${cycle},${step + 1}`);
    }
    start_s += 3600 * hours;
  }
  const file = await readInstrumentFile(new TextEncoder().encode(`${lines.join('\n')}\n`), { name: 'cell.bdf.csv' });
  return file.records[0]!;
}

const toOneVolt = (share: number): number => (share > 0.99 ? 0.03 + 97 * (share - 0.99) : 0.03);

describe('Li|Cu', () => {
  test('efficiency of each cycle, of all, its mean with its interval, nucleation, rest', async () => {
    // 1 mA for 1 h, then so much of it back. The tip is at 4 % of the charge: 85 mV, 60 mV beyond a plateau of 25 mV.
    const nucleating = (share: number): number =>
      share < 0.04 ? 0.4 - 12.125 * share : share < 0.1 ? -0.085 + share - 0.04 : -0.025;
    const back = [0.9, 0.98, 0.97, 0.99];
    const halves = back.flatMap((hours, k): Half[] => [
      { cycle: k + 1, current_mA: -1, hours: 1, voltage_V: nucleating },
      // Ten hours of rest with lithium plated in the third cycle alone.
      ...(k === 2 ? [{ cycle: 3, current_mA: 0, hours: 10, voltage_V: () => 0 }] : []),
      { cycle: k + 1, current_mA: 1, hours, voltage_V: toOneVolt },
    ]);
    const { cycling } = analyseLabCell({
      records: [await recordOf(halves)],
      spectra: [],
      cell: 'Li|Cu',
      area_m2: 1e-4,
      cycling: { gainMismatch: 1e-3 },
    });
    const { cycles, cumulative, longRun, restLoss } = cycling!;
    expect(cycles.map(({ coulombic_efficiency }) => coulombic_efficiency)).toEqual(
      back.map((value) => expect.closeTo(value, 9)),
    );
    expect(cycles[1]!.coulombic_efficiency_error).toBeCloseTo(0.00098, 9);
    // 3.84 mAh of 4 mAh.
    expect(cumulative!.coulombic_efficiency).toBeCloseTo(0.96, 9);
    // 98, 97, 99 %: mean 98 %, deviation 1 %, t(97.5 %, 2) = 4.3027, so ± 4.3027 % / √3 = 2.4842 %; ∛(0.98·0.97·0.99) = 0.979966.
    expect(longRun).toMatchObject({ from: 2, to: 4, cycles: 3, formationExcluded: 1 });
    expect(longRun!.coulombic_efficiency).toBeCloseTo(0.98, 9);
    expect(longRun!.standardDeviation).toBeCloseTo(0.01, 9);
    expect(longRun!.interval![1] - 0.98).toBeCloseTo(0.024842, 5);
    expect(longRun!.geometricMean).toBeCloseTo(0.979966, 6);
    const dip = cycles[0]!.nucleation!;
    expect(dip.kind).toBe('dip');
    if (dip.kind === 'dip') {
      expect(dip.eta_n_V).toBeCloseTo(0.085, 6);
      expect(dip.plateau_V).toBeCloseTo(0.025, 6);
      expect(dip.mu_n_V).toBeCloseTo(0.06, 6);
    }
    // The neighbours of cycle 3 give 98.5 %: 1.5 % lost in 10 h of 1 mAh, a current of 1.5 µA.
    expect(restLoss!.loss_per_h).toBeCloseTo(0.0015, 6);
    expect(restLoss!.current_A).toBeCloseTo(1.5e-6, 9);
    expect(restLoss!.restedCycles).toBe(1);
  });

  test('a reservoir: 5 mAh, ten cycles of 1 mAh, 4.85 mAh at the end', async () => {
    const flat = (share: number): number => (share >= 0 ? 0.03 : 0);
    const short = Array.from({ length: 10 }, (_, k): Half[] => [
      { cycle: k + 2, current_mA: 1, hours: 1, voltage_V: flat },
      { cycle: k + 2, current_mA: -1, hours: 1, voltage_V: (share) => -flat(share) },
    ]).flat();
    const record = await recordOf([
      { cycle: 1, current_mA: -1, hours: 5, voltage_V: () => -0.03 },
      ...short,
      { cycle: 12, current_mA: 1, hours: 4.85, voltage_V: toOneVolt },
    ]);
    const { reservoir } = analyseLabCell({ records: [record], spectra: [], cell: 'Li|Cu' }).cycling!;
    // (10 + 4.85)/(10 + 5) and 1 − 0.15/10.
    expect(reservoir!.adams).toBeCloseTo(0.99, 9);
    expect(reservoir!.lossBased).toBeCloseTo(0.985, 9);
  });
});

describe('Li|Li', () => {
  test('hysteresis, drift, resistance to a constant current, and the life that ends at twice the lowest', async () => {
    // 40 mV first, then 30, 36, 42, 48, 54, 59, 66 mV: the first above 2 · 30 mV is that of cycle 8. The offset of 2 mV counts for nothing.
    const levels_mV = [40, 30, 36, 42, 48, 54, 59, 66];
    const halves = levels_mV.flatMap((level, k): Half[] => [
      { cycle: k + 1, current_mA: 0.5, hours: 1, voltage_V: () => (level + 2) / 1000 },
      { cycle: k + 1, current_mA: -0.5, hours: 1, voltage_V: () => (2 - level) / 1000 },
    ]);
    const { cycling, directCurrent } = analyseLabCell({
      records: [await recordOf(halves)],
      spectra: [],
      cell: 'Li|Li',
      area_m2: 1e-4,
    });
    const { cycles, polarisation, cycleLife } = cycling!;
    expect(cycles.map(({ hysteresis_V }) => hysteresis_V)).toEqual(
      levels_mV.map((level) => expect.closeTo((2 * level) / 1000, 9)),
    );
    expect(cycles[2]!.polarisation_V).toBeCloseTo(0.036, 9);
    expect(polarisation).toMatchObject({ lowestCycle: 2, of: 'cycle' });
    expect(polarisation!.lastOverLowest).toBeCloseTo(2.2, 9);
    // In order the 13th to 27th of the 28 slopes between two cycles are 6 mV, and so is their median.
    expect(polarisation!.drift!.perCycle_V).toBeCloseTo(0.006, 9);
    expect(polarisation!.drift!.perHour_V).toBeCloseTo(0.003, 9);
    expect(cycleLife).toMatchObject({ cycle: 8, censored: false });
    // Medians of 28 … 68 mV over 0.5 mA in 16 half-cycles: between 44 and 46 mV, 90 ohm.
    expect(directCurrent!.resistance_ohm).toBeCloseTo(90, 6);
  });
});

describe('full cells', () => {
  test('80 % kept after a hundred cycles is 99.777 % in each', async () => {
    // Charged 1 mAh in each cycle at 1 mA; what comes back falls by the hundredth root of 0.8.
    const kept = Array.from({ length: 102 }, (_, k) => (k === 0 ? 1 : 0.8 ** ((k - 1) / 100)));
    const halves = kept.flatMap((hours, k): Half[] => [
      { cycle: k + 1, current_mA: 1, hours, voltage_V: (share) => 3.5 + 0.7 * share },
      { cycle: k + 1, current_mA: -1, hours: 0.999 * hours, voltage_V: (share) => 4.1 - 1.1 * share },
    ]);
    const { retention, impliedEfficiency } = analyseLabCell({
      records: [await recordOf(halves)],
      spectra: [],
      cell: 'Cu|cathode',
    }).cycling!;
    expect(retention).toMatchObject({ referenceCycle: 2, lastCycle: 102 });
    expect(retention!.last).toBeCloseTo(0.8, 6);
    expect(impliedEfficiency!.coulombic_efficiency).toBeCloseTo(0.99777, 5);
  });
});

describe('impedance', () => {
  test('capacities behind a constant phase', () => {
    // 1e-5^1.25 = 5.6234e-7; by 100^0.25 = 3.16228, and by (1/10 + 1/100)^(−0.25) = 1.73641.
    expect(hsuMansfeldCapacitance_F(1e-5, 0.8, 100)).toBeCloseTo(1.77828e-6, 11);
    expect(brugCapacitance_F(1e-5, 0.8, 10, 100)).toBeCloseTo(9.76454e-7, 11);
  });

  test('activation energy from a halving between 300 and 310 K', () => {
    // R·ln 2/(1/300 − 1/310) = 8.314463·0.693147/1.075269e-4 = 53 597 J/mol; the points between lie on that line.
    const at = (temperature_K: number) => ({
      temperature_K,
      resistance_ohm: 50 * 2 ** ((1 / temperature_K - 1 / 310) / (1 / 300 - 1 / 310)),
    });
    const plain = activationEnergy([300, 303, 306, 310].map(at));
    expect(plain.energy_J_per_mol).toBeCloseTo(53_597, -1);
    // Over ln(T/R) about R·305 K = 2536 J/mol more.
    expect(activationEnergy([300, 303, 306, 310].map(at), 'ln(T/R)').energy_J_per_mol - 53_597).toBeCloseTo(2536, -2);
  });

  test('interfaces of Li|Li: half of resistance times area; relaxation times: area and place of a peak', () => {
    // 5 ohm, then 80 ohm beside 10 µF: τ = 0.8 ms, summit 198.9 Hz.
    const f = Array.from({ length: 61 }, (_, k) => 10 ** (5 - k / 10));
    const omegaTau = f.map((value) => 2 * Math.PI * value * 8e-4);
    const spectrum = spectrumFromColumns(
      f,
      omegaTau.map((x) => 5 + 80 / (1 + x * x)),
      omegaTau.map((x) => (-80 * x) / (1 + x * x)),
      {
        area_m2: 0.4e-4,
        temperature_K: null,
        provenance: { kind: 'measured', origin: 'hand', program: 'hand', notes: [] },
      },
    );
    const { spectra } = analyseLabCell({
      records: [],
      spectra: [{ ...spectrum, time_s: Float64Array.of(0), voltage_V: Float64Array.of(0) }],
      cell: 'Li|Li',
      electrolyte: 'liquid',
    });
    const { interface: found, arcs, features, kramersKronig } = spectra!.spectra[0]!;
    expect(found!.total_ohm).toBeCloseTo(80, 4);
    // 80 ohm · 0.4 cm² / 2 = 16 ohm cm².
    expect(found!.areaSpecificResistance_ohm_m2).toBeCloseTo(16e-4, 8);
    expect(arcs[0]!.summit_Hz).toBeCloseTo(199, 0);
    expect(arcs[0]!.capacitance_F).toBeCloseTo(1e-5, 9);
    expect(features!.apex_ohm).toBeCloseTo(40, 0);
    expect(kramersKronig!.verdict).toBe('consistent');
    const { peaks } = relaxationTimes(spectrum);
    const highest = peaks.reduce((most, peak) => (peak.resistance_ohm > most.resistance_ohm ? peak : most));
    expect(highest.resistance_ohm).toBeCloseTo(80, -0.5);
    expect(Math.log10(highest.timeConstant_s / 8e-4)).toBeCloseTo(0, 1);
  });
});
