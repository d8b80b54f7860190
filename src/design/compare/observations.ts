// What a fit looks at: measured numbers in a list, each with the noise that it is judged by, and the same numbers of a simulated run.
// The list does not depend on the run, so that a residual means the same whatever the parameters.

import type { AnalysedCellKind } from '../../analysis/index.ts';
import type { Cell } from '../../cells/index.ts';
import { hypot } from '../../numerics/index.ts';
import type { CyclingRecord, ImpedanceSpectrum } from '../../records/index.ts';
import { type CellState, cellImpedance, type ImpedanceValues, type RunPlace } from '../../simulation/index.ts';
import { slopesAt, thinnedRows } from './compare-records.ts';
import { type HalfCycle, halfCycles, pairCycles, voltageAtCharge, voltageAtTime } from './half-cycles.ts';

export type ObservationKind = 'voltage' | 'efficiency' | 'spectra';

/** A spectrum and the moment of the test that it belongs to. */
export interface SpectrumInTest {
  readonly spectrum: ImpedanceSpectrum;
  readonly place: RunPlace;
}

/** A run as observations need it. */
export interface ObservedRun {
  readonly cell: Cell;
  readonly record: CyclingRecord | null;
  /** What spectra ask for beyond the cell. */
  readonly impedance: Partial<ImpedanceValues>;
  /** null where the run ended before. */
  readonly stateAt: (place: RunPlace) => CellState | null;
}

/** One kind of data. */
export interface Observation {
  readonly kind: ObservationKind;
  readonly measured: Float64Array;
  /** Noise of each number is this times the noise scale of the kind: 1 V, 1, or |Z| in ohm. */
  readonly unit: Float64Array;
  /** Places at which a new run of numbers begins that follow each other closely, for their correlation. */
  readonly breaks: readonly number[];
  /** Writes the same numbers of the run; NaN only where mathematics failed. */
  readonly predictInto: (run: ObservedRun, out: Float64Array) => void;
}

/** Charges of two tests are compared no better than to this share of a half-cycle. */
const CHARGE_SHARE = 0.001;
/** Noise of a voltage beside which that of its charge is counted, V. */
const BESIDE_V = 0.003;

/**
 * Voltages of the measured rows, at equal charge in each half-cycle or at equal time. Where the voltage runs away it is known no
 * better than its charge, and its noise is raised by as much.
 */
export function voltageObservation(record: CyclingRecord, align: 'charge' | 'time', points: number): Observation {
  const halves = halfCycles(record);
  const each = Math.max(4, Math.floor(points / Math.max(1, halves.length)));
  const grid = halves.map((half) => thinnedRows(half, each));
  const rows = grid.flatMap((places, h) => places.map((k) => halves[h]!.rows[k]!));
  const start_s = record.time_s[0]!;
  const breaks: number[] = [];
  let at = 0;
  for (const places of grid) {
    breaks.push(at);
    at += places.length;
  }
  return {
    kind: 'voltage',
    measured: Float64Array.from(rows, (row) => record.voltage_V[row]!),
    unit: Float64Array.from(
      grid.flatMap((places, h) => {
        const half = halves[h]!;
        return slopesAt(half, record, places).map((slope) =>
          hypot(1, (slope * CHARGE_SHARE * half.passed_C) / BESIDE_V),
        );
      }),
    ),
    breaks,
    predictInto: ({ record: simulated }, out) => {
      if (simulated === null || simulated.time_s.length === 0) {
        out.fill(Number.NaN);
        return;
      }
      if (align === 'time') {
        const shift_s = simulated.time_s[0]! - start_s;
        for (const [k, row] of rows.entries()) {
          out[k] = voltageAtTime(simulated, record.time_s[row]! + shift_s, record.current_A[row]!);
        }
        return;
      }
      const theirs = halfCycles(simulated);
      let k = 0;
      for (const [h, places] of grid.entries()) {
        const half = theirs[h];
        // Where the run ended before, its last voltage stands: far from the data, and finite.
        const last_V = simulated.voltage_V.at(-1)!;
        for (const place of places) {
          out[k++] = half === undefined ? last_V : voltageAtCharge(simulated, half, halves[h]!.charge_C[place]!);
        }
      }
    },
  };
}

/** Efficiency of each cycle that has one. A run that ended before a cycle counts as having none of it. */
export function efficiencyObservation(record: CyclingRecord, kind: AnalysedCellKind): Observation {
  const wanted = efficienciesOf(record, kind, halfCycles(record));
  const cycles = [...wanted.keys()];
  return {
    kind: 'efficiency',
    measured: Float64Array.from(wanted.values()),
    unit: new Float64Array(cycles.length).fill(1),
    breaks: [0],
    predictInto: ({ record: simulated }, out) => {
      if (simulated === null) {
        out.fill(Number.NaN);
        return;
      }
      const found = efficienciesOf(simulated, kind, halfCycles(simulated));
      for (const [k, cycle] of cycles.entries()) out[k] = found.get(cycle) ?? 0;
    },
  };
}

function efficienciesOf(
  record: CyclingRecord,
  kind: AnalysedCellKind,
  halves: readonly HalfCycle[],
): ReadonlyMap<number, number> {
  return new Map(
    pairCycles(record, halves, kind).flatMap(({ cycle, coulombic_efficiency: one }) =>
      one === null ? [] : [[cycle, one] as const],
    ),
  );
}

/** Real and imaginary parts of spectra, each judged by |Z| of its point. */
export function spectraObservation(spectra: readonly SpectrumInTest[]): Observation {
  const sizes = spectra.map(({ spectrum }) => spectrum.frequency_Hz.length);
  const measured: number[] = [];
  const unit: number[] = [];
  const breaks: number[] = [];
  for (const { spectrum } of spectra) {
    const size = Float64Array.from(spectrum.real_ohm, (real, k) => hypot(real, spectrum.imaginary_ohm[k]!));
    breaks.push(measured.length, measured.length + size.length);
    measured.push(...spectrum.real_ohm, ...spectrum.imaginary_ohm);
    unit.push(...size, ...size);
  }
  return {
    kind: 'spectra',
    measured: Float64Array.from(measured),
    unit: Float64Array.from(unit),
    breaks,
    predictInto: ({ cell, impedance, stateAt }, out) => {
      let at = 0;
      for (const [k, { spectrum, place }] of spectra.entries()) {
        const state = stateAt(place);
        const size = sizes[k]!;
        if (state === null) out.fill(Number.NaN, at, at + 2 * size);
        else {
          const { frequency_Hz } = spectrum;
          const temperature = spectrum.temperature_K === null ? {} : { temperature_K: spectrum.temperature_K };
          const computed = cellImpedance(cell, state, { frequency_Hz, values: impedance, ...temperature }).spectrum;
          out.set(computed.real_ohm, at);
          out.set(computed.imaginary_ohm, at + size);
        }
        at += 2 * size;
      }
    },
  };
}
