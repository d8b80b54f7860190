// The test of `ROWS` as further programs export it: tables on levels, Chinese headings, currents without sign, times that start anew.

import { type Fixture, ROWS, utf16le } from './fixtures.test-tool.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** GBK of the characters that the headings here need. */
const GBK: Readonly<Record<string, number>> = {
  测: 0xb2e2,
  试: 0xcad4,
  时: 0xcab1,
  间: 0xbce4,
  电: 0xb5e7,
  压: 0xd1b9,
  流: 0xc1f7,
  循: 0xd1ad,
  环: 0xbbb7,
  序: 0xd0f2,
  号: 0xbac5,
  工: 0xb9a4,
  步: 0xb2bd,
  类: 0xc0e0,
  型: 0xd0cd,
  容: 0xc8dd,
  量: 0xc1bf,
  比: 0xb1c8,
  系: 0xcfb5,
  统: 0xcdb3,
  总: 0xd7dc,
  数: 0xcafd,
  据: 0xbedd,
  绝: 0xbef8,
  对: 0xb6d4,
  恒: 0xbae3,
  充: 0xb3e4,
  放: 0xb7c5,
  搁: 0xb8e9,
  置: 0xd6c3,
  记: 0xbcc7,
  录: 0xc2bc,
  名: 0xc3fb,
  称: 0xb3c6,
};
function gbk(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (GBK[letter] === undefined) throw new Error(`no GBK here for ${letter}`);
    else bytes.push(GBK[letter] >> 8, GBK[letter] & 0xff);
  }
  return Uint8Array.from(bytes);
}

type Row = (typeof ROWS)[number];
const two = (value: number): string => String(value).padStart(2, '0');
const duration = (time_s: number): string => `0:${two(Math.floor(time_s / 60))}:${two(time_s % 60)}.0`;
const clock = (time_s: number): string => `2024-03-01 09:0${Math.floor(time_s / 60)}:${two(time_s % 60)}`;
const table = (head: string, row: (r: Row, k: number) => readonly (string | number)[], delimiter = ','): string =>
  `${head}\n${ROWS.map((r, k) => row(r, k).join(delimiter)).join('\n')}\n`;
const state = (r: Row, words: readonly [rest: string, discharge: string, charge: string]): string =>
  words[r.current_A === 0 ? 0 : r.current_A < 0 ? 1 : 2];
/** A step lasts two rows, ten seconds apart; the next begins ten seconds later, which only the clock tells. */
const inStep = (k: number): number => 10 * (k % 2);

interface Headings {
  readonly cycle: string;
  readonly step: string;
  readonly record: string;
  readonly words: readonly [rest: string, discharge: string, charge: string];
}

/** Cycle, step and record on levels of their own, as Neware's programs before BTSDA export them. */
function nested({ cycle, step, record, words }: Headings, delimiter: string): string {
  const d = delimiter;
  const head = [cycle, `${d}${step}`, `${d}${d}${record}`].map((line) => line.replaceAll(',', d)).join('\n');
  const body: string[] = [];
  for (const [k, r] of ROWS.entries()) {
    if (k % 6 === 0) body.push([r.cycle, 3.2, 3.1].join(d));
    if (k % 2 === 0) body.push(['', r.step, state(r, words), '0:00:10', 0.5].join(d));
    body.push(
      ['', '', k + 1, duration(inStep(k)), r.voltage_V, 1e3 * Math.abs(r.current_A), 0.5, clock(r.time_s)].join(d),
    );
  }
  return `${head}\n${body.join('\n')}\n`;
}

/** As BTSDA exports levels: the first step of a cycle stands behind the cycle on one line, and there is a time of the test. */
function nestedByBtsda(): string {
  const body: string[] = [];
  for (const [k, r] of ROWS.entries()) {
    const step = [r.step, r.step, state(r, ['Rest', 'CC DChg', 'CC Chg']), '00:00:10', 0.5];
    if (k % 6 === 0) body.push([r.cycle, 3.2, 3.1, 99.5, ...step].join(','));
    else if (k % 2 === 0) body.push(['', ...step].join(','));
    body.push(
      ['', '', k + 1, duration(inStep(k)), duration(r.time_s), r.current_A, r.voltage_V, 0, clock(r.time_s), 26.6].join(
        ',',
      ),
    );
  }
  return `Cycle Index,Chg. Cap.(Ah),DChg. Cap.(Ah),Chg.-DChg. Eff(%)\n,Step Index,Step Number,Step Type,Step Time,Capacity(Ah)\n,,DataPoint,Time,Total Time,Current(A),Voltage(V),Capacity(Ah),Date,T1(?)\n${body.join('\n')}\n`;
}

