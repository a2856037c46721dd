r"""What marks a line of a report as something other than its running text.

Each pattern reads one line (or paragraph) without its line break, trimmed of white space:

* ``DATELINE.match(paragraph)``: the match is the dateline with its dash, the story begins after it;
* ``CREDIT.search(caption)``: the match is the credit;
* ``CAPTION_LEAD.match(line)``: how only captions begin;
* ``BYLINE``, ``DATED``, ``SECTION``, ``BREADCRUMB``, ``FURNITURE``, ``CORRECTION``, each with ``.match(line)``:
  the whole line is one.

All run in linear time, because every repetition is bounded (reliability row NO2,
``tests/layout/test_linepatterns.py``).

>>> DATELINE.match("KYIV (Reuters) — Rain fell.").group()
'KYIV (Reuters) —'
>>> CREDIT.search("A bridge over the Vel. (AFP photo)").group()
'(AFP photo)'
>>> bool(FURNITURE.match("Read more: Bridge closed"))
True
"""

from __future__ import annotations

import re
from typing import Final


def _either(*alternatives: str) -> str:
    return f"(?:{'|'.join(alternatives)})"


MONTH: Final = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sep(?:t(?:ember|\.)?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
WEEKDAY: Final = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day|\.)?"

# --- datelines ---------------------------------------------------------------------------------

# Agencies that datelines name in parentheses or slashes, also after a place that is not in capitals.
_WIRE = _either(
    r"Reuters|Thomson Reuters Foundation|AP|Associated Press|AFP|CNN(?: [\w ]{1,20})?|CNNMoney|UPI|BBC|DPA|dpa|ANI",
    r"PTI|IANS",
    r"Xinhua|TASS|Itar-Tass|ITAR-TASS|Interfax(?:-\w{1,12})?|RIA Novosti|Sputnik|Bloomberg|Kyodo|EFE|ANSA|Anadolu|AA",
    r"NNA|SANA",
    r"IRNA|Tasnim|Yonhap|Ukrinform|Kazinform|Belga|Lusa|APA|MTI|PAP|CTK|TT|NTB|Ritzau|PR ?Newswire|GLOBE ?NEWSWIRE",
    r"Business Wire",
    r"[A-Z][\w.’' -]{1,30} (?:News|Newsroom|Post|Wire|Service|Agency|Times|Tribune|Press)",
)
_AGENCY = r"[A-Z][\w.&’' -]{1,30}"  # one that the list above does not have
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪİŁŃŇŐŘŚŞŠŤŪŮŰŹŻŽ"
_CAPITAL_WORD = rf"[{_UPPER}][{_UPPER}.’'-]{{1,24}}"
_CAPITALS = rf"{_CAPITAL_WORD}(?:[ /]{_CAPITAL_WORD}){{0,3}}"
_TITLE_WORD = r"[A-Z][\w.’'-]{1,24}"
_TITLE = rf"{_TITLE_WORD}(?:[ /]{_TITLE_WORD}){{0,3}}"
_PLACE = rf"(?:{_CAPITALS}|{_TITLE})(?:, {_TITLE}){{0,2}}"
_CAPITAL_PLACE = (
    r"(?!(?:BREAKING|UPDATED?|EXCLUSIVE|WATCH|VIDEO|PHOTOS?|OPINION|ANALYSIS|LIVE|FILE|NOTE|READ|CORRECTION)\b)"
    rf"{_CAPITALS}(?:, {_TITLE}){{0,2}}"
)
_DAY = rf"(?:{MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {MONTH}(?:,? \d{{4}})?)\.?"
_DASH = r"\s?(?:—|–|―|-{1,3})"
# A story begins with a capital, a figure or a quotation mark; "NATO — the alliance" is a sentence.
_STORY = r"(?=\s{0,3}(?:[^\W_a-z]|[\"'“‘«„$€£(]|$))"

