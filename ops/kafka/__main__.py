"""`python -m ops.kafka`: a real Apache Kafka in the foreground."""

import signal
from typing import Annotated

import typer

from ops.kafka import ports
from ops.kafka.broker import BrokerError
from ops.kafka.cluster import Cluster
from ops.kafka.distribution import DownloadError, MissingToolError

DEFAULT_PORT = 9092  # Kafka's own

EXIT_FAILED = 1
EXIT_TOOL_MISSING = 2


def main(
    brokers: Annotated[int, typer.Option(min=1, max=9, help="How many; topics have up to three replicas.")] = 1,
    port: Annotated[
        int | None,
        typer.Option(
            min=1024,
            max=65_000,
            help="Port of the first broker; the others take those that follow.",
            show_default=f"{DEFAULT_PORT} when free, else any",
        ),
    ] = None,
) -> None:
    """Run a real Apache Kafka on this machine until Ctrl-C; its data go with it.

    Needs Java 17; Maven fetches Kafka itself the first time. Give the printed line to the shell that is to use it.
    """
    # SIGTERM ends it as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _run(Cluster(brokers, port=_choose_port(brokers) if port is None else port))
    except KeyboardInterrupt:
        typer.echo("Kafka is stopped.", err=True)
    except MissingToolError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(EXIT_TOOL_MISSING) from None
    except (BrokerError, DownloadError, ports.PortError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(EXIT_FAILED) from None


def _choose_port(brokers: int) -> int | None:
    wanted = range(DEFAULT_PORT, DEFAULT_PORT + brokers)
    return DEFAULT_PORT if all(ports.is_free(port) for port in wanted) else None


def _run(cluster: Cluster) -> None:
    typer.echo(f"Starting Apache Kafka, brokers: {cluster.brokers} (the first time it is fetched: 45 MB) ...", err=True)
    with cluster:
        typer.echo(f"export KAFKA_BOOTSTRAP_SERVERS={cluster.bootstrap_servers}")
        typer.echo("Kafka serves; Ctrl-C stops it and removes its data.", err=True)
        cluster.wait()


if __name__ == "__main__":
    typer.run(main)
