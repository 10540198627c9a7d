"""Starts the kernel `java` again and again: kernel_info, 1+1, shutdown, exit.

usage: starts.py COUNT
Prints the failures and the medians; exits with 1 when a start failed.
"""

import queue
import statistics
import sys
import time

from jupyter_client.manager import KernelManager

LIMIT = 60
EXIT_LIMIT = 1.0


class Failed(Exception):
    pass


def first_word(client):
    """Asks until IOPub is heard: a subscription takes a moment, and what was said before is lost."""
    for _ in range(100):
        client.kernel_info(reply=True, timeout=LIMIT)
        try:
            while True:
                message = client.get_iopub_msg(timeout=0.1)
                if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                    return
        except queue.Empty:
            continue
    raise Failed("nothing was heard on IOPub")


def one_and_one(client):
    asked = client.execute("1+1")
    result = None
    while True:
        message = client.get_iopub_msg(timeout=LIMIT)
        if message["parent_header"].get("msg_id") != asked:
            continue
        if message["msg_type"] == "execute_result":
            result = message["content"]["data"]["text/plain"]
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            break
    reply = client.get_shell_msg(timeout=LIMIT)
    if result != "2" or reply["content"]["status"] != "ok":
        raise Failed(f"1+1 was {result}, {reply['content']}")


def stop(manager, client):
    """Seconds from the shutdown request to the end of the process."""
    began = time.monotonic()
    process = manager.provisioner.process
    client.shutdown()
    try:
        process.wait(EXIT_LIMIT + 5)
    except Exception as e:
        raise Failed("the process did not end") from e
    took = time.monotonic() - began
    if took > EXIT_LIMIT:
        raise Failed(f"the process ended {took:.2f} s after the shutdown request")
    if process.returncode != 0:
        raise Failed(f"the process ended with {process.returncode}")
    return took


def start():
    """Seconds to the kernel_info reply, to the result of 1+1, and from shutdown to exit."""
    manager = KernelManager(kernel_name="java")
    began = time.monotonic()
    manager.start_kernel()
    client = manager.client()
    try:
        client.start_channels(hb=False)
        client.kernel_info(reply=True, timeout=LIMIT)
        info = time.monotonic() - began
        first_word(client)
        one_and_one(client)
        cell = time.monotonic() - began
        return info, cell, stop(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def main(count):
    times, failures = [], []
    for number in range(1, count + 1):
        try:
            times.append(start())
        except Exception as e:
            failures.append(f"start {number}: {type(e).__name__}: {e}")
    medians = [statistics.median(column) for column in zip(*times)] if times else []
    named = ", ".join(f"{name} {value * 1000:.0f} ms" for name, value in zip(("kernel_info", "1+1", "exit"), medians))
    print(f"{len(times)} of {count} starts; medians: {named}")
    if times:
        print(f"slowest: 1+1 {max(t[1] for t in times) * 1000:.0f} ms, exit {max(t[2] for t in times) * 1000:.0f} ms")
    print("\n".join(failures), file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
