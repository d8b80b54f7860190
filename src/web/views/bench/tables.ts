// The tables of a measured test as columns to be saved: SI, with every digit.

import type { TableColumn } from '../../../records/index.ts';
import type { TaskOutput } from '../../../worker/index.ts';
import { columnsOf } from '../../charts/table-columns.ts';

type Test = Extract<TaskOutput<'benchTest'>, { kind: 'test' }>;
type Fit = NonNullable<Extract<TaskOutput<'benchSpectrum'>, { kind: 'spectrum' }>['fit']>;
type CellFit = NonNullable<Extract<TaskOutput<'benchCompare'>, { kind: 'comparison' }>['fit']>;

export const cyclesTable = ({ cycles, area_m2, convention }: Test): readonly TableColumn[] =>
  columnsOf(cycles, {
    cycle: ({ cycle }) => cycle,
    cycle_of_file: ({ cycle_vendor }) => cycle_vendor,
    discharged_C: ({ discharged_C }) => discharged_C,
    charged_C: ({ charged_C }) => charged_C,
    ...(area_m2 === null ? {} : { area_m2: () => area_m2 }),
    [`coulombic_efficiency${convention === null ? '' : ` (${convention.word})`}`]: (one) => one.coulombic_efficiency,
    coulombic_efficiency_error: ({ coulombic_efficiency_error }) => coulombic_efficiency_error,
    polarisation_V: ({ polarisation_V }) => polarisation_V,
    eta_n_V: ({ eta_n_V }) => eta_n_V,
    mu_n_V: ({ mu_n_V }) => mu_n_V,
    retention: ({ retention }) => retention,
    flags: ({ flags }) => flags.join(' '),
  });

export const spectraTable = ({ spectra, shorts }: Test): readonly TableColumn[] =>
  columnsOf(spectra, {
    spectrum: ({ index }) => index,
    time_s: ({ time_s }) => time_s,
    temperature_K: ({ temperature_K }) => temperature_K,
    points: ({ points }) => points,
    ohmic_ohm: ({ ohmic_ohm }) => ohmic_ohm,
    ohmic_ohm_error: ({ ohmic_ohm_error }) => ohmic_ohm_error,
    ohmic_from: ({ ohmicFrom }) => ohmicFrom ?? '',
    arcs_ohm: ({ arcWidth_ohm }) => arcWidth_ohm,
    interface_ohm: ({ interface_ohm }) => interface_ohm,
    interface_ohm_error: ({ interface_ohm_error }) => interface_ohm_error,
    interface_ohm_m2: ({ areal_ohm_m2 }) => areal_ohm_m2,
    kramers_kronig: ({ kramersKronig }) => kramersKronig ?? '',
    short: ({ index }) => shorts.find(({ spectrum }) => spectrum === index)?.kind ?? '',
    refused: ({ refused }) => refused ?? '',
  });

export const fitTable = ({ parameters, circuit, rmsRelative }: Fit): readonly TableColumn[] =>
  columnsOf(parameters, {
    parameter: ({ name }) => name,
    value: ({ value }) => value,
    unit: ({ unit }) => unit,
    standard_error: ({ standardError }) => standardError,
    low_95: ({ interval95 }) => interval95?.[0] ?? null,
    high_95: ({ interval95 }) => interval95?.[1] ?? null,
    known: ({ state, why }) => (why === null ? state : `${state}: ${why}`),
    circuit: () => circuit,
    rms_relative: () => rmsRelative,
  });

export const fittedTable = ({ parameters }: CellFit): readonly TableColumn[] =>
  columnsOf(parameters, {
    value_of_cell: ({ name }) => name,
    before: ({ before }) => before,
    fitted: ({ value }) => value,
    unit: ({ unit }) => unit,
    standard_error: ({ standardError }) => standardError,
    low_95: ({ interval95 }) => interval95?.[0] ?? null,
    high_95: ({ interval95 }) => interval95?.[1] ?? null,
    known: ({ state, why }) => (why === null ? state : `${state}: ${why}`),
  });
