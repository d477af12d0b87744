"""Official papers in the layout of Decree 30/2020/ND-CP: head, title, body, recipients, signature."""

import re
from collections.abc import Callable

from hub_config.services.ai.practice.papers import wording as w
from hub_config.services.ai.practice.papers.facts import Facts
from hub_config.services.ai.practice.papers.informal import capital
from hub_config.services.ai.practice.texts.sentences import words
from hub_config.services.ai.practice.vocabulary import compiled, fold, marked, search

IN_HEAD = ("agency", "parent", "number", "signed", "receiver", "subject", "time", "place", "signer", "copies")
LETTER, PROPOSAL, MINUTES, INVITATION = "cong van", "to trinh", "bien ban", "giay moi"
PADDED_MONTHS = 2  # January and February take a leading zero, others need none


def official(facts: Facts) -> str:
    """The paper, a blank line between its parts."""
    kind = fold(facts.kind)
    parts = [_head(facts, kind), *_title(facts, kind), *BODIES.get(kind, _plain_body)(facts)]
    ends = _minutes_end(facts) if kind == MINUTES else [_recipients(facts, kind), _signature(facts)]
    return "\n\n".join(part for part in [*parts, *ends] if part)


def _head(facts: Facts, kind: str) -> str:
    agency = facts.get("agency").upper() or w.NO_AGENCY
    parent = [facts.get("parent").upper()] if facts.get("parent") else []
    number = w.GIVEN_NUMBER.format(number=facts.get("number")) if facts.get("number") else _number(facts, kind)
    letter = [w.LETTER_SUBJECT.format(subject=facts.get("subject", w.NO_SUBJECT))] if kind == LETTER else []
    return "\n".join([*w.MOTTO, "", *parent, agency, number, *letter, "", _dated(facts)])


def _number(facts: Facts, kind: str) -> str:
    """The number is the clerk's to give; what stands behind it is the kind's and the agency's sign."""
    sign = _agency_sign(facts.get("agency"))
    return w.NUMBER.format(sign=f"{sign}-{w.BLANK}" if kind == LETTER else f"{w.OFFICIAL[facts.kind]}-{sign}")


def _agency_sign(agency: str) -> str:
    plain = fold(agency).lower()
    if plain.startswith(w.COMMITTEE):
        return w.COMMITTEE_SIGN
    return w.CO_OPERATIVE_SIGN if plain.startswith(w.CO_OPERATIVE) else w.BLANK


def _dated(facts: Facts) -> str:
    """Place and day of the paper itself, zeros as the decree wants them; blank where the prompt does not say."""
    given = facts.get("signed")
    full = compiled(w.SIGNED, marked(given)).search(given)
    date = compiled(w.DATE_PARTS, marked(given)).search(given)
    place = full[1].strip() if full else w.NO_DOC_PLACE
    day, month, year = full.groups()[1:] if full else date.groups() if date else ("", "", "")
    if month and int(month) <= PADDED_MONTHS:
        month = f"{int(month):02d}"
    return w.DATED.format(
        place=place, day=f"{int(day):02d}" if day else w.BLANK, month=month or w.BLANK, year=year or w.BLANK
    )


def _title(facts: Facts, kind: str) -> list[str]:
    if kind == LETTER:
        return [w.DEAR.format(receiver=facts.get("receiver", w.NO_RECEIVER))]
    titled = facts.get("subject", w.NO_SUBJECT) if kind in (MINUTES, INVITATION) else _about(facts)
    title = f"{facts.kind.upper()}\n{capital(titled)}"
    if kind == PROPOSAL:
        return [title, w.DEAR.format(receiver=facts.get("receiver", w.NO_RECEIVER))]
    if kind == INVITATION:
        return [title, w.INVITE.format(receiver=facts.get("receiver", w.NO_RECEIVER))]
    return [title]


def _opening(facts: Facts, sentence: str) -> str:
    agency = facts.get("agency", w.SOMEBODY)
    return capital(sentence.format(agency=agency, about=_about(facts)))


def _about(facts: Facts) -> str:
    """What it is about, as it stands a thing or something to be done."""
    subject = facts.get("subject", w.NO_SUBJECT)
    return (w.ABOUT_THING if search(w.THINGS, subject) else w.ABOUT_DOING).format(subject=subject)


def _when_and_where(facts: Facts, always: bool) -> list[str]:
    lines = []
    for key, line, gap in (("time", w.TIME, w.NO_TIME), ("place", w.PLACE_LINE, w.NO_PLACE)):
        if always or facts.get(key):
            lines.append(line.format(**{key: facts.get(key, gap)}))
    return lines


def _notes(facts: Facts, *shown: str) -> list[str]:
    """The notes as sentences, then what neither the head nor the body shows elsewhere (`shown`)."""
    said = [*facts.notes, *facts.others(*IN_HEAD, *shown)]
    return [capital(note) + ("" if note.endswith((".", "!", "?", ":")) else ".") for note in said]


def _ended(lines: list[str]) -> str:
    """The body's lines, the last with the mark that ends an official text."""
    if not lines:
        return w.NO_CONTENT
    return "\n".join([*lines[:-1], lines[-1].rstrip(". ") + w.END])


