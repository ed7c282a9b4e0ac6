"""Settings come from the environment, else from the settings file, else by default."""

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import setting_origins, settings
from dashboard.setting_origins import SettingsError, Source
from data.access.permission import viewer
from models.account import Role

ROOT = Path(__file__).parents[2]


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An environment with a data folder of its own, on a machine without a settings file."""
    monkeypatch.setattr(setting_origins, "FILE_OF_MACHINE", tmp_path / "etc" / "gridlight.toml")
    return {"GRIDLIGHT_HOME": str(tmp_path / "home")}


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def source(environ: dict[str, str], variable: str) -> Source:
    (found,) = (each for each in setting_origins.origins(environ) if each.variable == variable)
    return found.source


def test_without_anything_the_defaults_hold(environ, tmp_path):
    found = settings.in_use(environ)
    assert found.database_url == f"sqlite:///{tmp_path / 'home' / 'gridlight.sqlite'}"
    assert (found.language, found.https, found.demonstration) == ("zh_CN", False, False)
    assert str(found.time_zone) == "Asia/Shanghai"
    assert source(environ, setting_origins.DATABASE_URL) is Source.DEFAULT


def test_the_file_in_the_data_folder_is_read(environ, tmp_path):
    written(tmp_path / "home" / "gridlight.toml", 'language = "en"\nhttps = true\n')
    found = settings.in_use(environ)
    assert (found.language, found.https) == ("en", True)
    assert source(environ, setting_origins.LANGUAGE) is Source.FILE


def test_the_file_of_the_machine_goes_before_the_one_in_the_data_folder(environ, tmp_path):
    written(tmp_path / "home" / "gridlight.toml", 'language = "zh_CN"')
    written(tmp_path / "etc" / "gridlight.toml", 'language = "en"')
    assert settings.in_use(environ).language == "en"


def test_a_named_file_goes_before_both(environ, tmp_path):
    written(tmp_path / "etc" / "gridlight.toml", 'language = "en"')
    environ["GRIDLIGHT_SETTINGS"] = str(written(tmp_path / "own.toml", 'language = "zh_CN"'))
    assert settings.in_use(environ).language == "zh_CN"


def test_the_environment_goes_before_the_file(environ, tmp_path):
    written(tmp_path / "etc" / "gridlight.toml", 'language = "zh_CN"')
    environ["GRIDLIGHT_LANGUAGE"] = "en"
    assert settings.in_use(environ).language == "en"
    assert source(environ, setting_origins.LANGUAGE) is Source.ENVIRONMENT


def test_a_data_folder_named_in_the_file_holds_the_database(environ, tmp_path):
    del environ["GRIDLIGHT_HOME"]
    environ["XDG_DATA_HOME"] = str(tmp_path / "xdg")
    written(tmp_path / "etc" / "gridlight.toml", f'home = "{tmp_path / "data"}"')
    assert setting_origins.home(environ) == tmp_path / "data"
    assert settings.in_use(environ).database_url.endswith("/data/gridlight.sqlite")


def test_a_file_that_was_changed_is_read_again(environ, tmp_path):
    path = written(tmp_path / "etc" / "gridlight.toml", 'language = "en"')
    assert settings.in_use(environ).language == "en"
    path.write_text('language = "zh_CN"', encoding="utf-8")
    assert settings.in_use(environ).language == "zh_CN"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("langauge = 'en'", "there is no setting 'langauge'"),
        ("language = 'fr'", "language is 'fr'. Set it to one of zh_CN, en."),
        ("time_zone = 'Nowhere'", "time_zone is 'Nowhere'. Set it to a name like Asia/Shanghai."),
        ("https = 2", "https is '2'. Set it to 1 or 0."),
        ("language = ['en']", "language must be a text, a number, true or false."),
        ("language", "is not TOML"),
        ("reader_memory = 500", "'500'. Set it to a whole number from 800 to 65536."),
        ("reader_seconds = 0", "'0'. Set it to a whole number from 10 to 3600."),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(environ, tmp_path, text, said):
    path = written(tmp_path / "etc" / "gridlight.toml", text)
    with pytest.raises(SettingsError) as refusal:
        settings.in_use(environ)
    assert said in str(refusal.value)
    assert str(path) in str(refusal.value)


def test_files_of_units_are_read_within_their_own_time_and_never_longer_than_others(environ):
    environ |= {"GRIDLIGHT_READER_SECONDS": "300", "GRIDLIGHT_READER_SECONDS_OF_UNITS": "90"}
    given = settings.in_use(environ)
    steward = viewer("steward", "", Role.STEWARD, [])
    unit = replace(steward, units=frozenset({"U1"}))
    assert [given.reading_for(each).seconds for each in (steward, unit, None)] == [300, 90, 90]
    environ["GRIDLIGHT_READER_SECONDS"] = "60"
    assert settings.in_use(environ).reading_for(unit).seconds == 60


def test_a_named_file_that_is_missing_is_refused(environ, tmp_path):
    environ["GRIDLIGHT_SETTINGS"] = str(tmp_path / "none.toml")
    with pytest.raises(SettingsError, match=r"none\.toml cannot be read"):
        settings.in_use(environ)


def test_the_sample_file_names_every_setting(environ):
    environ["GRIDLIGHT_SETTINGS"] = str(ROOT / "deploy" / "gridlight.toml")
    assert {
        each.source
        for each in setting_origins.origins(environ)
        if each.variable != setting_origins.HOME
    } == {Source.FILE}
    assert settings.in_use(environ).https


def test_within_a_run_the_settings_are_looked_up_once(monkeypatch):
    monkeypatch.setenv(setting_origins.LANGUAGE, "en")
    with settings.held():
        assert settings.in_use().language == "en"
        monkeypatch.setenv(setting_origins.LANGUAGE, "zh_CN")
        assert settings.in_use().language == "en"
    assert settings.in_use().language == "zh_CN"
