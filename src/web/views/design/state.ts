import * as z from 'zod/mini';

const texts = z.record(z.string(), z.string());

/** The design desk: which tool is open, and what was typed into each, amounts as text. */
export const designSlice = z.object({
  tool: z.enum(['efficiency', 'reservoir', 'energy', 'life', 'audit']),
  /** Lithium, electrolyte, efficiency and retention: one cell for the tools of efficiency and of life. */
  life: texts,
  reservoir: texts,
  /** Cell to begin with, and what was changed of it. */
  energyCase: z.string(),
  energy: texts,
  /** Output that the tornado is of, the input that is sought, and its target. */
  about: z.string(),
  seek: z.string(),
  target: z.string(),
  claim: texts,
  /** Facts that the paper states. */
  stated: z.array(z.string()),
});

export type DesignSlice = z.infer<typeof designSlice>;

export const START_DESIGN: DesignSlice = {
  tool: 'efficiency',
  life: { nToP: '2', counts: 'foil', efficiency: '99.5 %', retention: '80 %', cycles: '300', eToC: '3 g/Ah' },
  reservoir: {
    cycles: '10',
    cycled: '1 mAh/cm2',
    reservoir: '5 mAh/cm2',
    stripped: '4.85 mAh/cm2',
    error: '0.02 mAh/cm2',
    mismatch: '0',
    cells: '1',
    elsewhere: '',
  },
  energyCase: 'lithium-50',
  energy: {},
  about: 'specificEnergy_J_per_kg',
  seek: 'lithium',
  target: '350 Wh/kg',
  claim: {
    cycles: '600',
    retention: '76 %',
    nToP: '1',
    counts: 'not said',
    lithium: '20 µm',
    cathodeCapacity: '4.1 mAh/cm2',
    eToC: '2.4 g/Ah',
    specificEnergy: '350 Wh/kg',
  },
  stated: ['format', 'composition', 'temperature'],
};
