from __future__ import annotations

import pytest

from checks_by_hand import checks_of, lay_out, told

PEOPLE = ("Mara Ilven", "Teo Brandt")


def headed(headline: str, quotation: str, *, says: str = "Ilven", body_says: str = "Ilven"):
    """A headline over a story in which Ilven, or another, says a quotation, and Brandt is named."""
    body = f"“{quotation},” {body_says} said.\n\nIlven and Brandt met in Orrin."
    said = [(body_says, "said", f"“{quotation},”")]
    if says in headline:
        words = headline[headline.index("‘") : headline.rindex("’") + 1]
        said.append((says, ":" if ":" in headline else words[0], words))
    return lay_out(body, headline=headline, people=PEOPLE, said=said)


def test_words_that_the_story_gives_to_another_are_told():
    report = headed("Brandt: ‘The quays are empty’", "The quays are empty and cold", says="Brandt")
    [check] = checks_of(report)
    assert told([check], report) == [("headline-other-speaker", "‘The quays are empty’", ["The quays are empty"])]
    assert check.message == "The headline gives these words to Teo Brandt, the story to Mara Ilven."


@pytest.mark.parametrize(
    ("headline", "says"),
    [
        ("Ilven: ‘The quays are empty’", "Ilven"),
        ("‘The quays are empty’", "nobody"),
        ("Brandt met by ‘The quays are empty’ cries", "nobody"),  # named, and not the source
        ("Ilven and Brandt: ‘The quays are empty’", "Brandt"),  # two, and who speaks is open
        ("Brandt: ‘The quays’ are bare", "Brandt"),  # two words are anybody's
    ],
)
def test_words_that_may_be_the_speakers_are_none(headline, says):
    assert checks_of(headed(headline, "The quays are empty and cold", says=says)) == ()


def test_an_ordinal_in_figures_is_the_same_word():
    body = "“The 2nd quay is empty,” Ilven said.\n\n“Look, the second quay is empty,” Brandt said."
    said = [
        ("Brandt", ":", "‘2nd quay is empty’"),
        ("Ilven", "said", "“The 2nd quay is empty,”"),
        ("Brandt", "said", "“Look, the second quay is empty,”"),
    ]
    assert checks_of(lay_out(body, headline="Brandt: ‘2nd quay is empty’", people=PEOPLE, said=said)) == ()


def test_a_speaker_of_whom_the_reading_is_not_sure_proves_nothing():
    report = headed("Brandt: ‘The quays are empty’", "The quays are empty and cold", says="Brandt", body_says="They")
    assert checks_of(report) == ()


@pytest.mark.parametrize(
    ("headline", "quotation", "missing"),
    [
        ("Ilven: ‘going to close the harbour’", "We are not going to close the harbour", ["not"]),
        ("Ilven: ‘want the ferry to stop’", "I don’t want the ferry to stop", ["don’t"]),
        ("Ilven: ‘We will close the harbour’", "We will close the harbour if the storm comes", ["if"]),
        ("Ilven: ‘We close the harbour’", "We do not close the harbour", ["do not"]),
        ("Ilven: ‘We will close the harbour’", "Never! We will never close the harbour", ["never"]),
    ],
)
def test_a_quotation_without_the_word_that_turns_it_round_is_told(headline, quotation, missing):
    report = headed(headline, quotation)
    words = headline[headline.index("‘") :]
    assert told(checks_of(report), report) == [("headline-clipped", words, missing)]


@pytest.mark.parametrize(
    ("headline", "quotation"),
    [
        ("Ilven: ‘We will close the harbour’", "We will close the harbour in winter"),
        ("Ilven is not ‘going to close the harbour’", "We are not going to close the harbour"),
        ("Ilven rejects ‘going to close the harbour’", "We are not going to close the harbour"),
        ("Ilven: ‘not going to close the harbour’", "We are not going to close the harbour"),
        ("Ilven: ‘going to close the harbour’", "I would never lie. Going to close the harbour is hard"),
        ("Ilven: ‘going to sell the ferry’", "We are not going to close the harbour"),
        ("Ilven: ‘We will close the harbour’", "We will, unless nobody helps us, close the harbour"),
        ("Ilven: ‘We will close the harbour’", "We will soon close the harbour"),
        ("Ilven: ‘We will close the harbour’", "We will not. Close the harbour"),
    ],
)
def test_a_quotation_that_says_the_same_is_none(headline, quotation):
    assert checks_of(headed(headline, quotation)) == ()


def test_words_that_the_story_also_has_without_a_not_are_none():
    body = "“We are not going to close the harbour,” Ilven said.\n\n“They are going to close the harbour,” Brandt said."
    assert checks_of(lay_out(body, headline="Fear grows: ‘going to close the harbour’", people=PEOPLE)) == ()
