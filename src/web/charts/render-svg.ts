// The drawing of figures for paper, apart from the rest of the room so that it is fetched when a figure is first saved, and alone: a page that
// fetches a door fetches the whole room with its first curve.

export { elementMapSvg, renderSvg } from '../../figures/index.ts';
