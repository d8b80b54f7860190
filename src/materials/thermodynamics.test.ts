import { describe, expect, test } from 'vitest';
import alloyParameterFile from './alloy-parameters.json' with { type: 'json' };
import alloyParameterSchema from './alloy-parameters.schema.json' with { type: 'json' };
import {
  ALLOY_PARAMETERS,
  alloyParameters,
  compositionKey,
  ELEMENTS,
  LITHIUM_ALLOYS,
  POLYNOMIAL_GAS_CONSTANT_J_per_mol_K,
  readFormula,
  referenceSpecies,
  THERMODYNAMIC_SPECIES,
  type ThermodynamicInterval,
  thermodynamicSpecies,
} from './index.ts';
import lithiumAlloyFile from './lithium-alloys.json' with { type: 'json' };
import lithiumAlloySchema from './lithium-alloys.schema.json' with { type: 'json' };
import { dataFileSchemas } from './schemas.ts';
import polynomialFile from './thermodynamics.json' with { type: 'json' };
import polynomialSchema from './thermodynamics.schema.json' with { type: 'json' };
import {
  alloyParameterFileSchema,
  lithiumAlloyFileSchema,
  tabulatedThermodynamicsFileSchema,
  thermodynamicsFileSchema,
} from './thermodynamics-schemas.ts';
import tabulatedFile from './thermodynamics-tabulated.json' with { type: 'json' };
import tabulatedSchema from './thermodynamics-tabulated.schema.json' with { type: 'json' };

const R = POLYNOMIAL_GAS_CONSTANT_J_per_mol_K;

/** Heat capacity, enthalpy and Gibbs energy, written again so that this room needs no other. */
function state({ coefficients }: ThermodynamicInterval, T: number) {
  const [a1, a2, a3, a4, a5, a6, a7, b1, b2] = coefficients.map(Number) as [
    ...[number, number, number, number, number, number, number, number, number],
  ];
  const powers = [a3, a4 * T, a5 * T ** 2, a6 * T ** 3, a7 * T ** 4];
  const cp = a1 / T ** 2 + a2 / T + powers.reduce((sum, term) => sum + term, 0);
  const h = -a1 / T ** 2 + (a2 * Math.log(T)) / T + powers.reduce((sum, term, k) => sum + term / (k + 1), 0) + b1 / T;
  const s =
    -a1 / T ** 2 / 2 -
    a2 / T +
    a3 * Math.log(T) +
    powers.slice(1).reduce((sum, term, k) => sum + term / (k + 1), 0) +
    b2;
  return { cp: R * cp, h: R * T * h, g: R * T * (h - s) };
}

