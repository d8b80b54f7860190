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
  return (name) => {
    const known = lanes.get(name);
    if (known !== undefined) return known;
    const lane = createLane(() => new Worker(engineUrl, { type: 'module', name: `limetal ${name}` }));
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
