"""Answers: what was asked lately and found, for whoever asks nearly the same again, as an editor does all day.

One kind of memory for all questions that are dear, come by the hundred and are answered faster together. It holds no
more than a number of answers, drops those that have not been asked for longest, and is asked by value: what it gives is
what would be worked out anew. It helps who asks again later; who asks for many at once keeps what it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

__all__ = ["Answers"]

Question = TypeVar("Question", bound="Hashable")
Answer = TypeVar("Answer")

_UNKNOWN = object()


class Answers(Generic[Question, Answer]):
    """The answers to the last questions that were asked.

    Attributes:
        most: how many answers are held at most.
    """

    def __init__(self, work: Callable[[Sequence[Question]], Sequence[Answer]], most: int) -> None:
        """Hold the answers that a function gives.

        Args:
            work: answers questions that all differ, in their order; it depends on them alone.
            most: how many answers to hold, 2 or more. They are held in two halves, the newer and the older: asked at
                once for more than one half that are not among the newer, it holds none of them.
        """
        self.most = most
        self._work = work
        self._newer: dict[Question, Answer] = {}
        self._older: dict[Question, Answer] = {}

    def __len__(self) -> int:
        """How many answers are held."""
        return len(self._newer) + len(self._older)

    def answer(self, question: Question) -> Answer:
        """The answer to one question."""
        return self.answers((question,))[0]

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """The answers to some questions, of which several may be the same, in their order."""
        newer, older = self._newer, self._older
        found: dict[Question, object] = {}
        fresh: list[Question] = []
        for question in dict.fromkeys(questions):
            known: object = newer.get(question, _UNKNOWN)
            if known is _UNKNOWN:
                known = older.get(question, _UNKNOWN)
                fresh.append(question)
            found[question] = known
        asked = [question for question in fresh if found[question] is _UNKNOWN]
        if asked:
            found.update(zip(asked, self._work(asked), strict=True))
        told = cast("dict[Question, Answer]", found)
        if len(fresh) <= self.most // 2:
            self._hold({question: told[question] for question in fresh})
        return [told[question] for question in questions]

    def _hold(self, fresh: dict[Question, Answer]) -> None:
        """Take in answers; where there are too many new ones, those that are not among them become the old ones."""
        if len(self._newer) + len(fresh) > self.most // 2:
            self._newer, self._older = fresh, self._newer
        else:
            self._newer.update(fresh)

    def forget(self) -> None:
        """Hold nothing any more."""
        self._newer, self._older = {}, {}
