// A mistyped name is answered with the names it may stand for.

/** Names longer than this are compared by their beginning, so that absurd input costs nothing. */
const COMPARED_LENGTH_MAX = 48;
const NAMES_MAX = 3;

/**
 * Known names within a few slips of `word`, nearest first, at most three; empty if none is near. Case does not count.
 * A slip is a letter too many, too few, wrong, or swapped with its neighbour; one slip is allowed per three letters. A known
 * name that begins with the word, or that the word begins with, is near as well.
 */
export function nearestNames(word: string, known: readonly string[]): readonly string[] {
  const wanted = word.slice(0, COMPARED_LENGTH_MAX).toLowerCase();
  if (wanted === '') return [];
  const ranked: { name: string; slips: number }[] = [];
  for (const name of new Set(known)) {
    const candidate = name.slice(0, COMPARED_LENGTH_MAX).toLowerCase();
    const allowed = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3));
    const begins =
      wanted.length >= 2 && candidate.length >= 2 && (candidate.startsWith(wanted) || wanted.startsWith(candidate));
    // Each letter more is a slip: words of other lengths need no closer look.
    const slips = Math.abs(wanted.length - candidate.length) > allowed ? allowed + 1 : slipsBetween(wanted, candidate);
    if (slips <= allowed || begins) ranked.push({ name, slips: begins ? Math.min(slips, 1) : slips });
  }
  ranked.sort((a, b) => a.slips - b.slips);
  return ranked.slice(0, NAMES_MAX).map(({ name }) => name);
}

/** "did you mean thickness or thicknessRatio?"; undefined if nothing is near. */
export function nearestHint(word: string, known: readonly string[]): string | undefined {
  const near = nearestNames(word, known);
  return near.length === 0 ? undefined : `did you mean ${near.join(' or ')}?`;
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let slips = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        slips = Math.min(slips, beforeLast[j - 2]! + 1);
      row.push(slips);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
