// What the materials say of the rows of the literature, held to those rows.

import { describe, expect, test } from 'vitest';
import { literatureRows, quantitiesOf, quantityInSI, rowById } from '../src/literature/index.ts';
import { ADDITIVES, COATINGS, HOSTS, LIBRARY, type LibraryNumber } from '../src/materials/index.ts';

const KIND_OF = {
  'Coulombic efficiency': 'coulombic-efficiency',
  'interfacial resistance of a cell': 'interfacial-resistance',
  'areal interfacial resistance': 'interfacial-resistance',
  polarisation: 'polarisation',
} as const;

const numbers = LIBRARY.flatMap(({ id, properties }) =>
  properties
    .filter((property): property is LibraryNumber => 'value' in property)
    .map((property) => ({ ...property, at: `${id}: ${property.quantity} ${property.value}` })),
);

describe('materials in the tables', () => {
  test('every row that a material names exists', () => {
    const known = new Set(literatureRows().map(({ id }) => id));
    for (const entry of [...COATINGS, ...HOSTS, ...ADDITIVES, ...LIBRARY]) {
      for (const row of entry.rows) expect(known.has(row), `${entry.id}: ${row}`).toBe(true);
    }
    for (const { source, at } of numbers) {
      for (const [row] of source.matchAll(/\b[ab]\d-\d\d(?!\d)b?/gu))
        expect(known.has(row), `${at}: ${row}`).toBe(true);
    }
  });

  const taken = numbers.filter(
    ({ quantity, source, tag }) => quantity in KIND_OF && tag === 'measured' && /, row [ab]\d-\d\d/u.test(source),
  );

  test('all such numbers are compared', () => {
    expect(taken.length).toBeGreaterThan(50);
  });

  test.each(taken.map((number) => [number.at, number] as const))('%s is what its row prints', (_at, number) => {
    const row = rowById(/, row ([ab]\d-\d\db?)/u.exec(number.source)![1]!)!;
    const quantities = quantitiesOf(row, KIND_OF[number.quantity as keyof typeof KIND_OF]);
    // A resistance in Ω, whose area is not printed, has no areal value: the printed number is the value.
    const printed = quantities.map((quantity) => quantityInSI(quantity)?.value_SI ?? quantity.value);
    expect(
      printed.some((value) => Math.abs(value / number.value! - 1) < 1e-6),
      `${printed}`,
    ).toBe(true);
  });

  test('an additive names the rows whose electrolyte holds it', () => {
    for (const { id, rows } of ADDITIVES.filter((additive) =>
      ['LiNO3', 'FEC', 'VC', 'Li2S8', 'Li2S6'].includes(additive.id),
    )) {
      const holding = literatureRows().filter(
        ({ electrolyte }) =>
          electrolyte?.where === 'table' && new RegExp(`\\b${id}\\b`, 'u').test(electrolyte.printed ?? ''),
      );
      // FEC is the solvent of some, not an additive.
      const asAdditive = holding.filter(({ electrolyte }) => !/in FEC/u.test(electrolyte!.printed!));
      for (const row of asAdditive) expect(rows, `${id} ${row.id}`).toContain(row.id);
    }
  });
});
