"""An error of the YAML parser becomes a finding that says what the author did, where, and what to type instead."""

from __future__ import annotations

import pytest

from imgrules.compiler.read.syntax import parse
from imgrules.compiler.report.diagnostics import Finding
from imgrules.compiler.source import Source

RAW = "this is not valid YAML"
SLASHES = "a comment begins with `#`; put a text that begins with `//` in quotes"


def _slip(text: str) -> tuple[Finding, str]:
    source = Source("a.yaml", text)
    tree, findings = parse(source)
    assert tree is None
    finding = findings[-1]
    assert finding.place.span is not None
    return finding, source.slice(finding.place.span)


@pytest.mark.parametrize(
    ("text", "subject", "hint"),
    [
        ("a:\n\tb: c", "\t", "indent with two spaces for each level"),
        ("a: @b", "@b", 'write `"@b"`'),
        ("a: `b`", "`", "put the text in quotes"),
        ("a: b\nhigh 20\nc: d", "high 20", "write `high: 20`"),
        ("a: b\nhigh twenty\nc: d", "high twenty", "write `high: twenty`"),
        ("a: b\nhigh:20\nc: d", "high:20", "write `high: 20`"),
        ("a: b\nhigh\nc: d", "high", "write a colon and a space after the name, and then its value"),
        ("a: b\nhigh 20", "high 20", "write `high: 20`"),
        ("a: b\nhigh 20  # twenty\nc: d", "high 20", "write `high: 20`"),
        ("a: b: c", "b: c", "put the name and its value in braces: {b: c}; or put a text in quotes"),
        ("a: Basic: c", "Basic: c", 'write `"Basic: c"`'),
        ("values:\n  high 20\n  low: {}", "high 20", "write `high: {credits: 20}`, if 20 is its price"),
        ("a: b\n  c: d", "c: d", "begin it in the same column as the line above it"),
        ("a\n  b: c", "a", "write a colon and a space after the name, and then its value"),
        ("a:\n  b: c\n d: e", "d: e", "begin it in column 1 or 3"),
        ("a: [b, c\nd: e", "[b, c", "close it with `]` at its end"),
        ("a: {b: c\nd: e", "{b: c", "close it with `}` at its end"),
        ("a: ['b' 'c']", "'", "put a comma between two entries"),
        ('a: ["b", "c, "d"]', "d", "put a quote at both ends of each text"),
        ('a: "b', '"b', "close it at the end of the text"),
        ('a: "b\nc: d\ne: "f"\n', '"b', "close it at the end of the text"),
        ("a: 'b\nc: d", "'b", "close it at the end of the text"),
        ('a: "b" c', "c", "put quotes around the whole text"),
        ("a: b\n- c", "- c", "give the list a name: `name:`"),
        ("%YAML 1.3\n---\na: b", "%YAML 1.3", "delete the line; imgrules reads YAML 1.2"),
        ("a: b\n...\nc: d", "c", "delete the line `...`, or what follows it"),
        ("a: [b, c], d: e", ", d: e", "begin a new line before `d`"),
        ("a: {b [c], d: e}", "b", "write `b:`"),
        ("a: {b: 1, c {d: 1}}", "c", "write `c:`"),
        ("a: [b [c], d]", "[", "put a comma between two entries"),
        ("a: b\n// c\nd: e", "// c", SLASHES),
        ("a: [b]\n// - {c: d, e: f}\ng: h", "// - {c", SLASHES),
        ('a: "b" // c', "// c", SLASHES),
        ('- "b" // c', "// c", SLASHES),
        ("x: y\na: // c\n  - b: c", "// c", SLASHES),
        ("a: {\n  b: c, // d\n  e: f\n}", "// d", SLASHES),
        ("a: {b: c} // d, e", "// d", SLASHES),
        ("a: b\n/* c */\nd: e", "/* c */", "a comment begins with `#`; put a text that begins with `/*` in quotes"),
        ("a: b\n-- c\nd: e", "-- c", "a comment begins with `#`; put a text that begins with `--` in quotes"),
        ("a: b\n--[[ c ]]\nd: e", "--[[ c ]]", "a comment begins with `#`; put a text that begins with `--` in quotes"),
        ("a: b\n% c: {d: e}", "% c: {d: e}", "a comment begins with `#`; put a text that begins with `%` in quotes"),
        ("a: b\n; c\nd: e", "; c", "a comment begins with `#`; put a text that begins with `;` in quotes"),
        ("a: b\n<!-- c -->\nd: e", "<!-- c -->", "a comment begins with `#`; put a text that begins with `<!--` in quotes"),
        ("a: ['b' 'c']  # // d", "'", "put a comma between two entries"),
        ("a: ['// b' 'c']", "'", "put a comma between two entries"),
        ("a: {b: c; d: e}", ";", "write `,`"),
        ('a: {b: "c"; d: e}', ";", "write `,`"),
        ('a: ["b"; c]', ";", "write `,`"),
        ("a: {b: c\uff0cd: e}", "\uff0c", "write `,`"),
        ("a: {\n  b: c;\n  d: e;\n}", ";", "write `,`"),
        ("a: {b: c};", ";", "delete it"),
        ('a: "b";  # c', ";", "delete it"),
        ("a: {b: c}; d: {e: f}", "; d: {e: f}", "begin a new line before `d`"),
        ("a: {b: c} d: {e: f}", "d: {e: f}", "begin a new line before `d`"),
        ("a: {b: c}, d: e", ", d: e", "begin a new line before `d`, or move it into the braces"),
        ('a: [b], "16:9": e', ', "16:9": e', 'begin a new line before `"16:9"`'),
        ('a: "b" c: d', "c: d", "begin a new line before `c`"),
        ('- "b" c: d', "c: d", "put quotes around the whole text"),
        ('a: {\n  "b": [c]\n  "d": e\n}', "]", "put it there"),
        ('a: {\n  "b": 5\n  "d": e\n}', "5", "put it there"),
        ("a: {\n  b: 5  # c\n  d: e\n}", "5", "put it there"),
        ("a: [\n  'b'\n  'd'\n]", "'", "put it there"),
        ("a: [\n  {b: c}\n\n  {d: e}\n]", "}", "put it there"),
        ('a: [\n  "b #c"\n  "d"\n]', "b", "put a comma between two entries"),
        ("a: [\n  {b: 'c' d: e}\n]", "d", "put a comma between two entries"),
        ("a: [\n  {b: c\n  {d: e}\n]", "{b: c", "close it with `}` at its end"),
        ("a: [\n  'b'\n  'c'\nd: [e]", "[", "close it with `]` where the block ends"),
        ("a {b: {c: d}}", "a", "write `a:`"),
        ("a = {b: {c: d}}", "a =", "write `a:`"),
        ("a := {b: {c: d}}", "a :=", "write `a:`"),
        ("a{b: {c: d}}", "a{", "write `a: {`"),
        ("a:{b: {c: d}}", "a:{b: {c: d}}", "write `a: {b: {c: d}}`"),
        ("- a: b\n  c {d: 'e'}", "c", "write `c:`"),
        ("a {b: c, d: e}", "a", "write `a:`"),
        ("a: b\n'c' = {d: e}", "'c' =", "write `'c':`"),
        ("a: {b = {c: d}}", "b =", "write `b:`"),
        ("a: {b := [c]}", "b :=", "write `b:`"),
        ("a: {b{c: d}}", "b{", "write `b: {`"),
        ('a: {"b" = c}', '"b" =', 'write `"b":`'),
        ('a: {b: c,\n  "d" ["e"]}', '"d"', 'write `"d":`'),
        ("a: {b: c[0], d: e}", "c[0]", 'write `"c[0]"`'),
        ("a: {b: c.d[0][1].e}", "c.d[0][1].e", 'write `"c.d[0][1].e"`'),
        ("a: {b: c['d'].e}", "c['d'].e", "write `c.d.e`"),
        ('a: {b["c"]: d}', 'b["c"]', "write `b.c`"),
        ("a: {b[0].c: d}", "b[0].c", 'write `"b[0].c"`'),
        ("a: {b: c[d], e: f}", "[", "put a comma between two entries"),
        ("see [1] for: {b: c}}", "}", "delete it, or open it earlier in the line"),
        ("a:\n  b:\n    c: d\n   e: f", "e: f", "begin it in column 3 or 5"),
        ("a: b\nc:\n  d: e\n f:\n  g: h", "f:", "begin it in column 1"),
        ("a: b\nc:\n  d: e\n f:\n    g: h", "f:", "begin it in column 3"),
        ("a: b\nc:\n  d: e\n f:\n   g: h", "f:", "begin it in column 1 or 3"),
        ("a:\n  b: c\n  - d: e", "- d: e", "delete the dash, or give the list a name: `name:`"),
        ("a:\n  - b: c\n    d: e\n- f: g", "- f: g", "begin it in column 3"),
        ("a:\n  - 'b'\n  'c'\nd: e", "'c'", "write `- 'c'`"),
        ("a:\n  - b\n  c\nd: e", "c", "put a dash before it, or a colon after it"),
        ("- {a: b}\nc\nd: e", "c", "write a colon and a space after the name, and then its value"),
        ("a:\n  'b'\n  'c'", "'c'", "put a dash and a space before each of them"),
        ("a:\n  - 'b'\n  -1:1\nc: d", "-1:1", "put a space after the dash"),
        ("a:\n  - 3\n  -4\nc: d", "-4", "put a space after the dash"),
        ("a:\n  -b: {c: d}\n   e: f", "-b: {c: d}", "put a space after the dash"),
        ("a:\n  * 16:9\n  * 1:1", "* 16:9", "put a dash in place of each `*`"),
        ("a:\n  - b\n  + c\nd: e", "+ c", "put a dash in place of each `+`"),
        ("a: [\n  - b\n]", "-", "put commas between the entries in place of dashes, or delete the brackets around them"),
        ("a: {b: c;d: e}", "c;d: e", 'write `"c;d: e"`'),
        ("a: {\n  b:\n  c: d\n}", ":", "put a comma between two entries"),
        ("a: [\n  'b'  # }\n  'c'\n]", "'", "put it there"),
        ("a: {b[0], c: d}", "b[", "write `b: [`"),
        ("a: {b: c[0] d, e: f}", "[", "put a comma between two entries"),
        ("a: [b, c\n  d: e", "[b, c", "close it with `]` at its end"),
        ("a: b\n-1:1\nc: d", "-1:1", "put a space after the dash"),
        ("a:\n  b: {c: [d]}\n   e: {f: g}", "e: {f: g}", "begin it in column 3"),
        ('a:\n  "b": {c: d}\n   "e": {f: g}\n  h: i', '"e": {f: g}', "begin it in column 3"),
        ("a:\n  b: [c]\n   e: f", "e: f", "begin it in column 3"),
        ("a: {b: c}\n d: e", "d: e", "begin it in column 1"),
        ("a:\n  b: {c: d}\n    e: f", "e: f", "put this line into the braces of the line above"),
        ("a:\n b: {c: d}\n  e: f", "e: f", "put this line into the braces of the line above"),
        ("a: {b: c,\n  d: e}\n   f: g", "f: g", "put this line into the braces of the line above"),
        ("- {a: b}\n e: f", "e: f", "put this line into the braces of the line above"),
        ("- {a: b}\n- {c: d}\n    e: f", "e: f", "put this line into the braces of the line above"),
        ("a:\n  - 'b'\nc\nd: e", "c", "write a colon and a space after the name, and then its value"),
        ("a: b\nc:\n  d: e\n f: g\n  h: i", "f: g", "begin it in column 1 or 3"),
        ("a\uff1ab\nc: d", "a\uff1ab", "write `a: b`, or put it in quotes if it is text"),
    ],
)
def test_slip(text: str, subject: str, hint: str) -> None:
    """The wrong words are marked, and the hint can be typed."""
    finding, marked = _slip(text)
    assert RAW not in finding.message
    assert (marked, finding.hint) == (subject, hint)


