"""`gridlight config`: every setting, its value, and where it comes from."""

import typer

from dashboard import setting_origins
from dashboard.commands.opening import shown
from dashboard.commands.options import Database, Json
from dashboard.commands.speaking import note, tell_json, tell_table
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _
from dashboard.setting_origins import Given, Source
from models.text import N_

app = typer.Typer(cls=Group)


@app.command("config", cls=Command, help=N_("Show the settings and where each comes from."))
def config(database: Database = None, as_json: Json = False) -> None:
    """Show all settings; passwords in addresses are hidden."""
    origins = setting_origins.origins()
    if database:
        given = Given(setting_origins.DATABASE_URL, database, Source.OPTION, "--database")
        origins = [given if each.variable == given.variable else each for each in origins]
    if as_json:
        tell_json(
            [
                {
                    "setting": each.variable,
                    "value": _value(each),
                    "source": each.source.value,
                    "place": each.place,
                }
                for each in origins
            ]
        )
        return
    tell_table(
        (_("Setting"), _("Value"), _("From")),
        [(each.variable, _value(each), _from(each)) for each in origins],
    )
    path = setting_origins.file_in_use()
    note(_("Settings file: {path}", path=path) if path else _("Settings file: none."))


def _value(given: Given) -> str:
    return shown(given.text) if given.variable == setting_origins.DATABASE_URL else given.text


def _from(given: Given) -> str:
    match given.source:
        case Source.ENVIRONMENT:
            return _("the environment")
        case Source.FILE | Source.OPTION:
            return given.place
    return _("the default")
