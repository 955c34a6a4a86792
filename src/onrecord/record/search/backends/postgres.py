"""Search on PostgreSQL: a tsvector beside the entries, written from the same tokens as SQLite's, under a GIN index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection

from onrecord.record.models import SearchEntry
from onrecord.record.search.expression import All, Any, Expression, Match, Where, Without

_LABELS: dict[Where, str] = {"anywhere": "ABC", "said": "AB", "filters": "D"}
_LAST_POSITION = 16383
_GAP = 2
"""Between two columns, so that no phrase runs from one into the next."""

CREATE = (
    "ALTER TABLE record_searchentry ADD COLUMN document tsvector",
    "CREATE INDEX record_search_document ON record_searchentry USING gin (document)",
)
DROP = ("DROP INDEX record_search_document", "ALTER TABLE record_searchentry DROP COLUMN document")


class PostgresBackend:
    """tsvector and tsquery, built from tokens and never from a reader's text."""

    def write(self, expression: Expression) -> str:
        match expression:
            case Match(where, tokens, is_prefix):
                return _phrase(tokens, _LABELS[where], is_prefix)
            case Any(parts):
                return _joined(" | ", [written for part in parts if (written := self.write(part))])
            case All(parts):
                written_parts = [self.write(part) for part in parts]
                return _joined(" & ", written_parts) if all(written_parts) else ""
            case Without(wanted, unwanted):
                wanted_words, unwanted_words = self.write(wanted), self.write(unwanted)
                return f"({wanted_words} & !({unwanted_words}))" if wanted_words and unwanted_words else wanted_words

    def keys_sql(self) -> str:
        return "SELECT key FROM record_searchentry WHERE document @@ %s::tsquery"

    def insert(self, entries: Sequence[SearchEntry]) -> None:
        SearchEntry.objects.bulk_create(entries)
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE record_searchentry SET document = %s::tsvector WHERE key = %s",
                [(document(entry), entry.key) for entry in entries],
            )

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM record_searchentry")

    def problem(self) -> str | None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM record_searchentry WHERE document IS NULL")
            (missing,) = cursor.fetchone()
        return f"{missing} entries have no search document" if missing else None


def document(entry: SearchEntry) -> str:
    """An entry as PostgreSQL writes a tsvector: ``'word':1A 'act_deny':16383D``."""
    return " ".join(_lexemes(entry))


def _lexemes(entry: SearchEntry) -> Iterator[str]:
    position = 0
    for label, words in (("A", entry.words), ("B", entry.who), ("C", entry.context)):
        position += _GAP
        for token in words.split():
            position = min(position + 1, _LAST_POSITION - 1)
            yield f"'{token}':{position}{label}"
    for token in entry.filters.split():
        yield f"'{token}':{_LAST_POSITION}D"


def _phrase(tokens: tuple[str, ...], labels: str, is_prefix: bool) -> str:
    written = [f"'{token}':{labels}" for token in tokens]
    if is_prefix:
        written[-1] = f"'{tokens[-1]}':*{labels}"
    return _joined(" <-> ", written)


def _joined(word: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({word.join(parts)})" if parts else ""
