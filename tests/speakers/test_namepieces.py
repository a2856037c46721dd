"""Names that the heads tag piece by piece are one, as far as the text around the pieces tells."""

from __future__ import annotations

import pytest

from scenes import make_scene


def named(marked):
    scene = make_scene(marked)
    return [f"{each.kind[0]} {each.span.of(scene.text)}" for each in scene.mentions.names]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[p William J.] “[p Bill]” [p Dunmore] left.", ["p William J. “Bill” Dunmore"]),
        ("[p Robert ‘Bobby]’ [p Talvik] left.", ["p Robert ‘Bobby’ Talvik"]),
        ('[p Juan] "Chico" [p Manrique] left.', ['p Juan "Chico" Manrique']),
        ("[p C.L.] ''[p Butch]'' [p Harrow] left.", ["p C.L. ''Butch'' Harrow"]),
        ("[p Michael A.] ([p Mike) Moravan] left.", ["p Michael A. (Mike) Moravan"]),
        ("[p Mara Ilven] (Quarn) [p Brandt] left.", ["p Mara Ilven", "p Brandt"]),
        ("[p Ilven] ‘Crooked’ [p Brandt], he wrote.", ["p Ilven", "p Brandt"]),
        ("[p Mara] “Lies” [o Herald], she wrote.", ["p Mara", "o Herald"]),
        ("[l A.K.] [p Moreland] left.", ["p A.K. Moreland"]),
        ("A. K. [p Moreland] left.", ["p A. K. Moreland"]),
        ("At 5 P.M. [p Moreland] left.", ["p Moreland"]),
        ("She left the [o F.D.A.] [p Moreland] stayed.", ["o F.D.A.", "p Moreland"]),
        ("Ask a [o C.E.O.] [p Moreland] did. [p Ada Moreland] left.", ["p Moreland", "p Ada Moreland"]),
        ("A.K. [p Moreland] left. [p Ada Moreland] left.", ["p A.K. Moreland", "p Ada Moreland"]),
        ("[p Mike Moran Michael] (Mike) [p MoranCouncil] votes.", ["p Mike Moran"]),
        ("Sen. [p Ada Held] [p Ada Mary HeldJo Held]: I left.", ["p Ada Held", "p Jo Held"]),
        ("President [p Held] [p Tom John HeldGOP] votes. [p McHeldTorv] left.", ["p Held", "p McHeldTorv"]),
        ("Rep. Sando [p M. Held] left. Mr. Ada [p Held] left.", ["p Sando M. Held", "p Ada Held"]),
        ("Rep. [p Ada] [p M. Held] left. Datuk Seri [p Ada Held] left.", ["p Ada", "p M. Held", "p Ada Held"]),
        ("The [p Ada Held Memos] are out, the [p Held Administration] says.", ["p Ada Held", "p Held"]),
        ("In the [o U.N.] [p Moreland] left.", ["o U.N.", "p Moreland"]),
        ("In [l Albany, N.Y.] [p Moreland] left.", ["p Albany, N.Y.", "p Moreland"]),
        ("[p Tallow] & [o Sons] met [p Jo Pike].", ["o Tallow & Sons", "p Jo Pike"]),
        ("[p Tallow] & Co. closed.", ["o Tallow & Co."]),
        ("[p Tallow] & [p Pike] closed.", ["p Tallow", "p Pike"]),
    ],
)
def test_pieces_are_one_name(marked, expected):
    assert named(marked) == expected


@pytest.mark.parametrize("short", ["Bobby Talvik", "Bobby", "Talvik", "Robert J. Talvik", "Robert Talvik"])
def test_who_has_a_nickname_is_one_by_every_name(short):
    scene = make_scene(f"[p Robert “Bobby” Talvik] came. It rained. [p {short}] left.")
    assert [referent.name for referent in scene.discourse.referents if referent.named] == ["Robert “Bobby” Talvik"]


def test_a_particle_and_what_it_leads_are_a_short_name():
    scene = make_scene("[p Khalid bin Rashid al-Noor] came. [p Bin Rashid] left.")
    assert scene.referent("Bin Rashid").name == "Khalid bin Rashid al-Noor"
