"""Messages, posts and scripts: forms without an office."""

from hub_config.services.ai.practice.papers import wording as w
from hub_config.services.ai.practice.papers.facts import Facts


def message(facts: Facts, short: bool) -> str:
    """A notice or message of a few labelled lines; in one line when it shall be short."""
    receiver, sender = facts.get("receiver", w.NO_RECEIVER), facts.get("signer") or facts.get("agency", w.NO_SENDER)
    subject = facts.get("subject", w.NO_SUBJECT)
    time, place = facts.get("time", w.NO_TIME), facts.get("place", w.NO_PLACE)
    if short:
        line = w.SHORT_MESSAGE.format(receiver=capital(receiver), task=subject, time=time, place=place, sender=sender)
        return "\n".join([line, *(f"- {note}" for note in listed(facts))])
    text = w.MESSAGE.format(kind=facts.kind.upper(), receiver=receiver, task=subject, time=time, place=place)
    notes = [w.NOTES, *(f"- {note}" for note in listed(facts))] if listed(facts) else []
    return "\n".join([text, *notes, sender])


def post(facts: Facts) -> str:
    """A post for a social network: its matter first, a point a line, then how to come or to buy."""
    lines = [capital(facts.get("subject", w.NO_SUBJECT)), ""]
    lines += [f"- {capital(note)}" for note in facts.notes]
    for key, line in (("price", w.POST_PRICE), ("time", w.POST_TIME), ("place", w.POST_PLACE)):
        if facts.get(key):
            lines.append(line.format(text=facts.get(key)))
    lines.append(w.POST_CONTACT.format(text=facts.get("contact", w.NO_CONTACT)))
    return "\n".join([*lines, *([facts.get("signer")] if facts.get("signer") else []), w.POST_PICTURE])


def script(facts: Facts) -> str:
    """A script for a short video: what draws in, a shot for each note, what the viewer shall do."""
    subject = facts.get("subject", w.NO_SUBJECT)
    spoken = [capital(subject), *map(capital, facts.notes)]
    call = ", ".join(facts.get(key) for key in ("time", "place", "price", "contact") if facts.get(key))
    scenes = [w.SCENE_FIRST, *[w.SCENE_NEXT] * max(1, len(spoken) - 1), w.SCENE_LAST]
    said = [*spoken, *([w.NO_WORDS] if len(spoken) == 1 else []), capital(call) or w.CALL]
    shots = [w.SHOT.format(scene=scene, words=text) for scene, text in zip(scenes, said, strict=True)]
    head = w.SCRIPT_TITLE.format(subject=subject), w.SCRIPT_LENGTH.format(length=facts.get("length", w.NO_LENGTH))
    return "\n".join(head) + "\n\n" + "\n\n".join(shots)


def listed(facts: Facts) -> list[str]:
    """The notes, and the facts that have no line of their own in a message."""
    shown = {"receiver", "signer", "agency", "subject", "time", "place"}
    return [*facts.notes, *(value for key, value in facts.said.items() if key not in shown)]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
