// What a person reads after a run, at most 100 characters wide.

import type { BandsResult } from '../design/index.ts';
import type { CycleAgeing, CycleContact, CycleSummary, SimulationResult } from '../simulation/index.ts';
import { mV_from_V } from '../units/index.ts';
import { bandLines } from './bands-summary.ts';
import { conditionsLine, stackLine } from './describe-cell.ts';
import { column, duration, percentColumn, significant } from './numbers.ts';
import { protocolLine } from './protocol-text.ts';
import { labelled, table, wrap } from './text-table.ts';

export const SUMMARY_COLUMNS = 100;
/** Cycles shown at either end of a long table. */
const CYCLES_AT_EACH_END = 5;
/** Letters of a protocol shown before it is cut; `--json` has it whole. */
const PROTOCOL_LETTERS_MAX = 400;

export interface SummaryOptions {
  /** What stood on the command line for the cell. */
  readonly word: string;
  readonly listSources: boolean;
  /** Time of computing. */
  readonly wall_s: number;
  readonly bands: BandsResult | null;
}

/** A cause as words: `dead_lithium` and `deadLithium` read "dead lithium". */
const inWords = (key: string): string =>
  key
    .replace(/_/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Causes with their values, largest first; those that are zero or undefined are left out. */
function causes(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== 0 && Number.isFinite(value))
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .map(([cause, value]) => `${inWords(cause)} ${significant(value)}`)
    .join(', ');
}

interface TableColumn {
  readonly heading: string;
  readonly unit: string;
  readonly cells: readonly string[];
}

type Pick = (cycle: CycleSummary) => number | null;

function columnsOf(cycles: readonly CycleSummary[], withCathode: boolean): TableColumn[] {
  /** Columns of one kind, written with the same number of decimals so that they can be compared. */
  const alike = (unit: string, digits: number, decimals_max: number, picks: readonly (readonly [string, Pick])[]) => {
    const cells = column(
      picks.flatMap(([, pick]) => cycles.map(pick)),
      digits,
      decimals_max,
    );
    return picks.map(
      ([heading], k): TableColumn => ({
        heading,
        unit,
        cells: cells.slice(k * cycles.length, (k + 1) * cycles.length),
      }),
    );
  };
  const millivolts =
    (pick: Pick): Pick =>
    (cycle) => {
      const value_V = pick(cycle);
      return value_V === null ? null : mV_from_V(value_V);
    };
  const efficiency: TableColumn = {
    heading: withCathode ? 'eff.' : 'CE',
    unit: '%',
    cells: percentColumn(cycles.map((cycle) => cycle.coulombic_efficiency)),
  };
  const plating: Pick = (cycle) => cycle.mean_voltage_plating_V;
  const stripping: Pick = (cycle) => cycle.mean_voltage_stripping_V;
  return [
    { heading: 'cycle', unit: '', cells: cycles.map((cycle) => String(cycle.cycle)) },
    ...(withCathode
      ? alike('mAh/cm²', 5, 4, [
          ['charged', (cycle) => cycle.charged_mAh_per_cm2],
          ['discharged', (cycle) => cycle.discharged_mAh_per_cm2],
        ])
      : alike('mAh/cm²', 5, 4, [
          ['plated', (cycle) => cycle.plated_mAh_per_cm2],
          ['stripped', (cycle) => cycle.stripped_mAh_per_cm2],
        ])),
    efficiency,
    ...(withCathode
      ? alike('V', 4, 3, [
          ['V charge', stripping],
          ['V disch.', plating],
        ])
      : alike('mV', 3, 2, [
          ['V plate', millivolts(plating)],
          ['V strip', millivolts(stripping)],
        ])),
    ...alike('mV', 3, 2, [['η', (cycle) => sum(Object.values(cycle.overpotential_mV))]]),
    ...alike('Ω cm²', 3, 2, [['R', (cycle) => cycle.interfacial_resistance_ohm_cm2]]),
    ...alike('µm', 4, 3, [['Li count.', (cycle) => cycle.counter_lithium_um]]),
    ...(withCathode ? [] : alike('µm', 4, 3, [['Li work.', (cycle) => cycle.working_lithium_um]])),
    {
      heading: 'lost',
      unit: 'mAh/cm²',
      // A last cycle that ends early loses a thousand times what the others do: each value keeps its own digits.
      cells: cycles.map((cycle) => significant(sum(Object.values(cycle.losses_mAh_per_cm2)), 2)),
    },
  ];
}

function cycleTable(cycles: readonly CycleSummary[], withCathode: boolean): string {
  const long = cycles.length > 2 * CYCLES_AT_EACH_END + 1;
  const shown = long ? [...cycles.slice(0, CYCLES_AT_EACH_END), ...cycles.slice(-CYCLES_AT_EACH_END)] : cycles;
  const columns = columnsOf(shown, withCathode);
  const rows = shown.map((_, row) => columns.map(({ cells }) => cells[row]!));
  if (long) rows.splice(CYCLES_AT_EACH_END, 0, ['…']);
  const head = [columns.map(({ heading }) => heading), columns.map(({ unit }) => unit)];
  return table([...head, ...rows], '');
}

const legend = (withCathode: boolean): string =>
  `V mean voltage; η mean overpotential at ${withCathode ? 'discharge' : 'plating'}; R interfacial resistance; Li metal left on the counter${
    withCathode ? '' : ' and the working'
  } electrode; lost: all causes`;

