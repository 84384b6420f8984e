//! Tables, and how an older database becomes a newer one. Migrations only ever add.

use super::locks;
use crate::store::{StoreError, StoreResult};
use deadpool_postgres::{Client, GenericClient};

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

/// Text that is compared or ordered has the collation "C", so that no setting of the database's changes
/// what is found where. Names that people type are kept as bytes: they may hold U+0000, which `text`
/// does not take.
const FIRST: &str = r#"
CREATE TABLE account (
    name          text COLLATE "C" PRIMARY KEY,
    display_name  text    NOT NULL,
    role          text    NOT NULL,
    areas         text    NOT NULL, -- JSON list of codes
    password_hash text    NOT NULL,
    disabled      boolean NOT NULL DEFAULT false,
    created_ms    bigint  NOT NULL
);

CREATE TABLE session (
    token      bytea PRIMARY KEY, -- SHA-256 of what the browser holds
    account    text COLLATE "C" NOT NULL REFERENCES account (name),
    created_ms bigint NOT NULL,
    expires_ms bigint NOT NULL
);
CREATE INDEX session_of_account ON session (account);

CREATE TABLE device (
    id      bigint PRIMARY KEY,
    account text   NOT NULL,
    held    bigint NOT NULL
);

CREATE TABLE feed (
    commune text COLLATE "C" PRIMARY KEY,
    number  bigint NOT NULL, -- of the last edit
    running bigint NOT NULL, -- digest of the feed up to it
    last_ms bigint NOT NULL
);

CREATE SEQUENCE arrival; -- of edits, taken or not

CREATE TABLE edit (
    device      bigint NOT NULL,
    seq         bigint NOT NULL,
    digest      bigint NOT NULL,
    commune     text COLLATE "C" NOT NULL,
    number      bigint NOT NULL,
    running     bigint NOT NULL,
    subject     bytea  NOT NULL,
    record      text COLLATE "C" NOT NULL,
    received_ms bigint NOT NULL,
    arrival     bigint NOT NULL DEFAULT nextval('arrival'),
    body        text   NOT NULL, -- JSON, which writes U+0000 as an escape
    PRIMARY KEY (device, seq)
);
CREATE UNIQUE INDEX edit_of_feed ON edit (commune, number);
CREATE INDEX edit_of_subject ON edit (subject);

CREATE TABLE rejected_edit (
    device      bigint NOT NULL,
    seq         bigint NOT NULL,
    digest      bigint NOT NULL,
    subject     bytea  NOT NULL,
    record      text COLLATE "C" NOT NULL,
    reason      text   NOT NULL,
    received_ms bigint NOT NULL,
    arrival     bigint NOT NULL DEFAULT nextval('arrival'),
    body        text   NOT NULL,
    PRIMARY KEY (device, seq)
);
CREATE INDEX rejected_edit_of_subject ON rejected_edit (subject);

CREATE TABLE record (
    subject bytea NOT NULL,
    key     text COLLATE "C" NOT NULL,
    state   text NOT NULL,
    PRIMARY KEY (subject, key)
);

CREATE TABLE tally (
    commune         text COLLATE "C" NOT NULL,
    assessment      text COLLATE "C" NOT NULL,
    period          bigint NOT NULL,
    expected        bigint NOT NULL,
    accepted_met    bigint NOT NULL,
    accepted_unmet  bigint NOT NULL,
    accepted_open   bigint NOT NULL,
    submitted_met   bigint NOT NULL,
    submitted_unmet bigint NOT NULL,
    submitted_open  bigint NOT NULL,
    draft_met       bigint NOT NULL,
    draft_unmet     bigint NOT NULL,
    draft_open      bigint NOT NULL,
    returned_met    bigint NOT NULL,
    returned_unmet  bigint NOT NULL,
    returned_open   bigint NOT NULL,
    changed_met     bigint NOT NULL,
    changed_unmet   bigint NOT NULL,
    changed_open    bigint NOT NULL,
    PRIMARY KEY (period, commune, assessment)
);

