-- A content that somebody corrected may have another form: a quotation that was read without its marks, say. It was told
-- so wherever the statement was shown, but not here, in filters, nor in counts.

DROP VIEW who_said_what_corrected;

-- The same as who_said_what with corrections over what was read or put in; of several of one field the last one that
-- stands holds. What somebody said is no statement is left out. The form is what somebody said it is, or follows from
-- the corrected content.
CREATE VIEW who_said_what_corrected AS
WITH made AS (
    SELECT id, document_hash || '-' || printf('%08x', mark) AS statement, field, json_extract(value, '$.words') AS words,
        json_extract(value, '$.form') AS form
    FROM corrections WHERE standing = 'stands' AND field <> 'added'
    UNION ALL
    SELECT id, document_hash || '-' || printf('%08x', mark), 'cue_class', json_extract(value, '$.cue_class'), NULL
    FROM corrections WHERE standing = 'stands' AND field = 'added' AND json_extract(value, '$.cue_class') IS NOT NULL
    UNION ALL
    SELECT id, document_hash || '-' || printf('%08x', mark), 'speaker',
        (SELECT group_concat(name.value, ', ') FROM json_each(corrections.value, '$.names') AS name), NULL
    FROM corrections WHERE standing = 'stands' AND field = 'added' AND json_array_length(value, '$.names') > 0),
held AS (
    SELECT statement, field, words, form, max(id) AS id FROM made GROUP BY statement, field)
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
    coalesce(form.words, content.form, read.form) AS form,
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
