"""How fast search is over a million invented statements on SQLite: ``python bench/search.py``.

Fills a database of its own in bulk, with words drawn as words are (Zipf), asks queries of each shape, newest and best
first, and prints the time of each. Exit status 1 when the 95th percentile of some shape of filtered search takes more
than ``--limit`` milliseconds.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model

FIRST_DAY = date(2010, 1, 1)
DAYS = 5_000
VOCABULARY = 60_000
PEOPLE = 20_000
OUTLETS = 200
STATEMENTS_PER_ARTICLE = 12
BATCH = 24_000


def main() -> int:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-", dir=arguments.folder) as folder:
        _set_up(Path(folder))
        start = time.perf_counter()
        fill(arguments.statements, random.Random(arguments.seed))
        size = (Path(folder) / "bench.sqlite3").stat().st_size
        print(
            f"{arguments.statements:,} statements written in {time.perf_counter() - start:.0f} s, {size / 1e6:,.0f} MB"
        )
        worst = measure(arguments.queries, Invention(random.Random(arguments.seed)))
    print(f"slowest 95th percentile of filtered searches: {worst:.1f} ms (limit {arguments.limit:g} ms)")
    return int(worst > arguments.limit)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=100, help="of each shape")
    parser.add_argument("--limit", type=float, default=50.0, help="milliseconds")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="where the database is made; default: the system's")
    return parser.parse_args()


def _set_up(folder: Path) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "onrecord.site.conf"
    os.environ["ONRECORD_HOME"] = str(folder)
    os.environ["ONRECORD_DATABASE"] = str(folder / "bench.sqlite3")
    from onrecord.record.opening import open_record

    open_record()


class Invention:
    """Words, people and roles, the frequent ones far more often than the rest."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        syllables = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
        made = (
            "".join(chance.choice(syllables) for _ in range(chance.choice((1, 2, 2, 3, 3, 4)))) + chance.choice("nrlkt")
            for _ in iter(int, 1)
        )
        self.words = list(islice(dict.fromkeys(islice(made, VOCABULARY * 4)), VOCABULARY))
        weights = [1 / (rank + 3) for rank in range(len(self.words))]
        self._stock = chance.choices(self.words, weights, k=2_000_000)

    def text(self, length: int) -> str:
        start = self.chance.randrange(len(self._stock) - length)
        return " ".join(self._stock[start : start + length])

    def person(self) -> int:
        """1 to ``PEOPLE``, small numbers often."""
        return min(PEOPLE, int(self.chance.paretovariate(0.7)))


def fill(count: int, chance: random.Random) -> None:
    """Write ``count`` statements with their articles and search entries, in bulk and without Django's objects."""
    from django.db import connection

    from onrecord.record.models import Outlet, Person, PersonName

    made = Invention(chance)
    Outlet.objects.bulk_create(
        [Outlet(id=n, name=f"Outlet {n}", slug=f"outlet-{n}", key=f"outlet {n}") for n in range(1, OUTLETS + 1)]
    )
    names = [f"{made.words[n % 997].title()} {made.words[n * 2 + 1].title()}" for n in range(PEOPLE)]
    people = [Person(id=n + 1, public_id=f"p{n}", name=names[n], slug=f"p-{n}") for n in range(PEOPLE)]
    Person.objects.bulk_create(people, batch_size=5000)
    keys = [
        PersonName(person=p, name=p.name, key=p.name.lower(), family_key=p.name.lower().split()[-1]) for p in people
    ]
    PersonName.objects.bulk_create(keys, batch_size=5000)
    connection.ensure_connection()
    database = connection.connection
    database.execute("PRAGMA synchronous=OFF")
    rows = _rows(count, made)
    while batch := list(islice(rows, BATCH)):
        database.execute("BEGIN IMMEDIATE")
        for table in ("article", "articleversion", "statement", "searchentry"):
            some = [row[table] for row in batch if table in row]
            names_of = ", ".join(f'"{name}"' for name in some[0])
            marks = ", ".join("?" for _ in some[0])
            database.executemany(
                f"INSERT INTO record_{table} ({names_of}) VALUES ({marks})", [tuple(row.values()) for row in some]
            )
        database.execute("COMMIT")
    database.execute("INSERT INTO record_search(record_search) VALUES ('optimize')")
    database.execute("ANALYZE")


Row = dict[str, object]


