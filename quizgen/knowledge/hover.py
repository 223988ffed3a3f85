"""What editors show about the keys of knowledge files: one entry for every key, by the class that has it (schema.py, written.py).

Markdown, a sentence or two, and an example where it helps. A test holds this against the classes.
"""

from __future__ import annotations

ITEM = {
    "id": "Identity of the item, for ever: progress, cards and links hang on it. Lower-case words with hyphens, as in `synack-acknowledges`.",
    "type": "What kind of question this is. It decides which other keys there are.",
    "model": "The reference models that judge this item, in place of the file's.",
    "difficulty": "1 (recall), 2 (understand; the default) or 3 (apply).",
    "for": "A family: a variant for each combination of members, as in `{end: [client, server], n: [1, 2, 3]}`. Texts write `{end}`.",
    "vary": "Parameters drawn from ranges of whole numbers, as in `{seq: 0..4294967295, length: 1..1460}`. Texts write `{seq}`.",
    "cited": "The reason why no model can judge this item. It then needs a `source`, and counts as cited, not proved.",
    "misconception": "The id of the misconception that a wrong answer shows.",
    "rationale": "Why the answer is right; shown after answering. `{answer}` stands for what the model computes.",
    "source": "Where a learner can read on, as in `RFC 9293 §3.4`.",
    "ladder": "The scenario drawn in the feedback, or `none`. By default the one that the answer was read off.",
}
_STEM = "The question. It may hold `{variables}` of `for` and `vary`, and inline Markdown."
_ASK = "What the model computes, in the claim language, as in `handshake.segment(2).ack`."
_CHOICE = {
    "stem": _STEM,
    "ask": _ASK,
    "key": "The right option as you believe it; it must be what the model computes. A value such as `x + 1`, or `{text: ..., claim: ...}`.",
    "distractors": "Wrong options. The model must refute each: values of the kind that `ask` computes, or `{text: ..., claim: ...}`. With `auto` the model proposes some.",
    "options": "Candidates, in place of `key` and `distractors`: the model picks the key.",
}

