"""Apache Kafka's jars, from Maven Central into `.kafka/libs`, and the Java that runs them.

`pom.xml` names the version. The directory is complete once it holds a copy of that very file: it is filled beside and
moved into place, so that neither an interrupted nor a parallel download leaves half a Kafka behind.
"""

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
POM = _HERE / "pom.xml"
LOGGING_CONFIGURATION = _HERE / "log4j2.properties"
LIBRARIES = _HERE.parents[1] / ".kafka" / "libs"

JAVA_MINIMUM = 17  # Kafka 4 brokers refuse anything older
DOWNLOAD_TIMEOUT_SECONDS = 600  # 45 MB, and Maven's own plugins on a first run
VERSION_TIMEOUT_SECONDS = 30

_INSTALL_JAVA = "install a Java 17 runtime (Debian: openjdk-17-jre-headless)"


class MissingToolError(RuntimeError):
    """Java or Maven is missing or too old; the sentence says what to install."""


class DownloadError(RuntimeError):
    """Maven could not fetch Kafka's jars."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """A Java and the jars of Kafka."""

    java: Path
    libraries: Path

    def command(self, main_class: str, *arguments: str, heap: str) -> list[str]:
        """Return the command line of one of Kafka's main classes.

        Args:
            main_class: Its full name, such as `kafka.Kafka`.
            *arguments: What follows the class.
            heap: Largest heap as Java writes it, such as `512m`.
        """
        return [
            str(self.java),
            f"-Xmx{heap}",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true",
            f"-Dlog4j2.configurationFile={LOGGING_CONFIGURATION}",
            "-cp",
            f"{self.libraries}{os.sep}*",
            main_class,
            *arguments,
        ]


def obtain(libraries: Path = LIBRARIES) -> Distribution:
    """Return a runnable Kafka, fetching its jars when this version is not there yet.

    Raises:
        MissingToolError: Java is missing or too old, or Maven is missing and needed.
        DownloadError: Maven failed.
    """
    java = _find_java()
    if not _is_current(libraries):
        _download(libraries)
    return Distribution(java=java, libraries=libraries)


def parse_java_version(banner: str) -> int | None:
    """Return the feature release that `java -version` prints: 17 for 17.0.15, 8 for 1.8.0_402."""
    found = re.search(r'version "(?:1\.)?(\d+)', banner)
    return int(found.group(1)) if found else None


def _find_java() -> Path:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if java is None:
        place = f"in JAVA_HOME ({home})" if home else "on PATH"
        raise MissingToolError(f"Kafka needs Java {JAVA_MINIMUM} or newer and there is none {place}: {_INSTALL_JAVA}.")
    # Java prints its version on standard error.
    banner = subprocess.run(
        [java, "-version"], capture_output=True, text=True, timeout=VERSION_TIMEOUT_SECONDS, check=False
    ).stderr
    version = parse_java_version(banner)
    if version is None or version < JAVA_MINIMUM:
        raise MissingToolError(
            f"Kafka needs Java {JAVA_MINIMUM} or newer and {java} is {version or 'unusable'}: {_INSTALL_JAVA}."
        )
    return Path(java)


def _is_current(libraries: Path) -> bool:
    copy = libraries / POM.name
    return copy.is_file() and copy.read_bytes() == POM.read_bytes()


def _download(libraries: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingToolError("Fetching Kafka needs Maven and there is no mvn on PATH: install it (Debian: maven).")
    libraries.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="libs-", dir=libraries.parent) as scratch:
        fresh = Path(scratch) / libraries.name
        fresh.mkdir()
        _run_maven(maven, fresh)
        shutil.copyfile(POM, fresh / POM.name)
        _move_into_place(fresh, libraries)


def _run_maven(maven: str, into: Path) -> None:
    command = [maven, "--quiet", "--batch-mode", "--file", str(POM), "dependency:copy-dependencies"]
    try:
        result = subprocess.run(
            [*command, f"-DoutputDirectory={into}"],
            capture_output=True,
            text=True,
            timeout=DOWNLOAD_TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DownloadError(
            f"Maven did not fetch Kafka within {DOWNLOAD_TIMEOUT_SECONDS} s: check the network and try again."
        ) from None
    if result.returncode:
        reasons = [line for line in result.stdout.splitlines() if line.startswith("[ERROR] ")]
        reason = reasons[0].removeprefix("[ERROR] ") if reasons else f"it ended with code {result.returncode}"
        raise DownloadError(f"Maven could not fetch Kafka; check the network or Maven's settings: {reason}")


def _move_into_place(fresh: Path, libraries: Path) -> None:
    if not _is_current(libraries):
        shutil.rmtree(libraries, ignore_errors=True)
    try:
        fresh.rename(libraries)
    except OSError:
        # A parallel run was first; its jars are as good.
        if not _is_current(libraries):
            raise
