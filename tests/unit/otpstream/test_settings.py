"""Every setting is read from its variable, has a meaning, and is never quoted in an error or a log."""

import base64
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr

from otpstream.settings import Settings, SettingsError, leaves, load, variable

PATHS = [path for path, _ in leaves(Settings)]
VARIABLES = [variable(path) for path in PATHS]
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
SENTINEL = "s3nt1n3l-847291-" * 30
"""Wrong for every setting but those in `ANY_TEXT`: no number, no URL, no word of a set, and too long for a name."""

VALID = {
    "KAFKA_BOOTSTRAP_SERVERS": "one:9092,two:9092",
    "KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
    "KAFKA_SASL_MECHANISM": "PLAIN",
    "KAFKA_SASL_USERNAME": "user",
    "KAFKA_SASL_PASSWORD": "password",
    "KAFKA_SSL_CA_FILE": "{file}",
    "KAFKA_SSL_CERTIFICATE_FILE": "{file}",
    "KAFKA_SSL_KEY_FILE": "{file}",
    "KAFKA_REPLICATION_FACTOR": "2",
    "HTTP_HOST": "0.0.0.0",  # noqa: S104 - a value to read, nothing listens
    "HTTP_PORT": "9999",
    "HTTP_BODY_TIMEOUT_SECONDS": "20",
    "TEXT2FA_POLL_INTERVAL_SECONDS": "11",
    "TEXT2FA_NUMBERS_INTERVAL_SECONDS": "12",
    "TEXT2FA_POLL_LOOKBACK_SECONDS": "13",
    "TEXT2FA_POLL_OVERLAP_SECONDS": "14",
    "TEXT2FA_POLL_CONCURRENCY": "15",
    "TEXT2FA_LONGEST_PAUSE_SECONDS": "16",
    "TEXT2FA_BASE_URL": "https://provider.example/",
    "TEXT2FA_API_KEY": "api-key",
    "TEXT2FA_ACCOUNT": "second",
    "TEXT2FA_REQUEST_TIMEOUT_SECONDS": "17",
    "TEXT2FA_REQUESTS_PER_SECOND": "18",
    "TEXT2FA_WEBHOOK_METHOD": "configured",
    "TEXT2FA_WEBHOOK_HMAC_SECRETS": "old-secret,new-secret",
    "TEXT2FA_WEBHOOK_HMAC_HEADER": "X-Other",
    "TEXT2FA_WEBHOOK_HMAC_ALGORITHM": "sha512",
    "TEXT2FA_WEBHOOK_HMAC_ENCODING": "base64",
    "TEXT2FA_WEBHOOK_HMAC_PREFIX": "sha512=",
    "TEXT2FA_WEBHOOK_HMAC_TIMESTAMP_HEADER": "X-Time",
    "TEXT2FA_WEBHOOK_HMAC_TIMESTAMP_TOLERANCE_SECONDS": "19",
    "TEXT2FA_WEBHOOK_ALLOWED_NETWORKS": "192.0.2.0/24,2001:db8::/32",
    "TEXT2FA_WEBHOOK_TRUSTED_PROXIES": "198.51.100.0/24",
    "TEXT2FA_WEBHOOK_PATH_TOKENS": "0123456789abcdef,fedcba9876543210",
    "PROVIDERS_TEXT2FA": '[{"account": "third", "api_key_file": "/keys", "poll_lookback_seconds": 60.0}]',
    "PROVIDERS_TEXT2FA_DASHBOARD": '[{"api_key_file": "/keys", "kinds": ["s1"], "poll_lookback_seconds": 60.0}]',
    "PROVIDERS_TEXTMAGIC": '[{"api_key_file": "/keys", "username": "john"}]',
    "PROVIDERS_RENTAL": '[{"api_key_file": "/keys", "base_url": "https://s.example/", "poll_lookback_seconds": 60.0}]',
    "PROCESS_SLOT": "pod-7",
    "PROCESS_GUARANTEE": "at_least_once",
    "PROCESS_BATCH_RECORDS": "500",
    "PROCESS_GATHER_SECONDS": "0.5",
    "PROCESS_WINDOW_SECONDS": "7200",
    "PROCESS_TOLERANCE_SECONDS": "5",
    "PROCESS_WAITING_SECONDS": "60",
    "PROCESS_VERIFICATION_WAITING_SECONDS": "61",
    "PROCESS_CODE_LIFE_SECONDS": "120",
    "PROCESS_PICKUP_CODES": "True",
    "PROCESS_CARD_PINS": "True",
    "PROCESS_INITIAL_PASSWORDS": "False",
    "PROCESS_POISON_RATIO": "0.25",
    "PROCESS_POISON_MINIMUM": "3",
    "PROCESS_TRANSACTION_TIMEOUT_SECONDS": "20",
    "PROCESS_SESSION_TIMEOUT_SECONDS": "21",
    "SUBSCRIPTION_NAME": "other",
    "SUBSCRIPTION_URL": "https://subscriber.example/codes",
    "SUBSCRIPTION_SECRETS": SECRET,
    "SUBSCRIPTION_EVENTS": "otp.code.extracted,otp.code.correlated",
    "SUBSCRIPTION_TIMEOUT_SECONDS": "22",
    "SUBSCRIPTION_CONCURRENCY": "23",
    "SUBSCRIPTION_RETRIES_ATTEMPTS_LIMIT": "24",
    "SUBSCRIPTION_RETRIES_FIRST_DELAY_SECONDS": "0.75",
    "SUBSCRIPTION_RETRIES_LONGEST_DELAY_SECONDS": "26",
    "SUBSCRIPTION_RETRIES_WINDOW_SECONDS": "27",
    "CONTROL_STORE_URL": "postgresql://user:store-password@store.example/name",
    "CONTROL_STORE_RELAY_INTERVAL_SECONDS": "28",
    "CONTROL_STORE_MESSAGES_KEPT_SECONDS": "2900",
    "CONTROL_STORE_IDEMPOTENCY_KEPT_SECONDS": "3000",
    "CONTROL_RENTALS_SPEND_CAP_PER_DAY": "31.5",
    "CONTROL_RENTALS_ASSUMED_PRICE": "0.32",
    "CONTROL_RENTALS_LIVE_RENTALS_LIMIT": "33",
    "CONTROL_RENTALS_AUTO_CANCEL_SECONDS": "340",
    "CONTROL_RENTALS_ORPHANS": "release",
    "CONTROL_RENTALS_CALL_TIMEOUT_SECONDS": "35",
    "CONTROL_RENTALS_INTENT_GRACE_SECONDS": "36",
    "CONTROL_RENTALS_RECONCILE_INTERVAL_SECONDS": "37",
    "CONTROL_RENTALS_UNSETTLED_INTERVAL_SECONDS": "38",
    "CONTROL_RENTALS_UPKEEP_INTERVAL_SECONDS": "39",
    "CONTROL_RENTALS_CANCEL_RETRY_SECONDS": "40",
    "CONTROL_RENTALS_OFFERS_KEPT_SECONDS": "41",
    "CONTROL_RENTALS_BALANCE_INTERVAL_SECONDS": "42",
    "CONTROL_FACADE_ENABLED": "True",
    "CONTROL_FACADE_MARGIN_PERCENT": "7.5",
    "CONTROL_FACADE_SERVICE": "any",
    "CONTROL_FACADE_SETTLE_SECONDS": "43",
    "CONTROL_VERIFICATIONS_ATTEMPTS_LIMIT": "4",
    "CONTROL_VERIFICATIONS_CALL_TIMEOUT_SECONDS": "45",
    "CONTROL_VERIFICATIONS_TICK_SECONDS": "6",
    "CONTROL_VERIFICATIONS_TICK_BATCH": "47",
    "CONTROL_VERIFICATIONS_FRAUD_CLIENT_LIMIT": "48",
    "CONTROL_VERIFICATIONS_FRAUD_CLIENT_WINDOW_SECONDS": "49",
    "CONTROL_VERIFICATIONS_FRAUD_PHONE_LIMIT": "50",
    "CONTROL_VERIFICATIONS_FRAUD_PHONE_WINDOW_SECONDS": "51",
    "CONTROL_VERIFICATIONS_FRAUD_PREFIX_LIMIT": "52",
    "CONTROL_VERIFICATIONS_FRAUD_PREFIX_WINDOW_SECONDS": "53",
    "CONTROL_VERIFICATIONS_FRAUD_CONVERSION_WINDOW_SECONDS": "540",
    "CONTROL_VERIFICATIONS_FRAUD_CONVERSION_MINIMUM_STARTED": "55",
    "CONTROL_VERIFICATIONS_FRAUD_CONVERSION_FLOOR": "0.56",
    "CONTROL_VERIFICATIONS_FRAUD_HOLD_SECONDS": "57",
    "LOG_LEVEL": "ERROR",
}
"""A value of each setting that is not its default; together they are valid."""
SAME_AS_DEFAULT = {"TEXT2FA_WEBHOOK_METHOD"}
"""Its other value contradicts the rest."""
ANY_TEXT = {
    "KAFKA_BOOTSTRAP_SERVERS",
    "KAFKA_SASL_USERNAME",
    "KAFKA_SASL_PASSWORD",
    "HTTP_HOST",
    "TEXT2FA_API_KEY",
    "TEXT2FA_WEBHOOK_HMAC_SECRETS",
    "TEXT2FA_WEBHOOK_PATH_TOKENS",
}
"""What takes any text, or any of the sentinel's letters."""


