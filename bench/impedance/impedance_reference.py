"""Times of impedance.py on one spectrum read from standard input as JSON; answers on standard output."""

import json
import sys
import time
from contextlib import redirect_stdout
from io import StringIO

import numpy as np
from impedance.models.circuits import CustomCircuit
from impedance.validation import linKK

task = json.load(sys.stdin)
f = np.array(task["frequency_Hz"])
Z = np.array(task["real_ohm"]) + 1j * np.array(task["imaginary_ohm"])


def fit():
    circuit = CustomCircuit(task["circuit"], initial_guess=task["start"])
    circuit.fit(f, Z)
    return [float(value) for value in circuit.parameters_]


def kramers_kronig():
    with redirect_stdout(StringIO()):
        elements, mu, *_ = linKK(f, Z, c=task["mu_min"], max_M=50, fit_type="complex", add_cap=True)
    return [int(elements), float(mu)]


def timed(run):
    times = []
    for _ in range(task["repeats"]):
        start = time.perf_counter()
        answer = run()
        times.append(1e3 * (time.perf_counter() - start))
    return {"median_ms": float(np.median(times)), "answer": answer}


print(json.dumps({"fit": timed(fit), "kk": timed(kramers_kronig)}))
