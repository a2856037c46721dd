"""Which lines each pattern takes and leaves, and how long it may take (NO2)."""

from __future__ import annotations

from functools import partial

import pytest

from clock import grows_at_most, takes_at_most
from onrecord.layout.linepatterns import (
    BREADCRUMB,
    BYLINE,
    CAPTION_LEAD,
    CORRECTION,
    CREDIT,
    DATED,
    DATELINE,
    FURNITURE,
    SECTION,
)

PATTERNS = {
    "DATELINE": DATELINE.match,
    "CREDIT": CREDIT.search,
    "CAPTION_LEAD": CAPTION_LEAD.match,
    "BYLINE": BYLINE.match,
    "DATED": DATED.match,
    "SECTION": SECTION.match,
    "BREADCRUMB": BREADCRUMB.match,
    "FURNITURE": FURNITURE.match,
    "CORRECTION": CORRECTION.match,
}


@pytest.mark.parametrize(
    ("paragraph", "dateline"),
    [
        ("KYIV (Reuters) — Rain fell.", "KYIV (Reuters) —"),
        ("WASHINGTON, May 3 (AP) - The mayor", "WASHINGTON, May 3 (AP) -"),
        ("BRUSSELS — The mayor", "BRUSSELS —"),
        ("(CNN)Rain fell.", "(CNN)"),
        ("LONDON, England (CNN) -- Rain", "LONDON, England (CNN) --"),
        ("Moscow, 3 May. /TASS/. The talks", "Moscow, 3 May. /TASS/."),
        ("KYIV. May 3 (Interfax-Ukraine) – The talks", "KYIV. May 3 (Interfax-Ukraine) –"),
        ("Mexico City (AFP) – Rain", "Mexico City (AFP) –"),
        ("ST. PAUL, Minn. — A mayor", "ST. PAUL, Minn. —"),
        ("NASHUA, N.H.—Nothing was settled", "NASHUA, N.H.—"),
        ("PARIS/BERLIN (Reuters) - Rain", "PARIS/BERLIN (Reuters) -"),
        ("SÃO PAULO — “No,” she said.", "SÃO PAULO —"),
        ("NEW YORK, May 3, 2024 /PRNewswire/ -- The Orlo Foundation", "NEW YORK, May 3, 2024 /PRNewswire/ --"),
        ("Brussels, 3 May 2024 — The mayor", "Brussels, 3 May 2024 —"),
        ("KYIV (Reuters) —", "KYIV (Reuters) —"),
        ("BELVAR (Velna) — Rain fell.", "BELVAR (Velna) —"),
        ("BELVAR, May 3 (VNA) - Rain fell.", "BELVAR, May 3 (VNA) -"),
        ("PORT BELVAR, 3 May 2024 (Velna) -- Rain fell.", "PORT BELVAR, 3 May 2024 (Velna) --"),
        ("TESK, March 10. /DRINFORM/. Rain fell.", "TESK, March 10. /DRINFORM/."),
        ("Tesk, 10 March /Drinform/ - Rain fell.", "Tesk, 10 March /Drinform/ -"),
        ("TESK /DRINFORM/. Rain fell.", "TESK /DRINFORM/."),
        ("TESK, March 10 (DRINFORM). Rain fell.", "TESK, March 10 (DRINFORM)."),
        ("TESK, March 10. (Drinform). Rain fell.", "TESK, March 10. (Drinform)."),
        ("TESK (Interfax). Rain fell.", "TESK (Interfax)."),
        ("(Reuters). Rain fell.", "(Reuters)."),
    ],
)
def test_a_dateline_ends_where_the_story_begins(paragraph, dateline):
    match = DATELINE.match(paragraph)
    assert match is not None
    assert match.group() == dateline