@pytest.fixture
def valid(tmp_path: Path) -> dict[str, str]:
    """Fill in the files that are named."""
    file = tmp_path / "file.pem"
    file.touch()
    return {name: value.replace("{file}", str(file)) for name, value in VALID.items()}


def set_all(monkeypatch: pytest.MonkeyPatch, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def value_at(settings: Settings, path: tuple[str, ...]) -> Any:
    value: Any = settings
    for name in path:
        value = getattr(value, name)
    return value


def as_text(value: Any) -> str:
    """Write a value as its variable would."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        return json.dumps([one.model_dump(mode="json", exclude_unset=True) for one in value], sort_keys=True)
    if isinstance(value, tuple):
        return ",".join(map(as_text, value))
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def accounts(*fields: dict[str, Any]) -> str:
    """Write accounts as their variable would."""
    return json.dumps([{"base_url": "https://supplier.example", "api_keys": "key", **one} for one in fields])


def test_every_setting_has_a_sample() -> None:
    """A setting that is added is tested from the day that it is added."""
    assert set(VALID) == set(VARIABLES)
    assert len(set(VARIABLES)) == len(VARIABLES)


def test_every_variable_is_read(monkeypatch: pytest.MonkeyPatch, valid: dict[str, str]) -> None:
    """Each variable sets its own setting and no other."""
    set_all(monkeypatch, valid)
    settings = load()
    assert {variable(path): as_text(value_at(settings, path)) for path in PATHS} == valid


def test_no_sample_is_a_default() -> None:
    """Else a variable that nobody reads would pass for one that is read."""
    defaults = {
        variable(path): as_text(field.get_default(call_default_factory=True)) for path, field in leaves(Settings)
    }
    assert {name for name in VARIABLES if defaults[name] == VALID[name]} == SAME_AS_DEFAULT


def test_nothing_set_is_the_embedded_broker() -> None:
    """A first run needs no setting at all."""
    settings = load()
    assert settings.embedded
    assert (settings.subscription, settings.text2fa.webhook, settings.text2fa.api_key) == (None, None, None)


def test_a_cluster_that_is_named_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded broker never stands in for a cluster that was asked for."""
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "one:9092")
    assert not load().embedded


