// One interface of lithium with a solid electrolyte as figures: the potential across what grows between them, its growth, and the
// currents that it bears. Units are those of the field: mA/cm², MPa, Ω cm², nm, days.

import type {
  Banded,
  CriticalCurrentReport,
  CurrentsAtPressure,
  CurrentsAtResistance,
  GrownInterphase,
  InterfaceAnswer,
  TypedProfile,
} from '../design/index.ts';
import { mA_per_cm2_from_A_per_m2, nm_from_m, ohm_cm2_from_ohm_m2 } from '../units/index.ts';
import { type Axis, axisAround, axisWithin, logAxisAround } from './axis.ts';
import {
  COLOURS,
  FIGURE_WIDTH_px,
  type Figure,
  PANEL_HEIGHT_px,
  type Panel,
  type Series,
  type Shade,
} from './figure.ts';

const CURRENT = 'Current density / mA cm⁻²';
const DAY_s = 86400;

const one = (title: string, panel: Panel): Figure => ({
  title,
  panels: [panel],
  width_px: FIGURE_WIDTH_px,
  height_px: PANEL_HEIGHT_px + 60,
});

const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);
const milliamperes = (current_A_per_m2: number): number => finite(mA_per_cm2_from_A_per_m2(current_A_per_m2));

function line(
  name: string,
  colour: string,
  x: ArrayLike<number>,
  y: readonly number[],
  mark: Series['mark'] = 'line',
): Series {
  return { name, x: Float64Array.from(x), y: Float64Array.from(y), mark, side: 'left', colour };
}

function bandLine(
  name: string,
  colour: string,
  x: readonly number[],
  values: readonly Banded[],
  shown: (value: number) => number,
): Series {
  return {
    ...line(
      name,
      colour,
      x,
      values.map(({ value }) => shown(value)),
    ),
    low: Float64Array.from(values, ({ band80 }) => shown(band80[0])),
    high: Float64Array.from(values, ({ band80 }) => shown(band80[1])),
  };
}

function dots(
  name: string,
  colour: string,
  points: readonly (readonly [x: number, y: number])[],
  fill: Series['fill'],
): Series {
  return {
    name,
    x: Float64Array.from(points, ([x]) => x),
    y: Float64Array.from(points, ([, y]) => y),
    mark: fill === 'filled' ? 'circles' : 'squares',
    side: 'left',
    colour,
    ...(fill === undefined ? {} : { fill }),
    joined: false,
  };
}

/** Lithium to the left and electrolyte to the right of what is drawn, in parts of the interphase. */
const BESIDE = 0.25;

/** A profile with the flat pieces on either side of it. */
function extended({ depthShare }: TypedProfile['profile'], y: Float64Array): readonly [x: number[], y: number[]] {
  return [
    [-BESIDE, ...depthShare, 1 + BESIDE],
    [0, ...y, y.at(-1)!],
  ];
}

/**
 * The potential of lithium across the interphase, and the part of it that electrons bear: above that of the interface itself, below
 * an example of each type, so that one sees which it is.
 */