/** Charge in one direction since the start, Ah. */
function counter_Ah(row: number, direction: -1 | 1): number {
  let charge_C = 0;
  for (let k = 1; k <= row; k++) {
    const { current_A, time_s } = ROWS[k]!;
    if (current_A * direction > 0) charge_C += Math.abs(current_A) * (time_s - ROWS[k - 1]!.time_s);
  }
  return charge_C / 3600;
}

export const FURTHER_CYCLING_TEXTS: readonly Fixture[] = [
  {
    name: 'BDF in hours, a discharging current positive against its own counters',
    format: /^BDF csv/,
    bytes: encode(
      table(
        'Test Time / h,Current / A,Voltage / V,Step Type / 1,Cycle Count / 1,Step Index / 1,Charge Capacity / Ah,Discharge Capacity / Ah',
        (r, k) => [
          r.time_s / 3600,
          -r.current_A,
          r.voltage_V,
          state(r, ['rest', 'discharge', 'charge']),
          r.cycle,
          r.step,
          counter_Ah(k, 1),
          counter_Ah(k, -1),
        ],
      ),
    ),
  },
  {
    name: 'Neware with a time of the step and a cumulative one',
    format: /^Neware csv/,
    bytes: encode(
      table(
        'DataPoint,Cycle Index,Step Index,Step Type,Time,Cumulative Time,Current(A),Voltage(V),Chg. Cap.(Ah),DChg. Cap.(Ah),Date',
        (r, k) => [
          k + 1,
          r.cycle,
          r.step,
          state(r, ['Rest', 'CC DChg', 'CC Chg']),
          duration(inStep(k)),
          duration(r.time_s),
          r.current_A,
          r.voltage_V,
          counter_Ah(k, 1),
          counter_Ah(k, -1),
          clock(r.time_s),
        ],
      ),
    ),
  },
  {
    name: 'Novonix with every line of the table in quotes',
    format: /^Novonix csv/,
    bytes: encode(
      `[Summary]\nNovonix HPC data file\n[End Summary]\n[Protocol]\n[0: Open_circuit_storage:]\n   [StepLimits 0 60 0 50 0 9999 0 999]\n"   [During CV, End step when hold time > 15 hours]"\n[End Protocol]\n[Data]\n${table(
        'Date and Time,Cycle Number,Step Type,Run Time (h),Current (A),Potential (V),Temperature (°C),Step Number',
        (r) => [clock(r.time_s), r.cycle, 0, r.time_s / 3600, r.current_A, r.voltage_V, 25, r.step],
      )
        .trim()
        .split('\n')
        .map((line) => `"${line}"\n`)
        .join('')}`,
    ),
  },
  {
    name: 'Maccor in thousandths, mV under "Volts"',
    format: /^Maccor text/,
    bytes: encode(
      table(
        "Today''s Date\t03/01/2024 9:00:27 AM\n\nRec#\tCyc#\tStep\tTestTime\tStepTime\tmAmp-hr\tmWatt-hr\tmAmps\tVolts\tState\tES",
        (r, k) => [
          k + 1,
          r.cycle,
          r.step,
          `  0d ${duration(r.time_s)}`,
          `  0d ${duration(inStep(k))}`,
          0,
          0,
          1e3 * Math.abs(r.current_A),
          1e3 * r.voltage_V,
          state(r, ['R', 'D', 'C']),
          1,
        ],
        '\t',
      ),
    ),
  },
  {
    name: 'columns of EC-Lab between semicolons, dates under time/s',
    format: /^EC-Lab columns as csv/,
    bytes: encode(
      table(
        ';mode;error;time/s;Ecell/V;I/mA;cycle number;freq/Hz;Ns',
        (r, k) => [k, 7, 0, `${clock(r.time_s)}.000`, r.voltage_V, 1e3 * r.current_A, r.cycle, '', r.step],
        ';',
      ),
    ),
  },
  {
    name: 'Neware on levels, steps behind cycles',
    format: /^Neware csv \(cycles, steps and records on levels/,
    bytes: encode(nestedByBtsda()),
  },
  {
    name: 'Digatron, a line of one letter below the headings',
    format: /^Digatron csv/,
    bytes: encode(
      table('Step,Cycle,Status,Timestamp,Program Duration#s,Voltage#V,Current#A\nV\tV\tV\tV\tV\tV\tV', (r) => [
        r.step,
        r.cycle,
        'CC',
        clock(r.time_s),
        r.time_s,
        r.voltage_V,
        r.current_A,
      ]),
    ),
  },
  {
    name: 'Basytec, a mark before each heading',
    format: /^Basytec text/,
    bytes: encode(
      table(
        'Resultfile from Basytec Battery Test System\n~Time[s]\t~U[V]\t~I[A]\t~Line\t~Cyc-Count',
        (r) => [r.time_s, r.voltage_V, r.current_A, r.step, r.cycle],
        '\t',
      ),
    ),
  },
  {
    name: 'Maccor, the time of day without a date',
    format: /^Maccor text/,
    bytes: encode(
      table(
        "Today's Date 01/15/2025\nRec#\tCyc#\tStep\tTest (Min)\tAmps\tVolts\tState\tDPt Time",
        (r, k) => [
          k + 1,
          r.cycle,
          r.step,
          r.time_s / 60,
          Math.abs(r.current_A),
          r.voltage_V,
          state(r, ['R', 'D', 'C']),
          `11:${10 + Math.floor(r.time_s / 60)}:${two(r.time_s % 60)}`,
        ],
        '\t',
      ),
    ),
  },
  {
    name: 'Neware on levels, currents without sign',
    format: /^Neware csv \(cycles, steps and records on levels, commas/,
    bytes: encode(
      nested(
        {
          cycle: 'Cycle ID,Cap_Chg(mAh),Cap_DChg(mAh)',
          step: 'Step ID,Step Name,Step Time(h:min:s),Capacity(mAh)',
          record: 'Record ID,Time(h:min:s.ms),Voltage(V),Current(mA),Capacity(mAh),Realtime',
          words: ['Rest', 'CC_DChg', 'CC_Chg'],
        },
        ',',
      ),
    ),
  },
  {
    name: 'Neware on levels, Chinese in GBK, tabs',
    format: /^Neware csv \(cycles, steps and records on levels, tabs.*gbk/,
    bytes: gbk(
      nested(
        {
          cycle: '循环序号,充电容量(mAh),放电容量(mAh)',
          step: '工步序号,工步名称,工步时间(h:min:s),容量(mAh)',
          record: '记录序号,时间(h:min:s.ms),电压(V),电流(mA),容量(mAh),系统时间',
          words: ['搁置', '恒流放电', '恒流充电'],
        },
        '\t',
      ),
    ),
  },
  {
    name: 'Neware BTSDA, Chinese in GBK',
    format: /^Neware csv.*gbk/,
    bytes: gbk(
      table('数据序号,循环号,工步号,工步类型,时间,总时间,电流(A),电压(V),容量(Ah),绝对时间', (r, k) => [
        k + 1,
        r.cycle,
        r.step,
        state(r, ['搁置', '恒流放电', '恒流充电']),
        duration(inStep(k)),
        duration(r.time_s),
        r.current_A,
        r.voltage_V,
        0,
        clock(r.time_s),
      ]),
    ),
  },
  {
    name: 'Neware general report, time by step',
    format: /^Neware csv/,
    bytes: encode(
      table(
        'Cycle ID,Step ID,Record ID,Time(h:min:s.ms),Voltage(mV),Current(uA),Temperature(C),Capacitance_Chg(mAh),Realtime',
        (r, k) => [
          r.cycle,
          r.step,
          k + 1,
          duration(inStep(k)),
          1e3 * r.voltage_V,
          1e6 * r.current_A,
          25,
          0,
          clock(r.time_s),
        ],
      ),
    ),
  },
  {
    name: 'LAND, Chinese in GBK',
    format: /^Landt csv.*gbk/,
    bytes: gbk(
      table('测试时间/Sec,电流/mA,容量/mAh,比容量/mAh/g,SOC|DOD/%,电压/V,循环序号,工步序号,系统时间', (r) => [
        r.time_s,
        1e3 * r.current_A,
        0,
        0,
        50,
        r.voltage_V,
        r.cycle,
        r.step,
        clock(r.time_s),
      ]),
    ),
  },
  {
    name: 'LAND, English',
    format: /^Landt csv/,
    bytes: encode(
      table(
        'Record,Cycle-Index,Step-Index,TestTime/Sec,StepTime/Sec,Current/mA,Capacity/mAh,SpeCap/mAh/g,Voltage/V,SysTime',
        (r, k) => [k + 1, r.cycle, r.step, r.time_s, inStep(k), 1e3 * r.current_A, 0, 0, r.voltage_V, clock(r.time_s)],
      ),
    ),
  },
  {
    name: 'Landt, machine-readable',
    format: /^Landt csv/,
    bytes: encode(
      table(
        'channel_index,cycle_index,step_index,step_name,test_time_s,step_time_s,voltage_V,current_A,charge_capacity_Ah,temperature_1_degC',
        (r, k) => [1, r.cycle, r.step, 'CC', r.time_s, inStep(k), r.voltage_V, r.current_A, 0, 25],
      ),
    ),
  },
  {
    name: 'Digatron, units below the headings',
    format: /^Digatron csv/,
    bytes: encode(
      table(
        '\nMeasurement ID,557\nBattery Name,cell\nStart Time,11/7/2018 10:49:25 AM\nTime Stamp,Step,Status,Prog Time,Step Time,Cycle,Cycle Level,Procedure,Voltage,Current,Temperature,Capacity,WhAccu,Cnt,\n,,,,,,,,[V],[mA],[C],[Ah],[Wh],[Cnt],',
        (r, k) => [
          `11/7/2018 5:0${Math.floor(r.time_s / 60)}:${two(r.time_s % 60)} PM`,
          r.step,
          state(r, ['PAU', 'DCH', 'CHA']),
          `06:1${Math.floor(r.time_s / 60)}:${two(r.time_s % 60)}.500`,
          duration(inStep(k)),
          r.cycle,
          0,
          'form',
          r.voltage_V,
          1e3 * r.current_A,
          38.06,
          0,
          0,
          2,
          '',
        ],
      ),
    ),
  },
  {
    name: 'Digatron, units in the headings',
    format: /^Digatron csv/,
    bytes: encode(
      table(
        'Timestamp,Step,Cycle,Status,Program Duration#s,Step Duration#s,Voltage#V,Current#mA,AhCha#Ah,T1#°C',
        (r, k) => [clock(r.time_s), r.step, r.cycle, 'x', r.time_s, inStep(k), r.voltage_V, 1e3 * r.current_A, 0, 25],
      ),
    ),
  },
  {
    name: 'Arbin, underscores, dates as days',
    format: /^Arbin csv/,
    bytes: encode(
      table(
        'Data_Point,Date_Time,Test_Time(s),Step_Time(s),Cycle_Index,Step_Index,Current(A),Voltage(V),Charge_Capacity(Ah),Aux_Temperature_1(C)',
        (r, k) => [
          k + 1,
          45352 + r.time_s / 86400,
          r.time_s,
          inStep(k),
          r.cycle,
          r.step,
          r.current_A,
          r.voltage_V,
          0,
          25,
        ],
      ),
    ),
  },
  {
    name: 'NOVA, chronopotentiometry',
    format: /^NOVA/,
    bytes: encode(
      table(
        'Column 1;Time (s);Corrected time (s);WE(1).Current (A);WE(1).Potential (V);Scan;Step',
        (r, k) => [k, r.time_s + 5, r.time_s, r.current_A, r.voltage_V, r.cycle, r.step],
        ';',
      ),
    ),
  },
  {
    name: 'Zahner, units apart',
    format: /^Zahner/,
    bytes: encode(
      table(
        'Zahner measurement\ntime s, voltage V, current A, step, cycle',
        (r) => [r.time_s, r.voltage_V, r.current_A, r.step, r.cycle],
        ', ',
      ),
    ),
  },
  {
    name: 'EC-Lab text without header, charge instead of current',
    format: /^EC-Lab text \(.mpt without header\)/,
    bytes: encode(
      table(
        'mode\tox/red\terror\tcontrol changes\tNs changes\tcounter inc.\tNs\ttime/s\tdq/mA.h\tcontrol/V/mA\tEwe/V\tcycle number',
        (r, k) => [
          r.current_A === 0 ? 3 : 1,
          0,
          0,
          0,
          0,
          0,
          r.step,
          r.time_s,
          k === 0 ? 0 : (1e3 * r.current_A * 10) / 3600,
          1e3 * r.current_A,
          r.voltage_V,
          r.cycle,
        ],
        '\t',
      ),
    ),
  },
  {
    name: 'a German table in UTF-16',
    format: /decimal comma, utf-16le/,
    bytes: utf16le(
      table(
        'Zeit (s)\tSpannung (V)\tStrom (mA)\tZyklus\tSchritt',
        (r) =>
          [r.time_s, r.voltage_V, 1e3 * r.current_A, r.cycle, r.step].map((value) => String(value).replace('.', ',')),
        '\t',
      ),
    ),
  },
];
