// How often the whole state was put in the place of another one: by undo, redo, a link or a file. What was half typed belongs to the state
// before, and must neither stay on the screen nor be written into the new one.

let count = 0;

export const replacedCount = (): number => count;

export function markReplaced(): void {
  count += 1;
}
