"""Downloads of letters, one by one or all in one archive; each letter is checked first."""

from collections.abc import Sequence

import streamlit as st

from dashboard import identity
from dashboard.documents.letters.files import File, files, zipped
from dashboard.documents.official.differing import FigureDiffersError
from dashboard.documents.official.file_types import DOCX, ZIP
from dashboard.frame.view import View
from dashboard.i18n import _, language
from dashboard.markdown import literal, told
from dashboard.reads import cache
from dashboard.widgets import buttons
from dashboard.widgets.downloads import hand_out
from data.access.permission import Action
from data.collection.reminders import IssuedReminder
from data.letters.issuing import Issued, Key, NoSuchLetterError
from models.text import N_

NO_SUCH_LETTER = N_("There is no such letter.")
# Session keys of the letters issued last, and of their files by language.
ISSUED, MADE = "letters-issued", "letters-made"


def keep(issued: Sequence[Issued | IssuedReminder]) -> None:
    """Remember the letters issued just now, to offer them for download after the rerun."""
    st.session_state[ISSUED] = tuple(issued)


def just_issued(view: View) -> None:
    """Draw the letters that were issued just now, with their downloads."""
    issued: tuple[Issued | IssuedReminder, ...] = st.session_state.get(ISSUED, ())
    if not issued or view.frozen:
        return
    with st.container(border=True, key="letters-just-issued"):
        numbers = _(", ").join(letter.number for letter in issued)
        st.success(
            _("Issued: {numbers}. They stand under “Letters sent”.", numbers=literal(numbers))
        )
        downloads(view, [letter.key for letter in issued], key="issued")
        if st.button(_("Done"), key="letters-issued-done"):
            del st.session_state[ISSUED]
            st.rerun()


def downloads(view: View, keys: Sequence[Key], *, key: str) -> None:
    """Draw a download for each letter, and one for all; a sentence instead if a check fails."""
    if not view.viewer.may(Action.EXPORT):
        return
    try:
        made = _made(tuple(keys))
    except FigureDiffersError as error:
        st.error(told(error.sentence))
        return
    except NoSuchLetterError:
        st.error(_(NO_SUCH_LETTER))
        return
    with st.container(horizontal=True):
        for number, (letter, file) in enumerate(zip(keys, made, strict=True)):
            button = f"letters-file-{key}-{number}"
            _button(file, DOCX, button, file.name, subject=_subject(letter))
        if len(made) > 1:
            archive = File(_("Letters") + ".zip", zipped(made))
            label = _("All letters (.zip)")
            subject = "; ".join(map(_subject, keys))
            _button(archive, ZIP, f"letters-zip-{key}", label, subject=subject, first=True)


def _subject(letter: Key) -> str:
    """Return the name of a letter for the access log, without its unit's name."""
    return f"letter {letter.step} {letter.year} {letter.serial}"


def _button(
    file: File, mime: str, key: str, label: str, *, subject: str, first: bool = False
) -> None:
    hand_out(
        literal(label),
        lambda: file.content,
        subject=subject,
        file_name=file.name,
        mime=mime,
        key=key,
        look=buttons.main_button_type() if first else "secondary",
    )


def _made(keys: tuple[Key, ...]) -> tuple[File, ...]:
    """Return the files, cached for each state of the data, as a page is drawn many times."""
    asked = (keys, language(), cache.version(), identity.require_viewer())
    kept = st.session_state.get(MADE)
    if kept is None or kept[0] != asked:
        kept = (asked, files(identity.require_viewer(), keys))
        st.session_state[MADE] = kept
    made: tuple[File, ...] = kept[1]
    return made
