-- Two views that told other than the commands do. `people` gave namesakes ids that nobody has, such as p99165fb0270.0
-- for p99165fb027.207, counted a report twice that names somebody twice, and named who was merged by the name that most
-- reports have, whoever it is of. And what somebody said who put a statement in that a reading has found since is a
-- correction of that statement, as it is elsewhere.

DROP VIEW people;

-- One row a person, organization or country, with what the reports that count say: merges included, copies and revised
-- texts not, nor what somebody said is no statement; a statement that mentions somebody in two ways is one. The name is
-- what most reports call it, also of who is in the table register; who was merged goes by the name of whom it was merged
-- into.
CREATE VIEW people AS
WITH told AS (
    SELECT coalesce(into_id, entities.person_id) AS number, into_id IS NULL AS is_own, name, term AS kind, document_id,
        nullif(trim(says, '[]'), '') AS says, nullif(trim(about, '[]'), '') AS about
    FROM entities JOIN documents ON documents.id = document_id JOIN terms ON terms.id = kind
    LEFT JOIN merged_people ON merged_people.person_id = entities.person_id
    WHERE entities.person_id IS NOT NULL AND is_current
        AND NOT EXISTS (SELECT 1 FROM copies WHERE copies.document_id = documents.id)),
gone AS (
    SELECT r.document_id, s.id - r.first_statement AS place
    FROM corrections AS c CROSS JOIN documents AS d ON d.hash = c.document_hash
    CROSS JOIN readings AS r ON r.document_id = d.id CROSS JOIN statements AS s
        ON s.id >= r.first_statement AND s.id < r.first_statement + r.statement_count AND +s.mark = c.mark
    WHERE c.field = 'deleted' AND c.standing = 'stands'),
reported AS (
    SELECT number, document_id, count(*) AS ways, document_id NOT IN (SELECT document_id FROM gone) AS is_whole,
        group_concat(says) AS says, group_concat(about) AS about
    FROM told GROUP BY number, document_id),
counted AS (
    SELECT number, count(*) AS reports,
        sum(CASE WHEN says IS NULL THEN 0 WHEN ways = 1 AND is_whole THEN json_array_length('[' || says || ']')
            ELSE (SELECT count(DISTINCT value) FROM json_each('[' || says || ']')
                WHERE (document_id, value) NOT IN (SELECT document_id, place FROM gone)) END) AS statements,
        sum(CASE WHEN about IS NULL THEN 0 WHEN ways = 1 AND is_whole THEN json_array_length('[' || about || ']')
            ELSE (SELECT count(DISTINCT value) FROM json_each('[' || about || ']')
                WHERE (document_id, value) NOT IN (SELECT document_id, place FROM gone)) END) AS about
    FROM reported GROUP BY number),
kinds AS (
    SELECT number, kind, row_number() OVER (PARTITION BY number ORDER BY count(*) DESC, length(kind) DESC, kind) AS place
    FROM told GROUP BY number, kind),
named AS (
    SELECT number, name, count(DISTINCT document_id) AS reports, row_number() OVER (PARTITION BY number
        ORDER BY max(is_own) DESC, count(DISTINCT document_id) DESC, length(name) DESC, name) AS place
    FROM told GROUP BY number, name),
-- Brought together by a group, not by a join: SQLite may go through all names for each kind then.
pieces AS (
    SELECT number, statements, about, reports, NULL AS name, NULL AS reports_of_this_name, NULL AS kind FROM counted
    UNION ALL SELECT number, NULL, NULL, NULL, name, reports, NULL FROM named WHERE place = 1
    UNION ALL SELECT number, NULL, NULL, NULL, NULL, NULL, kind FROM kinds WHERE place = 1)
SELECT
    'p' || printf('%010x', number / 256) || CASE number % 256 WHEN 0 THEN '' ELSE '.' || (number % 256) END AS person,
    max(name) AS name,
    max(kind) AS kind,
    max(statements) AS statements,
    max(about) AS about,
    max(reports) AS reports,
    max(reports_of_this_name) AS reports_of_this_name,
    number AS person_id
FROM pieces GROUP BY number;

DROP VIEW who_said_what_corrected;

-- The same as who_said_what with corrections over what was read or put in; of several of one field the last one that
-- stands holds. What somebody said is no statement is left out.
CREATE VIEW who_said_what_corrected AS
WITH made AS (
    SELECT id, document_hash || '-' || printf('%08x', mark) AS statement, field, json_extract(value, '$.words') AS words
    FROM corrections WHERE standing = 'stands' AND field <> 'added'
    UNION ALL
    SELECT id, document_hash || '-' || printf('%08x', mark), 'cue_class', json_extract(value, '$.cue_class')
    FROM corrections WHERE standing = 'stands' AND field = 'added' AND json_extract(value, '$.cue_class') IS NOT NULL
    UNION ALL
    SELECT id, document_hash || '-' || printf('%08x', mark), 'speaker',
        (SELECT group_concat(name.value, ', ') FROM json_each(corrections.value, '$.names') AS name)
    FROM corrections WHERE standing = 'stands' AND field = 'added' AND json_array_length(value, '$.names') > 0),
held AS (
    SELECT statement, field, words, max(id) AS id FROM made GROUP BY statement, field)
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
