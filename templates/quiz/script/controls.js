// What each item type is answered with. A control has:
//   setUp(question, random)        a fresh attempt
//   response(question)             what was answered, to be kept as JSON; null while it is incomplete
//   fits(question, response)       whether a response that was kept, a list, is one to the question as it is now
//   restore(question, response)    the opposite of response
//   mark(question, response)       show what was right and wrong; returns whether all was right
//   pick(question, n)              the n-th digit key
//   needs(question)                what to do when the response is incomplete
//   refutations(question, response)  optional: the rows that say why what was chosen is wrong
// `response` is null for "I don't know".

const within = (element, selector) => [...element.querySelectorAll(selector)];

function made(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function format(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function shuffle(list, random) {
  const rows = [...list.children];
  for (let last = rows.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [rows[last], rows[other]] = [rows[other], rows[last]];
  }
  list.append(...rows);
}

function setMark(row, mark, said) {
  row.dataset.mark = mark;
  row.append(made("span", "mark", said));
}

function copied(why) {
  const copy = why.cloneNode(true);
  copy.classList.add("mark");
  return copy;
}

function clearMarks(question) {
  for (const row of within(question, "[data-mark]")) delete row.dataset.mark;
  for (const mark of within(question, ".mark")) mark.remove();
}

const choosing = {
  setUp(question, random) {
    if (question.dataset.type !== "true-false") shuffle(question.querySelector(".options"), random);
    for (const input of within(question, ".options input")) input.checked = false;
  },
  response(question) {
    const chosen = within(question, ".options input:checked").map((input) => Number(input.value));
    return chosen.length ? chosen : null;
  },
  fits: (question, response) => response.every((n) => question.querySelector(`.options input[value="${Number(n)}"]`)),
  restore(question, response) {
    for (const input of within(question, ".options input")) input.checked = response.includes(Number(input.value));
  },
  mark(question, response) {
    const several = question.dataset.type === "multiple";
    let right = response !== null;
    for (const row of within(question, ".options > li")) {
      const chosen = (response ?? []).includes(Number(row.dataset.index));
      const key = "right" in row.dataset;
      right &&= chosen === key;
      const label = row.querySelector("label");
      if (chosen) setMark(label, key ? "right" : "wrong", key ? said["mark-right"] : said["mark-wrong"]);
      else if (key) setMark(label, "missed", response && several ? said["mark-missed"] : said["mark-key"]);
      const why = question.querySelector(`.whys > [data-index="${row.dataset.index}"] > .why`);
      if (why && (key || !chosen)) row.append(copied(why));
    }
    return right;
  },
  refutations(question, response) {
    return within(question, ".whys > li").filter(({ dataset: { index } }) => {
      const option = question.querySelector(`.options > li[data-index="${index}"]`);
      return response?.includes(Number(index)) && !("right" in option.dataset);
    });
  },
  needs: () => said["needed-choice"],
  pick(question, n) {
    const input = within(question, ".options input")[n - 1];
    input?.click();
    input?.focus();
  },
};

function blankOf({ dataset }) {
  return {
    accepted: JSON.parse(dataset.accepted),
    number: dataset.number === undefined ? undefined : Number(dataset.number),
    tolerance: Number(dataset.tolerance),
    unit: dataset.unit,
  };
}

// Types whose answer is the values of some fields. `judge` tells whether a field's value is right, null when it is no
// answer at all.
function fields(selector, judge) {
  return {
    setUp(question) {
      for (const field of within(question, selector)) field.value = "";
    },
    response(question) {
      const values = within(question, selector).map((field) => field.value.trim());
      const readable = (field) => judge(field, field.value.trim()) !== null;
      return values.every(Boolean) && within(question, selector).every(readable) ? values : null;
    },
    fits: (question, response) =>
      response.length === within(question, selector).length && response.every((value) => typeof value === "string"),
    restore(question, response) {
      within(question, selector).forEach((field, index) => (field.value = response[index]));
    },
    mark(question, response) {
      const rights = within(question, selector).map((field, index) => response !== null && judge(field, response[index]));
      within(question, selector).forEach((field, index) => {
        const mark = rights[index] ? "right" : "wrong";
        if (response) setMark(field.closest("li, .gap"), mark, rights[index] ? said["field-right"] : said["field-wrong"]);
      });
      return rights.every(Boolean);
    },
    needs(question) {
      const empty = within(question, selector).some((field) => !field.value.trim());
      return empty ? said["needed-field"] : said["needed-number"];
    },
    pick(question, n) {
      within(question, selector)[n - 1]?.focus();
    },
  };
}

const typing = fields(".gap input", (field, typed) => fills(blankOf(field), typed, settings));
const matching = fields(".pairs select", (field, chosen) => chosen === field.closest("li").dataset.index);
