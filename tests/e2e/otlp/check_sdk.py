# SPDX-License-Identifier: GPL-3.0-or-later
"""What a stranger's OpenTelemetry SDK sends is what is kept: metrics of every kind and log lines, with gzip and without,
as deltas and cumulative. check_sdk.py BIN_FOLDER

The SDK's Python is $FLOWGATE_OTLP_PYTHON, set by ./test. Exit 77: it is not there; with CI=true that is a failure.
"""
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

programs = pathlib.Path(sys.argv[1])
client = pathlib.Path(__file__).with_name("sdk_client.py")
python = os.environ.get("FLOWGATE_OTLP_PYTHON")
if not python:
    print("FLOWGATE_OTLP_PYTHON is not set: ./test sets it", file=sys.stderr)
    sys.exit(1 if os.environ.get("CI") == "true" else 77)

folder = tempfile.TemporaryDirectory(prefix="flowgate-otlp-")
data = folder.name + "/data"
started = []


def ctl(*words):
    done = subprocess.run([programs / "flowgatectl", "--data", data, "--json", *words], capture_output=True, text=True)
    return json.loads(done.stdout) if done.stdout else {}


def eventually(what, condition):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"never seen: {what}")


def ms(moment):
    return round(datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp() * 1000)


def kept(point, series):
    """The stored point of the same series and time."""
    return [one for of in series if of["name"] == point["name"] and of["unit"] == point["unit"]
            and of["attributes"] == point["attributes"] for one in of["points"] if abs(ms(one["at"]) - point["at_ms"]) <= 1]


def compare(sent, series):
    for point in sent["metrics"]:
        found = kept(point, series)
        assert found, f"not kept: {point}"
        for field in ("value", "count", "sum", "min", "max"):
            if point.get(field) is not None:
                assert found[-1].get(field) == point[field], f"{field} of {point['name']}: {found[-1]} for {point}"
        if "buckets" in point:
            assert [count for _, count in found[-1].get("steps", [])] == point["buckets"], f"buckets of {point['name']}"


def main():
    daemon = subprocess.Popen([programs / "flowgated", "--data", data, "--listen", "127.0.0.1:0"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    started.append(daemon)
    endpoint = eventually("the endpoint", lambda: ctl("status").get("endpoints"))[0]
    fleet = subprocess.Popen([programs / "flowgate-fleetsim", "--endpoint", endpoint, "--count", "1"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    started.append(fleet)
    gateway = eventually("the gateway", lambda: ctl("gateways", "list").get("items"))[0]["id"]
    base = endpoint.replace("ws://", "http://").removesuffix("/v1/opamp")
    points = 0
    for packing in ("gzip", "none"):
        for counting in ("cumulative", "delta"):
            done = subprocess.run([python, client, base, gateway, packing, counting], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            sent = json.loads(done.stdout)
            assert sent["failures"] == 0, f"{packing} {counting}: {sent['failures']} exports failed"
            assert {point["name"] for point in sent["metrics"]} >= {
                "stranger.counter", "stranger.level", "stranger.histogram", "stranger.exponential", "stranger.gauge",
                "stranger.observed"}
            series = ctl("gateways", "metrics", gateway)["items"]
            compare(sent, series)
            lines = ctl("gateways", "logs", gateway)["items"][-len(sent["logs"]):]
            assert [line["text"] for line in lines] == sent["logs"], lines
            assert [line["severity_number"] for line in lines] == [9, 13, 17], lines
            points += len(sent["metrics"])
    kinds = {one["kind"] for one in series}
    assert kinds == {"sum", "gauge", "histogram", "exponential_histogram"}, kinds
    # A stranger that is no gateway here is told so, and nothing of it is kept.
    other = "01a20a40-b847-7c64-a967-500bd0830001"
    done = subprocess.run([python, client, base, other, "none", "delta"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert ctl("gateways", "metrics", other).get("items") is None
    print(f"{points} points were kept as they were sent")


try:
    main()
finally:
    for process in reversed(started):
        process.terminate()
        process.wait()
    folder.cleanup()
