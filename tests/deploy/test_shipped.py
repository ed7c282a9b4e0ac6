"""What is shipped for production names what there is, and brings what the program needs."""

import ast
import re
import signal
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from dashboard import commands, settings
from dashboard.commands.group import MODULES

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
OURS = ("models", "data", "dashboard", "pages")


def install(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [DEPLOY / "install", *map(str, words)], capture_output=True, text=True, check=False
    )


def imported() -> set[str]:
    """The top-level packages that the program imports, wherever it does."""
    found = set()
    for folder in OURS:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    found.add(str(node.module).partition(".")[0])
    return found - set(sys.stdlib_module_names) - set(OURS)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_library_that_the_program_imports_is_brought_into_production() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    brought = {normal(each) for each in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}
    by_package = packages_distributions()
    missing = [
        package
        for package in sorted(imported())
        if not brought & {normal(each) for each in by_package[package]}
    ]
    assert missing == []


def test_no_test_tool_is_brought_into_production() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"^(pytest|playwright|mypy|ruff|hypothesis)\b", lock, re.MULTILINE)


def test_installing_without_a_place_says_how() -> None:
    done = install()
    assert (done.returncode, done.stderr) == (
        2,
        "usage: deploy/install FOLDER [--wheels FOLDER]\n",
    )


def test_installing_from_wheels_that_are_not_there_changes_nothing(tmp_path: Path) -> None:
    done = install(tmp_path / "target", "--wheels", tmp_path / "none")
    assert done.returncode == 1
    assert "make wheelhouse" in done.stderr
    assert not (tmp_path / "target").exists()


@pytest.mark.parametrize("file", ["gridlight.service", "gridlight-backup.service", "Containerfile"])
def test_only_commands_are_called_that_there_are(file: str) -> None:
    text = (DEPLOY / file).read_text(encoding="utf-8")
    called = set(re.findall(r"bin/gridlight (\w+)", text)) | set(
        re.findall(r'CMD \["gridlight", "(\w+)"', text)
    )
    assert called
    assert called <= set(MODULES)


@pytest.mark.parametrize("file", ["gridlight.service", "Containerfile", "gridlight.toml"])
def test_what_is_shipped_trusts_the_proxy_that_it_is_shipped_with_and_nobody_else(
    file: str,
) -> None:
    text = (DEPLOY / file).read_text(encoding="utf-8")
    [said] = re.findall(
        r'^ *(?:Environment=)?(?:GRIDLIGHT_)?TRUSTED_PROXIES *= *"?([0-9a-f.:, ]+)',
        text,
        re.MULTILINE | re.IGNORECASE,
    )
    trusted = settings.in_use({"GRIDLIGHT_TRUSTED_PROXIES": said}).trusted_proxies
    assert any(network.is_loopback for network in trusted)
    assert all(network.num_addresses == 1 for network in trusted)


def test_the_unit_takes_a_stop_that_was_asked_for_as_no_failure() -> None:
    with pytest.raises(SystemExit) as stopped:
        commands._exit_on_signal(signal.SIGTERM, None)
    text = (DEPLOY / "gridlight.service").read_text(encoding="utf-8")
    assert re.findall(r"^SuccessExitStatus=(\d+)$", text, re.MULTILINE) == [str(stopped.value.code)]


def test_the_backup_may_write_where_the_service_keeps_its_database() -> None:
    kept, writes = (
        (DEPLOY / file).read_text(encoding="utf-8")
        for file in ("gridlight.service", "gridlight-backup.service")
    )
    [folder] = re.findall(r"^StateDirectory=(\S+)$", kept, re.MULTILINE)
    assert "ProtectSystem=strict" in writes
    assert f"ReadWritePaths=-/var/lib/{folder}\n" in writes
    assert "EnvironmentFile=-/etc/gridlight/environment\n" in writes
