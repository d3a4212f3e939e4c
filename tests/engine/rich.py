"""A table made by hand, without the compiler, that has every kind of option, limit, price, gate and date."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from imgrules.table.options import Badge, Option, Value
from imgrules.table.records import Cell, Change, Field, Formula, Gate, GateRule, Line, Model, Send, Table, Type
from imgrules.table.terms import Absence, Alias, Follows, Limit, Lookup, Numbers, Ratios, Sizes, Test, Text

SUMMER, WINTER = "2026-06-01T00:00:00Z", "2026-12-01T00:00:00Z"
"""From summer on the studio sells `ink`; from winter on it sells nothing."""

NOW = "2026-07-01T12:00:00Z"
SOUND: dict[str, Any] = {"model": "studio", "tone": "dark", "size": "wide", "text": "abc"}
"""A selection that is allowed at `NOW` without any grant."""


def values(*names: str) -> dict[str, Value]:
    """Return values by name, each labelled with its name."""
    return {name: Value(name, name) for name in names}


def gone(on: str, *, retired: bool, use: tuple[str, ...] = ()) -> Absence:
    """Return the record of a value or model that is retired, or not available before a moment."""
    return Absence(on, retired, use)


OPTIONS = (
    Option(
        "tone",
        {"en": "Tone", "de": "Ton"},
        values("dark", "light"),
        gone={
            "ink": gone(SUMMER, retired=False),
            "sepia": gone("2026-01-01T09:30:00Z", retired=True, use=("dark",)),
            "chalk": gone("2026-01-01T00:00:00Z", retired=True),
        },
        aliases=(Alias("black", "dark"), Alias("noir", "dark", SUMMER)),
    ),
    Option("frame", "Frame", values("16:9", "1:1", "9:16"), snap="nearest", optional=True, loose=True),
    Option(
        "size",
        "Size",
        values("auto", "wide"),
        "auto",
        size=Sizes(Numbers(512, 2048, 16), Numbers(512 * 512, 2**21), Ratios("1:3", "3:1")),
    ),
    Option("canvas", "Canvas", size=Sizes(Numbers(64, 4096, 64), ratio=Ratios(None, "2:1")), optional=True, snap="nearest"),
    Option("shape", "Shape", ratio=Ratios("1:3", "3:1"), optional=True),
    Option("outputs", "Outputs", number=Numbers(1, 4), default=1, aliases=()),
    Option("guidance", "Guidance", number=Numbers(Decimal("1.5"), 5, Decimal("0.5")), optional=True),
    Option("strength", "Strength", number=Numbers(0, 1, None), optional=True),
    Option(
        "steps",
        "Steps",
        number=Numbers(10, 50, 10),
        snap="nearest",
        defaults=Lookup(("tone",), {"dark": 20, "light": 30, "ink": 20}),
    ),
    Option("seed", "Seed", values("random"), number=Numbers(0), optional=True),
    Option("caption", "Caption", text=Text(1, 3, "words"), optional=True),
    Option("references", "References", many=Numbers(0, 4), text=Text(1, 20, "bytes"), optional=True),
    Option("styles", "Styles", values("oil", "clay", "wood"), many=Numbers(1, 2), optional=True),
    Option(
        "quality",
        "Quality",
        values("low", "high"),
        "low",
        when=(Test("tone", any=("dark",)),),
        because={"en": "only what is dark has a quality", "de": "nur Dunkles hat eine Güte"},
    ),
    Option(
        "grain",
        "Grain",
        number=Numbers(0, 9),
        optional=True,
        ignored=(Limit((Test("quality", any=("low",)),), because="grain needs a high quality"),),
    ),
    Option(
        "mode",
        "Mode",
        {"new": Value("new", "New", max=0), "edit": Value("edit", "Edit", min=1)},
        follows=Follows(("references",)),
    ),
    Option("pixels", "Pixels", follows=Follows(("canvas",), "pixels", unit=1_000_000)),
    Option("images", "Images", follows=Follows(("references", "outputs"), "total")),
)

LIMITS = (
    Limit(only=(Test("images", max=5),), because="references and outputs are 5 at most"),
    Limit((Test("strength", none=(None,)),), needs=("references",), because="a strength is about references"),
    Limit(never=(Test("outputs", min=3), Test("quality", any=("high",)))),
    Limit((Test("shape", none=(None,)),), never=(Test("canvas", none=(None,)),), because="a shape is no canvas"),
    Limit((Test("mode", any=("edit",)),), (Test("tone", any=("dark",)),), because={"en": "edits are dark"}),
)


def cells() -> tuple[Cell, ...]:
    """Return the combinations that are sold: light tones have no quality, and edits are dark."""
    return tuple(
        Cell((tone, quality, mode), credit, gates)
        for tone, quality, mode, credit, gates in (
            ("dark", "low", "new", 2, ()),
            ("dark", "high", "new", 4, ("team",)),
            ("dark", "low", "edit", 3, ()),
            ("dark", "high", "edit", None, ("team",)),
            ("light", None, "new", Decimal("2.5"), ()),
        )
    )


PRICE = Formula(
    (Line(2, when=(Test("caption", none=(None,)),)), Line(lookup=Lookup(("tone",), {"light": Decimal("1.5")}))),
    (Line(Decimal("0.5"), per="references", beyond=1), Line(lookup=Lookup(("mode",), {"edit": 1}))),
    ("outputs",),
    "up",
    Decimal("0.5"),
)


def studio() -> Model:
    """Return the model as it is before summer."""
    return Model(
        "studio",
        {"en": "Studio", "de": "Atelier"},
        "picture",
        {option.name: option for option in OPTIONS},
        (
            Send(("kind",), constant="picture"),
            Send(("tags",), constant=("web", 1, True)),
            Send(("text",), "text"),
            Send(("note",), "note"),
            *(Send(("out", option.name), option.name) for option in OPTIONS if option.name not in {"pixels", "frame"}),
            Send(("out", "frame"), "frame", form="{width}by{height}"),
            Send(("out", "label"), lookup=Lookup(("tone",), {"dark": "night", "light": "day", "ink": "ink"})),
        ),
        cells(),
        (Badge("New", until=WINTER),),
        LIMITS,
        {"text": Field("text", required=True, text=Text(2, 5)), "note": Field("note")},
        (GateRule((Test("outputs", min=4),), ("team", "beta")),),
        PRICE,
        (Alias("number", "outputs"), Alias("prompt", "text", SUMMER), Alias("count", "outputs", WINTER)),
    )


def table() -> Table:
    """Return a table of the model studio, which changes twice, and of sketch, a model without rules."""
    first = studio()
    tone = first.options["tone"]
    inked = Option(
        **{attribute: getattr(tone, attribute) for attribute in ("name", "label", "default", "aliases")},
        values=values("dark", "light", "ink"),
        gone={name: absence for name, absence in tone.gone.items() if name != "ink"},
    )
    parts = {
        attribute: getattr(first, attribute)
        for attribute in ("id", "label", "type", "body", "badges", "fields", "gates", "aliases")
    }
    summer = Model(
        **parts,
        options={**first.options, "tone": inked},
        cells=(*first.cells, Cell(("ink", None, "new"), 1, (), 3, promoted=True)),
        limits=first.limits,
        price=first.price,
    )
    winter = Model(**parts, options=first.options, cells=(), gone=gone(WINTER, retired=True, use=("sketch",)))
    changes = (Change(SUMMER, summer), Change(WINTER, winter))
    plain = {"tone": Option("tone", "Tone", values("dark"), "dark")}
    sketch = Model("sketch", "Sketch", "picture", plain, (Send(("kind",), constant="sketch"),), (Cell(("dark",)),))
    dated = Model(**parts, options=first.options, cells=first.cells, limits=LIMITS, price=PRICE, changes=changes)
    gates = {
        "team": Gate("team", ("team", "staff"), {"en": "Teams only", "de": "Nur für Teams"}, "people", "invite"),
        "beta": Gate("beta", ("beta",), "In beta"),
    }
    kind = Type(
        "picture", {"text": Field("text")}, {"speed": {"en": "pictures do not move", "de": "Bilder bewegen sich nicht"}}
    )
    messages = {"de": {"ignored": "{field} bewirkt hier nichts", "not_offered": "{model} hat {value} nicht; {choose}"}}
    return Table(
        1,
        gates,
        {"picture": kind},
        {"studio": dated, "sketch": sketch},
        aliases=(Alias("atelier", "studio"), Alias("attic", "studio", SUMMER), Alias("ghost", "nobody")),
        languages=("en", "de"),
        messages=messages,
    )
