// Arbin .res: an Access database with the rows of a test in Channel_Normal_Table, what auxiliary channels measured in Auxiliary_Table, and
// what somebody typed in before the start in Global_Table. Capacities and energies count within a cycle, in Ah and Wh, one for each
// direction of the current; positive charges the cell.

import { InputError, ZERO_CELSIUS_K } from '../units/index.ts';
import { type AccessDatabase, type AccessTable, openAccessDatabase, readAccessTable } from './access-database.ts';
import { assemble, type RawColumn } from './assemble.ts';
import {
  createRemarks,
  type FileMetadata,
  type InstrumentFile,
  type ReaderOptions,
  type RemarkList,
} from './contract.ts';

const ROWS_TABLE = 'Channel_Normal_Table';
const DAY_s = 86400;
/** Days from 30 December 1899 to 1970. */
const UNIX_EPOCH_d = 25569;
const unixTime = (days: number): number => (days - UNIX_EPOCH_d) * DAY_s;

type Meaning = Pick<RawColumn, 'to' | 'factor' | 'offset'>;
const AH_C = 3600;
const WH_J = 3600;
const CLOCK: Meaning = { to: 'unix_time_s', factor: DAY_s, offset: -UNIX_EPOCH_d * DAY_s };

const MEANINGS: Readonly<Record<string, Meaning>> = {
  Test_Time: { to: 'time_s' },
  Step_Time: { to: 'step_time_s' },
  DateTime: CLOCK,
  Step_Index: { to: 'step' },
  Cycle_Index: { to: 'cycle' },
  Current: { to: 'current_A' },
  Voltage: { to: 'voltage_V' },
  Charge_Capacity: { to: 'charging_capacity_C', factor: AH_C },
  Discharge_Capacity: { to: 'discharging_capacity_C', factor: AH_C },
  Charge_Energy: { to: 'charging_energy_J', factor: WH_J },
  Discharge_Energy: { to: 'discharging_energy_J', factor: WH_J },
  Internal_Resistance: { to: 'internal_resistance_ohm' },
};
/** What joins the tables, and is no measurement. */
const KEYS = ['Test_ID', 'Data_Point'];

const GLOBAL_TEXTS = [
  'Test_Name',
  'Creator',
  'Comments',
  'Schedule_File_Name',
  'Item_ID',
  'Serial_Number',
  'Software_Version',
];
/** Typed in by a person, or left as the instrument had it. */
const GLOBAL_TYPED: readonly (readonly [name: string, unit: string])[] = [
  ['MASS', 'g'],
  ['Specific_Capacity', 'Ah/g'],
  ['Capacity', 'Ah'],
];
const TYPED_CAUTION = 'typed in at the instrument and not used; say what is true of this cell yourself';

/** Tests of one file that are told apart. */
const TESTS_MAX = 100;
const AUXILIARY_CHANNELS_MAX = 200;
/** Values that auxiliary channels may become beyond one for each byte of the file. */
const VALUES_SPARE = 1e6;

/**
 * The tests of a .res file: a record for each.
 *
 * @throws InputError where the database cannot be read or holds no rows of a channel.
 */
export function readArbinRes(bytes: Uint8Array, options: ReaderOptions): InstrumentFile {
  const where = options.name ?? 'file';
  const database = openAccessDatabase(bytes, where);
  const remarks = createRemarks();
  const table = readAccessTable(database, ROWS_TABLE);
  if (table === null || !['Test_Time', 'Voltage', 'Current'].every((name) => table.numbers.has(name))) {
    const names = [...database.tables.keys()].filter((name) => !name.startsWith('MSys')).slice(0, 20);
    throw new InputError([
      {
        where,
        found: `an Access database with ${names.length === 0 ? 'no tables' : `the tables ${names.join(', ')}`}`,
        wanted: `an Arbin result file, with ${ROWS_TABLE}`,
      },
    ]);
  }
  for (const fault of table.faults) remarks.add(ROWS_TABLE, fault);
  const ids = table.numbers.get('Test_ID') ?? new Float64Array(table.rows).fill(1);
  const points = table.numbers.get('Data_Point') ?? Float64Array.from({ length: table.rows }, (_, row) => row + 1);
  const all = [...new Set(ids)];
  const tests = all.slice(0, TESTS_MAX);
  if (all.length > TESTS_MAX)
    remarks.add(ROWS_TABLE, `${all.length - TESTS_MAX} tests beyond ${TESTS_MAX} were left out`);
  // Read once: a file may hold many tests.
  const auxiliary = auxiliaryTable(database, remarks);
  const about = {
    version: readAccessTable(database, 'Version_Table')?.texts.get('Version_Schema_Field')?.[0] ?? '',
    table: readAccessTable(database, 'Global_Table'),
  };
  const read = (tests.length === 0 ? [1] : tests).map((test) => {
    const rows = rowsOfTest(ids, points, test);
    const columns = [...table.numbers]
      .filter(([heading]) => !KEYS.includes(heading))
      .map(([heading, values]): RawColumn => ({ heading, values: picked(values, rows), ...MEANINGS[heading] }));
    const beside = auxiliary === null ? [] : auxiliaryColumns(auxiliary, test, picked(points, rows), remarks);
    const { metadata, start_unix_s } = globalOf(about, test, remarks);
    return assemble(
      {
        format: 'Arbin result file (.res)',
        columns: [...columns, ...beside],
        rows: rows.length,
        place: (row) => `data point ${points[rows[row]!]}`,
        metadata,
        ...(start_unix_s === null ? {} : { start_unix_s }),
        signWhy: 'Arbin counts a charging current as positive',
      },
      remarks,
      options,
    );
  });
  const main = read.find(({ kind }) => kind !== 'empty') ?? read[0]!;
  if (read.length === 1) return main;
  remarks.add('', `the file holds ${tests.length} tests, each a record of its own: Test_ID ${tests.join(', ')}`);
  return {
    ...main,
    rows: table.rows,
    records: read.flatMap(({ records }) => records),
    metadata: read.flatMap(({ metadata }) => metadata),
    remarks: remarks.finish(),
  };
}