def _letter_body(facts: Facts) -> list[str]:
    lines = [*_when_and_where(facts, False), *_notes(facts)]
    return [_opening(facts, w.LETTER_OPENING), _ended(lines)]


def _plain_body(facts: Facts) -> list[str]:
    opening = {"thong bao": w.ANNOUNCE, "bao cao": w.REPORT, "ke hoach": w.PLAN}[fold(facts.kind)]
    lines = [*_when_and_where(facts, fold(facts.kind) == "thong bao"), *_notes(facts)]
    return [_opening(facts, opening), _ended(lines)]


def _invitation_body(facts: Facts) -> list[str]:
    lines = [w.TO_ATTEND.format(subject=facts.get("subject", w.NO_SUBJECT)), *_when_and_where(facts, True)]
    return [_ended([*lines, *_notes(facts)])]


def _proposal_body(facts: Facts) -> list[str]:
    """Why, what and for how much: each note under the one that its words point to."""
    reasons = [note for note in facts.notes if search(w.REASONS, note)]
    costs = [note for note in facts.notes if search(w.COSTS, note) and note not in reasons]
    rest = [note for note in facts.notes if note not in (*reasons, *costs)]
    reason = facts.get("reason") or ". ".join(map(capital, reasons)) or w.NO_REASON
    content = ". ".join(map(capital, rest)) or facts.get("subject", w.NO_CONTENT)
    cost = facts.get("cost") or ". ".join(map(capital, costs)) or w.NO_COST
    lines = [w.REASON.format(text=reason), w.CONTENT.format(text=content), w.COST.format(text=cost)]
    end = w.PROPOSAL_END.format(receiver=facts.get("receiver", w.NO_RECEIVER))
    others = map(capital, facts.others(*IN_HEAD, "reason", "cost"))
    return [_opening(facts, w.PROPOSE), "\n".join([*lines, *_when_and_where(facts, False), *others]), end]


def _minutes_body(facts: Facts) -> list[str]:
    """Who met when and where, what was said, and apart from it what was decided."""
    start = w.MINUTES_START.format(time=facts.get("time", w.NO_TIME), place=facts.get("place", w.NO_PLACE))
    lines = [line.format(text=facts.get(key, gap)) for key, (line, gap) in w.MINUTES_LINES.items()]
    absent = [w.ABSENT.format(text=facts.get("absent"))] if facts.get("absent") else []
    decided = [note for note in facts.notes if search(w.DECIDED, note)]
    decided += [facts.get("decision")] if facts.get("decision") else []
    said = [note for note in facts.notes if note not in decided]
    unseen = {"receiver", "copies"} | ({"signer"} if facts.get("chair") else set())  # the head of minutes lacks them
    said += facts.others(*set(IN_HEAD) - unseen, *w.MINUTES_LINES, "absent", "decision")
    return [
        "\n".join([start, *lines, *absent]),
        "\n".join([w.MINUTES_BODY, *(f"- {capital(note)}" for note in said or [w.NO_CONTENT])]),
        "\n".join([w.MINUTES_DECISION, *(f"- {capital(note)}" for note in decided or [w.NO_DECISION])]),
    ]


def _minutes_end(facts: Facts) -> list[str]:
    clerk, chair = facts.get("clerk", w.NO_NAME), facts.get("chair") or facts.get("signer", w.NO_NAME)
    signed = [f"{title}\n{w.SIGN_HERE}\n{name}" for title, name in ((w.CLERK_SIGNS, clerk), (w.CHAIR_SIGNS, chair))]
    return [w.MINUTES_END, *signed]


def _recipients(facts: Facts, kind: str) -> str:
    receivers = [] if kind in (LETTER, PROPOSAL, INVITATION) else [facts.get("receiver")]
    listed = [f"- {capital(receiver)};" for receiver in (*receivers, facts.get("copies")) if receiver]
    first = [w.NO_RECIPIENT] if receivers and not listed else [] if receivers else [w.AS_ABOVE]
    return "\n".join([w.RECIPIENTS, *first, *listed, w.KEPT])


def _signature(facts: Facts) -> str:
    """For whom, as what and by whom it is signed; a deputy signs for the chair."""
    signer = facts.get("signer")
    found = compiled(w.POSTS, marked(signer)).search(signer)
    post = found[0].upper() if found else w.NO_POST
    rest = signer.replace(found[0], " ") if found else signer
    name = next((piece.strip() for piece in re.split(r"[,;(]", rest) if words(piece)), w.NO_NAME)
    lines = [w.ON_BEHALF] if found and _agency_sign(facts.get("agency")) == w.COMMITTEE_SIGN else []
    if found and fold(post).startswith(fold(w.DEPUTY)):
        lines.append(w.FOR_CHAIR.format(post=post[len(w.DEPUTY) :]))
    return "\n".join([*lines, post, w.SIGN_HERE, name])


BODIES: dict[str, Callable[[Facts], list[str]]] = {
    LETTER: _letter_body,
    PROPOSAL: _proposal_body,
    MINUTES: _minutes_body,
    INVITATION: _invitation_body,
}