export function interphaseProfileFigure(answer: InterfaceAnswer, typical: readonly TypedProfile[]): Figure {
  const across = axisWithin('Depth in the interphase, as a share of it', -BESIDE, 1 + BESIDE, { count: 6 });
  const shades: readonly Shade[] = [
    { from: -BESIDE, to: 0, text: 'lithium', colour: COLOURS.grey },
    { from: 1, to: 1 + BESIDE, text: 'electrolyte', colour: COLOURS.sky },
  ];
  const name = 'Potential / V vs Li/Li⁺';
  const { profile } = answer;
  const own = [
    line('lithium', COLOURS.ink, ...extended(profile, profile.lithium_V)),
    line('of it borne by electrons', COLOURS.vermilion, ...extended(profile, profile.electrons_V), 'guide'),
  ];
  const looks: Readonly<Record<string, string>> = { I: COLOURS.green, II: COLOURS.blue, III: COLOURS.purple };
  const examples = typical.flatMap(({ type, electrolyte, profile: of }) => [
    line(`${type}: ${electrolyte}`, looks[type]!, ...extended(of, of.lithium_V)),
    line(`${type}, electrons`, looks[type]!, ...extended(of, of.electrons_V), 'guide'),
  ]);
  const panel = (series: readonly Series[]): Panel => ({
    x: across,
    left: axisAround(
      name,
      series.flatMap(({ y }) => [...y]),
      { span_min: 0.06, floor: 0 },
    ),
    right: null,
    series,
    message: null,
    shades,
  });
  return {
    title: `Potential across the interphase: bare ${answer.electrolyte.name}, and an example of each type`,
    panels: [panel(own), panel(examples)],
    width_px: FIGURE_WIDTH_px,
    height_px: 2 * PANEL_HEIGHT_px + 44,
  };
}

/** Thickness and added resistance over time, with bands. */
export function interphaseGrowthFigure(growth: readonly GrownInterphase[]): Figure {
  const days = growth.map(({ time_s }) => time_s / DAY_s);
  const panel = (
    name: string,
    colour: string,
    of: (grown: GrownInterphase) => Banded,
    shown: (x: number) => number,
  ): Panel => {
    const series = bandLine(name, colour, days, growth.map(of), shown);
    const values = [...series.y, ...series.low!, ...series.high!];
    const grows = [series.low!, series.y, series.high!].some((ends) => ends.at(-1)! > ends[0]!);
    return {
      x: logAxisAround('Time / d', days),
      left: logAxisAround(name, values),
      right: null,
      series: grows ? [series] : [],
      message: grows ? null : 'Nothing grows on this electrolyte',
    };
  };
  return {
    title: 'Growth of the interphase on its own',
    panels: [
      panel('Thickness / nm', COLOURS.orange, ({ thickness_m }) => thickness_m, nm_from_m),
      panel('Added resistance / Ω cm²', COLOURS.blue, ({ added_ohm_m2 }) => added_ohm_m2, ohm_cm2_from_ohm_m2),
    ],
    width_px: FIGURE_WIDTH_px,
    height_px: 2 * PANEL_HEIGHT_px + 44,
  };
}

/** Legend names of the points of reports, which a page looks up to tell the source of a point. */
export const REPORTED_CRITICAL = 'reported critical';
export const REPORTED_BORNE = 'reported as borne';

/** Where on the map the interface itself stands. */
interface OwnPoint {
  readonly x: number;
  readonly safe: Banded;
  /** A current that was asked for; null without. */
  readonly asked_A_per_m2: number | null;
}

function ownSeries({ x, safe, asked_A_per_m2 }: OwnPoint): Series[] {
  const own: Series = {
    ...dots('this interface', COLOURS.ink, [[x, milliamperes(safe.value)]], 'filled'),
    low: Float64Array.of(milliamperes(safe.band80[0])),
    high: Float64Array.of(milliamperes(safe.band80[1])),
  };
  if (asked_A_per_m2 === null) return [own];
  return [own, dots('asked for', COLOURS.vermilion, [[x, milliamperes(asked_A_per_m2)]], 'hollow')];
}

function reportSeries(
  reports: readonly CriticalCurrentReport[],
  xOf: (report: CriticalCurrentReport) => number | null,
): Series[] {
  const pointsOf = (bound: CriticalCurrentReport['bound']): (readonly [number, number])[] =>
    reports.flatMap((report) => {
      const x = xOf(report);
      return x === null || report.bound !== bound ? [] : [[x, milliamperes(report.current_A_per_m2)] as const];
    });
  return [
    dots(REPORTED_CRITICAL, COLOURS.purple, pointsOf('critical'), 'filled'),
    dots(REPORTED_BORNE, COLOURS.purple, pointsOf('at least'), 'hollow'),
  ].filter(({ x }) => x.length > 0);
}

