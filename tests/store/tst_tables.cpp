// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/store/oddvalues.h"
#include "tests/store/openedstore.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::domain;
using namespace flowgate::store;
using flowgate::testing::at;
using flowgate::testing::OddValues;
using flowgate::testing::OpenedStore;

namespace {

Gateway plainGateway(const char *id)
{
    Gateway gateway;
    gateway.id = GatewayId(QByteArray(id));
    return gateway;
}

ConfigVersion version(const QString &config, int number, const ConfigSet &files)
{
    return {{config, number, canonicalHash(files)}, QStringLiteral("why"), QStringLiteral("operator"), at(number)};
}

int count(OpenedStore &store, const char *table)
{
    return store.sql->askOnce(QStringLiteral("SELECT COUNT(*) FROM %1").arg(QLatin1StringView(table)), 1)
        ->first()
        .toInt();
}

} // namespace

class TestTables final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void blobsComeBackByteForByte();
    void blobsAreChecked();
    void blobsArePruned();
    void versionsAreImmutable();
    void versionsKeepTheirFileNames();
    void effectiveHasItsReportedName();
    void rolloutsComeBack();
    void rolloutTargetsKeepTheirPlace();
    void rolloutsThatGoOn();
    void eventsAreNumbered();
    void eventsAreQueried();
    void eventsArePruned();
    void componentsComeBack();
    void settings();
    void observerRuns();
    void snapshotHasEverything();
    void marksOfConfigs();
};

void TestTables::blobsComeBackByteForByte()
{
    OpenedStore store;
    for (quint32 seed = 1; seed <= 100; ++seed) {
        const ConfigSet set = OddValues(seed).configSet();
        const ConfigHash hash = canonicalHash(set);
        VERIFY_OK(store.database->blobs.put(hash, set, at(1)));
        VERIFY_OK(store.database->blobs.put(hash, set, at(2)));
        const auto back = store.database->blobs.get(hash);
        VERIFY_OK(back);
        QCOMPARE(*back, wireForm(set));
        QCOMPARE(canonicalHash(*back), hash);
    }
    VERIFY_ERROR(store.database->blobs.get(ConfigHash(QByteArray("no"))), StoreErrorKind::NotFound);
    QCOMPARE(*store.database->blobs.has(ConfigHash(QByteArray("no"))), false);

    ConfigSet large;
    large.files[QStringLiteral("a")].body = QByteArray(BlobTable::largest, 'x');
    VERIFY_OK(store.database->blobs.put(ConfigHash(QByteArray("large")), large, at(1)));
    QCOMPARE(*store.database->blobs.get(ConfigHash(QByteArray("large"))), wireForm(large));
    large.files[QStringLiteral("a")].body += 'x';
    VERIFY_ERROR(store.database->blobs.put(ConfigHash(QByteArray("larger")), large, at(1)), StoreErrorKind::TooLarge);
}

void TestTables::blobsAreChecked()
{
    OpenedStore store;
    ConfigSet set;
    set.files[QStringLiteral("a")].body = "receivers:";
    const ConfigHash hash = canonicalHash(set);
    VERIFY_OK(store.database->blobs.put(hash, set, at(1)));
    for (const char *damage : {"files = X''", "files = X'7fffffff'", "byte_count = -1", "byte_count = byte_count + 1",
                               "files = substr(files, 1, 12)", "files = X'00000004789c', byte_count = 4",
                               "byte_count = 9223372036854775807"}) {
        VERIFY_OK(store.sql->runOnce(QStringLiteral("SAVEPOINT s")));
        VERIFY_OK(store.sql->runOnce(QStringLiteral("UPDATE blobs SET %1").arg(QLatin1StringView(damage))));
        VERIFY_ERROR(store.database->blobs.get(hash), StoreErrorKind::Damaged);
        VERIFY_OK(store.sql->runOnce(QStringLiteral("ROLLBACK TO s")));
        VERIFY_OK(store.sql->runOnce(QStringLiteral("RELEASE s")));
    }
    VERIFY_OK(store.database->blobs.get(hash));
}

