"""Recognises code that was written for Python 2 or for an early Python 3, and says what is written today."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cards.python.foreign.masking import without_texts
from cards.regex import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Callable


class OldForm(NamedTuple):
    """A piece of code that Python no longer knows."""

    what: str
    """As a noun: "the statement `print`"."""
    today: str
    """What to write in its place; code in backticks."""


class _Rule(NamedTuple):
    what: str
    pattern: re.Pattern[str]
    """Found in a line without the insides of its strings."""
    today: Callable[[str, re.Match[str]], str]
    """Given the whole line and the match, what is written today."""


def old_syntax(source: str, line: int) -> OldForm | None:
    """Return the form of Python 2 for which a line, from 1, does not parse; None where there is none."""
    lines, masked = source.split("\n"), without_texts(source).split("\n")
    if not 0 < line <= len(lines):
        return None
    for rule in _RULES:
        if match := rule.pattern.search(masked[line - 1]):
            return OldForm(rule.what, _marked(rule.today(lines[line - 1], match)))
    return None


def old_name(name: str) -> str:
    """Return what is written today for a built-in name of Python 2; empty for any other name."""
    return _marked(_NAMES.get(name, ""))


def old_module(module: str) -> str:
    """Return what is imported today for a standard module that an older Python had; empty for any other."""
    first = module.partition(".")[0]
    return _marked(_MODULES.get(module) or _MODULES.get(first, ""))


def old_attribute(text: str) -> OldForm | None:
    """Return what an AttributeError or ImportError misses that an older Python had; None where nothing is."""
    for pattern in _MISSING_IN_MODULE:
        if (match := pattern.search(text)) and (
            today := _ATTRIBUTES.get(f"{match['module']}.{match['name']}")
        ):
            return OldForm(f"`{match['module']}.{match['name']}`", _marked(today))
    match = _MISSING_IN_OBJECT.search(text)
    if match and (today := _METHODS.get((match["type"], match["name"])) or _TEST_METHODS.get(match["name"])):
        return OldForm(f"`{match['type']}.{match['name']}`", _marked(today))
    return None


def _marked(today: str) -> str:
    """Return what is written today with backticks around it, where it is code."""
    return today if not today or today.startswith(("nothing", "one parameter")) else f"`{today}`"


def _print_today(line: str, match: re.Match[str]) -> str:
    said = line[match.start("said") :].strip()
    if said.startswith(">>"):
        stream, _, said = said.removeprefix(">>").partition(",")
        return f"print({said.strip()}, file={stream.strip()})"
    return f'print({said[:-1].strip()}, end=" ")' if said.endswith(",") else f"print({said})"


def _from_group(template: str) -> Callable[[str, re.Match[str]], str]:
    return lambda line, match: template.format(
        **{name: line[slice(*match.span(name))].strip() for name in match.re.groupindex}
    )


_STATEMENT = r"(?:^\s*|[:;]\s*)"
_RULES = (
    _Rule(
        "the statement `print`",
        regex(rf"{_STATEMENT}print(?P<said>\s*>>.*|\s+[^\s=(].*|[\"'`].*)"),
        _print_today,
    ),
    _Rule(
        "the statement `exec`",
        regex(rf"{_STATEMENT}exec\s+(?P<code>[^\s=(].*?)(?:\s+in\s+(?P<scope>.+?))?\s*$"),
        lambda line, match: (
            f"exec({line[slice(*match.span('code'))]}"
            + (f", {line[slice(*match.span('scope'))]})" if match["scope"] else ")")
        ),
    ),
    _Rule(
        "`except Class, name`",
        regex(r"^\s*except\s+(?P<kind>[\w.]+|\(.*?\))\s*,\s*(?P<name>\w+)\s*:"),
        _from_group("except {kind} as {name}:"),
    ),
    _Rule(
        "`raise Class, message`",
        regex(rf"{_STATEMENT}raise\s+(?P<kind>[\w.]+)\s*,\s*(?P<said>[^\s].*?)\s*$"),
        _from_group("raise {kind}({said})"),
    ),
    _Rule("`<>`", regex(r"<>"), lambda _, __: "!="),
    _Rule("the backticks", regex(r"`(?P<said>[^`]*)`"), _from_group("repr({said})")),
    _Rule(
        "the octal number",
        regex(r"(?<![\w.])0(?P<digits>[0-7]*[1-7][0-7]*)[lL]?(?![\w.])"),
        _from_group("0o{digits}"),
    ),
    _Rule(
        "the long number",
        regex(r"(?<![\w.])(?P<digits>0[xX][0-9a-fA-F]+|\d+)[lL](?!\w)"),
        _from_group("{digits}"),
    ),
    _Rule("the prefix `ur`", regex(r"(?<!\w)[uU][rR](?=[\"'])"), lambda _, __: 'r"..."'),
    _Rule(
        "a tuple as a parameter",
        regex(r"\b(?:def\s+\w+\s*\((?:[^()=]*,)?|lambda)\s*\((?P<names>[\w\s,]+)\)"),
        lambda _, __: "one parameter, taken apart in the body",
    ),
)

_NAMES = {
    "basestring": "str",
    "cmp": "(a > b) - (a < b)",
    "execfile": "exec(open(path).read())",
    "long": "int",
    "raw_input": "input",
    "reduce": "functools.reduce",
    "reload": "importlib.reload",
    "unichr": "chr",
    "unicode": "str",
    "xrange": "range",
}
_MODULES = {
    "BaseHTTPServer": "http.server",
    "ConfigParser": "configparser",
    "Cookie": "http.cookies",
    "HTMLParser": "html.parser",
    "Queue": "queue",
    "SimpleHTTPServer": "http.server",
    "SocketServer": "socketserver",
    "StringIO": "io",
    "Tkinter": "tkinter",
    "UserDict": "collections",
    "__builtin__": "builtins",
    "aifc": "nothing in Python itself",
    "asynchat": "asyncio",
    "asyncore": "asyncio",
    "audioop": "nothing in Python itself",
    "cPickle": "pickle",
    "cStringIO": "io",
    "cgi": "nothing in Python itself, but `urllib.parse` reads query strings",
    "cgitb": "traceback",
    "chunk": "nothing in Python itself",
    "commands": "subprocess",
    "cookielib": "http.cookiejar",
    "copy_reg": "copyreg",
    "crypt": "hashlib",
    "distutils": "setuptools",
    "htmlentitydefs": "html.entities",
    "httplib": "http.client",
    "imghdr": "nothing in Python itself, but the package `filetype`",
    "imp": "importlib",
    "lib2to3": "nothing in Python itself, but the package `libcst`",
    "mailcap": "mimetypes",
    "md5": "hashlib",
    "msilib": "nothing in Python itself",
    "nis": "nothing in Python itself",
    "nntplib": "nothing in Python itself",
    "ossaudiodev": "nothing in Python itself",
    "pipes": "subprocess",
    "sets": "set",
    "sha": "hashlib",
    "smtpd": "nothing in Python itself, but the package `aiosmtpd`",
    "sndhdr": "nothing in Python itself, but the package `filetype`",
    "spwd": "nothing in Python itself",
    "sunau": "nothing in Python itself",
    "telnetlib": "nothing in Python itself, but the package `telnetlib3`",
    "thread": "threading",
    "urllib2": "urllib.request",
    "urlparse": "urllib.parse",
    "uu": "base64",
    "xdrlib": "struct",
    "xmlrpclib": "xmlrpc.client",
}
"""Modules of Python 2, and those that Python 3.12 and 3.13 dropped, with what is imported today."""
_ATTRIBUTES = {
    "asyncio.async": "asyncio.ensure_future",
    "asyncio.coroutine": "async def",
    "asyncio.get_event_loop": "asyncio.run",
    "collections.Callable": "collections.abc.Callable",
    "collections.Hashable": "collections.abc.Hashable",
    "collections.Iterable": "collections.abc.Iterable",
    "collections.Iterator": "collections.abc.Iterator",
    "collections.Mapping": "collections.abc.Mapping",
    "collections.MutableMapping": "collections.abc.MutableMapping",
    "collections.MutableSequence": "collections.abc.MutableSequence",
    "collections.Sequence": "collections.abc.Sequence",
    "collections.Set": "collections.abc.Set",
    "configparser.SafeConfigParser": "configparser.ConfigParser",
    "fractions.gcd": "math.gcd",
    "importlib.find_loader": "importlib.util.find_spec",
    "inspect.getargspec": "inspect.getfullargspec",
    "itertools.ifilter": "filter",
    "itertools.imap": "map",
    "itertools.izip": "zip",
    "itertools.izip_longest": "itertools.zip_longest",
    "locale.format": "locale.format_string",
    "locale.resetlocale": "locale.setlocale",
    "operator.div": "operator.truediv",
    "os.getcwdu": "os.getcwd",
    "platform.linux_distribution": "platform.freedesktop_os_release",
    "ssl.match_hostname": "nothing, the connection itself looks",
    "ssl.wrap_socket": "ssl.SSLContext.wrap_socket",
    "string.join": '" ".join(words)',
    "string.letters": "string.ascii_letters",
    "string.lowercase": "string.ascii_lowercase",
    "string.maketrans": "str.maketrans",
    "string.replace": "text.replace(old, new)",
    "string.split": "text.split()",
    "string.uppercase": "string.ascii_uppercase",
    "sys.maxint": "sys.maxsize",
    "sys.setdefaultencoding": "nothing, text is Unicode",
    "time.clock": "time.perf_counter",
    "types.StringType": "str",
    "unittest.makeSuite": "unittest.TestLoader().loadTestsFromTestCase",
    "urllib.quote": "urllib.parse.quote",
    "urllib.unquote": "urllib.parse.unquote",
    "urllib.urlencode": "urllib.parse.urlencode",
    "urllib.urlopen": "urllib.request.urlopen",
    "urllib.urlretrieve": "urllib.request.urlretrieve",
}
"""Parts of the standard library that an older Python had, and where they are today."""
_METHODS = {
    ("dict", "has_key"): "key in dictionary",
    ("dict", "iteritems"): "dictionary.items()",
    ("dict", "iterkeys"): "dictionary.keys()",
    ("dict", "itervalues"): "dictionary.values()",
    ("dict", "viewitems"): "dictionary.items()",
    ("dict", "viewkeys"): "dictionary.keys()",
    ("dict", "viewvalues"): "dictionary.values()",
    ("defaultdict", "iteritems"): "dictionary.items()",
    ("Counter", "iteritems"): "counter.items()",
    ("OrderedDict", "iteritems"): "dictionary.items()",
    ("generator", "next"): "next(generator)",
    ("list_iterator", "next"): "next(iterator)",
    ("listiterator", "next"): "next(iterator)",
    ("_io.TextIOWrapper", "next"): "next(file)",
    ("str", "decode"): "nothing, text is Unicode; bytes have `decode`",
    ("zip", "sort"): "sorted(...)",
    ("map", "sort"): "sorted(...)",
    ("filter", "sort"): "sorted(...)",
    ("dict_keys", "sort"): "sorted(dictionary)",
    ("dict_values", "sort"): "sorted(dictionary.values())",
    ("dict_items", "sort"): "sorted(dictionary.items())",
}
_TEST_METHODS = {
    "assertAlmostEquals": "assertAlmostEqual",
    "assertEquals": "assertEqual",
    "assertItemsEqual": "assertCountEqual",
    "assertNotEquals": "assertNotEqual",
    "assertRaisesRegexp": "assertRaisesRegex",
    "assertRegexpMatches": "assertRegex",
    "assert_": "assertTrue",
    "failUnless": "assertTrue",
}
"""Methods that every test case had, whatever its class is called."""
_MISSING_IN_MODULE = (
    regex(r"module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'"),
    regex(r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'"),
)
_MISSING_IN_OBJECT = regex(r"'(?P<type>[\w.]+)' object has no attribute '(?P<name>\w+)'")
