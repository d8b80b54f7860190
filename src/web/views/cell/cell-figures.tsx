// The right side: how the cell ended, its numbers, and where lithium and voltage go, cycle by cycle.

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import {
  causeFigure,
  cellEfficiencyFigure,
  cellVoltageFigure,
  overpotentialWords,
  resistanceFigure,
  type ShownBand,
  sidedLossWords,
} from '../../../figures/index.ts';
import type { TaskInput, TaskOutput } from '../../../worker/index.ts';
import { Chart } from '../../charts/chart.tsx';
import type { ExportContext } from '../../charts/export-menu.tsx';
import { numberText } from '../../charts/number-text.ts';
import type { Asked } from '../../engine/use-task.ts';
import { Later } from '../../parts/later.tsx';
import { NumberField } from '../../parts/quantity-field.tsx';
import { type Sourced, SourcedValue } from '../../parts/sourced.tsx';
import { SourcedText } from '../../parts/sourced-text.tsx';
import { CauseBars } from './cause-bars.tsx';
import { type Patch, type Sheet, savedFile } from './cell-card.tsx';
import type { Measured } from './measured.tsx';
import { RunMenu } from './run-menu.tsx';
import type { CellSlice } from './state.ts';

type Run = TaskOutput<'cellRun'>;
type Cycle = Run['cell']['cycles'][number];
type Bands = TaskOutput<'cellBands'>;

interface FiguresProps {
  readonly run: Run;
  readonly sheet: Sheet;
  readonly isExact: boolean;
  readonly isStale: boolean;
  readonly bands: Asked<Bands> | null;
  readonly measured: Measured | null;
  /** What was asked, to be written in full. */
  readonly input: TaskInput<'cellRun'>;
  readonly command: string;
  readonly slice: CellSlice;
  readonly patch: Patch;
}

const DRAFT = 'a draft: fast model, cycles that hardly differ passed over';

const sumOf = (parts: Readonly<Record<string, number>>): number =>
  Object.values(parts).reduce((sum, part) => sum + part, 0);

