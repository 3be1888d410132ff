// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

namespace flowgate::tests {

/// How long a test waits for what must come, in ms. It only runs out where something is broken: what takes a moment on
/// an idle machine takes minutes on a busy one, where the pool of the control plane comes last (nice).
constexpr int patience = 300'000;

} // namespace flowgate::tests

// Qt Test's own give up after 5 s.
#undef QTRY_VERIFY
#define QTRY_VERIFY(expr) QTRY_VERIFY_WITH_TIMEOUT(expr, ::flowgate::tests::patience)
#undef QTRY_VERIFY2
#define QTRY_VERIFY2(expr, message) QTRY_VERIFY2_WITH_TIMEOUT(expr, message, ::flowgate::tests::patience)
#undef QTRY_COMPARE
#define QTRY_COMPARE(expr, expected) QTRY_COMPARE_WITH_TIMEOUT(expr, expected, ::flowgate::tests::patience)