-- One row for each subject and assessment, in the season that is open.
CREATE TABLE standing (
    subject          bytea   NOT NULL,
    assessment       text COLLATE "C" NOT NULL,
    kind             text    NOT NULL,
    commune          text COLLATE "C" NOT NULL,
    residential_area bytea,
    label            bytea   NOT NULL, -- UTF-8
    sort_key         bytea   NOT NULL, -- of the label, in Vietnamese order
    house_no         bytea,            -- UTF-8
    open             boolean NOT NULL,
    expected         boolean NOT NULL,
    state            text COLLATE "C" NOT NULL,
    outcome          text    NOT NULL,
    points           bigint,
    PRIMARY KEY (subject, assessment)
);
-- Each list is a walk along one of these; what it filters by besides stands in the index as well.
CREATE INDEX standing_in_commune ON standing (commune, sort_key, subject, assessment, state);
CREATE INDEX standing_in_state ON standing (state, sort_key, subject, assessment, commune);
CREATE INDEX standing_in_order ON standing (sort_key, subject, assessment, commune);
"#;

/// The queue of a reviewer: the edit that somebody has to act on, and when it arrived. What stands there
/// already is counted anew at the next start, because the mark of the last count goes.
const QUEUE: &str = "
ALTER TABLE standing ADD COLUMN since_device bigint, ADD COLUMN since_seq bigint,
    ADD COLUMN since_ms bigint;
CREATE INDEX standing_since
    ON standing (state, since_ms, subject, assessment, commune) WHERE since_ms IS NOT NULL;
CREATE INDEX standing_since_in_commune
    ON standing (commune, state, since_ms, subject, assessment) WHERE since_ms IS NOT NULL;
DELETE FROM meta WHERE key = 'counted';
";

/// The log of deeds: rows are added at its end and never changed.
const AUDIT: &str = "
CREATE TABLE audit (
    number bigint PRIMARY KEY,
    at_ms  bigint NOT NULL,
    actor  text   NOT NULL,
    deed   text   NOT NULL,
    about  text   NOT NULL,
    digest bytea  NOT NULL -- SHA-256 of the log up to this row
);
";

/// Papers as they were issued, and tokens of systems that read. What was issued stays as it is, whoever
/// asks: that is said to the database itself.
const PAPERS: &str = r#"
CREATE TABLE paper (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    area       text COLLATE "C" NOT NULL,
    kind       text COLLATE "C" NOT NULL,
    year       bigint NOT NULL,
    number     bigint NOT NULL,
    issued     text   NOT NULL, -- yyyy-mm-dd
    signatory  text   NOT NULL,
    digest     text   NOT NULL,
    content    text   NOT NULL, -- JSON
    files      text   NOT NULL, -- JSON: format, size and SHA-256 of each
    account    text   NOT NULL,
    issued_ms  bigint NOT NULL,
    UNIQUE (area, kind, year, number)
);

CREATE TABLE paper_file (
    paper  bigint NOT NULL REFERENCES paper (id),
    format text COLLATE "C" NOT NULL,
    bytes  bytea  NOT NULL,
    PRIMARY KEY (paper, format)
);

CREATE FUNCTION issued_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'issued'; END $$;
CREATE TRIGGER paper_stays BEFORE UPDATE OR DELETE ON paper
    FOR EACH ROW EXECUTE FUNCTION issued_stays();
CREATE TRIGGER file_stays BEFORE UPDATE OR DELETE ON paper_file
    FOR EACH ROW EXECUTE FUNCTION issued_stays();

