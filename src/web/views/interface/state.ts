import * as z from 'zod/mini';

/** One interface, as typed; what is empty is left to the interface itself. */
export const interfaceSlice = z.object({
  electrolyte: z.string(),
  interlayer: z.string(),
  temperature: z.string(),
  pressure: z.string(),
  angle: z.string(),
  contact: z.string(),
  film: z.string(),
  current: z.string(),
  capacity: z.string(),
  /** What the map of currents is drawn against. */
  against: z.enum(['pressure', 'resistance']),
});

export type InterfaceSlice = z.infer<typeof interfaceSlice>;

export const START_INTERFACE: InterfaceSlice = {
  electrolyte: 'LLZO',
  interlayer: '',
  temperature: '25 °C',
  pressure: '1 MPa',
  angle: '',
  contact: '',
  film: '',
  current: '0.1 mA/cm2',
  capacity: '1 mAh/cm2',
  against: 'pressure',
};
