"""YAML tags as Psych reads them under GitLab: a few make a value, those of Ruby objects are refused, the rest is void.

Sources: https://yaml.org/type/ and https://github.com/ruby/psych
"""

from typing import Any

from pullcord.config import lazy
from pullcord.config.tree import Reference, Symbol
from pullcord.config.yaml.scalars import UnspecifiedClass, plain

STANDARD = "tag:yaml.org,2002:"
OBJECT = lazy.pattern(r"!ruby/(?:object|struct|hash|hash-with-ivars|exception|array|class|module)(?::(?P<name>.*))?")
REFUSED = {
    "!set": "Psych::Set",
    f"{STANDARD}set": "Psych::Set",
    "!omap": "Psych::Omap",
    f"{STANDARD}omap": "Psych::Omap",
    "!ruby/regexp": "Regexp",
    "!ruby/range": "Range",
    "!ruby/object:BigDecimal": "BigDecimal",
    "!ruby/object:DateTime": "DateTime",
    "!ruby/object:Complex": "Complex",
    "!ruby/object:Rational": "Rational",
}
TEXT_TAGS = ("!str", "!ruby/string", f"{STANDARD}str")


def tagged(event: Any) -> object:
    """What a libyaml scalar event with a tag stands for. Raises UnspecifiedClass, and ValueError for a broken number."""
    tag, text = event.tag, event.value
    if tag == "!reference":
        return Reference(text, event.start_mark)
    refuse(tag, objects=False)
    if tag in {"!binary", f"{STANDARD}binary"}:
        return decoded(text)
    if tag.startswith(TEXT_TAGS) or event.style:
        return text
    if tag.startswith("!ruby/sym"):
        return Symbol(text)
    value = plain(text)
    return float(value) if tag in {"!float", f"{STANDARD}float"} and isinstance(value, int | float | str) else value


def decoded(text: str) -> str:
    """`!!binary`; bytes that are no UTF-8 are replaced, since a configuration is text."""
    import base64  # nobody writes this
    import binascii

    try:
        return base64.b64decode(text).decode(errors="replace")
    except binascii.Error:
        return ""


def refuse(tag: str, *, objects: bool) -> None:
    """Tags that would make Ruby objects. Raises UnspecifiedClass."""
    if tag in REFUSED:
        raise UnspecifiedClass(REFUSED[tag])
    if objects and (found := OBJECT().fullmatch(tag)):
        raise UnspecifiedClass(found["name"] or "Object")
