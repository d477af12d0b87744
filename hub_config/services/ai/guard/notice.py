"""Personal data in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hub_config.services.ai.guard.finding import Finding, masked
from hub_config.services.ai.guard.numbers import numbers
from hub_config.services.ai.guard.plain import UNSEEN, plain

_LOCAL = re.compile(rf"[a-z0-9._%+{UNSEEN}-]{{1,80}}\Z")
_DOMAIN = re.compile(rf"@[a-z0-9{UNSEEN}-]{{1,80}}(?:\.[a-z0-9{UNSEEN}-]{{1,80}}){{1,6}}")
_NOBODYS = re.compile(r"(?:.*\.)?(?:example(?:\.(?:com|org|net))?|test|invalid|localhost)")  # RFC 2606


def noticed(text: str) -> tuple[Finding, ...]:
    """Ids, phones, bank cards, bank accounts and e-mail addresses, from left to right, none over another."""
    line = plain(text)
    addresses = list(_addresses(text, line))
    line = masked(line, addresses, lambda address: "/" * (address.end - address.start))  # its digits are no number
    return tuple(sorted([*addresses, *numbers(text, line)], key=lambda finding: finding.start))


def _addresses(text: str, line: str) -> Iterator[Finding]:
    at = line.find("@")
    done = 0
    while at >= 0:
        local = _LOCAL.search(line[max(done, at - 80) : at])
        domain = _DOMAIN.match(line, at)
        if local and domain:
            start = at - len(local[0].lstrip("." + UNSEEN))
            name = domain[0].rstrip(".-" + UNSEEN).replace(UNSEEN, "")
            end = at + len(domain[0].rstrip(".-" + UNSEEN))
            if start < at and name.rpartition(".")[2].isalpha() and not _NOBODYS.fullmatch(name[1:]):
                yield Finding("email", start, end, text[start:end], line[start:end].replace(UNSEEN, ""))
                done = end
        at = line.find("@", at + 1)
