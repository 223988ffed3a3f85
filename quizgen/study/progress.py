"""What a learner has answered, in one SQLite file: an append-only log, and the schedule that follows from it.

Each answer is one transaction, so that a killed process loses nothing that was answered and two processes do not harm
each other. Taking an answer back is a further line of the log. Items are known by id: a changed text keeps its history,
and so does an item that is no longer in the bank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.resources import own_folder
from quizgen.study.scheduler import Rating, replay, reviewed

if TYPE_CHECKING:
    from fsrs import Card

VERSION = 1
_APPLICATION = 0x51475A50
_PATIENCE_SECONDS = 10.0
_SCHEMA = f"""
CREATE TABLE log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    item TEXT NOT NULL,
    question TEXT NOT NULL,
    topic TEXT NOT NULL,
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 4),
    misconceptions TEXT NOT NULL,
    undoes INTEGER UNIQUE REFERENCES log (id)
);
CREATE INDEX log_item ON log (item);
CREATE TRIGGER log_keeps_lines BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the review log only grows'); END;
CREATE TRIGGER log_keeps_words BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the review log only grows'); END;
CREATE VIEW review AS SELECT * FROM log
    WHERE undoes IS NULL AND id NOT IN (SELECT undoes FROM log WHERE undoes IS NOT NULL);
CREATE TABLE schedule (item TEXT PRIMARY KEY, reviews INTEGER NOT NULL, card TEXT NOT NULL);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {VERSION};
"""


class ProgressError(Exception):
    """The progress file cannot be used; the message says why and what to do. The file has not been changed."""


@dataclass(frozen=True, slots=True)
class Review:
    """A line of the log: which question of which item was answered when, how, and which misconceptions that showed."""

    at: datetime
    item: str
    question: str
    topic: str
    rating: Rating
    misconceptions: tuple[str, ...] = ()
    id: int = field(default=0, compare=False)

    @property
    def right(self) -> bool:
        """Whether the answer was right."""
        return self.rating is not Rating.AGAIN


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What is remembered of an item, and how often it has been reviewed."""

    card: Card
    reviews: int


def default_path() -> Path:
    """The progress file, in the folder of the user's own data."""
    return own_folder() / "progress.sqlite3"


