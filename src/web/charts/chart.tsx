// A figure on the screen: the same plain data from which the shell draws its SVG. uPlot gives scales, axes, zoom and crosshair; the
// marks are drawn by `drawPanel`. Behind every plot stands its table, for those who read rather than look.

import type { JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { type Axis, axisWithin, type Figure, logAxisWithin, type Panel } from '../../figures/index.ts';
import { ChartTable } from './chart-table.tsx';
import { drawMinorTicks, drawPanel, type Placing } from './draw-panel.ts';
import { type ExportContext, ExportMenu } from './export-menu.tsx';
import { drawInTurn, isInSight, NEAR_px } from './in-turn.ts';
import { inksOf, useTheme } from './inks.ts';
import { movedPoint, nearestPoint, type PickedPoint } from './nearest.ts';
import { numberText } from './number-text.ts';

export interface ChartProps {
  readonly figure: Figure;
  /** Height of each panel; a panel of equal aspect takes what it needs of it. */
  readonly height_px?: number;
  /** Told in place of the plain coordinates of a point, such as the source of a published value. */
  describe?(panel: number, point: PickedPoint): string;
  /** A click or Enter on a point. */
  onPick?(panel: number, point: PickedPoint): void;
  /** A part of x that was dragged over, in the numbers of the axis, and null when the whole is back: for a figure that has more to show there. */
  onWindow?(panel: number, window: readonly [from: number, to: number] | null): void;
  /** What exports say beside the figure; without it there is no menu. */
  readonly exported?: ExportContext;
  /** After a panel was drawn: where its values lie on the page, for what is laid over it. */
  onDrawn?(panel: number, plot: uPlot): void;
  /** Shown greyed while a newer answer is computed. */
  readonly isStale?: boolean;
}

export function Chart({
  figure,
  height_px = 280,
  describe,
  onPick,
  onWindow,
  onDrawn,
  exported,
  isStale = false,
}: ChartProps): JSX.Element {
  const title = useId();
  return (
    <figure class={isStale ? 'chart is-stale' : 'chart'} aria-labelledby={title}>
      <figcaption id={title}>
        <span>{figure.title}</span>
        {exported === undefined ? null : <ExportMenu title={figure.title} figure={figure} context={exported} />}
      </figcaption>
      {figure.panels.map((panel, index) => (
        <PanelPlot
          key={index}
          panel={panel}
          label={`${figure.title}${figure.panels.length > 1 ? `, panel ${index + 1}` : ''}`}
          height_px={height_px}
          describe={describe === undefined ? undefined : (point) => describe(index, point)}
          onPick={onPick === undefined ? undefined : (point) => onPick(index, point)}
          onWindow={onWindow === undefined ? undefined : (window) => onWindow(index, window)}
          onDrawn={onDrawn === undefined ? undefined : (plot) => onDrawn(index, plot)}
        />
      ))}
      <ChartTable figure={figure} source={exported?.command ?? 'the answer beside the figure'} />
    </figure>
  );
}

interface PanelProps {
  readonly panel: Panel;
  readonly label: string;
  readonly height_px: number;
  readonly describe: ((point: PickedPoint) => string) | undefined;
  readonly onPick: ((point: PickedPoint) => void) | undefined;
  readonly onWindow: ((window: readonly [from: number, to: number] | null) => void) | undefined;
  readonly onDrawn: ((plot: uPlot) => void) | undefined;
}

/** What the plot draws and answers with; replaced with every figure, so that the plot itself can stay. */
interface Shown {
  panel: Panel;
  picked: PickedPoint | null;
  onWindow: PanelProps['onWindow'];
  onDrawn: PanelProps['onDrawn'];
}

function PanelPlot({ panel, label, height_px, describe, onPick, onWindow, onDrawn }: PanelProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shown = useRef<Shown>({ panel, picked: null, onWindow, onDrawn });
  const [picked, setPicked] = useState<PickedPoint | null>(null);
  const theme = useTheme();
  shown.current.panel = panel;
  shown.current.picked = picked;
  shown.current.onWindow = onWindow;
  shown.current.onDrawn = onDrawn;

  const axes = [panel.x, panel.top, panel.left, panel.right].map((one) => (one == null ? '' : axisShape(one)));
  const shape = `${axes.join(' ')} ${panel.aspect}`;
  // The plot is made anew only where its axes or colours are others; new data is drawn into the one that stands.
  useLayoutEffect(() => {
    const element = host.current!;
    const make = (): void => {
      plot.current = new uPlot(optionsOf(shown, element, height_px, setPicked), frameOf(shown.current.panel), element);
    };
    const takeBack = isInSight(element) ? make() : drawInTurn(make);
    const observer = new ResizeObserver(() => {
      const made = plot.current;
      const width = element.clientWidth;
      if (made !== null && width > 0 && Math.abs(width - made.width) > 1) {
        made.setSize({ width, height: heightOf(shown.current.panel, width, height_px) });
        if (shown.current.panel.aspect === 'equal') squareUp(made, shown.current.panel);
      }
    });
    observer.observe(element);
    return () => {
      takeBack?.();
      observer.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [shape, theme, height_px]);

  const isSeen = useRef(true);
  const overdue = useRef<(() => void) | null>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        isSeen.current = entries.at(-1)!.isIntersecting;
        if (isSeen.current) overdue.current?.();
      },
      { rootMargin: `${NEAR_px}px` },
    );
    observer.observe(host.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    setPicked(null);
    const draw = (): void => {
      overdue.current = null;
      const made = plot.current;
      if (made === null) return;
      made.setData(frameOf(panel), false);
      const height = heightOf(panel, made.width, height_px);
      if (height !== made.height) made.setSize({ width: made.width, height });
      fitScales(made, panel);
    };
    if (isSeen.current) {
      draw();
      return;
    }
    overdue.current = draw;
    return drawInTurn(draw);
  }, [panel]);
  useEffect(() => plot.current?.redraw(false, false), [picked]);

  const text = picked === null ? '' : pointText(panel, picked, describe);
  return (
    <div class="panel">
      <Legend panel={panel} />
      <ColourKey panel={panel} />
      {/* biome-ignore lint/a11y/useSemanticElements: a plot that keys move through has no element of its own */}
      <div
        class="plot"
        ref={host}
        style={{ minHeight: `${panel.aspect === 'equal' ? EQUAL_HEIGHT_px_min : height_px}px` }}
        role="group"
        aria-roledescription="plot"
        aria-label={`${label}: ${panel.left.name} against ${panel.x.name}. Arrow keys move from point to point.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move through its points
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setPicked(null);
          else if (event.key === 'Enter' && picked !== null && onPick !== undefined) onPick(picked);
          else if (/^(Arrow|Home|End)/.test(event.key)) setPicked(movedPoint(panel, picked, event.key));
          else return;
          event.preventDefault();
        }}
        onClick={() => {
          if (picked !== null && onPick !== undefined) onPick(picked);
        }}
        onDblClick={() => {
          if (plot.current !== null) fitScales(plot.current, panel);
          onWindow?.(null);
        }}
      />
      {panel.message === null ? null : <p class="panel-message">{panel.message}</p>}
      <p class="point-text" aria-live="polite">
        {text}
      </p>
    </div>
  );
}

function Legend({ panel }: { readonly panel: Panel }): JSX.Element | null {
  const named = panel.series.filter(({ name }) => name !== '');
  if (named.length < 2) return null;
  const inks = inksOf();
  return (
    <ul class="legend">
      {named.map(({ name, colour, mark, fill }) => (
        <li key={name}>
          <svg width="22" height="12" aria-hidden="true">
            {mark === 'line' || mark === 'guide' ? (
              <line
                x1="1"
                y1="6"
                x2="21"
                y2="6"
                stroke={inks.of(colour)}
                stroke-width="2"
                stroke-dasharray={mark === 'guide' ? '4 3' : ''}
              />
            ) : mark === 'circles' ? (
              <circle
                cx="11"
                cy="6"
                r="4"
                fill={fill === 'hollow' ? 'none' : inks.of(colour)}
                stroke={inks.of(colour)}
                stroke-width={fill === 'hollow' ? 1.5 : 0}
              />
            ) : (
              <rect
                x="7"
                y="2"
                width="8"
                height="8"
                fill={fill === 'filled' ? inks.of(colour) : 'none'}
                stroke={inks.of(colour)}
                stroke-width="1.5"
              />
            )}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

/** What the colours of many series mean. */
function ColourKey({ panel: { colourScale } }: { readonly panel: Panel }): JSX.Element | null {
  if (colourScale === undefined) return null;
  const { axis, colours } = colourScale;
  const inks = inksOf();
  const width = 120 / colours.length;
  return (
    <p class="colour-key">
      {axis.name}: {numberText(axis.min)}{' '}
      <svg width="120" height="10" aria-hidden="true">
        {colours.map((colour, k) => (
          <rect key={k} x={k * width} y="0" width={width + 0.5} height="10" fill={inks.of(colour)} />
        ))}
      </svg>{' '}
      {numberText(axis.max)}
    </p>
  );
}

/** The axis as the figure has it, or, of a part that was zoomed into, one of the same kind. */
function ticksOf(of: Axis, min: number, max: number): Axis {
  if (min === of.min && max === of.max) return of;
  if (of.isRelabelled) return of;
  return of.scale === 'log' ? logAxisWithin(of.name, min, max) : axisWithin(of.name, min, max);
}

const labelsAt = ({ ticks, labels }: Axis, splits: readonly number[]): string[] =>
  splits.map((value) => labels[ticks.indexOf(value)] ?? '');

function pointText(panel: Panel, { series, row }: PickedPoint, describe: PanelProps['describe']): string {
  const one = panel.series[series];
  if (one === undefined || row >= one.x.length) return '';
  if (describe !== undefined) return describe({ series, row });
  const axis = one.side === 'right' && panel.right !== null ? panel.right : panel.left;
  const name = one.name === '' ? '' : `${one.name}: `;
  return `${name}${panel.x.name} ${numberText(one.x[row]!)}, ${axis.name} ${numberText(one.y[row]!)}`;
}

const axisShape = ({ name, scale }: Axis): string => `${name} ${scale ?? 'linear'}`;

/** uPlot wants data; the corners of the frame are all that it needs to know. */
function frameOf({ x, left, right }: Panel): uPlot.AlignedData {
  const frame: number[][] = [
    [x.min, x.max],
    [left.min, left.max],
  ];
  if (right !== null) frame.push([right.min, right.max]);
  return frame as unknown as uPlot.AlignedData;
}

function fitScales(plot: uPlot, panel: Panel): void {
  plot.batch(() => {
    plot.setScale('x', panel.x);
    plot.setScale('left', panel.left);
    if (panel.right !== null) plot.setScale('right', panel.right);
  });
  if (panel.aspect === 'equal') squareUp(plot, panel);
}

/** Widens one of the two scales, so that a unit is as long along x as along the left axis. */
function squareUp(plot: uPlot, { x, left }: Panel): void {
  const { width, height } = plot.over.getBoundingClientRect();
  if (width === 0 || height === 0) return;
  const perPixel = Math.max((x.max - x.min) / width, (left.max - left.min) / height);
  plot.batch(() => {
    plot.setScale('x', { min: x.min, max: x.min + perPixel * width });
    plot.setScale('left', { min: left.min, max: left.min + perPixel * height });
  });
}

function placingOf(plot: uPlot): Placing {
  const { left, top, width, height } = plot.bbox;
  const { min, max } = plot.scales.x!;
  return {
    left_px: left,
    top_px: top,
    width_px: width,
    height_px: height,
    ratio: uPlot.pxRatio,
    x_min: min ?? 0,
    x_max: max ?? 1,
    xAt: (value) => plot.valToPos(value, 'x', true),
    yAt: (value, side) => plot.valToPos(value, side, true),
  };
}

/** Where along x a value of the axis above lies; both are linear or both logarithmic, and the one above may run backwards. */
function underTop({ x, top }: Panel, value: number): number {
  const { min, max, scale } = top!;
  if (scale !== 'log') return x.min + ((value - min) / (max - min)) * (x.max - x.min);
  return x.min * (x.max / x.min) ** (Math.log(value / min) / Math.log(max / min));
}

/** Width of the widest label of an axis, in pixels of the page. */
function widestOf({ ctx }: uPlot, labels: readonly (string | number | null)[]): number {
  ctx.font = `${11 * uPlot.pxRatio}px ${inksOf().font}`;
  return Math.max(0, ...labels.map((label) => ctx.measureText(String(label ?? '')).width)) / uPlot.pxRatio;
}

/** What the axes and the padding of a plot take of its width and of its height. */
const FRAME_WIDTH_px = 92;
const FRAME_HEIGHT_px = 64;
const EQUAL_HEIGHT_px_min = 200;
const EQUAL_HEIGHT_px_max = 380;

/** A panel of equal aspect is no higher than its data ask for. */
function heightOf({ aspect, x, left }: Panel, width_px: number, height_px: number): number {
  if (aspect !== 'equal') return height_px;
  const wanted = ((width_px - FRAME_WIDTH_px) * (left.max - left.min)) / (x.max - x.min) + FRAME_HEIGHT_px;
  return Math.round(Math.min(Math.max(height_px, EQUAL_HEIGHT_px_max), Math.max(EQUAL_HEIGHT_px_min, wanted)));
}

function optionsOf(
  shown: { readonly current: Shown },
  element: HTMLElement,
  height_px: number,
  pick: (point: PickedPoint | null) => void,
): uPlot.Options {
  const { x, top, left, right, aspect } = shown.current.panel;
  const inks = inksOf();
  // New data may come with other ticks: they are asked of the panel that is shown.
  const axis = (read: (panel: Panel) => Axis, scale: string, side: 0 | 1 | 2 | 3): uPlot.Axis => ({
    scale,
    side,
    label: read(shown.current.panel).name,
    labelSize: 22,
    labelFont: `12px ${inks.font}`,
    font: `11px ${inks.font}`,
    stroke: inks.ink,
    // Long labels push the title of the axis outwards instead of lying on it.
    size: (plot, labels) => (side === 2 ? 32 : Math.max(56, widestOf(plot, labels ?? []) + 16)),
    grid: { show: scale !== 'right', stroke: inks.grid, width: 1 },
    ticks: { stroke: inks.frame, size: 5 },
    splits: (_plot, _axis, min, max) =>
      ticksOf(read(shown.current.panel), min, max).ticks.filter((tick) => tick >= min && tick <= max),
    // Of a logarithmic axis uPlot would label powers of ten alone.
    filter: (_plot, splits) => splits,
    values: (plot, splits) =>
      labelsAt(ticksOf(read(shown.current.panel), plot.scales[scale]!.min!, plot.scales[scale]!.max!), splits),
  });
  /** Another quantity along x, such as the frequency of a relaxation time: its ticks stand where they lie along its own axis. */
  const topAxis: uPlot.Axis = {
    ...axis((panel) => panel.top ?? panel.x, 'x', 0),
    grid: { show: false },
    size: 26,
    labelSize: 20,
    splits: (_plot, _axis, min, max) =>
      (shown.current.panel.top?.ticks ?? [])
        .map((tick) => underTop(shown.current.panel, tick))
        .filter((at) => at >= min && at <= max),
    values: (_plot, splits) => {
      const { panel } = shown.current;
      const places = (panel.top?.ticks ?? []).map((tick) => underTop(panel, tick));
      return splits.map((at) => panel.top?.labels[places.indexOf(at)] ?? '');
    },
  };
  const scaleOf = (of: Axis): uPlot.Scale => ({
    distr: of.scale === 'log' ? 3 : 1,
    auto: false,
    range: (_plot, min, max) => [min, max],
    time: false,
  });
  return {
    width: Math.max(200, element.clientWidth),
    height: heightOf(shown.current.panel, Math.max(200, element.clientWidth), height_px),
    padding: [10, right === null ? 14 : 0, 0, 0],
    legend: { show: false },
    cursor: { drag: { x: true, y: aspect === 'equal', uni: 20 }, points: { show: false } },
    scales: { x: scaleOf(x), left: scaleOf(left), ...(right === null ? {} : { right: scaleOf(right) }) },
    axes: [
      axis((panel) => panel.x, 'x', 2),
      ...(top === undefined ? [] : [topAxis]),
      axis((panel) => panel.left, 'left', 3),
      ...(right === null ? [] : [axis((panel) => panel.right ?? panel.left, 'right', 1)]),
    ],
    series: [
      {},
      { scale: 'left', paths: () => null, points: { show: false } },
      ...(right === null ? [] : [{ scale: 'right', paths: () => null, points: { show: false } }]),
    ],
    hooks: {
      ready: [(plot) => fitScales(plot, shown.current.panel)],
      setSelect: [
        (plot) => {
          const { left: from_px, width: width_px } = plot.select;
          if (width_px > 0)
            shown.current.onWindow?.([plot.posToVal(from_px, 'x'), plot.posToVal(from_px + width_px, 'x')]);
        },
      ],
      draw: [
        (plot) => {
          const placing = placingOf(plot);
          const { panel, picked } = shown.current;
          drawPanel(plot.ctx, panel, placing, inks);
          plot.ctx.strokeStyle = inks.frame;
          plot.ctx.lineWidth = placing.ratio;
          plot.ctx.strokeRect(placing.left_px, placing.top_px, placing.width_px, placing.height_px);
          drawMinorTicks(plot.ctx, panel, placing);
          shown.current.onDrawn?.(plot);
          const one = picked === null ? undefined : panel.series[picked.series];
          if (one === undefined || picked === null) return;
          plot.ctx.beginPath();
          plot.ctx.arc(
            placing.xAt(one.x[picked.row]!) + (one.offset_px?.[picked.row] ?? 0) * placing.ratio,
            placing.yAt(one.y[picked.row]!, one.side),
            6 * placing.ratio,
            0,
            2 * Math.PI,
          );
          plot.ctx.strokeStyle = inks.ink;
          plot.ctx.lineWidth = 2 * placing.ratio;
          plot.ctx.stroke();
        },
      ],
      setCursor: [
        (plot) => {
          const { left: x_px, top: y_px } = plot.cursor;
          if (x_px === undefined || y_px === undefined || x_px < 0) return;
          const placing = placingOf(plot);
          const ratio = placing.ratio;
          const found = nearestPoint(
            shown.current.panel,
            placing,
            placing.left_px + x_px * ratio,
            placing.top_px + y_px * ratio,
          );
          const before = shown.current.picked;
          if (found?.series !== before?.series || found?.row !== before?.row) pick(found);
        },
      ],
    },
  };
}
