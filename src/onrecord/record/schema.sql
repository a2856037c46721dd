-- The record: one SQLite file that keeps readings. This file is version 1; later ones step up from it by
-- migrations/NNNN.sql, so that a new record and an old one are made the same way.
--
-- For a human, or Datasette: start at the view who_said_what. The views at the end give everything by plain names;
-- the tables below are packed, because a record may be at most three times as large as the text it holds
-- (a report of 600 words has 3.7 kB of text, about 19 statements and as many entities).
--
-- Packed means:
--   * words that come from a short list (form, zone, cue class ...) are numbers into `terms`;
--   * spans are text such as `12+19 42+18`: where each starts, in code points of the text, and how long it is; one that
--     is shorter than 1,024 is a number, start * 1024 + length (half as many bytes, and most are such). The view
--     packed_spans has all of them as text;
--   * what is only ever read with its owner (roles, aliases, zones) is a JSON list in its owner's row;
--   * confidences are counted in ten-thousandths, as the reader rounds them (a real number where it did not);
--   * the words of a statement are not kept a second time: the view statement_words cuts them from the text;
--   * the statements of a document have consecutive numbers, in the order of the text, and so have its entities:
--     readings says from where to where, which takes the place of two indexes. An entity says which statements it
--     takes part in by their position (0 is the document's first).
--
-- Statements and full text are written by record/writing.py only, with no triggers: to cut words from the text row
-- by row would take time quadratic in the length of a text, and the writer has them at hand.

-- Every word of a short list, once. Numbers are given in the order of first use: mean nothing outside this file.
CREATE TABLE terms (
    id   INTEGER PRIMARY KEY,
    term TEXT NOT NULL UNIQUE
);

-- ---- where reports come from -------------------------------------------------------------------------------

CREATE TABLE outlets (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,     -- as reports or the user name it; a bare domain where nobody does
    country TEXT,                     -- ISO 3166-1 alpha-2
    note    TEXT
);

-- Which domains belong to which outlet, and on whose word. A page's address is the one that its canonical link names.
CREATE TABLE outlet_domains (
    domain    TEXT PRIMARY KEY,       -- lower case, without www., m., amp.; or, where the user joined outlets without a
                                      -- domain, a name that reports without an address give
    outlet_id INTEGER NOT NULL REFERENCES outlets (id),
    joined_by TEXT NOT NULL           -- 'site name': what most of its reports call it; 'domain': none does; 'user'
) WITHOUT ROWID;
CREATE INDEX outlet_domains_by_outlet ON outlet_domains (outlet_id);

-- What the reports under a domain call their outlet: the most frequent name is the outlet's, whichever came first.
CREATE TABLE site_names (
    domain TEXT NOT NULL,
    name   TEXT NOT NULL,
    count  INTEGER NOT NULL,
    PRIMARY KEY (domain, name)
) WITHOUT ROWID;

-- ---- reports -----------------------------------------------------------------------------------------------

-- One row a text as read. The same address with another text is another row: see revisions.
CREATE TABLE documents (
    id                INTEGER PRIMARY KEY,
    hash              TEXT NOT NULL UNIQUE,   -- the contract's document.id: 16 hexadecimal digits of address and text
    title             TEXT,
    outlet_id         INTEGER REFERENCES outlets (id),
    outlet            TEXT,                   -- what the report itself says its outlet is
    address           TEXT,                   -- as given
    address_print     INTEGER,                -- 64 bits of the hash of the address without scheme, www., m., amp., tracking
                                              -- parameters and fragment: its mirrors share it
    authors           TEXT,                   -- JSON list, NULL for nobody
    published         TEXT,                   -- ISO 8601 date, or date and time
    published_from    INTEGER REFERENCES terms (id),
    language          TEXT,
    section           TEXT,
    raw_sha256        TEXT NOT NULL,          -- of the bytes that it was read from
    body_print        INTEGER,                -- 64 bits of the hash of the body's words: exact copies share it; NULL for a
                                              -- body too short to tell
    origin            TEXT NOT NULL,
    method            INTEGER NOT NULL REFERENCES terms (id),
    charset           TEXT,
    warnings          TEXT,                   -- JSON list
    odd               TEXT,                   -- JSON list of [offset, code point]: characters of the text that SQLite can't
                                              -- hold (NUL, lone surrogates); U+FFFD stands in their place
    zones             TEXT,                   -- JSON list of [kind, start, end]
    extra             TEXT,                   -- JSON object: fields of the input that onrecord does not know
    is_current        INTEGER NOT NULL DEFAULT 1,  -- 0: a later text stands under the same address
    added_at          TEXT NOT NULL           -- UTC
);
CREATE INDEX documents_by_address ON documents (address_print) WHERE address_print IS NOT NULL;
CREATE INDEX documents_by_raw ON documents (substr(raw_sha256, 1, 16));
CREATE INDEX documents_by_body ON documents (body_print);
CREATE INDEX documents_by_outlet ON documents (outlet_id);
CREATE INDEX documents_by_day ON documents (published) WHERE is_current;  -- what other reports there are of the same days

-- Texts, in pieces of 512 characters: the words of a statement are cut out of one or two of them, however long the
-- report is, and small rows leave no pages half filled (whole texts did: a fifth of their size). The view reports
-- puts them together.
CREATE TABLE texts (
    id   INTEGER PRIMARY KEY,                 -- documents.id * 1000000 + n: characters n * 512 and on
    text TEXT NOT NULL
);

-- The same address, another text: both are kept. Which of them is current, documents.is_current says: the one
-- published later, or else the one added later; or an earlier one that was seen there again.
CREATE TABLE revisions (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id),  -- the text added later
    revises     INTEGER NOT NULL REFERENCES documents (id),     -- the text that stood under the address before
    changes     TEXT NOT NULL                 -- JSON: title, published, words and statements that came and went
);
CREATE INDEX revisions_by_revised ON revisions (revises);

