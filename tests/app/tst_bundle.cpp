// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/bundleformat.h"
#include "app/bundle/bundleplan.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QtEndian>

using namespace flowgate;
using namespace flowgate::app;

Q_DECLARE_METATYPE(flowgate::app::BundleErrorKind)
Q_DECLARE_METATYPE(flowgate::app::OnConflict)

namespace {

using Kind = BundleErrorKind;

domain::WallTime at(qint64 ms)
{
    return domain::WallTime{domain::milliseconds{1'800'000'000'000 + ms}};
}

BundleVersion version(const char *name, int number, const QByteArray &body,
                      const QString &file = QStringLiteral("c.yaml"))
{
    BundleVersion made;
    made.files.files[file] = {body, {}};
    made.version = {{QString::fromLatin1(name), number, domain::canonicalHash(made.files)},
                    QStringLiteral("why %1").arg(number),
                    QStringLiteral("operator"),
                    at(number)};
    return made;
}

domain::GatewayId gateway(char last)
{
    return domain::GatewayId(QByteArray(15, '\x01') + last);
}

Bundle sample()
{
    Bundle bundle;
    bundle.program = QStringLiteral("flowgate 9.9.9");
    bundle.madeAt = at(0);
    bundle.versions = {version("base", 1, "a: 1\n"), version("base", 2, "a: 2\n\xff"),
                       version("odd", 1, "b: 1\n", QStringLiteral("../é/\\x"))};
    bundle.versions.back().files.files[QString()] = {"second: file\n", QStringLiteral("text/yaml")};
    bundle.versions.back().version.ref.hash = domain::canonicalHash(bundle.versions.back().files);
    bundle.marks[QStringLiteral("base")].tags = {QStringLiteral("eu"), QStringLiteral("prod")};
    bundle.marks[QStringLiteral("odd")].archivedAt = at(5);
    bundle.labels = {
        {gateway('a'),
         QStringLiteral("lab-1"),
         {{QStringLiteral("env"), QStringLiteral("lab")}, {QStringLiteral("x/y"), QString::fromLatin1("")}}}};
    bundle.standing = {{bundle.versions[1].version.ref, QStringLiteral("env=lab"), {}}};
    bundle.settings = {{QStringLiteral("rollout.soak"), QStringLiteral("10s")}};
    return bundle;
}

/// The sample with its manifest changed.
QByteArray withManifest(const std::function<void(QJsonObject &)> &change)
{
    ZipFiles files = toFiles(sample());
    QByteArray &text = files[manifestName.toByteArray()];
    QJsonObject json = QJsonDocument::fromJson(text).object();
    change(json);
    text = QJsonDocument(json).toJson();
    return *writeZip(files);
}

QByteArray withFile(const QByteArray &name, const QByteArray &body = "x")
{
    ZipFiles files = toFiles(sample());
    files[name] = body;
    return *writeZip(files);
}

/// Overwrites bytes at @p offset of the first central directory entry.
QByteArray patchedEntry(qsizetype offset, const QByteArray &bytes)
{
    QByteArray zip = *writeBundle(sample());
    const qsizetype entry = zip.indexOf("PK\x01\x02");
    zip.replace(entry + offset, bytes.size(), bytes);
    return zip;
}

/// @p zip with another end record: it names so many entries, in a directory that ends with the entry before the last.
QByteArray withoutLastEntry(QByteArray zip, quint16 entries)
{
    const qsizetype end = zip.lastIndexOf("PK\x05\x06");
    const auto begin = qFromLittleEndian<quint32>(zip.constData() + end + 16);
    const auto size = static_cast<quint32>(entries == 0 ? 0 : zip.lastIndexOf("PK\x01\x02") - begin);
    for (const qsizetype count : {end + 8, end + 10}) // on this disk, and in all
        qToLittleEndian(entries, zip.data() + count);
    qToLittleEndian(size, zip.data() + end + 12);
    return zip;
}

/// The end record of an archive without entries, and nothing else.
QByteArray emptyZip()
{
    return "PK\x05\x06" + QByteArray(18, '\0');
}

BundleSurroundings here(const std::vector<BundleVersion> &versions)
{
    BundleSurroundings made;
    for (const BundleVersion &one : versions)
        made.configs[one.version.ref.config].push_back(one.version);
    made.settings = {{QStringLiteral("rollout.soak"), QStringLiteral("30s")}};
    return made;
}

const QSet<BundlePart> allParts{BundlePart::Configs, BundlePart::Labels, BundlePart::Settings, BundlePart::Standing};

QStringList shown(const BundlePlan &plan)
{
    QStringList lines;
    for (const BundleItem &item : plan.items)
        lines.append(word(item.action) + u' ' + item.name + (item.target.isEmpty() ? QString() : u'>' + item.target));
    return lines;
}

} // namespace

