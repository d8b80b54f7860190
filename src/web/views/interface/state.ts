import * as z from 'zod/mini';

export const interfaceSlice = z.object({});

export type InterfaceSlice = z.infer<typeof interfaceSlice>;

export const START_INTERFACE: InterfaceSlice = {};
