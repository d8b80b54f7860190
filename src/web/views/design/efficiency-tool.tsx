// The efficiency that a life asks for: lines of equal life over efficiency and N/P, and the cell as a dot that can be taken by the hand.

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import { Chart } from '../../charts/chart.tsx';
import type { ExportContext } from '../../charts/export-menu.tsx';
import { useTask } from '../../engine/use-task.ts';
import { useAnswerItems } from '../../parts/answer-items.ts';
import { SourcedText } from '../../parts/sourced-text.tsx';
import { TaskStatus } from '../../parts/status.tsx';
import { withText } from './amount-field.tsx';
import { efficiencyText, type KeyNumber, SavedNumbers, shownEfficiency } from './key-numbers.tsx';
import { LifeFields } from './life-fields.tsx';
import type { DesignSlice } from './state.ts';

export interface ToolProps {
  readonly slice: DesignSlice;
  patch(part: Partial<DesignSlice>, tag?: string): void;
}

const EQUATION = 'cycles = x/(1 − CE) + ln R/ln CE, docs/models.md, "Life in closed form"';

export function EfficiencyTool({ slice, patch }: ToolProps): JSX.Element {
  const { life } = slice;
  const asked = useTask('designEfficiency', life, 'live');
  const { output } = asked;
  const words = useAnswerItems();
  const exported = (name: string): ExportContext => {
    const { nToP, counts, retention, command } = output!;
    const answer = { nToP, counts, retention, hasElectrolyte: false };
    return { name, command, more: words({ of: 'life', answer }, { name: 'required-efficiency', command }) };
  };
  const setLife = (next: Record<string, string>, tag: string): void => patch({ life: next }, tag);
  const move = (nToP: number, efficiency: number): void =>
    setLife(
      withText(
        withText(life, 'nToP', String(Number(nToP.toFixed(2)))),
        'efficiency',
        `${efficiencyText(efficiency)} %`,
      ),
      'life dot',
    );
  return (
    <>
      <section class="card design-inputs" aria-label="The cell">
        <LifeFields life={life} issues={asked.issues} hasElectrolyte={false} onChange={setLife} />
      </section>
      <div class="cards">
        <TaskStatus asked={asked} what="The efficiency" />
        {output === null ? null : (
          <>
            <div class="card">
              <p class="verdict">
                <SourcedText
                  text={sentence(output)}
                  numbers={numbersOf(output)}
                  basis={{
                    label: 'What was asked',
                    tag: 'typed',
                    source: 'the fields of this page',
                    equation: EQUATION,
                  }}
                />
              </p>
              <SavedNumbers
                title="the efficiency"
                numbers={numbersOf(output)}
                context={exported('required-efficiency-numbers')}
              />
              <p class="hint">
                <SourcedText
                  text="One reservoir test tells two efficiencies apart that differ by 0.4 % or more; see the reservoir test."
                  basis={{
                    label: 'Least difference of two efficiencies that is more than chance',
                    tag: 'computed',
                    source: 'ten cycles of 1 mAh/cm² on 5 mAh/cm², the last strip read to 0.02 mAh/cm²',
                    equation: '1.96·√2·σ(CE); docs/design.md, "A reservoir test and its error"',
                  }}
                />
              </p>
            </div>
            <div class="card">
              <DotChart
                output={output}
                isStale={!asked.isCurrent}
                exported={exported('required-efficiency')}
                onMove={move}
              />
              <p class="hint">Drag the dot, or move it by the arrow keys.</p>
            </div>
          </>
        )}
      </div>
    </>
  );
}

type Output = NonNullable<ReturnType<typeof useTask<'designEfficiency'>>['output']>;

const numbersOf = ({ required, efficiency, lithiumCycles, neededNToP }: Output): readonly KeyNumber[] => [
  ...(required === null
    ? []
    : [
        {
          label: 'Efficiency needed',
          ...shownEfficiency(required),
          tag: 'computed',
          source: 'N/P, cycles and retention as typed',
          equation: EQUATION,
        },
      ]),
  {
    label: `Cycles at ${efficiencyText(efficiency)} %`,
    value: lithiumCycles,
    unit: '',
    shown: String(Math.floor(lithiumCycles)),
    tag: 'computed',
    source: 'N/P, efficiency and retention as typed; lithium alone',
    equation: EQUATION,
  },
  {
    label: 'N/P needed',
    value: neededNToP,
    unit: '',
    tag: 'computed',
    source: 'efficiency, cycles and retention as typed',
    equation: EQUATION,
  },
];

