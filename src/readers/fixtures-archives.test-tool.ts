// Archives, early .nda and workbooks, written here from known values: what a reader must give back is known.

import { type Zippable, zipSync } from 'fflate';
import { type Fixture, ROWS } from './fixtures.test-tool.ts';

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export function zip(files: Readonly<Record<string, Uint8Array | string>>, level: 0 | 6 = 6): Uint8Array {
  const given: Zippable = {};
  for (const [name, content] of Object.entries(files))
    given[name] = [typeof content === 'string' ? encode(content) : content, { level, mtime: '2024-05-01' }];
  return zipSync(given);
}

/** A row as Neware's files have it: what `ROWS` says, with the time within its step. Steps are numbered through and last two rows. */
export interface NewareRow {
  readonly index: number;
  readonly time_s: number;
  readonly stepTime_s: number;
  readonly step: number;
  readonly cycle: number;
  readonly type: number;
  readonly voltage_V: number;
  readonly current_A: number;
  readonly charge_C: number;
}

const START_UNIX_S = 1_700_000_000;

export const NEWARE_ROWS: readonly NewareRow[] = ROWS.map(({ time_s, current_A, voltage_V, cycle }, k) => ({
  index: k + 1,
  time_s,
  stepTime_s: k < 2 ? time_s : 10 * (1 + (k % 2)),
  step: 1 + (k >> 1),
  cycle,
  type: current_A < 0 ? 2 : current_A > 0 ? 1 : 4,
  voltage_V,
  current_A,
  charge_C: current_A === 0 ? 0 : 0.01 * (1 + (k % 2)),
}));

/** Six steps of eleven rows, 2 s apart, at a current that is not constant: what lies between anchors can be told from what was written. */
export const LONG_ROWS: readonly NewareRow[] = Array.from({ length: 66 }, (_, k) => {
  const within = k % 11;
  const step = 1 + Math.floor(k / 11);
  const sign = [0, -1, 1][(step - 1) % 3]!;
  const current_A = sign * 1e-3;
  return {
    index: k + 1,
    time_s: 20 * (step - 1) + 2 * within,
    stepTime_s: 2 * within,
    step,
    cycle: step > 3 ? 2 : 1,
    type: sign < 0 ? 2 : sign > 0 ? 1 : 4,
    voltage_V: 0.25 + 0.0625 * within,
    current_A,
    charge_C: Math.abs(current_A) * 2 * within,
  };
});

/** Pages of an .ndc: each row with its bit set. Rows that are null leave a gap. */
export function ndcFile(
  kind: number,
  version: number,
  size: number,
  rows: readonly (((view: DataView, at: number) => void) | null)[],
): Uint8Array {
  const perPage = Math.floor((4096 - 133) / size);
  const pages = 1 + Math.ceil(rows.length / perPage);
  const bytes = new Uint8Array(4096 * pages);
  bytes.set([kind, 0, version]);
  const view = viewOf(bytes);
  for (const [k, write] of rows.entries()) {
    if (write === null) continue;
    const page = 4096 * (1 + Math.floor(k / perPage));
    const place = k % perPage;
    bytes[page + 4 + (place >> 3)]! |= 1 << (place & 7);
    write(view, page + 132 + place * size);
  }
  return bytes;
}

/** Rows with their own mark and index, in version 2 or 5. */
export function markedNdcFile(
  kind: number,
  version: 2 | 5,
  mark: number,
  rows: readonly ((view: DataView, at: number) => void)[],
): Uint8Array {
  if (version === 5) {
    const withMark = rows.map((write) => (view: DataView, at: number) => {
      view.setUint8(at, mark);
      write(view, at + 1);
    });
    return ndcFile(kind, version, 87, withMark);
  }
  const bytes = new Uint8Array(512 * (1 + Math.ceil(rows.length / 5)));
  bytes.set([kind, 0, version]);
  for (const [k, write] of rows.entries()) {
    const at = 512 * (1 + Math.floor(k / 5)) + 5 + 94 * (k % 5);
    bytes[at] = mark;
    write(viewOf(bytes), at + 8);
  }
  return bytes;
}

/** Whole milliamperes in a range of 10 mA count thousandths. */
const RANGE = 10;
const UNIT_A = 1e-6;

