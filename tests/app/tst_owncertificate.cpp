// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tls/owncertificate.h"
#include "app/tls/serveridentity.h"
#include "domain/clock.h"
#include "tests/support/certificates.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace flowgate;
using namespace std::chrono_literals;
using app::KeyVault;

namespace {

/// A keychain that does as a test wants.
class FakeVault final : public KeyVault
{
public:
    struct State
    {
        QByteArray key;
        QString trouble; ///< of every call
    };
    explicit FakeVault(State &state)
        : m_state(state)
    {
    }
    [[nodiscard]] QString kind() const override { return QStringLiteral("keychain"); }
    [[nodiscard]] domain::Result<QByteArray, QString> read() override
    {
        return m_state.trouble.isEmpty() ? domain::Result<QByteArray, QString>(m_state.key)
                                         : domain::unexpected(m_state.trouble);
    }
    [[nodiscard]] domain::Result<void, QString> write(const QByteArray &key) override
    {
        if (!m_state.trouble.isEmpty())
            return domain::unexpected(m_state.trouble);
        m_state.key = key;
        return {};
    }

private:
    State &m_state;
};

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

} // namespace

class TestOwnCertificate final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_keychain = {};
        m_now = domain::WallTime(domain::milliseconds(1'795'000'000'000));
    }

    void isMadeOnceAndKept()
    {
        const auto first = get();
        QVERIFY2(first, first ? "" : qPrintable(first.error()));
        QVERIFY(first->isNew);
        QVERIFY(first->note.contains(net::fingerprintText(first->facts.fingerprint)));
        QCOMPARE(first->keyIn, QStringLiteral("keychain"));
        QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("tls-key.pem"))));
        const auto second = get();
        QVERIFY(second && !second->isNew);
        QCOMPARE(second->facts, first->facts);
        QCOMPARE(second->identity.keyPem, first->identity.keyPem);
        QVERIFY(second->note.isEmpty());
    }

    // SEC5: without a keychain the key is in a file that nobody else can read, and that is said.
    void withoutAKeychain()
    {
        m_keychain.trouble = QStringLiteral("no such service");
        const auto own = get();
        QVERIFY(own);
        QCOMPARE(own->keyIn, QStringLiteral("file"));
        QVERIFY(own->note.contains(QStringLiteral("no such service")));
        const QFileInfo file(m_folder->filePath(QStringLiteral("tls-key.pem")));
        QCOMPARE(file.permissions() & ~(QFile::ReadUser | QFile::WriteUser), QFile::ReadOwner | QFile::WriteOwner);
        QVERIFY(!own->note.contains(QStringLiteral("PRIVATE")));
        QCOMPARE(get()->identity.keyPem, own->identity.keyPem);
    }

    void aKeyThatOthersCanReadIsNotUsed()
    {
        m_keychain.trouble = QStringLiteral("none");
        QVERIFY(get());
        QFile::setPermissions(m_folder->filePath(QStringLiteral("tls-key.pem")),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup);
        const auto own = get();
        QVERIFY(!own);
        QVERIFY2(own.error().contains(QStringLiteral("chmod 600")), qPrintable(own.error()));
    }

    // Gateways trust the certificate that they know: it is not replaced because a keychain is locked.
    void aLockedKeychainReplacesNothing()
    {
        const auto first = get();
        m_keychain.trouble = QStringLiteral("locked");
        const auto own = get();
        QVERIFY(!own);
        QVERIFY2(own.error().contains(QStringLiteral("locked")), qPrintable(own.error()));
        m_keychain.trouble.clear();
        QCOMPARE(get()->facts, first->facts);
    }

    void isRenewedInTime()
    {
        const auto first = get();
        m_now = first->facts.until - app::renewBefore;
        QVERIFY(!get()->isNew);
        m_now += 1s;
        const auto second = get();
        QVERIFY(second->isNew);
        QVERIFY(second->facts.until > first->facts.until);
        QVERIFY(second->facts.fingerprint != first->facts.fingerprint);
    }

    void aDamagedFileIsSaid()
    {
        write(m_folder->filePath(QStringLiteral("tls-cert.pem")), "not a certificate");
        const auto own = get();
        QVERIFY(!own);
        QVERIFY(own.error().contains(QStringLiteral("remove it")));
    }

    void theHostHasNames()
    {
        const app::HostNames host = app::namesOfThisHost();
        QVERIFY(host.names.contains(QStringLiteral("localhost")));
        QVERIFY(host.addresses.contains(QHostAddress(QHostAddress::LocalHost)));
        const QSet<QString> names(host.names.begin(), host.names.end());
        QCOMPARE(names.size(), host.names.size());
    }

    // Another certificate in its file is taken up; one that cannot be used leaves the one before in place.
    void filesAreLookedAtAgain()
    {
        const auto authority = tests::makeIdentity("authority");
        const auto one = tests::makeIdentity("one", &authority);
        const auto other = tests::makeIdentity("other", &authority);
        app::Options options;
        options.tlsCertificateFile = m_folder->filePath(QStringLiteral("c.pem"));
        options.tlsKeyFile = m_folder->filePath(QStringLiteral("k.pem"));
        write(options.tlsCertificateFile, one.certificate);
        write(options.tlsKeyFile, one.key);
        auto identity = app::ServerIdentity::of(options, {});
        QVERIFY(identity);
        QStringList told;
        const auto look = [&] {
            return identity->look(domain::SystemClock().now(),
                                  [&told](const QString &kind, const QString &) { told.append(kind); });
        };
        QVERIFY(!look());
        told.clear(); // the test's certificates end within a day, which is said once
        QVERIFY(!look());
        QCOMPARE(told, QStringList());
        write(options.tlsCertificateFile, other.certificate + "\n"); // its key is not there yet
        QVERIFY(!look());
        QCOMPARE(told, QStringList{QStringLiteral("certificate_not_usable")});
        QCOMPARE(identity->facts()->certificate.subject, QStringLiteral("one"));
        QVERIFY(!look()); // said once
        QCOMPARE(told.size(), 1);
        write(options.tlsKeyFile, other.key + "\n");
        QVERIFY(look());
        QVERIFY(told.contains(QStringLiteral("certificate_changed")));
        QCOMPARE(identity->facts()->certificate.subject, QStringLiteral("other"));
    }

    // X11: what gateways are told to trust has to be what they meet.
    void theAuthorityFits()
    {
        const auto authority = tests::makeIdentity("authority");
        const auto stranger = tests::makeIdentity("stranger");
        const auto one = tests::makeIdentity("one", &authority);
        app::Options options;
        options.tlsCertificateFile = m_folder->filePath(QStringLiteral("c.pem"));
        options.tlsKeyFile = m_folder->filePath(QStringLiteral("k.pem"));
        options.tlsCaFile = m_folder->filePath(QStringLiteral("ca.pem"));
        write(options.tlsCertificateFile, one.certificate);
        write(options.tlsKeyFile, one.key);
        const auto refusal = [&](const QByteArray &ca) {
            write(options.tlsCaFile, ca);
            const auto identity = app::ServerIdentity::of(options, {});
            return identity ? QString() : identity.error();
        };
        QVERIFY(refusal("nothing").contains(QStringLiteral("ca.pem has no PEM certificate")));
        QVERIFY(refusal(stranger.certificate).contains(QStringLiteral("could not come back")));
        QCOMPARE(refusal(authority.certificate), QString());
        auto identity = app::ServerIdentity::of(options, {});
        QCOMPARE(identity->authorityPem(), authority.certificate);
        const auto look = [&] { return identity->look({}, [](const QString &, const QString &) {}); };
        write(options.tlsCaFile, stranger.certificate + "\n");
        QVERIFY(!look());
        QCOMPARE(identity->authorityPem(), authority.certificate);
        write(options.tlsCaFile, stranger.certificate + authority.certificate);
        QVERIFY(look());
        QCOMPARE(identity->authorityPem(), stranger.certificate + authority.certificate);
    }

    // Behind a proxy our own certificate is not what gateways meet.
    void aProxyHasItsOwnAuthority()
    {
        app::Options options;
        options.publicUrl = *app::PublicUrl::parse(QStringLiteral("wss://gw.example.org/x"), options.path);
        QVERIFY(app::ServerIdentity::of(options, *get())->authorityPem().isEmpty());
        options.tlsCaFile = m_folder->filePath(QStringLiteral("ca.pem"));
        const QByteArray ca = tests::makeIdentity("authority").certificate;
        write(options.tlsCaFile, ca);
        QCOMPARE(app::ServerIdentity::of(options, *get())->authorityPem(), ca);
        QCOMPARE(app::ServerIdentity::of(options, {})->authorityPem(), ca);
    }

    void whereItIsSpoken_data()
    {
        QTest::addColumn<app::Options::Tls>("tls");
        QTest::addColumn<QString>("listen");
        QTest::addColumn<bool>("spoken");
        using Tls = app::Options::Tls;
        QTest::newRow("loopback by default") << Tls::Auto << QStringLiteral("127.0.0.1:0") << false;
        QTest::newRow("others can reach it") << Tls::Auto << QStringLiteral("0.0.0.0:0") << true;
        QTest::newRow("loopback on request") << Tls::Always << QStringLiteral("127.0.0.1:0") << true;
        QTest::newRow("never") << Tls::Never << QStringLiteral("0.0.0.0:0") << false;
    }
    void whereItIsSpoken()
    {
        QFETCH(app::Options::Tls, tls);
        QFETCH(QString, listen);
        QFETCH(bool, spoken);
        app::Options options;
        options.tls = tls;
        options.listen = {*net::listenAddressFromText(listen)};
        QCOMPARE(options.wantsOwnCertificate(), spoken);
        std::optional<app::OwnCertificate> own;
        if (spoken)
            own = *get();
        const auto identity = app::ServerIdentity::of(options, own);
        QVERIFY(identity);
        QCOMPARE(identity->configurationFor(options.listen.front()).has_value(), spoken);
    }

private:
    [[nodiscard]] domain::Result<app::OwnCertificate, QString> get()
    {
        std::vector<std::unique_ptr<KeyVault>> vaults;
        vaults.push_back(std::make_unique<FakeVault>(m_keychain));
        vaults.push_back(app::keyFile(m_folder->path()));
        return app::ownCertificate(m_folder->path(),
                                   {{QStringLiteral("lab.example.org")}, {QHostAddress(QHostAddress::LocalHost)}},
                                   m_now, vaults);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    FakeVault::State m_keychain;
    domain::WallTime m_now{};
};

QTEST_GUILESS_MAIN(TestOwnCertificate)
#include "tst_owncertificate.moc"