/** Losses by cause, summed over the cycles. */
function totalLosses(cycles: readonly CycleSummary[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const { losses_mAh_per_cm2 } of cycles) {
    for (const [cause, value] of Object.entries(losses_mAh_per_cm2)) totals[cause] = (totals[cause] ?? 0) + value;
  }
  return totals;
}

/** What stands before the engine's own sentence, where the sentence alone could be taken for a success. */
const END_WORDS: Readonly<Partial<Record<SimulationResult['stop']['kind'], string>>> = {
  failed: 'FAILED. ',
  aborted: 'Stopped by hand. ',
};

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** What the last cycle left behind: of the working side, or of the counter beside a cathode. */
function stateLine(ageing: CycleAgeing): string {
  const own = ({ counter, working }: CycleAgeing['area_ratio']): number => working ?? counter;
  const percent = (share: number): string => `${significant(100 * share, 3)} %`;
  const parts = [
    `features of ${significant(own(ageing.deposit_size_um), 2)} µm`,
    `dead layer ${significant(own(ageing.dead_layer_um), 2)} µm`,
    `pores wetted ${percent(ageing.wetted_fraction)}`,
    `electrolyte left ${percent(ageing.electrolyte_left)}`,
  ];
  if (own(ageing.coating_intact) > 0) parts.push(`coating on ${percent(own(ageing.coating_intact))}`);
  for (const [name, left] of Object.entries(ageing.additive_left)) parts.push(`${name} left ${percent(left)}`);
  return parts.join(', ');
}

/** How lithium lies on a solid electrolyte: counter first, then a metal working electrode. */
function contactLine({ contact_fraction, resistance_ohm_cm2, critical_current_mA_per_cm2 }: CycleContact): string {
  const both = ({ counter, working }: CycleContact['contact_fraction'], factor = 1): string =>
    [counter, ...(working === null ? [] : [working])].map((value) => significant(factor * value, 2)).join(' and ');
  const parts = [`contact ${both(contact_fraction, 100)} %`, `faces ${both(resistance_ohm_cm2)} Ω cm²`];
  if (critical_current_mA_per_cm2 !== null) {
    parts.push(`critical current ${both(critical_current_mA_per_cm2)} mA/cm², known to a factor of three`);
  }
  return parts.join(', ');
}

/** The whole summary, ending in a line end. */
export function summarise(result: SimulationResult, { word, listSources, wall_s, bands }: SummaryOptions): string {
  const { cell, protocol, model, stop, cycles, end_of_life, conservation, work, warnings, sources, record } = result;
  const line = (label: string, text: string): string => labelled(label, text, SUMMARY_COLUMNS);
  const last = cycles[cycles.length - 1];
  const lines = [
    line('Cell', `${cell.name} (${cell.kind}, ${cell.id})`),
    line('', stackLine(cell)),
    line('', conditionsLine(cell)),
    line('Protocol', protocolLine(protocol, cell, PROTOCOL_LETTERS_MAX)),
    line(
      'Model',
      `${model}, ${count(work.steps, 'step')} in ${significant(wall_s, 2)} s, ${count(record.time_s.length, 'row')}`,
    ),
    line('End', `${END_WORDS[stop.kind] ?? ''}${stop.message} (after ${duration(stop.time_s)})`),
  ];
  if (cycles.length > 0) {
    const withCathode = cell.working.kind === 'cathode';
    lines.push('', cycleTable(cycles, withCathode), '', wrap(legend(withCathode), SUMMARY_COLUMNS, ''));
  }
  if (last !== undefined) {
    const losses = causes(totalLosses(cycles));
    const overpotentials = causes(last.overpotential_mV);
    lines.push(
      '',
      line('Lost lithium', losses === '' ? 'none' : `${losses}; mAh/cm² in ${count(cycles.length, 'cycle')}`),
    );
    if (overpotentials !== '') lines.push(line('Overpotential', `${overpotentials}; mV in cycle ${last.cycle}`));
    if (last.ageing !== null) lines.push(line('State', stateLine(last.ageing)));
    if (last.solid !== undefined) lines.push(line('State', contactLine(last.solid)));
    if (end_of_life.cycle !== null) lines.push(line('Life', end_of_life.message));
    for (const [k, { cycle, message }] of end_of_life.events.entries()) {
      lines.push(line(k === 0 ? 'Ran out' : '', `from cycle ${cycle}: ${message}`));
    }
  } else {
    lines.push('');
  }
  if (bands !== null) lines.push(...bandLines(bands, cell.working.kind === 'cathode', SUMMARY_COLUMNS), '');
  const drift = (value: number): string => (value === 0 ? '0' : value.toExponential(1));
  lines.push(
    line(
      'Conservation',
      `relative drift of lithium ${drift(conservation.lithium)}, charge ${drift(conservation.charge)}, salt ${drift(conservation.salt)}${
        cell.ageing === null
          ? ''
          : `, solvent ${drift(conservation.solvent)}${
              cell.ageing.additives.length === 0 ? '' : `, additives ${drift(conservation.additive)}`
            }`
      }`,
    ),
  );
  for (const warning of warnings) lines.push(line('Warning', warning));
  if (cell.assumptions.length > 0) {
    const assumed = `${count(cell.assumptions.length, 'value')} that the cell does not give`;
    lines.push(line('Assumed', word === '-' ? assumed : `${assumed}; \`limetal show ${word}\` lists them`));
  }
  if (listSources) lines.push('Sources', ...sources.map((source) => wrap(source, SUMMARY_COLUMNS, '    ', '  ')));
  else lines.push(line('Sources', `${sources.length}; --sources lists them`));
  return `${lines.join('\n')}\n`;
}
