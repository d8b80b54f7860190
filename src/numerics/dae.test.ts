import { describe, expect, test } from 'vitest';
import { DaeIntegrator, type DaeSystem } from './dae.ts';

/** Dense LU with partial pivoting for the small test problems; F given with its exact Jacobians. */
function denseSystem(
  size: number,
  differential: readonly number[],
  residual: (t: number, y: Float64Array, p: Float64Array, out: Float64Array) => boolean,
  jacobian: (t: number, y: Float64Array, c: number) => number[][],
): DaeSystem {
  let rows: number[][] = [];
  let pivots: number[] = [];
  return {
    size,
    differential: Uint8Array.from(differential),
    residualInto: residual,
    factorise(t, y, _p, c) {
      rows = jacobian(t, y, c).map((row) => [...row]);
      pivots = [];
      for (let k = 0; k < size; k++) {
        let best = k;
        for (let i = k + 1; i < size; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[best]![k]!)) best = i;
        if (!(Math.abs(rows[best]![k]!) > 0)) return false;
        pivots.push(best);
        [rows[k], rows[best]] = [rows[best]!, rows[k]!];
        for (let i = k + 1; i < size; i++) {
          const factor = rows[i]![k]! / rows[k]![k]!;
          rows[i]![k] = factor;
          for (let j = k + 1; j < size; j++) rows[i]![j]! -= factor * rows[k]![j]!;
        }
      }
      return true;
    },
    solveInPlace(b) {
      for (let k = 0; k < size; k++) {
        const p = pivots[k]!;
        [b[k], b[p]] = [b[p]!, b[k]!];
      }
      for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) b[i]! -= rows[i]![j]! * b[j]!;
      for (let i = size - 1; i >= 0; i--) {
        for (let j = i + 1; j < size; j++) b[i]! -= rows[i]![j]! * b[j]!;
        b[i]! /= rows[i]![i]!;
      }
    },
  };
}

function run(
  system: DaeSystem,
  y0: readonly number[],
  tEnd: number,
  tolerance: number,
  atol: readonly number[] | number,
  h?: number,
) {
  const absoluteTolerance =
    typeof atol === 'number' ? new Float64Array(system.size).fill(atol) : Float64Array.from(atol);
  const integrator = new DaeIntegrator(system, { relativeTolerance: tolerance, absoluteTolerance });
  expect(integrator.initialise(0, Float64Array.from(y0), tEnd, h).kind).toBe('consistent');
  while (integrator.t < tEnd) {
    const outcome = integrator.advance(tEnd);
    if (outcome.kind !== 'stepped') throw new Error(JSON.stringify(outcome));
  }
  return integrator;
}

/** y1' = −30(y1 − sin t) + cos t with the algebraic twin y2 = y1²: exact y1 = sin t. Smooth, relaxing fast, with an algebraic part. */
const smooth = denseSystem(
  2,
  [1, 0],
  (t, y, p, out) => {
    out[0] = -30 * (y[0]! - Math.sin(t)) + Math.cos(t) - p[0]!;
    out[1] = y[1]! - y[0]! * y[0]!;
    return true;
  },
  (_t, y, c) => [
    [-30 - c, 0],
    [-2 * y[0]!, 1],
  ],
);

/** The differential half of `smooth` alone. */
const relaxing = denseSystem(
  1,
  [1],
  (t, y, p, out) => {
    out[0] = -30 * (y[0]! - Math.sin(t)) + Math.cos(t) - p[0]!;
    return true;
  },
  (_t, _y, c) => [[-30 - c]],
);

describe('order of convergence, from both sides', () => {
  // Uniform steps: the tolerance is so loose that the error test never speaks. What the start at order 1 gets wrong has decayed
  // by e^-60 when the errors are read.
  const errorAt = (order: number, steps: number): number => {
    const tEnd = 4;
    const h = tEnd / steps;
    const integrator = new DaeIntegrator(relaxing, {
      relativeTolerance: 1e3,
      absoluteTolerance: new Float64Array(1).fill(1e3),
      order_max: order,
      order_min: order,
      step_s_max: h,
    });
    expect(integrator.initialise(0, Float64Array.of(0), tEnd, h).kind).toBe('consistent');
    let worst = 0;
    while (integrator.t < tEnd) {
      expect(integrator.advance(tEnd).kind).toBe('stepped');
      if (integrator.t > 2) worst = Math.max(worst, Math.abs(integrator.y[0]! - Math.sin(integrator.t)));
    }
    return worst;
  };
  test.each([1, 2, 3, 4, 5])('order %i on a smooth problem', (order) => {
    const counts = order < 4 ? [800, 1600, 3200] : [300, 450, 675];
    const errors = counts.map((steps) => errorAt(order, steps));
    for (let i = 1; i < errors.length; i++) {
      const observed = Math.log(errors[i - 1]! / errors[i]!) / Math.log(counts[i]! / counts[i - 1]!);
      expect(observed).toBeGreaterThan(order - 0.2);
      expect(observed).toBeLessThan(order + 0.2);
    }
  });
});

