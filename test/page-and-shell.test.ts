// The page and the shell say the same: each command that the page shows is run, and its numbers are those that the page's worker gave.

import { describe, expect, test } from 'vitest';
import { typed } from '../src/cli/command-line.test-tool.ts';
import { InputError } from '../src/units/index.ts';
import { type InterfaceInput, interfaceAnswer, interfaceChoices } from '../src/worker/tasks/interface.ts';
import {
  electrolyteOnLithium,
  elementMap,
  reactionAnswer,
  type WettingInput,
  wettingAnswer,
  wettingChoices,
} from '../src/worker/tasks/lithiophilicity.ts';

/** The words of a command as a shell would take it apart; the page quotes with ' only. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/'((?:[^']|'\\'')*)'|(\S+)/gu)].map(([, quoted, plain]) =>
    quoted === undefined ? plain! : quoted.replaceAll("'\\''", "'"),
  );

async function shellSays(command: string) {
  const [name, ...words] = wordsOf(command);
  expect(name).toBe('limetal');
  const { code, out, err } = await typed([...words, '--json']);
  expect([code, err], command).toEqual([0, '']);
  return JSON.parse(out);
}

/** As the documents of the shell round. */
const six = (value: number): number => Number(value.toPrecision(6));
const seven = (value: number): number => Number(value.toPrecision(7));

const INTERFACE: InterfaceInput = {
  ...{ electrolyte: 'LLZO', interlayer: '', temperature: '25 °C', pressure: '1 MPa', angle: '', contact: '' },
  ...{ film: '', current: '', capacity: '', isDraft: false },
};

const WETTING: WettingInput = {
  ...{ substrate: 'carbon', coating: 'ZnO', temperature: '250 °C', roughness: 1, solidFraction: '' },
  ...{ pore: '5 µm', depth: '100 µm', time: '', porosity: '80 %', coverage: '100 %', coatingThickness: '' },
  ...{ atmosphere: 'argon', isDraft: false },
};

function issuesOf(question: () => unknown) {
  try {
    question();
  } catch (error) {
    if (error instanceof InputError) return error.issues;
    throw error;
  }
  return [];
}

describe('solid interface', () => {
  test.each([
    {},
    { electrolyte: 'heat-treated LLZTO', interlayer: 'ZnO', current: '0.5 mA/cm2', capacity: '2 mAh/cm2' },
    { electrolyte: 'Li6PS5Cl', pressure: '7 MPa', temperature: '60 °C', contact: '0.3' },
    { electrolyte: 'LLZO with Li2CO3', film: '20 nm', angle: '95°' },
    { electrolyte: 'PEO', interlayer: 'Li-Sn' },
  ])('%j', async (more) => {
    const { answer, command, figures } = interfaceAnswer({ ...INTERFACE, ...more });
    const said = await shellSays(command);
    const { total, chargeTransfer, films, constriction, interlayers } = answer.resistance_ohm_m2;
    for (const [of, part] of Object.entries({
      ...{ total, charge_transfer: chargeTransfer, films, constriction, interlayers },
    })) {
      expect(said.resistance_ohm_cm2[of].value).toBe(six(part.value * 1e4));
      expect(said.resistance_ohm_cm2[of].band80).toEqual(part.band80.map((end) => six(end * 1e4)));
    }
    expect(said.safe_current_mA_per_cm2.value).toBe(six(answer.safe_A_per_m2.value / 10));
    expect(said.contact.value).toBe(six(answer.contact.value));
    expect(said.improvements).toHaveLength(answer.improvements.length);
    expect(said.asked?.safe_share ?? null).toBe(answer.asked === null ? null : six(answer.asked.safeShare));
    const own = figures.againstPressure.panels[0]!.series.find(({ name }) => name === 'this interface')!;
    expect(six(own.y[0]!)).toBe(said.safe_current_mA_per_cm2.value);
  });

  test('a draft has the same values, and bands of its own', () => {
    const [draft, full] = [true, false].map((isDraft) => interfaceAnswer({ ...INTERFACE, isDraft }).answer);
    expect(draft!.resistance_ohm_m2.total.value).toBe(full!.resistance_ohm_m2.total.value);
    expect(draft!.safe_A_per_m2.value).toBe(full!.safe_A_per_m2.value);
    expect(draft!.conditions.samples).toBeLessThan(full!.conditions.samples);
  });

  test('everything that can be chosen is known', () => {
    const { electrolytes, interlayers } = interfaceChoices({});
    expect(electrolytes.length).toBeGreaterThanOrEqual(10);
    expect(new Set(electrolytes.map(({ label }) => label)).size).toBe(electrolytes.length);
    for (const { value } of electrolytes) interfaceAnswer({ ...INTERFACE, electrolyte: value, isDraft: true });
    for (const { value } of interlayers) interfaceAnswer({ ...INTERFACE, interlayer: value, isDraft: true });
  });

  test('faults are told as they were typed, all at once', () => {
    const issues = issuesOf(() => interfaceAnswer({ ...INTERFACE, pressure: '5 GPa', temperature: '900 °C' }));
    expect(issues.map(({ where, found }) => [where, found])).toEqual([
      ['temperature', '"900 °C"'],
      ['pressure', '"5 GPa"'],
    ]);
    expect(issuesOf(() => interfaceAnswer({ ...INTERFACE, angle: 'wet' }))).toHaveLength(1);
    expect(issuesOf(() => interfaceAnswer({ ...INTERFACE, film: '3 kg', capacity: 'much' }))).toHaveLength(2);
  });
});

