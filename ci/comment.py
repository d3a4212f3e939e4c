"""
Write a report as a comment on a pull request: in place of the comment of an earlier run, which its first line marks.

`action.yml` runs it as `python3 comment.py REPORT`. The environment has TOKEN, NUMBER, and what GitHub gives to each job. A
report of no changes makes no new comment. Only the standard library is needed.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PER_PAGE = 100
MOST_PAGES = 30
NOTHING = ": no changes"
"""The end of the headline of a report of no changes."""


def main(report: Path) -> int:
    """Create or replace the comment, and return the exit code: 1 if GitHub refuses it or is not reached."""
    body = report.read_text(encoding="utf-8")
    mark, headline = body.splitlines()[:2]
    comments = f"repos/{os.environ['GITHUB_REPOSITORY']}/issues/{os.environ['NUMBER']}/comments"
    try:
        number = next((comment["id"] for comment in _listed(comments) if _is_ours(comment, mark)), None)
        if number is not None:
            _call("PATCH", f"repos/{os.environ['GITHUB_REPOSITORY']}/issues/comments/{number}", {"body": body})
        elif not headline.endswith(NOTHING):
            _call("POST", comments, {"body": body})
    except urllib.error.HTTPError as error:
        print(f"GitHub answers {error.code} to {error.url}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{os.environ['GITHUB_API_URL']} was not reached: {error}", file=sys.stderr)
        return 1
    return 0


def _is_ours(comment: dict[str, Any], mark: str) -> bool:
    """Whether a comment is that of an earlier run: a person who writes the same mark does not get it replaced."""
    first = str(comment["body"]).partition("\n")[0].rstrip("\r")
    return first == mark and (comment["user"] or {}).get("type") == "Bot"


def _listed(comments: str) -> Iterator[dict[str, Any]]:
    for page in range(1, MOST_PAGES + 1):
        listed = _call("GET", f"{comments}?per_page={PER_PAGE}&page={page}")
        yield from listed
        if len(listed) < PER_PAGE:
            return


def _call(method: str, path: str, document: object = None) -> Any:
    """Return the answer of GitHub to a request."""
    request = urllib.request.Request(  # noqa: S310  the address is that of the job
        f"{os.environ['GITHUB_API_URL']}/{path}",
        None if document is None else json.dumps(document).encode(),
        {"Authorization": f"Bearer {os.environ['TOKEN']}", "Accept": "application/vnd.github+json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  as above
        return json.load(answer)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