-- The same body, under another address. Nothing that is a copy counts as a second source.
CREATE TABLE copies (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id),
    copy_of     INTEGER NOT NULL REFERENCES documents (id),     -- the earliest of those like it
    how         TEXT NOT NULL,                -- 'exact': the same letters and digits; 'near': most of the same word triples
    similarity  REAL NOT NULL                 -- Jaccard over triples of words, 0 to 1
);
CREATE INDEX copies_by_original ON copies (copy_of);

-- MinHash bands of each distinct body: two reports that share a band are compared.
CREATE TABLE copy_bands (
    band        INTEGER NOT NULL,
    document_id INTEGER NOT NULL REFERENCES documents (id),
    PRIMARY KEY (band, document_id)
) WITHOUT ROWID;

-- ---- what was read in them ---------------------------------------------------------------------------------

CREATE TABLE readers (
    id      INTEGER PRIMARY KEY,
    version TEXT NOT NULL,                    -- of onrecord
    model   TEXT NOT NULL,
    UNIQUE (version, model)
);

-- One reading a document: a later reader's takes its place.
CREATE TABLE readings (
    document_id     INTEGER PRIMARY KEY REFERENCES documents (id),
    reader_id       INTEGER NOT NULL REFERENCES readers (id),
    read_at         TEXT,                     -- UTC; NULL: when the document was added
    first_statement INTEGER NOT NULL,         -- its statements are numbered from here ...
    statement_count INTEGER NOT NULL,         -- ... and are so many
    first_entity    INTEGER NOT NULL,
    entity_count    INTEGER NOT NULL,
    first_event     INTEGER NOT NULL,
    event_count     INTEGER NOT NULL,
    details         BLOB NOT NULL,            -- what only readers of whole reports want: mentions, times, amounts, evidence,
                                              -- what statements stand within or go on from, who else might have said them,
                                              -- when statements were said, source forms, what decided the speakers, what
                                              -- the table events leaves out. JSON by columns, packed with brotli (as rows
                                              -- they take more than half the size of the text); see details.py
    checks          TEXT                      -- JSON list, as in the contract; NULL for none
);

