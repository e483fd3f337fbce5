"""What Greenroom sees of a plan's steps: takes, mock interviews, checks and what was written down.

Everything is read from the rows of what was done, and nothing is counted a second time.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.feedback.standing import standings
from analysis.formatting import listed, number_of
from analysis.view.readiness import interviews_view
from service.db.models import Answer, OwnQuestion, QuestionNotes
from service.db.preparation_models import Impression, Message, ScheduledInterview, SetupStill
from service.interviews.reports import count_full
from service.practice.questions import bank
from service.prepare.confirmations import confirmations_of, is_confirmed
from service.prepare.plan_steps import SeenBy
from service.prepare.scheduled_interviews import own_day
from service.prepare.set_up_check import checked_words, results_of
from service.prepare.set_up_items import set_up_items
from service.progress.takes import TakeRow

State = Literal["open", "partly", "done"]

TAKES_WANTED = 2
"""Takes of a question after which the last one tells something: the first shows what to change."""

REASONS_WANTED = 3
"""Reasons on a programme sheet; guides ask for 3 or 4."""

QUESTIONS_WANTED = 10
"""Questions to ask; guides ask for 10 to 15."""

_HOME_SYSTEM_SET = "home_system"
_THIS_PROGRAMME = "this_programme"


@dataclass(frozen=True)
class Seen:
    """What was seen of one step.

    Attributes:
        state: how far it is.
        progress_words: what is counted, `1 of 2 full mock interviews`; None where nothing is.
        seen_words: what was seen, as a sentence; None where nothing was.
    """

    state: State
    progress_words: str | None = None
    seen_words: str | None = None


class SeenSteps:
    """What is seen of the steps for one interview.

    Args:
        session: from `Database.reading`.
        person: id of the person.
        takes: of the person, oldest first, from `read_history`.
        verdicts: False if the person wants no verdicts on fluency.
        interview: the interview.
        now: with a time zone.
    """

    def __init__(
        self,
        session: Session,
        person: str,
        takes: Sequence[TakeRow],
        interview: ScheduledInterview,
        now: datetime,
        *,
        verdicts: bool,
    ) -> None:
        self._session = session
        self._person = person
        self._takes = [take for take in takes if not (take.sample or take.failed_upload or take.follow_up)]
        self._interview = interview
        self._now = now.astimezone(ZoneInfo(interview.own_time_zone))
        self._verdicts = verdicts

    def see(self, step: SeenBy) -> Seen:
        """What is seen of one step."""
        methods: dict[SeenBy, Callable[[], Seen]] = {
            "about_yourself": lambda: self._takes_of({"tell-me-about-yourself"}),
            "application_lines": self._application_lines,
            "difficult_questions": self._difficult_questions,
            "home_system": lambda: self._takes_of(_questions_of_set(_HOME_SYSTEM_SET)),
            "mock_interviews": self._mock_interviews,
            "confirmed_once": lambda: self._confirmed(once=True),
            "confirmed_twice": lambda: self._confirmed(once=False),
            "why_programme": lambda: self._takes_for_interview("why-this-programme"),
            "why_school": lambda: self._takes_for_interview("why-this-school"),
            "questions_to_ask": self._questions_to_ask,
            "repeat_drill": lambda: self._drill("repeat", "You said an answer again"),
            "connection_drill": lambda: self._drill("apology", "You came back after a drop"),
            "programme_sheet": self._programme_sheet,
            "set_up": self._set_up,
            "still": self._still,
            "contacts": self._contacts,
            "microphone": self._microphone,
            "impressions": self._impressions,
            "thank_yous": self._thank_yous,
            "rank_list": self._rank_list,
        }
        return methods[step]()

    def _takes_of(self, questions: Collection[str]) -> Seen:
        return self._judge_takes([take for take in self._takes if take.question in questions])

    def _takes_for_interview(self, question: str) -> Seen:
        """Takes of the question itself, and others about a programme that were said to be for this one.

        A take that was for another interview tells nothing of this one.
        """
        practised = self._session.execute(
            select(Answer.id, Answer.scheduled_interview_id).where(
                Answer.person_id == self._person, Answer.scheduled_interview_id.is_not(None)
            )
        )
        practised_for = {row[0]: row[1] for row in practised}
        counted = []
        for take in self._takes:
            interview = practised_for.get(take.answer)
            for_this = interview == self._interview.id
            if (take.question == question and (for_this or interview is None)) or (
                for_this and take.kind == _THIS_PROGRAMME
            ):
                counted.append(take)
        return self._judge_takes(counted)

    def _judge_takes(self, takes: Sequence[TakeRow]) -> Seen:
        if not takes:
            return Seen("open")
        last, inside = self._last_words(takes[-1])
        enough = len(takes) >= TAKES_WANTED and inside
        words = f"{number_of(len(takes), 'take')}, {last}"
        return Seen("done" if enough else "partly", words, _seen(words))

    def _last_words(self, take: TakeRow) -> tuple[str, bool]:
        """Where a take stands, as words, and whether it is inside the guides or near them."""
        figures = take.facts.figures if take.facts is not None else None
        if not figures:
            return "the last one not measured yet", False
        standing = {each.standing for each in standings(figures, fluency_verdicts=self._verdicts)}
        if "outside" in standing:
            return "the last one outside the guides", False
        if standing <= {None, "unknown"}:
            return "the last one could not be judged", False
        return "the last one inside", True

    def _application_lines(self) -> Seen:
        lines = set(
            self._session.scalars(
                select(OwnQuestion.id).where(
                    OwnQuestion.person_id == self._person, OwnQuestion.application_line.is_not(None)
                )
            )
        )
        if not lines:
            return Seen("open")
        practised = len(lines & {take.question for take in self._takes})
        words = f"{practised:,} of {number_of(len(lines), 'line')} practised"
        return Seen(_how_far(practised, len(lines)), words, _seen(words) if practised else None)

    def _difficult_questions(self) -> Seen:
        difficult = {question.id for question in bank().questions if question.difficult}
        notes = self._session.scalars(select(QuestionNotes).where(QuestionNotes.person_id == self._person))
        lines = [
            sum(bool(line) for line in (note.acknowledge, note.context, note.learned))
            for note in notes
            if note.question_id in difficult
        ]
        planned = sum(count == 3 for count in lines)
        if planned:
            words = f"{number_of(planned, 'difficult question')} planned"
            return Seen("done", words, _seen(words))
        return Seen("partly", "A plan is begun") if any(lines) else Seen("open")

    def _mock_interviews(self) -> Seen:
        view = interviews_view(count_full(self._session, self._person))
        state: dict[str, State] = {"empty": "open", "half": "partly", "full": "done"}
        return Seen(state[view.mark], view.text, None if view.mark == "empty" else _seen(view.text))

    def _confirmed(self, *, once: bool) -> Seen:
        confirmations = [each for each in confirmations_of(self._interview) if each.counts]
        if not confirmations:
            return Seen("open")
        if once or is_confirmed(confirmations):
            return Seen("done", None, confirmations[0 if once else -1].words)
        return Seen("partly", "Confirmed once")

    def _questions_to_ask(self) -> Seen:
        chosen = len(self._interview.questions_to_ask)
        return Seen(_how_far(chosen, QUESTIONS_WANTED), f"{chosen} of {QUESTIONS_WANTED}–15 questions to ask")

    def _drill(self, part: str, did: str) -> Seen:
        last = self._session.scalar(
            select(func.max(Answer.created_at)).where(
                Answer.person_id == self._person, Answer.part == part, Answer.intake == "complete"
            )
        )
        if last is None:
            return Seen("open")
        return Seen("done", None, checked_words(last, self._now).replace("Checked", did, 1))

    def _programme_sheet(self) -> Seen:
        reasons = len(self._interview.specifics)
        wanted = f"{REASONS_WANTED}–{REASONS_WANTED + 1}"
        return Seen(_how_far(reasons, REASONS_WANTED), f"{reasons} of {wanted} reasons")

    def _set_up(self) -> Seen:
        items = set_up_items()
        folded = {group.id for group in items.groups if group.folded}
        wanted = {item.id for item in items.items.values() if item.group not in folded}
        results = results_of(self._session, self._person)
        good = sum(results[item].finding.state == "ok" for item in wanted & results.keys())
        again = sum(results[item].finding.state == "look_again" for item in wanted & results.keys())
        words = [f"{good} of {len(wanted)} items are fine"]
        words += [f"{number_of(again, 'item')} to look at again"] * bool(again)
        state: State = "done" if good == len(wanted) else "partly" if good or again else "open"
        return Seen(state, listed(words) if good or again else None)

    def _still(self) -> Seen:
        last = self._session.scalar(
            select(func.max(SetupStill.taken_at)).where(SetupStill.person_id == self._person)
        )
        if last is None:
            return Seen("open")
        words = checked_words(last, self._now).replace("Checked", "You took a still", 1)
        return Seen("done", None, words)

    def _contacts(self) -> Seen:
        contact = self._interview.coordinator or {}
        ways = [name for name in ("phone", "email") if contact.get(name)]
        if not ways:
            return Seen("open")
        if len(ways) == 1:
            missing = "an e-mail address" if ways == ["phone"] else "a phone number"
            return Seen("partly", f"Only {missing} is missing")
        return Seen("done", None, "Phone and e-mail of the coordinator are here.")

    def _microphone(self) -> Seen:
        result = results_of(self._session, self._person).get("microphone")
        if result is None:
            return Seen("open")
        words = checked_words(result.checked_at, self._now).replace("Checked", "Microphone checked", 1)
        day = result.checked_at.astimezone(self._now.tzinfo).date()
        fresh = day >= own_day(self._interview) - timedelta(days=1)
        fine = result.finding.state == "ok"
        return Seen("done" if fresh and fine else "partly", None if fine else "Look at it again", words)

    def _impressions(self) -> Seen:
        row = self._session.get(Impression, self._interview.id)
        if row is None or not (row.text or row.scales):
            return Seen("open")
        if not row.text:
            return Seen("partly", "The scales are set, and no words are written yet")
        return Seen("done", None, "Your impressions are written.")

    def _thank_yous(self) -> Seen:
        sent = self._session.scalars(
            select(Message.recipient).where(
                Message.scheduled_interview_id == self._interview.id,
                Message.kind == "thank_you",
                Message.sent_at.is_not(None),
            )
        ).all()
        people = {each["id"] for each in self._interview.interviewers}
        if not people:
            words = f"{number_of(len(sent), 'thank-you')} sent"
            return Seen("done", words, _seen(words)) if sent else Seen("open")
        thanked = len(people & set(sent))
        words = f"{thanked} of {number_of(len(people), 'thank-you')} sent"
        return Seen(_how_far(thanked, len(people)), words)

    def _rank_list(self) -> Seen:
        rank = self._interview.rank
        return Seen("open") if rank is None else Seen("done", f"Number {rank} in your list")


def _how_far(count: int, wanted: int) -> State:
    return "done" if count >= wanted else "partly" if count else "open"


def _seen(words: str) -> str:
    return f"Seen by Greenroom: {words}."


def _questions_of_set(name: str) -> set[str]:
    return {question.id for question in bank().questions if question.set == name}
