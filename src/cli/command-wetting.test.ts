import { describe, expect, test } from 'vitest';
import { typed } from './command-line.test-tool.ts';

const limetal = (...argv: readonly string[]) => typed(['wetting', ...argv]);

const HOST = ['--temperature', '250 °C', '--roughness', '2.1', '--pore', '5 µm', '--depth', '100 µm'];

describe('limetal wetting', () => {
  test('the example of the help: angle, why, time to fill, composite, warnings, each number with its tag', async () => {
    const { code, out, err } = await limetal('--substrate', 'ZnO on carbon', ...HOST);
    expect([code, err]).toEqual([0, '']);
    for (const line of out.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(100);
    expect(out).toContain('wets: 100 % of the draws lie below 90°');
    expect(out).toMatch(/Contact angle 30° \(\d+° to \d+°\) on the smooth surface, 0° apparent/);
    expect(out).toContain('ZnO + 2 Li -> Li2O + Zn may run (−234 kJ/mol)');
    expect(out).toMatch(/Time to fill {2}12\.8 s \(.+ s to .+ s\) for 100 µm/);
    expect(out).toMatch(/full: 14\.5 \(.+\) mAh\/cm², 1900 \(.+\) mAh\/g/);
    expect(out).toMatch(/Not the same {2}affinity for plated lithium: 0 mV/);
    expect(out).toMatch(/contact angle of molten lithium on zinc oxide +30 ° +0 to 60 ° +prior +\[1\]/);
  });

  test('what does not wet: the pressure instead of a time', async () => {
    const { out } = await limetal('--substrate', 'oxidised copper', ...HOST);
    expect(out).toContain('does not wet');
    expect(out).toMatch(/pores of 5 µm: 0\.25 \(.+\) MPa must press lithium in/);
    expect(out).toContain('Time to fill  never for 100 µm without pressure');
    expect(out).toContain('once it is pressed full');
  });

  test('--json is one document, units in its keys, the three quantities apart', async () => {
    const { out } = await limetal('--substrate', 'Cu with ZnO', ...HOST, '--json');
    const document = JSON.parse(out);
    expect(document.quantity).toBe('contact angle of molten lithium');
    expect(document.contact_angle_deg.value).toBeCloseTo(30, 4);
    expect(document.other_quantities.affinity_for_plated_lithium).toEqual({
      of: 'zinc oxide',
      nucleation_overpotential_mV: 0,
    });
    expect(document.reaction.possible).toBe(true);
    expect(document.numbers.every((one: { tag: string; source: string }) => one.tag !== '' && one.source !== '')).toBe(
      true,
    );
    const dry = JSON.parse((await limetal('--substrate', 'Ni', '--json')).out);
    expect([dry.infusion, dry.composite]).toEqual([null, null]);
    const repelled = JSON.parse(
      (await limetal('--substrate', 'Ni', '--pore', '1 µm', '--depth', '1 mm', '--json')).out,
    );
    expect(repelled.infusion.time_s).toEqual({ value: null, band80: [null, null] });
    expect(repelled.infusion.entry_pressure_MPa.band80[0]).toBeLessThan(repelled.infusion.entry_pressure_MPa.band80[1]);
  });

  test('--time: how full the host is then', async () => {
    const { out } = await limetal('--substrate', 'ZnO on carbon', ...HOST, '--time', '2 s');
    expect(out).toMatch(/Composite {5}0 \(0 to .+\) % full after 2 s|Composite {5}0 % full after 2 s/);
    const { infusion } = JSON.parse((await limetal('--substrate', 'ZnO on carbon', ...HOST, '--json')).out);
    expect(infusion.filling.at(-1)).toEqual({ time_s: 1000, filled: { value: 1, band80: [1, 1] } });
  });

  test('--electrolyte answers of the other liquid, and says that it does', async () => {
    const { code, out } = await limetal('--electrolyte', '1 M LiPF6 in EC/DEC (1:1 v/v)', '--distance', '2 cm');
    expect(code).toBe(0);
    expect(out).toContain('spreading coefficient');
    expect(out).toContain('wetting by molten lithium: --substrate');
    const { quantity } = JSON.parse((await limetal('--electrolyte', '1 M LiPF6 in EC/DEC (1:1 v/v)', '--json')).out);
    expect(quantity).toBe('wetting of lithium by an electrolyte');
  });

  test.each([
    [[], /neither --substrate nor --electrolyte/],
    [['--substrate', 'Cu', '--electrolyte', '1 M LiPF6 in EC'], /--substrate beside --electrolyte/],
    [['--electrolyte', '1 M LiPF6 in EC/DEC', '--pore', '1 µm'], /--pore: got it beside --electrolyte/],
    [['--substrate', 'Cu', '--distance', '1 cm'], /--distance: got it beside --substrate/],
    [['--substrate', 'Li-Sn-PTMEG'], /contact angle of an electrolyte on it, 27°, which is another quantity/],
    [['--substrate', 'N-doped graphene'], /nucleation overpotential of 22 mV, which is another quantity/],
    [['--substrate', 'coper'], /--substrate: got "coper".*did you mean copper\?/],
    [
      ['--substrate', 'Cu', '--temperature', '100 °C'],
      /--temperature: got "100 °C", want from the melting point of lithium, 180.54 °C/,
    ],
    [['--substrate', 'Cu', '--roughness', '-2'], /--roughness: got "-2", want real over projected area, from 1/],
    [['--substrate', 'Cu', '--roughness', 'high'], /--roughness: got "high", want a plain number/],
    [['--substrate', 'Cu', '--pore', '0 µm'], /--pore: got "0 µm", want a diameter above 0/],
    [['--substrate', 'Cu', '--coating-thickness', '50'], /--coating-thickness: got "50".*a unit is missing/],
  ])('%j is refused with exit code 2', async (argv, line) => {
    const { code, out, err } = await limetal(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(line);
  });

  test('all faults at once, those of the text and those of the numbers', async () => {
    const { err } = await limetal(
      '--substrate',
      'coper',
      '--temperature',
      '20 mV',
      '--roughness',
      '0.5',
      '--porosity',
      '1.4',
    );
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual(expect.arrayContaining(['--substrate', '--temperature', '--roughness', '--porosity']));
  });
});
