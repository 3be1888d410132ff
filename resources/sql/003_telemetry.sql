-- SPDX-License-Identifier: GPL-3.0-or-later
-- The gateways' own metrics and logs, and whether they were asked for them.

ALTER TABLE gateways ADD COLUMN offered_connection BYTEA;

-- One row is what one request brought of one gateway, packed: a fleet of thousands sends too many points for a row each.
CREATE TABLE telemetry (
    uid BYTEA NOT NULL REFERENCES gateways (uid) ON DELETE CASCADE,
    kind TEXT NOT NULL, -- metrics, metrics_5m, logs
    at BIGINT NOT NULL, -- the newest of its records
    number INTEGER NOT NULL, -- tells apart what came at one time
    records INTEGER NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (uid, kind, at, number)
);

CREATE INDEX telemetry_by_time ON telemetry (kind, at);
