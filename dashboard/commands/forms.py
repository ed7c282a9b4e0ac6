"""`gridlight form`: list, export, import and remove the forms by which own ledgers are read."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from dashboard.commands.opening import act, to_read, to_write
from dashboard.commands.options import Database, Force
from dashboard.commands.outcome import RefusedError
from dashboard.commands.speaking import tell, tell_table
from dashboard.commands.usage import Command, Group
from dashboard.i18n import _
from data.own_ledgers.forms import kept_forms
from data.own_ledgers.forms.form import of_json
from data.store.database import reading, writing
from models.text import N_

app = typer.Typer(
    cls=Group, no_args_is_help=True, help=N_("Forms: how own ledgers of offices are read.")
)
FormName = Annotated[str, typer.Argument(metavar="NAME", help=N_("The name of the form."))]


@app.command("list", cls=Command, help=N_("List the forms."))
def list_forms(database: Database = None) -> None:
    """List the forms, shipped ones and those of the district."""
    with to_read(database) as engine, reading(engine) as connection:
        forms, kept = kept_forms.current(connection), kept_forms.kept_names(connection)
    header = (_("Form"), _("English name"), _("About"), _("Status"))
    status = {True: _("Kept by the district"), False: _("As shipped")}
    tell_table(
        header,
        [
            (form.name, form.english, form.subject, status[form.name in kept])
            for form in forms.values()
        ],
    )


@app.command("export", cls=Command, help=N_("Write a form as JSON, to change it and import it."))
def export_form(
    chosen: FormName,
    out: Annotated[
        Path | None,
        typer.Argument(metavar="OUT.json", help=N_("The file; else standard output.")),
    ] = None,
    force: Force = False,
    database: Database = None,
) -> None:
    """Write a form as JSON, as `form import` reads it."""
    with to_read(database) as engine, reading(engine) as connection:
        form = kept_forms.require(kept_forms.current(connection), chosen)
    content = json.dumps(form.as_json(), ensure_ascii=False, indent=1) + "\n"
    if out is None:
        sys.stdout.write(content)
        return
    if out.exists() and not force:
        raise RefusedError(
            _(
                "{file} is there already. Choose another name, or add --force to replace it.",
                file=out,
            )
        )
    out.write_text(content, encoding="utf-8")
    tell(_("{file} is written.", file=out))


@app.command("import", cls=Command, help=N_("Keep a form, in the place of one of its name."))
def import_form(
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help=N_("The form."))],
    database: Database = None,
) -> None:
    """Check a form and use it from now on."""
    try:
        given = json.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise RefusedError(_("{file} does not hold JSON.", file=file)) from error
    form = of_json(given)
    with to_write(database) as engine, writing(engine) as connection:
        kept_forms.keep(connection, act(), form)
    tell(_("The form “{form}” is kept.", form=form.name))


@app.command("remove", cls=Command, help=N_("Take away a form that the district keeps."))
def remove_form(chosen: FormName, database: Database = None) -> None:
    """Remove a form of the district; a shipped form of the same name applies again."""
    with to_write(database) as engine, writing(engine) as connection:
        kept_forms.remove(connection, act(), chosen)
    tell(_("The form “{form}” is removed.", form=chosen))
