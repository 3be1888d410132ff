# SPDX-License-Identifier: GPL-3.0-or-later
# The OpAMP codec alone, so that generated headers stay out of the endpoint.
flowgate_layer(opampcodec
    SOURCES
        opampcodec.cpp
        ulid.cpp
    LINK flowgate_domain
    PRIVATE opamp_proto flowgate_proto)
