// Battery Data Format (BDF) of the Battery Data Alliance, as CSV: one line of labels with units, one line per row.
//
// Source: README, ontology (1.2 to 1.3) and validator of github.com/battery-data-alliance/battery-data-format, read 2026.
// Sign: BDF, like this program, counts a current as positive when it charges, that is, oxidises the working electrode.

import { InputError, type Issue, ZERO_CELSIUS_K } from '../units/index.ts';
import type { CyclingRecord } from './cycling-record.ts';
import {
  type ColumnBuffer,
  createColumnBuffer,
  parseDouble,
  quoteField,
  scanDelimited,
  widthIssue,
} from './delimited.ts';
import { stepRanges } from './rows.ts';
import { createIssueList, formatDouble, type RecordAbout, recordFromColumns } from './table.ts';

/** One BDF quantity and where it goes: value in SI = value in the file · factor + offset. */
interface BdfTerm {
  /** Preferred label, which `recordToBdf` writes. */
  readonly label: string;
  /** Machine-readable name, which is read as well. */
  readonly name: string;
  readonly required?: true;
  /** Name of the extra column in a record; absent for what the record holds in a column of its own. */
  readonly extra?: string;
  readonly factor?: number;
  readonly offset?: number;
}

const AH_C = 3600;
const WH_J = 3600;
const CELSIUS = { factor: 1, offset: ZERO_CELSIUS_K };

const TERMS: readonly BdfTerm[] = [
  { label: 'Test Time / s', name: 'test_time_second', required: true },
  { label: 'Voltage / V', name: 'voltage_volt', required: true },
  { label: 'Current / A', name: 'current_ampere', required: true },
  { label: 'Unix Time / s', name: 'unix_time_second', extra: 'unix_time_s' },
  { label: 'Cycle Count / 1', name: 'cycle_count' },
  { label: 'Step Count / 1', name: 'step_count' },
  {
    label: 'Ambient Temperature / degC',
    name: 'ambient_temperature_celsius',
    extra: 'ambient_temperature_K',
    ...CELSIUS,
  },
  { label: 'Step ID', name: 'step_id' },
  { label: 'Step Record Index / 1', name: 'step_record_index' },
  { label: 'Step Index / 1', name: 'step_index' },
  { label: 'Step Time / s', name: 'step_time_second', extra: 'step_time_s' },
  { label: 'Charging Capacity / Ah', name: 'charging_capacity_ah', extra: 'charging_capacity_C', factor: AH_C },
  {
    label: 'Discharging Capacity / Ah',
    name: 'discharging_capacity_ah',
    extra: 'discharging_capacity_C',
    factor: AH_C,
  },
  { label: 'Step Capacity / Ah', name: 'step_capacity_ah', extra: 'step_capacity_C', factor: AH_C },
  { label: 'Net Capacity / Ah', name: 'net_capacity_ah', extra: 'net_capacity_C', factor: AH_C },
  { label: 'Cumulative Capacity / Ah', name: 'cumulative_capacity_ah', extra: 'cumulative_capacity_C', factor: AH_C },
  { label: 'Charging Energy / Wh', name: 'charging_energy_wh', extra: 'charging_energy_J', factor: WH_J },
  { label: 'Discharging Energy / Wh', name: 'discharging_energy_wh', extra: 'discharging_energy_J', factor: WH_J },
  { label: 'Step Energy / Wh', name: 'step_energy_wh', extra: 'step_energy_J', factor: WH_J },
  { label: 'Net Energy / Wh', name: 'net_energy_wh', extra: 'net_energy_J', factor: WH_J },
  { label: 'Cumulative Energy / Wh', name: 'cumulative_energy_wh', extra: 'cumulative_energy_J', factor: WH_J },
  { label: 'Power / W', name: 'power_watt', extra: 'power_W' },
  { label: 'Internal Resistance / ohm', name: 'internal_resistance_ohm', extra: 'internal_resistance_ohm' },
  { label: 'Ambient Pressure / Pa', name: 'ambient_pressure_pa', extra: 'ambient_pressure_Pa' },
  { label: 'Applied Pressure / Pa', name: 'applied_pressure_pa', extra: 'applied_pressure_Pa' },
  { label: 'Surface Temperature T1 / degC', name: 'temperature_t1_celsius', ...CELSIUS },
  ...[2, 3, 4, 5].map((k) => ({
    label: `Surface Temperature T${k} / degC`,
    name: `temperature_t${k}_celsius`,
    extra: `surface_temperature_T${k}_K`,
    ...CELSIUS,
  })),
];

