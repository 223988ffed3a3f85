(function () {
<<review.js>>
var pool = card.querySelector(".items ul");
if (!pool) { return; }
var items = all(".items li");
var slots = all(".slots li");
var check = card.querySelector(".check");
var state = review(items.length, true);
var accepted = pool.dataset.accepted.split(" ").map(function (order) { return order.split("-"); });
var holes = slots.map(function (slot) {
  var hole = document.createElement("ul");
  slot.appendChild(hole);
  return hole;
});

function lay() {
  state.order.forEach(function (index) {
    var place = state.chosen.indexOf(index);
    (place < 0 ? pool : holes[place]).appendChild(items[index]);
  });
  holes.forEach(function (hole) { hole.classList.toggle("filled", Boolean(hole.firstChild)); });
}

function full() {
  return holes.every(function (hole) { return hole.firstChild; });
}

// Each slot is held against the accepted order that agrees with the most of them.
function settle() {
  var given = holes.map(function (hole) { return hole.firstChild.dataset.n; });
  var agreed = function (order) {
    return order.filter(function (n, place) { return n === given[place]; }).length;
  };
  var best = accepted.reduce(function (one, other) { return agreed(other) > agreed(one) ? other : one; });
  slots.forEach(function (slot, place) { slot.classList.add(best[place] === given[place] ? "right" : "wrong"); });
  finish(state, agreed(best) === given.length);
  all(".items button, .slots button").forEach(function (made) { made.disabled = true; });
  if (check) { check.hidden = true; }
}

function tap(index) {
  var place = state.chosen.indexOf(index);
  if (place >= 0) { state.chosen[place] = -1; } else {
    var free = state.chosen.indexOf(-1);
    if (free >= 0) { state.chosen[free] = index; } else { state.chosen.push(index); }
  }
  keep(state);
  lay();
  check.hidden = !full();
  // What has been moved has lost the focus.
  (pool.querySelector("button") || check).focus();
}

lay();
card.classList.add("live");
if (front) {
  items.forEach(function (item, index) {
    button(item).onclick = function () { tap(index); };
  });
  check.hidden = state.done || !full();
  check.onclick = settle;
}
if (full() && (state.done || !front)) { settle(); } else if (!front) { card.classList.remove("live"); }
})();
