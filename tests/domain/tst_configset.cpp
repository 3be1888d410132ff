// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/configset.h"
#include "tests/domain/samples.h"

#include <QSet>

using namespace flowgate::tests;

namespace {

using Files = std::vector<std::pair<QString, ConfigFile>>;

ConfigSet setOf(const Files &files)
{
    ConfigSet set;
    for (const auto &[name, file] : files)
        set.files.emplace(name, file);
    return set;
}

const ConfigFile x{"x: 1\n", u"text/yaml"_s};
const ConfigFile y{"y: 2\n", u"text/yaml"_s};

} // namespace

class TestConfigSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hashesStably_data()
    {
        QTest::addColumn<ConfigSet>("config");
        QTest::addColumn<QString>("hash");
        // Computed with Python, not with this code:
        //   L = lambda b: struct.pack(">Q", len(b)) + b
        //   m = hashlib.sha256(struct.pack(">Q", len(files)))
        //   for name, body, type in sorted(files): m.update(L(name) + L(body) + L(type))
        // over UTF-8 bytes, with the name of a single file empty and an empty type "text/yaml".
        QTest::addRow("RC2 one file") << setOf({{u"collector.yaml"_s, {"receivers: {}\n", {}}}})
                                      << u"0a92784430c412aee5f4c784f92a1e3f8b37e5dafa0defa8b1d78c0152ad77c0"_s;
        QTest::addRow("RC2 two files, one binary")
            << setOf({{u"a.yaml"_s, {"x: 1\n", u"text/yaml"_s}},
                      {u"b.yaml"_s, {QByteArray("\x00\xff", 2), u"application/octet-stream"_s}}})
            << u"7b9cf7d2ec206e61c5d641fab7e92bfa20ce9bbfe0f2c674809ba98f8e11f484"_s;
        // U+E000 is ee 80 80 and U+1F600 is f0 9f 98 80 in UTF-8, yet as UTF-16 the surrogates d83d de00 come first.
        QTest::addRow("RC2 byte order, not the order of UTF-16")
            << setOf({{QString(QChar(0xe000)), {"1", {}}}, {QString::fromUtf8("\xf0\x9f\x98\x80"), {"2", {}}}})
            << u"36cf1d97d683ef15cd555fcd85810d44e2a6c848bd6d17bce39ee35492b538d1"_s;
        QTest::addRow("X1 no file at all")
            << ConfigSet{} << u"af5570f5a1810b7af78caf4bc70a660f0df51e42baf91d4de5b2328de0e83dfc"_s;
    }

    void hashesStably()
    {
        QFETCH(ConfigSet, config);
        QFETCH(QString, hash);
        QCOMPARE(canonicalHash(config).hex(), hash);
        QCOMPARE(canonicalHash(wireForm(config)).hex(), hash);
        QCOMPARE(canonicalHash(config).bytes().size(), 32);
    }

    void takesForEqual_data()
    {
        QTest::addColumn<ConfigSet>("a");
        QTest::addColumn<ConfigSet>("b");
        QTest::addRow("RC2 order of insertion")
            << setOf({{u"a"_s, x}, {u"b"_s, y}}) << setOf({{u"b"_s, y}, {u"a"_s, x}});
        QTest::addRow("RC2 name of a single file") << setOf({{u"a"_s, x}}) << setOf({{u""_s, x}});
        QTest::addRow("the wire's type for none") << setOf({{u"a"_s, {"x: 1\n", {}}}}) << setOf({{u"a"_s, x}});
        QTest::addRow("null and empty body")
            << setOf({{u""_s, {QByteArray(), {}}}}) << setOf({{u""_s, {QByteArray(""), {}}}});
    }

    void takesForEqual()
    {
        QFETCH(ConfigSet, a);
        QFETCH(ConfigSet, b);
        QCOMPARE(canonicalHash(a).hex(), canonicalHash(b).hex());
    }

    void tellsApart_data()
    {
        QTest::addColumn<ConfigSet>("a");
        QTest::addColumn<ConfigSet>("b");
        QTest::addRow("RC2 a byte moved from name to body")
            << setOf({{u"ab"_s, {"c", {}}}, {u"z"_s, y}}) << setOf({{u"a"_s, {"bc", {}}}, {u"z"_s, y}});
        QTest::addRow("RC2 a byte moved from body to type")
            << setOf({{u""_s, {"ab", u"c"_s}}}) << setOf({{u""_s, {"a", u"bc"_s}}});
        QTest::addRow("RC2 bodies swapped") << setOf({{u"a"_s, x}, {u"b"_s, y}}) << setOf({{u"a"_s, y}, {u"b"_s, x}});
        QTest::addRow("RC2 another type") << setOf({{u"a"_s, x}}) << setOf({{u"a"_s, {x.body, u"text/x-yaml"_s}}});
        QTest::addRow("RC2 names count where there are several")
            << setOf({{u"a"_s, x}, {u"b"_s, y}}) << setOf({{u"a"_s, x}, {u"c"_s, y}});
        QTest::addRow("X6c an empty file is not an empty map") << setOf({{u""_s, {}}}) << ConfigSet{};
        QTest::addRow("RC2 two files are not their concatenation")
            << setOf({{u"a"_s, x}, {u"b"_s, y}}) << setOf({{u"a"_s, {x.body + y.body, x.contentType}}});
        QTest::addRow("RC2 zero bytes count")
            << setOf({{u""_s, {QByteArray("a\0b", 3), {}}}}) << setOf({{u""_s, {QByteArray("a\0c", 3), {}}}});
        // Broken UTF-16 becomes one and the same replacement in UTF-8, but no file may drop out of the hash.
        QTest::addRow("RC2 names that are broken text")
            << setOf({{QString(QChar(0xd800)), x}, {QString(QChar(0xd801)), x}})
            << setOf({{QString(QChar(0xd800)), x}, {QString(QChar(0xd801)), y}});
    }

    void tellsApart()
    {
        QFETCH(ConfigSet, a);
        QFETCH(ConfigSet, b);
        QVERIFY(canonicalHash(a) != canonicalHash(b));
    }

    void givesTheWireForm_data()
    {
        QTest::addColumn<ConfigSet>("config");
        QTest::addColumn<ConfigSet>("wire");
        QTest::addRow("RC6 a single file loses its name") << setOf({{u"a.yaml"_s, x}}) << setOf({{u""_s, x}});
        QTest::addRow("RC6 several keep theirs")
            << setOf({{u"a.yaml"_s, {"x: 1\n", {}}}, {u""_s, y}}) << setOf({{u"a.yaml"_s, x}, {u""_s, y}});
        QTest::addRow("a type of its own stays")
            << setOf({{u"a"_s, {"{}", u"application/json"_s}}}) << setOf({{u""_s, {"{}", u"application/json"_s}}});
        QTest::addRow("RC7 nothing stays nothing") << ConfigSet{} << ConfigSet{};
    }

    void givesTheWireForm()
    {
        QFETCH(ConfigSet, config);
        QFETCH(ConfigSet, wire);
        QCOMPARE(wireForm(config), wire);
        QCOMPARE(wireForm(wire), wire);
    }

    void countsBytes()
    {
        QCOMPARE(ConfigSet{}.byteCount(), 0);
        QCOMPARE(setOf({{u"long name"_s, {"12345", {}}}, {u"b"_s, {QByteArray("\0\0", 2), {}}}}).byteCount(), 7);
        QVERIFY(ConfigSet{}.isEmpty());
        QVERIFY(!setOf({{u""_s, {}}}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestConfigSet)
#include "tst_configset.moc"