CREATE TABLE entities (
    id              INTEGER PRIMARY KEY,
    document_id     INTEGER NOT NULL REFERENCES documents (id),
    name            TEXT NOT NULL,
    kind            INTEGER NOT NULL REFERENCES terms (id),
    country         TEXT,                     -- ISO 3166-1 alpha-2
    sector          INTEGER REFERENCES terms (id),  -- PLOVER's, such as GOV
    -- which person or organization of the record it is: a number made of its name, see linking.py; NULL for who can't
    -- be told. A merge of people leaves it as it is: see merged_people, or the view person_entities
    person_id       INTEGER,
    -- the statements of its document that it takes part in: JSON lists of positions
    says            TEXT,
    about           TEXT,                     -- those whose content mentions it
    parts           TEXT,                     -- JSON list of [part, position]: 3 addressee, 4 target
    -- how the report names it
    aliases         TEXT,                     -- JSON list
    roles           TEXT,                     -- JSON list of [title, of, start, end]
    local_id        TEXT                      -- where it is not `e` and its position + 1
);
CREATE INDEX entities_by_person ON entities (person_id) WHERE person_id IS NOT NULL;

-- One row an attribution.
CREATE TABLE statements (
    id                 INTEGER PRIMARY KEY,   -- this file's number for it
    document_id        INTEGER NOT NULL REFERENCES documents (id),
    mark               INTEGER NOT NULL,      -- 32 bits of the hash of its spans; with documents.hash the record-wide id
    standing           INTEGER NOT NULL DEFAULT 0,  -- 0 counts; 1 stands in a copy; 2 in a text that was revised
    -- for filters, copied from its document
    outlet_id          INTEGER,
    published          INTEGER,               -- the date as a number, 20240502; 20240500 where the day is unknown
    -- how it was said
    form               INTEGER NOT NULL REFERENCES terms (id),
    cue_class          INTEGER NOT NULL REFERENCES terms (id),
    zone               INTEGER NOT NULL REFERENCES terms (id),
    modality           INTEGER NOT NULL REFERENCES terms (id),
    negated            INTEGER NOT NULL,
    confidence         INTEGER NOT NULL,      -- in ten-thousandths
    -- its spans, packed: no type is declared, for a text column would make texts of the numbers
    source,
    cue,
    content,
    -- who said it
    speaker_id         INTEGER,               -- the entity, the first of several; check-record sees to it that there is one
                                              -- (a declared reference would have SQLite look through all statements
                                              -- for each entity that a second reading takes away)
    speaker_name       TEXT,                  -- where it is not the name of that entity alone: several, say
    speaker_confidence INTEGER                -- in ten-thousandths
);

-- Who did what to whom: one row an event, as PLOVER has it. Only what is asked for in SQL, the rest is in
-- readings.details: a row takes 36 bytes, the lists of the contract took 260. Actors and recipients are positions in the
-- entities of its document: a number, or a JSON list of several; json_each reads both.
CREATE TABLE events (
    id             INTEGER PRIMARY KEY,
    document_id    INTEGER NOT NULL REFERENCES documents (id),
    type           INTEGER NOT NULL REFERENCES terms (id),
    mode           INTEGER REFERENCES terms (id),
    modality       INTEGER NOT NULL REFERENCES terms (id),
    actors,
    recipients,
    start          INTEGER NOT NULL,          -- the sentence that tells of it
    length         INTEGER NOT NULL,
    happened       INTEGER,                   -- the day as a number, 20240502; 20240500 where the day is unknown
    place          TEXT,
    country        TEXT,                      -- ISO 3166-1 alpha-2, of the place
    claimed_in     INTEGER,                   -- position of the statement that asserts it; NULL: the outlet does
    confidence     INTEGER NOT NULL           -- in ten-thousandths
);

-- Meaning: for each document one vector a statement, in the order of the statements' numbers, end to end; a number takes
-- four bits, signed, the first of two the low half of the byte (nibbles.py). Only the direction counts, not the length.
CREATE TABLE embeddings (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id),
    encoder_id  INTEGER NOT NULL REFERENCES encoders (id),
    vectors     BLOB NOT NULL                 -- count of statements x half of encoders.dimensions bytes
);
CREATE TABLE encoders (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    dimensions INTEGER NOT NULL
);

-- ---- people and organizations across reports: entities.person_id says who is who ----------------------------