@pytest.mark.parametrize(
    ("text", "says", "not_says"),
    [
        ('a: "b\\qc"', "`\\q`", "`\\\\`"),
        ("- a\nb: c", "", "and those it belongs to in column 1"),
        ("a:\n  - b\n  c: d", "", "and those it belongs to in column 3"),
        ('"a" b', "", "text follows the end of the document"),
        ("a: *b*", "*", RAW),
        ("a: !e!b c", "!", RAW),
        ("a: b\n\tc: d", "tab", RAW),
        ('a: ["b",, "c"]', "comma", RAW),
        ("a:\n  b:\n    c: d\n e: f", "column 1 or 3", "column 5"),
        ("a: {b: ['c']]}", "]", "a comma"),
        ("a:\n  - b\n  - c\n - d", "column 3", "give the list a name"),
        ("a:\n  - b\n  - c\n- d", "column 3", "give the list a name"),
        ("a: - b", "-", RAW),
        ("<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> x", "merge", "write"),
        ("a: b\nc = d\ne: f", "`c: d`", "`c: = d`"),
        ("```yaml\na: b\n```", "delete", "quotes"),
        ("a: ['b', 'c']]", "]", "a comma"),
        ("a: |x\n  b", '"|"', RAW),
        ('a: "\\ud83d\\ude00"', "unpaired surrogate", RAW),
        ("a: &", '"&"', RAW),
        ("a: {b:{c: d}}", "space", RAW),
        ("a: x\nlow:{c: d, e: 5}", "`low: {c: d, e: 5}`", "second colon"),
        ("a:\n    b: c\n  d: e\n    f: g", "column 3", "column 5, and"),
    ],
)
def test_message(text: str, says: str, not_says: str) -> None:
    """A message says what the author did, not what the parser expected."""
    finding, _ = _slip(text)
    words = f"{finding.message}; {finding.hint}"
    assert says in words
    assert not_says not in words


@pytest.mark.parametrize("text", ["%FOO\na: b", "a: !<x"])
def test_any_other_slip(text: str) -> None:
    """Any other parser error is reported at its place, with a hint."""
    finding, _ = _slip(text)
    assert finding.code.id == "IR004"
    assert finding.message.startswith(RAW)
    assert finding.hint
