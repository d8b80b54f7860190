// The design desk: five calculators, one open at a time.

import type { FunctionComponent, JSX } from 'preact';
import { ButtonChoice } from '../../parts/choice.tsx';
import { useSlice } from '../../state/store.ts';
import { AuditTool } from './audit-tool.tsx';
import { EfficiencyTool, type ToolProps } from './efficiency-tool.tsx';
import { EnergyTool } from './energy-tool.tsx';
import { LifeTool } from './life-tool.tsx';
import { ReservoirTool } from './reservoir-tool.tsx';
import type { DesignSlice } from './state.ts';

const TOOLS: Readonly<
  Record<DesignSlice['tool'], { readonly label: string; readonly Tool: FunctionComponent<ToolProps> }>
> = {
  efficiency: { label: 'Required efficiency', Tool: EfficiencyTool },
  reservoir: { label: 'Reservoir test', Tool: ReservoirTool },
  energy: { label: 'Wh/kg and Wh/L', Tool: EnergyTool },
  life: { label: 'What dies first', Tool: LifeTool },
  audit: { label: 'Audit a claim', Tool: AuditTool },
};

export function View(): JSX.Element {
  const [slice, patch] = useSlice('design');
  const { Tool } = TOOLS[slice.tool];
  return (
    <section>
      <div class="design-top">
        <h1>Design desk</h1>
        <ButtonChoice
          label="Tool"
          value={slice.tool}
          choices={Object.entries(TOOLS).map(([value, { label }]) => ({ value: value as DesignSlice['tool'], label }))}
          onChange={(tool) => patch({ tool })}
        />
      </div>
      <div class="desk">
        <Tool slice={slice} patch={patch} />
      </div>
    </section>
  );
}