@pytest.mark.parametrize(
    "paragraph",
    [
        "NATO — the alliance that she left",
        "FILE - In this May 3 photo",
        "BREAKING — The mayor resigns",
        "Ana Ruiz (Labour) — who lost",
        "RUIZ: I think so.",
        "The Harbour (AP) said so",
        "BELVAR, May 3 (the day of the vote) - Rain fell.",
        "BELVAR, May 3 (VNA) said so",
        "ILVEN (LAUGHING). We wait.",
        "Harbour Fair, May 3 (Quay Hall). Bring a boat.",
        "ILVEN /MAYOR/ said so.",
        "The Harbour (AP). they said",
        "Rain fell on Monday — The End, they called it.",
    ],
)
def test_what_is_no_dateline(paragraph):
    assert DATELINE.match(paragraph) is None


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("A bridge. (AFP photo)", "(AFP photo)"),
        ("A bridge. (Illustrative photo)", "(Illustrative photo)"),
        ("A bridge. | Getty Images", "| Getty Images"),
        ("A bridge. | Jo Lee/AP Photo Bridge closed", "| Jo Lee/AP Photo"),
        ("A bridge. File photo", "File photo"),
        ("A bridge. Photo: Jo Lee", "Photo: Jo Lee"),
        ("A bridge. Jo Lee/AP", "Jo Lee/AP"),
        ("A bridge. Jo Lee/AFP via Getty Images", "Jo Lee/AFP via Getty Images"),
        ("A bridge. Image credit: Jo Lee", "Image credit: Jo Lee"),
        ("A bridge. © Jo Lee", "© Jo Lee"),
        ("A bridge. (Photo by Jo Lee/Getty Images)", "(Photo by Jo Lee/Getty Images)"),
        ("A bridge. (AP Photo/Jo Lee, File)", "(AP Photo/Jo Lee, File)"),
        ("A bridge. REUTERS/Jo Lee/File Photo", "REUTERS/Jo Lee/File Photo"),
        ("A bridge. Photograph: Jo Lee/Getty Images", "Photograph: Jo Lee/Getty Images"),
        ("A bridge. (Reuters photo: Jo Lee)", "(Reuters photo: Jo Lee)"),
        ("A bridge. (Jo Lee/Reuters)", "(Jo Lee/Reuters)"),
        ("A bridge. (Reuters)", "(Reuters)"),
        ("A bridge. Credit...Jo Lee for The Vel Times", "Credit...Jo Lee for The Vel Times"),
        ("FILE PHOTO: A bridge. REUTERS/Jo Lee", "REUTERS/Jo Lee"),
    ],
)
def test_a_credit_stands_in_its_caption(caption, credit):
    match = CREDIT.search(caption)
    assert match is not None
    assert match.group() == credit


@pytest.mark.parametrize(
    "sentence",
    [
        "She was shown in a photo (in a photo he saw) and said nothing.",
        "The Reuters/Ipsos poll showed her ahead.",
        "Sens. Jo Lee (D-PA) and Al Moe (D-ND) voted no.",
        "He posted a photo: “Look at this.”",
        "Reuters reported it; AP did not.",
    ],
)
def test_a_sentence_about_a_picture_holds_no_credit(sentence):
    assert CREDIT.search(sentence) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Ruiz", "Ana Ruiz"),
        ("BYLINE: Ana Ruiz.", "Ana Ruiz"),
        ("By ANA RUIZ and JO LEE", "ANA RUIZ and JO LEE"),
        ("By Ana Ruiz in Brussels", "Ana Ruiz"),
        ("EXCLUSIVE by Ana Ruiz", "Ana Ruiz"),
        ("by Ana Ruiz", "Ana Ruiz"),
        ("Words by Ana Ruiz. Photographs by Jo Lee", "Ana Ruiz"),
        ("By Ana Ruiz Published 3 May 2024", "Ana Ruiz"),
        ("By Reuters", "Reuters"),
        ("By Daily Example Staff", "Daily Example Staff"),
        ("Ana Ruiz | Daily Example", "Ana Ruiz"),
        ("Ana Ruiz, Staff Writer", "Ana Ruiz"),
    ],
)
def test_a_byline_names_its_writers(line, names):
    match = BYLINE.match(line)
    assert match is not None
    assert next(filter(None, match.groups())) == names


@pytest.mark.parametrize(
    "line",
    [
        *("By Monday the water was gone.", "By contrast, she won.", "By May 2024", "Ana Ruiz won"),
        "Ana Ruiz | “We will rebuild”",
    ],
)
def test_what_is_no_byline(line):
    assert BYLINE.match(line) is None


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published: 3 May 2024", "3 May 2024"),
        ("May 3, 2024", "May 3, 2024"),
        ("Updated at 9:22 a.m.", "9:22 a.m."),
        ("Friday, 3 May 2024 10:22 GMT", "Friday, 3 May 2024 10:22 GMT"),
        ("2024-05-03T10:22:00Z", "2024-05-03T10:22:00Z"),
        ("7 years ago", "7 years ago"),
        ("JULY 2, 2024", "JULY 2, 2024"),
        ("UPDATED: TUESDAY, 3 MAY 2024", "TUESDAY, 3 MAY 2024"),
        ("3 May 2024 · 4 min read", "3 May 2024 · 4 min "),
    ],
)
def test_a_line_that_is_a_date(line, date):
    match = DATED.match(line)
    assert match is not None
    assert match["date"] == date


@pytest.mark.parametrize(
    "line", ["1.", "30,000.", "100 days.", "Updated at 8:50 p.m. – Cautious optimism", "May he rest"]
)
def test_what_is_no_date(line):
    assert DATED.match(line) is None


@pytest.mark.parametrize("line", ["News / World", "Home > Politics > Elections", "Vel Echo » News » Europe"])
def test_a_breadcrumb_leads_through_sections(line):
    assert BREADCRUMB.match(line)


