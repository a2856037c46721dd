"""Whether a statement was made, and in which mood, from the words of its cue and those just before it.

Read are, leftwards from the verb of the cue: the auxiliaries, adverbs and governing verbs that touch it
("has yet to", "is expected to", "failed to", "denied having"), then up to six words of the subject and
conjunction before them ("no one", "if"). Implicative verbs follow Karttunen (1971).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.attribution.cuelexicon import Entry, Match, load_lexicon
from onrecord.attribution.cuewords import BREAKS, Word, words_after, words_in
from onrecord.attribution.inflection import lemmas_of
from onrecord.document import Span
from onrecord.reading import StatementModality
from onrecord.wordlists import word_set

NEGATORS: Final = word_set("not n't never no neither nor cannot without nobody none")
# "not only said", "not surprisingly, he said", "could not help saying": no negation of the saying.
NO_NEGATION_AFTER_NOT: Final = word_set("only just merely simply surprisingly least help")
NO_NEGATION_AFTER_NO: Final = word_set("doubt sooner wonder words secret")
NEGATIVE_IMPLICATIVES: Final = word_set(
    "fail forget neglect avoid refrain omit hesitate decline refuse unable unwilling"
)
REFUSALS: Final = word_set("decline refuse unwilling unable")
# "Declined to give a reason": of light verbs, those of what one may be asked for.
REFUSED_ANSWERS: Final = word_set("give provide release offer share make issue go elaborate return take")
# "Refused to ban it" refuses an act, "refused to condemn it" words; of demands only those that are put in words.
ACTS: Final = frozenset({"thinking", "feeling", "demanding"})
DEEDS: Final = word_set("vote sign pass back join meet")
ASKING_VERBS: Final = word_set("recommend advise urge demand request ask call order")
FUTURE_MODALS: Final = word_set("will 'll wo shall sha gonna")
HYPOTHETICAL_MODALS: Final = word_set("would could might may should ought must")
# "Would not say", "could not say": a refusal that was made, not one that would be.
REFUSING_MODALS: Final = word_set("would could 'd")
# What follows their "to" has yet to be said.
EXPECTING: Final = word_set("expected set due scheduled slated likely poised about bound going preparing ready primed")
PLANNING: Final = word_set("plan intend mean aim propose vow")
WISHING: Final = word_set("hope want wish like")
# "Would like", "would rather": a wish that is expressed, not a wish that would be.
POLITE: Final = word_set("like love prefer rather hate")
# "Would later say": it was said.
DONE: Final = word_set("later often eventually subsequently frequently repeatedly")
# "Would only say", "would say only": no more was said; not "a ban would only prove that".
LITTLE_SAID: Final = word_set("say tell comment confirm acknowledge admit disclose describe")
THINGS: Final = word_set("it that this which")
# "She liked to say" tells of many times that she did.
HABITS: Final = word_set("likes liked loves loved")
CONDITIONS: Final = word_set("if unless whether")
QUESTION_OPENERS: Final = word_set(
    "did does do has have had will would could can should might may is are was were who why what when how which"
)
JOINING: Final = word_set("and but or so yet then")
"""What a question may begin with before the word that makes it one."""
AUXILIARIES: Final = word_set(
    """be am is are was were been being 's 're 'm have has had 've 'd having do does did can ca to of from than that
    short stop stopped instead rather yet ever so far once also still even just again now then later already often
    always first long since soon both either"""
)
GOVERNORS: Final = NEGATIVE_IMPLICATIVES | PLANNING | WISHING
LISTED: Final = AUXILIARIES | NEGATORS | FUTURE_MODALS | HYPOTHETICAL_MODALS | EXPECTING
PRONOUNS: Final = word_set("he she they it i we you")
SUBJECT_WORDS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """Negation and modality of a statement."""

    negated: bool
    modality: StatementModality


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbGroup:
    """The verb of a cue with what governs it; positions are indexes of ``words``."""

    words: Sequence[Word]
    """The words before the cue, back to a break, then those of the cue."""
    start: int
    """Where the auxiliaries and governing verbs begin."""
    verb: int
    """Where the word that decides the cue's meaning stands."""
    match: Match | None
    """The lexicon's entry there."""

    @property
    def governing(self) -> range:
        """Where the words between ``start`` and ``verb`` stand."""
        return range(self.start, self.verb)

    @property
    def subject(self) -> Sequence[Word]:
        """The words just before the group: subject and conjunction."""
        return self.words[max(0, self.start - SUBJECT_WORDS) : self.start]

    def plain(self, index: int) -> str:
        """Return a word in lower case, or nothing beyond the last."""
        return self.words[index].plain if 0 <= index < len(self.words) else ""