const picked = (values: Float64Array, rows: Int32Array): Float64Array => {
  const out = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) out[k] = values[rows[k]!]!;
  return out;
};

/** Rows of one test in the order in which they were measured, which is not always that of the pages. */
function rowsOfTest(ids: Float64Array, points: Float64Array, test: number): Int32Array {
  const rows = new Int32Array(ids.length);
  let count = 0;
  let inOrder = true;
  for (let row = 0; row < ids.length; row++) {
    if (!Object.is(ids[row], test)) continue;
    if (count > 0 && points[row]! < points[rows[count - 1]!]!) inOrder = false;
    rows[count++] = row;
  }
  const own = rows.slice(0, count);
  return inOrder ? own : own.sort((a, b) => points[a]! - points[b]! || a - b);
}

interface AuxiliaryTable {
  readonly rows: number;
  readonly id: Float64Array | undefined;
  readonly point: Float64Array;
  readonly index: Float64Array;
  readonly type: Float64Array;
  readonly value: Float64Array;
  readonly labels: ReadonlyMap<string, { readonly nickname: string; readonly unit: string }>;
  /** Values that all channels of one test together may become. */
  readonly values_max: number;
}

function auxiliaryTable(database: AccessDatabase, remarks: RemarkList): AuxiliaryTable | null {
  const names = ['Test_ID', 'Data_Point', 'Auxiliary_Index', 'Data_Type', 'X'];
  const table = readAccessTable(database, 'Auxiliary_Table', names);
  if (table === null || table.rows === 0) return null;
  for (const fault of table.faults) remarks.add('Auxiliary_Table', fault);
  const [id, point, index, type, value] = names.map((name) => table.numbers.get(name));
  if (point === undefined || index === undefined || type === undefined || value === undefined) {
    remarks.add('Auxiliary_Table', 'its columns are not those that are known; auxiliary channels were left out');
    return null;
  }
  const labels = auxiliaryLabels(database);
  return {
    rows: table.rows,
    id,
    point,
    index,
    type,
    value,
    labels,
    values_max: database.view.byteLength + VALUES_SPARE,
  };
}

