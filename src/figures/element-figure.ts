// The periodic table by what each element does beside lithium, as a figure.

import type { LithiumMap } from '../design/index.ts';
import { ZERO_CELSIUS_K } from '../units/index.ts';

export interface ElementFigure {
  readonly kind: 'elements';
  readonly title: string;
  readonly map: LithiumMap;
}

export const elementFigure = (map: LithiumMap): ElementFigure => ({
  kind: 'elements',
  title: `Elements beside lithium at ${Number((map.temperature_K - ZERO_CELSIUS_K).toFixed(2))} °C`,
  map,
});