/** Quantities that accumulate from the start of the test and never fall. */
const NEVER_FALLING = [
  'cumulative_capacity_ah',
  'cumulative_energy_wh',
  'charging_capacity_ah',
  'discharging_capacity_ah',
  'charging_energy_wh',
  'discharging_energy_wh',
] as const;

/** Sums and differences by definition: target = charging ± discharging. */
const IDENTITIES = ['capacity_ah', 'energy_wh'].flatMap((kind) => [
  { target: `cumulative_${kind}`, sign: 1, charging: `charging_${kind}`, discharging: `discharging_${kind}` },
  { target: `net_${kind}`, sign: -1, charging: `charging_${kind}`, discharging: `discharging_${kind}` },
]);

const termOf = new Map<string, BdfTerm>(
  TERMS.flatMap((term) => [
    [term.label.toLowerCase(), term],
    [term.name, term],
  ]),
);

function termFor(heading: string): BdfTerm | undefined {
  return termOf.get(heading.trim().replace(/\s+/g, ' ').toLowerCase());
}

const ROWS_PER_CHUNK = 4096;

/**
 * The record as BDF CSV in pieces. Written: time, voltage and current; `Cycle Count`; `Step Count`, which counts every
 * step of the test and never starts anew; `Step ID`, the record's step number; the temperature, as `Ambient Temperature`
 * while the cell stays at one temperature and as `Surface Temperature T1` where it does not or where the record holds
 * `ambient_temperature_K` beside it; and every extra that BDF has a term for. Other extras are left out.
 */
export function* recordToBdfChunks(record: CyclingRecord): Generator<string, void, void> {
  const rows = record.time_s.length;
  const stepCount = new Int32Array(rows);
  stepRanges(record).forEach(({ start, end }, index) => {
    stepCount.fill(index + 1, start, end);
  });
  const { temperature_K } = record;
  const isothermal = temperature_K.every((value) => value === temperature_K[0]);
  const ambientIsOwn = record.extra.ambient_temperature_K !== undefined;
  const temperatureName = isothermal && !ambientIsOwn ? 'ambient_temperature_celsius' : 'temperature_t1_celsius';
  const valuesOf = (term: BdfTerm): ArrayLike<number> | undefined => {
    if (term.name === temperatureName)
      return temperature_K.some((value) => !Number.isNaN(value)) ? temperature_K : undefined;
    switch (term.name) {
      case 'test_time_second':
        return record.time_s;
      case 'voltage_volt':
        return record.voltage_V;
      case 'current_ampere':
        return record.current_A;
      case 'cycle_count':
        return record.cycle;
      case 'step_count':
        return stepCount;
      case 'step_id':
        return record.step;
      default:
        return term.extra === undefined ? undefined : record.extra[term.extra];
    }
  };
  const columns = TERMS.flatMap((term) => {
    const values = valuesOf(term);
    return values === undefined
      ? []
      : [{ values, label: term.label, factor: term.factor ?? 1, offset: term.offset ?? 0 }];
  });
  yield `${columns.map(({ label }) => quoteField(label)).join(',')}\n`;
  for (let start = 0; start < rows; start += ROWS_PER_CHUNK) {
    let chunk = '';
    for (let row = start; row < Math.min(start + ROWS_PER_CHUNK, rows); row++) {
      columns.forEach(({ values, factor, offset }, k) => {
        const value = values[row]!;
        // An unscaled value goes out as it is: subtracting 0 would turn -0 into 0.
        const printed = factor === 1 && offset === 0 ? value : (value - offset) / factor;
        chunk += (k === 0 ? '' : ',') + (Number.isNaN(printed) ? '' : formatDouble(printed));
      });
      chunk += '\n';
    }
    yield chunk;
  }
}

