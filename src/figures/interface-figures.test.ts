import { describe, expect, test } from 'vitest';
import {
  criticalCurrentReports,
  type InterfaceOptions,
  interfaceCurves,
  solidInterface,
  typicalProfiles,
  type WettingOptions,
  wetting,
  wettingFilling,
} from '../design/index.ts';
import type { Figure } from './figure.ts';
import {
  currentAgainstPressureFigure,
  currentAgainstResistanceFigure,
  interphaseGrowthFigure,
  interphaseProfileFigure,
  REPORTED_BORNE,
  REPORTED_CRITICAL,
} from './interface-figures.ts';
import { renderSvg } from './render.ts';
import { fillingFigure, wettingTemperatureFigure } from './wetting-figures.ts';

const namesIn = ({ panels }: Figure, panel = 0): string[] => panels[panel]!.series.map(({ name }) => name);
const seriesIn = ({ panels }: Figure, name: string) => panels[0]!.series.find((one) => one.name === name)!;

function figuresOf(options: InterfaceOptions) {
  const told = solidInterface(options);
  const curves = interfaceCurves(options);
  const reports = criticalCurrentReports();
  return {
    told,
    pressure: currentAgainstPressureFigure(told, curves.againstPressure, reports),
    resistance: currentAgainstResistanceFigure(told, curves.againstResistance, reports),
    growth: interphaseGrowthFigure(curves.growth),
    profile: interphaseProfileFigure(told, typicalProfiles()),
  };
}

describe('figures of an interface', () => {
  test('the map has the interface as a dot in mA/cm² and MPa or Ω cm², the asked current, and reports where they have a place', () => {
    const { told, pressure, resistance } = figuresOf({
      ...{ electrolyte: 'Li6PS5Cl', pressure_Pa: 5e6, current_A_per_m2: 3, samples: 32 },
    });
    const own = seriesIn(pressure, 'this interface');
    expect([own.x[0], own.y[0]]).toEqual([5, told.safe_A_per_m2.value / 10]);
    expect(seriesIn(pressure, 'asked for').y[0]).toBeCloseTo(0.3, 12);
    expect([...seriesIn(pressure, REPORTED_CRITICAL).x]).toEqual([3, 7]);
    expect(seriesIn(resistance, 'this interface').x[0]).toBeCloseTo(told.resistance_ohm_m2.total.value * 1e4, 9);
    expect([...seriesIn(resistance, REPORTED_BORNE).x]).toEqual([expect.closeTo(48.4, 9)]);
    // A law of garnets is none of argyrodite.
    expect(namesIn(resistance)).not.toContain('single crystals of garnet');
  });

  test('bounds that do not hold are not drawn: a polymer neither cracks nor opens voids', () => {
    const names = namesIn(figuresOf({ electrolyte: 'PEO', samples: 32 }).pressure);
    expect(names).toContain('salt runs out');
    expect(names).not.toContain('plating opens flaws');
    expect(names).not.toContain('stripping opens voids');
  });

  test('what does not grow says so, what grows is drawn', () => {
    expect(figuresOf({ electrolyte: 'LLZO', samples: 32 }).growth.panels.map(({ message }) => message)).toEqual([
      expect.stringContaining('Nothing grows'),
      expect.stringContaining('Nothing grows'),
    ]);
    const { growth } = figuresOf({ electrolyte: 'Li3PS4', samples: 32 });
    expect(growth.panels.map(({ message }) => message)).toEqual([null, null]);
  });

  test('the profile ends at the reduction potential, and names an example of each type', () => {
    const { profile, told } = figuresOf({ electrolyte: 'Li6PS5Cl', samples: 32 });
    expect(profile.panels[0]!.series[0]!.y.at(-1)).toBe(told.electrolyte.reductionPotential.value);
    expect(namesIn(profile, 1).filter((name) => /^I+:/u.test(name))).toHaveLength(3);
  });

  test('all of them can be drawn on paper', async () => {
    const { told: _, ...figures } = figuresOf({ electrolyte: 'LAGP', interlayer: 'LiF', samples: 32 });
    for (const figure of Object.values(figures)) expect(await renderSvg(figure)).toContain('</svg>');
  });
});

describe('figures of wetting', () => {
  const options = { substrate: 'ZnO on carbon', pore_m: 5e-6, depth_m: 1e-4, samples: 32 };

  test('the angle against temperature holds the one that was asked for', () => {
    const at = wetting(options);
    const curve = [460, 523.15, 800].map((temperature_K) => wetting({ ...options, temperature_K }));
    const figure = wettingTemperatureFigure(curve, at);
    expect(seriesIn(figure, 'contact angle').y[1]).toBe(seriesIn(figure, 'asked for').y[0]);
    // Room about both ends, so that a drop that stands whole is not cut by the frame.
    const { min, max, ticks } = figure.panels[0]!.left;
    expect([ticks[0], ticks.at(-1)]).toEqual([0, 180]);
    expect([min < 0, max > 180]).toEqual([true, true]);
  });

  test('a host fills from 0 to 100 %; one that repels says that nothing enters', () => {
    const times = Array.from({ length: 41 }, (_, k) => 10 ** (-1 + k / 10));
    const figureOf = (more: WettingOptions) => fillingFigure(wetting(more), wettingFilling(more, times));
    const { series } = figureOf(options)!.panels[0]!;
    expect([series[0]!.y[0], series[0]!.y.at(-1)]).toEqual([0, 100]);
    // At a time that the answer tells, the curve says the same.
    const told = wetting(options).infusion!.filling.find(({ time_s }) => time_s === 10)!;
    expect(wettingFilling(options, [10])[0]).toEqual(told);
    expect(figureOf({ ...options, substrate: 'as received copper' })!.panels[0]!.message).toContain('Nothing enters');
    expect(figureOf({ substrate: 'ZnO on carbon', samples: 32 })).toBeNull();
  });
});
