-- SPDX-License-Identifier: GPL-3.0-or-later
-- The gateways' own metrics and logs, and whether they were asked for them.

ALTER TABLE gateways ADD COLUMN offered_connection BYTEA;

-- One row is what one request brought of one gateway, packed: a fleet of thousands sends too many points for a row each.
-- No foreign key: a request may come before the first write of its gateway. Forgetting a gateway deletes its rows.
CREATE TABLE telemetry (
    uid BYTEA NOT NULL,
    kind TEXT NOT NULL, -- metrics, metrics_5m, logs
    at BIGINT NOT NULL, -- of the newest of its records
    number INTEGER NOT NULL, -- tells apart what has one time
    began BIGINT NOT NULL, -- of the oldest of its records
    records INTEGER NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (uid, kind, at, number)
);

CREATE INDEX telemetry_by_time ON telemetry (kind, at);

-- Bytes of all bodies, so that nobody has to read them to know.
CREATE TABLE telemetry_size (
    kind TEXT NOT NULL PRIMARY KEY,
    bytes BIGINT NOT NULL
);
