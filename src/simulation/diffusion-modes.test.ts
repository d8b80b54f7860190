import { describe, expect, test } from 'vitest';
import {
  advanceModesInto,
  type DiffusionModes,
  GAUSS_POINTS,
  GAUSS_WEIGHTS,
  modesOutput,
  separatorAndElectrodeModes,
  separatorModes,
  sphereModes,
} from './diffusion-modes.ts';

const separator = { thickness_m: 25e-6, porosity: 0.4, transport: 0.1 };
const electrode = { thickness_m: 60e-6, porosity: 0.3, transport: 0.16 };
const D = 3e-10;

/** Outputs after a constant unit flux for `time_s` from rest, in `steps` equal steps. */
function stepResponse(modes: DiffusionModes, time_s: number, steps = 1): number[] {
  let state = new Float64Array(modes.size);
  for (let i = 0; i < steps; i++) {
    const next = new Float64Array(modes.size);
    advanceModesInto(modes, D, time_s / steps, 1, 1, state, 0, next);
    state = next;
  }
  return Array.from({ length: modes.outputs }, (_, k) => modesOutput(modes, k, D, 1, state, 0));
}

/** Explicit finite volumes for the two-layer problem: an independent answer, second order in the mesh. */
function finiteVolumes(time_s: number, cells: number): { counter: number; collector: number; separatorMean: number } {
  const n1 = cells;
  const n2 = cells;
  const dx = [separator.thickness_m / n1, electrode.thickness_m / n2] as const;
  const width = (i: number) => (i < n1 ? dx[0] : dx[1]);
  const layer = (i: number) => (i < n1 ? separator : electrode);
  const n = n1 + n2;
  let c = new Float64Array(n);
  const conductance = Array.from({ length: n - 1 }, (_, i) => {
    const half = (k: number) => width(k) / (2 * D * layer(k).transport);
    return 1 / (half(i) + half(i + 1));
  });
  const fastest = Math.max(
    ...conductance.map(
      (g, i) => (2 * g) / (Math.min(layer(i).porosity, layer(i + 1).porosity) * Math.min(width(i), width(i + 1))),
    ),
  );
  const steps = Math.ceil(time_s * fastest * 1.2);
  const dt = time_s / steps;
  for (let s = 0; s < steps; s++) {
    const next = c.slice();
    for (let i = 0; i < n; i++) {
      const right = i < n - 1 ? conductance[i]! * (c[i + 1]! - c[i]!) : 0;
      const left = i > 0 ? conductance[i - 1]! * (c[i]! - c[i - 1]!) : 1;
      const source = i >= n1 ? width(i) / electrode.thickness_m : 0;
      next[i] = c[i]! + (dt * (right - left + source)) / (layer(i).porosity * width(i));
    }
    c = next;
  }
  return {
    counter: c[0]! - dx[0] / (2 * D * separator.transport),
    collector: c[n - 1]!,
    separatorMean: c.slice(0, n1).reduce((sum, x) => sum + x, 0) / n1,
  };
}

