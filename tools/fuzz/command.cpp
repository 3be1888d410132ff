// SPDX-License-Identifier: GPL-3.0-or-later
// One line that comes by the control socket, and the line that goes back.
#include "app/commands/commandrequest.h"
#include "fuzz.h"

#include <QJsonDocument>

using namespace flowgate;
using fuzz::require;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray line = fuzz::view(data, size).toByteArray();
    const auto request = app::commandFrom(line);
    if (!request) {
        require(request.error().code == app::FailureCode::BadArgument, "what cannot be read is a bad argument");
        require(!request.error().about.isEmpty(), "a failure says why");
        return 0;
    }
    const QJsonObject object{{QStringLiteral("verb"), request->verb}, {QStringLiteral("args"), request->args}};
    const QByteArray written = app::commandLine(object);
    require(written.endsWith('\n') && written.count('\n') == 1, "a line is one line");
    const auto again = app::commandFrom(written);
    require(again.has_value(), "a request that is written again is one");
    // Texts that are broken UTF-16 become whole when they are written, and stay so.
    const QJsonObject same{{QStringLiteral("verb"), again->verb}, {QStringLiteral("args"), again->args}};
    require(app::commandLine(same) == written, "a request that is written again is the same");
    require(app::commandFrom(written.chopped(1)) == again, "the line's end does not count");
    return 0;
}
