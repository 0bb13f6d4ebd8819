"""The commands to try otpstream with, that cost nothing: `sandbox`, `subscriber`, `demo`."""

import asyncio
import os
import sys
from typing import Annotated, Any

import typer
from rich.console import Console

from otpstream import logs
from otpstream.commands.startup import read_settings, until_signal
from otpstream.settings import SettingsError


def run_sandbox(
    port: Annotated[
        int, typer.Option(min=0, help="Where the first one listens, and the others behind it; 0: anywhere.")
    ] = 8090,
    numbers: Annotated[int, typer.Option(min=1, help="How many numbers are rented at Text2FA v1.")] = 5,
    rate_per_second: Annotated[float, typer.Option(min=0.01, help="How many SMS a second come in on them.")] = 1.0,
    faulty: Annotated[bool, typer.Option("--faulty", help="Lose, double and delay webhooks; let calls fail.")] = False,
    seed: Annotated[int, typer.Option(help="Decides texts, gaps and faults.")] = 1,
) -> None:
    """Serve four simulated providers: to try otpstream on, at no cost. SMS come in on Text2FA v1, and on whatever is rented."""
    from otpstream.demo import FAULTS
    from otpstream.sandbox import Arrivals, Faults, Sandbox, run_traffic
    from otpstream.sandboxed import PROVIDERS, variables

    async def serve(stop: asyncio.Event) -> None:
        sandbox = Sandbox(
            faults=FAULTS if faulty else Faults(),
            seed=seed,
            arrivals=Arrivals(seed=seed),
            ports={name: port + place if port else 0 for place, name in enumerate(PROVIDERS)},
        )
        async with sandbox:
            for _ in range(numbers):
                sandbox.text2fa.rent()
            print(
                f"Four simulated providers serve; {numbers} numbers at Text2FA v1, {rate_per_second:g} SMS/s. Ctrl-C stops them."
            )
            print("In another shell, before `otpstream up`:")
            print("\n".join(f"  export {line}" for line in variables(sandbox)), flush=True)
            traffic = asyncio.create_task(run_traffic(sandbox.text2fa, rate_per_second=rate_per_second, seed=seed))
            await stop.wait()
            traffic.cancel()

    until_signal(serve)


def run_subscriber(
    port: Annotated[int, typer.Option(help="Where it listens.")] = 9000,
) -> None:
    """Receive pushes, check their signatures with SUBSCRIPTION_SECRETS, and show each: a subscriber to try otpstream on."""
    from otpstream.http_server import serving
    from otpstream.subscriber import Subscriber

    settings = read_settings()
    if settings.subscription is None:
        raise SettingsError(
            "SUBSCRIPTION_URL and SUBSCRIPTION_SECRETS are not set: the subscriber checks signatures with the same secret"
        )
    secret = settings.subscription.secrets[0].get_secret_value()

    def show(data: dict[str, Any], taken_seconds: float) -> None:
        print(
            f"{data['code']:<10} {data['line']:<24} {data['service'] or data['sender']:<20} {taken_seconds * 1000:.1f} ms",
            flush=True,
        )

    async def serve(stop: asyncio.Event) -> None:
        async with serving(Subscriber(secret, on_push=show).app, host="127.0.0.1", port=port) as base_url:
            print(f"A subscriber listens at {base_url}/codes. Ctrl-C stops it.", flush=True)
            await stop.wait()

    until_signal(serve)


def run_demo(
    messages: Annotated[int, typer.Option(min=1, help="How many SMS.")] = 600,
    rate_per_second: Annotated[float, typer.Option(min=0.1, help="How many a second.")] = 60.0,
    seed: Annotated[int, typer.Option(help="Decides texts, gaps and faults.")] = 1,
) -> None:
    """Show the whole pipeline at work on a simulated provider; exit status 1 unless every SMS is accounted for."""
    from otpstream.demo import demo

    # What the demo's faults make the log say is not news.
    logs.configure(os.environ.get("LOG_LEVEL", "CRITICAL"))
    complete = False

    async def show(_: asyncio.Event) -> None:
        nonlocal complete
        complete = await demo(messages=messages, rate_per_second=rate_per_second, seed=seed, console=Console())

    until_signal(show)
    sys.exit(0 if complete else 1)
