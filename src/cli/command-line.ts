// The commands, their options and their help. Each command's module is loaded only when it runs, so that `--help` is quick.

import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { AnalyseOptions, AnalysePool } from './command-analyse.ts';
import type { LifetimeOptions, RequiredEfficiencyOptions } from './command-design.ts';
import type { AuditOptions } from './command-design-audit.ts';
import type { EnergyOptions } from './command-design-energy.ts';
import type { ReservoirOptions } from './command-design-reservoir.ts';
import type { ElectrolyteOptions } from './command-electrolyte.ts';
import type { ImpedanceCommandOptions } from './command-impedance.ts';
import type { InterfaceCommandOptions } from './command-interface.ts';
import type { LiteratureOptions } from './command-literature.ts';
import type { PredictCommandOptions } from './command-predict.ts';
import type { ReactionCommandOptions } from './command-reaction.ts';
import type { ReproduceCommandOptions, ReproducePool } from './command-reproduce.ts';
import type { RunOptions } from './command-run.ts';
import type { ServeOptions, ServePlaces } from './command-serve.ts';
import type { WettingCommandOptions } from './command-wetting.ts';
import { reportError } from './report-error.ts';
import type { Simulator } from './simulator.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

export interface Shell {
  readonly terminal: Terminal;
  readonly version: string;
  /** Show where in the program a fault of the program lies. */
  readonly showStacks: boolean;
  readonly openSimulator: () => Promise<Simulator>;
  /** So many threads that run tabulated systems. */
  readonly openReproducers: (threads: number) => Promise<ReproducePool>;
  /** So many threads that analyse files. */
  readonly openAnalysers: (threads: number) => Promise<AnalysePool>;
  /** The built page and the thread of its server. */
  readonly servePlaces: ServePlaces;
}

const integer = (text: string): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text.trim()) || value < 1 || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('Want a whole number from 1, in digits, such as 200.');
  }
  return value;
};

const wholeNumber = (text: string): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text.trim()) || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError('Want a whole number from 0, in digits, such as 7.');
  }
  return value;
};

const tolerance = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < 1))
    throw new InvalidArgumentError('Want a number between 0 and 1, such as 1e-6.');
  return value;
};

/** `1,10,98-100` as numbers. */
const cycleList = (text: string): number[] => {
  const cycles: number[] = [];
  for (const part of text.split(',')) {
    const [, from, to] = /^\s*(\d{1,6})\s*(?:-\s*(\d{1,6})\s*)?$/.exec(part) ?? [];
    const first = Number(from);
    const last = to === undefined ? first : Number(to);
    if (!(first >= 1 && last >= first))
      throw new InvalidArgumentError('Want cycle numbers from 1, such as 1,10,98-100.');
    for (let cycle = first; cycle <= last; cycle++) cycles.push(cycle);
  }
  return cycles;
};

const collect = (text: string, before: readonly string[] | undefined): string[] => [...(before ?? []), text];

const RUN_HELP = `
The cell is a cell file (*.cell.json), a BPX file, the id of a built-in cell, or - for a cell file
on the standard input.

--protocol takes steps as text, @FILE, or the path of a .txt or .json file; several are one after
another: -p "Plate at 1 mA/cm2 for 1 mAh/cm2" -p "Strip at 1 mA/cm2 until 1 V" -p "repeat 10"

--out writes files named after the cell, and replaces those of an earlier run:
  csv      <cell>.csv, every stored row, and <cell>.cycles.csv, a line for each cycle
  json     <cell>.run.json, what --json prints, and <cell>.record.json, every stored row
  parquet  <cell>.parquet and <cell>.cycles.parquet, the tables of csv
  methods  <cell>.methods.txt, a paragraph for a paper, and <cell>.bib, the works behind every value
  bdf      <cell>.bdf.csv (Battery Data Format)      svg  <cell>.svg

--bands runs the fast model again and again, each time with other values for all that the cell is
unsure of, drawn from their ranges (limetal show <cell> lists them). The bands cover these ranges
and nothing that the model leaves out.

Ctrl-C ends the run, keeps what is done and writes it; a second Ctrl-C ends the program at once.

Exit code: 0 the run ended by its protocol or by what happened in the cell (lithium exhausted, a
limit reached); 1 it failed or was stopped, or a file could not be written; 2 the input is at fault.

Examples:
  limetal run li-cu-ether-nitrate
  limetal run li-cu-ether-nitrate --cycles 20 --json > run.json
  limetal run li-cu-ether-nitrate --model fast --bands
  limetal run my.cell.json --protocol "Discharge at C/3 until 3 V" --model full --svg run.svg
  limetal run my.cell.json --out results --format csv,bdf
`;

const CELLS_HELP = `
Examples:
  limetal cells
  limetal cells --json
`;

const SHOW_HELP = `
Names are ids of built-in cells, paths of cell files, electrolytes, cathodes, interphase materials,
collectors and separators; "schema" prints the JSON Schema of the cell file.

A cell is also run for some cycles: what it loses by which cause, and which values its efficiency,
resistance and life hang on. For a system of a literature table, what was reported stands beside.

Examples:
  limetal show li-cu-ether-nitrate
  limetal show a1-45
  limetal show NMC811
  limetal show materials
  limetal show Li-Nafion
  limetal show "1 M LiTFSI in DOL/DME"
  limetal show schema > cell.schema.json
`;

