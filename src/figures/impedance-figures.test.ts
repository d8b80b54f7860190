import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitCircuit, relaxationTimes } from '../analysis/index.ts';
import { type ImpedanceSpectrum, spectrumFromColumns } from '../records/index.ts';
import type { Figure, Panel } from './figure.ts';
import {
  bodeFigure,
  fittedCurve,
  frequencyText,
  impedanceFigure,
  nyquistFigure,
  relaxationFigure,
  residualsFigure,
  spectraFigure,
} from './impedance-figures.ts';
import { placePanels } from './layout.ts';
import { renderSvg } from './render.ts';

/** R0 in series with R beside C. */
function arc(R0 = 5, R = 20, C = 1e-4, points = 31): ImpedanceSpectrum {
  const frequency_Hz = Array.from({ length: points }, (_, k) => 10 ** (4 - (6 * k) / (points - 1)));
  const share = frequency_Hz.map((f) => 1 / (1 + (2 * Math.PI * f * R * C) ** 2));
  return spectrumFromColumns(
    frequency_Hz,
    share.map((one) => R0 + R * one),
    share.map((one, k) => -R * one * 2 * Math.PI * frequency_Hz[k]! * R * C),
    {
      area_m2: null,
      temperature_K: null,
      provenance: { kind: 'measured', origin: 'test', program: 'test', notes: [] },
    },
  );
}

const measured = (spectrum: ImpedanceSpectrum) => ({ name: 'measured', spectrum, drawnAs: 'points' }) as const;
const nyquist = (figure: Figure): Panel => figure.panels[0]!;

/** Length on paper of one unit of x and of y, as drawn. */
function scales(figure: Figure): readonly [number, number] {
  const { x, left } = nyquist(figure);
  const { frame } = placePanels(figure)[0]!;
  return [frame.width / (x.max - x.min), frame.height / (left.max - left.min)];
}

describe('Nyquist', () => {
  test('one ohm is as long on both axes, with the same step between ticks', async () => {
    for (const spectrum of [arc(), arc(5, 5000, 1e-6), arc(1e3, 3), arc(5, 1e9, 1e-6)]) {
      const figure = nyquistFigure('', [measured(spectrum)]);
      const [across, up] = scales(figure);
      expect(across / up).toBeGreaterThan(0.99);
      expect(across / up).toBeLessThan(1.01);
      const { x, left } = nyquist(figure);
      const step = (ticks: readonly number[]): number => ticks[1]! - ticks[0]!;
      if (left.ticks.length > 1 && x.ticks.length > 1) expect(step(left.ticks) / step(x.ticks)).toBeCloseTo(1, 9);
    }
  });

  test('property: every point lies inside, whatever the cell', () => {
    const size = fc.double({ min: -4, max: 9, noNaN: true }).map((exponent) => 10 ** exponent);
    fc.assert(
      fc.property(size, size, fc.double({ min: -12, max: 0, noNaN: true }), fc.boolean(), (R0, R, C, areal) => {
        const figure = nyquistFigure('', [measured(arc(R0, R, 10 ** C))], areal ? { area_m2: 1e-4 } : {});
        const { x, left, series } = nyquist(figure);
        for (const one of series) {
          expect(Math.min(...one.x)).toBeGreaterThanOrEqual(x.min);
          expect(Math.max(...one.x)).toBeLessThanOrEqual(x.max);
          expect(Math.min(...one.y)).toBeGreaterThanOrEqual(left.min);
          expect(Math.max(...one.y)).toBeLessThanOrEqual(left.max);
        }
        const [across, up] = scales(figure);
        expect(across / up).toBeGreaterThan(0.97);
        expect(across / up).toBeLessThan(1.03);
      }),
      { numRuns: 200 },
    );
  });

  test('ohm of the cell without an area, ohm cm2 with one, prefixes where numbers are long', () => {
    const name = (spectrum: ImpedanceSpectrum, area_m2?: number): string =>
      nyquist(nyquistFigure('', [measured(spectrum)], area_m2 === undefined ? {} : { area_m2 })).x.name;
    expect(name(arc())).toBe('Z′ / Ω');
    expect(name(arc(), 1.27e-4)).toBe('Z′ / Ω cm²');
    expect(name(arc(5, 5e4, 1e-6))).toBe('Z′ / kΩ');
    expect(name(arc(0.01, 0.02))).toBe('Z′ / mΩ');
    const [first] = nyquist(nyquistFigure('', [measured(arc())], { area_m2: 2e-4 })).series;
    expect(first!.x.at(-1)).toBeCloseTo(2 * 25, 3);
  });

  test('data are rings, a fit is a line over them; −Z″ points up', () => {
    const spectrum = arc();
    const fit = fittedCurve('fit', fitCircuit('R0-p(R1,C1)', spectrum), spectrum);
    const { series } = nyquist(nyquistFigure('', [fit, measured(spectrum)]));
    expect(series.map(({ mark, fill }) => [mark, fill])).toEqual([
      ['circles', 'hollow'],
      ['line', undefined],
    ]);
    expect(Math.max(...series[0]!.y)).toBeGreaterThan(9.5);
    // The top of the fitted arc stands at half its width.
    expect(Math.max(...series[1]!.y)).toBeCloseTo(10, 1);
  });

  test('each decade carries its frequency at the point that has it', () => {
    const spectrum = arc();
    const { notes, series } = nyquist(nyquistFigure('', [measured(spectrum)]));
    expect(notes!.map(({ text }) => text)).toEqual(['10 mHz', '100 mHz', '1 Hz', '10 Hz', '100 Hz', '1 kHz', '10 kHz']);
    const row = spectrum.frequency_Hz.findIndex((f) => Math.abs(f - 10) < 1e-6);
    expect(notes![3]).toMatchObject({ x: series[0]!.x[row], y: series[0]!.y[row] });
  });

  test.each([
    [1e6, '1 MHz'],
    [9400, '9.4 kHz'],
    [999.9, '1 kHz'],
    [0.8, '800 mHz'],
    [3.16e-4, '0.32 mHz'],
  ])('%d Hz is called %s', (frequency_Hz, text) => expect(frequencyText(frequency_Hz)).toBe(text));

  test('labels cover neither points nor each other', async () => {
    const svg = await renderSvg(nyquistFigure('', [measured(arc())]));
    const labels = [...svg.matchAll(/<text [^>]*transform="translate\(([-\d.]+) ([-\d.]+)\)"[^>]*>([^<]* m?k?Hz)</g)];
    expect(labels.length).toBeGreaterThan(2);
    const boxes = labels.map(([, x, y, text]) => ({ x: Number(x), y: Number(y), half: 0.28 * 13 * text!.length }));
    boxes.forEach((a, k) => {
      for (const b of boxes.slice(k + 1)) {
        expect(Math.abs(a.y - b.y) > 13 || Math.abs(a.x - b.x) > a.half + b.half).toBe(true);
      }
    });
  });
});

