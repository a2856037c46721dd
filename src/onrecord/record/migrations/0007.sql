-- Reports that somebody had taken out, so that the next run of add does not bring them back unawares. None of their words
-- is kept: only the hashes and prints by which a report is known again, as documents has them.

CREATE TABLE removals (
    id            INTEGER PRIMARY KEY,
    document_hash TEXT NOT NULL,              -- documents.hash of the text that stood under the address last
    address_print INTEGER,                    -- as in documents; NULL for a report without an address
    who           TEXT,
    made_at       TEXT NOT NULL,              -- UTC
    why           TEXT,
    allowed_at    TEXT                        -- from then on it may be added again; NULL: it is passed over
);
CREATE INDEX removals_by_address ON removals (address_print) WHERE address_print IS NOT NULL;

-- One row a text that went with it.
CREATE TABLE removed_texts (
    removal_id INTEGER NOT NULL REFERENCES removals (id),
    hash       TEXT NOT NULL,                 -- documents.hash
    raw_sha256 TEXT NOT NULL,                 -- of the bytes that it was read from
    PRIMARY KEY (removal_id, hash)
) WITHOUT ROWID;
CREATE INDEX removed_texts_by_hash ON removed_texts (hash);
CREATE INDEX removed_texts_by_raw ON removed_texts (raw_sha256);
