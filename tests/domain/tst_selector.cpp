// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/selector.h"
#include "tests/domain/samples.h"

using namespace flowgate::tests;
using Kind = SelectorError::Kind;

namespace {

/// What was understood, e.g. "env in [lab|prod], not retired".
QString text(const Selector &selector)
{
    QStringList parts;
    for (const Selector::Requirement &requirement : selector.requirements()) {
        const QString values = u" ["_s + requirement.values.join(u'|') + u']';
        switch (requirement.op) {
        case Selector::Requirement::Op::In:
            parts.append(requirement.key + u" in"_s + values);
            break;
        case Selector::Requirement::Op::NotIn:
            parts.append(requirement.key + u" notin"_s + values);
            break;
        case Selector::Requirement::Op::Exists:
            parts.append(requirement.key);
            break;
        case Selector::Requirement::Op::Missing:
            parts.append(u"not "_s + requirement.key);
            break;
        }
    }
    return parts.isEmpty() ? u"all"_s : parts.join(u", "_s);
}

Gateway lab()
{
    Gateway gateway = sampleGateway();
    gateway.labels = {{u"env"_s, u"lab"_s}, {u"empty"_s, u""_s}, {u"zone"_s, u"label"_s}, {u"odd"_s, u"a, \"b\""_s}};
    gateway.description = {AgentDescription{{{u"service.name"_s, {u"otelcol-contrib"_s}}},
                                            {{u"host.name"_s, {u"lab-1"_s}},
                                             {u"zone"_s, {u"attribute"_s}},
                                             {u"cpus"_s, {qint64(8)}},
                                             {u"ratio"_s, {0.1}},
                                             {u"gpu"_s, {false}},
                                             {u"null"_s, {}}}},
                           at(), false};
    return gateway;
}

} // namespace

