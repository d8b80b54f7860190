// Inputs by name, from a JSON file, from the standard input, and from `--set name=amount`; what is set goes before what is in the file.

import { InputError, type Issue, parseJsonText, shortened } from '../units/index.ts';
import { readStandardText, readTextFile } from './source-text.ts';
import type { Terminal } from './terminal.ts';

export interface TypedInputs {
  readonly file?: string | undefined;
  readonly set?: readonly string[] | undefined;
}

/** Throws InputError with what is no name and no amount. */
export async function typedInputs(
  { file, set = [] }: TypedInputs,
  wanted: string,
  terminal: Terminal,
): Promise<Record<string, string>> {
  const issues: Issue[] = [];
  const inputs: Record<string, string> = {};
  if (file !== undefined) {
    const origin = file === '-' ? 'standard input' : file;
    const text = file === '-' ? await readStandardText(terminal, wanted) : readTextFile(file, wanted);
    const content = parseJsonText(text, origin);
    if (typeof content !== 'object' || content === null || Array.isArray(content))
      throw new InputError([{ where: origin, found: 'no object', wanted: `${wanted}: { "name": "amount", … }` }]);
    for (const [name, value] of Object.entries(content)) {
      if (Array.isArray(value) && value.every((one) => typeof one === 'string')) inputs[name] = value.join(', ');
      else if (typeof value === 'string' || typeof value === 'number') inputs[name] = String(value);
      else if (typeof value === 'boolean') inputs[name] = value ? 'yes' : 'no';
      else
        issues.push({
          where: `${origin}: ${shortened(name)}`,
          found: 'neither a text nor a number',
          wanted: 'an amount with its unit, as text',
        });
    }
  }
  for (const one of set) {
    const at = one.indexOf('=');
    if (at > 0) inputs[one.slice(0, at).trim()] = one.slice(at + 1).trim();
    else issues.push({ where: '--set', found: `"${shortened(one)}"`, wanted: 'name=amount, such as "lithium=20 µm"' });
  }
  if (issues.length > 0) throw new InputError(issues);
  return inputs;
}
