// The shape of the thermodynamic data files: polynomials, tabulated values, lithium alloys, and parameters of metals.

import * as z from 'zod';

const finite = z.number();
const range = z.tuple([finite.positive(), finite.positive()]);
const tag = z.enum(['measured', 'published', 'computed', 'memory', 'prior', 'assumed']);
const source = z.string().min(3);
const formula = z.string().regex(/^(?:[A-Z][a-z]?(?:\d+(?:\.\d+)?)?|\((?:[A-Z][a-z]?\d*)+\)\d*)+$/u);
const head = { label: z.string().min(1), state: z.enum(['solid', 'liquid', 'gas']), tag, source };
const species = { formula, elements: z.record(z.string().regex(/^[A-Z][a-z]?$/u), finite.positive()) };

export const thermodynamicsFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  source,
  species: z.array(
    z.strictObject({
      ...species,
      phases: z
        .array(
          z.strictObject({
            ...head,
            intervals: z
              .array(z.strictObject({ temperature_K: range, coefficients: z.array(finite).length(9) }))
              .min(1)
              .describe('Cp/R = a1/T² + a2/T + a3 + a4·T + a5·T² + a6·T³ + a7·T⁴, then b1 and b2 of H/RT and S/R'),
          }),
        )
        .min(1),
    }),
  ),
});

export const tabulatedThermodynamicsFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  source,
  species: z.array(
    z.strictObject({
      ...species,
      phases: z
        .array(
          z.strictObject({
            ...head,
            temperature_K: range,
            enthalpy_J_per_mol: finite,
            entropy_J_per_mol_K: finite.positive(),
            heatCapacity_J_per_mol_K: finite.positive(),
          }),
        )
        .min(1),
    }),
  ),
});

const plateaus = z
  .array(z.strictObject({ from: finite.nonnegative(), to: finite.positive(), potential_V: finite.positive() }))
  .min(1)
  .describe('From and to how many lithium for each atom of the metal');

export const lithiumAlloyFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  systems: z.array(
    z.strictObject({
      element: z.string(),
      name: z.string(),
      tables: z.array(z.strictObject({ temperature_K: finite.positive(), tag, source, plateaus })).min(1),
      line: z
        .strictObject({
          from: finite.nonnegative(),
          to: finite.positive(),
          potential_V_at_0K: finite,
          slope_V_per_K: finite,
          temperature_K: range,
          tag,
          source,
        })
        .optional(),
    }),
  ),
});

export const alloyParameterFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  source,
  elements: z.array(
    z.strictObject({
      element: z.string(),
      transition: z.boolean(),
      molarVolume_m3_per_mol: finite.positive(),
      electronsAtBoundary: finite.positive(),
      electronegativity_V: finite.positive(),
      volumeChange: finite.nonnegative(),
      hybridisation: finite.nonnegative(),
      transformation_J_per_mol: finite.nonnegative(),
      meltingTemperature_K: finite.positive(),
    }),
  ),
});

/** JSON Schemas of the thermodynamic data files, by file name without extension. */
export function thermodynamicFileSchemas(): Readonly<Record<string, object>> {
  return {
    thermodynamics: z.toJSONSchema(thermodynamicsFileSchema),
    'thermodynamics-tabulated': z.toJSONSchema(tabulatedThermodynamicsFileSchema),
    'lithium-alloys': z.toJSONSchema(lithiumAlloyFileSchema),
    'alloy-parameters': z.toJSONSchema(alloyParameterFileSchema),
  };
}
