// Typed answers, read as quizgen.items.response reads them.

const DASHES = /[_‐‑‒–—―−﹘﹣－]/g;
const ENDS = /^[\s"'`“”‘’「」『』]+|[\s"'`“”‘’「」『』.。]+$/g;
const SIGN = "[^\\p{L}\\p{N}_\\s]|[\\u2e80-\\u9fff\\uf900-\\ufaff]";
const BEFORE_SIGN = new RegExp(`\\s+(?=${SIGN})`, "gu");
const AFTER_SIGN = new RegExp(`(${SIGN})\\s+`, "gu");
const NUMBER = /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(?:\.\d+)?(?:e[+-]?\d{1,3})?)\s*(\D.*)?$/i;

// Case, width, kind of dash, spaces between words and signs, quotation marks and a full stop make no difference.
function normalised(text) {
  const folded = text.normalize("NFKC").toLowerCase().normalize("NFKC").replace(DASHES, "-").replace(ENDS, "");
  return folded.replace(BEFORE_SIGN, "").replace(AFTER_SIGN, "$1").replace(/\s+/g, "-").normalize("NFKC");
}

// The number in `unit` that was typed, with or without a unit of the same dimension; null when it is none.
function amount(text, unit, { units, names }) {
  const typed = text.normalize("NFKC").replace(DASHES, "-").trim();
  const match = typed.length <= 64 ? NUMBER.exec(typed) : null;
  if (!match) return null;
  const number = Number(match[1].replace(/,/g, ""));
  const suffix = (match[2] ?? "").trim();
  if (!suffix || normalised(suffix) === normalised(unit)) return number;
  const known = Object.hasOwn(units, suffix) ? suffix : names[suffix.toLowerCase()];
  if (!known || !Object.hasOwn(units, unit) || units[known][0] !== units[unit][0]) return null;
  return (number * units[known][1]) / units[unit][1];
}

// `blank`: accepted spellings (normalised), and for a number its value, tolerance and unit. Returns whether the text is
// right; null where a number is asked for and it is none.
function fills(blank, text, settings) {
  if (blank.accepted.includes(normalised(text))) return true;
  if (blank.number === undefined) return false;
  const typed = amount(text, blank.unit, settings);
  return typed === null ? null : Math.abs(typed - blank.number) <= blank.tolerance + 1e-9 * Math.abs(blank.number);
}
