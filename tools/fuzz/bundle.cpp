// SPDX-License-Identifier: GPL-3.0-or-later
// A library of others: a zip, or (where the bytes are none) the manifest and files of one, each behind a line "=====";
// a file's first line is its path.
#include "app/bundle/bundleformat.h"
#include "app/bundle/bundleplan.h"
#include "domain/names.h"
#include "domain/selector.h"
#include "fuzz.h"

using namespace flowgate;
using fuzz::require;

namespace {

constexpr app::ZipLimits limits{
    .archive = 64 * 1024, .entries = 20, .entry = 16 * 1024, .total = 32 * 1024, .name = 100};

void checkFiles(const app::ZipFiles &files)
{
    qsizetype total = 0;
    for (const auto &[path, body] : files) {
        require(!path.isEmpty() && path.size() <= limits.name && !path.startsWith('/'), "a path is relative");
        for (const QByteArray &step : path.split('/'))
            require(!step.isEmpty() && step != "." && step != "..", "a path does not lead out");
        require(std::ranges::none_of(path, [](char c) { return (c >= 0 && c < 0x20) || c == '\\' || c == 0x7f; }),
                "a path has no control characters");
        require(body.size() <= limits.entry, "a file is no longer than its limit");
        total += body.size();
    }
    require(total <= limits.total, "all files are no longer than their limit");
    const auto archive = app::writeZip(files);
    require(archive.has_value(), "files that were read can be written");
    const auto again = app::readZip(*archive);
    require(again.has_value() && *again == files, "an archive that is written again holds the same");
}

/// Where all of the bundle is there already.
app::BundleSurroundings surroundingsOf(const app::Bundle &bundle)
{
    app::BundleSurroundings here;
    for (const app::BundleVersion &one : bundle.versions)
        here.configs[one.version.ref.config].push_back(one.version);
    here.marks = bundle.marks;
    for (const app::BundleLabels &one : bundle.labels)
        here.labels.emplace(one.gateway, one.labels);
    here.settings = bundle.settings;
    here.standing = bundle.standing;
    return here;
}

void checkBundle(const app::Bundle &bundle)
{
    for (const app::BundleVersion &one : bundle.versions) {
        require(domain::isConfigName(one.version.ref.config) && one.version.ref.version > 0, "a version has a name");
        require(one.version.ref.hash == domain::canonicalHash(one.files), "a version is what its hash says");
    }
    for (const app::BundleLabels &one : bundle.labels)
        require(one.gateway.bytes().size() == 16, "labels belong to a gateway");
    for (const app::BundleStanding &one : bundle.standing) {
        require(domain::Selector::parse(one.selector).has_value(), "a standing selector is one");
        require(one.options.soak.count() >= 0 && one.options.soak <= std::chrono::hours(24) &&
                    one.options.timeout >= std::chrono::seconds(1) && one.options.timeout <= std::chrono::hours(24),
                "a rollout's times are such as a person may give");
    }
    const app::ZipFiles written = app::toFiles(bundle);
    const auto again = app::fromFiles(written);
    require(again.has_value(), "a bundle that is written again is one");
    require(app::toFiles(*again) == written, "a bundle that is written again is the same");

    const QSet<app::BundlePart> all{app::BundlePart::Configs, app::BundlePart::Labels, app::BundlePart::Settings,
                                    app::BundlePart::Standing};
    const app::BundlePlan fresh = app::planBundle(bundle, {}, all, app::OnConflict::Refuse);
    require(!fresh.hasConflict() && fresh.versions.size() == bundle.versions.size(),
            "nothing is in the way of a bundle");
    const app::BundlePlan same = app::planBundle(bundle, surroundingsOf(bundle), all, app::OnConflict::Refuse);
    require(!same.hasConflict(), "a bundle does not conflict with itself");
    require(same.versions.empty(), "what is there is not added");
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes = fuzz::view(data, size);
    app::ZipFiles files;
    if (bytes.startsWith("PK")) {
        const auto read = app::readZip(bytes.toByteArray(), limits);
        if (!read) {
            require(!read.error().what.isEmpty(), "a refusal says why");
            return 0;
        }
        files = *read;
        checkFiles(files);
    } else {
        const QList<QByteArray> parts = fuzz::parts(bytes);
        files.emplace(app::manifestName.toByteArray(), parts.front());
        for (const QByteArray &part : parts.sliced(1)) {
            const qsizetype end = part.indexOf('\n');
            files.emplace(part.left(end), end < 0 ? QByteArray() : part.sliced(end + 1));
        }
    }
    const auto bundle = app::fromFiles(files);
    if (bundle)
        checkBundle(*bundle);
    else
        require(!bundle.error().what.isEmpty(), "a refusal says why");
    return 0;
}
