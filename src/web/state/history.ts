// Undo and redo of everything: a stack of whole states, which are immutable and share what did not change.

/** States before, now and undone, and what the last change was about. */
export interface History<S> {
  readonly past: readonly S[];
  readonly present: S;
  readonly future: readonly S[];
  readonly tag: string | null;
  readonly changed_ms: number;
}

/** Steps that can be taken back. */
export const UNDO_MAX = 200;
/** Changes of one thing that follow each other faster than this, as while a slider is dragged, are one step. */
const SAME_CHANGE_ms = 800;

export function startHistory<S>(present: S): History<S> {
  return { past: [], present, future: [], tag: null, changed_ms: 0 };
}

/** The history after a change. `tag` names what was changed; without one every change is a step of its own. */
export function changed<S>(history: History<S>, present: S, tag: string | null, now_ms: number): History<S> {
  if (Object.is(history.present, present)) return history;
  const continues = tag !== null && tag === history.tag && now_ms - history.changed_ms < SAME_CHANGE_ms;
  const past = continues ? history.past : [...history.past, history.present].slice(-UNDO_MAX);
  return { past, present, future: [], tag, changed_ms: now_ms };
}

export function undone<S>({ past, present, future, ...rest }: History<S>): History<S> {
  if (past.length === 0) return { past, present, future, ...rest };
  return { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future], tag: null, changed_ms: 0 };
}

export function redone<S>({ past, present, future, ...rest }: History<S>): History<S> {
  if (future.length === 0) return { past, present, future, ...rest };
  return { past: [...past, present], present: future[0]!, future: future.slice(1), tag: null, changed_ms: 0 };
}