/** The record as one BDF CSV string; see `recordToBdfChunks`. */
export function recordToBdf(record: CyclingRecord): string {
  return [...recordToBdfChunks(record)].join('');
}

/** What a BDF text holds, in its own units, by machine-readable name; and what is wrong with its table. */
interface BdfTable {
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly unknown: readonly string[];
  readonly faults: readonly Issue[];
}

function readBdfTable(text: string): BdfTable {
  let terms: readonly (BdfTerm | undefined)[] | null = null;
  let header: readonly string[] = [];
  const buffers: ColumnBuffer[] = [];
  const faults = createIssueList('BDF');
  scanDelimited(text, (fields, line) => {
    if (terms === null) {
      header = fields.map((heading) => heading.trim());
      terms = header.map(termFor);
      for (let k = 0; k < header.length; k++) buffers.push(createColumnBuffer());
      for (const term of new Set(terms)) {
        if (term === undefined || terms.filter((other) => other === term).length < 2) continue;
        faults.add({ where: `line ${line}`, found: `'${term.label}' more than once`, wanted: 'each quantity once' });
      }
      return;
    }
    if (fields.length !== header.length) {
      faults.add(widthIssue(line, fields.length, header.length));
      return;
    }
    for (let k = 0; k < fields.length; k++) {
      const term = terms[k];
      if (term === undefined) continue;
      const value = parseDouble(fields[k]!);
      const fieldIsBad = value === undefined || (term.required === true && !Number.isFinite(value));
      // A step identifier may be a word by its definition; it is then no number and the step is taken from elsewhere.
      if (fieldIsBad && term.name !== 'step_id') {
        faults.add({
          where: `line ${line}, ${header[k]}`,
          found: `'${fields[k]}'`,
          wanted: term.required === true ? 'a finite number' : 'a number or nothing',
        });
      }
      buffers[k]!.push(value ?? Number.NaN);
    }
  });
  const columns = new Map<string, Float64Array>();
  const unknown: string[] = [];
  const known: readonly (BdfTerm | undefined)[] = terms ?? [];
  known.forEach((term, k) => {
    if (term === undefined) unknown.push(header[k]!);
    else if (!columns.has(term.name)) columns.set(term.name, buffers[k]!.finish());
  });
  for (const term of TERMS) {
    if (term.required !== true || columns.has(term.name)) continue;
    const quantity = term.label.split(' / ')[0]!.toLowerCase();
    const near = unknown.find((heading) => heading.toLowerCase().includes(quantity.split(' ').at(-1)!));
    faults.add({
      where: 'header',
      found: `no column '${term.label}'`,
      wanted: `'${term.label}' or '${term.name}'`,
      ...(near === undefined ? {} : { hint: `is '${near}' meant? BDF fixes label and unit` }),
    });
  }
  return { columns, unknown, faults: faults.finish() };
}

/** One thing that the rules of BDF object to. An error makes the file unreadable as BDF; a warning does not. */
export interface BdfIssue extends Issue {
  readonly level: 'error' | 'warning';
}

/**
 * Checks a text against the rules of BDF. Errors: a required column missing or doubled, rows of unequal length, values
 * that are no numbers. Warnings, as in the alliance's own validator: columns that BDF does not know, time that falls by
 * more than a tenth of its median increment, a cycle count that is negative, fractional or falling, a step count that is
 * falling, a step record index that is none, accumulated capacities and energies that fall, sums that do not add up.
 */
