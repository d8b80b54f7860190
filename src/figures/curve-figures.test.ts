import { describe, expect, test } from 'vitest';
import { logAxisAround, logAxisWithin } from './axis.ts';
import { efficiencyFigure, ninesFigure } from './cycling-figures.ts';
import { overlayFigure } from './overlay-figures.ts';
import { renderSvg, stackSvg } from './render.ts';
import {
  profileFigure,
  resistanceTimeFigure,
  retentionFigure,
  staircaseFigure,
  voltageTimeFigure,
} from './test-figures.ts';

const HOUR_s = 3600;
const ROWS = 60;

/** Li|Cu at 1 mA: an hour of plating with a dip at its start, stripping to 1 V after `ce` hours. */
function plateStrip(cycles: number, ce = 0.9) {
  const time_s: number[] = [];
  const voltage_V: number[] = [];
  const current_A: number[] = [];
  const halfCycles: { cycle: number; sign: 1 | -1; start: number; end: number }[] = [];
  let at_s = 0;
  for (let cycle = 1; cycle <= cycles; cycle++) {
    for (const sign of [-1, 1] as const) {
      const start = time_s.length;
      const length_s = HOUR_s * (sign < 0 ? 1 : ce);
      for (let row = 0; row < ROWS; row++) {
        time_s.push(at_s + (length_s * row) / (ROWS - 1));
        current_A.push(1e-3 * sign);
        const isDip = sign < 0 && cycle === 1 && row === 2;
        voltage_V.push(isDip ? -0.12 : sign < 0 ? -0.03 : row === ROWS - 1 ? 1 : 0.03);
      }
      at_s += length_s;
      halfCycles.push({ cycle, sign, start, end: time_s.length });
    }
  }
  const record = {
    time_s: Float64Array.from(time_s),
    voltage_V: Float64Array.from(voltage_V),
    current_A: Float64Array.from(current_A),
  };
  return { record, halfCycles };
}

describe('logarithmic axes', () => {
  test.each([
    [1e-3, 1e5, ['10⁻³', '10⁻²', '10⁻¹', '10⁰', '10¹', '10²', '10³', '10⁴', '10⁵']],
    [0.5, 30, ['0.5', '1', '2', '5', '10', '20']],
    [0.5, 300, ['10⁰', '10¹', '10²']],
    [2, 9, ['2', '3', '5', '7']],
    [1e-12, 1e12, ['10⁻¹²', '10⁻⁹', '10⁻⁶', '10⁻³', '10⁰', '10³', '10⁶', '10⁹', '10¹²']],
  ])('from %d to %d', (min, max, labels) => expect(logAxisWithin('', min, max).labels).toEqual(labels));

  test('hold their data, and stand where there is none', () => {
    const axis = logAxisAround('', [3, 0, -5, Number.NaN, 4000]);
    expect(axis.min).toBeLessThan(3);
    expect(axis.max).toBeGreaterThan(4000);
    expect(logAxisAround('', []).max).toBeGreaterThan(logAxisAround('', []).min);
    const single = logAxisAround('', [7]);
    expect(single.ticks.length).toBeGreaterThan(0);
  });
});

describe('voltage over capacity', () => {
  const { record, halfCycles } = plateStrip(10);

  test('areal where the area is known, from zero at the start of each half-cycle', () => {
    const [panel] = profileFigure('', record, halfCycles, { area_m2: 2e-4 }).panels;
    expect(panel!.x.name).toBe('Capacity / mAh/cm²');
    for (const { x } of panel!.series) expect(x[0]).toBe(0);
    const ends = panel!.series.map(({ x }) => x.at(-1)!);
    expect(Math.max(...ends)).toBeCloseTo(0.5, 9);
    expect(Math.min(...ends)).toBeCloseTo(0.45, 9);
    expect(profileFigure('', record, halfCycles).panels[0]!.x.name).toBe('Capacity / mAh');
  });

  test('plateaus in a panel of their own, with the dip of nucleation marked at its tip', () => {
    const nucleation = { cycle: 1, time_s: record.time_s[2]!, tip_V: -0.12, text: 'nucleation 90 mV' };
    const { panels } = profileFigure('', record, halfCycles, { plateaus: true, nucleation });
    expect(panels).toHaveLength(2);
    expect(panels[0]!.left.max).toBeGreaterThanOrEqual(1);
    expect(panels[1]!.left.max).toBeLessThan(0.5);
    expect(panels[1]!.left.min).toBeLessThan(-0.12);
    const [note] = panels[1]!.notes!;
    expect(note!.text).toBe('nucleation 90 mV');
    expect(note!.y).toBe(-0.12);
    expect(note!.x).toBeCloseTo(2 / (ROWS - 1), 9);
  });

  test('a few cycles of many, dark to light, first and last among them', () => {
    const long = plateStrip(200);
    const [panel] = profileFigure('', long.record, long.halfCycles).panels;
    expect(panel!.series).toHaveLength(16);
    expect(panel!.colourScale!.axis).toMatchObject({ min: 1, max: 200 });
    expect(panel!.series[0]!.colour).toBe('#440154');
    const [single] = profileFigure('', record, halfCycles, { cycles: [3] }).panels;
    expect(single!.colourScale).toBeUndefined();
  });
});