describe('Bode, residuals, relaxation times', () => {
  test('modulus and phase over a logarithmic frequency', () => {
    const [modulus, phase] = bodeFigure('', [measured(arc())]).panels;
    expect([modulus!.x.scale, modulus!.left.scale, phase!.left.scale]).toEqual(['log', 'log', undefined]);
    expect(modulus!.series[0]!.y.at(-1)).toBeCloseTo(25, 3);
    expect(Math.min(...phase!.series[0]!.y)).toBeGreaterThanOrEqual(0);
    expect(modulus!.x.labels).toContain('10⁻¹');
  });

  test('residuals in percent, with 1 % marked and all of them inside', () => {
    const frequency_Hz = Float64Array.of(1, 10, 100);
    const residualReal = Float64Array.of(0.004, -0.02, 0.01);
    const [panel] = residualsFigure('', { frequency_Hz, residualReal, residualImaginary: residualReal }).panels;
    expect([...panel!.series[0]!.y]).toEqual([0.4, -2, 1]);
    expect(panel!.left.min).toBeLessThanOrEqual(-2);
    expect(panel!.markers!.map(({ at }) => at)).toEqual([1, -1]);
  });

  test('relaxation times carry their frequency above and their resistance at the peak', () => {
    const spectrum = arc(5, 20, 1e-4, 61);
    const [panel] = relaxationFigure('', relaxationTimes(spectrum), spectrum, { area_m2: 1e-4 }).panels;
    const { x, top, notes, shades } = panel!;
    expect(top!.min * x.min).toBeCloseTo(1 / (2 * Math.PI), 9);
    expect(top!.max * x.max).toBeCloseTo(1 / (2 * Math.PI), 9);
    expect(notes!).toHaveLength(1);
    expect(Number.parseFloat(notes![0]!.text)).toBeGreaterThan(19);
    expect(Number.parseFloat(notes![0]!.text)).toBeLessThan(21);
    expect(Math.log10(notes![0]!.x / 2e-3)).toBeCloseTo(0, 1);
    // What was not measured: below 1/(2π·10 kHz) and above 1/(2π·10 mHz).
    expect(shades!.map(({ from, to }) => [from, to])[0]![1]).toBeCloseTo(1 / (2e4 * Math.PI), 9);
  });
});

describe('many spectra', () => {
  const series = Array.from({ length: 100 }, (_, k) => ({
    spectrum: arc(5, 20 + k),
    value: k,
    ...(k === 51 ? { note: 'soft short' } : {}),
  }));

  test('a scale of colours in the place of a legend; what is remarked stays, however many there are', () => {
    const [panel] = spectraFigure('', series, 'Time / h').panels;
    expect(panel!.series.length).toBeLessThan(50);
    expect(panel!.series.at(-1)).toMatchObject({ name: 'soft short', mark: 'squares' });
    expect(panel!.colourScale!.axis).toMatchObject({ name: 'Time / h', min: 0, max: 99 });
    expect(new Set(panel!.series.map(({ colour }) => colour)).size).toBeGreaterThan(30);
  });

  test('all of it is drawn, and nothing is drawn of nothing', async () => {
    const svg = await renderSvg(spectraFigure('', series, 'Time / h'));
    expect(svg).toContain('Time / h');
    expect(svg).toContain('soft short');
    const empty = arc(5, 20, 1e-4, 31);
    const none = {
      ...empty,
      frequency_Hz: new Float64Array(0),
      real_ohm: new Float64Array(0),
      imaginary_ohm: new Float64Array(0),
    };
    for (const figure of [
      nyquistFigure('', [measured(none)]),
      spectraFigure('', [], 'Time / h'),
      impedanceFigure('', [measured(none)]),
    ]) {
      expect(await renderSvg(figure)).toContain('No spectrum to show');
    }
  });

  test('one spectrum, one point, a blocking cell: there is a figure without a number that is none', async () => {
    const one = spectrumFromColumns([1e4], [1e5], [-9e4], arc());
    for (const spectrum of [one, arc(0, 1e9, 1e-3), arc(1e-6, 1e-6)]) {
      expect(await renderSvg(impedanceFigure('', [measured(spectrum)]))).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});