export function validateBdf(text: string): readonly BdfIssue[] {
  const { columns, unknown, faults } = readBdfTable(text);
  const issues: BdfIssue[] = faults.map((fault) => ({ level: 'error', ...fault }));
  const warn = (issue: Issue) => issues.push({ level: 'warning', ...issue });
  for (const heading of unknown) {
    warn({ where: 'header', found: `column '${heading}'`, wanted: 'a BDF label; readers of BDF pass it over' });
  }
  const time = columns.get('test_time_second');
  if (time !== undefined) {
    if (time.length === 0) warn({ where: 'table', found: 'no rows', wanted: 'at least one row' });
    const drops = fallsOf(time, Math.max(1e-9, 0.1 * medianRise(time)));
    if (drops.count > 0) {
      const wanted = 'a time that never runs backwards';
      warn({
        where: `Test Time / s, row ${drops.first + 1}`,
        found: `${drops.count} falls, the largest ${drops.largest} s`,
        wanted,
      });
    }
  }
  const cycle = columns.get('cycle_count');
  if (cycle !== undefined) {
    const wanted = 'whole numbers from 0 that never fall';
    const negative = cycle.filter((value) => value < 0).length;
    if (negative > 0) warn({ where: 'Cycle Count / 1', found: `${negative} negative values`, wanted });
    const fractional = cycle.find((value) => Number.isFinite(value) && !Number.isInteger(value));
    if (fractional !== undefined) warn({ where: 'Cycle Count / 1', found: `${fractional}`, wanted });
    const { count } = fallsOf(cycle, 0);
    if (count > 0) warn({ where: 'Cycle Count / 1', found: `${count} falls`, wanted });
  }
  const stepCount = columns.get('step_count');
  if (stepCount !== undefined && fallsOf(stepCount, 0).count > 0) {
    const hint = 'the number of a step in its program belongs under Step ID';
    warn({
      where: 'Step Count / 1',
      found: `${fallsOf(stepCount, 0).count} falls`,
      wanted: 'a count that never starts anew',
      hint,
    });
  }
  const recordIndexName = columns.has('step_record_index') ? 'step_record_index' : 'step_index';
  const recordIndex = columns.get(recordIndexName);
  if (recordIndex !== undefined && !isRecordIndex(recordIndex)) {
    const hint = 'the number of a step in its program belongs under Step ID';
    warn({
      where: recordIndexName,
      found: 'no count of rows within the step',
      wanted: '1, 2, 3 ... from the start of each step',
      hint,
    });
  }
  for (const name of NEVER_FALLING) {
    const values = columns.get(name);
    if (values === undefined) continue;
    const { count } = fallsOf(values, 1e-9 + 1e-6 * largest(values));
    if (count > 0)
      warn({ where: name, found: `${count} falls`, wanted: 'a sum since the start of the test, which never falls' });
  }
  for (const { target, sign, charging, discharging } of IDENTITIES) {
    const sum = columns.get(target);
    const [a, b] = [columns.get(charging), columns.get(discharging)];
    if (sum === undefined || a === undefined || b === undefined) continue;
    const expected = a.map((value, row) => value + sign * b[row]!);
    const tolerance = 1e-9 + 1e-7 * largest(expected);
    const wrong = sum.filter(
      (value, row) => Math.abs(value - expected[row]!) > tolerance + 1e-6 * Math.abs(expected[row]!),
    );
    if (wrong.length > 0) {
      warn({
        where: target,
        found: `${wrong.length} rows that differ`,
        wanted: `${charging} ${sign > 0 ? '+' : '-'} ${discharging}`,
      });
    }
  }
  return issues;
}

function fallsOf(values: Float64Array, tolerance: number): { count: number; first: number; largest: number } {
  const falls = { count: 0, first: -1, largest: 0 };
  for (let row = 1; row < values.length; row++) {
    const fall = values[row - 1]! - values[row]!;
    if (!(fall > tolerance)) continue;
    falls.count++;
    if (falls.first < 0) falls.first = row;
    falls.largest = Math.max(falls.largest, fall);
  }
  return falls;
}