KEYS: dict[str, dict[str, str]] = {
    "File": {
        "topic": "The topic's name, `area/name`, as in `tcp/handshake`: it becomes file names, tags and subdecks.",
        "title": "The topic's title. Its languages are those of the bank.",
        "model": "The reference models that judge this file: one name, or a list as in `[cookies, sessions]`.",
        "licence": "Under which licence the topic may be passed on, as in `CC BY 4.0`. Anki's decks say so.",
        "requires": "Topics that come before this one, as in `[tcp/segment]`.",
        "notes": "The prose of the study sheet: paragraphs, figures and tables.",
        "scenarios": "Runs of a model that claims can ask, by a name such as `lost_third`.",
        "not_covered": "Elements of the model that no item is to ask about, each with the reason.",
        "misconceptions": "What many believe and the model refutes, by an id such as `always-four`.",
        "items": "The questions.",
    },
    "Option": {
        "value": "What is judged: a value of the kind that `ask` computes, as in `x + 1`.",
        "text": "What is shown. Without `value`, a `claim` decides whether it is right.",
        "claim": "The claim that this option makes, true for a key and false for a distractor, as in `handshake.state(client) == ESTABLISHED`.",
        "why": "The sentence that a learner reads who picked this option.",
        "misconception": "The id of the misconception that picking this option shows.",
    },
    "Auto": {
        "auto": "How many distractors there should be, the author's own included; the model proposes the others and refutes each.",
    },
    "FigureRef": {
        "scenario": "The scenario whose ladder is drawn, as in `handshake`.",
        "diagram": "A drawing of the model, as in `states` or `header`.",
        "model": "The model that draws the `diagram`, where the file has several.",
        "mask": "What is hidden: `message:2` or `state:client:3` of a ladder, `state:LISTEN` of a state diagram, `field:window` of a header.",
    },
    "Block": {
        "text": "A paragraph.",
        "figure": "A drawing: the name of a scenario, or `{diagram: states}`.",
        "table": "A table that the model gives, as in `flags`.",
        "title": "The heading above the figure or the table.",
    },
    "ChoiceItem": _CHOICE,
    "FigureItem": {**_CHOICE, "figure": "The drawing that is asked about, as in `{scenario: handshake, mask: \"message:2\"}`."},
    "MultipleItem": {
        "stem": _STEM,
        "ask": "A set that the model computes, as in `handshake.segment(2).flags`; its members are the keys.",
        "keys": "The right options, all of them.",
        "distractors": "Wrong options; the model must refute each.",
    },
    "TrueFalseItem": {
        "statement": "The statement to judge.",
        "claim": "What the statement says, in the claim language; the model decides whether it holds.",
        "key": "Whether the statement is true.",
    },
    "Gap": {
        "ask": _ASK,
        "key": "What belongs into the gap as you believe it; it must be what the model computes.",
        "text": "The answer as it is shown, where that is not the model's spelling.",
        "accept": "Further spellings that count.",
    },
    "ClozeItem": {
        "text": "The text with gaps `{1}`, `{2}`, ...",
        "blanks": "What goes into the gaps, in their order.",
    },
    "NumericItem": {
        "stem": _STEM,
        "ask": "The number that the model computes, as in `header_length(5)`.",
        "key": "The number as you believe it; it must be what the model computes.",
        "unit": "The unit in which the learner types, as in `KiB`; by default the model's.",
        "tolerance": "How far off an answer may be: a number, or a share such as `5%`.",
    },
    "ShortItem": {
        "stem": _STEM,
        "ask": _ASK,
        "key": "The answer as you believe it; it must be what the model computes.",
        "text": "The answer as it is shown, where that is not the model's spelling.",
        "accept": "Further spellings that count; aliases of the standard's terms count anyway.",
    },
    "OrderItem": {
        "stem": _STEM,
        "ask": "A sequence or partial order that the model computes, as in `handshake.states(client)`.",
        "sequence": "The things in a right order.",
        "accept": "Other orders that are right too, each a list of the same things.",
    },
    "Pair": {
        "left": "A value of the claim language that `ask` is about, or `{value: ..., text: ...}`.",
        "right": "What belongs to it: what `ask` computes with `left` for this value.",
    },
    "MatchItem": {
        "stem": _STEM,
        "ask": "An expression about `left`, as in `handshake.state(left, after=2)`; its value stands on the right.",
        "pairs": "The things that belong together; no two left sides may have the same right side.",
    },
    "Scenario": {
        "title": "The scenario's title, shown above its ladder.",
        "run": "The steps of the run, in the words of its model, as in `[{server: OPEN passive}, {client: OPEN active}, deliver]`.",
        "source": "Where the run is described, as in `RFC 9293 Figure 6`.",
        "model": "The model that runs it, in place of the file's.",
    },
    "Misconception": {
        "statement": "What is wrongly believed.",
        "origin": "Where learners get it, in one sentence.",
        "claim": "What the statement says, in the claim language. It must be false.",
        "answer": "What its believers answer, an expression such as `x`, where the claim is not of the form `question == value`.",
        "cited": "The reason why no model can refute it.",
        "correction": "What is so; read by whoever picks an option that shows the misconception.",
        "source": "Where a learner can read on.",
    },
}  # fmt: skip

TYPES = {
    "choice": "one right option",
    "multiple": "several right options",
    "true-false": "a statement to judge",
    "cloze": "a text with gaps",
    "numeric": "a number to type",
    "short": "a word to type",
    "order": "things to put in order",
    "match": "things that belong together",
    "figure": "a choice about a drawing with a masked part",
}
"""What each item type is, in a few words."""


def of(name: str) -> dict[str, str]:
    """The texts of such a class by its keys."""
    return {**ITEM, **KEYS[name]} if name.endswith("Item") else KEYS[name]
