"""The format `text` of `imgrules test`: a line for each file, and every example that fails with what it expects."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

from imgrules.cli.printing.style import Style
from imgrules.cli.render.parts.text_parts import safe
from imgrules.cli.render.text import errors, excerpt
from imgrules.compiler.report.diagnostics import Spot
from imgrules.compiler.report.example_report import CoverageItem, ExampleReport, ExampleResult
from imgrules.quoting import counted


def render(report: ExampleReport, style: Style) -> str:
    """Return the mistakes of the rules, a line for each model, the examples that fail, and a summary line."""
    blocks = [errors(report.rules, style).rstrip("\n")] if report.rules.errors else []
    blocks += ["\n".join(_lines(report, style))] if report.files else []
    blocks += ["\n".join(_block(result, style)) for result in report.failed]
    return "\n\n".join([*blocks, "\n".join(filter(None, [summary(report, style), sums(report)]))]) + "\n"


def differences(report: ExampleReport) -> str:
    """Return the unified diffs of the files that were updated, or would be."""
    return "" if report.updates is None else "".join(report.updates.diffs.values())


def updated(report: ExampleReport, style: Style) -> str:
    """Return a line for each file that was updated, or would be, and for each example that fails and is left as it is."""
    updates = report.updates
    if updates is None:
        return ""
    verb = style("good", "updated" if updates.written else "would update")
    lines = [f"{verb} {safe(file)}: {counted(count, 'example')}" for file, count in updates.counts.items()]
    lines += [f"{style('warning', 'left')} {_place(spot)}: {safe(name)}: {safe(why)}" for name, spot, why in updates.left]
    return "".join(f"{line}\n" for line in lines)


def unreached(report: ExampleReport, style: Style) -> str:
    """Return a line for each thing that no example reaches, with its place; those of one kind on one line are together."""
    lines: dict[tuple[str, int, str, str], list[CoverageItem]] = {}
    for item in report.coverage:
        if not item.reached:
            lines.setdefault((item.spot.file, item.spot.start.line, item.model, item.kind), []).append(item)
    return "".join(f"{_unreached(items, style)}\n" for items in lines.values())


def _unreached(items: list[CoverageItem], style: Style) -> str:
    first, names = items[0], [safe(item.name) for item in items[:_SHOWN]]
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    kind = first.kind if len(items) == 1 else f"{first.kind}s"
    return f"{style('bold', _place(first.spot))}: no example of {safe(first.model)} reaches {kind} {', '.join(names)}{more}"


_SHOWN = 8


def sums(report: ExampleReport) -> str:
    """Return how much of each kind the examples reach, on one line."""
    kinds = dict.fromkeys(item.kind for item in report.coverage)
    groups = [[item.reached for item in report.coverage if item.kind == kind] for kind in kinds]
    parts = [f"{sum(group)} of {counted(len(group), kind)}" for kind, group in zip(kinds, groups, strict=True)]
    return f"reached: {', '.join(parts)} ({report.percent} %)" if parts else ""


def _lines(report: ExampleReport, style: Style) -> Iterator[str]:
    ran, failed = (Counter(result.model for result in results) for results in (report.results, report.failed))
    for model, file in report.files.items():
        count, fails = counted(ran[model], "example"), failed[model]
        kind, outcome = ("error", f"{fails} of {count} failed") if fails else ("good", f"{count} passed")
        kind, outcome = ("warning", "no examples") if not ran[model] else (kind, outcome)
        yield f"{safe(file)}: {safe(model)}: {style(kind, outcome)}"


def _block(result: ExampleResult, style: Style) -> Iterator[str]:
    spots = [mismatch.spot for mismatch in result.mismatches] or [result.spot]
    gutter = " " * max(len(str(spot.start.line)) for spot in spots)
    yield f"{style('error', 'failed')}: {style('bold', safe(f'{result.name} of {result.model}'))}"
    yield f"{gutter}{style('note', '-->')} {_place(spots[0])}"
    for spot in spots:
        yield from excerpt(spot, "^", gutter, style, "error")
    wide = max((len(mismatch.key) for mismatch in result.mismatches), default=0)
    for mismatch in result.mismatches:
        got = "nothing" if mismatch.got is None else f"`{safe(mismatch.got)}`"
        yield f"{gutter} {style('note', '=')} {safe(mismatch.key).ljust(wide)}  expected `{safe(mismatch.expected)}`, got {got}"
    if not result.mismatches:
        yield f"{gutter} {style('note', '=')} {safe(result.message)}"
    if result.hint:
        yield f"{gutter} {style('note', '= help:')} {safe(result.hint)}"


def _place(spot: Spot) -> str:
    return f"{safe(spot.file)}:{spot.start.line}:{spot.start.column}"


def block(result: ExampleResult) -> str:
    """Return an example that fails with its excerpts, in plain text."""
    return "\n".join(_block(result, Style(io.StringIO(), "never")))


def summary(report: ExampleReport, style: Style) -> str:
    """Return the summary line: how many models and examples, whether they pass, and how many mistakes keep rules from being tested."""
    failed, mistakes = len(report.failed), len(report.rules.errors)
    outcome = style("error", f"{failed} failed") if failed else "none failed" if mistakes else style("good", "all passed")
    if not report.results:
        outcome = style("error", "nothing was tested")
    outcome += f"; {style('error', counted(mistakes, 'error'))} in the rules" if mistakes else ""
    return f"{counted(len(report.files), 'model')} tested, {counted(len(report.results), 'example')} run: {outcome}"
