# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's way through the window with a real gateway and no mouse: filter, open, read why it failed, put the proven
version back. keyboard_path.py SOURCE_FOLDER BIN_FOLDER [PICTURE.png]

Exit 77: the real gateway or the display's programs are missing; with CI=true that is a failure.
"""
import ctypes
import datetime
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

source, programs = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
sys.path.append(str(source / "tests/support"))
from reservedport import reserved_port  # noqa: E402
picture = sys.argv[3] if len(sys.argv) > 3 else None
PATIENCE = 120  # seconds; a sanitizer's build is slow
APPLY_TIME = 15  # seconds; a busy machine does not start a collector within the supervisor's own 5 s
started = []


def missing(what):
    print(f"{what} is missing", file=sys.stderr)
    sys.exit(1 if os.environ.get("CI") == "true" else 77)


def start(command, **options):
    process = subprocess.Popen([str(part) for part in command], **options)
    started.append(process)
    return process


def finish():
    # The supervisor says goodbye, and takes its collector along, on SIGINT only.
    for process in reversed(started):
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def eventually(what, condition):
    """What happens in other processes has no signal to wait for: ask again until it is so."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"never seen: {what}")


def config(grpc, http, receivers="otlp", more=""):
    return f"""receivers:
{more}  otlp:
    protocols:
      grpc:
        endpoint: 127.0.0.1:{grpc}
      http:
        endpoint: 127.0.0.1:{http}
processors:
  batch: {{}}
exporters:
  debug:
    verbosity: normal
service:
  pipelines:
    metrics:
      receivers: [{receivers}]
      processors: [batch]
      exporters: [debug]
    logs:
      receivers: [{receivers}]
      processors: [batch]
      exporters: [debug]
"""