describe('a test over time', () => {
  const { record, halfCycles } = plateStrip(30);

  test('whole, and three cycles of its start, middle and end side by side', () => {
    const figure = voltageTimeFigure('', record, halfCycles, [
      { time_s: 5 * HOUR_s, text: 'soft short', kind: 'short' },
    ]);
    expect(figure.rows).toEqual([
      { panels: 1, height_px: expect.any(Number) },
      { panels: 3, height_px: expect.any(Number) },
    ]);
    expect(figure.panels[0]!.markers).toEqual([
      { along: 'x', at: 5, text: 'soft short', colour: expect.stringMatching(/^#/) },
    ]);
    const widths = figure.panels.slice(1).map(({ x }) => x.max - x.min);
    for (const width of widths) expect(width).toBeCloseTo(3 * 1.9, 1);
    expect(figure.panels[3]!.x.max).toBeCloseTo(figure.panels[0]!.x.max, 9);
    expect(voltageTimeFigure('', record).panels).toHaveLength(1);
  });

  test('the word of an event stands in the figure', async () => {
    const events = [{ time_s: 5 * HOUR_s, text: 'soft short, 5.0 h', kind: 'short' as const }];
    const time_s = Float64Array.from({ length: 20 }, (_, k) => k * HOUR_s);
    const one = { name: 'width of the arcs', time_s, resistance_ohm: time_s.map((_, k) => 50 - 2 * k) };
    for (const figure of [
      voltageTimeFigure('', record, halfCycles, events),
      resistanceTimeFigure('', [one], events),
      staircaseFigure('', record, events, { area_m2: 1e-4 }),
    ]) {
      expect(await renderSvg(figure)).toContain('>soft short, 5.0 h<');
    }
  });

  test('resistances in ohm cm2 of the cell, logarithmic where they span decades', () => {
    const time_s = Float64Array.of(0, HOUR_s, 2 * HOUR_s);
    const figure = (values: readonly number[]) =>
      resistanceTimeFigure('', [{ name: 'R', time_s, resistance_ohm: Float64Array.from(values) }], [], {
        area_m2: 2e-4,
      });
    expect(figure([10, 20, 30]).panels[0]!.left).toMatchObject({ name: 'Resistance / Ω cm²', min: 0 });
    expect([...figure([10, 20, 30]).panels[0]!.series[0]!.y]).toEqual([20, 40, 60]);
    expect(figure([10, 100, 1e4]).panels[0]!.left.scale).toBe('log');
  });

  test('capacity with the level at which life ends, efficiency on the right', () => {
    const cycles = [3.6, 3.5, 3.4].map((discharged_C, k) => ({
      cycle: k + 1,
      discharged_C,
      coulombic_efficiency: 0.99,
    }));
    const [panel] = retentionFigure('', cycles, { area_m2: 1e-4, end: { capacity_C: 2.88, text: '80 %' } }).panels;
    expect(panel!.left.name).toBe('Discharge capacity / mAh/cm²');
    expect([...panel!.series[0]!.y]).toEqual([1, 3.5 / 3.6, 3.4 / 3.6].map((value) => expect.closeTo(value, 12)));
    expect(panel!.markers![0]).toMatchObject({ along: 'left', at: expect.closeTo(0.8, 12) });
    expect(panel!.right!.name).toBe('Coulombic efficiency / %');
  });
});

describe('efficiencies', () => {
  const cycles = [0.62, 0.93, 0.975, 0.981, 0.983, 0.984, 0.985, 1.013, 0.986, 0.42].map((ce, k) => ({
    cycle: k + 1,
    coulombic_efficiency: ce,
    coulombic_efficiency_error: 0.002,
  }));

  test('above 100 % is a mark of its own, and never cut', () => {
    const [panel] = efficiencyFigure('', cycles, { suspectAbove100: true }).panels;
    const suspect = panel!.series.find(({ name }) => name.startsWith('above 100 %'))!;
    expect([...suspect.x, ...suspect.y]).toEqual([8, expect.closeTo(101.3, 9)]);
    expect(panel!.left.max).toBeGreaterThan(101.3);
    expect(suspect.high![0]! - suspect.low![0]!).toBeCloseTo(0.4, 9);
  });

  test('a few cycles far off do not press the others flat', () => {
    const { panels } = efficiencyFigure('', cycles, { closeUp: true });
    expect(panels).toHaveLength(2);
    expect(panels[0]!.left.min).toBeLessThan(42);
    expect(panels[1]!.left.min).toBeGreaterThan(90);
    expect(panels[1]!.markers![0]!.text).toMatch(/cycles lie outside of this panel/);
    expect([panels[1]!.x.min, panels[1]!.x.max]).toEqual([panels[0]!.x.min, panels[0]!.x.max]);
    expect(efficiencyFigure('', cycles.slice(3, 7), { closeUp: true }).panels).toHaveLength(1);
  });

  test('nines: the same distance for the same ratio of losses; 100 % has none', () => {
    const [panel] = ninesFigure('', cycles).panels;
    const [below, above] = panel!.series;
    expect(below!.y[2]).toBeCloseTo(-Math.log10(0.025), 12);
    expect([...above!.x]).toEqual([8]);
    expect(panel!.right!.labels).toContain('98');
  });
});

describe('measured beside computed', () => {
  const x = Float64Array.from({ length: 101 }, (_, k) => k / 10);
  const overlay = {
    xName: 'Time / h',
    yName: 'Cell voltage / V',
    measured: { x, y: x.map((value) => Math.sin(value) + 0.001) },
    computed: {
      x: Float64Array.from({ length: 501 }, (_, k) => k / 50),
      y: new Float64Array(501).map((_, k) => Math.sin(k / 50)),
    },
    residual: null,
    residualName: 'Residual / mV',
    residualFactor: 1000,
    measuredAs: 'line' as const,
  };

  test('what is left between the two, by interpolation, with its root mean square', () => {
    const { panels } = overlayFigure('', overlay);
    for (const value of panels[1]!.series[0]!.y) expect(value).toBeCloseTo(1, 1);
    expect(panels[1]!.markers![0]!.text).toMatch(/^root mean square 1(\.\d+)? mV$/);
  });

  test('an instant at which a current turns does not press the rest flat, and is told', () => {
    const y = overlay.measured.y.slice();
    y[50] = 3;
    const { panels } = overlayFigure('', { ...overlay, measured: { x, y } });
    expect(panels[1]!.left.max).toBeLessThan(10);
    expect(panels[1]!.markers![0]!.text).toMatch(/largest 39\d+ mV, beyond the panel/);
  });

  test('gaps stay gaps', () => {
    const y = overlay.measured.y.slice();
    y[50] = Number.NaN;
    expect(overlayFigure('', { ...overlay, measured: { x, y } }).panels[0]!.series[0]!.y[50]).toBeNaN();
  });

  test('nothing to compare is said', async () => {
    const none = { x: new Float64Array(0), y: new Float64Array(0) };
    expect(await renderSvg(overlayFigure('', { ...overlay, computed: none }))).toContain('Nothing to compare');
    expect(await renderSvg(overlayFigure('', { ...overlay, measured: none }))).toContain('Nothing measured');
  });
});

test('drawings in one document keep their sizes and their clipping paths', async () => {
  const { record, halfCycles } = plateStrip(3);
  const svgs = [
    await renderSvg(profileFigure('one', record, halfCycles)),
    await renderSvg(voltageTimeFigure('two', record, halfCycles)),
  ];
  const all = stackSvg(svgs, 'both <1>');
  expect(all).toContain('<title>both &lt;1&gt;</title>');
  const heights = [...all.matchAll(/<svg [^>]*height="(\d+)"/g)].map(([, height]) => Number(height));
  expect(heights[0]).toBe(heights[1]! + heights[2]!);
  expect(all).toContain(`<svg y="${heights[1]}"`);
  const ids = [...all.matchAll(/id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
