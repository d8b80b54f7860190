// A file that could not be read, as a document for machines.

import type { UnreadFile } from './analysed-test.ts';

export function unreadDocument({ path, why, isUnknown }: UnreadFile): Record<string, unknown> {
  return { path, read: false, fault: why, unknown_content: isUnknown };
}