DATELINE: Final = re.compile(
    _either(
        rf"{_PLACE}(?:[,.] {_DAY})?\s?\({_WIRE}\)(?:{_DASH}|[:.])?{_STORY}",  # KYIV, May 3 (Reuters) -
        rf"\({_WIRE}\)(?:{_DASH}|\.)?{_STORY}",  # (CNN) --
        rf"{_PLACE}[,.] {_DAY}\s?/{_WIRE}/(?:\.|{_DASH})?",  # MOSCOW, May 3. /TASS/.
        rf"(?:{_PLACE}[,.] {_DAY}|{_CAPITAL_PLACE})\s?/{_AGENCY}/(?:\.|{_DASH})(?=\s|$){_STORY}",  # BELVAR /VELNA/.
        rf"{_CAPITAL_PLACE}[,.] {_DAY}\s?\({_AGENCY}\)\.(?=\s|$){_STORY}",  # BELVAR, May 3. (VELNA).
        rf"{_PLACE}[,.] {_DAY}{_DASH}(?=\s|$){_STORY}",  # Brussels, 3 May —
        # BELVAR (Vel Echo) —, BELVAR, May 3 (Vel Echo) -
        rf"{_CAPITAL_PLACE}(?:[,.] {_DAY})?\s?\({_AGENCY}\){_DASH}(?=\s|$){_STORY}",
        rf"{_CAPITAL_PLACE}(?:\s?(?:—|–|―|-{{2,3}})| -(?= |$)){_STORY}",  # BRUSSELS —
    )
)

# --- captions ----------------------------------------------------------------------------------

_PHOTO_AGENCY = _either(
    r"AP|AFP(?:-JIJI)?|Reuters|REUTERS|Getty(?: Images)?|EPA(?:-EFE)?|EFE|PA(?: Wire)?|TASS|Sputnik|Xinhua|Bloomberg",
    r"UPI",
    r"Shutterstock|Alamy(?: Stock Photo)?|iStock(?:photo)?|Unsplash|Pexels|Pixabay|Flickr|Wikimedia(?: Commons)?",
    r"Wikipedia",
    r"Handout|Pool|DPA|dpa|ANSA|ANI|PTI|Anadolu(?: Agency)?|AA|NurPhoto|ZUMA(?: Press)?|(?:CQ )?Roll Call",
    r"(?:The )?Associated Press|Rex(?: Features)?|REX|WireImage|Corbis|Press Association|Kyodo|Yonhap|Ukrinform|Unian",
    r"RIA Novosti|IRNA|SANA|Fars|Tasnim|Twitter|Facebook|You[Tt]ube|Telegram|Instagram|USA TODAY(?: Sports| NETWORK)?",
    r"POLITICO|NPR|The Washington Post|The New York Times|Landov|Redux|LightRocket|SOPA Images|Newscom|MCT|TNS",
    r"S[Ii][Pp][Aa](?: USA)?|VCG",
)
_NAME = r"[A-Z][\w.’'-]{0,20}(?: (?:[A-Z][\w.’'-]{0,20}|de|van|von|der|al|el|bin|da|di|del|la|le)){0,4}"
_PICTURE = r"(?:photo(?:graph)?|image|picture|pic|screen ?shot|screen ?grab|video still|illustration|graphic)s?"
_STOCK = (
    r"(?:illustrative|illustration|illustrated|file|archive|archival|stock|handout|courtesy"
    r"|representational|representative|symbolic|undated)"
)
_IN_PARENTHESES = _either(
    # Photo by Jo Lee
    rf"(?i:{_PICTURE}|credit|courtesy)(?i: credit| courtesy)?(?: (?i:by|of|via)\b"
    rf"|\s?[:/])[^()\n]{{1,100}}",
    rf"(?i:{_STOCK})(?i: {_PICTURE})?(?:[:/,][^()\n]{{1,80}})?",  # Illustrative photo
    rf"{_PHOTO_AGENCY} ?(?i:{_PICTURE})? ?[/:|,][^()\n]{{1,80}}",  # AP Photo/Jo Lee
    rf"{_PHOTO_AGENCY} (?i:{_PICTURE})",  # AFP photo
    # Jo Lee/Pool via Reuters
    rf"{_NAME}(?:/| via |, | / | \| )(?:[^()\n]{{0,40}}?[/ -])?{_PHOTO_AGENCY}(?:[/ ][^()\n]{{0,40}})?",
    rf"{_PHOTO_AGENCY}(?=\)\W{{0,3}}$)",  # Reuters
)

