(function () {
var card = document.querySelector(".qz");
var list = card.querySelector(".accepted ul");
var shown = document.getElementById("typeans");
if (list && list.children.length) { card.classList.add("others"); }
if (!shown || shown.tagName === "INPUT") { return; }

// Anki marks up what was typed, up to the arrow, with a typeMissed hyphen for each character that is not there.
// Where nothing was typed it shows the answer without marks.
function typed() {
  var text = "";
  for (var node = shown.firstChild; node && node.nodeName !== "BR"; node = node.nextSibling) {
    if (node.classList && !node.classList.contains("typeMissed")) { text += node.textContent; }
  }
  return text.trim();
}

function plain(text) { return text.toLowerCase().replace(/[\s_-]+/g, "-"); }

function accepts(text) {
  if (list && list.dataset.number !== undefined) {
    var digits = text.replace(/[,_\s]/g, "").toLowerCase();
    var unit = (list.dataset.unit || "").replace(/\s/g, "").toLowerCase();
    if (unit && digits.slice(-unit.length) === unit) { digits = digits.slice(0, -unit.length); }
    var number = digits ? Number(digits) : NaN;
    var wanted = Number(list.dataset.number);
    return Math.abs(number - wanted) <= Number(list.dataset.tolerance) + Math.abs(wanted) * 1e-9;
  }
  var right = Array.prototype.map.call(list ? list.children : [], function (item) { return item.textContent; });
  right.push(card.querySelector(".key").textContent);
  return right.some(function (spelling) { return plain(spelling) === plain(text); });
}

var text = typed();
if (text) { card.classList.add("done", accepts(text) ? "is-won" : "is-lost"); } else { card.classList.add("untyped"); }
})();
