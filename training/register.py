"""Make the generated part of the register of places: ``src/onrecord/speakers/register.tsv``.

    python training/register.py

Takes from CLDR (Unicode License v3, through ``babel``, needed only here) the territories that ``countries.tsv`` and
``states.tsv`` do not have, and the cities that its time zones are named after, and adds the cities listed below.
``countries.tsv``, ``states.tsv`` and ``bodies.tsv`` are kept by hand.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from babel import Locale
from babel.core import get_global

from onrecord.speakers.register import fold


def words(listed: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(listed.split())


FOLDER: Final = Path(__file__).parent.parent / "src" / "onrecord" / "speakers"
NO_COUNTRIES: Final = words("AC AQ BV CP CQ DG EA EU EZ HM IC IO QO TA TF UM UN XA XB ZZ")
NOT_CITIES: Final = words(
    """Knox Vincennes Petersburg Tell_City Winamac Marengo Vevay Center Beulah New_Salem Creston Metlakatla Sitka
    Yakutat Nome Adak Boise Eucla Currie Lindeman Easter Galapagos Reunion Christmas Cocos Kerguelen Mahe Chagos Wake
    Midway Johnston Chatham Enderbury Gambier Marquesas Kosrae Truk Canary Faeroe Azores Madeira Bermuda Jan_Mayen
    Stanley South_Georgia Jersey Guernsey Isle_of_Man Troll Casey Davis Palmer Vostok Eirunepe Vincent Monticello
    Louisville Nelson Norfolk Halifax Oral Resolute Wallis Cayman Comoro Faroe Kirov Dawson Unknown Vatican
    Regina Victoria Cordoba San_Juan San_Luis Gaza Macquarie Lower_Princes Kanton Noronha Merida St_Thomas"""
)
CITIES: Final = {
    "US": """New York City|NYC;Los Angeles|L.A.;Chicago;Houston;Philadelphia;Phoenix;San Antonio;San Diego;Dallas
    San Francisco;Seattle;Denver;Boston;Detroit;Nashville;Memphis;Baltimore;Milwaukee;Albuquerque;Sacramento;Atlanta
    Miami;Oakland;Minneapolis;Tulsa;Cleveland;New Orleans;Tampa;Honolulu;Pittsburgh;Cincinnati;Louisville;Las Vegas
    Salt Lake City;St. Louis|St Louis;Kansas City;Oklahoma City;Orlando;Charlotte;Indianapolis;Des Moines;Manhattan
    Brooklyn;Sioux City;Cedar Rapids;Tallahassee;Baton Rouge;Omaha;Buffalo;Fort Worth""",
    "GB": "Manchester;Birmingham;Liverpool;Leeds;Glasgow;Edinburgh;Cardiff;Belfast;Bristol;Sheffield;Newcastle",
    "RU": "St. Petersburg|Saint Petersburg;Leningrad;Novosibirsk;Yekaterinburg;Kazan;Sochi;Vladivostok;Grozny",
    "CN": "Shanghai;Guangzhou;Shenzhen;Wuhan;Chongqing;Tianjin;Nanjing;Hangzhou;Lhasa",
    "IN": "Mumbai|Bombay;Kolkata|Calcutta;Chennai|Madras;Bangalore|Bengaluru;Hyderabad;Srinagar",
    "PK": "Karachi;Lahore;Peshawar;Quetta",
    "DE": "Frankfurt;Munich;Hamburg;Cologne;Stuttgart;Düsseldorf;Leipzig;Dresden",
    "FR": "Marseille;Lyon;Nice;Toulouse;Strasbourg;Calais",
    "IT": "Milan;Naples;Turin;Florence;Venice;Palermo",
    "ES": "Barcelona;Valencia;Seville;Bilbao",
    "UA": "Kharkiv|Kharkov;Odesa|Odessa;Lviv;Donetsk;Luhansk;Mariupol;Dnipro;Kherson;Sevastopol",
    "TR": "Istanbul;Izmir;Diyarbakir;Gaziantep",
    "SY": "Aleppo;Homs;Raqqa;Idlib",
    "IQ": "Mosul;Basra;Erbil|Irbil;Kirkuk;Fallujah",
    "IR": "Mashhad;Isfahan;Qom;Natanz",
    "IL": "Haifa;Netanya",
    "PS": "Gaza City;Hebron;Nablus;Jenin;Rafah;Khan Younis",
    "SA": "Jeddah;Mecca;Medina",
    "AE": "Dubai;Sharjah",
    "EG": "Alexandria, Egypt;Luxor",
    "LY": "Benghazi;Misrata",
    "NG": "Lagos;Kano;Maiduguri",
    "ZA": "Johannesburg;Durban;Soweto",
    "KE": "Mombasa",
    "AF": "Kandahar;Herat;Jalalabad;Kunduz",
    "JP": "Osaka;Kyoto;Hiroshima;Nagasaki;Fukushima;Okinawa",
    "KR": "Busan;Incheon",
    "AU": "Sydney;Melbourne;Brisbane;Perth;Adelaide;Hobart;Darwin",
    "CA": "Toronto;Montreal;Vancouver;Calgary;Edmonton;Winnipeg;Quebec City",
    "BR": "São Paulo;Rio de Janeiro;Salvador, Brazil",
    "CH": "Geneva;Zurich;Davos;Basel;Lausanne",
    "NL": "Rotterdam;Utrecht",
    "BE": "Antwerp;Ghent;Bruges",
    "PL": "Krakow|Cracow;Gdansk;Lodz",
    "MX": "Tijuana;Ciudad Juárez|Juarez;Monterrey;Guadalajara;Acapulco",
    "VN": "Ho Chi Minh City|Saigon",
    "CO": "Medellín;Cali",
    "BD": "Chittagong;Cox's Bazar",
}


def column(file: str, name: str) -> list[str]:
    """Return one column of a table kept by hand."""
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    at = lines[0].split("\t").index(name)
    return [line.split("\t")[at] for line in lines[1:]]


def territories() -> list[str]:
    """Return a line for each territory of CLDR that is in no table kept by hand."""
    known = set((FOLDER / "countries.tsv").read_text(encoding="utf-8").splitlines())
    codes = {line.split("\t")[0] for line in known} | NO_COUNTRIES
    names = set(column("states.tsv", "name"))
    return [
        f"country\t{code}\t{name.replace('&', 'and')}\t"
        for code, name in sorted(Locale("en").territories.items())
        if len(code) == 2 and code.isalpha() and code not in codes and name not in names
    ]


def cities() -> list[str]:
    """Return a line for each city that is no capital, by country and name."""
    known = {fold(name) for names in column("countries.tsv", "capitals") for name in names.split(";")}
    known |= {fold(name) for file in ("countries.tsv", "states.tsv") for name in column(file, "name")}
    known |= {fold(line.split("\t")[2]) for line in territories()}
    lines = [line(code, city) for code in CITIES for city in split(CITIES[code])]
    known |= {fold(name) for each in lines for name in re.split("[\t;]", each)}
    for zone, code in get_global("zone_territories").items():
        city = zone.rsplit("/", 1)[-1]
        name = city.replace("_", " ").replace("St ", "St. ")
        if city not in NOT_CITIES and fold(name) not in known and code not in NO_COUNTRIES:
            lines.append(line(code, name))
    return sorted(lines)


def split(listed: str) -> list[str]:
    """Return the cities of one entry of ``CITIES``."""
    return [city.strip() for city in listed.replace("\n", ";").split(";")]


def line(code: str, city: str) -> str:
    """Return a city's line of the register: its name, then its other names."""
    name, *others = city.split("|")
    return f"city\t{code}\t{name}\t{';'.join(others)}"


def main() -> None:
    """Write the file."""
    lines = ["kind\tcountry\tname\taliases", *territories(), *cities()]
    (FOLDER / "register.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} lines")


if __name__ == "__main__":
    main()