CREDIT: Final = re.compile(
    _either(
        rf"\({_IN_PARENTHESES}\)",
        # | Jo Lee/Getty Images
        rf"\|\s?(?:[^|\n]{{0,60}}?[/ ,])?(?:{_PHOTO_AGENCY}(?: (?i:photo|images?))?|(?i:(?:file )?photo))\b"
        rf"(?: via {_PHOTO_AGENCY}\b|/{_PHOTO_AGENCY}\b){{0,2}}(?:[/,]\s?[^|\n]{{1,40}}$"
        rf"|/(?:[A-Z]\. )?[\w-]{{1,20}} [\w-]{{1,20}})?",
        # Photo: Jo Lee
        r"(?<!FILE )(?<!File )\b(?i:(?:photo(?:graph(?:y|er)?)?|image|picture|pic)(?: credits?| courtesy)?(?: by"
        r"| of)?)\s?:\s?(?=[A-Z©@]).{2,100}$",
        r"^(?:Photo illustration|Illustration|Photograph|Photo|Image|Photos|Photographs) by (?=[A-Z]).{2,150}$",
        r"\b(?i:photo|image|picture) (?i:credit|courtesy(?: of)?) (?=[A-Z©@]).{2,100}$",  # Photo courtesy of Jo Lee
        r"\bCredit(?::|\.\.\.|…)\s?(?=[A-Z©@]).{2,100}$",  # Credit: Jo Lee
        r"©\s?.{2,100}$",  # © Jo Lee
        # AP Photo/Jo Lee
        rf"\b(?:REUTERS|AP Photo|AP Images|AFP PHOTO"
        rf"|EPA(?:-EFE)?)\s?/\s?{_NAME}(?:/[A-Za-z ]{{2,20}})?",
        # Jo Lee/AFP via Getty Images
        rf"(?:^|(?<=[.!?)”\"’:] )|(?<=[.!?])"
        rf"|(?<=caption )){_NAME}(?: ?/ ?[A-Z][\w -]{{1,24}}?)?(?: ?/ ?(?:[A-Z][\w -]{{1,24}} )?| via ){_PHOTO_AGENCY}"
        rf"(?: via {_PHOTO_AGENCY}|/(?:{_PHOTO_AGENCY}|File))?\b(?=\W{{0,3}}$| {_NAME}/)",
        r"(?<=[.!?”\"] )(?:[A-Z][\w.-]{0,20} ){0,3}Getty Images$",
        rf"\b(?i:{_STOCK} photo)(?=\W{{0,2}}$)",  # File photo
    )
)

CAPTION_LEAD: Final = re.compile(
    _either(
        r"(?:FILE PHOTO|FILE|\(FILES?\)|Files? photo|Pictured(?: above| below)?|Photo|PHOTO|Image|Caption|In pictures)"
        r"\s?(?::|\s-|–|—)\s?(?=\S)",
        r"(?:Enlarge this image\s)?(?i:toggle|hide|show) caption\b",
        r"Facebook Twitter Pinterest\b",
        r"CLOSE (?=[A-Z])",
        r"In (?:this|an?) [\w., ]{0,40}\b(?:photo|image|picture)\b(?=,| (?:provided|released|taken|made|shows))",
    )
)

# --- bylines -----------------------------------------------------------------------------------

