"""Messages, posts and scripts: forms without an office."""

from hub_config.services.ai.practice.papers import wording as w
from hub_config.services.ai.practice.papers.facts import Facts


def message(facts: Facts, short: bool) -> str:
    """A notice or message of a few labelled lines; in one line when it shall be short."""
    receiver, sender = facts.get("receiver", w.NO_RECEIVER), facts.get("signer") or facts.get("agency", w.NO_SENDER)
    own = () if facts.get("signer") else ("agency",)
    subject = facts.get("subject", w.NO_SUBJECT)
    time, place = facts.get("time", w.NO_TIME), facts.get("place", w.NO_PLACE)
    notes = [*facts.notes, *facts.others("receiver", "signer", "subject", "time", "place", *own)]
    if short:
        line = w.SHORT_MESSAGE.format(receiver=capital(receiver), task=subject, time=time, place=place, sender=sender)
        return "\n".join([line, *(f"- {note}" for note in notes)])
    text = w.MESSAGE.format(kind=facts.kind.upper(), receiver=receiver, task=subject, time=time, place=place)
    return "\n".join([text, *([w.NOTES] if notes else []), *(f"- {note}" for note in notes), sender])


def post(facts: Facts) -> str:
    """A post for a social network: its matter first, a point a line, then how to come or to buy."""
    lines = [capital(facts.get("subject", w.NO_SUBJECT)), ""]
    others = facts.others("subject", "price", "time", "place", "contact", "signer")
    lines += [f"- {capital(note)}" for note in (*facts.notes, *others)]
    for key, line in (("price", w.POST_PRICE), ("time", w.POST_TIME), ("place", w.POST_PLACE)):
        if facts.get(key):
            lines.append(line.format(text=facts.get(key)))
    lines.append(w.POST_CONTACT.format(text=facts.get("contact", w.NO_CONTACT)))
    return "\n".join([*lines, *([facts.get("signer")] if facts.get("signer") else []), w.POST_PICTURE])


def script(facts: Facts) -> str:
    """A script for a short video: what draws in, a shot for each note, what the viewer shall do."""
    subject = facts.get("subject", w.NO_SUBJECT)
    called = ("time", "place", "price", "contact")
    spoken = [capital(subject), *map(capital, (*facts.notes, *facts.others("subject", "length", *called)))]
    call = ", ".join(facts.get(key) for key in called if facts.get(key))
    scenes = [w.SCENE_FIRST, *[w.SCENE_NEXT] * max(1, len(spoken) - 1), w.SCENE_LAST]
    said = [*spoken, *([w.NO_WORDS] if len(spoken) == 1 else []), capital(call) or w.CALL]
    shots = [w.SHOT.format(scene=scene, words=text) for scene, text in zip(scenes, said, strict=True)]
    head = w.SCRIPT_TITLE.format(subject=subject), w.SCRIPT_LENGTH.format(length=facts.get("length", w.NO_LENGTH))
    return "\n".join(head) + "\n\n" + "\n\n".join(shots)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
