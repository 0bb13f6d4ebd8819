"""The command line; `otpstream --help` lists its commands."""

import logging
import sys
from typing import NoReturn

import typer
from confluent_kafka import KafkaError, KafkaException

from otpstream import kafka, topics_admin
from otpstream.commands import look, run, topics, trial
from otpstream.commands.rentals import keys_cli, rentals_cli
from otpstream.commands.startup import store_url
from otpstream.commands.verifications import verifications_cli
from otpstream.embedded_broker import EmbeddedBrokerError
from otpstream.http_server import AddressError
from otpstream.settings import SettingsError

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__, rich_markup_mode=None
)
app.command("up")(run.up)
app.add_typer(run.app, name="run")
app.add_typer(topics.app, name="topics")
app.add_typer(rentals_cli, name="rentals")
app.add_typer(verifications_cli, name="verifications")
app.add_typer(keys_cli(store_url), name="keys")
app.command("tail")(look.tail_codes)
app.command("doctor")(look.run_doctor)
app.command("explain")(look.explain_text)
app.command("settings")(look.show_settings)
app.command("sandbox")(trial.run_sandbox)
app.command("subscriber")(trial.run_subscriber)
app.command("demo")(trial.run_demo)

_EXPECTED = (
    SettingsError,
    AddressError,
    EmbeddedBrokerError,
    topics_admin.TopicsError,
    kafka.ClusterAway,
    KafkaException,
    OSError,
)


def main() -> NoReturn:
    """Run the command line; what goes wrong is one sentence and exit status 1, a bug 70, never a traceback."""
    from otpstream.parts import StartError
    from processors.stage import StageStopped

    try:
        app()
    except (*_EXPECTED, StartError, StageStopped) as error:
        cause = error.args[0] if error.args else error
        print(f"otpstream: {kafka.told(cause) if isinstance(cause, KafkaError) else error}", file=sys.stderr)
        sys.exit(1)
    except Exception as error:
        # The traceback may quote what is secret; whoever hunts the bug asks for it.
        logging.getLogger(__name__).debug("bug", exc_info=error)
        print(f"otpstream: a bug: {type(error).__name__}. LOG_LEVEL=DEBUG shows where", file=sys.stderr)
        sys.exit(70)
    sys.exit(0)


if __name__ == "__main__":
    main()
