// What the analysis of cycling finds in computed runs is what the engine booked, and in real files what is known of them.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type AnalysedCellKind, analyseCycling, type CyclingFindings } from '../src/analysis/index.ts';
import { builtInCell, parseProtocol, systemCell } from '../src/cells/index.ts';
import { readInstrumentFile } from '../src/readers/index.ts';
import { recordToBdf, recordToCsv, recordToParquet } from '../src/records/index.ts';
import { type SimulateOptions, simulate } from '../src/simulation/index.ts';

const CYCLING = [
  'Plate at 0.5 mA/cm2 for 1 mAh/cm2',
  'Rest for 10 minutes',
  'Strip at 0.5 mA/cm2 until 1 V',
  'repeat 6',
];

describe('computed Li|Cu runs: the efficiency that the engine booked', () => {
  const cells = [
    ...['li-cu-ether-nitrate', 'li-cu-carbonate', 'li-cu-fec-carbonate', 'li-cu-lhce'].map((id) => builtInCell(id)),
    ...['a1-06', 'a1-27', 'b1-26'].map((id) => systemCell(id, 'Li|Cu')),
  ];
  const ways: readonly SimulateOptions[] = [
    { model: 'fast' },
    { model: 'fast', detail: 'ends' },
    // The record of so few rows keeps the first and the last of each step, which is all that charges need.
    { model: 'fast', rows_max: 60 },
    { model: 'full' },
  ];

  test.each(cells.flatMap((cell) => ways.map((options) => [cell.id, options, cell] as const)))(
    '%s, %o: within 1e-6',
    (_, options, cell) => {
      const { record, cycles } = simulate(cell, parseProtocol(CYCLING), options);
      const found = analyseCycling(record, { cell: 'Li|Cu' });
      expect(found.cycles.map(({ cycle }) => cycle)).toEqual(cycles.map(({ cycle }) => cycle));
      let told = 0;
      cycles.forEach((booked, k) => {
        const own = found.cycles[k]!.coulombic_efficiency;
        if (booked.coulombic_efficiency === null) expect(own).toBeNull();
        else {
          told++;
          expect(Math.abs(own! - booked.coulombic_efficiency)).toBeLessThan(1e-6);
          expect(found.cycles[k]!.plated_C! / 3.6e-3 / 1000 / (cell.area_m2 * 1e4)).toBeCloseTo(
            booked.plated_mAh_per_cm2,
            6,
          );
        }
      });
      expect(told).toBe(6);
      expect(found.longRun).toMatchObject({ from: 2, to: 6, cycles: 5 });
    },
  );

  test.each([
    ['CSV', recordToCsv],
    ['BDF', recordToBdf],
    ['Parquet', recordToParquet],
  ] as const)('the same by way of a %s file', async (name, write) => {
    const { record, cycles } = simulate(builtInCell('li-cu-fec-carbonate'), parseProtocol(CYCLING));
    const content = await write(record);
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
    const file = await readInstrumentFile(bytes, { name });
    const found = analyseCycling(file.records[0]!, { cell: 'Li|Cu' });
    expect(found.cycles).toHaveLength(6);
    found.cycles.forEach(({ coulombic_efficiency, cycle_vendor }, k) => {
      expect(Math.abs(coulombic_efficiency! - cycles[k]!.coulombic_efficiency!)).toBeLessThan(1e-6);
      expect(cycle_vendor).toBe(k + 1);
    });
  });

  test('a reservoir test comes back with the lithium that was lost', () => {
    const protocol = parseProtocol([
      ['Plate at 0.5 mA/cm2 for 5 mAh/cm2', 'Strip at 0.5 mA/cm2 until 1 V'],
      ['Plate at 0.5 mA/cm2 for 5 mAh/cm2'],
      ...Array.from({ length: 10 }, () => ['Strip at 0.5 mA/cm2 for 1 mAh/cm2', 'Plate at 0.5 mA/cm2 for 1 mAh/cm2']),
      ['Strip at 0.5 mA/cm2 until 1 V'],
    ]);
    const { record, cycles } = simulate(builtInCell('li-cu-ether-nitrate'), protocol);
    const { reservoir } = analyseCycling(record, { cell: 'Li|Cu' });
    const test = cycles.slice(1);
    const plated = test.reduce((sum, { plated_mAh_per_cm2 }) => sum + plated_mAh_per_cm2, 0);
    const stripped = test.reduce((sum, { stripped_mAh_per_cm2 }) => sum + stripped_mAh_per_cm2, 0);
    expect(reservoir).toMatchObject({ shortCycles: 10, order: 'strip first' });
    expect(reservoir!.adams).toBeCloseTo(stripped / plated, 6);
    expect(reservoir!.conditioning).toBeCloseTo(cycles[0]!.coulombic_efficiency!, 6);
  });

  test('nucleation and polarisation are those of the summaries', () => {
    const { record, cycles } = simulate(builtInCell('li-cu-carbonate'), parseProtocol(CYCLING));
    const found = analyseCycling(record, { cell: 'Li|Cu' });
    const first = found.cycles[0]!.nucleation;
    expect(first?.kind).toBe('dip');
    if (first?.kind !== 'dip') return;
    // The engine takes the end of the plating for the plateau, the analysis 50 to 90 % of its charge.
    const tip_mV = 1e3 * (first.eta_n_V - Math.abs(record.voltage_V[found.halfCycles[0]!.end - 1]!));
    expect(tip_mV).toBeCloseTo(cycles[0]!.nucleation_overpotential_mV!, 1);
    const li = simulate(
      builtInCell('li-li-carbonate'),
      parseProtocol(['Plate at 1 mA/cm2 for 1 mAh/cm2', 'Strip at 1 mA/cm2 for 1 mAh/cm2', 'repeat 5']),
    );
    analyseCycling(li.record, { cell: 'Li|Li' }).cycles.forEach(({ polarisation_V }, k) => {
      expect(1e3 * polarisation_V!).toBeCloseTo(li.cycles[k]!.polarisation_mV!, 1);
    });
  });

  test('a full cell gives the efficiency, capacity and retention of its summaries', () => {
    const protocol = parseProtocol(['Charge at C/3 until 4.2 V', 'Discharge at C/3 until 3.0 V', 'repeat 5']);
    const { record, cycles } = simulate(builtInCell('cu-nmc811'), protocol);
    const found = analyseCycling(record, { cell: 'Cu|cathode' });
    found.cycles.forEach(({ coulombic_efficiency, retention }, k) => {
      expect(coulombic_efficiency).toBeCloseTo(cycles[k]!.coulombic_efficiency!, 5);
      expect(retention).toBeCloseTo(cycles[k]!.discharged_mAh_per_cm2 / cycles[1]!.discharged_mAh_per_cm2, 5);
    });
  });
});

