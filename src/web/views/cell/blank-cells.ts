// Cells to begin with: only what must be given, everything else supplied.

export const BLANK_CELLS = [
  {
    name: 'Li|Cu',
    file: {
      limetal: 1,
      name: 'Li|Cu',
      area: '1.27 cm2',
      working: { kind: 'foil', material: 'Cu' },
      counter: { kind: 'lithium', thickness: '250 µm' },
      electrolyte: '1 M LiPF6 in EC/DEC (1:1 v/v)',
      amount: '40 µL',
      protocol: ['Plate at 1 mA/cm2 for 1 mAh/cm2', 'Strip at 1 mA/cm2 until 1 V', 'repeat 20'],
    },
  },
  {
    name: 'Li|Li',
    file: {
      limetal: 1,
      name: 'Li|Li',
      area: '1.27 cm2',
      working: { kind: 'lithium', thickness: '250 µm' },
      counter: { kind: 'lithium', thickness: '250 µm' },
      electrolyte: '1 M LiPF6 in EC/DEC (1:1 v/v)',
      amount: '40 µL',
      protocol: ['Plate at 1 mA/cm2 for 1 mAh/cm2', 'Strip at 1 mA/cm2 for 1 mAh/cm2', 'repeat 20'],
    },
  },
  {
    name: 'Li|NMC811, thin and lean',
    file: {
      limetal: 1,
      name: 'Li|NMC811',
      area: '1.27 cm2',
      working: { kind: 'cathode', material: 'NMC811', capacity: '4 mAh/cm2', initialStoichiometry: 0.97 },
      counter: { kind: 'lithium', thickness: '20 µm' },
      electrolyte: '1 M LiPF6 in EC/EMC (3:7 w/w)',
      amount: '3 g/Ah',
      voltageLimits: ['2.8 V', '4.5 V'],
      protocol: ['Charge at C/3 until 4.3 V', 'Discharge at C/3 until 3.0 V', 'repeat 50'],
    },
  },
  {
    name: 'Cu|LFP, anode-free',
    file: {
      limetal: 1,
      name: 'Cu|LFP',
      area: '1.27 cm2',
      working: { kind: 'cathode', material: 'LFP', capacity: '2 mAh/cm2' },
      counter: { kind: 'foil', material: 'Cu' },
      electrolyte: '1 M LiTFSI in DOL/DME (1:1 v/v) + 1 wt% LiNO3',
      amount: '40 µL',
      voltageLimits: ['2.4 V', '4.0 V'],
      protocol: ['Charge at C/5 until 3.8 V', 'Discharge at C/5 until 2.8 V', 'repeat 20'],
    },
  },
  {
    name: 'Li|LLZTO|Li',
    file: {
      limetal: 1,
      name: 'Li|LLZTO|Li',
      area: '0.79 cm2',
      working: { kind: 'lithium', thickness: '250 µm' },
      counter: { kind: 'lithium', thickness: '250 µm' },
      electrolyte: { solid: 'LLZTO', thickness: '800 µm' },
      pressure: '2 MPa',
      protocol: ['Plate at 0.1 mA/cm2 for 1 h', 'Strip at 0.1 mA/cm2 for 1 h', 'repeat 10'],
    },
  },
] as const;
