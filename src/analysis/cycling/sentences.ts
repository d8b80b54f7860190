// The findings as sentences, most important first. Every number says its range and its error or that the error is not known.

import type { CyclingFindings, LongRunEfficiency } from './contract.ts';
import { count, currentWords, milliVolts, percentWords } from './words.ts';

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
    ...retentionSentence(findings),
    ...criticalSentence(findings),
    ...(ended ? [] : life),
    ...polarisationSentence(findings),
    ...shapeSentence(findings),
    ...nucleationSentence(findings),
    ...restSentence(findings),
  ];
}

function lifeSentence({ cycleLife }: Said): string[] {
  if (cycleLife === null) return [];
  return cycleLife.censored
    ? [
        `Life: more than ${count(cycleLife.seen, 'cycle')}; the test ended before its criterion was met (${cycleLife.criterion}).`,
      ]
    : [`Life: ${cycleLife.words}.`];
}

function reservoirSentence({ reservoir, exhaustion }: Said): string[] {
  if (reservoir === null) return [];
  const { adams, lossBased, shortCycles, systematic } = reservoir;
  const digits = adams > 0.99 ? 3 : 2;
  const error =
    systematic === null
      ? 'error of the instrument not known'
      : `± ${percentWords(systematic, systematic)} from the instrument`;
  const used =
    exhaustion === null
      ? ''
      : ` The reservoir was used up: 1 − Q_T/(N·Q_C) gives ${percentWords(exhaustion.coulombic_efficiency)} ± ${percentWords(exhaustion.resolution)}.`;
  return [
    `Reservoir test with ${shortCycles} short cycles: ${(100 * adams).toFixed(digits)} % as all stripped over all plated, ${(100 * lossBased).toFixed(digits)} % with the loss shared among the short cycles (${error}).${used}`,
  ];
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
  const which = from === to ? `cycle ${from}` : `cycles ${from} to ${to}, ${longRun.cycles} counted`;
  const range = `${which}, ${longRun.formationExcluded} of formation left out`;
  const error =
    scatter === null ? 'too few for an interval' : `± ${percentWords(scatter, scatter)} at 95 % from their scatter`;
  const total =
    cumulative === null
      ? ''
      : ` All that came back over all that was put in: ${percentWords(cumulative.coulombic_efficiency)}.`;
  return [`${of}: ${mean} (${range}; ${error}).${claim(longRun, isHost)}${total}`];
}

function claim({ lossResolved, systematic, claimable, aboveOne, cycles }: LongRunEfficiency, isHost: boolean): string {
  const above =
    aboveOne === 0
      ? ''
      : ` ${aboveOne} of ${cycles} cycles lie above 100 %: ${isHost ? 'the host held lithium from before' : 'lithium of earlier cycles, a short'}, or an error of charge.`;
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

function polarisationSentence({ polarisation }: Said): string[] {
  if (polarisation === null) return [];
  const { first_V, last_V, lowest_V, lowestCycle, drift, of } = polarisation;
  const error = drift === null || drift.perCycle_V_error === null ? '' : ` ± ${milliVolts(drift.perCycle_V_error)}`;
  const slope = drift === null ? '' : `; ${milliVolts(drift.perCycle_V)}${error} for each ${of}`;
  return [
    `Polarisation: ${milliVolts(first_V)} at first, ${milliVolts(last_V)} at last, lowest ${milliVolts(lowest_V)} in ${of} ${lowestCycle}${slope}.`,
  ];
}

function shapeSentence({ arcing }: Said): string[] {
  if (arcing === null) return [];
  const flat = arcing.last === 'rectangular' ? FLAT_WORDS : '';
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
