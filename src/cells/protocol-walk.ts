// The order of a protocol's steps and the cycle that each belongs to.
//
// What one cycle is:
// - a tuple (nested list) is one cycle;
// - each pass of a repeat is one cycle, at the outermost level: repeats inside it do not count. Only a repeat that holds
//   tuples counts those instead, so that PyBaMM's `[(A, B)] * 10` and "(A; B) * 10" are both ten cycles;
// - a step outside all of them is a cycle of its own, such as a formation step before the first repeat;
// - a protocol without tuples or repeats is one cycle as a whole (PyBaMM would count each of its steps).

import type { Protocol, ProtocolItem, Repeat, Step } from './protocol.ts';

/** Most passes that nested repeats may multiply to. A cell cycled once a minute for twenty years does no more. */
export const CYCLES_MAX = 1e7;

export interface ProtocolStep {
  readonly step: Step;
  /** From 1. */
  readonly cycle: number;
  /** From 1. */
  readonly stepInCycle: number;
}

/** Number of cycles of a protocol, by the rules at the head of this file. */
export function countCycles({ items }: Protocol): number {
  if (items.every(({ kind }) => kind === 'step')) return items.length === 0 ? 0 : 1;
  return items.reduce((sum, item) => sum + cyclesOf(item), 0);
}

/** The steps one by one in the order they are done. Lazy: a million repeats take no memory. */
export function* flattenProtocol({ items }: Protocol): Generator<ProtocolStep, void, undefined> {
  const counter = { cycle: 0, stepInCycle: 0 };
  if (items.every(({ kind }) => kind === 'step')) {
    counter.cycle = 1;
    yield* within(items, counter);
  } else {
    yield* counting(items, counter);
  }
}

interface Counter {
  cycle: number;
  stepInCycle: number;
}

function* counting(items: readonly ProtocolItem[], counter: Counter): Generator<ProtocolStep, void, undefined> {
  for (const item of items) {
    const passes = item.kind === 'repeat' ? item.times : 1;
    for (let pass = 0; pass < passes; pass++) {
      if (item.kind === 'repeat' && holdsCycles(item)) {
        yield* counting(item.items, counter);
      } else {
        counter.cycle++;
        counter.stepInCycle = 0;
        yield* within(item.kind === 'step' ? [item] : item.items, counter);
      }
    }
  }
}

/** Steps that all belong to the present cycle. */
function* within(items: readonly ProtocolItem[], counter: Counter): Generator<ProtocolStep, void, undefined> {
  for (const item of items) {
    if (item.kind === 'step') {
      counter.stepInCycle++;
      yield { step: item, cycle: counter.cycle, stepInCycle: counter.stepInCycle };
      continue;
    }
    const passes = item.kind === 'repeat' ? item.times : 1;
    for (let pass = 0; pass < passes; pass++) yield* within(item.items, counter);
  }
}

function cyclesOf(item: ProtocolItem): number {
  if (item.kind !== 'repeat' || !holdsCycles(item)) return item.kind === 'repeat' ? item.times : 1;
  return item.times * item.items.reduce((sum, inner) => sum + cyclesOf(inner), 0);
}

function holdsCycles({ items }: Repeat): boolean {
  return items.some((item) => item.kind === 'cycle' || (item.kind === 'repeat' && holdsCycles(item)));
}

/** Steps that the whole protocol does, each pass counted. */
export function countSteps({ items }: Pick<Protocol, 'items'>): number {
  return items.reduce((sum, item) => {
    if (item.kind === 'step') return sum + 1;
    return sum + (item.kind === 'repeat' ? item.times : 1) * countSteps(item);
  }, 0);
}
