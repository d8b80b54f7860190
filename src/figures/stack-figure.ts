// A cell as its layers, from the counter electrode to the working electrode.

export type DrawnLayerKind =
  | 'collector'
  | 'lithium'
  | 'host'
  | 'interphase'
  | 'coating'
  | 'interlayer'
  | 'separator'
  | 'solid'
  | 'cathode';

export interface DrawnLayer {
  readonly kind: DrawnLayerKind;
  readonly name: string;
  /** 0 for a collector, whose thickness nothing depends on. */
  readonly thickness_m: number;
}

export interface StackFigure {
  readonly kind: 'stack';
  readonly title: string;
  readonly layers: readonly DrawnLayer[];
}

/** A layer's extent grows with the logarithm of its thickness, from a nanometre to a millimetre, so that films can be seen at all. */
export function layerExtent({ kind, thickness_m }: Pick<DrawnLayer, 'kind' | 'thickness_m'>): number {
  if (kind === 'collector') return 0.6;
  return 0.55 + Math.max(0, Math.log10(Math.max(thickness_m, 1e-9) / 1e-9)) / 3;
}
