"""What PyBaMM answers for the Xu2019 half-cell: voltages, SEI variants, times.

Run inside an environment that has pybamm 26.8.0.0 (run.mjs makes one):

    python pybamm_reference.py --out ../../validation/pybamm-xu2019/reference.json
    python pybamm_reference.py --parts timing,ageing --out times.json
    python pybamm_reference.py --parts once --out once.json     # one discharge, to be timed from outside with its import

Currents are the parameter set's own 1C, 0.0024 A on 1.54e-4 m2. Every key with a dimension carries its unit.
"""

import argparse
import json
import os
import platform
import statistics
import time
import warnings

os.environ.setdefault("PYBAMM_DISABLE_TELEMETRY", "true")
os.environ.setdefault("OMP_NUM_THREADS", "1")
warnings.filterwarnings("ignore")

started = time.perf_counter()
import numpy as np  # noqa: E402
import pybamm  # noqa: E402

import_s = time.perf_counter() - started
pybamm.set_logging_level("CRITICAL")

TIMES_s = [0, 1, 10, 60, 300, 600, 1200, 1800, 2400, 3000, 3600, 4200, 4800, 5400]
SEI_TIMES_s = [0, 1, 60, 600, 1800, 3600]
SEI_VARIANTS = [
    "constant",
    "reaction limited",
    "solvent-diffusion limited",
    "electron-migration limited",
    "interstitial-diffusion limited",
    "ec reaction limited",
]
# Loosest to tightest. IDA gives up on the last of them for fine meshes and for growing films, so each answer names its own.
TOLERANCES = [(1e-6, 1e-8), (1e-7, 1e-9), (1e-8, 1e-9), (1e-8, 1e-10)]
DEFAULT_TOLERANCE = (1e-4, 1e-6)
LITHIUM_OVERPOTENTIAL = "Lithium metal interface reaction overpotential [V]"


def simulation(points=20, sei=None, tolerance=DEFAULT_TOLERANCE, experiment=None, mode=None, **options):
    """A half-cell on `points` cells in separator, cathode and particle; `sei` grows on the lithium side alone."""
    choices = {"working electrode": "positive"}
    if sei is not None:
        choices["SEI"] = (sei, "none")
    more = {} if mode is None else {"experiment_model_mode": mode}
    return pybamm.Simulation(
        pybamm.lithium_ion.DFN(choices),
        parameter_values=pybamm.ParameterValues("Xu2019"),
        var_pts={name: points for name in ("x_n", "x_s", "x_p", "r_n", "r_p")},
        solver=pybamm.IDAKLUSolver(rtol=tolerance[0], atol=tolerance[1], options=options or None),
        experiment=experiment,
        **more,
    )


def at(solution, name, times_s):
    """A variable at stored times, read and not interpolated. The SEI thickness is low by 6e-9 of itself in every reading."""
    entries = np.ravel(solution[name].entries)
    return [float(entries[np.flatnonzero(solution.t == t)[0]]) for t in times_s]


def tightest(points, times_s, end_s, sei=None):
    """The answer at the tightest tolerance that IDA survives, with its largest distance from the next looser one."""
    answers, refused = [], []
    for tolerance in TOLERANCES:
        # Asking for the times as solver stops keeps the dense output's own error out of the reference.
        stops = np.array(sorted({*times_s, end_s}), dtype=float)
        try:
            solution = simulation(points, sei, tolerance).solve(stops, t_interp=np.array(times_s, dtype=float))
        except pybamm.SolverError as error:
            refused.append({"rtol": tolerance[0], "atol": tolerance[1], "message": str(error).splitlines()[0]})
            continue
        answers.append((tolerance, solution, at(solution, "Voltage [V]", times_s)))
    tolerance, solution, voltage_V = answers[-1]
    looser_V = answers[-2][2]
    return solution, {
        "points": points,
        "rtol": tolerance[0],
        "atol": tolerance[1],
        "time_s": times_s,
        "voltage_V": voltage_V,
        "looser_difference_V_max": max(abs(a - b) for a, b in zip(voltage_V, looser_V)),
        "refused_tolerances": refused,
    }


def voltages(meshes):
    """Discharge at 1C to 3.5 V on each mesh."""
    found = []
    for points in meshes:
        solution, answer = tightest(points, TIMES_s, 7200)
        answer["end_s"] = float(solution.t[-1])
        answer["termination"] = solution.termination
        answer["lithium_overpotential_V_end"] = float(np.ravel(solution[LITHIUM_OVERPOTENTIAL].entries)[-1])
        found.append(answer)
    return found


def default_tolerance():
    """The error of the tolerance that PyBaMM ships, taken at the solver's own points."""
    tight = simulation(tolerance=(1e-8, 1e-10)).solve([0, 7200])
    loose = simulation().solve([0, 7200])
    at_s = loose.t[loose.t < min(loose.t[-1], tight.t[-1])]
    difference = np.abs(np.array(loose["Voltage [V]"](at_s)) - np.array(tight["Voltage [V]"](at_s)))
    return {
        "rtol": DEFAULT_TOLERANCE[0],
        "atol": DEFAULT_TOLERANCE[1],
        "rows": len(loose.t),
        "end_s": float(loose.t[-1]),
        "voltage_error_V_max": float(difference.max()),
    }


def sei_variants():
    """One hour at 1C with each growth law on lithium alone. The cut-off of 3.5 V is not reached."""
    found = []
    for sei in SEI_VARIANTS:
        solution, answer = tightest(20, SEI_TIMES_s, 3600, sei)
        answer["variant"] = sei
        answer["thickness_m"] = at(solution, "Negative SEI thickness [m]", SEI_TIMES_s)
        found.append(answer)
    return found