void TestTables::blobsArePruned()
{
    OpenedStore store;
    const auto put = [&store](const char *name, qint64 time) {
        ConfigSet set;
        set.files[QStringLiteral("f")].body = name;
        const ConfigHash hash = canonicalHash(set);
        [&] { VERIFY_OK(store.database->blobs.put(hash, set, at(time))); }();
        return hash;
    };
    const ConfigHash unused = put("unused", 1);
    const ConfigHash fresh = put("fresh", 100);
    const ConfigHash pinned = put("pinned", 1);
    const ConfigHash pinnedLongAgo = put("pinned long ago", 1);
    const ConfigHash reported = put("reported", 1);
    const ConfigHash again = put("again", 1);
    put("again", 100);
    VERIFY_OK(store.database->blobs.pin(pinned, at(60)));
    VERIFY_OK(store.database->blobs.pin(pinnedLongAgo, at(40)));
    Gateway gateway = plainGateway("g");
    gateway.effective.emplace();
    gateway.effective->value.hash = reported;
    VERIFY_OK(store.database->gateways.put(gateway));
    ConfigSet files;
    files.files[QStringLiteral("f")].body = "library";
    VERIFY_OK(store.database->configs.add(version(QStringLiteral("base"), 1, files), files));

    const auto gone = store.database->blobs.prune({at(50), at(50)});
    VERIFY_OK(gone);
    QCOMPARE(*gone, 2);
    for (const ConfigHash &hash : {fresh, pinned, reported, again, canonicalHash(files)})
        QVERIFY(*store.database->blobs.has(hash));
    QVERIFY(!*store.database->blobs.has(unused));
    QVERIFY(!*store.database->blobs.has(pinnedLongAgo));
}

void TestTables::versionsAreImmutable()
{
    OpenedStore store;
    ConfigSet files;
    files.files[QStringLiteral("a.yaml")].body = "one";
    const ConfigVersion first = version(QStringLiteral("base"), 1, files);
    VERIFY_OK(store.database->configs.add(first, files));
    ConfigVersion changed = first;
    changed.message = QStringLiteral("other");
    VERIFY_ERROR(store.database->configs.add(changed, files), StoreErrorKind::Conflict);
    const ConfigVersion second = version(QStringLiteral("base"), 2, files);
    const ConfigVersion other = version(QStringLiteral("edge"), 7, files);
    VERIFY_OK(store.database->configs.add(other, files));
    VERIFY_OK(store.database->configs.add(second, files));

    QCOMPARE(*store.database->configs.versions(), (std::vector<ConfigVersion>{first, second, other}));
    Gateway gateway = plainGateway("g");
    gateway.wanted = first.ref;
    VERIFY_OK(store.database->gateways.put(gateway));
    const std::vector<ConfigSummary> expected{{QStringLiteral("base"), 2, 2, 1}, {QStringLiteral("edge"), 7, 1, 0}};
    QCOMPARE(*store.database->configs.list(), expected);
    QCOMPARE(count(store, "blobs"), 1);
}

