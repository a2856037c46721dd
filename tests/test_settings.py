"""Settings: each declared once, with its name, default, unit and help."""

from __future__ import annotations

import dataclasses

import pytest

from onrecord.settings import DEFAULTS, Settings, describe


def test_every_setting_is_described():
    assert [name for name, *_ in describe()] == [item.name for item in dataclasses.fields(Settings)]


@pytest.mark.parametrize(("name", "default", "unit", "help"), describe(), ids=[name for name, *_ in describe()])
def test_a_setting_has_a_default_of_its_type_a_unit_and_a_help_without_a_stop(name, default, unit, help):
    assert getattr(DEFAULTS, name) == default
    assert type(default).__name__ == Settings.__dataclass_fields__[name].type
    assert default >= 0
    assert unit
    assert len(help) > 20
    assert not help.endswith(".")


def test_settings_are_given_by_name_and_never_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        DEFAULTS.threads = 4
    with pytest.raises(TypeError):
        Settings(4)
    assert dataclasses.replace(DEFAULTS, threads=4) == Settings(threads=4)
