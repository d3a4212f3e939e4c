"""
Parse YAML text to a tree with a span for every key and value.

The tree is built from parser events with an explicit stack: PyYAML composes nodes recursively in C, and a deeply nested
file would crash the process. Every key is text, also one such as `1` or `true`. YAML features that no rule file needs
(anchors, tags, merge keys) are reported with their place, and parsing continues.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import yaml

from imgrules.compiler import file_caps as caps
from imgrules.compiler.read.characters import unneeded_characters
from imgrules.compiler.read.foreign_comments import COMMENT_SIGNS, foreign_comment
from imgrules.compiler.read.misread_words import in_one
from imgrules.compiler.read.scalars import MOST_DIGITS, plain_value
from imgrules.compiler.read.stray_punctuation import commented_out
from imgrules.compiler.read.suspect_words import is_clear, no_commas, suspect, words_on_lines
from imgrules.compiler.read.syntax_codes import (
    ALIAS,
    ANCHOR,
    COMPLEX_KEY,
    DUPLICATE_KEY,
    MERGE_KEY,
    SECOND_DOCUMENT,
    SYNTAX,
    TAG,
    TOO_LARGE,
    YAML_VERSION,
)
from imgrules.compiler.read.tree import Tree
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place
from imgrules.compiler.report.helps import Help, explain, write
from imgrules.compiler.source import Source, Span
from imgrules.errors import ImgrulesError
from imgrules.quoting import quoted
from imgrules.table.record_base import field, record

MOST_DEPTH, MOST_NODES, MOST_TEXT = caps.MOST_DEPTH, caps.MOST_NODES, caps.MOST_TEXT

_GROUPS = r"\b[0-9]{1,3}(?:,[0-9]{3})+\b"
_BLOCK_STYLES = frozenset("|>")
_OWN_LIMIT = "exceeded maximum nesting depth"
_SURELY_SMALL = MOST_TEXT // 4
"""The most characters of a text that cannot be too large: in UTF-8, each has at most four bytes."""

_QUOTES = 2  # the characters around a text in quotes


def parse(source: Source) -> tuple[Tree | None, tuple[Finding, ...]]:
    """
    Return the tree of a text and the findings about its YAML; the tree is None if the text cannot be parsed.

    Raises:
        ImgrulesError: PyYAML lacks libyaml.

    """
    if not yaml.__with_libyaml__:
        raise ImgrulesError("PyYAML was installed without libyaml; install a wheel of PyYAML, or libyaml and its headers")
    builder = _Builder(source)
    end = _feed(builder, source.text)
    if end is None:
        tree = Tree(builder.root, builder.values, builder.keys, builder.words)
        return tree, (*builder.findings, *commented_out(source, builder.values.values()))
    if isinstance(end, _TooLarge):
        return None, tuple(builder.findings)
    return None, _findings_of_failure(source, end, builder)


def _feed(builder: _Builder, text: str) -> yaml.YAMLError | _TooLarge | None:
    """Feed a builder with the events of a text; return the exception that ended it early, or None."""
    loader = yaml.CSafeLoader(text)
    try:
        builder.read(iter(loader.get_event, None))
    except (yaml.YAMLError, _TooLarge) as end:
        return end
    finally:
        loader.dispose()
    return None


def _findings_of_failure(source: Source, error: yaml.YAMLError, builder: _Builder) -> tuple[Finding, ...]:
    """
    Return the findings of a text on which the parser failed.

    The parser reads ahead of the events that it yields. If it fails, at a mistake or at a limit of its own (1,000 levels in
    libyaml 0.2.6), the last events before that place are lost. So the text before that place is parsed again by itself.
    """
    mark = getattr(error, "problem_mark", None)
    head = _Builder(source)
    end = _feed(head, source.text[: mark.index]) if mark is not None else None
    if isinstance(end, _TooLarge):
        return tuple(head.findings)
    from imgrules.compiler.read.yaml_errors import explained_error  # noqa: PLC0415  files without mistakes do not load it

    last = explained_error(source, end if end is not None and _OWN_LIMIT in str(error) else error, builder.last)
    is_reported = any(finding.code is last.code and _same_line(source, finding, last) for finding in builder.findings)
    return (*builder.findings, *(() if is_reported else (last,)))


def _same_line(source: Source, first: Finding, second: Finding) -> bool:
    spans = [finding.place.span or Span(0, 0) for finding in (first, second)]
    return source.position(spans[0].start).line == source.position(spans[1].start).line


class _TooLarge(Exception):  # noqa: N818  it ends the parsing of one file and is always caught in this module
    """Raised to end the parsing of a file whose rest is not read, for example because the file is too large."""


@record(frozen=False)
class _Block:
    """
    A list or a mapping that is being read; it is discarded if `path` is None. `found` is how many findings were before.

    In a mapping, `next` is the path of the next value, an empty path if that is discarded, and None where a key is expected, as
    always in a list.
    """

    contents: list[Any] | dict[Any, Any]
    path: Path | None
    start: int
    found: int
    next: Path | None = None


@record(frozen=False)
class _Builder:
    """Builds a tree from the events of the parser, and collects findings."""

    source: Source
    findings: list[Finding] = field(default_factory=list)
    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    words: dict[Path, str] = field(default_factory=dict)
    root: Any = None
    last: Span = field(default_factory=lambda: Span(0, 0))
    _stack: list[_Block] = field(default_factory=list)
    _nodes: int = 0
    _documents: int = 0
    _grouped_numbers: tuple[int, list[Span]] = (0, [])
    """A cache for the last line that was searched: its number, and the spans of numbers such as `1,000` in it."""

    def read(self, events: Iterable[Any]) -> None:
        """Read events; those without a method in `_STEPS` have no content."""
        for event in events:
            step = _STEPS.get(type(event))
            if step is not None:
                # Twice as fast as `Span(...)`; every event needs a span.
                step(self, event, tuple.__new__(Span, (event.start_mark.index, event.end_mark.index)))

    def document(self, event: Any, span: Span) -> None:
        """Begin a document; report a second document in a file, and a version other than YAML 1.2."""
        self._documents += 1
        if self._documents > 1:
            self._stop(SECOND_DOCUMENT, "a second document begins here", span, "write one file per model")
        if event.version not in (None, (1, 2)):
            version = ".".join(map(str, event.version))
            self._report(YAML_VERSION, f"the file asks for YAML {version}", span, "delete the line; imgrules reads YAML 1.2")

    def scalar(self, event: Any, span: Span) -> None:
        """Read a scalar: a key, or a value that is neither a list nor a mapping."""
        self._nodes += 1
        if self._nodes > MOST_NODES or event.anchor is not None or event.tag is not None:
            self._check_node(event, span)
        text, style = event.value, event.style
        if len(text) > _SURELY_SMALL:
            self._check_size(text, span)
        if style in _BLOCK_STYLES:
            # The parser ends a block scalar at the start of the line after it.
            span = Span(span.start, span.start + len(self.source.slice(span).rstrip("\r\n")))
        self.last = span
        if style and len(text) + _QUOTES != span.end - span.start:
            # `decode` has reported these characters, so only an escape can mean one, which is longer than its character.
            for code, description, hint, _ in unneeded_characters(text):
                self._report(code, f"{description}, by an escape", span, hint)
        block = self._stack[-1] if self._stack else None
        if block is not None and block.next is None and isinstance(block.contents, dict):
            self._key(block, text, not style, span)
        elif style:
            self._add(text, span)
        else:
            self._add_word(text, plain_value(text), span)

    def _add_word(self, text: str, value: Any, span: Span) -> None:
        """Add a plain scalar, written without quotes."""
        clear = is_clear(text, value)
        # A text over several lines is shorter than its span.
        is_odd = len(text) < span.end - span.start or (not clear and text.startswith(COMMENT_SIGNS))
        if is_odd and self._is_no_entry(text, span):
            return
        path = self._add(value, span)
        if path is not None:
            if not clear:
                self._report_suspect(text, value, span)
            if not isinstance(value, str):
                self.words[path] = text

    def _is_no_entry(self, text: str, span: Span) -> bool:
        """Whether a plain scalar is not one entry of a list: it is a comment, or several entries on several lines, which are added."""
        block = self._stack[-1] if self._stack else None
        if block is None or not isinstance(block.contents, list):
            return False
        if self._is_comment(text, span):
            return True
        words = words_on_lines(self.source, span) if self.source.text[block.start] == "[" else []
        if words:
            self.findings.append(no_commas(self.source, words))
        for word in words:
            self._nodes += 1
            self._check_count(span)
            self._add_word(self.source.slice(word), plain_value(self.source.slice(word)), word)
        return bool(words)

    def _check_size(self, text: str, span: Span) -> None:
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > MOST_TEXT:
            self._stop(TOO_LARGE, f"this text has {size:,} bytes", span, f"at most {MOST_TEXT:,} are allowed")

    def begin(self, event: Any, span: Span) -> None:
        """Begin a list or a mapping."""
        self._nodes += 1
        if self._nodes > MOST_NODES or event.anchor is not None or event.tag is not None:
            self._check_node(event, span)
        block = self._stack[-1] if self._stack else None
        if block is not None and isinstance(block.contents, dict) and block.next is None:
            self._stop(
                COMPLEX_KEY, "a list or a mapping is used where a name is expected", span, "put a single word before the colon"
            )
        if len(self._stack) >= MOST_DEPTH:
            self._stop(
                TOO_LARGE,
                f"blocks or lists are nested more than {MOST_DEPTH} levels deep",
                span,
                "use fewer levels; no rule needs more than seven",
            )
        contents: list[Any] | dict[Any, Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._stack.append(_Block(contents, self._add(contents, span), span.start, len(self.findings)))

    def end(self, event: Any, span: Span) -> None:
        """End a list or a mapping; its span ends after its last scalar in block style, after its bracket in flow style."""
        block = self._stack.pop()
        self.last = Span(block.start, max(span.end if span.end > span.start else 0, self.last.end, block.start))
        if block.path is not None:
            self.values[block.path] = self.last
            if isinstance(block.contents, list) and len(self.findings) > block.found + 1:
                words = {self.values[*block.path, at]: text for at, text in enumerate(block.contents) if isinstance(text, str)}
                self.findings[block.found :] = in_one(self.findings[block.found :], words)

    def alias(self, event: Any, span: Span) -> None:
        """Report an alias, and read it as null."""
        self._report(
            ALIAS,
            f"`*{event.anchor}` repeats the value at `&{event.anchor}`, which rule files do not allow",
            span,
            "write the value here again; put a text that begins with `*` in quotes",
        )
        block = self._stack[-1] if self._stack else None
        if block is not None and isinstance(block.contents, dict) and block.next is None:
            block.next = ()
        else:
            self._add(None, span)

    def _check_count(self, span: Span) -> None:
        if self._nodes > MOST_NODES:
            self._stop(TOO_LARGE, f"the file has more than {MOST_NODES:,} values", span, "split it: one file is one model")

    def _check_node(self, event: Any, span: Span) -> None:
        """Report an anchor or a tag, and stop at too many nodes."""
        self._check_count(span)
        if event.anchor is not None:
            mark = Span(span.start, span.start + len(event.anchor) + 1)
            self._report(ANCHOR, f"`&{event.anchor}` is an anchor", mark, "delete it, and write the value where it is needed")
        if event.tag is not None:
            tag = next(iter(self.source.slice(span).split()), "!")
            self._report(TAG, f"{quoted(tag)} is a tag", span, "delete it; text that begins with `!` needs quotes")

    def _key(self, block: _Block, name: str, plain: bool, span: Span) -> None:  # noqa: FBT001  a flag of the event
        """Read a key of a mapping; the value of a merge key or a duplicate key is discarded."""
        block.next = ()
        if block.path is None:
            return
        path = (*block.path, name)
        clear = not plain or is_clear(name, name)
        if not clear and self._is_comment(name, span):
            return
        if plain and name == "<<":
            self._report(MERGE_KEY, "`<<` is a merge key", span, "copy the entries of the other block to this place")
        elif name in block.contents and (number := self._grouped_number(span)) is not None:
            self._report_commas(number)
        elif name in block.contents:
            related = ((Place(span=self.keys[path]), "first given here"),)
            hint = "keep one of the two; many YAML readers silently take the last"
            place = Place(span=span)
            self.findings.append(
                Finding(DUPLICATE_KEY, f"{quoted(name)} is given twice in the same block", place, hint, related)
            )
        else:
            block.next = path
            self.keys[path] = span
            # Digits after a comma in braces are part of a number such as `1,000`, and no name; `bind` reports the whole number.
            if not clear and not (name.isdecimal() and self.source.text[span.end : span.end + 1] in {",", "}"}):
                self._report_suspect(name, name, span)

    def _grouped_number(self, span: Span) -> Span | None:
        """Return the span of the number such as `1,000` that contains the scalar at `span`, or None."""
        line = self.source.position(span.start).line
        if line != self._grouped_numbers[0]:
            start, groups = self.source.offset(line), re.finditer(_GROUPS, self.source.line(line))
            self._grouped_numbers = line, [Span(start + match.start(), start + match.end()) for match in groups]
        numbers = self._grouped_numbers[1]
        position = bisect_left(numbers, (span.start, 0)) - 1
        return numbers[position] if position >= 0 and span.end <= numbers[position].end else None

    def _report_commas(self, number: Span) -> None:
        """Report a number such as `1,000`, once for all of its groups."""
        if self.findings and self.findings[-1].place.span == number:
            return
        whole = re.sub("[^0-9]", "", self.source.slice(number))
        help_ = write(whole) if len(whole) <= MOST_DIGITS else explain(f"write at most {MOST_DIGITS} digits, without commas")
        self._report(SYNTAX, "a comma splits this number", number, help_)

    def _add(self, value: Any, span: Span) -> Path | None:
        """Add a value to the innermost block; return its path, or None if it is discarded."""
        if not self._stack:
            self.root, self.values[()] = value, span
            return ()
        block = self._stack[-1]
        contents, path = block.contents, block.next
        block.next = None
        if isinstance(contents, list):
            path = None if block.path is None else (*block.path, len(contents))
            contents.append(value)
        elif path:
            contents[path[-1]] = value
        if not path:
            return None
        self.values[path] = span
        return path

    def _is_comment(self, text: str, span: Span) -> bool:
        """Whether a plain scalar is a comment of another language, which is reported."""
        finding = foreign_comment(self.source, text, span)
        if finding is not None:
            self.findings.append(finding)
        return finding is not None

    def _report_suspect(self, text: str, value: Any, span: Span) -> None:
        """Report a plain scalar that looks like a mistake, or that other YAML readers read as another value."""
        finding = suspect(self.source, text, value, span)
        if finding is not None:
            self.findings.append(finding)

    def _report(self, code: Code, message: str, span: Span, hint: str | Help) -> None:
        help_ = explain(hint) if isinstance(hint, str) else hint
        self.findings.append(Finding(code, message, Place(span=span), *help_))

    def _stop(self, code: Code, message: str, span: Span, hint: str) -> None:
        """Report a finding and end the parsing of the file."""
        self._report(code, message, span, hint)
        raise _TooLarge


_STEPS: Mapping[type, Callable[[_Builder, Any, Span], None]] = {
    yaml.DocumentStartEvent: _Builder.document,
    yaml.ScalarEvent: _Builder.scalar,
    yaml.SequenceStartEvent: _Builder.begin,
    yaml.MappingStartEvent: _Builder.begin,
    yaml.SequenceEndEvent: _Builder.end,
    yaml.MappingEndEvent: _Builder.end,
    yaml.AliasEvent: _Builder.alias,
}