describe('lithiophilicity', () => {
  test.each([
    {},
    { substrate: 'as received copper', coating: '', roughness: 2.1, pore: '', depth: '' },
    { substrate: 'LLZO', coating: 'Li2CO3', roughness: 1.5, solidFraction: '0.4', time: '30 s' },
    { temperature: '300 °C', coverage: '70 %', coatingThickness: '50 nm', atmosphere: 'dry air' },
  ])('%j', async (more) => {
    const { answer, command } = wettingAnswer({ ...WETTING, ...more });
    const said = await shellSays(command);
    const degrees = (angle_rad: number): number => six((angle_rad * 180) / Math.PI);
    expect(said.verdict).toBe(answer.verdict);
    expect(said.contact_angle_deg.value).toBe(degrees(answer.angle_rad.value));
    expect(said.contact_angle_deg.band80).toEqual(answer.angle_rad.band80.map(degrees));
    expect(said.apparent_angle_deg.value).toBe(degrees(answer.apparentAngle_rad.value));
    expect(said.composite?.capacity_mAh_per_cm2.value ?? null).toBe(
      answer.composite === null ? null : six(answer.composite.capacity_C_per_m2.value / 36_000),
    );
    expect(said.reasons).toEqual(answer.reasons);
  });

  test('every surface that can be chosen has the angle that its label tells', () => {
    const { substrates, coatings } = wettingChoices({});
    expect(substrates.length).toBeGreaterThan(40);
    for (const { value, label } of [...substrates, ...coatings]) {
      const { answer } = wettingAnswer({ ...WETTING, substrate: value, coating: '', isDraft: true });
      const told = Number(/\((\d+)°\)$/u.exec(label)![1]);
      expect(Math.round((answer.surface.state.angle.value * 180) / Math.PI), label).toBe(told);
    }
  });

  test.each([
    ['Al2O3 + 6 Li = 3 Li2O + 2 Al', '200 °C'],
    ['SnO2 + Li', '25 °C'],
  ])('%s at %s', async (text, temperature) => {
    const { reaction, command } = reactionAnswer({ text, temperature });
    const said = await shellSays(command);
    expect(said.equation).toBe(reaction.equation);
    expect(said.gibbs_kJ_per_mol).toBe(seven(reaction.gibbs_J_per_mol / 1000));
    expect(said.potential_V).toBe(seven(reaction.potential_V!));
    expect(said.substances).toHaveLength(reaction.substances.length);
  });

  test('the elements beside lithium', async () => {
    const { map, command, reactions } = elementMap({ temperature: '300 °C' });
    const said = await shellSays(command);
    // What a click on an element asks next has an answer.
    expect(Object.keys(reactions).length).toBe(25);
    for (const [element, text] of Object.entries(reactions)) {
      const { reaction } = reactionAnswer({ text, temperature: '300 °C' });
      expect(reaction.potential_V, text).toBeCloseTo(
        map.elements.find((one) => one.element === element)!.potential_V!,
        6,
      );
    }
    expect(said.elements.map(({ element, verdict }: Record<string, string>) => [element, verdict])).toEqual(
      map.elements.map(({ element, verdict }) => [element, verdict]),
    );
  });

  test('an electrolyte on lithium', async () => {
    const { answer, command } = electrolyteOnLithium({
      electrolyte: '1 M LiPF6 in EC/DEC (1:1 v/v)',
      distance: '2 cm',
    });
    const said = await shellSays(command);
    expect(said.separator_wetting_s.value).toBe(six(answer.time_s.value));
    expect(said.spreading_share).toBe(six(answer.spreadingShare));
  });

  test('a drag below the melting point says what lithium is there', () => {
    const [issue] = issuesOf(() => wettingAnswer({ ...WETTING, temperature: '100 °C' }));
    expect([issue!.where, issue!.found]).toEqual(['temperature', '"100 °C"']);
    expect(issue!.hint).toContain('solid');
  });
});
