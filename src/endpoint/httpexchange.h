// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoint/endpointcontext.h"

namespace flowgate::endpoint {

/// Serves one OpAMP POST: undoes gzip, decodes, asks the handler, answers with one ServerToAgent and gzips it where
/// the client takes that (T30-T34, T36, T37, ER1). Nothing is held back (T42).
/// @param context  outlives the exchange, or takes its pool along
/// @thread io
void serveHttp(EndpointContext &context, net::HttpRequest request, net::Responder responder);

} // namespace flowgate::endpoint
