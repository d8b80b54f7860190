import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { builtInCell, builtInCells, builtInFile } from '../cells/index.ts';
import { recordFromCsv } from '../records/index.ts';
import { runCommandLine } from './command-line.ts';
import { cellText } from './command-show.ts';
import { type FakeSimulator, fakeSimulator, madeUpBands, madeUpResult } from './result.test-tool.ts';
import { type TestTerminal, testTerminal } from './terminal.test-tool.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limetal-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly simulator: FakeSimulator;
}

async function limetal(
  argv: readonly string[],
  simulator = fakeSimulator(() => madeUpResult()),
  terminal: TestTerminal = testTerminal(),
): Promise<Ran> {
  const code = await runCommandLine(argv, {
    terminal,
    version: '0.0.0',
    showStacks: false,
    openSimulator: async () => simulator,
    openReproducers: async () => {
      throw new Error('these tests reproduce nothing');
    },
    openAnalysers: async () => {
      throw new Error('these tests read no lab files');
    },
    servePlaces: { folder: new URL('file:///nowhere/'), worker: new URL('file:///nowhere/serve-worker.js') },
  });
  return { code, out: terminal.output(), err: terminal.errors(), simulator };
}

const ID = 'li-cu-carbonate';
const inFolder = (name: string): string => join(folder, name);