void TestTables::versionsKeepTheirFileNames()
{
    OpenedStore store;
    for (quint32 seed = 1; seed <= 100; ++seed) {
        const ConfigSet files = OddValues(seed).configSet();
        const int number = static_cast<int>(seed);
        VERIFY_OK(store.database->configs.add(version(QStringLiteral("odd"), number, files), files));
        const auto back = store.database->configs.files(QStringLiteral("odd"), number);
        VERIFY_OK(back);
        QCOMPARE(*back, files);
    }
    // RC2: the name of a single file is not part of the hash, so two configs share one blob and keep their names.
    ConfigSet one, two;
    one.files[QStringLiteral("one.yaml")].body = "same";
    two.files[QStringLiteral("two.yaml")] = {"same", QStringLiteral("text/yaml")};
    QCOMPARE(canonicalHash(one), canonicalHash(two));
    VERIFY_OK(store.database->configs.add(version(QStringLiteral("one"), 1, one), one));
    VERIFY_OK(store.database->configs.add(version(QStringLiteral("two"), 1, two), two));
    QCOMPARE(*store.database->configs.files(QStringLiteral("one"), 1), one);
    QCOMPARE(*store.database->configs.files(QStringLiteral("two"), 1), two);
    VERIFY_ERROR(store.database->configs.files(QStringLiteral("two"), 2), StoreErrorKind::NotFound);
    VERIFY_OK(store.sql->runOnce(QStringLiteral("UPDATE config_versions SET names = X'8101' WHERE config = 'two'")));
    VERIFY_ERROR(store.database->configs.files(QStringLiteral("two"), 1), StoreErrorKind::Damaged);
}

void TestTables::effectiveHasItsReportedName()
{
    OpenedStore store;
    ConfigSet reported;
    reported.files[QStringLiteral("effective.yaml")] = {QByteArray("a\0b", 3), QStringLiteral("text/yaml")};
    Gateway gateway = plainGateway("g");
    VERIFY_OK(store.database->gateways.put(gateway));
    VERIFY_ERROR(store.database->effective(gateway.id), StoreErrorKind::NotFound);
    gateway.effective =
        Observed<EffectiveConfig>{{canonicalHash(reported), {QStringLiteral("effective.yaml")}}, {}, {}};
    VERIFY_OK(store.database->gateways.put(gateway));
    VERIFY_ERROR(store.database->effective(gateway.id), StoreErrorKind::NotFound);
    VERIFY_OK(store.database->blobs.put(canonicalHash(reported), reported, at(1)));
    QCOMPARE(*store.database->effective(gateway.id), reported);
}

void TestTables::rolloutsComeBack()
{
    OpenedStore store;
    for (quint32 seed = 1; seed <= 100; ++seed) {
        Rollout rollout = OddValues(seed).rollout();
        VERIFY_OK(store.database->rollouts.put(rollout));
        const auto back = store.database->rollouts.get(rollout.id);
        VERIFY_OK(back);
        QVERIFY2(*back == rollout, qPrintable(QStringLiteral("seed %1").arg(seed)));
        // Other targets, other everything, under the same id.
        Rollout later = OddValues(seed + 1000).rollout();
        later.id = rollout.id;
        VERIFY_OK(store.database->rollouts.put(later));
        QVERIFY(*store.database->rollouts.get(rollout.id) == later);
    }
    const auto heads = store.database->rollouts.list();
    VERIFY_OK(heads);
    QCOMPARE(heads->size(), size_t(100));
    for (const RolloutHead &head : *heads) {
        const Rollout whole = *store.database->rollouts.get(head.rollout.id);
        int targets = 0;
        for (const auto &[step, number] : head.counts)
            targets += number;
        QCOMPARE(size_t(targets), whole.targets.size());
        QVERIFY(head.rollout.targets.empty());
    }
    QCOMPARE(store.database->rollouts.list(3)->size(), size_t(3));
    VERIFY_ERROR(store.database->rollouts.get(QStringLiteral("no")), StoreErrorKind::NotFound);
}

