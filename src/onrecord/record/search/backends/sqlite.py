"""Search on SQLite: an FTS5 table over the entries, which triggers keep in step."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DatabaseError, connection

from onrecord.record.models import SearchEntry
from onrecord.record.search.expression import All, Any, Expression, Match, Where, Without

_COLUMNS: dict[Where, str] = {"anywhere": "{words who context}", "said": "{words who}", "filters": "{filters}"}

CREATE = (
    "CREATE VIRTUAL TABLE record_search USING fts5("
    "words, who, context, filters, content='record_searchentry', content_rowid='key', "
    "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")",
    "CREATE TRIGGER record_search_insert AFTER INSERT ON record_searchentry BEGIN "
    "INSERT INTO record_search(rowid, words, who, context, filters) "
    "VALUES (new.key, new.words, new.who, new.context, new.filters); END",
    "CREATE TRIGGER record_search_delete AFTER DELETE ON record_searchentry BEGIN "
    "INSERT INTO record_search(record_search, rowid, words, who, context, filters) "
    "VALUES ('delete', old.key, old.words, old.who, old.context, old.filters); END",
    "CREATE TRIGGER record_search_update AFTER UPDATE ON record_searchentry BEGIN "
    "INSERT INTO record_search(record_search, rowid, words, who, context, filters) "
    "VALUES ('delete', old.key, old.words, old.who, old.context, old.filters); "
    "INSERT INTO record_search(rowid, words, who, context, filters) "
    "VALUES (new.key, new.words, new.who, new.context, new.filters); END",
)
DROP = (
    "DROP TRIGGER record_search_update",
    "DROP TRIGGER record_search_delete",
    "DROP TRIGGER record_search_insert",
    "DROP TABLE record_search",
)


class SqliteBackend:
    """FTS5. Its row number is the entry's key, so the newest matches come without sorting."""

    def write(self, expression: Expression) -> str:
        match expression:
            case Match(where, tokens, is_prefix):
                return f'{_COLUMNS[where]} : "{" ".join(tokens)}"{" *" if is_prefix else ""}'
            case Any(parts):
                return _joined(" OR ", [written for part in parts if (written := self.write(part))])
            case All(parts):
                written_parts = [self.write(part) for part in parts]
                return _joined(" AND ", written_parts) if all(written_parts) else ""
            case Without(wanted, unwanted):
                wanted_words, unwanted_words = self.write(wanted), self.write(unwanted)
                return f"({wanted_words} NOT {unwanted_words})" if wanted_words and unwanted_words else wanted_words

    def keys_sql(self) -> str:
        return "SELECT rowid AS key FROM record_search WHERE record_search MATCH %s"

    def insert(self, entries: Sequence[SearchEntry]) -> None:
        SearchEntry.objects.bulk_create(entries)

    def clear(self) -> None:
        with connection.cursor() as cursor:
            # Not by the delete trigger, which would trust an index that may be what is being mended.
            for statement in DROP:
                cursor.execute(statement)
            cursor.execute("DELETE FROM record_searchentry")
            for statement in CREATE:
                cursor.execute(statement)

    def problem(self) -> str | None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO record_search(record_search, rank) VALUES ('integrity-check', 1)")
        except DatabaseError as error:
            return f"the full-text table does not fit its entries ({error})"
        return None


def _joined(word: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({word.join(parts)})" if parts else ""
