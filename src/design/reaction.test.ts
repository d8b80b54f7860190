import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ELEMENTS,
  FORMATION_ENERGIES,
  LITHIUM_REACTIONS,
  lithiumAlloy,
  readFormula,
  THERMODYNAMIC_SPECIES,
} from '../materials/index.ts';
import { titrationGibbs } from '../physics/index.ts';
import { F, InputError } from '../units/index.ts';
import { type Reaction, reactionAt } from './reaction.ts';
import { balance, imbalances } from './reaction-balance.ts';
import { parseReaction } from './reaction-equation.ts';
import { favouredProducts } from './reaction-products.ts';
import { formationGibbs, substanceAt } from './substance.ts';

const kJ = (value: number): number => value / 1000;

function formation_kJ(formula: string, T: number, state: string | null = null): number {
  const reading = readFormula(formula, formula);
  if (!reading.ok) throw new Error(formula);
  const found = substanceAt(formula, reading.elements, state, T);
  if (!found.ok) throw new Error(found.issue.found);
  const gibbs = formationGibbs(found.substance, T);
  if (typeof gibbs !== 'number') throw new Error(gibbs.found);
  return kJ(gibbs);
}

function issuesOf(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('published energies come out again', () => {
  /** Two entries stand for something else than the stable phases here, and are computed as that below. */
  const APART = new Set(['SnCl4', 'Li2S']);
  const TOLERANCE_kJ = 0.2;

  test.each(FORMATION_ENERGIES.filter(({ formula }) => !APART.has(formula)))('formation of $formula', (entry) => {
    expect(Math.abs(formation_kJ(entry.formula, 300) - kJ(entry.at300K.value))).toBeLessThan(TOLERANCE_kJ);
    expect(Math.abs(formation_kJ(entry.formula, 500) - kJ(entry.at500K.value))).toBeLessThan(TOLERANCE_kJ);
  });

  test('SnCl4: the published number at 500 K is that of the liquid, which has boiled away there', () => {
    expect(formation_kJ('SnCl4', 300)).toBeCloseTo(-447.3, 0);
    expect(formation_kJ('SnCl4', 500, 'liquid')).toBeCloseTo(-404.1, 0);
    expect(formation_kJ('SnCl4', 500)).toBeLessThan(-413);
    const { remarks } = reactionAt('SnCl4 + 4 Li = 4 LiCl + Sn', 500);
    expect(remarks).toEqual(['SnCl4 is a gas at 1 bar here; SnCl4(liquid) lies 9.3 kJ/mol higher']);
  });

  test('Li2S: the published number at 500 K leaves out that sulfur and lithium melt', () => {
    const at = reactionAt('2 Li + S = Li2S', 300);
    expect(kJ(at.gibbs_J_per_mol)).toBeCloseTo(-432.5, 0);
    // ΔH − TΔS of 300 K, carried on.
    expect(kJ(at.enthalpy_J_per_mol! - 500 * at.entropy_J_per_mol_K!)).toBeCloseTo(-426.6, 0);
    expect(formation_kJ('Li2S', 500)).toBeCloseTo(-424.3, 1);
  });

  // These are published to a whole kJ per mole.
  test.each(LITHIUM_REACTIONS)('$reaction', ({ reaction, at300K, at500K }) => {
    for (const [T, published] of [
      [300, at300K.value],
      [500, at500K.value],
    ] as const) {
      const state = reaction.startsWith('SnCl4') ? reaction.replace('SnCl4', 'SnCl4(l)') : reaction;
      expect(Math.abs(kJ(reactionAt(state, T).gibbs_J_per_mol - published)), `${T} K`).toBeLessThan(0.6);
    }
  });

  test('AlN + 3 Li: uphill by 159 kJ/mol at 300 K, 164 at 500 K', () => {
    expect(kJ(reactionAt('AlN + 3 Li = Li3N + Al', 300).gibbs_J_per_mol)).toBeCloseTo(159, 0);
    expect(kJ(reactionAt('AlN + 3 Li = Li3N + Al', 500).gibbs_J_per_mol)).toBeCloseTo(164, 0);
  });

  test('LiNO3 at 1.849 V, Mg3N2 at +143 kJ/mol, LiAl at 0.385 V, and alumina to LiAl at −175 kJ/mol', () => {
    expect(reactionAt('LiNO3 + 8 Li -> 3 Li2O + Li3N', 300).potential_V).toBeCloseTo(1.849, 3);
    expect(kJ(reactionAt('Mg3N2 + 6 Li = 2 Li3N + 3 Mg', 300).gibbs_J_per_mol)).toBeCloseTo(143, 0);
    const alloy = reactionAt('Al + Li = LiAl', 300);
    expect(alloy.potential_V).toBeCloseTo(0.385, 6);
    expect(kJ(reactionAt('Al + Li = LiAl', 500).gibbs_J_per_mol)).toBeCloseTo(-32.9, 1);
    expect(kJ(reactionAt('Al2O3 + 8 Li = 3 Li2O + 2 LiAl', 300).gibbs_J_per_mol)).toBeCloseTo(-175, 0);
  });

  test.each([
    ['Sn', -132],
    ['Si', -96],
    ['Ga', -42],
    ['Al', -24],
  ])('%s to full lithiation at 400 °C over the plateaus of the table: %i kJ per mole', (element, published) => {
    const { plateaus } = lithiumAlloy(element)!.tables.find((table) => table.temperature_K === 673.15)!;
    expect(Math.abs(kJ(titrationGibbs(plateaus, 5)) - published)).toBeLessThan(0.5);
  });

  test('an alloy of whole formula has the energy of its plateaus, measured at their temperature', () => {
    const { gibbs_J_per_mol, substances } = reactionAt('5 Si + 22 Li = Li22Si5', 673.15);
    expect(kJ(gibbs_J_per_mol) / 5).toBeCloseTo(-96.3, 1);
    expect(substances.map(({ tag }) => tag)).toEqual(['published', 'published', 'measured']);
  });
});

describe('thermodynamics holds together', () => {
  test.each([
    'Al2O3 + 6 Li = 3 Li2O + 2 Al',
    'LiNO3 + 8 Li = 3 Li2O + Li3N',
    'Al + Li = LiAl',
    'Sn + 3.5 Li = Li3.5Sn',
  ])('%s: ΔG = ΔH − TΔS, and its slopes are −ΔS and ΔCp', (text) => {
    const T = 480;
    const h = 0.5;
    const at = (t: number): Reaction => reactionAt(text, t);
    const { gibbs_J_per_mol, enthalpy_J_per_mol, entropy_J_per_mol_K, heatCapacity_J_per_mol_K } = at(T);
    expect(gibbs_J_per_mol).toBeCloseTo(enthalpy_J_per_mol! - T * entropy_J_per_mol_K!, 4);
    const slope = (of: (reaction: Reaction) => number): number => (of(at(T + h)) - of(at(T - h))) / (2 * h);
    expect(slope((reaction) => reaction.gibbs_J_per_mol)).toBeCloseTo(-entropy_J_per_mol_K!, 3);
    expect(slope((reaction) => reaction.enthalpy_J_per_mol!)).toBeCloseTo(heatCapacity_J_per_mol_K!, 2);
    expect(slope((reaction) => reaction.gibbs_J_per_mol / reaction.temperature_K)).toBeCloseTo(
      -enthalpy_J_per_mol! / T ** 2,
      4,
    );
  });

  test('the law of Hess: ways around end at the same energy', () => {
    const T = 523.15;
    const energy = (text: string): number => reactionAt(text, T).gibbs_J_per_mol;
    const whole = energy('SnO2 + 4 Li = 2 Li2O + Sn');
    expect(energy('SnO2 + Sn = 2 SnO') + 2 * energy('SnO + 2 Li = Li2O + Sn')).toBeCloseTo(whole, 3);
    expect(2 * energy('2 Li + 1/2 O2 = Li2O') - energy('Sn + O2 = SnO2')).toBeCloseTo(whole, 3);
    expect(energy('LiOH + 2 Li = Li2O + LiH')).toBeCloseTo(
      energy('LiOH + Li = Li2O + 1/2 H2') + energy('Li + ½ H2 = LiH'),
      3,
    );
  });

  test('a reaction turned round has the energy turned round, and twice the reaction twice the energy', () => {
    const forth = reactionAt('ZnO + 2 Li = Li2O + Zn', 500);
    const back = reactionAt('Li2O + Zn = ZnO + 2 Li', 500);
    expect(back.gibbs_J_per_mol).toBeCloseTo(-forth.gibbs_J_per_mol, 6);
    expect([back.lithium, forth.lithium]).toEqual([-2, 2]);
    expect(back.potential_V).toBeCloseTo(forth.potential_V!, 12);
    expect(reactionAt('Sn + O2 = SnO2', 500)).toMatchObject({
      lithium: 0,
      potential_V: null,
      perLithium_J_per_mol: null,
    });
    const twice = reactionAt('2 ZnO + 4 Li = 2 Li2O + 2 Zn', 500);
    expect(twice.gibbs_J_per_mol).toBeCloseTo(2 * forth.gibbs_J_per_mol, 6);
    expect(twice.potential_V).toBeCloseTo(forth.potential_V!, 12);
  });

  test('energy goes on through the melting of lithium, entropy jumps by its melting', () => {
    const at = (T: number) => reactionAt('N2 + 6 Li = 2 Li3N', T);
    const [solid, melt] = [at(453.68), at(453.7)];
    expect(Math.abs(melt.gibbs_J_per_mol - solid.gibbs_J_per_mol)).toBeLessThan(10);
    expect(solid.entropy_J_per_mol_K! - melt.entropy_J_per_mol_K!).toBeCloseTo((6 * 3000) / 453.69, 0);
    expect(melt.substances[1]).toMatchObject({ formula: 'Li', phase: 'liquid', state: 'liquid' });
  });

  test('the potential is the energy per lithium', () => {
    const { gibbs_J_per_mol, lithium, perLithium_J_per_mol, potential_V } = reactionAt('CuO + 2 Li = Li2O + Cu', 300);
    expect(lithium).toBe(2);
    expect(perLithium_J_per_mol).toBe(gibbs_J_per_mol / 2);
    expect(potential_V).toBeCloseTo(-gibbs_J_per_mol / (2 * F), 12);
    expect(potential_V).toBeGreaterThan(2);
  });
});

describe('equations as people type them', () => {
  test.each([
    'Al2O3+6Li=3Li2O+2Al',
    'Al2O3 + 6 Li → 3 Li2O + 2 Al',
    'Al2O3 + 6Li -> 3Li₂O + 2 Al',
    'Al2O3(a) + 6 Li(cr) ⇌ 3 Li2O (s) + 2 Al',
    '1/2 Al2O3 + 3 Li <=> 1.5 Li2O + Al',
    '½ Al2O3 + 3 Li --> 1½ Li2O + Al',
    'Al2O3 + Li = Li2O + Al',
  ])('%s', (text) => {
    const reaction = reactionAt(text, 300);
    expect(reaction.gibbs_J_per_mol / reaction.lithium).toBeCloseTo(-101_100 / 6, -2);
    expect(reaction.how).toBe(text === 'Al2O3 + Li = Li2O + Al' ? 'balanced here' : 'as written');
  });

  test('hydrates, brackets and decimals', () => {
    const { left, right } = parseReaction('2LiOH·H2O + Fe0.947O = Ca(OH)2 + .5 O2(g)');
    expect(left.map(({ coefficient, formula }) => [coefficient, formula])).toEqual([
      [2, 'LiOH·H2O'],
      [null, 'Fe0.947O'],
    ]);
    expect(left[0]!.elements).toEqual({ Li: 1, O: 2, H: 3 });
    expect(right!.map(({ coefficient, state }) => [coefficient, state])).toEqual([
      [null, null],
      [0.5, 'gas'],
    ]);
  });

  test('an arrow with nothing behind it asks for the products, as does none', () => {
    expect(parseReaction('ZnO + Li =').right).toBeNull();
    expect(parseReaction('ZnO + Li').right).toBeNull();
  });
});

describe('what cannot be answered is refused with all its faults', () => {
  test('an imbalance is named by element, with what would balance it', () => {
    expect(issuesOf(() => reactionAt('Al2O3 + 6 Li = 3 Li2O + Al'))).toEqual([
      'balance of Al: got 2 on the left and 1 on the right, want the same on both sides (balanced it is Al2O3 + 6 Li → 3 Li2O + 2 Al)',
    ]);
    expect(issuesOf(() => reactionAt('2 SnO2 + Li = Li2O + Sn'))).toEqual([
      'balance of Sn: got 2 on the left and 1 on the right, want the same on both sides (balanced it is SnO2 + 4 Li → 2 Li2O + Sn)',
      'balance of O: got 4 on the left and 1 on the right, want the same on both sides',
      'balance of Li: got 1 on the left and 2 on the right, want the same on both sides',
    ]);
    expect(issuesOf(() => reactionAt('Li + O2 + F2 = Li2O + LiF'))[0]).toContain('no single set of coefficients');
    // An element of one side only.
    expect(issuesOf(() => reactionAt('ZnO + 2 Li = Li2O + Sn'))[0]).toContain(
      'balance of Zn: got 1 on the left and 0 on the right',
    );
  });

  test('unknown substances, each with known ones that are near', () => {
    const faults = issuesOf(() => reactionAt('ZnO3 + 2 Li = Li2O + SnBrF'));
    expect(faults[0]).toMatch(/^ZnO3: got a substance without thermodynamic data, .* \(near are ZnO/);
    expect(faults[1]).toMatch(/^SnBrF: .*near are SnF2|SnBr2/);
    expect(issuesOf(() => reactionAt('Li7La3Zr2O12 + Li'))[0]).toContain('(near are Li2ZrO3, ');
    expect(issuesOf(() => reactionAt('Li9Sn = Li'))[0]).toBe(
      'Li9Sn: got 9 Li for each Sn, want at most 4.4 Li for each Sn, where its plateaus end',
    );
  });

  test('temperatures outside of the data of any substance, all of them at once', () => {
    expect(issuesOf(() => reactionAt('ZnO + 2 Li = Li2O + Zn', 150))).toEqual([
      'temperature of ZnO: got 150 K, want 250 K to 800 K, where its data hold',
      'temperature of Li: got 150 K, want 200 K to 6000 K, where its data hold',
      'temperature of Li2O: got 150 K, want 200 K to 6000 K, where its data hold',
      'temperature of Zn: got 150 K, want 200 K to 6000 K, where its data hold',
    ]);
    expect(issuesOf(() => reactionAt('ZnO + Li', 1200))[0]).toContain('temperature of ZnO: got 1200 K');
    for (const T of [0, -5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(issuesOf(() => reactionAt('ZnO + Li', T))[0]).toMatch(/^temperature: got/);
    }
  });

  test.each([
    ['Li+ + e- = Li', 'reaction, left: got "Li+", which is charged, want neutral substances'],
    ['SO4^2- + Li', 'which is charged'],
    ['ZnO + 2 Li = Li2O = Zn', 'got 2 arrows'],
    ['', 'reaction: got nothing, want a reaction such as'],
    ['ZnO + + Li', 'got "ZnO +", which is charged'],
    ['= Li2O', 'got nothing between two +'],
    ['0 Li + ZnO', 'got "0", want a coefficient above 0'],
    ['0,5 O2 + 2 Li', 'write 0.5 for 0,5'],
    ['H2(aq) + Li', 'nothing dissolved in water has data here'],
    ['SiCl4(l) + Li', 'SiCl4 (liquid): got a phase without data, want one of: gas'],
    ['Qq2O + Li', '"Qq" is no element'],
    ['Nb + Li', '"Nb + Li", of which nothing else is known to form'],
    ['x'.repeat(1001), '1001 characters'],
    [Array.from({ length: 31 }, () => 'Li').join(' + '), '31 terms, want at most 30'],
  ])('%s', (text, fault) => {
    expect(issuesOf(() => reactionAt(text)).join('\n')).toContain(fault);
  });
});

describe('the left side alone', () => {
  test.each([
    ['ZnO + 2 Li', 'ZnO + 2 Li → Li2O + Zn'],
    ['CuO + Li', 'CuO + 2 Li → Li2O + Cu'],
    ['LiNO3 + Li', 'LiNO3 + 8 Li → 3 Li2O + Li3N'],
    ['SnO2 + Li', 'SnO2 + 8.4 Li → 2 Li2O + 0.2 Li22Sn5'],
    ['N2 + Li', 'N2 + 6 Li → 2 Li3N'],
    ['Al2O3 + Li', 'Al2O3 + 8 Li → 3 Li2O + 2 LiAl'],
    ['H2O + Li', 'H2O + 4 Li → Li2O + 2 LiH'],
    ['CaCO3', 'CaCO3 → CO2 + CaO'],
    ['BN + Li', 'BN + 3 Li → Li3N + B'],
  ])('%s', (text, equation) => {
    const reaction = reactionAt(text, 300);
    expect(reaction).toMatchObject({ equation, how: 'completed here' });
    // What is printed is balanced, and has the same energy when it is read again.
    expect(reactionAt(equation, 300).gibbs_J_per_mol).toBeCloseTo(reaction.gibbs_J_per_mol, -1);
  });

  test('a phase that is asked for stays what it is, and shows in the equation', () => {
    expect(reactionAt('SnCl4(l) + 4 Li = 4 LiCl + Sn', 500).equation).toBe('SnCl4(liquid) + 4 Li → 4 LiCl + Sn');
    const boiling = reactionAt('SnCl4(l) = SnCl4(g)', 500);
    expect(boiling.equation).toBe('SnCl4(liquid) → SnCl4');
    expect(kJ(boiling.gibbs_J_per_mol)).toBeCloseTo(-9.3, 1);
    // Boils at 387 K: the same energy on both sides.
    expect(Math.abs(kJ(reactionAt('SnCl4(l) = SnCl4(g)', 387).gibbs_J_per_mol))).toBeLessThan(0.3);
    const vapour = reactionAt('ZnO + 2 Li(g)', 500);
    expect(vapour.equation).toBe('ZnO + 2 Li(gas) → Li2O + Zn');
    expect(vapour.gibbs_J_per_mol).toBeLessThan(reactionAt('ZnO + 2 Li', 500).gibbs_J_per_mol - 150_000);
  });

  test('beside the best products, those without alloys and ternary phases', () => {
    const { conversion, gibbs_J_per_mol } = reactionAt('Al2O3 + Li', 300);
    expect(conversion?.equation).toBe('Al2O3 + 6 Li → 3 Li2O + 2 Al');
    expect(conversion!.gibbs_J_per_mol).toBeGreaterThan(gibbs_J_per_mol);
    expect(reactionAt('CuO + Li', 300).conversion).toBeNull();
  });

  test('what is stable beside lithium is said to be, with the least unfavourable way', () => {
    const { gibbs_J_per_mol, remarks } = reactionAt('BN + Li', 500);
    expect(kJ(gibbs_J_per_mol)).toBeCloseTo(105, 0);
    expect(remarks[0]).toContain('Nothing known is more stable');
    expect(reactionAt('ZnO + Li', 500).remarks.join()).not.toContain('Nothing known');
  });

  test('given amounts are kept, and no other products of the known substances have less energy', () => {
    const T = 500;
    const amounts = new Map([
      ['Al', 2],
      ['O', 3],
      ['Li', 6],
    ]);
    const best = favouredProducts(amounts, T, false, () => true);
    if ('where' in best) throw new Error(best.found);
    const energy = (products: typeof best.products): number =>
      products.reduce((sum, { substance, amount }) => sum + amount * substance.gibbs_J_per_mol, 0);
    for (const formula of ['LiAlO2', 'LiAl', 'Li2O', 'Al2O3', 'Li2O2']) {
      const without = favouredProducts(amounts, T, false, (substance) => substance.formula !== formula);
      if ('where' in without) throw new Error(without.found);
      expect(energy(without.products), formula).toBeGreaterThanOrEqual(energy(best.products) - 1e-6);
    }
    for (const [element, total] of amounts) {
      const held = best.products.reduce(
        (sum, { substance, amount }) => sum + amount * (substance.elements[element] ?? 0),
        0,
      );
      expect(held, element).toBeCloseTo(total, 9);
    }
  });

  test('an alloy whose potential is known at one temperature only gives no enthalpy, and says what was taken', () => {
    const { enthalpy_J_per_mol, entropy_J_per_mol_K, remarks } = reactionAt('Si + Li', 500);
    expect([enthalpy_J_per_mol, entropy_J_per_mol_K]).toEqual([null, null]);
    expect(remarks.join()).toContain('plateaus of 673.15 K taken unchanged');
    expect(reactionAt('Al + Li', 300).remarks.join()).toContain('carried on to 300 K');
    expect(reactionAt('Al + Li', 700).remarks).toEqual([]);
  });
});

describe('any text at all', () => {
  const RUNS = 10_000;
  const token = fc.constantFrom(
    ...ELEMENTS.slice(0, 60),
    ...THERMODYNAMIC_SPECIES.slice(0, 200).map(({ formula }) => formula),
    ...[
      '+',
      ' + ',
      '=',
      '->',
      ' → ',
      '(',
      ')',
      '[',
      ']',
      '·',
      '.',
      ',',
      '/',
      '1',
      '2',
      '3',
      '0',
      '½',
      '₂',
      ' ',
      '-',
      '^',
    ],
    ...['(s)', '(l)', '(g)', '(aq)', 'e-', 'Li', 'Li2O', 'x', 'é', '\u0000', '1e9', '99999999999'],
  );

  const noise = fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join(''));
  const number = fc.constantFrom('', '2 ', '3', '0.5 ', '1/3 ', '½ ', '6');
  const state = fc.constantFrom('', '', '', '', '(s)', '(l)', '(g)', ' (cr)');
  const formula = fc.oneof(
    fc.constantFrom(...THERMODYNAMIC_SPECIES.map((species) => species.formula)),
    fc.constant('Li'),
  );
  const term = fc.tuple(number, formula, state).map((parts) => parts.join(''));
  const terms = fc.array(term, { minLength: 1, maxLength: 3 }).map((all) => all.join(' + '));
  const arrow = fc.constantFrom(' = ', '->', ' → ', '⇌');
  const likely = fc.oneof(
    terms.map((left) => `${left} + Li`),
    fc.tuple(terms, arrow, terms).map((parts) => parts.join('')),
  );

  test(`${RUNS} random reactions: an answer, or faults, and never a crash`, () => {
    let answered = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.oneof(noise, likely), fc.integer({ min: 250, max: 1500 }), (text, T) => {
        try {
          const { gibbs_J_per_mol, substances } = reactionAt(text, T);
          expect(Number.isFinite(gibbs_J_per_mol)).toBe(true);
          expect(substances.length).toBeGreaterThan(0);
          answered += 1;
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          expect(error.issues.length).toBeGreaterThan(0);
          refused += 1;
        }
      }),
      { numRuns: RUNS },
    );
    expect(answered + refused).toBe(RUNS);
    expect(Math.min(answered, refused)).toBeGreaterThan(RUNS / 20);
  });

  const known = THERMODYNAMIC_SPECIES.filter(({ formula }) => !['Li'].includes(formula)).map(({ formula }) => formula);

  test('completed reactions of random substances are balanced, downhill or said to be not, and read again the same', () => {
    let completed = 0;
    const amount = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(fc.constantFrom(...known), amount, fc.constantFrom('Li', '2 Li', '5 Li'), (formula, n, lithium) => {
        const T = 500;
        let reaction: Reaction;
        try {
          reaction = reactionAt(`${n} ${formula} + ${lithium}`, T);
        } catch (error) {
          if (error instanceof InputError) return;
          throw error;
        }
        completed += 1;
        const side = (sign: number) =>
          reaction.substances
            .filter(({ coefficient }) => Math.sign(coefficient) === sign)
            .map(({ elements, coefficient }) => ({ elements, coefficient: Math.abs(coefficient) }));
        expect(imbalances(side(-1), side(1)), reaction.equation).toEqual([]);
        if (!reaction.remarks.some((remark) => remark.includes('Nothing known'))) {
          expect(reaction.gibbs_J_per_mol, reaction.equation).toBeLessThan(1e-3);
        }
        const again = reactionAt(reaction.equation, T);
        expect(again.how).toBe('as written');
        const scale = Math.max(1000, Math.abs(reaction.gibbs_J_per_mol));
        expect(Math.abs(again.gibbs_J_per_mol - reaction.gibbs_J_per_mol) / scale).toBeLessThan(1e-2);
      }),
      { numRuns: 600 },
    );
    expect(completed).toBeGreaterThan(300);
  });

  test('whole coefficients that balance are found again, whatever they were multiplied by', () => {
    const reactions: readonly (readonly [readonly string[], readonly string[]])[] = [
      [
        ['Al2O3', 'Li'],
        ['Li2O', 'Al'],
      ],
      [
        ['KNO3', 'C', 'S'],
        ['K2S', 'CO2', 'N2'],
      ],
      [
        ['LiNO3', 'Li'],
        ['Li2O', 'Li3N'],
      ],
      [
        ['Fe0.947O', 'Li'],
        ['Li2O', 'Fe'],
      ],
    ];
    for (const sides of reactions) {
      const [left, right] = sides.map((side) =>
        side.map((formula) => {
          const reading = readFormula(formula, '');
          if (!reading.ok) throw new Error(formula);
          return reading.elements;
        }),
      ) as [Record<string, number>[], Record<string, number>[]];
      const found = balance(left, right);
      expect(found).toBeDefined();
      for (const factor of [1, 1 / 3, 7]) {
        const counted = (all: typeof left, from: number) =>
          all.map((elements, k) => ({ elements, coefficient: found![from + k]! * factor }));
        expect(imbalances(counted(left, 0), counted(right, left.length))).toEqual([]);
      }
    }
    expect(balance([{ Li: 1 }], [{ Al: 1 }])).toBeUndefined();
  });
});
