// The quiz itself: one question of the round at a time, then the summary.

let settings, said, questions, round, shown;

document.addEventListener("DOMContentLoaded", () => {
  settings = JSON.parse(byId("settings").textContent);
  said = settings.text;
  questions = new Map(within(document, ".question").map((question) => [question.id, question]));
  if (questions.size === 0) return;
  for (const part of ["standing", "actions"]) byId(part).hidden = false;
  byId("shortcuts").checked = store.get("shortcuts", true);
  listen();
  round = leftRound(settings.page, questions);
  if (round) show(false);
  else begin(false);
});

function listen() {
  const clicks = { go: go, unknown: () => settle(null), back: () => turn(round.at - 1), begin, again: begin, retry, forget };
  for (const [id, act] of Object.entries(clicks)) byId(id).addEventListener("click", () => act());
  byId("help-open").addEventListener("click", () => byId("help").showModal());
  byId("help-close").addEventListener("click", () => byId("help").close());
  byId("shortcuts").addEventListener("change", ({ target }) => store.set("shortcuts", target.checked));
  document.addEventListener("keydown", pressed);
}

function pressed(event) {
  if (event.isComposing || event.repeat || event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
  const { key, target } = event;
  if (key === "Enter" && shown && !target.closest("button, a, summary, select")) {
    event.preventDefault();
    go();
  }
  if (!byId("shortcuts").checked || target.closest("input[type=text], select")) return;
  if (key === "?") byId("help").showModal();
  if (/^[1-9]$/.test(key) && shown && !round.answers[shown.id]) {
    event.preventDefault();
    controlOf(shown).pick(shown, Number(key));
  }
}

const controlOf = (question) => controls[question.dataset.type];

function chosenQuestions() {
  const topic = byId("by-topic")?.value ?? "";
  const level = byId("by-level").value;
  const wanted = { "": () => true, open: (id) => recordOf(id) !== true, missed: (id) => recordOf(id) === false };
  const record = wanted[byId("by-record").value];
  return [...questions.values()].filter(
    (question) =>
      (!topic || question.closest(".topic").dataset.topic === topic) &&
      (!level || question.dataset.level === level) &&
      record(question.id),
  );
}

function begin(focus = true) {
  const chosen = chosenQuestions();
  byId("none").textContent = chosen.length ? "" : said.none;
  if (!chosen.length) return;
  byId("choose").open = false;
  start(newRound(chosen, Number(byId("by-count").value), settings.page === "all"), focus);
}

const missed = () => round.ids.filter((id) => !round.answers[id]?.right);

function retry() {
  const items = new Set(missed().map((id) => questions.get(id).dataset.item));
  const again = [...questions.values()].filter((question) => items.has(question.dataset.item));
  start(newRound(again, 0, false), true);
}

function forget() {
  store.set("record", {});
  byId("help").close();
  begin();
}

function start(next, focus) {
  round = next;
  keep(settings.page, round);
  show(focus);
}

function turn(place) {
  round.at = Math.max(0, place);
  keep(settings.page, round);
  show(true);
}

function go() {
  if (round.answers[shown.id]) turn(round.at + 1);
  else settle(controlOf(shown).response(shown), true);
}

// Take an answer; null is "I don't know", or, where an answer is `needed`, one that is not complete.
function settle(response, needed = false) {
  if (needed && response === null) {
    byId("hint").textContent = controlOf(shown).needs(shown);
    return;
  }
  const right = judge(response);
  round.answers[shown.id] = { response, right };
  keep(settings.page, round);
  setRecord(shown.id, right);
  reveal();
  byId("go").focus({ preventScroll: true });
  shown.querySelector(".verdict").scrollIntoView({ block: "nearest" });
}

function show(focus) {
  shown?.classList.remove("current");
  shown?.closest(".topic").classList.remove("current");
  shown = questions.get(round.ids[round.at]) ?? null;
  byId("summary").hidden = shown !== null;
  byId("actions").hidden = shown === null;
  if (shown) showQuestion(focus);
  else showSummary(focus);
}

function showQuestion(focus) {
  shown.classList.add("current");
  shown.closest(".topic").classList.add("current");
  shown.querySelector("h3").textContent = format(said.question, { n: round.at + 1 });
  shown.querySelector(".verdict")?.remove();
  const verdict = made("div", "verdict");
  verdict.setAttribute("role", "status");
  shown.querySelector(".answer").before(verdict);
  clearMarks(shown);
  controlOf(shown).setUp(shown, generator(seedOf(shown.id, round.seed)));
  const answer = round.answers[shown.id];
  if (answer?.response) controlOf(shown).restore(shown, answer.response);
  if (answer) judge(answer.response);
  reveal();
  byId("back").disabled = round.at === 0;
  if (!focus) return;
  scrollTo(0, 0);
  shown.querySelector("h3").focus({ preventScroll: true });
}

// Show the answer of the current question if it was answered, and hide it if not.
function reveal() {
  const answer = round.answers[shown.id];
  shown.classList.toggle("answered", Boolean(answer));
  for (const control of within(shown, "fieldset :is(input, select, button)")) control.disabled = Boolean(answer);
  shown.querySelector(".answer").open = Boolean(answer);
  byId("unknown").hidden = Boolean(answer);
  byId("hint").textContent = "";
  const last = round.at + 1 === round.ids.length;
  byId("go").textContent = answer ? (last ? said.finish : said.next) : said.check;
  for (const box of within(shown, ".scroll")) letScroll(box);
  showStanding();
}

// A figure too wide for the screen can be scrolled by keyboard, too.
function letScroll(box) {
  if (box.scrollWidth <= box.clientWidth) return;
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", box.closest("figure").querySelector("figcaption").textContent);
}

// Mark what was right and wrong and say so; returns whether all was right.
function judge(response) {
  const control = controlOf(shown);
  const right = control.mark(shown, response);
  const verdict = shown.querySelector(".verdict");
  verdict.dataset.verdict = right ? "right" : "wrong";
  const word = right ? said.right : response ? said.wrong : said.shown;
  verdict.replaceChildren(made("strong", "", word));
  for (const refutation of control.refutations?.(shown, response) ?? []) {
    const line = made("p", "");
    line.append(...refutation.cloneNode(true).childNodes);
    verdict.append(line);
  }
  for (const one of within(shown, ".misconception")) showMisconception(one, response, verdict);
  return right;
}

// A misconception is shown when the question is about it or a chosen option holds it; what the verdict or the line beneath
// an option has just said is not said again.
function showMisconception(one, response, verdict) {
  const holding = within(shown, `.options > [data-misconception="${CSS.escape(one.dataset.name)}"]`);
  const chosen = holding.some((option) => response?.includes(Number(option.dataset.index)));
  const correction = one.querySelector(".correction");
  const told = [verdict, ...within(shown, ".options .why")];
  correction.hidden = told.some((each) => each.textContent.includes(correction.textContent));
  const more = !correction.hidden || one.querySelector("q, .origin");
  one.hidden = !more || !("own" in one.dataset || chosen);
}

function showStanding() {
  const total = round.ids.length;
  const answers = round.ids.map((id) => round.answers[id]);
  const done = answers.filter(Boolean).length;
  const right = answers.filter((answer) => answer?.right).length;
  byId("place").textContent = shown ? format(said.place, { n: round.at + 1, total }) : "";
  byId("score").textContent = done ? format(said.score, { right, wrong: done - right }) : "";
  byId("progress").max = total;
  byId("progress").value = done;
  const cells = total > 60 ? [] : answers.map((answer, index) => {
    const cell = made("span", index === round.at ? "here" : "");
    if (answer) cell.dataset.mark = answer.right ? "right" : "wrong";
    return cell;
  });
  byId("track").replaceChildren(...cells);
}

function showSummary(focus) {
  showStanding();
  const total = round.ids.length;
  const wrong = missed().length;
  byId("total").textContent = format(said.total, { right: total - wrong, total });
  byId("share").textContent = format(said.share, { percent: Math.round((100 * (total - wrong)) / total) });
  byId("verdict-all").textContent = wrong ? said["some-wrong"] : said["all-right"];
  byId("retry").textContent = format(said.retry, { n: wrong });
  byId("retry").hidden = wrong === 0;
  byId("review").replaceChildren(...round.ids.map(reviewed));
  if (!focus) return;
  scrollTo(0, 0);
  byId("summary-title").focus({ preventScroll: true });
}

function stemOf(question) {
  const stem = question.querySelector(".stem").cloneNode(true);
  for (const gap of within(stem, ".gap")) gap.replaceWith("____");
  return stem.textContent.trim();
}

function reviewed(id, place) {
  const right = round.answers[id]?.right;
  const row = made("li", "");
  const button = made("button", "", stemOf(questions.get(id)));
  button.type = "button";
  button.addEventListener("click", () => turn(place));
  row.append(button);
  setMark(row, right ? "right" : "wrong", round.answers[id] ? (right ? said["mark-right"] : said["field-wrong"]) : said["not-answered"]);
  return row;
}