const REPRODUCE_HELP = `
Every system of the four tables is run and laid beside what was reported for it, with the band in
which the middle 80 % of its runs lie when all that its cell is unsure of is drawn anew. "inside" is
said where the reported number lies in the band. Stopped tests count as "at least". The columns of
table B3 are computed as what they mean, without and with the interlayer.

--out writes reproduce.csv, a line for each reported number, and reproduce.json, what --json prints.
Results are the same for any number of threads. Ctrl-C ends the work and prints what is done.

Exit code: 0 done; 1 stopped, or a run met a fault of the program; 2 the input is at fault.

Examples:
  limetal reproduce
  limetal reproduce --table A1 --samples 50
  limetal reproduce --system a1-45,a1-45b
  limetal reproduce --table A1 --svg parity.svg
  limetal reproduce --json > reproduce.json
`;

const LITERATURE_HELP = `
The 67 rows of four tables of two reviews of lithium anodes (A1: Electrochem. Energy Rev. 2019; B1-B3:
Energy Mater. 2021), as printed, with corrections beside them, and with --claims what their running
text says in numbers. Ids tell all of one row or claim.

--group     interphase, host, host+interphase, novel electrolyte (table A1; interphase and host also
            find B1 and B2), in-situ SEI, artificial SEI (B1), chemical strategy, coating, dopant,
            alloy (B2), physical contact, chemical interaction (B3), electrolyte, solid electrolyte
--electrolyte  carbonate, carbonate-additive, ether, ether-nitrate, concentrated, localised,
            ionic-liquid, solid, other; ether and carbonate include those with additives, ether-plain
            and carbonate-plain do not. Tables B1-B3 name electrolytes only in the text, if at all.
--min-ce    counts efficiencies of lithium, not of full cells. Limits hold for one and the same number,
            and a number printed as "> 99" or "1-10" is found where it may lie within them.
--format    table, csv (a line for each number), wide-csv (a line for each row), json, bibtex
--add       a JSON file of your own rows, searched with the built-in ones; --schema prints its format

Examples:
  limetal literature --group host --electrolyte ether --min-ce 98
  limetal literature b3-86
  limetal literature --table B2 --sort efficiency --descending --format csv > b2.csv
  limetal literature --claims --text "critical current density"
  limetal literature --group "novel electrolyte" --format bibtex > electrolytes.bib
`;

const REQUIRED_EFFICIENCY_HELP = `
Capacity holds while the lithium in excess lasts, and then falls by CE in each cycle:
cycles = x/(1 - CE) + ln(retention)/ln(CE), x = N/P where N counts the foil, N/P - 1 where it counts
all lithium or the cathode comes without any (sulfur). --n-to-p and --cycles take lists; without
them the usual ones are tabulated. With the cycles of a test it gives the efficiency that they imply.

Examples:
  limetal design required-efficiency
  limetal design required-efficiency --n-to-p 2 --cycles 300 --retention 0.8
  limetal design required-efficiency --anode-free --cycles 100,300,1000
  limetal design required-efficiency --n-to-p 2.3 --counts all --cycles 300 --json
`;

const LIFETIME_HELP = `
Give the efficiency for the cycles that the supplies last; the cycles for the efficiency that they
need; both for the N/P and E/C that they need.

Electrolyte: each electron of the share of the loss that makes interphase (the rest is dead metal)
spends a molecule over --electrons.

Examples:
  limetal design lifetime --efficiency 0.995 --n-to-p 2 --e-to-c "3 g/Ah"
  limetal design lifetime --efficiency 80% --n-to-p 13 --e-to-c "3 g/Ah" --capacity "3.8 mAh/cm2"
  limetal design lifetime --cycles 500 --lithium "20 µm" --capacity "4 mAh/cm2" --e-to-c "2.4 g/Ah"
  limetal design lifetime --cycles 300 --efficiency 99.5% --json
`;

const ENERGY_HELP = `
The file is JSON, a name and an amount each: { "lithium": "20 ± 1 µm", "electrolyte": "2.4 g/Ah" }.
What it leaves out stands as in the reference cell of --case lithium-50; --inputs lists all names.
--seek finds the input that reaches --target, and says why where none does.

Examples:
  limetal design energy
  limetal design energy --case anode-free-llzo --set "separator=30 µm" --set "rate=C/3"
  limetal design energy --set "cathodeCapacity=4 mAh/cm2" --seek lithium --target "350 Wh/kg"
  limetal design energy --case pouch-350 --json
  limetal design energy --cases
`;

const AUDIT_HELP = `
The file is JSON, a name and an amount each, as printed in the paper; --inputs lists all names, also those
of the facts that "stated" may name. Numbers that are given count as stated.

Examples:
  limetal design audit --set cycles=600 --set "retention=76 %" --set nToP=1 --set counts=foil
  limetal design audit --set "lithium=20 µm" --set "cathodeCapacity=4.1 mAh/cm2" --set "eToC=2.4 g/Ah"
  limetal design audit --set "electrolyteVolume=100 µL" --set "capacity=4 mAh" --json
  limetal design audit --inputs
`;

const RESERVOIR_HELP = `
CE = (n Qc + Qs)/(n Qc + QT). Its error is that of the last strip over all that was plated, and the
mismatch of the instrument between plating and stripping. A record is read by \`limetal analyse\`.

Examples:
  limetal design reservoir --stripped "4.85 mAh/cm2"
  limetal design reservoir --stripped "4.85 mAh/cm2" --elsewhere "4.9 mAh/cm2" --error "0.01 mAh/cm2"
  limetal design reservoir --stripped "3.2 mAh/cm2" --cycles 20 --cells 3 --mismatch "0.02 %" --json
`;

