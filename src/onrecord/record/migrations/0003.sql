-- Whether something was said at all, and in which mood, is corrected like the other fields: `modality`, and `negated`,
-- 'yes' or 'no'.

DROP VIEW who_said_what_corrected;

-- The same with corrections over what was read or put in; of several of one field the last one that stands holds. What
-- somebody said is no statement is left out.
CREATE VIEW who_said_what_corrected AS
WITH held AS (
    SELECT document_hash || '-' || printf('%08x', mark) AS statement, field, json_extract(value, '$.words') AS words
    FROM corrections WHERE id IN (
        SELECT max(id) FROM corrections WHERE standing = 'stands' GROUP BY document_hash, mark, field))
SELECT
    read.statement AS statement,
    CASE WHEN speaker.field IS NULL THEN read.speaker ELSE speaker.words END AS speaker,
    CASE WHEN content.field IS NULL THEN read.content ELSE content.words END AS content,
    CASE WHEN cue.field IS NULL THEN read.cue ELSE cue.words END AS cue,
    CASE WHEN source.field IS NULL THEN read.source ELSE source.words END AS source,
    read.outlet AS outlet,
    read.published AS published,
    read.title AS title,
    read.address AS address,
    coalesce(form.words, read.form) AS form,
    coalesce(cue_class.words, read.cue_class) AS cue_class,
    read.zone AS zone,
    coalesce(modality.words, read.modality) AS modality,
    CASE negated.words WHEN 'yes' THEN 1 WHEN 'no' THEN 0 ELSE read.negated END AS negated,
    read.confidence AS confidence,
    read.standing AS standing,
    coalesce(speaker.field, content.field, cue.field, source.field, cue_class.field, form.field, modality.field,
        negated.field) IS NOT NULL OR read.is_added AS is_corrected,
    read.is_added AS is_added,
    read.document AS document,
    read.id AS id
FROM who_said_what AS read
LEFT JOIN held AS speaker ON speaker.statement = read.statement AND speaker.field = 'speaker'
LEFT JOIN held AS content ON content.statement = read.statement AND content.field = 'content'
LEFT JOIN held AS cue ON cue.statement = read.statement AND cue.field = 'cue'
LEFT JOIN held AS source ON source.statement = read.statement AND source.field = 'source'
LEFT JOIN held AS cue_class ON cue_class.statement = read.statement AND cue_class.field = 'cue_class'
LEFT JOIN held AS form ON form.statement = read.statement AND form.field = 'form'
LEFT JOIN held AS modality ON modality.statement = read.statement AND modality.field = 'modality'
LEFT JOIN held AS negated ON negated.statement = read.statement AND negated.field = 'negated'
LEFT JOIN held AS deleted ON deleted.statement = read.statement AND deleted.field = 'deleted'
WHERE deleted.field IS NULL;
