// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/tokenverbs.h"

namespace flowgate::ctl {

std::vector<VerbSpec> tokenVerbs()
{
    return {
        {Verb::TokensCreate,
         u"tokens create",
         u"NAME",
         1,
         1,
         {{u"expires", u"TIME", u"how long it counts, such as 12h or 30d; without it until it is revoked"},
          {u"per-gateway", u"", u"it belongs to the first gateway that uses it, and lets in no other"},
          {u"bootstrap", u"",
           u"every gateway that comes with it is given a token of its own, and nothing else until then"},
          {u"approve", u"", u"a new gateway that brings it need not wait for approval"}},
         u"Makes a token for gateways and prints it, this once",
         u"Gateways bring it as 'Authorization: Bearer TOKEN'. It is kept hashed: it cannot be shown again."},
        {Verb::TokensList, u"tokens list", u"", 0, 0, {}, u"Lists the tokens, without what is secret of them", u""},
        {Verb::TokensRevoke,
         u"tokens revoke",
         u"NAME",
         1,
         1,
         {},
         u"Ends a token: its connections are closed at once, and nobody gets in with it again",
         u""},
    };
}

} // namespace flowgate::ctl