void TestTables::rolloutTargetsKeepTheirPlace()
{
    OpenedStore store;
    Rollout rollout = OddValues(1).rollout();
    rollout.targets.clear();
    for (const char id : {'c', 'a', 'b'}) {
        RolloutTarget target;
        target.gateway = GatewayId(QByteArray(16, id));
        rollout.targets.push_back(target);
    }
    VERIFY_OK(store.database->rollouts.put(rollout));
    rollout.targets[1].step = TargetStep::Proven;
    rollout.targets[1].seen.push_back({at(5), QStringLiteral("healthy")});
    RolloutTarget late;
    late.gateway = GatewayId(QByteArray(16, '0'));
    rollout.targets.push_back(late);
    VERIFY_OK(store.database->rollouts.putTargets(rollout.id, {late, rollout.targets[1]}));
    QVERIFY(*store.database->rollouts.get(rollout.id) == rollout);
    rollout.state = RolloutState::Halted;
    rollout.wave = 2;
    Rollout head = rollout;
    head.targets.clear();
    VERIFY_OK(store.database->rollouts.putHead(head));
    QVERIFY(*store.database->rollouts.get(rollout.id) == rollout);
    VERIFY_ERROR(store.database->rollouts.putTargets(QStringLiteral("no"), {late}), StoreErrorKind::Conflict);
}

void TestTables::rolloutsThatGoOn()
{
    OpenedStore store;
    QStringList expected;
    const auto add = [&](const char *id, RolloutState state, bool inForce, BackStep back, bool goesOn) {
        Rollout rollout;
        rollout.id = QLatin1StringView(id);
        rollout.state = state;
        rollout.inForce = inForce;
        rollout.createdAt = at(count(store, "rollouts"));
        rollout.targets.emplace_back().backStep = back;
        [&] { VERIFY_OK(store.database->rollouts.put(rollout)); }();
        if (goesOn)
            expected << rollout.id;
    };
    add("running", RolloutState::Running, false, BackStep::None, true);
    add("halted", RolloutState::Halted, false, BackStep::None, true);
    add("in force", RolloutState::Succeeded, true, BackStep::None, true);
    add("ended", RolloutState::Succeeded, false, BackStep::None, false);
    add("failed", RolloutState::Failed, false, BackStep::Done, false);
    add("failed, going back", RolloutState::Failed, false, BackStep::Sent, true);
    add("cancelled", RolloutState::Cancelled, false, BackStep::None, false);
    add("damaged", RolloutState::Running, false, BackStep::None, false);
    add("damaged target", RolloutState::Running, false, BackStep::None, false);
    VERIFY_OK(store.sql->runOnce(QStringLiteral("UPDATE rollouts SET options = X'00' WHERE id = 'damaged'")));
    VERIFY_OK(
        store.sql->runOnce(QStringLiteral("UPDATE rollout_targets SET step = '' WHERE rollout = 'damaged target'")));

    const auto active = store.database->rollouts.active();
    VERIFY_OK(active);
    QStringList found;
    for (const Rollout &rollout : active->rollouts) {
        found << rollout.id;
        QCOMPARE(rollout.targets.size(), size_t(1));
    }
    QCOMPARE(found, expected);
    QCOMPARE(active->damaged.size(), size_t(2));
}

void TestTables::eventsAreNumbered()
{
    OpenedStore store;
    for (int i = 1; i <= 100; ++i) {
        Event event = OddValues(quint32(i)).event();
        event.at = at(i);
        event.number = 77; // not looked at
        const auto number = store.database->events.append(event);
        VERIFY_OK(number);
        QCOMPARE(*number, qint64(i));
        event.number = i;
        EventQuery last;
        last.limit = 1;
        QCOMPARE(*store.database->events.query(last), std::vector<Event>{event});
    }
}

void TestTables::eventsAreQueried()
{
    OpenedStore store;
    const GatewayId one(QByteArray("one"));
    for (int i = 1; i <= 10; ++i) {
        Event event;
        event.at = at(i * 10);
        if (i % 2 == 0)
            event.gateway = one;
        VERIFY_OK(store.database->events.append(event));
    }
    const auto numbers = [&store](const EventQuery &query) {
        std::vector<qint64> found;
        const std::vector<Event> events = store.database->events.query(query).value_or(std::vector<Event>());
        for (const Event &event : events)
            found.push_back(event.number);
        return found;
    };
    using Numbers = std::vector<qint64>;
    EventQuery query;
    query.since = at(80);
    QCOMPARE(numbers(query), (Numbers{8, 9, 10}));
    query = {};
    query.limit = 2;
    QCOMPARE(numbers(query), (Numbers{9, 10}));
    query.before = 9;
    QCOMPARE(numbers(query), (Numbers{7, 8}));
    query = {};
    query.after = 8;
    QCOMPARE(numbers(query), (Numbers{9, 10}));
    query = {};
    query.gateway = one;
    query.since = at(50);
    QCOMPARE(numbers(query), (Numbers{6, 8, 10}));
}