describe('published stiff problems', () => {
  test('Robertson 1966 as a DAE: the values of the IDA example at t = 0.4, 40 and 4e10', () => {
    const robertson = denseSystem(
      3,
      [1, 1, 0],
      (_t, [a, b, c], p, out) => {
        out[0] = -0.04 * a! + 1e4 * b! * c! - p[0]!;
        out[1] = 0.04 * a! - 1e4 * b! * c! - 3e7 * b! * b! - p[1]!;
        out[2] = a! + b! + c! - 1;
        return true;
      },
      (_t, [, b, c], k) => [
        [-0.04 - k, 1e4 * c!, 1e4 * b!],
        [0.04, -1e4 * c! - 6e7 * b! - k, -1e4 * b!],
        [1, 1, 1],
      ],
    );
    // Reference: t = 0.4, 40 from SUNDIALS' documentation of idaRoberts_dns; t = 1e11 from Hairer and Wanner II, problem ROBER.
    const at40 = run(robertson, [1, 0, 0], 40, 1e-8, [1e-10, 1e-14, 1e-10]);
    expect(at40.y[0]).toBeCloseTo(0.7158270688, 7);
    expect(at40.y[1]! * 1e5).toBeCloseTo(0.9185534764, 6);
    const late = run(robertson, [1, 0, 0], 1e11, 1e-8, [1e-16, 1e-20, 1e-10]);
    expect(late.y[0]! / 0.2083340149701255e-7).toBeCloseTo(1, 4);
    expect(late.y[1]! / 0.8333360770334713e-13).toBeCloseTo(1, 4);
    // An algebraic equation holds to Newton's share of the tolerance, here 1e-8.
    expect(Math.abs(late.y[0]! + late.y[1]! + late.y[2]! - 1)).toBeLessThan(0.33e-8);
  });

  test('HIRES at t = 321.8122 (IVP test set)', () => {
    const f = (y: Float64Array): number[] => [
      -1.71 * y[0]! + 0.43 * y[1]! + 8.32 * y[2]! + 0.0007,
      1.71 * y[0]! - 8.75 * y[1]!,
      -10.03 * y[2]! + 0.43 * y[3]! + 0.035 * y[4]!,
      8.32 * y[1]! + 1.71 * y[2]! - 1.12 * y[3]!,
      -1.745 * y[4]! + 0.43 * y[5]! + 0.43 * y[6]!,
      -280 * y[5]! * y[7]! + 0.69 * y[3]! + 1.71 * y[4]! - 0.43 * y[5]! + 0.69 * y[6]!,
      280 * y[5]! * y[7]! - 1.81 * y[6]!,
      -280 * y[5]! * y[7]! + 1.81 * y[6]!,
    ];
    const hires = denseSystem(
      8,
      new Array(8).fill(1),
      (_t, y, p, out) => {
        f(y).forEach((value, i) => {
          out[i] = value - p[i]!;
        });
        return true;
      },
      (_t, y, c) => {
        const [a, b] = [280 * y[7]!, 280 * y[5]!];
        const rows = [
          [-1.71, 0.43, 8.32, 0, 0, 0, 0, 0],
          [1.71, -8.75, 0, 0, 0, 0, 0, 0],
          [0, 0, -10.03, 0.43, 0.035, 0, 0, 0],
          [0, 8.32, 1.71, -1.12, 0, 0, 0, 0],
          [0, 0, 0, 0, -1.745, 0.43, 0.43, 0],
          [0, 0, 0, 0.69, 1.71, -0.43 - a, 0.69, -b],
          [0, 0, 0, 0, 0, a, -1.81, b],
          [0, 0, 0, 0, 0, -a, 1.81, -b],
        ];
        return rows.map((row, i) => row.map((value, j) => (i === j ? value - c : value)));
      },
    );
    const { y, work } = run(hires, [1, 0, 0, 0, 0, 0, 0, 0.0057], 321.8122, 1e-8, 1e-12);
    const reference = [
      0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4, 0.1175651343283149e-2, 0.2386356198831331e-2,
      0.6238968252742796e-2, 0.2849998395185769e-2, 0.2850001604814231e-2,
    ];
    reference.forEach((value, i) => {
      expect(Math.abs(y[i]! / value - 1)).toBeLessThan(2e-6);
    });
    expect(work).toMatchInlineSnapshot(`
      {
        "factorisations": 79,
        "jacobians": 79,
        "rejected": 67,
        "residuals": 1295,
        "solves": 1295,
        "steps": 1153,
      }
    `);
  });

  test('the transistor amplifier, an index-1 DAE with a singular mass matrix, at t = 0.2 s (IVP test set)', () => {
    const [UB, UF, ALPHA, BETA, R0, RX] = [6, 0.026, 0.99, 1e-6, 1000, 9000];
    const C = [1e-6, 2e-6, 3e-6, 4e-6, 5e-6];
    const g = (v: number): number => BETA * (Math.exp(v / UF) - 1);
    const dg = (v: number): number => (BETA / UF) * Math.exp(v / UF);
    const mass = (p: ArrayLike<number>): number[] => [
      -C[0]! * p[0]! + C[0]! * p[1]!,
      C[0]! * p[0]! - C[0]! * p[1]!,
      -C[1]! * p[2]!,
      -C[2]! * p[3]! + C[2]! * p[4]!,
      C[2]! * p[3]! - C[2]! * p[4]!,
      -C[3]! * p[5]!,
      -C[4]! * p[6]! + C[4]! * p[7]!,
      C[4]! * p[6]! - C[4]! * p[7]!,
    ];
    const amplifier = denseSystem(
      8,
      new Array(8).fill(1),
      (t, y, p, out) => {
        const input = 0.1 * Math.sin(200 * Math.PI * t);
        const [g1, g2] = [g(y[1]! - y[2]!), g(y[4]! - y[5]!)];
        if (!Number.isFinite(g1) || !Number.isFinite(g2)) return false;
        const f = [
          -input / R0 + y[0]! / R0,
          -UB / RX + y[1]! * (2 / RX) + (1 - ALPHA) * g1,
          -g1 + y[2]! / RX,
          -UB / RX + y[3]! / RX + ALPHA * g1,
          -UB / RX + y[4]! * (2 / RX) + (1 - ALPHA) * g2,
          -g2 + y[5]! / RX,
          -UB / RX + y[6]! / RX + ALPHA * g2,
          y[7]! / RX,
        ];
        mass(p).forEach((m, i) => {
          out[i] = f[i]! - m;
        });
        return true;
      },
      (_t, y, c) => {
        const [d1, d2] = [dg(y[1]! - y[2]!), dg(y[4]! - y[5]!)];
        const rows = Array.from({ length: 8 }, () => new Array<number>(8).fill(0));
        const add = (i: number, j: number, value: number): void => {
          rows[i]![j]! += value;
        };
        add(0, 0, 1 / R0);
        add(1, 1, 2 / RX + (1 - ALPHA) * d1);
        add(1, 2, -(1 - ALPHA) * d1);
        add(2, 1, -d1);
        add(2, 2, d1 + 1 / RX);
        add(3, 3, 1 / RX);
        add(3, 1, ALPHA * d1);
        add(3, 2, -ALPHA * d1);
        add(4, 4, 2 / RX + (1 - ALPHA) * d2);
        add(4, 5, -(1 - ALPHA) * d2);
        add(5, 4, -d2);
        add(5, 5, d2 + 1 / RX);
        add(6, 6, 1 / RX);
        add(6, 4, ALPHA * d2);
        add(6, 5, -ALPHA * d2);
        add(7, 7, 1 / RX);
        for (let j = 0; j < 8; j++) {
          const unit = new Float64Array(8);
          unit[j] = 1;
          mass(unit).forEach((m, i) => {
            add(i, j, -c * m);
          });
        }
        return rows;
      },
    );
    const integrator = new DaeIntegrator(amplifier, {
      relativeTolerance: 1e-7,
      absoluteTolerance: new Float64Array(8).fill(1e-7),
    });
    const start = Float64Array.from([0, UB / 2, UB / 2, UB, UB / 2, UB / 2, UB, 0]);
    // The published start is consistent; the mass matrix couples components, so its rates come from the problem statement.
    const rates = [
      51.338775,
      51.338775,
      -UB / 2 / (C[1]! * RX),
      -24.9757667,
      -24.9757667,
      -UB / 2 / (C[3]! * RX),
      -10.00564453,
      -10.00564453,
    ];
    integrator.start(0, start, Float64Array.from(rates), 0.2, 1e-8);
    let outcome = integrator.advance(0.2);
    while (outcome.kind === 'stepped' && integrator.t < 0.2) outcome = integrator.advance(0.2);
    expect(outcome.kind).toBe('stepped');
    const reference = [
      -0.5562145012262709e-2, 0.3006522471903042e1, 0.2849958788608128e1, 0.2926422536206241e1, 0.2704617865010554e1,
      0.2761837778393145e1, 0.4770927631616772e1, 0.1236995868091548e1,
    ];
    reference.forEach((value, i) => {
      expect(Math.abs(integrator.y[i]! - value)).toBeLessThan(1e-5);
    });
  });
});

