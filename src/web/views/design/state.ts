import * as z from 'zod/mini';

export const designSlice = z.object({});

export type DesignSlice = z.infer<typeof designSlice>;

export const START_DESIGN: DesignSlice = {};