const SERVE_HELP = `
The page is a folder of files, dist/web in the package; any static host can serve it as it is.

Example:
  limetal serve
`;

const ELECTROLYTE_HELP = `
A name is what people write: molarity, molality, mole ratios, proportions by volume, mass or mole,
several salts, additives in percent or molar, saturated salts, diluents. Put quotation marks round
each name. What is not said is guessed, and the confidence (1: nothing guessed) tells so.

Exit code: 0 all names were read; 2 some were not, and each unknown word is told with the nearest
known ones.

Examples:
  limetal electrolyte "1 M LiPF6 in EC/DEC (1:1 v/v) + 5 vol% FEC"
  limetal electrolyte "LiFSI-1.2DME-3TTE" "4 M LiFSI DME" --json
  limetal electrolyte --file names.txt
`;

const PREDICT_HELP = `
The electrolyte is written as people write it: molarity, molality, ratios by volume, mass or moles,
additives in percent. limetal electrolyte "<text>" shows how it is read.

A Li|Cu cell with it is simulated; how lithium plates from it comes from its composition, by a law
fitted to published efficiencies (docs/validation.md). The interval is where 80 % of laboratories
should find their value, best cells as they are published. --samples draws the uncertain values of
the cell instead.

--file takes one electrolyte a line, - the standard input; # begins a remark.

Examples:
  limetal predict "1 M LiFSI in DME/TTE (1:4 v/v)"
  limetal predict "1 M LiPF6 in EC/DEC (1:1 v/v) + 10 wt% FEC" --current "3 mA/cm2" --capacity "3 mAh/cm2"
  limetal predict "1 M LiTFSI in DOL/DME (1:1) + 2 wt% LiNO3" --rest "24 h" --json
  limetal predict "4 M LiFSI in DME" "1 M LiFSI in FDMB"
  limetal predict --file electrolytes.txt
`;

const WETTING_HELP = `
Three things are called lithiophilicity. This asks for the first with --substrate, for the second with
--electrolyte; the third, a nucleation overpotential, is told beside and by limetal show <substrate>.
  1 molten lithium on a surface      2 an electrolyte on lithium      3 plated lithium on a substrate

--substrate is written as people write it: "ZnO on carbon", "oxidised copper", "LLZO with Li2CO3",
"Ag-coated Ni foam". A negative reaction energy opens the gate; the product's own angle decides.

Exit code: 0 answered; 2 the input is at fault, every fault told.

Examples:
  limetal wetting --substrate "ZnO on carbon" --temperature "250 °C" --roughness 2.1 --pore "5 µm" --depth "100 µm"
  limetal wetting --substrate "clean copper" --json
  limetal wetting --substrate "ZnO on carbon" --pore "5 µm" --depth "100 µm" --svg drop.svg
  limetal wetting --substrate "LLZO with Li2CO3" --roughness 1.5 --solid-fraction 0.4
  limetal wetting --electrolyte "1 M LiPF6 in EC/DEC (1:1 v/v)" --distance "2 cm"
`;

const REACTION_HELP = `
Formulas as usual: Ca(OH)2, LiOH·H2O, Fe0.947O; a state may follow: Li(l), SnCl4(g). Without it the phase
that is stable at the temperature is taken. Without coefficients they are found; without a right side
the products of the lowest energy are. Li without a number is then as much as it takes.

Substances have polynomials of NASA, or standard values with a constant heat capacity; alloys of
lithium (LiAl, Li22Sn5) have their energy from titrations. Each number tells its source and how far it
can be trusted. Outside the temperatures in which data hold there is no answer.

--map sorts the elements: what makes a compound with lithium, alloys with it, or neither.

Examples:
  limetal reaction "Al2O3 + 6 Li = 3 Li2O + 2 Al" --temperature "200 °C"
  limetal reaction "SnO2 + Li" --json
  limetal reaction "LiNO3 + 8 Li -> 3 Li2O + Li3N"
  limetal reaction --map --temperature "250 °C" --svg map.svg
`;

const INTERFACE_HELP = `
Electrolytes: LLZO, LLZTO, LPS, Li7P3S11, Li6PS5Cl, LAGP, LATP, PEO, gel, LiPON. For garnets the state of
the surface can be said: "heat-treated LLZO", "LLZTO with Li2CO3"; it decides how lithium touches it.
Interlayers: IL, gel, polymer, Mg, Al, ZnO, Si, Ge, Sn, Au, Ag, Al2O3, Li-Sn, Li-C, graphite, Mg3N2,
LiF (HFE), Li3N, Li3PO4.

The safe current is the least of what cracks the electrolyte, what opens voids and what the salt carries;
of the first only a factor of three is known. Bands are the middle 80 % of draws of all uncertain values.

Exit code: 0 answered; 2 the input is at fault, every fault told.

Examples:
  limetal interface LLZO
  limetal interface "heat-treated LLZTO" --interlayer ZnO --current "0.5 mA/cm2"
  limetal interface Li6PS5Cl --pressure "7 MPa" --temperature "60 °C" --json
  limetal interface LLZO --film "100 nm" --contact 1
  limetal interface LATP --svg interface.svg
`;