CREATE TABLE api_token (
    id         text COLLATE "C" PRIMARY KEY,
    hash       bytea   NOT NULL UNIQUE, -- SHA-256 of what the other system holds
    label      text    NOT NULL,
    areas      text    NOT NULL, -- JSON list of codes
    names      boolean NOT NULL,
    created_ms bigint  NOT NULL,
    expires_ms bigint  NOT NULL,
    revoked    boolean NOT NULL DEFAULT false
);
"#;

/// Records that are neither of the register nor entries, by key: a handful beside the others.
const BOOKS: &str = "
CREATE INDEX record_of_kind ON record (key)
    WHERE key NOT LIKE 'entry/%' AND key NOT LIKE 'family/%' AND key NOT LIKE 'unit/%';
";

/// What each day added to a commune's counts. Days before this are made from the edits at the next start,
/// because the mark of the last count goes.
const DAYS: &str = r#"
CREATE TABLE tally_day (
    period     bigint NOT NULL,
    assessment text COLLATE "C" NOT NULL,
    commune    text COLLATE "C" NOT NULL,
    day        bigint NOT NULL, -- since 1970, in Việt Nam
    expected   bigint NOT NULL,
    met        bigint NOT NULL,
    accepted   bigint NOT NULL,
    reported   bigint NOT NULL,
    PRIMARY KEY (period, assessment, commune, day)
);
DELETE FROM meta WHERE key = 'counted';
"#;

/// What entries show of themselves, for hints to reviewers. What stands there already is counted anew at
/// the next start, because the mark of the last count goes.
const SIGNS: &str = "
ALTER TABLE standing ADD COLUMN made_minute bigint, -- of the last answer, since 1970, by the tablet
    ADD COLUMN votes_amiss boolean NOT NULL DEFAULT false;
CREATE INDEX standing_made ON standing (commune, residential_area, assessment, made_minute, points)
    WHERE made_minute IS NOT NULL;
CREATE INDEX standing_amiss ON standing (commune, subject, assessment) WHERE votes_amiss;
DELETE FROM meta WHERE key = 'counted';
";

/// Boundaries of areas, which an administrator imports; an area is told by its code and since when it is.
const BOUNDARIES: &str = r#"
CREATE TABLE boundary (
    area       text COLLATE "C" NOT NULL,
    valid_from text COLLATE "C" NOT NULL, -- yyyy-mm-dd
    shape      text NOT NULL, -- JSON
    PRIMARY KEY (area, valid_from)
);
"#;

/// Where subjects have gone that moved to another commune, and edits that were not taken and are kept for
/// whoever is there to take over: among them all that were refused before anybody could.
const PLACES: &str = r#"
CREATE TABLE place (
    subject bytea PRIMARY KEY,
    feed    text COLLATE "C" NOT NULL, -- the commune in whose feed its records stand
    commune text COLLATE "C" NOT NULL, -- where it lives
    number  bigint NOT NULL -- in the feed, of the edit that says so
);
CREATE INDEX place_of_feed ON place (feed);
CREATE INDEX place_of_commune ON place (commune, feed);

CREATE TABLE handover (
    device           bigint NOT NULL,
    seq              bigint NOT NULL,
    record           text COLLATE "C" NOT NULL,
    subject          bytea NOT NULL,
    residential_area bytea, -- where the edit says that the subject lies
    author           text COLLATE "C" NOT NULL,
    commune          text COLLATE "C" NOT NULL, -- whose officers decide
    received_ms      bigint NOT NULL,
    decided_by       text,
    decided_ms       bigint,
    decision         bytea, -- what the writer is told, UTF-8
    as_device        bigint, -- the edit as which it was taken over
    as_seq           bigint,
    PRIMARY KEY (device, seq)
);
CREATE INDEX handover_waiting ON handover (commune, received_ms) WHERE decided_by IS NULL;
CREATE INDEX handover_of_author ON handover (author, received_ms);
CREATE INDEX handover_of_subject ON handover (subject);
INSERT INTO handover (device, seq, record, subject, author, commune, received_ms)
SELECT device, seq, record, subject, body::json ->> 'author', body::json ->> 'commune', received_ms
FROM rejected_edit WHERE reason = 'not-your-area';
"#;

