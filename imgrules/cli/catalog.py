"""
Print what somebody can pick: as a table on a terminal, else as JSON.

  imgrules catalog
  imgrules catalog --grant member --language de
  imgrules catalog --format json > catalog.json

Exits with 1 if a broken file is left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from imgrules.catalog import Catalog, OptionOffer, ValueOffer, offers
from imgrules.cli.decide import credit_words
from imgrules.cli.rules import add_grants, add_rules, open_rules
from imgrules.cli.style import Style, add_color
from imgrules.engine.table import plain
from imgrules.engine.wording import printable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_grants(parser)
    parser.add_argument("--language", metavar="L", help="the language of labels (default: the author's first)")
    add_rules(parser)
    parser.add_argument("--format", choices=("text", "json"), help="default: text on a terminal, else json")
    add_color(parser)


def run(args: argparse.Namespace) -> int:
    """Print the catalog for some grants."""
    rules, whole = open_rules(args.rules)
    catalog = offers(rules.table, args.grant, args.language)
    wanted = args.format or ("text" if sys.stdout.isatty() else "json")
    if wanted == "json":
        print(json.dumps(plain(catalog), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(catalog, Style(sys.stdout, args.color))))
    return int(not whole)


def _lines(catalog: Catalog, style: Style) -> Iterator[str]:
    for model in catalog.models:
        badges = "".join(f" [{printable(each.text)}]" for each in model.badges)
        yield f"{style('bold', printable(model.label))} ({model.id}){badges}"
        wide = max((len(each.label) for each in model.options), default=0)
        yield from (f"  {printable(each.label).ljust(wide)}  {_values(each, style)}" for each in model.options)


def _values(option: OptionOffer, style: Style) -> str:
    return style("dim", " · ").join(_value(each, each.name == option.default, style) for each in option.values)


def _value(value: ValueOffer, default: bool, style: Style) -> str:  # noqa: FBT001  it marks one value of a row
    name = printable(value.label if value.label == value.name else f"{value.label} ({value.name})")
    price = "" if value.credits is None else f", {credit_words(value.credits)}"
    locks = "".join(f" {style('warning', f'[{printable(each.label)}]')}" for each in value.gates)
    badges = "".join(f" [{printable(each.text)}]" for each in value.badges)
    return name + price + (", default" if default else "") + locks + badges