def _rows(count: int, made: Invention) -> Iterator[dict[str, Row]]:
    """For each statement the row of each table that it begins: article and version with the first of an article."""
    from onrecord.record.models import Article, ArticleVersion, SearchEntry, Statement
    from onrecord.record.search import filters
    from onrecord.record.search.entries import entry_key
    from onrecord.terms import ACTS, KINDS

    chance = made.chance
    acts = chance.choices(ACTS, [60, 8, 4, 3, 6, 5, 4, 3, 1, 2, 6, 5, 1], k=100_000)
    roles = [made.text(3) for _ in range(2_000)]
    said_tokens = lru_cache(4_000)(lambda day: " ".join(filters.day_tokens("s", day, day)))
    published_tokens = lru_cache(4_000)(lambda day: " ".join(filters.day_tokens("p", day, day)))
    article_row, version_row = (
        _template(Article(slug="")),
        _template(ArticleVersion(number=1, text="", content_hash="")),
    )
    statement_row = _template(Statement(start=0, end=1, words=""))
    entry_row = _template(SearchEntry())
    day, title, outlet, pk = FIRST_DAY, "", 1, 0
    for number in range(1, count + 1):
        rows: dict[str, Row] = {}
        if number % STATEMENTS_PER_ARTICLE == 1:
            pk, outlet, title = pk + 1, chance.randint(1, OUTLETS), made.text(8)
            day = FIRST_DAY + timedelta(days=DAYS * number // count)
            rows["article"] = article_row | {
                "id": pk, "public_id": f"a{pk}", "key": f"a{pk}", "title": title, "slug": f"a{pk}",
                "permalink_on": day.isoformat(), "published_on": day.isoformat(), "outlet_id": outlet,
            }  # fmt: skip
            rows["articleversion"] = version_row | {"id": pk, "article_id": pk}
        act, kind, role, person = acts[number % len(acts)], chance.choice(KINDS), chance.choice(roles), made.person()
        said = day - timedelta(days=chance.choice((0, 1, 1, 2, 9)))
        words = made.text(chance.randint(6, 34))
        rows["statement"] = statement_row | {
            "id": number, "address": f"s{number}", "article_id": pk, "version_id": pk, "n": number, "kind": kind,
            "act": act, "denies": act == "deny", "words": words, "person_id": person, "speaker_role": role,
            "said_from": said.isoformat(), "said_to": said.isoformat(), "published_on": day.isoformat(),
        }  # fmt: skip
        tokens = [filters.EVERY, f"act_{act}", f"kind_{kind}", f"person_{person}", f"outlet_{outlet}"]
        tokens += [f"role_{word}" for word in role.split()] + [filters.DENIES] * (act == "deny")
        rows["searchentry"] = entry_row | {
            "key": entry_key(day, number), "statement_id": number, "words": words, "who": role, "context": title,
            "filters": " ".join((*tokens, said_tokens(said), published_tokens(day))),
        }  # fmt: skip
        yield rows


def _template(instance: Model) -> Row:
    """The columns of a table with the values of a new row, as SQLite takes them."""
    from django.db import connection

    return {
        str(field.column): field.get_db_prep_save(field.pre_save(instance, add=True), connection)
        for field in instance._meta.concrete_fields
    }


def shapes(made: Invention) -> dict[str, list[str]]:
    """Queries of each shape; ``filtered`` ones have a filter."""
    chance = made.chance

    def word(low: int, high: int) -> str:
        return made.words[chance.randrange(low, high)]

    def span() -> str:
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS - 400))
        return f"{day:%Y-%m-%d}..{day + timedelta(days=chance.choice((7, 45, 380))):%Y-%m-%d}"

    def person() -> str:
        return f"person:p-{made.person() - 1}"

    made_by: dict[str, object] = {
        "a common word": lambda: word(0, 30),
        "a rare word": lambda: word(3_000, 40_000),
        "two words": lambda: f"{word(0, 300)} {word(0, 3_000)}",
        "a phrase": lambda: f'"{made.text(2)}"',
        "the beginning of a word": lambda: f"{word(0, 3_000)[:4]}*",
        "excluding a common word": lambda: f"{word(0, 300)} -{word(0, 30)}",
        "filtered: a person": person,
        "filtered: a word, a person": lambda: f"{word(0, 300)} {person()}",
        "filtered: a word, denials": lambda: f"{word(0, 300)} denies:yes",
        "filtered: a word, act and kind": lambda: (
            f"{word(0, 300)} act:{chance.choice(('deny', 'accuse', 'say'))} kind:direct"
        ),
        "filtered: a word, an outlet": lambda: f"{word(0, 300)} outlet:outlet-{chance.randint(1, OUTLETS)}",
        "filtered: a word, said between": lambda: f"{word(0, 300)} said:{span()}",
        "filtered: published between": lambda: f"published:{span()}",
        "filtered: all of them": lambda: f"{word(0, 100)} {person()} act:say outlet:outlet-3 said:{span()}",
        "filtered: no denials": lambda: f"{word(0, 300)} denies:no",
    }
    return {shape: [make() for _ in range(200)] for shape, make in made_by.items()}  # type: ignore[operator]


def measure(count: int, made: Invention) -> float:
    """Time each shape; returns the worst 95th percentile of the filtered ones, newest first."""
    from onrecord.record.search import Order, search

    worst = 0.0
    print(
        "\nmilliseconds for a whole search with its count and 20 hits; CPU tells what other work on the machine hides"
    )
    print(f"{'query':34}{'order':8}{'median':>8}{'p95':>8}{'worst':>8}{'p95 CPU':>10}")
    orders: tuple[Order, ...] = ("newest", "best")
    for shape, queries in shapes(made).items():
        for order in orders:
            times, processor = [], []
            for query in queries[:count]:
                start, start_processor = time.perf_counter(), time.process_time()
                search(query, order)
                processor.append((time.process_time() - start_processor) * 1000)
                times.append((time.perf_counter() - start) * 1000)
            p95 = quantiles(times, n=20)[-1]
            p95_processor = quantiles(processor, n=20)[-1]
            print(f"{shape:34}{order:8}{median(times):8.1f}{p95:8.1f}{max(times):8.1f}{p95_processor:10.1f}")
            if shape.startswith("filtered"):
                worst = max(worst, p95)
    return worst


if __name__ == "__main__":
    sys.exit(main())
