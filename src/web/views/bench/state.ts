import * as z from 'zod/mini';

export const benchSlice = z.object({});

export type BenchSlice = z.infer<typeof benchSlice>;

export const START_BENCH: BenchSlice = {};
