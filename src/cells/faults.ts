// zod's issues, told as this program tells every fault: where, what was found, what is wanted, and a likely fix.

import type * as z from 'zod';
import { type Issue, nearestHint } from '../units/index.ts';
import type { FaultFacts } from './fields.ts';
import { joinPath, type PlainJson, shown } from './plain-json.ts';

type ZodIssue = z.core.$ZodIssue;

/** The part of JSON Schema that zod writes. */
interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly prefixItems?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
}

/** Path of an issue inside the input, `where` being the path of the input itself. */
function pathOf(where: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (soFar, key) => (typeof key === 'number' ? `${soFar}[${key}]` : joinPath(soFar, String(key))),
    where,
  );
}

/**
 * Issues of one zod parse of `input`. `schema` is the JSON Schema of what was parsed; it knows the keys and the descriptions.
 */
export function issuesFromZod(
  issues: readonly ZodIssue[],
  input: PlainJson,
  schema: object,
  where: string,
): readonly Issue[] {
  return issues.flatMap((issue) => fromZod(issue, input, schema as SchemaNode, where, []));
}

function fromZod(
  issue: ZodIssue,
  input: PlainJson,
  schema: SchemaNode,
  where: string,
  prefix: readonly PropertyKey[],
): readonly Issue[] {
  const path = [...prefix, ...issue.path];
  const at = pathOf(where, path);
  const value = valueAt(input, path);
  const node = schemaAt(schema, input, path);
  const found = shown(value);
  switch (issue.code) {
    case 'custom': {
      const facts = issue.params as FaultFacts;
      return [
        {
          where: at,
          found: facts.found,
          wanted: facts.wanted,
          ...(facts.hint === undefined ? {} : { hint: facts.hint }),
        },
      ];
    }
    case 'unrecognized_keys': {
      const known = knownKeys(node, value);
      return issue.keys.map((key) => {
        const hint = nearestHint(key, known) ?? `known keys: ${known.join(', ')}`;
        return { where: joinPath(at, key), found: 'an unknown key', wanted: 'a key of this format', hint };
      });
    }
    case 'invalid_value': {
      const wanted = issue.values.map((one) => shown(one)).join(' or ');
      const hint = typeof value === 'string' ? nearestHint(value, issue.values.map(String)) : undefined;
      return [{ where: at, found, wanted, ...(hint === undefined ? {} : { hint }) }];
    }
    case 'invalid_union': {
      const options = 'options' in issue ? (issue as { readonly options?: readonly unknown[] }).options : undefined;
      if (issue.errors.length === 0 && options) {
        const hint = typeof value === 'string' ? nearestHint(value, options.map(String)) : undefined;
        return [
          {
            where: at,
            found,
            wanted: options.map((one) => shown(one)).join(' or '),
            ...(hint === undefined ? {} : { hint }),
          },
        ];
      }
      // Of the alternatives the one that the value was an attempt at: its kind of value is right, something inside is not.
      const attempt = issue.errors.find(
        (errors) => !errors.some(({ code, path: inner }) => code === 'invalid_type' && inner.length === 0),
      );
      if (attempt) return attempt.flatMap((inner) => fromZod(inner, input, schema, where, path));
      return [{ where: at, found, wanted: wantedOf(node) }];
    }
    case 'too_small':
    case 'too_big':
      return [{ where: at, found: amountFound(value), wanted: limitOf(issue) }];
    case 'invalid_format':
      return [{ where: at, found, wanted: node?.description ?? 'another form' }];
    default:
      return [{ where: at, found, wanted: wantedOf(node) }];
  }
}

function amountFound(value: PlainJson | undefined): string {
  if (typeof value === 'string' && value.length > 60) return `${value.length} characters`;
  return shown(value);
}

function limitOf(issue: Extract<ZodIssue, { code: 'too_small' | 'too_big' }>): string {
  const limit = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  if (issue.origin === 'string') return `${limit} characters`;
  if (issue.origin === 'array') return `${limit} entries`;
  return limit;
}

function wantedOf(node: SchemaNode | undefined): string {
  if (node?.description !== undefined) return node.description;
  const types = node?.type ?? [...new Set((node?.anyOf ?? node?.oneOf ?? []).map(({ type }) => type))];
  const names = [types]
    .flat()
    .map((type) => (type === 'object' ? 'an object' : type === 'array' ? 'a list' : `a ${String(type)}`));
  return names.length === 0 ? 'another value' : names.join(' or ');
}

function valueAt(input: PlainJson, path: readonly PropertyKey[]): PlainJson | undefined {
  let value: PlainJson | undefined = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.hasOwn(value, key) ? (value as Readonly<Record<PropertyKey, PlainJson>>)[key] : undefined;
  }
  return value;
}

/** The schema of the value at a path; where there are alternatives, the one whose `kind` or whose type the value has. */
function schemaAt(schema: SchemaNode, input: PlainJson, path: readonly PropertyKey[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = schema;
  for (let depth = 0; depth < path.length && node; depth++) {
    const chosen = chooseAlternative(node, valueAt(input, path.slice(0, depth)));
    const key = path[depth]!;
    node = typeof key === 'number' ? (chosen.prefixItems?.[key] ?? chosen.items) : chosen.properties?.[String(key)];
  }
  return node;
}

function chooseAlternative(node: SchemaNode, value: PlainJson | undefined): SchemaNode {
  const alternatives = node.oneOf ?? node.anyOf;
  if (!alternatives) return node;
  const kind = value !== null && typeof value === 'object' && 'kind' in value ? value.kind : undefined;
  const ofKind = alternatives.find(({ properties }) => {
    const known = properties?.kind;
    return kind !== undefined && (known?.const === kind || known?.enum?.includes(kind));
  });
  const type = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  return ofKind ?? alternatives.find((alternative) => [alternative.type].flat().includes(type)) ?? node;
}

function knownKeys(node: SchemaNode | undefined, value: PlainJson | undefined): readonly string[] {
  return node ? Object.keys(chooseAlternative(node, value).properties ?? {}) : [];
}
