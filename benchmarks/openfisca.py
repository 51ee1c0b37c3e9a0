"""The six rules for openfisca-core, as a small tax and benefit system in memory.

OpenFisca's persons have values, not lists of records: the last accident that counts and the last
award won here are asked for as dates, and found in the records beforehand, outside the timing.
"""
# mypy: disable-error-code="misc"
# (its classes are untyped)

from datetime import date
from typing import Any

from numpy import array  # type: ignore[import-not-found] # comes with OpenFisca
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.sample import ACCIDENTS, AS_OF, Json

Values = dict[str, dict[str, Any]]  # of a person: by variable and period

Columns = dict[tuple[str, str], Any]  # numpy arrays, by variable and period

LONG_AGO = date(1900, 1, 1)
DISTANT = date(9999, 12, 31)
PERSON = build_entity(key="person", plural="persons", label="An applicant", is_person=True)


class Result(Enum):
    """A year's result."""

    not_told = "not told"
    profit = "profit"
    break_even = "break even"
    loss = "loss"
    policy_loss = "loss by policy"


class registered_in_area(Variable):  # noqa: N801 - OpenFisca's custom
    """Registered in the area."""

    value_type = bool
    entity = PERSON
    definition_period = DateUnit.ETERNITY


class nonprofit(Variable):  # noqa: N801
    """Not for profit."""

    value_type = bool
    entity = PERSON
    definition_period = DateUnit.ETERNITY


class operating_since(Variable):  # noqa: N801
    """Start of operation; who does not say is taken not to have begun."""

    value_type = date
    default_value = DISTANT
    entity = PERSON
    definition_period = DateUnit.ETERNITY


class qms_certified_since(Variable):  # noqa: N801
    """Date of the certificate; who does not say is taken to have none."""

    value_type = date
    default_value = DISTANT
    entity = PERSON
    definition_period = DateUnit.ETERNITY


class last_accident(Variable):  # noqa: N801
    """Day of the last accident that counts; who does not say is taken to have had none."""

    value_type = date
    default_value = LONG_AGO
    entity = PERSON
    definition_period = DateUnit.ETERNITY


class last_award(Variable):  # noqa: N801
    """Day on which the award was last won; who does not say is taken not to have won."""

    value_type = date
    default_value = LONG_AGO
    entity = PERSON
    definition_period = DateUnit.ETERNITY


class annual_result(Variable):  # noqa: N801
    """A year's result."""

    value_type = Enum
    possible_values = Result
    default_value = Result.not_told
    entity = PERSON
    definition_period = DateUnit.YEAR


class may_apply(Variable):  # noqa: N801
    """The six rules."""

    value_type = bool
    entity = PERSON
    definition_period = DateUnit.DAY

    def formula(person, period):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201, D102, N805
        day = period.start
        two, three = (day.offset(-years, "year").date for years in (2, 3))
        profit = (person("annual_result", period.last_year) == Result.profit) & (
            person("annual_result", period.n_2) == Result.profit
        )
        return (
            person("registered_in_area", period)
            * (person("operating_since", period) <= three)
            * (person("qms_certified_since", period) <= two)
            * (person("nonprofit", period) | profit)
            * (person("last_accident", period) < three)
            * (person("last_award", period) < date(day.year - 10, 1, 1))
        )


def system() -> TaxBenefitSystem:
    """The six rules, ready to be simulated with."""
    made = TaxBenefitSystem([PERSON])
    made.add_variables(
        registered_in_area,
        nonprofit,
        operating_since,
        qms_certified_since,
        last_accident,
        last_award,
        annual_result,
        may_apply,
    )
    return made


def values(facts: Json) -> Values:
    """What is told of a person, as OpenFisca's variables; what is not told is left out."""
    plain = ("registered_in_area", "nonprofit", "operating_since", "qms_certified_since")
    told = {key: {"ETERNITY": facts[key]} for key in plain if facts.get(key, "none") != "none"}
    results = facts.get("annual_results", {})
    told["annual_result"] = {year: results[year] for year in ("2025", "2024") if year in results}
    accidents = [
        record["date"]
        for kind in ACCIDENTS
        for record in facts["records"].get(kind, [])
        if record["severity"] != "ordinary"
    ]
    awards = [
        won["date"]
        for won in facts.get("past_awards", [])
        if (won["jurisdiction"], won["tier"]) == ("qingshanhu", "award")
    ]
    for name, days in (("last_accident", accidents), ("last_award", awards)):
        if days:
            told[name] = {"ETERNITY": max(days)}
    return told


def one_by_one(made: TaxBenefitSystem, people: list[Values]) -> list[bool]:
    """The answers, with a simulation for each person, as its web API makes them."""
    answers = []
    for person in people:
        persons = {"persons": {"applicant": person}}
        simulation = SimulationBuilder().build_from_entities(made, persons)
        answers.append(bool(simulation.calculate("may_apply", AS_OF)[0]))
    return answers


def columns(made: TaxBenefitSystem, people: list[Values]) -> Columns:
    """What is told of everybody, by variable and period, with the defaults for what is not."""
    told = sorted(
        {(name, period) for person in people for name in person for period in person[name]}
    )
    table = {}
    for name, period in told:
        default = made.get_variable(name).default_value
        empty = default.name if isinstance(default, Enum) else default
        column = [person.get(name, {}).get(period, empty) for person in people]
        table[name, period] = array(column, "datetime64[D]" if isinstance(empty, date) else None)
    return table


def together(made: TaxBenefitSystem, table: Columns, count: int) -> list[bool]:
    """The answers, with one simulation for everybody."""
    simulation = SimulationBuilder().build_default_simulation(made, count)
    for (name, period), column in table.items():
        simulation.set_input(name, period, column)
    return [bool(answer) for answer in simulation.calculate("may_apply", AS_OF)]
