"""Units of measure: what stands behind a number, to a code of UCUM (the Unified Code for Units of Measure).

Words are looked up whatever their case, signs as they are written: "MW" is a megawatt, "mW" a milliwatt. "Tons" and
"degrees" alone stay open: a ton is of three sizes, and the report seldom says which.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from onrecord.reading import AmountKind


class Unit(NamedTuple):
    """What a number is of."""

    kind: AmountKind
    code: str | None
    """The code of the contract; None where it stays open."""
    factor: float = 1.0
    """What the number is to be multiplied with: 0.01 for cents."""
    name: str = ""
    """The plain name of a currency that needs more than itself to be told: ``peso``, ``pound``."""


# code: words for it, each in the singular and the plural.
_WORDS = """
km      kilometer kilometers kilometre kilometres kms
m       meter meters metre metres
cm      centimeter centimeters centimetre centimetres
dm      decimeter decimeters decimetre decimetres
mm      millimeter millimeters millimetre millimetres
um      micrometer micrometers micron microns
nm      nanometer nanometers nanometre nanometres
pm      picometer picometers picometre picometres
[mi_i]  mile miles
[nmi_i] nautical_mile nautical_miles
[ft_i]  foot feet
[in_i]  inch inches
[yd_i]  yard yards
[ly]    light_year light_years
km2     square_kilometer square_kilometers square_kilometre square_kilometres sq_km
m2      square_meter square_meters square_metre square_metres sq_m
[mi_i]2 square_mile square_miles sq_mi sq_miles
[sft_i] square_foot square_feet sq_ft
[syd_i] square_yard square_yards
[sin_i] square_inch square_inches
[acr_us] acre acres
har     hectare hectares
m3      cubic_meter cubic_meters cubic_metre cubic_metres
km3     cubic_kilometer cubic_kilometers cubic_kilometre cubic_kilometres
[cft_i] cubic_foot cubic_feet
[cyd_i] cubic_yard cubic_yards
L       liter liters litre litres
mL      milliliter milliliters millilitre millilitres
[gal_us] gallon gallons
[pt_us] pint pints
[qt_us] quart quarts
[foz_us] fluid_ounce fluid_ounces
[bbl_us] barrel barrels
[cup_us] cup cups
[tbs_us] tablespoon tablespoons
[tsp_us] teaspoon teaspoons
[bu_us] bushel bushels
kg      kilogram kilograms kilogramme kilogrammes kilo kilos
g       gram grams gramme grammes
mg      milligram milligrams milligramme milligrammes
ug      microgram micrograms microgramme microgrammes
t       tonne tonnes metric_ton metric_tons metric_tonne metric_tonnes
kt      kiloton kilotons kilotonne kilotonnes
Mt      megaton megatons megatonne megatonnes
[ston_av] short_ton short_tons
[lton_av] long_ton long_tons
?       ton tons degree degrees
[oz_av] ounce ounces
[oz_tr] troy_ounce troy_ounces
[stone_av] stone
[car_m] carat carats
Cel     degree_celsius degrees_celsius degrees_centigrade degree_centigrade celsius centigrade degrees_c
[degF]  degree_fahrenheit degrees_fahrenheit fahrenheit degrees_f
K       kelvin kelvins
[mi_i]/h mile_per_hour miles_per_hour miles_an_hour mile_an_hour
km/h    kilometer_per_hour kilometers_per_hour kilometre_per_hour kilometres_per_hour
km/h    kilometers_an_hour kilometres_an_hour
m/s     meter_per_second meters_per_second metre_per_second metres_per_second
m/ms    meters_per_millisecond metres_per_millisecond
[kn_i]  knot knots
[mi_i]/[gal_us] miles_per_gallon miles_a_gallon
W       watt watts
kW      kilowatt kilowatts
MW      megawatt megawatts
GW      gigawatt gigawatts
TW      terawatt terawatts
W.h     watt_hour watt_hours
kW.h    kilowatt_hour kilowatt_hours
MW.h    megawatt_hour megawatt_hours
GW.h    gigawatt_hour gigawatt_hours
TW.h    terawatt_hour terawatt_hours
[HP]    horsepower
J       joule joules
kJ      kilojoule kilojoules
MJ      megajoule megajoules
[Cal]   calorie calories kilocalorie kilocalories
[Btu]   btu btus british_thermal_unit british_thermal_units
V       volt volts
kV      kilovolt kilovolts
A       ampere amperes amp amps
Hz      hertz
kHz     kilohertz
MHz     megahertz
GHz     gigahertz
dB      decibel decibels
Pa      pascal pascals
[psi]   pounds_per_square_inch
bit     bit bits
By      byte bytes
kBy     kilobyte kilobytes
MBy     megabyte megabytes
GBy     gigabyte gigabytes
TBy     terabyte terabytes
Mbit    megabit megabits
Gbit    gigabit gigabits
Sv      sievert sieverts
mSv     millisievert millisieverts
Bq      becquerel becquerels
[lb_av] lbs lb
"""
# code: signs for it, as they are written.
_SIGNS = """
km km
m m
cm cm
dm dm
mm mm
nm nm
[ft_i] ft
[in_i] in
[yd_i] yd yds
[mi_i] mi
[nmi_i] nmi
km2 km2 km²
m2 m2 m²
cm2 cm2 cm²
[sft_i] sqft
har ha
m3 m3 m³
L L l
mL mL ml
kg kg kgs KG
g g
mg mg
ug μg µg mcg
t t
[lb_av] lb lbs
[oz_av] oz
Cel °C C
[degF] °F F
K K
km/h km/h kph kmph kmh km/hr KPH
[mi_i]/h mph MPH
m/s m/s
km/ms km/ms
cm/ms cm/ms
[kn_i] kt kts
W W
kW kW kw
MW MW
GW GW
TW TW
kW.h kWh kwh
MW.h MWh
GW.h GWh
TW.h TWh
Hz Hz
kHz kHz
MHz MHz
GHz GHz
dB dB
kV kV
MBy MB
Mbit Mb mb
GBy GB gb
TBy TB tb
kBy KB kB
rad rad
m/ms m/ms
"""
_NEVER_SPACED: Final = frozenset(["l", "C", "F", "K", "in", "kt", "kts"])
"""Signs that are words, names or grades where a space parts them from the number."""


def _table(listed: str) -> dict[str, Unit]:
    table = {}
    for line in listed.split("\n"):
        code, *names = line.split() or [""]
        for name in names:
            kinds = Unit("measure", None if code == "?" else code)
            table[name.replace("_", " ")] = kinds
    return table


UNIT_WORDS: Final = _table(_WORDS)
"""Units by their words, in lower case, parted by single spaces."""
UNIT_SIGNS: Final = _table(_SIGNS)
"""Units by their signs, with the case as it stands."""
SHARES: Final = {
    "percent": Unit("percent", "%"),
    "per cent": Unit("percent", "%"),
    "pct": Unit("percent", "%"),
    "percentage point": Unit("percent", "pp"),
    "percentage points": Unit("percent", "pp"),
    "basis point": Unit("percent", "pp", 0.01),
    "basis points": Unit("percent", "pp", 0.01),
}
"""Parts of a hundred and their differences."""


def unit_of_sign(sign: str, *, spaced: bool) -> Unit | None:
    """Return the unit that a sign behind digits stands for; fewer where a space parts the two.

    >>> unit_of_sign("km", spaced=True).code
    'km'
    """
    if spaced and sign in _NEVER_SPACED:
        return None
    return UNIT_SIGNS.get(sign)