@pytest.mark.parametrize("line", ["Jo Lee / Reuters", "PARIS/BERLIN", "Ana Ruiz / Vel Echo", "He said / she said"])
def test_what_is_no_breadcrumb(line):
    assert BREADCRUMB.match(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "This text can also be accessed at www.vel-example.org",
        "Follow us on Twitter",
        "Read more: Bridge closed",
        "Related: Bridge closed",
        "Sign up for our newsletter",
        "Copyright (c) 2024 Vel Echo",
        "All rights reserved.",
        "Click here to subscribe",
        "Share this",
        "ADVERTISEMENT",
        "The Associated Press contributed to this report.",
        "• Ana Ruiz contributed to this story.",
        "— Ana Ruiz contributed to this report, which was updated at 2:40 p.m.",
        "(Reporting by Ana Ruiz; Editing by Jo Lee)",
        "WATCH LIVE: Ilven speaks on the bridge",
        "▶ Watch Live at 7:30 p.m.: Ilven speaks on the bridge",
        "Watch the video above: Ilven says the bridge will hold",
        "WATCH – Ilven: the bridge will hold",
        "Watch the full interview below:",
        "[Watch Velna: Sen. Mara Ilven discusses the bridge at 10 a.m.]",
        "___",
        "***",
        "https://vel-example.org/a",
        "4 min read",
        "12-minute read",
        "Reading time: 4 minutes",
    ],
)
def test_furniture_is_no_part_of_the_story(line):
    assert FURNITURE.match(line)


@pytest.mark.parametrize(
    "line",
    [
        *("“", "…”", "?", "$", "Read on.", "Related matters were raised.", "(c) The mayor shall resign."),
        "It was a 4 minute read to the court.",
        *("Watch carefully, he said.", "“Watch the river below,” she said.", "Watch for this: it will come back."),
    ],
)
def test_what_is_no_furniture(line):
    assert FURNITURE.match(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Correction: An earlier version of this article said that Mara Ilven had resigned.",
        "CORRECTION (May 3, 2024): Mara Ilven is 54.",
        "Correction at 9:20 a.m.: Mara Ilven leads the council, not the port.",
        "*Corrections & Clarifications: A previous version of this story misspelled Mara Ilven's name.",
        "CORRECTION APPENDED.",
        "This story has been corrected to say that Mara Ilven voted no.",
        "• This article was amended on 3 May 2024 to add a word to what Ilven said.",
        "Editor’s note: This article was changed to give the words in full, which Ilven said.",
        "Update, May 3: This post has been updated with comments from the port.",
        "UPDATE 2:25 P.M.: This post has been updated with what the port said.",
        "EDITOR’S NOTE — An earlier version of this story named the wrong pier.",
        "An earlier version of this article incorrectly said that the bridge was shut.",
        "(Corrects Ilven's age in paragraph 2)",
        "This May 3 story has been corrected to show that Ilven is 54.",
    ],
)
def test_a_correction_is_about_the_text(line):
    assert CORRECTION.match(line)


@pytest.mark.parametrize(
    "line",
    [
        "Correction: Bridge story",
        "Correction from today’s briefing: the bridge will open in May.",
        "Corrections to the law are due in May, she said: nobody has read them.",
        "Correction: I meant the harbour. — Mara Ilven (@marailven) May 3, 2024",
        "UPDATE: Mara Ilven has resigned.",
        "An earlier version of the bill said that the bridge would be sold.",
        "This report was written by engineers, who said that the bridge would hold.",
        "“This story has been corrected,” she said.",
        "This article was amended in 1996 to let a president serve twice, Mara Ilven said.",
        "This report has been corrected by the auditors three times, the council said on Monday.",
    ],
)
def test_what_is_no_correction(line):
    assert CORRECTION.match(line) is None


HOSTILE = [
    *(
        "A",
        "a",
        "A ",
        "Ab ",
        "AB ",
        "A-",
        "1 ",
        "12:30 ",
        "May 3, ",
        "updated ",
        "KYIV, ",
        "KYIV (",
        "(",
        "(AP",
        "(AP/",
        ") ",
    ),
    *(
        "|",
        "| AP/",
        "©",
        "Photo: ",
        "Photo by ",
        "Credit: A",
        "via AP ",
        "Jo Lee/AP ",
        "By Ana Ruiz, ",
        "Ana Ruiz and ",
    ),
    *(
        "/ ",
        "A / ",
        "> ",
        "News > ",
        "_",
        "-- ",
        "get ",
        "a@",
        "http://",
        "follow us on ",
        "contributed ",
        "Correction: ",
        "Correction, May 3",
        "this story was updated ",
        "watch live ",
        "\t",
        " ",
        "“",
    ),
    *(".", " .", "é", "\u200b"),
]


@pytest.mark.timed
@pytest.mark.parametrize("name", PATTERNS)
def test_a_hostile_line_of_100_kb_costs_under_a_second(name):
    """NO2: at most 1 s for 100 kB, and at most 2.5 times as much when the length doubles."""
    for piece in HOSTILE:
        for lead in (
            ("",) if name == "CREDIT" else ("", "By Ana Ruiz ", "KYIV ")
        ):  # a search tries every start by itself
            half, whole = (lead + (piece * size)[:size] for size in (50_000, 100_000))
            assert takes_at_most(1, partial(PATTERNS[name], whole))
            assert grows_at_most(2.5, partial(PATTERNS[name], half), partial(PATTERNS[name], whole), noise=0.05)
