// All that can be undone, linked to and saved: which part is open, and a slice for each part, described by a schema that also
// checks what comes in with a link. Amounts are kept as they were typed ("20 µm"), because that is what a person wants to see again.

import * as z from 'zod/mini';
import { benchSlice, START_BENCH } from '../views/bench/state.ts';
import { cellSlice, START_CELL } from '../views/cell/state.ts';
import { designSlice, START_DESIGN } from '../views/design/state.ts';
import { interfaceSlice, START_INTERFACE } from '../views/interface/state.ts';
import { literatureSlice, START_LITERATURE } from '../views/literature/state.ts';
import { lithiophilicitySlice, START_LITHIOPHILICITY } from '../views/lithiophilicity/state.ts';

export const VIEWS = {
  cell: 'Cell',
  literature: 'Literature',
  lithiophilicity: 'Lithiophilicity',
  interface: 'Solid interface',
  bench: 'Lab bench',
  design: 'Design desk',
} as const;

export type ViewName = keyof typeof VIEWS;

export const VIEW_NAMES = Object.keys(VIEWS) as readonly ViewName[];

export const isViewName = (name: string): name is ViewName => Object.hasOwn(VIEWS, name);

export const appSlices = z.object({
  cell: cellSlice,
  literature: literatureSlice,
  lithiophilicity: lithiophilicitySlice,
  interface: interfaceSlice,
  bench: benchSlice,
  design: designSlice,
});

export type AppSlices = z.infer<typeof appSlices>;

export type AppState = AppSlices & { readonly view: ViewName };

export const SLICE_NAMES = Object.keys(appSlices.shape) as readonly (keyof AppSlices)[];

export const START: AppState = {
  view: 'cell',
  cell: START_CELL,
  literature: START_LITERATURE,
  lithiophilicity: START_LITHIOPHILICITY,
  interface: START_INTERFACE,
  bench: START_BENCH,
  design: START_DESIGN,
};
