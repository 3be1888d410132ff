// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/codec.h"
#include "tests/store/oddvalues.h"

#include <QTest>

#include <cmath>

using namespace flowgate;
using namespace flowgate::domain;
using namespace flowgate::store::codec;

namespace {

AttributeValue nested(int levels, bool map)
{
    AttributeValue value;
    value.data = QStringLiteral("core");
    for (int i = 1; i < levels; ++i) {
        AttributeValue outer;
        if (map)
            outer.data.emplace<AttributeValue::Map>().push_back({QStringLiteral("k"), std::move(value)});
        else
            outer.data.emplace<AttributeValue::List>().push_back(std::move(value));
        value = std::move(outer);
    }
    return value;
}

template<typename T>
void tryBytes(const QByteArray &bytes)
{
    const auto result = decode<T>(bytes);
    if (result) // what is read has to be writable again
        QVERIFY(!encode(*result).isEmpty());
}

void tryAllTypes(const QByteArray &bytes)
{
    tryBytes<AgentDescription>(bytes);
    tryBytes<ComponentHealth>(bytes);
    tryBytes<ComponentMap>(bytes);
    tryBytes<QStringList>(bytes);
    tryBytes<Containment>(bytes);
    tryBytes<RolloutOptions>(bytes);
    tryBytes<std::vector<Sighting>>(bytes);
    tryBytes<ConfigSet>(bytes);
    tryBytes<FileNames>(bytes);
}

} // namespace

class TestCodec final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackAsItWas();
    void keepsTypesApart();
    void keepsNullApartFromEmpty();
    void readsContainmentsOfForm1();
    void cutsWhatIsTooDeep();
    void refuses_data();
    void refuses();
    void survivesDamage();
};

void TestCodec::comesBackAsItWas()
{
    for (quint32 seed = 1; seed <= 300; ++seed) {
        testing::OddValues odd(seed);
        const AgentDescription description = odd.description();
        QCOMPARE(*decode<AgentDescription>(encode(description)), description);
        const ComponentHealth health = odd.health(4);
        QCOMPARE(*decode<ComponentHealth>(encode(health)), health);
        const ComponentMap components = odd.components(3);
        QCOMPARE(*decode<ComponentMap>(encode(components)), components);
        const ConfigSet config = odd.configSet();
        QCOMPARE(*decode<ConfigSet>(encode(config)), config);
        const Rollout rollout = odd.rollout();
        QCOMPARE(*decode<RolloutOptions>(encode(rollout.options)), rollout.options);
        const RolloutTarget target = odd.target();
        QCOMPARE(*decode<std::vector<Sighting>>(encode(target.seen)), target.seen);
        Containment containment{{},         {}, false, {{odd.text(), odd.text(), odd.text()}}, 3, Comparison::TooLarge,
                                odd.text(), 7};
        QCOMPARE(*decode<Containment>(encode(containment)), containment);
        const QStringList list{odd.text(), odd.text()};
        QCOMPARE(*decode<QStringList>(encode(list)), list);
        const FileNames names{{odd.text(), odd.text()}};
        QCOMPARE(*decode<FileNames>(encode(names)), names);
    }
}

void TestCodec::keepsTypesApart()
{
    const Attributes attributes{
        {QStringLiteral("same key"), {qint64(1)}},
        {QStringLiteral("same key"), {1.0}},
        {QStringLiteral("same key"), {true}},
        {QStringLiteral("same key"), {QStringLiteral("1")}},
        {QStringLiteral("same key"), {QByteArray("1")}},
        {QStringLiteral("same key"), {std::monostate{}}},
        {QStringLiteral("same key"), {QString()}},
        {QStringLiteral("same key"), {AttributeValue::List{}}},
        {QStringLiteral("same key"), {AttributeValue::Map{}}},
        {QStringLiteral("same key"), {std::numeric_limits<qint64>::min()}},
        {QStringLiteral("same key"), {std::nan("")}},
    };
    const auto back = decode<AgentDescription>(encode(AgentDescription{attributes, {}}));
    QVERIFY(back);
    QCOMPARE(back->identifying.size(), attributes.size());
    for (size_t i = 0; i < attributes.size(); ++i)
        QCOMPARE(back->identifying[i].value.data.index(), attributes[i].value.data.index());
    QVERIFY(std::isnan(std::get<double>(back->identifying.back().value.data)));
}

void TestCodec::keepsNullApartFromEmpty()
{
    Containment containment;
    containment.differences = {{QStringLiteral("a"), QStringLiteral("b"), QString()},
                               {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("")}};
    const auto back = decode<Containment>(encode(containment));
    QVERIFY(back);
    QVERIFY(back->differences.at(0).effective.isNull());
    QVERIFY(!back->differences.at(1).effective.isNull());
}