function sentence({ required, cycles, retention, nToP, counts, efficiency, lithiumCycles }: Output): string {
  const goal = `${Number((100 * retention).toFixed(2))} % of capacity for ${cycles} cycles at N/P ${Number(nToP.toFixed(3))} (N ${counts === 'foil' ? 'the foil' : 'all lithium'})`;
  if (required === null) return `Any efficiency keeps ${goal}: the excess lasts as long with nothing given back.`;
  const own =
    efficiency >= required
      ? `Yours, ${efficiencyText(efficiency)} %, is enough.`
      : `Yours, ${efficiencyText(efficiency)} %, lasts ${Math.floor(lithiumCycles)}.`;
  return `${efficiencyText(required)} % keeps ${goal}. ${own}`;
}

/** Room that the dot keeps from the ends of the axes, in their own numbers. */
const NINES_MIN = 0.5;
const NINES_MAX = 4.2;

/** The chart, and over it a handle on the dot. */
function DotChart({
  output,
  isStale,
  exported,
  onMove,
}: {
  readonly output: Output;
  readonly isStale: boolean;
  readonly exported: ExportContext;
  onMove(nToP: number, efficiency: number): void;
}): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const isHeld = useRef(false);
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number } | null>(null);
  const { nToP, efficiency, counts } = output;
  const nines = efficiency >= 1 ? NINES_MAX : Math.min(NINES_MAX, Math.max(NINES_MIN, -Math.log10(1 - efficiency)));
  const follow = (_: number, made: uPlot): void => {
    plot.current = made;
    if (isHeld.current) return;
    const over = made.over.getBoundingClientRect();
    const around = frame.current!.getBoundingClientRect();
    const left = over.left - around.left + made.valToPos(nToP, 'x');
    const top = over.top - around.top + made.valToPos(nines, 'left');
    // A plot that is made anew is drawn several times before this is: each drawing is held against the last one.
    setPlace((before) =>
      before !== null && Math.abs(before.left - left) <= 0.5 && Math.abs(before.top - top) <= 0.5
        ? before
        : { left, top },
    );
  };
  const least = counts === 'all' ? 1 : 0;
  const set = (wanted: number, wantedNines: number): void => {
    const held = Math.min(NINES_MAX, Math.max(NINES_MIN, wantedNines));
    onMove(Math.max(least, wanted), 1 - 10 ** -held);
  };
  return (
    <div class="dot-chart" ref={frame}>
      <Chart
        figure={output.figure}
        isStale={isStale && !isHeld.current}
        height_px={380}
        exported={exported}
        onDrawn={follow}
      />
      {place === null ? null : (
        <div
          class="dot-handle"
          role="slider"
          tabIndex={0}
          aria-label="Your cell: N/P by left and right, efficiency by up and down"
          aria-valuenow={nToP}
          aria-valuetext={`N/P ${Number(nToP.toFixed(2))}, ${efficiencyText(efficiency)} %`}
          style={{ left: `${place.left}px`, top: `${place.top}px` }}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            isHeld.current = true;
            event.preventDefault();
          }}
          onPointerMove={(event) => {
            const made = plot.current;
            if (!isHeld.current || made === null) return;
            const over = made.over.getBoundingClientRect();
            const around = frame.current!.getBoundingClientRect();
            const x = Math.min(over.right, Math.max(over.left, event.clientX));
            const y = Math.min(over.bottom, Math.max(over.top, event.clientY));
            setPlace({ left: x - around.left, top: y - around.top });
            set(made.posToVal(x - over.left, 'x'), made.posToVal(y - over.top, 'left'));
          }}
          onPointerUp={() => {
            isHeld.current = false;
          }}
          onPointerCancel={() => {
            isHeld.current = false;
          }}
          onKeyDown={(event) => {
            const step = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.05], ArrowDown: [0, -0.05] }[
              event.key
            ];
            if (step === undefined) return;
            event.preventDefault();
            event.stopPropagation();
            set(nToP + step[0]!, nines + step[1]!);
          }}
        />
      )}
    </div>
  );
}
