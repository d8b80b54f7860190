// The little of XML that instrument files need: tags, attributes and text, one after the other, from bytes. No document types, so no
// entities but the five of the language and characters by number; nothing outside the bytes is ever looked up.

import { InputError } from '../units/index.ts';
import { guessEncoding, type TextBytes, textBytes } from './text-bytes.ts';

export type XmlPart = 'open' | 'close' | 'text' | 'end';

/** Walks through a document; the other members speak of the part that `next` came to. */
export interface XmlCursor {
  next(): XmlPart;
  /** Whether an opening tag closes itself. */
  readonly isEmpty: boolean;
  /** Whether the tag has this name, whatever its prefix. */
  nameIs(name: string): boolean;
  name(): string;
  /** An attribute by its name without prefix; undefined where it is not given. */
  attribute(name: string): string | undefined;
  /** First and last byte of the value of an attribute, entities not put in; null where it is not given. */
  attributeBytes(name: string): readonly [from: number, to: number] | null;
  attributes(): readonly (readonly [name: string, value: string])[];
  /** Text with its entities put in, at most `length_max` characters. */
  text(length_max: number): string;
  /** First and last byte of a text that holds no entity; null where it does. */
  plainText(): readonly [from: number, to: number] | null;
}

/** Tags one inside the other. */
const DEPTH_MAX = 256;
const ATTRIBUTES_MAX = 500;
export const ATTRIBUTE_LENGTH_MAX = 2000;

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const QUOTE = 34;
const APOSTROPHE = 39;
const AMPERSAND = 38;
const COLON = 58;
const EQUALS = 61;

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The text of an XML document by the encoding in its first line. */
export function xmlSource(bytes: Uint8Array): TextBytes {
  const guessed = guessEncoding(bytes.subarray(0, 200));
  if (guessed.startsWith('utf-16')) return textBytes(bytes, guessed);
  const head = textBytes(bytes.subarray(0, 200), 'windows-1252');
  const said = /encoding=["']([\w-]+)["']/.exec(head.text(0, head.bytes.length))?.[1]?.toLowerCase() ?? 'utf-8';
  if (/^gb/.test(said)) return textBytes(bytes, 'gbk');
  return textBytes(bytes, /^(?:iso-8859|windows|latin)/.test(said) ? 'windows-1252' : 'utf-8');
}

/** A cursor before the first part. It throws InputError at a document type, an unknown entity, or where the document breaks off. */
export function xmlCursor({ bytes, text }: TextBytes, where: string): XmlCursor {
  const end = bytes.length;
  let at = 0;
  let from = 0;
  let to = 0;
  let nameTo = 0;
  let localFrom = 0;
  let isEmpty = false;
  let isRaw = false;
  let depth = 0;

  const refuse = (found: string, wanted: string): never => {
    throw new InputError([{ where, found, wanted }]);
  };
  const find = (mark: string, start: number): number => {
    const first = mark.charCodeAt(0);
    for (let k = bytes.indexOf(first, start); k >= 0; k = bytes.indexOf(first, k + 1)) if (begins(mark, k)) return k;
    return refuse(`XML that breaks off before '${mark}'`, 'a whole document');
  };
  const begins = (mark: string, start: number): boolean => {
    for (let k = 0; k < mark.length; k++) if (bytes[start + k] !== mark.charCodeAt(k)) return false;
    return true;
  };
  const withEntities = (raw: string): string =>
    raw.includes('&')
      ? raw.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,20}));|&/gi, (all, decimal, hexadecimal, name) => {
          const known = name === undefined ? undefined : Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
          if (known !== undefined) return known;
          const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hexadecimal ?? '', 16);
          if (!(code >= 0 && code <= 0x10ffff)) refuse(`the entity '${all}'`, 'the five entities of XML, no others');
          return String.fromCodePoint(code);
        })
      : raw;

  const decoded = (first: number, last: number): string => {
    if (last <= first + ATTRIBUTE_LENGTH_MAX) return withEntities(text(first, last));
    // A cut may fall within an entity.
    return withEntities(text(first, first + ATTRIBUTE_LENGTH_MAX).replace(/&[^;]*$/, ''));
  };
  /** Finds the attribute that begins at `place` or after it; false where the tag has no more. */
  const attribute = { nameFrom: 0, nameTo: 0, from: 0, to: 0 };
  const nextAttribute = (place: number): boolean => {
    let k = place;
    while (k < to && (bytes[k]! <= 32 || bytes[k] === SLASH)) k++;
    attribute.nameFrom = k;
    while (k < to && bytes[k] !== EQUALS && bytes[k]! > 32) {
      if (bytes[k] === COLON) attribute.nameFrom = k + 1;
      k++;
    }
    attribute.nameTo = k;
    while (k < to && bytes[k] !== QUOTE && bytes[k] !== APOSTROPHE) k++;
    if (k >= to) return false;
    attribute.from = k + 1;
    attribute.to = bytes.indexOf(bytes[k]!, k + 1);
    return attribute.to >= 0 && attribute.to <= to;
  };

  return {
    get isEmpty() {
      return isEmpty;
    },
    next() {
      while (at < end) {
        if (bytes[at] !== LESS) {
          from = at;
          const next = bytes.indexOf(LESS, at);
          at = next < 0 ? end : next;
          to = at;
          isRaw = false;
          return 'text';
        }
        const mark = bytes[at + 1];
        if (mark === 63) {
          at = find('?>', at + 2) + 2;
          continue;
        }
        if (mark === 33) {
          if (begins('<!--', at)) {
            at = find('-->', at + 4) + 3;
            continue;
          }
          if (!begins('<![CDATA[', at))
            refuse('a document type in the XML', 'XML without one, because it can define entities');
          from = at + 9;
          to = find(']]>', from);
          at = to + 3;
          isRaw = true;
          return 'text';
        }
        const closes = mark === SLASH;
        from = at + (closes ? 2 : 1);
        nameTo = from;
        localFrom = from;
        while (nameTo < end && bytes[nameTo]! > 32 && bytes[nameTo] !== GREATER && bytes[nameTo] !== SLASH) {
          if (bytes[nameTo] === COLON) localFrom = nameTo + 1;
          nameTo++;
        }
        to = nameTo;
        // A > within quotes belongs to an attribute.
        while (to < end && bytes[to] !== GREATER) {
          if (bytes[to] === QUOTE || bytes[to] === APOSTROPHE) {
            to = bytes.indexOf(bytes[to]!, to + 1);
            if (to < 0) refuse('XML that breaks off within an attribute', 'a whole document');
          }
          to++;
        }
        if (to >= end) refuse('XML that breaks off within a tag', 'a whole document');
        at = to + 1;
        isEmpty = !closes && bytes[to - 1] === SLASH;
        if (closes) depth--;
        else if (!isEmpty && ++depth > DEPTH_MAX) refuse('XML nested without end', `at most ${DEPTH_MAX} tags deep`);
        return closes ? 'close' : 'open';
      }
      return 'end';
    },
    nameIs(name) {
      return nameTo - localFrom === name.length && begins(name, localFrom);
    },
    name: () => text(localFrom, nameTo),
    attribute(name) {
      const range = this.attributeBytes(name);
      return range === null ? undefined : decoded(range[0], range[1]);
    },
    attributeBytes(name) {
      for (let place = nameTo; nextAttribute(place); place = attribute.to + 1) {
        const isIt = attribute.nameTo - attribute.nameFrom === name.length && begins(name, attribute.nameFrom);
        if (isIt) return [attribute.from, attribute.to];
      }
      return null;
    },
    attributes() {
      const found: [string, string][] = [];
      for (let place = nameTo; found.length < ATTRIBUTES_MAX && nextAttribute(place); place = attribute.to + 1)
        found.push([text(attribute.nameFrom, attribute.nameTo), decoded(attribute.from, attribute.to)]);
      return found;
    },
    text(length_max) {
      const isWhole = to - from <= 6 * length_max;
      const raw = text(from, isWhole ? to : from + 6 * length_max);
      return (isRaw ? raw : withEntities(isWhole ? raw : raw.replace(/&[^;]*$/, ''))).slice(0, length_max);
    },
    plainText() {
      if (!isRaw) for (let k = from; k < to; k++) if (bytes[k] === AMPERSAND) return null;
      return [from, to];
    },
  };
}

/** An element without its content. */
export interface XmlElement {
  readonly name: string;
  /** Name of the element it stands in; empty for the outermost. */
  readonly parent: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Elements of a settings file that are listed. */
const ELEMENTS_MAX = 100_000;

/** The elements of a document in their order, with their attributes. Throws InputError as `xmlCursor` does. */
export function xmlElements(bytes: Uint8Array, where: string): readonly XmlElement[] {
  const cursor = xmlCursor(xmlSource(bytes), where);
  const open: string[] = [];
  const found: XmlElement[] = [];
  for (let part = cursor.next(); part !== 'end' && found.length < ELEMENTS_MAX; part = cursor.next()) {
    if (part === 'close') open.pop();
    if (part !== 'open') continue;
    const name = cursor.name();
    found.push({ name, parent: open.at(-1) ?? '', attributes: Object.fromEntries(cursor.attributes()) });
    if (!cursor.isEmpty) open.push(name);
  }
  return found;
}
