// The few parts of ECharts that our figures use, imported by name so that a bundler leaves the rest of it out. Only
// `renderSvg` imports this module, and only when it is called.

import { LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

/** A chart option, drawn without a document, as the library's own SVG text. */
export function drawSvg(option: Readonly<Record<string, unknown>>, width_px: number, height_px: number): string {
  use([LineChart, GridComponent, TitleComponent, LegendComponent, GraphicComponent, SVGRenderer]);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: width_px, height: height_px });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    // A chart that lives keeps a timer, and with it the process, for ever.
    chart.dispose();
  }
}
