// The design desk, its shell and its library say the same: the command that the page shows is run, and its numbers are those of the worker.

import { describe, expect, test } from 'vitest';
import { typed } from '../src/cli/command-line.test-tool.ts';
import { START_DESIGN } from '../src/web/views/design/state.ts';
import {
  designAudit,
  designChoices,
  designEfficiency,
  designEnergy,
  designEnergyBands,
  designLife,
  designReservoir,
  designSeek,
} from '../src/worker/tasks/design.ts';

/** The words of a command as a shell would take it apart; the page quotes with ' only. */
const wordsOf = (command: string): string[] =>
  (command.match(/(?:'(?:[^']|'\\'')*'|[^\s'])+/gu) ?? []).map((word) => word.replace(/'((?:[^']|'\\'')*)'/gu, '$1'));

async function shellSays(command: string) {
  const [name, ...words] = wordsOf(command);
  expect(name).toBe('limetal');
  const { code, out, err } = await typed([...words, '--json']);
  expect([code, err], command).toEqual([0, '']);
  return JSON.parse(out);
}

describe('the design desk', () => {
  test('efficiency for a life', async () => {
    for (const life of [START_DESIGN.life, { ...START_DESIGN.life, counts: 'all', nToP: '2.3', cycles: '500' }]) {
      const page = designEfficiency(life);
      const shell = await shellSays(page.command);
      expect(shell.coulombic_efficiency).toBe(page.required);
      expect(shell.excess).toBe(page.excess);
    }
  });

  test('what dies first', async () => {
    const page = designLife({ ...START_DESIGN.life, electrons: '2', molarMass: '90 g/mol' });
    const shell = await shellSays(page.command);
    expect(shell).toMatchObject({
      lithium_cycles: page.life.lithiumCycles,
      electrolyte_cycles: page.life.electrolyteCycles,
      first: page.life.first,
    });
  });

  test('a reservoir test', async () => {
    const page = designReservoir({ ...START_DESIGN.reservoir, mismatch: '0.02 %', elsewhere: '4.9 mAh/cm2' });
    const shell = await shellSays(page.command);
    expect(shell).toMatchObject({
      coulombic_efficiency: page.answer.efficiency,
      error: page.answer.error,
      elsewhere: { efficiency: page.answer.elsewhere!.efficiency },
    });
  });

  test('energy, its bands and what a target takes', async () => {
    const question = {
      case: 'lithium-50-llzo',
      text: { lithium: '20 ± 2 µm', separator: '25 µm', rate: 'C/3' },
      about: 'specificEnergy_J_per_kg',
    };
    const page = designEnergy(question);
    const bands = designEnergyBands(question);
    const shell = await shellSays(page.command);
    expect(shell.specific_energy_Wh_per_kg).toBe(page.energy.specificEnergy_J_per_kg / 3600);
    expect(shell.energy_density_Wh_per_L).toBe(page.energy.energyDensity_J_per_m3 / 3.6e6);
    expect(shell.specific_energy_band80_Wh_per_kg).toEqual(
      bands.outputs.specificEnergy_J_per_kg.band80.map((value) => value / 3600),
    );
    expect(shell.facts.map(({ text }: { text: string | null }) => text)).toEqual(page.facts.map(({ text }) => text));
    const sought = designSeek({ ...question, seek: 'cathodeCapacity', target: '330 Wh/kg' });
    const found = await shellSays(sought.command);
    expect(found.sought.value_SI).toBe(sought.sought.value_SI);
  });

  test('the audit of a claim', async () => {
    const page = designAudit({ text: START_DESIGN.claim, stated: START_DESIGN.stated });
    const shell = await shellSays(page.command);
    expect(shell.verdict).toBe(page.audit.verdict);
    expect(shell.implied[0].coulombic_efficiency).toBe(page.audit.implied[0]!.implied.efficiency);
    expect(shell.specific_energy_Wh_per_kg).toBe(page.audit.energy!.specificEnergy_J_per_kg.value / 3600);
    expect(shell.missing.map(({ key }: { key: string }) => key)).toEqual(page.audit.missing.map(({ key }) => key));
  });

  test('every input has a name of its own on the page', () => {
    const { inputs, claimNumbers, schema } = designChoices({});
    for (const list of [
      inputs.map(({ label }) => label),
      claimNumbers.map(({ label }) => label),
      schema.map(({ label }) => label),
    ])
      expect(new Set(list).size).toBe(list.length);
  });
});