void TestTables::eventsArePruned()
{
    OpenedStore store;
    for (int i = 1; i <= 10; ++i) {
        Event event;
        event.at = at(i);
        VERIFY_OK(store.database->events.append(event));
    }
    QCOMPARE(*store.database->events.prune(at(5), 3), 3);
    QCOMPARE(*store.database->events.prune(at(5), 3), 1);
    QCOMPARE(*store.database->events.prune(at(100), 100), 5);
    QCOMPARE(count(store, "events"), 1);
    QCOMPARE(*store.database->events.append({}), qint64(11));
}

void TestTables::componentsComeBack()
{
    OpenedStore store;
    Gateway gateway = plainGateway("g");
    int stored = 0;
    for (quint32 seed = 1; seed <= 40; ++seed) {
        const AvailableComponents components{ComponentsHash(QByteArray::number(seed)), OddValues(seed).components(3)};
        VERIFY_OK(store.database->components.put(components));
        if (components.isHashOnly()) {
            VERIFY_ERROR(store.database->components.get(components.hash), StoreErrorKind::NotFound);
            continue;
        }
        ++stored;
        gateway.components = components.hash;
        const auto back = store.database->components.get(components.hash);
        VERIFY_OK(back);
        QCOMPARE(*back, components);
    }
    QVERIFY(stored > 10);
    QCOMPARE(store.database->components.all()->lists.size(), size_t(stored));
    VERIFY_OK(store.database->gateways.put(gateway));
    QCOMPARE(*store.database->components.prune(), stored - 1);
    QCOMPARE(store.database->components.all()->lists.front().hash, *gateway.components);
}

void TestTables::settings()
{
    OpenedStore store;
    auto &settings = store.database->settings;
    VERIFY_OK(settings.set(QStringLiteral("a"), QStringLiteral("1")));
    VERIFY_OK(settings.set(QStringLiteral("a"), QStringLiteral("2")));
    VERIFY_OK(settings.set(QStringLiteral("b"), QString()));
    QCOMPARE(**settings.get(QStringLiteral("a")), QStringLiteral("2"));
    QVERIFY(settings.get(QStringLiteral("b"))->has_value());
    QVERIFY(!settings.get(QStringLiteral("c"))->has_value());
    VERIFY_OK(settings.remove(QStringLiteral("a")));
    // What no UTF-8 or SQLite can hold: half of a surrogate pair, U+FFFE and U+FFFF.
    const QString odd =
        QStringLiteral("a") + QChar(0xd800) + QChar(0xfffe) + QChar(0xffff) + QStringLiteral("\U0001F980");
    VERIFY_OK(settings.set(QStringLiteral("b"), odd));
    const std::map<QString, QString> expected{{QStringLiteral("b"), QStringLiteral("a\uFFFD\uFFFD\uFFFD\U0001F980")}};
    QCOMPARE(*settings.all(), expected);
}

void TestTables::observerRuns()
{
    OpenedStore store;
    auto &observer = store.database->observer;
    QVERIFY(!observer.last()->has_value());
    VERIFY_OK(observer.start(at(10)));
    QCOMPARE(**observer.last(), (ObserverRun{at(10), at(10)}));
    VERIFY_OK(observer.touch(at(10), at(20)));
    VERIFY_OK(observer.start(at(30)));
    VERIFY_OK(observer.touch(at(30), at(45)));
    VERIFY_OK(observer.touch(at(50), at(60)));
    const std::vector<ObserverRun> expected{{at(30), at(45)}, {at(50), at(60)}};
    QCOMPARE(*observer.since(at(21)), expected);
    QCOMPARE(observer.since(at(20))->size(), size_t(3));
    QCOMPARE(*observer.prune(at(45)), 1);
    QCOMPARE(*observer.since(at(0)), expected);
}