describe('the data files', () => {
  test.each([
    ['thermodynamics', thermodynamicsFileSchema, polynomialFile, polynomialSchema],
    ['thermodynamics-tabulated', tabulatedThermodynamicsFileSchema, tabulatedFile, tabulatedSchema],
    ['lithium-alloys', lithiumAlloyFileSchema, lithiumAlloyFile, lithiumAlloySchema],
    ['alloy-parameters', alloyParameterFileSchema, alloyParameterFile, alloyParameterSchema],
  ])('%s holds to its schema, and the JSON Schema is up to date', (name, schema, file, jsonSchema) => {
    expect(schema.safeParse(file).error?.issues).toBeUndefined();
    expect(jsonSchema).toEqual(dataFileSchemas()[name]);
  });

  test('every composition stands once, under a formula that says it', () => {
    const keys = THERMODYNAMIC_SPECIES.map(({ elements }) => compositionKey(elements));
    expect(new Set(keys).size).toBe(keys.length);
    for (const { formula, elements } of THERMODYNAMIC_SPECIES) {
      const reading = readFormula(formula, '');
      expect(reading.ok && compositionKey(reading.elements), formula).toBe(compositionKey(elements));
    }
  });

  test('heat capacities are positive, and energies go on where one polynomial of a phase ends and the next begins', () => {
    for (const { formula, phases } of THERMODYNAMIC_SPECIES) {
      for (const { label, intervals } of phases) {
        intervals.forEach((interval, k) => {
          const [low, high] = interval.temperature_K;
          const where = `${formula} (${label}) at ${high} K`;
          expect(high, where).toBeGreaterThan(low);
          for (const T of [low, (low + high) / 2, high]) expect(state(interval, T).cp, where).toBeGreaterThan(0);
          const next = intervals[k + 1];
          if (next === undefined) return;
          expect(next.temperature_K[0], where).toBe(high);
          expect(Math.abs(state(next, high).g - state(interval, high).g), where).toBeLessThan(100);
          expect(Math.abs(state(next, high).h - state(interval, high).h), where).toBeLessThan(700);
        });
      }
    }
  });

  test('where one phase goes over into the next, the Gibbs energy does not jump and heat is taken up', () => {
    let transitions = 0;
    for (const { formula, phases } of THERMODYNAMIC_SPECIES) {
      const condensed = phases.filter((phase) => phase.state !== 'gas');
      condensed.slice(1).forEach((phase, k) => {
        const [before, after] = [condensed[k]!.intervals.at(-1)!, phase.intervals[0]!];
        const T = after.temperature_K[0];
        if (before.temperature_K[1] !== T) return;
        const [a, b] = [state(before, T), state(after, T)];
        expect(Math.abs(b.g - a.g), `${formula} at ${T} K`).toBeLessThan(100);
        expect(b.h - a.h, `${formula} at ${T} K`).toBeGreaterThan(-5);
        transitions += 1;
      });
    }
    expect(transitions).toBeGreaterThan(300);
  });

  test('lithium melts at 453.69 K with 3 kJ/mol', () => {
    const { phases } = thermodynamicSpecies({ Li: 1 })!;
    const [solid, melt] = ['solid', 'liquid'].map((name) => phases.find((phase) => phase.state === name));
    const T = 453.69;
    expect(solid!.intervals.at(-1)!.temperature_K[1]).toBe(T);
    expect(state(melt!.intervals[0]!, T).h - state(solid!.intervals.at(-1)!, T).h).toBeCloseTo(3000, -2);
  });

  test('each element that a compound holds has a reference state with no enthalpy at 298.15 K', () => {
    const elements = new Set(THERMODYNAMIC_SPECIES.flatMap((species) => Object.keys(species.elements)));
    for (const element of elements) {
      const reference = referenceSpecies(element);
      expect(reference, element).toBeDefined();
      const enthalpies = reference!.species.phases.flatMap(({ intervals }) =>
        intervals
          .filter(({ temperature_K: [low, high] }) => low <= 298.15 && high >= 298.15)
          .map((interval) => Math.abs(state(interval, 298.15).h)),
      );
      expect(Math.min(...enthalpies), element).toBeLessThan(1);
    }
  });

  test('plateaus come in order: more lithium, lower potential', () => {
    for (const { element, tables } of LITHIUM_ALLOYS) {
      for (const { plateaus } of tables) {
        plateaus.forEach(({ from, to, potential_V }, k) => {
          expect(to, element).toBeGreaterThan(from);
          const next = plateaus[k + 1];
          if (next === undefined) return;
          expect(next.from, element).toBeGreaterThanOrEqual(to);
          expect(next.potential_V, element).toBeLessThan(potential_V);
        });
      }
    }
  });

  test('parameters of metals are those of elements, each once', () => {
    const symbols = ALLOY_PARAMETERS.map(({ element }) => element);
    expect(new Set(symbols).size).toBe(symbols.length);
    for (const symbol of symbols) expect(ELEMENTS).toContain(symbol);
    expect(alloyParameters('Li')?.electronegativity_V).toBe(2.85);
    expect(alloyParameters('He')).toBeUndefined();
  });
});
