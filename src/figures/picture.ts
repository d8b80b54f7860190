// Drawings that have no axes of the charts' library: shapes at places of paper, written as SVG by hand.

/** Family of letters that every system has, or one like it. */
export const PICTURE_FONT = 'Arial, Helvetica, sans-serif';

export type Shape =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
      readonly stroke?: string;
      readonly corner?: number;
      readonly opacity?: number;
    }
  | {
      readonly kind: 'line';
      readonly from: readonly [x: number, y: number];
      readonly to: readonly [x: number, y: number];
      readonly stroke: string;
      readonly strokeWidth_px?: number;
      readonly dash?: string;
    }
  | {
      readonly kind: 'path';
      readonly d: string;
      readonly fill: string;
      readonly stroke?: string;
      readonly strokeWidth_px?: number;
      readonly dash?: string;
      /** Where the origin of the path lies and how many pixels its unit is long; pixels of the picture where not given. */
      readonly at?: { readonly x: number; readonly y: number; readonly unit_px: number };
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size_px: number;
      readonly colour: string;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly isBold?: boolean;
    };

export interface Picture {
  readonly title: string;
  readonly width_px: number;
  readonly height_px: number;
  readonly shapes: readonly Shape[];
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const place = (value: number): string => String(Number(value.toFixed(2)));

type Attribute = readonly [name: string, value: string | number | undefined];

const element = (name: string, attributes: readonly Attribute[], content = ''): string => {
  const written = attributes.flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? place(value) : escapeXml(value)}"`],
  );
  return content === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content}</${name}>`;
};

function shapeSvg(shape: Shape): string {
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height, fill, stroke, corner, opacity } = shape;
      const own: Attribute[] = [
        ['x', x],
        ['y', y],
        ['width', Math.max(0, width)],
        ['height', Math.max(0, height)],
        ['rx', corner],
        ['fill', fill],
        ['stroke', stroke],
        ['opacity', opacity],
      ];
      return element('rect', own);
    }
    case 'line': {
      const { from, to, stroke, strokeWidth_px = 1, dash } = shape;
      const own: Attribute[] = [
        ['x1', from[0]],
        ['y1', from[1]],
        ['x2', to[0]],
        ['y2', to[1]],
        ['stroke', stroke],
        ['stroke-width', strokeWidth_px],
        ['stroke-dasharray', dash],
      ];
      return element('line', own);
    }
    case 'path': {
      const { d, fill, stroke, strokeWidth_px = 1, dash, at } = shape;
      const unit_px = at?.unit_px ?? 1;
      const own: Attribute[] = [
        ['d', d],
        ['fill', fill],
        ['stroke', stroke],
        ['stroke-width', stroke === undefined ? undefined : String(Number((strokeWidth_px / unit_px).toPrecision(4)))],
        ['stroke-dasharray', dash],
        [
          'transform',
          at === undefined ? undefined : `translate(${place(at.x)} ${place(at.y)}) scale(${place(unit_px)})`,
        ],
      ];
      return element('path', own);
    }
    case 'text': {
      const { x, y, text, size_px, colour, anchor, isBold = false } = shape;
      const own: Attribute[] = [
        ['x', x],
        ['y', y],
        ['font-family', PICTURE_FONT],
        ['font-size', size_px],
        ['font-weight', isBold ? 'bold' : undefined],
        ['text-anchor', anchor === 'start' ? undefined : anchor],
        ['fill', colour],
      ];
      return element('text', own, escapeXml(text));
    }
  }
}

/** The picture as one SVG document on white; the same picture gives the same bytes. */
export function pictureSvg({ title, width_px, height_px, shapes }: Picture): string {
  const [width, height] = [Math.round(width_px), Math.round(height_px)];
  return [
    `<svg width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...shapes.map(shapeSvg),
    '</svg>',
    '',
  ].join('\n');
}

/** `text` broken at blanks into lines of at most `letters`; a word that is longer is a line of its own. */
export function linesOf(text: string, letters: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/u)) {
    const last = lines.at(-1);
    if (last !== undefined && Array.from(`${last} ${word}`).length <= letters)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
