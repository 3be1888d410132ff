-- SPDX-License-Identifier: GPL-3.0-or-later
-- Tokens that serve only to fetch another one, and those that this control plane made for a gateway that came with one.

ALTER TABLE tokens ADD COLUMN bootstrap BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE tokens ADD COLUMN issued_to BYTEA; -- uid of the gateway; null: it was made by an operator
ALTER TABLE tokens ADD COLUMN issued_for TEXT; -- the name of the bootstrap token
