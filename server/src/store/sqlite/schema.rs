//! Tables, and how an older file becomes a newer one. Migrations only ever add.

use crate::store::{StoreError, StoreResult};
use rusqlite::Connection;

/// Each entry takes the schema from its index to the next number. Released entries are never edited.
const MIGRATIONS: &[&str] = &[
    FIRST,
    QUEUE,
    AUDIT,
    PAPERS,
    BOOKS,
    DAYS,
    SIGNS,
    BOUNDARIES,
    PLACES,
    PHOTOS,
    DUES,
    DESKS,
    DELEGATIONS,
    AREAS,
    DESK_COUNTS,
    PARTS,
];

/// The newest schema this program knows.
pub(super) const KNOWN: i64 = MIGRATIONS.len() as i64;

const FIRST: &str = "
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    name          TEXT PRIMARY KEY,
    display_name  TEXT NOT NULL,
    role          TEXT NOT NULL,
    areas         TEXT NOT NULL, -- JSON list of codes
    password_hash TEXT NOT NULL,
    disabled      INTEGER NOT NULL DEFAULT 0,
    created_ms    INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
    token      BLOB PRIMARY KEY, -- SHA-256 of what the browser holds
    account    TEXT NOT NULL REFERENCES account (name),
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of_account ON session (account);

CREATE TABLE device (
    id      INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    held    INTEGER NOT NULL
) STRICT;

