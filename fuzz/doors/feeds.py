"""A feed (RSS, Atom, RDF, JSON) or a sitemap in a file; nothing is fetched."""

from __future__ import annotations

from onrecord.errors import OnrecordError
from reading_in_process import documents

__all__ = ["SEEDS", "TOKENS", "OnrecordError", "take"]

_STORY = "The mayor of Tarn said on Monday that the bridge would open in May, two years after it was closed."
SEEDS = [
    f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Tarn Mail</title><link>https://tarnmail.example/</link>
<item><title>Bridge &amp;amp; toll</title><link>https://tarnmail.example/b</link><dc:creator><![CDATA[Ana]]></dc:creator>
<pubDate>Thu, 02 May 2024 10:00:00 GMT</pubDate><description>{_STORY}</description>
<content:encoded><![CDATA[<p>{_STORY}</p>]]></content:encoded></item></channel></rss>""".encode(),
    f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-gb" xml:base="https://tarnmail.example/"><title>Mail</title>
<link rel="self" href="/atom.xml"/><author><name>Ana Belt</name></author><entry><id>tag:1</id><title>B</title>
<link rel="alternate" href="bridge"/><updated>2024-05-09T10:00:00Z</updated><summary>{_STORY}</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{_STORY}</p></div></content></entry></feed>""".encode(),
    f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><title>Mail</title></channel><item rdf:about="y"><title>Bridge</title><link>https://tarnmail.example/b</link>
<description>{_STORY}</description></item></rdf:RDF>""".encode(),
    f"""{{"version":"https://jsonfeed.org/version/1.1","title":"Mail","items":[{{"id":"1","url":"/b","title":"Bridge",
"authors":[{{"name":"Ana"}}],"date_published":"2024-05-02","content_html":"<p>{_STORY}</p>"}}]}}""".encode(),
    b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://tarnmail.example/a</loc>
<lastmod>2024-05-02</lastmod></url></urlset>""",
    b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://t.example/1.xml</loc>
</sitemap></sitemapindex>""",
]
TOKENS = [
    b"<!DOCTYPE x [<!ENTITY a 'b'>", b"&a;", b"<item>", b"</item>", b"<entry>", b"<![CDATA[", b"]]>", b"type='xhtml'",
    b"type='base64'", b"xml:base='http://['", b"xmlns:a='b'", b"<link href='javascript:x'/>", b"file:///etc/passwd",
    b"&#0;",
    b"&#xFFFFFFFF;", b"&nbsp;", b"<?xml encoding='utf-16'?>", b"\xff\xfe", b"<guid>", b"<pubDate>", b"9999-99-99",
    b'"items":', b'"content_text":', b"null", b"[", b"{", b"<loc>", b"<urlset>",
]  # fmt: skip


def take(data: bytes) -> None:
    """Read what the list encloses."""
    list(documents(data, "feed.json" if data[:1] == b"{" else "feed.xml"))