def expects(word: str) -> bool:
    """Tell whether ``word`` puts the verb after its "to" in the future: expected, set, due, likely."""
    return word in EXPECTING


def plans(word: str) -> bool:
    """Tell whether ``word`` is of a verb of planning: plans, intends."""
    return not PLANNING.isdisjoint(lemmas_of(word))


def wishes(word: str) -> bool:
    """Tell whether ``word`` is of a verb of wishing: wants, hopes."""
    return not WISHING.isdisjoint(lemmas_of(word))


def verb_group(before: Sequence[Word], cue: Sequence[Word], match: Match | None) -> VerbGroup:
    """Return the verb group of a cue: all of the cue before its verb, and what touches it on the left."""
    words = [*before, *cue]
    start = len(before)
    while start > 0 and _belongs(words[start - 1].plain):
        start -= 1
    return VerbGroup(words=words, start=start, verb=len(before) + (match.start if match else 0), match=match)


def _belongs(word: str) -> bool:
    return word in LISTED or word.endswith("ly") or not GOVERNORS.isdisjoint(lemmas_of(word))


def mood_of(text: str, group: VerbGroup, *, sentence: Span | None) -> Mood:
    """Return negation and modality of the verb of ``group``, which stands in ``sentence`` of ``text``."""
    turns = [_is_negated(group), _nobody_speaks(group), _is_refusal(text, group, sentence), _says_nothing(group)]
    negated = sum(turns) % 2 == 1
    return Mood(negated=negated, modality=_modality(text, group, sentence, negated=negated))


def _is_negated(group: VerbGroup) -> bool:
    """Count what negates: "never failed to say" is no negation."""
    return sum(_negates(group, index) for index in group.governing) % 2 == 1


def _negates(group: VerbGroup, index: int) -> bool:
    word, after = group.plain(index), group.plain(index + 1)
    if word in ("not", "n't"):
        return after not in NO_NEGATION_AFTER_NOT
    if word == "no":
        return after not in NO_NEGATION_AFTER_NO
    if word in NEGATORS:
        return True
    if word in ("yet", "rather", "instead", "short"):
        return after in ("to", "than", "of")
    return not NEGATIVE_IMPLICATIVES.isdisjoint(lemmas_of(word))


def _nobody_speaks(group: VerbGroup) -> bool:
    """Tell whether the subject is nobody: "no one", "neither man"; not in "no, the mayor", "neither won, but he"."""
    plain = [word.plain for word in group.subject]
    plain = plain[max((at for at, word in enumerate(plain) if word == "but"), default=0) :]
    for index, word in enumerate(plain):
        after = plain[index + 1] if index + 1 < len(plain) else ""
        if word in ("nobody", "none", "neither") or (word == "no" and after == "one"):
            return True
        if word == "no" and len(plain) - index <= 3 and after not in NO_NEGATION_AFTER_NO | BREAKS:
            return True
    return False


def _is_refusal(text: str, group: VerbGroup, sentence: Span | None) -> bool:
    """Tell whether the verb refuses to speak: "declined to comment"; what is refused may stand after the cue."""
    match = group.match
    if match is None or len(match.entry.words) > 1 or match.entry.words[0] not in REFUSALS:
        return False
    following = [*group.words[group.verb + 1 :], *words_after(text, group.words[-1].end, sentence=sentence)]
    if not following or following[0].plain != "to":
        return False
    refused = next((word.plain for word in following[1:4] if not word.plain.endswith("ly")), "")
    if refused in REFUSED_ANSWERS:
        return True
    entry = _saying(refused)
    if entry is None:
        return False  # "refused to help"
    return refused not in DEEDS and (entry.cue_class not in ACTS or refused in ASKING_VERBS)


def _says_nothing(group: VerbGroup) -> bool:
    """Tell whether the verb has "nothing" for its object: "said nothing about"."""
    return "nothing" in (group.plain(group.verb + 1), group.plain(group.verb + 2))


