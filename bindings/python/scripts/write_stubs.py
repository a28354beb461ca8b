"""Writes the stubs that follow from the kinds of records.

Run it with the crmkit whose records they are, and where to write them::

    python scripts/write_stubs.py python/crmkit
"""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections.abc import Iterable
from inspect import Parameter, Signature
from pathlib import Path

from crmkit import _signatures, _tables
from crmkit._schema import CHOICES, ENTITIES, Choice, Entity, Field
from crmkit.collections import COMMANDS

_WIDTH = 100
_READ = {
    "bool": "bool",
    "integer": "int",
    "decimal": "Decimal",
    "text": "str",
    "money": "Money",
    "date": "date",
    "instant": "datetime",
    "id": "UUID",
    "custom": "Mapping[str, CustomValue]",
}
# What a stub may name, and where it comes from.
_IMPORTS = {
    "Any": "typing",
    "ClassVar": "typing",
    "CustomValue": "crmkit._values",
    "Decimal": "decimal",
    "Crm": "crmkit._crm",
    "Collection": "crmkit._collection",
    "Iterable": "collections.abc",
    "Literal": "typing",
    "Mapping": "collections.abc",
    "Money": "crmkit._native",
    "NewMemberStatus": "crmkit.collections.new_member_status",
    "NewStage": "crmkit.collections.new_stage",
    "Record": "crmkit._native",
    "Self": "typing",
    "StrEnum": "enum",
    "TypeAlias": "typing",
    "UUID": "uuid",
    "date": "datetime",
    "datetime": "datetime",
    "final": "typing",
    **dict.fromkeys(CHOICES, "crmkit.choices"),
    **{entity.class_name: "crmkit.records" for entity in ENTITIES.values()},
    **{_tables.class_name(table): "crmkit._tables" for table in ENTITIES},
    **{collection.__name__: collection.__module__ for collection in COMMANDS.values()},
}


def stubs() -> dict[str, str]:
    """The stubs by the names of their files."""
    return {
        "_collections.pyi": _collections(),
        "_tables.pyi": _tables_stub(),
        "choices.pyi": _choices(),
        "records.pyi": _records(),
    }


def _choices() -> str:
    body = [_enum(CHOICES[name]) for name in sorted(CHOICES)]
    return _file("The kinds and states of records: every one a real ``StrEnum``.", body, CHOICES)


def _enum(choice: Choice) -> str:
    members = [
        f'{member.code.upper()} = "{member.code}"\n{_docstring(member.doc, 4)}'
        for member in choice.members
    ]
    return _block(f"class {choice.name}(StrEnum):", [_docstring(choice.doc, 4), *members])


def _records() -> str:
    classes = {entity.class_name: _record(entity) for entity in ENTITIES.values()}
    body = [classes[name] for name in sorted(classes)]
    doc = "The classes of records: immutable, hashable, comparable and picklable."
    return _file(doc, body, ["Record", *classes])


def _record(entity: Entity) -> str:
    properties = [
        _block(f"@property\ndef {field.name}(self) -> {_read(field)}:", [_docstring(field.doc, 8)])
        for field in entity.fields
        if not field.is_managed
    ]
    return _block(
        f"@final\nclass {entity.class_name}(Record):", [_docstring(entity.doc, 4), *properties]
    )


def _read(field: Field) -> str:
    if field.kind == "custom":
        return _READ["custom"]
    kind = field.choice.name if field.choice else _READ[field.kind]
    return f"{kind} | None" if field.nullable else kind


def _tables_stub() -> str:
    # Codes are taken as well as members, and an editor knows them.
    codes = [
        f"_{choice.name}: TypeAlias = {choice.name} | Literal[{_codes(choice)}]"
        for choice in CHOICES.values()
    ]
    doc = "A collection for each kind of record, with the signatures that its fields make."
    classes = [_table(entity) for entity in ENTITIES.values()]
    class_name = _block(
        "def class_name(table: str) -> str:", [_docstring(_doc(_tables.class_name), 4)]
    )
    return _file(doc, [*sorted(codes), class_name, *classes])


def _codes(choice: Choice) -> str:
    return ", ".join(f'"{member.code}"' for member in choice.members)