class Progress:
    """An open progress file. Raises ProgressError when it is damaged, newer, foreign, or cannot be read or written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._open()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def record(self, review: Review, replaces: Review | None = None) -> tuple[Review, Card]:
        """Add a review to the log and to the schedule, in the same moment taking back one that it replaces.

        Returns it with its id, and the item's card after it.
        """
        values = (_stamp(review.at), review.item, review.question, review.topic, review.rating)
        with self._transaction():
            if replaces:
                self._take_back(replaces, review.at)
            known = self._scheduled(review.item)
            added = self._connection.execute(
                "INSERT INTO log (at, item, question, topic, rating, misconceptions) VALUES (?, ?, ?, ?, ?, ?)",
                (*values, " ".join(review.misconceptions)),
            )
            at = datetime.fromisoformat(values[0])
            card = reviewed(known.card if known else None, review.rating, at)
            self._schedule(review.item, card, known.reviews + 1 if known else 1)
        stored = Review(at, *values[1:4], review.rating, review.misconceptions, added.lastrowid or 0)
        return stored, card

    def undo(self, review: Review, now: datetime) -> None:
        """Take a recorded review back: the item is scheduled as if it had never been. Once taken back, it stays so."""
        with self._transaction():
            self._take_back(review, now)

    def scheduled(self) -> dict[str, Scheduled]:
        """The schedule, by item; items that the bank no longer has included."""
        with self._told():
            rows = self._connection.execute("SELECT item, card, reviews FROM schedule").fetchall()
            return {item: Scheduled(_card(card), reviews) for item, card, reviews in rows}

    def reviews(self) -> list[Review]:
        """Every review that was not taken back, oldest first."""
        with self._told():
            return list(self._reviews())

    def rebuild(self) -> int:
        """Compute the whole schedule again from the log; returns how many items it holds."""
        with self._transaction():
            by_item: dict[str, list[Review]] = {}
            for review in self._reviews():
                by_item.setdefault(review.item, []).append(review)
            self._connection.execute("DELETE FROM schedule")
            for item, reviews in by_item.items():
                self._reschedule(item, reviews)
        return len(by_item)

    def _open(self) -> None:
        import sqlite3

        self._connection = sqlite3.connect(self.path, timeout=_PATIENCE_SECONDS, isolation_level=None)
        try:
            self._check()
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            if not self._version():
                self._create()
        except BaseException:
            self._connection.close()
            raise

    def _check(self) -> None:
        # In this order: another process may make the file between the two, its tables and its mark at once.
        (tables,) = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (application,) = self._connection.execute("PRAGMA application_id").fetchone()
        if application != _APPLICATION and (application or tables):
            raise ProgressError(f"{self.path} is no progress file of quizgen; set QUIZGEN_DATA to another folder")
        if self._version() > VERSION:
            raise ProgressError(f"{self.path} was written by a newer quizgen (version {self._version()} of the file)")
        (verdict,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise ProgressError(_damaged(self.path, verdict))

    def _version(self) -> int:
        version: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
        return version

    def _create(self) -> None:
        with self._transaction():
            if not self._version():
                for statement in _statements(_SCHEMA):
                    self._connection.execute(statement)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what SQLite and the system report into a ProgressError."""
        import sqlite3

        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            raise ProgressError(f"the progress file {self.path} cannot be used: {error}") from error
        except (sqlite3.DatabaseError, ValueError) as error:
            raise ProgressError(_damaged(self.path, str(error))) from error

    def _take_back(self, review: Review, now: datetime) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO log (at, item, question, topic, rating, misconceptions, undoes)"
            " VALUES (?, ?, ?, ?, ?, '', ?)",
            (_stamp(now), review.item, review.question, review.topic, review.rating, review.id),
        )
        self._reschedule(review.item, list(self._reviews("WHERE item = ?", review.item)))

    def _scheduled(self, item: str) -> Scheduled | None:
        row = self._connection.execute("SELECT card, reviews FROM schedule WHERE item = ?", (item,)).fetchone()
        return Scheduled(_card(row[0]), row[1]) if row else None

    def _schedule(self, item: str, card: Card, reviews: int) -> None:
        row = (item, reviews, card.to_json())
        self._connection.execute("INSERT OR REPLACE INTO schedule (item, reviews, card) VALUES (?, ?, ?)", row)

    def _reschedule(self, item: str, reviews: list[Review]) -> None:
        card = replay((review.at, review.rating) for review in reviews)
        if card is None:
            self._connection.execute("DELETE FROM schedule WHERE item = ?", (item,))
        else:
            self._schedule(item, card, len(reviews))

    def _reviews(self, where: str = "", *values: str) -> Iterator[Review]:
        query = f"SELECT at, item, question, topic, rating, misconceptions, id FROM review {where} ORDER BY id"
        for at, item, question, topic, rating, misconceptions, number in self._connection.execute(query, values):
            held = tuple(misconceptions.split())
            yield Review(datetime.fromisoformat(at), item, question, topic, Rating(rating), held, number)


def _damaged(path: Path, reason: str) -> str:
    return f"the progress file {path} is damaged ({reason}); it was left as it is: restore a copy, or move it away to begin anew"


def _stamp(at: datetime) -> str:
    """UTC to the millisecond, always as long, so that stamps sort as time does."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _card(stored: str) -> Card:
    from fsrs import Card

    return Card.from_json(stored)


def _statements(script: str) -> Iterable[str]:
    """A script cut where SQLite's own parser sees a statement end (triggers hold semicolons)."""
    from sqlite3 import complete_statement

    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if complete_statement(statement):
            yield statement
            statement = ""
