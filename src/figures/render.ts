// From plain figure to SVG text, by ECharts without a document. The library is loaded on the first call and not before.

import type { Axis } from './axis.ts';
import type { Figure, Panel, Series } from './figure.ts';
import {
  LEGEND_GAP_px,
  labelWidth_px,
  NAME_px,
  type PanelPlace,
  type Pixel,
  pixelOf,
  placeLabels,
  placePanels,
  type Rectangle,
  SCALE_BAR_px,
  SCALE_GAP_px,
  shareOf,
  TICK_px,
  textWidth_px,
} from './layout.ts';

const FONT = 'Arial, Helvetica, sans-serif';
const TITLE_px = 18;
const NOTE_px = 13;
/** Mean width of a letter of bold text in parts of the font size. */
const TITLE_WIDTH = 0.6;
const INK = '#000000';
/** Colours under everything else, so pale that lines stand out on them. */
const SHADE_OPACITY = 0.14;
const BAND_OPACITY = 0.2;

/** What the library draws with: it knows linear axes only, and a logarithmic one is a linear one of logarithms. */
const drawn = ({ scale }: Axis, value: number): number => (scale === 'log' ? Math.log10(value) : value);

/** Least size of the name of an axis, for a name that is longer than its axis. */
const NAME_px_MIN = 10;

