// The periodic table as a picture: a tile for each element, coloured by what it does beside lithium, framed where a review says
// otherwise. Tiles have neither axes nor series, so the drawing is written here and not by the library of charts.

import type { ElementOnLithium, LithiumMap, LithiumVerdict } from '../design/index.ts';
import { elementFigure } from './element-figure.ts';

/** Rows of the table, left to right; a dot is an empty place. Lanthanides stand below, as everywhere. */
export const PERIODIC_ROWS: readonly (readonly string[])[] = [
  'H . . . . . . . . . . . . . . . . He',
  'Li Be . . . . . . . . . . B C N O F Ne',
  'Na Mg . . . . . . . . . . Al Si P S Cl Ar',
  'K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr',
  'Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe',
  'Cs Ba La Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi . . .',
  '. . . Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu .',
].map((row) => row.split(' '));

/** Colours of Okabe and Ito (2008), light enough for black letters. */
const FILL: Readonly<Record<LithiumVerdict | 'lithium', string>> = {
  reacts: '#56B4E9',
  alloys: '#4FC9A0',
  neither: '#F0A27A',
  unknown: '#E4E4E4',
  lithium: '#FFFFFF',
};

const MEANING: readonly (readonly [LithiumVerdict, string])[] = [
  ['reacts', 'makes a compound'],
  ['alloys', 'alloys or dissolves'],
  ['neither', 'neither'],
  ['unknown', 'no data'],
];

const TILE_px = 44;
const GAP_px = 3;
const LEFT_px = 16;
const TOP_px = 56;
const FONT = 'Arial, Helvetica, sans-serif';
const DISAGREES = '#D55E00';

const text = (x: number, y: number, size_px: number, content: string, more = ''): string =>
  `<text x="${x}" y="${y}" font-family="${FONT}" font-size="${size_px}"${more}>${content}</text>`;

/** Second line of a tile: the potential, or the mark of an estimate. */
function fineprint({ evidence, potential_V, isClose }: ElementOnLithium): string {
  if (potential_V !== null) return `${potential_V.toFixed(2)} V`;
  if (evidence === 'estimate') return isClose ? 'est. ±' : 'est.';
  return '';
}

/** The map as one SVG document; the same map gives the same bytes. */
export function elementMapSvg(map: LithiumMap): string {
  const { elements, agreement } = map;
  const byName = new Map(elements.map((one) => [one.element, one]));
  const step = TILE_px + GAP_px;
  const width = 2 * LEFT_px + 18 * step - GAP_px;
  const bottom = TOP_px + PERIODIC_ROWS.length * step + 12;
  const height = bottom + 62;
  const title = elementFigure(map).title;
  const parts = [
    `<svg width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(width / 2, 32, 18, title, ' font-weight="bold" text-anchor="middle"'),
  ];
  PERIODIC_ROWS.forEach((row, i) => {
    row.forEach((element, k) => {
      if (element === '.') return;
      const known = byName.get(element);
      const [x, y] = [LEFT_px + k * step, TOP_px + i * step + (i === PERIODIC_ROWS.length - 1 ? 8 : 0)];
      const frame =
        known?.agrees === false ? ` stroke="${DISAGREES}" stroke-width="3"` : ' stroke="#555555" stroke-width="0.6"';
      const fill = FILL[known?.verdict ?? 'lithium'];
      parts.push(
        `<rect x="${x}" y="${y}" width="${TILE_px}" height="${TILE_px}" rx="4" fill="${fill}"${frame}/>`,
        text(x + TILE_px / 2, y + 22, 16, element, ' font-weight="bold" text-anchor="middle"'),
        ...(known === undefined ? [] : [text(x + TILE_px / 2, y + 37, 10, fineprint(known), ' text-anchor="middle"')]),
      );
    });
  });
  MEANING.forEach(([verdict, meaning], k) => {
    const x = LEFT_px + k * 170;
    parts.push(
      `<rect x="${x}" y="${bottom}" width="16" height="16" rx="3" fill="${FILL[verdict]}" stroke="#555555" stroke-width="0.6"/>`,
      text(x + 22, bottom + 13, 13, meaning),
    );
  });
  const score = `Agrees with the review for ${agreement.agreeing} of ${agreement.compared} elements that it names; framed: it says otherwise. V: against Li/Li⁺; est.: estimated, ± within its error.`;
  parts.push(text(LEFT_px, bottom + 42, 13, score), '</svg>');
  return `${parts.join('\n')}\n`;
}
