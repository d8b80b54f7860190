// A drop of molten lithium as it stands on the surface, drawn at its angle. Pale outlines are the drop at the ends of the band.

import type { JSX } from 'preact';
import { DROP_BOTTOM, DROP_SIDE, DROP_TOP, type DropFigure, dropOutlines } from '../../../figures/index.ts';
import { numberText } from '../../charts/number-text.ts';

const degreesText = (angle_rad: number): string => `${numberText((180 * angle_rad) / Math.PI, 2)}°`;

export function Drop({ figure }: { readonly figure: DropFigure }): JSX.Element {
  const { angle_rad, band_rad, hasCoating, verdict } = figure;
  const { ground, skin, lithium, ends, mark, foot, summit } = dropOutlines(figure);
  const top = Math.min(DROP_TOP, summit + 0.15);
  const range = band_rad.map(degreesText).join(' to ');
  return (
    <svg
      class="drop"
      viewBox={`${-DROP_SIDE} ${-top} ${2 * DROP_SIDE} ${top + DROP_BOTTOM}`}
      role="img"
      aria-label={`A drop of molten lithium with a contact angle of ${degreesText(angle_rad)}, ${range}: ${verdict}`}
    >
      <path class="ground" d={ground} />
      <path class={hasCoating ? 'skin coated' : 'skin'} d={skin} />
      <path class="lithium" d={lithium} />
      {ends.map((end, k) => (
        <path key={k} class="end" d={end} />
      ))}
      <path class="mark" d={mark} />
      <text x={Math.min(foot, DROP_SIDE - 0.5).toFixed(3)} y={DROP_BOTTOM - 0.12} text-anchor="middle">
        {degreesText(angle_rad)}
      </text>
    </svg>
  );
}
