# SPDX-License-Identifier: GPL-3.0-or-later
flowgate_test(tst_fieldbudget SOURCES tst_fieldbudget.cpp LINK flowgate_proto opamp_proto)
flowgate_test(tst_opampcodec SOURCES tst_opampcodec.cpp LINK flowgate_opampcodec opamp_proto)
flowgate_test(tst_opampreply SOURCES tst_opampreply.cpp LINK flowgate_opampcodec opamp_proto)
flowgate_test(tst_ulid SOURCES tst_ulid.cpp LINK flowgate_opampcodec)
flowgate_test(tst_opamphostile SOURCES tst_opamphostile.cpp LINK flowgate_opampcodec opamp_proto)
