"""Readers' replies in each kind of markup."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.terms import Article, PageReply

from .conftest import PROSE

Read = Callable[..., Article]

WORDPRESS = """
<ol class="commentlist">
 <li class="comment even depth-1" id="comment-7"><div id="div-comment-7" class="comment-body">
  <div class="comment-author vcard"><cite class="fn">Tove</cite> <span class="says">says:</span></div>
  <div class="comment-meta"><a href="#comment-7">
<time datetime="2019-07-14T17:41:00+01:00">July 14, 2019 at 5:41 pm</time></a></div>
  <div class="comment-content"><p>They said so last year.</p><p>And the year before.</p></div>
  <div class="reply"><a>Reply</a></div></div>
  <ul class="children"><li class="comment depth-2" id="comment-8"><div class="comment-body"><cite class="fn">Henk</cite>
   <div class="comment-content"><p>True.</p></div></div></li></ul></li>
</ol>
<div id="respond" class="comment-respond"><form class="comment-form">
<label class="comment-form-author">Name *</label></form></div>
"""
BARE = """
<ul class="comment-list"><li class="comment" id="comment-9"><div class="comment-body">
<div class="comment-author"><strong>Tove</strong>
on <a href="#c">July 14, 2019 at 10:12 am</a> said:</div><p>A fine ferry.</p></div></li></ul>
"""
SCHEMA = """
<div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Tove</span>
<span itemprop="datePublished" content="2019-07-14T14:15:08+03:00">14:15</span>
<div itemprop="text">A fine ferry.</div></div>
"""
MICROFORMATS = """
<div class="u-comment h-cite"><a class="p-author h-card">Tove</a>
<time class="dt-published" datetime="2019-07-14T10:12:00Z">x</time>
<div class="e-content">A fine ferry.</div></div>
"""
DATA = """
<script type="application/ld+json">{"@type":"NewsArticle","headline":"x",
"comment":[{"@type":"Comment","text":"A fine ferry.",
"author":{"@type":"Person","name":"Tove"},"datePublished":"2019-07-14T10:12:00Z"}]}</script>
"""


def test_wordpress_comments_with_replies_to_them(read: Read) -> None:
    article = read(foot=WORDPRESS)
    assert article.replies == (
        PageReply("Tove", "They said so last year.\nAnd the year before.", "2019-07-14T17:41:00+01:00"),
        PageReply("Henk", "True.", None),
    )
    assert article.text == "\n\n".join(PROSE)


@pytest.mark.parametrize(
    ("foot", "time", "where"),
    [
        (BARE, "2019-07-14T10:12", "comment markup"),
        (SCHEMA, "2019-07-14T14:15:08+03:00", "comment markup"),
        (MICROFORMATS, "2019-07-14T10:12:00Z", "comment markup"),
        (DATA, "2019-07-14T10:12:00Z", "json-ld"),
    ],
)
def test_other_markup(read: Read, foot: str, time: str, where: str) -> None:
    article = read(foot=foot)
    assert article.replies == (PageReply("Tove", "A fine ferry.", time),)
    assert article.evidence["replies"] == where
    assert "A fine ferry." not in article.text


def test_a_reply_form_is_no_reply(read: Read) -> None:
    article = read(
        foot='<div class="comment-entry"><span>0 replies</span></div><div class="comment_container"><h3>'
        "Leave a Reply</h3>"
        '<form class="comment-form"><p class="comment-form-author">Name *</p><textarea '
        'name="comment"></textarea></form></div>'
    )
    assert article.replies == ()


def test_an_article_of_class_comment_is_no_reply(read: Read) -> None:
    article = read(body=f'<div class="comment"><p>{PROSE[0]}</p></div>' + "".join(f"<p>{p}</p>" for p in PROSE[1:]))
    assert article.replies == ()