describe('a linear invariant', () => {
  test('is kept to rounding by predictor and corrector, whatever the tolerance', () => {
    const exchange = denseSystem(
      3,
      [1, 1, 1],
      (_t, y, p, out) => {
        const rate = 5 * y[0]! * y[0]! - 0.3 * y[1]!;
        const second = Math.tanh(y[1]! - y[2]!);
        out[0] = -rate - p[0]!;
        out[1] = rate - second - p[1]!;
        out[2] = second - p[2]!;
        return true;
      },
      (_t, y, c) => {
        const s = 1 - Math.tanh(y[1]! - y[2]!) ** 2;
        return [
          [-10 * y[0]! - c, 0.3, 0],
          [10 * y[0]!, -0.3 - s - c, s],
          [0, s, -s - c],
        ];
      },
    );
    const { y } = run(exchange, [1, 0, 0], 30, 1e-2, 1e-2);
    expect(Math.abs(y[0]! + y[1]! + y[2]! - 1)).toBeLessThan(1e-14);
  });
});

describe('dense output', () => {
  test('follows the solution between steps to the tolerance', () => {
    const integrator = new DaeIntegrator(smooth, {
      relativeTolerance: 1e-7,
      absoluteTolerance: new Float64Array(2).fill(1e-8),
    });
    integrator.initialise(0, Float64Array.from([0, 0]), 3);
    const y = new Float64Array(2);
    while (integrator.t < 3) {
      const before = integrator.t;
      expect(integrator.advance(3).kind).toBe('stepped');
      for (const share of [0.1, 0.5, 0.9]) {
        const t = before + share * (integrator.t - before);
        integrator.interpolateInto(t, y);
        expect(Math.abs(y[0]! - Math.sin(t))).toBeLessThan(1e-6);
        expect(integrator.interpolateComponent(t, 1)).toBeCloseTo(y[1]!, 14);
      }
    }
  });
});

