"""An answer as one JSON object, in the shapes of the answer contract."""

from typing import Any

from kzbot.answers.model import Answer, Check, DatedMark, Evidence, Fact, Profile, Receipt
from kzbot.phrases import Phrases


def as_json(answer: Answer, phrases: Phrases) -> dict[str, Any]:
    """The answer as the contract's schema accepts it; `message` is rendered in the language of `phrases`."""
    made: dict[str, Any] = {
        "command": answer.command,
        "options": dict(answer.options),
        "status": answer.status,
        "message": phrases.say(answer.message, **answer.values),
        "generation": {"id": answer.generation, "articles": answer.articles},
        "items": [_evidence(item) for item in answer.items],
        "total": answer.total,
        "took_ms": answer.took_ms,
    }
    if answer.command == "timeline":
        made["undated"] = [_evidence(item) for item in answer.undated]
    if answer.missing:
        made["missing"] = list(answer.missing)
    if answer.choices:
        made["choices"] = list(answer.choices)
    if answer.matched_through:
        made["matched_through"] = [{"asked": m.asked, "used": m.used, "how": m.how} for m in answer.matched_through]
    if answer.receipt:
        made["receipt"] = _receipt(answer.receipt)
    if answer.profile:
        made["profile"] = _profile(answer.profile)
    if answer.checks:
        made["checks"] = [_check(one) for one in answer.checks]
    if answer.source:
        made["text"] = answer.source.text
        made["article"] = {
            "archived_url": answer.source.archived_url,
            "author": answer.source.author,
            "published_ground": answer.source.published_ground,
            "first_seen": answer.source.first_seen,
        }
    if answer.passage:
        made["passage"] = {"state": answer.passage.state, "old": answer.passage.old, "new": answer.passage.new}
    if answer.read_as:
        made["read_as"] = dict(answer.read_as)
    return made


def _evidence(item: Evidence) -> dict[str, Any]:
    made: dict[str, Any] = {
        "excerpt": item.excerpt,
        "in": item.where,
        "start": item.start,
        "end": item.end,
        "article": item.article,
        "file": item.file,
        "title": item.title,
        "title_basis": item.title_basis,
        "publisher": item.publisher,
        "url": item.url,
        "link": item.link,
        "published": item.published,
        "published_basis": item.published_basis,
        "address": item.address,
        "date": item.date,
        "dates": [_mark(dated) for dated in item.dates],
        "names": list(item.names),
        "highlights": [list(pair) for pair in item.highlights],
        "score": item.score,
    }
    if item.fit:
        made["fit"] = item.fit
    if item.event:
        made["event"] = item.event
    return made


def _check(check: Check) -> dict[str, Any]:
    made: dict[str, Any] = {"quotation": check.quotation, "verdict": check.verdict}
    if check.evidence:
        made["evidence"] = _evidence(check.evidence)
    if check.difference:
        made["difference"] = [{"op": one.op, "theirs": one.theirs, "source": one.source} for one in check.difference]
    return made


def _mark(dated: DatedMark) -> dict[str, Any]:
    mark = dated.mark
    made: dict[str, Any] = {
        "edtf": mark.edtf,
        "earliest": mark.earliest.isoformat() if mark.earliest else None,
        "latest": mark.latest.isoformat() if mark.latest else None,
        "words": mark.words,
        "start": mark.start,
        "end": mark.end,
        "basis": mark.basis,
        "anchor": mark.anchor,
        "modifier": mark.modifier,
        "planned": mark.planned,
    }
    if dated.fit:
        made["fit"] = dated.fit
    return made


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "generation": receipt.generation,
        "articles": receipt.articles,
        "years": receipt.years,
        "filters": dict(receipt.filters),
        "spellings": list(receipt.spellings),
        "nearest": list(receipt.nearest),
    }


def _profile(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "kind": profile.kind,
        "variants": list(profile.variants),
        "first": profile.first,
        "last": profile.last,
        "editions": [_fact(fact) for fact in profile.editions],
        "participants": [_fact(fact) for fact in profile.participants],
        "roles": [_fact(fact) for fact in profile.roles],
        "related": list(profile.related),
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "value": fact.value,
        "as": fact.capacity,
        "edition": fact.edition,
        "date": fact.date,
        "address": fact.address,
    }