const IMPEDANCE_HELP = `
The spectrum comes from the laws that the voltage follows in time, each part with its resistance, capacity and frequency;
parts are in series and add up. Without --at or --cycles the cell is fresh. Gradients of salt that a step left
behind are not in it, as after a rest. Nothing is halved: of Li|Li it is both electrodes (docs/impedance.md).

--at      start; "cycle 10", its end; "cycle 10 step 1", the end of a step; or a time such as "25 h"
--cycles  a spectrum at the end of each of these cycles, such as 1,10,50; with --step after that step of them
--out     writes <cell>.<place>.impedance.csv, .json, .bdf.csv, which limetal analyse reads back

Exit code: 0 done; 1 a file could not be written; 2 the input is at fault, every fault told.

Examples:
  limetal impedance li-li-carbonate
  limetal impedance li-li-carbonate --cycles 1,10,50 --svg nyquist.svg
  limetal impedance li-cu-ether-nitrate --at "cycle 5 step 1" --frequency "100 mHz:100 kHz"
  limetal impedance li-li-llzto --temperature "60 °C" --json
  limetal impedance my.cell.json --bias "1 mA/cm2" --out results --format csv,bdf
`;

const ANALYSE_HELP = `
Reads files of BioLogic, Neware, Arbin, Maccor, Gamry, PalmSens, Ivium, Autolab and other instruments, BDF, and
any table of text or Excel (docs/readers.md): the format is found from the content. Folders are walked. Area,
mass, sign and kind of cell are never taken from a file: they are given here, and shown on every result.

--cell      what stands opposite lithium: Li, Cu or cathode; "Cu|cathode" for an anode-free cell. Decides what
            an efficiency is: stripped/plated for Li|Cu, discharged/charged with a cathode, none for Li|Li
--circuit   fitted to every spectrum, such as "R0-p(R1,CPE1)-p(R2,CPE2)" (docs/impedance.md)
--column    what a column of a table holds, where its heading does not say: "Strom=current_mA". Quantities:
            time, voltage, current, temperature, capacity, frequency, real, imaginary, minus_imaginary, each
            with its unit, and cycle and step
--join      files of one test become one: those whose instrument, name and channel agree; --join-all takes your
            word that all of them are one test
--compare   simulates a cell as the file was measured and tells how far the two lie apart; --fit moves values of the
            cell until they agree, with errors and what the data do not determine
--svg       figures: a folder for a file each, or FILE.svg for all of one test
--out       writes <file>.csv, .record.json, .parquet, .bdf.csv, spectra as <file>.spectrum-1.csv, and of
            several files summary.csv

Exit code: 0 all files were read; 1 results could not be written, or Ctrl-C came first; 2 some files were not
read, each told with its reason, the others all the same.

Examples:
  limetal analyse cell.mpr
  limetal analyse cell.mpr --cell Cu --area "1.27 cm2" --svg figures
  limetal analyse data --cell Li --out results --format csv,bdf
  limetal analyse spectrum.DTA --circuit "R0-p(R1,CPE1)" --svg spectrum.svg
  limetal analyse test_01.mpr test_02.mpr --join --cell Li --json > test.json
  limetal analyse cell.csv --cell Cu --area "1.27 cm2" --compare li-cu-carbonate --fit exchangeCurrent
`;

const PROGRAM_HELP = `
Examples:
  limetal cells                            what can be run at once
  limetal run li-cu-ether-nitrate          run a built-in cell and read the summary
  limetal run my.cell.json --out results   run your own cell and keep the files
  limetal design required-efficiency       the efficiency of lithium that a life asks for
  limetal predict "4 M LiFSI in DME"       the efficiency of an electrolyte, with reasons
  limetal literature --group host          what was reported, as printed
  limetal impedance li-li-carbonate        its impedance, part by part
  limetal analyse cell.mpr --cell Cu       what a lab file holds, and what the cell did
  limetal help run                         everything about one command
`;