@pytest.mark.parametrize("name", VARIABLES)
def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """`NAME=` in a file of settings is as good as no line."""
    monkeypatch.setenv(name, "")
    assert load() == Settings()
    monkeypatch.delenv(name)
    assert load() == Settings()


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """`.env` holds what is usual; a variable says otherwise for one run."""
    Path(".env").write_text("HTTP_PORT=1111\nPROCESS_SLOT=from-file\n")
    monkeypatch.setenv("HTTP_PORT", "2222")
    settings = load()
    assert (settings.http.port, settings.process.slot) == (2222, "from-file")


@pytest.mark.parametrize("name", sorted(set(VARIABLES) - ANY_TEXT))
def test_a_wrong_value_is_named_and_never_quoted(
    monkeypatch: pytest.MonkeyPatch, valid: dict[str, str], name: str
) -> None:
    """Each complaint begins with the variable, and holds no value: of this setting or of any other."""
    set_all(monkeypatch, valid | {name: SENTINEL})

    with pytest.raises(SettingsError) as caught:
        load()

    lines = str(caught.value).splitlines()
    assert all(name in line for line in lines)
    assert len(set(lines)) == len(lines)
    text = str(caught.value) + repr(caught.value)
    assert "847291" not in text
    assert not any(
        secret in text
        for secret in (SECRET, "api-key", "store-password", "old-secret", "new-secret", "0123456789abcdef")
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"TEXT2FA_API_KEY": "847291 key"}, "TEXT2FA_API_KEY: "),
        ({"TEXT2FA_WEBHOOK_HMAC_SECRETS": "847291a,847291b,847291c"}, "TEXT2FA_WEBHOOK_HMAC_SECRETS: "),
        ({"TEXT2FA_WEBHOOK_PATH_TOKENS": "847291"}, "TEXT2FA_WEBHOOK_PATH_TOKENS: "),
        (
            {"TEXT2FA_WEBHOOK_HMAC_HEADER": "X-Other"},
            "webhook authentication is not set: fill in TEXT2FA_WEBHOOK_PATH_TOKENS",
        ),
        (
            {"TEXT2FA_WEBHOOK_METHOD": "none", "TEXT2FA_WEBHOOK_HMAC_SECRETS": "847291"},
            "TEXT2FA_WEBHOOK_METHOD is none, yet TEXT2FA_WEBHOOK_PATH_TOKENS",
        ),
        ({"KAFKA_SECURITY_PROTOCOL": "SASL_SSL"}, "needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD"),
        ({"KAFKA_SSL_KEY_FILE": "/847291"}, "KAFKA_SSL_CERTIFICATE_FILE and KAFKA_SSL_KEY_FILE go together"),
        ({"KAFKA_SSL_CA_FILE": "/847291"}, "KAFKA_SSL_CA_FILE names a file that is not there"),
        ({"SUBSCRIPTION_SECRETS": SECRET}, "SUBSCRIPTION_URL: Field required"),
        (
            {"SUBSCRIPTION_URL": "http://847291.example"},
            "SUBSCRIPTION_SECRETS: missing: make one with: echo whsec_$(openssl rand -base64 32)",
        ),
        ({"TEXT2FA_WEBHOOK_ALLOWED_NETWORKS": "10.0.0.1/8"}, "host bits are set: write 10.0.0.0/8"),
        ({"TEXT2FA_WEBHOOK_ALLOWED_NETWORKS": "847291.example"}, "such as 192.0.2.0/24 or 2001:db8::/32"),
        ({"TEXT2FA_WEBHOOK_HMAC_HEADER": "X 847291"}, "letters, digits and hyphens, such as X-Signature"),
        (
            {"PROVIDERS_TEXT2FA": '{"account": "847291"}'},
            'PROVIDERS_TEXT2FA: not a JSON list of accounts, as [{"account": "main", "api_keys": ["KEY"]}]',
        ),
        (
            {"PROVIDERS_TEXT2FA": '[{"webhook": {"allowed_networks": ["2001:db8::1/32"]}}]'},
            "PROVIDERS_TEXT2FA: account 1, webhook.allowed_networks: host bits are set: write 2001:db8::/32",
        ),
        ({"PROVIDERS_TEXTMAGIC": '["847291"]'}, "PROVIDERS_TEXTMAGIC: account 1: "),
        (
            {"PROVIDERS_TEXTMAGIC": '[{"api_keys": ["847291"]}]'},
            "PROVIDERS_TEXTMAGIC: account 1, username: Field required",
        ),
        (
            {"PROVIDERS_TEXT2FA": '[{"webhook": {"path_tokens": "847291"}}]'},
            "PROVIDERS_TEXT2FA: account 1, webhook.path_tokens: each must be",
        ),
        ({"PROVIDERS_TEXT2FA": '[{"account": "a"}]'}, "PROVIDERS_TEXT2FA: account a has no key"),
        ({"PROVIDERS_TEXT2FA": '[{"api_keys": "847291"}, {"api_keys": "8472910"}]'}, "PROVIDERS_TEXT2FA: two accounts"),
        (
            {"TEXT2FA_API_KEY": "847291", "PROVIDERS_TEXT2FA": '[{"api_keys": "847291"}]'},
            "PROVIDERS_TEXT2FA holds an account called as TEXT2FA_ACCOUNT says, or default",
        ),
        (
            {
                "TEXT2FA_API_KEY": "847291",
                "TEXT2FA_ACCOUNT": "a",
                "PROVIDERS_TEXT2FA": '[{"account": "a", "api_keys": "847291"}]',
            },
            "PROVIDERS_TEXT2FA holds an account called as TEXT2FA_ACCOUNT says, or default",
        ),
    ],
)
def test_what_does_not_fit_together_is_told(monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str], told: str) -> None:
    """The sentence names what is missing or wrong, and no value."""
    set_all(monkeypatch, wrong)

    with pytest.raises(SettingsError) as caught:
        load()

    assert told in str(caught.value)
    assert "847291" not in str(caught.value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"TEXT2FA_WEBHOOK_HMAC_HEADER": "X-Other"},
        {"TEXT2FA_WEBHOOK_METHOD": "none", "TEXT2FA_WEBHOOK_PATH_TOKENS": "0123456789abcdef"},
        {"KAFKA_SECURITY_PROTOCOL": "SASL_SSL"},
        {"PROCESS_GUARANTEE": "exactly_once"},
    ],
)
def test_a_complaint_names_variables_alone(monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str]) -> None:
    """Each as `otpstream settings` prints it: an operator sets variables and has never heard of our fields."""
    set_all(monkeypatch, wrong)

    with pytest.raises(SettingsError) as caught:
        load()

    words = set(re.findall(r"[A-Za-z0-9_]+", str(caught.value)))
    fields = {path[-1] for path in PATHS if "_" in path[-1]} - {"exactly_once"}
    assert len(words & set(VARIABLES)) >= 2
    assert words & fields == set()
    assert "`" not in str(caught.value)
    assert "*" not in str(caught.value)