def _modality(text: str, group: VerbGroup, sentence: Span | None, *, negated: bool) -> StatementModality:
    if _follows_denial(group) or _denies_saying(group):
        return "denied"
    if any(_is_future(group, index) for index in group.governing):
        return "future"
    if any(word.plain in CONDITIONS for word in group.subject) or _is_question(text, group, sentence):
        return "hypothetical"
    modals = {group.plain(index) for index in group.governing if _is_hypothetical(group, index)}
    return "said" if not modals or (negated and modals <= REFUSING_MODALS) else "hypothetical"


def _follows_denial(group: VerbGroup) -> bool:
    """Tell whether "denied" before the cue governs its verb: "denied that he had ever [said]"."""
    for index in range(group.verb - 1, -1, -1):
        word = group.plain(index)
        if "deny" in lemmas_of(word):
            return True
        if not (word in PRONOUNS or word in AUXILIARIES or word.endswith("ly")):
            return False
    return False


def _denies_saying(group: VerbGroup) -> bool:
    """Tell whether the cue itself denies that something was said: "denied saying", "denies he ever said"."""
    if group.match is None or group.match.entry.words != ("deny",):
        return False
    denied = group.verb + 1
    while group.plain(denied) in PRONOUNS | {"ever", "even", "having", "had", "that"}:
        denied += 1
    word = group.plain(denied)
    return bool(load_lexicon().find([word])) and (word.endswith("ing") or denied > group.verb + 1)


def _is_future(group: VerbGroup, index: int) -> bool:
    word = group.plain(index)
    if word in FUTURE_MODALS:
        return _is_modal(group, index)
    compared = group.plain(index - 1) in ("more", "less", "most", "least")
    return _to_follows(group, index) and not compared and (expects(word) or plans(word))


def _is_hypothetical(group: VerbGroup, index: int) -> bool:
    word = group.plain(index)
    if word in HYPOTHETICAL_MODALS or word == "'d":
        done = word == "would" and _was_done(group, index)
        return not done and group.plain(index + 1) not in POLITE and _is_modal(group, index)
    return _to_follows(group, index) and wishes(word) and word not in HABITS


def _was_done(group: VerbGroup, would: int) -> bool:
    """Tell whether "would" looks ahead from the past, or tells of all that was said: "would go on to say".

    In "said it would later announce" it looks ahead from what was said, and nobody knows whether it was done.
    """
    after = group.plain(would + 1)
    subject = [word.plain for word in group.subject]
    if "only" in (after, group.plain(group.verb + 1)):
        return group.plain(group.verb) in LITTLE_SAID and subject[-1:] != [] and subject[-1] not in THINGS
    goes_on = after == "go" and group.plain(would + 2) == "on"
    return (after in DONE or goes_on) and not any(_saying(word) is not None for word in subject)


def _saying(word: str) -> Entry | None:
    """Return the lexicon's entry of a verb of saying or thinking, whose content may follow; None for other words."""
    found = load_lexicon().find([word])
    return found[0].entry if found and found[0].entry.part == "verb" and found[0].entry.use == "head" else None


def _to_follows(group: VerbGroup, index: int) -> bool:
    """Tell whether "to" comes next, at most an adverb before it: "expected soon to", not "set up to"."""
    after = group.plain(index + 1)
    return after == "to" or (group.plain(index + 2) == "to" and (after in AUXILIARIES or after.endswith("ly")))


def _is_modal(group: VerbGroup, index: int) -> bool:
    """Tell whether a word is the modal it looks like; "Will said" and "in May said" hold a name and a month."""
    word = group.words[index].text
    return (word[0].islower() and group.plain(index) != "'d") or _governs_base_form(group, index)


def _governs_base_form(group: VerbGroup, index: int) -> bool:
    """Tell whether the verb after a word, adverbs passed over, is no past form: "'d say", not "'d said"."""
    passed = (AUXILIARIES | NEGATORS) - {"have", "be"}
    rest = (group.plain(place) for place in range(index + 1, group.verb + 1))
    verb = next((word for word in rest if not word.endswith("ly") and word not in passed), "")
    return bool(verb) and lemmas_of(verb) == (verb,)


def _is_question(text: str, group: VerbGroup, sentence: Span | None) -> bool:
    """Tell whether the report itself asks: its sentence opens with an auxiliary or question word and ends so."""
    if sentence is None or not sentence.of(text).rstrip().endswith("?"):
        return False
    opening = words_in(text, sentence.start, group.words[group.verb].start)
    opening = opening[1:] if opening and opening[0].plain in JOINING else opening
    return bool(opening) and opening[0].plain in QUESTION_OPENERS and not any(word.text in BREAKS for word in opening)
