-- SPDX-License-Identifier: GPL-3.0-or-later
-- Credentials of gateways. A token's text is nowhere, only its SHA-256; revoked ones stay, so that they are known when
-- they are brought again.

CREATE TABLE tokens (
    hash BYTEA NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT, -- null: never
    revoked_at BIGINT,
    used_at BIGINT,
    per_gateway BOOLEAN NOT NULL,
    approves BOOLEAN NOT NULL,
    bound_to BYTEA -- a gateway's uid; it may be forgotten by now
);

CREATE UNIQUE INDEX tokens_by_name ON tokens (name) WHERE revoked_at IS NULL;
