"""`gridlight config` says where each setting comes from; what writes names its database."""

import json
from pathlib import Path

from tests.dashboard.commands.calling import Shell


def test_each_setting_is_shown_with_where_it_comes_from(shell: Shell, monkeypatch, tmp_path: Path):
    own = tmp_path / "own.toml"
    own.write_text('database_url = "postgresql://gridlight:geheim@db/gridlight"', encoding="utf-8")
    monkeypatch.setenv("GRIDLIGHT_SETTINGS", str(own))
    result = shell.call("config", "--json", GRIDLIGHT_DATABASE_URL=None)
    assert "geheim" not in result.output
    found = {each["setting"]: each for each in json.loads(result.stdout)}
    assert found["GRIDLIGHT_DATABASE_URL"] == {
        "setting": "GRIDLIGHT_DATABASE_URL",
        "value": "postgresql://gridlight:***@db/gridlight",
        "source": "file",
        "place": f"{own}: database_url",
    }
    assert found["GRIDLIGHT_TIME_ZONE"]["source"] == "default"


def test_what_writes_names_the_database_beside_its_result(filled: Shell):
    result = filled.call("rebuild")
    assert result.stderr.startswith("Database: sqlite:///")
    assert "Database" not in result.stdout


def test_what_only_reads_names_none(filled: Shell):
    assert filled.call("figures").stderr == ""
