"""Mutants of the http model that no test can kill, since they behave as the original does; `make mutation MODEL=http` holds
them against what survived."""

from tests.models.equivalent import Equivalent

_ZIP = "for name, end in zip(_END_NAMES, BODY_ENDS.terms(), strict=True):"
_CODING = 'return listed(self.coding or "")[-1:] == ("chunked",)'
_AS_LONG = "there are as many names as ends"

EQUIVALENT = (
    Equivalent(
        "framing.py", _CODING, _CODING.replace('""', '"XXXX"'), "no field and another coding are both not chunked"
    ),
    Equivalent("message_words.py", _ZIP, _ZIP.replace("True", "None"), _AS_LONG),
    Equivalent("message_words.py", _ZIP, _ZIP.replace("True", "False"), _AS_LONG),
    Equivalent("message_words.py", _ZIP, _ZIP.replace(", strict=True", ", "), _AS_LONG),
)
