// Writes Access databases for tests: tables of numbers and short texts in pages of Jet 4, with the list of tables, a map of pages for each
// table, and rows that grow from the end of a page.

const PAGE_SIZE = 4096;
const TYPES = { boolean: 1, byte: 2, integer: 3, long: 4, float: 6, double: 7, text: 10 } as const;
const SIZES = { boolean: 0, byte: 1, integer: 2, long: 4, float: 4, double: 8, text: 0 } as const;
export type FixtureType = keyof typeof TYPES;

export interface FixtureTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, FixtureType>>;
  readonly rows: readonly Readonly<Record<string, number | string | boolean | null>>[];
  /** A map that lists further pages of bits, as large tables have. */
  readonly map?: 'direct' | 'by pages';
}

const utf16 = (text: string): number[] => Array.from(text, (c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]).flat();
/** FF FE and one byte a character, as Access stores what fits. */
const narrow = (text: string): number[] => [0xff, 0xfe, ...Array.from(text, (c) => c.charCodeAt(0))];

function rowBytes(columns: readonly (readonly [string, FixtureType])[], row: FixtureTable['rows'][number]): Uint8Array {
  const fixed: number[] = [];
  const texts: number[][] = [];
  const mask = new Uint8Array((columns.length + 7) >> 3);
  columns.forEach(([name, type], k) => {
    const value = row[name] ?? null;
    if (type === 'boolean' ? value === true : value !== null) mask[k >> 3]! |= 1 << (k & 7);
    if (type === 'text')
      texts.push(value === null ? [] : /^[ -~]{3,}$/.test(`${value}`) ? narrow(`${value}`) : utf16(`${value}`));
    else if (type !== 'boolean') {
      const view = new DataView(new ArrayBuffer(8));
      const number = Number(value ?? 0);
      if (type === 'byte') view.setUint8(0, number);
      else if (type === 'integer') view.setInt16(0, number, true);
      else if (type === 'long') view.setInt32(0, number, true);
      else if (type === 'float') view.setFloat32(0, number, true);
      else view.setFloat64(0, number, true);
      fixed.push(...new Uint8Array(view.buffer, 0, SIZES[type]));
    }
  });
  const ends = [2 + fixed.length];
  for (const text of texts) ends.push(ends.at(-1)! + text.length);
  const words = [...ends.reverse(), texts.length].flatMap((value) => [value & 255, value >> 8]);
  return Uint8Array.from([columns.length, 0, ...fixed, ...texts.flat(), ...(texts.length > 0 ? words : []), ...mask]);
}

const CATALOGUE: Readonly<Record<string, FixtureType>> = { Id: 'long', Name: 'text', Type: 'integer', Flags: 'long' };

/** RC4 keystream of the head, which hides zeros. */
function keystream(key: readonly number[], length: number): Uint8Array {
  const state = Array.from({ length: 256 }, (_, k) => k);
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i]! + key[i % key.length]!) % 256;
    [state[i], state[j]] = [state[j]!, state[i]!];
  }
  let j = 0;
  return Uint8Array.from({ length }, (_, k) => {
    const i = (k + 1) % 256;
    j = (j + state[i]!) % 256;
    [state[i], state[j]] = [state[j]!, state[i]!];
    return state[(state[i]! + state[j]!) % 256]!;
  });
}