export function CellFigures(props: FiguresProps): JSX.Element {
  const { run, sheet, isExact, isStale, bands, measured, input, command, slice, patch } = props;
  const { cycles } = run.cell;
  const chosen = cycles.find(({ cycle }) => cycle === slice.cycle) ?? cycles.at(-1) ?? null;
  const withMeans = nearestWithMeans(cycles, chosen);
  const cellFile = savedFile(slice, sheet);
  // A draft is no run that a command makes.
  const exported = (name: string): ExportContext =>
    isExact ? { name: `${sheet.id}-${name}`, command } : { name: `${sheet.id}-${name}-draft`, note: DRAFT };
  const figures = useOverlays(run, bands?.isCurrent === true ? bands.output : null, measured);
  const isMetal = run.cell.kind === 'Li|Cu' || run.cell.kind === 'Li|Li';
  return (
    <>
      <div class="card">
        <p class="verdict">
          <SourcedText text={run.cell.endOfLife.message} basis={{ ...ENDED, source: command }} />{' '}
          <span class="hint">
            <SourcedText text={run.cell.stop.message} basis={{ ...ENDED, source: command }} />
          </span>
        </p>
        {chosen === null ? null : (
          <KeyNumbers
            cycle={chosen}
            withMeans={withMeans}
            run={run}
            source={computedFrom(sheet, chosen.cycle, command)}
            bands={bands?.output ?? null}
          />
        )}
        {cycles.length > 1 ? (
          <NumberField
            label="Cycle"
            value={chosen?.cycle ?? 1}
            min={cycles[0]!.cycle}
            max={cycles.at(-1)!.cycle}
            step={1}
            onChange={(cycle) => patch({ cycle: Math.round(cycle) }, 'cycle')}
          />
        ) : null}
        <p class="hint" aria-live="polite">
          {isExact ? (
            <>
              {run.cell.model} model, every cycle computed; lithium, charge and salt kept to{' '}
              <Kept of={run.cell.conservation} command={command} />.
            </>
          ) : (
            'Draft while you move: fast model, cycles that hardly differ passed over.'
          )}
        </p>
        {bands === null ? null : <BandsNote bands={bands} command={command} />}
        <RunMenu run={input} command={command} cellFile={cellFile} />
      </div>
      {hasData(figures.efficiency) ? (
        <div class="card">
          <Chart figure={figures.efficiency} isStale={isStale} exported={exported('efficiency')} height_px={230} />
        </div>
      ) : null}
      <Later turn={0}>
        <div class="cards two">
          {withMeans === null ? null : (
            <div class="card">
              <CauseBars
                figure={causeFigure(
                  `Why ${Math.round(sumOf(withMeans.overpotential_mV))} mV at plating, cycle ${withMeans.cycle}`,
                  'Overpotential / mV',
                  withMeans.overpotential_mV,
                  overpotentialWords,
                )}
                unit="mV"
                exported={exported(`overpotential-cycle-${withMeans.cycle}`)}
                source={computedFrom(sheet, withMeans.cycle, command)}
              />
            </div>
          )}
          {chosen === null ? null : (
            <div class="card">
              <CauseBars
                figure={causeFigure(
                  `Lithium lost in cycle ${chosen.cycle}`,
                  'Lithium lost / µAh/cm²',
                  inMicro(chosen.losses_mAh_per_cm2),
                  sidedLossWords,
                )}
                unit="µAh/cm²"
                exported={exported(`losses-cycle-${chosen.cycle}`)}
                source={computedFrom(sheet, chosen.cycle, command)}
              />
            </div>
          )}
          <div class="card">
            <Chart figure={figures.voltage} isStale={isStale} exported={exported('voltage')} height_px={240} />
          </div>
          {hasData(isMetal ? figures.lossWorking : figures.lossCounter) ? (
            <div class="card">
              <Chart
                figure={isMetal ? figures.lossWorking : figures.lossCounter}
                isStale={isStale}
                exported={exported('losses')}
                height_px={240}
              />
            </div>
          ) : null}
          <div class="card">
            <Chart
              figure={figures.overpotential}
              isStale={isStale}
              exported={exported('overpotential')}
              height_px={240}
            />
          </div>
          <div class="card">
            <Chart figure={figures.resistance} isStale={isStale} exported={exported('resistance')} height_px={240} />
          </div>
          {isMetal && hasData(figures.lossCounter) ? (
            <div class="card">
              <Chart
                figure={figures.lossCounter}
                isStale={isStale}
                exported={exported('losses-counter')}
                height_px={240}
              />
            </div>
          ) : null}
          <div class="card">
            <Chart figure={figures.inventory} isStale={isStale} exported={exported('inventory')} height_px={200} />
          </div>
        </div>
      </Later>
      <Later turn={1}>
        <Remarks run={run} sheet={sheet} />
      </Later>
    </>
  );
}

const ENDED = {
  label: 'How the run ended',
  tag: 'computed',
  equation: 'the criterion that the sentence names, looked for in the cycles of the run; docs/models.md',
} as const;

/** What the numbers of a cycle come from. */
const computedFrom = (sheet: Sheet, cycle: number, command: string): string =>
  `the cell: ${sheet.values.length} supplied values with ranges, the others as given; cycle ${cycle} of ${command}`;

/** The largest drift of what must not change. */
function Kept({ of, command }: { readonly of: Run['cell']['conservation']; readonly command: string }): JSX.Element {
  const drift = Math.max(of.lithium, of.charge, of.salt);
  return (
    <SourcedValue
      of={{
        label: 'Largest relative drift of lithium, charge or salt',
        value: drift,
        unit: '',
        shown: numberText(drift, 1),
        tag: 'computed',
        source: command,
        equation: 'all that is in the cell at any row against the start; docs/conventions.md, "Conservation"',
        note: `Lithium ${numberText(of.lithium)}, charge ${numberText(of.charge)}, salt ${numberText(of.salt)}.`,
      }}
    />
  );
}

