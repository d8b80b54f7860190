import * as z from 'zod/mini';

export const lithiophilicitySlice = z.object({});

export type LithiophilicitySlice = z.infer<typeof lithiophilicitySlice>;

export const START_LITHIOPHILICITY: LithiophilicitySlice = {};
