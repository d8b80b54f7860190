// Complete elliptic integrals by the arithmetic-geometric mean, which doubles the digits in every step.

const STEPS_MAX = 40;
/** The mean is taken as reached when its two sides differ by less, relative to their size: the next step would square it. */
const CLOSE = 1e-9;

/** E(m) = ∫₀^{π/2} √(1 − m·sin²t) dt for 0 ≤ m ≤ 1, to a few units in the last place. */
export function completeEllipticE(m: number): number {
  if (m === 1) return 1;
  let a = 1;
  let b = Math.sqrt(1 - m);
  let sum = m / 2;
  let weight = 0.5;
  for (let step = 0; step < STEPS_MAX && a - b > CLOSE * a; step++) {
    const c = (a - b) / 2;
    const mean = (a + b) / 2;
    b = Math.sqrt(a * b);
    a = mean;
    weight *= 2;
    sum += weight * c * c;
  }
  return (Math.PI / (a + b)) * (1 - sum);
}
