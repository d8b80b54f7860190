// The cell as it is drawn on paper: layers side by side from the counter electrode to the working electrode. A layer is a button that
// opens its fields; the edge of one whose thickness may be typed can be dragged, or moved by the arrow keys.

import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { layerExtent } from '../../../figures/index.ts';
import { formatQuantity } from '../../../units/index.ts';
import type { TaskOutput } from '../../../worker/index.ts';

export type StackLayer = TaskOutput<'cellDraft'>['sheet']['layers'][number];

interface StackProps {
  readonly layers: readonly StackLayer[];
  readonly chosen: string | null;
  onChoose(id: string): void;
  onThickness(layer: StackLayer, text: string): void;
}

/** Decades of thickness for each pixel of a drag. */
const DECADES_PER_px = 1 / 110;

/** In plain digits, as a screen reader needs a slider's ends. */
const nanometres = (thickness_m: number): number => Number((1e9 * thickness_m).toPrecision(4));

export const thicknessText = (thickness_m: number): string =>
  formatQuantity(thickness_m, thickness_m < 1e-6 ? 'nm' : 'µm', 3, 'length');

export function Stack({ layers, chosen, onChoose, onThickness }: StackProps): JSX.Element {
  return (
    <fieldset class="stack" aria-label="The cell, from the counter electrode to the working electrode">
      {layers.map((layer) => (
        <Layer
          key={layer.id}
          layer={layer}
          isChosen={layer.id === chosen}
          onChoose={() => onChoose(layer.id)}
          onThickness={(text) => onThickness(layer, text)}
        />
      ))}
    </fieldset>
  );
}

interface LayerProps {
  readonly layer: StackLayer;
  readonly isChosen: boolean;
  onChoose(): void;
  onThickness(text: string): void;
}

function Layer({ layer, isChosen, onChoose, onThickness }: LayerProps): JSX.Element {
  const drag = useRef<{ readonly x_px: number; readonly from_m: number } | null>(null);
  const { typed, thickness_m } = layer;
  const text = layer.kind === 'collector' ? '' : thicknessText(thickness_m);
  const setTo = (wanted_m: number): void => {
    if (typed === null) return;
    const [low, high] = typed.range_m;
    onThickness(thicknessText(Math.min(high, Math.max(low, wanted_m))));
  };
  return (
    <div class={`layer ${layer.kind}`} style={{ flexGrow: layerExtent(layer) }}>
      <button
        type="button"
        class={isChosen ? 'face is-chosen' : 'face'}
        aria-pressed={isChosen}
        onClick={onChoose}
        title={`${layer.name}${text === '' ? '' : `, ${text}`}`}
      >
        <span class="layer-name">{layer.name}</span>
        <span class="layer-thickness">{text}</span>
      </button>
      {typed === null ? null : (
        <div
          class="edge"
          role="slider"
          tabIndex={0}
          aria-label={`Thickness of ${layer.name}`}
          aria-valuemin={nanometres(typed.range_m[0])}
          aria-valuemax={nanometres(typed.range_m[1])}
          aria-valuenow={nanometres(thickness_m)}
          aria-valuetext={text}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            drag.current = { x_px: event.clientX, from_m: thickness_m };
          }}
          onPointerMove={(event) => {
            if (drag.current === null) return;
            setTo(drag.current.from_m * 10 ** ((event.clientX - drag.current.x_px) * DECADES_PER_px));
          }}
          onPointerUp={() => {
            drag.current = null;
          }}
          onPointerCancel={() => {
            drag.current = null;
          }}
          onKeyDown={(event) => {
            const step = { ArrowRight: 1.1, ArrowUp: 1.1, ArrowLeft: 1 / 1.1, ArrowDown: 1 / 1.1 }[event.key];
            if (step === undefined) return;
            event.preventDefault();
            setTo(thickness_m * step);
          }}
        />
      )}
    </div>
  );
}