def salt():
    """The salt that PyBaMM's boundary flux makes or loses in one discharge: it should be none."""
    solution = simulation(tolerance=(1e-8, 1e-10)).solve([0, 5000])
    held = solution["Porosity times concentration [mol.m-3]"].entries
    width_m = np.concatenate([np.full(20, 25e-6 / 20), np.full(20, 42e-6 / 20)])
    amount = width_m @ held
    return {"amount_mol_per_m2_start": float(amount[0]), "relative_drift_5000_s": float(amount[-1] / amount[0] - 1)}


def discharge_times(repeats, sei=None, tolerance=DEFAULT_TOLERANCE, **options):
    """Cold: build, set up, first solve and voltage. Warm: the same Simulation solved again, with its voltage."""
    begin = time.perf_counter()
    ready = simulation(sei=sei, tolerance=tolerance, **options)
    solution = ready.solve([0, 7200])
    solution["Voltage [V]"].entries  # noqa: B018 - the voltage is evaluated lazily, and is part of the work
    cold_s = time.perf_counter() - begin
    warm_s, integration_s = [], []
    for _ in range(repeats):
        begin = time.perf_counter()
        solution = ready.solve([0, 7200])
        solution["Voltage [V]"].entries  # noqa: B018
        warm_s.append(time.perf_counter() - begin)
        integration_s.append(float(solution.integration_time.value))
    return {
        "rtol": tolerance[0],
        "atol": tolerance[1],
        "repeats": repeats,
        "cold_s": cold_s,
        "warm_s_p50": statistics.median(warm_s),
        "warm_s_min": min(warm_s),
        "integration_s_p50": statistics.median(integration_s),
        "rows": len(solution.t),
        "end_s": float(solution.t[-1]),
    }


def timing(repeats, compiled):
    found = {
        "default": discharge_times(repeats),
        "solvent-diffusion SEI": discharge_times(repeats, sei="solvent-diffusion limited"),
    }
    if compiled:
        # Needs a C compiler; the compilation is in cold_s.
        found["compiled ahead of time"] = discharge_times(repeats, compile=True)
    return found


def constant_current_cycles(cycles, mode, tolerance=DEFAULT_TOLERANCE):
    """CC cycles between 3.5 and 4.2 V at 1C with solvent-diffusion SEI on lithium."""
    steps = ("Discharge at 1C until 3.5 V", "Charge at 1C until 4.2 V")
    experiment = pybamm.Experiment([steps] * cycles)
    return simulation(sei="solvent-diffusion limited", tolerance=tolerance, experiment=experiment, mode=mode)


def cycling(cycles):
    """End time and film of each cycle, at a tolerance tight enough to compare with."""
    tolerance = (1e-6, 1e-8)
    solution = constant_current_cycles(cycles, "legacy", tolerance).solve(calc_esoh=False)
    return {
        "cycles": len(solution.cycles),
        "rtol": tolerance[0],
        "atol": tolerance[1],
        "cycle_end_s": [float(cycle.t[-1]) for cycle in solution.cycles],
        "thickness_m": [float(np.ravel(cycle["Negative SEI thickness [m]"].entries)[-1]) for cycle in solution.cycles],
    }


def ageing(cycles, modes):
    """What the same cycles take at the default tolerance."""
    found = []
    for mode in modes:
        begin = time.perf_counter()
        ready = constant_current_cycles(cycles, mode)
        solution = ready.solve(calc_esoh=False)
        cold_s = time.perf_counter() - begin
        begin = time.perf_counter()
        solution = ready.solve(calc_esoh=False)
        warm_s = time.perf_counter() - begin
        thickness_m = np.ravel(solution["Negative SEI thickness [m]"].entries)
        found.append(
            {
                "mode": mode,
                "cycles": len(solution.cycles),
                "cold_s": cold_s,
                "warm_s": warm_s,
                "end_s": float(solution.t[-1]),
                "thickness_m_end": float(thickness_m[-1]),
            }
        )
    return found


def once():
    """One discharge and its voltage, for a stopwatch outside this process."""
    solution = simulation().solve([0, 7200])
    return {"rows": len(solution["Voltage [V]"].entries), "end_s": float(solution.t[-1])}


def main():
    parser = argparse.ArgumentParser(description="PyBaMM's answers for the Xu2019 half-cell")
    parser.add_argument("--parts", default="voltages,default_tolerance,sei,salt,cycling")
    parser.add_argument("--out", required=True, help="JSON file to write")
    parser.add_argument("--meshes", default="10,20,40,80", help="cells per region for the voltages")
    parser.add_argument("--repeats", type=int, default=50)
    parser.add_argument("--cycles", type=int, default=100)
    parser.add_argument("--modes", default="legacy,unified")
    parser.add_argument("--compiled", action="store_true", help="also time ahead-of-time compilation")
    options = parser.parse_args()
    parts = {
        "voltages": lambda: voltages([int(points) for points in options.meshes.split(",")]),
        "default_tolerance": default_tolerance,
        "sei": sei_variants,
        "salt": salt,
        "cycling": lambda: cycling(options.cycles),
        "timing": lambda: timing(options.repeats, options.compiled),
        "ageing": lambda: ageing(options.cycles, options.modes.split(",")),
        "once": once,
    }
    answers = {
        "model": "lithium_ion.DFN, working electrode positive; SEI as (variant, none): on lithium alone",
        "parameters": "Xu2019, unchanged",
        "solver": "IDAKLUSolver",
        "current_A": 0.0024,
        "area_m2": 1.54e-4,
        "versions": {
            "pybamm": pybamm.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
    }
    for part in options.parts.split(","):
        answers[part] = parts[part]()
    if "timing" in answers:
        answers["timing"]["import_s"] = import_s
    with open(options.out, "w", encoding="utf-8") as file:
        json.dump(answers, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main()
