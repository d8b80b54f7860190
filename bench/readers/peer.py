"""One file read by galvani (.mpr) or pandas (text) in a process of its own: times, rows and the peak of its memory, as JSON."""

import json
import resource
import sys
import time

path, kind, repeats = sys.argv[1], sys.argv[2], int(sys.argv[3])

if kind == "mpr":
    from galvani import MPRfile

    def read():
        data = MPRfile(path).data
        return len(data), float(data["Ewe/V"][-1])
else:
    import pandas

    skip, separator, voltage = {"maccor": (1, "\t", "Volts"), "arbin": (0, ",", "Voltage (V)")}[kind]

    def read():
        table = pandas.read_csv(path, sep=separator, skiprows=skip)
        return len(table), float(table[voltage].iloc[-1])


times_s = []
for _ in range(repeats):
    start = time.perf_counter()
    rows, last_V = read()
    times_s.append(time.perf_counter() - start)
peak_kB = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"times_s": times_s, "rows": rows, "last_V": last_V, "peak_MB": peak_kB / 1024}))
