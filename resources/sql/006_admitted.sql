-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the admission of a gateway rests on; null: it waits, or it was decided before this was written down.

ALTER TABLE gateways ADD COLUMN admitted_by TEXT; -- loopback, token, setting, operator
ALTER TABLE gateways ADD COLUMN admitted_token TEXT; -- the name of the token
ALTER TABLE gateways ADD COLUMN admitted_at BIGINT;
