-- SPDX-License-Identifier: GPL-3.0-or-later
-- The first schema. Statements are what SQLite and PostgreSQL 15 both take; type names are PostgreSQL's.
-- Times are milliseconds since 1970, UTC. Unsigned 64-bit numbers keep their bits in a BIGINT. "cbor" columns hold what
-- src/store/codec.h writes. A file of this folder that was ever released is never edited: its SHA-256 is recorded.

CREATE TABLE schema_migrations (
    number INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    applied_at BIGINT NOT NULL
);

CREATE TABLE gateways (
    uid BYTEA NOT NULL PRIMARY KEY,
    wire_uid BYTEA NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    sequence BIGINT,
    restarts INTEGER NOT NULL,
    last_start_nano BIGINT NOT NULL,
    capabilities BIGINT NOT NULL,
    description BYTEA, -- cbor
    description_at BIGINT,
    description_stale BOOLEAN,
    health_report BYTEA, -- cbor
    health_report_at BIGINT,
    health_report_stale BOOLEAN,
    effective_hash BYTEA,
    effective_files BYTEA, -- cbor
    effective_at BIGINT,
    effective_stale BOOLEAN,
    remote_hash BYTEA,
    remote_status INTEGER,
    remote_error TEXT,
    remote_at BIGINT,
    remote_stale BOOLEAN,
    components_hash BYTEA,
    admission TEXT NOT NULL,
    wanted_config TEXT,
    wanted_version INTEGER,
    wanted_hash BYTEA,
    proven_config TEXT,
    proven_version INTEGER,
    proven_hash BYTEA,
    failed_config TEXT,
    failed_version INTEGER,
    failed_hash BYTEA,
    failed_error TEXT,
    failed_at BIGINT,
    presence TEXT NOT NULL,
    presence_since BIGINT NOT NULL,
    transport TEXT NOT NULL,
    peer TEXT NOT NULL,
    starting_since BIGINT NOT NULL,
    health TEXT NOT NULL,
    health_since BIGINT NOT NULL,
    health_why TEXT NOT NULL,
    config TEXT NOT NULL,
    config_since BIGINT NOT NULL,
    config_why TEXT NOT NULL
);

CREATE TABLE labels (
    uid BYTEA NOT NULL REFERENCES gateways (uid) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (uid, name)
);

CREATE TABLE outcomes (
    uid BYTEA NOT NULL REFERENCES gateways (uid) ON DELETE CASCADE,
    hash BYTEA NOT NULL,
    state TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    error TEXT NOT NULL,
    PRIMARY KEY (uid, hash)
);

CREATE TABLE containments (
    uid BYTEA NOT NULL PRIMARY KEY REFERENCES gateways (uid) ON DELETE CASCADE,
    wanted BYTEA NOT NULL,
    effective BYTEA NOT NULL,
    holds BOOLEAN NOT NULL,
    differences BYTEA NOT NULL -- cbor
);

CREATE TABLE spans (
    uid BYTEA NOT NULL REFERENCES gateways (uid) ON DELETE CASCADE,
    number BIGINT NOT NULL, -- counts within one gateway
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    began BIGINT NOT NULL,
    ended BIGINT, -- null: it lasts
    detail TEXT NOT NULL,
    PRIMARY KEY (uid, number)
);

CREATE UNIQUE INDEX spans_open ON spans (uid, kind) WHERE ended IS NULL;

CREATE INDEX spans_by_time ON spans (uid, ended);

CREATE INDEX spans_by_end ON spans (ended);

CREATE TABLE blobs (
    hash BYTEA NOT NULL PRIMARY KEY,
    files BYTEA NOT NULL, -- cbor, compressed
    byte_count BIGINT NOT NULL, -- before compression
    put_at BIGINT NOT NULL,
    pinned_at BIGINT
);

CREATE TABLE component_lists (
    hash BYTEA NOT NULL PRIMARY KEY,
    components BYTEA NOT NULL -- cbor
);

CREATE TABLE configs (
    name TEXT NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL
);

CREATE TABLE config_versions (
    config TEXT NOT NULL REFERENCES configs (name),
    version INTEGER NOT NULL,
    hash BYTEA NOT NULL REFERENCES blobs (hash),
    names BYTEA NOT NULL, -- cbor: the files' names and types as they were saved, in the order of the blob
    message TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (config, version)
);

CREATE INDEX config_versions_by_hash ON config_versions (hash);

CREATE INDEX gateways_by_wanted ON gateways (wanted_config) WHERE wanted_config IS NOT NULL;

CREATE INDEX gateways_by_effective ON gateways (effective_hash) WHERE effective_hash IS NOT NULL;

CREATE TABLE rollouts (
    id TEXT NOT NULL PRIMARY KEY,
    config TEXT NOT NULL,
    version INTEGER NOT NULL,
    hash BYTEA NOT NULL,
    selector TEXT NOT NULL,
    options BYTEA NOT NULL, -- cbor
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    started_by TEXT NOT NULL,
    wave INTEGER NOT NULL,
    in_force BOOLEAN NOT NULL
);

CREATE INDEX rollouts_by_time ON rollouts (created_at);

CREATE TABLE rollout_targets (
    rollout TEXT NOT NULL REFERENCES rollouts (id) ON DELETE CASCADE,
    uid BYTEA NOT NULL, -- may outlive its gateway: it is the record of what was done
    place INTEGER NOT NULL,
    wave INTEGER NOT NULL,
    step TEXT NOT NULL,
    since BIGINT NOT NULL,
    error TEXT NOT NULL,
    sent_at BIGINT,
    healthy_from BIGINT,
    back_config TEXT,
    back_version INTEGER,
    back_hash BYTEA,
    back_step TEXT NOT NULL,
    back_at BIGINT NOT NULL,
    seen BYTEA NOT NULL, -- cbor
    PRIMARY KEY (rollout, uid)
);

CREATE INDEX rollout_targets_going_back ON rollout_targets (rollout) WHERE back_step = 'sent';

CREATE TABLE events (
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    uid BYTEA,
    text TEXT NOT NULL,
    by_whom TEXT NOT NULL
);

CREATE INDEX events_by_time ON events (at);

CREATE INDEX events_by_gateway ON events (uid, number) WHERE uid IS NOT NULL;

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE observer_runs (
    began BIGINT NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL
);