function axisOption(
  axis: Axis,
  panel: number,
  place: 'bottom' | 'top' | 'left' | 'right',
  colour: string,
  frame: Rectangle,
) {
  const ticks = axis.ticks.map((tick) => drawn(axis, tick));
  const labelOf = new Map(ticks.map((tick, k) => [tick, axis.labels[k]!]));
  const [first, last] = [drawn(axis, axis.min), drawn(axis, axis.max)];
  const isLevel = place === 'bottom' || place === 'top';
  // A name may reach a little beyond its axis on either side, where nothing else stands.
  const room_px = 1.15 * (isLevel ? frame.width : frame.height);
  const wanted_px = textWidth_px(axis.name, NAME_px);
  const size_px = Math.max(NAME_px_MIN, Math.floor(Math.min(1, room_px / wanted_px) * NAME_px));
  return {
    type: 'value',
    gridIndex: panel,
    position: place,
    min: Math.min(first, last),
    max: Math.max(first, last),
    inverse: first > last,
    // One step from end to end: the library's own search for round ticks would be of no use beside ours, and it ends in a
    // failed assertion where rounding puts its first tick outside of the limits.
    interval: Math.abs(last - first),
    name: axis.name,
    nameLocation: 'middle',
    nameGap: place === 'bottom' ? 2.2 * NAME_px : place === 'top' ? 1.9 * NAME_px : labelWidth_px(axis) + 1.1 * NAME_px,
    nameRotate: isLevel ? 0 : 90,
    // Labels and margins are laid out here; the library would push a name off the paper by its own measure of them.
    nameMoveOverlap: false,
    nameTextStyle: { fontFamily: FONT, fontSize: size_px, color: colour },
    // The frame of the panel is the axis line.
    axisLine: { show: false, onZero: false },
    axisTick: { show: true, inside: true, length: 6, lineStyle: { color: INK, width: 1.2 }, customValues: ticks },
    axisLabel: {
      fontFamily: FONT,
      fontSize: TICK_px,
      color: INK,
      customValues: ticks,
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

/** Marks of a panel in all, by which they are sized. */
const marksOf = ({ series }: Panel): number =>
  series.reduce((sum, { mark, x }) => sum + (mark === 'circles' || mark === 'squares' ? x.length : 0), 0);

function seriesOption(one: Series, panel: Panel, index: number, axes: readonly [number, number]) {
  const { name, x, y, mark, side, colour, fill, offset_px } = one;
  const xAxis = panel.x;
  const yAxis = side === 'left' ? panel.left : panel.right!;
  const common = {
    type: 'line',
    name,
    xAxisIndex: index,
    yAxisIndex: side === 'left' ? axes[0] : axes[1],
    data: Array.from(x, (value, k) => {
      const at = [drawn(xAxis, value), drawn(yAxis, y[k]!)];
      return offset_px === undefined ? at : { value: at, symbolOffset: [offset_px[k]!, 0] };
    }),
    animation: false,
    silent: true,
    color: colour,
    // A symbol on the frame is shown whole.
    clip: mark === 'line',
  };
  if (mark === 'line')
    return {
      ...common,
      symbol: 'none',
      lineStyle: { width: one.width_px ?? (x.length > 2000 ? 1 : 1.5), color: colour, join: 'round' },
    };
  if (mark === 'guide') return { ...common, symbol: 'none', lineStyle: { width: 1, color: colour, type: 'dashed' } };
  const joined = one.joined ?? x.length <= POINTS_JOINED_MAX;
  const isHollow = fill === undefined ? mark === 'squares' && x.length <= POINTS_JOINED_MAX : fill === 'hollow';
  return {
    ...common,
    showSymbol: true,
    symbol: mark === 'circles' ? 'circle' : 'rect',
    symbolSize: symbolSize_px(marksOf(panel)),
    itemStyle: isHollow
      ? { color: '#ffffff', borderColor: colour, borderWidth: x.length > POINTS_JOINED_MAX ? 1 : 1.5 }
      : { color: colour },
    lineStyle: { width: joined ? 1 : 0, color: colour, opacity: 0.5 },
  };
}

/** Upright bars of uncertainty as one line with gaps; null for a series without. */
function errorBars(one: Series, panel: Panel, index: number, axes: readonly [number, number]) {
  const { x, low, high, mark } = one;
  if (low === undefined || high === undefined || mark === 'line' || mark === 'guide') return null;
  const bars: Series = {
    name: '',
    x: Float64Array.from([...x].flatMap((value) => [value, value, value])),
    y: Float64Array.from([...low].flatMap((value, k) => [value, high[k]!, Number.NaN])),
    mark: 'line',
    side: one.side,
    colour: one.colour,
  };
  return seriesOption(bars, panel, index, axes);
}

/** Points along a line no further apart than this keep labels off it. */
const OBSTACLE_STEP_px = 7;
const OBSTACLES_MAX = 6000;

/** Pixels that labels of a panel must not cover. */
function obstaclesOf(panel: Panel, frame: Rectangle): Pixel[] {
  const obstacles: Pixel[] = [];
  for (const { x, y, mark, side } of panel.series) {
    let before: Pixel | null = null;
    for (let k = 0; k < x.length && obstacles.length < OBSTACLES_MAX; k++) {
      const at = pixelOf(frame, panel.x, side === 'left' ? panel.left : panel.right!, { x: x[k]!, y: y[k]! });
      const isPoint = Number.isFinite(at.x) && Number.isFinite(at.y);
      if (isPoint && before !== null && (mark === 'line' || mark === 'guide')) {
        const steps = Math.min(200, Math.floor(Math.hypot(at.x - before.x, at.y - before.y) / OBSTACLE_STEP_px));
        for (let step = 1; step <= steps; step++) {
          const share = step / (steps + 1);
          obstacles.push({ x: before.x + share * (at.x - before.x), y: before.y + share * (at.y - before.y) });
        }
      }
      if (isPoint) obstacles.push(at);
      before = isPoint ? at : null;
    }
  }
  return obstacles;
}

type Drawing = Readonly<Record<string, unknown>>;

/** A text whose middle or an end of it stands at a point. */
function textAt(
  x: number,
  y: number,
  text: string,
  fill: string,
  align: 'left' | 'center' | 'right' = 'center',
): Drawing {
  const style = { text, fill, font: `${NOTE_px}px ${FONT}`, textAlign: align, textVerticalAlign: 'middle' };
  return { type: 'text', x, y, z: 20, silent: true, style };
}

function lineAt(from: Pixel, to: Pixel, stroke: string, z: number, dash: readonly number[] | null): Drawing {
  const style = { stroke, lineWidth: 1.2, fill: 'none', ...(dash === null ? {} : { lineDash: dash }) };
  return { type: 'line', z, silent: true, shape: { x1: from.x, y1: from.y, x2: to.x, y2: to.y }, style };
}

function boxAt({ x, y, width, height }: Rectangle, fill: string, opacity: number): Drawing {
  return { type: 'rect', z: 0, silent: true, shape: { x, y, width, height }, style: { fill, opacity } };
}

/** Short ticks on the frame, which the library has no words for at free places. */
function minorTicks(panel: Panel, { x, y, width, height }: Rectangle): Drawing[] {
  const LENGTH_px = 3.5;
  const right = x + width;
  const bottom = y + height;
  const level = (axis: Axis | undefined, edge: number, inward: number): Drawing[] =>
    (axis?.minorTicks ?? []).map((tick) => {
      const at = x + shareOf(axis!, tick) * width;
      return lineAt({ x: at, y: edge }, { x: at, y: edge + inward }, INK, 3, null);
    });
  const upright = (axis: Axis | null, edge: number, inward: number): Drawing[] =>
    (axis?.minorTicks ?? []).map((tick) => {
      const at = y + (1 - shareOf(axis!, tick)) * height;
      return lineAt({ x: edge, y: at }, { x: edge + inward, y: at }, INK, 3, null);
    });
  return [
    ...level(panel.x, bottom, -LENGTH_px),
    ...level(panel.top, y, LENGTH_px),
    ...upright(panel.left, x, LENGTH_px),
    ...upright(panel.right, right, -LENGTH_px),
  ];
}

/** Pale bands of uncertainty around lines. */
function bandsOf(panel: Panel, frame: Rectangle): Drawing[] {
  return panel.series.flatMap((one): Drawing[] => {
    const { x, low, high, side, colour, mark } = one;
    if (low === undefined || high === undefined || mark !== 'line') return [];
    const axis = side === 'left' ? panel.left : panel.right!;
    const edge = (values: Float64Array): (readonly [number, number])[] =>
      [...x].flatMap((value, k) => {
        const at = pixelOf(frame, panel.x, axis, { x: value, y: values[k]! });
        if (!Number.isFinite(at.x) || !Number.isFinite(at.y)) return [];
        return [[at.x, Math.min(frame.y + frame.height, Math.max(frame.y, at.y))] as const];
      });
    const points = [...edge(low), ...edge(high).reverse()];
    if (points.length < 4) return [];
    return [{ type: 'polygon', z: 1, silent: true, shape: { points }, style: { fill: colour, opacity: BAND_OPACITY } }];
  });
}

/**
 * A text beside an upright line at `at`, right of it where it fits and left of it else, as far up as it covers nothing; at the top where
 * it covers something everywhere, and null where the line is wider than the panel.
 */
function headline(
  at: number,
  text: string,
  frame: Rectangle,
  taken: Rectangle[],
  obstacles: readonly Pixel[],
): Rectangle | null {
  const width = textWidth_px(text, NOTE_px) + 6;
  const height = 1.3 * NOTE_px;
  const lines = Math.floor((frame.height - 10) / height);
  let fallback: Rectangle | null = null;
  for (let line = 0; line < lines; line++) {
    for (const x of [at + 4, at - 4 - width]) {
      const box = { x, y: frame.y + 5 + line * height, width, height };
      const isFree = taken.every(
        (one) => x >= one.x + one.width || x + width <= one.x || box.y >= one.y + one.height || box.y + height <= one.y,
      );
      if (x < frame.x || x + width > frame.x + frame.width || !isFree) continue;
      fallback ??= box;
      const covers = obstacles.some(
        (point) => point.x > x - 4 && point.x < x + width + 4 && point.y > box.y - 4 && point.y < box.y + height + 4,
      );
      if (covers) continue;
      taken.push(box);
      return box;
    }
  }
  if (fallback !== null) taken.push(fallback);
  return fallback;
}

/** Shades, markers and notes of a panel. */
function annotations(panel: Panel, frame: Rectangle): Drawing[] {
  const drawings: Drawing[] = [];
  const taken: Rectangle[] = [];
  const isLabelled = [panel.notes, panel.markers, panel.shades].some((list) => (list ?? []).length > 0);
  const obstacles = isLabelled ? obstaclesOf(panel, frame) : [];
  const bottom = frame.y + frame.height;
  const right = frame.x + frame.width;
  const across = (value: number): number => frame.x + shareOf(panel.x, value) * frame.width;
  const title = (at: number, text: string, colour: string): void => {
    const box = text === '' ? null : headline(at, text, frame, taken, obstacles);
    if (box === null) return;
    const y = box.y + box.height / 2;
    drawings.push(
      box.x > at ? textAt(box.x + 3, y, text, colour, 'left') : textAt(box.x + box.width - 3, y, text, colour, 'right'),
    );
  };
  for (const { from, to, text, colour } of panel.shades ?? []) {
    const x = Math.max(frame.x, across(from));
    const width = Math.min(right, across(to)) - x;
    if (!(width > 0)) continue;
    drawings.push(boxAt({ x, y: frame.y, width, height: frame.height }, colour, SHADE_OPACITY));
    title(x, text, colour);
  }
  for (const { along, at, text, colour } of panel.markers ?? []) {
    if (along === 'x') {
      const x = across(at);
      if (!(x >= frame.x && x <= right)) continue;
      drawings.push(lineAt({ x, y: frame.y }, { x, y: bottom }, colour, 1, [5, 3]));
      title(x, text, colour);
    } else {
      const y = frame.y + (1 - shareOf(panel.left, at)) * frame.height;
      if (!(y >= frame.y && y <= bottom)) continue;
      drawings.push(lineAt({ x: frame.x, y }, { x: right, y }, colour, 1, [5, 3]));
      if (text === '') continue;
      const above = y - frame.y > 2 * NOTE_px;
      const box = {
        x: right - textWidth_px(text, NOTE_px) - 8,
        y: above ? y - 1.35 * NOTE_px : y + 2,
        width: textWidth_px(text, NOTE_px) + 4,
        height: 1.25 * NOTE_px,
      };
      taken.push(box);
      drawings.push(textAt(right - 6, box.y + box.height / 2, text, colour, 'right'));
    }
  }
  const axisOf = (side: Series['side']): Axis => (side === 'left' ? panel.left : panel.right!);
  const notes = (panel.notes ?? []).map((note) => ({ ...note, at: pixelOf(frame, panel.x, axisOf(note.side), note) }));
  placeLabels(notes, obstacles, taken, frame, NOTE_px).forEach((box, k) => {
    if (box === null) return;
    const { at, dot, text, colour } = notes[k]!;
    const near = {
      x: Math.min(box.x + box.width, Math.max(box.x, at.x)),
      y: Math.min(box.y + box.height, Math.max(box.y, at.y)),
    };
    // A text that stands off its point is tied to it.
    if (Math.hypot(near.x - at.x, near.y - at.y) > 1.6 * NOTE_px) drawings.push(lineAt(at, near, colour, 18, null));
    if (dot)
      drawings.push({
        type: 'circle',
        z: 19,
        silent: true,
        shape: { cx: at.x, cy: at.y, r: 4 },
        style: { fill: colour },
      });
    drawings.push(textAt(box.x + box.width / 2, box.y + box.height / 2, text, colour));
  });
  return drawings;
}

/** The bar that says what colours mean, right of the frame. */
function scaleOf({ colourScale }: Panel, frame: Rectangle): Drawing[] {
  if (colourScale === undefined) return [];
  const { axis, colours } = colourScale;
  const x = frame.x + frame.width + SCALE_GAP_px;
  const step = frame.height / colours.length;
  const bar = colours.map((colour, k) =>
    // Each reaches a little under the next, so that no seam shows.
    boxAt(
      { x, y: frame.y + frame.height - (k + 1) * step, width: SCALE_BAR_px, height: step + (k === 0 ? 0 : 0.5) },
      colour,
      1,
    ),
  );
  const labels = axis.ticks.map((tick, k) => {
    const y = frame.y + (1 - shareOf(axis, tick)) * frame.height;
    const style = {
      text: axis.labels[k]!,
      fill: INK,
      font: `${TICK_px}px ${FONT}`,
      textAlign: 'left',
      textVerticalAlign: 'middle',
    };
    return { type: 'text', x: x + SCALE_BAR_px + 6, y, z: 20, silent: true, style };
  });
  const style = {
    text: axis.name,
    fill: INK,
    font: `${NAME_px}px ${FONT}`,
    textAlign: 'center',
    textVerticalAlign: 'middle',
  };
  const name = {
    type: 'text',
    x: x + SCALE_BAR_px + labelWidth_px(axis) + 1.4 * NAME_px,
    y: frame.y + frame.height / 2,
    rotation: Math.PI / 2,
    z: 20,
    silent: true,
    style,
  };
  return [...bar, ...labels, name];
}

/** The library gives a line a symbol in the legend that it does not have in the figure, and a dashed one no dashes. */
const LINE_ICON = 'path://M0 0H30V2H0Z';
const DASHED_ICON = 'path://M0 0H8V2H0ZM11 0H19V2H11ZM22 0H30V2H22Z';

/** A legend stands in the middle of its panels' strip; the library measures what stands in the middle of the figure. */
function legendLeft(names: readonly string[], middle: number, width_px: number): string | number {
  if (Math.abs(middle - width_px / 2) < 1) return 'center';
  const SYMBOL_px = 30;
  const own = names.reduce((sum, name) => sum + SYMBOL_px + textWidth_px(name, TICK_px), 0);
  return Math.max(0, Math.round(middle - (own + (names.length - 1) * LEGEND_GAP_px) / 2));
}

function optionOf(figure: Figure): Record<string, unknown> {
  const { title, panels, width_px } = figure;
  const heading = headingOf(title, width_px);
  const places: readonly PanelPlace[] = placePanels(figure);
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
  const topAxes: unknown[] = [];
  const leftAxes: unknown[] = [];
  const rightAxes: unknown[] = [];
  const series: unknown[] = [];
  const drawings: Drawing[] = [];
  panels.forEach((panel, index) => {
    const { frame, legend, legendTop, middle } = places[index]!;
    const named = panel.series.filter(({ name }) => name !== '');
    grids.push({
      left: frame.x,
      right: width_px - frame.x - frame.width,
      top: frame.y,
      height: frame.height,
      show: true,
      borderColor: INK,
      borderWidth: 1.2,
      backgroundColor: 'transparent',
      // The margins already hold labels and names; the library would shrink each panel by its own measure.
      outerBoundsMode: 'none',
    });
    const colourOf = (side: Series['side']) => {
      const own = new Set(named.filter((one) => one.side === side).map(({ colour }) => colour));
      return panel.right !== null && own.size === 1 ? [...own][0]! : INK;
    };
    xAxes.push(axisOption(panel.x, index, 'bottom', INK, frame));
    if (panel.top !== undefined) topAxes.push(axisOption(panel.top, index, 'top', INK, frame));
    leftAxes.push(axisOption(panel.left, index, 'left', colourOf('left'), frame));
    const rightAxis = panels.length + rightAxes.length;
    if (panel.right !== null) rightAxes.push(axisOption(panel.right, index, 'right', colourOf('right'), frame));
    const axes = [index, rightAxis] as const;
    for (const one of panel.series) {
      const bars = errorBars(one, panel, index, axes);
      if (bars !== null) series.push(bars);
      series.push(seriesOption(one, panel, index, axes));
    }
    legend.forEach((names, line) => {
      legends.push({
        data: names.map((name) => {
          const marks = new Set(panel.series.flatMap((one) => (one.name === name ? [one.mark] : [])));
          if (marks.size === 1 && marks.has('line')) return { name, icon: LINE_ICON };
          return marks.size === 1 && marks.has('guide') ? { name, icon: DASHED_ICON } : { name };
        }),
        top: legendTop + 26 * line,
        left: legendLeft(names, middle, width_px),
        itemGap: LEGEND_GAP_px,
        textStyle: { fontFamily: FONT, fontSize: TICK_px, color: INK },
        selectedMode: false,
      });
    });
    if (panel.message !== null) {
      titles.push({
        text: panel.message,
        left: frame.x + frame.width / 2,
        top: frame.y + frame.height / 2 - NAME_px / 2,
        textAlign: 'center',
        textStyle: { fontFamily: FONT, fontSize: NAME_px, fontWeight: 'normal', color: '#555555' },
      });
    }
    drawings.push(
      ...bandsOf(panel, frame),
      ...minorTicks(panel, frame),
      ...annotations(panel, frame),
      ...scaleOf(panel, frame),
    );
  });
  return {
    backgroundColor: '#ffffff',
    animation: false,
    title: titles,
    legend: legends,
    grid: grids,
    // Axes of the upper edge come last, so that a panel's own axis has the panel's number.
    xAxis: [...xAxes, ...topAxes],
    yAxis: [...leftAxes, ...rightAxes],
    series,
    ...(drawings.length === 0 ? {} : { graphic: { elements: drawings } }),
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

/** Several drawings of `renderSvg`, one above the other, as one SVG document. */
export function stackSvg(drawings: readonly string[], title: string): string {
  let top = 0;
  let width = 0;
  const placed = drawings.map((svg) => {
    const size = (name: string): number => Number(new RegExp(`^<svg [^>]*\\b${name}="(\\d+)"`).exec(svg)?.[1] ?? 0);
    const own = svg.replace('<svg ', `<svg y="${top}" `);
    top += size('height');
    width = Math.max(width, size('width'));
    return own;
  });
  const start = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}" role="img">`;
  return `${start}\n<title>${escapeXml(title)}</title>\n${placed.join('\n')}\n</svg>\n`;
}
