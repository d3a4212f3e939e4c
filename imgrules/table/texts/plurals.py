"""The plural form of a whole number in a language, by the categories of the Unicode CLDR."""

from __future__ import annotations

from collections.abc import Callable, Mapping

FORMS = ("zero", "one", "two", "few", "many")
"""The plural forms other than the general one, `other`."""

_Rule = Callable[[int], str]


def plural_form(language: str, number: object) -> str:
    """Return the plural form of a number; `other` if it is not an `int`."""
    if type(number) is not int:
        return "other"
    return _RULES.get(language.partition("-")[0].lower(), _one)(abs(number))


def _none(_: int) -> str:
    return "other"


def _one(number: int) -> str:
    return "one" if number == 1 else "other"


def _upto_one(number: int) -> str:
    return "one" if number <= 1 else "other"


def _east_slavic(number: int) -> str:
    tens, ones = number % 100, number % 10
    if tens in range(11, 15):
        return "many"
    return "one" if ones == 1 else "few" if ones in {2, 3, 4} else "many"


def _south_slavic(number: int) -> str:
    form = _east_slavic(number)
    return "other" if form == "many" else form


def _polish(number: int) -> str:
    return "one" if number == 1 else "many" if number % 10 == 1 else _east_slavic(number)


def _czech(number: int) -> str:
    return "one" if number == 1 else "few" if number in {2, 3, 4} else "other"


def _slovene(number: int) -> str:
    return {1: "one", 2: "two", 3: "few", 4: "few"}.get(number % 100, "other")


def _lithuanian(number: int) -> str:
    tens, ones = number % 100, number % 10
    if tens in range(11, 20) or ones == 0:
        return "other"
    return "one" if ones == 1 else "few"


def _latvian(number: int) -> str:
    tens, ones = number % 100, number % 10
    if ones == 0 or tens in range(11, 20):
        return "zero"
    return "one" if ones == 1 else "other"


def _romanian(number: int) -> str:
    return "one" if number == 1 else "few" if number == 0 or number % 100 in range(1, 20) else "other"


def _arabic(number: int) -> str:
    tens = number % 100
    return {0: "zero", 1: "one", 2: "two"}.get(number) or (
        "few" if tens in range(3, 11) else "many" if tens in range(11, 100) else "other"
    )


def _hebrew(number: int) -> str:
    return {1: "one", 2: "two"}.get(number, "other")


_RULES: Mapping[str, _Rule] = {
    **dict.fromkeys(("ja", "zh", "ko", "vi", "th", "id", "ms", "lo", "my", "km"), _none),
    **dict.fromkeys(("fr", "pt", "hi", "fa", "bn", "gu", "kn", "am", "zu", "hy"), _upto_one),
    **dict.fromkeys(("ru", "uk", "be"), _east_slavic),
    **dict.fromkeys(("sr", "hr", "bs"), _south_slavic),
    "pl": _polish,
    **dict.fromkeys(("cs", "sk"), _czech),
    "sl": _slovene,
    "lt": _lithuanian,
    "lv": _latvian,
    **dict.fromkeys(("ro", "mo"), _romanian),
    "ar": _arabic,
    "he": _hebrew,
}
"""The rules of languages whose plural forms are not just `one` for 1 and `other`, by language tag without region."""