/** Whether there is anything to draw: two lithium electrodes have no efficiency, and some cells lose nothing. */
const hasData = ({ panels }: Run['figures']['efficiency']): boolean => panels.some(({ message }) => message === null);

/** The figures of the run, with bands and a measured test laid over where there are any. */
function useOverlays(run: Run, bands: Bands | null, measured: Measured | null): Run['figures'] {
  return useMemo(() => {
    if (bands === null && measured === null) return run.figures;
    const cells = [run.cell, ...(run.beside === null ? [] : [run.beside])];
    const band = (of: (cycle: Bands['cycles'][number]) => CycleBandValue): readonly ShownBand[] =>
      (bands?.cycles ?? []).flatMap((one) => {
        const value = of(one);
        return value == null ? [] : [{ cycle: one.cycle, low: value.low, high: value.high }];
      });
    return {
      ...run.figures,
      efficiency: cellEfficiencyFigure(cells, run.reportedEfficiency, {
        band: band(({ coulombic_efficiency }) => coulombic_efficiency),
        measured,
      }),
      resistance: resistanceFigure(cells, {
        band: band(({ interfacial_resistance_ohm_cm2 }) => interfacial_resistance_ohm_cm2),
      }),
      voltage: measured === null ? run.figures.voltage : cellVoltageFigure(run.profiles, measured),
    };
  }, [run, bands, measured]);
}

/** What is less than an atom thick is rounding. */
const thickness = (um: number): number => (um < 1e-6 ? 0 : um);

/** A draft knows the means of some cycles only. */
function nearestWithMeans(cycles: readonly Cycle[], chosen: Cycle | null): Cycle | null {
  const known = cycles.filter(({ overpotential_mV }) => Object.keys(overpotential_mV).length > 0);
  if (chosen === null || known.length === 0) return null;
  return known.reduce((best, one) =>
    Math.abs(one.cycle - chosen.cycle) < Math.abs(best.cycle - chosen.cycle) ? one : best,
  );
}

const inMicro = (parts: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(parts).map(([cause, lost]) => [cause, 1000 * lost]));

interface KeyNumbersProps {
  readonly cycle: Cycle;
  readonly withMeans: Cycle | null;
  readonly run: Run;
  readonly source: string;
  readonly bands: Bands | null;
}