function setCalendar(view: DataView, at: number, unix_s: number): void {
  const date = new Date(unix_s * 1e3);
  view.setUint16(at, date.getUTCFullYear(), true);
  const parts = [
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  for (const [k, part] of parts.entries()) view.setUint8(at + 2 + k, part);
}

const wholeRow =
  (row: NewareRow) =>
  (view: DataView, at: number): void => {
    view.setUint32(at, row.index, true);
    view.setUint32(at + 4, row.cycle - 1, true);
    view.setUint8(at + 8, row.step);
    view.setUint8(at + 9, row.type);
    view.setBigUint64(at + 15, BigInt(1e3 * row.stepTime_s), true);
    view.setInt32(at + 23, Math.round(1e4 * row.voltage_V), true);
    view.setInt32(at + 27, Math.round(row.current_A / UNIT_A), true);
    const charge = BigInt(Math.round(row.charge_C / UNIT_A));
    view.setBigInt64(at + (row.current_A < 0 ? 43 : 35), charge, true);
    setCalendar(view, at + 67, START_UNIX_S + row.time_s);
    view.setInt32(at + 74, RANGE, true);
  };

export const TEST_INFO = `<?xml version="1.0" encoding="GB2312"?>
<root><config type="Test Info File"><TestInfo DevID="3" StartTime="2023-11-14 22:13:20" Barcode="cell &amp; &#x4e00;" Remark="锂" AuxCount="2">
<Aux1 AuxID="1" RealChlID="9" ChlType="103"/><Aux2 AuxID="2" RealChlID="10" ChlType="335" /></TestInfo></config></root>`;

/** `锂` in GBK; the rest is ASCII. */
const gbk = (text: string): Uint8Array =>
  Uint8Array.from([...text].flatMap((c) => (c === '锂' ? [0xef, 0xae] : [c.charCodeAt(0)])));

const SETTINGS = {
  'TestInfo.xml': gbk(TEST_INFO),
  'VersionInfo.xml':
    '<?xml version="1.0" encoding="GB2312"?><root><config><ZwjVersion SvrVer="BTSServer 8" CurrClientVer="BTS Client 8"/></config></root>',
  'Step.xml':
    '<?xml version="1.0" encoding="utf-8"?><root><config><Head_Info><Creator Value="me"/><SCQ Value="4000"/></Head_Info></config></root>',
};

const FINE_VERSIONS = [9, 11, 13, 16];
const SIZES: Readonly<Record<number, readonly [step: number, anchor: number, interval: number]>> = {
  8: [37, 42, 26],
  9: [37, 45, 29],
  11: [37, 47, 29],
  12: [37, 47, 29],
  13: [37, 55, 29],
  14: [37, 55, 29],
  16: [100, 100, 29],
  17: [100, 100, 29],
};
export const NDC_VERSIONS = [2, 5, ...Object.keys(SIZES).map(Number)];

/** The tables of a test. Without `isAnchor` every row is an anchor; `auxiliary` adds the two channels of `TEST_INFO`. */
export function ndaxParts(
  version: number,
  rows: readonly NewareRow[],
  isAnchor: (row: NewareRow) => boolean = () => true,
  auxiliary = false,
): Record<string, Uint8Array | string> {
  const channel = (order: number): Record<string, Uint8Array> => {
    // Degrees that are exact in float32 and in tenths.
    const celsius = (row: NewareRow): number => 20 + 5 * order + 0.5 * (row.index % 2);
    if (version === 2 || version === 5) {
      const values = rows.map((row) => (view: DataView, at: number) => {
        view.setUint32(at, row.index, true);
        view.setInt32(at + 23, 1e4 * order, true);
        view.setInt16(at + 33, 10 * celsius(row), true);
      });
      return { [`data_${order}.ndc`]: markedNdcFile(5, version, 0x65, values) };
    }
    const name = `data_AUX_${order === 1 ? 9 : 10}_3_1.ndc`;
    if (!FINE_VERSIONS.includes(version)) {
      const values = rows.map((row) => (view: DataView, at: number) => view.setFloat32(at, celsius(row), true));
      return { [name]: ndcFile(5, version, 4, values) };
    }
    const values = rows.map((row) => (view: DataView, at: number) => {
      view.setUint8(at, 0x65);
      view.setFloat32(at + 1, 1e4 * order, true);
      view.setInt16(at + 5, 10 * celsius(row), true);
    });
    return { [name]: ndcFile(5, version, 7, values) };
  };
  const channels = auxiliary ? { ...channel(1), ...channel(2) } : {};
  if (version === 2 || version === 5)
    return { ...SETTINGS, 'data.ndc': markedNdcFile(1, version, 0x55, rows.map(wholeRow)), ...channels };
  const isFine = FINE_VERSIONS.includes(version);
  const [stepSize, anchorSize, intervalAt] = SIZES[version]!;
  const data = rows.map((row) => (view: DataView, at: number) => {
    view.setFloat32(at, row.voltage_V * (isFine ? 1e4 : 1), true);
    view.setFloat32(at + 4, row.current_A * (isFine ? 1e3 : 1), true);
  });
  const anchors = rows.filter(isAnchor).map((row) => (view: DataView, at: number) => {
    view.setUint32(at, 1e3 * row.stepTime_s, true);
    view.setFloat32(at + (row.current_A < 0 ? 9 : 5), row.charge_C * (isFine ? 1e3 : 1 / 3600), true);
    view.setInt32(at + intervalAt, 1e3 * (rows === LONG_ROWS ? 2 : 10), true);
    view.setUint32(at + intervalAt + 4, START_UNIX_S + row.time_s, true);
    view.setUint32(at + intervalAt + 8, row.step, true);
    view.setUint32(at + intervalAt + 12, row.index, true);
  });
  const firsts = rows.filter((row, k) => k === 0 || rows[k - 1]!.step !== row.step);
  const steps = firsts.map((row) => (view: DataView, at: number) => {
    view.setUint32(at, row.cycle - 1, true);
    view.setUint32(at + 4, row.step, true);
    view.setUint8(at + 24, row.type);
  });
  return {
    ...SETTINGS,
    'data.ndc': ndcFile(1, version, 8, data),
    'data_runInfo.ndc': ndcFile(18, version, anchorSize, anchors),
    'data_step.ndc': ndcFile(7, version, stepSize, steps),
    ...channels,
  };
}

/** Version 8 in whole seconds and one capacity, version 22 with a mark before its first row. */
export function earlyNdaFile(version: 8 | 22): Uint8Array {
  const size = version === 8 ? 59 : 86;
  const start = 2304;
  const information = version === 8 ? 211 : 383;
  const bytes = new Uint8Array(start + size * (NEWARE_ROWS.length + 1));
  bytes.set(latin1('NEWARE20231114'));
  bytes[14] = version;
  const view = viewOf(bytes);
  for (const [at, value] of [
    [16, 2048],
    [24, 1500],
    [28, 2 * information],
    [64, start],
    [version === 8 ? 144 : 152, 5500],
  ] as const)
    view.setUint32(at, value, true);
  // The range of the device stands in for that of a row without one.
  view.setInt32(2048 + 26, RANGE, true);
  bytes.set(latin1('2023-11-14 22:13:20'), 1500 + information + (version === 8 ? 36 : 37));
  bytes.set([0xef, 0xae], 1500 + information + (version === 8 ? 111 : 227));
  bytes[start] = version === 8 ? 0xff : 0xaa;
  view.setUint32(start + (version === 8 ? 1 : 2), 1, true);
  bytes[start + (version === 8 ? 10 : 12)] = 3;
  for (const [k, row] of NEWARE_ROWS.entries()) {
    const at = start + size * (k + 1);
    const charge = BigInt(Math.round(row.charge_C / UNIT_A));
    const unix = BigInt(START_UNIX_S + row.time_s);
    if (version === 8) {
      view.setUint32(at + 1, row.index, true);
      view.setUint32(at + 5, row.cycle, true);
      bytes.set([row.step, row.type], at + 9);
      view.setUint32(at + 11, row.stepTime_s, true);
      view.setInt32(at + 15, Math.round(1e4 * row.voltage_V), true);
      view.setInt32(at + 19, Math.round(row.current_A / UNIT_A), true);
      view.setBigInt64(at + 31, charge, true);
      view.setBigUint64(at + 47, unix, true);
      continue;
    }
    bytes[at] = 0x55;
    view.setUint32(at + 2, row.index, true);
    view.setUint32(at + 6, row.cycle - 1, true);
    view.setUint16(at + 10, row.step, true);
    bytes[at + 12] = row.type;
    view.setBigUint64(at + 14, BigInt(1e3 * row.stepTime_s), true);
    view.setInt32(at + 22, Math.round(1e4 * row.voltage_V), true);
    view.setInt32(at + 26, Math.round(row.current_A / UNIT_A), true);
    view.setBigInt64(at + (row.current_A < 0 ? 46 : 38), charge, true);
    view.setBigUint64(at + 70, unix, true);
    view.setInt32(at + 78, k % 2 === 0 ? RANGE : 0, true);
  }
  return bytes;
}

/** Version 130 as BTS 9.0 writes it. `isSplit` counts charges in a field of their own; otherwise both directions stand in one, signed. */
export function bts90File(isSplit: boolean): Uint8Array {
  const bytes = new Uint8Array(1024 + 88 * (NEWARE_ROWS.length + 1));
  bytes.set(latin1('NEWARE20231114'));
  bytes[14] = 130;
  const view = viewOf(bytes);
  for (const [k, row] of NEWARE_ROWS.entries()) {
    // One record of another channel stands among them.
    const at = 1024 + 88 * (k < 6 ? k : k + 1);
    bytes.set([0x12, 0x50, 0, 7, 0x55, 0x81, 1, 6], at);
    bytes.set([row.step, row.type], at + 9);
    view.setUint32(at + 16, row.index, true);
    view.setBigUint64(at + 28, BigInt(1e6 * row.stepTime_s), true);
    view.setFloat32(at + 36, row.voltage_V, true);
    view.setFloat32(at + 40, 1e3 * row.current_A, true);
    const sign = row.current_A < 0 ? -1 : 1;
    if (isSplit) view.setFloat32(at + (sign < 0 ? 60 : 52), 1e3 * row.charge_C, true);
    else view.setFloat32(at + 60, 1e3 * sign * row.charge_C, true);
    view.setBigUint64(at + 68, BigInt(1e6 * (START_UNIX_S + row.time_s)), true);
  }
  bytes.set([0x12, 0x50, 0, 7, 0x58], 1024 + 88 * 6);
  return bytes;
}

/** A cell of a sheet: a number, a text, or a number with the place of its style. */
export type Cell = number | string | { readonly value: number; readonly style: number } | null;

const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Styles 1 to 3: a moment, a duration above a day, a plain number in red. */
const STYLES = `<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm:ss.000"/><numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>`;

/** The parts of a workbook; texts are shared, or stand in the cells where `isInline`. */
export function xlsxParts(
  sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>,
  { isInline = false, has1904 = false } = {},
): Record<string, string> {
  const strings: string[] = [];
  const shared = (text: string): number => {
    if (!strings.includes(text)) strings.push(text);
    return strings.indexOf(text);
  };
  const cell = (given: Cell, row: number, column: number): string => {
    if (given === null) return '';
    const at = `r="${letters(column)}${row + 1}"`;
    if (typeof given === 'number') return `<c ${at}><v>${given}</v></c>`;
    if (typeof given !== 'string') return `<c ${at} s="${given.style}"><v>${given.value}</v></c>`;
    if (isInline) return `<c ${at} t="inlineStr"><is><t>${escaped(given)}</t></is></c>`;
    return `<c ${at} t="s"><v>${shared(given)}</v></c>`;
  };
  const bodies = Object.entries(sheets).map(([, rows]) =>
    rows.map((cells, row) => `<row r="${row + 1}">${cells.map((one, c) => cell(one, row, c)).join('')}</row>`).join(''),
  );
  const names = Object.keys(sheets);
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  return {
    'xl/workbook.xml': `${head}<workbook xmlns:r="r"><workbookPr${has1904 ? ' date1904="1"' : ''}/><sheets>${names
      .map((name, k) => `<sheet name="${escaped(name)}" sheetId="${k + 1}" r:id="rId${k + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships>${names
      .map((_, k) => `<Relationship Id="rId${k + 1}" Target="worksheets/sheet${k + 1}.xml"/>`)
      .join('')}</Relationships>`,
    'xl/styles.xml': `${head}${STYLES}`,
    'xl/sharedStrings.xml': `${head}<sst>${strings.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
    ...Object.fromEntries(
      bodies.map((body, k) => [
        `xl/worksheets/sheet${k + 1}.xml`,
        `${head}<worksheet><dimension ref="A1"/><sheetData>${body}</sheetData></worksheet>`,
      ]),
    ),
  };
}

const duration = (time_s: number): string =>
  `00:${String(Math.floor(time_s / 60)).padStart(2, '0')}:${String(time_s % 60).padStart(2, '0')}.000`;

/** Days since 1900 of 14 November 2023, 22:13:20, and the seconds behind it. */
export const excelDay = (time_s: number): number => (START_UNIX_S + time_s) / 86400 + 25569;

/** The sheets that Neware's program writes, of which one is the record. */
export const NEWARE_SHEETS: Readonly<Record<string, readonly (readonly Cell[])[]>> = {
  test: [
    ['Start Time', '2023-11-14 22:13:20'],
    ['Remarks', 'cell <7>'],
  ],
  cycle: [
    ['Cycle Index', 'Chg. Cap.(mAh)', 'DChg. Cap.(mAh)'],
    [1, 1.5, 1.25],
    [2, 1.5, 1.25],
  ],
  record: [
    ['DataPoint', 'Cycle Index', 'Step Index', 'Step Type', 'Time', 'Total Time', 'Current(mA)', 'Voltage(V)', 'Date'],
    ...ROWS.map((row, k): Cell[] => [
      k + 1,
      row.cycle,
      row.step,
      'Rest',
      duration(0),
      duration(row.time_s),
      1e3 * row.current_A,
      row.voltage_V,
      { value: excelDay(row.time_s), style: 1 },
    ]),
  ],
};

const ARBIN_HEADINGS = [
  'Data_Point',
  'Date_Time',
  'Test_Time(s)',
  'Step_Index',
  'Cycle_Index',
  'Voltage(V)',
  'Current(A)',
];
const arbinRows = (from: number, to: number): Cell[][] =>
  ROWS.slice(from, to).map((row, k) => [
    from + k + 1,
    { value: excelDay(row.time_s), style: 1 },
    row.time_s,
    row.step,
    row.cycle,
    row.voltage_V,
    row.current_A,
  ]);

/** A channel that Arbin's program went on with in a second sheet. */
export const ARBIN_SHEETS: Readonly<Record<string, readonly (readonly Cell[])[]>> = {
  Global_Info: [
    [null, 'TEST REPORT'],
    [],
    ['Channel', 'Start DateTime', 'Creator', 'Comments'],
    [11, { value: excelDay(0), style: 1 }, 'me', null],
  ],
  Channel_11_1: [ARBIN_HEADINGS, ...arbinRows(0, 7)],
  Channel_11_2: [ARBIN_HEADINGS, ...arbinRows(7, 12)],
};

/** Files that hold `ROWS`. */
export const ARCHIVES: readonly Fixture[] = [
  ...NDC_VERSIONS.map((version) => ({
    name: `ndax of version ${version}`,
    format: new RegExp(`^Neware .ndax, version ${version}$`),
    bytes: zip(ndaxParts(version, NEWARE_ROWS)),
  })),
  ...([8, 22] as const).map((version) => ({
    name: `nda of version ${version}`,
    format: new RegExp(`^Neware .nda, version ${version}$`),
    bytes: earlyNdaFile(version),
  })),
  ...[true, false].map((isSplit) => ({
    name: `nda of version 130 by BTS 9.0, charges ${isSplit ? 'apart' : 'signed'}`,
    format: /^Neware .nda, version 130$/,
    bytes: bts90File(isSplit),
  })),
  {
    name: 'an .nda in an archive, beside what a Mac adds',
    format: /^Neware .nda, version 8$/,
    bytes: zip({ 'folder/cell.nda': earlyNdaFile(8), '__MACOSX/folder/._cell.nda': 'x', 'folder/.DS_Store': 'x' }),
  },
  {
    name: 'an .ndax in an archive',
    format: /^Neware .ndax, version 14$/,
    bytes: zip({ 'cell.ndax': zip(ndaxParts(14, NEWARE_ROWS)) }),
  },
  {
    name: 'xlsx of Neware, shared strings',
    format: /^Excel workbook \(.xlsx\), sheet record: Neware csv$/,
    bytes: zip(xlsxParts(NEWARE_SHEETS)),
  },
  {
    name: 'xlsx of Neware, strings in the cells',
    format: /^Excel workbook \(.xlsx\), sheet record: Neware csv$/,
    bytes: zip(xlsxParts(NEWARE_SHEETS, { isInline: true })),
  },
  {
    name: 'xlsx of Arbin over two sheets',
    format: /^Excel workbook \(.xlsx\), sheet Channel_11_1, Channel_11_2: Arbin csv$/,
    bytes: zip(xlsxParts(ARBIN_SHEETS)),
  },
];
