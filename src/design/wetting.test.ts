import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WETTED_SURFACES } from '../materials/index.ts';
import { surfaceTensionDavison_N_per_m, surfaceTensionMeasured_N_per_m } from '../physics/index.ts';
import { F, InputError, R } from '../units/index.ts';
import { electrolyteWetting } from './electrolyte-wetting.ts';
import { reactionAt } from './reaction.ts';
import { WETTING_DEFAULTS, type WettingOptions, wetting } from './wetting.ts';

const host = { roughness: 2.1, pore_m: 5e-6, depth_m: 1e-4 };
const degrees = (angle_rad: number): number => (angle_rad * 180) / Math.PI;

function issuesOf(options: WettingOptions): string[] {
  try {
    wetting(options);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.issues.map(({ where }) => where);
  }
}

describe('wetting by molten lithium', () => {
  test('ZnO on carbon wets through its reaction, fills in seconds to minutes, and holds its pores', () => {
    const answer = wetting({ substrate: 'ZnO on carbon', ...host });
    expect(answer.verdict).toBe('wets');
    expect(answer.gate).toMatchObject({ possible: true, closesSurface: false, leavesSolid: 'Li2O' });
    // Between −235 kJ/mol at 500 K and −241 at 300 K, a little beyond the first.
    expect(answer.gate!.gibbsEnergy_J_per_mol / 1e3).toBeCloseTo(-234, 0);
    expect(answer.gate!.tag).toBe('computed');
    const { time_s, capillary_s } = answer.infusion!;
    expect(time_s.band80[0]).toBeGreaterThan(1);
    expect(time_s.band80[1]).toBeLessThan(600);
    expect(capillary_s.value).toBeLessThan(1e-4);
    // 80 % of 100 µm at 509 kg/m³ less what 50 nm of ZnO on 64 times the area bind.
    const { capacity_C_per_m2, boundShare } = answer.composite!;
    expect(capacity_C_per_m2.value / 36000).toBeCloseTo(14.54, 1);
    expect(boundShare).toBeCloseTo(0.075, 3);
    expect(answer.warnings.join()).toContain('Li2O stays behind as a solid');
  });

  test('carbonate repels lithium though its reaction sets more energy free than that of ZnO', () => {
    const film = wetting({ substrate: 'LLZO with Li2CO3' });
    expect(film.verdict).toBe('does not wet');
    expect(film.gate!.gibbsEnergy_J_per_mol).toBeLessThan(wetting({ substrate: 'ZnO' }).gate!.gibbsEnergy_J_per_mol);
    expect(film.reasons.join()).toContain('necessary, not sufficient');
  });

  test('the energy is that of limetal reaction where that knows all substances, else that of the surface or the library', () => {
    const energy = (substrate: string, temperature_K: number) =>
      wetting({ substrate, temperature_K, samples: 10 }).gate!;
    expect(energy('SnO2', 600).gibbsEnergy_J_per_mol).toBeCloseTo(
      reactionAt('SnO2 + 4 Li = 2 Li2O + Sn', 600).gibbs_J_per_mol,
      6,
    );
    // Four atoms of gold in the reaction, one in the formula.
    expect(energy('Au', 600).gibbsEnergy_J_per_mol).toBeCloseTo(
      reactionAt('4 Au + 15 Li = Au4Li15', 600).gibbs_J_per_mol / 4,
      6,
    );
    expect(energy('Ag', 600)).toMatchObject({ tag: 'memory' });
    expect(energy('Ag', 600).gibbsEnergy_J_per_mol).toBeCloseTo(-9 * F * 0.15, 6);
    // Data of ZnO end at 800 K: the line through the library's two temperatures is carried on.
    expect(energy('ZnO', 850).gibbsEnergy_J_per_mol / 1e3).toBeCloseTo(-224.5, 1);
  });

  test('a reaction uphill is a closed gate: Mg3N2, boron nitride and MgO', () => {
    for (const substrate of ['Mg3N2', 'BN', 'MgO']) {
      const { gate, reasons } = wetting({ substrate });
      expect(gate!.possible, substrate).toBe(false);
      expect(reasons[0]).toContain('cannot run');
    }
  });

  test('copper: 0° clean, 140° as bought, and what is not said is warned of', () => {
    expect(wetting({ substrate: 'clean copper' })).toMatchObject({ verdict: 'wets', gate: null });
    const bought = wetting({ substrate: 'copper', ...host });
    expect(bought.verdict).toBe('does not wet');
    expect(bought.warnings[0]).toContain('decides the angle');
    expect(bought.infusion!.time_s).toEqual({
      value: Number.POSITIVE_INFINITY,
      band80: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    });
    // 2·γ·cos 40°/r with γ between 0.390 and 0.429 N/m in pores of 2.5 µm radius.
    expect(bought.infusion!.entryPressure_Pa.value).toBeCloseTo(0.251e6, -3);
    expect(bought.composite!.filled.value).toBe(0);
    expect(bought.infusion!.filling.at(-1)!.filled.value).toBe(0);
  });

  test('an angle whose range crosses 90° is undecided, and says what decides', () => {
    const cleaned = wetting({ substrate: 'heat-treated LLZO' });
    expect(cleaned.verdict).toBe('undecided');
    expect(cleaned.reasons.at(-1)).toContain('a measurement');
  });

  test('steel is wetted above 315 °C and not below, as was measured', () => {
    const at = (celsius: number) => wetting({ substrate: 'stainless steel', temperature_K: celsius + 273.15 });
    expect(degrees(at(215).angle_rad.value)).toBeCloseTo(137, 3);
    expect(at(250).verdict).toBe('does not wet');
    expect(at(350).verdict).toBe('wets');
    expect(at(350).warnings.join()).toContain('carried on to 350 °C');
  });

  test('roughness makes wetting better and repelling worse, and never turns one into the other', () => {
    for (const { id } of WETTED_SURFACES) {
      const smooth = wetting({ substrate: id, samples: 10 });
      const rough = wetting({ substrate: id, samples: 10, roughness: 3, solidFraction: 0.4 });
      expect(smooth.apparentAngle_rad.value, id).toBeCloseTo(smooth.angle_rad.value, 6);
      expect(rough.verdict, id).toBe(smooth.verdict);
      const better = rough.apparentAngle_rad.value <= smooth.angle_rad.value + 1e-9;
      expect(better, id).toBe(smooth.angle_rad.value <= Math.PI / 2);
    }
  });

  test('half covered, the angle lies between that of the coating and that of the carrier', () => {
    const at = (coverage: number) => wetting({ substrate: 'Ag on carbon', coverage }).angle_rad.value;
    expect(Math.cos(at(0.5))).toBeCloseTo((Math.cos(at(1)) + Math.cos((135 * Math.PI) / 180)) / 2, 5);
    expect(at(0.9)).toBeGreaterThan(at(1));
  });

  test('the tension lies between both laws, and heat shortens the waiting by the stated barriers', () => {
    const [cold, hot] = [500, 600].map((temperature_K) => wetting({ substrate: 'clean Cu', temperature_K, ...host }));
    const { value, band80 } = cold!.melt.surfaceTension_N_per_m;
    expect(value).toBeCloseTo((surfaceTensionDavison_N_per_m(500) + surfaceTensionMeasured_N_per_m(500)) / 2, 12);
    expect(band80[0]).toBeGreaterThan(surfaceTensionDavison_N_per_m(500));
    expect(band80[1]).toBeLessThan(surfaceTensionMeasured_N_per_m(500));
    const ratio = cold!.infusion!.waiting_s.value / hot!.infusion!.waiting_s.value;
    expect(ratio).toBeCloseTo(Math.exp((80e3 / R) * (1 / 500 - 1 / 600)), 6);
  });

  test('taken off early, a host is empty or full but for the microseconds between, and holds what is in it', () => {
    const takenOffAt = (time_s: number) => wetting({ substrate: 'ZnO on carbon', ...host, time_s });
    const { waiting_s, capillary_s, filling } = takenOffAt(1).infusion!;
    expect(takenOffAt(waiting_s.value * 0.99).composite!.capacity_C_per_m2.value).toBe(0);
    const half = takenOffAt(waiting_s.value + capillary_s.value / 4).composite!;
    expect(half.filled.value).toBeCloseTo(0.5, 4);
    const full = takenOffAt(waiting_s.value * 1.01).composite!;
    expect(full.filled.value).toBe(1);
    expect(half.capacity_C_per_m2.value / full.capacity_C_per_m2.value).toBeCloseTo(0.5, 4);
    const shares = filling.map(({ filled }) => filled.value);
    expect(shares).toEqual([...shares].sort());
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
  });

  test('the same seed gives the same answer, another seed another band around the same value', () => {
    const one = wetting({ substrate: 'ZnO on carbon', ...host });
    expect(wetting({ substrate: 'ZnO on carbon', ...host })).toEqual(one);
    const other = wetting({ substrate: 'ZnO on carbon', ...host, seed: 2 });
    expect(other.angle_rad.value).toBe(one.angle_rad.value);
    expect(other.infusion!.time_s.band80).not.toEqual(one.infusion!.time_s.band80);
  });

  test('a thicker coating binds more lithium, a host of gold-like density holds less per mass', () => {
    const share = (coatingThickness_m: number) =>
      wetting({ substrate: 'ZnO on carbon', ...host, coatingThickness_m }).composite!.boundShare;
    expect(share(1e-7) / share(5e-8)).toBeGreaterThan(1.9);
    const per_C_per_kg = (substrate: string) =>
      wetting({ substrate, ...host }).composite!.specificCapacity_C_per_kg.value;
    expect(per_C_per_kg('Ag on copper')).toBeLessThan(per_C_per_kg('Ag on carbon'));
  });

  test('every fault is told at once', () => {
    const faults = {
      temperature_K: 300,
      roughness: -2,
      solidFraction: 0,
      pore_m: 0,
      depth_m: -1,
      porosity: 1.2,
      time_s: 0,
      coverage: 0,
      samples: 3,
    };
    expect(issuesOf({ substrate: 'coper', ...faults }).sort()).toEqual(
      [
        'substrate',
        'temperature',
        'roughness',
        'solidFraction',
        'pore',
        'depth',
        'time',
        'porosity',
        'coverage',
        'samples',
      ].sort(),
    );
    expect(issuesOf({ substrate: 'ZnO on carbon', pore_m: 1e-7, coatingThickness_m: 1e-7 })).toEqual([
      'coatingThickness',
    ]);
    expect(issuesOf({ substrate: 'ZnO', roughness: 0.9 })).toEqual(['roughness']);
    expect(issuesOf({ substrate: 'ZnO', temperature_K: 453.69 })).toEqual([]);
    expect(issuesOf({ substrate: 'ZnO', temperature_K: 453.6 })).toEqual(['temperature']);
  });

  test('any surface under any sound conditions gets an answer with finite angles and shares within 0 and 1', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...WETTED_SURFACES.map(({ id }) => id)),
        fc.double({ min: 453.69, max: 873.15, noNaN: true }),
        fc.double({ min: 1, max: 50, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (substrate, temperature_K, roughness, solidFraction) => {
          const answer = wetting({
            substrate,
            temperature_K,
            roughness,
            solidFraction,
            pore_m: 1e-6,
            depth_m: 1e-3,
            samples: 10,
          });
          for (const { value, band80 } of [answer.angle_rad, answer.apparentAngle_rad, answer.adhesion_J_per_m2]) {
            expect([value, ...band80].every(Number.isFinite)).toBe(true);
            expect(band80[0]).toBeLessThanOrEqual(band80[1]);
          }
          expect(answer.wettingShare >= 0 && answer.wettingShare <= 1).toBe(true);
          expect(answer.infusion!.time_s.value > 0).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('defaults are those documented', () => {
    const { conditions } = wetting({ substrate: 'ZnO', depth_m: 1e-4 });
    expect(WETTING_DEFAULTS).toMatchObject({ temperature_K: 523.15, roughness: 1, porosity: 0.8, samples: 512 });
    expect(conditions).toMatchObject({
      temperature_K: 523.15,
      roughness: 1,
      porosity: 0.8,
      coverage: 1,
      atmosphere: 'argon',
    });
  });

  test('air over the melt is warned of, argon is not', () => {
    const warned = (atmosphere: string) =>
      wetting({ substrate: 'ZnO', atmosphere }).warnings.some((one) => one.includes('skin grows'));
    expect(['dry air', 'N2', 'argon', 'high vacuum'].map(warned)).toEqual([true, true, false, false]);
  });
});

describe('wetting of lithium by an electrolyte', () => {
  test('is another question with other numbers: spreads, and soaks a separator in minutes to hours', () => {
    const answer = electrolyteWetting({ electrolyte: '1 M LiPF6 in EC/DEC (1:1 v/v)', distance_m: 0.01 });
    expect(answer.family).toBe('carbonate');
    expect(answer.spreading_J_per_m2.value).toBeGreaterThan(0);
    expect(answer.time_s.band80[0]).toBeGreaterThan(60);
    expect(answer.time_s.band80[1]).toBeLessThan(24 * 3600);
    expect(answer.measured.map(({ printed }) => printed)).toEqual(['27°', '70 °C']);
    const concentrated = electrolyteWetting({ electrolyte: '4 M LiFSI in DME', distance_m: 0.01 });
    expect(concentrated.time_s.value).toBeGreaterThan(answer.time_s.value);
  });

  test('every fault is told at once', () => {
    expect(() => electrolyteWetting({ electrolyte: '1 M LiXYZ in EC', distance_m: 0, samples: 1 })).toThrow(
      /samples[\s\S]*distance[\s\S]*LiXYZ/,
    );
  });
});
