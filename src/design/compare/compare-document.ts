// A comparison as a document and as a table, for machines.

import { cm2_from_m2, mAh_from_C } from '../../units/index.ts';
import type { RecordComparison } from './compare-records.ts';
import type { ComparedRun, ComparedTest } from './compare-test.ts';
import type { CellFit } from './fit-cell.ts';

/** The comparison as a document. */
export function comparisonDocument({
  wish,
  cell,
  protocol,
  before,
  after,
  fit,
  remarks,
  faults,
}: ComparedTest): Record<string, unknown> {
  return {
    cell: { id: cell.id, name: cell.name, origin: wish.origin, kind: cell.kind, area_cm2: cm2_from_m2(cell.area_m2) },
    model: wish.model,
    protocol,
    simulated: runDocument(before),
    fit: fit === null ? null : fitDocument(fit),
    fitted: after === null ? null : runDocument(after),
    remarks,
    faults,
  };
}

function runDocument({ result, records, spectra }: ComparedRun): Record<string, unknown> {
  return {
    stop: result?.stop ?? null,
    voltage:
      records === null
        ? null
        : {
            align: records.align,
            rms_mV: thousandfold(records.rms_V),
            mean_mV: thousandfold(records.bias_V),
            largest_mV: thousandfold(records.largest_V),
            points: records.points,
          },
    rms_coulombic_efficiency: records?.rmsEfficiency ?? null,
    half_cycles:
      records?.halfCycles.map((half) => ({
        half_cycle: half.halfCycle,
        direction: half.direction,
        rms_mV: 1e3 * half.rms_V,
        mean_mV: 1e3 * half.bias_V,
        measured_mAh: mAh_from_C(half.measuredCharge_C),
        simulated_mAh: mAh_from_C(half.simulatedCharge_C),
        measured_V: half.measuredMean_V,
        simulated_V: half.simulatedMean_V,
        charge_C: half.charge_C,
        residual_V: half.residual_V,
      })) ?? null,
    cycles:
      records?.cycles.map((one) => ({
        cycle: one.cycle,
        measured_coulombic_efficiency: one.measuredEfficiency,
        simulated_coulombic_efficiency: one.simulatedEfficiency,
        difference_coulombic_efficiency: one.efficiencyDifference,
        measured_hysteresis_mV: thousandfold(one.measuredHysteresis_V),
        simulated_hysteresis_mV: thousandfold(one.simulatedHysteresis_V),
      })) ?? null,
    spectra: spectra.map(({ simulated, rms_ohm, rmsRelative, measuredLow_ohm, simulatedLow_ohm, ...rest }) => ({
      rms_ohm,
      rms_share: rmsRelative,
      measured_high_ohm: rest.measuredHigh_ohm,
      simulated_high_ohm: rest.simulatedHigh_ohm,
      measured_low_ohm: measuredLow_ohm,
      simulated_low_ohm: simulatedLow_ohm,
      frequency_Hz: simulated.frequency_Hz,
      real_ohm: simulated.real_ohm,
      imaginary_ohm: simulated.imaginary_ohm,
    })),
    not_compared: records?.notCompared ?? [],
  };
}

const thousandfold = (value: number | null): number | null => (value === null ? null : 1e3 * value);

function fitDocument(fit: CellFit): Record<string, unknown> {
  const { parameters, correlation, directions, noise } = fit;
  const n = parameters.length;
  return {
    ended: fit.ended,
    runs: fit.runs,
    chi_squared: fit.chiSquared,
    reduced_chi_squared: fit.reducedChiSquared,
    degrees_of_freedom: fit.degreesOfFreedom,
    parameters: parameters.map((one) => ({
      name: one.name,
      paths: one.paths,
      unit: one.unit,
      before: one.before,
      value: one.value,
      standard_error: one.standardError,
      interval95: one.interval95,
      profile95: one.profile95,
      bounds: one.bounds,
      bounds_from: one.boundsFrom,
      scale: one.scale,
      state: one.state,
      why: one.why,
    })),
    correlation: {
      names: correlation.names,
      rows: correlation.names.map((_, row) => correlation.values.slice(row * n, (row + 1) * n)),
    },
    known: directions.map(({ state, shares, standardDeviation, words }) => ({
      state,
      standard_deviation: standardDeviation,
      shares: Object.fromEntries(shares.map(({ name, share }) => [name, share])),
      words,
    })),
    noise: noise.map((one) => ({
      kind: one.kind,
      sigma: one.sigma,
      from: one.from,
      points: one.points,
      effective_points: one.effectivePoints,
      rms_before: one.rmsBefore,
      rms_after: one.rmsAfter,
    })),
    remarks: fit.remarks,
  };
}

/** Both voltages of every half-cycle, row by row, as CSV. */
export function* comparedCsv({ halfCycles }: RecordComparison): Generator<string, void, void> {
  yield 'half_cycle,direction,time_s,charge_C,measured_V,simulated_V,residual_V\n';
  for (const half of halfCycles) {
    for (let k = 0; k < half.charge_C.length; k++) {
      const numbers = [half.time_s, half.charge_C, half.measured_V, half.simulated_V, half.residual_V];
      yield `${[half.halfCycle, half.direction, ...numbers.map((values) => values[k]!)].join(',')}\n`;
    }
  }
}
