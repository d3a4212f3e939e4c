"""
YAML text to a tree with a span for every key and value.

Built from the parser's events with a stack of our own: composing nodes recurses in C, and a deep file would end the
process. Keys are their source text. What a rule file needs none of is refused, each with its place, and reading goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import yaml

from imgrules.compiler import file_caps as caps
from imgrules.compiler.read.characters import odd_characters
from imgrules.compiler.read.foreign_signs import CODE as LEFT_SIGN
from imgrules.compiler.read.foreign_signs import PATTERN as LEFT
from imgrules.compiler.read.foreign_signs import cut_off, left_sign
from imgrules.compiler.read.other_yaml_readers import canonical, in_quotes, in_words, other_reading
from imgrules.compiler.read.scalars import MOST_DIGITS, UNUSABLE, core
from imgrules.compiler.read.syntax_codes import (
    ALIAS,
    ANCHOR,
    COMPLEX_KEY,
    DUPLICATE_KEY,
    MERGE_KEY,
    MISREAD,
    NUMBER,
    SECOND_DOCUMENT,
    SMART_QUOTE,
    SYNTAX,
    TAG,
    TOO_LARGE,
    WIDE_COLON,
    YAML_VERSION,
)
from imgrules.compiler.read.yaml_errors import slip
from imgrules.compiler.report.diagnostics import Code, Finding, Path, Place
from imgrules.compiler.report.helps import Help, explain, write
from imgrules.compiler.source import Source, Span
from imgrules.errors import ImgrulesError
from imgrules.quoting import quoted

MOST_DEPTH, MOST_NODES, MOST_TEXT = caps.MOST_DEPTH, caps.MOST_NODES, caps.MOST_TEXT

_KEYWORDS = frozenset({"on"})  # the rule language has this word itself, and no file of it is meant for another reader
_GROUPS = re.compile(r"\b[0-9]{1,3}(?:,[0-9]{3})+\b")
_QUOTES = "“”„‟‘’‚‛＂＇"
_SUSPECT = re.compile(f'[{_QUOTES}"：]|{LEFT}')
_BLOCK_STYLES = frozenset("|>")
_OWN_LIMIT = "exceeded maximum nesting depth"
_MOST_BYTES_EACH = 4
"""So many bytes of UTF-8 a character takes at most."""


@dataclass(frozen=True)
class Tree:
    """
    What a file says, with the span of every value and of every key by its path.

    `words` holds, for each plain word that is no text, what was typed.
    """

    value: Any
    values: Mapping[Path, Span]
    keys: Mapping[Path, Span]
    words: Mapping[Path, str]

    @cached_property
    def neighbours(self) -> Mapping[Path, tuple[Path | None, Path | None]]:
        """For each value the one before it and the one after it in its block."""
        inside: dict[Path, list[Path]] = {}
        for path in sorted(self.values, key=self.values.__getitem__):
            inside.setdefault(path[:-1], []).append(path)
        return {
            path: (before, after)
            for each in inside.values()
            for before, path, after in zip([None, *each], each, [*each[1:], None], strict=False)
        }

    def entries(self, first: Path, last: Path) -> Span:
        """Return where some entries of a block stand: from the key of the first to the end of the last."""
        spans = [spans[each] for each in (first, last) for spans in (self.keys, self.values) if each in spans]
        return Span(min(each.start for each in spans), max(each.end for each in spans)) if spans else Span(0, 0)


def parse(source: Source) -> tuple[Tree | None, tuple[Finding, ...]]:
    """Return the tree of a text and everything that is wrong with its YAML; no tree where it cannot be read at all."""
    if not yaml.__with_libyaml__:
        raise ImgrulesError("PyYAML was installed without libyaml; install a wheel of PyYAML, or libyaml and its headers")
    builder = _Builder(source)
    end = _feed(builder, source.text)
    if end is None:
        tree = Tree(builder.root, builder.values, builder.keys, builder.words)
        return tree, (*builder.findings, *cut_off(source, builder.values.values()))
    if isinstance(end, _TooMuch):
        return None, tuple(builder.findings)
    return None, _broken_off(source, end, builder)


def _feed(builder: _Builder, text: str) -> yaml.YAMLError | _TooMuch | None:
    """Feed a builder with the events of a text, and return what ended the reading early."""
    loader = yaml.CSafeLoader(text)
    try:
        builder.read(iter(loader.get_event, None))
    except (yaml.YAMLError, _TooMuch) as end:
        return end
    finally:
        loader.dispose()
    return None


def _broken_off(source: Source, error: yaml.YAMLError, builder: _Builder) -> tuple[Finding, ...]:
    """
    Return what is wrong in a text that a parser gave up.

    The parser scans ahead of its events. Where it gives up there, for a slip or for a limit of its own (1,000 levels
    in libyaml 0.2.6), it never reports what stands before that place, so that is read by itself, up to our own limits.
    """
    mark = getattr(error, "problem_mark", None)
    before = _Builder(source)
    end = _feed(before, source.text[: mark.index]) if mark is not None else None
    if isinstance(end, _TooMuch):
        return tuple(before.findings)
    last = slip(source, end if end is not None and _OWN_LIMIT in str(error) else error, builder.last)
    told = any(each.code is last.code and _same_line(source, each, last) for each in builder.findings)
    return (*builder.findings, *(() if told else (last,)))


def _same_line(source: Source, one: Finding, other: Finding) -> bool:
    spans = [each.place.span or Span(0, 0) for each in (one, other)]
    return source.position(spans[0].start).line == source.position(spans[1].start).line


class _TooMuch(Exception):  # noqa: N818  it ends the reading of one file and never leaves this module
    """The rest of the file is not worth reading."""


@dataclass(slots=True)
class _Block:
    """A list or a mapping whose entries are being read. Without a path its contents are thrown away."""

    box: list[Any] | dict[str, Any]
    path: Path | None
    start: int
    key: str | None = None
    wanted: bool = True


@dataclass(slots=True)
class _Builder:
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
    _numbers: tuple[int, list[Span]] = (0, [])
    """A line, and where the numbers in it are whose digits commas part."""

    def read(self, events: Iterable[Any]) -> None:
        """Read events; those that are not in the table say nothing."""
        for event in events:
            step = _STEPS.get(type(event))
            if step is not None:
                # By way of `Span(...)` it takes twice as long, and there is one for every word.
                step(self, event, tuple.__new__(Span, (event.start_mark.index, event.end_mark.index)))

    def document(self, event: Any, span: Span) -> None:
        """A document begins; there is to be one, of YAML 1.2."""
        self._documents += 1
        if self._documents > 1:
            self._stop(SECOND_DOCUMENT, "a second document begins here", span, "write one file per model")
        if event.version not in (None, (1, 2)):
            version = ".".join(map(str, event.version))
            self._say(YAML_VERSION, f"the file asks for YAML {version}", span, "delete the line: this is YAML 1.2")

    def scalar(self, event: Any, span: Span) -> None:
        """A key, or a value that is no list and no mapping."""
        self._nodes += 1
        if self._nodes > MOST_NODES or event.anchor is not None or event.tag is not None:
            self._needless(event, span)
        text, style = event.value, event.style
        if len(text) > MOST_TEXT // _MOST_BYTES_EACH:
            self._bound(text, span)
        if style in _BLOCK_STYLES:
            # The end of a block text is the start of the line after it.
            span = Span(span.start, span.start + len(self.source.slice(span).rstrip("\r\n")))
        self.last = span
        for code, what, hint, _ in odd_characters(text) if style else ():
            self._say(code, f"{what}, by an escape", span, hint)
        block = self._stack[-1] if self._stack else None
        if block is not None and block.key is None and isinstance(block.box, dict):
            self._key(block, text, not style, span)
        elif style:
            self._put(text, span)
        else:
            self._word(text, core(text), span)

    def _word(self, text: str, value: Any, span: Span) -> None:
        """Put a value that was written without quotes."""
        path = self._put(value, span)
        if path is not None:
            self._look_at_word(text, value, span)
            if not isinstance(value, str):
                self.words[path] = text

    def _bound(self, text: str, span: Span) -> None:
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > MOST_TEXT:
            self._stop(TOO_LARGE, f"this text has {size:,} bytes", span, f"at most {MOST_TEXT:,} are allowed")

    def begin(self, event: Any, span: Span) -> None:
        """A list or a mapping begins."""
        self._nodes += 1
        if self._nodes > MOST_NODES or event.anchor is not None or event.tag is not None:
            self._needless(event, span)
        block = self._stack[-1] if self._stack else None
        if block is not None and isinstance(block.box, dict) and block.key is None:
            self._stop(COMPLEX_KEY, "a list or a mapping is used where a name is expected", span, "a name is a single word")
        if len(self._stack) >= MOST_DEPTH:
            self._stop(TOO_LARGE, f"more than {MOST_DEPTH} levels inside each other", span, "seven are enough")
        box: list[Any] | dict[str, Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._stack.append(_Block(box, self._put(box, span), span.start))

    def end(self, event: Any, span: Span) -> None:
        """A list or a mapping ends: a block where its last word ends, a flow at its bracket."""
        block = self._stack.pop()
        self.last = Span(block.start, max(span.end if span.end > span.start else 0, self.last.end, block.start))
        if block.path is not None:
            self.values[block.path] = self.last

    def alias(self, event: Any, span: Span) -> None:
        """A star that repeats an anchor: refused, and read as nothing."""
        self._say(ALIAS, f"`*{event.anchor}` is an alias", span, "write the value itself; if it is text, put it in quotes")
        block = self._stack[-1] if self._stack else None
        if block is not None and isinstance(block.box, dict) and block.key is None:
            block.key, block.wanted = "", False
        else:
            self._put(None, span)

    def _needless(self, event: Any, span: Span) -> None:
        if self._nodes > MOST_NODES:
            self._stop(TOO_LARGE, f"more than {MOST_NODES:,} values in one file", span, "split it: one file is one model")
        if event.anchor is not None:
            mark = Span(span.start, span.start + len(event.anchor) + 1)
            self._say(ANCHOR, f"`&{event.anchor}` is an anchor", mark, "delete it, and write the value where it is needed")
        if event.tag is not None:
            tag = next(iter(self.source.slice(span).split()), "!")
            self._say(TAG, f"{quoted(tag)} is a tag", span, "delete it; text that begins with `!` needs quotes")

    def _key(self, block: _Block, name: str, plain: bool, span: Span) -> None:  # noqa: FBT001  as the event says it
        assert isinstance(block.box, dict)  # noqa: S101  only a mapping has keys; this tells the type checker
        block.key, block.wanted = name, block.path is not None
        if block.path is None:
            return
        path = (*block.path, name)
        if plain and name == "<<":
            self._say(MERGE_KEY, "`<<` is a merge key", span, "write the entries out")
            block.wanted = False
        elif name in block.box and (number := self._parted(span)) is not None:
            self._comma(number)
            block.wanted = False
        elif name in block.box:
            first = ((Place(span=self.keys[path]), "first given here"),)
            hint = "keep one of the two; many YAML readers silently take the last"
            place = Place(span=span)
            self.findings.append(Finding(DUPLICATE_KEY, f"{quoted(name)} is given twice in the same block", place, hint, first))
            block.wanted = False
        else:
            self.keys[path] = span
            # The digits that a comma tore off in braces are no name, and are told where their block is read.
            torn = name.isdecimal() and self.source.text[span.end : span.end + 1] in {",", "}"}
            if plain and name not in _KEYWORDS and not torn:
                self._look_at_word(name, name, span)

    def _parted(self, span: Span) -> Span | None:
        """Return the number whose groups of digits commas part, if a word is one of its groups."""
        line = self.source.position(span.start).line
        if line != self._numbers[0]:
            start, groups = self.source.offset(line), _GROUPS.finditer(self.source.line(line))
            self._numbers = line, [Span(start + each.start(), start + each.end()) for each in groups]
        numbers = self._numbers[1]
        at = bisect_left(numbers, (span.start, 0)) - 1
        return numbers[at] if at >= 0 and span.end <= numbers[at].end else None

    def _comma(self, number: Span) -> None:
        """Report a number that commas part, once for all of its groups."""
        if self.findings and self.findings[-1].place.span == number:
            return
        whole = re.sub("[^0-9]", "", self.source.slice(number))
        help_ = write(whole) if len(whole) <= MOST_DIGITS else explain(f"write at most {MOST_DIGITS} digits, without commas")
        self._say(SYNTAX, "a comma ends a value", number, help_)

    def _put(self, value: Any, span: Span) -> Path | None:
        """Put a value where the innermost block wants it; return its path, or None where it is thrown away."""
        if not self._stack:
            self.root, self.values[()] = value, span
            return ()
        block = self._stack[-1]
        box, name, wanted = block.box, block.key, block.wanted
        block.key, block.wanted = None, True
        if block.path is None or not wanted:
            return None
        if isinstance(box, list):
            path = (*block.path, len(box))
            box.append(value)
        else:
            assert name is not None  # noqa: S101  in a mapping a value follows its key
            path = (*block.path, name)
            box[name] = value
        self.values[path] = span
        return path

    def _look_at_word(self, text: str, value: Any, span: Span) -> None:
        if _is_clear(text, value):
            return
        if text[:1] and text[:1] in _QUOTES and text[-1] not in _QUOTES + '"' and (whole := self._quoted_so(span)):
            straight = in_quotes(self.source.slice(whole).strip(_QUOTES))
            self._say(SMART_QUOTE, f"{quoted(text)} has typographic quotes", whole, write(straight))
        elif text[:1] and text[:1] in _QUOTES and (text[-1] in _QUOTES + '"' or not set(text[1:]) & set(_QUOTES)):
            straight = in_quotes(text.strip(_QUOTES + '"'))
            self._say(SMART_QUOTE, f"{quoted(text)} has typographic quotes", span, write(straight))
        elif text.endswith('"'):
            better = in_quotes(text.removesuffix('"'))
            self._say(SYNTAX, f"{quoted(text)} lacks its first quote", span, write(better))
        elif "：" in text and re.match(r"[\w.-]+\s*：", text, re.ASCII):
            self._wide_colon(text, span)
        elif value is UNUSABLE:
            self._say(
                NUMBER,
                f"{quoted(text)} cannot be stored exactly",
                span,
                f"write at most {MOST_DIGITS} digits, or put a text in quotes",
            )
        elif (left := left_sign(text)) is not None:
            self._say(LEFT_SIGN, left[0], span, left[1])
        elif text and (other := other_reading(text, value)) is not None:
            better = in_quotes(text) if isinstance(value, str) else canonical(value)
            message = f"{quoted(text)} is {in_words(value)} here, and {other} to other YAML readers"
            self._say(MISREAD, message, span, write(better))

    def _quoted_so(self, span: Span) -> Span | None:
        """Return the text between typographic quotes that begins with a word, where a comma or a colon ended the word early."""
        line = self.source.text[span.start :].partition("\n")[0]
        found = re.match(f"[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]", line)
        return Span(span.start, span.start + found.end()) if found else None

    def _wide_colon(self, text: str, span: Span) -> None:
        if re.fullmatch(r"[0-9]+：[0-9]+", text):
            better = in_quotes(text.replace("：", ":"))
            self._say(WIDE_COLON, f"{quoted(text)} has a full-width colon", span, write(better))
            return
        name, _, rest = self.source.slice(span).splitlines()[0].partition("：")
        span = Span(span.start, span.start + len(name) + 1 + len(rest))
        better = f"{name.strip()}: {rest.strip()}".rstrip()
        help_ = write(better, ", or put a text in quotes")
        self._say(WIDE_COLON, "a full-width colon follows a name", span, help_)

    def _say(self, code: Code, message: str, span: Span, hint: str | Help) -> None:
        help_ = explain(hint) if isinstance(hint, str) else hint
        self.findings.append(Finding(code, message, Place(span=span), *help_))

    def _stop(self, code: Code, message: str, span: Span, hint: str) -> None:
        self._say(code, message, span, hint)
        raise _TooMuch


_STEPS: Mapping[type, Callable[[_Builder, Any, Span], None]] = {
    yaml.DocumentStartEvent: _Builder.document,
    yaml.ScalarEvent: _Builder.scalar,
    yaml.SequenceStartEvent: _Builder.begin,
    yaml.MappingStartEvent: _Builder.begin,
    yaml.SequenceEndEvent: _Builder.end,
    yaml.MappingEndEvent: _Builder.end,
    yaml.AliasEvent: _Builder.alias,
}


@lru_cache(maxsize=4096)
def _is_clear(text: str, value: Any) -> bool:
    """Return whether a plain word has no sign of a slip, and all readers of YAML take it for the same: as most are."""
    return value is not UNUSABLE and not _SUSPECT.search(text) and (not text or other_reading(text, value) is None)
