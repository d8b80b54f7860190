import * as z from 'zod/mini';

/** Molten lithium on a surface, a reaction, the map of elements, and an electrolyte on lithium: all as typed. */
export const lithiophilicitySlice = z.object({
  substrate: z.string(),
  /** Empty for none. */
  coating: z.string(),
  temperature: z.string(),
  roughness: z.number().check(z.minimum(1), z.maximum(1000)),
  solidFraction: z.string(),
  pore: z.string(),
  depth: z.string(),
  time: z.string(),
  porosity: z.string(),
  coverage: z.string(),
  coatingThickness: z.string(),
  atmosphere: z.string(),
  reaction: z.string(),
  reactionTemperature: z.string(),
  mapTemperature: z.string(),
  /** The element whose details are shown. */
  element: z.string(),
  electrolyte: z.string(),
  distance: z.string(),
});

export type LithiophilicitySlice = z.infer<typeof lithiophilicitySlice>;

export const START_LITHIOPHILICITY: LithiophilicitySlice = {
  substrate: 'carbon',
  coating: 'ZnO',
  temperature: '250 °C',
  roughness: 1,
  solidFraction: '',
  pore: '5 µm',
  depth: '100 µm',
  time: '',
  porosity: '80 %',
  coverage: '100 %',
  coatingThickness: '',
  atmosphere: 'argon',
  reaction: 'Al2O3 + 6 Li = 3 Li2O + 2 Al',
  reactionTemperature: '200 °C',
  mapTemperature: '250 °C',
  element: 'Zn',
  electrolyte: '1 M LiPF6 in EC/DEC (1:1 v/v)',
  distance: '5 mm',
};
