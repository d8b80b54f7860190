// The findings as sentences, most important first. Every number says its range and its error or that the error is not known.

import type { CyclingFindings, Drift, LongRunEfficiency, ReservoirFinding } from './contract.ts';
import { loadingSign } from './pairing.ts';
import { deviationOf, meanOf } from './summary-statistics.ts';
import { chargeWords, count, currentWords, durationWords, milliVolts, percentWords } from './words.ts';

/** What a flat trace in a liquid electrolyte is to be doubted for. */
export const FLAT_WORDS = ' In a liquid electrolyte a flat trace is no proof of health: soft shorts are flat too.';

/** The remark of a cell called Li|Cu in which nothing is plated. */
export const HOST_WORDS =
  'no plating has its plateau below 0 V: the working electrode takes lithium in as a host, and the efficiency is that of the host';

type Said = Omit<CyclingFindings, 'sentences'>;

export function sentencesOf(findings: Said): readonly string[] {
  const life = lifeSentence(findings);
  const ended = findings.cycleLife?.censored === false;
  return [
    ...(ended ? life : []),
    ...reservoirSentence(findings),
    ...efficiencySentence(findings),
    ...arrivalSentence(findings),
    ...oneWaySentence(findings),
    ...retentionSentence(findings),
    ...criticalSentence(findings),
    ...polarisationSentence(findings),
    ...shapeSentence(findings),
    ...nucleationSentence(findings),
    ...(ended ? [] : life),
    ...restSentence(findings),
  ];
}

function lifeSentence({ cycleLife }: Said): string[] {
  if (cycleLife === null) return [];
  // That one cycle did not end a cell is no news.
  if (cycleLife.censored && cycleLife.seen <= 1) return [];
  return cycleLife.censored
    ? [
        `Life: more than ${count(cycleLife.seen, 'cycle')}; the test ended before its criterion was met (${cycleLife.criterion}).`,
      ]
    : [`Life: ${cycleLife.words}.`];
}

/** Each test, and of several what they agree to. */
function reservoirSentence({ reservoirs }: Said): string[] {
  if (reservoirs.length < 2) return reservoirs.map((one) => reservoirWords(one, ''));
  const of = (pick: (one: ReservoirFinding) => number): string => {
    const values = reservoirs.map(pick);
    const spread = deviationOf(values);
    return `${percentWords(meanOf(values), spread)} ± ${percentWords(spread ?? 0, spread)}`;
  };
  return [
    `${reservoirs.length} reservoir tests: ${of(({ adams }) => adams)} as all stripped over all plated, ${of(({ lossBased }) => lossBased)} with the loss shared among the short cycles (mean ± standard deviation of the tests).`,
    ...reservoirs.map((one, k) => reservoirWords(one, ` ${k + 1} at ${durationWords(one.start_s)}`)),
  ];
}

function reservoirWords(
  { adams, lossBased, shortCycles, systematic, exhaustion }: ReservoirFinding,
  which: string,
): string {
  const digits = adams > 0.99 ? 3 : 2;
  const error =
    systematic === null
      ? 'error of the instrument not known'
      : `± ${percentWords(systematic, systematic)} from the instrument`;
  const used =
    exhaustion === null
      ? ''
      : ` The reservoir was used up: 1 − Q_T/(N·Q_C) gives ${percentWords(exhaustion.coulombic_efficiency)} ± ${percentWords(exhaustion.resolution)}.`;
  return `Reservoir test${which} with ${shortCycles} short cycles: ${(100 * adams).toFixed(digits)} % as all stripped over all plated, ${(100 * lossBased).toFixed(digits)} % with the loss shared among the short cycles (${error}).${used}`;
}

function efficiencySentence(findings: Said): string[] {
  const { longRun, cumulative, cell } = findings;
  if (longRun === null) return [];
  const isHost = findings.remarks.includes(HOST_WORDS);
  const of =
    cell !== 'Li|Cu'
      ? 'Coulombic efficiency of the full cell (not of lithium)'
      : isHost
        ? 'Coulombic efficiency of the host (no lithium is plated)'
        : 'Coulombic efficiency of lithium';
  const scatter = longRun.interval === null ? null : 0.5 * (longRun.interval[1] - longRun.interval[0]);
  const mean = percentWords(longRun.coulombic_efficiency, scatter);
  const { from, to } = longRun;
  const which = from === to ? `cycle ${from} alone` : `cycles ${from} to ${to}, ${longRun.cycles} counted`;
  const formation = longRun.formationExcluded === 0 ? '' : `, ${longRun.formationExcluded} of formation left out`;
  const range = `${which}${formation}`;
  const error =
    scatter !== null
      ? `; ± ${percentWords(scatter, scatter)} at 95 % from their scatter`
      : longRun.cycles === 1
        ? ''
        : '; too few for an interval';
  const total =
    cumulative === null || cumulative.from === cumulative.to
      ? ''
      : ` All that came back over all that was put in: ${percentWords(cumulative.coulombic_efficiency)}.`;
  return [`${of}: ${mean} (${range}${error}).${claim(longRun, isHost)}${total}`];
}

/** A first cycle that gave back what was there before it. */
function arrivalSentence({ cycles, area_m2 }: Said): string[] {
  return cycles
    .filter(({ flags }) => flags.includes('came-charged'))
    .map(
      ({ cycle, charged_C, discharged_C }) =>
        `The cell came charged: cycle ${cycle} gave back ${chargeWords(discharged_C, area_m2)} after a charge of ${chargeWords(charged_C, area_m2)}, which is no efficiency and is not counted.`,
    );
}