/** What auxiliary channels measured at each data point of a test; NaN where they did not. */
function auxiliaryColumns(
  { rows, id, point, index, type, value, labels, values_max }: AuxiliaryTable,
  test: number,
  points: Float64Array,
  remarks: RemarkList,
): RawColumn[] {
  const rowOfPoint = new Map<number, number>();
  for (const [row, number] of points.entries()) rowOfPoint.set(number, row);
  const channels = new Map<string, { readonly type: number; readonly index: number; readonly values: Float64Array }>();
  let orphans = 0;
  for (let k = 0; k < rows; k++) {
    if (id !== undefined && id[k] !== test) continue;
    const row = rowOfPoint.get(point[k]!);
    if (row === undefined) {
      orphans++;
      continue;
    }
    const key = `${type[k]} ${index[k]}`;
    let channel = channels.get(key);
    if (channel === undefined) {
      const isFull = channels.size >= AUXILIARY_CHANNELS_MAX || (channels.size + 1) * points.length > values_max;
      if (isFull) continue;
      channel = { type: type[k]!, index: index[k]!, values: new Float64Array(points.length).fill(Number.NaN) };
      channels.set(key, channel);
    }
    channel.values[row] = value[k]!;
  }
  if (orphans > 0)
    remarks.add('Auxiliary_Table', `${orphans} values belong to data points that the channel does not have`);
  const sorted = [...channels.values()].sort((a, b) => a.type - b.type || a.index - b.index);
  const firstTemperature = sorted.find((channel) => channel.type === TEMPERATURE);
  return sorted.map((channel) => {
    const { nickname, unit } = labels.get(`${channel.type} ${channel.index}`) ?? { nickname: '', unit: '' };
    const kind = AUXILIARY_KINDS[channel.type] ?? `type ${channel.type}`;
    const heading =
      `auxiliary ${kind} ${channel.index}` +
      `${nickname === '' ? '' : `, ${nickname}`}${unit === '' ? '' : ` (${unit})`}`;
    const { values } = channel;
    if (channel.type === VOLTAGE && /^v?$/i.test(unit))
      return { heading, values, to: `auxiliary_voltage_${channel.index}_V` };
    if (channel.type === TEMPERATURE && /^(?:°?c|deg ?c|celsius)?$/i.test(unit)) {
      const to = channel === firstTemperature ? 'temperature_K' : `auxiliary_temperature_${channel.index}_K`;
      return { heading, values, to, offset: ZERO_CELSIUS_K };
    }
    return { heading, values, to: heading, from: 'unknown' };
  });
}

const VOLTAGE = 0;
const TEMPERATURE = 1;
/** Kinds of auxiliary channel by their number, in the order in which Global_Table counts them. */
const AUXILIARY_KINDS: Readonly<Record<number, string>> = { [VOLTAGE]: 'voltage', [TEMPERATURE]: 'temperature' };

function auxiliaryLabels(
  database: AccessDatabase,
): ReadonlyMap<string, { readonly nickname: string; readonly unit: string }> {
  const labels = new Map<string, { readonly nickname: string; readonly unit: string }>();
  const table = readAccessTable(database, 'Aux_Global_Data_Table');
  const index = table?.numbers.get('Auxiliary_Index');
  const type = table?.numbers.get('Data_Type');
  if (table === null || index === undefined || type === undefined) return labels;
  for (let row = 0; row < Math.min(table.rows, AUXILIARY_CHANNELS_MAX); row++) {
    labels.set(`${type[row]} ${index[row]}`, {
      nickname: table.texts.get('Nickname')?.[row]?.trim() ?? '',
      unit: table.texts.get('Unit')?.[row]?.trim() ?? '',
    });
  }
  return labels;
}

/** What Global_Table says of one test, and when it began. */
function globalOf(
  { version, table }: { readonly version: string; readonly table: AccessTable | null },
  test: number,
  remarks: RemarkList,
): { readonly metadata: FileMetadata[]; readonly start_unix_s: number | null } {
  const metadata: FileMetadata[] = [];
  if (version !== '') metadata.push({ name: 'Version', text: version.slice(0, 200), where: 'Version_Table' });
  const tests = table?.numbers.get('Test_ID');
  const row = tests === undefined ? 0 : tests.indexOf(test);
  if (table === null || row < 0 || row >= table.rows) {
    remarks.add('Global_Table', 'it does not describe the test, so its start and its name are not known');
    return { metadata, start_unix_s: null };
  }
  const put = (name: string, text: string, caution?: string): void => {
    if (text === '') return;
    metadata.push({
      name,
      text: text.slice(0, 200),
      where: `Global_Table, row ${row + 1}`,
      ...(caution === undefined ? {} : { caution }),
    });
  };
  for (const name of GLOBAL_TEXTS) put(name, table.texts.get(name)?.[row]?.trim() ?? '');
  const channel = table.numbers.get('Channel_Index')?.[row];
  if (channel !== undefined && Number.isFinite(channel)) put('Channel_Index', String(channel));
  for (const [name, unit] of GLOBAL_TYPED) {
    const value = table.numbers.get(name)?.[row];
    if (value !== undefined && Number.isFinite(value) && value !== 0)
      put(name, `${Number(value.toPrecision(7))} ${unit}`, TYPED_CAUTION);
  }
  const days = table.numbers.get('Start_DateTime')?.[row] ?? Number.NaN;
  // 1970 to 2100: anything else is a clock that was never set.
  if (!(days > UNIX_EPOCH_d && days < 73051)) return { metadata, start_unix_s: null };
  const start_unix_s = unixTime(days);
  const written = new Date(Math.round(start_unix_s * 1e3)).toISOString().replace('T', ' ').replace('Z', '');
  put('Start_DateTime', `${written} (local time, zone unknown)`);
  return { metadata, start_unix_s };
}
