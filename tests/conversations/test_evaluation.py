"""The project's own questions are answered rightly, and hardly anything is that should not be."""

import pytest
from asked import QUESTIONS, Question, answer, fault, is_false_answer, load_questions

from conversations.telling import Answered


@pytest.fixture(scope="module")
def given() -> list[tuple[Question, Answered]]:
    """Every question with what is answered."""
    return [(question, answer(question)) for question in load_questions(QUESTIONS)]


def test_there_are_enough_questions(given: list[tuple[Question, Answered]]) -> None:
    """At least 400, of all kinds, a quarter of them out of scope."""
    kinds = {question.kind for question, _ in given}
    outside = sum(not question.answerable for question, _ in given)
    assert len(given) >= 400
    assert kinds >= {"named", "unnamed", "colloquial", "typing_errors", "pinyin", "traditional",
                     "english", "near_names", "situations", "elsewhere"}  # fmt: skip
    assert 0.2 < outside / len(given) < 0.3


def test_most_are_answered_rightly(given: list[tuple[Question, Answered]]) -> None:
    """At least 97 in a hundred: outcome, award, articles and figures."""
    wrong = [f"{question.text}: {fault(question, told)}" for question, told in given
             if fault(question, told)]  # fmt: skip
    assert len(wrong) <= 0.03 * len(given), "\n".join(wrong)


def test_hardly_any_is_answered_that_should_not_be(given: list[tuple[Question, Answered]]) -> None:
    """At most three in a hundred of those that the texts do not answer."""
    outside = [(question, told) for question, told in given if not question.answerable]
    false = [question.text for question, told in outside if is_false_answer(question, told)]
    assert len(false) <= 0.03 * len(outside), "\n".join(false)


def test_the_questions_stand_in_no_phrasing(given: list[tuple[Question, Answered]]) -> None:
    """What is measured is kept apart from what is matched with."""
    from knowledge.topics import load_elsewhere, load_topics  # noqa: PLC0415 - only here

    known = {phrasing for each in load_topics() for phrasing in (*each.questions, *each.english)}
    known |= {phrasing for each in load_elsewhere() for phrasing in each.questions}
    same = [question.text for question, _ in given if question.text in known]
    assert len(same) <= 0.01 * len(given), same
