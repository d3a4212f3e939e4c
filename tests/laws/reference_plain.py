"""
The plain form of models at one moment, which the rest of the reference interpreter reads.

A model in plain form has no dates: whatever does not apply is removed, and a value that is not offered at the moment has the
code of its refusal as `refused`. Values are always a mapping, aliases and gates are always lists.
"""

from __future__ import annotations

from typing import Any

Facts = dict[str, Any]
SHAPES = {"number", "size", "ratio", "text", "list"}


def listed(value: Any) -> list[Any]:
    """Return a value as a list; a single value becomes a list of one."""
    return list(value) if isinstance(value, list | tuple) else [value]


def is_computed(option: Facts) -> bool:
    """Return whether an option is computed from others."""
    return "of" in option


def is_finite(option: Facts) -> bool:
    """Return whether an option has listed values only, or is computed and has words."""
    return ("values" in option or is_table(option.get("of"))) and not SHAPES & set(option)


def is_table(value: Any) -> bool:
    """Return whether a value is a lookup table."""
    return isinstance(value, dict) and "by" in value


def moment(text: str) -> str:
    """Return a moment in a form whose text order is its time order."""
    return text if "T" in text else text + "T00:00:00Z"


def untimely(entry: Facts, at: str | None) -> str | None:
    """Return the violation code of an entry that does not apply at a moment, or None if it applies."""
    if at is None:
        return None
    if moment(entry.get("from", at)) > moment(at):
        return "not_yet"
    return "retired" if "until" in entry and moment(entry["until"]) <= moment(at) else None


def unexpired(aliases: Any, at: str | None) -> list[str]:
    """Return the aliases that have not expired."""
    if not isinstance(aliases, dict):
        return listed(aliases)
    return [name for name, end in aliases.items() if at is None or moment(at) < moment(end)]


def dates(shared: Facts, model: Facts) -> list[str]:
    """Return every moment at which something begins or ends that a decision on a model could depend on."""
    values = [details for option in model["options"].values() for details in details_of(option).values()]
    entries = [model, *values, *model.get("gates", [])]
    entries += [priced["promotion"] for priced in [model, *values] if "promotion" in priced]
    entries += model["credits"] if isinstance(model.get("credits"), list) else []
    gates = {name for gated in [model, *values, *model.get("gates", [])] for name in listed(gated.get("gate", []))}
    entries += [shared["gates"][name] for name in gates]
    return [entry[key] for entry in entries for key in ("from", "until") if key in entry]


def details_of(option: Facts) -> dict[str, Facts]:
    """Return the details of each listed value, by name."""
    values = option.get("values", words_of(option.get("of")))
    return values if isinstance(values, dict) else {called(value): {} for value in values}


def words_of(table: Any) -> list[str]:
    """Return the words of a table that an option is computed from; no words if it is computed in another way."""
    rows = table["table"].values() if is_table(table) else []
    return [word for row in rows for word in (row.values() if isinstance(row, dict) else [row])]


def called(value: Any) -> Any:
    """Return a boolean as `true` or `false`, and any other value unchanged."""
    return str(value).lower() if isinstance(value, bool) else value


def is_switch(option: Facts) -> bool:
    """Return whether the values of an option are booleans."""
    values = option.get("values")
    return isinstance(values, list) and isinstance(values[0], bool)


def together(shared: Facts, model: Facts) -> Facts:
    """Return a model with what its type says and it leaves out: keys of options, entries of the body, and the type itself."""
    named = model.get("type") or next(iter(shared["types"]))
    kind = shared["types"][named]
    theirs, own = kind.get("options", {}), model.get("options", {})
    options = {name: {**without_kinds(theirs.get(name, {}), option), **option} for name, option in own.items()}
    common, own_facts = shared.get("facts", {}), model.get("facts", {})
    for name in {**common, **own_facts}:
        said = own_facts.get(name, {})
        options[name] = {**without_kinds(common.get(name, {}), said), **said, "fact": True, "send": False}
    whole = {**model, "type": named, "options": options, "body": {**kind.get("body", {}), **model.get("body", {})}}
    return {key: bracketed(part) for key, part in whole.items()}


def without_kinds(shared: Facts, own: Facts) -> Facts:
    """Return what a type says about an option; without what it takes, if the model says that itself."""
    kinds = SHAPES | {"of", "values"}
    return {key: fact for key, fact in shared.items() if not (key in kinds and kinds & set(own))}


def in_plain(shared: Facts, model: Facts, at: str | None, names_at: str | None) -> Facts:
    """Return a model in plain form at a moment, with its type, the gates that apply, and the aliases of `names_at`."""
    kind = shared["types"][model["type"]]
    fields = {name: own_field(facts, model.get("fields", {}).get(name, {})) for name, facts in kind.get("fields", {}).items()}
    return {
        "kind": kind,
        "provider": model.get("provider"),
        "model": model.get("model"),
        "request": model.get("request", kind.get("request")),
        "fields": {name: {**field, "aliases": unexpired(field.get("aliases", []), names_at)} for name, field in fields.items()},
        "options": {name: plain_option(option, at, names_at) for name, option in model["options"].items()},
        "credits": price_at(model.get("credits"), at),
        "promotion": promotion_at(model, at),
        "gate": listed(model.get("gate", [])),
        "gates": [rule for rule in model.get("gates", []) if untimely(rule, at) is None],
        "limits": model.get("limits", []),
        "refused": model.get("refused", {}),
        "body": model.get("body", {}),
        "keys": {name: gate["opens_with"] for name, gate in shared.get("gates", {}).items() if untimely(gate, at) is None},
    }


def bracketed(part: Any) -> Any:
    """Return a part of a model in which `by` of every table is a list."""
    if isinstance(part, list):
        return [bracketed(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    by = {"by": listed(part["by"])} if "by" in part and "table" in part else {}
    return {key: bracketed(entry) for key, entry in part.items()} | by


def own_field(shared: Facts, own: Facts) -> Facts:
    """Return a shared field merged with a model's own; `texts` are the length rules, all of which apply."""
    rules = [rule for facts in (shared, own) for rule in listed(facts.get("text", []))]
    return {**shared, **own, "texts": rules or [{}]}


def plain_option(option: Facts, at: str | None, names_at: str | None) -> Facts:
    """Return an option in plain form."""
    out = {**option, "aliases": unexpired(option.get("aliases", []), names_at), "switch": is_switch(option)}
    out |= {"default": called(option["default"])} if "default" in option else {}
    out |= {"as": "boolean"} if is_switch(option) and "as" not in option else {}
    if "values" in option or is_table(option.get("of")):
        out["values"] = {value: plain_details(details, at, names_at) for value, details in details_of(option).items()}
    return out


def plain_details(details: Facts, at: str | None, names_at: str | None) -> Facts:
    """Return the details of a value in plain form."""
    return {
        **details,
        "aliases": unexpired(details.get("aliases", []), names_at),
        "gate": listed(details.get("gate", [])),
        "promotion": promotion_at(details, at),
        "refused": untimely(details, at),
    }


def price_at(price: Any, at: str | None) -> Any:
    """Return the price that applies at a moment, of successive ones."""
    if not isinstance(price, list):
        return price
    return next((period["credits"] for period in price if untimely(period, at) is None), None)


def promotion_at(facts: Facts, at: str | None) -> Any:
    """Return the promotional price that applies at a moment, or None."""
    promotion = facts.get("promotion")
    return promotion["credits"] if promotion and untimely(promotion, at) is None else None