const FOLDER = process.env.LIMETAL_LAB_FILES ?? '../shared/lab-files';
const THERE = existsSync(`${FOLDER}/README.md`);
if (!THERE) console.warn(`skipped: no real instrument files in ${FOLDER} (LIMETAL_LAB_FILES names another folder)`);

async function analysed(path: string, cell: AnalysedCellKind): Promise<CyclingFindings> {
  const file = await readInstrumentFile(new Uint8Array(readFileSync(`${FOLDER}/${path}`)), { name: path });
  return analyseCycling(file.records[0]!, { cell });
}

const mAh = (charge_C: number): number => charge_C / 3.6;

describe.skipIf(!THERE)('real files', () => {
  test('Arbin half-cell: charge over discharge, cycle by cycle, by the instrument’s counters', async () => {
    const path = 'arbin/20160805_test001_45_cc_01.res';
    const { cycles, chargeSource, chargeSourcesDiffer, remarks } = await analysed(path, 'Li|Cu');
    expect(cycles).toHaveLength(18);
    expect(chargeSource).toBe('counters of the instrument');
    expect(chargeSourcesDiffer).toBeLessThan(1e-3);
    expect(mAh(cycles[0]!.charged_C)).toBeCloseTo(1.625406, 5);
    expect(mAh(cycles[0]!.discharged_C)).toBeCloseTo(1.755094, 5);
    expect(100 * cycles[0]!.coulombic_efficiency!).toBeCloseTo(92.61079, 4);
    expect(100 * cycles[1]!.coulombic_efficiency!).toBeCloseTo(108.427, 3);
    expect(mAh(cycles[16]!.charged_C)).toBeCloseTo(1.525362, 5);
    expect(mAh(cycles[17]!.discharged_C)).toBeCloseTo(0.239313, 5);
    expect(cycles[17]).toMatchObject({ coulombic_efficiency: null, cycle_vendor: 18, flags: ['incomplete'] });
    expect(remarks.join()).toContain('host');
    // Taken for a full cell it is upside down, and says so.
    const wrong = await analysed(path, 'Li|cathode');
    expect(wrong.pairing.rule).toBe('n with the return that follows');
    expect(wrong.conventionWords).toContain('not of lithium');
  });

  test('Arbin cathode cell: discharge over charge', async () => {
    const { cycles } = await analysed('arbin/arbin_example.res', 'Li|cathode');
    const efficiencies = cycles.slice(0, 4).map(({ coulombic_efficiency }) => 100 * coulombic_efficiency!);
    [98.2712, 99.4972, 99.5416, 99.5118].forEach((value, k) => {
      expect(efficiencies[k]).toBeCloseTo(value, 3);
    });
  });

  test('Neware full cell that came charged: each charge with the discharge after it, above 100 % as it is, the first no efficiency', async () => {
    const { cycles, pairing, longRun } = await analysed('neware/nw4-120-6-1-36.ndax', 'Li|cathode');
    const known = [
      [4.68271, 38.30239],
      [37.7534, 37.99207],
      [37.85666, 37.93353],
      [37.915, 37.96222],
      [37.98612, 38.02425],
    ];
    cycles.forEach(({ charged_C, discharged_C, cycle, cycle_vendor }, k) => {
      expect(mAh(charged_C)).toBeCloseTo(known[k]![0]!, 3);
      expect(mAh(discharged_C)).toBeCloseTo(known[k]![1]!, 3);
      expect(cycle).toBe(k + 1);
      expect(cycle_vendor).toBe(k + 1);
    });
    expect(cycles).toHaveLength(5);
    expect(pairing.words).toContain('discharge of cycle n with charge of cycle n');
    expect(cycles[0]).toMatchObject({ coulombic_efficiency: null, flags: ['came-charged'] });
    expect(cycles[2]!.flags).toEqual(['above-one']);
    expect(longRun!.aboveOne).toBe(longRun!.cycles);
  });

  test('Neware cells that start with a discharge: charge n with discharge n + 1', async () => {
    const nda = await analysed('neware/TestFile.nda', 'Li|cathode');
    expect(nda.pairing.rule).toBe('n with the return that follows');
    expect(mAh(nda.cycles[0]!.discharged_C)).toBeCloseTo(3790.168, 2);
    expect(nda.cycles[1]!.coulombic_efficiency).toBeCloseTo(5806.646 / 5811.025, 6);
    const jdb = await analysed('biologic/jdb11-1_c3_gcpl_5cycles_2V-3p8V_C-24_data_C09.mpr', 'Li|cathode');
    const efficiencies = jdb.cycles.slice(1).map(({ coulombic_efficiency }) => coulombic_efficiency);
    expect(efficiencies[0]).toBeCloseTo(0.852855 / 0.986781, 5);
    expect(efficiencies[1]).toBeCloseTo(0.87633 / 0.93709, 5);
    expect(efficiencies.at(-1)).toBeCloseTo(0.879492 / 0.955886, 5);
  });

  test('Li|LLZO|Li: hysteresis, charge of each half-cycle, resistance, and no change along the test', async () => {
    const found = await analysed('biologic/eclab-pairs/mb.mpr', 'Li|Li');
    expect(found.cycles).toHaveLength(4);
    for (const { hysteresis_V, charged_C, discharged_C } of found.cycles) {
      expect(hysteresis_V).toBeCloseTo(0.0075, 4);
      expect(mAh(charged_C)).toBeCloseTo(0.002801, 6);
      expect(mAh(discharged_C)).toBeCloseTo(0.002799, 6);
    }
    // 3.75 mV over 2.80 µA.
    expect(found.polarisation!.last_V / found.halfCycles[0]!.current_A).toBeGreaterThan(1320);
    expect(found.polarisation!.last_V / found.halfCycles[0]!.current_A).toBeLessThan(1345);
    const { perCycle_V, perCycle_V_error } = found.polarisation!.drift!;
    expect(Math.abs(perCycle_V)).toBeLessThan(2e-5);
    expect(perCycle_V_error).toBeLessThan(2e-5);
    expect(found.arcing).toMatchObject({ first: 'rectangular', last: 'rectangular' });
    expect(found.longRun).toBeNull();
  });

  test('Li|Li in one direction only: no efficiency, no hysteresis, and the peak at its start', async () => {
    const folder = 'biologic/li-li-tegdme';
    const { readdirSync } = await import('node:fs');
    const name = readdirSync(`${FOLDER}/${folder}`).find((one) => one.endsWith('01_GCPL_C05.mpr'))!;
    const found = await analysed(`${folder}/${name}`, 'Li|Li');
    expect(found.cycles[0]).toMatchObject({ coulombic_efficiency: null, hysteresis_V: null });
    expect(mAh(found.cycles[0]!.charged_C)).toBeCloseTo(0.06662, 5);
    expect(found.arcing!.first).toBe('peaked at the start');
    expect(found.polarisation!.of).toBe('half-cycle');
  });
});
