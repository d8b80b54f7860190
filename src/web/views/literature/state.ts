import * as z from 'zod/mini';

export const literatureSlice = z.object({});

export type LiteratureSlice = z.infer<typeof literatureSlice>;

export const START_LITERATURE: LiteratureSlice = {};
