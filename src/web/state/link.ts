// A state as a link and back. Only the fragment carries it, which no browser sends anywhere: `#view` where nothing was changed,
// `#view/1.<text>` otherwise, 1 the version of the form, the text base64url of deflated JSON that holds what differs from the start.

import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { type AppState, appSlices, isViewName, SLICE_NAMES, START } from './app-state.ts';

/** Raised with a change after which older links would be misread; `MIGRATIONS` then takes the older forms along. */
export const LINK_VERSION = 1;
/** From the slices of one version to those of the next, by the version that they come from. */
const MIGRATIONS: Readonly<Record<number, (slices: Readonly<Record<string, unknown>>) => Record<string, unknown>>> = {};

/** A link longer than this is cut by some programs; a state is better saved as a file then. */
export const LINK_LENGTH_SHARED_MAX = 2000;
const PAYLOAD_LENGTH_MAX = 400_000;
const INFLATED_MAX = 4_000_000;

export type LinkReading =
  | { readonly kind: 'state'; readonly state: AppState }
  | { readonly kind: 'not a link'; readonly why: string };

/** What differs from the start, as plain data with its version; also the content of a saved file. */
export function changedSlices(state: AppState): Record<string, unknown> {
  const differs = SLICE_NAMES.filter((name) => JSON.stringify(state[name]) !== JSON.stringify(START[name]));
  return Object.fromEntries(differs.map((name) => [name, state[name]]));
}

/** The fragment of a state, with its `#`. */
export function linkOf(state: AppState): string {
  const slices = changedSlices(state);
  if (Object.keys(slices).length === 0) return `#${state.view}`;
  return `#${state.view}/${LINK_VERSION}.${base64url(deflateSync(strToU8(JSON.stringify(slices)), { level: 9 }))}`;
}

/** The state that a fragment holds. A fragment that cannot be read says why, and nothing is lost by asking. */
export function readLink(fragment: string): LinkReading {
  const text = fragment.replace(/^#/, '');
  if (text === '') return { kind: 'state', state: START };
  const [view, ...rest] = text.split('/');
  const payload = rest.join('/');
  if (!isViewName(view!)) return { kind: 'not a link', why: `"${view!.slice(0, 40)}" is no part of limetal` };
  if (payload === '') return { kind: 'state', state: { ...START, view } };
  const parts = /^(\d{1,4})\.([A-Za-z0-9_-]+)$/.exec(payload);
  if (parts === null || payload.length > PAYLOAD_LENGTH_MAX) return { kind: 'not a link', why: 'it is cut or damaged' };
  let slices: unknown;
  try {
    slices = JSON.parse(inflated(parts[2]!));
  } catch {
    return { kind: 'not a link', why: 'it is cut or damaged' };
  }
  return readSlices(view, Number(parts[1]), slices);
}

/** Slices of some version as a state of this one. */
export function readSlices(view: AppState['view'], version: number, slices: unknown): LinkReading {
  if (version > LINK_VERSION || version < 1) {
    return { kind: 'not a link', why: `it is of version ${version}, and this limetal reads up to ${LINK_VERSION}` };
  }
  if (typeof slices !== 'object' || slices === null || Array.isArray(slices)) {
    return { kind: 'not a link', why: 'it holds no state' };
  }
  let known = slices as Record<string, unknown>;
  for (let v = version; v < LINK_VERSION; v++) known = MIGRATIONS[v]!(known);
  const read = appSlices.safeParse({ ...START, ...known });
  if (!read.success) {
    const [issue] = read.error.issues;
    return { kind: 'not a link', why: `${issue!.path.join('.')}: ${issue!.message}` };
  }
  return { kind: 'state', state: { ...read.data, view } as AppState };
}

function base64url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The text that was deflated; throws where it is damaged or grows beyond what a state can be. */
function inflated(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const chunks: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  const inflate = new Inflate((chunk, isLast) => {
    length += chunk.length;
    if (length > INFLATED_MAX) throw new RangeError('too long');
    chunks.push(chunk.slice());
    ended ||= isLast;
  });
  // In small pieces, so that a bomb is noticed when it begins to grow.
  const PIECE = 512;
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  for (let at = 0; at < bytes.length; at += PIECE) {
    inflate.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
  }
  if (!ended) throw new RangeError('cut short');
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return strFromU8(all);
}
