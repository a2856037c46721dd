-- Statements that somebody put in are rows of `statements`, too: the last of their document's, behind those that were
-- read, so that they are found and counted like them. Until now they stood in `corrections` alone; putting.py writes
-- them once this is done.

-- How many of readings.statement_count were put in, and of entity_count brought along as speakers of these.
ALTER TABLE readings ADD COLUMN added_statements INTEGER NOT NULL DEFAULT 0;
ALTER TABLE readings ADD COLUMN added_entities INTEGER NOT NULL DEFAULT 0;

DROP VIEW who_said_what_corrected;
DROP VIEW who_said_what;

-- One row a statement, all in plain words; is_added where somebody put it in.
CREATE VIEW who_said_what AS
SELECT
    documents.hash || '-' || printf('%08x', statements.mark) AS statement,
    coalesce(statements.speaker_name, speaker.name) AS speaker,
    words.content AS content,
    words.cue AS cue,
    words.source AS source,
    coalesce(outlets.name, documents.outlet) AS outlet,
    documents.published AS published,
    documents.title AS title,
    documents.address AS address,
    form.term AS form,
    cue_class.term AS cue_class,
    zone.term AS zone,
    modality.term AS modality,
    statements.negated AS negated,
    CASE typeof(statements.confidence) WHEN 'integer' THEN statements.confidence / 10000.0 ELSE statements.confidence END
        AS confidence,
    CASE statements.standing WHEN 0 THEN 'counts' WHEN 1 THEN 'copy' ELSE 'revised' END AS standing,
    (SELECT statements.id >= first_statement + statement_count - added_statements FROM readings
     WHERE readings.document_id = statements.document_id) AS is_added,
    documents.hash AS document,
    statements.id AS id
FROM statements
JOIN documents ON documents.id = statements.document_id
JOIN statement_words AS words ON words.id = statements.id
JOIN terms AS form ON form.id = statements.form
JOIN terms AS cue_class ON cue_class.id = statements.cue_class
JOIN terms AS zone ON zone.id = statements.zone
JOIN terms AS modality ON modality.id = statements.modality
LEFT JOIN entities AS speaker ON speaker.id = statements.speaker_id
LEFT JOIN outlets ON outlets.id = statements.outlet_id;

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
    read.modality AS modality,
    read.negated AS negated,
    read.confidence AS confidence,
    read.standing AS standing,
    coalesce(speaker.field, content.field, cue.field, source.field, cue_class.field, form.field) IS NOT NULL
        OR read.is_added AS is_corrected,
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
LEFT JOIN held AS deleted ON deleted.statement = read.statement AND deleted.field = 'deleted'
WHERE deleted.field IS NULL;
