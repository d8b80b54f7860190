// A number as it is read on a screen: as many digits as it deserves, a true minus sign, powers of ten where needed.

export function numberText(value: number, significant = 4): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text =
    size >= 1e6 || size < 1e-4
      ? value.toExponential(Math.max(0, significant - 1)).replace(/\.?0+e/, 'e')
      : String(Number(value.toPrecision(significant)));
  return text
    .replace('e+', '·10^')
    .replace('e-', '·10^−')
    .replace(/^-/, '−')
    .replace(/\^(−?\d+)$/, (_, digits: string) => superscript(digits));
}

/**
 * A sentence of the engine as it is printed on the page: signs for units and for what is subtracted, powers of ten written out. The engine
 * writes what every terminal can show.
 */
export function printedText(text: string): string {
  return text
    .replace(
      /(\d)e([+-]?)(\d+)\b/g,
      (_, digit: string, sign: string, power: string) =>
        `${digit}·10${superscript(`${sign === '-' ? '−' : ''}${Number(power)}`)}`,
    )
    .replace(/\bohm\b/g, 'Ω')
    .replace(/\b(A\/|F\/|mol\/|J\/|kg\/|W\/)?m2\b(?=$|[\s/,.;:)])/g, '$1m²')
    .replace(/(?<=[Ω\d/] ?)\bcm2\b|(?<=mA\/|mAh\/|µF\/|mg\/)cm2\b/g, 'cm²')
    .replace(/([ημR])_([ns])(?![A-Za-z])/g, (_, letter: string, sub: string) => `${letter}${sub === 'n' ? 'ₙ' : 'ₛ'}`)
    .replace(/ -> /g, ' → ')
    .replace(/(^|[\s(,:;])-(?=\d)/g, '$1−');
}

const superscript = (digits: string): string => [...digits].map((digit) => SUPERSCRIPTS[digit] ?? digit).join('');

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '−': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};
