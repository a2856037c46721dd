from __future__ import annotations

import pytest

from checks_by_hand import checks_of, lay_out, told


@pytest.mark.parametrize(
    ("headline", "body", "words", "others"),
    [
        ("Inspectors close 53 mills", "Inspectors closed 26 mills in Orrin.", "53", ["26"]),
        ("Ilven wins 59 percent", "Ilven won 95 percent of the vote.", "59 percent", ["95 percent"]),
        ("Debt to reach $200 million", "The debt will reach $20 million.", "$200 million", ["$20 million"]),
        ("A 200-week ban", "The ban would last 20 weeks.", "200-week", ["last 20 weeks"]),
        ("Ada Quill dies at 133", "Ada Quill is dead at 89, her family said.", "133", ["89"]),
        ("30 dead including gunman in Orrin", "The gunman killed 12 people in Orrin, then himself.", "30", ["12"]),
        ("Motel 9 is sued", "Motel 6 told the police who slept there.", "9", ["6"]),
        ("Fair to open July 7", "The fair will open on July 4.", "July 7", ["July 4"]),
        ("Quay levy of Orrin passes 7-2", "The quay levy of Orrin passed 6-3 on Monday.", "7", ["6"]),
        (
            "Orrin delay means 900 fishers leave harbour",
            "Because of the delay 650 of the fishers had to leave the harbour.",
            "900",
            ["650"],
        ),
    ],
)
def test_a_number_that_the_story_has_differently_is_told(headline, body, words, others):
    report = lay_out(body, headline=headline)
    assert told(checks_of(report), report) == [("number-differs", words, others)]


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Inspectors close 26 mills", "Inspectors closed 26 mills, and 3 mills more in spring."),
        ("Inspectors close 2 mills", "Inspectors closed two mills, after 14 mills last year."),
        ("Nearly 300 boats left", "Some 297 boats left."),
        ("More than 200 boats left", "In all 254 boats left."),
        ("4 boats lost", "Between 3 and 5 boats were lost."),
        ("7 things to know of the ferry", "The ferry will stop. It has 40 cabins."),
        ("What 2025 will bring", "The year 2024 brought 30 storms, 2026 may bring more."),
        ("Ferry stops for 3 weeks", "The ferry stops in winter, the council said."),
        ("Fair to open July 4", "The fair will open on July 4, and close on July 9."),
        ("13 dead including gunman in Orrin", "The gunman killed 12 people in Orrin, then himself."),
        ("Rovers 3-2 Athletic: Okonjo strikes", "Femi Okonjo struck for Rovers at Athletic in the 94th minute."),
        ("Rovers 3 Athletic 2: Okonjo strikes", "Femi Okonjo struck for Rovers at Athletic in the 94th minute."),
        ("Orrin edge Velmark 2–1 in a thriller", "Orrin edged Velmark in a thriller, after 1-1 in the last match."),
    ],
)
def test_a_number_that_the_story_has_rounds_or_never_speaks_of_is_none(headline, body):
    assert checks_of(lay_out(body, headline=headline)) == ()
