"""Numbers from the review log."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from quizgen.cli.stats import run_stats
from quizgen.study.progress import Progress, Review, Scheduled
from quizgen.study.scheduler import Rating, replay
from quizgen.study.statistics import Held, Tally, statistics
from tests.conftest import Golden
from tests.samples import BANK

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _review(item: str, rating: Rating, *misconceptions: str, days: float = 0) -> Review:
    return Review(NOON + timedelta(days=days), item, item, item[0], rating, misconceptions)


LOG = [
    _review("a/1", Rating.AGAIN, "m1"),
    _review("a/2", Rating.GOOD),
    _review("b/1", Rating.AGAIN, "m2"),
    _review("a/1", Rating.GOOD, days=0.5),
    _review("a/1", Rating.GOOD, days=2),
    _review("a/2", Rating.AGAIN, "m2", days=2),
]


def _scheduled() -> dict[str, Scheduled]:
    found = {}
    for item in ("a/1", "a/2", "b/1"):
        own = [review for review in LOG if review.item == item]
        card = replay((review.at, review.rating) for review in own)
        assert card
        found[item] = Scheduled(card, len(own))
    return found


def test_statistics() -> None:
    found = statistics(LOG, _scheduled(), NOON + timedelta(days=2, hours=1))
    assert found.reviews == Tally(3, 6)
    assert found.retention == Tally(1, 2)
    assert found.topics == (("b", Tally(0, 1)), ("a", Tally(3, 5)))
    assert found.held == (Held("m2", 2),)
    assert found.items == 3
    assert 0.5 < found.recall <= 1
    assert found.forecast[0] == 2
    assert sum(found.forecast) <= 3


def test_days_are_those_of_the_learners_clock() -> None:
    card = replay([(NOON, Rating.AGAIN)])
    assert card
    late = datetime(2026, 3, 1, 23, 55, tzinfo=timezone(timedelta(hours=12, minutes=0)))
    forecast = statistics([], {"a/1": Scheduled(card, 1)}, late).forecast
    assert forecast == (0, 1, 0, 0, 0, 0, 0)


def test_nothing_yet() -> None:
    assert statistics([], {}, NOON).recall == 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], golden: Golden, lang: str
) -> None:
    monkeypatch.setenv("QUIZGEN_DATA", str(tmp_path))
    with Progress(tmp_path / "progress.sqlite3") as progress:
        for number, question in enumerate(BANK.questions):
            rating = Rating.AGAIN if number % 4 == 2 else Rating.GOOD
            held = (question.misconception,) if question.misconception else ()
            for day in (0, 2):
                progress.record(
                    Review(NOON + timedelta(days=day), question.item, question.id, question.topic, rating, held)
                )
    assert run_stats(BANK, lang, True, NOON + timedelta(days=2, hours=1)) == 0
    golden(f"study/stats.{lang}.txt", capsys.readouterr().out)


def test_titles_are_told_without_their_markup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUIZGEN_DATA", str(tmp_path))
    topic, asked = BANK.topics[0], BANK.questions[0]
    with Progress(tmp_path / "progress.sqlite3") as progress:
        progress.record(Review(NOON, asked.item, asked.id, asked.topic, Rating.AGAIN))
    run_stats(replace(BANK, topics=(replace(topic, title={"en": "What a `SYN` says"}),)), "en", False, NOON)
    assert "What a SYN says" in capsys.readouterr().out


def test_the_report_before_any_review(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUIZGEN_DATA", str(tmp_path))
    assert run_stats(BANK, "en", False, NOON) == 0
    assert capsys.readouterr().out == "No reviews yet. `quizgen quiz` begins.\n"
