// Results as JSON: readable, and safe for every reader (no NaN or Infinity, typed arrays as arrays). A long run's document
// can be larger than the longest string, so it is made in parts.

const isColumn = (value: unknown): value is readonly unknown[] | Float64Array | Int32Array =>
  ArrayBuffer.isView(value) || Array.isArray(value);

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** JSON has no word for NaN and the infinities: they become null. */
function scalarText(value: unknown): string {
  return typeof value === 'number' && !Number.isFinite(value) ? 'null' : (JSON.stringify(value) ?? 'null');
}

/** Longest object of scalars that stays on one line. */
const LINE_LENGTH_MAX = 100;
/** Parts of a document are collected to about this many characters. */
const PART_LENGTH = 1 << 16;

const membersOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, member]) => member !== undefined);

function layout(value: unknown, indent: string): string {
  if (isScalar(value)) return scalarText(value);
  const inner = `${indent}  `;
  if (isColumn(value)) {
    const items = Array.from(value as ArrayLike<unknown>);
    // A column of numbers stays on one line whatever its length: a million lines help nobody.
    const isShort = items.every((item) => typeof item === 'number' || item === null);
    if (isShort) return `[${items.map(scalarText).join(',')}]`;
    return `[\n${items.map((item) => inner + layout(item, inner)).join(',\n')}\n${indent}]`;
  }
  const members = membersOf(value as object);
  if (members.length === 0) return '{}';
  if (members.every(([, member]) => isScalar(member))) {
    const line = `{ ${members.map(([key, member]) => `${JSON.stringify(key)}: ${scalarText(member)}`).join(', ')} }`;
    if (line.length + indent.length <= LINE_LENGTH_MAX) return line;
  }
  const parts = members.map(([key, member]) => `${inner}${JSON.stringify(key)}: ${layout(member, inner)}`);
  return `{\n${parts.join(',\n')}\n${indent}}`;
}

/** The pieces of an object: its members one by one, and lists of objects item by item. */
function* pieces(document: Readonly<Record<string, unknown>>): Generator<string, void, void> {
  let separator = '{\n';
  for (const [key, member] of membersOf(document)) {
    yield `${separator}  ${JSON.stringify(key)}: `;
    separator = ',\n';
    if (Array.isArray(member) && member.some((item) => !isScalar(item))) {
      for (const [k, item] of member.entries()) yield `${k === 0 ? '[\n' : ',\n'}    ${layout(item, '    ')}`;
      yield '\n  ]';
    } else {
      yield layout(member, '  ');
    }
  }
  yield separator === '{\n' ? '{}\n' : '\n}\n';
}

/** One JSON document with a line end, in parts whose concatenation it is. */
export function* jsonParts(document: Readonly<Record<string, unknown>>): Generator<string, void, void> {
  let part = '';
  for (const piece of pieces(document)) {
    part += piece;
    if (part.length < PART_LENGTH) continue;
    yield part;
    part = '';
  }
  if (part !== '') yield part;
}
