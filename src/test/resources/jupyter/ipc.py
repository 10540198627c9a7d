"""The kernel `java` over Unix domain sockets (transport ipc), as jupyter_client uses them."""

import glob
import os
import sys
import tempfile

from jupyter_client.manager import KernelManager


def run(client, code, begun=None):
    """Runs a cell; its reply and the texts of its results and streams. Calls `begun` at the first output."""
    said = []

    def hear(message):
        content = message["content"]
        if message["msg_type"] in ("stream", "execute_result"):
            said.append(content.get("text") or content["data"]["text/plain"])
            if begun:
                begun()

    return client.execute_interactive(code, timeout=60, output_hook=hear)["content"], "".join(said)


def main():
    folder = tempfile.mkdtemp()
    manager = KernelManager(kernel_name="java", transport="ipc", ip=os.path.join(folder, "kernel-ipc"))
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    done = []
    try:
        client.wait_for_ready(timeout=60)
        done.append("1+1 is " + run(client, "1+1")[1])
        reply, _ = run(client, "System.out.println(1); while (true) { }", manager.interrupt_kernel)
        done.append("interrupted" if reply["ename"] == "Interrupted" else str(reply))
        _, long = run(client, '"x".repeat(4_000_000)')
        done.append(f"{len(long) // 1_000_000} MB arrived")
        manager.restart_kernel()
        client.wait_for_ready(timeout=60)
        done.append("restarted" if run(client, "1+1")[1] == "2" else "not restarted")
        client.shutdown()
        manager.provisioner.process.wait(5)
        done.append(f"files left: {glob.glob(folder + '/*')}")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.cleanup_connection_file()
    print("; ".join(done))


if __name__ == "__main__":
    sys.exit(main())
