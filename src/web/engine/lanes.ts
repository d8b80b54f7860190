// The page's workers, started when first asked.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { createLane, type Lane } from './lane.ts';

/**
 * `live` follows the hand; `beside` computes what is shown beside it (a second cell, details); `bands` takes seconds; `files`
 * holds the lab files that were dropped.
 */
export type LaneName = 'live' | 'beside' | 'files' | (typeof BAND_LANES)[number];

/** For work that can be cut into pieces, as many of these as there are processors. */
export const BAND_LANES = ['bands', 'bands 2', 'bands 3', 'bands 4'] as const;

export type Lanes = (name: LaneName) => Lane;

export function createLanes(engineUrl: string): Lanes {
  const lanes = new Map<LaneName, Lane>();
  const start = (name: LaneName): Worker => new Worker(engineUrl, { type: 'module', name: `limetal ${name}` });
  // The first question comes from the part that is still being fetched; its worker loads meanwhile.
  let early: Worker | null = start('live');
  early.addEventListener('error', () => {
    early = null;
  });
  const startOrTake = (name: LaneName): Worker => {
    const taken = name === 'live' ? early : null;
    if (taken !== null) early = null;
    return taken ?? start(name);
  };
  return (name) => {
    const known = lanes.get(name);
    if (known !== undefined) return known;
    const lane = createLane(() => startOrTake(name));
    lanes.set(name, lane);
    return lane;
  };
}

export const LanesContext = createContext<Lanes | null>(null);

export function useLane(name: LaneName): Lane {
  const lanes = useContext(LanesContext);
  if (lanes === null) throw new Error('no lanes above this component');
  return lanes(name);
}
