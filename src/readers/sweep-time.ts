/** A sweep that stores no time has one all the same: the way of the potential over the rate of the scan. */
export function sweepTime(potential_V: Float64Array, scanRate_V_per_s: number): Float64Array {
  const time_s = new Float64Array(potential_V.length);
  for (let row = 1; row < time_s.length; row++)
    time_s[row] = time_s[row - 1]! + Math.abs(potential_V[row]! - potential_V[row - 1]!) / scanRate_V_per_s;
  return time_s;
}
