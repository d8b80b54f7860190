// How good the computed values are, beside what the mean of other rows would have given: said first in words, and as plainly where the
// physics is no better.

import type { JSX } from 'preact';
import type { Results } from './computed.tsx';

type Score = NonNullable<Results['scores']['coulombic_efficiency']['model']>['rmse_lce'];
type Magnitudes = Results['scores']['polarisation'];

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const signed = (points: number): string => `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(2)}`;

function Interval({
  score,
  digits,
}: {
  readonly score: Score | null | undefined;
  readonly digits: number;
}): JSX.Element {
  if (score == null) return <>–</>;
  const { value, interval95 } = score;
  return (
    <>
      {value.toFixed(digits).replace('-', '−')}
      {interval95 === null ? null : (
        <span class="hint block">{interval95.map((end) => end.toFixed(digits).replace('-', '−')).join(' to ')}</span>
      )}
    </>
  );
}

export function Scores({
  results,
  shown,
  total,
}: {
  readonly results: Results;
  readonly shown: number;
  readonly total: number;
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
          {statement}
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
          <table>
            <caption>Coulombic efficiency. Under each number the interval of 95 % of draws of whole references</caption>
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
                      <Interval score={own.rmse_lce} digits={3} />
                    </td>
                    <td>
                      <Interval score={own.mae_percentage_points} digits={2} />
                    </td>
                    <td>
                      <Interval score={own.spearman} digits={2} />
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
                  <td>{rows}</td>
                  <td>
                    <Interval score={rmse_log10} digits={2} />
                  </td>
                  <td>{baseline_rmse_log10?.toFixed(2) ?? '–'}</td>
                  <td>{within_factor_2 === null ? '–' : percent(within_factor_2)}</td>
                  <td>{coverage === null ? '–' : percent(coverage)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <ul>
        {scores.interfacial_resistance_change.pairs === 0 ? null : (
          <li>
            Whether the resistance rises or falls in the test is right in {scores.interfacial_resistance_change.correct}{' '}
            of {scores.interfacial_resistance_change.pairs} rows.
          </li>
        )}
        {scores.life.tests === 0 || !isComplete ? null : (
          <li>
            {scores.life.reached} of {scores.life.tests} computed cells live as long as the reported test ran.
          </li>
        )}
        {ce.signs.pairs === 0 ? null : (
          <li>
            {ce.signs.correct} of {ce.signs.pairs} pairs that differ in one thing are set in the right order.
          </li>
        )}
      </ul>
      {ce.contrasts.length === 0 ? null : (
        <details>
          <summary>
            {ce.contrasts.length === 1 ? 'The pair' : `The ${ce.contrasts.length} pairs`}, points of efficiency
          </summary>
          <ul>
            {ce.contrasts.map(({ first, second, differ, reported_percentage_points: points, ...one }) => (
              <li key={`${first} ${second}`}>
                {first} → {second}, another {differ}: reported {signed(points)}, computed{' '}
                {signed(one.computed_percentage_points)}
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
