// The shape of the data files of this room, and of the file by which a researcher adds rows. The JSON Schemas beside them are made
// from here, and tests hold the files to both. What a field wants is told in the words that an error message uses.

import * as z from 'zod';
import { BOUNDS, EFFICIENCY_KINDS, ELECTROLYTE_CLASSES, EXTRACTIONS, GROUPS, MEANINGS, QUANTITY_KINDS } from './row.ts';

/** A field that wants what `wanted` says, and says so in its schema as well. */
const text = (wanted: string) => z.string({ error: wanted }).min(1, { error: wanted }).describe(wanted);
const number = (wanted: string) => z.number({ error: wanted }).describe(wanted);
const amount = (wanted: string) => number(wanted).min(0, { error: wanted });
const choice = <const T extends readonly [string, ...string[]]>(options: T, what: string) =>
  z.enum(options).describe(what);

const meanings = Object.keys(MEANINGS) as [keyof typeof MEANINGS, ...(keyof typeof MEANINGS)[]];

const conditions = z
  .strictObject({
    currentDensity_mA_per_cm2: amount('a current density in mA/cm2').optional(),
    arealCapacity_mAh_per_cm2: amount('an areal capacity in mAh/cm2').optional(),
    cRate: amount('a C-rate, 0.5 for C/2').optional(),
    cycles: amount('a number of cycles').optional(),
    time_h: amount('hours of cycling').optional(),
    rest_h: amount('hours of standing').optional(),
    temperature_degC: number('a temperature in °C').min(-273.15, { error: 'a temperature in °C' }).optional(),
    cell: text('a cell such as Li|Cu').optional(),
    electrolyte: text('an electrolyte').optional(),
  })
  .describe('Under what the number was measured');

const quantity = z
  .strictObject({
    kind: choice(QUANTITY_KINDS, 'what the number measures'),
    printed: text('the words of the source in which the number stands'),
    value: number('the number as printed; the lower end of a range'),
    value_max: number('the upper end of a range').optional(),
    unit: text('the unit as printed'),
    unitCorrected: text('the unit that it has to be, where the printed one is wrong').optional(),
    bound: choice(BOUNDS, 'how the number is bounded in print'),
    means: choice(meanings, 'what the number is said of'),
    efficiencyKind: choice(EFFICIENCY_KINDS, 'which efficiency of a test it is').optional(),
    censored: z.literal('lower-bound').describe('a test that was stopped: the true value is at least this').optional(),
    conditions: conditions.optional(),
  })
  .describe('A number as printed');

const correction = z.strictObject({
  field: choice(['unit', 'column', 'reference', 'method', 'value'], 'what is wrong'),
  printed: text('as printed'),
  corrected: text('as it should be'),
  reason: text('why'),
});

const provenance = z.strictObject({
  paper: text('id of a paper').nullable(),
  locator: text('where in the paper, such as "Table 2" or "Fig. 3b"'),
  how: choice(EXTRACTIONS, 'how the numbers were taken from the source'),
  curator: text('who put the rows into this form'),
  date: z.iso.date({ error: 'a date such as 2026-11-21' }).describe('a date such as 2026-11-21'),
});

const group = choice(GROUPS, 'the strategy under which the row is listed');
const remarks = z.array(text('a sentence'));

export const tableFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  id: z.enum(['A1', 'B1', 'B2', 'B3']),
  title: text('the title as printed'),
  heading: text('the line over all rows, as printed').nullable(),
  provenance,
  columns: z.array(
    z.strictObject({
      key: text('key of the column'),
      heading: text('as printed'),
      unit: text('unit in the heading').nullable(),
    }),
  ),
  rows: z.array(
    z.strictObject({
      id: z.string().regex(/^(a1|b[123])-\d\d[b-z]?$/),
      group,
      groupPrinted: text('the group as printed'),
      method: text('as printed').nullable(),
      subject: text('what the text says the work is about').nullable(),
      reference: z.strictObject({
        table: z.int().min(1),
        text: z.int().min(1),
        printed: text('as printed'),
        paper: text('id of a paper').nullable(),
      }),
      electrolyte: z
        .strictObject({
          printed: text('as printed'),
          normalised: text('in the spelling of this program'),
          class: choice(ELECTROLYTE_CLASSES, 'electrolytes that behave alike on lithium'),
          where: text('table, or where in the text'),
        })
        .nullable(),
      entries: z.array(
        z.strictObject({
          column: text('key of the column'),
          printed: text('the cell as printed'),
          quantities: z.array(quantity),
          corrections: z.array(correction).optional(),
          note: text('a sentence').optional(),
        }),
      ),
      corrections: z.array(correction).optional(),
      remarks,
    }),
  ),
});

