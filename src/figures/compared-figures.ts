// Which figures a measured test beside a simulated one has.

import type { ComparedTest } from '../design/index.ts';
import { impedanceFigure } from './impedance-figures.ts';
import type { NamedFigure } from './lab-test-figures.ts';
import { overlayFigure } from './overlay-figures.ts';

/** Voltages up to this are drawn in mV. */
const MILLIVOLTS_TO_V = 0.1;

/** Measured and simulated over each other: voltages against time, efficiencies against cycles, spectra. */
export function comparisonFigures({ before, after, cell, fit, measured }: ComparedTest, title: string): NamedFigure[] {
  const { records, result, spectra } = after ?? before;
  const heading = `${title} beside ${cell.name}${fit === null ? '' : ', fitted'}`;
  const figures: NamedFigure[] = [];
  if (records !== null && result !== null && measured !== null && records.halfCycles.length > 0) {
    const [time_s, measured_V, simulated_V, residual_V] = (
      ['time_s', 'measured_V', 'simulated_V', 'residual_V'] as const
    ).map((name) => Float64Array.from(records.halfCycles.flatMap((half) => [...half[name], Number.NaN]))) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    // The gap between half-cycles needs a place on the axis.
    const isSmall = measured_V.every((value) => !(Math.abs(value) > MILLIVOLTS_TO_V));
    const shown = (values: Float64Array): Float64Array => (isSmall ? values.map((value) => 1000 * value) : values);
    const hours = time_s.map((value, k) => (Number.isNaN(value) ? time_s[k - 1]! : value) / 3600);
    figures.push({
      name: 'compared',
      figure: overlayFigure(heading, {
        xName: 'Time / h',
        yName: isSmall ? 'Cell voltage / mV' : 'Cell voltage / V',
        measured: { x: hours, y: shown(measured_V) },
        computed: { x: hours, y: shown(simulated_V) },
        residual: { x: hours, y: residual_V.map((value) => -value) },
        residualName: 'Measured less computed / mV',
        residualFactor: 1000,
        measuredAs: 'line',
      }),
    });
  }
  const cycles = records?.cycles.filter(({ efficiencyDifference }) => efficiencyDifference !== null) ?? [];
  if (cycles.length > 1) {
    const x = Float64Array.from(cycles, ({ cycle }) => cycle);
    figures.push({
      name: 'compared-efficiency',
      figure: overlayFigure(heading, {
        xName: 'Cycle',
        yName: 'Coulombic efficiency / %',
        measured: { x, y: Float64Array.from(cycles, ({ measuredEfficiency }) => 100 * measuredEfficiency!) },
        computed: { x, y: Float64Array.from(cycles, ({ simulatedEfficiency }) => 100 * simulatedEfficiency!) },
        residual: null,
        residualName: 'Measured less computed / %',
        residualFactor: 1,
        measuredAs: 'points',
      }),
    });
  }
  const [first] = spectra;
  if (first !== undefined) {
    figures.push({
      name: 'compared-spectrum',
      figure: impedanceFigure(heading, [
        { name: 'measured', spectrum: first.measured, drawnAs: 'points' },
        { name: 'computed', spectrum: first.simulated, drawnAs: 'line' },
      ]),
    });
  }
  return figures;
}