def _table(entity: Entity) -> str:
    table = getattr(_tables, _tables.class_name(entity.table))
    methods = [
        _block(f"def {name}{_signature(signature)}:", [_docstring(doc, 8)])
        for name, signature, doc in [
            ("create", _signatures.create_signature(entity), _signatures.create_doc(entity)),
            ("update", _signatures.update_signature(entity), _signatures.update_doc(entity)),
        ]
        if name in vars(table)
    ]
    head = f"class {table.__name__}(Collection[{entity.class_name}]):"
    return _block(head, [_docstring(entity.doc, 4), "table_name: ClassVar[str]", *methods])


def _signature(signature: Signature) -> str:
    # As `str` of the signature says it, but with annotations that are no texts.
    written: list[str] = []
    kind = None
    for parameter in signature.parameters.values():
        if kind == Parameter.POSITIONAL_ONLY and parameter.kind != kind:
            written.append("/")
        if kind != parameter.kind == Parameter.KEYWORD_ONLY:
            written.append("*")
        kind = parameter.kind
        written.append(_parameter(parameter))
    return f"({', '.join(written)}) -> {signature.return_annotation}"


def _parameter(parameter: Parameter) -> str:
    if parameter.annotation is Parameter.empty:
        return parameter.name
    annotation = re.sub(r"(\w+) \| str\b", _with_codes, parameter.annotation)
    stars = "**" if parameter.kind == Parameter.VAR_KEYWORD else ""
    default = {Parameter.empty: "", None: " = None", ...: " = ..."}[parameter.default]
    return f"{stars}{parameter.name}: {annotation}{default}"


def _with_codes(taken: re.Match[str]) -> str:
    return f"_{taken[1]}" if taken[1] in CHOICES else taken[0]


def _collections() -> str:
    attributes = [
        f"{entity.table}: {_collection_class(entity)}\n{_docstring(entity.doc, 4)}"
        for entity in ENTITIES.values()
    ]
    constructor = _block("def __init__(self, crm: Crm) -> None:", ['"""Those of this CRM."""'])
    doc = '"""The collections of a CRM, as its attributes."""'
    body = _block("class Collections:", [doc, *attributes, constructor])
    return _file("The collections of a CRM: one for each kind of record.", [body])


def _collection_class(entity: Entity) -> str:
    commands = COMMANDS.get(entity.table)
    return commands.__name__ if commands else _tables.class_name(entity.table)


def _doc(documented: object) -> str:
    return documented.__doc__ or ""


def _docstring(doc: str, indent: int) -> str:
    """A docstring that fits where it stands; one of several lines is wrapped already."""
    doc = doc.strip()
    width = _WIDTH - indent - len('""""""')
    if "\n" not in doc and len(doc) > width:
        summary, end, rest = doc.partition(". ")
        parts = [summary + end.rstrip(), rest]
        doc = "\n\n".join(textwrap.fill(part, width, break_long_words=False) for part in parts)
        doc = doc.strip()
    return f'"""{doc}\n"""' if "\n" in doc else f'"""{doc}"""'


def _block(head: str, body: Iterable[str]) -> str:
    return "\n".join([head, *(textwrap.indent(part, "    ") for part in body)])


def _file(doc: str, body: list[str], names: Iterable[str] = ()) -> str:
    code = "\n\n".join(body)
    exported = sorted(names)
    if exported:
        code = f"__all__ = {exported}\n\n{code}"
    without_texts = re.sub(r'""".*?"""|"[^"]*"', "", code, flags=re.DOTALL)
    used = {*re.findall(r"\w+", without_texts), *exported}
    defined = set(re.findall(r"^class (\w+)", code, flags=re.MULTILINE))
    imports: dict[str, list[str]] = {}
    for name in sorted((used - defined) & _IMPORTS.keys()):
        imports.setdefault(_IMPORTS[name], []).append(name)
    lines = [f"from {module} import {', '.join(imports[module])}" for module in sorted(imports)]
    head = f'# Written by scripts/write_stubs.py.\n"""{doc}"""\n\n'
    return _formatted(head + "\n".join(lines) + "\n\n" + code + "\n")


def _formatted(code: str) -> str:
    for arguments in (["check", "--select", "I", "--fix", "--quiet"], ["format"]):
        ruff = [
            sys.executable,
            "-m",
            "ruff",
            *arguments,
            "--isolated",
            "--line-length",
            str(_WIDTH),
        ]
        ruff += ["--stdin-filename", "stub.pyi", "-"]
        code = subprocess.run(ruff, input=code, capture_output=True, text=True, check=True).stdout
    return code


if __name__ == "__main__":
    for name, stub in stubs().items():
        Path(sys.argv[1], name).write_text(stub, encoding="utf-8")
