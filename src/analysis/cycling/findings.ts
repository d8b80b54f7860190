// All that cycling says about a cell, from its record alone and what a person adds to it.

import type { CyclingRecord } from '../../records/index.ts';
import { takesLithiumAsHost } from '../cell-doubt.ts';
import { type AnalysedCellKind, efficiencyConvention } from '../efficiency.ts';
import { currentIsNoise, knownRows, NOISE_WORDS } from '../known-rows.ts';
import { arcingFindings, arcingOf } from './arcing.ts';
import {
  CYCLING_DEFAULTS,
  type CyclingFindings,
  type CyclingOptions,
  type CyclingQuestion,
  type HalfCycleFindings,
} from './contract.ts';
import { criticalCurrentFindings } from './critical-current.ts';
import { cyclesOf, isWhole } from './cycles.ts';
import { directions, halfCyclesOf } from './half-cycles.ts';
import { cycleLife, impliedEfficiency, retentionFindings } from './life.ts';
import { cumulativeEfficiency, longRunEfficiency } from './long-run.ts';
import { nucleationOf } from './nucleation.ts';
import { loadingSign, pairHalfCycles } from './pairing.ts';
import { polarisationFindings } from './polarisation.ts';
import { protocolSummary } from './protocol.ts';
import { reservoirFindings } from './reservoir-finding.ts';
import { restLoss } from './rest-loss.ts';
import { COUNTERS_DIFFER_MAX, type RowCharges, rowCharges } from './row-charges.ts';
import { HOST_WORDS, sentencesOf } from './sentences.ts';
import { chargeWords, count, percentWords } from './words.ts';

/** Why a part is missing, gathered while the parts are made. */
type Reasons = Partial<Record<CyclingQuestion, string>>;

/** A step of the counters worth a remark, as a share of the smallest half-cycle. */
const STEP_REMARKED = 2e-3;
/** How the remark on the source of charges begins. */
export const CHARGES_ARE = 'charges are those of';

/** Counters and current that differ more than this are worth a remark. */
const DIFFER_REMARKED = 1e-3;

/**
 * Analyses one record. Never throws for what a record holds: a part that cannot be told is null, with its reason in `reasons`.
 * Definitions: docs/analysis.md.
 */
