from __future__ import annotations

import pytest

from cards.python.foreign.python_2 import OldForm, old_attribute, old_module, old_name, old_syntax


@pytest.mark.parametrize(
    ("line", "today"),
    [
        ('print "x"', '`print("x")`'),
        ("print x, y", "`print(x, y)`"),
        ("print x,", '`print(x, end=" ")`'),
        ("if ready: print 'yes'", "`print('yes')`"),
        ("except ValueError, error:", "`except ValueError as error:`"),
        ("except (KeyError, IndexError), e:", "`except (KeyError, IndexError) as e:`"),
        ("name = `count`", "`repr(count)`"),
        ('exec "x = 1"', '`exec("x = 1")`'),
        ("exec code in scope", "`exec(code, scope)`"),
        ('raise ValueError, "too many"', '`raise ValueError("too many")`'),
        ("os.chmod(path, 0777)", "`0o777`"),
        ("if a <> b:", "`!=`"),
        ("big = 10L", "`10`"),
        ('text = ur"\\d"', '`r"..."`'),
        ("lambda (a, b): a", "one parameter, taken apart in the body"),
    ],
)
def test_python_2_is_known_by_its_forms_and_has_a_form_today(line: str, today: str) -> None:
    old = old_syntax(f"x = 1\n{line}", 2)
    assert old is not None
    assert old.today == today


@pytest.mark.parametrize(
    "line", ["print(x", 'x = \'print "a"', "except ValueError as e", "x = 0.777 +", "# print x", "y = 10l_"]
)
def test_other_code_that_does_not_parse_is_not_taken_for_it(line: str) -> None:
    assert old_syntax(line, 1) is None


def test_names_modules_and_attributes_have_their_place_today() -> None:
    assert (old_name("xrange"), old_name("raw_input"), old_name("model")) == ("`range`", "`input`", "")
    assert (old_module("urllib2"), old_module("cPickle"), old_module("numpy")) == (
        "`urllib.request`",
        "`pickle`",
        "",
    )
    assert old_attribute("'dict' object has no attribute 'has_key'") == OldForm(
        "`dict.has_key`", "`key in dictionary`"
    )
    assert old_attribute("module 'time' has no attribute 'clock'") == OldForm(
        "`time.clock`", "`time.perf_counter`"
    )
    assert old_attribute("cannot import name 'Mapping' from 'collections' (/x.py)") == OldForm(
        "`collections.Mapping`", "`collections.abc.Mapping`"
    )
    assert old_attribute("'list' object has no attribute 'nothing'") is None


@pytest.mark.parametrize(
    ("module", "today"),
    [
        ("asyncore", "`asyncio`"),
        ("cgi", "nothing in Python itself, but `urllib.parse` reads query strings"),
        ("lib2to3.pgen2.driver", "nothing in Python itself, but the package `libcst`"),
        ("distutils.core", "`setuptools`"),
        ("telnetlib3", ""),
    ],
)
def test_a_module_that_python_3_12_or_3_13_dropped_is_no_package_to_install(module: str, today: str) -> None:
    assert old_module(module) == today


def test_the_old_names_of_test_methods_are_known_in_any_class() -> None:
    assert old_attribute(
        "'TestTotals' object has no attribute 'assertEquals'. Did you mean: 'assertEqual'?"
    ) == (OldForm("`TestTotals.assertEquals`", "`assertEqual`"))
