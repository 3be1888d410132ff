// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>

namespace flowgate::net {

/// What counts as one address: an IPv6 host has all of its /64.
[[nodiscard]] QHostAddress addressGroup(const QHostAddress &address);

} // namespace flowgate::net