CREATE TABLE feed (
    commune TEXT PRIMARY KEY,
    number  INTEGER NOT NULL, -- of the last edit
    running INTEGER NOT NULL, -- digest of the feed up to it
    last_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE edit (
    id          INTEGER PRIMARY KEY, -- order of arrival
    device      INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    digest      INTEGER NOT NULL,
    commune     TEXT NOT NULL,
    number      INTEGER NOT NULL,
    running     INTEGER NOT NULL,
    subject     BLOB NOT NULL,
    received_ms INTEGER NOT NULL,
    body        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX edit_of_device ON edit (device, seq);
CREATE UNIQUE INDEX edit_of_feed ON edit (commune, number);
CREATE INDEX edit_of_subject ON edit (subject);

CREATE TABLE rejected_edit (
    id          INTEGER PRIMARY KEY,
    device      INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    digest      INTEGER NOT NULL,
    subject     BLOB NOT NULL,
    reason      TEXT NOT NULL,
    received_ms INTEGER NOT NULL,
    body        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX rejected_edit_of_device ON rejected_edit (device, seq);
CREATE INDEX rejected_edit_of_subject ON rejected_edit (subject);

CREATE TABLE record (
    id      INTEGER PRIMARY KEY,
    subject BLOB NOT NULL,
    key     TEXT NOT NULL,
    state   TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX record_of_subject ON record (subject, key);

CREATE TABLE tally (
    commune         TEXT NOT NULL,
    assessment      TEXT NOT NULL,
    period          INTEGER NOT NULL,
    expected        INTEGER NOT NULL,
    accepted_met    INTEGER NOT NULL,
    accepted_unmet  INTEGER NOT NULL,
    accepted_open   INTEGER NOT NULL,
    submitted_met   INTEGER NOT NULL,
    submitted_unmet INTEGER NOT NULL,
    submitted_open  INTEGER NOT NULL,
    draft_met       INTEGER NOT NULL,
    draft_unmet     INTEGER NOT NULL,
    draft_open      INTEGER NOT NULL,
    returned_met    INTEGER NOT NULL,
    returned_unmet  INTEGER NOT NULL,
    returned_open   INTEGER NOT NULL,
    changed_met     INTEGER NOT NULL,
    changed_unmet   INTEGER NOT NULL,
    changed_open    INTEGER NOT NULL,
    PRIMARY KEY (period, commune, assessment)
) STRICT, WITHOUT ROWID;

-- One row for each subject and assessment, in the season that is open.
CREATE TABLE standing (
    subject          BLOB NOT NULL,
    assessment       TEXT NOT NULL,
    kind             TEXT NOT NULL,
    commune          TEXT NOT NULL,
    residential_area BLOB,
    label            TEXT NOT NULL,
    sort_key         BLOB NOT NULL, -- of the label, in Vietnamese order
    house_no         TEXT,
    open             INTEGER NOT NULL,
    expected         INTEGER NOT NULL,
    state            TEXT NOT NULL,
    outcome          TEXT NOT NULL,
    points           INTEGER,
    PRIMARY KEY (subject, assessment)
) STRICT, WITHOUT ROWID;
-- Each list is a walk along one of these; what it filters by besides stands in the index as well.
CREATE INDEX standing_in_commune ON standing (commune, sort_key, subject, assessment, state);
CREATE INDEX standing_in_state ON standing (state, sort_key, subject, assessment, commune);
CREATE INDEX standing_in_order ON standing (sort_key, subject, assessment, commune);
";

/// The queue of a reviewer: since when somebody has to act on an entry. What stands there already is
/// counted anew at the next start, because the mark of the last count goes.
const QUEUE: &str = "
ALTER TABLE standing ADD COLUMN since_ms INTEGER; -- when the edit that it waits since arrived
CREATE INDEX standing_since
    ON standing (state, since_ms, subject, assessment, commune) WHERE since_ms IS NOT NULL;
CREATE INDEX standing_since_in_commune
    ON standing (commune, state, since_ms, subject, assessment) WHERE since_ms IS NOT NULL;
DELETE FROM meta WHERE key = 'counted';
";

/// The log of deeds: rows are added at its end and never changed.
const AUDIT: &str = "
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at_ms  INTEGER NOT NULL,
    actor  TEXT NOT NULL,
    deed   TEXT NOT NULL,
    about  TEXT NOT NULL,
    digest BLOB NOT NULL -- SHA-256 of the log up to this row
) STRICT;
";

/// Papers as they were issued, and tokens of systems that read. What was issued stays as it is, whoever
/// asks: that is said to the database itself.
const PAPERS: &str = "
CREATE TABLE paper (
    id         INTEGER PRIMARY KEY,
    area       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    year       INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    issued     TEXT NOT NULL, -- yyyy-mm-dd
    signatory  TEXT NOT NULL,
    digest     TEXT NOT NULL,
    content    TEXT NOT NULL, -- JSON
    files      TEXT NOT NULL, -- JSON: format, size and SHA-256 of each
    account    TEXT NOT NULL,
    issued_ms  INTEGER NOT NULL,
    UNIQUE (area, kind, year, number)
) STRICT;

CREATE TABLE paper_file (
    paper  INTEGER NOT NULL REFERENCES paper (id),
    format TEXT NOT NULL,
    bytes  BLOB NOT NULL,
    PRIMARY KEY (paper, format)
) STRICT;

CREATE TRIGGER paper_stays BEFORE UPDATE ON paper BEGIN SELECT RAISE(ABORT, 'issued'); END;
CREATE TRIGGER paper_remains BEFORE DELETE ON paper BEGIN SELECT RAISE(ABORT, 'issued'); END;
CREATE TRIGGER file_stays BEFORE UPDATE ON paper_file BEGIN SELECT RAISE(ABORT, 'issued'); END;
CREATE TRIGGER file_remains BEFORE DELETE ON paper_file BEGIN SELECT RAISE(ABORT, 'issued'); END;

CREATE TABLE api_token (
    id         TEXT PRIMARY KEY,
    hash       BLOB NOT NULL UNIQUE, -- SHA-256 of what the other system holds
    label      TEXT NOT NULL,
    areas      TEXT NOT NULL, -- JSON list of codes
    names      INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    revoked    INTEGER NOT NULL DEFAULT 0
) STRICT;
";

/// Records that are neither of the register nor entries, by key: a handful beside the others.
const BOOKS: &str = "
CREATE INDEX record_of_kind ON record (key)
    WHERE key NOT GLOB 'entry/*' AND key NOT GLOB 'family/*' AND key NOT GLOB 'unit/*';
";

/// What each day added to a commune's counts. Days before this are made from the edits at the next start,
/// because the mark of the last count goes.
const DAYS: &str = "
CREATE TABLE tally_day (
    period     INTEGER NOT NULL,
    assessment TEXT NOT NULL,
    commune    TEXT NOT NULL,
    day        INTEGER NOT NULL, -- since 1970, in Việt Nam
    expected   INTEGER NOT NULL,
    met        INTEGER NOT NULL,
    accepted   INTEGER NOT NULL,
    reported   INTEGER NOT NULL,
    PRIMARY KEY (period, assessment, commune, day)
) STRICT, WITHOUT ROWID;
DELETE FROM meta WHERE key = 'counted';
";

/// What entries show of themselves, for hints to reviewers. Both indices hold few rows or few columns; what
/// stands there already is counted anew at the next start, because the mark of the last count goes.
const SIGNS: &str = "
ALTER TABLE standing ADD COLUMN made_minute INTEGER; -- of the last answer, since 1970, by the tablet
ALTER TABLE standing ADD COLUMN votes_amiss INTEGER NOT NULL DEFAULT 0;
CREATE INDEX standing_made ON standing (commune, residential_area, assessment, made_minute, points)
    WHERE made_minute IS NOT NULL;
CREATE INDEX standing_amiss ON standing (commune, subject, assessment) WHERE votes_amiss;
DELETE FROM meta WHERE key = 'counted';
";

/// Boundaries of areas, which an administrator imports; an area is told by its code and since when it is.
const BOUNDARIES: &str = "
CREATE TABLE boundary (
    area       TEXT NOT NULL,
    valid_from TEXT NOT NULL, -- yyyy-mm-dd
    shape      TEXT NOT NULL, -- JSON
    PRIMARY KEY (area, valid_from)
) STRICT, WITHOUT ROWID;
";

/// Where subjects have gone that moved to another commune, and edits that were not taken and are kept for
/// whoever is there to take over: among them all that were refused before anybody could.
const PLACES: &str = "
CREATE TABLE place (
    subject BLOB PRIMARY KEY,
    feed    TEXT NOT NULL, -- the commune in whose feed its records stand
    commune TEXT NOT NULL, -- where it lives
    number  INTEGER NOT NULL -- in the feed, of the edit that says so
) STRICT, WITHOUT ROWID;
CREATE INDEX place_of_feed ON place (feed);
CREATE INDEX place_of_commune ON place (commune, feed);

CREATE TABLE handover (
    device           INTEGER NOT NULL,
    seq              INTEGER NOT NULL,
    record           TEXT NOT NULL,
    subject          BLOB NOT NULL,
    residential_area BLOB, -- where the edit says that the subject lies
    author           TEXT NOT NULL,
    commune          TEXT NOT NULL, -- whose officers decide
    received_ms      INTEGER NOT NULL,
    decided_by       TEXT,
    decided_ms       INTEGER,
    decision         TEXT, -- what the writer is told
    as_device        INTEGER, -- the edit as which it was taken over
    as_seq           INTEGER,
    PRIMARY KEY (device, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX handover_waiting ON handover (commune, received_ms) WHERE decided_by IS NULL;
CREATE INDEX handover_of_author ON handover (author, received_ms);
CREATE INDEX handover_of_subject ON handover (subject);
INSERT INTO handover (device, seq, record, subject, author, commune, received_ms)
SELECT device, seq, json_extract(body, '$.record'), subject, json_extract(body, '$.author'),
    json_extract(body, '$.commune'), received_ms
FROM rejected_edit WHERE reason = 'not-your-area';
";

/// Photos, and the beginnings of those that are on their way, by the records that name them.
const PHOTOS: &str = "
CREATE TABLE photo (
    record    TEXT PRIMARY KEY,
    commune   TEXT NOT NULL,
    digest    BLOB NOT NULL, -- SHA-256 of the bytes
    size      INTEGER NOT NULL,
    account   TEXT NOT NULL,
    stored_ms INTEGER NOT NULL,
    bytes     BLOB NOT NULL
) STRICT;
-- What an account has stored is added up from the index alone.
CREATE INDEX photo_of_account ON photo (account, stored_ms, size);

CREATE TABLE photo_upload (
    record     TEXT PRIMARY KEY,
    account    TEXT NOT NULL,
    held       INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX photo_upload_by_age ON photo_upload (updated_ms);

CREATE TABLE photo_chunk (
    record TEXT NOT NULL REFERENCES photo_upload (record) ON DELETE CASCADE,
    start  INTEGER NOT NULL,
    bytes  BLOB NOT NULL,
    PRIMARY KEY (record, start)
) STRICT;
";

/// By when what was returned is to be handed in again: few rows, in the order of the queue. What stands there
/// already is counted anew at the next start, because the mark of the last count goes.
const DUES: &str = "
ALTER TABLE standing ADD COLUMN due_day INTEGER; -- the last one, since 1970
CREATE INDEX standing_due ON standing (since_ms, subject, assessment, commune, due_day)
    WHERE due_day IS NOT NULL;
DELETE FROM meta WHERE key = 'counted';
";

/// Whether a district has passed on what waits. The walks of the queue have it at their side: which titles a
/// district appraises first is set while the program runs, and no row depends on it.
const DESKS: &str = "
ALTER TABLE standing ADD COLUMN endorsed INTEGER NOT NULL DEFAULT 0;
DROP INDEX standing_since;
CREATE INDEX standing_since
    ON standing (state, since_ms, subject, assessment, commune, endorsed) WHERE since_ms IS NOT NULL;
DROP INDEX standing_since_in_commune;
CREATE INDEX standing_since_in_commune
    ON standing (commune, state, since_ms, subject, assessment, endorsed) WHERE since_ms IS NOT NULL;
DELETE FROM meta WHERE key = 'counted';
";

/// Review that is given to colleagues for a term.
const DELEGATIONS: &str = "
CREATE TABLE delegation (
    id        INTEGER PRIMARY KEY,
    giver     TEXT NOT NULL REFERENCES account (name),
    taker     TEXT NOT NULL,
    from_day  INTEGER NOT NULL, -- since 1970
    until_day INTEGER NOT NULL, -- the last one
    terms     TEXT NOT NULL, -- JSON
    made_ms   INTEGER NOT NULL,
    ended_by  TEXT,
    ended_ms  INTEGER
) STRICT;
-- Asked with almost every request.
CREATE INDEX delegation_of_taker ON delegation (taker, until_day) WHERE ended_ms IS NULL;
";

/// What a commune's page counts by residential area, read from an index alone: rows are long, and a commune has
/// thousands.
const AREAS: &str = "
CREATE INDEX standing_in_area ON standing (commune, residential_area, assessment, state, outcome)
    WHERE expected;
";

/// How many of those that wait a district has passed on, by commune and by residential area. What stands there
/// already is counted anew at the next start, because the mark of the last count goes.
const DESK_COUNTS: &str = "
ALTER TABLE tally ADD COLUMN endorsed INTEGER NOT NULL DEFAULT 0; -- of those that are submitted
DROP INDEX standing_in_area;
CREATE INDEX standing_in_area
    ON standing (commune, residential_area, assessment, state, outcome, endorsed) WHERE expected;
DELETE FROM meta WHERE key = 'counted';
";

/// Counts by residential area, kept as those of communes are: a commune's page read all its standings to have
/// them. Counted anew at the next start, because the mark of the last count goes.
const PARTS: &str = "
CREATE TABLE tally_part (
    period           INTEGER NOT NULL,
    commune          TEXT NOT NULL,
    residential_area BLOB NOT NULL, -- empty: units and families that name none
    assessment       TEXT NOT NULL,
    expected         INTEGER NOT NULL,
    accepted_met     INTEGER NOT NULL,
    accepted_unmet   INTEGER NOT NULL,
    accepted_open    INTEGER NOT NULL,
    submitted_met    INTEGER NOT NULL,
    submitted_unmet  INTEGER NOT NULL,
    submitted_open   INTEGER NOT NULL,
    draft_met        INTEGER NOT NULL,
    draft_unmet      INTEGER NOT NULL,
    draft_open       INTEGER NOT NULL,
    returned_met     INTEGER NOT NULL,
    returned_unmet   INTEGER NOT NULL,
    returned_open    INTEGER NOT NULL,
    changed_met      INTEGER NOT NULL,
    changed_unmet    INTEGER NOT NULL,
    changed_open     INTEGER NOT NULL,
    endorsed         INTEGER NOT NULL,
    PRIMARY KEY (period, commune, residential_area, assessment)
) STRICT, WITHOUT ROWID;
DROP INDEX standing_in_area;
DELETE FROM meta WHERE key = 'counted';
";

/// Brings the file to the schema this program knows. A newer one is refused before anything is written.
pub(super) fn migrate(connection: &mut Connection) -> StoreResult<()> {
    refuse_newer(connection)?;
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(StoreError::backend)?;
    // Read again under the lock: another process may have been at it.
    let found = version(&transaction)?;
    let pending = usize::try_from(found).map_or(&[][..], |found| &MIGRATIONS[found..]);
    for migration in pending {
        transaction
            .execute_batch(migration)
            .map_err(StoreError::backend)?;
    }
    if !pending.is_empty() {
        transaction
            .pragma_update(None, "user_version", KNOWN)
            .map_err(StoreError::backend)?;
    }
    transaction.commit().map_err(StoreError::backend)
}

/// Fails if a newer program wrote this file.
pub(super) fn refuse_newer(connection: &Connection) -> StoreResult<()> {
    let found = version(connection)?;
    if found > KNOWN {
        return Err(StoreError::NewerSchema {
            found,
            known: KNOWN,
        });
    }
    Ok(())
}

fn version(connection: &Connection) -> StoreResult<i64> {
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(StoreError::backend)
}