/// Photos, and the beginnings of those that are on their way, by the records that name them.
const PHOTOS: &str = r#"
CREATE TABLE photo (
    record    text COLLATE "C" PRIMARY KEY,
    commune   text   NOT NULL,
    digest    bytea  NOT NULL, -- SHA-256 of the bytes
    size      bigint NOT NULL,
    account   text COLLATE "C" NOT NULL,
    stored_ms bigint NOT NULL,
    bytes     bytea  NOT NULL
);
-- Photos do not get smaller by another compression.
ALTER TABLE photo ALTER COLUMN bytes SET STORAGE EXTERNAL;
-- What an account has stored is added up from the index alone.
CREATE INDEX photo_of_account ON photo (account, stored_ms, size);

CREATE TABLE photo_upload (
    record     text COLLATE "C" PRIMARY KEY,
    account    text   NOT NULL,
    held       bigint NOT NULL,
    updated_ms bigint NOT NULL
);
CREATE INDEX photo_upload_by_age ON photo_upload (updated_ms);

CREATE TABLE photo_chunk (
    record text COLLATE "C" NOT NULL REFERENCES photo_upload (record) ON DELETE CASCADE,
    start  bigint NOT NULL,
    bytes  bytea  NOT NULL,
    PRIMARY KEY (record, start)
);
ALTER TABLE photo_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
"#;

/// By when what was returned is to be handed in again: few rows, in the order of the queue. What stands there
/// already is counted anew at the next start, because the mark of the last count goes.
const DUES: &str = "
ALTER TABLE standing ADD COLUMN due_day bigint; -- the last one, since 1970
CREATE INDEX standing_due ON standing (since_ms, subject, assessment, commune, due_day)
    WHERE due_day IS NOT NULL;
DELETE FROM meta WHERE key = 'counted';
";

/// Whether a district has passed on what waits. The walks of the queue have it at their side: which titles a
/// district appraises first is set while the program runs, and no row depends on it.
const DESKS: &str = "
ALTER TABLE standing ADD COLUMN endorsed boolean NOT NULL DEFAULT false;
DROP INDEX standing_since;
CREATE INDEX standing_since
    ON standing (state, since_ms, subject, assessment, commune, endorsed) WHERE since_ms IS NOT NULL;
DROP INDEX standing_since_in_commune;
CREATE INDEX standing_since_in_commune
    ON standing (commune, state, since_ms, subject, assessment, endorsed) WHERE since_ms IS NOT NULL;
DELETE FROM meta WHERE key = 'counted';
";

/// Review that is given to colleagues for a term.
const DELEGATIONS: &str = r#"
CREATE TABLE delegation (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    giver     text COLLATE "C" NOT NULL REFERENCES account (name),
    taker     text COLLATE "C" NOT NULL,
    from_day  bigint NOT NULL, -- since 1970
    until_day bigint NOT NULL, -- the last one
    terms     text   NOT NULL, -- JSON
    made_ms   bigint NOT NULL,
    ended_by  text,
    ended_ms  bigint
);
-- Asked with almost every request.
CREATE INDEX delegation_of_taker ON delegation (taker, until_day) WHERE ended_ms IS NULL;
"#;

/// What a commune's page counts by residential area, read from an index alone: rows are long, and a commune has
/// thousands.
const AREAS: &str = "
CREATE INDEX standing_in_area ON standing (commune, residential_area, assessment, state, outcome)
    WHERE expected;
";

/// How many of those that wait a district has passed on, by commune and by residential area. What stands there
/// already is counted anew at the next start, because the mark of the last count goes.
const DESK_COUNTS: &str = "
ALTER TABLE tally ADD COLUMN endorsed bigint NOT NULL DEFAULT 0; -- of those that are submitted
DROP INDEX standing_in_area;
CREATE INDEX standing_in_area
    ON standing (commune, residential_area, assessment, state, outcome, endorsed) WHERE expected;