describe('diffusion modes', () => {
  test.each([
    ['separator', separatorModes(separator)],
    ['separator and electrode', separatorAndElectrodeModes(separator, electrode)],
    ['sphere', sphereModes(5e-6)],
  ])('%s: the series sums to the closed steady form', (_, modes) => {
    for (let k = 0; k < modes.outputs; k++) {
      const largest = Math.max(...modes.gain_m.map(Math.abs));
      // What the 160 computed modes leave out falls as 1/n at a surface.
      expect(Math.abs(modes.remainder_m[k]!) / largest).toBeLessThan(0.0065);
    }
    expect(modes.size).toBeLessThan(20);
  });

  test('separator: the surface follows the semi-infinite square root of time, then the steady line', () => {
    const modes = separatorModes(separator);
    const slowest_s = 1 / (modes.rate_per_m2[0]! * D);
    for (const t of [0.003, 0.01, 0.03, 0.1].map((x) => x * slowest_s)) {
      // Δc(0) = 2 s √(t/(π ε D B)), Sand 1901; images of the far wall are below e^-20 here.
      const exact = 2 * Math.sqrt(t / (Math.PI * separator.porosity * D * separator.transport));
      expect(Math.abs(stepResponse(modes, t)[1]! / exact - 1)).toBeLessThan(0.01);
    }
    const steady = separator.thickness_m / (2 * separator.transport * D);
    expect(stepResponse(modes, 30 * slowest_s)[1]! / steady).toBeCloseTo(1, 10);
    expect(stepResponse(modes, 30 * slowest_s)[0]! / -steady).toBeCloseTo(1, 10);
  });

  test('separator and electrode: agrees with finite volumes', () => {
    const modes = separatorAndElectrodeModes(separator, electrode);
    for (const t of [1, 5, 20, 80]) {
      const reference = finiteVolumes(t, 24);
      const [counter, separatorMean, , , , collector] = stepResponse(modes, t);
      const scale = Math.abs(reference.counter);
      expect(Math.abs(counter! - reference.counter) / scale).toBeLessThan(0.01);
      expect(Math.abs(collector! - reference.collector) / scale).toBeLessThan(0.01);
      expect(Math.abs(separatorMean! - reference.separatorMean) / scale).toBeLessThan(0.01);
    }
  });

  test('separator and electrode: salt is conserved at the steady state', () => {
    const modes = separatorAndElectrodeModes(separator, electrode);
    const electrodeMean = GAUSS_WEIGHTS.reduce((sum, w, i) => sum + w * modes.gain_m[2 + i]!, 0);
    const salt =
      separator.porosity * separator.thickness_m * modes.gain_m[1]! +
      electrode.porosity * electrode.thickness_m * electrodeMean;
    expect(Math.abs(salt / (electrode.thickness_m * modes.gain_m[5]!))).toBeLessThan(1e-12);
    expect(GAUSS_POINTS).toHaveLength(3);
  });

  test('sphere: the early surface follows √t with the curvature term', () => {
    const radius = 5e-6;
    const modes = sphereModes(radius);
    for (const theta of [0.001, 0.003, 0.01]) {
      const t = (theta * radius * radius) / D;
      // c_s = −(s R/D)(2√(θ/π) + θ + …) and the mean −3 s t/R (short-time expansion of Crank §6.3).
      const exact = -(radius / D) * (2 * Math.sqrt(theta / Math.PI) + theta - 3 * theta);
      expect(Math.abs(stepResponse(modes, t)[0]! / exact - 1)).toBeLessThan(0.01);
    }
  });

  test('the advance is exact: one step equals many, constant or ramped', () => {
    const modes = sphereModes(5e-6);
    expect(stepResponse(modes, 3, 1)[0]! / stepResponse(modes, 3, 37)[0]!).toBeCloseTo(1, 12);
    let many = new Float64Array(modes.size);
    for (let i = 0; i < 50; i++) {
      const next = new Float64Array(modes.size);
      advanceModesInto(modes, D, 0.02, i / 50, (i + 1) / 50, many, 0, next);
      many = next;
    }
    const one = new Float64Array(modes.size);
    advanceModesInto(modes, D, 1, 0, 1, new Float64Array(modes.size), 0, one);
    for (let n = 0; n < modes.size; n++) expect(many[n]! / one[n]!).toBeCloseTo(1, 8);
  });

  test.each([
    ['separator', separatorModes(separator), separator.thickness_m, 0, () => separator.porosity],
    [
      'separator and electrode',
      separatorAndElectrodeModes(separator, electrode),
      separator.thickness_m + electrode.thickness_m,
      0,
      (x: number) => (x < separator.thickness_m ? separator.porosity : electrode.porosity),
    ],
    ['sphere', sphereModes(5e-6), 5e-6, 5e-6, (r: number) => r * r],
  ])('%s: a kernel finds its own mode in a profile and no other', (_, modes, length, outputAt, volume) => {
    const points = 17000;
    for (let m = 0; m < 4; m++) {
      const scale = modes.weight_m[m * modes.outputs]! / modes.kernel[m]!(outputAt === 0 ? 1e-15 : outputAt);
      for (let n = 0; n < 4; n++) {
        let found = 0;
        for (let i = 0; i < points; i++) {
          const x = ((i + 0.5) * length) / points;
          found += (modes.kernel[n]!(x) * modes.kernel[m]!(x) * scale * volume(x) * length) / points;
        }
        // Modes of odd and even number differ in scale; relative to the one sought is what counts.
        const relative = (found * modes.weight_m[n * modes.outputs]!) / modes.weight_m[m * modes.outputs]!;
        expect(relative).toBeCloseTo(n === m ? 1 : 0, 3);
      }
    }
  });
});
