# SPDX-License-Identifier: GPL-3.0-or-later
"""What a stranger's OpenTelemetry SDK sends is what is kept: metrics of every kind and log lines, with gzip and without,
as deltas and cumulative. check_sdk.py BIN_FOLDER {python|go}

The SDK's Python is $FLOWGATE_OTLP_PYTHON, the program with that of Go $FLOWGATE_OTLP_GO, both set by ./test. Exit 77: it
is not there; with CI=true that is a failure.
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
language = sys.argv[2]
variable = "FLOWGATE_OTLP_" + language.upper()
if not os.environ.get(variable):
    print(f"{variable} is not set: ./test sets it", file=sys.stderr)
    sys.exit(1 if os.environ.get("CI") == "true" else 77)
client = [os.environ[variable]]
if language == "python":
    client.append(pathlib.Path(__file__).with_name("sdk_client.py"))
# What kinds of metrics the SDK and its exporter can send.
kinds_sent = {"python": {"sum", "gauge", "histogram", "exponential_histogram"},
              "go": {"sum", "gauge", "histogram", "exponential_histogram", "summary"}}[language]

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
    """The stored points of the same series and time, each with what is said of its series."""
    return [of | one for of in series if of["name"] == point["name"] and of["unit"] == point["unit"]
            and of["attributes"] == point["attributes"] for one in of["points"] if ms(one["at"]) == point["at_ms"]]


def differing(point, found):
    """The words of what is not as it was sent."""
    wrong = [field for field in ("kind", "temporality", "monotonic", "value", "count", "sum", "min", "max", "steps")
             if point.get(field) is not None and found.get(field) != point[field]]
    if "start_ms" in point and ms(found["start"]) != point["start_ms"]:
        wrong.append("start")
    if "buckets" in point and [count for _, count in found.get("steps", [])] != point["buckets"]:
        wrong.append("buckets")
    return wrong


def compare(sent, series):
    for point in sent["metrics"]:
        found = kept(point, series)
        assert found, f"not kept: {point}"
        # Two flushes may fall into one millisecond.
        wrong = [differing(point, one) for one in found]
        assert [] in wrong, f"{wrong}: {found} for {point}"


def compare_lines(sent, lines):
    assert len(lines) == len(sent["logs"]), lines
    for said, found in zip(sent["logs"], lines):
        assert {field: found[field] for field in said if field != "at_ms"} == {
            field: value for field, value in said.items() if field != "at_ms"}, f"{found} for {said}"
        if "at_ms" in said:
            assert ms(found["at"]) == said["at_ms"], f"{found} for {said}"


def send(base, instance, packing, counting):
    done = subprocess.run([*client, base, instance, packing, counting], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    sent = json.loads(done.stdout)
    assert sent["metrics"] and sent["logs"], sent
    return sent


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
            sent = send(base, gateway, packing, counting)
            assert sent["failures"] == 0, f"{packing} {counting}: {sent['failures']} exports failed"
            assert {point["name"] for point in sent["metrics"]} >= {
                "stranger.counter", "stranger.level", "stranger.histogram", "stranger.exponential", "stranger.gauge",
                "stranger.observed"}
            series = ctl("gateways", "metrics", gateway)["items"]
            compare(sent, series)
            compare_lines(sent, ctl("gateways", "logs", gateway)["items"][-len(sent["logs"]):])
            points += len(sent["metrics"])
            assert sum(len(one["points"]) for one in series) == points, "more or fewer than were sent"
    kinds = {one["kind"] for one in series}
    assert kinds == kinds_sent, kinds
    # A stranger that is no gateway here is told so, and nothing of it is kept.
    other = "01a20a40-b847-7c64-a967-500bd0830001"
    refused = send(base, other, "none", "delta")
    assert (refused["failures"] > 0) == (language == "go"), refused["failures"]  # that of Python drops what it is told
    assert ctl("gateways", "metrics", other).get("items") is None
    print(f"{points} points were kept as they were sent")


try:
    main()
finally:
    for process in reversed(started):
        process.terminate()
        process.wait()
    folder.cleanup()
