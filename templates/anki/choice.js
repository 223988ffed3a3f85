(function () {
<<review.js>>
var list = card.querySelector(".options ul");
if (!list) { return; }
var items = all(".options li");
var check = card.querySelector(".check");
var many = card.dataset.type === "multiple";
var state = review(items.length, card.dataset.type !== "true-false");
state.order.forEach(function (index) { list.appendChild(items[index]); });
state.chosen.forEach(function (index) { items[index].classList.add("picked"); });

function settle() {
  finish(state, items.every(function (item, index) {
    return item.classList.contains("right") === (state.chosen.indexOf(index) >= 0);
  }));
  all(".options button").forEach(function (made) { made.disabled = true; });
  if (check) { check.hidden = true; }
}

function pick(index) {
  var place = state.chosen.indexOf(index);
  if (place < 0) { state.chosen.push(index); } else { state.chosen.splice(place, 1); }
  items[index].classList.toggle("picked", place < 0);
  items[index].firstChild.setAttribute("aria-pressed", String(place < 0));
  keep(state);
  if (many) { check.hidden = !state.chosen.length; } else { settle(); }
}

// The whole drawing takes the place of the one with a part masked.
var whole = card.querySelector("img.whole");
if (whole && !front) { card.querySelector(".figure").replaceWith(whole.parentNode); }

if (front) {
  items.forEach(function (item, index) {
    button(item).onclick = function () { pick(index); };
  });
  check.hidden = !(many && state.chosen.length && !state.done);
  check.onclick = settle;
}
if (state.done || (!front && state.chosen.length)) { settle(); }
})();
