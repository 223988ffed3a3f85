// What front and back share. Some clients load a page for each side, others keep one page for a whole session:
// so what the front decided lies in sessionStorage and on window, and nothing here is declared globally.
var card = document.querySelector(".qz");
var front = card.classList.contains("front");
var all = function (selector) { return Array.prototype.slice.call(card.querySelectorAll(selector)); };

function kept() {
  var text = window.quizgenReview;
  try { text = text || sessionStorage.getItem("quizgen"); } catch (error) { /* no storage: only window */ }
  try {
    var state = JSON.parse(text);
    return state && state.id === card.dataset.id ? state : null;
  } catch (error) { return null; }
}

// Whether the back will find it again.
function keep(state) {
  window.quizgenReview = JSON.stringify(state);
  try { sessionStorage.setItem("quizgen", window.quizgenReview); return true; }
  catch (error) { return typeof pycmd !== "undefined"; }
}

function drawn(count, random) {
  var order = [];
  for (var i = 0; i < count; i++) {
    var j = Math.floor(random() * (i + 1));
    order[i] = order[j];
    order[j] = i;
  }
  return order;
}

function identity(count) {
  return Object.keys(Array.apply(null, Array(count))).map(Number);
}

// An order that both sides find without telling each other: another one each day.
function daily(count) {
  var seed = 0;
  (card.dataset.id + new Date().toDateString()).split("").forEach(function (letter) {
    seed = (seed * 31 + letter.charCodeAt(0)) % 4294967296;
  });
  return drawn(count, function () {
    seed = (seed * 1664525 + 1013904223) % 4294967296;
    return seed / 4294967296;
  });
}

// The state of this review: the front makes a new one unless it is only shown again, the back marks it as used up.
function review(count, shuffled) {
  var state = kept();
  var fits = state && state.order.length === count;
  if (!fits || (front && state.seen)) {
    state = { id: card.dataset.id, order: (shuffled ? daily : identity)(count), chosen: [], done: false, seen: false };
    if (front && keep(state) && shuffled) { state.order = drawn(count, Math.random); keep(state); }
  }
  if (!front) { state.seen = true; keep(state); }
  return state;
}

function finish(state, won) {
  state.done = true;
  keep(state);
  card.classList.add("done", won ? "is-won" : "is-lost");
}

// Anki on a desktop takes Space, Enter and the digits for itself, wherever the focus is.
if (!window.quizgenKeys) {
  window.quizgenKeys = true;
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.tagName === "INPUT") { return; }
    var buttons = document.querySelectorAll(".qz.front button:not([disabled]):not([hidden])");
    var at = Array.prototype.indexOf.call(buttons, document.activeElement);
    if (event.key === "x" && at >= 0) { buttons[at].click(); }
    if (event.key === "j" && buttons.length) { buttons[(at + 1) % buttons.length].focus(); }
    if (event.key === "k" && buttons.length) { buttons[(at > 0 ? at : buttons.length) - 1].focus(); }
  });
}

function button(item) {
  var made = document.createElement("button");
  made.type = "button";
  while (item.firstChild && !(item.firstChild.classList && item.firstChild.classList.contains("why"))) {
    made.appendChild(item.firstChild);
  }
  item.insertBefore(made, item.firstChild);
  return made;
}
