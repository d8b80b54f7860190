// Colours for an ordered series, dark to light with even steps to the eye: anchors of viridis (Smith and van der Walt 2015), without its
// yellow end, which white paper swallows.

const ANCHORS: readonly (readonly [red: number, green: number, blue: number])[] = [
  [0x44, 0x01, 0x54],
  [0x48, 0x28, 0x78],
  [0x3e, 0x49, 0x89],
  [0x31, 0x68, 0x8e],
  [0x26, 0x82, 0x8e],
  [0x1f, 0x9e, 0x89],
  [0x35, 0xb7, 0x79],
  [0x6d, 0xcd, 0x59],
  [0x9c, 0xd9, 0x3b],
];

/** The colour at a share of the ramp, 0 the darkest and 1 the lightest. */
export function rampColour(share: number): string {
  const at = Math.min(1, Math.max(0, share)) * (ANCHORS.length - 1);
  const k = Math.min(ANCHORS.length - 2, Math.floor(at));
  const part = (channel: 0 | 1 | 2): string => {
    const [from, to] = [ANCHORS[k]![channel], ANCHORS[k + 1]![channel]];
    return Math.round(from + (at - k) * (to - from))
      .toString(16)
      .padStart(2, '0');
  };
  return `#${part(0)}${part(1)}${part(2)}`;
}

/** The whole ramp in `count` even steps. */
export function rampColours(count: number): string[] {
  return Array.from({ length: count }, (_, k) => rampColour(count === 1 ? 0 : k / (count - 1)));
}
