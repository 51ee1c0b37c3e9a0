"""How long the program takes as a whole process, from the shell to its last line."""

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.sample import Json, case

RUNS = 15


def program() -> Path:
    """The command as installed: in the project's own environment, else beside this Python."""
    installed = Path(__file__).parents[1] / ".venv" / "bin" / "award-bot"
    return installed if installed.exists() else Path(sys.executable).parent / "award-bot"


def seconds(*arguments: str) -> float:
    """The median of several runs of the command, after one that warms the disk's cache."""
    command = [str(program()), *arguments]
    taken = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        taken.append(time.perf_counter() - start)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.decode()}")
    return median(taken[1:])


def screen_and_help(facts: Json) -> tuple[float, float]:
    """Seconds for ``award-bot screen`` with one case, and for ``award-bot --help``."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "case.json"
        file.write_text(json.dumps(case(facts)), encoding="utf-8")
        return seconds("screen", str(file)), seconds("--help")