def test_all_wrong_settings_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line each, so that an operator mends them in one go."""
    set_all(monkeypatch, {"HTTP_PORT": "70000", "LOG_LEVEL": "loud"})

    with pytest.raises(SettingsError) as caught:
        load()

    assert {line.partition(":")[0] for line in str(caught.value).splitlines()} == {"HTTP_PORT", "LOG_LEVEL"}


def test_settings_can_be_printed(monkeypatch: pytest.MonkeyPatch, valid: dict[str, str]) -> None:
    """No secret shows in what a log or a dump would hold."""
    set_all(monkeypatch, valid)
    settings = load()

    shown = repr(settings) + str(settings) + settings.model_dump_json() + repr(settings.model_dump())

    secrets = [valid[name].split(",") for name in VARIABLES if name.endswith(("SECRETS", "PASSWORD", "KEY", "TOKENS"))]
    assert len(secrets) == 5
    assert not any(f"'{secret}" in shown or f'"{secret}' in shown for group in secrets for secret in group)
    assert "subscriber.example" not in repr(settings)
    assert "store-password" not in shown


@pytest.mark.parametrize(("path", "field"), list(leaves(Settings)), ids=VARIABLES)
def test_every_setting_says_what_it_means(path: tuple[str, ...], field: Any) -> None:
    """`otpstream settings` has a sentence for each."""
    assert field.description
    assert field.description.rstrip().endswith((".", '"'))


def test_settings_cannot_be_changed() -> None:
    """What a process was started with stays."""
    with pytest.raises(ValueError, match="frozen"):
        load().http = None  # type: ignore[assignment, misc]


@pytest.mark.parametrize(
    ("odd", "told"),
    [
        ({"PROCESS_GUARANTEE": "exactly_once"}, "embedded broker cannot give"),
        ({"TEXT2FA_POLL_LOOKBACK_SECONDS": "86400"}, "TEXT2FA_POLL_LOOKBACK_SECONDS must be an hour or more below"),
        *(
            (
                {name: accounts({"account": "a"}, {"account": "b", "poll_lookback_seconds": 86400})},
                f"{name}: account 2, poll_lookback_seconds: must be an hour or more below PROCESS_WINDOW_SECONDS",
            )
            for name in ("PROVIDERS_TEXT2FA", "PROVIDERS_TEXT2FA_DASHBOARD", "PROVIDERS_RENTAL")
        ),
    ],
)
def test_settings_that_would_break_a_promise_are_refused(
    monkeypatch: pytest.MonkeyPatch, odd: dict[str, str], told: str
) -> None:
    """Each is right by itself; together they would process nothing, or double what is polled again."""
    set_all(monkeypatch, odd)
    with pytest.raises(SettingsError, match=told):
        load()


def test_the_lone_account_comes_before_those_of_the_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several accounts at one system; the short settings are the first of them."""
    set_all(
        monkeypatch,
        {
            "TEXT2FA_API_KEY": "first-key",
            "TEXT2FA_POLL_INTERVAL_SECONDS": "3",
            "PROVIDERS_TEXT2FA": accounts({"account": "second"}, {"account": "third"}),
        },
    )

    found = load().accounts.text2fa

    assert [one.account for one in found] == ["default", "second", "third"]
    assert (found[0].api_keys[0].get_secret_value(), found[0].poll_interval_seconds) == ("first-key", 3)


def test_without_the_lone_account_the_lists_are_all() -> None:
    """Its defaults are no account, so one of a list may be called default."""
    assert load().accounts == Settings().providers
    settings = load({"providers": {"text2fa": [{"api_keys": "key"}]}})
    assert [one.account for one in settings.accounts.text2fa] == ["default"]


def test_the_keys_of_listed_accounts_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor are the secrets of their webhooks."""
    webhook = {"webhook": {"hmac_secrets": "secret-847291"}}
    monkeypatch.setenv("PROVIDERS_TEXT2FA", accounts({"api_keys": ["key-847291"], **webhook}))

    settings = load()

    assert settings.providers.text2fa[0].webhook is not None
    assert "847291" not in repr(settings) + str(settings) + settings.model_dump_json() + repr(settings.accounts)
