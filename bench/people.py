"""Who is taken for whom across articles: ``python -m bench people``.

Stores the annotated articles (setting ``data``) with their annotated speakers, in order of publication, in a record of
its own, and compares the people that come out with the names. A full name is held to be one person throughout, two full
names that differ to be two people: the annotation ties nobody across articles, so two people of one full name are not
seen here, and a person whom two articles call by different names counts as two.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.table import table
from onrecord.settings import load
from onrecord.terms import Article, Record, Span, Speaker, Statement

FILES = ("train", "dev")
MOST_SHOWN = 40

People = dict[int, set[str]]
"""Person in the record -> annotated names that it stands for."""


def main() -> int:
    gold = load().data / "gold"
    if not (gold / "train.jsonl").exists():
        print(f"Not measured: there are no annotated articles in {gold}. Set ONRECORD_DATA.")
        return 0
    articles = [
        json.loads(line) for name in FILES for line in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    with tempfile.TemporaryDirectory(prefix="onrecord-people-") as folder:
        counts, cases = _measure(articles, Path(folder))
    print(
        table(
            "People joined across annotated articles",
            ("what", "count"),
            counts,
            note="Below: what went wrong, and whom a name alone was taken for.",
        )
    )
    for case in cases[:MOST_SHOWN]:
        print(f"  {case}")
    return 0


def _measure(articles: list[dict[str, Any]], folder: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """Rows of the table, and the cases that went wrong."""
    names = _stored(articles, folder / "people.sqlite3")
    of_name: dict[str, set[int]] = defaultdict(set)
    for person, keys in names.items():
        for key in keys:
            of_name[key].add(person)
    several = {key for key, count in _articles_of(articles).items() if count > 1}
    joins = [sorted(keys) for keys in names.values() if _differ(keys)]
    splits = [key for key in sorted(several) if len(of_name[key]) > 1]
    alone = [key for key in of_name if " " not in key]
    counts = {
        "articles": len(articles),
        "full names": sum(" " in key for key in of_name),
        "full names that speak in several articles": len(several),
        "entries": len(names),
        "entries that stand for two different full names (false joins)": len(joins),
        "full names in several articles with more than one entry (splits)": len(splits),
        "family names or first names alone": len(alone),
        "of these, joined to a full name": sum(any(len(names[p]) > 1 for p in of_name[key]) for key in alone),
    }
    cases = [f"joined: {' + '.join(keys)}" for keys in joins]
    cases += [f"split: {key} ({len(of_name[key])} entries)" for key in splits]
    cases += [
        f"alone: {key} = {' + '.join(sorted(names[p] - {key})) or 'nobody else'}"
        for key in alone
        for p in sorted(of_name[key])
    ]
    return [(what, f"{count:,}") for what, count in counts.items()], cases


def _stored(articles: list[dict[str, Any]], database: Path) -> People:
    """Store the articles; returns who the record takes each annotated person for."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "onrecord.site.conf"
    os.environ["ONRECORD_HOME"], os.environ["ONRECORD_DATABASE"] = str(database.parent), str(database)
    from onrecord.record.opening import open_record

    open_record()
    from onrecord.record import models
    from onrecord.record.actions.articles import store_record
    from onrecord.record.people.names import name_key

    for row in sorted(articles, key=lambda row: (row["published"] or "", row["id"])):
        store_record(_record(row))
    people: People = defaultdict(set)
    said = models.Statement.objects.filter(speaker_type="person").exclude(speaker_name="").exclude(person=None)
    for person, name in said.values_list("person", "speaker_name").distinct():
        people[person].add(name_key(name))
    return dict(people)


def _articles_of(articles: list[dict[str, Any]]) -> dict[str, int]:
    """Full name -> articles in which such a person speaks."""
    from onrecord.record.people.names import name_key

    counts: dict[str, int] = defaultdict(int)
    for row in articles:
        speakers = (statement["speaker"] for statement in row["statements"])
        for key in {name_key(one["name"]) for one in speakers if one["name"] and one["type"] == "person"}:
            counts[key] += " " in key
    return counts


def _differ(keys: set[str]) -> bool:
    """Two full names, neither of which is a shorter form of the other."""
    full = sorted((key.split() for key in keys if " " in key), key=len)
    return any(not _is_form(one, other) for i, one in enumerate(full) for other in full[i + 1 :])


def _is_form(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(part in rest for part in short)


def _record(row: Mapping[str, Any]) -> Record:
    article = Article(
        id=row["id"],
        text=row["text"],
        url=row["url"],
        title=row["title"],
        outlet=row["outlet"],
        published=row["published"],
    )
    return Record(article, tuple(_statements(row)), model="annotated")


def _statements(row: Mapping[str, Any]) -> Iterator[Statement]:
    for one in row["statements"]:
        yield Statement(
            n=one["n"],
            content=tuple(Span(*span) for span in one["content"]),
            cue=Span(*one["cue"]) if one["cue"] else None,
            speaker_span=Span(*one["speaker_span"]) if one["speaker_span"] else None,
            kind=one["kind"],
            act=one["act"],
            speaker=Speaker(one["speaker"]["name"], one["speaker"]["type"], one["speaker"]["role"]),
            said_on=one["said_on"],
        )


if __name__ == "__main__":
    sys.exit(main())
