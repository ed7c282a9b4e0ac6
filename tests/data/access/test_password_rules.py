"""Each rule of passwords by itself, with its edges, and what its refusal says."""

import pytest

from data.access import password_rules, passwords
from data.access.password_rules import PasswordRefusedError, check

OWN = ("wang", "王某某")
GOOD = "Kx7#river-Lamp"


def refusal(password: str, *own_words: str) -> str:
    with pytest.raises(PasswordRefusedError) as caught:
        check(password, own_words or OWN)
    return caught.value.sentence.say(str, "en")


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "seven lamps under a river",
        "经济安全审计监督网格化治理好得很呢",
        "a1" + "汉字好长的句七月风雨过江来看灯",
    ],
)
def test_good_password_is_taken(password):
    check(password, OWN)
    assert passwords.matches(password, passwords.hashed(password))
    assert not passwords.matches(password + "x", passwords.hashed(password))


def test_twelve_characters_at_least():
    check(GOOD[:12], OWN)
    assert "at least 12" in refusal(GOOD[:11])


@pytest.mark.parametrize("password", ["x" * 65, "汉" * 25])
def test_not_longer_than_is_compared(password):
    assert "at most 64 characters, and at most 72 bytes" in refusal(password)


@pytest.mark.parametrize("password", [" " + GOOD, GOOD + " ", GOOD + "\n", GOOD[:6] + "\0" + GOOD])
def test_nothing_that_a_form_strips_or_nobody_types(password):
    assert "control characters" in refusal(password)


def test_six_different_characters_at_least():
    assert "different" in refusal("aB3#c" * 4)
    check("aB3#ck" + "kc#3Ba", OWN)


@pytest.mark.parametrize(
    ("password", "missing"),
    [
        ("kx7#river-lamp", "capital letters"),
        ("KX7#RIVER-LAMP", "small letters"),
        ("Kxy#river-Lamp", "digits"),
        ("Kx7riverLampQu", "other characters"),
        ("kxyriverlampqu", "capital letters, digits, other characters"),
        ("经济安全审计监督网格化治理", "capital letters, small letters, digits"),
    ],
)
def test_four_kinds_of_characters_and_the_refusal_names_those_that_are_missing(password, missing):
    assert refusal(password).endswith(f"Missing: {missing}.")


def test_what_is_missing_is_said_in_chinese_too():
    with pytest.raises(PasswordRefusedError) as caught:
        check("kx7#river-lamp", OWN)
    assert "大写字母" in caught.value.sentence.say(str, "zh_CN")


def test_from_sixteen_characters_on_any_kind_will_do():
    assert len("lampen am fluss!") == 16
    check("lampen am fluss!", OWN)
    assert "Missing" in refusal("lampen am fluss")


@pytest.mark.parametrize(
    "password",
    ["Xk9#wang!lampQ", "Xk9#WANG!lampq", "a lamp of 王某某 in the river"],
)
def test_neither_the_account_nor_its_owner_stands_in_it(password):
    assert "name of the account" in refusal(password)


def test_each_word_of_a_name_counts():
    assert "name of the account" in refusal("a lamp of olga in the river", "op", "Olga Petrova")


def test_a_short_name_may_stand_in_it_by_chance():
    check(GOOD, ("ri", "Kx"))
    assert "name of the account" in refusal("a lamp of 王某 in the river", "ri", "王某")


@pytest.mark.parametrize(
    "password", ["Password1234!", "iloveyou20261231", "1234-Sunshine!", "!!Princess2026"]
)
def test_the_commonest_are_refused_with_digits_and_signs_around_them_too(password):
    assert "10000 commonest" in refusal(password)


def test_a_common_word_beside_others_is_no_common_password():
    check("sunshine over seven lamps", OWN)


@pytest.mark.parametrize(
    "password",
    [
        "1234567890123456",
        "passwordpassword",
        "qwertyuiopasdfgh",
        "Admin@123456",
        "Abcdef123456!",
        "Gridlight-2026",
    ],
)
def test_what_is_easily_guessed_is_refused(password):
    assert "easy to guess" in refusal(password)


def test_one_time_passwords_pass_the_rules_and_differ():
    made = {password_rules.one_time(*OWN) for _ in range(20)}
    assert len(made) == 20
    for each in made:
        check(each, OWN)