/** The bytes of a database; with `pageKey` every page but the first is encoded under it. */
export function accessFile(tables: readonly FixtureTable[], pageKey?: readonly number[]): Uint8Array {
  const pages: Uint8Array[] = [];
  const add = (kind: number): [number, Uint8Array, DataView] => {
    const page = new Uint8Array(PAGE_SIZE);
    page[0] = kind;
    page[1] = 1;
    pages.push(page);
    return [pages.length - 1, page, new DataView(page.buffer)];
  };
  const head = add(0)[1];
  head.set(
    Array.from('Standard Jet DB', (c) => c.charCodeAt(0)),
    4,
  );
  head[0x14] = 1;
  head[0x3e] = 0;
  head.set(pageKey ?? [], 0x3e);
  keystream([0xc7, 0xda, 0x39, 0x6b], 128).forEach((byte, k) => {
    head[0x18 + k]! ^= byte;
  });
  add(9);

  /** Rows into as many data pages as they need. */
  const dataPages = (owner: number, rows: readonly Uint8Array[]): number[] => {
    const numbers: number[] = [];
    let open: [number, Uint8Array, DataView] | null = null;
    let end = PAGE_SIZE;
    let count = 0;
    for (const row of rows) {
      if (open === null || end - row.length < 14 + 2 * (count + 1)) {
        open = add(1);
        numbers.push(open[0]);
        open[2].setUint32(4, owner, true);
        end = PAGE_SIZE;
        count = 0;
      }
      end -= row.length;
      open[1].set(row, end);
      open[2].setUint16(14 + 2 * count, end, true);
      open[2].setUint16(12, ++count, true);
    }
    return numbers;
  };
  const bits = (set: readonly number[], first: number, length: number): Uint8Array => {
    const map = new Uint8Array(length);
    for (const page of set) map[(page - first) >> 3]! |= 1 << ((page - first) & 7);
    return map;
  };
  const table = ({ columns, rows, map }: Omit<FixtureTable, 'name'>): number => {
    const [own, page, view] = add(2);
    const entries = Object.entries(columns);
    view.setUint32(16, rows.length, true);
    view.setUint16(43, entries.filter(([, type]) => type === 'text').length, true);
    view.setUint16(45, entries.length, true);
    let fixed = 0;
    let texts = 0;
    entries.forEach(([, type], k) => {
      const at = 63 + 25 * k;
      view.setUint8(at, TYPES[type]);
      view.setUint16(at + 5, k, true);
      view.setUint8(at + 15, type === 'text' ? 2 : 3);
      if (type === 'text') view.setUint16(at + 7, texts++, true);
      else {
        view.setUint16(at + 21, fixed, true);
        fixed += SIZES[type];
      }
      view.setUint16(at + 23, type === 'text' ? 255 : SIZES[type], true);
    });
    let at = 63 + 25 * entries.length;
    for (const [name] of entries) {
      view.setUint16(at, 2 * name.length, true);
      page.set(utf16(name), at + 2);
      at += 2 + 2 * name.length;
    }
    const owned = dataPages(
      own,
      rows.map((row) => rowBytes(entries, row)),
    );
    let mapRow: Uint8Array;
    if (map === 'by pages') {
      const [number, bitmap] = add(5);
      bitmap.set(bits(owned, 0, PAGE_SIZE - 4), 4);
      mapRow = Uint8Array.of(1, number & 255, number >> 8, 0, 0, 0, 0, 0, 0);
    } else mapRow = Uint8Array.from([0, 0, 0, 0, 0, ...bits(owned, 0, 64)]);
    const [mapPage] = dataPages(0, [mapRow]);
    view.setUint32(55, mapPage! << 8, true);
    return own;
  };
  // The catalogue must stand on page 2, before it is known where the tables are: it is written twice.
  const catalogueRows = (places: readonly number[]): FixtureTable['rows'] =>
    tables.map(({ name }, k) => ({ Id: places[k] ?? 0, Name: name, Type: 1, Flags: 0 }));
  table({ columns: CATALOGUE, rows: catalogueRows([]) });
  const places = tables.map((one) => table(one));
  pages[3] = (() => {
    const kept = pages.length;
    const [number] = dataPages(
      2,
      catalogueRows(places).map((row) => rowBytes(Object.entries(CATALOGUE), row)),
    );
    const page = pages[number!]!;
    pages.length = kept;
    return page;
  })();
  const bytes = new Uint8Array(pages.length * PAGE_SIZE);
  pages.forEach((page, k) => {
    if (pageKey !== undefined && k > 0) {
      const key = pageKey.map((byte, i) => byte ^ ((k >>> (8 * i)) & 255));
      keystream(key, PAGE_SIZE).forEach((byte, i) => {
        page[i]! ^= byte;
      });
    }
    bytes.set(page, k * PAGE_SIZE);
  });
  return bytes;
}