-- People have no rows of their own: a person is all entities with one person_id, so that who is who never depends on
-- which report came first. 40 bits of the hash of a name's key, then 8 bits: which of the people of that name.

-- For keys of more than 64 persons: how many say the same of the person. What parts namesakes is told from that.
CREATE TABLE person_profiles (
    key       INTEGER NOT NULL,               -- person_id / 256
    profile   TEXT NOT NULL,                  -- JSON, see profiles.py
    count     INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    PRIMARY KEY (key, profile)
) WITHOUT ROWID;

-- What a user decided about people and outlets. People are named by reports and the names there, outlets by domains, so
-- that changes outlive a second reading; an undone one stays.
CREATE TABLE changes (
    id        INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,                  -- 'merge', 'split'; 'join outlets', 'split outlet'
    what      TEXT NOT NULL,                  -- JSON, see changing.py
    who       TEXT,
    made_at   TEXT NOT NULL,                  -- UTC
    why       TEXT,
    undone_at TEXT
);

-- What the merges that stand come to: whoever has this person_id is counted as that person.
CREATE TABLE merged_people (
    person_id INTEGER PRIMARY KEY,
    into_id   INTEGER NOT NULL
);

-- Names that the user added to the register of countries, bodies and people.
CREATE TABLE register (
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL,                   -- 'person', 'organization' or 'country'
    country  TEXT,                            -- ISO 3166-1 alpha-2
    wikidata TEXT,                            -- Q42
    aliases  TEXT,                            -- JSON list
    key      INTEGER NOT NULL,                -- person_id / 256 of who has the name
    PRIMARY KEY (kind, name)
) WITHOUT ROWID;
CREATE INDEX register_by_key ON register (key);

-- All of its names and aliases, folded as linking compares them.
CREATE TABLE register_names (
    folded TEXT NOT NULL,
    kind   TEXT NOT NULL,
    name   TEXT NOT NULL,
    PRIMARY KEY (folded, kind)
) WITHOUT ROWID;

-- ---- what people said about the readings -------------------------------------------------------------------

-- Corrections are kept apart from readings, and outlive them: they name a statement by its record-wide id.
CREATE TABLE corrections (
    id            INTEGER PRIMARY KEY,
    document_hash TEXT NOT NULL,
    mark          INTEGER NOT NULL,           -- of the statement, as it was read when it was corrected
    field         TEXT NOT NULL,              -- 'speaker', 'source', 'cue', 'content', 'cue_class', 'form'
    value         TEXT NOT NULL,              -- JSON: what it should be: words, and names or spans
    before        TEXT NOT NULL,              -- JSON: what was read, in words, and the content's spans
    who           TEXT,
    made_at       TEXT NOT NULL,
    why           TEXT,
    standing      TEXT NOT NULL DEFAULT 'stands'  -- 'stands'; 'adrift': no statement has this id any more; 'withdrawn'
);
CREATE INDEX corrections_by_statement ON corrections (document_hash, mark);

-- ---- runs of add -------------------------------------------------------------------------------------------

CREATE TABLE runs (
    id         INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    ended_at   TEXT,                          -- NULL: it runs still, or was killed
    sources    TEXT NOT NULL,                 -- JSON list
    counts     TEXT                           -- JSON object
);

-- Reports that killed their reader or their parser: after two tries they are set aside.
CREATE TABLE quarantine (
    raw_sha256 TEXT PRIMARY KEY,
    origin     TEXT NOT NULL,
    tries      INTEGER NOT NULL,
    cause      TEXT NOT NULL,
    tried_at   TEXT NOT NULL,
    is_final   INTEGER NOT NULL                -- 1: set aside; 0: it failed once, and the next run tries once more
) WITHOUT ROWID;

-- ---- views -------------------------------------------------------------------------------------------------

-- A statement's words, its pieces joined by ' … '. NULL where it has none. The spans are taken apart by recursion:
-- json_each, which the other views use, fails inside FTS5's own scans of a view (SQLite 3.40: "SQL logic error").
-- CAST('12+19 42+18' AS INTEGER) is 12.
CREATE VIEW packed_spans AS
SELECT id, document_id,
    CASE typeof(source) WHEN 'integer' THEN (source / 1024) || '+' || (source % 1024) ELSE source END AS source,
    CASE typeof(cue) WHEN 'integer' THEN (cue / 1024) || '+' || (cue % 1024) ELSE cue END AS cue,
    CASE typeof(content) WHEN 'integer' THEN (content / 1024) || '+' || (content % 1024) ELSE content END AS content
