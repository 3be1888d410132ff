// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/requesthead.h"

#include <memory>

namespace flowgate::net {

/// Collects one request's body, with a length or chunked (T40), as its bytes arrive. No socket inside.
/// @thread any, one at a time
class BodyReader
{
public:
    enum class State {
        NeedMore,
        Done,
        TooLarge, ///< over the limit: 413; with a Content-Length known before the first byte (T36)
        Malformed ///< chunking that does not parse, or chunk extensions and trailers without end: 400
    };

    /// @param limit  most bytes of the body
    BodyReader(const RequestHead &head, qsizetype limit);
    ~BodyReader();
    BodyReader(const BodyReader &) = delete;
    BodyReader &operator=(const BodyReader &) = delete;

    /// Takes bytes and says how many it used; the rest, if any, belongs to the next request (or is to be offered
    /// again together with more bytes).
    qsizetype feed(QByteArrayView bytes);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] qsizetype size() const;
    /// The whole body, once the state is Done.
    [[nodiscard]] QByteArray take();

    /// Most bytes that feed() leaves unused while it needs more: one chunk header or trailer.
    static constexpr qsizetype longestLine = 8 * 1024;

private:
    class Parser;
    std::unique_ptr<Parser> m_parser;
    bool m_chunked;
    State m_state = State::NeedMore;
};

} // namespace flowgate::net
