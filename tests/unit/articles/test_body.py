"""The body and what stands around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.terms import Article

from .conftest import BODY, PROSE, TITLE

Read = Callable[..., Article]
TEXT = "\n\n".join(PROSE)


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"body": f"<h2>{TITLE}</h2>{BODY}"},
        {"body": f"<p>By Mira Sund</p><p>July 14, 2019</p>{BODY}"},
        {
            "body": f"{BODY}<p>READ MORE: Ten other ferries that still sail</p><p>Sign up for our newsletter to "
            "get it daily.</p>"
        },
        {"body": BODY.replace("</p>", '</p><p><a href="/x">VALMOREL WANTS THE FERRY TOO</a></p>', 1)},
        {
            "foot": '<ul class="more-stories"><li><a href="/1">A ship runs aground off Valmorel</a></li><li><a '
            'href="/2">A pier is built</a></li></ul>'
        },
        {
            "foot": '<div class="newsletter-box"><h3>Quay in your inbox</h3><p>Thanks for signing up! Keep an '
            "eye on your inbox.</p></div>"
        },
        {"body": f"{BODY}<p>Copyright 2019 Quay News, all rights reserved</p>"},
        {
            "body": BODY.replace(
                "Mira Sund", 'Mira Sund<span class="rollover-people-block"><span>Sund denies it again</span></span>'
            )
        },
        {"body": BODY.replace("Mira Sund", 'Mira Sund<span style="display: none">Sund denies it again</span>')},
    ],
)
def test_the_text_is_the_prose_alone(read: Read, parts: dict[str, str]) -> None:
    assert read(**parts).text == TEXT


def test_a_body_in_pieces_is_joined(read: Read) -> None:
    pieces = "".join(
        f'<div class="grid"><div class="story-body chunk"><p>{p} {p}</p></div><div class="ad">Buy</div></div>'
        for p in PROSE
    )
    article = read(body=pieces)
    assert all(paragraph in article.text for paragraph in PROSE)
    assert "Buy" not in article.text


def test_line_breaks_cut_paragraphs_only_after_a_sentence(read: Read) -> None:
    article = read(body=f"<p>{PROSE[0]}<br>{PROSE[1][:30]}<br>{PROSE[1][30:]}<br><br>{PROSE[2]}</p>")
    assert article.text.split("\n\n") == [PROSE[0], f"{PROSE[1][:30]} {PROSE[1][30:]}".replace("  ", " "), PROSE[2]]


def test_posts_quoted_from_a_network_stay(read: Read) -> None:
    post = (
        '<div class="social-media-embed"><blockquote class="twitter-tweet"><p>The ferry is not for '
        "sale, and never was.</p>— Mira Sund</blockquote></div>"
    )
    assert "The ferry is not for sale" in read(body=BODY + post).text


def test_invisible_characters_and_odd_spaces_are_gone(read: Read) -> None:
    article = read(body=BODY.replace("harbour council", "har\u00adbour\u00a0\u200bcoun\u202ecil\u0000"))
    assert article.text == TEXT


def test_right_to_left_prose_is_kept(read: Read) -> None:
    arabic = "قال رئيس مجلس الميناء إن العبّارة ليست للبيع هذا العام ولا العام المقبل، وإن المجلس سيجتمع بعد أسبوعين."
    assert arabic in read(body=f"<p>{arabic}</p>{BODY}").text


def test_table_rows_keep_their_cells_apart(read: Read) -> None:
    table = "<table><tr><td>Ostrel</td><td>12</td></tr><tr><td>Valmorel</td><td>9</td></tr></table>"
    assert "Ostrel 12" in read(body=BODY + table).text
