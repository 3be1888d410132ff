// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/bodyreader.h"

#include <boost/beast/http/basic_parser.hpp>

namespace flowgate::net {

namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

/// "0\r\n\r\n". Beast 1.74 takes for granted that it is never shown less of a last chunk twice, and stops the whole
/// program where its assertions are on. So what may be the beginning of one waits until it can be whole. That is so for
/// the first chunk only: behind another one Beast waits for the CRLF as well, and so for five bytes.
constexpr qsizetype shortestLastChunk = 5;

} // namespace

/// Beast's parser, given a head of our own making: the real one was read and judged before.
class BodyReader::Parser final : public http::basic_parser<true>
{
public:
    using string_view = beast::string_view;
    using error_code = beast::error_code;

    QByteArray body;
    bool sawChunk = false; ///< with data

private:
    void on_request_impl(http::verb, string_view, string_view, int, error_code &ec) override { ec = {}; }
    void on_response_impl(int, string_view, int, error_code &ec) override { ec = {}; }
    void on_field_impl(http::field, string_view, string_view, error_code &ec) override { ec = {}; }
    void on_header_impl(error_code &ec) override { ec = {}; }
    void on_body_init_impl(const boost::optional<std::uint64_t> &, error_code &ec) override { ec = {}; }
    std::size_t on_body_impl(string_view piece, error_code &ec) override
    {
        ec = {};
        body.append(piece.data(), static_cast<qsizetype>(piece.size()));
        return piece.size();
    }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code &ec) override
    {
        ec = {};
        sawChunk = true;
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view piece, error_code &ec) override
    {
        return on_body_impl(piece, ec);
    }
    void on_finish_impl(error_code &ec) override { ec = {}; }
};

BodyReader::BodyReader(const RequestHead &head, qsizetype limit)
    : m_parser(std::make_unique<Parser>())
    , m_chunked(head.chunked)
{
    if (!head.hasBody()) {
        m_state = State::Done;
        return;
    }
    if (head.contentLength.value_or(0) > static_cast<quint64>(limit)) {
        m_state = State::TooLarge;
        return;
    }
    m_parser->eager(true);
    m_parser->body_limit(static_cast<std::uint64_t>(limit));
    m_parser->header_limit(static_cast<std::uint32_t>(longestLine));
    QByteArray start = "POST / HTTP/1.1\r\n";
    if (head.chunked)
        start += "Transfer-Encoding: chunked\r\n\r\n";
    else
        start += "Content-Length: " + QByteArray::number(*head.contentLength) + "\r\n\r\n";
    beast::error_code ec;
    m_parser->put(boost::asio::const_buffer(start.constData(), static_cast<std::size_t>(start.size())), ec);
    if (ec && ec != http::error::need_more)
        m_state = State::Malformed;
}

BodyReader::~BodyReader() = default;

qsizetype BodyReader::feed(QByteArrayView bytes)
{
    qsizetype used = 0;
    while (m_state == State::NeedMore && used < bytes.size()) {
        const QByteArrayView rest = bytes.sliced(used);
        if (m_chunked && !m_parser->sawChunk && rest.size() < shortestLastChunk && rest.startsWith('0'))
            return used;
        beast::error_code ec;
        const std::size_t taken =
            m_parser->put(boost::asio::const_buffer(rest.data(), static_cast<std::size_t>(rest.size())), ec);
        used += static_cast<qsizetype>(taken);
        if (ec == http::error::need_more) {
            if (taken > 0)
                continue;
            if (rest.size() > longestLine)
                m_state = State::Malformed;
            return used;
        }
        if (ec == http::error::body_limit)
            m_state = State::TooLarge;
        else if (ec)
            m_state = State::Malformed;
        else if (m_parser->is_done())
            m_state = State::Done;
    }
    return used;
}

qsizetype BodyReader::size() const
{
    return m_parser->body.size();
}

QByteArray BodyReader::take()
{
    return std::exchange(m_parser->body, {});
}

} // namespace flowgate::net
