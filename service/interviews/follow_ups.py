"""The follow-up that comes after an answer of an interview.

It is decided on the transcript and the spoken span, which are stored before the report is: an event `answer`
whose `available` has `transcript` tells the page that it can ask for it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis import serialization
from analysis.acoustics import answer_in
from analysis.follow_ups.reason import FollowUpReason, asks_for_event, choose_reason
from analysis.report import Span, Word
from analysis.signal.voice_activity import Activity
from analysis.transcription.protocol import Transcription
from service.answers.measuring import span_of
from service.answers.repository import Answers
from service.db.models import Answer, Interview
from service.interviews.interviews import Interviews
from service.practice.choice import aim_as_guide
from service.practice.follow_ups import candidates
from service.practice.questions import bank
from service.problems import NotReady
from service.schemas import FollowUpReason as ReasonCode


@dataclass(frozen=True)
class NextFollowUp:
    """A follow-up to ask.

    Attributes:
        id: of `service.practice.follow_ups`.
        text: as it is said.
        caption: the text on the screen.
        reason: what was heard in the answer.
        word: what the caption takes up of the answer; None if it takes up nothing.
    """

    id: str
    text: str
    caption: str
    reason: ReasonCode
    word: str | None


@dataclass(frozen=True)
class Heard:
    """What the rules need of an answer.

    Attributes:
        words: of the recogniser, within the answer.
        length: seconds of the spoken span; 0 where nothing was said.
    """

    words: tuple[Word, ...]
    length: float


def next_follow_up(
    heard: FollowUpReason,
    *,
    named: Sequence[str],
    asked: Collection[str],
    reasons: Collection[str] = (),
) -> NextFollowUp | None:
    """The follow-up for a reason: the first one that the question names, else a shared one.

    Args:
        heard: the reason.
        named: ids of the follow-ups that the question names.
        asked: ids of those that were asked in this interview already.
        reasons: of the follow-ups to this question; none is given twice for one question.

    Returns:
        None if there is nothing to ask.
    """
    if heard.code == "nothing_heard" or heard.code in reasons:
        return None
    chosen = next((each for each in candidates(heard.code, named) if each.id not in asked), None)
    if chosen is None:
        return None
    return NextFollowUp(
        id=chosen.id,
        text=chosen.text,
        caption=chosen.caption_with(heard.word),
        reason=chosen.reason,
        word=heard.word if chosen.caption else None,
    )


class FollowUps:
    """Chooses follow-ups of one person's interviews.

    Args:
        session: from `Database.reading`.
        person: id of the person.
    """

    def __init__(self, session: Session, person: str) -> None:
        self._session = session
        self._person = person
        self._answers = Answers(session, person)

    def after(self, interview: str, answer: str) -> NextFollowUp | None:
        """The follow-up to an answer, or to a follow-up's answer; None where none is to be asked.

        What was said to earlier follow-ups and in a second telling counts as well, so that nothing is asked
        about that was told there.

        Raises:
            NotFound: this person has no such interview or answer.
            NotReady: the transcript of an answer is not there yet, and may still come.
        """
        row = Interviews(self._session, self._person).get(interview)
        given = self._answers.get(answer)
        main = given if given.follow_up_of is None else self._answers.get(given.follow_up_of)
        after = self._answers_about(row, main)
        follow_ups = [each for each in after if each.part == "follow_up"]
        if len(follow_ups) >= _most(row, main):
            return None
        asked = list(self._asked(row))
        if int(row.choices.get("most_follow_ups", 0)) <= len(asked):
            # Nobody has to wait for the transcript.
            return None
        if any(each.work_state == "failed" and not each.transcript_ready for each in (main, *after)):
            return None
        question = bank().find(main.question_id or "")
        told = self.heard(main)
        later = [self.heard(each) for each in after]
        reason = choose_reason(
            [*told.words, *(word for each in later for word in each.words)],
            # A second telling makes an answer no longer.
            length=told.length
            + sum(each.length for each, of in zip(later, after, strict=True) if of.part == "follow_up"),
            aim=aim_as_guide(main.aim),
            asks_for_event=question.asks_for_event if question else asks_for_event(main.question or ""),
        )
        if not _may_ask(reason, row, main, len(asked)):
            return None
        return next_follow_up(
            reason,
            named=question.follow_ups if question else (),
            asked={str(each["follow_up"]) for each in asked},
            reasons={str(each.asked["reason"]) for each in follow_ups if each.asked},
        )

    def heard(self, row: Answer) -> Heard:
        """What was said in one answer, from the results of its first stages.

        Raises:
            NotReady: they are not there yet.
        """
        activity = self._answers.result(row.id, "activity")
        transcription = self._answers.result(row.id, "transcribe")
        if activity is None or transcription is None:
            raise NotReady("The transcript is not ready yet. It comes a moment after the recording.")
        marked = span_of(row)
        answer = answer_in(
            serialization.from_json(Activity, activity),
            serialization.from_json(Transcription, transcription),
            None if marked is None else Span(*marked),
        )
        return Heard((), 0.0) if answer is None else Heard(answer.words, answer.duration)

    def _answers_about(self, interview: Interview, main: Answer) -> Sequence[Answer]:
        """The answers to follow-ups of an answer and its second telling, in order."""
        return self._session.scalars(
            select(Answer)
            .where(
                Answer.person_id == self._person,
                Answer.interview_id == interview.id,
                Answer.follow_up_of == main.id,
                Answer.part.in_(("follow_up", "repeat")),
            )
            .order_by(Answer.created_at, Answer.id)
        ).all()

    def _asked(self, interview: Interview) -> Iterable[dict[str, object]]:
        return self._session.scalars(
            select(Answer.asked).where(
                Answer.person_id == self._person,
                Answer.interview_id == interview.id,
                Answer.asked.is_not(None),
            )
        ).all()


def _may_ask(reason: FollowUpReason, interview: Interview, main: Answer, asked: int) -> bool:
    """Whether the interview has a follow-up left for this answer.

    After a well-told answer one comes only as long as enough are left for the questions that follow, so that
    a thin answer later is still asked about.
    """
    left = int(interview.choices.get("most_follow_ups", 0)) - asked
    if reason.code != "reflective":
        return left > 0
    questions = [step["question_id"] for step in interview.steps if step["kind"] == "question"]
    place = questions.index(main.question_id) if main.question_id in questions else len(questions) - 1
    return 2 * left > len(questions) - 1 - place


def _most(interview: Interview, main: Answer) -> int:
    """How many follow-ups the question of an answer may have."""
    for step in interview.steps:
        if step["kind"] == "question" and step["question_id"] == main.question_id:
            return int(step["most_follow_ups"])
    return 0
