"""Random rule sets with examples that pass: selections of their own tables, with what the rules say of each."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from functools import partial
from itertools import product
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from imgrules import Rules
from imgrules.compiler.build import Build, build_texts
from imgrules.compiler.examples.coverage import Item
from imgrules.engine.decision import Decision
from imgrules.table.amounts import Amount, as_stated
from imgrules.table.records import MODEL, Table
from imgrules.testing import Documents, compiled, facts, grants, moments, rule_documents, selections, written

_MOST = 1000


@st.composite
def exemplified(draw: DrawFn, *, most: int = 6) -> Documents:
    """Draw a rule set whose models have examples with status, price and gate, all of which pass."""
    documents: Documents = deepcopy(draw(rule_documents()))
    table = compiled(documents)
    homes = {document.get("id", stem): document for stem, document in documents.items() if not stem.startswith("_")}
    for document in homes.values():
        document["examples"] = []
    for _ in range(draw(st.integers(1, most))):
        at = draw(moments(table))
        picked, held, stated = draw(selections(table, at)), sorted(draw(grants(table))), draw(facts(table))
        decide = partial(Rules(table).decide, grants=held, at=at, facts=stated)
        decision = decide(picked)
        if decision.model in homes and all(map(is_writable, (*picked, *picked.values(), *stated.values()))):
            select = {name: value for name, value in picked.items() if name != MODEL}
            names = [name for name in select if isinstance(name, str)] if all(isinstance(name, str) for name in select) else []
            over = draw(st.lists(st.sampled_from(names), max_size=2, unique=True)) if names else []
            lists = _alike(decide, table, picked, _expected(decision), over)
            beside = {"at": at, "grants": held} | ({"facts": stated} if stated else {})
            homes[decision.model]["examples"].append({**_with_over(select, lists), **beside, "expect": _expected(decision)})
    return documents


def _alike(
    decide: Callable[..., Decision], table: Table, picked: dict[Any, Any], expected: dict[str, Any], names: list[str]
) -> dict[str, list[Any]]:
    """Return for each name the values that a selection may have, so that what is expected holds for every combination."""
    model = table.models.get(decide(picked).model or "")
    lists = {name: [picked[name]] for name in names}
    for name in names if model is not None else ():
        options = [version.options[name] for version in model.versions if name in version.options] if model else []
        for value in dict.fromkeys(option.picked(value) for option in options for value in option.values):
            tried = {**lists, name: [value]}
            rows = (dict(zip(tried, row, strict=True)) for row in product(*tried.values()))
            if (
                value not in lists[name]
                and is_writable(value)
                and all(_expected(decide({**picked, **row})) == expected for row in rows)
            ):
                lists[name].append(value)
    return lists


def _with_over(select: dict[str, Any], lists: dict[str, list[Any]]) -> dict[str, Any]:
    """Return a selection as an example has it, with some names in `over`."""
    return {"select": {key: value for key, value in select.items() if key not in lists}} | ({"over": lists} if lists else {})


def is_writable(value: Any) -> bool:
    """Whether an example can have a value, and reads back as it is."""
    if isinstance(value, list):
        return all(not isinstance(entry, list) and is_writable(entry) for entry in value)
    if isinstance(value, str):
        return value.isprintable()
    return isinstance(value, bool) or (type(value) in {int, Decimal} and abs(value) < _MOST)


def _expected(decision: Decision) -> dict[str, Any]:
    expected: dict[str, Any] = {"status": decision.status.value}
    if decision.status != "impossible":
        expected["credits"] = as_stated(Amount(decision.credits, decision.estimate))
    return expected | ({"gate": decision.gate.name} if decision.gate else {})


def built_of(documents: Documents) -> Build:
    """Return the build of a rule set."""
    return build_texts(written(documents))


def table_of(built: Build) -> Table | None:
    """Return the table of a rule set whose only errors, if any, are failing examples; else None."""
    return built.table if all(error.code.id == "IR401" for error in built.report.errors) else None


_ANOTHER = 77.77


def changed_at(documents: Documents, item: Item) -> Documents | None:
    """Return the rule set without a value, gate or limit, or with another amount; None where the model does not say it."""
    changed = deepcopy(documents)
    homes = {document.get("id", stem): document for stem, document in changed.items()}
    place: Any = homes[item.model]
    path = item.path[:2] if item.kind == "gate" and item.path[0] == "gates" else item.path
    try:
        for step in path[:-1]:
            place = place[step]
        place[path[-1]]
    except (KeyError, IndexError, TypeError):
        return None
    if item.kind == "price":
        place[path[-1]] = _ANOTHER
    else:
        del place[path[-1]]
    return changed
