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

function drawn(count) {
  var order = [];
  for (var i = 0; i < count; i++) {
    var j = Math.floor(Math.random() * (i + 1));
    order[i] = order[j];
    order[j] = i;
  }
  return order;
}

function identity(count) {
  return Object.keys(Array.apply(null, Array(count))).map(Number);
}

// The state of this review: the front makes a new one unless it is only shown again, the back marks it as used up.
function review(count, shuffled) {
  var state = kept();
  var fits = state && state.order.length === count;
  if (front && !(fits && !state.seen)) {
    state = { id: card.dataset.id, order: shuffled ? drawn(count) : identity(count), chosen: [], done: false, seen: false };
    if (!keep(state)) { state.order = identity(count); }
  } else if (!fits) {
    state = { id: card.dataset.id, order: identity(count), chosen: [], done: false, seen: true };
  }
  if (!front) { state.seen = true; keep(state); }
  return state;
}

function finish(state, won) {
  state.done = true;
  keep(state);
  card.classList.add("done", won ? "is-won" : "is-lost");
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