function KeyNumbers({ cycle, withMeans, run, source, bands }: KeyNumbersProps): JSX.Element {
  const band = bands?.cycles.find((one) => one.cycle === cycle.cycle) ?? null;
  const computed = (
    label: string,
    value: number,
    unit: string,
    equation: string,
    of?: readonly [number, number] | null,
  ): Sourced => ({
    label,
    value,
    unit,
    tag: 'computed',
    source,
    equation,
    ...(of == null ? {} : { band: of }),
  });
  const numbers: Sourced[] = [];
  if (cycle.coulombic_efficiency !== null) {
    const isFull = run.cell.kind === 'Li|cathode' || run.cell.kind === 'Cu|cathode';
    numbers.push(
      computed(
        'Coulombic efficiency',
        100 * cycle.coulombic_efficiency,
        '%',
        isFull
          ? 'discharged over charged of the full cell; docs/conventions.md, "Coulombic efficiency"'
          : 'stripped over plated, Q_strip/Q_plate = 1 − loss/Q (E6); docs/models.md, "What one cycle costs"',
        percentBand(band?.coulombic_efficiency),
      ),
    );
  }
  if (withMeans !== null) {
    numbers.push(
      computed(
        'Overpotential at plating',
        sumOf(withMeans.overpotential_mV),
        'mV',
        'i·[R_films + L/κ_eff + …] + η_ct + U_conc (E7): the sum of the parts below; docs/models.md',
        plainBand(band?.overpotential_mV),
      ),
    );
  }
  numbers.push(
    computed(
      'Interfacial resistance',
      cycle.interfacial_resistance_ohm_cm2,
      'Ω cm²',
      'Σ L_k/σ_k + R·T/(F·j0) of both electrodes at small signal (E4, E1); docs/models.md',
      plainBand(band?.interfacial_resistance_ohm_cm2),
    ),
    computed(
      'Lithium, counter',
      thickness(cycle.counter_lithium_um),
      'µm',
      'what is left in contact at the end of the cycle',
    ),
  );
  if (cycle.working_lithium_um !== null) {
    numbers.push(
      computed(
        'Lithium, working',
        thickness(cycle.working_lithium_um),
        'µm',
        'what is left in contact at the end of the cycle',
      ),
    );
  }
  if (cycle.ageing !== null) {
    numbers.push(
      computed(
        'Electrolyte left',
        100 * cycle.ageing.electrolyte_left,
        '%',
        'free liquid over that of the start, by the solvent that the interphase takes',
      ),
    );
  }
  return (
    <dl class="figures">
      {numbers.map((number) => (
        <div key={number.label}>
          <dt>{number.label}</dt>
          <dd>
            <SourcedValue of={number} significant={number.unit === '%' ? 4 : 3} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

type CycleBandValue = Bands['cycles'][number]['coulombic_efficiency'] | undefined;

function plainBand(band: CycleBandValue): readonly [number, number] | null {
  return band == null ? null : [band.low, band.high];
}

function percentBand(band: CycleBandValue): readonly [number, number] | null {
  return band == null ? null : [100 * band.low, 100 * band.high];
}

/** `interphase[0].conductivity` as `conductivity of interphase 1`. */
export function parameterWords(parameter: string): string {
  const words = parameter
    .split('.')
    .map((part) =>
      part
        .replace(/\[(\d+)\]/, (_, place: string) => ` ${Number(place) + 1}`)
        .replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`),
    );
  return words.reverse().join(' of ');
}

function BandsNote({ bands, command }: { readonly bands: Asked<Bands>; readonly command: string }): JSX.Element {
  const { output, isRunning, progress, failure } = bands;
  if (failure !== null) return <p class="problem">The bands could not be computed: {failure.split('\n')[0]}</p>;
  if (output === null || isRunning) {
    return (
      <p class="running">
        <progress max={1} value={progress > 0 ? progress : undefined} aria-label="bands" /> Bands from many runs over
        the ranges…
      </p>
    );
  }
  const [first, ...others] = output.sensitivities.slice(0, 3);
  return (
    <p class="hint">
      <SourcedText
        text={`Bands are 80 % of ${output.runs} runs over the ranges of ${output.varied.length} uncertain values.`}
        basis={{
          label: 'How the bands were drawn',
          tag: 'computed',
          source: command,
          equation: '10 % to 90 % quantile of a Latin hypercube over all ranges at once; docs/conventions.md, "Bands"',
        }}
      />
      {first === undefined
        ? ''
        : ` Most of it comes from ${[first, ...others].map(({ parameter }) => parameterWords(parameter)).join('; ')}.`}
    </p>
  );
}

function Remarks({ run, sheet }: { readonly run: Run; readonly sheet: Sheet }): JSX.Element {
  return (
    <div class="card">
      {run.reported.length === 0 ? null : (
        <>
          <h2>As reported</h2>
          <ul>
            {run.reported.map(({ what, text, meaning, source, doi }) => (
              <li key={`${what} ${text} ${meaning}`}>
                {what}:{' '}
                <SourcedValue
                  of={{
                    label: `${what}, reported`,
                    value: text,
                    unit: '',
                    tag: 'reported',
                    source,
                    ...(doi === null ? {} : { doi }),
                    note: meaning,
                  }}
                />{' '}
                <span class="hint">{meaning}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>To bear in mind</h2>
      <ul>
        {[...new Set([...run.cell.warnings, ...sheet.warnings])].map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
      <details>
        <summary>{sheet.sources.length} sources</summary>
        <ul>
          {sheet.sources.map((source) => (
            <li key={source}>{source}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}
