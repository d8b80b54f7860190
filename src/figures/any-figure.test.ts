import { describe, expect, test } from 'vitest';
import { lithiumMap } from '../design/index.ts';
import { tableToCsv } from '../records/index.ts';
import { type AnyFigure, anySvg, figureTable, withCaption } from './any-figure.ts';
import { axisWithin, logAxisWithin } from './axis.ts';
import { barLimits, causeFigure, shareFigure, tornadoFigure, waterfallFigure } from './bar-figure.ts';
import { type DropFigure, dropOutlines } from './drop-figure.ts';
import { elementFigure } from './element-figure.ts';
import type { Figure, Series } from './figure.ts';

const waterfall = waterfallFigure('Resistance & parts', 'Resistance / Ω cm²', [
  { label: 'films', value: 30, band: [10, 500] },
  { label: 'gained back', value: -5 },
  { label: 'constriction', value: 15 },
]);
const tornado = tornadoFigure('Energy', 'Energy / Wh/kg', 400, '400, as typed', [
  { label: 'lithium', note: '10 to 60 µm', atLow: 430, atHigh: 380 },
  { label: 'tabs', note: '1 to 3', atLow: 401, atHigh: 399 },
]);
const drop: DropFigure = {
  kind: 'drop',
  title: 'Molten lithium on Cu at 250 °C',
  angle_rad: 2.1,
  band_rad: [1.9, 2.3],
  roughness: 1.3,
  hasCoating: false,
  verdict: 'does not wet',
};
const series = (name: string, x: readonly number[], y: readonly number[]): Series => ({
  name,
  x: Float64Array.from(x),
  y: Float64Array.from(y),
  mark: 'line',
  side: 'left',
  colour: '#000000',
});
const curves: Figure = {
  title: 'Curves',
  width_px: 720,
  height_px: 800,
  panels: [0, 1].map((k) => ({
    x: axisWithin('Time / h', 0, 10),
    left: axisWithin('Voltage / V', -1, 1),
    right: null,
    message: null,
    series: [series('', [0, 1, 2 + k], [0.1, Number.NaN, -0.3])],
  })),
};
const figures: Readonly<Record<string, AnyFigure>> = {
  waterfall,
  tornado,
  causes: causeFigure('Lost', 'Lost / µAh/cm²', { dead_working: 3, cracking: 1, first_film: 0.001, galvanic: 0 }),
  nothing: causeFigure('Lost', 'Lost / µAh/cm²', {}),
  shares: shareFigure(
    'Bill of materials',
    ['mass', 'volume'],
    [
      { name: 'lithium', colour: '#c4c9cd', shares: [0.1, 0.3] },
      { name: 'cathode', colour: '#3b4f6b', shares: [0.9, 0.7] },
    ],
  ),
  drop,
  stack: {
    kind: 'stack',
    title: 'A cell',
    layers: [
      { kind: 'lithium', name: 'Li', thickness_m: 5e-5 },
      { kind: 'separator', name: '1 M LiTFSI in DOL/DME', thickness_m: 2.5e-5 },
      { kind: 'collector', name: 'Cu', thickness_m: 0 },
    ],
  },
  elements: elementFigure(lithiumMap(500)),
  curves,
};

describe.each(Object.entries(figures))('%s', (_, figure) => {
  test('is one SVG document with its title, the same each time', async () => {
    const svg = await anySvg(figure);
    expect(svg).toMatch(/^<svg [^>]*width="\d+"[^>]*height="\d+"|^<svg [^>]*height="\d+"[^>]*width="\d+"/u);
    expect(svg.match(/<svg /gu)).toHaveLength(1);
    expect(svg).toContain(`<title>${figure.title.replace('&', '&amp;')}</title>`);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|class=/u);
    expect(await anySvg(figure)).toBe(svg);
  });

  test('has a table with a name of its own for every column', () => {
    const columns = figureTable(figure);
    expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
    expect(columns.length).toBeGreaterThan(1);
  });

  test('says below what made it, in as many lines as it needs, and keeps its width', async () => {
    const svg = await anySvg(figure);
    const long = `limetal 1.2.3 · limetal run ${'"Plate at 1 mA/cm2" '.repeat(40)}`;
    for (const caption of ['limetal 1.2.3', long]) {
      const captioned = withCaption(svg, caption);
      const size = (name: string, text: string) => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(text)![1]);
      const lines = captioned.match(/font-size="11"/gu)!.length - (svg.match(/font-size="11"/gu) ?? []).length;
      expect(lines).toBe(caption === long ? 3 : 1);
      expect(size('height', captioned)).toBe(size('height', svg) + 15 * lines + 8);
      expect(size('width', captioned)).toBe(size('width', svg));
      expect(captioned).toContain(`viewBox="0 0 ${size('width', svg)} ${size('height', captioned)}"`);
      expect(captioned).toContain(`<desc>${caption.replaceAll('"', '&quot;')}</desc>`);
      expect(captioned.trimEnd().endsWith('</svg>')).toBe(true);
      expect(captioned.match(/<svg /gu)).toHaveLength(1);
    }
  });
});

