"""How much of anything is read, and why. Input comes from strangers: every reader is bounded by one of these."""

from __future__ import annotations

from typing import Final

MAX_PAGE_BYTES: Final = 20_000_000
"""One page or article line, after decompression. The largest of 121 real news pages has 1 MB."""

MAX_RATIO: Final = 200
"""Bytes out for each byte in when decompressing. News pages shrink 3 to 12 times, listings up to 50; deflate ends at
1,032, and only a bomb comes near."""

RATIO_FREE_BYTES: Final = 64_000_000
"""Output up to which the ratio does not count: small repetitive files are no danger."""

MAX_SKIPPED_BYTES: Final = 1_000_000_000
"""A line that is too long is skipped up to here to find the next one; beyond it the rest of the file is given up."""

MAX_EXPORT_ITEM_BYTES: Final = 64_000_000
"""One post of a WordPress export with its comments: larger than a page, as a post may carry thousands of them."""

SNIFFED_BYTES: Final = 16_384
"""Beginning by which the form of input is told. WordPress exports open with 2 kB of comment."""

MAX_FEED_BYTES: Final = 50_000_000
"""One feed or sitemap after decompression: what the sitemap protocol allows."""

MAX_SITEMAPS: Final = 1_000
"""Sitemaps read for one sitemap index. The protocol allows 50,000 of 50,000 pages each: more than anyone fetches."""

MAX_SITEMAP_DEPTH: Final = 2
"""Index within an index: the protocol has none, some sites do."""

MAX_REDIRECTS: Final = 5
"""Hops followed for one URL; RFC 9309 asks for five for robots.txt, and real articles need at most three."""

MAX_ROBOTS_BYTES: Final = 512_000
"""Part of robots.txt that counts; RFC 9309 asks for at least 500 KiB."""

MAX_WAIT: Final = 60.0
"""Seconds that the fetcher waits for one host's Crawl-delay or Retry-After before it sets the URL aside instead."""

MAX_URL_LENGTH: Final = 8_000
"""Characters of a URL; RFC 9110 asks for 8,000 octets."""

MAX_RESUMES: Final = 1_000
"""Places tried to go on after damage in an archive: one error spoils one record; noise is not searched for ever."""
