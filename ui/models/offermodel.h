// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"
#include "ui/models/tablemodel.h"

namespace flowgate::models {

/// A config that was sent to a gateway and what came of it.
struct OfferRow
{
    domain::ConfigHash hash;
    QString config; ///< "base @4" where the version is known here, else the beginning of the hash
    domain::OfferOutcome outcome;

    friend bool operator==(const OfferRow &, const OfferRow &) = default;
};

enum class OfferColumn { Sent, Config, Outcome, Error, Count };

/// The offers to one gateway, newest first.
class OfferModel final : public TableModel<OfferRow, OfferColumn>
{
    Q_OBJECT
public:
    using TableModel::TableModel;

    void show(const domain::Gateway &gateway);

protected:
    [[nodiscard]] QVariant cell(const OfferRow &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;
};

} // namespace flowgate::models
