// A drop of molten lithium as it stands on the surface, drawn at its angle: always the same amount of lithium, so that a wetting one lies
// flat. Pale outlines are the drop at the ends of the band.

import type { JSX } from 'preact';
import { numberText } from '../../charts/number-text.ts';

/** A flatter drop would leave the picture. */
const ANGLE_MIN_degrees = 5;
const HALF_WIDTH = 3.4;
const TOP = 1.75;
const BOTTOM = 0.75;
/** Length of a tooth of a rough surface. */
const TOOTH = 0.2;
const TEETH_HEIGHT_MAX = 0.34;

interface DropProps {
  /** Of the drop as it stands there, in degrees. */
  readonly angle: number;
  readonly band: readonly [number, number];
  readonly roughness: number;
  readonly hasCoating: boolean;
  readonly verdict: string;
}

interface Cap {
  readonly radius: number;
  /** Half of the width on which it stands. */
  readonly foot: number;
}

/** A spherical cap with the volume of a hemisphere of radius 1: R³·(2 + cos θ)·(1 − cos θ)² = 2. */
function capOf(angle: number): Cap {
  const theta = (Math.max(ANGLE_MIN_degrees, angle) * Math.PI) / 180;
  const c = Math.cos(theta);
  const radius = Math.cbrt(2 / ((2 + c) * (1 - c) ** 2));
  return { radius, foot: radius * Math.sin(theta) };
}

const place = (value: number): string => value.toFixed(3);

function outline(angle: number): string {
  const { radius, foot } = capOf(angle);
  const r = place(radius);
  return `M ${place(-foot)} 0 A ${r} ${r} 0 ${angle > 90 ? 1 : 0} 1 ${place(foot)} 0`;
}

/** Teeth whose length is the real over the projected area, as far as there is room. */
function surface(roughness: number): string {
  const height = Math.min(TEETH_HEIGHT_MAX, (TOOTH / 2) * Math.sqrt(roughness ** 2 - 1));
  const teeth = Math.round((2 * HALF_WIDTH) / TOOTH);
  const points = Array.from({ length: 2 * teeth + 1 }, (_, k) => {
    const x = -HALF_WIDTH + (k * TOOTH) / 2;
    return `${place(x)} ${place(k % 2 === 0 ? height : 0)}`;
  });
  return `M ${points.join(' L ')}`;
}

export function Drop({ angle, band, roughness, hasCoating, verdict }: DropProps): JSX.Element {
  const { foot } = capOf(angle);
  const theta = (Math.max(ANGLE_MIN_degrees, angle) * Math.PI) / 180;
  const tangent = { x: foot - 0.85 * Math.cos(theta), y: -0.85 * Math.sin(theta) };
  const arc = { x: foot - 0.38 * Math.cos(theta), y: -0.38 * Math.sin(theta) };
  const top = surface(roughness);
  const ends = band.map((end) => `${numberText(end, 2)}°`).join(' to ');
  return (
    <svg
      class="drop"
      viewBox={`${-HALF_WIDTH} ${-TOP} ${2 * HALF_WIDTH} ${TOP + BOTTOM}`}
      role="img"
      aria-label={`A drop of molten lithium with a contact angle of ${numberText(angle, 2)}°, ${ends}: ${verdict}`}
    >
      <path class="ground" d={`${top} V ${BOTTOM} H ${-HALF_WIDTH} Z`} />
      <path class={hasCoating ? 'skin coated' : 'skin'} d={top} />
      <path class="lithium" d={`${outline(angle)} Z`} />
      {band.map((end, k) => (
        <path key={k} class="end" d={outline(end)} />
      ))}
      <path
        class="mark"
        d={`M ${place(foot - 0.38)} 0 A 0.38 0.38 0 0 1 ${place(arc.x)} ${place(arc.y)} M ${place(foot)} 0 L ${place(tangent.x)} ${place(tangent.y)}`}
      />
      <text x={place(Math.min(foot, HALF_WIDTH - 0.5))} y={BOTTOM - 0.12} text-anchor="middle">
        {numberText(angle, 2)}°
      </text>
    </svg>
  );
}
