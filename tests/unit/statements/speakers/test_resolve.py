"""Who said it, on short texts about invented people and bodies."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.settings import load
from onrecord.statements.speakers import resolve_speakers
from onrecord.terms import Article, Span, Statement

PORT = (
    "Harbour talks stall\n\n"
    "Transport Minister Ada Quill denied on Monday that the port would be sold, telling reporters in Velmora that "
    "reports of a buyer were “pure fiction.”\n\n"
    "“Nobody has made an offer,” she said. “Nobody will.”\n\n"
    "Bernard Holt, a spokesman for Northgate Shipping Corp., said the company had never asked for the port. Northgate "
    "Shipping said it would publish its letters. Mr. Holt declined to name the author.\n\n"
    "The minister said the letters were forged. Officials said nothing more."
)


def statement(n: int, text: str, source: str | None, content: str, nth: int = 0) -> Statement:
    """A skeleton: the ``nth`` occurrence of the source words, and the content after it or anywhere."""
    span = None
    if source is not None:
        start = -1
        for _ in range(nth + 1):
            start = text.index(source, start + 1)
        span = Span(start, start + len(source))
    at = text.index(content)
    return Statement(n=n, content=(Span(at, at + len(content)),), speaker_span=span)


def speakers(
    text: str, *sources: tuple[str | None, str] | tuple[str, str, int], byline: tuple[str, ...] = ()
) -> list[Statement]:
    skeletons = [statement(n, text, *source) for n, source in enumerate(sources, 1)]
    return resolve_speakers(Article(id="invented", text=text, byline=byline), skeletons)


def test_names_surnames_pronouns_titles_and_roles_are_one_person() -> None:
    found = speakers(
        PORT,
        ("Transport Minister Ada Quill", "that the port would be sold"),
        ("she", "“Nobody has made an offer,”"),
        ("Bernard Holt, a spokesman for Northgate Shipping Corp.", "the company had never asked for the port"),
        ("Mr. Holt", "to name the author"),
        ("The minister", "the letters were forged"),
    )
    assert [s.speaker.name for s in found] == ["Ada Quill", "Ada Quill", "Bernard Holt", "Bernard Holt", "Ada Quill"]
    assert {s.speaker.type for s in found} == {"person"}
    assert found[4].speaker.role == "Transport Minister"
    assert found[3].speaker.role is not None
    assert found[3].speaker.role.startswith("spokesman for Northgate Shipping")


def test_a_company_keeps_its_fullest_name() -> None:
    (found,) = speakers(PORT, ("Northgate Shipping", "it would publish its letters", 1))
    assert found.speaker.name == "Northgate Shipping Corp."
    assert found.speaker.type == "organization"


def test_unnamed_people_stay_unnamed_with_their_role() -> None:
    (found,) = speakers(PORT, ("Officials", "nothing more"))
    assert found.speaker.name is None
    assert found.speaker.type == "group"
    assert found.speaker.role == "Officials"


def test_a_statement_without_source_has_no_speaker() -> None:
    (found,) = speakers(PORT, (None, "the letters were forged"))
    assert found.speaker.name is None


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Her spokesman", None),
        ("Tessa Marlow’s lawyer", None),
        ("A friend of Tessa Marlow", None),
        ("Tessa Marlow", "Tessa Marlow"),
    ],
)
def test_who_belongs_to_a_person_is_not_that_person(mention: str, name: str | None) -> None:
    text = f"Tessa Marlow arrived in Velmora on Friday.\n\n{mention} said the trial was unfair."
    (found,) = speakers(text, (mention, "the trial was unfair", text.count(mention) - 1))
    assert found.speaker.name == name


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Secretary of State Nadja Orlen", "Nadja Orlen"),
        ("Tessa Marlow’s campaign chairman, Pavel Orth,", "Pavel Orth"),
        ("Ivo “Tig” Maren", "Ivo Tig Maren"),
        ("Tessa Marlow Productions", "Tessa Marlow Productions"),
        ("Velmora-based Northgate Inc.", "Northgate Inc."),
    ],
)
def test_a_mention_is_the_bearer_of_the_name_at_its_head(mention: str, name: str) -> None:
    text = f"Tessa Marlow arrived in Velmora on Friday.\n\n{mention} said the trial was unfair."
    (found,) = speakers(text, (mention, "the trial was unfair"))
    assert found.speaker.name == name


def test_a_country_of_which_nobody_heard_is_not_he() -> None:
    text = (
        "The talks with Norvane went on in Velmora.\n\nOn Friday, Deputy Minister Henrik Sole met Norvane’s Trade "
        "Minister Sigrun Hald in Dray, where he rejected rumors of a sale."
    )
    (found,) = speakers(text, ("he", "rumors of a sale", text[: text.index("he rejected")].count("he")))
    assert found.speaker.name == "Henrik Sole"


def test_a_description_that_stands_for_someone_is_their_role() -> None:
    text = (
        "Ilse Marant told reporters in Velmora that the port would stay. “Nobody has made an offer,” Marant said.\n\n"
        "The spokeswoman said there were no talks."
    )
    found = speakers(
        text,
        ("Ilse Marant", "that the port would stay"),
        ("Marant", "“Nobody has made an offer,”", 1),
        ("The spokeswoman", "there were no talks"),
    )
    assert [(s.speaker.name, s.speaker.role) for s in found] == [("Ilse Marant", "spokeswoman")] * 3


def test_a_description_before_the_name_is_the_role() -> None:
    text = (
        "There were no talks about the port, the Harbour Ministry’s spokeswoman said on Friday.\n\n"
        "“Nobody has made an offer,” Ilse Marant told reporters."
    )
    found = speakers(
        text,
        ("the Harbour Ministry’s spokeswoman", "There were no talks about the port"),
        ("Ilse Marant", "“Nobody has made an offer,”"),
    )
    assert [s.speaker.name for s in found] == ["Ilse Marant", "Ilse Marant"]
    assert {s.speaker.role for s in found} == {"Harbour Ministry’s spokeswoman"}


def test_a_role_is_no_fragment_and_keeps_the_words_before_the_name() -> None:
    text = "Registered nurse Emmy Lorne spoke in Velmora, and aides to Tessa Marlow listened. Marlow said it was late."
    found = speakers(text, ("Registered nurse Emmy Lorne", "it was late"), ("Marlow", "it was late", 1))
    assert [s.speaker.role for s in found] == ["Registered nurse", None]


def test_joint_speakers_are_listed_by_their_full_names() -> None:
    text = (
        "Oscar Brandt met Helen Fairley in Velmora on Friday.\n\n"
        "Brandt and Fairley said the border would open. “It is time,” Helen Fairley said."
    )
    (found,) = speakers(text, ("Brandt and Fairley", "the border would open"))
    assert found.speaker.name == "Oscar Brandt and Helen Fairley"
    assert found.speaker.type == "group"


def test_i_inside_a_quotation_is_who_is_quoted() -> None:
    text = "Helen Fairley rejected the plan. “I have said that this will fail,” Fairley said on Friday."
    outer = statement(1, text, "Fairley", "“I have said that this will fail,”", 1)
    inner = statement(2, text, "I", "this will fail")
    inner = Statement(
        n=2, content=inner.content, speaker_span=Span(text.index("I have"), text.index("I have") + 1), within=1
    )
    found = resolve_speakers(Article(id="invented", text=text), [outer, inner])
    assert [s.speaker.name for s in found] == ["Helen Fairley", "Helen Fairley"]


def test_an_acronym_is_spelled_out() -> None:
    text = (
        "The Velmora Fisheries Commission (VFC) met on Friday.\n\n"
        "Boats stayed in port. The VFC said the ban would last."
    )
    (found,) = speakers(text, ("The VFC", "the ban would last"))
    assert found.speaker.name == "Velmora Fisheries Commission"


def test_gender_tells_two_people_apart() -> None:
    text = "Susan Albright met Thomas Keller on Friday. She said the talks were useful. He said they were not."
    found = speakers(text, ("She", "the talks were useful"), ("He", "they were not"))
    assert [s.speaker.name for s in found] == ["Susan Albright", "Thomas Keller"]


def test_spans_a_little_wrong_change_nothing() -> None:
    exact = PORT.index("Ada Quill")
    content = (Span(exact + 30, exact + 50),)
    for start, end in ((exact, exact + 9), (exact - 9, exact + 9), (exact, exact + 16), (exact + 4, exact + 9)):
        found = resolve_speakers(Article(id="x", text=PORT), [Statement(1, content, speaker_span=Span(start, end))])
        assert found[0].speaker.name == "Ada Quill"


def test_everything_else_of_a_statement_is_kept() -> None:
    before = Statement(3, (Span(0, 7),), cue=Span(8, 13), act="deny", said_on="2021-03-08", confidences={"act": 0.5})
    (after,) = resolve_speakers(Article(id="x", text=PORT), [before])
    assert (after.n, after.cue, after.act, after.said_on) == (3, before.cue, "deny", "2021-03-08")
    assert after.confidences["act"] == 0.5
    assert 0 <= after.confidences["speaker"] <= 1


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "“”", "… — ’s", "A", "Mr.", "the the the"])
def test_texts_with_nothing_in_them(text: str) -> None:
    whole = Span(0, len(text))
    found = resolve_speakers(Article(id="x", text=text), [Statement(1, (whole,), speaker_span=whole, cue=whole)])
    assert len(found) == 1


_PIECES = st.sampled_from(
    [
        "Ada Quill",
        "said",
        "“",
        "”",
        '"',
        "’s",
        ",",
        "and",
        "the",
        "The",
        ".",
        "\n\n",
        " ",
        "Mr.",
        "VFC",
        "(",
        "-",
        "he",
        "\u202e",
        "\x00",
        "I",
        "of",
    ]
)


@given(st.lists(_PIECES, max_size=40), st.data())
def test_any_text_and_any_spans(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces)
    ends = st.integers(0, len(text))
    spans = [Span(*sorted((data.draw(ends), data.draw(ends)))) for _ in range(4)]
    skeletons = [Statement(i, (spans[i], spans[3 - i]), cue=spans[3 - i], speaker_span=spans[i]) for i in range(4)]
    article = Article(id="x", text=text)
    assert resolve_speakers(article, skeletons) == resolve_speakers(article, skeletons)


@pytest.mark.parametrize("piece", ["Ada Quill, ", "and ", "the ", "A.", "''", "“Quill ", "Quill-", "Co. ", "of the "])
def test_long_monotonous_text_takes_no_time(piece: str) -> None:
    text = piece * 4000
    spans = [Span(i * 100, i * 100 + 60) for i in range(20)]
    skeletons = [Statement(i, (span,), speaker_span=span) for i, span in enumerate(spans, 1)]
    began = time.process_time()
    resolve_speakers(Article(id="x", text=text), skeletons)
    assert time.process_time() - began < 5


def test_the_example_page() -> None:
    page = Path(str(load().data)) / "example" / "aletho-news-page.txt"
    if not page.is_file():
        pytest.skip("the example page is not here; set ONRECORD_DATA to the folder that holds it")
    text = page.read_text(encoding="utf8")
    found = speakers(
        text,
        ("Abbas Mousavi", "“The Islamic Republic of Iran is engaged in no negotiations"),
        ("media outlets", "that Iran has been in talks with the US"),
        ("Ayatollah Seyyed Ali Khamenei", "the possibility of talks between Tehran and Washington"),
        ("the Leader", "“The Islamic Republic of Iran will absolutely not sit for talks"),
        ("Abbas Araqchi", "recent claims about the beginning of negotiations"),
        ("the Iranian diplomat", "“The Islamic Republic of Iran is ready"),
        ("Iran’s President Hassan Rouhani", "Washington’s claims"),
        ("the president", "“the US does not possess the willingness for negotiations at all,”"),
    )
    assert [s.speaker.name for s in found] == [
        "Abbas Mousavi",
        None,
        *["Seyyed Ali Khamenei"] * 2,
        *["Abbas Araqchi"] * 2,
        *["Hassan Rouhani"] * 2,
    ]
    assert found[5].speaker.role == "Iranian Deputy Foreign Minister for Political Affairs"
