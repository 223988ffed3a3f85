"""The JSON Schema of knowledge files, for editors: what an author may write, which is more than what is kept.

It is made from the classes of schema.py. What their validators make of the author's spelling (a text or one for each
language, an option as a value or a map) is said here, as pydantic cannot know it. YAML's scalars are texts to quizgen and
numbers and truths to editors, so that a text may be any of these; null is nothing.

Draft 7, as that is what the YAML language server and JetBrains' editors read in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from quizgen.knowledge import hover, scalars, schema, written
from quizgen.knowledge.fields import Identifier, keys
from quizgen.knowledge.findings import WANTED_NAMES

Shape = dict[str, Any]
_REF = "#/definitions/{model}"

# A keyword such as `pattern` or `items` speaks of values of its own type only, so that one shape can say what a scalar, a
# list and a map each look like. Editors tell what is wrong with such a shape better than with alternatives (`anyOf`).
_SCALARS = ["string", "number", "boolean"]
_SCALAR: Shape = {"type": _SCALARS}
_FILLED: Shape = {**_SCALAR, "pattern": r"\S", "patternErrorMessage": "Write the text, or remove the key."}
_TRUTH: Shape = {"type": ["boolean", "string"], "pattern": "^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"}
_RANGE: Shape = {"type": "string", "pattern": r"^-?[0-9]{1,20}\s*\.\.\s*-?[0-9]{1,20}$"}
_STEP = {"$ref": _REF.format(model="Step")}  # what steps mean is the models' to say
_STEPS: Shape = {"type": [*_SCALARS, "object", "array"], "additionalProperties": _STEP, "items": _STEP}


def json_schema(models: Sequence[str]) -> Shape:
    """The schema of knowledge files where these models are installed."""
    made = schema.FILE.json_schema(ref_template=_REF, schema_generator=_Written)
    classes = made.pop("$defs")
    classes["Scenario"]["properties"]["run"]["items"] = _STEP
    for name, shape in {**classes, "File": made}.items():
        shape.pop("title")
        _describe(shape["properties"], hover.of(name), models)
    for type_, item in schema.ITEMS.items():
        classes[item.__name__]["title"] = f"{type_} item"
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "urn:quizgen:knowledge",
        "title": "quizgen",
        **made,
        "dependencies": {"topic": ["title"], "items": _with_topic("items"), "notes": _with_topic("notes")},
        "definitions": {**classes, "Step": _STEPS},
    }


def _with_topic(key: str) -> Shape:
    return {"if": {"properties": {key: {"minItems": 1}}}, "then": {"required": ["topic"]}}


def _describe(properties: dict[str, Shape], texts: dict[str, str], models: Sequence[str]) -> None:
    """Put the texts that editors show, and the models' names, into the properties of a class."""
    for key, shape in properties.items():
        if key == "model":
            named = {"enum": list(models)}
            shape = {"anyOf": [named, {"type": "array", "items": named}]} if "items" in shape else named
        if "pattern" in shape and key in WANTED_NAMES:
            shape = {**shape, "patternErrorMessage": f"Expected {WANTED_NAMES[key]}."}
        text = texts.get(key, "")
        properties[key] = {"description": text.replace("`", ""), "markdownDescription": text, **shape}


def _languages(taken: Iterable[str] = ()) -> Shape:
    """The keys of a text for each language; `taken` are keys that mean something else in this place."""
    taken = [key for key in taken if scalars.LANGUAGE.fullmatch(key)]
    but = f"(?!({'|'.join(taken)})$)" if taken else ""
    return {
        "minProperties": 1,
        "properties": {"en": _FILLED, "zh": _FILLED},
        "patternProperties": {f"^{but}{scalars.LANGUAGE.pattern}$": _FILLED},
        "additionalProperties": False,
    }


def _or_languages(scalar: Shape, kept: Shape, fields: Iterable[str]) -> Shape:
    """A scalar, a text for each language, or the map that is kept."""
    languages = _languages(fields)
    [pattern] = languages["patternProperties"]
    is_text = {"minProperties": 1, "propertyNames": {"pattern": pattern}}
    is_map = {"type": "object", "not": is_text}
    return {**scalar, "type": [*scalar["type"], "object"], "if": is_map, "then": kept, "else": languages}


