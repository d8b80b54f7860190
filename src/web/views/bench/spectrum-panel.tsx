// One spectrum: as Nyquist and Bode plot with its fit, the test by Kramers and Kronig, relaxation times, and the parameters of the circuit.

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Figure } from '../../../figures/index.ts';
import { Chart } from '../../charts/chart.tsx';
import { ExportLine } from '../../charts/export-menu.tsx';
import { numberText } from '../../charts/number-text.ts';
import { NumberField } from '../../parts/quantity-field.tsx';
import { type Sourced, SourcedValue } from '../../parts/sourced.tsx';
import { SourcedCell, SourcedTable } from '../../parts/sourced-table.tsx';
import { SourcedText } from '../../parts/sourced-text.tsx';
import { TaskStatus } from '../../parts/status.tsx';
import { basisOf, IMPEDANCE, sourceOf } from './sources.ts';
import { fitTable } from './tables.ts';
import { stemOf, type Test, type TestQuestion, tableContext, titled } from './test-panel.tsx';
import { type BenchAnswer, useBench } from './use-bench.ts';

interface SpectrumProps {
  readonly test: Test;
  readonly question: TestQuestion;
  readonly spectrum: number;
  onSpectrum(index: number): void;
}

export function SpectrumPanel({ test, question, spectrum, onSpectrum }: SpectrumProps): JSX.Element {
  const last = test.spectra.length - 1;
  const index = Math.min(spectrum, last);
  const asked = useBench('benchSpectrum', { ...question, spectrum: index });
  const { output, isCurrent } = asked;
  const shown = useMemo(() => {
    const named = (figure: Figure | null, what: string): Figure | null =>
      figure === null ? null : titled(figure, what);
    return {
      nyquist: named(output?.nyquist ?? null, 'Nyquist'),
      bode: named(output?.bode ?? null, 'Bode'),
      relaxation: named(output?.relaxation ?? null, 'Relaxation times'),
      kramersKronig: named(output?.kramersKronig ?? null, 'Residuals by Kramers and Kronig'),
    };
  }, [output]);
  const exported = (name: string) => ({
    name: `${stemOf(test.names)}-spectrum-${index}-${name}`,
    ...(test.command === null ? {} : { command: `${test.command} --svg figures` }),
  });
  return (
    <>
      <div class="card">
        <h2>Spectrum {index}</h2>
        {last === 0 ? null : (
          <NumberField
            label="Spectrum, from 0"
            value={index}
            min={0}
            max={last}
            step={1}
            onChange={(next) => onSpectrum(Math.round(next))}
          />
        )}
        <TaskStatus asked={asked} what="The spectrum" />
        {output?.kramersKronigWords == null ? null : (
          <p>
            <SourcedText text={output.kramersKronigWords} basis={basisOf(test, 'Kramers')} />
          </p>
        )}
        {output?.refused == null ? null : <p class="warning">{output.refused}</p>}
        {output?.fit == null ? null : <FitTable fit={output.fit} test={test} spectrum={index} />}
      </div>
      {output === null ? null : (
        <div class="cards two">
          <div class="card">
            <Chart figure={shown.nyquist!} isStale={!isCurrent} exported={exported('nyquist')} height_px={320} />
          </div>
          <div class="card">
            <Chart figure={shown.bode!} isStale={!isCurrent} exported={exported('bode')} height_px={190} />
          </div>
          {output.relaxation === null ? null : (
            <div class="card">
              <Chart figure={shown.relaxation!} isStale={!isCurrent} exported={exported('drt')} height_px={260} />
            </div>
          )}
          {output.kramersKronig === null ? null : (
            <div class="card">
              <Chart
                figure={shown.kramersKronig!}
                isStale={!isCurrent}
                exported={exported('kramers-kronig')}
                height_px={260}
              />
            </div>
          )}
        </div>
      )}
    </>
  );
}

/** How well a value is known; the reason may say it in full. */
export function knownText(state: string, why: string | null): string {
  const words = state === 'not determined' ? 'not determined by this data' : state;
  if (why === null) return words;
  return why.includes(words) ? why : `${words}: ${why}`;
}

/** Units of circuit elements as they are printed. */
const unitText = (unit: string): string =>
  unit === '1' ? '' : unit.replaceAll('ohm', 'Ω').replaceAll('^-1', '⁻¹').replaceAll('^alpha', 'ᵅ');

function FitTable({
  fit,
  test,
  spectrum,
}: {
  readonly fit: NonNullable<BenchAnswer<'benchSpectrum'>['fit']>;
  readonly test: Test;
  readonly spectrum: number;
}): JSX.Element {
  const { circuit, criterion, rmsRelative, converged, parameters } = fit;
  const sourcedAt = (place: string): Sourced | null => {
    const [row, what] = place.split(' ');
    const one = parameters[Number(row)];
    if (one === undefined) return null;
    const isError = what === 'error';
    return {
      label: isError ? `Standard error of ${one.name}` : one.name,
      value: isError ? (one.standardError ?? Number.NaN) : one.value,
      unit: unitText(one.unit),
      band: isError ? null : one.interval95,
      tag: 'fitted here',
      source: sourceOf(test),
      equation: isError
        ? `of the linearised problem, the band that of Student at 95 %; ${IMPEDANCE}, "Fit"`
        : `complex least squares of ${circuit} over |Z|; ${IMPEDANCE}, "Fit"`,
      note: knownText(one.state, one.why),
    };
  };
  return (
    <>
      <p>
        <code>{circuit}</code>
        {criterion === 'given' ? ', as typed' : `, chosen: ${criterion}`};{' '}
        <SourcedValue
          of={{
            label: 'Distance of the fit from the data',
            value: 100 * rmsRelative,
            unit: '%',
            tag: 'fitted here',
            source: sourceOf(test),
            equation: `root mean square of |Z_fit − Z|/|Z|; ${IMPEDANCE}, "Fit"`,
          }}
          significant={2}
        />{' '}
        of |Z| from the data{converged ? '' : '; not converged'}.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keys */}
      <section class="scroll lab-fit" tabIndex={0} aria-label="Parameters of the circuit">
        <ExportLine
          title="the parameters"
          figure={null}
          table={() => fitTable(fit)}
          context={tableContext(test, `spectrum-${spectrum}-fit`)}
        />
        <SourcedTable sourcedAt={sourcedAt}>
          <thead>
            <tr>
              <th scope="col" class="text">
                Parameter
              </th>
              <th scope="col">Value</th>
              <th scope="col" class="text">
                Unit
              </th>
              <th scope="col">±</th>
              <th scope="col">95 % interval</th>
              <th scope="col" class="text">
                How well known
              </th>
            </tr>
          </thead>
          <tbody>
            {parameters.map(({ name, unit, value, standardError, interval95, state, why }, row) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  {state === 'not determined' ? (
                    '–'
                  ) : (
                    <SourcedCell at={`${row} value`}>{numberText(value, 5)}</SourcedCell>
                  )}
                </td>
                <td class="text">{unitText(unit)}</td>
                <td>
                  {standardError === null || state === 'not determined' ? (
                    '–'
                  ) : (
                    <SourcedCell at={`${row} error`}>{numberText(standardError, 2)}</SourcedCell>
                  )}
                </td>
                <td>
                  {interval95 === null ? (
                    '–'
                  ) : (
                    <SourcedCell at={`${row} value`}>
                      {numberText(interval95[0])} to {numberText(interval95[1])}
                    </SourcedCell>
                  )}
                </td>
                <td class="text lab-known">{knownText(state, why)}</td>
              </tr>
            ))}
          </tbody>
        </SourcedTable>
      </section>
    </>
  );
}
