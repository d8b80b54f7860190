// Amounts as they were typed on the page, read into SI, with the faults of the text and those of the answer told at once.

import { type Dimension, InputError, type Issue, tryParseQuantity } from '../../units/index.ts';

/** Of every option its text and what it measures; an empty text leaves the option out. */
export type TypedFields = Readonly<Record<string, readonly [text: string, dimension: Dimension]>>;

/**
 * Answers with the options that were typed, in SI by the names of `fields`. What the question then finds wrong is told as it was
 * typed: `placeOf` gives of a fault's place the name of its field, where that is another.
 *
 * @throws InputError with every fault of the texts, or of the question.
 */
export function askedTyped<T>(
  fields: TypedFields,
  placeOf: Readonly<Record<string, string>>,
  question: (values: Readonly<Record<string, number>>) => T,
): T {
  const values: Record<string, number> = {};
  const issues: Issue[] = [];
  for (const [name, [text, dimension]] of Object.entries(fields)) {
    if (text.trim() === '') continue;
    const read = tryParseQuantity(text, dimension, name);
    if (read.ok) values[name] = read.value_SI;
    else issues.push(read.issue);
  }
  if (issues.length > 0) throw new InputError(issues);
  try {
    return question(values);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      error.issues.map((issue) => {
        const typed = fields[placeOf[issue.where] ?? issue.where];
        return typed === undefined || typed[0].trim() === '' ? issue : { ...issue, found: `"${typed[0]}"` };
      }),
    );
  }
}

/** Options with a value, by other names: those of the design room from those of the fields. */
export function renamed<K extends string>(
  values: Readonly<Record<string, number>>,
  names: Readonly<Record<string, K>>,
): Partial<Record<K, number>> {
  const entries = Object.entries(names).flatMap(([from, to]) =>
    values[from] === undefined ? [] : [[to, values[from]] as const],
  );
  return Object.fromEntries(entries) as Partial<Record<K, number>>;
}

/** A word of a shell command, quoted where it must be. */
export function shellWord(text: string): string {
  if (/^[\w.+%-]+$/u.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command with those of its options that are not empty. */
export function shellCommand(words: readonly string[], options: Readonly<Record<string, string>>): string {
  const parts = Object.entries(options).flatMap(([name, text]) =>
    text.trim() === '' ? [] : [`--${name}`, shellWord(text)],
  );
  return ['limetal', ...words.map(shellWord), ...parts].join(' ');
}