/** What passed where the current went one way only. */
function oneWaySentence({ cycles, cell, area_m2 }: Said): string[] {
  const loading = loadingSign(cell);
  const all_C = (key: 'charged_C' | 'discharged_C'): number => cycles.reduce((sum, cycle) => sum + cycle[key], 0);
  const [charged_C, discharged_C] = [all_C('charged_C'), all_C('discharged_C')];
  if (loading === null || charged_C > 0 === discharged_C > 0) return [];
  const [positive, negative] = cell === 'Li|Cu' ? ['stripped', 'plated'] : ['charged', 'discharged'];
  return charged_C > 0
    ? [`${chargeWords(charged_C, area_m2)} ${positive} and nothing ${negative}: there is no efficiency yet.`]
    : [`${chargeWords(discharged_C, area_m2)} ${negative} and nothing ${positive}: there is no efficiency yet.`];
}

function claim({ lossResolved, systematic, claimable, aboveOne, cycles }: LongRunEfficiency, isHost: boolean): string {
  const which = cycles === 1 ? 'It lies' : `${aboveOne} of ${cycles} cycles lie`;
  const above =
    aboveOne === 0
      ? ''
      : ` ${which} above 100 %: ${isHost ? 'the host held lithium from before' : 'lithium of earlier cycles, a short'}, or an error of charge.`;
  if (lossResolved) {
    return `${systematic === null ? ' The accuracy of the instrument is not known.' : ` The instrument may shift it by ${percentWords(systematic, systematic)}.`}${above}`;
  }
  const why = systematic === null ? 'without the accuracy of the instrument' : 'with an instrument of this accuracy';
  return ` Above ${percentWords(claimable, 1 - claimable)} nothing can be claimed ${why}.${above}`;
}

function retentionSentence({ retention, impliedEfficiency }: Said): string[] {
  if (retention === null) return [];
  const { last, referenceCycle, lastCycle } = retention;
  const kept = `Capacity: ${percentWords(last)} of cycle ${referenceCycle} in cycle ${lastCycle}.`;
  return impliedEfficiency === null ? [kept] : [`${kept} Implied efficiency of lithium: ${impliedEfficiency.words}.`];
}

function criticalSentence({ criticalCurrent, area_m2 }: Said): string[] {
  if (criticalCurrent === null) return [];
  const { firstShort, firstIrreversible, highest_A, words } = criticalCurrent;
  if (firstShort === null)
    return [`Critical current: above ${currentWords(highest_A, area_m2)}, the highest passed (${words}).`];
  const last =
    firstIrreversible === null
      ? 'none from which the cell did not come back'
      : `the first that stayed at ${currentWords(firstIrreversible.current_A, area_m2)}`;
  return [`Critical current: first short at ${currentWords(firstShort.current_A, area_m2)}, ${last} (${words}).`];
}

function polarisationSentence({ polarisation, cell }: Said): string[] {
  if (polarisation === null) return [];
  const { first_V, last_V, lowest_V, lowestCycle, drift, of, points } = polarisation;
  const where = cell === 'Li|Li' ? '' : ' (half of what lies between both directions, at mid-capacity)';
  if (points === 1) return [`Polarisation${where}: ${milliVolts(first_V)} in ${of} ${lowestCycle}.`];
  const isEven = [last_V, lowest_V].every((value) => milliVolts(value) === milliVolts(first_V));
  if (isEven) return [`Polarisation${where}: ${milliVolts(first_V)} throughout${driftWords(drift, of)}.`];
  return [
    `Polarisation${where}: ${milliVolts(first_V)} at first, ${milliVolts(last_V)} at last, lowest ${milliVolts(lowest_V)} in ${of} ${lowestCycle}${driftWords(drift, of)}.`,
  ];
}

/** A slope within twice its error is no drift. */
const DRIFT_ERRORS = 2;

function driftWords(drift: Drift | null, of: string): string {
  if (drift === null) return '';
  const { perCycle_V: slope_V, perCycle_V_error: error_V } = drift;
  if (error_V === null) return `; ${milliVolts(slope_V)} for each ${of}`;
  const found = `${milliVolts(slope_V)} ± ${milliVolts(error_V)} for each ${of}`;
  return Math.abs(slope_V) > DRIFT_ERRORS * error_V ? `; drift ${found}` : `; no drift beyond its error (${found})`;
}

function shapeSentence({ arcing }: Said): string[] {
  if (arcing === null) return [];
  const flat = arcing.last === 'rectangular' ? FLAT_WORDS : '';
  if (arcing.halfCycles === 1) return [`Shape of the half-cycle: ${arcing.last}.${flat}`];
  const shape =
    arcing.first === arcing.last ? `${arcing.last} throughout` : `${arcing.first} at first, ${arcing.last} at last`;
  return [`Shape of the half-cycles: ${shape}.${flat}`];
}

function nucleationSentence({ cycles }: Said): string[] {
  const first = cycles.find(({ nucleation }) => nucleation !== null);
  if (first?.nucleation == null) return [];
  const { nucleation, cycle } = first;
  switch (nucleation.kind) {
    case 'dip': {
      const ohmic = nucleation.ohmic_V === null ? '' : `, of which ${milliVolts(nucleation.ohmic_V)} are |I|·R_s`;
      const coarse = nucleation.resolved ? '' : '; rows too far apart, so the tip may lie deeper';
      return [
        `Nucleation in cycle ${cycle}: tip ${milliVolts(nucleation.eta_n_V)} (η_n), ${milliVolts(nucleation.mu_n_V)} beyond the plateau (μ_n)${ohmic}${coarse}.`,
      ];
    }
    case 'none':
      return [`Nucleation in cycle ${cycle}: no dip above ${milliVolts(nucleation.criterion_V)}.`];
    case 'unresolved':
      return [];
  }
}

function restSentence({ restLoss }: Said): string[] {
  return restLoss === null ? [] : [`Rest costs ${restLoss.words}.`];
}
