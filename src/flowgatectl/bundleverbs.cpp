// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/bundleverbs.h"

namespace flowgate::ctl {

std::vector<VerbSpec> bundleVerbs()
{
    return {
        {Verb::BundleExport,
         u"bundle export",
         u"FILE",
         1,
         1,
         {{u"config", u"NAME", u"only this config, with all its versions; may be given several times", true},
          {u"force", u"", u"overwrite the file"}},
         u"Writes configs, labels, standing selectors and settings into one file",
         u"FILE is a zip with a readable manifest.json; its name ends in .flowgate as a rule. It has no secrets\n"
         u"but those that stand in configs. With --config it holds configs alone."},
        {Verb::BundleImport,
         u"bundle import",
         u"FILE",
         1,
         1,
         {{u"dry-run", u"", u"only say what would change"},
          {u"only", u"PARTS", u"some of configs,labels,settings,standing; without it all but standing"},
          {u"conflicts", u"HOW",
           u"where a version has another content here: refuse (all of it), skip, or rename (as NAME-2)"}},
         u"Takes in what another control plane exported",
         u"All of it or nothing is imported; importing it again changes nothing. Configs are sent to no gateway\n"
         u"by this. Standing selectors are: gateways that match get the version, so they have to be asked for."},
    };
}

} // namespace flowgate::ctl