function medianRise(values: Float64Array): number {
  const rises: number[] = [];
  for (let row = 1; row < values.length; row++) {
    const rise = values[row]! - values[row - 1]!;
    if (rise > 0) rises.push(rise);
  }
  rises.sort((a, b) => a - b);
  const middle = rises.length / 2;
  if (rises.length === 0) return 0;
  return rises.length % 2 === 1 ? rises[Math.floor(middle)]! : (rises[middle - 1]! + rises[middle]!) / 2;
}

/** Largest magnitude; NaN is passed over. */
function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (Math.abs(value) > most) most = Math.abs(value);
  return most;
}

/** True where every row counts one further or starts at 1 again. */
function isRecordIndex(values: Float64Array): boolean {
  return values.every((value, row) => value === 1 || (row > 0 && value === values[row - 1]! + 1));
}

/** Steps of each row from 1 within its cycle, where only a running count over the test is known. */
function stepWithinCycle(stepCount: Float64Array, cycle: Float64Array | undefined): Float64Array {
  const step = new Float64Array(stepCount.length);
  for (let row = 0; row < step.length; row++) {
    const newCycle = row === 0 || (cycle !== undefined && cycle[row] !== cycle[row - 1]);
    if (newCycle) step[row] = 1;
    else step[row] = stepCount[row] === stepCount[row - 1] ? step[row - 1]! : step[row - 1]! + 1;
  }
  return step;
}

/**
 * Reads BDF CSV with preferred labels, machine-readable names or both. Capacities, energies, pressures and further
 * temperatures become extras in SI (`charging_capacity_C`, `surface_temperature_T2_K`); columns that BDF does not know are
 * left out and named in the notes. Cycle numbers stay as they are. The step is `Step ID` where that is a number, else it
 * is counted within the cycle from `Step Count`, else it is a `Step Index` that is no count of rows, else 1. The
 * temperature is that at the surface, else that of the surroundings, else NaN. Throws InputError with every fault.
 */
export function recordFromBdf(
  text: string,
  about: RecordAbout = {
    area_m2: null,
    provenance: { kind: 'measured', origin: 'BDF text', program: 'unknown', notes: [] },
  },
): CyclingRecord {
  const { columns: source, unknown, faults } = readBdfTable(text);
  if (faults.length > 0) throw new InputError(faults);
  const columns = new Map<string, Float64Array>();
  const take = (name: string, term: BdfTerm, values: Float64Array) => {
    const { factor = 1, offset = 0 } = term;
    columns.set(name, factor === 1 && offset === 0 ? values : values.map((value) => value * factor + offset));
  };
  for (const term of TERMS) {
    const values = source.get(term.name);
    if (values !== undefined && term.extra !== undefined) take(term.extra, term, values);
  }
  columns.set('time_s', source.get('test_time_second')!);
  columns.set('current_A', source.get('current_ampere')!);
  columns.set('voltage_V', source.get('voltage_volt')!);
  const surface = source.get('temperature_t1_celsius');
  const ambient_K = columns.get('ambient_temperature_K');
  if (surface !== undefined) take('temperature_K', termFor('temperature_t1_celsius')!, surface);
  else if (ambient_K !== undefined) {
    columns.set('temperature_K', ambient_K);
    columns.delete('ambient_temperature_K');
  }
  const cycle = source.get('cycle_count');
  if (cycle !== undefined) columns.set('cycle', cycle);
  const [stepId, stepCount, stepIndex] = [source.get('step_id'), source.get('step_count'), source.get('step_index')];
  if (stepId?.every(Number.isInteger)) columns.set('step', stepId);
  else if (stepCount !== undefined) columns.set('step', stepWithinCycle(stepCount, cycle));
  else if (stepIndex?.every(Number.isInteger) && !isRecordIndex(stepIndex)) columns.set('step', stepIndex);
  const notes = unknown.map((heading) => `column '${heading}' is no BDF term and was left out`);
  const { provenance } = about;
  return recordFromColumns(
    columns,
    { ...about, provenance: { ...provenance, notes: [...provenance.notes, ...notes] } },
    'BDF',
  );
}