/** Rows of Channel_Normal_Table: charged, then discharged, twice. */
export const ARBIN_ROWS = Array.from({ length: 240 }, (_, k) => {
  const cycle = 1 + Math.floor(k / 120);
  const within = k % 120;
  const charging = within < 60;
  return {
    Test_ID: 1,
    Data_Point: k + 1,
    Test_Time: 10 * k + 0.25,
    Step_Time: 10 * (within % 60),
    DateTime: 44927.5 + (10 * k + 0.25) / 86400,
    Step_Index: charging ? 1 : 2,
    Cycle_Index: cycle,
    Is_FC_Data: 0,
    Current: charging ? 0.5e-3 : -0.25e-3,
    Voltage: 3 + within / 128,
    Charge_Capacity: 1e-6 * Math.min(within, 60),
    Discharge_Capacity: charging ? 0 : 0.5e-6 * (within - 60),
    Charge_Energy: 3e-6 * Math.min(within, 60),
    Discharge_Energy: 0,
    'dV/dt': k === 7 ? null : 0.5,
    Internal_Resistance: 12,
  };
});

const CHANNEL_COLUMNS: Readonly<Record<string, FixtureType>> = {
  Test_ID: 'long',
  Data_Point: 'long',
  Test_Time: 'double',
  Step_Time: 'double',
  DateTime: 'double',
  Step_Index: 'integer',
  Cycle_Index: 'integer',
  Is_FC_Data: 'byte',
  Current: 'float',
  Voltage: 'float',
  Charge_Capacity: 'double',
  Discharge_Capacity: 'double',
  Charge_Energy: 'double',
  Discharge_Energy: 'double',
  'dV/dt': 'float',
  Internal_Resistance: 'float',
};

/** An Arbin result file with one test, or several in turn, and two auxiliary channels at every other point. */
export function arbinFile({
  tests = 1,
  pageKey,
  map,
}: {
  readonly tests?: number;
  readonly pageKey?: readonly number[];
  readonly map?: FixtureTable['map'];
} = {}): Uint8Array {
  const numbers = Array.from({ length: tests }, (_, k) => k + 1);
  // Pages need not hold rows in the order of the data points.
  const rows = numbers.flatMap((Test_ID) => {
    const own = ARBIN_ROWS.map((row) => ({ ...row, Test_ID }));
    return [...own.slice(100), ...own.slice(0, 100)];
  });
  const auxiliary = ARBIN_ROWS.filter((_, k) => k % 2 === 0).flatMap(({ Data_Point }) => [
    { Test_ID: 1, Data_Point, Auxiliary_Index: 1, Data_Type: 1, X: 25 },
    { Test_ID: 1, Data_Point, Auxiliary_Index: 1, Data_Type: 0, X: 0.125 },
  ]);
  return accessFile(
    [
      {
        name: 'Version_Table',
        columns: { Version_Schema_Field: 'text' },
        rows: [{ Version_Schema_Field: 'Results File 5.26' }],
      },
      {
        name: 'Global_Table',
        columns: {
          Test_ID: 'long',
          Test_Name: 'text',
          Channel_Index: 'integer',
          Start_DateTime: 'double',
          Comments: 'text',
          Log_Aux_Data_Flag: 'boolean',
          MASS: 'float',
        },
        rows: numbers.map((Test_ID) => ({
          Test_ID,
          Test_Name: `Cu|Li Ω ${Test_ID}`,
          Channel_Index: 12,
          Start_DateTime: 44927.5,
          Comments: null,
          Log_Aux_Data_Flag: true,
          MASS: 0.0125,
        })),
      },
      { name: 'Channel_Normal_Table', columns: CHANNEL_COLUMNS, rows, ...(map === undefined ? {} : { map }) },
      {
        name: 'Auxiliary_Table',
        columns: { Test_ID: 'long', Data_Point: 'long', Auxiliary_Index: 'integer', Data_Type: 'integer', X: 'float' },
        rows: auxiliary,
      },
      {
        name: 'Aux_Global_Data_Table',
        columns: {
          Channel_Index: 'integer',
          Auxiliary_Index: 'integer',
          Data_Type: 'integer',
          Nickname: 'text',
          Unit: 'text',
        },
        rows: [{ Channel_Index: 12, Auxiliary_Index: 1, Data_Type: 1, Nickname: 'case', Unit: 'C' }],
      },
    ],
    pageKey,
  );
}
