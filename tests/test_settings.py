"""Settings: each declared once, with its name, default, unit and help."""

from __future__ import annotations

import dataclasses
import math

import msgspec
import pytest

from onrecord.errors import BadSetting
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


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"max_window_tokens": 15}, "max_window_tokens: can't be 15 word pieces; give 16 to 512"),
        ({"max_window_tokens": 513}, "max_window_tokens: can't be 513 word pieces; give 16 to 512"),
        ({"threads": -1}, "threads: can't be -1 threads; give 0 or more"),
        ({"fetch_seconds": math.nan}, "fetch_seconds: can't be nan seconds; give 0 or more"),
    ],
)
def test_a_value_that_can_not_be_is_refused_in_one_line(given, told):
    with pytest.raises(BadSetting) as caught:
        Settings(**given)
    assert str(caught.value) == told
    with pytest.raises(BadSetting):
        dataclasses.replace(DEFAULTS, **given)
    settings = msgspec.json.encode(dataclasses.asdict(DEFAULTS) | dict.fromkeys(given, -1))
    with pytest.raises(BadSetting):  # and where another process hands them on
        msgspec.json.decode(settings, type=Settings)


@pytest.mark.parametrize("tokens", [16, 512])
def test_the_least_and_the_most_are_allowed(tokens):
    assert Settings(max_window_tokens=tokens).max_window_tokens == tokens


def test_settings_are_given_by_name_and_never_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        DEFAULTS.threads = 4
    with pytest.raises(TypeError):
        Settings(4)
    assert dataclasses.replace(DEFAULTS, threads=4) == Settings(threads=4)
