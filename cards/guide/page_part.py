"""Headings of parts that a page has besides its questions: an overview, a licence, where to read on."""

from __future__ import annotations

import re

from cards.guide.decoration import undecorated
from cards.regex import regex

_OPENING_OR_CLOSING = regex(
    r"(?:(?:the|a|an|brief|quick|short|final|general|some)\s+)*(?:overview|introduction|intro|summary|conclusions?"
    r"|background|preface|foreword|motivation|abstract|about|notes?|remarks?|thoughts|disclaimers?|tl;?dr|recap"
    r"|before you (?:begin|start)|prerequisites|requirements|getting started"
    r"|wrap(?:ping)?[- ]?up|miscellaneous|misc|others?|general|basics|key takeaways|takeaways"
    r"|einführung|einleitung|überblick|zusammenfassung|fazit|introducción|resumen|conclusión"
    r"|introdução|resumo|aperçu|résumé|введение|обзор|итоги|заключение"
    r"|简介|介绍|概述|总结|前言|はじめに|概要|まとめ)[.:!]?",
    re.IGNORECASE,
)
_LEADS_ON = regex(
    r"(?:(?:additional|further|other|more|useful|external|recommended|related|learning|suggested|helpful"
    r"|extra|the|list of)\s+)*(?:resources|readings?|links|references|bibliography|sources|citations"
    r"|see also|materials?|books|articles|videos)"
    r"|(?:what(?:'s|’s| is) )?next(?: steps)?|where to go from here|learn more|read more"  # noqa: RUF001
    r"|(?:quellen|literatur|weiterführende links|recursos|referencias|enlaces|bibliografía"
    r"|références|ressources"
    r"|ссылки|литература|источники|参考资料|参考文献|参考|延伸阅读|相关链接|参考リンク)",
    re.IGNORECASE,
)
_ABOUT_PROJECT = regex(
    r"(?:how to |want to |ways to )?contribut(?:e|ing|ions?|ors?)(?: (?:to|guide|guidelines).*)?"
    r"|(?:code of conduct|acknowledge?ments?|credits?|thanks|special thanks|(?:the )?licen[cs]es?"
    r"|copyright|authors?|maintainers?|sponsors?|backers|support (?:this|the|us|me)\b.*|donat(?:e|ions?)"
    r"|contact(?: (?:us|me))?|feedback|change ?log|release notes|translations?|stargazers.*|star history"
    r"|(?:table of )?contents"
    r"|follow (?:us|me).*|stay in touch|connect with me|disclaimer|how to use this .{3,40}"
    r"|lizenz|mitwirkende|danksagung|beiträge|licencia|contribu(?:ye|ir|ciones)|agradecimientos|licença|licence|mitwirken"
    r"|apoya.*|赞助|支持作者|打赏|лицензия|благодарности|贡献|许可证|许可|致谢|目录)",
    re.IGNORECASE,
)
_ADVERTISES = regex(
    r"\bhere\W*[👉➡→☞]|[👉☞]"
    r"|\b(?:find|see|explore|get|view|check out)\b.{0,40}\b(?:all|more|full|other)\b.{0,60}\b(?:here|at|on)\b"
    r"|\b(?:click|join|subscribe|sign up|follow (?:us|me)|star (?:this|the))\b.{0,40}\b"
    r"(?:here|us|me|repo\w*|channel|newsletter|now)\b",
    re.IGNORECASE,
)


def opens_or_closes_page(words: str) -> bool:
    """Tell whether a heading only says that something begins or ends: nobody can answer `Overview`."""
    return bool(_OPENING_OR_CLOSING.fullmatch(undecorated(words).strip()))


def is_about_page(words: str) -> bool:
    """Tell whether a heading stands over what leads on, or tells of the page itself: `License`."""
    bare = undecorated(words).strip().rstrip(":.!")
    return bool(_LEADS_ON.fullmatch(bare) or _ABOUT_PROJECT.fullmatch(bare))


def advertises(words: str) -> bool:
    """Tell whether a heading calls readers to another place: `Find all 70 answers here`."""
    return bool(_ADVERTISES.search(words))
