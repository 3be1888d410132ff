// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "domain/timeline.h"
#include "ui/common/theme.h"
#include "ui/models/timelinemodel.h"

#include <QFont>
#include <QImage>
#include <QObject>
#include <QSaveFile>

#include <memory>

namespace flowgate::ui {

class Workspace;

/// A gateway to export, with its name.
struct ExportedGateway
{
    domain::GatewayId id;
    QString name;
};

/// Writes the timelines of gateways into a file, some at a time: the window and the database go on meanwhile. Deletes
/// itself when it is done. What was at the path before stays until the new file is whole.
/// @thread gui
class TimelineExport final : public QObject
{
    Q_OBJECT
public:
    /// As CSV: a line for each span and each event, none left out.
    static TimelineExport *toCsv(Workspace &workspace, std::vector<ExportedGateway> gateways, const QString &path,
                                 QObject *parent);

    void start();

Q_SIGNALS:
    void progressed(int done, int all);
    /// @param trouble  in words of the system; empty: the file is there
    void finished(const QString &trouble);

private:
    TimelineExport(Workspace &workspace, std::vector<ExportedGateway> gateways, const QString &path, QObject *parent);
    void next();
    void write(const std::vector<domain::Timeline> &timelines);
    void end(const QString &trouble);

    Workspace &m_workspace;
    std::vector<ExportedGateway> m_gateways;
    domain::TimelineWindow m_window;
    QSaveFile m_file;
    size_t m_done = 0;
};

/// What the view shows of these rows, with its axis and a line that says which time and which gateways.
[[nodiscard]] QImage timelineImage(const std::vector<models::TimelineRow> &rows, const domain::TimelineWindow &window,
                                   const QString &title, const common::Theme &theme, const QFont &font, int width,
                                   int rowHeight);

} // namespace flowgate::ui
