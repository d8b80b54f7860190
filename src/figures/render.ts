// From plain figure to SVG text, by ECharts without a document. The library is loaded on the first call and not before.

import type { Axis } from './axis.ts';
import type { Figure, Panel, Series } from './figure.ts';

const FONT = 'Arial, Helvetica, sans-serif';
const TICK_px = 14;
const NAME_px = 16;
const TITLE_px = 18;
/** Mean width of a digit in parts of the font size; Arial's digits are 0.556 wide. */
const DIGIT_WIDTH = 0.56;
/** Mean width of a letter of bold text in parts of the font size. */
const TITLE_WIDTH = 0.6;
const INK = '#000000';
const TITLE_HEIGHT_px = 44;
const LEGEND_HEIGHT_px = 26;

interface Margins {
  readonly left: number;
  readonly right: number;
}

/** Width of the widest tick label, with the room between axis, labels and name. */
function labelWidth_px(axis: Axis | null): number {
  if (axis === null) return 0;
  return Math.max(1, ...axis.labels.map((label) => label.length)) * TICK_px * DIGIT_WIDTH;
}

/** The same margins for every panel, so that panels stand flush. */
function marginsOf(panels: readonly Panel[]): Margins {
  const left = Math.max(...panels.map((panel) => labelWidth_px(panel.left)));
  const right = Math.max(...panels.map((panel) => labelWidth_px(panel.right)));
  return {
    left: Math.round(left + 2.6 * NAME_px),
    right: Math.round(right > 0 ? right + 2.6 * NAME_px : 1.6 * NAME_px),
  };
}

function axisOption(axis: Axis, panel: number, place: 'bottom' | 'left' | 'right', colour: string) {
  const labelOf = new Map(axis.ticks.map((tick, k) => [tick, axis.labels[k]!]));
  return {
    type: 'value',
    gridIndex: panel,
    position: place,
    min: axis.min,
    max: axis.max,
    // One step from end to end: the library's own search for round ticks would be of no use beside ours, and it ends in a
    // failed assertion where rounding puts its first tick outside of the limits.
    interval: axis.max - axis.min,
    name: axis.name,
    nameLocation: 'middle',
    nameGap: place === 'bottom' ? 2.2 * NAME_px : labelWidth_px(axis) + 1.1 * NAME_px,
    nameRotate: place === 'bottom' ? 0 : 90,
    nameTextStyle: { fontFamily: FONT, fontSize: NAME_px, color: colour },
    // The frame of the panel is the axis line.
    axisLine: { show: false, onZero: false },
    axisTick: { show: true, inside: true, length: 6, lineStyle: { color: INK, width: 1.2 }, customValues: axis.ticks },
    axisLabel: {
      fontFamily: FONT,
      fontSize: TICK_px,
      color: INK,
      customValues: axis.ticks,
      formatter: (value: number) => labelOf.get(value) ?? '',
    },
    splitLine: { show: false },
    minorTick: { show: false },
  };
}

/** Points up to this many are joined by a thin line; more stand close enough without. */
const POINTS_JOINED_MAX = 200;

/** Large circles for a few cycles, small ones for a thousand. */
function symbolSize_px(points: number): number {
  if (points <= 30) return 9;
  return points <= POINTS_JOINED_MAX ? 6 : 3.5;
}

function seriesOption({ name, x, y, mark, side, colour }: Series, panel: number, rightAxis: number) {
  const common = {
    type: 'line',
    name,
    xAxisIndex: panel,
    yAxisIndex: side === 'left' ? panel : rightAxis,
    data: Array.from(x, (value, k) => [value, y[k]!]),
    animation: false,
    silent: true,
    color: colour,
    // A symbol on the frame is shown whole.
    clip: mark === 'line',
  };
  if (mark === 'line')
    return {
      ...common,
      showSymbol: false,
      lineStyle: { width: x.length > 2000 ? 1 : 1.5, color: colour, join: 'round' },
    };
  if (mark === 'guide') return { ...common, showSymbol: false, lineStyle: { width: 1, color: colour, type: 'dashed' } };
  const joined = x.length <= POINTS_JOINED_MAX;
  return {
    ...common,
    showSymbol: true,
    symbol: mark === 'circles' ? 'circle' : 'rect',
    symbolSize: symbolSize_px(x.length),
    itemStyle:
      mark === 'squares' && joined ? { color: '#ffffff', borderColor: colour, borderWidth: 1.5 } : { color: colour },
    lineStyle: { width: joined ? 1 : 0, color: colour, opacity: 0.5 },
  };
}

