// A round: which questions are asked, in which order, and what was answered. It is kept under the page's name, without
// the language, so that the other language goes on where this one stopped. `record` holds the last result of each
// question that was ever answered, by its id, for all pages.

const controls = {
  choice: choosing,
  multiple: choosing,
  "true-false": choosing,
  figure: choosing,
  cloze: typing,
  numeric: typing,
  short: typing,
  order: ordering,
  match: matching,
};

// A generator of numbers in [0, 1) that gives the same ones for the same seed (mulberry32).
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function seedOf(text, seed) {
  let hash = seed;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0), 16777619);
  return hash;
}

// One question of each item: of the variants of an item, one at random. `mixed` shuffles the items.
function drawn(questions, mixed, random) {
  const items = new Map();
  for (const question of questions) {
    const { item } = question.dataset;
    items.set(item, [...(items.get(item) ?? []), question.id]);
  }
  const groups = [...items.values()];
  if (mixed) groups.sort(byNumber(groups, random));
  return groups.map((ids) => ids[Math.floor(random() * ids.length)]);
}

function byNumber(groups, random) {
  const numbers = new Map(groups.map((group) => [group, random()]));
  return (one, other) => numbers.get(one) - numbers.get(other);
}

function newRound(questions, count, mixed) {
  const seed = Math.floor(Math.random() * 4294967296);
  const ids = drawn(questions, mixed, generator(seed));
  return { seed, ids: ids.slice(0, count || ids.length), at: 0, answers: {} };
}

// The round that was left, unless the page has since lost one of its questions, and without the answers to what a question
// was in an earlier edition of the page.
function leftRound(page, questions) {
  const round = store.get(`round:${page}`, null);
  const whole = Array.isArray(round?.ids) && round.ids.length > 0 && round.ids.every((id) => questions.has(id));
  if (!whole || !Number.isInteger(round.at) || !round.answers) return null;
  for (const id of Object.keys(round.answers)) {
    if (!questions.has(id) || !stillFits(questions.get(id), round.answers[id]?.response)) delete round.answers[id];
  }
  return round;
}

function stillFits(question, response) {
  return response === null || (Array.isArray(response) && controls[question.dataset.type].fits(question, response));
}

function keep(page, round) {
  store.set(`round:${page}`, round);
}

function recordOf(id) {
  return store.get("record", {})[id];
}

function setRecord(id, right) {
  store.set("record", { ...store.get("record", {}), [id]: right });
}