class TestSelector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("understood");
        QTest::addRow("the contract's example") << u"env=lab,service.name in (otelcol-contrib),!retired"_s
                                                << u"env in [lab], service.name in [otelcol-contrib], not retired"_s;
        QTest::addRow("all") << u"all"_s << u"all"_s;
        QTest::addRow("all with space") << u"  all "_s << u"all"_s;
        QTest::addRow("two equal signs") << u"env==lab"_s << u"env in [lab]"_s;
        QTest::addRow("not equal") << u"env!=lab"_s << u"env notin [lab]"_s;
        QTest::addRow("space everywhere")
            << u"  env  =  lab ,  a  in  ( b , c )  ,  ! d "_s << u"env in [lab], a in [b|c], not d"_s;
        QTest::addRow("no space at all") << u"a in(b,c),d notin(e)"_s << u"a in [b|c], d notin [e]"_s;
        QTest::addRow("exists") << u"env"_s << u"env"_s;
        QTest::addRow("a key called in") << u"in in (in)"_s << u"in in [in]"_s;
        QTest::addRow("a key called all next to another") << u"all,env"_s << u"all, env"_s;
        QTest::addRow("slashes and dots") << u"k8s.io/zone=eu-1_a"_s << u"k8s.io/zone in [eu-1_a]"_s;
        QTest::addRow("quotes") << u"host=\"a b, (c)\""_s << u"host in [a b, (c)]"_s;
        QTest::addRow("quotes in a list") << u"host in (\"a,b\",c)"_s << u"host in [a,b|c]"_s;
        QTest::addRow("empty in quotes") << u"host=\"\""_s << u"host in []"_s;
        QTest::addRow("a quote inside quotes") << u"host=\"a\\\"b\\\\\""_s << u"host in [a\"b\\]"_s;
        QTest::addRow("other scripts") << u"ort=Zürich"_s << u"ort in [Zürich]"_s;
        QTest::addRow("the same key twice") << u"a=1,a=2"_s << u"a in [1], a in [2]"_s;
    }

    void reads()
    {
        QFETCH(QString, source);
        QFETCH(QString, understood);
        const auto selector = Selector::parse(source);
        QVERIFY(selector.has_value());
        QCOMPARE(text(*selector), understood);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<qsizetype>("position");
        const auto row = [](const char *name, const QString &source, Kind kind, qsizetype position) {
            QTest::addRow("%s", name) << source << kind << position;
        };
        row("empty is refused", u""_s, Kind::Empty, 0);
        row("space is empty", u" \t\n"_s, Kind::Empty, 0);
        row("no key", u"=lab"_s, Kind::KeyExpected, 0);
        row("no key after !", u"a,! "_s, Kind::KeyExpected, 4);
        row("comma at the end", u"env=lab,"_s, Kind::KeyExpected, 8);
        row("comma twice", u"a,,b"_s, Kind::KeyExpected, 2);
        row("no value", u"env="_s, Kind::ValueExpected, 4);
        row("no value before a comma", u"env= ,a"_s, Kind::ValueExpected, 5);
        row("no value after !=", u"env!="_s, Kind::ValueExpected, 5);
        row("three equal signs", u"env===lab"_s, Kind::ValueExpected, 5);
        row("two words", u"env lab"_s, Kind::OperatorExpected, 4);
        row("! without =", u"env!lab"_s, Kind::OperatorExpected, 4);
        row("operators in capitals", u"env IN (a)"_s, Kind::OperatorExpected, 4);
        row("a bracket instead of an operator", u"env(a)"_s, Kind::OperatorExpected, 3);
        row("list without brackets", u"env in a"_s, Kind::ValueExpected, 7);
        row("empty list", u"env in ()"_s, Kind::ValueExpected, 8);
        row("list with a hole", u"env in (a,,b)"_s, Kind::ValueExpected, 10);
        row("open list", u"env in (a"_s, Kind::OpenList, 9);
        row("list without commas", u"env in (a b)"_s, Kind::OpenList, 10);
        row("open quote", u"env=\"lab"_s, Kind::OpenQuote, 8);
        row("open quote behind a backslash", u"env=\"lab\\\""_s, Kind::OpenQuote, 10);
        row("a word behind the value", u"env=lab b"_s, Kind::CommaExpected, 8);
        row("a word behind quotes", u"env=\"lab\"b"_s, Kind::CommaExpected, 9);
        row("quoted key", u"\"env\"=lab"_s, Kind::KeyExpected, 0);
        row("hostile length", QString(u"a,"_s).repeated(10'000), Kind::TooLong, Selector::longest);
        row("hostile commas", QString(Selector::longest, u','), Kind::KeyExpected, 0);
        row("hostile brackets", u"a in "_s + QString(10'000, u'('), Kind::ValueExpected, 6);
        row("hostile exclamation", QString(10'000, u'!'), Kind::KeyExpected, 1);
    }

    void refuses()
    {
        QFETCH(QString, source);
        QFETCH(Kind, kind);
        QFETCH(qsizetype, position);
        const auto selector = Selector::parse(source);
        QVERIFY(!selector.has_value());
        QCOMPARE(static_cast<int>(selector.error().kind), static_cast<int>(kind));
        QCOMPARE(selector.error().position, position);
    }

    void readsWhatIsJustNotTooLong()
    {
        const QString value(Selector::longest - 4, u'x');
        const auto selector = Selector::parse(u"env="_s + value);
        QVERIFY(selector.has_value());
        QVERIFY(!Selector::parse(u"env="_s + value + u'x').has_value());
        const auto many = Selector::parse(QString(u"a,"_s).repeated(8'191) + u"b"_s);
        QVERIFY(many.has_value());
        QCOMPARE(many->requirements().size(), size_t(8'192));
    }

    void neverReadsOutOfBounds()
    {
        // Each beginning of each text, and each with one character replaced: an answer or an error within the text.
        const QString source = u"a=b , c in (d,\"e\\\"\"), !f,g!=h,i notin (j)"_s;
        const QString hostile = u"!=(),\"\\ \n\u00e9"_s + QChar(0xd800) + QChar(0);
        for (qsizetype i = 0; i <= source.size(); ++i) {
            for (const QChar c : hostile) {
                const QString text = source.left(i) + c + source.mid(i + (i % 2));
                const auto selector = Selector::parse(text);
                if (!selector)
                    QVERIFY(selector.error().position >= 0 && selector.error().position <= text.size());
            }
            if (const auto selector = Selector::parse(source.left(i)); !selector)
                QVERIFY(selector.error().position <= i);
        }
    }

    void matches_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<bool>("matches");
        QTest::addRow("all") << u"all"_s << true;
        QTest::addRow("label") << u"env=lab"_s << true;
        QTest::addRow("another value") << u"env=prod"_s << false;
        QTest::addRow("case counts") << u"env=Lab"_s << false;
        QTest::addRow("list") << u"env in (prod,lab)"_s << true;
        QTest::addRow("list without it") << u"env in (prod,test)"_s << false;
        QTest::addRow("notin") << u"env notin (prod,test)"_s << true;
        QTest::addRow("notin with it") << u"env notin (prod,lab)"_s << false;
        QTest::addRow("exists") << u"env"_s << true;
        QTest::addRow("exists not") << u"retired"_s << false;
        QTest::addRow("missing") << u"!retired"_s << true;
        QTest::addRow("missing not") << u"!env"_s << false;
        QTest::addRow("!= on a missing key matches") << u"retired!=true"_s << true;
        QTest::addRow("notin on a missing key matches") << u"retired notin (true)"_s << true;
        QTest::addRow("!= on another value") << u"env!=prod"_s << true;
        QTest::addRow("!= on this value") << u"env!=lab"_s << false;
        QTest::addRow("= on a missing key") << u"retired=\"\""_s << false;
        QTest::addRow("an empty label is there") << u"empty"_s << true;
        QTest::addRow("an empty label is empty") << u"empty=\"\""_s << true;
        QTest::addRow("all must hold") << u"env=lab,service.name=otelcol-contrib,!retired"_s << true;
        QTest::addRow("one that does not") << u"env=lab,retired"_s << false;
        QTest::addRow("identifying attribute") << u"service.name=otelcol-contrib"_s << true;
        QTest::addRow("other attribute") << u"host.name=lab-1"_s << true;
        QTest::addRow("a label hides an attribute") << u"zone=label"_s << true;
        QTest::addRow("the hidden attribute") << u"zone=attribute"_s << false;
        QTest::addRow("ST1 int") << u"cpus=8"_s << true;
        QTest::addRow("ST1 double") << u"ratio=0.1"_s << true;
        QTest::addRow("ST1 bool") << u"gpu=false"_s << true;
        QTest::addRow("ST1 null is there") << u"null"_s << true;
        QTest::addRow("a value in need of quotes") << u"odd=\"a, \\\"b\\\"\""_s << true;
        QTest::addRow("name is the displayed one") << u"name=lab-1"_s << true;
        QTest::addRow("name of another") << u"name=lab-2"_s << false;
        QTest::addRow("id") << u"id=67676767-6767-6767-6767-676767676767"_s << true;
        QTest::addRow("id without dashes") << u"id=67676767676767676767676767676767"_s << true;
        QTest::addRow("id of another") << u"id=67676767-6767-6767-6767-676767676768"_s << false;
        QTest::addRow("id in a list") << u"id in (x,67676767-6767-6767-6767-676767676767)"_s << true;
        QTest::addRow("not this id") << u"id!=67676767-6767-6767-6767-676767676767"_s << false;
        QTest::addRow("id is always there") << u"id"_s << true;
        QTest::addRow("half an id") << u"id=67676767"_s << false;
    }

    void matches()
    {
        QFETCH(QString, source);
        QFETCH(bool, matches);
        const auto selector = Selector::parse(source);
        QVERIFY(selector.has_value());
        QCOMPARE(selector->matches(lab()), matches);
    }

    void seesTheNameThatIsShown()
    {
        const auto selector = Selector::parse(u"name=edge"_s);
        Gateway gateway = lab();
        QVERIFY(!selector->matches(gateway));
        gateway.labels.insert(u"name"_s, u"edge"_s);
        QVERIFY(selector->matches(gateway));
        QVERIFY(!Selector::parse(u"name=lab-1"_s)->matches(gateway));
        gateway.labels.insert(u"name"_s, u""_s); // an empty label names nothing: the host is shown
        QVERIFY(Selector::parse(u"name=lab-1"_s)->matches(gateway));
        gateway.labels.clear();
        gateway.description.reset();
        QVERIFY(Selector::parse(u"name=67676767-6767-6767-6767-676767676767"_s)->matches(gateway));
        QVERIFY(Selector::parse(u"!env,host.name!=lab-1"_s)->matches(gateway));
    }
};

QTEST_GUILESS_MAIN(TestSelector)
#include "tst_selector.moc"