class TestBundle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackAsItWas()
    {
        const auto bytes = writeBundle(sample());
        QVERIFY(bytes);
        const auto back = readBundle(*bytes);
        QVERIFY2(back, back ? "" : qPrintable(back.error().what));
        QVERIFY(*back == sample());
        QCOMPARE(*writeBundle(*back), *bytes);
    }

    void isReadable()
    {
        const ZipFiles files = toFiles(sample());
        QCOMPARE(files.at("configs/base/1/1-c.yaml"), QByteArray("a: 1\n"));
        QVERIFY(files.contains("configs/odd/1/2.yaml")); // a name that fits no disk gets a number
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<BundleErrorKind>("kind");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QByteArray &bytes, Kind kind, const char *words) {
            QTest::addRow("%s", name) << bytes << kind << QString::fromUtf8(words);
        };
        const QByteArray whole = *writeBundle(sample());
        row("nothing", {}, Kind::NotABundle, "zip");
        row("some text", "receivers:\n", Kind::NotABundle, "zip");
        row("another zip", *writeZip({{"a.txt", "x"}}), Kind::NotABundle, "manifest.json");
        row("an empty zip", emptyZip(), Kind::NotABundle, "empty");
        row("entries behind an end that names none", withoutLastEntry(whole, 0), Kind::Damaged, "all of its entries");
        const auto three = *writeZip({{"a", "1"}, {"b", "2"}, {"c", "3"}});
        row("an entry that the end does not name", withoutLastEntry(three, 2), Kind::Damaged, "all of its entries");
        row("a comment at the end", QByteArray(whole).replace(whole.size() - 2, 2, QByteArray("\x01\0c", 3)),
            Kind::Damaged, "all of its entries");
        row("cut off", whole.left(whole.size() / 2), Kind::Damaged, "cut off");
        row("begin cut off", "PK" + whole.mid(40), Kind::Damaged, "");
        QByteArray flipped = whole;
        flipped[45] = static_cast<char>(~flipped[45]);
        row("a bit turned", flipped, Kind::Damaged, "");
        row("a path that leads out", withFile("../evil"), Kind::Hostile, "evil");
        row("out from within", withFile("configs/../../evil"), Kind::Hostile, "evil");
        row("an absolute path", withFile("/etc/evil"), Kind::Hostile, "etc");
        row("a back slash", withFile("configs\\evil"), Kind::Hostile, "evil");
        row("a drive", withFile("c:evil"), Kind::Hostile, "evil");
        row("a control character", withFile("configs/a\nb"), Kind::Hostile, "%0A");
        row("a folder", withFile("configs/x/"), Kind::Hostile, "");
        row("a path without end", withFile(QByteArray(500, 'x')), Kind::Hostile, "");
        row("two names in one by case", withFile("MANIFEST.json"), Kind::Hostile, "twice");
        row("something more", withFile("notes.txt"), Kind::Hostile, "notes.txt");
        row("a link", patchedEntry(38, QByteArray::fromHex("0000ffa1")), Kind::Hostile, "link");
        row("encrypted", patchedEntry(8, QByteArray::fromHex("0100")), Kind::Hostile, "");
        row("an entry too large", withFile("configs/bomb", QByteArray(33 * 1024 * 1024, '0')), Kind::TooLarge, "bomb");
        row("a later format", withManifest([](QJsonObject &json) { json[QStringLiteral("format")] = 2; }), Kind::TooNew,
            "flowgate 9.9.9");
        row("no format", withManifest([](QJsonObject &json) { json.remove(QStringLiteral("format")); }),
            Kind::NotABundle, "format");
        row("a manifest that is none", *writeZip({{"manifest.json", "["}}), Kind::Damaged, "manifest.json");
        const auto inText = [](const QByteArray &what, const QByteArray &by) {
            ZipFiles files = toFiles(sample());
            files[manifestName.toByteArray()].replace(what, by);
            return *writeZip(files);
        };
        row("a checksum that does not fit", inText("\"bytes\": 5,", "\"bytes\": 6,"), Kind::Damaged, "checksum");
        row("a missing file", inText("configs/base/1/1-c.yaml", "configs/base/1/gone"), Kind::Damaged, "missing");
        row("a hash that does not fit",
            inText(sample().versions[0].version.ref.hash.hex().toUtf8(),
                   sample().versions[1].version.ref.hash.hex().toUtf8()),
            Kind::Damaged, "base@1");
        row("a name that is none", inText("\"name\": \"base\"", "\"name\": \"a b\""), Kind::Damaged, "a b");
        row("a config twice", inText("\"name\": \"odd\"", "\"name\": \"base\""), Kind::Damaged, "twice");
        row("a version of zero", inText("\"version\": 1", "\"version\": 0"), Kind::Damaged, "order");
        row("a tag that is none", inText("\"prod\"", "\"a b\""), Kind::Damaged, "tags");
        row("labels of nothing", inText("\"gateway\": \"", "\"gateway\": \"x"), Kind::Damaged, "labels");
        row("a soak before it begins", inText("\"soak_ms\": 30000", "\"soak_ms\": -1"), Kind::Damaged, "soak");
        row("a timeout without end", inText("\"timeout_ms\": 60000", "\"timeout_ms\": 9223372036854775807"),
            Kind::Damaged, "timeout");
        row("a selector that is none", inText("env=lab", "env=("), Kind::Damaged, "selector");
    }
    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(BundleErrorKind, kind);
        QFETCH(QString, words);
        const auto back = readBundle(bytes);
        QVERIFY(!back);
        QVERIFY2(back.error().kind == kind, qPrintable(back.error().what));
        QVERIFY2(back.error().what.contains(words), qPrintable(back.error().what));
    }

    void nothingIsNoArchive() { QCOMPARE(writeZip({}).error().kind, Kind::NotABundle); }

    /// Whatever is cut off or turned: an answer, never a crash, never a library that is not what was written.
    void survivesAnyDamage()
    {
        const QByteArray whole = *writeBundle(sample());
        int refusedOnes = 0;
        for (qsizetype i = 0; i < whole.size(); ++i) {
            QByteArray turned = whole;
            turned[i] = static_cast<char>(turned[i] ^ 0x41);
            for (const QByteArray &bytes : {whole.left(i), turned}) {
                const auto back = readBundle(bytes);
                refusedOnes += back ? 0 : 1;
                QVERIFY(!back || back->versions == sample().versions);
            }
        }
        QVERIFY(refusedOnes > whole.size());
    }

    void limitsAreLimits()
    {
        ZipLimits limits;
        limits.entries = 2;
        QCOMPARE(readZip(*writeZip({{"a", "1"}, {"b", "2"}}), limits)->size(), size_t(2));
        QCOMPARE(readZip(*writeZip({{"a", "1"}, {"b", "2"}, {"c", "3"}}), limits).error().kind, Kind::Hostile);
        limits = {};
        limits.total = 10;
        QVERIFY(readZip(*writeZip({{"a", "12345"}, {"b", "12345"}}), limits));
        QCOMPARE(readZip(*writeZip({{"a", "12345"}, {"b", "123456"}}), limits).error().kind, Kind::TooLarge);
        limits = {};
        limits.archive = 20;
        QCOMPARE(readZip(*writeZip({{"a", "1"}}), limits).error().kind, Kind::TooLarge);
    }

    void plans_data()
    {
        QTest::addColumn<int>("there");
        QTest::addColumn<OnConflict>("onConflict");
        QTest::addColumn<QStringList>("expected");
        QTest::addColumn<int>("adds");
        QTest::addRow("empty library") << 0 << OnConflict::Refuse
                                       << QStringList{QStringLiteral("add base@1"), QStringLiteral("add base@2")} << 2;
        QTest::addRow("the first is here")
            << 1 << OnConflict::Refuse << QStringList{QStringLiteral("same base@1"), QStringLiteral("add base@2")} << 1;
        QTest::addRow("both are here") << 2 << OnConflict::Refuse
                                       << QStringList{QStringLiteral("same base@1"), QStringLiteral("same base@2")}
                                       << 0;
        QTest::addRow("another second one, refused")
            << 3 << OnConflict::Refuse << QStringList{QStringLiteral("same base@1"), QStringLiteral("conflict base@2")}
            << 0;
        QTest::addRow("another second one, skipped")
            << 3 << OnConflict::Skip << QStringList{QStringLiteral("same base@1"), QStringLiteral("skip base@2")} << 0;
        QTest::addRow("another second one, renamed")
            << 3 << OnConflict::Rename
            << QStringList{QStringLiteral("add base@1>base-2@1"), QStringLiteral("add base@2>base-2@2")} << 2;
        QTest::addRow("renamed before") << 4 << OnConflict::Rename
                                        << QStringList{QStringLiteral("same base@1>base-2@1"),
                                                       QStringLiteral("same base@2>base-2@2")}
                                        << 0;
    }
    void plans()
    {
        QFETCH(int, there);
        QFETCH(OnConflict, onConflict);
        QFETCH(QStringList, expected);
        QFETCH(int, adds);
        Bundle bundle;
        bundle.versions = {version("base", 1, "a: 1\n"), version("base", 2, "a: 2\n")};
        const std::vector<std::vector<BundleVersion>> libraries{
            {},
            {version("base", 1, "a: 1\n")},
            {version("base", 1, "a: 1\n"), version("base", 2, "a: 2\n")},
            {version("base", 1, "a: 1\n"), version("base", 2, "other: 2\n")},
            {version("base", 1, "a: 1\n"), version("base", 2, "other: 2\n"), version("base-2", 1, "a: 1\n"),
             version("base-2", 2, "a: 2\n")}};
        const BundlePlan plan = planBundle(bundle, here(libraries[size_t(there)]), {BundlePart::Configs}, onConflict);
        QCOMPARE(shown(plan), expected);
        QCOMPARE(int(plan.versions.size()), adds);
        QCOMPARE(plan.bodies.size(), plan.versions.size());
        QCOMPARE(plan.hasConflict(), expected.join(u' ').contains(QStringLiteral("conflict")));
    }

    void plansTheRest()
    {
        BundleSurroundings around = here({});
        around.labels[gateway('a')] = {{QStringLiteral("own"), QStringLiteral("1")}};
        BundlePlan plan = planBundle(sample(), around, allParts, OnConflict::Refuse);
        QCOMPARE(plan.labels.at(gateway('a')).size(), 3); // added to what it has
        QCOMPARE(plan.settings.at(QStringLiteral("rollout.soak")), QStringLiteral("10s"));
        QCOMPARE(plan.standing.size(), size_t(1));
        // Only where they are asked for.
        plan = planBundle(sample(), around, {BundlePart::Labels}, OnConflict::Refuse);
        QVERIFY(plan.versions.empty() && plan.settings.empty() && plan.standing.empty());
        // Gateways and settings that are not here.
        around.labels.clear();
        around.settings.clear();
        plan = planBundle(sample(), around, {BundlePart::Labels, BundlePart::Settings}, OnConflict::Refuse);
        QCOMPARE(shown(plan), QStringList({QStringLiteral("skip lab-1"), QStringLiteral("skip rollout.soak")}));
        QVERIFY(plan.isEmpty());
        // A selector without its config has nothing to give.
        plan = planBundle(sample(), around, {BundlePart::Standing}, OnConflict::Refuse);
        QCOMPARE(plan.items.front().action, BundleAction::Skip);
    }

    void bringsBackWhatWasDeletedHere()
    {
        const Bundle bundle = sample();
        BundleSurroundings around = here(bundle.versions);
        around.marks = bundle.marks;
        around.marks[QStringLiteral("base")].deletedAt = at(9);
        const BundlePlan plan = planBundle(bundle, around, {BundlePart::Configs}, OnConflict::Refuse);
        QCOMPARE(plan.marks,
                 (domain::MarksByConfig{{QStringLiteral("base"), bundle.marks.at(QStringLiteral("base"))}}));
        QVERIFY(!plan.isEmpty());
        QVERIFY(plan.versions.empty());
        QCOMPARE(shown(plan), (QStringList{QStringLiteral("change base"), QStringLiteral("same base@1"),
                                           QStringLiteral("same base@2"), QStringLiteral("same odd@1")}));
        // Left out, it stays deleted.
        around.configs[QStringLiteral("base")].front().ref.hash = {};
        const BundlePlan skipped = planBundle(bundle, around, {BundlePart::Configs}, OnConflict::Skip);
        QVERIFY(skipped.marks.empty());
    }

    void addsTagsToThoseThatAreHere()
    {
        const Bundle bundle = sample();
        const QString base = QStringLiteral("base");
        const QString odd = QStringLiteral("odd");
        // Into an empty library: as it was there.
        BundlePlan plan = planBundle(bundle, {}, {BundlePart::Configs}, OnConflict::Refuse);
        QCOMPARE(plan.marks, bundle.marks);
        // Beside what is here: tags are added, nothing is archived.
        BundleSurroundings around = here(bundle.versions);
        around.marks[base].tags = {QStringLiteral("lab"), QStringLiteral("prod")};
        plan = planBundle(bundle, around, {BundlePart::Configs}, OnConflict::Refuse);
        QCOMPARE(plan.marks.at(base).tags,
                 QStringList({QStringLiteral("eu"), QStringLiteral("lab"), QStringLiteral("prod")}));
        QVERIFY(!plan.marks.contains(odd));
        // Once more: nothing.
        around.marks[base] = plan.marks.at(base);
        QVERIFY(planBundle(bundle, around, {BundlePart::Configs}, OnConflict::Refuse).isEmpty());
        // More than a config may have: left as they are, and said.
        around.marks[base].tags.clear();
        for (int i = 0; i < 19; ++i)
            around.marks[base].tags.append(QStringLiteral("t%1").arg(i, 2, 10, QLatin1Char('0')));
        plan = planBundle(bundle, around, {BundlePart::Configs}, OnConflict::Refuse);
        QVERIFY(plan.isEmpty());
        QCOMPARE(plan.items.front().action, BundleAction::Skip);
    }
};

QTEST_APPLESS_MAIN(TestBundle)
#include "tst_bundle.moc"