_NOT_A_NAME = (
    rf"(?!(?:{WEEKDAY}|{MONTH}|The|This|That|These|Those|All|Any|Early|Late|Mid|No|Now|Some|Using|Our"
    r"|Published|Updated|Posted|PUBLISHED|UPDATED|POSTED)\b)"
)
_NAME_WORD = rf"{_NOT_A_NAME}[^\W\d_a-z][\w.’'-]{{0,24}}"
_PERSON = (
    rf"{_NAME_WORD}(?: (?:{_NAME_WORD}|de|van|von|der|den|al|el|bin|ben|ibn|da|di|del|della|la|le|du|dos|ter)){{1,4}}"
)
_PEOPLE = rf"{_PERSON}(?:(?:,? and|,| &|;) {_PERSON}){{0,6}}"
_DESK = _either(
    r"(?:[Tt]he )?(?:Associated Press|Reuters|AFP|AP|TASS|CNN|UPI|Editorial Board)",
    r"(?:[A-Z][\w’']{1,24} ){0,3}(?:[Ss]taff(?: (?:[Ww]riters?|[Rr]eporters?))?|[Cc]orrespondents?|[Rr]eporters?"
    r"|[Dd]esk)",
    r"[Oo]ur (?:[\w-]{1,24} ){0,2}(?:correspondents?|reporters?|staff)",
)
_ROLE = (
    r"(?i:(?:[\w’'&/-]{1,24} ){0,4}(?:writer|reporter|correspondent|editor|columnist|contributor|producer|bureau"
    r"|chief|desk"
    r"|staff|analyst|news|times|post|press|today|tribune|herald|gazette|journal|cnn|cnnmoney|reuters|afp|ap))"
)
_CAPITAL_DAY = rf"(?:{MONTH.upper()}|{WEEKDAY.upper()})"  # JULY 2, 2024
_CLOCK = (
    rf"(?:{MONTH}|{WEEKDAY}|{_CAPITAL_DAY}|\d{{4}}-\d{{2}}-\d{{2}}T[\d:.]{{5,12}}(?:Z|[+-]\d{{2}}:?\d{{2}})?"
    r"|\d{1,4}(?:[:/.-]\d{1,4}){0,3}\s?(?:st|nd|rd|th|h|[AaPp][Mm])?|[AaPp]\.?[Mm]|at|on|of|by|and"
    r"|GMT|UTC|BST|CES?T|E[SD]?T|C[SD]T|M[SD]T|P[SD]T|IST|Z|(?:hour|minute|min|day|week|month|year)s?|ago)(?!\w)"
)
# A token swallows its separators and ends where a word ends: a run of them can be cut in one way only.
_DATE = rf"(?=[^\n]{{0,60}}\d)(?:{_CLOCK}[\s,|@•·().+–-]{{0,4}}+){{1,14}}+"
_STATED = (
    r"(?:(?:[Ff]irst|[Ll]ast|[Oo]riginally) )?(?i:published|updated|posted|modified|created|date)(?i: on| at)?\s?:?\s?"
)
_READ: Final = r"(?i:read(?:ing time)?)"  # behind "4 min", which a date goes on with

DATED: Final = re.compile(
    rf"(?=.{{0,60}}?(?:{MONTH}\b|{WEEKDAY}\b|{_CAPITAL_DAY}\b|\d[:/.-]\d\d|\d{{4}}|\d ?[AaPp]\.?[Mm]\b"
    rf"|ago\b))\(?(?P<stated>{_STATED})?(?P<date>{_DATE})(?:[|•·;/]?\s?(?i:(?:last )?updated|modified)(?i: on"
    rf"| at)?\s?:?\s?{_DATE})?(?:{_READ})?:?\)?$"
)

BYLINE: Final = re.compile(
    _either(
        # By Ana Ruiz and Jo Lee, Staff Writers
        rf"(?:(?:(?i:exclusive):? )?(?:[Bb]y|BY)|(?:Written|Reported|Words|Text) by|Byline|BYLINE|Authors?)(?::\s?| )"
        rf"(?P<by>{_PEOPLE}|{_NAME_WORD}(?=, {_ROLE}\W{{0,2}}$)|{_DESK})(?<![a-z]{{3}}\.)"  # "Jr." has its stop
        rf"(?:(?:\s?[,|•·–—/-]\s?| in | for | at |\s?\()[^.!?\n]{{1,100}}|\s{{0,3}}{_STATED}{_DATE}"
        rf"|\s{{1,3}}{_DATE}|\.? (?:Photographs|Photography|Photos|Pictures|Illustrations?) by [^!?\n]{{1,100}})?\.?$",
        # Ana Ruiz | Daily Example
        rf"(?P<piped>{_PEOPLE})\s?[|•]\s{{0,3}}(?P<outlet>[^\s.!?|\"'“‘][^.!?|\n]{{1,59}})(?:\|[^.!?\n]{{1,60}})?$",
        rf"(?P<titled>{_PEOPLE})\s?,\s?{_ROLE}$",  # Ana Ruiz, Staff Writer
    )
)

