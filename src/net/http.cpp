// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/http.h"

#include "net/listenaddress.h"

namespace flowgate::net {

QString PeerAddress::text() const
{
    return ListenAddress{address, port}.text();
}

QByteArray statusText(int status)
{
    switch (status) {
    case 100:
        return "Continue";
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Payload Too Large";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 421:
        return "Misdirected Request";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

HttpResponse refusal(int status, const QByteArray &reason, std::vector<Header> headers)
{
    return {.status = status,
            .body = reason + '\n',
            .contentType = "text/plain; charset=utf-8",
            .headers = std::move(headers),
            .close = false};
}

struct Responder::State
{
    explicit State(Sink taker)
        : sink(std::move(taker))
    {
    }
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State()
    {
        if (sink)
            sink(refusal(500, "no answer was made"));
    }

    Sink sink;
};

Responder::Responder(Sink sink)
    : m_state(std::make_shared<State>(std::move(sink)))
{
}

void Responder::answer(HttpResponse response) const
{
    if (const Sink sink = std::exchange(m_state->sink, nullptr))
        sink(std::move(response));
}

} // namespace flowgate::net
