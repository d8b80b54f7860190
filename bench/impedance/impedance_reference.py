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


def fit_unbounded():
    circuit = CustomCircuit(task["circuit"], initial_guess=task["start"])
    circuit.fit(f, Z, bounds=(-np.inf, np.inf), method="lm", maxfev=100000)
    return [float(value) for value in circuit.parameters_]


def fit_globally():
    circuit = CustomCircuit(task["circuit"], initial_guess=task["start"])
    circuit.fit(f, Z, global_opt=True, seed=0)
    return [float(value) for value in circuit.parameters_]


def kramers_kronig(mu_min, add_cap):
    with redirect_stdout(StringIO()):
        elements, mu, *_ = linKK(f, Z, c=mu_min, max_M=50, fit_type="complex", add_cap=add_cap)
    return [int(elements), float(mu)]


def timed(run, repeats):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        answer = run()
        times.append(1e3 * (time.perf_counter() - start))
    return {"median_ms": float(np.median(times)), "answer": answer}


repeats = task["repeats"]
if task["what"] == "global":
    print(json.dumps({"global": timed(fit_globally, 1)}))
else:
    print(
        json.dumps(
            {
                "fit": timed(fit, repeats),
                "unbounded": timed(fit_unbounded, repeats),
                "kk": timed(lambda: kramers_kronig(task["mu_min"], True), repeats),
                "kkDefault": timed(lambda: kramers_kronig(0.85, False), repeats),
            }
        )
    )
