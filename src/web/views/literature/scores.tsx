// How good the computed values are, beside what the mean of other rows would have given: said first in words, and as plainly where the
// physics is no better.

import type { JSX } from 'preact';
import { ExportLine } from '../../charts/export-menu.tsx';
import { SourcedValue } from '../../parts/sourced.tsx';
import { SourcedText } from '../../parts/sourced-text.tsx';
import type { Results } from './computed.tsx';
import { contrastsTable, efficiencyScoresTable, magnitudeScoresTable } from './tables.ts';

type Score = NonNullable<Results['scores']['coulombic_efficiency']['model']>['rmse_lce'];
type Magnitudes = Results['scores']['polarisation'];

const percent = (share: number | null): number | null => (share === null ? null : 100 * share);
const signed = (points: number): string => `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(2)}`;

/** How each score is computed; the words of docs/reproduce.md. */
const EQUATIONS = {
  'RMSE of −log₁₀(1 − CE)': 'root of the mean square of LCE computed less reported, LCE = −log₁₀(1 − CE)',
  'Mean error': 'mean of |computed − reported|',
  'Spearman ρ': 'correlation of the ranks of computed and reported',
  'RMSE of log₁₀': 'root of the mean square of log₁₀(computed/reported)',
  'Geometric mean of the others': 'the same, each row foretold by the geometric mean of the other rows',
  'Within a factor of 2': 'share of the rows with |log₁₀(computed/reported)| below log₁₀ 2',
  'Bands that hold it': 'share of the reported numbers that lie in the band of 80 % of the runs',
} as const;

const WHERE = 'docs/reproduce.md, "Scores"';
const BASIS = {
  tag: 'computed',
  source: 'the systems that are computed here beside what the reviews print of them',
} as const;

interface ScoreProps {
  readonly of: string;
  readonly what: keyof typeof EQUATIONS;
  readonly value: number | null | undefined;
  readonly unit?: string;
  readonly digits: number;
  readonly interval?: readonly [number, number] | null;
}

/** A score that answers, its interval in small print under it. */
function ScoreValue({ of, what, value, unit = '', digits, interval = null }: ScoreProps): JSX.Element {
  if (value == null) return <>–</>;
  const printed = (one: number): string => one.toFixed(digits).replace('-', '−');
  return (
    <SourcedValue
      of={{
        label: `${what}: ${of}`,
        value,
        unit,
        band: interval,
        ...BASIS,
        equation: `${EQUATIONS[what]}; ${WHERE}`,
        ...(interval === null ? {} : { note: 'The band holds 95 % of 2000 draws of whole references.' }),
      }}
    >
      {printed(value)}
      {unit === '' ? '' : ` ${unit}`}
      {interval === null ? null : <span class="hint block"> {interval.map(printed).join(' to ')}</span>}
    </SourcedValue>
  );
}

function Interval({
  score,
  ...props
}: Pick<ScoreProps, 'of' | 'what' | 'digits'> & { readonly score: Score | null | undefined }): JSX.Element {
  return <ScoreValue {...props} value={score?.value} interval={score?.interval95 ?? null} />;
}

/** Points of efficiency between two systems. */
function Points({
  of,
  value,
  tag,
}: {
  readonly of: string;
  readonly value: number;
  readonly tag: string;
}): JSX.Element {
  return (
    <SourcedValue
      of={{
        label: `Difference of efficiency, ${of}`,
        value,
        unit: 'points',
        tag,
        source: tag === 'reported' ? 'the two rows as the reviews print them' : BASIS.source,
        equation: `efficiency of the second less that of the first; ${WHERE}`,
      }}
    >
      {signed(value)}
    </SourcedValue>
  );
}

