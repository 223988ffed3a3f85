"""A session with the learner, whatever draws it: one question after the other, answers recorded at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from quizgen.items.question import Bank, Misconception, Question
from quizgen.items.response import Response, Score, score
from quizgen.study import plan
from quizgen.study.presented import Presented, present
from quizgen.study.progress import Progress, Review
from quizgen.study.scheduler import Rating

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Answer:
    """An answer that was recorded: how it scored, and when the item is due again."""

    presented: Presented
    response: Response
    score: Score
    review: Review
    due: datetime


@dataclass(frozen=True)
class Choice:
    """What a person chose for a session: topics by id, and at most `count` items (None: 20, or all with `everything`).

    `everything` asks items that are not due too; `seed` decides variants and the order of options.
    """

    topics: Sequence[str]
    lang: str
    count: int | None = None
    everything: bool = False
    seed: int = 0


class Session:
    """The questions of one sitting. `current` is to be asked now; `answer`, `skip` and `undo` move on and back."""

    def __init__(self, bank: Bank, choice: Choice, progress: Progress, clock: Clock) -> None:
        self.bank, self.lang, self._progress, self._clock = bank, choice.lang, progress, clock
        self.items = plan.by_item([question for question in bank.questions if question.topic in choice.topics])
        self.misconceptions = {entry.id: entry for topic in bank.topics for entry in topic.misconceptions}
        self._plan = self._planned(choice)
        self._done: list[Answer | None] = []

    def _planned(self, choice: Choice) -> list[Presented]:
        known, now = self._progress.scheduled(), self._clock()
        if choice.everything:
            names = plan.everything(self.items, known, choice.seed)[: choice.count]
        else:
            names = plan.due_first(self.items, known, now, 20 if choice.count is None else choice.count)
        planned = []
        for name in names:
            times = known[name].reviews if name in known else 0
            planned.append(present(plan.variant(self.items[name], times, choice.seed), times, choice.seed))
        return planned

    @property
    def total(self) -> int:
        """How many questions the session has."""
        return len(self._plan)

    @property
    def position(self) -> int:
        """How many of them are answered or skipped."""
        return len(self._done)

    @property
    def current(self) -> Presented | None:
        """The question to ask now; None at the end."""
        return self._plan[self.position] if self.position < self.total else None

    @property
    def answers(self) -> list[Answer]:
        """What was answered and not taken back."""
        return [answer for answer in self._done if answer]

    @property
    def skipped(self) -> int:
        """How many questions were passed over."""
        return self._done.count(None)

    def answer(self, response: Response) -> Answer:
        """Score and record an answer to the current question.

        Raises Unreadable for what is no answer, ProgressError when it cannot be recorded; then nothing has moved.
        """
        presented = self._plan[self.position]
        scored = score(presented.question, response)
        rating = Rating.GOOD if scored.right else Rating.AGAIN
        question = presented.question
        review = Review(self._clock(), question.item, question.id, question.topic, rating, scored.misconceptions)
        stored, card = self._progress.record(review)
        answer = Answer(presented, response, scored, stored, card.due)
        self._done.append(answer)
        return answer

    def rate(self, rating: Rating) -> Answer:
        """Say how hard the last answer, a right one, was: it is taken back and recorded with the rating."""
        answer = self.answers[-1]
        stored, card = self._progress.record(replace(answer.review, rating=rating), replaces=answer.review)
        self._done[-1] = replace(answer, review=stored, due=card.due)
        return self.answers[-1]

    def skip(self) -> None:
        """Pass over the current question; its schedule stays as it is."""
        self._done.append(None)

    def undo(self) -> bool:
        """Go back to the question before, taking its answer back; False at the beginning."""
        if not self._done:
            return False
        if answer := self._done[-1]:
            self._progress.undo(answer.review, self._clock())
        self._done.pop()
        return True

    def held(self, answer: Answer) -> list[Misconception]:
        """The misconceptions to set right after an answer: those it shows, and what a missed question is about."""
        question: Question = answer.presented.question
        names = [*answer.score.misconceptions, *([question.misconception] if not answer.score.right else [])]
        return [self.misconceptions[name] for name in dict.fromkeys(names) if name in self.misconceptions]

    def waiting(self) -> list[timedelta | None]:
        """For each item of the topics: how long until it is due (negative: overdue), None for one never asked."""
        known, now = self._progress.scheduled(), self._clock()
        return [known[item].card.due - now if item in known else None for item in self.items]
