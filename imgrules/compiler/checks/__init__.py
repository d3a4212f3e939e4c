"""
The laws that rules keep across fields and models: one file each, whose docstring is its page.

The first tuple looks at what was said, the second at what it comes to; both are in the order in which they run.
"""

from __future__ import annotations

from imgrules.compiler.checks import (
    crossed_bounds,
    default_gated,
    default_not_offered,
    example_fails,
    example_proves_nothing,
    falling_credits,
    missing_label,
    name_taken,
    no_example,
    no_open_way,
    no_values,
    odd_option,
    price_hole,
    price_twice,
    same_creation,
    state_twice,
    too_many_combinations,
    unknown_gate,
    unknown_order,
    unknown_type,
    unreachable_value,
    unsent_option,
    value_twice,
    wire_path_twice,
)

OF_SPECS = (
    unknown_gate.check,
    unknown_type.check,
    default_not_offered.check,
    default_gated.check,
    wire_path_twice.check,
    no_values.check,
    value_twice.check,
    price_hole.check,
    price_twice.check,
    falling_credits.check,
    missing_label.check,
    unsent_option.check,
    odd_option.check,
    name_taken.check,
    too_many_combinations.check,
    crossed_bounds.check,
    state_twice.check,
    same_creation.check,
    unknown_order.check,
    example_proves_nothing.check,
    no_example.check,
)
OF_TABLES = (
    unreachable_value.check,
    no_open_way.check,
    example_fails.check,
)
CODES = (
    crossed_bounds.CODE,
    default_gated.CODE,
    default_not_offered.CODE,
    example_fails.CODE,
    example_proves_nothing.CODE,
    falling_credits.CODE,
    missing_label.CODE,
    name_taken.CODE,
    no_example.CODE,
    no_open_way.CODE,
    no_values.CODE,
    odd_option.CODE,
    price_hole.CODE,
    price_twice.CODE,
    same_creation.CODE,
    state_twice.CODE,
    too_many_combinations.CODE,
    unknown_gate.CODE,
    unknown_order.CODE,
    unknown_type.CODE,
    unreachable_value.CODE,
    unsent_option.CODE,
    value_twice.CODE,
    wire_path_twice.CODE,
)
