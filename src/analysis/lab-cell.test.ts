import { describe, expect, test } from 'vitest';
import { sliceRecord } from '../records/index.ts';
import { analyseLabCell } from './lab-cell.ts';
import { recordOfCell, seriesOf } from './shorts/generated.test-tool.ts';

const staircase = Array.from({ length: 20 }, (_, h) => 2e-4 * (1 + Math.floor(h / 2)));

describe('a cell from all its files', () => {
  test('a short gives a staircase its critical current, healed or not', () => {
    // Half-cycles of an hour and five minutes of rest: the fifteenth begins at 54 600 s, with 1.6 mA.
    const from_s = 54_600 + 900;
    const lasting = recordOfCell({
      currents_A: staircase,
      rest_V: 5e-3,
      voltage_V: (i) => 200 * i,
      short: (t) => (t > from_s ? 0.4 : 1),
    });
    const lab = { spectra: [], cell: 'Li|Li', area_m2: 1e-4, electrolyte: 'solid' } as const;
    const { cycling, verdict } = analyseLabCell({ ...lab, records: [lasting] });
    expect(cycling!.criticalCurrent!.firstShort).toMatchObject({
      current_A: expect.closeTo(1.6e-3, 6),
      j_A_per_m2: expect.closeTo(16, 2),
      below_A: expect.closeTo(1.4e-3, 6),
    });
    expect(cycling!.criticalCurrent!.firstIrreversible).toMatchObject({ current_A: expect.closeTo(1.6e-3, 6) });
    expect(verdict).toMatch(/^Soft short at 15\.4 h/);
    const passing = recordOfCell({
      currents_A: staircase,
      rest_V: 5e-3,
      voltage_V: (i) => 200 * i,
      short: (t) => (t > from_s && t < from_s + 6000 ? 0.4 : 1),
    });
    const healed = analyseLabCell({ ...lab, records: [passing] });
    expect(healed.shorts.soft?.healed).not.toBeNull();
    expect(healed.cycling!.criticalCurrent!.firstShort).toMatchObject({ current_A: expect.closeTo(1.6e-3, 6) });
    expect(healed.cycling!.criticalCurrent!.firstIrreversible).toBeNull();
    const healthy = recordOfCell({ currents_A: staircase, rest_V: 5e-3, voltage_V: (i) => 200 * i });
    const fine = analyseLabCell({ ...lab, records: [healthy] });
    expect(fine.cycling!.criticalCurrent).toMatchObject({ firstShort: null, censored: true });
    expect(fine.verdict).toContain('No sign of a short');
  });

  test('constant current beside impedance: shorted half-cycles and spectra do not count', () => {
    const at_s = 40_000;
    const record = recordOfCell({
      currents_A: Array.from({ length: 24 }, () => 1e-3),
      peak: 0,
      rest_V: 6e-3,
      short: (t) => (t > at_s ? 0.3 : 1),
    });
    const spectra = seriesOf(Array.from({ length: 24 }, (_, k) => (k * 3600 > at_s ? 12 : 60)));
    const findings = analyseLabCell({
      records: [record],
      spectra,
      cell: 'Li|Li',
      electrolyte: 'liquid',
      area_m2: 1e-4,
    });
    expect(findings.shorts.soft?.lines).toEqual(expect.arrayContaining(['a', 'b', 'c']));
    expect(findings.directCurrent!.resistance_ohm).toBeCloseTo(100, 0);
    expect(findings.directCurrent!.halfCycles).toBe(10);
    expect(findings.directCurrent!.impedance_ohm).toBeGreaterThan(75);
    expect(findings.directCurrent!.impedance_ohm).toBeLessThan(80.5);
    expect(findings.directCurrent!.ratio!).toBeCloseTo(
      findings.directCurrent!.resistance_ohm / findings.directCurrent!.impedance_ohm!,
      9,
    );
    expect(findings.cycling!.cycleLife!.censored).toBe(false);
    expect(findings.verdict).toContain('not those of the interfaces');
  });

  test('a current signed the other way round is what the verdict begins with', () => {
    const record = recordOfCell({ currents_A: Array.from({ length: 8 }, () => 1e-3) });
    const turned = { ...record, current_A: record.current_A.map((value) => -value) };
    const { verdict } = analyseLabCell({ records: [turned], spectra: [], cell: 'Li|Li' });
    expect(verdict).toMatch(/^The voltage falls where the current rises: .* Everything here depends on it\./);
  });

  test('a flat trace is doubted in a liquid electrolyte, not in a solid one', () => {
    const record = recordOfCell({ currents_A: [1e-3, 1e-3, 1e-3, 1e-3], peak: 0 });
    const lab = { records: [record], spectra: [], cell: 'Li|Li' } as const;
    expect(analyseLabCell(lab).sentences.join()).toContain('no proof of health');
    const solid = analyseLabCell({ ...lab, electrolyte: 'solid' }).sentences.join();
    expect(solid).toContain('rectangular throughout.');
    expect(solid).not.toContain('no proof of health');
  });

  test('a host that was first filled from a high voltage is not signed the other way round', () => {
    // From 2.6 V down, then up within 0.3 V: the mean voltage while charging lies below that while discharging.
    const record = recordOfCell({
      currents_A: [1e-3, 9e-4],
      voltage_V: (_, h) => (h === 0 ? -0.2 : 0.25),
      peak: 0,
    });
    const first = record.voltage_V.map((value, row) => (record.step[row] === 1 && row < 20 ? 2.6 : value));
    const findings = analyseLabCell({ records: [{ ...record, voltage_V: first }], spectra: [], cell: 'Li|Li' });
    expect(findings.verdict).toMatch(/^The voltage stays above 0 V in both directions/);
    expect(findings.remarks.join()).not.toContain('the voltage falls where the current rises');
  });

  test('a host beside lithium has no efficiency of lithium, and its plateaus are no shorts', () => {
    // Taken up between 0.2 and 0.1 V and given back between 0.2 and 0.9 V, once slower: a "fall" of the voltage in Li|Li.
    const record = recordOfCell({
      currents_A: [1e-3, 9.5e-4, 1e-3, 9.5e-4, 1e-3, 9.5e-4, 1e-3, 9.5e-4, 4e-4, 3.8e-4, 4e-4, 3.8e-4],
      voltage_V: (i, h) => (h % 2 === 0 ? -1 : 1) * 0.1 + 400 * i * (h % 2),
      peak: 0,
    });
    const { verdict, shorts } = analyseLabCell({ records: [record], spectra: [], cell: 'Li|Cu' });
    expect(verdict).toMatch(/^Half of the rows said to plate lie above 0\.1 V/);
    expect(verdict).toContain('Coulombic efficiency of the host (no lithium is plated)');
    expect(verdict).not.toContain('efficiency of lithium');
    expect(shorts.suspicion).toBeNull();
    expect(shorts.remarks.join()).toContain('a cathode or a host');
  });

  test('a short that spectra show after the last cycle ended no cycle of the record', () => {
    const record = recordOfCell({ currents_A: [1e-3, 1e-3, 1e-3, 1e-3] });
    const end_s = record.time_s.at(-1)!;
    const spectra = seriesOf(Array.from({ length: 20 }, (_, k) => (k < 12 ? 60 : 8))).map((spectrum, k) => ({
      ...spectrum,
      time_s: new Float64Array(spectrum.frequency_Hz.length).fill(end_s + 3600 * (k + 1)),
    }));
    const { cycling, shorts } = analyseLabCell({ records: [record], spectra, cell: 'Li|Li' });
    expect(shorts.soft?.onset.time_s).toBeCloseTo(end_s + 13 * 3600, 0);
    expect(cycling!.cycleLife!.words).toContain('ended after cycle 2, the last of the record, by a short');
  });

  test('parts of one test are one test, and clocks that start anew are told', () => {
    const record = recordOfCell({
      currents_A: Array.from({ length: 20 }, () => 1e-3),
      rest_V: 8e-3,
      short: (t) => (t > 50_000 ? 0.4 : 1),
    });
    const half = Math.floor(record.time_s.length / 2);
    const parts = [sliceRecord(record, 0, half), sliceRecord(record, half)];
    const lab = { spectra: [], cell: 'Li|Li' } as const;
    const whole = analyseLabCell({ ...lab, records: [record] });
    const joined = analyseLabCell({ ...lab, records: parts });
    expect(joined.shorts.soft?.onset.time_s).toBe(whole.shorts.soft?.onset.time_s);
    expect(joined.remarks.join(' ')).not.toContain('end to end');
    const anew = parts.map((part) => ({ ...part, time_s: part.time_s.map((t) => t - part.time_s[0]!) }));
    const laid = analyseLabCell({ ...lab, records: anew });
    expect(laid.remarks.join(' ')).toContain('end to end');
    expect(Math.abs(laid.shorts.soft!.onset.time_s! - whole.shorts.soft!.onset.time_s!)).toBeLessThan(60);
  });

  test('nothing, or nothing with a current', () => {
    expect(analyseLabCell({ records: [], spectra: [], cell: 'Li|Li' })).toMatchObject({
      cycling: null,
      spectra: null,
      directCurrent: null,
      verdict: 'Too little data to judge shorts by.',
    });
    const record = recordOfCell({ currents_A: [1e-3, 1e-3] });
    const blind = { ...record, current_A: record.current_A.map(() => Number.NaN) };
    const findings = analyseLabCell({ records: [blind], spectra: [], cell: 'Li|Cu' });
    expect(findings.cycling).toBeNull();
    expect(findings.remarks.join(' ')).toContain('no current');
  });
});
