"""How fast verdicts are, how often they are wrong when answers are missing, and how fast we start.

Beside json-logic-qubit and openfisca-core on the six plain rules of ``sample.py``; exits with 1 if
a bar is missed. ``README.md`` says how to run it and what was measured.
"""

import platform
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version
from random import Random
from statistics import median

from benchmarks import jsonlogic, openfisca, sample
from benchmarks.startup import screen_and_help
from rules.evaluate import evaluate
from rules.facts import parse_facts
from rules.load import load_award
from rules.model import Facts, Tier, Track

SEED = 20261120
PEOPLE = 1000
GAPPED = 5000
MISSING = 0.15
ROUNDS = 7
AT_LEAST = 0.3  # seconds a measurement

DAY = date.fromisoformat(sample.AS_OF)
RULES = load_award("qingshanhu").rule_sets[Track.ORGANISATION, Tier.AWARD]
SIX = [criterion.judge for criterion in RULES.criteria if criterion.id in sample.SIX]

Answer = bool | None
Run = Callable[[], object]


def parsed(facts: sample.Json) -> Facts:
    """Facts as the program reads them."""
    return parse_facts(facts, Track.ORGANISATION, DAY, RULES.judged)


def ours(facts: sample.Json) -> Answer:
    """Our answer by the six rules."""
    told = parsed(facts)
    return sample.together([judge(told, DAY).status.value for judge in SIX])


def rates(runs: dict[str, tuple[int, Run]]) -> dict[str, float]:
    """Verdicts a second of each run, which gives so many: the median of rounds taken in turn."""
    measured: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, (verdicts, run) in runs.items():
            times, start = 0, time.perf_counter()
            while (taken := time.perf_counter() - start) < AT_LEAST:
                run()
                times += 1
            measured[name].append(times * verdicts / taken)
    return {name: median(each) for name, each in measured.items()}


def speed() -> bool:
    """Measure and print verdicts a second; say whether the bar is held."""
    people = sample.told_in_full(PEOPLE, SEED)
    gaps = Random(SEED)
    gapped = [sample.with_gaps(facts, gaps, MISSING) for facts in people]
    full, partly = [parsed(facts) for facts in people], [parsed(facts) for facts in gapped]
    system = openfisca.system()
    persons = [openfisca.values(facts) for facts in people]
    table = openfisca.columns(system, persons)
    agree(people, openfisca.one_by_one(system, persons), openfisca.together(system, table, PEOPLE))
    all_rules = f"award-bot, all {len(RULES.criteria)} criteria"
    few = people[:100]
    runs: dict[str, tuple[int, Run]] = {
        f"{all_rules}, all known": (PEOPLE, lambda: [evaluate(RULES, f, DAY) for f in full]),
        f"{all_rules}, some missing": (PEOPLE, lambda: [evaluate(RULES, f, DAY) for f in partly]),
        f"{all_rules}, read from JSON facts": (
            len(few),
            lambda: [evaluate(RULES, parsed(f), DAY) for f in few],
        ),
        "award-bot, the six, all known": (
            PEOPLE,
            lambda: [[judge(f, DAY) for judge in SIX] for f in full],
        ),
        "json-logic-qubit, the six, all known": (
            PEOPLE,
            lambda: [jsonlogic.may_apply(f) for f in people],
        ),
        "json-logic-qubit, each of the six, all known": (
            PEOPLE,
            lambda: [jsonlogic.each_rule(f) for f in people],
        ),
        "json-logic-qubit, the six, some missing": (
            PEOPLE,
            lambda: [jsonlogic.may_apply(f) for f in gapped],
        ),
        "openfisca-core, the six, a simulation each": (
            len(few),
            lambda: openfisca.one_by_one(system, persons[:100]),
        ),
        f"openfisca-core, the six, one simulation of {PEOPLE}": (
            PEOPLE,
            lambda: openfisca.together(system, table, PEOPLE),
        ),
    }
    found = rates(runs)
    base = found["json-logic-qubit, the six, all known"]
    print(f"{'verdicts a second':58}{'rate':>10}{'ratio':>8}")
    for name, rate in found.items():
        print(f"{name:58}{rate:>10,.0f}{rate / base:>8.2f}")
    return found[f"{all_rules}, all known"] >= base


def agree(people: Sequence[sample.Json], *openfiscas: Sequence[bool]) -> None:
    """Check that what is timed is right: where everything is known, all give the one answer."""
    truth = [sample.certain(facts) for facts in people]
    assert set(truth) == {True, False}
    assert [ours(facts) for facts in people] == truth
    assert [jsonlogic.may_apply(facts) for facts in people] == truth
    assert [jsonlogic.may_apply_if_all_is_told(facts) for facts in people] == truth
    for answers in openfiscas:
        assert list(answers) == truth


def wrong_answers() -> bool:
    """Count and print what each says of applicants with gaps; say whether ours are all right."""
    gaps = Random(SEED + 1)
    people = [
        sample.with_gaps(facts, gaps, MISSING) for facts in sample.told_in_full(GAPPED, SEED + 1)
    ]
    truth = [sample.certain(facts) for facts in people]
    persons = [openfisca.values(facts) for facts in people]
    system = openfisca.system()
    answers: dict[str, Sequence[Answer]] = {
        "award-bot": [ours(facts) for facts in people],
        "json-logic-qubit": [jsonlogic.may_apply(facts) for facts in people],
        'json-logic-qubit, guarded by "missing"': [
            jsonlogic.may_apply_if_all_is_told(facts) for facts in people
        ],
        "openfisca-core": openfisca.together(system, openfisca.columns(system, persons), GAPPED),
    }
    hanging = truth.count(None)
    print(
        f"\n{GAPPED} applicants, each answer missing with {MISSING:.0%}: of {hanging} it hangs on"
    )
    print("what is missing whether they may apply; for the others it is certain all the same")
    print(f"{'':58}{'wrong':>10}{'withheld':>10}")
    wrong = {}
    for name, given in answers.items():
        pairs = list(zip(given, truth, strict=True))
        wrong[name] = sum(said is not None and said is not true for said, true in pairs)
        withheld = sum(said is None and true is not None for said, true in pairs)
        print(f"{name:58}{wrong[name]:>10,}{withheld:>10,}")
    return wrong["award-bot"] == 0


def start_up() -> tuple[bool, bool]:
    """Measure and print whole processes; say whether each bar is held."""
    screen, usage = screen_and_help(sample.told_in_full(1, SEED)[0])
    print(f"\n{'whole processes, median seconds':58}{'seconds':>10}{'bar':>10}")
    print(f"{'award-bot screen, one case':58}{screen:>10.3f}{'< 0.5':>10}")
    print(f"{'award-bot --help':58}{usage:>10.3f}{'< 0.25':>10}")
    return screen < 0.5, usage < 0.25


def main() -> int:
    """Run everything; 1 if a bar is missed."""
    peers = ", ".join(f"{name} {version(name)}" for name in ("json-logic-qubit", "openfisca-core"))
    print(f"Python {platform.python_version()}, {platform.machine()}; {peers}\n")
    fast, right = speed(), wrong_answers()
    screen, usage = start_up()
    bars = {
        "at least as fast as json-logic-qubit": fast,
        "no wrong answer where answers are missing": right,
        "screen starts in time": screen,
        "help comes in time": usage,
    }
    print()
    for bar, held in bars.items():
        print(f"{'held' if held else 'MISSED'}: {bar}")
    return 0 if all(bars.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
