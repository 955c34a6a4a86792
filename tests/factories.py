"""Record objects in one line, and an invented story to look at. Every place and person here is made up.

    statement = make_statement(content="“No tanker was harmed,”", speaker="Tomas Orrel")

Anything not given is made; words are given as words, and their spans are found in the article's text.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from onrecord import terms
from onrecord.record import edtf
from onrecord.record.addresses import content_hash, short_address, slugify, url_key
from onrecord.record.models import Article, ArticleVersion, Outlet, Person, Statement, Tag, Topic
from onrecord.record.people.join import add_role, create_person
from onrecord.record.people.names import body_key
from onrecord.record.search.entries import index
from onrecord.terms import Span

_number = count(1)

TEXT = (
    "Tomas Orrel, the spokesman of the Foreign Ministry of Kestria, said on Sunday: “No tanker was "
    "harmed in Port Aldane.”"
    "\n\nHe denied a report by the Harbour Wire that talks had begun."
)


def make_outlet(name: str = "The Aldane Courier", licence: str = Outlet.TextLicence.OWN, homepage: str = "") -> Outlet:
    """The outlet of this name, made if there is none."""
    outlet, _ = Outlet.objects.get_or_create(
        key=body_key(name)[:200] or name[:200],
        defaults={
            "name": name[:200],
            "slug": slugify(name),
            "text_licence": licence,
            "homepage": homepage or f"https://{slugify(name)}.example/",
        },
    )
    return outlet


def make_article(
    title: str = "Ministry: no tanker was harmed",
    text: str = TEXT,
    outlet: Outlet | str | None = "The Aldane Courier",
    published: str = "2031-07-13",
    tags: tuple[str, ...] = (),
    categories: tuple[str, ...] = (),
    **fields: Any,
) -> Article:
    """An article with its first version."""
    number = next(_number)
    outlet = make_outlet(outlet) if isinstance(outlet, str) else outlet
    day = date.fromisoformat(published[:10])
    url = fields.pop("url", f"https://news.example/{number}/{slugify(title)}")
    article = Article.objects.create(
        public_id=short_address("article", f"{url}#{number}"),
        key=url_key(url) if url.startswith("http") else f"key {number}",
        url=url,
        title=title,
        slug=fields.pop("slug", None) or _free_slug(title, day),
        permalink_on=day,
        outlet=outlet,
        published=published,
        published_on=day,
        published_at=datetime.combine(day, time(), UTC),
        **fields,
    )
    version = ArticleVersion.objects.create(
        article=article, number=1, title=title, text=text, content_hash=content_hash(title, text), model="test"
    )
    article.current = version
    article.save()
    for kind, names in ((Tag.Kind.TAG, tags), (Tag.Kind.CATEGORY, categories)):
        for name in names:
            article.tags.add(Tag.objects.get_or_create(kind=kind, slug=slugify(name), defaults={"name": name})[0])
    return article


def _free_slug(title: str, day: date) -> str:
    slug = slugify(title)
    return f"{slug}-{next(_number)}" if Article.objects.filter(permalink_on=day, slug=slug).exists() else slug


def make_person(name: str = "Tomas Orrel", kind: str = "person") -> Person:
    """The person of this name, made if there is none."""
    return Person.objects.filter(names__name=name).first() or create_person(name, kind)


def make_statement(
    article: Article | None = None,
    content: str | tuple[str, ...] = "“No tanker was harmed in Port Aldane.”",
    speaker: str = "Tomas Orrel",
    source: str = "",
    cue: str = "said",
    said_on: str = "",
    **fields: Any,
) -> Statement:
    """A statement in an article, by its words.

    Args:
        content: words of the article, or several stretches of them.
        speaker: full name; empty for one who is never named.
        source: the speaker as the article words it here, by default the name.
        fields: any further field; ``denied_claim``, ``addressee``, ``venue`` and ``said_on_words`` find their spans.
    """
    article = article or make_article()
    assert article.current
    text = article.text
    contents = [_span(text, words) for words in ([content] if isinstance(content, str) else content)]
    first = contents[0].start
    spans: dict[str, Span | None] = {"speaker": _near(text, source or speaker, first), "cue": _near(text, cue, first)}
    for name in ("denied_claim", "denied_claim_by", "addressee", "venue"):
        spans[name] = _span(text, fields[name]) if fields.get(name) else None
    spans["said_on"] = _near(text, fields.get("said_on_words", ""), first)
    places = [*contents, *(span for name, span in spans.items() if span and name in ("speaker", "cue"))]
    person = make_person(speaker, fields.get("speaker_type", "person")) if speaker else None
    first_day, last_day = edtf.bounds(said_on) if said_on else (None, None)
    n = fields.pop("n", article.statements.count() + 1)
    reading = terms.Statement(
        n=n,
        content=tuple(contents),
        cue=spans["cue"],
        speaker_span=spans["speaker"],
        kind=fields.get("kind", "direct"),
        act=fields.get("act", "deny" if fields.get("denies") else "say"),
        speaker=terms.Speaker(speaker or None, fields.get("speaker_type", "person"), fields.get("speaker_role")),
        said_on=said_on or None,
        said_on_basis=spans["said_on"] or ("inherited" if fields.get("said_on_inherited") else None),
        addressee=spans["addressee"],
        venue=spans["venue"],
        denies=terms.Denial(spans["denied_claim"], spans["denied_claim_by"]) if fields.get("denies") else None,
        confidence=fields.get("confidence", 0.93),
    )
    statement = Statement.objects.create(
        reading=reading.to_dict(),
        address=short_address(article.public_id, str(n), str(next(_number))),
        article=article,
        version=article.current,
        n=n,
        kind=fields.pop("kind", "direct"),
        act=fields.pop("act", "deny" if fields.get("denies") else "say"),
        person=fields.pop("person", person),
        speaker_name=speaker,
        speaker_words=source or speaker,
        words=" … ".join(span.of(text) for span in contents),
        content_spans=[span.to_list() for span in contents],
        cue=cue,
        start=min(span.start for span in places),
        end=max(span.end for span in places),
        said_on=said_on,
        said_from=first_day,
        said_to=last_day,
        published_on=article.published_on,
        confidence=fields.pop("confidence", 0.93),
        **{f"{name}_span": span.to_list() if span else None for name, span in spans.items()},
        **fields,
    )
    if person and statement.speaker_role:
        add_role(person, statement.speaker_role, article, first_day or article.published_on)
    index([statement.pk])
    return statement


def make_topic(name: str = "Tankers", query: str = "tanker", **fields: Any) -> Topic:
    return Topic.objects.create(name=name, slug=slugify(name), query=query, **fields)


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _near(text: str, words: str, place: int) -> Span | None:
    """Where the words stand nearest to a place; ``None`` where they do not."""
    starts = [i for i in range(len(text)) if text.startswith(words, i)] if words else []
    if not starts:
        return None
    start = min(starts, key=lambda i: abs(i - place))
    return Span(start, start + len(words))


def make_story() -> None:
    """Three outlets over several weeks: a report, denials, a reversal, a republished copy and an alias."""
    report = make_article(
        "Kestria and Norland in secret talks over the strait, sources say",
        "Officials of Kestria and Norland have met twice in secret to discuss the closure of the Aldane Strait, "
        "two diplomats told the Harbour Wire on Friday.\n\n"
        "“They have been talking since April through a third country,” one of the diplomats said. "
        "The diplomats asked not to be named because the meetings are not public.\n\n"
        "A spokeswoman for the Norland government, Petra Lindqvist-Osei, declined to comment.",
        "Harbour Wire",
        "2031-07-11",
        tags=("Aldane Strait", "Talks"),
        byline=["Mira Sundal"],
    )
    make_outlet("Harbour Notes", Outlet.TextLicence.NONE)
    Outlet.objects.filter(slug="harbour-wire").update(text_licence=Outlet.TextLicence.NONE)
    make_statement(
        report,
        "Officials of Kestria and Norland have met twice in secret to discuss the closure of the Aldane Strait",
        "",
        "two diplomats",
        "told",
        "2031-07-11",
        kind="indirect",
        said_on_words="on Friday",
        addressee="the Harbour Wire",
        confidence=0.71,
    )
    make_statement(
        report,
        "“They have been talking since April through a third country,”",
        "",
        "one of the diplomats",
        "said",
        "2031-07-11",
        said_on_inherited=True,
        act="claim",
        confidence=0.64,
    )
    make_statement(
        report,
        "to comment",
        "Petra Lindqvist-Osei",
        "A spokeswoman for the Norland government, Petra Lindqvist-Osei",
        "declined",
        act="decline",
        kind="indirect",
        speaker_role="spokeswoman for the Norland government",
        confidence=0.58,
    )

    denial = make_article(
        "Foreign Ministry: no negotiations with Norland at any level",
        "The spokesman for Kestria’s Foreign Ministry says there are no talks with Norland at any level, denying media "
        "reports that officials had met in secret.\n\n"
        "Speaking to reporters in Port Aldane on Sunday, Tomas Orrel said, “Kestria is engaged in no negotiations with "
        "Norland at any level, direct or indirect. Whoever writes otherwise should name one meeting, one "
        "room, one day.”\n\n"
        "Orrel was reacting to reports alleging that the two governments had been talking through a third "
        "country since "
        "April.\n\n"
        "On May 29, President Ilena Vask ruled out talks, saying they would be “fruitless” and “a gift to those who "
        "closed the strait.”",
        "The Aldane Courier",
        "2031-07-13",
        tags=("Aldane Strait", "Talks", "Foreign policy"),
        categories=("Politics",),
        byline=["Jonas Abend"],
        posted_by="desk",
        section="Politics",
        language="en",
    )
    outer = make_statement(
        denial,
        "there are no talks with Norland at any level",
        "Tomas Orrel",
        "The spokesman for Kestria’s Foreign Ministry",
        "says",
        "2031-07-13",
        kind="indirect",
        denies=True,
        speaker_role="spokesman for Kestria’s Foreign Ministry",
        said_on_inherited=True,
        denied_claim="officials had met in secret",
        denied_claim_by="media reports",
    )
    make_statement(
        denial,
        "officials had met in secret",
        "",
        "media reports",
        "reports",
        kind="indirect",
        act="report",
        speaker_type="media",
        within=outer,
        confidence=0.77,
    )
    make_statement(
        denial,
        "“Kestria is engaged in no negotiations with Norland at any level, direct or indirect. Whoever "
        "writes otherwise "
        "should name one meeting, one room, one day.”",
        "Tomas Orrel",
        "Tomas Orrel",
        "said",
        "2031-07-13",
        denies=True,
        said_on_words="on Sunday",
        speaker_role="spokesman for Kestria’s Foreign Ministry",
        addressee="reporters",
        venue="Port Aldane",
        denied_claim="the two governments had been talking through a third country since April",
        denied_claim_by="reports",
    )
    make_statement(
        denial,
        "“fruitless” and “a gift to those who closed the strait.”",
        "Ilena Vask",
        "President Ilena Vask",
        "saying",
        "2031-05-29",
        kind="mixed",
        act="warn",
        speaker_role="President",
        said_on_words="On May 29",
    )
    copy = make_article(
        "Foreign Ministry: no negotiations with Norland at any level",
        denial.text,
        "Harbour Notes",
        "2031-07-14",
        slug="foreign-ministry-no-negotiations-2",
        credited_outlet=make_outlet("The Aldane Courier"),
        credited_date="2031-07-13",
        posted_by="aletta",
        original=denial,
        original_why="same text, credit line",
    )
    make_statement(
        copy,
        "there are no talks with Norland at any level",
        "Tomas Orrel",
        "The spokesman for Kestria’s Foreign Ministry",
        "says",
        "2031-07-13",
        kind="indirect",
        denies=True,
    )

    reversal = make_article(
        "Vask confirms contacts with Norland, calls them “technical”",
        "President Ilena Vask on Wednesday confirmed that envoys of Kestria had met officials of Norland, three weeks "
        "after her government denied any such contact.\n\n"
        "“There were technical conversations about shipping. They were not negotiations, and nobody gave "
        "anything away,” "
        "Vask told parliament.\n\n"
        "The leader of the opposition, Bram Teuling, accused the president of misleading the country. “We "
        "were told there "
        "was no room and no day. Now we know the room and the day,” he said.",
        "The Aldane Courier",
        "2031-08-06",
        tags=("Aldane Strait", "Talks", "Parliament"),
        categories=("Politics",),
        byline=["Jonas Abend", "Mira Sundal"],
        updated="2031-08-06T18:40:00+02:00",
    )
    make_statement(
        reversal,
        "envoys of Kestria had met officials of Norland",
        "Ilena Vask",
        "President Ilena Vask",
        "confirmed",
        "2031-08-06",
        kind="indirect",
        act="confirm",
        speaker_role="President",
        said_on_words="on Wednesday",
    )
    make_statement(
        reversal,
        "“There were technical conversations about shipping. They were not negotiations, and nobody gave "
        "anything away,”",
        "Ilena Vask",
        "Vask",
        "told",
        "2031-08-06",
        act="deny",
        denies=True,
        denied_claim="negotiations",
        speaker_role="President",
        addressee="parliament",
        said_on_inherited=True,
    )
    make_statement(
        reversal,
        "misleading the country",
        "Bram Teuling",
        "The leader of the opposition, Bram Teuling",
        "accused",
        "2031-08-06",
        kind="indirect",
        act="accuse",
        speaker_role="leader of the opposition",
    )
    make_statement(
        reversal,
        "“We were told there was no room and no day. Now we know the room and the day,”",
        "Bram Teuling",
        "he",
        "said",
        "2031-08-06",
        speaker_role="leader of the opposition",
    )
    _make_earlier_years()
    make_topic(
        "Talks between Kestria and Norland", "norland", description="What each side said about talks, and denied."
    )


def _make_earlier_years() -> None:
    """Older, shorter pieces, so that a timeline has something to zoom into."""
    sayings = (
        ("2029-03-02", "the strait will stay open", "promise", False),
        ("2029-11-20", "the harbour dues were raised without notice", "deny", True),
        ("2030-01-15", "pilots are short of rest", "warn", False),
        ("2030-01-22", "the shortage of pilots was an invention", "deny", True),
        ("2030-06-09", "new lights will be set before winter", "promise", False),
        ("2030-10-30", "a second channel should be dredged", "demand", False),
        ("2031-02-11", "ships of Norland were turned back", "deny", True),
        ("2031-04-18", "the closure is a matter of safety", "say", False),
    )
    for published, words, act, denies in sayings:
        article = make_article(
            f"Ministry on the strait: {words}",
            f"Tomas Orrel, then harbour commissioner of Port Aldane, {act}ed it on {published}: {words}.",
            "Kestria Gazette",
            published,
            tags=("Aldane Strait",),
        )
        make_statement(
            article,
            words,
            "Tomas Orrel",
            cue=f"{act}ed",
            said_on=published,
            kind="indirect",
            act=act,
            denies=denies,
            speaker_role="harbour commissioner of Port Aldane",
            denied_claim=words if denies else "",
        )
