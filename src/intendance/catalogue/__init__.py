"""The names and facts: equipment, services, nations, organisations, makers (docs/catalogue.md)."""

from intendance.catalogue._brackets import MAX_FORMS, base_form, expand
from intendance.catalogue._catalogue import SETTING, Catalogue, load_catalogue
from intendance.catalogue._entries import (
    LANGUAGES,
    TABLES,
    Class,
    Collective,
    Entry,
    Kind,
    Language,
    Maker,
    Nation,
    Office,
    Official,
    Organisation,
    Outlet,
    Place,
    Programme,
)
from intendance.catalogue._index import Form

__all__ = [
    "LANGUAGES",
    "MAX_FORMS",
    "SETTING",
    "TABLES",
    "Catalogue",
    "Class",
    "Collective",
    "Entry",
    "Form",
    "Kind",
    "Language",
    "Maker",
    "Nation",
    "Office",
    "Official",
    "Organisation",
    "Outlet",
    "Place",
    "Programme",
    "base_form",
    "expand",
    "load_catalogue",
]