void TestTables::snapshotHasEverything()
{
    OpenedStore store;
    Database &database = *store.database;
    ConfigSet files;
    files.files[QStringLiteral("a")].body = "x";
    const Gateway gateway = OddValues(5).gateway();
    VERIFY_OK(database.gateways.put(gateway));
    VERIFY_OK(database.spans.insert(gateway.id, {SpanKind::Config, QStringLiteral("in_sync"), at(1), {}, {}}));
    VERIFY_OK(database.spans.insert(gateway.id, {SpanKind::Health, QStringLiteral("healthy"), at(1), at(2), {}}));
    VERIFY_OK(database.configs.add(version(QStringLiteral("base"), 1, files), files));
    Rollout rollout = OddValues(3).rollout();
    rollout.state = RolloutState::Running;
    VERIFY_OK(database.rollouts.put(rollout));
    VERIFY_OK(database.components.put({ComponentsHash(QByteArray("h")), {{QStringLiteral("receivers"), {}}}}));
    VERIFY_OK(database.settings.set(QStringLiteral("k"), QStringLiteral("v")));
    VERIFY_OK(database.observer.touch(at(1), at(2)));

    const auto snapshot = database.snapshot();
    VERIFY_OK(snapshot);
    QCOMPARE(snapshot->gateways.size(), size_t(1));
    QVERIFY(snapshot->gateways.front() == gateway);
    QCOMPARE(snapshot->openSpans.value(gateway.id).size(), size_t(1));
    QCOMPARE(snapshot->openSpans.value(gateway.id).front().kind, SpanKind::Config);
    QCOMPARE(snapshot->versions.size(), size_t(1));
    QCOMPARE(snapshot->rollouts.size(), size_t(1));
    QVERIFY(snapshot->rollouts.front() == rollout);
    QCOMPARE(snapshot->components.size(), size_t(1));
    QCOMPARE(snapshot->settings.size(), size_t(1));
    QCOMPARE(snapshot->previousRun, std::optional(ObserverRun{at(1), at(2)}));
    QVERIFY(snapshot->damaged.empty());
}

void TestTables::marksOfConfigs()
{
    OpenedStore store;
    ConfigTable &configs = store.database->configs;
    ConfigSet files;
    files.files[QStringLiteral("f")].body = "a: 1";
    for (const char *name : {"base", "edge", "plain"})
        VERIFY_OK(configs.add(version(QString::fromLatin1(name), 1, files), files));
    QVERIFY(configs.marks()->empty());
    const ConfigMarks base{{QStringLiteral("lab"), QStringLiteral("x")}, at(5), {}};
    const ConfigMarks edge{{}, {}, at(7)};
    VERIFY_OK(configs.mark(QStringLiteral("base"), base));
    VERIFY_OK(configs.mark(QStringLiteral("edge"), edge));
    QCOMPARE(*configs.marks(), (MarksByConfig{{QStringLiteral("base"), base}, {QStringLiteral("edge"), edge}}));
    // Each call replaces all that was said; a deleted config keeps its versions.
    VERIFY_OK(configs.mark(QStringLiteral("base"), {}));
    QCOMPARE(*configs.marks(), (MarksByConfig{{QStringLiteral("edge"), edge}}));
    QCOMPARE(*configs.files(QStringLiteral("edge"), 1), files);
    VERIFY_ERROR(configs.mark(QStringLiteral("nobody"), base), StoreErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(TestTables)
#include "tst_tables.moc"
