// Which charge is divided by which. An efficiency compares what was put in with what then came out, so a return is paired with the
// charge before it. Numbers of cycles are kept where they already say so; where a record starts with the return, or a number turns over
// between the two, charge n goes with the return that follows it.

import type { AnalysedCellKind } from '../efficiency.ts';
import type { HalfCycleFindings, Pairing } from './contract.ts';

/** Half-cycles of one cycle, in order. */
export interface CycleGroup {
  readonly cycle: number;
  readonly halves: readonly HalfCycleFindings[];
}

/** Sign of the current that puts lithium where it is to come back from; null for Li|Li, where both sides are alike. */
export function loadingSign(cell: AnalysedCellKind): 1 | -1 | null {
  switch (cell) {
    case 'Li|Cu':
      return -1;
    case 'Li|cathode':
    case 'Cu|cathode':
      return 1;
    case 'Li|Li':
      return null;
  }
}

export function pairHalfCycles(
  halves: readonly HalfCycleFindings[],
  cell: AnalysedCellKind,
): { readonly pairing: Pairing; readonly groups: readonly CycleGroup[] } {
  const loading = loadingSign(cell);
  const numbered = groupsByNumber(halves);
  const [into, out] = cell === 'Li|Cu' ? ['plating', 'stripping'] : ['charge', 'discharge'];
  if (loading === null) {
    return {
      pairing: { rule: 'within a cycle', words: 'both directions of one cycle number belong together' },
      groups: numbered,
    };
  }
  if (keepsOrder(numbered, loading)) {
    const words = `${out} of cycle n with ${into} of cycle n, as the cycles of the record are numbered`;
    return { pairing: { rule: 'within a cycle', words }, groups: numbered };
  }
  const first = halves[0]?.sign === -loading;
  const why = first ? `the record starts with a ${out}` : `the numbers of the record part ${into} from ${out}`;
  return {
    pairing: {
      rule: 'n with the return that follows',
      words: `${into} n with the ${out} that follows it (cycle n + 1 where the number turns over between them), because ${why}`,
    },
    groups: groupsBySequence(halves, loading),
  };
}

/** Half-cycles one after the other under one number. Numbers that fall, as of joined files, are counted anew. */
function groupsByNumber(halves: readonly HalfCycleFindings[]): CycleGroup[] {
  const groups: HalfCycleFindings[][] = [];
  halves.forEach((half, k) => {
    if (k > 0 && half.cycle === halves[k - 1]!.cycle) groups.at(-1)!.push(half);
    else groups.push([half]);
  });
  const rising = groups.every((own, k) => k === 0 || own[0]!.cycle > groups[k - 1]![0]!.cycle);
  return groups.map((own, k) => ({ cycle: rising ? own[0]!.cycle : k + 1, halves: own }));
}

/** Whether the numbers hold a load and its return together: somewhere both, and nowhere a return before the load. */
function keepsOrder(groups: readonly CycleGroup[], loading: 1 | -1): boolean {
  const whole = groups.filter(
    ({ halves }) => halves.some(({ sign }) => sign === loading) && halves.some(({ sign }) => sign !== loading),
  );
  const only = groups.filter((group) => !whole.includes(group));
  // Loads and returns that stand under numbers of their own are paired across numbers.
  const apart = only.some(({ halves }, k) => k > 0 && halves[0]!.sign !== only[k - 1]!.halves[0]!.sign);
  return whole.every(({ halves }) => halves[0]!.sign === loading) && (whole.length > 1 || !apart);
}

/** A cycle from each load that follows a return. What came back before the first load is a cycle of its own. */
function groupsBySequence(halves: readonly HalfCycleFindings[], loading: 1 | -1): CycleGroup[] {
  const sequences: HalfCycleFindings[][] = [];
  halves.forEach((half, k) => {
    if (k === 0 || (half.sign === loading && halves[k - 1]!.sign !== loading)) sequences.push([half]);
    else sequences.at(-1)!.push(half);
  });
  const leading = sequences[0]?.[0]?.sign === loading ? 0 : 1;
  const numbers = sequences.slice(leading).map((own) => own[0]!.cycle);
  const rising = numbers.every((number, k) => k === 0 || number > numbers[k - 1]!);
  const numberOf = (k: number): number => (rising && numbers.length > 0 ? numbers[k]! : k + 1);
  return sequences.map((own, k) => ({
    cycle: k < leading ? numberOf(0) - 1 : numberOf(k - leading),
    halves: own,
  }));
}
