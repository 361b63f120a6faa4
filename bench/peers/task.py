"""What the Python peers share: the task, the clock, and the line they answer with."""

import json
import resource
import statistics
import sys
import time


def read_task():
    """The JSON document described in bench/src/measurement.ts."""
    return json.loads(sys.argv[1])


def measure(task, step):
    """Runs `step` again and again; returns the median seconds after the warm-up, by wall clock and by processor."""
    seconds = []
    cpu_seconds = []
    for number in range(task["warmUp"] + task["steps"]):
        cpu_started = time.process_time()
        started = time.perf_counter()
        step()
        if number == 0:
            print("first step done", flush=True)
        if number >= task["warmUp"]:
            seconds.append(time.perf_counter() - started)
            cpu_seconds.append(time.process_time() - cpu_started)
    return {"secondsPerStep": statistics.median(seconds), "cpuSecondsPerStep": statistics.median(cpu_seconds)}


def peak_bytes():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def answer(parameters, measured, version):
    print(
        json.dumps(
            {
                "parameters": int(parameters),
                **measured,
                "peakBytes": peak_bytes(),
                "version": version,
            }
        )
    )