def _option(kept: Shape) -> Shape:
    shape = _or_languages(_SCALAR, kept, keys(written.Option))
    return {**shape, "type": [*shape["type"], "array"], "items": _SCALAR, "minItems": 1}


def _distractors(kept: Shape) -> Shape:
    """A list of distractors, or `auto`, or a map that says how many the model should propose."""
    proposed = kept["items"]["then"]["then"]
    as_map = {"if": {"type": "object"}, "then": proposed}
    return {**kept, "type": ["array", "string", "object"], "pattern": "^auto$", **as_map}


def _drawing(kept: Shape) -> Shape:
    name = TypeAdapter(Identifier).json_schema(schema_generator=_Written)
    return {**name, "type": [*name["type"], "object"], "if": {"type": "object"}, "then": kept}


def _words(kept: Shape) -> Shape:
    return {**kept["items"], "type": [*kept["items"]["type"], "array"], "items": kept["items"]}


_WRITTEN: dict[Any, Callable[[Shape], Shape]] = {
    scalars.text: lambda kept: {**_FILLED, "type": [*_SCALARS, "object"], **_languages()},
    scalars.filled: lambda kept: _FILLED,
    scalars.expression: lambda kept: _FILLED,
    scalars.truth: lambda kept: _TRUTH,
    scalars.span: lambda kept: _RANGE,
    scalars.words: _words,
    written.option: _option,
    written.distractor: _option,
    written.distractors: _distractors,
    schema._figure: _drawing,
    schema._block: lambda kept: _or_languages(_FILLED, kept, keys(schema.Block)),
}
"""What may be written for each validator that reads an author's spelling, from the shape of what is kept."""


class _Written(GenerateJsonSchema):
    """Pydantic's schemas of what is kept, made into those of what is written."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Shape:
        return _WRITTEN[schema["function"]["function"]](self.generate_inner(schema["schema"]))

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> Shape:
        """The types, and what each brings: an error names the one key that is wrong, where `oneOf` would blame all."""
        if callable(schema["discriminator"]):
            option, proposed = map(self.generate_inner, schema["choices"].values())
            return {"if": {"required": ["auto"]}, "then": proposed, "else": option}
        types = [str(type_) for type_ in schema["choices"]]
        text = hover.ITEM["type"]
        type_ = {"description": text, "enum": types, "enumDescriptions": [hover.TYPES[name] for name in types]}
        conditions = [
            {
                "if": {"properties": {"type": {"const": type_}}, "required": ["type"]},
                "then": self.generate_inner(choice),
            }
            for type_, choice in schema["choices"].items()
        ]
        return {"type": "object", "properties": {"type": type_}, "required": ["type"], "allOf": conditions}

    def str_schema(self, schema: core_schema.StringSchema) -> Shape:
        """A name may look like a number or a truth."""
        named = super().str_schema(schema)
        if "pattern" not in named:
            return {**named, **_SCALAR}
        types = {"string": "a", "integer": "5", "boolean": "true"}
        like = [type_ for type_, text in types.items() if type_ == "string" or re.search(named["pattern"], text)]
        return {**named, "type": like, **({"minimum": 0} if "integer" in like else {})}

    def int_schema(self, schema: core_schema.IntSchema) -> Shape:
        return {**super().int_schema(schema), "type": ["integer", "string"], "pattern": "^[0-9]+$"}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> Shape:
        words = [str(word) for word in schema["expected"]]
        if all(map(str.isdigit, words)):
            texts = {"type": "string", "pattern": f"^({'|'.join(words)})$"}
            return {"anyOf": [{"enum": [int(word) for word in words]}, texts]}
        return {"enum": words}

    def dict_schema(self, schema: core_schema.DictSchema) -> Shape:
        keys = self.generate_inner(schema["keys_schema"])
        names = {key: keys[key] for key in ("pattern", "maxLength") if key in keys}
        values = self.generate_inner(schema["values_schema"])
        return {"type": "object", "propertyNames": names, "additionalProperties": values}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Shape:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Shape:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def sort(self, value: Shape, parent_key: str | None = None) -> Shape:
        return value
