import { describe, expect, test } from 'vitest';
import {
  createReproducer,
  reproducedSystem,
  reproduceScores,
  reproduceTasks,
  tabulatedSystem,
} from '../../design/index.ts';
import {
  findRows,
  literatureRows,
  literatureTables,
  papers,
  quantitiesOf,
  rowsToTidyCsv,
  rowsToWideCsv,
} from '../../literature/index.ts';
import { literatureExport, literatureFind, literatureLibrary } from './literature.ts';
import { reproduceExport, reproducePlan, reproduceResults, reproduceTask } from './reproduce.ts';

const ALL = { own: [], query: {}, sort: 'printed', isDescending: false } as const;
const PLOT = { against: 'current', scale: 'lce', colour: 'strategy' } as const;

const OWN = {
  name: 'own.json',
  text: JSON.stringify({
    limetalLiterature: 1,
    curator: 'A. R.',
    date: '2026-11-21',
    rows: [
      {
        id: 'silver',
        group: 'host',
        method: 'foam',
        source: { doi: '10.1000/x', locator: 'Table 2', how: 'reported-table' },
        quantities: [
          {
            kind: 'coulombic-efficiency',
            printed: '98.7 %',
            value: 98.7,
            unit: '%',
            conditions: { currentDensity_mA_per_cm2: 1 },
          },
        ],
      },
    ],
  }),
};

describe('the literature of the page', () => {
  test('is that of the library, and every printed efficiency of lithium stands in the plot or is counted', () => {
    const all = literatureFind({ ...ALL, ...PLOT });
    expect(all.ids).toEqual(literatureRows().map(({ id }) => id));
    const efficiencies = literatureRows().flatMap((row) => quantitiesOf(row, 'coulombic-efficiency'));
    const drawn = all.marks.flat().length;
    expect(drawn + all.notPlaced + all.notOfLithium).toBe(efficiencies.length);
    expect(all.notOfLithium).toBe(3);
    for (const [s, own] of all.marks.entries()) expect(all.figure.panels[0]!.series[s]!.x).toHaveLength(own.length);
  });

  test('a mark says who, what, where and under which conditions, as printed', () => {
    const { marks } = literatureFind({ ...ALL, ...PLOT, query: { text: 'graphene 10 M LiFSI' } });
    expect(marks.flat().map(({ text }) => text)).toEqual([
      'a1-36b, Wang, H. et al., Nano Lett. 2019 [36] · graphene · “99.10” % at 0.5 mA cm⁻², 3 mAh cm⁻², 100 cycles · 10 M LiFSI in DMC',
    ]);
  });

  test('own rows are found among the others, and faults of a file are told beside the rest', () => {
    const found = literatureFind({ ...ALL, ...PLOT, own: [OWN], query: { table: 'own' } });
    expect(found.ids).toEqual(['silver']);
    expect(found.figure.panels[0]!.series.map(({ mark }) => mark)).toEqual(['squares']);
    const twice = literatureLibrary({ own: [OWN, { ...OWN, name: 'again.json' }] });
    expect(twice.issues.map(({ where }) => where)).toEqual(['again.json']);
    const bad = literatureLibrary({ own: [{ name: 'bad.json', text: '{' }] });
    expect(bad.issues[0]!.where).toBe('bad.json:1:2');
    expect(bad.rows).toHaveLength(67);
  });

  test('files are those of the shell', () => {
    const query = { group: 'host', coulombic_efficiency_min: 0.98 } as const;
    const rows = findRows(literatureRows(), query);
    const ask = (format: 'csv' | 'wide-csv' | 'json' | 'bibtex') => literatureExport({ ...ALL, query, format });
    expect(ask('csv').text).toBe(rowsToTidyCsv(rows, papers()));
    expect(ask('wide-csv').text).toBe(rowsToWideCsv(rows, papers(), literatureTables()));
    expect(JSON.parse(ask('json').text).rows).toEqual(rows);
    expect(ask('bibtex').note).toMatch(`Of ${rows.length} rows`);
  });
});

describe('reported beside computed on the page', () => {
  const input = { ids: ['a1-06', 'b3-86'], samples: 12, seed: 1 };
  const plan = reproducePlan(input);
  const kept = plan.map(({ key, task }) => ({
    key,
    outcome: { kind: 'answer' as const, answer: reproduceTask({ task }, {}) },
  }));

  test('is, number for number, what the shell computes', () => {
    const run = createReproducer(tabulatedSystem);
    const tasks = reproduceTasks(input.ids.map(tabulatedSystem), input);
    const expected = input.ids.map((id) => {
      const own = tasks.filter(({ system }) => system === id);
      const outcomes = own.map((task) => ({ kind: 'answer' as const, answer: run(task, { aborted: false }) }));
      return reproducedSystem(tabulatedSystem(id), own, outcomes);
    });
    const { systems, scores, isComplete } = reproduceResults({ ...input, kept, colour: 'strategy' });
    expect(systems).toEqual(expected);
    expect(scores).toEqual(reproduceScores(expected, 1));
    expect(isComplete).toBe(true);
  });

  test('half of the answers give the values that they hold, in any order', () => {
    const half = kept.filter(({ outcome }) => outcome.answer.kind === 'nominal').reverse();
    const { systems, isComplete } = reproduceResults({ ...input, kept: half, colour: 'electrolyte' });
    expect(isComplete).toBe(false);
    const [first] = systems[0]!.quantities;
    expect(first!.computed).not.toBeNull();
    expect(first!.band).toBeNull();
    expect(systems[0]!.remarks.join()).toMatch(/Not all runs/);
  });

  test('every compared number is drawn with what it is, and the files hold the same', () => {
    const { parity, systems } = reproduceResults({ ...input, kept, colour: 'strategy' });
    const [efficiency] = systems[0]!.quantities;
    const at = parity.efficiency.marks.findIndex((own) => own.length > 0);
    expect(parity.efficiency.marks[at]![0]!.text).toContain(`reported “${efficiency!.printed}”`);
    const csv = reproduceExport({ ...input, kept, colour: 'strategy', format: 'csv' });
    expect(csv).toContain(`,${efficiency!.computed},`);
    const json = JSON.parse(reproduceExport({ ...input, kept, colour: 'strategy', format: 'json' }));
    expect(json.systems[0].quantities[0].computed).toBe(efficiency!.computed);
    expect(json.complete).toBe(true);
  });

  test('what cannot be computed is said at once', () => {
    expect(() => reproducePlan({ ids: ['a1-99'], samples: 5, seed: 1 })).toThrow(/a1-99/);
  });
});