DELETE FROM meta WHERE key = 'counted';
";

/// Counts by residential area, kept as those of communes are: a commune's page read all its standings to have
/// them. Counted anew at the next start, because the mark of the last count goes.
const PARTS: &str = r#"
CREATE TABLE tally_part (
    period           bigint NOT NULL,
    commune          text COLLATE "C" NOT NULL,
    residential_area bytea NOT NULL, -- empty: units and families that name none
    assessment       text COLLATE "C" NOT NULL,
    expected         bigint NOT NULL,
    accepted_met     bigint NOT NULL,
    accepted_unmet   bigint NOT NULL,
    accepted_open    bigint NOT NULL,
    submitted_met    bigint NOT NULL,
    submitted_unmet  bigint NOT NULL,
    submitted_open   bigint NOT NULL,
    draft_met        bigint NOT NULL,
    draft_unmet      bigint NOT NULL,
    draft_open       bigint NOT NULL,
    returned_met     bigint NOT NULL,
    returned_unmet   bigint NOT NULL,
    returned_open    bigint NOT NULL,
    changed_met      bigint NOT NULL,
    changed_unmet    bigint NOT NULL,
    changed_open     bigint NOT NULL,
    endorsed         bigint NOT NULL,
    PRIMARY KEY (period, commune, residential_area, assessment)
);
DROP INDEX standing_in_area;
DELETE FROM meta WHERE key = 'counted';
"#;

/// Brings the database to the schema this program knows. A newer one is refused before anything is
/// written. All tables stand in a schema of their own, beside whatever else the database holds.
pub(super) async fn migrate(client: &mut Client) -> StoreResult<()> {
    if version(client).await? == KNOWN {
        return Ok(());
    }
    let transaction = client.transaction().await.map_err(StoreError::backend)?;
    locks::everything(&transaction).await?;
    // Read again under the lock: another process may have been at it.
    let found = version(&transaction).await?;
    if found == 0 {
        transaction
            .batch_execute(
                "CREATE SCHEMA IF NOT EXISTS thidua;
                 CREATE TABLE IF NOT EXISTS thidua.meta (
                     key text COLLATE \"C\" PRIMARY KEY, value text NOT NULL)",
            )
            .await
            .map_err(StoreError::backend)?;
    }
    for migration in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction
            .batch_execute(migration)
            .await
            .map_err(StoreError::backend)?;
    }
    transaction
        .execute(
            "INSERT INTO meta (key, value) VALUES ('schema', $1)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            &[&KNOWN.to_string()],
        )
        .await
        .map_err(StoreError::backend)?;
    transaction.commit().await.map_err(StoreError::backend)
}

/// The schema of the database, 0 if it has none. Fails if a newer program wrote it.
async fn version(client: &impl GenericClient) -> StoreResult<i64> {
    // Asked as a table of the catalogue: what looks a name up, as `to_regclass` does, may remember within
    // a transaction that there was none, and miss what another process has made meanwhile.
    let begun =
        "SELECT FROM pg_catalog.pg_tables WHERE schemaname = 'thidua' AND tablename = 'meta'";
    let begun = client.query_opt(begun, &[]).await;
    if begun.map_err(StoreError::backend)?.is_none() {
        return Ok(0);
    }
    let row = client
        .query_opt("SELECT value FROM thidua.meta WHERE key = 'schema'", &[])
        .await
        .map_err(StoreError::backend)?;
    let Some(row) = row else { return Ok(0) };
    let found = row
        .get::<_, &str>(0)
        .parse()
        .map_err(|_| StoreError::Damaged { what: "schema" })?;
    if found > KNOWN {
        return Err(StoreError::NewerSchema {
            found,
            known: KNOWN,
        });
    }
    Ok(found)
}
