// What rest costs. Where a protocol lets some cycles rest while loaded (charged, or with lithium plated) and others not, the difference of
// their efficiencies over the difference of their rests is the loss by time alone.

import type { CycleFindings, RestLoss } from './contract.ts';
import { deviationOf, meanOf, medianOf } from './summary-statistics.ts';
import { chargeWords, currentWords } from './words.ts';

/** A cycle has rested where it stood this much longer than the usual one. */
const LONGER_TIMES = 3;
const LONGER_s_MIN = 1800;

/** The loss, or the reason why none can be told. Each rested cycle is held against its neighbours, so that a drift cancels. */
export function restLoss(cycles: readonly CycleFindings[], loading: 1 | -1, area_m2: number | null): RestLoss | string {
  const usable = cycles.filter(
    ({ coulombic_efficiency: ce, flags }) => ce !== null && flags.every((flag) => flag === 'above-one'),
  );
  const usual_s = medianOf(usable.map(({ rest_loaded_s }) => rest_loaded_s));
  const rested = ({ rest_loaded_s }: CycleFindings): boolean =>
    rest_loaded_s > Math.max(LONGER_TIMES * usual_s, usual_s + LONGER_s_MIN);
  const losses: number[] = [];
  const currents: number[] = [];
  const rests_h: number[] = [];
  for (const [k, cycle] of usable.entries()) {
    if (!rested(cycle)) continue;
    const before = usable
      .slice(0, k)
      .filter((other) => !rested(other))
      .at(-1);
    const after = usable.slice(k + 1).find((other) => !rested(other));
    const neighbours = [before, after].filter((other) => other !== undefined);
    if (neighbours.length === 0) continue;
    const rest_h = (cycle.rest_loaded_s - meanOf(neighbours.map(({ rest_loaded_s }) => rest_loaded_s))) / 3600;
    const without = meanOf(neighbours.map(({ coulombic_efficiency }) => coulombic_efficiency!));
    const loss_per_h = (without - cycle.coulombic_efficiency!) / rest_h;
    losses.push(loss_per_h);
    currents.push((loss_per_h * (loading > 0 ? cycle.charged_C : cycle.discharged_C)) / 3600);
    rests_h.push(rest_h);
  }
  if (losses.length === 0) return 'no cycles that differ in their rest while loaded, half an hour at the least';
  const loss_per_h = meanOf(losses);
  const deviation = deviationOf(losses);
  const error = deviation === null ? null : deviation / Math.sqrt(losses.length);
  const current_A = meanOf(currents);
  const rest_h = meanOf(rests_h);
  const uncertain = error === null ? '' : ` ± ${(100 * error).toPrecision(1)}`;
  return {
    loss_per_h,
    loss_per_h_error: error,
    current_A,
    j_A_per_m2: area_m2 === null ? null : current_A / area_m2,
    restedCycles: losses.length,
    otherCycles: usable.length - usable.filter(rested).length,
    rest_h,
    words: `${(100 * loss_per_h).toPrecision(2)}${uncertain} % of the charge for each hour of rest (${chargeWords(current_A * 3600, area_m2)} each hour, ${currentWords(current_A, area_m2)}; rests of ${Number(rest_h.toPrecision(3))} h)`,
  };
}
