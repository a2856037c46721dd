import pytest

from onrecord.document import Span
from onrecord.events.sectors import sector_of, with_sectors
from onrecord.reading import Entity, Role


def person(*titles):
    roles = tuple(Role(title=title, of=None, span=Span(0, 5)) for title in titles)
    return Entity(id="e1", name="Mara Ilven", kind="person", roles=roles)


@pytest.mark.parametrize(
    ("title", "sector"),
    [
        ("Foreign Minister", "GOV"),
        ("Gen.", None),
        ("General", "MIL"),
        ("opposition leader", "OPP"),
        ("senator", "LEG"),
        ("judge", "JUD"),
        ("chief executive", "BUS"),
        ("former president", None),
        ("ex-president", None),
    ],
)
def test_a_role_tells_the_sector(title, sector):
    assert sector_of(person(title)) == sector


def test_russian_forces_are_russias_military():
    (forces,) = with_sectors([Entity(id="e1", name="Russian forces", kind="group")])
    assert (forces.country, forces.sector) == ("RU", "MIL")


def test_a_country_acts_as_its_government():
    assert sector_of(Entity(id="e1", name="Norway", kind="country", country="NO")) == "GOV"


def test_what_the_report_does_not_say_stays_open():
    assert sector_of(person()) is None
