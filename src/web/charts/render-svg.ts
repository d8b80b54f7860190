// The drawing of figures for paper, apart from the rest of the room so that it is fetched when a figure is first saved, and alone.

export { renderSvg } from '../../figures/index.ts';
