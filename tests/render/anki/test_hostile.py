"""Hostile texts on their way from a knowledge file to a card and back: nothing runs, and each reads as it was written.

Only Anki's own engine and a browser have a say here: `quizgen build` makes the package, Anki takes and renders it, and
Chromium shows every side of every card, with a canary, network, dialogs and console watched.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

import pytest
from typer.testing import CliRunner

from quizgen.cli.app import app
from tests.render.anki.conftest import Open
from tests.render.anki.engine import SWAP, db, profile, take, typed_into
from tests.render.anki.hostile import HUGE, pairs, texts
from tests.render.anki.hostile_items import SELECTORS, Told, Written, backslashed, files, quoted
from tests.render.anki.test_import import checked

if TYPE_CHECKING:
    from anki.collection import Collection
    from playwright.sync_api import Dialog, Page


class Side(NamedTuple):
    """A side of a card as Anki renders it, and what it must say."""

    item: str
    html: str
    told: Told


@pytest.fixture(scope="module")
def written() -> list[Written]:
    return list(files(texts(), pairs()))


@pytest.fixture(scope="module")
def package(written: list[Written], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for file in written:
        (folder / f"{file.name}.yaml").write_text(file.yaml, "utf-8")
    return built(folder)


@pytest.fixture(scope="module")
def learner(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """The collection of somebody who imported the package."""
    pytest.importorskip("anki.collection", reason="the package anki is not installed")
    with profile(tmp_path_factory.mktemp("learner")) as mine:
        take(mine, package)
        yield mine


def built(folder: Path, name: str = "build") -> Path:
    """The package of the knowledge in a folder."""
    out = folder / name
    done = CliRunner().invoke(
        app, ["build", str(folder), "--format", "anki", "--out", str(out)], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output[:4000]
    return out / "anki" / "quizgen.en.apkg"


def told(file: Written, front: bool) -> dict[str, Told]:
    sides = file.front if front else file.back
    return {
        normalize("NFC", f"hostile/{file.name}/{item}".replace("\r", " ")): places for item, places in sides.items()
    }


def sides(mine: Collection, wanted: dict[str, Told], front: bool) -> Iterator[Side]:
    for number in db(mine).list("SELECT id FROM cards ORDER BY due, ord"):
        card = mine.get_card(number)
        output, note = card.render_output(), card.note()
        assert output.question_av_tags == output.answer_av_tags == [], note["Id"]
        html = card.question() if front else card.answer()
        typed = unescape(note["Typed"]) if "Typed" in note else ""
        yield Side(note["Id"], typed_into(mine, card, html, "front" if front else "back", typed), wanted[unescape(note["Id"])])  # fmt: skip


def test_there_are_enough(written: list[Written]) -> None:
    assert len({*texts(), *pairs()}) > 2_200
    assert sum(file.contents for file in written) > 10_000


def test_anki_takes_it_and_finds_nothing_to_repair(learner: Collection, package: Path, written: list[Written]) -> None:
    notes = sum(len(file.back) for file in written)
    assert (learner.note_count(), learner.card_count()) == (notes, notes)
    checked(learner)
    decks = len(learner.decks.all_names_and_ids())
    assert take(learner, package) == {"duplicate": notes}
    assert len(learner.decks.all_names_and_ids()) == decks == len(written) + 2


@pytest.mark.parametrize("swap", [True, False], ids=["one page", "a page for each side"])
@pytest.mark.parametrize("front", [True, False], ids=["front", "back"])
def test_nothing_runs_and_texts_read_as_written(
    learner: Collection, written: list[Written], chromium: Page, tmp_path: Path, front: bool, swap: bool
) -> None:
    wanted = {item: places for file in written for item, places in told(file, front).items()}
    events = opened(chromium, learner, tmp_path)
    left, wrong = iter(list(sides(learner, wanted, front))[:: 1 if swap else 5]), []
    while batch := [side for side, _ in zip(left, range(100), strict=False)]:
        for side, found in zip(batch, show(chromium, batch, swap), strict=True):
            wrong += [f"{side.item}: {stranger}" for stranger in found.pop("stranger")]
            wrong += [
                f"{side.item}, {place}: {found[place]} instead of {wanted}"
                for place, wanted in side.told.items()
                if sorted(found[place]) != sorted(wanted)
            ]
    assert not wrong, "\n".join(map(ascii, wrong[:20]))
    quiet(chromium, events)


def test_a_megabyte(collection: Open, chromium: Page, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    wanted = {}
    for name, text in HUGE.items():
        parts = f"stem: s{name}, key: k{name}, distractors: [a], cited: nothing, source: s, rationale: {quoted(backslashed(text).replace('{', '{{').replace('}', '}}'))}"
        (tmp_path / "content" / f"{name}.yaml").write_text(f"topic: hostile/{name}\ntitle: {{en: {name}}}\nitems:\n  - {{id: a, type: choice, {parts}}}\n")  # fmt: skip
        wanted[f"hostile/{name}/a"] = {"rationale": [text], "stem": [f"s{name}"]}
    mine = collection("mine")
    assert take(mine, built(tmp_path / "content")) == {"new": len(HUGE)}
    checked(mine)
    events = opened(chromium, mine, tmp_path)
    backs = list(sides(mine, wanted, front=False))
    found = zip(backs, show(chromium, backs, swap=True), strict=True)
    assert [side.item for side, read in found if read["rationale"] != side.told["rationale"]] == []
    quiet(chromium, events)


@pytest.mark.parametrize("swap", [True, False], ids=["one page", "a page for each side"])
@pytest.mark.parametrize("ran", ["<script>canary()</script>", "<img src=x onerror=canary()>", "<img src=https://canary.test/>", "<script>alert(1)</script>", "<script>fail()</script>"])  # fmt: skip
def test_what_would_run_is_noticed(collection: Open, chromium: Page, tmp_path: Path, ran: str, swap: bool) -> None:
    events = opened(chromium, collection("mine"), tmp_path)
    assert show(chromium, [Side("", ran, {})], swap)[0]["stranger"] or "<script>" in ran
    with pytest.raises(AssertionError):
        quiet(chromium, events)


def test_exported_and_imported_again_nothing_is_lost(learner: Collection, collection: Open, tmp_path: Path) -> None:
    from anki.collection import ExportAnkiPackageOptions

    other, path = collection("other"), tmp_path / "exported.apkg"
    options = ExportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False, with_media=True, legacy=False)
    learner.export_anki_package(out_path=str(path), options=options, limit=None)
    take(other, path)
    held = "SELECT guid, flds, tags FROM notes ORDER BY guid"
    assert db(other).all(held) == db(learner).all(held)
    checked(other)


def test_built_again_it_is_the_same(package: Path) -> None:
    """The lock knows every note and deck again, whatever their names."""
    lock = package.parents[2] / "quizgen.lock"
    before = lock.read_bytes()
    assert built(package.parents[2], "again").read_bytes() == package.read_bytes()
    assert lock.read_bytes() == before


def opened(page: Page, mine: Collection, folder: Path) -> list[str]:
    """Open an empty page; the list grows with everything that happens on it and should not."""
    events: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        events.append(dialog.message)
        dialog.dismiss()

    path = folder / "cards.html"
    shutil.copytree(mine.media.dir(), folder, dirs_exist_ok=True)
    path.write_text('<!doctype html><meta charset="utf-8"><body class="card"><div id="qa"></div>', "utf-8")
    page.add_init_script(f"window.swapIn = {SWAP}")
    page.add_init_script("window.canary = () => { top.ran = true; }")
    page.on("request", lambda request: events.append(request.url))
    page.on("dialog", dismissed)
    for event in ("console", "pageerror", "popup", "download"):
        page.on(event, lambda what: events.append(str(what)))
    page.goto(path.as_uri())
    page.evaluate("sessionStorage.clear()")
    events.clear()
    return events


def quiet(page: Page, events: list[str]) -> None:
    """Nothing happened, nor will: what images and animations start comes a little later."""
    page.wait_for_timeout(200)
    strange = [event for event in events if "/quizgen-" not in event]
    assert (page.evaluate("window.ran"), strange) == (None, [])


def show(page: Page, batch: list[Side], swap: bool) -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = page.evaluate(_SHOW, [[side.html for side in batch], SELECTORS, swap])
    return found


_SHOW = """async ([sides, selectors, swap]) => {
  const tags = new Set(("ARTICLE P DIV SPAN BR HR UL OL LI BUTTON TABLE TBODY TR TH TD Q H2 B CODE STRONG EM IMG INPUT "
    + "SMALL STYLE SCRIPT DETAILS SUMMARY LABEL").split(" "));
  const attributes = new Set(("class id lang dir role type hidden href src alt aria-pressed aria-label disabled data-id data-type data-standing "
    + "data-n data-accepted data-number data-unit data-tolerance data-cloze data-ordinal").split(" "));
  function stranger(element) {
    const names = element.getAttributeNames().filter(name => !attributes.has(name));
    return !tags.has(element.tagName) || names.length || (element.src && !/quizgen-\\w{16}\\.svg$/.test(element.src));
  }
  function look(place) {
    const told = Object.fromEntries(Object.entries(selectors).map(([name, selector]) =>
      [name, Array.from(place.querySelectorAll(selector), element => element.alt ? element.alt.split(". client: CLOSED")[0] : element.textContent)]));
    const elements = Array.from(place.querySelectorAll("*"));
    told.stranger = elements.filter(stranger).map(element => element.outerHTML.slice(0, 200));
    if (place.querySelectorAll("script, .qz, hr").length > 3) { told.stranger.push("too many parts"); }
    return told;
  }
  function swapped(html) {
    swapIn([html, "card"]);
    return look(document.getElementById("qa"));
  }
  // As AnkiDroid does: a document for each side.
  function written(html) {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const page = frame.contentDocument;
    page.open();
    page.write(`<!doctype html><meta charset="utf-8"><body class="card"><div id="qa">${html}</div>`);
    page.close();
    const told = look(page.getElementById("qa"));
    if (page.body.children.length !== 1) { told.stranger.push("out of place: " + page.body.lastChild.outerHTML); }
    return told;
  }
  const found = sides.map(swap ? swapped : written);
  await new Promise(done => setTimeout(done, 100));
  document.querySelectorAll("iframe").forEach(frame => frame.remove());
  return found;
}"""
"""Show one side after the other: the texts at each place, and what is there that no template of quizgen has."""