export function analyseCycling(record: CyclingRecord, options: CyclingOptions): CyclingFindings {
  const wanted = { ...CYCLING_DEFAULTS, range: {}, ...options };
  const { cell, gainMismatch, shorts } = wanted;
  const area_m2 = options.area_m2 ?? record.area_m2;
  const known = knownRows(record);
  const charges = rowCharges(known, wanted);
  const bare = halfCyclesOf(known, charges.charge_C, { cell, restShare: wanted.restShare, area_m2 });
  const halfCycles = bare.map(
    (half): HalfCycleFindings => ({
      ...half,
      nucleation:
        cell === 'Li|Cu' && half.sign < 0
          ? nucleationOf(known, charges.charge_C, half, wanted.seriesResistance_ohm)
          : null,
      arcing: cell === 'Li|Li' ? arcingOf(known, charges.charge_C, half) : null,
    }),
  );
  const reasons: Reasons = {};
  /** A string is the reason why there is nothing. */
  const told = <T extends object>(question: CyclingQuestion, answer: T | string | null, otherwise = ''): T | null => {
    if (typeof answer === 'object' && answer !== null) return answer;
    reasons[question] = answer ?? otherwise;
    return null;
  };
  const nothing = nothingToTell(record, known, halfCycles);
  const reservoirs =
    cell === 'Li|Cu'
      ? reservoirFindings(known, charges.charge_C, wanted)
      : { reservoirs: [], spans: [], reason: 'a reservoir test belongs to Li|Cu' };
  const [reservoir] = reservoirs.reservoirs;
  const { pairing, groups } = pairHalfCycles(halfCycles, cell);
  const rows = known.time_s.length;
  const cycles = cyclesOf(groups, {
    cell,
    gainMismatch,
    formationCycles: wanted.formationCycles,
    range: wanted.range,
    referenceCycle: wanted.referenceCycle,
    end_s: known.time_s[rows - 1] ?? 0,
    endsUnderCurrent: directions(known.current_A, wanted.restShare)[rows - 1] !== 0,
    reservoirs: reservoirs.spans,
  });
  const loading = loadingSign(cell);
  const none =
    nothing ?? (loading === null ? 'Li|Li: both sides hold lithium, so equal charges say nothing of losses' : null);
  if (!cycles.some(({ coulombic_efficiency }) => coulombic_efficiency !== null)) {
    reasons.efficiency = none ?? 'no cycle has both a charge put in and one that came back';
  }
  const cathode = cell === 'Li|cathode' || cell === 'Cu|cathode';
  const retention = told(
    'retention',
    cathode ? retentionFindings(cycles, wanted.referenceCycle) : 'capacity retention belongs to a cell with a cathode',
    nothing ?? 'no two complete cycles',
  );
  const life = told('cycleLife', nothing ?? cycleLife(cycles, halfCycles, { ...wanted, cell, shorts }));
  if (cell !== 'Li|Cu') reasons.nucleation = nucleationReason(cell);
  else if (!halfCycles.some(({ nucleation }) => nucleation !== null && nucleation.kind !== 'unresolved')) {
    const why = halfCycles.find(({ nucleation }) => nucleation?.kind === 'unresolved')?.nucleation;
    reasons.nucleation = nothing ?? (why?.kind === 'unresolved' ? why.why : 'no plating');
  }
  const findings: Omit<CyclingFindings, 'sentences'> = {
    cell,
    convention: efficiencyConvention(cell),
    conventionWords: conventionWords(cell),
    pairing,
    area_m2,
    chargeSource: charges.source,
    chargeSourcesDiffer: charges.differ,
    protocol: protocolSummary(record, charges.sampling_s, halfCycles, cell, area_m2),
    halfCycles,
    cycles,
    longRun: told(
      'longRun',
      none ?? longRunEfficiency(cycles, gainMismatch),
      'no cycle counts: each is formation, incomplete, out of the range, or left lithium by design',
    ),
    cumulative: told(
      'cumulative',
      none ?? cumulativeEfficiency(cycles, loading!, gainMismatch),
      'no cycle has both a charge put in and one that came back',
    ),
    reservoir: told('reservoir', nothing ?? reservoir ?? null, reservoirs.reason ?? ''),
    reservoirs: reservoirs.reservoirs,
    exhaustion: told(
      'exhaustion',
      nothing ?? reservoir?.exhaustion ?? null,
      reservoir === undefined ? (reservoirs.reason ?? '') : 'the reservoir outlasted the short cycles',
    ),
    polarisation: told('polarisation', nothing ?? polarisationFindings(cell, cycles, halfCycles)),
    arcing: told(
      'arcing',
      nothing ?? (cell === 'Li|Li' ? arcingFindings(halfCycles) : 'the shape of half-cycles is read in Li|Li'),
      'no half-cycle at constant current with rows enough to show a shape',
    ),
    criticalCurrent: told(
      'criticalCurrent',
      nothing ??
        (cell === 'Li|Li'
          ? criticalCurrentFindings(halfCycles, area_m2, shorts)
          : 'a critical current is read from a staircase in Li|Li'),
    ),
    cycleLife: life,
    retention,
    impliedEfficiency: told(
      'impliedEfficiency',
      nothing ??
        impliedEfficiency(cell, life, retention, cycles, {
          excess: wanted.excessLithium,
          threshold: wanted.retention,
        }),
    ),
    restLoss: told('restLoss', none ?? restLoss(cycles, loading!, area_m2)),
    reasons,
    remarks: [
      ...remarksOf(record, known, charges, cycles, halfCycles, cell),
      ...(reservoir !== undefined && reservoirs.reason !== null ? [reservoirs.reason] : []),
    ],
  };
  return { ...findings, sentences: sentencesOf(findings) };
}

/** Why nothing at all can be told; null where something can. */
function nothingToTell(
  record: CyclingRecord,
  known: CyclingRecord,
  halves: readonly HalfCycleFindings[],
): string | null {
  if (record.time_s.length === 0) return 'the record is empty';
  if (known.time_s.length === 0) return 'the record holds no current, so no charge can be told';
  return halves.length === 0 ? 'no current flowed' : null;
}

function conventionWords(cell: AnalysedCellKind): string {
  switch (cell) {
    case 'Li|Cu':
      return 'stripped ÷ plated on the working electrode; a cycler calls it charge ÷ discharge';
    case 'Li|cathode':
    case 'Cu|cathode':
      return 'discharged ÷ charged: the efficiency of the full cell, not of lithium';
    case 'Li|Li':
      return 'no efficiency: both sides hold lithium';
  }
}