export function Scores({
  results,
  shown,
  total,
  command,
}: {
  readonly results: Results;
  readonly shown: number;
  readonly total: number;
  readonly command: string;
}): JSX.Element | null {
  const { scores, isComplete } = results;
  const { coulombic_efficiency: ce, coulombic_efficiency_b: ceB } = scores;
  const magnitudes: readonly (readonly [
    string,
    Omit<Magnitudes, 'not_computed'> & { readonly not_computed?: number },
  ])[] = [
    ['Interfacial resistance', scores.interfacial_resistance],
    ['Polarisation', scores.polarisation],
    ['Solid electrolyte, untreated face', scores.solid_resistance_without],
    ['Solid electrolyte, treated face', scores.solid_resistance_with],
    ['Untreated over treated', scores.interlayer_ratio],
  ];
  const lines = [
    [`Table A1: computed, ${ce.rows} rows`, ce.model],
    ['the same without coatings, hosts and seeds', ce.strategies_frozen],
    ['mean of the other rows', ce.baselines.mean],
    ['mean of the other rows of the electrolyte group', ce.baselines.electrolyte_group],
    ['mean of the other rows of the strategy', ce.baselines.strategy_group],
    [`Tables B1 and B2: computed, ${ceB.rows} rows`, ceB.model],
  ] as const;
  const scored = magnitudes.filter(([, { rmse_log10 }]) => rmse_log10 !== null);
  const hasEfficiencies = lines.some(([, own]) => own !== null);
  if (!hasEfficiencies && scored.length === 0) return null;
  const isBehind = ce.beats_electrolyte_group === false;
  return (
    <section class="card scores" aria-label="Scores">
      <h2>Scores</h2>
      {isComplete && shown === total ? null : (
        <p class="warning">
          {isComplete ? `Of the ${shown} systems shown, not all ${total}.` : 'Of what is computed so far.'} Scores of
          few rows say little.
        </p>
      )}
      {scores.statements.map((statement, k) => (
        <p key={statement} class={k === 0 && isBehind ? 'verdict is-behind' : k === 0 ? 'verdict' : ''}>
          <SourcedText text={statement} basis={{ label: 'What the scores say', ...BASIS, equation: WHERE }} />
        </p>
      ))}
      {isBehind && isComplete && shown === total ? (
        <p>
          So for a system like these the mean of its electrolyte’s group is the better guess; the computed value is
          worth having for its signs, for what it says of the causes, and outside the table.
        </p>
      ) : null}
      {hasEfficiencies ? (
        <div class="scroll-x">
          <ExportLine
            title="scores of the efficiency"
            figure={null}
            table={() => efficiencyScoresTable(lines)}
            context={{ name: 'reproduce-scores-efficiency', command }}
          />
          <table>
            <caption>Coulombic efficiency. Under each number its interval over draws of whole references</caption>
            <thead>
              <tr>
                <th scope="col" class="text">
                  Foretold by
                </th>
                <th scope="col">RMSE of −log₁₀(1 − CE)</th>
                <th scope="col">Mean error, points</th>
                <th scope="col">Spearman ρ</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(([name, own]) =>
                own === null ? null : (
                  <tr key={name} class={own === ce.model || own === ceB.model ? 'model' : ''}>
                    <th scope="row">{name}</th>
                    <td>
                      <Interval of={name} what="RMSE of −log₁₀(1 − CE)" score={own.rmse_lce} digits={3} />
                    </td>
                    <td>
                      <Interval of={name} what="Mean error" score={own.mae_percentage_points} digits={2} />
                    </td>
                    <td>
                      <Interval of={name} what="Spearman ρ" score={own.spearman} digits={2} />
                    </td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        </div>
      ) : null}
      {scored.length === 0 ? null : (
        <div class="scroll-x">
          <ExportLine
            title="scores of resistance and polarisation"
            figure={null}
            table={() => magnitudeScoresTable(scored)}
            context={{ name: 'reproduce-scores-magnitudes', command }}
          />
          <table>
            <caption>Resistance and polarisation, by the logarithm of computed over reported</caption>
            <thead>
              <tr>
                <th scope="col" class="text">
                  Quantity
                </th>
                <th scope="col">Values</th>
                <th scope="col">RMSE of log₁₀</th>
                <th scope="col">Geometric mean of the others</th>
                <th scope="col">Within a factor of 2</th>
                <th scope="col">Bands that hold it</th>
              </tr>
            </thead>
            <tbody>
              {scored.map(([name, { rows, rmse_log10, baseline_rmse_log10, within_factor_2, coverage }]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>
                    <SourcedValue
                      of={{
                        label: `Values compared: ${name}`,
                        value: rows,
                        unit: '',
                        ...BASIS,
                        equation: `rows with a printed and a computed number; ${WHERE}`,
                      }}
                    />
                  </td>
                  <td>
                    <Interval of={name} what="RMSE of log₁₀" score={rmse_log10} digits={2} />
                  </td>
                  <td>
                    <ScoreValue of={name} what="Geometric mean of the others" value={baseline_rmse_log10} digits={2} />
                  </td>
                  <td>
                    <ScoreValue
                      of={name}
                      what="Within a factor of 2"
                      value={percent(within_factor_2)}
                      unit="%"
                      digits={0}
                    />
                  </td>
                  <td>
                    <ScoreValue of={name} what="Bands that hold it" value={percent(coverage)} unit="%" digits={0} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ul>
        {scores.interfacial_resistance_change.pairs === 0 ? null : (
          <li>
            <SourcedText
              text={`Whether the resistance rises or falls in the test is right in ${scores.interfacial_resistance_change.correct} of ${scores.interfacial_resistance_change.pairs} rows.`}
              basis={{ label: 'Signs of the change of resistance', ...BASIS, equation: WHERE }}
            />
          </li>
        )}
        {scores.life.tests === 0 || !isComplete ? null : (
          <li>
            <SourcedText
              text={`${scores.life.reached} of ${scores.life.tests} computed cells live as long as the reported test ran.`}
              basis={{ label: 'Lives', ...BASIS, equation: WHERE }}
            />
          </li>
        )}
        {ce.signs.pairs === 0 ? null : (
          <li>
            <SourcedText
              text={`${ce.signs.correct} of ${ce.signs.pairs} pairs that differ in one thing are set in the right order.`}
              basis={{ label: 'Pairs in the right order', ...BASIS, equation: WHERE }}
            />
          </li>
        )}
      </ul>
      {ce.contrasts.length === 0 ? null : (
        <details>
          <summary>
            {ce.contrasts.length === 1 ? 'The pair' : `The ${ce.contrasts.length} pairs`}, points of efficiency
          </summary>
          <ExportLine
            title="the pairs"
            figure={null}
            table={() => contrastsTable(ce.contrasts)}
            context={{ name: 'reproduce-pairs', command }}
          />
          <ul>
            {ce.contrasts.map(({ first, second, differ, reported_percentage_points: points, ...one }) => (
              <li key={`${first} ${second}`}>
                {first} → {second}, another {differ}: reported{' '}
                <Points of={`${first} → ${second}, reported`} value={points} tag="reported" />, computed{' '}
                <Points of={`${first} → ${second}, computed`} value={one.computed_percentage_points} tag="computed" />
                {one.same_sign ? '' : ', wrong'}
              </li>
            ))}
          </ul>
        </details>
      )}
      <p class="hint">
        A band says how far the ranges of a cell’s values carry. It does not hold what the model leaves out, nor the
        scatter between laboratories (0.18 in −log₁₀(1 − CE)), which no model can be better than.
      </p>
    </section>
  );
}
