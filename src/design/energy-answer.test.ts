import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellEnergy } from './energy.ts';
import { energyAnswer, energyBands, type Sought, seekInput } from './energy-answer.ts';
import { ENERGY_INPUTS, type EnergyKey, readEnergyCell } from './energy-inputs.ts';

const start = readEnergyCell({});
const aim = (key: EnergyKey, wh_per_kg: number, text = {}): Sought =>
  seekInput(readEnergyCell(text).inputs, key, { output: 'specificEnergy_J_per_kg', value: 3600 * wh_per_kg });

describe('the input that reaches a target', () => {
  test('is the one that gave it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ENERGY_INPUTS.filter(({ isWhole }) => isWhole !== true)),
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
        ({ key, range_SI }, share) => {
          const value = range_SI[0] + share * (range_SI[1] - range_SI[0]);
          const there = cellEnergy({ ...start.inputs, [key]: value }).specificEnergy_J_per_kg;
          const sought = seekInput({ ...start.inputs, [key]: value }, key, {
            output: 'specificEnergy_J_per_kg',
            value: there,
          });
          if (sought.kind === 'impossible') expect(sought.why).toMatch(/does not move|not part/);
          else if (sought.others_SI.length < 5) expect(Math.abs(sought.reached / there - 1)).toBeLessThan(1e-9);
        },
      ),
    );
  });

  test('lithium for 350 Wh/kg is 19 µm; 400 Wh/kg no lithium reaches, and what would is told', () => {
    const sought = aim('lithium_m', 350);
    expect(sought.kind).toBe('found');
    expect(1e6 * sought.value_SI).toBeCloseTo(19.3, 1);
    const never = aim('lithium_m', 400);
    expect(never).toMatchObject({ kind: 'impossible', value_SI: 0, reached: expect.closeTo(361.3 * 3600, -3) });
    expect(never.kind === 'impossible' && never.why).toMatch(
      /never 400 Wh\/kg\. What else helps: a tenth more of "mean potential/,
    );
  });

  test('a whole number stays whole, and what it reaches is said', () => {
    const sought = aim('layers', 330);
    expect(sought.kind).toBe('found');
    expect(Number.isInteger(sought.value_SI)).toBe(true);
    expect(Math.abs(sought.reached / 3600 - 330)).toBeLessThan(0.5);
  });

  test('what does not move the target, or is not there, is not sought', () => {
    expect(aim('otherVolume_m3', 350)).toMatchObject({
      kind: 'impossible',
      why: expect.stringMatching(/does not move/),
    });
    expect(aim('hostPotential_V', 350)).toMatchObject({
      kind: 'impossible',
      why: expect.stringMatching(/not part of a cell/),
    });
  });
});

describe('bands', () => {
  const { outputs, rankCorrelations } = energyBands(start);

  test('enclose the value, come back with the seed, and narrow with the ranges', () => {
    for (const { value, band80 } of Object.values(outputs)) {
      expect(band80[0]).toBeLessThan(value);
      expect(band80[1]).toBeGreaterThan(value);
    }
    expect(energyBands(start)).toEqual(energyBands(start));
    const half = { ...start, ranges: start.ranges.map((one) => ({ ...one, range_SI: halved(one.range_SI) })) };
    const width = ([low, high]: readonly [number, number]): number => high - low;
    const ratio =
      width(energyBands(half).outputs.specificEnergy_J_per_kg.band80) / width(outputs.specificEnergy_J_per_kg.band80);
    expect(ratio).toBeCloseTo(0.5, 1);
  });

  const halved = ([low, high]: readonly [number, number]): [number, number] => {
    const middle = (low + high) / 2;
    return [(low + middle) / 2, (high + middle) / 2];
  };

  test('333 Wh/kg is known to about 7 where its inputs are known to a few percent', () => {
    const [low, high] = outputs.specificEnergy_J_per_kg.band80;
    expect((high - low) / 2 / 3600).toBeCloseTo(7, 0);
  });

  test('of one uncertain input are that input', () => {
    const typed = readEnergyCell({ cathodePotential: '3.86 ± 0.1 V' });
    const one = { ...typed, ranges: typed.ranges.filter(({ key }) => key === 'cathodePotential_V') };
    const { band80 } = energyBands(one).outputs.specificEnergy_J_per_kg;
    const at = (potential: number): number =>
      cellEnergy({ ...start.inputs, cathodePotential_V: potential }).specificEnergy_J_per_kg;
    expect(band80[0] / at(3.78)).toBeCloseTo(1, 4);
    expect(band80[1] / at(3.94)).toBeCloseTo(1, 4);
  });

  test('follow what the tornado says', () => {
    const { tornado } = energyAnswer({});
    const [first] = tornado;
    const strongest = [...rankCorrelations].sort((a, b) => Math.abs(b.value!) - Math.abs(a.value!))[0]!;
    expect(strongest.key).toBe(first!.key);
    expect(Math.sign(strongest.value!)).toBe(Math.sign(first!.atHigh - first!.atLow));
  });
});

describe('what is stated with an energy', () => {
  test('seven facts, those that nobody gave left open', () => {
    const { facts } = energyAnswer({ rate: 'C/5', temperature: '25 °C' });
    expect(facts.map(({ name }) => name)).toEqual([
      'Cell size',
      'Mass',
      'Rate',
      'Temperature',
      'Window',
      'Pressure',
      'Measured or projected',
    ]);
    expect(facts.map(({ text }) => text)).toEqual([
      '64.45 Ah, 327 mL as built',
      '746.3 g, the whole pouch cell',
      'C/5, as stated',
      '25 °C, as stated',
      '0 to 100 % state of charge',
      null,
      'projected, from this bill of materials',
    ]);
  });

  test('a narrower window takes energy and leaves the mass', () => {
    const whole = energyAnswer({}).energy;
    const part = energyAnswer({ lowestCharge: '0.1', highestCharge: '0.9' }).energy;
    expect(part.energy_J / whole.energy_J).toBeCloseTo(0.8, 12);
    expect(part.mass_kg).toBeCloseTo(whole.mass_kg, 12);
  });
});
