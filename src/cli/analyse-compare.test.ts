import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { builtInCell, parseCell, parseProtocol } from '../cells/index.ts';
import { compareTest, comparisonDocument } from '../design/index.ts';
import { comparisonFigures } from '../figures/index.ts';
import { type InstrumentFile, readInstrumentFile } from '../readers/index.ts';
import { recordToBdf, spectrumToCsv } from '../records/index.ts';
import { cellImpedance, logarithmicFrequencies, runTo, simulate } from '../simulation/index.ts';
import { InputError } from '../units/index.ts';
import { type CompareOptions, comparisonFiles, comparisonText, readCompareOptions } from './analyse-compare.ts';
import { jsonParts } from './json-document.ts';
import { testTerminal } from './terminal.test-tool.ts';

const wished = (options: CompareOptions) => readCompareOptions(options, testTerminal());
const issuesOf = async (options: CompareOptions): Promise<readonly string[]> => {
  try {
    await wished(options);
  } catch (error) {
    if (error instanceof InputError)
      return error.issues.map(({ where, found, hint }) => `${where}: ${found} ${hint ?? ''}`);
    throw error;
  }
  return [];
};
const textOf = (content: Uint8Array | Iterable<string>): string => [...(content as Iterable<string>)].join('');

/** The built-in cell with a film that conducts half as well, cycled, and read back from a file. */
const HALF_S_per_m = 2.5e-6;
let file: InstrumentFile;
let spectrumFile: InstrumentFile;
beforeAll(async () => {
  const cell = builtInCell('li-cu-ether-nitrate');
  const other = {
    ...cell,
    counter: {
      ...cell.counter,
      interphase: cell.counter.interphase.map((layer) => ({ ...layer, conductivity_S_per_m: HALF_S_per_m })),
    },
    working:
      cell.working.kind === 'cathode'
        ? cell.working
        : {
            ...cell.working,
            interphase: cell.working.interphase.map((layer) => ({ ...layer, conductivity_S_per_m: HALF_S_per_m })),
          },
  };
  const protocol = parseProtocol(['(Plate at 0.5 mA/cm2 for 0.5 mAh/cm2; Strip at 0.5 mA/cm2 until 1 V) * 3']);
  const { record } = simulate(other, { ...protocol, period_s: 30 }, { model: 'fast' });
  file = await readInstrumentFile(new TextEncoder().encode(recordToBdf(record)), { name: 'cell-07.bdf.csv' });
  const { state } = runTo(other, null, { kind: 'start' });
  const { spectrum } = cellImpedance(other, state, { frequency_Hz: logarithmicFrequencies(1, 1e5, 6) });
  spectrumFile = await readInstrumentFile(new TextEncoder().encode(spectrumToCsv(spectrum)), { name: 'cell-07.csv' });
});

describe('a test beside a cell', () => {
  test('that differs is told, and fitted, and agrees then', async () => {
    const wish = structuredClone(
      await wished({ compare: 'li-cu-ether-nitrate', fit: ['interphase[0].conductivity'], fitTo: 'voltage' }),
    );
    const compared = structuredClone(compareTest(file, wish, 1.27e-4));
    const { before, after, fit, faults } = compared;
    expect(faults).toEqual([]);
    expect(before.records!.rms_V!).toBeGreaterThan(10 * after!.records!.rms_V!);
    expect(after!.records!.rms_V!).toBeLessThan(0.001);
    expect(fit!.parameters[0]!.value / HALF_S_per_m).toBeCloseTo(1, 1);

    const text = comparisonText(compared);
    for (const part of ['Beside', 'Before fit', 'After fit', 'interphase[0].conductivity', 'determined', '1.27 cm²']) {
      expect(text).toContain(part);
    }
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);

    const document = JSON.parse([...jsonParts(comparisonDocument(compared))].join(''));
    expect(document.fit.parameters[0]).toMatchObject({ name: 'interphase[0].conductivity', state: 'determined' });
    expect(document.simulated.cycles).toHaveLength(3);
    expect(document.fitted.voltage.rms_mV).toBeLessThan(1);

    const files = comparisonFiles(compared, 'results', 'cell-07');
    expect(files.map(({ path }) => path)).toEqual(['results/cell-07.compared.csv', 'results/cell-07.fitted.cell.json']);
    const back = parseCell(JSON.parse(textOf(files[1]!.content)));
    expect(back.counter.interphase[0]!.conductivity_S_per_m).toBe(fit!.parameters[0]!.value);
    const [head, first] = textOf(files[0]!.content).split('\n');
    expect(first!.split(',')).toHaveLength(head!.split(',').length);

    const figures = comparisonFigures(compared, 'cell-07');
    expect(figures.map(({ name }) => name)).toEqual(['compared', 'compared-efficiency']);
    for (const { figure } of figures) expect(figure.panels.length).toBeGreaterThan(0);
  });

  test('without a fit is simulated once, on the area of the file of the cell where none was given', async () => {
    const compared = compareTest(file, await wished({ compare: 'li-cu-ether-nitrate' }), null);
    expect([compared.fit, compared.after]).toEqual([null, null]);
    expect(compared.before.records!.cycles).toHaveLength(3);
    expect(compared.remarks.join(' ')).toMatch(/area of the measured cell is not given.*1.27 cm²/);
    expect(comparisonText(compared)).toMatch(/^Difference/m);
  });

  test('of spectra alone is compared with the cell as built', async () => {
    const wish = await wished({ compare: 'li-cu-ether-nitrate', fit: ['interphase[0].conductivity'] });
    const compared = compareTest(spectrumFile, wish, 1.27e-4);
    expect(compared.faults).toEqual([]);
    expect(compared.before.records).toBeNull();
    expect(compared.before.spectra[0]!.rmsRelative).toBeGreaterThan(0.1);
    expect(compared.after!.spectra[0]!.rmsRelative).toBeLessThan(0.001);
    expect(compared.fit!.parameters[0]!.value / HALF_S_per_m).toBeCloseTo(1, 2);
    const figures = comparisonFigures(compared, 'cell-07');
    expect(figures.map(({ name }) => name)).toEqual(['compared-spectrum']);
  });

  test('that cannot be fitted so says why, and is compared all the same', async () => {
    const wish = await wished({ compare: 'li-li-carbonate', fit: ['interphase[0].conductivity'], fitTo: 'efficiency' });
    const compared = compareTest(file, wish, null);
    expect(compared.fit).toBeNull();
    expect(compared.faults.join(' ')).toMatch(/Li\|Li, which has no efficiency/);
    expect(comparisonText(compared)).toMatch(/^Not done/m);
    expect(compared.before.records).not.toBeNull();
  });

  test('that is stopped keeps the best so far', async () => {
    const wish = await wished({ compare: 'li-cu-ether-nitrate', fit: ['interphase[0].conductivity'] });
    const stop = { aborted: false };
    let runs = 0;
    const compared = compareTest(file, wish, null, {
      stop,
      onProgress: () => {
        if (++runs === 4) stop.aborted = true;
      },
    });
    expect(compared.fit!.ended).toBe('stopped');
    expect(comparisonText(compared)).toMatch(/best so far/);
  });
});