describe('mathematics that fails is a value', () => {
  const blowUp = denseSystem(
    1,
    [1],
    (_t, y, p, out) => {
      out[0] = y[0]! * y[0]! - p[0]!;
      return Number.isFinite(y[0]!);
    },
    (_t, y, c) => [[2 * y[0]! - c]],
  );
  test('a solution that becomes infinite ends with the last good state', () => {
    const integrator = new DaeIntegrator(blowUp, { absoluteTolerance: Float64Array.of(1e-8), relativeTolerance: 1e-6 });
    integrator.initialise(0, Float64Array.of(1), 2);
    let outcome = integrator.advance(2);
    for (let i = 0; i < 5000 && outcome.kind === 'stepped'; i++) outcome = integrator.advance(2);
    expect(outcome.kind).toBe('step-too-small');
    expect(integrator.t).toBeGreaterThan(0.999);
    expect(integrator.t).toBeLessThan(1.001);
    expect(Number.isFinite(integrator.y[0]!)).toBe(true);
  });
  test('a start without a solution is called inconsistent', () => {
    const none = denseSystem(
      2,
      [1, 0],
      (_t, y, p, out) => {
        out[0] = y[1]! - p[0]!;
        out[1] = y[1]! * y[1]! + 1;
        return true;
      },
      (_t, y, c) => [
        [-c, 1],
        [0, 2 * y[1]!],
      ],
    );
    const integrator = new DaeIntegrator(none, { absoluteTolerance: new Float64Array(2).fill(1e-6) });
    expect(integrator.initialise(0, Float64Array.of(0, 0.7), 1).kind).toBe('inconsistent');
  });
});
