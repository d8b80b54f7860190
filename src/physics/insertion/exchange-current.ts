// The exchange current of insertion, over all nodes of a cathode at once, plain and in the regularised form of the
// reference half-cell.

/** What the exchange current of insertion needs; rate at the cell's temperature (multiply the 298.15 K value by its factor). */
export interface InsertionKinetics {
  /** k in j0 = k·√(c_e·c_s·(c_max − c_s)). */
  readonly rate_A_m2_5_per_mol1_5: number;
  readonly maximumConcentration_mol_per_m3: number;
  /** Scale of the regularised power of c_e: the initial salt concentration. */
  readonly referenceConcentration_mol_per_m3: number;
}

/** The plain form reads c_e at no less than this, mol/m3, and c_s/c_max between this pair of margins. */
export const INSERTION_SALT_mol_per_m3_FLOOR = 0.01;
const FILLING_MARGIN = 1e-8;

/** j0 = k·√(c_e·c_s·(c_max − c_s)), with c_e and c_s held to where the root has a slope; positive everywhere.
 *
 *   j0 A/m²   c_e salt, c_s lithium at the particle's surface, mol/m³   factor 1: Arrhenius factor of k
 *
 * Writes j0, ∂j0/∂c_e and ∂j0/∂c_s for k < n. */
export function insertionExchangeCurrentInto(
  n: number,
  ce: Float64Array,
  cs: Float64Array,
  kinetics: InsertionKinetics,
  factor: number,
  j0: Float64Array,
  j0_ce: Float64Array,
  j0_cs: Float64Array,
): void {
  const K = kinetics.rate_A_m2_5_per_mol1_5 * factor;
  const c_max = kinetics.maximumConcentration_mol_per_m3;
  const low = FILLING_MARGIN * c_max;
  const high = (1 - FILLING_MARGIN) * c_max;
  for (let k = 0; k < n; k++) {
    const e = Math.max(ce[k]!, INSERTION_SALT_mol_per_m3_FLOOR);
    const s = Math.min(Math.max(cs[k]!, low), high);
    const vacant = c_max - s;
    const value = K * Math.sqrt(e * s * vacant);
    j0[k] = value;
    j0_ce[k] = e === ce[k] ? (0.5 * value) / e : 0;
    j0_cs[k] = s === cs[k] ? 0.5 * value * (1 / s - 1 / vacant) : 0;
  }
}

/** δ² of the regularised power. */
const DELTA_SQUARED = 1e-6;

/** The same with each root replaced by PyBaMM's regularised power, √x → √s·r·(r² + 1e-6)^(−1/4), r = x/s, where s is the
 * initial salt concentration for c_e and c_max for c_s and c_max − c_s. It has a finite slope at 0 and changes sign there,
 * so j0 is negative for an iterate outside 0 < c_s < c_max. At r = 1 it is 2.5e-7 below the root. */
export function regularisedInsertionExchangeCurrentInto(
  n: number,
  ce: Float64Array,
  cs: Float64Array,
  kinetics: InsertionKinetics,
  factor: number,
  j0: Float64Array,
  j0_ce: Float64Array,
  j0_cs: Float64Array,
): void {
  const c_max = kinetics.maximumConcentration_mol_per_m3;
  const c_ref = kinetics.referenceConcentration_mol_per_m3;
  const K = kinetics.rate_A_m2_5_per_mol1_5 * factor * Math.sqrt(c_ref) * c_max;
  for (let k = 0; k < n; k++) {
    const e = ce[k]! / c_ref;
    const s = cs[k]! / c_max;
    const v = 1 - s;
    const qe = e * e + DELTA_SQUARED;
    const qs = s * s + DELTA_SQUARED;
    const qv = v * v + DELTA_SQUARED;
    const P = K / Math.sqrt(Math.sqrt(qe * qs * qv));
    j0[k] = P * e * s * v;
    // d/dr of r·(r² + δ²)^(−1/4) is (δ² + r²/2)·(r² + δ²)^(−5/4).
    j0_ce[k] = (P * s * v * (DELTA_SQUARED + 0.5 * e * e)) / (qe * c_ref);
    j0_cs[k] = (P * e * ((v * (DELTA_SQUARED + 0.5 * s * s)) / qs - (s * (DELTA_SQUARED + 0.5 * v * v)) / qv)) / c_max;
  }
}
