// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QByteArray>
#include <QString>

#include <map>

namespace flowgate::domain {

/// One file of a config: bytes as they are, no assumption on encoding (ST5, RC6).
struct ConfigFile
{
    QByteArray body;
    QString contentType;

    friend bool operator==(const ConfigFile &, const ConfigFile &) = default;
};

/// Files by name. Several files keep their names; a single one goes out under the name "".
/// Used for what we offer and, as it came, for what a gateway reports as effective.
struct ConfigSet
{
    std::map<QString, ConfigFile> files;

    [[nodiscard]] bool isEmpty() const { return files.empty(); }
    [[nodiscard]] qsizetype byteCount() const;

    friend bool operator==(const ConfigSet &, const ConfigSet &) = default;
};

/// SHA-256 of the canonical form (RC2): the count of files, then for each file in byte order of its UTF-8 name the
/// name, body and content type, each behind its length as 8 bytes big-endian. The name of a single file does not
/// count: it is sent as "" whatever the operator's file was called.
[[nodiscard]] ConfigHash canonicalHash(const ConfigSet &config);

/// What goes on the wire: a single file under the name "", several as they are; an empty content type becomes
/// "text/yaml".
[[nodiscard]] ConfigSet wireForm(const ConfigSet &config);

} // namespace flowgate::domain
