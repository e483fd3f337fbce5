"""Demo data: generated takes for demonstrations and tests, added by `greenroom seed-history`.

It cannot be mistaken for real takes: every demo take is titled 'Made-up take …', has the tag `made-up` and is
a sample, which progress leaves out unless it is filtered by that tag. The takes have no sound.

The generator makes, in this order:

- days of practice, about two a week, with one to four takes each, up to the last day;
- for each take a question of the bank (in four of ten takes the previous one again), a format, and one of two
  first languages;
- the length of each take and its number of words, pauses and fillers (`analysis.trends.simulation`); their
  positions and all figures come from `analysis.trends.demo_data`;
- two builds: the first third of the takes is labelled as measured by an earlier version.

In the second half there are fewer fillers and answers are a little shorter, so that there is a change to
find. The same seed and last day give the same takes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from analysis import ANALYSIS_VERSION, serialization
from analysis.report import ModelDescription
from analysis.transcription.weights import DEFAULT_MODEL, PACKAGED_MODELS
from analysis.trends.demo_data import Contents, DemoAnswer, demo_answer
from analysis.trends.simulation import simulated_history
from service import schemas
from service.answers.measuring import MeasuredAnswer
from service.answers.repository import Answers
from service.answers.saved_reports import save_reports, save_result
from service.db.engine import Database
from service.db.models import Answer, AnswerTag
from service.practice.choice import aim_as_guide, choose
from service.practice.formats import Format, built_in_formats
from service.practice.questions import bank
from service.problems import WrongState

TAG = "made-up"
SESSION_NAME = "Made-up history"
EARLIER_VERSION = "1.1.0"
"""The analysis version of the first takes."""
FIRST_LANGUAGES = ("Hindi", "Spanish")
"""Values for the filter; the takes do not differ by them."""
QUESTIONS = 6
FORMATS = ("free", "free", "video-interview", "one-minute", "think-then-talk")
BATCH = 20
"""Takes per write transaction, so that other writers do not wait long."""

_PRACTICE_DAYS_A_WEEK = 2
_MOST_TAKES_A_DAY = 4
_SAME_QUESTION = 0.4
_EARLIER_SHARE = 1 / 3
_FIRST_HOUR = 17
_BETWEEN_TAKES = timedelta(minutes=7)

_SECONDS, _SECONDS_LATER, _SECONDS_SPREAD = 118.0, 104.0, 0.18
"""Median length before and after the change, and the standard deviation of its logarithm."""
_WORDS_A_MINUTE, _WORDS_SPREAD = 138.0, 9.0
_PAUSES_A_MINUTE, _FILLERS_A_MINUTE, _FILLERS_LATER = 12.0, 7.5, 3.8
_PAUSE_DISPERSION, _FILLER_DISPERSION = 30.0, 10.0
"""Dispersion k of the negative binomial between takes of one person."""


@dataclass(frozen=True)
class DemoTake:
    """One take before it is stored.

    Attributes:
        number: counted from 1, oldest first.
        at: the time of the take.
        question, format: ids.
        first_language: one of `FIRST_LANGUAGES`.
        earlier: labelled as measured by the earlier build.
        contents: its length and numbers of events.
    """

    number: int
    at: datetime
    question: str
    format: str
    first_language: str
    earlier: bool
    contents: Contents


def add_demo_takes(database: Database, person: str, *, takes: int, seed: int, until: date) -> None:
    """Generates demo takes and stores them with full reports.

    Args:
        database: where the rows are stored; there are no files.
        person: id of the person who gets the takes.
        takes: number of takes.
        seed: the same seed and last day give the same takes.
        until: day of the last take.

    Raises:
        WrongState: there are demo takes already.
    """
    with database.reading() as session:
        if session.scalar(_demo_takes(person).limit(1)) is not None:
            raise WrongState("There are made-up takes here already. Remove them first, with --remove.")
    rng = np.random.default_rng(seed)
    planned = list(plan(rng, takes=takes, until=until))
    for first in range(0, len(planned), BATCH):
        generated = [(take, _demo_answer(take, rng)) for take in planned[first : first + BATCH]]
        with database.writing(person) as session:
            for take, answer in generated:
                row = _new_row(Answers(session, person), session, person, take)
                _fill(session, row, take, answer)


def remove_demo_takes(database: Database, person: str) -> int:
    """Deletes the demo takes and returns their number."""
    with database.writing(person) as session:
        rows = session.scalars(_demo_takes(person)).all()
        Answers(session, person).delete(rows)
    database.wipe_log()
    return len(rows)


def plan(rng: np.random.Generator, *, takes: int, until: date) -> Iterator[DemoTake]:
    """Plans the takes, oldest first; their texts and reports are made later."""
    questions = [question.id for question in bank().asked_of(None, None)]
    chosen = [str(question) for question in rng.choice(questions, min(QUESTIONS, takes), replace=False)]
    question = chosen[0]
    for number, at in enumerate(_moments(rng, takes, until), start=1):
        if rng.random() >= _SAME_QUESTION:
            question = chosen[int(rng.integers(len(chosen)))]
        yield DemoTake(
            number=number,
            at=at,
            question=question,
            format=FORMATS[int(rng.integers(len(FORMATS)))],
            first_language=FIRST_LANGUAGES[int(rng.integers(len(FIRST_LANGUAGES)))],
            earlier=number <= takes * _EARLIER_SHARE,
            contents=_contents(rng, changed=number > takes / 2),
        )


def _moments(rng: np.random.Generator, takes: int, until: date) -> list[datetime]:
    moments: list[datetime] = []
    day = until
    while len(moments) < takes:
        start = datetime.combine(day, time(_FIRST_HOUR, int(rng.integers(60))), UTC)
        count = min(int(rng.integers(1, _MOST_TAKES_A_DAY + 1)), takes - len(moments))
        moments += [start + number * _BETWEEN_TAKES for number in range(count)]
        day -= timedelta(days=int(rng.integers(1, round(2 * 7 / _PRACTICE_DAYS_A_WEEK))))
    return sorted(moments)


def _contents(rng: np.random.Generator, *, changed: bool) -> Contents:
    middle = _SECONDS_LATER if changed else _SECONDS
    seconds = round(float(np.clip(middle * rng.lognormal(0.0, _SECONDS_SPREAD), 35.0, 280.0)), 1)

    def events(rate: float, k: float) -> int:
        return int(simulated_history(rng, takes=1, rate_per_minute=rate, k=k, seconds=seconds).events[0])

    return Contents(
        seconds=seconds,
        words=round(seconds / 60 * float(rng.normal(_WORDS_A_MINUTE, _WORDS_SPREAD))),
        pauses=events(_PAUSES_A_MINUTE, _PAUSE_DISPERSION),
        filled_pauses=events(_FILLERS_LATER if changed else _FILLERS_A_MINUTE, _FILLER_DISPERSION),
    )


def _demo_answer(take: DemoTake, rng: np.random.Generator) -> DemoAnswer:
    question = bank().find(take.question)
    chosen = _format(take)
    aim = chosen.aim or (question.aim if question else None)
    of = "format" if chosen.aim else "question"
    made = demo_answer(
        take.contents,
        rng,
        model=ModelDescription(DEFAULT_MODEL, PACKAGED_MODELS[DEFAULT_MODEL].sha256, {"made_up": True}),
        target=aim_as_guide(None if aim is None else {**aim.model_dump(), "of": of}),
    )
    version = EARLIER_VERSION if take.earlier else ANALYSIS_VERSION
    return replace(made, report=replace(made.report, analysis_version=version))


def _format(take: DemoTake) -> Format:
    return next(each for each in built_in_formats() if each.id == take.format)


def _new_row(answers: Answers, session: Session, person: str, take: DemoTake) -> Answer:
    chosen = _format(take)
    new = schemas.NewAnswer(
        title=f"Made-up take {take.number}",
        session=SESSION_NAME,
        source="sample",
        question_id=take.question,
        format_id=take.format,
        timing=schemas.Timing(preparation=chosen.preparation, maximum=chosen.answer),
    )
    return answers.create(new, choose(session, person, new, chosen))


def _fill(session: Session, row: Answer, take: DemoTake, made: DemoAnswer) -> None:
    row.created_at = row.received_at = take.at
    row.first_language = take.first_language
    row.duration = round(made.activity.duration, 3)
    row.intake, row.work_state = "complete", "ready"
    row.transcript_ready = True
    row.tags = [AnswerTag(answer_id=row.id, tag=TAG)]
    measured = MeasuredAnswer(made.report, None, row.span_version)
    for name, value in measured.columns().items():
        setattr(row, name, value)
    save_reports(session, row.id, measured)
    # These stage results allow corrections as for any other take, although there is nothing to listen to.
    for stage, result in (
        ("activity", made.activity),
        ("transcribe", made.transcription),
        ("acoustics", made.acoustics),
    ):
        save_result(session, row.id, stage, serialization.to_json(result), row.span_version)


def _demo_takes(person: str) -> Select[Answer]:
    return select(Answer).where(
        Answer.person_id == person, Answer.source == "sample", Answer.tags.any(AnswerTag.tag == TAG)
    )