# --- sections ----------------------------------------------------------------------------------

_SECTION = _either(
    r"home|news|world|politics|business|opinion|analysis(?:/opinion)?|sports?|europe|asia|africa|americas",
    r"middle east|latin america",
    r"us|u\.s\.|uk|national|local|regional|metro|international|tech(?:nology)?|science|health|economy|markets",
    r"finance|culture|society",
    r"defen[cs]e|security|environment|climate|entertainment|lifestyle|education|travel|features|commentary|editorial",
    r"exclusive",
    r"breaking news|latest news|top stories|live",
)
_CRUMB = r"[^\W\d_a-z][\w&’'.-]{0,20}(?: [\w&’'.-]{1,20}){0,3}"

SECTION: Final = re.compile(rf"(?i:{_SECTION}(?: (?:&|and) {_SECTION})?):?$")
BREADCRUMB: Final = re.compile(
    rf"(?=(?:[^/>»›→:]{{1,60}}[/>»›→:]+ ?){{0,5}}(?i:{_SECTION})\s?(?:[/>»›→:]|$))"
    rf"(?:{_CRUMB}(?:\s?(?:>|»|›|→|::)\s?"
    rf"|\s/\s)){{1,5}}{_CRUMB}$"
)

# --- furniture ---------------------------------------------------------------------------------

_SITE = r"(?:twitter|facebook|instagram|telegram|youtube|whatsapp|linkedin|tiktok|threads|google news|social media)"
_THIS_STORY = r"this (?:article|story|report|post|piece|column|dispatch)"
# Lines that are nothing else: buttons and labels of a page.
_LABEL = _either(
    r"ads?|advertise?ment(?:s| continue reading .{0,40})?|sponsored(?: content)?|promoted|loading|close|photos?",
    r"videos?",
    r"share|tweet|print|email|save|comments?|leave a comment|read more|see (?:more|also)|show more|load more",
    r"more on this|also see",
    r"related(?: \w{1,14})?|recommended(?: \w{1,14})?|trending(?: now)?|most (?:read|popular|viewed)|tags?|topics?",
    r"facebook|twitter|whatsapp|youtube|story continue[sd](?: below)?(?: advertisement)?",
    r"continue reading(?: below| the main story)?",
    r"(?:article|story) continues(?: below)?(?: (?:this )?ad\w{0,14})?|slideshow \(\d{1,4} images?\)",
    r"(?:prev |next )?image \d{1,4} of \d{1,4}",
    r"for immediate release|ends?|-?30-?|scroll down.{0,40}|skip to .{1,30}|back to top|\[?(?:pullquote|audio-clip)\]?",
    r"abstract|full text",  # ProQuest's labels
)
# Words that a colon turns into the head of a list of links or credits.
_LIST_HEAD = _either(
    r"read more(?: (?:from|about|on|at|in) [^:\n]{1,40})?|(?:read|see|also|watch) (?:also|next|read|see)",
    r"further reading|recommended",
    r"related(?: (?:stories|story|articles?|links?|coverage|news|content|topics?|reading|video))?",
    r"more(?: (?:from|on) [^:\n]{1,40})?",
    r"must[ -]read|don[’']t miss",
    r"(?:watch|listen)(?: (?:now|again|here|above|below|this|(?:the )?(?:full )?(?:video|clip)(?: above| below)?))?",
    r"watch(?: it)? live(?: [^:\n]{1,40}(?::\d\d[^:\n]{0,12})?)?",  # watch live at 7:30 p.m.
    r"photos|pictures|(?:photo )?gallery|slideshow|videos?|related video|full coverage|special coverage",
    r"(?:media|press) contacts?|share this",
)

