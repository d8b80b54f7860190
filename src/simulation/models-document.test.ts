// docs/models.md says by how much the two models differ. Here every row of that table is measured.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { builtInCell, type Cell } from '../cells/index.ts';
import type { ResolvedStep, Row } from './contract.ts';
import { benchOf, current, ONE_mAh_PER_cm2 } from './limits.test-tool.ts';

const text = readFileSync(new URL('../../docs/models.md', import.meta.url), 'utf8');
const table = [
  ...text.matchAll(/^\| ([\w-]+) \| ([\d.]+ mA\/cm2|C\/\d+|\d+C) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$/gm),
].map(([, id, rate, middle, ends, charge]) => [id!, rate!, Number(middle), Number(ends), Number(charge)] as const);

/** Promises below these are not asked to be tighter: mV, mV, %. */
const FINE = { middle: 0.001, ends: 0.01, charge: 1e-5 };
/** A promise may exceed what is measured by this. */
const SLACK = 5;
const SAMPLES = 500;

interface Curve {
  readonly charge: readonly number[];
  readonly voltage: readonly number[];
}

function currentOf(rate: string, cell: Cell): number {
  if (rate.endsWith('mA/cm2')) return 10 * Number.parseFloat(rate);
  const perHour = rate.startsWith('C/') ? 1 / Number(rate.slice(2)) : Number.parseFloat(rate);
  return (perHour * cell.nominalCapacity_C!) / 3600 / cell.area_m2;
}

/** The two half-cycles of a row, by charge passed since the start of each, C/m2. */
function halfCycles(cell: Cell, model: 'fast' | 'full', j: number): readonly Curve[] {
  const bench = benchOf(cell, model, 1e-6);
  const half = (signed: number, duration_s: number, stops: ResolvedStep['stops']): Curve => {
    const { rows } = bench.run(current(signed), { duration_s, stops, period_s: ONE_mAh_PER_cm2 / j / SAMPLES });
    return curveOf(rows);
  };
  const until = (value: number, side: 'above' | 'below') => [{ of: 'voltage', value, side, limit: false } as const];
  const hour = ONE_mAh_PER_cm2 / j;
  if (cell.kind === 'Li|Li') return [half(-j, hour, []), half(j, hour, [])];
  if (cell.kind === 'Li|Cu') return [half(-j, hour, []), half(j, 2 * hour, until(1, 'above'))];
  const [low, high] = cell.id === 'li-lfp' ? [2.8, 3.8] : [2.8, 4.2];
  return [half(j, 10 * hour, until(high, 'above')), half(-j, 10 * hour, until(low, 'below'))];
}

function curveOf(rows: readonly Row[]): Curve {
  const [first] = rows;
  return {
    charge: rows.map((row) => Math.abs(row.j_A_per_m2) * (row.time_s - first!.time_s)),
    voltage: rows.map((row) => row.voltage_V),
  };
}

function voltageAt({ charge, voltage }: Curve, q: number): number {
  const right = charge.findIndex((value) => value >= q);
  if (right <= 0) return right === 0 ? voltage[0]! : Number.NaN;
  const share = (q - charge[right - 1]!) / (charge[right]! - charge[right - 1]!);
  return voltage[right - 1]! + share * (voltage[right]! - voltage[right - 1]!);
}

function differences(fast: Curve, full: Curve): { middle: number; ends: number; charge: number } {
  const [a, b] = [fast.charge.at(-1)!, full.charge.at(-1)!];
  const common = Math.min(a, b);
  let [middle, ends] = [0, 0];
  for (let i = 1; i < SAMPLES; i++) {
    const gap = 1e3 * Math.abs(voltageAt(fast, (i / SAMPLES) * common) - voltageAt(full, (i / SAMPLES) * common));
    if (i / SAMPLES >= 0.02 && i / SAMPLES <= 0.98) middle = Math.max(middle, gap);
    else ends = Math.max(ends, gap);
  }
  return { middle, ends, charge: 100 * Math.abs(a / b - 1) };
}

describe('docs/models.md', () => {
  test('its table has every row that is promised', () => {
    const metal = ['0.1 mA/cm2', '1 mA/cm2', '5 mA/cm2'];
    const rates = ['C/10', 'C/2', '1C'];
    expect(table.map(([id, rate]) => `${id} ${rate}`)).toEqual(
      [
        ['li-li-carbonate', metal],
        ['li-cu-ether-nitrate', metal],
        ['li-nmc532', rates],
        ['li-lfp', rates],
      ].flatMap(([id, at]) => (at as string[]).map((rate) => `${id} ${rate}`)),
    );
  });

  test.each(table)('%s at %s: %d mV, %d mV at the ends, charge to %d percent', (id, rate, middle, ends, charge) => {
    const cell = builtInCell(id);
    const j = currentOf(rate, cell);
    const [fast, full] = [halfCycles(cell, 'fast', j), halfCycles(cell, 'full', j)];
    const found = { middle: 0, ends: 0, charge: 0 };
    fast.forEach((curve, i) => {
      const one = differences(curve, full[i]!);
      found.middle = Math.max(found.middle, one.middle);
      found.ends = Math.max(found.ends, one.ends);
      found.charge = Math.max(found.charge, one.charge);
    });
    for (const [key, promised] of [
      ['middle', middle],
      ['ends', ends],
      ['charge', charge],
    ] as const) {
      expect(found[key], key).toBeLessThanOrEqual(promised);
      expect(promised, `${key}, measured ${found[key]}`).toBeLessThanOrEqual(Math.max(FINE[key], SLACK * found[key]));
    }
  });
});
