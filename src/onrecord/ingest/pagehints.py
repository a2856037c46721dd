"""What an element's tag, class and id say about the text in it: a caption, a byline, furniture ...

Names are split at hyphens, underscores and capitals first (``articleByline`` is "article byline"),
so that a pattern matches words: "ad" is no part of "header".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final, Literal

Hint = Literal[
    "aside",
    "byline",
    "caption",
    "comments",
    "credit",
    "embed",
    "figure",
    "furniture",
    "headline",
    "pullquote",
    "section",
    "standfirst",
]

_BY_TAG: Final[dict[str, Hint]] = {
    "figcaption": "caption",
    "amp-figcaption": "caption",
    "figure": "figure",
    "nav": "furniture",
    "footer": "furniture",
    "form": "furniture",
    "address": "byline",
    "aside": "aside",
}
_WORDS: Final[dict[Hint, str]] = {
    "embed": r"""
        twitter tweet|twitter video|instagram media|tweet|bluesky embed|tiktok embed|mastodon embed
    """,
    "comments": r"""
        comments?(?: \w+)?|commentlist|comment list|disqus\w*|respond|livefyre|coral talk
    """,
    "credit": r"""
        (?:photo|image|picture|media|caption|figure)? ?credits?|photographer|photo by|img source
        |image source|(?:caption|image|photo|figure) (?:source|copyright|author)
    """,
    "caption": r"""
        caption(?: text)?|figcaption|wp caption(?: text)?|cutline|photo (?:desc|description|text)
        |image (?:desc|description|text)
    """,
    "pullquote": r"""
        pull ?quotes?(?: \w+)*|quote ?box|blockquote pull
    """,
    "byline": r"""
        by ?lines?|author(?: (?:name|info|line|link|meta))?|authors|article by|dateline author|writer
        |contributors?
    """,
    "standfirst": r"""
        stand ?first|dec?k|sub ?title|sub ?head ?line|sub ?line
        |article (?:summary|intro|lead|excerpt|description|teaser|subtitle)|entry summary
        |story (?:summary|intro)|(?:post|entry|page) (?:subtitle|excerpt|intro)
    """,
    "headline": r"""
        headline|entry title|post title|article title|story title|page title
    """,
    "section": r"""
        kicker|eye ?brow|section (?:name|label|title|link)|bread ?crumbs?|article (?:section|category)
        |category (?:name|label)|rubric
    """,
    "furniture": r"""
        related(?: \w+)*|recirc\w*|recommend(?:ed|ations?)|read (?:more|also|next)|also (?:read|on|see)
        |see also|more (?:stories|from|on|news)|most (?:read|popular|viewed)|trending|popular
        |news ?letters?|sign ?up|subscri(?:be|ption)(?: \w+)*|promos?(?: \w+)*|promotion|cta|share
        |sharing|shares|share ?(?:bar|tools|buttons?|links)|social
        |social (?:share|bar|links|icons|buttons|follow)|sharedaddy|addthis\w*|ads?
        |advert(?:s|isements?|ising|orial)?|sponsor(?:ed|s)?|taboola\w*|outbrain\w*|dfp|tags?
        |tag (?:list|links|cloud)|topics|keywords|nav|navbar|navigation|menu|sidebar|side bar|rail|footer
        |cookies?|consent|gdpr|paywall|print only|tool ?(?:bar|tip|box)|follow(?: us)?
        |author ?(?:bio|box|card|profile|description)|about author|bio
        |post ?(?:info|meta|nav|navigation|footer|tags)|entry (?:meta|footer|utility)|timestamp|pub ?date
        |published|date ?time|estimated read time|read(?:ing)? time|widget area|modal|pop ?up|overlay
        |banner|teasers?|carousel|slideshow nav|pagination|pager|jump ?to|skip link|screen reader text
        |sr only|visually hidden|upsell
    """,
}
_BY_NAME: Final[tuple[tuple[Hint, re.Pattern[str]], ...]] = tuple(
    (hint, re.compile(rf"\b(?:{''.join(line.strip() for line in words.splitlines())})\b"))
    for hint, words in _WORDS.items()
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SEPARATORS = re.compile(r"[^A-Za-z0-9]+")


def hints(element: Any) -> tuple[Hint, ...]:
    """Return what an element's tag, role, class and id say, in no particular order."""
    by_tag = _BY_TAG.get(element.tag)
    found: tuple[Hint, ...] = (by_tag,) if by_tag else ()
    names = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("itemprop"))))
    return found + _named(names[:500]) if names else found


@lru_cache(maxsize=4096)
def _named(names: str) -> tuple[Hint, ...]:
    words = " ".join(_SEPARATORS.sub(" ", _HUMP.sub(" ", name)).strip().lower() for name in names.split())
    return tuple(hint for hint, pattern in _BY_NAME if pattern.search(words))
