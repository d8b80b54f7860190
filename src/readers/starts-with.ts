/** Whether the bytes from `at` on are the characters of `text`, all below 256. */
export function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  for (let k = 0; k < text.length; k++) if (bytes[at + k] !== text.charCodeAt(k)) return false;
  return true;
}