/** Run one command line (without program name). Never throws; gives the exit code. */
export async function runCommandLine(argv: readonly string[], shell: Shell): Promise<ExitCode> {
  const { terminal } = shell;
  let code: ExitCode = EXIT.done;
  const program = new Command('limetal')
    .description('The open workbench for lithium-metal anodes: cells that run, with physics.')
    .version(shell.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', PROGRAM_HELP)
    .showHelpAfterError('(limetal --help shows the commands)')
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    });

  program
    .command('run')
    .description('simulate a cell and report what happened')
    .argument('<cell>', 'cell file, BPX file, built-in id, or - for the standard input')
    .option(
      '-p, --protocol <steps>',
      'what to do with the cell, instead of the protocol in its file; may be repeated',
      collect,
    )
    .option('-n, --cycles <n>', 'number of cycles; a shorter protocol is repeated', integer)
    .addOption(
      new Option('-m, --model <model>', 'transport inside a half-cycle: closed forms, or 1D solution').choices([
        'fast',
        'full',
      ]),
    )
    .option(
      '--full-cycles <list>',
      'cycles to run with the full model while the others run fast, such as 1,10,98-100',
      cycleList,
    )
    .option('--current <current>', 'replace the size of every constant current, such as "0.5 mA/cm2", "1 mA" or C/3')
    .option('--temperature <temperature>', 'run the cell at this temperature, such as "40 °C"')
    .option('--rtol <number>', 'relative tolerance of the full model', tolerance)
    .option('--atol <number>', 'absolute tolerance of the full model', tolerance)
    .option('--bands', 'repeat the run over the ranges of uncertain values and show 10 % to 90 % of the outcomes')
    .option('--samples <n>', 'with --bands: how many runs (default: 64)', integer)
    .option('-o, --out <folder>', 'write files into this folder')
    .option('-f, --format <list>', 'formats for --out: csv, json, parquet, bdf, svg, methods (default: csv,json)')
    .option('--svg <file>', 'write the figure of voltage and efficiency to this file')
    .option('--json', 'print the result as one JSON document')
    .option('--series', 'with --json: include every stored row')
    .option('--sources', 'list the sources of the numbers in the summary')
    .option('-q, --quiet', 'no progress and no remarks')
    .addHelpText('after', RUN_HELP)
    .showHelpAfterError('(limetal run --help shows the options)')
    .action(async (cell: string, options: RunOptions) => {
      code = await (await import('./command-run.ts')).runCell(cell, options, shell);
    });

  program
    .command('cells')
    .description('list the built-in cells')
    .option('--json', 'print the list as one JSON document')
    .addHelpText('after', CELLS_HELP)
    .action(async (options: { json?: boolean }) => {
      (await import('./command-cells.ts')).listCells(options, terminal);
    });

  program
    .command('show')
    .description('show all that is known of a cell, a material or an electrolyte, each value with its source')
    .argument('<name...>', 'built-in id, cell file, material, electrolyte, or "schema"')
    .option('--json', 'print it as one JSON document')
    .addHelpText('after', SHOW_HELP)
    .action(async (name: string[], options: { json?: boolean }) => {
      await (await import('./command-show.ts')).show(name.join(' '), options, terminal);
    });

  program
    .command('electrolyte')
    .description('read the name of an electrolyte: components, amounts, class, transport, and what was guessed')
    .argument('[name...]', 'names, each in quotation marks')
    .option('-f, --file <path>', 'names in a file, one a line; - for the standard input')
    .option('--json', 'print the result as one JSON document')
    .addHelpText('after', ELECTROLYTE_HELP)
    .showHelpAfterError('(limetal electrolyte --help shows the options)')
    .action(async (names: string[], options: ElectrolyteOptions) => {
      code = await (await import('./command-electrolyte.ts')).electrolyte(names, options, terminal);
    });

  program
    .command('reproduce')
    .description('run the systems that the literature tabulates, and lay them beside what was reported')
    .option('-t, --table <names>', 'only these tables: A1, B1, B2, B3')
    .option('-s, --system <ids>', 'only these systems, such as a1-45,b1-26; shows what every number means')
    .option('--samples <n>', 'runs that each band is made of, from 10 (default: 200)', integer)
    .option('--seed <n>', 'another seed draws other samples (default: 1)', wholeNumber)
    .option('--threads <n>', 'threads that share the work (default: one for each processor)', integer)
    .option('-o, --out <folder>', 'write reproduce.csv and reproduce.json there')
    .option('--svg <file>', 'write the figure of computed against reported efficiencies to this file')
    .option('--json', 'print the result as one JSON document')
    .option('-q, --quiet', 'no progress and no remarks')
    .addHelpText('after', REPRODUCE_HELP)
    .showHelpAfterError('(limetal reproduce --help shows the options)')
    .action(async (options: ReproduceCommandOptions) => {
      code = await (await import('./command-reproduce.ts')).reproduce(options, shell);
    });

  program
    .command('literature')
    .description('search what the literature reports, as printed, and rows of your own')
    .argument('[id...]', 'ids of rows or claims, such as a1-36b or cb-05')
    .option('-t, --table <name>', 'A1, B1, B2, B3, or own for added rows')
    .option('-g, --group <name>', 'strategy, such as host')
    .option('-e, --electrolyte <class>', 'such as ether')
    .option('--text <words>', 'words that stand anywhere in the record')
    .option('--ref <n>', "a cited work's number in the table or in the text")
    .option('--quantity <kind>', 'only what gives this, such as interfacial-resistance')
    .option('--min-ce <percent>', 'Coulombic efficiency of lithium, at least')
    .option('--max-ce <percent>', 'at most')
    .option('--min-current <mA/cm2>', 'current density, at least')
    .option('--max-current <mA/cm2>', 'at most')
    .option('--min-capacity <mAh/cm2>', 'areal capacity, at least')
    .option('--max-capacity <mAh/cm2>', 'at most')
    .option(
      '--sort <key>',
      'printed (default), efficiency, current, capacity, cycles, duration, resistance, polarisation',
    )
    .option('--descending', 'the largest first')
    .option('--claims', 'what the running text says, instead of the rows; with ids of rows, what it says of them')
    .option('--add <file>', 'search these rows too, JSON or CSV; may be repeated', collect)
    .option('-f, --format <format>', 'table, csv, wide-csv, json, bibtex (default: table)')
    .option('--json', 'print the result as one JSON document')
    .option('--schema', 'print the JSON Schema of a file for --add')
    .addHelpText('after', LITERATURE_HELP)
    .showHelpAfterError('(limetal literature --help shows the options)')
    .action(async (ids: string[], options: LiteratureOptions) => {
      code = (await import('./command-literature.ts')).literature(ids, options, terminal);
    });

  const design = program.command('design').description('calculators that need no simulation');
  const lithiumOptions = (command: Command): Command =>
    command
      .option('--n-to-p <ratio>', 'lithium over the capacity of the cathode')
      .option('--anode-free', 'no lithium but that of the cathode')
      .addOption(
        new Option('--counts <what>', 'what N counts: the foil, or all lithium (default: foil)').choices([
          'foil',
          'all',
        ]),
      )
      .option('--cycles <n>', 'cycles to last')
      .option('--retention <share>', 'share of capacity at which it ends (default: 0.8)');

  lithiumOptions(design.command('required-efficiency'))
    .description('the Coulombic efficiency of lithium that a life asks for')
    .option('--json', 'print the answer as one JSON document')
    .addHelpText('after', REQUIRED_EFFICIENCY_HELP)
    .showHelpAfterError('(limetal design required-efficiency --help shows the options)')
    .action(async (options: RequiredEfficiencyOptions) => {
      (await import('./command-design.ts')).designRequiredEfficiency(options, terminal);
    });

  lithiumOptions(design.command('lifetime'))
    .description('which ends first, lithium or electrolyte, and when')
    .option('--ce, --efficiency <share>', 'Coulombic efficiency of lithium, such as 0.995 or 99.5%')
    .option('--lithium <thickness>', 'foil, instead of --n-to-p; needs --capacity')
    .option('--capacity <capacity>', 'of the cathode, such as "3.8 mAh/cm2"')
    .option('--e-to-c <amount>', 'electrolyte over capacity, such as "3 g/Ah"')
    .option('--electrons <n>', 'electrons that a molecule of electrolyte takes (default: 1)')
    .option('--molar-mass <mass>', 'of the molecules that are spent (default: 100 g/mol)')
    .option('--interphase-share <share>', 'share of the lithium lost that makes interphase (default: a third)')
    .option('--usable <share>', 'share of the electrolyte that may be spent before the cell runs dry (default: 1)')
    .option('--json', 'print the answer as one JSON document')
    .addHelpText('after', LIFETIME_HELP)
    .showHelpAfterError('(limetal design lifetime --help shows the options)')
    .action(async (options: LifetimeOptions) => {
      (await import('./command-design.ts')).designLifetime(options, terminal);
    });

  design
    .command('reservoir')
    .description('Coulombic efficiency of a reservoir test, with its error')
    .option('--stripped <charge>', 'stripped at the end, such as "4.85 mAh/cm2"')
    .option('--cycles <n>', 'short cycles (default: 10)')
    .option('--cycled <charge>', 'plated in each of them (default: 1 mAh/cm2)')
    .option('--reservoir <charge>', 'plated first (default: 5 mAh/cm2)')
    .option('--error <charge>', 'standard error of the last strip (default: 0.02 mAh/cm2)')
    .option('--mismatch <share>', 'of the instrument, between plating and stripping (default: 0)')
    .option('--cells <n>', 'cells that were measured alike (default: 1)')
    .option('--elsewhere <charge>', 'stripped to another cut-off, to compare')
    .option('--json', 'print the answer as one JSON document')
    .addHelpText('after', RESERVOIR_HELP)
    .showHelpAfterError('(limetal design reservoir --help shows the options)')
    .action(async (options: ReservoirOptions) => {
      (await import('./command-design-reservoir.ts')).designReservoir(options, terminal);
    });

  design
    .command('energy')
    .description('Wh/kg and Wh/L of a pouch cell from its bill of materials, with bands')
    .argument('[file]', 'JSON file of inputs; - for the standard input')
    .option('--case <id>', 'cell to begin with (--cases lists them)')
    .option('--set <name=amount>', 'one input, such as "lithium=20 µm"; may be given again', collect)
    .option('--seek <name>', 'the input to look for')
    .option('--target <amount>', 'what it shall reach, such as "400 Wh/kg"')
    .option('--samples <n>', 'draws of the bands (default: 4000)', integer)
    .option('--seed <n>', 'of the draws (default: 1)', wholeNumber)
    .option('--cases', 'list the cells to begin with')
    .option('--inputs', 'list the inputs')
    .option('--svg <file>', 'write the bill of materials and what moves the energy most as a figure to this file')
    .option('--json', 'print the answer as one JSON document')
    .addHelpText('after', ENERGY_HELP)
    .showHelpAfterError('(limetal design energy --help shows the options)')
    .action(async (file: string | undefined, options: EnergyOptions) => {
      await (await import('./command-design-energy.ts')).designEnergy(file, options, terminal, shell.version);
    });

  design
    .command('audit')
    .description('what the numbers of a paper imply, contradict and leave out')
    .argument('[file]', 'JSON file of a claim; - for the standard input')
    .option('--set <name=amount>', 'one number, such as "cycles=600"; may be given again', collect)
    .option('--inputs', 'list the names')
    .option('--json', 'print the answer as one JSON document')
    .addHelpText('after', AUDIT_HELP)
    .showHelpAfterError('(limetal design audit --help shows the options)')
    .action(async (file: string | undefined, options: AuditOptions) => {
      await (await import('./command-design-audit.ts')).designAudit(file, options, terminal);
    });

  program
    .command('predict')
    .description('the Coulombic efficiency of an electrolyte, with an interval, its losses and its reasons')
    .argument('[electrolyte...]', 'such as "4 M LiFSI in DME"')
    .option('--file <file>', 'one electrolyte a line, instead of arguments; - for the standard input')
    .option('--current <current>', 'plating and stripping (default: 1 mA/cm2)')
    .option('--capacity <capacity>', 'plated in each cycle (default: 1 mAh/cm2)')
    .option('--temperature <temperature>', 'such as "45 °C" (default: 25 °C)')
    .option('--rest <time>', 'between plating and stripping, such as "24 h" (default: none)')
    .option('--coating <name>', 'on the copper, such as LiF; limetal show <name> tells of it')
    .option('--interphase <name>', 'the same as --coating')
    .option('--host <name>', 'what lithium is plated into, such as rGO')
    .option('--substrate <name>', 'what copper is covered with, such as Au')
    .option('--samples <n>', 'make the interval of so many runs over the ranges of uncertain values', integer)
    .option('--seed <n>', 'with --samples: another seed draws other samples (default: 0)', wholeNumber)
    .option('--json', 'print it as one JSON document')
    .addHelpText('after', PREDICT_HELP)
    .showHelpAfterError('(limetal predict --help shows the options)')
    .action(async (electrolyte: string[], options: PredictCommandOptions) => {
      code = await (await import('./command-predict.ts')).predictElectrolytes(electrolyte, options, terminal);
    });

  program
    .command('reaction')
    .description(
      'the energy of a reaction with lithium, balanced or completed; or a map of all elements beside lithium',
    )
    .argument('[reaction...]', 'such as "ZnO + 2 Li = Li2O + Zn", or its left side')
    .option('-t, --temperature <temperature>', 'such as "200 °C" (default: 25 °C, with --map 250 °C)')
    .option('--map', 'instead: which elements react or alloy with lithium, and which do neither')
    .option('--svg <file>', 'with --map: write the map as a figure to this file')
    .option('--json', 'print it as one JSON document')
    .addHelpText('after', REACTION_HELP)
    .showHelpAfterError('(limetal reaction --help shows the options)')
    .action(async (reaction: string[], options: ReactionCommandOptions) => {
      code = (await import('./command-reaction.ts')).answerReaction(reaction.join(' '), options, terminal);
    });

  program
    .command('wetting')
    .description('does molten lithium wet it: contact angle, why, time to fill a host, capacity of the composite')
    .option('-s, --substrate <surface>', 'what molten lithium lies on, such as "ZnO on carbon"')
    .option('-t, --temperature <temperature>', 'of the melt, 180.54 to 600 °C (default: 250 °C)')
    .option('-r, --roughness <ratio>', 'real over projected area, from 1 (default: 1)')
    .option('--solid-fraction <share>', 'of the tops of the texture; without it lithium is taken to fill the texture')
    .option('--pore <diameter>', 'of the pores of the host, such as "5 µm"')
    .option('--depth <thickness>', 'of the host, such as "100 µm"')
    .option(
      '--time <time>',
      'after which the host is taken off the melt, such as "30 s" (default: as long as it takes)',
    )
    .option('--porosity <share>', 'of the host (default: 0.8)')
    .option('--coverage <share>', 'of the carrier by the coating (default: 1)')
    .option('--coating-thickness <thickness>', 'such as "20 nm" (default: drawn from 10 to 200 nm)')
    .option('--atmosphere <gas>', 'over the melt (default: argon)')
    .option('-e, --electrolyte <name>', 'instead: does this electrolyte wet lithium and the separator')
    .option('--distance <length>', 'with --electrolyte: along the separator (default: 5 mm)')
    .option('--samples <n>', 'draws that the bands are made of, from 10 (default: 512)', integer)
    .option('--seed <n>', 'another seed draws other samples (default: 1)', wholeNumber)
    .option('--svg <file>', 'with --substrate: write the drop, and how a host fills, as a figure to this file')
    .option('--json', 'print it as one JSON document')
    .addHelpText('after', WETTING_HELP)
    .showHelpAfterError('(limetal wetting --help shows the options)')
    .action(async (options: WettingCommandOptions) => {
      code = await (await import('./command-wetting.ts')).answerWetting(options, terminal, shell.version);
    });

  program
    .command('analyse')
    .description('lab files of cyclers and potentiostats: what they hold and leave open, and what the cell did')
    .argument('<file...>', 'files of any format that is read, and folders of them')
    .option('-c, --cell <kind>', 'what stands opposite lithium: Li, Cu, cathode, or "Cu|cathode"')
    .option('-a, --area <area>', 'geometric area of the electrode, such as "1.27 cm2"')
    .option('--sign <sign>', 'sign of an oxidising current in the file, + or -, where the format leaves it open')
    .option('--electrolyte <kind>', 'liquid or solid, for what a short looks like')
    .option('--instrument-error <percent>', 'difference of gain between the two directions, such as "0.05 %"')
    .option('--circuit <text>', 'equivalent circuit that is fitted to every spectrum')
    .option('--column <heading=meaning>', 'what a column holds, such as "Strom=current_mA"; may be repeated', collect)
    .option('--encoding <name>', 'of a text file: utf-8, utf-16le, utf-16be, windows-1252, gbk, shift_jis')
    .option('--delimiter <name>', 'of a text file: tab, semicolon, comma, bar, blank')
    .option('--decimal <name>', 'of a text file: point, comma')
    .option('--join', 'join files that belong to one test, as they tell themselves')
    .option('--join-all', 'join all files: they are one test')
    .option('-o, --out <folder>', 'write records and spectra there')
    .option('-f, --format <list>', 'formats for --out: csv, json, parquet, bdf (default: csv,json)')
    .option('--svg <path>', 'write figures: into a folder, or all of one test into FILE.svg')
    .option(
      '--compare <cell>',
      'cell file or built-in id that is simulated as the file was measured, and laid beside it',
    )
    .option(
      '--fit <names>',
      'values of that cell to fit, such as "exchangeCurrent,areaRatio"; may be repeated',
      collect,
    )
    .option('--fit-to <list>', 'what the fit looks at: voltage, efficiency, spectra (default: all there is)')
    .option('--compare-protocol <which>', "record (steps as they were measured), own (the cell's), replay (row by row)")
    .option('--model <model>', 'fast or full, for --compare (default: fast)')
    .option('--profile', 'errors of a fit by profiles of its likelihood: slower, and right where it is not a parabola')
    .option('--runs <n>', 'simulations of a fit at most', integer)
    .option('--json', 'print the result as one JSON document')
    .option('--details', 'tell each of many files in full, not in the table alone')
    .option('--threads <n>', 'threads that read files (default: as many as there are cores, when it pays)', integer)
    .option('-q, --quiet', 'no progress and no remarks')
    .addHelpText('after', ANALYSE_HELP)
    .showHelpAfterError('(limetal analyse --help shows the options)')
    .action(async (files: string[], options: AnalyseOptions) => {
      code = await (await import('./command-analyse.ts')).analyse(files, options, shell);
    });

  program
    .command('interface')
    .description(
      'lithium on a solid electrolyte: resistance by part, type, growth, safe current, what to improve first',
    )
    .argument('<electrolyte...>', 'such as LLZO, "heat-treated LLZO" or Li6PS5Cl')
    .option('-i, --interlayer <name>', 'between lithium and electrolyte, such as ZnO, gel or LiF')
    .option('-t, --temperature <temperature>', 'such as "60 °C" (default: 25 °C)')
    .option('-p, --pressure <pressure>', 'of the stack, such as "5 MPa" (default: 1 MPa)')
    .option('--angle <angle>', 'of molten lithium on the electrolyte, such as "95°", instead of its surface')
    .option('--contact <share>', 'of the area that lithium touches, instead of a computed one')
    .option('--film <thickness>', 'of carbonate between both, such as "50 nm"')
    .option('--current <current>', 'a current to judge, such as "0.5 mA/cm2"')
    .option('--capacity <capacity>', 'stripped at that current (default: 1 mAh/cm2)')
    .option('--samples <n>', 'draws that the bands are made of, from 10 (default: 512)', integer)
    .option('--seed <n>', 'another seed draws other samples (default: 1)', wholeNumber)
    .option('--svg <file>', 'write resistance by part, safe current, potential and growth as a figure to this file')
    .option('--json', 'print it as one JSON document')
    .addHelpText('after', INTERFACE_HELP)
    .showHelpAfterError('(limetal interface --help shows the options)')
    .action(async (electrolyte: string[], options: InterfaceCommandOptions) => {
      const { answerInterface } = await import('./command-interface.ts');
      code = await answerInterface(electrolyte.join(' '), options, terminal, shell.version);
    });

  program
    .command('serve')
    .description('open the page: everything above in a browser, computed there, reached from this machine only')
    .option('-p, --port <port>', 'where it listens; 0 takes any port that is free (default: 4817)')
    .option('--json', 'print where it listens as one JSON document')
    .addHelpText('after', SERVE_HELP)
    .showHelpAfterError('(limetal serve --help shows the options)')
    .action(async (options: ServeOptions) => {
      code = await (await import('./command-serve.ts')).serve(options, shell.servePlaces, terminal);
    });

  program
    .command('impedance')
    .description('the impedance of a cell, fresh or at any place of its run, and what each of its parts adds')
    .argument('<cell>', 'cell file, BPX file, built-in id, or - for the standard input')
    .option('--at <place>', 'start (default), "cycle 10", "cycle 10 step 1", or a time such as "25 h"')
    .option('--cycles <list>', 'at the end of each of these cycles, such as 1,10,50', cycleList)
    .option('--step <n>', 'with --cycles: after this step of them and not at their end', integer)
    .option(
      '-p, --protocol <steps>',
      'what leads to the place, instead of the protocol in the file; may be repeated',
      collect,
    )
    .addOption(
      new Option('-m, --model <model>', 'transport model of the run to the place (default: fast)').choices([
        'fast',
        'full',
      ]),
    )
    .option('--frequency <range>', 'from and to (default: "1 mHz:1 MHz")')
    .option('--points-per-decade <n>', 'of frequency (default: 10)', integer)
    .option('-t, --temperature <temperature>', 'while it is measured (default: that of the cell at the place)')
    .option('--bias <current>', 'steady current under the alternating one; positive strips the working electrode')
    .option('-o, --out <folder>', 'write spectra into this folder')
    .option('-f, --format <list>', 'formats for --out: csv, json, bdf (default: csv,json)')
    .option('--svg <file>', 'write the figure, Nyquist and Bode, to this file')
    .option('--json', 'print the result as one JSON document')
    .option('-q, --quiet', 'no remarks on what was written')
    .addHelpText('after', IMPEDANCE_HELP)
    .showHelpAfterError('(limetal impedance --help shows the options)')
    .action(async (cell: string, options: ImpedanceCommandOptions) => {
      code = await (await import('./command-impedance.ts')).answerImpedance(cell, options, terminal);
    });

  try {
    if (argv.length === 0) {
      terminal.err(program.helpInformation() + PROGRAM_HELP);
      return EXIT.badInput;
    }
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has already said what is wrong with the command line.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput;
    return reportError(error, shell);
  }
}
