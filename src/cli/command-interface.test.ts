import { describe, expect, test } from 'vitest';
import { typed } from './command-line.test-tool.ts';

const limetal = (...argv: readonly string[]) => typed(['interface', ...argv]);

describe('limetal interface', () => {
  test('resistance by part, type, growth, safe current, what to improve first, two explanations, numbers with tags', async () => {
    const { code, out, err } = await limetal('LLZO', '--current', '0.5 mA/cm2');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/Resistance {4}504 \(.+ to .+\) Ω cm²/);
    for (const part of ['charge transfer', 'films', 'constriction', 'interlayers']) expect(out).toContain(`  ${part}`);
    expect(out).toContain('Type          I: reduced below 0.05 V only');
    expect(out).toMatch(/Safe current {2}0\.0602 \(.+\) mA\/cm², bound by plating/);
    expect(out).toMatch(/Improve first\n +Ω cm² +mA\/cm²\n +151 +0\.201 +warm it to 60 °C/);
    expect(out).toMatch(/resistance at four times the pressure +47\.3 % +100 %/);
    expect(out).toContain('0.5 mA/cm² is safe in');
    expect(out).toMatch(/conductivity of the electrolyte +0\.5 mS\/cm +0\.3 to 1\.53 mS\/cm +memory/);
  });

  test.each(['LLZTO with Li2CO3', 'Li7P3S11', 'LAGP', 'PEO', 'LiPON'])(
    '%s: no line is wider than 100 columns',
    async (name) => {
      const { out } = await limetal(name, '--interlayer', 'LiF', '--current', '1 mA/cm2', '--samples', '20');
      for (const line of out.split('\n')) expect(Array.from(line).length, line).toBeLessThanOrEqual(100);
      expect(out).toMatch(/after +nm +\+ Ω cm²\n +an hour/);
    },
  );

  test('--json is one document with units in its keys', async () => {
    const { out } = await limetal('Li6PS5Cl', '--interlayer', 'LiF', '--pressure', '7 MPa', '--json');
    const document = JSON.parse(out);
    expect(document.resistance_ohm_cm2.total.value).toBeGreaterThan(0);
    expect(document.type).toBe('II');
    expect(document.growth.map((one: { time_d: number }) => one.time_d)).toEqual(
      [1 / 24, 1, 30, 365].map((x) => Number(x.toPrecision(6))),
    );
    expect(document.bounds.map((one: { criterion: string }) => one.criterion)).toEqual(['plating', 'stripping']);
    expect(document.profile.lithium_potential_V).toHaveLength(document.profile.depth_share.length);
    expect(document.monroe_newman.necessary_only).toBe(true);
  });

  test('a garnet whose surface is told', async () => {
    const { out } = await limetal('heat-treated LLZTO');
    expect(out).toMatch(/the angle of molten lithium, 95° of garnet,\s+cleaned \(memory\)/);
    expect(out).toMatch(/contact angle of molten lithium +95 ° +62 to 110 °/);
    expect((await limetal('LLZO with Li2CO3')).out).toContain('take the film of carbonate off');
  });

  test.each([
    [['LLZQ'], /solid electrolyte: got "LLZQ", want a solid electrolyte: LLZO, LLZTO.*did you mean LLZO/],
    [['LLZO', '--interlayer', 'grafite'], /--interlayer: got "grafite".*did you mean graphite/],
    [['LLZO', '--pressure', '5'], /--pressure: got "5".*a unit is missing/],
    [['LLZO', '--temperature', '300 °C'], /--temperature: got "300 °C", want from −40 to 170 °C/],
    [['LLZO', '--angle', '200'], /--angle: got "200", want an angle of molten lithium from 0 to 180°/],
    [['LLZO', '--contact', '1.5'], /--contact/],
    [['LLZO', '--samples', '3'], /--samples: got 3/],
  ])('%j is refused with exit code 2', async (argv, line) => {
    const { code, out, err } = await limetal(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(line);
  });

  test('all faults at once', async () => {
    const { err } = await limetal(
      'LLZQ',
      '--interlayer',
      'grafite',
      '--pressure',
      'high',
      '--angle',
      '-3',
      '--temperature',
      '400 °C',
    );
    const places = err
      .trim()
      .split('\n')
      .map((line) => line.split(':')[0]);
    expect(places).toEqual(
      expect.arrayContaining(['solid electrolyte', '--interlayer', '--pressure', '--angle', '--temperature']),
    );
  });
});
