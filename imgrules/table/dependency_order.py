"""Order options so that each comes after those that it depends on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar


class _Dependent(Protocol):
    @property
    def depends_on(self) -> Iterable[str]: ...


_Option = TypeVar("_Option", bound=_Dependent)


def in_dependency_order(options: Mapping[str, _Option]) -> Iterator[_Option]:
    """Yield each option after those that it depends on; a dependency cycle, which `check` refuses, in author's order."""
    if not any(option.depends_on for option in options.values()):
        yield from options.values()  # in most models
        return
    sources = {name: options.keys() & option.depends_on for name, option in options.items()}
    dependents: dict[str, list[str]] = {}
    for name, names in sources.items():
        for source in names:
            dependents.setdefault(source, []).append(name)
    place = {name: at for at, name in enumerate(options)}
    open_counts = {name: len(names) for name, names in sources.items()}
    ready = [name for name, count in open_counts.items() if not count]
    while ready or open_counts:
        # If none is ready, the rest depend on each other.
        ready = sorted(ready, key=place.__getitem__) or list(open_counts)
        for name in ready:
            yield options[name]
            del open_counts[name]
        freed = [dependent for name in ready for dependent in dependents.get(name, ()) if dependent in open_counts]
        for name in freed:
            open_counts[name] -= 1
        ready = [name for name in dict.fromkeys(freed) if not open_counts[name]]