FROM statements;

CREATE VIEW statement_words AS
SELECT statements.id AS id,
    (WITH RECURSIVE span (rest) AS (
        VALUES (statements.source || ' ')
        UNION ALL
        SELECT substr(rest, instr(rest, ' ') + 1) FROM span WHERE rest <> '')
     SELECT group_concat(
        (SELECT substr(coalesce(group_concat(text, ''), ''), CAST(rest AS INTEGER) % 512 + 1,
            CAST(substr(rest, instr(rest, '+') + 1) AS INTEGER))
         FROM (SELECT text FROM texts
            WHERE texts.id BETWEEN statements.document_id * 1000000 + CAST(rest AS INTEGER) / 512
            AND statements.document_id * 1000000
                + (CAST(rest AS INTEGER) + CAST(substr(rest, instr(rest, '+') + 1) AS INTEGER)) / 512
            ORDER BY texts.id)), ' … ')
     FROM span WHERE rest <> '') AS source,
    (WITH RECURSIVE span (rest) AS (
        VALUES (statements.cue || ' ')
        UNION ALL
        SELECT substr(rest, instr(rest, ' ') + 1) FROM span WHERE rest <> '')
     SELECT group_concat(
        (SELECT substr(coalesce(group_concat(text, ''), ''), CAST(rest AS INTEGER) % 512 + 1,
            CAST(substr(rest, instr(rest, '+') + 1) AS INTEGER))
         FROM (SELECT text FROM texts
            WHERE texts.id BETWEEN statements.document_id * 1000000 + CAST(rest AS INTEGER) / 512
            AND statements.document_id * 1000000
                + (CAST(rest AS INTEGER) + CAST(substr(rest, instr(rest, '+') + 1) AS INTEGER)) / 512
            ORDER BY texts.id)), ' … ')
     FROM span WHERE rest <> '') AS cue,
    (WITH RECURSIVE span (rest) AS (
        VALUES (statements.content || ' ')
        UNION ALL
        SELECT substr(rest, instr(rest, ' ') + 1) FROM span WHERE rest <> '')
     SELECT group_concat(
        (SELECT substr(coalesce(group_concat(text, ''), ''), CAST(rest AS INTEGER) % 512 + 1,
            CAST(substr(rest, instr(rest, '+') + 1) AS INTEGER))
         FROM (SELECT text FROM texts
            WHERE texts.id BETWEEN statements.document_id * 1000000 + CAST(rest AS INTEGER) / 512
            AND statements.document_id * 1000000
                + (CAST(rest AS INTEGER) + CAST(substr(rest, instr(rest, '+') + 1) AS INTEGER)) / 512
            ORDER BY texts.id)), ' … ')
     FROM span WHERE rest <> '') AS content
FROM packed_spans AS statements;