_BULLETS: Final = r"[-–—•⦁*\[({>▶►▷⏵\s]{0,4}+"

# What tells a line by words in its midst: one of them is looked for once, before each is from every place on.
_MIDST = r"(?=.{0,200}\b(?:by (?:signing|subscribing|clicking)|all rights|contributed|can also))" + _either(
    r".{0,120}\bby (?:signing up|subscribing|clicking),? (?:you|i) .{0,400}$",
    r".{0,160}\ball rights reserved\b.{0,160}$",
    rf".{{2,200}}\bcontributed(?: (?:reporting|research|writing))? (?:to|for) {_THIS_STORY}\b"
    r"(?:, which was (?:last )?updated\b.{0,60}|.{0,30})$",
    r".{0,200}\bcan also be (?:accessed|read|viewed|found|followed) (?:at|on|here|via|in)\b.{0,200}$",
)

FURNITURE: Final = re.compile(
    rf"(?i:{_BULLETS}"
    + _either(
        _MIDST,
        rf"{_LABEL}[\s\]).:…!»>-]{{0,6}}$",
        rf"{_LIST_HEAD}\s?[:»>|].{{0,160}}$",
        r"(?-i:WATCH|LISTEN|VIDEO)(?: (?-i:LIVE|NOW))?\s?[–—-]{1,2}\s.{1,160}$",
        r"(?:watch|listen to) [^\"“”\n]{2,120} (?:above|below)[.:!]?$",
        r"(?<=\[)(?:watch|listen to|read|see) [^\]\n]{1,300}\]$",
        r"(?:contributing|tags?|topics?|filed under|keywords?)\s?:.{0,400}$",
        rf"follow (?:(?:us|me|him|her|them|@\w{{1,30}}|the [\w ]{{1,40}}|[\w.’' ]{{2,60}} on)\b.{{0,60}}?(?:@"
        rf"|\b{_SITE}\b|\bon x\b)|@).{{0,250}}$",
        rf"(?:like|join|find|visit|follow|contact|support) us (?:on|at|via)(?: .{{0,60}})?\b(?:{_SITE}\b|x$|www\."
        rf"|http).{{0,80}}$",
        r"(?:like|join|find|visit|follow|contact|support) us(?: today| now)?\W{0,3}$",
        r"this is a rush transcript\b.{0,80}$",
        rf"(?:(?:estimated )?reading time:? )?\d{{1,3}}[ -]?min(?:ute)?s?[ -]?{_READ}$",
        r"(?:estimated )?reading time:? \d{1,3}[ -]?min(?:ute)?s?\.?$",
        r"(?:sign up|subscribe) (?:for|to|here|now|today|and|with|via)\b.{0,400}$",
        r"(?:want|get|receive|let|daily)\b.{0,200}\b(?:(?:in|to|meet) your inbox|our (?:\w{1,20} )?newsletter"
        r"|sign up).{0,300}$",
        r"(?:copyright\s?(?:©|\(c\)|by\b|\d{4}|the [a-z])|(?:c\)|©)\s?(?:copyright|\d{4})).{0,250}$",
        r"(?:click|tap) (?:here|on the|for more|to (?:read|see|view|watch|listen|share|subscribe|enlarge|get"
        r"|sign))\b.{0,250}$",
        r"share (?:this|on|via|tweet)\b.{0,80}$",
        r"[^\"“”]{2,80}\bcontributed(?: (?:reporting|research|writing))?\.?\)?$",
        r"(?:additional )?(?:reporting|editing|writing|compiled|edited) by .{2,250}$",
        r"with (?:additional )?(?:reporting|files|inputs?|contributions?|reports?) (?:by|from) .{2,120}$",
        rf"{_THIS_STORY} was (?:first|originally|produced|last|published|republished|updated)\b.{{0,250}}$",
        rf"{_THIS_STORY} (?:(?:first|originally) (?:appeared|published|ran)|is (?:more than"
        rf"|over) \d{{1,3}} \w{{1,10}} old)\b.{{0,250}}$",
        r"the (?:opinions|views) expressed\b.{0,300}$",
        r"(?:have|got) a (?:news )?(?:tip|story|question)\b.{0,200}$",
        r"send (?:tips|letters|e-?mails?|us|your)\b.{0,160}$",
        r"(?:.{5,160}[^\w\s]? read more|play video\b.{0,200}|listen to (?:this )?article\b.{0,100})$",
        r"read or share this .{0,250}$",
        r"for (?:more|further) (?:information|details|news|stories|updates)[^.\n]{0,40}(?:contact|visit|see|follow"
        r"|click|go to)\b.{0,200}$",
        r"(?:we use cookies|this site (?:uses|is protected)|please enable|your browser|view comments)\b.{0,250}$",
        r"visit [\w’'. ]{2,40}homepage\b.{0,100}$",
        r"(?:support|donate to) [\w’' -]{2,40}journalism.{0,100}$",
        r"https?://[^\s]{1,400}$|www\.[^\s]{1,200}$|[\w.+-]{1,60}@[\w.-]{1,60}$",
        r"(?:jwplayer|embed|video|gallery|caption|playlist|iframe|youtube)\b[^\]\n]{0,400}\](?:\[/\w{1,20}\])?$",
    )
    # Rules of dashes, asterisks, underscores.
    + r")|(?:_|[^\w\"'“”‘’«»„?!$€£%&]){1,80}$"
)