class Plane:
    def __init__(self, folder, environment):
        self.folder = folder
        self.process = start([programs / "flowgate", "--data", folder, "--listen", "127.0.0.1:0"], env=environment)

    def ctl(self, *arguments, text=None, exits=(0,)):
        done = subprocess.run([programs / "flowgatectl", "--data", self.folder, "--json", *arguments],
                              input=text, capture_output=True, text=True, timeout=PATIENCE * 2)
        if exits is not None and done.returncode not in exits:
            raise AssertionError(f"{arguments}: exit {done.returncode}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else {}

    def gateway(self):
        items = self.ctl("gateways", "list", exits=None).get("items", [])
        return items[0] if items else {}


class Keys:
    def __init__(self, environment):
        self.environment = environment

    def _xdotool(self, *arguments):
        done = subprocess.run(["xdotool", *arguments], env=self.environment, capture_output=True, text=True)
        return done.stdout.split() if done.returncode == 0 else []

    def windows(self, process):
        """The main window and dialogs, which have titles. Without --all one condition would do."""
        return self._xdotool("search", "--all", "--onlyvisible", "--pid", str(process.pid), "--name", ".")

    def activate(self, window):
        self._xdotool("windowactivate", "--sync", window)

    def press(self, *keys):
        for key in keys:
            self._xdotool("key", "--clearmodifiers", key)

    def type(self, text):
        self._xdotool("type", "--delay", "20", text)

    def clipboard(self):
        done = subprocess.run(["xclip", "-o", "-selection", "clipboard"], env=self.environment, capture_output=True,
                              text=True)
        return done.stdout if done.returncode == 0 else ""


def start_display(environment):
    read, write = os.pipe()
    start(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"], pass_fds=[write],
          stderr=subprocess.DEVNULL)
    os.close(write)
    number = os.read(read, 16).decode().strip()
    assert number, "Xvfb did not start"
    environment["DISPLAY"] = f":{number}"
    # Where a busy machine lets a key go late, it would be typed several times.
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = ctypes.c_void_p(x11.XOpenDisplay(environment["DISPLAY"].encode()))
    x11.XAutoRepeatOff(display)
    x11.XCloseDisplay(display)
    start(["openbox"], env=environment, stderr=subprocess.DEVNULL)


def start_gateway(folder, binaries, endpoint, grpc, http):
    (folder / "storage").mkdir(parents=True)
    lines = []
    for line in (source / "packaging/gateway/supervisor.yaml").read_text().splitlines():
        if line.startswith("  endpoint: "):
            line = f"  endpoint: {endpoint}"
        elif line.startswith("  executable: "):
            line = f"  executable: {binaries}/otelcol"
        elif line.startswith("  config_apply_timeout: "):
            line = f"  config_apply_timeout: {APPLY_TIME}s"
        lines.append(line)
    (folder / "supervisor.yaml").write_text("\n".join(lines) + "\n")
    base = (source / "packaging/gateway/collector-base.yaml").read_text()
    (folder / "collector-base.yaml").write_text(
        base.replace("0.0.0.0:4317", f"127.0.0.1:{grpc}").replace("0.0.0.0:4318", f"127.0.0.1:{http}"))
    with open(folder / "supervisor.log", "wb") as log:
        start([binaries / "opampsupervisor", "--config", "supervisor.yaml"], cwd=folder, stdout=log, stderr=log)


def is_at_rest(plane, gateway, endpoint):
    """It runs all that it was offered, own telemetry included, and its supervisor no longer waits for what comes of a
    start: v0.149.0 reports APPLIED for whatever config it was sent last when that time is over."""
    shown = plane.ctl("gateways", "show", gateway)
    effective = json.dumps(plane.ctl("gateways", "effective", gateway))
    begun = datetime.datetime.fromisoformat(shown["health"]["started_at"].replace("Z", "+00:00"))
    age = datetime.datetime.now(datetime.timezone.utc) - begun
    base = endpoint.replace("ws://", "http://").removesuffix("/v1/opamp")
    return all(f"{base}/v1/{signal}" in effective for signal in ("metrics", "logs")) and age.total_seconds() > APPLY_TIME + 1


def walk(folder, binaries):
    environment = dict(os.environ, XDG_RUNTIME_DIR=str(folder))
    environment.pop("QT_QPA_PLATFORM", None)
    start_display(environment)
    plane = Plane(folder / "data", environment)
    endpoint = eventually("a control plane", lambda: plane.ctl("status", exits=None).get("endpoints"))[0]
    grpc, http = reserved_port(), reserved_port()
    start_gateway(folder / "gateway", binaries, endpoint, grpc, http)
    eventually("the gateway", lambda: plane.gateway().get("presence", {}).get("state") == "connected")
    gateway = plane.gateway()["id"]
    plane.ctl("gateways", "label", gateway, "env=lab")
    plane.ctl("configs", "add", "base", "-", text=config(grpc, http))
    options = ["--selector", "env=lab", "--soak", "2s", "--timeout", f"{PATIENCE}s", "--wait"]
    plane.ctl("rollouts", "start", "--config", "base@1", *options)
    eventually("a gateway at rest", lambda: is_at_rest(plane, gateway, endpoint))
    plane.ctl("configs", "add", "base", "-", text=config(grpc, http, "otlp, nosuch", "  nosuch: {}\n"))
    plane.ctl("rollouts", "start", "--config", "base@2", *options, "--no-rollback", "--force", exits=(1,))
    assert plane.gateway()["config"]["state"] == "failed", plane.gateway()["config"]
    before = {rollout["id"] for rollout in plane.ctl("rollouts", "list")["items"]}

    keys = Keys(environment)
    window = eventually("the window", lambda: keys.windows(plane.process))[-1]
    keys.activate(window)
    keys.press("ctrl+1", "ctrl+f")
    keys.type("env=lab")
    keys.press("Return")  # to the table, on the first row
    keys.press("Return")  # open: the details, at what is wrong

    def read_reason():
        keys.press("ctrl+a", "ctrl+c")
        return "nosuch" in keys.clipboard()

    eventually("the reason, copied from the details", read_reason)
    reason = keys.clipboard()
    keys.press("Tab", "space")  # "Put base @1 back…"
    eventually("the question", lambda: len(keys.windows(plane.process)) > 1)
    if picture:
        subprocess.run(["import", "-window", "root", picture], env=environment, check=True)

    def said_yes():
        if len(keys.windows(plane.process)) > 1:
            keys.press("Return")
        return [one for one in plane.ctl("rollouts", "list")["items"] if one["id"] not in before]

    rollout = eventually("a rollout begun by keys", said_yes)[0]
    assert (rollout["config"], rollout["version"]) == ("base", 1), rollout

    def is_back():
        now = plane.gateway()
        return (now["config"]["state"], now["health"]["state"], now["config"]["wanted"]["version"]) == (
            "in_sync", "healthy", 1)

    eventually("base@1 in sync and healthy", is_back)
    print(f"read by keys: {reason!r}; back on base@1, in sync and healthy")


def main():
    binaries = os.environ.get("FLOWGATE_GATEWAY_BIN", "")
    if not binaries or not (pathlib.Path(binaries) / "opampsupervisor").exists():
        missing("the real gateway (FLOWGATE_GATEWAY_BIN)")
    for program in ("Xvfb", "openbox", "xdotool", "xclip"):
        if not shutil.which(program):
            missing(program)
    with tempfile.TemporaryDirectory(prefix="flowgate-keys-", ignore_cleanup_errors=True) as folder:
        try:
            walk(pathlib.Path(folder), pathlib.Path(binaries))
        finally:
            finish()


main()
