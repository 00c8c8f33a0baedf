"""pygls: header framing with Content-Type, ids of the caller's choice, `params: null`, objects as named tuples."""

import asyncio
import os
import sys

from pygls.client import JsonRPCClient
from pygls.exceptions import JsonRpcException

from steps import SECONDS, Progress, check, fast_run, slow_run


class Client(JsonRPCClient):
    def __init__(self):
        super().__init__()
        self.exit_code = asyncio.get_running_loop().create_future()

    async def server_exit(self, server) -> None:
        self.exit_code.set_result(server.returncode)


async def error_of(request) -> JsonRpcException:
    try:
        raise AssertionError(f"an error was expected, but there is a result: {await within_limit(request)}")
    except JsonRpcException as error:
        return error


async def within_limit(future):
    return await asyncio.wait_for(future, SECONDS)


def member(value, name: str):
    """Named tuples have attributes; what is an object inside an error stays a dictionary."""
    return value[name] if isinstance(value, dict) else getattr(value, name)


async def main() -> None:
    client = Client()
    progress = Progress()

    @client.feature("$/progress")
    def note(params) -> None:
        value = {name: getattr(params.value, name) for name in params.value._fields}
        progress.add({"token": params.token, "value": value})

    if os.environ["TRANSPORT"] == "stdio":
        await client.start_io(os.environ["LLMBENCH"], "serve", "--stdio")
    else:
        await client.start_tcp("127.0.0.1", int(os.environ["PORT"]))
    request, notify = client.protocol.send_request_async, client.protocol.notify

    welcome = await within_limit(request("initialize", {"processId": os.getpid(), "capabilities": {}}))
    check(welcome.serverInfo.name == "llmbench", "the server tells its name")
    check("benchmark.run" in welcome.capabilities.workDoneProgress, "every member of the capabilities has a plain name")
    notify("initialized", {})

    run = asyncio.ensure_future(request("benchmark.run", fast_run()))
    run.add_done_callback(lambda _: progress.add("answer"))
    summary = await within_limit(run)
    await asyncio.sleep(0)
    check(summary.status == "completed" and summary.models[0].passed == 6, "the run is complete and right")
    progress.check_whole("fast")

    check((await error_of(request("no.such", None))).code == -32601, "an unknown method is refused")

    slow = asyncio.ensure_future(request("benchmark.run", slow_run(), msg_id="slow run"))
    await asyncio.to_thread(progress.wait_for_sample, "slow")
    notify("$/cancelRequest", {"id": "slow run"})
    error = await error_of(slow)
    check(error.code == -32800, "the cancelled run is answered")
    check(member(error.data, "completedSamples") == 1, "its sample is kept")

    check(await within_limit(request("shutdown", None)) is None, "shutdown is answered with null")
    notify("exit", None)
    if os.environ["TRANSPORT"] == "stdio":
        check(await within_limit(client.exit_code) == 0, "the exit code is 0")
    else:
        await within_limit(client._async_tasks[0])  # The task that reads: it ends with the stream.


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except Exception as error:
        sys.exit(f"{type(error).__name__}: {error}")
