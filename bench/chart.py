"""Horizontal bars on a logarithmic scale, as an SVG for light and dark pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

_ROW, _BAR, _LEFT, _WIDTH, _TOP = 24, 14, 230, 760, 58
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600; font-size: 15px } .small { font-size: 11px; fill: #57606a }
line { stroke: #d0d7de } .bar { fill: #8c959f } .ours { fill: #0969da }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .small { fill: #8d96a0 } line { stroke: #30363d } .bar { fill: #6e7681 } .ours { fill: #4493f8 }
}
"""


@dataclass(frozen=True)
class Bar:
    """One row of a chart; ours is highlighted."""

    name: str
    value: float
    ours: bool = False


def chart(title: str, below: str, bars: Sequence[Bar], unit: str) -> str:
    """Return the chart as SVG, the shortest bar first."""
    rows = sorted(bars, key=lambda bar: bar.value)
    least, most = floor(log10(rows[0].value / 1.5)), ceil(log10(rows[-1].value))
    height = _TOP + len(rows) * _ROW + 28
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<text class="title" x="12" y="22">{escape(title)}</text><text class="small" x="12" y="40">{escape(below)}</text>',
        *(_tick(10**power, _place(10**power, least, most), height, unit) for power in range(least, most + 1)),
        *(_bar(bar, number, _place(bar.value, least, most), unit) for number, bar in enumerate(rows)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _place(value: float, least: int, most: int) -> float:
    return _LEFT + (log10(value) - least) / (most - least) * (_WIDTH - _LEFT - 90)


def _tick(value: float, x: float, height: int, unit: str) -> str:
    line = f'<line x1="{x:.1f}" y1="{_TOP - 6}" x2="{x:.1f}" y2="{height - 24}"/>'
    return f'{line}<text class="small" x="{x:.1f}" y="{height - 10}" text-anchor="middle">{value:g}{unit}</text>'


def _bar(bar: Bar, number: int, end: float, unit: str) -> str:
    top = _TOP + number * _ROW
    shown = f"{bar.value:.2f}" if bar.value < 10 else f"{bar.value:,.0f}"
    return (
        f'<text x="{_LEFT - 10}" y="{top + 12}" text-anchor="end">{escape(bar.name)}</text>'
        f'<rect class="{"ours" if bar.ours else "bar"}" x="{_LEFT}" y="{top}" width="{end - _LEFT:.1f}" height="{_BAR}" rx="2"/>'
        f'<text class="small" x="{end + 6:.1f}" y="{top + 11}">{shown}{unit}</text>'
    )
