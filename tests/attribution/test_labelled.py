"""Speech that the layout attributes: speaker labels of a transcript, names signed under quotations."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from onrecord.attribution.continuation import RULES
from onrecord.attribution.labelled import labelled_speech, whole_turns, without_kickers
from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from strategies import hostile_texts

WORTH = {rule: 0.1 * number for number, rule in enumerate(RULES, 1)}


def labelled(text):
    return list(labelled_speech(text, find_paragraphs(text), outermost(text, pair_quotemarks(text)), confidence=WORTH))


def words_of(text):
    return [
        tuple(span.of(text) for spans in (each.source, each.cue, each.content) for span in spans)
        for each in labelled(text)
    ]


def test_a_transcript_names_its_speakers():
    text = "TARROW: Why now?\nODO FENWRIGHT: Because nobody else would.\nDR. SOOL-QUY: Go on."
    assert words_of(text) == [
        ("TARROW", ":", "Why now?"),
        ("ODO FENWRIGHT", ":", "Because nobody else would."),
        ("DR. SOOL-QUY", ":", "Go on."),
    ]
    assert {(each.evidence.rule, each.confidence) for each in labelled(text)} == {
        ("speaker-label", WORTH["speaker-label"])
    }


def test_capitals_are_those_of_any_alphabet():
    assert words_of("MÜLLER-TARROW: Why now?\nJOSÉ ÁRKOS: Because.") == [
        ("MÜLLER-TARROW", ":", "Why now?"),
        ("JOSÉ ÁRKOS", ":", "Because."),
    ]


INTERVIEW = "Darla Quist, the chief of police, took over in May.\n\n"


def test_an_interview_names_its_speakers_in_small_letters_too():
    text = INTERVIEW + "Quist: We are down 22.\n\nIs it safe?\n\nQuist: It is. More will come."
    assert words_of(text) == [("Quist", ":", "We are down 22."), ("Quist", ":", "It is. More will come.")]


@pytest.mark.parametrize(
    "text",
    [
        "Quist: We are down 22.\n\nIs it safe?\n\nQuist: It is.",
        INTERVIEW + "Quist: We are down 22.\n\nIs it safe?",
        INTERVIEW + "Quist: Chief says 22 left.\n\nQuist: The quay is safe.",
        INTERVIEW + "Quist: our verdict\n\nQuist: your verdict",
    ],
    ids=["named nowhere in full", "once", "said to nobody", "no sentences"],
)
def test_a_label_in_small_letters_that_may_head_a_list_is_none(text):
    assert words_of(text) == []


def test_what_the_network_tied_to_a_label_goes_on_to_the_end_of_the_turn():
    text = "TARROW: Why now? And why you?\nQUY: Because.\nTARROW: I see.\nQUY: I go."
    paragraphs = find_paragraphs(text)
    first, second, *_ = labelled(text)
    cut = replace(first, content=(Span(8, 16),))
    assert cut.content[0].of(text) == "Why now?"
    assert whole_turns(text, [cut, second], paragraphs) == [first, second]
    without_stop = replace(second, content=(Span(35, 42),))
    assert without_stop.content[0].of(text) == "Because"
    assert whole_turns(text, [without_stop], paragraphs) == [without_stop]


def test_a_label_may_say_what_its_speaker_is_where_the_surname_is_a_label_too():
    text = "ADA QUILL, MAYOR OF ORRIN: We wait.\nODO TARROW (Editor, Orrin Echo): Why?\nQUILL: Ask.\nTARROW: I do."
    assert words_of(text) == [
        ("ADA QUILL", ":", "We wait."),
        ("ODO TARROW", ":", "Why?"),
        ("QUILL", ":", "Ask."),
        ("TARROW", ":", "I do."),
    ]
    assert words_of("ORRIN, FAR COAST: The levy goes.\nVELNA (Corda): The quay is shut.") == []


def test_the_first_turn_of_who_is_called_by_a_surname_later_is_whole():
    text = "CHAIR ODO TARROW: We begin. Ms. Quy, when did you know?\n\nMIRA QUY: In May.\n\nTARROW: Go on."
    first, *_ = labelled(text)
    cut = replace(first, content=(Span(18, 26),))
    assert cut.content[0].of(text) == "We begin"
    assert whole_turns(text, [cut], find_paragraphs(text)) == [first]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("TARROW: “We go.” — interview Monday.\n\nTARROW: “We stay.” — tweet.", "“We go.”"),
        ("STATE OF EMERGENCY: The town is shut. Nobody left.\n\nMEMORIAL SERVICE: Hundreds came.", "The town is shut."),
    ],
    ids=["in quotation marks", "no speaker of two turns"],
)
def test_what_may_end_before_its_paragraph_is_left_as_the_network_has_it(text, said):
    cut = replace(labelled(text)[0], content=(Span(text.index(said), text.index(said) + len(said)),))
    assert whole_turns(text, [cut], find_paragraphs(text)) == [cut]


def test_a_turn_ends_where_the_next_label_stands_in_its_paragraph():
    text = "TARROW: Why now? I ask. DE QUY: I go. Remember: no levy. TARROW: Oh.\n\nTARROW: … QUY: O\n\nTARROW: Why?"
    assert words_of(text) == [("TARROW", ":", "Why now? I ask."), ("TARROW", ":", "Why?")]
    text = "Ada Quill met us.\n\nQuill: Do you ask? Tarrow: I do. Quill: Oh.\n\nQuill: I go."
    assert words_of(text) == [("Quill", ":", "Do you ask?"), ("Quill", ":", "I go.")]


def test_what_a_transcript_notes_between_the_words_is_none_of_them():
    text = (
        "THE PRESIDENT: Thank you. (APPLAUSE) We will build. [Laughter and applause.]\n\n(CROSSTALK)\n\n"
        "(LAUGHTER) QUESTION: Who pays (the port)?\n\nTHE PRESIDENT: (inaudible)"
    )
    assert words_of(text) == [
        ("THE PRESIDENT", ":", "Thank you.", "We will build."),
        ("QUESTION", ":", "Who pays (the port)?"),
        ("THE PRESIDENT", ":", "(inaudible)"),
    ]


def test_a_label_may_say_how_its_words_were_heard():
    assert words_of("VARLEY (through translator): It is ours.\nQUY (D-NORL.): No.\nBELVAR (Velna): Rain fell.") == [
        ("VARLEY", ":", "It is ours."),
        ("QUY", ":", "No."),
    ]


def test_questions_and_answers_may_have_letters_with_a_stop():
    text = "Q. When will it begin?\n\nA. In May.\n\nQ. Who pays?\n\nA. The port. (Laughs.)"
    assert words_of(text) == [
        ("Q", ".", "When will it begin?"),
        ("A", ".", "In May."),
        ("Q", ".", "Who pays?"),
        ("A", ".", "The port."),
    ]
    assert words_of("A. Quill said no.\n\nA. Quill left.\n\nQ. Orrin stayed.") == []


def test_who_has_no_name_needs_none_elsewhere_in_the_report():
    text = "Moderator: What do you say?\n\nUnidentified woman: I go.\n\nModerator: Do you?"
    assert words_of(text) == [("Moderator", ":", "What do you say?"), ("Moderator", ":", "Do you?")]


def test_a_title_before_one_turn_is_a_speakers_too():
    text = "SEN. VARLEY: The port pays, and I said so.\n\nQUY: Did you?"
    cut = replace(labelled(text)[0], content=(Span(13, 26),))
    assert cut.content[0].of(text) == "The port pays"
    assert whole_turns(text, [cut], find_paragraphs(text)) == [labelled(text)[0]]


def test_a_single_label_is_a_headline():
    assert words_of("FENWRIGHT: levy will go\n\nThe levy will go, he said.") == []


def test_a_label_before_nothing_but_marks_says_nothing():
    assert words_of("TARROW: …\nQUY: Because I say so.\nTARROW: Why?") == [
        ("QUY", ":", "Because I say so."),
        ("TARROW", ":", "Why?"),
    ]


@pytest.mark.parametrize(
    "word", ["PHOTOS", "READ MORE", "FULL TRANSCRIPT", "UPDATE", "CORRECTION", "THE FACTS", "VERDICT"]
)
def test_words_that_stand_before_a_colon_on_every_page_are_no_speakers(word):
    assert words_of(f"{word}: The quay.\n{word}: The bridge.") == []


@pytest.mark.parametrize(
    "line", ["Tarrow: Why now?", "TARROW Why now?", "PART 2: Why now?", "10:30: Doors", "TARROW:no space"]
)
def test_a_label_is_a_name_in_capitals_before_a_colon_and_a_space(line):
    assert words_of(f"{line}\n{line}") == []


@pytest.mark.parametrize(
    ("tail", "cue", "name"),
    [
        (" — Mira Halloran", "—", "Mira Halloran"),
        ("\n— Mira Halloran, baker", "—", "Mira Halloran"),
        ("\n\n-- Mira Halloran.", "--", "Mira Halloran"),
        (" –Mira Halloran", "–", "Mira Halloran"),
        (" — Mira Halloran (@mirabakes) March 8, 2024", "—", "Mira Halloran"),
    ],
)
def test_a_name_signed_under_a_quotation_is_its_source(tail, cue, name):
    quotation = "“It kept us awake for a week.”"
    assert words_of(quotation + tail) == [(name, cue, quotation)]


@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize(
    "signed",
    [
        "— Buck Stadler (@realbuck) March 8, 2024",
        "- Buck Stadler (@buck.social.example) Mar 8, 2024 at 9:14",
        "— Buck Stadler (@realbuck)",
    ],
)
def test_a_post_that_a_page_embeds_is_by_whom_the_line_below_it_names(between, signed):
    text = f"Everybody laughed.\n\nI lost. The dog is ahead.{between}{signed}\n\nNobody else did."
    assert words_of(text) == [("Buck Stadler", signed[0], "I lost. The dog is ahead.")]


def test_a_post_that_is_not_read_is_not_the_paragraph_above_it():
    text = "Everybody laughed.\n\nWATCH: The dog is ahead.\n\n— Buck Stadler (@realbuck) March 8, 2024"
    paragraphs = find_paragraphs(text)
    assert list(labelled_speech(text, [paragraphs[0], paragraphs[2]], [], confidence=WORTH)) == []


def test_the_network_takes_account_and_day_for_a_part_of_the_name():
    text = "“The dog is ahead.” — Buck Stadler (@realbuck) March 8, 2024\n\nThe dog won.\n— Buck Stadler (@realbuck)"
    found = labelled(text)[-1]
    assert whole_turns(text, [replace(found, source=(Span(77, 101),))], find_paragraphs(text)) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "“It kept us awake.” — the baker said so",
        "“It kept us awake.”\nMira Halloran",
        "It kept us awake. — Mira Halloran",
        "“It kept us awake.” — Then nobody knew what to do about it for the rest of that year and the next",
        "“It kept us awake.”",
    ],
)
def test_what_is_no_signature_signs_nothing(text):
    assert words_of(text) == []


@pytest.mark.parametrize(
    ("headline", "left"),
    [
        ("Opinion | Nobody asked for a bypass", 0),
        ("TRANSCRIPT: Mayor Quy on the flood", 0),
        ("Vote in Orrin: live updates", 0),
        ("Rovers 3-2 Tarrow: Quy strikes late", 0),
        ("Poll: Nobody asked for a bypass", 1),
        ("Ilven: live animals are no cargo", 1),
        ("Council of 2-5 Quay Street: no new levy", 1),
    ],
)
def test_what_outlets_set_beside_a_headline_is_no_speaker(headline, left):
    source, cue, content = (Span(*match.span()) for match in re.finditer(r"\w[^:|]*\w|[:|]", headline))
    linked = replace(labelled("A: To be.\nB: Not to be.")[0], source=(source,), cue=(cue,), content=(content,))
    assert len(without_kickers(headline, [linked])) == left


@pytest.mark.parametrize(
    ("headline", "below", "left"),
    [
        ("BRIDGE SHOCK: Levy to rise", "The levy will rise, Ilven said.", 0),
        ("INFERNO: Ten hurt as Orrin car burns", "Ten people were hurt, police said.", 0),
        ("POLICE: Ten hurt as car burns", "Ten people were hurt, police said.", 1),
        ("UNICEF: Ten children hurt", "Ten children were hurt, the agency UNICEF said.", 1),
        ("NATO: No troops to Orrin", "The alliance sends no troops.", 1),
        ("ILVEN: NO NEW LEVY", "There will be no levy.", 1),
        ("STAHL: I never asked for a levy.", "MERROW: You did.", 1),
        ("STAHL: “Nobody asked for it”", "There will be no levy.", 1),
    ],
)
def test_a_cry_before_a_headline_is_nobody_whom_the_report_speaks_of(headline, below, left):
    source, cue, content = (Span(*match.span()) for match in re.finditer(r"\w[^:|]*\w|[:|]", headline))
    linked = replace(labelled("A: To be.\nB: Not to be.")[0], source=(source,), cue=(cue,), content=(content,))
    assert len(without_kickers(f"{headline}\n\n{below}", [linked])) == left


def test_an_emoji_that_is_a_capital_cries_no_word():
    text = "\N{NEGATIVE SQUARED LATIN CAPITAL LETTER A}: Ten hurt\n\nTen people were hurt."
    parts = {"source": (Span(0, 1),), "cue": (Span(1, 2),), "content": (Span(3, 11),)}
    assert without_kickers(text, [replace(labelled("A: To be.\nB: Not to be.")[0], **parts)])


@pytest.mark.parametrize(
    ("headline", "source", "cue", "left"),
    [
        ("Analysis | What the wreckage says", "Analysis", "says", 0),
        ("FACTBOX-Who says what about the levy", "Who", "says", 0),
        ("FACTBOX-Ilven says who pays the levy", "Ilven", "says", 1),
        ("Levy: Analysis says it must go", "Analysis", "says", 1),
        ("Video: Mayor says it must go", "Mayor", "says", 1),
    ],
)
def test_neither_a_kicker_nor_whom_a_headline_asks_for_says_anything(headline, source, cue, left):
    said, by = headline.index(cue), headline.index(source)
    linked = replace(
        labelled("A: To be.\nB: Not to be.")[0],
        source=(Span(by, by + len(source)),),
        cue=(Span(said, said + len(cue)),),
        content=(Span(said + len(cue) + 1, len(headline)),),
    )
    assert len(without_kickers(headline, [linked])) == left


@given(text=hostile_texts())
def test_labels_of_any_text_lie_in_it_with_their_roles_apart(text):
    for each in labelled(text):
        (source,), (cue,) = each.source, each.cue
        spans = sorted((source, cue, *each.content))
        ends = [0, *(span.end for span in spans)]
        assert all(end <= span.start < span.end <= len(text) for end, span in zip(ends, spans, strict=False))
        assert each.confidence == WORTH[each.evidence.rule]