function map(title: string, x: Axis, series: readonly Series[]): Figure {
  const shown = series.filter(({ y }) => y.some((value) => Number.isFinite(value)));
  const values = shown.flatMap(({ y, low, high }) => [...y, ...(low ?? []), ...(high ?? [])]);
  return one(title, { x, left: logAxisAround(CURRENT, values), right: null, series: shown, message: null });
}

/** Currents that an interface bears, against the pressure of the stack. */
export function currentAgainstPressureFigure(
  answer: InterfaceAnswer,
  curve: readonly CurrentsAtPressure[],
  reports: readonly CriticalCurrentReport[],
): Figure {
  const MPa = curve.map(({ pressure_Pa }) => pressure_Pa / 1e6);
  const bound = (name: string, colour: string, of: (point: CurrentsAtPressure) => number): Series =>
    line(
      name,
      colour,
      MPa,
      curve.map((point) => milliamperes(of(point))),
      'guide',
    );
  return map('Safe current against stack pressure', logAxisAround('Stack pressure / MPa', MPa), [
    bandLine(
      'safe',
      COLOURS.blue,
      MPa,
      curve.map(({ safe_A_per_m2 }) => safe_A_per_m2),
      milliamperes,
    ),
    bound('plating opens flaws', COLOURS.vermilion, (point) => point.plating_A_per_m2),
    bound('stripping opens voids', COLOURS.green, (point) => point.stripping_A_per_m2),
    bound('salt runs out', COLOURS.orange, (point) => point.salt_A_per_m2),
    ...reportSeries(reports, ({ pressure_Pa }) => (pressure_Pa === null ? null : pressure_Pa / 1e6)),
    ...ownSeries({
      x: answer.conditions.pressure_Pa / 1e6,
      safe: answer.safe_A_per_m2,
      asked_A_per_m2: answer.asked?.current_A_per_m2 ?? null,
    }),
  ]);
}

/** Currents that an interface would bear, against its areal resistance. */
export function currentAgainstResistanceFigure(
  answer: InterfaceAnswer,
  curve: readonly CurrentsAtResistance[],
  reports: readonly CriticalCurrentReport[],
): Figure {
  const ohms = curve.map(({ resistance_ohm_m2 }) => ohm_cm2_from_ohm_m2(resistance_ohm_m2));
  const guide = (name: string, colour: string, y: readonly number[]): Series => line(name, colour, ohms, y, 'guide');
  const least = milliamperes(Math.min(...curve.map(({ safe_A_per_m2 }) => safe_A_per_m2.band80[0])));
  return map('Safe current against resistance', logAxisAround('Interfacial resistance / Ω cm²', ohms), [
    bandLine(
      'safe',
      COLOURS.blue,
      ohms,
      curve.map(({ safe_A_per_m2 }) => safe_A_per_m2),
      milliamperes,
    ),
    guide(
      'plating opens flaws',
      COLOURS.vermilion,
      curve.map(({ plating_A_per_m2 }) => milliamperes(plating_A_per_m2.value)),
    ),
    guide(
      'single crystals of garnet',
      COLOURS.orange,
      // The law falls without end; below all else of the figure it says no more.
      curve.map(({ empirical_A_per_m2 }) => {
        const current = milliamperes(empirical_A_per_m2);
        return current >= least ? current : Number.NaN;
      }),
    ),
    ...reportSeries(reports, ({ resistance_ohm_m2 }) =>
      resistance_ohm_m2 === null ? null : ohm_cm2_from_ohm_m2(resistance_ohm_m2),
    ),
    ...ownSeries({
      x: ohm_cm2_from_ohm_m2(answer.resistance_ohm_m2.total.value),
      safe: answer.safe_A_per_m2,
      asked_A_per_m2: answer.asked?.current_A_per_m2 ?? null,
    }),
  ]);
}