describe('run', () => {
  test('a readable summary of at most 100 columns: end, cycles, losses, conservation, warnings', async () => {
    const { code, out, err } = await limetal(['run', ID]);
    expect(code).toBe(0);
    expect(err).toBe('');
    for (const line of out.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(100);
    expect(out).toContain('the protocol is done (after 6 h)');
    expect(out).toMatch(/^ {4}1 {3}1\.0000 {4}0\.9800 {2}98\.00 {4}-32\.1 {5}31\.8/m);
    expect(out).toContain('Lost lithium  interphase 0.045, dead lithium 0.015; mAh/cm² in 3 cycles');
    expect(out).toContain('relative drift of lithium 1.0e-15, charge 0, salt 2.5e-14');
    expect(out).toContain('dead lithium is not counted in this version');
    expect(out).not.toContain('Lundgren');
    expect((await limetal(['run', ID, '--sources'])).out).toContain('Lundgren 2015 (10.1149/2.0641503jes)');
  });

  test('many cycles: the first and the last of them', async () => {
    const { out } = await limetal(
      ['run', ID],
      fakeSimulator(() => madeUpResult({ cycles: 1000 })),
    );
    const cycles = [...out.matchAll(/^ *(\d+) {2,}1\.0000/gm)].map((row) => Number(row[1]));
    expect(cycles).toEqual([1, 2, 3, 4, 5, 996, 997, 998, 999, 1000]);
  });

  test('--json is one document with the agreed keys and nothing else', async () => {
    const { out } = await limetal(['run', ID, '--json']);
    const document = JSON.parse(out);
    for (const key of ['cell', 'protocol', 'model', 'stop', 'cycles', 'conservation', 'work', 'warnings', 'sources']) {
      expect(document).toHaveProperty(key);
    }
    expect(document).not.toHaveProperty('series');
    expect(document.stop).toEqual({ kind: 'completed', message: 'the protocol is done', time_s: 21600 });
    expect(document.cycles[0].overpotential_mV.concentration).toBeNull();
    expect(Object.keys(document.work)).toEqual(
      expect.arrayContaining(['steps', 'rejected', 'residuals', 'jacobians', 'factorisations']),
    );
  });

  test('--series adds columns of equal length', async () => {
    const { series } = JSON.parse((await limetal(['run', ID, '--json', '--series'])).out);
    expect(Object.keys(series)).toEqual([
      'time_s',
      'current_A',
      'voltage_V',
      'temperature_K',
      'cycle',
      'step',
      'counter_lithium_thickness_m',
    ]);
    for (const values of Object.values(series)) expect(values).toHaveLength(3);
  });

  test('--bands: a table of quantiles, what they follow, and what they do not cover', async () => {
    const { code, out, err, simulator } = await limetal(['run', ID, '--bands']);
    expect([code, err]).toEqual([0, '']);
    expect(simulator.asked[0]!.bands).toEqual({});
    for (const line of out.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(100);
    expect(out).toMatch(
      /^cycle {2}runs {2}CE 10 % {3}50 % {3}90 % {2}η 10 % {2}50 % {2}90 % {2}R 10 % {2}50 % {2}90 %$/m,
    );
    expect(out).toMatch(/^ {4}2 {4}63 {4}97\.10 {2}98\.00 {2}98\.50 {4}10\.3 {2}13\.8 {2}45\.5 {6}12 {4}22 {3}310$/m);
    expect(out).toContain('Bands         They cover these ranges only.\n              3 assumed values are not varied');
    expect(out).toContain('CE: none of the values\n');
    expect(out).toContain('η: kinetics.exchangeCurrent -0.50\n');
    expect(out).toContain('R: interphase[0].conductivity -0.91, kinetics.exchangeCurrent -0.31\n');
    expect((await limetal(['run', ID])).out).not.toContain('Bands');
  });

  test('--bands of many cycles: the first and the last of them; of none: only why', async () => {
    const made = (bands: Parameters<typeof madeUpBands>[0]) => fakeSimulator(() => madeUpResult(), madeUpBands(bands));
    const { out } = await limetal(['run', ID, '--bands'], made({ cycleCount: 200 }));
    const shown = [...out.matchAll(/^ *(\d+) +-?\d+ +97\.10/gm)].map((row) => Number(row[1]));
    expect(shown).toEqual([1, 2, 3, 198, 199, 200]);
    const none = made({ cycles: [], sensitivity_cycle: null, sensitivities: [], remarks: ['There is no band.'] });
    const said = (await limetal(['run', ID, '--bands'], none)).out;
    expect(said).toContain('Bands         There is no band.\n');
    expect(said).not.toContain('10 %');
  });

  test('--bands --json has them in the document, and --out in its file', async () => {
    const argv = ['run', ID, '--bands', '--samples', '20', '--json', '--out', inFolder('a'), '--format', 'json'];
    const { out, simulator } = await limetal(argv);
    expect(simulator.asked[0]!.bands).toEqual({ samples: 20 });
    const { bands } = JSON.parse(out);
    expect(bands).toEqual(madeUpBands());
    expect(JSON.parse(readFileSync(inFolder(`a/${ID}.run.json`), 'utf8')).bands).toEqual(bands);
    expect(JSON.parse((await limetal(['run', ID, '--json'])).out)).not.toHaveProperty('bands');
  });

  test('bands that were stopped: the run is whole, the exit code 1', async () => {
    const stopped = madeUpBands({ aborted: true, remarks: ['Stopped after 7 of 64 runs.'] });
    const { code, out, err } = await limetal(
      ['run', ID, '--bands'],
      fakeSimulator(() => madeUpResult(), stopped),
    );
    expect(code).toBe(1);
    expect(err).toBe('limetal: the bands were stopped: Stopped after 7 of 64 runs.\n');
    expect(out).toContain('the protocol is done');
  });

  test('options reach the engine', async () => {
    const argv = [
      'run',
      ID,
      '--model',
      'full',
      '--cycles',
      '7',
      '--full-cycles',
      '1,3-5',
      '--rtol',
      '1e-8',
      '--atol',
      '1e-9',
      '--temperature',
      '40 °C',
    ];
    const { simulator } = await limetal(argv);
    const { options, temperature_K } = simulator.asked[0]!;
    expect(options).toEqual({
      model: 'full',
      cycles: 7,
      fullCycles: [1, 3, 4, 5],
      relativeTolerance: 1e-8,
      absoluteTolerance: 1e-9,
    });
    expect(temperature_K).toBeCloseTo(313.15, 10);
  });

  test('--protocol as text, several texts, @file, and JSON give the same steps', async () => {
    const steps = ['Plate at 1 mA/cm2 for 1 mAh/cm2', 'Strip at 1 mA/cm2 until 1 V', 'repeat 4'];
    writeFileSync(inFolder('steps.txt'), `# a remark\n${steps.join('\n')}\n`);
    writeFileSync(inFolder('steps.json'), JSON.stringify(steps));
    const given = [
      steps.flatMap((step) => ['-p', step]),
      ['-p', inFolder('steps.txt')],
      ['-p', `@${inFolder('steps.txt')}`],
      ['-p', inFolder('steps.json')],
      ['-p', steps.join('; ')],
    ];
    const protocols = [];
    for (const options of given) {
      const { err, simulator } = await limetal(['run', ID, ...options]);
      expect(err).toBe('');
      protocols.push(simulator.asked[0]!.protocol);
    }
    for (const protocol of protocols) expect(protocol).toEqual(protocols[0]);
    expect(JSON.stringify(protocols[0])).toContain('"times":4');
  });

  test('--current replaces sizes and keeps directions and ends', async () => {
    const before = (await limetal(['run', ID])).simulator.asked[0]!.protocol;
    const after = (await limetal(['run', ID, '--current', '2 mA/cm2'])).simulator.asked[0]!.protocol;
    const text = JSON.stringify(after);
    expect(text).toContain('{"kind":"current-density","j_A_per_m2":-20}');
    expect(text).toContain('{"kind":"current-density","j_A_per_m2":20}');
    expect(text.replaceAll('20}', '5}')).toBe(JSON.stringify(before));
    expect((await limetal(['run', ID, '--current', '2 mAh'])).code).toBe(2);
    expect((await limetal(['run', ID, '--current', '-1 mA'])).err).toContain('want a current above 0');
  });

  test('a cell file, and the same on the standard input', async () => {
    const text = JSON.stringify({ ...builtInFile(ID), id: 'mine' });
    writeFileSync(inFolder('mine.cell.json'), `\uFEFF${text}`);
    expect((await limetal(['run', inFolder('mine.cell.json')])).out).toContain('mine');
    expect((await limetal(['run', '-'], undefined, testTerminal({ input: text }))).out).toContain('mine');
  });

  test('a BPX file: what has no place is said, temperature and protocol come from the command line', async () => {
    const electrode = {
      'Thickness [m]': 6e-5,
      Porosity: 0.3,
      'Transport efficiency': 0.16,
      'Conductivity [S.m-1]': 0.5,
    };
    const particle = {
      'Minimum stoichiometry': 0.3,
      'Maximum stoichiometry': 0.9,
      'Maximum concentration [mol.m-3]': 50000,
      'Particle radius [m]': 4e-6,
      'Surface area per unit volume [m-1]': 450000,
      'Diffusivity [m2.s-1]': 2e-15,
      'OCP [V]': '4.6 - 1.2 * x',
      'Reaction rate constant [mol.m-2.s-1]': 2e-6,
    };
    const bpx = {
      Header: { BPX: '1.1.0', Title: 'a test electrode', Model: 'DFN' },
      Parameterisation: {
        Cell: {
          'Electrode area [m2]': 0.01,
          'Number of electrode pairs connected in parallel to make a cell': 3,
          'Lower voltage cut-off [V]': 2.8,
          'Upper voltage cut-off [V]': 4.2,
          'Nominal cell capacity [A.h]': 1.5,
        },
        Electrolyte: { 'Cation transference number': 0.26, 'Conductivity [S.m-1]': 1, 'Diffusivity [m2.s-1]': 3e-10 },
        'Negative electrode': { 'Thickness [m]': 8e-5 },
        'Positive electrode': { ...electrode, ...particle },
        Separator: { 'Thickness [m]': 2e-5, Porosity: 0.5, 'Transport efficiency': 0.25 },
      },
    };
    writeFileSync(inFolder('cell.bpx.json'), JSON.stringify(bpx));
    const file = inFolder('cell.bpx.json');
    expect((await limetal(['run', file])).err).toContain('protocol: got none in the cell file');
    const { code, out, err, simulator } = await limetal([
      'run',
      file,
      '-p',
      'Discharge at C/3 until 3 V',
      '--temperature',
      '40 °C',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(simulator.asked[0]!.temperature_K).toBeCloseTo(313.15, 10);
    expect(err).toContain(`${file}: BPX 1.1.0, its positive electrode against lithium; not taken over:\n`);
    expect(err).toMatch(/^ {2}Parameterisation.*Negative electrode.*: /m);
    expect(JSON.parse(out).bpx.notMapped.length).toBeGreaterThan(0);
    expect((await limetal(['show', file])).out).toContain('a test electrode');
  });

  test('--out writes every format whole and says so on the other channel', async () => {
    const { code, out, err } = await limetal([
      'run',
      ID,
      '--json',
      '--out',
      inFolder('a/b'),
      '--format',
      'csv,json,parquet,bdf,methods',
      '-n',
      '1',
    ]);
    expect(code).toBe(0);
    expect(() => JSON.parse(out)).not.toThrow();
    const names = readdirSync(inFolder('a/b')).sort();
    expect(names).toEqual([
      `${ID}.bdf.csv`,
      `${ID}.bib`,
      `${ID}.csv`,
      `${ID}.cycles.csv`,
      `${ID}.cycles.parquet`,
      `${ID}.methods.txt`,
      `${ID}.parquet`,
      `${ID}.record.json`,
      `${ID}.run.json`,
    ]);
    for (const name of names) expect(err).toContain(`wrote ${join(inFolder('a/b'), name)}\n`);
    expect(recordFromCsv(readFileSync(inFolder(`a/b/${ID}.csv`), 'utf8')).voltage_V).toEqual(
      Float64Array.of(-0.03, -0.031, 0.03),
    );
    const [head, first] = readFileSync(inFolder(`a/b/${ID}.cycles.csv`), 'utf8').split('\n');
    const row = Object.fromEntries(head!.split(',').map((name, k) => [name, first!.split(',')[k]]));
    expect(row).toMatchObject({
      cycle: '1',
      losses_dead_lithium_mAh_per_cm2: '0.005',
      overpotential_concentration_mV: '',
      interphase_thickness_working_nm: '21',
    });
    expect(JSON.parse(readFileSync(inFolder(`a/b/${ID}.run.json`), 'utf8'))).toEqual(JSON.parse(out));
  });

  test('--svg writes the figure', async () => {
    await limetal(['run', ID, '--svg', inFolder('run.svg')]);
    expect(readFileSync(inFolder('run.svg'), 'utf8')).toMatch(/^<svg/);
  });

  test('--quiet says nothing but the result', async () => {
    const { err } = await limetal(['run', ID, '--quiet', '--out', inFolder('x')]);
    expect(err).toBe('');
  });

  test.each(['lithium-exhausted', 'voltage-limit', 'salt-depleted', 'cathode-limit', 'protocol-stop'] as const)(
    'an end by %s is done, exit code 0',
    async (kind) => {
      const { code, out } = await limetal(
        ['run', ID],
        fakeSimulator(() => madeUpResult({ stop: { kind, message: 'the reason' } })),
      );
      expect(code).toBe(0);
      expect(out).toContain('the reason');
    },
  );

  test('a failed run: exit code 1, the reason on the error channel, the record kept', async () => {
    const failed = fakeSimulator(() => madeUpResult({ stop: { kind: 'failed', message: 'the step fell to 1e-9 s' } }));
    const { code, out, err } = await limetal(['run', ID, '--json', '--out', inFolder('x')], failed);
    expect(code).toBe(1);
    expect(err).toContain('limetal: the run failed: the step fell to 1e-9 s\n');
    expect(JSON.parse(out).stop.kind).toBe('failed');
    expect(existsSync(inFolder(`x/${ID}.csv`))).toBe(true);
  });

  test('Ctrl-C once stops cleanly and keeps the record, twice kills', async () => {
    const terminal = testTerminal();
    const simulator = fakeSimulator((self) => {
      terminal.interrupt();
      expect(self.events).toEqual(['stop']);
      // The same press, passed on by the program that started this one.
      terminal.interrupt();
      expect(terminal.exits).toEqual([]);
      terminal.advance_ms(600);
      terminal.interrupt();
      return madeUpResult({ stop: { kind: 'aborted', message: 'stopped in cycle 1' } });
    });
    const { code, err } = await limetal(['run', ID, '--out', inFolder('x')], simulator, terminal);
    expect(code).toBe(1);
    expect(terminal.exits).toEqual([130]);
    expect(err).toContain('limetal: the run was stopped: stopped in cycle 1\n');
    expect(existsSync(inFolder(`x/${ID}.csv`))).toBe(true);
    // Afterwards nobody listens any more.
    terminal.interrupt();
    expect(simulator.events).toEqual(['stop', 'close']);
  });

  test('a figure that cannot be drawn: the data are written, the result is printed, one line says why, exit code 1', async () => {
    vi.doMock('../figures/index.ts', () => ({
      runFigure: () => ({}),
      renderSvg: async () => {
        throw new Error('no such axis');
      },
    }));
    try {
      const argv = ['run', ID, '--json', '--out', inFolder('x'), '--format', 'svg,csv', '--svg', inFolder('y.svg')];
      const { code, out, err, simulator } = await limetal(argv);
      expect(code).toBe(1);
      expect(JSON.parse(out).stop.kind).toBe('completed');
      const said = (path: string) => `limetal: ${path} was not written, by a fault of the program: no such axis\n`;
      expect(err).toBe(
        [`${ID}.csv`, `${ID}.cycles.csv`].map((name) => `wrote ${inFolder(`x/${name}`)}\n`).join('') +
          said(inFolder(`x/${ID}.svg`)) +
          said(inFolder('y.svg')),
      );
      expect(readdirSync(inFolder('x')).sort()).toEqual([`${ID}.csv`, `${ID}.cycles.csv`]);
      expect(existsSync(inFolder('y.svg'))).toBe(false);
      expect(simulator.events).toEqual(['close']);
    } finally {
      vi.doUnmock('../figures/index.ts');
    }
  });

  test('--svg and --format svg at one path are one file', async () => {
    const path = inFolder(`x/${ID}.svg`);
    const { code, err } = await limetal(['run', ID, '--out', inFolder('x'), '--format', 'svg', '--svg', path]);
    expect([code, err]).toEqual([0, `wrote ${path}\n`]);
  });

  test('a full disk: the result is still printed, one clear line, exit code 1', async ({ skip }) => {
    if (!existsSync('/dev/full')) skip();
    const { code, out, err } = await limetal(['run', ID, '--svg', '/dev/full']);
    expect(code).toBe(1);
    expect(out).toContain('the protocol is done');
    expect(err).toBe('limetal: /dev/full was not written: the disk is full\n');
  });
});

describe('bad input: exit code 2, lines on the error channel, nothing on the other, never a stack', () => {
  const CASES: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    [
      'unknown id',
      () => ['run', 'li-cu-carbonat'],
      /^li-cu-carbonat: got neither a file nor a built-in id, want .* \(did you mean li-cu-carbonate/,
    ],
    ['missing file', () => ['run', inFolder('no.cell.json')], /no\.cell\.json: got no such file, want a cell file/],
    ['folder', () => ['run', folder], /: got a folder, want a cell file/],
    [
      'not JSON',
      () => ['run', write('a.json', '{\n "limetal": 1,\n "area": 1.27 cm2\n}')],
      /a\.json:3:15: got cm2, want a comma or }/,
    ],
    ['no UTF-8', () => ['run', write('a.json', Uint8Array.of(0xff, 0xfe, 0x00))], /bytes that are not UTF-8 text/],
    ['mistyped unit', () => ['run', write('a.json', withField('area', '1.27 cm'))], /a\.json: area: got "1.27 cm"/],
    [
      'two faults at once',
      () => ['run', write('a.json', withField('area', '1.27 cm')), '--format', 'cvs', '-o', folder],
      /"cvs".*\n.*area: got/,
    ],
    ['protocol step', () => ['run', ID, '-p', 'Plate at 1 mA/cm for 1 h'], /--protocol/],
    ['protocol file', () => ['run', ID, '-p', '@nowhere.txt'], /nowhere\.txt: got no such file/],
    ['temperature', () => ['run', ID, '--temperature', '40 mA'], /^--temperature: got "40 mA"/],
    ['temperature out of range', () => ['run', ID, '--temperature', '900 °C'], /^--temperature: got "900 °C"/],
    ['format without out', () => ['run', ID, '--format', 'csv'], /--out with it/],
    ['series without json', () => ['run', ID, '--series'], /--json with it/],
    ['samples without bands', () => ['run', ID, '--samples', '20'], /^--samples: got 20, want --bands with it/],
    ['file as folder', () => ['run', ID, '--out', write('a', '')], /--out: got .* want a folder/],
    ['folder as figure', () => ['run', ID, '--svg', folder], /--svg: got .* want a file name/],
    ['unknown option', () => ['run', ID, '--cylces', '3'], /unknown option '--cylces'\n\(Did you mean --cycles\?\)/],
    ['unknown command', () => ['rnu', ID], /unknown command 'rnu'\n\(Did you mean run\?\)/],
    ['cycles', () => ['run', ID, '--cycles', '-3'], /Want a whole number from 1/],
    ['model', () => ['run', ID, '--model', 'slow'], /Allowed choices are fast, full/],
    ['no cell', () => ['run'], /missing required argument 'cell'/],
    ['no command', () => [], /Usage: limetal/],
    ['show of nothing known', () => ['show', 'NMC81l'], /did you mean NMC811/],
  ];
  function write(name: string, content: string | Uint8Array): string {
    writeFileSync(inFolder(name), content);
    return inFolder(name);
  }
  function withField(field: string, value: unknown): string {
    return JSON.stringify({ ...builtInFile(ID), [field]: value });
  }

  test.each(CASES)('%s', async (_name, argv, said) => {
    const { code, out, err, simulator } = await limetal(argv());
    expect(err).toMatch(said);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).not.toMatch(/^ +at /m);
    expect(simulator.asked).toEqual([]);
  });
});

describe('cells, show, help', () => {
  test('cells lists every built-in cell, as a table and as JSON', async () => {
    const { out } = await limetal(['cells']);
    for (const { id } of builtInCells()) expect(out).toContain(id);
    const { cells } = JSON.parse((await limetal(['cells', '--json'])).out);
    expect(cells.map((cell: { id: string }) => cell.id)).toEqual(builtInCells().map(({ id }) => id));
  });

  test('show of every built-in cell gives each supplied value with tag and source', async () => {
    for (const { id } of builtInCells()) {
      const { code, out } = await limetal(['show', id, '--json']);
      expect(code).toBe(0);
      const { cell } = JSON.parse(out);
      expect(cell.id).toBe(id);
      const words = cellText(builtInCell(id)).replace(/\s+/g, ' ');
      for (const { source } of cell.assumptions) expect(words).toContain(source.replace(/\s+/g, ' '));
      expect(words).not.toMatch(/sqrt/);
    }
  }, 240_000);

  test.each([
    ['NMC811', 'cathode'],
    ['Li3N', 'interphase material'],
    ['copper', 'collector'],
    ['celgard-2325', 'separator'],
    ['1 M LiPF6 in EC/DEC', 'electrolyte'],
  ])('show %s', async (name, kind) => {
    const { code, out } = await limetal(['show', ...name.split(' ')]);
    expect(code).toBe(0);
    expect(out).toContain(kind);
    expect(out).toMatch(/\[1\]/);
    expect(JSON.parse((await limetal(['show', name, '--json'])).out).findings[0].kind).toBe(kind);
  });

  test('show schema prints the JSON Schema of cell files', async () => {
    expect(JSON.parse((await limetal(['show', 'schema'])).out).$schema).toContain('json-schema.org');
  });

  test('--version and help go to the output, exit code 0', async () => {
    expect(await limetal(['--version'])).toMatchObject({ code: 0, out: '0.0.0\n' });
    for (const argv of [
      ['--help'],
      ['help'],
      ['help', 'run'],
      ['run', '--help'],
      ['help', 'cells'],
      ['help', 'show'],
    ]) {
      const { code, out, err } = await limetal(argv);
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain('Examples:');
    }
  });

  test('the examples of every help parse and name things that exist', async () => {
    let examples = 0;
    for (const command of ['', 'run', 'cells', 'show']) {
      const { out } = await limetal(command === '' ? ['--help'] : ['help', command]);
      for (const [, line] of out
        .split('Examples:')[1]!
        .matchAll(/^ {2}limetal (.+?)(?: {2,}.*| run your own.*| > .*)?$/gm)) {
        const argv = [...line!.matchAll(/"([^"]*)"|(\S+)/g)].map((word) => word[1] ?? word[2]!);
        const here = argv.map((word) =>
          ['my.cell.json', 'cell.mpr', 'results', 'run.svg'].includes(word) ? inFolder(word) : word,
        );
        writeFileSync(inFolder('my.cell.json'), JSON.stringify(builtInFile('li-nmc811')));
        // Formats are told by content, so a table of text stands in for an instrument's own file.
        writeFileSync(inFolder('cell.mpr'), 'Time (s),Voltage (V),Current (A)\n0,0.1,-0.001\n9,0.1,-0.001\n');
        const { code, err } = await limetal(here);
        expect(`${line}: ${code} ${code === 0 ? '' : err}`).toBe(`${line}: 0 `);
        examples++;
      }
    }
    expect(examples).toBeGreaterThanOrEqual(11);
  });
});
