// Where each of the 118 elements stands in the periodic table, and how it is called.

export interface TableElement {
  readonly symbol: string;
  readonly name: string;
  /** Of the table as it is drawn, from 1; lanthanides and actinides are rows 8 and 9. */
  readonly row: number;
  readonly column: number;
  readonly number: number;
}

const NAMES = `H hydrogen,He helium,Li lithium,Be beryllium,B boron,C carbon,N nitrogen,O oxygen,F fluorine,Ne neon,Na sodium,Mg magnesium,
Al aluminium,Si silicon,P phosphorus,S sulfur,Cl chlorine,Ar argon,K potassium,Ca calcium,Sc scandium,Ti titanium,V vanadium,Cr chromium,
Mn manganese,Fe iron,Co cobalt,Ni nickel,Cu copper,Zn zinc,Ga gallium,Ge germanium,As arsenic,Se selenium,Br bromine,Kr krypton,
Rb rubidium,Sr strontium,Y yttrium,Zr zirconium,Nb niobium,Mo molybdenum,Tc technetium,Ru ruthenium,Rh rhodium,Pd palladium,Ag silver,
Cd cadmium,In indium,Sn tin,Sb antimony,Te tellurium,I iodine,Xe xenon,Cs caesium,Ba barium,La lanthanum,Ce cerium,Pr praseodymium,
Nd neodymium,Pm promethium,Sm samarium,Eu europium,Gd gadolinium,Tb terbium,Dy dysprosium,Ho holmium,Er erbium,Tm thulium,Yb ytterbium,
Lu lutetium,Hf hafnium,Ta tantalum,W tungsten,Re rhenium,Os osmium,Ir iridium,Pt platinum,Au gold,Hg mercury,Tl thallium,Pb lead,
Bi bismuth,Po polonium,At astatine,Rn radon,Fr francium,Ra radium,Ac actinium,Th thorium,Pa protactinium,U uranium,Np neptunium,
Pu plutonium,Am americium,Cm curium,Bk berkelium,Cf californium,Es einsteinium,Fm fermium,Md mendelevium,No nobelium,Lr lawrencium,
Rf rutherfordium,Db dubnium,Sg seaborgium,Bh bohrium,Hs hassium,Mt meitnerium,Ds darmstadtium,Rg roentgenium,Cn copernicium,Nh nihonium,
Fl flerovium,Mc moscovium,Lv livermorium,Ts tennessine,Og oganesson`;

/** First element of each period. */
const PERIOD_STARTS = [1, 3, 11, 19, 37, 55, 87] as const;
const LANTHANUM = 57;
const ACTINIUM = 89;
/** Of the elements between the second and the third group, which stand below. */
const SERIES_LENGTH = 15;
const COLUMNS = 18;
const LAST = 118;

function placeOf(number: number): { readonly row: number; readonly column: number } {
  for (const [start, row] of [
    [LANTHANUM, 8],
    [ACTINIUM, 9],
  ] as const) {
    if (number >= start && number < start + SERIES_LENGTH) return { row, column: 3 + number - start };
  }
  const period = PERIOD_STARTS.filter((start) => number >= start).length - 1;
  const fromLeft = number - PERIOD_STARTS[period]!;
  const fromRight = (PERIOD_STARTS[period + 1] ?? LAST + 1) - 1 - number;
  // The two leftmost groups (of the first period one) are filled from the left, all others from the right.
  return { row: period + 1, column: fromLeft < (period === 0 ? 1 : 2) ? fromLeft + 1 : COLUMNS - fromRight };
}

/** All elements in the order of their numbers. */
export const PERIODIC_TABLE: readonly TableElement[] = NAMES.split(',').map((text, k) => {
  const [symbol, name] = text.trim().split(' ') as [string, string];
  return { symbol, name, number: k + 1, ...placeOf(k + 1) };
});