describe('what is asked', () => {
  test('is refused with everything that is wrong', async () => {
    const told = (
      await issuesOf({
        compare: 'li-cu-ether-nitrate',
        fit: ['exchangeCurent,contactResistance=1', ' plating.unstrippableSkin = 2..1 '],
        fitTo: 'volts',
        compareProtocol: 'relpay',
        model: 'slow',
        runs: 0,
      })
    ).join('\n');
    for (const part of [
      '--fit-to',
      '--compare-protocol',
      'replay',
      '--model',
      '--runs',
      '--fit contactResistance',
      '--fit plating.unstrippableSkin',
      'exchangeCurrent',
    ]) {
      expect(told).toContain(part);
    }
  });

  test('a cell of another kind than the measured one is refused', async () => {
    const told = (await issuesOf({ compare: 'li-cu-ether-nitrate', cell: 'Li' })).join('');
    expect(told).toMatch(/--compare: li-cu-ether-nitrate, which is Li\|Cu/);
    expect(await issuesOf({ compare: 'li-cu-ether-nitrate', cell: 'Cu' })).toEqual([]);
  });

  test('an unknown cell is answered with the nearest', async () => {
    expect((await issuesOf({ compare: 'li-cu-ether-nitrat' })).join('')).toMatch(/li-cu-ether-nitrate/);
  });

  test('bounds stand behind a name', async () => {
    const { names, bounds } = await wished({
      compare: 'li-li-carbonate',
      fit: ['contactResistance=0..0.01, exchangeCurrent'],
    });
    expect(names).toEqual(['contactResistance', 'exchangeCurrent']);
    expect(bounds).toEqual({ contactResistance: [0, 0.01] });
  });
});

const LLZO = `${process.env.LIMETAL_LAB_FILES ?? '../shared/lab-files'}/biologic/eclab-pairs/mb.mpr`;
if (!existsSync(LLZO)) console.warn(`skipped: no real instrument file ${LLZO}`);
test.skipIf(!existsSync(LLZO))(
  'Li|LLZO|Li on the bench: contact of the built-in garnet fitted to its voltage',
  async () => {
    const measured = await readInstrumentFile(new Uint8Array(readFileSync(LLZO)), { name: 'mb.mpr' });
    const wish = await wished({ compare: 'li-li-llzto', fit: ['contact.fraction=0.001..1'], fitTo: 'voltage' });
    const { before, after, fit } = compareTest(measured, wish, 0.283e-4);
    expect(before.records!.halfCycles).toHaveLength(8);
    // 3.75 mV at 2.80 µA, whatever it consists of.
    for (const { measuredMean_V, direction } of before.records!.halfCycles)
      expect(1e3 * direction * measuredMean_V).toBeCloseTo(3.75, 1);
    expect(after!.records!.rms_V).toBeLessThan(0.0003);
    expect(fit!.parameters[0]!.state).toBe('determined');
    for (const { simulatedHysteresis_V, measuredHysteresis_V } of after!.records!.cycles) {
      expect(simulatedHysteresis_V! / measuredHysteresis_V!).toBeCloseTo(1, 1);
    }
  },
);