export const claimFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  claims: z.array(
    z.strictObject({
      id: z.string().regex(/^c[ab]-\d\d$/),
      paper: z.enum(['review-a', 'review-b']),
      section: text('the section'),
      reference: z.int().min(1).nullable(),
      subject: text('what the claim is about'),
      group: group.nullable(),
      printed: text('the words of the text'),
      quantities: z.array(quantity),
      corrections: z.array(correction).optional(),
      rows: z.array(z.string()),
      contradicts: z.array(z.strictObject({ row: z.string(), why: text('a sentence') })),
      remarks,
    }),
  ),
});

const doi = z
  .string({ error: 'a DOI such as 10.1038/ncomms7362' })
  .regex(/^10\.\d{4,9}\/\S+$/, { error: 'a DOI such as 10.1038/ncomms7362' })
  .describe('a DOI such as 10.1038/ncomms7362');

export const paperFileSchema = z.strictObject({
  $schema: z.string(),
  version: z.literal(1),
  papers: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]+$/),
      authors: text('authors').nullable(),
      title: text('title').nullable(),
      journal: text('journal').nullable(),
      year: z.int().min(1800).max(2100).nullable(),
      doi: doi.nullable(),
      doiTag: z.enum(['found', 'memory']).nullable(),
      cited: z.array(z.strictObject({ review: z.enum(['review-a', 'review-b']), number: z.int().min(1) })),
    }),
  ),
});

/** One row of a researcher's file. */
export const ownRowSchema = z.strictObject({
  id: z
    .string({ error: 'an id of small letters, digits, dots and hyphens' })
    .regex(/^[a-z0-9][a-z0-9.-]*$/, { error: 'an id of small letters, digits, dots and hyphens' })
    .describe('an id of small letters, digits, dots and hyphens'),
  group,
  method: text('what was done, in a few words'),
  electrolyte: z
    .strictObject({
      text: text('the electrolyte as printed'),
      class: choice(ELECTROLYTE_CLASSES, 'electrolytes that behave alike on lithium'),
    })
    .nullable()
    .optional(),
  source: z
    .strictObject({
      doi: doi.nullable(),
      citation: text('authors, title, journal and year').optional(),
      locator: text('where in the source, such as "Table 2" or "Fig. 3b"'),
      how: choice(EXTRACTIONS, 'how the numbers were taken from the source'),
      curator: text('who put the row into this form').optional(),
      date: z.iso.date({ error: 'a date such as 2026-11-21' }).describe('a date such as 2026-11-21').optional(),
    })
    .describe('Where the row comes from'),
  quantities: z
    .array(
      quantity.extend({
        bound: choice(BOUNDS, 'how the number is bounded in print').optional(),
        means: choice(meanings, 'what the number is said of').optional(),
      }),
    )
    .min(1, { error: 'at least one quantity' }),
  remarks: remarks.optional(),
});

export const ownFileSchema = z
  .strictObject({
    $schema: z.string().optional(),
    limetalLiterature: z.literal(1).describe('version of this format'),
    curator: text('who put the rows into this form'),
    date: z.iso.date({ error: 'a date such as 2026-11-21' }).describe('a date such as 2026-11-21'),
    rows: z.array(ownRowSchema).min(1, { error: 'at least one row' }),
  })
  .describe('Rows that a researcher adds to the literature of limetal');

/** JSON Schemas (draft 2020-12) of the data files, by file name without extension. */
export function literatureFileSchemas(): Readonly<Record<string, object>> {
  return {
    table: z.toJSONSchema(tableFileSchema),
    claims: z.toJSONSchema(claimFileSchema),
    papers: z.toJSONSchema(paperFileSchema),
    'own-rows': z.toJSONSchema(ownFileSchema),
  };
}