-- Full text over what was said. No stemming: a prefix search (levy*) finds the other endings, and a phrase is exact.
CREATE VIRTUAL TABLE statements_fts USING fts5 (
    content,
    content = 'statement_words', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

-- One row a statement, all in plain words.
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

-- One row an event: who did what to whom. Of several actors or recipients the first; event_actors and event_recipients
-- have them all.
CREATE VIEW who_did_what AS
SELECT
    actor.name AS actor,
    type.term AS type,
    mode.term AS mode,
    recipient.name AS recipient,
    modality.term AS modality,
    CASE WHEN happened % 10000 = 0 THEN printf('%04d', happened / 10000)
        WHEN happened % 100 = 0 THEN printf('%04d-%02d', happened / 10000, happened / 100 % 100)
        WHEN happened > 0 THEN printf('%04d-%02d-%02d', happened / 10000, happened / 100 % 100, happened % 100) END
        AS happened,
    events.place AS place,
    events.country AS country,
    (SELECT substr(coalesce(group_concat(text, ''), ''), start % 512 + 1, length)
     FROM (SELECT text FROM texts
        WHERE texts.id BETWEEN documents.id * 1000000 + start / 512
        AND documents.id * 1000000 + (start + length) / 512
        ORDER BY texts.id)) AS sentence,
    readings.first_statement + events.claimed_in AS claimed_in,
    coalesce(claim.speaker_name, claimant.name) AS claimed_by,
    coalesce(outlets.name, documents.outlet) AS outlet,
    documents.published AS published,
    documents.title AS title,
    documents.address AS address,
    CASE typeof(events.confidence) WHEN 'integer' THEN events.confidence / 10000.0 ELSE events.confidence END AS confidence,
    CASE WHEN NOT documents.is_current THEN 'revised' WHEN copies.document_id IS NOT NULL THEN 'copy' ELSE 'counts' END
        AS standing,
    documents.hash AS document,
    events.id AS id
FROM events
JOIN documents ON documents.id = events.document_id
JOIN readings ON readings.document_id = documents.id
JOIN terms AS type ON type.id = events.type
JOIN terms AS modality ON modality.id = events.modality
LEFT JOIN terms AS mode ON mode.id = events.mode
LEFT JOIN entities AS actor ON actor.id = readings.first_entity
    + CASE typeof(events.actors) WHEN 'text' THEN json_extract(events.actors, '$[0]') ELSE events.actors END
LEFT JOIN entities AS recipient ON recipient.id = readings.first_entity
    + CASE typeof(events.recipients) WHEN 'text' THEN json_extract(events.recipients, '$[0]') ELSE events.recipients END
LEFT JOIN statements AS claim ON claim.id = readings.first_statement + events.claimed_in
LEFT JOIN entities AS claimant ON claimant.id = claim.speaker_id
LEFT JOIN outlets ON outlets.id = documents.outlet_id
LEFT JOIN copies ON copies.document_id = documents.id;

-- The same with corrections over what was read; of several of one field the last one that stands holds.
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
    coalesce(speaker.field, content.field, cue.field, source.field, cue_class.field, form.field) IS NOT NULL AS is_corrected,
    read.document AS document,
    read.id AS id
FROM who_said_what AS read
LEFT JOIN held AS speaker ON speaker.statement = read.statement AND speaker.field = 'speaker'
LEFT JOIN held AS content ON content.statement = read.statement AND content.field = 'content'
LEFT JOIN held AS cue ON cue.statement = read.statement AND cue.field = 'cue'
LEFT JOIN held AS source ON source.statement = read.statement AND source.field = 'source'
LEFT JOIN held AS cue_class ON cue_class.statement = read.statement AND cue_class.field = 'cue_class'
LEFT JOIN held AS form ON form.statement = read.statement AND form.field = 'form';

-- One row a report.
CREATE VIEW reports AS
SELECT
    documents.hash AS document,
    documents.title AS title,
    coalesce(outlets.name, documents.outlet) AS outlet,
    documents.published AS published,
    documents.address AS address,
    documents.authors AS authors,
    documents.is_current AS is_current,
    original.hash AS copy_of,
    copies.how AS copy_how,
    readers.version AS reader,
    readers.model AS model,
    readings.statement_count AS statements,
    (SELECT coalesce(group_concat(text, ''), '') FROM (SELECT text FROM texts
        WHERE texts.id BETWEEN documents.id * 1000000 AND documents.id * 1000000 + 999999 ORDER BY texts.id)) AS text,
    documents.id AS id
FROM documents
LEFT JOIN outlets ON outlets.id = documents.outlet_id
LEFT JOIN copies ON copies.document_id = documents.id
LEFT JOIN documents AS original ON original.id = copies.copy_of
LEFT JOIN readings ON readings.document_id = documents.id
LEFT JOIN readers ON readers.id = readings.reader_id;

CREATE VIEW spans AS
SELECT statements.id AS statement_id, 'source' AS part, piece.key AS position,
    json_extract(piece.value, '$[0]') AS start,
    json_extract(piece.value, '$[0]') + json_extract(piece.value, '$[1]') AS "end"
FROM packed_spans AS statements, json_each('[[' || replace(replace(statements.source, '+', ','), ' ', '],[') || ']]') AS piece
UNION ALL
SELECT statements.id, 'cue', piece.key, json_extract(piece.value, '$[0]'),
    json_extract(piece.value, '$[0]') + json_extract(piece.value, '$[1]')
FROM packed_spans AS statements, json_each('[[' || replace(replace(statements.cue, '+', ','), ' ', '],[') || ']]') AS piece
UNION ALL
SELECT statements.id, 'content', piece.key, json_extract(piece.value, '$[0]'),
    json_extract(piece.value, '$[0]') + json_extract(piece.value, '$[1]')
FROM packed_spans AS statements, json_each('[[' || replace(replace(statements.content, '+', ','), ' ', '],[') || ']]') AS piece;

CREATE VIEW statement_speakers AS
SELECT first_statement + part.value AS statement_id, entities.id AS entity_id
FROM entities JOIN readings USING (document_id), json_each(entities.says) AS part;
CREATE VIEW statement_about AS
SELECT first_statement + part.value AS statement_id, entities.id AS entity_id
FROM entities JOIN readings USING (document_id), json_each(entities.about) AS part;
CREATE VIEW statement_addressees AS
SELECT first_statement + json_extract(part.value, '$[1]') AS statement_id, entities.id AS entity_id
FROM entities JOIN readings USING (document_id), json_each(entities.parts) AS part
WHERE json_extract(part.value, '$[0]') = 3;
CREATE VIEW statement_targets AS
SELECT first_statement + json_extract(part.value, '$[1]') AS statement_id, entities.id AS entity_id
FROM entities JOIN readings USING (document_id), json_each(entities.parts) AS part
WHERE json_extract(part.value, '$[0]') = 4;
CREATE VIEW event_actors AS
SELECT events.id AS event_id, first_entity + part.value AS entity_id
FROM events JOIN readings USING (document_id), json_each(events.actors) AS part;
CREATE VIEW event_recipients AS
SELECT events.id AS event_id, first_entity + part.value AS entity_id
FROM events JOIN readings USING (document_id), json_each(events.recipients) AS part;

CREATE VIEW roles AS
SELECT entities.id AS entity_id, json_extract(role.value, '$[0]') AS title, json_extract(role.value, '$[1]') AS of,
    json_extract(role.value, '$[2]') AS start, json_extract(role.value, '$[3]') AS "end"
FROM entities, json_each(entities.roles) AS role;

-- Which entity of which report is which person or organization of the record, merges included.
CREATE VIEW person_entities AS
SELECT entities.id AS entity_id, coalesce(into_id, entities.person_id) AS person_id, entities.person_id AS linked_as
FROM entities LEFT JOIN merged_people ON merged_people.person_id = entities.person_id
WHERE entities.person_id IS NOT NULL;

-- One row a person, organization or country, with what the reports that count say: merges included, copies and revised
-- texts not. The name is what most reports call it.
CREATE VIEW people AS
WITH named AS (
    SELECT coalesce(into_id, entities.person_id) AS number, name, term AS kind, count(*) AS reports,
        sum(coalesce(json_array_length(says), 0)) AS statements, sum(coalesce(json_array_length(about), 0)) AS about
    FROM entities JOIN documents ON documents.id = document_id JOIN terms ON terms.id = kind
    LEFT JOIN merged_people ON merged_people.person_id = entities.person_id
    WHERE entities.person_id IS NOT NULL AND is_current
        AND NOT EXISTS (SELECT 1 FROM copies WHERE copies.document_id = documents.id)
    GROUP BY 1, 2)
SELECT
    'p' || printf('%010x', number / 256) || CASE number % 256 WHEN 0 THEN '' ELSE '.' || number % 256 END AS person,
    name,
    kind,
    sum(statements) AS statements,
    sum(about) AS about,
    sum(reports) AS reports,
    max(reports) AS reports_of_this_name,
    number AS person_id
FROM named GROUP BY number;

CREATE VIEW zones AS
SELECT documents.id AS document_id, json_extract(zone.value, '$[0]') AS kind,
    json_extract(zone.value, '$[1]') AS start, json_extract(zone.value, '$[2]') AS "end"
FROM documents, json_each(documents.zones) AS zone;
