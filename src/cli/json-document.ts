// Results as JSON: readable, and safe for every reader (no NaN or Infinity, typed arrays as arrays).

/** A value ready for JSON.stringify: NaN and infinities become null, typed arrays become arrays, undefined members go. */
function plain(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, plain);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]) => [key, plain(member)]),
    );
  }
  return null;
}

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** Longest list or object of scalars that stays on one line. */
const LINE_LENGTH_MAX = 100;

function layout(value: unknown, indent: string): string {
  if (isScalar(value)) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    // A column of numbers stays on one line whatever its length: a million lines help nobody.
    if (value.length === 0 || value.every((item) => typeof item === 'number' || item === null))
      return JSON.stringify(value);
    const parts = value.map((item) => layout(item, inner));
    return `[\n${parts.map((part) => inner + part).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value as object);
  if (entries.every(([, member]) => isScalar(member))) {
    const line = `{ ${entries.map(([key, member]) => `${JSON.stringify(key)}: ${JSON.stringify(member)}`).join(', ')} }`;
    if (entries.length === 0) return '{}';
    if (line.length + indent.length <= LINE_LENGTH_MAX) return line;
  }
  const parts = entries.map(([key, member]) => `${inner}${JSON.stringify(key)}: ${layout(member, inner)}`);
  return `{\n${parts.join(',\n')}\n${indent}}`;
}

/** One JSON document with a line end. */
export function formatJson(value: unknown): string {
  return `${layout(plain(value), '')}\n`;
}