function optionOf({ title, panels, width_px, height_px }: Figure): Record<string, unknown> {
  const heading = headingOf(title, width_px);
  const margins = marginsOf(panels);
  const panelHeight_px = (height_px - TITLE_HEIGHT_px) / panels.length;
  const grids: unknown[] = [];
  const titles: unknown[] = [
    {
      text: heading.text,
      left: 'center',
      top: 12,
      textStyle: {
        fontFamily: FONT,
        fontSize: heading.size_px,
        fontWeight: 'bold',
        color: INK,
      },
    },
  ];
  const legends: unknown[] = [];
  const xAxes: unknown[] = [];
  const leftAxes: unknown[] = [];
  const rightAxes: unknown[] = [];
  const series: unknown[] = [];
  panels.forEach((panel, index) => {
    const named = panel.series.filter(({ name }) => name !== '');
    const hasLegend = named.length > 1;
    const top = Math.round(TITLE_HEIGHT_px + index * panelHeight_px + (hasLegend ? LEGEND_HEIGHT_px : 6));
    const height = Math.round(TITLE_HEIGHT_px + (index + 1) * panelHeight_px - 3.6 * NAME_px) - top;
    grids.push({
      left: margins.left,
      right: margins.right,
      top,
      height,
      show: true,
      borderColor: INK,
      borderWidth: 1.2,
      backgroundColor: 'transparent',
      // The margins already hold labels and names; the library would shrink each panel by its own measure.
      outerBoundsMode: 'none',
    });
    const colourOf = (side: Series['side']) => {
      const own = named.filter((one) => one.side === side);
      return panel.right !== null && own.length === 1 ? own[0]!.colour : INK;
    };
    xAxes.push(axisOption(panel.x, index, 'bottom', INK));
    leftAxes.push(axisOption(panel.left, index, 'left', colourOf('left')));
    const rightAxis = panels.length + rightAxes.length;
    if (panel.right !== null) rightAxes.push(axisOption(panel.right, index, 'right', colourOf('right')));
    for (const one of panel.series) series.push(seriesOption(one, index, rightAxis));
    if (hasLegend) {
      legends.push({
        data: named.map(({ name }) => ({ name })),
        top: top - LEGEND_HEIGHT_px,
        left: 'center',
        itemGap: 24,
        textStyle: { fontFamily: FONT, fontSize: TICK_px, color: INK },
        selectedMode: false,
      });
    }
    if (panel.message !== null) {
      titles.push({
        text: panel.message,
        left: (margins.left + width_px - margins.right) / 2,
        top: top + height / 2 - NAME_px / 2,
        textAlign: 'center',
        textStyle: { fontFamily: FONT, fontSize: NAME_px, fontWeight: 'normal', color: '#555555' },
      });
    }
  });
  return {
    backgroundColor: '#ffffff',
    animation: false,
    title: titles,
    legend: legends,
    grid: grids,
    xAxis: xAxes,
    yAxis: [...leftAxes, ...rightAxes],
    series,
  };
}

/** A long title is set smaller, down to the size of tick labels; beyond that it is cut. The whole stays in `<title>`. */
function headingOf(title: string, width_px: number): { readonly text: string; readonly size_px: number } {
  const room = (width_px - 2 * NAME_px) / TITLE_WIDTH;
  const size_px = Math.floor(Math.min(TITLE_px, Math.max(TICK_px, room / Math.max(1, title.length))));
  const letters_max = Math.floor(room / size_px);
  const text = title.length <= letters_max ? title : `${title.slice(0, letters_max - 1).trimEnd()}…`;
  return { text, size_px };
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** FNV-1a, 32 bits: a short name for a text. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) value = Math.imul(value ^ text.charCodeAt(k), 0x01000193);
  return (value >>> 0).toString(36);
}

/**
 * Makes the library's SVG fit to keep. It numbers names through the life of the process: they become a hash of the
 * drawing, so that equal figures are equal bytes and two figures on one page do not share a clipping path. Hover rules
 * mean nothing in print. `dominant-baseline` is unknown to much software that opens SVG; a shift in em is known to all.
 */
function settle(svg: string, title: string): string {
  const still = svg
    .replaceAll(/ class="zr\d+-cls-\d+"/g, '')
    .replaceAll(/<style[^>]*>.*?<\/style>\s*/gs, '')
    .replaceAll(' pointer-events="visible"', '')
    .replaceAll('dominant-baseline="central"', 'dy="0.35em"')
    .replace(/<svg [^>]*/, (start) => `${start} role="img"`)
    .replace('>', () => `>\n<title>${escapeXml(title)}</title>`)
    .replaceAll(/\bzr\d+-c(?=\d)/g, 'clip-');
  return still.replaceAll(/\bclip-(?=\d+["')])/g, `clip-${hash(still)}-`);
}

/**
 * The figure as one SVG document. The same figure gives the same bytes. Needs no document; ECharts is loaded on the first
 * call.
 */
export async function renderSvg(figure: Figure): Promise<string> {
  const { drawSvg } = await import('./echarts.ts');
  return settle(drawSvg(optionOf(figure), figure.width_px, figure.height_px), figure.title);
}
