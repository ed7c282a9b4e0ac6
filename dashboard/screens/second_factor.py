"""The page on which the owner of an account sets up an authenticator and gets recovery codes."""

import segno
import streamlit as st

from dashboard import identity, key_files
from dashboard.frame import head
from dashboard.i18n import _
from dashboard.markdown import told
from dashboard.reads import cache
from data.access import brakes, second_factor
from data.access.permission import Viewer
from data.access.second_factor import FactorRefusedError, WrongCodeError
from data.store.access_log import Act
from data.store.database import reading, recording

LONGEST_CODE = 40
PICTURE_WIDTH = 260


def second_factor_form() -> None:
    """Draw the form to set up an authenticator or, if there is one, to change or remove it."""
    viewer = identity.require_viewer()
    head.title(_("Set up a second factor"))
    with st.container(horizontal_alignment="center"), st.container(width=520):
        with reading(cache.engine()) as connection:
            on = second_factor.is_on(connection, viewer.account)
            left = second_factor.codes_left(connection, viewer.account)
        if on:
            _there(viewer, left)
        else:
            _set_up(viewer)


def _set_up(viewer: Viewer) -> None:
    act = identity.act()
    seal = key_files.seal()
    with recording(cache.engine()) as connection:
        secret = second_factor.begin(connection, act, seal)
    place = st.empty()
    with place.container(key="second-factor-picture"):
        if viewer.must_enrol:
            st.info(_("Your role needs a second factor. Set it up before anything else."))
        _picture(viewer.account, secret)
    with st.form("second-factor-set-up", clear_on_submit=True):
        code = _code_field()
        if st.form_submit_button(_("Confirm"), key="second-factor-confirm"):
            try:
                with recording(cache.engine()) as connection:
                    codes = second_factor.confirm(connection, act, code, seal)
            except FactorRefusedError as error:
                st.error(told(error.sentence))
                return
            place.empty()
            _show(codes)


def _picture(account: str, secret: str) -> None:
    st.write(
        _(
            "Read this picture with an authenticator on your phone (any that knows TOTP), or type"
            " the key into it. Then type the six digits that it shows."
        )
    )
    picture = segno.make(second_factor.address(account, secret), error="m")
    # A white margin even in the dark theme, as phones cannot read the code without it.
    st.image(
        picture.png_data_uri(scale=6, border=4, light="white"),
        alt=_("Picture for the authenticator"),
        width=PICTURE_WIDTH,
    )
    st.code(" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)), language=None)


def _there(viewer: Viewer, left: int) -> None:
    st.success(_("An authenticator is set up. Signing in needs its code."))
    st.caption(
        _("{left} of {all} recovery codes are unused.", left=left, all=second_factor.RECOVERY_CODES)
    )
    with st.form("second-factor-change", clear_on_submit=True):
        code = _code_field()
        with st.container(horizontal=True):
            renew = st.form_submit_button(_("New recovery codes"), key="second-factor-codes")
            replace = st.form_submit_button(
                _("Set up another authenticator"), key="second-factor-replace"
            )
        if not renew and not replace:
            return
        act = identity.act()
        try:
            with recording(cache.engine()) as connection:
                if renew:
                    codes = second_factor.new_codes(connection, act, code, key_files.seal())
                else:
                    second_factor.replace(connection, act, code, key_files.seal())
        except WrongCodeError as error:
            _note_wrong(act)
            st.error(told(error.sentence))
            return
        if renew:
            _show(codes)
            return
    cache.forget_viewers()
    st.rerun()


def _note_wrong(act: Act) -> None:
    # Count the attempt, so that codes cannot be guessed without limit on a page left open.
    with recording(cache.engine()) as connection:
        brakes.refuse_code(connection, act)


def _code_field() -> str:
    return st.text_input(
        _("Sign-in code"),
        key="second-factor-code",
        max_chars=LONGEST_CODE,
        autocomplete="one-time-code",
    )


def _show(codes: list[str]) -> None:
    """Show the recovery codes once, in the run that made them; they are not stored in readable
    form."""
    st.success(_("The authenticator is set up."))
    st.write(
        _(
            "Keep these recovery codes on paper. Each stands in once for the authenticator. They"
            " are shown only now."
        )
    )
    st.code("\n".join(codes), language=None)
    st.form_submit_button(
        _("I have kept them"), key="second-factor-kept", on_click=cache.forget_viewers
    )