# --- corrections -------------------------------------------------------------------------------

_ERRATUM: Final = r"(?:corrections?(?:(?: and | & )(?:clarifications?|updates?))?|clarifications?)(?: appended)?"
_NOTED: Final = (
    rf"(?:[ ,(]{{1,3}}(?:(?:on|at) )?(?:{MONTH}|{WEEKDAY}|\d)[^:\n]{{0,30}}(?::\d\d[^:\n]{{0,12}})?)?\s?[:—–]\s?"
)
_NOTE: Final = rf"(?:(?:{_ERRATUM}|editors?[’']?s?[’']? note|updated?){_NOTED})"
# "This article was amended in 1996, Quill said" is of a law.
_UNSAID: Final = (
    r"(?!.{1,900}, [^,.\n]{2,60}\b(?:said|says|wrote|added|argued|noted|told)(?: (?:[a-z]+ )?[A-Z]\w{2,12})?\.?$)"
)
_EARLIER: Final = r"(?:earlier|previous|original|prior|initial|early)"
_TEXT: Final = r"(?:article|story|post|piece|column|dispatch|headline)"

CORRECTION: Final = re.compile(
    rf"(?i:{_BULLETS}"
    + _either(
        r"corrections?(?: appended)?[.:]?$",
        # With a stop, as "Correction: Bridge story" heads one; and no post ("... (@anaruiz)").
        rf"{_ERRATUM}{_NOTED}(?!.{{0,900}}\(@).{{1,900}}[.!?)\]”\"’'*]$",
        rf"(?:{_NOTE}|{_UNSAID})this (?:{MONTH} \d{{1,2}} )?(?:{_TEXT}|report) (?:has been|was|is being)"
        r"(?: (?:also|since|last))? (?:updated|corrected|amended|clarified|refiled)\b.{0,900}$",
        rf"(?:{_NOTE}|{_UNSAID})this {_TEXT} (?:has been|was)(?: since)? (?:revised|edited|changed)\b.{{0,900}}$",
        rf"(?:{_NOTE}(?:an?|the) {_EARLIER} version of (?:the|this)|(?:an?|the) {_EARLIER} version of this)"
        rf" (?:{_TEXT}|report|alert|caption)\b.{{0,900}}$",
        rf"(?:this {_TEXT}|this version)(?: also)? (?:corrects|clarifies)\b.{{0,400}}$",
        r"(?<=\()(?:corrects|clarifies|refiles)\b.{2,300}\)$",  # (Corrects the mayor's age in paragraph 2)
    )
    + ")"
)
"""What an outlet says about the text itself, not about what happened."""
