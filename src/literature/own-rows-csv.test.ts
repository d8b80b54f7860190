import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../units/index.ts';
import { readOwnCsv, readOwnFile, readOwnRows } from './index.ts';

const HEAD =
  'id,group,method,electrolyte,electrolyte_class,doi,source_locator,how,curator,date,quantity,printed,value,unit,condition_currentDensity_mA_per_cm2,condition_cycles';
const ROW =
  'silver,host,"foam, silvered",1 M LiTFSI in DOL/DME (1:1),ether,10.1000/x,Table 2,reported-table,A. R.,2026-11-21';
const TABLE = `${HEAD}\r\n${ROW},coulombic-efficiency,98.7 % over 250 cycles,98.7,%,1,250\r\n${ROW},duration,"over 900 h",900,h,,\r\n`;

const JSON_FILE = {
  limetalLiterature: 1,
  curator: 'A. R.',
  date: '2026-11-21',
  rows: [
    {
      id: 'silver',
      group: 'host',
      method: 'foam, silvered',
      electrolyte: { text: '1 M LiTFSI in DOL/DME (1:1)', class: 'ether' },
      source: { doi: '10.1000/x', locator: 'Table 2', how: 'reported-table' },
      quantities: [
        {
          kind: 'coulombic-efficiency',
          printed: '98.7 % over 250 cycles',
          value: 98.7,
          unit: '%',
          conditions: { currentDensity_mA_per_cm2: 1, cycles: 250 },
        },
        { kind: 'duration', printed: 'over 900 h', value: 900, unit: 'h' },
      ],
    },
  ],
};

function faults(text: string): readonly string[] {
  try {
    readOwnCsv(text, 'own.csv');
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message.split('\n');
  }
}

describe('own rows as a table', () => {
  test('are those of the JSON file', () => {
    expect(readOwnCsv(TABLE, 'own.csv')).toEqual(readOwnRows(JSON_FILE, 'own.json'));
    expect(readOwnFile(`\uFEFF${TABLE}`, 'OWN.CSV')).toEqual(readOwnFile(JSON.stringify(JSON_FILE), 'own.json'));
  });

  test('may be parted by semicolons', () => {
    const table = TABLE.replaceAll(',', ';').replaceAll('foam; silvered', 'foam, silvered');
    expect(readOwnCsv(table, 'own.csv')).toEqual(readOwnCsv(TABLE, 'own.csv'));
  });

  test('tell every fault with its line', () => {
    const told = faults(TABLE.replace(',98.7,%', ',99.7,%').replace(',900,h', ',900,K'));
    expect(told).toEqual([
      expect.stringMatching(/^own\.csv:2: value: got 99\.7/),
      expect.stringMatching(/^own\.csv:3: unit: got "K"/),
    ]);
    const words = faults(TABLE.replace(',900,h', ',ninety,h'));
    expect(words).toEqual([expect.stringMatching(/^own\.csv:3: value: got "ninety"/)]);
  });

  test('tell columns that are missing or unknown, with the nearest', () => {
    const told = faults(TABLE.replace('curator', 'curater'));
    expect(told.join('\n')).toMatch(/column "curater".*did you mean curator/);
    expect(told.join('\n')).toMatch(/no column "curator"/);
    expect(faults(HEAD).join()).toMatch(/headings alone/);
    expect(faults('').join()).toMatch(/empty file/);
    expect(faults(`__proto__,${TABLE}`).join()).toMatch(/column "__proto__"/);
  });

  test('tell lines of one row that contradict each other', () => {
    const second = `${ROW.replace('host', 'alloy')},duration,5 h,5,h,,`;
    expect(faults(`${TABLE}${second}\n`)).toEqual([
      expect.stringMatching(/^own\.csv:4: got group "alloy", want "host", as before in the row "silver"/),
    ]);
  });

  test('whatever the text, it is rows or an error that lists faults', () => {
    const letters = fc.constantFrom(...'",;\r\nab1 ');
    const text = fc.oneof(fc.string({ unit: letters, maxLength: 60 }), fc.string());
    fc.assert(
      fc.property(text, (tail) => {
        for (const one of [tail, `${HEAD}\n${tail}`, `${TABLE}${tail}`]) faults(one);
      }),
    );
  });
});
