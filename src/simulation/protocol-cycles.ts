// A protocol made longer, or cut.

import { countCycles, flattenProtocol, type Protocol, type Step } from '../cells/index.ts';
import { InputError } from '../units/index.ts';

/** The protocol with its last repeat made long enough for so many cycles, or as a whole repeated. */
export function withCycles(protocol: Protocol, cycles: number): Protocol {
  if (!Number.isSafeInteger(cycles) || cycles < 1) {
    throw new InputError([{ where: 'cycles', found: String(cycles), wanted: 'a whole number of cycles, 1 or more' }]);
  }
  const present = countCycles(protocol);
  if (present === 0 || cycles <= present) return protocol;
  const last = protocol.items[protocol.items.length - 1]!;
  if (last.kind === 'repeat') {
    const perPass = countCycles({ items: [{ ...last, times: 1 }] });
    const more = Math.ceil((cycles - present) / perPass);
    return { ...protocol, items: [...protocol.items.slice(0, -1), { ...last, times: last.times + more }] };
  }
  return { ...protocol, items: [{ kind: 'repeat', times: Math.ceil(cycles / present), items: protocol.items }] };
}

/**
 * What a protocol does until the end of a step of a cycle, both counted from 1, each cycle a group of its own. Without a step, until the
 * end of the cycle. null where there is no such step.
 */
export function protocolUntil(protocol: Protocol, cycle: number, step: number | null): Protocol | null {
  const groups: Step[][] = [];
  for (const item of flattenProtocol(withCycles(protocol, cycle))) {
    if (item.cycle > cycle) break;
    groups[item.cycle - 1] ??= [];
    groups[item.cycle - 1]!.push(item.step);
  }
  const last = groups[cycle - 1];
  if (last === undefined || (step !== null && step > last.length)) return null;
  if (step !== null) last.length = step;
  return { ...protocol, items: groups.map((items) => ({ kind: 'cycle', items })) };
}