/// As versions before wrote it: the differences alone.
void TestCodec::readsContainmentsOfForm1()
{
    const auto back = decode<Containment>(QByteArray::fromHex("840161616162f6"));
    QVERIFY(back);
    QCOMPARE(back->differences, (std::vector<ConfigDifference>{{QStringLiteral("a"), QStringLiteral("b"), QString()}}));
    QCOMPARE(back->rules, 0);
    QVERIFY(back->isCompared());
    const auto none = decode<Containment>(QByteArray::fromHex("8101"));
    QVERIFY(none);
    QVERIFY(none->differences.empty());
    QCOMPARE(none->rules, 0);
    QCOMPARE(decode<Containment>(QByteArray::fromHex("8103")).error(), DecodeError::UnknownForm);
    QCOMPARE(decode<QStringList>(QByteArray::fromHex("8102")).error(), DecodeError::UnknownForm);
    QCOMPARE(decode<Containment>(QByteArray::fromHex("8602800009f600")).error(), DecodeError::WrongShape);
}

void TestCodec::cutsWhatIsTooDeep()
{
    for (const bool map : {false, true}) {
        const AgentDescription whole{{{QStringLiteral("a"), nested(deepest, map)}}, {}};
        QCOMPARE(*decode<AgentDescription>(encode(whole)), whole);
        const auto cut = decode<AgentDescription>(
            encode(AgentDescription{{{QStringLiteral("a"), nested(400, map)}}, {{QStringLiteral("b"), {true}}}}));
        QVERIFY(cut);
        QCOMPARE(cut->nonIdentifying.size(), size_t(1));
    }
    ComponentHealth health;
    ComponentMap components;
    for (int i = 0; i < 400; ++i) {
        ComponentHealth outer;
        outer.components.emplace(QStringLiteral("c"), std::move(health));
        health = std::move(outer);
        ComponentMap outerMap;
        outerMap.emplace(QStringLiteral("c"), ComponentDetails{{{QStringLiteral("k"), {true}}}, std::move(components)});
        components = std::move(outerMap);
    }
    QVERIFY(decode<ComponentHealth>(encode(health)));
    QVERIFY(decode<ComponentMap>(encode(components)));
}

void TestCodec::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("expected");
    const auto add = [](const char *name, const char *hex, DecodeError error) {
        QTest::newRow(name) << QByteArray::fromHex(hex) << static_cast<int>(error);
    };
    add("nothing", "", DecodeError::Malformed);
    add("not an array", "a0", DecodeError::WrongShape);
    add("a later form",
        "8202"
        "60",
        DecodeError::UnknownForm);
    add("no form", "80", DecodeError::WrongShape);
    add("cut short",
        "8301"
        "6161",
        DecodeError::Malformed);
    add("text shorter than said",
        "8201"
        "6961",
        DecodeError::Malformed);
    add("text of 2^63 bytes",
        "8201"
        "7b7fffffffffffffff61",
        DecodeError::Malformed);
    add("array of 2^63 items",
        "9b7fffffffffffffff01"
        "6161",
        DecodeError::Malformed);
    add("bytes in place of text",
        "8201"
        "4161",
        DecodeError::WrongShape);
    add("not UTF-8",
        "8201"
        "61ff",
        DecodeError::Malformed);
    add("bytes left over",
        "820161"
        "6100",
        DecodeError::Malformed);
    add("reserved first byte",
        "8201"
        "1c",
        DecodeError::Malformed);
}

void TestCodec::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, expected);
    const auto result = decode<QStringList>(bytes);
    QVERIFY(!result);
    QCOMPARE(static_cast<int>(result.error()), expected);
}

// Each damaged text gives a value or an error, whatever type is asked for; the sanitizers watch.
void TestCodec::survivesDamage()
{
    QRandomGenerator random(7);
    for (quint32 seed = 1; seed <= 40; ++seed) {
        testing::OddValues odd(seed);
        for (const QByteArray &whole : {encode(odd.description()), encode(odd.health(3)), encode(odd.components(2)),
                                        encode(odd.rollout().options), encode(odd.target().seen)}) {
            for (int i = 0; i < 60; ++i) {
                QByteArray bytes = whole.left(4000);
                const int kind = i % 3;
                if (kind == 0)
                    bytes.truncate(static_cast<qsizetype>(random.bounded(static_cast<int>(bytes.size()) + 1)));
                for (int flips = kind == 0 ? 0 : 1 + i / 10; flips > 0 && !bytes.isEmpty(); --flips)
                    bytes[random.bounded(static_cast<int>(bytes.size()))] = static_cast<char>(random.bounded(256));
                tryAllTypes(bytes);
            }
        }
    }
    // Nesting far beyond what is read, and containers that never end.
    tryAllTypes(QByteArray(100'000, '\x81'));
    tryAllTypes("\x82\x01" + QByteArray(100'000, '\x81'));
    tryAllTypes("\x82\x01" + QByteArray(100'000, '\x9f'));
    tryAllTypes("\x9f\x01" + QByteArray(100'000, '\xf6'));
    tryAllTypes("\x9f\x01" + QByteArray(100'000, '\x7f'));
}

QTEST_APPLESS_MAIN(TestCodec)
#include "tst_codec.moc"
