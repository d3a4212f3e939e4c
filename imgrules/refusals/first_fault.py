"""
Find the first fault of a selection by itself, since many callers read no other violation.

Violations are told in the order of the caller's fields. So the fields before the first wrong one are passed over by the
functions with which the plan of the model accepts values, and only the wrong one is examined. Whatever depends on other
names, on facts or on several fields together is left to the full evaluation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from imgrules.engine.caller_input import read_moment
from imgrules.engine.find import Asked
from imgrules.engine.gates import are_grants, are_texts
from imgrules.engine.normalize import canonical
from imgrules.engine.plan.accepts import Accept
from imgrules.engine.plan.plan import Periods, Plan
from imgrules.engine.plan.readers import Slot
from imgrules.engine.request_caps import KEYS
from imgrules.refusals.constraints import faults_of_field, missing_option, model_fault
from imgrules.refusals.faults import Fault
from imgrules.table.moments import is_moment
from imgrules.table.records import MODEL, Model, Table


def first_fault(table: Table, given: Asked) -> Fault | None:
    """Return the first fault of a selection, of which `given` has a copy; None where only the full evaluation finds it."""
    picked, grants, _, at, facts = given
    readable = len(picked) <= KEYS and are_texts(picked) and are_grants(grants) and (at is None or is_moment(at))
    name = picked.get(MODEL, table.default) if readable and facts is None else None
    plan = table.ready.get(name) if type(name) is str else None
    if isinstance(plan, Periods):
        plan = None if at is None else plan.at(read_moment(at)[0] or "")
    if plan is not None:
        return None if plan.model.facts else _first_fault_of_fields(plan, picked)
    is_unknown = readable and facts is None and not table.aliases and not (type(name) is str and name in table.models)
    return model_fault(picked) if is_unknown else None


def _first_fault_of_fields(plan: Plan, picked: Mapping[str, Any]) -> Fault | None:
    model, accepts = plan.model, _accepts(plan)
    for name, value in picked.items():
        if name in accepts:
            if accepts[name](value) is not None:
                continue
        elif name == MODEL:
            continue
        return _fault_of(plan, name, value)
    return _first_missing(model, picked)


def _accepts(plan: Plan) -> Mapping[str, Accept]:
    """Return the function that accepts the values of each option and text, by name; cached with the model."""
    cached: Mapping[str, Accept] | None = plan.model.memory.get("accepts")
    if cached is None:
        slots = {slot.name: slot.accept for slot in plan.slots if isinstance(slot, Slot)}
        cached = plan.model.memory.keep("accepts", slots)
    return cached


def _fault_of(plan: Plan, name: str, value: Any) -> Fault | None:
    """Return the fault of a field that is not accepted; None where its name may be an alias, or its value one or near another."""
    model = plan.model
    option = model.options.get(name)
    if model.aliases if option is None else option.aliases or option.snap:
        return None
    if option is not None and (type(value) is not str or option.switch):
        value = canonical(model, {name: value}, None)[0][name]
    faults = faults_of_field(plan.table, model, name, value)
    return faults[0] if faults else None


def _first_missing(model: Model, picked: Mapping[str, Any]) -> Fault | None:
    """Return the fault of the first option that is missing; None where this may depend on other options."""
    for name, option in model.options.items():
        if option.conditional or option.defaults:
            return None
        if option.required and name not in picked:
            return missing_option(model, name)
    return None
