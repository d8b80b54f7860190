// DOIs in the words of a source.

/** The first DOI that a source names. */
export const doiIn = (source: string): string | undefined => /\b10\.\d{4,9}\/[^\s;,)]+/u.exec(source)?.[0];
