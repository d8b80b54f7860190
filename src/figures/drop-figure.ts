// A drop of molten lithium as it stands on a surface, drawn at its angle: always the same amount of lithium, so that a wetting one lies
// flat. The outlines are in half-widths of a hemisphere of the same volume, and serve the page as well as paper.

export interface DropFigure {
  readonly kind: 'drop';
  readonly title: string;
  /** Of the drop as it stands there. */
  readonly angle_rad: number;
  /** The middle 80 % of what the angle may be. */
  readonly band_rad: readonly [number, number];
  /** Real over projected area. */
  readonly roughness: number;
  readonly hasCoating: boolean;
  readonly verdict: string;
}

/** Half of the width of the ground, and how far the picture reaches above and below it. */
export const DROP_SIDE = 3.4;
export const DROP_TOP = 1.75;
export const DROP_BOTTOM = 0.75;
/** A flatter drop would leave the picture. */
const ANGLE_MIN_rad = (5 * Math.PI) / 180;
/** A whole sphere has no foot from which an arc could begin. */
const ANGLE_MAX_rad = (178 * Math.PI) / 180;

const drawable = (angle_rad: number): number => Math.min(ANGLE_MAX_rad, Math.max(ANGLE_MIN_rad, angle_rad));
/** Length of a tooth of a rough surface. */
const TOOTH = 0.2;
const TEETH_HEIGHT_MAX = 0.34;

interface Cap {
  readonly radius: number;
  /** Half of the width on which it stands. */
  readonly foot: number;
}

/** A spherical cap with the volume of a hemisphere of radius 1: R³·(2 + cos θ)·(1 − cos θ)² = 2. */
function capOf(angle_rad: number): Cap {
  const theta = drawable(angle_rad);
  const c = Math.cos(theta);
  const radius = Math.cbrt(2 / ((2 + c) * (1 - c) ** 2));
  return { radius, foot: radius * Math.sin(theta) };
}

const heightOf = (angle_rad: number): number => capOf(angle_rad).radius * (1 - Math.cos(drawable(angle_rad)));

const place = (value: number): string => value.toFixed(3);

function outline(angle_rad: number): string {
  const { radius, foot } = capOf(angle_rad);
  const r = place(radius);
  return `M ${place(-foot)} 0 A ${r} ${r} 0 ${angle_rad > Math.PI / 2 ? 1 : 0} 1 ${place(foot)} 0`;
}

/** Teeth whose length is the real over the projected area, as far as there is room. */
function surface(roughness: number): string {
  const height = Math.min(TEETH_HEIGHT_MAX, (TOOTH / 2) * Math.sqrt(Math.max(0, roughness ** 2 - 1)));
  const teeth = Math.round((2 * DROP_SIDE) / TOOTH);
  const points = Array.from({ length: 2 * teeth + 1 }, (_, k) => {
    const x = -DROP_SIDE + (k * TOOTH) / 2;
    return `${place(x)} ${place(k % 2 === 0 ? height : 0)}`;
  });
  return `M ${points.join(' L ')}`;
}

/** Paths of SVG, y down, the middle of the drop's foot at the origin. */
export interface DropOutlines {
  readonly ground: string;
  readonly skin: string;
  readonly lithium: string;
  /** The drop at the ends of the band. */
  readonly ends: readonly string[];
  /** The angle at the right end of its foot. */
  readonly mark: string;
  readonly foot: number;
  /** How far the highest of all outlines reaches above the surface. */
  readonly summit: number;
}

export function dropOutlines({ angle_rad, band_rad, roughness }: DropFigure): DropOutlines {
  const { foot } = capOf(angle_rad);
  const theta = drawable(angle_rad);
  const along = (length: number): string =>
    `${place(foot - length * Math.cos(theta))} ${place(-length * Math.sin(theta))}`;
  const skin = surface(roughness);
  return {
    ground: `${skin} V ${DROP_BOTTOM} H ${-DROP_SIDE} Z`,
    skin,
    lithium: `${outline(angle_rad)} Z`,
    ends: band_rad.map(outline),
    mark: `M ${place(foot - 0.38)} 0 A 0.38 0.38 0 0 1 ${along(0.38)} M ${place(foot)} 0 L ${along(0.85)}`,
    foot,
    summit: Math.max(...[angle_rad, ...band_rad].map(heightOf), 0.85 * Math.sin(theta)),
  };
}