describe('the numbers of a figure', () => {
  test('of a waterfall are its parts with their bands, and the sum', () => {
    expect(tableToCsv(figureTable(waterfall))).toBe(
      [
        'Part,Resistance / Ω cm²,"Resistance / Ω cm², low","Resistance / Ω cm², high"',
        'films,30,10,500',
        'gained back,-5,,',
        'constriction,15,,',
        'total,40,,',
        '',
      ].join('\r\n'),
    );
  });

  test('of a tornado are both ends of each input', () => {
    const columns = figureTable(tornado);
    expect(columns.map(({ name }) => name)).toEqual([
      'Input',
      'Range',
      'Bar',
      'Energy / Wh/kg, from',
      'Energy / Wh/kg, to',
    ]);
    expect(columns.at(-1)!.data).toEqual([430, 380, 401, 399]);
  });

  test('of panels with equal axes are told apart, and a gap is an empty field', () => {
    expect(tableToCsv(figureTable(curves))).toBe(
      'Time / h,Voltage / V,Time / h [2],Voltage / V [2]\r\n0,0.1,0,0.1\r\n1,,1,\r\n2,-0.3,3,-0.3\r\n',
    );
  });
});

describe('bars', () => {
  test('stand on one another in a waterfall, and what is small stands together among causes', () => {
    expect(waterfall.rows.map(({ bars: [bar] }) => [bar!.from, bar!.to])).toEqual([
      [0, 30],
      [30, 25],
      [25, 40],
      [0, 40],
    ]);
    const { rows } = causeFigure('Lost', 'mAh', { a: 1, b_side: -300, c: 0.5, d: 0.5 });
    expect(rows.map(({ label, value }) => [label, value])).toEqual([
      ['b side', -300],
      ['all others', 2],
    ]);
  });

  test('are what is compared: a wide band is cut', () => {
    expect(barLimits(waterfall)).toEqual([0, 72]);
    expect(barLimits(tornado)).toEqual([380, 430]);
    expect(barLimits(figures.nothing as typeof tornado)).toEqual([0, 1]);
  });
});

test('a drop keeps its volume and stands at its angle', () => {
  const { lithium, foot } = dropOutlines(drop);
  const radius = Number(/A ([\d.]+)/u.exec(lithium)![1]);
  const c = Math.cos(drop.angle_rad);
  expect(radius ** 3 * (2 + c) * (1 - c) ** 2).toBeCloseTo(2, 2);
  expect(foot / radius).toBeCloseTo(Math.sin(drop.angle_rad), 2);
  // The longer way round for a drop that does not wet.
  expect(lithium).toMatch(/ 0 1 1 /u);
});

test('a whole sphere is drawn too: its foot is no point', () => {
  const { lithium, foot, summit } = dropOutlines({ ...drop, angle_rad: Math.PI, band_rad: [Math.PI, Math.PI] });
  expect(foot).toBeGreaterThan(0.01);
  expect(lithium).toMatch(/^M -0\.0\d+ 0 A/u);
  expect(summit).toBeCloseTo(2 * Math.cbrt(0.5), 2);
});

describe('a figure of curves on paper', () => {
  const [panel] = curves.panels;
  const dashed = { ...series('what binds', [1, 5], [1e-3, 1e2]), mark: 'guide' as const };
  const left = logAxisWithin('Current density / mA cm⁻²', 2e-5, 200);
  const logarithmic = { ...panel!, left, series: [series('safe', [1, 5], [1e-3, 1e-2]), dashed] };
  const drawn = anySvg({ ...curves, height_px: 400, panels: [logarithmic] });

  test('has the names of its axes on the paper, however wide their labels are', async () => {
    const place = /matrix\(0,-1,1,0,([\d.-]+),[\d.-]+\)"[^>]*>Current density/u.exec(await drawn);
    // Half of its height stands left of it.
    expect(Number(place?.[1]) - 8).toBeGreaterThan(4);
  });

  test('says in its legend which line is dashed', async () => {
    // A dash of the legend is drawn in three pieces, each closed.
    expect((await drawn).match(/<path d="(?:[^"Z]+Z){3}"/gu)).toHaveLength(1);
  });
});