const nucleationReason = (cell: AnalysedCellKind): string =>
  cell === 'Li|Li'
    ? 'Li|Li: lithium plates on lithium, and the voltage of one side is not known alone'
    : 'beside a cathode the voltage against lithium is not known';

/** The remark of a record whose current is signed the other way round. */
export const AGAINST_CURRENT_WORDS =
  'the voltage falls where the current rises: a cell would give energy in every cycle, so the sign of the current, or which electrode is the working one, is probably the other';

function remarksOf(
  record: CyclingRecord,
  known: CyclingRecord,
  { differ, source, step_C, pauses }: RowCharges,
  cycles: CyclingFindings['cycles'],
  halves: readonly HalfCycleFindings[],
  cell: AnalysedCellKind,
): readonly string[] {
  const remarks: string[] = currentIsNoise(record.current_A) ? [NOISE_WORDS] : [];
  const left = record.time_s.length - known.time_s.length;
  if (left > 0 && known.time_s.length > 0) remarks.push(`${left} rows without time, current or voltage were left out`);
  if (differ !== null && differ > COUNTERS_DIFFER_MAX) {
    remarks.push(
      `the counters of the instrument do not fit the current (they differ by ${percentWords(differ, 0.01)}) and were left aside: in another unit, or begun before the record`,
    );
  } else if (differ !== null && differ > DIFFER_REMARKED) {
    const [own, other] =
      source === 'current over time'
        ? ['the current over time', 'the counters of the instrument differ']
        : ['the counters of the instrument', 'the current over time differs'];
    remarks.push(`${CHARGES_ARE} ${own}; ${other} by ${percentWords(differ, differ)}`);
  }
  const smallest_C = Math.min(...halves.map(({ charge_C }) => charge_C));
  if (step_C !== null && step_C > STEP_REMARKED * smallest_C) {
    remarks.push(
      `the counters count in steps of ${chargeWords(step_C, null)}, so a charge is known to half of that: ${percentWords((0.5 * step_C) / smallest_C, 0.01)} of the smallest half-cycle`,
    );
  }
  if (pauses > 0) {
    remarks.push(
      `${count(pauses, 'pause')} between steps, far longer than the usual time between rows: no charge is counted there`,
    );
  }
  const above = cycles.filter(({ flags }) => flags.includes('above-one'));
  // A host that was first filled from a high voltage has a lower mean voltage afterwards, and is no such case.
  if (againstCurrent(cell, cycles, halves) && !takesLithiumAsHost(known)) {
    remarks.push(AGAINST_CURRENT_WORDS);
  }
  const mostAbove = above.length > 0.5 * cycles.length;
  if (mostAbove && cell !== 'Li|Cu' && cell !== 'Li|Li') {
    remarks.push(
      'most discharges exceed the charge before them: the cell came charged and still gives that back, the two directions are not measured alike, or the working electrode is an anode and the kind of cell is another',
    );
  }
  const platings = halves.filter(({ action }) => action === 'plate');
  if (cell === 'Li|Cu' && platings.length > 0 && platings.every(({ voltage }) => voltage.plateau_V > 0)) {
    remarks.push(HOST_WORDS);
  }
  const lithiumLeft = cycles.filter(({ flags }) => flags.includes('lithium-left')).length;
  if (lithiumLeft > 0) {
    remarks.push(
      `${lithiumLeft} cycles stopped stripping at the charge that was plated, so their 100 % is the protocol's and no efficiency`,
    );
  }
  return remarks;
}

/** Whether most cycles would give energy: the mean voltage at positive current below that at negative current. */
function againstCurrent(
  cell: AnalysedCellKind,
  cycles: CyclingFindings['cycles'],
  halves: readonly HalfCycleFindings[],
): boolean {
  const whole = cycles.filter(({ hysteresis_V, flags }) => hysteresis_V !== null && isWhole(flags));
  const against =
    whole.length > 0 || cell !== 'Li|Li'
      ? whole.map(({ hysteresis_V }) => hysteresis_V! < 0)
      : halves.map(({ voltage, sign }) => voltage.mean_V * sign < 0);
  return against.length > 0 && against.filter(Boolean).length > 0.5 * against.length;
}
