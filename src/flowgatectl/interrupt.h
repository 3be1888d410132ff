// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace flowgate::ctl {

/// From now on Ctrl+C (SIGINT) does not kill the program: it shuts the socket @p descriptor down, so that whoever
/// waits for it wakes, and interrupted() says so.
/// @thread main; once a process
void endStreamOnInterrupt(int descriptor);
[[nodiscard]] bool interrupted();
/// Writing to a closed pipe becomes an error instead of the program's end.
void ignoreBrokenPipes();

} // namespace flowgate::ctl
