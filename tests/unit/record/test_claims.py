from __future__ import annotations

import pytest

from onrecord.record.actions import links, statements
from onrecord.record.actions.articles import store_record
from onrecord.record.actions.editor import Editor
from onrecord.record.actions.links import LinkError
from onrecord.record.claims import meaning_words
from onrecord.record.models import Claim, Stance, Statement
from onrecord.record.queries import claims_by_day
from onrecord.terms import Denial, Record
from unit.record.builders import article, said, span

pytestmark = pytest.mark.django_db
EDITOR = Editor("Vera Holm")
CLAIM = "officials had sold the northern pier to a foreign bank"


def deny(number: int, claim: str = CLAIM, published: str = "2031-03-10") -> Statement:
    text = f"Ada Quill denied on day {number} reports in the Gull Wire that {claim}."
    made = article(text, url=f"https://x.example/{number}", published=published, tags=(), title=f"Day {number}")
    denial = said(
        text,
        f"reports in the Gull Wire that {claim}",
        "Ada Quill",
        1,
        source="Ada Quill",
        cue="denied",
        act="deny",
        denies=Denial(span(text, claim), span(text, "reports in the Gull Wire")),
    )
    inner = said(text, claim, "Gull Wire", 2, source="the Gull Wire", act="report", kind="media", within=1)
    store_record(Record(made, (denial, inner)))
    return Statement.objects.get(article__url=made.url, n=1)


def affirm(number: int, words: str, published: str = "2031-03-09") -> Statement:
    text = f"Tomas Brandt told reporters that {words}."
    made = article(text, url=f"https://x.example/{number}", published=published, tags=(), title=f"Day {number}")
    store_record(Record(made, (said(text, words, "Tomas Brandt", source="Tomas Brandt", cue="told"),)))
    return Statement.objects.get(article__url=made.url)


def sides(claim: Claim) -> dict[str, set[str]]:
    shown = claim.stances.exclude(status="refused").select_related("statement__article")
    found: dict[str, set[str]] = {"affirms": set(), "denies": set()}
    for stance in shown:
        found[stance.side].add(f"{stance.statement.article.url[-1]}.{stance.statement.n}")
    return found


def test_words_that_any_sentence_has_make_no_claim() -> None:
    assert meaning_words("the report that it was so") == set()
    deny(1, "it")
    assert not Claim.objects.exists()


def test_a_denial_makes_a_claim_that_the_denied_report_affirms() -> None:
    denial = deny(1)
    claim = Claim.objects.get()
    assert claim.words == CLAIM
    assert sides(claim) == {"denies": {"1.1"}, "affirms": {"1.2"}}
    assert {stance.status for stance in claim.stances.all()} == {"suggested"}
    assert denial.denied_claim_by == "reports in the Gull Wire"


def test_the_same_claim_in_other_articles_of_the_same_weeks_is_one() -> None:
    deny(1)
    deny(2, "the northern pier had been sold to a foreign bank by officials")
    deny(3, "the southern lighthouse keepers were paid in foreign coins")
    deny(4, published="2032-03-10")
    assert sorted(len(sides(claim)["denies"]) for claim in Claim.objects.all()) == [1, 1, 2]


def test_who_affirms_a_claim_elsewhere_is_found_whichever_comes_first() -> None:
    affirm(5, "officials sold the northern pier to a foreign bank in winter")
    deny(1)
    affirm(6, "a foreign bank had been sold the northern pier by officials")
    affirm(7, "the northern pier needs paint")
    assert sides(Claim.objects.get())["affirms"] == {"1.2", "5.1", "6.1"}


def test_an_editor_confirms_and_refuses_ties_and_undoes_it() -> None:
    far = affirm(5, "officials sold the northern pier to a foreign bank in winter")
    denial = deny(1)
    claim = Claim.objects.get()
    with pytest.raises(LinkError, match="confirmed or refused"):
        links.judge(claim, far, "suggested", EDITOR, "x")
    with pytest.raises(LinkError, match="why"):
        links.judge(claim, far, "refused", EDITOR, "")
    refused = links.judge(claim, far, "refused", EDITOR, "another pier")
    assert refused
    assert "5.1" not in sides(claim)["affirms"]
    statements.confirm(far, EDITOR)
    deny(2)
    assert "5.1" not in sides(claim)["affirms"], "what an editor refused stays refused"
    confirmed = links.judge(claim, denial, "confirmed", EDITOR, "read it")
    assert confirmed
    assert Stance.objects.get(statement=denial).status == "confirmed"
    for change in (refused, confirmed):
        statements.undo(change, EDITOR)
    assert {stance.status for stance in claim.stances.all()} == {"suggested"}
    with pytest.raises(LinkError, match="not tied"):
        links.judge(claim, affirm(7, "the northern pier needs paint"), "confirmed", EDITOR, "x")


def test_a_refused_claim_of_a_denial_is_not_its_claim_again() -> None:
    first, second = deny(1), deny(2)
    claim = Claim.objects.get()
    links.judge(claim, second, "refused", EDITOR, "meant the other pier")
    statements.confirm(second, EDITOR)
    assert sides(claim)["denies"] == {"1.1"}
    assert Claim.objects.count() == 2, "it denies something of its own"
    assert first.stances.get().claim == claim


def test_a_corrected_denial_moves_to_what_it_denies_and_an_empty_claim_goes() -> None:
    denial = deny(1)
    change = statements.correct(denial, "denied_claim", "sold the northern pier", EDITOR, "only that")
    assert change
    assert [claim.words for claim in Claim.objects.filter(stances__statement=denial)] == ["sold the northern pier"]
    statements.undo(change, EDITOR)
    assert [claim.words for claim in Claim.objects.filter(stances__statement=denial)] == [CLAIM]
    statements.correct(denial, "act", "say", EDITOR, "no denial")
    assert not denial.stances.exists()
    assert not Claim.objects.exists()


def test_claims_are_listed_with_how_often_they_are_denied() -> None:
    deny(1)
    deny(2)
    withdrawn = deny(3, "the southern lighthouse keepers were paid in foreign coins")
    statements.withdraw(withdrawn, EDITOR, "x")
    assert [(row.claim.words, row.denied, row.affirmed) for row in claims_by_day(10)] == [(CLAIM, 2, 2)]
