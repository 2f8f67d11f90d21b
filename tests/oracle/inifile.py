"""Reads the INI dialect of rubric files: sections in order, keys in order, quotes, continued keys.

Only valid files are expected here; the engine under test is the one that must explain faults.
"""
import re

LANGUAGE = re.compile(r"^(?P<key>.*?)(\[(?P<lang>[^\]]+)\])?(\.(?P<part>[0-9]+))?$")
LIST_KEYS = {"levels", "dimensions", "options", "score", "groups", "profiles", "skip", "raises",
             "after"}


class Section:
    """One section: `name`, its `keys` (joined, without language) and `titles` (every language)."""

    def __init__(self, name):
        self.name = name
        self.keys = {}
        self.translated = {}

    def get(self, key, default=None):
        return self.keys.get(key, default)

    def items(self, key):
        """The list standing under `key`, empty where it is absent."""
        text = self.keys.get(key)
        return [part.strip() for part in text.split(",")] if text else []

    def texts(self, key):
        """`key` in every language the file has it in."""
        return [text for (name, _), text in self.translated.items() if name == key]


def unquote(text):
    """The value of a line: quoted text with its two escapes, or text up to a comment."""
    text = text.strip()
    if text[:1] in ("\"", "'"):
        end = closing_quote(text)
        return text[1:end].replace("''", "\"").replace("\\n", "\n")
    return re.split("[;#]", text, maxsplit=1)[0].strip()


def closing_quote(text):
    end = text.find(text[0], 1)
    return end if end > 0 else len(text)


def read_ini(path):
    """Sections of the file in their order, by lower-case name; equal names are one section."""
    sections = {}
    current = None
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.strip()
            if not line or line[0] in ";#":
                continue
            if line[0] == "[":
                name = " ".join(line[1:line.index("]")].lower().split())
                current = sections.setdefault(name, Section(name))
                continue
            key, _, value = line.partition("=")
            add_key(current, key.strip().lower(), unquote(value))
    return sections


def add_key(section, key, value):
    found = LANGUAGE.match(key)
    name, lang, part = found["key"], found["lang"], found["part"]
    slot = (name, lang)
    if part and slot in section.translated:
        joint = "," if name in LIST_KEYS else ""
        value = section.translated[slot] + joint + value
    section.translated[slot] = value
    if lang is None:
        section.keys[" ".join(name.split())] = value


def merge(own, base):
    """The sections of a rubric on top of those of its base: the base's come first, and a key
    replaces the base's."""
    merged = dict(base)
    for name, section in own.items():
        below = base.get(name)
        if below:
            section.keys = {**below.keys, **section.keys}
            section.translated = {**below.translated, **section.translated}
        merged[name] = section
    return merged
