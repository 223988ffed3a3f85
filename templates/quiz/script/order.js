// Putting terms in order: by buttons, and by dragging a handle.

const current = (question) => within(question, ".sequence > li").map((row) => Number(row.dataset.index));

const ordering = {
  setUp(question, random) {
    const list = question.querySelector(".sequence");
    if (!list.querySelector("button")) within(list, "li").forEach(addMovers);
    const { orders } = question.dataset;
    const wrong = () => !JSON.parse(orders).some((order) => String(order) === String(current(question)));
    for (let tries = 0; tries < 20; tries += 1) {
      shuffle(list, random);
      if (wrong()) break;
    }
  },
  response: current,
  fits: (question, response) => String([...response].sort()) === String(current(question).sort()),
  restore(question, response) {
    const list = question.querySelector(".sequence");
    for (const index of response) list.append(list.querySelector(`:scope > [data-index="${index}"]`));
  },
  mark(question, response) {
    if (response === null) return false;
    const orders = JSON.parse(question.dataset.orders);
    const agreeing = (order) => order.filter((index, place) => index === response[place]).length;
    const nearest = orders.reduce((best, order) => (agreeing(order) > agreeing(best) ? order : best));
    within(question, ".sequence > li").forEach((row, place) => {
      const right = response[place] === nearest[place];
      setMark(row, right ? "right" : "wrong", right ? said["field-right"] : said["field-wrong"]);
    });
    return agreeing(nearest) === response.length;
  },
  pick(question, n) {
    within(question, ".sequence > li")[n - 1]?.querySelector("button").focus();
  },
};

function addMovers(row) {
  const term = row.querySelector(".text").textContent;
  const handle = made("span", "handle");
  handle.setAttribute("aria-hidden", "true");
  handle.addEventListener("pointerdown", (event) => drag(event, row, handle));
  row.prepend(handle);
  row.append(mover(row, "up", format(said.up, { term }), -1), mover(row, "down", format(said.down, { term }), 1));
}

function mover(row, className, label, step) {
  const button = made("button", `move ${className}`);
  button.type = "button";
  button.setAttribute("aria-label", label);
  button.addEventListener("click", () => {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    button.focus();
    announcePlace(row);
  });
  return button;
}

function announcePlace(row) {
  const rows = [...row.parentElement.children];
  const term = row.querySelector(".text").textContent;
  byId("live").textContent = format(said.moved, { term, n: rows.indexOf(row) + 1, total: rows.length });
}

function drag(event, row, handle) {
  if (event.button !== 0 || row.closest(".answered")) return;
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  row.classList.add("dragged");
  // The others are moved around the row: a row that leaves its place in the page, if only for a moment, is let go of.
  const move = ({ clientY }) => {
    while (clientY < middle(row.previousElementSibling, -Infinity)) row.after(row.previousElementSibling);
    while (clientY > middle(row.nextElementSibling, Infinity)) row.before(row.nextElementSibling);
  };
  const drop = () => {
    row.classList.remove("dragged");
    handle.removeEventListener("pointermove", move);
    announcePlace(row);
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("lostpointercapture", drop, { once: true });
}

// Where the middle of a row is; `otherwise` where there is no row.
function middle(element, otherwise) {
  if (!element) return otherwise;
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}
