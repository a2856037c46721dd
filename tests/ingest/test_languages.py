import subprocess
import sys
from dataclasses import replace

import pytest

from onrecord.document import Document
from onrecord.errors import ForeignLanguage
from onrecord.ingest.languages import identify, require_english

ENGLISH = (
    "The mayor of Tarn said on Monday that the bridge would open in May, two years after it was closed. "
    "“We have kept our promise,” she told reporters, and thanked those who had waited for it."
)
FOREIGN = {
    "de": (
        "Die Bürgermeisterin von Tarn sagte am Montag, die Brücke werde im Mai wieder geöffnet, zwei Jahre nach "
        "ihrer Sperrung. „Wir haben unser Versprechen gehalten“, sagte sie vor Journalisten und dankte allen, "
        "die gewartet hatten."
    ),
    "nl": (
        "De burgemeester van Tarn zei maandag dat de brug in mei weer open gaat, twee jaar nadat ze werd "
        "afgesloten. “We hebben onze belofte gehouden”, zei ze tegen journalisten, en ze bedankte iedereen die "
        "had gewacht."
    ),
    "fr": (
        "La maire de Tarn a déclaré lundi que le pont rouvrirait en mai, deux ans après sa fermeture. « Nous "
        "avons tenu notre promesse », a-t-elle dit aux journalistes, en remerciant ceux qui avaient attendu."
    ),
    "es": (
        "La alcaldesa de Tarn dijo el lunes que el puente se abrirá en mayo, dos años después de su cierre. "
        "«Hemos cumplido nuestra promesa», dijo a los periodistas, y dio las gracias a quienes habían esperado."
    ),
    "it": (
        "La sindaca di Tarn ha detto lunedì che il ponte riaprirà a maggio, due anni dopo la chiusura. «Abbiamo "
        "mantenuto la promessa», ha detto ai giornalisti, ringraziando chi aveva aspettato."
    ),
    "pt": (
        "A prefeita de Tarn disse na segunda-feira que a ponte será reaberta em maio, dois anos depois de ter "
        "sido fechada. “Cumprimos a nossa promessa”, disse aos jornalistas, e agradeceu a quem esperou."
    ),
    "sv": (
        "Borgmästaren i Tarn sade på måndagen att bron öppnas i maj, två år efter att den stängdes. ”Vi har "
        "hållit vårt löfte”, sade hon till journalisterna och tackade alla som hade väntat."
    ),
    "pl": (
        "Burmistrz Tarnu powiedziała w poniedziałek, że most zostanie otwarty w maju, dwa lata po zamknięciu. "
        "„Dotrzymaliśmy obietnicy” – powiedziała dziennikarzom i podziękowała tym, którzy czekali."
    ),
    "ru": (
        "Мэр Тарна заявила в понедельник, что мост откроют в мае, через два года после закрытия. «Мы сдержали "
        "своё обещание», — сказала она журналистам и поблагодарила всех, кто ждал."
    ),
    "uk": (
        "Мерка Тарна заявила в понеділок, що міст відкриють у травні, через два роки після закриття. «Ми "
        "дотримали свою обіцянку», — сказала вона журналістам і подякувала всім, хто чекав."
    ),
    "tr": (
        "Tarn belediye başkanı pazartesi günü köprünün kapatılmasından iki yıl sonra mayıs ayında açılacağını "
        "söyledi. “Sözümüzü tuttuk” dedi ve bekleyen herkese teşekkür etti."
    ),
    "id": (
        "Wali kota Tarn mengatakan pada hari Senin bahwa jembatan itu akan dibuka pada bulan Mei, dua tahun "
        "setelah ditutup. “Kami telah menepati janji kami,” katanya kepada wartawan."
    ),
    "ar": (
        "قالت رئيسة بلدية تارن يوم الاثنين إن الجسر سيفتح في مايو بعد عامين من إغلاقه. وأضافت للصحفيين: لقد "
        "وفينا بوعدنا."
    ),
    "he": ("ראשת עיריית טארן אמרה ביום שני שהגשר ייפתח במאי, שנתיים לאחר שנסגר. קיימנו את הבטחתנו, אמרה לעיתונאים."),
    "zh": (
        "塔恩市市长星期一表示，这座桥将在五月重新开放，距离关闭已经过去两年。她对记者说：“我们信守了承诺。”并感谢"
        "所有等待的人们以及参与修复工程的工人。"
    )
    * 2,
    "ja": (
        "タルン市の市長は月曜日、橋は閉鎖から二年後の五月に再開されると述べた。「私たちは約束を守りました」と記者"
        "団に語り、待っていた人々に感謝した。"
    )
    * 2,
    "ko": (
        "타른 시장은 월요일 다리가 폐쇄된 지 2년 만에 5월에 다시 열릴 것이라고 말했다. 그는 기자들에게 “우리는 "
        "약속을 지켰다”고 말하며 기다려 준 시민들에게 감사를 표했다."
    ),
}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_foreign_report_is_known_by_its_text(language):
    assert identify(FOREIGN[language]) == language
    assert identify((FOREIGN[language] + "\n\n") * 30) == language


def test_english_is_known_by_its_text():
    assert identify(ENGLISH) == "en"
    assert identify(ENGLISH.upper()) == "en"
    assert identify(ENGLISH * 1_000) == "en"


@pytest.mark.parametrize(
    "text", ["", " \n", "Mayor resigns", "12 May 2024, 10:30", "Tarn 3, Belt 1", "¡Olé! ¡Olé!", "😀" * 200]
)
def test_what_is_too_short_is_left_open(text):
    assert identify(text) is None


@pytest.mark.parametrize("language", ["de", "fr", "ru", "ar", "ja"])
def test_a_report_of_two_languages_is_read(language):
    foreign = FOREIGN[language]
    assert identify(f"{ENGLISH}\n\n{foreign}") == "en"
    assert identify(f"{foreign}\n\n{ENGLISH}") == "en"
    assert identify(f"{ENGLISH}\n\n" * 5 + f"{foreign}\n\n" * 5) == "en"


def test_names_and_numbers_alone_are_not_taken_for_a_language():
    results = "\n".join(
        f"{home} {number}, {away} {number - 1}" for number, (home, away) in enumerate([("Tarn", "Belt")] * 40)
    )
    assert identify(results) in {None, "en"}


def document(language):
    return replace(Document.from_text("x"), language=language)


def test_a_foreign_document_is_refused_by_name_unless_forced():
    with pytest.raises(ForeignLanguage, match=r"is in German.*--force"):
        require_english(document("de"), force=False)
    require_english(document("de"), force=True)


def test_an_english_document_and_one_of_unknown_language_are_read():
    require_english(document("en"), force=False)
    require_english(document(None), force=False)


SHORT = "The bridge will close in May, mayor Ilsa Toren said."


def test_plain_english_and_what_is_too_short_never_load_the_model():
    script = (
        "import sys; from onrecord.ingest.languages import identify\n"
        f"assert identify({ENGLISH!r}) == identify({SHORT!r}) == 'en'\n"
        "assert identify('“Es hält,” sagte Ilsa Toren.') is None\n"
        "assert 'py3langid' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    "text",
    [
        "Gouverneur of burgemeester: wie zei het, of niet, over de brug?",
        "De band The Who speelde maandag in Tarn, en de zaal was vol.",
        "Le groupe The Who a joué lundi à Tarn, et la salle était pleine.",
    ],
)
def test_a_borrowed_word_or_two_make_no_short_text_english(text):
    assert identify(text) != "en"
